"""The README says only what runs: its commands are run, its settings are loaded, its paths are there."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import invented
import pytest
from editions import EDITION, Shelf
from typer.testing import CliRunner, Result

from briefings.authoring.demo import install_demo
from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.languages import NAMES
from briefings.core.looks import Look
from briefings.core.settings import Workspace
from briefings.layout.render import render
from briefings.layout.themes import load_theme
from briefings.locale.build import PLURALS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ELSEWHERE = {
    "lab": "test_browser.py",
    "preview": "test_browser.py",
    "send": "test_release.py",
}
"""Commands that open a window or send mail; the tests named run them."""
WEEKLY = ["make", "balochistan-weekly", "-p", "date=2026-02-05"]
"""This command, like `demo`, is run by the shelf, once for all tests."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


def commands() -> list[list[str]]:
    lines = [line.partition("  #")[0] for block in blocks("sh") for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.startswith(("briefings ", "cd "))]


def ids(folder: Path) -> dict[str, str]:
    """Return ids of two of the workspace's own claims, for CLAIM and OTHER in the README."""
    listed = run(["review", "list", "balochistan", "-p", "date=2026-01-31", "--json"], folder)
    first, *rest = [one["claim"] for one in json.loads(listed.stdout)["claims"]]
    other = next(one for one in rest if one["outcome"] == first["outcome"])
    return {"CLAIM": first["id"][:8], "OTHER": other["id"][:8]}


def run(arguments: list[str], folder: Path) -> Result:
    """Run a command in a folder, in this process: starting one for each would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return CliRunner().invoke(app, arguments)


def python(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a folder."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=240)


@pytest.mark.slow
def test_every_command_runs_as_written(shelf: Shelf, tmp_path: Path) -> None:
    """Typed one after the other by a newcomer, each command does its work and ends well."""
    folder, seen = tmp_path, list[str]()
    named = dict[str, str]()
    for name, *arguments in commands():
        if name == "cd":
            folder = folder / arguments[0]
            continue
        if arguments[0] in ELSEWHERE and "--dry-run" not in arguments:
            assert (ROOT / "tests" / ELSEWHERE[arguments[0]]).is_file()
            continue
        seen.append(arguments[0])
        if arguments == WEEKLY:
            assert shelf.issued("balochistan-weekly", "2026-02-05").made.pdf.is_file()
            continue
        if arguments[0] == "demo":
            (place,) = arguments[1:]
            shelf.issued().copy(folder / place)
            continue
        if {"CLAIM", "OTHER"} & set(arguments):
            named = named or ids(folder)
            arguments = [named.get(word, word) for word in arguments]
        done = run(arguments, folder)
        assert done.exit_code == 0, f"briefings {' '.join(arguments)}\n{done.output}"
        assert "Traceback" not in done.output
    assert {"demo", "make", "figures", "explain", "review", "editions", "check", "approve", "send", "outbox"} <= set(
        seen
    )


def pasted(settings: str, table: str) -> str:
    """Return settings with a table added, or with its values where that table is there already."""
    header, _, values = table.partition("\n")
    if f"{header}\n" not in settings:
        return f"{settings}\n{table}"
    before, _, own = settings.partition(f"{header}\n")
    for name in re.findall(r"^(\w+) = ", values, re.M):
        own = re.sub(rf"^{name} = .*\n", "", own, count=1, flags=re.M)
    return f"{before}{header}\n{values}{own}"


def test_every_setting_is_one(tmp_path: Path) -> None:
    """The tables shown can be pasted into a workspace's settings as they are."""
    root = install_demo(tmp_path / "ws")
    settings = (root / "briefings.toml").read_text()
    settings = settings[: settings.index("[sources.reports]")]
    for table in re.split(r"^(?=\[)", "\n".join(blocks("toml")), flags=re.M):
        settings = pasted(settings, table)
    (root / "briefings.toml").write_text(settings)
    space = load(root)
    assert set(space.sources) == {"reports", "wire", "context"}
    assert space.smtp is not None
    assert space.briefs["balochistan-fr"].language == "fr"
    assert space.regions["balochistan"].called["fr"] == "Baloutchistan"
    assert space.look("balochistan").paper == "Letter"


def test_the_page_is_changed_as_shown(tmp_path: Path) -> None:
    """Logo, colour and paper of the settings shown, on a theme of one file as shown, are those of the page."""
    (page,) = [block for block in blocks("toml") if block.startswith("[page]")]
    (theme,) = [block for block in blocks("text") if block.startswith("[theme]")]
    look = Look.model_validate(tomllib.loads(page)["page"])
    own = tmp_path / "templates" / "themes" / "mine"
    own.mkdir(parents=True)
    (own / "theme.toml").write_text(theme)
    (tmp_path / look.logo).write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4v2z"/></svg>'
    )
    plain = load_theme("mine", [tmp_path / "templates"])
    assert (plain.look.colours.accent, plain.look.paper) == ("#0b5d3b", "A4")
    whole = load_theme("mine", [tmp_path / "templates"], look=look, root=tmp_path)
    html = render(invented.brief(), theme=whole)
    assert f'alt="{look.logo_alt}"' in html
    assert "size: letter" in html
    assert f"--alert: {look.colours.alert}" in html
    assert f'--text-face: "{look.fonts.text}"' in html


def test_every_language_of_print_is_named() -> None:
    """The setting, and for whoever adds a language the files to change, are those there are."""
    (setting,) = [line for line in README.splitlines() if line.startswith("language =")]
    assert set(re.findall(r"\b[a-z]{2}\b", setting.partition("#")[2].partition(";")[0])) - {"or"} == set(NAMES)
    assert {*PLURALS, "en"} == set(NAMES)
    assert all(f"`{name}`" in README for name in ("NAMES", "PLURALS", "Language.direction"))


@pytest.mark.slow
def test_the_python_example_runs(issued: Workspace) -> None:
    """The library is used as shown; where the brief was made already, nothing has changed."""
    (example,) = [block for block in blocks("python") if "import briefings" in block]
    done = python(f"{example}\nprint(made.pdf.name, made.edition.id, made.unchanged)", issued.root)
    assert (done.stdout, done.returncode) == (f"brief.pdf {EDITION} True\n", 0), done.stderr
    assert [path.name for path in (issued.reports / "balochistan").iterdir()] == ["2026-01-31-1"]


def test_the_review_example_runs(tmp_path: Path) -> None:
    """Explaining and reviewing in a notebook goes as shown."""
    root = install_demo(tmp_path / "ws")
    (example,) = [block for block in blocks("python") if "desk.explain" in block]
    opened = 'desk = briefings.desk("balochistan", date="2026-01-31")'
    script = f"import briefings\nfrom briefings.making.edition import collect\ncollect()\n{opened}\n{example}"
    done = python(f"{script}\nprint(len(desk.weighed.aside))", root)
    assert (done.stdout, done.returncode) == ("1\n", 0), done.stderr


def test_every_path_named_is_there() -> None:
    """Files and folders of the repository that the README names exist."""
    named = re.findall(r"`((?:briefings|templates|notebooks|tests)/[\w./<>-]+)`|\]\(([\w./-]+)\)", README)
    paths = [first or second for first, second in named]
    assert [path for path in paths if "<" not in path and not (ROOT / path).exists()] == []
    assert len(paths) > 5


def test_every_command_is_described() -> None:
    """A command the README does not mention is one nobody will find."""
    from briefings.cli.app import app

    names = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert [name for name in sorted(names) if f"briefings {name}" not in README] == []
