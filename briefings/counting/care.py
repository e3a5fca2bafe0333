"""Read who is brought to care, or is left needing it: "treated 40 people for burns", "left seven with wounds"."""

from __future__ import annotations

from typing import Final

from ..lexis.bodies import HOUSES
from ..lexis.lexicon import AUXILIARIES, wordset
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
ENTERING: Final = wordset("entry admission arrival")
_TREATING: Final = frozenset({"treated", "treating"})
_ADMITTING: Final = frozenset({"admitted", "admitting"})
_WOUNDS: Final = wordset("wounds injuries burns trauma fractures gunshot shrapnel bruises inhalation")
_TREATED_FOR: Final = _WOUNDS | wordset("smoke cuts shock exposure")
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
        if ((verb in CARING or entered) and phrase.people and hurt) or housed or left:
            ties.add(phrase, "injured", "treated", phrase.first - 1)


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
