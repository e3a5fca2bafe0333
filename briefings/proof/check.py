"""Reads a brief as a doubtful colleague would; `stop` findings keep it from being filed. Pure.

It is read before anything is laid out; `locks` holds the page to its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from ..core.languages import language
from ..layout.likelihood import Yardstick, yardstick
from ..model import Figure, Finding
from ..page import words
from ..reconciling.phrasing import phrase_amount, phrase_claim
from ..sections import (
    Chart,
    Cite,
    ClaimRef,
    Computed,
    Datum,
    Day,
    FigureRef,
    Items,
    Name,
    Prose,
    Quote,
    Section,
    Sources,
    Table,
    Text,
    Tiles,
    Timeline,
    runs_of,
)

if TYPE_CHECKING:
    from ..notebook.brief import Brief

Level = Literal["stop", "warn", "note"]

LOADED: dict[str, str] = {
    r"(?<![-‑])terroris(?:t|ts|m)\b": "armed men, gunmen, militants as the source labels them",
    r"neutrali[sz](?:ed|es|ing|e)\b": "killed",
    r"eliminat(?:ed|es|ing|e)\b": "killed",
    r"sent to hell\b": "killed",
    r"martyr(?:s|ed|dom)?\b|shahadat\b|shaheed\b": "killed",
    r"jawans?\b": "soldiers",
    r"fitna[ -]al[ -]\w+": "the name the group gives itself, or the quotation",
    r"(?:foreign|indian|pakistani|iranian|russian|western)[ -](?:prox(?:y|ies)|sponsored)\b": "the allegation",
    r"saniti[sz](?:ed|ation|ing)\b": "search operation",
    r"foiled\b": "stopped, according to …",
    r"heinous\b|cowardly\b|barbaric\b|dastardly\b": "the act, described",
    r"fidayeen\b": "suicide attackers",
    r"occupied\b|occupying\b": "the place by its official name",
    r"liberated?\b|liberation of\b": "taken, captured",
    r"executed\b": "shot dead, killed",
    r"miscreants?\b": "armed men",
}
"""Words that take a side, and what to write instead; inside quotation marks and names they stay as they are."""

_LOADED = {re.compile(rf"\b(?:{term})", re.IGNORECASE): instead for term, instead in LOADED.items()}
OUTLOOK = "outlook"
"""Slot in which an analyst judges what is to come, by the rules of such judgements."""
_PRIVATE = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}|\+\d[\d ()-]{7,}\d|\b0\d{2,4}[- ]\d{6,8}\b", re.IGNORECASE)

BOTTOM_LINE_WORDS, ITEM_WORDS, TILES = 70, 35, (3, 6)
"""Most words of the bottom line and of one bullet, and how many tiles fit a strip."""
_ENDINGS = frozenset(["کا", "کی", "کے", "کو", "نے", "سے", "میں", "پر", "تک"])
"""What Urdu writes as words of their own where other languages have endings or word order: it is counted as neither."""


_WORDY = {"fr": 1.3}
"""How many times the words a language takes to say what English says: its articles and prepositions are apart."""


def bottom_line_words(code: str) -> int:
    """Return how many words the bottom line has at most in a language."""
    return round(BOTTOM_LINE_WORDS * _WORDY.get(code, 1))


# ── the brief ───────────────────────────────────────────────────────────────────────────────────────


def check(brief: Brief) -> tuple[Finding, ...]:
    """Return what is wrong with a brief before it is laid out, `stop` findings first."""
    found: list[Finding] = []
    likely = yardstick(language(brief.masthead.language).code)
    for section in brief.sections:
        where = f"section {section.slot!r}"
        found += _loaded(section, where)
        found += _attribution(section, where)
        found += _citations(section, where)
        found += _figures(section, where)
        found += _measure(section, likely, brief.masthead.language, where)
        found += _outlook(section, likely, where) if section.slot == OUTLOOK else ()
        if isinstance(section.body, Chart):
            found += _chart(section.body, where)
            found += _counts(section, section.body, where)
    found += _undrawn(brief.sections)
    found += _agreement(brief.sections)
    found += _private(brief.sections)
    order = {"stop": 0, "warn": 1, "note": 2}
    return tuple(sorted(found, key=lambda finding: order[finding.level]))


def check_pages(brief: Brief, pages: int) -> tuple[Finding, ...]:
    """Return a finding where the print is longer than the type of brief allows."""
    if pages <= brief.page_budget:
        return ()
    message = f"the brief has {pages} pages; its type allows {brief.page_budget}"
    return (_finding("stop", "PAGE_BUDGET", message, "brief.toml"),)


def _finding(level: Level, code: str, message: str, where: str) -> Finding:
    return Finding(level=level, code=code, message=message, where=where)


def _loaded(section: Section, where: str) -> Iterator[Finding]:
    """Find words that take a side, outside quotation marks and names."""
    ours = [run.text for run in runs_of(section.body) if isinstance(run, Text)]
    if isinstance(section.body, Tiles):
        ours += [tile.label for tile in section.body.tiles]
    if isinstance(section.body, Table):
        ours += [column.label for column in section.body.columns]
    ours += [section.title, getattr(section.body, "empty", "")]
    for text in ours:
        for word, instead in loaded(text):
            message = f"{word.group(0)!r} takes a side; write {instead}, or quote who said it"
            yield _finding("stop", "LOADED_TERM", message, where)


def loaded(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each word of a text that takes a side, and what to write instead."""
    for pattern, instead in _LOADED.items():
        yield from ((match, instead) for match in pattern.finditer(text))


