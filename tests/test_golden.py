"""A real toll as it evolved, statement by statement: what must come out, and what must never."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from briefings.model import Claim, ClaimantKind, Figure, Group, Outcome, Window
from briefings.reconciliation import background, changes, doubts, reconcile, to_date

GOLDEN = Path(__file__).parents[2] / "shared" / "golden" / "balochistan-2026.json"
pytestmark = pytest.mark.skipif(not GOLDEN.is_file(), reason="the golden series is not beside this checkout")

ZONE = timezone(timedelta(hours=5))
FRIDAY, SATURDAY, SUNDAY = date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)
SINCE = date(2026, 1, 29)
END = datetime(2026, 2, 6, 23, 59, tzinfo=ZONE)
NEVER = {148, 111, 107, 47, 85}
KINDS: dict[str, ClaimantKind | None] = {
    "the military (media wing)": "military",
    "Baloch Liberation Army": "armed_group",
    "an agency rewrite": None,
}


def statements(*names: str) -> tuple[Claim, ...]:
    """Return the claims of the named statements, or of all of them in the order they arrived."""
    told = json.loads(GOLDEN.read_text(encoding="utf-8"))["statements"]
    return tuple(
        claim(statement, number, outlet)
        for statement in told
        if not names or statement["id"] in names
        for number in range(len(statement["claims"]))
        for outlet in statement["outlets"]
    )


def claim(statement: dict[str, Any], number: int, outlet: str) -> Claim:
    said = statement["claims"][number]
    count = str(said["low"])
    place = said.get("places", ["Balochistan"])
    owned = statement["side"] is not None
    return Claim(
        id=f"{statement['id']}.{number} {outlet}",
        document_id=f"{statement['id']} {outlet}",
        quote=count,
        sentence=f"{count} across the province of Balochistan.",
        start=0,
        end=len(count),
        outcome=said["outcome"],
        low=said["low"],
        high=said["high"],
        modifier=said.get("modifier", "exact"),
        group=said["group"],
        claimant=statement["claimant"] if owned else None,
        claimant_kind=KINDS.get(statement["claimant"], "government") if owned else None,
        place=place[0] if len(place) == 1 else None,
        date_from=said["window"][0],
        date_to=said["window"][1],
        rule="golden",
        publisher=outlet,
        stated_on=statement["stated"],
    )


SEED = ("G1", "G3", "G4")


def day(when: date) -> Window:
    return Window(start=when, end=when)


def pick(figures: Iterable[Figure], group: Group, outcome: Outcome = "killed", window: Window | None = None) -> Figure:
    return next(f for f in figures if (f.group, f.outcome) == (group, outcome) and window in (None, f.window))


def saturday(claims: Sequence[Claim], group: Group, outcome: Outcome = "killed") -> Figure:
    return pick(reconcile(claims, period=day(SATURDAY), as_of=END), group, outcome, day(SATURDAY))


def total(claims: Sequence[Claim], group: Group, outcome: Outcome = "killed", end: date | None = None) -> Figure:
    return pick(to_date(claims, since=SINCE, period=day(end or END.date()), as_of=END), group, outcome)


def numbers(figure: Figure) -> set[int]:
    """Return every number a figure shows."""
    worked_out = {figure.computation.value} if figure.computation else set()
    return {n for n in (figure.low, figure.high, figure.best) if n is not None} | worked_out


def government(figure: Figure) -> tuple[int | None, int | None]:
    """Return the range of the government's standing figures."""
    standing = [p for p in figure.positions if p.relation == "current" and p.voice.side == "government"]
    return min(p.low for p in standing if p.low is not None), max(p.high for p in standing if p.high is not None)


