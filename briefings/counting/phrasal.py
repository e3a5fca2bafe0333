"""Read verbs whose people stand inside them: "hacked four farmers to death", "put nine rebels out of action"."""

from __future__ import annotations

from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import ARMED, STATE, wordset
from ..lexis.people import Phrase
from ..model import Outcome
from . import joints
from .ties import Ties


def read(ties: Ties) -> None:
    """Read the people between a verb and what it ends with; a verb that ends otherwise may say something else."""
    for phrase in ties.phrases:
        fleeing = ties.low[phrase.first - 1 : phrase.first] in _SENT and phrase.head < 0
        if not (phrase.people or fleeing) or phrase.outcome or phrase.first < 1:
            continue
        verb, after = ties.low[phrase.first - 1], tuple(ties.low[phrase.last : phrase.last + 3])
        ends = _ENDS_OF.get(verb, ())
        told = next((outcome for run, outcome in ends if after[: len(run)] == run), None)
        if verb == "down" and phrase.first > 1 and ties.low[phrase.first - 2] in _SHOOTING and phrase.quantity:
            told = "killed"
        if told == "displaced" and not _driven_out(ties, phrase):
            told = None
        if told == "abducted":
            told = _led_off(ties, phrase)
        if after == _OUT_OF_ACTION and phrase.group not in _FIGHTERS:
            told = None
        if told is not None and ties.low[max(0, phrase.first - 2)] not in _NOT_DONE:
            ties.add(phrase, told, "active-object", phrase.first - 1)
            joints.onward(ties, phrase, Trigger(phrase.first - 1, phrase.first, told, "past"), "active-object")


def _driven_out(ties: Ties, phrase: Phrase) -> bool:
    """Say whether people were driven from where they live: no guests in a bus, and no fighters from their bases."""
    after = ties.low[phrase.last : phrase.last + _WHITHER]
    ridden = after[:2] == ["out", "of"] and after[2:3] != ["their"] and _FORCE.isdisjoint(ties.seen)
    return phrase.number >= _MANY and phrase.group not in _FIGHTERS and not ridden


def _led_off(ties: Ties, phrase: Phrase) -> Outcome | None:
    """Return what became of people led or loaded away: by the armed or by nobody named abducted, by jailers detained.

    Guides lead people into a forest, soldiers drive fighters there, and who is taken to safety is no captive.
    """
    before = ties.low[max(0, phrase.first - _DOER) : phrase.first - 1]
    after = ties.low[phrase.last : phrase.last + _WHITHER]
    if not _RESCUED.isdisjoint(after):
        return None
    if not _JAILERS.isdisjoint(before):
        loaded = bool(after) and after[-1] not in _WILDS and _WILDS.isdisjoint(after)
        return "detained" if loaded else None
    return None if phrase.group in _FIGHTERS or (ARMED | _NAMELESS).isdisjoint(before) else "abducted"


_DOER: Final = 10
_WHITHER: Final = 6
_WILDS: Final = frozenset({"forest", "bush"})
_RESCUED: Final = wordset("safety hospital clinic treatment shelter")
_JAILERS: Final = STATE | wordset("police authorities army forces gendarmerie")
_NAMELESS: Final = wordset("they men captors abductors gang gangs group robbers pirates")
_FORCE: Final = ARMED | wordset(
    """fighting clashes violence shelling bombing offensive attack attacks flood floods flooding fire fires eruption
    quake earthquake storm war battle battles unrest riots bombardment"""
)
_SENT: Final = (["sent"], ["sending"])
"""Verbs after which a bare number can be of people: "sent 6,270 fleeing"."""
_MANY: Final = 20
_OUT_OF_ACTION: Final = ("out", "of", "action")
_FIGHTERS: Final = frozenset({"armed_group", "state_forces"})
_ENDINGS: Final[tuple[tuple[str, Outcome, str], ...]] = (
    ("deprived depriving", "killed", "of life | of their"),
    ("put putting", "killed", "out of action | to the sword"),
    ("sent", "killed", "to hell"),
    ("beat beaten hacked clubbed stoned kicked knifed trampled tortured crushed speared bludgeoned stabbed burned "
     "burnt battered starved shot beating hacking clubbing stoning stabbing burning crushing", "killed", "to death"),
    ("burned burnt buried burning", "killed", "alive"),
    ("sent sending", "detained", "to jail | to prison"),
    ("sent sending", "displaced", "fleeing"),
    ("left leaving", "displaced", "without shelter | without homes | without a home | without a roof"),
    ("drove driven driving chased pushed", "displaced", "out of | from their"),
    ("forced forces forcing", "displaced", "to evacuate | to abandon | to leave their | from their | out of their"),
    ("forced bundled herded shoved loaded bundling forcing", "abducted",
     "into a car | into a truck | into a vehicle | into a van | into vehicles | into trucks | into cars"),
    ("whisked marched led dragged herded driven drove whisking", "abducted", "into the forest | into the bush"),
)  # fmt: skip
_ENDS_OF: Final[dict[str, list[tuple[tuple[str, ...], Outcome]]]] = {}
for _verbs, _outcome, _runs in _ENDINGS:
    for _verb in _verbs.split():
        _ENDS_OF.setdefault(_verb, []).extend((tuple(_run.split()), _outcome) for _run in _runs.split("|"))
_SHOOTING: Final = frozenset({"shot", "shooting"})
_NOT_DONE: Final = frozenset({"not", "never", "to"})
VERBS: Final = frozenset(_ENDS_OF) | {"down"}
