"""Charts are written from the data alone, and say in words what they draw."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import invented
import pytest
from fontTools.ttLib import TTFont

from briefings.charts import charts, drawing, timescale
from briefings.charts.drawing import Canvas
from briefings.core.languages import language
from briefings.layout.themes import shipped_templates
from briefings.reconciling.phrasing import phrase_amount
from briefings.sections import Band, Bar, Chart, ClaimRef, FigureRef, Line, Mark, Span, Step, Tally

SVG = "{http://www.w3.org/2000/svg}"
WIDTH = drawing.Palette().measure
DAY, ZONE = invented.DAY, invented.ZONE
EVENING = datetime(DAY.year, DAY.month, DAY.day, 23, 59, tzinfo=ZONE)


def drawn(chart: Chart, **more: Any) -> ElementTree.Element:
    return ElementTree.fromstring(str(charts.svg(chart, **more)))  # noqa: S314 -- ours


def texts(picture: ElementTree.Element, ref: str = "") -> list[str]:
    """Return the words of a picture in the order they are drawn: all, or those that rest on one kind of thing."""
    found = []
    for element in picture.iter():
        said, rests = (element.text or "").strip(), element.get("data-ref", "").split(":")[0]
        if element.tag in (f"{SVG}text", f"{SVG}tspan") and said and ref in ("", rests):
            found.append(said)
    return found


def months(*killed: int, **more: Any) -> Chart:
    bars = tuple(Bar(month=date(2030, n, 1), killed=count, incidents=n) for n, count in enumerate(killed, 1))
    return Chart(chart="months", message="Killed by month", bars=bars, dataset="set", **more)


def span(label: str, low: int | None, high: int | None, **more: Any) -> Span:
    return Span(label=label, low=low, high=high, **{"window": invented.TODAY, "side": label, **more})


def ranges(*spans: Span, **more: Any) -> Chart:
    return Chart(chart="ranges", message="Killed by claimant", spans=spans, **more)


def step(hour: int, low: int, high: int | None = -1, **more: Any) -> Step:
    at = datetime(DAY.year, DAY.month, DAY.day, hour, tzinfo=ZONE)
    return Step(at=at, low=low, high=low if high == -1 else high, **{"window": invented.TODAY, **more})


def steps(*lines: tuple[str, list[Step]], **more: Any) -> Chart:
    made = tuple(Line(label=label, steps=tuple(each)) for label, each in lines)
    return Chart(chart="steps", message="Killed, by voice", lines=made, **{"until": EVENING, **more})


def mark(oclock: int, label: str, *counts: int, **more: Any) -> Mark:
    at = datetime(DAY.year, DAY.month, DAY.day, oclock, tzinfo=ZONE)
    tallies = tuple(Tally(low=count, high=count, of="soldiers killed") for count in counts)
    return Mark(start=at, label=label, tallies=tallies, **more)


def hours(*marks: Mark) -> Chart:
    return Chart(chart="timeline", message="The day by the hour", marks=marks)


DISTRICTS = ("Ab", "Bel", "Cor", "Dan", "Esk", "Fal", "Gor", "Hal", "Ist", "Jam", "Kes", "Lor")
MANY = tuple(f"Office of the {word} province" for word in DISTRICTS)
LONG = "Office of the Deputy Commissioner for the Coordination of Emergency Relief Operations, Northern Division"
EVERY: dict[str, Chart] = {
    "months": invented.context().body,
    "big months": months(100_000, 1, 0),
    "months not over": months(*range(12)).model_copy(
        update={"bars": (*months(*range(11)).bars, Bar(month=date(2030, 12, 1), killed=3, incidents=1, through=DAY))}
    ),
    "ranges": invented.ranges().body,
    "wide ranges": ranges(
        span(LONG, 12_001, 15_000, modifier="more_than", panel="Killed"), span("b", None, 100_000, panel="Injured")
    ),
    "many ranges": ranges(*(span(label, at + 1, None, panel="ABC"[at % 3]) for at, label in enumerate(MANY))),
    "steps": steps(("Minister", [step(9, 4), step(12, 10), step(18, 8)]), ("Front", [step(15, 19, None)])),
    "many steps": steps(*((label, [step(6 + at, 10 + at), step(8 + at, 40)]) for at, label in enumerate(MANY))),
    "long steps": steps((LONG, [step(3, 1), step(4, 100_000)])),
    "timeline": hours(mark(9, LONG, 3, 12_000), mark(20, "Minister", 5), mark(3, "Orlen", kind="happened")),
}


@pytest.fixture(params=list(EVERY))
def chart(request: pytest.FixtureRequest) -> Chart:
    return EVERY[request.param]


# ── what holds of every chart ───────────────────────────────────────────────────────────────────────


def test_every_numeral_in_a_chart_keeps_its_reference(chart: Chart) -> None:
    """No text with a digit stands without data-ref, in any kind of chart."""
    for element in drawn(chart).iter():
        if element.text and re.search(r"\d", element.text):
            assert "data-ref" in element.attrib, element.text


@pytest.mark.parametrize("measure", [326.0, 392.0, 493.0])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_leaves_the_picture(chart: Chart, measure: float, direction: str) -> None:
    """From 115 to 174 millimetres, read from either side: all marks and the whole of each text lie inside."""
    picture = drawn(chart, palette=drawing.Palette(measure=measure), direction=direction)
    tall = float(picture.attrib["viewBox"].split()[3])
    for element in picture.iter():
        for key in ("x", "x1", "x2", "cx"):
            assert -0.01 <= float(element.get(key, 0)) <= measure + 0.01, (element.tag, element.attrib)
        for key in ("y", "y1", "y2", "cy"):
            assert -0.01 <= float(element.get(key, 0)) <= tall + 0.01, (element.tag, element.attrib)
    for text in picture.findall(f"{SVG}text"):
        wide = breadth(text)
        start = float(text.attrib["x"]) - {"start": 0, "middle": wide / 2, "end": wide}[text.attrib["text-anchor"]]
        assert start >= -1, "".join(text.itertext())
        assert start + wide <= measure + 1, "".join(text.itertext())


def test_no_text_hides_another(chart: Chart) -> None:
    """Labels find room beside each other, however close the counts are."""
    boxes = []
    for text in drawn(chart).findall(f"{SVG}text"):
        wide, y = breadth(text), float(text.attrib["y"])
        start = float(text.attrib["x"]) - {"start": 0, "middle": wide / 2, "end": wide}[text.attrib["text-anchor"]]
        boxes.append((start + 0.5, y - 5, start + wide - 0.5, y, "".join(text.itertext())))
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
            assert apart, (one, other)


def test_no_letter_is_smaller_than_a_reader_can_bear(chart: Chart) -> None:
    """Nothing in print is smaller than 7.5 points."""
    assert min(float(text.attrib["font-size"]) for text in drawn(chart).findall(f"{SVG}text")) >= 7.5


def test_the_alternative_text_gives_every_number_of_the_data(chart: Chart) -> None:
    """Whoever cannot see the chart reads the same data: message, voices, counts, all of them."""
    said = charts.alt(chart)
    assert said.startswith(("Bar chart", "Step lines", "Timeline"))
    counts = [*chart.spans, *(one for line in chart.lines for one in line.steps)]
    counts += [one for each in chart.marks for one in each.tallies]
    for one in counts:
        assert phrase_amount(one) in said
    for bar in chart.bars:
        assert f"{bar.killed:,} killed" in said
    labels = [*(one.label for one in chart.spans), *(one.label for one in chart.lines)]
    for label in (*labels, *(one.label for one in chart.marks)):
        assert label in said


def test_the_same_data_give_the_same_picture(chart: Chart) -> None:
    """Charts have no state, no clock and no chance in them."""
    assert charts.svg(chart) == charts.svg(chart)


@pytest.mark.parametrize("kind", ["months", "ranges", "steps", "timeline"])
def test_no_data_draw_nothing(kind: Any) -> None:
    """An empty chart is no box on the page."""
    assert str(charts.svg(Chart(chart=kind, message="Nothing"))) == ""


def hostile_chart(name: str) -> list[Chart]:
    return [
        ranges(span(name, 1, 2, panel=name)),
        steps((name, [step(9, 1)])),
        hours(mark(9, name, 1, hour=name)),
    ]


def test_labels_from_outside_cannot_become_markup() -> None:
    """A claimant's name is text in the picture too: escaped, without control characters."""
    for chart in hostile_chart('</text><script>x</script>" onload="\u202e1\u0000'):
        markup = str(charts.svg(chart))
        picture = ElementTree.fromstring(markup)  # noqa: S314 -- ours
        assert not list(picture.iter(f"{SVG}script"))
        assert "\u202e" not in markup
        assert all("onload" not in element.attrib for element in picture.iter())


