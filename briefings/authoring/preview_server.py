"""Serve a preview to a browser on this machine.

The server listens on loopback only. Its start address carries a one-time token that is exchanged for a cookie;
requests under any other host name are refused, and the brief is shown in a frame that may run nothing.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import UsageError
from .preview import LASTING, Make, Preview, follow

_SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}

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

    from ..kernels import kernels

    listening = listen(port)
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


def listen(port: int, *, host: str = "127.0.0.1") -> socket.socket:
    """Return a socket that listens on a port of an address of this machine, a free one if it is 0.

    Errors: UsageError `PORT` where it cannot be had.
    """
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # from here on a browser is kept waiting instead of being turned away
    except (OSError, OverflowError) as fault:
        listening.close()
        raise UsageError(
            f"port {port} cannot be used", where=host, why=str(fault), code="PORT",
            fix="give another --port; 0 takes a free one",
        ) from None  # fmt: skip
    return listening


def application(
    preview: Preview, *, port: int, token: str, folders: Sequence[Path] = (), config: Path | None = None
) -> ASGIApp:
    """Return the server as an ASGI application: routes inside, guarded by host name and cookie."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        worker = asyncio.create_task(follow(preview, folders, config))
        try:
            yield
        finally:
            from ..kernels import kernels

            kernels.stop()  # a notebook under way would hold the thread, and so the end, for as long as it runs
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker

    routes = [Route("/events", _events(preview)), Route("/{part}", _part(preview)), Route("/", _part(preview))]
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


def _part(preview: Preview) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        given = await preview.answer(request.path_params.get("part", ""))
        if given is None:
            return PlainTextResponse("There is no such part of a preview.\n", 404)
        headers = {"Content-Security-Policy": given.policy} if given.policy else {}
        if given.name:
            headers["Content-Disposition"] = f'inline; filename="{given.name}"'
        if given.lasting:
            headers["Cache-Control"] = LASTING
        return Response(given.body, given.status, headers, media_type=given.kind)

    return answer


def _events(preview: Preview) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return StreamingResponse(preview.events(), media_type="text/event-stream")

    return answer
