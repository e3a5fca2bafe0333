"""Maps are drawn from boundaries and places alone, as exactly as each place is known, and can be told in words."""

from __future__ import annotations

import re
from datetime import date
from math import cos, radians
from typing import Any
from xml.etree import ElementTree

import invented
import pytest

from briefings.charts.drawing import Palette, width
from briefings.core.languages import language
from briefings.layout.render import preview_html, render
from briefings.layout.themes import load_theme
from briefings.maps import clipping, maps, marginalia
from briefings.maps.boundaries import world
from briefings.maps.framing import frame, subject
from briefings.maps.lettering import Lettering
from briefings.maps.maps import Drawing
from briefings.maps.projections import Projection
from briefings.notebook.brief import Brief
from briefings.proof.locks import lock_html
from briefings.sections import Computed, Day, Map, Section, Spot, Text

SVG = "{http://www.w3.org/2000/svg}"
RECT = f"{SVG}rect"
Place = tuple[str, float, float]
ANYWHERE: dict[str, tuple[str, tuple[str, ...], tuple[Place, ...]]] = {
    "a province": ("PK", ("PK-BA",), (("Quetta", 67.0, 30.18), ("Gwadar", 62.33, 25.12))),
    "islands across the antimeridian": ("FJ", (), (("Suva", 178.44, -18.14), ("Somosomo", -179.97, -16.77))),
    "a region across the antimeridian": ("RU", ("RU-CHU",), (("Anadyr", 177.5, 64.73), ("Uelen", -169.8, 66.16))),
    "a far north": ("US", ("US-AK",), (("Anchorage", -149.9, 61.2),)),
    "a huge country": ("RU", (), (("Moscow", 37.6, 55.75), ("Vladivostok", 131.9, 43.1))),
    "a city state": ("MC", (), (("Monaco", 7.42, 43.73),)),
    "a country of atolls": ("MV", (), (("Male", 73.51, 4.18), ("Hithadhoo", 73.08, -0.6))),
    "a country without regions": ("AQ", (), (("McMurdo", 166.7, -77.8),)),
    "a long country": ("CL", (), (("Santiago", -70.6, -33.4),)),
    "a strip": ("PS", ("PS-GZZ",), (("Gaza", 34.46, 31.5), ("Rafah", 34.25, 31.29))),
    "a territory in dispute": ("IN", ("IN-JK",), (("Srinagar", 74.8, 34.08),)),
    "an archipelago": ("ID", (), (("Jakarta", 106.8, -6.2), ("Jayapura", 140.7, -2.5))),
    "two regions": ("UA", ("UA-63", "UA-59"), (("Kharkiv", 36.23, 49.99), ("Sumy", 34.8, 50.9))),
    "nowhere in particular": ("ZZ", (), (("Alpha", 20.0, 10.0), ("Beta", 22.0, 11.0))),
}


def spot(
    name: str, east: float | None, north: float | None, precision: Any = 1, admin: str = "", count: int = 1
) -> Spot:
    number = Computed(value=count, formula=f"reports on what happened in {name}")
    return Spot(name=name, longitude=east, latitude=north, precision=precision, admin=admin, count=number)


def sheet(country: str, codes: tuple[str, ...], *spots: Spot) -> Map:
    said = (Text(text="Places named in reports, "), Day(start=date(2031, 5, 17)))
    return Map(message=said, region="Somewhere", country=country, codes=codes, spots=spots)


def anywhere(name: str) -> Map:
    country, codes, places = ANYWHERE[name]
    return sheet(country, codes, *(spot(*place, count=n) for n, place in enumerate(places, 1)))


def drawn(body: Map) -> tuple[Drawing, ElementTree.Element]:
    made = maps.draw(body, world())
    return made, ElementTree.fromstring(str(made.svg))  # noqa: S314 -- ours


