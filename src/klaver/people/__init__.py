"""Profiles of people and groups: what somebody can do, wishes, hours; no names and no diagnoses."""

from klaver.people.reading import aids, for_design, profiles, read_people
from klaver.people.records import Ability, Aid, LanguageHeld, Profile

__all__ = ["Ability", "Aid", "LanguageHeld", "Profile", "aids", "for_design", "profiles", "read_people"]
