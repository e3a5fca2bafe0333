"""What was sent and must not be used any more: whoever got it is told, once, and the pages link both ways."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from editions import EDITION, REVIEWER, Shelf
from typer.testing import CliRunner

from briefings.channels import Before, Parcel, Refused
from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.delivery import fake_channel
from briefings.errors import ConfigError, PolicyError
from briefings.release import announcing, lifecycle, readiness
from briefings.release.approving import approve
from briefings.release.dispatching import command_for, dispatch, notify
from briefings.release.foretelling import rehearse
from briefings.release.verify import verify
from briefings.storage import outbox
from briefings.storage.store import Store
from briefings.upkeep.health import examine

pytestmark = pytest.mark.slow

NEWER = "balochistan-2026-01-31-2"
REASON = "the toll of Quetta was that of another day"


def given(space: Workspace, *readers: dict[str, Any], **brief: Any) -> Workspace:
    """Give the brief readers on a channel that writes down what it would send, and settings of its own."""
    whole = tomlkit.parse(space.file.read_text(encoding="utf-8"))
    whole["channels"] = {"trial": {"kind": "fake", "path": "sent", "marking": "TLP:RED"}}
    name = whole["briefs"]["balochistan"]["lists"][0]
    people = [{"channel": "trial", "marking": "TLP:AMBER", **one} for one in readers]
    whole["lists"][name]["recipients"] = people
    whole["briefs"]["balochistan"].update(brief)
    space.file.write_text(tomlkit.dumps(whole), encoding="utf-8")
    return load(space.root)


def sent(space: Workspace) -> list[dict[str, Any]]:
    """Return what went out, in order."""
    found = sorted((space.root / "sent").glob("*.jsonl"))
    return [json.loads(line) for path in found for line in path.read_text(encoding="utf-8").splitlines()]


def told(space: Workspace) -> list[tuple[str, str, str]]:
    """Return to whom what went out of which edition, a notice by what it tells."""
    return [(one["address"], one["edition"], one["notice"]) for one in sent(space)]


AMAL, BRUNO, CHIARA = ({"name": name, "address": name.lower()} for name in ("Amal", "Bruno", "Chiara"))


def test_whoever_got_a_withdrawn_edition_is_told_once(approved: Workspace) -> None:
    """The notice has the marking, the edition and the reason, and nothing of what the edition said."""
    space = given(approved, AMAL, BRUNO)
    dispatch(EDITION, by="A. Mahmood", workspace=space)
    lifecycle.withdraw(EDITION, by=REVIEWER, reason=REASON, workspace=space)
    space = given(space, AMAL, CHIARA)  # Bruno was taken off the list, and holds it all the same
    done = notify(EDITION, workspace=space)
    assert sorted(one.recipient for one in done.receipts) == ["amal", "bruno"]
    template = space.templates / "email" / "page.html.j2"
    template.write_text(template.read_text(encoding="utf-8").replace('{{ _("Withdrawn") }}', "Taken back"))
    again = notify(EDITION, workspace=space)  # in other words it is the same notice
    assert [one.state for one in again.receipts] == ["sent", "sent"]
    assert told(space) == [
        ("amal", EDITION, ""),
        ("bruno", EDITION, ""),
        ("amal", EDITION, "withdrawn"),
        ("bruno", EDITION, "withdrawn"),
    ]
    notice = sent(space)[-1]["text"]
    assert notice.startswith("TLP:CLEAR")
    assert f"{EDITION} was withdrawn" in notice
    assert REASON in notice
    assert "killed" not in notice
    state = lifecycle.state(EDITION, workspace=space)
    assert (state.state, state.sent) == ("withdrawn", "2/2")
    assert [(act.deed, act.by) for act in state.acts[-2:]] == [("send", "A. Mahmood"), ("withdraw", REVIEWER)]


def test_a_file_that_went_out_is_known_as_sent(approved: Workspace) -> None:
    """Whoever verifies it learns that readers have it, and not only that they might."""
    space = given(approved, AMAL)
    reviewed = space.reports / "balochistan" / "2026-01-31-1" / "brief-reviewed.pdf"
    before = verify(reviewed, workspace=space.root).known
    dispatch(EDITION, workspace=space)
    after = verify(reviewed, workspace=space.root).known
    assert before is not None
    assert after is not None
    assert (before.stage, after.stage) == ("approved", "sent")


def test_nothing_is_withdrawn_without_the_yes_that_telling_takes(approved: Workspace) -> None:
    """Where somebody got it and nobody can say yes, all stays as it was; the outbox tells notices from the edition."""
    space = given(approved, AMAL)
    dispatch(EDITION, workspace=space)
    words = ["withdraw", EDITION, "--by", REVIEWER, "--reason", REASON, "-w", str(space.root)]
    refused = CliRunner().invoke(app, words)
    assert (refused.exit_code, refused.stderr.startswith("CONFIRM: ")) == (2, True)
    assert lifecycle.state(EDITION, workspace=space).state == "sent"
    quiet = CliRunner().invoke(app, [*words, "--no-notice"])
    assert "1 recipient who got it know nothing of that" in quiet.stderr
    assert told(space) == [("amal", EDITION, "")]
    advice = [one for one in examine(space) if one.name == "Notices"]
    assert [(one.level, one.fix) for one in advice] == [("advice", f"briefings notify {EDITION}")]
    assert "1 reader of" in advice[0].detail
    assert CliRunner().invoke(app, ["notify", EDITION, "--yes", "-w", str(space.root)]).exit_code == 0
    assert "Notices" not in [one.name for one in examine(space)]
    shown = CliRunner().invoke(app, ["outbox", "-w", str(space.root)]).stdout
    assert [line.split()[:3] for line in shown.splitlines()[1:]] == [
        [EDITION, "edition", "amal"],
        [EDITION, "notice", "amal"],
    ]


def test_nobody_is_told_of_what_nobody_got(approved: Workspace) -> None:
    """A draft or an edition that was only approved is withdrawn without a word to readers."""
    space = given(approved, AMAL)
    lifecycle.withdraw(EDITION, by=REVIEWER, reason=REASON, workspace=space)
    assert notify(EDITION, workspace=space).receipts == ()
    assert told(space) == []


@pytest.fixture(scope="module")
def sent_and_reissued(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace whose first edition went to Amal and Bruno, and whose second is approved; Bruno is off the list."""
    space = given(shelf.reissued().copy(tmp_path_factory.mktemp("sent") / "reissued"), AMAL, BRUNO)
    dispatch(EDITION, workspace=space)
    approve(NEWER, by="S. Lind", workspace=space)
    return given(space, AMAL, CHIARA)