def texts(picture: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")]


def boxes(picture: ElementTree.Element) -> list[clipping.Box]:
    """Return the boxes of the words inside the map; those beside it stand in a column of their own."""
    found = []
    for text in picture.iter(f"{SVG}text"):
        x, y, size = (float(text.attrib[name]) for name in ("x", "y", "font-size"))
        if text.find(f"{SVG}tspan") is not None:
            wide = width("".join(text.itertext()), size, weight=int(text.get("font-weight", "400")))
            found.append((x, y - 0.7 * size, x + wide, y + 0.2 * size))
    return found


@pytest.mark.parametrize("name", ANYWHERE)
def test_a_map_can_be_drawn_of_any_part_of_the_world(name: str) -> None:
    """Every place is on it, named, and nothing is so heavy that a page would feel it."""
    body = anywhere(name)
    made, picture = drawn(body)
    assert (made.unnamed, made.absent, made.why) == ((), (), "")
    assert {f"{one.name} ({one.count.value})" for one in body.spots} <= set(texts(picture))
    assert len(list(picture.iter(f"{SVG}circle"))) == len(body.spots) + 1  # and the one of the legend
    assert len(made.svg) < 80_000
    assert float(picture.attrib["height"].removesuffix("pt")) <= maps.TALLEST


def corners(picture: ElementTree.Element, *wide: str) -> list[tuple[float, float]]:
    """Return the corners of lines so wide, in tenths of a point: each begins where M says and goes on in steps."""
    found = []
    for path in picture.iter(f"{SVG}path"):
        for line in path.attrib["d"].split("M")[1:] if path.get("stroke-width") in wide else ():
            numbers = [int(one) / 10 for one in re.findall(r"-?\d+", line)]
            steps = list(zip(numbers[::2], numbers[1::2], strict=True))
            found += [(sum(x for x, _ in steps[:k]), sum(y for _, y in steps[:k])) for k in range(1, len(steps) + 1)]
    return found


@pytest.mark.parametrize("name", ["a province", "a long country", "two regions", "an archipelago"])
def test_no_thin_line_of_a_map_strikes_out_a_word(name: str) -> None:
    """Bounds within countries give way to every name, and so do coasts."""
    _, picture = drawn(anywhere(name))
    words, lines = boxes(picture), corners(picture, "4.5", "5")
    assert len(words) > 3
    assert lines
    assert not [
        (x, y) for x, y in lines for left, top, right, bottom in words
        if left + 1 < x < right - 1 and top + 1 < y < bottom - 1
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "neighbour"), [("a province", "AFGHANISTAN"), ("two regions", "RUSSIA")])
def test_the_name_of_a_neighbour_keeps_off_its_borders_and_the_frame(name: str, neighbour: str) -> None:
    """Countries are named before towns take the room: one pressed to the edge looks cut off, or as if of the border."""
    _, picture = drawn(anywhere(name))
    tall = float(picture.attrib["height"].removesuffix("pt"))
    wide = Palette().measure - marginalia.RAIL - marginalia.GAP
    left, top, right, bottom = boxes(picture)[texts(picture).index(neighbour)]
    assert left >= 4
    assert top >= 4
    assert right <= wide - 4
    assert bottom <= tall - 4
    borders = corners(picture, "10", "12")
    assert borders
    assert not [(x, y) for x, y in borders if left < x < right and top < y < bottom]


@pytest.mark.parametrize("name", ANYWHERE)
def test_no_land_reaches_beyond_the_frame(name: str) -> None:
    """What is filled is cut to the frame as lines are: its colour would show beside the line around the map."""
    made = maps.draw(anywhere(name), world())
    picture = ElementTree.fromstring(str(made.svg))  # noqa: S314 -- ours
    wide = Palette().measure - marginalia.RAIL - marginalia.GAP
    own, *_ = (at for at, one in enumerate(picture) if one.tag == f"{SVG}rect" and one.get("fill") == "none")
    areas = [path for path in picture[:own] if path.tag == f"{SVG}path" and path.get("fill") != "none"]
    assert areas
    for path in areas:
        for line in path.attrib["d"].split("M")[1:]:
            across = [int(one) for one in re.findall(r"-?\d+", line)][::2]
            assert all(0 <= sum(across[: k + 1]) <= round(wide * 10) for k in range(len(across)))


def test_a_country_is_named_across_its_provinces() -> None:
    """A name that is wider than any province of a neighbour finds room in the neighbour as a whole."""
    provinces = [
        [(0.0, 0.0), (30.0, 0.0), (30.0, 40.0), (0.0, 40.0)],
        [(30.0, 0.0), (60.0, 0.0), (60.0, 40.0), (30.0, 40.0)],
    ]
    assert (30.0, 20.0) in [(round(x, 1), round(y, 1)) for x, y in clipping.rooms(provinces, 50, 8)]
    apart = [provinces[0], [(x + 20, y) for x, y in provinces[1]]]
    assert not list(clipping.rooms(apart, 50, 8))


