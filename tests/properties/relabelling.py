"""The same workplace in other words and another order: what is found may not depend on names."""

from __future__ import annotations

from random import Random
from typing import Any

from klaver.design.problem import Problem, problem


def relabelled(chance: Random, asked: Problem) -> Problem:
    """Return the problem with tasks, roles, places and families renamed and shuffled."""
    place = asked.workplace
    tasks = _names(chance, "t", [t.id for t in place.tasks])
    roles = _names(chance, "r", [r.id for r in place.roles])
    places = _names(chance, "p", [p.id for p in place.places])
    families = _names(chance, "f", sorted({t.family for t in place.tasks}))
    changed = place.model_copy(
        update={
            "places": _shuffled(chance, [p.model_copy(update={"id": places[p.id]}) for p in place.places]),
            "roles": _shuffled(chance, [r.model_copy(update={"id": roles[r.id]}) for r in place.roles]),
            "walks": _shuffled(
                chance,
                [w.model_copy(update={"start": places[w.end], "end": places[w.start]}) for w in place.walks],
            ),
            "tasks": _shuffled(
                chance,
                [
                    t.model_copy(
                        update={
                            "id": tasks[t.id],
                            "family": families[t.family],
                            "place": places.get(t.place or ""),
                            "instructs": roles.get(t.instructs or ""),
                            "doers": tuple(s.model_copy(update={"role": roles[s.role]}) for s in t.doers),
                        }
                    )
                    for t in place.tasks
                ],
            ),
            "orders": tuple(
                o.model_copy(update={"before": tasks[o.before], "after": tasks[o.after]}) for o in place.orders
            ),
            "links": tuple(
                k.model_copy(update={"first": tasks[k.second], "second": tasks[k.first]}) for k in place.links
            ),
            "scenarios": tuple(
                s.model_copy(
                    update={
                        "families": {families[f]: v for f, v in s.families.items()},
                        "tasks": {tasks[t]: v for t, v in s.tasks.items()},
                    }
                )
                for s in place.scenarios
            ),
            "agreements": tuple(a.model_copy(update={"role": roles[a.role]}) for a in place.agreements),
        }
    )
    pins = tuple(p.model_copy(update={"task": tasks[p.task]}) for p in asked.wishes.pins)
    profiles = [
        p.model_copy(update={"excluded_families": tuple(families.get(f, f) for f in p.excluded_families)})
        for p in asked.profiles
    ]
    return problem(changed, asked.parameters, profiles, asked.wishes.model_copy(update={"pins": pins}))


def _names(chance: Random, letter: str, old: list[str]) -> dict[str, str]:
    new = [f"{letter}{n}" for n in range(len(old))]
    chance.shuffle(new)
    return dict(zip(old, new, strict=True))


def _shuffled(chance: Random, items: list[Any]) -> tuple[Any, ...]:
    chance.shuffle(items)
    return tuple(items)
