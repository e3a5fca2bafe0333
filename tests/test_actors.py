"""Who did it and to whom, as sentences describe them."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.lexis.sentences import Tokens, text_of
from briefings.model import Actor, Document
from briefings.report.actors import find
from briefings.report.extract import read_document

DAY = date(2031, 3, 4)


def described(sentence: str) -> tuple[list[str], list[str]]:
    """Return the perpetrators and the targets a sentence describes."""
    tokens = Tokens(sentence)
    found = find(tokens)
    return (
        [text_of(tokens, one.first, one.last) for one in found if one.part == "perpetrator"],
        [text_of(tokens, one.first, one.last) for one in found if one.part == "target"],
    )


def actors(text: str) -> tuple[Actor, ...]:
    """Return the actors of a report."""
    return read_document(Document.of(source="test", title="A raid", text=f"A raid\n\n{text}", published_on=DAY)).actors


@pytest.mark.parametrize(
    ("sentence", "perpetrators", "targets"),
    [
        ("Gunmen on motorcycles attacked a police post, killing four officers.", ["Gunmen"], ["police post"]),
        ("A suicide bomber blew himself up outside a mosque.", ["suicide bomber"], []),
        ("Nine soldiers died when militants ambushed their convoy.", ["militants"], ["convoy"]),
        (
            "A police station was stormed by fighters of the Hill Army.",
            ["fighters of the Hill Army"],
            ["police station"],
        ),
        ("The Hill Army attacked barracks.", ["Hill Army"], ["barracks"]),
        ("An attack by unknown gunmen on a bus killed nine.", ["unknown gunmen"], ["bus"]),
        ("Three people were killed in an attack on a market.", [], ["market"]),
        ("Suspected rebels opened fire on worshippers in a church.", ["Suspected rebels"], ["worshippers"]),
        ("Five teachers were kidnapped by armed men.", ["armed men"], ["teachers"]),
        ("A roadside bomb targeting a military convoy killed three.", [], ["military convoy"]),
        ("Soldiers fired at demonstrators near the parliament.", ["Soldiers"], ["demonstrators"]),
        ("Security forces killed six insurgents.", ["Security forces"], ["insurgents"]),
        ("Warplanes bombed a village in the north.", ["Warplanes"], ["village"]),
        ("Gunmen who attacked the convoy fled.", ["Gunmen"], ["convoy"]),
        ("The Hill Army launched an attack on four bases.", ["Hill Army"], ["bases"]),
        ("The raid was carried out by armed men.", ["armed men"], []),
        ("The ministry launched a survey of schools.", [], []),
        ("Nine people died in a flood.", [], []),
        ("A bus hit a truck, killing nine.", [], []),
        ("The strike hit output at the plant.", [], []),
        ("Police condemned the violence.", [], []),
        ("The minister attacked the budget.", [], []),
        ("Two people were killed.", [], []),
    ],
)
def test_perpetrators_and_targets(sentence: str, perpetrators: list[str], targets: list[str]) -> None:
    """Subjects and objects of deeds are found in active, passive and noun; what is nobody's deed has none."""
    assert described(sentence) == (perpetrators, targets)


def test_a_description_is_its_speakers_word() -> None:
    """What a party calls those it killed stays that party's word."""
    found = actors("The army said terrorists attacked a police post in Ombra on Tuesday.")
    assert {(one.part, one.name) for one in found} == {("perpetrator", "terrorists"), ("target", "police post")}
    assert {(one.claimant, one.claimant_kind) for one in found} == {("The army", "military")}


def test_a_group_that_claims_and_one_that_is_blamed_are_actors_by_that_word() -> None:
    """The claimant of the first is the group itself, of the second whoever blames it."""
    claimed = actors("The Lake Front claimed responsibility for the raid in Ombra.")
    assert [(one.name, one.claimant, one.claimant_kind) for one in claimed if one.part == "perpetrator"] == [
        ("Lake Front", "Lake Front", "armed_group")
    ]
    blamed = actors("Police blamed the Lake Front for the raid in Ombra.")
    assert [(one.name, one.claimant, one.claimant_kind) for one in blamed if one.part == "perpetrator"] == [
        ("Lake Front", "Police", "police")
    ]
    assert not [one for one in actors("The Lake Front denied involvement in the raid.") if one.part == "perpetrator"]


def test_each_description_is_a_span() -> None:
    """An actor's quote is exactly the text between its offsets."""
    text = "A raid\n\nGunmen attacked a police post in Ombra. Later, the gunmen stormed a court, officials said."
    document = Document.of(source="test", title="A raid", text=text, published_on=DAY)
    found = read_document(document).actors
    assert found
    assert all(document.text[one.start : one.end] == one.quote for one in found)
    assert len({one.id for one in found}) == len(found)