@pytest.fixture
def reissued(sent_and_reissued: Workspace, tmp_path: Path) -> Workspace:
    """The same, of the test's own."""
    return load(Path(shutil.copytree(sent_and_reissued.root, tmp_path / "reissued")))


def test_who_gets_the_newer_version_needs_no_notice_and_the_others_get_one(reissued: Workspace, tmp_path: Path) -> None:
    """Amal has the new one, which says what it replaces; Bruno is told not to use the old one; Chiara had none."""
    tried = rehearse(NEWER, folder=tmp_path / "outgoing", workspace=reissued).plan
    assert [(one.address, one.form, one.prospect, one.why) for one in tried] == [
        ("amal", "PDF", "would be sent", ""),
        ("chiara", "PDF", "would be sent", ""),
        ("bruno", "notice", "would be sent", f"{EDITION} is superseded"),
    ]
    asked: list[str] = []
    receipts = dispatch(NEWER, confirm=asked.append, workspace=reissued)
    assert asked == [f"Send {NEWER} [TLP:AMBER] to 2 recipients of duty and tell 1 other that {EDITION} is superseded?"]
    assert [(one.recipient, one.kind, one.edition_id, one.state) for one in receipts] == [
        ("amal", "edition", NEWER, "sent"),
        ("chiara", "edition", NEWER, "sent"),
        ("bruno", "notice", EDITION, "sent"),
    ]
    dispatch(NEWER, workspace=reissued)
    notify(NEWER, workspace=reissued)
    assert sorted(told(reissued)[2:]) == [
        ("amal", NEWER, ""),
        ("bruno", EDITION, "superseded"),
        ("chiara", NEWER, ""),
    ]
    letter, notice = (
        next(one["text"] for one in sent(reissued)[2:] if one["notice"] == kind) for kind in ("", "superseded")
    )
    assert f"Replaces: {EDITION}" in letter
    assert NEWER in notice
    assert EDITION in notice


