"""The example rows of the template: two tasks of a small ward, to be replaced."""

from __future__ import annotations

from klaver.language import Language, tell
from klaver.scale.dimensions import TASK_NUMBERS
from klaver.values import Range, Window
from klaver.work.records import Contact, Legal, PayScale, Place, Posture, Role, Share, Task, Unit, Wishes, Workplace


def sample(lang: Language) -> Workplace:
    """Return the workplace of the template's example rows."""

    def text(name: str) -> str:
        return tell(f"workbook.{name}", lang)

    window = Window(start=9 * 60, end=11 * 60 + 30)
    beds = Task(
        id="T1",
        name=text("sample_beds"),
        lang=lang,
        family="linen",
        place="rooms",
        doers=(Share(role="carer", percent=100),),
        minutes=Range(low=50, likely=60, high=75),
        times=(1, 1, 1, 1, 1, 1, 1),
        window=window,
        legal=Legal.FREE,
        harm=1,
        separable=True,
        contact=Contact.NONE,
        posture=Posture.MIXED,
        demands=dict.fromkeys(sorted(TASK_NUMBERS), 1),
    )
    care = Task(
        id="T2",
        name=text("sample_care"),
        lang=lang,
        family="care",
        place="rooms",
        doers=(Share(role="carer", percent=100),),
        minutes=Range.exactly(20),
        legal=Legal.RESERVED,
        legal_basis=text("sample_basis"),
    )
    return Workplace(
        id="ward",
        name=text("sample_ward"),
        setting="nursing-home",
        lang=lang,
        full_time_week=2280,
        entry_scale="S1",
        units=(Unit(id="residents", label=text("sample_residents"), count=30),),
        pay_scales=(PayScale(id="S1", label="1", rank=1), PayScale(id="S2", label="2", rank=2)),
        places=(Place(id="rooms", label=text("sample_rooms"), demands={21: 1, 33: 1, 34: 2, 35: 1}),),
        roles=(Role(id="carer", label=text("sample_carer"), shortage=True, pay_scale="S2", hours_week=12_000),),
        tasks=(beds, care),
        wishes=Wishes(jobs=2, week_min=900, week_max=1500),
    )
