"""Tables of any frame: the desk's own values by reference, other numbers with how they came about, nothing else."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Any, get_args

import pandas as pd
import pytest
from test_authored import stops
from test_builders import FRIDAY, SATURDAY, crossing, disputed, empty, incidents, plain, text

from briefings.builders import table
from briefings.building.column_words import HEADS, coded
from briefings.building.provenance import missing, same
from briefings.building.provenance import plain as plain_value
from briefings.building.tabled import MOST_ROWS
from briefings.core.languages import ENGLISH, language
from briefings.desks.columns import FRAMES
from briefings.desks.desk import Desk
from briefings.errors import BriefingsError, ContractError
from briefings.model import (
    Actor,
    ClaimantKind,
    Modifier,
    Outcome,
    Passage,
    RelationKind,
    Scope,
    Standing,
    Status,
    Verdict,
)
from briefings.sections import Cite, ClaimRef, Column, Computed, Datum, Day, FigureRef, Moment, Name, Quote, Section


def desk_of(**more: Any) -> Desk:
    """Return a desk of two sides, with a year of incidents."""
    return disputed().desk(incidents=incidents(), **more)


def rows(section: Section) -> list[list[str]]:
    """Return a table as a reader sees it."""
    return [[plain(cell, section) for cell in row.cells] for row in section.body.rows]


def heads(section: Section) -> list[str]:
    return [column.label for column in section.body.columns]


def refused(desk: Desk, frame: object, **more: Any) -> str:
    """Return why a frame is refused."""
    with pytest.raises(ContractError) as caught:
        table(desk, frame, slot="incidents", **more)  # type: ignore[arg-type]
    assert caught.value.error_code == "TABLE"
    return f"{caught.value.what}\n{caught.value.why or ''}\n{caught.value.fix or ''}"


# ── the desk's own ──────────────────────────────────────────────────────────────────────────────────


def test_numbers_of_incidents_are_their_rows_own() -> None:
    """Sorted and cut down, each number still points at its row; days, places and heads are the page's."""
    desk = desk_of()
    frame = desk.frame("incidents").sort_values("killed_best", ascending=False).head(2)
    made = table(desk, frame, slot="incidents", columns=["date_start", "place", "killed_best"])
    assert heads(made) == ["When", "Where", "Killed"]
    assert rows(made) == [["3 November 2030", "Ostin", "12"], ["3 September 2030", "Ostin", "10"]]
    assert [row.cells[2] for row in made.body.rows] == [
        (Datum(value=12, ref="ucdp-ged:11"),), (Datum(value=10, ref="ucdp-ged:9"),),
    ]  # fmt: skip
    assert made.body.columns[2] == Column(label="Killed", align="right")
    assert plain(made.body.note, made) == "Source: UCDP Georeferenced Event Dataset 31.1."
    assert stops(desk, made) == []


@pytest.mark.parametrize(
    "step",
    [
        lambda frame: frame.query("killed_best > 9")[["place", "killed_best"]],
        lambda frame: frame.assign(half=0).drop(columns="half")[["place", "killed_best"]],
        lambda frame: frame.reset_index(drop=True)[["id", "place", "killed_best"]],
        lambda frame: frame.set_index("id")[["place", "killed_best"]],
        lambda frame: frame.merge(pd.DataFrame({"id": ["9", "11"], "label": ["a", "b"]}), on="id"),
        lambda frame: frame.astype({"killed_best": float})[["place", "killed_best"]],
        lambda frame: frame["killed_best"].sort_values(),
    ],
)  # fmt: skip
def test_a_number_stays_the_desks_own_through_what_pandas_does(step: Any) -> None:
    """By the label of its row, by its id as a column, as an index, after a merge, as a float, as a series."""
    desk = desk_of()
    frame = step(desk.frame("incidents"))
    made = table(desk, frame, slot="incidents", columns=["killed_best"])
    assert {cell[0].t for row in made.body.rows for cell in row.cells} == {"datum"}
    assert [row.cells[0][0].value for row in made.body.rows][-1] == 12


