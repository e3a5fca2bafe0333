"""Read whom an outcome word has for its object: "killed 12 people", "the killing of six", "the priests' murder"."""

from __future__ import annotations

from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import ADVERBS, CONJUNCTIONS, DETERMINERS, PERSON, PREPOSITIONS, STOPS, WEEKDAYS, wordset
from ..lexis.people import Phrase
from .fates import earlier_fate
from .joints import has_own_verb, onward
from .persons import DEEDS
from .ties import BREAKS, Ties
from .verbs import is_passive

_OBJECT_SKIPS: Final = wordset("off total dead up out") | frozenset("\"“‘'")
_HURT: Final = wordset(
    "wounding wounded injuring injured hurt leg legs arm foot hospital survived at video film photo photos"
)
_PICTURES: Final = wordset("film camera video tape canvas")
_ECONOMY: Final = wordset(
    "sanctions sanction tariffs tariff prices price taxes tax inflation recession ban cuts shortages reforms austerity"
)
BURYING: Final = wordset(
    """collapses collapsed mine shaft tunnel wreckage cave-in
    landslide landslides rubble avalanche mud mudslide debris collapse quake earthquake feared"""
)


_HIDDEN: Final = wordset("buried trapped buries traps burying trapping")


def of_noun(ties: Ties, trigger: Trigger) -> bool:
    """Read "the killing of 12 people", "bodies of two men"."""
    if trigger.form not in {"noun", "gerund", "base"}:
        return False
    of = _of(ties, trigger)
    if of < 0:
        at = trigger.first - 1  # "the six priests' murder"
        phrase = ties.ending.get(at) if at > 0 and ties.low[at] in {"'", "’"} else None
        if phrase is not None and phrase.people and phrase.outcome is None:
            ties.add(phrase, trigger.outcome, "noun-of", trigger.first)
        return False
    k = of + 1
    while k < ties.n and k not in ties.starting and (ties.low[k] in DETERMINERS or ties.low[k] in ADVERBS):
        k += 1  # "the deaths of only nine attackers"
    phrase = ties.starting.get(k)
    if phrase is None or not ties.fits(phrase):
        return False
    if ties.low[trigger.first] == "body" and phrase.number > 1:
        return False  # "a body of 30 soldiers marched"
    ties.add(phrase, trigger.outcome, "noun-of", trigger.first)
    earlier_fate(ties, phrase, trigger, "noun-of")
    onward(ties, phrase, trigger, "noun-of")
    return True


def _of(ties: Ties, trigger: Trigger) -> int:
    """Return where the "of" of an outcome noun stands, past a day: "the arrest on Sunday of five"; else -1."""
    k = trigger.last
    if ties.low[k : k + 1] == ["of"]:
        return k
    led = trigger.first > 0 and ties.low[trigger.first - 1] in DETERMINERS and ties.low[trigger.first] in DEEDS
    if not led or ties.low[k : k + 1] == [] or ties.low[k] not in _WHEN_WHERE:
        return -1
    at = next((j for j in range(k + 1, min(k + _ASIDE, ties.n)) if ties.low[j] == "of"), -1)
    between = ties.low[k:at]
    plain = at > 0 and BREAKS.isdisjoint(between) and ties.inside.isdisjoint(range(k, at)) and "," not in between
    return at if plain and between[-1] not in _PEOPLED and at + 1 in ties.starting else -1


_KILLING: Final = frozenset({"killing"})
_WHEN_WHERE: Final = wordset("on in at near last late early yesterday overnight")
_ASIDE: Final = 6
_PEOPLED: Final = wordset("village town city camp community population district total convoy group crew")
"""What a number after "of" may be the size of."""


