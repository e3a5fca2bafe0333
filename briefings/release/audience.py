"""Says who an edition goes to: its lists, and who of them reads its language. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.layers import near
from ..core.recipients import Recipient, RecipientList
from ..core.settings import Workspace
from ..errors import ConfigError, UsageError
from ..model import Edition


def lists_of(space: Workspace, edition: Edition, wanted: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return the names of the lists an edition goes to: those wanted, else those of its brief; none may be empty."""
    names = tuple(wanted) if wanted else space.brief(edition.brief).lists
    if not names:
        raise ConfigError(
            f"the brief {edition.brief!r} has no list to be sent to",
            where=str(space.file),
            fix=f'add lists = ["NAME"] to [briefs.{edition.brief}], or give --to NAME',
            code="NO_LIST",
        )
    for name in names:
        if not list_of(space, name).recipients:
            raise ConfigError(
                f"the list {name!r} has no recipients",
                where=str(space.file),
                fix=f"name some under recipients of [lists.{name}]",
                code="EMPTY_LIST",
            )
    return names


def readers(space: Workspace, edition: Edition, lists: Sequence[str]) -> list[Recipient]:
    """Return who of some lists reads the language of an edition: all but those who named another for themselves.

    Raises ConfigError NO_READERS where nobody does.
    """
    code = language_of(space, edition)
    people = [one for name in lists for one in space.lists[name].recipients if one.language in ("", code)]
    if not people:
        raise ConfigError(
            f"nobody on {', '.join(lists)} reads {code!r}, the language of {edition.id}",
            where=str(space.file),
            fix="give another list by --to, or take the language off those who read several",
            code="NO_READERS",
        )
    return people


def others(space: Workspace, edition: Edition, lists: Sequence[str]) -> list[Recipient]:
    """Return who of some lists does not get an edition for its language."""
    code = language_of(space, edition)
    return [one for name in lists for one in space.lists[name].recipients if one.language not in ("", code)]


def language_of(space: Workspace, edition: Edition) -> str:
    """Return the code of the language an edition is in."""
    tongue = edition.series.removeprefix(edition.brief).removeprefix(".") or space.brief(edition.brief).language
    return tongue.partition("-")[0]


def list_of(space: Workspace, name: str) -> RecipientList:
    """Return one list of the workspace. Raises UsageError UNKNOWN_LIST with the nearest name."""
    if name not in space.lists:
        raise UsageError(
            f"no list is named {name!r}{near(name, space.lists)}",
            where=str(space.file),
            fix=f"use one of: {', '.join(space.lists)}" if space.lists else f"add [lists.{name}] with recipients",
            code="UNKNOWN_LIST",
        )
    return space.lists[name]
