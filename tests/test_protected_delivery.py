"""What goes out is each reader's own copy, what an archive shows is everybody's, and no secret is told on the way."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import re
import socket
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import certificates
import pikepdf
import pytest
from editions import EDITION, Shelf
from typer.testing import CliRunner, Result

from briefings.cli.app import app
from briefings.core import redaction
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.errors import UsageError
from briefings.printing import seals
from briefings.release.keys import new_keys, write_passwords
from briefings.storage.outbox import rows
from briefings.storage.store import Store

pytestmark = pytest.mark.slow
OWN = "canary-of-her-own-7f31"
LISTS = """
[lists.duty]
protect = ["watermark", "signature"]
recipients = [
  { name = "Amina Noor", address = "amina@example.org", options = { protect = "watermark password signature" } },
  { name = "Bashir Quill", address = "bashir@example.org", options = { protect = "password", password = "file:own" } },
  { name = "Chen Li", address = "chen@example.org" },
  { name = "Desk", address = "desk@example.org", options = { protect = "" } },
  { name = "Elif", channel = "drop", address = "elif" },
  { channel = "site", address = "site" },
]
[channels.drop]
kind = "folder"
path = "drop"
[channels.site]
kind = "archive"
path = "site"
link_base = "https://example.org/briefs"
"""


def told(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def space(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A desk with keys, whose readers ask for copies of every kind, with an edition that was approved."""
    root = shelf.approved().copy(tmp_path_factory.mktemp("desk") / "ws").root
    settings = root / "briefings.toml"
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"\[lists\.duty\]\n.*\n", LISTS, text)
    made = new_keys("Desk of the North", workspace=root)
    certificates.written(root / "own", OWN.encode())
    settings.write_text(f"{text}\n{made.settings}archival = false\n", encoding="utf-8")
    return load(root)


@pytest.fixture(autouse=True)
def _own_settings(space: Workspace) -> Iterator[None]:
    """What a test changes in the settings of the desk ends with it."""
    text = space.file.read_text(encoding="utf-8")
    yield
    space.file.write_text(text, encoding="utf-8")


@pytest.fixture
def trust(space: Workspace) -> list[str]:
    return ["-w", str(space.root)]


def passwords(space: Workspace, folder: Path) -> dict[str, str]:
    """Return the passwords as the sender gets them, by address."""
    file = folder / "passwords.csv"
    done = told("passwords", "--into", str(file), "-w", str(space.root))
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8") as stream:
        return {row["address"]: row["password"] for row in csv.DictReader(stream)}


def messages(space: Workspace, folder: Path) -> dict[str, tuple[bytes, str]]:
    """Return the PDF and the words of each message as they would go out, by address."""
    done = told("send", EDITION, "--dry-run", str(folder / "out"), "-w", str(space.root))
    assert done.exit_code == 0, done.output
    assert "PDF (watermark, password, signature)" in done.output
    assert "PDF (password)" in done.output
    found = {}
    for path in (folder / "out").glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        (pdf,) = [part.get_content() for part in message.iter_attachments()]
        body: Any = message.get_body(("plain",))
        found[message["To"].addresses[0].addr_spec] = (pdf, body.get_content())
    return found


def test_each_reader_gets_a_copy_of_their_own(space: Workspace, tmp_path: Path, trust: list[str]) -> None:
    """Marked, closed and signed as each asks for; `verify` opens and knows them all; the message says what to do."""
    words = passwords(space, tmp_path)
    assert set(words) == {"amina@example.org", "bashir@example.org"}
    assert words["bashir@example.org"] == OWN
    sent = messages(space, tmp_path)
    reviewed = (space.reports / space_edition(space).folder / "brief-reviewed.pdf").read_bytes()
    assert sent["desk@example.org"][0] == reviewed
    assert len({pdf for pdf, _ in sent.values()}) == 4
    for address, (pdf, body) in sent.items():
        path = tmp_path / f"{address}.pdf"
        path.write_bytes(pdf)
        more = []
        if address in words:
            certificates.written(tmp_path / "word", words[address].encode())
            more = ["--password-from", f"file:{tmp_path / 'word'}"]
            assert told("verify", str(path), *trust).exit_code == 1
        assert ("opens with the password you were given" in body) is (address in words)
        assert not any(word in body for word in words.values())
        assert "Digest of the PDF your copy is of" in body
        done = told("verify", str(path), *more, *trust)
        assert ("copy for" in done.output) is (address in ("amina@example.org", "chen@example.org"))
        assert ("signed by Desk of the North" in done.output) is (address in ("amina@example.org", "chen@example.org"))
        # a closed copy that nobody signed and that was never sent is nobody's whom the desk knows
        assert done.exit_code == (1 if address == "bashir@example.org" else 0), done.output


