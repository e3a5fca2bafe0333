"""Holds every numeral of a page to what it rests on, and every numeral of a print to the page. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from . import marked
from .languages import fold, language
from .markdown import destination
from .model import Finding
from .phrasing import phrase_claim, phrase_figure
from .sections import Computed, Datum, runs_of
from .untrusted import clean

if TYPE_CHECKING:
    from .brief import Brief

_NUMERAL = re.compile(r"\d+(?:,\d{3})*|[²³¹¼-¾⁰-⁹₀-₉⅐-↉①-⓿❶-➓㉈-㊉㊱-㊿]")
_LICENCE = re.compile(r"\bCC BY(?:-[A-Z]{2})* \d\.\d\b")
"""The name of a licence, which data must be printed with."""

_DESTINATION = re.compile(r"\]\(<([^<>]*)>")
"""Where a link of Markdown leads; words of a text cannot look like that, for their brackets are escaped."""

_COUNT = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\\w+)?|dozens?|scores|hundreds?|thousands?"
)
_PEOPLE = (
    "people|persons|civilians|soldiers|troops|police|officers|guards|militants|fighters|gunmen|insurgents|attackers"
    "|men|women|children|workers|passengers|victims|bodies|hostages|killed|dead|deaths|injured|wounded|missing"
    "|abducted|detained|displaced"
)
_COUNTED = re.compile(rf"\b(?:{_COUNT})\s+(?:of\s+)?(?:\w+\s+){{0,2}}(?:{_PEOPLE})\b", re.IGNORECASE)
"""People counted in words, as in "nine of the dead": a number no lock on digits would see."""

_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
_UNSEEN = frozenset(("style", "title", "script"))
_TOLD, _AGAIN = "told", "again"
"""Roles of a picture's alternative text, and of what a page for screens holds once more for narrow ones."""
_REPEATED = ("run-left", "run-left-first", "run-mark", "run-foot")


