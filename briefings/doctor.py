"""Says what this machine or workspace lacks, and the one line that mends each lack.

Nothing is changed. The network is touched only when asked. What `diagnose` finds are values; printing them is the
command line's business.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .errors import BriefingsError, ConfigError, MissingDependency, TemporaryError
from .folders import elsewhere
from .pango import LIBRARIES, install_line, lacking

if TYPE_CHECKING:
    from .settings import Smtp, Workspace

Level = Literal["ok", "advice", "missing"]

_PYTHON = (3, 11)
_WEASYPRINT = (70, 0)
_SQLITE_LEAST = (3, 35, 0)
_SQLITE_SAFE = (3, 51, 3)
_SPACE_LEAST = 100 << 20
_SPACE_EASY = 1 << 30
_RENEW_DAYS = 30


@dataclass(frozen=True)
class Check:
    """One thing looked at. `missing` keeps something from working, `advice` does not; `fix` is one line."""

    name: str
    level: Level
    detail: str
    fix: str = ""

    @property
    def ok(self) -> bool:
        """Say whether nothing is kept from working."""
        return self.level != "missing"

    def as_dict(self) -> dict[str, str | bool]:
        """Return the check as JSON-ready data."""
        return {"name": self.name, "ok": self.ok, "level": self.level, "detail": self.detail, "fix": self.fix}


def diagnose(workspace: Path | Workspace | None = None, *, network: bool = False) -> tuple[Check, ...]:
    """Look at the machine and, where there is one, at the workspace; takes about two seconds, one of them a kernel's.

    `workspace` is a loaded one, a folder in one, or `None` for the one in force here, if any. With `network` the mail
    relay is greeted and a PostgreSQL store is read, and nothing more. A fault in a check is that check's result,
    never an error of this function.
    """
    checks = [
        *guarded("Python", python_version),
        *guarded("Pango", pango_libraries),
        *guarded("WeasyPrint", weasyprint_imports),
        *guarded("Fonts", fonts_shipped),
        *guarded("Kernel", kernel_starts),
        *guarded("SQLite", sqlite_version),
        *guarded("Time zones", lambda: time_zones(())),
        *guarded("JupyterLab", jupyterlab_present),
    ]
    space, about = _workspace(workspace)
    checks.append(about)
    if space is not None:
        checks += [
            *guarded("Time zones", lambda: time_zones(_clocks(space))),
            *guarded("Store", lambda: store_writable(space.store)),
            *guarded("Record", lambda: record_intact(space.store, network=network)),
            *guarded("Reports", lambda: folder_writable("Reports", space.reports)),
            *guarded("Disk", lambda: disk_space(space.reports)),
            *guarded("Notebooks", lambda: folder_holds("Notebooks", space.notebooks, "*.ipynb")),
            *guarded("Sources", lambda: sources_present(space)),
            *guarded("Mail", lambda: mail_configured(space, network=network)),
            *guarded("Secrets", lambda: secrets_private(space)),
        ]
    return tuple(checks)


def _clocks(space: Workspace) -> tuple[str, ...]:
    """Return the time zones that days are counted and schedules kept by."""
    schedules = (brief.schedule_zone for brief in space.briefs.values() if brief.schedule_zone)
    return tuple(sorted({*(region.timezone for region in space.regions.values()), *schedules}))


def guarded(name: str, look: Callable[[], Iterator[Check]]) -> tuple[Check, ...]:
    """Run one check; what it raises becomes a result of its own, so the others still run."""
    try:
        return tuple(look())
    except Exception as fault:
        what = fault.what if isinstance(fault, BriefingsError) else f"{type(fault).__name__}: {fault}"
        return (
            Check(
                name,
                "missing",
                f"could not be checked: {what}",
                "report this as a fault of Briefings, with what briefings doctor --json prints",
            ),
        )


# --- the machine ----------------------------------------------------------------------------------------------


def python_version() -> Iterator[Check]:
    """Check the running interpreter against the least version."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] >= _PYTHON:
        yield Check("Python", "ok", f"{found} at {sys.executable}")
    else:
        yield Check(
            "Python", "missing", f"{found} is older than 3.11", "install Python 3.11 or later, and Briefings with it"
        )


