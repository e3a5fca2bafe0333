"""The desk an author explores: frames that say what they hold, the usual questions, and what is meant by a slip."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from editions import EDITION
from test_builders import FRIDAY, GOVERNOR, SATURDAY, Maker, crossing, disputed, empty, incidents, text

from briefings.builders import table
from briefings.core.settings import Workspace
from briefings.desks.columns import COUNTED, DAYS, FRAMES, INSTANTS
from briefings.desks.nouns import SHOWN, Nouns, nouns
from briefings.desks.opening import desk as desk_of_a_brief
from briefings.errors import BriefingsError, ParameterError

# ── frames ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("maker", [empty, disputed])
def test_a_column_is_of_the_kind_its_unit_says(name: str, maker: Callable[[], Maker]) -> None:
    """Counts are whole things or unknown, days are days, instants are UTC: with rows and without."""
    table = maker().desk(incidents=incidents()).frame(name)
    assert list(table.columns) == [one.name for one in FRAMES[name].columns]
    for column in FRAMES[name].columns:
        kind = str(table[column.name].dtype)
        if column.unit in COUNTED:
            assert kind == "Int64", column
        elif column.unit in (*DAYS, *INSTANTS):
            assert re.fullmatch(r"datetime64\[\w+(, UTC)?\]", kind), column
            assert ("UTC" in kind) == (column.unit in INSTANTS)


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_and_column_says_what_it_is(name: str) -> None:
    """One sentence for the frame; for each column a unit and its meaning; no column twice."""
    described = FRAMES[name]
    assert described.about.endswith(".")
    assert all(one.about for one in described.columns)
    assert len({one.name for one in described.columns}) == len(described.columns)
    assert set(described.glance) <= {one.name for one in described.columns}


def test_the_frames_of_a_desk_are_found_by_completion_and_by_name() -> None:
    """By key, by attribute and by method a frame is the same; the key is completed as it is typed."""
    desk = crossing().desk()
    assert desk.frames._ipython_key_completions_() == list(FRAMES) == list(desk.frames)
    assert "claims" in dir(desk.frames)
    assert "claims" in desk.frames
    assert "clams" not in desk.frames
    by_key, by_name, by_method = desk.frames["claims"], desk.frames.claims, desk.frame("claims")
    pd.testing.assert_frame_equal(by_key, by_method)
    pd.testing.assert_frame_equal(by_name, by_method)


def test_the_frames_shown_by_themselves_say_what_each_column_counts() -> None:
    """As text, and in a notebook to be unfolded; one frame's columns are a frame, too."""
    frames = crossing().desk().frames
    assert "low (people)" in repr(frames)
    shown = frames._repr_html_()
    assert shown.count("<details>") == len(FRAMES)
    assert "<code>killed_best</code>" in shown
    assert frames.columns("incidents").loc["latitude", "unit"] == "degrees"


def test_a_frame_that_is_none_is_answered_with_the_nearest() -> None:
    """Wherever the name is given."""
    desk = crossing().desk()
    for wrong in (desk.frame, desk.frames.__getitem__, desk.frames.columns):
        with pytest.raises(BriefingsError, match="did you mean 'claims'") as caught:
            wrong("clams")
        assert caught.value.error_code == "UNKNOWN_FRAME"
    with pytest.raises(AttributeError, match="did you mean 'claims'"):
        desk.frames.clams  # noqa: B018 -- it is the asking that fails


def test_a_row_is_called_by_its_id_so_that_it_is_known_after_any_step() -> None:
    """Filtered, sorted, with fewer columns: the label still says which row of the desk's it is."""
    desk = crossing().desk(incidents=incidents())
    rows = desk.frame("incidents").sort_values("killed_best", ascending=False)[["place", "killed_best"]].head(1)
    assert list(rows.index) == ["11"]
    assert rows.attrs == {"briefings": "incidents"}


# ── the usual questions ─────────────────────────────────────────────────────────────────────────────


