"""Delivery: only what was approved, to those who may have it, once, whatever the relay and the machine do."""

from __future__ import annotations

import dataclasses
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default as modern
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mailservers import (
    DROP,
    HANG,
    HOST,
    TAKE_AND_DROP,
    Certificate,
    MailProcess,
    ScriptedRelay,
    free_port,
    mail_process,
    make_certificate,
)
from unfiled import edition_of, summary_of

from briefings.channels import Before, Lost, Refused, Unopened
from briefings.core.choices import STATES
from briefings.core.recipients import Recipient
from briefings.core.settings import Smtp
from briefings.delivery import deliver, dry_run, sendable, sending
from briefings.delivery.mail_channel import Mail, composed
from briefings.delivery.relay import Relay
from briefings.errors import ConfigError, DeliveryError, PolicyError, StoreError, TemporaryError, UsageError
from briefings.model import MARKINGS, Approval, Edition, Marking, Receipt
from briefings.release.approving import require_latest
from briefings.release.foretelling import Rehearsal
from briefings.storage import outbox, store_tables
from briefings.storage.leases import new_owner
from briefings.storage.store import Store

PDF = b"%PDF-1.7\nfor a test\n"
DAY = date(2026, 1, 31)
AT = datetime(2026, 2, 1, 6, 0, tzinfo=UTC)
SENDER = "briefings@example.org"


# ── the scene ───────────────────────────────────────────────────────────────────────────────────────


edition = partial(edition_of, PDF, AT)


def job(of: Edition | None = None, pdf: bytes = PDF) -> deliver.Job:
    of = of or edition()
    return deliver.Job(edition=of, pdf=pdf, summary=summary_of(of, pdf), sender=SENDER)


def approval(of: Edition, pdf: bytes = PDF, at: datetime = AT) -> Approval:
    return Approval(edition_id=of.id, pdf_sha256=sha256(pdf).hexdigest(), by="A. Reader", at=at)


def people(count: int, **fields: Any) -> list[Recipient]:
    return [Recipient(name=f"Person {n}", address=f"p{n}@example.org", **fields) for n in range(count)]


class Clock:
    """A clock that stands still until told otherwise; sleeping moves it."""

    def __init__(self, at: datetime = AT) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.at += timedelta(seconds=seconds)


