"""Takes the words by which a desk is asked for a cell or an instant, and says what was meant where they are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast, get_args

from ..core.layers import near
from ..core.settings import Region
from ..errors import ParameterError
from ..model import GROUPS, OUTCOMES, Group, Outcome
from . import whom

_EVERYBODY = ("all", "total", "anyone", "everyone")
"""Words for people of whatever group that no report counts by."""


def hint(word: str, words: Iterable[str]) -> str:
    """Return `; did you mean …?` for the one of `words` that a word means or is spelled like, or nothing."""
    known, text = tuple(words), word.casefold().replace("_", " ")
    named = ("unknown",) if text in _EVERYBODY else tuple(one.group for one in whom.people(text))
    meant = (*named, *(one.outcome for one in whom.fates(text)))
    return next((f"; did you mean {one!r}?" for one in meant if one in known), near(word, known))


def group(value: object) -> Group:
    """Return a group of people, as a desk is asked for it. Errors: ParameterError `DESK_CELL` with what was meant."""
    if value in get_args(Group):
        return cast(Group, value)
    raise _none("group", value, GROUPS)


def outcome(value: object) -> Outcome:
    """Return an outcome, as a desk is asked for it. Errors: ParameterError `DESK_CELL` with what was meant."""
    if value in get_args(Outcome):
        return cast(Outcome, value)
    raise _none("outcome", value, OUTCOMES)


def _none(what: str, value: object, words: tuple[str, ...]) -> ParameterError:
    return ParameterError(
        f"{value!r} is no {what}{hint(str(value), words)}",
        where="desk.figure(group, outcome)",
        fix=f"one of {', '.join(words)}",
        code="DESK_CELL",
    )


def since(value: datetime | str, issued: Mapping[str, datetime], region: Region, as_of: datetime) -> datetime:
    """Return the instant that changes are told since: given as one, or as an edition of the brief, whose as-of it is.

    Errors: ParameterError `DESK_SINCE` for what is neither, or is not before the desk's own instant.
    """
    found = issued.get(value) if isinstance(value, str) else value
    if found is None:
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            raise ParameterError(
                f"since={value!r} is neither an edition of this brief nor an instant{near(str(value), issued)}",
                where="desk.changes(since=…)",
                why=f"the editions are: {', '.join(issued) or '(none is filed)'}",
                fix='give an edition, or an instant such as since="2026-01-31T18:00"',
                code="DESK_SINCE",
            ) from None
    at = found.astimezone(region.zone) if found.tzinfo else found.replace(tzinfo=region.zone)
    if at >= as_of:
        raise ParameterError(
            f"since={value!r} is {at.isoformat()}, which is not before the desk's own instant",
            where="desk.changes(since=…)",
            why=f"the desk stands at {as_of.isoformat()}",
            fix="give an earlier edition or instant, or open the desk with a later as_of",
            code="DESK_SINCE",
        )
    return at
