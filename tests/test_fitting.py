"""What gives way where there is more to say than room: judged by how pages lie, told on the page, kept in the annex."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import invented
import pytest

from briefings import check, fitting, pdf, render
from briefings.annex import annex
from briefings.brief import Brief, Fit, Step
from briefings.errors import ContractError
from briefings.plain import sentence
from briefings.sections import (
    Cite,
    Column,
    Item,
    Items,
    Name,
    Notice,
    Prose,
    Row,
    Section,
    Source,
    Sources,
    Table,
    Text,
    runs_of,
)  # fmt: skip

WORDS = ("ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine", "rowan", "yew")


def bullets(slot: str, count: int, *, ranks: tuple[int, ...] = ()) -> Section:
    items = tuple(
        Item(runs=(Text(text=WORDS[at % 12]),), rank=ranks[at] if ranks else 0) for at in range(count)
    )  # fmt: skip
    return Section.of(Items(items=items), slot=slot, title=slot.capitalize())


def brief(*sections: Section, **fit: Any) -> Brief:
    steps = {name: tuple(Step.model_validate(one) for one in given) for name, given in fit.items() if name != "first"}
    plan = Fit.model_validate({"first": fit.get("first", ""), **steps})
    return invented.brief(parts=sections).model_copy(update={"fit": plan, "page_budget": 2})


@dataclass(frozen=True)
class Lies:
    """A page of ten lines, an item a line: enough of a layout to see what is tried."""

    pages: int
    spans: dict[str, tuple[tuple[int, float, float], ...]]


@dataclass
class Desk:
    """Lays briefs out by counting lines, and remembers how often it was asked."""

    tried: list[Brief] = field(default_factory=list)

    def __call__(self, one: Brief) -> Lies:
        """Lay out."""
        self.tried.append(one)
        line, spans = 0, {}
        for section in one.sections:
            count = max(1, len(getattr(section.body, "items", ())))
            held: dict[int, list[int]] = {}
            for at in range(line, line + count):
                held.setdefault(at // 10 + 1, []).append(at % 10)
            spans[section.slot] = tuple(
                (page, 100.0 * min(rows), 100.0 * max(rows) + 100) for page, rows in held.items()
            )
            line += count
        return Lies(pages=max(1, -(-line // 10)), spans=spans)


def words(one: Brief, slot: str) -> list[str]:
    return [
        sentence(item.runs, section) for section in one.sections if section.slot == slot for item in section.body.items
    ]


# ── which steps are taken ───────────────────────────────────────────────────────────────────────────


def test_a_brief_that_fits_is_left_as_it_is() -> None:
    """One look is enough where there is room, and nothing is said of room."""
    desk, whole = Desk(), brief(bullets("news", 8), bullets("more", 8), pages=["more 1"])
    whole = whole.model_copy(update={"page_budget": 2})
    assert fitting.fit(whole, desk) == whole
    assert len(desk.tried) == 1


@pytest.mark.parametrize(("count", "kept"), [(12, 10), (13, 10), (15, 10)])
def test_no_more_gives_way_than_must(count: int, kept: int) -> None:
    """The steps are taken in order, and the last one taken is one without which it would not fit."""
    steps = [f"more {keep}" for keep in range(14, 2, -1)]
    whole = brief(bullets("news", 9), bullets("more", count), pages=steps).model_copy(update={"page_budget": 2})
    fitted = fitting.fit(whole, Desk())
    assert len(words(fitted, "more")) == kept  # nine lines, ten, and one for the note: two pages of ten
    assert words(fitted, "news") == words(whole, "news")


def test_page_one_is_seen_to_first_and_by_its_own_steps() -> None:
    """What has to stand on page one does, though the brief as a whole had room enough."""
    whole = brief(
        bullets("news", 6), bullets("table", 8), bullets("rest", 3),
        first="table", page_one=["news 5", "table 6", "news 4", "table 5"], pages=["rest 0"],
    ).model_copy(update={"page_budget": 4})  # fmt: skip
    fitted = fitting.fit(whole, Desk())
    assert (len(words(fitted, "news")), len(words(fitted, "table")), len(words(fitted, "rest"))) == (4, 6, 3)


def test_some_steps_are_taken_whatever_room_there_is() -> None:
    """An editor's measure holds on an empty page too, and the note says so all the same."""
    whole = brief(bullets("news", 5), always=["news 3"]).model_copy(update={"page_budget": 9})
    fitted = fitting.fit(whole, Desk())
    assert len(words(fitted, "news")) == 3
    assert fitted.sections[-1].slot == fitting.LEFT_OUT


