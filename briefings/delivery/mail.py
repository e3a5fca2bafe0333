"""One message for one recipient, as a pure function of what it says.

The same edition, recipient and instant give the same bytes: Message-ID and MIME boundaries are digests, the
date is given. Nothing a title, name or address may hold can add a header or a recipient (RFC 5322, RFC 2047).
"""

from __future__ import annotations

import re
import unicodedata
from base64 import encodebytes
from datetime import datetime
from email.errors import HeaderParseError, MessageError
from email.header import Header, decode_header
from email.headerregistry import (
    Address,
    BaseHeader,
    HeaderRegistry,
    UniqueSingleAddressHeader,
    UniqueUnstructuredHeader,
)
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, formataddr, getaddresses
from functools import lru_cache
from hashlib import sha256
from typing import cast

from ..core.languages import language
from ..core.recipients import MAIL, Recipient
from ..errors import UsageError
from ..model import Edition, Marking, Noun, digest

_ATOM = r"[A-Za-z0-9!#$%&'*+/=^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>{_LABEL}(?:\.{_LABEL})*)")
_MAILBOX = re.compile(r"(?P<name>[^<>@]*)<(?P<address>[^<>]*)>")
_FORBIDDEN = re.compile(r"[\r\n\0]")
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bqBQ]\?[^?]*\?=")
_BETWEEN_WORDS = re.compile(r"(?<=\?=)\s+(?==\?)")
_LONGEST = 200
STAND_IN = b"stands for the PDF until the whole message is written"
"""What `transmitted` puts the PDF in place of."""


class Summary(Noun):
    """What a message says of the edition attached to it: its heads, and its words as `text` and `html`."""

    series: str
    number: int | None = None
    marking: Marking
    edition_id: str
    pdf_sha256: str
    language: str = "en"
    text: str
    html: str


# ── headers that hold what they should and nothing more ─────────────────────────────────────────────


def refuse_control(text: str, field: str) -> str:
    """Return `text`; raise `UsageError` MAIL_HEADER if it holds a line break or a NUL."""
    if _FORBIDDEN.search(text):
        raise UsageError(
            f"{field} holds a line break or a NUL",
            where=repr(text[:80]),
            why="it would end the mail header and start another",
            fix=f"write {field} on one line",
            code="MAIL_HEADER",
        )
    return text


