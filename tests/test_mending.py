"""The parameters cell written and mended from `brief.toml`, and a brief's parameters told as JSON Schema."""

from __future__ import annotations

import ast
import json
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import nbformat
import pytest
from declared import OF_EVERY_TYPE
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from briefings.authoring.editing import as_written, check_notebook
from briefings.authoring.mending import first_values, mend, type_of
from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.desks.opening import desk
from briefings.errors import ConfigError, ParameterError
from briefings.making.planning import brief_type, takes, type_folder
from briefings.notebook import notebook_files, parameter_cells
from briefings.notebook.brief import BriefType, parse_type, resolve
from briefings.notebook.cells import assigned, read_notebook
from briefings.notebook.lint import findings
from briefings.notebook.parameters import offered
from briefings.notebook.schemas import schema

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
TOML = (
    """
title = "Trial"
notebooks = ["trial.ipynb"]
[parameters.date]
type = "date"
default = "today"
help = "The day the brief is about."
[parameters.rows]
type = "int"
default = 10
minimum = 1
maximum = 50
help = "Rows of the table."
[parameters.share]
type = "float"
default = 0.5
minimum = 0
[parameters.beside]
type = "region"
default = ""
optional = true
help = "Another region to look at beside."
[parameters.author]
"""
    + OF_EVERY_TYPE
)
KIND = parse_type(TOML, name="trial", where="trial/brief.toml")
HERE = KIND.model_copy(update={"parameters": offered(KIND.parameters, ["north", "south"])})
START = parameter_cells.starting(HERE, "watch", {"author": "R. Okafor"}, TODAY)


def mended(source: str, kind: BriefType = HERE) -> parameter_cells.Mended:
    found = parameter_cells.mended(source, kind, START, TODAY)
    assert found is not None
    return found


@pytest.fixture
def root(demo: Workspace, tmp_path: Path) -> Path:
    """A workspace to be changed."""
    return Path(shutil.copytree(demo.root, tmp_path / "workspace", ignore=shutil.ignore_patterns("reports")))


# ── regions ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_region_is_one_of_the_workspace() -> None:
    """Its name is held to those there are, with the nearest; a type by itself knows of none and takes any name."""
    given = {"author": "R. Okafor", "beside": "nort"}
    assert resolve(KIND, given, today=TODAY)["beside"] == "nort"
    with pytest.raises(ParameterError, match=r"not offered; did you mean north\?; expected one of north, south"):
        resolve(HERE, given, today=TODAY)
    assert resolve(HERE, {**given, "beside": "south"}, today=TODAY)["beside"] == "south"
    assert resolve(HERE, {"author": "R. Okafor"}, today=TODAY)["beside"] == ""


def test_a_misspelt_moving_day_names_the_nearest() -> None:
    """Words for days that move are checked as names are."""
    with pytest.raises(ParameterError, match=r"'yesteday' will not do; did you mean yesterday"):
        resolve(KIND, {"author": "x", "date": "yesteday"}, today=TODAY)


def test_the_desk_of_another_region_is_opened_beside(root: Path) -> None:
    """A notebook may look at a second region of the workspace; one there is not is named with the nearest."""
    settings = root / "briefings.toml"
    settings.write_text(settings.read_text() + '\n[regions.sindh]\nname = "Sindh"\ncountry = "Pakistan"\n')
    space = load(root)
    CliRunner().invoke(app, ["collect", "-w", str(root)])
    beside = desk("balochistan", date="2026-01-31", region="sindh", workspace=space)
    assert (beside.region.id, beside.brief) == ("sindh", "balochistan")
    assert desk("balochistan", date="2026-01-31", workspace=space).region.id == "balochistan"
    with pytest.raises(ParameterError, match="did you mean 'sindh'") as caught:
        desk("balochistan", date="2026-01-31", region="sind", workspace=space)
    assert caught.value.error_code == "DESK_REGION"


# ── JSON Schema ─────────────────────────────────────────────────────────────────────────────────────


