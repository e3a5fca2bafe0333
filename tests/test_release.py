"""Approving binds a person's word to bytes; sending reaches every reader once, and only with those bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editions import DAY, EDITION, REVIEWER, Shelf
from mailservers import MailProcess, mail_process, make_certificate
from notes import NOTE
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import PolicyError, TemporaryError, UsageError
from briefings.making.edition import make
from briefings.making.issuing import put_on_record
from briefings.making.manifest import file_sha256
from briefings.making.planning import settle
from briefings.model import Finding
from briefings.proof import marked, printed
from briefings.release.approving import approve
from briefings.release.dispatching import dispatch
from briefings.release.foretelling import rehearse
from briefings.release.lifecycle import states, withdraw
from briefings.storage.store import Store

pytestmark = pytest.mark.slow

READERS = "\n".join(
    f'  {{ name = "{name}", address = "{name.lower()}@example.org", marking = "TLP:GREEN" }},'
    for name in ("Amal", "Bruno", "Chiara")
)


def with_readers(space: Workspace) -> Workspace:
    """Give the list of the brief three readers."""
    settings = space.file.read_text(encoding="utf-8")
    start, end = settings.index("recipients = ["), settings.index("\n", settings.index("recipients = ["))
    space.file.write_text(f"{settings[:start]}recipients = [\n{READERS}\n]{settings[end:]}", encoding="utf-8")
    return load(space.root)


@pytest.fixture
def desk(issued: Workspace) -> Workspace:
    """A workspace with its edition already made, and three readers."""
    return with_readers(issued)


@pytest.fixture
def ready(approved: Workspace) -> Workspace:
    """The same with the edition approved."""
    return with_readers(approved)


def with_relay(space: Workspace, server: MailProcess, authority: Path) -> Workspace:
    """Point the workspace at a relay of the test's own."""
    text = space.file.read_text().replace('host = "localhost"\nport = 587', f'host = "127.0.0.1"\nport = {server.port}')
    space.file.write_text(text.replace('password = ""', f'password = ""\nca_file = "{authority}"'))
    return load(space.root)


# ── approving ───────────────────────────────────────────────────────────────────────────────────────


def spoken(path: Path) -> str:
    """Return the words of a PDF in the order in which they are read out."""
    return marked.read(path.read_bytes()).tree.text


def reviewed_of(space: Workspace) -> Path:
    """Return the approved PDF of the edition."""
    return space.reports / "balochistan" / "2026-01-31-1" / "brief-reviewed.pdf"


def test_approval_prints_the_same_pages_as_reviewed(desk: Workspace) -> None:
    """The reviewer's name stands where the draft mark stood; everything else reads the same."""
    approval, path = approve(EDITION, by=REVIEWER, workspace=desk)
    draft = printed.text((path.parent / "brief.pdf").read_bytes())
    reviewed = printed.text(path.read_bytes())
    assert "Draft" in draft
    assert "Draft" not in reviewed
    assert REVIEWER in reviewed
    bodies = [words.partition("Bottom line")[2] for words in (spoken(path.parent / "brief.pdf"), spoken(path))]
    assert len(bodies[0]) > 3000
    assert bodies[1][:3000] == bodies[0][:3000]
    again, same = approve(EDITION, by=REVIEWER, workspace=desk)
    assert (again, same) == (approval, path)


def test_approval_makes_what_stands_beside_the_pdf_once_more(ready: Workspace) -> None:
    """The editions for screens and in Markdown say who reviewed them; those of the draft stay as they were filed."""
    folder = reviewed_of(ready).parent
    draft, reviewed = ((folder / f"{name}.md").read_text() for name in ("brief", "brief-reviewed"))
    assert "Draft, not human-reviewed" in draft
    assert "Draft" not in reviewed
    assert "**Reviewed by**: R. Okafor" in reviewed
    assert "R. Okafor" in (folder / "brief-reviewed.html").read_text()


def test_a_second_person_cannot_approve_over_the_first(ready: Workspace) -> None:
    """Whose word it is does not change afterwards."""
    with pytest.raises(PolicyError, match=r"approved already, by R\. Okafor"):
        approve(EDITION, by="S. Lind", workspace=ready)


def test_an_approval_needs_a_name(desk: Workspace) -> None:
    """Nobody releases a brief anonymously."""
    with pytest.raises(UsageError, match="name of the person"):
        approve(EDITION, by="  ", workspace=desk)


@pytest.mark.parametrize("name", ["brief.pdf", "sections.json", "claims.json"])
def test_an_edition_changed_on_disk_is_not_approved(desk: Workspace, name: str) -> None:
    """One byte more in any file of the edition, and it is no longer what was filed."""
    path = desk.reports / "balochistan" / "2026-01-31-1" / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(PolicyError, match="not as it was filed") as caught:
        approve(EDITION, by="R. Okafor", workspace=desk)
    assert name in str(caught.value)