def test_read_from_the_right_a_chart_is_its_mirror(chart: Chart) -> None:
    """Every mark is as far from the right edge as it was from the left."""
    there, back = (drawn(chart, direction=direction) for direction in ("ltr", "rtl"))
    for one, other in zip(there.findall(f"{SVG}line"), back.findall(f"{SVG}line"), strict=True):
        assert float(one.attrib["x1"]) == pytest.approx(WIDTH - float(other.attrib["x1"]), abs=0.011)
    for one, other in zip(there.findall(f"{SVG}rect"), back.findall(f"{SVG}rect"), strict=True):
        end = float(other.attrib["x"]) + float(other.attrib["width"])
        assert float(one.attrib["x"]) == pytest.approx(WIDTH - end, abs=0.021)


def test_each_text_hangs_by_its_own_direction_on_either_canvas() -> None:
    """An Arabic name starts at its right end, a Latin one at its left, and both stand where the row begins."""
    names = ("وزارة الصحة", "Ministry")
    for direction, edge in (("ltr", 0), ("rtl", WIDTH)):
        picture = drawn(ranges(*(span(name, 1, 1, side="") for name in names)), direction=direction)
        found = {text.text: text for text in picture.findall(f"{SVG}text") if text.text in names}
        assert [float(found[name].attrib["x"]) for name in names] == [edge, edge]
        assert [found[name].get("direction") for name in names] == ["rtl", None]
        assert [found[name].get("text-anchor") for name in names] == (
            ["end", "start"] if direction == "ltr" else ["start", "end"]
        )


