"""What reviews make of claims: the latest word holds, of the same words whatever reads them, and nothing is edited."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import NOW, TUESDAY, at, cell, say, window

from briefings.errors import UsageError
from briefings.matching.match import link
from briefings.model import Change, Claim, Reading, Review, Site
from briefings.reconciling.reconciliation import changes as steps_of
from briefings.reconciling.reconciliation import reconcile
from briefings.reviewing.amendments import changes
from briefings.reviewing.corrections import corrected
from briefings.reviewing.upshot import count, fallen_with
from briefings.reviewing.verdicts import Weighed, apply, carried, standing

LATER = NOW + timedelta(hours=1)


def kept(claim: Claim) -> Claim:
    """Return a claim as the store gives it back, with every field said."""
    return Claim.model_validate_json(claim.model_dump_json())


def verdict(name: str, *claims: Claim, when: datetime = LATER, by: str = "R. Okafor", **more: Any) -> Review:
    readings = {"accept": claims, "merge": more.get("into", ())}.get(name, ())
    return Review.model_validate(
        {
            "id": f"{name}-{'-'.join(one.id for one in claims)}-{when:%d%H%M}",
            "verdict": name,
            "subject": claims[0].id if claims else "",
            "claims": claims,
            "readings": readings,
            "by": by,
            "reason": "read it",
            "at": when,
            **more,
        }
    )


def correct(claim: Claim, *, of: Claim | None = None, when: datetime = LATER, **values: object) -> Review:
    reading, said = corrected(claim, values)
    return verdict("correct", of or claim, when=when, readings=(reading,), corrections=said)


def numbers(weighed: Weighed) -> list[tuple[int | None, str]]:
    return [(claim.low, claim.group) for claim in weighed.claims]


def test_a_correction_is_a_claim_on_top_and_the_original_is_kept() -> None:
    """Words and span stay the text's; the corrected claim names what it corrects and is read by a rule of its own."""
    army = kept(say("the army", 51))
    weighed = apply([army], [correct(army, count=15, group="state_forces")])
    (top,) = weighed.claims
    assert (top.low, top.high, top.group, top.modifier) == (15, 15, "state_forces", "exact")
    assert (top.quote, top.sentence, top.start, top.end) == (army.quote, army.sentence, army.start, army.end)
    assert (top.corrects, top.rule) == (army.id, "review.correct")
    assert top.id != army.id
    assert weighed.aside == (army,)
    assert weighed.above == {army.id: top.id}


def test_a_rejected_claim_counts_nowhere_and_an_accepted_one_reads_as_it_did() -> None:
    """Rejecting takes out of the figures, not out of the record; accepting changes no number."""
    army, police = kept(say("the army", 51)), kept(say("police", 12))
    weighed = apply([army, police], [verdict("reject", army), verdict("accept", police)])
    assert weighed.claims == (police,)
    assert weighed.aside == (army,)
    assert {key: one.verdict for key, one in weighed.verdicts.items()} == {army.id: "reject", police.id: "accept"}


def test_the_latest_word_holds_and_taking_it_back_restores_the_one_before() -> None:
    """Reviews are only added: correct, then reject, then withdraw the rejection, then withdraw that."""
    army = kept(say("the army", 51))
    first = correct(army, count=15, when=LATER)
    second = verdict("reject", army, when=LATER + timedelta(minutes=1))
    third = verdict("withdraw", when=LATER + timedelta(minutes=2), withdraws=second.id)
    fourth = verdict("withdraw", when=LATER + timedelta(minutes=3), withdraws=third.id, id="again")
    assert numbers(apply([army], [first])) == [(15, "civilians")]
    assert numbers(apply([army], [first, second])) == []
    assert numbers(apply([army], [first, second, third])) == [(15, "civilians")]
    assert numbers(apply([army], [first, second, third, fourth])) == []
    assert [one.verdict for one in standing([first, second, third])] == ["correct"]


def test_a_correction_of_a_correction_starts_from_what_stands() -> None:
    """The second person sees the first one's reading; both are tied to the words as they were read."""
    army = kept(say("the army", 51))
    first = correct(army, count=15)
    (top,) = apply([army], [first]).claims
    second = correct(kept(top), of=army, group="state_forces", when=LATER + timedelta(minutes=5))
    assert numbers(apply([army], [first, second])) == [(15, "state_forces")]
    accepted = verdict("accept", army, when=LATER + timedelta(minutes=9), readings=(kept(top),))
    assert numbers(apply([army], [first, second, accepted])) == [(15, "civilians")]


