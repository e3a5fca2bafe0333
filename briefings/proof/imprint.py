"""Holds every numeral of a finished PDF, seen, heard or told by programs, to the page it was printed from. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING

import pikepdf

from ..model import Finding
from . import marked
from .numerals import AGAIN, RUNNING, TOLD, Reader, numerals, read
from .opened import opened
from .vouched import head_of

if TYPE_CHECKING:
    from ..notebook.brief import Brief

_BLOCKS = ("P", "LI", "LBody", "TD", "TH", "Caption", "Figure", "H1", "H2", "H3", "H4", "H5", "H6", "Div")
"""Tags within which a script that runs from the right may turn the order of numerals."""
_SEEN = ("", "svg", AGAIN, f"{AGAIN} svg")
"""Roles of words that are printed in their place, once more where the template says so."""
_SAID = re.compile(rb"<(?:dc:title|dc:description|dc:creator|dc:subject|pdf:Keywords)\b.*?</", re.DOTALL)
_BY_BLANK = re.compile(r"\d[\u202f\u00a0]\d{3}(?!\d)")
_NAMED = ("/Title", "/Author", "/Subject", "/Keywords")

Printed = tuple[str, int, int]
"""A numeral, its page, and the number of the block it stands in."""


def lock_print(pdf: bytes, html: str, brief: Brief | None = None) -> tuple[Finding, ...]:
    """Return a `stop` finding for each numeral that the finished PDF has and the page does not have in that place.

    Body text must give the page's numerals in the page's order; a table's head may come again where the table goes on;
    and of running heads each page has one set, with its own number and how many pages there are. Bookmarks say what
    headings say, pictures are told as on the page, links are told by where they lead, and the file says of itself only
    what the page says of itself, or with the brief its masthead.
    """
    page = read(html)
    head = frozenset() if brief is None else head_of(brief)
    with opened(pdf) as document:
        found = marked.read(pdf)
        stray = [
            *((one, f"the PDF, page {number}") for one, number in _printed(found, page)),
            *((one, "the bookmarks of the PDF") for one in _bookmarks(document, page)),
            *((one, "the pictures of the PDF, as they are told") for one in _pictures(document, found, page)),
            *((one, "the links of the PDF, as they are told") for one in _links(document, page)),
            *((one, "what the PDF says of itself") for one in _about(document, page, head)),
        ]
    return tuple(_stop(numeral, where) for numeral, where in dict.fromkeys(stray))


def _stop(numeral: str, where: str) -> Finding:
    message = f"{numeral!r} is printed where the page has no such numeral"
    return Finding(level="stop", code="LOCK_PRINT", message=message, where=where)


# ── what is seen ────────────────────────────────────────────────────────────────────────────────────


def _printed(found: marked.Marked, page: Reader) -> Iterator[tuple[str, int]]:
    """Yield numerals of the pages that the page they were printed from does not have there."""
    read = _reader(page)
    told = [one for words in page.texts if words.role in _SEEN for one in read(words.text)]
    heads = {one for words in page.texts if words.role == "thead" for one in read(words.text)}
    yield from _inserted(told, list(_body(found.tree, read)), rightward=page.direction == "rtl")
    for element in found.tree.walk():
        if element.kind == "THead":
            again = ((one, piece.page) for piece in element.read() for one in read(piece.text))
            yield from ((one, number) for one, number in again if one not in heads)
    yield from ((one, piece.page) for piece in found.loose() for one in read(piece.text))
    yield from _strange(found, page, read)


def _reader(page: Reader) -> Callable[[str], list[str]]:
    """Return what finds the numerals of words seen: by their groups, where the page sets thousands apart by a blank.

    A font without a narrow blank of its own draws it as any other, and the file says of all of them what the first was.
    """
    blank = any(_BY_BLANK.search(words.text) for words in page.texts)
    return _groups if blank else numerals


def _groups(text: str) -> list[str]:
    """Return the numerals of a text, each group of thousands by itself."""
    return [group for one in numerals(text) for group in one.split(",")]


def _body(tree: marked.Element, read: Callable[[str], list[str]]) -> Iterator[Printed]:
    """Yield the numerals of the page in reading order, heads of tables left out, with the block each stands in."""
    block = 0

    def within(element: marked.Element, own: int) -> Iterator[Printed]:
        nonlocal block
        if element.kind == "THead":
            return
        if element.kind in _BLOCKS and own == 0:
            block += 1
            own = block
        yield from ((one, piece.page, own) for piece in element.pieces for one in read(piece.text))
        for inner in element.inside:
            yield from within(inner, 0 if inner.kind in _BLOCKS and element.kind != "Figure" else own)

    yield from within(tree, 0)


def _inserted(told: Sequence[str], printed: Sequence[Printed], *, rightward: bool) -> Iterator[tuple[str, int]]:
    """Yield what is printed and not told in that order, or in that block where a script may turn the order."""
    own = [numeral for numeral, _, _ in printed]
    if own == list(told) or (rightward and _turned(told, printed)):
        return
    for kind, _, _, start, end in SequenceMatcher(None, told, own, autojunk=False).get_opcodes():
        if kind in ("insert", "replace"):
            yield from ((numeral, number) for numeral, number, _ in printed[start:end])


def _turned(told: Sequence[str], printed: Sequence[Printed]) -> bool:
    """Say whether every block has the numerals that come next, in whatever order."""
    at = 0
    for _, block in groupby(printed, key=lambda one: one[2]):
        own = [numeral for numeral, _, _ in block]
        if sorted(own) != sorted(told[at : at + len(own)]):
            return False
        at += len(own)
    return at == len(told)


def _strange(found: marked.Marked, page: Reader, read: Callable[[str], list[str]]) -> Iterator[tuple[str, int]]:
    """Yield numerals of running heads that are in none of those a page may have."""
    running = {
        role: Counter(one for words in page.texts if words.role == role for one in read(words.text)) for role in RUNNING
    } | {"": Counter[str]()}
    ever = running["run-foot"] + running["run-mark"] + running["run-mark"]
    for number, sheet in enumerate(found.pages, 1):
        own = Counter(one for piece in sheet.pieces if piece.apart for one in read(piece.text))
        count = Counter([str(number), str(len(found.pages))])
        over = [own - (ever + count + running[left]) for left in ("", "run-left")]
        yield from ((numeral, number) for numeral in min(over, key=Counter.total))


# ── what is heard, or told by programs ──────────────────────────────────────────────────────────────


def _bookmarks(document: pikepdf.Pdf, page: Reader) -> Iterator[str]:
    """Yield numerals of bookmarks that the headings of the page do not have in their order."""
    heads = [one for words in page.texts if words.heading for one in numerals(words.text)]
    own: list[str] = []
    waiting = list(document.open_outline().root)
    while waiting:
        item = waiting.pop(0)
        own += numerals(str(item.title))
        waiting = [*item.children, *waiting]
    yield from _beyond(heads, own)


def _pictures(document: pikepdf.Pdf, found: marked.Marked, page: Reader) -> Iterator[str]:
    """Yield numerals that pictures are told with and the page does not tell in that order; nothing else is re-told."""
    told = [one for words in page.texts if words.role == TOLD for one in numerals(words.text)]
    logos = {one for words in page.logos for one in numerals(words)}
    own = [one for element in found.tree.walk() for one in numerals(element.alt)]
    yield from (one for one in _beyond(told, own) if one not in logos)
    for holder in document.objects:
        if isinstance(holder, pikepdf.Dictionary) and ("/ActualText" in holder or "/E" in holder):
            yield from numerals(f"{holder.get('/ActualText', '')} {holder.get('/E', '')}")


def _links(document: pikepdf.Pdf, page: Reader) -> Iterator[str]:
    """Yield numerals of links told by anything but where they lead."""
    known = page.addresses | {address.removeprefix("#") for address in page.addresses}
    for sheet in document.pages:
        for link in sheet.obj.get("/Annots", []):
            words = str(link.get("/Contents", ""))
            if words not in known:
                yield from numerals(words)


def _about(document: pikepdf.Pdf, page: Reader, head: frozenset[str]) -> Iterator[str]:
    """Yield numerals of title, author, subject and keywords that neither the page's own title nor its heads have."""
    heads = (words.text for words in page.texts if words.role in RUNNING or words.heading)
    known = head.union(one for text in (*page.about, *heads) for one in numerals(text))
    said = [str(document.docinfo.get(name, "")) for name in _NAMED]
    metadata = document.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        packet = metadata.read_bytes()
        said += [re.sub("<[^>]*>?", " ", unescape(one.decode("utf-8", "replace"))) for one in _SAID.findall(packet)]
    yield from (one for text in said for one in numerals(text) if one not in known)


def _beyond(told: Sequence[str], own: Sequence[str]) -> Iterator[str]:
    """Yield what is beyond what was told, or out of its order."""
    if list(own) == list(told):
        return
    for kind, _, _, start, end in SequenceMatcher(None, told, own, autojunk=False).get_opcodes():
        if kind in ("insert", "replace"):
            yield from own[start:end]
