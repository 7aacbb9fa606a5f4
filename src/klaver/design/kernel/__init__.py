"""The kernel: any plan judged exactly and at once, for the board, the search and the repair alike."""
