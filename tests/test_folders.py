"""Editions kept elsewhere: the same editions, each whole or not there, in folders that know no renaming."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from notes import NOTE, with_note

from briefings.authoring.demo import install_demo
from briefings.core.config import load
from briefings.core.folders import elsewhere, folder
from briefings.core.settings import Workspace
from briefings.errors import ConfigError, MissingDependency, TemporaryError
from briefings.making import edition
from briefings.release import approving, foretelling, lifecycle
from briefings.storage import filing
from briefings.upkeep.workspace_checks import disk_space, folder_writable

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
upath = pytest.importorskip("upath.registry", reason="universal-pathlib is not installed")
from fsspec.implementations.memory import MemoryFileSystem  # noqa: E402 -- after what skips without it

NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)


class Bucket(MemoryFileSystem):  # type: ignore[misc]
    """A store of objects: keys and bytes, no folders, nothing renamed, linked or appended to."""

    protocol = "bucket"
    store: dict[str, Any] = {}  # noqa: RUF012 -- as its base has it
    pseudo_dirs = [""]  # noqa: RUF012

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.removeprefix("bucket://")))

    def mkdir(self, path: str, create_parents: bool = True, **options: object) -> None:
        """Do nothing: there are no folders."""

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """Do nothing: there are no folders."""

    def mv(self, *paths: str, **options: object) -> None:
        """Refuse: an object keeps its name."""
        raise NotImplementedError

    def _open(self, path: str, mode: str = "rb", *rest: object, **options: object) -> Any:
        assert mode in ("rb", "wb")
        return super()._open(path, mode, *rest, **options)


@pytest.fixture(params=["memory", "bucket"])
def there(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty folder that lies elsewhere."""
    fsspec.register_implementation("bucket", Bucket, clobber=True)
    upath.register_implementation("bucket", "upath.core.UPath", clobber=True)
    for kind in (MemoryFileSystem, Bucket):
        kind.store.clear()
    yield f"{request.param}://desk/reports"
    for kind in (MemoryFileSystem, Bucket):
        kind.store.clear()


def workspace(root: Path, reports: str) -> Workspace:
    """Lay out a demo workspace with a brief of one notebook, its editions kept there."""
    settings = with_note(install_demo(root), "balochistan") / "briefings.toml"
    text = re.sub(r'^reports = ".*"', f'reports = "{reports}"', settings.read_text(encoding="utf-8"), flags=re.M)
    settings.write_text(
        text.replace("[workspace]", f'[workspace]\nreports = "{reports}"') if reports not in text else text
    )
    return load(root)


@pytest.mark.slow
def test_an_edition_is_the_same_wherever_it_is_kept(tmp_path: Path) -> None:
    """Made, made again, approved, written as it would be sent: every file as in a folder of this machine."""
    there = "memory://desk/kept"
    space = workspace(tmp_path / "far", there)
    made = edition.make(NOTE, {"date": "2026-01-31"}, workspace=space, now=NOW)
    assert str(made.pdf).startswith(there)
    held = {one.relative_to(space.reports).as_posix(): one.read_bytes() for one in files(space.reports)}
    assert made.pdf.read_bytes() == held[f"{NOTE}/2026-01-31-1/{NOTE}-2026-01-31-1_TLP-CLEAR.pdf"]
    assert edition.make(NOTE, {"date": "2026-01-31"}, workspace=space, now=NOW + timedelta(hours=1)).unchanged
    assert {one.relative_to(space.reports).as_posix(): one.read_bytes() for one in files(space.reports)} == held
    approval, reviewed = approving.approve(made.edition.id, by="A. Reader", workspace=space, now=NOW)
    assert lifecycle.states(workspace=space)[0].pdf == reviewed
    (message,) = foretelling.rehearse(made.edition.id, ["duty"], folder=tmp_path / "out", workspace=space).messages
    assert approval.pdf_sha256 in message.read_text(encoding="utf-8").replace("=\n", "")

    near = workspace(tmp_path / "near", "reports")
    edition.make(NOTE, {"date": "2026-01-31"}, workspace=near, now=NOW)
    there_too = {one.relative_to(near.reports).as_posix(): one.read_bytes() for one in files(near.reports)}
    assert there_too.keys() == held.keys()
    assert {name for name in held if held[name] != there_too[name]} == set()


