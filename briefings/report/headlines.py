"""Read the dead of a headline, which drops what a sentence would say: "8 die", "Four weavers killed", "raid kills six".

Only for headlines in which the grammar of sentences found nobody killed. What stands between a number and its verb may
be any noun there: people are what headlines count as dead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..counting.ties import Link
from ..lexis.lexicon import PERSON, SINGULAR, STOPS, group_of, wordset
from ..lexis.people import Phrase
from ..lexis.quantities import Quantity, scan
from ..lexis.sentences import Tokens

_DIED: Final = wordset(
    """die dies died dead killed slain massacred murdered executed beheaded decapitated lynched slaughtered shot-dead
    butchered drowned perish perished"""
)
_DEAD_PAIRS: Final = frozenset(
    {("shot", "dead"), ("gunned", "down"), ("found", "dead"), ("stabbed", "dead"), ("hacked", "dead"), ("left", "dead")}
)
_HARMED: Final = wordset("tortured kidnapped abducted shot stabbed raped beaten ambushed seized bound burned burnt")
_DEATHS: Final = wordset("deaths kills fatalities")
_KILL: Final = wordset(
    """kill kills killed killing slay slays slaying murder murders murdering massacre massacres massacring execute
    executes executing behead beheads slaughter slaughters"""
)
_OTHER_VERBS: Final = wordset("burn burns rape rapes torture tortures wound wounds injure injures behead abduct rob")
_NO_DEATH: Final = wordset(
    """arrested held jailed charged detained injured wounded hurt rescued freed sentenced convicted missing released
    hits hit attacked destroyed burned burnt trapped captured days hours weeks months years percent minutes villages
    houses homes towns cities attacks blasts raids strikes clashes"""
)
_NOT_PEOPLE: Final = wordset(
    """dogs cattle cows birds elephants sheep horses fish animals whales camels goats pigs chickens livestock bulls deer
    trees jobs bills deals drones tanks vehicles aircraft jets helicopters ships boats days hours weeks months years"""
)
_SOURCES: Final = (
    "media|police|official|officials|sources?|army|military|state|ministry|reports?|agency|tv|radio|doctors?"
)
_GLUED: Final = re.compile(rf"(\d{{1,3}}(?:,\d{{3}})*)-(?:{_SOURCES})$")
_INCLUDING: Final = wordset("including among")
_ABOUT_THEM: Final = _INCLUDING | _DIED
_LONGEST: Final = 7
HINTS: Final = _DIED | _DEATHS | _KILL | {"dead", "down"}
"""Words one of which every headline read here holds."""


def link(tokens: Tokens) -> list[Link]:
    """Return the dead of a headline with the words that say so; nobody where none of its forms is met."""
    if HINTS.isdisjoint(tokens.low):
        return []
    counted = list(_counted(tokens))
    return counted or list(_single(tokens))


def held(tokens: Tokens) -> list[Link]:
    """Return those a headline says are held by the law: "nine held over bus fire", "two men held in Brela"."""
    low, made = tokens.low, list[Link]()
    for quantity in scan(tokens):
        k, head = quantity.last, -1
        while k < len(low) and (low[k] in PERSON or low[k] == "more"):
            head, k = (k if low[k] in PERSON else head), k + 1
        after = low[k + 1 : k + 2]
        law = low[k : k + 1] == ["held"] and _CAPTORS.isdisjoint(low[k:])
        if quantity.value and law and (not after or after[0] in _HELD):
            phrase = Phrase(quantity.first, k, quantity.low, quantity.high, quantity, head)
            if head >= 0:
                phrase.group = group_of(low[quantity.last : head + 1], head - quantity.last)
            made.append(Link(phrase, "detained", "held", k))
    return made


_HELD: Final = wordset("in over for at as after with near under , ;")
_CAPTORS: Final = wordset(
    """hostage hostages captive captives siege rebels gunmen militants bandits kidnappers kidnapped abducted pirates
    ransom hijackers hijacked"""
)


def _counted(tokens: Tokens) -> Iterator[Link]:
    taken = -1
    for quantity in [*scan(tokens), *_glued(tokens)]:
        if quantity.first <= taken or quantity.value < 1:
            continue
        found = _object(tokens, quantity) or _family(tokens, quantity) or _subject(tokens, quantity)
        if found:
            taken = found.phrase.last
            yield found


def _glued(tokens: Tokens) -> Iterator[Quantity]:
    """Give the number of "killing 13-media", where the source is glued to it."""
    for k, word in enumerate(tokens.low):
        if (found := _GLUED.match(word)) and (value := int(found[1].replace(",", ""))):
            yield Quantity(k, k + 1, k, value, value, "exact")


def _subject(tokens: Tokens, quantity: Quantity) -> Link | None:
    """Read "8 die", "Four weavers killed", "3 brothers kidnapped and killed", "30 rebel and army deaths"."""
    low, n = tokens.low, len(tokens.low)
    k, head = quantity.last, -1
    while k < n and k - quantity.last <= _LONGEST:
        word = low[k]
        if _says_dead(low, k):
            return _made(tokens, quantity, head, k, "headline-subject")
        if word in _DEATHS and head >= 0:
            return _made(tokens, quantity, head, k, "headline-deaths")
        if word in _HARMED:
            k = _next_verb(low, k)
            continue
        if word == "," and k + 1 < n and low[k + 1] in _ABOUT_THEM:
            k = _past_aside(low, k + 1) if low[k + 1] in _INCLUDING else k + 1
            continue
        if word in _INCLUDING:
            k = _past_aside(low, k)
            continue
        if word in _NO_DEATH or not (word[0].isalpha() or word in {"of", "and"}):
            return None
        if word in STOPS and word not in {"of", "and", "more", "other", "others"}:
            return None
        if word not in {"of", "and"} and (head < 0 or low[k - 1] not in {"of"}) and "of" not in low[quantity.last : k]:
            head = k
        k += 1
    return None


def _says_dead(low: list[str], k: int) -> bool:
    return low[k] in _DIED or (low[k], low[k + 1] if k + 1 < len(low) else "") in _DEAD_PAIRS


def _next_verb(low: list[str], k: int) -> int:
    """Return where the verb after a verb of harm stands: "tortured, killed", "kidnapped and killed"."""
    at = k + 1
    while at < len(low) and low[at] in {",", "and", "then"}:
        at += 1
    return at


def _past_aside(low: list[str], k: int) -> int:
    """Return the first token after "including a captain," that can be the verb of what it is said of."""
    for at in range(k + 1, min(k + 9, len(low))):
        if low[at] == "," or _says_dead(low, at):
            return at + 1 if low[at] == "," else at
    return len(low)


def _object(tokens: Tokens, quantity: Quantity) -> Link | None:
    """Read "raid kills six", "kill, burn 4 weavers", "killing seven - sources": any noun may follow the number."""
    low = tokens.low
    k = quantity.first - 1
    while k > 0 and (low[k] in _OTHER_VERBS or low[k] in {",", "and"}):
        k -= 1
    if k < 0 or low[k] not in _KILL:
        return None
    if k + 1 < quantity.first and low[quantity.first - 1] not in _OTHER_VERBS:
        return None
    head = -1
    for at in range(quantity.last, min(quantity.last + 5, len(low))):
        if not low[at][0].isalpha() or low[at] in STOPS or low[at].endswith("ing") or low[at] in _DIED:
            break
        head = at
    if head >= 0 and low[head] in _NOT_PEOPLE:
        return None
    return _made(tokens, quantity, head, k, "headline-object")


def _family(tokens: Tokens, quantity: Quantity) -> Link | None:
    """Read "kill family of four"."""
    low, at = tokens.low, quantity.first
    if at > 2 and low[at - 2 : at] == ["family", "of"] and low[at - 3] in _KILL:
        phrase = Phrase(at - 2, quantity.last, quantity.low, quantity.high, quantity, at - 2, group="civilians")
        return Link(phrase, "killed", "headline-object", at - 3)
    return None


def _made(tokens: Tokens, quantity: Quantity, head: int, trigger: int, rule: str) -> Link | None:
    low = tokens.low
    if head >= 0 and low[head] in _NOT_PEOPLE:
        return None
    last = max(head + 1, quantity.last)
    phrase = Phrase(quantity.first, last, quantity.low, quantity.high, quantity, head)
    if head >= 0 and "and" not in low[quantity.last : last]:
        words = low[quantity.last : last]
        phrase.group = group_of(words, len(words) - 1)
    return Link(phrase, "killed", rule, trigger)


def _single(tokens: Tokens) -> Iterator[Link]:
    """Read the one person a headline opens with: "Farmer shot dead", "Woman and child killed", "Couple killed"."""
    low, n = tokens.low, len(tokens.low)
    verb = next(
        (k for k in range(1, min(n, 7)) if low[k] in _DIED or (low[k], low[k + 1] if k + 1 < n else "") in _DEAD_PAIRS),
        n,
    )
    if verb == n or any(low[k] in STOPS and low[k] not in {"and", "a", "an"} for k in range(verb)):
        return
    if any(not low[k][0].isalpha() for k in range(verb)):
        return
    if low[verb] in {"killed", "murdered", "executed", "massacred"} and not _passive(low, verb):
        return
    for head in range(verb):
        if head != verb - 1 and low[head + 1] != "and":
            continue
        couple = low[head] == "couple"
        if not couple and low[head] not in SINGULAR:
            return
        count = 2 if couple else 1
        first = next((k + 1 for k in range(head - 1, -1, -1) if low[k] == "and"), 0)
        phrase = Phrase(first, head + 1, count, count, None, head)
        phrase.group = group_of(low[first : head + 1], head - first)
        yield Link(phrase, "killed", "headline-single", verb)


def _passive(low: list[str], verb: int) -> bool:
    """Say whether "killed" is what happened to the subject: nobody follows whom it could have killed."""
    after = low[verb + 1 : verb + 2]
    return not after or after[0] in STOPS or not after[0][0].isalpha()
