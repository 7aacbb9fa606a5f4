"""How near a part of a line is to being refuted by the prices that are known."""

from __future__ import annotations

import numpy as np

from klaver.design.lines.kernels.compiled import compiled, lowest
from klaver.design.lines.kernels.price import BITS

REFUTED = 1e9


@compiled
def tightness(parts, prices, earned):
    """Return for each part (used, done0, done1) how tight the tightest row is: 0 when it all but refutes the part.

    It is what tasks are worth above what workers can earn, as a part of the worth; ``REFUTED`` when a row refutes it.
    """
    count, n, m = parts.shape[0], prices.shape[1], earned.shape[1]
    out = np.empty(count)
    rows = prices.shape[0]
    for i in range(count):
        most = -1.0
        for c in range(rows):
            worth = 0.0
            for b in range(2):
                last = n if b == 1 else min(n, BITS)
                full = (1 << (last - b * BITS)) - 1 if last > b * BITS else 0
                word = full & ~parts[i, 1 + b]
                while word != 0:
                    worth += prices[c, lowest(word) + b * BITS]
                    word &= word - 1
            if worth <= 0.0:
                continue
            left = worth
            for w in range(m):
                if (parts[i, 0] >> w) & 1 == 0:
                    left -= earned[c, w]
            if left > 0.0:
                most = REFUTED
                break
            most = max(most, left / worth)
        out[i] = most
    return out
