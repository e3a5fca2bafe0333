"""Editing in a real browser: a notebook in JupyterLab, and the page that follows each save."""

from __future__ import annotations

import asyncio
import json
import os
import platform
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
from briefings.authoring import gallery, preview
from briefings.layout import contrast
from briefings.making.edition import Made
from briefings.notebook import notebook_files

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
)
WAIT = 120_000
"""Milliseconds that whatever is waited for may take, on a machine under load."""

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


INK = """all => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const laid = (colours, opacity) => {  // on each other, the last on top; that one as far as it is opaque
    colours.forEach((colour, at) => {
      pen.globalAlpha = at === colours.length - 1 ? opacity : 1;
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    });
    const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
    return "#" + [red, green, blue].map(one => one.toString(16).padStart(2, "0")).join("");
  };
  const told = one => [...one.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim());
  return all.filter(one => told(one) && one.checkVisibility() && !one.closest("title")).map(one => {
    const outwards = [];
    for (let at = one; at; at = at.parentElement) outwards.push(getComputedStyle(at));
    const grounds = outwards.map(style => style.backgroundColor).reverse(), own = outwards[0];
    const opacity = outwards.reduce((product, style) => product * style.opacity, 1);
    const ink = one instanceof SVGElement ? own.fill : own.color;
    return [one.textContent.trim(), laid([...grounds, ink], opacity), laid(grounds, 1)];
  });
}"""
"""Reads each text that is seen, and the colours of it and of what it stands on."""


@pytest.fixture(scope="module")
def driver() -> None:
    """What drives the browser, a program of its own: where a library it is linked to is missing, there is none."""
    asked = [sys.executable, "-m", "playwright", "--version"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"the driver of the browser does not start: {done.stderr.strip()}")


