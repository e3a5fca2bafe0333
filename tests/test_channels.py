"""Channels besides mail: each takes what it is cleared for, once, and says of every fault what it means."""

from __future__ import annotations

import base64
import dataclasses
import hmac
import json
import re
import socket
import stat
import struct
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from importlib.metadata import EntryPoint
from pathlib import Path
from random import Random
from typing import Any

import feedparser
import fsspec
import pytest
from mailservers import HOST, Certificate, free_port, make_certificate
from receivers import Receiver
from unfiled import edition_of

from briefings.channels import Channel, Notice, Parcel, Refused
from briefings.core import folders
from briefings.core.config import load
from briefings.core.languages import language
from briefings.core.outlets import ChannelSpec
from briefings.core.recipients import Recipient
from briefings.delivery import (
    archive_pages,
    channel_kinds,
    chat_channel,
    deliver,
    mail_channel,
    sending,
    webhook_channel,
)
from briefings.delivery.mail import Summary
from briefings.errors import ConfigError, DeliveryError, PolicyError, TemporaryError
from briefings.making.scaffold import new_workspace
from briefings.model import Approval, Edition, Marking
from briefings.protecting.protection import Copy
from briefings.release import composing
from briefings.storage import outbox
from briefings.storage.store import Store
from briefings.upkeep import delivery_checks

PDF = b"%PDF-1.7\nfor a test\n"
AT = datetime(2026, 2, 1, 6, 0, tzinfo=UTC)
SECRET = "correct-horse-battery-staple"
BASE = "https://briefs.example.org/"


def pdf_of(edition_id: str) -> bytes:
    """Return bytes of an edition's own, as each has."""
    return PDF + edition_id.encode()


def edition(**changes: Any) -> Edition:
    identifier = changes.get("id", "kivu-2026-01-31-1")
    return edition_of(pdf_of(identifier), AT, **{"id": identifier, **changes})


# ── the scene ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        yield opened


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK_SECRET", SECRET)


def released(store: Store, **changes: Any) -> Edition:
    """Put an approved edition into the store."""
    of = edition(**changes)
    store.add_edition(of, at=AT)
    store.add_approval(Approval(edition_id=of.id, pdf_sha256=of.pdf_sha256, by="A. Reader", at=AT))
    return of


def said(of: Edition, words: str = "Officials put the dead at ten.") -> Summary:
    return Summary(
        series=of.title,
        number=2,
        marking=of.marking,
        edition_id=of.id,
        pdf_sha256=of.pdf_sha256,
        text=f"{of.marking}\n\n{words}\n",
        html=f"<html><body><p>{of.marking}</p><p>{words}</p></body></html>",
    )


def job(of: Edition, **more: Any) -> deliver.Job:
    return deliver.Job(of, pdf_of(of.id), said(of), "briefings@example.org", **more)


def spec(kind: str, **fields: Any) -> ChannelSpec:
    return ChannelSpec.model_validate({"id": "out", "kind": kind, **fields})


def reader(**fields: Any) -> Recipient:
    return Recipient.model_validate({"channel": "out", **fields})


def sent(
    store: Store,
    of: deliver.Job,
    settings: ChannelSpec,
    base: Path,
    to: Sequence[Recipient] = (reader(),),
    *,
    at: datetime = AT,
    channel: Channel | None = None,
) -> list[str]:
    """Send over the channel with those settings; return what became of each message of the edition."""
    channels = {settings.id: settings}
    deliver.enqueue(store, of, to, at=at, channels=channels)
    how = sending.Pass(lambda: at, Random(1), channels=channels)
    with_ = channel or channel_kinds.opened(settings, base)
    return [one.state for one in sending.send(store, of, to, with_, how)]


# ── what a channel is cleared for ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("channel", "who", "why"),
    [
        ({"marking": "TLP:GREEN"}, {"marking": "TLP:RED"}, "the channel out is cleared only up to TLP:GREEN"),
        ({"marking": "TLP:AMBER"}, {"marking": "TLP:GREEN"}, "cleared only up to TLP:GREEN"),
        ({"marking": "TLP:AMBER", "public": True}, {"marking": "TLP:AMBER"}, "can be read by anybody"),
    ],
)
def test_s47_a_channel_is_held_to_its_clearance_at_queueing_and_at_sending(
    store: Store, tmp_path: Path, channel: dict[str, Any], who: dict[str, Any], why: str
) -> None:
    """Channel and recipient must both be cleared, and what anybody can read takes nothing but TLP:CLEAR."""
    of = released(store, marking="TLP:AMBER")
    wide = spec("folder", path="out", marking="TLP:AMBER")
    narrow = spec("folder", path="out", **channel)
    with pytest.raises(PolicyError, match=why):
        sent(store, job(of), narrow, tmp_path, [reader(**who)])
    assert outbox.rows(store) == ()
    deliver.enqueue(store, job(of), [reader(marking="TLP:AMBER")], at=AT, channels={"out": wide})
    how = sending.Pass(lambda: AT, Random(1), channels={"out": narrow})
    with pytest.raises(PolicyError, match=why):
        sending.send(store, job(of), [reader(**who)], channel_kinds.opened(narrow, tmp_path), how)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("marking", "smtp", "site", "base"),
    [
        ("TLP:CLEAR", "TLP:CLEAR", "TLP:CLEAR", "https://mail.example.org/"),
        ("TLP:AMBER", "TLP:AMBER", "TLP:CLEAR", "https://mail.example.org/"),
        ("TLP:AMBER", "TLP:GREEN", "TLP:AMBER", "https://site.example.org/"),
        ("TLP:AMBER", "TLP:GREEN", "TLP:CLEAR", ""),
    ],
)
def test_no_link_leads_where_what_is_marked_so_may_not_be_read(
    tmp_path: Path, marking: Marking, smtp: Marking, site: Marking, base: str
) -> None:
    """Each address below which editions can be read has a marking of its own, and the reason is told where none is."""
    (tmp_path / "briefings.toml").write_text(
        '[smtp]\nhost = "h.example.org"\nsender = "d@example.org"\nlink_base = "https://mail.example.org"\n'
        f'link_marking = "{smtp}"\n[channels.site]\nkind = "archive"\npath = "site"\npublic = false\n'
        f'link_base = "https://site.example.org"\nmarking = "{site}"\n'
    )
    to = [Recipient(channel="site", address="site", marking=marking)]
    link, why = composing.link_to(load(tmp_path), edition(marking=marking), to)
    assert link == (f"{base}kivu-2026-01-31-1/TLP-{marking[4:]}_kivu_2026-01-31_v1.pdf" if base else "")
    assert why == ("" if base else "it is TLP:AMBER, and link_base of [smtp] is for TLP:GREEN at most (link_marking)")


