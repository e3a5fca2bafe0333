"""The port of channels: what one is handed, what it must do with it, and the two ways in which that can fail. Pure.

A channel of others' making is any object with the three methods of `Channel`, made by a function that takes its
`ChannelSpec` and the folder of the workspace, and is named as an entry point of the group `briefings.channels`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Literal, Protocol, Self

from .core.choices import Measure
from .core.languages import language, mark
from .core.recipients import Recipient
from .delivery.mail import Summary, attachment_name, subject
from .model import Edition, Marking

Before = Callable[[], None]
"""Called just before what is sent goes out: after it, only the other side knows whether it was taken."""

Notice = Literal["", "superseded", "withdrawn"]
"""What a parcel tells of an edition sent before; nothing for the edition itself."""

_TITLES: dict[Notice, str] = {"": "", "superseded": mark("Superseded"), "withdrawn": mark("Withdrawn")}


@dataclass(frozen=True)
class Parcel:
    """What one recipient is to get over one channel.

    `pdf` is the recipient's own copy, empty where none goes out, and `protected` how; `link` where the edition can be
    read, if anywhere, and `unlinked` why nowhere.
    `summary` says in words what matters most, and `linked` the same for whoever gets the link instead of the PDF.
    `marked` is, with a notice, the PDF it tells of as it is printed since: withdrawn or superseded on every page.
    `key` is the Message-ID and `at` the instant it was queued: both are the same at every attempt.
    """

    edition: Edition
    pdf: bytes
    summary: Summary
    recipient: Recipient
    key: str
    at: datetime
    link: str = ""
    unlinked: str = ""
    linked: Summary | None = None
    notice: Notice = ""
    marked: bytes = b""
    protected: tuple[Measure, ...] = ()

    @property
    def marking(self) -> Marking:
        """Return what bears on who may see any of it, its name included."""
        return self.edition.marking

    @property
    def title(self) -> str:
        """Return what stands in the subject before the name of the brief: of a notice, what became of the edition."""
        said = _TITLES[self.notice]
        return f"{language(self.summary.language).text(said)}:" if said else ""

    @property
    def subject(self) -> str:
        """Return the line it goes out under, its marking first."""
        return subject(self.edition, self.summary, self.title)

    @property
    def file_name(self) -> str:
        """Return what its PDF is called, marking first."""
        return attachment_name(self.edition)


class Refused(Exception):
    """The channel said no to this one parcel and does not have it.

    `temporary` asks to try again later, not before `wait` has passed; `of_sender` says that it is us who are not
    welcome, whoever the recipient is; `too_large` that it may come without its PDF.
    """

    def __init__(
        self,
        why: str,
        *,
        temporary: bool,
        of_sender: bool = False,
        too_large: bool = False,
        wait: timedelta = timedelta(0),
    ) -> None:
        super().__init__(why)
        self.temporary, self.of_sender, self.too_large, self.wait = temporary, of_sender, too_large, wait


class Lost(Exception):
    """The connection broke while this parcel was in hand; whether it had begun to go out is the caller's knowledge."""


class Channel(Protocol):
    """What the outbox needs of a channel, and all it needs. Entered before the first parcel, left after the last."""

    name: str
    """What settings call it."""
    repeatable: bool
    """Whether the same parcel twice leaves all as it was after the first: then no doubt about one has to be held."""

    def __enter__(self) -> Self:
        """Make ready; connects when there is something to send."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye."""
        ...

    def send(self, parcel: Parcel, *, before_data: Before) -> str:
        """Hand over one parcel and return the answer, calling `before_data` just before it goes out.

        Raises Refused or Lost for this parcel; TemporaryError or DeliveryError where none can be sent now.
        """
        ...


class Unopened:
    """What channels are made of that have nothing to open before the first parcel, and nothing to close after."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass
