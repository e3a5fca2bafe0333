"""Read verbs that say harm only by what stands beside them: "lost 22 men", "took 12 hostages", "hold 64"."""

from __future__ import annotations

from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import (
    ADVERBS,
    ARMED,
    AUXILIARIES,
    CONJUNCTIONS,
    MOURNERS,
    PERSON,
    PREPOSITIONS,
    SAY,
    STATE,
    WEEKDAYS,
    group_of,
    indexes,
    wordset,
)
from ..lexis.people import NATURAL, Phrase
from ..model import Group, Outcome
from . import joints
from .named import joined_to_name
from .persons import names_from
from .ties import Ties

FLEEING: Final = wordset("made making fled fleeing left leaving escaped escaping off")
_TAKERS: Final = ARMED | wordset("they gang gangs kidnappers cattle-rustlers rustlers pirates group")
_GIVEN_UP: Final = wordset("defection defections desertion retirement rival rivals illness disease injury injuries")
_CARRIERS: Final = wordset("ship ferry boat bus train plane taxi tram coach cruise minibus liner helicopter")
_OF_GAMES: Final = wordset("game match season league election vote seats injury contract cup")
CAPTURING: Final = wordset(
    "went carted carting led leading herded dragged marched whisked drove rode sped driving riding"
)
"""Words of those that say people were taken only before "away" or "off"."""
HOLDING: Final = wordset(
    """took take takes taken taking hold holds holding held seize seizes seized seizing has have had picked carried
    made making"""
)
_RODE_OFF: Final = frozenset(
    (verb, way) for verb in ("drove", "rode", "sped", "driving", "riding") for way in ("off", "away")
)
_MADE_OFF: Final = (
    frozenset({("made", "off"), ("made", "away"), ("making", "off"), ("making", "away"), ("went", "away")}) | _RODE_OFF
)
_WENT_OFF: Final = frozenset({("went", "away")}) | _RODE_OFF
"""What anybody does who leaves in company: "the trainer went away with 12 players"."""
_APART: Final = {
    "up": wordset("picked picking"),
    "away": wordset("took taking taken carted carting led leading carried carrying herded dragged whisked"),
    "off": wordset("carried took carted marched herded dragged"),
}
_CAPTORS: Final = ARMED | wordset("group gang kidnappers pirates captors sect cartel faction")
_MEN: Final = frozenset({"armed", "masked", "uniformed", "unidentified", "unknown", "hooded"})
_OURS: Final = frozenset({"we", "our"})
_SUBJECT: Final = 4
_TAKEN_AND: Final = frozenset({".", ",", ";", "and", "from", "on", "in", "at", "during"}) | frozenset(WEEKDAYS)
_BLAMED: Final = wordset("responsible accountable liable guilty")
_POLICE: Final = wordset("police authorities officers troops army soldiers customs agents prosecutors navy")
_FORCES: Final = wordset("forces guards gendarmes")
LOSING: Final = wordset("lost losing loses lose")
_LOSERS: Final = wordset(
    """they we it rebels army troops forces force soldiers militants insurgents fighters guerrillas police brigade
    battalion unit patrol navy gendarmerie militia military group"""
)
_SENTENCE: Final = 12
_ALONG: Final = [["with", "them"], ["with", "him"]]
TAKING: Final = frozenset({"taking", "took"})


def buried(ties: Ties) -> None:
    """Read "we buried 28 people this morning": graves are dug for the dead."""
    for phrase in ties.phrases:
        at = phrase.first - 1
        alone = phrase.head < 0 and not phrase.other and _LAID.issuperset(ties.low[phrase.last : phrase.last + 1])
        if at < 1 or ties.low[at] != "buried" or not (phrase.people or alone):
            continue
        kin = phrase.head > phrase.first and ties.low[phrase.head] in _KIN and ties.low[phrase.first] in _THEIRS
        if kin and phrase.quantity is None and NATURAL.isdisjoint(ties.seen):
            ties.add(phrase, "killed", "active-object", at)
            joints.onward(ties, phrase, Trigger(at, phrase.first, "killed", "past"), "active-object")
            continue
        who = at - 1
        while who > 0 and (ties.low[who] in AUXILIARIES or ties.low[who] in ADVERBS):
            who -= 1
        if ties.low[who] in MOURNERS:
            ties.add(phrase, "killed", "active-object", at)


_LAID: Final = wordset(". , this yesterday on today and") | {"”", '"'}
"""What may follow the bare number of those buried."""


