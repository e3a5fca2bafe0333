"""What harms without anybody's violence is told as what it is; words of disasters in a fight are words of a fight."""

from __future__ import annotations

import pytest

from briefings.counting.disasters import signs_of_disaster, tells_of_disaster, tells_of_hazard, tells_of_violence
from briefings.desks.wording import kind_of_violence
from briefings.reconciling.afterwards import of_the_same


@pytest.mark.parametrize(
    "text",
    [
        "An earthquake killed 19 people in Sell.",
        "A fire at a textile mill killed nine workers.",
        "Nine died as a fire broke out at a mill.",
        "Six people were killed when a storm hit the coast.",
        "Flames from the fire killed two.",
        "Eleven drowned when a crowded ferry sank off Sell.",
        "A building collapsed in Brod, killing four.",
        "A bus crash near Sell killed six.",
        "Two people were killed in the collapse.",
        "Two people were killed by the collapse of a railway bridge.",
    ],
)
def test_a_disaster_is_told_as_casualties(text: str) -> None:
    """Nobody's violence is to blame for them."""
    assert tells_of_disaster(text)
    assert kind_of_violence([text]) == "casualties"


def test_a_sentence_tells_the_same_when_asked_for_the_signs_of_its_report_alone() -> None:
    """A report is searched once for the words of disasters; a sentence is asked for those that were found."""
    report = (
        "A fire at a textile mill killed nine workers.",
        "Gunmen opened fire, killing two.",
        "Eleven drowned when a crowded ferry sank off Sell.",
        "Six soldiers were killed in an ambush.",
    )
    signs = signs_of_disaster(" ".join(report))
    assert [tells_of_disaster(one, signs) for one in report] == [True, False, True, False]
    assert [tells_of_disaster(one) for one in report] == [True, False, True, False]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Gunmen opened fire, killing two.", "shootings"),
        ("A patrol came under fire near Sell and two died.", "shootings"),
        ("Troops came under heavy fire near Sell and two died.", "shootings"),
        ("Gunmen storm police post, killing four.", "attacks"),
        ("Two people were killed as the ceasefire collapsed.", "violence"),
        ("Two people died when talks collapsed in Sell.", "violence"),
        ("Two soldiers died in a storm of bullets.", "violence"),
        ("Three soldiers were killed by artillery fire.", "violence"),
        ("Four people were killed after the rebels broke the ceasefire.", "violence"),
    ],
)
def test_words_of_fighting_are_no_disaster(text: str, told: str) -> None:
    """Fire that is opened, a post that is stormed and a truce that collapses are violence."""
    assert not tells_of_disaster(text)
    assert kind_of_violence([text]) == told


@pytest.mark.parametrize(
    "text",
    [
        "A landslide victory was marred as nine people were killed.",
        "The president won in a landslide.",
        "A political earthquake followed.",
        "An avalanche of criticism followed.",
        "A flood of refugees came to Sell.",
        "An eruption of anger followed.",
        "The army made a lightning advance.",
        "Heavy rain fell on the camp.",
    ],
)
def test_a_figure_of_speech_is_no_disaster(text: str) -> None:
    """Votes, criticism and refugees harm nobody by their number, and rain only falls."""
    assert not tells_of_disaster(text)
    assert not tells_of_hazard(text)


@pytest.mark.parametrize(
    "text",
    [
        "A flood in the war-torn province killed nine people.",
        "A flood killed nine people, the rebel-run ministry said.",
        "A flood killed nine people, the Ministry of War said.",
        "An avalanche of snow and rocks killed nine people.",
        "The flood of the river killed nine people.",
        "An earthquake strikes on Monday, killing nine people.",
        "Nine people were killed in a landslide.",
        "Nine people were killed by lightning.",
        "Torrential rains killed nine people.",
        "A heatwave killed nine people.",
        "A coach with nine people plunged into a ravine.",
        "A fire and explosion at a mill killed nine people.",
    ],
)
def test_what_a_land_or_an_office_is_called_is_no_violence(text: str) -> None:
    """A war-torn province has floods, too."""
    assert tells_of_disaster(text)
    assert not tells_of_violence(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two men were lynched in Mezin.",
        "Two men were beaten to death.",
        "A mob killed two men.",
        "Two men were killed in retaliatory strikes.",
        "Troops blew up a dam.",
        "An explosion brought a building down.",
        "The flood came after the killing of two men.",
    ],
)
def test_a_deed_of_people_is_violence(text: str) -> None:
    """Whatever else is told beside it."""
    assert tells_of_violence(text)


@pytest.mark.parametrize(
    "thing", ["fire", "storm", "earthquake", "mudslides", "collapse", "accident", "attack", "raid"]
)
def test_what_is_spoken_of_as_known_is_the_same_happening(thing: str) -> None:
    """The fire that killed nine is one that was told of before; a fire is not."""
    assert of_the_same(f"The toll of the mill {thing} rose to nine.")
    assert not of_the_same(f"Nine people died in some {thing} near Sell.")
