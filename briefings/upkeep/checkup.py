"""One thing looked at on a machine or in a workspace: how it stands, and the one line that mends it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import BriefingsError

Level = Literal["ok", "advice", "missing"]


@dataclass(frozen=True)
class Check:
    """One thing looked at. `missing` keeps something from working, `advice` does not; `fix` is one line."""

    name: str
    level: Level
    detail: str
    fix: str = ""

    @property
    def ok(self) -> bool:
        """Say whether nothing is kept from working."""
        return self.level != "missing"

    def as_dict(self) -> dict[str, str | bool]:
        """Return the check as JSON-ready data."""
        return {"name": self.name, "ok": self.ok, "level": self.level, "detail": self.detail, "fix": self.fix}


def guarded(name: str, look: Callable[[], Iterator[Check]]) -> tuple[Check, ...]:
    """Run one check; what it raises becomes a result of its own, so the others still run."""
    try:
        return tuple(look())
    except Exception as fault:
        what = fault.what if isinstance(fault, BriefingsError) else f"{type(fault).__name__}: {fault}"
        return (
            Check(
                name,
                "missing",
                f"could not be checked: {what}",
                "report this as a fault of Briefings, with what briefings doctor --json prints",
            ),
        )


def package_line(requirement: str) -> str:
    """Return the line that installs a Python package here: this repository's own way in a checkout of it, else pip."""
    if (Path(__file__).parents[2] / ".ci" / "setup").is_file():
        return "make setup"
    return f"{shlex.quote(sys.executable)} -m pip install '{requirement}'"