def test_the_schema_is_one_and_says_what_may_be_given() -> None:
    """It is a schema of the draft it names, complete, and takes nothing else."""
    told = schema(HERE, title="Trial")
    jsonschema.Draft202012Validator.check_schema(told)
    assert told["$schema"].endswith("2020-12/schema")
    assert (told["required"], told["additionalProperties"]) == (["author"], False)
    assert told["properties"]["rows"] == {
        "description": "Rows of the table.", "default": 10, "type": "integer", "minimum": 1, "maximum": 50
    }  # fmt: skip
    assert told["properties"]["beside"]["anyOf"] == [{"type": "string", "enum": ["north", "south"]}, {"const": ""}]


VALUES = st.one_of(
    st.booleans(), st.integers(-3, 60), st.floats(-2, 2).filter(lambda one: not one.is_integer()), st.text(max_size=4),
    st.sampled_from(["", "2026-01-31", "today", "+3d", "-7d", "plain", "full", "north", "2026-01-31T18:00"]),
    st.lists(st.text(max_size=3), max_size=2),
)  # fmt: skip


@given(st.sampled_from([one.name for one in HERE.parameters]), VALUES)
def test_what_the_schema_takes_the_brief_takes(name: str, value: object) -> None:
    """No value that a form made from the schema lets through is refused afterwards."""
    values = {"author": "R. Okafor", name: value}
    if jsonschema.Draft202012Validator(schema(HERE)).is_valid(values):
        resolve(HERE, values, today=TODAY)


@given(st.sampled_from([one.name for one in HERE.parameters]), VALUES)
def test_what_the_brief_makes_of_a_value_fits_the_schema(name: str, value: object) -> None:
    """Every value that a run gets is one the schema describes; what was not given is not there."""
    try:
        values = resolve(HERE, {"author": "R. Okafor", name: value}, today=TODAY)
    except ParameterError:
        return
    jsonschema.Draft202012Validator(schema(HERE)).validate(
        {name: value for name, value in values.items() if value is not None}
    )


def test_the_parameters_of_a_brief_are_printed(root: Path) -> None:
    """As a table with the brief's own defaults, as JSON, and as a schema."""
    settings = root / "briefings.toml"
    text = settings.read_text().replace('title = "Balochistan', 'parameters = { days = 3 }\ntitle = "Balochistan', 1)
    settings.write_text(text)
    assert takes(load(root), "balochistan").parameter("days").default == 3  # type: ignore[union-attr]
    run = CliRunner()
    table = run.invoke(app, ["parameters", "balochistan", "-w", str(root)]).stdout.splitlines()
    assert table[0].split("  ")[0] == "name"
    assert [line.split()[:5] for line in table if line.startswith("days ")] == [["days", "int", "3", "1", "to"]]
    told = json.loads(run.invoke(app, ["parameters", "balochistan", "-w", str(root), "--json"]).stdout)
    assert (told["schema"], told["parameters"][1]["default"]) == ("briefings.parameters/v1", 3)
    told = json.loads(run.invoke(app, ["parameters", "balochistan", "-w", str(root), "--schema"]).stdout)
    assert (told["title"], told["properties"]["days"]["default"]) == ("Balochistan: armed attacks", 3)


def test_a_misspelt_type_names_the_nearest(root: Path) -> None:
    """Types of one's own are among those named."""
    (root / "templates" / "monthly").mkdir()
    (root / "templates" / "monthly" / "brief.toml").write_text(TOML)
    with pytest.raises(ConfigError, match="did you mean monthly") as caught:
        type_folder(load(root), "montly")
    assert "daily, flash, monthly, weekly" in str(caught.value)


# ── the cell ────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_cell_has_every_parameter_with_its_meaning() -> None:
    """Names, values and what they may be stand beside each other; what must be given is left to its author."""
    values = parameter_cells.starting(HERE, "watch", {}, TODAY)
    assert parameter_cells.fresh(HERE, values).splitlines() == [
        'brief = "watch"  # set by the run; here the one whose desk is opened while editing',
        'date = "2026-03-01"  # The day the brief is about',
        "rows = 10  # Rows of the table; 1 to 50",
        "share = 0.5  # 0 or more",
        'beside = ""  # Another region to look at beside; north, south',
        "author = None",
        "wide = False",
        'tone = "plain"  # plain, full',
        "places = []",
        "note = None",
    ]


