"""Where editions go besides the mailboxes of readers: channels, as settings."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Annotated, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, AnyHttpUrl, Field, TypeAdapter, model_validator

from ..model import Marking, Noun
from .credentials import Secret, a_reference
from .languages import NAMES

_REFERENCE = re.compile(r"(env|file):")
_HERE = ("localhost", "127.0.0.1", "::1")
_NEEDS = {"folder": "path", "archive": "path", "fake": "path", "chat": "url", "webhook": "url"}
"""Which setting each kind of ours cannot do without."""
FOLDERS = tuple(kind for kind, needed in _NEEDS.items() if needed == "path")
"""The kinds of ours that write to a folder."""
_PART = re.compile(r"[^\s/\\.][^/\\]{0,99}")


def _base(value: str) -> str:
    if value:
        TypeAdapter(AnyHttpUrl).validate_python(value)
    return value.rstrip("/") + "/" if value else ""


def _tongue(value: str) -> str:
    if value not in NAMES:
        raise ValueError(f"no page is written in language {value!r}; use one of {', '.join(NAMES)}")
    return value


LinkBase = Annotated[str, AfterValidator(_base)]


class ChannelSpec(Noun):
    """One channel: a `folder`, a `chat` service, a `webhook`, an `archive`, a `fake`, or a kind that others supply.

    `path` is a folder of this machine or an address that fsspec knows (folder, archive, fake); `url` where a webhook is
    sent, or by reference the address of a chat service, which holds its token; `secret` signs what a webhook is sent.
    `marking` is the strictest the channel is cleared for, whoever the recipient is; `public` says that anybody can read
    what goes there. `link_base` is the web address at which what lies in `path` is read. `title` and `language` are
    those of an archive. `ca_file` holds certificates by which a webhook's receiver is trusted besides the system's
    authorities. `seconds` is how long an answer is waited for; `rate_per_minute` how many messages may go out in a
    minute, as many as can be if it is 0. `options` are for kinds that others supply.
    """

    id: str
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
    path: str = ""
    url: str = ""
    secret: Secret = ""
    marking: Marking = "TLP:CLEAR"
    public: bool | None = None
    link_base: LinkBase = ""
    ca_file: str = ""
    title: str = ""
    language: Annotated[str, AfterValidator(_tongue)] = "en"
    seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    rate_per_minute: Annotated[int, Field(ge=0)] = 0
    options: dict[str, str] = Field(default_factory=dict)

    @property
    def read_by_anybody(self) -> bool:
        """Say whether what goes out here is open to the world: an archive is, unless it is said not to be."""
        return self.kind == "archive" if self.public is None else self.public

    @property
    def read_by_several(self) -> bool:
        """Say whether what goes out here is never one person's: a chat and an archive have whoever is let in."""
        return self.read_by_anybody or self.kind in ("chat", "archive")

    def folder_of(self, address: str) -> tuple[str, ...]:
        """Return the folders below its own that an address leads through. Raises ValueError if it leads elsewhere."""
        parts = () if address == self.id else tuple(address.split("/"))
        if not all(_PART.fullmatch(part) for part in parts):
            raise ValueError(f"{address!r} is no folder below that of the channel; write it as north/desk")
        return parts

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed = _NEEDS.get(self.kind, "")
        if needed and not getattr(self, needed):
            raise ValueError(f"a channel of kind {self.kind!r} needs {needed}")
        if self.kind == "chat":
            _reference(self.url)
        if self.kind == "webhook":
            _destination(self.url)
            if not self.secret:
                raise ValueError("a webhook needs secret, by which its receiver can tell that a message is from here")
        if self.kind == "archive" and not self.link_base:
            raise ValueError("an archive needs link_base, the web address at which it is read")
        return self


def _reference(url: str) -> None:
    if not a_reference_like(url):
        raise ValueError("the address of a chat service holds its token; write env:NAME or file:PATH and keep it there")
    a_reference(url)


def _destination(url: str) -> None:
    """Refuse an address to which a webhook would go unencrypted, except to this very machine."""
    if a_reference_like(url):
        return
    TypeAdapter(AnyHttpUrl).validate_python(url)
    refuse_in_the_clear(url)


def a_reference_like(value: str) -> bool:
    """Say whether a setting refers to what is kept elsewhere instead of saying it."""
    return bool(_REFERENCE.match(value))


def refuse_in_the_clear(url: str) -> None:
    """Raise ValueError for an address that is not https, holds a password, or names no host that others could be at.

    This machine itself may be http.
    """
    parts = urlsplit(url)
    _require_host(parts)
    if parts.username or parts.password:
        raise ValueError("holds a user or a password; write env:NAME or file:PATH and keep the address there")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
        raise ValueError("a webhook is sent over https only")


def _require_host(parts: SplitResult) -> None:
    """Refuse what names no host or port, or a host that only this machine's own network card or cloud answers for."""
    if not parts.hostname:
        raise ValueError("names no host")
    if parts.port == 0:  # one that is no number, or over 65535, raises by itself
        raise ValueError("port 0 is none")
    try:
        address = ip_address(parts.hostname.partition("%")[0])
    except ValueError:
        return  # a name, which is no address in numbers
    meant = getattr(address, "ipv4_mapped", None) or address
    if meant.is_link_local or meant.is_unspecified or meant.is_multicast:
        raise ValueError(f"{parts.hostname} is no receiver's: it is an address of the local link, of none or of many")
