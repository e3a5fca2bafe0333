"""The side of JupyterLab that runs in Jupyter's server: the page as it will print, and the gallery, beside a notebook.

Jupyter loads this module as a server extension; the panel itself is in `data/jupyter/labextensions/briefings`. Whoever
may use the server may look, which runs notebooks and reads sources into the store; no file of the author's is changed.
A brief is made with the parameters its notebooks are being edited with.
"""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.extension.application import ExtensionApp
from jupyter_server.extension.handler import ExtensionHandlerMixin
from tornado import web
from tornado.iostream import StreamClosedError

from ..core import config
from ..core.settings import FILE
from ..errors import BriefingsError, ConfigError, UsageError
from ..kernels import kernels
from . import editing
from .preview import LASTING, Preview, follow, shell_policy

_SHELL_POLICY = shell_policy("'self'")


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter's server what the extension is."""
    return [{"module": "briefings.authoring.lab", "app": Beside}]


class Beside(ExtensionApp):
    """What Jupyter's server gives JupyterLab to show beside a notebook."""

    name = "briefings"

    def initialize_handlers(self) -> None:
        """Add the panel's addresses to the server."""
        assert self.serverapp is not None
        self.previews = Previews(Path(os.environ.get("BRIEFINGS_WORKSPACE") or self.serverapp.root_dir))
        given = {"previews": self.previews}
        self.handlers.extend(
            [
                (r"/briefings/briefs", _Briefs, given),
                (r"/briefings/(gallery|gallery\.js)", _Gallery),
                (r"/briefings/example/(\w+)", _Example, given),
                (r"/briefings/preview/([^/]+)/([\w.-]*)", _Preview, given),
            ]
        )

    async def stop_extension(self) -> None:
        """Let go of files, kernels and printers when the server ends."""
        await self.previews.close()


class Previews:
    """The previews of a workspace's briefs; begun when first looked at, following its files from then on."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._open: dict[str, tuple[Preview, asyncio.Task[None]]] = {}

    async def of(self, brief: str) -> Preview:
        """Return the preview of a brief, which says what is wrong with it if it cannot be made.

        Errors: UsageError where the workspace has no such brief.
        """
        if brief not in self._open:
            bench, folders = await asyncio.to_thread(self._begun, brief)
            preview = Preview(bench.make, brief)
            following = follow(preview, folders, self.root / FILE, unseen=False)
            self._open.setdefault(brief, (preview, asyncio.get_running_loop().create_task(following)))
        return self._open[brief][0]

    def _begun(self, brief: str) -> tuple[editing.Workbench, list[Path]]:
        """Return a bench for a brief, and the folders on which its page rests as far as settings can be read."""
        try:
            space = config.load(self.root)
        except ConfigError:  # which the page tells, until it is mended
            return self._bench(brief), [self.root / "notebooks", self.root / "templates"]
        space.brief(brief)
        return self._bench(brief), editing.watched(space)

    def _bench(self, brief: str) -> editing.Workbench:
        return editing.Workbench(brief, {}, self.root, as_written=True)

    async def close(self) -> None:
        """End every preview; a notebook under way is stopped."""
        kernels.stop()
        following = [task for _, task in self._open.values()]
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)


class _Looking(ExtensionHandlerMixin, JupyterHandler):
    """A request that only looks; nothing of the answer is kept by anybody, but for fonts."""

    policy = _SHELL_POLICY

    def initialize(self, name: str, previews: Previews | None = None) -> None:
        super().initialize(name)
        self.previews = previews

    @property
    def content_security_policy(self) -> str:
        return self.policy

    def answer(self, text: str | bytes, kind: str, policy: str = _SHELL_POLICY, *, kept: str = "no-store") -> None:
        """Answer with one document of a kind, to be `kept` as the browser is told."""
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", kept)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Security-Policy", policy)
        self.finish(text)


class _Briefs(_Looking):
    """Which briefs there are, and whose notebooks are whose."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with what there is to edit, as JSON; nothing where the server stands in no workspace."""
        assert self.previews is not None
        try:
            told = await asyncio.to_thread(editing.editable, self.previews.root)
        except BriefingsError as fault:
            told = {"briefs": [], "edited": {}, "error": str(fault)}
        self.answer(json.dumps(told), "application/json")


class _Gallery(_Looking):
    """Every kind of section as a live example."""

    @web.authenticated
    async def get(self, part: str) -> None:
        """Answer with the gallery as one page, or with its script."""
        from . import gallery

        if part == "gallery.js":
            self.answer(gallery.SCRIPT, "text/javascript")
        else:
            self.answer(await asyncio.to_thread(gallery.page), "text/html; charset=utf-8", gallery.POLICY)


class _Example(_Looking):
    """The code of one example, as the notebook that asks for it takes it."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Answer with the code for `notebook`, whose cells fill the slots `taken` too, as JSON."""
        assert self.previews is not None
        taken = self.get_query_argument("taken", "").split(",")
        asked = (self.previews.root, name, self.get_query_argument("notebook"), taken)
        try:
            told = {"code": await asyncio.to_thread(editing.example, *asked)}
        except BriefingsError as fault:
            told = {"error": str(fault)}
        self.answer(json.dumps(told), "application/json")


class _Preview(_Looking):
    """The page of one brief, what stands around it, and what is told of it."""

    @web.authenticated
    async def get(self, brief: str, part: str) -> None:
        """Answer with one part of a preview."""
        assert self.previews is not None
        try:
            preview = await self.previews.of(brief)
        except UsageError as fault:
            raise web.HTTPError(404, str(fault), reason="there is no such brief") from None
        if part == "events":
            await self._events(preview)
            return
        folder = self.request.path.rpartition("/")[0] + "/"
        given = await preview.answer(part, folder=folder, ancestors="'self'")
        if given is None:
            raise web.HTTPError(404)
        self.set_status(given.status)
        if given.name:
            self.set_header("Content-Disposition", f'inline; filename="{given.name}"')
        kept = LASTING if given.lasting else "no-store"
        self.answer(given.body, given.kind, given.policy or _SHELL_POLICY, kept=kept)

    async def _events(self, preview: Preview) -> None:
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        events = preview.events()
        try:
            async for told in events:
                self.write(told)
                await self.flush()
        except StreamClosedError:
            pass  # the panel was closed
        finally:
            await events.aclose()  # type: ignore[attr-defined]
