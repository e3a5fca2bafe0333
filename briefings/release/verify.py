"""Verifies a PDF: what it says it is, whether anything in it was changed, and what is known of it at hand."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pikepdf

from ..core import config
from ..core.credentials import resolve_secret
from ..core.settings import Workspace
from ..delivery.deliver import receipts
from ..errors import BriefingsError, ConfigError, StoreError, UsageError
from ..making import manifest
from ..making.press import marked_prints
from ..model import Edition, Finding
from ..printing import seals
from ..printing.seals import Examined
from ..protecting.protection import copied
from ..storage import withdrawals
from ..storage.store import Store
from . import safeguards
from .safeguards import Safeguards

Outcome = Literal["whole", "opened", "rewritten", "changed", "unsealed"]

WHAT_IT_PROVES = (
    "The digests are not signed: they tell a changed file from a whole one, not one the desk issued from one that "
    "somebody made from nothing. Compare the sha256 with what the desk itself gives for this edition."
)
"""What no verification of an unsigned file alone can show."""

WHAT_A_SIGNATURE_PROVES = (
    "The signature shows that the file is, to the byte, what the owner of that certificate signed. Whether the "
    "certificate was revoked since is not asked."
)
"""What that of a known signer shows beyond it."""

_LARGEST = 256 << 20
_OBJECT = re.compile(r"(stream )?<[\w.]+ object at 0x[0-9a-f]+>")
"""How a library names what it read the file from, which tells nobody anything."""


class VerifyError(BriefingsError):
    """A file that was a PDF cannot be read any more, so nothing in it can be verified."""

    code = "PDF_UNREADABLE"


@dataclass(frozen=True)
class Known:
    """What a workspace or an edition's folder knows of the edition a file says it is, and whose copy of it that is."""

    where: str
    stage: str
    same: bool
    approved_by: str = ""
    superseded_by: str = ""
    withdrawn: str = ""
    copy_of: str = ""


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
    safeguards: Safeguards

    @property
    def note(self) -> str:
        """Return what this verdict shows and what it cannot."""
        return WHAT_A_SIGNATURE_PROVES if self.safeguards.vouched else WHAT_IT_PROVES

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
            "protection": self.safeguards.as_dict(),
            "note": self.note,
        }


def verify(
    path: Path, *, workspace: Path | None = None, trust: Sequence[Path] = (), password_from: str = ""
) -> Verdict:
    """Recompute the digests a PDF carries and say what it is, then ask the workspace, or the folder it lies in.

    Signatures are held to the certificates that `trust` names, and to those that the workspace trusts; who names any
    is told of a file without one, unless the workspace knows that file. An encrypted file is opened with the password
    that `password_from` (`env:NAME`, `file:PATH`) leads to. Raises UsageError `NO_FILE`, `NOT_A_PDF` or `NOT_A_BRIEF`;
    VerifyError `PDF_CUT_OFF`, `PDF_ENCRYPTED`, `PDF_TOO_LARGE` or `PDF_UNREADABLE`. A workspace that is named must be
    there; without one, none is needed.
    """
    data = _read(path)
    digest = manifest.file_sha256(data)
    space = _space(workspace)
    examined = _examine(path, data, resolve_secret(password_from), lambda: _whose(space, digest))
    _require_ours(path, data, examined)
    roots = [*(space.root / one for one in space.protection.trust), *trust] if space else list(trust)
    held = safeguards.safeguards(data, examined, roots, password=resolve_secret(password_from))
    known = _known(path, digest, examined.said, space, named=workspace is not None, vouched=held.vouched)
    asked = bool(trust or (roots and known is None))
    return Verdict(
        file=str(path),
        sha256=digest,
        outcome=_outcome(examined),
        said=examined.said,
        claims=examined.claims,
        pages=examined.pages,
        attached=tuple(
            Attached(name, manifest.file_sha256(file), _holds(name, file))
            for name, file in sorted(examined.files.items())
        ),
        findings=(
            *_changes(examined, len(data)), *_disagreements(examined), *safeguards.faults(held, asked=asked),
            *_standing(known, workspace),
        ),
        known=known,
        safeguards=held,
    )  # fmt: skip


# ── the file ────────────────────────────────────────────────────────────────────────────────────────