def test_a_message_that_is_too_large_says_why_it_does_not_go_as_a_link(tmp_path: Path) -> None:
    """Neither the PDF nor a link that others could follow goes out, and a wish for a link fails, too."""
    reason = "it is TLP:AMBER, and link_base of [smtp] is for TLP:CLEAR at most (link_marking)"
    barred = job(edition(marking="TLP:AMBER"), unlinked=reason)
    reader = Recipient(address="amal@example.org")
    with pytest.raises(Refused, match=r"allows 0\.00; it is TLP:AMBER, and link_base"):
        mail_channel.fitting(barred.parcel(reader, key="<1@example.org>", at=AT), "d@example.org", 1)
    with pytest.raises(ConfigError, match=r"NO_LINK(.|\n)*why: it is TLP:AMBER"):
        barred.parcel(reader.model_copy(update={"format": "link"}), key="<1@example.org>", at=AT)


def test_s47_red_goes_to_no_channel_but_a_named_persons(store: Store, tmp_path: Path) -> None:
    """TLP:RED needs a channel cleared for it, and a recipient who is one named person."""
    of = released(store, marking="TLP:RED")
    settings = spec("fake", path="out", marking="TLP:RED")
    with pytest.raises(PolicyError, match="named individuals only"):
        sent(store, job(of), settings, tmp_path, [reader(marking="TLP:RED")])
    person = reader(name="A. Reader", marking="TLP:RED", individual=True)
    assert sent(store, job(of), settings, tmp_path, [person]) == ["sent"]


@pytest.mark.parametrize("kind", ["chat", "archive"])
def test_s47_red_goes_to_nothing_that_several_read(store: Store, kind: str) -> None:
    """A chat or an archive is no person, whatever the list says of its recipient and however it is cleared."""
    of = released(store, marking="TLP:RED")
    where = {"chat": {"url": "env:CHAT"}, "archive": {"path": "site", "link_base": "https://example.org/"}}[kind]
    settings = spec(kind, marking="TLP:RED", public=False, **where)
    person = reader(name="A. Reader", marking="TLP:RED", individual=True)
    with pytest.raises(PolicyError, match="several read the channel out"):
        deliver.enqueue(store, job(of), [person], at=AT, channels={"out": settings})
    assert outbox.rows(store) == ()


def test_a_channel_never_sees_a_recipient_of_another(store: Store, tmp_path: Path) -> None:
    """A pass over one channel leaves the messages of the others where they are."""
    of, settings = released(store), spec("fake", path="out")
    to = [reader(), Recipient(address="a@example.org")]
    assert sent(store, job(of), settings, tmp_path, to) == ["sent", "queued"]


# ── folders and buckets ─────────────────────────────────────────────────────────────────────────────


def test_a_folder_gets_the_pdf_and_what_it_is(store: Store, tmp_path: Path) -> None:
    """The edition lies in a folder of its own with its words; its marking is in the file's name, no recipient is."""
    of = released(store)
    to = [reader(name="A. Reader"), reader(address="desk/north", name="B. Reader")]
    assert sent(store, job(of), spec("folder", path="out"), tmp_path, to) == ["sent", "sent"]
    place = tmp_path / "out" / of.id
    assert (place / "TLP-CLEAR_kivu_2026-01-31_v1.pdf").read_bytes() == pdf_of(of.id)
    assert (tmp_path / "out" / "desk" / "north" / of.id / "edition.json").is_file()
    assert json.loads((place / "edition.json").read_text())["sha256"] == of.pdf_sha256
    assert not [path for path in place.iterdir() if b"Reader" in path.read_bytes()]


def notice_of(of: Edition, kind: Notice, marked: bytes = b"") -> deliver.Job:
    return deliver.Job(of, b"", said(of, "No more."), "briefings@example.org", notice=kind, marked=marked)


@pytest.mark.parametrize("root", ["out", "memory://withdrawing/briefs"])
def test_a_folder_keeps_no_unmarked_pdf_of_what_was_withdrawn(store: Store, tmp_path: Path, root: str) -> None:
    """The marked print takes its place under the same name, so that whoever follows a link to it sees the mark."""
    of, settings = released(store), spec("folder", path=root)
    assert sent(store, job(of), settings, tmp_path) == ["sent"]
    assert sent(store, notice_of(of, "withdrawn", b"%PDF withdrawn"), settings, tmp_path) == ["sent", "sent"]
    place = folders.folder(root, tmp_path, setting="channels.out.path") / of.id
    assert (place / "TLP-CLEAR_kivu_2026-01-31_v1.pdf").read_bytes() == b"%PDF withdrawn"
    assert "No more." in (place / "TLP-CLEAR_kivu_2026-01-31_v1_WITHDRAWN.txt").read_text()
    assert "No more." in (place / "TLP-CLEAR_kivu_2026-01-31_v1.txt").read_text()  # nor its words
    about = json.loads((place / "edition.json").read_text())
    assert (about["status"], about["released_sha256"]) == ("withdrawn", of.pdf_sha256)
    assert about["sha256"] == sha256(b"%PDF withdrawn").hexdigest()
    assert "withdrawn took the place" in deliver.receipts(store)[-1].detail


