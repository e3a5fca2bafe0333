"""Gathers all that cannot be printed of what an author gave, so that it is told at once and in one message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..errors import ContractError

MOST_TOLD = 12
"""Problems that are told one by one; of more it is said how many there are."""


class Problem(NamedTuple):
    """One thing that cannot be printed: where in what was given it stands, what is wrong, and what to write instead."""

    where: str
    what: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"; {self.fix}" if self.fix else "")


class Refused(Exception):
    """Something cannot be printed; `what` is wrong with it and `fix` what to write instead."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def refuse(problems: Iterable[Problem], *, of: str, where: str, fix: str, code: str) -> None:
    """Raise one ContractError for all problems; without any, do nothing."""
    found = list(dict.fromkeys(problems))
    if not found:
        return
    raise ContractError(
        f"{of} cannot be printed as given" if len(found) == 1 else f"{len(found)} things in {of} cannot be printed",
        where=where,
        why=told(found),
        fix=fix,
        code=code,
    )


def told(found: Sequence[Problem]) -> str:
    """Return problems one a line, as an error tells its reasons."""
    lines = [str(one) for one in found[:MOST_TOLD]]
    if len(found) > MOST_TOLD:
        lines.append(f"and {len(found) - MOST_TOLD} more")
    return "\n       ".join(lines)
