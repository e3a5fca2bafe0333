"""The life of an edition as people lead it: made by one, submitted, returned, approved by another, withdrawn."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import tomlkit
from editions import EDITION, REVIEWER, Shelf
from typer.testing import CliRunner
from unfiled import edition_of

from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.delivery.deliver import verify_audit
from briefings.errors import PolicyError, UsageError
from briefings.making import press
from briefings.proof import printed
from briefings.release import approving, lifecycle
from briefings.release.approving import approve, stand_for
from briefings.release.verify import verify
from briefings.storage.store import Store

pytestmark = pytest.mark.slow

MAKER = "A. Mahmood"
NOW = datetime(2026, 2, 1, 6, 0, tzinfo=UTC)


def with_settings(space: Workspace, table: str, **settings: object) -> Workspace:
    """Set keys of a table of the settings, `briefs.balochistan` or `workspace`."""
    whole = tomlkit.parse(space.file.read_text(encoding="utf-8"))
    place: dict[str, object] = whole
    for name in table.split("."):
        place = place.setdefault(name, {})  # type: ignore[assignment]
    place.update(settings)
    space.file.write_text(tomlkit.dumps(whole), encoding="utf-8")
    assert tomllib.loads(space.file.read_text(encoding="utf-8"))
    return load(space.root)


def unattended(space: Workspace, until: date = date(2026, 2, 28)) -> Workspace:
    """Let the editions of the brief go out unread."""
    standing = {"by": REVIEWER, "until": until, "reason": "nobody is at the desk by night"}
    return with_settings(space, "briefs.balochistan", standing_approval=standing)


def reached(space: Workspace) -> str:
    return lifecycle.state(EDITION, workspace=space).state


# ── from draft to approved ──────────────────────────────────────────────────────────────────────────


def test_an_edition_is_submitted_returned_and_submitted_again(issued: Workspace) -> None:
    """Who, when and why of each stands in the record, which seals every line to the one before."""
    lifecycle.submit(EDITION, by=MAKER, note="please look at the toll of Quetta", workspace=issued)
    assert reached(issued) == "in review"
    lifecycle.send_back(EDITION, by=REVIEWER, reason="the map lacks Nushki", workspace=issued)
    assert reached(issued) == "draft"
    lifecycle.submit(EDITION, by=MAKER, workspace=issued)
    acts = lifecycle.state(EDITION, workspace=issued).acts
    assert [(act.deed, act.by, act.why) for act in acts[1:]] == [
        ("submit", MAKER, "please look at the toll of Quetta"),
        ("return", REVIEWER, "the map lacks Nushki"),
        ("submit", MAKER, ""),
    ]
    with Store.open(issued.store) as store:
        verify_audit(store)


def test_what_cannot_be_done_changes_nothing(issued: Workspace) -> None:
    """Only what was submitted is returned, only what is a draft is submitted, and not without a reason."""
    with pytest.raises(PolicyError, match="must be in review"):
        lifecycle.send_back(EDITION, by=REVIEWER, reason="late", workspace=issued)
    lifecycle.submit(EDITION, by=MAKER, workspace=issued)
    with pytest.raises(PolicyError, match="is in review"):
        lifecycle.submit(EDITION, by=MAKER, workspace=issued)
    with pytest.raises(UsageError, match="takes a reason"):
        lifecycle.send_back(EDITION, by=REVIEWER, reason="  ", workspace=issued)
    assert reached(issued) == "in review"


def test_the_commands_tell_how_far_it_has_come(issued: Workspace) -> None:
    """`submit`, `return` and `editions`, as they are typed."""
    run = CliRunner()
    here = ["-w", str(issued.root)]
    done = run.invoke(app, ["submit", EDITION, "--by", MAKER, *here])
    assert (done.exit_code, done.stderr.strip()) == (0, f"{EDITION} is in review")
    assert "in review" in run.invoke(app, ["editions", *here]).stdout
    done = run.invoke(app, ["return", EDITION, "--by", REVIEWER, "--reason", "the map lacks Nushki", *here])
    assert (done.exit_code, done.stderr.strip()) == (0, f"{EDITION} is a draft again")
    again = run.invoke(app, ["return", EDITION, "--by", REVIEWER, "--reason", "once more", *here])
    assert again.exit_code == PolicyError.exit_status
    assert "STAGE" in again.stderr


def test_the_record_is_kept_on_either_database(url: str, tmp_path: Path) -> None:
    """And a withdrawal stands, though there is no PDF to be marked; what was wrong with that is told."""
    (tmp_path / "briefings.toml").write_text(f'[workspace]\nstore = "{url}"\n', encoding="utf-8")
    space = load(tmp_path)
    edition = edition_of(b"%PDF-1.7", NOW)
    with Store.open(url) as store:
        assert store.add_edition(edition, at=NOW, by=MAKER)
        assert not store.add_edition(edition, at=NOW, by=MAKER)
    lifecycle.submit(edition.id, by=MAKER, workspace=space)
    lifecycle.send_back(edition.id, by=REVIEWER, reason="late", workspace=space)
    taken = lifecycle.withdraw(edition.id, by=REVIEWER, reason="wrong day", workspace=space)
    assert [fault.error_code for fault in taken.problems] == ["EDITION_DAMAGED"]
    found = lifecycle.state(edition.id, workspace=space)
    assert (found.state, [act.deed for act in found.acts]) == ("withdrawn", ["make", "submit", "return", "withdraw"])
    with Store.open(url) as store:
        verify_audit(store)


# ── four eyes ───────────────────────────────────────────────────────────────────────────────────────


def test_with_four_eyes_another_person_approves(issued: Workspace) -> None:
    """S58: who submitted it may not approve it, however the name is spelled; somebody else may."""
    space = with_settings(issued, "workspace", four_eyes=True)
    lifecycle.submit(EDITION, by=MAKER, workspace=space)
    with pytest.raises(PolicyError, match="same person submitted it") as caught:
        approve(EDITION, by=f" {MAKER.upper()} ", workspace=space)
    assert caught.value.error_code == "FOUR_EYES"
    assert reached(space) == "in review"
    approve(EDITION, by=REVIEWER, workspace=space)
    assert reached(space) == "approved"


def test_with_four_eyes_somebody_must_answer_for_the_making(issued: Workspace) -> None:
    """An edition that nobody put a name to may have been made by whoever approves it."""
    space = with_settings(issued, "briefs.balochistan", four_eyes=True)
    with pytest.raises(PolicyError, match="nobody is on record"):
        approve(EDITION, by=REVIEWER, workspace=space)


def test_a_brief_may_do_without_the_four_eyes_of_its_workspace(issued: Workspace) -> None:
    """What is said of the brief goes before what is said of all."""
    space = with_settings(issued, "workspace", four_eyes=True)
    space = with_settings(space, "briefs.balochistan", four_eyes=False)
    lifecycle.submit(EDITION, by=REVIEWER, workspace=space)
    approve(EDITION, by=REVIEWER, workspace=space)


# ── standing approval ───────────────────────────────────────────────────────────────────────────────


def test_what_goes_out_unread_says_so_on_every_page(issued: Workspace) -> None:
    """In the masthead, in the margin of each page and in what the file says of itself; nobody is named as reviewer."""
    given = stand_for(EDITION, workspace=unattended(issued), now=NOW)
    assert given is not None
    approval, path = given
    assert (approval.by, approval.standing, path.name) == (REVIEWER, True, "brief-unattended.pdf")
    pages = printed.text(path.read_bytes()).split("\f")
    assert len(pages) > 1
    assert all("Not human-reviewed" in " ".join(page.split()) for page in pages)
    assert pages[0].count("Not human-reviewed") == 1
    assert "Draft" not in pages[0]
    assert "Reviewed by" not in " ".join(pages)
    with pikepdf.open(path) as document:
        packet = document.Root.Metadata.read_bytes().decode()
    assert "<brief:state>unattended</brief:state>" in packet
    assert f"<brief:releasedBy>{REVIEWER}</brief:releasedBy>" in packet
    assert "Not human-reviewed" in path.with_suffix(".md").read_text(encoding="utf-8")
    assert stand_for(EDITION, workspace=load(issued.root), now=NOW) == given
    assert f"{REVIEWER}, unread" in CliRunner().invoke(app, ["editions", "-w", str(issued.root)]).stdout


def test_a_standing_approval_runs_out(issued: Workspace) -> None:
    """On its last day it holds, by the calendar of the region; a day later nothing goes out under it."""
    space = unattended(issued, until=date(2026, 2, 1))
    with pytest.raises(PolicyError, match="ended with 2026-02-01") as caught:
        stand_for(EDITION, workspace=space, now=datetime(2026, 2, 1, 19, 30, tzinfo=UTC))  # half past midnight there
    assert caught.value.error_code == "STANDING_EXPIRED"
    assert stand_for(EDITION, workspace=space, now=datetime(2026, 2, 1, 18, 30, tzinfo=UTC)) is not None


def test_without_a_standing_approval_nothing_is_released(issued: Workspace) -> None:
    """The brief is left for a person to read."""
    assert stand_for(EDITION, workspace=issued, now=NOW) is None
    assert reached(issued) == "draft"


def test_what_somebody_was_asked_to_read_is_not_released_unread(issued: Workspace) -> None:
    """Whoever submits an edition wants it read, and it waits for that."""
    space = unattended(issued)
    lifecycle.submit(EDITION, by=MAKER, workspace=space)
    assert stand_for(EDITION, workspace=space, now=NOW) is None
    assert reached(space) == "in review"


def test_what_somebody_asks_to_read_while_it_is_printed_is_not_released_unread(
    issued: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printing takes a while; whoever submits the edition meanwhile is heard."""
    space = unattended(issued)

    def printed_meanwhile(*asked: Any, **more: Any) -> Any:
        lifecycle.submit(EDITION, by=MAKER, workspace=space)
        return press.reprint(*asked, **more)

    monkeypatch.setattr(approving, "reprint", printed_meanwhile)
    assert stand_for(EDITION, workspace=space, now=NOW) is None
    assert reached(space) == "in review"
    assert not (space.reports / "balochistan" / "2026-01-31-1" / "brief-unattended.pdf").exists()


