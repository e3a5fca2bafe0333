"""Bodies identified are told from people reported, and being identified as somebody is not."""

from __future__ import annotations

import pytest

from briefings.model import Document
from briefings.report.definitions import definition_of
from briefings.report.extract import read


@pytest.mark.parametrize(
    ("sentence", "count", "definition"),
    [
        ("The coroner said 32 bodies had been identified so far.", "32 bodies", "identified"),
        ("Officials said 12 of the dead had been formally identified.", "12 of the dead", "identified"),
        ("Families were given 90 identified bodies on Monday.", "90 identified bodies", "identified"),
        ("The ministry verified the identities of 210 people killed.", "210 people", "identified"),
        ("THE CORONER SAID 32 BODIES HAD BEEN IDENTIFIED.", "32 BODIES", "identified"),
        ("Two soldiers, identified as A. Holm and B. Lane, were killed.", "Two soldiers", "reported"),
        ("At least 45 unidentified bodies were recovered.", "45 unidentified bodies", "reported"),
        ("Police said 41 people died and identified the attacker.", "41 people", "reported"),
        ("Police said 41 people were killed.", "41 people", "reported"),
    ],
)
def test_what_a_count_counts(sentence: str, count: str, definition: str) -> None:
    """By the words of the count, before it, and after it."""
    start = sentence.index(count)
    assert definition_of(sentence, start, start + len(count)) == definition


def test_bodies_identified_are_of_the_dead_counted_beside_them() -> None:
    """Those who got their names back are a part of all who died, whichever of the two is told first."""
    story = "Ten bodies were identified on Tuesday after 40 people had died in the blast."
    named, dead = read(Document.of(source="a.txt", text=story))
    assert (named.low, named.part_of, named.definition) == (10, "40 people", "identified")
    assert (dead.low, dead.part_of, dead.definition) == (40, None, "reported")
