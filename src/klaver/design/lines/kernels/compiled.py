"""Compile a loop when numba is there, and leave it as it is when not: the answers are the same, slower.

So that they are: no loop is vectorised by an order of its own (no fast mathematics), words of bits hold 60 bits and are
never negative, chance comes from a small generator that never overflows, and no loop asks for a logarithm.
"""

from __future__ import annotations

try:
    from numba import njit

    compiled = njit(nogil=True, cache=True)
    inlined = njit(nogil=True, cache=True, inline="always")
    FAST = True
except ImportError:  # the extra is not installed

    def compiled(loop):
        """Return the loop as it is."""
        return loop

    inlined = compiled
    FAST = False

__all__ = ["FAST", "compiled", "inlined"]
