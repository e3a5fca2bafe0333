"""Reports that were corrected, updated or taken back: one report, its newest version, and what it no longer says."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings import builders
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.matching.match import link
from briefings.matching.revisions import address, bare_title, notice, revisions, settle
from briefings.model import Document, Window
from briefings.page.plain import sentence
from briefings.report.extract import read_document
from briefings.sections import Table

DAY = date(2031, 3, 4)
NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)
URL = "https://herald.example/world/raid"
TOLLS = Path(__file__).parents[2] / "shared/bench/tolls/toll_revisions.jsonl"
FIRST = "Police said 15 people were killed in a raid on a market in Ombra on Tuesday. Four others were wounded."
SECOND = "Police said 12 people were killed in a raid on a market in Ombra on Tuesday. Four others were wounded."


def report(text: str, *, hours: int = 0, **more: Any) -> Document:
    """Return a version of one report, retrieved some hours after noon."""
    words: dict[str, Any] = {
        "source": "herald", "publisher": "Herald", "url": URL, "title": "Raid in Ombra", "published": NOON,
        "published_on": DAY, "retrieved": NOON + timedelta(hours=hours), **more,
    }  # fmt: skip
    return Document.of(text=f"{words['title']}\n\n{text}", **words)


def desk(*documents: Document, hours: float = 48, **more: Any) -> Desk:
    """Return the desk of the region some hours after noon."""
    region = Region(id="ombra", name="Ombra", country="", timezone="UTC", names=(), places=("Ombra",))
    return Desk.from_parts(
        region,
        Window(start=DAY, end=DAY),
        NOON + timedelta(hours=hours),
        documents=documents,
        readings={one.id: read_document(one) for one in documents},
        **more,
    )


def killed(held: Desk) -> str:
    """Return the figure of people killed, of no group in particular."""
    return next(
        (one.text for one in held.figures() if (one.group, one.outcome) == ("unknown", "killed")), "not reported"
    )


def test_a_later_version_at_the_same_address_takes_the_place_of_the_first() -> None:
    """The newest speaks, knows what it revises, and the first is kept beside it."""
    first, second = report(FIRST), report(SECOND, hours=3)
    settled = settle([second, first])
    assert [one.id for one in settled.documents] == [second.id]
    assert settled.documents[0].revises == first.id
    assert settled.earlier == (first,)


def test_a_corrected_toll_is_not_doubled() -> None:
    """The figure is the corrected one; the wrong one is withdrawn at the instant of the correction, and stays known."""
    first, second = report(FIRST), report(SECOND, hours=3)
    held = desk(first, second)
    assert killed(held) == "12"
    assert [(one.low, one.withdrawn) for one in held.withdrawn] == [(15, second.retrieved)]
    assert [one.id for one in held.documents] == [second.id]
    assert held.document(first.id) == first
    assert held.claim(held.withdrawn[0].id).low == 15


def test_the_table_of_changes_sets_the_corrected_number_beside_the_wrong_one() -> None:
    """A row says of whom and when, what was told and what is told now; what nothing took the place of is withdrawn."""
    settings = BriefConfig(id="ombra", title="Ombra", region="ombra", starts=DAY - timedelta(days=3))

    def rows(later: str) -> dict[str, list[str]]:
        section = builders.changes(desk(report(FIRST), report(later, hours=3), hours=8, settings=settings))
        assert isinstance(section.body, Table)
        told = ([sentence(cell, section) for cell in row.cells] for row in section.body.rows)
        return {what: rest[:3] for what, *rest in told}

    other = ["15", "12", "Correction: a later version of the report gives another number"]
    assert rows(SECOND)["People killed, 4 Mar"] == other
    gone = ["4", "withdrawn", "Correction: a later version of the report no longer says so"]
    assert gone in rows(SECOND.partition(" Four")[0]).values()


def test_before_the_correction_the_first_version_stands() -> None:
    """As of an hour between the two, nothing is known of the correction."""
    first, second = report(FIRST), report(SECOND, hours=3)
    held = desk(first, second, hours=2)
    assert killed(held) == "15"
    assert held.withdrawn == ()
    assert [one.id for one in held.documents] == [first.id]


def test_the_change_log_says_that_and_why_a_count_was_withdrawn() -> None:
    """The step from 15 to 12 is a correction, with the claim that fell and who had printed it."""
    held = desk(report(FIRST), report(SECOND, hours=3), hours=23)
    steps = [one for one in held.changes() if one.outcome == "killed"]
    assert [(one.old, one.new) for one in steps] == [("not reported", "15"), ("15", "12")]
    fall = steps[-1]
    assert (fall.reason, fall.rule, fall.claim) == ("correction", "withdrawn", held.withdrawn[0].id)
    assert "Herald no longer gives 15" in fall.why


def test_what_a_version_repeats_keeps_its_first_time() -> None:
    """The count of the wounded, the same in both versions, makes no second step."""
    held = desk(report(FIRST), report(SECOND, hours=3), hours=23)
    assert [(one.old, one.new) for one in held.changes() if one.outcome == "injured"] == [("not reported", "4")]
    assert {one.stated for one in held.claims if one.outcome == "injured"} == {NOON}


def test_three_versions_up_and_down() -> None:
    """Each version speaks in its time; the last one stands; the log lists every step."""
    texts = [FIRST.replace("15", number) for number in ("9", "17", "14")]
    versions = [report(text, hours=2 * at) for at, text in enumerate(texts)]
    assert [killed(desk(*versions, hours=hours)) for hours in (1, 3, 5)] == ["9", "17", "14"]
    steps = [(one.old, one.new) for one in desk(*versions, hours=20).changes() if one.outcome == "killed"]
    assert steps == [("not reported", "9"), ("9", "17"), ("17", "14")]


def test_the_wrong_number_in_a_note_of_correction_is_no_claim_that_stands() -> None:
    """A note repeats the number it corrects; that is not asserted anew."""
    note = "\n\nCorrection: An earlier version of this article wrongly said 15 people were killed."
    second = report(SECOND + note, hours=3)
    assert killed(desk(report(FIRST), second)) == "12"
    assert killed(desk(second)) == "12"


def test_a_file_that_was_written_over_holds_the_newer_version() -> None:
    """Under whatever title, with the same hour of publication: only when each was collected tells which is which."""
    same: dict[str, Any] = {"source": "reports/raid.md", "url": "", "retrieved": None}
    first, second = report(FIRST, **same), report(SECOND, title="Twelve dead in market raid", **same)
    found = {first.id: NOON + timedelta(hours=5), second.id: NOON + timedelta(hours=9)}
    assert killed(desk(first, second, collected=found)) == "12"
    assert killed(desk(second, first, collected={second.id: found[first.id], first.id: found[second.id]})) == "15"


def test_two_reports_in_one_file_one_after_the_other_both_count() -> None:
    """A file that each day's bulletin is saved to holds no versions of one bulletin."""
    same: dict[str, Any] = {"source": "reports/latest.txt", "url": "", "retrieved": None, "title": "Police bulletin"}
    first = report(FIRST, **same)
    other = "Three farmers drowned on Thursday as a ferry sank on the lake near Mezin, said the harbour master."
    later = report(other, **same | {"published": NOON + timedelta(days=2), "published_on": DAY + timedelta(days=2)})
    assert revisions([first, later], {first.id: NOON, later.id: NOON + timedelta(days=2)}) == {}


