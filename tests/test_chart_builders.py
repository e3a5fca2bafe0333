"""Charts built from statements: whose counts stand beside whose, what is a step of a total, what has an hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from stories import MONDAY, TUESDAY, WEDNESDAY, say, town

from briefings import builders
from briefings.charts import charts
from briefings.core.settings import BriefConfig, Region
from briefings.dating.dayparts import part_of
from briefings.desks.desk import Desk
from briefings.model import Claim, Document, Incident, Passage, Reading, Window
from briefings.notebook.brief import Brief, Masthead
from briefings.proof.check import check
from briefings.sections import Chart, Section

HARO = Region(id="haro", name="Haro", country="Tarland", timezone="Etc/GMT-2", places=("Ostin", "Vell"))
ARMY, POLICE, FRONT = "the army", "the police", "the Haro Liberation Front"


def desk(*claims: Claim, day: date = TUESDAY, **more: Any) -> Desk:
    """Return the desk of a day that read each claim in a report of its own; it counts since Monday."""
    documents, readings = [], {}
    passages = more.pop("passages", ())
    for claim in claims:
        text = f"Haro: news of the day. {claim.sentence}"
        document = Document(
            id=claim.document_id, source="test", publisher=claim.publisher, title="Haro", text=text,
            published=claim.stated, published_on=claim.stated_on,
        )  # fmt: skip
        documents.append(document)
        said = tuple(one.model_copy(update={"document_id": document.id}) for one in passages)
        readings[document.id] = Reading(document_id=document.id, claims=(claim,), passages=said)
        passages = ()
    settings = BriefConfig(id="haro", title="Haro", region="haro", starts=MONDAY)
    as_of = datetime.combine(day, time(23, 59), HARO.zone)
    period = Window(start=day, end=day)
    return Desk.from_parts(HARO, period, as_of, documents=documents, readings=readings, settings=settings, **more)


def passage(quote: str, day: date = TUESDAY, kind: str = "development", **more: Any) -> Passage:
    return Passage.model_validate(
        {"document_id": "", "kind": kind, "quote": quote, "start": 0, "end": len(quote), "rule": "story",
         "date_from": day, "date_to": day, "stated_on": day, **more}
    )  # fmt: skip


def body(section: Section) -> Chart:
    """Return the chart of a section that has nothing wrong with it."""
    masthead = Masthead(
        series="Daily", title="Haro", kind="daily", edition_id="haro-1", region="Haro", timezone="Etc/GMT-2",
        as_of=datetime.combine(TUESDAY, time(23, 59), HARO.zone), period=Window(start=TUESDAY, end=TUESDAY),
    )  # fmt: skip
    assert [one for one in check(Brief(masthead=masthead, sections=(section,))) if one.level == "stop"] == []
    assert isinstance(section.body, Chart)
    return section.body


def bars(chart: Chart) -> list[tuple[str, str, int | None, int | None]]:
    return [(span.side, span.label, span.low, span.high) for span in chart.spans]


def lines(chart: Chart) -> dict[str, list[int | None]]:
    return {line.label: [step.low for step in line.steps] for line in chart.lines}


# ── who counts what ─────────────────────────────────────────────────────────────────────────────────


def test_each_voice_has_its_bar_under_its_side() -> None:
    """Two sides, three voices: sides in order of how many speak, the newest word first."""
    chart = body(builders.claims_chart(desk(say(ARMY, 10, hour=9), say(POLICE, 12, hour=11), say(FRONT, 30, hour=12))))
    assert bars(chart) == [
        ("Government", "The police", 12, 12),
        ("Government", "The army", 10, 10),
        ("The Haro Liberation Front", "The Haro Liberation Front", 30, 30),
    ]
    assert charts.message(chart) == "Civilians killed: the Haro Liberation Front counted more than the army."


def test_open_ends_and_vague_words_reach_the_chart_as_they_were_said() -> None:
    """At least ten is ten and more; dozens is a word."""
    open_end = say(ARMY, 10, modifier="at_least", high=None, group="state_forces")
    word = say(FRONT, 12, modifier="vague", high=None, quote="dozens of soldiers", group="state_forces")
    said = charts.alt(body(builders.claims_chart(desk(open_end, word))))
    assert "The army (Government): at least 10 (security personnel killed), 4 March 2031" in said
    assert "dozens (security personnel killed)" in said


def test_what_one_voice_alone_says_is_no_comparison() -> None:
    """A single bar beside nothing tells no more than the table."""
    assert body(builders.claims_chart(desk(say(ARMY, 10)))).spans == ()
    assert body(builders.claims_chart(desk())).spans == ()


def test_groups_are_panels_in_one_order() -> None:
    """Security personnel, militants, civilians: whichever is counted first."""
    chart = body(
        builders.claims_chart(
            desk(say(ARMY, 3), say(POLICE, 4, group="armed_group"), say(ARMY, 5, group="state_forces"))
        )
    )
    assert chart.panels == ("Security personnel killed", "Militants killed", "Civilians killed")


def test_a_figure_that_is_a_range_stands_behind_its_bars() -> None:
    """Where offices differ the band runs from the least to the most that is held."""
    chart = body(builders.claims_chart(desk(say("residents", 10, hour=9), say("the hospital", 12, hour=11))))
    assert [(band.low, band.high) for band in chart.bands] == [(10, 12)]


def test_a_range_one_end_of_which_is_of_other_days_has_no_band() -> None:
    """A hospital's 12 of two days and an army's 16 of one are a range of two days whose bars stand apart."""
    both = Window(start=MONDAY, end=TUESDAY)
    chart = body(
        builders.claims_chart(
            desk(say("residents", 12, day=MONDAY, to=TUESDAY, hour=9), say("the hospital", 16, hour=11))
        )
    )
    drawn = {(one.window, one.low) for one in chart.spans}
    assert drawn == {(both, 12), (Window(start=TUESDAY, end=TUESDAY), 16)}
    assert chart.bands == ()


def test_of_very_many_voices_twelve_rows_are_kept_and_the_rest_counted() -> None:
    """What is left out is said, with where it is."""
    claims = [say(f"the ministry of {chr(97 + at)}works", 10 + at, hour=at) for at in range(15)]
    section = builders.claims_chart(desk(*claims))
    chart = body(section)
    assert len(chart.spans) == 12
    assert "Three more rows are left out" in "".join(getattr(run, "text", "") for run in chart.source)


def test_counts_of_very_many_places_are_no_bars() -> None:
    """What one office counts in each of twenty towns would be taller than a page; what others count is drawn."""
    told = [(POLICE, f"Town {letter}") for letter in "ABCDEFGHIJKLMNOPQRST"]
    told += [(ARMY, "Town U"), ("the governor", "Town V")]
    chart = body(builders.claims_chart(desk(*(died(who, at + 2, place) for at, (who, place) in enumerate(told)))))
    assert {span.label for span in chart.spans} == {"The army", "The governor"}
    assert "One more row is left out" in "".join(getattr(run, "text", "") for run in chart.source)


def died(who: str, number: int, place: str) -> Claim:
    """Return a count of the dead of one town."""
    return say(who, number, place=place, sites=(town(place),), sentence=f"{who}: {number} died in {place}.")


# ── how the counts grew ─────────────────────────────────────────────────────────────────────────────


def test_each_voice_steps_by_its_own_statements() -> None:
    """Two offices make two lines, never one; what is said again is no step."""
    told = desk(say(ARMY, 4, hour=8), say(ARMY, 10, hour=12), say(ARMY, 10, hour=13), say(FRONT, 30, hour=15))
    assert lines(body(builders.toll_chart(told))) == {"The army": [4, 10], "The Haro Liberation Front": [30]}


def test_without_a_second_number_there_is_nothing_to_step() -> None:
    """Two voices with one number each are no course of events."""
    assert body(builders.toll_chart(desk(say(ARMY, 4), say(FRONT, 30)))).lines == ()
    assert body(builders.toll_chart(desk())).lines == ()


def test_a_count_for_more_days_is_a_step_and_one_for_other_days_is_none() -> None:
    """Monday, Tuesday, both: the total goes from Monday's to that of both days; Tuesday's alone lies within."""
    monday = say(ARMY, 40, day=MONDAY, hour=18)
    alone = say(ARMY, 50, day=TUESDAY, hour=11)
    both = say(ARMY, 90, day=MONDAY, to=TUESDAY, hour=12, scope="cumulative")
    chart = body(builders.toll_chart(desk(monday, alone, both)))
    assert lines(chart) == {"The army": [40, 90]}
    assert charts.message(chart) == "Civilians killed: the army gave higher numbers as it counted more days."


def test_a_lowered_count_is_said_to_be_lowered() -> None:
    """In the title, in the picture, and to who cannot see it."""
    chart = body(builders.toll_chart(desk(say(ARMY, 10, hour=8), say(ARMY, 8, hour=12))))
    assert charts.message(chart) == "Civilians killed: the army lowered its number."
    assert "lowered to 8" in charts.alt(chart)


def test_two_numbers_of_one_instant_are_no_step() -> None:
    """One report gives both, so neither came after the other; the higher one is the total."""
    chart = body(builders.toll_chart(desk(say(ARMY, 9, hour=8), say(ARMY, 2, hour=8), say(ARMY, 12, hour=14))))
    assert lines(chart) == {"The army": [9, 12]}


def test_the_toll_that_stepped_most_is_drawn() -> None:
    """Of several cells the one with most to see."""
    claims = [say(ARMY, 4 + at, hour=8 + at, group="armed_group") for at in range(3)]
    chart = body(builders.toll_chart(desk(say(ARMY, 1, hour=7), say(ARMY, 2, hour=8), *claims)))
    assert lines(chart) == {"The army": [4, 5, 6]}


# ── by the hour ─────────────────────────────────────────────────────────────────────────────────────


def test_hours_of_what_happened_stand_beside_when_it_was_said() -> None:
    """An exact hour is a point, a part of the day a stretch in the source's words."""
    told = desk(
        say(ARMY, 4, hour=8),
        say(FRONT, 30, hour=15),
        passages=[passage("Gunmen attacked the post at 6 a.m."), passage("Shops closed early on Tuesday.")],
    )
    chart = body(builders.timeline_chart(told))
    said = charts.alt(chart)
    assert "4 March 2031, 06:00: “Gunmen attacked the post at 6 a.m.”" in said
    assert "“early on Tuesday”: “Shops closed early on Tuesday”" in said
    assert "15:00: The Haro Liberation Front: 30 civilians killed" in said


