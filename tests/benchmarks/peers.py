"""What others make of the workload: each installed from PyPI into an environment of its own, or said to be absent.

Two commands of the shell that anybody would type, or as many as a peer needs; byte code is written, as wherever they
are installed for good.
"""

# ruff: noqa: T201 -- what a peer lacks is said

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HOME = Path(os.environ.get("PEERS", Path(__file__).parents[2] / ".briefings" / "peers"))
"""Where environments of peers are kept from one run to the next."""


class Absent(Exception):
    """A peer cannot be had here; the reason is said."""


def environment() -> dict[str, str]:
    """Return the environment of every command: byte code is written, as wherever these are installed."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}


def command(*arguments: object) -> None:
    """Run a program to its good end."""
    done = subprocess.run(list(map(str, arguments)), env=environment(), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{arguments[0]} {arguments[1]}: {done.stderr[-2000:]}")


@dataclass(frozen=True)
class Peer:
    """A way to make the brief of one day; all it needs of Python is in `bin`."""

    name: str
    bin: Path

    def __call__(self, folder: Path, day: date) -> None:
        """Make the brief of a day."""
        raise NotImplementedError


class Papermill(Peer):
    """papermill, nbconvert to HTML, WeasyPrint: three commands."""

    def __call__(self, folder: Path, day: date) -> None:
        """Make the brief of a day."""
        out = folder / f"peer-{day}"
        given = ("-p", "date", day, "-p", "data", folder / "log.csv")
        command(self.bin / "papermill", "--no-progress-bar", folder / "peer.ipynb", f"{out}.ipynb", *given)
        command(self.bin / "jupyter-nbconvert", "--to", "html", "--no-input", f"{out}.ipynb")
        command(self.bin / "weasyprint", "-s", folder / "style.css", f"{out}.html", f"{out}.pdf")


@dataclass(frozen=True)
class Notebooker(Peer):
    """Notebooker's own command, its MongoDB played by a library, which spares it a server."""

    prints: bool

    def __call__(self, folder: Path, day: date) -> None:
        """Make the brief of a day."""
        command(
            self.bin / "python", Path(__file__).with_name("notebooker_peer.py"), folder / "peer.ipynb", day,
            folder / "log.csv", folder / f"notebooker-{day}", "--pdf-output" if self.prints else "--no-pdf-output",
        )  # fmt: skip


def papermill() -> Papermill:
    """Return papermill with what it takes to print. Raises Absent."""
    packages = ("papermill", "nbconvert", "weasyprint", "pandas", "matplotlib", "ipykernel")
    return Papermill("papermill + nbconvert + WeasyPrint", _installed("papermill", packages))


def notebooker() -> Notebooker:
    """Return Notebooker with its PDF, or without where there is no LaTeX. Raises Absent."""
    packages = ("notebooker", "mongomock", "jupytext", "matplotlib", "setuptools", "ipykernel")
    found = _installed("notebooker", packages)
    if not (found.parent / "share/jupyter/kernels/notebooker_kernel").is_dir():
        command(found / "python", "-m", "ipykernel", "install", "--sys-prefix", "--name", "notebooker_kernel")
    lacking = [program for program in ("xelatex", "pandoc", "inkscape") if shutil.which(program) is None]
    if lacking:
        print(f"Notebooker prints by {' and '.join(lacking)}, not found: it makes HTML alone, and is timed so")
        return Notebooker("Notebooker, HTML without a PDF", found, prints=False)
    return Notebooker("Notebooker with its PDF", found, prints=True)


def _installed(name: str, packages: Sequence[str]) -> Path:
    """Return the folder of programs of an environment with these packages. Raises Absent."""
    uv = shutil.which("uv") or str(Path(__file__).parents[2] / ".briefings" / "uv" / "bin" / "uv")
    folder = HOME / f"{name}-{hashlib.sha256(' '.join(packages).encode()).hexdigest()[:8]}"
    done = folder / "complete"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        for step in (
            [uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
            [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(folder / "bin/python"), *packages],
        ):
            try:
                subprocess.run(step, env=environment(), capture_output=True, text=True, check=True)
            except OSError as fault:
                raise Absent(f"{name} is passed over: uv cannot be started ({fault.strerror})") from None
            except subprocess.CalledProcessError as fault:
                told = fault.stderr.strip().splitlines() or ["nothing was said"]
                raise Absent(f"{name} is passed over, it does not install: {told[-1]}") from None
        done.touch()
    return folder / "bin"
