"""Fills templates and prints pages in a process of its own, which may die without harm.

The printer is bounded in time and memory, with an environment built from scratch, no sockets, no programs and no
file but fonts. It fills templates and lays pages out as often as it is asked, prints one, and ends. What it prints
is PDF/A-3a and PDF/UA-1 at once, the same bytes for the same job. `printer` is what runs in there.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..errors import BriefingsError
from ..kernels import warm as processes
from ..proof.opened import held_open
from ..proof.printed import require_safe
from . import breakdowns, pango, seals

if TYPE_CHECKING:
    from ..layout.themes import Theme
    from ..notebook.brief import Brief

_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{dirs}
<cachedir>{cache}</cachedir>
<config><rescan><int>0</int></rescan></config>
<match target="scan">
<test name="style" compare="eq"><string>Bold</string></test>
<edit name="weight" mode="assign"><const>bold</const></edit>
</match>
</fontconfig>
"""
"""The fonts of a theme and no others. One called Bold is bold: that of Nastaliq says its weight is regular."""

_CONF = "fonts.conf"


@dataclass(frozen=True)
class Limits:
    """What a printer may use: seconds of wall time to print, and to fill templates; bytes of address space."""

    wall: float = 60.0
    memory: int = 2 << 30
    fill: float = 20.0


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF. `relationship` is a word of PDF/A-3: Data, Source or Supplement."""

    name: str
    data: bytes
    description: str = ""
    relationship: str = "Data"


@dataclass(frozen=True)
class About:
    """What a PDF says of itself: its title, author and language, and `when` (aware), its date and its attachments'.

    A `stamp` (`seals.stamp`) says which edition it is; with one, the file carries digests by which a change is told.
    """

    title: str
    author: str
    language: str
    when: datetime
    stamp: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a date that would be another elsewhere."""
        if self.when.tzinfo is None:
            raise ValueError("`when` needs its UTC offset")


@dataclass(frozen=True)
class Outline:
    """How a page was laid out: how many pages it takes, and where each part with an `id` stands.

    A part has one span on each page it reaches: the number of the page, and its top and bottom there in pixels.
    `parts` are the items, rows and paragraphs of each section, `body` the top and bottom of what a page can hold.
    """

    pages: int
    spans: Mapping[str, tuple[tuple[int, float, float], ...]]
    parts: Mapping[str, tuple[tuple[int, float, float], ...]] = field(default_factory=dict)
    body: tuple[float, float] = (0.0, 0.0)


def prepare(*, many: bool = False) -> None:
    """Have a process that printers are forked from load the libraries, so that none of them has to wait for them.

    Where `many` are to be forked, it compiles the shipped templates, too.
    """
    nowhere = Path(os.devnull)
    said = (processes.MANY,) if many else ()
    processes.prepare(processes.PRINTERS, _environment(nowhere, nowhere, Limits()), said)