def test_one_person_is_told_by_the_hour_in_the_singular() -> None:
    """One civilian is no "1 civilians"."""
    heard = passage("Gunmen attacked the post at 6 a.m.")
    chart = body(builders.timeline_chart(desk(say(ARMY, 1, hour=8), say(FRONT, 30, hour=15), passages=[heard])))
    assert "08:00: The army: 1 civilian killed" in charts.alt(chart)


def test_an_hour_that_is_only_about_right_is_told_in_the_words_of_its_source() -> None:
    """No minute is printed that nobody gave."""
    heard = passage("Gunmen attacked the post by the bridge at about six in the morning and burnt two lorries.")
    chart = body(builders.timeline_chart(desk(say(ARMY, 4, hour=8), say(FRONT, 30, hour=15), passages=[heard])))
    said = charts.alt(chart)
    assert "“about six in the morning”: Attacks" in said
    assert "05:30" not in said


def test_without_an_hour_of_what_happened_the_table_is_enough() -> None:
    """When papers printed is no course of events."""
    assert body(builders.timeline_chart(desk(say(ARMY, 4, hour=8), say(FRONT, 30, hour=15)))).marks == ()


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Armed men came early on Tuesday.", (0, 6)),
        ("The shelling began before dawn.", (0, 6)),
        ("Roads were closed in the afternoon.", (12, 18)),
        ("On Tuesday evening the fire was out.", (18, 22)),
        ("Late on Tuesday the army left.", (20, 24)),
        ("The army said on Tuesday morning that roads were closed.", None),
        ("Armed men came early on Sunday.", None),
        ("Shots were heard before dawn and in the afternoon.", None),
        ("Early reports were wrong.", None),
        ("Nothing is known.", None),
    ],
)
def test_parts_of_a_day_are_read_loosely_or_not_at_all(text: str, hours: tuple[int, int] | None) -> None:
    """Of the day itself, of what happened and not of when it was told, and only where there is one."""
    found = part_of(text, TUESDAY)
    assert (found and (found.start, found.end)) == hours


