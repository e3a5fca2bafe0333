"""Runs in real kernels: one tiny notebook for every fault, its message whole; nothing leaks, nothing survives."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from briefings.errors import ContractError, DiskFull, NotebookError, ParameterError
from briefings.kernels import kernels
from briefings.kernels.confine import Job, Limits
from briefings.kernels.kernels import RunRecord
from briefings.model import Window
from briefings.notebook.brief import Masthead, assemble, parse_type
from briefings.notebook.guard import marked
from briefings.notebook.notebook import harvest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="process groups are of POSIX")]

NOTEBOOKS = Path(__file__).parent / "notebooks"
PARAMETERS = {"brief": "trial", "date": "2026-01-31", "as_of": ""}
HOSTILE = [
    "'", '"', '"""',"'''\nimport os", "line\nbreak", "back\\", "\\n", "{brief}", "\u2028", "\x00", "$HOME", "شہر",
]  # fmt: skip
FAULTS = """
raises exits quits dies asks shell_fails thread_fails task_fails excused stops missing_package memory floods leaks
looks_around unknown_slot wrong_kind twice missing_required semicolon body_invalid handmade other_version big_section
old_format good shows places
""".split()  # noqa: SIM905  (names read better as a text)
KIND = parse_type(
    """
    title = "Trial"
    notebooks = ["trial.ipynb"]
    [slots.bottom_line]
    kind = "prose"
    [slots.developments]
    kind = "items"
    required = false
    [slots.gaps]
    kind = "items"
    required = false
    """,
    name="trial",
    where="trial/brief.toml",
)
HEAD = Masthead(
    series="Trial",
    title="Trial",
    kind="trial",
    edition_id="trial-1",
    as_of=datetime(2026, 1, 31, tzinfo=UTC),
    timezone="UTC",
    region="Nowhere",
    period=Window(start=date(2026, 1, 31), end=date(2026, 1, 31)),
)