def losses(ties: Ties) -> None:
    """Read "the army lost 22 men", "the rebels say they lost five", "I lost my husband and three of my sons"."""
    if not _OF_GAMES.isdisjoint(ties.seen):
        return
    for phrase in ties.phrases:
        at = phrase.first - 1
        while at > 0 and ties.low[at] in ADVERBS:
            at -= 1  # "lost only two"
        if _bereaved(ties, phrase, at):
            ties.add(phrase, "killed", "lost", at)
            joints.onward(ties, phrase, Trigger(at, phrase.first, "killed", "past"), "lost")
            continue
        if at < 0 or ties.low[at] not in LOSING or (phrase.quantity is None and phrase.named):
            continue
        led = ties.low[:at] if ties.low[at - 1] in _WHILE else ties.low[max(0, at - _SUBJECT + 1) : at]
        if phrase.quantity is None and _LOSERS.isdisjoint(led):
            continue
        onward = ties.low[phrase.last : phrase.last + 3]
        if onward[:1] == ["to"] and not _GIVEN_UP.isdisjoint(onward):
            continue
        own = ties.low[phrase.last - 1] == "own" and (phrase.last >= ties.n or ties.low[phrase.last] in _AFTER_OWN)
        men = phrase.group in {"state_forces", "armed_group"} or (
            phrase.head >= 0 and ties.low[phrase.head] in {"man", "men", "member", "members", "people"}
        )
        bare = phrase.head < 0 and not phrase.other and not _LOSERS.isdisjoint(ties.low[: phrase.first])
        if (phrase.people and (men or own)) or bare:
            ties.add(phrase, "killed", "lost", at)
            if phrase.group == "unknown":
                phrase.group = _loser(ties.low[:at], known=own or phrase.partitive)
            _lost_too(ties, phrase)
            if phrase.people:
                joints.onward(ties, phrase, Trigger(at, phrase.first, "killed", "past"), "lost")


_WHILE: Final = frozenset({"while"})
"""What joins a loss to the subject of the clause before: "freed 16 hostages, while losing a lieutenant"."""


def at_a_loss(ties: Ties) -> None:
    """Read "killed 40 soldiers for the loss of three guerrillas", "the loss of nine men": what a fight cost."""
    for phrase in ties.phrases:
        led = ties.low[max(0, phrase.first - len(_AT_A_LOSS)) : phrase.first] == _AT_A_LOSS
        mourned = ties.low[max(0, phrase.first - 4) : phrase.first]
        led = led or (
            mourned[:1] == ["the"] and mourned[1:2] != [] and mourned[1] in _SAD and mourned[2:] == ["loss", "of"]
        )
        fighters = (
            phrase.group in {"state_forces", "armed_group"} or phrase.head < 0 or ties.low[phrase.head] in _OWN_MEN
        )
        left = ties.low[phrase.last : phrase.last + _WHY]
        if left[:1] and left[0] in _LEAVING and not _LEFT.isdisjoint(left):
            continue
        men = phrase.head >= 0 and ties.low[phrase.head] == "men" and _owns_up(ties.low[: phrase.first])
        if (
            led
            and (fighters or men)
            and phrase.quantity is not None
            and not phrase.other
            and (id(phrase) not in ties.links or _hurt_beside(ties, phrase))
        ):
            ties.links.pop(id(phrase), None)
            ties.add(phrase, "killed", "lost", phrase.first - 2)


def _hurt_beside(ties: Ties, phrase: Phrase) -> bool:
    """Say whether those lost were only taken for part of the hurt: "the loss of six soldiers and 28 men wounded"."""
    known = ties.links[id(phrase)]
    return known.outcome == "injured" and known.trigger > phrase.last and ties.low[phrase.last] == "and"


_SAD: Final = wordset("regrettable tragic painful sad unfortunate heavy grievous")
_OWN_MEN: Final = wordset("cadre cadres comrade comrades")


def _owns_up(before: list[str]) -> bool:
    """Say whether a side that fights tells of its own: "the rebels admitted | the loss of three men", no firm does."""
    at = next((k for k, word in enumerate(before) if word in _OWNING), 0)
    return not (ARMED | _LOSERS).isdisjoint(before[:at]) and not {"it", "they", "we"} >= set(before[:at])


