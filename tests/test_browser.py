"""Editing in a real browser: a notebook in JupyterLab, and the page that follows each save."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import urllib3
from notes import NOTE, with_note

from briefings import builders
from briefings.authoring import preview
from briefings.making.edition import Made
from briefings.notebook import notebook_files

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
)
WAIT = 60_000
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH (apt-get install chromium)"),
]

ROWS = """table => [...table.rows].map(row => [...row.cells].map(cell => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(".cite").forEach(one => one.remove());
  return copy.textContent.replace(/\\s+/g, " ").trim();
}))"""
"""Reads a table as rows of text; citations are numbered anew on every page, so they are left out."""


@pytest.fixture(scope="module")
def driver() -> None:
    """What drives the browser, a program of its own: where a library it is linked to is missing, there is none."""
    asked = [sys.executable, "-m", "playwright", "--version"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"the driver of the browser does not start: {done.stderr.strip()}")


@pytest.fixture
def browser(driver: None) -> Iterator[Any]:
    """A headless Chromium."""
    with playwright.sync_playwright() as control:
        one = control.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        yield one
        one.close()


@pytest.fixture
def workspace(made: Made, tmp_path: Path) -> Path:
    """A workspace to edit: a copy of the demo, its reports read."""
    root = made.pdf.parents[3]
    return Path(shutil.copytree(root, tmp_path / "workspace", ignore=shutil.ignore_patterns("reports")))


@contextmanager
def started(*command: str, log: Path, environment: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """Run a command of ours until the block ends; it is given what finds an address in the command's output."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "briefings", *command],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment,
        )  # fmt: skip

    def address(pattern: str) -> str:
        for _ in range(600):
            found = re.search(pattern, log.read_text(encoding="utf-8"))
            if found:
                return found[0]
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        raise AssertionError(f"no address in: {log.read_text(encoding='utf-8')}")

    try:
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


@dataclass(frozen=True)
class Lab:
    """JupyterLab over a workspace: its address, and the token it asks for."""

    root: Path
    base: str
    token: str

    def home(self, desktop: str) -> str:
        """Return an address that ends in the notebooks as they were at first, with panels and kernels of its own."""
        headers = {"Authorization": f"token {self.token}"}
        for one in urllib3.request("GET", f"{self.base}/api/sessions", headers=headers).json():
            urllib3.request("DELETE", f"{self.base}/api/sessions/{one['id']}", headers=headers)
        for notebook in (self.root / "as-they-were").iterdir():
            shutil.copy(notebook, self.root / "notebooks")
        return f"{self.base}/lab/workspaces/{desktop}/tree/notebooks?token={self.token}"


@pytest.fixture(scope="module")
def lab(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Run `briefings lab` for all tests, over a copy of the demo whose reports were read."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is an extra and not installed")
    scratch = tmp_path_factory.mktemp("lab")
    root = Path(shutil.copytree(made.pdf.parents[3], scratch / "mine", ignore=shutil.ignore_patterns("reports")))
    shutil.copytree(root / "notebooks", root / "as-they-were")
    environment = {**os.environ, "HOME": str(scratch)}
    for name in ("CONFIG", "DATA", "RUNTIME"):
        environment[f"JUPYTER_{name}_DIR"] = str(scratch / "jupyter" / name.lower())
    as_root = ["--", "--allow-root"] if os.geteuid() == 0 else []
    command = ("lab", "--workspace", str(root), "--no-browser", *as_root)
    with started(*command, log=scratch / "lab.log", environment=environment) as address:
        base, _, token = address(r"http://127\.0\.0\.1:\d+/lab/tree/notebooks\?token=\w+").partition(
            "/lab/tree/notebooks?token="
        )
        yield Lab(root, base, token)


def opened(page: Any, home: str, notebook: str) -> None:
    """Open a notebook in JupyterLab, and wait for its kernel."""
    page.goto(home.replace("/notebooks?", f"/notebooks/{notebook}?"))
    page.get_by_text("Python 3 | Idle").wait_for(timeout=WAIT)


