"""Brief types and assembling: what brief.toml may say, and each way in which sections break its promise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefings.errors import ConfigError, ContractError
from briefings.model import Window
from briefings.notebook.brief import BriefType, Harvested, Masthead, assemble, contract_errors, load_type, parse_type
from briefings.page.plain import sentence
from briefings.sections import Item, Items, Notice, Prose, Section, Text

ROOT = Path(__file__).parents[1]
KIND = """
title = "Trial"
notebooks = ["one.ipynb", "two.ipynb"]
on_failure = "stop"
[slots.bottom_line]
kind = "prose"
title = "Bottom line"
[slots.items]
kind = "items"
many = true
required = false
[slots.gaps]
kind = "items"
title = "Gaps"
"""
HEAD = Masthead(
    series="Trial",
    title="Trial",
    kind="trial",
    edition_id="trial-2026-01-31-1",
    as_of=datetime(2026, 1, 31, 18, tzinfo=UTC),
    timezone="UTC",
    region="Nowhere",
    period=Window(start=date(2026, 1, 31), end=date(2026, 1, 31)),
)


def kind(text: str = KIND) -> BriefType:
    return parse_type(text, name="trial", where="trial/brief.toml")


def refused(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        kind(text)
    return str(caught.value)


def prose(slot: str, text: str = "All quiet.", title: str = "") -> Section:
    return Section.of(Prose(paragraphs=((Text(text=text),),)), slot=slot, title=title)


def bullets(slot: str) -> Section:
    return Section.of(Items(items=(Item(runs=(Text(text="A gap."),)),)), slot=slot)


def found(section: Section, cell: int, notebook: str = "one.ipynb", heading: str = "Now") -> Harvested:
    return Harvested(section=section, notebook=notebook, cell=cell, heading=heading)


GOOD = (found(bullets("gaps"), 3, "two.ipynb"), found(prose("bottom_line"), 4))


def broken(*harvested: Harvested) -> str:
    with pytest.raises(ContractError) as caught:
        assemble(kind(), harvested, HEAD)
    return str(caught.value)


# ── brief.toml ──────────────────────────────────────────────────────────────────────────────────────


def test_the_daily_type_is_as_printed() -> None:
    """The shipped daily brief has its slots in print order, at most four pages, and typed parameters."""
    daily = load_type(ROOT / "templates" / "daily")
    assert daily.name == "daily"
    assert daily.page_budget == 4
    kinds = {slot.name: slot.kind for slot in daily.slots}
    order = (
        "bottom_line",
        "key_figures",
        "developments",
        "casualties",
        "competing",
        "timeline",
        "responsibility",
        "locations",
        "impact",
        "background",
        "incidents",
        "context",
        "outlook",
        "gaps",
        "changes",
        "sources",
    )
    assert [name for name in kinds if name in order] == list(order)
    assert [kinds[name] for name in order[:4]] == ["prose", "tiles", "items", "table"]
    required = {slot.name for slot in daily.slots if slot.required}
    assert required == {*order[:6], "background", "gaps", "sources"}
    assert [(one.name, one.type, one.default) for one in daily.parameters] == [
        ("date", "date", "today"),
        ("days", "int", 1),
        ("as_of", "datetime", ""),
        ("language", "str", ""),
        ("judgement", "str", ""),
        ("confidence", "choice", ""),
        ("because", "str", ""),
    ]


@pytest.mark.parametrize(("name", "pages", "days"), [("flash", 2, 1), ("daily", 4, 1), ("weekly", 8, 7)])
def test_three_types_are_made_of_one_set_of_notebooks(name: str, pages: int, days: int) -> None:
    """Each has its budget and period; whatever the notebooks make is printed or left out on purpose."""
    one, daily = load_type(ROOT / "templates" / name), load_type(ROOT / "templates" / "daily")
    assert (one.page_budget, one.notebooks) == (pages, daily.notebooks)
    days_of = one.parameter("days")
    assert days_of is not None
    assert days_of.default == days
    kept = [slot for slot in daily.slots if slot.name not in one.omits]
    assert [slot.name for slot in one.slots] == [slot.name for slot in kept]
    assert one.fit.first == "casualties"
    assert one.fit.page_one
    assert one.fit.pages
    given_up = {step.slot for step in one.fit.pages}
    assert "casualties" not in given_up
    assert "bottom_line" not in given_up


@pytest.mark.parametrize(
    ("fit", "said"),
    [
        ('page_one = ["timeline"]', "does not say what is kept"),
        ('pages = ["timelin 4"]', "there is no slot 'timelin'"),
        ('first = "casualty"', "there is no slot 'casualty'"),
    ],
)
def test_a_step_that_cannot_be_taken_is_named(fit: str, said: str) -> None:
    """A mistake in what gives way is found when brief.toml is read, not on the day there is too much to say."""
    text = (ROOT / "templates" / "daily" / "brief.toml").read_text(encoding="utf-8")
    head, _, rest = text.partition("\n[fit]\n")
    mistaken = f"{head}\n[fit]\n{fit}\n[parameters.date]{rest.partition('[parameters.date]')[2]}"
    with pytest.raises(ConfigError, match=said):
        parse_type(mistaken, name="daily", where="brief.toml")


def test_a_slot_a_type_omits_is_passed_over() -> None:
    """A shared notebook may make more than one type prints; only a name nobody knows is a mistake."""
    flash = kind().model_copy(update={"omits": ("timeline",)})
    brief = assemble(flash, [*GOOD, found(bullets("timeline"), 5)], HEAD)
    assert "timeline" not in [section.slot for section in brief.sections]


def test_every_mistake_of_a_file_is_told_at_once() -> None:
    """Unknown keys, kinds and types come with their key, the nearest name and what would be right."""
    message = refused(
        """
        titel = "Trial"
        notebooks = ["../one.ipynb"]
        pages = 3
        [slots.a]
        kind = "tabel"
        requird = true
        [parameters.rows]
        type = "int"
        default = "many"
        [parameters.class]
        [parameters.brief]
        """
    )
    assert message == (
        "BRIEF_TYPE: brief.toml of 'trial' has 9 mistakes\n"
        "  where: trial/brief.toml\n"
        "  why: \n"
        "    - parameters.rows: the default does not fit: 'many' will not do; expected a whole number such as 7\n"
        "    - parameters.class: 'class' cannot be a parameter: use letters, digits and single underscores\n"
        "    - parameters.brief: 'brief' is set by the run itself and cannot be declared\n"
        "    - slots.a.kind: unknown kind 'tabel'; did you mean table?; there are prose, items, tiles, table, "
        "timeline, chart, map, sources, notice\n"
        "    - slots.a.requird: unknown key; did you mean required?\n"
        "    - title: is missing\n"
        "    - notebooks: '../one.ipynb' is not the name of a notebook: a plain file name ending in .ipynb\n"
        "    - titel: unknown key; did you mean title?\n"
        "    - pages: unknown key"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = ", "brief.toml is not valid TOML"),
        ('title = "T"\nnotebooks = ["a.ipynb"]\n', "slots: a brief needs at least one"),
        ('title = "T"\nnotebooks = []\n[slots.a]\nkind = "prose"\n', "notebooks: a brief needs at least one"),
        (KIND.replace('"two.ipynb"', '"one.ipynb"'), "notebooks: a notebook is named twice"),
        (KIND + 'name = "x"\n', "slots.gaps.name: the name is the one in the head of the table"),
        ('title = "T"\nnotebooks = ["a.ipynb"]\nslots = 3\n', "slots: write one table for each"),
        (KIND.replace('"stop"', '"carry on"'), "on_failure: Input should be 'stop' or 'notice'"),
        (KIND + '[parameters.tone]\ntype = "choice"\n', "parameters.tone: a choice needs `choices`"),
        (KIND + "[parameters.note]\nminimum = 3\n", "`minimum` and `maximum` fit int, float and date, not str"),
    ],
)
def test_a_wrong_file_is_refused(text: str, message: str) -> None:
    """Each mistake names its key and what would be right."""
    assert message in refused(text)


def test_a_type_that_is_not_there(tmp_path: Path) -> None:
    """A folder without brief.toml is no type, and the message says which file is looked for."""
    with pytest.raises(ConfigError) as caught:
        load_type(tmp_path / "weekly")
    assert "there is no brief type 'weekly'" in str(caught.value)
    assert str(tmp_path / "weekly" / "brief.toml") in str(caught.value)


# ── assembling ──────────────────────────────────────────────────────────────────────────────────────


def test_sections_stand_in_print_order_with_the_titles_of_their_slots() -> None:
    """The file decides the order, not the notebooks; a section's own title wins over its slot's."""
    extra = (found(bullets("items"), 6), found(bullets("items"), 7))
    brief = assemble(kind(), [*GOOD, *extra], HEAD, parameters={"date": "2026-01-31"})
    assert [one.slot for one in brief.sections] == ["bottom_line", "items", "items", "gaps"]
    assert [one.title for one in brief.sections] == ["Bottom line", "", "", "Gaps"]
    assert brief.parameters == {"date": "2026-01-31"}
    own = assemble(kind(), [GOOD[0], found(prose("bottom_line", title="In short"), 4)], HEAD)
    assert own.sections[0].title == "In short"
    usual = prose("bottom_line", title="The bottom line").model_copy(update={"usual": True})
    printed = assemble(kind(), [GOOD[0], found(usual, 4)], HEAD).sections[0]
    assert (printed.title, printed.usual) == ("Bottom line", False), "a builder's own title gives way"
    untitled = kind(KIND.replace('title = "Bottom line"\n', ""))
    assert assemble(untitled, [GOOD[0], found(usual, 4)], HEAD).sections[0].title == "The bottom line"


def test_unknown_slot() -> None:
    """A slot the type does not have names the cell and the nearest slot."""
    assert broken(*GOOD, found(prose("botom_line"), 8)) == (
        "CONTRACT_SLOT: a 'trial' brief has no slot 'botom_line'\n"
        "  where: one.ipynb, cell 8 (under “Now”)\n"
        "  try: use one of bottom_line, items, gaps; did you mean bottom_line?"
    )


def test_wrong_kind() -> None:
    """A slot takes its own kind of section only."""
    assert broken(GOOD[0], found(bullets("bottom_line"), 4)) == (
        "CONTRACT_KIND: slot 'bottom_line' takes a 'prose' section, not 'items'\n"
        "  where: one.ipynb, cell 4 (under “Now”)\n"
        "  try: end the cell in a section of kind 'prose', or name another slot"
    )


def test_a_notice_may_stand_in_any_slot() -> None:
    """A notebook may say that there is nothing to show, whatever the slot takes."""
    notice = Section.of(Notice(runs=(Text(text="Nothing reported."),)), slot="bottom_line")
    assert assemble(kind(), [GOOD[0], found(notice, 4)], HEAD).sections[0].kind == "notice"


def test_slot_filled_twice() -> None:
    """The second filling is named together with the first."""
    assert broken(*GOOD, found(prose("bottom_line"), 9, "two.ipynb", "")) == (
        "CONTRACT_TWICE: slot 'bottom_line' is filled twice\n"
        "  where: two.ipynb, cell 9\n"
        "  why: one.ipynb, cell 4 (under “Now”) fills it already\n"
        "  try: remove one of the two cells, or say `many = true` for the slot in brief.toml"
    )


def test_required_slot_empty() -> None:
    """Nothing fills a required slot: the message says how a section reaches the page."""
    assert broken(GOOD[1]) == (
        "CONTRACT_EMPTY: no cell fills the required slot 'gaps'\n"
        "  where: one.ipynb, two.ipynb\n"
        "  why: a section reaches the page only as the last line of its cell, without a semicolon, or through "
        "display()\n"
        "  try: end a cell in a 'items' section with slot='gaps', or say `required = false` in brief.toml"
    )


def test_the_first_error_counts_the_others() -> None:
    """One error is raised, in the order of the notebooks, and tells of the rest."""
    message = broken(found(prose("botom_line"), 8))
    assert message.startswith("CONTRACT_SLOT: ")
    assert "and 2 more: CONTRACT_EMPTY: no cell fills the required slot 'bottom_line'; CONTRACT_EMPTY: " in message
    assert len(contract_errors(kind(), [found(prose("botom_line"), 8)])) == 3


def test_a_failed_notebook_leaves_a_notice_only_if_the_type_says_so() -> None:
    """`on_failure = "notice"` prints a dated box in the slots left empty; otherwise the brief is not assembled."""
    with pytest.raises(ContractError):
        assemble(kind(), [GOOD[1]], HEAD, failures=["two.ipynb"])
    lenient = kind(KIND.replace('"stop"', '"notice"'))
    brief = assemble(lenient, [GOOD[1]], HEAD, failures=["two.ipynb"])
    assert [(one.slot, one.kind, one.title) for one in brief.sections] == [
        ("bottom_line", "prose", "Bottom line"),
        ("gaps", "notice", "Gaps"),
    ]
    notice = brief.sections[1]
    assert isinstance(notice.body, Notice)
    assert sentence(notice.body.runs, notice, zone="UTC") == (
        "This section could not be made, as of 31 January 2026, 18:00 UTC: two.ipynb did not run to its end."
    )
    with pytest.raises(ContractError):
        assemble(lenient, [GOOD[1]], HEAD)
