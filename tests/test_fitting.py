"""What gives way where there is more to say than room: judged by how pages lie, told on the page, kept in the annex."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import invented
import pytest

from briefings.errors import ContractError
from briefings.layout import themes
from briefings.layout.annex import annex
from briefings.making import fitting, flow, headroom, trimming
from briefings.model import Claim
from briefings.notebook.brief import Brief, Fit, Step, load_type
from briefings.page.plain import sentence
from briefings.printing import pdf
from briefings.proof import check, printed
from briefings.sections import (
    Chart,
    Cite,
    ClaimRef,
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


@dataclass
class Desk:
    """Lays briefs out by counting lines, ten a page, an item a line, and remembers how often it was asked.

    As on the page, the first two items of a list stay together, and so do the last two. A picture, a section of
    prose here, takes `picture` lines and cannot be broken; one of more than four paragraphs takes `strip`.
    """

    tall: float = 100.0
    picture: int = 1
    strip: int = 1
    tried: list[Brief] = field(default_factory=list)

    def __call__(self, one: Brief) -> flow.Lies:
        """Lay out."""
        self.tried.append(one)
        line = 0
        spans: dict[str, tuple[flow.Span, ...]] = {}
        parts: dict[str, tuple[flow.Span, ...]] = {}
        for section in one.sections:
            items = len(getattr(section.body, "items", ()))
            lines: list[tuple[int, int]] = []
            for group in self._groups(section, items):
                if line % 10 + group > 10:
                    line += 10 - line % 10
                lines += [(at // 10 + 1, at % 10) for at in range(line, line + group)]
                line += group
            pages = sorted({page for page, _ in lines})
            held = [(page, [at for on, at in lines if on == page]) for page in pages]
            spans[section.slot] = tuple((page, self.tall * min(at), self.tall * (max(at) + 1)) for page, at in held)
            parts[section.slot] = (
                tuple((page, self.tall * at, self.tall * (at + 1)) for page, at in lines) if items else ()
            )
        return flow.Lies(max(1, -(-line // 10)), spans, (0.0, 10 * self.tall), parts)

    def _groups(self, section: Section, items: int) -> list[int]:
        if not items:
            prose = isinstance(section.body, Prose)
            return [self.strip if prose and len(section.body.paragraphs) > 4 else self.picture if prose else 1]
        return [2, *[1] * (items - 4), 2] if items > 3 else [items]


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


@pytest.mark.parametrize(("count", "kept"), [(12, 9), (13, 9), (15, 9)])
def test_no_more_gives_way_than_must(count: int, kept: int) -> None:
    """The steps are taken in order, and the last one taken is one without which it would not fit."""
    steps = [f"more {keep}" for keep in range(14, 2, -1)]
    whole = brief(bullets("news", 9), bullets("more", count), pages=steps).model_copy(update={"page_budget": 2})
    fitted = fitting.fit(whole, Desk())
    assert len(words(fitted, "more")) == kept  # the first two stay together, so page two has nine and the note
    assert words(fitted, "news") == words(whole, "news")


def test_what_room_the_steps_leave_is_given_back() -> None:
    """A picture that gives way frees more than is lacking; rows that gave way before it come back, and in few looks."""
    picture = Section.of(Prose(paragraphs=((Text(text="A map"),),)), slot="map", title="Map")
    parts = (bullets("news", 5), bullets("more", 12), picture)
    desk = Desk(picture=7)
    fitted = fitting.fit(brief(*parts, pages=["more 8", "map 0"]), desk)
    assert [section.slot for section in fitted.sections] == ["news", "more", trimming.LEFT_OUT]
    assert len(words(fitted, "more")) == 12
    assert len(desk.tried) <= 3


def test_a_strip_with_fewer_tiles_is_reckoned_as_it_was_then_laid() -> None:
    """Four tiles in one line for six in nine: the rows that gave way for the nine come back."""
    tiles = Section.of(Prose(paragraphs=tuple((Text(text=word),) for word in WORDS[:6])), slot="strip", title="Strip")
    whole = brief(tiles, bullets("rows", 8), first="rows", page_one=["rows 4", "strip 4", "rows 2"])
    desk = Desk(strip=9)
    fitted = fitting.fit(whole, desk)
    assert len(words(fitted, "rows")) >= 7
    assert [len(words(one, "rows")) for one in desk.tried[:2]] == [8, 2]


def test_page_one_fills_though_the_last_page_is_full() -> None:
    """A row more on page one takes no room from the pages after it."""
    picture = Section.of(Prose(paragraphs=((Text(text="A map"),),)), slot="map", title="Map")
    whole = brief(bullets("rows", 12), picture, first="rows", page_one=["rows 5"])
    assert len(words(fitting.fit(whole, Desk(tall=14.0, picture=9)), "rows")) == 9


def test_room_is_given_back_though_page_one_is_full_to_the_last_line() -> None:
    """What stands behind page one has its own room, and moves nothing on it."""
    picture = Section.of(Prose(paragraphs=((Text(text="A map"),),)), slot="map", title="Map")
    parts = (bullets("lead", 10), bullets("more", 8), picture)
    fitted = fitting.fit(brief(*parts, first="lead", pages=["more 4", "map 0"]), Desk(picture=7))
    assert [len(words(fitted, slot)) for slot in ("lead", "more")] == [10, 8]


def test_what_gave_way_last_is_given_back_first() -> None:
    """Room for either of two things is given to the one that the type of brief holds dearer."""
    parts = (bullets("news", 10), bullets("less", 4), bullets("dear", 4), bullets("end", 6))
    fitted = fitting.fit(brief(*parts, pages=["less 2", "dear 2", "end 2"]), Desk())
    assert [len(words(fitted, slot)) for slot in ("less", "dear", "end")] == [2, 4, 3]  # a line was left: one more


def test_white_that_is_left_is_filled_part_by_part_though_no_step_fits_it_whole() -> None:
    """Steps are coarse: where seven lines are free and a step takes ten, seven items come back."""
    parts = (bullets("news", 9), bullets("more", 24), bullets("end", 2))
    desk = Desk()
    fitted = fitting.fit(brief(*parts, pages=["more 12", "more 2"]), desk)
    assert (len(words(fitted, "more")), desk(fitted).pages) == (7, 2)
    assert note(fitted).startswith("Left out for room: seventeen items of “More”")


def test_a_section_that_was_left_out_comes_back_in_part_but_never_as_one_line() -> None:
    """Where there is room for two items of it or more they are printed; for a heading and one line it stays away."""
    parts = (bullets("news", 10), bullets("more", 6), bullets("end", 5))
    assert [one.slot for one in fitting.fit(brief(*parts, pages=["more 0"]), Desk()).sections] == [
        "news", "more", "end", trimming.LEFT_OUT,
    ]  # fmt: skip
    parts = (bullets("news", 10), bullets("more", 6), bullets("end", 8))
    fitted = fitting.fit(brief(*parts, pages=["more 0"]), Desk())
    assert [one.slot for one in fitted.sections] == ["news", "end", trimming.LEFT_OUT]


def test_giving_back_never_costs_the_fit() -> None:
    """Where what was given back turns out to be too much, the page that is printed is one that was looked at."""

    @dataclass
    class Tighter(Desk):
        """A desk on which every item takes more room once anything was left out."""

        def __call__(self, one: Brief) -> flow.Lies:
            lies = super().__call__(one)
            crowded = len(self.tried) > 1 and sum(len(words(one, slot)) for slot in ("news", "more")) > 14
            return flow.Lies(lies.pages + crowded, lies.spans, lies.body, lies.parts)

    desk = Tighter()
    fitted = fitting.fit(brief(bullets("news", 8), bullets("more", 14), pages=["more 9", "more 8", "more 5"]), desk)
    assert len(words(fitted, "news")) + len(words(fitted, "more")) <= 14
    assert fitted in desk.tried


def test_page_one_is_seen_to_first_and_by_its_own_steps() -> None:
    """What has to stand on page one does, though the brief as a whole had room enough."""
    whole = brief(
        bullets("news", 6), bullets("table", 8), bullets("rest", 3),
        first="table", page_one=["news 5", "table 6", "news 4", "table 5"], pages=["rest 0"],
    ).model_copy(update={"page_budget": 4})  # fmt: skip
    fitted = fitting.fit(whole, Desk())
    assert (len(words(fitted, "news")), len(words(fitted, "table")), len(words(fitted, "rest"))) == (4, 6, 3)
    assert note(fitted).startswith("Left out for room on page one: two items of “News”; two items of “Table”.")


def test_what_is_kept_short_on_purpose_makes_no_page_longer() -> None:
    """An editor's measure holds where more would take another page, and the note says so though there is a budget."""
    whole = brief(bullets("lead", 5), bullets("news", 5), always=["news 4"]).model_copy(update={"page_budget": 9})
    fitted = fitting.fit(whole, Desk())
    assert len(words(fitted, "news")) == 4
    assert note(fitted).startswith("Left out to keep to what matters most: one item of “News”. All of it stands in")


