"""What was stored once can be read for ever: one text of each schema that was released."""

from __future__ import annotations

import json
from typing import Any

import pytest

from klaver.design.lines.records import Line, LineCertificate, LinePlan, LineRotation
from klaver.values import Document

STATIONS = [{"worker": "An", "tasks": ["A"]}, {"worker": "Bert", "tasks": ["B"]}]
RECEIPT = {"line": "f00d", "seed": 1, "rounds": 4, "versions": {"klaver": "0.1.0"}}

STORED: list[tuple[type[Document], dict[str, Any]]] = [
    (
        Line,
        {
            "schema_id": "klaver/line/1",
            "name": "packing",
            "decimals": 1,
            "workers": ["An", "Bert"],
            "tasks": [{"id": "A", "name": "fold", "times": [75, None]}, {"id": "B", "name": None, "times": [30, 40]}],
            "precedence": [["A", "B"]],
        },
    ),
    (
        LinePlan,
        {
            "schema_id": "klaver/line-plan/1",
            "line": "f00d",
            "aim": "cycle",
            "within": None,
            "stations": STATIONS,
            "cycle": 75,
            "status": "optimal",
            "bound": 75,
            "receipt": RECEIPT,
        },
    ),
    (
        LineRotation,
        {
            "schema_id": "klaver/line-rotation/1",
            "line": "f00d",
            "most": 80,
            "periods": [{"stations": STATIONS, "cycle": 75}],
            "met": [1, 1],
            "receipt": RECEIPT,
        },
    ),
    (
        LineCertificate,
        {
            "schema_id": "klaver/line-certificate/1",
            "line": "f00d",
            "cycle": 74,
            "workers": 2,
            "backwards": False,
            "prices": [[100000, 0]],
        },
    ),
]


@pytest.mark.parametrize(
    ("kind", "stored"), STORED, ids=lambda part: part["schema_id"] if isinstance(part, dict) else ""
)
def test_a_stored_document_is_read_back_as_it_was(kind: type[Document], stored: dict[str, Any]) -> None:
    found = kind.model_validate_json(json.dumps(stored))
    assert json.loads(found.to_json()) == stored
