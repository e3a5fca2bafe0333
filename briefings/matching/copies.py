"""Which reports are near-identical copies of one another, and which counts they share: wire copy has one origin.

Documents are compared by the pairs of words that follow each other, without bylines, credits and datelines. What a
light rewrite or a longer tail leaves the same is a copy; a count of its own, such as a newer toll, stays its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from ..core.disjoint import Sets
from ..model import Claim, Document

ALIKE: Final = 0.5
"""Share of word pairs two texts have in common, of all they have, from which one is a copy of the other."""
CONTAINED: Final = 0.75
"""Share of the shorter one's word pairs that stand in the longer, from which it is a copy cut or added to."""
_SHORT: Final = 25
"""Word pairs below which two texts are alike by chance, and nearly all must agree."""
_SURE: Final = 0.85
_LEAD: Final = 60
"""Words of the opening, by which a report cut short is found beside the whole."""
_APART: Final = timedelta(days=3)
_MOST: Final = 40
"""Candidates one document is held against; a story with more copies is found through those."""
_PERMUTATIONS, _BANDS = 128, 32
_TOLD: Final = 40
"""Characters from which a sentence repeated word for word is no coincidence."""

_WORD: Final = re.compile(r"\w+")
_AGENCIES: Final = (
    r"Reuters|AFP|Agence France-Presse|AP|Associated Press|Xinhua|Anadolu(?: Agency)?|TASS|Interfax|EFE|DPA|dpa|"
    r"ANSA|PTI|"
    r"ANI|IANS|UPI|Kyodo(?: News)?|Yonhap|AAP|PA Media"
)
_CREDIT_LINE: Final = re.compile(
    rf"^\W*(?:(?:with )?(?:additional |further )?(?:report(?:ing|ed)|writ(?:ing|ten)|edit(?:ing|ed)|inputs?|compiled)\b"
    rf"[^\n]{{0,80}}(?:by|from)\b[^\n]{{0,160}}|by [A-Z][^\n]{{0,60}}|(?:source|credit|agenc(?:y|ies))\b[^\n]{{0,60}}|"
    rf"(?:{_AGENCIES})|(?:©|\(c\)|copyright)[^\n]{{0,120}}|all rights reserved[^\n]{{0,60}}|"
    rf"(?:published|updated|posted|last modified)\b[^\n]{{0,60}}|(?:read more|also read|follow us|"
    rf"sign up)\b[^\n]{{0,120}})\W*$",
    re.IGNORECASE,
)
_DATELINE: Final = re.compile(
    rf"^[A-Z][^\n]{{0,60}}?\((?P<agency>{_AGENCIES})\)\s*[-–—]+\s*|^[A-Z][A-Z .,'/]{{2,40}}[-–—]+\s"
)
_CREDITED: Final = re.compile(
    rf"\((?P<a>{_AGENCIES})\)\s*[-–—:]|^\W*(?:source|credit|by|agency)?\W*(?P<b>{_AGENCIES})\W*$", re.MULTILINE
)

Pairs = frozenset[tuple[str, str]]


def copies(documents: Iterable[Document]) -> dict[str, str]:
    """Map each document that is a near-identical copy of another to the first that printed it.

    Copies of copies have one origin. Nothing depends on the order of the documents; documents are compared with few
    others each, so the work grows with their number.
    """
    ordered = sorted({one.id: one for one in documents}.values(), key=_first)
    pairs = [_pairs(body(one)) for one in ordered]
    sets = Sets(len(ordered))
    for at, other in _candidates(ordered):
        near = abs(_day(ordered[at]) - _day(ordered[other])) <= _APART
        if near and sets.find(at) != sets.find(other) and alike(pairs[at], pairs[other]):
            sets.join((other, at))
    return {one.id: ordered[sets.find(at)].id for at, one in enumerate(ordered) if sets.find(at) != at}


