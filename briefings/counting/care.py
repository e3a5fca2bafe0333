"""Read who is brought to care, or is left needing it: "treated 40 people for burns", "left seven with wounds"."""

from __future__ import annotations

from typing import Final

from ..lexis.bodies import HOUSES
from ..lexis.lexicon import AUXILIARIES, wordset
from ..lexis.people import Phrase
from ..model import Outcome
from .ties import Ties

_CARRYING: Final = wordset(
    """took take taken taking rushed rushing transported transporting airlifted airlifting ferried ferrying flew flown
    brought bringing evacuated evacuating carried carrying transferred moved"""
)
_CARERS: Final = wordset(
    """ambulance ambulances medics paramedics rescuers crews crew responders firefighters volunteers we helicopter
    helicopters residents villagers locals police officials teams team services units workers"""
)
CARING: Final = wordset("treated treating admitted received admitting receiving")
LEAVING: Final = wordset("left leaving leaves")


def moved_hurt(ties: Ties) -> None:
    """Know the hurt and the dead who are moved for what they are: "eleven wounded had been evacuated by helicopter"."""
    for made in ties.links.values():
        last = ties.low[made.phrase.last - 1]
        if made.outcome == "displaced" and last in _MOVED_AS:
            made.outcome = _MOVED_AS[last]


_MOVED_AS: Final[dict[str, Outcome]] = {"wounded": "injured", "injured": "injured", "dead": "killed"}
"""Of whom this is so whoever moves them; flood victims are evacuated alive."""
MOVING: Final = frozenset({"evacuated", "moved"})
HARMS: Final = frozenset({"injuries"})
ENTERING: Final = wordset("entry admission arrival")
_TREATING: Final = frozenset({"treated", "treating"})
_ADMITTING: Final = frozenset({"admitted", "admitting"})
_WOUNDS: Final = wordset("wounds injuries burns trauma fractures gunshot shrapnel bruises inhalation")
_TREATED_FOR: Final = _WOUNDS | wordset("smoke cuts shock exposure hypothermia")
"""What is harm where somebody is treated for it; else there are cuts to pensions and exposure to debt."""
_THEIRS: Final = frozenset({"my", "his", "her", "our", "their", "its"})
_SENTENCE: Final = 12


def patients(ties: Ties) -> None:
    """Read "had treated 40 people for burns", "the clinic admitted 19", "the blast left seven with burns"."""
    for phrase in ties.phrases:
        verb = ties.low[phrase.first - 1] if phrase.first else ""
        after = ties.low[phrase.last : phrase.last + 6]
        hurts = _TREATED_FOR if verb in _TREATING and "for" in after else _WOUNDS
        hurt = ("for" in after or "with" in after) and not hurts.isdisjoint(after)
        before = ties.low[max(0, phrase.first - _SENTENCE) : phrase.first]
        housed = verb in _ADMITTING and not phrase.other and not HOUSES.isdisjoint(before)
        housed = housed and AUXILIARIES.isdisjoint(ties.low[phrase.last : phrase.last + 1])  # "the clinic admitted 19"
        entered = verb == "of" and ties.low[max(0, phrase.first - 2)] in ENTERING
        left = verb in LEAVING and not phrase.other and _left_hurt(after)
        housed = housed or (verb in _TAKING_IN and _after_violence(ties, phrase, before))
        if ((verb in CARING or entered) and phrase.people and hurt) or housed or left or _hurt_too(ties, phrase):
            ties.add(phrase, "injured", "treated", phrase.first - 1)
        elif (at := _was_admitted(ties, phrase)) and id(phrase) not in ties.links:
            ties.add(phrase, "injured", "treated", at)


def _after_violence(ties: Ties, phrase: Phrase, before: list[str]) -> bool:
    """Say whether a house took in patients of what happened: "the hospital received 43 patients after the blast"."""
    patients = phrase.head >= 0 and ties.low[phrase.head] == "patients" and phrase.quantity is not None
    return patients and not HOUSES.isdisjoint(before) and not _STRUCK.isdisjoint(ties.low[phrase.last :])


_TAKING_IN: Final = wordset("received receiving treated treating")
_STRUCK: Final = wordset(
    """blast blasts explosion explosions attack attacks bombing bombings shooting clashes strike strikes airstrike
    airstrikes raid raids shelling crash collision collapse stampede quake earthquake"""
)


def _hurt_too(ties: Ties, phrase: Phrase) -> bool:
    """Say whether injuries are told to be those of people: "the deaths of 40 and injuries to 60 more"."""
    led = ties.low[max(0, phrase.first - 2) : phrase.first] == ["injuries", "to"]
    people = phrase.people or ties.low[phrase.last - 1] in {"more", "others"}
    dead = any(made.outcome == "killed" for made in ties.links.values())
    return led and people and dead and phrase.quantity is not None and phrase.number > 1


def _was_admitted(ties: Ties, phrase: Phrase) -> int:
    """Return where "admitted" stands in "at the hospital, 24 had been admitted, six in critical condition", else 0.

    Whoever is admitted with an illness, or to a school of nursing, has come to no harm that a report counts.
    """
    k = phrase.last
    while k < ties.n and ties.low[k] in AUXILIARIES:
        k += 1
    bare = phrase.quantity is not None and phrase.head < 0 and not phrase.other and ties.low[k - 1] in _BEING
    admitted = bare and ties.low[k : k + 1] == ["admitted"] and ties.low[k + 1 : k + 2] in _CLOSED
    hurt = not (_WOUNDS | _HURT).isdisjoint(ties.low)
    return k if admitted and hurt and not HOUSES.isdisjoint(ties.low[: phrase.first]) else 0


_BEING: Final = frozenset({"been", "were", "was"})
_HURT: Final = wordset("critical wounded injured wound bullet bullets blast")
_CLOSED: Final[tuple[list[str], ...]] = ([], ["."], [","], [";"])


def _left_hurt(after: list[str]) -> bool:
    """Say whether a blast left those before with wounds of theirs: "left seven more | with shrapnel wounds"."""
    borne = after[1:4] if after[:1] == ["with"] else []
    return not _WOUNDS.isdisjoint(borne) and borne[0] not in _THEIRS


def carried(ties: Ties) -> None:
    """Read "ambulances took 14 people to hospitals", "we transported nine to the clinic"."""
    for phrase in ties.phrases:
        verb = ties.low[phrase.first - 1] if phrase.first else ""
        if verb not in _CARRYING or phrase.other or phrase.outcome or id(phrase) in ties.links:
            continue
        after = ties.low[phrase.last : phrase.last + 7]
        near = ties.low[max(0, phrase.first - 7) : phrase.first - 1]
        if after[:1] == ["to"] and not HOUSES.isdisjoint(after) and not _CARERS.isdisjoint(near):
            ties.add(phrase, "injured", "treated", phrase.first - 1)
