"""Warm processes: forked from a zygote of this process instead of started anew, where that can be had.

A zygote serves one environment and one installation; where either has changed, another takes its place. What is
forked is handled as what `subprocess` starts. `BRIEFINGS_COLD` in the environment has everything started anew.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import IO, Any

from ..notebook.guard import FOLDER, MARK, MEMORY, RUNNER
from .forks import Forked, NotWarm, OwnZygote, Zygote

__all__ = [
    "KERNELS", "MANY", "PRINTERS", "WORKERS", "Forked", "Kind", "NotWarm",
    "at_hand", "borrow", "close", "lend", "prepare", "retire", "spawn",
]  # fmt: skip

COLD = "BRIEFINGS_COLD"
_STREAMS = 3
"""How many streams every process has; what else it is given has the descriptors after them."""
_STARTS = 2
"""How often a zygote is started in vain before none is tried again: what an import says once is not always said."""
_LENT = "BRIEFINGS_ZYGOTES"
"""Where a process is told of the zygotes it is lent: by the kind and environment they serve, which descriptor."""

_VARIES = {
    *(MARK, FOLDER, MEMORY, RUNNER, "BRIEFINGS_WORKSPACE", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"),
    *("JPY_PARENT_PID", "JPY_SESSION_NAME", "PWD", "OLDPWD", "SHLVL", "_", "LINES", "COLUMNS"),
    *("BRIEFINGS_PRINT_MEMORY", "BRIEFINGS_PRINT_CPU", "FONTCONFIG_FILE", _LENT),
}
"""What of an environment is read when a process runs, never when libraries are imported."""
MANY = "*"
"""Said by who will want many processes: what each of a few may work out for itself is worked out for all."""


@dataclass(frozen=True)
class Kind:
    """What a zygote imports: `first` what every such process imports by itself, `then` what it is spared to import.

    Each is a module, or a function of one, after a colon, that gets more ready. What is imported `then` stands by what
    somebody says who needs it; packages that are not installed are passed over. `varies` are names of the environment
    that differ from process to process of this kind.
    """

    name: str
    first: tuple[str, ...]
    then: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    varies: tuple[str, ...] = ()

    def spared(self, said: Collection[str]) -> list[str]:
        """Return what to import for processes that will import the modules `said`, in the order of `then`."""
        near = {next((name for name in _outwards(module) if name in self.then), "") for module in said}
        return [one for name, modules in self.then.items() if name in near for one in modules]


KERNELS = Kind(
    "kernels",
    first=(
        *("ipykernel.kernelapp", "briefings.notebook.guard:load_debugger", "ipykernel_launcher", "runpy"),
        *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect"),
        *("IPython.extensions.storemagic", "faulthandler", "sqlite3", "tornado.platform.asyncio"),
    ),
    then={
        "numpy": ("numpy.random",),
        "pandas": ("pandas", "pandas.io.formats.html"),
        "matplotlib": ("matplotlib.pyplot", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"),
        "briefings.model": ("briefings.model",),
        "briefings.sections": ("briefings.sections", "briefings.layout.render"),
        "briefings": (
            *("briefings.desks.desk", "briefings.desks.opening", "briefings.storage.store", "briefings.builders"),
            *("briefings.layout.render", "briefings.geography.gazetteer:load"),
        ),
        MANY: ("briefings.layout.render:compile_shipped",),
    },
)
PRINTERS = Kind(
    "printers",
    first=("briefings.printing.printer:prepare",),
    then={MANY: ("briefings.printing.printer:prepare_many",)},
    varies=("HOME", "TMPDIR"),
)
WORKERS = Kind(
    "workers",
    first=(
        *("runpy", "briefings.notebook.cells:load_schema", "briefings.kernels.engine", "briefings.making.edition"),
        "briefings.geography.gazetteer:load",
    ),
)
"""The workers of a batch: what makes briefs and runs their notebooks, and what all briefs look up."""


_Key = tuple[str, tuple[tuple[str, str], ...]]

_zygotes: dict[_Key, Zygote] = {}
_lent: dict[str, Zygote] = {}
_refused: dict[object, str] = {}
_lock = threading.Lock()


def refused() -> str:
    """Return why processes of this machine cannot be forked from a zygote, nothing if they can."""
    if sys.platform != "linux" or not hasattr(os, "memfd_create"):
        return f"forking a process that has libraries loaded is not safe on {sys.platform}"
    return f"{COLD} is set" if os.environ.get(COLD, "") not in ("", "0") else ""


def stay_cold() -> None:
    """Have this process, and those it starts, start everything anew."""
    os.environ[COLD] = "1"


def prepare(kind: Kind, environment: Mapping[str, str], said: Collection[str] | None = None) -> None:
    """Start the zygote for an environment, so that it has imported what is needed when it is needed.

    Of what such processes are spared to import it takes what goes with the modules `said`, else all.
    """
    if not refused():
        with suppress(NotWarm, OSError):
            _zygote(kind, environment, kind.then if said is None else said)


def at_hand(kind: Kind, environment: Mapping[str, str]) -> bool:
    """Say whether a process can be forked without waiting for imports."""
    with _lock:
        one = _found(_key(kind, environment))
    return not refused() and one is not None and one.listens


def spawn(
    kind: Kind,
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: str,
    stdin: int | IO[bytes] | None = None,
    stdout: int | IO[bytes] | None = None,
    stderr: int | IO[bytes] | None = None,
    folder: str = "",
    lends: bool = False,
) -> Forked:
    """Return a process as `subprocess.Popen([sys.executable, *arguments], start_new_session=True)` would make it.

    Should this process be killed, the other is ended with all it started, and `folder` removed. One that is to be a
    borrower of the zygotes of this one is told of what this one `lends`.
    Raises NotWarm where one must be started that way.
    """
    if why := refused():
        raise NotWarm(why)
    import resource

    names = [name for name in dir(resource) if name.startswith("RLIMIT_")]
    copied: AbstractContextManager[dict[str, int]] = _lines() if lends else nullcontext({})
    with copied as lines:
        lent = {_LENT: json.dumps({name: _STREAMS + at for at, name in enumerate(lines)})} if lends else {}
        asked = {
            "argv": list(arguments),
            "env": {**env, **lent},
            "cwd": cwd,
            "umask": _umask(),
            "limits": {name: resource.getrlimit(getattr(resource, name)) for name in names},
        }
        return _forked(kind, asked, (stdin, stdout, stderr), tuple(lines.values()), folder)


def _forked(
    kind: Kind,
    asked: Mapping[str, Any],
    streams: Sequence[int | IO[bytes] | None],
    lines: Sequence[int],
    folder: str,
) -> Forked:
    """Return a process forked as it is asked for, with its streams and, after them, `lines`. Raises NotWarm."""
    theirs: list[int] = []
    own: list[IO[bytes] | None] = []
    try:
        for at, stream in enumerate(streams):
            given, kept = _stream(at, stream)
            theirs.append(given)
            own.append(kept)
        for _ in range(_STARTS + 1):
            zygote = _zygote(kind, asked["env"], ready=True)
            if (found := zygote.fork(asked, [*theirs, *lines], folder)) is not None:
                found.stdin, found.stdout = own[0], own[1]
                return found
            _let_go(zygote)
        raise NotWarm("zygotes go as soon as they come")
    except BaseException:
        for kept in own:
            if kept is not None:
                kept.close()
        raise
    finally:
        for given in theirs:
            os.close(given)


def _umask() -> int:
    """Return what is kept from others of new files; asked of the process itself, every thread's would change."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1], 8) for line in status if line.startswith("Umask:"))


