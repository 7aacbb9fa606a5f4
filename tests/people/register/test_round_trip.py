"""People written as a register read back as the same people, whoever they are; drawn by hypothesis."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.people.register.made import people, words

from klaver.people.columns import CONDITIONS, NOT_KNOWN, UNKNOWN, Columns, Names
from klaver.people.reading import aids
from klaver.people.register import open_register
from klaver.people.register.writing import write_csv, write_parquet

CODES = st.from_regex(r"[A-Za-z][A-Za-z_.-]{0,12}", fullmatch=True).filter(lambda c: c.casefold() not in NONE)
NONE = {"none", "geen", "aucun"}
DAY_BITS = 28


def known_or_not(values: st.SearchStrategy[int]) -> st.SearchStrategy[int]:
    return st.one_of(st.just(NOT_KNOWN), values)


@st.composite
def registers(draw: st.DrawFn) -> Columns:
    """Draw people with every column from its lowest to its highest value, and unknowns."""
    count = draw(st.integers(1, 6))
    names = Names(
        permits={code: at for at, code in enumerate(draw(st.lists(CODES, max_size=31, unique=True)))},
        families={code: at for at, code in enumerate(draw(st.lists(CODES, max_size=5, unique=True)))},
        zones={code: at for at, code in enumerate(draw(st.lists(CODES, min_size=1, max_size=4, unique=True)))},
    )

    def row(values: st.SearchStrategy[int]) -> list[int]:
        return draw(st.lists(values, min_size=count, max_size=count))

    def bits(many: int, least: int = 0) -> st.SearchStrategy[int]:
        return st.integers(least, (1 << many) - 1)

    drawn = {name: row(known_or_not(st.integers(0, 5))) for name in CONDITIONS if name.startswith("language_")}
    drawn["day_max"] = row(known_or_not(st.integers(0, 1440)))
    drawn["days"] = row(known_or_not(bits(7, 1)))
    drawn["day_parts"] = row(known_or_not(bits(DAY_BITS, 1)))
    drawn["permits"] = row(known_or_not(bits(len(names.permits))))
    drawn["excluded"] = row(bits(len(names.families)))
    drawn["wanted"] = row(bits(len(names.families)))
    drawn["means"] = row(known_or_not(bits(5, 1)))
    for low, high, most, apart in (("week_min", "week_max", 10_080, 0), ("earliest", "latest", 1440, 1)):
        drawn[low] = row(known_or_not(st.integers(0, most)))
        drawn[high] = [draw(known_or_not(st.integers(max(v, 0) + apart, most + apart))) for v in drawn[low]]
    ids = draw(st.lists(st.integers(1, 10**6), min_size=count, max_size=count, unique=True))
    levels = draw(st.lists(st.sampled_from([0, 1, 2, 3, 4, UNKNOWN]), min_size=36 * count, max_size=36 * count))
    return Columns(
        np.array(levels, np.uint8).reshape(36, count),
        np.array(row(bits(len(aids()))), np.int32),
        np.array([drawn[name] for name in CONDITIONS], np.int32),
        np.array(row(known_or_not(st.integers(0, len(names.zones) - 1))), np.int32),
        names,
        tuple(f"p{n}" for n in ids),
    )


def back(columns: Columns, write: Callable[..., None], name: str, *, synthetic: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        half = columns.count // 2
        parts = [p for p in (columns.take(slice(0, half)), columns.take(slice(half, None))) if p.count]
        write(parts, path, synthetic=synthetic)
        assert open_register(path).synthetic == synthetic
        assert words(people(path)) == words(columns)


@given(registers(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_people_written_as_csv_are_the_same_people(columns: Columns, synthetic: bool) -> None:
    back(columns, write_csv, "people.csv", synthetic=synthetic)


@given(registers(), st.booleans())
@settings(max_examples=30, deadline=None)
def test_people_written_as_parquet_are_the_same_people(columns: Columns, synthetic: bool) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow (extra sql)")
    back(columns, write_parquet, "people.parquet", synthetic=synthetic)


def test_without_pseudonyms_a_person_gets_the_number_of_its_row(tmp_path: Path) -> None:
    none = np.zeros((36, 2), np.uint8)
    found = np.full((len(CONDITIONS), 2), NOT_KNOWN, np.int32)
    write_csv(
        [Columns(none, np.zeros(2, np.int32), found, np.full(2, NOT_KNOWN, np.int32), Names())] * 2,
        tmp_path / "p.csv",
        synthetic=False,
    )
    assert people(tmp_path / "p.csv").ids == ("row-1", "row-2", "row-3", "row-4")
