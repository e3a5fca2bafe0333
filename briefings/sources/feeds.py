"""Read RSS, RDF and Atom feeds: each entry a document, whatever the feed puts into it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from ..errors import SourceError
from ..model import Document
from . import dates
from .documents import Defaults, make
from .pages import READER
from .unmarked import plain_html, tidy, web_link

MAX_ENTRIES = 2000


def read_feed(
    data: bytes, *, where: str, source: str, defaults: Defaults, retrieved: datetime | None
) -> tuple[tuple[Document, ...], tuple[SourceError, ...]]:
    """Return (documents, faults) of a feed; a broken one still gives the entries that are whole.

    Errors: SourceError `FEED_UNREADABLE` where nothing in it is a feed.
    """
    parsed = READER.read("feed", data, where=where)
    broken, entries = tidy(parsed["broken"]), parsed["entries"]
    if not entries and (broken or not parsed["version"]):
        raise SourceError(
            "the feed cannot be read",
            where=where,
            why=broken or "it is not RSS, RDF or Atom",
            fix="open the address in a browser: it may have moved",
            code="FEED_UNREADABLE",
        )
    faults: list[SourceError] = []
    if broken:
        what = "the feed is damaged; the entries before the damage are kept"
        faults.append(SourceError(what, where=where, why=broken, code="FEED_DAMAGED"))
    if not entries:
        faults.append(
            SourceError(
                "the feed holds no entries",
                where=where,
                fix="see whether the address is that of the feed",
                code="FEED_EMPTY",
            )
        )
    documents = []
    for number, entry in enumerate(entries, start=1):
        try:
            documents.append(
                make(
                    entry,
                    where=f"{where} entry {number}",
                    source=source,
                    defaults=defaults,
                    retrieved=retrieved,
                )
            )
        except SourceError as fault:
            faults.append(fault)
    return tuple(documents), tuple(faults)


def parse_feed(data: bytes) -> dict[str, Any]:
    """Return what a feed says: its version, what is broken in it, and its entries as texts.

    Runs in the bounded process of `pages`: entries nested without end take the parser minutes.
    """
    import feedparser

    parsed: Any = feedparser.parse(BytesIO(data))
    broken = parsed.get("bozo_exception") if parsed.get("bozo") else None
    if isinstance(broken, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType):
        broken = None  # it was read all the same
    return {
        "version": parsed.get("version") or "",
        "broken": str(broken or "")[:300],
        "entries": [_said(entry, parsed.feed) for entry in parsed.entries[:MAX_ENTRIES]],
    }


def _said(entry: Any, feed: Any) -> dict[str, str]:
    """Return what an entry says, as the text of a page would be given."""
    bodies = [plain_html(part.get("value", "")) for part in entry.get("content", [])]
    bodies.append(plain_html(entry.get("summary", "")))
    outlet = entry.get("source") or {}
    said = {
        "title": tidy(plain_html(entry.get("title", ""))),
        "text": max(bodies, key=len),
        "url": web_link(entry.get("link", "")),
        "author": tidy(plain_html(entry.get("author", ""))),
        "publisher": tidy(plain_html(outlet.get("title") or feed.get("title") or "")),
        "language": tidy(entry.get("language") or feed.get("language") or ""),
        "published": _moment(entry),
    }
    return {key: value for key, value in said.items() if value}


def _moment(entry: Any) -> str:
    """Return when an entry was published, or last changed if it says only that, in ISO form."""
    for name in ("published", "updated", "created"):
        raw = tidy(entry.get(name) or "")
        instant, day = dates.parse(raw)
        if instant or day:
            return raw
        if raw and entry.get(f"{name}_parsed"):
            year, month, day_of, hour, minute, second = entry[f"{name}_parsed"][:6]
            return datetime(year, month, day_of, hour, minute, second, tzinfo=UTC).isoformat()
    return ""
