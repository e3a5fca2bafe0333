"""Where editions are kept: in a folder of this machine, or in one that lies elsewhere and goes by an address."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast
from urllib.request import url2pathname

from ..errors import ConfigError, MissingDependency

_HERE = ("file://", "local://")
_SYSTEM = frozenset(["bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "sys", "usr"])
"""Folders at the root of a machine that hold nothing but the system's own."""


def folder(address: str, root: Path, *, setting: str = "workspace.reports") -> Path:
    """Return the folder of an address: a path, taken from `root`, or one like `s3://bucket/reports`.

    `setting` is what errors say it was given by. What lies elsewhere answers to the names of a path, so whoever reads
    it need not know. Errors: ConfigError `FOLDER_ADDRESS`; MissingDependency `NO_FSSPEC` where the library is missing
    that reaches it.
    """
    scheme, mark, _ = address.partition("://")
    if not mark:
        return (root / Path(address).expanduser()).absolute()
    if address.startswith(_HERE):
        return (root / url2pathname(address.partition("://")[2])).absolute()
    try:
        from fsspec import get_filesystem_class
        from upath import UPath

        get_filesystem_class(scheme)
    except ImportError as fault:
        raise MissingDependency(
            f"folders at {scheme}:// need a library that is not installed", where=setting, why=str(fault),
            fix="pip install 'briefings[remote]', and the library named here", code="NO_FSSPEC",
        ) from None  # fmt: skip
    except ValueError as fault:
        raise ConfigError(
            f"no folder goes by {scheme}://", where=setting, why=str(fault),
            fix="give a path, or an address that fsspec knows, such as s3://bucket/reports", code="FOLDER_ADDRESS",
        ) from None  # fmt: skip
    return cast("Path", UPath(address))


def misplaced(place: Path, kept: Iterable[Path]) -> str:
    """Return why editions may not be put out at a folder, or nothing where they may.

    That is a folder of the system, or one that is, holds, or lies in one of those `kept`: what a workspace reads and
    files of its own would be mixed with what is handed out, or be served to whoever reads that. Elsewhere all may.
    Links are followed, for a folder by another name is the same folder.
    """
    if elsewhere(place):
        return ""
    here = Path(os.path.realpath(place))
    for name in (Path(os.path.normpath(place)), here):
        if name == Path(name.anchor) or (len(name.parts) > 1 and name.parts[1] in _SYSTEM):
            return f"{name} belongs to the system; name a folder of your own"
    for own in (Path(os.path.realpath(one)) for one in kept if not elsewhere(one)):
        if here == own or own in here.parents:
            return f"{own} is a folder of the workspace itself; name one that only this channel writes to"
        if here in own.parents:
            return f"{own}, {_what(own)} of the workspace itself, lies in it; name one that only this channel writes to"
    return ""


def _what(own: Path) -> str:
    return "a file" if own.is_file() else "a folder"


def writable(place: Path) -> bool:
    """Say whether files could be put at a folder of this machine, be it there or yet to be made; true elsewhere."""
    if elsewhere(place):
        return True
    there = next(one for one in (place, *place.parents) if one.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def contents(paths: Sequence[Path]) -> Iterator[tuple[Path, bytes | Exception]]:
    """Yield what each of several files holds, or what is wrong with it; those elsewhere are asked for all at once."""
    if paths and elsewhere(paths[0]):
        remote = cast("Any", paths[0]).fs
        found = remote.cat([cast("Any", one).path for one in paths], on_error="return")
        yield from zip(paths, found.values(), strict=True)
        return
    for path in paths:
        try:
            yield path, path.read_bytes()
        except OSError as fault:
            yield path, fault


def elsewhere(path: Path) -> bool:
    """Say whether a path lies elsewhere: no name there is given or taken in one step, and two names are two files."""
    return not isinstance(path, Path)
