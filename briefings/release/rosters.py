"""Reads recipients out of a CSV file, and says of each whether it is new to a list, known, changed or refused. Pure.

The first line names the columns: `address` (or `email`), and as wanted `name`, `channel`, `language`, `marking`,
`individual`, `format`, and `option.NAME` for an option of the channel. Lines are parted by commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from ..core.clearance import marking_named
from ..core.layers import near
from ..core.outlets import ChannelSpec
from ..core.recipients import MAIL, Recipient, RecipientList, address_key, outside
from ..delivery.mail import one_address
from ..errors import BriefingsError, UsageError

COLUMNS = ("name", "address", "channel", "language", "marking", "individual", "format")
_OTHERWISE = {"email": "address", "e-mail": "address", "mail": "address", "tlp": "marking", "lang": "language"}
_OPTION = re.compile(r"option\.([A-Za-z][A-Za-z0-9_-]*)")
_YES, _NO = ("yes", "true", "1", "y"), ("no", "false", "0", "n", "")
_LONGEST = 200

Verdict = Literal["added", "changed", "unchanged", "refused"]


@dataclass(frozen=True)
class Line:
    """What becomes of one line of a file: `why` says what is wrong with it, or what changes of a known recipient."""

    number: int
    verdict: Verdict
    address: str
    recipient: Recipient | None = None
    why: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the line as JSON-ready data."""
        return {"line": self.number, "verdict": self.verdict, "address": self.address, "why": self.why}


def compared(
    text: str, to: RecipientList, *, where: str, channels: Mapping[str, ChannelSpec] | None = None
) -> tuple[Line, ...]:
    """Return what would become of each line of a CSV file, were it added to a list; empty lines are passed over.

    `channels` are those of the workspace besides mail. What a line says nothing of stays as the list has it. Raises
    UsageError `CSV` for a file whose first line does not name its columns, or names one there is not.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    known = {address_key(one): one for one in to.recipients}
    seen: dict[tuple[str, str], int] = {}
    found: list[Line] = []
    try:
        columns = _columns(next(rows, []), where)
        for cells in rows:
            if any(cell.strip() for cell in cells):
                found.append(_line(rows.line_num, cells, columns, to, known, seen, channels or {}))
    except csv.Error as fault:
        raise UsageError(
            f"line {rows.line_num} cannot be read as CSV", where=where, why=str(fault), fix="mend that line", code="CSV"
        ) from None
    return tuple(found)


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max((",", ";", "\t"), key=first.count)


def _columns(heads: Sequence[str], where: str) -> list[str]:
    """Return the names of the columns as recipients have them."""
    named = [_column(head.strip()) for head in heads]
    for name in named:
        if name not in COLUMNS and not _OPTION.fullmatch(name):
            raise UsageError(
                f"the file has a column {name!r}{near(name, COLUMNS)}",
                where=where,
                why="it is not known what that says of a recipient",
                fix=f"call columns {', '.join(COLUMNS)} or option.NAME, or take this one out",
                code="CSV",
            )
    if "address" not in named or len(set(named)) < len(named):
        raise UsageError(
            "the first line names a column twice" if "address" in named else "the first line names no column address",
            where=where,
            fix="begin the file with a line such as: name,address,marking",
            code="CSV",
        )
    return named


def _column(head: str) -> str:
    if _OPTION.fullmatch(head):
        return head
    plain = " ".join(head.split()).casefold()
    return _OTHERWISE.get(plain, plain)


def _line(
    number: int,
    cells: Sequence[str],
    columns: Sequence[str],
    to: RecipientList,
    known: Mapping[tuple[str, str], Recipient],
    seen: dict[tuple[str, str], int],
    channels: Mapping[str, ChannelSpec],
) -> Line:
    """Return what becomes of one line, and remember whose it is."""
    said = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    address = said.get("address", "")
    try:
        if len(cells) > len(columns):
            raise ValueError(f"has {len(cells)} cells, and the first line names {len(columns)} columns")
        channel = said.get("channel") or MAIL
        former = known.get((channel, (address or channel).casefold()))
        one = _recipient(said, former, channels)
        if why := outside(one, to.domains):
            raise ValueError(why)
        if (at := seen.setdefault(address_key(one), number)) != number:
            raise ValueError(f"is the same recipient as line {at}")
    except ValueError as fault:
        return Line(number, "refused", address[:_LONGEST], why="; ".join(_words(fault)))
    if former is None:
        return Line(number, "added", one.address, one)
    changes = "; ".join(_changes(former, one))
    return Line(number, "changed" if changes else "unchanged", one.address, one, changes)


def _recipient(said: Mapping[str, str], former: Recipient | None, channels: Mapping[str, ChannelSpec]) -> Recipient:
    """Return the recipient a line tells of. Raises ValueError for what none can be."""
    fields: dict[str, Any] = former.model_dump() if former else {}
    fields |= {name: cell for name, cell in said.items() if name in COLUMNS and cell}
    options = {found[1]: cell for name, cell in said.items() if cell and (found := _OPTION.fullmatch(name))}
    fields["options"] = {**fields.get("options", {}), **options}
    if said.get("marking"):
        fields["marking"] = marking_named(said["marking"])
    if said.get("individual"):
        fields["individual"] = _whether(said["individual"])
    channel = fields.get("channel", MAIL)
    if channel not in (MAIL, *channels):
        raise ValueError(f"no channel is named {channel!r}{near(channel, (MAIL, *channels))}")
    if len(fields.get("name", "")) > _LONGEST or not fields.get("name", "").isprintable():
        raise ValueError("the name is too long, or holds a line break or another control character")
    one = Recipient.model_validate(fields)
    if channel in channels and channels[channel].kind == "folder":
        channels[channel].folder_of(one.address)
    if channel == MAIL:
        try:
            one_address(one.address, "the address")
        except BriefingsError as fault:  # of this line alone: the others come in
            raise ValueError(str(fault)) from None
    return one


def _whether(text: str) -> bool:
    if text.casefold() not in (*_YES, *_NO):
        raise ValueError(f"individual is {text!r}; write yes or no")
    return text.casefold() in _YES


def _words(fault: ValueError) -> Iterator[str]:
    """Yield what is wrong in words."""
    if isinstance(fault, ValidationError):
        for item in fault.errors():
            place = str(item["loc"][0]) if item["loc"] else "the line"
            yield f"{place}: {item.get('ctx', {}).get('error', item['msg'])}"
    else:
        yield str(fault)


def _changes(former: Recipient, now: Recipient) -> Iterator[str]:
    for name in (*COLUMNS, "options"):
        was, comes = getattr(former, name), getattr(now, name)
        if was != comes and name != "address":
            yield f"{name} {was or 'none'} → {comes or 'none'}"
