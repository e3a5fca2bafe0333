"""Speakers: who says a count, and with which post."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefings.lexis.sentences import Tokens, with_headline
from briefings.model import Document
from briefings.report.extract import read
from briefings.speaking.attribution import attribute
from briefings.speaking.reach import speaker_at
from briefings.speaking.remembered import Speakers

DAY = date(2024, 5, 16)
TABLE = Path(__file__).parent / "phrases" / "voices.txt"


def voices(body: str, title: str = "") -> list[tuple[int | None, str | None, str | None, str | None]]:
    document = Document.of(source="test", title=title, published_on=DAY, text=with_headline(title, body))
    return [(claim.low, claim.claimant, claim.office, claim.claimant_kind) for claim in read(document)]


@pytest.mark.parametrize(
    ("story", "claimant", "office", "kind"),
    [
        ("Raiders killed 12 people on Tuesday, police said.", "police", None, "police"),
        ("Police said raiders killed 12 people.", "Police", None, "police"),
        ("According to hospital officials, 12 people were killed.", "hospital officials", None, "medical"),
        ("Twelve people were killed, according to Governor Ana Ruiz.", "Ana Ruiz", "Governor", "government"),
        (
            "In a statement, Tarnia's Interior Minister Omar Hale said 12 people were killed.",
            "Omar Hale",
            "Interior Minister",
            "government",
        ),
        ("Ana Ruiz, the governor of Tarno, said 12 people were killed.", "Ana Ruiz", "governor of Tarno", "government"),
        ("A spokesman for the army, Col. Jan Brel, said 12 people were killed.", "Jan Brel", "Col.", "military"),
        (
            '"We counted 12 dead," said Mina Orr, a resident of the village.',
            "Mina Orr",
            "resident of the village",
            "witness",
        ),
        ("The army reported killing 12 rebels.", "The army", None, "military"),
        ("The rebels claimed they had killed 12 soldiers.", "The rebels", None, "armed_group"),
        (
            "At least 12 people died, the Hill Observatory for Human Rights said.",
            "the Hill Observatory for Human Rights",
            None,
            "un_ngo",
        ),
        ("Twelve people were killed, state television reported.", "state television", None, "media"),
        ("Canada said 12 of its citizens were killed.", "Canada", None, "government"),
        ("Twelve people were killed when the bridge fell.", None, None, None),
    ],
)
def test_the_speaker_of_a_count_is_found(
    story: str, claimant: str | None, office: str | None, kind: str | None
) -> None:
    """Leading, trailing, inverted and apposed attributions name the same speaker; a bare report names none."""
    ((_, who, post, sort),) = voices(story)
    assert (who, sort) == (claimant, kind)
    if office != "Col.":
        assert post == office


def rows() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" => ")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


@pytest.mark.parametrize(("story", "expected"), rows())
def test_a_count_is_the_word_of_whom_the_table_names(story: str, expected: str) -> None:
    """Every row of the table gives each count the claimant and the kind beside it."""
    said = [
        f"{'' if low is not None else '..'}{low if low is not None else high} {who or '-'} | {kind or '-'}"
        for low, high, who, kind in heard(story.replace("\\n", "\n"))
    ]
    assert said == ([] if expected == "-" else expected.split("; "))


def heard(body: str) -> list[tuple[int | None, int | None, str | None, str | None]]:
    document = Document.of(source="test", published_on=DAY, text=body)
    return [(claim.low, claim.high, claim.claimant, claim.claimant_kind) for claim in read(document)]


@pytest.mark.parametrize(
    "opening", ["On Monday Mezin General Hospital", "In Mezin General Hospital", "Mezin General Hospital"]
)
def test_the_post_in_a_house_names_the_house_alone(opening: str) -> None:
    """A day or a word that opens the sentence is no part of a hospital's name, which is one voice on all days."""
    said = voices(f"{opening} took in the hurt. Its director said 12 people were killed.")
    assert said == [(12, "director", "Mezin General Hospital director", "medical")]


def test_he_is_the_person_who_spoke_last() -> None:
    """A pronoun stands for the last named person, with the post he was introduced with."""
    story = "Mayor Ana Ruiz said 12 people were killed. She said 30 were injured."
    assert [v[1:3] for v in voices(story)] == [("Ana Ruiz", "Mayor"), ("Ana Ruiz", "Mayor")]


