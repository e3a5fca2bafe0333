"""Find the single persons an outcome word is said of by name: "the murder of Father Hale", "Ana Ruiz was shot dead".

A person is a name with or without a post before it, or "he" and "she".
"""

from __future__ import annotations

from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import ADVERBS, DETERMINERS, PREPOSITIONS, SAY, SINGULAR, STOPS, wordset
from ..lexis.people import NATURAL, Phrase
from .fates import earlier_fate
from .joints import has_own_verb, onward
from .persons import DEEDS, POSTS, describe, name_before, name_from, names_from
from .ties import BREAKS, BY_SUBJECT, Ties
from .unreal import is_intended
from .verbs import PASSIVE, is_passive, verb_group

_PERSONAL: Final = wordset(
    """killed murdered assassinated executed beheaded lynched slain gunned shot stabbed hacked kidnapped abducted
    taken held kidnaped kidnaping
    arrested wounded injured martyred hanged killing murdering assassinating executing beheading slaying kidnapping
    abducting wounding injuring arresting kill kills murder murders assassinate assassinates execute executes behead
    beheads kidnap kidnaps abduct abducts arrest arrests wound wounds injure injures assassination abduction execution
    death died dies detained apprehended beaten fatally jailed imprisoned hospitalized hospitalised lost decapitated
    snatched dead body embraced paid succumbed drowned shoot shooting gun detaining strangled sustained suffered"""
)
"""Outcome words said of persons only: whom they are said of is a person, whatever the name."""
_UNSURE: Final = wordset("died succumbed dies dead shot hurt lost taken held executed detained beaten snatched")
"""Outcome words said of other things too: one word before them need not be a name."""
_BORNE: Final = wordset("sustained suffered")
"""Words that say what a person bears only with its name: "sustained bullet injuries"."""
_DYING: Final = wordset("died succumbed dies death dead body lost")
_FORCE: Final = wordset(
    """attack attacks blast explosion bomb bombing bullet bullets gunfire gunshot wounds burns injuries hospital crash
    crossfire shooting shootout shoot-out ambush raid strike strikes airstrike airstrikes clash clashes fighting battle
    fire custody torture quake earthquake flood floods storm landslide collapse accident violence shelling mine rocket
    missile grenade drone operation gunmen militants rebels guerrillas hands"""
)
_SLAIN: Final = wordset("assassinated murdered slain kidnapped kidnaped abducted executed")
_WHEN: Final = wordset("on last yesterday today early late this")
_FAR: Final = 40
_EDGES: Final = frozenset({",", "and", ";", ":", "that", "--", "—", "–", '"', "“", "”", "."}) | (SAY - {"described"})
_TELLING: Final = wordset("a an the one his her who whose which also then aged alias both former")
_AFTER: Final = wordset("in on by at near while during last when earlier yesterday outside inside along . ,")


def read(ties: Ties, trigger: Trigger) -> None:
    """Read the persons named as object, subject or owner of an outcome word."""
    word = ties.low[trigger.first]
    if word not in _PERSONAL or is_intended(ties, trigger):
        return
    if word in _DYING and not NATURAL.isdisjoint(ties.seen):
        return
    forced = word not in _DYING or _by_force(ties, word)
    if ties.low[trigger.first : trigger.last + 1] == ["shot", "at"] and _at_whom(ties, trigger.last + 1):
        return
    borne = word in _BORNE
    if borne and trigger.last - trigger.first < 2:
        return
    found, rule = [] if borne else _objects(ties, trigger), "named-object"
    if not found and not borne:
        found, rule = _owner(ties, trigger), "named-noun"
    if not found:
        found, rule = _leading(ties, trigger) if _linked(ties, trigger) else _subjects(ties, trigger), "named-subject"
    rule = rule if forced else "named-died"
    for phrase in found:
        if not ties.inside.intersection(range(phrase.first, phrase.last)):
            ties.add(phrase, trigger.outcome, rule, trigger.first)
    if found and rule == "named-object":
        for phrase in found:
            earlier_fate(ties, phrase, trigger, rule)
        joined_to_name(ties, found[-1], trigger)


def joined_to_name(ties: Ties, last: Phrase, trigger: Trigger) -> None:
    """Read what is joined to a named object: "the murder of Omar Hale, his wife and two others"."""
    k = last.last
    if ties.low[k : k + 1] in (["and"], [","]):
        k += 2 if ties.low[k : k + 2] == [",", "and"] else 1
        phrase = ties.starting.get(k)
        if phrase and phrase.people and not phrase.outcome and not has_own_verb(ties, phrase, trigger):
            ties.add(phrase, trigger.outcome, "named-object", trigger.first)
            onward(ties, phrase, trigger, "named-object")


