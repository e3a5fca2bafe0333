"""Outcome words with room in them: "sustained serious injuries", "taken to a nearby hospital", "lost their legs"."""

from __future__ import annotations

from typing import Final

from ..model import Outcome
from .bodies import HOUSES
from .harms import Form, Trigger
from .lexicon import ARMED, AUXILIARIES, PERSON, wordset

_HURTS: Final = wordset(
    """injury injuries wound wounds burns burn fractures fracture cuts bruises concussion concussions trauma lacerations
    inhalation bullet bullets gunshots stabs"""
)
_CARE: Final = wordset("treatment surgery amputation amputations hospitalisation hospitalization")
_RUBBLE: Final = wordset("rubble debris wreckage mud ruins snow concrete landslide mudslide avalanche underground")
_LIMBS: Final = wordset("limb limbs leg legs arm arms eye eyes hand hands foot feet eyesight sight")
_REFUGES: Final = wordset("schools shelters tents gymnasiums stadium mosques churches halls")
_BORNE: Final = wordset("suffered sustained received suffer sustain suffers incurred")
_BEARING: Final = wordset("suffering sustaining receiving nursing")
_BROUGHT: Final = wordset(
    """taken rushed admitted transferred airlifted flown transported brought ferried conveyed shifted moved evacuated
    carried"""
)
_FRAMES: Final[tuple[tuple[frozenset[str], frozenset[str], frozenset[str], int, Outcome, Form], ...]] = (
    (_BORNE, frozenset(), _HURTS, 5, "injured", "intransitive"),
    (_BEARING, frozenset(), _HURTS, 5, "injured", "state"),
    (wordset("escaped survived"), wordset("with"), _HURTS, 5, "injured", "intransitive"),
    (wordset("went"), wordset("to"), _HURTS, 7, "injured", "intransitive"),
    (wordset("came returned emerged"), wordset("back out with"), _HURTS, 5, "injured", "intransitive"),
    (wordset("cut"), wordset("by"), wordset("glass shrapnel debris shards splinters"), 4, "injured", "passive"),
    (wordset("reported"), frozenset(), wordset("injuries"), 2, "injured", "intransitive"),
    (wordset("sought needed required"), wordset("medical hospital"),
     wordset("attention treatment help care assistance"), 3, "injured", "intransitive"),
    (wordset("sought needed required"), wordset("urgent emergency"), wordset("treatment care surgery"), 3, "injured",
     "intransitive"),
    (wordset("took"), wordset("a bullets shrapnel"), wordset("bullet pellet bullets shrapnel"), 2, "injured",
     "intransitive"),
    (wordset("left hospitalised hospitalized"), wordset("with"), _HURTS, 5, "injured", "state"),
    (_BROUGHT, wordset("to into"), HOUSES, 8, "injured", "passive"),
    (_BROUGHT, wordset("by in into away off to"), wordset("ambulance ambulances"), 8, "injured", "passive"),
    (wordset("trapped buried pinned entombed"), wordset("under underneath beneath below amid inside in by"), _RUBBLE, 6,
     "missing", "state"),
    (wordset("brought pulled carried rescued"), wordset("up out with"), _HURTS, 5, "injured", "passive"),
    (_BROUGHT, wordset("to"), wordset("condition"), 8, "injured", "passive"),
    (_BROUGHT, wordset("to into in out from by"), _HURTS, 9, "injured", "passive"),
    (wordset("spending spent spend"), wordset("the a another their"), _REFUGES, 7, "displaced", "state"),
    (wordset("treated"), wordset("for in at with"), _HURTS | HOUSES | {"scene"}, 12, "injured", "passive"),
    (wordset("admitted"), wordset("for with"), _HURTS | _CARE, 5, "injured", "passive"),
    (wordset("had have"), _HURTS | wordset("minor serious severe slight head leg gunshot bullet shrapnel"),
     wordset("injuries wounds burns fractures"), 4, "injured", "intransitive"),
    (wordset("recovering recuperating"), wordset("in at from"), HOUSES | wordset("injuries wounds burns"), 7, "injured",
     "state"),
    (wordset("needed required needing requiring"), frozenset(), _CARE, 4, "injured", "intransitive"),
    (wordset("undergoing receiving"), frozenset(), _CARE, 4, "injured", "state"),
    (wordset("lost"), frozenset(), _LIMBS, 4, "injured", "intransitive"),
    (_BROUGHT, wordset("to into"), wordset("camp camps shelter shelters"), 6, "displaced", "passive"),
    (wordset("left abandoned fled deserted vacated leave abandon flee leaving abandoning fleeing"), wordset("their"),
     wordset("homes farms villages houses towns lands land neighbourhoods neighborhoods hamlets dwellings"), 6,
     "displaced", "state"),
    (wordset("crushed trampled"), wordset("in during by"), wordset("stampede crush crowd"), 5, "killed", "passive"),
    (wordset("marched herded driven taken"), wordset("into"), wordset("bush forest forests"), 4, "abducted",
     "passive"),
    (wordset("picked"), wordset("up"), wordset("raid raids sweep sweeps crackdown"), 6, "detained", "passive"),
    (wordset("fighting battling"), wordset("for"), wordset("life lives"), 3, "injured", "state"),
)  # fmt: skip
"""Outcome words with room in them: a first word, the one after it if it must be of a set, a last word, and the reach:
"sustained serious injuries", "taken to a nearby hospital", "being treated at the clinic for burns", "lost their legs".
"""
_FRAMES_OF: Final[dict[str, list[tuple[frozenset[str], frozenset[str], int, Outcome, Form]]]] = {}
for _firsts, _seconds, _lasts, _reach, _outcome, _form in _FRAMES:
    for _first in _firsts:
        _FRAMES_OF.setdefault(_first, []).append((_seconds, _lasts, _reach, _outcome, _form))
