"""The line benchmark is honest: what is not measured is short, what it rests on is told, the judge decides."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.lines import Row, asked_for, bars, text
from benchmarks.lines_methods import METHODS, judged
from benchmarks.lines_sample import Recorded
from tests.design.lines.cases import least, line

from klaver.design.lines.records import Station

KNOWN = {("wee-mag", number): Recorded("wee-mag", number, 8, 10) for number in range(1, 81)} | {
    (family, number): Recorded(family, number, 50, 50)
    for family in ("heskia", "roszieg", "tonge")
    for number in range(1, 81)
}
ROW = Row("workers", "wee-mag", 45, "klaver", 300, 12.0, 9, 9, (10, 9, 9), 9, 0.2, 1.5, "abc", "2026-01-01", "2 cores")
CASE = line([[3, 5], [4, None], [2, 2], [6, 3]], [(0, 2), (1, 3)])


def test_nothing_measured_is_nothing_won() -> None:
    assert not any(bar.ok for bar in bars([], KNOWN) if bar.name not in ("certificate_longest_seconds",))


def test_a_bar_says_on_how_much_it_rests() -> None:
    found = {bar.name: bar for bar in bars([ROW], KNOWN)}
    assert found["open_closed"].ok
    assert "1 of 13" in found["open_closed"].line()
    assert not found["open_bounds_raised"].ok


def test_what_was_not_measured_counts_as_not_proved() -> None:
    """Of a few easy runs that were all proved no rate follows."""
    found = {bar.name: bar for bar in bars([replace(ROW, number=n, bound=9, value=9) for n in (42, 46)], KNOWN)}
    assert not found["rate_proved_of_320"].ok
    assert round(found["rate_proved_of_320"].figure, 3) == 13.333


def test_what_the_search_excluded_and_no_file_shows_is_told() -> None:
    rows = [ROW, replace(ROW, number=47, certified=8)]
    found = {bar.name: bar for bar in bars(rows, KNOWN)}["bounds_certified_in_full"]
    assert not found.ok
    assert found.figure == 0.5


def test_the_page_tells_how_full_it_is() -> None:
    assert f"1 of {len(list(asked_for()))} runs" in text([ROW], KNOWN)


def test_what_contradicts_the_file_is_told() -> None:
    row = replace(ROW, family="tonge", number=66, value=66, bound=66, certified=60)
    assert "recorded 50-50, here 66-66, certified 60; the recorded value cannot be reached" in text([row], KNOWN)


def test_both_methods_answer_the_same_line_and_the_judge_gives_the_value() -> None:
    for method in METHODS.values():
        found = method(CASE, 120)  # it ends when it is proved; the first time on a machine loops are compiled
        assert found["value"] == found["bound"] == least(CASE)
    assert judged(CASE, (Station(worker="w0", tasks=("t0",)),)) is None
