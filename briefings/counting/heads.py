"""Read phrases whose own noun says what became of people: "46 dead", "13 bodies and three from another site"."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import AUXILIARIES, DETERMINERS, wordset
from ..lexis.people import NATURAL, OUTCOME_HEADS, Phrase
from .disasters import tells_of_disaster
from .ties import BARE_AFTER, Ties

_FOUND: Final = wordset(
    """found recovered retrieved pulled discovered exhumed reported confirmed identified returned washed
    recovers recover finds find retrieves discovers"""
)
_CORPORATE: Final = wordset(
    """public governing student legislative professional heavenly celestial regulatory sporting official oversight
    administrative judicial elected international religious advisory statutory"""
)
_MATTER: Final = wordset("water law work evidence knowledge literature opinion research")
_FREED: Final = wordset("freed rescued released escaped liberated reunited found returned")
_THESE: Final = wordset("these those")
_COSTING: Final = wordset("claimed claiming claims cost costing costs lost loss losing took taking taken takes")


def read(ties: Ties) -> None:
    """Read phrases that state the outcome themselves, and lives claimed."""
    for phrase in ties.phrases:
        if phrase.outcome and not _discounted(ties, phrase) and not _of_two_fates(ties, phrase):
            head = phrase.head if phrase.head >= 0 else phrase.first
            ties.add(phrase, phrase.outcome, "head", head)
            _more_of(ties, phrase, head)
        elif phrase.head >= 0 and ties.low[phrase.head] == "lives":
            near = ties.low[max(0, phrase.first - 4) : phrase.first] + ties.low[phrase.last : phrase.last + 3]
            lead = ties.low[max(0, phrase.first - _VERBS) : phrase.first]
            if not _COSTING.isdisjoint(near) and _POSSIBLE.isdisjoint(lead):
                ties.add(phrase, "killed", "lives", phrase.head)
        elif phrase.head >= 0 and ties.low[phrase.head] == "victims" and _claimed(ties, phrase):
            ties.add(phrase, "killed", "lives", phrase.head)


def _claimed(ties: Ties, phrase: Phrase) -> bool:
    """Say whether something deadly "claimed five victims": a fraud has victims too, and people only claim they had."""
    lead = ties.low[max(0, phrase.first - _VERBS) : phrase.first]
    claimed = lead[-1:] != [] and lead[-1] in _CLAIMING and _POSSIBLE.isdisjoint(lead)
    if not claimed or not AUXILIARIES.isdisjoint(ties.low[phrase.last : phrase.last + 1]):
        return False
    doer = ties.low[max(0, phrase.first - 1 - _DOER) : phrase.first - 1]
    return not _DEADLY.isdisjoint(doer) or tells_of_disaster(" ".join(["the", *doer]))


_DOER: Final = 8
"""Words of what claims victims: "the fourth massacre of the year"."""
_DEADLY: Final = wordset(
    """attack attacks bombing bombings bomb bombs raid raids ambush ambushes assault strike strikes blast blasts
    explosion explosions shooting shootings massacre massacres killing killings shelling airstrike airstrikes drone
    war fighting clash clashes violence conflict unrest riot riots feud mine mines disease virus outbreak malaria fever
    ebola heatwave famine drought accident accidents crash fire storm"""
)
_CLAIMING: Final = wordset("claimed claiming claims")
_VERBS: Final = 4
_POSSIBLE: Final = wordset("could would might may")


def displaced_before(ties: Ties) -> None:
    """Take people who were displaced before for civilians who suffer something else: "killed 14 displaced people"."""
    verbs = {t.last for t in ties.triggers if t.form in _ACTIVE and t.outcome != "displaced"}
    for phrase in ties.phrases:
        at = phrase.first - (phrase.first > 0 and ties.low[phrase.first - 1] in DETERMINERS)
        if phrase.outcome == "displaced" and ties.low[phrase.head] != "displaced" and at in verbs:
            phrase.outcome = None
            phrase.group = "civilians" if phrase.group == "unknown" else phrase.group


_ACTIVE: Final = frozenset({"past", "gerund", "base"})


def _of_two_fates(ties: Ties, phrase: Phrase) -> bool:
    """Say whether one number counts two fates that nothing splits: "61 dead or missing", "90 dead and missing"."""
    joint, other, beyond = (ties.low[k] if (k := phrase.last + n) < ties.n else "." for n in range(3))
    fate = OUTCOME_HEADS.get(other)
    alone = phrase.last + 2 not in ties.starting and beyond not in DETERMINERS
    return joint in {"or", "and", "/"} and fate is not None and fate != phrase.outcome and alone


def _more_of(ties: Ties, phrase: Phrase, head: int) -> None:
    """Read the bare number joined to "13 bodies from one site" by "and three from another"."""
    at = ties.order[id(phrase)] + 1
    following = ties.phrases[at] if at < len(ties.phrases) else None
    if following is None or following.people or following.other or following.outcome or not phrase.outcome:
        return
    gap = ties.low[phrase.last : following.first]
    same = following.last < ties.n and ties.low[following.last] in BARE_AFTER and gap[-1:] == ["and"] and len(gap) < 10
    again = (
        following.quantity is not None
        and following.quantity.increment
        and phrase.first > 0
        and (following.first > 0 and ties.low[phrase.first - 1] == ties.low[following.first - 1])
    )
    if (same and not any(i in ties.in_trigger for i in range(phrase.last, following.first))) or again:
        ties.links.pop(id(following), None)
        ties.add(following, phrase.outcome, "head", head)


def _discounted(ties: Ties, phrase: Phrase) -> bool:
    if phrase.head >= 0 and ties.low[phrase.head] in {"body", "death"}:
        return not _FOUND.intersection(ties.low)
    if phrase.head > 0 and ties.low[phrase.head] == "bodies":
        after = ties.low[phrase.head + 1 : phrase.head + 3]
        if ties.low[phrase.head - 1] in _CORPORATE or (after[:1] == ["of"] and after[1:2] and after[1] in _MATTER):
            return True  # "two public bodies", "two bodies of water"
    if _of_an_illness(ties.low, phrase.last):
        return True
    before = ties.low[max(0, phrase.first - 3) : phrase.first]
    if phrase.head >= 0 and ties.low[phrase.head] == "victims" and _freed(ties, phrase):
        return True
    if before[-1:] and before[-1] in _THESE:
        return False
    return bool(set(before) & {"could", "would", "might", "denied", "prevent", "avoid", "if"})


def _of_an_illness(low: list[str], k: int) -> bool:
    """Say whether the dead counted before `k` died of no violence: "the bodies of patients who had died of malaria"."""
    for at in range(k, min(k + _TOLD_OF, len(low) - 2)):
        if low[at] in _PERFECT and low[at + 1] == "died" and low[at + 2] in {"of", "from"}:
            return not NATURAL.isdisjoint(low[at + 3 : at + 6])
    return False


_TOLD_OF: Final = 12
_PERFECT: Final = frozenset({"had", "have", "has"})


def _freed(ties: Ties, phrase: Phrase) -> bool:
    """Say whether the victims counted are those who came away: "seven kidnapping victims were freed"."""
    if _FREED.isdisjoint(ties.seen):
        return False
    near = range(max(1, phrase.first - 2), min(phrase.last + 5, ties.n))
    return any(ties.low[k] in _FREED for k in near)
