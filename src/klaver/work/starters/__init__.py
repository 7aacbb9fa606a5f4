"""A start that is not an empty sheet: settings with their tasks, times and demands, all assumed."""

from klaver.work.starters.reading import settings, start, starter_head, starter_units, workplace_from_toml

__all__ = ["settings", "start", "starter_head", "starter_units", "workplace_from_toml"]
