"""Signs PDFs as PAdES (ETSI EN 319 142-1) through pyHanko: by a desk's key, and with an authority's time if wanted.

The same file, key and instant give the same bytes where the kind of key allows it: RSA and Ed25519 do; ECDSA draws on
chance, and an authority's timestamp is another each time.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.credentials import resolve_bytes, resolve_secret
from ..errors import BriefingsError, ConfigError, MissingDependency, TemporaryError
from ..printing import signature_fields

if TYPE_CHECKING:
    from ..core.protections import Protection

_ROOM, _ROOM_FOR_TIME = 512, 12 << 10
"""Bytes kept beyond what a signature was measured to take, and for a timestamp with its certificates."""
_SECONDS = 20


@dataclass(frozen=True)
class Signatory:
    """Who signs: the key with its certificate, and the authority that says when, if any."""

    name: str
    fingerprint: str
    ends: datetime
    signer: Any
    clock: Any = None

    @property
    def algorithm(self) -> str:
        """Return the digest that goes with the kind of key: Ed25519 asks for its own (RFC 8419)."""
        return "sha512" if self.signer.signing_key.algorithm == "ed25519" else "sha256"

    @cached_property
    def room(self) -> int:
        """Return how many bytes a signature of this one may take."""
        measured = self._sealed(hashlib.new(self.algorithm).digest())
        return len(measured) + _ROOM + (_ROOM_FOR_TIME if self.clock is not None else 0)

    def sign(self, pdf: bytes) -> bytes:
        """Return a bounded PDF with its signature. Raises TemporaryError `TIMESTAMP` where no authority says when."""
        digest = signature_fields.digest(pdf, self.algorithm)
        return signature_fields.filled(pdf, self._sealed(digest, clock=self.clock))

    def _sealed(self, digest: bytes, clock: Any = None) -> bytes:
        from pyhanko.sign.timestamps import TimestampRequestError

        async def sealing() -> bytes:
            made = await self.signer.async_sign(digest, self.algorithm, use_pades=True, timestamper=clock)
            return bytes(made.dump())

        try:
            return asyncio.run(sealing())
        except (TimestampRequestError, OSError, TimeoutError) as fault:
            raise TemporaryError(
                "the authority for timestamps gives none, so nothing was signed",
                where=getattr(clock, "url", None),
                why=str(fault).partition("\n")[0] or type(fault).__name__,
                fix="try again later, or take `timestamps` out of [protection]: signatures then carry no proof of when",
                code="TIMESTAMP",
            ) from None


def signatory(settings: Protection, *, base: Path, at: datetime) -> Signatory:
    """Return who signs by these settings at an instant (aware).

    Raises MissingDependency `NO_PYHANKO`; ConfigError `KEY` for a key that cannot be read, is not that of its
    certificate, or is not in force at that instant; and `SECRET` or `SECRET_EXPOSED` for where it lies.
    """
    require_pyhanko()
    signer = _signer(settings, base)
    about = signer.signing_cert
    begins, ends = about.not_valid_before, about.not_valid_after
    if not begins <= at <= ends:
        raise _unusable(
            f"its certificate is in force from {begins.astimezone(UTC):%Y-%m-%d} to {ends.astimezone(UTC):%Y-%m-%d}",
            "have the certificate renewed; `briefings keys new` makes one for trying out",
        )
    clock = None
    if settings.timestamps:
        from pyhanko.sign.timestamps import HTTPTimeStamper

        clock = HTTPTimeStamper(settings.timestamps, timeout=_SECONDS)
    name = about.subject.native.get("common_name") or about.subject.human_friendly
    return Signatory(str(name), about.sha256_fingerprint.replace(" ", "").lower(), ends, signer, clock)


def _signer(settings: Protection, base: Path) -> Any:
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.signers import SimpleSigner

    data = resolve_bytes(settings.key, base=base)
    password = resolve_secret(settings.key_password, base=base).encode() or None
    others = certificates([base / settings.certificates]) if settings.certificates else []
    try:
        if b"-----BEGIN" not in data:
            return SimpleSigner.load_pkcs12_data(data, others, password)
        held = list(load_certs_from_pemder_data(data)) if b"BEGIN CERTIFICATE" in data else []
        return _of_pem(data, password, [*held, *others])
    except BriefingsError:
        raise
    except Exception:  # of libraries that read keys, each with faults of its own; some repeat what they read
        raise _unusable(
            "it is neither PKCS#12 nor PEM with a key and its certificate, or key_password does not open it",
            "name a .p12 file, or a PEM file with the key and its certificate; the password by key_password",
        ) from None


def _of_pem(data: bytes, password: bytes | None, chain: list[Any]) -> Any:
    from cryptography.hazmat.primitives import serialization
    from cryptography.x509 import load_der_x509_certificate
    from pyhanko.keys import load_private_key_from_pemder_data
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = load_private_key_from_pemder_data(data, passphrase=password)
    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    held = serialization.load_der_private_key(key.dump(), None).public_key().public_bytes(*form)
    own = [one for one in chain if load_der_x509_certificate(one.dump()).public_key().public_bytes(*form) == held]
    if not own:
        raise _unusable("no certificate is that of its key", "put the key and its certificate into one PEM file")
    known: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    known.register_multiple([one for one in chain if one.dump() != own[0].dump()])
    return SimpleSigner(own[0], key, known)


def certificates(files: list[Path]) -> list[Any]:
    """Return every certificate of PEM or DER files. Raises ConfigError `CERTIFICATE` naming the file that has none."""
    require_pyhanko()
    from pyhanko.keys import load_certs_from_pemder_data

    found: list[Any] = []
    for path in files:
        try:
            held = list(load_certs_from_pemder_data(path.expanduser().read_bytes()))
            for one in held:
                _ = one.subject.native  # read late: what is no certificate shows here
        except (OSError, ValueError, TypeError) as fault:
            raise ConfigError(
                "a file of certificates cannot be read",
                where=str(path),
                why=getattr(fault, "strerror", None) or "it holds no certificate",
                fix="name a PEM file under [protection]",
                code="CERTIFICATE",
            ) from None
        found += held
    return found


def _unusable(why: str, fix: str) -> ConfigError:
    return ConfigError("the key that signs cannot be used", where="[protection] key", why=why, fix=fix, code="KEY")


def require_pyhanko() -> None:
    """Raise MissingDependency `NO_PYHANKO` where what signs and checks signatures is not installed."""
    try:
        import pyhanko.sign  # noqa: F401
    except ImportError:
        raise MissingDependency(
            "signing PDFs and checking signatures needs pyHanko", fix="pip install 'briefings[sign]'", code="NO_PYHANKO"
        ) from None
