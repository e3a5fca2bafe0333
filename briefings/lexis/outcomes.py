"""Where a sentence says what became of people."""

from __future__ import annotations

from typing import Final

from .circumstances import CIRCUMSTANTIAL, read
from .frames import FRAMED, framed
from .harms import ALONE, BY_OPENING, TABLED, Trigger, tabled
from .lexicon import Sought, wordset
from .people import OUTCOME_HEADS
from .sentences import Tokens

_ROOMY: Final = FRAMED | CIRCUMSTANTIAL
_FIRSTS: Final = Sought(TABLED | _ROOMY)
_IN_RUNS: Final = TABLED - _ROOMY - ALONE.keys()
"""Words that only open runs of words, as "in" and "to" do: most often they open none."""
_COMMON: Final = wordset(
    """to in from out being still under made rendered taken took take taking into removed living held going went not yet
    moved shifted seeking sought on has have passed"""
)
TELLING: Final = Sought(
    (frozenset(ALONE) - _COMMON)
    | frozenset(OUTCOME_HEADS)
    | wordset(
        """toll tolls tally casualties hospital hospitals homes shelter shelters camps custody hostage captive
    arrest victims hostages captives prisoner life lives missing homeless included among home found
    treated seize seizes seized hold holds holding held lost loses took taking wounds burns fractures treatment
    seen captivity detention picked no-one nobody killers family loss ambulance ambulances refuge away off remains
    recovering admitted hauled dragged grabbed carried left losing losses spending spent action jail sheltering
    sheltered led driven drove whisked bundled survived survivors whereabouts fate contact hosting hosts rushed
    loaded marched deprived depriving shooting taken search searching searched searches combing combed scouring scoured
    fell fallen"""
    )
)
"""Words that may tell of an outcome outside of any run of words that the table holds."""
_IN_RUNS_ALONE: Final = wordset(
    """condition rubble debris wreckage mud underground ruins below battlefield tents centres centers care moved
    amputation amputations gunpoint accounted safety limbs limb legs hell bullet bullets shrapnel pellets
    bruises cuts concussion concussions trauma lacerations attention caught destroyed open prison bars
    heard traced located hands captors kidnappers abductors sacrifice stampede
    return returned inland cells tents cars lifeless glass looked carting whisking herding bandits
    ventilator ventilators"""
)
"""Words that tell of an outcome only in a run of words or with room between: if none is found, none is counted."""
HINTS: Final = Sought((TABLED - _COMMON) | TELLING | _IN_RUNS_ALONE)
"""Words one of which every sentence with an outcome holds: sentences without are not looked at."""


HARM: Final = frozenset(HINTS) - wordset(
    """search searching searched searches combing combed scouring scoured held debris wreckage mud fell fallen losses
    below ruins underground spending spent shelters sheltering sheltered
    hosting hosts moved action jail prison bars attention caught led destroyed open driven drove whisked bundled
    loaded marched
    survived survivors whereabouts fate contact heard traced located hands captors kidnappers abductors sacrifice
    stampede return returned failed never inland cells tents cars glass looked bandits"""
)
"""Those of them that tell of harm by themselves, beside which a day is that of it."""


def triggers(tokens: Tokens) -> list[Trigger]:
    """Return the outcome words of a sentence in order, the longest reading of each."""
    low = tokens.low
    found: list[Trigger] = []
    end = 0
    for i in tokens.found.get(_FIRSTS, ()):
        if i < end:
            continue
        if low[i] in _IN_RUNS and tuple(low[i : i + 2]) not in BY_OPENING:
            continue
        trigger = read(tokens, i) or framed(low, i) or tabled(low, i)
        if trigger is not None:
            end = trigger.last
            if trigger.outcome == "injured" and not _MORTUARIES.isdisjoint(low[end : end + 1]):
                trigger.outcome = "killed"  # "taken to the hospital mortuary"
            if low[trigger.last - 1] == "death" and trigger.outcome == "killed":
                _shared_death(low, trigger, found)
            found.append(trigger)
    return found


def _shared_death(low: list[str], trigger: Trigger, found: list[Trigger]) -> None:
    """Let "stabbed or burned to death" be one outcome word: what stands last holds for both."""
    at = trigger.first - 2
    joined = at > 0 and low[at] in _BLOWS and low[at + 1] in {"and", "or"}
    if joined and low[trigger.last - 2] == "to":
        trigger.first = at
        if found and found[-1].first == at:
            found.pop()


_MORTUARIES: Final = frozenset({"mortuary", "morgue", "mortuaries", "morgues"})
_BLOWS: Final = wordset(
    "stabbed shot beaten burned burnt hacked knifed clubbed stoned kicked crushed trampled speared slashed tortured"
)
