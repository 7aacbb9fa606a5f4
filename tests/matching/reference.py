"""The definition of reach, as the manual gives it: plain Python on levels, one person and one job at a time."""

from __future__ import annotations

from klaver.matching.doors import JobDemands, condition_states
from klaver.people import aids
from klaver.people.records import Profile


def ability(person: Profile, number: int, *, sure: bool, aided: bool) -> int:
    """What is not known is nothing at the sure end and everything at the possible end."""
    if number not in person.abilities:
        return 0 if sure else 4
    raised = [aids()[a].raises.get(number, 0) for a in person.aids] if aided else []
    return min(4, person.abilities[number].likely + max(raised, default=0))


def shortfall(job: JobDemands, person: Profile, *, sure: bool, aided: bool) -> int:
    return sum(max(0, asked - ability(person, n, sure=sure, aided=aided)) for n, asked in job.levels.items())


def is_open(job: JobDemands, person: Profile, support: int, *, sure: bool, aided: bool = False) -> bool:
    if sure and (job.unknown or job.language_unknown):
        return False  # the work itself has to be asked about
    states = condition_states(job, person).values()
    kept = all(s is True for s in states) if sure else all(s is not False for s in states)
    return kept and shortfall(job, person, sure=sure, aided=aided) <= support
