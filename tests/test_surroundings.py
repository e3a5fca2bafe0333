"""What stands around the tolls: places, operational impact, earlier incidents, outlook, what changed, and the hour."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import invented
import pytest
from test_builders import HARO, SATURDAY, SETTINGS, Maker, crossing, incidents, text, week

from briefings import builders
from briefings.building.locations import named
from briefings.core.languages import language
from briefings.desks.desk import Desk
from briefings.errors import ParameterError
from briefings.layout.contents import has_content
from briefings.layout.likelihood import SCALES, yardstick
from briefings.model import Site, Window
from briefings.page.plain import sentence as plain
from briefings.proof import check

SUNDAY = date(2031, 5, 11)
OSTIN = Site(id="7", name="Ostin", kind="settlement", country="TL", admin1="TL-HA", precision=1)


def weekly(maker: Maker, **fields: Any) -> Desk:
    """Return the desk of the seven days up to Sunday."""
    as_of = datetime(2031, 5, 11, 23, 59, tzinfo=HARO.zone)
    given = {"documents": maker.documents, "readings": maker.readings, "settings": SETTINGS, **fields}
    return Desk.from_parts(HARO, Window(start=date(2031, 5, 5), end=SUNDAY), as_of, **given)


# ── operational impact ──────────────────────────────────────────────────────────────────────────────


def closed() -> Maker:
    maker = crossing()
    doc = maker.document(
        "Haro is cut off.\n"
        "The hospital in Ostin ran on its own power.\n"
        "Ferries and trains were suspended in Haro until further notice.\n"
        "Mobile data was switched off in Haro.\n"
        "The new library was closed.",
        publisher="Coast Post",
    )
    for line in doc.text.splitlines()[1:]:
        maker.passage(doc, line, "impact", date_from=SATURDAY, date_to=SATURDAY)
    return maker


def test_impact_is_told_by_what_it_concerns_verbatim_and_cited() -> None:
    """Transport before telecoms before health; what concerns no one on the ground is left to the source."""
    lines = text(builders.impact(closed().desk())).splitlines()
    assert lines == [
        "Transport: Coast Post reported: “Ferries and trains were suspended in Haro until further notice.” [1]",
        "Telecoms: Coast Post reported: “Mobile data was switched off in Haro.” [1]",
        "Health and power and water: Coast Post reported: “The hospital in Ostin ran on its own power.” [1]",
    ]


def test_impact_of_a_week_is_dated() -> None:
    """Over several days a road may be closed and open again, so each line has its day."""
    lines = text(builders.impact(weekly(closed()))).splitlines()
    assert lines[0].startswith("Transport, 10 May: Coast Post reported")


def test_impact_is_of_the_day_it_is_reported_on() -> None:
    """What a report of Sunday says of the roads is Sunday's, though the toll it stands beside is of Saturday."""
    maker = crossing()
    doc = maker.document("The roads in Haro were closed.", publisher="Gazette", day=SUNDAY)
    maker.passage(doc, doc.text, "impact", date_from=SATURDAY, date_to=SATURDAY)
    assert text(builders.impact(weekly(maker))).startswith("Transport, 11 May: Gazette reported")


def test_whoever_is_reached_by_telephone_tells_of_no_lines() -> None:
    """A way of asking is no effect on telecoms; a line that is down is."""
    maker = crossing()
    lines = ["A driver, reached by telephone, said the road was closed.", "Telephone lines to Ostin were down."]
    doc = maker.document("\n".join(lines), publisher="Gazette")
    for line in lines:
        maker.passage(doc, line, "impact", date_from=SATURDAY, date_to=SATURDAY)
    assert [one.split(":")[0] for one in text(builders.impact(maker.desk())).splitlines()] == ["Transport", "Telecoms"]


def test_page_one_leaves_trains_to_the_impact_unless_there_is_little_else() -> None:
    """What stands still is told once."""
    assert "suspended" not in text(builders.developments(closed().desk()))


# ── places ──────────────────────────────────────────────────────────────────────────────────────────


def placed() -> Maker:
    maker = closed()
    doc = maker.document("In Ostin 3 ferrymen were killed on Saturday, the harbour master said.", publisher="Gazette")
    maker.claim(doc, "3 ferrymen", 3, "civilians", group_text="ferrymen", claimant="the harbour master",
                place="Ostin", sites=(OSTIN,))  # fmt: skip
    return maker


