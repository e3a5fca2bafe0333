"""Tell two fates of the same people, "kidnapped and killed five", from two that split them, "killed or hurt 20"."""

from __future__ import annotations

from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import wordset
from ..lexis.people import Phrase
from .ties import BY_SUBJECT, Link, Ties

_FIRST_OF: Final = wordset("abducted detained")
AFTER: Final = wordset("after following")


def unsplit(ties: Ties) -> set[int]:
    """Return the outcome words that give no split ("killed and wounded 20")."""
    blocked = set()
    for a, b in zip(ties.triggers, ties.triggers[1:], strict=False):
        joined = b.first - a.last == 1 and ties.low[a.last] in {"and", "or", "/"}
        mixed = not _successive(a, b) or ties.low[a.last] == "or"
        alike = a.form == b.form or (ties.low[a.last] == "or" and "missing" in {a.outcome, b.outcome})
        if joined and mixed and a.outcome != b.outcome and "killed" in {a.outcome, b.outcome} and alike:
            before = ties.ending.get(a.first)
            unsaid = before is None or before.quantity is None or ties.low[a.last] == "or"
            if unsaid or b.last not in ties.starting:
                blocked |= {a.first, b.first}  # nor does "losses of 130 soldiers killed and wounded"
    return blocked


def unclear(ties: Ties) -> set[int]:
    """Return the bare "shot" of "eight were killed with machetes and three were shot", and "missing and presumed dead".

    Beside a way in which others were killed it may be another such way, or a wound: it is not said which.
    """
    blocked = set()
    for a, b in zip(ties.triggers, ties.triggers[1:], strict=False):
        presumed = a.outcome == "missing" and b.outcome == "killed"
        if (
            presumed
            and _PRESUMED_TOO.issuperset(ties.low[a.last : b.first + 1])
            and "and" in ties.low[a.last : b.first]
        ):
            blocked.add(b.first)  # "12 remain missing and are presumed dead": they are missing
        bare = b.last - b.first == 1 and ties.low[b.first] in _BLOWS and ties.low[b.last : b.last + 1] in _CLOSED
        if not bare or a.outcome != "killed" or ties.low[b.first - 1] not in _WERE:
            continue
        manner = ties.low[a.last : a.last + 1] == ["with"] or not _BY_HAND.isdisjoint(ties.low[a.first : a.last])
        between = ties.low[a.last : b.first]
        if manner and not _JOINING.isdisjoint(between) and _APART.isdisjoint(between):
            blocked.add(b.first)
    return blocked


_PRESUMED_TOO: Final = wordset("and are is were was now presumed feared believed dead")
_BLOWS: Final = wordset("shot stabbed knifed burned")
_CLOSED: Final[tuple[list[str], ...]] = ([], ["."], [","], [";"], ["and"])
_WERE: Final = wordset("were was been being")
_BY_HAND: Final = wordset("death beheaded decapitated strangled hanged hacked butchered alive shot gunned")
_JOINING: Final = wordset("and while ,")
_APART: Final = wordset("when after before as . ; that who")


def _successive(a: Trigger, b: Trigger) -> bool:
    """Say whether both hold of the same people: who is abducted and killed is both, others are shared out."""
    return a.outcome in {"abducted", "detained"} and b.outcome == "killed"


def earlier_fate(ties: Ties, phrase: Phrase, trigger: Trigger, rule: str) -> None:
    """Read the first word of "the kidnapping and murder of five" and "kidnapped and killed five"."""
    if trigger.first < 2 or ties.low[trigger.first - 1] != "and":
        return
    first = next((t for t in ties.triggers if t.last == trigger.first - 1), None)
    if first and _successive(first, trigger):
        ties.more.append(Link(phrase, first.outcome, rule, first.first))


def fate_before(ties: Ties) -> None:
    """Read the first fate of "four men were shot dead after being kidnapped from their homes"."""
    for trigger in ties.triggers:
        i = trigger.first - 1
        if trigger.outcome not in _FIRST_OF or trigger.form not in {"past", "passive", "state"} or i < 2:
            continue
        while i > 0 and ties.low[i] in {"being", "been", "were", "was", "having", "had", "they", "he", "she"}:
            i -= 1
        if i == trigger.first - 1 or ties.low[i] not in AFTER:
            continue
        told = [made for made in ties.links.values() if made.trigger < i and made.rule in BY_SUBJECT]
        if told and told[-1].outcome == "killed" and i - told[-1].trigger < 14:
            ties.more.append(Link(told[-1].phrase, trigger.outcome, told[-1].rule, trigger.first))