@pytest.mark.parametrize(
    "words",
    [
        "This story has been withdrawn.",
        "RETRACTION: The Herald withdraws this story. It cannot be confirmed that 15 people were killed.",
        "Editors: please disregard the report on a raid in Ombra.",
    ],
)
def test_a_report_taken_back_says_nothing(words: str) -> None:
    """Its counts leave the figures when it is withdrawn, and not before."""
    first, gone = report(FIRST), report(words, hours=3)
    assert notice(gone) == "retraction"
    held = desk(first, gone)
    assert killed(held) == "not reported"
    assert {one.low for one in held.withdrawn} == {15, 4}
    assert killed(desk(first, gone, hours=2)) == "15"


def test_the_same_title_and_text_at_another_address_is_a_version() -> None:
    """A corrected report reissued by its publisher under marks of its own replaces the first."""
    first = report(FIRST)
    again = report(
        SECOND, hours=3, url=f"{URL}-2", title="CORRECTED-UPDATE 2-Raid in Ombra", published=NOON + timedelta(hours=3)
    )
    other = report(SECOND, hours=3, url="https://wire.example/x", publisher="Wire")
    assert revisions([first, again]) == {again.id: first.id}
    assert revisions([first, other]) == {}


def test_a_note_of_correction_under_a_title_of_its_own_is_a_version() -> None:
    """What an outlet sends out as a correction of its report replaces it, at any address; another outlet's does not."""
    first = report(FIRST, title="Police count the dead of market raid in Ombra")
    words: dict[str, Any] = {"url": f"{URL}-correction", "published": NOON + timedelta(hours=3)}
    note = report(f"This report corrects one sent at noon. {SECOND}", title="CORRECTION: Market raid in Ombra", **words)
    plain = report(SECOND, title="Market raid in Ombra: what we know", **words)
    other = note.model_copy(update={"id": "other", "publisher": "Wire"})
    assert revisions([first, note]) == {note.id: first.id}
    assert revisions([first, plain]) == {}
    assert revisions([first, other]) == {}