def test_a_cell_that_fits_stays_to_the_letter() -> None:
    """Spaces, quotes, order, comments and annotations are the author's."""
    source = (
        '"""What may be set."""\n# the day\ndate  = \'2026-01-31\'   # Sunday; not Monday\nrows: int = 7\n\n'
        'share = 1; wide = True\ntone = "full"\nplaces = ("a", "b")\nauthor = None'
    )
    assert mended(source) == parameter_cells.Mended(source)


def test_what_does_not_fit_is_put_right_and_told() -> None:
    """Read as its type where it can be, else given way; missing ones are added; other statements are moved out."""
    found = mended(
        'import os\ndate = "today"  # the day\nrows = "7"; share = -1\nwide = not True\ntone = "ful"  # how\n'
        'rose = 3\nplaces = "Kesh, Mand"\nauthor = "R. Okafor"'
    )
    assert found.source == (
        'date = "2026-03-01"  # the day\nrows = 7\nshare = 0.5\nwide = False\ntone = "plain"  # how\n'
        'places = ["Kesh", "Mand"]\nauthor = "R. Okafor"'
    )
    assert found.moved == "import os\nrose = 3"
    assert found.done == (
        "a statement that assigns no parameter was moved into a cell below",
        "date: 'today' is read as date: \"2026-03-01\"",
        "rows: '7' is read as int: 7",
        "share: -1.0 is out of bounds; expected a number such as 0.5, not below 0; 0.5 instead",
        "wide: 'not True' is an expression; False instead",
        "tone: 'ful' is not offered; did you mean full?; expected one of plain, full; \"plain\" instead",
        "rose: brief.toml declares no such parameter; did you mean rows?; moved into a cell below",
        'places: \'Kesh, Mand\' is read as list: ["Kesh", "Mand"]',
    )
    assert mended(found.source).done == ()


def test_a_mistyped_parameter_gets_its_name() -> None:
    """With its value and what is said beside it; not where other cells read it as it is, nor where the right one is."""
    fixed = mended('brief = "watch"\nrws = 12  # not many\n')
    assert "rws: is rows, mistyped; it has that name now" in fixed.done
    assert ("rows = 12  # not many" in fixed.source, fixed.moved) == (True, "")
    assert mended("rws: int = 500").source.startswith("rows: int = 10"), "its value is held to the parameter's, too"

    own = parameter_cells.mended("rws = 12", HERE, START, TODAY, read={"rws"})
    assert own is not None
    assert (own.moved, "did you mean rows?; moved into a cell below" in "".join(own.done)) == ("rws = 12", True)
    assert mended("rows = 3\nrws = 12").moved == "rws = 12"


def test_a_missing_parameter_is_added_with_its_meaning() -> None:
    """What may be empty is not asked for; the rest stands below what is there."""
    found = mended(
        'date = "2026-01-31"\nrows = 3  # few\nwide = True\ntone = "plain"\nauthor = ""\nplaces = []  # none'
    )
    assert found.source.endswith("\nplaces = []  # none\nshare = 0.5  # 0 or more")
    assert found.done == ("share: added, as brief.toml declares it",)
    fits = found.source + '\nbeside = ""'
    used = parameter_cells.mended(fits, HERE, START, TODAY, used={"note", "desk"})
    assert used is not None
    assert used.done == ("note: added, as brief.toml declares it",)


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ('# when\ndate, rows = "2026-01-30", 7  # a week', ["# when", 'date = "2026-01-30"', "rows = 7  # a week"]),
        ('(date, rows) = ["2026-01-30", "7"]; wide = True', ['date = "2026-01-30"', "rows = 7", "wide = True"]),
        ('author = tone = "full"', ['author = "full"', 'tone = "full"']),
        ('rose, rows = 1, 7', ["rows = 7"]),
    ],
)  # fmt: skip
def test_parameters_assigned_together_are_taken_apart(source: str, first: list[str]) -> None:
    """They stay in their cell, where a run's values follow them, and nothing undoes those below."""
    found = mended(source)
    assert found.source.splitlines()[: len(first)] == first
    assert found.moved == ("rose = 1" if "rose" in source else "")
    assert "assigned together; each is assigned on a line of its own now" in found.done[0]
    assert [len([one for one in ast.walk(ast.parse(found.source)) if isinstance(one, ast.Name) and one.id == name])
            for name in ("date", "rows", "tone", "author")] == [1, 1, 1, 1]  # fmt: skip
    assert mended(found.source).done == ()