_OWNING: Final = wordset("admitted acknowledged conceded confirmed suffered")
_WHY: Final = 4
_LEAVING: Final = frozenset({"to", "in", "through"})
_LEFT: Final = _GIVEN_UP | wordset("cuts layoffs redundancies dismissals resignations resignation transfers jobs pay")
"""Why those are gone whom no fight cost: "the loss of 12 guards in cuts"."""
_AT_A_LOSS: Final = ["the", "loss", "of"]


def sheltered(ties: Ties) -> None:
    """Read "the camp shelters 86,000 people", "the church was sheltering about 600": who has left home for a refuge."""
    for phrase in ties.phrases:
        at = phrase.first - 1
        if at < 1 or ties.low[at] not in SHELTERING or phrase.other or phrase.quantity is None:
            continue
        if phrase.outcome or id(phrase) in ties.links or phrase.number < _MANY:
            continue
        if ties.low[at] == "sheltering" or not _REFUGES.isdisjoint(ties.low[max(0, at - _SUBJECT) : at]):
            ties.add(phrase, "displaced", "active-object", at)


SHELTERING: Final = wordset("shelters shelter sheltering sheltered houses hosts housing hosting")
_REFUGES: Final = wordset("camp camps shelter shelters school schools church churches site sites centre centres center")
_MANY: Final = 20


def _bereaved(ties: Ties, phrase: Phrase, at: int) -> bool:
    """Say whether somebody lost, by the verb at `at`, kin or people of theirs: "my husband", "two of its drivers"."""
    low = ties.low
    if at < 1 or phrase.head < 0 or low[at] not in LOSING:
        return False
    if not _OTHERWISE.isdisjoint(low[phrase.last : phrase.last + 3]):
        return False
    owned = low[phrase.quantity.last + 1] if phrase.partitive and phrase.quantity else low[phrase.first]
    if low[phrase.head] in _KIN:
        return owned in _THEIRS or phrase.quantity is not None
    return phrase.partitive and owned in _THEIRS and low[phrase.head] in _STAFF


_OTHERWISE: Final = _GIVEN_UP | NATURAL
_KIN: Final = wordset(
    """husband wife son sons daughter daughters brother brothers sister sisters mother father parents child children
    uncle uncles aunt aunts cousin cousins nephew nephews niece nieces grandson grandsons granddaughter grandmother
    grandfather grandchildren siblings relatives"""
)
_STAFF: Final = wordset(
    """drivers staff workers employees colleagues volunteers nurses doctors medics paramedics journalists reporters
    teachers engineers guards members rescuers firefighters miners"""
)
_THEIRS: Final = frozenset({"my", "his", "her", "our", "their", "its"})
_AFTER_OWN: Final = PREPOSITIONS | CONJUNCTIONS | frozenset({".", ",", ";", ")", '"', "”"})


def _loser(before: list[str], *, known: bool) -> Group:
    """Return the group of who lost people: the subject right before the verb, or that of the verb it is joined to.

    Else it is who leads the sentence, where the people are `known` to be somebody's own.
    """
    fighters = [k for k, word in enumerate(before) if word in STATE or word in ARMED]
    at = next((k for k in range(len(before) - 1, -1, -1) if before[k] not in ADVERBS | AUXILIARIES), 0)
    whose = at if at in fighters else -1
    if fighters and whose < 0 and before[at] in _JOINING:
        said = max((k for k, word in enumerate(before) if word in SAY), default=-1)
        whose = next((k for k in fighters if k > said), fighters[0])
        if not _THEMSELVES.isdisjoint(before[said + 1 : whose]):  # "the rebels said they killed 60 soldiers and lost"
            whose = fighters[0] if fighters[0] < said else -1
    elif fighters and whose < 0 and known:
        whose = fighters[0]
    return "unknown" if whose < 0 else group_of(before[max(0, whose - 1) : whose + 1], min(whose, 1))


_THEMSELVES: Final = frozenset({"they", "it", "we", "he"})
_JOINING: Final = frozenset({"and", "but", "then"})


def _lost_too(ties: Ties, before: Phrase) -> None:
    """Read the two of "the rebels lost 12 men and the army two": the verb before goes on for another subject."""
    low = ties.low
    for phrase in ties.phrases[ties.order[id(before)] + 1 :]:
        gap = low[before.last : phrase.first]
        ends = low[phrase.last : phrase.last + 1]
        joined = gap[:1] in _JOINED and len(gap) in _ANOTHER and (gap[-1] in STATE or gap[-1] in ARMED)
        if not joined or phrase.people or phrase.other or phrase.quantity is None or (ends and ends[0] not in _ENDING):
            return
        phrase.group = group_of(gap[-2:], 1)
        ties.add(phrase, "killed", "lost", phrase.first - 1)
        before = phrase


