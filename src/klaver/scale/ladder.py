"""The language ladder: CEFR steps of the language of the workplace; a gap to learn, not a level of ability."""

STEPS = ("none", "A1", "A2", "B1", "B2", "C1")
"""The steps, lowest first."""

SKILLS = ("listening", "speaking", "reading", "writing")
"""The four skills that have a step each."""


def steps_missing(asked: str, has: str) -> int:
    """Return how many steps are still to learn; 0 when the language suffices."""
    return max(0, STEPS.index(asked) - STEPS.index(has))
