"""What counts as one statement: an office, its days, and whatever outlets carry it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from briefings.building.chronicle import latest_words
from briefings.desks.statements import statements
from briefings.desks.wording import noun, publisher_of, speaker, who
from briefings.model import Claim, Document
from briefings.page.runs import capital, in_words, joined, listed
from briefings.reconciling.voices import Voices
from briefings.sections import Text

DAY = date(2031, 5, 10)
CHIEF = {"claimant": "Ada Voss", "office": "Interior Minister", "claimant_kind": "government"}
SOMEBODY = {"claimant": "officials", "claimant_kind": "government"}


def claim(number: int, document: str = "one", **fields: Any) -> Claim:
    given = {
        "id": f"{document}-{number}-{fields.get('group', '')}-{fields.get('claimant', '')}",
        "document_id": document,
        "publisher": document.title(),
        "quote": f"{number} people",
        "sentence": f"{number} people died.",
        "start": 0,
        "end": 9,
        "outcome": "killed",
        "low": number,
        "high": number,
        "modifier": "exact",
        "group": "civilians",
        "date_from": DAY,
        "date_to": DAY,
        "stated_on": DAY,
        "rule": "test",
    }
    return Claim.model_validate({**given, **fields})


def told(*claims: Claim) -> list[tuple[str, list[int | None], int]]:
    found = statements(claims, Voices(claims))
    return [(one.who, [each.low for each in one.claims], len(one.documents)) for one in found]


def test_one_office_in_two_outlets_is_one_statement() -> None:
    """Both outlets are cited."""
    assert told(claim(9, "one", **CHIEF), claim(9, "two", **CHIEF)) == [("Interior Minister Ada Voss", [9], 2)]


def test_what_an_office_says_of_two_places_on_one_day_is_two_statements() -> None:
    """Six at one place are no other count of the four at another; equal numbers of two places are both told."""
    places = [
        claim(6, place="Brela", **CHIEF),
        claim(4, place="Mand", **CHIEF),
        claim(4, "two", place="Ombra", **CHIEF),
    ]
    towns = {one.id: (one.place or "").casefold() for one in places}
    apart = statements(places, Voices(places), places=towns)
    assert sorted((one.scene, [each.low for each in one.claims]) for one in apart) == [
        ("brela", [6]),
        ("mand", [4]),
        ("ombra", [4]),
    ]
    assert len(latest_words(apart)) == 3


def test_towns_whose_names_begin_alike_are_two_places() -> None:
    """Mand is no part of Mandera; the market of Mand is of Mand."""
    places = [
        claim(5, place="Mand", **CHIEF),
        claim(9, "two", place="Mandera", **CHIEF),
        claim(2, "three", group="state_forces", place="the market of Mand", **CHIEF),
    ]
    towns = {one.id: (one.place or "").casefold() for one in places}
    apart = statements(places, Voices(places), places=towns)
    assert sorted((one.scene, [each.low for each in one.claims]) for one in apart) == [
        ("mand", [2, 5]),
        ("mandera", [9]),
    ]


def test_a_count_for_the_whole_and_its_parts_are_one_statement() -> None:
    """Of a total of two places the parts are told with it, wherever each lies."""
    whole = claim(10, group="unknown", place="Brela; Mand", **CHIEF)
    parts = [
        claim(number, place=place, part_of="10 people", group=group, **CHIEF)
        for number, place, group in ((6, "Brela", "civilians"), (4, "Mand", "state_forces"))
    ]
    both = [whole, *parts]
    (made,) = statements(both, Voices(both), places={one.id: (one.place or "").casefold() for one in both})
    assert (made.scene, [one.low for one in made.claims]) == ("", [4, 6, 10])


def test_groups_of_one_statement_stand_together_in_a_fixed_order() -> None:
    """State forces first, whichever the text names first."""
    assert told(claim(9, **CHIEF), claim(4, group="state_forces", **CHIEF)) == [
        ("Interior Minister Ada Voss", [4, 9], 1)
    ]


def test_officials_who_repeat_a_named_office_are_no_statement() -> None:
    """Nor is an outlet's own voice with the same number."""
    assert told(claim(9, **CHIEF), claim(9, "two", **SOMEBODY), claim(9, "three")) == [
        ("Interior Minister Ada Voss", [9], 1)
    ]


def test_officials_with_another_number_stay() -> None:
    """What adds something is kept."""
    assert [who for who, _, _ in told(claim(9, **CHIEF), claim(11, "two", **SOMEBODY))] == [
        "Interior Minister Ada Voss",
        "officials",
    ]


def test_a_part_is_not_told_beside_its_whole() -> None:
    """`9, including 3 children` is nine."""
    assert told(claim(9, **CHIEF), claim(3, part_of="9 people", **CHIEF)) == [("Interior Minister Ada Voss", [9], 1)]


def test_a_claim_without_days_is_no_statement() -> None:
    """Nothing is guessed."""
    assert told(claim(9, date_from=None, date_to=None, **CHIEF)) == []