# ── months ──────────────────────────────────────────────────────────────────────────────────────────


def incident(day: date, killed: int = 3) -> Incident:
    return Incident(
        id=str(day), dataset="ucdp-ged", dataset_version="31.1", date_start=day, date_end=day, country="Tarland",
        admin1="Haro", place="Ostin", killed_best=killed,
    )  # fmt: skip


def test_a_month_the_tables_hold_in_part_says_through_which_day() -> None:
    """And the source line says how many days that is before the period's end."""
    rows = [incident(date(2031, 2, 9), 8), incident(MONDAY)]
    section = builders.context_chart(desk(say(ARMY, 4), incidents=rows))
    chart = body(section)
    assert [bar.through for bar in chart.bars] == [None, MONDAY]
    assert charts.message(chart) == "Deaths in recorded incidents were highest in February."
    assert [run.value for run in chart.source if run.t == "computed"] == [1]


def test_a_whole_month_is_whole() -> None:
    """Rows to the last day of the month, and a brief of a later one."""
    rows = [incident(date(2031, 2, 9)), incident(date(2031, 2, 28))]
    chart = body(builders.context_chart(desk(say(ARMY, 4), incidents=rows)))
    assert [bar.through for bar in chart.bars] == [None]
    assert chart.until == TUESDAY


@pytest.mark.parametrize("build", [builders.claims_chart, builders.toll_chart, builders.timeline_chart])
def test_two_desks_of_the_same_reports_build_the_same_chart(build: Callable[..., Section]) -> None:
    """Nothing hangs on the order in which reports come."""
    claims = [say(ARMY, 4, hour=8), say(ARMY, 9, hour=12), say(FRONT, 30, hour=15), say(POLICE, 9, hour=15)]
    assert build(desk(*claims)).sha256 == build(desk(*reversed(claims))).sha256


def test_a_later_day_shows_what_was_said_since() -> None:
    """On Wednesday the total to date stands, with what is older beside it."""
    claims = [say(ARMY, 4, hour=8), say(FRONT, 30, hour=15)]
    assert {label for _, label, _, _ in bars(body(builders.claims_chart(desk(*claims, day=WEDNESDAY))))} == {
        "The army",
        "The Haro Liberation Front",
    }
