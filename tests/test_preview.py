"""The preview: a real server on loopback, its door, and what it shows while files are saved."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import urllib3
import uvicorn

from briefings.authoring import preview, preview_page, preview_server
from briefings.errors import NotebookError, UsageError
from briefings.model import Finding

FONTS = Path(__file__).parents[1] / "templates" / "themes" / "plain" / "fonts"
PAGE = "<!doctype html><h1>Brief</h1><script>alert()</script>"


@dataclass
class Desk:
    """A workspace with one notebook, a maker that reads it, and the server that shows what it made."""

    root: Path
    port: int = 0
    cookie: str = ""
    calls: list[frozenset[str]] = field(default_factory=list)
    printed: int = 0

    @property
    def notebook(self) -> Path:
        """Return the notebook the maker reads."""
        return self.root / "notebooks" / "one.ipynb"

    def make(self, changed: frozenset[Path]) -> preview.Made:
        """Make a page that says what the notebook says; a notebook that says `bad` fails."""
        self.calls.append(frozenset(path.name for path in changed))
        text = self.notebook.read_text()
        if text == "bad":
            raise NotebookError("one.ipynb stopped at cell 1", where="one.ipynb, cell 1", code="CELL_RAISED")
        if text == "worse":
            raise ZeroDivisionError("nobody thought of this")
        finding = Finding(level="warn", code="X", message="the page is nearly empty", where="page two")
        return preview.Made(PAGE.replace("Brief", text), pdf=self.pdf, findings=(finding,), fonts=(FONTS,))

    def pdf(self) -> bytes:
        """Print the page, and count it."""
        self.printed += 1
        return b"%PDF-1.7 of the page"

    def get(self, path: str, *, host: str = "", cookie: str | None = None, **options: Any) -> urllib3.BaseHTTPResponse:
        """Ask the server; without other word, as the browser that was let in."""
        headers = {"Host": host or f"127.0.0.1:{self.port}", "Cookie": self.cookie if cookie is None else cookie}
        method = options.pop("method", "GET")
        address = f"http://127.0.0.1:{self.port}{path}"
        return urllib3.request(method, address, headers=headers, redirect=False, retries=False, timeout=10, **options)

    def state(self) -> dict[str, Any]:
        """Return what the server says of itself."""
        return dict(json.loads(self.get("/state").data))

    def until(self, true: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Return the state once it is so."""
        for _ in range(1200):
            state = self.state()
            if true(state) and not state["busy"]:
                return state
            time.sleep(0.05)
        raise AssertionError(f"still {state}")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Serve a small workspace from a thread of this process."""
    one = Desk(tmp_path_factory.mktemp("workspace"))
    for folder in ("notebooks", "templates"):
        (one.root / folder).mkdir()
    one.notebook.write_text("first")
    (one.root / "briefings.toml").write_text("")
    listening = preview_server.listen(0)
    one.port = listening.getsockname()[1]
    app = preview_server.application(
        preview.Preview(one.make, "trial <1>"),
        port=one.port,
        token="once",
        folders=[one.root / "notebooks", one.root / "templates"],
        config=one.root / "briefings.toml",
    )
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    locked = one.get("/")
    assert locked.status == 401  # before anybody has come by the start address
    wrong = one.get("/?token=guess")
    assert wrong.status == 401
    answer = one.get("/?token=once")
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    one.cookie = answer.headers["Set-Cookie"].partition(";")[0]
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=strict" in answer.headers["Set-Cookie"]
    yield one
    server.should_exit = True
    thread.join(timeout=60)
    assert not thread.is_alive()


ROUTES = ("/", "/page", "/state", "/brief.pdf", "/events", "/preview.js")


@pytest.mark.parametrize("path", ROUTES)
def test_nothing_without_the_cookie(desk: Desk, path: str) -> None:
    """Every route, the event stream too, refuses who did not come by the start address."""
    for cookie in ("", "briefings-preview=1", f"briefings-preview-{desk.port}=guess"):
        answer = desk.get(path, cookie=cookie)
        assert answer.status == 401
        assert answer.data == b"Open the address that `briefings preview` printed; it works once, in one browser.\n"


def test_the_token_works_once(desk: Desk) -> None:
    """A start address found in a history or a log opens nothing."""
    assert desk.get("/?token=once", cookie="").status == 401
    assert desk.get("/?token=once").status == 401
    assert desk.get("/page?token=once", cookie="").status == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}/?x=", "[::1]:{port}"]
)
def test_another_host_name_is_refused(desk: Desk, host: str) -> None:
    """A page that rebinds its name to this address gets nothing, whatever cookie it holds."""
    assert desk.get("/page", host=host.format(port=desk.port)).status == 400


def test_localhost_is_the_same_server(desk: Desk) -> None:
    """The other name of the loopback address is allowed."""
    assert desk.get("/state", host=f"localhost:{desk.port}").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_is_for_looking_only(desk: Desk, method: str) -> None:
    """Nothing can be changed over the web."""
    assert desk.get("/", method=method).status == 405


def test_the_page_is_held_in_a_frame_that_runs_nothing(desk: Desk) -> None:
    """The brief may hold anything: its frame is sandboxed twice, and nothing is loaded from elsewhere."""
    shell = desk.get("/")
    frame = re.search(rb'sandbox="([^"]+)"', shell.data)
    assert frame is not None
    allowed = {"allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox"}
    assert set(frame[1].decode().split()) == allowed  # and so no scripts and no forms
    assert b"trial &lt;1&gt;" in shell.data
    assert "default-src 'none'; script-src 'self'" in shell.headers["Content-Security-Policy"]
    page = desk.get("/page")
    first, second = page.headers["Content-Security-Policy"].split(", ")
    assert first.startswith(f"sandbox {frame[1].decode()}; default-src 'none'")
    assert second == "font-src *:*/"
    for answer in (shell, page, desk.get("/state")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_save_makes_the_page_again(desk: Desk) -> None:
    """Saving a notebook calls the maker with that file; the page and its events follow."""
    before = desk.until(lambda state: state["version"])
    calls = len(desk.calls)
    stream = desk.get("/events", preload_content=False)
    desk.notebook.write_text("second")
    after = desk.until(lambda state: state["version"] > before["version"])
    assert desk.calls[calls:] == [frozenset({"one.ipynb"})]
    assert b"<h1>second</h1>" in desk.get("/page").data
    assert after["findings"] == ["page two: the page is nearly empty"]
    told = []
    for line in stream:
        if line.startswith(b"data: "):
            told.append(json.loads(line[6:])["version"])
            if told[-1] == after["version"]:
                break
    stream.close()
    assert told[0] == before["version"]


def test_a_failure_stands_above_the_last_good_page(desk: Desk) -> None:
    """An error is told in full and the last page stays; the next good save takes it away."""
    desk.notebook.write_text("third")
    good = desk.until(lambda state: b"third" in desk.get("/page").data)
    desk.notebook.write_text("bad")
    broken = desk.until(lambda state: state["error"])
    assert broken["error"] == "CELL_RAISED: one.ipynb stopped at cell 1\n  where: one.ipynb, cell 1"
    assert broken["version"] == good["version"]
    assert b"<h1>third</h1>" in desk.get("/page").data
    desk.notebook.write_text("worse")
    broken = desk.until(lambda state: "ZeroDivisionError" in state["error"])
    assert broken["error"].startswith("ERROR: ZeroDivisionError: nobody thought of this")
    desk.notebook.write_text("mended")
    assert desk.until(lambda state: state["version"] > good["version"])["error"] == ""


def test_settings_and_templates_count_and_checkpoints_do_not(desk: Desk) -> None:
    """briefings.toml, replaced as editors do, and templates are followed; hidden and other files are not."""
    desk.until(lambda state: state["version"])
    calls = len(desk.calls)
    (desk.root / "notebooks" / ".ipynb_checkpoints").mkdir()
    (desk.root / "notebooks" / ".ipynb_checkpoints" / "one.ipynb").write_text("x")
    (desk.root / "notebooks" / "one.ipynb~").write_text("x")
    (desk.root / "other.toml").write_text("x")
    beside = desk.root / "briefings.toml.new"
    beside.write_text("# changed")
    os.replace(beside, desk.root / "briefings.toml")
    (desk.root / "templates" / "page.css").write_text("h1 {}")
    desk.until(lambda state: {"briefings.toml", "page.css"} <= set().union(*desk.calls[calls:]))
    assert not set().union(*desk.calls[calls:]) & {"one.ipynb", "one.ipynb~", "other.toml"}  # seen before those


def test_the_pdf_is_printed_when_asked_for_and_once(desk: Desk) -> None:
    """Printing waits for somebody to want the PDF, and is not repeated for the same version."""
    desk.until(lambda state: state["version"])
    first, second = desk.get("/brief.pdf"), desk.get("/brief.pdf")
    assert first.data == second.data == b"%PDF-1.7 of the page"
    assert first.headers["Content-Type"] == "application/pdf"
    assert desk.printed == 1


def test_the_page_is_set_in_the_fonts_of_its_theme(desk: Desk) -> None:
    """It names each by family, weight and slope; a browser asks for those it needs, once."""
    style = preview_page.screen_style((FONTS,))
    faces = re.findall(r'font-family: "([^"]+)"; font-weight: ([^;]+); font-style: (\w+); src: url\("([^"]+)"\)', style)
    named = {face[:3]: face[3] for face in faces}
    assert {("Source Sans 3", "400", "normal"), ("Source Sans 3", "700", "normal")} <= named.keys()
    desk.until(lambda state: state["version"])
    assert desk.get("/page").data.rstrip().endswith(b"</style>")
    font = desk.get(f"/{named['Source Sans 3', '400', 'italic']}")
    assert font.data in [path.read_bytes() for path in FONTS.glob("*.ttf")]
    assert "immutable" in font.headers["Cache-Control"]
    assert desk.get("/font-of-nobody").status == 404


def test_a_font_that_is_replaced_goes_by_another_name(tmp_path: Path) -> None:
    """What a browser may keep is always the same; and one that is taken away is not there, which is no fault."""
    bold, plain = FONTS / "SourceSans3-Bold.ttf", FONTS / "SourceSans3-Regular.ttf"
    font = tmp_path / "face.ttf"
    shown = preview.Preview(lambda _: preview.Made(PAGE, fonts=(tmp_path,)), "trial")
    asyncio.run(shown.remake())

    def named() -> list[str]:
        return re.findall(r'url\("([^"]+)"\)', shown.page())

    shutil.copy(plain, font)
    (first,) = named()
    shutil.copy(bold, font)
    (second,) = named()
    assert first != second
    assert asyncio.run(shown.answer(first)) is None
    given = asyncio.run(shown.answer(second))
    assert given is not None
    assert (given.body, given.lasting) == (bold.read_bytes(), True)
    font.unlink()
    assert asyncio.run(shown.answer(second)) is None
    font.symlink_to("gone.ttf")
    assert named() == []


def test_the_fonts_of_a_page_lie_where_its_preview_is_served() -> None:
    """Whatever its folder is called, that is the one it may load from."""
    shown = preview.Preview(lambda _: preview.Made(PAGE), "trial")
    page = asyncio.run(shown.answer("page", folder="/user/a,b;c/briefings/preview/daily%20brief/"))
    assert page is not None
    assert page.policy.split(", ")[1:] == ["font-src *:*/user/a%2Cb%3Bc/briefings/preview/daily%20brief/"]


def test_what_is_wrong_with_a_cell_is_told_of_it(tmp_path: Path) -> None:
    """Findings of a page that was made stand at their cells, and those that would stop the brief are told as such."""
    where = "one.ipynb, cell 3 (under “Dead”), line 1"
    found = (
        Finding(level="stop", code="TITLE_NUMBER", message="'2026' is a bare number", where=where),
        Finding(level="note", code="CHART_EMPTY", message="left out", where="one.ipynb, cell 4"),
        Finding(level="warn", code="X", message="nearly empty", where="page two"),
    )
    shown = preview.Preview(lambda _: preview.Made(PAGE, findings=found), "trial")
    asyncio.run(shown.remake())
    state = shown.state()
    assert state["stops"]
    assert state["faults"] == [
        {"notebook": "one.ipynb", "cell": 3, "text": "'2026' is a bare number", "stopped": False}
    ]


def test_a_port_in_use_is_told() -> None:
    """A taken port is an error of usage that says how to go on."""
    with preview_server.listen(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as caught:
            preview_server.listen(port)
        assert str(caught.value).startswith(f"PORT: port {port} cannot be used\n  where: 127.0.0.1\n")
        assert str(caught.value).endswith("  try: give another --port; 0 takes a free one")


def test_a_browser_that_comes_early_is_kept_waiting() -> None:
    """From the moment the address is known nobody is turned away, though the server is still starting."""
    with preview_server.listen(0) as listening, socket.create_connection(listening.getsockname(), timeout=5) as early:
        assert early.getpeername() == listening.getsockname()


SERVER = """
import sys
from pathlib import Path
from briefings.authoring import preview, preview_server
made = lambda changed: preview.Made("<p>" + ", ".join(sorted(path.name for path in changed)))
tell = lambda address: print(address, flush=True)
preview_server.serve(Path(sys.argv[1]), "trial", {"date": "2026-01-31"}, make=made, open_browser=False, announce=tell)
"""


@pytest.mark.slow
def test_serving_ends_at_once_on_ctrl_c(tmp_path: Path) -> None:
    """`serve` tells its address, answers, and ends within seconds though a browser is listening."""
    (tmp_path / "notebooks").mkdir()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    entered = urllib3.request("GET", address, redirect=False, retries=urllib3.Retry(connect=20, backoff_factor=0.1))
    cookie = entered.headers["Set-Cookie"].partition(";")[0]
    base = address.partition("?")[0]
    with urllib3.PoolManager() as pool:
        stream = pool.request("GET", base + "events", headers={"Cookie": cookie}, preload_content=False, timeout=10)
        assert b'"version"' in next(iter(stream))
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=60)
        stream.close()
    assert server.returncode == -signal.SIGINT
    assert errors.rstrip().endswith("KeyboardInterrupt")
