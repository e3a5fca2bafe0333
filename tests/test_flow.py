"""How a brief will lie, reckoned from how it lay: what stays together, where pictures go, what was learned since."""

from __future__ import annotations

import invented
import pytest

from briefings.layout import themes
from briefings.making import flow
from briefings.making.flow import Block, Lies, Measure
from briefings.making.trimming import LEFT_OUT
from briefings.model import Computation
from briefings.notebook.brief import Brief
from briefings.printing import pdf
from briefings.sections import Column, Day, FigureRef, Item, Items, Name, Notice, Row, Section, Table, Text

PAGE = Measure(start=0.0, gap=0.0, body=(0.0, 100.0), blocks={})


def pages(*blocks: Block) -> dict[str, list[int]]:
    """Return on which pages each block stands."""
    return {slot: [span[0] for span in spans] for slot, spans in flow.poured(PAGE, blocks).spans.items()}


def rows(slot: str, count: int, *, close: int = 3, again: float = 0.0) -> Block:
    return Block(slot, 10.0, (10.0,) * count, close=close, again=again)


# ── reckoned ────────────────────────────────────────────────────────────────────────────────────────


def test_a_head_is_never_reckoned_alone() -> None:
    """With less room than head and two rows need, all of it goes over; with more, the first two rows stay."""
    assert pages(Block("news", 75.0), rows("table", 6)) == {"news": [1], "table": [2]}
    assert pages(Block("news", 70.0), rows("table", 6)) == {"news": [1], "table": [1, 2]}


def test_no_stub_of_two_rows_is_reckoned_on_the_next_page() -> None:
    """Of five rows of which four would fit, three go over together."""
    lies = flow.poured(PAGE, [Block("news", 50.0), rows("table", 5)])
    assert [bottom - top for _, top, bottom in lies.spans["table"]] == [30.0, 30.0]


def test_the_head_a_table_repeats_takes_room_too() -> None:
    """What was eight lines is nine where the table runs over."""
    lies = flow.poured(PAGE, [Block("news", 50.0), rows("table", 8, again=5.0)])
    assert sum(bottom - top for _, top, bottom in lies.spans["table"]) == 95.0


def test_a_picture_goes_as_far_down_as_saves_most() -> None:
    """One place would leave most of the gap; three fill it; the last section stays the last."""
    order = [Block("news", 50.0), Block("map", 60.0), *(Block(slot, 15.0) for slot in "abc"), Block("end", 20.0)]
    assert [block.slot for block in flow.floated(PAGE, order, ["map"])] == ["news", "a", "b", "c", "map", "end"]


def test_of_two_pictures_the_later_makes_way_for_the_earlier() -> None:
    """Neither overtakes the other, and both may come later."""
    order = [Block("news", 50.0), Block("one", 60.0), Block("two", 30.0), *(Block(slot, 12.0) for slot in "abcd")]
    moved = [block.slot for block in flow.floated(PAGE, [*order, Block("end", 60.0)], ["one", "two"])]
    assert moved.index("one") < moved.index("two")
    assert moved.index("a") < moved.index("one")


def test_a_picture_stands_above_the_table_before_it_where_that_fills_the_page() -> None:
    """The table's rows then run on below it; it comes before nothing that page one must hold, nor first of all."""
    order = [Block("news", 30.0), rows("places", 3), Block("map", 60.0), rows("impact", 8), Block("end", 10.0)]
    moved = [block.slot for block in flow.floated(PAGE, order, ["map"])]
    assert moved == ["news", "map", "places", "impact", "end"]
    assert [block.slot for block in flow.floated(PAGE, order, ["map"], 2)].index("places") == 1
    short = [rows("places", 5), Block("map", 60.0), Block("end", 10.0)]
    assert [block.slot for block in flow.floated(PAGE, short, ["map"])] == ["places", "map", "end"]


def test_two_pictures_move_together_where_neither_alone_fills_a_page() -> None:
    """Either move alone only shifts a gap to another page; both together save a page."""
    tall = {"news": 10.0, "chart": 40.0, "timeline": 70.0, "map": 65.0, "changes": 50.0, "end": 70.0}
    order = [Block(slot, height) for slot, height in tall.items()]
    moved = flow.floated(PAGE, order, ["chart", "map"])
    assert [block.slot for block in moved] == ["news", "timeline", "chart", "changes", "map", "end"]
    assert flow.poured(PAGE, moved).pages == flow.poured(PAGE, order).pages - 1


def test_a_note_that_clings_takes_the_last_rows_along_and_begins_no_page() -> None:
    note = Block("note", 10.0, clings=True)
    lies = flow.poured(PAGE, [Block("news", 35.0), rows("table", 5), note, Block("end", 20.0)])
    assert {slot: [page for page, _, _ in spans] for slot, spans in lies.spans.items()} == {
        "news": [1], "table": [1, 2], "note": [2], "end": [2],
    }  # fmt: skip
    assert lies.spans["note"][0][1] == 30.0
    assert pages(Block("news", 30.0), rows("table", 5), note)["note"] == [1]
    order = [Block("news", 30.0), rows("places", 3), Block("map", 60.0), note, Block("end", 10.0)]
    assert flow.floated(PAGE, order, ["map"]) == tuple(order)


def test_what_is_measured_anew_holds_for_what_was_kept() -> None:
    """Rows that were left out keep the height they had; those that were printed again have their new one."""
    first = Block("table", 10.0, (20.0, 20.0, 20.0), tail=5.0, again=8.0)
    now = Block("table", 12.0, (15.0, 16.0), tail=4.0)
    learned = first.relearned(now, [0, 2])
    assert learned.parts == (15.0, 20.0, 16.0)
    assert (learned.head, learned.tail, learned.again) == (12.0, 4.0, 8.0)
    assert first.relearned(now, [0]) == first