def test_figures_are_placed_whole_with_who_says_so_and_where() -> None:
    """A figure brings its claimants and sources, unless the frame has columns of them."""
    desk = desk_of()
    frame = desk.frame("figures").query("status == 'disputed'")
    made = table(desk, frame, slot="casualties", columns=["group", "outcome", "text"])
    assert heads(made) == ["Group", "Outcome", "Count", "Claimants", "Sources"]
    assert all(isinstance(row.cells[2][0], FigureRef) for row in made.body.rows)
    assert all(isinstance(row.cells[4][0], Cite) for row in made.body.rows)
    assert any("the Haro Freedom Army" in row[3] for row in rows(made))
    own = table(desk, frame, slot="casualties", columns=["text", "voices", "claims"], labels={"claims": "Where"})
    assert heads(own) == ["Count", "Claimants", "Where"]
    assert stops(desk, made) == stops(desk, own) == []


def test_claims_are_placed_as_they_were_said() -> None:
    """The count, the words it was read from with their document, the voice; yes and no are words."""
    desk = desk_of()
    frame = desk.frame("claims").query("modifier == 'at_least'")
    columns = ["claimant", "text", "quote", "headline", "document_id"]
    made = table(desk, frame, slot="competing", columns=columns)
    assert rows(made)[0][:4] == ["officials", "at least 6", "“at least six guards”", "no"]
    kinds = [type(cell[0]) for cell in made.body.rows[0].cells]
    assert kinds[:3] == [Name, ClaimRef, Quote]
    assert kinds[4] is Cite
    assert stops(desk, made) == []


@pytest.mark.parametrize(
    ("code", "group", "outcome"), [("en", "Militants", "killed"), ("fr", "Combattants armés", "tués")]
)
def test_what_was_grouped_tells_the_words_of_the_field(code: str, group: str, outcome: str) -> None:
    """Codes are for programs: in rows, in heads of a table turned on its side, and under another name, too."""
    desk = disputed().desk(language=language(code))
    counted = desk.frame("claims").groupby(["group", "outcome"]).size().reset_index(name="claims")
    made = table(desk, counted, slot="x", columns=["group", "outcome"])
    assert [group, outcome] in rows(made)
    assert not any("_" in cell for row in rows(made) for cell in row)

    turned = counted.pivot_table(index="outcome", columns="group", values="claims").reset_index()
    assert group in heads(table(desk, turned, slot="x", computed="claims, counted"))
    renamed = counted.rename(columns={"group": "who"})
    assert group in [row[0] for row in rows(table(desk, renamed, slot="x", columns=["who"]))]


def test_claims_of_earlier_events_stand_apart() -> None:
    """Nobody adds the dead of other years to those of today by grouping the claims."""
    story = disputed()
    report = story.document("In 2029 an attack in Haro killed 40 people.", publisher="Courier")
    story.claim(report, "40 people", 40, "unknown", group_text="people", scope="background")
    desk = story.desk()
    past = desk.frame("background")
    assert 40 in list(past["low"])
    assert 40 not in list(desk.frame("claims")["low"])
    assert set(past["scope"]) == {"background"}
    assert len(desk.claims) == len(past) + len(desk.frame("claims"))
    made = table(desk, past, slot="x", columns=["text", "place"])
    assert any("40" in row[0] for row in rows(made))
    assert "whose earlier events desk.frame('background') holds" in refused(desk, desk.claims, columns=["low"])


def test_a_row_of_several_figures_cites_each_by_itself() -> None:
    """Figures by group: an outcome a column, each number followed by its own documents."""
    desk = desk_of()
    made = table(desk, desk.figures_by_group(), slot="casualties", columns=["group", "killed", "injured"])
    assert heads(made) == ["Group", "Killed", "Injured", "Claimants", "Sources"]
    assert rows(made)[2][:4] == ["Civilians", "not reported", "not reported", "—"]
    assert stops(desk, made) == []


