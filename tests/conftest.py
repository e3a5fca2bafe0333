"""What several test files share: a clean environment, and one demo brief made for real."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from briefings.config import Workspace, load
from briefings.demo import install_demo
from briefings.edition import Made, make

SHARED = Path(__file__).parents[2] / "shared"
DAY = {"date": "2026-01-31"}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings of whoever runs it."""
    for name in os.environ:
        if name.startswith("BRIEFINGS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-config"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A demo workspace that no test may change; one that does takes a copy."""
    return load(install_demo(tmp_path_factory.mktemp("demo") / "workspace"))


@pytest.fixture(scope="session")
def made(demo: Workspace) -> Made:
    """The demo's brief for 31 January 2026, made once."""
    return make("balochistan", DAY, workspace=demo)


@pytest.fixture
def issued(made: Made, demo: Workspace, tmp_path: Path) -> Workspace:
    """A demo workspace of the test's own in which that brief lies already, in a folder with letters beyond ASCII."""
    assert made.pdf.is_relative_to(demo.root)
    return load(Path(shutil.copytree(demo.root, tmp_path / "Lagebild Ö" / "issued")))


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