@pytest.mark.parametrize(
    "statement",
    [
        "date, rows = told()", 'date, rows = (\n    "2026-01-30",  # the day\n    7,\n)',
        "for rows in (1, 7): pass", "from datetime import date",
    ],
)  # fmt: skip
def test_what_gives_a_parameter_a_value_otherwise_is_never_moved_below(statement: str) -> None:
    """There it would undo what a run is told; it is left where it is, for the check to name."""
    found = mended(f"import os\n{statement}")
    assert found.source.startswith(statement)
    assert found.moved == "import os"


def test_what_works_a_parameter_out_anew_is_moved_below() -> None:
    """There it sees what a run was told, and the parameter itself stands in its cell."""
    found = mended("rows = 7\nrows += 1\nshare *= 2")
    assert found.moved == "rows += 1\nshare *= 2"
    assert found.source.startswith("rows = 7\n")
    assert "\nshare = 0.5" in found.source


def test_a_cell_of_comments_alone_keeps_them() -> None:
    """What is added stands below them."""
    found = mended("# Set by whoever makes the brief.\n")
    assert found.source.startswith('# Set by whoever makes the brief.\ndate = "2026-03-01"')


def linted(*sources: str) -> list[str]:
    """Return what is wrong with a notebook of a parameters cell that fits and the cells given, code and place."""
    whole = parameter_cells.fresh(HERE, START)
    cells = [
        nbformat.v4.new_code_cell(whole, metadata={"tags": ["parameters"]}),
        *map(nbformat.v4.new_code_cell, sources),
    ]
    return [f"{one.code} {one.where}" for one in findings(nbformat.v4.new_notebook(cells=cells), "a.ipynb", HERE)]


@pytest.mark.parametrize(
    "source",
    [
        'rows = 7', 'date, other = "2026-01-30", 1', "wide: bool = True", "from datetime import date", "import rows",
        "for rows in (1, 7):\n    print(rows)", "with open(tone) as rows:\n    pass", "print(rows := 7)",
        "if tone:\n    rows = 7", "def rows(): ...", 'brief = "coast"', "try:\n    rows = 7\nfinally:\n    pass",
    ],
)  # fmt: skip
def test_a_parameter_given_another_value_below_its_cell_is_told(source: str) -> None:
    """A run would not heed what it was told, and nobody would see it."""
    assert linted(f"print(tone)\n{source}") == ["PARAMETER_OVERRIDDEN a.ipynb, cell 2, line 2"]


@pytest.mark.parametrize(
    "source",
    [
        "rows = min(rows, 7)", "if rows > 7:\n    rows = 7", "rows += 1", "def total(rows, date): return rows",
        "[rows for rows in (1, 7)]", "def total():\n    rows = 7\n    return rows", "other = rows", "desk.rows = 7",
        "class Row:\n    rows = 7", "print(rows=7)", 'desk["rows"] = 7',
    ],
)  # fmt: skip
def test_what_looks_at_the_value_or_has_names_of_its_own_is_right(source: str) -> None:
    """A value may be bounded or read as another type, and functions have variables of any name."""
    assert linted(source) == []


def test_what_stands_above_the_parameters_undoes_nothing(root: Path) -> None:
    """Their cell is below it, and what a run is told below that."""
    path = broken(root, lambda cells: cells.insert(1, notebook_files.code("early", "days = 7")))
    assert CliRunner().invoke(app, ["check", str(path)]).stdout == ""


def test_parameters_assigned_together_are_named(root: Path) -> None:
    """The advice is not to move them down."""
    path = broken(root, lambda cells: cells[1].update(source='date, days = "2026-01-30", 1\nas_of = language = ""'))
    told = CliRunner().invoke(app, ["check", str(path)]).stdout.splitlines()
    assert [one.split("; ")[1].split(" (")[0] for one in told if "PARAMETERS_LITERAL" in one] == [
        f"give {names} a plain value each, on a line of its own" for names in ("date, days", "as_of, language")
    ]
    fixed = CliRunner().invoke(app, ["check", str(path), "--fix"])
    assert [one for one in fixed.stdout.splitlines() if not one.startswith("mended: ")] == []
    assert {name: assigned(read_notebook(path))[name] for name in ("date", "days")} == {"date": "2026-01-30", "days": 1}