class _Reader(HTMLParser):
    """Collects the text of a page with the reference of the element it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str, str]] = []
        self.texts: list[tuple[str, str, str]] = []
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        known = dict(attrs)
        self.addresses.add(destination(known.get("href") or ""))
        role = next((name for name in _REPEATED if name in (known.get("class") or "").split()), "")
        above = self.open[-1] if self.open else ("", "", "")
        if tag in ("thead", "svg") or above[2] in ("thead", "svg"):
            role = above[2] if above[2] in ("thead", "svg") else tag
        if tag == "title" and above[2] == "svg":
            role = _TOLD
        if "data-again" in known or above[2].startswith(_AGAIN):
            role = f"{_AGAIN} {role or above[2].removeprefix(_AGAIN).strip()}"
        self.open.append((tag, known.get("data-ref") or above[1], role or above[2]))

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at][0] == tag:
                del self.open[at:]
                return

    def handle_data(self, data: str) -> None:
        _, ref, role = self.open[-1] if self.open else ("", "", "")
        unseen = any(tag in _UNSEEN and not told.endswith(_TOLD) for tag, _, told in self.open)
        if data.strip() and not unseen:
            self.texts.append((data, ref, role))


def _numerals(text: str) -> list[str]:
    """Return the numerals of a text as English writes them, whatever digits and spaces its language sets."""
    return _NUMERAL.findall(fold(text))


def _reader(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _read(html: str) -> list[tuple[str, str, str]]:
    return _reader(html).texts


def lock_html(html: str, brief: Brief | None = None) -> tuple[Finding, ...]:
    """Return a `stop` finding for each numeral of the page that rests on nothing.

    With the brief, numerals that point at a figure, claim, dataset or computation must be numerals of that very one,
    and those that point at a date, name, title, quotation or identifier must be found in one of the brief's.
    """
    found = []
    allowed = _numerals_of(brief) if brief is not None else {}
    written = _Written.of(brief, allowed) if brief is not None else None
    for data, ref, role in _read(html):
        counted = "" if ref else _COUNTED.search(data)
        if counted:
            message = f"{counted[0]!r} counts people and rests on no figure or claim"
            found.append(_stop("LOCK_WORDS", message, "the page"))
        numerals = _numerals(_LICENCE.sub("", data))
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
        elif written is not None and not written.has(data, numerals, ref, drawn=role.endswith("svg")):
            message = f"{numerals[0]!r} in {data.strip()[:60]!r} is printed as {ref!r}, and the brief has no such thing"
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


_WORDED = ("name", "title", "quote", "dataset", "method", "host", "id")
"""References to words of the brief itself: the numerals in them are numerals of its own strings."""


_DIGEST = re.compile(r"[0-9a-f]{16,}")


@dataclass(frozen=True)
class _Written:
    """What a brief itself says in strings, days and counts, whatever its sections are."""

    strings: tuple[str, ...]
    digests: tuple[str, ...]
    numerals: frozenset[str]
    integers: frozenset[str]
    days: frozenset[str]
    years: tuple[int, int]
    counts: Mapping[str, frozenset[str]]
    sources: int
    told: frozenset[str]

    @classmethod
    def of(cls, brief: Brief, allowed: Mapping[str, set[str]]) -> _Written:
        """Gather it from every field of the brief; `allowed` is what its figures and claims may print."""
        held = list(_values(brief.model_dump()))
        every = {_plain(one) for one in held if isinstance(one, str)}
        digests = tuple(one for one in every if _DIGEST.fullmatch(one))
        strings = tuple(every - set(digests))
        days = [one for one in held if isinstance(one, date)]
        head = brief.masthead
        zone = ZoneInfo(head.timezone)
        days += [one.astimezone(zone) for one in days if isinstance(one, datetime) and one.tzinfo]
        counts: dict[str, set[str]] = {}
        for run in (run for section in brief.sections for run in runs_of(section.body)):
            if isinstance(run, Datum):
                counts.setdefault(f"datum:{run.ref}", set()).update(_numerals(f"{run.value:,}"))
            elif isinstance(run, Computed):
                counts.setdefault(f"computed:{run.formula}", set()).update(_numerals(f"{run.value:,} {run.formula}"))
        numerals = {numeral for one in strings for numeral in _numerals(one)}
        numerals |= {str(head.number or ""), str(head.version)}
        years = [one.year for one in days]
        integers = {f"{one:,}" for one in held if isinstance(one, int)}
        parts = {part for one in days for part in _parts(one)}
        told = (*counts.values(), *allowed.values(), numerals, integers, parts)
        return cls(
            strings=strings,
            digests=digests,
            numerals=frozenset(numerals),
            integers=frozenset(integers),
            days=frozenset(parts),
            years=(min(years), max(years)),
            counts={ref: frozenset(known) for ref, known in counts.items()},
            sources=len({one.document for section in brief.sections for one in section.documents}) + len(strings),
            told=frozenset().union(*told),
        )

    def has(self, data: str, numerals: Sequence[str], ref: str, *, drawn: bool) -> bool:
        """Say whether text that points at `ref` says what the brief has of that kind; `drawn` is text of a picture."""
        kind = ref.partition(":")[0]
        if kind in ("datum", "computed"):
            return drawn or set(numerals) <= self.counts.get(ref, frozenset())
        if kind == "alt":
            return set(numerals) <= self.told
        if kind == "range":
            return set(numerals) <= self.integers
        if kind == "cite":
            return all(numeral.isdecimal() and 0 < int(numeral) <= self.sources for numeral in numerals)
        if kind in ("date", "moment"):
            known = self.days | self.numerals
            return all(numeral in known or (drawn and self._dated(numeral)) for numeral in numerals)
        if kind == "id" and len(data.strip()) >= 8 and any(one.startswith(data.strip()) for one in self.digests):
            return True
        if kind in _WORDED:
            return set(numerals) <= self.numerals or any(_plain(data) in one for one in self.strings)
        return False

    def _dated(self, numeral: str) -> bool:
        """Say whether a numeral on the scale of a picture can be of a day: its marks stand between the days given."""
        first, last = self.years
        return numeral.isdecimal() and (int(numeral) <= 31 or first - 1 <= int(numeral) <= last + 1)


def _values(given: Any) -> Iterator[Any]:
    """Yield every value that is not a collection, however deep it stands."""
    if isinstance(given, Mapping):
        for one in given.values():
            yield from _values(one)
    elif isinstance(given, list | tuple | set | frozenset):
        for one in given:
            yield from _values(one)
    else:
        yield given


def _plain(text: str) -> str:
    """Return text as it can be compared, however it was typeset and whatever its digits are."""
    return " ".join(fold(clean(text)).replace("’", "'").split())


def _parts(day: date) -> Iterator[str]:
    """Yield the numerals a day or an instant may be written with."""
    yield from (str(day.day), f"{day.day:02d}", str(day.month), f"{day.month:02d}", str(day.year))
    if isinstance(day, datetime):
        yield from (f"{day.hour:02d}", f"{day.minute:02d}")
        seconds = int(abs((day.utcoffset() or timedelta()).total_seconds()))
        yield from (f"{seconds // 3600:02d}", f"{seconds % 3600 // 60:02d}")


def lock_text(text: str, html: str, where: str) -> tuple[Finding, ...]:
    """Return a `stop` finding for each numeral of a text made from a page that differs from the page's, in its order.

    Pictures are told by their alternative text. Addresses in Markdown must lead where the page leads.
    """
    reader = _reader(html)
    links = _DESTINATION.findall(text)
    stray = [f"an address the page does not have, {one[:60]!r}," for one in links if one not in reader.addresses]
    roles = ("", "thead", _TOLD)
    page = [one for data, _, role in reader.texts if role in roles for one in _numerals(data)]
    own = _numerals(_DESTINATION.sub("](", text))
    for kind, start, end, first, last in SequenceMatcher(None, page, own, autojunk=False).get_opcodes():
        if kind != "equal":
            stray.append(f"{' '.join(own[first:last])!r} for the page's {' '.join(page[start:end])!r}")
    return tuple(_stop("LOCK_TEXT", f"it has {one} where the page is told", where) for one in stray)


def lock_print(pdf: bytes, html: str) -> tuple[Finding, ...]:
    """Return a `stop` finding for each numeral that the finished PDF has and the page does not have in that place.

    Body text must give the page's numerals in the page's order; a table's head may come again where the table goes on;
    and of running heads each page has one set, with its own number and how many pages there are.
    """
    read = marked.read(pdf)
    texts = _read(html)
    told = [one for data, _, role in texts if role in ("", "svg") for one in _numerals(data)]
    heads = {one for data, _, role in texts if role == "thead" for one in _numerals(data)}
    body = [(one, piece.page) for piece in _body(read.tree) for one in _numerals(piece.text)]
    again = [
        (one, p.page) for e in read.tree.walk() if e.kind == "THead" for p in e.read() for one in _numerals(p.text)
    ]
    stray = [*_inserted(told, body), *((one, page) for one, page in again if one not in heads), *_strange(read, texts)]
    return tuple(
        _stop("LOCK_PRINT", f"{numeral!r} is printed where the page has no such numeral", f"the PDF, page {page}")
        for numeral, page in dict.fromkeys(stray)
    )


def _body(element: marked.Element) -> Iterator[marked.Piece]:
    """Yield the text of the page in reading order, heads of tables left out."""
    if element.kind != "THead":
        yield from element.pieces
        for one in element.inside:
            yield from _body(one)


def _inserted(told: Sequence[str], printed: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield what is printed beyond what was told: in order, or at least in number where a script turns the order."""
    numerals = [numeral for numeral, _ in printed]
    if numerals == list(told):
        return
    if sorted(numerals) == sorted(told):
        return
    for kind, _, _, start, end in SequenceMatcher(None, told, numerals, autojunk=False).get_opcodes():
        if kind in ("insert", "replace"):
            yield from printed[start:end]


def _strange(read: marked.Marked, texts: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, int]]:
    """Yield numerals of running heads that are in none of those a page may have."""
    running = {
        role: Counter(one for data, _, at in texts if at == role for one in _numerals(data)) for role in _REPEATED
    }
    ever = running["run-foot"] + running["run-mark"] + running["run-mark"]
    for number, page in enumerate(read.pages, 1):
        printed = Counter(one for piece in page.pieces if piece.apart for one in _numerals(piece.text))
        count = Counter([str(number), str(len(read.pages))])
        over = [printed - (ever + count + running[left]) for left in ("run-left-first", "run-left")]
        yield from ((numeral, number) for numeral in min(over, key=Counter.total))


def _stop(code: str, message: str, where: str) -> Finding:
    return Finding(level="stop", code=code, message=message, where=where)
