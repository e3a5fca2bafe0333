"""Read counts whose verb was said for the count before them: "six died in Qalat, three in Zarin and two in Mand"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..lexis.bodies import HOUSES
from ..lexis.harms import Trigger
from ..lexis.lexicon import ARMED, AUXILIARIES, BE, CONJUNCTIONS, PREPOSITIONS, STATE, WEEKDAYS, wordset
from ..lexis.people import Phrase
from .joints import speaks
from .ties import BARE_AFTER, BREAKS, BY_SUBJECT, Link, Ties
from .verbs import PASSIVE

FINDING: Final = wordset("found recovered retrieved pulled discovered")
_TIME: Final = BARE_AFTER | wordset("this last since during over yesterday today throughout earlier")


def elsewhere(ties: Ties) -> None:
    """Read "six died in Qalat, three in Zarin and two in Mand"."""
    things = _of_things(ties)
    counted_people = [phrase for phrase in ties.phrases if not (phrase.other or id(phrase) in things)]
    for before, phrase in pairwise(counted_people):
        made = ties.links.get(id(before))
        counted = phrase.quantity is not None or (phrase.anaphor and phrase.last - phrase.first == 1)
        if made is None or phrase.other or not counted or phrase.outcome or id(phrase) in ties.links:
            continue
        if phrase.people and not AUXILIARIES.isdisjoint(ties.low[phrase.last : phrase.last + 8]):
            continue
        if speaks(ties, phrase):
            continue
        start = max(before.last, made.trigger + 1 if made.trigger < phrase.first else 0)
        gap = ties.low[start : phrase.first]
        if gap[:1] and gap[0] in BE and before.partitive and before.outcome:
            start, gap = start + 1, gap[1:]  # "six of the dead were in Brela, four in Mand"
        while gap[-1:] and gap[-1] in _REST and _only_where(ties, phrase.last):
            gap = gap[:-1]  # "and the remaining | six in Mand"
        here = gap[:1] and gap[0] in BARE_AFTER and gap[-1] in {",", "and"} and len(gap) < _PLACE
        named = any(word[:1].isupper() for word in ties.tokens.words[start + 1 : phrase.first - 1])
        here = here and (ties.caseless or named or _elsewhere(ties.low, gap, phrase.last))
        there = phrase.last < ties.n and ties.low[phrase.last] in BARE_AFTER
        if here and there and BREAKS.isdisjoint(gap) and ties.in_trigger.isdisjoint(range(start, phrase.first)):
            phrase.group = phrase.group if phrase.people else before.group
            ties.add(phrase, made.outcome, made.rule, made.trigger)


def _only_where(ties: Ties, start: int) -> bool:
    """Say whether what follows a count names a place and no deed: "six in a strike on Mand", not "six in it fled"."""
    end = next((k for k in range(start, ties.n) if ties.low[k] in _ENDS), ties.n)
    named = any(word[:1].isupper() for word in ties.tokens.words[max(start, end - 3) : end])
    rest = ties.low[start:end]
    return named and AUXILIARIES.isdisjoint(rest) and not any(word.endswith("ed") for word in rest)


_ENDS: Final = frozenset({".", ",", ";"})
_REST: Final = wordset("the remaining other")
_PLACE: Final = 14
"""Words from a verb to the next count less than which tell where it was: "in a strike on a camp in Zarin, | three"."""


def _of_things(ties: Ties) -> set[int]:
    """Return the bare numbers that part things counted before them: "raids on two camps, one in Brela and one in Mand".

    They come to the number of the things, and not to that of people told of before, who may be parted as well.
    """
    found: set[int] = set()
    for k, whole in enumerate(ties.phrases):
        if not whole.other or any(whole.number == before.number for before in ties.phrases[:k]):
            continue
        parts: list[Phrase] = []
        for phrase in ties.phrases[k + 1 :]:
            gap = ties.low[parts[-1].last if parts else whole.last : phrase.first]
            led = len(gap) < _SO_NEAR and gap[-1:] in ([","], [":"], ["and"]) and BREAKS.isdisjoint(gap)
            if phrase.people or phrase.other or not led or ties.low[phrase.last : phrase.last + 1] not in _WHERE:
                break
            parts.append(phrase)
        if len(parts) > 1 and sum(part.number for part in parts) == whole.number:
            found |= set(map(id, parts))
    return found


_SO_NEAR: Final = 7
_WHERE: Final = (["in"], ["at"], ["near"], ["on"], ["outside"])


def _elsewhere(low: list[str], gap: list[str], k: int) -> bool:
    """Say whether two places are told apart by "one" and "another": "six died in one village and 14 in the next"."""
    other = next((at for at in range(k + 1, min(k + 3, len(low))) if low[at] in _OTHER), -1)
    if "one" not in gap or other < 0:
        return False
    rest = low[other + 1 : other + 3]
    if not rest or not rest[0][0].isalnum() or rest[0] in _CLAUSE_GOES_ON:
        return True
    own = rest[0] in AUXILIARIES or rest[0].endswith("ed")
    return not own and (len(rest) == 1 or not rest[1][0].isalnum() or rest[1] in _CLAUSE_GOES_ON)


_CLAUSE_GOES_ON: Final = PREPOSITIONS | CONJUNCTIONS | frozenset(WEEKDAYS)
"""What a clause goes on with that has no verb of its own."""
_OTHER: Final = wordset("another next other second neighbouring neighboring nearby")


def and_also(ties: Ties) -> None:
    """Read "22 troops were killed and only two fighters.": the verb before goes on, and the clause ends."""
    for before, phrase in zip(ties.phrases, ties.phrases[1:], strict=False):
        made = ties.links.get(id(before))
        if made is None or made.rule not in BY_SUBJECT or not phrase.people or phrase.outcome:
            continue
        verb = ties.trigger_at.get(made.trigger)
        if verb is None or verb.first < before.last or id(phrase) in ties.links or phrase.quantity is None:
            continue
        gap = ties.low[verb.last : phrase.first]
        if gap[:1] == ["and"] and _ONLY.issuperset(gap[1:]) and ties.low[phrase.last : phrase.last + 1] in _CLOSED:
            ties.add(phrase, made.outcome, made.rule, made.trigger)


_ONLY: Final = frozenset({"only", "just", "also", "then"})
_CLOSED: Final[tuple[list[str], ...]] = ([], ["."], [";"], ['"'], ["”"])


def others_say(ties: Ties) -> None:
    """Read the 40 of "the army speaks of 14 dead while the rebels claim 40": another's count of the same."""
    for before, phrase in pairwise([phrase for phrase in ties.phrases if not phrase.other]):
        made = ties.links.get(id(before))
        if made is None or made.parent or phrase.people or phrase.quantity is None or id(phrase) in ties.links:
            continue
        gap = ties.low[before.last : phrase.first]
        end = ties.low[phrase.last : phrase.last + 1]
        spoken = gap[-2:] in _SPEAKING_OF
        told = len(gap) in _TELLERS and (spoken or gap[-1] in TELLING)
        told = told and not _PARTED.union(_CONTRAST).isdisjoint(gap[:-2])
        closed = end in _CLOSED or (spoken and end == [","])
        if told and closed and AUXILIARIES.isdisjoint(gap[-3:]):
            phrase.group = before.group
            ties.add(phrase, made.outcome, made.rule, made.trigger)