def replay(group: Group, **view: Any) -> list[tuple[int | None, int | None]]:
    """Return the government's range after each statement, less the steps that change nothing."""
    seen: list[tuple[int | None, int | None]] = []
    told = [f"G{n}" for n in range(1, 11)]
    for upto in range(1, len(told) + 1):
        claims = statements(*told[:upto])
        figure = saturday(claims, group) if view.get("saturday") else total(claims, group)
        now = (None, None) if figure.status == "not_reported" else government(figure)
        if not seen or seen[-1] != now:
            seen.append(now)
    return seen


# ── the founding report alone ───────────────────────────────────────────────────────────────────────


def test_two_days_of_militants_are_a_floor_closed_by_a_labelled_sum() -> None:
    """More than 70 in two days, 41 on the first and 37 on the second: 71 to 78, the 78 computed, no best."""
    both = Window(start=FRIDAY, end=SATURDAY)
    figure = pick(reconcile(statements(*SEED), period=day(SATURDAY), as_of=END), "armed_group", window=both)
    assert (figure.low, figure.low_modifier, figure.high, figure.best) == (71, "more_than", 78, None)
    assert figure.text == "more than 70 to 78"
    assert figure.computation is not None
    assert (figure.computation.value, figure.computation.formula) == (78, "41 + 37")
    assert figure.sides == ("government",)
    assert figure.status == "claimed"


def test_saturday_shows_each_group_apart_and_silence_as_silence() -> None:
    """State forces 10, militants 37; civilians and all injured are not reported, which is not zero."""
    claims = statements(*SEED)
    assert saturday(claims, "state_forces").text == "10"
    assert saturday(claims, "armed_group").text == "37"
    silent = [saturday(claims, "civilians")]
    silent += [saturday(claims, group, "injured") for group in ("state_forces", "armed_group", "civilians")]
    assert {(f.low, f.high, f.best, f.status, f.text) for f in silent} == {
        (None, None, None, "not_reported", "not reported")
    }


@pytest.mark.parametrize("upto", range(1, 13))
def test_no_sum_of_overlapping_windows_or_of_groups_ever_appears(upto: int) -> None:
    """Never 148, 111, 107, 47 or 85, however far the story has come."""
    told = [*(f"G{n}" for n in range(1, 11)), "X1", "X2"][:upto]
    claims = statements(*told)
    for when in (FRIDAY, SATURDAY, SUNDAY, END.date()):
        shown = (
            *reconcile(claims, period=day(when), as_of=END),
            *to_date(claims, since=SINCE, period=day(when), as_of=END),
        )
        assert not NEVER & {n for figure in shown for n in numbers(figure)}


# ── as statements arrive ────────────────────────────────────────────────────────────────────────────


def test_saturday_militants_as_statements_arrive() -> None:
    """4 at one road, then 37, 67, 92: each a later office of the government."""
    assert replay("armed_group", saturday=True) == [(None, None), (4, 4), (37, 37), (67, 67), (92, 92)]


def test_state_forces_to_date_as_statements_arrive() -> None:
    """10, 15, 17, 22: the later statement of the wider window is the current one."""
    assert replay("state_forces") == [(None, None), (10, 10), (15, 15), (17, 17), (22, 22)]


def test_civilians_to_date_as_statements_arrive() -> None:
    """Not reported, 11, 11 to 18 while two offices differ on one day, 31, 36."""
    assert replay("civilians") == [(None, None), (11, 11), (11, 18), (31, 31), (36, 36)]


def test_earlier_figures_stay_visible() -> None:
    """After 92 the 37 of the minister and the 67 of the authorities are still listed, each with its office."""
    figure = saturday(statements(), "armed_group")
    listed = {position.low: position.relation for position in figure.positions}
    assert listed[92] == "current"
    assert listed[37] == listed[67] == "update_same_side"