def test_what_went_out_unread_is_not_approved_as_read_afterwards(issued: Workspace) -> None:
    """The bytes that go out say that nobody read them: reading them later takes another version."""
    space = unattended(issued)
    stand_for(EDITION, workspace=space, now=NOW)
    with pytest.raises(PolicyError, match=r"approved already, by R\. Okafor, unread"):
        approve(EDITION, by=REVIEWER, workspace=space)


# ── taken back, or taken over ───────────────────────────────────────────────────────────────────────


def test_a_withdrawn_edition_is_marked_on_every_page(approved: Workspace) -> None:
    """Who finds the PDF sees that it is not to be used, and who had reviewed it; it cannot be withdrawn twice."""
    taken = lifecycle.withdraw(EDITION, by=REVIEWER, reason="wrong day", workspace=approved)
    assert taken.pdf.name == "brief-withdrawn.pdf"
    pages = printed.text(taken.pdf.read_bytes()).split("\f")
    assert all("Withdrawn" in page for page in pages)
    assert "should no longer be used" in " ".join(pages[0].split())
    assert REVIEWER in pages[0]
    found = taken.pdf.parent / f"{EDITION}_TLP-CLEAR.pdf"
    assert found.read_bytes() == taken.pdf.read_bytes()
    assert [one.code for one in verify(found, workspace=approved.root).findings] == ["EDITION_WITHDRAWN"]
    with pytest.raises(PolicyError, match="is withdrawn"):
        lifecycle.withdraw(EDITION, by=REVIEWER, reason="again", workspace=approved)


def test_approving_a_newer_version_takes_the_place_of_the_older(shelf: Shelf, tmp_path: Path) -> None:
    """It is on record, with the name of whoever approved the newer one, and both PDFs name each other."""
    newer = shelf.reissued()
    space = newer.copy(tmp_path / "reissued")
    _, path = approve(newer.made.edition.id, by="S. Lind", workspace=space)
    old = lifecycle.state(EDITION, workspace=space)
    assert old.state == "superseded"
    assert (old.acts[-1].deed, old.acts[-1].by, old.acts[-1].why) == ("supersede", "S. Lind", newer.made.edition.id)
    assert EDITION in printed.text(path.read_bytes())
    marked = path.parents[1] / "2026-01-31-1" / "brief-superseded.pdf"
    assert newer.made.edition.id in printed.text(marked.read_bytes())
