"""The rules of reconciliation by name: which sayings of the same days set a range, and to which the others yield.

A claim is never dropped. A rule only says which claims of a cell set its range; the others stay listed with the
name of the rule that set them aside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from .afterwards import gives_anew, is_former
from .forces import armed_victims, by_force
from .sayings import Saying, about, as_printed, current, in_order, is_town
from .values import of_some_only
from .zeros import no_word_on_the_group

_IN_TURN = re.compile(
    r"\b(?:earlier|later|previously|initial(?:ly)?|first|preliminary|since|then|now|updated?|new(?:er|est)?|latest)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WHO_COUNT = frozenset({"government", "military", "police", "medical", "un_ngo"})
"""Who counts the dead as their office, and so knows more as time goes on."""
Live = Sequence[Saying]
Yields = dict[str, Saying]
"""Claims set aside, by id, each with the saying it yields to."""


def corrected_copy(live: Live) -> Yields:
    """Let a person's correction reach the other copies of the statement, which carry the number it was printed with.

    Copies are of the same office, or of nobody. A word that was misread has not that number, and so no such copies.
    """
    found: Yields = {}
    for one in live:
        if one.claim.corrects and (printed := as_printed(one.claim)):
            same = (each for each in live if each.office == one.office or not each.speaker.attributed)
            found |= {
                each.id: one for each in same if not each.claim.corrects and printed.issuperset(each.digits or (0,))
            }
    return found


def subset_of(live: Live) -> Yields:
    """Set a sub-total ("including three bombers") under its total: a part is no rival to the whole.

    So are those still held of those who were taken, soldiers among all whom a disaster harmed, and a zero of some of
    the group only: "no police officer was taken" denies no soldier, and counts nobody's group.
    """
    whole = max((one for one in live if not (one.partial or one.still)), key=lambda one: one.size, default=None)
    if whole is None:
        return {}
    found: Yields = {one.id: whole for one in live if (one.partial or one.still) and whole.size >= one.size}
    return found | armed_victims(live) | {zero.id: whole for zero in no_word_on_the_group(live)}


def increment(live: Live) -> Yields:
    """Set "another three" aside: it is no total, and stands only where nobody gives one."""
    further = [one for one in live if one.adds]
    totals = [one for one in live if not one.adds and not one.vague] if further else []
    if not totals:
        return {}
    latest = in_order(totals)[-1]
    return {one.id: latest for one in further}


def headline(live: Live) -> Yields:
    """Let a headline yield to the text beneath it; whoever it says said so is no further origin of the number.

    Where both give the number as one office's, it has merely said it twice.
    """
    if not any(one.claim.headline for one in live):
        return {}
    body: dict[str, Saying] = {}
    same: dict[tuple[str, tuple[int, ...]], Saying] = {}
    for one in live:
        if not one.claim.headline and not one.vague:
            body[one.claim.document_id] = one
            same[one.claim.document_id, one.digits] = one
    found: Yields = {}
    for one in live:
        report = one.claim.document_id
        if one.claim.headline and report in body:
            text = same.get((report, one.digits), body[report])
            if (text.office, text.digits) != (one.office, one.digits):
                found[one.id] = text
    return found


def vague(live: Live) -> Yields:
    """Let "dozens" neither lower nor raise a range that numbers give."""
    counted = next((one for one in live if not one.vague), None)
    return {one.id: counted for one in live if one.vague} if counted else {}


def repeats(live: Live) -> Yields:
    """Give a number without an owner, or from unnamed officials, to the known office that gives it too.

    A number without any owner is one origin's, however many outlets print it (R10). Eleven in one town are not the
    eleven that somebody counts in another.
    """
    owned: dict[tuple[str, tuple[int, ...]], list[Saying]] = defaultdict(list)
    known_first = sorted(live, key=lambda one: (not one.speaker.named, not one.speaker.attributed))
    for one in known_first:
        for side in {one.side, ""} if one.speaker.attributed else {""}:
            owned[side, _number(one)].append(one)
    found: Yields = {}
    for one in live:
        side = one.side if one.speaker.attributed else ""
        owners = () if one.speaker.named else owned.get((side, _number(one)), ())
        owner = next((each for each in owners if not _in_two_towns(one, each)), None)
        if owner and owner.id != one.id:
            found[one.id] = owner
    return found


def _in_two_towns(one: Saying, other: Saying) -> bool:
    return one.place != other.place and is_town(one.claim) and is_town(other.claim)


def former(live: Live) -> Yields:
    """Let the older of two numbers that one sentence gives, the three of "to four, from three", yield to the newer.

    It does so before the newer yields to whose number it repeats: the older would else be left as its office's word.
    """
    newer = {(one.office, one.claim.document_id, one.claim.sentence): one for one in live if not is_former(one.claim)}
    return {
        one.id: now
        for one in live
        if is_former(one.claim) and (now := newer.get((one.office, one.claim.document_id, one.claim.sentence)))
    }


def own_words(live: Live) -> Yields:
    """Let what a report says in nobody's name yield to what its outlet says later, before that goes to its owner.

    The paper's older 12 would else be left as its word beside the 15 that turn out to be the police's.
    """
    return supersedes([one for one in live if not one.speaker.attributed])


def supersedes(live: Live) -> Yields:
    """Let only the same office supersede itself, by statement time."""
    return {one.id: now for said, now in _by_office(live) for one in said if one.digits != now.digits}


def restated(live: Live) -> Yields:
    """Count what one office says over and over once, in its most definite form; a headline drops what qualifies it."""
    found: Yields = {}
    towns = {one.id: one.place if is_town(one.claim) else "" for one in live}
    for said in _grouped(live, lambda one: (one.office, one.digits, towns[one.id])).values():
        kept = min(said, key=_how_loosely)
        found.update({one.id: kept for one in said if one.id != kept.id})
    return found


def _how_loosely(one: Saying) -> tuple[bool, bool, bool, bool, int]:
    """Return the order of one number's sayings: a headline last of all, and "among the dead" after what counts all."""
    return one.claim.headline, of_some_only(one), bool(one.beside), bool(one.place), one.definite