def test_places_have_their_code_their_precision_and_what_is_tied_to_them() -> None:
    """A toll with its voice and day where one is tied to the place; the region as a whole is no place."""
    section = builders.location_table(placed().desk())
    row = text(section).splitlines()[0]
    assert row.startswith("Ostin | TL-HA | Place itself | 3 ")
    assert "killed, according to the harbour master (10 May) |" in row
    assert row.endswith("[2]")
    assert "Haro |" not in text(section)


def test_a_train_called_after_a_town_tells_nothing_of_the_town() -> None:
    """The Ostin Mail did not leave: that is no disruption in Ostin."""
    assert named("The Ostin Mail was cancelled.", {"ostin": "Ostin"}) == []
    assert named("The Ostin Mail stopped short of Ostin.", {"ostin": "Ostin"}) == ["Ostin"]


# ── earlier incidents ───────────────────────────────────────────────────────────────────────────────


def test_earlier_incidents_are_rows_of_the_tables_the_latest_first() -> None:
    """Best estimate and bounds, each tied to its row; the deadliest stays longest where room is short."""
    section = builders.earlier_incidents(crossing().desk(incidents=incidents()))
    lines = text(section).splitlines()
    assert lines[0] == "3 November 2030 | Ostin | Government of Tarland / HFA | 12 | 11–15 | 11"
    assert [row.rank for row in section.body.rows] == [0, 1, 2]
    assert "no row enters a current figure" in plain(section.body.caption, section)


def test_without_tables_no_row_and_no_head() -> None:
    """Nothing is printed of what is not there."""
    assert not has_content(builders.earlier_incidents(crossing().desk()))


# ── outlook ─────────────────────────────────────────────────────────────────────────────────────────

JUDGED = {"confidence": "moderate", "because": "two sides report, and no independent body does"}


def test_an_outlook_is_an_analysts_or_there_is_none() -> None:
    """Judgement, confidence with its reason in a sentence apart, and whose it is; without a judgement nothing."""
    desk = crossing().desk()
    assert not has_content(builders.outlook(desk))
    section = builders.outlook(desk, "Further crossings are likely within the week", **JUDGED)
    assert text(section).splitlines() == [
        "Further crossings are likely within the week.",
        "Moderate confidence in this judgement: two sides report, and no independent body does.",
        "This is the judgement of the analyst who prepared this brief; no source says so.",
    ]
    assert check.check(invented.brief(parts=(section,))) == ()


@pytest.mark.parametrize(
    ("judgement", "given"),
    [("An attack is likely in 3 days", JUDGED), ("An attack is likely", {"confidence": "sure", "because": "so"}),
     ("An attack is likely", {"confidence": "low"})],
)  # fmt: skip
def test_an_outlook_that_cannot_stand_is_refused(judgement: str, given: dict[str, str]) -> None:
    """Digits nothing vouches for, a confidence that is none, a confidence without a reason."""
    with pytest.raises(ParameterError) as caught:
        builders.outlook(crossing().desk(), judgement, **given)
    assert caught.value.error_code == "OUTLOOK"


@pytest.mark.parametrize(
    ("judgement", "code"),
    [
        ("Attacks could resume.", "HEDGE"),
        ("Attacks will resume.", "LIKELIHOOD"),
        ("Attacks are very likely, and a truce is improbable.", "LIKELIHOOD"),
        ("Attacks are likely, with low confidence.", "LIKELIHOOD"),
    ],
)
def test_an_outlook_keeps_to_its_craft(judgement: str, code: str) -> None:
    """Hedges, no likelihood, two scales, likelihood and confidence in one breath: the brief is not filed."""
    section = builders.outlook(crossing().desk(), judgement, **JUDGED)
    assert code in [one.code for one in check.check(invented.brief(parts=(section,))) if one.level == "stop"]


@pytest.mark.parametrize("terms", SCALES["en"].values())
def test_every_word_of_a_scale_may_be_used(terms: tuple[str, ...]) -> None:
    """Each stands alone in a judgement that passes."""
    for term in terms:
        section = builders.outlook(crossing().desk(), f"It is {term} that boats cross again.", **JUDGED)
        assert [one.code for one in check.check(invented.brief(parts=(section,))) if one.level == "stop"] == []


