"""What several test files share: a clean environment, editions made once, and the order in which files are run."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import databases
import pytest
import typer.testing
from editions import Shelf  # this loads nbformat without its grammars, before a test file would with them all

from briefings.authoring.demo import install_demo
from briefings.core import redaction
from briefings.core.config import load
from briefings.core.settings import Workspace
from briefings.making.edition import Made

SHARED = Path(__file__).parents[2] / "shared"
LONGEST = (
    *("browser", "batches", "manual", "interrupts", "edition", "cluster", "readme", "scheduling", "crowds"),
    *("corrections", "protected_delivery", "deliver", "unattended", "pdf", "cli", "kernels", "new", "protection"),
    *("extract", "conformance", "day_in_the_life", "release", "warm_kernels", "proofing", "rehearsal", "lifecycle"),
    *("store", "authors_path", "imprint", "dispatching", "warm", "folders", "architecture", "reviews", "verify"),
    *("editing", "forms", "backups", "lowering", "channels", "sources", "fitting", "schedules", "agenda"),
)
"""Test files that take long, the longest first: begun last, one of them would keep a single worker busy."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # tests started in the background start programs they interrupt
    signal.signal(signal.SIGINT, signal.default_int_handler)


gc.disable()  # thousands of tests are collected and all of them stay: looking through them for waste takes as long


def pytest_collection_finish() -> None:
    """Begin to look for waste, among what comes from here on."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest files first; within each the order stays."""
    order = {f"test_{name}": at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call() -> None:
    """Have all tests run in one environment: a zygote serves just one, and the name of the test would be part of it."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)


@pytest.fixture(scope="session", autouse=True)
def _no_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No fixture and no test sees the settings of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-config"))
        for name in [name for name in os.environ if name.startswith("BRIEFINGS_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def _described_once() -> Iterator[None]:
    """A thousand commands are typed: what each takes is made out of its annotations once, as it is in a program."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.testing, "_get_command", cache(typer.testing._get_command))
        yield


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another one left."""
    for name in os.environ:
        if name.startswith("BRIEFINGS_"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(redaction, "_known", set())  # what one test keeps secret may be a word of another


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A demo workspace in which nothing was made, and which no test may change; one that does takes a copy."""
    return load(install_demo(tmp_path_factory.mktemp("demo") / "workspace"))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Editions made once, also where several workers run the tests."""
    base = tmp_path_factory.getbasetemp()
    return Shelf((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "editions")


@pytest.fixture(scope="session")
def made(shelf: Shelf) -> Made:
    """The demo's brief for 31 January 2026, to be read where it lies."""
    return shelf.issued().made


@pytest.fixture
def issued(shelf: Shelf, tmp_path: Path) -> Workspace:
    """A demo workspace of the test's own in which that brief lies already, in a folder with letters beyond ASCII."""
    return shelf.issued().copy(tmp_path / "Lagebild Ö" / "issued")


@pytest.fixture
def approved(shelf: Shelf, tmp_path: Path) -> Workspace:
    """A demo workspace of the test's own in which that brief lies approved."""
    return shelf.approved().copy(tmp_path / "approved")


@pytest.fixture
def issued_note(shelf: Shelf, tmp_path: Path) -> Workspace:
    """A demo workspace of the test's own in which a brief of one notebook lies, for what is not about the page."""
    return shelf.noted().copy(tmp_path / "note")


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk with no space left on it."""
    place = tmp_path / "full"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    with suppress(OSError):
        (place / "filler").write_bytes(bytes(1 << 17))
    yield place
    subprocess.run(["umount", str(place)], check=True)


# ── databases ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="session", autouse=True)
def _migrated_once() -> Iterator[None]:
    """New stores of this process get the tables that the migrations made for the first of them."""
    with databases.migrated_once():
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the address of a PostgreSQL server of the test's own."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    try:
        with databases.server() as address:
            yield address
    except databases.NoServer as fault:
        pytest.skip(str(fault))


_databases = iter(range(1000))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a new, empty store, on either database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/deep/a store.db"
    return str(request.getfixturevalue("database"))


@pytest.fixture
def database(postgres: str) -> str:
    """Give the address of a new, empty store in PostgreSQL."""
    return databases.database(postgres, f"t{next(_databases)}")
