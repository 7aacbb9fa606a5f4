"""What each step of the language ladder means on the work floor, per skill, in nl, fr and en."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import cast

from klaver.language.tell import Language


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    text = (files("klaver.scale") / "ladder.toml").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, dict[str, str]]], tomllib.loads(text))


def descriptor(skill: str, step: str, lang: Language) -> str:
    """Return what a step of a skill looks like at work.

    Raises
    ------
    KeyError
        When there is no such skill or step.
    """
    return _texts()[skill][step][lang]
