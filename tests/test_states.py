"""The states of an edition: every way from one to the next is in one table, and there is no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from briefings.core.states import (
    RECORDED,
    TRANSITIONS,
    Act,
    Deed,
    Stage,
    deed_of,
    follows,
    require,
    require_other_eyes,
    same_person,
    stage_after,
)
from briefings.errors import PolicyError, UsageError

AT = datetime(2031, 3, 5, 6, 0, tzinfo=UTC)
EDITION = "coast-2031-03-05-1"
STAGES: tuple[Stage, ...] = get_args(Stage)
DEEDS: tuple[Deed, ...] = get_args(Deed)


def act(deed: Deed, by: str = "Ana", why: str = "as it should be", named: bool = True) -> Act:
    return Act(deed=deed, by=by, at=AT, why=why, named=named)


def after(*deeds: Deed) -> Stage:
    return stage_after(act(one) for one in deeds)


def test_the_life_of_an_edition() -> None:
    """From draft to sent, with one return on the way, superseded at last and withdrawn after all."""
    life: tuple[Deed, ...] = ("make", "submit", "return", "submit", "approve", "send", "send", "supersede", "withdraw")
    reached = [after(*life[: n + 1]) for n in range(len(life))]
    assert reached == [
        *("draft", "in review", "draft", "in review", "approved", "sent", "sent", "superseded", "withdrawn")
    ]


def test_a_person_may_approve_what_nobody_submitted() -> None:
    """Submitting is for desks where one asks another to look."""
    assert after("make", "approve") == "approved"


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_leads_on_from_withdrawn(deed: Deed) -> None:
    """What was taken back stays so."""
    assert follows("withdrawn", deed) is None


@pytest.mark.parametrize("stage", [one for one in STAGES if one not in ("approved", "sent")])
def test_only_what_is_approved_is_sent(stage: Stage) -> None:
    """There is no way to `sent` but through `approved`."""
    with pytest.raises(PolicyError, match="must be approved or sent") as caught:
        require(EDITION, stage, act("send"))
    assert caught.value.error_code == "STAGE"


def test_acts_that_take_a_name_or_a_reason_are_refused_without() -> None:
    """Who, when and why are on record for each."""
    with pytest.raises(UsageError, match="takes the name of a person"):
        require(EDITION, "draft", act("submit", by="  "))
    for deed in ("return", "withdraw"):
        with pytest.raises(UsageError, match="takes a reason"):
            require(EDITION, "in review", act(deed, why=" "))


def test_a_deed_and_its_line_of_the_record_are_one() -> None:
    """What is written down is read back as the same deed."""
    assert {deed_of(RECORDED[one.deed]) for one in TRANSITIONS} == {one.deed for one in TRANSITIONS}
    assert deed_of("review accept") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("R. Okafor", " r.  OKAFOR ", True),
        ("Straße", "STRASSE", True),
        ("Ren\u00e9", "Rene\u0301", True),
        ("A. Mahmood", "a  MAHMOOD", True),
        ("A. Mahmood", "\u00c1. Mahmood", True),
        ("A. Mahmood", "Mahmood A", True),
        ("A. Mahmood", "Aisha Mahmood", True),
        ("Mahmood, Aisha", "Aisha K. Mahmood", True),
        ("O'Neil", "O\u2019NEIL", True),
        ("Lind", "S. L\u200bind", True),
        ("R. Okafor", "S. Lind", False),
        ("Aisha Mahmood", "Amir Mahmood", False),
        ("A. Mahmood", "B. Mahmood", False),
        ("\u2600", "\u2601", False),
    ],
)
def test_one_person_under_two_spellings(one: str, other: str, same: bool) -> None:
    """Neither case nor signs nor order nor initials make another person; in doubt it is the same."""
    assert same_person(one, other) is same


@pytest.mark.parametrize("deed", ["make", "submit"])
def test_who_had_a_hand_in_it_may_not_approve(deed: Deed) -> None:
    """S58: the same person makes or submits, and approves."""
    with pytest.raises(PolicyError, match="may not approve") as caught:
        require_other_eyes(EDITION, "ana ", [act("make", by="Ben"), act(deed)], ())
    assert caught.value.error_code == "FOUR_EYES"
    require_other_eyes(EDITION, "Cleo", [act("make", by="Ben"), act(deed)], ())


def test_who_corrected_its_claims_may_not_approve_either() -> None:
    """A correction wants other eyes as much as the making."""
    with pytest.raises(PolicyError, match="corrected or rejected claims of it"):
        require_other_eyes(EDITION, "ANA", [act("make", by="Ben")], ["Ana"])


def test_nobody_on_record_is_nobody_else() -> None:
    """A login or the name of the desk tells nothing of whose eyes saw it."""
    with pytest.raises(PolicyError, match="nobody is on record"):
        require_other_eyes(EDITION, "Ana", [act("make", by="Situation desk", named=False)], ())


class Life(RuleBasedStateMachine):
    """Whatever is tried in whatever order, an edition is sent only between an approval and what takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[Act] = [act("make")]

    @rule(deed=st.sampled_from(DEEDS), by=st.sampled_from(("Ana", "Ben", "")), why=st.sampled_from(("", "wrong day")))
    def tried(self, deed: Deed, by: str, why: str) -> None:
        """Do it if it may be done; else nothing changes."""
        before, one = stage_after(self.acts), Act(deed=deed, by=by, at=AT + timedelta(len(self.acts)), why=why)
        try:
            reached = require(EDITION, before, one)
        except (PolicyError, UsageError):
            return
        self.acts.append(one)
        assert reached == stage_after(self.acts)

    @rule(deed=st.sampled_from(DEEDS))
    def arrived_late(self, deed: Deed) -> None:
        """A line that somebody else wrote meanwhile may stand where the table has none: it moves nothing."""
        before = stage_after(self.acts)
        if follows(before, deed) is None:
            assert stage_after([*self.acts, act(deed)]) == before

    @invariant()
    def sent_only_as_approved(self) -> None:
        """No `send` stands before an approval, or behind a superseding or withdrawing act."""
        deeds = [one.deed for one in self.acts]
        for at, deed in enumerate(deeds):
            if deed == "send":
                assert "approve" in deeds[:at]
                assert not {"supersede", "withdraw"} & set(deeds[:at])

    @invariant()
    def signed_and_reasoned(self) -> None:
        """Every act has its name, and taking back its reason."""
        assert all(one.by.strip() for one in self.acts)
        assert all(one.why.strip() for one in self.acts if one.deed in ("return", "withdraw"))

    @invariant()
    def withdrawn_for_good(self) -> None:
        """Nothing follows a withdrawal."""
        deeds = [one.deed for one in self.acts]
        assert "withdraw" not in deeds[:-1]


TestLife = Life.TestCase
