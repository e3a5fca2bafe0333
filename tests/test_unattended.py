"""Runs nobody attends, on the demo: made as of their due time, sent once under a standing approval, or told of."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
import tomlkit
from editions import LATE
from mailservers import HOST, mail_process, make_certificate
from test_scheduling import FIVE, HOUR, Clock, Hands, workspace
from unfiled import edition_of

from briefings.channels import Before, Refused, Unopened
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.core.standing import StandingApproval
from briefings.errors import TemporaryError
from briefings.making.press import printed_in
from briefings.model import Approval, Edition
from briefings.release import lifecycle
from briefings.release.lifecycle import states
from briefings.storage import agenda, outbox
from briefings.storage.store import Store
from briefings.storage.store_tables import due_runs
from briefings.upkeep import alarms, delivery_checks
from briefings.upkeep.scheduling import run_due, tick
from briefings.upkeep.unattended import Done

SIX_IN_THE_EVENING = datetime(2026, 1, 31, 13, tzinfo=UTC)
"""By the clock of Karachi."""
FAILED = Done("failed", "CELL_ERROR", "cell 3 of events.ipynb")
STANDING = {"by": "R. Okafor", "until": "2099-12-31", "reason": "nobody is on duty at night"}


@pytest.fixture
def desk(demo: Workspace, tmp_path: Path) -> Workspace:
    """A demo whose daily brief goes out by itself, over a channel that writes down what it would send."""
    root = Path(shutil.copytree(demo.root, tmp_path / "desk"))
    whole = tomlkit.parse((root / "briefings.toml").read_text(encoding="utf-8"))
    whole["channels"] = {"trial": {"kind": "fake", "path": "sent"}}
    whole["lists"]["duty"]["recipients"] = [{"channel": "trial", "name": "Duty desk"}]
    whole["briefs"]["balochistan"].update({"schedule": "0 18 * * *", "standing_approval": STANDING})
    (root / "briefings.toml").write_text(tomlkit.dumps(whole), encoding="utf-8")
    return load(root)


def settings(space: Workspace, **brief: Any) -> None:
    """Change settings of the daily brief; `None` takes one out."""
    whole = tomlkit.parse(space.file.read_text(encoding="utf-8"))
    for name, value in brief.items():
        whole["briefs"]["balochistan"].pop(name, None)
        if value is not None:
            whole["briefs"]["balochistan"][name] = value
    space.file.write_text(tomlkit.dumps(whole), encoding="utf-8")


def sent(space: Workspace) -> list[dict[str, Any]]:
    files = sorted((space.root / "sent").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def settled(space: Workspace) -> bool:
    """Say of messages of unknown fate whether they arrived, and let their run go on; return whether there were any."""
    arrived = {line["key"] for line in sent(space)}
    with Store.open(space.store) as store:
        doubtful = [row.message_id for row in outbox.rows(store) if row.phase == "unknown"]
        for key in doubtful:
            outbox.resolve(store, key, "delivered" if key in arrived else "resend", by="R. Okafor", at=store.now())
        for run in agenda.runs(store, states=agenda.UNDONE) if doubtful else ():
            agenda.again(store, run.id, at=store.now())
    return bool(doubtful)


def died_over(space: Workspace) -> None:
    """Leave the only run as a scheduler leaves it that dies before it has written down what became of it."""
    with Store.open(space.store) as store, store.begin() as connection:
        dead = {
            "state": "running",
            "attempts": 1,
            "owner": "elsewhere 1 0123",
            "leased_until": datetime.now(UTC) - HOUR,
        }
        connection.execute(sa.update(due_runs).values(**dead))


@pytest.mark.slow
def test_a_due_brief_is_made_as_of_its_due_time_and_sent_once(desk: Workspace) -> None:
    (run,) = run_due("balochistan", SIX_IN_THE_EVENING, desk.root).runs
    assert (run.state, run.code, run.late) == ("sent", "", True)
    (state,) = states(workspace=desk)
    assert (state.edition.date.isoformat(), state.edition.as_of) == ("2026-01-31", SIX_IN_THE_EVENING)
    brief = printed_in(desk.reports / state.edition.folder)
    assert brief is not None
    cited = [one.published for section in brief.sections for one in section.documents]
    assert all(one <= SIX_IN_THE_EVENING for one in cited if isinstance(one, datetime))
    with Store.open(desk.store) as store:
        acts = [(act.deed, act.by) for act in lifecycle.acts_of(store, state.edition)]
    assert acts == [("make", "schedule"), ("approve", "R. Okafor"), ("send", "schedule")]
    assert [line["edition"] for line in sent(desk)] == [state.edition.id]

    # asked for again, and taken up from one that died, with a report that came in meanwhile
    run_due("balochistan", SIX_IN_THE_EVENING, desk.root)
    died_over(desk)
    (desk.root / "sources" / "reports" / "late.md").write_text(LATE, encoding="utf-8")
    (again,) = tick(desk.root).runs
    assert (again.state, again.edition_id, again.attempts) == ("sent", state.edition.id, 2)
    assert len(states(workspace=desk)) == len(sent(desk)) == 1

    # another that nobody answers for is left for a person, and one whose approval has run out is a failure
    settings(desk, standing_approval=None)
    died_over(desk)
    assert [(one.state, one.code) for one in tick(desk.root).runs] == [("made", "")]
    settings(desk, standing_approval={**STANDING, "until": "2026-01-01"})
    died_over(desk)
    assert [(one.state, one.code) for one in tick(desk.root).runs] == [("failed", "STANDING_EXPIRED")]
    settings(desk, standing_approval=STANDING, gates=["killed >= 100000"])
    died_over(desk)
    assert [(one.state, one.code) for one in tick(desk.root).runs] == [("held", "HELD_BACK")]
    assert len(sent(desk)) == 1


@pytest.mark.slow
def test_a_scheduler_killed_twice_while_it_makes_and_sends_leaves_one_edition_sent_once(desk: Workspace) -> None:
    """Killed for good at two moments nobody chose; whoever comes next ends the run, and nothing of it is left over."""
    command = [sys.executable, "-m", "briefings", "tick", "balochistan", "--due", SIX_IN_THE_EVENING.isoformat()]
    moments = Random().sample(range(5, 80), 2)
    for moment in moments:
        with subprocess.Popen(command, cwd=desk.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as killed:
            with suppress(subprocess.TimeoutExpired):
                killed.wait(moment / 10)
            killed.kill()
    command.append("--json")
    done = subprocess.run(command, cwd=desk.root, capture_output=True, text=True, check=False, timeout=240)
    if settled(desk):  # killed the very moment it handed a message over, which a person looks into
        done = subprocess.run(command, cwd=desk.root, capture_output=True, text=True, check=False, timeout=240)
    (run,) = json.loads(done.stdout)["runs"]
    assert (run["state"], done.returncode) == ("sent", 0), f"killed after {moments} tenths of a second: {run}"
    (state,) = states(workspace=desk.root)
    assert [line["edition"] for line in sent(desk)] == [state.edition.id] == [run["edition_id"]]
    with Store.open(desk.store) as store:
        assert store.check() == ()
    assert [path.name for path in desk.reports.rglob(".making-*")] == []


# ── what owners are told ────────────────────────────────────────────────────────────────────────────


class Relay(Unopened):
    """Takes messages, or refuses them as it is told."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault, self.taken = fault, list[tuple[str, bytes]]()

    def send(self, recipient: str, message: bytes, *, before_data: Before) -> str:
        """Take a message, unless there is a fault."""
        if self.fault is not None:
            raise self.fault
        before_data()
        self.taken.append((recipient, message))
        return "250 OK"


