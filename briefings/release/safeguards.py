"""Says what protects a PDF, and what of it does not hold: its signature, its password, the name of its reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from ..errors import ConfigError, MissingDependency, UsageError
from ..model import Finding
from ..printing.seals import Examined
from ..protecting.signatures import Signature, signatures, told
from ..protecting.signing import certificates

_WHERE = "the signature"


@dataclass(frozen=True)
class Safeguards:
    """What protects a file. `unchecked` is why its signature could not be looked at; `promised` who is said to sign."""

    signatures: tuple[Signature, ...] = ()
    encrypted: bool = False
    reader: str = ""
    promised: str = ""
    unchecked: str = ""

    @property
    def vouched(self) -> bool:
        """Say whether a known signer vouches for the whole file."""
        return any(one.holds for one in self.signatures)

    def as_dict(self) -> dict[str, Any]:
        """Return what protects the file as JSON-ready data."""
        return {
            "signatures": [
                {
                    name: value.isoformat() if isinstance(value, datetime) else value
                    for name, value in asdict(one).items()
                }
                for one in self.signatures
            ],
            "encrypted": "AES-256" if self.encrypted else "",
            "copy_for": self.reader,
        }

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what is told of it to people: what it is, and the words."""
        for one in self.signatures:
            yield "signature", "; ".join(told(one))
        if not self.signatures:
            yield "signature", self.unchecked or "none: it is not signed"
        if self.encrypted:
            yield "password", "AES-256, opened with the one given"
        if self.reader:
            yield "copy for", self.reader


def safeguards(data: bytes, examined: Examined, trust: Sequence[Path], *, password: str) -> Safeguards:
    """Return what protects a file that was examined; signatures are held to the certificates in the files of `trust`.

    Raises UsageError `CERTIFICATE` for a file that has none.
    """
    said = examined.said
    bare = Safeguards(encrypted=examined.encrypted, reader=said.get("copyFor", ""), promised=said.get("signedBy", ""))
    if not examined.signed:
        return bare
    try:
        roots = certificates(list(trust))
        found = signatures(data, roots, now=datetime.now(UTC), password=password)
    except MissingDependency as fault:
        return Safeguards(bare.signatures, bare.encrypted, bare.reader, bare.promised, f"not checked: {fault.fix}")
    except ConfigError as fault:
        raise UsageError(fault.what, where=fault.where, why=fault.why, fix=fault.fix, code="CERTIFICATE") from None
    except ValueError as fault:
        return Safeguards(bare.signatures, bare.encrypted, bare.reader, bare.promised, f"cannot be read: {fault}")
    return Safeguards(found, bare.encrypted, bare.reader, bare.promised)


def faults(held: Safeguards, *, asked: bool) -> Iterator[Finding]:
    """Yield what of a file's protection does not hold; `asked` says that it is to be signed by somebody known."""
    for one in held.signatures:
        yield from _of(one)
        name, _, fingerprint = held.promised.rpartition("; sha256:")
        if fingerprint and fingerprint != one.fingerprint:
            what = f"the stamp says that {name} signed it, with another certificate than this signature has"
            yield _finding("stop", "SIGNATURE_OTHER", what)
    if held.unchecked:
        missing = held.unchecked.startswith("not checked")
        yield _finding("warn" if missing else "stop", "SIGNATURE_UNREAD", held.unchecked)
    elif not held.signatures and held.promised:
        name = held.promised.partition(";")[0]
        yield _finding("stop", "SIGNATURE_STRIPPED", f"it was signed by {name}, and the signature was taken out")
    elif not held.signatures and asked:
        yield _finding("stop", "UNSIGNED", "it is not signed, so nothing shows that it is of those you trust")


def _of(one: Signature) -> Iterator[Finding]:
    words = next(told(one))
    if one.state == "unknown":
        more = "; name their certificate with --trust, or under trust of [protection], if you had it from themselves"
        yield _finding("warn", "SIGNER_UNKNOWN", words + more)
    elif one.state == "lapsed":
        yield _finding("warn", "SIGNATURE_LAPSED", f"{words}; no timestamp shows that it was signed before")
    elif one.state in ("changed", "broken"):
        yield _finding("stop", "SIGNATURE_CHANGED" if one.state == "changed" else "SIGNATURE_BROKEN", words)


def _finding(level: Literal["stop", "warn"], code: str, message: str) -> Finding:
    return Finding(level=level, code=code, message=message, where=_WHERE)