@dataclass
class Printer:
    """A printer process that is warming up; `render` has it fill templates, `print_pdf` hands it its one print job.

    Start it while notebooks run, and the second its libraries take to load is over when the sections are there.
    One that never `prints` only fills templates, as often as it is asked, and does without the layout engine.
    One that is to be `warm` is forked from a process that loads the libraries once for all: at once where that has
    loaded them, else when it is first asked.
    """

    fonts: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    prints: bool = True
    warm: bool = True
    process: subprocess.Popen[bytes] | processes.Forked | None = None
    folder: tempfile.TemporaryDirectory[str] | None = None
    _lacks: dict[str, Any] | None = None

    def __enter__(self) -> Printer:
        """Start the process."""
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the process."""
        self.close()

    def start(self) -> Printer:
        """Start the process, or, where it is to be forked, what it is forked from; either loads. Raises DiskFull."""
        self.process, self._lacks = None, None
        with self._starting():
            self.folder = tempfile.TemporaryDirectory(prefix="briefings-print-")
            home = Path(self.folder.name)
            folders = self.fonts or (shipped_fonts(),)
            dirs = "\n".join(f"<dir>{_xml(str(folder))}</dir>" for folder in folders)
            conf = _FONTS_CONF.format(dirs=dirs, cache=_xml(str(home / "cache")))
            (home / _CONF).write_text(conf, encoding="utf-8")
        environment = _environment(home, home / _CONF, self.limits)
        if self.forks:
            processes.prepare(processes.PRINTERS, environment, ())
        if not self.forks or processes.at_hand(processes.PRINTERS, environment):
            self._begin()
        return self

    @property
    def forks(self) -> bool:
        """Say whether the process is to be forked, where that can be done."""
        return self.warm and self.prints and not processes.refused()

    def _begin(self) -> None:
        """Have the process there: forked, once what it is forked from has loaded the libraries, or started anew."""
        assert self.folder is not None
        home = Path(self.folder.name)
        environment = _environment(home, home / _CONF, self.limits)
        arguments = ["-P", "-c", f"from briefings.printing.printer import serve; serve(prints={self.prints})"]
        pipe = subprocess.PIPE
        with self._starting(), (home / "said").open("wb") as said:
            if self.forks:
                with contextlib.suppress(processes.NotWarm):
                    self.process = processes.spawn(
                        processes.PRINTERS, arguments, env=environment, cwd=str(home),
                        stdin=pipe, stdout=pipe, stderr=said, folder=str(home),
                    )  # fmt: skip
                    return
            self.process = subprocess.Popen(
                [sys.executable, *arguments], env=environment, cwd=home,
                stdin=pipe, stdout=pipe, stderr=said, start_new_session=True,
            )  # fmt: skip

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        """Turn what a disk or the machine refuses into one error, and leave nothing behind."""
        try:
            yield
        except OSError as fault:
            self.close()
            raise breakdowns.not_started(fault) from None

    def require_ready(self) -> None:
        """Make sure that the libraries are there. Raises MissingDependency (`DEPENDENCY_PANGO`) if not.

        Where all of them load, nobody waits for a process that loads them, and more.
        """
        if self.process is None and not pango.lacking():
            return
        lacks = self._ask(None, b"", self.limits.wall)[0]
        if lacks["fault"] == "library":
            self.close()
            raise breakdowns.reported(lacks, self.limits.memory)

    def render(self, brief: Brief, *, theme: Theme, layout: str = "daily") -> str:
        """Return what `render.render` returns, from within the bounds of the printer.

        Raises RenderError: that of the template, or `RENDER_TIMEOUT`, `RENDER_MEMORY`, `RENDER_FAILED`.
        """
        job = {
            "brief": brief.model_dump(mode="json"),
            "theme": theme.name,
            "templates": dict(theme.templates),
            "css": theme.css,
            "palette": asdict(theme.palette),
            "logo": theme.logo and asdict(theme.logo),
            "layout": layout,
        }
        outcome, page = self._ask("fill", json.dumps(job).encode("ascii"), self.limits.fill)
        if outcome["fault"]:
            raise breakdowns.reported(outcome, self.limits.memory)
        return page.decode("utf-8")

    def layout(self, html: str) -> Outline:
        """Return how a page is laid out; printing the same page afterwards takes only its writing.

        Raises RenderError as printing does.
        """
        job = json.dumps({"html": _sound(html)}).encode("ascii")
        outcome, said = self._ask("layout", job, self.limits.wall)
        if outcome["fault"]:
            self.close()
            raise breakdowns.reported(outcome, self.limits.memory)
        found = json.loads(said)
        spans, parts = (
            {name: tuple(tuple(span) for span in held) for name, held in found[kind].items()}
            for kind in ("spans", "parts")
        )
        return Outline(found["pages"], spans, parts, body=tuple(found["body"]))

    def run(self, job: bytes) -> tuple[dict[str, Any], bytes]:
        """Print a page, which ends the process; return what became of it, and the PDF."""
        try:
            return self._ask("print", job, self.limits.wall)
        finally:
            self.close()

    def close(self) -> None:
        """End the process if it still runs, and remove its folder."""
        self._kill()
        for pipe in (self.process.stdin, self.process.stdout) if self.process else ():
            if pipe is not None:
                # a job that was never handed over goes down with the process
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None

    def _ask(self, kind: str | None, job: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Give the process a job, or only hear whether it is ready; return its answer, in time.

        Raises RenderError if none comes; then the process has ended.
        """
        if self.folder is None:
            self.start()
        if self.process is None:
            self._begin()
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = self._exchange(kind, job)
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
            timer.join()
        if answer is None:
            fault = breakdowns.late(kind, seconds) if late.is_set() else self._death()
            self.close()
            raise fault
        return answer

    def _exchange(self, kind: str | None, job: bytes) -> tuple[dict[str, Any], bytes] | None:
        """Send a job and read its answer; nothing if the process ends over it."""
        process = self.process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        if kind is not None:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps({"kind": kind, "size": len(job)}).encode("ascii") + b"\n" + job)
                process.stdin.flush()
        if self._lacks is None:
            head = process.stdout.readline()
            if not head.endswith(b"\n"):
                return None
            self._lacks = json.loads(head)
        if kind is None:
            return self._lacks, b""
        head = process.stdout.readline()
        if not head.endswith(b"\n"):
            return None
        outcome = json.loads(head)
        answer = process.stdout.read(outcome["size"])
        return (outcome, answer) if len(answer) == outcome["size"] else None

    def _death(self) -> BriefingsError:
        """Return the error for a printer that ended without an answer."""
        assert self.process is not None
        assert self.folder is not None
        status = self.process.wait()
        with (Path(self.folder.name) / "said").open("rb") as stream:
            said = stream.read(1 << 16)
        return breakdowns.death(status, said, self.limits.memory)

    def _kill(self) -> None:
        process = self.process
        if process is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def print_pdf(
    html: str, about: About, *, attachments: Sequence[Attachment] = (), printer: Printer | None = None
) -> bytes:
    """Return HTML printed as PDF, the same bytes for the same arguments.

    The printer takes fonts from its folders only, and is ended with this job; without one a new one takes the shipped
    fonts. Raises RenderError (`RENDER_TIMEOUT`, `RENDER_MEMORY`, `RENDER_GLYPHS`, `RENDER_LINK`, `RENDER_FAILED`) or
    MissingDependency (`DEPENDENCY_PANGO`).
    """
    printer = printer or Printer()
    job = {
        "html": _sound(html),
        "title": about.title,
        "author": about.author,
        "language": about.language,
        "when": int(about.when.timestamp()),
        "stamp": dict(about.stamp),
        "attachments": [
            {
                "name": one.name,
                "data": base64.b64encode(one.data).decode("ascii"),
                "description": one.description,
                "relationship": one.relationship,
            }
            for one in attachments
        ],
    }
    outcome, pdf = printer.run(json.dumps(job).encode("ascii"))
    if outcome["fault"]:
        raise breakdowns.reported(outcome, printer.limits.memory)
    breakdowns.require_glyphs(outcome["missing"], html)
    with held_open(pdf):
        require_safe(pdf, [one.name for one in attachments])
        return seals.seal(pdf) if about.stamp else pdf


def _sound(html: str) -> str:
    """Return the text without the halves of characters that no encoding can carry."""
    return html.encode("utf-8", "replace").decode("utf-8")


def shipped_fonts() -> Path:
    """Return the folder of fonts that came with this program."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "templates"
    return (installed if installed.is_dir() else package.parent / "templates") / "themes/plain/fonts"


# ── the printer's surroundings ──────────────────────────────────────────────────────────────────────


def _environment(home: Path, conf: Path, limits: Limits) -> dict[str, str]:
    """Return the printer's whole environment: nothing of ours reaches it but where Python and libraries are."""
    kept = (
        "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES", "SYSTEMROOT", "VIRTUAL_ENV",
        "PYTHONTZPATH",
    )  # fmt: skip
    package = str(Path(__file__).resolve().parents[2])
    return {
        **{key: os.environ[key] for key in kept if key in os.environ},
        "PATH": os.defpath,
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONPATH": package,
        "FONTCONFIG_FILE": str(conf),
        "BRIEFINGS_PRINT_MEMORY": str(limits.memory),
        "BRIEFINGS_PRINT_CPU": str(int(max(limits.wall, limits.fill)) + 1),
    }


def _xml(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
