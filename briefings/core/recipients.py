"""Who gets editions: recipients, each with one address, a channel and a clearance, and the lists they are on."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from ..model import Marking, Noun
from .choices import Measure
from .languages import NAMES

MAIL = "mail"
"""The channel of whoever names no other: their address is an e-mail address."""

_ADDRESS = re.compile(r"[^\s,;<>()\[\]:\"\\@\x00-\x1f]+@[^\s,;<>()\[\]:\"\\@\x00-\x1f]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_DOMAIN = re.compile(r"(\*\.)?[\w-]+(\.[\w-]+)+")

Format = Literal["pdf", "link", "body"]
"""What a recipient gets: the PDF itself, a link to it, or only the words of the message."""


def one_of_mail(value: str) -> str:
    """Return an address that is one e-mail address. Raises ValueError for any other."""
    if not _ADDRESS.fullmatch(value):
        raise ValueError(f"{value!r} is not one e-mail address; give one address per recipient")
    return value


def _plain(value: str) -> str:
    if _CONTROLS.search(value):
        raise ValueError("holds a line break or another control character; write it on one line")
    return value


def _code(value: str) -> str:
    if value and value not in NAMES:
        raise ValueError(f"no message is written in language {value!r}; use one of {', '.join(NAMES)}")
    return value


def _domain(value: str) -> str:
    if not _DOMAIN.fullmatch(value):
        raise ValueError(f'{value!r} is no domain; write "example.org", or "*.example.org" for all within it')
    return value.casefold()


Address = Annotated[str, AfterValidator(one_of_mail)]
Domain = Annotated[str, AfterValidator(_domain)]


class Recipient(Noun):
    """One reader: a name, one address on one channel, and the strictest marking that may be sent there.

    `individual` says the address is read by the one person named; TLP:RED goes to no other. `language` is what the
    message around the edition is in, where that is not the edition's own. On other channels than mail the address is
    what that channel makes of it, and may be left out. `options` are the channel's own.
    """

    name: Annotated[str, AfterValidator(_plain)] = ""
    channel: Annotated[str, Field(min_length=1)] = MAIL
    address: Annotated[str, Field(validate_default=True)] = ""
    language: Annotated[str, AfterValidator(_code)] = ""
    marking: Marking = "TLP:CLEAR"
    individual: bool = False
    format: Format = "pdf"
    options: dict[str, str] = Field(default_factory=dict)

    @field_validator("address")
    @classmethod
    def _of_channel(cls, address: str, info: ValidationInfo) -> str:
        channel = str(info.data.get("channel", MAIL))
        if channel != MAIL:
            if ".." in address.split("/"):
                raise ValueError(f"{address!r} leads out of its channel; write it without ..")
            return _plain(address) or channel
        if not address:
            raise ValueError("is required")
        return one_of_mail(address)


class RecipientList(Noun):
    """A named list of recipients; `on_unknown` says what to do when it is not known whether a message arrived.

    `domains` are where its e-mail addresses may lie, anywhere if none is named; `rate_per_minute` is how many messages
    may go out to it in a minute, as many as can be if it is 0. `protect` is what protects the copies of those on it,
    where the workspace says otherwise.
    """

    id: str
    recipients: tuple[Recipient, ...] = ()
    on_unknown: Literal["hold", "resend"] = "hold"
    domains: tuple[Domain, ...] = ()
    rate_per_minute: Annotated[int, Field(ge=0)] = 0
    protect: tuple[Measure, ...] | None = None

    @model_validator(mode="after")
    def _within_domains(self) -> Self:
        for one in self.recipients:
            if why := outside(one, self.domains):
                raise ValueError(why)
        return self


def outside(recipient: Recipient, domains: tuple[str, ...]) -> str:
    """Return why an address lies outside the domains of a list, or nothing; without domains none does."""
    if not domains or recipient.channel != MAIL:
        return ""
    host = recipient.address.rpartition("@")[2].casefold()
    if any(host == one or (one.startswith("*.") and host.endswith(one[1:])) for one in domains):
        return ""
    return f"{recipient.address} lies outside the domains of the list: {', '.join(domains)}"


def address_key(recipient: Recipient) -> tuple[str, str]:
    """Return what makes two entries the same recipient: the channel, and the address without case."""
    return recipient.channel, recipient.address.casefold()
