"""The answer about one more job, as plain data with a sentence in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klaver.cli.clash import conflict_data
from klaver.language import Language, tell

if TYPE_CHECKING:
    from klaver.design.problem import Problem
    from klaver.design.records import Design
    from klaver.documents.whynot import Row


def told_of_one_more(asked: Problem, found: Design, rounds: int, lang: Language) -> Row:
    """Return why there is not one job more, or what it would give."""
    from klaver.design.solve.effort import work_of_a_round
    from klaver.design.solve.search import Effort
    from klaver.design.why.more import one_more
    from klaver.documents.clash import tell_wish

    answer = one_more(asked, found.jobs, Effort(rounds=rounds, work=work_of_a_round(asked)))
    lines = [tell(answer.code, lang, jobs=answer.jobs, found=answer.found or 0, now=answer.now)]
    made: Row = {"code": answer.code, "jobs": answer.jobs, "now": answer.now}
    if answer.clash is not None:
        names = {t.id: t.name_in(lang) for t in asked.workplace.tasks}
        lines += [f"  - {tell_wish(wish, names, lang)}" for wish in answer.clash.wishes]
        if not answer.clash.confirmed:
            lines.append(tell("cli.conflict_unconfirmed", lang))
        made |= {k: v for k, v in conflict_data(answer.clash).items() if k in ("conflict", "confirmed")}
    elif answer.most is not None:
        lines.append(tell("more.most", lang, most=answer.most, jobs=answer.jobs))
    figures = {"found": answer.found, "most": answer.most}
    return made | {k: v for k, v in figures.items() if v is not None} | {"told": "\n".join(lines)}
