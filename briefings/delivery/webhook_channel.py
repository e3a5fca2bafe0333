"""The channel of webhooks: an edition as JSON to an address of others, signed so that they can tell who sent it.

Headers and signature are those of Standard Webhooks 1.0 (standardwebhooks.com), for which there are libraries in most
languages: `webhook-id`, `webhook-timestamp`, and `webhook-signature`, which is `v1,` and the Base64 of the HMAC-SHA256
of `id.timestamp.body` under the shared secret.
"""

from __future__ import annotations

import base64
import hmac
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..channels import Before, Lost, Parcel, Refused, Unopened
from ..core.credentials import resolve_secret
from ..core.outlets import ChannelSpec, a_reference_like, refuse_in_the_clear
from ..core.redaction import redacted
from ..errors import ConfigError, DeliveryError, TemporaryError
from .folder_channel import about, earlier
from .relay import verifying

_WHOLE_SECRET = "whsec_"  # noqa: S105 -- what stands before a secret that is Base64
_LATER = frozenset({408, 425, 429})
_UNWELCOME = frozenset({401, 403, 404, 405, 410})
_KINDS = {"": "edition.released", "superseded": "edition.superseded", "withdrawn": "edition.withdrawn"}
_LEAST = 16
"""Bytes a secret must have: a shorter one could be guessed."""


class Webhook(Unopened):
    """Posts each edition to one address. Redirects are not followed, and certificates are verified."""

    repeatable = False

    def __init__(self, spec: ChannelSpec, base: Path) -> None:
        self.name, self._seconds = spec.id, spec.seconds
        self._url = urlsplit(_address(spec, base))
        self._secret = _key(spec, base)
        self._context = verifying(spec.ca_file, base, setting=f"[channels.{spec.id}]")

    def send(self, parcel: Parcel, *, before_data: Before) -> str:
        """Post one edition, return the answer. Raises Refused and Lost for it, TemporaryError where nobody is there."""
        body = payload(parcel)
        connection = self._connected()
        with closing(connection):
            before_data()
            headers = signed(body, identifier(parcel.key), int(time.time()), self._secret)
            with _no_longer_than(self._seconds, connection.sock):
                response = self._answered(connection, body, headers)
            return _judged(response.status, response.reason or "", response.headers.get("Retry-After", ""))

    def _answered(self, connection: Any, body: bytes, headers: dict[str, str]) -> Any:
        """Write a request and return the head of its answer, which may come before all is written.

        Raises Refused, to be tried again, where the receiver cannot have the whole request; Lost where it may.
        """
        target = self._url.path or "/"
        unwritten: Exception | None = None
        try:
            whole = f"{target}?{self._url.query}" if self._url.query else target
            connection.request("POST", whole, body=body, headers=headers, preload_content=False)
        except Exception as fault:
            unwritten = fault
        try:
            return connection.getresponse()
        except Exception as fault:
            if unwritten is not None:
                raise Refused(f"it took only a part of the message ({_words(unwritten)})", temporary=True) from None
            raise Lost(_words(fault)) from None

    def _connected(self) -> Any:
        from urllib3.connection import HTTPConnection, HTTPSConnection

        host, port = str(self._url.hostname), self._url.port
        if self._url.scheme == "https":
            connection: Any = HTTPSConnection(host, port, timeout=self._seconds, ssl_context=self._context)
        else:
            connection = HTTPConnection(host, port, timeout=self._seconds)
        try:
            connection.connect()
        except ssl.SSLError as fault:
            raise self._untrusted(fault) from None
        except Exception as fault:
            raise TemporaryError(
                f"the channel {self.name!r} cannot be reached",
                where=host,
                why=f"{type(fault).__name__}: {fault}"[:200],
                fix="look whether the receiver is up, then send again; every message is still queued",
                code="CHANNEL_DOWN",
            ) from None
        return connection

    def _untrusted(self, fault: ssl.SSLError) -> DeliveryError:
        return DeliveryError(
            f"the certificate of the receiver of {self.name!r} was not accepted; nothing was sent to it",
            where=str(self._url.hostname),
            why=getattr(fault, "verify_message", "") or fault.reason or str(fault),
            fix=f"check [channels.{self.name}] url; name a private authority's certificate in its ca_file",
            code="TLS_UNTRUSTED",
        )


