"""Keeps what notebooks came to, so that one is not run again while all it rests on stays as it was.

That is its file, its parameters, the view of the desk, the packages installed, the environment of kernels, and every
file it was seen to read. A notebook that rests on more than can be seen, the clock for one, is never kept.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import BriefingsError
from ..model import Finding, digest
from ..notebook import records
from ..notebook.cells import parse_notebook
from ..notebook.witness import digest_of
from ..sections import canonical
from ..storage import filing
from .confine import Job, shared_environment
from .kernels import RunRecord

SCHEMA = "briefings.reuse/v1"
ROOM = 400
"""Outcomes kept in a workspace; beyond that those that were not asked for the longest go."""


@dataclass(frozen=True)
class Shelf:
    """The outcomes kept in a folder, as they hold for the `view` of one desk; a `fresh` one gives out none."""

    folder: Path
    view: str
    fresh: bool = False

    def find(self, job: Job, source_sha256: str) -> RunRecord | None:
        """Return what a notebook came to, its executed copy put in its place, if every input is as it was then."""
        if self.fresh:
            return None
        path = self._place(job, source_sha256)
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept["schema"] != SCHEMA or not self._holds(kept["rests"]):
                return None
            findings = tuple(Finding.model_validate(one) for one in kept["findings"])
            nb = parse_notebook(json.dumps(kept["nb"]), job.notebook.name)
            os.utime(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, BriefingsError):
            return None  # there is none, or it is broken: the notebook is run
        text = records.keep(nb, job.out)
        return RunRecord(
            job.notebook.name, job.out, nb, text, source_sha256, 0.0, findings, rests=kept["rests"], reused=True
        )

    def keep(self, job: Job, record: RunRecord) -> None:
        """Keep what a notebook came to, if all it rests on can be seen; a disk that will not have it is no fault."""
        if record.error is not None or not _seen_whole(record.rests) or not self._of_this_desk(record.rests):
            return
        kept = {
            "schema": SCHEMA,
            "nb": record.nb,
            "findings": [one.model_dump(mode="json") for one in record.findings],
            "rests": record.rests,
        }
        with suppress(OSError, BriefingsError):
            filing.replace_file(self._place(job, record.source_sha256), canonical(kept).encode())
            self._make_room()

    def _place(self, job: Job, source_sha256: str) -> Path:
        parameters = canonical(dict(job.parameters))
        key = digest(
            job.notebook.name, source_sha256, parameters, self.view, canonical(shared_environment()), *_versions()
        )
        return self.folder / f"{job.notebook.stem}-{key[:32]}.json"

    def _holds(self, rests: Any) -> bool:
        unchanged = all(digest_of(path) == then for path, then in rests["read"].items())
        return _seen_whole(rests) and self._of_this_desk(rests) and unchanged

    def _of_this_desk(self, rests: Any) -> bool:
        return set(rests["views"]) <= {self.view}

    def _make_room(self) -> None:
        kept = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        for path in kept[:-ROOM]:
            path.unlink(missing_ok=True)


def why_again(record: RunRecord) -> tuple[str, ...]:
    """Return why a notebook is run every time, in words that follow its name; nothing if it need not be."""
    return tuple(record.rests.get("unseen", ("ended before it said what it rests on",))) if record.error is None else ()


def _seen_whole(rests: Any) -> bool:
    return bool(rests.get("unseen") == [])


@cache
def _versions() -> tuple[str, ...]:
    """Return what says which code runs: the interpreter, the packages installed and when, and the files of this one."""
    own = Path(__file__).parents[1]
    places = [Path(place) for place in sys.path if place]
    installed = (path for place in places if place.is_dir() for path in place.glob("*.dist-info"))
    files = (path for path in own.rglob("*") if path.suffix != ".pyc" and path.is_file())
    return (
        f"{sys.executable} {platform.python_version()}",
        *sorted(f"{path.name} {path.stat().st_mtime_ns}" for path in installed),
        *sorted(f"{path.relative_to(own)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files),
    )