@pytest.mark.parametrize(
    ("code", "likely", "hedged"),
    [
        ("fr", "De nouvelles traversées sont très probables", "Des bateaux pourraient traverser, c’est probable"),
        ("ar", "من المرجّح جدًا أن تستمر الهجمات", "قد تستمر الهجمات، وهذا مرجح"),
        ("ur", "مزید حملوں کا قوی امکان ہے۔", "حملے ہو سکتے ہیں، اس کا غالب امکان ہے۔"),
    ],
)
def test_an_outlook_keeps_to_its_craft_in_every_language(code: str, likely: str, hedged: str) -> None:
    """The words of likelihood and confidence are those of the page's language; English ones say nothing there."""

    def stops(judgement: str) -> list[str]:
        section = builders.outlook(crossing().desk(language=language(code)), judgement, **JUDGED)
        brief = invented.brief(parts=(section,))
        brief = brief.model_copy(update={"masthead": brief.masthead.model_copy(update={"language": code})})
        return [one.code for one in check.check(brief) if one.level == "stop"]

    assert stops(likely) == []
    assert stops(hedged) == ["HEDGE"]
    assert stops("Attacks are likely.") == ["LIKELIHOOD"]


@pytest.mark.parametrize(("code", "terms"), [(code, terms) for code in SCALES for terms in SCALES[code].values()])
def test_every_word_of_likelihood_is_found_whole(code: str, terms: tuple[str, ...]) -> None:
    """None is taken for a shorter one inside it, and all of a scale stand together."""
    found = [yardstick(code).terms(f"… {term} …") for term in terms]
    assert found == [{term} for term in terms]
    assert yardstick(code).one_scale(set().union(*found))


# ── what changed ────────────────────────────────────────────────────────────────────────────────────


def test_what_changed_has_old_new_reason_and_office() -> None:
    """A total that a newer word raised stands beside the one known before."""
    section = builders.changes(week().desk(day=SUNDAY))
    assert "Security personnel killed, to date | 6 | 11 | " in text(section)
    assert "Governor Ada Voss" in text(section)
    assert plain(section.body.caption, section).startswith("Before: one period before, as of ")


def test_the_first_issue_has_nothing_to_be_held_against() -> None:
    """No row, no head."""
    assert not has_content(builders.changes(Maker().desk(day=date(2031, 5, 9))))


def test_a_claim_that_a_report_took_back_is_marked_as_a_correction() -> None:
    """It comes first, with what it said; that it is taken back is the word of the outlet, not of who gave it."""
    maker = week()
    desk = maker.desk(day=SUNDAY)
    claim = next(one for one in desk.claims if one.quote == "six border guards")
    fallen = claim.model_copy(update={"withdrawn": datetime(2031, 5, 11, 12, tzinfo=UTC)})
    desk = Desk(**{**vars_of(desk), "withdrawn": (fallen,)})
    first = text(builders.changes(desk)).splitlines()[0]
    assert (
        first.startswith("Border guards killed | 6 | withdrawn | Correction") or "| 6 | withdrawn | Correction" in first
    )
    assert "| Wire |" in first


def vars_of(desk: Desk) -> dict[str, Any]:
    """Return the parts a desk was made of."""
    return {name: getattr(desk, name) for name in type(desk).__dataclass_fields__}


# ── the hour ────────────────────────────────────────────────────────────────────────────────────────


def test_the_timeline_gives_the_hour_on_the_clock_of_the_place() -> None:
    """What a source dates to the hour is told with it, though nobody counted the dead."""
    maker = crossing()
    doc = maker.document("Haro woke to gunfire.\nGunmen stormed the customs house at about six in the morning.")
    maker.passage(doc, doc.text.splitlines()[1], "development", date_from=SATURDAY, date_to=SATURDAY)
    entries = builders.timeline(maker.desk()).body.entries
    assert {entry.precision for entry in entries} == {"", "≈06:00"}
    assert {entry.zone[:3] for entry in entries if entry.precision} == {"UTC"}
