"""Small stories of reports that tell of one happening, or of two."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from stories import MONDAY, TUESDAY, WEDNESDAY, say, window

from briefings.matching.match import link
from briefings.model import Actor, Claim, Event, Passage, Responsibility, Site


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


def test_wire_copies_are_one_event() -> None:
    """The same sentence in three papers is one event though only one names the place."""
    sentence = "At least nine people were killed when a mine went off under their lorry, police said."
    told = [say("police", 9, sentence=sentence, document_id=name) for name in ("b", "a", "c")]
    told[1] = told[1].model_copy(update={"place": "Ombra", "stated_on": MONDAY})
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


def site(name: str, key: str, *, kind: Any = "settlement", at: tuple[float, float] = (10.0, 20.0)) -> Site:
    """Return a place on earth in the one province there is."""
    return Site(id=key, name=name, kind=kind, country="XX", admin1="XX-1", latitude=at[0], longitude=at[1], precision=1)


def test_spellings_of_one_place_are_one_event() -> None:
    """Two names that mean the same settlement are one place, also where a third report settles nothing."""
    here = site("Ombra", "1")
    told = [
        say("police", 8, place="Ombra", sites=(here,)),
        say("the army", 11, place="Umbra City", sites=(here,)),
        say("residents", 9, place="Umbra City"),
    ]
    assert len(link(told)) == 1


def test_neighbouring_towns_are_one_event_where_the_numbers_agree() -> None:
    """A report that names the next village means the same dead; other dead there are others."""
    here, near, far = (
        site("Ombra", "1"),
        site("Ombra Kala", "2", at=(10.1, 20.1)),
        site("Veld", "3", at=(13.0, 20.0)),
    )
    first = say("police", 23, place="Ombra", sites=(here,))
    assert len(link([first, say("the army", 23, place="Ombra Kala", sites=(near,))])) == 1
    assert len(link([first, say("the army", 24, place="Ombra Kala", sites=(near,))])) == 2
    assert len(link([first, say("the army", 23, place="Veld", sites=(far,))])) == 2


def test_a_province_is_the_town_in_it_that_has_its_number() -> None:
    """A report that names only the province, with the number of one town in it, is of that town."""
    town = say("police", 23, place="Ombra, Varn Province")
    province = say("the army", 23, place="Varn Province")
    assert len(link([town, province])) == 1
    assert len(link([town, say("the army", 40, place="Varn Province")])) == 2


def test_a_separate_attack_stays_apart() -> None:
    """Two attacks of one day in one town stay two where the text says so, with their own ids."""
    market = say(
        "police", 8, place="Ombra", document_id="d", sentence="Eight died in a market blast in Ombra.", quote="Eight"
    )
    text = "Two soldiers were killed in a separate attack on a checkpoint in Ombra."
    post = say("police", 2, place="Ombra", document_id="d", sentence=text, quote="Two", group="state_forces")
    same = say("the army", 2, place="Ombra", sentence=text, quote="Two", group="state_forces")
    events = link([market, post, same])
    assert sorted(map(len, grouped(events))) == [1, 2]
    assert len({event.id for event in events}) == 2


def test_only_its_own_clause_makes_an_attack_separate() -> None:
    """The count before "and two in a separate attack" is of the main event."""
    text = "Nine people died in the market in Ombra and two soldiers in a separate attack on a post."
    nine = say("police", 9, place="Ombra", document_id="d", sentence=text, quote="Nine people")
    two = say("police", 2, place="Ombra", document_id="d", sentence=text, quote="two soldiers", group="state_forces")
    other = say("the army", 10, place="Ombra")
    assert sorted(map(sorted, grouped(link([nine, two, other])))) == sorted([sorted([nine.id, other.id]), [two.id]])


def wave(document: str) -> Passage:
    """Return a passage that calls the attacks of a text simultaneous."""
    return Passage(
        id=f"w {document}", document_id=document, kind="simultaneity", quote="They began at the same time.", start=0,
        end=28, date_from=TUESDAY, date_to=TUESDAY, rule="story",
    )  # fmt: skip


def test_simultaneous_attacks_are_incidents_of_one_event() -> None:
    """Towns struck at once are children of one parent, which nobody counted and which holds no claims."""
    told = [say("police", 8, place=f"{town}, Varn Province", document_id="d") for town in ("Ombra", "Veld")]
    (parent,) = [event for event in link(told, [], [wave("d")]) if not event.claims]
    children = [event for event in link(told, [], [wave("d")]) if event.claims]
    assert [event.parent for event in children] == [parent.id, parent.id]
    assert parent.documents == ("d",)
    assert all(event.parent is None for event in link(told))


def test_the_toll_of_the_whole_is_not_that_of_its_parts() -> None:
    """The province's count is the parent's, each town's its own; a town another paper counts is a child too."""
    whole = say("the army", 30, place="Varn Province", document_id="d")
    here = say("police", 8, place="Ombra, Varn Province", document_id="d")
    there = say("police", 9, place="Veld, Varn Province", document_id="e")
    events = {event.place: event for event in link([whole, here, there], [], [wave("d")])}
    assert {event.parent for event in events.values()} == {None, events["Varn Province"].id}
    assert [len(event.claims) for event in events.values()] == [1, 1, 1]


