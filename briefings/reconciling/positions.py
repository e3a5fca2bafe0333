"""What each voice says of a cell, one position for each of its windows, and how it stands to the figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from ..model import Position, Window, unchecked
from .forces import forces
from .parts import is_member
from .phrasing import phrase_claim
from .sayings import Doubt, Saying, about, current, in_order
from .values import Value

_position_of = unchecked(Position)
Aside = Mapping[str, tuple[str, Saying]]
"""By claim id, the rule that set a saying aside and the saying it yields to."""
_SAID_AGAIN = ("restated", "repeats", "supersedes", "corrected_copy")
APART = ("subset_of", "increment", "vague", "headline", "part_of_place")
"""Rules whose sayings are shown apart from what the same voice says of the same days otherwise."""


def positions(
    said: Sequence[Saying], values: Sequence[Value], aside: Aside, doubtful: Sequence[Doubt], frame: Window
) -> tuple[Position, ...]:
    """Return what each voice says, one position for each of its windows; smaller numbers first."""
    groups: dict[tuple[str, Window, str, tuple[str, frozenset[str]]], list[Saying]] = defaultdict(list)
    for one in said:
        kind = aside[one.id][0] if one.id in aside and aside[one.id][0] in APART else ""
        groups[_whose(one, aside), one.window() or frame, kind, _stands_for(one, aside)].append(one)
    standing = {one.id: value for value in values for one in value.sayings}
    terms = {one.id for value in values for _, one in value.terms}
    found = []
    for (_, window, kind, _), members in groups.items():
        now = _spokesman(members, aside)
        relation = kind or _relation(now, aside, standing, terms)
        found.append(_position(now, members, window, relation, aside))
        added = "subset_of" if is_member(now.claim) else "listed"  # women and children are added to nobody
        apart = added if relation in ("current", "term", "inside") else relation
        found += [_position(each, [each], window, apart, aside) for each in now.beside[1:]]
    for doubt in doubtful:
        found.append(_position(doubt.saying, [doubt.saying], doubt.saying.window() or frame, doubt.code, aside))
    return tuple(sorted(found, key=lambda one: (one.low or one.high or 0, one.voice.key, one.window.start, one.claims)))


def _whose(one: Saying, aside: Aside) -> str:
    """Return the office a saying is shown under: its own, however many others give the same number.

    Only nobody in particular, such as the officials of several papers who give one number, is one voice.
    """
    rule, owner = aside.get(one.id, ("", one))
    if rule != "repeats" or one.speaker.named or not one.speaker.attributed:
        return one.office
    same = not owner.speaker.named and owner.speaker.unnamed == one.speaker.unnamed
    return owner.office if same else one.speaker.unnamed


def _stands_for(one: Saying, aside: Aside) -> tuple[str, frozenset[str]]:
    """Return place and forces of the word of its own office that a saying yields to, so that what stands twice is two.

    That is at two places, or of soldiers and of police.
    """
    seen = {one.id}
    while one.id in aside and aside[one.id][1].office == one.office and aside[one.id][1].id not in seen:
        one = aside[one.id][1]
        seen.add(one.id)
    return one.place, forces(one)


def _spokesman(said: Sequence[Saying], aside: Aside) -> Saying:
    """Return the saying a position shows: the one that stands, else the one a rule weighed, else the latest."""
    weighed = [one for one in said if one.id in aside and aside[one.id][0] not in _SAID_AGAIN]
    return next((one for one in said if one.id not in aside), None) or current(weighed or said)


def _position(now: Saying, members: Sequence[Saying], window: Window, relation: str, aside: Aside) -> Position:
    latest_first = tuple(one.id for one in reversed(in_order(members)))
    claim = now.claim
    return _position_of(
        voice=now.speaker.voice,
        low=claim.low,
        high=claim.high,
        modifier=claim.modifier,
        text=phrase_claim(claim),
        window=window,
        stated=claim.stated,
        claims=(now.id, *(one for one in latest_first if one != now.id)),
        superseded=tuple(
            one.id
            for one in members
            if one.digits != now.digits and not one.vague and one.claim.corrects is None
            if aside.get(one.id, ("",))[0] != "corrected_copy"
        ),
        relation=relation,
        about=about(now),
    )


def _relation(now: Saying, aside: Aside, standing: Collection[str], terms: Collection[str]) -> str:
    if now.id in aside:
        return aside[now.id][0]
    if now.id in standing:
        return "current"
    return "term" if now.id in terms else "inside"