FRAMED: Final = frozenset(_FRAMES_OF)
"""The words that open one."""
CLOSES: Final = wordset("that who when while but after as") | frozenset(',.;:()"“”—–') | {"--"}
"""What no such phrase goes on beyond."""
AROUND: Final = 7
"""Words before and after a phrase that are looked at for who did it."""
RESCUED: Final = HOUSES | wordset(
    """rescued rescue rescuers safety burning wreckage sinking alive firefighters ambulance ambulances bodies body
    burned shelter shelters camp camps coastguard navy divers evacuated injured wounded questioned searched
    screened interrogated checked frisked fined robbed"""
)
"""Words beside which people were brought away by those who help or ask, and not taken by force."""


def framed(low: list[str], i: int) -> Trigger | None:
    """Return the outcome word with room in it that begins at `i`, None if none does."""
    for seconds, lasts, reach, outcome, form in _FRAMES_OF.get(low[i], ()):
        if seconds and low[i + 1 : i + 2] and low[i + 1] not in seconds:
            continue
        for k in range(i + 1, min(i + 1 + reach, len(low))):
            if low[k] in lasts:
                if not _holds(low, i, k):
                    break
                return Trigger(i, k + 1, outcome, form)
            if low[k] in CLOSES:
                break
    return None


def _holds(low: list[str], i: int, k: int) -> bool:
    """Say whether the frame from `i` to `k` says what it seems to: doctors report the injuries of others."""
    after = low[k + 1 : k + 2]
    if low[i] == "reported":
        led = low[i - 1 - (i > 1 and low[i - 1] in AUXILIARIES)]
        return led in _HARMED and (not after or not after[0][0].isalnum())
    if low[i] == "went":
        return not HOUSES.isdisjoint(low[i:k])
    if low[i] == "took":
        return after in _INTO and not _BODY.isdisjoint(low[k + 2 : k + 5])  # none from a drawer
    if low[k] in _HURTS and low[i] in _BROUGHT:
        borne = low[i:k][low[i:k].index("with") + 1 :] if "with" in low[i:k] else ["the"]
        return len(borne) < _DEGREES and borne[:1] not in _THEIRS and PERSON.isdisjoint(borne)
    if low[k] in _WILDS:
        rest = low[k + 1 : k + 1 + AROUND]
        return RESCUED.isdisjoint(rest) and ("by" not in rest or not ARMED.isdisjoint(rest))
    return True


_DEGREES: Final = 4
"""Words between "with" and the hurt itself: "with | severe facial | burns"."""
_THEIRS: Final = (["the"], ["their"], ["his"], ["her"])
_HARMED: Final = wordset("people persons passengers residents villagers students pupils workers drivers others")
_INTO: Final = (["to"], ["in"])
_BODY: Final = _LIMBS | wordset("head chest neck back stomach abdomen shoulder shoulders thigh thighs face torso body")
_WILDS: Final = wordset("bush forest forests")