def failing(
    folder: Path,
    *,
    owners: str = '["desk@example.org", "lead@example.org"]',
    port: int = 25,
    done: Done = FAILED,
) -> Workspace:
    """Return a workspace whose brief has failed, with owners."""
    space = workspace(folder)
    smtp = f'[smtp]\nhost = "{HOST}"\nport = {port}\nsender = "briefings@example.org"\nca_file = "relay-ca.pem"\n'
    text = space.file.read_text(encoding="utf-8").replace("[workspace]", f"[workspace]\nowners = {owners}")
    space.file.write_text(f"{text}\n{smtp}", encoding="utf-8")
    fails = Hands(lambda: done)
    for hour in (0, 1):
        tick(workspace_without_mail(space), clock=Clock(FIVE + hour * HOUR), carry=fails)
    return load(space.root)


def workspace_without_mail(space: Workspace) -> Workspace:
    return space.model_copy(update={"smtp": None})


def told(space: Workspace, relay: Relay, hours: float = 1) -> tuple[int, tuple[str, ...]]:
    with Store.open(space.store) as store:
        return alarms.tell(space, store, at=FIVE + hours * HOUR, carrier=relay, rng=Random(1))


def words(relay: Relay) -> str:
    """Return the subject and the text of the first message taken."""
    message = message_from_bytes(relay.taken[0][1], policy=default)
    return f"Subject: {message['Subject']}\n\n{message.get_content()}"