@dataclass(frozen=True)
class Runs:
    """The records of all fault notebooks, and the folder their copies are kept in."""

    records: dict[str, RunRecord]
    folder: Path

    def told(self, name: str) -> str:
        """Return the error of a run, its folder written as OUT."""
        return str(self.records[name].error).replace(str(self.folder), "OUT").replace(sys.executable, "PYTHON")

    def kept(self, name: str) -> str:
        """Return the executed copy of a run, as it lies on disk."""
        return (self.folder / f"{name}.ipynb").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=[True, False], ids=["forked", "anew"])
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Run every fault in either kind of kernel, with a secret in the environment and a false kernel on the path."""
    folder = tmp_path_factory.mktemp("runs")
    spec = folder / "jupyter" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps({"argv": ["false"], "display_name": "False", "language": "python"}))
    jobs = [Job(NOTEBOOKS / f"{name}.ipynb", PARAMETERS, folder / f"{name}.ipynb") for name in FAULTS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFINGS_SMTP_PASSWORD", "s3cret-canary")
        patch.setenv("JUPYTER_PATH", str(folder / "jupyter"))
        records = kernels.run_all(
            jobs, workspace=folder, at_once=2, keep_going=True, limits=Limits(cell_seconds=90), warm=request.param
        )
    return Runs(dict(zip(FAULTS, records, strict=True)), folder)


KEPT = "as far as it ran, the notebook is kept as OUT/{name}.ipynb"
WITH = "  why: with brief='trial', date='2026-01-31', as_of=''\n"

MESSAGES = {
    "raises": "CELL_RAISED: raises.ipynb stopped at cell 4: ZeroDivisionError: division by zero\n"
    "  where: raises.ipynb, cell 4 (under “Toll”), line 2: 1 / toll\n" + WITH + "  try: mend the cell and run again; ",
    "dies": "KERNEL_DIED: the kernel of dies.ipynb died at cell 4\n"
    "  where: dies.ipynb, cell 4 (under “Toll”)\n"
    "  why: the process ended by itself: it ran out of memory, crashed in native code, or called os._exit\n"
    "  try: read less at once (a run may use 6 GB), or run the cell alone in JupyterLab; ",
    "asks": "CELL_RAISED: asks.ipynb stopped at cell 4: StdinNotImplementedError: raw_input was called, but this "
    "frontend does not support input requests.\n"
    '  where: asks.ipynb, cell 4 (under “Toll”), line 1: answer = input("How many? ")\n' + WITH + "  try: nobody "
    "answers a question during a run; declare a parameter in brief.toml instead; ",
    "shell_fails": "CELL_RAISED: shell_fails.ipynb stopped at cell 4: CommandFailed: exit status 3: exit 3\n"
    "  where: shell_fails.ipynb, cell 4 (under “Toll”), line 1: !exit 3\n"
    + WITH
    + "  try: mend the command, or end it "
    "in `|| true` if its failure does not matter; ",
    "excused": "CELL_RAISED: excused.ipynb stopped at cell 4: ZeroDivisionError: division by zero\n"
    "  where: excused.ipynb, cell 4 (under “Toll”), line 1: 1 / 0\n" + WITH + "  try: mend the cell and run again; ",
    "stops": "CELL_RAISED: stops.ipynb stopped at cell 4: StopExecution\n"
    "  where: stops.ipynb, cell 4 (under “Toll”)\n" + WITH + "  try: mend the cell and run again; ",
    "missing_package": "CELL_RAISED: missing_package.ipynb stopped at cell 4: ModuleNotFoundError: No module named "
    "'no_such_package'\n"
    "  where: missing_package.ipynb, cell 4 (under “Toll”), line 1: import no_such_package\n" + WITH + "  try: install "
    "the package for this Python: PYTHON -m pip install no_such_package; ",
    "memory": "CELL_RAISED: memory.ipynb stopped at cell 4: MemoryError\n"
    "  where: memory.ipynb, cell 4 (under “Toll”), line 1: block = bytearray(40 * 1024**3)\n" + WITH + "  try: the run "
    "may use 6 GB; read less at once, or raise the limit; ",
}
EXITED = (
    "NOTEBOOK_EXITED: {name}.ipynb left early: cell {cell} ended the run\n"
    "  where: {name}.ipynb, cell {cell} (under “Toll”)\n"
    "  why: sys.exit() or exit() was called, so the cells below never ran\n"
    "  try: remove the call; put what must not run under an `if`"
)
BACKGROUND = (
    "BACKGROUND_FAILED: something failed in the background of {name}.ipynb: {what}: ValueError: no count\n"
    "  where: {name}.ipynb\n"
    "  try: wait for threads and tasks in the cell that starts them, so that it fails with them"
)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_a_cell_that_fails(runs: Runs, name: str) -> None:
    """The message names notebook, cell, heading, line, parameters, and what to try."""
    assert runs.told(name) == MESSAGES[name] + KEPT.format(name=name)


@pytest.mark.parametrize(("name", "cell"), [("exits", 5), ("quits", 4)])
def test_leaving_early_is_no_success(runs: Runs, name: str, cell: int) -> None:
    """sys.exit(0) and quit() end the run with an error, though papermill reports success."""
    assert runs.told(name) == EXITED.format(name=name, cell=cell)


@pytest.mark.parametrize(("name", "what"), [("thread_fails", "thread"), ("task_fails", "task")])
def test_failures_nobody_waits_for_are_found(runs: Runs, name: str, what: str) -> None:
    """A thread or task that fails behind the notebook's back fails the run at its end."""
    assert runs.told(name) == BACKGROUND.format(name=name, what=what)


def test_a_section_refused_in_its_cell_is_a_contract_error(runs: Runs) -> None:
    """A body that is not valid is named where it was made, not as a crash of the cell."""
    error = runs.records["body_invalid"].error
    assert isinstance(error, ContractError)
    assert str(error) == (
        "CONTRACT_BODY: the section is not valid: bare number in 'Some 10 people died.': place it by reference (a "
        "figure, a claim, a date, a dataset row)\n"
        '  where: body_invalid.ipynb, cell 4 (under “Toll”), line 3: Section.of(Prose(paragraphs=((Text(text="Some 10 '
        'people died."),),)), slot="bottom_line")\n'
        "  try: correct the value in this cell; nothing of the brief was printed"
    )


