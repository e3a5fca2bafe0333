"""First-level divisions by the codes of today, by former ones, and by those of several together."""

from __future__ import annotations

import pytest

from briefings.core.settings import Region
from briefings.desks.regions import Watch, refuse_unknown_codes
from briefings.geography import divisions, gazetteer
from briefings.model import Site

NEW = [
    *("CD-IT", "CD-HU", "CD-TA", "KZ-10", "KZ-33", "KZ-62", "ET-SI", "ET-SW", "PH-MGN", "PH-MGS", "ID-PD", "ID-PE"),
    *("ID-PS", "ID-PT", "MR-13", "MR-14", "MR-15", "CL-NB", "MA-01", "MA-12", "KE-01", "KE-47", "NP-P1", "NP-P7"),
    *("BF-01", "BF-12", "GH-OT", "ML-9", "IN-OD", "TD-EE", "SD-DC", "AF-PAN", "IQ-KI"),
]
"""Codes that ISO 3166-2 gave, or gave instead of others, since the world's outlines were drawn, and some of regions."""


def town(name: str, country: str) -> Site:
    """Return the largest settlement of a name in a country."""
    found = gazetteer.look_up(name)
    return next(one for one in (*found.places, *found.others) if one.kind == "settlement" and one.country == country)


@pytest.mark.parametrize("code", NEW)
def test_a_code_of_today_may_be_watched(code: str) -> None:
    """No region is refused for having been made, or given another code, not long ago."""
    refuse_unknown_codes([Region(id="r", name="Anywhere", iso=code)], {})


@pytest.mark.parametrize(
    ("code", "country", "inside", "outside"),
    [
        ("CD-IT", "CD", "Bunia", "Kisangani"),
        ("CD-OR", "CD", "Kisangani", "Goma"),
        ("KZ-62", "KZ", "Zhezqazghan", "Temirtau"),
        ("KE-14", "KE", "Malindi", "Mombasa"),
        ("KE-300", "KE", "Mombasa", "Nakuru"),
        ("BF-12", "BF", "Dori", "Ouagadougou"),
        ("IN-OD", "IN", "Cuttack", "Patna"),
        ("IN-OR", "IN", "Cuttack", "Patna"),
        ("PH-14", "PH", "Jolo", "Davao"),
        ("NP-P1", "NP", "Biratnagar", "Pokhara"),
    ],
)
def test_a_town_lies_in_its_division_by_whichever_code(code: str, country: str, inside: str, outside: str) -> None:
    """By the code of today, a former one, or that of several divisions together; towns of the next lie elsewhere."""
    watch = Watch(Region(id="r", name="Anywhere", iso=code))
    assert watch.holds(town(inside, country)) is True
    assert watch.holds(town(outside, country)) is False


def test_a_town_nobody_puts_into_one_of_two_halves_is_in_neither_for_certain() -> None:
    """The halves have codes of their own, but what is known of the town is only that it lies in the whole."""
    watch = Watch(Region(id="r", name="Anywhere", iso="PH-MGN"))
    assert watch.holds(town("Cotabato", "PH")) is not True


@pytest.mark.parametrize(
    ("code", "drawn", "own"),
    [
        ("CD-IT", {"CD-OR"}, False),
        ("IN-OD", {"IN-OR"}, True),
        ("BF-01", {"BF-BAL", "BF-BAN", "BF-KOS", "BF-MOU", "BF-NAY", "BF-SOR"}, True),
        ("PK-BA", {"PK-BA"}, True),
        ("SO-AW", set(), False),
    ],
)
def test_what_a_division_is_drawn_by_is_known_with_whether_it_is_its_own(code: str, drawn: set[str], own: bool) -> None:
    """What was made of a part of a region is drawn as that region, and never as if the borders were its own."""
    assert divisions.drawn(code) == drawn
    assert divisions.is_exact(code) is own
    assert divisions.outlines(code) == (drawn if own else set())


def test_a_name_means_the_division_of_today() -> None:
    """A province that took over the name of a former zone is meant by it."""
    watch = Watch(Region(id="r", name="Bagmati Province", country="Nepal"))
    assert watch.own == {"NP-P3"}
    assert watch.holds(town("Kathmandu", "NP")) is True
