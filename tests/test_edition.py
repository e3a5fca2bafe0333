"""The whole line: from reports in a folder to a filed PDF, and what happens when a part of it fails."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import nbformat
import pypdf
import pytest
from conftest import SHARED
from editions import DAY, Shelf
from notes import NOTE, rewrite, with_note

from briefings.authoring.demo import install_demo
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import ConfigError, ContractError, NotebookError, ParameterError, UsageError
from briefings.making.edition import Made, figures_of, make
from briefings.making.manifest import file_sha256
from briefings.making.planning import settle
from briefings.making.scaffold import new_workspace
from briefings.model import Edition, Figure, Window
from briefings.proof import printed
from briefings.release.reviews import review

pytestmark = pytest.mark.slow

SATURDAY = Window(start=date(2026, 1, 31), end=date(2026, 1, 31))
TWO_DAYS = Window(start=date(2026, 1, 30), end=date(2026, 1, 31))
SEED = SHARED / "sources" / "balochistan-2026-01-31.txt"


def figure(figures: tuple[Figure, ...], group: str, window: Window, outcome: str = "killed") -> Figure:
    (found,) = (one for one in figures if one.group == group and one.outcome == outcome and one.window == window)
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A demo workspace of the test's own."""
    return load(install_demo(tmp_path / "mine"))


@pytest.fixture
def noted(workspace: Workspace) -> Workspace:
    """The same with a brief of one notebook, for what is not about the page."""
    return load(with_note(workspace.root, "balochistan"))


# ── a brief ─────────────────────────────────────────────────────────────────────────────────────────


def test_an_edition_is_filed_whole(made: Made) -> None:
    """The folder holds the PDF, the page, the data and the executed notebooks, each with its digest."""
    folder = made.pdf.parent
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert files == {
        "brief.pdf",
        "balochistan-2026-01-31-1_TLP-CLEAR.pdf",
        "brief.html",
        "brief.md",
        "sections.json",
        "claims.csv",
        "claims.json",
        "figures.csv",
        "inputs.json",
        "annex.txt",
        "manifest.json",
        "notebooks/events.ipynb",
        "notebooks/casualties.ipynb",
        "notebooks/background.ipynb",
    }
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["files"]) == files - {"manifest.json", "balochistan-2026-01-31-1_TLP-CLEAR.pdf"}
    assert all(file_sha256((folder / name).read_bytes()) == sha256 for name, sha256 in manifest["files"].items())
    assert manifest["inputs"]["parameters"]["date"] == "2026-01-31"
    assert set(manifest["inputs"]["notebooks"]) == {"events.ipynb", "casualties.ipynb", "background.ipynb"}


def test_the_pdf_is_at_most_four_pages_tagged_and_carries_its_data(made: Made) -> None:
    """What a reader opens is short, accessible, and holds the claims it was made from."""
    reader = pypdf.PdfReader(made.pdf)
    assert len(reader.pages) <= 4
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert set(reader.attachments) == {"claims.json", "figures.csv", "inputs.json", "annex.txt"}
    claims = json.loads(reader.attachments["claims.json"][0])
    assert {claim["scope"] for claim in claims} <= {"incident", "cumulative", "background"}


def test_page_one_alone_carries_the_brief(made: Made) -> None:
    """Masthead, bottom line, key figures, developments and the casualty table all end on page one."""
    first, second = (" ".join(page.split()) for page in printed.text(made.pdf.read_bytes()).split("\f")[:2])
    for words in ("TLP:CLEAR", "No. 3", "UTC+05:00", "Next issue", "Draft", "Bottom line", "Key developments"):
        assert words in first
    assert "Injured" in first.split("Casualties")[1]
    assert "Competing claims" in second


def test_no_machine_or_person_is_named_in_what_is_kept(made: Made) -> None:
    """Paths of this machine stay out of every file of the edition."""
    root = made.pdf.parents[3]
    assert (root / "briefings.toml").is_file()
    for path in made.pdf.parent.rglob("*"):
        if path.is_file():
            assert str(root).encode() not in path.read_bytes(), path.name


# ── the same again ──────────────────────────────────────────────────────────────────────────────────


