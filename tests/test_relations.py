"""How claims stand to one another: each kind of edge in a small story, and that edges grow with the claims."""

from __future__ import annotations

import pickle

from stories import MONDAY, NOW, TUESDAY, WEDNESDAY, at, more_than, say, town, window

from briefings.core.settings import Region
from briefings.desks.desk import Desk
from briefings.model import Claim, Document, Reading, Relation
from briefings.reconciling.relations import relations


def edges(*claims: Claim) -> list[tuple[str, str, str, str]]:
    """Return the edges as kind, subject, object and rule; claims by the place they are given in."""
    names = {claim.id: str(number) for number, claim in enumerate(claims)}
    return [(e.kind, names[e.subject], names[e.object], e.rule) for e in relations(claims, as_of=NOW)]


def test_an_office_supersedes_itself_and_is_updated_by_another_of_its_side() -> None:
    """8 then 11 of the police, then 13 of the army: 1 takes the place of 0, and 2 of 1."""
    told = [say("police", 8, hour=9), say("police", 11, hour=12), say("the army", 13, hour=15, group="civilians")]
    fighters = [one.model_copy(update={"group": "armed_group"}) for one in told]
    assert edges(*fighters) == [
        ("supersedes", "1", "0", "supersedes"),
        ("update_same_side", "2", "1", "update_same_side"),
    ]


def test_a_number_printed_again_repeats() -> None:
    """The same office's number in a second paper, and without an owner in a third, repeats the first."""
    assert edges(say("police", 8), say("police", 8), say(None, 8)) == [
        ("repeats", "1", "0", "restated"),
        ("repeats", "2", "0", "repeats"),
    ]


def test_a_part_is_a_subset_of_the_total_its_text_gives() -> None:
    """20 people, among them 12 soldiers: whatever group either counts."""
    told = [
        say("police", 20, group="unknown", document_id="d", quote="20 people"),
        say("police", 12, group="state_forces", document_id="d", part_of="20 people"),
    ]
    assert edges(*told) == [("subset_of", "1", "0", "part_of")]


def test_windows_contain_overlap_and_lie_apart() -> None:
    """Three days contain the first; the last two share a day with the first two; the first and third share none."""
    first, third = say("police", 2, day=MONDAY), say("police", 3, day=WEDNESDAY)
    whole = say("police", 9, day=MONDAY, to=WEDNESDAY)
    assert edges(first, whole) == [("contains_window", "1", "0", "contains_window")]
    assert edges(first, third) == [("disjoint", "1", "0", "disjoint")]
    assert edges(say("police", 4, day=MONDAY, to=TUESDAY), say("police", 5, day=TUESDAY, to=WEDNESDAY)) == [
        ("partial_overlap", "1", "0", "partial_overlap")
    ]


def test_a_part_of_more_than_its_whole_conflicts() -> None:
    """Monday to Wednesday 9, Tuesday alone 12: contained, and in conflict."""
    told = [say("police", 9, day=MONDAY, to=WEDNESDAY), say("police", 12)]
    assert edges(*told) == [
        ("contains_window", "0", "1", "contains_window"),
        ("conflicts", "1", "0", "part_exceeds_whole"),
    ]


def test_sides_that_do_not_fit_conflict_on_the_same_days_and_on_days_they_share() -> None:
    """5 or 40 of one day; and 5 of the day where the other side says 40 of two."""
    army = say("the army", 5, group="state_forces", hour=9)
    assert edges(army, say("Valley Front", 40, group="state_forces", hour=12)) == [
        ("conflicts", "1", "0", "side_by_side")
    ]
    two_days = say("Valley Front", 40, group="state_forces", day=MONDAY, to=TUESDAY, stated=WEDNESDAY)
    assert edges(army, two_days) == [("conflicts", "1", "0", "side_by_side")]
    assert edges(army, more_than("Valley Front", 3, group="state_forces", hour=12)) == []


def test_a_total_is_derived_from_the_days_that_come_to_it() -> None:
    """10 over two days where 4 and 6 were said of each: made up with both."""
    told = [say("police", 4, day=MONDAY), say("police", 6), say("the governor", 10, day=MONDAY, to=TUESDAY)]
    assert [edge for edge in edges(*told) if edge[0] == "derived_from"] == [
        ("derived_from", "2", "0", "decomposition"),
        ("derived_from", "2", "1", "decomposition"),
    ]


def test_another_definition_is_never_a_conflict() -> None:
    """30 bodies identified beside 50 reported: another definition."""
    told = [say("police", 50), say("police", 30, definition="identified")]
    assert edges(*told) == [("different_definition", "1", "0", "different_definition")]


def test_towns_apart_are_disjoint() -> None:
    """One report's 3 in one town and 5 in another."""
    told = [
        say("police", 3, document_id="d", place="Ombra", sites=(town("Ombra"),)),
        say("police", 5, document_id="d", place="Veld", sites=(town("Veld"),), start=100),
    ]
    assert edges(*told) == [("disjoint", "1", "0", "sum_of_places")]


def test_an_edge_says_why_with_voices_numbers_and_days() -> None:
    """The reason reads without the claims at hand."""
    first, second = say("police", 8, hour=9), say("police", 11, hour=12)
    found = relations([first, second], as_of=NOW)
    assert found[0].why == "police’s 11 for 2031-03-04 takes the place of police’s 8 for 2031-03-04"


def test_what_is_said_later_is_not_yet_related() -> None:
    """As of ten o'clock the noon statement is not there."""
    told = [say("police", 8, hour=9), say("police", 11, hour=12)]
    assert relations(told, as_of=at(TUESDAY, 10)) == ()


def test_edges_grow_with_the_claims_and_not_with_their_pairs() -> None:
    """Twice the papers and offices make about twice the edges."""

    def story(n: int) -> list[Claim]:
        return [say(f"office {number % 7}", number % 30, hour=number % 24) for number in range(n)]

    few, many = (len(relations(story(n), as_of=NOW)) for n in (100, 400))
    assert many < 5 * few
    assert many < 2 * 400


def test_a_desk_shows_relations_with_their_whole_reasons() -> None:
    """As text, as HTML and as a frame, no reason is cut short and no claim stands there without its words."""
    docs = [
        Document.of(source="test", publisher=paper, title="Haro", published_on=TUESDAY, text=f"In Haro {said}.")
        for paper, said in (("Courier", "the army said nine guards died"), ("Gazette", "the Front said 40 guards died"))
    ]
    told = [
        say(who, low, group="state_forces", document_id=doc.id, publisher=doc.publisher, sentence=doc.text)
        for doc, who, low in zip(docs, ("army", "Front"), (9, 40), strict=True)
    ]
    readings = {doc.id: Reading(document_id=doc.id, claims=(one,)) for doc, one in zip(docs, told, strict=True)}
    haro = Region(id="haro", name="Haro")
    desk = Desk.from_parts(haro, window(TUESDAY), NOW, documents=docs, readings=readings)
    (edge,) = found = desk.relations()
    assert isinstance(edge, Relation)
    assert len(edge.why) > 50
    assert repr(found) == f"{edge.subject} conflicts {edge.object}: {edge.why}"
    assert "Front’s 40" in edge.why
    frame = desk.frame("relations")
    for shown in (found._repr_html_(), repr(frame), frame._repr_html_(), frame[["why"]]._repr_html_()):
        assert edge.why in shown
    assert list(pickle.loads(pickle.dumps(frame)).why) == [edge.why]  # noqa: S301
