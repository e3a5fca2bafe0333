"""Tie a count to the time of its sentence that is its own: the next after what happened, else the last before it."""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..dating import windows
from ..dating.datings import TimeRef
from ..lexis import outcomes
from ..lexis.lexicon import SAY, wordset
from .lines import Line
from .newsdays import dates_harm, goes_on_as

_FAR: Final = 80
"""Words from a count beyond which a time of the same sentence is not its own."""
NEAR: Final = 4
"""Words within which one stands right beside another."""


def time_of(line: Line, link: Link) -> TimeRef | None:
    """Return the time expression tied to the outcome: the next after it, else the last before it."""
    first = link.phrase.first
    at = max(link.trigger, first)
    low = line.tokens.low
    close = [ref for ref in line.times if abs(ref.first - at) <= _FAR]
    usable = [ref for ref in close if _ties(low, ref, at, first)]
    if link.rule == "searched":  # the day of the search is not that of the loss
        usable = [ref for ref in usable if ref.first > first]
    if link.outcome == "detained":  # "arrested over the killing of two tourists in May": the day of what they did
        usable = [ref for ref in usable if not _of_the_charge(low, ref, link, at)]
    if len(usable) > 1:  # "said earlier this week that 38 had been killed since 10 May"
        usable = [ref for ref in usable if not _of_the_saying(low, ref)] or usable
    if len(usable) > 1:
        usable = [ref for ref in usable if ref.kind != "since" or not _in_apposition(low, ref, first)] or usable
    if any(ref.kind == "day" for ref in usable):  # "in the same week in which six were killed on Monday"
        usable = [ref for ref in usable if ref.kind != "anchor" or ref.count or low[ref.first] != "same"]
    if len(line.links) > 1 or line.tokens.possessive:
        usable = [ref for ref in usable if not _of_another(line, ref, link)]
    if not usable:
        return None
    for ref in usable:  # "one year after floods killed 16 people, families met on Friday"
        if (
            ref.toward == "after"
            and ref.last <= first
            and inside(low, ref, begin(link))
            and not _HURT.isdisjoint(low[ref.last : at + 1])
        ):
            return ref
    return min(
        usable,
        key=lambda ref: ref.first - at if ref.first >= at else 2 + (first - ref.last) * 1.5 if ref.last <= first else 0,
    )


def _of_the_charge(low: list[str], ref: TimeRef, link: Link, at: int) -> bool:
    """Say whether a time is of what people are held for, not of the arrests: "over a raid in May".

    Not so of several "arrested for smuggling since January", where one word alone stands between.
    """
    charge = next((k for k in range(ref.first - 1, at - 1, -1) if low[k] in _CHARGES), -1)
    arrests = ref.kind == "since" and link.phrase.number != 1 and ref.first - charge <= _ONE_WORD
    return charge >= 0 and not arrests


_ONE_WORD: Final = 2


def _of_another(line: Line, ref: TimeRef, link: Link) -> bool:
    """Say whether a time is that of another count, whose clause it begins: "…, and in June 2001 at least 74 died"."""
    low = line.tokens.low
    if ";" in low[link.phrase.last : ref.first] and link.trigger < ref.first:
        part = low.index(";", link.phrase.last)
        if part > link.trigger and any(part < one.phrase.first < ref.first for one in line.links):
            return True  # "the hurt were two guards; a farmer died the next day"
    if any(one.parent is link.phrase and 0 <= ref.first - one.phrase.last <= 1 for one in line.links):
        return low[ref.last : ref.last + 1] == ["alone"]  # "killed 34, twelve of them on Friday alone"
    if (ref.last - 1) in line.tokens.possessive and _counts(line, ref.last):
        if link.rule == "among" and link.phrase.first > ref.last:
            return False  # "last week's 12 dead included four children"
        return (link.parent or link.phrase).first != ref.last  # "547 died, nearly three times March's 190"
    if ref.last < link.phrase.first and _JOINED.issuperset(low[ref.last : link.phrase.first]):
        ahead = [one for one in line.times if one.first > max(link.trigger, link.phrase.last)]
        later = link.parent is None and any(one.role == "event" and one.kind == ref.kind for one in ahead)
        return later and any(one.phrase.last <= ref.first for one in line.links)
    if ref.kind == "past" and any(
        link.phrase.last < one.phrase.first < ref.first
        and low[one.phrase.first - 2 : one.phrase.first] == [",", "with"]
        and "," not in low[one.phrase.last : ref.first]
        and one.outcome == link.outcome
        for one in line.links
    ):
        return True  # "has claimed 90 lives, with six deaths in the past day"
    joint = ref.first - 1 - (low[ref.first - 1] in {"in", "on"})
    if ref.first <= link.phrase.last or low[joint] not in {"and", "while", ";"}:
        return False
    return any(one is not link and 0 <= one.phrase.first - ref.last <= NEAR for one in line.links)


def _counts(line: Line, at: int) -> bool:
    """Say whether a count begins at token `at`, in figures or words."""
    return line.tokens.low[at : at + 1] != [] and (
        line.tokens.low[at].isdecimal() or any(one.phrase.first == at for one in line.links)
    )