def overtaken(live: Live) -> Yields:
    """Let a number in nobody's name yield to a later, greater one: an office's, or that to which reports say it rose.

    It is nobody's word that the office could be at odds with. What a party says of its enemy's losses overtakes none,
    nor does what residents count, nor more than double, unless the toll is said to have risen: that is no mere growth.
    """
    older = [one for one in live if not (one.speaker.attributed or one.vague or one.site)]
    newer = [one for one in reversed(in_order(live)) if _overtakes(one)] if older else []
    found: Yields = {}
    for one in older:
        for other in newer:
            grown = one.size < other.size <= 2 * one.size or (
                one.size < other.size and gives_anew(other.claim.sentence)
            )
            if grown and _is_later(other, one) and not _in_two_towns(one, other):
                found[one.id] = other
                break
    return found


def _overtakes(one: Saying) -> bool:
    if one.vague or one.claim.headline or one.beside or of_some_only(one) or about(one) == "enemy_losses":
        return False
    if one.speaker.attributed:
        return one.speaker.voice.kind in _WHO_COUNT
    return one.claim.rule == "toll" and gives_anew(one.claim.sentence)


def _is_later(one: Saying, other: Saying) -> bool:
    """Say whether a count was stated after another, on a later day where not both hours are known."""
    if one.instant is None or other.instant is None:
        return one.day > other.day
    return one.instant > other.instant


def part_of_place(live: Live) -> Yields:
    """Set a side's smaller count for one town under its count for the whole area, for a site under that of its town."""
    whole: dict[str, Saying] = {}
    wide = _wide_places(live)
    for one in live:
        if one.place in wide and one.size >= (whole[one.side].size if one.side in whole else 0):
            whole[one.side] = one
    found = {
        one.id: whole[one.side]
        for one in live
        if one.place not in wide and one.side in whole and one.size <= whole[one.side].size
    }
    towns = {(one.side, one.place): one for one in sorted(live, key=lambda one: one.size) if not one.site}
    at_sites = [(one, towns.get((one.side, one.place))) for one in live if one.site]
    return found | {one.id: town for one, town in at_sites if town is not None and one.size <= town.size}


def update_same_side(live: Live) -> Yields:
    """Let a later office move the value of its side; the earlier office's own figure stays listed.

    Of people who belong to neither side no office speaks with more right than another, so offices of one side
    that differ on one and the same day both stand; so do those that one report quotes side by side, and counts of its
    soldiers and of its police.
    """
    found: Yields = {}
    wide = _wide_places(live)
    area = {one.side for one in live if one.place in wide}
    sides = _grouped(live, lambda one: (one.side, "" if one.side in area else one.place)).values()
    for said in (force for each in sides for force in by_force(each)):
        now: list[Saying] = []
        for one in in_order(said):
            holding = next((other for other in now if one.still_allows(other)), None)
            if holding:
                found[one.id] = holding
            elif now and _beside(now[-1], one):
                looser = [other for other in now if other.still_allows(one)]  # "at least six" becomes nine
                found.update({each.id: one for each in looser})
                now = [*(other for other in now if other.id not in found), one]
            else:
                found.update({each.id: one for each in now})
                now = [one]
    return found


