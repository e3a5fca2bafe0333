"""Has the layout engine draw words in pictures whole: letter by letter, as it would, no script is joined or turned.

The engine places each letter of a text in SVG by itself, for pictures that bend or spread their letters. Ours never
do, and Arabic letters that stand alone are as good as misspelt.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_BENT = ("rotate", "letter-spacing", "textLength")


class _Whole(str):
    """A text that counts as one letter wherever it is gone through."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


class _Word:
    """A node of a picture as it is, but for its text, which is whole."""

    def __init__(self, node: Any) -> None:
        object.__setattr__(self, "_node", node)

    def __getattr__(self, name: str) -> Any:
        return _Whole(self._node.text) if name == "text" else getattr(self._node, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._node, name, value)


def draw_words_whole() -> None:
    """Change how the layout engine draws text in SVG, for the rest of this process; once is enough."""
    from weasyprint import svg

    letter_by_letter = svg.text
    if getattr(letter_by_letter, "whole", False):
        return

    def text(picture: Any, node: Any, font_size: float) -> None:
        bent = not node.text or any(node.get(name) for name in _BENT)
        letter_by_letter(picture, node if bent else _Word(node), font_size)

    text.whole = True  # type: ignore[attr-defined]
    svg.TAGS.update({tag: text for tag, draw in svg.TAGS.items() if draw is letter_by_letter})
    svg.text = text
