"""The women, children and the like whom a count holds: told with it, never as a count of their own, never added.

"Nine were killed, among them four women and three children" counts nine. That four and three are seven nobody says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..model import Member, Outcome
from .parts import KIN, is_member
from .sayings import Saying

Members = Mapping[tuple[str, str, Outcome], Sequence[Saying]]
"""Parts of this kind by the report, words and outcome of their whole."""


def by_whole(sayings: Iterable[Saying]) -> Members:
    """Return the parts of this kind under the counts they are parts of, each in the order of its text."""
    found: dict[tuple[str, str, Outcome], list[Saying]] = defaultdict(list)
    for one in sayings:
        if one.claim.part_of and one.digits and is_member(one.claim):
            found[one.claim.document_id, one.claim.part_of, one.claim.outcome].append(one)
    return {key: sorted(parts, key=lambda one: one.claim.start) for key, parts in found.items()}


def members_of(values: Iterable[Sequence[Saying]], said: Sequence[Saying], known: Members) -> tuple[Member, ...]:
    """Return whom the counts that set a figure hold, as their own offices tell it.

    `values` are the counts of each side that set it, `said` all that was said of its cell: an office may say whom its
    number holds in another report than the one that is counted.
    """
    found: list[Member] = []
    for value in values if known else ():
        same = (one for whole in value for one in (whole, *(each for each in said if _again(each, whole))))
        wholes = (known.get((one.claim.document_id, one.claim.quote, one.claim.outcome), ()) for one in same)
        found += [_member(one) for one in next(filter(None, wholes), ())]
    return tuple(found)


def _again(one: Saying, whole: Saying) -> bool:
    """Say whether a saying is its office's same number again."""
    return (one.office, one.digits, one.window()) == (whole.office, whole.digits, whole.window())


def _member(one: Saying) -> Member:
    word = KIN.search(one.claim.group_text) or KIN.search(one.claim.quote)
    return Member(
        claim=one.id,
        low=one.claim.low,
        modifier=one.claim.modifier,
        high=one.claim.high,
        word=word[0].lower() if word else "",
    )
