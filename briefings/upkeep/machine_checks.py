"""Looks at the machine: Python, the libraries and fonts pages are printed with, the kernel, SQLite, time zones."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from ..printing.pango import LIBRARIES, install_line, lacking
from .checkup import Check, package_line

_PYTHON = (3, 11)
_WEASYPRINT = (70, 0)
_SQLITE_LEAST = (3, 35, 0)
_SQLITE_SAFE = (3, 51, 3)


def python_version() -> Iterator[Check]:
    """Check the running interpreter against the least version."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] >= _PYTHON:
        yield Check("Python", "ok", f"{found} at {sys.executable}")
    else:
        yield Check(
            "Python", "missing", f"{found} is older than 3.11", "install Python 3.11 or later, and Briefings with it"
        )


def pango_libraries(libraries: dict[str, tuple[str, ...]] | None = None) -> Iterator[Check]:
    """Load each shared library that lays text out and embeds fonts, by the names the platforms give it."""
    wanted = LIBRARIES if libraries is None else libraries
    missing = lacking(wanted)
    if missing:
        yield Check("Pango", "missing", f"not found: {', '.join(missing)}; no PDF can be printed", install_line())
    else:
        yield Check("Pango", "ok", f"{', '.join(wanted)} load")


def weasyprint_imports() -> Iterator[Check]:
    """Import WeasyPrint in a process of its own, as printing does: a bad library can take a process with it."""
    done = subprocess.run(
        [sys.executable, "-c", "import weasyprint; print(weasyprint.__version__)"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    version = done.stdout.strip()
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [f"the process ended with status {done.returncode}"])[-1]
        absent = find_spec("weasyprint") is None
        yield Check(
            "WeasyPrint",
            "missing",
            f"cannot be imported: {last}",
            package_line("weasyprint>=70") if absent else install_line(),
        )
    elif _numbers(version) < _WEASYPRINT:
        yield Check(
            "WeasyPrint",
            "missing",
            f"{version} opens files it should not, which 70.0 mends",
            package_line("weasyprint>=70"),
        )
    else:
        yield Check("WeasyPrint", "ok", version)


def fonts_shipped(folder: Path | None = None) -> Iterator[Check]:
    """Check that the fonts that pages are set in are there and are fonts."""
    from ..making.scaffold import shipped

    home = folder if folder is not None else shipped("templates") / "themes" / "plain" / "fonts"
    found = sorted(path for path in home.glob("*") if path.suffix in {".ttf", ".otf"}) if home.is_dir() else []
    spoiled = [path.name for path in found if not _is_font(path)]
    fix = "install Briefings again; in a checkout of it: git checkout templates"
    if not found:
        yield Check("Fonts", "missing", f"no fonts in {home}", fix)
    elif spoiled:
        yield Check("Fonts", "missing", f"not fonts: {', '.join(spoiled)} in {home}", fix)
    else:
        yield Check("Fonts", "ok", f"{len(found)} shipped")


def _is_font(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in {b"\x00\x01\x00\x00", b"OTTO", b"true"}


def kernel_starts(seconds: float = 30) -> Iterator[Check]:
    """Start the very kernel that runs notebooks, let it answer, and stop it; kernels installed elsewhere are not it."""
    from jupyter_client.manager import KernelManager

    from ..kernels.engine import OwnPython

    manager = KernelManager(kernel_name="python3", kernel_spec_manager=OwnPython())
    client = None
    try:
        manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=seconds)
    except Exception as fault:
        why = str(fault).strip() or type(fault).__name__
        yield Check(
            "Kernel", "missing", f"the kernel of {sys.executable} does not start: {why}", package_line("ipykernel")
        )
    else:
        yield Check("Kernel", "ok", f"that of {sys.executable} starts and answers")
    finally:
        if client is not None:
            client.stop_channels()
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def sqlite_version(version: str = sqlite3.sqlite_version) -> Iterator[Check]:
    """Check the SQLite that Python brings against what the store needs and what is safe."""
    if _numbers(version) < _SQLITE_LEAST:
        yield Check("SQLite", "missing", f"{version} is older than 3.35", "use a later Python, or a PostgreSQL store")
    elif _numbers(version) < _SQLITE_SAFE:
        yield Check(
            "SQLite",
            "advice",
            f"{version} has the WAL-reset fault, mended in 3.51.3: several programs writing at once can, rarely, "
            "damage the store",
            "keep backups of .briefings/store.db, and use PostgreSQL where several people write",
        )
    else:
        yield Check("SQLite", "ok", version)


def time_zones(wanted: tuple[str, ...]) -> Iterator[Check]:
    """Check that the zones used by the regions are known, or `UTC` and one other where none is named."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    for name in wanted or ("UTC", "Asia/Karachi"):
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield Check("Time zones", "missing", f"{name} is unknown", package_line("tzdata"))
            return
    if not wanted:
        yield Check("Time zones", "ok", "known")


def jupyterlab_present(present: bool | None = None) -> Iterator[Check]:
    """Say whether notebooks can be edited in JupyterLab; making and sending briefs does not need it."""
    if find_spec("jupyterlab") is not None if present is None else present:
        yield Check("JupyterLab", "ok", "installed")
    else:
        yield Check(
            "JupyterLab", "advice", "not installed; only editing in a browser needs it", package_line("jupyterlab>=4.4")
        )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())
