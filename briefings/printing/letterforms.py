"""Has the layout engine draw each letter of a joined script as one glyph, so that words are copied as they are written.

Arabic fonts put letters together: a stroke that several of them share, dots, a place above the line in Nastaliq. A PDF
says of each glyph what it stands for, once, and readers put words together from glyphs on one line. Drawn piece by
piece, a `t` is copied as the `b` whose stroke it shares, and a word of Nastaliq falls apart into lines of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from unicodedata import category

Part = tuple[int, int, int]
"""A glyph of a font, and how far right and up of the pen it is drawn, in units of the font."""

Letter = tuple[tuple[Part, ...], int, str]
"""What a letter is drawn of, how far it takes the pen, in units of the font, and what it stands for."""

_JOINED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters of scripts that are written from the right."""

_WRITTEN = ("Lo", "Lm", "Mn")
"""Letters, and signs above and below them, as Unicode sorts them."""


def draw_letters_whole() -> None:
    """Change how the layout engine draws letters and embeds fonts, for the rest of this process; once is enough."""
    from weasyprint.draw import text
    from weasyprint.pdf.fonts import Font

    in_pieces, clean = text.draw_first_line, Font.clean
    if getattr(in_pieces, "whole", False):
        return

    def draw(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> Any:
        if text_overflow != "ellipsis" and block_ellipsis == "none" and _JOINED.search(textbox.text):
            _put_together(stream, textbox)
        return in_pieces(stream, textbox, text_overflow, block_ellipsis, matrix)

    def embed(font: Any, to_unicode: Mapping[int, str], hinting: bool) -> None:
        letters: dict[Letter, int] = getattr(font, "letters", {})
        drawn_of = {glyph: "" for parts, _, _ in letters for glyph, _, _ in parts}
        made = frozenset(letters.values())
        kept = {glyph: said for glyph, said in to_unicode.items() if glyph not in made}
        clean(font, to_unicode and {**drawn_of, **kept}, hinting)
        if letters:
            font.file_content = _with_letters(font.file_content, letters)

    draw.whole = True  # type: ignore[attr-defined]
    text.draw_first_line = draw
    Font.clean = embed


def _put_together(stream: Any, textbox: Any) -> None:
    """Have each letter of a line that is read from the right drawn as one glyph, on the line."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    layout = textbox.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # as is done before drawing: lines then stay
    said = layout.text.encode()
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        if item.item.analysis.level % 2:
            font, _ = stream.add_font(item.item.analysis.font)
            if "glyf" in font.tables and not (font.bitmap or font.png or font.svg or font.colr):
                begun = item.item.offset
                words = said[begun : begun + item.item.length]
                letters = _letters_of(font, stream)
                _put_run_together(
                    item.glyphs, words, font, letters, font.upem * FROM_UNITS / textbox.style["font_size"]
                )


def _letters_of(font: Any, stream: Any) -> dict[Letter, int]:
    """Return the letters of a font, which all its sizes share, for they share a file."""
    if not hasattr(font, "letters"):
        same = (one.letters for one in stream._fonts.values() if one.hash == font.hash and hasattr(one, "letters"))
        font.letters = next(same, {})
    found: dict[Letter, int] = font.letters
    return found


def _put_run_together(glyphs: Any, words: bytes, font: Any, letters: dict[Letter, int], scale: float) -> None:
    """Replace the pieces of each letter of a run by one glyph; `scale` is how many units of the font make one of it.

    Glyphs stand in the order of the line, their clusters are places in the words, which therefore fall: a sign of a
    letter, such as a vowel, comes before it, and is a glyph of its own.
    """
    from weasyprint.text.ffi import pango

    kept, at, end = 0, 0, len(words)
    while at < glyphs.num_glyphs:
        begun, after = glyphs.log_clusters[at], at + 1
        while after < glyphs.num_glyphs and glyphs.log_clusters[after] == begun:
            after += 1
        pieces = [glyphs.glyphs[piece] for piece in range(at, after)]
        said = words[begun:end].decode()
        drawn = all(one.glyph < pango.PANGO_GLYPH_EMPTY for one in pieces)
        if drawn and category(said[0]) in _WRITTEN:
            letter = _letter(pieces, said, scale)
            wide = sum(one.geometry.width for one in pieces)
            glyph = _glyph(letter, font, letters)
            pieces = pieces[:1]
            pieces[0].glyph = glyph
            pieces[0].geometry.width, pieces[0].geometry.x_offset, pieces[0].geometry.y_offset = wide, 0, 0
        for piece in pieces:
            glyphs.glyphs[kept] = piece
            glyphs.log_clusters[kept] = begun
            kept += 1
        at, end = after, begun
    glyphs.num_glyphs = kept


def _letter(pieces: list[Any], said: str, scale: float) -> Letter:
    """Return what the pieces of a letter make together."""
    parts, pen = [], 0
    for one in pieces:
        lies = one.geometry
        parts.append((one.glyph, round((pen + lies.x_offset) * scale), round(-lies.y_offset * scale)))
        pen += lies.width
    return tuple(parts), round(pen * scale), said


def _glyph(letter: Letter, font: Any, letters: dict[Letter, int]) -> int:
    """Return the number of the glyph that draws a letter: the font's own where that stands for nothing else."""
    parts, wide, said = letter
    glyph, across, up = parts[0]
    if len(parts) == 1 and not across and not up and font.to_unicode.setdefault(glyph, said) == said:
        return glyph
    number = letters.setdefault(letter, font.glyph_count + len(letters))
    font.widths[number] = round(wide * 1000 / font.upem)
    return number


def _with_letters(content: bytes, letters: Mapping[Letter, int]) -> bytes:
    """Return a font with a glyph for each letter, drawn of glyphs it has."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    face = TTFont(BytesIO(content), recalcTimestamp=False)
    own = face.getGlyphOrder()
    names = [*own, *(f"letter{number}" for number in range(len(own), max(letters.values()) + 1))]
    drawings, advances = face["glyf"], face["hmtx"]
    face["post"].formatType = 3.0  # without names
    face.setGlyphOrder(names)
    drawings.setGlyphOrder(names)
    for name in names[len(own) :]:
        drawings.glyphs[name] = Glyph()
        advances.metrics[name] = (0, 0)
    for (parts, wide, _), number in letters.items():
        drawing = drawings.glyphs[names[number]] = _drawing(parts, names)
        drawing.recalcBounds(drawings)
        advances.metrics[names[number]] = (wide, drawing.xMin)
    written = BytesIO()
    face.save(written)
    return written.getvalue()


def _drawing(parts: tuple[Part, ...], names: list[str]) -> Any:
    from fontTools.ttLib.tables import _g_l_y_f as outlines

    drawing = outlines.Glyph()
    drawing.numberOfContours, drawing.components = -1, []
    for glyph, across, up in parts:
        component = outlines.GlyphComponent()
        component.glyphName, component.x, component.y = names[glyph], across, up
        component.flags = outlines.ROUND_XY_TO_GRID
        drawing.components.append(component)
    return drawing
