"""What a page looks like while its notebooks and templates are edited: save, and the page follows.

A `Preview` holds the last good page and what went wrong since; `follow` makes it anew after each save. How it is shown
is left to a server of its own (`preview_server`) or to Jupyter's (`lab`).
"""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..errors import BriefingsError
from ..kernels import kernels
from ..model import Finding
from ..notebook.cells import placed
from .preview_page import SANDBOX, SCRIPT, SHELL, STYLE, font, screen_style

_WATCHED = {
    *(".ipynb", ".toml", ".j2", ".html", ".htm", ".css", ".svg", ".ttf", ".otf", ".woff2"),
    *(".csv", ".txt", ".md", ".pdf", ".xml", ".rss", ".atom", ".json", ".yaml", ".yml"),
}
"""What notebooks, templates and reports are made of; anything else, such as an editor's copies, is passed over."""

_ALIVE_SECONDS = 15.0


def page_policy(folder: str) -> str:
    """Return the content policies of the page, which may hold anything; `folder` is the path the preview is served at.

    It may run nothing, and load nothing but what lies in that folder, for its fonts: of all else that a server of this
    origin answers, none. That takes two policies, as none can name an origin as its own and a path of it.
    It is of the preview's origin, so that its fonts are given to it, and what stands around it can keep its place.
    """
    return (
        f"sandbox {SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src 'self'; "
        f"base-uri 'none'; frame-ancestors 'self', font-src *:*{quote(folder, safe='/%')}"
    )


LASTING = "private, max-age=86400, immutable"
"""How long a browser may keep what is always the same under its name."""