def origins(claims: Iterable[Claim], documents: Iterable[Document]) -> dict[str, str]:
    """Map each claim that only repeats an earlier one in the same or nearly the same words to who printed it first.

    The value is the publisher, the agency that is credited, or the document where neither is known. A claim of a copy
    whose count is its own is not among them.
    """
    held = {one.id: one for one in documents}
    first = copies(held.values())
    found: dict[str, str] = {}
    known: dict[object, list[tuple[Pairs, str]]] = defaultdict(list)
    verbatim: dict[object, str] = {}
    for claim in sorted(claims, key=lambda one: _claim_order(one, held)):
        document = held.get(claim.document_id)
        own = (credit(document) if document else "") or claim.publisher or claim.document_id
        count = (claim.outcome, claim.group, claim.low, claim.high, claim.modifier)
        words = _words(claim.sentence)
        family = (first.get(claim.document_id, claim.document_id), *count)
        text = _pairs(claim.sentence)
        source = verbatim.setdefault((words, *count), own) if len(words) >= _TOLD else own
        if source == own:
            source = next((who for told, who in known[family] if _repeats(text, told)), own)
        if len(known[family]) < _MOST:
            known[family].append((text, source))
        if source != claim.publisher and source != claim.document_id:
            found[claim.id] = source
    return found


def credit(document: Document) -> str:
    """Return the news agency a report credits in its dateline, its byline or its last line, or nothing."""
    head, tail = document.text[:600], document.text[-200:]
    if named := re.fullmatch(rf"\W*(?P<agency>{_AGENCIES})\W*", document.author):
        return named["agency"]
    for text in (head, tail):
        if found := _CREDITED.search(text):
            return str(found["a"] or found["b"])
    return ""


def body(document: Document) -> str:
    """Return the text of a report without its title, credit lines and dateline."""
    title = _words(document.title)
    kept: list[str] = []
    for raw in document.text.splitlines():
        line = raw.strip()
        if not line or _CREDIT_LINE.match(line) or (title and not kept and _words(line) == title):
            continue
        kept.append(_DATELINE.sub("", line) if len(kept) < 3 else line)
    return "\n".join(kept) or document.text


def alike(one: Pairs, other: Pairs, *, short: bool = False) -> bool:
    """Say whether two texts are near-identical, or the shorter stands almost whole in the longer.

    Short texts must agree almost wholly, unless `short` says that more than their words speaks for their being one.
    """
    small = min(len(one), len(other))
    if small == 0:
        return False
    common = len(one & other)
    share, contained = common / (len(one) + len(other) - common), common / small
    if small < _SHORT and not short:
        return share >= _SURE
    return share >= ALIKE or contained >= CONTAINED


def _repeats(one: Pairs, other: Pairs) -> bool:
    """Say whether a sentence of a copy is one of its original: the texts around them are alike already."""
    common = len(one & other)
    small = min(len(one), len(other))
    return small > 0 and (common >= ALIKE * (len(one) + len(other) - common) or common >= CONTAINED * small)


def text_pairs(text: str) -> Pairs:
    """Return the pairs of neighbouring words of a text, by which texts are compared."""
    return _pairs(text)


def _candidates(documents: Sequence[Document]) -> list[tuple[int, int]]:
    """Return pairs of documents that may be alike, found by the hashes of their word pairs; the later one first."""
    from rensa import RMinHash, RMinHashLSH

    found: dict[tuple[int, int], None] = {}
    for opening in (False, True):
        index = RMinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        same: dict[tuple[str, ...], int] = {}
        for at, document in enumerate(documents):
            words = _WORD.findall(body(document).casefold())
            words = words[:_LEAD] if opening else words
            if (twin := same.setdefault(tuple(words), at)) != at:
                found.setdefault((at, twin))
                continue
            sketch = RMinHash(num_perm=_PERMUTATIONS, seed=1)
            sketch.update([" ".join(pair) for pair in pairwise(words)] or words)
            for other in sorted(index.query(sketch))[:_MOST]:
                found.setdefault((at, other))
            index.insert(at, sketch)
    return list(found)


@lru_cache(maxsize=8192)
def _pairs(text: str) -> Pairs:
    words = _WORD.findall(text.casefold())
    return frozenset(pairwise(words))


@lru_cache(maxsize=8192)
def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _day(document: Document) -> date:
    instant = document.published or document.retrieved
    return document.published_on or (instant.date() if instant else date.min)


def _first(document: Document) -> tuple[date, float, str]:
    """Sort documents by when they appeared; of one day those with an hour first, then by their id."""
    return (_day(document), _seconds(document.published), document.id)


def _seconds(instant: datetime | None) -> float:
    return instant.timestamp() if instant else float("inf")


def _claim_order(claim: Claim, held: Mapping[str, Document]) -> tuple[date, float, str, int, str]:
    document = held.get(claim.document_id)
    if document is not None:
        return (*_first(document), claim.start, claim.id)
    return (claim.stated_on or date.max, _seconds(claim.stated), claim.document_id, claim.start, claim.id)
