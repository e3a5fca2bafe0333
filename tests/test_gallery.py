"""The gallery: every builder, called as it says, over the demo."""

from __future__ import annotations

import re
from html import unescape

import pytest

from briefings import builders, gallery
from briefings.contents import has_content

pytestmark = pytest.mark.slow


def test_every_builder_has_an_example_that_runs() -> None:
    """Each example is the section its code makes, in the order of a daily page, and shows more than a title."""
    made = {one.name: one for one in gallery.examples()}
    assert sorted(made) == sorted(builders.__all__)
    assert list(made)[:3] == ["bottom_line", "key_figures", "developments"]
    assert [name for name, one in made.items() if not has_content(one.section)] == []
    assert [name for name, one in made.items() if not one.about.endswith(".")] == []
    assert [name for name, one in made.items() if not one.code.startswith(f"{name}(desk")] == []


def test_the_page_offers_the_code_it_shows() -> None:
    """What a button would insert is what stands above it, with its import."""
    page = gallery.page()
    offered = [unescape(one) for one in re.findall(r'data-code="([^"]+)"', page)]
    shown = [unescape(one) for one in re.findall(r"<article[^>]*>.*?<pre>(.*?)</pre>", page, re.S)]
    assert offered == shown
    assert 'from briefings.builders import timeline\n\ntimeline(desk, slot="timeline")' in offered
    assert "<script>" not in page
