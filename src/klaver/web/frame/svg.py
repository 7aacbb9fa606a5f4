"""The picture of a job's week as SVG that needs no styles of its own: shapes have places, colours have classes."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from klaver.documents.blocks import Week

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