def newer(claim: Claim, **fields: object) -> Claim:
    """Return what a newer extractor makes of the same words: another id, another rule."""
    return kept(claim).model_copy(update={"id": f"new-{claim.id}", "rule": "newer", **fields})


def test_reviews_hold_of_the_same_words_when_they_are_read_anew() -> None:
    """Ids, rules and other values may change, and the span grow: a person's word on the statement stands."""
    army, police, front = kept(say("the army", 51)), kept(say("police", 12)), kept(say("the Front", 30))
    reviews = [correct(army, count=15), verdict("reject", police), verdict("accept", front)]
    again = [newer(army, low=50), newer(police, end=police.end + 3), newer(front, group="unknown")]
    weighed = apply(again, reviews)
    assert numbers(weighed) == [(15, "civilians"), (30, "civilians")]
    assert {one.id for one in weighed.aside} == {one.id for one in again}
    same_id = apply([army], reviews[:1]).claims[0].id
    assert weighed.claims[0].id == same_id, "the corrected claim keeps its id through every reading"
    assert weighed.unread == {one.id for one in weighed.claims}, "these read otherwise now than when they were reviewed"


def test_a_review_goes_over_to_the_next_version_of_a_report() -> None:
    """The very sentence in a newer version keeps its verdict; one that was rewritten is a statement of its own."""
    army, police = kept(say("the army", 51)), kept(say("police", 12))
    again = kept(army).model_copy(update={"id": "v2", "document_id": "second", "start": 40, "end": 42})
    other = kept(police).model_copy(update={"id": "w2", "document_id": "other", "sentence": "police: 12 after all."})
    readings = {one.document_id: Reading(document_id=one.document_id, claims=(one,)) for one in (again, other)}
    newer = {army.document_id: "between", "between": "second", police.document_id: "other"}
    reviews = carried([correct(army, count=15), verdict("reject", police)], readings, newer)
    assert numbers(apply([again, other], reviews)) == [(15, "civilians"), (12, "civilians")]


def test_a_place_set_by_a_person_is_no_longer_the_one_on_the_map() -> None:
    """Coordinates belong to the name they were found for; without them nothing is drawn in the wrong town."""
    site = Site(id="1", name="Ostin", kind="settlement", country="TL", latitude=1.0, longitude=2.0, precision=1)
    army = kept(say("the army", 51, place="Ostin", sites=(site,)))
    assert apply([army], [correct(army, place="Kesh")]).claims[0].sites == ()
    assert apply([army], [correct(army, count=15)]).claims[0].sites == (site,)


def test_what_a_person_vouched_for_counts_even_where_it_is_no_longer_read() -> None:
    """A newer reading that misses a statement does not undo a person's word; a rejected one is simply gone."""
    army, police = kept(say("the army", 51)), kept(say("police", 12))
    reviews = [correct(army, count=15), verdict("reject", police)]
    weighed = apply([], reviews, documents={army.document_id, police.document_id})
    assert numbers(weighed) == [(15, "civilians")]
    assert apply([], reviews).claims == (), "a document that is not there says nothing"


def test_merged_claims_have_one_origin() -> None:
    """Two bodies seem to agree, which makes a best number; a person knows that the one only quoted the other."""
    one = say("the Harbour Watch", 12, publisher="Coast Post", hour=9)
    two = say("Doctors of the Coast", 12, publisher="Hill Courier", hour=11, claimant_kind="medical")
    days = window(TUESDAY)
    apart = cell(reconcile([one, two], period=days, as_of=NOW), "civilians", days=days)
    together = apply([one, two], [verdict("merge", two, into=(one,))])
    joined = cell(reconcile(together.claims, period=days, as_of=NOW), "civilians", days=days)
    assert (len(apart.positions), apart.best, apart.status) == (2, 12, "corroborated")
    assert (len(joined.positions), joined.best, joined.status) == (1, None, "claimed")
    merged = next(claim for claim in together.claims if claim.corrects)
    assert (merged.merged_into, merged.publisher, merged.claimant) == (one.id, "Hill Courier", one.claimant)
    assert set(joined.claims) == {one.id, merged.id}, "neither statement is lost"
    assert count(joined, together).merged == 1  # type: ignore[union-attr]


