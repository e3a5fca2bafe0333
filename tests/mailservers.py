"""Mail servers for tests: aiosmtpd as a process of its own, and a relay that follows a script of faults."""

from __future__ import annotations

import datetime as dt
import ipaddress
import mailbox
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default as modern
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HOST = "127.0.0.1"
DROP, HANG, TAKE_AND_DROP = "DROP", "HANG", "TAKE_AND_DROP"


# ── certificates ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Certificate:
    """Files of a certificate and its key; `authority` is what a client must trust for it."""

    certificate: Path
    key: Path
    authority: Path

    def server_context(self) -> ssl.SSLContext:
        """Return what a server needs to show this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def make_certificate(folder: Path, name: str, *, hosts: tuple[str, ...] = (HOST,), days: int = 30) -> Certificate:
    """Make an authority and a certificate signed by it; `days` below zero makes one that has expired."""
    now = dt.datetime.now(dt.UTC)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} authority")])
    begin, end = now - dt.timedelta(days=90), now + dt.timedelta(days=days)
    authority = (
        x509.CertificateBuilder(
            ca_name, ca_name, ca_key.public_key(), x509.random_serial_number(), begin, now + dt.timedelta(days=90)
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .add_extension(x509.KeyUsage(True, False, False, False, False, True, True, False, False), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = [x509.IPAddress(ipaddress.ip_address(h)) if h[0].isdigit() else x509.DNSName(h) for h in hosts]
    certificate = (
        x509.CertificateBuilder(ca_name, subject, key.public_key(), x509.random_serial_number(), begin, end)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    made = Certificate(folder / f"{name}.pem", folder / f"{name}.key", folder / f"{name}-ca.pem")
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


# ── a real server, as a process ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class MailProcess:
    """A running aiosmtpd that demands STARTTLS and files what it takes in a Maildir."""

    port: int
    folder: Path

    def messages(self) -> list[EmailMessage]:
        """Return every message taken so far."""
        box = mailbox.Maildir(self.folder, create=False)
        return [parse(box.get_bytes(key)) for key in box.keys()]  # noqa: SIM118 - a mailbox iterates over messages


@contextmanager
def mail_process(folder: Path, certificate: Certificate) -> Iterator[MailProcess]:
    """Run aiosmtpd in a process of its own until the block ends."""
    with _served(certificate, "aiosmtpd.handlers.Mailbox", folder) as port:
        yield MailProcess(port, folder)


@contextmanager
def _served(certificate: Certificate, handler: str, place: Path) -> Iterator[int]:
    """Run aiosmtpd with a handler that keeps what it takes at some place; give the port."""
    words = ["--tlscert", str(certificate.certificate), "--tlskey", str(certificate.key), "-c", handler, str(place)]
    process, port = _started(words)
    try:
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _started(words: list[str]) -> tuple[subprocess.Popen[bytes], int]:
    """Start aiosmtpd on a free port, on another where somebody took that before it did; return both."""
    paths = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths}
    for left in (2, 1, 0):
        port = free_port()
        command = [sys.executable, "-W", "ignore", "-m", "aiosmtpd", "-n", "-l", f"{HOST}:{port}", *words]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
        try:
            await_port(port, process)
            return process, port
        except RuntimeError:
            process.kill()
            process.wait()
            if process.stderr is not None:
                process.stderr.close()
            if not left:
                raise
    raise AssertionError("unreachable")


def await_port(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise RuntimeError(f"mail server ended: {process.communicate()[1].decode()}")
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1) as connection:
            if connection.recv(3) == b"220":
                return
        time.sleep(0.05)
    raise RuntimeError("mail server did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def parse(data: bytes) -> EmailMessage:
    from email import message_from_bytes

    return message_from_bytes(data, policy=modern)  # type: ignore[return-value]


@dataclass(frozen=True)
class Letters:
    """A running aiosmtpd that demands STARTTLS and notes of each message its id, its recipient and the connection."""

    port: int
    file: Path

    def identifiers(self) -> list[str]:
        """Return the Message-ID of every message taken so far."""
        return [line.split()[0] for line in self._lines()]

    def connections(self) -> int:
        """Return over how many connections they came."""
        return len({line.split()[2] for line in self._lines()})

    def _lines(self) -> list[str]:
        return self.file.read_text().splitlines() if self.file.exists() else []


class Noting:
    """The side of `Letters` that runs in the server: one line a message, written before it is acknowledged."""

    def __init__(self, file: str) -> None:
        self.file = file

    @classmethod
    def from_cli(cls, parser: object, *words: str) -> Noting:
        """Make one as aiosmtpd does, of the words of its command line."""
        return cls(words[0])

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- the library's name
        """Note the message and take it."""
        identifier = re.search(rb"^Message-ID: (\S+)", envelope.content, re.M | re.I)
        assert identifier
        with open(self.file, "a") as stream:
            stream.write(f"{identifier[1].decode()} {envelope.rcpt_tos[0]} {session.peer[1]}\n")
        return "250 taken"


@contextmanager
def noting_process(file: Path, certificate: Certificate) -> Iterator[Letters]:
    """Run a server that only notes what it takes, in a process of its own, until the block ends."""
    with _served(certificate, "mailservers.Noting", file) as port:
        yield Letters(port, file)


# ── a relay that follows a script ───────────────────────────────────────────────────────────────────

Script = Callable[[str, str], str | None]
"""Given verb and line, returns the answer, DROP, HANG, TAKE_AND_DROP or None for the usual answer.