@given(st.text(max_size=80))
def test_no_cell_breaks_it(source: str) -> None:
    """Whatever stands in the cell, it is mended once and for all, or left alone because it is not Python."""
    found = parameter_cells.mended(source, HERE, START, TODAY)
    if found is not None:
        again = parameter_cells.mended(found.source, HERE, START, TODAY)
        assert again is not None
        assert again.done == ()


# ── the file ────────────────────────────────────────────────────────────────────────────────────────


def broken(root: Path, change: Any) -> Path:
    """Return a notebook of the workspace in which something was changed, written as Jupyter writes it."""
    path = root / "notebooks" / "events.ipynb"
    data = json.loads(path.read_text())
    change(data["cells"])
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    return path


@pytest.mark.parametrize("name", ["events", "casualties", "background"])
def test_a_notebook_that_is_right_is_not_written(root: Path, name: str) -> None:
    """Not a byte of it, nor its time, changes."""
    path = root / "notebooks" / f"{name}.ipynb"
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    assert mend(path, "daily", now=NOW) == ()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_no_other_cell_changes(root: Path) -> None:
    """Of the whole file only the lines that were wrong are others."""
    source = ['date = "2026-01-31"\n', 'days = "2"  # two\n', 'as_of = ""\n', 'language = ""\n', 'brief = "x"']
    path = broken(root, lambda cells: cells[1].update(source=source))
    before = path.read_text().splitlines()
    assert mend(path, "daily", now=NOW) == ("days: '2' is read as int: 2",)
    after = path.read_text().splitlines()
    assert [one for one in zip(before, after, strict=True) if one[0] != one[1]] == [
        ('    "days = \\"2\\"  # two\\n",', '    "days = 2  # two\\n",')
    ]


def test_a_notebook_without_the_cell_gets_one(root: Path) -> None:
    """It is written below the title, with what the other notebooks of the type are edited with."""
    path = broken(root, lambda cells: cells.pop(1))
    result = CliRunner().invoke(app, ["check", str(path), "--fix"])
    assert result.exit_code == 0, result.output
    assert "mended: the parameters cell was written" in result.stdout
    notebook = read_notebook(path)
    assert [cell.cell_type for cell in notebook.cells[:3]] == ["markdown", "code", "code"]
    assert notebook.cells[1].metadata.tags == ["parameters"]
    assert {name: assigned(notebook)[name] for name in ("brief", "date", "days")} == {
        "brief": "balochistan", "date": "2026-01-31", "days": 1
    }  # fmt: skip


def test_the_cell_is_known_without_its_tag(root: Path) -> None:
    """One that does nothing but assign parameters is tagged, not doubled."""
    path = broken(root, lambda cells: cells[1]["metadata"].clear())
    cells = len(read_notebook(path).cells)
    assert mend(path, "daily", now=NOW) == ("cell 2 assigns the parameters and was tagged 'parameters'",)
    assert len(read_notebook(path).cells) == cells
    assert mend(path, "daily", now=NOW) == ()


def test_what_was_moved_still_runs_after_the_parameters(root: Path) -> None:
    """It stands in a cell of its own right below them, where papermill has set them."""
    path = broken(root, lambda cells: cells[1]["source"].extend(["\n", "import os\n", "dys = days * 2"]))
    done = mend(path, "daily", now=NOW)
    assert len(done) == 2
    assert "did you mean days?" in done[1]
    assert read_notebook(path).cells[2].source == "import os\ndys = days * 2"


def test_what_is_no_python_is_named_and_left(root: Path) -> None:
    """The check says the line; nothing is written."""
    path = broken(root, lambda cells: cells[1].update(source=["date = \n"]))
    before = path.read_bytes()
    result = CliRunner().invoke(app, ["check", str(path), "--fix"])
    assert result.exit_code == 1
    assert "CELL_SYNTAX" in result.stdout
    assert path.read_bytes() == before


