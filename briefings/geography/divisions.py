"""Know first-level divisions by any of their codes: those of today, those they replaced, and those of several together.

Outlines and codes of ISO 3166-2 are not always of one year or one level. A table says of each such code which codes the
places in it bear, and which outlines it is drawn by; `data/world/README.md` says where it comes from.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parents[1] / "data" / "world" / "units.csv"


@dataclass(frozen=True, slots=True)
class Division:
    """What is known of a code beside an outline of its own: the codes its places bear, and the outlines it is drawn by.

    It is drawn `exact`ly where these are its own borders, and not those of what it was a part of.
    """

    holds: frozenset[str]
    drawn: frozenset[str]
    exact: bool


@cache
def known() -> dict[str, Division]:
    """Return all divisions that are not simply an outline with its code, by code."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: Division(
                frozenset(row["holds"].split()), frozenset(row["drawn"].split()), row["exact"] == "yes"
            )
            for row in csv.DictReader(lines)
        }


def held(code: str) -> frozenset[str]:
    """Return the codes that places of a division bear: its own, unless it is the whole of others or goes by another."""
    division = known().get(code)
    return (division.holds if division else frozenset()) or frozenset({code})


def drawn(code: str) -> frozenset[str]:
    """Return the codes of the outlines a division is drawn by: its own or its parts', else of what it was a part of."""
    division = known().get(code)
    return division.drawn if division else frozenset({code})


def is_exact(code: str) -> bool:
    """Say whether a division is drawn by its own outlines."""
    division = known().get(code)
    return division is None or division.exact


def outlines(code: str) -> frozenset[str]:
    """Return the outlines that are a division's own; none where it is only known to lie in larger ones."""
    return drawn(code) if is_exact(code) else frozenset()