The verb of the end of the body is `.`, its line the recipient; that of the greeting is `GREETING`.
"""


@dataclass
class ScriptedRelay:
    """A mail relay on a thread, as faulty as its script."""

    script: Script = lambda verb, line: None
    certificate: Certificate | None = None
    implicit: bool = False
    features: tuple[str, ...] = ()
    port: int = 0
    lines: list[str] = field(default_factory=list)
    clear_lines: list[str] = field(default_factory=list)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> ScriptedRelay:
        self._stop = threading.Event()
        self._listener = socket.create_server((HOST, 0))
        self._listener.settimeout(0.1)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *about: object) -> None:
        self._stop.set()
        self._thread.join(10)
        self._listener.close()

    @property
    def recipients(self) -> list[str]:
        """Return whom the relay took messages for, in order."""
        return [recipient for recipient, _ in self.taken]

    def _accept(self) -> None:
        talks = []
        while not self._stop.is_set():
            with suppress(TimeoutError):
                connection, _ = self._listener.accept()
                self.connections += 1
                talks.append(threading.Thread(target=self._talk, args=(connection,), daemon=True))
                talks[-1].start()
        for talk in talks:
            talk.join(5)

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        try:
            with suppress(OSError, _Gone):
                if self.implicit and self.certificate is not None:
                    connection = self.certificate.server_context().wrap_socket(connection, server_side=True)
                self._session(connection)
        finally:
            connection.close()

    def _session(self, connection: socket.socket, *, greeting: bool = True) -> None:
        stream, recipient = connection.makefile("rb"), ""
        if greeting:
            self._say(connection, "GREETING", "", "220 scripted")
        while line := stream.readline():
            text = line.decode("latin-1").strip()
            self.lines.append(text)
            if not isinstance(connection, ssl.SSLSocket):
                self.clear_lines.append(text)
            verb = text.split(" ", 1)[0].upper()
            if verb == "EHLO":
                self._say(connection, verb, text, "\r\n".join(self._features(connection)))
            elif verb == "STARTTLS" and self.certificate is not None:
                self._say(connection, verb, text, "220 go")
                stream.close()
                with self.certificate.server_context().wrap_socket(connection, server_side=True) as safe:
                    self._session(safe, greeting=False)
                return
            elif verb == "RCPT":
                recipient = text.partition("<")[2].partition(">")[0]
                self._say(connection, verb, text, "250 ok")
            elif verb == "DATA":
                if self._say(connection, verb, recipient, "354 go on").startswith("354"):
                    self._body(connection, stream, recipient)
            elif verb == "QUIT":
                self._say(connection, verb, text, "221 bye")
                return
            else:
                self._say(connection, verb, text, "235 ok" if verb == "AUTH" else "250 ok")

    def _body(self, connection: socket.socket, stream: object, recipient: str) -> None:
        body = b""
        for line in stream:  # type: ignore[attr-defined]
            if line == b".\r\n":
                break
            body += line
        answer = self.script(".", recipient)
        if answer is None or answer == TAKE_AND_DROP or answer.startswith("250"):
            self.taken.append((recipient, body))
        if answer == TAKE_AND_DROP:
            raise _Gone
        self._say(connection, ".", recipient, "250 taken", answer)

    def _say(self, connection: socket.socket, verb: str, line: str, usual: str, scripted: str | None = None) -> str:
        answer = scripted or self.script(verb, line) or usual
        if answer == DROP:
            raise _Gone
        if answer == HANG:
            self._stop.wait(20)
            raise _Gone
        connection.sendall(f"{answer}\r\n".encode())
        if answer.startswith("421"):
            raise _Gone
        return answer

    def _features(self, connection: socket.socket) -> list[str]:
        words = ["scripted", *self.features]
        if self.certificate is not None and not isinstance(connection, ssl.SSLSocket):
            words.append("STARTTLS")
        return [f"250-{word}" for word in words] + ["250 8BITMIME"]


class _Gone(Exception):
    """The script hangs up."""
