"""A register of people: read from CSV, XLSX or Parquet by a published specification, whole or not at all."""

from klaver.people.register.mapping import RegisterMapping, read_mapping
from klaver.people.register.reading import PART, Register, open_register, refuse_as_evidence

__all__ = ["PART", "Register", "RegisterMapping", "open_register", "read_mapping", "refuse_as_evidence"]
