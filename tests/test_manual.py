"""The manual says only what is so: its examples run, its mistakes give the messages shown, its reference is whole."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, get_args

import nbformat
import pytest
import yaml
from editions import Shelf
from notes import rewrite, with_note
from typer.testing import CliRunner

import briefings
from briefings import builders
from briefings.authoring import gallery
from briefings.authoring.demo import install_demo
from briefings.authoring.editing import check_notebook
from briefings.building import magics
from briefings.building.braces import KINDS
from briefings.cli.app import app
from briefings.core import schedules
from briefings.core.choices import STATES
from briefings.core.config import load
from briefings.core.gates import parsed
from briefings.core.keeping import Retention
from briefings.core.languages import ENGLISH
from briefings.core.looks import EXPLAINED
from briefings.core.outlets import ChannelSpec
from briefings.core.protections import Protection
from briefings.core.recipients import Recipient
from briefings.core.settings import BriefConfig, Workspace
from briefings.delivery import webhook_channel
from briefings.desks.columns import FRAMES
from briefings.errors import BriefingsError, RenderError
from briefings.layout import parlance, render
from briefings.making.edition import collect
from briefings.making.scaffold import new_workspace
from briefings.manual import build as manual
from briefings.manual import codes, handbook, markup, stylebook
from briefings.notebook.brief import load_type
from briefings.notebook.parameters import Parameter, ParameterType
from briefings.proof import check
from briefings.sections import BODIES, MIME
from briefings.storage import agenda
from briefings.upkeep import scheduling, serving

ROOT = Path(__file__).parents[1]
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(manual.SOURCES.glob("*.md"))}
FENCE = re.compile(
    r"^```(\w+)(?: (\S+))?\n(.*?)^```$|^```\{code-block\} (\w+)\n:caption: (.+?)\n\n?(.*?)^```$", re.M | re.S
)
PARAMETERS = 'brief = "balochistan"\ndate = "2026-01-31"\ndays = 1\n'
NOTEBOOK = "planted.ipynb"
OPENED = "from briefings.builders import casualty_table, changes, prose\ndesk = briefings.desk(brief, date=date)\n"
LAST = f'import briefings\n{OPENED}elsewhere = "chan" + "ges"\nchanges(desk, slot=elsewhere)'


class Block(NamedTuple):
    """A block of code of a page: its language, the file it is for, what it says."""

    language: str
    file: str
    text: str


def blocks(text: str) -> list[Block]:
    """Return the blocks of code of a page in order."""
    found = FENCE.finditer(text)
    return [Block(one[1] or one[4], one[5] or "", one[3] if one[6] is None else one[6]) for one in found]


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────


class Mistake(NamedTuple):
    """A mistake of the manual: the part it stands in, its heading, the code planted and the message shown."""

    part: str
    heading: str
    code: str
    message: str


def mistakes() -> Iterator[Mistake]:
    """Yield the mistakes of the page, each a heading with a block of code and a block of words."""
    for part in re.split(r"^## ", PAGES["mistakes"], flags=re.M)[1:]:
        for section in re.split(r"^### ", part, flags=re.M)[1:]:
            code, message = blocks(section)
            yield Mistake(part.partition("\n")[0], section.partition("\n")[0], code.text.strip(), message.text.strip())


MISTAKES = list(mistakes())


def planted(part: str) -> list[Any]:
    return [pytest.param(one, id=one.heading) for one in MISTAKES if one.part == part]


def test_at_least_twelve_kinds_of_mistake_are_shown() -> None:
    """Each is another mistake, and they are those the parts below plant."""
    told = {re.search(r"\b[A-Z]{4,}(_[A-Z]+)*\b", one.message)[0] for one in MISTAKES}  # type: ignore[index]
    assert len(told) >= 12
    assert {one.part for one in MISTAKES} == {IN_PARAMETERS, IN_CELLS, IN_FILE, IN_RUN, IN_BRIEF}
    assert told <= {one.name for one in codes.codes()}


IN_PARAMETERS, IN_CELLS, IN_FILE = "In the parameters cell", "In any other cell", "In the file"
IN_RUN, IN_BRIEF = "While a cell runs", "When the brief is made"


def code(source: str, **metadata: Any) -> Any:
    return nbformat.v4.new_code_cell(source, metadata=metadata)


def notebook(root: Path, *cells: Any, parameters: str = PARAMETERS, tag: str = "parameters") -> Path:
    """Write a notebook into a workspace: a heading, a cell of parameters, others, and one with a section of its own."""
    first = [nbformat.v4.new_markdown_cell("# Planted"), code(parameters, tags=[tag])]
    path = root / "notebooks" / NOTEBOOK
    nbformat.write(nbformat.v4.new_notebook(cells=[*first, *cells, code(LAST)]), path)
    return path


def checked(path: Path) -> str:
    """Return what `briefings check` prints of a notebook, as it stands on standard output."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(path.parents[1])
        return CliRunner().invoke(app, ["check", f"notebooks/{path.name}"]).stdout.strip()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo workspace in which a notebook is planted that its daily brief runs."""
    root = install_demo(tmp_path_factory.mktemp("manual") / "demo")
    toml = root / "templates" / "daily" / "brief.toml"
    named = toml.read_text(encoding="utf-8").replace('"background.ipynb"', f'"background.ipynb", "{NOTEBOOK}"')
    toml.write_text(named, encoding="utf-8")
    return root


@pytest.mark.parametrize("mistake", planted(IN_PARAMETERS))
def test_a_mistake_in_the_parameters_cell_is_told_as_shown(mistake: Mistake, workspace: Path) -> None:
    """The line stands last in a parameters cell that is right otherwise."""
    assert checked(notebook(workspace, parameters=PARAMETERS + mistake.code)) == mistake.message


@pytest.mark.parametrize("mistake", planted(IN_CELLS))
def test_a_mistake_in_a_cell_is_told_as_shown(mistake: Mistake, workspace: Path) -> None:
    """The cells follow the parameters; a line `# %%` begins another."""
    assert checked(notebook(workspace, *map(code, re.split(r"\n*# %%\n", mistake.code)))) == mistake.message


def kept_outputs(root: Path, source: str) -> Path:
    """Plant a cell as a run leaves it."""
    cell = code(source)
    cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text="done\n")], 3
    return notebook(root, cell)


def fills_nothing(root: Path, source: str) -> Path:
    """Plant a cell, and none that makes a section."""
    path = notebook(root, code(source))
    nb = nbformat.read(path, 4)
    nb.cells[-1] = code(f"import briefings\n{OPENED}")
    nbformat.write(nb, path)
    return path


FILES: dict[str, Callable[[Path, str], Path]] = {
    "Outputs of a run are kept": kept_outputs,
    "No cell is tagged": lambda root, source: notebook(root, parameters=f"{source}\n", tag="first"),
    "Two cells are tagged": lambda root, source: notebook(root, code(source, tags=["parameters"])),
    "No cell fills a slot": fills_nothing,
    "The executed copy is edited": lambda root, source: notebook(root, code(source, tags=["injected-parameters"])),
}


@pytest.mark.parametrize("mistake", planted(IN_FILE))
def test_a_mistake_in_the_file_is_told_as_shown(mistake: Mistake, workspace: Path) -> None:
    """What is wrong with how the notebook was saved or tagged."""
    assert checked(FILES[mistake.heading](workspace, mistake.code)) == mistake.message


@pytest.fixture(scope="module")
def desk() -> Any:
    """The desk of the gallery's examples."""
    return gallery.demo_desk()