def files(place: Path) -> list[Path]:
    return [one for one in place.rglob("*") if one.is_file()]


def test_half_a_folder_is_none(there: str, tmp_path: Path) -> None:
    """What a killed run left without its seal is no edition; the next run clears it away and files the whole."""
    target = folder(f"{there}/coast/2031-03-05-1", tmp_path)
    filing.replace_file(target / "brief.pdf", b"half")
    filing.replace_file(target / "notebooks" / "old.ipynb", b"{}")
    assert not filing.complete(target)
    filing.file_folder(target, {filing.SEAL: b"{}", "brief.pdf": b"whole"}, names={"coast.pdf": "brief.pdf"})
    assert {one.name: one.read_bytes() for one in files(target)} == {
        filing.SEAL: b"{}", "brief.pdf": b"whole", "coast.pdf": b"whole",
    }  # fmt: skip
    assert filing.complete(target)
    with pytest.raises(FileExistsError):
        filing.file_folder(target, {filing.SEAL: b"{}"})


def test_the_seal_is_written_last(there: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that dies over any file leaves a folder that is not filed."""
    target = folder(f"{there}/coast/2031-03-05-1", tmp_path)
    write = type(target).write_bytes

    def die(path: Any, data: bytes) -> int:
        if path.name == "z.txt":
            raise KeyboardInterrupt
        return int(write(path, data))

    monkeypatch.setattr(type(target), "write_bytes", die)
    with pytest.raises(KeyboardInterrupt):
        filing.file_folder(target, {"a.txt": b"a", filing.SEAL: b"{}", "z.txt": b"z"})
    assert [one.name for one in files(target)] == ["a.txt"]
    assert not filing.complete(target)


def test_a_second_name_is_a_second_file(there: str, tmp_path: Path) -> None:
    """It takes the place of whatever had that name."""
    target = folder(there, tmp_path)
    filing.replace_file(target / "brief.pdf", b"reviewed")
    filing.replace_file(target / "coast.pdf", b"draft")
    filing.name_again(target / "brief.pdf", "coast.pdf")
    assert (target / "coast.pdf").read_bytes() == b"reviewed"


@pytest.mark.slow
@pytest.mark.parametrize("reports", ["reports", "memory://desk/late"])
def test_an_edition_filed_meanwhile_is_not_written_over(
    reports: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two runs that gave the same number to different briefs: the second is told to run again, the first stays."""
    space = workspace(tmp_path / "mine", reports)
    first = edition.make(NOTE, {"date": "2026-01-31"}, workspace=space, now=NOW)
    held = first.pdf.read_bytes()
    monkeypatch.setattr(edition, "filed", lambda plan, store: None)
    with pytest.raises(TemporaryError, match="FILED_MEANWHILE"):
        edition.make(NOTE, {"date": "2026-01-31"}, workspace=retitled(space), now=NOW)
    assert first.pdf.read_bytes() == held


def retitled(space: Workspace) -> Workspace:
    space.file.write_text(space.file.read_text(encoding="utf-8").replace("A note", "Another note"), encoding="utf-8")
    return load(space.root)


def test_addresses_are_checked_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is a path, also as file://; what nobody knows is told, and which library is missing."""
    assert folder("reports", tmp_path) == folder(f"file://{tmp_path}/reports", tmp_path) == tmp_path / "reports"
    assert not elsewhere(folder("reports", tmp_path))
    with pytest.raises(ConfigError, match="no folder goes by nowhere://"):
        folder("nowhere://desk", tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "upath", None)
    with pytest.raises(MissingDependency, match=r"NO_FSSPEC(.|\n)*briefings\[remote\]"):
        folder("memory://desk", tmp_path)


def test_the_doctor_looks_at_a_folder_elsewhere(there: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says whether the folder can be reached; how much room there is, only those know who keep it."""
    target = folder(there, tmp_path)
    told = [*folder_writable("Reports", target), *disk_space(target)]
    assert [(one.name, one.level) for one in told] == [("Reports", "ok"), ("Disk", "ok")]

    def refuse(path: Any, **options: object) -> bool:
        raise PermissionError("no credentials")

    monkeypatch.setattr(type(target), "exists", refuse)
    (refused,) = folder_writable("Reports", target)
    assert (refused.level, "no credentials" in refused.detail) == ("missing", True)
