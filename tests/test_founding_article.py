"""The article the project began with, read whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefings.model import Document, Reading
from briefings.report.extract import read_document

ARTICLE = Path(__file__).parents[2] / "shared" / "sources" / "balochistan-2026-01-31.txt"
pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the founding article is not beside this checkout")
SATURDAY = (date(2026, 1, 31), date(2026, 1, 31))


@pytest.fixture(scope="module")
def document() -> Document:
    text = ARTICLE.read_text(encoding="utf-8")
    return Document.of(source=str(ARTICLE), title=text.splitlines()[0], published_on=SATURDAY[0], text=text)


@pytest.fixture(scope="module")
def reading(document: Document) -> Reading:
    return read_document(document)


def test_the_article_gives_exactly_its_eight_claims(reading: Reading) -> None:
    """Outcome, bounds, modifier, group, speaker, post, window and scope of each claim, and no other claim."""
    two_days = (date(2026, 1, 30), SATURDAY[0])
    friday = (date(2026, 1, 30), date(2026, 1, 30))
    march = (date(2025, 3, 1), date(2025, 3, 31))
    found = [
        (c.low, c.high, c.modifier, c.group, c.claimant, c.office, (c.date_from, c.date_to), c.scope)
        for c in reading.claims
    ]
    minister = ("Mohsin Naqvi", "Interior Minister")
    province = ("Shahid Rind", "provincial government official")
    assert found == [
        (12, None, "vague", "unknown", None, None, SATURDAY, "incident"),
        (10, None, "at_least", "state_forces", "officials", None, SATURDAY, "incident"),
        (37, 37, "exact", "armed_group", "officials", None, SATURDAY, "incident"),
        (10, 10, "exact", "state_forces", *minister, SATURDAY, "incident"),
        (37, 37, "exact", "armed_group", *minister, SATURDAY, "incident"),
        (71, None, "more_than", "armed_group", *province, two_days, "cumulative"),
        (41, 41, "exact", "armed_group", "the military", None, friday, "incident"),
        (12, None, "vague", "unknown", None, None, march, "background"),
    ]
    assert {claim.outcome for claim in reading.claims} == {"killed"}
    assert [claim.headline for claim in reading.claims] == [True] + [False] * 7


def test_every_claim_is_an_exact_span(document: Document, reading: Reading) -> None:
    """The quotes are cut from the text at their offsets, each with the number and the group words."""
    assert all(document.text[c.start : c.end] == c.quote for c in reading.claims)
    assert [c.quote for c in reading.claims] == [
        "Dozens killed",
        "At least ten security personnel",
        "37 militants",
        "10 security officers",
        "37 insurgents",
        "more than 70 terrorists",
        "41 insurgents",
        "dozens of people",
    ]


def test_places_are_the_province_and_the_train_has_none(reading: Reading) -> None:
    """Tolls of the news lie in the province; the earlier event names no place."""
    assert [c.place for c in reading.claims] == ["Balochistan", *["Balochistan province"] * 6, None]


def test_responsibility_has_group_and_medium(reading: Reading) -> None:
    """One claim of responsibility, with the group's name and how the statement came."""
    (claim,) = reading.responsibilities
    assert (claim.group, claim.medium, claim.denied) == ("Baloch Liberation Army (BLA)", "statement sent to AFP", False)


def test_simultaneity_and_background_are_kept(reading: Reading) -> None:
    """Who says the attacks were simultaneous, and the background of the train and the insurgency."""
    said = [p for p in reading.passages if p.rule == "simultaneous"]
    assert [(p.claimant, p.office) for p in said] == [("Bakht Muhammad Kakar", "provincial Health Minister")]
    background = [p.quote for p in reading.passages if p.kind == "background"]
    assert any(quote.startswith("In March 2025") for quote in background)
    assert any(quote.startswith("For decades") for quote in background)
    assert any("borders with" in quote for quote in background)
