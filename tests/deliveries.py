"""Many deliveries, for tests and benchmarks: an edition for a crowd, and runs that are killed while they send."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from mailservers import HOST, Letters, make_certificate, noting_process
from unfiled import edition_of, summary_of

from briefings.core.recipients import Recipient
from briefings.core.settings import Smtp
from briefings.delivery import deliver, sending
from briefings.delivery.mail_channel import Mail
from briefings.delivery.relay import Relay
from briefings.model import Approval
from briefings.storage import outbox
from briefings.storage.store import Store

AT = datetime(2026, 2, 1, 6, 0, tzinfo=UTC)
SENDER = "briefings@example.org"


def crowd(count: int) -> list[Recipient]:
    """Return so many readers."""
    return [Recipient(name=f"Reader {n}", address=f"reader{n}@example.org") for n in range(count)]


def job_of(pdf: bytes) -> deliver.Job:
    """Return the job of an edition with that PDF."""
    of = edition_of(pdf, AT)
    return deliver.Job(of, pdf, summary_of(of, pdf), SENDER)


def queued(url: str, job: deliver.Job, to: Sequence[Recipient]) -> None:
    """Put the edition, approved, into a new store, with a message for each reader."""
    with Store.open(url) as store:
        store.add_edition(job.edition, at=AT)
        store.add_approval(Approval(edition_id=job.edition.id, pdf_sha256=job.sha256, by="A. Reader", at=AT))
        deliver.enqueue(store, job, to, at=datetime.now(UTC))


def send(
    url: str,
    job: deliver.Job,
    to: Sequence[Recipient],
    port: int,
    authority: Path,
    observe: sending.Observe = lambda phase, recipient: None,
) -> dict[str, int]:
    """Send to all over STARTTLS; return how many messages are in each state."""
    relay = Relay(Smtp(host=HOST, port=port, sender=SENDER, ca_file=str(authority), timeout=10))
    with Store.open(url) as store:
        how = sending.Pass(lambda: datetime.now(UTC), Random(1), observe=observe)
        return dict(Counter(one.state for one in sending.send(store, job, to, Mail(relay, SENDER), how)))


@dataclass(frozen=True)
class Bulk:
    """What a run of many messages came to.

    `busy` is how many seconds of a processor the sending took, `grown` by how many megabytes memory grew after the
    first tenth of it.
    """

    taken: int
    connections: int
    seconds: float
    busy: float
    grown: float


def bulk(folder: Path, count: int, kilobytes: int) -> Bulk:
    """Send so many messages with a PDF of that size to a server on this machine, in this process."""
    certificate = make_certificate(folder, "bulk")
    job, to = job_of(b"%PDF-1.7\n" + Random(1).randbytes(kilobytes * 1024)), crowd(count)
    url = f"sqlite:///{folder / 'bulk.db'}"
    queued(url, job, to)
    peaks: list[float] = []

    def observe(phase: str, recipient: str) -> None:
        if phase == "accepted":
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

    with noting_process(folder / "letters", certificate) as letters:
        began, worked = time.monotonic(), time.process_time()
        send(url, job, to, letters.port, certificate.authority, observe)
        took, busy = time.monotonic() - began, time.process_time() - worked
        grown = peaks[-1] - peaks[len(peaks) // 10]
        return Bulk(len(set(letters.identifiers())), letters.connections(), took, busy, grown)


def killed(run: Callable[[], object], after: float) -> bool:
    """Do something in a process of its own and kill -9 that after so many seconds; say whether it came to its end."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            run()
            os._exit(0)
        os._exit(1)
    limit = time.monotonic() + after
    while time.monotonic() < limit:
        if os.waitpid(child, os.WNOHANG)[0]:
            return True
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def settled(url: str, letters: Letters) -> int:
    """Settle each message of unknown fate as a person would who looks into the relay's log; return how many."""
    arrived = Counter(letters.identifiers())
    with Store.open(url) as store:
        doubtful = [row for row in outbox.rows(store) if row.phase == "unknown"]
        for row in doubtful:
            decision = "delivered" if arrived[row.message_id] else "resend"
            outbox.resolve(store, row.message_id, decision, by="A. Reader", at=datetime.now(UTC))
    return len(doubtful)


@dataclass(frozen=True)
class Ordeal:
    """What came of a crowd while its sending was killed over and over."""

    readers: int
    kills: int
    taken: int
    twice: int
    doubts: int
    states: dict[str, int]


def ordeal(folder: Path, kills: int, chance: Random) -> Ordeal:
    """Kill the sending to a crowd at so many moments drawn by chance, then let it end; a person settles each doubt."""
    certificate, job = make_certificate(folder, "ordeal"), job_of(b"%PDF-1.7\nfor a test\n")
    url, to, doubts, done = f"sqlite:///{folder / 'ordeal.db'}", crowd(12 * kills), 0, 0
    queued(url, job, to)
    with noting_process(folder / "noted", certificate) as letters:

        def run() -> dict[str, int]:
            return send(url, job, to, letters.port, certificate.authority)

        while done < kills and not killed(run, chance.uniform(0.01, 0.35)):
            done += 1
            doubts += settled(url, letters)
        run()
        doubts += settled(url, letters)
        states = run()
        times = Counter(letters.identifiers())
    return Ordeal(len(to), done, len(times), sum(times.values()) - len(times), doubts, states)


@dataclass(frozen=True)
class Together:
    """What came of several processes that queued and sent one edition at once; `worked` is how many sent any of it."""

    taken: int
    twice: int
    worked: int
    states: dict[str, int]


def together(folder: Path, url: str, processes: int, readers: int) -> Together:
    """Let several processes queue and send the same edition to the same readers at once."""
    certificate, job, to = make_certificate(folder, "together"), job_of(b"%PDF-1.7\nfor a test\n"), crowd(readers)
    queued(url, job, to[:1])
    with noting_process(folder / "noted", certificate) as letters:

        def run() -> None:
            with Store.open(url) as store:
                deliver.enqueue(store, job, to, at=datetime.now(UTC))
            send(url, job, to, letters.port, certificate.authority)

        ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in _forked(processes, run)]
        assert ended == [0] * processes, ended
        times = Counter(letters.identifiers())
        connections = letters.connections()
        states = send(url, job, to, letters.port, certificate.authority)
    return Together(len(times), sum(times.values()) - len(times), connections, states)


def _forked(processes: int, run: Callable[[], None]) -> list[int]:
    """Begin something in so many processes of their own; return their numbers."""
    children = []
    for _ in range(processes):
        child = os.fork()
        if child == 0:
            status = 1
            with suppress(BaseException):
                run()
                status = 0
            os._exit(status)
        children.append(child)
    return children
