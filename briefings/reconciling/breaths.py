"""Which counts one sentence lists side by side, "two soldiers and three police": they are of different people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model import Claim
from .parts import is_member
from .sayings import Saying

_JOINT = re.compile(
    r"\s*(?:[,;]|(?P<word>,?\s*(?:&|and|plus|along with|as well as|together with)"
    r"(?: (?:also|another|her|his|its|their))?))\s*"
)
_PRONOUN = re.compile(r"\bof (?:them|those|whom|which|these)\b", re.IGNORECASE)


def chains(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Return the counts of one report in the order of its text, those listed in one breath together."""
    found: list[list[Claim]] = []
    for one in sorted(claims, key=lambda each: (each.start, each.end)):
        if found and joined(found[-1][-1], one):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def joined(one: Claim, other: Claim) -> bool:
    """Say whether nothing but "and", a comma or the like stands between two counts."""
    return _joint(one, other) is not None


def lists(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Return the counts of one cell that one breath lists, two or more together, each a number of people of its own.

    All are of the same days, place, voice and whole. A comma alone may set a part behind its whole, so it takes a
    word such as "and", or three counts, to make a list.
    """
    reports: dict[str, list[Claim]] = defaultdict(list)
    for one in claims:
        reports[one.document_id].append(one)
    found: list[list[Claim]] = []
    for said in reports.values():
        for chain in chains(said) if len(said) > 1 else ():
            if len(chain) > 2 or (len(chain) == 2 and (joint := _joint(*chain)) and joint["word"]):
                found += _alike(chain)
    return found


def listed_together(sayings: Sequence[Saying]) -> list[Saying]:
    """Return sayings with the counts of one cell that one breath lists as one, the first for all; in their order."""
    by_claim = {id(one.claim): one for one in sayings}
    leads: dict[str, Saying] = {}
    taken: set[str] = set()
    for listed in lists(one.claim for one in sayings):
        members = [by_claim[id(claim)] for claim in listed]
        if is_member(members[0].claim):
            members.sort(key=lambda one: -(one.claim.low or 0))  # the greater is the least there are of both
        leads[members[0].id] = _as_one(members)
        taken |= {one.id for one in members[1:]}
    return [leads.get(one.id, one) for one in sayings if one.id not in taken] if leads else list(sayings)


def _alike(chain: Sequence[Claim]) -> list[list[Claim]]:
    groups: dict[object, list[Claim]] = defaultdict(list)
    for one in chain:
        further = one.increment and one.modifier != "more_than"
        if one.low is None or further or one.modifier == "vague" or one.group == "places" or _PRONOUN.search(one.quote):
            continue
        said = (one.claimant, one.office, one.date_from, one.date_to, one.place, one.part_of, one.headline)
        groups[one.group, one.outcome, one.definition, said].append(one)
    return [members for members in groups.values() if len(members) > 1]


def _as_one(members: Sequence[Saying]) -> Saying:
    whole = replace(members[0], beside=tuple(members))
    total = whole.low or 0
    return replace(whole, digits=(total,), rank=-total if members[0].rank < 0 else total)


def _joint(first: Claim, second: Claim) -> re.Match[str] | None:
    """Return what stands between two counts of one sentence, if it only joins them."""
    if first.sentence != second.sentence or first.end > second.start:
        return None
    gap = second.start - first.end
    at = first.sentence.find(first.quote)
    while at >= 0:
        end = at + len(first.quote)
        if first.sentence.startswith(second.quote, end + gap):
            return _JOINT.fullmatch(first.sentence[end : end + gap])
        at = first.sentence.find(first.quote, at + 1)
    return None