def test_a_surname_is_the_person_introduced_before() -> None:
    """A later surname alone is the full name and post given first."""
    story = "Police chief Omar Hale said 12 people were killed.\n\nHale said 30 others were injured."
    assert [v[1:3] for v in voices(story)] == [("Omar Hale", "Police chief"), ("Omar Hale", "Police chief")]


def test_what_follows_a_closed_attribution_is_nobodys_word() -> None:
    """“..., police said, a day after a bomb killed five”: the five are the report's own words."""
    story = "Two guards were killed, police said, a day after a bomb in Ostra killed five people."
    assert [v[:2] for v in voices(story)] == [(2, "police"), (5, None)]


def test_adding_goes_on_with_the_same_speaker() -> None:
    """“Officials said ..., adding that ...” is one speaker."""
    story = "Twelve people were killed, officials said, adding that 30 were injured."
    assert [v[:2] for v in voices(story)] == [(12, "officials"), (30, "officials")]


def test_two_speakers_share_a_sentence() -> None:
    """“X said ..., while Y said ...”: each count has its own speaker."""
    story = "The army said 12 rebels were killed, while the rebels said 30 soldiers were killed."
    assert [v[:2] for v in voices(story)] == [(12, "The army"), (30, "the rebels")]


def test_a_quotation_over_sentences_has_one_speaker() -> None:
    """A quotation that opens a paragraph belongs to the speaker named after it."""
    story = '"Twelve people were killed in the hall. It was terrible," said Mina Orr, a nurse.'
    assert [v[:2] for v in voices(story)] == [(12, "Mina Orr")]


@pytest.mark.parametrize(
    ("title", "claimant"),
    [
        ("Army raises Saturday's toll to 45", "Army"),
        ("Officials raise toll in Ansk attack to 45 dead", "Officials"),
        ("Blast raises death toll to 45", None),
        ("Clashes in Kenya's north raise death toll to 45", None),
        ("More deaths bring toll to 45", None),
    ],
)
def test_a_headline_names_who_revises_a_toll(title: str, claimant: str | None) -> None:
    """Who raises a toll in a headline says it; what took the lives does not."""
    assert [(low, who) for low, who, _, _ in voices("The road is open.", title)] == [(45, claimant)]


def test_a_headline_names_its_source_on_either_side() -> None:
    """“Officials: 12 dead” and "12 dead: officials" have a speaker; a country before the colon is none."""
    assert voices("Text.", "Officials: 12 dead in Tarno")[0][1] == "Officials"
    assert voices("Text.", "Blast kills 12 in Tarno: police")[0][1] == "police"
    assert voices("Text.", "Kenya: 12 killed in Tarno")[0][1] is None


def test_a_passive_report_is_not_a_speaker() -> None:
    """“Twelve deaths have been reported” says nothing of who reported them."""
    assert [v[1] for v in voices("Twelve deaths have been reported in the district.")] == [None]


def test_the_innermost_attribution_wins() -> None:
    """Where attributions nest, a word belongs to the smallest stretch around it."""
    tokens = Tokens("The army said 12 died, while police said 30 died.")
    made = attribute(tokens, Speakers())
    found = [speaker_at(made, tokens.low.index(number)) for number in ("12", "30")]
    assert [one.speaker.name if one else None for one in found] == ["The army", "police"]


@pytest.mark.parametrize(
    ("story", "claimant", "kind"),
    [
        (
            "The Salt Coast Front claimed responsibility for the raid and said its fighters had killed 12 soldiers.",
            "Salt Coast Front",
            "armed_group",
        ),
        ("The rebels claimed responsibility for the raid, saying it killed 12 soldiers.", "The rebels", "armed_group"),
        ("The Defence Ministry condemned the raid and said 12 soldiers had died.", "The Defence Ministry", "military"),
        ("Twelve people were killed in Tarno, and police said the road was closed.", None, None),
    ],
)
def test_a_second_verb_keeps_the_subject_of_the_first(story: str, claimant: str | None, kind: str | None) -> None:
    """Who claimed, condemned or confirmed something goes on to speak for himself, not the newspaper for him."""
    ((low, said_by, _, kind_found),) = voices(story)
    assert (low, said_by, kind_found) == (12, claimant, kind)