def test_the_legend_of_a_map_is_read_from_the_side_of_its_language() -> None:
    """Each sign stands where its words begin, and the words reach from it into the column beside the map."""
    column = Palette().measure - marginalia.RAIL
    signs, lines = [], []
    for code in ("fr", "ar"):
        made = maps.draw(anywhere("a province"), world(), language=language(code))
        picture = ElementTree.fromstring(str(made.svg))  # noqa: S314 -- ours
        signs.append([float(one.attrib["cx"]) - column for one in picture.iter(f"{SVG}circle")][-1])
        words = [one for one in picture.iter(f"{SVG}text") if one.text == language(code).text("Town or place")]
        lines.append((float(words[0].attrib["x"]) - column, words[0].get("direction"), words[0].get("text-anchor")))
    assert signs[0] < lines[0][0]
    assert lines[0][1:] == (None, "start")
    assert signs[1] > lines[1][0]
    assert lines[1][1:] == ("rtl", "start")


@pytest.mark.parametrize("name", ANYWHERE)
def test_no_words_of_a_map_lie_on_others_or_leave_it(name: str) -> None:
    """What does not fit is left out rather than printed over something."""
    _, picture = drawn(anywhere(name))
    wide, tall = (
        Palette().measure - marginalia.RAIL - marginalia.GAP,
        float(picture.attrib["height"].removesuffix("pt")),
    )
    held = boxes(picture)
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= wide and box[3] <= tall for box in held)
    assert [(a, b) for k, a in enumerate(held) for b in held[:k] if clipping.overlap(a, b)] == []


@pytest.mark.parametrize("name", ANYWHERE)
def test_every_numeral_of_a_map_says_what_it_rests_on(name: str) -> None:
    """Counts are those of the section, the scale is worked out, and no name drawn for orientation has digits."""
    _, picture = drawn(anywhere(name))
    for element in picture.iter():
        if element.text and re.search(r"\d", element.text) and element.tag != f"{SVG}title":
            assert element.attrib["data-ref"].startswith("computed:")


def test_a_name_read_from_the_right_has_its_number_on_its_left() -> None:
    """Lines of a map are set from the left, so what is read first there stands last."""
    picture = drawn(sheet("PK", ("PK-BA",), spot("بلوچستان", 66, 28.5, 3, "PK-BA"), spot("Quetta", 67, 30.18)))[1]
    said = {"".join(line.itertext()) for line in picture.iter(f"{SVG}text")}
    assert {"(1) بلوچستان", "Quetta (1)"} <= said


def test_the_same_section_gives_the_same_bytes() -> None:
    """Words find the same places each time."""
    assert maps.draw(anywhere("a province"), world()).svg == maps.draw(anywhere("a province"), world()).svg


# ── places by how exactly they are known ────────────────────────────────────────────────────────────


def test_a_region_is_hatched_and_never_a_dot() -> None:
    """Of what happened somewhere in a province no spot is claimed, though its middle has a position."""
    made, picture = drawn(sheet("PK", ("PK-BA",), spot("Balochistan", 65.5, 27.5, 3, "PK-BA", 4)))
    assert list(picture.iter(f"{SVG}circle")) == []
    assert "Balochistan (4)" in texts(picture)
    assert (made.absent, made.unnamed) == ((), ())


def test_a_district_is_hollow_and_a_town_is_solid() -> None:
    """The two are told apart without colour."""
    palette = Palette()
    _, picture = drawn(sheet("PK", ("PK-BA",), spot("Quetta", 67.0, 30.18), spot("Kalat", 66.59, 29.03, 2)))
    fills = [circle.attrib["fill"] for circle in picture.iter(f"{SVG}circle")]
    assert sorted(fills) == sorted([palette.accent, palette.paper] * 2)


def test_a_country_is_not_drawn_but_told() -> None:
    """What happened somewhere in a country lies nowhere on its map."""
    body = sheet("PK", ("PK-BA",), spot("Quetta", 67.0, 30.18), spot("Pakistan", None, None, 4, "", 3))
    assert [one.name for one in drawn(body)[0].absent] == ["Pakistan"]


