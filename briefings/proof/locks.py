"""Holds every numeral of a page to the brief it tells, and every numeral of a text to the page. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ..charts import charts
from ..charts.drawing import Palette
from ..core.languages import language
from ..maps import maps
from ..model import Finding
from ..sections import Chart, Map, Section, Sources
from . import numerals, recital, vouched
from .counted import people_counted
from .numerals import Picture, Reader, Told
from .recital import Token, Unit
from .vouched import Vouched

if TYPE_CHECKING:
    from ..notebook.brief import Brief

_LICENCE = re.compile(r"\bCC BY(?:-[A-Z]{2})* \d\.\d\b")
"""The name of a licence, which data must be printed with."""

_DESTINATION = re.compile(r"\]\(<([^<>]*)>")
"""Where a link of Markdown leads; words of a text cannot look like that, for their brackets are escaped."""

_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{1,6})\s?|\\(.)", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CONTENT = re.compile(r"\b(?:content|quotes|symbols)\s*:\s*([^;}]*)", re.IGNORECASE)
_GENERATED = re.compile(r"\bcounters?\(|\bvar\(", re.IGNORECASE)
_ORDERED = ("figure", "claim", "datum", "computed")
"""References whose numerals come in the order of the brief, wherever they stand outside pictures."""
_DATED = ("cite", "date", "moment")
"""Those of which that holds within sections alone: a masthead has days, and a list of sources numbers, of its own."""
_COUNTED_BY = (*_ORDERED, "range")
"""References that are looked up even in a chart that was drawn again alike, for both drawings may be wrong."""


# ── a page ──────────────────────────────────────────────────────────────────────────────────────────


def lock_html(html: str, brief: Brief | None = None) -> tuple[Finding, ...]:
    """Return a `stop` finding for each numeral of the page that rests on nothing.

    With the brief, each numeral must be one that its very figure, claim, row of a dataset, computation, day, name or
    quotation has; must stand in the paragraph, item, row or tile that tells it; and charts must say what their data
    say, in labels, axes and alternative text. So must the title of the page, and what is only read out.
    """
    page = numerals.read(html)
    found = [*_resting(page)]
    if brief is not None:
        known = vouched.vouched(brief)
        redrawn, drawn = _pictures(page, brief)
        found += [*drawn, *_vouched(page, known, redrawn), *_spoken(page, known), *_in_order(page, brief)]
    return tuple(dict.fromkeys(found))


def _resting(page: Reader) -> Iterator[Finding]:
    """Find numerals that point at nothing, and people counted in words that do."""
    for told in page.texts:
        counted = "" if told.ref else people_counted(told.text)
        if counted:
            yield _stop("LOCK_WORDS", f"{counted!r} counts people and rests on no figure or claim", "the page")
        found = _numerals(told)
        if found and not told.ref:
            message = f"{found[0]!r} in {told.text.strip()[:60]!r} rests on no figure, claim, dataset or date"
            yield _stop("LOCK_HTML", message, "the page")


def _vouched(page: Reader, known: Vouched, redrawn: list[Picture]) -> Iterator[Finding]:
    """Find numerals that what they point at does not have."""
    for told in page.texts:
        found = _numerals(told)
        kind = told.ref.partition(":")[0]
        if not found or not told.ref or (kind not in _COUNTED_BY and any(told.picture is one for one in redrawn)):
            continue
        if not known.has(told.text, found, told.ref):
            message = f"{found[0]!r} in {told.text.strip()[:60]!r} is printed as {told.ref!r}, which does not say so"
            yield _stop("LOCK_HTML", message, "the page")


def _numerals(told: Told) -> list[str]:
    return numerals.numerals(_LICENCE.sub("", told.text))


def _spoken(page: Reader, known: Vouched) -> Iterator[Finding]:
    """Find numerals of the title and the description of the page, or read out with it, that the brief does not have."""
    for text in page.about:
        if beyond := [one for one in numerals.numerals(text) if one not in known.head]:
            message = f"{beyond[0]!r} in {text.strip()[:60]!r}, which the page says of itself, is not of its masthead"
            yield _stop("LOCK_HTML", message, "the head of the page")
    for text in page.spoken:
        if numerals.numerals(text) and not known.words(text):
            message = f"{text.strip()[:60]!r} is read out or shown beside the page, and the brief has no such words"
            yield _stop("LOCK_HTML", message, "the page")


# ── pictures ────────────────────────────────────────────────────────────────────────────────────────


def _pictures(page: Reader, brief: Brief) -> tuple[list[Picture], list[Finding]]:
    """Return the pictures that say what the data of their section say, and what is wrong with the others."""
    sections: dict[str, list[Section]] = {}
    for section in brief.sections:
        sections.setdefault(section.slot, []).append(section)
    sound, found = [], []
    for picture in page.pictures:
        bodies = [section.body for section in sections.get(picture.part, ())]
        if any(isinstance(body, Chart) and picture.texts == _redrawn(body, picture, brief) for body in bodies):
            sound.append(picture)
        elif "map" in picture.classes:
            tongue = language(brief.masthead.language)
            alts = [numerals.plain(maps.alt(body, tongue)) for body in bodies if isinstance(body, Map)]
            if picture.texts[0][0] not in alts:
                found.append(_stop("LOCK_CHART", "the map is told in other words than its places give", picture.part))
        elif "chart" in picture.classes:
            drawn = [text for body in bodies if isinstance(body, Chart) for text in _redrawn(body, picture, brief)]
            other = next((text for text, _ in picture.texts if text not in {one for one, _ in drawn}), "its order")
            message = f"the chart says {other[:60]!r}, which its data do not give it to say there"
            found.append(_stop("LOCK_CHART", message, f"section {picture.part!r}"))
    return sound, found


def _redrawn(body: Chart, picture: Picture, brief: Brief) -> list[tuple[str, str]]:
    """Return the words of a chart, as wide as a picture of it, as its data give them."""
    try:
        wide = float(picture.width.removesuffix("pt"))
    except ValueError:
        return []
    tongue = language(brief.masthead.language)
    again = numerals.read(str(charts.svg(body, Palette(measure=wide), tongue)))
    return again.pictures[0].texts if again.pictures else []


# ── the order of the brief ──────────────────────────────────────────────────────────────────────────


def _in_order(page: Reader, brief: Brief) -> Iterator[Finding]:
    """Find numerals told in a row, item or tile that has no such numeral left, however right they are elsewhere."""
    told_by = recital.told_by(brief)
    listed = {section.slot for section in brief.sections if isinstance(section.body, Sources)}
    for (part, _), told in _told(page, told_by, listed).items():
        units = told_by[part] if part else [unit for units in told_by.values() for unit in units]
        for ref, numeral in dict.fromkeys(recital.stray(units, told)):
            message = f"{numeral!r} is printed as {ref!r} where the brief does not say it, or says it no more"
            yield _stop("LOCK_ORDER", message, f"section {part!r}" if part else "the page")


def _told(page: Reader, parts: dict[str, list[Unit]], listed: set[str]) -> dict[tuple[str, bool], list[Token]]:
    """Return the numerals of each part of a page outside its pictures, and of what it holds once more, in order."""
    found: dict[tuple[str, bool], list[Token]] = {}
    for told in page.texts:
        part = told.part if told.part in parts else ""
        kind = told.ref.partition(":")[0]
        ordered = kind in _ORDERED or (kind in _DATED and part and part not in listed)
        if told.picture is None and ordered:
            ref = kind if kind in _DATED else told.ref
            found.setdefault((part, told.again), []).extend((ref, one) for one in _numerals(told))
    return found


# ── what is made from a page ────────────────────────────────────────────────────────────────────────


def lock_style(html: str) -> tuple[Finding, ...]:
    """Return a `stop` finding for each style of a page for screens that would print a numeral of its own.

    What a browser shows can be read back from nothing; a PDF can, and has its own lock.
    """
    sheet = _ESCAPED.sub(_unescaped, _COMMENT.sub("", "\n".join(numerals.read(html).styles)))
    stray = [one.strip() for one in _CONTENT.findall(sheet) if numerals.numerals(one) or _GENERATED.search(one)]
    return tuple(_stop("LOCK_STYLE", f"style prints {one[:60]!r}", "the style sheet") for one in dict.fromkeys(stray))


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if 0 < code < 0x110000 else ""


def lock_text(text: str, html: str, where: str) -> tuple[Finding, ...]:
    """Return a `stop` finding for each numeral of a text made from a page that differs from the page's, in its order.

    Pictures are told by their alternative text. Addresses in Markdown must lead where the page leads.
    """
    page = numerals.read(html)
    links = _DESTINATION.findall(text)
    stray = [f"an address the page does not have, {one[:60]!r}," for one in links if one not in page.addresses]
    roles = ("", "thead", numerals.TOLD)
    told = [one for words in page.texts if words.role in roles for one in numerals.numerals(words.text)]
    own = numerals.numerals(_DESTINATION.sub("](", text))
    steps = [] if own == told else SequenceMatcher(None, told, own, autojunk=False).get_opcodes()
    for kind, start, end, first, last in steps:
        if kind != "equal":
            stray.append(f"{' '.join(own[first:last])!r} for the page's {' '.join(told[start:end])!r}")
    return tuple(_stop("LOCK_TEXT", f"it has {one} where the page is told", where) for one in stray)


def lock_annex(text: str, brief: Brief) -> tuple[Finding, ...]:
    """Return a `stop` finding for each line of a brief in words that has a numeral the brief does not say there.

    Each line is one statement, and statements come in the order of the brief; what is not told is passed over.
    """
    said, found = list(recital.statements(brief)), []
    at = 0
    for number, line in enumerate(text.splitlines(), 1):
        told = Counter(numerals.numerals(line))
        ahead = next((ahead for ahead in range(at, len(said)) if told <= said[ahead]), None) if told else at
        if ahead is None:
            stray = next(iter(told - (said[at] if at < len(said) else Counter())), next(iter(told)))
            message = f"it has {stray!r} in {line[:60]!r}, which the brief does not say there"
            found.append(_stop("LOCK_ANNEX", message, f"the annex, line {number}"))
        else:
            at = ahead + bool(told)
    return tuple(found)


def _stop(code: str, message: str, where: str) -> Finding:
    return Finding(level="stop", code=code, message=message, where=where)