def test_whom_the_newer_version_cannot_reach_is_told_not_to_use_the_older(
    reissued: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Amal is on the list, and the relay refuses the new edition to him for good: what he holds is the old one."""
    hand_over = fake_channel.Fake.send

    def refusing(channel: fake_channel.Fake, parcel: Parcel, *, before_data: Before) -> str:
        if parcel.recipient.address == "amal" and not parcel.notice:
            raise Refused("552 too large", temporary=False)
        return hand_over(channel, parcel, before_data=before_data)

    monkeypatch.setattr(fake_channel.Fake, "send", refusing)
    states = {one.recipient: one.state for one in dispatch(NEWER, workspace=reissued) if one.kind == "edition"}
    assert states == {"amal": "failed", "chiara": "sent"}
    assert {who for who, edition, notice in told(reissued) if (edition, notice) == (EDITION, "superseded")} == {
        "amal",
        "bruno",
    }
    tried = rehearse(NEWER, folder=tmp_path / "outgoing", workspace=reissued).plan
    assert ("amal", "notice", "sent already") in [(one.address, one.form, one.prospect) for one in tried]


def test_whose_channel_is_gone_is_named_and_the_others_are_told(approved: Workspace) -> None:
    """Bruno had it by a channel that was taken out since: somebody has to tell him; Amal hears of it by us."""
    space = given(approved, AMAL)
    dispatch(EDITION, workspace=space)
    settings = space.file.read_text(encoding="utf-8")
    second = '[channels.second]\nkind = "fake"\npath = "second"\n'
    readers = '[lists.second]\nrecipients = [{ channel = "second", address = "bruno" }]\n'
    space.file.write_text(f"{settings}\n{second}\n{readers}", encoding="utf-8")
    dispatch(EDITION, ["second"], workspace=load(space.root))
    space.file.write_text(settings, encoding="utf-8")
    lifecycle.withdraw(EDITION, by=REVIEWER, reason=REASON, workspace=space)
    done = notify(EDITION, workspace=space)
    assert [(one.recipient, one.state) for one in done.receipts] == [("amal", "sent")]
    assert done.untold == (("bruno", "got it by the channel second, which the settings have no more"),)


def test_a_way_that_is_gone_keeps_nobody_else_from_being_told(approved: Workspace) -> None:
    """Amal had it by a channel, Dora by mail, and [smtp] was taken out since: hers waits, says why, and goes later."""
    space = given(approved, AMAL)
    dispatch(EDITION, workspace=space)
    with Store.open(space.store) as store:
        (approval,) = store.approvals(EDITION)
        mail = ("dora@example.org", "<dora@example.org>", "mail")
        outbox.add(store, EDITION, approval.pdf_sha256, [mail], at=store.now())
        outbox.accept(store, outbox.rows(store)[-1], at=store.now(), detail="250")
    lifecycle.withdraw(EDITION, by=REVIEWER, reason=REASON, workspace=space)
    done = notify(EDITION, workspace=space.model_copy(update={"smtp": None}))
    assert [fault.error_code for fault in done.faults] == ["NO_RELAY"]
    assert {one.recipient: one.state for one in done.receipts} == {"amal": "sent", "dora@example.org": "queued"}
    assert [one.detail for one in done.receipts if one.state == "queued"] == ["waits: no mail relay is set up"]


def test_a_message_queued_again_is_told_with_the_command_that_sends_it(reissued: Workspace) -> None:
    """An edition by `send`, a notice by `notify` of the edition it is due to, and what owners are told by `tick`."""
    dispatch(NEWER, workspace=reissued)
    with Store.open(reissued.store) as store:
        outbox.add(store, "", "0" * 64, [("desk@example.org", "<alarm@example.org>", "mail")], at=store.now())
        rows = {row.message_id: (row.edition_id, row.recipient) for row in outbox.rows(store)}
    assert {(*rows[one], command_for(one, workspace=reissued)) for one in rows} == {
        (EDITION, "amal", f"briefings send {EDITION}"),
        (EDITION, "bruno", f"briefings send {EDITION}"),
        (EDITION, "bruno", f"briefings notify {NEWER}"),
        (NEWER, "amal", f"briefings send {NEWER}"),
        (NEWER, "chiara", f"briefings send {NEWER}"),
        ("", "desk@example.org", "briefings tick"),
    }


def test_who_may_not_have_it_any_more_is_named(reissued: Workspace) -> None:
    """A reader whose clearance was lowered meanwhile gets no notice by us: somebody has to tell them."""
    marked = {**BRUNO, "marking": "TLP:CLEAR"}
    space = given(reissued, AMAL, marked)
    with Store.open(space.store) as store:
        edition = store.edition(EDITION).model_copy(update={"marking": "TLP:GREEN"})
        had = announcing.who_got(space, store, edition)
    assert {one.address: one.marking for one in had} == {"amal": "TLP:AMBER", "bruno": "TLP:CLEAR"}


# ── gates ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_edition_that_a_gate_holds_back_does_not_go_out(approved: Workspace, tmp_path: Path) -> None:
    """It is an error with every reason, not a skip; a dry run tells the same; nothing is queued."""
    space = given(approved, AMAL, gates=["new", "fresh 24h", "killed >= 200", "no open flags"])
    with pytest.raises(PolicyError, match="is held back") as caught:
        dispatch(EDITION, workspace=space)
    assert caught.value.error_code == "HELD_BACK"
    assert caught.value.exit_status == 4
    reasons = str(caught.value)
    assert "new:" not in reasons  # nothing was sent before: all of it is news
    assert "days old" in reasons
    assert "killed >= 200: at least 118, by its figures" in reasons
    assert "open doubts: " in reasons
    refused = rehearse(EDITION, folder=tmp_path / "eml", workspace=space).refused
    assert "\n".join(map(str, refused)) == reasons
    assert told(space) == []


def test_an_edition_that_meets_its_gates_goes_out(approved: Workspace) -> None:
    """So many killed, and something that no edition before it said."""
    space = given(approved, AMAL, gates=["new", "killed >= 118"])
    assert [one.state for one in dispatch(EDITION, workspace=space)] == ["sent"]


def test_what_was_taken_back_makes_nothing_old(shelf: Shelf, tmp_path: Path) -> None:
    """News is what the last edition that still stands did not say; one that readers must not use counts for nothing."""
    space = given(shelf.reissued().copy(tmp_path / "reissued"), AMAL)
    dispatch(EDITION, workspace=space)
    with Store.open(space.store) as store:
        before = readiness.last_sent(store, store.edition(NEWER))
        lifecycle.withdraw(EDITION, by=REVIEWER, reason=REASON, workspace=space)
        after = readiness.last_sent(store, store.edition(NEWER))
    assert before is not None
    assert (before.id, after) == (EDITION, None)


def test_a_gate_that_was_open_stays_so_for_whoever_was_put_off(
    approved: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was fresh as it began to go out reaches Bruno days later; to an edition that went to nobody it is shut."""
    space, clock = given(approved, AMAL, BRUNO, gates=["fresh 24h"]), [datetime(2026, 2, 1, 6, tzinfo=UTC)]
    monkeypatch.setattr(Store, "now", lambda store: clock[0])
    hand_over = fake_channel.Fake.send

    def busy(channel: fake_channel.Fake, parcel: Parcel, *, before_data: Before) -> str:
        if parcel.recipient.address == "bruno" and clock[0].day == 1:
            raise Refused("451 later", temporary=True)
        return hand_over(channel, parcel, before_data=before_data)

    monkeypatch.setattr(fake_channel.Fake, "send", busy)
    untouched = space.root.parent / "untouched"
    shutil.copytree(space.root, untouched)
    assert [one.state for one in dispatch(EDITION, workspace=space)] == ["sent", "deferred"]
    clock[0] += timedelta(days=2)
    assert [one.state for one in dispatch(EDITION, workspace=space)] == ["sent", "sent"]
    with pytest.raises(PolicyError, match="60 hours old"):
        dispatch(EDITION, workspace=load(untouched))


def test_what_a_standing_approval_let_out_stays_in_once_that_has_ended(issued: Workspace) -> None:
    """Between release and sending it may have run out, or been taken back: then nobody answers for it."""
    from briefings.release.approving import stand_for

    standing = {"by": REVIEWER, "until": date(2100, 1, 1), "reason": "nobody is at the desk by night"}
    space = given(issued, AMAL, standing_approval=standing)
    stand_for(EDITION, workspace=space)
    ended = given(space, AMAL, standing_approval={**standing, "until": date(2026, 1, 31)})
    with pytest.raises(PolicyError, match="ended with 2026-01-31"):
        dispatch(EDITION, workspace=ended)
    space = given(space, AMAL, standing_approval=standing)
    assert [one.state for one in dispatch(EDITION, workspace=space)] == ["sent"]
    (message,) = sent(space)
    assert "Not human-reviewed" in message["text"]
    assert f"Released unread by: {REVIEWER}" in message["text"]


# ── languages ───────────────────────────────────────────────────────────────────────────────────────


def test_who_named_a_language_gets_no_edition_in_another(approved: Workspace) -> None:
    """A list may have readers of several languages: each gets the editions in theirs, who named none gets all."""
    space = given(approved, AMAL, {**BRUNO, "language": "fr"}, {**CHIARA, "language": "en"})
    dispatch(EDITION, workspace=space)
    assert [address for address, _, _ in told(space)] == ["amal", "chiara"]
    with pytest.raises(ConfigError, match=r"nobody on .* reads 'en'"):
        dispatch(EDITION, workspace=given(space, {**BRUNO, "language": "fr"}))
