"""The scheduler: each due run is carried out once, whoever looks, however long nobody did, and whoever dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from apart import apart

from briefings.core import config
from briefings.core.credentials import resolve_secret
from briefings.core.settings import Workspace
from briefings.errors import PolicyError, SourceError, UsageError
from briefings.making.steps import Step
from briefings.storage import agenda
from briefings.storage.agenda import DueRun
from briefings.storage.store import Store
from briefings.upkeep import scheduling
from briefings.upkeep.scheduling import Tick, run_due, tick
from briefings.upkeep.unattended import Done, Later

FIVE = datetime(2031, 3, 5, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SETTINGS = """\
[workspace]
store = "{store}"

[briefs.coast]
title = "Coast: daily brief"
region = "coast"
schedule = "{line}"
catch_up = "{catch_up}"

[regions.coast]
name = "Coast"
"""


BRIEFS = ("coast", "hills", "plain", "river")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = FIVE) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the hour it shows."""
        return self.now


class Hands:
    """Carries out runs by writing them down, or as it was told."""

    def __init__(self, does: Callable[[], Done | Later] = lambda: Done("made")) -> None:
        self.does, self.runs = does, list[DueRun]()

    def __call__(
        self, space: Workspace, store: Store, run: DueRun, /, *, clock: scheduling.Clock, step: Step
    ) -> Done | Later:
        """Keep the run in mind, and do as told."""
        self.runs.append(run)
        return self.does()


def workspace(
    folder: Path, *, line: str = "0 6 * * *", catch_up: str = "latest", store: str = "sqlite:///store.db"
) -> Workspace:
    folder.mkdir(parents=True, exist_ok=True)
    text = SETTINGS.format(line=line, catch_up=catch_up, store=store)
    (folder / "briefings.toml").write_text(text, encoding="utf-8")
    return config.load(folder)


def looked(space: Workspace, hands: Hands, *hours: float) -> list[Tick]:
    """Look so many hours after five, one look after the other."""
    return [tick(space, clock=Clock(FIVE + hour * HOUR), carry=hands) for hour in hours]


def test_a_due_run_is_carried_out_and_then_no_more(tmp_path: Path) -> None:
    hands = Hands()
    first, before, due, after = looked(workspace(tmp_path), hands, 0, 0.5, 1, 1.1)
    assert first.notes == ("coast: its schedule begins now",)
    assert first.coming == {"coast": FIVE + HOUR}
    assert [len(one.runs) for one in (first, before, due, after)] == [0, 0, 1, 0]
    assert [run.due_at for run in hands.runs] == [FIVE + HOUR]
    assert due.runs[0].state == "made"
    assert (due.exit_status, after.exit_status) == (0, 0)


def test_after_days_asleep_the_latest_runs_once_marked_late(tmp_path: Path) -> None:
    hands = Hands()
    _, woken = looked(workspace(tmp_path), hands, 0, 3 * 24 + 9)
    assert [(run.due_at, run.late, run.passed) for run in woken.runs] == [(FIVE + HOUR + 3 * DAY, True, 3)]
    assert woken.notes == ("coast: 3 due times passed over (catch_up = 'latest')",)


def test_a_clock_that_was_put_back_is_told_of(tmp_path: Path) -> None:
    hands = Hands()
    *_, back, again = looked(workspace(tmp_path), hands, 0, 1, -1, 1)
    assert back.notes == ("coast: this clock is behind the last look, of 2031-03-05 06:00 UTC",)
    assert (back.runs, again.runs) == ((), ())


def test_two_looks_at_once_are_no_clock_put_back(tmp_path: Path) -> None:
    *_, second = looked(workspace(tmp_path), Hands(), 0, 1, 1 - 2 / 3600)
    assert second.notes == ()


def test_a_fault_is_what_became_of_the_run_and_keeps_no_other_from_its_own(tmp_path: Path) -> None:
    def fail() -> Done:
        raise PolicyError("a gate is shut", where="coast", code="HELD_BACK")

    def stumble() -> Done:
        raise SourceError("no source could be read")

    def trip() -> Done:
        raise ZeroDivisionError("division by zero")

    space = workspace(tmp_path, line="0 * * * *", catch_up="all")
    found = [looked(space, Hands(does), hour)[0] for hour, does in ((0, fail), (1, fail), (2, stumble), (3, trip))]
    runs = [run for one in found for run in one.runs]
    assert [(run.state, run.code, run.detail.splitlines()[0]) for run in runs] == [
        ("held", "HELD_BACK", "a gate is shut"),
        ("failed", "SOURCE", "no source could be read"),
        ("failed", "INTERNAL", "ZeroDivisionError: division by zero"),
    ]
    assert [one.exit_status for one in found] == [0, 3, 3, 3]


