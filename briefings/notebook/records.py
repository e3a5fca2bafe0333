"""The executed notebook as it is kept: without paths, names of people and machines, times and addresses.

What stays is what a reader needs to follow a figure: cells, outputs, sections, parameters and what failed.
Sections are never touched.
"""

from __future__ import annotations

import getpass
import html
import json
import os
import re
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..errors import DiskFull, NotebookError
from ..sections import MIME
from .cells import END, INJECTED, SKIP, Notebook, load_nbformat, tags
from .guard import END_MIME

RECORD = "briefings"
"""Key of the metadata under which a run keeps its own record: of the notebook, and of a cell."""

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
_SCRATCH = re.compile(r"/[^\s'\":]*/ipykernel_\d+/\d+\.py")
_TIMES = ("start_time", "end_time", "duration", "input_path", "output_path", "environment_variables")
_DATED = ("execution", "collapsed")


def cleaned(nb: Notebook, hidden: Mapping[str, str]) -> Notebook:
    """Return the notebook fit to be kept; `hidden` maps texts that must not show to what stands for them."""
    scrub = {"plain": _scrubber(hidden), "markup": _scrubber(hidden, markup=True)}
    end = [cell for cell in nb.cells if END in tags(cell)]
    background = _background(end)
    nb.cells = [cell for cell in nb.cells if END not in tags(cell)]
    record = nb.metadata.get("papermill", {})
    nb.metadata["papermill"] = {key: value for key, value in record.items() if key not in _TIMES}
    failures = [scrub["plain"](one) for one in background or []]
    nb.metadata[RECORD] = {"complete": background is not None, "background": failures}
    for number, cell in enumerate(nb.cells, 1):
        if INJECTED in tags(cell) or not cell.get("id"):
            cell["id"] = f"run-{number}"
        _clean_cell(cell, scrub)
    return nb


def rests(nb: Notebook) -> dict[str, Any]:
    """Return what a run, not cleaned yet, said of what it rests on; nothing if it never got to its end."""
    told = _told_at_end([cell for cell in nb.cells if END in tags(cell)]) or {}
    found = told.get("rests", {})
    return dict(found) if isinstance(found, dict) else {}


def _background(end: list[Any]) -> list[str] | None:
    """Return the failures told by the end of the run, `None` if the run never got there."""
    told = _told_at_end(end)
    return None if told is None else [str(one) for one in told.get("failures", [])]


def _told_at_end(end: list[Any]) -> Mapping[str, Any] | None:
    told = (output.get("data", {}).get(END_MIME) for cell in end for output in cell.get("outputs", []))
    return next((one for one in told if one is not None), None)


def _clean_cell(cell: Any, scrub: Mapping[str, Callable[[str], str]]) -> None:
    notes = cell.metadata.get("papermill", {})
    for key in _TIMES:
        notes.pop(key, None)
    for key in _DATED:
        cell.metadata.pop(key, None)
    if cell.cell_type != "code":
        return
    never_ran = cell.execution_count is None and cell.source.strip() and SKIP not in tags(cell)
    if never_ran and notes.get("status") == "completed":
        notes["status"] = "pending"  # papermill closes its books by calling all cells completed
    cell["outputs"] = _merged(cell.outputs)
    plain = scrub["plain"]
    for output in cell.outputs:
        if output.output_type == "stream":
            output["text"] = plain(output.text)
        elif output.output_type == "error":
            output["evalue"] = plain(str(output.evalue))
            output["traceback"] = [plain(str(line)) for line in output.get("traceback") or []]
        else:
            for mime in output.data.keys() - {MIME}:
                output.data[mime] = _scrubbed(output.data[mime], scrub.get(_kind(mime)))


def _kind(mime: str) -> str:
    """Return how texts of a kind are scrubbed: as markup, as plain text, or, as pictures are, not at all."""
    if mime in ("text/html", "image/svg+xml"):
        return "markup"
    return "plain" if mime.startswith("text/") or mime.endswith(("json", "javascript")) else ""


def _scrubbed(data: Any, scrub: Callable[[str], str] | None) -> Any:
    """Return what an output shows, scrubbed: a text, or the texts inside JSON."""
    if scrub is None:
        return data
    if isinstance(data, str):
        return scrub(data)
    if isinstance(data, list):
        return [_scrubbed(part, scrub) for part in data]
    if isinstance(data, dict):
        return type(data)({key: _scrubbed(part, scrub) for key, part in data.items()})
    return data


def names_this_machine(section: Any, hidden: Mapping[str, str]) -> bool:
    """Say whether the data of a section name a path of this machine.

    A section is bound by its digest and never changed here; whoever made it is told instead.
    """
    places = [*hidden, sys.prefix, sys.base_prefix, str(Path.home()), tempfile.gettempdir()]
    paths = "|".join(re.escape(place) for place in places if place.startswith("/") and len(place) > 1)
    return bool(re.search(rf"(?<![\w/.-])(?:{paths})(?![\w.-])", json.dumps(section, ensure_ascii=False)))


def _merged(outputs: list[Any]) -> list[Any]:
    """Join the pieces of each stream, which arrive as the machine's load would have it.

    nbclient can do this too, but takes time in the square of the length of a line.
    """
    kept: list[Any] = []
    streams: dict[str, list[str]] = {}
    for output in outputs:
        if output.output_type != "stream":
            kept.append(output)
        elif output.name in streams:
            streams[output.name].append(output.text)
        else:
            streams[output.name] = [output.text]
            kept.append(output)
    for output in kept:
        if output.output_type == "stream":
            lines = "".join(streams[output.name]).split("\n")
            output["text"] = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)
    return kept


def _scrubber(hidden: Mapping[str, str], *, markup: bool = False) -> Callable[[str], str]:
    """Return a function that takes paths, people and machines out of a text; in markup, not out of its tags."""
    swaps = {sys.prefix: "<python>", sys.base_prefix: "<python>", str(Path(__file__).parents[2]): "<briefings>"}
    swaps.update(hidden)
    home = str(Path.home())
    if home not in ("/", ""):
        swaps[home] = "~"
    swaps[tempfile.gettempdir()] = "<tmp>"
    swaps = {old: html.escape(new) if markup else new for old, new in swaps.items()}
    ordered = sorted(swaps.items(), key=lambda swap: -len(swap[0]))
    words = [re.escape(word) for word in (_user(), socket.gethostname()) if len(word) > 4]
    outside = "(?![^<>]*>)" if markup else ""
    people = re.compile(rf"\b(?:{'|'.join(words)})\b{outside}") if words else None

    cell = html.escape("<cell>") if markup else "<cell>"

    def scrub(text: str) -> str:
        text = _SCRATCH.sub(cell, text)
        for old, new in ordered:
            text = text.replace(old, new)
        text = _ADDRESS.sub("0x…", text)
        return people.sub("…", text) if people else text

    return scrub


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container may run under a number nobody has named
        return ""


def keep(nb: Notebook, out: Path) -> bytes:
    """Write the notebook beside its place and rename it there, so no half of one is ever seen; return its bytes."""
    text: bytes = (load_nbformat().writes(nb).rstrip("\n") + "\n").encode()
    temporary = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(text)
        os.replace(temporary, out)
    except OSError as fault:
        temporary.unlink(missing_ok=True)
        if fault.errno == 28:
            raise DiskFull("there is no space for the executed notebook", where=str(out.parent)) from None
        raise NotebookError(
            "the executed notebook cannot be kept", where=str(out), why=fault.strerror, code="NOTEBOOK_KEEP",
            fix="name a folder that can be written to",
        ) from None  # fmt: skip
    return text
