"""The form of a brief's parameters in JupyterLab, as somebody at a browser uses it; nothing was built for it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from test_browser import WAIT, browser, lab, pytestmark  # noqa: F401 -- a browser and JupyterLab, as the tests of editing have them

from briefings import notebook_files
from briefings.config import Workspace
from briefings.edition import collect


def test_a_value_is_checked_as_it_is_typed_and_goes_to_the_desk(
    browser: Any,  # noqa: F811 -- the fixture itself
    demo: Workspace,
    tmp_path: Path,
) -> None:
    """What is wrong stands beneath it at once; once it is right, the next cell opens the desk for it."""
    pytest.importorskip("ipywidgets", reason="ipywidgets is an extra and not installed")
    root = Path(shutil.copytree(demo.root, tmp_path / "workspace"))
    collect(root)
    file = notebook_files.read(root / "notebooks" / "casualties.ipynb")
    at = next(at for at, cell in enumerate(file.cells) if cell["id"] == "desk")
    file.data["cells"][at:] = []
    file.insert(
        at,
        notebook_files.code("form", "chosen = briefings.form(brief)\nchosen"),
        notebook_files.code("desk", "chosen.desk().period.days"),
    )
    file.write()
    with lab(root, tmp_path) as home:
        page = browser.new_page(viewport={"width": 1300, "height": 1200})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(home.replace("/notebooks?", "/notebooks/casualties.ipynb?"))
        page.get_by_text("Python 3 | Idle").wait_for(timeout=WAIT)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
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
