"""One word of bits, counted with the machine's own instruction."""

from __future__ import annotations

from numba import types
from numba.extending import intrinsic


@intrinsic
def _ones(typing, word):
    """Count the bits of a word."""

    def code(context, builder, signature, arguments):
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), code
