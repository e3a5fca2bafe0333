"""Show a brief in the browser while its notebooks and templates are edited: save, and the page follows.

The server listens on loopback only. Its start address carries a one-time token that is exchanged for a cookie;
requests under any other host name are refused, and the brief is shown in a frame that may run nothing.
"""

from __future__ import annotations

import asyncio
import html
import json
import secrets
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import BriefingsError, UsageError
from .model import Finding
from .preview_page import SCRIPT, SHELL, STYLE, screen_style

_WATCHED = {
    *(".ipynb", ".toml", ".j2", ".html", ".htm", ".css", ".svg", ".ttf", ".otf", ".woff2"),
    *(".csv", ".txt", ".md", ".pdf", ".xml", ".rss", ".atom", ".json", ".yaml", ".yml"),
}
"""What notebooks, templates and reports are made of; anything else, such as an editor's copies, is passed over."""

_ALIVE_SECONDS = 15.0
_SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"
)


@dataclass(frozen=True)
class Made:
    """A brief as the preview shows it. `pdf` prints it, and is called only when somebody asks for the PDF.

    `fonts` are the folders whose fonts the page is set in.
    """

    html: str
    pdf: Callable[[], bytes] | None = None
    findings: tuple[Finding, ...] = ()
    fonts: tuple[Path, ...] = ()


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

    def state(self) -> dict[str, Any]:
        """Return what the page needs to know, as JSON-ready data."""
        findings = self.made.findings if self.made else ()
        return {
            "version": self.version,
            "busy": self.busy,
            "error": str(self.error) if self.error else "",
            "findings": [f"{one.where}: {one.message}" if one.where else one.message for one in findings],
        }

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


# ── serving ─────────────────────────────────────────────────────────────────────────────────────────


def serve(
    workspace: Path,
    brief: str,
    parameters: Mapping[str, Any],
    *,
    make: Make,
    port: int = 0,
    open_browser: bool = True,
    announce: Callable[[str], None] = lambda address: None,
    watch: Sequence[Path] = (),
) -> None:
    """Serve the preview of a brief until interrupted. `announce` is told the start address.

    `make` makes the brief; it is called in a thread of its own and never twice at once. `watch` names folders
    besides notebooks/, templates/ and briefings.toml. Raises UsageError if the port is taken.
    """
    import uvicorn

    from . import kernels

    listening = _listen(port)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    shown = ", ".join(f"{name}={value}" for name, value in parameters.items() if value not in ("", None))
    preview = Preview(make, f"{brief} ({shown})" if shown else brief)
    folders = [workspace / "notebooks", workspace / "templates", *watch]
    app = application(preview, port=port, token=token, folders=folders, config=workspace / "briefings.toml")
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=1)
    )
    address = f"http://127.0.0.1:{port}/?token={token}"
    announce(address)
    if open_browser:
        webbrowser.open(address)
    try:
        server.run(sockets=[listening])
    finally:
        kernels.stop()
        listening.close()


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()  # from here on a browser is kept waiting instead of being turned away
    except (OSError, OverflowError) as fault:
        listening.close()
        raise UsageError(
            f"port {port} cannot be used", where="127.0.0.1", why=str(fault), code="PORT",
            fix="leave --port out to take a free one",
        ) from None  # fmt: skip
    return listening