SETTING_ASIDE: tuple[tuple[str, Callable[[Live], Yields]], ...] = (
    ("corrected_copy", corrected_copy),
    ("subset_of", subset_of),
    ("increment", increment),
    ("vague", vague),
    ("headline", headline),
    ("supersedes", former),
    ("supersedes", own_words),
    ("repeats", repeats),
    ("supersedes", supersedes),
    ("restated", restated),
    ("overtaken", overtaken),
    ("part_of_place", part_of_place),
    ("update_same_side", update_same_side),
)
"""Applied in this order to the sayings of one cell and one window; each sees what the former left standing."""


def set_aside(live: Live) -> tuple[list[Saying], dict[str, tuple[str, Saying]]]:
    """Return the sayings that stand, and for each other its rule and the saying it yields to."""
    standing, aside = _from_below(live), dict[str, tuple[str, Saying]]()
    alone = len(standing) == 1 and standing[0].low != 0
    for name, rule in () if alone else SETTING_ASIDE:
        found = rule(standing)
        if not found:
            continue
        aside.update({key: (name, owner) for key, owner in found.items()})
        standing = [one for one in standing if one.id not in found]
    return standing, aside


def _from_below(live: Live) -> list[Saying]:
    """Return sayings, those at a site of a town as floors where somebody counts in the town: parts bound wholes."""
    towns = {one.place for one in live if not one.site}
    return [replace(one, floor=True) if one.site and one.place in towns else one for one in live]


def _grouped(live: Live, key: Callable[[Saying], Hashable]) -> dict[Hashable, list[Saying]]:
    groups: dict[Hashable, list[Saying]] = defaultdict(list)
    for one in live:
        groups[key(one)].append(one)
    return groups


def _by_office(live: Live) -> list[tuple[list[Saying], Saying]]:
    """Return what each office says of each place and kind of people, with what it says of it now."""
    offices = _grouped(live, lambda one: (one.office, one.place, one.site))
    return [(force, current(force)) for said in offices.values() for force in by_force(said)]


def _number(one: Saying) -> tuple[int, ...]:
    """Return the number as it was said; for "dozens" what the word stands for, apart from every number."""
    return one.digits or (-(one.claim.low or 0),)


def _beside(before: Saying, one: Saying) -> bool:
    """Say whether an office's number stands beside another's of its side, and does not take its place."""
    if before.day != one.day:
        return False
    return _of_neither_side(one) or (before.claim.document_id == one.claim.document_id and _at_once(before, one))


def _at_once(one: Saying, other: Saying) -> bool:
    """Say whether nothing in the sentences of two counts tells that one was given after the other."""
    told = (one.claim.sentence, other.claim.sentence)
    if any(gives_anew(sentence) or _IN_TURN.search(sentence) for sentence in told):
        return False
    here, there = (set(_WEEKDAY.findall(sentence)) for sentence in told)
    return not here or not there or here == there


def _of_neither_side(one: Saying) -> bool:
    return one.speaker.party and one.claim.group in ("peacekeepers", "civilians", "unknown", "disaster_victims")


def _wide_places(live: Live) -> set[str]:
    """Return the places that stand for the whole area: unnamed, or named by more than half of the documents.

    Copies of one report count once. Where it holds of several places, none that is known to be a town is the whole
    of the others. A list of places stands for all where it names every other.
    """
    places = {one.place for one in live}
    if places == {""}:
        return {""}
    lists = {one.place for one in live if ";" in (one.claim.place or "") and all(each in one.place for each in places)}
    if lists:
        return {"", *lists}
    texts: dict[str, str] = {}
    for one in live:
        texts[one.claim.document_id] = texts.get(one.claim.document_id, "") + one.claim.sentence
    named: dict[str, set[str]] = defaultdict(set)
    for one in live:
        named[one.place].add(texts[one.claim.document_id])
    everywhere = len(set(texts.values()))
    usual = {place for place, found in named.items() if place and len(found) * 2 > everywhere}
    if len(usual) > 1 or (everywhere == 1 and "" in places):  # one report cannot tell that a place is the whole
        usual -= {one.place for one in live if everywhere == 1 or is_town(one.claim)}
    return {"", *usual}
