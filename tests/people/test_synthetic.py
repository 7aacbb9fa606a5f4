"""People who do not exist: the same for a seed in whatever parts, marked in the file, and no evidence about anybody."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from tests.people.register.made import csv, parquet, people, words

from klaver.people.columns import CONDITIONS, NOT_KNOWN, UNKNOWN, Columns, joined
from klaver.people.register import open_register, refuse_as_evidence
from klaver.people.register.writing import write_csv, write_synthetic
from klaver.people.synthetic import BLOCK, KINDS, Kind, synthetic_people
from klaver.values import Faults

PARQUET = "Parquet needs pyarrow (extra sql)"


def population(kind: Kind, count: int, seed: int = 1, size: int = 1 << 17) -> Columns:
    return joined(list(synthetic_people(kind, count, seed, size=size)))


def same(one: Columns, other: Columns) -> bool:
    pairs = (
        (one.levels, other.levels),
        (one.aids, other.aids),
        (one.conditions, other.conditions),
        (one.zone, other.zone),
    )
    return one.ids == other.ids and all(np.array_equal(a, b) for a, b in pairs)


@pytest.mark.parametrize("kind", KINDS)
def test_parts_and_numbers_change_nobody(kind: Kind) -> None:
    count = 2 * BLOCK + 77
    whole = population(kind, count)
    for size in (1000, BLOCK, BLOCK + 1, count + 5):
        parts = list(synthetic_people(kind, count, 1, size=size))
        assert [p.count for p in parts[:-1]] == [size] * (count // size - (count % size == 0))
        assert same(joined(parts), whole)
    first = population(kind, 1000)
    assert same(first, whole.take(slice(0, 1000)))
    assert not same(population(kind, 1000, seed=2), first)


def test_the_three_kinds_are_three() -> None:
    assert get_args(Kind) == KINDS == ("register", "survey", "mixed")


@pytest.mark.parametrize(("kind", "low", "high"), [("register", 0.1, 0.35), ("mixed", 0.4, 0.65), ("survey", 0.99, 1)])
def test_how_many_are_alike_differs_by_kind_as_in_the_measured_prototypes(kind: Kind, low: float, high: float) -> None:
    found = population(kind, 50_000)
    distinct = len(np.unique(found.levels, axis=1).T) / found.count
    assert low <= distinct <= high


@pytest.mark.parametrize(("kind", "unknown"), [("register", 0.0), ("mixed", 0.05), ("survey", 0.05)])
def test_everything_is_known_but_for_one_level_of_a_few(kind: Kind, unknown: float) -> None:
    found = population(kind, 40_000)
    missing = (found.levels == UNKNOWN).sum(axis=0)
    assert missing.max() <= 1
    assert abs(missing.mean() - unknown) < 0.005
    rows = dict(zip(CONDITIONS, found.conditions, strict=True))
    parts = rows["day_parts"] != NOT_KNOWN
    timed = np.logical_and.reduce([rows[n] != NOT_KNOWN for n in ("days", "earliest", "latest")])
    assert (parts ^ timed).all()
    others = [n for n in CONDITIONS if n not in ("day_parts", "days", "earliest", "latest")]
    assert all((rows[n] != NOT_KNOWN).all() for n in others)
    assert (found.zone != NOT_KNOWN).all()


@pytest.mark.parametrize("kind", KINDS)
def test_levels_and_conditions_of_every_sort_occur(kind: Kind) -> None:
    found = population(kind, 20_000)
    assert set(np.unique(found.levels).tolist()) - {UNKNOWN} == {0, 1, 2, 3, 4}
    rows = dict(zip(CONDITIONS, found.conditions, strict=True))
    assert [name for name, row in rows.items() if len(np.unique(row)) == 1] == ["wanted"], "nobody is made up to wish"
    assert 0.6 < (rows["language_reading"] == 5).mean() < 0.85
    assert 0.55 < (rows["permits"] & 1).mean() < 0.7
    assert 0.1 < (rows["excluded"] > 0).mean() < 0.2
    assert 0.1 < (found.aids > 0).mean() < 0.3
    assert len(np.unique(found.zone)) > 250


@pytest.mark.parametrize("name", ["people.csv", "people.parquet"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_file_reads_back_as_the_same_people_and_says_that_they_do_not_exist(
    tmp_path: Path, kind: Kind, name: str
) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason=PARQUET)
    told: list[int] = []
    write_synthetic(kind, 3000, 5, tmp_path / name, tell=told.append)
    assert told[-1] == 3000
    assert open_register(tmp_path / name).synthetic
    found = people(tmp_path / name)
    assert found.ids is not None
    assert found.ids[0] == "syn-000001"
    assert words(found) == words(population(kind, 3000, 5))


def test_the_mark_stands_in_every_row_and_cannot_be_taken_off_some(tmp_path: Path) -> None:
    write_csv(synthetic_people("mixed", 50, 1), tmp_path / "p.csv", synthetic=True)
    text = (tmp_path / "p.csv").read_text(encoding="utf-8")
    assert text.count(";synthetic;") == 51
    changed = text.replace(";synthetic;", "; ;").replace("id; ;", "id;synthetic;", 1)
    with pytest.raises(Faults) as wrong:
        list(open_register(csv(tmp_path, changed)).parts())
    assert {f.code for f in wrong.value.faults} == {"register.mark"}


def test_parquet_carries_the_mark_in_its_own_description_too(tmp_path: Path) -> None:
    path = parquet(tmp_path, {"id": ["p1"], "reading": [3]}, **{"klaver.synthetic": "1"})
    assert open_register(path).synthetic
    assert not open_register(parquet(tmp_path, {"id": ["p1"], "reading": [3]})).synthetic


def test_people_who_do_not_exist_are_no_evidence_about_a_real_workplace(tmp_path: Path) -> None:
    write_synthetic("mixed", 10, 1, tmp_path / "p.csv")
    made_up = open_register(tmp_path / "p.csv")
    real = open_register(csv(tmp_path, [{"id": "p1", "reading": 3}], "real.csv"))
    for register, example in ((made_up, True), (real, True), (real, False)):
        refuse_as_evidence(register, example=example)
    with pytest.raises(Faults) as wrong:
        refuse_as_evidence(made_up, example=False)
    assert [(f.code, f.file) for f in wrong.value.faults] == [("register.synthetic_evidence", "p.csv")]


def test_stopped_while_writing_it_leaves_the_older_file_and_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("older", encoding="utf-8")

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_synthetic("mixed", 200_000, 1, path, tell=stop)
    assert [p.name for p in tmp_path.iterdir()] == ["p.csv"]
    assert path.read_text(encoding="utf-8") == "older"


def test_a_name_or_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for path, code in (
        (tmp_path / "p.xlsx", "register.out_ending"),
        (tmp_path / "nowhere" / "p.csv", "workbook.no_folder"),
        (tmp_path / "folder.csv", "workbook.cannot_write"),
    ):
        with pytest.raises(Faults) as wrong:
            write_synthetic("mixed", 10, 1, path)
        assert [f.code for f in wrong.value.faults] == [code]
    assert [p.name for p in tmp_path.iterdir()] == ["folder.csv"]
