"""A file of an organisation's own profiles: read whole, or refused with every mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klaver.people import profiles, read_people
from klaver.values import Faults


def test_profiles_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text("[" + ",".join(p.to_json() for p in profiles()) + "]", encoding="utf-8")
    assert read_people(path) == profiles()
    path.write_text(profiles()[0].to_json(), encoding="utf-8")
    assert read_people(path) == profiles()[:1]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    good = json.loads(profiles()[0].to_json())
    bad = {**good, "id": "x", "abilities": {"1": {"low": 3, "likely": 1, "high": 9}}, "colour": "red"}
    path = tmp_path / "people.json"
    path.write_text(json.dumps([good, good, bad, {**good, "id": "y", "aids": ["magic"]}]), encoding="utf-8")
    with pytest.raises(Faults) as wrong:
        read_people(path)
    codes = [f.code for f in wrong.value.faults]
    assert {"people.wrong", "people.unknown_aid", "people.twice"} <= set(codes)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"{"])
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "people.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Faults):
        read_people(path)