def test_what_is_kept_short_on_purpose_fills_the_page_that_is_there() -> None:
    """Nobody gains by a page half empty: as many items come back as it holds, and the rest are left out for room."""
    whole = brief(bullets("lead", 3), bullets("news", 9), always=["news 3"]).model_copy(update={"page_budget": 9})
    desk = Desk()
    fitted = fitting.fit(whole, desk)
    assert (len(words(fitted, "news")), desk(fitted).pages) == (5, 1)
    assert note(fitted).startswith("Left out for room: four items of “News”.")


def test_what_comes_back_gives_way_again_where_it_takes_a_page_more() -> None:
    """Rows nobody has laid out are only guessed at; where the guess is wrong, the measure holds."""

    @dataclass
    class Tighter(Desk):
        """A desk on which what comes back takes more room than anything else."""

        def __call__(self, one: Brief) -> flow.Lies:
            lies = super().__call__(one)
            return flow.Lies(lies.pages + (len(words(one, "news")) > 3), lies.spans, lies.body, lies.parts)

    desk = Tighter()
    whole = brief(bullets("lead", 4), bullets("news", 9), always=["news 3"]).model_copy(update={"page_budget": 9})
    assert len(words(fitting.fit(whole, desk), "news")) == 3
    assert len(desk.tried) <= 3


