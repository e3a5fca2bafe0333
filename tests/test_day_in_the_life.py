"""A day in the life of a brief, with real servers: due, made, read, approved, sent, corrected, withdrawn, verified."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from mailservers import MailProcess, mail_process, make_certificate
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.delivery import deliver
from briefings.notebook.brief import Brief
from briefings.proof import printed
from briefings.release import lifecycle
from briefings.storage.store import Store
from briefings.upkeep.scheduling import tick

pytestmark = pytest.mark.slow

FIRST, SECOND = "balochistan-2026-02-01-1", "balochistan-2026-02-01-2"
DAY = ("-p", "date=2026-02-01", "-p", "as_of=2026-02-01T07:00+05:00")
ANA, BEN, CLEO = "Ana Mahmood", "Ben Okafor", "Cleo Lind"
EVE, DUE = datetime(2026, 1, 31, 12, tzinfo=UTC), datetime(2026, 2, 1, 2, 0, 30, tzinfo=UTC)
"""The evening before, when the schedule is set up, and half a minute past seven in the morning in Quetta."""


@dataclass
class Desk:
    """A desk at work: its workspace, and the mailboxes of its readers."""

    space: Workspace
    mail: MailProcess

    def run(self, *words: str, status: int = 0) -> str:
        """Type a command; return what it printed."""
        done = CliRunner().invoke(app, [*words, "-w", str(self.space.root)])
        assert done.exit_code == status, f"briefings {' '.join(words)}\n{done.output}"
        return done.output

    def set(self, **tables: Any) -> None:
        """Change settings: keys of tables by dotted names, `briefs__balochistan={…}`."""
        whole: Any = tomlkit.parse(self.space.file.read_text(encoding="utf-8"))
        for dotted, values in tables.items():
            place = whole
            for name in dotted.split("__"):
                place = place.setdefault(name, {})
            place.update(values)
        self.space.file.write_text(tomlkit.dumps(whole), encoding="utf-8")
        self.space = load(self.space.root)

    def got(self, reader: str) -> list[EmailMessage]:
        """Return the messages of one reader, in the order of their subjects' versions and notices."""
        found = [one for one in self.mail.messages() if f"{reader}@example.org" in str(one["To"])]
        return sorted(found, key=lambda one: str(one["Subject"]))

    def state(self, edition: str) -> str:
        """Return how far an edition has come."""
        return lifecycle.state(edition, workspace=self.space).state


@pytest.fixture
def desk(demo: Workspace, tmp_path: Path) -> Iterator[Desk]:
    """The demo's desk with four eyes, a gate, a schedule, a relay, two readers by mail and an archive."""
    certificate = make_certificate(tmp_path, "relay")
    with mail_process(tmp_path / "mail", certificate) as mail:
        at_work = Desk(load(Path(shutil.copytree(demo.root, tmp_path / "desk"))), mail)
        at_work.set(
            workspace={"four_eyes": True},
            briefs__balochistan={"schedule": "0 7 * * *", "gates": ["new"]},
            channels__public={"kind": "archive", "path": "site", "link_base": "https://briefs.example.org/"},
            lists__duty={
                "domains": ["example.org"],
                "recipients": [
                    {"name": "Amal", "address": "amal@example.org", "marking": "TLP:GREEN"},
                    {"name": "Bruno", "address": "bruno@example.org", "marking": "TLP:GREEN"},
                    {"channel": "public"},
                ],
            },
            smtp={"host": "127.0.0.1", "port": mail.port, "ca_file": str(certificate.authority)},
        )
        yield at_work


def archived(desk: Desk, edition: str) -> str:
    """Return the archive's page of an edition."""
    return (desk.space.root / "site" / edition / "index.html").read_text(encoding="utf-8")


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_day_in_the_life_of_a_brief(desk: Desk, tmp_path: Path) -> None:
    """Every step leaves its line in the record, each reader has each thing once, and every PDF tells what it is."""
    made_once_when_it_is_due(desk)
    read_by_another_and_released(desk)
    sent_to_each_reader_once(desk, tmp_path)
    corrected_and_the_former_replaced(desk)
    withdrawn_and_everybody_told(desk)
    verified_by_whoever_holds_a_pdf(desk, tmp_path)
    on_record_from_first_to_last(desk)


def made_once_when_it_is_due(desk: Desk) -> None:
    """However often the schedulers look, the brief of the day is made once, as of its hour, and waits for a person."""
    assert tick(desk.space, clock=lambda: EVE).runs == ()
    (run,) = tick(desk.space, clock=lambda: DUE).runs
    assert (run.state, run.edition_id) == ("made", FIRST)
    assert tick(desk.space, clock=lambda: DUE).runs == ()
    assert desk.state(FIRST) == "draft"
    assert desk.mail.messages() == []


def read_by_another_and_released(desk: Desk) -> None:
    """Ana submits it and may not approve it; Ben sends it back, and approves it after all."""
    assert "NOT_APPROVED" in desk.run("send", FIRST, "--yes", status=4)
    desk.run("submit", FIRST, "--by", ANA)
    assert "FOUR_EYES" in desk.run("approve", FIRST, "--by", ANA.upper(), status=4)
    desk.run("return", FIRST, "--by", BEN, "--reason", "is the toll of Quetta sure?")
    desk.run("submit", FIRST, "--by", ANA, "--note", "it is")
    desk.run("approve", FIRST, "--by", BEN)
    assert desk.state(FIRST) == "approved"