def test_a_list_of_places_is_the_parent_of_each() -> None:
    """A count for three towns holds the event of one of them."""
    three = say("the army", 30, place="Ombra; Veld; Mezin")
    one = say("police", 8, place="Veld")
    events = {event.place: event for event in link([three, one])}
    assert events["Veld"].parent == events["Ombra; Veld; Mezin"].id


def test_responsibility_for_the_attacks_hangs_on_the_parent() -> None:
    """A claim of several attacks is of the wave; one of a single raid is of its town."""
    told = [say("police", 8, place=town, document_id="d") for town in ("Ombra", "Veld")]
    attacks = taken("d", acts="the attacks", date_from=TUESDAY, date_to=TUESDAY)
    raid = taken("d", group="Lake Front", acts="the raid in Veld", place="Veld", date_from=TUESDAY, date_to=TUESDAY)
    raid = raid.model_copy(update={"id": "raid"})
    events = link(told, [attacks, raid], [wave("d")])
    assert [event.responsibilities for event in events if not event.claims] == [(attacks,)]
    assert [event.responsibilities for event in events if event.place == "Veld"] == [(raid,)]


def test_responsibility_in_a_text_without_counts_joins_the_event_of_its_day_and_place() -> None:
    """A statement printed alone is still about the raid of that day in that town."""
    told = say("police", 8, place="Ombra")
    claim = taken("elsewhere", place="Ombra", date_from=TUESDAY, date_to=TUESDAY)
    assert [event.responsibilities for event in link([told], [claim])] == [(claim,)]
    earlier = claim.model_copy(update={"scope": "background"})
    assert [event.responsibilities for event in link([told], [earlier])] == [()]


def target(document: str, name: str, **more: Any) -> Actor:
    """Return a target a document describes."""
    words: dict[str, Any] = {"quote": name, "sentence": name, "start": 0, "end": len(name), "rule": "story", **more}
    return Actor(id=f"{document} {name}", document_id=document, part="target", name=name, **words)


def test_actors_hang_on_their_event_and_tie_small_counts() -> None:
    """Two dead at the same police post, one report without a place: one event, with its target."""
    placed, nowhere = say("police", 2, place="Ombra", document_id="d"), say("the army", 2, document_id="e")
    cast = [target("d", "police post", place="Ombra"), target("e", "police post")]
    assert len(link([placed, nowhere])) == 2
    (event,) = link([placed, nowhere], actors=cast)
    assert [one.name for one in event.actors] == ["police post"]
    assert len(link([placed, nowhere], actors=[cast[0], target("e", "court house")])) == 2


def test_an_undated_count_of_a_town_is_of_the_day_it_was_told() -> None:
    """Two papers of one day that date nothing tell of one event in a town, of nothing in common in a country."""
    told = [
        say("police", number, place="Ombra").model_copy(update={"date_from": None, "date_to": None})
        for number in (8, 9)
    ]
    assert len(link(told)) == 1
    assert len(link([one.model_copy(update={"place": "Varn Province"}) for one in told])) == 2


def test_linking_grows_with_the_claims() -> None:
    """Thousands of claims of one province and month are linked in time."""
    told = [
        say(
            "police",
            k % 50,
            place=f"Town {k % 60}, Varn Province",
            day=date(2031, 3, 1 + k % 28),
            document_id=f"d{k % 900}",
        )
        for k in range(4000)
    ]
    start = time.process_time()
    assert len(link(told)) > 100
    assert time.process_time() - start < 2


def test_the_same_count_day_after_day_is_no_single_event() -> None:
    """Four dead at one place on each of four days are two events at the least, never one that lasts."""
    days = [date(2031, 3, day) for day in range(3, 7)]
    events = link([say("police", 4, place="Orvik", day=day) for day in days])
    assert [[claim.date_from for claim in one.claims] for one in events] == [days[:2], days[2:]]