CONTRACT = {
    "unknown_slot": "CONTRACT_SLOT: a 'trial' brief has no slot 'botom_line'\n"
    "  where: unknown_slot.ipynb, cell 4 (under “Toll”)\n"
    "  why: and 1 more: CONTRACT_EMPTY: no cell fills the required slot 'bottom_line'\n"
    "  try: use one of bottom_line, developments, gaps; did you mean bottom_line?",
    "wrong_kind": "CONTRACT_KIND: slot 'bottom_line' takes a 'prose' section, not 'items'\n"
    "  where: wrong_kind.ipynb, cell 4 (under “Toll”)\n"
    "  try: end the cell in a section of kind 'prose', or name another slot",
    "twice": "CONTRACT_TWICE: slot 'bottom_line' is filled twice\n"
    "  where: twice.ipynb, cell 6 (under “Again”)\n"
    "  why: twice.ipynb, cell 4 (under “Toll”) fills it already\n"
    "  try: remove one of the two cells, or say `many = true` for the slot in brief.toml",
    "handmade": "CONTRACT_BODY: the body of a 'prose' section is not valid: bare number in 'Some 10 people died.': "
    "place it by reference (a figure, a claim, a date, a dataset row)\n"
    "  where: handmade.ipynb, cell 4 (under “Toll”), paragraphs.0.0.text\n"
    "  try: make the section with a builder or Section.of(), which check it in the cell",
    "other_version": "CONTRACT_VERSION: the section is written in version 2 of the contract; version 1 is read here\n"
    "  where: other_version.ipynb, cell 4 (under “Toll”)\n"
    "  try: use one version of Briefings for notebook and brief",
    "big_section": "CONTRACT_SIZE: a section is too large to keep\n"
    "  where: big_section.ipynb, cell 4 (under “Toll”)\n"
    "  try: shorten it: a brief shows the rows that matter, the rest belongs in the claims file",
}
EMPTY = (
    "CONTRACT_EMPTY: no cell fills the required slot 'bottom_line'\n"
    "  where: trial.ipynb\n"
    "  why: a section reaches the page only as the last line of its cell, without a semicolon, or through display()\n"
    "  try: end a cell in a 'prose' section with slot='bottom_line', or say `required = false` in brief.toml"
)


@pytest.mark.parametrize("name", [*CONTRACT, "missing_required", "semicolon"])
def test_a_broken_contract(runs: Runs, name: str) -> None:
    """The notebook ran to its end; what it emitted is refused with cell, heading and what would be right."""
    record = runs.records[name]
    assert record.error is None
    with pytest.raises(ContractError) as caught:
        assemble(KIND, harvest(record.nb, record.notebook), HEAD)
    assert str(caught.value) == CONTRACT.get(name, EMPTY)


def test_a_good_run(runs: Runs) -> None:
    """Sections come in the order shown, displayed ones too, and the parameters reached the notebook."""
    record = runs.records["good"]
    assert record.error is None
    assert record.findings == ()
    found = harvest(record.nb, record.notebook)
    assert [one.section.slot for one in found] == ["bottom_line", "developments", "gaps"]
    assert found[2].place == "good.ipynb, cell 6 (under “Toll”)"
    assert "".join(run.text for run in found[2].section.body.items[0].runs) == "Nothing from trial"
    assert len(assemble(KIND, found, HEAD).sections) == 3


def test_the_preview_of_a_section_is_html_and_never_harvested(runs: Runs) -> None:
    """A section shows a page preview in JupyterLab beside its data."""
    cell = next(cell for cell in runs.records["good"].nb.cells if cell.id == "c4")
    assert {"application/vnd.briefings.section.v1+json", "text/html", "text/plain"} == set(cell.outputs[0].data)