_TELLERS: Final = range(3, 12)
"""Words from one count to the next: "killed | , while | local officials | said"."""
_SPEAKING_OF: Final[tuple[list[str], ...]] = (["spoke", "of"], ["speaks", "of"], ["speak", "of"])
TELLING: Final = wordset("claim claims claimed say says said count counted report reported")
_CONTRAST: Final = frozenset({"but", ";", "whereas"})


def gapped(ties: Ties) -> None:
    """Read "one front killed 86 of them, the rival factions 41 and other groups 21": the verb is left out."""
    for before, phrase in zip(ties.phrases, ties.phrases[1:], strict=False):
        made = ties.links.get(id(before))
        bare = not phrase.people and not phrase.other and not phrase.outcome and id(phrase) not in ties.links
        if made is None or made.rule != "active-object" or not bare or phrase.quantity is None:
            continue
        gap = ties.low[before.last : phrase.first]
        joint = max((k for k, word in enumerate(gap) if word in _PARTED), default=len(gap))
        doers = gap[joint + 1 :]
        closed = ties.low[phrase.last : phrase.last + 1] in _GAP_ENDS
        named = 0 < len(doers) <= _DOERS and (doers[-1] in ARMED or doers[-1] in STATE or doers[-1] in _BANDS)
        if closed and named and BREAKS.isdisjoint(gap) and ties.in_trigger.isdisjoint(range(before.last, phrase.first)):
            phrase.group = before.group
            ties.add(phrase, made.outcome, made.rule, made.trigger)


