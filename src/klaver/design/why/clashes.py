"""All smallest sets of things that cannot be had together, of a few things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, product

Some = frozenset[int]


def clashes(many: int, possible: Callable[[Some], bool | None]) -> tuple[list[Some], bool]:
    """Return every smallest clash among things numbered from 0, and whether all answers were known.

    Of a clash every part without one of its things is possible, as far as answers are known. Sets are asked from small
    to large until what is left after taking one thing out of every clash, in each way, is possible.

    Parameters
    ----------
    possible : callable
        Tells of a set whether it can be had; ``None`` when not known. More is never easier than less.
    """
    found: list[Some] = []
    sure, every = True, frozenset(range(many))
    for size in range(1, many + 1):
        if all(possible(every - hit) for hit in _hitting(found)):
            return found, sure
        for some in map(frozenset, combinations(range(many), size)):
            if not any(c <= some for c in found):
                answer = possible(some)
                sure = sure and answer is not None
                if answer is False:
                    found.append(some)
    return found, sure


def _hitting(sets: Sequence[Some]) -> list[Some]:
    """Return the smallest sets that take something out of each of several sets."""
    every = sorted({frozenset(choice) for choice in product(*sets)}, key=len)
    return [s for n, s in enumerate(every) if not any(t < s for t in every[:n])]
