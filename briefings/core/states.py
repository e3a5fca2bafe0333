"""The states of an edition and the deeds that lead from one to the next, each with who, when and why. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ..errors import PolicyError, UsageError
from ..model import Noun

Stage = Literal["draft", "in review", "approved", "sent", "superseded", "withdrawn"]
Deed = Literal["make", "submit", "return", "approve", "send", "supersede", "withdraw"]


class Act(Noun):
    """One deed done to an edition: by whom, when, and why. `named` is false where nobody gave a name for it."""

    deed: Deed
    by: str
    at: datetime
    why: str = ""
    named: bool = True


@dataclass(frozen=True)
class Transition:
    """Where a deed leads to, from which states it may be done, and whether it needs a reason."""

    deed: Deed
    before: tuple[Stage, ...]
    after: Stage
    reason: bool = False
    way_on: str = ""


TRANSITIONS = (
    Transition("submit", ("draft",), "in review", way_on="`briefings return` makes a draft of one in review"),
    Transition("return", ("in review",), "draft", reason=True, way_on="only what was submitted can be returned"),
    Transition("approve", ("draft", "in review"), "approved", way_on="make the brief again and approve what comes"),
    Transition("send", ("approved", "sent"), "sent", way_on="read it, then run: briefings approve {edition} --by NAME"),
    Transition("supersede", ("draft", "in review", "approved", "sent"), "superseded"),
    Transition("withdraw", ("draft", "in review", "approved", "sent", "superseded"), "withdrawn", reason=True),
)
"""Every way from one state to another; there is no other. Nothing leads on from `withdrawn`."""

UNNAMED = "made unnamed"
"""What the record calls the making of an edition for which nobody gave a name; it has that of the settings or login."""
_APOSTROPHES = frozenset("'`\u00b4\u02bb\u02bc\u2018\u2019")
"""Signs within a name: O'Brien and OBrien are one."""
_ON_RECORD: dict[str, Deed] = {
    UNNAMED: "make",
    "made": "make",
    "submitted": "submit",
    "returned": "return",
    "approved": "approve",
    "dispatched": "send",
    "superseded": "supersede",
    "withdrawn": "withdraw",
}
"""What the record of acts calls each deed."""
RECORDED = {deed: word for word, deed in _ON_RECORD.items()}


def deed_of(action: str) -> Deed | None:
    """Return the deed that a line of the record of acts tells of; nothing for a line of another matter."""
    return _ON_RECORD.get(action)


def transition(deed: Deed) -> Transition | None:
    """Return where a deed leads; `make` leads nowhere, since an edition begins with it."""
    return next((one for one in TRANSITIONS if one.deed == deed), None)


def follows(stage: Stage, deed: Deed) -> Stage | None:
    """Return the state a deed leads to from a state, or nothing where it may not be done."""
    step = transition(deed)
    return step.after if step and stage in step.before else None


def stage_after(acts: Iterable[Act]) -> Stage:
    """Return how far an edition has come by what was done to it, in that order.

    What the table does not allow changes nothing: a message on its way as its edition was withdrawn may still arrive.
    """
    stage: Stage = "draft"
    for act in acts:
        stage = follows(stage, act.deed) or stage
    return stage


def require(edition: str, stage: Stage, act: Act) -> Stage:
    """Return the state an act leads to. Raises UsageError where it lacks a name or a reason, PolicyError `STAGE`."""
    step = transition(act.deed)
    if not act.by.strip():
        raise UsageError(f"to {act.deed} an edition takes the name of a person", where=edition, fix="add --by NAME")
    if step and step.reason and not act.why.strip():
        raise UsageError(f"to {act.deed} an edition takes a reason", where=edition, fix="add --reason TEXT")
    if step and stage in step.before:
        return step.after
    raise PolicyError(
        f"{edition} is {said_of(stage)}",
        where=edition,
        why=f"to {act.deed} an edition it must be {' or '.join(step.before) if step else 'new'}",
        fix=step.way_on.format(edition=edition) if step and step.way_on else "briefings editions",
        code="STAGE",
    )


def said_of(stage: Stage) -> str:
    """Return a state as a sentence has it behind "is"."""
    return "a draft" if stage == "draft" else stage


# ── four eyes ───────────────────────────────────────────────────────────────────────────────────────


def same_person(one: str, other: str) -> bool:
    """Say whether two names may be one person's: where that is in doubt, they are.

    Neither case, accents, signs nor the order of words make another person; nor an initial for a first name, nor a name
    left out ("A. Mahmood", "Mahmood Aisha", "Mahmood"). Names without any letter are compared as they stand.
    """
    short, long = sorted((_words(one), _words(other)), key=len)
    if not short:
        return one.strip() == other.strip()
    return "".join(short) == "".join(long) or _all_within(short, long)


def _all_within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether each word is one of the others, or has its initial there, no two of them the same one."""
    left = list(long)
    for word in sorted(short, key=len, reverse=True):  # initials last, which fit the most
        fits = [one for one in left if one == word] or [one for one in left if _initial(one, word)]
        if not fits:
            return False
        left.remove(fits[0])
    return True


def _initial(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[0] == other[0]


def _words(name: str) -> list[str]:
    """Return the words of a name in plain letters and digits."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    plain = [one for one in folded if not unicodedata.combining(one) and unicodedata.category(one) != "Cf"]
    kept = (one if unicodedata.category(one)[0] in "LMN" else " " for one in plain if one not in _APOSTROPHES)
    return "".join(kept).split()


def require_other_eyes(edition: str, by: str, acts: Sequence[Act], correctors: Iterable[str]) -> None:
    """Refuse an approval by somebody who had a hand in the edition. Raises PolicyError `FOUR_EYES`.

    Refused, too, where nobody gave their name for making or submitting it: then nobody can tell whose eyes are others.
    """
    hands = {"make": "made it", "submit": "submitted it"}
    had = [(act.by, hands[act.deed]) for act in acts if act.deed in hands]
    had += [(name, "corrected or rejected claims of it") for name in correctors]
    told = [what for name, what in had if same_person(name, by)]
    if told:
        raise PolicyError(
            f"{by.strip()} may not approve {edition}",
            where=edition,
            why=f"four_eyes is on, and the same person {' and '.join(dict.fromkeys(told))}",
            fix="have another person read and approve it",
            code="FOUR_EYES",
        )
    if not any(act.named for act in acts if act.deed in hands):
        raise PolicyError(
            f"nobody is on record as having made or submitted {edition}",
            where=edition,
            why="four_eyes is on, and it cannot be told whether the same person made and approves it",
            fix=f"have whoever made it run: briefings submit {edition} --by NAME",
            code="FOUR_EYES",
        )