def test_numbers_of_other_days_than_the_period_say_so() -> None:
    """Beneath the table if all are of the same; else with each; never where a column or the caption tells them."""
    desk = desk_of()
    wider = desk.frame("figures").query("date_from < date_to and status != 'not_reported'")
    assert len(wider)
    alone = table(desk, wider, slot="x", columns=["group", "text"])
    assert plain(alone.body.note, alone) == "As claimed by those named, for 9–10 May 2031."
    every = table(desk, desk.frame("figures").query("group == 'armed_group'"), slot="x", columns=["outcome", "text"])
    counts = [row[1] for row in rows(every)]
    assert "19" in counts
    assert any(count.endswith(" (9–10 May 2031)") for count in counts)
    for told in (
        table(desk, wider, slot="x", columns=["text", "date_from", "date_to"]),
        table(desk, wider, slot="x", columns=["text"], caption=f"Of {{day:{FRIDAY}..{SATURDAY}}}."),
    ):
        assert plain(told.body.note, told) == ""
        assert not any("(" in row[0] for row in rows(told))
        assert stops(desk, told) == []
    assert stops(desk, alone) == stops(desk, every) == []


def test_a_frame_of_the_desks_own_and_nouns_show_what_tells_most() -> None:
    """Without columns asked for: those a reader can use; of a frame that was cut, all that is left of it."""
    desk = desk_of()
    made = table(desk, desk.frame("incidents"), slot="x")
    assert heads(made)[:4] == ["When", "Region", "Where", "One side"]
    cut = desk.frame("incidents")[["place", "killed_low"]]
    assert heads(table(desk, cut, slot="x")) == ["Where", "Killed, low estimate"]
    assert len(table(desk, desk.figures(), slot="x").body.rows) == len(desk.figures())
    assert rows(table(desk, desk.incidents, slot="x")) == rows(made)  # type: ignore[arg-type]


def test_heads_and_terms_are_in_the_language_of_the_page() -> None:
    """Groups, outcomes and the usual columns; what an author heads is the author's."""
    desk = desk_of(language=language("fr"))
    made = table(desk, desk.figures_by_group(), slot="x", columns=["group", "killed", "abducted"])
    assert heads(made) == ["Groupe", "Tués", "Enlevés", "Déclarants", "Sources"]
    assert rows(made)[2][0] == "Civils"


@pytest.mark.parametrize(
    ("code", "head", "kind", "scope"),
    [
        ("en", "Kind of claimant", "Military", "Incident"),
        ("fr", "Type de déclarant", "Armée", "Incident"),
        ("ar", "نوع صاحب التصريح", "الجيش", "حادث"),
        ("ur", "دعویٰ کنندہ کی قسم", "فوج", "واقعہ"),
    ],
)
def test_who_speaks_and_of_what_is_told_in_the_language_of_the_page(
    code: str, head: str, kind: str, scope: str
) -> None:
    """Kinds of claimants, scopes and the like are codes of the field; a reader gets words."""
    desk = desk_of(language=language(code))
    claims = desk.frame("claims").query("claimant_kind == 'military'")
    made = table(desk, claims, slot="x", columns=["claimant_kind", "scope"])
    assert heads(made)[0] == head
    assert rows(made)[0][:2] == [kind, scope]


CLOSED: dict[tuple[str, str], Any] = {
    ("claims", "claimant_kind"): ClaimantKind,
    ("claims", "scope"): Scope,
    ("claims", "modifier"): Modifier,
    ("responsibilities", "standing"): Standing,
    ("actors", "part"): Actor.model_fields["part"].annotation,
    ("passages", "kind"): Passage.model_fields["kind"].annotation,
    ("relations", "kind"): RelationKind,
    ("reviews", "verdict"): Verdict,
    ("figures", "status"): Status,
}
"""What the nouns may hold, by frame and column."""


@pytest.mark.parametrize(("frame", "column"), CLOSED)
def test_every_code_that_the_nouns_may_hold_has_words(frame: str, column: str) -> None:
    """None is left to be printed as programs have it, and each has a word of its own."""
    assert FRAMES[frame].column(column) is not None
    told = [coded(column, code, ENGLISH) for code in get_args(CLOSED[frame, column])]
    assert all(told)
    assert len(set(told)) == len(told)


def test_no_column_that_can_be_printed_goes_without_a_head() -> None:
    """A head that only English has would stand on the pages of every language."""
    columns = {
        one.name for frame in FRAMES.values() for one in frame.columns if one.unit not in ("id", "ids", "letters")
    }
    outcomes = {*get_args(Outcome)}
    assert columns - set(HEADS) - outcomes == {"formula"}  # the columns `text` and `claims` tell what it is of


