"""What the press must bear: pages as long as a year, printed, sealed and proof-read like any other."""

from __future__ import annotations

import io

import invented
import pikepdf
import pytest

from briefings import pdf, seals

pytestmark = pytest.mark.slow


def test_a_brief_with_bookmarks_without_end_is_sealed_and_verified() -> None:
    """Bookmarks are one chain, each leading to the next: that of a long brief is followed to its end."""
    heads = "".join(f"<h2>Place {n}</h2>" for n in range(600))
    given = invented.brief().masthead
    made = pdf.print_pdf(
        f"<!DOCTYPE html><html lang=en><title>t</title><h1>Places</h1>{heads}",
        title="t",
        author="a",
        language="en",
        when=invented.AS_OF,
        stamp=seals.stamp(given),
    )
    assert seals.examine(made).whole
    with pikepdf.open(io.BytesIO(made)) as document:
        document.Root.Outlines.Last.Last.Title = pikepdf.String("Elsewhere")
        document.save(changed := io.BytesIO())
    assert seals.examine(changed.getvalue()).changed == ("tags, bookmarks or actions",)