def test_changed_templates_need_a_new_edition(desk: Workspace) -> None:
    """What is approved is what was read, so a page laid out otherwise since is refused."""
    sheet = desk.templates / "page" / "page.css"
    sheet.write_text(sheet.read_text() + "\nbody { letter-spacing: 0.01pt }\n")
    with pytest.raises(PolicyError, match="the page has changed since the edition was made"):
        approve(EDITION, by="R. Okafor", workspace=desk)


# ── sending ─────────────────────────────────────────────────────────────────────────────────────────


def test_three_readers_three_messages_once(ready: Workspace, tmp_path: Path) -> None:
    """Each reader gets one message with the approved bytes; sending again sends nothing."""
    certificate, path = make_certificate(tmp_path, "relay"), reviewed_of(ready)
    with mail_process(tmp_path / "mail", certificate) as server:
        space = with_relay(ready, server, certificate.authority)
        first = dispatch(EDITION, workspace=space)
        second = dispatch(EDITION, workspace=space)
        messages = server.messages()
    assert [receipt.state for receipt in first] == ["sent"] * 3
    assert [receipt.state for receipt in second] == ["sent"] * 3
    assert sorted(str(message["To"]) for message in messages) == [
        "Amal <amal@example.org>",
        "Bruno <bruno@example.org>",
        "Chiara <chiara@example.org>",
    ]
    for message in messages:
        assert str(message["Subject"]).startswith("[TLP:CLEAR] Balochistan")
        (attached,) = message.iter_attachments()
        assert attached.get_content() == path.read_bytes()
        body = message.get_body(("plain",))
        assert body is not None
        assert body.get_content().startswith("TLP:CLEAR")
        assert file_sha256(path.read_bytes()) in body.get_content()
        assert "Reviewed by: R. Okafor" in body.get_content()
        html = message.get_body(("html",))
        assert html is not None
        assert "Draft" not in html.get_content()
        assert "133" in html.get_content()
    (state,) = states(workspace=space)
    assert (state.state, state.approved_by, state.sent) == ("sent", "R. Okafor", "3/3")


def test_nothing_goes_out_unapproved_or_changed(desk: Workspace, ready: Workspace) -> None:
    """Without an approval, or with other bytes than the approved ones, no connection is even opened."""
    with pytest.raises(PolicyError, match="not approved"):
        dispatch(EDITION, workspace=desk)
    path = reviewed_of(ready)
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(PolicyError, match="not the one that was approved"):
        dispatch(EDITION, workspace=ready)


def test_the_words_of_messages_are_those_that_were_approved(ready: Workspace, tmp_path: Path) -> None:
    """Sections changed after the approval, of which messages and archives are made, are neither sent nor rehearsed."""
    path = reviewed_of(ready).parent / "sections.json"
    path.write_text(path.read_text(encoding="utf-8").replace("killed", "killed by the police"), encoding="utf-8")
    for changed in (
        lambda: dispatch(EDITION, workspace=ready),
        lambda: rehearse(EDITION, folder=tmp_path / "eml", workspace=ready),
    ):
        with pytest.raises(PolicyError, match="not as it was filed") as caught:
            changed()
        assert caught.value.where == str(path)


@pytest.mark.parametrize("name", ["sections.json", "claims.json"])
def test_who_writes_the_manifest_anew_does_not_get_by_either(desk: Workspace, name: str) -> None:
    """What a release is printed from is held to the store, not to a file that lies beside it."""
    folder = desk.reports / "balochistan" / "2026-01-31-1"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    changed = (folder / name).read_bytes().replace(b"killed", b"murdered")
    (folder / name).write_bytes(changed)
    manifest["files"][name] = file_sha256(changed)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(PolicyError, match="EDITION_CHANGED"):
        approve(EDITION, by=REVIEWER, workspace=desk)


def test_what_went_in_is_held_to_the_store(desk: Workspace) -> None:
    """Who corrected claims may not approve under four eyes: nobody strikes their own name out of the manifest."""
    path = desk.reports / "balochistan" / "2026-01-31-1" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["inputs"]["reviews"] = []
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(PolicyError, match="EDITION_CHANGED") as caught:
        approve(EDITION, by=REVIEWER, workspace=desk)
    assert caught.value.where == str(path)


def test_after_a_withdrawal_comes_the_next_version(issued_note: Workspace) -> None:
    """Also where nothing was mended, and that is said; the withdrawn print stays, and made once more it is the same."""
    first = f"{NOTE}-2026-01-31-1"
    approve(first, by=REVIEWER, workspace=issued_note)
    withdraw(first, by=REVIEWER, reason="wrong count", workspace=issued_note)
    shown = issued_note.reports / NOTE / "2026-01-31-1" / f"{first}_TLP-CLEAR.pdf"
    before = shown.read_bytes()
    made = make(NOTE, DAY, workspace=issued_note, now=datetime(2026, 2, 1, tzinfo=UTC), collect=False)
    assert (made.edition.version, made.unchanged) == (2, False)
    (finding,) = [one for one in made.findings if one.code == "WITHDRAWN_AGAIN"]
    assert finding.message == f"this version says what {first} said, and that was withdrawn: wrong count (R. Okafor)"
    assert shown.read_bytes() == before
    again = make(NOTE, DAY, workspace=issued_note, now=datetime(2026, 2, 1, tzinfo=UTC), collect=False)
    assert (again.edition, again.unchanged) == (made.edition, True)
    approve(made.edition.id, by=REVIEWER, workspace=issued_note)
    assert [one.state for one in states(workspace=issued_note)] == ["withdrawn", "approved"]


