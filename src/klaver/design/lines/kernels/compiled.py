"""Compile a loop when numba is there, and leave it as it is when not: the answers are the same, slower.

So that they are: no loop is vectorised by an order of its own (no fast mathematics), words of bits hold 60 bits and are
never negative, chance comes from a small generator that never overflows, and no loop asks for a logarithm.
"""

from __future__ import annotations

from pathlib import Path

from klaver.design.kernel.compiled import COMPILED as FAST
from klaver.design.kernel.compiled import forget_what_is_stale

if FAST:
    from numba import njit, types
    from numba.extending import intrinsic

    forget_what_is_stale(Path(__file__).parent)
    compiled = njit(nogil=True, cache=True)

    @intrinsic
    def lowest(typing, word):
        """Return the number of the lowest bit of a word that is not zero."""

        def code(context, builder, signature, arguments):
            return builder.cttz(arguments[0], context.get_constant(types.boolean, True))

        return types.int64(types.int64), code

else:

    def compiled(loop):
        """Return the loop as it is."""
        return loop

    def lowest(word):
        """Return the number of the lowest bit of a word that is not zero."""
        word = int(word)
        return (word & -word).bit_length() - 1


__all__ = ["FAST", "compiled", "lowest"]