def test_a_damaged_edition_is_mended_by_making_it_again(noted: Workspace) -> None:
    """Whatever happened to the files on disk, the same brief puts back the very bytes that were filed."""
    first = make(NOTE, DAY, workspace=noted)
    whole = first.pdf.read_bytes()
    first.pdf.write_bytes(whole + b" ")
    (first.pdf.parent / "claims.csv").unlink()
    again = make(NOTE, DAY, workspace=noted)
    assert again.unchanged
    assert again.edition == first.edition
    assert first.pdf.read_bytes() == whole
    assert (first.pdf.parent / "claims.csv").is_file()


def test_another_workspace_prints_the_same_bytes(made: Made, workspace: Workspace) -> None:
    """The same inputs give the same PDF wherever and whenever it is made."""
    there = make("balochistan", DAY, workspace=workspace, now=datetime(2031, 5, 6, 7, 8, tzinfo=UTC))
    assert there.edition.pdf_sha256 == made.edition.pdf_sha256
    assert (there.pdf.parent / "sections.json").read_bytes() == (made.pdf.parent / "sections.json").read_bytes()


def superseded(first: Edition, second: Edition, reports: Path) -> None:
    """Hold that of two versions the former is kept as it was filed, and found as superseded."""
    folder = reports / first.folder
    assert file_sha256((folder / "brief.pdf").read_bytes()) == first.pdf_sha256, "what was filed stays as it was"
    marked = (folder / "brief-superseded.pdf").read_bytes()
    assert (folder / f"{first.id}_TLP-CLEAR.pdf").read_bytes() == marked
    head, *others = printed.text(marked).split("\f")
    assert "Superseded" in head
    assert second.id in head
    assert all("Superseded" in page for page in others)


def test_a_report_that_comes_late_makes_the_next_version(made: Made, shelf: Shelf) -> None:
    """It takes the place of the first, approved as that is, says so, and counts whom the report counts."""
    again = shelf.reissued()
    second = again.made
    assert (second.edition.version, second.edition.id) == (2, "balochistan-2026-01-31-2")
    assert "balochistan-2026-01-31-1" in printed.text(second.pdf.read_bytes())
    assert "Update" in printed.text(second.pdf.read_bytes()).split("\f")[0]
    injured = figure(second.figures, "state_forces", SATURDAY, "injured")
    assert (injured.low, injured.high) == (5, 5)
    superseded(made.edition, second.edition, again.root / "reports")


def test_a_version_that_takes_back_what_was_printed_is_a_correction(shelf: Shelf, tmp_path: Path) -> None:
    """It says so at its head, and its changes name who corrected what, and why; the draft before it is marked."""
    first = shelf.noted()
    workspace = first.copy(tmp_path / "noted")
    (read,) = (one for one in figure(first.made.figures, "state_forces", SATURDAY).claims[:1])
    review(read, "correct", corrections={"count": 14}, by="R. Okafor", reason="misread", workspace=workspace)
    again = make(NOTE, DAY, workspace=workspace)
    page = printed.text(again.pdf.read_bytes())
    assert "Correction" in page.split("\f")[0]
    assert "Corrects and replaces" in page.replace("\n", "")
    assert "Correction on review by R. Okafor" in page.replace("\n", " ").replace("  ", " ")
    superseded(first.made.edition, again.edition, workspace.reports)


# ── three types ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("brief", "day", "pages", "number", "period"),
    [
        ("balochistan-flash", "2026-01-31", 2, 3, ("2026-01-31", "2026-01-31")),
        ("balochistan-weekly", "2026-02-05", 8, 2, ("2026-01-30", "2026-02-05")),
    ],
)
def test_a_flash_and_a_weekly_brief_come_of_the_same_notebooks(
    brief: str, day: str, pages: int, number: int, period: tuple[str, str], shelf: Shelf
) -> None:
    """Each within its pages, with page one whole; what a week is about is its seven days, its number counts weeks."""
    made = shelf.issued(brief, day).made
    sheets = printed.text(made.pdf.read_bytes()).split("\f")
    first = " ".join(sheets[0].split())
    assert len(sheets) <= pages
    assert (str(made.edition.period.start), str(made.edition.period.end)) == period
    assert f"No. {number}" in first.replace("\xa0", " ")
    order = ("Bottom line", "Key figures", "Key developments", "Casualties")
    assert all(head in first for head in order)
    html = (made.pdf.parent / "brief.html").read_text(encoding="utf-8")
    heads = re.findall(r"<h2[^>]*>([^<]*)</h2>", html)
    assert [head for head in heads if head in order] == list(order) == heads[: len(order)]
    assert heads.index("Competing claims") < heads.index("Sources and method")
    assert "Competing claims" not in first
    assert "Sources and method" in " ".join(sheets[-1].split()) or "Method." in sheets[-1]
    left = (made.pdf.parent / "annex.txt").read_text(encoding="utf-8")
    assert "COMPETING CLAIMS" in left


