"""Makes what a desk begins with: a key and certificate to sign with, the secret of passwords; and lists passwords."""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ..core import config
from ..core.protections import measures
from ..core.recipients import address_key
from ..core.settings import Workspace
from ..errors import UsageError
from ..layout.export import inert
from ..protecting.protection import password_of
from ..protecting.signing import require_pyhanko
from ..storage.filing import clear_faults
from .audience import list_of

FOLDER = "secrets"
KEY, CERTIFICATE, SEED = "signing.pem", "signing.crt", "passwords.seed"
_BITS = 3072
_SEED_BYTES = 32
_YEARS_MOST = 10


@dataclass(frozen=True)
class Made:
    """What was made: the files, and the settings that name them."""

    key: Path
    certificate: Path
    seed: Path
    fingerprint: str
    settings: str


def new_keys(name: str = "", *, years: int = 3, workspace: Path | Workspace | None = None) -> Made:
    """Make a signing key with a certificate of its own making, and the secret of passwords, into `secrets/`.

    Only their owner can read them. `name` is who signs, by default who prepares briefs. Raises UsageError `EXISTS` and
    touches nothing where any is there already, `YEARS`; MissingDependency `NO_PYHANKO`.
    """
    require_pyhanko()
    space = config.opened(workspace)
    if not 1 <= years <= _YEARS_MOST:
        raise UsageError(f"a certificate is made for 1 to {_YEARS_MOST} years", fix="give --years", code="YEARS")
    folder = space.root / FOLDER
    for one in (KEY, CERTIFICATE, SEED):
        if (folder / one).exists():
            raise UsageError(
                f"{FOLDER}/{one} is there already, and is not written over",
                where=str(folder / one),
                why="copies that were signed or closed with it could not be checked or opened any more",
                fix="move it away if it is no longer used, then run this again",
                code="EXISTS",
            )
    private, public, fingerprint = _certified(name.strip() or space.prepared_by or space.name, years)
    with clear_faults(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        _write(folder / ".gitignore", b"*\n", exist_ok=True)  # a key in a repository is everybody's
        _write(folder / KEY, private + public)
        _write(folder / CERTIFICATE, public, mode=0o644)
        _write(folder / SEED, f"{secrets.token_urlsafe(_SEED_BYTES)}\n".encode())
    settings = (
        "[protection]\n"
        'protect = ["signature"]\n'
        f'key = "file:{FOLDER}/{KEY}"\n'
        f'trust = ["{FOLDER}/{CERTIFICATE}"]\n'
        f'passwords = "file:{FOLDER}/{SEED}"\n'
    )
    return Made(folder / KEY, folder / CERTIFICATE, folder / SEED, fingerprint, settings)


def _certified(name: str, years: int) -> tuple[bytes, bytes, str]:
    """Return a new key, and a certificate by which it says itself whose it is, as PEM, and the SHA-256 of that."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    now = datetime.now(UTC).replace(microsecond=0)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # clocks of readers differ
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    private = key.private_bytes(serialization.Encoding.PEM, *form)
    public = certificate.public_bytes(serialization.Encoding.PEM)
    return private, public, certificate.fingerprint(hashes.SHA256()).hex()


def _write(path: Path, data: bytes, *, mode: int = 0o600, exist_ok: bool = False) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        if exist_ok:
            return
        raise
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)


# ── for the sender ──────────────────────────────────────────────────────────────────────────────────


def write_passwords(file: Path, lists: Sequence[str] = (), *, workspace: Path | Workspace | None = None) -> int:
    """Write the passwords of readers whose copies need one as a CSV that only its owner can read; return how many.

    They are for the sender, to be passed on by another way than the copies. Raises UsageError `UNKNOWN_LIST`, `EXISTS`,
    `NO_PASSWORDS`, and what `protection.password_of` does.
    """
    space = config.opened(workspace)
    chosen = [list_of(space, name) for name in lists] or list(space.lists.values())
    people = {address_key(one): one for each in chosen for one in each.recipients}
    rows = [
        (one.name, one.address, password_of(one, space.protection, space.root))
        for one in people.values()
        if "password" in measures(one, space.lists.values(), space.protection)
    ]
    if not rows:
        raise UsageError(
            "nobody's copies need a password",
            where=str(space.file),
            fix='add protect = ["password"] to [lists.NAME]',
            code="NO_PASSWORDS",
        )
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [("name", "address", "password"), *([*map(inert, row)] for row in rows)]
    )
    with clear_faults(file):
        try:
            _write(file, out.getvalue().encode())
        except FileExistsError:
            raise UsageError(
                "this file is there already, and is not written over",
                where=str(file),
                fix="give another name",
                code="EXISTS",
            ) from None
    return len(rows)