def test_a_merged_claim_follows_the_correction_of_the_other() -> None:
    """Whatever is said of the statement is said of both; where the other is not known yet, each stands alone."""
    one, two = kept(say("officials", 51)), kept(say("a source", 51))
    reviews = [verdict("merge", two, into=(one,)), correct(one, count=15, when=LATER + timedelta(minutes=1))]
    assert numbers(apply([one, two], reviews)) == [(15, "civilians"), (15, "civilians")]
    alone = apply([two], reviews)
    assert alone.claims == (two,)
    assert alone.verdicts == {}
    both = [*reviews[:1], verdict("merge", one, into=(two,), when=LATER + timedelta(minutes=1))]
    assert numbers(apply([one, two], both)) == [(51, "civilians")] * 2, "merged into each other, both still count"


def test_a_merged_claim_is_rejected_with_the_one_it_was_merged_into() -> None:
    """Two prints of one statement share its fate: the number a person threw out does not stay through the other."""
    one, two = kept(say("the army", 51)), kept(say("army officials", 51, publisher="Hill Courier"))
    merge, reject = verdict("merge", two, into=(one,)), verdict("reject", one, when=LATER + timedelta(minutes=1))
    weighed = apply([one, two], [merge, reject])
    assert weighed.claims == ()
    assert set(weighed.rejected) == {one, two}
    assert (weighed.together, weighed.verdicts[two.id]) == ((), merge)
    figure = cell(reconcile(weighed.claims, period=window(TUESDAY), as_of=NOW), "civilians")
    reviewed = count(figure, weighed)
    assert reviewed is not None
    assert (reviewed.rejected, reviewed.merged) == (2, 0)


def test_a_merge_taken_back_frees_a_claim_from_the_rejection() -> None:
    """Who finds that the other was a statement of its own withdraws the merge, and its own number counts again."""
    one, two = kept(say("the army", 51)), kept(say("police", 44, publisher="Hill Courier"))
    merge, reject = verdict("merge", two, into=(one,)), verdict("reject", one, when=LATER + timedelta(minutes=1))
    back = verdict("withdraw", when=LATER + timedelta(minutes=2), withdraws=merge.id)
    assert apply([one, two], [merge, reject, back]).claims == (two,)


def test_merged_events_are_one() -> None:
    """Two happenings a person holds to be one, by the claims they rest on, whatever ids they have."""
    one, two = say("the army", 12, place="Kesh"), say("police", 9, place="Ostin")
    assert len(link([one, two])) == 2
    merge = verdict("merge", two, kind="event", into=(one,), readings=(two,))
    weighed = apply([newer(one), newer(two)], [merge])
    assert len(link(weighed.claims, together=weighed.together)) == 1
    assert weighed.reviews == (merge,)


def test_a_figure_says_how_much_of_it_was_looked_at() -> None:
    """Accepted and corrected claims of the figure, and those it lost by review, of all there would be."""
    claims = [
        kept(say(who, 10 + n, hour=8 + n)) for n, who in enumerate(["the army", "police", "the Watch", "the Front"])
    ]
    reviews = [
        verdict("accept", claims[0]),
        correct(claims[1], count=12),
        verdict("reject", claims[2], by="L. Haas"),
        correct(claims[3], group="armed_group"),
    ]
    weighed = apply(claims, reviews)
    figure = cell(reconcile(weighed.claims, period=window(TUESDAY), as_of=NOW), "civilians")
    found = count(figure, weighed)
    assert found is not None
    assert (found.claims, found.accepted, found.corrected, found.rejected) == (4, 1, 2, 1)
    assert found.by == ("L. Haas", "R. Okafor")
    assert count(figure, apply(claims, [])) is None


