"""What runs inside the kernel to see what a notebook rests on, so that its outcome is used again only while that holds.

It hears what Python tells of itself (PEP 578): files and folders that were read, code that ran. What cannot be seen to
stay the same, such as the clock, chance, the network or another program, is named; then the notebook runs every time.
"""

from __future__ import annotations

import dis
import importlib
import os
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.util import find_spec, source_from_cache
from pathlib import Path
from types import CodeType
from typing import Any

ABSENT = "absent"
"""What stands for the digest of a file that was asked for and not there."""

_UNSTEADY = {
    "the clock": (
        *("now", "today", "utcnow", "time", "time_ns", "timeit", "prun", "monotonic", "perf_counter", "process_time"),
        *("localtime", "gmtime", "ctime"),
    ),
    "chance": ("random", "secrets", "default_rng", "RandomState", "uuid1", "uuid4", "urandom", "sample", "shuffle"),
    "the process": ("getpid", "environ", "getenv", "getenvb", "addaudithook", "settrace", "setprofile"),
    "files it does not open": (
        *("exists", "is_file", "is_dir", "isfile", "isdir", "stat", "lstat", "getmtime", "getsize", "getctime"),
    ),
    "readers below Python": (
        *("read_parquet", "read_feather", "read_orc", "read_hdf", "read_sql", "read_sql_table", "read_sql_query"),
        *("pyarrow", "ctypes", "cffi", "mmap"),
    ),
}
UNSTEADY = {name: what for what, names in _UNSTEADY.items() for name in names}
"""Names in code, and words it passes on, with which an outcome may differ though nothing it was seen to read has."""

WATCHED = frozenset({"briefings", "pandas", "numpy", "matplotlib", "IPython", "dateutil", "babel", "jinja2", "yaml"})
"""Libraries a notebook may import that read files where they can be seen; the standard library is another."""

_LEAVING = {
    "socket.connect": "speaks over the network",
    "socket.getaddrinfo": "speaks over the network",
    "socket.gethostbyname": "speaks over the network",
    "socket.sendto": "speaks over the network",
    "subprocess.Popen": "starts another program",
    "os.system": "starts another program",
    "os.exec": "starts another program",
    "os.posix_spawn": "starts another program",
    "os.fork": "starts another process",
    "os.forkpty": "starts another process",
}
_STORE = str(Path(__file__).parents[1] / "storage" / "database.py")
_LIBRARIES = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
_INSTALLED = tuple(
    sorted(place + os.sep for place in (*_LIBRARIES, os.path.dirname(os.__file__), str(Path(__file__).parents[1])))
)
"""Where code lies that versions vouch for: the standard library, installed packages, this package."""
_IMPORTING = ("<frozen importlib", str(Path(importlib.__file__).parent) + os.sep)
_NOWHERE = ("/dev/null", "/dev/tty")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

_views: set[str] = set()


def saw(view: str) -> None:
    """Note the view of a desk that was opened in this process."""
    _views.add(view)


def digest_of(path: str) -> str:
    """Return the digest of what is at a path: a file's bytes, the names in a folder (ends with `/`), or `ABSENT`."""
    try:
        if path.endswith(os.sep):
            return sha256("\0".join(sorted(os.listdir(path))).encode()).hexdigest()
        return sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ABSENT


