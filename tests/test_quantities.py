"""Number expressions and their bounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.lexis.quantities import Quantity, find
from briefings.lexis.sentences import Tokens

TABLE = Path(__file__).parent / "phrases" / "quantities.txt"


def rows(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" => ")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def shown(quantity: Quantity) -> str:
    low = "" if quantity.low is None else quantity.low
    high = "" if quantity.high is None else quantity.high
    return f"{low}..{high} {quantity.modifier}"


@pytest.mark.parametrize(("phrase", "expected"), rows(TABLE))
def test_a_number_expression_reads_as_its_bounds(phrase: str, expected: str) -> None:
    """Every row of the table reads as the bounds and modifier beside it."""
    assert [shown(q) for q in find(phrase)][:1] == ([] if expected == "-" else [expected])


@pytest.mark.parametrize(
    ("phrase", "whole"),
    [
        ("killing at least ten people", "at least ten"),
        ("an estimated 300 died", "an estimated 300"),
        ("lost 30 or more", "30 or more"),
    ],
)
def test_the_span_holds_the_modifier(phrase: str, whole: str) -> None:
    """A quantity's tokens are the number and what qualifies it, nothing else."""
    tokens = Tokens(phrase)
    (quantity,) = find(phrase)
    assert phrase[tokens.starts[quantity.first] : tokens.ends[quantity.last - 1]] == whole


def test_more_and_another_mark_an_increment() -> None:
    """“Another eight” adds to what was counted before; "eight" does not."""
    assert find("another eight people")[0].increment
    assert not find("eight people")[0].increment


@given(st.integers(min_value=1, max_value=1_999_999_999))
def test_any_whole_number_in_digits_reads_as_itself(number: int) -> None:
    """Digits with thousands separators read as the number they write, as long as they cannot be a year."""
    assert [(q.low, q.high) for q in find(f"killed {number:,} people")] == [(number, number)] or 1900 <= number <= 2099


@given(st.text(alphabet="0123456789,.-+ andtoelvhuriscxpm%$'\"", max_size=60))
def test_no_text_breaks_the_scan(text: str) -> None:
    """Garbled numbers never raise, and bounds that are found are in order."""
    for quantity in find(text):
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        assert 0 <= quantity.first <= quantity.core < quantity.last
