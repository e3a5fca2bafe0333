"""Verifies a PDF: what it says it is, whether anything in it was changed, and what is known of it at hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import pikepdf

from . import config, deliver, manifest, seals
from .errors import BriefingsError, ConfigError, StoreError, UsageError
from .model import Edition, Finding
from .seals import Examined
from .store import Store

Outcome = Literal["whole", "rewritten", "changed", "unsealed"]

WHAT_IT_PROVES = (
    "The digests are not signed: they tell a changed file from a whole one, not one the desk issued from one that "
    "somebody made from nothing. Compare the sha256 with what the desk itself gives for this edition."
)
"""What no verification of the file alone can show."""

_LARGEST = 256 << 20


class VerifyError(BriefingsError):
    """A file that was a PDF cannot be read any more, so nothing in it can be verified."""

    code = "PDF_UNREADABLE"


@dataclass(frozen=True)
class Known:
    """What a workspace or an edition's folder knows of the edition a file says it is."""

    where: str
    stage: str
    same: bool
    approved_by: str = ""
    superseded_by: str = ""
    withdrawn: str = ""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside: its digest, and what it holds."""

    name: str
    sha256: str
    holds: str


@dataclass(frozen=True)
class Verdict:
    """What became of a file since it was printed. `said` is its stamp; `known` is empty where nobody here knows it."""

    file: str
    sha256: str
    outcome: Outcome
    said: Mapping[str, str]
    claims: tuple[str, ...]
    pages: int
    attached: tuple[Attached, ...]
    findings: tuple[Finding, ...]
    known: Known | None

    @property
    def exit_status(self) -> int:
        """Return 0 for a whole file, 1 for a changed one, 3 where it should not be used all the same."""
        if any(finding.level == "stop" for finding in self.findings):
            return 1
        return 3 if self.findings else 0

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON-ready data, for `--json`."""
        return {
            "schema": "briefings.verify/v1",
            "file": self.file,
            "sha256": self.sha256,
            "outcome": self.outcome,
            "edition": dict(self.said),
            "claims": list(self.claims),
            "pages": self.pages,
            "attached": [asdict(one) for one in self.attached],
            "findings": [finding.model_dump(mode="json") for finding in self.findings],
            "known": asdict(self.known) if self.known else None,
            "note": WHAT_IT_PROVES,
        }


def verify(path: Path, *, workspace: Path | None = None) -> Verdict:
    """Recompute the digests a PDF carries and say what it is, then ask the workspace, or the folder it lies in.

    Raises UsageError `NO_FILE`, `NOT_A_PDF` or `NOT_A_BRIEF`; VerifyError `PDF_CUT_OFF`, `PDF_ENCRYPTED`,
    `PDF_TOO_LARGE` or `PDF_UNREADABLE`. A workspace that is named must be there; without one, none is needed.
    """
    data = _read(path)
    examined = _examine(path, data)
    if not examined.said and not set(examined.files) & {"claims.json", "inputs.json"}:
        if seals.remains(data):
            raise _damaged(path, "what is left of a stamp of ours stands in it, and cannot be read any more")
        raise UsageError(
            "this PDF is not a brief of this program",
            where=str(path),
            why="it bears no stamp and carries neither claims nor inputs",
            fix="name a PDF that Briefings printed",
            code="NOT_A_BRIEF",
        )
    digest = manifest.file_sha256(data)
    known = _known(path, digest, examined.said.get("edition", ""), workspace)
    return Verdict(
        file=str(path),
        sha256=digest,
        outcome=_outcome(examined),
        said=examined.said,
        claims=examined.claims,
        pages=examined.pages,
        attached=tuple(
            Attached(name, manifest.file_sha256(held), _holds(name, held))
            for name, held in sorted(examined.files.items())
        ),
        findings=(*_changes(examined, len(data)), *_disagreements(examined), *_standing(known, workspace)),
        known=known,
    )


# ── the file ────────────────────────────────────────────────────────────────────────────────────────


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise VerifyError(
                f"the file is larger than {_LARGEST >> 20} MB",
                where=str(path),
                fix="ask whoever gave it for the file as it was printed",
                code="PDF_TOO_LARGE",
            )
        return path.read_bytes()
    except OSError as fault:
        raise UsageError(
            "there is no such file", where=str(path), why=fault.strerror, fix="name a PDF that is there", code="NO_FILE"
        ) from None


def _examine(path: Path, data: bytes) -> Examined:
    if b"%PDF-" not in data[:1024]:
        raise UsageError(
            "this file is not a PDF", where=str(path), fix="name a PDF that Briefings printed", code="NOT_A_PDF"
        )
    edition = seals.stamp_in(data).get("edition", "")
    named = f"it says it is {edition}" if edition else None
    if b"%%EOF" not in data[-1024:]:
        raise VerifyError(
            "the file is cut off: its end is missing",
            where=str(path),
            why=named,
            fix="have it sent or copied anew",
            code="PDF_CUT_OFF",
        )
    try:
        return seals.examine(data)
    except pikepdf.PasswordError:
        raise VerifyError(
            "the file is encrypted, which no edition is",
            where=str(path),
            why=named,
            fix="ask whoever sent it for the file as it was issued",
            code="PDF_ENCRYPTED",
        ) from None
    except (pikepdf.PdfError, RecursionError, ValueError, AttributeError, KeyError, TypeError) as fault:
        told = str(fault).splitlines()[0].removeprefix(": ")[:120] if str(fault) else ""
        raise _damaged(path, "; ".join(filter(None, (named, told)))) from None