def test_no_open_print_takes_the_place_of_a_protected_copy(store: Store, tmp_path: Path) -> None:
    """Of a copy that needs a password only the text and the status say that it was withdrawn."""
    of, settings = released(store), spec("folder", path="out")
    closed = job(of, own_copy=lambda reader, at: Copy(b"%PDF closed", frozenset({"password"})))
    sent(store, closed, settings, tmp_path)
    sent(store, notice_of(of, "withdrawn", b"%PDF withdrawn"), settings, tmp_path)
    place = tmp_path / "out" / of.id
    assert (place / "TLP-CLEAR_kivu_2026-01-31_v1.pdf").read_bytes() == b"%PDF closed"
    assert json.loads((place / "edition.json").read_text())["status"] == "withdrawn"


def test_what_was_withdrawn_gives_way_to_its_mark_though_it_was_signed(store: Store, tmp_path: Path) -> None:
    """A signature hides nothing: the print that says it is withdrawn stands there, and is not said to be signed."""
    of, settings = released(store), spec("folder", path="out")
    sent(store, job(of, own_copy=lambda reader, at: Copy(b"%PDF signed", frozenset({"signature"}))), settings, tmp_path)
    sent(store, notice_of(of, "withdrawn", b"%PDF withdrawn"), settings, tmp_path)
    place = tmp_path / "out" / of.id
    assert (place / "TLP-CLEAR_kivu_2026-01-31_v1.pdf").read_bytes() == b"%PDF withdrawn"
    assert json.loads((place / "edition.json").read_text())["protected"] == []


def test_a_folder_says_of_each_version_which_has_taken_its_place(store: Store, tmp_path: Path) -> None:
    """The earlier names the later, and the later those before it."""
    settings = spec("folder", path="out")
    for version in (1, 2, 3):
        of = released(store, id=f"kivu-2026-01-31-{version}", version=version)
        sent(store, job(of), settings, tmp_path)
    told = [json.loads((tmp_path / "out" / f"kivu-2026-01-31-{n}" / "edition.json").read_text()) for n in (1, 2, 3)]
    assert [one.get("replaced_by", "") for one in told] == ["kivu-2026-01-31-2", "kivu-2026-01-31-3", ""]
    assert [one["status"] for one in told] == ["superseded", "superseded", ""]
    beside = [path.read_text() for path in sorted((tmp_path / "out").glob("*/*_SUPERSEDED.txt"))]
    assert beside == [f"TLP:CLEAR\nSuperseded by a later version.\nkivu-2026-01-31-{n}\n" for n in (2, 3)]
    assert [one["replaces"] for one in told] == [[], ["kivu-2026-01-31-1"], ["kivu-2026-01-31-1", "kivu-2026-01-31-2"]]


def test_a_bucket_gets_the_same(store: Store, tmp_path: Path) -> None:
    """What fsspec reaches is written to as a folder is."""
    of = released(store)
    assert sent(store, job(of), spec("folder", path="memory://bucket/briefs"), tmp_path) == ["sent"]
    held = fsspec.filesystem("memory")
    assert held.cat(f"/bucket/briefs/{of.id}/TLP-CLEAR_kivu_2026-01-31_v1.pdf") == pdf_of(of.id)


def test_an_address_is_found_again_in_any_script_and_case(store: Store, tmp_path: Path) -> None:
    """What a database takes for two letters and Python for one keeps nobody from theirs, and nobody gets two."""
    of, settings = released(store), spec("fake", path="out")
    to = [reader(address="BUREAU ÉST"), reader(address="Straße"), reader(address="İzmir")]
    assert sent(store, job(of), settings, tmp_path, to) == ["sent"] * 3
    again = [reader(address="bureau ést"), reader(address="STRASSE")]
    assert sent(store, job(of), settings, tmp_path, again) == ["sent"] * 3
    assert len((tmp_path / "out" / "outgoing.jsonl").read_text().splitlines()) == 3


@pytest.mark.parametrize("address", ["../elsewhere", "/etc", "a/../../b", "a//b", ".hidden", "a\\b"])
def test_an_address_leads_out_of_no_folder(store: Store, tmp_path: Path, address: str) -> None:
    """A recipient's folder lies below that of the channel, or nothing is written."""
    of = released(store)
    stray = reader().model_copy(update={"address": address})  # some of these no settings would let by
    assert sent(store, job(of), spec("folder", path="in/out"), tmp_path, [stray]) == ["failed"]
    assert not (tmp_path / "in").exists()


def test_a_folder_that_cannot_be_written_is_tried_again(store: Store, tmp_path: Path) -> None:
    """A full or forbidden disk puts the message off; once it can be written, it is."""
    of, blocked = released(store), tmp_path / "out"
    blocked.write_text("in the way")
    assert sent(store, job(of), spec("folder", path="out"), tmp_path) == ["deferred"]
    blocked.unlink()
    assert sent(store, job(of), spec("folder", path="out"), tmp_path, at=AT + timedelta(hours=1)) == ["sent"]