def names(desk: Any) -> dict[str, Any]:
    """Return what the manual's examples in Python may use without importing it."""
    return {"briefings": briefings, "desk": desk, **{name: getattr(builders, name) for name in builders.__all__}}


@pytest.mark.slow
@pytest.mark.parametrize("mistake", planted(IN_RUN))
def test_a_mistake_is_told_in_the_cell_as_shown(mistake: Mistake, desk: Any) -> None:
    """What the author gives is refused by the very call, with all that is wrong with it."""
    with pytest.raises(BriefingsError) as caught:
        exec(mistake.code, names(desk))  # noqa: S102 -- the manual's own example
    assert str(caught.value) == mistake.message


@pytest.mark.slow
@pytest.mark.parametrize("mistake", planted(IN_BRIEF))
def test_a_mistake_is_told_when_the_brief_is_made_as_shown(mistake: Mistake, demo: Workspace, tmp_path: Path) -> None:
    """The cell stands in the place of one that fills a slot of a brief of one notebook; no brief is filed."""
    assert made_with(mistake.code, demo, tmp_path) == mistake.message
    assert not list((tmp_path / "workspace" / "reports").glob("note/*"))


def made_with(source: str, demo: Workspace, folder: Path) -> str:
    """Return what `briefings make` says where a cell has this source."""
    root = with_note(Path(shutil.copytree(demo.root, folder / "workspace")), "balochistan")
    rewrite(root / "notebooks" / "note.ipynb", 'slot="gaps"', source)
    done = CliRunner().invoke(app, ["make", "note", "-p", "date=2026-01-31", "-w", str(root)])
    return re.sub(r"(runs/note-2026-01-31-)\d+", r"\1…", done.stderr.strip().replace(f"{root}/", ""))