def _stream(at: int, stream: int | IO[bytes] | None) -> tuple[int, IO[bytes] | None]:
    """Return a descriptor for the child, and our end of it where it is a pipe."""
    if stream == subprocess.PIPE:
        reads, writes = os.pipe()
        return (reads, os.fdopen(writes, "wb")) if at == 0 else (writes, os.fdopen(reads, "rb"))
    if stream == subprocess.DEVNULL:
        return os.open(os.devnull, os.O_RDWR), None
    if stream is None:
        return os.dup(at), None
    return os.dup(stream if isinstance(stream, int) else stream.fileno()), None


def _zygote(
    kind: Kind, environment: Mapping[str, str], said: Collection[str] | None = None, *, ready: bool = False
) -> Zygote:
    """Return the zygote for an environment, with what goes with the modules said; a new one has all.

    Raises NotWarm.
    """
    key = _key(kind, environment)
    for last in (False, True):
        with _lock:
            if key in _refused:
                raise NotWarm(_refused[key])
            one = _found(key)
            if one is None:
                said = kind.then if said is None else said
                _let_others_go(kind)
                one = _zygotes[key] = OwnZygote(kind.name, kind.first, dict(key[1]))
        try:
            one.learn(kind.spared(said or ()))
            if ready:
                one.await_ready()
            return one
        except (NotWarm, OSError) as fault:
            _let_go(one)
            if last:
                _refused[key] = str(fault)
                raise NotWarm(str(fault)) from None
    raise AssertionError("unreachable")


