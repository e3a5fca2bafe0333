"""Zeros of some of a group: who says that no policeman was taken says nothing of soldiers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stories import TUESDAY, at, cell, say, window
from test_many_offices import TUESDAY as DAY
from test_many_offices import desk, lines

from briefings import builders
from briefings.core.languages import language
from briefings.model import Claim, Document, Figure
from briefings.reconciling.phrasing import phrase_claim
from briefings.reconciling.reconciliation import reconcile
from briefings.report.extract import read

NIGHT = at(TUESDAY, 23)


def none_of(words: str, **more: str) -> Claim:
    """Return a ministry's word that none of some people were taken."""
    return say("the ministry", 0, quote=words, group_text=words, group="state_forces", outcome="abducted", **more)  # type: ignore[arg-type]


def taken(words: str, number: int = 3, sentence: str = "") -> Claim:
    """Return a group's word that it took so many."""
    told = sentence or f"The group said it took {number} {words}."
    return say(
        "the Valley Front", number, group="state_forces", outcome="abducted", group_text=words, sentence=told,
        claimant_kind="armed_group",
    )  # fmt: skip


def tuesday(*claims: Claim) -> Figure:
    """Return Tuesday's figure of those taken."""
    figures = reconcile(claims, period=window(TUESDAY), as_of=NIGHT)
    return cell(figures, "state_forces", "abducted", window(TUESDAY))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("soldiers", ""),
        ("security personnel", ""),
        ("", "The group said it killed nine soldiers and took three."),
        ("army officers", ""),
    ],
)
def test_no_policeman_taken_bounds_no_count_of_others(words: str, sentence: str) -> None:
    """The zero stays listed in its own words, and the three are three."""
    figure = tuesday(none_of("police officer"), taken(words, sentence=sentence))
    assert figure.text == "3"
    assert [(one.low, one.relation) for one in figure.positions] == [(0, "subset_of"), (3, "current")]


@pytest.mark.parametrize(
    ("zero", "words"),
    [
        ("soldiers", "soldiers"),
        ("soldier", "troops"),
        ("security personnel", "soldiers"),
        ("policeman", "police officers"),
        ("none of these", "soldiers"),
    ],
)
def test_a_denial_of_the_same_people_stands_against_the_count(zero: str, words: str) -> None:
    """Who says that none of those were taken contradicts who says that three were."""
    assert tuesday(none_of(zero), taken(words)).text.startswith("0")


def test_a_zero_is_quoted_with_all_its_words() -> None:
    """Who was not taken is read to the end."""
    report = Document.of(
        source="test", publisher="Courier", published_on=TUESDAY, text="Quiet day\n\nNo police officer was abducted."
    )
    assert [(one.quote, one.low, one.high) for one in read(report)] == [("No police officer", 0, 0)]


@pytest.mark.parametrize("story", ["0 people were injured in the raid.", "Nobody was injured in the raid."])
def test_a_zero_in_figures_is_the_word_nobody(story: str) -> None:
    """Both are read by one rule, that of a zero that is said."""
    (claim,) = read(Document.of(source="a.txt", text=story))
    assert (claim.low, claim.high, claim.rule) == (0, 0, "affirmed-none")


@pytest.mark.parametrize("words", ["police officer", "soldiers", "army officers"])
def test_a_zero_of_one_class_alone_is_no_zero_of_the_group(words: str) -> None:
    """Nobody says how many of the security forces were taken; who says that no policeman was stays listed."""
    figure = tuesday(none_of(words))
    assert (figure.text, figure.low, figure.status) == ("not reported", None, "not_reported")
    assert [(one.low, one.relation) for one in figure.positions] == [(0, "subset_of")]


def test_a_zero_of_the_group_alone_is_one() -> None:
    """Who says that none of the security personnel were taken speaks of all of them."""
    assert tuesday(none_of("security personnel")).text == "0"


NOBODY = "The army said no soldiers were killed in the attack on a post in Sell on Monday."
NINE = "The Valley Front, a rebel group, said it killed nine soldiers in the attack on a post in Sell on Monday."


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ((NOBODY,), "The army said no soldiers were killed"),
        ((NOBODY, NINE), "no soldiers were killed (3 March 2031); the Valley Front said 9 (3 March 2031)."),
        ((NINE, NOBODY), "The army said no soldiers were killed in Sell."),
    ],
)
def test_nobody_is_no_number_in_a_sentence(told: tuple[str, ...], words: str) -> None:
    """A page says that no soldiers were killed, and never that 0 were; its tables and frames keep the number."""
    held = desk(*((one, DAY) for one in told))
    said = [line for section in (builders.bottom_line(held), builders.timeline(held)) for line in lines(section)]
    assert any(words in line for line in said), said
    assert not any(" 0" in line for line in said)
    assert next(one for one in held.claims if one.claimant == "The army").high == 0


def test_nobody_is_a_word_in_other_languages_too() -> None:
    """It stands in a form of its own there, "aucun mort", which brings along what their verbs need."""
    (claim,) = read(Document.of(source="a.txt", text=NOBODY))
    assert [phrase_claim(claim, language(code), "prose") for code in ("en", "fr")] == ["no", "aucun"]
    assert phrase_claim(claim, language("fr")) == "0"


@pytest.mark.parametrize(
    ("code", "words"), [("fr", "none mort (personnels"), ("ar", "none قُتل"), ("ur", "none ہلاک نہیں ہوا")]
)
def test_who_counts_nobody_beside_others_who_count_some_says_so_in_every_language(code: str, words: str) -> None:
    """A dispute in a bottom line begins with whoever says nobody: "0 were killed" is a table's way."""
    held = replace(desk((NOBODY, DAY), (NINE, DAY)), language=language(code))
    first = next(line for line in lines(builders.bottom_line(held)) if "9" in line)
    assert words in first
    assert " 0 " not in first
