"""The page of the register: every column, what stands in it and how it is written, made from the specification itself.

``python -m klaver.people.register.reference > docs/reference/register.md`` writes the page anew; a test keeps it in
step.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from klaver.language import LANGUAGES, tell
from klaver.people.reading import aids
from klaver.people.records import MEANS
from klaver.people.register.cells import MOST_CODES, MOST_ZONES
from klaver.people.register.layout import columns
from klaver.people.register.mistakes import PLACES
from klaver.people.register.reading import ENDINGS
from klaver.scale.dimensions import dimension

HEAD = f"""# A register of people

What a file of people looks like for Klaver: one row a person, one column a subject, under a pseudonym and with no
diagnosis. This page is made from the specification itself: `python -m klaver.people.register.reference`. How to bring a
file of your own into this form, and how to check it, is in [the guide](../how-to/register.md).

- The ending of the name says what the file is: {", ".join(f"`{e}`" for e in ENDINGS)}. In CSV `;`, `,` or a tab stands
  between the cells, a number is written `7,5` or `7.5`, and the letters are utf-8 or cp1252. A number that could be
  a thousand (`1,234`) is a mistake. Of a workbook the one sheet that has these headings is read, and a formula is
  refused. Parquet needs the extra `sql` (`pip install klaver[sql]`).
- The first row holds the headings. Capitals, accents and blanks in them make no difference. A dimension may be headed
  by its code (`reading`) or its number in two digits (`d02`).
- **Every column may be left out, and every cell may be blank: it is not known then, never zero.** Three columns have no
  unknown: blank `aids` are none that are known, blank `not_wanted` and `wanted` are nothing. A row in which everything
  is blank is nobody.
- Another column is a mistake, unless [the mapping file](../how-to/register.md) leaves it out.
- A register holds at most {MOST_CODES} different permits, {MOST_CODES} task families and {MOST_ZONES} zones.
- One mistake, and nothing is loaded. All of them are told: the first {PLACES} of a kind in a column with their rows, of
  the others how many there are. A pseudonym and free text are never repeated in a message.

## The columns

A column that says what a person can do has a level from 0 to 4, or is blank; what a level means is in the scale.
"""

CODES = """
## Codes

An aid is one of: {aids}. A means of transport is one of: {means}. Permits, task families and zones have the codes of
your own workplace and your own travel table.
"""


def page() -> str:
    """Return the page as Markdown."""
    told = CODES.format(aids=_listed(aids()), means=_listed(MEANS))
    return "\n".join([HEAD, *_others(), "", *_levels()]) + "\n" + told


def _others() -> Iterator[str]:
    yield _row("column", "nl", "fr", "en", "written as")
    yield _row(*["---"] * 5)
    for column in columns().values():
        if column.kind != "level" and not (column.kind == "parts" and column.number):
            said = (tell(column.message, lang) for lang in LANGUAGES)
            name = "`parts_mon` to `parts_sun`" if column.kind == "parts" else f"`{column.name}`"
            yield _row(name, *said, tell(f"register.kind_{column.kind}", "en"))


def _levels() -> Iterator[str]:
    yield _row("column", "or", "nl", "fr", "en")
    yield _row(*["---"] * 5)
    for column in columns().values():
        if column.kind == "level":
            label = dimension(column.number).label
            yield _row(f"`{column.name}`", f"`d{column.number:02d}`", *(label[lang] for lang in LANGUAGES))


def _listed(codes: object) -> str:
    assert isinstance(codes, dict | tuple)
    return ", ".join(f"`{code}`" for code in codes)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


if __name__ == "__main__":
    sys.stdout.write(page())