def test_many_steps_need_few_looks() -> None:
    """Halving finds the step among a hundred; a page takes a second to lay out."""
    desk = Desk()
    whole = brief(bullets("news", 90), pages=[f"news {keep}" for keep in range(89, 0, -1)])
    fitted = fitting.fit(whole.model_copy(update={"page_budget": 3}), desk)
    assert len(words(fitted, "news")) == 29
    assert len(desk.tried) <= 9


def test_a_last_page_with_next_to_nothing_on_it_is_saved() -> None:
    """Two lines alone on a sheet look like a mistake; a row less and they are not there."""
    whole = brief(bullets("news", 10), Section.of(Items(items=()), slot="end", title="End"), pages=["news 8"])
    assert fitting.fit(whole.model_copy(update={"page_budget": 9}), Thin()) != whole


class Thin(Desk):
    """A layout in which a line is small beside what makes a page worth its paper."""

    def __call__(self, one: Brief) -> Lies:
        """Lay out."""
        found = super().__call__(one)
        spans = {
            slot: tuple((page, top / 10, bottom / 10) for page, top, bottom in held)
            for slot, held in found.spans.items()
        }
        return Lies(found.pages, spans)


@pytest.mark.parametrize(
    ("fit", "code"),
    [({"first": "news", "page_one": ["news 15", "news 12"]}, "PAGE_ONE"), ({"pages": ["news 30"]}, "PAGE_BUDGET"),
     ({}, "PAGE_BUDGET")],
)  # fmt: skip
def test_where_no_step_helps_the_brief_is_stopped(fit: dict[str, object], code: str) -> None:
    """Nothing overflows in silence: the error names what to change."""
    whole = brief(bullets("news", 40), **fit).model_copy(update={"page_budget": 2})
    with pytest.raises(ContractError) as caught:
        fitting.fit(whole, Desk())
    assert caught.value.error_code == code
    assert "fit." in (caught.value.fix or "")


# ── what is left out, and how it is said ────────────────────────────────────────────────────────────


def test_the_least_telling_gives_way_first_and_the_order_stays() -> None:
    """Rank decides what goes, not place; of equals the last goes."""
    whole = brief(bullets("news", 5, ranks=(3, 0, 2, 0, 1)))
    cut = fitting.trim(whole, [Step(slot="news", keep=3)])
    assert words(cut, "news") == ["birch", "elm", "fir"]


def note(one: Brief) -> str:
    section = next(section for section in one.sections if section.slot == fitting.LEFT_OUT)
    assert isinstance(section.body, Notice)
    return sentence(section.body.runs, section)


def test_the_note_names_what_is_missing_and_where_it_is() -> None:
    """Rows by number, sections whole, in print order; before the sources; with the files that hold it all."""
    sources = Section.of(Sources(sources=()), slot="sources", title="Sources")
    whole = brief(bullets("news", 5), bullets("more", 2), sources)
    cut = fitting.trim(whole, [Step(slot="news", keep=4), Step(slot="more", keep=0), Step(slot="news", keep=2)])
    assert [section.slot for section in cut.sections] == ["news", "left_out", "sources"]
    assert note(cut).startswith("Left out here for room: News, three items; More, whole. All of it stands in annex.txt")
    assert "figures.csv" in note(cut)
    assert "claims.json" in note(cut)
    assert "maple" not in annex(cut).decode()
    assert all(word in annex(whole).decode() for word in WORDS[:5])


