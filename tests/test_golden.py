"""A real toll as it evolved, statement by statement: what must come out, and what must never."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from briefings.model import Change, Claim, ClaimantKind, Figure, Group, Outcome, Relation, Window
from briefings.reconciling.reconciliation import background, changes, doubts, reconcile, remarks, to_date
from briefings.reconciling.relations import relations

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


# ── the table of expectations, line by line ─────────────────────────────────────────────────────────


def log(group: Group, when: date, *, sides: str = "government") -> list[Change]:
    """Return the steps of one group's figure for a day, or to that day's end, as one side's statements arrived."""
    told = [one for one in statements() if sides == "all" or not one.id.startswith(("G9", "X"))]
    start = datetime(2026, 1, 29, tzinfo=ZONE)
    steps = changes(told, since=SINCE, period=day(when), before=start, after=END)
    wanted = day(SATURDAY) if when == SATURDAY else Window(start=SINCE, end=when)
    return [one for one in steps if (one.group, one.outcome, one.window) == (group, "killed", wanted)]


def edges(*names: str, as_of: datetime = END) -> set[tuple[str, str, str, str]]:
    """Return the relations between statements: kind, subject, object and rule, less the outlet that printed each."""
    found = relations(statements(*names), as_of=as_of, region=("Balochistan",))
    return {(one.kind, _statement(one.subject), _statement(one.object), one.rule) for one in found}


def _statement(claim: str) -> str:
    return claim.split(" ")[0]


def test_a_78_is_shown_only_as_the_labelled_sum_of_41_and_37() -> None:
    """(a) 78 is the computed end of the two days; no figure names it as anybody's number."""
    for figure in reconcile(statements(*SEED), period=day(SATURDAY), as_of=END):
        if 78 in numbers(figure):
            assert figure.computation is not None
            assert figure.computation.terms == (41, 37)
            assert figure.flags == ("bounded_by_parts", "enemy_losses", "single_origin")
        assert all(78 not in (position.low, position.high) for position in figure.positions)


def test_b_saturday_on_the_seed_alone() -> None:
    """(b) Security 10 and militants 37 apart, civilians and injured not reported: and no origin behind a silence."""
    told = {(one.group, one.outcome): one for one in reconcile(statements(*SEED), period=day(SATURDAY), as_of=END)}
    assert [told[group, "killed"].low for group in ("state_forces", "civilians")] == [10, None]
    assert saturday(statements(*SEED), "armed_group").low == 37
    assert [one.origins for one in told.values() if one.status == "not_reported"] == [0, 0, 0, 0]


def test_c_every_standing_number_has_a_named_role_of_one_side() -> None:
    """(c) What a headline would print is always somebody's: the minister, the official, the media wing."""
    names = {"Interior Minister Mohsin Naqvi", "provincial official Shahid Rind", "the military (media wing)"}
    for figure in reconcile(statements(*SEED), period=day(SATURDAY), as_of=END):
        standing = [position for position in figure.positions if position.relation in ("current", "term")]
        assert {position.voice.name for position in standing} <= names
        assert {position.voice.side for position in standing} <= {"government"}


def test_d_change_log_of_saturdays_militants() -> None:
    """(d) 37, 67, 92: the minister, the authorities, the media wing; each a later office of one side."""
    assert [(one.old, one.new, one.office, one.rule) for one in log("armed_group", SATURDAY)] == [
        ("not reported", "4", "Counter-Terrorism Department", "first_report"),
        ("4", "37", "Interior Minister Mohsin Naqvi", "update_same_side"),
        ("37", "67", "authorities, via AP and France 24", "update_same_side"),
        ("67", "92", "the military (media wing)", "update_same_side"),
    ]


def test_d_change_log_of_state_forces() -> None:
    """(d) 10, 15, 17, 22: the minister, the media wing, the chief minister, the media wing of more days."""
    assert [(one.old, one.new, one.office, one.rule) for one in log("state_forces", END.date())] == [
        ("not reported", "10", "Interior Minister Mohsin Naqvi", "first_report"),
        ("10", "15", "the military (media wing)", "update_same_side"),
        ("15", "17", "the chief minister of Balochistan", "update_same_side"),
        ("17", "22", "the military (media wing)", "contains_window"),
    ]


