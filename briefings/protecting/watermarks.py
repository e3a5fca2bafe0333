"""Marks every page of a copy with its reader's name, in the margin and apart from what the page says. Pure.

The name is a strip that the printer has set in the page's own faces, so that any script is joined and turned as it
should be. On each page it is drawn as an artifact: no screen reader reads it out, and not a mark of the page is moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

from ..core.languages import language
from ..layout.themes import Theme

LONGEST = 80
"""Letters of a name that are drawn; past them it ends in an ellipsis."""

_POINTS = 72 / 25.4
_LENGTH, _HEIGHT = 180.0, 7.0
"""Millimetres of the strip: shorter than any paper is high, and no wider than the least margin leaves."""
FROM_EDGE = 5.5
"""Millimetres from the edge of the paper to the middle of the strip: printers leave the first four white."""
_MARKS = ("BMC", "BDC", "EMC", "MP", "DP")
_NAME = "/ReaderOfThisCopy"
_PLACE = "\0"
"""Where a name stands in a sentence, until it is known how it is written there."""

_STRIP = """<!DOCTYPE html>
<html lang="{tag}" dir="{direction}"><head><title>{title}</title><style>{css}
@page {{ size: {length}mm {height}mm; margin: 0; @top-left {{ content: none }} @top-right {{ content: none }}
  @bottom-left {{ content: none }} @bottom-center {{ content: none }} @bottom-right {{ content: none }} }}
html, body {{ margin: 0; padding: 0 }}
p {{ height: {height}mm; line-height: {height}mm; font: 600 9pt/{height}mm var(--data-face); color: var(--ink);
  text-align: center; white-space: nowrap; overflow: hidden }}
</style></head><body><p>{words}</p></body></html>"""


@dataclass(frozen=True)
class Words:
    """What stands in a margin: a sentence with a place for a name, in the language of the page."""

    sentence: str
    name: str
    language: str

    @property
    def plain(self) -> str:
        """Return the words as text."""
        return self.sentence.replace(_PLACE, self.name)


def for_reader(name: str, tongue: str) -> Words:
    """Return what the margin of a reader's copy says."""
    return Words(language(tongue).text("Copy for {name}", name=_PLACE), _short(name), language(tongue).tag)


def signed_by(name: str, day: date, tongue: str) -> Words:
    """Return what is seen of a signature."""
    spoken = language(tongue)
    words = spoken.text("Signed by {name}, {day}", name=_PLACE, day=spoken.day(day))
    return Words(words, _short(name), spoken.tag)


def strip(words: Words, theme: Theme) -> str:
    """Return a page that holds nothing but the words of a margin, as HTML for the printer."""
    spoken = language(words.language)
    return _STRIP.format(
        tag=spoken.tag,
        direction=spoken.direction,
        title=escape(words.plain),
        css=theme.css,
        length=_LENGTH,
        height=_HEIGHT,
        words=escape(words.sentence).replace(_PLACE, f"<bdi>{escape(words.name)}</bdi>"),
    )


def _short(name: str) -> str:
    plain = " ".join(name.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def drawn(document: pikepdf.Pdf, printed: bytes) -> Any:
    """Return a printed strip as a form of a document, which can be drawn anywhere in it."""
    with pikepdf.open(BytesIO(printed)) as source:
        return document.copy_foreign(_without_marks(source.pages[0]))


def mark(document: pikepdf.Pdf, form: Any) -> None:
    """Draw a strip into the left margin of every page, reading upwards; what is on the page stays as it is."""
    for page in document.pages:
        left, bottom, _, top = (float(one) for one in page.mediabox)
        right, up = left + (FROM_EDGE + _HEIGHT / 2) * _POINTS, (bottom + top - _LENGTH * _POINTS) / 2
        page.add_resource(form, Name.XObject, Name(_NAME), replace_existing=True)
        step = (
            "Q\n/Artifact <</Type /Pagination /Subtype /Watermark>> BDC\n"
            f"q 0 1 -1 0 {right:.3f} {up:.3f} cm {_NAME} Do Q\nEMC\n"
        )
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(step.encode("ascii"))


def _without_marks(page: pikepdf.Page) -> Any:
    """Return a printed page as a form without the marks of its tags: within an artifact, nothing can be tagged."""
    kept = [step for step in pikepdf.parse_content_stream(page) if str(step.operator) not in _MARKS]
    form = page.as_form_xobject()
    form.write(pikepdf.unparse_content_stream(kept))
    for key in ("/StructParents", "/Group"):
        if key in form:
            del form[key]
    return form