class Fake(Unopened):
    """A carrier that takes every message, unless `answers` has something else for a recipient."""

    def __init__(self, answers: dict[str, Exception | BaseException | Callable[[Before], None]] | None = None) -> None:
        self.answers = answers or {}
        self.sent: list[tuple[str, bytes]] = []

    def send(self, recipient: str, message: bytes, *, before_data: Before) -> str:
        """Take the message, or answer as told."""
        answer = self.answers.get(recipient)
        if isinstance(answer, BaseException):
            raise answer
        if answer is not None:
            answer(before_data)
        before_data()
        self.sent.append((recipient, message))
        return "250 taken"

    @property
    def recipients(self) -> list[str]:
        """Return whom messages were taken for."""
        return [recipient for recipient, _ in self.sent]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Return a store that holds one approved edition."""
    with Store.open(url) as opened:
        opened.add_edition(edition(), at=AT)
        opened.add_approval(approval(edition()))
        yield opened


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"), "relay")


@pytest.fixture
def server(tmp_path: Path, good: Certificate) -> Iterator[MailProcess]:
    with mail_process(tmp_path / "maildir", good) as running:
        yield running


def smtp(port: int, authority: Path | None = None, **changes: Any) -> Smtp:
    fields: dict[str, Any] = {"host": HOST, "port": port, "sender": SENDER, "timeout": 2.0}
    if authority is None:
        fields["tls"] = "none"
    else:
        fields["ca_file"] = str(authority)
    return Smtp.model_validate(fields | changes)


def queue(store: Store, to: Sequence[Recipient], of: Edition | None = None, at: datetime = AT) -> tuple[Receipt, ...]:
    return deliver.enqueue(store, job(of), to, at=at)


def send(
    store: Store, to: Sequence[Recipient], carrier: Any, clock: Clock | None = None, **more: Any
) -> dict[str, str]:
    clock = clock or Clock()
    how = sending.Pass(clock, Random(1), sleep=clock.sleep, **more)
    return states(sending.send(store, job(), to, Mail(carrier, SENDER), how))


def states(receipts: Sequence[Receipt]) -> dict[str, str]:
    return {one.recipient.partition("@")[0]: one.state for one in receipts}


# ── a real server ───────────────────────────────────────────────────────────────────────────────────


def test_three_recipients_three_messages_once(store: Store, server: MailProcess, good: Certificate) -> None:
    """Over STARTTLS to a real server, each gets one message; sending again sends nothing."""
    to = people(3)
    relay = Relay(smtp(server.port, good.authority))
    queue(store, to)
    assert send(store, to, relay) == {"p0": "sent", "p1": "sent", "p2": "sent"}
    queue(store, to)
    assert send(store, to, relay) == {"p0": "sent", "p1": "sent", "p2": "sent"}
    messages = server.messages()
    assert sorted(message["X-RcptTo"] for message in messages) == [one.address for one in to]
    for message in messages:
        [attached] = message.iter_attachments()
        assert attached.get_content() == PDF
        assert message["Subject"] == "[TLP:CLEAR] Kivu: armed attacks No. 2 — 31 January 2026"
        others = [one.address for one in to if one.address != message["X-RcptTo"]]
        assert not [address for address in others if address in message.as_string()]
    assert len({message["Message-ID"] for message in messages}) == 3


SENDING = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from test_deliver import *
def observe(phase, recipient):
    if (phase, recipient) == ({phase!r}, "p1@example.org"):
        os.kill(os.getpid(), signal.SIGKILL)
with Store.open({url!r}) as store:
    to = people(3)
    queue(store, to)
    relay = Relay(smtp({port}, Path({authority!r})))
    how = sending.Pass(lambda: datetime.now(UTC), Random(1), observe=observe)
    sending.send(store, job(), to, Mail(relay, SENDER), how)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("phase", "arrived", "fate"),
    [
        ("claimed", 0, "sent"),
        ("connecting", 0, "sent"),
        ("data_started", 0, "unknown"),
        ("answered", 1, "unknown"),
        ("accepted", 1, "sent"),
    ],
)
def test_killed_while_sending(
    store: Store, url: str, server: MailProcess, good: Certificate, phase: str, arrived: int, fate: str
) -> None:
    """Killed at any phase and begun again: nobody gets two, nobody is forgotten, and what cannot be known is held."""
    script = SENDING.format(
        tests=str(Path(__file__).parent), phase=phase, url=url, port=server.port, authority=str(good.authority)
    )
    died = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    to, relay = people(3), Relay(smtp(server.port, good.authority))
    clock = Clock(datetime.now(UTC))
    assert send(store, to, relay, clock) == {"p0": "sent", "p1": fate, "p2": "sent"}
    got = sorted(message["X-RcptTo"] for message in server.messages())
    expected = {"p0@example.org", "p2@example.org"} | ({"p1@example.org"} if arrived or fate == "sent" else set())
    assert got == sorted(expected)
    if fate == "unknown":
        [held] = [one for one in deliver.receipts(store, edition()) if one.state == "unknown"]
        outbox.resolve(store, held.message_id, "delivered" if arrived else "resend", by="A. Reader", at=AT)
        assert set(send(store, to, relay, clock).values()) == {"sent"}
        assert sorted(message["X-RcptTo"] for message in server.messages()) == [one.address for one in to]
    deliver.verify_audit(store)


# ── may it go out ───────────────────────────────────────────────────────────────────────────────────


def test_nothing_unapproved_is_queued_or_sent(url: str) -> None:
    """Without an approval both steps refuse, and the outbox stays empty."""
    with Store.open(url) as fresh:
        fresh.add_edition(edition(), at=AT)
        for step in (lambda: queue(fresh, people(2)), lambda: send(fresh, people(2), Fake())):
            with pytest.raises(PolicyError, match="NOT_APPROVED") as refusal:
                step()
            assert refusal.value.exit_status == 4
        assert deliver.receipts(fresh) == ()


def test_only_the_approved_bytes_are_sent(store: Store) -> None:
    """One byte changed after the approval, or after queueing, and nothing goes."""
    carrier, to = Fake(), people(1)
    queue(store, to)
    for step in (
        lambda: deliver.enqueue(store, job(pdf=PDF + b" "), to, at=AT),
        lambda: sending.send(store, job(pdf=PDF + b" "), to, Mail(carrier, SENDER), sending.Pass(Clock(), Random(1))),
    ):
        with pytest.raises(PolicyError, match="PDF_CHANGED"):
            step()
    assert carrier.sent == []


def test_the_last_approval_counts() -> None:
    """A PDF approved once and replaced by a later approval is no longer the one to send."""
    of = edition()
    both = [approval(of), approval(of, b"reprinted", AT + timedelta(hours=1))]
    assert refused(of, both, b"reprinted") == []
    assert refused(of, both) == ["PDF_CHANGED"]
    assert refused(of, [approval(edition(id="other"))]) == ["NOT_APPROVED"]


def refused(of: Edition, approvals: Sequence[Approval], pdf: bytes = PDF, to: Sequence[Recipient] = ()) -> list[str]:
    """Return the codes of all that keeps an edition from going out."""
    return [one.error_code for one in sendable.refusals(of, approvals, pdf, to)]


def test_a_superseded_edition_is_not_sent(store: Store) -> None:
    """Once a later version of the same issue is approved, the earlier stays in, even if queued."""
    to, carrier = people(1), Fake()
    queue(store, to)
    newer = edition(id="kivu-2026-01-31-2", version=2, pdf_sha256="1" * 64)
    store.add_edition(newer, at=AT)
    store.add_approval(approval(newer))
    with pytest.raises(PolicyError, match="SUPERSEDED"):
        send(store, to, carrier)
    assert carrier.sent == []


def test_who_would_approve_an_older_version_is_told_which_to_read(store: Store) -> None:
    """The latest, or the next one where that was withdrawn."""
    newer = edition(id="kivu-2026-01-31-2", version=2, pdf_sha256="1" * 64)
    store.add_edition(newer, at=AT)
    with pytest.raises(PolicyError, match="try: read and approve kivu-2026-01-31-2"):
        require_latest(store, edition())
    store.add_audit("withdrawn", newer.id, actor="A. Reader", at=AT, detail="wrong map")
    with pytest.raises(PolicyError, match="try: make the brief again"):
        require_latest(store, edition())


def test_a_withdrawn_edition_is_not_sent(store: Store) -> None:
    """Withdrawing stops what is queued, and says why and who."""
    to, carrier = people(1), Fake()
    queue(store, to)
    store.add_audit("withdrawn", edition().id, actor="A. Reader", at=AT, detail="wrong map")
    with pytest.raises(PolicyError, match=r"wrong map \(A. Reader\)"):
        send(store, to, carrier)
    assert carrier.sent == []


def withdraw(store: Store) -> None:
    store.add_audit("withdrawn", edition().id, actor="A. Reader", at=AT, detail="wrong map")


def replace_by_newer(store: Store) -> None:
    newer = edition(id="kivu-2026-01-31-2", version=2, pdf_sha256="1" * 64)
    store.add_edition(newer, at=AT)
    store.add_approval(approval(newer))


@pytest.mark.parametrize(("deed", "code"), [(withdraw, "WITHDRAWN"), (replace_by_newer, "SUPERSEDED")])
def test_what_is_taken_back_while_it_is_sent_goes_to_nobody_else(
    store: Store, deed: Callable[[Store], None], code: str
) -> None:
    """The message in hand goes its way; the rest end there and say why, and so does the sender's command."""
    to = people(4)
    queue(store, to)

    def meanwhile(before_data: Before) -> None:
        deed(store)

    carrier = Fake({"p1@example.org": meanwhile})
    with pytest.raises(PolicyError, match=f"{code}: sending was stopped(.|\n)*of 4 messages: 2 sent, 2 stopped"):
        send(store, to, carrier)
    assert carrier.recipients == ["p0@example.org", "p1@example.org"]
    assert states(deliver.receipts(store)) == {"p0": "sent", "p1": "sent", "p2": "stopped", "p3": "stopped"}
    assert all(one.detail.startswith("not sent: ") for one in deliver.receipts(store)[2:])


@pytest.mark.parametrize(
    ("phase", "owner", "then"),
    [
        ("queued", "", "stopped"),
        ("deferred", "", "stopped"),
        ("claimed", "elsewhere 1 dead", "stopped"),
        ("data_started", "elsewhere 1 dead", "unknown"),
        ("claimed", "living", "claimed"),
        ("accepted", "", "accepted"),
        ("failed", "", "failed"),
    ],
)
def test_what_becomes_of_each_message_once_its_edition_is_taken_back(
    store: Store, phase: str, owner: str, then: str
) -> None:
    """What waits ends, what a living process has in hand is left to it, and what is over stays as it is."""
    queue(store, people(1))
    held = new_owner() if owner == "living" else owner
    until = AT + timedelta(hours=1 if owner == "living" else -1)
    with store.begin() as connection:
        connection.execute(sa.update(store_tables.outbox).values(phase=phase, owner=held, leased_until=until))
    withdraw(store)
    assert deliver.stop_unsent(store, edition(), at=AT) == (then == "stopped")
    (row,) = outbox.rows(store)
    assert row.phase == then
    assert ("withdrawn: wrong map (A. Reader)" in row.detail) == (then == "stopped")