def test_d_change_log_of_civilians() -> None:
    """(d) Not reported, 11, 11 to 18, 31, 36: the range opens while two offices differ, and a later word closes it."""
    assert [(one.old, one.new, one.office, one.rule) for one in log("civilians", END.date())] == [
        ("not reported", "11", "authorities, via AP and France 24", "first_report"),
        ("11", "11–18", "the military (media wing)", "offices_differ"),
        ("11–18", "31", "the chief minister of Balochistan", "update_same_side"),
        ("31", "36", "the military (media wing)", "contains_window"),
    ]
    assert [one.reason for one in log("civilians", END.date())] == [
        "new claim",
        "new claim",
        "supersession",
        "re-scope",
    ]


def test_e_the_group_moves_nothing_of_the_government() -> None:
    """(e) With the group's 84 in the log the government's steps are the same, and its number stands beside each."""
    assert [one.new for one in log("state_forces", END.date(), sides="all")] == [
        *("10", "15", "15 or 84", "17 or 84", "22 or 84"),
    ]
    beside = next(one for one in log("state_forces", END.date(), sides="all") if one.rule == "side_by_side")
    assert beside.office == "Baloch Liberation Army"
    figure = total(statements(), "state_forces")
    assert figure.best is None
    assert figure.computation is None
    assert {position.low: position.about for position in figure.positions if position.relation == "current"} == {
        22: "own_losses",
        84: "enemy_losses",
    }


def test_f_the_toll_of_militants_has_one_origin() -> None:
    """(f) Every outlet and every office together: one origin, claimed, no best, and only one side's word of another."""
    for figure in (saturday(statements(), "armed_group"), total(statements(), "armed_group")):
        assert (figure.origins, figure.status, figure.best, figure.best_rule) == (1, "claimed", None, "")
        assert {"single_origin", "enemy_losses"} <= set(figure.flags)


@pytest.mark.parametrize(("name", "relation"), [("X1", "derived_from"), ("X2", "conflicts")])
def test_g_the_rewrites_are_tied_to_what_they_were_made_from(name: str, relation: str) -> None:
    """(g) The rewrite is shown beside the figures it was held against, and tied to the statements behind them."""
    told = [*(f"G{n}" for n in range(1, 11)), name]
    assert {kind for kind, subject, _, _ in edges(*told) if subject.startswith(name)} == {relation}


def test_h_145_takes_the_place_of_133_and_216_contains_41() -> None:
    """(h) 145 is a later office's word of the same two days; 216 is of days that hold them all."""
    found = edges()
    assert ("update_same_side", "G8.0", "G6.3", "update_same_side") in found
    assert ("contains_window", "G10.0", "G8.0", "contains_window") in found
    assert ("contains_window", "G8.0", "G1.0", "contains_window") in found
    whole = total(statements(), "armed_group")
    assert 145 + 133 not in numbers(whole)
    assert {position.low: position.relation for position in whole.positions}[41] == "inside"


def test_i_an_earlier_event_is_context() -> None:
    """(i) Passengers, victims and attackers of the year before are background, whatever else their statements say."""
    told = json.loads(GOLDEN.read_text(encoding="utf-8"))["background"]
    past = [
        statements("G6")[0].model_copy(
            update={"id": f"B {number}", "scope": "background", "low": number, "high": number, "group": group}
        )
        for number, group in ((450, "unknown"), (31, "civilians"), (33, "armed_group"), (214, "civilians"))
    ]
    assert "never enters" in told[0]["expect"]
    for group in ("civilians", "armed_group", "state_forces"):
        assert total([*statements(), *past], group) == total(statements(), group)
    assert not relations(past, as_of=END)