def _outwards(module: str) -> Iterator[str]:
    """Yield a module, then the packages around it."""
    while module:
        yield module
        module = module.rpartition(".")[0]


def _found(key: _Key) -> Zygote | None:
    """Return the zygote there is for an environment: our own, or one that is lent to us."""
    one = _zygotes.get(key)
    if one is None and (one := _lent.pop(_digest(key), None)) is not None:
        _zygotes[key] = one
    return None if one is None or one.gone else one


def _key(kind: Kind, environment: Mapping[str, str]) -> _Key:
    varies = {*_VARIES, *kind.varies}
    return kind.name, tuple(sorted((name, value) for name, value in environment.items() if name not in varies))


def _digest(key: _Key) -> str:
    """Return a name for what a zygote serves that tells nothing of the environment."""
    return hashlib.sha256(repr(key).encode()).hexdigest()


def _let_go(zygote: Zygote) -> None:
    """Ask a zygote no more that has not answered: it was killed, or what it imported has changed."""
    with _lock:
        for key in [key for key, one in _zygotes.items() if one is zygote]:
            _zygotes.pop(key).retire()


def retire(kind: Kind) -> None:
    """Have the zygotes of a kind fork no more and let go of what they imported; what they forked goes on."""
    with _lock:
        _let_others_go(kind)


def _let_others_go(kind: Kind) -> None:
    """Ask zygotes of the same kind no more: they are for another environment, or gone. What they forked goes on."""
    for key in [key for key in _zygotes if key[0] == kind.name]:
        _zygotes.pop(key).retire()


@contextmanager
def lend() -> Iterator[tuple[dict[str, str], tuple[int, ...]]]:
    """Give what a process must be started with to ask the zygotes of this one: of environment, and of open files.

    The files are open until the block ends. The process may ask the zygotes with `borrow`; they end with this process
    all the same.
    """
    with _lines() as lines:
        yield {_LENT: json.dumps(lines)}, tuple(lines.values())


@contextmanager
def _lines() -> Iterator[dict[str, int]]:
    """Give copies of the lines to the zygotes of this process, by a name for what each serves, closed after the block.

    A line itself may be closed at any time by another thread, and its number be that of another file.
    """
    with ExitStack() as copies:
        lines: dict[str, int] = {}
        with _lock:
            for key, one in _zygotes.items():
                if not one.gone:
                    lines[_digest(key)] = copy = os.dup(one.control.fileno())
                    copies.callback(os.close, copy)
        yield lines


def borrow() -> None:
    """Ask, where one fits, the zygotes that whoever started this process lends, before any is started."""
    with _lock:
        for name, descriptor in json.loads(os.environ.pop(_LENT, "{}")).items():
            _lent[name] = Zygote.lent(descriptor)


@atexit.register
def close() -> None:
    """Let every zygote of this process end, with all it forked."""
    with _lock:
        for one in (*_zygotes.values(), *_lent.values()):
            one.close()
        _zygotes.clear()
        _lent.clear()


def _disinherit() -> None:
    """Leave zygotes to the process that started them; one forked from it starts its own."""
    global _lock
    _lock = threading.Lock()
    for one in (*_zygotes.values(), *_lent.values()):
        one.control.close()
    _zygotes.clear()
    _lent.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_disinherit)