def test_a_notice_goes_out_whatever_became_of_its_edition(store: Store) -> None:
    """Only what the edition itself was to be sent as is ended."""
    outbox.add(store, edition().id, "1" * 64, [("p0@example.org", "<notice@example.org>", "mail")], at=AT)
    withdraw(store)
    assert deliver.stop_unsent(store, edition(), at=AT) == 0


def test_one_that_was_replaced_by_what_was_withdrawn_itself_leads_on(store: Store) -> None:
    """Nothing of the issue can be sent any more: the way on is to make it again, and no other edition is named."""
    replace_by_newer(store)
    store.add_audit("withdrawn", "kivu-2026-01-31-2", actor="A. Reader", at=AT, detail="wrong map")
    (refusal,) = deliver.refusals(store, job(), people(1), {})
    assert refusal.error_code == "SUPERSEDED"
    assert "was withdrawn itself" in str(refusal.why)
    assert "briefings make kivu" in str(refusal.fix)


@pytest.mark.parametrize(("series", "more"), [("kivu", ""), ("kivu.ur", " -p language=ur")])
def test_an_issue_is_made_again_in_the_language_it_was_in(series: str, more: str) -> None:
    """Else the brief comes in its own language, and the readers of the other get nothing."""
    refusal = sendable.taken_back(edition(id=f"{series}-2026-01-31-1"), "wrong map")
    assert f"briefings make kivu -p date=2026-01-31{more};" in str(refusal.fix)


def test_what_nobody_answers_for_any_more_is_stopped_between_two_messages(store: Store) -> None:
    """A standing approval that ends at midnight ends a slow sending, too."""
    clock, to = Clock(), people(3)
    queue(store, to)

    def until(at: datetime) -> None:
        if at > AT + timedelta(minutes=1):
            raise PolicyError("its standing approval ended", code="STANDING_EXPIRED")

    slow = Fake({"p1@example.org": lambda before_data: clock.sleep(120)})
    with pytest.raises(PolicyError, match=r"STANDING_EXPIRED(.|\n)*of 3 messages: 2 sent, 1 queued"):
        send(store, to, slow, clock, answered_for=until)
    assert deliver.receipts(store)[2].detail == "held: its standing approval ended"


