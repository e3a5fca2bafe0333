"""The path of a new author, each step by a documented command: from an empty folder to a page of one's own in print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefings.proof import printed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

REPORT = """---
title: "Shells hit two villages near Tamrin"
publisher: Lake Courier
published: 2026-03-05T16:00:00
---

Shells hit two villages near Tamrin on Thursday, police said. Four civilians were killed and nine were injured.

The defence ministry said two soldiers were killed in Tamrin on Thursday.
"""
PARAMETER = """
[parameters.note]
type = "str"
default = ""
optional = true
help = "A line below the table of those hurt; empty leaves it out."
"""
TABLE = """from briefings.builders import table

told = desk.figures().frame()
told = told[told.outcome == "injured"]
table(desk, told, columns=["group", "text", "status"], slot="hurt", title="Who was hurt", caption=note)
"""
PROCESSOR = 300
"""Seconds of processor time that the whole path may take, with the kernels and printers its commands waited for."""
WALL = 450
"""Seconds that it may take by the clock, on a machine that does other things beside it."""


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., str]:
    """Run a command in the author's workspace, as a program of its own; it has to succeed."""

    def command(*words: str) -> str:
        folder = [] if words[0] == "init" else ["-w", str(tmp_path / "mine")]
        program = [sys.executable, "-m", "briefings", *words, *folder]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return command


def edit(path: Path, old: str, new: str) -> None:
    """Change a text in a file that has it once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def edit_cell(notebook: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the code cell of a notebook that holds a text."""
    nb: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
    (cell,) = (one for one in nb["cells"] if one["cell_type"] == "code" and part in "".join(one["source"]))
    cell["source"] = change("".join(cell["source"])).splitlines(keepends=True)
    notebook.write_text(json.dumps(nb, indent=1) + "\n", encoding="utf-8")


def test_from_an_empty_folder_to_a_page_of_ones_own(run: Callable[..., str], tmp_path: Path) -> None:
    """Set up, change a title, add a table from a frame, add a parameter, see it on the page, and print it."""
    began = os.times()
    root = tmp_path / "mine"
    run("init", str(root))
    edit(root / "briefings.toml", 'name = "My area"', 'name = "Tamrin"')
    edit(root / "briefings.toml", "places = []", 'places = ["Tamrin"]')  # which no gazetteer knows
    (root / "sources" / "reports" / "shells.md").write_text(REPORT, encoding="utf-8")

    edit_cell(root / "notebooks" / "casualties.ipynb", "casualty_table(", lambda code: code.replace(
        'slot="casualties"', 'slot="casualties", title="Counted so far"'
    ))  # fmt: skip

    run("new", "notebook", "hurt", "--type", "daily")
    notebook = root / "notebooks" / "hurt.ipynb"
    edit_cell(notebook, "table(desk", lambda _: TABLE)

    brief = root / "templates" / "daily" / "brief.toml"
    edit(brief, "\n[parameters.because]", f"{PARAMETER}\n[parameters.because]")
    assert "note" in run("parameters", "watch")
    assert "mended: " in run("check", str(notebook), "--fix")
    assert run("check", str(notebook)) == ""

    made = json.loads(run("make", "watch", "-p", "date=2026-03-05", "-p", "note=As told by the police.", "--json"))
    page = " ".join(printed.text(Path(made["pdf"]).read_bytes()).split())
    assert [part for part in ("Counted so far", "Who was hurt", "As told by the police.") if part not in page] == []
    assert "Casualties" not in (Path(made["pdf"]).parent / "brief.md").read_text(encoding="utf-8")

    run("check", "watch", "--trial", "empty", "--keep")
    assert "hurt" in (root / "outlines" / "watch" / "empty.txt").read_text(encoding="utf-8").lower()
    ended = os.times()
    assert sum(ended[:4]) - sum(began[:4]) < PROCESSOR
    assert ended.elapsed - began.elapsed < WALL
