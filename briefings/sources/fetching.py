"""Fetch one address of the open web, and nothing else.

What a source names is not trusted: its host must resolve to global addresses only, the connection goes to the
very address that was checked, every redirect is checked again, and bytes and time are limited.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
import urllib.parse
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from ..errors import SourceError

MAX_BYTES = 5 * 2**20
SECONDS = 30.0
REDIRECTS = 5
PORTS = (None, 80, 443)
"""Ports of the public web; `None` is the scheme's own."""

_TRANSLATED = tuple(
    ipaddress.ip_network(block) for block in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
)
"""IPv6 blocks that carry an IPv4 address inside, which may be private though the whole counts as global."""


@dataclass(frozen=True)
class Fetched:
    """The body of an answer, the address it finally came from, and its declared type."""

    data: bytes
    url: str
    content_type: str


def fetch(url: str, *, allow_private: bool = False, max_bytes: int = MAX_BYTES, seconds: float = SECONDS) -> Fetched:
    """Return what an address answers.

    `allow_private` admits private addresses and any port, for sources inside one's own network. Errors:
    SourceError `FETCH_REFUSED` for an address that must not be fetched, `FETCH_FAILED` for the rest.
    """
    deadline = time.monotonic() + seconds
    place = url
    for _ in range(REDIRECTS + 1):
        answer = _one(place, deadline, allow_private=allow_private, max_bytes=max_bytes, first=url)
        if isinstance(answer, Fetched):
            return answer
        if place.startswith("https:") and not answer.startswith("https:"):
            raise refused(url, "it redirects from https to an address that is not")
        place = answer
    raise _failed(url, f"it redirects more than {REDIRECTS} times")


def refused(url: str, why: str) -> SourceError:
    """Return the error for an address that must not be fetched."""
    return SourceError(
        "the address is not fetched",
        where=url,
        why=why,
        fix="give a public http or https address, or set allow_private = true for a source of your own network",
        code="FETCH_REFUSED",
    )


def _failed(url: str, why: str) -> SourceError:
    return SourceError(
        "the address could not be fetched", where=url, why=why, fix="try again later", code="FETCH_FAILED"
    )


def _one(place: str, deadline: float, *, allow_private: bool, max_bytes: int, first: str) -> Fetched | str:
    """Return the answer of one address, or the address it redirects to."""
    parts = _parts(place, first, allow_private=allow_private)
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _resolve(host, port, first, allow_private=allow_private)
    connection = _connection(parts.scheme, host, address, port, max(0.1, deadline - time.monotonic()))
    expired = threading.Event()
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _stop, (connection, expired))
    timer.daemon = True
    timer.start()
    try:
        with closing(connection):
            return _talk(connection, parts, host, port, max_bytes=max_bytes, expired=expired)
    except SourceError as fault:
        fault.where = first
        raise
    except Exception as fault:
        if expired.is_set() or isinstance(fault, TimeoutError):
            raise _failed(first, "it took too long") from None
        raise _failed(first, f"{type(fault).__name__}: {fault}"[:200]) from None
    finally:
        timer.cancel()


def _parts(place: str, first: str, *, allow_private: bool) -> urllib.parse.SplitResult:
    try:
        parts = urllib.parse.urlsplit(place)
        port = parts.port
    except ValueError as fault:
        raise refused(first, f"it is not an address: {fault}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise refused(first, "only http and https addresses are fetched")
    if parts.username or parts.password:
        raise refused(first, "it holds a user or a password")
    if port not in PORTS and not allow_private:
        raise refused(first, f"port {port} is not one of the web's")
    return parts


def _resolve(host: str, port: int, first: str, *, allow_private: bool) -> str:
    """Return an address of the host. All of its addresses must be fit, so that it does not matter which is tried."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise _failed(first, f"the host {host!r} is not known: {fault}") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private:
        for address in addresses:
            if not is_global(address):
                raise refused(first, f"the host {host!r} lies in a private network ({address})")
    return addresses[0]


def is_global(address: str) -> bool:
    """Say whether an IP address is one of the open internet, whatever way it is written."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_global(str(ip.ipv4_mapped))
        if any(ip in block for block in _TRANSLATED):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def _connection(scheme: str, host: str, address: str, port: int, timeout: float) -> Any:
    """Return a connection to the checked address that still proves itself to be the host."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    if scheme == "http":
        return HTTPConnection(address, port, timeout=timeout)
    return HTTPSConnection(
        address,
        port,
        timeout=timeout,
        server_hostname=host,
        assert_hostname=host,
        ssl_context=ssl.create_default_context(),
    )


def _talk(
    connection: Any,
    parts: urllib.parse.SplitResult,
    host: str,
    port: int,
    *,
    max_bytes: int,
    expired: threading.Event,
) -> Fetched | str:
    target = urllib.parse.urlunsplit(
        ("", "", urllib.parse.quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"), parts.query, "")
    )
    named = f"[{host}]" if ":" in host else host
    headers = {
        "Host": named if port in (80, 443) else f"{named}:{port}",
        "User-Agent": "briefings (feed reader)",
        "Accept": "application/rss+xml, application/atom+xml, application/rdf+xml, text/html;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }
    connection.request("GET", target, headers=headers, preload_content=False, decode_content=True)
    with closing(connection.getresponse()) as response:
        return _body(response, urllib.parse.urlunsplit(parts), max_bytes=max_bytes, expired=expired)


def _body(response: Any, where: str, *, max_bytes: int, expired: threading.Event) -> Fetched | str:
    """Return the whole body of an answer, or the address it redirects to."""
    moved = response.headers.get("Location")
    if response.status in (301, 302, 303, 307, 308) and moved:
        return urllib.parse.urljoin(where, str(moved))
    if response.status != 200:
        raise _failed(where, f"it answers {response.status} {response.reason or ''}".strip())
    body = bytearray()
    while chunk := response.read1(65536, decode_content=True):
        body += chunk
        if len(body) > max_bytes:
            raise _failed(where, f"it is larger than {max_bytes // 2**20} MB")
        if expired.is_set():
            raise TimeoutError
    if expired.is_set():
        raise TimeoutError
    return Fetched(bytes(body), where, response.headers.get("Content-Type", ""))


def _stop(connection: Any, expired: threading.Event) -> None:
    """Break a connection off, wherever it hangs."""
    expired.set()
    sock = getattr(connection, "sock", None)
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
