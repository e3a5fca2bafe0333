"""Puts an edition on disk whole or not at all: written beside its place, flushed, then renamed into it."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ..core.folders import elsewhere
from ..errors import BriefingsError, DiskFull
from .leases import alive

SEAL = "manifest.json"
"""The file that tells an edition's folder is whole, where that is not told by the folder being there."""
_MAKING = ".making-"


class FolderError(BriefingsError):
    """A folder of the workspace cannot be written."""

    code = "FOLDER"


def complete(folder: Path) -> bool:
    """Say whether a folder is filed: here it is there only when it is whole, elsewhere once its seal is."""
    return (folder / SEAL).is_file() if elsewhere(folder) else folder.exists()


def file_folder(target: Path, files: Mapping[str, bytes], *, names: Mapping[str, str] | None = None) -> None:
    """Write `files` (relative name → bytes) into a new folder `target`, which appears complete or not at all.

    `names` are further names of files in it (new name → file). Elsewhere, where no folder is renamed into its place,
    its seal is written last, and what an earlier run left without one is removed first. Raises DiskFull or FolderError,
    leaving nothing behind; FileExistsError if `target` is already there.
    """
    if complete(target):
        raise FileExistsError(target)
    if elsewhere(target):
        _file_elsewhere(target, {**files, **{name: files[of] for name, of in (names or {}).items()}})
        return
    with clear_faults(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        making = Path(tempfile.mkdtemp(prefix=f"{_MAKING}{os.getpid()}-", dir=target.parent))
        try:
            for name, data in files.items():
                path = making / name
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_through(path, data)
            for name, of in (names or {}).items():
                name_again(making / of, name)
            making.chmod(0o755)
            making.rename(target)
            _sync_folder(target.parent)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise


def _file_elsewhere(target: Path, files: Mapping[str, bytes]) -> None:
    with clear_faults(target):
        if target.exists():
            for left in sorted(target.rglob("*"), key=lambda one: len(one.parts), reverse=True):
                if left.is_file():
                    left.unlink()
        for name, data in sorted(files.items(), key=lambda one: one[0] == SEAL):
            replace_file(target / name, data)


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`: a reader sees the old bytes or the new ones, never a part."""
    with clear_faults(path):
        if elsewhere(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        making = _aside(path, data)
        try:
            making.replace(path)
            _sync_folder(path.parent)
        except BaseException:
            making.unlink(missing_ok=True)
            raise


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Write several files of this machine, or none of them: each lies written beside its place before any takes it.

    Raises DiskFull or FolderError. Files that took their place by then are as they were, which needs no room on the
    disk, and folders made for them are gone.
    """
    made: dict[Path, Path] = {}
    before: dict[Path, Path] = {}
    try:
        with ExitStack() as undo:
            for path, data in files.items():
                with clear_faults(path):
                    undo.callback(remove, topmost_absent(path))
                    path.parent.mkdir(parents=True, exist_ok=True)
                    if path.exists():
                        before[path] = _aside(path, path.read_bytes())
                    made[path] = _aside(path, data)
            for path in files:
                with clear_faults(path):
                    if path in before:
                        undo.callback(before[path].replace, path)
                    made[path].replace(path)
                    _sync_folder(path.parent)
            undo.pop_all()
    finally:
        for left in (*made.values(), *before.values()):
            left.unlink(missing_ok=True)


def topmost_absent(path: Path) -> Path | None:
    """Return what making a file or folder would make first: the highest folder that is not there; `None` if all are."""
    absent = [one for one in (path, *path.parents) if not one.exists()]
    return absent[-1] if absent else None


def remove(path: Path | None) -> None:
    """Remove a file, or a folder with all that is in it, as far as it can be; nothing where there is none."""
    if path and path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    elif path:
        path.unlink(missing_ok=True)


def name_again(path: Path, name: str) -> None:
    """Give a file a second name beside its own, in place of whatever had that name.

    It is one file under two names, and two files with the same bytes where the disk knows no such thing.
    """
    with clear_faults(path):
        if elsewhere(path):
            replace_file(path.with_name(name), path.read_bytes())
            return
        making = path.with_name(f"{_MAKING}{os.getpid()}-{name}")
        making.unlink(missing_ok=True)
        try:
            try:
                os.link(path, making)
            except OSError as fault:
                if fault.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise
                _write_through(making, path.read_bytes())
                making.chmod(0o644)
            making.replace(path.with_name(name))
            _sync_folder(path.parent)
        finally:
            making.unlink(missing_ok=True)


@contextmanager
def clear_faults(place: Path) -> Iterator[None]:
    """Turn the system's word on a failed write into one clear error that names the place."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                "no space is left on the disk",
                where=str(place),
                why="the write was undone; what was there before is whole",
                fix=f"free some space on the disk that holds {place.parent}, then run the command again",
            ) from fault
        raise FolderError(
            f"cannot write here: {fault.strerror or fault}",
            where=str(place),
            fix=f"make sure {place.parent} exists and you may write to it, or set another folder in briefings.toml",
        ) from fault


def _aside(path: Path, data: bytes) -> Path:
    """Write `data` to a new file beside `path`, and return where; nothing is left of one that cannot be written."""
    handle, name = tempfile.mkstemp(prefix=f"{_MAKING}{os.getpid()}-", dir=path.parent)
    os.close(handle)
    making = Path(name)
    try:
        _write_through(making, data)
        making.chmod(0o644)
    except BaseException:
        making.unlink(missing_ok=True)
        raise
    return making


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove what a killed run left half-made: folders and files whose maker is no longer alive."""
    for left in folder.glob(f"{_MAKING}*"):
        maker = re.match(rf"{re.escape(_MAKING)}(\d+)-", left.name)
        if maker and not alive(maker[1]):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