def space_edition(space: Workspace) -> Any:
    with Store.open(space.store) as store:
        return store.edition(EDITION)


def test_what_was_sent_is_known_by_its_digest_and_the_archive_has_nobodys_copy(
    space: Workspace, tmp_path: Path, trust: list[str]
) -> None:
    """A file that turns up tells whose copy it is; what anybody may read is signed and bears no name."""
    done = told("send", EDITION, "--to", "duty", "--yes", *trust)
    assert done.exit_code in (5, 75), done.output  # nobody answers where mail goes; the folders had theirs
    (dropped,) = (space.root / "drop").rglob("*.pdf")
    status = told("verify", str(dropped), *trust)
    assert status.exit_code == 0, status.output
    assert f"copy of {EDITION} for elif: signature, watermark" in status.output
    (shown,) = (space.root / "site").rglob("*.pdf")
    assert told("verify", str(shown), *trust).exit_code == 0
    examined = seals.examine(shown.read_bytes())
    assert examined.signed
    assert "copyFor" not in examined.said
    with Store.open(space.store) as store:
        copied = {line.subject: line.detail for line in store.audit() if line.action == "copied"}
    assert {sha256(path.read_bytes()).hexdigest() for path in (dropped, shown)} <= set(copied)
    everything = b"".join(path.read_bytes() for path in (space.root / "site").rglob("*") if path.is_file())
    for name in ("Amina", "Bashir", "Chen", "example.org:"):
        assert name.encode() not in everything


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    """Nothing is written over; git leaves them out; the certificate alone is for others."""
    (tmp_path / "briefings.toml").write_text('[workspace]\nprepared_by = "Duty analyst"\n')
    done = told("keys", "new", "-w", str(tmp_path))
    assert done.exit_code == 0, done.output
    folder = tmp_path / "secrets"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {".gitignore": 0o600, "signing.pem": 0o600, "signing.crt": 0o644, "passwords.seed": 0o600}
    assert "PRIVATE" not in done.output
    assert folder.joinpath("passwords.seed").read_text().strip() not in done.output
    before = {path: path.read_bytes() for path in folder.iterdir()}
    again = told("keys", "new", "-w", str(tmp_path))
    assert (again.exit_code, again.output.partition(":")[0]) == (2, "EXISTS")
    assert before == {path: path.read_bytes() for path in folder.iterdir()}
    (tmp_path / "briefings.toml").write_text(f'[workspace]\nprepared_by = "Duty analyst"\n{done.stdout}')
    assert load(tmp_path).protection.protect == ("signature",)


def test_passwords_are_written_for_those_who_need_one_and_never_over_a_file(space: Workspace, tmp_path: Path) -> None:
    """The sender is told where they are; a list whose readers need none says so."""
    file = certificates.written(tmp_path / "there.csv", b"mine")
    with pytest.raises(UsageError, match="EXISTS"):
        write_passwords(file, workspace=space)
    assert file.read_bytes() == b"mine"
    with pytest.raises(UsageError, match="UNKNOWN_LIST"):
        write_passwords(tmp_path / "new.csv", ["nobody"], workspace=space)
    bare = space.model_copy(update={"lists": {}})
    with pytest.raises(UsageError, match="NO_PASSWORDS"):
        write_passwords(tmp_path / "new.csv", workspace=bare)


def test_a_closed_copy_never_gives_way_to_a_link(space: Workspace, tmp_path: Path) -> None:
    """A message that is too large for the relay goes as a link, but for whoever has a copy of their own."""
    text = space.file.read_text(encoding="utf-8")
    space.file.write_text(
        text.replace("[smtp]\n", '[smtp]\nmax_mb = 0.05\nlink_base = "https://example.org/briefs"\n'), encoding="utf-8"
    )
    done = told("send", EDITION, "--dry-run", str(tmp_path / "out"), "--json", "-w", str(space.root))
    plan = {one["address"]: one for one in json.loads(done.stdout)["plan"]}
    assert plan["desk@example.org"]["form"] == "link"
    for address in ("amina@example.org", "bashir@example.org", "chen@example.org"):
        assert plan[address]["prospect"] == "would fail", plan[address]


# ── no secret is told ───────────────────────────────────────────────────────────────────────────────

CANARY = "canary-3c9d-smtp"


def secrets_of(space: Workspace) -> Iterator[str]:
    """Yield every secret of the workspace, and what is made of them."""
    yield CANARY
    yield OWN
    yield (space.root / "secrets" / "passwords.seed").read_text().strip()
    key = (space.root / "secrets" / "signing.pem").read_text()
    yield from (line for line in key.partition("-----END PRIVATE")[0].splitlines()[1:] if len(line) > 40)


