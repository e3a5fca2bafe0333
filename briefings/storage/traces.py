"""By what a report is found: its words, where on earth its counts lie, its month, what it may be a version of. Pure.

Each is told by a short term, the same in every database. To be found is not yet to be meant: a term too many costs a
moment, one too few a report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from zlib import crc32

from ..matching.revisions import address, bare_title, notice
from ..model import Document, Reading

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return the text without accents, case and punctuation, so that spellings can be compared."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w\s,;/()]+", " ", plain.casefold()).split())


@dataclass(frozen=True)
class Sought:
    """What is sought: reports of some months that bear all terms of one of several sets."""

    any_of: frozenset[frozenset[str]]
    months: frozenset[str]


def terms(document: Document, reading: Reading | None = None) -> frozenset[str]:
    """Return the terms by which a document and what was read from it are found."""
    sites = chain.from_iterable(one.sites for one in (*reading.claims, *reading.extents)) if reading else ()
    places = {code for site in sites for code in (site.country, site.admin1, site.id) if code}
    return frozenset(
        {*map(_word, _WORD.findall(fold(f"{document.title}\n{document.text}"))), *map(_place, places)}
        | {_month(_day(document))}
        | set(_versions(document))
        | ({_term("n", document.publisher.casefold())} if notice(document) else set())
    )


def of_names(names: Iterable[str], codes: Iterable[str]) -> frozenset[frozenset[str]]:
    """Return what finds every report that names one of several names whole, or counts people in one of the places."""
    named = (frozenset(map(_word, _WORD.findall(fold(name)))) for name in names)
    return frozenset({one for one in named if one} | {frozenset({_place(code)}) for code in codes})


def of_versions(documents: Iterable[Document]) -> frozenset[frozenset[str]]:
    """Return what finds every report that may be a version of one of these, or a note of correction on it."""
    found = {term for one in documents for term in (*_versions(one), _term("n", one.publisher.casefold()))}
    return frozenset(frozenset({term}) for term in found)


def months(first: date, last: date) -> frozenset[str]:
    """Return what finds every report of a stretch of months, and those without any day."""
    found = {_month(None), _month(last)}
    while first <= last:
        found.add(_month(first))
        first = first.replace(day=28) + timedelta(days=4)
    return frozenset(found)


def _day(document: Document) -> date | None:
    instant = document.published or document.retrieved
    return document.published_on or (instant.date() if instant else None)


def _versions(document: Document) -> list[str]:
    where, title = address(document.url), bare_title(document.title)
    named = [_term("t", f"{document.publisher.casefold()}\n{title}")] if document.publisher and title else []
    filed = [_term("f", document.file)] if document.file else []
    return [*named, *filed, *([_term("u", where)] if where else [])]


def _word(word: str) -> str:
    return _term("w", word)


def _place(code: str) -> str:
    return _term("a", code)


def _month(day: date | None) -> str:
    return f"m{day:%Y%m}" if day else "m0"


def _term(kind: str, text: str) -> str:
    return f"{kind}{crc32(text.encode('utf-8', 'surrogatepass')):08x}"
