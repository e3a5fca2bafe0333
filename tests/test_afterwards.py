"""Which of two counts is the older one: the number an earlier toll is said to be, no other of its sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from stories import MONDAY, NOW, TUESDAY, WEDNESDAY, cell, say, window

from briefings.model import Claim, Document
from briefings.reconciling.afterwards import is_former
from briefings.reconciling.reconciliation import reconcile, to_date
from briefings.report.extract import read


def count_at_the_mark(text: str) -> Claim:
    """Return the count of the number behind the mark of a sentence."""
    before, _, after = text.partition("#")
    number = after.split()[0].strip(".")
    return say("police", 12, quote=number, sentence=before + after)


@pytest.mark.parametrize(
    "text",
    [
        "An earlier toll was #12 civilians.",
        "An initial police count had put the number of dead civilians at #20.",
        "Police had earlier put the toll at #20 civilians.",
        "An earlier toll, given by police, was #12.",
        "Police had first said that nine soldiers, two officers and #12 civilians were killed.",
        "In its previous count the ministry said #12 died.",
        "The army had at first believed that #nine died.",
    ],
)
def test_the_number_an_earlier_toll_was_is_the_older(text: str) -> None:
    """It is what the toll was, or what somebody had said."""
    assert is_former(count_at_the_mark(text))


@pytest.mark.parametrize(
    "text",
    [
        "Police, who had earlier reported a blast, said #12 people were killed in Sell.",
        "Police, who had earlier reported a blast, put the number of dead at #12.",
        "The ministry, in a change from its previous count, put the number of people killed in Sell at #12.",
        "The ministry corrected an earlier tally and said #12 people were killed.",
        "An earlier toll was raised to #12.",
        "Correcting an earlier figure, the mayor said #12 people were killed.",
        "Contradicting earlier estimates by the army, police said #12 people were killed.",
    ],
)
def test_a_number_told_after_other_words_of_saying_is_no_older_one(text: str) -> None:
    """An earlier blast, or an earlier toll that is only named, makes no count an older one."""
    assert not is_former(count_at_the_mark(text))


@pytest.mark.parametrize(
    "text",
    [
        "Police, who had earlier reported a blast, said 12 people were killed in Sell on Tuesday, and that the fire "
        "brigade sent to the scene had at first believed that nine died.",
        "The ministry, in a change from its previous count, put the number of people killed in Sell on Tuesday at 12, "
        "having thought for many hours that nine people died.",
    ],
)
def test_the_newer_count_stands_whatever_else_was_said_before(text: str) -> None:
    """Nine were believed dead at first, and twelve are."""
    report = Document.of(source="test", publisher="Courier", published_on=TUESDAY, text=text)
    assert cell(reconcile(read(report), period=window(TUESDAY), as_of=NOW), "unknown").text == "12"


THURSDAY = WEDNESDAY + timedelta(days=1)
DIED: dict[str, Any] = {
    "day": WEDNESDAY,
    "quote": "Five of the wounded",
    "sentence": "Five of the wounded died on Wednesday.",
}


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (say("police", 27, day=MONDAY, stated=THURSDAY), "27"),  # a newer number
        (say("police", 20, day=MONDAY, stated=THURSDAY), "at least 25"),  # the old one once more
        (say("police", 27, day=MONDAY, stated=TUESDAY), "at least 32"),  # known before they died
        (say("police", 4, day=MONDAY, stated=THURSDAY), "at least 9"),  # too few to hold them
    ],
)
def test_a_toll_given_after_the_wounded_died_holds_them(last: Claim, text: str) -> None:
    """Twenty are killed on Monday, five of the wounded die on Wednesday: only a newer toll has those."""
    told = [say("police", 20, day=MONDAY), say(None, 5, **DIED), last]
    figures = to_date(told, since=MONDAY, period=window(THURSDAY), as_of=NOW)
    assert cell(figures, "civilians").text == text


def test_a_toll_given_after_other_deaths_does_not_hold_them() -> None:
    """Five killed on Wednesday in another attack are none of the 27 of Monday, whenever these are told of."""
    told = [say("police", 27, day=MONDAY, stated=THURSDAY), say("a hospital", 5, day=WEDNESDAY)]
    figures = to_date(told, since=MONDAY, period=window(THURSDAY), as_of=NOW)
    assert cell(figures, "civilians").low == 32