def of_verb(ties: Ties, trigger: Trigger) -> bool:
    """Read the objects of an active verb."""
    shot = ties.low[trigger.first] == "shot" and trigger.form == "passive" and _HURT.isdisjoint(ties.low)
    if trigger.form not in {"past", "gerund", "base"} and not shot:
        return False
    if (trigger.form == "past" or shot) and is_passive(ties, trigger):
        return False
    k, steps = ties.past_insertion(trigger.last), 0
    while (
        k < ties.n
        and k not in ties.starting
        and steps < 4
        and (
            ties.low[k] in ADVERBS
            or ties.low[k] in DETERMINERS
            or ties.low[k] in _OBJECT_SKIPS
            or ties.low[k] in WEEKDAYS
            or ties.low[k - 1 : k + 1] == ["total", "of"]
            or not ties.low[k][0].isalnum()
        )
    ):
        if ties.low[k] in {",", ".", ";", ":", "—", "–", "-", ")"}:
            return False
        k, steps = k + 1, steps + 1
    phrase = ties.starting.get(k) or _after_name(ties, trigger.last)
    if phrase is not None and phrase.other:
        phrase = _after_things(ties, phrase)
    if phrase is None or not ties.fits(phrase) or phrase.outcome or has_own_verb(ties, phrase, trigger):
        return False
    if trigger.outcome == "missing" and ties.low[trigger.last - 1] in _HIDDEN and BURYING.isdisjoint(ties.low):
        return False
    if phrase.first < trigger.last:
        return False
    if _beside_the_point(ties, phrase, trigger):
        return True
    if shot:
        if not _KILLING.isdisjoint(ties.low[phrase.last :]):
            return False  # "shot nine people, killing four"
        if not phrase.people and (phrase.quantity is None or phrase.first != trigger.last):
            return False
        trigger = Trigger(trigger.first, trigger.last, "killed", "past")
    rule = {"past": "active-object", "gerund": "gerund-object", "base": "present-object"}[trigger.form]
    if (
        trigger.form == "gerund"
        and trigger.first
        and ties.low[trigger.first - 1] in {"reported", "announced", "claimed", "admitted", "reports", "acknowledged"}
    ):
        rule = "reported-killing"
    ties.add(phrase, trigger.outcome, rule, trigger.first)
    earlier_fate(ties, phrase, trigger, rule)
    onward(ties, phrase, trigger, rule)
    return True


def _beside_the_point(ties: Ties, phrase: Phrase, trigger: Trigger) -> bool:
    """Say whether the object is no victim: "hurt two ministers' careers", "sanctions hurt 300 farmers"."""
    after = ties.low[phrase.last : phrase.last + 2]
    if len(after) > 1 and after[0] in {"'", "’"} and after[1][0].isalpha() and after[1] not in STOPS:
        return True
    if after[:1] == ["on"] and after[1:] and after[1] in _PICTURES:
        return True
    near = ties.low[max(0, trigger.first - 4) : trigger.first]
    return trigger.outcome == "injured" and not _ECONOMY.isdisjoint(near)


def _after_things(ties: Ties, things: Phrase) -> Phrase:
    """Return the people joined to what is none: "killed 30 goats and two herders"; else the things themselves."""
    at = next((k for k in range(things.last, min(things.last + 4, ties.n)) if ties.low[k] in _JOINING), ties.n)
    joined = ties.starting.get(at + 1)
    if joined is None or not joined.people:
        return things
    after = ties.low[joined.last] if joined.last < ties.n else "."
    return joined if after in PREPOSITIONS or after in CONJUNCTIONS or not after[0].isalnum() else things


_JOINING: Final = frozenset({"and", "or"})


def _after_name(ties: Ties, k: int) -> Phrase | None:
    """Return the phrase joined to a name or a bare plural that begins at `k` ("killing Ali Khan and 12 others")."""
    k += k < ties.n and ties.low[k] in DETERMINERS
    start = k
    while k < ties.n and k - start < 6 and k not in ties.starting and k not in ties.in_trigger:
        word = ties.low[k]
        if word in {"and", ","} and k > start:
            phrase = ties.starting.get(k + 1)
            listed = word == "and" or "and" in ties.low[k : k + 8]
            return phrase if phrase and phrase.people and listed else None
        named = (
            ties.tokens.words[k][:1].isupper() or word in {"him", "her", "himself", "herself", "them"} or word in PERSON
        )
        if not named:
            return None
        k += 1
    return None
