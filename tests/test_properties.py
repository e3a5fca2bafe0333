"""Laws that hold of figures whatever is claimed: order, copies, names and later news change nothing they should not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import MONDAY, NOW, TUESDAY, WEDNESDAY, at, at_least, dozens, more_than, say, town, window

from briefings.model import Claim, Figure
from briefings.reconciling.reconciliation import changes, reconcile, to_date
from briefings.reconciling.relations import relations

OFFICES = (
    "police",
    "the army",
    "the governor",
    "officials",
    "Valley Front",
    "Hill Front",
    "a hospital",
    "Rights Watch",
)
VOICES = (*OFFICES, "residents", None, None)
PAPERS = ("Herald", "Courier", "Post")
TOWNS = ("Ombra", "Veld", "Karst")
laws = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def _up_to(who: str | None, number: int, **more: Any) -> Claim:
    return say(who, None, high=number, modifier="up_to", quote=f"up to {number}", **more)


def _dozens(who: str | None, _: int, **more: Any) -> Claim:
    return dozens(who, **more)


@st.composite
def reports(draw: st.DrawFn) -> list[list[Claim]]:
    """Draw reports on one region and three days, each of a few claims that one paper prints at one time."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        latest = draw(st.sampled_from((TUESDAY, TUESDAY, WEDNESDAY)))
        one = {
            "document_id": f"report {number}",
            "publisher": draw(st.sampled_from(PAPERS)),
            "hour": draw(st.sampled_from((None, 6, 12, 18))),
            "stated": latest + timedelta(days=draw(st.integers(0, 2))),
        }
        claims = [_drawn(draw, one, place) for place in range(draw(st.integers(1, 4)))]
        made.append(claims)
    return made


def _drawn(draw: st.DrawFn, one: dict[str, Any], place: int) -> Claim:
    start = draw(st.sampled_from((MONDAY, TUESDAY, WEDNESDAY)))
    make = draw(st.sampled_from((say, say, say, say, at_least, more_than, _up_to, _dozens)))
    where = draw(st.sampled_from((None, None, None, *TOWNS)))
    return make(
        draw(st.sampled_from(VOICES)),
        draw(st.integers(0, 30)),
        group=draw(st.sampled_from(("civilians", "civilians", "armed_group", "state_forces", "unknown"))),
        day=start,
        to=min(WEDNESDAY, start + timedelta(days=draw(st.integers(0, 2)))),
        start=place * 100,
        place=where,
        sites=(town(where),) if where and draw(st.booleans()) else (),
        headline=draw(st.sampled_from((False, False, False, True))),
        increment=draw(st.sampled_from((False, False, False, False, True))),
        part_of=draw(st.sampled_from((None, None, None, None, "50 people"))),
        definition=draw(st.sampled_from(("reported",) * 7 + ("identified",))),
        **one,
    )


def flat(told: Sequence[Sequence[Claim]]) -> list[Claim]:
    return [claim for report in told for claim in report]


def figures(claims: Sequence[Claim], as_of: datetime = NOW) -> tuple[Figure, ...]:
    return (
        *reconcile(claims, period=window(TUESDAY), as_of=as_of),
        *to_date(claims, since=MONDAY, period=window(WEDNESDAY), as_of=as_of),
    )


def numbers(claims: Sequence[Claim]) -> list[tuple[Any, ...]]:
    """Return all that is printed of the figures but who says it."""
    return [
        (
            *(f.group, f.outcome, f.definition, f.window, f.low, f.low_modifier, f.high, f.best, f.best_rule),
            *(f.status, f.text, f.rule, f.origins, f.flags, f.computation and f.computation.terms, len(f.sides)),
        )
        for f in figures(claims)
    ]


@given(reports(), st.randoms(use_true_random=False))
@laws
def test_the_order_of_documents_changes_no_figure(told: list[list[Claim]], random: Any) -> None:
    """Documents, and the claims in them, in any order give the same figures to the last position, and one web."""
    claims = flat(told)
    shuffled = random.sample(claims, len(claims))
    assert figures(shuffled) == figures(claims)
    assert relations(shuffled, as_of=NOW) == relations(claims, as_of=NOW)