def test_the_same_run_leaves_the_same_bytes(runs: Runs, tmp_path: Path) -> None:
    """Times, ids, addresses and paths do not get into the executed copy."""
    kernels.run(NOTEBOOKS / "good.ipynb", PARAMETERS, out=tmp_path / "again.ipynb", workspace=tmp_path)
    assert (tmp_path / "again.ipynb").read_text(encoding="utf-8") == runs.kept("good")


def test_a_failed_run_is_kept_as_evidence(runs: Runs) -> None:
    """The executed copy shows how far it got: the failed cell failed, the cells below pending, no half file."""
    data = json.loads(runs.kept("raises"))
    states = {cell["id"]: cell["metadata"].get("papermill", {}).get("status") for cell in data["cells"]}
    assert (states["c4"], states["c5"]) == ("failed", "pending")
    assert data["metadata"]["briefings"] == {"complete": False, "background": []}
    assert json.loads(runs.kept("dies"))["cells"][4]["metadata"]["papermill"]["status"] == "failed"
    assert list(runs.folder.glob(".*")) == []


def test_a_kernel_sees_no_secrets_and_an_empty_folder(runs: Runs) -> None:
    """The environment is made from a list; the kernel is this interpreter's, whatever specs are installed."""
    record = runs.records["looks_around"]
    assert record.error is None
    assert "canary" not in json.dumps(record.nb)
    (seen,) = (json.loads(cell.outputs[0].text) for cell in record.nb.cells if cell.id == "c4")
    assert seen["cwd"] == []
    assert seen["python"].startswith("<python>")
    assert seen["env"]["TZ"] == "UTC"
    assert seen["env"]["BRIEFINGS_WORKSPACE"] == "<workspace>"
    assert not {name for name in seen["env"] if re.search("SECRET|PASSWORD|TOKEN|KEY", name)}


def test_paths_and_addresses_are_taken_out(runs: Runs) -> None:
    """No executed copy names the home folder, the temporary folder or an object's address."""
    for name in set(FAULTS) - {"places"}:  # whose section is never changed
        text = runs.kept(name)
        assert str(runs.folder) not in text, name
        assert "briefings-run-" not in text, name
        assert not re.search(r"0x[0-9a-f]{8}", text), name
        assert str(Path.home()) not in text or str(Path.home()) == "/", name
    assert ". <workspace>/notebooks <object object at 0x…>" in runs.kept("looks_around")


def test_paths_are_taken_out_of_whatever_a_cell_shows(runs: Runs) -> None:
    """Tables, drawings and JSON are scrubbed as print is; pictures and sections stay as they are."""
    (output,) = (output for cell in runs.records["shows"].nb.cells if cell.id == "c4" for output in cell.outputs)
    assert output.data["text/html"] == "<p title='&lt;workspace&gt;/x'>&lt;workspace&gt;/notebooks</p>"
    assert output.data["text/markdown"] == "**<workspace>**"
    assert output.data["image/svg+xml"] == "<svg><title>&lt;workspace&gt;</title></svg>"
    assert output.data["application/json"] == {"at": ["<workspace>"], "n": 1}
    assert output.data["image/png"] == "/tmp/aaaa"
    assert str(runs.folder) not in runs.kept("shows")


def test_a_section_that_names_a_folder_of_this_machine_is_told_of(runs: Runs) -> None:
    """Its digest binds it, so it is not changed; the run says which cell made it."""
    record = runs.records["places"]
    assert [finding.code for finding in record.findings] == ["SECTION_PATH"]
    assert "cell 4" in (record.findings[0].where or "")
    assert all(not one.findings for name, one in runs.records.items() if name in ("good", "looks_around", "shows"))


