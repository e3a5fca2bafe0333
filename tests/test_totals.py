"""What one event cost, all groups together: small sets of invented reports, and the rule that picks the number."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import say, town

from briefings.model import Claim, Document, Total
from briefings.reconciling.glossary import meaning
from briefings.reconciling.totals import total
from briefings.report.extract import read

TUESDAY, WEDNESDAY, FRIDAY = date(2031, 3, 4), date(2031, 3, 5), date(2031, 3, 7)


def report(text: str, *, paper: str = "Courier", on: date = TUESDAY) -> list[Claim]:
    """Return what a report says that one paper printed."""
    document = Document.of(source=f"{paper}.txt", publisher=paper, published_on=on, text=text)
    return list(read(document))


def of(*reports: list[Claim], **asked: object) -> Total:
    """Return the total of some reports."""
    return total(itertools.chain.from_iterable(reports), **asked)  # type: ignore[arg-type]


def aside(told: Total) -> dict[str, str]:
    """Return the rule that set each paper's account aside."""
    return {account.publisher: account.aside for account in told.accounts if account.aside}


def test_groups_of_one_report_are_added_and_the_sum_says_so() -> None:
    """Soldiers and militants of one sentence make a computed sum with its terms; nobody stated it."""
    told = of(report("Five soldiers and 12 militants were killed in a clash near Orvale on Tuesday, a doctor said."))
    assert (told.low, told.best, told.high) == (17, 17, 17)
    assert told.computation is not None
    assert told.computation.formula == "5 + 12"
    assert set(told.flags) >= {"computed_sum", "attackers_included", "single_origin"}
    assert told.accounts[0].rule == "sum_of_groups"
    assert set(told.accounts[0].groups) == {"state_forces", "armed_group"}


def test_a_stated_total_holds_its_groups() -> None:
    """Where a report states how many people died, its groups are inside that number and are not added to it."""
    told = of(report("Nine people were killed in Orvale on Tuesday. Three soldiers were killed at the gate."))
    assert told.best == 9
    assert told.accounts[0].rule == "stated_total"
    assert told.computation is None


def test_a_part_of_a_total_is_never_added() -> None:
    """Three children among nine dead are nine dead."""
    told = of(report("A shell killed nine villagers, including three children, in Orvale on Tuesday."))
    assert (told.low, told.best, told.high) == (9, 9, 9)


def test_reports_are_never_added() -> None:
    """Two papers of four and five dead have four to five dead between them."""
    told = of(
        report("Four villagers were killed in Orvale on Tuesday."),
        report("Five villagers were killed in Orvale on Tuesday.", paper="Herald"),
    )
    assert (told.low, told.best, told.high) == (4, 5, 5)
    assert told.best_rule == "still_counting"
    assert "accounts_differ" in told.flags


def test_where_reports_differ_one_may_ask_for_the_lowest_or_for_none() -> None:
    """Highest is a choice that the total names; the lowest, as figures have it, or no number at all is another."""
    told = [
        report("Four villagers were killed in Orvale on Tuesday."),
        report("Five villagers were killed in Orvale on Tuesday.", paper="Herald"),
    ]
    best = {asked: of(*told, differing=asked) for asked in ("highest", "lowest", "none")}
    assert [(one.best, one.rule) for one in best.values()] == [
        (5, "still_counting"),
        (4, "lowest_account"),
        (None, "accounts_differ"),
    ]
    assert {(one.low, one.high) for one in best.values()} == {(4, 5)}
    assert all(meaning(one.rule) for one in best.values())


def test_what_several_origins_give_is_the_number() -> None:
    """Two papers that agree outweigh a third."""
    told = of(
        report("Six people killed in Orvale market blast"),
        report("Six dead as bomb rips through market in Orvale", paper="Herald"),
        report("Seven people killed by bomb in Orvale", paper="Gazette"),
    )
    assert (told.best, told.best_rule) == (6, "origins_agree")
    assert told.high == 7


def test_one_text_in_two_papers_is_one_origin() -> None:
    """A wire story printed again, word for word, lends its number no weight."""
    wire = "Six people were killed in Orvale on Tuesday."
    told = of(
        report(wire), report(wire, paper="Herald"), report("Seven people were killed in Orvale.", paper="Gazette")
    )
    assert aside(told) == {"Herald": "same_text"} or aside(told) == {"Courier": "same_text"}
    assert told.best_rule == "still_counting"


def test_totals_of_several_days_or_places_only_stand_beside() -> None:
    """A count over three days or across a state contains the event; it is neither its toll nor an update of it."""
    told = of(
        report("Four soldiers killed in Orvale ambush"),
        report("Over 40 soldiers killed in three days of attacks", paper="Herald", on=WEDNESDAY),
        report("At least 22 killed across northern state", paper="Gazette"),
    )
    assert (told.low, told.best, told.high) == (4, 4, 4)
    assert aside(told) == {"Herald": "several_days", "Gazette": "several_places"}


def test_a_count_of_several_days_alone_gives_no_best() -> None:
    """Where nobody counts the event itself there is a range and no best number."""
    told = of(report("Over 40 soldiers were killed in the past three days, a doctor said."))
    assert told.best is None
    assert told.rule == "several_days"


