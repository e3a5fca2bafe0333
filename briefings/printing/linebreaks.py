"""Has the layout engine let the space after a word hang over the end of a line, not break the line early.

A text that fills its line but for the space after its last word was broken after its first word instead, and so was
one that ends in a space at which no line may break.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

_UNBROKEN, _WIDE = "\u00a0\u202f", "m"
"""Spaces that hold words together, and a letter to measure with in their place: it is wider than they are."""


def let_spaces_hang() -> None:
    """Change where the layout engine breaks lines, for the rest of this process; once is enough."""
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    if getattr(line_break.split_first_line, "lets_spaces_hang", False):
        return
    better = _hanging(line_break.split_first_line)
    line_break.split_first_line = inline.split_first_line = preferred.split_first_line = better
    inline.remove_last_whitespace = _closing_up(inline.remove_last_whitespace)


def _hanging(split: Callable[..., Any]) -> Callable[..., Any]:
    """Return what breaks the first line off a text, but no line whose words fit."""

    def better(
        text: str, style: Any, context: Any, max_width: Any, spacing: Any, is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:  # fmt: skip
        found = split(text, style, context, max_width, spacing, is_line_start, minimum)
        if found[2] is not None and " " in text and text[-1] in _UNBROKEN:
            return split(text[:-1] + _WIDE, style, context, max_width, spacing, is_line_start, minimum)
        words = text.rstrip(" ")
        broken = found[2] is not None and words != text and style["white_space"] == "normal" and " " in words
        if not broken or max_width is None or "\n" in text:
            return found
        fits = split(words, style, context, max_width, spacing, is_line_start, minimum)
        if fits[2] is not None or fits[3] > max_width:
            return found
        return split(text, style, context, inf, spacing, is_line_start, minimum)

    better.lets_spaces_hang = True  # type: ignore[attr-defined]
    return better


def _closing_up(remove: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return what takes the space off the end of a line, and lets what stands to its right close up.

    In a line read from the right, words read from the left have that space on their right: taken away, it left a gap
    before what precedes them, and pushed the line over its margin by as much.
    """

    def better(context: Any, line: Any) -> None:
        wide = line.width
        remove(context, line)
        ancestors, last = [], line
        while getattr(last, "children", ()):
            ancestors.append(last)
            last = last.children[-1]
        layout = getattr(last, "pango_layout", None)
        if wide == line.width or layout is None or layout.first_line_direction % 2:
            return
        for box in ancestors:
            if box.style["direction"] == "rtl":
                for before in box.children[:-1]:
                    before.translate(dx=line.width - wide, ignore_floats=True)

    return better