def test_a_folder_left_half_written_is_written_again(store: Store, tmp_path: Path) -> None:
    """A process that died while it wrote leaves no doubt: writing the same once more changes nothing."""
    of, settings = released(store), spec("folder", path="out")
    deliver.enqueue(store, job(of), [reader()], at=AT, channels={"out": settings})
    row = outbox.claim(store, job(of).sha256, ["out"], channel="out", owner="dead", at=AT)
    assert row is not None
    outbox.advance(store, outbox.advance(store, row, "connecting", at=AT), "data_started", at=AT)
    assert sent(store, job(of), settings, tmp_path) == ["sending"]
    assert sent(store, job(of), settings, tmp_path, at=AT + outbox.LEASE) == ["sent"]


# ── a fake ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_fake_writes_down_what_it_was_handed(store: Store, tmp_path: Path) -> None:
    """One line a message, in a file that is its owner's alone."""
    of = released(store)
    to = [reader(address="a", format="body"), reader(address="b")]
    assert sent(store, job(of), spec("fake", path="out"), tmp_path, to) == ["sent", "sent"]
    written = tmp_path / "out" / "outgoing.jsonl"
    first, second = (json.loads(line) for line in written.read_text().splitlines())
    assert (first["address"], first["bytes"], second["address"], second["bytes"]) == ("a", 0, "b", len(pdf_of(of.id)))
    assert first["text"].startswith("TLP:CLEAR")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


# ── webhooks ────────────────────────────────────────────────────────────────────────────────────────


def hook(port: int, **fields: Any) -> ChannelSpec:
    return spec("webhook", url=f"http://{HOST}:{port}/in?team=1", secret="env:HOOK_SECRET", **fields)


def checked(headers: dict[str, str], body: bytes, secret: bytes) -> bool:
    """Say whether a request is from whoever has the secret, the way the manual tells receivers to look."""
    whole = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(secret, whole, sha256).digest()).decode()
    return any(hmac.compare_digest(one, f"v1,{expected}") for one in headers["webhook-signature"].split(" "))