def test_a_place_far_outside_is_told_and_one_just_outside_widens_the_map() -> None:
    """The frame follows the region, not a single place at the other end of the country."""
    body = sheet("PK", ("PK-BA",), spot("Jacobabad", 68.44, 28.28), spot("Gilgit", 74.3, 35.92))
    assert [one.name for one in drawn(body)[0].absent] == ["Gilgit"]


def test_names_without_room_are_told() -> None:
    """Thirty places in one street are all marked, and those that cannot be named are said."""
    names = [f"{thing} of the weavers by gate {letter}" for thing in ("Market", "Bridge") for letter in "abcdefghijklm"]
    crowd = [spot(name, 66.99 + n / 4000, 30.18) for n, name in enumerate(names)]
    made, picture = drawn(sheet("PK", ("PK-BA",), *crowd))
    named = [text for text in texts(picture) if text.endswith("(1)")]
    assert made.unnamed
    assert len(named) + len(made.unnamed) == len(crowd)


def test_a_name_steps_off_a_border_wherever_there_is_room_beside_it() -> None:
    """Every place beside the mark is tried before a name lies on a line; a line of its own leads to it last of all."""
    letters = Lettering((0.0, 0.0, 200.0, 200.0))
    letters.avoid([[(104.0, 0.0), (104.0, 200.0)], [(0.0, 92.0), (104.0, 92.0)]])  # a border right of it, one above
    placed = letters.beside("Ostin (3)", (98.0, 100.0), 3.0, far=True)
    assert placed is not None
    assert placed.lead is None
    assert placed.x + width("Ostin (3)", placed.size) < 104
    assert placed.y - placed.size * 0.74 > 92


def test_a_name_hemmed_in_by_borders_is_led_to_from_clear_ground() -> None:
    """Where every place beside the mark lies on a coast, a short line serves the eye better than a name struck out."""
    letters = Lettering((0.0, 0.0, 200.0, 200.0))
    letters.avoid([[(0.0, float(y)), (200.0, float(y))] for y in range(88, 114, 3)])
    placed = letters.beside("Ostin (3)", (98.0, 100.0), 3.0, far=True)
    assert placed is not None
    assert placed.lead is not None
    assert placed.y < 88 or placed.y - placed.size * 0.74 > 112


def test_a_name_rather_touches_a_thin_line_than_stands_where_it_may_be_taken_for_that_of_another_mark() -> None:
    """Between two towns it would be anybody's: it turns to the far side of its own, though a thin line runs there."""
    letters = Lettering((0.0, 0.0, 200.0, 200.0))
    west, east = (90.0, 100.0), (112.0, 97.0)
    letters.mark(west, 4.0)
    letters.mark(east, 4.0)
    letters.avoid([[(126.0, 80.0), (126.0, 114.0)]], weight=0.4)
    placed = letters.beside("Ostin (3)", east, 4.0)
    assert placed is not None
    assert placed.x > east[0]


def test_without_positions_there_is_no_map_but_a_reason() -> None:
    """A brief says why, and names the places all the same."""
    nowhere = maps.draw(sheet("ZZ", (), spot("Alpha", None, None)), world())
    vague = maps.draw(sheet("PK", ("PK-BA",), spot("Pakistan", None, None, 4)), world())
    assert (nowhere.svg, vague.svg) == ("", "")
    assert "no known position" in nowhere.why
    assert "can be put on a map" in vague.why


def test_an_unknown_region_is_shown_on_its_country() -> None:
    """The country's map is honest where the region has no known boundary."""
    about = subject(sheet("PK", ("PK-ZZ",)), world())
    assert about.whole
    assert {unit.country for _, unit in about.units} == {"PK"}


# ── what a map says of itself ───────────────────────────────────────────────────────────────────────


def test_lines_in_dispute_are_dashed_and_kashmir_is_explained() -> None:
    """A reader sees that a line is not settled, and is told of the line of control."""
    made, picture = drawn(anywhere("a territory in dispute"))
    assert made.disputed
    assert made.kashmir
    assert any("stroke-dasharray" in path.attrib for path in picture.iter(f"{SVG}path"))
    assert not drawn(anywhere("a province"))[0].disputed


