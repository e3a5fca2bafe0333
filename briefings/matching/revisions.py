"""Which report takes the place of an earlier version of itself, and which of its counts that withdraws.

The same file or address, or the same publisher, title and nearly the same text, published, retrieved or collected
later, is a new version, and so is what an outlet calls a correction of it: the newest known at an instant speaks, and a
count it no longer gives is withdrawn from then on, never doubled.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from ..lexis.lexicon import wordset
from ..model import Claim, Document, Reading
from .copies import alike, body, text_pairs

Notice = Literal["", "correction", "retraction"]

_TAGS: Final = (
    r"correct(?:ed|ion|s)|updat(?:ed?|ing)|revis(?:ed|ion)|retract(?:ed|ion)|withdrawn|withdrawal|clarification|"
    r"amended|"
    r"breaking|refile|rpt|repeat|wrapup|kill|latest"
)
_PREFIX: Final = re.compile(rf"^\W*(?:(?:{_TAGS})\b\W*\d*\W+)+", re.IGNORECASE)
_SUFFIX: Final = re.compile(rf"\W*[\[(](?:{_TAGS})[^\])]*[\])]\W*$|\s+[-–—|]\s+(?:{_TAGS})\W*$", re.IGNORECASE)
_RETRACTED: Final = re.compile(
    r"^\W*(?:retract(?:ed|ion)|withdrawn|withdrawal|kill)\b|"
    r"\b(?:this|the|our|an?) (?:\w+ )?(?:story|article|report|item|piece|dispatch|bulletin) (?:\w+ )?(?:(?:has|"
    r"had) been|was|is being|"
    r"is) (?:\w+ )?(?:retracted|withdrawn|removed|killed)\b|\b(?:retracts?|withdraws?|has withdrawn|"
    r"has retracted) (?:this|the|its|our) "
    r"(?:\w+ )?(?:story|article|report|item|piece)\b|\bplease disregard (?:the|this|our)\b",
    re.IGNORECASE | re.MULTILINE,
)
_CORRECTED: Final = re.compile(
    r"^\W*(?:correct(?:ed|ion|s)|clarification|editor['’]s note)\b|"
    r"\b(?:an?|the|our) (?:earlier|previous|original|first) (?:version|report|story|article|headline)\b|"
    r"\b(?:this|the) (?:story|article|report) (?:has been|was) (?:corrected|amended|updated to correct)\b|"
    r"\bcorrects? (?:the )?(?:number|figure|toll|death toll|name|date|location|spelling)\b",
    re.IGNORECASE | re.MULTILINE,
)
_NOTICING: Final = (
    *("correct", "retract", "withdr", "clarif", "editor", "version", "disregard", "amended", "removed"),
    *("original", "previous", "earlier", "kill:", "kill -"),
)
"""Pieces of words one of which every such note holds: looking for them first keeps opening a desk fast."""
_WRONG: Final = re.compile(
    r"\b(?:(?:earlier|previous|original|first) (?:version|report|story|article|headline)\w*|misstated|incorrectly|"
    r"wrongly|"
    r"mistakenly|erroneously|in error)\b",
    re.IGNORECASE,
)
_GIVEN: Final = re.compile(
    r"\b(?:as|at|was|were|to be|(?:said|stated|reported)(?: that)?)(?: (?:at least|about|more than))? $", re.IGNORECASE
)
_NOT: Final = re.compile(r"\b(?:not|instead of|rather than)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_TRACKING: Final = re.compile(r"^(?:utm_|fbclid|gclid|ref$|cmp$|source$|amp$|output$)", re.IGNORECASE)
_HOST: Final = re.compile(r"^(?:www|m|mobile|amp|edition)\.")
_WORD: Final = re.compile(r"\w+")
_NUMBER: Final = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?)\b", re.I
)
_DENIED: Final = re.compile(
    rf"\b(?:not|instead of|rather than)\s+(?:\w+\s+){{0,2}}?(?:{_NUMBER.pattern})(?:\s*,\s*as\b)?[^,;.]*", re.IGNORECASE
)
"""A number that is denied with what is said of it, "not 14 as first reported": the count beside it is right."""
_RELATED: Final = 0.5
"""Share of the shorter text's words that two versions at one address have in common: pages of many items have less."""
_SAME_TITLE: Final = 0.7
"""Share of the shorter title's words that a note of correction has in common with the title it is on."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_BARE: Final = 2
"""Sentences of a note of correction that does not tell its story again."""
SOON: Final = 3
"""Days after a report in which a note of correction under another title is looked for."""
_MOST: Final = 24
"""Documents at one address or under one title that a version is held against, the latest."""
_DAYS: Final = 14
"""Days within which the same title over nearly the same text is a new version, and not next month's bulletin."""


