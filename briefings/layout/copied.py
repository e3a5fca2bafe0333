"""Knows which templates of a workspace are still as they were copied into it: those give way to the shipped ones."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from .. import __version__

RECORD = "copied.json"
"""File in a folder of copies that says what each was when it was copied."""
_ABOUT = "a file that is still as it was copied gives way to the one shipped; edit it, and yours is used"


def record(folder: Path) -> None:
    """Write down what the templates, style sheets and themes of a folder are, each by its digest."""
    files = {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".j2", ".css") or path.name == "theme.toml"
    }
    said = {"about": _ABOUT, "version": __version__, "files": files}
    (folder / RECORD).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def untouched(folder: Path, name: str = "") -> frozenset[str]:
    """Return the names of the files in a folder that are still as they were copied, or that one name if it is."""
    try:
        files = json.loads((folder / RECORD).read_text(encoding="utf-8"))["files"]
        asked = {name: files[name]} if name in files else {} if name else dict(files)
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()  # nothing is known of them, so all are somebody's own
    return frozenset(
        one for one, sha256 in asked.items() if (folder / one).is_file() and _digest(folder / one) == sha256
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