def test_what_came_back_is_known_as_it_was_laid_out_and_guessed_at_no_more() -> None:
    """An editor's measure kept these items off the page that was measured first; then some were printed."""
    desk, whole = Desk(), brief(bullets("lead", 3), bullets("news", 9), always=["news 3"])
    first = trimming.trim(whole, whole.fit.always)
    room = headroom.Room(whole, headroom.measured_in(desk(first), first))
    room.widen(headroom.NONE, 1)
    laid = desk(room.cut(headroom.NONE))
    room.learn(headroom.NONE, laid, ())
    assert len(words(desk.tried[-1], "news")) > 3
    assert room.reckoned(headroom.NONE).spans["news"] == laid.spans["news"]


def test_the_note_tells_want_of_room_from_an_editors_measure() -> None:
    """A list cut by both is short for room: without the measure it would be no longer."""
    parts = (bullets("news", 9), bullets("more", 10), bullets("less", 5))
    whole = brief(*parts, always=["news 6", "less 4"], pages=["less 2"]).model_copy(update={"page_budget": 2})
    said = note(fitting.fit(whole, Desk()))
    assert said.startswith(
        "Left out for room: three items of “Less”. Left out to keep to what matters most: three items of “News”. All"
    )


def test_many_steps_need_few_looks() -> None:
    """Reckoning finds the step among a hundred; a page takes a second to lay out."""
    desk = Desk()
    whole = brief(bullets("news", 90), pages=[f"news {keep}" for keep in range(89, 0, -1)])
    fitted = fitting.fit(whole.model_copy(update={"page_budget": 3}), desk)
    assert len(words(fitted, "news")) == 29
    assert len(desk.tried) <= 4


