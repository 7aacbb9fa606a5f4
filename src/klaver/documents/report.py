"""The advice report: the choice on the first pages, then everything it rests on, each thing told once."""

from __future__ import annotations

from collections.abc import Sequence

from klaver.design.problem import Problem
from klaver.design.records import Design
from klaver.documents.alternative import alternative
from klaver.documents.annex import annex
from klaver.documents.assumed import assumed
from klaver.documents.blocks import PAGE, Paper
from klaver.documents.colleagues import colleagues
from klaver.documents.decision import decision
from klaver.documents.harm import harm, stays
from klaver.documents.sketch import banner
from klaver.documents.unchanged import unchanged
from klaver.documents.voice import Voice
from klaver.language import Language


def report(problem: Problem, designs: Sequence[Design], lang: Language) -> Paper:
    """Return the advice report of the alternatives, in one language."""
    voice = Voice(problem, lang)
    blocks = decision(voice, designs)
    for number, found in enumerate(designs, 1):
        blocks += [PAGE, *alternative(voice, number, found)]
    closing = [*stays(voice, designs), *assumed(voice, designs)]
    for chapter in (unchanged(voice), harm(voice, designs), colleagues(voice, designs), closing, annex(voice, designs)):
        blocks += [PAGE, *chapter]
    return Paper(
        form="report",
        title=voice.say("title", name=problem.workplace.name),
        lang=lang,
        banner=banner(problem, [d.jobs for d in designs], lang),
        blocks=tuple(blocks),
    )