def _units(body: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield each statement of a body that must say whose it is: paragraph, bullet, timeline entry, table row."""
    if isinstance(body, Prose):
        yield from ((f"paragraph {n}", runs) for n, runs in enumerate(body.paragraphs, 1))
    if isinstance(body, Items):
        yield from ((f"bullet {n}", item.runs) for n, item in enumerate(body.items, 1))
    if isinstance(body, Timeline):
        yield from ((f"entry {n}", entry.runs) for n, entry in enumerate(body.entries, 1))
    if isinstance(body, Table):
        for n, row in enumerate(body.rows, 1):
            yield f"row {n}", tuple(run for cell in row.cells for run in cell)


def _attribution(section: Section, where: str) -> Iterator[Finding]:
    """Require that a statement with a number cites a document, and say so where it names nobody."""
    figures = {figure.id: figure for figure in section.figures}
    for place, runs in _units(section.body):
        numbers = [run for run in runs if isinstance(run, ClaimRef) or _reports(run, figures)]
        quotes = [run for run in runs if isinstance(run, Quote)]
        cited = any(isinstance(run, Cite) and run.documents for run in runs) or bool(quotes)
        if numbers and not cited:
            message = f"{place} gives a number and cites no source"
            yield _finding("stop", "ATTRIBUTION", message, where)
        elif numbers and not quotes and not any(isinstance(run, Name) for run in runs):
            plain = " ".join(run.text for run in runs if isinstance(run, Text)).lower()
            if not re.search(r"\b(?:said|says|claim|report|confirm|according|stated?|gives?|count)", plain):
                yield _finding("warn", "ATTRIBUTION", f"{place} gives a number and names no one who says it", where)


def _reports(run: Any, figures: dict[str, Figure]) -> bool:
    return isinstance(run, FigureRef) and figures[run.figure].status != "not_reported"


def _citations(section: Section, where: str) -> Iterator[Finding]:
    """Require that every document cited is described, so that it can stand in the list of sources."""
    described = {source.document for source in section.documents}
    if isinstance(section.body, Sources):
        described |= {source.document for source in section.body.sources}
    for run in runs_of(section.body):
        cited = run.documents if isinstance(run, Cite) else (run.document,) if isinstance(run, Quote) else ()
        for document in cited:
            if document not in described:
                message = f"document {document!r} is cited and not described"
                yield _finding("stop", "CITATION", message, where)


def _figures(section: Section, where: str) -> Iterator[Finding]:
    """Hold figures and tiles to the rules a reader relies on."""
    figures = {figure.id: figure for figure in section.figures}
    for figure in section.figures:
        name = f"{words.GROUPS[figure.group]} {words.OUTCOMES[figure.outcome]}"
        if figure.status == "not_reported" and (figure.low is not None or figure.high is not None):
            yield _finding("stop", "NOT_REPORTED", f"{name}: not reported, and yet a number", where)
        verified = figure.best_rule == "independently_verified"  # its word alone is enough: it is no party's
        if figure.best is not None and len(set(figure.sides)) == 1 and not verified:
            message = f"{name}: a single best number from one side ({figure.sides[0]})"
            yield _finding("stop", "ONE_SIDED_BEST", message, where)
        if figure.low is not None and figure.high is not None and figure.high < figure.low:
            yield _finding("stop", "RANGE", f"{name}: the range ends below its start", where)
        for sum_ in figure.computations:
            if sum(sum_.terms) != sum_.value:
                yield _finding("stop", "COMPUTED", f"{name}: {sum_.formula} is not its sum", where)
    if isinstance(section.body, Tiles):
        for tile in section.body.tiles:
            if not tile.claimants and figures[tile.figure].status != "not_reported":
                yield _finding("stop", "TILE_CLAIMANT", f"tile {tile.label!r} does not say who claims it", where)
        fewest, most = TILES
        if not fewest <= len(section.body.tiles) <= most:
            message = f"{len(section.body.tiles)} tiles; a strip holds {fewest} to {most}"
            yield _finding("warn", "TILES", message, where)


def _undrawn(sections: Iterable[Section]) -> Iterator[Finding]:
    """Name in one finding the charts that have nothing to draw: a quiet day has several."""
    left_out = [one for one in sections if isinstance(one.body, Chart) and not _draws(one.body)]
    if left_out:
        titles = ", ".join(f"“{one.title or one.slot}”" for one in left_out)
        yield _finding("note", "CHART_EMPTY", f"left out, as there is nothing to draw: {titles}", "charts")


def _draws(chart: Chart) -> bool:
    return bool(chart.bars or chart.spans or chart.lines or chart.marks)


def _chart(chart: Chart, where: str) -> Iterator[Finding]:
    if not _draws(chart):
        return
    if not chart.message:
        yield _finding("warn", "CHART_MESSAGE", "the chart does not say what it shows", where)
    if not chart.source and not chart.dataset:
        yield _finding("stop", "CHART_SOURCE", "the chart has no source", where)
    if chart.chart == "months" and chart.bars and len(chart.bars) < 12:
        yield _finding("note", "CHART_MONTHS", f"the chart shows {len(chart.bars)} months; twelve make a year", where)


def _counts(section: Section, chart: Chart, where: str) -> Iterator[Finding]:
    """Require that a chart draws what the claims it points at say."""
    claims = {claim.id: claim for claim in section.claims}
    for count in chart.counts:
        claim = claims.get(count.claim.claim) if count.claim else None
        if claim and (claim.low, claim.high, claim.modifier) != (count.low, count.high, count.modifier):
            message = f"the chart draws {phrase_amount(count)!r} for a claim that says {phrase_claim(claim)!r}"
            yield _finding("stop", "CHART_COUNT", message, where)


def _measure(section: Section, likely: Yardstick, code: str, where: str) -> Iterator[Finding]:
    """Note what is longer than its place on the page, and mixed scales of likelihood and confidence."""
    body = section.body
    if isinstance(body, Prose) and section.slot == "bottom_line":
        count = sum(length(paragraph) for paragraph in body.paragraphs)
        if count > (most := bottom_line_words(code)):
            message = f"{count} words; a bottom line has at most {most}"
            yield _finding("warn", "LENGTH", message, where)
    if isinstance(body, Items) and section.slot == "developments":
        for n, item in enumerate(body.items, 1):
            if length(item.runs) > ITEM_WORDS:
                message = f"bullet {n} has {length(item.runs)} words; at most {ITEM_WORDS} are read"
                yield _finding("note", "LENGTH", message, where)
    for place, runs in _units(body):
        plain = " ".join(run.text for run in runs if isinstance(run, Text))
        for sentence in re.split(r"(?<=[.!?؟۔])\s", plain):
            if likely.terms(sentence) and likely.confident(sentence):
                message = f"{place} mixes a likelihood and a confidence in one sentence"
                yield _finding("stop" if section.slot == OUTLOOK else "warn", "LIKELIHOOD", message, where)


def _outlook(section: Section, likely: Yardstick, where: str) -> Iterator[Finding]:
    """Hold a judgement to its craft: words of one scale of likelihood, no hedges, its confidence apart."""
    paragraphs = [" ".join(run.text for run in runs if isinstance(run, Text)) for _, runs in _units(section.body)]
    plain = " ".join(paragraphs)
    if not plain.strip():
        return
    for hedge in likely.hedged(plain):
        message = f"{hedge!r} hedges without saying how likely; use a word of a scale, such as {likely.unlikely!r}"
        yield _finding("stop", "HEDGE", message, where)
    terms = likely.terms(plain)
    if not terms:
        message = f"the outlook does not say how likely it is; use a word of a scale, such as {likely.unlikely!r}"
        yield _finding("stop", "LIKELIHOOD", message, where)
    elif not likely.one_scale(terms):
        message = f"{', '.join(sorted(terms))} are words of several scales; keep to one"
        yield _finding("stop", "LIKELIHOOD", message, where)
    if not likely.confident(plain):
        yield _finding("stop", "CONFIDENCE", "the outlook does not say how confident the analyst is", where)


def length(runs: Sequence[Any]) -> int:
    """Count words as they print; a figure or a day counts as one."""
    texts = (run.text for run in runs if isinstance(run, Text | Name | Quote))
    said = (word for text in texts for word in text.split() if word not in _ENDINGS)
    return sum(any(map(str.isalnum, word)) for word in said) + sum(
        1 for run in runs if isinstance(run, FigureRef | ClaimRef | Datum | Computed | Day)
    )


def _agreement(sections: Iterable[Section]) -> Iterator[Finding]:
    """Require that one figure says the same wherever it is placed."""
    seen: dict[str, tuple[Figure, str]] = {}
    for section in sections:
        for figure in section.figures:
            first, where = seen.setdefault(figure.id, (figure, section.slot))
            if (first.text, first.low, first.high, first.status) != (
                figure.text, figure.low, figure.high, figure.status
            ):  # fmt: skip
                message = f"one figure reads {first.text!r} in {where!r} and {figure.text!r} here"
                yield _finding("stop", "DISAGREEMENT", message, f"section {section.slot!r}")


def _private(sections: Iterable[Section]) -> Iterator[Finding]:
    """Find addresses and telephone numbers, which never belong on the page."""
    for section in sections:
        for run in runs_of(section.body):
            if isinstance(run, Text | Name | Quote) and _PRIVATE.search(run.text):
                message = "an address or telephone number stands in the text"
                yield _finding("stop", "PRIVATE", message, f"section {section.slot!r}")