def test_a_range_keeps_its_order_among_words_read_from_the_right() -> None:
    """The marks that hold it draw nothing; where all is read from the left there are none."""
    canvas = drawing.Canvas(language=language("ar"), direction="rtl")
    canvas.text(0, 0, "30–31 يناير")
    canvas.text(0, 0, "11–18")
    canvas.text(0, 0, "Ida Voss (وزير)")
    assert ">30\u200e–\u200e31 يناير<" in canvas.marks[0]
    assert ">11–18<" in canvas.marks[1]
    assert 'direction="rtl"' in canvas.marks[2], "a post in the language of the page leads"


def test_pieces_of_a_line_read_from_the_right_are_set_from_the_left() -> None:
    """So no reader of SVG turns them; what stands first has the direction of the line, which anchors it in browsers."""
    canvas = drawing.Canvas(language=language("ar"), direction="rtl")
    canvas.pieces(10, 0, [("13:40", "date", 600), ("وزير:", "name", 400), ("11", "claim:c", 600)])
    told = re.findall(r"<tspan([^>]*)>([^<]*)</tspan>", canvas.marks[0])
    assert [said for _, said in told] == ["\u200e", "11", " ", "وزير:", " ", "13:40"]
    assert 'direction="rtl" unicode-bidi="isolate"' in told[3][0]
    assert 'text-anchor="end" direction="ltr"' in canvas.marks[0]
    canvas.pieces(10, 0, [("13:40", "date", 600), ("Mand Post", "name", 400)], anchor="end")
    assert 'text-anchor="start"' in canvas.marks[1]
    assert "\u200e" not in canvas.marks[1]


