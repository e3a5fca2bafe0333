"""The channel of chat services: the words of an edition to any service that apprise knows, with the PDF where it can.

Needs the extra `channels`. The address of the service holds its token, so it is always kept elsewhere.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..channels import Before, Lost, Parcel, Refused, Unopened
from ..core.credentials import resolve_secret
from ..core.outlets import ChannelSpec
from ..errors import ConfigError, MissingDependency

_STATUS = re.compile(r"error=(\d{3})\b")
_UNWELCOME = frozenset({401, 403, 404, 410})
_CUT = "…"
_LEAST = 200
"""Letters a service must take of a message, lest nothing but its marking be left."""


class Chat(Unopened):
    """Hands messages to one address of apprise. Whatever the service answers, its token is in no message."""

    repeatable = False

    def __init__(self, spec: ChannelSpec, base: Path) -> None:
        self.name = spec.id
        apprise = _library()
        url = resolve_secret(spec.url, base=base)
        # nothing of the workspace's is cached on disk, and logs of the library hide tokens
        asset = apprise.AppriseAsset(secure_logging=True, storage_mode=apprise.PersistentStoreMode.MEMORY)
        with _silence():
            service = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
        if service is None:
            raise ConfigError(
                f"the address of the chat service {spec.id!r} is none that apprise knows",
                where=f"[channels.{spec.id}] url = {spec.url}",
                fix="keep an address there such as slack://TOKEN/… ; apprise's pages tell that of each service",
                code="CHAT_ADDRESS",
            )
        service.socket_connect_timeout = service.socket_read_timeout = spec.seconds
        self._apprise, self._service = apprise, service

    def send(self, parcel: Parcel, *, before_data: Before) -> str:
        """Hand over one message. Raises Refused by the status that the service gave, Lost where it gave none."""
        most = int(getattr(self._service, "body_maxlen", 0) or 0)
        title = parcel.subject
        body = shortened(parcel, most)
        attached = self._attached(parcel)
        before_data()
        with self._apprise.LogCapture(level=self._apprise.logging.WARNING) as log:
            taken = self._service.notify(body=body, title=title, attach=attached)
            said = log.getvalue() if log else ""
        if taken:
            return "taken, with the PDF" if attached else "taken"
        raise _fault(said)

    def _attached(self, parcel: Parcel) -> Any:
        if not parcel.pdf or not getattr(self._service, "attachment_support", False):
            return None
        held = self._apprise.attachment.memory.AttachMemory(
            content=parcel.pdf, name=parcel.file_name, mimetype="application/pdf"
        )
        return self._apprise.AppriseAttachment(held)


def shortened(parcel: Parcel, most: int) -> str:
    """Return the words of a message in at most so many letters (any number if 0), its marking first and last.

    Cut between paragraphs; what is left out is told by an ellipsis, and the link stands after it where there is one.
    """
    text = (parcel.linked or parcel.summary).text.strip()
    end = f"\n\n{parcel.link}\n\n{parcel.marking}" if parcel.link else f"\n\n{parcel.marking}"
    room = max(most, _LEAST) - len(end) - len(_CUT) - 2
    if not most or len(text) <= most:
        return text
    kept = ""
    for paragraph in text.split("\n\n"):
        if len(kept) + len(paragraph) + 2 > room:
            break
        kept += f"{paragraph}\n\n"
    return f"{kept or text[:room]}{_CUT}{end}"


def _fault(said: str) -> Refused | Lost:
    """Return what the library's own words come to: it tells the status of an answer, or that there was none."""
    found = _STATUS.search(said)
    if found is None:
        return Lost("the service gave no answer")
    status = int(found[1])
    if status in (408, 425, 429) or status >= 500:
        return Refused(f"the service answered {status}", temporary=True)
    return Refused(f"the service answered {status}", temporary=False, of_sender=status in _UNWELCOME)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what the library and the services it loads say of their own deprecations from whoever sends a brief."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def _library() -> Any:
    try:
        with _silence():
            import apprise
            import apprise.attachment.memory
    except ImportError as fault:
        raise MissingDependency(
            "chat services need a library that is not installed",
            why=str(fault),
            fix="pip install 'briefings[channels]'",
            code="NO_APPRISE",
        ) from None
    return apprise
