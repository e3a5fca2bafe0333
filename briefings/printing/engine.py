"""How the layout engine is spoken to: what it may fetch, what it says, and the style sheets it reads."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

_BASE = "about:blank"
_NOTDEF = re.compile(r"\(U\+([0-9A-F]{4,6})\)")


def fetcher() -> Any:
    """Return a fetcher that knows `data:` and nothing else: no network, no files, no redirects, no proxies."""
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url[:5].lower() == "data:" or len(url) > 14_000_000:
                raise ValueError("a page may not fetch anything")
            return super().fetch(url, headers)

    return Nothing(allowed_protocols=("data",), allow_redirects=False)


def listen(outcome: dict[str, Any]) -> None:
    """Keep what the layout engine says: characters without a glyph, and its first complaints."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if message.startswith(".notdef"):
                outcome["missing"] += [int(code, 16) for code in _NOTDEF.findall(message)]
            elif len(outcome["warnings"]) < 20:
                outcome["warnings"].append(message[:300])

    logger = logging.getLogger("weasyprint")
    logger.handlers = [Listener()]
    logger.setLevel(logging.WARNING)
    logging.getLogger("fontTools").setLevel(logging.ERROR)


# ── style sheets ────────────────────────────────────────────────────────────────────────────────────


def undressed(html: str) -> tuple[str, str]:
    """Return a page without its style sheet, and that; one of several says more or less than others, and stays."""
    before, begun, rest = html.partition("<style>")
    css, ended, after = rest.partition("</style>")
    alone = begun and ended and "<style" not in before and "<style" not in after and "<link" not in html
    return (before + after, css) if alone else (html, "")


@lru_cache(maxsize=2)
def sheets(css: str) -> tuple[Any, list[Any], list[str]]:
    """Return the fonts and style sheets of a page, read once for all its layouts, and what was complained of.

    The part of it that came with this program, most of it, is read once for all pages.
    """
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    before, shipped, after = css.partition(shipped_css())
    read = [shipped_sheet() if one == shipped_css() else _sheet(one, fonts) for one in (before, shipped, after) if one]
    return fonts, [sheet for sheet, _ in read], [said for _, complaints in read for said in complaints]


@lru_cache(maxsize=1)
def shipped_css() -> str:
    """Return the style sheet of the page that came with this program."""
    from ..layout.themes import SHARED, shipped_templates

    return (shipped_templates() / SHARED / "page.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def shipped_sheet() -> tuple[Any, list[str]]:
    """Return that style sheet, read, and what was complained of; it names no fonts, colours or files of its own."""
    return _sheet(shipped_css(), None)


def _sheet(css: str, fonts: Any) -> tuple[Any, list[str]]:
    from weasyprint import CSS

    said: dict[str, Any] = {"missing": [], "warnings": []}
    listen(said)
    return CSS(string=css, base_url=_BASE, url_fetcher=fetcher(), font_config=fonts), said["warnings"]