def run_all(page: Any) -> None:
    """Run all cells of the notebook that is open, by the menu."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def watched(browser: Any, width: int, height: int) -> tuple[Any, list[str]]:
    """Return a new page, and the addresses it asks for from then on."""
    page = browser.new_page(viewport={"width": width, "height": height})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return page, asked


def test_a_notebook_runs_in_jupyterlab_and_shows_the_page(browser: Any, lab: Lab, made: Made, tmp_path: Path) -> None:
    """Each section stands under its cell as the page will have it; nobody outside is asked for anything."""
    home = lab.home("running")
    page, asked = watched(browser, 1300, 2400)
    opened(page, home, "casualties.ipynb")
    run_all(page)
    shown = page.locator(".jp-OutputArea-output .briefings-preview")
    shown.nth(5).wait_for(timeout=WAIT)
    kinds = [re.search(r"kind-(\w+)", one.get_attribute("class"))[1] for one in shown.all()]  # type: ignore[index]
    assert kinds == ["tiles", "table", "table", "chart", "chart", "table"]
    assert "no renderer" not in page.locator(".jp-Notebook").inner_text().lower()
    page.screenshot(path=tmp_path / "jupyterlab-light.png")

    table = shown.nth(1).locator("table")
    issued = browser.new_page()
    issued.set_content((made.pdf.parent / "brief.html").read_text(encoding="utf-8"))
    assert table.evaluate(ROWS) == issued.locator("#casualties table").evaluate(ROWS)
    assert table.locator("tbody th").first.evaluate("cell => getComputedStyle(cell).textAlign") == "left"

    ink = table.evaluate("table => getComputedStyle(table).color")
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Theme").first.hover()
    page.locator(".lm-Menu-item").filter(has_text=re.compile("^JupyterLab Dark$")).click()
    page.locator("body[data-jp-theme-light=false]").wait_for(state="attached", timeout=WAIT)
    page.screenshot(path=tmp_path / "jupyterlab-dark.png")
    assert table.evaluate("table => getComputedStyle(table).color") != ink

    root = home.partition("/lab/")[0]
    assert [url for url in asked if not url.startswith((root, "data:", "blob:"))] == []
    assert [url for url in asked if "/lab/api/news" in url or "/lab/api/update" in url] == []
    issued.close()
    page.close()


def test_beside_a_notebook_stands_the_page_as_it_will_print(browser: Any, lab: Lab, tmp_path: Path) -> None:
    """From the launcher to the page: it marks what is edited, follows a save, and tells a fault at its cell."""
    home = lab.home("beside")
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(home.replace("/tree/notebooks?", "?"))
    page.locator(".jp-LauncherCard[title*=Balochistan]", has_text="balochistan").first.wait_for(timeout=WAIT)
    page.screenshot(path=tmp_path / "launcher.png")
    sections = page.locator(".jp-Launcher-sectionTitle")
    tops = {one.inner_text(): one.bounding_box()["y"] for one in sections.all()}
    assert min(tops, key=lambda name: tops[name]) == "Briefings"
    opened(page, home, "casualties.ipynb")
    page.get_by_role("button", name="Page").click()
    brief = page.frame_locator(".briefings-frame").frame_locator("#page")
    brief.locator("#casualties").wait_for(timeout=WAIT)

    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(4)
    cell.locator(".cm-content").click()
    marked = brief.locator("#casualties:target")
    marked.wait_for(timeout=WAIT)
    assert marked.evaluate("section => getComputedStyle(section).outlineStyle") == "solid"
    page.screenshot(path=tmp_path / "marked.png")

    def write(code: str, keys: str) -> None:
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(code)
        page.keyboard.press(keys)

    write('casualty_table(desk, slot="casualties", title="Counted so far")', "Control+S")
    brief.get_by_role("heading", name="Counted so far").wait_for(timeout=WAIT)
    marked.wait_for(timeout=WAIT)  # again, in the page that came

    write('casualty_table(desk, slot="casualties", title="Counted in 2026")', "Control+S")
    remark = cell.locator(".briefings-remark")  # the page is made, and what would stop the brief stands at its cell
    remark.wait_for(timeout=WAIT)
    assert "'2026' is a bare number" in remark.inner_text()
    page.frame_locator(".briefings-frame").locator("#findings.stops").wait_for(timeout=WAIT)
    write('casualty_table(desk, slot="casualties", title="Counted so far")', "Control+S")
    remark.wait_for(state="detached", timeout=WAIT)

    write('casualty_tabel(desk, slot="casualties")', "Control+Enter")
    told = cell.locator(".briefings-fault")
    told.wait_for(timeout=WAIT)
    assert "casualties.ipynb, cell 9 (under “Casualties”), line 1" in told.inner_text()
    assert "did you mean casualty_table" in told.inner_text()
    assert cell.locator("[data-mime-type$=stderr]:visible").count() == 0  # nor a traceback of an earlier run
    assert brief.get_by_role("heading", name="Counted so far").is_visible()
    page.screenshot(path=tmp_path / "fault-at-its-cell.png")

    write('casualty_table(desk, slot="casualties", title="Counted by run")', "Control+Enter")  # a run is saved
    brief.get_by_role("heading", name="Counted by run").wait_for(timeout=WAIT)
    told.wait_for(state="detached", timeout=WAIT)
    assert faults == []
    page.close()


def test_one_click_in_the_launcher_opens_a_notebook_and_its_page(browser: Any, lab: Lab, tmp_path: Path) -> None:
    """They stand beside each other; a page that lies behind a notebook comes beside it when it is asked for."""
    home = lab.home("begun")
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    page.goto(home.replace("/tree/notebooks?", "?"))
    page.locator(".jp-LauncherCard[title*=Balochistan]").first.click()
    brief = page.frame_locator(".briefings-frame").frame_locator("#page")
    brief.locator("#casualties").wait_for(timeout=WAIT)
    notebook, panel = page.locator(".jp-NotebookPanel:visible"), page.locator(".briefings-panel:visible")
    notebook.wait_for(timeout=WAIT)
    page.screenshot(path=tmp_path / "begun.png")
    assert notebook.bounding_box()["x"] + notebook.bounding_box()["width"] <= panel.bounding_box()["x"]

    page.locator(".lm-TabBar-tab", has_text="events.ipynb").locator(".lm-TabBar-tabCloseIcon").click()
    page.get_by_role("button", name="Discard").click()
    notebook.wait_for(state="detached", timeout=WAIT)
    page.locator(".jp-DirListing-item", has_text="notebooks").dblclick()
    page.locator(".jp-DirListing-item", has_text="casualties.ipynb").dblclick()
    notebook.wait_for(timeout=WAIT)
    panel.wait_for(state="hidden", timeout=WAIT)  # one behind the other
    page.get_by_role("button", name="Page").last.click()
    panel.wait_for(timeout=WAIT)
    assert notebook.is_visible()
    page.close()


def test_runs_that_follow_each_other_are_saved_one_after_the_other(browser: Any, lab: Lab, tmp_path: Path) -> None:
    """Where writing takes longer than the next run, nobody is told that the file has changed on disk."""
    home = lab.home("saving")
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    opened(page, home, "casualties.ipynb")
    page.get_by_role("button", name="Page").click()
    brief = page.frame_locator(".briefings-frame").frame_locator("#page")
    brief.locator("#casualties").wait_for(timeout=WAIT)

    def slowly(route: Any) -> None:
        """Let the file be written at once, and its answer take two seconds."""
        answer = route.fetch()
        if route.request.method == "PUT":
            page.wait_for_timeout(2000)
        route.fulfill(response=answer)

    page.route("**/api/contents/notebooks/casualties.ipynb?*", slowly)
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(4)
    for title in ("Counted first", "Counted then", "Counted last"):
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(f'casualty_table(desk, slot="casualties", title="{title}")')
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(900)
    brief.get_by_role("heading", name="Counted last").wait_for(timeout=WAIT)
    assert page.locator(".jp-Dialog").count() == 0
    page.close()


def test_an_example_of_the_gallery_is_inserted_below_the_cell(browser: Any, lab: Lab, tmp_path: Path) -> None:
    """Every builder is there, made of the demo; a click writes its code into the notebook, for a slot of its own.

    Of a small screen the notebook keeps its half: the gallery stands behind the page.
    """
    home = lab.home("gallery")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    opened(page, home, "background.ipynb")
    page.get_by_role("button", name="Page").click()
    page.frame_locator(".briefings-frame").frame_locator("#page").locator("#casualties").wait_for(timeout=WAIT)
    page.keyboard.press("Control+Shift+C")
    page.locator("#modal-command-palette input").fill("Gallery of Sections")
    page.locator("#modal-command-palette input").press("Enter")
    gallery = page.frame_locator("#briefings-gallery .briefings-frame")
    gallery.locator("#timeline .briefings-preview").wait_for(timeout=WAIT)
    assert sorted(one.get_attribute("id") for one in gallery.locator("article").all()) == sorted(builders.__all__)
    page.screenshot(path=tmp_path / "gallery.png")
    before = page.locator(".jp-Notebook .jp-CodeCell").count()
    gallery.locator("#timeline button").click()
    # events.ipynb fills the one slot there is for a timeline
    page.locator(".jp-Notebook .jp-CodeCell", has_text='timeline(desk, slot="more_timeline")').wait_for(timeout=WAIT)
    assert page.locator(".jp-NotebookPanel").bounding_box()["width"] > 600
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    assert cells.count() == before + 1
    sources = [one.inner_text() for one in cells.all()]
    opens = next(at for at, text in enumerate(sources) if "desk = briefings.desk" in text)
    assert "timeline(desk" in sources[opens + 1]  # not at the top, where the cursor was: there is no desk yet
    page.keyboard.press("Control+S")  # the notebook has the keyboard again
    page.frame_locator(".briefings-frame").first.locator("#error").wait_for(state="attached", timeout=WAIT)
    page.locator(".jp-mod-dirty").wait_for(state="detached", timeout=WAIT)
    page.close()


def test_a_value_is_checked_as_it_is_typed_and_goes_to_the_desk(browser: Any, lab: Lab, tmp_path: Path) -> None:
    """What is wrong stands beneath it at once; once it is right, the next cell opens the desk for it."""
    pytest.importorskip("ipywidgets", reason="ipywidgets is an extra and not installed")
    home = lab.home("form")
    file = notebook_files.read(lab.root / "notebooks" / "casualties.ipynb")
    at = next(at for at, cell in enumerate(file.cells) if cell["id"] == "desk")
    file.data["cells"][at:] = []
    file.insert(
        at,
        notebook_files.code("form", "chosen = briefings.form(brief)\nchosen"),
        notebook_files.code("desk", "chosen.desk().period.days"),
    )
    file.write()
    page, asked = watched(browser, 1300, 1200)
    opened(page, home, "casualties.ipynb")
    run_all(page)
    days = page.get_by_label("days", exact=True)
    days.wait_for(timeout=WAIT)
    assert page.get_by_label("date", exact=True).input_value() == "2026-01-31"
    assert page.get_by_label("confidence", exact=True).locator("option").all_inner_texts()[1:] == [
        "low", "moderate", "high"
    ]  # fmt: skip
    days.fill("99")
    days.press("Tab")
    wrong = page.get_by_role("alert").filter(has_text="99 is out of bounds")
    wrong.wait_for(timeout=WAIT)
    page.screenshot(path=tmp_path / "form.png")
    days.fill("3")
    days.press("Tab")
    wrong.wait_for(state="detached", timeout=WAIT)
    page.get_by_text("chosen.desk().period.days").click()
    page.keyboard.press("Control+Enter")
    page.locator(".jp-OutputArea-output pre", has_text=re.compile("^3$")).wait_for(timeout=WAIT)
    root_address = home.partition("/lab/")[0]
    assert [url for url in asked if not url.startswith((root_address, "data:", "blob:"))] == []
    page.close()


def until(page: Any, true: str) -> None:
    """Wait for a condition in a page whose policy lets nobody compile one while it waits."""
    look = f"const look = () => {true} ? done() : requestAnimationFrame(look)"
    page.evaluate(f"() => new Promise((done, fail) => {{ setTimeout(fail, {WAIT}); {look}; look(); }})")


def test_the_page_follows_each_save(browser: Any, workspace: Path, tmp_path: Path) -> None:
    """A changed title is on the page; a broken cell is told above the last good page until it is mended."""
    saved = with_note(workspace, "balochistan") / "notebooks" / "note.ipynb"
    text = saved.read_text(encoding="utf-8")
    command = ("preview", NOTE, "-p", "date=2026-01-31", "--no-browser", "--workspace", str(workspace))
    log = tmp_path / "preview.log"
    with started(*command, log=log, environment=dict(os.environ)) as address:
        page = browser.new_page(viewport={"width": 1100, "height": 1500})
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(address(r"http://127\.0\.0\.1:\d+/\?token=[\w-]+"))
        brief, error = page.frame_locator("#page"), page.locator("#error")
        brief.get_by_role("heading", name="What is not known").wait_for(timeout=WAIT)
        assert not error.is_visible()

        saved.write_text(text.replace('slot=\\"gaps\\"', 'slot=\\"gaps\\", title=\\"Counted so far\\"'))
        brief.get_by_role("heading", name="Counted so far").wait_for(timeout=WAIT)
        page.screenshot(path=tmp_path / "preview-saved.png")

        size = "section => [section.getBoundingClientRect().width, section.getBoundingClientRect().height]"
        section = brief.locator("#gaps")
        whole, wide = section.evaluate(size), page.locator("#page").bounding_box()["width"]
        page.set_viewport_size({"width": 500, "height": 1500})
        until(page, "document.getElementById('page').getBoundingClientRect().width <= 500")
        assert wide > 700
        assert section.evaluate(size) == whole  # smaller, and not laid out anew
        page.screenshot(path=tmp_path / "preview-narrow.png")
        page.set_viewport_size({"width": 1100, "height": 1500})

        saved.write_text(text.replace("gaps(desk", "gasp(desk"))
        error.wait_for(timeout=WAIT)
        told = error.inner_text()
        assert told.startswith("Not made. Below is the last good page.")
        assert "note.ipynb, cell 6 (under “What is not known”), line 1" in told
        assert brief.get_by_role("heading", name="Counted so far").is_visible()
        page.screenshot(path=tmp_path / "preview-broken.png")

        saved.write_text(text)
        brief.get_by_role("heading", name="What is not known").wait_for(timeout=WAIT)
        error.wait_for(state="hidden", timeout=WAIT)
        page.screenshot(path=tmp_path / "preview-mended.png")

        with page.expect_popup() as source:
            brief.locator("a[href^='https:']").first.click()
        source.value.close()
        brief.locator("a[href^='#source-']").first.click()
        saved.write_text(text.replace('slot=\\"gaps\\"', 'slot=\\"gaps\\", title=\\"Counted once more\\"'))
        brief.get_by_role("heading", name="Counted once more").wait_for(timeout=WAIT)
        assert faults == []

        page.locator("#page").evaluate("frame => { frame.contentWindow.location = 'https://example.org/'; }")
        until(page, "document.getElementById('page').contentDocument === null")  # nothing can be read of it
        saved.write_text(text)
        brief.get_by_role("heading", name="What is not known").wait_for(timeout=WAIT)
        assert not [fault for fault in faults if "Content Security Policy" not in fault]
        page.close()


class _Answers(BaseHTTPRequestHandler):
    """Serves one preview in a folder of a server that has other things to tell."""

    folder, shown, asked = "/briefings/preview/one/", preview.Preview(lambda _: preview.Made(""), "one"), [""]

    def do_GET(self) -> None:
        """Answer as Jupyter's server does."""
        self.asked.append(self.path)
        above, _, part = self.path.partition("?")[0].rpartition("/")
        given = asyncio.run(self.shown.answer(part, folder=self.folder)) if above + "/" == self.folder else None
        self.send_response(given.status if given else 404)
        if given:
            self.send_header("Content-Type", given.kind)
            self.send_header("Content-Security-Policy", given.policy or "default-src 'none'")
        self.end_headers()
        body = given.body if given else ""
        self.wfile.write(body.encode() if isinstance(body, str) else body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_the_page_is_given_its_fonts_and_nothing_else_of_the_server(browser: Any) -> None:
    """Its styles may ask for whatever they like."""
    fonts = Path(__file__).parents[1] / "templates" / "themes" / "plain" / "fonts"
    styles = "@font-face { font-family: Sly; src: url('/api/shutdown') } body { font-family: Sly, 'Source Sans 3' }"
    html = f"<!doctype html><title>One</title><style>{styles}</style><body>Dead and hurt"
    _Answers.shown.made = preview.Made(html, fonts=(fonts,))
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}{_Answers.folder}page")
        found = page.evaluate("document.fonts.ready.then(all => [...all].map(one => one.family + ' ' + one.status))")
        server.shutdown()
        page.close()
    assert {"Sly error", "Source Sans 3 loaded"} <= set(found)
    assert "/api/shutdown" not in _Answers.asked
