"""Words in printed pictures are whole: joined, turned and kerned as in any other text."""

from __future__ import annotations

import io
import logging

import pikepdf
import pytest

from briefings.printing.shaping import draw_words_whole

FONT = "Noto Sans Arabic, DejaVu Sans, sans-serif"


def glyphs(text: str, **attributes: str) -> list[bytes]:
    """Return how a text in a picture is shown, one entry for each time the pen is set down."""
    import weasyprint

    draw_words_whole()
    more = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="40pt"><text y="20" font-family="{FONT}"{more}>'
    )
    printed = weasyprint.HTML(string=f"{svg}{text}</text></svg>").write_pdf(uncompressed_pdf=True)
    with pikepdf.open(io.BytesIO(printed)) as document:
        page = document.pages[0]
        streams = [page.Contents.read_bytes()]
        if "/XObject" in page.Resources:
            streams += [one.read_bytes() for one in page.Resources.XObject.values()]
    return [line for stream in streams for line in stream.splitlines() if line.endswith((b"Tj", b"TJ"))]


def test_a_word_is_set_down_once() -> None:
    """Not once for each of its letters; so letters join, and readers and searches find a word."""
    assert len(glyphs("Ministry")) == 1
    assert len(glyphs("وزارة")) == 1
    assert len(glyphs("Ministry", text_anchor="end")) == 1


def test_letters_that_are_spread_on_purpose_stay_apart() -> None:
    """What asks for letters one by one gets them."""
    assert len(glyphs("Ministry", letter_spacing="2")) == 8


def test_no_picture_is_lost(caplog: pytest.LogCaptureFixture) -> None:
    """The engine only logs a picture it could not draw; it has no cause to."""
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        assert glyphs("1,234 <tspan>people</tspan>")
    assert not caplog.records
