"""One command sends by every channel, says beforehand what it would do, and shows afterwards what it did."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from editions import EDITION
from mailservers import mail_process, make_certificate
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import TemporaryError, UsageError
from briefings.release.dispatching import dispatch, messages
from briefings.release.foretelling import rehearse
from briefings.release.lifecycle import withdraw
from briefings.storage import store_tables
from briefings.storage.store import Store

pytestmark = pytest.mark.slow

CHANNELS = """
[channels.site]
kind = "archive"
path = "site"
link_base = "https://briefs.example.org/"

[channels.shelf]
kind = "fake"
path = "shelf"

[lists.wide]
recipients = [
  { channel = "site" },
  { channel = "shelf", name = "Shelf" },
  { name = "Amal", address = "amal@example.org" },
  { name = "Bruno", address = "bruno@example.org", format = "link" },
  { name = "Chiara", address = "chiara@example.org", format = "body" },
]
"""


@pytest.fixture
def ready(approved: Workspace) -> Workspace:
    """A workspace with an approved edition, and a list whose readers are on three channels."""
    approved.file.write_text(approved.file.read_text() + CHANNELS)
    return load(approved.root)


def typed(space: Workspace, *words: str) -> tuple[int, str, str]:
    """Run a command in the workspace; return its status and what it says on either stream."""
    done = CliRunner().invoke(app, [*words, "-w", str(space.root)])
    return done.exit_code, done.stdout, done.stderr


def test_a_dry_run_says_what_goes_to_whom_by_which_channel(ready: Workspace, tmp_path: Path) -> None:
    """One line a recipient: channel, form, size, what would become of it; nothing is sent, queued or released."""
    status, table, talk = typed(ready, "send", EDITION, "--to", "wide", "--dry-run", str(tmp_path / "eml"))
    lines = [line.split()[:3] for line in table.splitlines()]
    assert (status, lines) == (
        0,
        [
            ["recipient", "channel", "gets"],
            ["site", "site", "PDF"],
            ["shelf", "shelf", "PDF"],
            ["amal@example.org", "mail", "PDF"],
            ["bruno@example.org", "mail", "link"],
            ["chiara@example.org", "mail", "words"],
        ],
    )
    assert table.count("would be sent") == 5
    assert "3 messages written to" in talk
    assert messages(workspace=ready) == ()
    assert not (ready.root / "site").exists()
    sizes = {path.name.partition("-")[0]: path.stat().st_size for path in (tmp_path / "eml").iterdir()}
    assert sizes["amal"] > 100_000 > sizes["bruno"]
    link = f"https://briefs.example.org/{EDITION}/TLP-CLEAR_balochistan_2026-01-31_v1.pdf"
    [bruno] = (tmp_path / "eml").glob("bruno*")
    assert link in bruno.read_text().replace("=\n", "").replace("=3D", "=")


def test_a_channel_that_is_down_keeps_nobody_else_from_theirs(ready: Workspace, tmp_path: Path) -> None:
    """With no relay there, archive and shelf have theirs and mail is queued; once it is there, mail alone goes."""
    ready.file.write_text(ready.file.read_text().replace("port = 587", "port = 9"))
    status, table, talk = typed(ready, "send", EDITION, "--to", "wide", "--yes")
    assert status == TemporaryError.exit_status
    assert "cannot be reached" in talk
    assert [line.split()[2] for line in table.splitlines() if line.startswith("site")] == ["sent"]
    found = {one.recipient: one.state for one in messages(workspace=ready)}
    assert found.pop("site") == found.pop("shelf") == "sent"
    assert set(found.values()) == {"queued"}
    certificate = make_certificate(tmp_path, "relay")
    with mail_process(tmp_path / "mail", certificate) as server:
        text = ready.file.read_text().replace(
            'host = "localhost"\nport = 9', f'host = "127.0.0.1"\nport = {server.port}'
        )
        ready.file.write_text(text.replace('password = ""', f'password = ""\nca_file = "{certificate.authority}"'))
        dispatch(EDITION, ["wide"], workspace=load(ready.root))
        assert len(server.messages()) == 3
    assert len((ready.root / "shelf" / "outgoing.jsonl").read_text().splitlines()) == 1
    assert {one.state for one in messages(workspace=ready)} == {"sent"}


def test_a_dry_run_tells_doubts_that_are_held_from_those_that_are_not(ready: Workspace, tmp_path: Path) -> None:
    """An archive can be handed the same twice, and `on_unknown` lets mail go again; a fake is held like mail."""
    ready.file.write_text(ready.file.read_text().replace("port = 587", "port = 9"))
    with pytest.raises(TemporaryError):
        dispatch(EDITION, ["wide"], workspace=load(ready.root))
    with Store.open(ready.store) as store, store.begin() as connection:
        connection.execute(sa.update(store_tables.outbox).values(phase="unknown", detail="nobody saw the answer"))
    found = {
        one.address: one.prospect for one in rehearse(EDITION, ["wide"], folder=tmp_path, workspace=ready.root).plan
    }
    assert (found["site"], found["shelf"], found["amal@example.org"]) == ("would be tried again", "held", "held")
    assert typed(ready, "send", EDITION, "--to", "wide", "--dry-run", str(tmp_path))[0] == 5  # as sending would end
    ready.file.write_text(ready.file.read_text().replace("[lists.wide]\n", '[lists.wide]\non_unknown = "resend"\n'))
    assert typed(ready, "send", EDITION, "--to", "wide", "--dry-run", str(tmp_path))[0] == 0
    plan = rehearse(EDITION, ["wide"], folder=tmp_path, workspace=load(ready.root)).plan
    assert {one.prospect for one in plan} == {"would be tried again"}


def test_a_dry_run_tells_every_reason_why_nothing_would_go_out(issued: Workspace, tmp_path: Path) -> None:
    """A draft, two gates that are shut, and a channel whose secret is missing: all at once, each with its place."""
    hook = '[channels.hook]\nkind = "webhook"\nurl = "https://example.org/"\nsecret = "env:NO_SUCH"\n'
    text = issued.file.read_text() + CHANNELS.replace("[lists.wide]", f"{hook}\n[lists.wide]")
    text = text.replace('  { channel = "site" },', '  { channel = "site" }, { channel = "hook" },')
    gates = '[briefs.balochistan]\ngates = ["killed >= 100000", "fresh 1h"]'
    issued.file.write_text(text.replace("[briefs.balochistan]", gates))
    space = load(issued.root)
    tried = rehearse(EDITION, ["wide"], folder=tmp_path / "eml", workspace=space)
    assert [one.error_code for one in tried.refused] == ["NOT_APPROVED", "HELD_BACK", "SECRET"]
    assert (len(tried.plan), tried.refused[2].where) == (6, f"[channels.hook] of {space.file}")
    status, _, talk = typed(space, "send", EDITION, "--to", "wide", "--dry-run", str(tmp_path / "eml"))
    assert (status, "6 would be sent, were it not for 3 reasons:" in talk) == (4, True)
    assert all(word in talk for word in ("killed >= 100000", "fresh 1h", "NO_SUCH"))


def test_what_waits_of_a_withdrawn_edition_ends_there(ready: Workspace, tmp_path: Path) -> None:
    """No relay was there to take it: it never goes out, its row says why, and nobody can queue it again."""
    ready.file.write_text(ready.file.read_text().replace("port = 587", "port = 9"))
    with pytest.raises(TemporaryError):
        dispatch(EDITION, ["wide"], workspace=load(ready.root))
    taken = withdraw(EDITION, by="R. Okafor", reason="wrong map", workspace=ready)
    assert taken.stopped == 3
    mails = [one for one in messages(workspace=ready) if one.channel == "mail"]
    assert {(one.state, one.detail) for one in mails} == {
        ("stopped", "not sent: the edition was withdrawn: wrong map (R. Okafor)")
    }
    status, _, said = typed(ready, "outbox", "--resend", mails[0].message_id, "--by", "R. Okafor")
    assert (status, "was withdrawn" in said) == (4, True)
    assert typed(ready, "outbox", "--state", "stopped")[1].count("wrong map") == 3


def test_the_outbox_shows_some_and_notes_what_came_back(ready: Workspace) -> None:
    """Messages by edition, list and state; a bounce needs a name, is kept on record, and can be sent again."""
    ready.file.write_text(
        ready.file.read_text().replace(
            "[lists.wide]",
            '[lists.one]\nrecipients = [{ channel = "shelf" }]\n[lists.two]\nrecipients = [{ channel = "site" }]\n'
            "[lists.wide]",
        )
    )
    space = load(ready.root)
    [sent] = dispatch(EDITION, ["one"], workspace=space)
    assert typed(space, "outbox", "--list", "duty")[1].count("\n") == 1
    assert EDITION in typed(space, "outbox", "--list", "one", "--edition", EDITION, "--state", "sent")[1]
    assert EDITION not in typed(space, "outbox", "--state", "failed", "--state", "bounced")[1]
    status, _, said = typed(space, "outbox", "--state", "lost")
    assert (status, "use one of: queued" in said) == (2, True)
    assert typed(space, "outbox", "--bounced", sent.message_id)[0] == 2
    dispatch(EDITION, ["two"], workspace=space)
    bounced = typed(space, "outbox", "--bounced", sent.message_id, "--by", "R. Okafor")[1]
    assert [line.split()[4] for line in bounced.splitlines()[1:]] == ["bounced"]  # nothing but what changed
    assert "queued again" in typed(space, "outbox", "--resend", sent.message_id, "--by", "R. Okafor")[2]
    [again] = dispatch(EDITION, ["one"], workspace=space)
    assert (again.state, again.attempts) == ("sent", 2)
    with pytest.raises(UsageError, match="UNKNOWN_LIST"):
        messages(lists=["none"], workspace=space)
