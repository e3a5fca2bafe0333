"""Jupyter's server with our side of it: what it answers, to whom, and what it says of what cannot be made."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import urllib3

from briefings.authoring.editing import _JUPYTER
from briefings.core.settings import Workspace

pytestmark = pytest.mark.slow
SECONDS = 120


@dataclass
class Server:
    """A Jupyter server over a workspace, and its token."""

    root: Path
    base: str
    token: str

    def get(self, path: str, *, known: bool = True, **options: Any) -> urllib3.BaseHTTPResponse:
        """Ask for an address of ours."""
        headers = {"Authorization": f"token {self.token}"} if known else {}
        return urllib3.request(
            "GET", f"{self.base}briefings/{path}", headers=headers, timeout=SECONDS, redirect=False, **options
        )

    def told(self, brief: str) -> dict[str, Any]:
        """Return the state of a brief's page once it has been made, or could not be."""
        stream = self.get(f"preview/{brief}/events", preload_content=False)
        states = (json.loads(line[6:]) for line in stream if line.startswith(b"data: "))
        state = next(one for one in states if not one["busy"] and (one["version"] or one["error"]))
        stream.close()
        return dict(state)


@pytest.fixture
def server(demo: Workspace, tmp_path: Path) -> Iterator[Server]:
    """Start a Jupyter server over a copy of the demo; it ends with the test."""
    pytest.importorskip("jupyter_server", reason="JupyterLab is an extra and not installed")
    root = Path(shutil.copytree(demo.root, tmp_path / "workspace", ignore=shutil.ignore_patterns("reports")))
    own = {f"JUPYTER_{name}_DIR": str(tmp_path / "jupyter" / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    found = {"JUPYTER_CONFIG_PATH": str(_JUPYTER), "BRIEFINGS_WORKSPACE": str(root)}
    options = [f"--ServerApp.root_dir={root}", "--ServerApp.ip=127.0.0.1", "--no-browser", "--allow-root"]
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", "--ServerApp.port=0", *options],
        env={**os.environ, **own, **found}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    address = next(told for line in process.stderr if (told := re.search(r"(http://127\S+/)\S*token=(\w+)", line)))
    made = Server(root, re.sub(r"tree/?$", "", address[1]), address[2])
    made.get("briefs", retries=urllib3.Retry(connect=20, backoff_factor=0.1))  # it may tell before it listens
    yield made
    process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    process.communicate(timeout=SECONDS)
    assert time.monotonic() - began < SECONDS / 2  # no thread of ours holds it


def test_the_server_answers_who_may_use_it_and_says_what_is_wrong(server: Server) -> None:
    """Nobody without the token is answered; a broken notebook is told on its page, and hides no other brief."""
    for path in (
        "briefs",
        "gallery",
        "example/timeline?notebook=x",
        "preview/balochistan/",
        "preview/balochistan/page",
    ):
        assert server.get(path, known=False).status in (302, 403)
    assert server.get("preview/nowhere/").status == 404
    assert server.get("preview/balochistan/nothing").status == 404
    shell = server.get("preview/balochistan/")
    assert "frame-ancestors 'self'" in shell.headers["Content-Security-Policy"]
    policy = server.get("preview/balochistan/page").headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert policy.endswith(", font-src *:*/briefings/preview/balochistan/")

    example = json.loads(server.get("example/timeline?notebook=background.ipynb&taken=").data)
    assert 'timeline(desk, slot="more_timeline")' in example["code"]  # events.ipynb fills the one there is
    assert "NO_EXAMPLE" in json.loads(server.get("example/nothing?notebook=background.ipynb").data)["error"]

    notebook = server.root / "notebooks" / "casualties.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text[: len(text) // 2], encoding="utf-8")
    told = json.loads(server.get("briefs").data)
    assert [one["name"] for one in told["briefs"]] == ["balochistan", "balochistan-flash", "balochistan-weekly"]
    assert told["edited"]["notebooks/casualties.ipynb"] is None
    assert told["edited"]["notebooks/events.ipynb"] == "balochistan"
    assert server.told("balochistan-flash")["error"].startswith("NOTEBOOK_INVALID: casualties.ipynb")

    notebook.write_text(text.replace("days = 1", "days = 99"), encoding="utf-8")
    assert "99 is out of bounds" in server.told("balochistan-weekly")["error"]

    settings = server.root / "briefings.toml"
    settings.write_text("[briefs", encoding="utf-8")
    assert "briefings.toml" in json.loads(server.get("briefs").data)["error"]
