"""Counts that stand elsewhere than a plain clause has them: each is read by a rule that says where it stood."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.model import Document
from briefings.report.extract import read


def told(body: str) -> list[tuple[str, str, int | None, str]]:
    claims = read(Document.of(source="test", published_on=date(2024, 5, 16), text=body))
    return [(claim.rule, claim.outcome, claim.low, claim.quote) for claim in claims]


@pytest.mark.parametrize(
    ("sentence", "rule", "outcome", "low", "quote"),
    [
        ("Also killed was a guard.", "inverted", "killed", 1, "a guard"),
        ("Wounded in the raid on Monday were nine farmers.", "inverted", "injured", 9, "nine farmers"),
        ("Wounded: 12.", "labelled", "injured", 12, "12"),
        ("Gunmen stopped the bus, dragged a nurse away and killed her.", "pronoun", "killed", 1, "a nurse"),
        ("The gunmen kidnapped him on Monday.", "pronoun", "abducted", 1, "him"),
    ],
)
def test_a_count_apart_from_its_clause_is_read(sentence: str, rule: str, outcome: str, low: int, quote: str) -> None:
    """A count after its verb or a label, or in a pronoun, keeps the words that hold it."""
    assert told(sentence) == [(rule, outcome, low, quote)]


def test_a_count_of_another_time_is_a_claim_of_its_own() -> None:
    """What a count is compared with is counted too; a share or a number of things is not."""
    assert told("Forty people died, up from 28 a year before.")[1][:3] == ("compared", "killed", 28)
    assert len(told("Forty people died, up from 28 percent a year before.")) == 1
    assert len(told("Forty people died, compared with 28 attacks a year before.")) == 1


def test_who_harms_himself_is_counted_beside_others() -> None:
    """A reflexive adds one of the side that acts; a mere attempt adds nobody."""
    assert told("The gunman shot dead three people and killed himself.")[-1][:3] == ("reflexive", "killed", 1)
    assert told("The gunman tried to kill himself.") == []


def test_a_wife_is_no_pronoun() -> None:
    """Who is killed with a possessive before the noun is the one the noun names."""
    assert [one[3] for one in told("The blast killed her husband.")] == ["her husband"]


def test_shares_add_up_to_their_whole() -> None:
    """Bare numbers by place or cause are parts where they add up to the count before them, and else are none."""
    shared = told("Seven people died, two in the blast and five in the crush.")
    assert [one[2] for one in shared] == [7, 2, 5]
    assert [one[2] for one in told("Seven people died, two in the blast and nine in the crush.")] == [7]


def test_what_including_counts_stays_with_its_clause() -> None:
    """A part told after one outcome is not counted under the outcome of the clause that follows."""
    rows = told("Six people were killed, including a clerk, and two men were wounded.")
    assert [(outcome, low) for _, outcome, low, _ in rows] == [("killed", 6), ("killed", 1), ("injured", 2)]
