"""What the templates of a page ask of its language: fixed text, numbers, days, and which way a text runs. Pure."""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ..core.languages import SPAN, Language, direction, split
from ..page import words
from ..page.untrusted import clean, unwieldy
from ..reconciling.phrasing import NOT_REPORTED, phrase_claim, phrase_figure, told_terms

_DAYS = re.compile(rf"{SPAN.pattern}(?=\u00a0)")
"""Days joined by a dash, tied to their month: a line might end after the dash."""
_ENDING = re.compile(r"(?<=[^\d\s] )\S{1,16} \S{1,16}$")
"""The last two words of a text, unless they are long, or digits of a number spaced out."""
_GAP, _TAG = re.compile(r" (?![^<]*>)"), re.compile(r"<[^>]*>")
"""A space of a page's text, and a tag about it."""
_CITED = re.compile(r"\u00a0\[[^\]]*\]")
_ALONE, _TOGETHER = 16, 28
"""Letters of the longest word that is not left on a line alone, and of it with the word before it."""
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f][^\s\u0590-\u08ff]*(?: [^\s\u0590-\u08ff]+)+")
"""Two words or more that are read from the left."""
_NARROW, _KEPT = 16, 28
"""Letters of such words that stay together in a line read from the right: in the width of a tile, and in any other."""
_STRETCH = re.compile(r"(\d(?:.*\d)?)")


def of(language: Language) -> dict[str, Any]:
    """Return what a template finds under its own names: `_`, `words`, `phrase_claim`, `phrase_figure` and so on."""
    days = ("day", "short_day", "days", "window", "month", "weekday", "moment", "clock", "offset")
    return {
        "language": language,
        "_": partial(_message, language),
        "words": {name: partial(getattr(words, name), language=language) for name in days} | {"plural": words.plural},
        "phrase_claim": partial(phrase_claim, language=language),
        "phrase_figure": partial(phrase_figure, language=language),
        "told_terms": told_terms,
        "statuses": {status: language.text(word) for status, word in words.STATUSES.items()},
        "not_reported": language.text(NOT_REPORTED),
        "bracket": _STRETCH.split,
    }


def style(language: Language) -> str:
    """Return the style sheet that only the language can give: what stands at the head and foot of each page."""
    pieces = re.split(r"(\{\w+\})", language.text("Page {page} of {pages}"))
    counters = {"{page}": f"counter(page, {language.counter})", "{pages}": f"counter(pages, {language.counter})"}
    content = " ".join(counters.get(piece) or _css(piece) for piece in pieces if piece)
    before, _, after = language.text("{section} (continued)").partition("{section}")
    going = f"--before-continued: {_css(before)}; --after-continued: {_css(after)}"
    return f":root {{ --page-of-pages: {content}; {going} }}\n"


@pass_context
def number(context: Context, value: int | float) -> str:
    """Return a count as the language of the page writes it: the filter `number`."""
    language: Language = context["language"]
    return language.number(value)


@pass_context
def numerals(context: Context, value: object) -> str:
    """Return a reference, such as that of a source, in the digits of the page: the filter `numerals`."""
    language: Language = context["language"]
    return language.numerals(str(value))


@pass_context
def level(context: Context, text: str) -> str | Markup:
    """Return a text in which no range is parted, nor turned round where lines run from right to left: `level`."""
    language: Language = context["language"]
    spans, whole = SPAN, r'<bdi dir="ltr">\g<0></bdi>'
    if language.direction == "ltr":
        spans, whole = _DAYS, r'<span class="whole">\g<0></span>'
    if not spans.search(text):
        return text
    return Markup(spans.sub(whole, str(escape(clean(text)))))  # noqa: S704 -- escaped just now


@pass_context
def turned(context: Context, text: str) -> str:
    """Return the direction of a text where it is not that of the page, else nothing: the filter `turned`."""
    language: Language = context["language"]
    own = direction(text)
    return own if own and own != language.direction else ""


@pass_context
def course(context: Context, text: str) -> str:
    """Return the direction of a name where it is not that of the page, else nothing: the filter `course`.

    A name with a word of the page's, such as a post, runs as the page does whichever comes first.
    """
    language: Language = context["language"]
    ways = {direction(letter) for letter in text}
    return language.direction if {"ltr", "rtl"} <= ways else turned(context, text)


@pass_context
def kept(context: Context, text: str) -> str | Markup:
    """Return a name of which no line read from the right parts the words read from the left: the filter `kept`.

    Parted, its first words stand at the left end of one line and its last at the right of the next.
    """
    language: Language = context["language"]
    if language.direction == "ltr" or unwieldy(text) or not _LATIN.search(text):
        return text

    def held(words: re.Match[str]) -> str:
        letters = len(unescape(words[0]))
        wide = " wide" if letters > _NARROW else ""
        return f'<span class="whole{wide}">{words[0]}</span>' if letters <= _KEPT else words[0]

    return Markup(_LATIN.sub(held, str(escape(clean(text)))))  # noqa: S704 -- escaped just now


@pass_context
def quotation(context: Context, inner: Markup, text: str) -> Markup:
    """Return verbatim words between the marks of the page's language: the filter `quotation`.

    Words that run the other way keep their marks with them, wherever their lines break; marks that have no mirror
    image then change sides, so that they look as they do about words of the page.
    """
    language: Language = context["language"]
    turn = turned(context, text)
    before, after = language.quotation_marks(turned=bool(turn))
    if not turn:
        return escape(before) + inner + escape(after)
    return Markup('<bdi dir="{}">{}{}{}</bdi>').format(turn, before, inner, after)


def ended(text: str) -> str | Markup:
    """Return verbatim words of which the last does not stand on a line alone: the filter `ended`."""
    text = clean(text)
    ending = _ENDING.search(text)
    if not ending or unwieldy(text):
        return text
    return Markup('{}<span class="whole">{}</span>').format(text[: ending.start()], ending[0])


def closed(told: Markup, least: int = 0) -> Markup:
    """Return a paragraph of which the last word does not stand on a line alone: the filter `closed`.

    One of fewer letters than `least` stays as it is; so do words of others, letter by letter: `ended` keeps theirs
    together.
    """
    gaps = [gap.start() for gap in _GAP.finditer(told)]
    if len(gaps) < 2 or len(_bare(told)) < least:
        return told
    before, last = (_CITED.sub("", _bare(told[at:])) for at in gaps[-2:])
    quoted = told.rfind("<q", 0, gaps[-1]) > told.rfind("</q>", 0, gaps[-1])
    if quoted or len(last) > _ALONE or len(before) > _TOGETHER or re.search(r"\u00a0\w", last):
        return told
    return told[: gaps[-1]] + Markup("\u00a0") + told[gaps[-1] + 1 :]


def _bare(told: Markup) -> str:
    """Return the words of a stretch of a page, without its tags."""
    return unescape(_TAG.sub("", told)).strip(" ")


def _message(language: Language, message: str, /, **places: Any) -> Markup:
    """Return a message with its places filled, each escaped unless a template made it."""
    parts = split(language.text(message), places)
    return Markup("").join(part if isinstance(part, Markup) else escape(clean(str(part))) for part in parts)


def _css(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