@dataclass(frozen=True)
class Settled:
    """Documents and readings with each report once, as it stood: what speaks, what it replaced, what that took back.

    `documents` speak, the newest version of each; `earlier` are the versions they replaced. `readings` hold what the
    former say, `withdrawn` the claims the latter made and that no longer stand, each with the instant in
    `Claim.withdrawn`; `why` says for each of those, by claim id, what took it back.
    """

    documents: tuple[Document, ...]
    earlier: tuple[Document, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    withdrawn: tuple[Claim, ...] = ()
    why: Mapping[str, Notice] = field(default_factory=dict)


def notice(document: Document) -> Notice:
    """Return whether a report says of itself that it corrects or takes back an earlier one."""
    return _notice(document.title, document.text[:1500], document.text[-1500:])


@lru_cache(maxsize=16384)
def _notice(title: str, opening: str, tail: str) -> Notice:
    low = f"{title} {opening} {tail}".lower()
    if not any(piece in low for piece in _NOTICING):
        return ""
    if _RETRACTED.search(f"{title}\n{opening}"):
        return "retraction"
    return "correction" if _CORRECTED.search(f"{title}\n{opening}\n{tail}") else ""


def revisions(documents: Iterable[Document], collected: Mapping[str, datetime] | None = None) -> dict[str, str]:
    """Map each document that is a new version of another to the one it takes the place of.

    `collected` says of documents, by id, when they were first found: of a file that was written over, what was found
    last is the newest. Versions whose order nothing tells, neither day, hour, retrieval, a note of correction nor that,
    are left as they are.
    """
    order = _Order(collected or {})
    held = sorted({one.id: one for one in documents}.values(), key=lambda one: (*order.of(one), one.id))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in (_by_file, _by_address, _by_title, _by_outlet):
        families: dict[object, list[Document]] = defaultdict(list)
        for one in sorted(held, key=order.found) if key is _by_file else held:
            if (name := key(one)) is None:
                continue
            open_ends = families[name]
            if one.id not in found and (older := _replaced(one, open_ends, key, order)):
                found[one.id] = older.id
                taken.add(older.id)
                open_ends.remove(older)
            if one.id not in taken:
                open_ends.append(one)
                del open_ends[:-_MOST]
    return found


def settle(
    documents: Iterable[Document],
    readings: Mapping[str, Reading] | None = None,
    *,
    as_of: datetime | None = None,
    collected: Mapping[str, datetime] | None = None,
) -> Settled:
    """Return each report once, in the version that stood at `as_of`, with what earlier versions said and no longer do.

    A count that a version repeats keeps the time it was first stated; one that is new in it was stated when it
    appeared. A report that is taken back says nothing, nor do the versions before it.
    """
    held = {one.id: one for one in documents}
    former = revisions(held.values(), collected)
    since = {newer: _appeared(held[newer], held[older]) for newer, older in former.items()}
    known = {key: at for key, at in since.items() if as_of is None or at is None or at <= as_of}
    given = {
        key: one for key, one in (readings or {}).items() if key in held and key not in since.keys() - known.keys()
    }
    replaced = {former[key]: key for key in known}
    speaking: list[Document] = []
    withdrawn: list[Claim] = []
    why: dict[str, Notice] = {}
    for last in held.values():
        if last.id in replaced or last.id in since.keys() - known.keys():
            continue
        speaking.append(last.model_copy(update={"revises": former[last.id]}) if last.id in known else last)
        chain = _chain(last.id, former, known)
        if len(chain) > 1 or notice(last):
            _settle_chain([held[key] for key in chain], known, given, withdrawn, why)
    return Settled(
        documents=tuple(speaking),
        earlier=tuple(held[key] for key in held if key in replaced),
        readings={key: one for key, one in given.items() if key not in replaced},
        withdrawn=tuple(withdrawn),
        why=why,
    )


# ── one report through its versions ─────────────────────────────────────────────────────────────────


def _chain(last: str, former: Mapping[str, str], known: Mapping[str, object]) -> list[str]:
    """Return the versions of a report, the oldest first."""
    chain = [last]
    while chain[-1] in known and former[chain[-1]] not in chain:
        chain.append(former[chain[-1]])
    return chain[::-1]


def _settle_chain(
    versions: list[Document],
    since: Mapping[str, datetime | None],
    readings: dict[str, Reading],
    withdrawn: list[Claim],
    why: dict[str, Notice],
) -> None:
    """Write into `readings` what the last version says, and into `withdrawn` what the others said and it does not."""
    live: dict[tuple[object, ...], Claim] = {}
    for version in versions:
        reading = readings.get(version.id)
        said = notice(version)
        at = since.get(version.id)
        new = {} if said == "retraction" or reading is None else _standing(reading.claims, version)
        for key, old in live.items():
            if key not in new:
                withdrawn.append(old.model_copy(update={"withdrawn": at or start_of(version)}))
                why[old.id] = said or "correction"
        live = {key: _first_stated(claim, live.get(key), at) for key, claim in new.items()}
        if reading is not None and version is versions[-1]:
            kept = {one.id: one for one in live.values()}
            whole = {"claims": tuple(kept[one.id] for one in reading.claims if one.id in kept)}
            readings[version.id] = (
                Reading(document_id=version.id) if said == "retraction" else reading.model_copy(update=whole)
            )


def _first_stated(claim: Claim, before: Claim | None, at: datetime | None) -> Claim:
    if before is not None:
        return claim.model_copy(update={"stated": before.stated, "stated_on": before.stated_on})
    return claim if at is None else claim.model_copy(update={"stated": at})


def _standing(claims: Iterable[Claim], document: Document) -> dict[tuple[object, ...], Claim]:
    """Return the claims a version makes, without those its own note of correction calls wrong."""
    claims = list(claims)
    if notice(document):
        body_counts = {_count(one) for one in claims if not _WRONG.search(one.sentence)}
        claims = [one for one in claims if not called_wrong(one, document) or _count(one) in body_counts]
    found: dict[tuple[object, ...], Claim] = {}
    times: Counter[tuple[object, ...]] = Counter()
    for one in claims:
        key = _said(one)
        times[key] += 1
        found[(*key, times[key])] = one
    return found


def called_wrong(claim: Claim, document: Document) -> bool:
    """Say whether a note of correction gives this count as the earlier version's: "misstated the toll as 15"."""
    if follows_not(document.text, claim.start):
        return True
    return bool(_WRONG.search(_DENIED.sub(" ", claim.sentence)))


def follows_not(text: str, at: int) -> bool:
    """Say whether what stands at a place is denied by a word before it: "five, not seven", "instead of seven"."""
    return bool(_NOT.search(text[max(0, at - 40) : at]))


def gives_wrongly(sentence: str, at: int) -> bool:
    """Say whether a sentence tells of a number, and gives it at a place, as wrong: "wrongly gave the dead as 15"."""
    return bool(_WRONG.search(sentence) and _GIVEN.search(sentence[:at]))


def _count(claim: Claim) -> tuple[object, ...]:
    return (claim.outcome, claim.low, claim.high)


def _said(claim: Claim) -> tuple[object, ...]:
    """Return what makes two claims of two versions the same: who says how many of whom, of when."""
    who = (claim.claimant or "").casefold()
    return (
        claim.outcome,
        claim.group,
        claim.low,
        claim.high,
        claim.modifier,
        who,
        claim.date_from,
        claim.date_to,
        claim.scope,
    )


# ── which report revises which ──────────────────────────────────────────────────────────────────────


def _by_file(document: Document) -> object | None:
    return document.file or None


def _by_address(document: Document) -> object | None:
    return address(document.url) or None


def _by_title(document: Document) -> object | None:
    title = bare_title(document.title)
    return (document.publisher.casefold(), title) if document.publisher and len(title.split()) > 2 else None


def _by_outlet(document: Document) -> object | None:
    return document.publisher.casefold() or None


_Key = Callable[[Document], object | None]


def _replaced(newer: Document, older: list[Document], key: _Key, order: _Order) -> Document | None:
    """Return the latest of the earlier documents, none of them replaced yet, that `newer` is a version of."""
    if key is _by_outlet and not notice(newer):
        return None
    for other in reversed(older):
        if order.before(other, newer, found=key is _by_file) and _versions(other, newer, key):
            return other
    return None


def _versions(older: Document, newer: Document, key: _Key) -> bool:
    if key is _by_outlet:
        soon = (day_of(newer) - day_of(older)).days <= SOON
        return soon and _same_matter(older, newer) and not _only_amends(newer, older)
    if key in (_by_file, _by_address):
        titles = bare_title(older.title), bare_title(newer.title)
        alike_named = titles[0] == titles[1] != "" and (key is _by_address or day_of(older) == day_of(newer))
        return alike_named or notice(newer) == "retraction" or _related(older, newer)
    near = abs((day_of(newer) - day_of(older)).days) <= _DAYS
    if newer.url and older.url and address(newer.url).split("/")[0] != address(older.url).split("/")[0]:
        return False
    return near and (
        notice(newer) == "retraction" or alike(text_pairs(body(older)), text_pairs(body(newer)), short=True)
    )


def _only_amends(document: Document, older: Document) -> bool:
    """Say whether a note of correction sets a number right, in a sentence or two or not in the words of the report.

    It is no new version of the report it is on, whose other counts stand: it does not tell that story again.
    """
    told = [one for one in _SENTENCE.split(document.text.removeprefix(document.title).strip()) if one]
    return (
        notice(document) == "correction"
        and (len(told) <= _BARE or not _related(older, document))
        and any(
            follows_not(one, number.start()) or gives_wrongly(one, number.start())
            for one in told
            for number in _NUMBER.finditer(one)
        )
    )


def _same_matter(older: Document, newer: Document) -> bool:
    """Say whether a note of correction or withdrawal under a title of its own is on this report of the same outlet."""
    one, other = (set(bare_title(each.title).split()) - _SMALL for each in (older, newer))
    return len(one & other) > 1 and len(one & other) >= _SAME_TITLE * min(len(one), len(other))


def _related(older: Document, newer: Document) -> bool:
    """Say whether two texts at one address are of one matter, and not two items of a page of many."""
    one, other = (set(_WORD.findall(_NUMBER.sub(" ", body(each)).casefold())) - _SMALL for each in (older, newer))
    return bool(one and other) and len(one & other) >= _RELATED * min(len(one), len(other))


_SMALL: Final = wordset(
    """the a an of in on at to for and or by with from as is are was were be been has have had it its that this which
    who people person killed injured wounded dead least after when during near said say says others another"""
)


def address(url: str) -> str:
    """Return an address as addresses are compared: no scheme, "www.", tracking, fragment or last slash."""
    if not url:
        return ""
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.match(key)]
    path = re.sub(r"(?:/amp)?/*$", "", parts.path)
    if not path and not query:
        return ""
    return _HOST.sub("", parts.netloc.lower()) + path + (f"?{urlencode(sorted(query))}" if query else "")


