"""Read an affirmed zero: "no one was hurt", "no deaths", "denied losing any men"; a mere lack of reports is none."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import AUXILIARIES, BE, NATIONS_I, PERSON, STATE_MARKERS, group_of, indexes, wordset
from ..lexis.people import OUTCOME_HEADS, Phrase
from ..lexis.sentences import Tokens
from ..model import ClaimantKind, Outcome
from .ties import Link

NONE: Final = wordset("no nobody none no-one zero")
DENYING: Final = wordset("denied denies denying")
HINTS: Final = NONE | DENYING
"""Words one of which every sentence with an affirmed zero holds."""
DENIED: Final = "denied-any"
"""The rule that reads the zero of who denies any losses: "denied that it had lost any fighters"."""
_NO: Final = frozenset({"no", "zero"})
_PEOPLE: Final = PERSON - set(OUTCOME_HEADS)
_SOMEBODY: Final = _PEOPLE | STATE_MARKERS
"""Words of "no security personnel", of whom the last are people."""
_ZERO_NOUNS: Final[dict[str, Outcome]] = {
    "deaths": "killed", "fatalities": "killed", "casualties": "killed", "injuries": "injured",
}  # fmt: skip


def read(tokens: Tokens, told: list[Trigger]) -> list[Link]:
    """Return an affirmed zero: "no one was hurt", "no deaths"; a mere lack of reports is not one."""
    low = tokens.low
    for i in indexes(DENYING, low):
        if (none := _denied(tokens, i, told)) is not None:
            return [none]
    for i in indexes(NONE, low):
        word, around = low[i], low[max(0, i - 6) : i + 3]
        if "reports" in around or "report" in around:
            continue
        near = low[i + 1 : i + 6]
        who = _whom(word, near)
        if who:
            for trigger in told:
                passive = trigger.form == "past" and low[trigger.first - 1] in BE
                if i < trigger.first <= i + 8 and (passive or trigger.form == "intransitive"):
                    return [_zero(low, i, i + who, trigger.outcome, trigger.first)]
                if trigger.last == i and _spares(low, trigger, i + who):
                    return [_zero(low, i, i + who, trigger.outcome, trigger.first)]
            if (at := _lost(low, i, i + who)) >= 0:
                return [_zero(low, i, i + who, "killed", at)]
        if word in _NO and near:
            found = _no_noun(low, i)
            if found:
                return found
    return []


def _denied(tokens: Tokens, i: int, told: list[Trigger]) -> Link | None:
    """Read what is said by denying any of it: "denied losing any men", "denied that any guard had been killed".

    Who denies that it killed, caused or hid any deaths, or that any were meant, says nothing of how many died.
    """
    low = tokens.low
    if not _UNDENIED.isdisjoint(low[max(0, i - _NEGATING) : i]) or low[i - 1 : i] in _BY:
        return None
    end = next((k for k in range(i + 1, len(low)) if low[k] in _CLAUSE_ENDS), len(low))
    at = next((k for k in range(i + 1, end) if low[k] == "any"), end)
    head = at
    while head + 1 < end and (low[head + 1] in _DESCRIBING or low[head + 1] in _HARMED):
        head += 1  # "any civilian casualties"
    if head == at or low[head] not in _HARMED:
        return None
    led = " ".join(low[i + 1 : at])
    if (
        low[head] in _LOSSES
        and (not led or _THERE_WERE.fullmatch(led))
        and _closes(tokens, head + 1, end, bare=not led)
    ):
        return _none(low, at, head + 1, "killed", head)
    if _HAD_LOST.fullmatch(led) and _closes(tokens, head + 1, end):
        return _none(low, at, head + 1, "killed", at - 1)
    if led not in {"", "that"}:
        return None
    verb = next((k for k in range(head + 1, end) if low[k] not in AUXILIARIES and low[k] not in BE), end)
    one = next((one for one in told if one.first == verb), None)
    if one is None or not _closes(tokens, one.last, end):
        return None
    harmed = one.form == "intransitive" or (one.form == "past" and low[verb - 1] in BE)
    return _none(low, at, head + 1, one.outcome, verb) if harmed else None


def _closes(tokens: Tokens, k: int, end: int, *, bare: bool = False) -> bool:
    """Say whether a clause ends at token `k`, or says no more than where: "in its ranks", not "by its men".

    Behind a `bare` "denied any deaths" much else may be said of those deaths: "in the camp followed from its raid".
    """
    low = tokens.low
    if k >= end:
        return True
    where = low[k] in _WHERE and k + 1 < end and (low[k + 1] in _THE or tokens.words[k + 1][:1].isupper())
    told = not _PREDICATING.isdisjoint(low[k:end]) or (bare and end - k > _BARE)
    return where and not told


def _none(low: list[str], first: int, last: int, outcome: Outcome, trigger: int) -> Link:
    made = _zero(low, first, last, outcome, trigger)
    made.rule = DENIED
    return made


def of_own_losses(low: list[str], link: Link) -> bool:
    """Say whether a zero is that of a side that denies losses of its own: "denied losing any men"."""
    return link.rule == DENIED and _own_loss(low, link)


def may_deny(low: list[str], link: Link, kind: ClaimantKind) -> bool:
    """Say whether a zero is one that such a speaker can give: a club that denies losing any players has none dead."""
    return (
        not _own_loss(low, link)
        or kind in _FIGHTING
        or (kind == "government" and low[link.phrase.last - 1] != "losses")
    )


def _own_loss(low: list[str], link: Link) -> bool:
    return low[link.trigger] in _LOSING or low[link.trigger] == "losses"


_FIGHTING: Final = frozenset({"armed_group", "military", "police"})
_CLAUSE_ENDS: Final = frozenset({",", ";", ".", "and", "but", "while"})
_NEGATING: Final = 4
_UNDENIED: Final = NONE | wordset(
    "not never neither nor hasn't haven't hadn't hasn’t haven’t hadn’t without if whether"
)
"""Words before "denied" by which nothing is denied."""
_BY: Final = (["of"], ["from"], ["by"])
_LOSING: Final = wordset("lost losing suffered suffering sustained sustaining")
_LOSSES: Final = wordset("losses casualties deaths fatalities")
_HARMED: Final = _PEOPLE | _LOSSES
_DESCRIBING: Final = STATE_MARKERS | NATIONS_I | frozenset({"of", "its", "their"})
_HAD_LOST: Final = re.compile(
    r"(?:that )?(?:(?:it|they|he|we|(?:its|their) [\w-]+) )?(?:had |has |have |having )?"
    rf"(?:{'|'.join(sorted(_LOSING))})"
)
_THERE_WERE: Final = re.compile(r"(?:that )?there (?:had been|have been|has been|were|was)")
_WHERE: Final = wordset("in at on during among")
_THE: Final = wordset("the its their this")
_PREDICATING: Final = AUXILIARIES | BE
_BARE: Final = 3
"""Words behind "denied any deaths" that can only say where: "in its ranks"."""


def _spares(low: list[str], trigger: Trigger, end: int) -> bool:
    """Say whether the object of an outcome word is nobody: "the shell exploded, hurting no one"."""
    active = trigger.form in {"past", "gerund", "base"} and (not trigger.first or low[trigger.first - 1] not in BE)
    return active and (end >= len(low) or not low[end][0].isalnum() or low[end] in _ON)


def _lost(low: list[str], i: int, end: int) -> int:
    """Return where "lost" says that a side lost nobody: "the militia lost no one", "no soldier was lost"; else -1."""
    if i > 1 and low[i - 1] == "lost" and (end >= len(low) or not low[end][0].isalnum() or low[end] in _ON):
        return i - 1
    fighters = group_of(low[i:end], end - i - 1) in {"state_forces", "armed_group"}
    return end + 1 if fighters and low[end : end + 1] in _WAS and low[end + 1 : end + 2] == ["lost"] else -1


_WAS: Final = (["was"], ["were"])
_ON: Final = wordset("in on at near and but as when while after during")


def _no_noun(low: list[str], i: int) -> list[Link]:
    """Read "no deaths", "no deaths or injuries", "no clashes or casualties", "no losses in its ranks"."""
    near = low[i + 1 : i + 6]
    if near[0] in {"immediate", "further", "other"} or "word" in low:
        return []
    if near[:3] == ["loss", "of", "life"]:
        return [_zero(low, i, i + 4, "killed", i + 1)]
    if near[0] == "losses" and not _RANKS.isdisjoint(near[1:]) and not _OWN.isdisjoint(near[1:]):
        return [_zero(low, i, i + 2, "killed", i + 1)]
    made: list[Link] = []
    for k in (1, 3):
        outcome = _ZERO_NOUNS.get(near[k - 1]) if len(near) >= k else None
        if outcome and all(outcome != one.outcome for one in made):
            made.append(_zero(low, i, i + 1 + k, outcome, i + k))
        if k == 1 and near[1:2] not in (["or"], ["and"]):
            break
    return made


_RANKS: Final = wordset("ranks side forces troops men soldiers fighters personnel")
_OWN: Final = wordset("its our their his")


def _whom(word: str, near: list[str]) -> int:
    """Return how many words say who nobody is: "no one", "no soldiers", "none of the passengers"; 0 for no people."""
    if word in {"nobody", "no-one"}:
        return 1
    if word in _NO:
        if near[:1] == ["one"]:
            return 2
        who = list(takewhile(_SOMEBODY.__contains__, near))
        return 1 + len(who) if who and who[-1] in _PEOPLE else 0
    head = next((k for k, later in enumerate(near) if later in PERSON or later == "them"), None)
    return 0 if near[:1] != ["of"] or head is None else head + 2


def numbered(made: list[Link]) -> None:
    """Let a count of 0 be the affirmed zero that "nobody" is: "0 people were injured"."""
    for one in made:
        if one.phrase.low == 0 and one.phrase.high == 0:
            one.rule = "affirmed-none"


def not_one(low: list[str], made: list[Link]) -> None:
    """Read "not a single person was killed" and "not one soldier was hurt", which deny as much as "nobody" does."""
    for one in made:
        phrase, at = one.phrase, one.phrase.first
        single = low[at] == "one" or low[at : at + 2] == ["a", "single"]
        if at and low[at - 1] == "not" and single and phrase.number == 1:
            phrase.first, phrase.low, phrase.high, phrase.quantity = at - 1, 0, 0, None
            one.rule = "affirmed-none"


def _zero(low: list[str], first: int, last: int, outcome: Outcome, trigger: int) -> Link:
    phrase = Phrase(first, last, 0, 0, None, people=True)
    if low[last - 1] in PERSON:
        phrase.head, phrase.group = last - 1, group_of(low[first:last], last - first - 1)
    return Link(phrase, outcome, "affirmed-none", trigger)
