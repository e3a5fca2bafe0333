"""Opens the ways that lead to readers, mail and channels, and says how fast each may be gone; what keeps one shut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..channels import Channel
from ..core.recipients import MAIL, Recipient, address_key
from ..core.settings import Smtp, Workspace
from ..delivery import channel_kinds, sending
from ..delivery.mail_channel import MEGABYTE, Mail
from ..delivery.relay import Relay
from ..errors import BriefingsError, ConfigError
from ..model import Receipt


@dataclass(frozen=True)
class Ways:
    """The channels that lead to some people, by name, mail first; and of those that cannot be used, why not."""

    channels: dict[str, Channel] = field(default_factory=dict)
    faults: dict[str, BriefingsError] = field(default_factory=dict)

    def all(self) -> dict[str, Channel]:
        """Return every channel; raise what is wrong with the first that cannot be used, if any."""
        for fault in self.faults.values():
            raise fault
        return self.channels


def ways_to(space: Workspace, people: Sequence[Recipient]) -> Ways:
    """Return the channels that lead to these people, none of them contacted yet."""
    found = Ways()
    for name in sorted({one.channel for one in people}, key=lambda name: (name != MAIL, name)):
        try:
            found.channels[name] = _way(space, name)
        except BriefingsError as fault:
            fault.where = fault.where or f"{'[smtp]' if name == MAIL else f'[channels.{name}]'} of {space.file}"
            found.faults[name] = fault
    return found


def _way(space: Workspace, name: str) -> Channel:
    if name != MAIL:
        return channel_kinds.opened(space.channels[name], space.root)
    smtp = _smtp(space)
    return Mail(Relay.configured(smtp, base=space.root), smtp.sender, most=most_bytes(space))


def _smtp(space: Workspace) -> Smtp:
    if space.smtp is None:
        raise ConfigError(
            "no mail relay is set up",
            where=str(space.file),
            fix="add a [smtp] table with host, port, tls and sender; or try --dry-run DIR",
            code="NO_RELAY",
        )
    return space.smtp


def most_bytes(space: Workspace) -> int:
    """Return how many bytes a message of mail may have, 0 where there is no limit."""
    return int(space.smtp.max_mb * MEGABYTE) if space.smtp else 0


def rates(space: Workspace, channel: str) -> tuple[sending.Rate, ...]:
    """Return how fast a channel may go: as a whole, and for the lists that have readers there."""
    whole = space.channels[channel].rate_per_minute if channel in space.channels else 0
    if channel == MAIL and space.smtp:
        whole = space.smtp.rate_per_minute
    found = [sending.Rate(whole)] if whole else []
    for each in space.lists.values():
        of = frozenset(sending.address_of(one) for one in each.recipients if one.channel == channel)
        if each.rate_per_minute and of:
            found.append(sending.Rate(each.rate_per_minute, of))
    return tuple(found)


def to_send_again(space: Workspace, people: Sequence[Recipient]) -> list[Recipient]:
    """Return those to whom a message of unknown fate may go out again: no list that has them says hold."""
    held = {address_key(one) for each in space.lists.values() if each.on_unknown == "hold" for one in each.recipients}
    return [one for one in people if address_key(one) not in held]


def going_again(space: Workspace, people: Sequence[Recipient], known: Sequence[Receipt]) -> set[tuple[str, str]]:
    """Return to whom a message of unknown fate would go once more: by what lists say, and by channels that can repeat.

    Only channels with such a message are asked; one that cannot be opened repeats nothing.
    """
    doubtful = {one.channel for one in known if one.state == "unknown"} & space.channels.keys()
    can_repeat = {name for name in doubtful if _repeatable(space, name)}
    again = {address_key(one) for one in to_send_again(space, people)}
    return again | {address_key(one) for one in people if one.channel in can_repeat}


def _repeatable(space: Workspace, name: str) -> bool:
    try:
        return channel_kinds.repeatable(space.channels[name], space.root)
    except BriefingsError:
        return False
