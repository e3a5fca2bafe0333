"""One message for one recipient, as a pure function of what it says.

The same edition, recipient and instant give the same bytes: Message-ID and MIME boundaries are digests, the
date is given. Nothing a title, name or address may hold can add a header or a recipient (RFC 5322, RFC 2047).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
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
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, cast

from pydantic import AwareDatetime

from .errors import UsageError
from .model import Edition, Marking, Noun, digest

if TYPE_CHECKING:
    from .config import Recipient

CHANNEL = "email"

SHARING: dict[Marking, str] = {
    "TLP:CLEAR": "May be shared without limit.",
    "TLP:GREEN": "May be shared within your community, not through public channels.",
    "TLP:AMBER": "Need-to-know: within your organisation and its clients only.",
    "TLP:AMBER+STRICT": "Need-to-know: within your organisation only.",
    "TLP:RED": "For you personally. Do not pass on.",
}
"""What each label allows, in a line (TLP 2.0, FIRST): the sender must make sure recipients understand it."""

_COLOURS: dict[Marking, str] = {
    "TLP:CLEAR": "#ffffff",
    "TLP:GREEN": "#33ff00",
    "TLP:AMBER": "#ffc000",
    "TLP:AMBER+STRICT": "#ffc000",
    "TLP:RED": "#ff2b2b",
}
"""Label colours on black, as TLP 2.0 gives them."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>{_LABEL}(?:\.{_LABEL})*)")
_MAILBOX = re.compile(r"(?P<name>[^<>@]*)<(?P<address>[^<>]*)>")
_FORBIDDEN = re.compile(r"[\r\n\0]")
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bqBQ]\?[^?]*\?=")
_BETWEEN_WORDS = re.compile(r"(?<=\?=)\s+(?==\?)")
_LONGEST = 200
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class FigureLine(Noun):
    """One key figure as the message prints it: what was counted, the range, and whose number it is."""

    label: str
    value: str
    claimants: tuple[str, ...] = ()
    status: str = ""


class Summary(Noun):
    """What the body of the message says of the edition attached to it."""

    series: str
    number: int | None = None
    marking: Marking
    bottom_line: str
    figures: tuple[FigureLine, ...] = ()
    edition_id: str
    pdf_sha256: str
    reviewed_by: str
    as_of: AwareDatetime
    supersedes: str = ""


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


def message_key(pdf_sha256: str, recipient: str, channel: str = CHANNEL) -> str:
    """Return what makes a delivery one delivery: a digest of the PDF, the recipient and the channel."""
    return digest(pdf_sha256, recipient, channel)[:32]


def message_id(pdf_sha256: str, recipient: str, sender: str, channel: str = CHANNEL) -> str:
    """Return the Message-ID: the same for every attempt, so a receiver can tell a repeat from a new message."""
    return f"<{message_key(pdf_sha256, recipient, channel)}@{mailbox(sender).domain}>"


def attachment_name(edition: Edition) -> str:
    """Return the file name of the PDF in the message, marking first: `TLP-CLEAR_kivu_2026-01-31_v1.pdf`."""
    brief = re.sub(r"[^A-Za-z0-9]+", "-", edition.brief).strip("-") or "brief"
    return f"{edition.marking.replace(':', '-')}_{brief}_{edition.date.isoformat()}_v{edition.version}.pdf"


def subject(edition: Edition, summary: Summary) -> str:
    """Return the subject line: marking, series, number, date, and the version where it is not the first."""
    number = f"No. {summary.number}" if summary.number is not None else ""
    version = f"(version {edition.version})" if edition.version > 1 else ""
    parts = (f"[{edition.marking}]", header_text(summary.series), number, "—", _day(edition.date), version)
    return " ".join(part for part in parts if part)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _moment(at: datetime) -> str:
    offset = f"{at:%z}"
    return f"{_day(at.date())}, {at:%H:%M} UTC{offset[:3]}:{offset[3:5]}"


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
    to = _address(recipient.name, recipient.address, "the recipient")
    author = mailbox(sender)
    key = message_key(summary.pdf_sha256, to.addr_spec)
    message = EmailMessage(policy=_policy())
    try:
        message["Subject"] = subject(edition, summary)
        message["From"] = author
        message["To"] = to
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{key}@{author.domain}>"
        message["Auto-Submitted"] = "auto-generated"
    except (MessageError, ValueError) as error:
        raise UsageError("a mail header cannot be written", why=str(error), code="MAIL_HEADER") from error
    name = attachment_name(edition)
    message.set_content(body_text(edition, summary, name))
    message.add_alternative(body_html(edition, summary, name), subtype="html")
    _require_headers(message, to.addr_spec)  # before the PDF, which need not be encoded twice
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    _fix_boundaries(message, key)
    return message


