"""How commands talk: how much of it, on which stream, and what they say when they are cut short."""

from __future__ import annotations

import ast
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from briefings.cli import terminal
from briefings.cli.app import app
from briefings.errors import UsageError

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave the loudness and the handler of SIGTERM of this process as they were."""
    handler = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, handler)
    terminal.speak(verbose=False, quiet=False)


def one_command(after: str, act: object) -> typer.Typer:
    """Return a program of one command that does `act`, which may raise."""
    program = typer.Typer(rich_markup_mode=None)

    @program.command()
    @terminal.reported(after)
    def run() -> None:
        with terminal.progress() as step:
            step("first", "something")
            terminal.tell("talk")
            terminal.say("data")
            assert callable(act)
            act()

    return program


def interrupt() -> None:
    raise KeyboardInterrupt


def terminate() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize(("act", "how", "status"), [(interrupt, "interrupted", 130), (terminate, "terminated", 143)])
def test_whoever_interrupts_is_told_only_what_is_true_of_the_command(act: object, how: str, status: int) -> None:
    """A command that changes nothing says no more than that it stopped; one that does says where to look."""
    plain = CliRunner().invoke(one_command("", act))
    assert (plain.exit_code, plain.stderr.splitlines()[-1]) == (status, how)
    telling = CliRunner().invoke(one_command("what was sent is elsewhere", act))
    assert telling.stderr.splitlines()[-1] == f"{how}: what was sent is elsewhere"


def test_a_question_that_is_broken_off_is_an_interruption() -> None:
    """Ctrl-C at a question is Ctrl-C: status 130, no word of Click's."""

    def give_up() -> None:
        raise typer.Abort

    done = CliRunner().invoke(one_command("", give_up))
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (130, "interrupted")


def test_talk_is_as_loud_as_asked_for() -> None:
    """Steps with their times are shown off a terminal only by --verbose; --quiet leaves errors alone; data stays."""

    def fail() -> None:
        raise UsageError("this went wrong", fix="do otherwise")

    program = one_command("", lambda: None)
    plain = CliRunner().invoke(program)
    assert (plain.stdout, plain.stderr) == ("data\n", "talk\n")
    verbose = CliRunner().invoke(program, ["-v"])
    assert verbose.stdout == "data\n"
    assert re.fullmatch(r"\[ +\d+\.\d s\] first: something\ntalk\n\[ +\d+\.\d s\] done\n", verbose.stderr), (
        verbose.stderr
    )
    terminal.speak(verbose=False, quiet=False)
    quiet = CliRunner().invoke(program, ["--quiet"])
    assert (quiet.stdout, quiet.stderr) == ("data\n", "")
    failed = CliRunner().invoke(one_command("", fail), ["-q"])
    assert (failed.exit_code, failed.stderr) == (2, "USAGE: this went wrong\n  try: do otherwise\n")


@pytest.mark.parametrize("arguments", [["-v", "--quiet", "editions"], ["editions", "--verbose", "-q"]])
def test_loud_and_silent_at_once_is_refused(arguments: list[str]) -> None:
    """Before the command's name or after it, the two options exclude each other."""
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("USAGE: --verbose and --quiet")


@pytest.mark.parametrize("arguments", [["-q", "init", "one"], ["init", "one", "-q"]])
def test_silence_can_be_asked_for_on_either_side_of_the_command(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The options hold for every command, wherever they stand."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{tmp_path / 'one'}\n", "")


def test_a_loud_run_does_not_make_the_next_one_loud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one command line asks for ends with it."""
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["init", "one", "-q"])
    assert "name your area in briefings.toml" in CliRunner().invoke(app, ["init", "two"]).stderr


def test_a_yes_that_nobody_can_give_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal and without --yes the command was called wrongly: status 2, not 1."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    with pytest.raises(UsageError, match="nobody is at the terminal") as caught:
        terminal.sure("Really?", yes=False)
    assert (caught.value.exit_status, caught.value.error_code) == (2, "CONFIRM")
    terminal.sure("Really?", yes=True)


ASKING = """
from briefings.cli import terminal
with terminal.progress() as step:
    step("compose", "the messages")
    terminal.sure("Send it to 9 recipients?", yes=False)
    step("send", "the messages")
"""


def test_a_question_stands_until_it_is_answered() -> None:
    """The step under way, drawn anew ten times a second, leaves the terminal to whoever has to answer."""
    ours, theirs = os.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", ASKING], stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    try:
        seen = read_from(ours, 60, until=b"[y/N]: ")
        assert seen.endswith(b"Send it to 9 recipients? [y/N]: ")
        assert read_from(ours, 0.5) == b""
        os.write(ours, b"y\n")
        assert child.wait(timeout=60) == 0
    finally:
        child.kill()
        child.wait()
        os.close(ours)


def read_from(terminal: int, seconds: float, *, until: bytes = b"") -> bytes:
    """Return what is written to a terminal in some seconds, or up to the words that are waited for."""
    seen, end = b"", time.monotonic() + seconds
    while not (until and seen.endswith(until)) and (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            seen += os.read(terminal, 4096)
    return seen


def test_every_command_takes_the_common_options() -> None:
    """No command was forgotten, nested ones included."""
    for command in (["make"], ["send"], ["withdraw"], ["doctor"], ["config", "show"], ["lab"]):
        told = CliRunner().invoke(app, [*command, "--help"]).stdout
        assert "-v, --verbose" in told
        assert "-q, --quiet" in told


def test_help_is_plain_text_of_eighty_columns() -> None:
    """Help reads the same in a terminal and in a pipe, and no line about a command is cut off."""
    told = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200", "FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in told
    assert max(map(len, told.splitlines())) <= 80
    assert "..." not in told.partition("Commands:")[2]
    assert "\n    briefings demo my-briefs\n" in told


def strings(tree: ast.AST) -> Iterator[str]:
    """Yield every string of a module that is not a docstring, with X for what is filled in."""
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner | told:
            yield node.value


def test_every_command_and_option_a_message_names_exists() -> None:
    """Advice that cannot be typed is worse than none: commands, their options, and the targets of make."""
    program = typer.main.get_command(app)
    commands = program.commands  # type: ignore[attr-defined]
    options = {
        name: {
            option for part in (one, *getattr(one, "commands", {}).values()) for p in part.params for option in p.opts
        }
        for name, one in commands.items()
    }
    every = set().union(*options.values()) | {"--help", "--version"}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    wrong, seen = [], 0
    for path in sorted((ROOT / "briefings").glob("**/*.py")):
        for text in strings(ast.parse(path.read_text(encoding="utf-8"))):
            for name, rest in re.findall(r"(?:^|[\s`'(])briefings ([a-z]+)\b([^`;,\n]*)", text):
                seen += 1
                if name not in options:
                    wrong.append(f"{path.name}: {text!r}: no command {name}")
                elif missing := set(re.findall(r"--[a-z][a-z-]+", rest)) - options[name]:
                    wrong.append(f"{path.name}: {text!r}: {missing}")
            if re.match(r"(add|leave|give|try|use|run again with) -", text):
                seen += 1
                wrong += [
                    f"{path.name}: {text!r}: {o}" for o in re.findall(r"(?<!\w)--?[a-z][a-z-]*", text) if o not in every
                ]
            wrong += [
                f"{path.name}: {text!r}: no target {t}"
                for t in re.findall(r"(?:^|: )make ([a-z-]+)$", text)
                if t not in targets
            ]
    assert wrong == []
    assert seen > 20
