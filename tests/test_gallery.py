"""The gallery: every builder, called as it says, over the demo."""

from __future__ import annotations

import re
from html import unescape

import pytest

from briefings import builders
from briefings.authoring import gallery
from briefings.layout.contents import has_content
from briefings.making.scaffold import shipped
from briefings.notebook.brief import load_type

pytestmark = pytest.mark.slow


def test_every_builder_has_an_example_that_runs() -> None:
    """Each example is the section its code makes, in the order of a daily page, and shows more than a title."""
    made = {one.name: one for one in gallery.examples()}
    assert sorted(made) == sorted(builders.__all__)
    assert list(made)[:3] == ["bottom_line", "key_figures", "developments"]
    assert [name for name, one in made.items() if not has_content(one.section)] == []
    assert [name for name, one in made.items() if not one.about.endswith(".")] == []
    assert [name for name, one in made.items() if not one.code.startswith(f"{name}(desk")] == []


def test_the_page_offers_each_example_it_shows() -> None:
    """A button names the example whose code stands above it, with its import."""
    page = gallery.page()
    offered = re.findall(r'data-example="([^"]+)"', page)
    shown = [unescape(one) for one in re.findall(r"<article[^>]*>.*?<pre>(.*?)</pre>", page, re.S)]
    assert [f"from briefings.builders import {one}\n\n" for one in offered] == [
        one[: one.index("\n\n") + 2] for one in shown
    ]
    assert 'from briefings.builders import timeline\n\ntimeline(desk, slot="timeline")' in shown
    assert "<script>" not in page


def test_an_example_is_for_a_slot_that_no_cell_fills_yet() -> None:
    """Its own, else another of its kind, else a new one that the code says how to declare."""
    daily = load_type(shipped("templates") / "daily")
    assert gallery.code_for("casualty_table", daily, ()).endswith('casualty_table(desk, slot="casualties")')
    assert gallery.code_for("casualty_table", daily, ["casualties"]).endswith('(desk, slot="competing")')
    tables = [one.name for one in daily.slots if one.kind == "table"]
    new = gallery.code_for("casualty_table", daily, tables)
    assert new.endswith(
        '[slots.more_casualties] with kind = "table" below it.\ncasualty_table(desk, slot="more_casualties")'
    )
    for name in builders.__all__:
        compile(gallery.code_for(name, daily, [one.name for one in daily.slots]), name, "exec")
