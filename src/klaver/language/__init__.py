"""Codes and values told in Dutch, French and English; a sentence lives here and nowhere else."""

from klaver.language.tell import LANGUAGES, Language, clock_range, day_name, hours, number, tell, tell_fault

__all__ = ["LANGUAGES", "Language", "clock_range", "day_name", "hours", "number", "tell", "tell_fault"]
