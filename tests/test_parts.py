"""Whose word a part of a count is: small reports that go on, in no voice, with what an office counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from stories import TUESDAY, cell, window

from briefings.core.settings import Region
from briefings.desks.desk import Desk
from briefings.model import Document, Figure, Group, Outcome, Window
from briefings.reconciling.reconciliation import reconcile
from briefings.report.extract import read, read_document

THURSDAY = datetime(2031, 3, 6, tzinfo=UTC)


def report(text: str) -> Document:
    """Return a paper's report of a Tuesday in Orvale."""
    told = f"Blast at a barracks\n\nA bomb went off in Orvale on Tuesday. {text}"
    return Document.of(source="test", publisher="Courier", published_on=date(2031, 3, 5), text=told)


def tuesday(text: str, group: Group, outcome: Outcome = "killed") -> Figure:
    """Return Tuesday's figure of one report."""
    figures = reconcile(read(report(text)), period=window(TUESDAY), as_of=THURSDAY)
    return cell(figures, group, outcome, window(TUESDAY))


def voices(figure: Figure) -> list[str]:
    """Return who says what of a figure, and how it stands there."""
    return [f"{one.voice.name}: {one.text} {one.relation}" for one in figure.positions]


def test_who_counted_the_hurt_speaks_of_those_who_died_since() -> None:
    """The death of one of the wounded is the hospital's word; it is no part of the wounded, who are still three."""
    text = "Three soldiers were wounded in the blast, the hospital said. One of them died."
    assert voices(tuesday(text, "state_forces")) == ["the hospital: 1 current"]
    assert voices(tuesday(text, "state_forces", "injured")) == ["the hospital: 3 current"]


def test_a_part_of_another_group_is_the_word_of_the_whole() -> None:
    """Of forty people that the police count, the five children are counted by the police, and by nobody else."""
    text = "Forty people were killed, the police said. Five of the dead were children."
    assert voices(tuesday(text, "civilians")) == ["the police: 5 current"]


@pytest.mark.parametrize("part", ["Three of them were women.", "Three of the dead were women."])
def test_a_part_of_the_same_group_lies_within_its_whole(part: str) -> None:
    """Three women among nine civilians are no second count, however the report goes on."""
    figure = tuesday(f"Nine civilians were killed, the hospital said. {part}", "civilians")
    assert figure.text == "9"
    assert voices(figure) == ["the hospital: 3 subset_of", "the hospital: 9 current"]


@pytest.mark.parametrize(
    "text",
    [
        "Three soldiers were wounded, the hospital said. One of them died, a doctor said.",
        "Three soldiers were wounded, the hospital said. The road was closed all day. One of the wounded died.",
        "Three soldiers were wounded. One of them died.",
    ],
)
def test_a_voice_is_handed_down_only_from_the_sentence_before(text: str) -> None:
    """Words of their own, a sentence between, or a whole in no voice either: the death stays whose it was."""
    assert not any(voice.startswith("the hospital") for voice in voices(tuesday(text, "state_forces")))


def test_of_two_voices_in_the_sentence_before_neither_speaks_of_the_part() -> None:
    """Where hospital and police count in one sentence, "one of the dead" may be of either count."""
    whole = "Nine civilians were killed, the hospital said, while the police put the toll at 12."
    figure = tuesday(f"{whole} Three of the dead were women.", "civilians")
    assert "Courier: 3 current" in voices(figure)


def test_the_desk_hands_the_voice_down_and_the_reading_keeps_the_text() -> None:
    """Statements and figures of a desk know one voice; what was read of the sentence still names nobody."""
    one = report("Three soldiers were wounded in the blast, the hospital said. One of them died.")
    reading = read_document(one)
    orvale = Region(id="orvale", name="Orvale", country="Tarland", timezone="UTC")
    desk = Desk.from_parts(
        orvale, Window(start=TUESDAY, end=TUESDAY), THURSDAY, documents=[one], readings={one.id: reading}
    )
    assert [claim.claimant for claim in reading.claims] == ["the hospital", None]
    assert [claim.claimant for claim in desk.claims] == ["the hospital", "the hospital"]
    assert [(said.who, len(said.claims)) for said in desk.statements()] == [("the hospital", 2)]


@pytest.mark.parametrize(
    "part",
    [
        "Among the dead were six policemen.",
        "Six policemen were among the dead.",
        "Six policemen were among those killed.",
        "The dead included six policemen.",
        "The victims were six policemen and 24 shopkeepers.",
        "Six of the bodies were of policemen.",
    ],
)
def test_however_a_report_goes_on_with_the_dead_they_are_those_the_office_counted(part: str) -> None:
    """Nobody but the governor counts, though the next sentence names him no more."""
    figures = reconcile(
        read(report(f"Thirty people were killed, the governor said. {part}")), period=window(TUESDAY), as_of=THURSDAY
    )
    speaking = {one.voice.name for figure in figures for one in figure.positions}
    assert speaking == {"the governor"}
    assert cell(figures, "unknown", days=window(TUESDAY)).text == "30"


@pytest.mark.parametrize(
    "between", ["About 700 people were displaced from two villages.", "Twelve people were injured, a doctor said."]
)
def test_the_dead_are_those_counted_dead_behind_a_count_of_others(between: str) -> None:
    """Six women among the dead are part of the nine dead before the displaced: no earlier toll that nine takes over."""
    text = f"At least nine civilians were killed, the Relief Council said. {between} Six women were among the dead."
    figure = tuesday(text, "civilians")
    assert voices(figure) == ["the Relief Council: 6 subset_of", "the Relief Council: at least 9 current"]
    assert not any(one.superseded for one in figure.positions)


def test_an_own_voice_stays_though_it_speaks_of_the_dead() -> None:
    """A doctor who says that six policemen were among the dead speaks for himself."""
    text = "Thirty people were killed, the governor said. Six policemen were among the dead, a doctor said."
    assert voices(tuesday(text, "state_forces")) == ["doctor: 6 current"]