_JOINED: Final = (["and"], [","], ["while"], [";"])
_ANOTHER: Final = range(2, 5)
_ENDING: Final = frozenset({".", ",", ";", "and", '"', "”"})


def captives(ties: Ties) -> None:
    """Read "took 12 hostages", "seized dozens of pupils", "took 30 girls into the forest", "police hold 64"."""
    _taken_along(ties)
    for phrase in ties.phrases:
        before = phrase.first - 1
        while before > 0 and ties.low[before] in ADVERBS:
            before -= 1
        verb = ties.low[before] if before >= 0 else ""
        off = tuple(ties.low[before - 2 : before]) if verb == "with" and phrase.people else ()
        if off in _MADE_OFF and (off not in _WENT_OFF or _raid(ties, phrase, before)):
            ties.add(phrase, "abducted", "hostages", before)
            continue
        if verb in _APART and before and ties.low[before - 1] not in _APART[verb]:
            continue
        if (verb not in HOLDING and verb not in _APART) or id(phrase) in ties.links or not ties.fits(phrase):
            continue
        outcome = _taken(ties, phrase, verb, before)
        if outcome is None and _we_hold(ties, phrase, verb, before):
            ties.add(phrase, "detained", HELD_BY_US, before)
        if outcome is not None:
            ties.add(phrase, outcome, "hostages" if outcome == "abducted" else "held", before)


def _raid(ties: Ties, phrase: Phrase, at: int) -> bool:
    """Say whether those who go off with others by the verb before `at` are raiders, and the others none of theirs."""
    raiders = not _TAKERS.isdisjoint(ties.low[:at]) or _masked(ties.low[:at])
    return raiders and not _wounds(ties, phrase) and ties.low[phrase.last - 1] not in _COMRADES


_COMRADES: Final = wordset("comrades companions accomplices others")


def _taken_along(ties: Ties) -> None:
    """Read "taking Omar Hale with them"."""
    for at in indexes(TAKING, ties.low):
        if any(ties.low[k : k + 2] in _ALONG for k in range(at + 2, at + 9)):
            found = names_from(ties, at + 1)
            for phrase in found:
                ties.add(phrase, "abducted", "named-object", at)
            if found:
                joined_to_name(ties, found[-1], Trigger(at, at + 1, "abducted", "gerund"))


def _we_hold(ties: Ties, phrase: Phrase, verb: str, at: int) -> bool:
    """Say whether a speaker tells whom his side holds: "our forces also hold five". Which side it is, others say."""
    ours = not _OURS.isdisjoint(ties.low[max(0, at - _SUBJECT) : at]) and phrase.group != "civilians"
    holding = verb.startswith("hold") and ours and phrase.people and phrase.quantity is not None and not phrase.other
    return holding and _BLAMED.isdisjoint(ties.low[phrase.last : phrase.last + 3])


HELD_BY_US: Final = "held-by-us"
"""The rule of those "we hold": captives of an armed group, in the custody of a state, or else no count at all."""