# ── examples ────────────────────────────────────────────────────────────────────────────────────────


ELSEWHERE = {"lab": "test_browser.py"}
"""Commands that open a window; the tests named run them."""
OTHERS = {
    "ini": "unit files and settings, which a test of their own has verified",
    "py": "a program for another scheduler, which a test of its own reads",
    "bash": "programs of others, run by a test of their own, and what cannot be done with the demo as it is",
    "text": "a file that a command reads, or what is printed",
}


@dataclass
class Story:
    """A page on the way: its commands are typed in a folder, its files written there, its cells run over one desk."""

    folder: Path
    shelf: Shelf
    names: dict[str, Any] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)

    def tell(self, text: str) -> None:
        """Go through the blocks of a page in order."""
        for block in blocks(text):
            if block.language == "text" and block.file:
                self._write(block)
            elif block.language not in OTHERS:
                getattr(self, f"_{block.language}")(block)

    def _sh(self, block: Block) -> None:
        if block.file:
            self._write(block)
            return
        for line in block.text.splitlines():
            self.type(line)

    def type(self, line: str) -> None:
        """Run one command as it stands."""
        name, *arguments = shlex.split(line)
        self.typed.append(line)
        if name == "cd":
            self.folder /= arguments[0]
        elif name != "briefings":
            done = subprocess.run(line, shell=True, cwd=self.folder, capture_output=True, text=True, check=False)  # noqa: S602
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        elif arguments[0] == "demo":
            self.shelf.issued().copy(self.folder / arguments[1])
        elif arguments[:2] == ["check", "balochistan"]:
            own = [word for word in arguments if word not in ("--trial", "typical", "empty")]
            self._run([*own, "--trial", "empty"])  # one trial will do; each takes as long as a brief
        elif arguments[0] not in ELSEWHERE:
            self._run(arguments)

    def _run(self, arguments: list[str]) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, f"briefings {' '.join(arguments)}\n{done.output}"
        self.typed.append(done.output)

    def _python(self, block: Block) -> None:
        if block.file:
            fill(self.folder / block.file, block.text.strip())
            return
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            exec(block.text, self.names)  # noqa: S102 -- the manual's own example

    def _ipython(self, block: Block) -> None:
        line, _, cell = block.text.partition("\n")
        assert magics.section(line.removeprefix("%%prose "), cell, self.names).figures

    def _toml(self, block: Block) -> None:
        path = self.folder / block.file
        tomllib.loads(block.text)
        before = path.read_text(encoding="utf-8") if path.name in ("brief.toml", "briefings.toml") else ""
        path.write_text(f"{before}\n{block.text}", encoding="utf-8")

    def _yaml(self, block: Block) -> None:
        self._write(block)
        (job,) = yaml.safe_load(block.text)["jobs"].values()
        own = [step["run"] for step in job["steps"] if "briefings check" in step.get("run", "")]
        assert len(own) == 2
        for line in own:
            self.type(line)

    def _write(self, block: Block) -> None:
        path = self.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")


def fill(path: Path, source: str) -> None:
    """Put a cell into a notebook, in the place of the one that fills the same slot."""
    nb = nbformat.read(path, as_version=4)
    (slot,) = re.findall(r"slot=\"\w+\"", source)
    (cell,) = [cell for cell in nb.cells if cell.cell_type == "code" and slot in cell.source]
    cell.source = source
    nbformat.write(nb, path)


@pytest.fixture
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs of this environment are found by name, as where it is activated."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.slow
def test_the_first_steps_go_as_written(shelf: Shelf, tmp_path: Path) -> None:
    """A newcomer types them one after the other."""
    story = Story(tmp_path, shelf)
    story.tell(PAGES["first-steps"])
    assert story.names["desk"].brief == "balochistan"
    assert "[briefs.sindh]" in (tmp_path / "my-briefs" / "own" / "briefings.toml").read_text(encoding="utf-8")
    assert (tmp_path / "my-briefs" / "notebooks" / "tour.ipynb").is_file()