def shell_policy(ancestors: str) -> str:
    """Return the content policy of what stands around the page; `ancestors` are those that may frame it."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
        f"frame-ancestors {ancestors}; base-uri 'none'; form-action 'none'"
    )


@dataclass(frozen=True)
class Answer:
    """One document of a preview as a server gives it: its media type, content policy, status, and name as a file.

    One that is `lasting` is always the same under its name, so that a browser may keep it.
    """

    body: str | bytes
    kind: str
    policy: str = ""
    status: int = 200
    name: str = ""
    lasting: bool = False


@dataclass(frozen=True)
class Made:
    """A brief as the preview shows it. `pdf` prints it, and is called only when somebody asks for the PDF.

    `fonts` are the folders whose fonts the page is set in; `slots` say which cell of which notebook fills which slot.
    """

    html: str
    pdf: Callable[[], bytes] | None = None
    findings: tuple[Finding, ...] = ()
    fonts: tuple[Path, ...] = ()
    slots: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


Make = Callable[[frozenset[Path]], Made]
"""Makes the brief again after the given files changed (none the first time); raises BriefingsError."""


@dataclass
class Preview:
    """What the page shows now: the last good brief, and what went wrong since."""

    make: Make
    title: str
    made: Made | None = None
    version: int = 0
    error: BriefingsError | None = None
    busy: bool = False
    pdf: tuple[int, bytes] | None = None
    listeners: set[asyncio.Queue[str]] = field(default_factory=set)
    watched: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, part: str, *, folder: str = "/", ancestors: str = "'none'") -> Answer | None:
        """Return one part of the preview, `""` what stands around the page; `None` where there is no such part.

        `folder` is the path at which its parts are served, and `ancestors` may frame it. What is told of it as it
        changes is in `events`.
        """
        match part:
            case "":
                return Answer(self.shell(), "text/html; charset=utf-8", shell_policy(ancestors))
            case "page":
                return Answer(await asyncio.to_thread(self.page), "text/html; charset=utf-8", page_policy(folder))
            case "state":
                return Answer(json.dumps(self.state()), "application/json")
            case "preview.js":
                return Answer(SCRIPT, "text/javascript; charset=utf-8")
            case "preview.css":
                return Answer(STYLE, "text/css; charset=utf-8")
            case "brief.pdf":
                return await self._pdf()
        data = await asyncio.to_thread(font, self.made.fonts, part) if self.made else None
        return Answer(data, "font/sfnt", lasting=True) if data else None

    async def _pdf(self) -> Answer:
        plain = "text/plain; charset=utf-8"
        try:
            data = await self.print_pdf()
        except BriefingsError as fault:
            return Answer(f"{fault}\n", plain, status=500)
        if data is None:
            return Answer("There is no PDF yet.\n", plain, status=404)
        return Answer(data, "application/pdf", name="preview.pdf")

    def state(self) -> dict[str, Any]:
        """Return what the page needs to know, as JSON-ready data."""
        findings = self.made.findings if self.made else ()
        return {
            "version": self.version,
            "busy": self.busy,
            "error": str(self.error) if self.error else "",
            "faults": list(self._faults()),
            "warned": any(one.level != "note" for one in findings),
            "stops": any(one.level == "stop" for one in findings),
            "findings": [f"{one.where}: {one.message}" if one.where else one.message for one in findings],
            "slots": self.made.slots if self.made else {},
        }

    def _faults(self) -> Iterator[dict[str, Any]]:
        """Yield what is wrong at a cell: where the brief stopped, else what is found in it."""
        if self.error:
            told = [(self.error.where or "", str(self.error))]
        else:
            told = [
                (one.where, one.message) for one in (self.made.findings if self.made else ()) if one.level != "note"
            ]
        for where, text in told:
            if found := placed(where):
                yield {"notebook": found[0], "cell": found[1], "text": text, "stopped": self.error is not None}

    def shell(self) -> str:
        """Return what stands around the page: status, errors and the frame it is shown in."""
        return SHELL.replace("{sandbox}", SANDBOX).replace("{title}", html.escape(self.title))

    def page(self) -> str:
        """Return the last good page as a screen shows it."""
        made = self.made
        if made is None:
            return "<!doctype html><title>Not yet made</title>"
        # Last in the document, where a style element still counts and nothing of the page has to be found.
        return f"{made.html}\n<style>{screen_style(made.fonts)}</style>"

    async def events(self) -> AsyncIterator[str]:
        """Yield the state now and after each change, as a stream of server-sent events."""
        mailbox: asyncio.Queue[str] = asyncio.Queue()
        self.listeners.add(mailbox)
        self.watched.set()
        try:
            yield f"data: {json.dumps(self.state())}\n\n"
            while True:
                try:
                    yield f"data: {await asyncio.wait_for(mailbox.get(), _ALIVE_SECONDS)}\n\n"
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self.listeners.discard(mailbox)
            if not self.listeners:
                self.watched.clear()

    def tell(self) -> None:
        """Tell every open page."""
        for listener in self.listeners:
            listener.put_nowait(json.dumps(self.state()))

    async def remake(self, changed: frozenset[Path] = frozenset()) -> None:
        """Make the brief again; if that fails, the last good page stays and the error stands above it."""
        self.busy = True
        self.tell()
        try:
            self.made = await asyncio.to_thread(self.make, changed)
            self.version += 1
            self.error = None
        except BriefingsError as fault:
            if fault.error_code != "INTERRUPTED":  # by a later save, after which it is made again
                self.error = fault
        except Exception as fault:  # an editor must survive its own faults; they are shown, not hidden
            self.error = BriefingsError(f"{type(fault).__name__}: {fault}", fix="report this fault of the program")
        finally:
            self.busy = False
            self.tell()

    async def print_pdf(self) -> bytes | None:
        """Return the PDF of the version shown, printed once for each."""
        version, made = self.version, self.made
        if made is None or made.pdf is None:
            return None
        if self.pdf is None or self.pdf[0] != version:
            self.pdf = (version, await asyncio.to_thread(made.pdf))
        return self.pdf[1]


# ── following the files ─────────────────────────────────────────────────────────────────────────────


async def follow(preview: Preview, folders: Sequence[Path], config: Path | None, *, unseen: bool = True) -> None:
    """Make the brief, then make it again after every save; saves during a make are taken together.

    A notebook that is saved while it runs is ended there, however long it would have run: what it says has passed.

    Without `unseen` nothing is made while nobody looks: what was saved meanwhile is made when somebody does.
    """
    changed: asyncio.Queue[Path] = asyncio.Queue()
    watchers = [
        asyncio.create_task(
            _watch(list(dict.fromkeys(one.resolve() for one in folders if one.is_dir())), changed, recursive=True)
        )
    ]
    if config is not None and config.parent.is_dir():
        # Editors replace the file, so its folder is watched, alone: the workspace may hold a whole environment.
        watchers.append(
            asyncio.create_task(_watch([config.parent.resolve()], changed, recursive=False, only=config.name))
        )
    try:
        await preview.remake()
        while True:
            paths = {await changed.get()}
            if not unseen:
                await preview.watched.wait()
            while not changed.empty():
                paths.add(changed.get_nowait())
            await preview.remake(frozenset(paths))
    finally:
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)


async def _watch(folders: Sequence[Path], changed: asyncio.Queue[Path], *, recursive: bool, only: str = "") -> None:
    from watchfiles import Change, awatch

    def concerns(_: Change, name: str) -> bool:
        path = Path(name)
        inside = next((path.relative_to(one) for one in folders if path.is_relative_to(one)), path)
        hidden = any(part.startswith(".") for part in inside.parts)  # checkpoints, and files on their way in
        return not hidden and (path.name == only if only else path.suffix in _WATCHED)

    if not folders:
        return
    async for batch in awatch(*folders, watch_filter=concerns, recursive=recursive, debounce=400, step=50):
        for _, name in batch:
            changed.put_nowait(Path(name))
        await asyncio.to_thread(kernels.stop_outdated)
