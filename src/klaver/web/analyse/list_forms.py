"""Forms about many tasks at once: minutes and days of all, the same value for several, tasks of the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from klaver.language import tell
from klaver.language.weekdays import show_pattern
from klaver.scale.dimensions import TASK_NUMBERS, dimension
from klaver.values import Fault, Faults, SourceKind, Window
from klaver.web.analyse.clashes import source_words
from klaver.web.analyse.editing import EditForm
from klaver.web.analyse.fields import field_for
from klaver.web.analyse.week import week_fields, week_initial, week_of
from klaver.work.editing import from_source, library, set_together, whole, with_task
from klaver.work.records import Share, Task, Workplace
from klaver.work.workbook.rowsense import DAYS
from klaver.work.workbook.typed import as_typed, columns, read_cells, read_task, text

MINUTES = ("low", "likely", "high")


@dataclass
class Line:
    """One task in the table of minutes and days."""

    task: Task
    name: str
    minutes: list[BoundField]
    days: list[BoundField]
    each: BoundField
    confirm: BoundField
    source: str
    assumed: bool
    uneven: str


class TimesForm(EditForm):
    """Minutes and days of every task; days that differ in number stay as they are until they are typed anew."""

    sourced = True

    def __init__(self, base: Workplace, data: QueryDict | None = None, how: dict[str, str] | None = None) -> None:
        super().__init__(base, data, how)
        self.columns = columns("tasks")
        for task in base.tasks:
            cells = as_typed(task)
            for name in MINUTES:
                self.fields[f"{task.id}_{name}"] = made = field_for(self.columns[name], base, self.lang)
                made.label, made.help_text = tell(f"analyse.{name}", self.lang), ""
                self.initial[f"{task.id}_{name}"] = text(self.columns[name], cells.get(name), self.lang)
            self.fields |= week_fields(f"{task.id}_", single=False)
            self.fields[f"{task.id}_each"].label = tell("analyse.each_short", self.lang)
            self.fields[f"{task.id}_ok"] = forms.BooleanField(required=False, label=tell("analyse.ok", self.lang))
            self.initial |= week_initial(task.times, f"{task.id}_")

    def made(self) -> Workplace:
        """Return the workplace with the minutes and days that were typed."""
        place, wrong = self.base, list[Fault]()
        for task in self.base.tasks:
            try:
                after = read_task(task, self._given(task.id), self.lang)
            except Faults as told:
                wrong += [f.model_copy(update={"column": f"{task.id}_{f.column}"}) for f in told.faults]
                continue
            confirmed = {"minutes", "times"} if self.cleaned_data.get(f"{task.id}_ok") else set()
            place = with_task(place, from_source(task, after, self.how, confirmed))
        if wrong or self.errors:
            raise Faults(wrong)
        return whole(place)

    def _given(self, ident: str) -> dict[str, str]:
        data = self.cleaned_data
        given = {name: str(data.get(f"{ident}_{name}", "")) for name in MINUTES}
        names = [f"{ident}_each", *(f"{ident}_on_{d}" for d in range(7))]
        if not any(name in self.changed_data for name in names):
            return given
        try:
            week = week_of(data, f"{ident}_")
        except forms.ValidationError as error:
            self.add_error(f"{ident}_each", error)
            return given
        return given | dict(zip(DAYS, map(str, week) if week else [""] * 7, strict=True))

    def field_of(self, fault: Fault) -> str | None:
        """Return the field in which a mistake was made; what a task does not allow goes to its minutes."""
        return fault.column if fault.column in self.fields else f"{fault.values.get('id')}_likely"

    def line(self, ident: str) -> Line:
        """Return the row of one task."""
        task = self.base.task(ident)
        source = task.source_of("minutes")
        uneven = len({times for times in task.times or () if times}) > 1
        return Line(
            task=task,
            name=task.name_in(self.lang),
            minutes=[self[f"{ident}_{name}"] for name in MINUTES],
            days=[self[f"{ident}_on_{d}"] for d in range(7)],
            each=self[f"{ident}_each"],
            confirm=self[f"{ident}_ok"],
            source=source_words(source, self.lang),
            assumed=source.kind is SourceKind.ASSUMED,
            uneven=", ".join(map(str, task.times or ())) if uneven else "",
        )


class TogetherForm(EditForm):
    """The same days, times of day, role, place or demand for several tasks; what is left empty stays as it is."""

    sourced = True

    def __init__(self, base: Workplace, data: QueryDict | None = None, how: dict[str, str] | None = None) -> None:
        super().__init__(base, data, how)
        known, leave = columns("tasks"), ("", tell("analyse.leave", self.lang))
        picks = [(t.id, f"{t.id} {t.name_in(self.lang)}") for t in base.tasks]
        self.fields["picked"] = forms.MultipleChoiceField(
            required=False, choices=picks, widget=forms.CheckboxSelectMultiple, label=tell("analyse.picked", self.lang)
        )
        self.fields |= week_fields(single=False)
        for name in ("window_start", "window_end"):
            self.fields[name] = field_for(known[name], base, self.lang)
        roles, places = [(r.id, r.label) for r in base.roles], [(p.id, p.label) for p in base.places]
        numbers = [(str(n), dimension(n).label[self.lang]) for n in sorted(TASK_NUMBERS)]
        levels = [(str(n), tell("analyse.level", self.lang, level=n)) for n in range(5)]
        for name, listed, label in (
            ("role", roles, known["doers"].heading(self.lang)),
            ("place", places, known["place"].heading(self.lang)),
            ("demand", numbers, tell("analyse.one_demand", self.lang)),
            ("level", levels, tell("analyse.one_level", self.lang)),
        ):
            self.fields[name] = forms.ChoiceField(required=False, choices=[leave, *listed], label=label)

    def made(self) -> Workplace:
        """Return the workplace with the same values in the tasks that were ticked."""
        values = self._values()
        if not self.cleaned_data.get("picked"):
            self.add_error("picked", tell("analyse.none_picked", self.lang))
        elif not values and not self.errors:
            self.add_error(None, tell("analyse.nothing_set", self.lang))
        if self.errors:
            raise Faults([])
        return whole(set_together(self.base, self.cleaned_data["picked"], values, self.how))

    def _values(self) -> dict[str, Any]:
        data, made = self.cleaned_data, dict[str, Any]()
        try:
            week = week_of(data)
            made |= {"times": week} if week else {}
        except forms.ValidationError as error:
            self.add_error("each", error)
        made |= self._window()
        if data.get("role"):
            made["doers"] = (Share(role=data["role"], percent=100),)
        if data.get("place"):
            made["place"] = data["place"]
        if bool(data.get("demand")) != bool(data.get("level")):
            self.add_error("level", tell("analyse.demand_and_level", self.lang))
        elif data.get("demand"):
            made[f"demands.{data['demand']}"] = int(data["level"])
        return made

    def _window(self) -> dict[str, Window]:
        given = {name: self.cleaned_data.get(name, "") for name in ("window_start", "window_end")}
        row, wrong = read_cells("tasks", given, self.lang)
        start, end = row["window_start"], row["window_end"]
        if not wrong and (start is None) != (end is None):
            wrong = [Fault(code="workbook.half_window", column="window_start" if start is None else "window_end")]
        if not wrong and start is not None and end <= start:
            wrong = [Fault(code="workbook.window_backwards", column="window_end")]
        self.show(Faults(wrong))
        return {} if wrong or start is None else {"window": Window(start=start, end=end)}

    def field_of(self, fault: Fault) -> str | None:
        """Return the field of a mistake; what several tasks do not allow is told above the form."""
        return None if fault.row is not None else fault.column


class LibraryForm(EditForm):
    """Tasks of the library that are not in this workplace yet, to be ticked in."""

    def __init__(self, base: Workplace, data: QueryDict | None = None) -> None:
        super().__init__(base, data)
        self.tasks = library(base, self.lang)
        picks = []
        for task in self.tasks:
            days = show_pattern(task.times, self.lang) if task.times else None
            minutes = tell("wall.minutes", self.lang, likely=task.minutes.likely) if task.minutes else None
            picks.append((task.id, " · ".join(filter(None, (f"{task.id} {task.name}", minutes, days)))))
        self.fields["picked"] = forms.MultipleChoiceField(
            required=False, choices=picks, widget=forms.CheckboxSelectMultiple, label=tell("analyse.picked", self.lang)
        )

    def made(self) -> Workplace:
        """Return the workplace with the tasks that were ticked, as the library has them: all assumed."""
        picked = self.cleaned_data.get("picked")
        if not picked:
            self.add_error("picked", tell("analyse.none_picked", self.lang))
            raise Faults([])
        place = self.base
        for task in self.tasks:
            if task.id in picked:
                place = with_task(place, task)
        return whole(place)
