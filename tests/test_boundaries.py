"""The boundaries that ship: complete by code, read a country at a time, one line between two neighbours."""

from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path

import pytest

from briefings.core.languages import direction
from briefings.geography import divisions
from briefings.maps import boundaries
from briefings.maps.boundaries import DISPUTED, EDGE, Sheet, called, meet, world

DATA = Path(boundaries.__file__).parents[1] / "data" / "world"


def sheet(country: str) -> Sheet:
    found = world().sheet(country)
    assert found is not None
    return found


def between(country: str, other: str) -> list[list[tuple[float, float]]]:
    """Return the lines between two countries as the sheet of the first has them."""
    own = sheet(country)
    return [own.line(number, 0.0) for number, side in enumerate(own.sides) if other in side.of]


def test_every_region_of_the_gazetteer_has_its_boundary() -> None:
    """A place that is known to lie in a region can be shown in it, or in what the region was a part of; few cannot."""
    lines = gzip.decompress((DATA / "places.txt.gz").read_bytes()).decode().splitlines()
    records = [record for line in lines for record in line.split("\t")[1:] if record.startswith("r ")]
    codes = {record.split(" ")[1] for record in records}
    assert len(codes) > 3000
    apart = {code for code in codes if not world().country_of(code)}
    assert apart <= divisions.known().keys()
    drawn = {unit for one in divisions.known().values() for unit in one.drawn}
    assert {unit for unit in drawn if not world().country_of(unit)} == set()
    assert sum(not divisions.drawn(code) for code in apart) < 20


def test_the_file_is_small_enough_to_ship() -> None:
    """The whole world costs less than two megabytes."""
    assert (DATA / "boundaries.bin").stat().st_size < 2_000_000


def test_units_have_names_in_the_languages_of_the_page() -> None:
    """Bare of the word for their kind; two units that share a code keep their own; none is left without any name."""
    units = {unit.name: unit for code in ("PK", "SD", "SY") for unit in sheet(code).units}
    assert [called(units["Balochistan"], code) for code in ("en", "fr", "ar", "ur")] == [
        *("Balochistan", "Baloutchistan", "بلوشستان", "بلوچستان")
    ]
    assert (called(units["East Darfur"], "ar"), called(units["South Darfur"], "ar")) == ("شرق دارفور", "جنوب دارفور")
    assert (called(units["Homs"], "fr"), called(units["Hama"], "fr")) == ("Homs", "Hama")
    every = [called(unit, code) for entry in world().countries for unit in sheet(entry).units for code in ("ar", "ur")]
    assert all(every)
    assert sum(direction(name) == "rtl" for name in every) > 0.95 * len(every)


@pytest.mark.parametrize("country", ["PK", "FJ", "LB", "NO", "CY", "MC", "AQ"])
def test_rings_close_and_their_lines_join(country: str) -> None:
    """Each line of a ring begins where the one before it ended, at every level of detail."""
    own = sheet(country)
    for tolerance in (0.0, 0.2):
        for ring in (*(ring for unit in own.units for ring in unit.rings), *own.outline):
            parts = [own.line(n, tolerance) if n >= 0 else own.line(~n, tolerance)[::-1] for n in ring]
            assert all(one[-1] == other[0] for one, other in pairwise([*parts, parts[0]]))


def test_two_neighbours_have_the_same_line_between_them() -> None:
    """No gap and no overlap shows where one country ends and the next begins."""
    ours = {tuple(sorted((line[0], line[-1]))): line for line in between("PK", "AF")}
    theirs = {tuple(sorted((line[0], line[-1]))): line for line in between("AF", "PK")}
    assert ours.keys() == theirs.keys() != set()
    assert all(sorted(ours[ends]) == sorted(theirs[ends]) for ends in ours)


def test_a_coarser_look_has_fewer_vertices_and_the_same_ends() -> None:
    """Detail is left out where nobody would see it, never the ends where lines meet."""
    own = sheet("NO")
    for number in range(own.count):
        fine, coarse = own.line(number, 0.0), own.line(number, 0.3)
        assert set(coarse) <= set(fine)
        assert (fine[0], fine[-1]) == (coarse[0], coarse[-1])
    assert (
        sum(len(own.line(n, 0.3)) for n in range(own.count)) < sum(len(own.line(n, 0.0)) for n in range(own.count)) / 3
    )


@pytest.mark.parametrize(
    ("country", "unit", "other"),
    [
        ("IN", "IN-JK", "PK"),
        ("IN", "IN-AR", "CN"),
        ("SD", "", "SS"),
        ("KP", "", "KR"),
        ("XK", "", "RS"),
        ("EH", "", "MA"),
        ("PS", "PS-WBK", "IL"),
    ],
)
def test_lines_in_dispute_are_marked(country: str, unit: str, other: str) -> None:
    """What two sides do not agree on is never drawn as a settled border."""
    own = sheet(country)
    sides = [side for side in own.sides if other in side.of]
    sides = [s for s in sides if not unit or any(isinstance(k, int) and own.units[k].code == unit for k in s.of)]
    assert sides
    assert {side.mark for side in sides} == {DISPUTED}


def test_a_settled_border_is_not_marked() -> None:
    """The marks say something only if other borders have none."""
    assert {side.mark for side in sheet("PK").sides if "AF" in side.of} == {0}


def test_a_territory_is_where_iso_3166_has_it() -> None:
    """Who administers a place does not decide which country's map shows it."""
    assert world().country_of("UA-43") == "UA"
    assert world().country_of("MA-15") == "EH"


def test_the_edge_of_the_sheet_is_no_border() -> None:
    """Lands are cut along the antimeridian; nothing is drawn there."""
    own = sheet("RU")
    at = [number for number in range(own.count) if all(abs(x) == 180 for x, _ in own.line(number, 0.0))]
    assert len(at) == 4
    assert {own.sides[number].mark for number in at} == {EDGE}


def test_what_is_near_is_found_on_both_sides_of_the_antimeridian() -> None:
    """A frame around Fiji reaches beyond 180 degrees, whichever way it is counted."""
    assert "FJ" in world().near((177.0, -19.0, 182.0, -16.0))
    assert "FJ" in world().near((-182.0, -19.0, -178.0, -16.0))
    assert not meet((10.0, 0.0, 20.0, 5.0), (21.0, 0.0, 30.0, 5.0))


def test_an_unknown_code_has_neither_name_nor_sheet() -> None:
    """Nothing is guessed."""
    assert world().sheet("ZZ") is None
    assert world().country_of("ZZ-1") == world().name("ZZ-1") == ""
    assert world().name("PK-BA") == "Balochistan"