def test_what_the_desk_worked_out_says_how() -> None:
    """Sums over the context tables are computed, and the note tells how."""
    desk = desk_of()
    made = table(desk, desk.incidents_by_month(), slot="incidents", columns=["month", "admin1", "killed_best"])
    assert rows(made)[0] == ["July 2030", "Haro province", "8"]
    assert made.body.rows[0].cells[2] == (
        Computed(value=8, formula="2030-07 Haro province: their best estimates, added"),
    )
    note = plain(made.body.note, made)
    assert note == (
        "Source: UCDP Georeferenced Event Dataset 31.1. Killed: computed here, their best estimates, added."
    )
    assert stops(desk, made) == []


@pytest.mark.parametrize("name", ["documents", "responsibilities", "passages", "events_by_day", "disputed_claims"])
def test_frames_of_words_can_be_shown_too(name: str) -> None:
    """Titles, names, quotations and terms are placed as what they are; digits of the sources' own stay."""
    desk = crossing().desk() if name == "passages" else desk_of()
    frame = desk.frame(name)
    shown = [one.name for one in FRAMES[name].columns if one.unit not in ("id", "letters", "people")]
    made = table(desk, frame, slot="background", columns=shown)
    assert len(made.body.rows) == len(frame) > 0
    assert [one for one in stops(desk, made) if not one.startswith("PRIVATE")] == []


# ── what is not ─────────────────────────────────────────────────────────────────────────────────────


def test_a_number_that_was_worked_out_says_how_and_is_kept_so() -> None:
    """Sums, shares and means: whole or with a decimal, each with its formula, told beneath the table."""
    desk = desk_of()
    sums = desk.frame("incidents").groupby("admin1")["killed_best"].sum()
    made = table(desk, sums, slot="incidents", computed="the best estimates of its incidents, added")
    assert rows(made) == [["Haro province", "30"]]
    assert made.body.rows[0].cells[1] == (Computed(value=30, formula="the best estimates of its incidents, added"),)
    assert "Killed: computed here, the best estimates of its incidents, added." in plain(made.body.note, made)
    shares = desk.frame("incidents").assign(share=lambda held: (held["killed_best"] / 8).round(1))
    mixed = table(desk, shares, slot="incidents", columns=["killed_best", "share"], computed={"share": "divided by 8"})
    assert [cell[0].t for cell in mixed.body.rows[0].cells] == ["datum", "computed"]
    assert plain(mixed.body.note, mixed).endswith("Share: computed here.")
    assert stops(desk, made) == stops(desk, mixed) == []


@pytest.mark.parametrize("code", ["fr", "ar", "ur"])
def test_a_number_with_a_decimal_passes_the_locks_of_every_language(code: str) -> None:
    """Where the comma is the mark, too."""
    desk = desk_of(language=language(code))
    shares = desk.frame("incidents").assign(share=[1.5, 1234.25, 3.0])
    made = table(desk, shares, slot="incidents", columns=["date_start", "killed_best", "share"], computed="as told")
    assert stops(desk, made) == []


def test_a_number_nobody_vouches_for_is_refused_by_row_and_column() -> None:
    """A value that was changed, a row or a column of the author's own, a frame from elsewhere: each says what to do."""
    desk = desk_of()
    frame = desk.frame("incidents")
    changed = refused(desk, frame.assign(killed_best=frame["killed_best"] + 1), columns=["killed_best"])
    assert "row 1, column 'killed_best': 9 is not the desk's own value of that row, 8" in changed
    assert "say computed={'killed_best': \"how it was …\"}" in changed
    moved = frame.assign(killed_best=list(frame["killed_best"])[::-1])
    assert "12 is not the desk's own value of that row, 8" in refused(desk, moved, columns=["killed_best"])
    nobody = frame.drop(columns="id").reset_index(drop=True)
    assert "in a row whose label is none of desk.frame('incidents')" in refused(desk, nobody, columns=["killed_best"])
    renamed = refused(desk, frame.rename(columns={"killed_best": "dead"}), columns=["dead"])
    assert "column 'dead': is 'killed_best' of desk.frame('incidents') by another name; keep that name" in renamed
    assert "5 is not from desk.frame(…)" in refused(desk, pd.DataFrame({"n": [5]}))