def test_no_command_tells_a_secret(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails and however much is asked for: not on a terminal, as JSON, in a traceback, or in the store."""
    monkeypatch.setattr(redaction, "_known", set())
    text = space.file.read_text(encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
    smtp = f'port = {port}\ntls = "implicit"\nsender = "b@example.org"\nusername = "desk"\npassword = "env:CANARY"\n'
    text = re.sub(r"port = 587\n(?:.*\n)*?password = .*\n", smtp, text)
    space.file.write_text(text, encoding="utf-8")
    words = passwords(space, tmp_path)
    monkeypatch.setenv("CANARY", CANARY)
    monkeypatch.setenv("BRIEFINGS_DEBUG", "1")
    certificates.written(tmp_path / "bad.pdf", b"%PDF-1.7\nnonsense\n%%EOF\n")
    (shown,) = list((space.root / "site").rglob("*.pdf"))[:1] or [tmp_path / "bad.pdf"]
    here = ["-w", str(space.root)]
    runs = [
        ["send", EDITION, "--yes"], ["send", EDITION, "--dry-run", str(tmp_path / "out")], ["outbox"], ["editions"],
        ["doctor"], ["config", "show", "--origin"], ["recipients", "show"], ["keys", "new"], ["health"], ["metrics"],
        ["passwords", "--into", str(tmp_path / "more.csv")], ["notify", EDITION, "--yes"], ["tick"],
        ["verify", str(shown)], ["verify", str(tmp_path / "bad.pdf"), "--password-from", f"file:{space.root / 'own'}"],
        ["verify", str(shown), "--password-from", "env:CANARY"],
    ]  # fmt: skip
    secret = [*secrets_of(space), *words.values()]
    for run in runs:
        for more in ("--verbose", "--json"):
            done = told(*run, more, *here)
            for one in secret:
                assert one not in done.output, run
    kept = b"".join(path.read_bytes() for path in (space.root / ".briefings").rglob("*") if path.is_file())
    for one in secret:
        assert one.encode() not in kept, "the store"


def test_settings_with_secrets_that_others_can_read_stop_what_needs_them(space: Workspace, tmp_path: Path) -> None:
    """A key, a seed or a password that the group can read is as good as told: nothing is sent with it."""
    for name in ("secrets/signing.pem", "secrets/passwords.seed", "own"):
        path = space.root / name
        path.chmod(0o640)
        try:
            done = told("send", EDITION, "--dry-run", str(tmp_path / "out"), "-w", str(space.root))
            looked = told("doctor", "-w", str(space.root))
        finally:
            path.chmod(0o600)
        exposed = "a file with a secret can be read by its group"
        assert exposed in done.output, name
        assert f"chmod 600 {path}" in looked.output


def test_a_closed_copy_opens_for_its_reader_alone(space: Workspace, tmp_path: Path) -> None:
    """The password of one does not open the copy of another."""
    words, sent = passwords(space, tmp_path), messages(space, tmp_path)
    for reader in words:
        for other, word in words.items():
            opened = io.BytesIO(sent[reader][0])
            if reader == other:
                with pikepdf.open(opened, password=word) as document:
                    assert len(document.pages) > 1
            else:
                with pytest.raises(pikepdf.PasswordError):
                    pikepdf.open(opened, password=word)


def test_an_authority_that_gives_no_time_stops_the_run_and_loses_nothing(space: Workspace) -> None:
    """Nothing is sent without its proof, no message fails for it, and the next run has it."""
    text = space.file.read_text(encoding="utf-8")
    more = '[lists.stamped]\nprotect = ["signature"]\nrecipients = [{ channel = "drop", address = "stamped" }]\n'
    down = text.replace("[protection]\n", '[protection]\ntimestamps = "http://127.0.0.1:9/"\n')
    send = ["send", EDITION, "--to", "stamped", "--yes", "-w", str(space.root)]
    space.file.write_text(down + more, encoding="utf-8")
    done = told(*send)
    assert (done.exit_code, "\nTIMESTAMP: " in done.output) == (75, True)
    with Store.open(space.store) as store:
        assert [row.phase for row in rows(store, EDITION) if row.recipient == "stamped"] == ["queued"]
    space.file.write_text(text + more, encoding="utf-8")
    assert told(*send).exit_code == 0
    with Store.open(space.store) as store:
        assert [row.phase for row in rows(store, EDITION) if row.recipient == "stamped"] == ["accepted"]
