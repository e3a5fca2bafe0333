"""What the shell is told at a TAB: names as they lie in the workspace, at once, and never a fault."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer

from briefings.authoring.trials import trials
from briefings.cli import completion
from briefings.core.choices import TRIALS
from briefings.core.languages import NAMES
from briefings.core.settings import Workspace
from briefings.sections import BODIES

PROGRAM = [sys.executable, "-c", "import sys; sys.argv[0] = 'briefings'; from briefings.__main__ import main; main()"]


@pytest.fixture(scope="module")
def root(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a second region, a batch, a type and a theme of its own, and editions filed."""
    root = Path(shutil.copytree(demo.root, tmp_path_factory.mktemp("complete") / "Lagebild Ö"))
    with (root / "briefings.toml").open("a") as settings:
        settings.write('\n[regions.sindh]\nname = "Sindh"\n\n[batches.morning]\nbriefs = ["balochistan"]\n')
    own = Path(shutil.copytree(root / "templates" / "flash", root / "templates" / "own"))
    text = (own / "brief.toml").read_text()
    more = (
        '[parameters.beside]\ntype = "region"\ndefault = ""\noptional = true\n'
        '[parameters.wide]\ntype = "bool"\ndefault = true\n'
    )
    (own / "brief.toml").write_text(text.replace("[slots.bottom_line]", f"{more}[slots.bottom_line]"))
    (root / "templates" / "themes" / "mine").mkdir()
    (root / "templates" / "themes" / "mine" / "theme.toml").write_text('[theme]\nbase = "plain"\n')
    for name in ("balochistan/2026-01-31-1", "balochistan/2026-01-31-10", "balochistan/2026-01-31-2"):
        (root / "reports" / name).mkdir(parents=True)
    (root / "reports" / "balochistan.fr" / "2026-02-01-1").mkdir(parents=True)
    return root


def at(folder: Path, *words: str, asked_by: str = "bash") -> list[str]:
    """Ask as the shell does, in a process of its own, with the cursor behind the last word; return what is offered."""
    environment = {**os.environ, "_BRIEFINGS_COMPLETE": f"complete_{asked_by}", "PYTHONWARNINGS": "error"}
    line = ["briefings", *words]
    if asked_by == "bash":
        environment |= {"COMP_WORDS": "\n".join(line), "COMP_CWORD": str(len(words))}
    else:
        environment |= {"_TYPER_COMPLETE_ARGS": " ".join(line), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run(PROGRAM, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout.split("\n")[:-1] if done.stdout.strip() else []


def offered(root: Path, offer: completion.Offered, word: str = "", *left: str, **said: object) -> list[str]:
    """Ask one function, with what was said before on the line."""
    command = typer.main.get_command(_app())
    ctx = typer.Context(command, info_name="briefings")
    ctx.params, ctx.args = {"workspace": root, **said}, list(left)
    return offer(ctx, word)


def _app() -> typer.Typer:
    app = typer.Typer()
    app.command()(lambda: None)
    return app


# ── what is offered ─────────────────────────────────────────────────────────────────────────────────


def test_names_are_those_of_the_workspace(root: Path) -> None:
    """Briefs, batches, regions, lists, editions, types and themes, its own among the shipped ones."""
    briefs = ["balochistan", "balochistan-flash", "balochistan-weekly"]
    assert offered(root, completion.briefs) == briefs
    assert offered(root, completion.briefs, "balochistan-") == briefs[1:]
    assert offered(root, completion.asked) == [*briefs, "morning"]
    assert offered(root, completion.regions) == ["balochistan", "sindh"]
    assert offered(root, completion.lists) == ["duty"]
    assert offered(root, completion.types) == ["daily", "flash", "own", "weekly"]
    assert offered(root, completion.themes) == ["gazette", "mine", "plain"]
    days = [f"2026-01-31-{version}" for version in (1, 2, 10)]
    assert offered(root, completion.editions) == [
        *(f"balochistan-{day}" for day in days),
        "balochistan.fr-2026-02-01-1",
    ]


def test_what_the_program_knows_is_offered_whole() -> None:
    """Languages and kinds of section are those there are, read without loading what makes them."""
    nowhere = Path("/nowhere")
    assert set(offered(nowhere, completion.languages)) == set(NAMES)
    assert set(offered(nowhere, completion.sections)) == set(BODIES)
    assert offered(nowhere, completion.types) == ["daily", "flash", "weekly"]
    assert offered(nowhere, completion.themes) == ["gazette", "plain"]


def test_trials_are_those_that_a_brief_is_tried_on(demo: Workspace) -> None:
    """The shell knows them by name before any region is read."""
    assert tuple(one.name for one in trials(demo.regions["balochistan"])) == TRIALS


def test_notebooks_and_slots_are_those_of_the_type(root: Path) -> None:
    """That which was named, else that of the first brief."""
    assert offered(root, completion.notebooks) == ["events.ipynb", "casualties.ipynb", "background.ipynb"]
    assert "timeline" in offered(root, completion.slots, "")
    assert "timeline" not in offered(root, completion.slots, "", type_name="flash")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("da", ["date=", "days="]),
        ("conf", ["confidence=", "confidence=low", "confidence=moderate", "confidence=high"]),
        ("confidence=m", ["confidence=moderate"]),
        (
            "date=",
            ["date=today", "date=yesterday", "date=month_start", "date=-7d", "date=2026-01-31", "date=2026-02-01"],
        ),
        ("date=y", ["date=yesterday"]),
        ("days=", ["days=1", "days=31"]),
        ("language=f", ["language=fr"]),
        ("judgement=", []),
        ("nothing=", []),
    ],
)
def test_parameters_are_those_of_the_brief_with_their_values(root: Path, word: str, found: list[str]) -> None:
    """Names first; a choice, a day, a language or a bound once the name is there."""
    assert offered(root, completion.parameters, word, brief="balochistan") == found
    assert offered(root, completion.parameters, word, "balochistan", brief=None) == found


