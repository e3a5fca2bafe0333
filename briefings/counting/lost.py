"""Read people lost from view: searched for, out of contact, or of whom nobody knows where they are."""

from __future__ import annotations

from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import ARMED, STATE, wordset
from ..model import Outcome
from . import joints
from .ties import Ties


def searched_for(ties: Ties) -> None:
    """Read "rescuers were searching for 27 passengers": who is searched for as lost, and not as a suspect."""
    for phrase in ties.phrases:
        at = phrase.first - 1
        if at < 1 or phrase.quantity is None or phrase.outcome or ties.low[at] != "for":
            continue
        further = phrase.head < 0 and ties.low[phrase.last - 1] == "more" and not phrase.other
        if not (phrase.people or further):
            continue
        near = ties.low[max(0, at - _SEARCH) : at]
        search = next((k for k, word in enumerate(near) if word in SEARCHING), None)
        if search is None or not _STOPPING.isdisjoint(near[search:]) or id(phrase) in ties.links:
            continue
        lost = phrase.group == "civilians" or (phrase.group == "unknown" and ties.low[phrase.head] in _LOST)
        dead = any(made.outcome == "killed" for made in ties.links.values())
        hunted = near[search] != "search" or not _HUNTED.isdisjoint(ties.seen)
        if further and dead and not hunted:
            ties.add(phrase, "missing", "searched", at)  # "eight were killed and a search for five more went on"
        elif lost and phrase.people and not _RESCUING.isdisjoint(ties.seen):
            ties.add(phrase, "missing", "searched", at - len(near) + search)
            joints.onward(ties, phrase, Trigger(at, at + 1, "missing", "state"), "searched")


_HUNTED: Final = ARMED | STATE | wordset("police suspects suspect guns weapons forces")
"""Words of sentences in which a search can be for those at large."""
SEARCHING: Final = wordset("search searching searched searches scouring combing combed scoured")
_SEARCH: Final = 9
_STOPPING: Final = frozenset({",", ";", "and", "who", "that"})
_LOST: Final = wordset("people persons crew crewmen others")
_RESCUING: Final = wordset(
    """rescuers rescuer rescue divers coastguard coastguards navy ferry boat ship vessel sank capsized collapsed
    collapse landslide flood floods quake earthquake avalanche rubble sea river mine crash crashed firefighters
    helicopters"""
)


def unknown(ties: Ties) -> None:
    """Read "the whereabouts of 12 soldiers are unknown", "contact was lost with nine fishermen"."""
    for phrase in ties.phrases:
        at = phrase.first - 1
        if at < 1 or not phrase.people or phrase.quantity is None or phrase.outcome or id(phrase) in ties.links:
            continue
        before, after = ties.low[max(0, at - _NEAR) : at + 1], ties.low[phrase.last : phrase.last + _NEAR]
        sought = (
            before[-2:-1] != []
            and before[-2] in _WHERE
            and before[-1] == "of"
            and (not _UNKNOWN.isdisjoint(after) or ("not" in after and not _KNOWN.isdisjoint(after)))
        )
        if sought and before[-2] == "fate":
            sought = _DECIDED.isdisjoint(ties.seen) and not _UNTOLD.isdisjoint(after)
        cut_off = before[-1] == "with" and "contact" in before and "lost" in before and _FOUND.isdisjoint(ties.seen)
        if sought or cut_off:
            ties.add(phrase, "missing", "searched", at)
            joints.onward(ties, phrase, Trigger(at, at + 1, "missing", "state"), "searched")


def listed(ties: Ties) -> None:
    """Read "lists a further 26 villagers as missing", "believes 20 people to be dead", "reported 12 girls missing"."""
    for phrase in ties.phrases:
        if phrase.quantity is None or phrase.other or phrase.outcome or id(phrase) in ties.links:
            continue
        after = ties.low[phrase.last : phrase.last + 3]
        after = after[1:] if after[:1] == ["as"] else after[2:] if after[:2] == ["to", "be"] else after
        said = _LISTING.isdisjoint(ties.low[max(0, phrase.first - _VERB) : phrase.first])
        if after[:1] and after[0] in _LISTED_AS and not said:
            ties.add(phrase, _LISTED_AS[after[0]], "state", phrase.last)


LISTED: Final = wordset("missing dead")
_LISTED_AS: Final[dict[str, Outcome]] = {"missing": "missing", "dead": "killed"}
_LISTING: Final = wordset(
    """list lists listed report reports reported record records recorded register registered believe believes believed
    presume presumed consider considers considered fear fears feared"""
)
_VERB: Final = 4
"""Words before a number among which the verb that lists it stands: "lists | as many as"."""
_NEAR: Final = 5
_WHERE: Final = wordset("whereabouts fate")
_UNKNOWN: Final = wordset("unknown unclear unsure uncertain mystery")
_KNOWN: Final = wordset("known established determined ascertained")
_UNTOLD: Final = wordset("unknown unclear")
_DECIDED: Final = wordset(
    """vote votes voted election elections court trial tried judge judges charged charges hearing reshuffle cabinet
    talks contract contracts job jobs bail appeal parliament"""
)
"""Words of sentences in which somebody's fate is what others make up their minds about."""
_FOUND: Final = wordset("restored regained re-established reestablished safe resumed")
UNKNOWN: Final = wordset("whereabouts fate contact")
