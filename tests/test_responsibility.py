"""Who is said to stand behind acts, sentence by sentence: claims, denials, blame, and what is none of them."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.model import Document
from briefings.report import blame, groups, responsibility
from briefings.report.extract import read_document

Told = tuple[str, str, str | None, str | None, str | None]

TOLD: list[tuple[str, list[Told]]] = [
    (
        "The Varn Liberation Front claimed responsibility for the raid in a statement sent to reporters.",
        [("Varn Liberation Front", "claimed", "statement sent to reporters", "the raid", None)],
    ),
    (
        "The Varn Liberation Front (VLF), the largest militant group, claimed responsibility for the raid on Telegram.",
        [("Varn Liberation Front (VLF)", "claimed", "on Telegram", "the raid", None)],
    ),
    (
        "Ombra Brigades claim responsibility for bridge bombing",
        [("Ombra Brigades", "claimed", None, "bridge bombing", None)],
    ),
    (
        "Jaish Al-Noor, a faction of the Lake Front, claimed responsibility for the raid.",
        [("Jaish Al-Noor", "claimed", None, "the raid", None)],
    ),
    (
        "The Sons of Tarn (SOT), a group allied to the Lake Front, has claimed responsibility for the raid.",
        [("Sons of Tarn (SOT)", "claimed", None, "the raid", None)],
    ),
    (
        "Lake Front affiliate Jama'a Nusrat ul-Tarn has claimed responsibility for the raid.",
        [("Jama'a Nusrat ul-Tarn", "claimed", None, "the raid", None)],
    ),
    (
        "The Group for the Support of Hill and Plain (GSHP) claimed responsibility for the raid.",
        [("Group for the Support of Hill and Plain (GSHP)", "claimed", None, "the raid", None)],
    ),
    (
        "The Lake Front and the Hill Army claimed responsibility for the raid.",
        [
            ("Lake Front", "claimed", None, "the raid", None),
            ("Hill Army", "claimed", None, "the raid", None),
        ],
    ),
    ("Tarn Rail, a branch of the company, claimed responsibility for the delay.", []),
    ("VLF claims attack on police post in Ombra", [("VLF", "claimed", None, "attack on police post in Ombra", None)]),
    ("Lake Resistance claims Ombra market blast", [("Lake Resistance", "claimed", None, "Ombra market blast", None)]),
    (
        "The bombing was claimed by the Sunrise Brigades via its Zahra news agency.",
        [("Sunrise Brigades", "claimed", "via its Zahra news agency", "The bombing", None)],
    ),
    (
        "Responsibility for the ambush was claimed by the Hill Army.",
        [("Hill Army", "claimed", None, "the ambush", None)],
    ),
    (
        "On Tuesday, the Hill Army said it had carried out the attack on the convoy.",
        [("Hill Army", "claimed", None, "the attack on the convoy", None)],
    ),
    (
        "The Hill Army said in a message on Telegram that it carried out the attack in Ombra.",
        [("Hill Army", "claimed", "message on Telegram", "the attack in Ombra", None)],
    ),
    ("The Lake Agency said in a report on the war that it carried out interviews in Ombra.", []),
    (
        "In a statement to AFP, the Hill Army said it was behind the shooting.",
        [("Hill Army", "claimed", "statement to AFP", "the shooting", None)],
    ),
    (
        "It also claimed responsibility for an attack on a garrison last year.",
        [("", "claimed", None, "an attack on a garrison last year", None)],
    ),
    ("The group claimed responsibility for the bombing in a video.", [("", "claimed", "video", "the bombing", None)]),
    (
        "A little-known separatist group claimed responsibility for the blast.",
        [("little-known separatist group", "claimed", None, "the blast", None)],
    ),
    (
        "The rebels claimed responsibility for the raid, saying it killed 12 soldiers.",
        [("rebels", "claimed", None, "the raid", None)],
    ),
    (
        "In a message to Reuters, a spokesman for the Hill Army claimed responsibility.",
        [("Hill Army", "claimed", "message to Reuters", None, None)],
    ),
    (
        "Omar Hale, a commander of the Hill Army, claimed responsibility for the kidnapping in a call to a station.",
        [("Hill Army", "claimed", "call to a station", "the kidnapping", None)],
    ),
    (
        "The Hill Army, which claimed responsibility for the attack, said its fighters killed nine soldiers.",
        [("Hill Army", "claimed", None, "the attack", None)],
    ),
    (
        "Hours after the blast in Ombra, the Sunrise Brigades took responsibility for the bombing through a leaflet.",
        [("Sunrise Brigades", "claimed", "leaflet", "the bombing", None)],
    ),
    (
        "The Hill Army said in its claim of responsibility that four men took part.",
        [("Hill Army", "claimed", None, None, None)],
    ),
    ("There was a claim of responsibility from the Lake Front.", [("Lake Front", "claimed", None, None, None)]),
    (
        "A claim of responsibility for the ambush by the Lake Front could not be verified.",
        [("Lake Front", "claimed", None, "the ambush", None)],
    ),
    (
        "The Lake Front and the Hill Army claimed responsibility for the bombing.",
        [("Lake Front", "claimed", None, "the bombing", None), ("Hill Army", "claimed", None, "the bombing", None)],
    ),
    ("The Lake Front admitted carrying out the ambush.", [("Lake Front", "claimed", None, "the ambush", None)]),
    (
        "THE MOUNTAIN COMMANDO TODAY CLAIMED RESPONSIBILITY FOR THE MURDER OF THE GOVERNOR.",
        [("MOUNTAIN COMMANDO", "claimed", None, "THE MURDER OF THE GOVERNOR", None)],
    ),
    (
        "The Hill Army claimed responsibility for the attack and said it killed 30 soldiers.",
        [("Hill Army", "claimed", None, "the attack", None)],
    ),
    (
        "The Varn Taliban claimed the attack in a statement.",
        [("Varn Taliban", "claimed", "statement", "the attack", None)],
    ),
    (
        "The Varn Taliban told AFP they were behind the bombing.",
        [("Varn Taliban", "claimed", "told AFP", "the bombing", None)],
    ),
    ("The Hill Army denied any involvement in the bombing.", [("Hill Army", "denied", None, "the bombing", None)]),
    ("The Hill Army denied responsibility for the killings.", [("Hill Army", "denied", None, "the killings", None)]),
    ("The rebels denied carrying out the attack.", [("rebels", "denied", None, "the attack", None)]),
    ("The Lake Front said it was not behind the shooting.", [("Lake Front", "denied", None, "the shooting", None)]),
    ("The Lake Front distanced itself from the ambush.", [("Lake Front", "denied", None, "the ambush", None)]),
    ("The army denied it had bombed the village.", [("army", "denied", None, "the village", None)]),
    (
        "The Hill Army rejected accusations that it was behind the blast.",
        [("Hill Army", "denied", None, "the blast", None)],
    ),
    ("The Lake Front said it had nothing to do with the attack.", [("Lake Front", "denied", None, "the attack", None)]),
    ("Hill Army denies role in market bombing", [("Hill Army", "denied", None, "market bombing", None)]),
    ("Police blamed the Hill Army for the bombing.", [("Hill Army", "attributed", None, "the bombing", "Police")]),
    ("Officials blamed the attack on the Hill Army.", [("Hill Army", "attributed", None, "the attack", "Officials")]),
    (
        "The interior minister accused the Lake Front of carrying out the attack.",
        [("Lake Front", "attributed", None, "the attack", "interior minister")],
    ),
    (
        "Witnesses attributed the shooting to the Lake Front.",
        [("Lake Front", "attributed", None, "the shooting", "Witnesses")],
    ),
    (
        "Eight officers died in a bomb blast attributed to Hill Army rebels.",
        [("Hill Army rebels", "attributed", None, "bomb blast", None)],
    ),
    (
        "Two bombings blamed on the Lake Front killed nine last month.",
        [("Lake Front", "attributed", None, "bombings", None)],
    ),
    (
        "The governor said the Lake Front was behind the attack.",
        [("Lake Front", "attributed", None, "the attack", "governor")],
    ),
    (
        "The army said militants were responsible for the blast.",
        [("militants", "attributed", None, "the blast", "army")],
    ),
    (
        "Authorities laid the blame for the attack on the Hill Army.",
        [("Hill Army", "attributed", None, "the attack", "Authorities")],
    ),
    ("Police: Hill Army behind market blast", [("Hill Army", "attributed", None, "market blast", "Police")]),
    ("The army blamed the rebels.", [("rebels", "attributed", None, None, "army")]),
    (
        "A United Nations inquiry found that the Hill Army was responsible for the massacre.",
        [("Hill Army", "established", None, "the massacre", "United Nations inquiry")],
    ),
    (
        "The court ruled that the Hill Army carried out the bombing.",
        [("Hill Army", "established", None, "the bombing", "court")],
    ),
    (
        "Human rights monitors concluded that the army was behind the shelling.",
        [("army", "established", None, "the shelling", "Human rights monitors")],
    ),
    (
        "The al-Nahr faction of the Varn Taliban claimed responsibility.",
        [("al-Nahr faction of the Varn Taliban", "claimed", None, None, None)],
    ),
    (
        "A Brigade-linked militant group said it carried out the raid.",
        [("Brigade-linked militant group", "claimed", None, "the raid", None)],
    ),
    ("The raid was claimed by the extremist group al-Nahr.", [("al-Nahr", "claimed", None, "The raid", None)]),
]
"""A sentence, and the group, standing, medium, acts and accuser it names; no group for a pronoun."""

SILENT = [
    "No group has claimed responsibility for the attack.",
    "There was no immediate claim of responsibility.",
    "Nobody claimed responsibility for the blast, which hit a bus.",
    "The army said no one had claimed the attack.",
    "The Hill Army has not claimed responsibility for the raid.",
    "The Lake Front has yet to claim responsibility for the bombing.",
    "The rebels neither claimed nor denied responsibility for the attack.",
    "The flood claimed the lives of nine people.",
    "The attack claimed 12 lives.",
    "An insurer claimed responsibility for the refund lay with the airline.",
    "The airline accepted responsibility for the delay and offered refunds.",
    "The minister took responsibility for failing to prevent the attack and resigned.",
    "The interior minister took full responsibility for the security lapse.",
    "The governing party claimed credit for the fall in prices.",
    "The company took responsibility for the explosion at its plant.",
    "Who is responsible for the attack is not known.",
    "Police are looking for those responsible for the bombing.",
    "Villagers blamed the flood on heavy rain.",
    "Officials blamed the crash on thick fog.",
    "Residents blamed the government for poor roads.",
    "The police chief is responsible for the province's security.",
    "The army denied entry to reporters.",
    "He denied the charges.",
    "The Hill Army claimed the attacks were directed at barracks.",
    "The Hill Army claimed to have killed 12 soldiers.",
    "The union claimed victory after the strike.",
    "It was not clear whether the Hill Army would claim responsibility for the attack.",
    "If the Lake Front claims responsibility, talks will end, the envoy said.",
    "The opposition accused the government of corruption.",
    "The army accused the rebels of violating the ceasefire.",
    "The player claimed credit for the team's win.",
    "Analysts said the group could claim responsibility for the bombing later.",
]
"""Sentences that speak of responsibility, credit or claims, and in which nobody owns or lays an attack."""


def found(sentence: str) -> list[responsibility.Owned]:
    """Return all that is read of responsibility in a sentence."""
    return responsibility.first_of_each([*responsibility.find(sentence), *blame.find(sentence)])


@pytest.mark.parametrize(("sentence", "expected"), TOLD, ids=[sentence for sentence, _ in TOLD])
def test_who_is_said_to_stand_behind_acts(sentence: str, expected: list[Told]) -> None:
    """Group, standing, medium, acts and who lays the blame are read from the sentence itself."""
    assert [(one.group, one.standing, one.medium, one.acts, one.claimant) for one in found(sentence)] == expected


@pytest.mark.parametrize("sentence", SILENT)
def test_nobody_owns_anything(sentence: str) -> None:
    """Insurers, ministers, lives claimed, open questions and the unclaimed are no claims of responsibility."""
    assert found(sentence) == []


@pytest.mark.parametrize(("sentence", "_expected"), TOLD, ids=[sentence for sentence, _ in TOLD])
def test_offsets_lie_within_the_sentence(sentence: str, _expected: list[Told]) -> None:
    """Group and acts stand where their offsets say."""
    for one in found(sentence):
        assert 0 <= one.start < one.end <= len(sentence)
        if one.acts_at is not None:
            assert " ".join(sentence[slice(*one.acts_at)].split()) == one.acts


@pytest.mark.parametrize(
    "sentence",
    [
        "No group has claimed responsibility for the attack.",
        "There was no immediate claim of responsibility.",
        "Nobody has taken responsibility for the blast.",
        "The bombing has gone unclaimed.",
    ],
)
def test_the_unclaimed_is_known_as_such(sentence: str) -> None:
    """That nobody claimed the acts is worth saying, and is no claim."""
    assert responsibility.unclaimed(sentence)


def test_a_claim_is_not_unclaimed() -> None:
    """A plain claim is not taken for its absence."""
    assert not responsibility.unclaimed("The Hill Army claimed responsibility for the raid.")


def test_an_acronym_and_its_long_name_are_one_group() -> None:
    """However a text explains the acronym, both names meet."""
    for text in (
        "The Varn Liberation Front (VLF) claimed it.",
        "the Varn Liberation Front, known by its initials VLF, said so",
        "The Varn Liberation Front, or VLF, said so.",
    ):
        long = groups.acronyms(text)
        assert long == {"VLF": "Varn Liberation Front"}
        assert groups.full_name("VLF", long) == "Varn Liberation Front"
    assert groups.same_names("the Varn Liberation Front (VLF)", "") & groups.same_names("VLF", "")
    assert not groups.same_names("Lake Front", "") & groups.same_names("Hill Front", "")


def test_hostile_length_is_read_in_time() -> None:
    """Thousands of words that nearly match take no more than their share."""
    sentence = "The group said it was not " + "claimed by the claim of the attack blamed on the " * 40
    assert isinstance(found(sentence), list)


@pytest.mark.parametrize(
    ("story", "group"),
    [
        ("The army said NDC fighters had killed nine farmers. Its fighters denied they had killed anybody.", "NDC"),
        ("Police blamed the Salt Front for the raid. Its leaders denied any role in the raid.", "Salt Front"),
        ("Rebels of the Mai-Lo killed nine farmers. The group denied responsibility for the killings.", "Mai-Lo"),
        ("Tarnian rebels killed nine farmers. Their leaders denied being behind the attack.", "Tarnian rebels"),
        ("Nine farmers were killed. Their fighters denied any role in the attack.", "fighters"),
    ],
)
def test_its_fighters_are_those_of_the_group_told_of_before(story: str, group: str) -> None:
    """Nobody is called "Its fighters": they are those of the group named last, or fighters of nobody known."""
    document = Document.of(source="test", title="Raid", published_on=date(2024, 5, 16), text=f"Raid\n\n{story}")
    denied = [one for one in read_document(document).responsibilities if one.standing == "denied"]
    assert [one.group for one in denied] == [group]


def test_where_a_body_has_its_men_is_not_where_they_attacked() -> None:
    """The acts lie in the town; the stretch of several states only says which men are meant."""
    story = (
        "Nine people were killed in Mezin on Tuesday.\n\nThe Salt Front claimed responsibility for the attack, saying "
        "its fighters in Central Africa had killed nine."
    )
    document = Document.of(source="test", title="Raid", published_on=date(2024, 5, 16), text=f"Raid\n\n{story}")
    reading = read_document(document)
    assert {one.place for one in reading.responsibilities} == {"Mezin"}
    assert {claim.place for claim in reading.claims} == {"Mezin"}
