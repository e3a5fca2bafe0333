"""The message: its marking, its headers, and that nothing in a title or name can change who gets it."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unfiled import edition_of

from briefings.core.recipients import Recipient
from briefings.delivery import mail
from briefings.delivery.mail import Summary, compose, header_text, mailbox, message_id, one_address
from briefings.errors import UsageError
from briefings.model import MARKINGS, Edition, Marking

PDF = b"%PDF-1.7\nnot a real page\r.\r\n.\nMAIL FROM:<evil@example.net>\n"
AT = datetime(2026, 2, 1, 6, 30, tzinfo=UTC)
SENDER = "briefings@example.org"
DESK = Recipient(name="Desk", address="desk@example.org", marking="TLP:RED")


edition = partial(edition_of, PDF, AT)


def summary(of: Edition, **changes: object) -> Summary:
    fields: dict[str, object] = {
        "series": of.title,
        "number": 2,
        "marking": of.marking,
        "edition_id": of.id,
        "pdf_sha256": of.pdf_sha256,
        "text": f"{of.marking}\nOfficials put the dead at ten.\n",
        "html": f"<html><body><p><b>{of.marking}</b></p><h1>Kivu</h1>Officials put the dead at ten.</body></html>",
    }
    return Summary.model_validate(fields | changes)


def composed(of: Edition | None = None, to: Recipient = DESK, sender: str = SENDER, **said: object) -> EmailMessage:
    of = of or edition()
    return compose(of, PDF, to, sender, summary=summary(of, **said), at=AT)


def received(message: EmailMessage) -> EmailMessage:
    return message_from_bytes(message.as_bytes(), policy=modern)  # type: ignore[return-value]


def bodies(message: EmailMessage) -> tuple[str, str]:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


@pytest.mark.parametrize("marking", MARKINGS)
def test_marking_stands_everywhere(marking: Marking) -> None:
    """The marking is in the subject, the first line of both bodies and the file name, as text."""
    message = received(composed(edition(marking=marking)))
    plain, html = bodies(message)
    [attached] = message.iter_attachments()
    assert message["Subject"].startswith(f"[{marking}] ")
    assert plain.splitlines()[0] == marking
    assert html.index(f">{marking}<") < html.index("<h1")
    assert (attached.get_filename() or "").startswith(marking.replace(":", "-") + "_")


def test_a_message_carries_its_words_in_both_forms() -> None:
    """What was written of the edition arrives as it was written; the subject names the issue."""
    message = received(composed())
    for body in bodies(message):
        assert "Officials put the dead at ten." in body
    assert message["Subject"] == "[TLP:CLEAR] Kivu: armed attacks No. 2 — 31 January 2026"


def test_the_subject_is_in_the_language_of_the_brief() -> None:
    """Number and date of a French brief are French; the marking is never translated."""
    found = received(composed(edition(version=2), language="fr"))["Subject"]
    assert found.replace("\u00a0", " ") == "[TLP:CLEAR] Kivu: armed attacks Nº 2 — 31 janvier 2026 (version 2)"


@pytest.mark.parametrize(
    "said",
    [
        {"text": "Officials put the dead at ten.\nTLP:CLEAR\n"},
        {"html": "<p>Officials put the dead at ten.</p><p>TLP:CLEAR</p>"},
        {"html": "<!-- TLP:CLEAR --><title>TLP:CLEAR</title><p>Officials</p>"},
    ],
    ids=["text", "html", "unseen"],
)
def test_s49_words_that_do_not_begin_with_the_marking_are_refused(said: dict[str, str]) -> None:
    """A template that hides or moves the label sends nothing."""
    with pytest.raises(UsageError, match="do not begin with the marking"):
        composed(**said)


def test_the_pdf_arrives_byte_for_byte() -> None:
    """What is attached is the approved file, whatever lines it holds."""
    [attached] = received(composed()).iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == PDF
    assert attached.get_filename() == "TLP-CLEAR_kivu_2026-01-31_v1.pdf"


def test_a_pdf_encoded_once_for_all_is_the_same_message() -> None:
    """What goes over the wire is byte for byte what the library would have written."""
    of = edition()
    said = summary(of, text=f"{of.marking}\n{b64encode(mail.STAND_IN).decode()}\n")  # as if somebody had tried
    written = partial(mail.written, recipient=DESK, sender=SENDER, summary=said, at=AT, key="<k@example.org>")
    for pdf in (PDF, bytes(range(256)) * 300):
        assert mail.transmitted(written(of, mail.STAND_IN), pdf) == written(of, pdf).as_bytes()


def test_same_inputs_same_bytes() -> None:
    """Composing again gives the same message, so an attempt repeated is the same message repeated."""
    assert composed().as_bytes() == composed().as_bytes()
    assert composed()["Message-ID"] == message_id(edition().pdf_sha256, DESK.address, SENDER)


def test_message_id_tells_deliveries_apart() -> None:
    """Another recipient, PDF or channel is another message."""
    ids = {
        message_id("a" * 64, "a@example.org", SENDER),
        message_id("b" * 64, "a@example.org", SENDER),
        message_id("a" * 64, "b@example.org", SENDER),
        message_id("a" * 64, "a@example.org", SENDER, channel="chat"),
    }
    assert len(ids) == 4


def test_a_later_version_says_so() -> None:
    """A second version is told from the first by its subject."""
    assert composed(edition(version=2))["Subject"].endswith("(version 2)")


def test_date_is_the_one_given() -> None:
    """The message carries no clock of its own, and refuses one without an offset."""
    assert received(composed())["Date"].datetime == AT
    one = edition()
    with pytest.raises(UsageError, match="UTC offset"):
        compose(one, PDF, DESK, SENDER, summary=summary(one), at=AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    "said",
    [{"edition_id": "other"}, {"marking": "TLP:RED"}, {"pdf_sha256": "0" * 64}],
    ids=lambda said: next(iter(said)),
)
def test_summary_of_another_brief_is_refused(said: dict[str, object]) -> None:
    """A body never goes out with the PDF of another edition."""
    with pytest.raises(UsageError, match="MAIL_MISMATCH"):
        composed(**said)


INJECTIONS = [
    "=?utf-8?q?Attacks=0D=0ABcc:_evil@example.net?=",
    "=?utf-8?b?QXR0YWNrcw0KQmNjOiBldmlsQGV4YW1wbGUubmV0?=",
    "=?utf-8?q?Attacks=0ABcc:_evil@example.net=0A=0Abody?=",
    "=?utf-8?q?a?= =?utf-8?q?=0D=0ABcc:_evil@example.net?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3D0D=3D0ABcc:_evil@example.net=3F=3D?=",
    "=\u200b?utf-8?q?x=0D=0ABcc:_evil@example.net?\u200b=",
    "=?no-such-charset?q?x=0D=0ABcc:_evil@example.net?=",
    "=?utf-8?b?!!!?= =?utf-8?q?=00=0D=0ABcc:_evil@example.net?=",
    "=?utf-16?b?AAAADQAAAAo=?= Bcc: evil@example.net",
    "Attacks\u2028Bcc: evil@example.net\u2029",
    "Attacks\x85Bcc: evil@example.net\x0b\x0c",
    "\u202eevil\u2066\u200f",
]


def called(name: str) -> Recipient:
    """Return a recipient of that name, also one that no settings would let by."""
    return Recipient(address="desk@example.org").model_copy(update={"name": name})


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize("place", ["series", "name"])
def test_no_title_or_name_adds_a_header(text: str, place: str) -> None:
    """Encoded line breaks (gh-121650) and odd separators end up as words in the header they were put in."""
    plain = composed()
    message = composed(edition(title=text), series=text) if place == "series" else composed(to=called(text))
    again = received(message)
    assert sorted(again.keys()) == sorted(plain.keys())
    assert "Bcc" not in again
    assert [address.addr_spec for address in again["To"].addresses] == ["desk@example.org"]
    assert not set(again["Subject"]) & set("\r\n\0\u202e\u2066\u200f\u2028\u2029")
    assert b"\nBcc" not in message.as_bytes().split(b"\r\n\r\n")[0]


@pytest.mark.parametrize("bad", ["\r", "\n", "\r\n", "\0"])
def test_raw_line_breaks_are_refused(bad: str) -> None:
    """A line break or NUL as such is a fault of the input, and is said to be one."""
    with pytest.raises(UsageError, match="MAIL_HEADER"):
        composed(series=f"Attacks{bad}Bcc: evil@example.net")
    with pytest.raises(UsageError, match="MAIL_HEADER"):
        composed(to=DESK.model_copy(update={"name": f"Desk{bad}Bcc: evil@example.net"}))
    with pytest.raises(UsageError, match="MAIL_HEADER"):
        composed(to=DESK.model_copy(update={"address": f"desk@example.org{bad}"}))
    with pytest.raises(UsageError, match="MAIL_HEADER"):
        composed(sender=f"briefings@example.org{bad}")


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_title_survives_as_it_was_cleaned(text: str) -> None:
    """Whatever the title, it is refused or read back by a mail client exactly as cleaned, spaces included."""
    try:
        clean = header_text(text)
    except UsageError:
        assert set(text) & set("\r\n\0")
        return
    message = composed(edition(title=text), series=text)
    assert received(message)["Subject"] == " ".join(f"[TLP:CLEAR] {clean} No. 2 — 31 January 2026".split())
    assert max(len(line) for line in message.as_bytes().split(b"\r\n\r\n")[0].split(b"\r\n")) <= 998


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_name_leaves_one_recipient(text: str) -> None:
    """A display name is a name, whatever commas, quotes, brackets and addresses it holds."""
    try:
        message = composed(to=called(text))
    except UsageError:
        assert set(text) & set("\r\n\0")
        return
    assert [address.addr_spec for address in received(message)["To"].addresses] == ["desk@example.org"]


@pytest.mark.parametrize(
    "text",
    [
        "a@example.org, evil@example.net",
        "a@example.org; evil@example.net",
        "a@example.org evil@example.net",
        "Name <a@example.org>",
        "<a@example.org>",
        '"a, b"@example.org',
        "a@example.org(evil@example.net)",
        "group: a@example.org, b@example.org;",
        "a@b@example.org",
        "a@",
        "@example.org",
        "a",
        "",
        "a@exa mple.org",
        "a@-example.org",
        "=?utf-8?q?a=40example.org=2C?=b@example.org",
        "a" * 65 + "@example.org",
        "ä@example.org",
        "a@" + "b" * 64 + ".org",
    ],
)
def test_one_entry_is_one_address(text: str) -> None:
    """Lists, groups, names, quotes and comments in an address field are refused."""
    with pytest.raises(UsageError, match="ADDRESS"):
        one_address(text)


def test_addresses_are_written_one_way() -> None:
    """A domain is lower case ASCII; a sender may have a name."""
    assert one_address(" Desk@Example.ORG ") == "Desk@example.org"
    assert one_address("a@bücher.example") == "a@xn--bcher-kva.example"
    assert mailbox("The Desk <desk@example.org>").addr_spec == "desk@example.org"


def test_no_recipient_sees_another() -> None:
    """Thirty recipients get thirty messages, and none holds another's name or address."""
    people = [Recipient(name=f"Person{n:02}x", address=f"p{n:02}x@example.org") for n in range(30)]
    for one in people:
        data = composed(to=one).as_bytes()
        assert one.address.encode() in data
        assert not [other for other in people if other is not one and other.address.encode() in data]
