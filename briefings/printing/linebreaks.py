"""Has the layout engine let the space after a word hang over the end of a line, not break the line early.

A text that fills its line but for the space after its last word was broken after its first word instead.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any


def let_spaces_hang() -> None:
    """Change where the layout engine breaks lines, for the rest of this process; once is enough."""
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    if getattr(line_break.split_first_line, "lets_spaces_hang", False):
        return
    better = _hanging(line_break.split_first_line)
    line_break.split_first_line = inline.split_first_line = preferred.split_first_line = better


def _hanging(split: Callable[..., Any]) -> Callable[..., Any]:
    """Return what breaks the first line off a text, but no line whose words fit."""

    def better(
        text: str, style: Any, context: Any, max_width: Any, spacing: Any, is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:  # fmt: skip
        found = split(text, style, context, max_width, spacing, is_line_start, minimum)
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