@given(reports(), st.integers(0, 4), st.sampled_from(("Herald", "Echo")))
@laws
def test_a_copy_of_a_document_changes_no_figure(told: list[list[Claim]], which: int, paper: str) -> None:
    """The same text under a second name, in the same paper or another: one origin, and not a number moves."""
    original = told[which % len(told)]
    publisher = original[0].publisher if paper == "Herald" else paper
    copy = [
        one.model_copy(update={"id": f"x{one.id}", "document_id": f"x{one.document_id}", "publisher": publisher})
        for one in original
    ]
    assert numbers([*flat(told), *copy]) == numbers(flat(told))
    assert figures([*flat(told), *original]) == figures(flat(told))


@given(reports())
@laws
def test_renaming_the_sides_changes_no_figure(told: list[list[Claim]]) -> None:
    """Other names for the armed groups, before or after each other in the alphabet, change no number and no word."""
    names = {"Valley Front": "Zeta Front", "Hill Front": "Alpha Front"}
    renamed = [one.model_copy(update={"claimant": names.get(one.claimant or "", one.claimant)}) for one in flat(told)]
    assert numbers(renamed) == numbers(flat(told))


@given(reports())
@laws
def test_every_number_is_somebodys_or_a_labelled_sum(told: list[list[Claim]]) -> None:
    """No bound and no best is a number that neither a claim of the figure nor a labelled computation gives."""
    by_id = {one.id: one for one in flat(told)}
    for figure in figures(flat(told)):
        said = {n for key in figure.claims for n in (by_id[key].low, by_id[key].high)}
        for worked_out in (*figure.computations, figure.parts):
            if worked_out:
                assert sum(worked_out.terms) == worked_out.value
                assert len(worked_out.claims) == len(worked_out.terms)
                assert set(worked_out.claims) <= set(figure.claims)
        said |= {one.value for one in figure.computations}
        assert {figure.low, figure.high, figure.best} - {None} <= said
        assert {key for position in figure.positions for key in position.claims} == set(figure.claims)


@given(reports())
@laws
def test_low_best_and_high_are_in_order(told: list[list[Claim]]) -> None:
    """Best lies between low and high, only by a rule that is named, and never where one party alone speaks."""
    for figure in figures(flat(told)):
        bounds = [n for n in (figure.low, figure.best, figure.high) if n is not None]
        assert bounds == sorted(bounds)
        assert (figure.best is None) == (figure.best_rule == "")
        assert figure.best_rule in ("", *figure.rules)
        assert (figure.status == "not_reported") == (figure.origins == 0)
        if len(figure.sides) == 1 and figure.sides[0] in ("government", "Valley Front", "Hill Front"):
            assert figure.best is None


@given(reports(), st.sampled_from((at(TUESDAY, 7), at(TUESDAY, 13), at(WEDNESDAY, 7))))
@laws
def test_later_news_leaves_what_was_known_then(told: list[list[Claim]], then: datetime) -> None:
    """The figures as of an instant are the same before and after more is said, and so is the log up to it."""
    claims = flat(told)
    by_then = [
        one
        for one in claims
        if (one.stated or datetime.combine(one.stated_on or MONDAY, at(MONDAY, 0).timetz())) <= then
    ]
    assert figures(claims, then) == figures(by_then, then)
    days = {"since": MONDAY, "period": window(TUESDAY), "before": at(MONDAY, 0), "after": then}
    assert changes(claims, **days) == changes(by_then, **days)  # type: ignore[arg-type]


@given(reports())
@laws
def test_edges_are_few_and_between_claims_that_are_there(told: list[list[Claim]]) -> None:
    """Each edge is between two of the claims, says why, is told once, and there are but a few a claim."""
    ids = {one.id for one in flat(told)}
    found = relations(flat(told), as_of=NOW)
    assert all(one.subject in ids and one.object in ids and one.subject != one.object and one.why for one in found)
    assert len({(one.kind, one.subject, one.object) for one in found}) == len(found)
    assert len(found) <= 6 * len(ids)
