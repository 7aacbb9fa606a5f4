"""Hypothesis strategies: workplaces that hang together, with every field of every record drawn."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from klaver.language import LANGUAGES
from klaver.scale.dimensions import PLACE_NUMBERS, TASK_NUMBERS
from klaver.values import Range, Source, SourceKind, Weekday, Window
from klaver.work import records as r
from klaver.work.workbook.layout import FIELDS

idents = st.sampled_from(("A", "b.c", "7", "x_1", "T-2", "aide", "12", "Z" * 40)) | st.from_regex(
    r"[A-Za-z0-9][A-Za-z0-9_.-]{0,3}", fullmatch=True
)
ODD = ("=1+1", "-5", "07:30", "ja", "_x0041_", "a\nb", "é’ñ", "1,5", "#3", "'x", "TRUE", "12", "😀 ok", "<b>&amp;")
letters = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
texts = st.sampled_from(ODD) | st.text(letters, max_size=8).map(lambda t: t.strip() or "-")
days = st.dates().map(lambda d: d.isoformat())
minutes = st.integers(0, 6000)
flags = st.booleans()


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a value or nothing known."""
    return st.none() | strategy


def one(known: list[str]) -> st.SearchStrategy[Any]:
    """Draw one of the known names, or nothing when there is none."""
    return maybe(st.sampled_from(known)) if known else st.none()


sources = st.builds(Source, kind=st.sampled_from(SourceKind), date=maybe(days), by=maybe(texts), note=maybe(texts))
ranges = st.tuples(minutes, minutes, minutes).map(sorted).map(lambda t: Range(low=t[0], likely=t[1], high=t[2]))
windows = st.tuples(st.integers(0, 2880), st.integers(0, 2880)).map(
    lambda t: Window(start=min(*t, 2879), end=max(*t, min(*t, 2879) + 1))
)
weeks = st.one_of(
    st.tuples(*[st.integers(0, 96)] * 7),
    st.tuples(st.integers(1, 96), st.tuples(*[st.booleans()] * 7)).map(lambda t: tuple(t[0] * b for b in t[1])),
)
cefr = st.sampled_from(get_args(r.Cefr))
languages = st.builds(
    r.LanguageNeed, listening=cefr, speaking=cefr, reading=cefr, writing=cefr, safety_reason=maybe(texts)
)
fields = st.sampled_from(FIELDS) | st.sampled_from(sorted(TASK_NUMBERS)).map(lambda n: f"demands.{n}")


@st.composite
def shares(draw: st.DrawFn, roles: list[str]) -> tuple[r.Share, ...]:
    """Draw who does a task, adding up to a hundred."""
    if not roles or draw(st.booleans()):
        return ()
    names = draw(st.lists(st.sampled_from(roles), min_size=1, max_size=3, unique=True))
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=len(names) - 1, max_size=len(names) - 1, unique=True)))
    edges = [0, *cuts, 100]
    return tuple(r.Share(role=n, percent=b - a) for n, a, b in zip(names, edges, edges[1:], strict=False))


@st.composite
def tasks(draw: st.DrawFn, ident: str, roles: list[str], places: list[str]) -> r.Task:
    """Draw one task; its window is long enough unless the law keeps it with the team."""
    legal = draw(st.sampled_from(r.Legal))
    lasts, window = draw(maybe(ranges)), draw(maybe(windows))
    if lasts and window and window.length < lasts.likely:
        legal = r.Legal.RESERVED
    fixed = {"permit": idents} if legal is r.Legal.PERMIT else {"permit": maybe(idents)}
    plain = ("splittable", "left_undone", "separable", "checked", "recovery", "valued", "unpleasant", "learning")
    return r.Task(
        id=ident,
        name=draw(texts),
        lang=draw(st.sampled_from(LANGUAGES)),
        names=draw(st.dictionaries(st.sampled_from(LANGUAGES), texts)),
        family=draw(idents),
        place=draw(one(places)),
        doers=draw(shares(roles)),
        minutes=lasts,
        times=draw(maybe(weeks)),
        window=window,
        wait_days=draw(maybe(st.integers(0, 366))),
        legal=legal,
        legal_basis=draw(maybe(texts)),
        harm=draw(maybe(st.integers(0, 3))),
        alone=draw(maybe(flags)),
        contact=draw(maybe(st.sampled_from(r.Contact))),
        instructs=draw(one(roles)),
        posture=draw(maybe(st.sampled_from(r.Posture))),
        demands=draw(st.dictionaries(st.sampled_from(sorted(TASK_NUMBERS)), st.integers(0, 4), max_size=4)),
        demand_reason=draw(maybe(texts)),
        language=draw(maybe(languages)),
        override=draw(maybe(st.builds(r.Override, elementary=flags, comment=texts.map(lambda t: f"om {t}")))),
        source=draw(sources),
        sources=draw(st.dictionaries(fields, sources, max_size=2)),
        note=draw(maybe(texts)),
        **{name: draw(strategy) for name, strategy in fixed.items()},
        **{name: draw(maybe(flags)) for name in plain},
    )


