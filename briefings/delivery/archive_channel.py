"""The channel of archives: a site of plain files that lists released editions, each on a page of its own, with a feed.

Each edition's folder says for itself what it is; the list and the feed are made anew from those at each change, so that
two processes that release at one moment leave nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from ..channels import Before, Parcel, Refused, Unopened
from ..core import folders
from ..core.clearance import exceeds
from ..core.languages import language
from ..core.outlets import ChannelSpec
from . import archive_pages
from .archive_pages import Entry
from .folder_channel import put

ENTRY = "entry.json"
"""What beside its PDF says which edition it is, and what became of it."""
WORDS = "words.html"
"""What of an edition's message its page shows."""


class Archive(Unopened):
    """Keeps the site in a folder of this machine or in a bucket; whoever serves files can serve it."""

    repeatable = True

    def __init__(self, spec: ChannelSpec, base: Path) -> None:
        self.name, self._spec = spec.id, spec
        self._root = folders.folder(spec.path, base, setting=f"channels.{spec.id}.path")

    def send(self, parcel: Parcel, *, before_data: Before) -> str:
        """Put an edition into the archive, or mark one that is there. Raises Refused where files cannot be written."""
        before_data()
        place = self._root / parcel.edition.id
        if parcel.notice:
            entry = self._told(parcel)
        else:
            entry = _entry(parcel, self._known(place))
            summary = parcel.linked or parcel.summary
            put(place / entry.file, parcel.pdf)
            put(place / WORDS, summary.html.encode())
        put(place / ENTRY, (entry.model_dump_json(indent=2) + "\n").encode())
        self._listed(entry)
        if entry.status == "withdrawn":
            self._taken_out(place / entry.file, place / WORDS)
        return f"in the archive at {self._spec.link_base}{entry.edition}/"

    def _told(self, parcel: Parcel) -> Entry:
        """Return the entry of an edition after a notice of it."""
        known = self._known(self._root / parcel.edition.id)
        if known is None:
            raise Refused(f"the archive has no edition {parcel.edition.id}", temporary=False)
        status = known.status if known.status == "withdrawn" or not parcel.notice else parcel.notice
        return known.model_copy(update={"status": status, "changed": parcel.at})

    def _known(self, place: Path) -> Entry | None:
        return next(_read([place / ENTRY]), None)

    def _listed(self, changed: Entry) -> None:
        """Write the list, the feed, and the pages of all versions of the issue that changed."""
        found = self._entries()
        for one in found:
            if (one.series, one.date) == (changed.series, changed.date):
                self._write_page(one, found)
        tongue, title = language(self._spec.language), self._title
        put(self._root / "index.html", archive_pages.index_page(title, found, tongue).encode())
        base = self._spec.link_base
        put(self._root / archive_pages.FEED, archive_pages.feed(title, base, found, tongue).encode())
        put(self._root / archive_pages.RSS, archive_pages.rss(title, base, found, tongue).encode())

    def _write_page(self, entry: Entry, entries: Sequence[Entry]) -> None:
        place = self._root / entry.edition
        words = "" if entry.status == "withdrawn" else (place / WORDS).read_text(encoding="utf-8")
        page = archive_pages.edition_page(self._title, entry, entries, words)
        put(place / "index.html", page.encode())

    @property
    def _title(self) -> str:
        return self._spec.title or language(self._spec.language).text("Released briefs")

    def _entries(self) -> list[Entry]:
        """Return what the archive has, but for what is marked more strictly than it is cleared for."""
        known = _read(sorted(self._root.glob(f"*/{ENTRY}"), key=str))
        return [one for one in known if not exceeds(one.marking, self._spec.marking)]

    def _taken_out(self, *files: Path) -> None:
        for path in files:
            try:
                path.unlink(missing_ok=True)
            except Exception as fault:  # each library that reaches folders elsewhere has faults of its own
                raise Refused(f"{path} cannot be taken out: {fault}"[:300], temporary=True) from fault


def _read(paths: Sequence[Path]) -> Iterator[Entry]:
    """Yield the entries at some places, but where there is none. Raises Refused where one cannot be read."""
    for path, held in folders.contents(paths):
        if isinstance(held, FileNotFoundError):
            continue
        try:
            if isinstance(held, Exception):
                raise held
            yield Entry.model_validate_json(held)
        except Exception as fault:  # each library that reaches folders elsewhere has faults of its own
            raise Refused(f"{path} cannot be read: {fault}"[:300], temporary=True) from None


def _entry(parcel: Parcel, known: Entry | None) -> Entry:
    """Return what the archive says of an edition; one that was withdrawn stays so."""
    if not parcel.pdf:
        raise Refused('an archive takes the PDF; give its recipient format = "pdf"', temporary=False)
    edition = parcel.edition
    return Entry(
        edition=edition.id,
        series=edition.series,
        title=edition.title,
        language=parcel.summary.language,
        marking=edition.marking,
        date=edition.date,
        version=edition.version,
        file=parcel.file_name,
        sha256=sha256(parcel.pdf).hexdigest(),
        size=len(parcel.pdf),
        released=known.released if known else parcel.at,
        changed=_later(known.changed, parcel.at) if known else parcel.at,
        status=known.status if known else "",
    )


def _later(one: datetime, other: datetime) -> datetime:
    return max(one, other)