def test_parameters_of_a_type_of_ones_own_are_known(root: Path) -> None:
    """Regions and truths have values to offer; a parameter that was given is not offered again."""
    settings = root / "briefings.toml"
    text = settings.read_text()
    settings.write_text(f'{text}\n[briefs.mine]\ntype = "own"\ntitle = "Mine"\nregion = "sindh"\n')
    try:
        assert offered(root, completion.parameters, "beside=", brief="mine") == ["beside=balochistan", "beside=sindh"]
        assert offered(root, completion.parameters, "wide=", brief="mine") == ["wide=true", "wide=false"]
        assert "date=" not in offered(root, completion.parameters, "d", brief="mine", parameter=["date=today"])
    finally:
        settings.write_text(text)


@pytest.mark.parametrize(
    "name", ["briefs", "parameters", "editions", "notebooks", "slots", "regions", "lists", "asked"]
)
@pytest.mark.parametrize("settings", [None, "", "[briefs", "briefs = 3", "[briefs]\na = 1\n[workspace]\nreports = 5"])
def test_nothing_amiss_is_ever_a_fault(tmp_path: Path, name: str, settings: str | None) -> None:
    """No workspace, settings that are broken or say what they cannot: then there is nothing to offer."""
    if settings is not None:
        (tmp_path / "briefings.toml").write_text(settings)
    assert isinstance(offered(tmp_path, getattr(completion, name), "x"), list)


# ── as the shell asks ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("make", "balochistan-w"), ["balochistan-weekly"]),
        (("make", "balochistan", "-p", "conf"), [f"confidence={one}" for one in ("", "low", "moderate", "high")]),
        (("make", "balochistan", "-p", "date", "=", "2026-02"), ["2026-02-01"]),
        (("make", "balochistan", "-p", "confidence", "="), ["low", "moderate", "high"]),
        (("make", "-p", "date", "=", "2026-01-31", "balochistan", "-p", "day"), ["days=", "days=1", "days=31"]),
        (("approve", "balochistan.f"), ["balochistan.fr-2026-02-01-1"]),
        (("new", "section", "aid", "--notebook", "cas"), ["casualties.ipynb"]),
        (("new", "them"), ["theme"]),
        (("batch", "morn"), ["morning"]),
        (("check", "--type", "o"), ["own"]),
        (("check", "balochistan", "--trial", "h"), ["huge"]),
        (("check", "--trial", "empty", "balochistan", "--trial", ""), [one for one in TRIALS if one != "empty"]),
        (("check", "notebooks/cas"), ["notebooks/casualties.ipynb"]),
        (("history", "--kind", ""), ["run", "edition", "act"]),
        (("tick", "--log", "j"), ["json"]),
    ],
)
def test_bash_is_answered(root: Path, words: Sequence[str], found: list[str]) -> None:
    """Bash tears words apart at `=`, and is given what follows there."""
    assert at(root, *words) == found


def test_other_shells_are_answered_in_whole_words(root: Path) -> None:
    """They leave the word as it was typed."""
    assert '"date=yesterday"' in at(root, "make", "balochistan", "-p", "date=y", asked_by="zsh")[0]
    assert at(root, "make", "balochistan", "-p", "date=y", asked_by="fish") == ["date=yesterday"]


def test_outside_a_workspace_only_commands_are_offered(tmp_path: Path) -> None:
    """Nothing is printed into the line."""
    assert at(tmp_path, "make", "") == []
    assert at(tmp_path, "editio") == ["editions"]


def test_the_shell_is_answered_with_nothing_heavy_loaded(root: Path) -> None:
    """A TAB waits for no library of languages, frames, notebooks, pages or colours."""
    heavy = (
        "babel",
        "pandas",
        "weasyprint",
        "papermill",
        "sqlalchemy",
        "jinja2",
        "nbformat",
        "rich",
        "tomlkit",
    )
    probe = (
        "import atexit, sys; sys.argv[0] = 'briefings'\n"
        f"atexit.register(lambda: print('LOADED', [name for name in {heavy!r} if name in sys.modules]))\n"
        "from briefings.__main__ import main; main()"
    )
    words = "briefings\nmake\nbalochistan\n-p\nconf"
    environment = {**os.environ, "_BRIEFINGS_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "4"}
    command = [sys.executable, "-c", probe]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [*(f"confidence={one}" for one in ("", "low", "moderate", "high")), "LOADED []"]


def test_bash_itself_completes_the_line(root: Path, tmp_path: Path) -> None:
    """The script that is installed, run by bash, fills in what is offered."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    (tmp_path / "briefings").write_text(f"#!{sys.executable}\n{PROGRAM[2].replace('; ', chr(10))}\n")
    (tmp_path / "briefings").chmod(0o755)
    script = (
        'eval "$(briefings --show-completion bash)"\n'
        "COMP_WORDS=(briefings make balochistan -p date = y) COMP_CWORD=6\n_briefings_completion briefings\n"
        'echo "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([bash, "-c", script], cwd=root, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "yesterday\n"