def test_a_last_page_with_next_to_nothing_on_it_is_saved() -> None:
    """Two lines alone on a sheet look like a mistake; a row less and they are not there."""
    whole = brief(bullets("news", 10), Section.of(Items(items=()), slot="end", title="End"), pages=["news 8"])
    fitted = fitting.fit(whole.model_copy(update={"page_budget": 9}), Desk())
    assert len(words(fitted, "news")) == 8


def test_nothing_is_left_out_to_save_a_page_that_says_something() -> None:
    """Two lines of ten on a last page within the budget are read; leaving them out would cost more than white."""
    whole = brief(bullets("news", 10), bullets("end", 2), pages=["news 8", "news 5"])
    assert fitting.fit(whole, Desk()) == whole


def test_a_picture_gives_way_to_what_follows_where_a_page_would_be_left_half_empty() -> None:
    """Four lines move up into the gap before it; nothing else changes its place, and nothing moves without need."""
    picture = Section.of(Prose(paragraphs=((Text(text="A map"),),)), slot="map", title="Map")
    parts = (bullets("news", 6), picture, bullets("places", 4), bullets("gaps", 3), bullets("end", 2))
    whole = brief(*parts).model_copy(update={"page_budget": 9, "fit": Fit(floats=("map",))})
    moved = fitting.fit(whole, Desk(picture=7))
    assert [section.slot for section in moved.sections] == ["news", "places", "map", "gaps", "end"]
    assert fitting.fit(whole, Desk(picture=3)) == whole
    fixed = whole.model_copy(update={"fit": Fit()})
    assert fitting.fit(fixed, Desk(picture=7)) == fixed


def test_a_brief_of_every_day_is_laid_out_two_or_three_times() -> None:
    """What was measured on the whole brief tells which steps it takes; further looks are to be sure."""
    desk = Desk()
    steps = [f"more {keep}" for keep in range(20, 2, -1)]
    fitting.fit(brief(bullets("news", 9), bullets("more", 25), bullets("end", 3), pages=steps), desk)
    assert len(desk.tried) in (2, 3)


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
    cut = trimming.trim(whole, [Step(slot="news", keep=3)])
    assert words(cut, "news") == ["birch", "elm", "fir"]


def note(one: Brief) -> str:
    section = next(section for section in one.sections if section.slot == trimming.LEFT_OUT)
    assert isinstance(section.body, Notice)
    return sentence(section.body.runs, section)


def test_the_note_names_what_is_missing_and_where_it_is() -> None:
    """Rows by number, sections whole, in print order; before the sources; with the files that hold it all."""
    sources = Section.of(Sources(sources=()), slot="sources", title="Sources")
    whole = brief(bullets("news", 5), bullets("more", 2), sources)
    cut = trimming.trim(whole, [Step(slot="news", keep=4), Step(slot="more", keep=0), Step(slot="news", keep=2)])
    assert [section.slot for section in cut.sections] == ["news", "left_out", "sources"]
    assert note(cut).startswith(
        "Left out for room: the section “More”; three items of “News”. All of it stands in annex.txt"
    )
    assert "figures.csv" in note(cut)
    assert "claims.json" in note(cut)
    assert "maple" not in annex(cut).decode()
    assert all(word in annex(whole).decode() for word in WORDS[:5])


def test_an_empty_section_that_is_dropped_is_no_loss() -> None:
    """Nothing was said there, so nothing is missing."""
    whole = brief(bullets("news", 2), bullets("more", 0))
    assert trimming.trim(whole, [Step(slot="more", keep=0)]) == whole


def test_s10_a_table_without_end_is_cut_and_says_so() -> None:
    """Whatever its type allows, no brief prints twenty thousand rows; the annex has them all."""
    rows = tuple(Row(cells=((Name(text=f"office {n}"),),)) for n in range(20_000))
    whole = brief(Section.of(Table(columns=(Column(label="Who"),), rows=rows), slot="list", title="Offices"))
    cut = trimming.trim(whole, ())
    assert len(cut.sections[0].body.rows) == 500
    assert note(cut).startswith(
        "Left out to keep to what matters most: more than a hundred rows of “Offices”. All of it"
    )
    assert "office 19999" in annex(whole).decode()