# ── the founding case ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(not SEED.is_file(), reason="the founding article lies in ../shared, absent here")
def test_one_article_five_offices(tmp_path: Path) -> None:
    """One article alone: figures side by side, a computed sum that says so, and nothing added up or invented."""
    settings = (install_demo(tmp_path / "demo") / "briefings.toml").read_text()
    settings = settings[: settings.index("[sources.context]")] + settings[settings.index("[lists.duty]") :]
    root = new_workspace(tmp_path / "alone", settings)
    shutil.copy(SEED, root / "sources" / "reports")
    alone = make("balochistan", DAY, workspace=root)

    assert [figure(alone.figures, group, SATURDAY).text for group in ("state_forces", "armed_group", "civilians")] == [
        "10",
        "37",
        "not reported",
    ]
    civilians = figure(alone.figures, "civilians", SATURDAY)
    assert (civilians.low, civilians.status) == (None, "not_reported")
    two_days = figure(alone.figures, "armed_group", TWO_DAYS)
    assert (two_days.text, two_days.low, two_days.high, two_days.best) == ("more than 70 to 78", 71, 78, None)
    assert two_days.computation is not None
    assert two_days.computation.formula == "41 + 37"
    numbers = {value for one in alone.figures for value in (one.low, one.high, one.best)}
    assert not numbers & {148, 111, 107, 47, 85}
    page = printed.text(alone.pdf.read_bytes())
    assert "more than 70 to 78" in page
    assert "41 + 37" in page
    for never in ("148", "111", "107", "47"):
        assert f" {never} " not in page
    assert all(one.window.start >= date(2026, 1, 29) for one in alone.figures)


# ── nothing to say ──────────────────────────────────────────────────────────────────────────────────


def test_an_empty_day_is_said_to_be_empty(workspace: Workspace) -> None:
    """A day no source speaks of still makes a brief, which says so and claims no zero."""
    quiet = make("balochistan", {"date": "2026-01-12"}, workspace=workspace)
    text = printed.text(quiet.pdf.read_bytes())
    assert all(one.status == "not_reported" for one in quiet.figures)
    assert "not reported" in text
    assert "No information in the sources used" in text


# ── what goes wrong ─────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_parameter_is_refused_before_anything_runs(demo: Workspace) -> None:
    """Every problem is named at once, with the name that was probably meant."""
    with pytest.raises(ParameterError) as caught:
        settle("balochistan", {"dat": "2026-01-31", "as_of": "noon"}, demo, now=datetime(2026, 2, 1, tzinfo=UTC))
    assert "dat" in str(caught.value)
    assert "did you mean date" in str(caught.value)
    assert "as_of" in str(caught.value)


def test_an_unknown_brief_is_named_with_its_neighbours(demo: Workspace) -> None:
    """A slip of the finger gets the right name back."""
    with pytest.raises(UsageError, match="did you mean 'balochistan'"):
        make("baluchistan", DAY, workspace=demo)


def test_a_cell_that_raises_files_nothing(noted: Workspace) -> None:
    """The message names notebook, cell and heading; the sources stay collected and no edition appears."""
    rewrite(noted.notebooks / "note.ipynb", 'slot="gaps"', "1 / 0")
    with pytest.raises(NotebookError) as caught:
        make(NOTE, DAY, workspace=noted)
    assert caught.value.error_code == "CELL_RAISED"
    assert "note.ipynb, cell" in str(caught.value)
    assert "under “What is not known”" in str(caught.value)
    assert "ZeroDivisionError" in str(caught.value)
    assert not list(noted.reports.rglob("*.pdf"))