def test_each_step_of_the_change_log_names_office_and_rule() -> None:
    """Every change has an office, a rule and a claim that is really there."""
    claims = statements()
    ids = {one.id for one in claims}
    start = datetime(2026, 1, 29, tzinfo=ZONE)
    log = changes(claims, since=SINCE, period=day(SATURDAY), before=start, after=END)
    militants = [c for c in log if c.group == "armed_group" and c.window == day(SATURDAY)]
    assert [c.new for c in militants] == ["4", "37", "67", "92"]
    assert [c.rule for c in militants] == ["first_report", *["update_same_side"] * 3]
    assert militants[-1].office == "the military (media wing)"
    assert all(c.office and c.rule and c.claim in ids and c.old != c.new for c in log)


# ── sides, origins, windows ─────────────────────────────────────────────────────────────────────────


def test_the_armed_group_stands_beside_the_government() -> None:
    """84 killed and 18 abducted are the group's word: beside 22, never merged with it and never averaged."""
    figure = total(statements(), "state_forces")
    assert (figure.low, figure.high, figure.best, figure.status) == (22, 84, None, "disputed")
    assert figure.text == "22 or 84"
    assert set(figure.sides) == {"government", "Baloch Liberation Army"}
    taken = total(statements(), "state_forces", "abducted")
    assert (taken.low, taken.high, taken.sides) == (18, 18, ("Baloch Liberation Army",))


def test_outlets_are_not_origins() -> None:
    """However many outlets carry it, the government's toll of militants stays single-origin, without a best."""
    copies = [
        one.model_copy(
            update={"id": f"{one.id} {n}", "document_id": f"{one.document_id} {n}", "publisher": f"Paper {n}"}
        )
        for one in statements("G1", "G3", "G4", "G6")
        for n in range(20)
    ]
    figure = saturday(copies, "armed_group")
    assert (figure.text, figure.status, figure.best) == ("92", "claimed", None)
    assert "single_origin" in figure.flags


def test_two_days_contain_their_days() -> None:
    """133 is 92 + 41 and says so; 145 is never added to it; 216 contains 41."""
    both = Window(start=FRIDAY, end=SATURDAY)
    upto = [f"G{n}" for n in range(1, 8)]
    figure = pick(reconcile(statements(*upto), period=day(SATURDAY), as_of=END), "armed_group", window=both)
    assert figure.text == "133"
    assert "decomposition" in figure.flags
    later = pick(reconcile(statements(*upto, "G8"), period=day(SATURDAY), as_of=END), "armed_group", window=both)
    assert later.text == "145"
    assert 145 + 133 not in numbers(later)
    whole = total(statements(), "armed_group")
    assert (whole.low, whole.high, whole.computation) == (216, 216, None)


# ── what must change nothing ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "code"), [("X1", "garbled"), ("X2", "arithmetic")])
def test_doubtful_rewrites_are_flagged_and_change_no_figure(name: str, code: str) -> None:
    """A number under another class, or a total that does not add up, is held back and named."""
    true = [f"G{n}" for n in range(1, 11)]
    for when in (SATURDAY, SUNDAY, date(2026, 2, 2), END.date()):
        before, after = (
            [
                (f.group, f.outcome, f.window, f.low, f.high, f.best, f.text, f.status)
                for claims in (statements(*told),)
                for f in (
                    *reconcile(claims, period=day(when), as_of=END),
                    *to_date(claims, since=SINCE, period=day(when), as_of=END),
                )
            ]
            for told in (true, [*true, name])
        )
        assert before == after
    found = doubts(statements(*true, name), as_of=END)
    assert {(one.code, one.where.split(".")[0]) for one in found} == {(code, name)}
    flagged = to_date(statements(*true, name), since=SINCE, period=day(END.date()), as_of=END)
    assert any(code in figure.flags for figure in flagged)


def test_background_never_enters() -> None:
    """Numbers of an earlier event are context, whatever their size."""
    past = [
        one.model_copy(update={"id": f"b {one.id}", "scope": "background", "low": 450, "high": 450})
        for one in statements()
    ]
    assert saturday([*statements(), *past], "armed_group").text == "92"
    assert set(background([*statements(), *past])) == set(past)