def test_the_word_of_one_side_alone_gives_no_best() -> None:
    """A single belligerent's count is a range with its claimant, never the best estimate (R24)."""
    told = of(report("The army said its troops killed 30 rebels near Orvale on Tuesday."))
    assert (told.low, told.best, told.high) == (None, None, 30)
    assert told.rule == "one_side_only"
    assert "enemy_losses" in told.flags


def test_dozens_yield_to_a_count() -> None:
    """A word that names no number neither lowers nor raises a range that numbers give."""
    told = of(
        report("Dozens of villagers were killed in Orvale on Tuesday."),
        report("In Orvale 31 villagers were killed on Tuesday.", paper="Herald"),
    )
    assert (told.low, told.best, told.high) == (31, 31, 31)
    assert aside(told) == {"Courier": "vague"}


def test_later_counts_without_a_day_are_rivals_only() -> None:
    """A count printed days later that names no day may be of another day: it widens the range, no more."""
    told = of(
        report("Four villagers killed in Orvale raid"),
        report("Three villagers killed in raid near Orvale", paper="Herald", on=FRIDAY),
    )
    assert (told.low, told.best, told.high) == (3, 4, 4)
    assert aside(told) == {"Herald": "later_story"}


def test_nothing_said_is_not_none() -> None:
    """Without a claim there is no number, and no zero."""
    told = of()
    assert (told.low, told.best, told.high, told.text, told.rule) == (None, None, None, "not reported", "not_reported")


def test_only_what_had_been_said_counts() -> None:
    """As of an instant, later reports are unknown."""
    reports = [
        report("Four villagers were killed in Orvale on Tuesday."),
        report("Six villagers were killed in Orvale on Tuesday.", paper="Herald", on=WEDNESDAY),
    ]
    eve = datetime(2031, 3, 4, 20, tzinfo=UTC)
    assert of(*reports, as_of=eve).best == 4
    assert of(*reports).best == 6


def test_other_outcomes_have_totals_too() -> None:
    """The wounded are counted apart from the dead."""
    told = of(report("Four villagers were killed and 11 people were injured in Orvale on Tuesday."), outcome="injured")
    assert (told.best, told.outcome) == (11, "injured")


HEADLINES = [
    "Four soldiers killed in Orvale ambush",
    "Five soldiers and two villagers killed in Orvale",
    "At least nine people killed in Orvale attack",
    "Dozens of villagers killed in Orvale",
    "Over 40 soldiers killed in three days of attacks",
    "Up to 12 militants killed near Orvale",
    "Another three villagers die in Orvale",
    "Between 10 and 12 people were killed in Orvale, rebels said",
    "The army said 30 rebels were killed in Orvale",
]
Reports = list[tuple[str, str, int]]
SETS = st.lists(
    st.tuples(st.sampled_from(HEADLINES), st.sampled_from(["Courier", "Herald", "Gazette"]), st.integers(0, 4)),
    min_size=1,
    max_size=5,
    unique=True,
)


@settings(max_examples=150, deadline=None)
@given(SETS, st.randoms())
def test_the_range_is_in_order_and_the_order_of_reports_is_nothing(chosen: Reports, dice: Random) -> None:
    """Low ≤ best ≤ high whatever is said; reports in another order, or one of them twice, change nothing."""
    reports = [report(text, paper=paper, on=date(2031, 3, 4 + later)) for text, paper, later in chosen]
    told = of(*reports)
    if told.best is not None:
        assert told.low is None or told.low <= told.best
        assert told.high is None or told.best <= told.high
    assert told.low is None or told.high is None or told.low <= told.high
    shuffled = list(reports)
    dice.shuffle(shuffled)
    assert of(*shuffled) == told
    assert of(*shuffled, shuffled[0]) == told


@settings(max_examples=60, deadline=None)
@given(SETS)
def test_no_number_without_a_claim(chosen: Reports) -> None:
    """Every bound is a bound of some account, and every account a claim or the sum of its terms."""
    told = of(*[report(text, paper=paper, on=date(2031, 3, 4 + later)) for text, paper, later in chosen])
    bounds = {each for account in told.accounts for each in (account.low, account.high)}
    assert {told.low, told.high} <= bounds | {None}
    assert told.best is None or any(
        account.low is None or (account.low <= told.best and (account.high is None or told.best <= account.high))
        for account in told.accounts
    )
    for account in told.accounts:
        assert not account.terms or account.high is None or sum(account.terms) <= account.high


@pytest.mark.parametrize("text", ["", "Rain fell in Orvale on Tuesday."])
def test_reports_without_counts_are_no_accounts(text: str) -> None:
    """A report that counts nobody is not heard."""
    assert of(report(text or "Orvale")).accounts == ()


def test_towns_of_one_report_are_added_with_their_terms() -> None:
    """Five in one town and six in another, far off, come to eleven, and the total says of what."""
    found = {"document_id": "one", "publisher": "Courier"}
    told = total(
        [
            say(None, 5, place="Ombra", sites=(town("Ombra"),), **found),
            say(None, 6, place="Kesh", sites=(town("Kesh"),), start=90, end=91, **found),
        ]
    )
    assert (told.text, told.best) == ("at least 11", 11)
    assert told.computation is not None
    assert (told.computation.formula, told.accounts[0].rule) == ("5 + 6", "sum_of_places")
    assert "computed_sum" in told.flags