def cited(*numbers: int) -> Cite:
    return Cite(documents=tuple(f"doc{number}" for number in numbers))


def test_citations_and_documents_nowhere_cited_give_way_too() -> None:
    """Every number that stands in the text keeps its entry in the list of sources."""
    held = tuple(Source(document=f"doc{n}", publisher="P", title=f"T{n}", sha256="0" * 64) for n in range(6))
    said = Section.of(Prose(paragraphs=((Text(text="So"), cited(3, 1, 2)),)), slot="news", documents=held)
    whole = brief(said, Section.of(Sources(sources=held), slot="sources", title="Sources"))
    cut = trimming.trim(whole, [Step(slot="citations", keep=2), Step(slot="sources", keep=0)])
    news, left, sources = cut.sections
    assert [run.documents for run in runs_of(news.body) if isinstance(run, Cite)] == [("doc3", "doc1")]
    assert [source.document for source in sources.body.sources] == ["doc1", "doc3"]
    assert "four documents read and not cited of “Sources”" in note(cut)
    assert "No statement here cites more than two documents, but for one for each count it gives." in note(cut)
    assert not [finding for finding in check.check(cut) if finding.level == "stop"]
    assert left.kind == "notice"


def test_nothing_is_said_of_a_cap_on_citations_that_nothing_reaches() -> None:
    """A note of what gives way is of what did."""
    said = Section.of(Prose(paragraphs=((Text(text="So"), cited(1, 2, 3)),)), slot="news")
    assert trimming.trim(brief(said), [Step(slot="citations", keep=3)]) == brief(said)


def test_the_line_beneath_a_chart_names_every_document_it_is_drawn_from() -> None:
    """A cap on citations is one on statements: a bar whose source is not told could not be looked up."""
    drawn = Chart(chart="ranges", message=(Text(text="Who counts what"),), source=(cited(1, 2, 3),))
    said = Prose(paragraphs=((Text(text="So"), cited(1, 2, 3)),))
    cut = trimming.trim(brief(Section.of(said, slot="news"), Section.of(drawn, slot="drawn")), [
        Step(slot="citations", keep=1)
    ])  # fmt: skip
    found = {one.slot: [run.documents for run in runs_of(one.body) if isinstance(run, Cite)] for one in cut.sections}
    assert (found["news"], found["drawn"]) == ([("doc1",)], [("doc1", "doc2", "doc3")])


def test_citations_that_are_left_tell_both_ends_of_a_range() -> None:
    """Two documents carry the army's word and one the hospital's: of two citations, one is for each."""
    told = (("doc1", "army", 18), ("doc2", "army", 18), ("doc3", "hospital", 11))
    claims = tuple(word(document, who, count) for document, who, count in told)
    said = Section.of(Prose(paragraphs=((Text(text="So"), cited(1, 2, 3)),)), slot="news", claims=claims)
    (news, *_) = trimming.trim(brief(said), [Step(slot="citations", keep=2)]).sections
    assert [run.documents for run in runs_of(news.body) if isinstance(run, Cite)] == [("doc1", "doc3")]


def test_each_count_that_is_printed_keeps_a_citation_whatever_the_cap() -> None:
    """One citation for a row of two claimants would leave the number of one of them without a source."""
    told = (("doc1", "army", 18), ("doc2", "army", 18), ("doc3", "hospital", 11))
    claims = tuple(word(document, who, count) for document, who, count in told)
    both = (ClaimRef(claim="c-doc1"), Text(text=" or "), ClaimRef(claim="c-doc3"))
    row = Row(cells=(both, (cited(1, 2, 3),)))
    table = Section.of(Table(columns=(Column(label="Dead"), Column(label="Sources")), rows=(row,)), slot="table",
                       claims=claims)  # fmt: skip
    said = Prose(paragraphs=((ClaimRef(claim="c-doc3"), cited(1, 2, 3), Text(text="; "), *both, cited(1, 2, 3)),))
    cut = trimming.trim(brief(table, Section.of(said, slot="news", claims=claims)), [Step(slot="citations", keep=1)])
    found = {one.slot: [run.documents for run in runs_of(one.body) if isinstance(run, Cite)] for one in cut.sections}
    assert found["table"] == [("doc1", "doc3")]
    assert found["news"] == [("doc3",), ("doc1", "doc3")]
    assert "cites more than one document, but for one for each count it gives." in note(cut)


