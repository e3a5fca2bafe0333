"""Every way a run can fail, as one tree.

BriefingsError
├── UsageError          2   the command, its options or its arguments
│   ├── ConfigError         briefings.toml
│   └── ParameterError      a parameter of a brief, refused before any kernel starts
├── SourceError         3   one document, feed or table that could not be read
├── StoreError          1   the database
├── NotebookError       1   a notebook that did not run to its end
├── ContractError       1   a notebook ran, but broke the promise of brief.toml
├── RenderError         1   the page or the PDF could not be made
├── PolicyError         4   something that must not happen now: unapproved, changed, over-marked
├── DeliveryError       5   some or all recipients were not reached
├── MissingDependency  69   a library or program is not installed
├── DiskFull            1   nothing half-written is left behind
└── TemporaryError     75   try again later: locked, mail relay down

Each error says what happened, where, why, and what to do; `code` is stable and may be searched for.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import ClassVar

_MAGIC = re.compile(r"^get_ipython\(\)\.run_cell_magic\('(\w+)', '([^']*)'.*$")
"""What IPython makes of a cell that begins with a magic, such as `%%prose bottom_line`."""


class BriefingsError(Exception):
    """A fault the user can act on: what, where, why, what to do.

    `code` is stable across versions; `exit_status` is the process status of the command line.
    """

    code: ClassVar[str] = "ERROR"
    exit_status: ClassVar[int] = 1

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        why: str | None = None,
        fix: str | None = None,
        code: str | None = None,
    ) -> None:
        self.what = what
        self.where = where
        self.why = why
        self.fix = fix
        self.error_code = code or self.code
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [f"{self.error_code}: {self.what}"]
        for label, text in (("where", self.where), ("why", self.why), ("try", self.fix)):
            if text:
                lines.append(f"  {label}: {text}")
        return "\n".join(lines)

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows of it, as IPython asks: the author's own lines that led here, and the error."""
        import linecache  # both are needed in notebooks only, where they are loaded already
        import traceback

        shell = sys.modules["IPython"].get_ipython()
        lines = []
        for frame, number in traceback.walk_tb(self.__traceback__):
            file = frame.f_code.co_filename
            if cell := shell.compile.format_code_name(file):
                said = _MAGIC.sub(r"%%\1 \2", linecache.getline(file, number).strip())
                lines.append(f"{' '.join(cell)}, line {number}: {said}")
        return [*lines, "", *str(self).splitlines()]

    def as_dict(self) -> dict[str, str | None]:
        """Return the error as JSON-ready data, for `--json`."""
        return {
            "code": self.error_code,
            "what": self.what,
            "where": self.where,
            "why": self.why,
            "try": self.fix,
        }


class UsageError(BriefingsError):
    """The command was given something it cannot use."""

    code = "USAGE"
    exit_status = 2


class ConfigError(UsageError):
    """`briefings.toml`, a `brief.toml` or an environment variable is wrong."""

    code = "CONFIG"


class ParameterError(UsageError):
    """A parameter of a brief is unknown, missing or mistyped."""

    code = "PARAMETER"


class GoldError(UsageError):
    """What a person wrote down of a report's claims cannot be used to score reading."""

    code = "GOLD"


class SourceError(BriefingsError):
    """One document, feed or table could not be read; the others still come in."""

    code = "SOURCE"
    exit_status = 3


class StoreError(BriefingsError):
    """The store could not be opened, read or written."""

    code = "STORE"


class NotebookError(BriefingsError):
    """A notebook did not run to its end."""

    code = "NOTEBOOK"


class ContractError(BriefingsError):
    """A notebook ran, but what it emitted is not what brief.toml promises."""

    code = "CONTRACT"


class RenderError(BriefingsError):
    """The page or the PDF could not be made."""

    code = "RENDER"


class PolicyError(BriefingsError):
    """The action is not allowed as things stand: not approved, changed since, or above the marking."""

    code = "POLICY"
    exit_status = 4


class DeliveryError(BriefingsError):
    """Some or all recipients were not reached."""

    code = "DELIVERY"
    exit_status = 5


class MissingDependency(BriefingsError):
    """A library or program is not installed."""

    code = "DEPENDENCY"
    exit_status = 69


class DiskFull(BriefingsError):
    """A write found no space; what was there before is whole."""

    code = "DISK_FULL"


class TemporaryError(BriefingsError):
    """Nothing is wrong with the request; the moment is."""

    code = "TEMPORARY"
    exit_status = 75


_ITEM = "\n    - "


def counted(number: int, noun: str) -> str:
    """Return `1 cell`, `2 cells`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(problems: Sequence[str]) -> str:
    """Return one problem as it is, several on lines of their own."""
    return problems[0] if len(problems) == 1 else "".join(f"{_ITEM}{problem}" for problem in problems)


def in_a_line(told: str) -> str:
    """Return what a message says first, in one line: with the problems it lists, without where, why and what to do."""
    head, *problems = (part.partition("\n")[0].rstrip() for part in told.split(_ITEM))
    return f"{head} {'; '.join(problems)}" if problems else head
