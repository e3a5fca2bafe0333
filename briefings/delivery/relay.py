"""Hands messages to a mail relay, one connection for all, and says of every answer what it means.

The relay's word comes as one of four things: it took the message (`send` returns), it refused this message
(`Refused`), the connection broke (`Lost`), or nothing can be sent at all (`DeliveryError`, `TemporaryError`).
"""

from __future__ import annotations

import base64
import smtplib
import ssl
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from ..channels import Before, Lost, Refused
from ..core.credentials import resolve_secret
from ..core.settings import Smtp
from ..errors import ConfigError, DeliveryError, TemporaryError


class Carrier(Protocol):
    """What the channel of mail hands its messages to: the workspace's relay, or a fake in a test."""

    def __enter__(self) -> Self:
        """Make ready; connects when there is something to send."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye."""
        ...

    def send(self, recipient: str, message: bytes, *, before_data: Before) -> str:
        """Hand over one message and return the relay's answer; raise Refused, Lost or a BriefingsError."""
        ...


class Relay:
    """A connection to the workspace's mail relay, opened at the first message and kept for the next ones.

    TLS certificates are verified against the system's authorities and `ca_file`; the login is sent only
    inside TLS. `password` is the secret itself, resolved by the caller; it is in no message and no `repr`.
    """

    def __init__(self, smtp: Smtp, password: str = "", *, base: Path | None = None) -> None:
        if smtp.username and smtp.tls == "none":
            raise ConfigError(
                "a login would cross the network in the clear",
                where="[smtp] tls",
                why='tls = "none" and a username are both set',
                fix='set tls = "starttls" or "implicit", or leave username empty',
                code="LOGIN_IN_CLEAR",
            )
        self._smtp, self._password = smtp, password
        self._context = None if smtp.tls == "none" else verifying(smtp.ca_file, base)
        self._client: smtplib.SMTP | None = None
        self._used = False

    @classmethod
    def configured(cls, smtp: Smtp, *, base: Path) -> Self:
        """Return the relay of a workspace whose folder is `base`, its secret looked up now.

        Raises ConfigError if the secret is missing, or lies in a file that others may read.
        """
        return cls(smtp, resolve_secret(smtp.password, base=base), base=base)

    @property
    def where(self) -> str:
        """Return the relay as host and port."""
        return f"{self._smtp.host}:{self._smtp.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye, whatever state the connection is in."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
            client.close()

    # ── one message ─────────────────────────────────────────────────────────────────────────────────

    def send(self, recipient: str, message: bytes, *, before_data: Before) -> str:
        """Hand one message to the relay for one recipient; return the relay's answer.

        Raises Refused if the relay says no, Lost if the connection breaks, TemporaryError or DeliveryError
        if no message can be sent now.
        """
        try:
            client = self._addressed(recipient, len(message))
            self._go(before_data)
            code, answer = client.data(message)
        except smtplib.SMTPDataError as fault:  # the relay would not even hear the body
            raise self._refusal(fault.smtp_code, fault.smtp_error) from None
        except (smtplib.SMTPServerDisconnected, OSError) as fault:
            self._drop()
            raise Lost(self._plain(str(fault)) or type(fault).__name__) from None
        if code != 250:
            raise self._refusal(code, answer)
        self._used = True  # from now on a closed connection may just have idled too long
        return f"{code} {self._plain(answer)}"

    def _go(self, before_data: Before) -> None:
        try:
            before_data()
        except BaseException:
            self._drop()  # sender and recipient are announced there; the next message needs a clean start
            raise

    def _addressed(self, recipient: str, size: int) -> smtplib.SMTP:
        """Return a connection on which the relay has agreed to sender and recipient."""
        client = self._client or self._connect()
        self._fits(client, size)
        try:
            self._envelope(client, recipient, size)
        except (smtplib.SMTPServerDisconnected, OSError):
            if not self._used:
                raise
            # relays close a connection that idled or carried its share: open one more, once
            self._drop()
            client = self._connect()
            self._envelope(client, recipient, size)
        return client

    def _envelope(self, client: smtplib.SMTP, recipient: str, size: int) -> None:
        options = [f"size={size}"] if client.has_extn("size") else []
        code, answer = client.mail(self._smtp.sender, options)
        if code != 250:
            raise self._refusal(code, answer, of_sender=code != 552, too_large=code == 552)
        code, answer = client.rcpt(recipient)
        if code not in (250, 251):
            raise self._refusal(code, answer)

    def _fits(self, client: smtplib.SMTP, size: int) -> None:
        limit = client.esmtp_features.get("size", "").strip()
        if limit.isdigit() and 0 < int(limit) < size:
            why = f"the message is {size:,} bytes and the relay takes at most {int(limit):,}"
            raise Refused(f"552 {why}", temporary=False, too_large=True)

    def _refusal(self, code: int, answer: bytes | str, *, of_sender: bool = False, too_large: bool = False) -> Refused:
        if code == 421 or code < 0:  # the relay is closing, or said something that is no answer
            self._drop()
        elif self._client is not None:
            try:
                self._client.rset()
                self._used = True
            except (smtplib.SMTPException, OSError):
                self._drop()
        code = code if code > 0 else 421
        return Refused(
            f"{code} {self._plain(answer)}".strip(),
            temporary=400 <= code < 500,
            of_sender=of_sender,
            too_large=too_large,
        )

    def _drop(self) -> None:
        client, self._client, self._used = self._client, None, False
        if client is not None:
            client.close()

    # ── the connection ──────────────────────────────────────────────────────────────────────────────

    def _connect(self) -> smtplib.SMTP:
        """Return a connection that is greeted, encrypted as configured and logged in."""
        client: smtplib.SMTP | None = None
        try:
            client = self._dial()
            if self._smtp.tls == "starttls":
                client.starttls(context=self._context)
                client.ehlo()
            if self._smtp.username:
                client.login(self._smtp.username, self._password)
        except BaseException as fault:
            if client is not None:
                client.close()
            if isinstance(fault, (smtplib.SMTPException, OSError)):
                raise self._no_connection(fault) from None
            raise
        self._client = client
        return client

    def _dial(self) -> smtplib.SMTP:
        # the sender's domain: asking the resolver for our own name can take seconds and tells it to the relay
        name = self._smtp.sender.rpartition("@")[2]
        host, port, timeout = self._smtp.host, self._smtp.port, self._smtp.timeout
        if self._smtp.tls == "implicit":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, local_hostname=name, timeout=timeout, context=self._context
            )
        else:
            client = smtplib.SMTP(host, port, local_hostname=name, timeout=timeout)
        client.ehlo_or_helo_if_needed()
        return client

    def _no_connection(self, fault: smtplib.SMTPException | OSError) -> DeliveryError | TemporaryError:
        said = self._plain(getattr(fault, "smtp_error", "") or str(fault) or type(fault).__name__)
        code = getattr(fault, "smtp_code", 0)
        if isinstance(fault, smtplib.SMTPAuthenticationError) and code >= 500:
            return DeliveryError(
                "the mail relay refused the login",
                where=self.where,
                why=f"{code} {said}",
                fix="check [smtp] username and the secret its password refers to; every message is still queued",
                code="LOGIN_REFUSED",
            )
        if isinstance(fault, ssl.SSLError) and not isinstance(fault, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            return self._untrusted(fault)
        if isinstance(fault, smtplib.SMTPNotSupportedError):
            return self._unsupported(said)
        if code >= 500 and isinstance(fault, smtplib.SMTPResponseException):
            return DeliveryError(
                "the mail relay turned us away",
                where=self.where,
                why=f"{code} {said}",
                fix="ask the relay's operator to accept this machine; every message is still queued",
                code="RELAY_REFUSED",
            )
        return TemporaryError(
            "the mail relay cannot be reached",
            where=self.where,
            why=f"{code} {said}" if code > 0 else said,
            fix="check [smtp] host and port and that the relay is up, then send again; every message is still queued",
            code="RELAY_DOWN",
        )

    def _untrusted(self, fault: ssl.SSLError) -> DeliveryError:
        why = getattr(fault, "verify_message", "") or fault.reason or str(fault)
        return DeliveryError(
            "the mail relay's TLS certificate or handshake was not accepted; nothing was sent to it",
            where=self.where,
            why=self._plain(why),
            fix="check [smtp] host, port and tls; name a private authority's certificate in [smtp] ca_file",
            code="TLS_UNTRUSTED",
        )

    def _unsupported(self, said: str) -> DeliveryError:
        encrypted = self._smtp.tls != "starttls" or "STARTTLS" not in said
        return DeliveryError(
            "the mail relay offers no way to log in" if encrypted else "the mail relay offers no encryption (STARTTLS)",
            where=self.where,
            why=said,
            fix="leave [smtp] username empty if it needs no login"
            if encrypted
            else 'use the relay\'s TLS port with tls = "implicit"; tls = "none" only on a network you trust wholly',
            code="LOGIN_UNSUPPORTED" if encrypted else "STARTTLS_MISSING",
        )

    def _plain(self, answer: bytes | str) -> str:
        """Return what the relay said as one short line, without the secret should it repeat it."""
        text = answer.decode("utf-8", errors="replace") if isinstance(answer, bytes) else answer
        for secret in self._secrets():
            text = text.replace(secret, "[secret]")
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]

    def _secrets(self) -> tuple[str, ...]:
        if not self._password:
            return ()
        user, password = self._smtp.username, self._password
        plain = (password, f"\0{user}\0{password}")
        return (password, *(base64.b64encode(text.encode()).decode() for text in plain))


def verifying(ca_file: str, base: Path | None = None, *, setting: str = "[smtp]") -> ssl.SSLContext:
    """Return what verifies certificates by the system's authorities and those in a file, a relative one from `base`.

    `setting` is the table that names the file. Raises ConfigError CA_FILE where it cannot be read.
    """
    # smtplib's own default context verifies nothing
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        path = (base or Path.cwd()) / Path(ca_file).expanduser()
        try:
            context.load_verify_locations(cafile=str(path))
        except (OSError, ssl.SSLError) as fault:
            raise ConfigError(
                "the file of certificate authorities cannot be read",
                where=f"{setting} ca_file = {path}",
                why=getattr(fault, "strerror", None) or str(fault),
                fix="name a PEM file that holds the authority's certificate",
                code="CA_FILE",
            ) from None
    return context
