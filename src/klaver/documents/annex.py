"""The annex: how the designs were made and how sure they are; plain words first, then the technical ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from klaver.design.records import Design, Objective
from klaver.documents.blocks import Block, Cell, bullets, heading, table, text
from klaver.documents.voice import Voice
from klaver.language import tell
from klaver.language.tell import messages
from klaver.values.dated import Parameter


def annex(voice: Voice, designs: Sequence[Design]) -> list[Block]:
    """Return the annex."""
    made = [heading(voice.say("annex")), text(voice.say("annex_plain"))]
    statuses = dict.fromkeys(d.status.value for d in designs)
    made.append(bullets([voice.say(f"status_{s}") for s in statuses]))
    rows: list[list[str | Cell]] = [
        [
            str(i),
            tell(f"cli.objective_{d.objective.value}", voice.lang),
            value(voice, d.objective, getattr(d.values, d.objective.value)),
            voice.say("not_proved") if d.bound is None else value(voice, d.objective, d.bound),
            voice.say(f"sure_{d.status.value}"),
            d.fingerprint()[:12],
        ]
        for i, d in enumerate(designs, 1)
    ]
    heads = [voice.say(k) for k in ("number_head", "objective", "value", "bound", "status", "print")]
    sheet = voice.say("sheet_status")
    made.append(table(voice.say("status_table"), heads, rows, widths=[9, 30, 14, 16, 17, 14], sheet=sheet))
    kept = [voice.say("floors_of", number=i, floors=floors(voice, d)) for i, d in enumerate(designs, 1)]
    made += [text(voice.say("floors")), bullets(kept)]
    return [*made, *_receipt(voice, designs[0]), *_thresholds(voice)]


def value(voice: Voice, objective: Objective, amount: int) -> Cell:
    """Tell a value in the unit of its objective."""
    return voice.time(amount) if objective is Objective.RELIEF else voice.figure(amount)


def floors(voice: Voice, found: Design) -> str:
    """Tell what an alternative had to keep whatever it is best in."""
    kept = found.floors.model_dump(exclude_none=True)
    idle = [k for k in ("doors", "quality") if not kept.get(k)]  # a floor of nothing asks nothing
    told = [voice.say(f"floor_{k}", value=value(voice, Objective(k), v).text) for k, v in kept.items() if k not in idle]
    return "; ".join(told) or voice.say("floors_none")


def _receipt(voice: Voice, found: Design) -> list[Block]:
    made = []
    receipt = found.receipt
    if receipt is not None:
        versions = ", ".join(f"{k} {v}" for k, v in receipt.versions.items())
        made = [
            text(voice.say("receipt", seed=receipt.seed, rounds=receipt.rounds, versions=versions)),
            text(voice.say("receipt_input", workplace=receipt.workplace[:12], people=receipt.people[:12])),
        ]
    place = voice.problem.workplace
    if place.attribution:
        made += [text(voice.say("attribution")), bullets(place.attribution)]
    return made


def _thresholds(voice: Voice) -> list[Block]:
    found = voice.problem.parameters
    rows: list[list[str | Cell]] = [
        [threshold(voice, p), voice.figure(p.value), voice.say(f"certainty_{p.certainty.value}"), authority(voice, p)]
        for p in found.values.values()
    ]
    heads = [voice.say(k) for k in ("threshold", "value", "certainty", "authority")]
    caption, sheet = voice.say("parameters", date=voice.date(found.on)), voice.say("sheet_parameters")
    return [table(caption, heads, rows, widths=[46, 10, 14, 30], sheet=sheet)]


def threshold(voice: Voice, found: Parameter) -> str:
    """Name a threshold with its unit; one that a house added keeps its own words."""
    known = messages("threshold").get(found.name)
    return known[voice.lang] if known else f"{found.name} ({found.unit})"


def authority(voice: Voice, found: Parameter) -> str:
    """Tell where a threshold comes from; a source that a house gave keeps its own words."""
    known = messages("authority").get(slug(found.source))
    return known[voice.lang] if known else found.source


def slug(words: str) -> str:
    """Return words as a name: small letters and digits, joined by lines."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