def _require_ours(path: Path, data: bytes, examined: Examined) -> None:
    """Refuse a PDF that bears no stamp of ours and carries nothing that briefs carry."""
    if examined.said or set(examined.files) & {"claims.json", "inputs.json"}:
        return
    if seals.remains(data):
        raise _damaged(path, "what is left of a stamp of ours stands in it, and cannot be read any more")
    raise UsageError(
        "this PDF is not a brief of this program",
        where=str(path),
        why="it bears no stamp and carries neither claims nor inputs",
        fix="name a PDF that Briefings printed",
        code="NOT_A_BRIEF",
    )


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


def _examine(path: Path, data: bytes, password: str, whose: Callable[[], str]) -> Examined:
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
        return seals.examine(data, password)
    except pikepdf.PasswordError:
        raise VerifyError(
            "the file needs another password" if password else "the file needs a password",
            where=str(path),
            why=whose() or named,
            fix="name where its password is: --password-from env:NAME, or file:PATH",
            code="PDF_ENCRYPTED",
        ) from None
    except (pikepdf.PdfError, RecursionError, ValueError, AttributeError, KeyError, TypeError) as fault:
        told = _OBJECT.sub("", str(fault)).splitlines()[0].removeprefix(": ")[:120] if str(fault) else ""
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
    if examined.encrypted and not examined.changed:
        return "opened"
    return "changed" if examined.added or examined.changed else "rewritten"


def _changes(examined: Examined, size: int) -> Iterator[Finding]:
    """Yield what was done to the file since it was printed."""
    if _outcome(examined) in ("whole", "opened"):
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


def _space(workspace: Path | None) -> Workspace | None:
    """Return the workspace at hand, or nothing where there is none and none was named."""
    try:
        return config.load(workspace)
    except ConfigError:
        if workspace is not None:
            raise
        return None


def _known(
    path: Path, digest: str, said: Mapping[str, str], space: Workspace | None, *, named: bool, vouched: bool
) -> Known | None:
    """Return what the workspace, or the folder the file lies in, knows of the edition."""
    edition_id = said.get("edition", "")
    if space is None:
        return _beside(path, digest, edition_id)
    try:
        with Store.open(space.store, readonly=True) as store:
            found = [one for one in store.editions() if one.id == edition_id]
            if not found:
                return _beside(path, digest, edition_id)
            original = said.get("original", "") if vouched else ""
            known = _stored(store, found[0], {digest, original}, str(space.root), copied(store, digest))
            marked = marked_prints(space.reports / found[0].folder)
            return replace(known, same=known.same or digest in map(manifest.file_sha256, marked))
    except StoreError:
        if named:
            raise
        return _beside(path, digest, edition_id)


def _whose(space: Workspace | None, digest: str) -> str:
    """Return whose copy a file is, by its digest alone, if the workspace at hand has sent it; else nothing."""
    if space is None:
        return ""
    try:
        with Store.open(space.store, readonly=True) as store:
            whose = copied(store, digest)
    except StoreError:
        return ""
    return f"it is the copy of {whose}" if whose else ""


def _stored(store: Store, edition: Edition, digests: Collection[str], where: str, copy_of: str) -> Known:
    newer = store.later_versions(edition)
    approved = next((one for one in store.approvals(edition.id) if one.pdf_sha256 in digests), None)
    withdrawn = withdrawals.withdrawn(store, edition.id)
    if approved is None and copy_of:
        approved = next(iter(reversed(store.approvals(edition.id))), None)
    return Known(
        where=where,
        stage="withdrawn"
        if withdrawn
        else "superseded"
        if newer
        else _released(store, edition)
        if approved
        else "filed",
        same=edition.pdf_sha256 in digests or approved is not None or bool(copy_of),
        approved_by=approved.by if approved else "",
        superseded_by=newer[-1].id if newer else "",
        withdrawn=withdrawn,
        copy_of=copy_of,
    )


def _released(store: Store, edition: Edition) -> str:
    return "sent" if any(one.state == "sent" for one in receipts(store, edition)) else "approved"


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
            "approved PDF's nor that of a copy sent; go by the file that lies in the edition's folder"
        )
        yield _finding("stop", "EDITION_OTHER", what, known.where)
    if known.withdrawn:
        yield _finding("warn", "EDITION_WITHDRAWN", f"it was withdrawn: {known.withdrawn}", known.where)
    elif known.superseded_by:
        yield _finding("warn", "EDITION_SUPERSEDED", f"it is superseded by {known.superseded_by}", known.where)