def _linked(ties: Ties, trigger: Trigger) -> bool:
    return any(made.trigger == trigger.first for made in ties.links.values())


def _by_force(ties: Ties, word: str) -> bool:
    """Say whether a sentence tells a death as one by force: "died" asks a sign of it, "the death of" does not."""
    return word in {"death", "dead", "body"} or len(ties.triggers) > 1 or not _FORCE.isdisjoint(ties.seen)


def _at_whom(ties: Ties, k: int) -> bool:
    """Say whether "shot at" before `k` tells of shots and not of the place."""
    return k >= ties.n or not (ties.low[k][0].isalpha() and ties.low[k] not in {"from", "by", "and", "while", "as"})


def _objects(ties: Ties, trigger: Trigger) -> list[Phrase]:
    """Read "the murder of Father Hale", "killed Ana Ruiz and Jan Orsk"."""
    return names_from(ties, _object_at(ties, trigger))


def _object_at(ties: Ties, trigger: Trigger) -> int:
    """Return where the object of an outcome word begins, 0 if it can have none."""
    k, low = ties.past_insertion(trigger.last), ties.low
    if trigger.form in {"noun", "gerund", "base"}:
        if low[k : k + 1] == ["of"]:
            return k + 1
        if low[k : k + 1] and low[k] in _WHEN and low[trigger.first] in DEEDS:
            of = next((j for j in range(k + 1, min(k + 6, ties.n)) if low[j] == "of"), 0)
            return of + 1 if of and BREAKS.isdisjoint(low[k:of]) else 0
        before = low[trigger.first - 1] if trigger.first else ","
        if trigger.form == "noun" or (low[trigger.first] in DEEDS and before in DETERMINERS):
            return 0
        verbal = before in STOPS or before in SAY or before in ADVERBS or not before[0].isalpha()
        if trigger.form == "gerund":
            return k if verbal else 0
        return k if low[trigger.first].endswith("s") or before in {"and", "who"} else 0
    if trigger.first and low[trigger.first - 1] in DETERMINERS:
        return k if low[trigger.first] in _SLAIN and name_from(ties, k, full=True) else 0  # "the murdered Ana Ruiz"
    return k if trigger.form == "past" and not is_passive(ties, trigger) else 0


def _owner(ties: Ties, trigger: Trigger) -> list[Phrase]:
    """Read "Hale's murder"."""
    at = trigger.first - 1
    if ties.low[trigger.first] not in DEEDS or at < 0:
        return []
    if at and ties.low[at] in {"'", "’"} and ties.low[at - 1][-1] in "sz":
        at -= 1  # "Valdes' murder"
    elif at not in ties.tokens.possessive:
        return []
    after = ties.low[trigger.last] if trigger.last < ties.n else "."
    if after == "of" or (after[0].isalpha() and after not in STOPS and after not in ADVERBS):
        return []  # "the group's killing of …", "Hale's death sentence"
    phrase = name_before(ties, at + 1, single=True, after=True)
    return [phrase] if phrase is not None else []


def _subjects(ties: Ties, trigger: Trigger) -> list[Phrase]:
    """Read "Ana Ruiz was shot dead", "Hale, a teacher, was kidnapped", "Hale and Ruiz were killed"."""
    if trigger.form not in {"past", "passive", "intransitive", "state"}:
        return []
    start, verbs = verb_group(ties, trigger)
    drowned = ties.low[trigger.first : trigger.last] == ["drowned"]
    if not verbs and trigger.form in {"past", "passive"} and not drowned:
        return _reduced(ties, trigger)
    if not verbs and not drowned and (trigger.form != "intransitive" or ties.low[trigger.first] in {"dying", "losing"}):
        return []
    if trigger.form == "past" and not (verbs & PASSIVE):
        return []
    s = _before_age(ties.low, start)
    who = s > 0 and ties.low[s - 1] == "who"
    s -= who
    if s > 0 and ties.low[s - 1] in {"he", "she"} and not who:
        return [Phrase(s - 1, s, 1, 1, None, s - 1, True, named=True, name=ties.low[s - 1])]
    if s > 0 and ties.low[s - 1] in {"no-one", "nobody", "everyone", "someone", "anyone"}:
        return []
    several = bool(verbs & {"were", "are", "have"})
    if s > 0 and ties.low[s - 1] == "," and not several:
        inner = _apposed(ties, s - 1, who=who)
        if inner or who:
            return inner
    sure = not several and ties.low[trigger.first] not in _UNSURE
    found = _led(ties, s, several=several, sure=sure, after=who)
    joined = bool(found) and found[0].first > 0 and ties.low[found[0].first - 1] == "and"
    return [] if several and len(found) < 2 and not joined else found


