"""What was collected and issued, as it stands and as it stood.

Everything is added once and kept: documents and incidents are keyed by their content, readings by document and
extractor, so collecting twice changes nothing. Two clocks are kept apart: `published_by` asks what the world
had said by an instant, `recorded_by` what this store held by an instant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import islice

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    false,
    func,
    insert,
    or_,
    select,
)

from ..errors import StoreError
from ..model import (
    Actor,
    Claim,
    Document,
    Incident,
    Passage,
    Reading,
    Responsibility,
    Review,
    Window,
)
from . import store_finding
from .store_issued import Issued
from .store_rows import (
    CHUNK,
    chunks,
    document_row,
    incident_row,
    plain,
    reading_json,
    review_row,
    said,
    said_by,
    statement_row,
)
from .store_tables import (
    actors,
    claims,
    documents,
    extents,
    incidents,
    passages,
    readings,
    responsibilities,
    reviews,
)
from .traces import Sought, terms


class Store(Issued):
    """An open store; use it as a context manager, from one process or many."""

    def add_document(self, document: Document, *, at: datetime) -> bool:
        """Keep a document; say whether it is new."""
        with self.begin() as connection:
            return self.insert_new(connection, documents, document_row(document, at))

    def documents(
        self,
        *,
        published_by: datetime | None = None,
        recorded_by: datetime | None = None,
        since: date | None = None,
        named: Collection[str] | None = None,
    ) -> tuple[Document, ...]:
        """Return documents, oldest first.

        A document dated by day only counts from the start of that day on the clock of `published_by`, so give
        that instant in the region's zone. One without any date counts from when it was retrieved or, failing
        that, recorded. `since` leaves out documents dated before that day; `named` all but those of these ids.
        """
        query = select(
            documents.c.payload,
            documents.c.published,
            documents.c.published_on,
            documents.c.recorded_at,
            documents.c.id,
        )
        if recorded_by is not None:
            query = query.where(documents.c.recorded_at <= recorded_by)
        if published_by is not None:
            query = query.where(said_by(published_by))
        if since is not None:
            query = query.where(or_(documents.c.published_on.is_(None), documents.c.published_on >= since))
        some = [query] if named is None else [query.where(documents.c.id.in_(one)) for one in chunks(sorted(named))]
        with self.read() as connection:
            rows = [row for part in some for row in connection.execute(part).mappings()]
        ordered = sorted(rows, key=lambda row: (said(row), row["id"]))
        return tuple(Document.model_validate_json(row["payload"]) for row in ordered)

    def found(self, sought: Sought, *, since: date) -> set[str]:
        """Return the ids of the documents that are sought, and of those from a day on that nobody could read."""
        with self.read() as connection:
            return store_finding.found(connection, sought) | store_finding.unread_since(connection, since)

    def undated(self, *, recorded_by: datetime | None = None) -> tuple[Document, ...]:
        """Return the documents that have no day, neither of publication nor of fetching, in the order of their ids."""
        days = (documents.c.published, documents.c.published_on, documents.c.retrieved)
        query = select(documents.c.payload).where(*(day.is_(None) for day in days))
        if recorded_by is not None:
            query = query.where(documents.c.recorded_at <= recorded_by)
        with self.read() as connection:
            payloads = connection.execute(query.order_by(documents.c.id)).scalars().all()
        return tuple(Document.model_validate_json(payload) for payload in payloads)

    def documents_from(self, folder: str = "") -> dict[str, str]:
        """Return document id → the file or address it came from, in the order they were collected; all, or a folder's.

        A folder is named as it is in what its files go by.
        """
        query = select(documents.c.id, documents.c.source).order_by(documents.c.recorded_at, documents.c.id)
        if folder:
            postgresql = self._engine.dialect.name == "postgresql"
            source = documents.c.source.collate("C") if postgresql else documents.c.source
            query = query.where(source >= f"{folder}/", source < f"{folder}0")  # the letter after the slash
        with self.read() as connection:
            return {row.id: row.source for row in connection.execute(query)}

    def collected(self, wanted: Iterable[Document]) -> dict[str, datetime]:
        """Return document id → the instant it was collected."""
        found: dict[str, datetime] = {}
        with self.read() as connection:
            for chunk in chunks([one.id for one in wanted]):
                query = select(documents.c.id, documents.c.recorded_at).where(documents.c.id.in_(chunk))
                found |= {row.id: row.recorded_at for row in connection.execute(query)}
        return found

    def document(self, identifier: str) -> Document | None:
        """Return one document by its id, if it is here."""
        with self.read() as connection:
            payload = connection.execute(select(documents.c.payload).where(documents.c.id == identifier)).scalar()
        return Document.model_validate_json(payload) if payload is not None else None

    def add_reading(self, reading: Reading, *, extractor: str, at: datetime) -> int:
        """Keep what an extractor read from a document; return how many statements are new.

        Errors: StoreError `UNKNOWN_DOCUMENT` where the document itself was never added.
        """
        with self.begin() as connection:
            held = connection.execute(select(documents.c.payload).where(documents.c.id == reading.document_id)).scalar()
            if held is None:
                raise StoreError(
                    f"no document {reading.document_id} was collected", where=self.location, code="UNKNOWN_DOCUMENT"
                )
            return self._add_reading(connection, reading, extractor, at, Document.model_validate_json(held))

    def add_read(self, document: Document, reading: Reading, *, extractor: str, at: datetime) -> bool:
        """Keep a document and its reading in one step, so neither is ever there alone; say if the document is new."""
        with self.begin() as connection:
            new = self.insert_new(connection, documents, document_row(document, at))
            self._add_reading(connection, reading, extractor, at, document)
            return new

    def _add_reading(
        self, connection: Connection, reading: Reading, extractor: str, at: datetime, document: Document
    ) -> int:
        key = reading.document_id
        made = self.insert_keyed(connection, readings, {"document_id": key, "extractor": extractor, "recorded_at": at})
        if made is None:
            return 0
        number = int(made[0])
        store_finding.index_reading(connection, number, terms(document, reading))
        kinds: tuple[tuple[Table, Sequence[Claim | Responsibility | Passage | Actor]], ...] = (
            (claims, reading.claims),
            (responsibilities, reading.responsibilities),
            (passages, reading.passages),
            (extents, reading.extents),
            (actors, reading.actors),
        )
        for table, statements in kinds:
            rows = [statement_row(one, key, number, place) for place, one in enumerate(statements)]
            if rows:
                connection.execute(insert(table), rows)
        return sum(len(statements) for _, statements in kinds)

    def unread(self, extractor: str) -> tuple[Document, ...]:
        """Return the documents this extractor has not read yet, such as all of them after an upgrade."""
        mine = and_(readings.c.document_id == documents.c.id, readings.c.extractor == extractor)
        query = select(documents.c.payload).where(~select(readings.c.id).where(mine).exists()).order_by(documents.c.id)
        every = select(func.count()).select_from(documents)
        read = select(func.count()).select_from(readings).where(readings.c.extractor == extractor)
        with self.read() as connection:
            if connection.execute(every).scalar() == connection.execute(read).scalar():
                return ()  # counted in the time it takes to look a few of them up
            return tuple(Document.model_validate_json(row) for row in connection.execute(query).scalars())

    def read_by(self, extractor: str, among: Iterable[str]) -> set[str]:
        """Return which of some documents, by their ids, this extractor has read."""
        found: set[str] = set()
        query = select(readings.c.document_id).where(readings.c.extractor == extractor)
        with self.read() as connection:
            for chunk in chunks(list(among)):
                found.update(connection.execute(query.where(readings.c.document_id.in_(chunk))).scalars())
        return found

    def readings(self, wanted: Iterable[Document | str], *, recorded_by: datetime | None = None) -> dict[str, Reading]:
        """Return document id → its latest reading; documents that were never read are left out."""
        keys = [one if isinstance(one, str) else one.id for one in wanted]
        found: dict[str, Reading] = {}
        with self.read() as connection:
            for chunk in chunks(keys):
                query = select(readings.c.id, readings.c.document_id).where(readings.c.document_id.in_(chunk))
                if recorded_by is not None:
                    query = query.where(readings.c.recorded_at <= recorded_by)
                latest = {
                    document: number
                    for number, document in connection.execute(query.order_by(readings.c.recorded_at, readings.c.id))
                }
                found |= self._assemble(connection, latest)
        return {key: found[key] for key in keys if key in found}

    def _assemble(self, connection: Connection, latest: dict[str, int]) -> dict[str, Reading]:
        parts: dict[int, dict[str, list[str]]] = {number: {} for number in latest.values()}
        for table in (claims, responsibilities, passages, extents, actors):
            query = (
                select(table.c.reading_id, table.c.payload)
                .where(table.c.reading_id.in_(parts))
                .order_by(table.c.reading_id, table.c.position)
            )
            for number, payload in connection.execute(query):
                parts[number].setdefault(table.name, []).append(payload)
        return {
            document: Reading.model_validate_json(reading_json(document, parts[number]))
            for document, number in latest.items()
        }

    def extractors(self, wanted: Iterable[Document], *, recorded_by: datetime | None = None) -> dict[str, str]:
        """Return document id → the extractor of its latest reading."""
        found: dict[str, str] = {}
        with self.read() as connection:
            for chunk in chunks([one.id for one in wanted]):
                query = select(readings.c.document_id, readings.c.extractor).where(readings.c.document_id.in_(chunk))
                if recorded_by is not None:
                    query = query.where(readings.c.recorded_at <= recorded_by)
                for document, extractor in connection.execute(query.order_by(readings.c.recorded_at, readings.c.id)):
                    found[document] = extractor
        return found

    def add_incidents(self, new: Iterable[Incident], *, at: datetime) -> int:
        """Keep rows of event tables; a row whose content changed is a new revision. Return how many are new."""
        added = 0
        stream = iter(new)
        while chunk := list(islice(stream, CHUNK)):
            with self.begin() as connection:
                known = select(incidents.c.dataset, incidents.c.id, incidents.c.digest).where(
                    incidents.c.id.in_({one.id for one in chunk})
                )
                held = {tuple(row) for row in connection.execute(known)}
                rows = []
                for one in chunk:
                    row = incident_row(one, at)
                    key = (row["dataset"], row["id"], row["digest"])
                    if key not in held:
                        held.add(key)
                        rows.append(row)
                for row in rows:
                    added += self.insert_new(connection, incidents, row)
        return added

    def incidents(
        self,
        *,
        start: date,
        end: date,
        country: str | None = None,
        admin1: str | Iterable[str] | Callable[[str], bool] | None = None,
        recorded_by: datetime | None = None,
    ) -> tuple[Incident, ...]:
        """Return the latest revision of each incident touching the days from `start` to `end`, oldest first.

        Names are compared without case, bracketed additions and words such as "province"; `admin1` may be
        several spellings, or say of each spelling of the tables whether it is meant.
        """
        later = incidents.alias("later")
        newer = and_(
            later.c.dataset == incidents.c.dataset, later.c.id == incidents.c.id, later.c.seq > incidents.c.seq
        )
        query = select(incidents.c.payload).where(incidents.c.date_start <= end, incidents.c.date_end >= start)
        if recorded_by is not None:
            newer = and_(newer, later.c.recorded_at <= recorded_by)
            query = query.where(incidents.c.recorded_at <= recorded_by)
        query = query.where(~select(later.c.seq).where(newer).exists())
        with self.read() as connection:
            if country is not None or admin1 is not None:
                query = query.where(self._where(connection, country, admin1))
            found = [Incident.model_validate_json(row) for row in connection.execute(query).scalars()]
        # in the order asked of the database, it would go through an index by days rather than the one by regions
        return tuple(sorted(found, key=lambda one: (one.date_start, one.dataset, one.id)))

    def _where(
        self, connection: Connection, country: str | None, admin1: str | Iterable[str] | Callable[[str], bool] | None
    ) -> ColumnElement[bool]:
        """Return the condition that an incident lies in a region, by its names as the tables spell them."""
        spelled = store_finding.spelled(connection, lambda one: country is None or plain(one) == plain(country))
        if admin1 is None:
            return incidents.c.country.in_(spelled)
        names = {plain(admin1)} if isinstance(admin1, str) else set() if callable(admin1) else set(map(plain, admin1))
        meant = admin1 if callable(admin1) else lambda one: plain(one) in names
        inside = {one: store_finding.regions_of(connection, one, meant) for one in spelled}
        return or_(
            false(),
            *(and_(incidents.c.country == one, incidents.c.admin1.in_(of)) for one, of in inside.items() if of),
        )

    def incidents_reach(self, *, start: date, end: date, country: str | None = None) -> Window | None:
        """Return over which days of a stretch the tables tell of a country, by the days incidents began on."""
        with self.read() as connection:
            spelled = store_finding.spelled(connection, lambda one: country is None or plain(one) == plain(country))
            return store_finding.reach(connection, spelled, start, end)

    # what people said of it

    def add_review(self, review: Review) -> bool:
        """Keep a review and put it on the record in one step; say whether it is new."""
        with self.begin() as connection:
            new = self.insert_new(connection, reviews, review_row(review))
            if new:
                detail = f"{review.id}: {review.reason}" if review.reason else review.id
                act = f"review {review.verdict}"
                self.append_audit(connection, act, review.subject, actor=review.by, at=review.at, detail=detail)
            return new

    def reviews(self, *, recorded_by: datetime | None = None) -> tuple[Review, ...]:
        """Return every review, oldest first, those taken back included."""
        query = select(reviews.c.payload).order_by(reviews.c.recorded_at, reviews.c.seq)
        if recorded_by is not None:
            query = query.where(reviews.c.recorded_at <= recorded_by)
        with self.read() as connection:
            return tuple(Review.model_validate_json(row) for row in connection.execute(query).scalars())

    def claims_named(self, prefix: str, *, most: int = 200) -> tuple[tuple[Claim, bool], ...]:
        """Return at most `most` claims of people, and as many of places, whose id begins so.

        With each, whether the latest reading of its document holds it.
        """
        later = readings.alias("later")
        newer = select(later.c.id).where(
            later.c.document_id == readings.c.document_id,
            or_(
                later.c.recorded_at > readings.c.recorded_at,
                and_(later.c.recorded_at == readings.c.recorded_at, later.c.id > readings.c.id),
            ),
        )
        queries = [
            select(table.c.payload, ~newer.exists())
            .join(readings, readings.c.id == table.c.reading_id)
            .where(table.c.id.startswith(prefix, autoescape=True))
            .order_by(table.c.id, readings.c.id)
            .limit(most)
            for table in (claims, extents)
        ]
        with self.read() as connection:
            found = [row for query in queries for row in connection.execute(query)]
        return tuple((Claim.model_validate_json(row), bool(now)) for row, now in found)
