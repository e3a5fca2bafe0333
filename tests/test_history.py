"""What happened in a workspace is told, and what it keeps for no one is taken away; what was released never is."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from editions import EDITION, REVIEWER
from test_scheduling import FIVE, HOUR, Clock, Hands, workspace
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.settings import Workspace
from briefings.errors import PolicyError, UsageError, listed
from briefings.release.lifecycle import withdraw
from briefings.storage import agenda, ledger
from briefings.storage.store import Store
from briefings.upkeep.history import history
from briefings.upkeep.pruning import prune
from briefings.upkeep.scheduling import tick
from briefings.upkeep.unattended import Done

LONG_AFTER = datetime(2040, 1, 1, tzinfo=UTC)


def ran(space: Workspace, *hours: float, hands: Hands | None = None) -> None:
    for hour in hours:
        tick(space, clock=Clock(FIVE + hour * HOUR), carry=hands or Hands())


# ── history ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_history_tells_of_runs_in_order_with_why(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    ran(space, 0, 1)
    ran(space, 24 * 3 + 9, hands=Hands(lambda: Done("failed", "CELL_ERROR", "cell 3\n  why: division by zero")))
    assert [(one.what, one.subject, one.by, one.detail) for one in history(space)] == [
        ("made", "coast, due 2031-03-05 06:00 UTC", "schedule", ""),
        ("failed", "coast, due 2031-03-08 06:00 UTC", "schedule",
         "late; 2 passed over before it; CELL_ERROR: cell 3\n  why: division by zero"),
    ]  # fmt: skip
    assert [one.what for one in history(space, what="failed")] == ["failed"]
    assert history(space, since=FIVE + 24 * 9 * HOUR) == ()
    assert [one.what for one in history(space, most=1)] == ["failed"]


def test_every_reason_why_a_run_was_held_back_stands_in_its_line(tmp_path: Path) -> None:
    def held() -> Done:
        reasons = listed(("new: no report", "killed >= 3: no figure"))
        raise PolicyError(f"coast is held back: {reasons}", where="[briefs.coast]", fix="mend it", code="HELD_BACK")

    space = workspace(tmp_path)
    ran(space, 0, 1, hands=Hands(held))
    shown = CliRunner().invoke(app, ["history", "-w", str(space.root)]).stdout
    line = "HELD_BACK: coast is held back: new: no report; killed >= 3: no figure"
    assert [one.endswith(line) for one in shown.splitlines()] == [False, True]


def test_the_history_of_a_brief_has_its_editions_and_who_did_what(approved: Workspace) -> None:
    withdraw(EDITION, by="B. Marri", reason="a wrong number", workspace=approved)
    told = history(approved, brief="balochistan")
    assert {one.subject for one in told} == {EDITION}
    assert [one.what for one in told if one.kind == "edition"] == ["filed"]
    acts = [(one.what, one.by) for one in told if one.kind == "act"]
    assert acts[-2:] == [("approved", REVIEWER), ("withdrawn", "B. Marri")]
    assert history(approved, brief="balochistan-weekly") == ()
    assert [one.detail for one in history(approved, by="b. marri ")] == ["a wrong number"]
    with pytest.raises(UsageError):
        history(approved, brief="balochistn")


def test_history_as_a_command(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    ran(space, 0, 1)
    words = ["history", "coast", "--kind", "run", "--since", "2031-03-01", "-w", str(space.root)]
    done = CliRunner().invoke(app, [*words, "--json"])
    (event,) = json.loads(done.stdout)["events"]
    assert (event["kind"], event["what"], event["at"]) == ("run", "made", "2031-03-05T06:00:00+00:00")
    assert "2031-03-05 06:00:00  run   made" in CliRunner().invoke(app, words).stdout
    assert CliRunner().invoke(app, ["history", "--kind", "runs", "-w", str(space.root)]).exit_code == 2


# ── retention ───────────────────────────────────────────────────────────────────────────────────────


def test_nothing_goes_unless_it_is_applied_and_then_all_that_was_listed(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    left = space.root / ".briefings" / "runs" / "coast-2031-03-05-999999999"
    left.mkdir(parents=True)
    (left / "events.ipynb").write_text("{}")
    (space.root / f"store.db.before-{'0001'}").write_bytes(b"old")
    ran(space, 0, 1, 25)
    with Store.open(space.store) as store:
        ledger.open_batch(store, [("coast", {})], name="b", at=FIVE)
    listed = prune(space, now=LONG_AFTER)
    assert [(item.kind, item.what) for item in listed] == [
        ("leftover", ".briefings/runs/coast-2031-03-05-999999999"),
        ("copy", "store.db.before-0001"),
        ("rows", "2 due runs"),
        ("rows", "1 brief of a batch"),
        ("rows", "1 batch"),
    ]
    assert left.exists()
    assert prune(space, apply=True, now=LONG_AFTER) == listed
    assert prune(space, now=LONG_AFTER) == ()
    assert not left.exists()
    with Store.open(space.store) as store:
        assert agenda.runs(store) == ()
        assert store.audit()[-1].action == "pruned"
        assert store.check() == ()


def test_what_is_young_under_way_or_waits_stays(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    mine = space.root / ".briefings" / "runs" / f"coast-2031-03-05-{os.getpid()}"
    mine.mkdir(parents=True)
    ran(space, 0)
    with Store.open(space.store) as store:
        schedule = space.schedule("coast")
        assert schedule is not None
        agenda.note(store, "coast", schedule, at=FIVE + HOUR)
    assert prune(space, now=FIVE + 2 * HOUR) == ()
    assert prune(space, apply=True, now=LONG_AFTER) == ()
    assert mine.exists()


def test_a_draft_that_was_replaced_unread_loses_its_pages(issued: Workspace) -> None:
    """What it was made of and what it said stays, which the version after it is compared with."""
    with Store.open(issued.store) as store:
        first = store.edition(EDITION)
        newer = first.model_copy(
            update={
                "id": f"{EDITION[:-1]}2",
                "version": 2,
                "folder": "balochistan/2026-01-31-2",
                "pdf_sha256": "0" * 64,
            }
        )
        store.add_edition(newer, at=datetime.now(UTC))
    assert prune(issued, now=datetime.now(UTC) + timedelta(days=80)) == ()
    (item,) = [one for one in prune(issued, apply=True, now=LONG_AFTER) if one.kind == "draft"]
    assert item.what == EDITION
    assert sorted(path.name for path in (issued.reports / first.folder).rglob("*") if path.is_file()) == [
        "manifest.json", "sections.json",
    ]  # fmt: skip
    assert not [one for one in prune(issued, now=LONG_AFTER) if one.kind == "draft"]


def test_what_was_approved_or_sent_is_never_taken(approved: Workspace) -> None:
    with Store.open(approved.store) as store:
        first = store.edition(EDITION)
        newer = {"id": f"{EDITION[:-1]}2", "version": 2, "folder": "balochistan/2026-01-31-2", "pdf_sha256": "0" * 64}
        store.add_edition(first.model_copy(update=newer), at=datetime.now(UTC))
    before = sorted(path for path in approved.reports.rglob("*"))
    assert [one for one in prune(approved, apply=True, now=LONG_AFTER) if one.kind == "draft"] == []
    assert sorted(path for path in approved.reports.rglob("*")) == before


def test_prune_as_a_command_lists_and_says_how(tmp_path: Path) -> None:
    space = workspace(tmp_path)
    old = space.root / "store.db.before-0001"
    old.write_bytes(b"x" * (3 << 20))
    os.utime(old, (0, 0))
    Store.open(space.store).close()
    done = CliRunner().invoke(app, ["prune", "-w", str(space.root)])
    assert (done.exit_code, "store.db.before-0001  3.0" in done.stdout) == (0, True)
    assert "3.0 MB would be taken away: briefings prune --apply" in done.stderr
    assert "3.0 MB taken away" in CliRunner().invoke(app, ["prune", "--apply", "-w", str(space.root)]).stderr
    assert "nothing to take away" in CliRunner().invoke(app, ["prune", "-w", str(space.root)]).stderr
    space.file.write_text(space.file.read_text() + "\n[retention]\ndraft_days = 3\n")
    assert "did you mean 'drafts_days'?" in CliRunner().invoke(app, ["prune", "-w", str(space.root)]).stderr