def word(document: str, who: str, count: int) -> Claim:
    """Return what an office says of people killed, as one document has it."""
    dead = f"{count} people"
    return Claim(
        id=f"c-{document}", document_id=document, quote=dead, sentence=f"{dead} died, the {who} said.", start=0,
        end=len(dead), outcome="killed", group="civilians", low=count, high=count, modifier="exact", claimant=who,
        rule="story", publisher="P",
    )  # fmt: skip


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
    theme = themes.load_theme("plain")
    with pdf.Printer() as printer:
        fitted = fitting.fit(whole, lambda tried: printer.layout(printer.render(tried, theme=theme)))
        html = printer.render(fitted, theme=theme)
        outline = printer.layout(html)
        made = pdf.print_pdf(html, pdf.About("t", "a", "en", invented.AS_OF), printer=printer)
    pages = printed.text(made).split("\f")
    assert len(pages) == outline.pages == budget
    assert {page for page, _, _ in outline.spans["casualties"]} == {1}
    assert "Left out for room" in pages[-1].replace("\n", "")
    assert check.check_pages(fitted, len(pages)) == ()


def test_a_page_that_begins_within_a_section_names_it_and_no_other_page_does() -> None:
    """Lists, tables and sources alike: the running head says what goes on, for a list has no head to repeat."""
    whole = brief(*flood(6), bullets("more", 60)).model_copy(update={"page_budget": 60})
    titles = {section.slot: section.title for section in whole.sections}
    theme = themes.load_theme("plain")
    with pdf.Printer() as printer:
        html = printer.render(whole, theme=theme)
        outline = printer.layout(html)
        made = pdf.print_pdf(html, pdf.About("t", "a", "en", invented.AS_OF), printer=printer)
    spans = [(page, top, slot) for slot in titles for page, top, _ in outline.spans.get(slot, ())]
    begun = {slot: min(page for page, _, other in spans if other == slot) for slot in titles}
    seen = set()
    for number, text in enumerate(printed.text(made).split("\f"), 1):
        first = min((top, slot) for page, top, slot in spans if page == number)[1]
        goes_on = begun[first] < number
        assert [one for one in titles.values() if f"{one} (continued)" in text] == [titles[first]] * goes_on
        seen.add(goes_on and type(next(one.body for one in whole.sections if one.slot == first)))
    assert {False, Table, Items} <= seen


@pytest.mark.parametrize("theme", ["plain", "gazette"])
def test_an_urdu_page_one_holds_what_it_must_when_it_replaces_another(theme: str) -> None:
    """Nastaliq is tall, and the word that this version corrects another takes a line more of the same page.

    So does the word that another has taken its place, with which it is printed once more as it was fitted.
    """
    weekly = load_type(Path(__file__).parents[1] / "templates" / "weekly")
    whole = brief(*flood(2))
    head = whole.masthead.model_copy(
        update={"language": "ur", "version": 2, "supersedes": whole.masthead.edition_id, "issue": "correction"}
    )
    whole = whole.model_copy(update={"masthead": head, "fit": weekly.fit, "page_budget": weekly.page_budget})
    style = themes.load_theme(theme)
    with pdf.Printer(fonts=style.fonts) as printer:
        fitted = fitting.fit(whole, lambda tried: printer.layout(printer.render(tried, theme=style)))
        marked = {"state": "superseded", "supersedes": None, "superseded_by": head.edition_id}
        late = fitted.model_copy(update={"masthead": head.model_copy(update=marked)})
        outlines = [printer.layout(printer.render(one, theme=style)) for one in (fitted, late)]
    for outline in outlines:
        assert {page for page, _, _ in outline.spans["casualties"]} == {1}
        assert outline.pages <= weekly.page_budget
