"""Builds the manual: pages written by hand, beside this module, and reference pages written from the code."""

from __future__ import annotations

import argparse
import functools
import http.server
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .. import __version__
from ..cli.terminal import tell
from ..errors import MissingDependency, RenderError
from . import handbook

SOURCES = Path(__file__).parents[1] / "data" / "manual"
"""The pages written by hand, and the style sheet."""

BUILT = Path(".briefings") / "manual"
"""Where the manual is built unless told otherwise: a folder that version control leaves out."""

_SETTINGS = {
    "project": "Briefings",
    "copyright": "The Briefings authors",
    "version": __version__,
    "release": __version__,
    "extensions": "myst_parser",
    "myst_heading_anchors": "3",
    "html_theme": "furo",
    "html_title": "Briefings",
    "html_static_path": "_static",
    "html_css_files": "manual.css",
    "html_copy_source": "0",
    "html_show_sphinx": "0",
    "highlight_language": "text",
    "pygments_style": "friendly",
}
"""What Sphinx is told; no file of settings stands between the pages."""


def write(folder: Path) -> None:
    """Write every page of the manual into a folder, which is replaced: what Sphinx builds it from."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SOURCES, folder)
    for name, text in handbook.pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def build(folder: Path) -> Path:
    """Build the manual as HTML below a folder and return the folder of its pages; what was there is replaced.

    Errors: MissingDependency `NO_SPHINX`; RenderError `MANUAL` with every warning, for a manual with one is wrong.
    """
    if importlib.util.find_spec("sphinx") is None:
        raise MissingDependency(
            "Sphinx is not installed", where=sys.executable, fix="run make setup, or uv sync --group docs",
            code="NO_SPHINX",
        )  # fmt: skip
    write(folder / "pages")
    return _built(folder / "pages", folder / "html", folder / "trees")


def _built(pages: Path, out: Path, trees: Path) -> Path:
    for made in (out, trees):
        shutil.rmtree(made, ignore_errors=True)
    said = [word for name, value in _SETTINGS.items() for word in ("-D", f"{name}={value}")]
    strictly = ["--fail-on-warning", "--quiet", "--no-color", "-C"]
    command = [sys.executable, "-m", "sphinx", "-b", "html", *strictly, *said, "-d", str(trees), str(pages), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RenderError(
            "the manual has mistakes in it",
            where=str(pages),
            why=(done.stderr or done.stdout).strip(),
            fix="mend the page that is named",
            code="MANUAL",
        )
    return out


def serve(folder: Path, port: int = 0) -> None:
    """Serve a built manual to a browser on this machine until Ctrl-C; without a port on a free one."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        tell(f"manual: http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            tell("ended")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """A handler that does not tell of every request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name in the standard library
        """Say nothing."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the manual and serve it: `python -m briefings.manual.build`."""
    parser = argparse.ArgumentParser(prog="python -m briefings.manual.build", description=(__doc__ or "").strip())
    parser.add_argument("--folder", type=Path, default=BUILT, help="where it is built (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="the port it is served on (default: a free one)")
    parser.add_argument("--no-serve", action="store_true", help="build it and end")
    asked = parser.parse_args(arguments)
    built = build(asked.folder.absolute())
    tell(f"built: {built / 'index.html'}")
    if not asked.no_serve:
        serve(built, asked.port)


if __name__ == "__main__":
    main()