def test_j_48_is_the_chief_ministers_31_and_17() -> None:
    """(j) 48 people is civilians and security together: no figure of its own, and its terms are named."""
    eighth = statements("G8")
    both = eighth[0].model_copy(
        update={"id": "G8.3 see.news", "quote": "48", "low": 48, "high": 48, "group": "unknown"}
    )
    told = [*statements(), both]
    assert [one.code for one in remarks(told, as_of=END) if one.where == both.id] == ["mixed_total"]
    for figure in (*reconcile(told, period=day(SATURDAY), as_of=END), total(told, "civilians")):
        assert 48 not in numbers(figure)
        assert figure.group != "unknown"
    assert total(told, "civilians").text == total(statements(), "civilians").text
    terms = [one for one in relations(told, as_of=END) if one.subject == both.id]
    assert {(one.kind, _statement(one.object), one.rule) for one in terms} == {
        ("derived_from", "G8.1", "mixed_total"),
        ("derived_from", "G8.2", "mixed_total"),
    }


@pytest.mark.parametrize(
    ("told", "edge"),
    [
        (("G2", "G3"), ("subset_of", "G2.0", "G3.0", "part_of_place")),
        (("G1", "G3", "G4"), ("contains_window", "G4.0", "G1.0", "contains_window")),
        (("G1", "G3", "G4"), ("contains_window", "G4.0", "G3.0", "contains_window")),
        (("G1", "G3", "G5"), ("update_same_side", "G5.0", "G3.0", "update_same_side")),
        (("G1", "G3", "G5"), ("derived_from", "G5.1", "G1.0", "decomposition")),
        (("G1", "G3", "G5"), ("derived_from", "G5.1", "G5.0", "decomposition")),
        (("G1", "G6"), ("derived_from", "G6.3", "G6.0", "decomposition")),
        (("G1", "G6"), ("derived_from", "G6.3", "G1.0", "decomposition")),
        (("G6", "G7"), ("conflicts", "G6.2", "G7.0", "part_exceeds_whole")),
        (("G6", "G8"), ("update_same_side", "G8.0", "G6.3", "update_same_side")),
        (("G9", "G10"), ("conflicts", "G10.2", "G9.0", "side_by_side")),
        (("G3", "G9"), ("conflicts", "G9.0", "G3.1", "side_by_side")),
        (("G6", "G9"), ("conflicts", "G9.0", "G6.1", "side_by_side")),
        (("G1", "G10"), ("contains_window", "G10.0", "G1.0", "contains_window")),
    ],
)
def test_the_relation_each_statement_is_expected_to_have(told: tuple[str, ...], edge: tuple[str, ...]) -> None:
    """The column of relations of the table: subset, contains, update, decomposition, conflict."""
    assert edge in edges(*told)


def test_the_stated_decompositions_are_kept_with_their_parts() -> None:
    """133 is stated and is 41 + 92: the parts are kept beside it, and it is not called computed."""
    both = Window(start=FRIDAY, end=SATURDAY)
    upto = [f"G{n}" for n in range(1, 8)]
    figure = pick(reconcile(statements(*upto), period=day(SATURDAY), as_of=END), "armed_group", window=both)
    assert figure.parts is not None
    assert (figure.parts.value, figure.parts.terms, figure.computation) == (133, (41, 92), None)


def test_what_was_known_then_is_still_known() -> None:
    """As of the evening of the first of February the later toll is not there, whatever was collected since."""
    then = datetime(2026, 2, 1, 22, 0, tzinfo=ZONE)
    known = statements(*(f"G{n}" for n in range(1, 10)))
    assert to_date(statements(), since=SINCE, period=day(SUNDAY), as_of=then) == to_date(
        known, since=SINCE, period=day(SUNDAY), as_of=then
    )


def test_every_relation_says_why() -> None:
    """Each edge names two statements by office, number and days."""
    found: tuple[Relation, ...] = relations(statements(), as_of=END, region=("Balochistan",))
    assert all(one.why and one.rule for one in found)
    assert any("216" in one.why and "145" in one.why for one in found)