def test_items_of_one_page_and_reports_without_order_are_left_alone() -> None:
    """Two matters at one address, or two texts of one instant, are not versions of each other."""
    ferry = report(
        "A ferry sank off Mezin with forty aboard, the navy reported on Monday.", hours=3, title="Ferry sinks"
    )
    assert revisions([report(FIRST), ferry]) == {}
    assert revisions([report(FIRST), report(SECOND)]) == {}
    assert (
        revisions(
            [
                report(FIRST, url="https://herald.example/"),
                report(SECOND, url="https://herald.example", title="Other news today"),
            ]
        )
        == {}
    )


def test_addresses_and_titles_are_compared_without_their_trimmings() -> None:
    """Scheme, tracking and marks of an update make no other report."""
    assert address("http://www.herald.example/a/?utm_source=x#top") == address("https://herald.example/a")
    assert address("https://herald.example/a?id=1") != address("https://herald.example/a?id=2")
    assert address("https://herald.example/") == ""
    assert bare_title("UPDATE 3-Raid kills 12 in Ombra") == bare_title("Raid kills nine in Ombra (corrected)")


@given(st.permutations(range(4)))
@settings(max_examples=24, deadline=None)
def test_order_changes_nothing(order: list[int]) -> None:
    """Shuffled, the same versions settle to the same."""
    versions = [report(FIRST.replace("15", str(15 + at)), hours=at) for at in range(4)]
    readings = {one.id: read_document(one) for one in versions}
    straight, mixed = settle(versions, readings), settle([versions[k] for k in order], readings)
    assert straight.documents == mixed.documents
    assert straight.readings == mixed.readings
    assert sorted(one.id for one in straight.withdrawn) == sorted(one.id for one in mixed.withdrawn)


@pytest.mark.skipif(not TOLLS.exists(), reason="the threads of a digest whose tolls were revised are not here")
def test_real_threads_come_to_their_last_version() -> None:
    """Of every sixth real thread the last text speaks alone, gives one event, and its tolls are the current ones."""
    threads = [json.loads(line) for line in TOLLS.read_text().splitlines()[::6]]
    whole = single = 0
    for thread in threads:
        seen: dict[str, Document] = {}
        for one in thread["revisions"]:
            document = Document.of(
                source="digest", publisher="Digest", url=f"https://digest.example/{thread['id']}", text=one["text"],
                published_on=date.fromisoformat(thread["day"]), retrieved=datetime.fromisoformat(one["first_seen"]),
            )  # fmt: skip
            seen.setdefault(document.id, document)
        versions = list(seen.values())
        settled = settle(versions, {one.id: read_document(one) for one in versions})
        last = max(versions, key=lambda one: one.retrieved or NOON)
        whole += [one.id for one in settled.documents] == [last.id]
        claims = [claim for reading in settled.readings.values() for claim in reading.claims]
        single += len(link(claims)) <= 1
        assert {one.document_id for one in claims} <= {last.id, *(one.id for one in settled.documents)}
        assert all(one.withdrawn is not None for one in settled.withdrawn)
    assert whole >= 0.95 * len(threads)
    assert single >= 0.9 * len(threads)


