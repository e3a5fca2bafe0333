"""Whatever a text is made of, reading it ends, costs no more than in proportion, and quotes what stands there."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest

from briefings.lexis.sentences import MAX_SENTENCE, split
from briefings.model import Actor, Claim, Document, Passage, Reading, Responsibility
from briefings.report.extract import read_document

DAY = date(2026, 3, 2)
LENGTH = 40_000
GENEROUS = 12
"""Times by which a text may cost more than plain news of the same length: worst now is a third of it."""
PLAIN = (
    "Five workers and two guards were killed in Tarno on Monday when gunmen attacked a convoy, police said. "
    "The governor of Ostra province said that nobody had claimed responsibility. The road has been closed. "
)
REPEATS = (
    "five soldiers and ",
    "five killed and ",
    "he said she said that ",
    '"',
    "( [ ",
    "Al De La ",
    "in Tarno, Mezin, ",
    "Omar Hale, Ana Ruiz and ",
    "OMAR HALE, ",
    "was killed, a teacher, ",
    "attacks in 12 towns, ",
    "died in the hospital of ",
    "shot ",
    "the death toll rose to 12 from 11 to ",
    "including three children, ",
    "claimed responsibility for ",
    "its claim of responsibility ",
    "blamed the group on Monday for ",
    "has also later ",
    "on 3 May 2019 and ",
    "from March to ",
    "mid-19",
    "2016-01-",
    "1,000,",
    "hundred and ",
    "according to ",
    "the Red Hill Front (RHF) ",
    "in Tarno district of Ostra province in Mezin ",
    "A.",
    ", ",
    "\n",
    "a\n\n",
    "Ten killed in Tarno\n",
    "Omar Hale died. ",
    "“Five soldiers were killed,” he said. ",
)
PIECES = (
    *("five", "12", "1,200", "two dozen", "a", "another three", "of them", "among them", "including", "no one", "0"),
    *("soldiers", "villagers", "a teacher", "his wife", "Omar Hale", "Gen. Ruiz", "Al", "De", "La", "the army", "who"),
    *("were killed", "died", "was shot dead", "wounded", "killed", "kidnapped", "the death toll rose to", "hostage"),
    *("police said", "he said", "said that", "according to", "citing", "denied", "claimed responsibility for"),
    *("in", "near", "Tarno", "Ostra province", "on Monday", "since 2015", "between 3 and 5 May", "two days ago"),
    *('"', "“", "”", "(", ")", "[", "]", ",", ";", ":", "--", "—", "and", "or", ".", "...", "\n", "\n\n", "'s", "’"),
    *(
        "U.S.",
        "24-year-old",
        "mid-April",
        "2016-01-02",
        "\u202e",
        "İ",
        "ß",
        "١٢",
        "½",
        "中",
        "%",
        "attacks in 12 towns",
    ),
)


def reading(text: str) -> Reading:
    return read_document(Document.of(source="bounds", text=text, published_on=DAY))


def cost(text: str) -> float:
    began = time.process_time()
    reading(text)
    return time.process_time() - began


def repeated(unit: str) -> str:
    return "Five killed in Tarno\n\n" + (unit * (LENGTH // len(unit) + 1))[:LENGTH]


@pytest.fixture(scope="module")
def plain() -> float:
    """Return the seconds that plain news of the length of the others takes, once all tables are loaded."""
    reading(PLAIN)
    return min(cost(repeated(PLAIN)) for _ in range(2))


@pytest.mark.parametrize("unit", REPEATS, ids=[repr(unit.strip() or unit)[:24] for unit in REPEATS])
def test_words_over_and_over_cost_no_more_than_in_proportion(unit: str, plain: float) -> None:
    """A text of one thing said over and over is read in a few times what plain news of its length takes."""
    # a slow moment of the machine is no cost of reading
    assert any(cost(repeated(unit)) < GENEROUS * plain + 0.2 for _ in range(3))


def test_cost_grows_with_the_text() -> None:
    """Four times the text, without a full stop in it, takes no more than some four times as long."""
    reading(PLAIN)
    short, long = (min(cost("five soldiers and two guards, " * times) for _ in range(2)) for times in (400, 1600))
    assert long < 8 * short + 0.1


def test_text_without_a_full_stop_is_cut_at_blanks() -> None:
    """No sentence is longer than the bound, and none of the words is lost."""
    text = "many words " * 2_000
    found = split(text)
    assert max(len(one.text) for one in found) <= MAX_SENTENCE
    assert " ".join(one.text for one in found).split() == text.split()
    assert all(text[one.start : one.end] == one.text for one in found)
    assert [len(one.text) for one in split("x" * (2 * MAX_SENTENCE))] == [MAX_SENTENCE, MAX_SENTENCE]


def made_up(chance: random.Random) -> str:
    """Return a text of pieces of news in no order, at times all in capitals, at times the same ones over and over."""
    pieces = [chance.choice(PIECES) for _ in range(chance.randint(1, 90))]
    text = " ".join(pieces) if chance.random() < 0.7 else (" ".join(pieces[:6]) + ", ") * chance.randint(2, 30)
    text = text.upper() if chance.random() < 0.2 else text
    return f"Ten dead in Tarno, say police\n\n{text}" if chance.random() < 0.5 else text


@pytest.mark.parametrize("seed", range(8))
def test_any_words_in_any_order_are_read_and_quoted(seed: int) -> None:
    """Whatever the order of words, reading ends and each part of it is a span of the text, with low up to high."""
    chance = random.Random(seed)
    for _ in range(40):
        text = made_up(chance)
        found = reading(text)
        parts: list[Claim | Actor | Responsibility | Passage] = [*found.claims, *found.extents, *found.actors]
        for one in [*parts, *found.responsibilities, *found.passages]:
            assert text[one.start : one.end] == one.quote
            assert one.quote
        for claim in (*found.claims, *found.extents):
            assert claim.low is None or claim.high is None or 0 <= claim.low <= claim.high
