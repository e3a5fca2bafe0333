"""A workspace that runs by itself: what it logs, measures and says of its health, and the server that keeps time."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_scheduling import FIVE, HOUR, Clock, Hands, workspace
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.credentials import resolve_secret
from briefings.core.settings import Workspace
from briefings.storage import agenda
from briefings.storage.store import Store
from briefings.upkeep import health, logs, metrics, scheduling, serving
from briefings.upkeep.scheduling import schedules_of, tick
from briefings.upkeep.unattended import Done

CANARY = 'c4nary "Pass\\word" ü'


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.stdout, done.stderr


# ── logs ────────────────────────────────────────────────────────────────────────────────────────────


def test_events_are_one_json_object_a_line() -> None:
    heard = StringIO()
    log = logs.lines("json", stream=heard, clock=Clock())
    log("run.begun", brief="coast", due=FIVE, late=False)
    log("run.ended", level="error", detail="two\nlines", seconds=1.5, again=None)
    assert [json.loads(line) for line in heard.getvalue().splitlines()] == [
        {
            "at": "2031-03-05T05:00:00.000Z", "level": "info", "event": "run.begun", "brief": "coast",
            "due": "2031-03-05T05:00:00+00:00", "late": False,
        },
        {
            "at": "2031-03-05T05:00:00.000Z", "level": "error", "event": "run.ended", "detail": "two\nlines",
            "seconds": 1.5, "again": None,
        },
    ]  # fmt: skip


def test_events_as_words_are_one_line_each() -> None:
    heard = StringIO()
    logs.lines("text", stream=heard, clock=Clock())("run.ended", brief="coast", detail="two\nlines", again=None)
    assert heard.getvalue() == '2031-03-05T05:00:00.000Z info run.ended brief=coast detail="two\\nlines"\n'


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_secret_is_logged_wherever_it_stands(form: logs.Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY", CANARY)
    resolve_secret("env:CANARY")
    heard = StringIO()
    logs.lines(form, stream=heard)("run.ended", detail=f"535 {CANARY}", nested={"why": [CANARY], CANARY: 1})
    assert "[secret]" in heard.getvalue()
    assert "c4nary" not in heard.getvalue()


# ── measures and health ─────────────────────────────────────────────────────────────────────────────


def followed(folder: Path, *hours: float, hands: Hands | None = None) -> Workspace:
    space = workspace(folder)
    for hour in hours:
        tick(space, clock=Clock(FIVE + hour * HOUR), carry=hands or Hands())
    return space


def test_measures_count_runs_and_say_when_a_brief_is_due_next(tmp_path: Path) -> None:
    space = followed(tmp_path, 0, 1)
    with Store.open(space.store) as store:
        text = metrics.exposition(metrics.collected(store, schedules_of(space), FIVE + 2 * HOUR))
    assert 'briefings_due_runs{brief="coast",state="made"} 1\n' in text
    assert f'briefings_next_due_timestamp_seconds{{brief="coast"}} {(FIVE + 25 * HOUR).timestamp():.0f}\n' in text
    assert f'briefings_last_look_timestamp_seconds{{brief="coast"}} {(FIVE + HOUR).timestamp():.0f}\n' in text
    assert f'briefings_last_success_timestamp_seconds{{brief="coast"}} {(FIVE + HOUR).timestamp():.0f}\n' in text
    for line in text.splitlines():
        assert re.fullmatch(r'# (HELP|TYPE) briefings_\w+ .+|briefings_\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+', line), (
            line
        )


def amiss(space: Workspace, at: datetime) -> list[str]:
    return [f"{check.name}: {check.detail}" for check in health.examine(space, at=at) if check.level != "ok"]


def test_a_workspace_whose_runs_end_well_is_well(tmp_path: Path) -> None:
    assert amiss(followed(tmp_path, 0, 1), FIVE + 2 * HOUR) == []


def test_a_schedule_nobody_looks_at_is_told_of(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    Store.open(space.store).close()
    assert amiss(space, FIVE) == ["Scheduler: nobody has looked at the schedule of coast yet"]
    followed(tmp_path, 0)
    assert amiss(space, FIVE + 1.2 * HOUR) == []
    assert amiss(space, FIVE + 2 * HOUR) == [
        "Scheduler: coast was due at 2031-03-05 06:00 UTC, and nobody has looked since"
    ]


def test_a_run_that_failed_is_told_of_until_one_did_not(tmp_path: Path) -> None:
    space = followed(tmp_path, 0, 1, hands=Hands(lambda: Done("failed", "CELL_ERROR", "cell 3")))
    assert amiss(space, FIVE + 2 * HOUR) == ["Runs: coast, due 2031-03-05 06:00 UTC, failed: CELL_ERROR"]
    followed(tmp_path, 25)
    assert amiss(space, FIVE + 26 * HOUR) == []


def test_the_last_run_is_the_one_carried_out_last(tmp_path: Path) -> None:
    """An earlier due time asked for later, which failed, is told of though a later one ended well before."""
    space = followed(tmp_path, 0, 25)
    failing = Hands(lambda: Done("failed", "CELL_ERROR", "cell 3"))
    scheduling.run_due("coast", FIVE, space, clock=lambda: FIVE + 26 * HOUR, carry=failing)
    assert amiss(space, FIVE + 27 * HOUR) == ["Runs: coast, due 2031-03-05 05:00 UTC, failed: CELL_ERROR"]


def test_a_run_nobody_is_at_is_told_of(tmp_path: Path) -> None:
    space = followed(tmp_path, 0)
    with Store.open(space.store) as store:
        schedule = space.schedule("coast")
        assert schedule is not None
        agenda.note(store, "coast", schedule, at=FIVE + HOUR)
        assert amiss(space, FIVE + HOUR) == []
        waits = ["Runs: coast, due 2031-03-05 06:00 UTC, still waits to be run"]
        assert amiss(space, FIVE + 1.5 * HOUR) == waits
        agenda.take(store, owner="elsewhere 1 0123", at=FIVE + 1.5 * HOUR)
        assert amiss(space, FIVE + 1.5 * HOUR) == []
        assert amiss(space, FIVE + 2.5 * HOUR) == waits


def test_health_says_by_its_status_whether_all_is_well(tmp_path: Path) -> None:
    status, told, _ = run("health", "--json", "-w", str(tmp_path))
    assert (status, json.loads(told)["checks"][0]["name"]) == (1, "Settings")
    space = workspace(tmp_path)
    assert run("health", "-w", str(tmp_path))[0] == 1  # there is no store yet
    now = datetime.now(UTC)
    tick(space, clock=Clock(now), carry=Hands())
    status, told, _ = run("health", "-w", str(tmp_path))
    assert (status, told.splitlines()[1]) == (0, "ok       Scheduler: 1 schedule followed")


# ── over HTTP ───────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def served(root: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the server as a process, and give it with its address."""
    command = [sys.executable, "-m", "briefings", "serve", "--port", "0", "-w", str(root), *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        yield process, process.stderr.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def asked(address: str, *, data: bytes | None = None) -> tuple[int, str, str]:
    """Return the status, kind and text of an answer."""
    try:
        with urllib.request.urlopen(address, data, timeout=20) as answer:  # noqa: S310 -- an address of this machine
            return answer.status, answer.headers["content-type"], answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers["content-type"], refusal.read().decode()


@pytest.mark.slow
def test_the_server_tells_health_by_names_alone_and_measures(tmp_path: Path) -> None:
    """Whoever reaches the port learns which check fails, and nothing of what it says."""
    space = workspace(tmp_path)
    with served(space.root) as (_, address):
        status, _, ill = asked(address)
        assert (status, json.loads(ill)["ok"], asked(address.replace("health", "metrics"))[0]) == (503, False, 503)
        tick(space, clock=Clock(datetime.now(UTC)), carry=Hands())
        status, _, well = asked(address)
        assert (status, json.loads(well)["ok"]) == (200, True)
        assert str(tmp_path) not in well + ill
        status, kind, measures = asked(address.replace("health", "metrics"))
        assert (status, kind) == (200, metrics.CONTENT_TYPE)
        assert "briefings_info" in measures
        assert asked(address, data=b"")[0] == 405


@pytest.mark.slow
def test_the_server_keeps_time_and_stops_when_it_is_told_to(tmp_path: Path) -> None:
    """What it finds due it has carried out; here by a brief whose notebooks are missing, so that the run fails."""
    space = workspace(tmp_path, line="* * * * *")
    file = space.file
    file.write_text(file.read_text(encoding="utf-8").replace('region = "coast"', 'region = "coast"\ntype = "none"'))
    tick(space, clock=Clock(datetime.now(UTC) - timedelta(minutes=5)), carry=Hands())
    with served(space.root, "--schedule", "--log", "json") as (process, address):
        assert process.stderr is not None
        events = []
        while "run.ended" not in [one["event"] for one in events]:
            events.append(json.loads(process.stderr.readline()))
        assert asked(address)[0] == 503
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (143, -signal.SIGTERM)
    ended = next(one for one in events if one["event"] == "run.ended")
    assert (ended["brief"], ended["state"], ended["code"], ended["level"]) == ("coast", "failed", "BRIEF_TYPE", "error")


class Blind(serving.Timekeeper):
    """Keeps time and looks at nothing."""

    def look(self) -> None:
        """Say that it looked."""
        self.log("looked")


def test_a_clock_that_jumps_is_told_of_and_one_that_goes_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Put back by two hours, then right again; between them twenty seconds go by as they should."""
    shown = iter([(1000.0, 0.0), (1020.0, 20.0), (1040.0 - 7200, 40.0), (1060.0 - 7200, 60.0), (1080.0, 80.0)])
    now = [0.0]

    def wall() -> float:
        at, now[0] = next(shown)
        return at

    monkeypatch.setattr(serving, "time", SimpleNamespace(time=wall, monotonic=lambda: now[0]))
    heard, over = list[tuple[str, int | None]](), SimpleNamespace(left=3)

    def wait(seconds: float) -> bool:
        over.left -= 1
        return bool(over.left < 0)

    over.wait = wait
    Blind(tmp_path, lambda event, /, **said: heard.append((event, said.get("seconds")))).keep(over)  # type: ignore[arg-type]
    assert [one for one in heard if one[0] != "looked"] == [("clock.jumped", -7200), ("clock.jumped", 7200)]


def test_settings_that_are_broken_while_it_runs_are_told_of_and_the_next_look_comes(tmp_path: Path) -> None:
    space, heard = workspace(tmp_path), list[tuple[str, str]]()
    keeper = serving.Timekeeper(space.root, lambda event, /, **said: heard.append((event, str(said.get("code")))))
    space.file.write_text("[workspace", encoding="utf-8")
    keeper.look()
    workspace(tmp_path)
    keeper.look()
    assert heard == [("look.failed", "TOML"), ("schedule.noted", "None")]
    assert keeper.programs == []


def test_a_machine_that_can_begin_no_program_now_is_told_of_and_the_next_look_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the keeper of time to end over it, the server would answer on and make nothing ever after."""
    space, heard = workspace(tmp_path, line="* * * * *"), list[tuple[str, str]]()
    with Store.open(space.store) as store:
        list(scheduling.look(space, store, at=store.now() - timedelta(minutes=5)))

    def none_left(*words: object, **more: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(serving.subprocess, "Popen", none_left)
    keeper = serving.Timekeeper(space.root, lambda event, /, **said: heard.append((event, str(said.get("what")))))
    keeper.look()
    keeper.look()
    told = ("look.failed", "BlockingIOError: [Errno 11] Resource temporarily unavailable")
    assert [one for one in heard if one[0] == "look.failed"] == [told, told]


def test_time_is_kept_on_where_no_log_can_be_written(tmp_path: Path) -> None:
    """Whoever read it has gone, as with a pipe: what is due is begun all the same."""

    class Gone(StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    space = workspace(tmp_path)
    serving.Timekeeper(space.root, logs.lines("text", stream=Gone())).look()
    with Store.open(space.store) as store:
        assert list(agenda.watched(store)) == ["coast"]


# ── the command ─────────────────────────────────────────────────────────────────────────────────────


def test_tick_says_what_was_carried_out_and_what_is_next(tmp_path: Path) -> None:
    workspace(tmp_path)
    status, told, talk = run("tick", "-w", str(tmp_path))
    assert (status, told) == (0, "")
    assert talk.splitlines()[:2] == ["coast: its schedule begins now", "nothing is due"]
    assert re.fullmatch(r"next: coast, \d{4}-\d\d-\d\d 06:00 UTC", talk.splitlines()[2])


def test_tick_tells_what_is_wrong_with_how_it_was_asked(tmp_path: Path) -> None:
    workspace(tmp_path)
    assert run("tick", "coast", "-w", str(tmp_path))[0] == 2
    assert run("tick", "coast", "--due", "soon", "-w", str(tmp_path))[0] == 2
    assert run("tick", "--log", "xml", "-w", str(tmp_path))[0] == 2
    assert run("tick", "coats", "--due", "2026-03-01T06:00Z", "-w", str(tmp_path))[0] == 2