def require_one_piece(edition: Edition, pdf: bytes, summary: Summary, at: datetime) -> None:
    """Raise UsageError MAIL_MISMATCH unless edition, PDF and summary speak of the same thing at an exact instant."""
    faults = {
        "the summary is of another edition": summary.edition_id != edition.id,
        "the summary has another marking than the edition": summary.marking != edition.marking,
        "the summary names another PDF": summary.pdf_sha256 != pdf_digest(pdf),
        "the date of the message has no UTC offset": at.tzinfo is None,
    }
    for fault, found in faults.items():
        if found:
            raise UsageError(f"message not composed: {fault}", where=edition.id, code="MAIL_MISMATCH")


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
    recipients = [spec for line in lines if line.lower().startswith("to:") for _, spec in getaddresses([line[3:]])]
    if set(fields) != expected or len(fields) != len(expected) or recipients != [address]:
        raise UsageError(
            "a mail header came out other than it was written",
            where=", ".join(fields),
            why="a title or name in it was read as a header of its own",
            fix="look at the brief's title and the recipient's name in briefings.toml",
            code="MAIL_HEADER",
        )


# ── what the recipient reads ────────────────────────────────────────────────────────────────────────


def _plain(text: str) -> str:
    """Return text of ours or of a source as one line without control characters."""
    return _without_controls(text)


def _figure(line: FigureLine) -> tuple[str, str]:
    whose = "; ".join(_plain(name) for name in line.claimants)
    rest = " · ".join(part for part in (whose, _plain(line.status)) if part)
    return f"{_plain(line.label)}: {_plain(line.value)}", rest


def _colophon(edition: Edition, summary: Summary, name: str) -> tuple[tuple[str, str], ...]:
    rows = (
        ("Attached", name),
        ("Edition", f"{edition.id}, version {edition.version}"),
        ("Replaces", summary.supersedes),
        ("Reviewed by", _plain(summary.reviewed_by)),
        ("SHA-256 of the PDF", summary.pdf_sha256),
    )
    return tuple((label, value) for label, value in rows if value)


def _title(summary: Summary) -> str:
    return header_text(summary.series) + (f", No. {summary.number}" if summary.number is not None else "")


def body_text(edition: Edition, summary: Summary, name: str) -> str:
    """Return the body as plain text; its first line is the marking."""
    lines = [edition.marking, SHARING[edition.marking], ""]
    lines += [_title(summary), f"{_day(edition.date)} · as of {_moment(summary.as_of)}", ""]
    for paragraph in summary.bottom_line.splitlines():
        lines += [_plain(paragraph), ""] if paragraph.strip() else []
    if summary.figures:
        lines += ["Key figures"]
        for what, whose in map(_figure, summary.figures):
            lines += [f"* {what}" + (f" ({whose})" if whose else "")]
        lines += [""]
    lines += [f"{label}: {value}" for label, value in _colophon(edition, summary, name)]
    return "\n".join([*lines, "", edition.marking, ""])


def body_html(edition: Edition, summary: Summary, name: str) -> str:
    """Return the body as HTML, everything escaped, styled inline because mail clients drop style sheets."""
    label = (
        f'<p style="margin:0"><span style="background:#000000;color:{_COLOURS[edition.marking]};'
        f'font-weight:bold;padding:2px 6px">{edition.marking}</span></p>'
    )
    paragraphs = "".join(
        f'<p style="font-size:17px;line-height:1.45;margin:0 0 10px">{escape(_plain(text))}</p>'
        for text in summary.bottom_line.splitlines()
        if text.strip()
    )
    figures = "".join(_figure_row(line) for line in summary.figures)
    table = (
        '<h2 style="font-size:15px;margin:18px 0 6px">Key figures</h2>'
        f'<table role="presentation" style="border-collapse:collapse">{figures}</table>'
    )
    small = "<br>".join(f"{escape(key)}: {escape(value)}" for key, value in _colophon(edition, summary, name))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(subject(edition, summary))}</title></head>"
        '<body style="font-family:Georgia,serif;color:#111111;max-width:640px;margin:16px">'
        f'{label}<p style="color:#555555;font-size:13px;margin:4px 0 14px">{escape(SHARING[edition.marking])}</p>'
        f'<h1 style="font-size:21px;margin:0">{escape(_title(summary))}</h1>'
        f'<p style="color:#555555;margin:2px 0 14px">{_day(edition.date)} · as of {_moment(summary.as_of)}</p>'
        f"{paragraphs}{table if figures else ''}"
        f'<p style="color:#555555;font-size:12px;margin:18px 0 10px;word-break:break-all">{small}</p>{label}'
        "</body></html>\n"
    )


def _figure_row(line: FigureLine) -> str:
    cell = '<td style="padding:4px 14px 4px 0;border-top:1px solid #dddddd;vertical-align:top">'
    whose = "; ".join(_plain(name) for name in line.claimants)
    rest = " · ".join(part for part in (whose, _plain(line.status)) if part)
    return (
        f"<tr>{cell}{escape(_plain(line.label))}</td>"
        f'{cell}<b style="white-space:nowrap">{escape(_plain(line.value))}</b></td>'
        f'{cell}<span style="color:#555555">{escape(rest)}</span></td></tr>'
    )