def test_looking_for_what_stops_a_sending_costs_little(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is read from where it was read last, and the whole question put once for all messages."""
    asked, read = list[int](), list[int]()
    permit, audit = deliver.permit, Store.audit
    monkeypatch.setattr(deliver, "permit", lambda *of: (asked.append(1), permit(*of)))
    to = people(20)
    queue(store, to)
    asked.clear()

    def counting(self: Store, *, after: int = 0, **of: str) -> Any:
        found = audit(self, after=after, **of)
        if after:
            read.append(len(found))
        return found

    monkeypatch.setattr(Store, "audit", counting)
    assert set(send(store, to, Fake()).values()) == {"sent"}
    assert len(asked) == 2
    assert sum(read) <= len(to) + 1


@pytest.mark.parametrize("marking", MARKINGS)
@pytest.mark.parametrize("cleared", MARKINGS)
def test_marking_and_clearance(marking: Marking, cleared: Marking) -> None:
    """A brief goes only to those cleared for its marking; RED only to a named individual besides."""
    of = edition(marking=marking)
    person = Recipient(name="A. Reader", address="a@example.org", marking=cleared, individual=True)
    allowed = MARKINGS.index(cleared) >= MARKINGS.index(marking)
    for one, may in (
        (person, allowed),
        (person.model_copy(update={"individual": False}), allowed and marking != "TLP:RED"),
        (person.model_copy(update={"name": " "}), allowed and marking != "TLP:RED"),
    ):
        assert refused(of, [approval(of)], to=[one]) == ([] if may else ["MARKING"])


def test_one_uncleared_recipient_stops_the_list(store: Store) -> None:
    """The error names who is barred, and the others are not queued behind the sender's back."""
    of = edition(id="kivu-2026-02-01-1", date=date(2026, 2, 1), marking="TLP:AMBER")
    store.add_edition(of, at=AT)
    store.add_approval(approval(of))
    to = [*people(2, marking="TLP:AMBER"), Recipient(address="open@example.org")]
    with pytest.raises(PolicyError, match=r"open@example\.org"):
        queue(store, to, of)
    assert deliver.receipts(store) == ()


def test_clearance_lowered_after_queueing_counts(store: Store) -> None:
    """What briefings.toml says at the moment of sending decides, not what it said at queueing."""
    of = edition(id="kivu-2026-02-01-1", date=date(2026, 2, 1), marking="TLP:AMBER")
    store.add_edition(of, at=AT)
    store.add_approval(approval(of))
    queue(store, people(1, marking="TLP:AMBER"), of)
    with pytest.raises(PolicyError, match="MARKING"):
        sending.send(store, job(of), people(1), Mail(Fake(), SENDER), sending.Pass(Clock(), Random(1)))


def test_taken_off_the_list_gets_nothing(store: Store) -> None:
    """A recipient queued and then removed from the list is not sent to; the row stays to be seen."""
    queue(store, people(3))
    carrier = Fake()
    assert send(store, people(2), carrier) == {"p0": "sent", "p1": "sent", "p2": "queued"}
    assert carrier.recipients == ["p0@example.org", "p1@example.org"]


def test_a_bad_address_queues_nobody(store: Store) -> None:
    """Two addresses in one entry are refused before anything is written."""
    bad = Recipient.model_construct(name="", address="a@example.org, b@example.org", marking="TLP:CLEAR")
    with pytest.raises(UsageError, match="ADDRESS"):
        queue(store, [*people(2), bad])
    assert deliver.receipts(store) == ()


def test_a_fault_of_the_whole_job_fails_nobody(store: Store) -> None:
    """A title that cannot be a subject, or a summary of another PDF, is told before any row is touched."""
    queue(store, people(2))
    good = job()
    for bad in (
        dataclasses.replace(good, summary=good.summary.model_copy(update={"series": "a\nb"})),
        dataclasses.replace(good, summary=good.summary.model_copy(update={"edition_id": "other"})),
        dataclasses.replace(good, sender="not an address"),
    ):
        with pytest.raises(UsageError):
            sending.send(store, bad, people(2), Mail(Fake(), SENDER), sending.Pass(Clock(), Random(1)))
    assert set(states(deliver.receipts(store)).values()) == {"queued"}


def test_receipts_of_some(store: Store) -> None:
    """Receipts can be had for a list alone, however its addresses are written."""
    queue(store, [*people(2), Recipient(address="Desk@Example.org")])
    assert list(states(deliver.receipts(store, edition(), of=[Recipient(address="desk@EXAMPLE.org")]))) == ["Desk"]


def test_the_same_address_twice_is_one_message(store: Store) -> None:
    """On two lists, or in another case, an address still gets one message."""
    to = [Recipient(address="desk@example.org"), Recipient(name="Desk", address="Desk@Example.org")]
    queue(store, to)
    carrier = Fake()
    send(store, to, carrier)
    assert carrier.recipients == ["desk@example.org"]


# ── what the relay may do ───────────────────────────────────────────────────────────────────────────


def on(verb: str, answer: str, whom: str = "") -> Callable[[str, str], str | None]:
    """Return a script that gives one answer to one verb, for one recipient or all."""
    return lambda said, line: answer if said == verb and whom in line else None


@pytest.mark.parametrize(
    ("script", "fate", "taken"),
    [
        pytest.param(on("RCPT", "550 no such user", "p1@"), "failed", False, id="550 to one"),
        pytest.param(on("RCPT", "450 mailbox busy", "p1@"), "deferred", False, id="450 to one"),
        pytest.param(on("RCPT", "421 closing", "p1@"), "deferred", False, id="421 to one"),
        pytest.param(on("RCPT", DROP, "p1@"), "deferred", False, id="drop at RCPT"),
        pytest.param(on("RCPT", "what", "p1@"), "deferred", False, id="no answer at all"),
        pytest.param(on("DATA", "451 try later", "p1@"), "deferred", False, id="451 to DATA"),
        pytest.param(on("DATA", "554 no", "p1@"), "failed", False, id="554 to DATA"),
        pytest.param(on(".", "452 disk full", "p1@"), "deferred", False, id="452 to body"),
        pytest.param(on(".", "421 closing", "p1@"), "deferred", False, id="421 to body"),
        pytest.param(on(".", "552 too big", "p1@"), "failed", False, id="552 to body"),
        pytest.param(on(".", "554 rejected", "p1@"), "failed", False, id="554 to body"),
        pytest.param(on(".", DROP, "p1@"), "unknown", False, id="drop after body"),
        pytest.param(on(".", TAKE_AND_DROP, "p1@"), "unknown", True, id="taken, then drop"),
        pytest.param(on(".", HANG, "p1@"), "unknown", False, id="hang after body"),
    ],
)
def test_one_faulty_answer(store: Store, script: Callable[[str, str], str | None], fate: str, taken: bool) -> None:
    """Whatever the relay answers for one recipient, the others get theirs, and a second run repeats nothing."""
    to = people(3)
    queue(store, to)
    with ScriptedRelay(script) as relay:
        carrier = Relay(smtp(relay.port, timeout=3))
        assert send(store, to, carrier) == {"p0": "sent", "p1": fate, "p2": "sent"}
        send(store, to, carrier)
        expected = ["p0@example.org", *(["p1@example.org"] if taken else []), "p2@example.org"]
        assert relay.recipients == expected
    [faulty] = [one for one in deliver.receipts(store) if one.state == fate]
    assert faulty.detail


def test_a_slow_relay_is_waited_for(store: Store) -> None:
    """A relay that takes its time within the limit costs nobody anything."""

    def script(verb: str, line: str) -> str | None:
        time.sleep(0.05)
        return None

    queue(store, people(2))
    with ScriptedRelay(script) as relay:
        assert set(send(store, people(2), Relay(smtp(relay.port, timeout=5))).values()) == {"sent"}


@pytest.mark.parametrize(
    "words", ["\n.\nMAIL FROM:<evil@example.net>\n", "\r.\rRCPT TO:<evil@example.net>\r", "..\n.\n"]
)
def test_s50_no_body_ends_its_message(store: Store, words: str) -> None:
    """Lines of a body that look like the end of it, or like commands, arrive as words of one message."""
    good, to = job(), people(1)
    said = good.summary.model_copy(update={"text": f"{good.summary.text}{words}after\n"})
    smuggling = dataclasses.replace(good, summary=said)
    deliver.enqueue(store, smuggling, to, at=AT)
    with ScriptedRelay() as relay:
        found = sending.send(
            store, smuggling, to, Mail(Relay(smtp(relay.port)), SENDER), sending.Pass(Clock(), Random(1))
        )
        assert [line.split()[0].upper() for line in relay.lines] == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"]
    assert states(found) == {"p0": "sent"}
    [(recipient, body)] = relay.taken
    assert recipient == "p0@example.org"
    assert b"after" in body


def test_one_connection_carries_all(store: Store, good: Certificate) -> None:
    """Twenty messages go over one connection and one login."""
    to = people(20)
    queue(store, to)
    with ScriptedRelay(certificate=good, features=("AUTH PLAIN",)) as relay:
        carrier = Relay(smtp(relay.port, good.authority, username="me"), "secret")
        assert set(send(store, to, carrier).values()) == {"sent"}
        assert relay.connections == 1
        assert len([line for line in relay.lines if line.startswith("AUTH")]) == 1


def test_a_connection_closed_between_messages_is_reopened(store: Store) -> None:
    """A relay that takes one message a connection costs nobody anything."""
    to = people(3)
    queue(store, to)
    taken: list[str] = []

    def script(verb: str, line: str) -> str | None:
        if verb == "MAIL" and taken:
            taken.clear()
            return DROP
        if verb == ".":
            taken.append(line)
        return None

    with ScriptedRelay(script) as relay:
        assert set(send(store, to, Relay(smtp(relay.port))).values()) == {"sent"}
        assert relay.connections == 3
    assert {one.attempts for one in deliver.receipts(store)} == {1}


def test_fifty_recipients_and_one_poison(store: Store) -> None:
    """One message that breaks the connection every time leaves forty-nine delivered and one put off."""
    to = people(50)
    queue(store, to)
    with ScriptedRelay(on("RCPT", DROP, "p7@")) as relay:
        found = send(store, to, Relay(smtp(relay.port)))
        assert len(relay.taken) == len(set(relay.recipients)) == 49
    assert [name for name, state in found.items() if state != "sent"] == ["p7"]


def test_an_error_of_our_own_stalls_nobody(store: Store) -> None:
    """A recipient that cannot be composed for, or that raises anything, is noted and passed over."""
    to = people(3)
    queue(store, to)
    to[0] = to[0].model_copy(update={"name": "Bad\nBcc: evil@example.net"})
    carrier = Fake({"p1@example.org": RuntimeError("odd")})
    assert send(store, to, carrier) == {"p0": "failed", "p1": "deferred", "p2": "sent"}
    assert deliver.exit_status(deliver.receipts(store)) == 5


@pytest.mark.parametrize(
    "script", [on("GREETING", DROP), on("GREETING", "421 busy"), on("GREETING", HANG), on("EHLO", DROP)]
)
def test_a_relay_that_is_down_loses_nothing(store: Store, script: Callable[[str, str], str | None]) -> None:
    """Down, busy or silent: one temporary error with where and what to do; all is still queued and then goes."""
    to = people(2)
    queue(store, to)
    with ScriptedRelay(script) as relay, pytest.raises(TemporaryError, match="RELAY_DOWN") as fault:
        send(store, to, Relay(smtp(relay.port, timeout=0.3)))
    assert fault.value.exit_status == 75
    assert fault.value.where
    assert fault.value.fix
    assert states(deliver.receipts(store)) == {"p0": "queued", "p1": "queued"}
    assert set(send(store, to, Fake()).values()) == {"sent"}


def test_nobody_listens(store: Store) -> None:
    """A refused connection names host and port and leaves all queued."""
    queue(store, people(2))
    port = free_port()
    with pytest.raises(TemporaryError, match=f"{HOST}:{port}"):
        send(store, people(2), Relay(smtp(port)))
    assert states(deliver.receipts(store)) == {"p0": "queued", "p1": "queued"}
    assert deliver.exit_status(deliver.receipts(store)) == 75


def test_a_relay_that_keeps_hanging_up_is_left_alone(store: Store) -> None:
    """After three breaks in a row the run stops; whom it did not reach is queued or put off, none is lost."""
    to = people(10)
    queue(store, to)
    with ScriptedRelay(on("MAIL", DROP)) as relay, pytest.raises(TemporaryError, match="RELAY_DOWN"):
        send(store, to, Relay(smtp(relay.port)))
    found = list(states(deliver.receipts(store)).values())
    assert found.count("deferred") == 3
    assert found.count("queued") == 7


def test_a_sender_the_relay_refuses_stops_the_run(store: Store) -> None:
    """A 5xx to the sender is about us: nobody is marked failed for it."""
    queue(store, people(3))
    with ScriptedRelay(on("MAIL", "553 not you")) as relay, pytest.raises(DeliveryError, match="SENDER_REFUSED"):
        send(store, people(3), Relay(smtp(relay.port)))
    assert set(states(deliver.receipts(store)).values()) == {"queued"}


def test_a_message_over_the_size_limit_fails_with_both_sizes(store: Store) -> None:
    """The relay's SIZE is heeded before anything is transmitted."""
    queue(store, people(1))
    with ScriptedRelay(features=("SIZE 1000",)) as relay:
        assert send(store, people(1), Relay(smtp(relay.port))) == {"p0": "failed"}
        assert not [line for line in relay.lines if line.upper().startswith("MAIL")]
    assert "1,000" in deliver.receipts(store)[0].detail


# ── encryption and login ────────────────────────────────────────────────────────────────────────────


def refusal(store: Store, relay: ScriptedRelay, settings: Smtp, code: str) -> DeliveryError:
    """Return the error sending ends in; nothing was taken and no login was sent in the clear."""
    queue(store, people(1))
    with pytest.raises(DeliveryError, match=code) as fault:
        send(store, people(1), Relay(settings, "hunter2-secret"))
    assert relay.taken == []
    assert not [line for line in relay.clear_lines if line.upper().startswith(("AUTH", "MAIL"))]
    assert "hunter2" not in str(fault.value)
    assert states(deliver.receipts(store)) == {"p0": "queued"}
    return fault.value


def test_no_starttls_no_mail(store: Store) -> None:
    """A relay that does not offer STARTTLS (or had it stripped on the way) gets neither login nor message."""
    with ScriptedRelay(features=("AUTH PLAIN",)) as relay:
        refusal(store, relay, smtp(relay.port, username="me", tls="starttls"), "STARTTLS_MISSING")


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
@pytest.mark.parametrize("fault", ["unknown authority", "expired", "wrong name"])
def test_untrusted_certificates(store: Store, tmp_path: Path, good: Certificate, tls: str, fault: str) -> None:
    """Self-made, expired or of another host: refused before the login, over STARTTLS and TLS alike."""
    shown = make_certificate(
        tmp_path,
        "shown",
        hosts=("relay.example.net",) if fault == "wrong name" else (HOST,),
        days=-1 if fault == "expired" else 30,
    )
    trusted = good.authority if fault == "unknown authority" else shown.authority
    with ScriptedRelay(certificate=shown, implicit=tls == "implicit", features=("AUTH PLAIN",)) as relay:
        refusal(store, relay, smtp(relay.port, trusted, username="me", tls=tls), "TLS_UNTRUSTED")


def test_implicit_tls(store: Store, good: Certificate) -> None:
    """With tls = "implicit" everything, the greeting included, is inside TLS."""
    queue(store, people(1))
    with ScriptedRelay(certificate=good, implicit=True, features=("AUTH PLAIN",)) as relay:
        carrier = Relay(smtp(relay.port, good.authority, tls="implicit", username="me"), "secret")
        assert send(store, people(1), carrier) == {"p0": "sent"}
        assert relay.clear_lines == []


def test_a_refused_login_is_told_without_the_secret(store: Store, good: Certificate) -> None:
    """Even a relay that repeats the login in its answer does not get it into the message."""
    script = lambda verb, line: f"535 no: {line} hunter2-secret" if verb == "AUTH" else None  # noqa: E731
    with ScriptedRelay(script, certificate=good, features=("AUTH PLAIN",)) as relay:
        fault = refusal(store, relay, smtp(relay.port, good.authority, username="me"), "LOGIN_REFUSED")
        assert "[secret]" in str(fault)
        assert not [line for line in relay.clear_lines if "AUTH" in line]


def test_no_login_in_the_clear() -> None:
    """A username without TLS is refused before any connection."""
    with pytest.raises(ConfigError, match="LOGIN_IN_CLEAR"):
        Relay(smtp(25, username="me"), "secret")


def test_secrets_come_by_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the environment or from a file only its owner can read."""
    held = tmp_path / "password"
    held.write_text("secret\n")
    settings = smtp(587, username="me", password="file:password", tls="starttls")
    held.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        Relay.configured(settings, base=tmp_path)
    held.chmod(0o600)
    assert "secret" not in repr(Relay.configured(settings, base=tmp_path))
    monkeypatch.delenv("MAIL_SECRET", raising=False)
    with pytest.raises(ConfigError, match="MAIL_SECRET"):
        Relay.configured(settings.model_copy(update={"password": "env:MAIL_SECRET"}), base=tmp_path)


def test_a_missing_authority_file_is_named(tmp_path: Path) -> None:
    """A ca_file that is not there is an error of the configuration, found before connecting."""
    with pytest.raises(ConfigError, match="CA_FILE"):
        Relay(smtp(587, tmp_path / "nowhere.pem"))


# ── again and again ─────────────────────────────────────────────────────────────────────────────────


def test_deferred_recipients_wait_longer_each_time(store: Store) -> None:
    """A recipient put off is not tried before its time, then tried, and given up after a day."""
    clock, to = Clock(), people(1)
    queue(store, to)
    carrier = Fake({"p0@example.org": Refused("450 later", temporary=True)})
    tries = 0
    while states(deliver.receipts(store))["p0"] != "failed":
        assert send(store, to, carrier, clock) in ({"p0": "deferred"}, {"p0": "failed"})
        [row] = outbox.rows(store)
        tries += 1
        assert row.attempts == tries
        if row.next_try_at is not None:
            assert send(store, to, carrier, clock) == states(deliver.receipts(store))
            assert outbox.rows(store)[0].attempts == tries
            clock.at = max(clock.at, row.next_try_at)
    assert 6 <= tries <= 20
    assert clock.at - AT > timedelta(hours=24)
    assert "given up" in deliver.receipts(store)[0].detail


def test_backoff_doubles_with_jitter() -> None:
    """Waits double from a minute, within a quarter either way, and stop growing at four hours."""
    for attempts in range(40):
        wait = sending.backoff(attempts, Random(attempts))
        whole = min(60 * 2**attempts, 4 * 3600)
        assert 0.75 * whole <= wait.total_seconds() <= 1.25 * whole


def test_waiting_for_a_greylisting_relay(store: Store) -> None:
    """With `wait`, one run stays and delivers to those the relay first put off."""
    answers: dict[str, Any] = {"p1@example.org": Refused("451 greylisted", temporary=True)}
    carrier, clock = Fake(answers), Clock()
    queue(store, people(2))

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        answers.clear()

    how = sending.Pass(clock, Random(1), sleep=sleep, wait=timedelta(minutes=10))
    found = sending.send(store, job(), people(2), Mail(carrier, SENDER), how)
    assert set(states(found).values()) == {"sent"}
    assert carrier.recipients == ["p0@example.org", "p1@example.org"]


def test_interrupting_puts_the_message_back(store: Store) -> None:
    """Ctrl-C before the body leaves the message queued; during the body, of unknown fate."""

    def during(before_data: Before) -> None:
        before_data()
        raise KeyboardInterrupt

    to = people(2)
    queue(store, to)
    for answer, fate in ((KeyboardInterrupt(), "queued"), (during, "unknown")):
        with pytest.raises(KeyboardInterrupt):
            send(store, to, Fake({"p0@example.org": answer}))
        assert states(deliver.receipts(store)) == {"p0": fate, "p1": "queued"}


def test_two_processes_share_the_work(store: Store, url: str) -> None:
    """A row claimed by a living process is left alone, and a second one takes the rest."""
    to = people(4)
    queue(store, to)

    def second(before_data: Before) -> None:
        with Store.open(url) as other:
            assert send(other, to, another) == {"p0": "sending", "p1": "sent", "p2": "sent", "p3": "sent"}

    first, another = Fake({"p0@example.org": second}), Fake()
    assert set(send(store, to, first).values()) == {"sent"}
    assert first.recipients == ["p0@example.org"]
    assert another.recipients == ["p1@example.org", "p2@example.org", "p3@example.org"]


def test_a_claim_taken_over_is_not_sent_by_the_first(store: Store, url: str) -> None:
    """A process that slept past its lease finds its claim gone before the body and sends nothing."""
    to = people(1)
    queue(store, to)
    late = Clock(AT + outbox.LEASE + timedelta(seconds=1))
    another = Fake()

    def sleepy(before_data: Before) -> None:
        with Store.open(url) as other:
            send(other, to, another, late)

    first = Fake({"p0@example.org": sleepy})
    assert send(store, to, first) == {"p0": "sent"}
    assert first.sent == []
    assert another.recipients == ["p0@example.org"]


@pytest.mark.parametrize("policy", ["hold", "resend"])
def test_policy_for_unknown(store: Store, policy: str) -> None:
    """Held by default; a list may say resend, and then it is sent again, a few times at most, on record."""

    def breaks(before_data: Before) -> None:
        before_data()
        raise Lost("gone")

    to = people(1)
    queue(store, to)
    attempts = []
    for _ in range(8):
        send(store, to, Fake({"p0@example.org": breaks}), resend=to if policy == "resend" else ())
        attempts.append(outbox.rows(store)[0].attempts)
    assert attempts[-1] == (1 if policy == "hold" else outbox.RESENDS + 1)
    assert states(deliver.receipts(store)) == {"p0": "unknown"}
    assert len([line for line in store.audit() if line.action == "resend"]) == attempts[-1] - 1


def test_resending_to_some_leaves_the_others_held(store: Store) -> None:
    """What one list lets be sent again does not touch a message that another list holds."""

    def breaks(before_data: Before) -> None:
        before_data()
        raise Lost("gone")

    held, again = people(2)
    queue(store, [held, again])
    send(store, [held, again], Fake(dict.fromkeys(("p0@example.org", "p1@example.org"), breaks)))
    carrier = Fake()
    assert send(store, [held, again], carrier, resend=[again]) == {"p0": "unknown", "p1": "sent"}
    assert carrier.recipients == ["p1@example.org"]


def test_settling_by_hand(store: Store) -> None:
    """A person settles what is unknown; what is known is not open to it; the word is on record."""
    to = people(2)
    queue(store, to)

    def breaks(before_data: Before) -> None:
        before_data()
        raise Lost("gone")

    send(store, to, Fake({"p0@example.org": breaks}))
    unknown, sent = deliver.receipts(store)
    with pytest.raises(UsageError, match="NOT_OPEN"):
        outbox.resolve(store, sent.message_id, "resend", by="A. Reader", at=AT)
    with pytest.raises(UsageError, match="NO_MESSAGE"):
        outbox.resolve(store, "<none>", "resend", by="A. Reader", at=AT)
    assert outbox.resolve(store, unknown.message_id, "resend", by="A. Reader", at=AT).state == "queued"
    carrier = Fake()
    assert send(store, to, carrier) == {"p0": "sent", "p1": "sent"}
    assert message_from_bytes(carrier.sent[0][1], policy=modern)["Message-ID"] == unknown.message_id
    assert ("resend", "A. Reader") in [(line.action, line.actor) for line in store.audit()]


def test_f22_a_bounce_is_recorded_and_may_be_sent_again(store: Store) -> None:
    """What came back counts as sent no more, is on record with who says so, and goes out again only when asked."""
    to, carrier = people(2), Fake()
    queue(store, to)
    send(store, to, carrier)
    back = deliver.receipts(store)[0]
    assert outbox.resolve(store, back.message_id, "bounced", by="A. Reader", at=AT).state == "bounced"
    assert send(store, to, carrier) == {"p0": "bounced", "p1": "sent"}
    assert len(carrier.sent) == 2
    assert deliver.exit_status(deliver.receipts(store)) == 5
    assert ("bounced", "A. Reader") in [(line.action, line.actor) for line in store.audit()]
    outbox.resolve(store, back.message_id, "resend", by="A. Reader", at=AT)
    assert send(store, to, carrier) == {"p0": "sent", "p1": "sent"}
    deliver.verify_audit(store)


def test_the_states_a_shell_offers_are_those_of_messages() -> None:
    """Completion and filters know every state there is."""
    assert STATES == get_args(Receipt.model_fields["state"].annotation) == get_args(outbox.State)


def test_rates_hold_over_channel_and_list(store: Store) -> None:
    """No more than a channel's or a list's share goes out in any minute, by whichever run, and all of it goes."""
    to, clock, times = people(12), Clock(), []

    class Timed(Fake):
        def send(self, recipient: str, message: bytes, *, before_data: Before) -> str:
            """Note when."""
            times.append((clock.at, recipient))
            return super().send(recipient, message, before_data=before_data)

    slow = frozenset(one.address for one in to[:4])
    rates = (sending.Rate(5), sending.Rate(2, slow))
    queue(store, to)
    send(store, to[:6], Timed(), clock, rates=rates)
    send(store, to, Timed(), clock, rates=rates)
    assert len(times) == 12
    for at, _ in times:
        within = [whom for when, whom in times if at <= when < at + timedelta(minutes=1)]
        assert len(within) <= 5
        assert len(slow.intersection(within)) <= 2
    assert clock.at - AT <= timedelta(minutes=3)


def test_a_message_over_the_size_limit_goes_as_a_link(store: Store) -> None:
    """Over max_mb, or over what the relay says it takes, the words go with an address in place of the PDF."""
    linked = job().summary.model_copy(update={"text": "TLP:CLEAR\nThe whole brief is at https://b.example/1\n"})
    ours = dataclasses.replace(job(), link="https://b.example/1", linked=linked)
    to = people(2)
    deliver.enqueue(store, ours, to, at=AT)
    carrier = Fake()
    most = len(composed(ours.parcel(to[0], key="<key@example.org>", at=AT), SENDER)) - 1
    sending.send(store, ours, to[:1], Mail(carrier, SENDER, most=most), sending.Pass(Clock(), Random(1)))
    with ScriptedRelay(features=(f"SIZE {most}",)) as relay:
        taken = sending.send(store, ours, to, Mail(Relay(smtp(relay.port)), SENDER), sending.Pass(Clock(), Random(1)))
        bodies = [carrier.sent[0][1], relay.taken[0][1]]
    assert states(taken) == {"p0": "sent", "p1": "sent"}
    for body in bodies:
        message = message_from_bytes(body, policy=modern)
        assert not list(message.iter_attachments())
        assert "https://b.example/1" in message.get_body(("plain",)).get_content()
    assert all("sent as a link" in one.detail for one in taken)


def test_who_wants_a_link_or_words_gets_no_pdf(store: Store, tmp_path: Path) -> None:
    """The format is the recipient's; a link that leads nowhere fails with what to set."""
    to = [one.model_copy(update={"format": form}) for one, form in zip(people(2), ("link", "body"), strict=True)]
    queue(store, to)
    carrier = Fake()
    assert send(store, to, carrier) == {"p0": "failed", "p1": "sent"}
    assert "no address" in deliver.receipts(store)[0].detail
    assert PDF not in carrier.sent[0][1]
    assert b"application/pdf" not in carrier.sent[0][1]


def test_an_attempt_repeated_is_the_same_message(store: Store) -> None:
    """The second attempt, hours later, has the same bytes as the first."""
    clock, to = Clock(), people(1)
    queue(store, to)
    first: list[bytes] = []

    class Once(Fake):
        def send(self, recipient: str, message: bytes, *, before_data: Before) -> str:
            """Put the first one off."""
            if not first:
                first.append(message)
                raise Refused("450 later", temporary=True)
            return super().send(recipient, message, before_data=before_data)

    carrier = Once()
    send(store, to, carrier, clock)
    clock.at += timedelta(hours=5)
    send(store, to, carrier, clock)
    assert [message for _, message in carrier.sent] == first


class _Stop(BaseException):
    """Stands for a process that ends here."""


_ANSWERS = ("take", "450", "550", "lost before", "lost in body", "taken but lost", "dies before", "dies in body")


@given(
    runs=st.lists(
        st.tuples(
            st.dictionaries(st.integers(0, 3), st.sampled_from(_ANSWERS)),
            st.one_of(
                st.none(),
                st.tuples(st.sampled_from(["claimed", "connecting", "answered", "accepted"]), st.integers(0, 3)),
            ),
        ),
        max_size=6,
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_nobody_gets_two(runs: list[tuple[dict[int, str], tuple[str, int] | None]]) -> None:
    """Any run of refusals, breaks and deaths, then a good day: each got one, or is held or failed for a reason."""
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/store.db") as store:
        store.add_edition(edition(), at=AT)
        store.add_approval(approval(edition()))
        to, clock, got = people(4), Clock(), []
        queue(store, to)
        for answers, death in [*runs, ({}, None)]:
            with suppress(_Stop, TemporaryError):
                send(store, to, _Whimsical(answers, got), clock, observe=_dying(death))
            clock.at += timedelta(hours=5)  # past every lease and backoff
        assert len(got) == len(set(got))
        for one in deliver.receipts(store):
            assert one.state in ("sent", "failed", "unknown")
            if one.state != "unknown":
                assert (one.recipient in got) == (one.state == "sent")
        deliver.verify_audit(store)


def _dying(death: tuple[str, int] | None) -> sending.Observe:
    def observe(phase: str, recipient: str) -> None:
        if death is not None and (phase, recipient) == (death[0], f"p{death[1]}@example.org"):
            raise _Stop

    return observe


class _Whimsical(Fake):
    """A carrier with a mood for each recipient; `got` is what truly arrived."""

    def __init__(self, moods: dict[int, str], got: list[str]) -> None:
        super().__init__()
        self.moods = {f"p{n}@example.org": mood for n, mood in moods.items()}
        self.got = got

    def send(self, recipient: str, message: bytes, *, before_data: Before) -> str:
        """Do as the mood is."""
        mood = self.moods.get(recipient, "take")
        if mood.isdigit():
            raise Refused(f"{mood} no", temporary=mood == "450")
        if mood.endswith("before"):
            raise Lost("gone") if mood.startswith("lost") else _Stop
        before_data()
        if mood in ("take", "taken but lost"):
            self.got.append(recipient)
        if mood == "dies in body":
            raise _Stop
        if mood != "take":
            raise Lost("gone")
        return "250 taken"


# ── the record ──────────────────────────────────────────────────────────────────────────────────────


def test_the_record_tells_of_every_message(store: Store) -> None:
    """Each message sent has its line, and an untouched record verifies."""
    queue(store, people(3))
    send(store, people(3), Fake())
    sent = [line.subject for line in store.audit() if line.action == "sent"]
    assert sent == [one.message_id for one in deliver.receipts(store)]
    assert deliver.verify_audit(store) == store.audit()[-1].digest


def test_approvals_are_on_the_record(store: Store) -> None:
    """Who approved which bytes stands in the record from the moment it is kept."""
    [line] = store.audit()
    assert (line.action, line.subject, line.actor, line.detail) == (
        "approved",
        edition().id,
        "A. Reader",
        sha256(PDF).hexdigest(),
    )


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET detail = 'to nobody' WHERE seq = 2",
        "UPDATE audit SET actor = 'someone' WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 4",
        "DELETE FROM audit",
    ],
)
def test_tampering_with_the_record_shows(store: Store, tampering: str) -> None:
    """A line changed, removed, or cut off the end is found, even past the store's own guard against changes."""
    queue(store, people(3))
    send(store, people(3), Fake())
    with store.begin() as connection:
        names = connection.execute(
            sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
        ).scalars()
        for name in list(names):
            connection.execute(sa.text(f"DROP TRIGGER {name}"))
        connection.execute(sa.text(tampering))
    with pytest.raises(StoreError, match="AUDIT_BROKEN"):
        deliver.verify_audit(store)


# ── dry run ─────────────────────────────────────────────────────────────────────────────────────────


def plan(of: deliver.Job, to: Sequence[Recipient], folder: Path, **more: Any) -> dict[str, dry_run.Planned]:
    """Return what a dry run says of each recipient."""
    found = dry_run.planned(of, to, {}, folder=folder, at=AT, **more)
    return {one.address.partition("@")[0]: one for one in found}


def test_dry_run_writes_what_would_be_sent(store: Store, tmp_path: Path) -> None:
    """One private file a recipient, the very bytes that go out, and nothing queued."""
    to, folder = people(3), tmp_path / "mail"
    before = os.umask(0)
    try:
        written = [Path(one.file) for one in plan(job(), to, folder).values()]
        again = [Path(one.file) for one in plan(job(), to, folder).values()]
    finally:
        os.umask(before)
    assert written == again
    assert sorted(folder.iterdir()) == sorted(written)
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert deliver.receipts(store) == ()
    queue(store, to)
    carrier = Fake()
    send(store, to, carrier)
    assert [path.read_bytes() for path in written] == [message for _, message in carrier.sent]


def test_dry_run_keeps_recipients_apart(tmp_path: Path) -> None:
    """Addresses that look alike once made safe for a file name still get a file each."""
    to = [Recipient(address=one) for one in ("a.b@example.org", "a-b@example.org", "a_b@example.org")]
    assert len({one.file for one in plan(job(), to, tmp_path).values()}) == 3


def test_dry_run_heeds_markings(tmp_path: Path) -> None:
    """Not even a file is written for someone who may not have the brief, and the reason is told."""
    cleared, barred = people(2)
    cleared = cleared.model_copy(update={"marking": "TLP:AMBER"})
    found = plan(job(edition(marking="TLP:AMBER")), [cleared, barred], tmp_path / "mail")
    assert {name: one.prospect for name, one in found.items()} == {"p0": "would be sent", "p1": "barred"}
    assert found["p1"].why == "cleared only up to TLP:CLEAR"
    assert [str(path) for path in (tmp_path / "mail").iterdir()] == [found["p0"].file]


def test_dry_run_holds_a_reader_on_two_lists_to_both(store: Store, tmp_path: Path) -> None:
    """Cleared on one list and not on the other, they are barred, as sending would refuse them; no file is written."""
    strict = job(edition(marking="TLP:GREEN"))
    once, again = Recipient(address="p0@example.org", marking="TLP:GREEN"), Recipient(address="P0@example.org")
    for to in ([once, again], [again, once]):
        assert [one.prospect for one in dry_run.planned(strict, to, {}, folder=tmp_path / "mail", at=AT)] == ["barred"]
        with pytest.raises(PolicyError, match="MARKING"):
            deliver.permit(store, strict, to, {})
    assert list((tmp_path / "mail").iterdir()) == []


def test_dry_run_tells_what_became_of_earlier_attempts(store: Store, tmp_path: Path) -> None:
    """Who has it, who is held and who is tried again are told apart, with the reason."""

    def breaks(before_data: Before) -> None:
        before_data()
        raise Lost("gone")

    to = people(4)
    queue(store, to[:3])
    answers = {"p1@example.org": breaks, "p2@example.org": Refused("450 later", temporary=True)}
    send(store, to[:3], Fake(answers))
    found = plan(job(), to, tmp_path, receipts=deliver.receipts(store))
    told = {name: (one.prospect, bool(one.why), bool(one.file)) for name, one in found.items()}
    assert told == {
        "p0": ("sent already", True, False),
        "p1": ("held", True, False),
        "p2": ("put off", True, True),
        "p3": ("would be sent", False, True),
    }
    assert Rehearsal(tuple(found.values())).exit_status == 5  # as sending would end
    assert Rehearsal((found["p0"], found["p2"])).exit_status == 75
    later = dry_run.planned(
        job(), to[2:3], {}, folder=tmp_path, at=AT + timedelta(hours=1), receipts=deliver.receipts(store)
    )
    assert [one.prospect for one in later] == ["would be tried again"]


def test_dry_run_knows_which_doubts_are_settled_by_sending_again(store: Store, tmp_path: Path) -> None:
    """What a list lets go again is not held, unless it has gone too often; sending then does as was said."""

    def breaks(before_data: Before) -> None:
        before_data()
        raise Lost("gone")

    to = people(2)
    queue(store, to)
    again = [("mail", "p0@example.org")]
    faulty = Fake(dict.fromkeys(("p0@example.org", "p1@example.org"), breaks))
    for _ in range(outbox.RESENDS + 1):
        send(store, to, faulty, resend=to[:1])
        found = plan(job(), to, tmp_path, receipts=deliver.receipts(store), again=again)
        may = outbox.rows(store)[0].attempts <= outbox.RESENDS
        assert (found["p0"].prospect, found["p1"].prospect) == ("would be tried again" if may else "held", "held")
        assert "broke before" in found["p0"].why
    assert not may


def test_dry_run_into_a_place_that_cannot_be(tmp_path: Path) -> None:
    """A folder that is a file is named, and no traceback is shown."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(Exception, match="FOLDER") as fault, suppress(FileExistsError):
        plan(job(), people(1), blocked / "mail")
    assert str(blocked) in str(fault.value)