def bare_title(title: str) -> str:
    """Return a title as titles are compared: without numbers and marks such as "UPDATE 2-", "(corrected)"."""
    bare = _SUFFIX.sub("", _PREFIX.sub("", title))
    return " ".join(_WORD.findall(_NUMBER.sub(" ", bare).casefold()))


# ── order in time ───────────────────────────────────────────────────────────────────────────────────


def day_of(document: Document) -> date:
    """Return the day of a report: that it was published on, else retrieved on."""
    instant = document.published or document.retrieved
    return document.published_on or (instant.date() if instant else date.min)


@dataclass(frozen=True)
class _Order:
    """The order of versions in time, as far as anything tells it; `collected` as in `revisions`."""

    collected: Mapping[str, datetime]

    def of(self, document: Document) -> tuple[date, float, float, bool, float]:
        """Return what reports are ordered by: what they say of themselves before when somebody found them."""
        said = (day_of(document), _seconds(document.published), _seconds(document.retrieved))
        return (*said, bool(notice(document)), self.found(document))

    def before(self, older: Document, newer: Document, *, found: bool) -> bool:
        """Say whether a document is older than another, or where that is asked was `found` before it."""
        return self.found(older) < self.found(newer) if found else self.of(older) < self.of(newer)

    def found(self, document: Document) -> float:
        """Return when a document was first found, in seconds."""
        return _seconds(self.collected.get(document.id))


def _seconds(instant: datetime | None) -> float:
    return instant.timestamp() if instant else 0.0


def _appeared(newer: Document, older: Document) -> datetime | None:
    """Return the instant from which a version stood: published later or retrieved later; else `None`, for always."""
    if newer.published and (older.published is None or newer.published > older.published):
        return newer.published
    if newer.published is None and day_of(newer) > day_of(older):
        return start_of(newer)
    if newer.retrieved and (older.retrieved is None or newer.retrieved > older.retrieved):
        return newer.retrieved
    return None


def start_of(document: Document) -> datetime:
    """Return the instant from which a report stands; one dated by day only counts from the start of that day."""
    if document.published is not None:
        return document.published
    return datetime.combine(day_of(document), time(), UTC)
