"""Ctrl-C during a search: the round is finished and what was found is kept."""

from __future__ import annotations

import signal


class Stop:
    """Ctrl-C asks the search to end after the round; what was found is kept."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> None:
        def ask(*_: object) -> None:
            self.asked = True

        self._before = signal.signal(signal.SIGINT, ask)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)
