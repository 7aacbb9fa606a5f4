"""The base of everything that is saved, exchanged or shown: a frozen, strict pydantic model."""

from __future__ import annotations

import json
from hashlib import sha256

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen value object; unknown fields are refused and nothing is converted in silence."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", ser_json_inf_nan="constants")


class Document(Record):
    """A record that is stored on its own and names its schema, such as ``klaver/workplace/1``."""

    def to_json(self) -> str:
        """Return the document as stable, readable JSON (sorted keys, two spaces, final newline)."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    def fingerprint(self) -> str:
        """Return the SHA-256 (hex) of the document's canonical JSON."""
        return sha256(self.to_json().encode("utf-8")).hexdigest()
