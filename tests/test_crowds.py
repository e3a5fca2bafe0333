"""Many readers and bad luck: nobody gets two, nobody is forgotten, nobody waits for somebody else's fault."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest
from apart import apart
from deliveries import AT, SENDER, crowd, job_of, queued
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from mailservers import DROP, HOST, ScriptedRelay

from briefings.core.settings import Smtp
from briefings.delivery import sending
from briefings.delivery.mail_channel import Mail
from briefings.delivery.relay import Relay
from briefings.storage import outbox
from briefings.storage.outbox import ClaimLost, Row
from briefings.storage.store import Store

PDF = b"%PDF-1.7\nfor a test\n"


@pytest.mark.slow
def test_killed_at_fifty_moments_drawn_by_chance(tmp_path: Path) -> None:
    """Killed with kill -9 again and again: everybody has one message in the end, and no kill left two in doubt."""
    came = apart("deliveries", f"ordeal(Path({str(tmp_path)!r}), 50, Random({Random().randrange(10**6)}))")
    assert (came["taken"], came["twice"]) == (came["readers"], 0)
    assert came["states"] == {"sent": came["readers"]}
    assert came["doubts"] <= came["kills"]


@pytest.mark.slow
def test_many_messages_over_one_connection_in_steady_memory(tmp_path: Path) -> None:
    """Each once, no more memory for the last than for the first, and work enough for a thousand in a minute."""
    went = apart("deliveries", f"bulk(Path({str(tmp_path)!r}), 300, 100)")
    assert (went["taken"], went["connections"]) == (300, 1)
    assert went["busy"] < 18  # seconds of one processor: what else goes on on the machine is not ours
    assert went["grown"] < 16


@pytest.mark.slow
def test_f24_five_hundred_readers_and_one_poison(tmp_path: Path) -> None:
    """One address breaks every connection: the 499 others have theirs, run after run, and it is given up."""
    job, to, url = job_of(PDF), crowd(500), f"sqlite:///{tmp_path / 'store.db'}"
    queued(url, job, to)
    with (
        ScriptedRelay(lambda verb, line: DROP if verb == "RCPT" and "reader7@" in line else None) as relay,
        Store.open(url) as store,
    ):
        smtp = Smtp(host=HOST, port=relay.port, sender=SENDER, tls="none", timeout=5)
        began = outbox.rows(store)[0].created_at
        for run in range(6):
            clock = partial(began.__add__, timedelta(hours=5 * run))
            found = sending.send(store, job, to, Mail(Relay(smtp), SENDER), sending.Pass(clock, Random(1)))
            assert Counter(one.state for one in found) == {"sent": 499, "failed" if run == 5 else "deferred": 1}
        assert len(relay.recipients) == len(set(relay.recipients)) == 499


@pytest.mark.slow
def test_several_processes_at_once_share_the_work(url: str, tmp_path: Path) -> None:
    """Three that queue and send the same edition at one moment, on either database: each reader has one message."""
    came = apart("deliveries", f"together(Path({str(tmp_path)!r}), {url!r}, 3, 60)")
    assert (came["taken"], came["twice"], came["states"]) == (60, 0, {"sent": 60})
    assert came["worked"] > 1


# ── a model of the outbox ───────────────────────────────────────────────────────────────────────────


class Worker:
    """A process of another machine, which can only be given up by its lease: its row in hand, and since when."""

    def __init__(self, name: str) -> None:
        self.owner = f"elsewhere 1 {name}"
        self.row: Row | None = None
        self.handed_over = False


class Outbox(RuleBasedStateMachine):
    """Two workers, a relay, a person, and a clock that somebody pushes; whatever the order, nobody gets two."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{self.folder.name}/store.db"
        self.job = job_of(PDF)
        self.clock = AT
        self.workers = [Worker("one"), Worker("two")]
        self.got: Counter[str] = Counter()

    @initialize()
    def begin(self) -> None:
        """Queue three messages."""
        queued(self.url, self.job, crowd(3))
        self.store = Store.open(self.url)
        self.store.__enter__()
        self.clock = max(row.created_at for row in outbox.rows(self.store)) + timedelta(seconds=1)

    @rule(at=st.integers(0, 1))
    def claim(self, at: int) -> None:
        """Let an idle worker claim what is due."""
        worker = self.workers[at]
        if worker.row is None:
            people = [one.address for one in crowd(3)]
            worker.row = outbox.claim(
                self.store, self.job.sha256, people, channel="mail", owner=worker.owner, at=self.clock
            )
            worker.handed_over = False

    @rule(at=st.integers(0, 1), phase=st.sampled_from(["connecting", "data_started"]))
    def go_on(self, at: int, phase: str) -> None:
        """Let a worker take its next step, or find that it was given up."""
        worker = self.workers[at]
        order = {"connecting": "claimed", "data_started": "connecting"}
        if worker.row is None or worker.row.phase != order[phase]:
            return
        try:
            worker.row = outbox.advance(self.store, worker.row, phase, at=self.clock)  # type: ignore[arg-type]
        except ClaimLost:
            worker.row = None

    @rule(at=st.integers(0, 1))
    def relay_takes(self, at: int) -> None:
        """Let the relay take a message whose body went out; no connection lives as long as a lease."""
        row = self.workers[at].row
        if row and row.phase == "data_started" and row.leased_until and self.clock < row.leased_until:
            if not self.workers[at].handed_over:
                self.got[row.message_id] += 1
            self.workers[at].handed_over = True

    @rule(at=st.integers(0, 1))
    def note_answer(self, at: int) -> None:
        """Let a worker write down that the relay has the message, however late."""
        worker = self.workers[at]
        if worker.row and worker.handed_over:
            outbox.accept(self.store, worker.row, at=self.clock, detail="250")
            worker.row = None

    @rule(at=st.integers(0, 1), fate=st.sampled_from(["failed", "deferred", "unknown"]))
    def note_fault(self, at: int, fate: str) -> None:
        """Let the relay refuse a message it does not have, or the connection break in the midst of it."""
        worker = self.workers[at]
        begun = worker.row is not None and worker.row.phase == "data_started"
        if worker.row is None or (fate == "unknown") != begun or (fate == "failed" and worker.handed_over):
            return
        later = self.clock + timedelta(minutes=1) if fate == "deferred" else None
        outbox.settle(self.store, worker.row, fate, at=self.clock, detail=fate, next_try_at=later)  # type: ignore[arg-type]
        worker.row = None

    @rule(at=st.integers(0, 1))
    def die(self, at: int) -> None:
        """Let a worker be gone without a word."""
        self.workers[at].row = None

    @rule(minutes=st.sampled_from([1, 9, 11, 60]))
    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self.clock += timedelta(minutes=minutes)

    @rule()
    def recover(self) -> None:
        """Let somebody begin a run, which takes up what others left."""
        outbox.recover(self.store, self.job.sha256, channel="mail", at=self.clock)

    @rule()
    def person_looks(self) -> None:
        """Let a person settle what is in doubt by what the relay's log says."""
        for row in outbox.rows(self.store):
            if row.phase == "unknown":
                decision = "delivered" if self.got[row.message_id] else "resend"
                outbox.resolve(self.store, row.message_id, decision, by="A. Reader", at=self.clock)

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def nobody_gets_two(self) -> None:
        """Hold at every moment: none twice, and what is noted as sent or failed is so."""
        assert all(count == 1 for count in self.got.values())
        for row in outbox.rows(self.store):
            assert row.phase != "accepted" or self.got[row.message_id] == 1
            assert row.phase != "failed" or self.got[row.message_id] == 0

    def teardown(self) -> None:
        """Let all leases run out: nothing is stuck, and a good day brings everybody theirs."""
        self.workers = [Worker("three")]
        self.clock += outbox.LEASE + timedelta(minutes=1)
        self.recover()
        assert {row.phase for row in outbox.rows(self.store)} <= {"queued", "deferred", "unknown", "accepted", "failed"}
        self.person_looks()
        while True:
            self.claim(0)
            if self.workers[0].row is None:
                break
            self.go_on(0, "connecting")
            self.go_on(0, "data_started")
            self.relay_takes(0)
            self.note_answer(0)
        self.nobody_gets_two()
        assert {row.phase for row in outbox.rows(self.store)} <= {"accepted", "failed"}
        self.store.__exit__(None, None, None)
        self.folder.cleanup()


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
