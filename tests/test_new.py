"""What `briefings new` adds: it works at once, is commented, and overwrites nothing."""

from __future__ import annotations

import ast
import difflib
import itertools
import json
import os
import shutil
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from briefings.authoring.starters import ACCENT, KINDS
from briefings.cli.app import app
from briefings.core import toml_texts
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import ConfigError
from briefings.layout.themes import load_theme
from briefings.making.edition import make
from briefings.making.planning import brief_type
from briefings.making.scaffold import new_workspace
from briefings.notebook.cells import assigned, read_notebook
from briefings.sections import BODIES

DAY = {"date": "2026-01-31"}


@pytest.fixture
def root(demo: Workspace, tmp_path: Path) -> Path:
    """A workspace to be added to."""
    return Path(shutil.copytree(demo.root, tmp_path / "workspace"))


@pytest.fixture(scope="module")
def kept(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace to which nothing can be added, for what is asked of it is wrong."""
    return Path(shutil.copytree(demo.root, tmp_path_factory.mktemp("kept") / "workspace"))


def new(root: Path, *arguments: str) -> Result:
    """Run `briefings new` in a workspace."""
    return CliRunner().invoke(app, ["new", *arguments, "-w", str(root)])


def added(root: Path, *arguments: str) -> list[str]:
    """Add something that can be added; return what was told of files."""
    result = new(root, *arguments)
    assert result.exit_code == 0, result.output
    assert "next: " in result.stderr
    return result.stdout.splitlines()


def refused(root: Path, *arguments: str) -> str:
    """Ask for what cannot be added: it is one error of status 2, and not a byte of the workspace changes."""
    before = contents(root)
    result = new(root, *arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert contents(root) == before
    return result.stderr


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def right(root: Path, notebook: str, kind: str) -> None:
    """Have a notebook checked for a type: nothing is wrong with it."""
    result = CliRunner().invoke(app, ["check", str(root / "notebooks" / notebook), "--type", kind, "-w", str(root)])
    assert (result.exit_code, result.stdout) == (0, ""), result.output


def only_added(before: str, after: str) -> list[str]:
    """Return the lines that were added; none was changed or taken away."""
    changes = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert [line for line in changes if line[0] == "-"] == []
    return [line[2:] for line in changes]


# ── briefs ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_brief_stands_among_the_others_of_the_settings(root: Path) -> None:
    """Behind the last of them and before what follows, every comment and line of the file as it was."""
    settings = root / "briefings.toml"
    before = settings.read_text()
    assert added(root, "brief", "coast", "--title", "Coast: “armed” attacks") == ["changed  briefings.toml"]
    lines = only_added(before, settings.read_text())
    assert lines[0] == "[briefs.coast]"
    assert all("#" in line for line in lines[1:] if line.startswith(("type", "title", "marking", "lists")))
    assert settings.read_text().index("[briefs.coast]") < settings.read_text().index("[regions.balochistan]")
    one = load(root).brief("coast")
    assert (one.type, one.title, one.region) == ("daily", "Coast: “armed” attacks", "balochistan")


def test_a_brief_may_bring_its_region_and_a_type_of_its_own(root: Path) -> None:
    """Its type is a copy under its own name, so that it may be changed for this brief alone."""
    told = added(root, "brief", "sindh", "--area", "Sindh", "--iso", "PK-SD", "--type", "weekly", "--own")
    assert load(root).region("sindh").timezone == "Asia/Karachi"  # the one clock of that country
    assert told == ["written  templates/sindh", "changed  briefings.toml"]
    space = load(root)
    assert (space.brief("sindh").type, space.region("sindh").name, space.region("sindh").iso) == (
        "sindh",
        "Sindh",
        "PK-SD",
    )
    assert brief_type(space, "sindh").slots == brief_type(space, "weekly").slots


def test_a_new_brief_is_first_of_its_kind_in_a_fresh_workspace(tmp_path: Path) -> None:
    """What `init` lays out takes further briefs, comments and all."""
    root = new_workspace(tmp_path / "mine")
    before = (root / "briefings.toml").read_text()
    added(root, "brief", "second")
    only_added(before, (root / "briefings.toml").read_text())
    assert set(load(root).briefs) == {"watch", "second"}


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["brief", "balochistan"], "NEW_TAKEN", "there is a brief 'balochistan' already"),
        (["brief", "Coast"], "NEW_NAME", "use lower-case letters"),
        (["brief", "../coast"], "NEW_NAME", "use lower-case letters"),
        (["brief", "coast", "--type", "dayly"], "BRIEF_TYPE", "did you mean daily?"),
        (["brief", "coast", "--region", "balochitan"], "NEW_REGION", "did you mean 'balochistan'?"),
        (["brief", "coast", "--area", "Coast", "--iso", "PK-XX"], "UNKNOWN_ISO", "knows no code 'PK-XX'"),
        (["brief", "weekly", "--own"], "NEW_TAKEN", "there is a type of brief 'weekly' already"),
        (["notebook", "events"], "NEW_TAKEN", "there is a notebook 'events.ipynb' already"),
        (["notebook", "My Notes"], "NEW_NAME", "cannot be the name of a notebook"),
        (["notebook", "gaps", "--type", "daily"], "NEW_TAKEN", "there is a slot 'gaps' already"),
        (["notebook", "aid", "--type", "dayly"], "BRIEF_TYPE", "did you mean daily?"),
        (["notebook", "aid", "--type", "daily", "--kind", "tabel"], "NEW_KIND", "did you mean 'table'?"),
        (["section", "gaps", "--notebook", "events"], "NEW_TAKEN", "there is a slot 'gaps' already"),
        (["section", "aid"], "NEW_PLACE", "add --notebook with one of events.ipynb, casualties.ipynb"),
        (["section", "aid", "--notebook", "event"], "NEW_PLACE", "did you mean 'events.ipynb'?"),
        (["section", "aid", "--notebook", "events", "--after", "gap"], "NEW_PLACE", "did you mean 'gaps'?"),
        (["section", "aid", "--notebook", "events", "--kind", "tabel"], "NEW_KIND", "did you mean 'table'?"),
        (["section", "7-days", "--notebook", "events"], "NEW_NAME", "a letter first"),
        (["section", "top-10", "--notebook", "events"], "NEW_TITLE", "add --title with words alone"),
        (["notebook", "aid", "--type", "daily", "--title", "Aid since 2024"], "NEW_TITLE", "rests on a figure"),
        (["theme", "plain"], "NEW_TAKEN", "there is a theme 'plain' already"),
        (["theme", "Mine"], "NEW_NAME", "cannot be the name of a theme"),
        (["source", "reports"], "NEW_TAKEN", "there is a source 'reports' already"),
        (["source", "wire", "--kind", "fed"], "NEW_KIND", "did you mean 'feed'?"),
        (["source", "wire", "--kind", "feed"], "NEW_SOURCE", "add --url https://"),
        (["source", "wire", "--kind", "feed", "--url", "nowhere"], "CONFIG", "sources.wire.url: input should be"),
        (["source", "past", "--kind", "table"], "NEW_SOURCE", "add --path"),
        (["source", "past", "--kind", "table", "--path", "a.csv"], "NEW_SOURCE", "add --dataset"),
        (["source", "more", "--timezone", "Asia/Karach"], "CONFIG", "did you mean 'Asia/Karachi'"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_one_clear_error(kept: Path, arguments: list[str], code: str, hint: str) -> None:
    """A bad or taken name says so, with the nearest right one, before anything is written."""
    told = refused(kept, *arguments)
    assert told.startswith(f"{code}: ")
    assert hint in told


def test_a_theme_based_on_none_is_refused(root: Path) -> None:
    """The themes there are are named."""
    result = new(root, "theme", "mine", "--base", "gazet")
    assert result.exit_code == 1
    assert "use one of: gazette, plain" in result.stderr


# ── notebooks and sections ──────────────────────────────────────────────────────────────────────────


def test_a_notebook_is_entered_in_its_type_with_a_slot(root: Path) -> None:
    """It has the parameters of the type, with the values its neighbours are edited with, and nothing is wrong."""
    template = root / "templates" / "daily" / "brief.toml"
    before = template.read_text()
    assert added(root, "notebook", "aid-access", "--type", "daily") == [
        "written  notebooks/aid-access.ipynb",
        "changed  templates/daily/brief.toml",
    ]
    kind = brief_type(load(root), "daily")
    assert kind.notebooks[-1] == "aid-access.ipynb"
    assert [one.name for one in kind.slots][-2:] == ["aid_access", "sources"]
    assert [comment in template.read_text() for comment in before.splitlines() if comment.startswith("#")].count(
        False
    ) == 0
    notebook = read_notebook(root / "notebooks" / "aid-access.ipynb")
    values = assigned(notebook)
    assert (values["brief"], values["date"], values["days"]) == ("balochistan", "2026-01-31", 1)
    assert set(values) == {"brief", *(one.name for one in kind.parameters)}
    assert all(cell.outputs == [] for cell in notebook.cells if cell.cell_type == "code")
    right(root, "aid-access.ipynb", "daily")


def test_a_notebook_of_a_workspace_of_ones_own_is_of_today(tmp_path: Path) -> None:
    """Neither the brief nor the day of the demo is in it: not where `init` copied notebooks, nor where it did not."""
    for name in ("laid-out", "bare"):
        root = new_workspace(tmp_path / name)
        if name == "bare":
            shutil.rmtree(root / "notebooks")
        added(root, "notebook", "aid", "--type", "daily")
        values = assigned(read_notebook(root / "notebooks" / "aid.ipynb"))
        assert (values["brief"], values["date"]) == ("watch", datetime.now(UTC).date().isoformat())


def test_a_notebook_of_no_type_is_there_to_look_around(root: Path) -> None:
    """It is entered nowhere, and the briefs stay as they are."""
    before = (root / "templates" / "daily" / "brief.toml").read_bytes()
    assert added(root, "notebook", "look-2.ipynb") == ["written  notebooks/look-2.ipynb"]
    assert (root / "templates" / "daily" / "brief.toml").read_bytes() == before
    right(root, "look-2.ipynb", "daily")
    told = CliRunner().invoke(app, ["check", str(root / "notebooks" / "look-2.ipynb"), "-w", str(root)]).stderr
    assert told.endswith("look-2.ipynb: nothing wrong; no 'daily' brief runs it\n")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_section_can_be_begun(root: Path, kind: str) -> None:
    """The slot takes the kind of section that its cell makes, and the notebook is right for every type that has it."""
    notebook = root / "notebooks" / "casualties.ipynb"
    before = notebook.read_text()
    added(root, "section", "aid-access", "--notebook", "casualties.ipynb", "--kind", kind, "--after", "impact")
    only_added(before.rsplit("  }\n ],", 1)[0], notebook.read_text())
    space = load(root)
    slots = [one.name for one in brief_type(space, "daily").slots]
    slot = brief_type(space, "daily").slot("aid_access")
    assert slot is not None
    assert (slot.kind, slot.title, slot.required) == (kind, "Aid access", False)
    assert slots[slots.index("impact") + 1] == "aid_access"
    for other in ("flash", "weekly"):
        assert "aid_access" in brief_type(space, other).omits
    for each in ("daily", "flash", "weekly"):
        right(root, "casualties.ipynb", each)


def test_titles_of_any_script_are_taken_over_as_they_are(root: Path) -> None:
    """Quotes, backslashes and braces in a title break no brief.toml; it is said there alone, so that it is in force."""
    title = 'Aid “there” "here" \\ {slot} امداد'
    added(root, "section", "aid-2", "--notebook", "events", "--kind", "items", "--title", title)
    slot = brief_type(load(root), "daily").slot("aid_2")
    assert slot is not None
    assert slot.title == title
    cell = read_notebook(root / "notebooks" / "events.ipynb").cells[-1].source
    call = ast.parse(cell).body[-1].value
    assert {one.arg: ast.literal_eval(one.value) for one in call.keywords} == {"slot": "aid_2"}


def test_every_kind_of_section_has_a_beginning() -> None:
    """A new kind of section needs one, too."""
    assert set(KINDS) == set(BODIES)


def test_a_workspace_without_files_of_its_own_gets_those_it_needs(root: Path) -> None:
    """Where the shipped notebooks and types are used, they are copied before they are changed, and told."""
    shutil.rmtree(root / "notebooks")
    for kind in ("daily", "flash", "weekly"):
        shutil.rmtree(root / "templates" / kind)
    told = added(root, "section", "aid", "--notebook", "events")
    assert told == [
        f"written  {name}" for name in ("notebooks", "templates/daily", "templates/flash", "templates/weekly")
    ]
    right(root, "events.ipynb", "daily")


def test_what_was_added_is_told_as_json(root: Path) -> None:
    """Programs get whole paths."""
    told = json.loads(new(root, "source", "more", "--json").stdout)
    assert told["schema"] == "briefings.added/v1"
    assert (told["written"], told["changed"]) == ([str(root / "sources" / "more")], [str(root / "briefings.toml")])


# ── themes and sources ──────────────────────────────────────────────────────────────────────────────


def test_a_theme_differs_from_its_base_in_one_colour(root: Path) -> None:
    """It is whole at once; every line it shows in a comment is what the base says, and may be taken out of it."""
    assert added(root, "theme", "mine", "--base", "gazette") == [
        "written  templates/themes/mine/theme.toml",
        "written  templates/themes/mine/tokens.css",
    ]
    folders = [root / "templates"]
    mine, base = load_theme("mine", folders), load_theme("gazette", folders)
    assert mine.look.colours == base.look.colours.model_copy(update={"accent": ACCENT})
    assert mine.look.model_copy(update={"colours": base.look.colours}) == base.look
    assert mine.findings == ()
    text = (root / "templates" / "themes" / "mine" / "theme.toml").read_text()
    uncommented = tomllib.loads(text.replace("\n# ", "\n"))
    assert uncommented["page"]["colours"]["ink"] == base.look.colours.ink
    tokens = (root / "templates" / "themes" / "mine" / "tokens.css").read_text()
    assert "  /* --size-text: " in tokens


def test_sources_of_every_kind_are_read_as_added(root: Path) -> None:
    """A folder is made; feeds, pages and tables take what they need."""
    (root / "more.csv").write_bytes((root / "sources" / "context.csv").read_bytes())
    added(root, "source", "more")
    added(
        root, "source", "wire", "--kind", "feed", "--url", "https://example.org/feed.xml", "--publisher", "Coast Post"
    )
    added(root, "source", "past", "--kind", "table", "--path", "more.csv", "--dataset", "ucdp-ged")
    added(root, "source", "notes", "--path", "sources/reports", "--timezone", "Asia/Karachi")
    assert (root / "sources" / "more").is_dir()
    sources = load(root).sources
    assert list(sources) == ["reports", "context", "more", "wire", "past", "notes"]
    assert (sources["wire"].url, sources["wire"].publisher) == ("https://example.org/feed.xml", "Coast Post")
    assert sources["past"].dataset == "ucdp-ged"


@pytest.mark.slow
def test_a_brief_with_all_of_it_is_made(root: Path) -> None:
    """A brief of its own type, with a notebook, sections, a theme and a source only just added, is made clean."""
    added(root, "brief", "coast", "--own", "--title", "Coast")
    added(root, "notebook", "told", "--type", "coast", "--kind", "table")
    added(root, "section", "in-short", "--notebook", "told", "--type", "coast", "--kind", "prose")
    added(root, "section", "by-group", "--notebook", "casualties", "--type", "coast", "--kind", "items")
    added(root, "section", "mind", "--notebook", "events", "--type", "coast", "--kind", "notice")
    added(root, "theme", "mine")
    added(root, "source", "more")
    settings = root / "briefings.toml"
    settings.write_text(settings.read_text() + '\n[page]\ntheme = "mine"\n')
    made = make("coast", DAY, workspace=root)
    assert (made.problems, [one for one in made.findings if one.level != "note"]) == ((), [])
    page = (made.pdf.parent / "brief.md").read_text()
    assert all(f"## {title}" in page for title in ("Told", "In short", "By group"))
    assert "| Militants | killed | 92 |" in page
    assert "This section is new." in page
    assert ACCENT in (made.pdf.parent / "brief.html").read_text()


# ── whole or not at all ─────────────────────────────────────────────────────────────────────────────


EVERYTHING = [
    ("source", "more"),
    ("theme", "mine"),
    ("brief", "coast", "--own", "--area", "Coast"),
    ("notebook", "aid-access", "--type", "daily"),
    ("section", "aid", "--notebook", "events"),
]


def everything(root: Path) -> dict[Path, bytes | None]:
    """Return every file with its bytes, and every folder."""
    return {path: path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


def failing_once(honest: Callable[..., Any], allowed: int) -> Callable[..., Any]:
    """Return a call that fails once, for want of room, after so many that do not."""
    made = itertools.count()

    def call(*given: Any) -> Any:
        if next(made) == allowed:
            raise OSError(28, "No space left on device")
        return honest(*given)

    return call


@pytest.mark.parametrize("arguments", EVERYTHING, ids=lambda one: one[0])
@pytest.mark.parametrize("step", ["written", "put in its place"])
def test_what_cannot_be_added_whole_leaves_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], step: str
) -> None:
    """Whichever write or rename is refused by the disk, no folder stays and no file says more than before."""
    shutil.rmtree(root / "notebooks")
    for kind in ("daily", "flash", "weekly"):
        shutil.rmtree(root / "templates" / kind)
    before = everything(root)
    owner, name = (os, "fsync") if step == "written" else (Path, "replace")
    honest = getattr(owner, name)
    for allowed in range(50):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, failing_once(honest, allowed))
            result = new(root, *arguments)
        if result.exit_code == 0:
            break
        assert "DISK_FULL" in result.stderr
        assert everything(root) == before, f"after {allowed} were {step}"
    assert allowed
    assert result.exit_code == 0


def test_a_file_keeps_the_form_it_was_written_in(root: Path) -> None:
    """Its mark of byte order and the ends of its lines stay, and what is added ends its lines as they do."""
    settings, template = root / "briefings.toml", root / "templates" / "daily" / "brief.toml"
    for path in (settings, template):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = settings.read_bytes(), template.read_bytes()
    added(root, "brief", "coast")
    added(root, "notebook", "aid-access", "--type", "daily")
    for path, was in zip((settings, template), before, strict=True):
        now = path.read_bytes()
        assert (now[:10], now.count(b"\xef\xbb\xbf")) == (was[:10], 1)
        assert now.count(b"\n") == now.count(b"\r\n") > was.count(b"\r\n")
        assert b"\r\r" not in now
    assert "coast" in load(root).briefs


# ── TOML ────────────────────────────────────────────────────────────────────────────────────────────


def test_comments_before_the_next_table_stay_with_it() -> None:
    """What is written directly above a table is of that table; a comment of the one before stays where it is."""
    text = '[a.x]\none = 1\n# two = 2\n\n# The others.\n[b.y]\nlist = [\n  "[a.z]",\n]\n'
    assert toml_texts.with_table(text, "[a.new]\none = 2  # why\n") == (
        '[a.x]\none = 1\n# two = 2\n\n[a.new]\none = 2  # why\n\n# The others.\n[b.y]\nlist = [\n  "[a.z]",\n]\n'
    )
    with pytest.raises(ConfigError, match=r"there is \[a.x\] already"):
        toml_texts.with_table(text, "[a.x]\none = 2\n")


def test_a_text_that_looks_like_a_table_misleads_nobody() -> None:
    """Then the new table stands at the end, where it means the same."""
    text = '[a.x]\nabout = """\n[a.y]\n[b.z]\n"""\n'
    made = toml_texts.with_table(text, "[a.new]\none = 2\n")
    assert made.endswith("\n\n[a.new]\none = 2\n")
    assert tomllib.loads(made)["a"]["x"] == tomllib.loads(text)["a"]["x"]


def test_a_table_in_a_line_of_its_own_is_not_torn_open() -> None:
    """It cannot be added to; the error says how to write it."""
    with pytest.raises(ConfigError, match="cannot be added as the file is written"):
        toml_texts.with_table("a = { x = { one = 1 } }\n", "[a.new]\none = 2\n")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('names = ["a"]  # all\n', 'names = ["a", "new"]  # all\n'),
        ("names = []\n", 'names = ["new"]\n'),
        ('names = [\n  "a", # one\n  "b" # two\n]\n', 'names = [\n  "a", # one\n  "b", # two\n  "new"\n]\n'),
        ("# About.\nfirst = 1\nother = 2\n", '# About.\nfirst = 1\nnames = ["new"]\nother = 2\n'),
    ],
)
def test_entries_are_added_as_the_list_is_written(text: str, made: str) -> None:
    """On one line or on several, with comments beside them, or where there is no list yet."""
    assert toml_texts.with_entry(text, "new", to=("names",), after="first") == made


@given(st.text(max_size=30))
def test_any_text_is_written_so_that_it_is_read_again(text: str) -> None:
    """Titles hold quotes, backslashes and letters of any script."""
    assert tomllib.loads(f"one = {toml_texts.written(text)}") == {"one": text}