def test_a_flood_of_output_is_cut_and_said(runs: Runs) -> None:
    """A cell keeps two megabytes of what it prints, marked where it was cut; the run goes on."""
    record = runs.records["floods"]
    assert record.error is None
    assert len(runs.kept("floods")) < 2_100_000
    assert "[cut off: more than 2000000 bytes of output]" in runs.kept("floods")
    assert [(one.code, one.where) for one in record.findings] == [("OUTPUT_CUT", "floods.ipynb, cell 4 (under “Toll”)")]
    assert [one.section.slot for one in harvest(record.nb, "floods.ipynb")] == ["bottom_line"]  # which has its own room


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")
def test_children_end_with_their_run(runs: Runs) -> None:
    """A child left behind is ended, even one that went to a session of its own."""
    record = runs.records["leaks"]
    assert record.error is None
    (printed,) = (cell.outputs[0].text for cell in record.nb.cells if cell.id == "c4")
    assert [alive(int(process)) for process in printed.split()] == [False, False]


def test_a_hanging_cell_is_ended(tmp_path: Path) -> None:
    """A cell that ignores interrupts is killed at its limit, with its children; later runs are not hurt."""
    began = time.monotonic()
    out = tmp_path / "hangs.ipynb"
    with pytest.raises(NotebookError) as caught:
        kernels.run(NOTEBOOKS / "hangs.ipynb", PARAMETERS, out=out, workspace=tmp_path, limits=Limits(cell_seconds=3))
    assert time.monotonic() - began < 3 + 20
    assert str(caught.value).replace(str(tmp_path), "OUT") == (
        "KERNEL_TIMEOUT: hangs.ipynb hung at cell 4 and was ended\n"
        "  where: hangs.ipynb, cell 4 (under “Toll”)\n"
        "  why: a cell may take 3 seconds\n"
        "  try: make the cell faster, or raise the limit; " + KEPT.format(name="hangs")
    )


def test_a_run_has_a_limit_as_a_whole(tmp_path: Path) -> None:
    """However long each cell may take, the run ends in time."""
    out = tmp_path / "hangs.ipynb"
    with pytest.raises(NotebookError) as caught:
        kernels.run(NOTEBOOKS / "hangs.ipynb", PARAMETERS, out=out, workspace=tmp_path, limits=Limits(run_seconds=4))
    assert "KERNEL_TIMEOUT: hangs.ipynb ran longer than 4 seconds and was ended" in str(caught.value)


