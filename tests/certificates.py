"""Keys and certificates made for a run of tests, and an authority for timestamps that answers on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

BEGAN, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
Pair = tuple[Any, x509.Certificate]


@cache
def key(kind: str = "rsa", number: int = 0) -> Any:
    """Return a private key, the same for the same kind and number."""
    if kind == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else ed25519.Ed25519PrivateKey.generate()


def certified(
    name: str, *, by: Pair | None = None, kind: str = "rsa", number: int = 0,
    ends: datetime = ENDS, authority: bool = False, clock: bool = False,
) -> Pair:  # fmt: skip
    """Return a key with a certificate for a name: an authority's, a timestamp's, or that of who signs."""
    own = key(kind, number)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer, issuer = (by[0], by[1].subject) if by else (own, subject)
    usage = x509.KeyUsage(
        not authority, not authority and not clock, False, False, False, authority, authority, False, False
    )
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(own.public_key())
        .serial_number(1000 + number).not_valid_before(BEGAN).not_valid_after(ends).add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )  # fmt: skip
    if clock:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return own, made.sign(signer, None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def pem(*certificates: x509.Certificate) -> bytes:
    """Return certificates as PEM."""
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


def private(own: Any, password: str = "") -> bytes:
    """Return a private key as PEM."""
    how = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return bytes(own.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how))


def archive(pair: Pair, password: str, *chain: x509.Certificate) -> bytes:
    """Return a key with its certificates as PKCS#12."""
    how = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(b"desk", *pair, list(chain), how)


def written(path: Path, data: bytes, mode: int = 0o600) -> Path:
    """Write a file that is its owner's alone."""
    path.write_bytes(data)
    path.chmod(mode)
    return path


@contextmanager
def clock(pair: Pair, at: datetime) -> Iterator[str]:
    """Serve timestamps (RFC 3161) that say an instant; yield the address."""
    from asn1crypto import tsp
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.sign.timestamps import DummyTimeStamper

    (own,) = load_certs_from_pemder_data(pem(pair[1]))
    stamper = DummyTimeStamper(own, load_private_key_from_pemder_data(private(pair[0]), None), fixed_dt=at)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def later(days: int) -> datetime:
    """Return an instant so many days after certificates begin."""
    return BEGAN + timedelta(days=days)
