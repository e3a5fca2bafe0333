"""Read what goes on with the count of the sentence before: "among them were two nurses", "four in Brela, six in Mand".

Only for sentences that say no outcome of their own, after one whose counts are all of one outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..lexis.bodies import kind_of
from ..lexis.lexicon import ADVERBS, AUXILIARIES, BE, DETERMINERS, PERSON, Sought, group_of, wordset
from ..lexis.people import OUTCOME_HEADS, Phrase
from ..lexis.quantities import TENS, UNITS
from ..lexis.sentences import Tokens
from .ties import BARE_AFTER, Link

_OPENING: Final = frozenset("\"“‘'-•*–—")
_COUNTING: Final = frozenset(UNITS) | frozenset(TENS) | wordset("at about some nearly dozens")
_PICKING: Final = wordset("among of")
_THEM: Final = wordset("them these those")
_THEY: Final = wordset("they these those victims")
_INCLUDED: Final = wordset("included include")
_WERE: Final = wordset("were are was is")
_BETWEEN: Final = frozenset({",", "and", "a", "an", "plus", "also", "were", "was", "are", "is", "at", "least"})
_JOINTS: Final = frozenset({",", ";", "and", "another"})
_FAR: Final = 7
"""Words after "were" within which a noun must say who the counted are."""


def leads(low: Sequence[str]) -> int:
    """Return where a sentence begins that may go on counting those told of before it, past quotes; -1 for others."""
    i = 0
    while i < len(low) and i < 3 and low[i] in _OPENING:
        i += 1
    if i + 2 >= len(low):
        return -1
    word, following = low[i], low[i + 1]
    if _ends_among_them(low) > i:
        return i
    if (word in _PICKING and following in _THEM) or (word in _THEY and following in _INCLUDED):
        return i
    if word[0].isdecimal() or word in _COUNTING:
        near = low[i + 1 : i + 7]
        told = not _THEM.isdisjoint(near) or not _WERE.isdisjoint(near[:4]) or not BARE_AFTER.isdisjoint(near[:3])
        if told or "victims" in near:
            return i
    return -1


def _ends_among_them(low: Sequence[str]) -> int:
    """Return where "were" stands in a sentence that ends with "… were among them"; -1 in others."""
    at = low.index("among") if "among" in low else 0
    ends = low[at + 2 : at + 3] in ([], [","], ["."], [";"])
    them = at + 1 < len(low) and low[at + 1] in _THEM
    return at - 1 if at > 1 and ends and them and low[at - 1] in _WERE else -1


def link(tokens: Tokens, phrases: list[Phrase], start: int, before: tuple[int, list[Link]]) -> list[Link]:
    """Return the counts that go on with those of the line `before`, each a part of its greatest count."""
    index, made = before
    whole = _whole(made)
    if whole is None or not phrases:
        return []
    low = tokens.low
    if low[start] in _PICKING or low[start] in _THEY:
        told = _listed(low, phrases, start + 2) or (_said(low, phrases) if low[start] in _PICKING else [])
    else:
        told = _said(low, phrases) or placed(tokens, phrases, start)
        if (end := _ends_among_them(low)) > start:
            told = _listed(low, [one for one in phrases if one.last <= end], start)
    most = whole.phrase.number
    if any(phrase.number > most for phrase in told) and whole.phrase.quantity and whole.phrase.high is not None:
        return []
    return [Link(phrase, whole.outcome, "part", phrase.first, whole=(index, whole)) for phrase in told]


def total(tokens: Tokens, phrases: list[Phrase], made: list[Link]) -> list[Link]:
    """Return the total of another time that a sentence sets beside the counts before: "In 2018 the figure was 31"."""
    whole = _whole(made)
    at = next((k for k in tokens.found.get(FIGURES, ()) if tokens.low[k + 1 : k + 2] != ["of"]), None)
    if whole is None or at is None:
        return []
    low = tokens.low
    for phrase in phrases:
        gap = low[at + 1 : phrase.first]
        bare = phrase.quantity is not None and not phrase.people and not phrase.outcome and not phrase.other
        ends = low[phrase.last : phrase.last + 1]
        if bare and _STOOD.intersection(gap) and ends and (ends[0] in _TOTAL_ENDS or not ends[0][0].isalnum()):
            phrase.group = whole.phrase.group
            return [Link(phrase, whole.outcome, "toll", at)]
    return []


WHOLES: Final = Sought(wordset("dead killed victims wounded injured missing"))
"""What the people of a count given before are called where some of them are picked out."""


def of_those_taken(low: list[str], made: list[Link], before: list[Link]) -> list[Link]:
    """Return counts without "31 of those taken" where nobody was taken in the links `before`, nor beside it.

    Photos and tests are taken, too. Where people were, it became of those what became of them.
    """
    those = [one for one in made if low[max(0, one.trigger - 2) : one.trigger + 1] == _THOSE_TAKEN]
    if not those:
        return made
    others = [one for one in made if one not in those and one.parent not in [taken.phrase for taken in those]]
    beside = [one for one in others if one.trigger < those[0].trigger]
    told = next((one.outcome for one in [*beside, *reversed(before)] if one.outcome in _HELD), None)
    if told is None:
        return others
    for one in those:
        one.outcome = told
    return made


_THOSE_TAKEN: Final = ["of", "those", "taken"]
_HELD: Final = frozenset({"abducted", "detained"})


def buried_before(low: list[str], made: list[Link], before: list[Link]) -> list[Link]:
    """Return counts without "we buried nine" where nine dead are told of in the links `before`: they are the same."""
    dead = {(one.phrase.low, one.phrase.high) for one in before if one.outcome == "killed"}
    return [
        one
        for one in made
        if low[one.trigger] != "buried" or one.phrase.head >= 0 or (one.phrase.low, one.phrase.high) not in dead
    ]


def rival(tokens: Tokens, phrases: list[Phrase], made: list[Link], before: list[Phrase]) -> list[Link]:
    """Return the count that another sets beside those before: "The army's count is four", "That was up from 21".

    `before` are the phrases of the sentence before. What went up from 21 is its count only where it holds one number.
    """
    whole = _whole(made)
    phrase = next((one for one in phrases if one.quantity is not None), None)
    if whole is None or phrase is None or phrase.people or phrase.outcome or phrase.other:
        return []
    if phrase.number > _FAR_OFF * whole.phrase.number:
        return []
    low = tokens.low
    at = next((k for k in tokens.found.get(COUNTS, ()) if k < phrase.first), -1)
    ends = low[phrase.last : phrase.last + 1]
    owned = low[at + 1 : phrase.first] in _BEING and (not ends or ends[0] in {".", ","}) and _owned(tokens, at)
    alone = sum(one.quantity is not None for one in before) == 1
    stepped = alone and low[:4] in _STEPPED and phrase.first == len(low[:4])
    if not owned and not stepped:
        return []
    phrase.group = whole.phrase.group
    return [Link(phrase, whole.outcome, "toll", max(at, 0))]


def _owned(tokens: Tokens, at: int) -> bool:
    """Say whether the count at `at` is of who keeps count of people: "the army's own count", no "troop count"."""
    low = tokens.low
    owner = next((k for k in range(at - 1, -1, -1) if low[k] not in _OWN), -1)
    if owner not in tokens.possessive:
        return False
    first = int(low[0] in DETERMINERS)
    kind = kind_of(low[first : owner + 1], tokens.words[first : owner + 1])
    return kind in _COUNTERS or (kind == "government" and _GOVERNING.issuperset(low[first:owner]))


_OWN: Final = wordset("own official latest current")
_COUNTERS: Final = frozenset({"military", "police", "medical", "armed_group", "un_ngo"})
_GOVERNING: Final = wordset("health interior defence defense home local regional provincial state city district")
"""Which ministries and governments count people that came to harm; a ministry of finance counts other things."""
_FAR_OFF: Final = 10
"""So many times a count another of the same people will hardly be."""
COUNTS: Final = Sought(wordset("count tally figure estimate up down"))
"""What another's count is called, and which way a count went."""
_BEING: Final = (["is"], ["was"], ["stands", "at"], ["stood", "at"])
_STEPPED: Final = (
    ["that", "was", "down", "from"],
    ["that", "was", "up", "from"],
    ["this", "was", "down", "from"],
    ["this", "was", "up", "from"],
)
FIGURES: Final = Sought(wordset("figure number total"))
"""What a count given before is called again by."""
_STOOD: Final = wordset("was stood reached")
_TOTAL_ENDS: Final = wordset("in for during by at")


