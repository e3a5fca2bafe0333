"""Fills templates and prints pages in a process of its own, which may die without harm.

The printer is bounded in time and memory, with an environment built from scratch, no sockets, no programs and no
file but fonts. It fills templates and lays pages out as often as it is asked, prints one, and ends. What it prints
is PDF/A-3a and PDF/UA-1 at once, the same bytes for the same job. `printer` is what runs in there.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from . import seals
from .errors import BriefingsError, DiskFull, MissingDependency, RenderError
from .pango import install_line
from .printed import pages as pages
from .printed import require_safe as require_safe
from .printed import text as text

if TYPE_CHECKING:
    from .brief import Brief
    from .render import Theme

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
class Outline:
    """How a page was laid out: how many pages it takes, and where each part with an `id` stands.

    A part has one span on each page it reaches: the number of the page, and its top and bottom there in pixels.
    `parts` are the items, rows and paragraphs of each section, `body` the top and bottom of what a page can hold.
    """

    pages: int
    spans: Mapping[str, tuple[tuple[int, float, float], ...]]
    parts: Mapping[str, tuple[tuple[int, float, float], ...]] = field(default_factory=dict)
    body: tuple[float, float] = (0.0, 0.0)


@dataclass
class Printer:
    """A printer process that is warming up; `render` has it fill templates, `print_pdf` hands it its one print job.

    Start it while notebooks run, and the second its libraries take to load is over when the sections are there.
    One that never `prints` only fills templates, as often as it is asked, and does without the layout engine.
    """

    fonts: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    prints: bool = True
    process: subprocess.Popen[bytes] | None = None
    folder: tempfile.TemporaryDirectory[str] | None = None
    _lacks: dict[str, Any] | None = None

    def __enter__(self) -> Printer:
        """Start the process."""
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the process."""
        self.close()

    def start(self) -> Printer:
        """Start the process; it loads its libraries and waits. Raises DiskFull."""
        self._lacks = None
        try:
            self.folder = tempfile.TemporaryDirectory(prefix="briefings-print-")
            home = Path(self.folder.name)
            conf = home / "fonts.conf"
            folders = self.fonts or (shipped_fonts(),)
            dirs = "\n".join(f"<dir>{_xml(str(folder))}</dir>" for folder in folders)
            conf.write_text(_FONTS_CONF.format(dirs=dirs, cache=_xml(str(home / "cache"))), encoding="utf-8")
            with (home / "said").open("wb") as said:
                self.process = subprocess.Popen(
                    [sys.executable, "-P", "-c", f"from briefings.printer import serve; serve(prints={self.prints})"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    env=_environment(home, conf, self.limits),
                    cwd=home,
                    start_new_session=True,
                )
        except OSError as fault:
            self.close()
            raise _not_started(fault) from None
        return self

    def require_ready(self) -> None:
        """Wait until it is known that the libraries are there. Raises MissingDependency (`DEPENDENCY_PANGO`) if not."""
        lacks = self._ask(None, b"", self.limits.wall)[0]
        if lacks["fault"] == "library":
            self.close()
            raise _fault(lacks, self.limits)

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
            raise _fault(outcome, self.limits)
        return page.decode("utf-8")

    def layout(self, html: str) -> Outline:
        """Return how a page is laid out; printing the same page afterwards takes only its writing.

        Raises RenderError as printing does.
        """
        job = json.dumps({"html": _sound(html)}).encode("ascii")
        outcome, said = self._ask("layout", job, self.limits.wall)
        if outcome["fault"]:
            self.close()
            raise _fault(outcome, self.limits)
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
            fault = _late(kind, seconds) if late.is_set() else self._death()
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
        self.process.wait()
        with (Path(self.folder.name) / "said").open("rb") as stream:
            said = stream.read(1 << 16)
        return _death(self.process.returncode, said, self.limits)

    def _kill(self) -> None:
        process = self.process
        if process is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def print_pdf(
    html: str,
    *,
    title: str,
    author: str,
    language: str,
    when: datetime,
    attachments: Sequence[Attachment] = (),
    stamp: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    fonts: Sequence[Path] = (),
    printer: Printer | None = None,
) -> bytes:
    """Return HTML printed as PDF, the same bytes for the same arguments.

    `when` (aware) is the date of the document and of every attachment. A `stamp` (`seals.stamp`) says which edition it
    is; with one, the file carries the digests by which a change to it is told. `fonts` are the only folders fonts come
    from; without any, the shipped ones. Raises RenderError (`RENDER_TIMEOUT`, `RENDER_MEMORY`, `RENDER_GLYPHS`,
    `RENDER_LINK`, `RENDER_FAILED`) or MissingDependency (`DEPENDENCY_PANGO`).
    """
    if when.tzinfo is None:
        raise ValueError("`when` needs its UTC offset")
    printer = printer or Printer(fonts=tuple(fonts), limits=limits or Limits())
    job = {
        "html": _sound(html),
        "title": title,
        "author": author,
        "language": language,
        "when": int(when.timestamp()),
        "stamp": dict(stamp or {}),
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
        raise _fault(outcome, printer.limits)
    _require_glyphs(outcome["missing"])
    require_safe(pdf, [one.name for one in attachments])
    return seals.seal(pdf) if stamp else pdf


def _sound(html: str) -> str:
    """Return the text without the halves of characters that no encoding can carry."""
    return html.encode("utf-8", "replace").decode("utf-8")


def shipped_fonts() -> Path:
    """Return the folder of fonts that came with this program."""
    package = Path(__file__).resolve().parent
    installed = package / "templates"
    return (installed if installed.is_dir() else package.parent / "templates") / "themes/plain/fonts"


# ── what a death means ──────────────────────────────────────────────────────────────────────────────


def _not_started(fault: OSError) -> BriefingsError:
    """Return the error for a printer that could not even be given its folder."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            "no space is left for temporary files",
            where=tempfile.gettempdir(),
            fix="free some space there, or set TMPDIR to a folder on another disk",
        )
    return RenderError("the printer could not be started", where=fault.filename, why=fault.strerror or str(fault))


def _late(kind: str | None, seconds: float) -> RenderError:
    if kind == "fill":
        return RenderError(
            f"filling the templates took longer than {seconds:g} seconds and was stopped",
            why="loops inside one another, or a macro that calls itself, have no end to wait for",
            fix="look for nested loops in the templates that were changed last",
            code="RENDER_TIMEOUT",
        )
    return RenderError(
        f"printing took longer than {seconds:g} seconds and was stopped",
        why="a page this large, or a style that repeats itself, has no end to wait for",
        fix="shorten the tables, or raise the limit if the page is right",
        code="RENDER_TIMEOUT",
    )


_MEMORY_SIGNS = ("failed to allocate", "MemoryError", "Cannot allocate memory", "Error creating thread")
"""The last words of libraries that end the process when memory does."""


def _death(status: int, said: bytes, limits: Limits) -> BriefingsError:
    """Return the error for a printer that ended without a reply."""
    last = said.decode("utf-8", "replace")
    if any(sign in last for sign in _MEMORY_SIGNS):
        return _memory(limits)
    if status < 0:
        name = signal.Signals(-status).name if -status in signal.valid_signals() else str(-status)
        why = f"it was ended by {name}"
    else:
        why = next((line for line in reversed(last.splitlines()) if line.strip()), f"it ended with status {status}")
    return RenderError("the printer died", why=why, fix="simplify the page; print again", code="RENDER_FAILED")


def _fault(outcome: dict[str, Any], limits: Limits) -> BriefingsError:
    """Return the error for a fault the printer could still report."""
    fault, message = outcome["fault"], outcome["message"]
    if outcome["error"]:
        told = outcome["error"]
        return RenderError(told["what"], where=told["where"], why=told["why"], fix=told["try"], code=told["code"])
    if fault == "library":
        return MissingDependency(
            "the libraries that draw text are not installed, so no PDF can be printed",
            why=message,
            fix=f"{install_line()} (until then, `briefings preview` shows the page)",
            code="DEPENDENCY_PANGO",
        )
    if fault == "MemoryError":
        return _memory(limits)
    if fault == "RecursionError":
        return RenderError(
            "the page is nested too deeply to be laid out",
            why="elements stand inside one another hundreds of levels deep",
            fix="flatten the nesting of the template or of the text",
            code="RENDER_FAILED",
        )
    return RenderError("the page could not be made", why=f"{fault}: {message}", code="RENDER_FAILED")


def _memory(limits: Limits) -> RenderError:
    return RenderError(
        f"the page needed more than {limits.memory >> 20} MB of memory and was stopped",
        why="a page this large, or a table this wide, does not fit",
        fix="shorten the tables, or raise the limit if the page is right",
        code="RENDER_MEMORY",
    )


_PACKAGES = {
    "CJK": "fonts-noto-cjk",
    "HIRAGANA": "fonts-noto-cjk",
    "KATAKANA": "fonts-noto-cjk",
    "HANGUL": "fonts-noto-cjk",
}


def _require_glyphs(missing: Iterable[int]) -> None:
    """Refuse a page with characters no font could draw, naming script and font.

    This ends the run with status 1, not 3: a brief with gaps in its data says so on the page and can be used, but
    a name printed as empty boxes cannot be read, and nothing on the page would say what was lost.
    Raises RenderError (`RENDER_GLYPHS`).
    """
    codes = sorted(set(missing))
    if not codes:
        return
    scripts = list(dict.fromkeys(unicodedata.name(chr(code), "UNNAMED").split()[0].split("-")[0] for code in codes))
    fonts = list(dict.fromkeys(_PACKAGES.get(script, "fonts-noto-core") for script in scripts))
    shown = ", ".join(f"{chr(code)} (U+{code:04X})" for code in codes[:8])
    raise RenderError(
        f"no font here can draw {len(codes)} of the characters on the page",
        where=f"script: {', '.join(script.title() if script != 'CJK' else script for script in scripts)}",
        why=f"they would print as empty boxes: {shown}{', …' if len(codes) > 8 else ''}",
        fix=f"put a whole TTF or OTF of that script (Debian: {', '.join(fonts)}) into fonts/ of the theme",
        code="RENDER_GLYPHS",
    )


# ── the printer's surroundings ──────────────────────────────────────────────────────────────────────


def _environment(home: Path, conf: Path, limits: Limits) -> dict[str, str]:
    """Return the printer's whole environment: nothing of ours reaches it but where Python and libraries are."""
    kept = (
        "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES", "SYSTEMROOT", "VIRTUAL_ENV",
        "PYTHONTZPATH",
    )  # fmt: skip
    package = str(Path(__file__).resolve().parent.parent)
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