# ── months ──────────────────────────────────────────────────────────────────────────────────────────


def columns(picture: ElementTree.Element, fill: str = drawing.Palette().accent) -> list[ElementTree.Element]:
    return [bar for bar in picture.findall(f"{SVG}rect") if bar.get("fill") == fill]


def test_bars_stand_on_zero_and_are_as_tall_as_their_number() -> None:
    """Twice the number is twice the height, and every bar ends on the same floor."""
    bars = columns(drawn(months(10, 20, 40)))
    heights = [float(bar.attrib["height"]) for bar in bars]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.02)
    assert heights[2] == pytest.approx(2 * heights[1], abs=0.02)
    assert len({round(float(bar.attrib["y"]) + float(bar.attrib["height"]), 1) for bar in bars}) == 1


def test_a_month_without_deaths_prints_its_zero_and_no_bar() -> None:
    """Zero is a number some source gave: it is printed, not left out."""
    picture = drawn(months(5, 0))
    assert len(columns(picture)) == 1
    assert "0" in texts(picture)


def test_a_month_that_is_not_over_is_hollow_and_says_through_which_day_it_is_held() -> None:
    """Half a month beside whole ones never looks like a fall."""
    chart = months(30, 12)
    last = chart.bars[-1].model_copy(update={"through": date(2030, 2, 9)})
    picture = drawn(chart.model_copy(update={"bars": (chart.bars[0], last)}))
    assert [bar.get("stroke-dasharray") for bar in columns(picture)] == [None, "2 1.5"]
    assert "to 9 Feb" in texts(picture, "date")
    assert "February 2030, through 9 February 2030: 12 killed" in charts.alt(
        chart.model_copy(update={"bars": (chart.bars[0], last)})
    )


def test_months_the_tables_do_not_reach_are_named_and_stay_empty() -> None:
    """No row is not no incident: such months have no zero, and a dashed floor."""
    picture = drawn(months(30, 12, until=date(2030, 4, 5)))
    assert "Apr" in texts(picture)
    assert "no rows yet" in texts(picture)
    assert "April 2030: the tables hold nothing yet" in charts.alt(months(30, 12, until=date(2030, 4, 5)))


@pytest.mark.parametrize("code", ["en", "fr", "ar", "ur"])
def test_a_month_without_rows_says_so_in_whole_words(code: str) -> None:
    """One month is narrow beside eleven others; the words for it are longer in some languages, and are never cut."""
    chart = months(*range(20, 31), until=date(2030, 12, 5))
    told = " ".join(texts(drawn(chart, language=language(code))))
    said = language(code).text("no rows yet").split()
    assert all(word in told for word in said)
    assert "…" not in told


def test_the_alternative_text_of_months_reads_like_this() -> None:
    """Every month with its number of killed and of incidents."""
    assert charts.alt(months(14, 9)) == (
        "Bar chart by month. Killed by month. January 2030: 14 killed in 1 incident; "
        "February 2030: 9 killed in 2 incidents."
    )


# ── ranges ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_range_is_full_to_its_least_and_hollow_to_its_most() -> None:
    """What is sure and what may be are told apart without colour, and each is as long as its number."""
    full, hollow = drawn(ranges(span("a", 10, 20), span("b", 40, 40))).findall(f"{SVG}rect")[:2]
    assert hollow.get("fill") == "none"
    outline = float(hollow.attrib["stroke-width"])
    assert float(hollow.attrib["width"]) + outline == pytest.approx(float(full.attrib["width"]), abs=0.05)


def test_an_open_end_fades_and_says_at_least() -> None:
    """A count without an upper end is never drawn as a closed bar."""
    picture = drawn(ranges(span("a", 5, None, modifier="at_least"), span("b", 5, 9)))
    assert len([bar for bar in picture.findall(f"{SVG}rect") if bar.get("fill-opacity") == "0.16"]) == 2
    assert texts(picture, "range") == ["at least 5", "5–9"]
    assert "no upper end given" in texts(picture)