def test_of_many_rows_alike_some_are_told() -> None:
    desk = desk_of()
    why = refused(desk, pd.DataFrame({"n": range(50)}))
    assert why.count("row ") == 3
    assert "column 'n': 47 more rows like these" in why


def test_an_id_of_the_desks_own_is_left_out() -> None:
    """A reader can do nothing with it; the id of a dataset's row is the dataset's, and stands."""
    desk = desk_of()
    assert "column 'id': a name of the desk's own says nothing to a reader; leave the column out" in refused(
        desk, desk.frame("figures"), columns=["id"]
    )
    assert rows(table(desk, desk.frame("incidents"), slot="x", columns=["id"]))[0] == ["7"]


def test_one_end_of_a_range_is_refused_for_the_whole() -> None:
    """A low bound alone would say something else; where both ends are one, it is the number."""
    desk = desk_of()
    frame = desk.frame("figures").query("low.notna()")
    why = refused(desk, frame, columns=["low", "high"])
    assert re.search(
        r"column 'low': \d+ is one end of '.*', and would say something else alone; take the column 'text'", why
    )
    exact = frame[(frame["low"] == frame["high"]) & (frame["low_modifier"] == "exact")]
    made = table(desk, exact, slot="casualties", columns=["group", "low"])
    assert {type(row.cells[1][0]) for row in made.body.rows} == {FigureRef}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["nine dead"], "'nine dead' counts people"),
        (["12 civilians"], "'12 civilians' counts people"),
        (["Route 9"], "'9' in 'Route 9' is a bare number; keep numbers in columns of their own, or names=['t']"),
        (["9"], "'9' in '9' is a bare number; keep numbers in columns of their own"),
        ([1.23456], "1.23456 has more decimals than a reader can use; round it"),
        ([math.inf], "inf is no number a page can say"),
        ([{"a": 1}], "dict is nothing a page can say"),
        ([datetime(2031, 5, 1, 6)], "2031-05-01 06:00:00 is an instant without an offset"),
        ([("9 men", "6 men")], "counts people"),
    ],
)
def test_what_no_page_can_say_is_refused(values: list[object], told: str) -> None:
    """Counts in words, numbers in text, endless fractions, things: each with what to write instead."""
    desk = desk_of()
    assert told in refused(desk, pd.DataFrame({"t": values}), computed={"t": "so"} if told[0] in "1i" else "")


def test_names_may_hold_digits_and_nothing_that_counts() -> None:
    """A column of proper names is the author's word for that; a count is refused there all the same."""
    desk = desk_of()
    frame = pd.DataFrame({"road": ["Route 9", "Route 12"]})
    assert rows(table(desk, frame, slot="x", names=["road"])) == [["Route 9"], ["Route 12"]]
    assert "counts people" in refused(desk, pd.DataFrame({"road": ["9 dead"]}), names=["road"])
    assert "is a bare number" in refused(desk, pd.DataFrame({"road": ["9"]}), names=["road"])


def test_days_instants_silence_and_nouns_are_set_as_such() -> None:
    """Dates are days, months are months, what is missing is a dash, a noun is what it is."""
    desk = desk_of()
    figure = desk.figure("armed_group", "killed")
    frame = pd.DataFrame(
        {
            "day": [SATURDAY, pd.Timestamp(SATURDAY), None],
            "month": [pd.Period("2031-04", "M"), None, pd.NaT],
            "at": [datetime(2031, 5, 10, 6, tzinfo=UTC), pd.NaT, None],
            "sure": [True, False, None],
            "what": [figure, desk.claims[0], (Name(text="Kesh"),)],
        },
        dtype=object,
    )
    made = table(desk, frame, slot="x", names=[])
    first, second, third = (row.cells for row in made.body.rows)
    assert first[0] == second[0] == (Day(start=SATURDAY),)
    assert first[1] == (Day(start=date(2031, 4, 1), end=date(2031, 4, 30), form="month"),)
    assert first[2] == (Moment(at=datetime(2031, 5, 10, 6, tzinfo=UTC)),)
    assert [row[3] for row in rows(made)] == ["yes", "no", "—"]
    assert isinstance(first[4][0], FigureRef)
    assert isinstance(second[4][0], ClaimRef)
    assert third[4] == (Name(text="Kesh"),)
    assert stops(desk, made) == []