def test_a_disk_that_takes_nothing_leaves_the_notebook_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is replaced as a whole or not at all."""
    path = broken(root, lambda cells: cells.pop(1))
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    result = CliRunner().invoke(app, ["check", str(path), "--fix"])
    assert result.exit_code == 1
    assert "DISK_FULL" in result.stderr
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize("indent", [1, 2, "\t", None])
@pytest.mark.parametrize("tail", ["", "\n"])
@pytest.mark.parametrize("escaped", [True, False])
def test_a_notebook_keeps_the_form_it_was_written_in(
    tmp_path: Path, indent: int | str | None, tail: str, *, escaped: bool
) -> None:
    """Indent, escapes and the end of the file are those of the program that wrote it last."""
    path = tmp_path / "form.ipynb"
    cells = [notebook_files.prose("title", "# Überblick\n\nKurz."), notebook_files.code("one", "a = 1")]
    data = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    text = json.dumps(data, indent=indent, ensure_ascii=escaped) + tail
    path.write_text(text)
    file = notebook_files.read(path)
    file.write()
    assert path.read_text() == text
    file.set_source(1, "a = 2")
    file.write()
    assert path.read_text() == text.replace("a = 1", "a = 2")


def test_a_notebook_is_checked_as_its_own_type(root: Path) -> None:
    """Without `--type` it is held to the first brief that has it."""
    folder = Path(shutil.copytree(root / "templates" / "daily", root / "templates" / "own"))
    text = (folder / "brief.toml").read_text()
    (folder / "brief.toml").write_text(text.replace('"background.ipynb"]', '"background.ipynb", "own.ipynb"]'))
    assert type_of(root / "notebooks" / "own.ipynb", workspace=root) == "own"
    assert type_of(root / "notebooks" / "events.ipynb", workspace=root) == "daily"
    assert type_of(root / "notebooks" / "other.ipynb") == "daily"
    assert type_of(Path("/nowhere/other.ipynb")) == "daily"


def test_a_region_the_workspace_lacks_is_told_by_the_check(root: Path) -> None:
    """The check knows the regions as the mending does, and names the nearest."""
    template = root / "templates" / "daily" / "brief.toml"
    more = '[parameters.beside]\ntype = "region"\ndefault = ""\noptional = true\n\n'
    template.write_text(template.read_text().replace("[parameters.because]", f"{more}[parameters.because]"))
    path = broken(root, lambda cells: cells[1]["source"].append('\nbeside = "balochitan"'))
    for space in (root, load(root)):
        assert [one.code for one in check_notebook(path, "daily", workspace=space)] == ["PARAMETER_VALUE"]
    assert "did you mean balochistan?" in CliRunner().invoke(app, ["check", str(path)]).stdout
    assert CliRunner().invoke(app, ["check", str(path), "--fix"]).exit_code == 0


def test_the_notebook_saved_last_says_what_others_begin_with(root: Path) -> None:
    """In the preview and in a new cell it is the same one; one that cannot be read says nothing."""
    space = load(root)
    casualties, events = (root / "notebooks" / f"{name}.ipynb" for name in ("casualties", "events"))
    for path, day, saved in ((events, "2026-01-30", 2e9), (casualties, "2026-01-29", 1e9)):
        path.write_text(path.read_text().replace("2026-01-31", day))
        os.utime(path, (saved, saved))
    kind = brief_type(space, "daily")
    assert as_written(space, "balochistan")["date"] == "2026-01-30"
    assert first_values(space, "daily", kind, TODAY)["date"] == "2026-01-30"
    os.utime(casualties, (3e9, 3e9))
    assert as_written(space, "balochistan")["date"] == "2026-01-29"
    assert first_values(space, "daily", kind, TODAY)["date"] == "2026-01-29"
    assert first_values(space, "daily", kind, TODAY, beside=casualties)["date"] == "2026-01-30"
    casualties.write_text("{")
    os.utime(casualties, (3e9, 3e9))
    assert as_written(space, "balochistan")["date"] == "2026-01-30"
    assert "brief" not in as_written(space, "balochistan")


def test_slots_a_type_omits_are_no_mistake(root: Path) -> None:
    """A notebook that several types share is right for each of them."""
    for kind in ("flash", "daily", "weekly"):
        result = CliRunner().invoke(app, ["check", str(root / "notebooks" / "events.ipynb"), "--type", kind])
        assert (result.exit_code, result.stdout) == (0, ""), kind