def test_events_are_listed_by_day() -> None:
    """Each event once for each of its days within the period, with how much is known of it."""
    rows = crossing().desk().events_by_day()
    assert list(rows["day"].dt.date) == [SATURDAY] * len(rows)
    assert set(rows["event"]) == {one.id for one in crossing().desk().events()}
    assert rows["claims"].sum() >= 4
    assert crossing().desk(day=FRIDAY - timedelta(days=3)).events_by_day().empty


def test_figures_are_laid_out_by_group() -> None:
    """A group a row, an outcome a column; silence is said, never nought."""
    desk = crossing().desk()
    rows = desk.figures_by_group()
    assert rows.loc["state_forces", "killed"] == desk.figure("state_forces", "killed").text
    assert rows.loc["civilians", "killed"] == "not reported"
    whole = desk.figures_by_group(to_date=True)
    assert whole.loc["armed_group", "killed"] == desk.figure_to_date("armed_group", "killed").text


def test_claims_in_dispute_name_each_voice_with_its_number() -> None:
    """Two sides disagree on the guards killed: each is a row, with its words and its document."""
    rows = disputed().desk().disputed_claims()
    told = rows[rows["relation"] == "current"]
    assert {"the Haro Freedom Army", "the army"} <= set(told["voice"])
    assert set(told.loc[told["voice"] == "the Haro Freedom Army", "text"]) == {"58"}
    assert set(rows["outcome"]) == {"killed"}
    assert empty().desk().disputed_claims().empty


def test_incidents_are_counted_by_month_and_region() -> None:
    """Rows of one month in one region are one row; where none has an estimate there is none."""
    first, *_ = incidents()
    again = first.model_copy(update={"id": "7b", "killed_best": None, "killed_low": 3})
    other = first.model_copy(update={"id": "7c", "admin1": "Haro", "killed_best": None})
    rows = crossing().desk(incidents=[first, again, other]).incidents_by_month()
    assert list(rows["month"].dt.date) == [date(2030, 7, 1)] * 2
    haro, province = rows.to_dict("records")
    assert (province["admin1"], province["incidents"], province["killed_low"], province["killed_best"]) == (
        *("Haro province", 2, 10, 8),
    )
    assert haro["incidents"] == 1
    assert pd.isna(haro["killed_best"])


def risen() -> Maker:
    """The governor counts nine in the morning and twelve in the evening."""
    maker = Maker()
    for hour, word, count in ((6, "Nine", 9), (15, "Twelve", 12)):
        doc = maker.document(f"{word} civilians were killed in Haro on Saturday, the governor said.")
        at = datetime(2031, 5, 10, hour, tzinfo=UTC)
        maker.claim(doc, f"{word} civilians", count, "civilians", **{**GOVERNOR, "stated": at})
    return maker


def test_changes_are_told_since_an_instant_or_an_edition() -> None:
    """An edition is meant by its name; an instant without an offset is on the region's clock."""
    issued = {"haro-2031-05-10-1": datetime(2031, 5, 10, 8, tzinfo=UTC)}
    desk = replace(risen().desk(), issued=issued)
    steps = [("9", "12")]
    assert [(one.old, one.new) for one in desk.changes("haro-2031-05-10-1") if one.window == desk.period] == steps
    assert [(one.old, one.new) for one in desk.changes("2031-05-10T13:00") if one.window == desk.period] == steps
    assert desk.changes(datetime(2031, 5, 10, 16, tzinfo=UTC)) == ()
    assert len(desk.changes()) > len(desk.changes("haro-2031-05-10-1"))


@pytest.mark.parametrize(
    ("since", "told"),
    [
        ("haro-2031-05-10-2", "did you mean 'haro-2031-05-10-1'"),
        ("lately", "neither an edition of this brief nor an instant"),
        ("2031-05-11", "not before the desk's own instant"),
    ],
)
def test_what_changes_cannot_be_told_since_is_refused(since: str, told: str) -> None:
    """An edition that is not filed, a word, an instant to come."""
    desk = replace(risen().desk(), issued={"haro-2031-05-10-1": datetime(2031, 5, 10, 8, tzinfo=UTC)})
    with pytest.raises(ParameterError, match=told) as caught:
        desk.changes(since)
    assert caught.value.fix


