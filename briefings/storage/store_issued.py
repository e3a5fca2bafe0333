"""What was issued: the editions on file, and which people approved them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from ..core.layers import near
from ..core.states import UNNAMED
from ..errors import StoreError, UsageError
from ..model import Approval, Edition
from .store_acts import Recorded
from .store_tables import approvals, editions


class Issued(Recorded):
    """A store, the editions it keeps, and what became of them."""

    def add_edition(self, edition: Edition, *, at: datetime, by: str = "", named: bool = True) -> bool:
        """Keep an edition and put on the record who made it, if it is told; say whether it is new.

        `named` is false where nobody gave that name. Errors: StoreError `EDITION_CLASH` for another of that number.
        """
        row = {
            "id": edition.id,
            "brief": edition.series,
            "date": edition.date,
            "version": edition.version,
            "pdf_sha256": edition.pdf_sha256,
            "inputs_sha256": edition.inputs_sha256,
            "recorded_at": at,
            "payload": edition.model_dump_json(),
        }
        with self.begin() as connection:
            if self.insert_new(connection, editions, row):
                if by:
                    act, sha256 = "made" if named else UNNAMED, edition.pdf_sha256
                    self.append_audit(connection, act, edition.id, actor=by, at=at, detail=sha256)
                return True
            held = connection.execute(select(editions.c.payload).where(editions.c.id == edition.id)).scalar()
        if held is not None and Edition.model_validate_json(held) == edition:
            return False
        raise StoreError(
            f"another edition is already filed as {edition.series}, {edition.date}, version {edition.version}",
            where=self.location,
            fix="make the brief again: it takes the next version",
            code="EDITION_CLASH",
        )

    def editions(self, brief: str | None = None, *, series: str | None = None) -> tuple[Edition, ...]:
        """Return the editions of one brief in all its languages, of one series, or all, by date and version."""
        query = select(editions.c.payload).order_by(editions.c.brief, editions.c.date, editions.c.version)
        if series is not None:
            query = query.where(editions.c.brief == series)
        if brief is not None:
            query = query.where(
                or_(editions.c.brief == brief, editions.c.brief.startswith(f"{brief}.", autoescape=True))
            )
        with self.read() as connection:
            return tuple(Edition.model_validate_json(row) for row in connection.execute(query).scalars())

    def later_versions(self, edition: Edition) -> tuple[Edition, ...]:
        """Return the versions of the same issue, in the same language, that came after this one, oldest first."""
        return tuple(
            one
            for one in self.editions(series=edition.series)
            if one.date == edition.date and one.version > edition.version
        )

    def edition(self, identifier: str) -> Edition:
        """Return one edition. Errors: UsageError `UNKNOWN_EDITION` with the nearest id."""
        with self.read() as connection:
            held = connection.execute(select(editions.c.payload).where(editions.c.id == identifier)).scalar()
            if held is not None:
                return Edition.model_validate_json(held)
            known = connection.execute(select(editions.c.id)).scalars().all()
        raise UsageError(
            f"no edition is filed as {identifier!r}{near(identifier, known)}",
            where=self.location,
            fix="briefings editions",
            code="UNKNOWN_EDITION",
        )

    def filed_at(self, identifier: str) -> datetime:
        """Return when an edition was filed. Errors: UsageError `UNKNOWN_EDITION`, as `edition`."""
        edition = self.edition(identifier)
        with self.read() as connection:
            at = connection.execute(select(editions.c.recorded_at).where(editions.c.id == edition.id)).scalar_one()
        return at if isinstance(at, datetime) else datetime.fromisoformat(at)

    def add_approval(self, approval: Approval) -> bool:
        """Keep an approval and put it on the record; say whether it is new."""
        row = {
            "edition_id": approval.edition_id,
            "pdf_sha256": approval.pdf_sha256,
            "approved_by": approval.by,
            "approved_at": approval.at,
            "payload": approval.model_dump_json(),
        }
        with self.begin() as connection:
            new = self.insert_new(connection, approvals, row)
            if new:
                self.append_audit(
                    connection,
                    "approved",
                    approval.edition_id,
                    actor=approval.by,
                    at=approval.at,
                    detail=approval.pdf_sha256,
                )
            return new

    def approvals(self, edition_id: str) -> tuple[Approval, ...]:
        """Return the approvals of an edition, oldest first."""
        query = select(approvals.c.payload).where(approvals.c.edition_id == edition_id).order_by(approvals.c.seq)
        with self.read() as connection:
            return tuple(Approval.model_validate_json(row) for row in connection.execute(query).scalars())
