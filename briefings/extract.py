"""Read a report: its casualty claims, claims of responsibility, and passages worth keeping.

`read` gives the claims, `read_document` everything. Both are pure: same document, same reading. Every claim is
a span of the text and names the rule that read it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from briefings import attribution, places
from briefings.asides import passages_of, responsibilities_of
from briefings.clauses import Link
from briefings.lexicon import ARMED, CIVILIAN, PERSON, ROLE_WORDS, STATE, STOPS, wordset
from briefings.lines import Line, Report, lines_of
from briefings.model import Claim, Document, Group, Outcome, Reading, Scope, Window, digest
from briefings.people import Phrase
from briefings.sentences import Tokens
from briefings.windows import TimeRef

EXTRACTOR = "1"
"""The version of the reading; a reading by another version stands beside it in the store."""
_MAX_CLAIMS: Final = 400


def read(document: Document) -> tuple[Claim, ...]:
    """Return the casualty claims of a document in the order of the text."""
    return read_document(document).claims


def read_document(document: Document) -> Reading:
    """Return all that a document says: claims, claims of responsibility and passages, with their ids."""
    lines, report = lines_of(document)
    made: list[Claim] = []
    for index, line in enumerate(lines):
        for link in line.links:
            said = attribution.speaker_at(line.said, link.phrase.first)
            if len(made) < _MAX_CLAIMS and not (said and said.denied):
                made.append(_claim(document, lines, index, link, report))
    owned = responsibilities_of(document, lines, report, made)
    return Reading(
        document_id=document.id,
        claims=tuple(_unique(made)),
        responsibilities=tuple(owned),
        passages=tuple(passages_of(document, lines, made, owned, report)),
    )


def _claim(document: Document, lines: list[Line], index: int, link: Link, report: Report) -> Claim:
    line = lines[index]
    tokens, sentence, phrase = line.tokens, line.sentence, link.phrase
    start, end = _span(tokens, link)
    quote = document.text[start:end]
    said = attribution.speaker_at(line.said, phrase.first)
    window, scope = _when(lines, index, link, report)
    place = _where(lines, index, link, report, scope)
    group = _group(line, link)
    outcome: Outcome = link.outcome
    if (
        outcome == "detained"
        and tokens.low[link.trigger].startswith("captur")
        and said
        and said.speaker.kind == "armed_group"
    ):
        outcome = "abducted"
    modifier = phrase.quantity.modifier if phrase.quantity else "exact"
    return Claim(
        id=digest(document.id, str(start), str(end), outcome, str(phrase.low), str(phrase.high), link.rule)[:16],
        document_id=document.id,
        quote=quote,
        sentence=document.text[sentence.start : sentence.end],
        start=start,
        end=end,
        outcome=outcome,
        low=phrase.low,
        high=phrase.high,
        modifier=modifier,
        group=group,
        group_text=_group_text(document.text, tokens, phrase),
        claimant=said.speaker.name if said else None,
        claimant_kind=said.speaker.kind if said else None,
        office=said.speaker.office if said else None,
        place=place,
        date_from=window.start if window else None,
        date_to=window.end if window else None,
        scope=scope,
        increment=bool(phrase.quantity and phrase.quantity.increment)
        or "more" in tokens.low[phrase.first : phrase.last],
        part_of=_quote_of(document.text, tokens, link.parent) if link.parent else None,
        headline=sentence.headline,
        rule=link.rule,
        publisher=document.publisher,
        stated=document.published,
        stated_on=report.published,
    )


def _span(tokens: Tokens, link: Link) -> tuple[int, int]:
    """Return the characters of the number and the group words; a bare number takes the outcome word beside it."""
    phrase = link.phrase
    last = phrase.last
    if phrase.head < 0 and link.trigger == phrase.last and not phrase.partitive and link.rule != "toll":
        last += 1
    return tokens.starts[phrase.first], tokens.ends[last - 1]


def _quote_of(text: str, tokens: Tokens, phrase: Phrase) -> str:
    return text[tokens.starts[phrase.first] : tokens.ends[phrase.last - 1]]


def _group_text(text: str, tokens: Tokens, phrase: Phrase) -> str:
    if phrase.head < 0 and not phrase.anaphor:
        return ""
    first = phrase.quantity.last if phrase.quantity else phrase.first
    if first >= phrase.last:
        return ""
    words = text[tokens.starts[first] : tokens.ends[phrase.last - 1]]
    return words.removeprefix("of ").removeprefix("a ").removeprefix("an ").strip('"“” ')


def _group(line: Line, link: Link) -> Group:
    phrase, low = link.phrase, line.tokens.low
    if phrase.group != "unknown":
        return phrase.group
    after = low[phrase.last : phrase.last + 10]
    if (phrase.partitive or link.rule in {"head", "part"}) and (
        (
            (phrase.partitive or link.rule == "part")
            and (not PERSON.isdisjoint(_until_stop(after)[:4]) or "were" in after[:5] or "was" in after[:4])
        )
        or after[:2] == ["were", "of"]
    ):
        told = _told(after[: after.index(",")] if "," in after else after)
        if told != "unknown":
            return told
    made = [other for other in line.links if other.phrase.last <= phrase.first]
    if made and link.rule == "head" and set(low[made[-1].trigger + 1 : phrase.first]) <= _ELLIPSIS:
        return made[-1].phrase.group  # "two soldiers were killed and three wounded"
    if (phrase.anaphor and phrase.head < 0) or (phrase.head >= 0 and low[phrase.head] == "others"):
        others = phrase.head >= 0 and low[phrase.head] == "others"
        if made and (made[-1].trigger != link.trigger or phrase.partitive):
            known = made[-1].phrase.group
            if known == "armed_group" or not others:
                return known
    return "unknown"


_ELLIPSIS: Final = wordset("and , another")


def _until_stop(words: list[str]) -> list[str]:
    """Return the words up to the first that is none: "law enforcement personnel" of "22 of them law enforcement …"."""
    return words[: next((k for k, word in enumerate(words) if not word[0].isalnum() or word in STOPS), len(words))]


def _told(words: list[str]) -> Group:
    for word in words:
        if word in ARMED:
            return "armed_group"
        if word in STATE:
            return "state_forces"
        if word in CIVILIAN:
            return "civilians"
    return "unknown"


def _when(lines: list[Line], index: int, link: Link, report: Report) -> tuple[Window | None, Scope]:
    """Return the days in which people suffered the outcome and what kind of figure it is."""
    line = lines[index]
    low = line.tokens.low
    ref = _time_of(line, link)
    if (ref is None or ref.kind not in {"since", "past"}) and _of_a_conflict(low, link):
        return None, "cumulative"
    if link.rule == "toll" and (ref is None or ref.kind == "day") and report.window is not None:
        ref = None
    elif ref is None and not line.sentence.headline:
        previous = lines[index - 1] if index else None
        if previous and previous.sentence.paragraph == line.sentence.paragraph and not previous.sentence.heading:
            ref = next((r for r in reversed(previous.times) if r.kind in {"day", "span"} and not r.stated), None)
    return _placed(ref, report, line)


def _of_a_conflict(low: list[str], link: Link) -> bool:
    """Say whether the sentence totals a long conflict: "a war that has killed 12", "forces have killed 163 since"."""
    near = low[max(0, link.trigger - 4) : link.trigger]
    perfect = "has" in near or "have" in near or "which" in near
    return perfect and any(
        word in _LONG
        or (
            word.endswith(("-decade-old", "-year-old", "-month-old", "-decade-long", "-year", "-year-long"))
            and (_LONG.intersection(low))
        )
        for word in low
    )


_LONG: Final = wordset("war conflict insurgency uprising bloodshed crackdown unrest rebellion decades")


def _placed(ref: TimeRef | None, report: Report, line: Line) -> tuple[Window | None, Scope]:
    main = report.window
    if ref is None:
        return main, "incident"
    if ref.kind == "anchor":
        base = next((r.window for r in line.times if r.kind == "day" and r.window and not r.stated), None) or main
        if base is None:
            return None, "incident"
        day = base.start - timedelta(days=ref.days)
        elsewhere = any(
            place.tied and place.first > ref.first and report.place and place.text not in report.place
            for place in line.places
        )
        return Window(start=day, end=day), "background" if ref.days > 3 or elsewhere else "incident"
    if ref.kind in {"since", "past"}:
        return ref.window, "cumulative"
    if ref.window is None or main is None:
        return ref.window, "incident"
    if ref.kind == "span" and ref.window.contains(main) and not ref.earlier:
        return main, "incident"
    if ref.earlier or (ref.kind == "span" and ref.window.end < main.start) or (main.start - ref.window.end).days > 3:
        return ref.window, "background"
    return ref.window, "incident"


def _time_of(line: Line, link: Link) -> TimeRef | None:
    """Return the time expression tied to the outcome: the next after it, else the last before it."""
    at, first = link.trigger, link.phrase.first
    usable = [ref for ref in line.times if not ref.stated]
    if not usable:
        return None
    return min(
        usable,
        key=lambda ref: ref.first - at if ref.first >= at else 2 + (first - ref.last) * 1.5 if ref.last <= first else 0,
    )


def _where(lines: list[Line], index: int, link: Link, report: Report, scope: Scope) -> str | None:
    """Return the place the toll is tied to: in the sentence, else just before it, else that of the news."""
    line = lines[index]
    ref = places.nearest(line.places, link.trigger)
    if ref is not None:
        return "; ".join((places.nested(line.tokens, line.places, ref), *places.beside(line.tokens, ref)))
    if area := _area_of_office(lines[: index + 1]):
        return area
    if index and lines[index - 1].sentence.paragraph == line.sentence.paragraph:
        before = [ref for ref in lines[index - 1].places if ref.tied and not ref.country]
        if before:
            return places.nested(lines[index - 1].tokens, lines[index - 1].places, before[-1])
    return report.place if scope != "background" else None


def _area_of_office(lines: list[Line]) -> str | None:
    """Return what "in the province" means where an office was named with it: "the chief minister of X"."""
    low = lines[-1].tokens.low
    if not any(
        low[k] in {"in", "across", "throughout"} and low[k + 1] == "the" and low[k + 2] in _AREA_WORDS
        for k in range(len(low) - 2)
    ):
        return None
    for line in reversed(lines):
        tokens = line.tokens
        for k in range(len(tokens) - 2, 0, -1):
            named = tokens.low[k] == "of" and tokens.low[k - 1] in ROLE_WORDS and tokens.words[k + 1][0].isupper()
            if named:
                return tokens.words[k + 1]
    return None


_AREA_WORDS: Final = wordset("province region state district county governorate territory")


def _unique(claims: list[Claim]) -> list[Claim]:
    seen: set[str] = set()
    kept = []
    for claim in claims:
        if claim.id not in seen:
            seen.add(claim.id)
            kept.append(claim)
    return kept
