"""Claims and figures leave as tables that other programs can read and no spreadsheet will run."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

from briefings.layout.export import claims_csv, figures_csv, key
from briefings.model import Claim, Computation, Figure, Window


def rows(data: bytes) -> list[dict[str, str]]:
    table = list(csv.DictReader(io.StringIO(data.decode())))
    return table[1:]  # the first is the row of HXL tags


def claim(**changes: object) -> Claim:
    fields: dict[str, object] = {
        "id": "c1",
        "quote": "four guards",
        "sentence": "The mayor said four guards died.",
        "start": 15,
        "end": 26,
        "outcome": "killed",
        "low": 4,
        "high": 4,
        "modifier": "exact",
        "group": "state_forces",
        "rule": "passive",
    }
    return Claim.model_validate(fields | changes)


def test_an_open_end_is_empty_and_never_zero() -> None:
    """`At least four` has no high; the cell is empty."""
    [row] = rows(claims_csv([claim(high=None, modifier="at_least")]))
    assert (row["low"], row["high"], row["modifier"]) == ("4", "", "at_least")


def test_words_that_look_like_a_formula_stay_words() -> None:
    """A name or quote that begins like a formula is kept from being run; a number stays a number."""
    [row] = rows(claims_csv([claim(claimant="=HYPERLINK(A1)", quote=" +four", low=0)]))
    assert row["claimant"] == "'=HYPERLINK(A1)"
    assert row["quote"] == "' +four"
    assert row["low"] == "0"


def test_a_computed_figure_carries_its_terms() -> None:
    """Whoever reads the table sees how a number was worked out, and that not reported is not zero."""
    day = Window(start=date(2030, 5, 1), end=date(2030, 5, 2))
    common = {
        "group": "armed_group",
        "outcome": "killed",
        "window": day,
        "rule": "r",
        "as_of": datetime(2030, 5, 2, tzinfo=UTC),
    }
    summed = Figure(
        id="f1",
        low=51,
        high=58,
        status="claimed",
        text="more than 50 to 58",
        computation=Computation(value=58, terms=(31, 27), claims=("a", "b")),
        **common,
    )
    silent = Figure(id="f2", status="not_reported", text="not reported", **common)
    first, second = rows(figures_csv([summed, silent]))
    assert (first["low"], first["high"], first["computed"]) == ("51", "58", "31 + 27")
    assert (second["low"], second["high"], second["text"]) == ("", "", "not reported")
    assert first["figure"] == key(summed), "the name that `figures` prints and `explain` takes"