def pango_libraries(libraries: dict[str, tuple[str, ...]] | None = None) -> Iterator[Check]:
    """Load each shared library that lays text out and embeds fonts, by the names the platforms give it."""
    wanted = LIBRARIES if libraries is None else libraries
    missing = lacking(wanted)
    if missing:
        yield Check("Pango", "missing", f"not found: {', '.join(missing)}; no PDF can be printed", install_line())
    else:
        yield Check("Pango", "ok", f"{', '.join(wanted)} load")


def _install(requirement: str) -> str:
    """Return the line that installs a Python package here: this repository's own way in a checkout of it, else pip."""
    if (Path(__file__).parents[1] / ".ci" / "setup").is_file():
        return "make setup"
    return f"{shlex.quote(sys.executable)} -m pip install '{requirement}'"


def weasyprint_imports() -> Iterator[Check]:
    """Import WeasyPrint in a process of its own, as printing does: a bad library can take a process with it."""
    done = subprocess.run(
        [sys.executable, "-c", "import weasyprint; print(weasyprint.__version__)"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    version = done.stdout.strip()
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [f"the process ended with status {done.returncode}"])[-1]
        absent = find_spec("weasyprint") is None
        yield Check(
            "WeasyPrint",
            "missing",
            f"cannot be imported: {last}",
            _install("weasyprint>=70") if absent else install_line(),
        )
    elif _version(version) < _WEASYPRINT:
        yield Check(
            "WeasyPrint",
            "missing",
            f"{version} opens files it should not, which 70.0 mends",
            _install("weasyprint>=70"),
        )
    else:
        yield Check("WeasyPrint", "ok", version)


def fonts_shipped(folder: Path | None = None) -> Iterator[Check]:
    """Check that the fonts that pages are set in are there and are fonts."""
    from .scaffold import shipped

    home = folder if folder is not None else shipped("templates") / "themes" / "plain" / "fonts"
    found = sorted(path for path in home.glob("*") if path.suffix in {".ttf", ".otf"}) if home.is_dir() else []
    spoiled = [path.name for path in found if not _is_font(path)]
    fix = "install Briefings again; in a checkout of it: git checkout templates"
    if not found:
        yield Check("Fonts", "missing", f"no fonts in {home}", fix)
    elif spoiled:
        yield Check("Fonts", "missing", f"not fonts: {', '.join(spoiled)} in {home}", fix)
    else:
        yield Check("Fonts", "ok", f"{len(found)} shipped")


def _is_font(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in {b"\x00\x01\x00\x00", b"OTTO", b"true"}


def kernel_starts(seconds: float = 30) -> Iterator[Check]:
    """Start the very kernel that runs notebooks, let it answer, and stop it; kernels installed elsewhere are not it."""
    from jupyter_client.manager import KernelManager

    from .engine import OwnPython

    manager = KernelManager(kernel_name="python3", kernel_spec_manager=OwnPython())
    client = None
    try:
        manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=seconds)
    except Exception as fault:
        why = str(fault).strip() or type(fault).__name__
        yield Check("Kernel", "missing", f"the kernel of {sys.executable} does not start: {why}", _install("ipykernel"))
    else:
        yield Check("Kernel", "ok", f"that of {sys.executable} starts and answers")
    finally:
        if client is not None:
            client.stop_channels()
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def sqlite_version(version: str = sqlite3.sqlite_version) -> Iterator[Check]:
    """Check the SQLite that Python brings against what the store needs and what is safe."""
    if _version(version) < _SQLITE_LEAST:
        yield Check("SQLite", "missing", f"{version} is older than 3.35", "use a later Python, or a PostgreSQL store")
    elif _version(version) < _SQLITE_SAFE:
        yield Check(
            "SQLite",
            "advice",
            f"{version} has the WAL-reset fault, mended in 3.51.3: several programs writing at once can, rarely, "
            "damage the store",
            "keep backups of .briefings/store.db, and use PostgreSQL where several people write",
        )
    else:
        yield Check("SQLite", "ok", version)


def time_zones(wanted: tuple[str, ...]) -> Iterator[Check]:
    """Check that the zones used by the regions are known, or `UTC` and one other where none is named."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    for name in wanted or ("UTC", "Asia/Karachi"):
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield Check("Time zones", "missing", f"{name} is unknown", _install("tzdata"))
            return
    if not wanted:
        yield Check("Time zones", "ok", "known")


def jupyterlab_present(present: bool | None = None) -> Iterator[Check]:
    """Say whether notebooks can be edited in JupyterLab; making and sending briefs does not need it."""
    if find_spec("jupyterlab") is not None if present is None else present:
        yield Check("JupyterLab", "ok", "installed")
    else:
        yield Check(
            "JupyterLab", "advice", "not installed; only editing in a browser needs it", _install("jupyterlab>=4.4")
        )


# --- the workspace --------------------------------------------------------------------------------------------


def _workspace(given: Path | Workspace | None) -> tuple[Workspace | None, Check]:
    from . import config
    from .settings import FILE

    if given is not None and not isinstance(given, Path):
        return given, Check("Workspace", "ok", str(given.root))
    try:
        space = config.load(given)
    except ConfigError as fault:
        if fault.error_code == "NO_WORKSPACE" and given is None:
            return None, Check("Workspace", "advice", "none here; only the machine was checked", "briefings init DIR")
        why = f": {' '.join(fault.why.split())}" if fault.why else ""
        return None, Check("Workspace", "missing", f"{fault.what}{why}", fault.fix or f"edit {FILE}")
    return space, Check("Workspace", "ok", f"{space.name} in {space.root}")


def store_writable(url: str) -> Iterator[Check]:
    """Check that the store can be written: a lock is taken and given back, nothing is stored."""
    from .database import locate

    where = locate(url)
    if where.get_backend_name() != "sqlite":
        if find_spec("psycopg") is None:
            yield Check(
                "Store",
                "missing",
                "PostgreSQL is set, its driver is not installed",
                _install("psycopg[binary]>=3.2"),
            )
        else:
            yield Check("Store", "ok", f"PostgreSQL at {where.host or 'this machine'}, not written to")
        return
    path = Path(str(where.database))
    if not path.is_file():
        yield from folder_writable("Store", path.parent, "not made yet; its folder can be written")
        return
    try:
        with closing(
            sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True, timeout=1, isolation_level=None)
        ) as base:
            base.execute("BEGIN IMMEDIATE")
            base.execute("ROLLBACK")
    except sqlite3.Error as fault:
        if "locked" in str(fault):
            yield Check("Store", "advice", f"{path} is being written by another program", "try again in a moment")
        else:
            yield Check("Store", "missing", f"{path}: {fault}", f"mend or move that file; its owner must be {_user()}")
    else:
        yield Check("Store", "ok", str(path))


def record_intact(url: str, *, network: bool = False) -> Iterator[Check]:
    """Check that the store's file is whole and nobody altered its record of acts; a store not made yet has none.

    A store that is not a file is read only with `network`.
    """
    from .database import locate

    where = locate(url)
    local = where.get_backend_name() == "sqlite"
    if not Path(str(where.database)).is_file() if local else not network:
        return
    from .deliver import verify_audit
    from .store import Store

    try:
        with Store.open(url, readonly=True) as store:
            verify_audit(store)
            acts = len(store.audit())
    except BriefingsError as fault:
        older = fault.error_code == "STORE_OLDER"
        level: Level = "advice" if older or isinstance(fault, TemporaryError) else "missing"
        yield Check("Record", level, fault.what, fault.fix or "restore the store from a backup")
    else:
        yield Check("Record", "ok", f"{acts} acts, none altered")


def folder_writable(name: str, folder: Path, said: str = "") -> Iterator[Check]:
    """Check that a folder, or the nearest one above it that exists, can be written to; elsewhere, that it answers."""
    if elsewhere(folder):
        yield _answers(name, folder)
        return
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        yield Check(name, "missing", f"{nearest} is in the way: not a folder", f"move {nearest}")
    elif not os.access(nearest, os.W_OK | os.X_OK):
        yield Check(name, "missing", f"{nearest} cannot be written by {_user()}", f"chown {_user()} {nearest}")
    else:
        yield Check(name, "ok", said or str(folder))


def _answers(name: str, folder: Path) -> Check:
    try:
        folder.exists()
    except Exception as fault:  # each library that reaches folders elsewhere has faults of its own
        why = str(fault).partition("\n")[0] or type(fault).__name__
        return Check(name, "missing", f"{folder} does not answer: {why}", "check the address and how to log in there")
    return Check(name, "ok", str(folder))


def folder_holds(name: str, folder: Path, pattern: str) -> Iterator[Check]:
    """Check that a folder of the workspace holds files of a kind; the shipped ones stand in for a missing folder."""
    from .scaffold import shipped

    if any(folder.glob(pattern)):
        yield Check(name, "ok", str(folder))
    elif any(shipped(name.lower()).glob(pattern)):
        yield Check(name, "ok", f"{folder} has none; the shipped ones are used")
    else:
        yield Check(name, "missing", f"no {pattern} in {folder}", "briefings init DIR, and copy its folders")


def disk_space(folder: Path, free: int | None = None) -> Iterator[Check]:
    """Check the space where editions are filed; one edition takes a few megabytes."""
    if elsewhere(folder):
        yield Check("Disk", "ok", f"editions are kept at {folder}, whose room is not known here")
        return
    nearest = folder
    while not nearest.exists():
        nearest = nearest.parent
    left = shutil.disk_usage(nearest).free if free is None else free
    said = f"{left / (1 << 20):,.0f} MB free for {folder}"
    if left < _SPACE_LEAST:
        yield Check("Disk", "missing", said, f"free some space on the disk that holds {nearest}")
    elif left < _SPACE_EASY:
        yield Check("Disk", "advice", said, f"free some space on the disk that holds {nearest} soon")
    else:
        yield Check("Disk", "ok", said)


def sources_present(space: Workspace) -> Iterator[Check]:
    """Check that the files and folders that sources name are there; addresses are not visited."""
    gone = [
        f"{name} ({spec.path})"
        for name, spec in sorted(space.sources.items())
        if spec.path and not (space.root / spec.path).exists()
    ]
    if gone:
        yield Check(
            "Sources",
            "missing",
            f"not found: {', '.join(gone)}",
            "make the folder, or correct its path in briefings.toml",
        )
    elif not space.sources:
        yield Check(
            "Sources", "advice", "none named, so a brief would be empty", "add [sources.reports] to briefings.toml"
        )
    else:
        yield Check("Sources", "ok", ", ".join(sorted(space.sources)))


def mail_configured(space: Workspace, *, network: bool = False) -> Iterator[Check]:
    """Check that briefs could be sent; the relay is greeted only with `network`."""
    from .credentials import resolve_secret

    smtp = space.smtp
    if smtp is None:
        yield Check("Mail", "advice", "no relay named; briefs can be made, not sent", "add [smtp] to briefings.toml")
        return
    try:
        resolve_secret(smtp.password, base=space.root)
    except ConfigError as fault:
        yield Check(
            "Mail", "missing", f"the relay's password: {fault.what}", fault.fix or "set it where briefings.toml says"
        )
        return
    here = smtp.host in {"localhost", "127.0.0.1", "::1"}
    if smtp.tls == "none" and not here:
        yield Check(
            "Mail", "advice", f"{smtp.host} is spoken to without encryption", 'set tls = "starttls" under [smtp]'
        )
    elif network:
        yield _greet(smtp)
    else:
        yield Check("Mail", "ok", f"{smtp.host}:{smtp.port} with {smtp.tls}, not contacted")


def channels_open(space: Workspace) -> Iterator[Check]:
    """Check that each channel of the workspace could be opened; list those of installed packages that none names."""
    from .channel_kinds import opened, origin, supplied

    others = supplied()
    for name, spec in space.channels.items():
        whose = f", of {origin(others[spec.kind])}" if spec.kind in others else ""
        try:
            opened(spec, space.root)
        except BriefingsError as fault:
            yield Check("Channels", "missing", f"{name}: {fault.what}", fault.fix or f"mend [channels.{name}]")
        else:
            yield Check("Channels", "ok", f"{name} ({spec.kind}{whose}), cleared up to {spec.marking}, not contacted")
    used = {spec.kind for spec in space.channels.values()}
    for kind, found in others.items():
        if kind not in used:
            yield Check("Channels", "ok", f"{kind}, of {origin(found)}, is installed and off: no channel names it")


def _greet(smtp: Smtp) -> Check:
    import smtplib
    import ssl

    context = ssl.create_default_context(cafile=smtp.ca_file or None)
    try:
        if smtp.tls == "implicit":
            relay: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=10, context=context)
        else:
            relay = smtplib.SMTP(smtp.host, smtp.port, timeout=10)
        with relay:
            relay.ehlo()
            if smtp.tls == "starttls":
                relay.starttls(context=context)
    except (OSError, smtplib.SMTPException) as fault:
        return Check(
            "Mail",
            "missing",
            f"{smtp.host}:{smtp.port} does not answer as set: {fault}",
            "correct [smtp], or ask who runs the relay",
        )
    return Check("Mail", "ok", f"{smtp.host}:{smtp.port} answers with {smtp.tls}")


def secrets_private(space: Workspace) -> Iterator[Check]:
    """Check that files holding secrets are their owner's alone, and that only the owner can change the settings."""
    from .credentials import exposed, file_of

    for reference in sorted(set(_file_references(space.model_dump(mode="json")))):
        path = file_of(reference, space.root)
        if path.is_file() and (others := exposed(path)):
            yield Check("Secrets", "missing", f"{path} holds a secret and {others} can read it", f"chmod 600 {path}")
            return
    if stat.S_IMODE(space.file.stat().st_mode) & stat.S_IWOTH:
        yield Check("Secrets", "missing", f"anybody on this machine can change {space.file}", f"chmod o-w {space.file}")
    else:
        yield Check("Secrets", "ok", "kept apart from the settings")


def signing_possible(space: Workspace, now: datetime | None = None) -> Iterator[Check]:
    """Check that copies that are to be signed can be, and for how long; nothing is signed."""
    if not space.protection.key:
        return
    from .signing import signatory

    at = now or datetime.now(UTC)
    try:
        signer = signatory(space.protection, base=space.root, at=at)
    except MissingDependency as fault:
        yield Check("Signing", "missing", fault.what, _install("briefings[sign]"))
    except ConfigError as fault:
        why = f": {fault.why}" if fault.why else ""
        yield Check("Signing", "missing", f"{fault.what}{why}", fault.fix or "look at [protection]")
    else:
        left = (signer.ends - at).days
        said = f"as {signer.name}, until {signer.ends:%Y-%m-%d}"
        if left < _RENEW_DAYS:
            yield Check("Signing", "advice", f"{said}: {left} days", "have the certificate renewed")
        else:
            yield Check("Signing", "ok", said)


def _file_references(settings: object) -> Iterator[str]:
    """Yield every reference to a file with a secret that settings hold, however deep."""
    if isinstance(settings, str):
        if settings.startswith("file:") and not settings.startswith("file://"):
            yield settings
    elif isinstance(settings, dict | list):
        for one in settings.values() if isinstance(settings, dict) else settings:
            yield from _file_references(one)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path))


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