def _taken(ties: Ties, phrase: Phrase, verb: str, at: int) -> Outcome | None:
    police = not _POLICE.isdisjoint(ties.low[max(0, at - 6) : at])
    holding = verb.startswith("hold") or verb == "held"
    bare = ties.headline and phrase.head < 0 and not phrase.other and verb in {"seize", "seizes"}
    if bare and not _CAPTORS.isdisjoint(ties.low[:at]) and ties.low[phrase.last : phrase.last + 1] != ["of"]:
        return "abducted"  # "Gunmen seize dozens at college"
    if holding and police and phrase.quantity is not None and not phrase.other:
        return "detained"
    before = ties.low[max(0, at - _SUBJECT) : at]
    forces = not _FORCES.isdisjoint(before) and (ARMED | _OURS).isdisjoint(before)
    if holding and forces and phrase.people and phrase.quantity is not None and not phrase.other:
        return "detained"
    if phrase.head >= 0 and ties.low[phrase.head] in {"hostages", "hostage", "captives", "captive"}:
        return "abducted"
    after = ties.low[phrase.last : phrase.last + 2]  # people picked up from a flood, or for a journey, are not arrested
    charged = after[:1] == ["for"] and after[1:] != [] and after[1] in _OFFENDING
    if verb == "up" and (police or (forces and phrase.people and charged)):
        return "detained"
    if phrase.quantity and verb in _TAKING and _taken_prisoner(ties.low, phrase.last):
        return "abducted" if not ARMED.isdisjoint(ties.low[:at]) else "detained"
    near = ties.low[max(0, at - 8) : at]
    others = phrase.head >= 0 and ties.low[phrase.head] == "others"  # after what they did to some
    if _men_took(ties, phrase, verb, at) or (verb == "away" and near[-2:-1] == ["they"] and others):
        return "abducted"
    if phrase.people and not police and (holding or verb in {"away", "off"}) and not _CAPTORS.isdisjoint(near):
        return "abducted"
    if not _CARRIERS.isdisjoint(near):
        return None
    if not phrase.people or police or holding or verb in {"has", "have", "had", "up", "away", "off"}:
        return None
    if ties.low[phrase.last : phrase.last + 2] in _ALONG:
        return "abducted"
    after = ties.low[phrase.last : phrase.last + 1]
    if verb == "away" and near[-2:-1] == ["they"] and ties.low[phrase.head] == "others" and phrase.head >= 0:
        return "abducted"  # "they took away 19 others", after what they did to some
    taken = verb in {"took", "taken"} and not _CAPTORS.isdisjoint(near[-_SUBJECT:])
    if taken and phrase.group != "armed_group" and (not after or after[0] in _TAKEN_AND):
        return "abducted"  # "the gunmen took 20 pupils and fled"
    return "abducted" if verb.startswith("sei") or after in (["into"], ["away"], ["hostage"], ["captive"]) else None


_OFFENDING: Final = wordset(
    "violating breaking breaching defying flouting alleged suspected questioning rioting looting"
)
"""What those picked up "for" something are held for."""


def _taken_prisoner(low: list[str], last: int) -> bool:
    """Say whether "prisoner" ends a clause at a number that ends before `last`, or with it: "taking three prisoner"."""
    k = last if low[last - 1] == "prisoner" else last + 1
    return low[k - 1 : k] == ["prisoner"] and (k >= len(low) or low[k] in _ENDING)


_TAKING: Final = wordset("took taking taken")


def _men_took(ties: Ties, phrase: Phrase, verb: str, at: int) -> bool:
    """Say whether men nobody names took people: "masked men took away nine", "men on motorbikes took 12 people"."""
    near = ties.low[max(0, at - _SENTENCE) : at]
    after = ties.low[phrase.last : phrase.last + 1]
    taken = verb in {"away", "off"} or (verb in {"took", "taken"} and (not after or after[0] in _TAKEN_AND))
    counted = (phrase.people or phrase.head < 0) and phrase.quantity is not None and not phrase.other
    return _masked(near) and taken and counted and phrase.group != "armed_group"


def _masked(before: list[str]) -> bool:
    """Say whether the subject may be men nobody names: "masked men", "men on motorbikes"."""
    men = before.index("men") if "men" in before else -1
    return men >= 0 and (not _MEN.isdisjoint(before[:men]) or before[men + 1 : men + 3] in _RIDING)


_RIDING: Final = (["on", "motorbikes"], ["on", "motorcycles"], ["with", "guns"], ["with", "rifles"])


def made_off(ties: Ties) -> None:
    """Read "the raiders made off with 30 girls", "left with cattle and dozens of children"."""
    for phrase in ties.phrases:
        if not phrase.people or phrase.quantity is None or phrase.outcome or id(phrase) in ties.links:
            continue
        low, at = ties.low, phrase.first - 1
        while at > 0 and phrase.first - at < 5 and low[at] != "with":
            at -= 1
        if at < 1 or low[at] != "with" or low[at - 1] not in FLEEING:
            continue
        goods = low[at + 1 : phrase.first]
        if goods and (goods[-1] not in {"and", ","} or not PERSON.isdisjoint(goods)):
            continue
        if not _TAKERS.isdisjoint(low[max(0, at - 8) : at]) and not _wounds(ties, phrase):
            ties.add(phrase, "abducted", "hostages", at)


def _wounds(ties: Ties, phrase: Phrase) -> bool:
    """Say whether the people taken along are the takers' own: fighters, not captives."""
    return phrase.group == "armed_group" or ties.low[phrase.last : phrase.last + 1] == ["dead"]
