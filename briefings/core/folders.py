"""Where editions are kept: in a folder of this machine, or in one that lies elsewhere and goes by an address."""

from __future__ import annotations

from pathlib import Path
from typing import cast
from urllib.request import url2pathname

from ..errors import ConfigError, MissingDependency

_HERE = ("file://", "local://")


def folder(address: str, root: Path, *, setting: str = "workspace.reports") -> Path:
    """Return the folder of an address: a path, taken from `root`, or one like `s3://bucket/reports`.

    `setting` is what errors say it was given by. What lies elsewhere answers to the names of a path, so whoever reads
    it need not know. Errors: ConfigError `FOLDER_ADDRESS`; MissingDependency `NO_FSSPEC` where the library is missing
    that reaches it.
    """
    scheme, mark, _ = address.partition("://")
    if not mark:
        return (root / address).absolute()
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


def elsewhere(path: Path) -> bool:
    """Say whether a path lies elsewhere: no name there is given or taken in one step, and two names are two files."""
    return not isinstance(path, Path)
