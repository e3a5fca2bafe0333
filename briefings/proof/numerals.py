"""Finds the numerals of a text, and of a page with what each is said to rest on. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ..core.languages import fold
from ..layout.events import VOID, Closed, Opened, events
from ..layout.markdown import destination
from ..page.untrusted import clean

_NUMERAL = re.compile(r"\d+(?:,\d{3})*|[²³¹¼-¾⁰-⁹₀-₉⅐-↉①-⓿❶-➓㉈-㊉㊱-㊿]")
TOLD, AGAIN = "told", "again"
"""Roles of a picture's alternative text, and of what a page says once more, as for narrow screens: `data-again`."""
RUNNING = ("run-left", "run-mark", "run-foot")
"""Roles of running heads, which are classes of the page."""

_UNSEEN = frozenset(("style", "title", "script"))
_SPOKEN = frozenset(
    ("alt", "aria-description", "aria-label", "data-group", "data-head", "placeholder", "summary", "title")
)
"""Attributes that are read out, shown beside a pointer, or printed by a style sheet."""
_TECHNICAL = ("color-scheme", "format-detection", "referrer", "supported-color-schemes", "theme-color", "viewport")
"""Kinds of metadata that say how a page is shown, and nothing to its reader."""


def numerals(text: str) -> list[str]:
    """Return the numerals of a text as English writes them, whatever digits and spaces its language sets."""
    return _NUMERAL.findall(text if text.isascii() else fold(text))


def plain(text: str) -> str:
    """Return text as it can be compared, however it was typeset and whatever its digits are."""
    return " ".join(fold(clean(text)).replace("’", "'").split())


@dataclass
class Picture:
    """A picture of a page: the section it stands in, its classes and width, its words with what each rests on."""

    part: str
    classes: tuple[str, ...]
    width: str
    texts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """Words of a page: what they rest on, their role, the section and the picture they stand in, as far as they do.

    The role is empty for the text itself, else `svg`, `thead`, `TOLD`, or one of `RUNNING`, after `AGAIN` where the
    words are there once more.
    """

    text: str
    ref: str
    role: str
    part: str
    heading: bool
    picture: Picture | None

    @property
    def again(self) -> bool:
        """Say whether the page says the words once more."""
        return self.role.startswith(AGAIN)


@dataclass(frozen=True)
class _Open:
    """An element not yet closed."""

    tag: str = ""
    ref: str = ""
    role: str = ""
    part: str = ""
    unseen: bool = False
    heading: bool = False
    picture: Picture | None = None


class Reader:
    """Reads a page: its words in order, the words about it, its style sheets, and where its links lead."""

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.texts: list[Told] = []
        self.spoken: list[str] = []
        self.about: list[str] = []
        self.pictures: list[Picture] = []
        self.styles: list[str] = []
        self.addresses: set[str] = set()
        self.logos: list[str] = []
        self.direction = "ltr"

    def opened(self, tag: str, known: Mapping[str, str]) -> None:
        """Take up an element: what it says in its attributes, and unless it is void, what it makes of its content."""
        above = self.open[-1] if self.open else _Open()
        self._hear(tag, known)
        if tag == "html":
            self.direction = known.get("dir", "ltr")
        if tag in VOID:
            return
        self.addresses.add(destination(known.get("href", "")))
        classes = tuple(known.get("class", "").split())
        picture = above.picture
        if tag == "svg" and picture is None:
            picture = Picture(above.part, classes, known.get("width", ""))
            self.pictures.append(picture)
        role = _role(tag, known, classes, above)
        self.open.append(
            _Open(
                tag=tag,
                ref=known.get("data-ref") or above.ref,
                role=role,
                part=known.get("id", "") if tag == "section" else above.part,
                unseen=above.unseen or (tag in _UNSEEN and not role.endswith(TOLD)),
                heading=above.heading or tag in ("h1", "h2", "h3", "h4", "h5", "h6"),
                picture=picture,
            )
        )

    def closed(self, tag: str) -> None:
        """Close an element, with whatever was left open in it."""
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at].tag == tag:
                del self.open[at:]
                return

    def words(self, data: str) -> None:
        """Take up words."""
        here = self.open[-1] if self.open else _Open()
        if here.tag == "style":
            self.styles.append(data)
        if here.tag == "title" and here.unseen:
            self.about.append(data)
        if data.strip() and not here.unseen:
            self.texts.append(Told(data, here.ref, here.role, here.part, here.heading, here.picture))
            if here.picture is not None:
                here.picture.texts.append((plain(data), here.ref))

    def _hear(self, tag: str, known: Mapping[str, str]) -> None:
        """Take up what an element says to its reader in attributes, and what a page says of itself."""
        if tag == "meta":
            if known.get("name", "").lower() not in _TECHNICAL and "http-equiv" not in known:
                self.about.append(known.get("content", ""))
        elif tag == "img" and "logo" in known.get("class", "").split():
            self.logos.append(known.get("alt", ""))  # these words are a setting, and not of the brief
        elif not _SPOKEN.isdisjoint(known):
            self.spoken += [value for name, value in known.items() if name in _SPOKEN and value]


def _role(tag: str, known: Mapping[str, str], classes: tuple[str, ...], above: _Open) -> str:
    """Return the role of what stands in an element."""
    before = above.role.removeprefix(AGAIN).strip()
    role = next((name for name in RUNNING if name in classes), "")
    if tag in ("thead", "svg") or before in ("thead", "svg"):
        role = before if before in ("thead", "svg") else tag
    if tag == "title" and before == "svg":
        role = TOLD
    role = role or before
    return f"{AGAIN} {role}".strip() if "data-again" in known or above.role.startswith(AGAIN) else role


@lru_cache(maxsize=16)
def read(html: str) -> Reader:
    """Return a page, read, and read only once while its numerals, style and Markdown are held to it."""
    reader = Reader()
    for event in events(html):
        if isinstance(event, Opened):
            reader.opened(event.tag, event.known)
        elif isinstance(event, Closed):
            reader.closed(event.tag)
        else:
            reader.words(event)
    return reader