def test_a_ceiling_alone_is_hollow_from_zero() -> None:
    """Up to eight is nothing sure."""
    bars = drawn(ranges(span("a", None, 8, modifier="up_to"))).findall(f"{SVG}rect")
    assert [bar.get("fill") for bar in bars] == ["none", "none"]  # the bar, and its key below


def test_a_vague_word_is_printed_as_it_was_said() -> None:
    """`dozens` gets no number, and a dashed outline in place of a bar."""
    picture = drawn(ranges(span("a", 12, None, modifier="vague", word="dozens")))
    assert texts(picture, "range") == ["dozens"]
    assert picture.findall(f"{SVG}rect")[0].get("stroke-dasharray")


def test_groups_stand_side_by_side_on_one_scale() -> None:
    """Small multiples compare: ten of one group is as long as ten of another."""
    chart = ranges(
        span("a", 10, 10, panel="Soldiers"), span("a", 10, 10, panel="Civilians"), span("a", 40, 40, panel="X")
    )
    widths = [float(bar.attrib["width"]) for bar in drawn(chart).findall(f"{SVG}rect")]
    assert widths[0] == widths[1]
    assert widths[2] == pytest.approx(4 * widths[0], abs=0.05)


def test_groups_far_apart_have_scales_of_their_own_and_say_so() -> None:
    """Three beside a hundred thousand would be nothing to see; two scales unannounced would be a lie."""
    picture = drawn(ranges(span("a", 3, 3, panel="Soldiers"), span("a", 100_000, 100_000, panel="Displaced")))
    assert "each group has a scale of its own" in texts(picture)


def test_a_band_shows_the_range_of_the_figure_behind_its_days_only() -> None:
    """A figure of one day says nothing of two."""
    band = Band(panel="X", window=invented.TODAY, low=10, high=15, figure=FigureRef(figure="f"))
    chart = ranges(span("a", 10, 10, panel="X"), span("b", 15, 15, panel="X", window=invented.BOTH), bands=(band,))
    picture = drawn(chart)
    behind, _key = [bar for bar in picture.findall(f"{SVG}rect") if bar.get("fill-opacity") == "0.26"]  # of one row
    number = next(text for text in picture.iter(f"{SVG}text") if "".join(text.itertext()) == "10")
    assert float(behind.get("y", 0)) > float(number.get("y", 0)), "the number stands on clear ground"


def test_a_count_is_tied_to_its_claim() -> None:
    """The number lock can follow each bar to the words it was read from."""
    picture = drawn(ranges(span("a", 10, 10, claim=ClaimRef(claim="c1"))))
    assert texts(picture, "claim") == ["10"]


def test_sides_stand_apart_and_are_named() -> None:
    """Each side has its heading, unless its only voice has the same name."""
    chart = ranges(
        span("Minister", 1, 1, side="Government"), span("Front", 2, 2), span("Army", 3, 3, side="Government")
    )
    assert texts(drawn(chart), "name") == ["Government", "Minister", "Army", "Front"]


def test_no_number_runs_out_of_a_narrow_chart() -> None:
    """Panels stand one below the other where a count of the last one, with the white before it, would not fit."""
    for across in range(240, 420):
        spans = [span(f"Office {n}", 64, None, panel=f"Group {n}") for n in range(1, 4)]
        picture = drawn(ranges(*spans), palette=drawing.Palette().across(across))
        counts = [one for one in picture.iter(f"{SVG}text") if one.get("data-ref") == "range"]
        assert len(counts) == 3
        ends = [float(one.attrib["x"]) + drawing.width(str(one.text), weight=600) for one in counts]
        assert max(ends) <= across, across


def test_no_name_read_from_the_left_is_parted_in_a_line_from_the_right() -> None:
    """Its first word would stand at the left end of one line and its last at the right of the next; a long one may."""
    name = "پاکستان کے وزیرِ داخلہ Mohsin Naqvi"
    assert [line.replace("\u00a0", " ") for line in drawing.wrap(name, 105)] == [
        "پاکستان کے وزیرِ داخلہ",
        "Mohsin Naqvi",
    ]
    assert len(drawing.wrap("فوج Baloch Liberation Army", 60, most=4)) == 2


def test_panels_one_below_the_other_have_one_scale() -> None:
    """Half as many people are a bar half as long, whichever panel it stands in."""
    names = ("Security personnel killed", "Non-combatants displaced", "Civilians killed")
    spans = [span(f"Office {n}", 30 * n, 30 * n, panel=name) for n, name in enumerate(names, 1)]
    picture = drawn(ranges(*spans), palette=drawing.Palette().across(246))
    first, second, third = (float(bar.attrib["width"]) for bar in picture.findall(f"{SVG}rect"))
    assert (second / first, third / first) == pytest.approx((2, 3), rel=0.01)


def test_no_head_of_a_narrow_chart_is_shortened() -> None:
    """Where a word of a group's name is wider than its panel, each group has a panel below the others."""
    names = ("Security personnel killed", "Non-combatants displaced", "Civilians killed")
    spans = [span(f"Office {n}", n, n, panel=name) for n, name in enumerate(names, 1)]
    for across in (246, 300, WIDTH):
        told = " ".join(texts(drawn(ranges(*spans), palette=drawing.Palette().across(across)), "name"))
        assert "…" not in told
        assert set(" ".join(names).split()) <= set(told.split())


# ── steps ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_long_name_of_an_office_is_told_whole() -> None:
    """Two such offices may differ in their last word."""
    name = "The Interprovincial Commission for Preparedness, Recovery and the Coordination of Relief in the Highlands"
    assert " ".join(texts(drawn(ranges(span(name, 64, None), span("Army", 3, 3))), "name")).count(name) == 1


def paths(picture: ElementTree.Element) -> list[ElementTree.Element]:
    """Return the lines of voices, not those that lead to their names."""
    return [path for path in picture.findall(f"{SVG}path") if float(path.attrib["stroke-width"]) > 0.6]


def test_nothing_said_beside_or_beneath_the_lines_of_a_narrow_chart_is_cut() -> None:
    """A voice is told whole, and so is what the lines mean."""
    name = "Harven Osk (official of the government of the province)"
    one, other = steps((name, [step(6, 40), step(8, 30)]), ("Army", [step(7, 12)])).lines
    chart = steps().model_copy(update={"lines": (one, other.model_copy(update={"live": not one.live}))})
    told = texts(drawn(chart, palette=drawing.Palette().across(246), language=language("fr")))
    assert name in " ".join(told)
    assert not [one for one in told if one.endswith("…")]


def test_a_line_is_level_between_statements() -> None:
    """A step is a statement: no slope suggests deaths between two of them."""
    points = [
        tuple(map(float, point.split()))
        for point in paths(drawn(EVERY["steps"]))[0].attrib["d"].removeprefix("M").split(" L")
    ]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))


def test_voices_differ_by_dash_and_marker() -> None:
    """In black and white twelve voices can still be told apart."""
    picture = drawn(EVERY["many steps"])
    assert len({path.get("stroke-dasharray") for path in paths(picture)}) == 12


def test_every_voice_is_named_at_the_end_of_its_line_with_its_last_count() -> None:
    """No key to look up: number, name and days stand where the line ends."""
    said = texts(drawn(EVERY["steps"]))
    assert said.index("8") + 1 == said.index("Minister")
    assert said.index("at least 19") + 1 == said.index("Front")
    assert "for 17 May" in said


def test_a_count_taken_down_by_its_own_voice_is_marked() -> None:
    """A fall is a correction, not news of fewer dead; another's lower number is none."""
    assert any("lowered" in each for each in texts(drawn(EVERY["steps"])))
    assert "lowered to 8 for 17 May 2031" in charts.alt(EVERY["steps"])
    apart = steps(("a", [step(9, 10)]), ("b", [step(12, 4)]))
    assert not any("lowered" in each for each in texts(drawn(apart)))


