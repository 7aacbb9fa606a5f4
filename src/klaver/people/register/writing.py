"""People as columns, written as a register that reads back to the same people: CSV, or Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from klaver.people.columns import CONDITIONS, NOT_KNOWN, UNKNOWN, Columns, Names, Whole
from klaver.people.reading import aids
from klaver.people.records import MEANS
from klaver.people.register.layout import MARK, Column, columns
from klaver.people.register.parquet_file import MARKED, arrow
from klaver.people.synthetic import Kind, synthetic_people
from klaver.scale.ladder import STEPS
from klaver.values import Fault, Faults, clock
from klaver.values.time import DAY_PARTS

SIGN = ";"
_NONE = "-"
_Show = Callable[[int], str]


def write_csv(
    parts: Iterable[Columns], path: Path, *, synthetic: bool, tell: Callable[[int], None] = lambda _: None
) -> None:
    """Write people as CSV (utf-8, ``;``), with the mark in every row when nobody of them exists.

    What ``tell`` raises, called with the number of rows so far, stops the writing.
    """
    names = _names(synthetic)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(SIGN.join(names) + "\n")
        rows = 0
        for part in parts:
            texts = [_texts(part, columns()[name], rows) for name in names]
            # Every cell is a code or a number: there is nothing in it that would need a quotation mark.
            stream.writelines(line + "\n" for line in map(SIGN.join, zip(*texts, strict=True)))
            rows += part.count
            tell(rows)


def write_parquet(
    parts: Iterable[Columns],
    path: Path,
    *,
    synthetic: bool,
    about: Mapping[str, str] | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Write people as Parquet, with the mark in every row and in the file's own description.

    Raises
    ------
    Faults
        When pyarrow is not there.
    """
    pa = arrow()
    names = _names(synthetic)
    fields = [(name, pa.uint8() if columns()[name].kind == "level" else pa.string()) for name in names]
    notes = {MARKED: b"1"} if synthetic else {}
    notes |= {key.encode(): value.encode() for key, value in (about or {}).items()}
    schema = pa.schema(fields, metadata=notes)
    with pa.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        rows = 0
        for part in parts:
            arrays = [_array(pa, part, columns()[name], rows) for name in names]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            rows += part.count
            tell(rows)


ENDINGS = (".csv", ".parquet")


def write_synthetic(
    kind: Kind, count: int, seed: int, path: Path, *, tell: Callable[[int], None] = lambda _: None
) -> None:
    """Write people who do not exist to a CSV or Parquet file that says so in itself.

    It is written beside its place and moved there when it is whole; an older file stays until then.

    Raises
    ------
    Faults
        When the name has another ending, the folder is not there, the file cannot be written, or pyarrow is missing.
    """
    if path.suffix.lower() not in ENDINGS:
        raise Faults([Fault(code="register.out_ending", file=path.name)])
    if not path.parent.is_dir():
        raise Faults([Fault(code="workbook.no_folder", file=str(path))])
    parts = synthetic_people(kind, count, seed)
    beside = path.with_name(path.name + ".part")
    try:
        if path.suffix.lower() == ".csv":
            write_csv(parts, beside, synthetic=True, tell=tell)
        else:
            about = {"klaver.kind": kind, "klaver.seed": str(seed), "klaver.people": str(count)}
            write_parquet(parts, beside, synthetic=True, about=about, tell=tell)
        beside.replace(path)
    except OSError:
        raise Faults([Fault(code="workbook.cannot_write", file=path.name)]) from None
    finally:
        beside.unlink(missing_ok=True)


def _names(synthetic: bool) -> list[str]:
    return [name for name in columns() if name != MARK or synthetic]


def _array(pa: Any, part: Columns, column: Column, before: int) -> Any:
    if column.kind == "level":
        levels = part.levels[column.number - 1]
        return pa.array(levels, pa.uint8(), mask=levels == UNKNOWN)
    if column.kind in ("id", "mark"):
        return pa.array(_texts(part, column, before), pa.string())
    texts, at = _distinct(part, column)
    known = pa.array([text or None for text in texts], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(at, pa.int32()), known).cast(pa.string())


def _texts(part: Columns, column: Column, before: int) -> Sequence[str]:
    """Return what stands in the cells of a column."""
    if column.kind == "id":
        return part.ids if part.ids is not None else [f"row-{before + n + 1}" for n in range(part.count)]
    if column.kind == "mark":
        return [MARK] * part.count
    texts, at = _distinct(part, column)
    return list(map(texts.__getitem__, at.tolist()))


def _distinct(part: Columns, column: Column) -> tuple[list[str], npt.NDArray[np.intp]]:
    """Return the different texts of a column, and which of them stands in each row."""
    show = _shower(column, part.names)
    numbers, at = np.unique(_numbers(part, column), return_inverse=True)
    return ["" if number == NOT_KNOWN else show(number) for number in numbers.tolist()], at


def _numbers(part: Columns, column: Column) -> Whole:
    found: Whole
    if column.kind == "level":
        found = part.levels[column.number - 1].astype(np.int32)
        found[found == UNKNOWN] = NOT_KNOWN
        return found
    if column.kind in ("aids", "zone"):
        return part.aids if column.kind == "aids" else part.zone
    found = part.conditions[CONDITIONS.index(column.condition)]
    if column.kind != "parts":
        return found
    mask = (1 << len(DAY_PARTS)) - 1
    slots = (found >> (column.number * len(DAY_PARTS))) & mask
    return np.where(found == NOT_KNOWN, np.int32(NOT_KNOWN), slots)


def _shower(column: Column, names: Names) -> _Show:
    """Return the function that writes a number that is known as the text of a cell."""

    def among(words: Sequence[str], nothing: str) -> _Show:
        return lambda bits: " ".join(word for at, word in enumerate(words) if bits >> at & 1) or nothing

    if column.kind == "codes":
        permits = column.condition == "permits"
        return among(list(names.permits if permits else names.families), _NONE if permits else "")
    zones = list(names.zones)
    shown: dict[str, _Show] = {
        "level": str,
        "aids": among(list(aids()), ""),
        "step": lambda step: STEPS[step],
        "hours": _hours,
        "clock": clock,
        "days": among([str(day) for day in range(1, 8)], _NONE),
        "parts": among(DAY_PARTS, _NONE),
        "zone": lambda number: zones[number],
        "means": among(MEANS, _NONE),
    }
    return shown[column.kind]


def _hours(minutes: int) -> str:
    """Write minutes as hours; two or four decimals, so that the number is exact to the minute and never a thousand."""
    return f"{minutes / 60:.4f}".rstrip("0").rstrip(".")