@st.composite
def workplaces(draw: st.DrawFn) -> r.Workplace:
    """Draw a workplace without a mistake in it, with gaps anywhere."""

    def names(most: int) -> list[str]:
        return draw(st.lists(idents, max_size=most, unique=True))

    roles, places, scales = names(2), names(2), names(2)
    ids = draw(st.lists(idents, min_size=1, max_size=2, unique=True))
    work = tuple(draw(tasks(i, roles, places)) for i in ids)
    pairs = st.sampled_from([(a, b) for at, a in enumerate(ids) for b in ids[at + 1 :]] or [None])
    steps = [p for p in draw(st.lists(pairs, max_size=2, unique=True)) if p]
    ways = [(a, b) for at, a in enumerate(places) for b in places[at + 1 :]]
    volume = st.integers(0, 1000)
    low, high = sorted(draw(st.tuples(minutes, minutes)))
    return r.Workplace(
        id=draw(idents),
        name=draw(texts),
        setting=draw(idents),
        lang=draw(st.sampled_from(LANGUAGES)),
        synthetic=draw(flags),
        cooperation=draw(st.sampled_from(r.Cooperation)),
        units=tuple(r.Unit(id=i, label=draw(texts), count=draw(st.integers(1, 100_000))) for i in names(2)),
        pay_scales=tuple(r.PayScale(id=i, label=draw(texts), rank=draw(st.integers(0, 100))) for i in scales),
        entry_scale=draw(one(scales)),
        full_time_week=draw(maybe(st.integers(60, 10_080))),
        places=tuple(
            r.Place(
                id=i,
                label=draw(texts),
                demands=draw(st.dictionaries(st.sampled_from(sorted(PLACE_NUMBERS)), st.integers(0, 4))),
            )
            for i in places
        ),
        walks=tuple(r.Walk(start=a, end=b, minutes=draw(st.integers(0, 240))) for a, b in ways),
        roles=tuple(
            r.Role(
                id=i,
                label=draw(texts),
                kind=draw(st.sampled_from(r.RoleKind)),
                occupation=draw(maybe(texts)),
                headcount=draw(maybe(st.integers(0, 100_000))),
                hours_week=draw(maybe(st.integers(0, 5_000_000))),
                floor_week=draw(maybe(minutes)),
                pay_scale=draw(one(scales)),
                hourly_cost=draw(maybe(minutes)),
                shortage=draw(maybe(flags)),
                may_instruct=draw(flags),
                employer=draw(st.sampled_from(("host", "partner"))),
            )
            for i in roles
        ),
        tasks=work,
        orders=tuple(r.Order(before=a, after=b) for a, b in steps),
        links=tuple(
            r.Link(kind=draw(st.sampled_from(("together", "apart"))), first=a, second=b, reason=draw(maybe(texts)))
            for a, b in steps
        ),
        scenarios=tuple(
            r.Scenario(
                id=i,
                label=draw(texts),
                weeks=draw(st.integers(1, 53)),
                families=draw(st.dictionaries(st.sampled_from([t.family for t in work]), volume)),
                tasks=draw(st.dictionaries(st.sampled_from(ids), volume)),
            )
            for i in names(2)
        ),
        agreements=tuple(
            r.Agreement(role=i, minutes_week=draw(minutes), parties=draw(texts), date=draw(days)) for i in roles[:1]
        ),
        wishes=r.Wishes(
            jobs=draw(maybe(st.integers(1, 20))),
            week_min=draw(maybe(st.just(low))),
            week_max=draw(maybe(st.just(high))),
            day_max=draw(maybe(st.integers(0, 1440))),
            days=draw(maybe(st.lists(st.sampled_from(Weekday), min_size=1, max_size=7).map(tuple))),
            tempo=draw(maybe(st.integers(100, 300))),
            profile=draw(maybe(idents)),
            pins=tuple(
                r.Pin(
                    task=i,
                    kind=draw(st.sampled_from(("into", "out"))),
                    days=draw(st.lists(st.sampled_from(Weekday), max_size=3).map(tuple)),
                )
                for i in ids[:1]
            ),
            use_of_freed_time=draw(maybe(texts)),
        ),
        gaps_noted=draw(st.lists(texts, max_size=2).map(tuple)),
        attribution=draw(st.lists(texts, max_size=2).map(tuple)),
        note=draw(maybe(texts)),
    )
