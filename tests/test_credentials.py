"""Secrets come by reference from places that are their owner's alone, and are told to nobody."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click
import pytest
import typer.main
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.cli.terminal import reported
from briefings.core import config, redaction
from briefings.core.credentials import exposed, resolve_bytes, resolve_secret
from briefings.core.redaction import redacted, remember
from briefings.core.settings import FILE
from briefings.errors import ConfigError

CANARY = "canary-9b2e-hush"


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test strikes out what another one looked up."""
    monkeypatch.setattr(redaction, "_known", set())


@pytest.fixture
def held(tmp_path: Path) -> Path:
    path = tmp_path / "held"
    path.write_text(f"{CANARY}\n")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o640, 0o620, 0o644, 0o666])
def test_a_file_that_others_can_read_or_change_is_refused(held: Path, mode: int) -> None:
    """Whichever secret it holds; the one line that mends it is told, the secret is not."""
    held.chmod(mode)
    with pytest.raises(ConfigError) as refused:
        resolve_secret(f"file:{held}")
    assert refused.value.error_code == "SECRET_EXPOSED"
    assert f"chmod 600 {held}" in str(refused.value)
    assert CANARY not in str(refused.value)


def test_a_file_that_is_its_owners_alone_is_read(held: Path) -> None:
    """As text without the line end an editor leaves, or as the bytes that lie there."""
    assert resolve_secret("file:held", base=held.parent) == CANARY
    assert resolve_bytes(f"file:{held}") == f"{CANARY}\n".encode()


def test_a_group_may_read_what_another_owner_gives_it(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a service its secret, which root has put there; only the owner could take it back."""
    held.chmod(0o640)
    assert exposed(held) == "its group"
    monkeypatch.setattr(os, "getuid", lambda: held.stat().st_uid + 1)
    assert exposed(held) == ""


def test_what_is_no_text_is_no_password(tmp_path: Path) -> None:
    """A key file named for a password is told as such."""
    path = tmp_path / "key"
    path.write_bytes(b"\x80\x81\x82")
    path.chmod(0o600)
    assert resolve_bytes(f"file:{path}") == b"\x80\x81\x82"
    with pytest.raises(ConfigError, match="not text"):
        resolve_secret(f"file:{path}")


def flags(command: click.Command, path: str = "briefings") -> dict[str, list[str]]:
    """Return the options of a command and of all those below it."""
    found = {path: [name for one in command.params for name in (*one.opts, *one.secondary_opts)]}
    for name, inner in getattr(command, "commands", {}).items():
        found |= flags(inner, f"{path} {name}")
    return found


def test_no_command_takes_a_secret_as_a_flag() -> None:
    """A flag is read by whoever lists processes, and kept by the shell; a reference may be one."""
    every = flags(typer.main.get_command(app))
    assert len(every) > 20
    secret = re.compile(r"pass(word|phrase)?|secret|token|api-?key|credential", re.I)
    named = {(command, flag) for command, all_of in every.items() for flag in all_of if secret.search(flag)}
    assert {flag for _, flag in named} <= {"--password-from"}


def test_settings_hold_references_and_no_secret(tmp_path: Path) -> None:
    """A password where its reference should be is refused, and not repeated."""
    settings = f'[smtp]\nhost = "h"\nsender = "a@example.org"\npassword = "{CANARY}"\n'
    (tmp_path / FILE).write_text(settings)
    with pytest.raises(ConfigError, match="env:NAME") as refused:
        config.load(tmp_path)
    assert CANARY not in str(refused.value)


# ── told to nobody ──────────────────────────────────────────────────────────────────────────────────


def test_a_secret_is_struck_out_however_it_is_spelled() -> None:
    """As it is, in an address, quoted for one, in base64, in the representation of a fault."""
    remember("pa'ss w\\rd")
    remember("postgresql://desk:s%40fe-word@host/db")
    for told in (
        "pa'ss w\\rd", "x=pa%27ss%20w%5Crd&y", repr("pa'ss w\\rd"), "cGEnc3Mgd1xyZA==", "s@fe-word", "s%40fe-word",
    ):  # fmt: skip
        assert redacted(f"<{told}>").count("[secret]") == 1, told
    assert redacted("a word") == "a word"


def test_a_short_or_empty_secret_does_not_black_out_everything() -> None:
    """A page of asterisks tells nobody anything."""
    remember("")
    remember("abc")
    assert redacted("abc, and the rest") == "abc, and the rest"


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_nobody_foresaw_tells_no_secret(monkeypatch: pytest.MonkeyPatch, debug: str, held: Path) -> None:
    """Neither in its one message nor in the traceback that BRIEFINGS_DEBUG asks for, nor as JSON."""
    monkeypatch.setenv("BRIEFINGS_DEBUG", debug)
    one = typer.Typer(pretty_exceptions_enable=False)

    @one.command()
    @reported()
    def fails(as_json: bool = False) -> None:
        """Fail over a secret."""
        secret = resolve_secret(f"file:{held}")
        raise RuntimeError(f"login {secret} refused")

    for arguments in ([], ["--as-json"], ["--verbose"]):
        done = CliRunner().invoke(one, arguments)
        assert done.exit_code == 1
        assert "login [secret] refused" in done.output
        assert CANARY not in done.output
        assert ("Traceback" in done.output) is bool(debug)
