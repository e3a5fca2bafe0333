"""Has the layout engine say of words in another language which it is, so that they are read aloud as what they are.

The engine tags a page with its language alone; the words of a quotation carry theirs in the page, as `lang`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_WHOLE = ("html", "body")
"""What carries the language of the page, which the file says once for all."""


def tag_languages() -> None:
    """Change how the layout engine tags elements that have a language, for the rest of this process; once is enough."""
    from weasyprint.pdf import tags

    untold = tags._build_box_tree
    if getattr(untold, "told", False):
        return

    def build(box: Any, *given: Any) -> Iterator[Any]:
        spoken = _language(box)
        for element in untold(box, *given):
            if spoken:
                element["Lang"] = tags.pydyf.String(spoken)
            yield element

    build.told = True  # type: ignore[attr-defined]
    tags._build_box_tree = build


def _language(box: Any) -> str:
    element: Any = getattr(box, "element", None)
    return "" if element is None or element.tag in _WHOLE else str(element.get("lang") or "")
