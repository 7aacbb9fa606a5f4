"""Profiles of people and groups: what somebody can do, wishes, hours; no names and no diagnoses."""
