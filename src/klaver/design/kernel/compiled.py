"""One word for "compile this when it can be compiled": without numba the same loops run as plain Python."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

_F = TypeVar("_F", bound=Callable[..., Any])


def _can_compile() -> bool:
    if find_spec("numba") is None:
        return False
    from numba import config

    return not config.DISABLE_JIT


COMPILED = _can_compile()
"""Whether the loops are compiled here; the integers are the same either way."""


def forget_what_is_stale(folder: Path) -> None:
    """Throw away compiled loops when any file of a folder has changed since they were made.

    What is kept on disk knows of changes in its own file only, and not in those of the loops that it calls.
    """
    kept = folder / "__pycache__"
    stamp = kept / "loops.stamp"
    files = sorted(folder.glob("*.py"))
    now = hashlib.sha256(repr([(f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files]).encode()).hexdigest()
    with suppress(OSError):  # a folder that cannot be written to holds nothing of ours either
        if stamp.exists() and stamp.read_text(encoding="ascii") == now:
            return
        for old in (*kept.glob("*.nbi"), *kept.glob("*.nbc")):
            old.unlink(missing_ok=True)
        kept.mkdir(exist_ok=True)
        stamp.write_text(now, encoding="ascii")


def cold() -> bool:
    """Tell whether the loops still have to be compiled here, which takes a while once on a machine."""
    return COMPILED and not any((Path(__file__).parent / "__pycache__").glob("*.nbc"))


if COMPILED:
    forget_what_is_stale(Path(__file__).parent)


def loops(function: _F) -> _F:
    """Compile a function over arrays that is called from other loops only."""
    return _made(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def entry(function: _F) -> _F:
    """Compile a function over arrays that Python calls too."""
    return _made(function)


def _made(function: _F, **flags: bool) -> _F:
    if not COMPILED:
        return function
    from numba import njit

    made: _F = njit(nogil=True, cache=True, error_model="numpy", **flags)(function)
    return made