# ── what a killed run left ──────────────────────────────────────────────────────────────────────────


def left_over(space: Workspace) -> tuple[Finding, ...]:
    """Leave the edition as a run does that is killed before it is on record; return what the next version tells."""
    Path(space.store.removeprefix("sqlite:///")).unlink()
    plan = settle("balochistan", DAY, space, now=datetime(2026, 2, 1, tzinfo=UTC))
    with Store.open(space.store) as store:
        return put_on_record(plan, store, before=2, now=store.now())


def test_an_edition_whose_run_was_killed_before_it_was_on_record_is_entered(issued: Workspace) -> None:
    """Before the next version is filed, so that no number is missing."""
    assert [(one.code, one.where) for one in left_over(issued)] == [("EDITION_ENTERED", EDITION)]
    assert [(one.edition.id, one.state) for one in states(workspace=issued)] == [(EDITION, "draft")]


def test_one_that_is_not_as_it_was_filed_is_not_entered_and_told_of(issued: Workspace) -> None:
    """Its number stays missing, and somebody hears why."""
    path = issued.reports / "balochistan" / "2026-01-31-1" / "claims.csv"
    path.write_bytes(path.read_bytes() + b"x")
    (told,) = left_over(issued)
    assert (told.level, told.code, told.where) == ("warn", "EDITION_LOST", str(path))
    assert "restore the folder from a backup" in told.message
    assert states(workspace=issued) == ()


def test_an_unreachable_relay_loses_nothing(ready: Workspace) -> None:
    """The messages stay queued and the error says to try again."""
    ready.file.write_text(ready.file.read_text().replace("port = 587", "port = 9"))
    with pytest.raises(TemporaryError, match="cannot be reached") as caught:
        dispatch(EDITION, workspace=load(ready.root))
    assert caught.value.exit_status == 75


def test_a_rehearsal_writes_the_messages_and_sends_none(desk: Workspace, tmp_path: Path) -> None:
    """What would be sent can be looked at first, approved or not; of a draft it says that it would be refused."""
    tried = rehearse(EDITION, folder=tmp_path / "eml", workspace=desk)
    assert len(tried.messages) == 3
    assert b"TLP:CLEAR" in tried.messages[0].read_bytes()
    assert states(workspace=desk)[0].sent == ""
    assert [one.error_code for one in tried.refused] == ["NOT_APPROVED"]
    done = CliRunner().invoke(app, ["send", EDITION, "--dry-run", str(tmp_path / "eml"), "-w", str(desk.root)])
    assert (done.exit_code, "were it not for 1 reason:\nNOT_APPROVED: " in done.stderr) == (4, True)


def test_a_rehearsal_of_what_is_approved_finds_nothing_against_it(ready: Workspace, tmp_path: Path) -> None:
    """Nothing is said where nothing is in the way; once it was withdrawn, that is said."""
    assert rehearse(EDITION, folder=tmp_path / "eml", workspace=ready).refused == ()
    withdraw(EDITION, by=REVIEWER, reason="wrong day", workspace=ready)
    refused = rehearse(EDITION, folder=tmp_path / "again", workspace=ready).refused
    assert [one.error_code for one in refused] == ["WITHDRAWN"]


def test_a_withdrawn_edition_stays_where_it_is(ready: Workspace) -> None:
    """Somebody says why it must not go out, and it does not."""
    with pytest.raises(UsageError, match="reason"):
        withdraw(EDITION, by=REVIEWER, reason=" ", workspace=ready)
    withdraw(EDITION, by=REVIEWER, reason="wrong day", workspace=ready)
    with pytest.raises(PolicyError, match="wrong day"):
        dispatch(EDITION, workspace=ready)
    assert states(workspace=ready)[0].state == "withdrawn"


def test_a_newer_version_bars_the_older(shelf: Shelf, tmp_path: Path) -> None:
    """A newer draft replaces nothing; once it is approved, the former version is not sent any more."""
    newer = shelf.reissued()
    space = newer.copy(tmp_path / "reissued")
    assert newer.made.edition.version == 2
    assert [state.state for state in states(workspace=space)] == ["approved", "draft"]
    approve(newer.made.edition.id, by=REVIEWER, workspace=space)
    with pytest.raises(PolicyError, match="superseded"):
        dispatch(EDITION, workspace=space)
    assert [state.state for state in states(workspace=space)] == ["superseded", "approved"]
