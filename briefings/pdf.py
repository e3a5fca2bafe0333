"""Prints HTML as PDF in a process of its own, which may die without harm.

The printer takes one job and ends: bounded in time and memory, with an environment built from scratch, no
sockets, no programs and no file but fonts. What it returns is PDF/A-3a and PDF/UA-1 at once, the same bytes for
the same job. `printer` is what runs in there.
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
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from .errors import BriefingsError, MissingDependency, RenderError
from .printed import pages as pages
from .printed import require_safe as require_safe
from .printed import text as text

PANGO_LINE = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What Debian and Ubuntu need for printing; tested on bare Debian 12."""

_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{dirs}
<cachedir>{cache}</cachedir>
<config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


@dataclass(frozen=True)
class Limits:
    """What one print job may use: seconds of wall time, bytes of address space."""

    wall: float = 60.0
    memory: int = 2 << 30


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF. `relationship` is a word of PDF/A-3: Data, Source or Supplement."""

    name: str
    data: bytes
    description: str = ""
    relationship: str = "Data"


@dataclass
class Printer:
    """A printer process that is warming up; `print_pdf` hands it its one job.

    Start it while notebooks run, and the half second its libraries take to load is over when the page is ready.
    """

    fonts: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    process: subprocess.Popen[bytes] | None = None
    folder: tempfile.TemporaryDirectory[str] | None = None

    def start(self) -> Printer:
        """Start the process; it loads its libraries and waits."""
        self.folder = tempfile.TemporaryDirectory(prefix="briefings-print-")
        home = Path(self.folder.name)
        conf = home / "fonts.conf"
        folders = self.fonts or (shipped_fonts(),)
        dirs = "\n".join(f"<dir>{_xml(str(folder))}</dir>" for folder in folders)
        conf.write_text(_FONTS_CONF.format(dirs=dirs, cache=_xml(str(home / "cache"))), encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from briefings.printer import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(home, conf, self.limits),
            cwd=home,
            start_new_session=True,
        )
        return self

    def run(self, job: bytes) -> tuple[int, bytes, bytes, bool]:
        """Give the process its job; return status, reply, its last words, and whether time ran out."""
        if self.process is None:
            self.start()
        process = self.process
        assert process is not None
        try:
            reply, said = process.communicate(job, timeout=self.limits.wall)
        except subprocess.TimeoutExpired:
            self._kill()
            process.communicate()
            return process.returncode, b"", b"", True
        finally:
            self.close()
        return process.returncode, reply, said, False

    def close(self) -> None:
        """End the process if it still runs, and remove its folder."""
        self._kill()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr) if self.process else ():
            if pipe is not None:
                # a job that was never handed over goes down with the process
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None

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
    limits: Limits | None = None,
    fonts: Sequence[Path] = (),
    printer: Printer | None = None,
) -> bytes:
    """Return HTML printed as PDF, the same bytes for the same arguments.

    `when` (aware) is the date of the document and of every attachment. `fonts` are the only folders fonts come
    from; without any, the shipped ones. Raises RenderError (`RENDER_TIMEOUT`, `RENDER_MEMORY`, `RENDER_GLYPHS`,
    `RENDER_LINK`, `RENDER_FAILED`) or MissingDependency (`DEPENDENCY_PANGO`).
    """
    if when.tzinfo is None:
        raise ValueError("`when` needs its UTC offset")
    printer = printer or Printer(fonts=tuple(fonts), limits=limits or Limits())
    job = {
        "html": html.encode("utf-8", "replace").decode("utf-8"),
        "title": title,
        "author": author,
        "language": language,
        "when": int(when.timestamp()),
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
    status, reply, said, late = printer.run(json.dumps(job).encode("ascii"))
    if late:
        raise RenderError(
            f"printing took longer than {printer.limits.wall:g} seconds and was stopped",
            why="a page this large, or a style that repeats itself, has no end to wait for",
            fix="shorten the tables, or raise the limit if the page is right",
            code="RENDER_TIMEOUT",
        )
    head, _, pdf = reply.partition(b"\n")
    try:
        outcome = json.loads(head)
    except ValueError:
        raise _death(status, said, printer.limits) from None
    if outcome["fault"]:
        raise _fault(outcome, printer.limits)
    _require_glyphs(outcome["missing"])
    require_safe(pdf, [one.name for one in attachments])
    return pdf


def shipped_fonts() -> Path:
    """Return the folder of fonts that came with this program."""
    package = Path(__file__).resolve().parent
    installed = package / "templates"
    return (installed if installed.is_dir() else package.parent / "templates") / "themes/plain/fonts"


# ── what a death means ──────────────────────────────────────────────────────────────────────────────


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
    if fault == "library":
        return MissingDependency(
            "the libraries that draw text are not installed",
            why=message,
            fix=PANGO_LINE,
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
    return RenderError("the page could not be printed", why=f"{fault}: {message}", code="RENDER_FAILED")


def _memory(limits: Limits) -> RenderError:
    return RenderError(
        f"printing needed more than {limits.memory >> 20} MB of memory and was stopped",
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
    kept = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES", "SYSTEMROOT", "VIRTUAL_ENV")
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
        "BRIEFINGS_PRINT_CPU": str(max(1, int(limits.wall) + 1)),
    }


def _xml(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
