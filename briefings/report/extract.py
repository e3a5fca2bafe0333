"""Read a report: its casualty claims, claims of responsibility, and passages worth keeping.

`read` gives the claims, `read_document` everything. Both are pure: same document, same reading. Every claim is
a span of the text and names the rule that read it.
"""

from __future__ import annotations

from typing import Final

from ..counting import nobody
from ..counting.ties import Link
from ..lexis import recounts
from ..lexis.lexicon import ARMED, BE, CIVILIAN, PERSON, STATE, STOPS, group_of, wordset
from ..lexis.people import Phrase
from ..lexis.sentences import Tokens
from ..model import Claim, Document, Group, Outcome, Reading, digest, unchecked
from ..speaking import reach
from . import causes, former, narrowing, newsdays, newsplace, scenes, sides, timing, turns, wounds
from .asides import actors_of, responsibilities_of
from .definitions import definition_of
from .doubles import counted_once
from .extents import extents_of
from .kept import passages_of
from .lines import Line, Report, lines_of

_MAX_CLAIMS: Final = 400
_SUBJECT: Final = 6
"""Words before a verb among which its subject is named."""
_claim_of: Final = unchecked(Claim)


def read(document: Document) -> tuple[Claim, ...]:
    """Return the casualty claims of a document in the order of the text."""
    return tuple(_unique(_claims(document, *_settled(document))))


def read_document(document: Document) -> Reading:
    """Return all that a document says: claims, responsibility, passages and actors, with their ids."""
    lines, report = _settled(document)
    made = _claims(document, lines, report)
    owned = responsibilities_of(document, lines, report, made)
    return Reading(
        document_id=document.id,
        claims=tuple(_unique(made)),
        responsibilities=tuple(owned),
        passages=tuple(passages_of(document, lines, made, owned, report)),
        actors=tuple(actors_of(document, lines, made, owned, report)),
        extents=tuple(_unique([_claim(document, lines, *found, report) for found in extents_of(lines, report)])),
    )


def _settled(document: Document) -> tuple[list[Line], Report]:
    """Return the lines of a document, with the places, days and speakers that the whole of it settles."""
    lines, report = lines_of(document)
    if recounts.FORMER in report.found:
        former.settle(lines)
    turns.items(lines, report)
    newsdays.settle(lines, report)
    newsplace.settle(lines, report)
    narrowing.narrow(lines, report)
    turns.events(lines, report)
    timing.look_back(lines, report)
    sides.settle(lines, report, document.publisher)
    causes.settle(lines, report)
    return lines, report


def _claims(document: Document, lines: list[Line], report: Report) -> list[Claim]:
    read_from: list[tuple[Claim, Link]] = []
    for index, line in enumerate(lines):
        for link in line.links:
            said = reach.speaker_at(line.said, link.phrase.first)
            denies = said is not None and said.denied and nobody.may_deny(line.tokens.low, link, said.speaker.kind)
            if len(read_from) < _MAX_CLAIMS and (denies if link.rule == nobody.DENIED else not (said and said.denied)):
                read_from.append((_claim(document, lines, index, link, report), link))
    return counted_once(read_from)