_JOINED: Final = frozenset({",", "and", "while", "another"})


def _ties(low: list[str], ref: TimeRef, at: int, first: int) -> bool:
    """Say whether a time can be that of the count at `first`: not one of a statement, nor of somebody beside it."""
    if ref.role == "compared" and windows.set_against(low, ref.first):
        return low[first - 1] == "against" or low[first - 2 : first - 1] in _COMPARED
    if ref.role == "compared":
        return (
            ref.kind != "past"
            and ref.last < first
            and not _TOLD_OF.isdisjoint(low[ref.last : min(first, ref.last + 3)])
        )
    if ref.last <= first and ref.kind != "since" and _in_aside_of_speaker(low, ref):
        return False
    if ref.stated or (low[0] == "with" and ref.first < _ADDING and ref.last < first):
        return False  # "With today's raid, 14 have been killed this month"
    if ref.toward and not inside(low, ref, first):
        return ref.toward == "after" and first > ref.last
    if ref.first > 1 and ref.last <= first and not _HEARD.isdisjoint(low[ref.last : first]):
        return dates_harm(low, ref)
    if first < ref.first and ref.kind == "span" and ref.last >= len(low) - 1 and "," in low[ref.first - 2 : ref.first]:
        return True  # set apart at the end, it dates the whole sentence: "…, about a year ago."
    between = low[max(at, first) : ref.first]
    if not _ELSEWHERE.isdisjoint(between) and not dates_harm(low, ref):
        return False
    if goes_on_as(low, ref) and ref.first > at and not dates_harm(low, ref):
        return False
    return ASIDE.isdisjoint(between) or _holds_for_all(ref, between)


_COMPARED: Final = (["compared"], ["up"], ["down"])


def _of_the_saying(low: list[str], ref: TimeRef) -> bool:
    """Say whether a stretch of time is that in which something was said: "said earlier this week that"."""
    at = ref.first - 1 - (low[ref.first - 1] in {"earlier", "late"})
    return ref.kind == "past" and at > 0 and low[at] in SAY and low[ref.last : ref.last + 1] == ["that"]


def _in_aside_of_speaker(low: list[str], ref: TimeRef) -> bool:
    """Say whether a time is in what is told of who speaks: "the militia, which came in May, put"."""
    close = next((k for k in range(ref.last, min(ref.last + _CLOSES, len(low) - 1)) if low[k] == ","), 0)
    if not close or low[close + 1] not in _GIVES:
        return False
    opened = next((k for k in range(ref.first - 1, 0, -1) if low[k] == ","), 0)
    return opened > 0 and low[opened + 1] in _RELATIVES


def _in_apposition(low: list[str], ref: TimeRef, first: int) -> bool:
    """Say whether a time is in what is told of a body between commas: "the front, active since 2012, has killed"."""
    return ref.last < first and low[ref.last] == "," and "," in low[max(0, ref.first - _APPOSED) : ref.first]


_APPOSED: Final = 16
_CLOSES: Final = 5
_RELATIVES: Final = frozenset({"who", "which"})
_GIVES: Final = SAY | {"put", "puts", "gave"}


def _holds_for_all(ref: TimeRef, between: list[str]) -> bool:
    """Say whether a time at the end is that of all a sentence lists: "killed nine and freed six between March 1 and 8".

    So is one after "30 hurt, of whom eight seriously, in fighting on 3 May".
    """
    asides = [k for k, word in enumerate(between) if word in ASIDE]
    closed = between[-2:-1] == [","] and between[-1] in {"on", "in"}
    if closed and len(asides) == 1 and between[asides[0] - 1 : asides[0] + 1] == [",", "who"]:
        return True  # "held the skipper, who had no licence, on Tuesday"
    if ref.kind == "range" and all(between[k] in _LET_GO and between[k - 1 : k] == ["and"] for k in asides):
        return True
    return all(
        between[k] == "whom" and between[k - 1 : k] == ["of"] and "," in between[k + 1 : k + _WHOM] for k in asides
    )


_LET_GO: Final = frozenset({"freed", "released"})
_WHOM: Final = 4
"""Words after "of" within which a comma closes what is said of some: "of whom eight seriously,"."""


_ADDING: Final = 4
_HURT: Final = outcomes.HARM
_TOLD_OF: Final = wordset("when which in with that where killing leaving")
_CHARGES: Final = wordset("over for connection accused suspected charged involvement alleged role suspicion")
_ELSEWHERE: Final = frozenset({"adding", "while", "but", ";"})
ASIDE: Final = wordset("where who whose whom bringing brings raising taking pushing released discharged freed")
"""Words after which something else is told of those told of, with days of its own."""
_HEARD: Final = wordset("said says that told added")


def begin(link: Link) -> int:
    """Return where a count begins, or the count of its sentence that it is a part of."""
    part = link.parent is not None and link.whole is None and link.parent.first < link.phrase.first
    return link.parent.first if part and link.parent is not None else link.phrase.first


def inside(low: list[str], ref: TimeRef, first: int) -> bool:
    """Say whether a count belongs to the event counted from: "two days after gunmen killed 12", not "…, 12 died"."""
    return first >= ref.last and "," not in low[ref.last : first]