# ── around the cells ────────────────────────────────────────────────────────────────────────────────


def test_a_caption_is_written_as_prose_is() -> None:
    desk = desk_of()
    frame = desk.frame("incidents").head(1)
    made = table(desk, frame, slot="x", columns=["killed_best"], caption="Up to {date} in {region}.")
    assert plain(made.body.caption, made) == "Up to 10 May 2031 in Haro."
    assert "caption, character 7: '10 May' is a day typed by hand; write {date}" in refused(
        desk, frame, columns=["place"], caption="Up to 10 May"
    )


def test_a_caption_of_runs_is_held_to_what_prose_is() -> None:
    """A number cannot come in under a table dressed as a name."""
    desk = desk_of()
    frame = desk.frame("incidents").head(1)
    assert "caption: '47' has no letter" in refused(desk, frame, columns=["place"], caption=(Name(text="47"),))
    made = table(desk, frame, slot="x", columns=["place"], caption=(Name(text="Route 9"),))
    assert plain(made.body.caption, made) == "Route 9"


def test_heads_titles_and_reasons_are_words() -> None:
    """And a slip in what they are given for is answered with the nearest column."""
    desk = desk_of()
    frame = desk.frame("incidents")
    why = refused(
        desk, frame, columns=["place", "killed_best"], labels={"plce": "Where", "killed_best": "Top 5"}, title="Top 5",
        empty="No 5", computed={"killed_best": "six people died"}, names=["town"],
    )  # fmt: skip
    for told in (
        "labels, 'plce': the table shows no such column; did you mean 'place'?",
        "labels, 'killed_best': 'Top 5' holds a number",
        "computed, 'killed_best': 'six people died' counts people itself",
        "names, 'town': the table shows no such column",
        "title: 'Top 5' holds a number",
        "empty: 'No 5' holds a number",
    ):
        assert told in why, told
    assert "columns, 'plac': the frame has no such column; did you mean 'place'?" in refused(
        desk, frame, columns=["plac"]
    )


def test_what_is_no_frame_says_what_it_is() -> None:
    desk = desk_of()
    assert "the frame is list" in refused(desk, [1])
    assert "has two columns of one name" in refused(desk, pd.DataFrame([[1, 2]], columns=["a", "a"]))
    assert "has heads over its columns" in refused(desk, pd.DataFrame({("a", "b"): [1]}))
    with pytest.raises(BriefingsError, match=r"table\(\) needs a desk first, not DataFrame"):
        table(pd.DataFrame(), desk, slot="x")  # type: ignore[arg-type]


def test_a_frame_without_rows_says_what_it_was_told_to() -> None:
    desk = empty().desk()
    assert text(table(desk, desk.frame("incidents"), slot="x", empty="No rows.")) == "No rows."


def test_a_long_frame_is_cut_and_says_so() -> None:
    """The page shows as many rows as there is room for; what it never gets is counted."""
    first, *_ = incidents()
    many = [first.model_copy(update={"id": f"i{number}"}) for number in range(MOST_ROWS + 20)]
    desk = disputed().desk(incidents=many)
    made = table(desk, desk.frame("incidents"), slot="incidents", columns=["place", "killed_best"])
    assert len(made.body.rows) == MOST_ROWS
    assert plain(made.body.note, made).endswith(f"The first {MOST_ROWS} of {MOST_ROWS + 20} rows.")
    assert stops(desk, made) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [(3, 3.0, True), (3, 4, False), (pd.NA, None, True), (3, pd.NA, False), (True, 1, False), ("a", "a", True),
     (("a",), ("a",), True), (math.nan, pd.NaT, True)],
)  # fmt: skip
def test_values_are_compared_as_what_they_say(one: object, other: object, alike: bool) -> None:
    """Whatever number type pandas made of them; nothing known is nothing known."""
    assert same(one, other) is alike
    assert missing(pd.NaT)
    assert plain_value(3, language("en")) == ()
