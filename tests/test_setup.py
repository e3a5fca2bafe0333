"""Set-up from a bare machine: the scripts are sound, and make says what it can do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from conftest import LONGEST

ROOT = Path(__file__).parents[1]
SETUP = ROOT / ".ci" / "setup"
TARGETS = {"help", "setup", "brief", "look", "test", "lint", "check", "bench", "docs", "locale", "lock", "clean"}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository as a shell would, also when these tests were themselves started by make."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a folder with a copy of the set-up script, what it reads, and a path holding few programs."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(SETUP, tmp_path / ".ci" / "setup")
    for name in ("uv.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "briefings" / "data" / "jupyter", tmp_path / "briefings" / "data" / "jupyter")
    (tmp_path / "bin").mkdir()
    for name in ("bash", "env", "dirname", "cat", "cksum", "id", "mkdir", "rm", "sort", "head", "grep", "ln"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name) or pytest.fail(f"no {name} here"))
    return tmp_path


def program(folder: Path, name: str, script: str) -> None:
    """Put a program of a few lines on the bare path."""
    path = folder / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def whole(folder: Path) -> None:
    """Put stand-ins for Python and uv on the bare path; uv notes in `synced` what it was asked to do."""
    program(folder, "python3", 'case "$*" in *sys.executable*) echo "$0";; *--version*) echo Python 3.11.2;; esac')
    sync = 'echo "$1" >> synced; mkdir -p .venv/bin; ln -sf "$(dirname "$0")/python3" .venv/bin/python'
    program(folder, "uv", f'case "$1" in --version) echo "uv 99.0.0";; *) {sync};; esac')


def set_up(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the copied script with nothing on the path but the bare folder's programs."""
    return subprocess.run(
        [str(folder / ".ci" / "setup"), *arguments],
        env={"PATH": str(folder / "bin"), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("script", [".ci/setup", ".ci/run"])
def test_scripts_parse(script: str) -> None:
    """Each script is executable, stops at the first fault, and is sound shell."""
    path = ROOT / script
    assert os.access(path, os.X_OK)
    assert "set -euo pipefail" in path.read_text()
    assert run("bash", "-n", script).returncode == 0


def test_help_lists_every_target() -> None:
    """`make` alone lists each target with what it does."""
    told = run("make")
    assert told.returncode == 0
    listed = set(re.findall(r"^ {2}make (\S+) +\S", told.stdout, re.M))
    assert listed == TARGETS


def test_ci_runs_the_whole_of_make_test() -> None:
    """CI runs `make test`, which checks style, format and types and then runs every test."""
    assert "exec make test" in (ROOT / ".ci" / "run").read_text()
    planned = run("make", "--dry-run", "test").stdout
    for part in ("ruff check", "ruff format --check", "mypy", "pytest"):
        assert part in planned
    assert "not slow" not in planned


def test_the_longest_files_are_begun_first() -> None:
    """Files named as the longest are there, and the workers take files in the order in which they were collected."""
    assert [name for name in LONGEST if not (ROOT / "tests" / f"test_{name}.py").is_file()] == []
    planned = run("make", "--dry-run", "test", "WORKERS=7").stdout
    assert "pytest -n 7 --dist loadfile --no-loadscope-reorder " in planned


def test_set_up_never_fetches_an_interpreter() -> None:
    """The interpreter is the distribution's, and packages are those the lock pins."""
    script = SETUP.read_text()
    assert "UV_PYTHON_DOWNLOADS=never" in script
    assert "sync --quiet --frozen" in script
    assert "curl" not in script
    assert "wget" not in script


def test_set_up_installs_what_the_doctor_looks_for() -> None:
    """The libraries that set-up checks and installs are those the doctor names."""
    from briefings.printing.pango import INSTALL, LIBRARIES

    script = SETUP.read_text()
    assert all(names[0] in script for names in LIBRARIES.values())
    packages = dict(INSTALL)["apt-get"].split("--no-install-recommends ")[1]
    assert f"apt_install {packages}" in script


def test_nothing_to_do_is_silent(bare: Path) -> None:
    """When the stamp matches, set-up says nothing, starts nothing and succeeds."""
    whole(bare)
    first = set_up(bare)
    assert first.returncode == 0, first.stderr
    assert (bare / "synced").read_text().count("sync") == 1
    again = set_up(bare)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert (bare / "synced").read_text().count("sync") == 1


@pytest.mark.parametrize("name", ["uv.lock", "briefings/data/jupyter/labextensions/briefings/static/remote.js"])
def test_what_is_installed_syncs_again_once_it_changed(bare: Path, name: str) -> None:
    """Set-up runs again when what it installs has changed, and only then; an extension of JupyterLab is a copy."""
    whole(bare)
    assert set_up(bare).returncode == 0
    with (bare / name).open("a") as file:
        file.write("\n# changed\n")
    assert set_up(bare).returncode == 0
    assert (bare / "synced").read_text().count("sync") == 2


def test_the_distributions_python_goes_before_one_that_was_compiled_here(bare: Path) -> None:
    """A version manager's stands first on the path of whoever uses one; `PYTHON=` still chooses it."""
    if (
        not Path("/usr/bin/python3").exists()
        or subprocess.run(
            ["/usr/bin/python3", "-c", "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))"], check=False
        ).returncode
    ):
        pytest.skip("the distribution's Python is not here, is too old, or can make no environment")
    program(bare, "python3", 'case "$*" in *sys.executable*) echo "$0";; esac')
    program(bare, "uv", 'case "$1" in --version) echo "uv 99.0.0";; *) echo "$*" > asked; exit 1;; esac')
    for chosen in ({}, {"PYTHON": str(bare / "bin" / "python3")}):
        path = {"PATH": f"{bare / 'bin'}:/usr/bin:/bin", "HOME": str(bare)}
        subprocess.run([bare / ".ci" / "setup"], env=path | chosen, capture_output=True, timeout=60, check=False)
        assert f"--python {chosen.get('PYTHON', '/usr/bin/python3')}" in (bare / "asked").read_text()


def test_an_old_python_without_apt_is_said(bare: Path) -> None:
    """Without Python 3.11 and without apt, one message says what, why and what to do; nothing is left behind."""
    program(bare, "python3", 'case "$*" in *--version*) echo Python 3.9.2;; *) exit 1;; esac')
    done = set_up(bare)
    assert done.returncode == 69
    assert "no Python 3.11 or later" in done.stderr
    assert "3.9.2" in done.stderr
    assert "try:" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_user_without_sudo_is_told_the_line_for_root(bare: Path) -> None:
    """A user who may not install gets the very line that root must run."""
    program(bare, "python3", 'case "$*" in *CDLL*) exit 1;; *sys.executable*) echo "$0";; esac')
    program(bare, "apt-get", "exit 0")
    (bare / "bin" / "id").unlink()
    program(bare, "id", "echo 1000")
    done = set_up(bare)
    assert done.returncode == 69
    assert "as root: apt-get install" in done.stderr


def test_what_only_some_tests_use_may_be_lacking(bare: Path) -> None:
    """Where a browser or Java cannot be had, set-up says what will be skipped, and the other tests still run."""
    whole(bare)
    for name in ("pdftotext", "pdftoppm", "git"):
        program(bare, name, "exit 0")
    program(bare, "apt-get", 'case "$*" in *update*) exit 0;; *) echo "E: Unable to locate package"; exit 100;; esac')
    program(bare, "tail", "cat")
    done = set_up(bare, "test")
    assert done.returncode == 0, done.stderr
    for lacking in ("tests that validate PDFs will be skipped", "tests in a browser will be skipped"):
        assert lacking in done.stderr


def test_what_drives_the_browser_is_installed_with_the_library_it_is_linked_to(bare: Path) -> None:
    """The browser being there is not enough: its driver comes from PyPI, and names no package of the distribution."""
    whole(bare)
    stub = (bare / "bin" / "python3").read_text().partition("\n")[2]
    program(bare, "python3", f'case "$*" in *libatomic*) exit 1;; esac\n{stub}')
    for name in ("pdftotext", "pdftoppm", "git", "chromium", "javac"):
        program(bare, name, "exit 0")
    program(bare, "apt-get", 'echo "$*" >> asked')
    done = set_up(bare, "test")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^install .* libatomic1$", (bare / "asked").read_text(), re.M)


def test_what_every_test_uses_may_not_be_lacking(bare: Path) -> None:
    """Where the programs that read a print cannot be had, set-up fails and says so in apt's own words."""
    whole(bare)
    program(bare, "apt-get", 'case "$*" in *update*) exit 0;; *) echo "E: Unable to locate package"; exit 100;; esac')
    program(bare, "tail", "cat")
    done = set_up(bare, "test")
    assert done.returncode == 69
    assert "E: Unable to locate package" in done.stderr
    assert "poppler-utils" in done.stderr


def test_every_runtime_package_is_locked() -> None:
    """The lock holds every package that pyproject names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = {package["name"] for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
    wanted = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    names = {re.split(r"[\[<>=~! ;]", line)[0].lower().replace("_", "-") for line in wanted}
    assert names <= locked
