"""Tell counts of a whole conflict, "a war that has killed 12", and of what was before it: "in revenge for". Pure."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..counting.ties import Link
from ..lexis.lexicon import wordset
from .lines import Line
from .newsdays import left_open

EVENTS: Final = wordset(
    """attack attacks assault assaults bombing bombings blast blasts explosion explosions massacre massacres raid raids
    incident incidents shooting shootings strike strikes operation operations clash clashes ambush siege battle quake
    earthquake flood floods disaster disasters accident crash war wars conflict conflicts offensive"""
)
_PRIOR: Final = frozenset({"previous", "prior", "past"})


def of_before(low: list[str], link: Link) -> bool:
    """Say whether a count without a day is of an earlier event: "a previous attack killed 12", "in revenge for …"."""
    at = min(link.trigger, link.phrase.first)
    near = low[max(at - 6, 0) : at]
    if not _LONG.isdisjoint(low) and _began_a_war(low, link):
        return True
    if not MOTIVES.isdisjoint(near) or low[:2] == ["before", "that"]:
        return True
    around = low[max(at - 9, 0) : at + 12]
    return not _PRIOR.isdisjoint(around) and any(word in _PRIOR and after in EVENTS for word, after in pairwise(around))


def _began_a_war(low: list[str], link: Link) -> bool:
    """Say whether a count is of what began a known conflict: "killed in the attack which triggered the war".

    "The" war is one the reader knows, begun before; that a bombing "sparked unrest" may be the news of today.
    """
    end = max(link.trigger + 1, link.phrase.last)
    for k in range(end, min(end + _AFTER, len(low) - 2)):
        begun = low[k] in _BEGINNING or (low[k - 1], low[k]) in _LED_TO
        if begun and low[k + 1] in _KNOWN and not _WARS.isdisjoint(low[k + 2 : k + 5]):
            before = [word for word in low[end:k] if word not in _JOINING]
            return bool(before) and before[-1] in EVENTS
    return False


_AFTER: Final = 12
_BEGINNING: Final = wordset(
    "triggered sparked started began ignited provoked unleashed triggering sparking starting igniting provoking"
)
_LED_TO: Final = frozenset(
    {("led", "to"), ("leading", "to"), ("set", "off"), ("setting", "off"), ("touched", "off"), ("touching", "off")}
)
_JOINING: Final = wordset("that which had has have , set setting led leading touched touching")
_KNOWN: Final = frozenset({"the", "this"})
_WARS: Final = wordset("war conflict insurgency rebellion uprising")
MOTIVES: Final = wordset("revenge retaliation avenge avenging avenged reprisal reprisals vengeance")


_LONG: Final = wordset("war conflict insurgency uprising bloodshed crackdown unrest rebellion decades")
_BRIDGE: Final = wordset(
    """has have had which that in whom , also already so far left claimed cost seen killed wounded injured displaced
    forced since it began more than some at least an estimated about nearly over many as up to well close hundreds tens
    thousands of million millions people uprooted maimed and"""
)
_RELATIVE: Final = frozenset({",", "that", "which"})
_BEFORE: Final = 6
_REACHING: Final = (["to"], ["at"], ["above"], ["past"], ["beyond"], ["to", "at", "least"], ["to", "more", "than"])
"""What leads from the toll of a war to its number."""


def throughout(low: list[str], link: Link) -> bool:
    """Say whether a count is put to a whole conflict: "bringing the toll to 900 throughout the war", "toll of the war".

    Days told of the war itself, "the toll of the war since May", stand behind it and are its own.
    """
    first = link.phrase.first
    of_all = next((k for k in range(max(first - _BEFORE, 3), first - 1) if low[k] in _WARS), 0)
    if of_all and low[of_all - 3 : of_all] == ["toll", "of", "the"] and low[of_all + 1 : first] in _REACHING:
        return True
    end = max(link.trigger + 1, link.phrase.last)
    return low[end : end + 2] == ["throughout", "the"] and not _LONG.isdisjoint(low[end + 2 : end + 4])


def of_years(line: Line, link: Link) -> bool:
    """Say whether a sentence without a time totals what nobody dates: "thousands have been killed and a million fled".

    Thousands of dead in the perfect are no day's toll where a report comes to them late.
    """
    return _open(line, link) and any(
        one.outcome == "killed"
        and one.phrase.quantity is not None
        and one.phrase.quantity.modifier == "vague"
        and one.phrase.number >= _THOUSANDS
        and left_open(line, one)
        for one in line.links
    )


def _open(line: Line, link: Link) -> bool:
    """Say whether a count is in the perfect, or joined to one that is: "has killed thousands and displaced 90,000"."""
    joined = line.tokens.low[link.trigger - 1 : link.trigger] == ["and"]
    return left_open(line, link) or (
        joined and any(one.phrase.last == link.trigger - 1 and left_open(line, one) for one in line.links)
    )


_THOUSANDS: Final = 1000
_GOES_ON: Final = wordset("persists continues rages enters drags grinds persisted continued raged")


def of_a_conflict(low: list[str], link: Link) -> bool:
    """Say whether a sentence totals a long conflict: "a war that has killed 12", "thousands died in the uprising"."""
    if _LONG.isdisjoint(low):
        return False
    at = min(link.trigger, link.phrase.first)
    end = max(link.trigger + 1, link.phrase.last)
    k = at - 1
    while k >= max(at - 14, 0):
        if low[k] in _LONG:  # "the war has uprooted a million and killed 12", not "joined the war and killed 12"
            return "and" not in low[k:at] or not {"has", "have"}.isdisjoint(low[k:at])
        if low[k] == "," and "," in low[max(k - 9, 0) : k]:
            k = max(n for n in range(max(k - 9, 0), k) if low[n] == ",")  # "the war, now in its third year, has …"
        elif low[k] not in _BRIDGE and not low[k][:1].isdecimal():
            break
        k -= 1
    lead = next((k for k in range(end, min(end + 5, len(low))) if low[k] in {"in", "during", "by"}), -1)
    if lead >= 0 and "," not in low[end:lead]:
        tail = low[lead + 1 : lead + 6]
        if any(word in _LONG and _RELATIVE.isdisjoint(tail[:n]) for n, word in enumerate(tail)):
            return True  # but not "in the raid that sparked unrest"
    perfect = not {"has", "have"}.isdisjoint(low[max(0, at - 4) : link.trigger])
    return perfect and any(low[k] in _LONG and low[k + 1] in _GOES_ON for k in range(len(low) - 1))