@pytest.fixture(scope="module")
def chromium(driver: None) -> Iterator[Any]:
    """A headless Chromium, started once."""
    playwright.expect.set_options(timeout=WAIT)
    with playwright.sync_playwright() as control:
        one = control.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        yield one
        one.close()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Any]:
    """Opens pages, each with cookies and a store of its own, as in a window nobody is known in; closes them all."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def window(browser: Any, width: int = 1600, height: int = 1000) -> Any:
    """Return a new page in a window of a size, in CSS pixels."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(WAIT)
    return page


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
        for _ in range(WAIT // 100):
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
        process.wait(timeout=WAIT / 1000)


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
    as_root = ["--allow-root"] if os.geteuid() == 0 else []
    seen = "--expose-app-in-browser"  # what JupyterLab holds of a notebook can be looked at in the page
    command = ("lab", "--workspace", str(root), "--no-browser", "--", seen, *as_root)
    with started(*command, log=scratch / "lab.log", environment=environment) as address:
        base, _, token = address(r"http://127\.0\.0\.1:\d+/lab/tree/notebooks\?token=\w+").partition(
            "/lab/tree/notebooks?token="
        )
        yield Lab(root, base, token)


def opened(page: Any, home: str, notebook: str) -> None:
    """Open a notebook in JupyterLab, and wait for its kernel."""
    page.goto(home.replace("/notebooks?", f"/notebooks/{notebook}?"))
    page.get_by_text("Python 3 | Idle").wait_for()


def show_page(page: Any) -> Any:
    """Ask for the page of the brief whose notebook is open; return it once its casualties stand there."""
    page.locator(".jp-NotebookPanel:visible").get_by_role("button", name="Page").click()
    brief = page.frame_locator(".briefings-frame").frame_locator("#page")
    brief.locator("#casualties").wait_for()
    return brief


def beside(page: Any) -> None:
    """Wait until a notebook and a page are seen, and the one ends where the other begins or before."""
    page.wait_for_function("""() => {
      const seen = (kind) => [...document.querySelectorAll(kind)].find((one) => one.checkVisibility());
      const [notebook, panel] = [".jp-NotebookPanel", ".briefings-panel"].map(seen);
      return notebook && panel && notebook.getBoundingClientRect().right <= panel.getBoundingClientRect().left;
    }""")


def write(page: Any, cell: Any, code: str, keys: str) -> None:
    """Write a cell anew, and press the keys that save or run it."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(code)
    page.keyboard.press(keys)


def run_all(page: Any) -> None:
    """Run all cells of the notebook that is open, by the menu."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def watched(browser: Any, width: int, height: int) -> tuple[Any, list[str]]:
    """Return a new page, and the addresses it asks for from then on."""
    page = window(browser, width, height)
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
    shown.nth(5).wait_for()
    kinds = [re.search(r"kind-(\w+)", one.get_attribute("class"))[1] for one in shown.all()]  # type: ignore[index]
    assert kinds == ["tiles", "table", "table", "chart", "chart", "table"]
    assert "no renderer" not in page.locator(".jp-Notebook").inner_text().lower()
    page.screenshot(path=tmp_path / "jupyterlab-light.png")

    table = shown.nth(1).locator("table")
    issued = window(browser)
    issued.set_content((made.pdf.parent / "brief.html").read_text(encoding="utf-8"))
    assert table.evaluate(ROWS) == issued.locator("#casualties table").evaluate(ROWS)
    assert table.locator("tbody th").first.evaluate("cell => getComputedStyle(cell).textAlign") == "left"

    ink = table.evaluate("table => getComputedStyle(table).color")
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Theme").first.hover()
    page.locator(".lm-Menu-item").filter(has_text=re.compile("^JupyterLab Dark$")).click()
    page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
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
    page = window(browser)
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(f"{fault}\n{fault.stack}"))
    page.goto(home.replace("/tree/notebooks?", "?"))
    page.locator(".jp-LauncherCard[title*=Balochistan]", has_text="balochistan").first.wait_for()
    page.screenshot(path=tmp_path / "launcher.png")
    place = "all => all.map(one => [one.getBoundingClientRect().top, one.innerText])"
    assert min(page.locator(".jp-Launcher-sectionTitle").evaluate_all(place))[1] == "Briefings"
    opened(page, home, "casualties.ipynb")
    brief = show_page(page)

    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(4)
    cell.locator(".cm-content").click()
    marked = brief.locator("#casualties:target")
    marked.wait_for()
    assert marked.evaluate("section => getComputedStyle(section).outlineStyle") == "solid"
    page.screenshot(path=tmp_path / "marked.png")

    write(page, cell, 'casualty_table(desk, slot="casualties", title="Counted so far")', "Control+S")
    brief.get_by_role("heading", name="Counted so far").wait_for()
    marked.wait_for()  # again, in the page that came

    write(page, cell, 'casualty_table(desk, slot="casualties", title="Counted in 2026")', "Control+S")
    remark = cell.locator(".briefings-remark")  # the page is made, and what would stop the brief stands at its cell
    remark.wait_for()
    playwright.expect(remark).to_contain_text("'2026' is a bare number")
    page.frame_locator(".briefings-frame").locator("#findings.stops").wait_for()
    write(page, cell, 'casualty_table(desk, slot="casualties", title="Counted so far")', "Control+S")
    remark.wait_for(state="detached")

    write(page, cell, 'casualty_tabel(desk, slot="casualties")', "Control+Enter")
    told = cell.locator(".briefings-fault")
    playwright.expect(told).to_contain_text("casualties.ipynb, cell 9 (under “Casualties”), line 1")
    playwright.expect(told).to_contain_text("did you mean casualty_table")
    assert cell.locator("[data-mime-type$=stderr]:visible").count() == 0  # nor a traceback of an earlier run
    assert brief.get_by_role("heading", name="Counted so far").is_visible()
    page.screenshot(path=tmp_path / "fault-at-its-cell.png")

    counted = 'casualty_table(desk, slot="casualties", title="Counted by run")'
    write(page, cell, counted, "Control+Enter")  # a run is saved
    brief.get_by_role("heading", name="Counted by run").wait_for()
    told.wait_for(state="detached")
    assert [fault for fault in faults if "/briefings/" in fault] == []  # JupyterLab has faults of its own
    page.close()


def test_one_click_in_the_launcher_opens_a_notebook_and_its_page(browser: Any, lab: Lab, tmp_path: Path) -> None:
    """They stand beside each other; a page that lies behind a notebook comes beside it when it is asked for."""
    home = lab.home("begun")
    page = window(browser)
    page.goto(home.replace("/tree/notebooks?", "?"))
    page.locator(".jp-LauncherCard[title*=Balochistan]").first.click()
    page.frame_locator(".briefings-frame").frame_locator("#page").locator("#casualties").wait_for()
    page.get_by_text("Python 3 | Idle").wait_for()
    beside(page)
    page.screenshot(path=tmp_path / "begun.png")

    tab = page.locator(".lm-TabBar-tab", has_text="events.ipynb")
    tab.locator(".lm-TabBar-tabCloseIcon").click()
    tab.wait_for(state="detached")  # and nobody is asked whether to save what nobody has edited
    page.locator(".jp-DirListing-item", has_text="notebooks").dblclick()
    page.locator(".jp-DirListing-item", has_text="casualties.ipynb").dblclick()
    page.locator(".jp-NotebookPanel:visible").wait_for()
    page.locator(".briefings-panel:visible").wait_for(state="hidden")  # one behind the other
    page.locator(".jp-NotebookPanel:visible").get_by_role("button", name="Page").click()
    beside(page)
    page.close()


