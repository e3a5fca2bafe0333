"""Notebooks before and after a run: findings without a kernel, harvest, completeness."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefings.errors import ContractError, NotebookError
from briefings.notebook.brief import BriefType, load_type, parse_type
from briefings.notebook.cells import parse_notebook, places
from briefings.notebook.notebook import check_notebook, harvest, require_complete
from briefings.sections import MIME, Prose, Section, Text

ROOT = Path(__file__).parents[1]
KIND = parse_type(
    """
    title = "Trial"
    notebooks = ["trial.ipynb"]
    [parameters.date]
    type = "date"
    default = "today"
    [parameters.rows]
    type = "int"
    default = 10
    [parameters.places]
    type = "list"
    optional = true
    [slots.bottom_line]
    kind = "prose"
    [slots.gaps]
    kind = "items"
    """,
    name="trial",
    where="trial/brief.toml",
)
PARAMETERS = 'brief = "x"\ndate = "2026-01-31"\nrows = 10\nplaces = None'
PAYLOAD = Section.of(Prose(paragraphs=((Text(text="All quiet."),),)), slot="bottom_line").payload()


def code(source: str, *outputs: Any, tags: tuple[str, ...] = (), ran: int | None = None) -> dict[str, Any]:
    metadata = {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "source": source,
        "metadata": metadata,
        "outputs": list(outputs),
        "execution_count": ran,
    }


def words(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def text(*cells: dict[str, Any], **top: Any) -> str:
    numbered = [{"id": f"c{number}", **cell} for number, cell in enumerate(cells, 1)]
    return json.dumps({"cells": numbered, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **top})


def found(tmp_path: Path, whole: str, kind: BriefType = KIND) -> list[str]:
    path = tmp_path / "trial.ipynb"
    path.write_text(whole, encoding="utf-8")
    return [
        f"{one.level} {one.code} {one.where.removeprefix(str(tmp_path) + '/')}: {one.message}"
        for one in check_notebook(path, kind)
    ]


def checked(tmp_path: Path, *sources: str) -> list[str]:
    """Return the findings on code cells below a heading, the first of them cell 3; a last one fills some slot."""
    cells = [code(PARAMETERS, tags=("parameters",)), words("# Toll"), *map(code, [*sources, "make(slot=named)"])]
    return found(tmp_path, text(*cells))


# ── before any kernel ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["events", "casualties", "background"])
def test_shipped_notebooks_have_no_findings(name: str) -> None:
    """The notebooks of the daily brief keep their own contract."""
    daily = load_type(ROOT / "templates" / "daily")
    assert check_notebook(ROOT / "notebooks" / f"{name}.ipynb", daily) == ()


def test_a_good_notebook_has_no_findings(tmp_path: Path) -> None:
    """Magics, awaits, sections shown last or by display() are all in order."""
    sources = [
        "%matplotlib inline\nimport asyncio\nawait asyncio.sleep(0)",
        'display(gaps(desk, slot="gaps"))\nbottom_line(desk, slot="bottom_line")',
        'x = "the ; of a text"',
    ]
    assert checked(tmp_path, *sources) == []


def test_a_missing_notebook(tmp_path: Path) -> None:
    """A notebook that is not there is one finding that stops."""
    (finding,) = check_notebook(tmp_path / "trial.ipynb", KIND)
    assert (finding.level, finding.code) == ("stop", "NOTEBOOK_MISSING")
    assert finding.message == (
        "there is no notebook 'trial.ipynb'; put the file there, or correct `notebooks` in brief.toml"
    )


@pytest.mark.parametrize(
    ("whole", "why"),
    [
        (text(code("x = 1"))[:-20], "it is cut off or not JSON: "),
        ("[1, 2]", "it holds no list of cells"),
        ("[" * 100_000, "it is cut off or not JSON: "),
        (text(code("x = 1"), nbformat=3), "its format is 3; only format 4 is read"),
        (text(code("x = 1"), {**code("y = 2"), "id": "c1"}), "cells 1 and 2 have the same id 'c1'"),
        (text({"cell_type": "code", "source": "x"}), "cell 1: 'metadata' is a required property"),
        (text(code("x", {"output_type": "stream", "text": 3})), "cell 1: 'name' is a required property"),
    ],
)
def test_a_file_that_is_no_notebook(tmp_path: Path, whole: str, why: str) -> None:
    """Cut off, of another format, with duplicate ids or against the schema: told before any kernel starts."""
    (finding,) = found(tmp_path, whole)
    assert finding.startswith("stop NOTEBOOK_INVALID trial.ipynb: trial.ipynb is not a valid notebook; ")
    assert why in finding
    assert finding.endswith("; restore the file from version control, or save it again from Jupyter")


def test_older_formats_get_ids_by_position() -> None:
    """A notebook without cell ids is read the same way every time."""
    cells = [code("x = 1"), words("# T")]
    whole = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 2})
    first, second = parse_notebook(whole, "old.ipynb"), parse_notebook(whole, "old.ipynb")
    assert [cell.id for cell in first.cells] == ["cell-1", "cell-2"]
    assert first == second


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        (
            [code("x = 1")],
            "stop PARAMETERS_CELL trial.ipynb: no code cell is tagged 'parameters'; tag the cell that assigns the "
            "parameters",
        ),
        (
            [code(PARAMETERS, tags=("parameters",)), code(PARAMETERS, tags=("parameters",))],
            "stop PARAMETERS_CELL trial.ipynb, cell 2: cell 1 is tagged 'parameters' already; keep one such cell",
        ),
        (
            [code(PARAMETERS + "\nimport os", tags=("parameters",))],
            "stop PARAMETERS_LITERAL trial.ipynb, cell 1, line 5: only `name = value` may stand here; "
            "move the rest down",
        ),
        (
            [code(PARAMETERS.replace('"2026-01-31"', "today()"), tags=("parameters",))],
            "stop PARAMETERS_LITERAL trial.ipynb, cell 1, line 2: date must be a plain value, not an expression: "
            "it is replaced",
        ),
        (
            [code(PARAMETERS.replace("rows", "row"), tags=("parameters",))],
            "stop PARAMETER_UNKNOWN trial.ipynb, cell 1, line 3: brief.toml declares no parameter row; did you mean "
            "rows?; declare it there or move it down",
        ),
        (
            [words("# Top"), code(PARAMETERS.replace("10", '"ten"'), tags=("parameters",))],
            "stop PARAMETER_TYPE trial.ipynb, cell 2 (under “Top”), line 3: rows is of type int in brief.toml, but str "
            "here; write `rows = 10`",
        ),
        (
            [code('brief = "x"\nrows = 1\nplaces = ["a"]', tags=("parameters",))],
            "note PARAMETER_UNUSED trial.ipynb, cell 1: the brief's parameter 'date' is not assigned here",
        ),
        (
            [code('brief = "x"\nrows = 1\nplaces = ["a"]', tags=("parameters",)), code("day = date[:4]")],
            "stop PARAMETER_MISSING trial.ipynb, cell 1: date is a parameter of the brief and used below, but not "
            'assigned here; add `date = "2026-01-31"`, or run `briefings check --fix`',
        ),
        (
            [code(PARAMETERS, tags=("parameters",)), code(PARAMETERS, tags=("injected-parameters",))],
            "stop PARAMETERS_INJECTED trial.ipynb, cell 1: this is an executed copy: it holds parameters of a former "
            "run; edit the notebook it came from",
        ),
        (
            [code(PARAMETERS, tags=("parameters",), ran=3)],
            "warn OUTPUTS_KEPT trial.ipynb: outputs of a former run are kept in cell 1; "
            "clear all outputs before saving",
        ),
    ],
)
def test_the_parameters_cell(tmp_path: Path, cells: list[dict[str, Any]], finding: str) -> None:
    """One tagged cell of plain values, agreeing with brief.toml in names and types; no outputs kept."""
    assert finding in found(tmp_path, text(*cells))


def test_another_language(tmp_path: Path) -> None:
    """A notebook for another kernel is refused by name."""
    metadata = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    whole = text(code(PARAMETERS, tags=("parameters",)), metadata=metadata)
    assert found(tmp_path, whole)[0] == (
        "stop KERNEL_LANGUAGE trial.ipynb: the notebook is written for R; notebooks of a brief run on Python"
    )


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        (
            "x = (1,\n",
            "stop CELL_SYNTAX {at}, line 1: the cell is not valid Python: '(' was never closed; mend the line",
        ),
        (
            "from datetime import datetime as dt\n\nnow = dt.now()",
            "warn CLOCK {at}, line 3: datetime.datetime.now() reads the clock; take `date` or `as_of`, so the brief "
            "can be made again",
        ),
        (
            "import pandas as pd\npd.Timestamp.today()",
            "warn CLOCK {at}, line 2: pandas.Timestamp.today() reads the clock; take `date` or `as_of`, so the brief "
            "can be made again",
        ),
        (
            "import urllib.request",
            "warn NETWORK {at}, line 1: urllib.request reaches the network; collect into the store and read the desk",
        ),
        (
            "from requests import get",
            "warn NETWORK {at}, line 1: requests reaches the network; collect into the store and read the desk",
        ),
        (
            'import pandas\npandas.read_csv("https://example.org/x.csv")',
            "warn NETWORK {at}, line 2: an address is read; collect it into the store first",
        ),
        ("%pip install x", "warn NETWORK {at}, line 1: %pip installs while the brief is made"),
        ("!ls", "warn SHELL {at}, line 1: a shell line depends on the machine; do it in Python"),
        ("%%bash\nls", "warn SHELL {at}, line 1: a shell line depends on the machine; do it in Python"),
        (
            "import sys\nsys.exit(0)",
            "warn EXITS {at}, line 2: sys.exit() ends the run early; let the cells below decide",
        ),
        (
            'n = input("?")',
            "stop ASKS {at}, line 1: input() asks, but nobody answers; declare a parameter instead",
        ),
        (
            'make(slot="botom_line")',
            "stop SLOT_UNKNOWN {at}, line 1: a 'trial' brief has no slot 'botom_line'; did you mean bottom_line?; use "
            "one of bottom_line, gaps",
        ),
        (
            'make(slot="gaps");',
            "stop SECTION_HIDDEN {at}, line 1: the semicolon hides the section from the brief; remove it",
        ),
        (
            'make(slot="gaps")\nx = 1',
            "stop SECTION_HIDDEN {at}, line 1: only the last line of a cell is shown; move it last or use display()",
        ),
    ],
)
def test_a_cell_that_will_not_do(tmp_path: Path, source: str, finding: str) -> None:
    """Each finding names cell, heading and line, and what would be right; nothing was run to find it."""
    assert checked(tmp_path, source) == [finding.format(at="trial.ipynb, cell 3 (under “Toll”)")]


def test_a_notebook_that_fills_no_slot_is_told(tmp_path: Path) -> None:
    """A brief would run it for nothing; one that no brief runs may be there to look around."""
    runs = text(code(PARAMETERS, tags=("parameters",)), code("desk.figures()"))
    (told,) = found(tmp_path, runs)
    assert told == (
        "warn SLOTS_NONE trial.ipynb: no cell fills a slot, so that nothing of it reaches a 'trial' brief; end a cell "
        "in a section with slot='bottom_line' or another of its slots"
    )
    usual = text(code(PARAMETERS, tags=("parameters",)), code("from briefings.builders import gaps\ngaps(desk)"))
    assert found(tmp_path, usual) == []

    elsewhere = KIND.model_copy(update={"notebooks": ("other.ipynb",)})
    assert found(tmp_path, runs, elsewhere) == []


def test_a_slot_filled_by_two_cells(tmp_path: Path) -> None:
    """The second cell that fills a slot is named with the first."""
    assert checked(tmp_path, 'make(slot="gaps")', 'make(slot="gaps")') == [
        "warn SLOT_TWICE trial.ipynb, cell 4 (under “Toll”), line 1: slot 'gaps' is filled by cell 3 already"
    ]


# ── harvest ─────────────────────────────────────────────────────────────────────────────────────────


def shown(bundle: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": bundle}


def executed(*outputs: dict[str, Any]) -> Any:
    cells = [
        code("brief = 1", tags=("parameters",), ran=1),
        code("brief = 2", tags=("injected-parameters",), ran=2),
        words("# **Now**"),
        code("section", *outputs, ran=3),
    ]
    return parse_notebook(text(*cells), "trial.ipynb")


def test_only_our_own_type_is_taken() -> None:
    """HTML, text and other types are never read; cells are numbered as in the notebook on disk."""
    other = {"text/html": "<script>", "application/json": {"slot": "gaps"}, "text/plain": "x"}
    (one,) = harvest(executed(shown(other), shown({MIME: PAYLOAD, **other})), "trial.ipynb")
    assert one.section.payload() == PAYLOAD
    assert one.place == "trial.ipynb, cell 3 (under “Now”)"


def test_the_version_we_read_wins_over_another_beside_it() -> None:
    """A bundle may carry two versions; one with only another version is refused by name."""
    newer = MIME.replace("v1", "v2")
    assert len(harvest(executed(shown({MIME: PAYLOAD, newer: {}})), "trial.ipynb")) == 1
    with pytest.raises(ContractError) as caught:
        harvest(executed(shown({newer: {}})), "trial.ipynb")
    assert str(caught.value) == (
        "CONTRACT_VERSION: the section is written in version 2 of the contract; version 1 is read here\n"
        "  where: trial.ipynb, cell 3 (under “Now”)\n"
        "  try: use one version of Briefings for notebook and brief"
    )


@pytest.mark.parametrize(
    ("change", "what", "inside"),
    [
        (
            {"body": {"paragraphs": [[{"t": "text", "text": "Some 10 died."}]]}},
            "CONTRACT_BODY: the body of a 'prose' section is not valid: bare number in 'Some 10 died.'",
            ", paragraphs.0.0.text",
        ),
        ({"kind": "poem"}, "CONTRACT_KIND: unknown section kind 'poem'", ""),
        ({"colour": "red"}, "CONTRACT_BODY: the section is not valid: Extra inputs are not permitted", ", colour"),
        (
            {"body": {"paragraphs": [[{"t": "figure", "figure": "f1"}]]}},
            "CONTRACT_BODY: the section is not valid: section 'bottom_line' places figure 'f1', "
            "which it does not carry",
            "",
        ),
    ],
)
def test_an_invalid_section_is_refused(change: dict[str, Any], what: str, inside: str) -> None:
    """A payload that no builder made is checked as strictly as in a cell, and the place inside it is named."""
    with pytest.raises(ContractError) as caught:
        harvest(executed(shown({MIME: {**PAYLOAD, **change}})), "trial.ipynb")
    assert str(caught.value).startswith(what)
    assert caught.value.where == "trial.ipynb, cell 3 (under “Now”)" + inside


# ── completeness ────────────────────────────────────────────────────────────────────────────────────


def test_a_notebook_run_by_other_means_may_be_complete() -> None:
    """A plain executed notebook, without any record of ours, counts when every cell ran."""
    require_complete(executed(), "trial.ipynb")


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (
            code("x = 1"),
            "NOTEBOOK_INCOMPLETE: trial.ipynb did not run to its end: cell 2 never completed\n"
            "  where: trial.ipynb, cell 2 (under “Now”)\n"
            "  try: run the notebook again; a cell meant to be left out is tagged skip-execution",
        ),
        (
            code("1/0", {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "no", "traceback": []}, ran=1),
            "CELL_RAISED: trial.ipynb stopped at cell 2: ZeroDivisionError: no\n"
            "  where: trial.ipynb, cell 2 (under “Now”)\n"
            "  try: mend the cell and run again",
        ),
        (
            code(
                "desk.frame('claim')",
                {
                    "output_type": "error",
                    "ename": "UsageError",
                    "traceback": [],
                    "evalue": "UNKNOWN_FRAME: there is no frame 'claim'\n  why: the frames are: claims\n"
                    "  try: show desk.frames",
                },
                ran=1,
            ),
            "CELL_RAISED: trial.ipynb stopped at cell 2: UNKNOWN_FRAME: there is no frame 'claim'\n"
            "  where: trial.ipynb, cell 2 (under “Now”)\n"
            "  why: the frames are: claims\n"
            "  try: show desk.frames",
        ),  # what our own error says stands in the fields of this one
        (
            code("exit", {"output_type": "error", "ename": "SystemExit", "evalue": "0", "traceback": []}, ran=1),
            "NOTEBOOK_EXITED: trial.ipynb left early: cell 2 ended the run\n"
            "  where: trial.ipynb, cell 2 (under “Now”)\n"
            "  why: sys.exit() or exit() was called, so the cells below never ran\n"
            "  try: remove the call; put what must not run under an `if`",
        ),
        (
            code("t", {"output_type": "stream", "name": "stderr", "text": "Exception in thread T (f):\n  x"}, ran=1),
            "BACKGROUND_FAILED: something failed in the background of trial.ipynb: cell 2: Exception in thread T (f)\n"
            "  where: trial.ipynb\n"
            "  try: wait for threads and tasks in the cell that starts them, so that it fails with them",
        ),
    ],
)
def test_an_incomplete_run_is_refused(cell: dict[str, Any], message: str) -> None:
    """Each of these is a success to papermill."""
    nb = parse_notebook(text(words("# Now"), cell), "trial.ipynb")
    with pytest.raises(NotebookError) as caught:
        require_complete(nb, "trial.ipynb")
    assert str(caught.value) == message


def test_cells_left_out_on_purpose_and_empty_cells_do_not_count() -> None:
    """A cell tagged skip-execution, an empty cell and prose need not have run."""
    nb = parse_notebook(text(code("x", tags=("skip-execution",)), code("  "), words("a")), "trial.ipynb")
    require_complete(nb, "trial.ipynb")


def test_headings_are_the_nearest_above() -> None:
    """The last heading of the last text cell counts, without its marks; plain text leaves it standing."""
    cells = [words("# One"), code("a"), words("## Two *x*\n\n### Three ###"), words("text"), code("b")]
    nb = parse_notebook(text(*cells), "trial.ipynb")
    assert [(at.number, at.heading) for at in places(nb) if at.cell.cell_type == "code"] == [(2, "One"), (5, "Three")]
