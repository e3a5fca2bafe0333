"""Collect: read every source of a workspace into the store, each fault named and none in the way of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.settings import SourceSpec
from ..errors import SourceError
from ..model import Document, Finding, Incident, Reading
from ..reviewing.verdicts import standing
from .documents import SUFFIXES, Defaults, from_bytes, load_document
from .feeds import read_feed
from .fetching import fetch
from .tables import read_table

if TYPE_CHECKING:
    from ..storage.store import Store

__all__ = ["CollectReport", "collect", "load_document"]

_AT_ONCE = 200
"""Documents held at once on their way into the store."""

Found = Document | SourceError
"""What an adapter gives, one at a time: a document, or why one did not come in."""


@dataclass(frozen=True)
class CollectReport:
    """What collecting did: documents new and known, new incidents, and what could not be read.

    `gone` are files that lie in their folder no more; what they said still counts until a person rejects it. `back` are
    files that hold again what they held before a newer version, which still counts. `unknown` is what there is to say
    of regions that the gazetteer does not know.
    """

    new: int
    known: int
    incidents: int
    errors: tuple[SourceError, ...]
    gone: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    unknown: tuple[Finding, ...] = ()

    @property
    def noticed(self) -> tuple[Finding, ...]:
        """Say of each file taken away, or put back to what it was, what still counts, and what takes it out."""
        gone = "the file is not there any more, and its report still counts; `briefings review reject {}` takes it out"
        back = (
            "the file holds an earlier text again, and the newer one still counts; add a word to it, such as a line "
            "“Correction:”, and it is the newest"
        )
        return (
            *(Finding(level="note", code="REPORT_GONE", message=gone.format(one), where=one) for one in self.gone),
            *(Finding(level="note", code="REPORT_TURNED_BACK", message=back, where=one) for one in self.back),
            *self.unknown,
        )

    def as_dict(self) -> dict[str, object]:
        """Return the report as JSON-ready data."""
        return {
            "schema": "briefings.collect/v1",
            "new": self.new,
            "known": self.known,
            "incidents": self.incidents,
            "errors": [error.as_dict() for error in self.errors],
            "gone": list(self.gone),
            "back": list(self.back),
        }


def collect(
    store: Store,
    specs: Collection[SourceSpec],
    *,
    base: Path,
    at: datetime,
    read: Callable[[Document], Reading],
    extractor: str,
) -> CollectReport:
    """Read the sources into the store at the instant `at`; paths are taken from `base`.

    `read` is the extractor and `extractor` its version: what another version read is read again. A document
    is stored together with its reading. Collecting again changes nothing.
    """
    line = _Line(store, at, read, extractor)
    added = 0
    for spec in specs:
        if spec.kind == "table":
            incidents = _table(spec, base, line.errors)
            added += store.add_incidents(incidents, at=at)
            continue
        stream = _ADAPTERS[spec.kind](spec, base, at)
        while some := list(islice(stream, _AT_ONCE)):
            line.take(some)
    line.again()
    places = [base / spec.path for spec in specs if spec.kind == "folder"]
    held = (store.documents_from("" if place == base else _named(place, base)) for place in places)
    latest = {source: key for some in held for key, source in some.items()}
    gone, back = _gone(store, latest, places, base), _put_back(latest, line.now)
    return CollectReport(line.new, line.known, added, tuple(line.errors), gone, back)


def _gone(store: Store, latest: Mapping[str, str], places: Iterable[Path], base: Path) -> tuple[str, ...]:
    """Return the files that documents came from and that are no more, those of rejected reports left out.

    `latest` is the newest document of each: a file whose text changed is judged by its newest version, as a review of
    it is. What came from a feed or a page goes by the name of its source, and is no file.
    """
    rejected = {one.subject for one in standing(store.reviews()) if one.kind == "document"}
    roots = [place.resolve() for place in places]
    return tuple(
        source
        for source, key in latest.items()
        if key not in rejected
        and Path(source).suffix.lower() in SUFFIXES
        and not (base / source).exists()
        and any((base / source).resolve().is_relative_to(root) for root in roots)
    )


def _put_back(latest: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files that hold, `now`, another document than the one that was found in them last."""
    return tuple(source for source, key in latest.items() if now.get(source, key) != key)


class _Line:
    """Documents on their way into the store."""

    def __init__(self, store: Store, at: datetime, read: Callable[[Document], Reading], extractor: str) -> None:
        self._store, self._at, self._read, self._extractor = store, at, read, extractor
        self._have: set[str] = set()
        self._failed: set[str] = set()
        self.now: dict[str, str] = {}
        self.errors: list[SourceError] = []
        self.new = self.known = 0

    def take(self, some: Sequence[Found]) -> None:
        """Read documents and store them with what was read, unless they are known."""
        self._have |= self._store.read_by(self._extractor, (one.id for one in some if isinstance(one, Document)))
        for found in some:
            self._take(found)

    def _take(self, found: Found) -> None:
        if isinstance(found, SourceError):
            self.errors.append(found)
            return
        if found.file:
            self.now[found.file] = found.id
        if found.published is None and found.published_on is None and found.retrieved is None:
            self.errors.append(_undated(found))
        if found.id in self._have:
            self.known += 1
        elif found.id not in self._failed:
            reading = self._reading(found)
            if reading is None:
                self._failed.add(found.id)
                new = self._store.add_document(found, at=self._at)
            else:
                self._have.add(found.id)
                new = self._store.add_read(found, reading, extractor=self._extractor, at=self._at)
            self.new += new
            self.known += not new

    def again(self) -> None:
        """Read what this version of the extractor has not read yet, though no source holds it any more."""
        for document in self._store.unread(self._extractor):
            reading = None if document.id in self._failed else self._reading(document)
            if reading is not None:
                self._store.add_reading(reading, extractor=self._extractor, at=self._at)

    def _reading(self, document: Document) -> Reading | None:
        try:
            return self._read(document)
        except Exception as fault:
            # A fault in one rule over one text must not keep the other documents out.
            self.errors.append(
                SourceError(
                    "the document was kept, but reading it failed",
                    where=document.source,
                    why=f"{type(fault).__name__}: {fault}"[:300],
                    fix="report this; it is read again at the next collect",
                    code="READING",
                )
            )
            return None