def _whole(made: list[Link]) -> Link | None:
    """Return the greatest of counts all of one outcome; None where they are of several, or of one person."""
    own = [one for one in made if one.parent is None and one.whole is None]
    if not own or any(one.outcome != own[0].outcome for one in made):
        return None
    greatest = max(own, key=lambda one: one.phrase.number)
    return greatest if greatest.phrase.number > 1 else None


def _listed(low: list[str], phrases: list[Phrase], at: int) -> list[Phrase]:
    """Return the counted people of "among them were two nurses and a guard", from token `at` on."""
    told: list[Phrase] = []
    for phrase in phrases:
        gap = low[at : phrase.first]
        if phrase.first < at or not phrase.people or phrase.outcome or not _BETWEEN.issuperset(gap):
            break
        told.append(phrase)
        at = phrase.last
    return told


def _said(low: list[str], phrases: list[Phrase]) -> list[Phrase]:
    """Return the bare counts of "three of them were children", "two were soldiers and one was a nurse"."""
    told: list[Phrase] = []
    for phrase in phrases:
        k = phrase.last
        victims = phrase.partitive and phrase.head >= 0 and low[phrase.head] == "victims"
        if (phrase.people and not victims) or phrase.other or phrase.outcome or k >= len(low) or low[k] not in _WERE:
            continue
        who = range(k + 1, min(k + _FAR, len(low)))
        end = next(
            (j for j in who if not low[j][0].isalnum() or low[j] in AUXILIARIES or low[j] in BARE_AFTER), who.stop
        )
        head = next((j for j in range(end - 1, k, -1) if low[j] in PERSON and low[j] not in OUTCOME_HEADS), None)
        if head is None or any(low[j] == "by" or low[j].endswith("ed") for j in range(k + 1, head)):
            continue
        phrase.group = group_of(low[k + 1 : head + 1], head - k - 1)
        told.append(phrase)
    return told


