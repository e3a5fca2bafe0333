"""Editions made once for all tests of a run, by however many workers; a test that changes one takes a copy."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from notes import NOTE, with_note
from typer.testing import CliRunner

from briefings.authoring.demo import install_demo
from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.making.edition import Made, make
from briefings.model import Edition, Figure, Finding
from briefings.release.approving import approve

DAY = {"date": "2026-01-31"}
Told = dict[str, Any]
"""What a run says of itself as JSON."""

EDITION = "balochistan-2026-01-31-1"
REVIEWER = "R. Okafor"
LATE = (
    "---\ntitle: Police give their losses\npublisher: Coast Post (demo)\npublished: 2026-01-31T22:00:00+05:00\n---\n\n"
    "QUETTA - The provincial police chief said on Saturday that five officers were wounded in Quetta on Saturday.\n"
)
"""A report that comes in after the first edition of the day."""


@dataclass(frozen=True)
class Kept:
    """A workspace on the shelf and the edition last made in it: to be read, never to be written to."""

    root: Path
    made: Made

    def copy(self, place: Path) -> Workspace:
        """Return a copy to do with as one likes."""
        return load(Path(shutil.copytree(self.root, place)))


@dataclass(frozen=True)
class Shelf:
    """The folder the processes of a test run share: what one has made, the others find there."""

    folder: Path

    def issued(self, brief: str = "balochistan", day: str = DAY["date"]) -> Kept:
        """Return a demo workspace in which that brief was made, by the command that makes it."""

        def issuing(root: Path) -> Told:
            if (brief, day) == ("balochistan", DAY["date"]):
                return typed("demo", str(root))
            return typed("make", brief, "-p", f"date={day}", "-w", str(install_demo(root)))

        return self._once(f"{brief}-{day}", issuing)

    def approved(self) -> Kept:
        """Return the one of the daily brief, approved since."""

        def approving(root: Path) -> Told:
            first = self.issued()
            approve(EDITION, by=REVIEWER, workspace=first.copy(root))
            return first.made.as_dict()

        return self._once("approved", approving)

    def noted(self) -> Kept:
        """Return a demo workspace in which a brief of one notebook was made, for what is not about the shipped ones."""

        def noting(root: Path) -> Told:
            with_note(install_demo(root), "balochistan")
            return typed("make", NOTE, "-p", f"date={DAY['date']}", "-w", str(root))

        return self._once("noted", noting)

    def reissued(self) -> Kept:
        """Return the approved one after a report came in late, its source was marked, and the brief was made again."""

        def reissuing(root: Path) -> Told:
            space = self.approved().copy(root)
            text = space.file.read_text(encoding="utf-8")
            space.file.write_text(text.replace('kind = "folder"', 'kind = "folder"\nmarking = "TLP:AMBER"'))
            (root / "sources" / "reports" / "late.md").write_text(LATE, encoding="utf-8")
            return make("balochistan", DAY, workspace=root, now=datetime(2026, 2, 1, tzinfo=UTC)).as_dict()

        return self._once("reissued", reissuing)

    def _once(self, name: str, making: Callable[[Path], Told]) -> Kept:
        """Return what lies under that name; who asks first makes it, and the others wait."""
        place = self.folder / name
        root, told = place / "workspace", place / "made.json"
        place.mkdir(parents=True, exist_ok=True)
        with (place / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not told.is_file():
                shutil.rmtree(root, ignore_errors=True)
                told.write_text(json.dumps(making(root)), encoding="utf-8")
        return Kept(root, _as_told(json.loads(told.read_text(encoding="utf-8")), root))


def typed(*arguments: str) -> Told:
    """Run a command; return what it says as JSON."""
    done = CliRunner().invoke(app, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def _as_told(told: Told, root: Path) -> Made:
    """Return the outcome of a run as its JSON tells it, wherever its workspace lies now."""
    assert told["problems"] == []
    edition = Edition.model_validate(told["edition"])
    return Made(
        edition=edition,
        pdf=root / "reports" / edition.folder / edition.pdf_name,
        figures=tuple(Figure.model_validate(row) for row in told["figures"]),
        findings=tuple(Finding.model_validate(row) for row in told["findings"]),
        problems=(),
        unchanged=told["unchanged"],
    )