def test_no_secret_is_kept_of_why_a_run_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY", "c4nary-of-a-run")
    resolve_secret("env:CANARY")
    space = workspace(tmp_path)
    done = looked(space, Hands(lambda: Done("failed", "LOGIN", "login with c4nary-of-a-run")), 0, 1)[-1]
    assert done.runs[0].detail == "login with [secret]"
    assert b"c4nary" not in (tmp_path / "store.db").read_bytes()


def test_what_time_may_mend_is_tried_again_at_longer_and_longer_waits_and_given_up_at_last(tmp_path: Path) -> None:
    def down() -> Later:
        return Later("RELAY_DOWN", "the relay is down")

    space, tries = workspace(tmp_path), [0, 1, 2, 4, 8, 16, 32, 64, 124, 184, 244, 304, 364]
    looked(space, Hands(down), 0)
    for minute in tries:
        before, then = looked(space, Hands(down), 1 + (minute - 0.5) / 60, 1 + minute / 60)
        assert (before.runs, len(then.runs)) == ((), 1)
        assert then.exit_status == (75 if minute < 360 else 3)
    with Store.open(space.store) as store:
        (run,) = agenda.runs(store)
    assert (run.state, run.code, run.detail) == ("failed", "RELAY_DOWN", "given up after 6 hours: the relay is down")


def test_a_run_that_is_interrupted_is_there_for_the_next(tmp_path: Path) -> None:
    def stop() -> Done:
        raise KeyboardInterrupt

    space = workspace(tmp_path)
    looked(space, Hands(), 0)
    with pytest.raises(KeyboardInterrupt):
        looked(space, Hands(stop), 1)
    (again,) = looked(space, Hands(), 1)
    assert [(run.state, run.attempts) for run in again.runs] == [("made", 1)]


def test_a_scheduler_of_others_may_say_when_a_brief_is_due(tmp_path: Path) -> None:
    """Asked for twice it is carried out once; one that failed is tried again."""
    space, hands = workspace(tmp_path), Hands()
    due = datetime(2031, 3, 4, 6, tzinfo=UTC)
    first = run_due("coast", due, space, clock=Clock(), carry=hands)
    again = run_due("coast", due + timedelta(seconds=9), space, clock=Clock(), carry=hands)
    assert [run.state for run in (*first.runs, *again.runs)] == ["made", "made"]
    assert [run.due_at for run in hands.runs] == [due]

    def fail() -> Done:
        return Done("failed", "CELL_ERROR", "cell 3")

    assert run_due("coast", due - DAY, space, clock=Clock(), carry=Hands(fail)).exit_status == 3
    assert run_due("coast", due - DAY, space, clock=Clock(), carry=hands).exit_status == 0


def test_a_run_held_back_or_passed_over_is_carried_out_once_somebody_asks_for_it(tmp_path: Path) -> None:
    """As its owners are advised to; what no schedule would take up again is not over for good."""
    space, due = workspace(tmp_path), datetime(2031, 3, 4, 6, tzinfo=UTC)
    for state in ("held", "passed"):
        due -= DAY
        run_due("coast", due, space, clock=Clock(), carry=Hands(lambda state=state: Done(state)))
        again = Hands(lambda: Done("sent"))
        assert run_due("coast", due, space, clock=Clock(), carry=again).exit_status == 0
        assert [run.due_at for run in again.runs] == [due]


def test_a_run_that_another_scheduler_is_at_is_no_success_yet(tmp_path: Path) -> None:
    """A scheduler of others that asks again meanwhile would else take it for done."""
    space, due = workspace(tmp_path), datetime(2031, 3, 4, 6, tzinfo=UTC)
    statuses: list[int] = []

    def asked_for_meanwhile() -> Done:
        meanwhile = run_due("coast", due, space, clock=Clock(), carry=Hands())
        statuses.append(meanwhile.exit_status)
        return Done("sent")

    done = run_due("coast", due, space, clock=Clock(), carry=Hands(asked_for_meanwhile))
    assert (statuses, done.exit_status) == ([75], 0)


def test_a_run_tried_again_days_later_is_tried_for_as_long_as_any_other(tmp_path: Path) -> None:
    space, due = workspace(tmp_path), datetime(2031, 3, 4, 6, tzinfo=UTC)
    run_due("coast", due, space, clock=Clock(), carry=Hands(lambda: Done("failed", "CELL_ERROR")))
    down = Hands(lambda: Later("RELAY_DOWN", "the relay is down"))
    (run,) = run_due("coast", due, space, clock=Clock(FIVE + 2 * DAY), carry=down).runs
    assert (run.state, run.code, run.began_at) == ("waiting", "RELAY_DOWN", FIVE + 2 * DAY)


@pytest.mark.parametrize("due", [datetime(2031, 3, 6, tzinfo=UTC), datetime(2031, 3, 4)])
def test_a_due_time_that_has_not_come_or_names_no_instant_is_refused(tmp_path: Path, due: datetime) -> None:
    with pytest.raises(UsageError) as fault:
        run_due("coast", due, workspace(tmp_path), clock=Clock(), carry=Hands())
    assert fault.value.error_code == "DUE"


