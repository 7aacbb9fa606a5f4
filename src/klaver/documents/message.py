"""The message to the staff before the analysis: what will happen, what will not, whom to ask; one page, easy words."""

from __future__ import annotations

from klaver.documents.blocks import Paper, bullets, heading, text, write
from klaver.language import Language, tell

WILL, NOT = 5, 4
"""So many things are said that will happen, and that will not."""


def message(name: str, lang: Language) -> Paper:
    """Return the message to the team of a workplace; nothing has to be known of its work yet."""

    def say(code: str, **values: object) -> str:
        return tell(f"agree.message_{code}", lang, **values)

    blocks = (
        text(say("why")),
        heading(say("will")),
        bullets([say(f"will_{n}") for n in range(1, WILL + 1)]),
        heading(say("not")),
        bullets([say(f"not_{n}") for n in range(1, NOT + 1)]),
        write(say("when"), 2),
        write(say("ask"), 2),
        write(say("delegate"), 1),
    )
    return Paper(form="page", title=say("title", name=name), lang=lang, banner="", blocks=blocks)