def test_fewer_of_fewer_days_are_not_lowered() -> None:
    """A count for one day beneath one for two is no correction."""
    chart = steps(("a", [step(9, 10, window=invented.BOTH), step(12, 4)]))
    assert "lowered" not in charts.alt(chart)


@pytest.mark.parametrize("hour", [13, 17, 20])
def test_a_number_keeps_off_the_lines_of_days(hour: int) -> None:
    """A count stated shortly before or long before midnight stands where no line of a day runs through it."""
    later = [step(at, 80 + at).model_copy(update={"at": EVENING + timedelta(days=at)}) for at in (1, 4)]
    picture = drawn(steps(("Minister", [step(hour, 41), *later]), until=EVENING + timedelta(days=5)))
    upright = [float(line.attrib["x1"]) for line in picture.findall(f"{SVG}line")
               if line.attrib["x1"] == line.attrib["x2"]]  # fmt: skip
    number = next(text for text in picture.findall(f"{SVG}text") if text.text == "41")
    left = float(number.attrib["x"])
    assert upright
    assert not any(left < x < left + breadth(number) for x in upright)


# ── hours ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_loose_hour_is_a_stretch_and_a_stated_one_a_point() -> None:
    """`early on Saturday` covers its hours; what was said was said at an instant."""
    until = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=ZONE)
    happened = mark(0, "Orlen", kind="happened", end=until, hour="early on Saturday")
    picture = drawn(hours(happened, mark(12, "Minister", 4)))
    assert len(picture.findall(f"{SVG}rect")) == 1
    assert len(picture.findall(f"{SVG}circle")) == 1
    assert "17 May 2031, “early on Saturday”: Orlen" in charts.alt(hours(happened))


def test_marks_are_in_order_of_time() -> None:
    """However they are handed over."""
    said = charts.alt(hours(mark(20, "b", 2), mark(9, "a", 1)))
    assert said.index("09:00") < said.index("20:00")


# ── the parts they are made of ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stretch", "labels"),
    [
        (timedelta(hours=5), ["09:00", "10:00"]),
        (timedelta(hours=30), ["12:00", "18:00"]),
        (timedelta(days=6), ["18 May", "19 May"]),
        (timedelta(days=200), ["Jun", "Jul"]),
    ],
)
def test_ticks_are_of_the_calendar(stretch: timedelta, labels: list[str]) -> None:
    """Hours, days or months, whichever finds room; never a tenth of the stretch."""
    start = datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=ZONE)
    found = timescale.ticks_of(timescale.Scale(start, start + stretch, 0, 240))
    assert [tick.label for tick in found[:2]] == labels


def test_a_name_too_long_ends_in_an_ellipsis_after_a_whole_word() -> None:
    """Nobody is left to guess at half a word."""
    lines = drawing.wrap(LONG, 100)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert lines[-1].removesuffix("…") in LONG
    assert all(drawing.width(line) <= 100 for line in lines)


@pytest.mark.parametrize(("file", "weight"), [("Regular", 400), ("Semibold", 600)])
def test_text_is_never_wider_than_it_was_measured(file: str, weight: int) -> None:
    """The estimate of widths holds in the face that is shipped, and does not waste a tenth."""
    font = TTFont(shipped_templates() / f"themes/plain/fonts/SourceSans3-{file}.ttf")
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    for text in (*MANY, LONG, "more than 12,000 to 15,000", "30–31 January", "Police", "Mwamba Waweru", "Il-li"):
        real = sum(advances[glyphs[ord(letter)]][0] for letter in text) / font["head"].unitsPerEm * 8.2
        assert 0.96 * real <= drawing.width(text, 8.2, weight=weight) <= 1.12 * real, text


def breadth(text: ElementTree.Element) -> float:
    return drawing.width("".join(text.itertext()), float(text.attrib["font-size"]))


def test_twelve_markers_are_twelve_shapes() -> None:
    """Six shapes, full and hollow."""
    canvas = Canvas()
    for kind in range(12):
        canvas.marker(0, 0, kind, colour="#000000")
    assert len(set(canvas.marks)) == 12