@pytest.mark.parametrize(
    ("claimant", "office", "name"),
    [
        ("Ada Voss", "Interior Minister", "Interior Minister Ada Voss"),
        ("Ada Voss", "chief minister of Haro", "Ada Voss (chief minister of Haro)"),
        ("Interior Minister Ada Voss", "Interior Minister", "Interior Minister Ada Voss"),
        ("spokesman Col. Ada Voss", "army spokesman", "army spokesman Col. Ada Voss"),
        ("Chief Ada Voss", "Brela police chief", "Brela police chief Ada Voss"),
        (None, "the military", "the military"),
        ("officials", None, "officials"),
        (None, None, ""),
    ],
)
def test_a_speaker_is_named_with_the_office(claimant: str | None, office: str | None, name: str) -> None:
    """Office and name in reading order, nothing twice."""
    assert speaker(claimant, office) == name


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"claimant": "The Haro Freedom Army", "claimant_kind": "armed_group"}, "the Haro Freedom Army"),
        ({"claimant": "Haro Freedom Army", "claimant_kind": "armed_group"}, "the Haro Freedom Army"),
        ({"claimant": "Islamic State", "claimant_kind": "armed_group"}, "Islamic State"),
        ({"claimant": "security official", "claimant_kind": "government"}, "a security official"),
        ({"claimant": "official", "claimant_kind": "government"}, "an official"),
        ({"claimant": "The military", "claimant_kind": "military"}, "the military"),
        ({}, "One"),
    ],
)
def test_a_voice_reads_well_inside_a_sentence(fields: dict[str, str], name: str) -> None:
    """Articles where English wants them; the outlet where nobody else is named."""
    assert who(claim(9, **fields)) == name


@pytest.mark.parametrize(
    ("said", "group", "one", "word"),
    [
        ("soldiers", "state_forces", False, "soldiers"),
        ("soldier", "state_forces", True, "soldier"),
        ("soldier", "state_forces", False, "security personnel"),
        ("brave jawans", "state_forces", False, "security personnel"),
        ("members", "state_forces", False, "security personnel"),
        ("terrorists", "armed_group", False, "militants"),
        ("innocent civilians", "civilians", False, "civilians"),
        ("children", "civilians", False, "children"),
        ("wounded people", "unknown", False, "people"),
        ("the dead villagers", "civilians", False, "villagers"),
        ("men of 92 Wing", "civilians", False, "civilians"),
        ("", "unknown", True, "person"),
    ],
)
def test_people_are_called_by_a_plain_word(said: str, group: Any, one: bool, word: str) -> None:
    """The source's own word if it is plain and agrees in number, else ours."""
    assert noun(claim(9, group=group, group_text=said), group, one=one) == word


def test_a_file_is_nobody_who_publishes() -> None:
    """A report that names no publisher is its site's, or an unnamed source's; never that of a path."""
    plain = Document.of(source="sources/reports/a.txt", title="Raid", text="Raid")
    linked = Document.of(source="sources/reports/a.txt", title="Raid", text="Raid", url="https://news.example.org/raid")
    assert publisher_of(plain) == "an unnamed source"
    assert publisher_of(linked) == "news.example.org"


def test_lists_have_their_grammar() -> None:
    """None, one, two, three, and more than are shown."""
    assert [listed(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(list("abcd"), most=2) == "a, b and two others"
    assert listed(list("abc"), most=2) == "a, b and one other"
    runs = joined([(Text(text="x"),), (Text(text="y"),), (Text(text="z"),)])
    assert "".join(run.text for run in runs if isinstance(run, Text)) == "x, y and z"
    assert capital("the BLA") == "The BLA"


def test_small_counts_are_words() -> None:
    """Counts of voices, days and documents hold no digit."""
    assert [in_words(n) for n in (0, 1, 13, 21, 40, 99, 100, 250)] == [
        "no",
        "one",
        "thirteen",
        "twenty-one",
        "forty",
        "ninety-nine",
        "a hundred",
        "more than a hundred",
    ]
    with pytest.raises(ValueError, match="negative"):
        in_words(-1)


def test_copies_of_a_corrected_statement_are_not_told_again() -> None:
    """Of one office's 18 in two papers one is corrected to 17: its statement is 17, whatever the other prints."""
    corrected = claim(17, "one", quote="18 people", corrects="read", **CHIEF)
    later = claim(18, "two", **{**CHIEF, "stated_on": date(2031, 5, 11)})
    assert told(corrected, later) == [("Interior Minister Ada Voss", [17], 1)]


# ── an office that corrects itself ──────────────────────────────────────────────────────────────────

AIDE = {"claimant": "the army", "claimant_kind": "military"}


def test_a_number_replaced_the_same_day_is_no_part_of_the_statement() -> None:
    """Five dead at noon and nine at night, with 22 attackers only at noon: nine and 22, whatever the ids sort to."""
    noon = [claim(5, "noon", **AIDE), claim(22, "noon", group="armed_group", **AIDE)]
    night = [claim(9, "night", **AIDE), claim(14, "night", outcome="injured", **AIDE)]
    found = statements([*noon, *night], Voices([*noon, *night]), superseded={noon[0].id})
    assert [[each.low for each in one.claims] for one in found] == [[22, 9, 14]]


def test_a_later_day_keeps_what_was_said_of_what_it_is_silent_on() -> None:
    """The next day's word has nine dead and nothing of the hurt: the 14 hurt of the day before are still its word."""
    first = [claim(5, "one", **AIDE), claim(14, "one", outcome="injured", **AIDE)]
    then = claim(9, "two", stated_on=date(2031, 5, 11), **AIDE)
    now = latest_words(statements([*first, then], Voices([*first, then])))
    assert [([each.low for each in one.claims], one.documents) for one in now] == [([9, 14], ("two", "one"))]