class Witness:
    """What one notebook was seen to rest on; `own` is the folder of its run, where it may do as it likes."""

    def __init__(self, own: str) -> None:
        self._own = tuple(one + os.sep for one in {own, os.path.realpath(own)} if one)
        self._busy = threading.local()
        self._seen: set[CodeType] = set()
        self._before = {name for name in sys.modules if _is_local(name)}
        self._heard: dict[str, Callable[[Any], None]] = {
            "open": self._opened, "exec": self._ran, "os.listdir": self._listed, "os.scandir": self._listed,
            "sqlite3.connect": self._connected,
        }  # fmt: skip
        self.read: dict[str, str] = {}
        self.unseen: set[str] = set()

    def listen(self) -> None:
        """Hear what this process does from now on; Python offers no way back."""
        sys.addaudithook(self._hear)

    def told(self) -> dict[str, Any]:
        """Return what the notebook rests on, as JSON: digests by path, views of desks, and what could not be seen."""
        early = sorted(self._before - {"__main__"})
        unseen = self.unseen | {f"had {name} from before it began" for name in early}
        return {"read": dict(sorted(self.read.items())), "views": sorted(_views), "unseen": sorted(unseen)}

    def _hear(self, event: str, details: tuple[Any, ...]) -> None:
        if event in _LEAVING:
            self.unseen.add(_LEAVING[event])
        elif (heard := self._heard.get(event)) and not getattr(self._busy, "now", False):
            self._busy.now = True
            try:
                heard(details)
            except Exception as fault:
                self.unseen.add(f"could not be watched: {type(fault).__name__}")
            finally:
                self._busy.now = False

    def _opened(self, details: tuple[Any, ...]) -> None:
        place, mode, flags = details
        path = self._outside(place)
        if not path or path in _NOWHERE:
            return
        writing = set("wax+") & set(mode) if isinstance(mode, str) else flags & _WRITING
        if writing:
            trial = sys._getframe(2).f_code.co_name == "_get_default_tempdir"  # tempfile's, of whether it may write
            if not trial and f"{os.sep}__pycache__{os.sep}" not in path:
                self.unseen.add(f"writes {path}")
        elif path.startswith(("/proc/", "/dev/", "/sys/")):
            self.unseen.add(f"reads {path}")
        elif os.path.isdir(path):
            self._note(os.path.join(path, ""))
        else:
            self._note(source_from_cache(path) if path.endswith(".pyc") else path)

    def _listed(self, details: tuple[Any, ...]) -> None:
        if not sys._getframe(2).f_code.co_filename.startswith(_IMPORTING):  # what is imported is heard as it runs
            place = details[0]
            path = self._outside(os.getcwd() if place is None else place)
            if path:
                self._note(os.path.join(path, ""))

    def _connected(self, details: tuple[Any, ...]) -> None:
        """Note a database, but not the store: the desk reads that, and its view says what of it matters."""
        frame = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename == _STORE:
                return
            frame = frame.f_back  # type: ignore[assignment]
        if str(details[0]) != ":memory:" and self._outside(details[0]):
            self.unseen.add("reads a database")

    def _ran(self, details: tuple[Any, ...]) -> None:
        code = details[0]
        if not isinstance(code, CodeType) or code.co_filename.startswith((*_INSTALLED, "<frozen ")):
            return
        generated = code.co_filename == "<string>" and sys._getframe(2).f_code.co_filename.startswith(_INSTALLED)
        if not generated:  # as libraries write methods for their classes
            for part in _codes(code):
                if part not in self._seen:
                    self._seen.add(part)
                    self._weigh(part)

    def _weigh(self, code: CodeType) -> None:
        words = {one.strip().casefold() for one in code.co_consts if isinstance(one, str)}
        for name in UNSTEADY.keys() & {*code.co_names, *words}:
            self.unseen.add(f"asks for {UNSTEADY[name]}: {name}")
        for step in dis.get_instructions(code):
            if step.opname == "IMPORT_NAME":
                package = str(step.argval).partition(".")[0]
                known = not package or package in WATCHED or package in sys.stdlib_module_names
                if not known and _is_installed(package):
                    self.unseen.add(f"imports {package}")

    def _outside(self, place: Any) -> str:
        """Return the path of what is neither installed nor the run's own, else nothing; numbers are open already."""
        if isinstance(place, int):
            return ""
        path = os.path.abspath(os.fsdecode(place))
        return "" if path.startswith((*_INSTALLED, *self._own)) else path

    def _note(self, path: str) -> None:
        """Keep the digest of a place as it was when it was first read."""
        if path not in self.read:
            self.read[path] = digest_of(path)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a piece of code and those inside it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)


def _is_local(name: str) -> bool:
    """Say whether a module at hand is neither installed nor built in."""
    place = getattr(sys.modules[name], "__file__", None)
    return bool(place) and not str(place).startswith(_INSTALLED)


def _is_installed(package: str) -> bool:
    """Say whether a package lies among those installed; one that is nowhere is not, and its import will say so."""
    spec = find_spec(package)
    places = [spec.origin or "", *(spec.submodule_search_locations or ())] if spec else []
    return any(place.startswith(_INSTALLED) for place in places)
