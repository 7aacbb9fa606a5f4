"""The benchmark of moves judges what was measured, on both sides of every bar."""

from __future__ import annotations

from benchmarks.moves import Row, bars, late, text


def test_a_bar_is_short_when_answers_are_late_repairs_poor_or_too_much_changes() -> None:
    good = Row("ward", False, (0.001,) * 20, (0.5,) * 20, (0.99,) * 20, (1,) * 20, 0, 3, 4)
    poor = Row("ward", False, (0.006,) * 20, (1.5,) * 20, (0.97, 0.97) + (0.99,) * 16, (1,) * 17 + (11,), 2, 0, 0)
    assert all(ok for *_, ok in bars([good]))
    assert not any(ok for *_, ok in bars([poor]))
    assert "| short |" in text([poor]) and "| short |" not in text([good])


def test_the_hospital_has_a_bar_of_its_own() -> None:
    row = Row("hospital", True, (0.04,) * 20, (0.5,) * 20, (0.99,) * 20, (1,) * 20, 0, 3, 4)
    assert all(ok for *_, ok in bars([row]))


def test_late_is_the_value_that_all_but_the_part_stay_under() -> None:
    assert late([float(n) for n in range(100)]) == 95.0
    assert late([]) == float("inf")