def test_a_notebook_is_unsaved_once_it_is_edited_and_no_sooner(browser: Any, lab: Lab) -> None:
    """A kernel that starts writes its name and language into a notebook, which is nobody's work; a letter typed is."""
    home = lab.home("untouched")
    file = notebook_files.read(lab.root / "notebooks" / "casualties.ipynb")
    file.data["metadata"]["kernelspec"]["display_name"] = "Python of another machine"
    file.data["metadata"]["language_info"]["version"] = "3.1.4"
    file.write()
    page = window(browser)
    opened(page, home, "casualties.ipynb")
    model = "window.jupyterapp.shell.currentWidget.context.model"
    version = platform.python_version()
    page.wait_for_function(f"() => {model}.getMetadata('language_info').version === '{version}'")
    page.wait_for_function(f"() => !{model}.getMetadata('kernelspec').display_name.includes('another')")
    assert page.evaluate(f"{model}.dirty") is False
    assert page.locator(".jp-mod-dirty").count() == 0

    page.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click()
    page.keyboard.insert_text("#")
    page.locator(".jp-mod-dirty").first.wait_for(state="attached")
    page.keyboard.press("Control+S")
    page.locator(".jp-mod-dirty").wait_for(state="detached")
    assert json.loads(file.path.read_text())["metadata"]["language_info"]["version"] == version
    page.close()


def test_runs_that_follow_each_other_are_saved_one_after_the_other(browser: Any, lab: Lab, tmp_path: Path) -> None:
    """Where writing takes longer than the next run, nobody is told that the file has changed on disk."""
    home = lab.home("saving")
    page = window(browser)
    opened(page, home, "casualties.ipynb")
    brief = show_page(page)

    def slowly(route: Any) -> None:
        """Let the file be written at once, and its answer take two seconds."""
        answer = route.fetch()
        if route.request.method == "PUT":
            page.wait_for_timeout(2000)
        route.fulfill(response=answer)

    page.route("**/api/contents/notebooks/casualties.ipynb?*", slowly)
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(4)
    for title in ("Counted first", "Counted then", "Counted last"):
        write(page, cell, f'casualty_table(desk, slot="casualties", title="{title}")', "Control+Enter")
        page.wait_for_timeout(900)
    brief.get_by_role("heading", name="Counted last").wait_for()
    page.locator(".jp-mod-dirty").wait_for(state="detached")
    assert page.locator(".jp-Dialog").count() == 0
    page.unroute_all(behavior="wait")  # the last answer is on its way
    page.close()


def test_an_example_of_the_gallery_is_inserted_below_the_cell(browser: Any, lab: Lab, tmp_path: Path) -> None:
    """Every builder is there, made of the demo; a click writes its code into the notebook, for a slot of its own.

    Of a small screen the notebook keeps its half: the gallery stands behind the page.
    """
    home = lab.home("gallery")
    page = window(browser, 1366, 768)
    opened(page, home, "background.ipynb")
    show_page(page)
    page.keyboard.press("Control+Shift+C")
    page.locator("#modal-command-palette input").fill("Gallery of Sections")
    page.locator("#modal-command-palette [data-command='briefings:gallery']").click()
    gallery = page.frame_locator("#briefings-gallery .briefings-frame")
    gallery.locator("body:not(.alone)").wait_for()  # by its script, which runs when all of it is there
    assert sorted(one.get_attribute("id") for one in gallery.locator("article").all()) == sorted(builders.__all__)
    page.screenshot(path=tmp_path / "gallery.png")
    gallery.locator("#timeline button").click()
    # events.ipynb fills the one slot there is for a timeline
    page.locator(".jp-Notebook .jp-CodeCell", has_text='timeline(desk, slot="more_timeline")').wait_for()
    page.wait_for_function("() => document.querySelector('.jp-NotebookPanel').getBoundingClientRect().width > 600")
    sources = page.locator(".jp-Notebook .jp-CodeCell").all_inner_texts()
    assert len([text for text in sources if "timeline(desk" in text]) == 1
    opens = next(at for at, text in enumerate(sources) if "desk = briefings.desk" in text)
    assert "timeline(desk" in sources[opens + 1]  # not at the top, where the cursor was: there is no desk yet
    page.wait_for_function("() => document.activeElement.closest('.jp-Notebook')")  # which has the keyboard again
    page.keyboard.press("Control+S")
    page.frame_locator(".briefings-frame").first.locator("#error").wait_for(state="attached")
    page.locator(".jp-mod-dirty").wait_for(state="detached")
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
    days.wait_for()
    playwright.expect(page.get_by_label("date", exact=True)).to_have_value("2026-01-31")
    words = page.get_by_label("confidence", exact=True).locator("option")
    playwright.expect(words).to_have_text(["(empty)", "low", "moderate", "high"])
    days.fill("99")
    days.press("Tab")
    wrong = page.get_by_role("alert").filter(has_text="99 is out of bounds")
    wrong.wait_for()
    page.screenshot(path=tmp_path / "form.png")
    days.fill("3")
    days.press("Tab")
    wrong.wait_for(state="detached")
    page.get_by_text("chosen.desk().period.days").click()
    page.keyboard.press("Control+Enter")
    page.locator(".jp-OutputArea-output pre", has_text=re.compile("^3$")).wait_for()
    root_address = home.partition("/lab/")[0]
    assert [url for url in asked if not url.startswith((root_address, "data:", "blob:"))] == []
    page.close()


