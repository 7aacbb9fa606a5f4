"""The picture of a job's week as SVG that needs no styles of its own: shapes have places, colours have classes."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from klaver.documents.blocks import Week
from klaver.language import clock_range, tell
from klaver.values import Window
from klaver.values.time import DAY, PART
from klaver.web.frame.reader import lang

LEFT, WIDE, ROW, HEAD = 176, 824, 34, 22
"""Room for the names of days, for the clock, for a day, and for the hours above, in units of the picture."""

BAR, LETTER = 28, 8
"""Height of a bar, and the width that a letter of its label takes."""


def week_svg(week: Week) -> SafeString:
    """Return the picture; ``alt`` is its name for who does not see it."""
    tall = HEAD + ROW * len(week.lanes)
    parts = [f'<svg class="week" viewBox="0 0 {LEFT + WIDE} {tall}" role="img" aria-label="{escape(week.alt)}">']
    for at, hour in week.ticks:
        x = LEFT + at * WIDE // 1000
        parts.append(f'<line class="tick" x1="{x}" y1="0" x2="{x}" y2="{tall}"/>')
        if at < 1000:
            parts.append(f'<text class="hour" x="{x + 3}" y="14">{escape(hour)}</text>')
    for n, lane in enumerate(week.lanes):
        y = HEAD + ROW * n
        parts.append(f'<text class="day" x="0" y="{y + 20}">{escape(lane.name)}</text>')
        parts.append(f'<text class="hours" x="{LEFT - 8}" y="{y + 20}">{escape(lane.hours)}</text>')
        for bar in lane.bars:
            x, wide = LEFT + bar.start * WIDE // 1000, max(2, bar.width * WIDE // 1000)
            shade = f" s{bar.shade}" if bar.kind in ("work", "shared") else ""
            parts.append(f'<rect class="{bar.kind}{shade}" x="{x}" y="{y}" width="{wide}" height="{BAR}"/>')
            if bar.label and len(bar.label) * LETTER <= wide:
                parts.append(f'<text class="label" x="{x + wide / 2:.0f}" y="{y + 19}">{escape(bar.label)}</text>')
    return mark_safe("".join([*parts, "</svg>"]))


STRIP, TALL = 480, 56
"""Width of a day and height of its strip, in units of the picture."""


def day_svg(window: Window | None) -> SafeString:
    """Return the strip of a day with the times between which a task lies; nothing when they are not known."""
    if window is None:
        return mark_safe("")
    long = DAY if window.end <= DAY else 2 * DAY
    said = tell("analyse.strip", lang(), span=clock_range(window.start, window.end))
    parts = [f'<svg class="strip" viewBox="-24 0 {STRIP + 48} {TALL}" role="img" aria-label="{escape(said)}">']
    parts.append(f'<rect class="present" x="0" y="0" width="{STRIP}" height="{BAR}"/>')
    x, wide = window.start * STRIP // long, max(2, window.length * STRIP // long)
    parts.append(f'<rect class="work s0" x="{x}" y="0" width="{wide}" height="{BAR}"/>')
    for minute in range(0, long + 1, PART):
        at = minute * STRIP // long
        parts.append(f'<line class="tick" x1="{at}" y1="0" x2="{at}" y2="{BAR + 4}"/>')
        parts.append(f'<text class="label" x="{at}" y="{TALL - 4}">{minute // 60 % 24 or (24 if minute else 0)}</text>')
    return mark_safe("".join([*parts, "</svg>"]))
