"""Secrets by reference: looked up in the environment or in a file that is its owner's alone, never told again.

Whatever was looked up is known to `redaction.redacted`, through which everything passes that is printed or logged.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from ..errors import ConfigError
from .redaction import remember

MOUNTED = ("/run/secrets/", "/var/run/secrets/")
"""Where container platforms put secrets, with modes of their own."""

_REFERENCE = re.compile(r"(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)", re.S)


def a_reference(value: str) -> str:
    """Return a reference to a secret, or nothing where none is given. Raises ValueError for anything else."""
    if value and not _REFERENCE.fullmatch(value):
        raise ValueError("a secret is never written here; write env:NAME or file:PATH and keep it there")
    return value


Secret = Annotated[str, AfterValidator(a_reference)]


def resolve_secret(reference: str, *, base: Path | None = None) -> str:
    """Return the secret that `env:NAME` or `file:PATH` refers to; an empty reference is an empty secret.

    Errors: ConfigError `SECRET` or `SECRET_EXPOSED` naming the reference, never the secret.
    """
    try:
        return resolve_bytes(reference, base=base).decode("utf-8").strip()
    except UnicodeDecodeError:
        raise ConfigError(
            "a secret's file cannot be read",
            where=str(file_of(reference, base)),
            why="it is not text",
            fix="put it there, readable for you alone",
            code="SECRET",
        ) from None


def resolve_bytes(reference: str, *, base: Path | None = None) -> bytes:
    """Return what a reference leads to as it lies there, such as the bytes of a key. Errors: as `resolve_secret`."""
    if not reference:
        return b""
    kind, _, name = reference.partition(":")
    if kind == "env":
        if name not in os.environ:
            raise ConfigError(f"the environment variable {name} is not set", fix=f"set {name}", code="SECRET")
        found = os.environb[name.encode()] if os.supports_bytes_environ else os.environ[name].encode()
    elif kind == "file":
        found = _read(file_of(reference, base))
    else:
        raise ConfigError(
            "a secret must be given as env:NAME or file:PATH",
            fix="keep it in that variable or file, and name it in the settings",
            code="SECRET",
        )
    with suppress(UnicodeDecodeError):  # what is no text is never told as text
        remember(found.decode("utf-8"))
    return found


def file_of(reference: str, base: Path | None = None) -> Path:
    """Return the file that a reference `file:PATH` names, a relative one taken from `base`."""
    return (base or Path.cwd()) / Path(reference.removeprefix("file:")).expanduser()


def _read(path: Path) -> bytes:
    try:
        found = path.read_bytes()
        others = exposed(path)
    except OSError as fault:
        raise ConfigError(
            "a secret's file cannot be read",
            where=str(path),
            why=fault.strerror,
            fix="put it there, readable for you alone",
            code="SECRET",
        ) from None
    if others:
        raise ConfigError(
            f"a file with a secret can be read by {others}",
            where=str(path),
            why="whoever has it can send, sign or open as the desk does",
            fix=f"chmod 600 {path}, and change the secret if others may have seen it",
            code="SECRET_EXPOSED",
        )
    return found


def exposed(path: Path) -> str:
    """Return who but its owner can read or change a file, or nothing. Raises OSError where there is none.

    A group may read what another owner, such as root, gives it on purpose.
    """
    if os.name != "posix" or str(path).startswith(MOUNTED):
        return ""
    about = path.stat()
    if about.st_mode & 0o007:
        return "anybody on this machine"
    return "its group" if about.st_mode & 0o070 and about.st_uid == os.getuid() else ""