def save(path: Path, text: str) -> None:
    """Save a file as editors do: whole, or not yet."""
    coming = path.with_name(f".{path.name}.coming")
    coming.write_text(text, encoding="utf-8")
    coming.replace(path)


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
        page = window(browser, 1100, 1500)
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(address(r"http://127\.0\.0\.1:\d+/\?token=[\w-]+"))
        brief, error = page.frame_locator("#page"), page.locator("#error")
        brief.get_by_role("heading", name="What is not known").wait_for()
        assert not error.is_visible()

        save(saved, text.replace('slot=\\"gaps\\"', 'slot=\\"gaps\\", title=\\"Counted so far\\"'))
        brief.get_by_role("heading", name="Counted so far").wait_for()
        page.screenshot(path=tmp_path / "preview-saved.png")

        size = "section => [section.getBoundingClientRect().width, section.getBoundingClientRect().height]"
        section = brief.locator("#gaps")
        section.evaluate("() => document.fonts.ready.then(() => true)")
        whole, wide = section.evaluate(size), page.locator("#page").bounding_box()["width"]
        page.set_viewport_size({"width": 500, "height": 1500})
        until(page, "document.getElementById('page').getBoundingClientRect().width <= 500")
        assert wide > 700
        assert section.evaluate(size) == whole  # smaller, and not laid out anew
        page.screenshot(path=tmp_path / "preview-narrow.png")
        page.set_viewport_size({"width": 1100, "height": 1500})

        save(saved, text.replace("gaps(desk", "gasp(desk"))
        error.wait_for()
        playwright.expect(error).to_contain_text("Not made. Below is the last good page.")
        playwright.expect(error).to_contain_text("note.ipynb, cell 6 (under “What is not known”), line 1")
        assert brief.get_by_role("heading", name="Counted so far").is_visible()
        page.screenshot(path=tmp_path / "preview-broken.png")

        save(saved, text)
        brief.get_by_role("heading", name="What is not known").wait_for()
        error.wait_for(state="hidden")
        page.screenshot(path=tmp_path / "preview-mended.png")

        with page.expect_popup() as source:
            brief.locator("a[href^='https:']").first.click()
        source.value.close()
        brief.locator("a[href^='#source-']").first.click()
        save(saved, text.replace('slot=\\"gaps\\"', 'slot=\\"gaps\\", title=\\"Counted once more\\"'))
        brief.get_by_role("heading", name="Counted once more").wait_for()
        assert faults == []

        page.locator("#page").evaluate("frame => { frame.contentWindow.location = 'https://example.org/'; }")
        until(page, "document.getElementById('page').contentDocument === null")  # nothing can be read of it
        save(saved, text)
        brief.get_by_role("heading", name="What is not known").wait_for()
        assert not [fault for fault in faults if "Content Security Policy" not in fault]
        page.close()


def test_what_a_cell_shows_stands_by_itself_in_other_editors(browser: Any) -> None:
    """In VS Code it runs no script of ours and loads nothing, and is read in the colours of the editor."""
    desk = gallery.demo_desk()
    shown = [one.section._repr_mimebundle_()["text/html"] for one in gallery.examples()]
    shown += [one._repr_html_() for one in (desk, desk.figures(), desk.disputed_claims(), desk.frames)]
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    page = window(browser)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    for ground, ink in (("#1e1e1e", "#cccccc"), ("#ffffff", "#3b3b3b")):
        colours = f":root {{ --vscode-editor-background: {ground} }} body {{ background: {ground}; color: {ink} }}"
        page.set_content(
            f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}"><style>{colours}</style>'
            + "".join(f"<article>{one}</article>" for one in shown)
        )
        told = page.locator("article *").evaluate_all(INK)
        assert {"Casualties", "Dalbandin", "Nushki"} <= {text for text, *_ in told}
        assert [one for one in told if contrast.ratio(*one[1:]) < contrast.TEXT] == []
    assert refused == []
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
        page = window(browser)
        page.goto(f"http://127.0.0.1:{server.server_port}{_Answers.folder}page")
        found = page.evaluate("document.fonts.ready.then(all => [...all].map(one => one.family + ' ' + one.status))")
        server.shutdown()
        page.close()
    assert {"Sly error", "Source Sans 3 loaded"} <= set(found)
    assert "/api/shutdown" not in _Answers.asked