def test_what_nobody_has_measured_is_reckoned_a_little_taller_than_the_rest() -> None:
    """Of four rows the first and the last were printed; where more were printed than there are, none is made up."""
    printed = Block("table", 10.0, (20.0, 30.0), tail=5.0)
    assert printed.among(4, [0, 3], 1.2).parts == (20.0, 30.0, 30.0, 30.0)
    assert printed.among(4, [0], 1.2) == printed


def test_what_is_over_by_a_third_of_a_pixel_does_not_fit() -> None:
    """The layout engine breaks at any more than there is; to reckon otherwise would cost look after look."""
    assert pages(Block("news", 50.0), Block("more", 50.0)) == {"news": [1], "more": [1]}
    assert pages(Block("news", 50.0), Block("more", 50.34)) == {"news": [1], "more": [2]}


def test_where_a_brief_ends_counts_what_is_left_empty() -> None:
    """A gap before a picture makes a brief end later, though nothing more stands in it."""
    tight = Lies(2, {"a": ((1, 0.0, 100.0),), "b": ((2, 0.0, 20.0),)}, (0.0, 100.0))
    assert flow.ending(tight) == 120.0


# ── in print ────────────────────────────────────────────────────────────────────────────────────────


def filled(lines: int, language: str) -> Brief:
    """Return so many lines, then a list, a table with a note, and a list: wherever pages may end among them."""

    def listed(slot: str, count: int) -> Section:
        items = tuple(Item(runs=(Text(text=f"{slot} and what is said of it."),)) for _ in range(count))
        return Section.of(Items(items=items), slot=slot, title="Claims of responsibility for it")

    table = Table(
        columns=(Column(label="Who"), Column(label="What")),
        rows=tuple(Row(cells=((Name(text="An office"),), (Text(text="some words"),))) for _ in range(9)),
        note=(Text(text="What is said below a table stays with it."),),
    )
    held = Section.of(table, slot="table", title="What each of them says")
    brief = invented.brief(parts=(listed("filler", lines), listed("short", 1), held, listed("list", 6)))
    return brief.model_copy(update={"masthead": brief.masthead.model_copy(update={"language": language})})


@pytest.mark.parametrize(("theme", "language"), [("plain", "en"), ("gazette", "en"), ("plain", "ur")])
def test_no_edge_of_a_section_is_left_alone(theme: str, language: str) -> None:
    """Wherever pages end, none has the rule of a section, its head or its note without two lines, a table's three."""
    broken = 0
    whole = themes.load_theme(theme)
    with pdf.Printer() as printer:
        for lines in (20, 22, 24, 26, 28, 30, 32, 33, 34):
            brief = filled(lines, language)
            outline = printer.layout(printer.render(brief, theme=whole))
            for section in brief.sections:
                on = [part[0] for part in outline.parts[section.slot]]
                assert {page for page, _, _ in outline.spans[section.slot]} == set(on), (lines, section.slot)
                broken += len(set(on)) > 1
                assert on.count(on[0]) >= min(2, len(on)), (lines, section.slot)
                assert on.count(on[-1]) >= min(3 if section.slot == "table" else 2, len(on)), (lines, section.slot)
    assert broken


def test_no_page_begins_with_the_note_on_what_was_left_out() -> None:
    """Where a list fills its page, its last two items go over with the note."""
    note = Section.of(Notice(runs=(Text(text="What was left out stands in the annex."),)), slot=LEFT_OUT)
    theme, over = themes.load_theme("plain"), []
    with pdf.Printer() as printer:
        for lines in (35, 38, 41, 44):
            items = tuple(Item(runs=(Text(text="A line of what was said."),)) for _ in range(lines))
            listed = Section.of(Items(items=items), slot="list", title="What was said")
            outline = printer.layout(printer.render(invented.brief(parts=(listed, note)), theme=theme))
            over.append(sum(page == 2 for page, _, _ in outline.parts["list"]))
            assert outline.spans[LEFT_OUT][0][0] == outline.spans["list"][-1][0]
    assert over[:3] == [0, 2, 2]
    assert over[3] > 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sums_beside_each_other_leave_claimants_their_width(language: str) -> None:
    """Four words of a name are not set one below the other, though total and total before are both sums."""
    figure = invented.figure("f", "civilians", "killed", 81, 81, "at least 81")
    sum_ = figure.model_copy(update={"computation": Computation(value=81, terms=(64, 17), claims=("c1", "c2"))})
    nr, total = (Text(text="not reported"),), (FigureRef(figure="f"),)
    cells = (
        (Text(text="Security personnel killed"),), nr, total, total, (Day(start=invented.DAY, form="short"),),
        (Name(text="The governor of the northern river state"),), (), (Text(text="Total: Claimed, one side"),),
    )  # fmt: skip
    heads = ("Group and outcome", "This period", "Total to date", "Before", "As of", "Claimants", "Sources", "Status")
    columns = tuple(Column(label=head, align="right" if 0 < at < 4 else "left") for at, head in enumerate(heads))
    table = Table(columns=columns, rows=(Row(cells=cells),))
    brief = invented.brief(parts=(Section.of(table, slot="casualties", title="Casualties", figures=(sum_,)),))
    brief = brief.model_copy(update={"masthead": brief.masthead.model_copy(update={"language": language})})
    with pdf.Printer() as printer:
        outline = printer.layout(printer.render(brief, theme=themes.load_theme("plain")))
    ((_, top, bottom),) = outline.parts["casualties"]
    assert bottom - top < 4 * 14.1  # pixels of a line in a table