def application(
    preview: Preview, *, port: int, token: str, folders: Sequence[Path] = (), config: Path | None = None
) -> ASGIApp:
    """Return the server as an ASGI application: routes inside, guarded by host name and cookie."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        worker = asyncio.create_task(_follow(preview, folders, config))
        try:
            yield
        finally:
            from . import kernels

            kernels.stop()  # a notebook under way would hold the thread, and so the end, for as long as it runs
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker

    routes = [
        Route("/", lambda request: _shell(preview)),
        Route("/preview.js", lambda request: Response(SCRIPT, media_type="text/javascript")),
        Route("/preview.css", lambda request: Response(STYLE, media_type="text/css")),
        Route("/page", lambda request: _page(preview)),
        Route("/state", lambda request: JSONResponse(preview.state())),
        Route("/brief.pdf", _pdf_route(preview)),
        Route("/events", _events_route(preview)),
    ]
    return _Gate(Starlette(routes=routes, lifespan=lifespan), port=port, token=token)


class _Gate:
    """Lets in who came by the start address: right host, then token once, then cookie. Reading only."""

    def __init__(self, app: ASGIApp, *, port: int, token: str) -> None:
        self.app = app
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.token: str | None = token
        self.cookie_name = f"briefings-preview-{port}"
        self.cookie = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._refusal(request)
        if refusal is not None:
            await refusal(scope, receive, send)
            return

        async def send_safely(message: Any) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                extra = [(name.lower().encode(), value.encode()) for name, value in _SAFE.items()]
                message["headers"] = [*message["headers"], *(one for one in extra if one[0] not in present)]
            await send(message)

        await self.app(scope, receive, send_safely)

    def _refusal(self, request: Request) -> Response | None:
        """Return the answer to a request that gets no further, or `None`."""
        if request.headers.getlist("host") not in [[host] for host in self.hosts]:
            return PlainTextResponse("This server answers on its loopback address only.\n", 400, _SAFE)
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("This server is for looking only.\n", 405, {**_SAFE, "Allow": "GET, HEAD"})
        given = request.query_params.get("token")
        if given is not None and request.scope["path"] == "/":
            return self._exchange(given)
        if secrets.compare_digest(request.cookies.get(self.cookie_name, "").encode(), self.cookie.encode()):
            return None
        return PlainTextResponse(_LOCKED, 401, _SAFE)

    def _exchange(self, given: str) -> Response:
        if self.token is None or not secrets.compare_digest(given.encode(), self.token.encode()):
            return PlainTextResponse(_LOCKED, 401, _SAFE)
        self.token = None
        answer = RedirectResponse("/", 303, _SAFE)
        answer.set_cookie(self.cookie_name, self.cookie, httponly=True, samesite="strict", path="/")
        return answer


_LOCKED = "Open the address that `briefings preview` printed; it works once, in one browser.\n"


# ── answers ─────────────────────────────────────────────────────────────────────────────────────────


def _shell(preview: Preview) -> Response:
    page = SHELL.replace("{title}", html.escape(preview.title))
    return HTMLResponse(page, headers={"Content-Security-Policy": _SHELL_POLICY})


def _page(preview: Preview) -> Response:
    if preview.made is None:
        return HTMLResponse("<!doctype html><title>Not yet made</title>")
    # Last in the document, where a style element still counts and nothing of the page has to be found.
    text = f"{preview.made.html}\n<style>{screen_style(preview.made.fonts)}</style>"
    return HTMLResponse(text, headers={"Content-Security-Policy": _PAGE_POLICY})


def _pdf_route(preview: Preview) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        try:
            data = await preview.print_pdf()
        except BriefingsError as fault:
            return PlainTextResponse(f"{fault}\n", 500)
        if data is None:
            return PlainTextResponse("There is no PDF yet.\n", 404)
        disposition = {"Content-Disposition": 'inline; filename="preview.pdf"'}
        return Response(data, media_type="application/pdf", headers=disposition)

    return answer


def _events_route(preview: Preview) -> Callable[[Request], Any]:
    async def events() -> AsyncIterator[str]:
        mailbox: asyncio.Queue[str] = asyncio.Queue()
        preview.listeners.add(mailbox)
        try:
            yield f"data: {json.dumps(preview.state())}\n\n"
            while True:
                try:
                    yield f"data: {await asyncio.wait_for(mailbox.get(), _ALIVE_SECONDS)}\n\n"
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            preview.listeners.discard(mailbox)

    async def answer(request: Request) -> Response:
        return StreamingResponse(events(), media_type="text/event-stream")

    return answer


# ── following the files ─────────────────────────────────────────────────────────────────────────────


async def _follow(preview: Preview, folders: Sequence[Path], config: Path | None) -> None:
    """Make the brief, then make it again after every save; saves during a make are taken together."""
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