def _claim(document: Document, lines: list[Line], index: int, link: Link, report: Report) -> Claim:
    line = lines[index]
    tokens, sentence, phrase = line.tokens, line.sentence, link.phrase
    start, end = _span(tokens, link)
    quote = document.text[start:end]
    said = reach.speaker_at(line.said, phrase.first)
    if said is None and link.parent is not None:  # "92 were killed, the army said, among them three bombers"
        said = reach.speaker_at(line.said, link.parent.first)
    window, scope = timing.when(lines, index, link, report)
    place = scenes.where(lines, index, link, report, scope, window)
    group = _group(line, link)
    if group == "unknown" and (of := link.whole or wounds.hurt_before(lines, index, link)) is not None:
        of = of[1].whole or of  # of whom the twelve were who were brought in
        group = _group(lines[of[0]], of[1])
    if group == "unknown" and said:
        own = nobody.of_own_losses(tokens.low, link) and tokens.low[link.phrase.last - 1] not in _EVERYBODY
        group = sides.side_of(said.speaker) if own else sides.own(tokens, phrase, said, lost=link.rule == "lost")
    outcome: Outcome = link.outcome
    if outcome == "detained" and group != "armed_group" and tokens.low[link.trigger].startswith("captur"):
        before = tokens.low[max(0, link.trigger - _SUBJECT) : link.trigger]
        captors = [] if BE.intersection(before[-1:]) else _subject(before)  # "relatives of rebels were captured"
        if (said and said.speaker.kind == "armed_group") or not ARMED.isdisjoint(captors):
            outcome = "abducted"
    modifier = phrase.quantity.modifier if phrase.quantity else "exact"
    return _claim_of(
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
        sites=scenes.located(place, report),
        date_from=window.start if window else None,
        date_to=window.end if window else None,
        scope=scope,
        increment=timing.adds(lines, index, link),
        part_of=_part_of(document.text, lines, line, link),
        headline=sentence.headline,
        cause=causes.cause_of(lines, index, link, report),
        definition=definition_of(sentence.text, start - sentence.start, end - sentence.start),
        rule=link.rule,
        publisher=document.publisher,
        stated=document.published,
        stated_on=report.published,
    )


_EVERYBODY: Final = frozenset({"people", "person", "persons"})


def _subject(words: list[str]) -> list[str]:
    """Return the words before a verb less whom its subject is after: "soldiers chasing rebels" are soldiers."""
    after = next((k for k, word in enumerate(words) if k and word.endswith("ing") and words[k - 1] != "the"), None)
    return words if after is None or STATE.isdisjoint(words[:after]) else words[:after]


def _span(tokens: Tokens, link: Link) -> tuple[int, int]:
    """Return the characters of the number and the group words; a bare number takes the outcome word beside it."""
    phrase = link.phrase
    last = phrase.last
    if phrase.head < 0 and link.trigger == phrase.last and not phrase.partitive and link.rule != "toll":
        last += 1
    return tokens.starts[phrase.first], tokens.ends[last - 1]


def _part_of(text: str, lines: list[Line], line: Line, link: Link) -> str | None:
    """Return the quote of the count that this one is a part of."""
    if link.whole:
        earlier = lines[link.whole[0]].tokens
        start, end = _span(earlier, link.whole[1])
        return text[start:end]
    if link.parent is None:
        return None
    whole = next((one for one in line.links if one.phrase is link.parent and one.outcome == link.outcome), None)
    if whole is None:
        return _quote_of(text, line.tokens, link.parent)
    start, end = _span(line.tokens, whole)
    return text[start:end]


def _quote_of(text: str, tokens: Tokens, phrase: Phrase) -> str:
    return text[tokens.starts[phrase.first] : tokens.ends[phrase.last - 1]]


def _group_text(text: str, tokens: Tokens, phrase: Phrase) -> str:
    if phrase.head < 0 and not phrase.anaphor:
        return ""
    first = phrase.quantity.last if phrase.quantity else phrase.first
    if first >= phrase.last:
        return ""
    words = text[tokens.starts[first] : tokens.ends[phrase.last - 1]]
    lead = words.split(None, 1)
    return (lead[1] if len(lead) > 1 and lead[0].lower() in _LEADS else words).strip('"“” ')


_LEADS: Final = frozenset({"of", "a", "an", "no", "any"})