def test_values_arrive_as_they_were(tmp_path: Path) -> None:
    """Quotes, line ends, braces and other scripts survive the way into the notebook; nothing of them is run."""
    given: dict[str, Any] = {"text": "".join(HOSTILE), "number": -3, "share": 0.5, "flag": True, "nothing": None}
    given["several"] = HOSTILE
    record = kernels.run(NOTEBOOKS / "values.ipynb", given, out=tmp_path / "v {brief}.ipynb", workspace=tmp_path)
    (printed,) = (cell.outputs[0].text for cell in record.nb.cells if cell.id == "c4")
    assert json.loads(printed) == list(given.values())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"x=1\nopen('f', 'w')": 1}, "cannot be the name of a parameter"),
        ({"class": 1}, "'class' cannot be the name of a parameter"),
        ({"date": date(2026, 1, 31)}, "parameter 'date' cannot be a date"),
        ({"several": [b"x"]}, "parameter 'several' cannot be a list"),
        ({"several": {"a"}}, "parameter 'several' cannot be a set"),
    ],
)
def test_what_is_no_parameter_never_reaches_papermill(given: dict[str, Any], message: str, tmp_path: Path) -> None:
    """Names that are code and values that JSON does not know are refused before any kernel starts."""
    with pytest.raises(ParameterError) as caught:
        kernels.run(NOTEBOOKS / "good.ipynb", given, out=tmp_path / "o.ipynb", workspace=tmp_path)
    assert message in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_f06_no_space_for_temporary_files_is_told_with_the_folder_that_is_full(
    full_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full TMPDIR is a full disk, by name, and no reason to install anything anew."""
    monkeypatch.setattr(tempfile, "tempdir", str(full_disk))
    with pytest.raises(DiskFull) as caught:
        kernels.run(NOTEBOOKS / "good.ipynb", PARAMETERS, out=tmp_path / "out.ipynb", workspace=tmp_path)
    assert caught.value.where == str(full_disk)
    assert "TMPDIR" in (caught.value.fix or "")
    assert not list(full_disk.glob("briefings-*"))


def test_a_missing_notebook_is_told_before_anything_runs(tmp_path: Path) -> None:
    """Of several jobs none starts if one has no notebook."""
    jobs = [
        Job(NOTEBOOKS / "good.ipynb", PARAMETERS, tmp_path / "good.ipynb"),
        Job(tmp_path / "gone.ipynb", PARAMETERS, tmp_path / "out.ipynb"),
    ]
    with pytest.raises(NotebookError) as caught:
        kernels.run_all(jobs, workspace=tmp_path)
    assert str(caught.value) == (
        "NOTEBOOK_MISSING: there is no notebook 'gone.ipynb'\n"
        f"  where: {tmp_path / 'gone.ipynb'}\n"
        "  try: put the file there, or correct `notebooks` in brief.toml"
    )
    assert list(tmp_path.iterdir()) == []


RUNNER = """
import sys
from pathlib import Path
from briefings.kernels import kernels
kernels.run(Path(sys.argv[1]), {"date": "2026-01-31"}, out=Path(sys.argv[2]), workspace=Path("."))
"""


def run_processes(runner: int) -> list[int]:
    """Return the processes of a runner's kernels, found by their mark."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            marks = re.findall(rb"BRIEFINGS_RUN=(%d-[^\0]+)" % runner, entry.read_bytes())
        except OSError:
            continue
        for mark in marks:
            found.update(marked(mark.decode()))
    return sorted(found)


def test_a_folder_of_any_depth_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the names of folders are too long for sockets, the kernel is spoken with over ports."""
    deep = tmp_path.joinpath(*["a folder with a long name"] * 6)
    deep.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    record = kernels.run(NOTEBOOKS / "good.ipynb", PARAMETERS, out=tmp_path / "out.ipynb", workspace=tmp_path)
    assert record.error is None


def test_a_kernel_whose_runner_died_before_it_was_up_ends_too(tmp_path: Path) -> None:
    """Killed while its kernel is still loading, a runner leaves none behind that waits for ever."""
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    folder = tmp_path / "run"
    folder.mkdir()
    environment = {**os.environ, "BRIEFINGS_RUNNER": gone.stdout.strip(), "BRIEFINGS_RUN_FOLDER": str(folder)}
    extension = "--InteractiveShellApp.extra_extensions=briefings.notebook.guard"
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", str(folder / "kernel.json"), extension]
    kernel = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)
    assert kernel.wait(timeout=60) == -signal.SIGKILL
    assert not folder.exists()


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_an_interrupted_run_leaves_nothing_behind(number: int, status: int, tmp_path: Path) -> None:
    """Ctrl-C, SIGTERM and even kill -9 of the runner end its kernel and the kernel's children within seconds."""
    command = [sys.executable, "-c", RUNNER, str(NOTEBOOKS / "hangs.ipynb"), str(tmp_path / "out.ipynb")]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as runner:
        until = time.monotonic() + 60
        while len(run_processes(runner.pid)) < 2 and runner.poll() is None and time.monotonic() < until:
            time.sleep(0.2)
        assert len(run_processes(runner.pid)) >= 2, runner.communicate()  # the kernel and its child
        runner.send_signal(number)
        _, said = runner.communicate(timeout=30)
        assert runner.returncode == status, said
    until = time.monotonic() + 15
    while (run_processes(runner.pid) or [*tmp_path.glob("briefings-run-*")]) and time.monotonic() < until:
        time.sleep(0.2)
    assert run_processes(runner.pid) == []
    assert list(tmp_path.glob("briefings-run-*")) == []


LOADED = """
import papermill.engines, papermill.execute, papermill.log
had = papermill.execute.write_ipynb, papermill.log.logger.propagate, dict(papermill.engines.papermill_engines._engines)
import briefings.kernels.engine
has = papermill.execute.write_ipynb, papermill.log.logger.propagate, dict(papermill.engines.papermill_engines._engines)
print(had == has)
"""


def test_papermill_is_left_as_it_was_until_a_notebook_runs() -> None:
    """Whoever imports the program runs notebooks of their own as before."""
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
