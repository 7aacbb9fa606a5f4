"""Profiles of people and groups: what somebody can do, wishes, hours; no names and no diagnoses."""

from klaver.people.profiles import aids, profiles
from klaver.people.reading import person_template, read_people
from klaver.people.records import Ability, Aid, LanguageHeld, Profile

__all__ = ["Ability", "Aid", "LanguageHeld", "Profile", "aids", "person_template", "profiles", "read_people"]