def test_a_webhook_is_signed(store: Store, tmp_path: Path) -> None:
    """The receiver can tell who sent it and when, and a byte changed on the way shows."""
    of = released(store)
    with Receiver() as receiver:
        assert sent(store, job(of), hook(receiver.port), tmp_path) == ["sent"]
    [(path, headers, body)] = receiver.got
    assert path == "/in?team=1"
    assert checked(headers, body, SECRET.encode())
    assert not checked(headers, body.replace(b"ten", b"six"), SECRET.encode())
    assert not checked(headers, body, b"another secret, as long")
    assert abs(int(headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60
    told = json.loads(body)
    assert told["type"] == "edition.released"
    assert base64.b64decode(told["data"]["pdf"]) == pdf_of(of.id)
    assert told["data"]["subject"].startswith("[TLP:CLEAR]")
    assert SECRET.encode() not in body


def test_a_webhook_says_what_an_edition_replaces_and_what_became_of_it(store: Store, tmp_path: Path) -> None:
    """Programs link it to the versions before it, and tell a notice by its type; people by its subject."""
    of = released(store, id="kivu-2026-01-31-3", version=3)
    with Receiver() as receiver:
        assert sent(store, job(of), hook(receiver.port), tmp_path) == ["sent"]
        assert sent(store, notice_of(of, "withdrawn"), hook(receiver.port), tmp_path) == ["sent", "sent"]
    first, notice = (json.loads(body) for _, _, body in receiver.got)
    assert first["data"]["replaces"] == ["kivu-2026-01-31-1", "kivu-2026-01-31-2"]
    assert (notice["type"], notice["data"]["replaces"]) == ("edition.withdrawn", [])
    assert notice["data"]["subject"].startswith("[TLP:CLEAR] Withdrawn: ")


def test_the_signature_is_that_of_the_standard() -> None:
    """The example of Standard Webhooks 1.0 comes out as published there."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = webhook_channel.signed(b'{"test": 2432232314}', "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, key)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("status", "fate"),
    [(408, "deferred"), (429, "deferred"), (500, "deferred"), (503, "deferred"), (400, "failed"), (413, "failed")],
)
def test_what_a_receiver_answers(store: Store, tmp_path: Path, status: int, fate: str) -> None:
    """What may pass is tried again, what will not fails, and the answer is kept."""
    of = released(store)
    with Receiver(lambda before: (status, {})) as receiver:
        assert sent(store, job(of), hook(receiver.port), tmp_path) == [fate]
        assert sent(store, job(of), hook(receiver.port), tmp_path) == [fate]
    assert len(receiver.got) == 1
    assert str(status) in outbox.rows(store)[0].detail


@pytest.mark.parametrize("form", ["seconds", "instant"])
def test_f23_retry_after_is_honoured(store: Store, tmp_path: Path, form: str) -> None:
    """A receiver that asks for an hour gets an hour, and then the message, under the same id."""
    of = released(store)
    later = "3600" if form == "seconds" else format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    with Receiver(lambda before: (429, {"Retry-After": later}) if before == 0 else (200, {})) as receiver:
        settings = hook(receiver.port)
        assert sent(store, job(of), settings, tmp_path) == ["deferred"]
        assert sent(store, job(of), settings, tmp_path, at=AT + timedelta(minutes=59)) == ["deferred"]
        assert len(receiver.got) == 1
        assert sent(store, job(of), settings, tmp_path, at=AT + timedelta(minutes=61)) == ["sent"]
    first, second = (headers["webhook-id"] for _, headers, _ in receiver.got)
    assert first == second


@pytest.mark.parametrize("status", [301, 307, 401, 403, 404, 410])
def test_a_receiver_that_does_not_know_us_fails_nobody(store: Store, tmp_path: Path, status: int) -> None:
    """A wrong address or secret is ours to mend: the message stays queued, and no redirect is followed."""
    of = released(store)
    with Receiver() as elsewhere:
        answer = (status, {"Location": f"http://{HOST}:{elsewhere.port}/"})
        with Receiver(lambda before: answer) as receiver, pytest.raises(DeliveryError, match=r"\[channels\.out\]"):
            sent(store, job(of), hook(receiver.port), tmp_path)
    assert elsewhere.got == []
    assert [one.state for one in deliver.receipts(store)] == ["queued"]


def test_a_receiver_that_hangs_up_leaves_a_doubt(store: Store, tmp_path: Path) -> None:
    """It may have taken the message: that is held until somebody says, unless a list says to send again."""
    of = released(store)
    with Receiver(lambda before: None) as receiver:
        assert sent(store, job(of), hook(receiver.port), tmp_path) == ["unknown"]
        assert sent(store, job(of), hook(receiver.port), tmp_path) == ["unknown"]
    assert len(receiver.got) == 1


def test_a_receiver_that_is_slow_leaves_a_doubt(store: Store, tmp_path: Path) -> None:
    """No answer in time is no answer."""
    of = released(store)
    with socket.create_server((HOST, 0)) as silent:
        assert sent(store, job(of), hook(silent.getsockname()[1], seconds=0.3), tmp_path) == ["unknown"]


def answering(first: bytes, *, drip: bytes = b"", cut: bool = False) -> socket.socket:
    """Return a server that reads a little of one request and answers: whole, drop by drop, or cutting it off."""
    server = socket.create_server((HOST, 0))

    def serve() -> None:
        with suppress(OSError):
            peer, _ = server.accept()
            with peer:
                peer.recv(1000)
                peer.sendall(first)
                while drip:
                    peer.sendall(drip)
                    time.sleep(0.05)
                if cut:
                    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    threading.Thread(target=serve, daemon=True).start()
    return server


@pytest.mark.parametrize(
    ("answer", "drip", "fate"), [(b"HTTP/1.", b"1", "unknown"), (b"HTTP/1.1 200 OK\r\nX-Slow: ", b".", "sent")]
)
def test_a_receiver_whose_answer_drips_is_left_after_the_time_it_has_in_all(
    store: Store, tmp_path: Path, answer: bytes, drip: bytes, fate: str
) -> None:
    """Each drop comes in time; the whole never does. What it said by then of the message counts."""
    of, began = released(store), time.monotonic()
    with answering(answer, drip=drip) as slow:
        assert sent(store, job(of), hook(slow.getsockname()[1], seconds=2), tmp_path) == [fate]
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    ("answer", "fate", "told"),
    [(b"", "deferred", "took only a part"), (b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", "failed", "413")],
)
def test_a_receiver_that_reads_only_a_part_has_no_message(
    store: Store, tmp_path: Path, answer: bytes, fate: str, told: str
) -> None:
    """What was cut off is no doubt: it goes again, unless the receiver has said meanwhile that it will not take it."""
    of = released(store)
    large = dataclasses.replace(job(of), own_copy=lambda reader, at: Copy(bytes(24_000_000)))
    with answering(answer, cut=True) as server:
        assert sent(store, large, hook(server.getsockname()[1], seconds=20), tmp_path) == [fate]
    assert told in deliver.receipts(store)[0].detail


def test_a_receiver_with_a_certificate_of_a_private_authority_is_trusted_by_its_file(
    store: Store, tmp_path: Path
) -> None:
    """`ca_file` is taken from the folder of the workspace; one that is none is told before anything is sent."""
    of = released(store)
    shown: Certificate = make_certificate(tmp_path, "hook")
    with Receiver(certificate=shown) as receiver:
        fields = {"url": f"https://{HOST}:{receiver.port}/", "secret": "env:HOOK_SECRET"}
        with pytest.raises(ConfigError, match=r"CA_FILE(.|\n)*\[channels.out\] ca_file"):
            sent(store, job(of), spec("webhook", **fields, ca_file="nowhere.pem"), tmp_path)
        private = str(shown.authority.relative_to(tmp_path))
        assert sent(store, job(of), spec("webhook", **fields, ca_file=private), tmp_path) == ["sent"]
    assert len(receiver.got) == 1


def test_nobody_at_the_webhook_loses_nothing(store: Store, tmp_path: Path) -> None:
    """A refused connection is told with the host, and the message stays queued."""
    of = released(store)
    with pytest.raises(TemporaryError, match="CHANNEL_DOWN"):
        sent(store, job(of), hook(free_port()), tmp_path)
    assert [one.state for one in deliver.receipts(store)] == ["queued"]


def test_s45_an_untrusted_receiver_gets_nothing(store: Store, tmp_path: Path) -> None:
    """A certificate that nobody trusts stops the message before it leaves."""
    of = released(store)
    shown: Certificate = make_certificate(tmp_path, "hook")
    with Receiver(certificate=shown) as receiver:
        settings = spec("webhook", url=f"https://{HOST}:{receiver.port}/", secret="env:HOOK_SECRET")
        with pytest.raises(DeliveryError, match="TLS_UNTRUSTED"):
            sent(store, job(of), settings, tmp_path)
    assert receiver.got == []


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "http://example.org/", "secret": "env:HOOK_SECRET"},
        {"url": "https://user:word@example.org/", "secret": "env:HOOK_SECRET"},
        {"url": "https://example.org/"},
        {"url": "https://example.org/", "secret": "the secret itself"},
    ],
)
def test_a_webhook_in_the_clear_or_unsigned_is_refused(fields: dict[str, str]) -> None:
    """Plain http, passwords in addresses, no secret or one written out: none is a setting."""
    with pytest.raises(ValueError, match=r"https|secret|password"):
        spec("webhook", **fields)


@pytest.mark.parametrize(
    "url",
    [
        "https:///briefs",
        "https://hook.example.org:99999/",
        "https://hook.example.org:0/",
        "https://169.254.169.254/latest",
        "https://[::ffff:169.254.169.254]/",
        "https://0.0.0.0/",
        "https://[fe80::1]/",
    ],
)
def test_a_webhook_that_nobody_could_be_at_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """An address by reference is held to the same as one in the settings, before anything is sent."""
    monkeypatch.setenv("HOOK_URL", url)
    with pytest.raises(ConfigError, match="WEBHOOK_ADDRESS"):
        channel_kinds.opened(spec("webhook", url="env:HOOK_URL", secret="env:HOOK_SECRET"), tmp_path)
    with pytest.raises(ValueError, match=r"no host|[Pp]ort|no receiver's"):
        spec("webhook", url=url, secret="env:HOOK_SECRET")


def test_a_short_secret_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that could be guessed signs nothing, and is not told."""
    monkeypatch.setenv("HOOK_SECRET", "hunter2")
    with pytest.raises(ConfigError, match="WEBHOOK_SECRET") as fault:
        channel_kinds.opened(hook(1), tmp_path)
    assert "hunter2" not in str(fault.value)


# ── chat services ───────────────────────────────────────────────────────────────────────────────────


def chat(**fields: Any) -> ChannelSpec:
    return spec("chat", url="env:CHAT_ADDRESS", **fields)


@pytest.fixture
def chatting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A service that takes what apprise sends to an address of the kind json://, with a token in it."""
    with Receiver() as receiver:
        monkeypatch.setenv("CHAT_ADDRESS", f"json://{HOST}:{receiver.port}/hook?+X-Token=tok-1234-secret")
        yield receiver


def test_a_chat_service_gets_the_words_and_the_pdf(store: Store, tmp_path: Path, chatting: Receiver) -> None:
    """Subject and words begin with the marking, and the PDF goes along where the service takes files."""
    of = released(store)
    assert sent(store, job(of), chat(), tmp_path) == ["sent"]
    assert sent(store, job(of), chat(), tmp_path) == ["sent"]
    [(_, _, body)] = chatting.got
    told = json.loads(body)
    assert told["title"].startswith("[TLP:CLEAR] Kivu: armed attacks No. 2")
    assert told["message"].startswith("TLP:CLEAR")
    assert base64.b64decode(told["attachments"][0]["base64"]) == pdf_of(of.id)


@pytest.mark.parametrize(("status", "fate"), [(500, "deferred"), (429, "deferred"), (400, "failed")])
def test_what_a_chat_service_answers(store: Store, tmp_path: Path, chatting: Receiver, status: int, fate: str) -> None:
    """The status that the library tells decides, and no token stands in what is kept of it."""
    of = released(store)
    chatting.answer = lambda before: (status, {})
    assert sent(store, job(of), chat(), tmp_path) == [fate]
    assert str(status) in outbox.rows(store)[0].detail
    assert "tok-1234" not in outbox.rows(store)[0].detail


def test_a_chat_service_that_hangs_up_leaves_a_doubt(store: Store, tmp_path: Path, chatting: Receiver) -> None:
    """Whether it took the message nobody knows."""
    of = released(store)
    chatting.answer = lambda before: None
    assert sent(store, job(of), chat(), tmp_path) == ["unknown"]


def test_an_address_no_service_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What apprise cannot read is told without the address, which may hold a token."""
    monkeypatch.setenv("CHAT_ADDRESS", "nonsense://tok-1234")
    with pytest.raises(ConfigError, match="CHAT_ADDRESS") as fault:
        channel_kinds.opened(chat(), tmp_path)
    assert "tok-1234" not in str(fault.value)


@pytest.mark.parametrize("marking", ["TLP:CLEAR", "TLP:AMBER+STRICT"])
def test_long_words_are_cut_between_paragraphs_and_keep_their_marking(marking: Marking) -> None:
    """However little a service takes, the marking stands first and last, and the link is there."""
    of = edition(marking=marking)
    words = said(of, "\n\n".join(f"Paragraph {n}: " + "word " * 20 for n in range(30)))
    parcel = Parcel(of, PDF, words, reader(), "<key@example.org>", AT, link=f"{BASE}{of.id}/")
    for most in (0, 280, 2000, 100_000):
        told = chat_channel.shortened(parcel, most)
        assert not most or len(told) <= most
        assert told.startswith(marking)
        assert most in (0, 100_000) or told.endswith(f"{BASE}{of.id}/\n\n{marking}")


# ── the archive ─────────────────────────────────────────────────────────────────────────────────────


def archive(**fields: Any) -> ChannelSpec:
    return spec("archive", **{"path": "site", "link_base": BASE, "title": "Kivu desk", **fields})


def test_an_archive_lists_every_edition_with_a_page_and_a_feed(store: Store, tmp_path: Path) -> None:
    """List, page, PDF and feed agree; nothing tells of a recipient, runs, or is loaded from elsewhere."""
    first = released(store)
    second = released(store, id="kivu-2026-02-01-1", date=date(2026, 2, 1))
    for of in (first, second):
        assert sent(store, job(of), archive(), tmp_path, [reader(name="A. Reader")]) == ["sent"]
    site = tmp_path / "site"
    index, page = (site / "index.html").read_text(), (site / first.id / "index.html").read_text()
    assert index.index(second.id) < index.index(first.id)
    assert (site / first.id / "TLP-CLEAR_kivu_2026-01-31_v1.pdf").read_bytes() == pdf_of(first.id)
    assert 'href="TLP-CLEAR_kivu_2026-01-31_v1.pdf"' in page
    assert first.pdf_sha256 in page
    assert "Officials put the dead at ten." in page
    assert page.count("TLP:CLEAR") >= 3
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring((site / "feed.xml").read_bytes())  # noqa: S314 -- our own
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}id") for entry in entries] == [f"{BASE}{second.id}/", f"{BASE}{first.id}/"]
    everything = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert b"Reader" not in everything
    assert b"<script" not in everything


def test_the_feeds_of_an_archive_say_the_same(store: Store, tmp_path: Path) -> None:
    """Atom and RSS are whole for a reader: same titles, links, instants and PDFs; none of what was withdrawn."""
    gone, first = released(store), released(store, id="kivu-2026-02-01-1", date=date(2026, 2, 1))
    sent(store, job(gone), archive(title="Kivu & <north>"), tmp_path)
    sent(store, job(first), archive(title="Kivu & <north>"), tmp_path)
    sent(store, notice_of(gone, "withdrawn"), archive(title="Kivu & <north>"), tmp_path, at=AT + timedelta(days=1))
    atom, rss = (feedparser.parse((tmp_path / "site" / name).read_bytes()) for name in ("feed.xml", "rss.xml"))
    assert (atom.version, atom.bozo, rss.version, rss.bozo) == ("atom10", False, "rss20", False)
    told = [
        [(one.title, one.link, one.id, one.published_parsed, [e.href for e in one.enclosures]) for one in feed.entries]
        for feed in (atom, rss)
    ]
    assert told[0] == told[1]
    assert [len(one.enclosures) for one in rss.entries] == [0, 1]
    assert rss.entries[1].enclosures[0].length == str(len(pdf_of(first.id)))
    assert rss.feed.title == "Kivu & <north>"


def test_a_later_version_marks_the_earlier_as_superseded(store: Store, tmp_path: Path) -> None:
    """List, page and feed say so, and the pages of both lead to each other."""
    first = released(store)
    sent(store, job(first), archive(), tmp_path)
    later = released(store, id="kivu-2026-01-31-2", version=2)
    sent(store, job(later), archive(), tmp_path, at=AT + timedelta(hours=1))
    site = tmp_path / "site"
    page = (site / first.id / "index.html").read_text()
    assert "Superseded by a later version." in page
    assert f'<a href="../{later.id}/">Version 2</a>' in page
    assert f'Replaces: <a href="../{first.id}/">Version 1</a></p>' in (site / later.id / "index.html").read_text()
    assert "Replaces: " not in page
    assert (site / "index.html").read_text().count("Superseded") == 1
    assert "Superseded: " in (site / "feed.xml").read_text()
    assert "Superseded" not in (site / later.id / "index.html").read_text()


def test_a_withdrawn_edition_leaves_only_its_mark(store: Store, tmp_path: Path) -> None:
    """Its page says so and when; PDF and words are gone, from every file, and sending it again brings nothing back."""
    of = released(store)
    sent(store, job(of), archive(), tmp_path)
    notice = deliver.Job(of, b"", said(of, "It was withdrawn."), "briefings@example.org", notice="withdrawn")
    sent(store, notice, archive(), tmp_path, at=AT + timedelta(days=1))
    site = tmp_path / "site"
    page = (site / of.id / "index.html").read_text()
    assert "Withdrawn on 2 February 2026. Do not rely on it." in page
    everything = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert b"dead at ten" not in everything
    assert not list(site.rglob("*.pdf"))
    assert "enclosure" not in (site / "feed.xml").read_text()


def test_what_the_archive_is_no_longer_cleared_for_is_listed_no_more(store: Store, tmp_path: Path) -> None:
    """A clearance that was lowered counts for the list and the feed from the next change on."""
    green = released(store, marking="TLP:GREEN")
    within = archive(marking="TLP:GREEN", public=False)
    sent(store, job(green), within, tmp_path, [reader(marking="TLP:GREEN")])
    assert "TLP:GREEN" in (tmp_path / "site" / "index.html").read_text().partition("<h1")[0]
    clear = released(store, id="kivu-2026-02-01-1", date=date(2026, 2, 1))
    sent(store, job(clear), archive(), tmp_path)
    for name in ("index.html", "feed.xml"):
        told = (tmp_path / "site" / name).read_text()
        assert clear.id in told
        assert green.id not in told


def test_an_archive_lies_in_a_bucket_as_well(store: Store, tmp_path: Path) -> None:
    """A site in a bucket is the same site."""
    of = released(store)
    settings = archive(path="memory://site")
    assert sent(store, job(of), settings, tmp_path) == ["sent"]
    assert of.id in fsspec.filesystem("memory").cat("/site/index.html").decode()


def test_the_list_of_an_archive_grows_no_faster_than_what_it_lists() -> None:
    """Four times the editions take about four times the work, not sixteen times."""

    def work(days: int) -> float:
        every = [entry(date(2020, 1, 1) + timedelta(days=number)) for number in range(days)]
        began = time.process_time()
        assert archive_pages.index_page("Desk", every, language("en")).count("<li>") == days
        return time.process_time() - began

    assert min(work(2000) for _ in range(3)) < 10 * min(work(500) for _ in range(3))


def entry(day: date) -> archive_pages.Entry:
    """Return what an archive knows of an edition of a day."""
    about = {"series": "kivu", "title": "Kivu", "language": "en", "marking": "TLP:CLEAR", "version": 1}
    files = {"file": "kivu.pdf", "sha256": "0" * 64, "released": AT, "changed": AT}
    return archive_pages.Entry.model_validate({"edition": f"kivu-{day}-1", "date": day, **about, **files})


@pytest.mark.parametrize(("tongue", "way"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl"), ("ur", "rtl")])
def test_the_archive_speaks_the_languages_of_the_page(tongue: str, way: str) -> None:
    """The list is in the language of the archive, and runs the way that does."""
    page = archive_pages.index_page("Desk", (), language(tongue))
    assert f'dir="{way}"' in page
    assert ("No edition has been released yet." in page) == (tongue == "en")


def test_series_of_one_title_are_told_apart_in_the_list_of_an_archive() -> None:
    """Editions of one brief in two languages bear one title; a title of its own stands alone."""
    one, other = entry(date(2031, 5, 17)), entry(date(2031, 5, 17))
    other = other.model_copy(update={"series": "kivu.fr", "edition": "kivu.fr-2031-05-17-1"})
    third = other.model_copy(update={"series": "ituri", "title": "Ituri", "edition": "ituri-2031-05-17-1"})
    page = archive_pages.index_page("Desk", (one, other, third), language("ar"))
    heads = [re.sub("<[^>]*>", "", head) for head in re.findall("<h2>(.*?)</h2>", page)]
    assert sorted(heads) == ["Ituri", "Kivu kivu", "Kivu kivu.fr"]
    assert "<bdi>RSS</bdi>" in page


def test_a_digest_is_named_with_the_colon_of_the_language() -> None:
    """French has a space before it."""
    said = entry(date(2031, 5, 17)).model_copy(update={"language": "fr"})
    page = archive_pages.edition_page("Desk", said, (said,), "<body><h1>Kivu</h1></body>")
    assert f"SHA-256\u00a0: {said.sha256}" in re.sub("<[^>]*>", "", page)


def test_names_are_text_on_pages_of_the_archive(store: Store, tmp_path: Path) -> None:
    """A title that looks like markup is shown as it is."""
    of = released(store, title='<script>alert("x")</script> & more')
    sent(store, job(of), archive(title="<b>Desk</b>"), tmp_path)
    for name in ("index.html", f"{of.id}/index.html", "feed.xml"):
        told = (tmp_path / "site" / name).read_text()
        assert "<script" not in told
        assert "<b>" not in told


# ── channels of others ──────────────────────────────────────────────────────────────────────────────


class Pigeon:
    """A channel as another package would bring it."""

    repeatable = False
    flown: list[str] = []  # noqa: RUF012 -- what a test looks at

    def __init__(self, settings: ChannelSpec, base: Path) -> None:
        self.name, self._loft = settings.id, settings.options["loft"]

    def __enter__(self) -> Pigeon:
        return self

    def __exit__(self, *about: object) -> None:
        pass

    def send(self, parcel: Parcel, *, before_data: Any) -> str:
        """Let it fly."""
        before_data()
        self.flown.append(f"{self._loft}: {parcel.edition.id}")
        return "flown"


@pytest.fixture
def pigeons(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (EntryPoint("pigeon", "test_channels:Pigeon", channel_kinds.GROUP),)
    monkeypatch.setattr(channel_kinds, "entry_points", lambda group: found if group == channel_kinds.GROUP else ())


@pytest.mark.usefixtures("pigeons")
def test_a_channel_of_others_works_once_the_workspace_names_it(store: Store, tmp_path: Path) -> None:
    """The entry point's name is the kind; its options are its own."""
    of = released(store)
    Pigeon.flown.clear()
    assert sent(store, job(of), spec("pigeon", options={"loft": "north"}), tmp_path) == ["sent"]
    assert Pigeon.flown == [f"north: {of.id}"]


@pytest.mark.usefixtures("pigeons")
def test_a_kind_nobody_supplies_is_told_with_the_near_one(tmp_path: Path) -> None:
    """The kinds there are stand in the error, those of others too."""
    with pytest.raises(ConfigError, match="did you mean 'pigeon'"):
        channel_kinds.opened(spec("pidgeon"), tmp_path)


def test_a_plugin_that_does_not_load_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose it is and what is wrong with it, without a traceback."""
    found = (EntryPoint("pigeon", "test_channels:Dodo", channel_kinds.GROUP),)
    monkeypatch.setattr(channel_kinds, "entry_points", lambda group: found)
    with pytest.raises(ConfigError, match="CHANNEL_PLUGIN"):
        channel_kinds.opened(spec("pigeon"), tmp_path)


@pytest.mark.usefixtures("pigeons")
def test_s68_a_channel_of_others_is_listed_and_off_until_it_is_named(tmp_path: Path) -> None:
    """The doctor says what is installed; only what the workspace names is opened."""
    space = load(new_workspace(tmp_path / "ws"))
    [told] = delivery_checks.channels_open(space)
    assert told.detail == "pigeon, of an unknown package, is installed and off: no channel names it"
    space = load(with_settings(space.file, '[channels.north]\nkind = "pigeon"\noptions = { loft = "north" }\n'))
    [told] = delivery_checks.channels_open(space)
    assert (told.level, "north (pigeon, of an unknown package)" in told.detail) == ("ok", True)


def test_the_doctor_says_which_channel_cannot_be_opened(tmp_path: Path) -> None:
    """A secret that is not there is told before anything is to be sent."""
    space = load(new_workspace(tmp_path / "ws"))
    text = '[channels.hook]\nkind = "webhook"\nurl = "https://example.org/"\nsecret = "env:NOT_THERE"\n'
    [told] = delivery_checks.channels_open(load(with_settings(space.file, text)))
    assert (told.level, told.fix) == ("missing", "set NOT_THERE")


def test_a_recipient_of_a_channel_that_is_not_there_is_told_on_loading(tmp_path: Path) -> None:
    """With the near name, like every other mistake in the settings."""
    space = load(new_workspace(tmp_path / "ws"))
    text = '[lists.more]\nrecipients = [{ channel = "folded" }]\n[channels.folder]\nkind = "folder"\npath = "out"\n'
    with pytest.raises(ConfigError, match="no channel is named 'folded'; did you mean 'folder'"):
        load(with_settings(space.file, text))


def with_settings(file: Path, text: str) -> Path:
    """Add to the settings of a workspace."""
    file.write_text(f"{file.read_text()}\n{text}")
    return file
