"""The counting loops: in numpy always, compiled when the extra ``fast`` is there; the integers are the same."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from types import ModuleType

ROWS_TOGETHER = 8
"""Rows of a plan that the compiled loops pass over together; a plan is filled up with the row of everybody."""


@cache
def kernels(name: str = "best") -> ModuleType:
    """Return the loops: "plain" (numpy), "fast" (numba), or the best that is installed.

    Raises
    ------
    ModuleNotFoundError
        When "fast" is asked and numba is not installed.
    """
    if name == "plain" or (name == "best" and find_spec("numba") is None):
        from klaver.matching.kernels import plain

        return plain
    from klaver.matching.kernels import fast

    return fast