def _damaged(path: Path, why: str) -> VerifyError:
    """Return the error for a file that can be told to be one no longer whole, and no more."""
    return VerifyError(
        "the file was damaged or altered since it was printed, and cannot be read",
        where=str(path),
        why=why or None,
        fix="do not use it; ask whoever sent it for the file as it was issued",
    )


def _outcome(examined: Examined) -> Outcome:
    if examined.whole:
        return "whole"
    if not examined.sealed:
        return "unsealed"
    return "changed" if examined.added or examined.changed else "rewritten"


def _changes(examined: Examined, size: int) -> Iterator[Finding]:
    """Yield what was done to the file since it was printed."""
    if examined.whole:
        return
    if not examined.sealed:
        what = "stamp and digests are missing: they were taken out, or it was printed before there were any"
        yield _finding("stop", "SEAL_STRIPPED", what, "the metadata")
    if examined.added:
        what = f"{examined.added} bytes were added behind the first {size - examined.added}, which are as printed"
        yield _finding("stop", "SEAL_ADDED", what, "the end of the file")
    for part in examined.changed:
        yield _finding("stop", "SEAL_CHANGED", "its content does not match the digest it carries", part)
    if examined.sealed and not examined.added and not examined.changed:
        what = "the bytes are not those printed, though pages, attachments and stamp are: it was written anew"
        yield _finding("warn", "SEAL_REWRITTEN", what, "the file")


def _disagreements(examined: Examined) -> Iterator[Finding]:
    """Yield where the stamp says one thing and the inputs attached another."""
    try:
        inputs = json.loads(examined.files["inputs.json"])
        brief = inputs["brief"]
        told = {
            "title": brief["title"], "marking": brief["marking"], "number": str(brief["number"] or ""),
            "asOf": inputs["as_of"],
        }  # fmt: skip
    except (KeyError, ValueError, TypeError):
        return
    for name, value in told.items():
        if examined.said and examined.said.get(name, "") != value:
            what = f"the stamp says {examined.said.get(name, '')!r}, the inputs attached say {value!r}"
            yield _finding("stop", "SEAL_DISAGREES", what, name)


def _holds(name: str, data: bytes) -> str:
    """Return what an attachment holds, in a few words."""
    try:
        if name == "claims.json":
            return f"{len(json.loads(data))} claims"
        if name == "figures.csv":
            return f"{max(0, len(list(csv.reader(io.StringIO(data.decode())))) - 2)} figures, HXL"
        if name == "inputs.json":
            return f"digests of {len(json.loads(data)['documents'])} documents and all else that went in"
    except (ValueError, KeyError, TypeError):
        return "cannot be read"
    return f"{len(data)} bytes"


def _finding(level: Literal["stop", "warn"], code: str, message: str, where: str) -> Finding:
    return Finding(level=level, code=code, message=message, where=where)


# ── what is known here ──────────────────────────────────────────────────────────────────────────────


def _known(path: Path, digest: str, edition_id: str, workspace: Path | None) -> Known | None:
    """Return what the workspace, or the folder the file lies in, knows of the edition."""
    try:
        space = config.load(workspace)
    except ConfigError:
        if workspace is not None:
            raise
        return _beside(path, digest, edition_id)
    try:
        with Store.open(space.store, readonly=True) as store:
            found = [one for one in store.editions() if one.id == edition_id]
            return _stored(store, found[0], digest, str(space.root)) if found else _beside(path, digest, edition_id)
    except StoreError:
        if workspace is not None:
            raise
        return _beside(path, digest, edition_id)


def _stored(store: Store, edition: Edition, digest: str, where: str) -> Known:
    newer = store.later_versions(edition)
    approved = next((one for one in store.approvals(edition.id) if one.pdf_sha256 == digest), None)
    withdrawn = deliver.withdrawn(store, edition.id)
    stage = "withdrawn" if withdrawn else "superseded" if newer else "approved" if approved else "filed"
    return Known(
        where=where,
        stage=stage,
        same=digest == edition.pdf_sha256 or approved is not None,
        approved_by=approved.by if approved else "",
        superseded_by=newer[-1].id if newer else "",
        withdrawn=withdrawn,
    )


def _beside(path: Path, digest: str, edition_id: str) -> Known | None:
    edition = manifest.edition_in(path.parent)
    if edition is None or edition.id != edition_id:
        return None
    return Known(where=str(path.parent), stage="filed", same=digest == edition.pdf_sha256)


def _standing(known: Known | None, workspace: Path | None) -> Iterator[Finding]:
    """Yield what speaks against using the file, by what is known of it here."""
    if known is None:
        if workspace is not None:
            yield _finding("warn", "EDITION_UNKNOWN", "no edition of that name was filed here", str(workspace))
        return
    if not known.same:
        what = (
            "this is not the file that was filed here under that name: its sha256 is neither the draft's nor an "
            "approved PDF's; go by the file that lies in the edition's folder"
        )
        yield _finding("stop", "EDITION_OTHER", what, known.where)
    if known.withdrawn:
        yield _finding("warn", "EDITION_WITHDRAWN", f"it was withdrawn: {known.withdrawn}", known.where)
    elif known.superseded_by:
        yield _finding("warn", "EDITION_SUPERSEDED", f"it is superseded by {known.superseded_by}", known.where)
