"""What the press must bear: pages as long as a year, printed, sealed and proof-read like any other."""

from __future__ import annotations

import io
from pathlib import Path

import invented
import pikepdf
import pytest

from briefings.layout import render, themes
from briefings.making import press
from briefings.printing import pdf, seals

pytestmark = pytest.mark.slow


def test_a_brief_with_bookmarks_without_end_is_sealed_and_verified() -> None:
    """Bookmarks are one chain, each leading to the next: that of a long brief is followed to its end."""
    heads = "".join(f"<h2>Place {n}</h2>" for n in range(600))
    given = invented.brief().masthead
    made = pdf.print_pdf(
        f"<!DOCTYPE html><html lang=en><title>t</title><h1>Places</h1>{heads}",
        pdf.About("t", "a", "en", invented.AS_OF, seals.stamp(given)),
    )
    assert seals.examine(made).whole
    with pikepdf.open(io.BytesIO(made)) as document:
        document.Root.Outlines.Last.Last.Title = pikepdf.String("Elsewhere")
        document.save(changed := io.BytesIO())
    assert seals.examine(changed.getvalue()).changed == ("tags, bookmarks or actions",)


def test_an_edition_marked_as_superseded_still_says_who_reviewed_it(tmp_path: Path) -> None:
    """Its mark takes nothing from it: whoever signed for its figures stays named beside them."""
    folder = tmp_path / "haro" / "2026-03-15-1"
    folder.mkdir(parents=True)
    brief = invented.brief()
    head = brief.masthead.model_copy(update={"state": "reviewed", "reviewed_by": "A. Reader"})
    (folder / "sections.json").write_text(brief.model_dump_json(), encoding="utf-8")
    theme = themes.load_theme("plain")
    reviewed = brief.model_copy(update={"masthead": head})
    printed = press.print_brief(reviewed, render.render(reviewed, theme=theme), ())
    (folder / press.REVIEWED).write_bytes(printed)
    assert press.answering(folder) == {"reviewed_by": "A. Reader", "released_by": ""}
    head = head.model_copy(update={"state": "superseded", "superseded_by": "haro-2"})
    page = render.render(brief.model_copy(update={"masthead": head}), theme=theme)
    assert "Reviewed by" in page
    assert "A. Reader" in page


def test_who_reviewed_is_nobody_where_nothing_was_approved(tmp_path: Path) -> None:
    """A draft that is superseded names who prepared it."""
    assert press.answering(tmp_path) == {"reviewed_by": "", "released_by": ""}
    (tmp_path / press.REVIEWED).write_bytes(b"not a print")
    assert press.answering(tmp_path) == {"reviewed_by": "", "released_by": ""}