def placed(tokens: Tokens, phrases: list[Phrase], start: int) -> list[Phrase]:
    """Return the bare counts of a run of two or more with nothing but a place each: "four in Brela, six in Mand"."""
    low = tokens.low
    told: list[Phrase] = []
    for phrase in phrases:
        if phrase.first < start:
            continue
        k = phrase.last
        someone = phrase.people and low[phrase.head] not in _ANYBODY
        if phrase.quantity is None or someone or phrase.outcome or k + 1 >= len(low) or low[k] not in BARE_AFTER:
            return []
        if not tokens.words[k + 1][:1].isupper() and low[k + 1] != "the":
            return []
        if told and low[phrase.first - 1] not in _JOINTS:
            return []
        if not told and any(word not in ADVERBS and word not in _OPENING for word in low[start : phrase.first]):
            return []
        told.append(phrase)
    if len(told) < 2 or any(word in AUXILIARIES or word in BE for word in low[start:]):
        return []
    return told


_ANYBODY: Final = frozenset({"people", "persons"})


def picks(low: Sequence[str]) -> bool:
    """Say whether a sentence begins by picking out of those told of before: "Of these, six died at home"."""
    return low[0] == "of" and low[1:2] != [] and low[1] in _THEM


def among_the_dead(low: Sequence[str], made: list[Link], before: tuple[int, list[Link]]) -> None:
    """Make "seven of the dead were children", "a nurse was among the wounded" parts of the count of those just told."""
    index, earlier = before
    for one in made:
        picked = one.phrase.partitive and one.phrase.outcome == one.outcome
        told = one.rule == "among" or (one.rule == "inverted" and low[0] == "among")
        if not (picked or told) or one.parent is not None or one.whole is not None:
            continue
        own = (other for other in earlier if other.outcome == one.outcome and other.parent is None)
        same = [other for other in own if not (other.phrase.partitive and other.phrase.outcome)]
        known = {same[0].phrase.group, "unknown"} if len(same) == 1 else set()
        fits = one.phrase.group in known or (known and same[0].phrase.group == "unknown")
        if fits and same[0].phrase.number > one.phrase.number and same[0].whole is None:
            one.whole = (index, same[0])


def graver(low: Sequence[str], one: Link, before: Sequence[tuple[int, list[Link]]]) -> None:
    """Make "six are in a critical condition" a part of the hurt counted before it, in its line or earlier ones.

    `before` holds lines with their index, its own first, then backwards.
    """
    phrase = one.phrase
    if one.outcome != "injured" or one.rule != "state" or one.parent is not None or one.whole is not None:
        return
    others = phrase.quantity is None or phrase.quantity.increment or (phrase.head >= 0 and low[phrase.head] in _OTHERS)
    if others or _GRAVE.isdisjoint(low[phrase.last : one.trigger + _GRAVITY]):
        return
    for index, links in before:
        hurt = [other for other in links if other.outcome == "injured" and other is not one]
        own = [other for other in hurt if other.phrase.number > phrase.number and not (other.parent or other.whole)]
        if own and any(other is one for other in links):
            one.parent = own[-1].phrase if own[-1].phrase.first < phrase.first else None
        elif own:
            one.whole = (index, own[-1])
        if own:
            return


_OTHERS: Final = frozenset({"others", "more"})
_GRAVE: Final = wordset(
    "critical serious intensive grave stable critically seriously still remain remained remains life"
)
_GRAVITY: Final = 5


def within(made: list[Link], before: tuple[int, list[Link]], *, picked: bool = False) -> None:
    """Make "one of them died in hospital" a part of the dead just counted, and of their group.

    So are all bare numbers of a sentence in which they are `picked` out at the beginning. Who was counted as hurt and
    died since is a death of its own: of it only the group is known.
    """
    index, earlier = before
    for one in made:
        phrase = one.phrase
        led = picked and not phrase.people
        led = led or (phrase.first == 0 and phrase.partitive and phrase.anaphor and phrase.head < 0)
        if not led or one.parent is not None or one.whole is not None:
            continue
        own = [other for other in earlier if other.parent is None and other.phrase.number > phrase.number]
        same = [other for other in own if other.outcome == one.outcome]
        if len(own) == 1 and phrase.group == "unknown":
            phrase.group = own[0].phrase.group
        if len(same) == 1 and len(own) == 1:
            one.whole = (index, same[0])
