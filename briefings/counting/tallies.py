"""Read the numbers of a toll: "the toll rose from 14 to 31", "put the dead at six", "Wounded: 5", "up from 28"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from ..lexis.harms import FATES, Trigger
from ..lexis.lexicon import ADVERBS, AUXILIARIES, DETERMINERS, PERSON, SAY, group_of, indexes, wordset
from ..lexis.people import KINDS_OF_MANY, OUTCOME_HEADS, Phrase
from ..model import Outcome
from .joints import onward
from .ties import BY_SUBJECT, Ties

_COMPARING: Final = frozenset(
    {("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to"), ("up", "on")}
)
COLON: Final = frozenset({":"})
_LABELS: Final = wordset(
    "civilians soldiers children women men policemen passengers militants rebels insurgents students"
)
_TOLL_STEPS: Final = wordset(
    """to at of from reached reaches is was : hits hit passed crossed crosses exceeds as stands past reaching
    topped tops passes surpassed surpasses and number numbered totalled totaled were are"""
)
TOLL_WORDS: Final = wordset(
    """toll tolls number numbers figure count total tally dead killed wounded injured missing displaced deaths
    fatalities injuries"""
)
_MOVED: Final = wordset(
    """rose risen rises stood stand stands reached climbed number numbered jumped grew soared totalled totaled total hit
    fell fallen dropped declined decreased"""
)
_TO_COME: Final = wordset("could may might would will expected likely feared")
_SHORTENED: Final = wordset("st mt ft")
"""Words a full stop shortens in the names of places."""
_TOLL_ENDS: Final = wordset(". ; who")
_PUT: Final = wordset("put puts putting placed places set sets counted listed gave gives given numbered")
PUT_WHAT: Final = wordset("it number figure count total tally toll")
_BRING: Final = wordset("bringing brought brings raising raised raises")
_RAISED: Final = wordset("raised rose risen revised climbed increased grown updated jumped raising")


def tolls(ties: Ties) -> None:
    """Read the numbers of "the death toll rose from 14 to 31"."""
    for i in indexes(TOLL_WORDS, ties.low):
        outcome = _toll_noun(ties, i, ties.low[i])
        if outcome is None:
            continue
        taken, of = _brought_to(ties, i, outcome), False
        reach = _NEXT if ties.low[i + 1 : i + 2] in _AT_ONCE else _FAR
        for phrase in ties.phrases:
            if phrase.first <= i or phrase.first - i > reach or (id(phrase) in ties.links and taken):
                continue
            gap = ties.low[i + 1 : phrase.first]
            while gap and gap[-1] in _STRIKING:
                gap = gap[:-1]
            if not _TO_COME.isdisjoint(gap) or _ended(gap):
                break
            before = gap[-1] if gap else ""
            direct = len(gap) == 0 or ties.low[phrase.first].startswith("exce") or before in _TOLL_STEPS
            direct = direct or ties.low[phrase.first] in _PASSED  # "the toll has topped 300"
            direct = direct or gap[-2:] == ["to", "be"]  # "estimates the dead to be over 120"
            told = id(phrase) in ties.links and phrase.outcome is None
            if direct and told and before in _STANDING and not _told_apart(ties, phrase, outcome):
                break  # "the toll stood at 14 killed and 30 wounded": what befell each is said
            if not direct or not ties.fits(phrase):
                continue
            if id(phrase) in ties.links and phrase.outcome is None and not _told_apart(ties, phrase, outcome):
                continue
            if phrase.quantity is None:
                continue  # "the toll from the sinking of a passenger ferry"
            if of and before != "to":
                continue
            if before == "and" and phrase.outcome not in {None, outcome}:
                continue  # "the toll included 15 dead and 12 wounded"
            if taken and (before != "to" or (of and _RAISED.isdisjoint(gap))):
                break
            if not gap or before in _MOVED or before in _NOW:
                _risen_to(ties, phrase)
            elif before in _PASSED:
                _more_than(phrase)
            _total(ties, phrase, outcome, i)
            if phrase.people:
                onward(ties, phrase, Trigger(i, i + 1, outcome, "state"), "toll")
            taken, of = True, before == "of"
            if before not in {"from", "of"}:
                break


def _risen_to(ties: Ties, phrase: Phrase) -> None:
    """Read the "up" of "toll up to 59" as how the number moved: it is the number, and no most."""
    quantity = phrase.quantity
    if quantity is not None and quantity.modifier == "up_to" and ties.low[phrase.first : phrase.first + 2] == _UP_TO:
        phrase.quantity = replace(quantity, modifier="exact", low=quantity.high)
        phrase.low = quantity.high


def _more_than(phrase: Phrase) -> None:
    """Read the number that a toll "tops" or "has passed" as less than the toll is."""
    quantity = phrase.quantity
    if quantity is not None and quantity.modifier == "exact" and quantity.low is not None:
        phrase.quantity = replace(quantity, modifier="more_than", low=quantity.low + 1, high=None)
        phrase.low, phrase.high = quantity.low + 1, None


def _told_apart(ties: Ties, phrase: Phrase, outcome: Outcome) -> bool:
    """Say whether the number of a toll was only taken for part of what comes behind it.

    So in "the toll rose to 64 and 12 people were missing", where 64 are no missing people.
    """
    known = ties.links[id(phrase)]
    parted = ties.low[phrase.last : phrase.last + 1] in (["and"], [","])
    bare = phrase.head < 0 and not phrase.people
    behind = known.trigger > phrase.last and any(phrase.last < later.first < known.trigger for later in ties.phrases)
    return bare and parted and behind and known.outcome != outcome and known.rule in BY_SUBJECT


_PASSED: Final = wordset("topped tops passed passes surpassed surpasses")
"""What a toll does to a number that is smaller: what comes of "hit" and "reached" is the toll itself."""
_UP_TO: Final = ["up", "to"]
_NOW: Final = frozenset({"is"})
_STRIKING: Final = wordset("a an staggering whopping shocking grim now only just")
"""What a report may say of a number before it gives it: "to a staggering 5,000"."""
_STANDING: Final = frozenset({"at", "is", "was"})
_STATING: Final = 5
_NUMBERING: Final = wordset("number numbered totalled totaled")
_FAR: Final = 44
_NEXT: Final = 3
_AT_ONCE: Final = (["at"], ["as"])
"""What leads from "the dead" to their number right away: "put the dead at six", "of missing as 88"."""


def _toll_noun(ties: Ties, i: int, word: str) -> Outcome | None:
    at = i - (i > 1 and ties.low[i - 1] in KINDS_OF_MANY)  # "the civilian dead"
    before, after = ties.low[at - 1] if at else "", ties.low[i + 1 : i + 2]
    if word in {"toll", "tolls"}:
        return None if before == "casualty" else OUTCOME_HEADS.get(before, "killed")
    if word in {"deaths", "fatalities", "injuries"}:
        moved = not _MOVED.isdisjoint(ties.low[i + 1 : i + 4]) or after == [":"]
        moved = moved or (after == ["at"] and not _PUT.isdisjoint(ties.low[max(0, i - _STATING) : i]))
        return FATES[word] if moved and i not in ties.inside else None
    if word == "number" and after and after[0] in FATES and after[0] != "victims":
        return FATES[after[0]]
    if word == "number" and before == "the" and i - 1 in ties.ending and after != ["of"]:
        return _said_to_be(ties.low[i + 1 : i + 1 + _CLAIMED])
    if word in OUTCOME_HEADS or word == "killed":
        # "put the dead at six"
        put = before in {"the", "of", "own", "its", "their"} and after in _AT_ONCE and not _PUT.isdisjoint(ties.low[:i])
        brought = before in {"the", "its", "their"} and after == ["to"] and not _BRING.isdisjoint(ties.low[i - 3 : i])
        stated = ties.low[i + 1 : i + 2] in _WERE and not _PUT.isdisjoint(ties.low[i + 2 : i + 3]) and before == "the"
        put = put or stated  # "the dead were put at nine"
        told = ties.starting.get(i + _NEXT - 1) if ties.low[i + 1 : i + 2] in _WERE and before == "the" else None
        put = put or (told is not None and _bare(ties, told))  # "the dead were nine"
        numbers = before == "the" and not _NUMBERING.isdisjoint(ties.low[i + 1 : i + 3])
        return FATES.get(word) if put or numbers or (i > 2 and brought) else None
    if after == ["of"]:
        held: Outcome | None = None
        for k, later in enumerate(ties.low[i + 2 : i + 12], start=i + 2):
            if ties.low[k - 1] == "to" and k in ties.starting:
                break  # "the number of accidents to 12": of what, no later word says
            if later in OUTCOME_HEADS:
                return OUTCOME_HEADS[later]
            if later in _PERISHED and ties.low[k - 1 - (ties.low[k - 1] in _HAVING)] == "who":
                return "killed"
            if later == "taken" and ties.low[k - 1] == "those":
                return "abducted"
            if later in FATES or later == "fatal":
                return FATES.get(later, "killed")
            if word == "number" and _LET_GO.isdisjoint(ties.low[k + 1 : k + 4]):
                held = held or _KEPT.get(later)
        return held
    return None


_KEPT: Final[dict[str, Outcome]] = {
    "detainees": "detained", "arrests": "detained", "captives": "abducted", "abductees": "abducted",
    "unaccounted": "missing",
}  # fmt: skip
"""Whom a number is of, where nothing further is told of them: "the number of detainees rose to six"."""
_LET_GO: Final = wordset("freed released be swapped")


def _said_to_be(after: list[str]) -> Outcome | None:
    """Return what became of those a number is said to be of: "the number | it says have been killed"."""
    at = next((k for k, word in enumerate(after) if word in AUXILIARIES), None)
    if at is None or SAY.isdisjoint(after[:at]):
        return None
    return next((FATES[word] for word in after[at:] if word in FATES), "killed" if "died" in after[at:] else None)


_CLAIMED: Final = 7
"""Words from "the number" to what became of them: "| the army says have been | killed"."""


def _bare(ties: Ties, phrase: Phrase) -> bool:
    """Say whether a number stands alone, with nothing after it that could say of whom it is or what they did."""
    after = ties.low[phrase.last : phrase.last + 1]
    return phrase.quantity is not None and not (phrase.people or phrase.other) and after in _NOTHING_MORE


_NOTHING_MORE: Final[tuple[list[str], ...]] = ([], [","], ["."], [";"], ["and"], ["on"], ["after"])
_HAVING: Final = frozenset({"have", "had", "has"})
_PERISHED: Final = frozenset({"died", "perished"})
_WERE: Final = (["were"], ["was"], ["are"], ["is"])


def _ended(gap: list[str]) -> bool:
    """Say whether the words after a toll end what is said of it; "St." in the name of a place does not."""
    if "who" in gap and not _PERISHED.isdisjoint(gap[gap.index("who") :]):
        return False  # "the number of those who died was 14"
    return not _TOLL_ENDS.isdisjoint(gap) and (_SHORTENED.isdisjoint(gap) or ";" in gap or "who" in gap)


def _brought_to(ties: Ties, i: int, outcome: Outcome) -> bool:
    """Read "brought to 17 the number of people killed", whose number stands before the noun at `i`."""
    phrase = ties.ending.get(i - 1) if i and ties.low[i - 1] == "the" else None
    if phrase is None or not phrase.first or ties.low[phrase.first - 1] != "to" or phrase.people:
        return False
    _total(ties, phrase, outcome, i)
    return True


def _total(ties: Ties, phrase: Phrase, outcome: Outcome, at: int) -> None:
    ties.links.pop(id(phrase), None)
    ties.add(phrase, outcome, "toll", at)
    kind = at - 1 - (at > 1 and ties.low[at - 1] in _DYING)  # "the civilian death toll"
    if phrase.group == "unknown" and at and ties.low[kind] in KINDS_OF_MANY:
        phrase.group = group_of([ties.low[kind]], 0)  # "civilian deaths fell to 61"
    if phrase.group == "unknown" and ties.low[at + 1 : at + 2] == ["of"]:
        stop = min(at + 6, phrase.first if phrase.first > at else ties.n)
        named = [k for k in range(at + 2, stop) if ties.low[k] in PERSON - set(OUTCOME_HEADS)]
        head = named[0] if named else None
        phrase.group = group_of(ties.low[at + 2 : head + 1], head - at - 2) if head else "unknown"


_DYING: Final = frozenset({"death", "casualty"})


def put_at(ties: Ties) -> None:
    """Read "while the hospital put it at eight", "then raised it to nine": the outcome is the one counted before."""
    for phrase in ties.phrases:
        at = phrase.first - 2
        raised = at > 0 and ties.low[at + 1] == "to" and ties.low[at] == "it" and ties.low[at - 1] in _CHANGED
        raised = raised or _brings_total(ties.low, at) or _figure_raised(ties.low, at)
        if at < 1 or not (ties.low[at + 1] == "at" or raised) or id(phrase) in ties.links or not ties.fits(phrase):
            continue
        before = [made for made in ties.links.values() if made.phrase.first < at]
        put = raised or (ties.low[at] in PUT_WHAT and not _PUT.isdisjoint(ties.low[max(0, at - 2) : at]))
        if before and put:
            ties.add(phrase, before[-1].outcome, "toll", at)


def _figure_raised(low: list[str], at: int) -> bool:
    """Say whether the number just given is said to have moved: "40 people died, a figure later raised | to 46"."""
    k = at - 1
    while k > 1 and low[k] in ADVERBS:
        k -= 1
    return low[at] in _CHANGED and low[at + 1] == "to" and low[k] in PUT_WHAT - {"it"} and low[k - 2 : k] == [",", "a"]


def _brings_total(low: list[str], at: int) -> bool:
    """Say whether those just counted bring their number to the one before: "two more died, taking the total to 31"."""
    led = at > 1 and low[at - 1] in {"the", "that"} and low[at - 2] in _TAKING
    return led and low[at] in {"total", "number", "tally", "figure", "toll"} and low[at + 1] == "to"


_TAKING: Final = wordset("taking bringing raising pushing takes brings increasing lowering revising updating")
_CHANGED: Final = wordset("raised lowered revised cut increased reduced updated adjusted brought doubled")


def given_as(ties: Ties) -> None:
    """Read "residents gave 30 as the number of dead", "put 41 as the number of wounded"."""
    for i in indexes(AS, ties.low):
        of = ties.low[i + 1 : i + 4] == ["the", "number", "of"]
        outcome = FATES.get(ties.low[i + 4]) if of and i + 4 < ties.n else None
        at = i
        while outcome and at > 1 and (phrase := ties.ending.get(at)) is not None and not phrase.people:
            ties.add(phrase, outcome, "toll", i)
            at = phrase.first - (ties.low[phrase.first - 1] in {"and", ","})


AS: Final = frozenset({"as"})


def from_to(ties: Ties) -> None:
    """Read the second figure of "from 7 dead on Monday to 9 on Tuesday", "raised the toll to nine from seven"."""
    for a, b in zip(ties.phrases, ties.phrases[1:], strict=False):
        made = ties.links.get(id(a))
        if made is not None and _stepped(ties, a, b, told=made.rule == "toll"):
            ties.add(b, made.outcome, "toll", made.trigger)
            b.group = b.group if b.people else a.group
            continue
        if (
            (made and id(b) not in ties.links and a.first and ties.low[a.first - 1] == "from" and b.first - a.last <= 8)
            and ties.low[b.first - 1] == "to"
            and not b.other
        ):
            ties.add(b, made.outcome, "toll", made.trigger)


def _stepped(ties: Ties, a: Phrase, b: Phrase, *, told: bool) -> bool:
    """Say whether `b` is the toll before `a`: "to nine from seven", "to nine on Friday, up from seven"."""
    low = ties.low
    if id(b) in ties.links or b.other or not a.first or not b.first or low[b.first - 1] != "from":
        return False
    toll = told or not TOLL_WORDS.isdisjoint(low[max(0, a.first - _STEPPED) : a.first])
    return low[a.first - 1] in _TO and toll and b.first - a.last <= _BESIDE


_TO: Final = frozenset({"to", "at"})
_STEPPED: Final = 12
_BESIDE: Final = 3


def and_then_to(ties: Ties) -> None:
    """Read the last step of a toll "from 12 to 15 and then to 17"."""
    for before, phrase in pairwise(ties.phrases):
        made = ties.links.get(id(before))
        gap = ties.low[before.last : phrase.first]
        onwards = gap[-2:] == ["then", "to"] and len(gap) <= _BESIDE
        if made is not None and made.rule == "toll" and onwards and id(phrase) not in ties.links and not phrase.other:
            ties.add(phrase, made.outcome, "toll", made.trigger)
            phrase.group = phrase.group if phrase.people else before.group


def labelled(ties: Ties) -> None:
    """Read "Killed: 5", "soldiers wounded: 12", "the dead: three soldiers and a guard"."""
    for i in indexes(COLON, ties.low):
        outcome = FATES.get(ties.low[i - 1]) if i else None
        phrase = ties.starting.get(i + 1) if outcome else None
        if phrase is None or outcome is None or phrase.outcome or id(phrase) in ties.links:
            continue
        if phrase.people:
            ties.add(phrase, outcome, "labelled", i - 1)
            onward(ties, phrase, Trigger(i - 1, i, outcome, "state"), "labelled")
        elif not phrase.other:
            ties.add(phrase, outcome, "labelled", i - 1)
            if i > 1 and ties.low[i - 2] in PERSON:
                phrase.group = group_of([ties.low[i - 2]], 0)
    if ties.low[1:2] == [":"] and ties.low[0] in _LABELS and not ties.headline:
        for made in ties.links.values():
            if made.phrase.group == "unknown" and (made.phrase.head < 0 or made.phrase.outcome):
                made.phrase.group = group_of([ties.low[0]], 0)


def itemised(ties: Ties) -> None:
    """Read a toll by kind of people: "Killed: civilians 12; soldiers 4", "Toll so far: civilians 12, soldiers 4"."""
    for i in indexes(COLON, ties.low):
        lead = ties.low[max(0, i - _TITLE) : i]
        outcome = FATES.get(lead[-1]) if lead else None
        if outcome is None and not _TOLLS.isdisjoint(lead) and AUXILIARIES.isdisjoint(lead):
            outcome = "killed"
        k = i + 1
        while outcome and k + 1 < ties.n and ties.low[k] in PERSON and ties.low[k] not in OUTCOME_HEADS:
            phrase = ties.starting.get(k + 1)
            if phrase is None or phrase.people or phrase.outcome or phrase.quantity is None:
                break
            if ties.low[phrase.last : phrase.last + 1] and ties.low[phrase.last] not in _ITEM_ENDS:
                break
            phrase.group = group_of([ties.low[k]], 0)
            ties.links.pop(id(phrase), None)
            ties.add(phrase, outcome, "labelled", i - 1)
            k = phrase.last + 1
            k += ties.low[k : k + 1] == ["and"]


_TITLE: Final = 4
_TOLLS: Final = wordset("toll dead deaths fatalities")
_ITEM_ENDS: Final = frozenset({",", ";", ".", "and"})


_BACK: Final = wordset("previous preceding earlier last same year")
"""Words by which "against 121 in the previous month" compares two times."""


def compared(ties: Ties) -> None:
    """Read the count of another time beside one: "up from 28 on Wednesday", "against 300 in the year before"."""
    for phrase in ties.phrases:
        a = phrase.first
        a -= 2 if ties.low[max(0, a - 2) : a] == ["total", "of"] else 0
        while a > 0 and ties.low[a - 1] in DETERMINERS:
            a -= 1
        back = not _BACK.isdisjoint(ties.low[phrase.last : phrase.last + 4])
        led = tuple(ties.low[a - 2 : a]) in _COMPARING or (ties.low[a - 1 : a] == ["against"] and back)
        if a < 2 or not led or id(phrase) in ties.links or phrase.other or "respectively" in ties.low[a:]:
            continue  # "12 killed and nine hurt, compared with 7 and 4 respectively" has one for each
        before = [made for made in ties.links.values() if made.phrase.last <= a and a - made.phrase.last < 20]
        if before and before[-1].phrase.low != 0:
            made = max(before, key=lambda one: one.phrase.first)
            phrase.group = phrase.group if phrase.people else made.phrase.group
            ties.add(phrase, made.outcome, "compared", a - 2)