def _group(line: Line, link: Link) -> Group:
    phrase, low = link.phrase, line.tokens.low
    if phrase.group != "unknown":
        return phrase.group
    if phrase.first and "among" in (low[phrase.first - 1], *low[phrase.first - 2 : phrase.first - 1]):
        return "unknown"  # a whole is not of the group of its part
    after = low[phrase.last : phrase.last + 10]
    if after[1:2] in _ALL and (told := _all_of_them(after)) != "unknown":
        return told
    after = after[1:] if phrase.partitive and phrase.number == 1 and after[:1] in _A else after  # "one of them a child"
    if (phrase.partitive or link.rule in {"head", "part"}) and (
        (
            (phrase.partitive or link.rule == "part")
            and (not PERSON.isdisjoint(_until_stop(after)[:4]) or "were" in after[:5] or "was" in after[:4])
        )
        or after[:2] == ["were", "of"]
    ):
        end = next((k for k, word in enumerate(after) if word in _ENDS), len(after))
        told = _told(after[:end])  # not of those "taken by the fighters"
        if told != "unknown":
            return told
    made = [other for other in line.links if other.phrase.last <= phrase.first]
    if link.parent is None:  # a count is not of the group of a part of another
        made = [other for other in made if other.parent is None]
    if made and link.rule == "head" and set(low[made[-1].trigger + 1 : phrase.first]) <= _ELLIPSIS:
        return _of_last(made)  # "two soldiers were killed and three wounded"
    others = phrase.head >= 0 and low[phrase.head] == "others"
    resumed = (others and not sides.described(line, link)) or (phrase.anaphor and phrase.head < 0)
    if resumed and made and (made[-1].trigger != link.trigger or phrase.partitive):
        known = _of_last(made) if link.parent is None else made[-1].phrase.group
        if known == "unknown" and link.parent is made[-1].phrase and made[-1] is not link:
            known = _group(line, made[-1])  # "one soldier was killed and eleven hurt, three of them badly"
        if not others or (known == "armed_group" and made[-1].phrase.quantity is not None):
            return known
        return _other_than(line, link, made)
    return _of_the_next(line, link) if phrase.head < 0 else "unknown"


def _all_of_them(after: list[str]) -> Group:
    """Return the group that all counted are said to be of: "four people, all of them civilians"."""
    start = 4 if after[2:4] == ["of", "them"] else 2
    end = next((k for k in range(start, len(after)) if not after[k][0].isalnum() or after[k] in STOPS), len(after))
    if after[0] != "," or end == start or after[end - 1] not in PERSON:
        return "unknown"
    return group_of(after[start:end], end - start - 1)


def _of_last(made: list[Link]) -> Group:
    """Return the group of those told of last, in one clause: "two soldiers and a driver killed" are of none."""
    groups = {one.phrase.group for one in made if one.trigger == made[-1].trigger and one.parent is None}
    return made[-1].phrase.group if len(groups) < _SEVERAL else "unknown"


_SEVERAL: Final = 2
_ALL: Final = (["all"], ["both"])


def _of_the_next(line: Line, link: Link) -> Group:
    """Return the group of the three of "killing three and wounding four soldiers", which is that of the four."""
    low, last = line.tokens.low, link.phrase.last
    later = next((one for one in line.links if one.trigger == last + 1), None)
    joined = low[last : last + 1] == ["and"] and link.trigger < link.phrase.first
    if later is None or not joined or later.phrase.head < 0 or later.phrase.first > last + _NEXT:
        return "unknown"
    return later.phrase.group if low[later.phrase.head] != "others" else "unknown"


_NEXT: Final = 4
"""Words from one count to the verb and the number of the next."""


def _other_than(line: Line, link: Link, made: list[Link]) -> Group:
    """Return the group of "nine others" beside several people all of one group, unless its own parts tell otherwise."""
    told = {one.phrase.group for one in line.links if one in made or one.parent is link.phrase}
    several = all(one.phrase.number > 1 for one in made if one.parent is None)
    return told.pop() if several and len(told) == 1 else "unknown"


_A: Final = (["a"], ["an"])
_ENDS: Final = frozenset({",", "by"})
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


def _unique(claims: list[Claim]) -> list[Claim]:
    seen: set[str] = set()
    kept = []
    for claim in claims:
        if claim.id not in seen:
            seen.add(claim.id)
            kept.append(claim)
    return kept
