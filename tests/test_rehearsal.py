"""Trying a template: the reports it is tried on, the outlines kept, and what is told when a page differs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from notes import NOTE, with_note
from typer.testing import CliRunner

from briefings.authoring import trials
from briefings.authoring.demo import install_demo
from briefings.authoring.rehearsal import OUTLINES, rehearse
from briefings.cli.app import app
from briefings.core.settings import Region, Workspace
from briefings.errors import UsageError
from briefings.proof import outlines
from briefings.report.extract import read
from briefings.sources.documents import Defaults, from_bytes

REGION = Region(
    id="coast", name="Coast", country="Kenya", timezone="Africa/Nairobi", places=("Lamu", "Kilifi", "Malindi")
)


def test_the_trials_are_of_the_region_and_say_what_they_promise() -> None:
    """Each is about the region's own places; what two sides say in a dispute is read as their two numbers."""
    every = {one.name: one for one in trials.trials(REGION)}
    assert list(every) == ["typical", "empty", "one-source", "disputed", "huge", "right-to-left"]
    assert [len(one.reports) for one in every.values()] == [4, 0, 1, 4, trials.MANY, 4]
    assert every["right-to-left"].language == "ar"
    texts = [text for one in every.values() for text in one.reports.values()]
    assert [text for text in texts if "{" in text or not any(place in text for place in REGION.places)] == []
    said = [
        (claim.claimant, claim.group, claim.outcome, claim.low)
        for name, text in every["disputed"].reports.items()
        for claim in read(from_bytes(text.encode(), where=name, suffix=".md", defaults=Defaults(), source=name))
        if not claim.headline
    ]
    assert ("The army", "state_forces", "killed", 0) in said
    assert ("People's Front", "state_forces", "killed", 30) in said


def test_a_difference_stands_under_its_section() -> None:
    """Lines gone and lines new, each under the heading it belongs to; a heading that changed speaks for itself."""
    kept = "2 pages\n\n## Bottom line  (page 1)\n\nFour died.\n\n## Map  (page 2)\n\nA map.\n"
    now = "3 pages\n\n## Bottom line  (page 1)\n\nFive died.\n\n## Where  (page 3)\n\nA map.\n"
    assert outlines.difference(kept, kept) == ""
    assert outlines.difference(kept, now).splitlines() == [
        "- 2 pages", "+ 3 pages", "  ## Bottom line", "- Four died.", "+ Five died.", "- ## Map  (page 2)",
        "+ ## Where  (page 3)",
    ]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A demo workspace of the test's own, with a brief of one notebook."""
    return with_note(install_demo(tmp_path / "mine"), "balochistan")


@pytest.mark.slow
def test_a_page_that_comes_out_otherwise_is_told(root: Path) -> None:
    """Outlines are kept when asked for; then a changed title, and a notebook that fails, are told with the place."""

    def tried(*, keep: bool = False) -> list[tuple[str, bool, str]]:
        every = list(rehearse(NOTE, root, only=("empty", "one-source"), keep=keep))
        return [(one.trial.name, one.passed, one.difference) for one in every]

    before = {path for path in root.rglob("*") if ".briefings" not in path.parts}
    assert tried(keep=True) == [("empty", True, ""), ("one-source", True, "")]
    made = {path.relative_to(root) for path in root.rglob("*") if ".briefings" not in path.parts} - {
        path.relative_to(root) for path in before
    }
    folder = Path(OUTLINES) / NOTE
    assert made == {Path(OUTLINES), folder, folder / "empty.txt", folder / "one-source.txt"}
    kept = (root / folder / "one-source.txt").read_text(encoding="utf-8")
    assert "## What is not known  (page 1)" in kept
    assert tried() == [("empty", True, ""), ("one-source", True, "")]

    notebook = root / "notebooks" / "note.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace('slot=\\"gaps\\"', 'slot=\\"gaps\\", title=\\"Still open\\"'))
    changed = "- ## What is not known  (page 1)\n+ ## Still open  (page 1)"
    assert tried() == [("empty", False, changed), ("one-source", False, changed)]

    notebook.write_text(text.replace("gaps(desk", "gaps(dusk"))
    (failed,) = rehearse(NOTE, root, only=("empty",))
    assert not failed.passed
    (finding,) = failed.findings
    assert (finding.level, finding.code) == ("stop", "CELL_RAISED")
    assert finding.where.startswith("note.ipynb, cell 6 (under “What is not known”), line 1")
    assert "did you mean desk" in finding.message


@pytest.mark.slow
def test_what_has_no_default_is_as_the_notebooks_are_edited_with_it(root: Path) -> None:
    """A trial is given what a person would give it; one that no notebook says is missed by name."""
    toml, notebook = root / "templates" / NOTE / "brief.toml", root / "notebooks" / "note.ipynb"
    declared = '[parameters.who]\ntype = "str"\n\n[slots.bottom_line]'
    toml.write_text(toml.read_text().replace("[slots.bottom_line]", declared))
    (missed,) = rehearse(NOTE, root, only=("empty",))
    assert "who: is missing" in missed.findings[0].message
    notebook.write_text(notebook.read_text().replace('date = \\"\\"', 'date = \\"\\"\\nwho = \\"us\\"'))
    (tried,) = rehearse(NOTE, root, only=("empty",))
    assert tried.passed


@pytest.mark.slow
def test_a_workspace_is_tried_as_it_is(root: Path) -> None:
    """Settings may begin with a mark of their encoding, and notebooks lie elsewhere; a forgotten outline is told."""
    (root / "notebooks").rename(root.parent / "shared")
    notebook = root.parent / "shared" / "note.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace('slot=\\"gaps\\"', 'slot=\\"gaps\\", title=\\"Still open\\"'))
    settings = root / "briefings.toml"
    told = settings.read_text(encoding="utf-8").replace('notebooks = "notebooks"', 'notebooks = "../shared"')
    settings.write_text(told, encoding="utf-8-sig")
    (first,) = rehearse(NOTE, root, only=("empty",), keep=True)
    assert "## Still open" in first.outline
    (other,) = rehearse(NOTE, root, only=("one-source",))
    assert (other.missing, other.passed) == (True, False)


def test_a_trial_there_is_not_is_named_with_those_there_are(demo: Workspace) -> None:
    """A brief or trial that is misspelt is refused before anything is made."""
    with pytest.raises(UsageError, match="did you mean typical"):
        list(rehearse("balochistan", demo.root, only=("typicle",)))
    with pytest.raises(UsageError, match="no brief is named 'balochistn'; did you mean 'balochistan'"):
        list(rehearse("balochistn", demo.root))


@pytest.mark.slow
def test_the_command_tells_each_trial_and_fails_where_one_differs(root: Path) -> None:
    """`briefings check BRIEF` says of each trial what became of it; JSON says the same."""
    command = ["check", NOTE, "--trial", "empty", "-w", str(root)]
    first = CliRunner().invoke(app, [*command, "--keep"])
    assert (first.exit_code, first.stdout.splitlines()[0]) == (0, "empty: kept now")
    kept = root / OUTLINES / NOTE / "empty.txt"
    kept.write_text(kept.read_text(encoding="utf-8").replace("## Sources and method", "## Sources"), encoding="utf-8")
    second = CliRunner().invoke(app, command)
    assert second.exit_code == 1
    assert "empty: differs" in second.stdout
    assert "- ## Sources  (page 1)\n+ ## Sources and method  (page 1)" in second.stdout
    told = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    assert [(one["trial"], one["passed"]) for one in told["trials"]] == [("empty", False)]