@pytest.mark.parametrize(("east", "north"), [(29.0, -1.5), (67.0, 30.0), (177.5, 64.7), (-70.0, -53.0)])
def test_the_scale_is_true_in_the_middle_at_every_latitude(east: float, north: float) -> None:
    """A kilometre eastward and a kilometre northward are as long as each other, and as the scale says."""
    seen = frame(
        subject(sheet("ZZ", ()), world()), (spot("A", east, north), spot("B", east + 1, north + 1)), 300, 260, 100
    )
    assert seen is not None
    middle = seen.projection.place(seen.centre)
    step = 0.01
    kilometres = step * 111.195
    here, up = seen.point(middle), seen.point((middle[0], middle[1] + step))
    aside = seen.point((middle[0] + step / cos(radians(middle[1])), middle[1]))
    assert here[1] - up[1] == pytest.approx(kilometres * seen.scale, rel=1e-3)
    assert aside[0] - here[0] == pytest.approx(kilometres * seen.scale, rel=1e-3)


@pytest.mark.parametrize("keeps", ["angles", "areas"])
def test_a_projection_can_be_undone(keeps: Any) -> None:
    """Each spot of the sheet is one place on earth."""
    sphere = Projection((178.0, -17.0), keeps)
    for place in ((-179.0, -10.0), (170.0, -40.0), (178.0, -17.0)):
        east, north = sphere.place(sphere.point(place))
        assert ((east - place[0] + 180) % 360 - 180, north - place[1]) == pytest.approx((0, 0), abs=1e-9)


def test_the_alternative_text_has_every_place_with_its_number() -> None:
    """Who cannot see the map is told the same."""
    body = sheet(
        "PK", ("PK-BA",), spot("Quetta", 67.0, 30.18, count=6), spot("Balochistan", None, None, 3, "PK-BA", 14)
    )
    said = maps.alt(body)
    assert said.startswith("Map of Somewhere. Places named in reports, 17 May 2031.")
    assert "Quetta (town or place): reports on what happened there, 6" in said
    assert "Balochistan (region as a whole): reports on what happened there, 14" in said


def test_a_name_from_outside_stays_text() -> None:
    """What a source calls a place cannot become markup."""
    made, picture = drawn(sheet("PK", ("PK-BA",), spot('<script>"x"&', 67.0, 30.18)))
    assert "<script>" not in made.svg
    assert '<script>"x"& (1)' in texts(picture)


# ── on the page ─────────────────────────────────────────────────────────────────────────────────────


def brief_of(body: Map) -> Brief:
    return invented.brief(parts=(Section.of(body, slot="map", title="Map"),))


def test_the_page_has_the_map_its_source_and_its_disclaimer() -> None:
    """No map stands without a word on whose boundaries it shows; its numerals pass the lock."""
    body = anywhere("a territory in dispute").model_copy(update={"source": (Text(text="reports of the day"),)})
    brief = brief_of(body)
    page = render(brief, theme=load_theme())
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="chart map"' in page
    assert "Source: reports of the day." in page
    assert "no statement on the status of any territory" in page
    assert "line of control" in page
    assert lock_html(page, brief) == ()


def test_a_page_without_a_map_says_why_and_names_the_places() -> None:
    """The fallback is one sentence and the places with their numbers."""
    brief = brief_of(sheet("ZZ", (), spot("Alpha", None, None, count=3)))
    page = render(brief, theme=load_theme())
    assert "<svg" not in page
    assert "no known position" in page
    assert lock_html(page, brief) == ()


def test_a_notebook_shows_a_map_in_colours_of_its_own() -> None:
    """The preview's ink follows the notebook; a map, which mixes its shades, keeps to the usual ones."""
    shown = preview_html(Section.of(anywhere("a city state"), slot="map", title="Map"))
    assert "currentColor" not in shown[shown.index('class="chart map"') :]


def test_on_a_narrow_page_all_stands_beneath_the_map() -> None:
    """The map is as wide as the page, and locator, legend and scale keep within it."""
    made = maps.draw(anywhere("a province"), world(), Palette().across(246))
    picture = ElementTree.fromstring(str(made.svg))  # noqa: S314 -- ours
    frames = [tuple(float(one.attrib[name]) for name in ("x", "y", "width", "height")) for one in picture.iter(RECT)]
    assert max(wide for _, _, wide, _ in frames) == 246
    assert all(x + wide <= 246.1 for x, _, wide, _ in frames)
    assert max(y + tall for _, y, _, tall in frames) <= float(picture.attrib["height"].removesuffix("pt"))
    assert "Town or place" in texts(picture)
