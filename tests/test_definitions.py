"""Bodies identified are told from people reported, and being identified as somebody is not."""

from __future__ import annotations

import pytest

from briefings.definitions import definition_of


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