def test_a_cell_that_hangs_is_stopped_at_the_limit_set(noted: Workspace) -> None:
    """The workspace says how long a cell may take; the message names the cell and the setting."""
    rewrite(noted.notebooks / "note.ipynb", 'slot="gaps"', "import time\ntime.sleep(300)")
    text = noted.file.read_text()
    noted.file.write_text(text + "\n[limits]\ncell_seconds = 3\n")
    with pytest.raises(NotebookError) as caught:
        make(NOTE, DAY, workspace=noted.root)
    assert caught.value.error_code == "KERNEL_TIMEOUT"
    assert "note.ipynb, cell" in str(caught.value)
    (kept,) = (noted.root / ".briefings" / "runs").glob("*/note.ipynb")
    assert nbformat.read(kept, as_version=4).cells


def test_a_section_nobody_asked_for_files_nothing(noted: Workspace) -> None:
    """A slot that brief.toml does not have is a contract error that names the cell and the nearest slot."""
    rewrite(noted.notebooks / "note.ipynb", 'slot="gaps"', 'gaps(desk, slot="gasp")')
    with pytest.raises(ContractError, match="has no slot 'gasp'") as caught:
        make(NOTE, DAY, workspace=noted)
    assert "note.ipynb, cell" in str(caught.value)
    assert "gaps" in str(caught.value)
    assert not list(noted.reports.rglob("*.pdf"))


def test_a_day_that_has_not_come_is_refused(demo: Workspace) -> None:
    """A brief of tomorrow would say that nothing happened; an as-of ahead of the clock likewise."""
    now = datetime(2026, 1, 31, 12, tzinfo=UTC)
    for given in ({"date": "2026-02-01"}, {"date": "2026-01-31", "as_of": "2026-01-31T23:00:00+05:00"}):
        with pytest.raises(ParameterError, match="has not come"):
            settle("balochistan", given, demo, now=now)
    assert settle("balochistan", DAY, demo, now=now).as_of == now


def test_the_strictest_marking_of_the_inputs_wins(shelf: Shelf) -> None:
    """One report marked TLP:AMBER, even one known before without, and the brief is TLP:AMBER on every page."""
    result = shelf.reissued().made
    assert result.edition.marking == "TLP:AMBER"
    pages = printed.text(result.pdf.read_bytes()).split("\f")
    assert all(page.count("TLP:AMBER") == 2 for page in pages)
    cells = {(one.group, one.unit, one.outcome, one.window, one.place) for one in result.figures}
    assert len(result.figures) == len(cells)


def test_a_deleted_notebook_is_not_replaced_in_silence(workspace: Workspace) -> None:
    """A workspace with notebooks of its own runs those and no other."""
    (workspace.notebooks / "casualties.ipynb").unlink()
    with pytest.raises(NotebookError, match=r"casualties\.ipynb"):
        make("balochistan", DAY, workspace=workspace)


def test_a_missing_notebook_is_named(workspace: Workspace) -> None:
    """A notebook that brief.toml names and nobody has is an error with the file's name."""
    folder = workspace.templates / "daily"
    text = (folder / "brief.toml").read_text()
    (folder / "brief.toml").write_text(text.replace('"events.ipynb"', '"evnts.ipynb"'))
    with pytest.raises((NotebookError, ConfigError), match=r"evnts\.ipynb"):
        make("balochistan", DAY, workspace=workspace)


def test_a_broken_report_does_not_stop_the_others(noted: Workspace) -> None:
    """The brief is made from what could be read, the broken file is named, and the status says so."""
    (noted.root / "sources" / "reports" / "broken.md").write_bytes(bytes(range(256)) * 40)
    result = make(NOTE, DAY, workspace=noted)
    assert result.exit_status == 3
    assert "broken.md" in str(result.problems[0])
    assert result.pdf.is_file()
    assert result.figures


def test_figures_need_no_notebook(made: Made, issued: Workspace) -> None:
    """The figures command gives what the edition prints."""
    _, figures = figures_of("balochistan", DAY, workspace=issued)
    assert figures == made.figures
