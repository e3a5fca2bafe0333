"""Know people by those told of before them: "shot him dead", "and himself", "killing one", "six of his comrades"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import ADVERBS, ARMED, DETERMINERS, STOPS, indexes, wordset
from ..lexis.people import Phrase
from ..model import Group, Outcome
from .ties import Link, Ties
from .unreal import is_intended, is_unreal
from .verbs import is_passive

SELVES: Final = wordset("himself herself")
_THEM: Final = {"him": "he", "her": "she"}
_PERSONAL: Final = wordset(
    """killed killing murdered murdering kidnapped kidnapping abducted abducting arrested arresting wounded wounding
    injured injuring beheaded beheading executed executing detained detaining lynched assassinated strangled"""
)
_TRIED: Final = wordset("to tried try trying could would might will may if threatened not never")
_STRUCK: Final = wordset("at on against hit struck of")
_FELLOWS: Final = wordset("colleagues colleague comrades comrade men companions companion commander leader aide aides")
_ESCORTS: Final = wordset("bodyguard bodyguards guard guards escorts driver")
FELLOWED: Final = _FELLOWS | _ESCORTS
_THEIRS: Final = wordset("his her their its fellow")


def objects(ties: Ties) -> None:
    """Read "when they killed him", "shot her dead": one person, known from before in the sentence or not."""
    for trigger in ties.triggers:
        k = trigger.last
        who = _THEM.get(ties.low[k]) if k < ties.n else None
        if who is None or is_unreal(ties, trigger) or is_intended(ties, trigger):
            continue
        after = ties.low[k + 1] if k + 1 < ties.n else "."
        outcome = trigger.outcome
        if ties.low[trigger.first] == "shot" and after == "dead":
            outcome = "killed"
        elif ties.low[trigger.first] not in _PERSONAL or is_passive(ties, trigger):
            continue
        if who == "she" and after[0].isalnum() and after not in STOPS and after not in ADVERBS and after != "dead":
            continue  # "killed her husband"
        if not any(made.trigger == trigger.first for made in ties.links.values()):
            _one_before(ties, trigger, outcome, k, who)


def several(ties: Ties) -> None:
    """Read "pulled nine passengers off a bus and shot them dead": those the sentence counted, if it counted once."""
    for trigger in ties.triggers:
        at = trigger.last
        if ties.low[at : at + 1] != ["them"] or is_unreal(ties, trigger) or is_intended(ties, trigger):
            continue
        dead = ties.low[trigger.first] == "shot" and ties.low[at + 1 : at + 2] == ["dead"]
        if is_passive(ties, trigger) or not (dead or ties.low[trigger.first] in _PERSONAL):
            continue
        told = [p for p in ties.phrases if p.last <= trigger.first and p.people and not p.other]
        if len(told) != 1 or told[0].quantity is None or told[0].number < 2 or trigger.first - told[0].last > _APART:
            continue
        outcome, made = "killed" if dead else trigger.outcome, ties.links.get(id(told[0]))
        if made is None:
            ties.add(told[0], outcome, "pronoun", trigger.first)
        elif made.outcome in {"abducted", "detained"} and outcome == "killed":
            ties.more.append(Link(told[0], outcome, "pronoun", trigger.first))


_APART: Final = 16
THEM: Final = frozenset({"them"})


def _one_before(ties: Ties, trigger: Trigger, outcome: Outcome, k: int, who: str) -> None:
    """Tie the outcome to the single person the sentence told of before, else to the pronoun itself."""
    for phrase in reversed(ties.phrases):
        single = phrase.quantity is None and phrase.people and not phrase.anaphor and phrase.outcome is None
        if phrase.last < trigger.first and single:
            if phrase.group == "armed_group" or id(phrase) in ties.links or not phrase.first:
                break
            phrase.named, phrase.name = True, phrase.name or who
            ties.add(phrase, outcome, "pronoun", trigger.first)
            return
    ties.add(Phrase(k, k + 1, 1, 1, None, k, True, named=True, name=who), outcome, "pronoun", trigger.first)


def reflexives(ties: Ties) -> None:
    """Read "injured four and himself", "killed himself"."""
    for i in indexes(SELVES, ties.low):
        if i < 1:
            continue
        word = ties.low[i]
        known = _told_before(ties, i)
        if known is None or not _TRIED.isdisjoint(ties.low[max(0, known.first - 3) : known.first]):
            continue
        phrase = Phrase(i, i + 1, 1, 1, None, i, True, name="he" if word == "himself" else "she")
        phrase.group = "armed_group" if not ARMED.isdisjoint(ties.low[:i]) else "unknown"
        ties.add(phrase, known.outcome, "reflexive", known.first)


def _told_before(ties: Ties, i: int) -> Trigger | None:
    """Return the verb whose object is the reflexive at `i`: right before it, or before what "and" joins to it."""
    k = i - 1
    while k > 0 and ties.low[k] in {"then", "and", "later"}:
        k -= 1
    joined = k < i - 1 and "and" in ties.low[k + 1 : i]
    for trigger in reversed(ties.triggers):
        if trigger.last > i or trigger.form not in {"past", "gerund", "base"} or is_passive(ties, trigger):
            continue
        if trigger.last == i and ties.low[trigger.first] not in {"hurt", "burned", "stabbed"}:
            return trigger
        linked = any(made.trigger == trigger.first and made.phrase.last == k + 1 for made in ties.links.values())
        return trigger if joined and linked else None
    return None


def bare_numbers(ties: Ties) -> None:
    """Give bare numbers the group of those they are some of: "attacked two guards, killing one"."""
    for made in list(ties.links.values()):
        phrase = made.phrase
        if not phrase.anaphor or phrase.head >= 0 or phrase.group != "unknown":
            continue
        whole = next((p for p in reversed(ties.phrases) if p.last <= phrase.first and p.people), None)
        if whole is not None and id(whole) not in ties.links and _some_of(ties, phrase, whole):
            phrase.group = whole.group


def _some_of(ties: Ties, phrase: Phrase, whole: Phrase) -> bool:
    before = ties.low[whole.first - 1] if whole.first else ""
    suffers = before.endswith("ed") or before in _STRUCK
    return suffers and whole.quantity is not None and phrase.number <= whole.number


def told_again(ties: Ties) -> None:
    """Leave out who is only told of again between commas: "one, a boy of 12, died", "a third person, a woman, was"."""
    made = [ties.links[id(phrase)] for phrase in ties.phrases if id(phrase) in ties.links]
    for one, again in pairwise(made):
        first, second = one.phrase, again.phrase
        alike = one.trigger == again.trigger and first.number == second.number == 1 and again.parent is None
        if alike and second.quantity is None and _set_off(ties.low, first, second):
            first.group = second.group if first.group == "unknown" else first.group
            del ties.links[id(second)]


def _set_off(low: list[str], first: Phrase, second: Phrase) -> bool:
    """Say whether the second of two single persons stands alone between commas, and not in a list of more."""
    if low[first.last : second.first] != [","] or low[second.first] not in {"a", "an"} or first.named:
        return False
    end = next((k for k in range(second.last, len(low)) if low[k] in _ENDS), len(low) - 1)
    bare = first.quantity is not None and first.head < 0
    if low[end] != ",":
        return bare and low[end] == "."
    return low[end + 1 : end + 2] != ["and"] and DETERMINERS.isdisjoint(low[end + 1 : end + 2])


_ENDS: Final = frozenset({",", ".", ";", "and"})
COMMA: Final = frozenset({","})


def fellows(ties: Ties) -> None:
    """Give "six of his comrades" the group of whom the sentence counted before."""
    known: Group = "unknown"
    for phrase in ties.phrases:
        if id(phrase) not in ties.links or not phrase.people:
            continue
        theirs = phrase.head > 0 and not _THEIRS.isdisjoint(ties.low[max(0, phrase.first - 1) : phrase.head])
        if theirs and ties.low[phrase.head] in _FELLOWS and phrase.group == "unknown":
            phrase.group = known
        elif theirs and ties.low[phrase.head] in _ESCORTS and known == "armed_group":
            phrase.group = known  # "a rebel leader and two of his bodyguards"
        elif phrase.group != "unknown":
            known = phrase.group