def _before_age(low: list[str], s: int) -> int:
    """Return where the name before an age in brackets ends: "Omar Hale (41) died", "Ana Ruiz (38 years) was shot"."""
    opening = next((k for k in range(s - 2, max(s - _AGE, 0), -1) if low[k] == "("), 0) if low[s - 1] == ")" else 0
    return opening if opening and low[opening + 1].isdecimal() else s


_AGE: Final = 5


def _led(ties: Ties, s: int, *, several: bool, sure: bool, after: bool) -> list[Phrase]:
    """Return the persons of the subject that ends before token `s`, past what is said of each between commas."""
    found: list[Phrase] = []
    edge = s
    while edge > 0 and len(found) < 8:
        phrase, a, b = None, edge, edge
        while phrase is None and a > 0 and s - a < _FAR:
            b = a - (ties.low[a - 1] == ",")
            if b == a and a != edge:
                return found
            a = _segment(ties, b)
            phrase = name_before(ties, b, single=sure or (several and a + 1 == b), after=after)
            if phrase is not None and phrase.first != a and b < s:
                phrase = None
            if phrase is None and not (a < b and _tells(ties, a)):
                return found
        if phrase is None:
            return found
        if b < edge:
            describe(ties, phrase, b, edge)
        found.insert(0, phrase)
        edge = phrase.first - (phrase.first > 0 and ties.low[phrase.first - 1] == "and")
        edge -= edge > 1 and ties.low[edge - 1] == ","
        if not several or edge == phrase.first:
            return found
    return found


def _segment(ties: Ties, b: int) -> int:
    """Return where the words between commas that end before token `b` begin."""
    a = b
    while a > 0 and ties.low[a - 1] not in _EDGES:
        a -= 1
    return a


def _tells(ties: Ties, a: int) -> bool:
    """Say whether the words from `a` on describe whom was named before: "a teacher", "45", "who was there"."""
    word = ties.low[a] if a < ties.n else ""
    return word in _TELLING or word[:1].isdecimal() or word in PREPOSITIONS or word in SINGULAR or word in POSTS


def _reduced(ties: Ties, trigger: Trigger) -> list[Phrase]:
    """Read "Omar Hale, killed in the raid, …"."""
    after = ties.low[trigger.last] if trigger.last < ties.n else "."
    comma = trigger.first - 1
    if comma < 1 or ties.low[comma] != "," or not (after in _AFTER or after[0].isdecimal()):
        return []
    phrase = name_before(ties, comma, single=False, after=True)
    return [phrase] if phrase is not None else []


def _apposed(ties: Ties, comma: int, *, who: bool) -> list[Phrase]:
    """Read the name before the comma at `comma`: "Hale, who" or "the teacher, Omar Hale,"."""
    if who:
        phrase = name_before(ties, comma, single=True, after=True)
        return [phrase] if phrase is not None else []
    opening = next((k for k in range(comma - 1, max(comma - 22, 0), -1) if ties.low[k] == ","), 0)
    if not opening or not BREAKS.isdisjoint(ties.low[opening:comma]):
        return []
    inner = name_from(ties, opening + 1)
    if inner is not None and inner.last == comma:
        return [inner]
    return []


def _leading(ties: Ties, trigger: Trigger) -> list[Phrase]:
    """Read the name before counted subjects: "Mayor Hale and two bodyguards were shot dead"."""
    told = [
        made.phrase
        for made in ties.links.values()
        if made.trigger == trigger.first and made.rule in BY_SUBJECT and made.parent is None
    ]
    edge = min((phrase.first for phrase in told), default=0)
    if edge < 2 or not (ties.low[edge - 1] == "and" or (ties.low[edge - 1] == "," and len(told) > 1)):
        return []
    edge -= 2 if ties.low[edge - 2] == "," else 1
    phrase = name_before(ties, edge, single=False)
    if phrase is None and ties.low[edge] == "," and len(told) > 1:
        return _apposed(ties, edge, who=False)
    return [phrase] if phrase is not None else []
