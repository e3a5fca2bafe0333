"""When people suffered what a report counts, and whether a count is the news, a running total or the past."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from briefings.model import Claim, Document
from briefings.report.extract import read

TABLE = Path(__file__).parent / "phrases" / "windows.txt"
DAY = date(2024, 5, 16)  # a Thursday


def report(text: str, published_on: date | None = DAY) -> Document:
    return Document.of(source="test", published_on=published_on, text=text.replace(" // ", "\n\n"))


def rows() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" => ")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def shown(claim: Claim) -> str:
    days = "?" if claim.window is None else f"{claim.date_from}..{claim.date_to}"
    if claim.window is not None and claim.window.days == 1:
        days = str(claim.date_from)
    return f"{claim.low if claim.low is not None else claim.high} {days} {claim.scope}"


@pytest.mark.parametrize(("text", "expected"), rows())
def test_a_count_takes_the_days_people_suffered_it(text: str, expected: str) -> None:
    """Every row of the table gives exactly its counts, each with its local days and its scope."""
    said = re.match(r"\[(.*?)\] ", text)
    day = (date.fromisoformat(said[1]) if said[1] else None) if said else DAY
    assert "; ".join(map(shown, read(report(text[said.end() :] if said else text, day)))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Another three soldiers died.", [True]),
        ("Three more soldiers died.", [True]),
        ("A further dozen people were injured.", [True]),
        ("Twelve additional bodies were found.", [True]),
        ("Another soldier was killed.", [True]),
        ("More than 30 people died.", [False]),
        ("Thirty or more people died.", [False]),
        ("No more than 30 people died.", [False]),
        ("More than 30 others were wounded.", [False]),
        ("Three people were killed and five more wounded.", [False, False]),
        ("A blast killed 12 people. // Another 30 were wounded.", [False, False]),
        ("A blast killed 12 people. // Two more people died on Wednesday.", [False, True]),
        ("A blast killed 12 people and wounded 30. // Three more people died.", [False, False, True]),
    ],
)
def test_a_count_that_adds_says_so(text: str, expected: list[bool]) -> None:
    """“Three more” comes on top of what was counted before of the same outcome; "more than 30" does not."""
    assert [claim.increment for claim in read(report(text))] == expected