def test_an_empty_section_that_is_dropped_is_no_loss() -> None:
    """Nothing was said there, so nothing is missing."""
    whole = brief(bullets("news", 2), bullets("more", 0))
    assert fitting.trim(whole, [Step(slot="more", keep=0)]) == whole


def cited(*numbers: int) -> Cite:
    return Cite(documents=tuple(f"doc{number}" for number in numbers))


def test_citations_and_documents_nowhere_cited_give_way_too() -> None:
    """Every number that stands in the text keeps its entry in the list of sources."""
    held = tuple(Source(document=f"doc{n}", publisher="P", title=f"T{n}", sha256="0" * 64) for n in range(6))
    said = Section.of(Prose(paragraphs=((Text(text="So"), cited(3, 1, 2)),)), slot="news", documents=held)
    whole = brief(said, Section.of(Sources(sources=held), slot="sources", title="Sources"))
    cut = fitting.trim(whole, [Step(slot="citations", keep=2), Step(slot="sources", keep=0)])
    news, left, sources = cut.sections
    assert [run.documents for run in runs_of(news.body) if isinstance(run, Cite)] == [("doc3", "doc1")]
    assert [source.document for source in sources.body.sources] == ["doc1", "doc3"]
    assert "Sources, four documents read and not cited" in note(cut)
    assert "No statement here cites more than two documents." in note(cut)
    assert not [finding for finding in check.check(cut) if finding.level == "stop"]
    assert left.kind == "notice"


# ── in print ────────────────────────────────────────────────────────────────────────────────────────


def flood(rows: int) -> tuple[Section, ...]:
    """Return a brief with far more in it than two pages hold: bullets, rows, quotations without end."""
    sections = {section.slot: section for section in invented.sections()}
    table = sections["casualties"].body
    many = tuple(row.model_copy(update={"rank": n}) for n, row in enumerate(table.rows * rows))
    told = Table(
        columns=(Column(label="Who"), Column(label="How")),
        rows=tuple(
            Row(cells=((Name(text=f"{WORDS[n % 12]} office {n}"),), (Text(text=" ".join(WORDS)),)))
            for n in range(rows * 9)
        ),
    )
    bullets_ = tuple(item for _ in range(rows) for item in sections["developments"].body.items)
    return (
        sections["bottom_line"],
        sections["key_figures"],
        sections["developments"].model_copy(update={"body": Items(items=bullets_)}),
        sections["casualties"].model_copy(update={"body": table.model_copy(update={"rows": many})}),
        Section.of(told, slot="competing", title="Competing claims"),
        sections["sources"],
    )


@pytest.mark.parametrize(("budget", "rows"), [(2, 6), (4, 12)])
def test_a_flood_of_content_is_printed_within_its_budget(budget: int, rows: int) -> None:
    """By real printing: page one carries everything up to the casualty table, no page too many, the note is there."""
    keeps = [f"developments {n}" for n in (7, 5, 4, 3)] + [f"casualties {n}" for n in (12, 9, 7, 5, 4, 3)]
    whole = brief(
        *flood(rows), first="casualties", page_one=sorted(keeps, key=lambda one: -int(one.split()[1])),
        pages=[f"competing {n}" for n in (60, 40, 30, 20, 12, 8, 4, 0)],
    ).model_copy(update={"page_budget": budget})  # fmt: skip
    theme = render.load_theme("plain")
    with pdf.Printer() as printer:
        fitted = fitting.fit(whole, lambda tried: printer.layout(printer.render(tried, theme=theme)))
        html = printer.render(fitted, theme=theme)
        outline = printer.layout(html)
        printed = pdf.print_pdf(html, title="t", author="a", language="en", when=invented.AS_OF, printer=printer)
    pages = pdf.text(printed).split("\f")
    assert len(pages) == outline.pages == budget
    assert {page for page, _, _ in outline.spans["casualties"]} == {1}
    assert "Left out here for room" in pages[-1].replace("\n", "")
    assert check.check_pages(fitted, len(pages)) == ()
