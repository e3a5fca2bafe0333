"""Checks the signatures of a PDF through pyHanko: whole or not, whose, since when, and whether that signer is known."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Literal

from .signing import require_pyhanko

State = Literal["known", "lapsed", "unknown", "changed", "broken"]
"""What a signature is worth: of a known signer; known, but its certificate has run out since and no authority says that
it was made before; of nobody known; true of less than the file; or not true of the bytes it covers."""


@dataclass(frozen=True)
class Signature:
    """One signature: what it is worth, of whom, and when: as the signer says (`at`) or an authority (`proven`)."""

    state: State
    signer: str
    fingerprint: str
    at: datetime | None = None
    proven: datetime | None = None

    @property
    def holds(self) -> bool:
        """Say whether the whole file is what a known signer signed."""
        return self.state == "known"


def signatures(pdf: bytes, roots: Sequence[Any], *, now: datetime, password: str = "") -> tuple[Signature, ...]:
    """Return the signatures of a PDF, each held to the certificates in `roots` at an instant; fetches nothing.

    Whether a certificate was revoked is not asked. Raises MissingDependency `NO_PYHANKO`, and ValueError where they
    cannot be read.
    """
    require_pyhanko()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    with _quiet():
        try:
            reader = PdfFileReader(BytesIO(pdf), strict=False)
            if password:
                reader.decrypt(password.encode())
            return tuple(_checked(one, roots, now) for one in reader.embedded_regular_signatures)
        except (PdfError, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise ValueError(str(fault).partition("\n")[0][:120] or type(fault).__name__) from None


def _checked(embedded: Any, roots: Sequence[Any], now: datetime) -> Signature:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    about = embedded.signer_cert
    name = str(about.subject.native.get("common_name") or about.subject.human_friendly)
    fingerprint = about.sha256_fingerprint.replace(" ", "").lower()
    try:
        status = _status(embedded, roots, now)
    except (SignatureValidationError, ValueError):
        return Signature("broken", name, fingerprint)
    when = status.timestamp_validity
    proven = when.timestamp if when is not None and when.intact and when.valid and when.trusted else None
    at = status.signer_reported_dt
    if not (status.intact and status.valid):
        return Signature("broken", name, fingerprint, at)
    entire = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not entire or status.modification_level not in (None, ModificationLevel.NONE):
        return Signature("changed", name, fingerprint, at, proven)
    return Signature(_worth(embedded, roots, now, status, proven), name, fingerprint, at, proven)


def _worth(embedded: Any, roots: Sequence[Any], now: datetime, status: Any, proven: datetime | None) -> State:
    if status.trusted:
        return "known"
    ends = embedded.signer_cert.not_valid_after
    then = proven or status.signer_reported_dt
    if now <= ends or then is None or not _status(embedded, roots, then).trusted:
        return "unknown"
    return "known" if proven else "lapsed"


def _status(embedded: Any, roots: Sequence[Any], moment: datetime) -> Any:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    def context() -> Any:
        return ValidationContext(trust_roots=list(roots), moment=moment.astimezone(UTC), allow_fetching=False)

    either = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    return validate_pdf_signature(embedded, context(), context(), key_usage_settings=either)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep libraries from telling on standard error what is told in our own words."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


def told(one: Signature) -> Iterator[str]:
    """Yield what is told of a signature, in a few words each."""
    yield {
        "known": f"signed by {one.signer}",
        "lapsed": f"signed by {one.signer}, whose certificate has run out since",
        "unknown": f"signed by somebody who says they are {one.signer}, whom nothing here vouches for",
        "changed": f"changed after {one.signer} signed it",
        "broken": f"the signature of {one.signer} is not that of these bytes",
    }[one.state]
    if one.proven:
        yield f"before {one.proven.astimezone(UTC):%Y-%m-%d %H:%M UTC}, by a timestamp"
    elif one.at:
        yield f"on {one.at.astimezone(UTC):%Y-%m-%d %H:%M UTC}, as they say"
    yield f"certificate sha256:{one.fingerprint[:16]}…"