def header_text(text: str, field: str = "the subject") -> str:
    """Return `text` fit for a header: encoded words decoded, control and invisible characters removed.

    A raw line break or NUL is refused. An encoded one (`=?utf-8?q?=0D=0A?=`) is decoded and removed here,
    because `email` before September 2024 turned it into a new header (gh-121650).
    """
    text = refuse_control(text, field)
    for _ in range(8):
        plain = _without_controls(_decoded(text))
        if plain == text:
            break
        text = plain
    # what is left after eight layers is not a title any more: break the mark so that nothing decodes it
    text = re.sub(r"=(?=\?)", "= ", text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _decoded(text: str) -> str:
    return _ENCODED_WORD.sub(lambda word: _word(word.group()), _BETWEEN_WORDS.sub("", text))


def _word(word: str) -> str:
    try:
        [(data, charset)] = decode_header(word)
    except (HeaderParseError, ValueError):
        return word
    return data if isinstance(data, str) else _charset_decoded(data, charset)


def _charset_decoded(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "ascii", errors="replace")
    except (LookupError, ValueError):
        return data.decode("ascii", errors="replace")


def _without_controls(text: str) -> str:
    # Cc, Cf (bidi overrides, zero width), Cs, Co, Cn and the line and paragraph separators
    kept = (" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())


def one_address(text: str, field: str = "the address") -> str:
    """Return the single address in `text`, its domain in ASCII lower case; raise `UsageError` ADDRESS otherwise.

    `a@b.org, c@d.org`, `Name <a@b.org>`, quoted local parts and comments are all refused: one entry is one
    address and nothing else.
    """
    refuse_control(text, field)
    local, at, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower() if not domain.isascii() else domain.lower()
    except UnicodeError:
        ascii_domain = ""
    address = f"{local}{at}{ascii_domain}"
    if not _ADDRESS.fullmatch(address) or len(local) > 64 or len(address) > 254:
        raise UsageError(
            f"{field} is not one e-mail address",
            where=repr(text[:80]),
            why="one entry is one address: no list, no display name, no quotes, no comment",
            fix="write name@example.org, and give each recipient an entry of its own",
            code="ADDRESS",
        )
    return address


def mailbox(text: str, field: str = "the sender") -> Address:
    """Return `name@example.org` or `Name <name@example.org>` as an address object."""
    match = _MAILBOX.fullmatch(refuse_control(text, field).strip())
    name, address = (match["name"], match["address"]) if match else ("", text)
    return _address(name.strip().strip('"'), address, field)


def _address(name: str, address: str, field: str) -> Address:
    local, _, domain = one_address(address, field).rpartition("@")
    return Address(display_name=header_text(name, f"the name of {field}"), username=local, domain=domain)


class _Subject(UniqueUnstructuredHeader):
    """A subject whose spaces survive: the library's own folding loses those between encoded words (gh-92081)."""

    def fold(self, *, policy: Policy) -> str:
        label, _, rest = str(self).partition(" ")
        header = Header(label, "us-ascii" if label.isascii() else "utf-8", header_name="Subject")
        header.append(rest, "us-ascii" if rest.isascii() else "utf-8")
        return f"Subject: {header.encode(linesep=policy.linesep)}{policy.linesep}"


class _Mailbox(UniqueSingleAddressHeader):
    """One address, its display name encoded as a whole."""

    def fold(self, *, policy: Policy) -> str:
        one = self.address
        name = one.display_name
        shown = formataddr((name, one.addr_spec)) if name.isascii() else f"{_encoded(name, policy)} <{one.addr_spec}>"
        return f"{cast(BaseHeader, self).name}: {shown}{policy.linesep}"


def _encoded(name: str, policy: Policy) -> str:
    return Header(name, "utf-8", header_name="From").encode(linesep=policy.linesep)


def _policy() -> Policy:
    registry = HeaderRegistry()
    for name, kind in (("subject", _Subject), ("to", _Mailbox), ("from", _Mailbox)):
        registry.map_to_type(name, cast(type[BaseHeader], kind))  # the registry mixes BaseHeader in
    return SMTP.clone(header_factory=registry)


# ── what identifies the message ─────────────────────────────────────────────────────────────────────


def pdf_digest(pdf: bytes) -> str:
    """Return the SHA-256 of a PDF as `sha256sum` prints it: what an approval is bound to."""
    return sha256(pdf).hexdigest()


def message_key(pdf_sha256: str, recipient: str, channel: str = MAIL) -> str:
    """Return what makes a delivery one delivery: a digest of the PDF, the recipient and the channel."""
    return digest(pdf_sha256, recipient, channel)[:32]


def message_id(pdf_sha256: str, recipient: str, sender: str, channel: str = MAIL) -> str:
    """Return the Message-ID: the same for every attempt, so a receiver can tell a repeat from a new message."""
    return f"<{message_key(pdf_sha256, recipient, channel)}@{mailbox(sender).domain}>"


def attachment_name(edition: Edition) -> str:
    """Return the file name of the PDF in the message, marking first: `TLP-CLEAR_kivu_2026-01-31_v1.pdf`."""
    brief = re.sub(r"[^A-Za-z0-9]+", "-", edition.series).strip("-") or "brief"
    return f"{edition.marking.replace(':', '-')}_{brief}_{edition.date.isoformat()}_v{edition.version}.pdf"


def subject(edition: Edition, summary: Summary, title: str = "") -> str:
    """Return the subject line: marking, title if any, series, number, date, and the version if not the first."""
    tongue = language(summary.language)
    told = summary.number is not None
    number = tongue.text("No. {number}", number=tongue.numerals(str(summary.number))) if told else ""
    version = tongue.numerals(str(edition.version))
    again = tongue.text("(version {version})", version=version) if edition.version > 1 else ""
    parts = (
        f"[{edition.marking}]",
        header_text(title),
        header_text(summary.series),
        number,
        "—",
        tongue.day(edition.date),
        again,
    )
    return " ".join(part for part in parts if part)


# ── the message ─────────────────────────────────────────────────────────────────────────────────────


def compose(
    edition: Edition,
    pdf: bytes,
    recipient: Recipient,
    sender: str,
    *,
    summary: Summary,
    at: datetime,
) -> EmailMessage:
    """Return the message that carries `pdf` to one recipient, dated `at`.

    The marking stands in the subject, the first line of both bodies and the file name. Raises `UsageError`
    for an address that is not one address, a header with a line break, and a naive `at`; and where
    summary, edition and PDF are not of one piece.
    """
    require_one_piece(edition, pdf, summary, at)
    key = message_id(summary.pdf_sha256, one_address(recipient.address), sender)
    return written(edition, pdf, recipient, sender, summary=summary, at=at, key=key)


def written(
    edition: Edition,
    pdf: bytes,
    recipient: Recipient,
    sender: str,
    *,
    summary: Summary,
    at: datetime,
    key: str,
    title: str = "",
) -> EmailMessage:
    """Return one message under the Message-ID `key`, with a PDF attached unless `pdf` is empty.

    That edition, PDF and summary are of one piece is the caller's to have looked at. `title` stands in the subject
    before all but the marking. Raises UsageError for what cannot be a header or is not one address.
    """
    to = _address(recipient.name, recipient.address, "the recipient")
    message = _headed(subject(edition, summary, title), mailbox(sender), to, at=at, key=key)
    message.set_content(summary.text)
    message.add_alternative(summary.html, subtype="html")
    _require_headers(message, to.addr_spec)  # before the PDF, which need not be encoded twice
    if pdf:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=attachment_name(edition))
    _fix_boundaries(message, key[1:].partition("@")[0])
    return message


def of_words(said: str, text: str, *, to: str, sender: str, at: datetime, key: str) -> EmailMessage:
    """Return a message of words alone, about no edition, under the subject `said` and the Message-ID `key`.

    Raises UsageError for what cannot be a header or is not one address.
    """
    address = _address("", to, "the recipient")
    message = _headed(header_text(said), mailbox(sender), address, at=at, key=key)
    message.set_content(text)
    _require_headers(message, address.addr_spec)
    return message


def _headed(said: str, sender: Address, to: Address, *, at: datetime, key: str) -> EmailMessage:
    """Return a message with its heads and nothing in it."""
    message = EmailMessage(policy=_policy())
    try:
        message["Subject"] = said
        message["From"] = sender
        message["To"] = to
        message["Date"] = format_datetime(at)
        message["Message-ID"] = key
        message["Auto-Submitted"] = "auto-generated"
    except (MessageError, ValueError) as error:
        raise UsageError("a mail header cannot be written", why=str(error), code="MAIL_HEADER") from error
    return message


def transmitted(message: EmailMessage, pdf: bytes) -> bytes:
    """Return a message as it goes over the wire, with `pdf` in place of the stand-in it was written with.

    The library encodes and wraps an attachment anew for each message; here one PDF is encoded once for all recipients.
    """
    data = message.as_bytes()
    if not pdf:
        return data
    head, found, tail = data.rpartition(_in_lines(STAND_IN))  # the last: words before it may be anybody's
    if not found:
        raise ValueError("the message was not written with the stand-in for its PDF")
    return head + _in_lines(pdf) + tail


@lru_cache(maxsize=2)
def _in_lines(data: bytes) -> bytes:
    return encodebytes(data).replace(b"\n", b"\r\n")


def require_one_piece(edition: Edition, pdf: bytes, summary: Summary, at: datetime) -> None:
    """Raise UsageError MAIL_MISMATCH unless edition, PDF and summary speak of the same thing at an exact instant."""
    faults = {
        "the summary is of another edition": summary.edition_id != edition.id,
        "the summary has another marking than the edition": summary.marking != edition.marking,
        "the summary names another PDF": summary.pdf_sha256 != pdf_digest(pdf),
        "its words do not begin with the marking": not _marked(summary),
        "the date of the message has no UTC offset": at.tzinfo is None,
    }
    for fault, found in faults.items():
        if found:
            raise UsageError(f"message not composed: {fault}", where=edition.id, code="MAIL_MISMATCH")


def _marked(summary: Summary) -> bool:
    """Say whether the marking is the first that both bodies show."""
    shown = re.sub(r"<(style|title)\b.*?</\1>|<[^>]*>", "", summary.html, flags=re.DOTALL)
    return all(body.lstrip().startswith(summary.marking) for body in (summary.text, shown))


def _fix_boundaries(message: EmailMessage, key: str) -> None:
    # the library draws boundaries at random; a digest keeps the bytes the same for every attempt
    for index, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{key}_{index}")


def _require_headers(message: EmailMessage, address: str) -> None:
    """Read the header back as a mail server would, and refuse what is not exactly what was meant."""
    head = message.as_bytes().split(b"\r\n\r\n", 1)[0].decode("ascii", errors="replace")
    lines = re.sub(r"\r\n[ \t]+", " ", head).split("\r\n")
    fields = [line.partition(":")[0].lower() for line in lines]
    expected = {"subject", "from", "to", "date", "message-id", "auto-submitted", "mime-version", "content-type"}
    if not message.is_multipart():
        expected.add("content-transfer-encoding")
    recipients = [spec for line in lines if line.lower().startswith("to:") for _, spec in getaddresses([line[3:]])]
    if set(fields) != expected or len(fields) != len(expected) or recipients != [address]:
        raise UsageError(
            "a mail header came out other than it was written",
            where=", ".join(fields),
            why="a title or name in it was read as a header of its own",
            fix="look at the brief's title and the recipient's name in briefings.toml",
            code="MAIL_HEADER",
        )
