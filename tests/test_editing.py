"""Editing: what a save makes anew, and what JupyterLab is started with."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from notes import with_note

from briefings.authoring import editing
from briefings.authoring.demo import install_demo
from briefings.authoring.editing import Workbench, open_lab
from briefings.authoring.preview import Preview, follow
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import MissingDependency
from briefings.making.scaffold import new_workspace
from briefings.notebook import notebook_files


@pytest.mark.slow
def test_only_what_changed_is_run_again(demo: Workspace, tmp_path: Path) -> None:
    """A save runs the notebook that was saved; the others keep the run they had, and so does nothing changed."""
    root = Path(shutil.copytree(demo.root, tmp_path / "workspace", ignore=shutil.ignore_patterns("reports")))
    bench = Workbench("balochistan", {"date": "2026-01-31"}, root)
    first = bench.make(frozenset()).html
    kept = root / ".briefings" / "reuse"
    before = {path.name: path.stat().st_ino for path in kept.iterdir()}
    assert sorted(name.partition("-")[0] for name in before) == ["background", "casualties", "events"]

    assert bench.make(frozenset()).html == first
    assert {path.name: path.stat().st_ino for path in kept.iterdir()} == before

    saved = root / "notebooks" / "casualties.ipynb"
    text = saved.read_text(encoding="utf-8")
    saved.write_text(text.replace('slot=\\"casualties\\"', 'slot=\\"casualties\\", title=\\"Counted so far\\"'))
    assert "Counted so far" in bench.make(frozenset({saved})).html
    (new,) = {path.name for path in kept.iterdir()} - before.keys()
    assert new.startswith("casualties-")


@pytest.mark.slow
def test_the_page_tells_what_the_check_finds_and_that_nobody_is_heard(tmp_path: Path) -> None:
    """A slot filled twice, and a region nobody writes of, stand above the page before anybody makes the brief."""
    root = with_note(new_workspace(tmp_path / "own"), "area")
    notebook = root / "notebooks" / "note.ipynb"
    cells = notebook_files.read(notebook)
    cells.insert(len(cells.cells), notebook_files.code("again", 'changes(desk, slot="changes");'))
    cells.write()
    bench = Workbench("note", {"date": "2026-01-31"}, root)
    told = {one.code for one in bench.make(frozenset()).findings}
    assert {"SECTION_HIDDEN", "SLOT_TWICE", "NO_DOCUMENTS"} <= told


@pytest.mark.slow
def test_a_save_ends_the_run_that_it_overtakes(tmp_path: Path) -> None:
    """A loop without end keeps the page from following what is saved next no longer than it takes to end it."""
    root = with_note(install_demo(tmp_path / "mine"), "balochistan")
    path, begun = root / "notebooks" / "note.ipynb", tmp_path / "begun"
    good = path.read_text(encoding="utf-8")
    shown = Preview(Workbench("note", {"date": "2026-01-31"}, root).make, "note")
    told: list[str] = []

    def save(cell: str) -> None:
        path.write_text(good.replace(json.dumps('gaps(desk, slot="gaps")'), json.dumps(cell)), encoding="utf-8")

    async def until(true: Callable[[], bool]) -> None:
        while not true():
            told.append(shown.state()["error"])
            await asyncio.sleep(0.05)

    async def edited() -> None:
        following = asyncio.create_task(follow(shown, [root / "notebooks"], None))
        await until(lambda: shown.version == 1)
        save(f'open({str(begun)!r}, "w").close()\nwhile True:\n    pass')
        await until(begun.exists)
        save('gaps(desk, slot="gaps", title="Not known yet")')
        await until(lambda: shown.version == 2)
        following.cancel()

    asyncio.run(asyncio.wait_for(edited(), 120))
    assert "Not known yet" in shown.page()
    assert set(told) == {""}  # nor is anybody told that a run was interrupted


def test_jupyterlab_is_this_python_on_this_machine(
    demo: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It takes the place of the command, with the workspace, our kernel before any other, and loopback only."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is an extra and not installed")
    started: list[tuple[str, list[str], dict[str, str]]] = []

    def start(program: str, command: list[str], environment: dict[str, str]) -> None:
        started.append((program, command, environment))

    monkeypatch.setattr(os, "execve", start)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    open_lab(demo.root, port=8899, open_browser=False, arguments=["--allow-root"])
    ((program, command, environment),) = started
    assert (program, command[:3]) == (sys.executable, [sys.executable, "-m", "jupyterlab"])
    assert command[3:] == [
        f"--ServerApp.root_dir={demo.root}",
        "--ServerApp.ip=127.0.0.1",
        "--LabApp.default_url=/lab/tree/notebooks",
        "--ServerApp.port=8899",
        "--ServerApp.port_retries=0",
        "--no-browser",
        "--allow-root",
    ]
    assert environment["BRIEFINGS_WORKSPACE"] == str(demo.root)
    assert environment["JUPYTER_PATH"] == f"{editing._JUPYTER}{os.pathsep}{tmp_path}"
    assert environment["JUPYTER_CONFIG_PATH"] == str(editing._JUPYTER)
    assert load(Path(environment["BRIEFINGS_WORKSPACE"])).root == demo.root


def test_the_kernel_of_jupyterlab_is_this_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A kernel called python3 that some other Python has put on the machine is not taken."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import KernelManager

    other = tmp_path / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text('{"argv": ["/other/python"], "display_name": "Other", "language": "python"}')
    monkeypatch.setenv("JUPYTER_PATH", f"{editing._JUPYTER}{os.pathsep}{tmp_path}")
    manager = KernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager())
    assert manager.kernel_spec is not None
    assert manager.kernel_spec.display_name == "Python 3"
    assert manager.format_kernel_cmd()[:3] == [sys.executable, "-m", "ipykernel_launcher"]


def test_without_jupyterlab_the_error_says_what_to_install(demo: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """JupyterLab is an extra; without it only this command fails, and says how to have it."""
    find = importlib.util.find_spec

    def absent(name: str, *rest: Any) -> Any:
        return None if name == "jupyterlab" else find(name, *rest)

    monkeypatch.setattr(importlib.util, "find_spec", absent)
    with pytest.raises(MissingDependency) as caught:
        open_lab(demo.root)
    assert caught.value.error_code == "NO_LAB"
    assert "briefings[lab]" in str(caught.value)


def test_the_page_is_of_what_the_notebooks_are_edited_with(demo: Workspace, tmp_path: Path) -> None:
    """Their tagged cells give the parameters, the one saved last where two differ; what is given goes before them."""
    root = Path(shutil.copytree(demo.root, tmp_path / "workspace", ignore=shutil.ignore_patterns("reports")))
    bench = Workbench("balochistan", {}, root, as_written=True)
    assert bench.settle().day.isoformat() == "2026-01-31"
    saved = root / "notebooks" / "events.ipynb"
    saved.write_text(saved.read_text(encoding="utf-8").replace("2026-01-31", "2026-02-01"))
    assert bench.settle().day.isoformat() == "2026-02-01"
    given = Workbench("balochistan", {"date": "2026-01-30"}, root, as_written=True)
    assert given.settle().day.isoformat() == "2026-01-30"
    told = editing.editable(root)
    assert told["edited"]["notebooks/events.ipynb"] == "balochistan"
    assert {one["name"]: "notebooks/events.ipynb" in one["notebooks"] for one in told["briefs"]} == {
        "balochistan": True, "balochistan-flash": True, "balochistan-weekly": True,
    }  # fmt: skip