# ── several schedulers, each a process of its own ───────────────────────────────────────────────────

FAST = """
import sys
from datetime import datetime
from pathlib import Path
from briefings.core import config
from briefings.upkeep.scheduling import tick
from briefings.upkeep.unattended import Done
def carry(space, store, run, *, clock, step):
    print(run.brief, run.due_at.isoformat())
    return Done("made")
space = config.load(Path(sys.argv[1]))
for line in sys.stdin:
    tick(space, clock=lambda: datetime.fromisoformat(line.strip()), carry=carry)
    print("done", flush=True)
"""


def ticked(process: subprocess.Popen[str]) -> list[str]:
    """Return what a scheduler carried out in one tick, as soon as that has ended."""
    assert process.stdout is not None
    lines = []
    while (line := process.stdout.readline().strip()) != "done":
        assert line
        lines.append(line)
    return lines


@pytest.mark.slow
def test_two_schedulers_carry_out_a_thousand_due_runs_once_each(url: str, tmp_path: Path) -> None:
    """Four briefs are due every minute; two processes look every five minutes at once and share what is due."""
    store = url if url.startswith("postgresql") else "sqlite:///store.db"
    space = workspace(tmp_path / "workspace", line="* * * * *", catch_up="all", store=store)
    coast = space.file.read_text(encoding="utf-8").split("\n\n")[1]
    more = [coast.replace("[briefs.coast]", f"[briefs.{name}]") for name in BRIEFS[1:]]
    space.file.write_text("\n\n".join([space.file.read_text(encoding="utf-8"), *more]), encoding="utf-8")
    tick(config.load(space.root), clock=Clock(), carry=Hands())
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", FAST, str(space.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    shares: list[list[str]] = [[], []]
    for minute in range(5, 251, 5):
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(f"{(FIVE + timedelta(minutes=minute)).isoformat()}\n")
            process.stdin.flush()
        for share, process in zip(shares, processes, strict=True):
            share += ticked(process)
    for process in processes:
        process.communicate()
    due = [(FIVE + timedelta(minutes=past)).isoformat() for past in range(1, 251)]
    assert Counter(shares[0] + shares[1]) == Counter(f"{brief} {at}" for brief in BRIEFS for at in due)
    assert min(map(len, shares)) > 0, "one of them did it all"


KILLED = """
import sys, time
from pathlib import Path
from briefings.core import config
from briefings.upkeep.scheduling import tick
from briefings.upkeep.unattended import Done
from datetime import datetime, UTC
root, log, stays = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
def carry(space, store, run, *, clock, step):
    print("begun", flush=True)
    time.sleep(stays)
    with log.open("a") as file:
        file.write(f"{run.due_at.isoformat()}\\n")
    return Done("made")
tick(config.load(root), clock=lambda: datetime(2031, 3, 5, 6, tzinfo=UTC), carry=carry)
"""


@pytest.mark.slow
def test_a_scheduler_killed_at_the_minute_of_a_due_run_leaves_it_to_the_next(tmp_path: Path) -> None:
    space, log = workspace(tmp_path / "workspace"), tmp_path / "runs.log"
    tick(space, clock=Clock(), carry=Hands())
    begun = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(space.root), str(log), "60"], stdout=subprocess.PIPE, text=True
    )
    assert begun.stdout is not None
    assert begun.stdout.readline() == "begun\n"
    os.kill(begun.pid, signal.SIGKILL)
    begun.wait()
    begun.stdout.close()
    subprocess.run([sys.executable, "-c", KILLED, str(space.root), str(log), "0"], check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", KILLED, str(space.root), str(log), "0"], check=True, capture_output=True)
    assert log.read_text(encoding="utf-8").split() == ["2031-03-05T06:00:00+00:00"]


@pytest.mark.slow
def test_schedulers_killed_after_each_step_leave_every_run_done_once(tmp_path: Path) -> None:
    """One dies at each: the run goes on where it was. What nobody can know, or died thrice, a person is told of."""
    came = apart("schedulers", f"at_every_step(Path({str(tmp_path)!r}))")
    assert came["kills"] == came["due"] == came["sent"] > 12
    assert (came["twice"], came["states"], came["broken"]) == (0, {"sent": came["due"]}, [])
    assert came["doubts"] <= 2  # those that died between handing over and noting the answer


@pytest.mark.slow
def test_schedulers_killed_at_fifty_moments_drawn_by_chance(tmp_path: Path) -> None:
    """Killed with kill -9 again and again: each run is carried out once and sent once, and none stays under way."""
    came = apart("schedulers", f"at_random(Path({str(tmp_path)!r}), 50, Random({Random().randrange(10**6)}))")
    assert (came["kills"], came["sent"], came["twice"]) == (50, came["due"], 0)
    assert (came["states"], came["broken"]) == ({"sent": came["due"]}, [])
    assert came["doubts"] <= came["kills"]
