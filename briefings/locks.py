"""Holds every numeral of a page to what it rests on, and every numeral of a print to the page. Pure."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from .languages import fold, language
from .model import Finding
from .phrasing import phrase_claim, phrase_figure

if TYPE_CHECKING:
    from .brief import Brief

_NUMERAL = re.compile(r"\d+(?:,\d{3})*")
_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
_UNSEEN = frozenset(("style", "title", "script"))
_REPEATED = ("run-left", "run-left-first", "run-mark", "run-foot")


class _Reader(HTMLParser):
    """Collects the text of a page with the reference of the element it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str, str]] = []
        self.texts: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        known = dict(attrs)
        role = next((name for name in _REPEATED if name in (known.get("class") or "").split()), "")
        above = self.open[-1] if self.open else ("", "", "")
        if tag == "thead" or above[2] == "thead":
            role = "thead"
        self.open.append((tag, known.get("data-ref") or above[1], role or above[2]))

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at][0] == tag:
                del self.open[at:]
                return

    def handle_data(self, data: str) -> None:
        if not any(tag in _UNSEEN for tag, _, _ in self.open) and data.strip():
            _, ref, role = self.open[-1] if self.open else ("", "", "")
            self.texts.append((data, ref, role))


def _numerals(text: str) -> list[str]:
    """Return the numerals of a text as English writes them, whatever digits and spaces its language sets."""
    return _NUMERAL.findall(fold(text))


def _read(html: str) -> list[tuple[str, str, str]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.texts


def lock_html(html: str, brief: Brief | None = None) -> tuple[Finding, ...]:
    """Return a `stop` finding for each numeral of the page that rests on nothing.

    With the brief, numerals that point at a figure or claim must be numerals of that very figure or claim.
    """
    found = []
    allowed = _numerals_of(brief) if brief is not None else {}
    for data, ref, _ in _read(html):
        numerals = _numerals(data)
        if not numerals:
            continue
        if not ref:
            message = f"{numerals[0]!r} in {data.strip()[:60]!r} rests on no figure, claim, dataset or date"
            found.append(_stop("LOCK_HTML", message, "the page"))
        elif brief is not None and ref.split(":")[0] in ("figure", "claim"):
            stray = [numeral for numeral in numerals if numeral not in allowed.get(ref, set())]
            if stray:
                message = f"{stray[0]!r} is printed as {ref!r}, which does not say so"
                found.append(_stop("LOCK_HTML", message, "the page"))
    return tuple(found)


def _numerals_of(brief: Brief) -> dict[str, set[str]]:
    """Return the numerals each figure and claim of the brief may print."""
    allowed: dict[str, set[str]] = {}
    tongue = language(brief.masthead.language)
    for section in brief.sections:
        for figure in section.figures:
            numerals = {*_numerals(phrase_figure(figure, tongue)), *_numerals(figure.formula)}
            if figure.best is not None:
                numerals.add(f"{figure.best:,}")
            allowed[f"figure:{figure.id}"] = numerals
        for claim in section.claims:
            allowed[f"claim:{claim.id}"] = set(_numerals(phrase_claim(claim, tongue)))
    return allowed


def lock_pdf(pdf_text: str, html: str) -> tuple[Finding, ...]:
    """Return a `stop` finding for each numeral of the print that the page does not have.

    `pdf_text` has its pages parted by form feeds. Running heads and table heads may repeat on every page, and
    each page may give its number and how many there are; nothing else may come more often than on the page.
    """
    pages = pdf_text.split("\f")
    allowed: Counter[str] = Counter()
    for data, _, role in _read(html):
        times = len(pages) if role else 1
        for numeral in _numerals(data):
            allowed[numeral] += times
    for number in range(1, len(pages) + 1):
        allowed[str(number)] += 1
        allowed[str(len(pages))] += 1
    printed: Counter[str] = Counter(numeral for page in pages for numeral in _numerals(page))
    return tuple(
        _stop(
            "LOCK_PDF",
            f"{numeral!r} is printed {count} times; the page has it {allowed[numeral]} times",
            "the PDF",
        )
        for numeral, count in sorted(printed.items())
        if count > allowed[numeral]
    )


def _stop(code: str, message: str, where: str) -> Finding:
    return Finding(level="stop", code=code, message=message, where=where)
