"""The forms on which is noted what somebody said about a design, and what a house fills in about a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.timezone import localdate

from klaver.design.agreements.compare import GateState
from klaver.design.agreements.records import SPEAKS, By, Gate, Kind, Named, Part, Statement, Terms, print_of
from klaver.documents.agreed import Agreed
from klaver.language import tell
from klaver.values.text import shown
from klaver.web.frame.forms import Worded
from klaver.web.frame.reader import lang

AT = "@"
"""Between a part and its print, as a form sends them: what is agreed to is what was looked at."""

ANSWERS = ("agreed", "objects", "not_asked")
FIELDS = ("joint_committee", "function_class", "pay_scale", "mentor", "stand_in")


class Looked(forms.MultipleChoiceField):
    """Parts that were ticked; one that has changed since is no mistake of the form, the log tells it."""

    def valid_value(self, value: str) -> bool:
        """Take any part with a print."""
        return AT in value


def _shown(text: str) -> None:
    """Refuse a sign that no page and no file can show."""
    try:
        shown(text)
    except ValueError:
        raise forms.ValidationError(tell("agree.bad_sign", lang())) from None


class Words(forms.CharField):
    """Text with a line break as one sign, without a sign that cannot be shown."""

    default_validators = [_shown]

    def to_python(self, value: Any) -> str:
        """Return the text with line breaks as a file holds them."""
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n").strip()


class SayForm(Worded):
    """What one function says at a decision point."""

    by = forms.ChoiceField()
    answer = forms.ChoiceField(widget=forms.RadioSelect)
    parts = Looked(widget=forms.CheckboxSelectMultiple, required=False)
    words_said = Words(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False)
    date = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    words = "agree.say"

    def __init__(self, agreed: Agreed, state: GateState, every: bool, data: Mapping[str, Any] | None = None) -> None:
        self.state, self.gate = state, state.gate
        super().__init__(
            data, prefix=self.gate.value, initial={"date": localdate()}, use_required_attribute=data is None
        )
        speaks = [b for b in SPEAKS[self.gate] if every or b is By.DELEGATE]
        roles = agreed.voice.problem.workplace.roles
        by: list[tuple[str, str]] = []
        for one in speaks:
            if one is By.COLLEAGUES:
                by += [(f"{one.value}:{r.id}", agreed.say("by_role", role=r.label)) for r in roles]
            else:
                by.append((one.value, agreed.say(f"by_{one.value}")))
        self.fields["by"].choices = by
        self.fields["answer"].choices = [(a, agreed.say(f"answer_{a}")) for a in ANSWERS]
        if self.gate is Gate.WORKER:
            self.fields["words_said"].help_text = self.say("words_said_worker_help")
        now = [(part, agreed.now[part]) for part, _ in state.parts if part in agreed.now]
        self.fields["parts"].choices = [(f"{p.key}{AT}{print_of(facts)}", agreed.part(p)) for p, facts in now]

    def clean_date(self) -> Any:
        """Refuse a day that is still to come."""
        if self.cleaned_data["date"] > localdate():
            raise forms.ValidationError(self.say("future"))
        return self.cleaned_data["date"]

    def clean(self) -> None:
        """An objection has words; what is not taken back names parts."""
        data = self.cleaned_data
        if data.get("answer") == "objects" and data.get("words_said") == "":
            self.add_error("words_said", self.say("no_words"))
        if data.get("answer") != "not_asked" and not data.get("parts"):
            self.add_error("parts", self.say("no_parts"))

    def statement(self) -> Statement:
        """Return what was said.

        Raises
        ------
        ValueError
            When a part that was sent cannot be read.
        """
        data = self.cleaned_data
        by, _, role = data["by"].partition(":")
        sent = data["parts"] if data["answer"] != "not_asked" else []
        return Statement(
            gate=self.gate,
            by=By(by),
            role=role or None,
            answer=data["answer"],
            date=data["date"].isoformat(),
            words=data["words_said"] or None,
            parts=tuple(_named(one) for one in sent),
        )


def _named(sent: str) -> Named:
    key, _, found = sent.rpartition(AT)
    return Named(part=part_of(key), print=found)


def part_of(key: str) -> Part:
    """Return the part with a key."""
    kind, _, of = key.partition(":")
    return Part(kind=Kind(kind), of=of or None)


class TermsForm(Worded):
    """What a house fills in about a job: function class, pay, and who guides, as functions."""

    joint_committee = Words(max_length=400, required=False)
    function_class = Words(max_length=400, required=False)
    pay_scale = Words(max_length=400, required=False)
    mentor = Words(max_length=400, required=False)
    stand_in = Words(max_length=400, required=False)

    words = "agree.terms"

    def __init__(self, agreed: Agreed, job: str, data: Mapping[str, Any] | None = None) -> None:
        self.job, self.name = job, agreed.job(job)
        known = agreed.agreements.terms().get(job)
        super().__init__(data, prefix=job, initial={} if known is None else {f: getattr(known, f) for f in FIELDS})

    def terms(self) -> Terms:
        """Return what was filled in, with the day of today."""
        filled = {f: self.cleaned_data[f] or None for f in FIELDS}
        return Terms.model_validate({"job": self.job, "date": localdate().isoformat(), **filled})


def say_forms(
    agreed: Agreed, every: bool, own: bool, sent: Mapping[str, Any] | None = None
) -> dict[Gate, SayForm | None]:
    """Return the form of each decision point at which a reader may note something; what was sent belongs to one."""
    made: dict[Gate, SayForm | None] = {}
    for state in agreed.gates:
        mine = every or (own and By.DELEGATE in SPEAKS[state.gate])
        data = sent if sent is not None and sent.get("gate") == state.gate.value else None
        made[state.gate] = SayForm(agreed, state, every, data) if mine else None
    return made
