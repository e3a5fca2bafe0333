"""Small stories of reports that tell of one happening, or of two."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from stories import MONDAY, TUESDAY, WEDNESDAY, say, window

from briefings.match import copies, link
from briefings.model import Claim, Event, Passage, Responsibility


def grouped(events: tuple[Event, ...]) -> list[set[str]]:
    """Return the claims of each event."""
    return [{claim.id for claim in event.claims} for event in events]


def taken(document: str, group: str = "Valley Front", **more: Any) -> Responsibility:
    """Return a claim of responsibility made in a document."""
    words: dict[str, Any] = {
        "quote": "claimed it",
        "sentence": "It claimed it.",
        "start": 0,
        "end": 10,
        "rule": "story",
    }
    return Responsibility(id=f"r {document}", document_id=document, group=group, stated_on=TUESDAY, **words, **more)


def test_reports_of_one_day_and_place_are_one_event() -> None:
    """Two papers, one town, one day: one event, whatever their numbers."""
    first, second = say("police", 8, place="Ombra"), say("the army", 11, place="Mill Road, Ombra")
    (event,) = link([first, second], [], [])
    assert {claim.id for claim in event.claims} == {first.id, second.id}
    assert (event.window, event.place) == (window(TUESDAY), "Mill Road, Ombra")
    assert event.documents == tuple(sorted({first.document_id, second.document_id}))


def test_two_towns_are_two_events() -> None:
    """One report of two towns tells of two events."""
    told = [say("police", 8, place=town, document_id="d") for town in ("Ombra", "Veld")]
    assert len(link(told, [], [])) == 2


def test_a_count_without_a_place_belongs_to_its_text() -> None:
    """What a text says without a place is of the one place it names; if it names two, it stands alone."""
    here, nowhere = (
        say("police", 8, place="Ombra", document_id="d"),
        say("police", 5, document_id="d", outcome="injured"),
    )
    there = say("police", 9, place="Veld", document_id="d")
    assert grouped(link([here, nowhere], [], [])) == [{here.id, nowhere.id}]
    assert sorted(map(len, grouped(link([here, nowhere, there], [], [])))) == [1, 1, 1]


def test_one_event_dated_a_day_apart() -> None:
    """A paper that dates the same dead of the same town a day later tells of the same event."""
    monday, tuesday = (say("police", 23, place="Ombra", day=day) for day in (MONDAY, TUESDAY))
    assert grouped(link([monday, tuesday], [], [])) == [{monday.id, tuesday.id}]
    again = say("police", 2, place="Ombra", day=WEDNESDAY)
    assert len(link([monday, tuesday, again], [], [])) == 2


def test_wire_copies_are_one_origin() -> None:
    """The same sentence in three papers has one origin, and is one event though only one names the place."""
    sentence = "At least nine people were killed when a mine went off under their lorry, police said."
    told = [say("police", 9, sentence=sentence, document_id=name) for name in ("b", "a", "c")]
    told[1] = told[1].model_copy(update={"place": "Ombra", "stated_on": MONDAY})
    assert copies(told) == {"b": "a", "c": "a"}
    assert len(link(told, [], [])) == 1


def test_earlier_events_are_no_event_of_the_day() -> None:
    """Background claims belong to no current event."""
    assert link([say("police", 300, scope="background")], [], []) == ()


def test_a_claim_of_responsibility_hangs_on_its_event() -> None:
    """It joins the event its text tells of; alone it is an event of its own."""
    told = say("police", 8, place="Ombra", document_id="d")
    ours, other = taken("d", date_from=TUESDAY, date_to=TUESDAY), taken("elsewhere")
    events = link([told], [ours, other], [])
    assert [event.responsibilities for event in events if event.claims] == [(ours,)]
    assert [event.responsibilities for event in events if not event.claims] == [(other,)]


def test_passages_hang_on_the_event_of_their_place() -> None:
    """A passage joins the event of its own place, not just of its text."""
    told = [say("police", 8, place=town, document_id="d") for town in ("Ombra", "Veld")]
    passage = Passage(
        id="p", document_id="d", kind="impact", quote="The road is shut.", start=0, end=17, place="Veld", rule="story"
    )
    events = link(told, [], [passage])
    assert [event.place for event in events if event.passages] == ["Veld"]


@st.composite
def reports(draw: st.DrawFn) -> list[Claim]:
    """Draw reports over three days, two towns and a few documents."""
    return [
        say(
            draw(st.sampled_from(("police", "the army", None))),
            draw(st.sampled_from((2, 8, 23))),
            day=draw(st.sampled_from((MONDAY, TUESDAY, WEDNESDAY))),
            place=draw(st.sampled_from((None, "Ombra", "Veld", "Mill Road, Ombra"))),
            document_id=draw(st.sampled_from(("d1", "d2", "d3"))),
        )
        for _ in range(draw(st.integers(1, 10)))
    ]


@given(reports(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_and_copies_change_nothing(claims: list[Claim], random: Any) -> None:
    """Shuffled or given twice, the claims make the same events, and each claim is in exactly one."""
    events = link(claims, [taken("d1")], [])
    shuffled = random.sample([*claims, *claims], 2 * len(claims))
    assert link(shuffled, [taken("d1"), taken("d1")], []) == events
    placed = [claim.id for event in events for claim in event.claims]
    assert sorted(placed) == sorted(claim.id for claim in claims)
    assert len({event.id for event in events}) == len(events)