def test_a_correction_is_a_step_of_the_change_log() -> None:
    """Who, when and why stand beside the steps that statements made; a withdrawal is a step, too."""
    army = kept(say("the army", 51, hour=9))
    police = kept(say("police", 16, hour=20))
    first = correct(army, count=15, when=at(TUESDAY, 12))
    back = verdict("withdraw", when=at(TUESDAY, 15), withdraws=first.id)
    days = window(TUESDAY)

    def log(claims: Any, before: datetime, after: datetime) -> tuple[Change, ...]:
        return steps_of(claims, since=TUESDAY, period=days, before=before, after=after)

    def tables(claims: Any, when: datetime) -> Any:
        return reconcile(claims, period=days, as_of=when)

    found = changes([army, police], [first, back], before=at(TUESDAY, 1), after=at(TUESDAY, 23), log=log, tables=tables)
    told = [(one.old, one.new, one.rule, one.by, one.at.hour) for one in found if one.group == "civilians"]
    assert told[:3] == [
        ("not reported", "51", "first_report", "", 9),
        ("51", "15", "review.correct", "R. Okafor", 12),
        ("15", "51", "review.withdraw", "R. Okafor", 15),
    ]
    assert (found[1].office, found[1].reason, found[1].why) == ("the army", "correction", "read it")
    assert len(told) == 4, "what police said afterwards comes last"
    late = changes([army], [first], before=at(TUESDAY, 1), after=at(TUESDAY, 11), log=log, tables=tables)
    assert [one.at.hour for one in late] == [9, 12], "a review of what was known then is told, whenever it was given"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "NO_CHANGE"),
        ({"low": 51}, "NO_CHANGE"),
        ({"dead": 3}, "UNKNOWN_FIELD"),
        ({"group": "civilans"}, "BAD_VALUE"),
        ({"low": "many"}, "BAD_VALUE"),
        ({"low": -3}, "BAD_VALUE"),
        ({"outcome": ""}, "BAD_VALUE"),
        ({"date_from": "yesterday"}, "BAD_VALUE"),
        ({"increment": "perhaps"}, "BAD_VALUE"),
        ({"low": 60}, "NONSENSE"),
        ({"low": "", "high": ""}, "NONSENSE"),
        ({"modifier": "range", "high": ""}, "NONSENSE"),
        ({"date_from": "2031-03-09"}, "NONSENSE"),
        ({"date_to": ""}, "NONSENSE"),
        ({"claimant": "", "office": ""}, "NONSENSE"),
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, object], code: str) -> None:
    """Each with a stable code; a misspelt field or value names the nearest one."""
    with pytest.raises(UsageError) as caught:
        corrected(kept(say("the army", 51)), values)
    assert caught.value.error_code == code
    if values == {"group": "civilans"}:
        assert "did you mean 'civilians'" in str(caught.value)


def test_bounds_bring_their_modifier_with_them() -> None:
    """Setting numbers is enough: exact, range, at least and up to follow from which are there."""
    army = kept(say("the army", 51))
    assert corrected(army, {"count": 15})[0].modifier == "exact"
    assert corrected(army, {"low": 15})[0].modifier == "range"
    assert corrected(army, {"high": ""})[0].modifier == "at_least"
    assert corrected(army, {"low": "", "high": 9})[0].modifier == "up_to"
    assert corrected(army, {"high": "", "modifier": "more_than"})[0].modifier == "more_than"
    moved, values = corrected(army, {"date": "2031-03-01", "place": "Kesh"})
    assert (str(moved.date_from), str(moved.date_to), moved.place) == ("2031-03-01", "2031-03-01", "Kesh")
    assert values == {"date_from": "2031-03-01", "date_to": "2031-03-01", "place": "Kesh"}


@given(st.permutations(range(5)), st.lists(st.sampled_from(["accept", "reject", "merge"]), min_size=4, max_size=4))
def test_the_order_of_the_claims_changes_nothing(order: list[int], given_: list[str]) -> None:
    """Whatever is read first, the same claims count, and every one read is still there."""
    claims = [
        Claim(
            **{
                **say("officials", 10 + n, publisher=f"Paper {n}").model_dump(),
                "id": f"k{n}",
                "document_id": f"d{n}",
            }
        )
        for n in range(5)
    ]
    reviews = [
        verdict(
            name, claims[n], when=LATER + timedelta(minutes=n), **({"into": (claims[4],)} if name == "merge" else {})
        )
        for n, name in enumerate(given_)
    ]
    first, second = apply(claims, reviews), apply([claims[n] for n in order], reviews)
    assert sorted(first.claims, key=lambda one: one.id) == sorted(second.claims, key=lambda one: one.id)
    assert {one.id for one in first.read} == {f"k{n}" for n in range(5)}


def test_what_fell_with_the_claim_it_was_merged_into_names_the_reason() -> None:
    """A merged claim whose other is rejected was taken back too, for the reason given of the other."""
    one, two = kept(say("police", 9)), kept(say("police", 9, hour=12))
    merge = verdict("merge", two, into=(one,))
    reject = verdict("reject", one, when=LATER + timedelta(minutes=1), reason="of last year")
    weighed = apply([one, two], [merge, reject])
    assert {claim.id for claim in weighed.unsaid} == {one.id, two.id}
    assert fallen_with(two, weighed).reason == "of last year"
    assert apply([one, two], [merge]).unsaid == ()


def test_another_claimant_does_not_keep_the_post_of_the_first() -> None:
    """The army is no "spokesman the army"; a man whose name was misspelt stays in his post."""
    said = kept(say("Ada Quill", 12).model_copy(update={"office": "spokesman"}))
    assert corrected(said, {"claimant": "the army"})[0].office is None
    assert corrected(said, {"claimant": "Ada Quills"})[0].office == "spokesman"