@pytest.mark.parametrize(
    ("group", "outcome", "told"),
    [
        ("soldiers", "killed", "no group; did you mean 'state_forces'"),
        ("civilian", "killed", "did you mean 'civilians'"),
        ("civilians", "dead", "no outcome; did you mean 'killed'"),
        ("security_forces", "killed", "did you mean 'state_forces'"),
        ("Policemen", "killed", "did you mean 'state_forces'"),
        ("villagers", "killed", "did you mean 'civilians'"),
        ("people", "killed", "did you mean 'unknown'"),
        ("total", "killed", "did you mean 'unknown'"),
        ("civilians", "slain", "did you mean 'killed'"),
        ("civilians", "hostages", "did you mean 'abducted'"),
        ("civilians", "arrests", "did you mean 'detained'"),
        ("civilians", None, "None is no outcome"),
    ],
)
def test_a_cell_that_is_none_is_answered_with_what_was_meant(group: str, outcome: str, told: str) -> None:
    """A slip in a cell of the notebook is told in that cell."""
    desk = crossing().desk()
    for ask in (desk.figure, desk.figure_to_date):
        with pytest.raises(ParameterError, match=told):
            ask(group, outcome)  # type: ignore[arg-type]


# ── how they show themselves ────────────────────────────────────────────────────────────────────────


def test_nouns_show_themselves_as_a_table_and_stay_a_tuple() -> None:
    """What a desk gives is read at a glance, as text and in a notebook; nothing else about it is changed."""
    desk = crossing().desk(incidents=incidents())
    for held in (desk.figures(), desk.claims, desk.documents, desk.incidents, desk.months(), desk.changes()):
        assert isinstance(held, tuple)
        assert isinstance(held, Nouns)
        assert f"{len(held)} in all" in repr(held)
        assert "<table" in held._repr_html_()
    assert list(desk.figures().frame()["group"]) == [one.group for one in desk.figures()]
    assert repr(empty().desk().claims) == "none"


def test_of_no_nouns_the_frame_has_the_columns_of_their_kind() -> None:
    """A notebook that runs on a day without news names the same columns; a table of none says what it was told to."""
    desk = empty().desk()
    none = {
        "documents": desk.documents, "claims": desk.claims, "incidents": desk.incidents, "extents": desk.extents(),
        "figures": desk.wider_figures(), "changes": desk.changes(), "passages": desk.passages, "actors": desk.actors,
        "responsibilities": desk.responsibilities,
    }  # fmt: skip
    for name, held in none.items():
        assert held == ()
        assert list(held.frame().columns) == list(desk.frame(name).columns)
        assert copy.deepcopy(held).frame().equals(held.frame())
    made = table(desk, desk.incidents, slot="x", columns=["date_start", "killed_best"], empty="No rows.")
    assert text(made) == "No rows."


def test_of_very_many_nouns_some_are_shown() -> None:
    """A long list says how long it is, and where every one is held."""
    first, *_ = incidents()
    many = nouns((first.model_copy(update={"id": str(number)}) for number in range(SHOWN + 5)), "incidents")
    assert f"{SHOWN + 5} in all; .frame() holds every one" in repr(many)
    assert many._repr_html_().count("Ostin") == SHOWN
    assert len(many.frame()) == SHOWN + 5


def test_a_desk_of_a_workspace_knows_the_editions_of_its_brief(issued: Workspace) -> None:
    """What was filed can be looked back from by its name."""
    seen = desk_of_a_brief("balochistan", date="2026-02-01", workspace=issued)
    assert list(seen.issued) == [EDITION]
    assert {one.at > seen.issued[EDITION] for one in seen.changes(EDITION)} == {True}