@pytest.mark.slow
def test_the_path_of_an_author_ends_on_the_page(shelf: Shelf, tmp_path: Path) -> None:
    """Title, table and parameter are on the page; two of the deadliest stand there no more."""
    story = Story(tmp_path, shelf)
    story.tell(PAGES["author"])
    filed = sorted((story.folder / "reports" / "balochistan").glob("*/brief.md"))[-1].read_text(encoding="utf-8")
    assert "Dead, hurt and missing" in filed
    table = filed[filed.index("The deadliest attacks of the year in Balochistan.") :].partition("\n## ")[0]
    assert len(re.findall(r"^\| .*\d{4}", table, re.M)) == 3
    assert any(line.startswith("worst ") for line in "\n".join(story.typed).splitlines())


@pytest.mark.slow
@pytest.mark.usefixtures("on_path")
def test_the_recipes_work(issued: Workspace, shelf: Shelf) -> None:
    """Each example runs; afterwards the hook refuses kept outputs, and takes the notebook without them."""
    git = ["git", "-c", "user.name=Author", "-c", "user.email=author@example.org"]
    subprocess.run([*git, "init", "--quiet"], cwd=issued.root, check=True)
    story = Story(issued.root, shelf)
    story.tell(PAGES["recipes"])
    assert load(issued.root).look("balochistan").theme == "mine"
    assert list((issued.root / "outlines" / "balochistan").iterdir())
    path = issued.root / "notebooks" / "events.ipynb"
    clean = path.read_bytes()
    nb = nbformat.read(path, as_version=4)
    nb.cells[1].outputs = [nbformat.v4.new_output("stream", text="done\n")]
    nbformat.write(nb, path)
    for text, status in ((path.read_bytes(), 1), (clean, 0)):
        path.write_bytes(text)
        subprocess.run([*git, "add", str(path)], cwd=issued.root, check=True)
        done = subprocess.run([*git, "commit", "-m", "x"], cwd=issued.root, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        assert ("OUTPUTS_KEPT" in done.stdout + done.stderr) == bool(status)


@pytest.mark.slow
def test_from_draft_to_sent_goes_as_written(shelf: Shelf, tmp_path: Path) -> None:
    """An edition is submitted, returned, approved, sent and taken back, and each of three readers is told of both."""
    page = PAGES["release"]
    story = Story(shelf.issued().copy(tmp_path / "desk").root, shelf)
    story.tell(page)
    lines = (story.folder / "sent" / "outgoing.jsonl").read_text(encoding="utf-8").splitlines()
    told = [(one["address"], one["notice"]) for one in map(json.loads, lines)]
    assert sorted(told) == sorted((name, kind) for name in ("amal", "bruno", "chiara") for kind in ("", "withdrawn"))
    assert len(load(story.folder).lists["partners"].recipients) == 3
    told_of = set(re.findall(r"`([A-Z]+_[A-Z_]+|STAGE|MARKING)`", page))
    assert len(told_of) == 7
    assert told_of <= {one.name for one in codes.codes()}
    listed = page[page.index("| gate |") :].partition("\n\n")[0]
    assert all(parsed(gate) for gate in re.findall(r"^\| `([^`]+)`", listed, re.M))
    fields = page[page.index("| of a recipient |") :].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", fields, re.M)) == Recipient.model_fields.keys()


@pytest.mark.slow
def test_channels_go_as_written(shelf: Shelf, tmp_path: Path) -> None:
    """The edition is on the shelf and the site once; the check of signatures holds; every setting and state is told."""
    page = PAGES["channels"]
    story = Story(shelf.approved().copy(tmp_path / "desk").root, shelf)
    story.tell(page)
    assert [len(list((story.folder / name).glob("*/*.pdf"))) for name in ("released", "site")] == [1, 1]
    secret, body = "correct-horse-battery", b'{"type": "edition.released"}'
    headers = webhook_channel.signed(body, "msg_1", int(time.time()), secret.encode())
    assert story.names["genuine"](headers, body, secret)
    assert not story.names["genuine"](headers, body + b" ", secret)
    assert not story.names["genuine"](headers | {"webhook-timestamp": "1"}, body, secret)
    fields = page[page.index("| of a channel |") :].partition("\n\n")[0]
    told = re.findall(r"`(\w+)`", "".join(line.split("|")[1] for line in fields.splitlines()))
    assert set(told) == ChannelSpec.model_fields.keys() - {"id"}
    states = page[page.index("| state | what it means | what comes next |") :].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", states, re.M)) == set(STATES)
    pager = story.names["Pager"](ChannelSpec(id="p", kind="pager", options={"number": "12"}), story.folder)
    with pager as channel:
        assert channel.name == "p"


@pytest.mark.slow
def test_protection_goes_as_written(shelf: Shelf, tmp_path: Path) -> None:
    """Keys are made, copies tried and passwords written; every code and setting that is told of exists."""
    page = PAGES["protection"]
    story = Story(shelf.approved().copy(tmp_path / "desk").root, shelf)
    story.tell(page)
    space = load(story.folder)
    assert space.protection.key == "file:secrets/signing.pem"
    assert len(list((story.folder / "outgoing").glob("*.eml"))) == 2
    assert (story.folder / "for-the-sender.csv").read_text(encoding="utf-8").count("\n") == 2
    assert set(re.findall(r"`([A-Z]+_[A-Z_]+|UNSIGNED)`", page)) <= {one.name for one in codes.codes()}
    (settings,) = [block.text for block in blocks(page) if block.language == "toml"]
    assert tomllib.loads(settings)["protection"].keys() | {"password_length"} == Protection.model_fields.keys()


def captioned(page: str, ending: str) -> dict[str, str]:
    """Return the files of a page whose names end so."""
    return {Path(block.file).name: block.text for block in blocks(PAGES[page]) if block.file.endswith(ending)}


@pytest.mark.slow
def test_schedules_go_as_written(shelf: Shelf, tmp_path: Path) -> None:
    """The evening's brief is made as of its due time and sent once; what is told of states and settings is so."""
    page = PAGES["schedules"]
    story = Story(shelf.issued().copy(tmp_path / "desk").root, shelf)
    story.tell(page)
    (line,) = (story.folder / "sent" / "outgoing.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["edition"] == "evening-2026-01-31-1"
    (backup,) = (story.folder / "backups").glob("*.tar.gz")
    story.type(f"briefings restore {backup} --into {tmp_path / 'elsewhere'}")
    assert load(story.folder).schedule("evening") is not None
    assert load(tmp_path / "elsewhere").schedule("evening") is None, "what is restored sends nothing by itself"
    listed = page[page.index("| state | what it means |") :].partition("\n\n")[0]
    assert tuple(re.findall(r"^\| `(\w+)`", listed, re.M)) == get_args(agenda.State)
    fields = page[page.index("| of a brief | what it says |") :].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", fields, re.M)) <= BriefConfig.model_fields.keys()
    settings = tomllib.loads("".join(block.text for block in blocks(page) if block.file == "briefings.toml"))
    assert Retention.model_validate(settings["retention"]) == Retention()
    (owners,) = [block.text for block in blocks(page) if block.language == "ini" and not block.file]
    assert tomllib.loads(owners)["workspace"].keys() <= Workspace.model_fields.keys()
    events = set(re.findall(r"`(\w+\.\w+)`", page[page.index("`--log json`") :].partition("\n\n")[0]))
    source = "".join(inspect.getsource(module) for module in (scheduling, serving))
    assert all(f'"{event}"' in source for event in events)


def test_unit_files_are_units(tmp_path: Path) -> None:
    """Where systemd is there, it takes them as they are, but for the place of the program."""
    units = captioned("schedules", (".service", ".timer"))
    assert sorted(units) == ["briefings-tick.service", "briefings-tick.timer", "briefings.service"]
    program = tmp_path / "briefings"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name, text in units.items():
        assert "/opt/briefings/bin/briefings" in text or name.endswith(".timer")
        (tmp_path / name).write_text(text.replace("/opt/briefings/bin/briefings", str(program)))
    for line in re.findall(r"^ExecStart=\S+ (.+)$", "\n".join(units.values()), re.M):
        assert CliRunner().invoke(app, [line.split()[0], "--help"]).exit_code == 0
        assert {word for word in line.split() if word.startswith("--")} <= options_of(line.split()[0])
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not here")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in units)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def options_of(command: str) -> set[str]:
    return set(re.findall(r"--[a-z-]+", CliRunner().invoke(app, [command, "--help"]).output))


def test_the_program_for_airflow_asks_for_a_due_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run over stand-ins of its two classes, it declares one task a brief, whose command is one of ours."""
    (source,) = captioned("schedules", "briefings.py").values()
    dags, tasks = list[dict[str, Any]](), list[dict[str, Any]]()

    class Dag:
        def __init__(self, name: str, **said: Any) -> None:
            dags.append(said)

        def __enter__(self) -> Dag:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    for name in ("airflow", "airflow.providers", "airflow.providers.standard", "airflow.providers.standard.operators"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    sdk, bash = ModuleType("airflow.sdk"), ModuleType("airflow.providers.standard.operators.bash")
    sdk.DAG, bash.BashOperator = Dag, lambda **said: tasks.append(said)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, sdk.__name__, sdk)
    monkeypatch.setitem(sys.modules, bash.__name__, bash)
    exec(compile(source, "dags/briefings.py", "exec"), {})  # noqa: S102 -- the manual's own example
    (dag,), (task,) = dags, tasks
    assert schedules.checked(dag["schedule"]) == "0 13 * * *"
    due = "2026-01-31T13:00:00+00:00"
    assert "{{ data_interval_end | ts }}" in task["bash_command"]
    words = shlex.split(task["bash_command"].replace("{{ data_interval_end | ts }}", due))
    assert words == ["briefings", "tick", "evening", "--due", due, "--log", "json"]


PROGRAMS = {
    "as it is": 'exec {python} -m briefings "$@"',
    "broken": "echo Traceback >&2; exit 1",
    "silent": "exit 0",
    "not there": "",
}


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS)
def test_the_hook_lets_nothing_pass_that_it_cannot_check(program: str, demo: Workspace, tmp_path: Path) -> None:
    """It refuses kept outputs and what is no notebook, and every notebook where `briefings` does not answer."""
    (hook,) = [one for one in blocks(PAGES["recipes"]) if one.file.endswith("pre-commit")]
    root, programs = tmp_path / "desk", tmp_path / "programs"
    programs.mkdir()
    for path, text in ((root / hook.file, hook.text), (programs / "briefings", f"#!/bin/sh\n{PROGRAMS[program]}\n")):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(python=sys.executable) if path.parent == programs else text)
        path.chmod(0o755)
    if not PROGRAMS[program]:
        (programs / "briefings").unlink()
    path = os.pathsep.join((str(programs), *(one for one in os.defpath.split(os.pathsep) if one)))
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}

    def git(*words: str) -> subprocess.CompletedProcess[str]:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words]
        return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)

    git("init", "-q")
    clean = (demo.root / "notebooks" / "events.ipynb").read_text(encoding="utf-8")
    kept = clean.replace('"execution_count": null', '"execution_count": 7', 1)
    told = {}
    for name, text in (("kept", kept), ("ö torn", "{"), ("clean", clean)):
        (root / f"{name}.ipynb").write_text(text, encoding="utf-8")
        git("add", f"{name}.ipynb")
        done = git("commit", "-m", name)
        told[name] = done.returncode, done.stderr.partition("\n")[0].partition(": ")[2] if done.returncode else ""
        git("rm", "-qf", "--cached", f"{name}.ipynb")
    if program == "as it is":
        assert told == {"kept": (1, "OUTPUTS_KEPT"), "ö torn": (1, "NOTEBOOK_INVALID"), "clean": (0, "")}
    else:
        assert {status for status, _ in told.values()} == {1}


def other_programs() -> Iterator[Any]:
    """Yield the blocks of commands of other programs, each with the program it is about."""
    for block in blocks(PAGES["recipes"]):
        if block.language in OTHERS:
            install, *lines = block.text.splitlines()
            yield pytest.param(install.split()[-1], lines, id=install.split()[-1])


@pytest.mark.slow
@pytest.mark.usefixtures("on_path")
@pytest.mark.parametrize(("program", "lines"), list(other_programs()))
def test_programs_of_others_are_used_as_they_work(
    program: str, lines: list[str], demo: Workspace, tmp_path: Path
) -> None:
    """The commands do what is said of a program that nothing of ours needs, and only the tests install."""
    assert shutil.which(lines[0].split()[0]), f"{program} is in the group dev of pyproject.toml, and not installed"
    root = Path(shutil.copytree(demo.root / "notebooks", tmp_path / "workspace" / "notebooks")).parent
    steps = ["git init -q", "git add .", "git -c user.name=A -c user.email=a@example.org commit -qm x", *lines]
    for line in steps:
        done = subprocess.run(line, shell=True, cwd=root, capture_output=True, text=True, check=False)  # noqa: S602
        assert done.returncode == 0, f"{line}\n{done.stderr}"


# ── the reference ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_the_reference_names_all_there_is() -> None:
    """No builder, kind, frame, column, reference, parameter, setting, token, error, code or command is left out."""
    pages = handbook.pages()

    def missing(page: str, names: Iterable[str], form: str) -> list[str]:
        return [name for name in names if form.format(name) not in pages[page]]

    assert missing("builders.md", builders.__all__, "\n### {}\n") == []
    assert missing("builders.md", BODIES, "| `{}` |") == []
    assert missing("frames.md", FRAMES, "\n## {}\n") == []
    assert missing("frames.md", {one.name for frame in FRAMES.values() for one in frame.columns}, "| `{}` |") == []
    assert missing("references.md", KINDS, "| `{}` |") == []
    assert missing("parameters.md", [*get_args(ParameterType), *Parameter.model_fields], "| `{}` |") == []
    assert missing("themes.md", (name.removeprefix("page.") for name in EXPLAINED), "| `{}` |") == []
    assert missing("themes.md", [*stylebook.written("plain"), *stylebook.written("gazette")], "| `{}` |") == []
    assert missing("codes.md", (one.name for one in codes.codes()), "| `{}` |") == []
    assert missing("codes.md", (one.__name__ for one in codes.kinds()), "`{}`") == []
    assert missing("desk.md", ("explain", "changes", "events_by_day", "figures_by_group", "disputed_claims",
                               "incidents_by_month", "figure", "frame"), "\n### {}\n") == []  # fmt: skip
    assert missing("commands.md", ("make", "check", "new section", "review correct"), "\n## briefings {}\n") == []
    assert missing("python.md", ("desk", "form", "make", "review", "total"), "\n## briefings.{}\n") == []


def test_parameters_are_told_as_the_command_prints_them(demo: Workspace) -> None:
    """Of a daily brief without settings of its own, cell by cell."""
    printed = CliRunner().invoke(app, ["parameters", "balochistan", "-w", str(demo.root)]).stdout.splitlines()[1:]
    daily = handbook.parameters().partition("\n## daily\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in daily.splitlines() if line.startswith("| `")]
    told = [[cell.strip(" ").removeprefix("`").removesuffix("`") for cell in row if cell.strip()] for row in rows]
    assert told == [re.split(r" {2,}", line.strip()) for line in printed]


@pytest.mark.slow
def test_the_examples_of_the_reference_run(issued: Workspace, monkeypatch: pytest.MonkeyPatch, desk: Any) -> None:
    """Python runs over the desk of the demo, settings and schemas can be read, and the tour loads what a cell needs."""
    monkeypatch.chdir(issued.root)
    ran = []
    for page in handbook.pages().values():
        for block in blocks(page):
            if block.language == "python":
                exec(block.text, names(desk))  # noqa: S102 -- the manual's own example
            elif block.language == "ipython" and block.text.startswith("%%prose "):
                line, _, cell = block.text.removeprefix("%%prose ").partition("\n")
                assert magics.section(line, cell, {"desk": desk}).figures
            elif block.language == "ipython":
                assert block.text.splitlines()[0] in TOUR.read_text(encoding="utf-8")
            elif block.language in ("toml", "json"):
                {"toml": tomllib.loads, "json": json.loads}[block.language](block.text)
            else:
                assert block.language in ("py", "text"), block
                continue
            ran.append(block.language)
    assert ran.count("python") >= len(builders.__all__) + len(FRAMES)
    assert {"toml", "json", "ipython"} <= set(ran)


def test_signatures_hold_nothing_of_the_run_that_wrote_them() -> None:
    """A function given as a default stands by its name: the manual comes out the same each time it is built."""
    assert [name for name, page in handbook.pages().items() if " at 0x" in page] == []
    assert "step: Step = silent" in handbook.python()


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"jawans?\b", ("jawan", "jawans")),
        (r"(?<![-‑])terroris(?:t|ts|m)\b", ("terrorist", "terrorists", "terrorism")),
        (r"fitna[ -]al[ -]\w+", ("fitna al …",)),
        (r"occupied\b|saniti[sz]e\b", ("occupied", "sanitise", "sanitize")),
    ],
)
def test_patterns_are_told_as_the_words_they_stand_for(pattern: str, words: tuple[str, ...]) -> None:
    """An author reads words."""
    assert set(markup.spelled(pattern)) == set(words)


def test_every_word_that_is_told_as_refused_is_refused() -> None:
    """And so the table of words that take sides is that of the check."""
    told = [word for pattern in check.LOADED for word in markup.spelled(pattern)]
    assert [word for word in told if not list(check.loaded(word.replace("…", "hindustan")))] == []


def test_what_templates_are_given_is_what_is_told() -> None:
    """The names the page's templates get, and those each template finds, are the ones of the reference."""
    (call,) = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(render.render)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_fill"
    ]
    assert {one.arg for one in call.keywords if one.arg} == set(stylebook.GIVEN)
    assert set(parlance.of(ENGLISH)) == set(stylebook.SPOKEN)


def test_codes_are_read_off_the_source() -> None:
    """Errors, findings of helpers, choices and messages made before the call are all understood."""
    known = {one.name: one for one in codes.codes()}
    assert known["SLOT_UNKNOWN"].carried_by == ("stop",)
    assert known["UNKNOWN_FRAME"].carried_by == ("UsageError",)
    assert known["STARTTLS_MISSING"].modules == ("relay",)
    assert known["PRINT_LINK"].modules == ("proofing",)
    assert "takes a side" in known["LOADED_TERM"].says[0]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = set(re.findall(r"`([A-Z]{3,}(?:_[A-Z]+)+)`", readme))
    assert said <= {*known, *re.findall(r"BRIEFINGS_\w+", readme)}


@pytest.mark.slow
def test_the_manual_is_built_without_a_warning(tmp_path: Path) -> None:
    """Sphinx finds every page, link and language; nothing is loaded from elsewhere, and each picture is there."""
    pytest.importorskip("sphinx", reason="Sphinx is not installed")
    built = manual.build(tmp_path / "manual")
    pages = {path.stem: path.read_text(encoding="utf-8") for path in built.glob("*.html")}
    assert set(PAGES) | {Path(name).stem for name in handbook.pages()} <= set(pages)
    loaded = re.compile(r'<(?:link|script|img|iframe)[^>]+(?:src|href)="(?:https?:)?//')
    assert [name for name, text in pages.items() if loaded.search(text)] == []
    assert pages["builders"].count("shadowrootmode") == len(builders.__all__)


def test_a_manual_with_a_mistake_is_not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that leads nowhere is told with its page."""
    pytest.importorskip("sphinx", reason="Sphinx is not installed")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "index.md").write_text("# One page\n\n[to another](nowhere.md)\n")
    monkeypatch.setattr(manual, "SOURCES", tmp_path / "sources")
    monkeypatch.setattr(handbook, "pages", dict)
    with pytest.raises(RenderError, match=r"MANUAL(.|\n)*index\.md:3(.|\n)*nowhere\.md"):
        manual.build(tmp_path / "manual")


# ── the tour ────────────────────────────────────────────────────────────────────────────────────────


TOUR = ROOT / "notebooks" / "tour.ipynb"


def test_the_tour_is_a_sound_notebook_of_no_brief() -> None:
    """It keeps the rules of a daily brief's notebooks, and no type of brief runs it."""
    assert check_notebook(TOUR) == ()
    kinds = [load_type(ROOT / "templates" / name) for name in handbook.TYPES]
    assert [one.name for one in kinds if TOUR.name in one.notebooks] == []
    assert max(len(cell.source.splitlines()) for cell in nbformat.read(TOUR, as_version=4).cells) <= 10


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["demo", "init"])
def test_the_tour_runs(kind: str, issued: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By papermill, over the demo, where it makes three sections; and over a workspace that holds no report yet."""
    import papermill

    root = issued.root if kind == "demo" else new_workspace(tmp_path / "own")
    if kind == "init":
        collect(root)
    monkeypatch.setenv("BRIEFINGS_WORKSPACE", str(root))
    path = root / "notebooks" / TOUR.name
    nb = papermill.execute_notebook(str(path), None, cwd=str(path.parent), progress_bar=False)
    shown = [out for cell in nb.cells for out in cell.get("outputs", ())]
    assert [out for out in shown if out.output_type == "error"] == []
    slots = [out.data[MIME]["slot"] for out in shown if MIME in out.get("data", {})]
    assert slots == ["casualties", "incidents", "bottom_line", "outlook"]