# ── notes that stand alone ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier report wrongly gave the number of people killed in Tuesday's raid in Ombra as 15. "
        "Police said 12 people were killed.",
        "Our report of Tuesday on the raid in Ombra misstated the number of dead. Police said 12 people were killed, "
        "not 15.",
        "The Herald incorrectly reported that 15 people had been killed in Tuesday's raid in Ombra. Police put the "
        "toll at 12.",
    ],
)
def test_a_bare_note_of_correction_takes_back_what_it_calls_wrong(note: str) -> None:
    """The 15 falls, the log says why, and the four wounded, of whom the note says nothing, stand."""
    bare: dict[str, Any] = {"title": "Correction", "url": "https://herald.example/corrections/9"}
    held = desk(report(FIRST), report(note, published=NOON + timedelta(hours=3), **bare), hours=8)
    assert killed(held) == "12"
    assert [(one.low, one.withdrawn) for one in held.withdrawn] == [(15, NOON + timedelta(hours=3))]
    assert [one.text for one in held.figures() if one.outcome == "injured" and one.low] == ["4"]
    steps = [(one.old, one.new, one.reason) for one in held.changes() if one.outcome == "killed"]
    assert steps == [("not reported", "15", "new claim"), ("15", "12", "correction")]


def test_what_changed_sets_the_number_of_a_note_beside_the_one_it_takes_back() -> None:
    """The row has the 15 and the 12, though the note names Ombra without its country."""
    settings = BriefConfig(id="ombra", title="Ombra", region="ombra", starts=DAY - timedelta(days=3))
    first = report(FIRST.replace("in Ombra", "in Ombra in eastern Tarland"))
    bare: dict[str, Any] = {"title": "Correction", "url": "", "published": NOON + timedelta(hours=3)}
    note = report("Correction: We wrongly put the dead of Ombra at 15 on Tuesday. Police said 12 people died.", **bare)
    section = builders.changes(desk(first, note, hours=8, settings=settings))
    assert isinstance(section.body, Table)
    rows = [[sentence(cell, section) for cell in row.cells[1:3]] for row in section.body.rows]
    assert ["15", "12"] in rows


def test_before_its_hour_a_note_of_correction_takes_nothing_back() -> None:
    """As of noon the 15 stands."""
    note = "Correction: An earlier report wrongly gave the number of people killed in Ombra on Tuesday as 15."
    bare: dict[str, Any] = {"title": "Correction", "url": "", "published": NOON + timedelta(hours=3)}
    assert killed(desk(report(FIRST), report(note, **bare), hours=1)) == "15"


def test_a_note_of_correction_takes_nothing_from_other_outlets_places_or_offices() -> None:
    """It is the Herald's word on its own report of Ombra, and on what the police are said to have counted."""
    note = "Correction: A report on Tuesday wrongly said that 15 people were killed in Brod. The toll in Brod is 12."
    bare: dict[str, Any] = {"title": "Correction", "url": "", "published": NOON + timedelta(hours=3)}
    assert killed(desk(report(FIRST), report(note, **bare), hours=8)) == "15"
    note = "Correction: The Herald wrongly gave the dead of Ombra as 15 on Tuesday. Police said 12 people were killed."
    others = report(FIRST, publisher="Courier", url="https://courier.example/1")
    assert not desk(others, report(note, **bare), hours=8).withdrawn
    both = FIRST + " The hospital in Ombra said it had received 15 dead after the raid."
    assert [one.claimant for one in desk(report(both), report(note, **bare), hours=8).withdrawn] == ["Police"]
