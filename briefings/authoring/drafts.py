"""What is to be added to a workspace, drafted whole before any of it is written, and names held to what they may be."""

from __future__ import annotations

import shutil
from codecs import BOM_UTF8
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ..core.layers import near
from ..core.settings import is_name
from ..errors import UsageError
from ..storage import filing


@dataclass(frozen=True)
class Added:
    """What was added: the files that are new, those that say more than before, and what to do next."""

    written: tuple[Path, ...]
    changed: tuple[Path, ...]
    following: str

    def as_dict(self) -> dict[str, object]:
        """Return it as JSON-ready data."""
        return {
            "written": [str(path) for path in self.written],
            "changed": [str(path) for path in self.changed],
            "next": self.following,
        }


@dataclass
class Draft:
    """What is to be written, before anything is: folders, copies of folders (new → origin), new files, files that grow.

    Files are bytes; `text` and `grow` read and write those that are text in the form they have.
    """

    folders: list[Path] = field(default_factory=list)
    copies: dict[Path, Path] = field(default_factory=dict)
    new: dict[Path, bytes] = field(default_factory=dict)
    grown: dict[Path, bytes] = field(default_factory=dict)

    def text(self, path: Path) -> str:
        """Return what a file says by now, lines ended as Unix ends them and no mark of byte order before them."""
        return self._data(path).decode("utf-8-sig").replace("\r\n", "\n")

    def grow(self, path: Path, text: str) -> None:
        """Let a file say more; a mark of byte order, and ends of lines as Windows writes them, are kept."""
        was = self._data(path)
        newline = "\r\n" if b"\r\n" in was else "\n"
        self.grown[path] = (BOM_UTF8 if was.startswith(BOM_UTF8) else b"") + text.replace("\n", newline).encode()

    def _data(self, path: Path) -> bytes:
        """Return a file as drafted, else as its folder is copied, else as it lies there."""
        if path in self.grown:
            return self.grown[path]
        origin = self.copies.get(path.parent)
        return ((origin / path.name) if origin else path).read_bytes()

    def add(self, following: str) -> Added:
        """Write all of it, or nothing: whatever fails, the workspace is as it was. Errors: FolderError or DiskFull."""
        with ExitStack() as undo:
            for folder in (*self.folders, *self.copies):
                undo.callback(filing.remove, filing.topmost_absent(folder))
                with filing.clear_faults(folder):
                    self._make(folder)
            filing.replace_files({**self.new, **self.grown})
            undo.pop_all()
        grown = tuple(path for path in self.grown if path.parent not in self.copies)
        return Added((*self.folders, *self.copies, *self.new), grown, following)

    def _make(self, folder: Path) -> None:
        if folder in self.copies:
            ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(self.copies[folder], folder, ignore=ignored)
        else:
            folder.mkdir(parents=True)


def titled(name: str) -> str:
    """Return a name in words: `aid-access` is `Aid access`."""
    return name.replace("-", " ").replace("_", " ").strip().capitalize()


def require_name(name: str, what: str) -> None:
    """Refuse what cannot be the name of a brief, a source and the like. Errors: UsageError `NEW_NAME`."""
    if not is_name(name):
        raise UsageError(
            f"{name!r} cannot be the name of a {what}",
            why="it stands in settings, addresses and names of files",
            fix="use lower-case letters, digits, - and _, a letter or digit first, 64 at most",
            code="NEW_NAME",
        )


def require_free(name: str, what: str, taken: Iterable[str]) -> None:
    """Refuse a name that is taken. Errors: UsageError `NEW_TAKEN`."""
    if name in set(taken):
        raise UsageError(
            f"there is a {what} {name!r} already", why="nothing is ever overwritten", fix="take another name",
            code="NEW_TAKEN",
        )  # fmt: skip


def require_one_of(value: str, known: Iterable[str], what: str) -> None:
    """Refuse a word that is none of those known. Errors: UsageError `NEW_KIND` with the nearest."""
    if value not in known:
        raise unknown(f"there is no {what}", value, tuple(known), code="NEW_KIND")


def unknown(what: str, value: str, known: Iterable[str], *, code: str) -> UsageError:
    """Return the error that says of a name that there is none such, with the nearest."""
    names = tuple(known)
    return UsageError(f"{what} {value!r}{near(value, names)}", fix=f"use one of {', '.join(names)}", code=code)


def below(path: Path, root: Path) -> str:
    """Return a path as somebody who is in the workspace types it."""
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