def test_owners_hear_of_a_run_that_failed_each_once(tmp_path: Path) -> None:
    space, relay = failing(tmp_path), Relay()
    assert told(space, relay) == (2, ())
    assert told(space, relay, 1.1) == (0, ())
    silent, fails = workspace_without_mail(space), Hands(lambda: FAILED)
    run_due("coast", FIVE + HOUR, silent, clock=Clock(FIVE + 2 * HOUR), carry=fails)
    assert told(space, relay, 2) == (0, ())  # asked for again by a scheduler of others, it fails as it did
    assert [to for to, _ in relay.taken] == ["desk@example.org", "lead@example.org"]
    message = words(relay)
    assert "Subject: [briefings] Briefings: coast failed, due 2031-03-05 06:00 UTC" in message
    assert "due 2031-03-05 06:00 UTC, failed: CELL_ERROR." in message
    assert "briefings tick coast --due 2031-03-05T06:00Z" in message
    assert "lead@example.org" not in message


@pytest.mark.parametrize("done", [
    Done("held", "HELD_BACK", "the gate is shut\n  why: civilians killed 11–18, below 40"),
    Done("failed", "NUMBER", "92 rests on nothing\n  where: the bottom line"),
    Done("failed", "INTERNAL", "ValueError: 'Nineteen persons were killed in Mezin'"),
    Done("failed", "LOGIN", "login with c4nary-of-the-relay"),
])  # fmt: skip
def test_owners_are_told_no_word_of_what_a_brief_says(done: Done, tmp_path: Path) -> None:
    """Why a run failed may quote a brief of any marking, or a secret: it is in the history, for who may look there."""
    space, relay = failing(tmp_path, done=done), Relay()
    assert told(space, relay) == (2, ())
    message = words(relay)
    assert done.code in message
    assert "briefings history coast" in message
    assert done.detail.splitlines()[0] not in message
    assert not {"92", "11", "18", "Mezin", "c4nary"} & set(re.findall(r"\w+", message))


def test_what_cannot_be_told_now_is_told_later(tmp_path: Path) -> None:
    space = failing(tmp_path)
    assert told(space, Relay(TemporaryError("the mail relay is down"))) == (
        0, ("owners could not be told yet: the mail relay is down",),
    )  # fmt: skip
    assert told(space, Relay(Refused("451 later", temporary=True)), 1.2) == (0, ())
    assert told(space, Relay(), 4) == (2, ())
    assert told(space, Relay(), 5) == (0, ())


def test_an_owner_whom_the_relay_refuses_keeps_nobody_from_hearing(tmp_path: Path) -> None:
    space = failing(tmp_path)

    class Picky(Relay):
        def send(self, recipient: str, message: bytes, *, before_data: Before) -> str:
            if recipient.startswith("desk"):
                raise Refused("550 no such user", temporary=False)
            return super().send(recipient, message, before_data=before_data)

    assert told(space, Picky()) == (1, ())
    with Store.open(space.store) as store:
        assert [row.phase for row in outbox.rows(store)] == ["failed", "accepted"]