_PARTED: Final = frozenset({",", "and", "while"})
_GAP_ENDS: Final[tuple[list[str], ...]] = ([], ["."], [","], [";"], ["and"])
_DOERS: Final = 4
"""Words of whoever did it: "the other armed groups"."""
_BANDS: Final = wordset("groups factions gangs militias others bandits forces shelling strikes mines")


def other_days(ties: Ties) -> None:
    """Read "9 were killed this month and nearly 40 this year", "nine died in that raid and 30 more in others"."""
    for before, phrase in zip(ties.phrases, ties.phrases[1:], strict=False):
        made = ties.links.get(id(before))
        if made is None or phrase.quantity is None or phrase.people or phrase.other or phrase.outcome:
            continue
        start = max(before.last, made.trigger + 1 if made.trigger < phrase.first else 0)
        gap = ties.low[start : phrase.first]
        if not 2 < len(gap) < 14 or gap[-1] not in {"and", "a"} or "and" not in gap[-2:]:
            continue
        if gap[0] not in _TIME or any(word in BREAKS or word in AUXILIARIES for word in gap if word != "that"):
            continue
        if id(phrase) in ties.links:
            phrase.group = before.group if phrase.group == "unknown" else phrase.group
            continue
        after = ties.low[phrase.last : phrase.last + 9]
        if after[:1] and after[0] in _TIME and _no_verb(ties, phrase.last) and after[1:2] != ["hospital"]:
            phrase.group = before.group
            ties.add(phrase, made.outcome, made.rule, made.trigger)


def _no_verb(ties: Ties, k: int) -> bool:
    """Say whether what follows token `k` to the end of its clause holds no verb or outcome word of its own."""
    for at in range(k, min(k + 10, ties.n)):
        word = ties.low[at]
        if word in {",", ".", ";"}:
            return True
        if word in AUXILIARIES or word in BE or at in ties.in_trigger or at in ties.inside:
            return False
    return True


def lies_dead(ties: Ties, trigger: Trigger) -> bool:
    """Say whether some of the dead only died somewhere: "12 dead, three of them in hospital", "… two in custody"."""
    house = ties.low[trigger.last - 1]
    if (house not in HOUSES and house not in _CELLS) or ties.low[trigger.first] != "in":
        return False
    phrase = ties.ending.get(trigger.first)
    if phrase is None or not phrase.partitive or ties.low[phrase.last - 1] not in {"them", "whom"}:
        return False
    made = [one for one in ties.links.values() if one.phrase.last < phrase.first]
    if house in _CELLS and made and made[-1].outcome == "killed":
        phrase.group = made[-1].phrase.group
        ties.add(phrase, "killed", "part", made[-1].trigger, made[-1].parent or made[-1].phrase)
        return True
    told = [p for p in ties.phrases if p.last < phrase.first and p.outcome]
    return bool(told) and told[-1].outcome == "killed"


_CELLS: Final = wordset("custody detention jail prison captivity")


def died_on_the_way(ties: Ties, trigger: Trigger) -> bool:
    """Read "one died at the scene and two in hospital": the verb before goes on, nobody is merely in hospital."""
    if ties.low[trigger.first : trigger.last] != ["in", "hospital"] or trigger.first not in ties.ending:
        return False
    phrase = ties.ending[trigger.first]
    before: list[Link] = [m for m in ties.links.values() if m.phrase.last < phrase.first and m.rule == "intransitive"]
    if not before or before[-1].outcome != "killed" or ties.low[phrase.first - 1] not in {"and", ","}:
        return False
    if not phrase.anaphor or not AUXILIARIES.isdisjoint(ties.low[before[-1].trigger + 1 : phrase.first]):
        return False
    phrase.group = phrase.group if phrase.group != "unknown" else before[-1].phrase.group
    ties.add(phrase, "killed", "intransitive", before[-1].trigger)
    return True


def others_found(ties: Ties) -> None:
    """Read "37 bodies were pulled from the water, while divers found 22 others"."""
    for phrase in ties.phrases:
        at = phrase.first - 1
        if at < 1 or not phrase.anaphor or ties.low[at] not in FINDING or id(phrase) in ties.links:
            continue
        before = [one for one in ties.links.values() if one.phrase.last <= at and one.phrase.outcome == "killed"]
        if before and phrase.quantity is not None and ties.low[at - 1] not in PASSIVE:
            ties.add(phrase, "killed", "head", before[-1].trigger)
