"""An author's words checked before anything runs: numbers typed, references that are none, sections of another kind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefings.authoring import gallery
from briefings.builders import MAKES
from briefings.building.braces import KINDS, PREFIXES, no_reference
from briefings.building.prose_lint import findings
from briefings.building.references import References
from briefings.desks.columns import FRAMES
from briefings.notebook.brief import parse_type
from briefings.notebook.cells import parse_notebook

KIND = parse_type(
    """
    title = "Trial"
    notebooks = ["trial.ipynb"]
    [slots.lead]
    kind = "prose"
    [slots.points]
    kind = "items"
    [slots.toll]
    kind = "table"
    """,
    name="trial",
    where="trial/brief.toml",
)


def told(*sources: str) -> list[str]:
    """Return what is told of the cells of a notebook, with the line of each."""
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"c{at}", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for at, source in enumerate(["from briefings.builders import *", *sources])
    ]
    nb = parse_notebook(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "t.ipynb")
    return [f"{one.code} {one.where.rpartition(', ')[2]}: {one.message}" for one in findings(nb, "t.ipynb", KIND)]


def test_words_by_reference_are_in_order() -> None:
    """Figures, days, rows, names given by keyword, a brace that is one, and what code puts together."""
    assert (
        told(
            'prose(desk, "On {date|weekday} {civilians/killed} died in {place:Kesh}; {towns/attacked}, {1a2b3c4d}.", '
            'slot="lead")',
            'prose(desk, "In {where} and {n} more {{}}.", slot="lead", where=where, n=n)',
            'prose(desk, text, slot="lead", **given)',
            'prose(desk, f"{words} and {{civilians/killed}}.", slot="lead")',
            "n = desk.figure('civilians', 'killed')\n",
            "%%prose lead In short\nSome {n} were hurt.",
        )
        == []
    )


def test_each_number_day_and_loaded_word_is_told_with_its_line() -> None:
    """All of a text at once, in the order in which they stand, each with what to write."""
    text = '"""\nIn all 64 people died.\n\nOn 3 May {date} terrorists fled. Three guards fell.\n"""'
    assert [one.partition(";")[0] for one in told(f'prose(desk, {text}, slot="lead")')] == [
        "PROSE line 2: character 9: '64' is a bare number",
        "PROSE line 4: character 29: '3 May' is a day typed by hand",
        "PROSE line 4: character 42: 'terrorists' takes a side",
        "PROSE line 4: character 59: 'Three guards' counts people in words",
    ]


def test_words_are_read_wherever_they_stand_plainly() -> None:
    """In a list, in a name given a value once, in a caption, in a cell of prose; not in a name that changes."""
    (one,) = told('told = ["None.", "Some 5."]', 'items(desk, told, slot="points")')
    assert one.startswith("PROSE line 1: character 6: '5' is a bare number")
    (one,) = told('table(desk, frame, slot="toll", caption="The 5 worst.")')
    assert one.startswith("PROSE line 1: character 5: '5' is a bare number")
    (one,) = told("%%prose lead\n\nSome 5.")
    assert one.startswith("PROSE line 3: character 7: '5' is a bare number")
    assert told('words = "Some 5."', 'words = "None."', 'prose(desk, words, slot="lead")') == []


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("civilian/killed", "'civilian' is no group; did you mean 'civilians'?"),
        ("civilians/dead", "'dead' is no outcome; did you mean 'killed'?"),
        ("by:soldiers/killed", "'soldiers' is no group; did you mean 'state_forces'?"),
        ("regon", "there is no reference {regon}; did you mean 'region'?"),
        ("plce:Kesh", "'plce' is no kind of reference; did you mean 'place'?"),
        ("date|weekdays", "|weekdays is no way to write it; did you mean 'weekday'?"),
        ("wher", "there is no reference {wher}; did you mean 'where'?"),
    ],
)
def test_a_reference_that_is_none_is_told_with_what_was_meant(reference: str, why: str) -> None:
    """Without a desk: what no desk would know."""
    (one,) = told(f'prose(desk, "So {{{reference}}}.", slot="lead", where=where)')
    assert one == f"PROSE line 1: character 4: {why}"


def test_a_brace_that_was_not_closed_is_told() -> None:
    """Of a reference that is still being typed, and of one too many."""
    assert told('prose(desk, "So {date and {date}}}.", slot="lead")') == [
        "PROSE line 1: character 4: '{' stands alone; write its other half, or {{ for the brace"
    ]
    (one,) = told("%%prose lead\nSo {date}} or }}.")
    assert one.startswith("PROSE line 2: character 10: '}' stands alone")


def test_titles_hold_words_alone() -> None:
    """Of any builder, and of a cell of prose; a word that is no number may be what it likes."""
    (one,) = told('casualty_table(desk, slot="toll", title="Dead of 31 January")')
    assert one.startswith("TITLE_NUMBER line 1: title 'Dead of 31 January': '31 January' is a day typed by hand; ")
    (one,) = told("%%prose lead Top 10\nQuiet.")
    assert one.startswith("TITLE_NUMBER line 1: title 'Top 10': '10' is a bare number; ")
    (one,) = told('casualty_table(desk, slot="toll", title="Nine soldiers dead")')
    assert "'Nine soldiers' counts people in words" in one
    assert told('casualty_table(desk, slot="toll", title="Dead and hurt")') == []


def test_a_section_of_another_kind_is_told_before_it_is_made() -> None:
    """With the slots that would take it, or the command that adds one."""
    (one,) = told('prose(desk, "Quiet.", slot="points")')
    assert one == (
        "SLOT_KIND line 1: slot 'points' takes a section of kind 'items', and prose() makes 'prose'; slots of that "
        "kind are lead"
    )
    (one,) = told('claims_chart(desk, slot="toll")')
    assert one.endswith("; briefings new section NAME --kind chart")
    assert told('prose(desk, "Quiet.", slot="elsewhere")', 'other.prose("9", slot="points")') == []


def test_what_is_known_beforehand_is_what_comes_about() -> None:
    """The kinds of builders are those of their sections, and the references those that a desk resolves."""
    examples = gallery.examples()
    assert {one.name: one.section.kind for one in examples} == MAKES
    resolved = References(gallery.demo_desk())
    assert set(PREFIXES) == set(resolved.kinds)
    assert [kind for kind in KINDS if kind not in FRAMES and "/" not in kind and no_reference(kind + ":x", ())] == [
        *("date", "days", "as_of", "region")
    ]
