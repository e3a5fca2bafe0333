"""Turns the settings of a look into what a page and its charts are styled by: CSS tokens and a palette. Pure."""

from __future__ import annotations

from ..charts.drawing import Palette
from ..core.looks import Look, millimetres

_BESIDE = {"float": "inline-start", "line": "-4.9mm", "below": "0"}
_ABOVE = {"float": "none", "line": "0", "below": "var(--gap-head)"}
_GAP = 4.0
"""Millimetres between a heading and the text beside it."""


def sheet(look: Look) -> str:
    """Return the style sheet of a whole look: its paper, and a token for everything it says."""
    margins, colours, fonts = look.margins, look.colours, look.fonts
    beside = look.headings == "beside"
    column = millimetres(look.head_column)
    values = {
        **{name: getattr(colours, name) for name in type(colours).model_fields},
        "text-face": _quoted(fonts.text),
        "heads-first": _quoted(fonts.heads or fonts.text),
        "data-first": _quoted(fonts.data or fonts.text),
        "others": ", ".join(map(_quoted, fonts.fallback)) or "sans-serif",
        "head-column": _mm(column if beside else 0),
        "head-width": _mm(max(column - _GAP, 0)) if beside else "auto",
        "head-pull": _mm(-column if beside else 0),
        "head-gap": _mm(_GAP if beside else 0),
        "caption-start": _mm(column if beside else 0),
        "text-end": _mm(0 if beside else column),
        **{f"head-{name}": value for name, value in (_BESIDE if beside else _ABOVE).items()},
        "page-text": _mm(look.text_width),
        "page-sides": margins.sides,
        "page-bottom": margins.bottom,
        "logo-height": look.logo_height,
    }
    tokens = "\n".join(f"  --{name}: {value};" for name, value in values.items())
    paper = {"A4": "A4", "Letter": "letter"}[look.paper]
    return (
        f"@page {{ size: {paper}; margin: {margins.top} {margins.sides} {margins.bottom} }}\n:root {{\n{tokens}\n}}\n"
    )


def palette(look: Look) -> Palette:
    """Return what charts and maps are drawn with: the colours, the faces, and the width of the column of text."""
    colours, fonts = look.colours, look.fonts
    faces = [fonts.data or fonts.text, *fonts.fallback]
    return Palette(
        ink=colours.ink,
        muted=colours.muted,
        accent=colours.accent,
        rule=colours.rule,
        paper=colours.paper,
        font=", ".join([*map(_plain, dict.fromkeys(faces)), "sans-serif"]),
        measure=look.measure,
        page=float(round(look.text_width * 72 / 25.4)),
    )


def _quoted(face: str) -> str:
    return f'"{face}"'


def _plain(face: str) -> str:
    """Return a face as an attribute of SVG lists it: bare where every word of it is one CSS may leave bare."""
    return face if all(word.isidentifier() for word in face.split()) else f"'{face}'"


def _mm(length: float) -> str:
    return f"{length:g}mm" if length else "0"