def _undated(document: Document) -> SourceError:
    return SourceError(
        "the document was kept, but gives no day of publication",
        where=document.source,
        why="it is in no brief of a day before it was collected, and its weekdays cannot be told",
        fix="add a line `published: 2031-05-09` to its head, or the day beneath its title",
        code="UNDATED",
    )


def _table(spec: SourceSpec, base: Path, errors: list[SourceError]) -> list[Incident]:
    path = base / spec.path
    incidents: list[Incident] = []
    for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
        try:
            table = read_table(file, spec.dataset)
        except SourceError as fault:
            errors.append(fault)
        else:
            # The form may be a dataset's and the rows somebody else's; they are cited as whose they are.
            whose = {"dataset": spec.publisher} if spec.publisher else {}
            incidents += [one.model_copy(update=whose) for one in table.incidents]
            errors += table.faults
    return incidents


def _folder(spec: SourceSpec, base: Path, at: datetime) -> Iterator[Found]:
    folder = base / spec.path
    if not folder.is_dir():
        yield SourceError(
            "the folder of a source is not there" if not folder.exists() else "the source is not a folder",
            where=str(folder),
            fix=f"make it, or mend sources.{spec.id}.path",
            code="UNREADABLE",
        )
        return
    unread: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if any(part.startswith(".") or part.endswith("_files") for part in inside) or path.is_dir():
            continue
        if path.suffix.lower() not in SUFFIXES:
            unread[path.suffix or path.name] += 1
        else:
            yield _file(spec, base, path)
    if unread:
        yield SourceError(
            f"{unread.total()} files of other kinds are not read: {', '.join(sorted(unread))}",
            where=str(folder),
            fix=f"save them as {', '.join(sorted(SUFFIXES))}, or move them elsewhere",
            code="UNSUPPORTED",
        )


def _file(spec: SourceSpec, base: Path, path: Path) -> Found:
    if not path.is_file():
        return SourceError(
            "the file cannot be read",
            where=str(path),
            why="it is not a file",
            fix="make it a file you may read",
            code="UNREADABLE",
        )
    try:
        return load_document(path, defaults=_defaults(spec), source=_named(path, base))
    except SourceError as fault:
        return fault


def _page(spec: SourceSpec, base: Path, at: datetime) -> Iterator[Found]:
    if spec.path:
        yield _file(spec, base, base / spec.path)
        return
    try:
        answer = fetch(spec.url, allow_private=spec.allow_private)
        suffix = ".txt" if answer.content_type.startswith("text/plain") else ".html"
        yield from_bytes(
            answer.data,
            where=spec.url,
            suffix=suffix,
            defaults=_defaults(spec),
            source=spec.id,
            url=answer.url,
            retrieved=at,
        )
    except SourceError as fault:
        yield fault


def _feed(spec: SourceSpec, base: Path, at: datetime) -> Iterator[Found]:
    where = spec.url or str(base / spec.path)
    try:
        data = fetch(spec.url, allow_private=spec.allow_private).data if spec.url else _bytes(base / spec.path)
        documents, faults = read_feed(
            data, where=where, source=spec.id, defaults=_defaults(spec), retrieved=at if spec.url else None
        )
    except SourceError as fault:
        yield fault
        return
    yield from documents
    yield from faults


def _bytes(path: Path) -> bytes:
    from .documents import MAX_TEXT

    try:
        with path.open("rb") as file:
            data = file.read(MAX_TEXT + 1)
    except OSError as fault:
        raise SourceError(
            "the feed cannot be read",
            where=str(path),
            why=fault.strerror,
            fix="mend its path in briefings.toml",
            code="UNREADABLE",
        ) from None
    if len(data) > MAX_TEXT:
        why = f"the limit is {MAX_TEXT // 2**20} MB"
        raise SourceError(
            "the feed is too large", where=str(path), why=why, fix="name a feed of fewer entries", code="TOO_LARGE"
        )
    return data


_ADAPTERS: dict[str, Callable[[SourceSpec, Path, datetime], Iterator[Found]]] = {
    "folder": _folder,
    "page": _page,
    "feed": _feed,
}


def _defaults(spec: SourceSpec) -> Defaults:
    return Defaults(spec.publisher, spec.language, spec.timezone, spec.marking)


def _named(path: Path, base: Path) -> str:
    """Return the name of a file in the store: relative to the workspace where it lies in it."""
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else str(path)