def test_a_workspace_without_owners_or_mail_says_so(tmp_path: Path) -> None:
    assert told(failing(tmp_path / "none", owners="[]"), Relay()) == (
        0, ("nobody is told of runs that fail: name owners in [workspace]",),
    )  # fmt: skip
    assert told(workspace_without_mail(failing(tmp_path / "mute")), Relay())[1] == (
        "owners cannot be told of runs that fail: there is no [smtp] to send by",
    )


def test_an_old_failure_is_history(tmp_path: Path) -> None:
    relay = Relay()
    assert told(failing(tmp_path), relay, 24 * 4) == (0, ())
    assert relay.taken == []


def waiting(folder: Path) -> tuple[Workspace, Edition]:
    """Return a workspace whose brief was made when it was due, and the edition that nobody has read."""
    space, made = failing(folder, done=Done("made")), edition_of(b"%PDF", FIVE)
    with Store.open(space.store) as store:
        store.add_edition(made, at=FIVE)
        with store.begin() as connection:
            connection.execute(sa.update(due_runs).values(edition_id=made.id))
    return space, made


def test_owners_hear_once_of_an_edition_that_waits_to_be_read(tmp_path: Path) -> None:
    """The mail says what to do, and a setting keeps it back."""
    (space, made), relay = waiting(tmp_path), Relay()
    assert told(space.model_copy(update={"tell_waiting": False}), relay) == (0, ())
    assert told(space, relay) == (2, ())
    assert told(space, relay, 1.1) == (0, ())
    assert "Subject: [briefings] Briefings: coast waits for a person, due 2031-03-05 06:00 UTC" in words(relay)
    assert f"briefings approve {made.id} --by NAME" in words(relay)


@pytest.mark.parametrize("deed", ["approved", "withdrawn"])
def test_what_somebody_has_settled_waits_for_nobody(tmp_path: Path, deed: str) -> None:
    """An edition approved or taken back before owners were told is told of no more."""
    (space, made), relay = waiting(tmp_path), Relay()
    with Store.open(space.store) as store:
        if deed == "approved":
            store.add_approval(Approval(edition_id=made.id, pdf_sha256="0" * 64, by="R. Okafor", at=FIVE))
        else:
            store.add_audit(deed, made.id, actor="R. Okafor", at=FIVE)
    assert told(space, relay) == (0, ())


@pytest.mark.parametrize(("days", "level"), [(15, "ok"), (14, "advice"), (0, "advice"), (-1, "advice")])
def test_the_doctor_tells_of_a_standing_approval_that_ends(tmp_path: Path, days: int, level: str) -> None:
    """By the calendar of the brief's region, two weeks before and from then on."""
    space = workspace(tmp_path)
    standing = StandingApproval(by="R. Okafor", until=FIVE.date() + timedelta(days), reason="nights")
    coast = space.briefs["coast"].model_copy(update={"standing_approval": standing})
    (check,) = delivery_checks.standing_lasts(space.model_copy(update={"briefs": {"coast": coast}}), at=FIVE)
    assert (check.level, str(standing.until) in check.detail) == (level, True)
    assert ("ended" in check.detail) == (days < 0)


@pytest.mark.slow
def test_owners_hear_through_a_real_relay(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, "relay")
    with mail_process(tmp_path / "mail", certificate) as server:
        space = failing(tmp_path, port=server.port)
        done = tick(space, clock=Clock(FIVE + timedelta(hours=2)), carry=Hands())
        assert (done.told, done.notes) == (2, ())
        assert sorted(message["To"] for message in server.messages()) == ["desk@example.org", "lead@example.org"]
        assert all(message["Auto-Submitted"] == "auto-generated" for message in server.messages())
    with Store.open(space.store) as store:
        assert [run.state for run in agenda.runs(store)] == ["failed"]