def sent_to_each_reader_once(desk: Desk, tmp_path: Path) -> None:
    """A dry run sends nothing; what goes out is the approved PDF, to each alone, and to the archive."""
    desk.run("send", FIRST, "--dry-run", str(tmp_path / "outgoing"))
    assert desk.mail.messages() == []
    for _ in range(2):
        desk.run("send", FIRST, "--yes", "--by", ANA)
    reviewed = desk.space.reports / "balochistan" / "2026-02-01-1" / "brief-reviewed.pdf"
    for reader, other in (("amal", "bruno"), ("bruno", "amal")):
        (message,) = desk.got(reader)
        (attached,) = message.iter_attachments()
        assert attached.get_content() == reviewed.read_bytes()
        assert str(message["Subject"]).startswith("[TLP:CLEAR] Balochistan")
        assert f"{other}@example.org" not in message.as_string()
    assert FIRST in archived(desk, FIRST)
    assert "example.org</a>" not in archived(desk, FIRST)
    assert desk.state(FIRST) == "sent"


def corrected_and_the_former_replaced(desk: Desk) -> None:
    """Ana takes a claim out, so that she may not approve what comes of it; who is off the list is told all the same."""
    folder = desk.space.reports / "balochistan" / "2026-02-01-1"
    brief = Brief.model_validate_json((folder / "sections.json").read_text(encoding="utf-8"))
    claim = next(one for section in brief.sections for one in section.claims if one.outcome == "killed")
    desk.run("review", "reject", claim.id, "--by", ANA, "--reason", "it is of another day")
    desk.run("make", "balochistan", *DAY, "--by", CLEO)
    assert desk.state(SECOND) == "draft"
    assert "corrected or rejected claims" in desk.run("approve", SECOND, "--by", ANA, status=4)
    desk.run("approve", SECOND, "--by", BEN)
    assert desk.state(FIRST) == "superseded"
    amal, _bruno, public = desk.space.lists["duty"].model_dump(mode="json", exclude_defaults=True)["recipients"]
    desk.set(lists__duty={"recipients": [amal, public]})
    desk.run("send", SECOND, "--yes")
    _, newer = desk.got("amal")
    assert f"Replaces: {FIRST}" in words(newer)
    notice = next(one for one in desk.got("bruno") if "Superseded" in str(one["Subject"]))
    assert f"{SECOND} corrects and replaces {FIRST}" in " ".join(words(notice).split())
    assert list(notice.iter_attachments()) == []
    assert FIRST in printed.text((folder.parent / "2026-02-01-2" / "brief-reviewed.pdf").read_bytes())
    assert SECOND in printed.text((folder / "brief-superseded.pdf").read_bytes())
    assert SECOND in archived(desk, FIRST)
    assert "SUPERSEDED" in desk.run("send", FIRST, "--yes", status=4)


def withdrawn_and_everybody_told(desk: Desk) -> None:
    """It is sent no more, and whoever has it knows, once; the archive shows it no more."""
    reason = "the hospital has taken its count back"
    desk.run("withdraw", SECOND, "--by", BEN, "--reason", reason, "--yes")
    desk.run("notify", SECOND, "--yes")
    notices = [one for one in desk.got("amal") if "Withdrawn" in str(one["Subject"])]
    assert len(notices) == 1
    assert reason in words(notices[0])
    assert len(desk.got("bruno")) == 2  # he never had this one
    assert "WITHDRAWN" in desk.run("send", SECOND, "--yes", status=4)
    assert not list((desk.space.root / "site" / SECOND).glob("*.pdf"))


def verified_by_whoever_holds_a_pdf(desk: Desk, tmp_path: Path) -> None:
    """What Amal was sent is whole, and is known to be withdrawn; a byte more, and it is not what was sent."""
    held = next(one for one in desk.got("amal") if "version" in str(one["Subject"]) and list(one.iter_attachments()))
    (attached,) = held.iter_attachments()
    data = attached.get_content()
    (tmp_path / "held.pdf").write_bytes(data)
    told = json.loads(desk.run("verify", str(tmp_path / "held.pdf"), "--json", status=3))
    assert (told["outcome"], told["edition"]["edition"]) == ("whole", SECOND)
    assert [one["code"] for one in told["findings"]] == ["EDITION_WITHDRAWN"]
    (tmp_path / "changed.pdf").write_bytes(data[:2000] + bytes([data[2000] ^ 1]) + data[2001:])
    desk.run("verify", str(tmp_path / "changed.pdf"), status=1)


def on_record_from_first_to_last(desk: Desk) -> None:
    """Who did what and why, in an order that nobody can change unseen."""
    acts = {one.edition.id: [(act.deed, act.by) for act in one.acts] for one in lifecycle.states(workspace=desk.space)}
    assert acts == {
        FIRST: [
            ("make", "schedule"),
            ("submit", ANA),
            ("return", BEN),
            ("submit", ANA),
            ("approve", BEN),
            ("send", ANA),
            ("supersede", BEN),
        ],
        SECOND: [("make", CLEO), ("approve", BEN), ("send", "Duty analyst"), ("withdraw", BEN)],
    }
    with Store.open(desk.space.store) as store:
        assert deliver.verify_audit(store)
