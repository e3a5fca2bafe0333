"""Changes single cells of a notebook file, or writes a new one, and leaves every other byte as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from ..errors import NotebookError
from ..storage import filing
from .cells import PARAMETERS, parse_notebook, tags

_PLAIN = {
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


@dataclass(frozen=True)
class Style:
    """How a notebook is written down: indent, separators, whether beyond ASCII is escaped, line ends, and its end."""

    indent: int | str | None = 1
    separators: tuple[str, str] | None = None
    escaped: bool = False
    newline: str = "\n"
    tail: str = "\n"

    def text(self, data: Any) -> str:
        """Return a notebook as it is written in this style."""
        body = json.dumps(data, indent=self.indent, separators=self.separators, ensure_ascii=self.escaped)
        return body.replace("\n", self.newline) + self.tail


@dataclass
class File:
    """A notebook as it lies on disk: its JSON, to be changed in place, and how that is written."""

    path: Path
    data: dict[str, Any]
    style: Style

    @property
    def cells(self) -> list[dict[str, Any]]:
        """Return the cells as the file holds them."""
        return list(self.data["cells"])

    def insert(self, at: int, *cells: dict[str, Any]) -> None:
        """Put cells before the one at an index, each with an id of its own where the format has ids."""
        taken = {cell.get("id") for cell in self.data["cells"]}
        for cell in cells:
            if (self.data["nbformat"], self.data.get("nbformat_minor", 0)) < (4, 5):
                cell.pop("id", None)
                continue
            cell["id"] = _free(cell["id"], taken)
            taken.add(cell["id"])
        self.data["cells"][at:at] = cells

    def set_source(self, at: int, source: str) -> None:
        """Give the cell at an index another source, in the form its own has: one text, or a list of lines."""
        cell = self.data["cells"][at]
        cell["source"] = source if isinstance(cell.get("source"), str) else _lines(source)

    def write(self) -> None:
        """Put the file on disk, whole. Errors: FolderError or DiskFull."""
        filing.replace_file(self.path, self.style.text(self.data).encode())


def read(path: Path) -> File:
    """Read a notebook file as it lies there. Raises NotebookError if it is not there or no notebook."""
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as fault:
        raise NotebookError(
            f"{path.name} cannot be read", where=str(path), why=str(fault), fix="name a notebook that can be read"
        ) from None
    parse_notebook(text, path.name)  # says what is wrong with it
    data = json.loads(text)
    return File(path, data, style_of(text, data))


def style_of(text: str, data: Any) -> Style:
    """Return the style in which a notebook was written: the one that gives its very text again, else the nearest."""
    newline = "\r\n" if "\r\n" in text else "\n"
    found = re.match(r"\{\r?\n([ \t]+)", text)
    indent = found[1] if found else None
    tail = text[len(text.rstrip()) :]
    every = [
        Style(indent, separators, escaped, newline, tail)
        for escaped, separators in product((False, True), (None, (",", ":")))
    ]
    return next((style for style in every if style.text(data) == text), every[0])


def blank(path: Path) -> File:
    """Return a notebook without cells, to be written to a path."""
    return File(path, {"cells": [], **_PLAIN}, Style())


def code(name: str, source: str, *, marks: Sequence[str] = ()) -> dict[str, Any]:
    """Return a code cell that never ran; `marks` are its tags."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {"tags": list(marks)} if marks else {},
        "outputs": [],
        "source": _lines(source),
    }


def prose(name: str, source: str) -> dict[str, Any]:
    """Return a cell of Markdown."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _lines(source)}


def source_of(cell: dict[str, Any]) -> str:
    """Return what a cell of a file says, as one text."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def tagged(file: File) -> int | None:
    """Return the index of the first code cell tagged as that of the parameters, or `None`."""
    return next((at for at, cell in enumerate(file.cells) if _is_code(cell) and PARAMETERS in tags(cell)), None)


def first_code(file: File) -> int | None:
    """Return the index of the first code cell that says anything, or `None`."""
    return next((at for at, cell in enumerate(file.cells) if _is_code(cell) and source_of(cell).strip()), None)


def _is_code(cell: dict[str, Any]) -> bool:
    return cell.get("cell_type") == "code"


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)


def _free(name: str, taken: Iterable[str | None]) -> str:
    """Return an id that no cell has yet."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", name)[:56]
    names = (plain, *(f"{plain}-{n}" for n in range(2, 10_000)))
    return next(one for one in names if one not in set(taken))