@contextmanager
def _no_longer_than(seconds: float, connection: socket.socket) -> Iterator[None]:
    """Hang up once so many seconds have passed in all: the limit of a socket is for each piece that arrives."""

    def hang_up() -> None:
        with suppress(OSError):  # it may be closed already
            connection.shutdown(socket.SHUT_RDWR)

    limit = threading.Timer(seconds, hang_up)
    limit.daemon = True
    limit.start()
    try:
        yield
    finally:
        limit.cancel()


def _words(fault: Exception) -> str:
    return f"{type(fault).__name__}: {redacted(str(fault))}"[:200]


# ── what is sent ────────────────────────────────────────────────────────────────────────────────────


def payload(parcel: Parcel) -> bytes:
    """Return the body: what edition it is, its words, and its PDF as Base64 where the recipient gets that."""
    data = about(parcel) | {
        "replaces": [] if parcel.notice else earlier(parcel.edition),
        "subject": parcel.subject,
        "text": parcel.summary.text,
        "pdf": base64.b64encode(parcel.pdf).decode() if parcel.pdf else "",
    }
    whole = {"type": _KINDS[parcel.notice], "timestamp": parcel.at.isoformat(), "data": data}
    return json.dumps(whole, ensure_ascii=False).encode()


def identifier(key: str) -> str:
    """Return the `webhook-id` of a message: the same at every attempt, so that a receiver can tell a repeat."""
    return f"msg_{key.strip('<>').partition('@')[0]}"


def signed(body: bytes, message: str, at: int, secret: bytes) -> dict[str, str]:
    """Return the headers of a request: whose body it is, when it was signed (seconds since 1970), and the signature."""
    mark = hmac.new(secret, f"{message}.{at}.".encode() + body, sha256).digest()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "briefings (webhook)",
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
    }


# ── what came back ──────────────────────────────────────────────────────────────────────────────────


def _judged(status: int, reason: str, later: str) -> str:
    """Return the answer as text if the message was taken; raise Refused as it asks if not."""
    told = " ".join(redacted(f"{status} {reason}").split())[:200]
    if 200 <= status < 300:
        return told
    if status in _LATER or status >= 500:
        raise Refused(told, temporary=True, wait=_wait(later))
    if 300 <= status < 400:
        raise Refused(f"{told}: it redirects elsewhere, which is not followed", temporary=False, of_sender=True)
    raise Refused(told, temporary=False, of_sender=status in _UNWELCOME)


def _wait(later: str) -> timedelta:
    """Return how long Retry-After asks to be left in peace: a number of seconds, or an instant (RFC 9110, 10.2.3)."""
    if later.strip().isdigit():
        return timedelta(seconds=min(int(later), 86_400))
    with suppress(ValueError, TypeError):
        at = parsedate_to_datetime(later)
        return max(timedelta(0), (at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC))
    return timedelta(0)


# ── settings ────────────────────────────────────────────────────────────────────────────────────────


def _address(spec: ChannelSpec, base: Path) -> str:
    """Return where to post, looked up where it is kept elsewhere. Raises ConfigError WEBHOOK_ADDRESS."""
    if not a_reference_like(spec.url):
        return spec.url
    url = resolve_secret(spec.url, base=base)
    try:
        refuse_in_the_clear(url)
    except ValueError as fault:
        raise ConfigError(
            f"the address of the webhook {spec.id!r} cannot be used",
            where=f"[channels.{spec.id}] url = {spec.url}",
            why=str(fault),
            fix="keep an https address there, without user or password",
            code="WEBHOOK_ADDRESS",
        ) from None
    return url


def _key(spec: ChannelSpec, base: Path) -> bytes:
    """Return the secret as bytes: what stands after `whsec_` is Base64, all else is taken as it is."""
    text = resolve_secret(spec.secret, base=base)
    key = text.encode()
    if text.startswith(_WHOLE_SECRET):
        with suppress(ValueError):
            key = base64.b64decode(text.removeprefix(_WHOLE_SECRET), validate=True)
    if len(key) < _LEAST:
        raise ConfigError(
            f"the secret of the webhook {spec.id!r} is shorter than {_LEAST} bytes",
            where=f"[channels.{spec.id}] secret = {spec.secret}",
            why="whoever guesses it can send in this desk's name",
            fix="make one with: openssl rand -base64 32",
            code="WEBHOOK_SECRET",
        )
    return key
