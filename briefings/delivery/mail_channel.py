"""The channel of mail: one message for one recipient, with the PDF, or a link to it where it is too large."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from ..channels import Before, Parcel, Refused
from ..core.recipients import MAIL
from ..errors import UsageError
from . import mail
from .relay import Carrier

MEGABYTE = 1 << 20


class Mail:
    """Composes messages and hands them to a relay.

    A message of more than `most` bytes, or more than the relay says it takes, goes as a link where there is one.
    """

    name = MAIL
    repeatable = False

    def __init__(self, carrier: Carrier, sender: str, *, most: int = 0) -> None:
        self._carrier, self._sender, self._most = carrier, sender, most

    def __enter__(self) -> Self:
        self._carrier.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._carrier.__exit__(kind, fault, trace)

    def send(self, parcel: Parcel, *, before_data: Before) -> str:
        """Hand one message to the relay and return its answer. Raises as `relay.Relay.send` does."""
        message, as_link = fitting(parcel, self._sender, self._most)
        address = mail.one_address(parcel.recipient.address)
        try:
            answer = self._carrier.send(address, message, before_data=before_data)
        except Refused as refusal:
            if not refusal.too_large or parcel.linked is None or as_link:
                raise
            as_link = str(refusal)
            message = composed(parcel, self._sender, as_link=True)
            answer = self._carrier.send(address, message, before_data=before_data)
        return f"{answer} (sent as a link: {as_link})" if as_link else answer


def fitting(parcel: Parcel, sender: str, most: int) -> tuple[bytes, str]:
    """Return the message of a parcel, and why it is a link in place of the PDF, if it is.

    `most` is how many bytes it may have, no limit if 0. Raises Refused for one that is too large where there is no
    link, or that cannot be a message.
    """
    message = composed(parcel, sender)
    if not most or len(message) <= most:
        return message, ""
    why = f"the message is {len(message) / MEGABYTE:,.2f} MB and [smtp] max_mb allows {most / MEGABYTE:,.2f}"
    if parcel.linked is None:
        instead = parcel.unlinked or "with link_base of [smtp] it would go as a link"
        raise Refused(f"{why}; {instead}", temporary=False)
    return composed(parcel, sender, as_link=True), why


def composed(parcel: Parcel, sender: str, *, as_link: bool = False) -> bytes:
    """Return the very bytes that go out of a parcel. Raises Refused for one that cannot be a message."""
    summary = parcel.linked if as_link and parcel.linked is not None else parcel.summary
    pdf = b"" if as_link else parcel.pdf
    try:
        message = mail.written(
            parcel.edition,
            mail.STAND_IN if pdf else b"",
            parcel.recipient,
            sender,
            summary=summary,
            at=parcel.at,  # dated by the queue, so that every attempt is the same message
            key=parcel.key,
            title=parcel.title,
        )
    except UsageError as fault:
        raise Refused(f"not composed: {fault.what}", temporary=False) from fault
    return mail.transmitted(message, pdf)
