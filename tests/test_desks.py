"""The desk: what belongs to a region, what stood at an instant, and what it says of a wrong question."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.desks.opening import desk
from briefings.desks.regions import Watch, bare
from briefings.errors import BriefingsError, ConfigError, ParameterError
from briefings.model import Claim, Document, Incident, Passage, Reading, Review, Window

HARO = Region(id="haro", name="Haro", country="Tarland", timezone="Asia/Karachi", names=("Harow",), places=("Ostin",))
SALT = Region(id="salt", name="Salt Coast", country="Tarland", timezone="Asia/Karachi", places=("Port Vell", "Dune"))
DAY = date(2031, 5, 10)


def document(text: str, *, publisher: str = "Wire", day: date = DAY, title: str = "") -> Document:
    return Document.of(source="test", publisher=publisher, title=title, published_on=day, text=text)


def claim(doc: Document, quote: str, **fields: object) -> Claim:
    start = doc.text.index(quote)
    given = {"outcome": "killed", "group": "civilians", "low": 3, "high": 3, "modifier": "exact", "rule": "test"}
    return Claim.model_validate(
        {
            "id": f"{doc.id[:6]}-{start}",
            "document_id": doc.id,
            "publisher": doc.publisher,
            "stated_on": doc.published_on,
            "sentence": quote,
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            "date_from": DAY,
            "date_to": DAY,
            **given,
            **fields,
        }
    )


def incident(number: int, day: date, **fields: object) -> Incident:
    given = {"dataset": "ucdp-ged", "dataset_version": "31.1", "country": "Tarland", "admin1": "Haro province"}
    return Incident.model_validate({"id": str(number), "date_start": day, "date_end": day, **given, **fields})


@pytest.mark.parametrize(
    ("place", "sentence", "text", "ours"),
    [
        ("Ostin", "Three died.", "Three died.", True),
        ("southern Haro province", "Three died.", "Three died.", True),
        ("Port Vell", "Three died.", "Haro was calm.", False),
        ("Ostin, Haro", "Three died.", "Salt Coast first.", True),
        (None, "Three died in Dune.", "Haro. Three died in Dune.", False),
        (None, "Three died in Östin.", "Salt Coast. Three died in Östin.", True),
        (None, "Three died.", "In Haro, three died. Salt Coast was calm.", True),
        (None, "Three died.", "On the Salt Coast, three died. Haro was calm.", False),
        ("Lower and Harow", "Three died.", "Over the border: Lower and Harow.", False),
        ("Tarland", "Three died.", "Three died in Haro.", True),
        (None, "Three died.", "Three died.", False),
    ],
)
def test_a_statement_belongs_by_place_then_sentence_then_document(
    place: str | None, sentence: str, text: str, ours: bool
) -> None:
    """The nearest place named decides; a joint name is ours only if each part is."""
    watch = Watch(HARO, (SALT,))
    assert watch.belongs(document(text), sentence, place) is ours


def test_a_bare_place_has_no_case_accent_or_administrative_word() -> None:
    """Spellings of one place compare equal."""
    assert bare("the south-western Östin District") == bare("ostin") == "ostin"


def test_the_desk_keeps_only_what_is_the_regions() -> None:
    """Claims, passages and documents of another region are not on the desk."""
    ours = document("In Haro three civilians died.")
    theirs = document("On the Salt Coast three civilians died.")
    readings = {
        doc.id: Reading(
            document_id=doc.id,
            claims=(claim(doc, "three civilians died"),),
            passages=(
                Passage(
                    id=doc.id[:5], document_id=doc.id, kind="background", quote=doc.text, start=0, end=9, rule="test"
                ),
            ),
        )
        for doc in (ours, theirs)
    }
    seen = Desk.from_parts(
        HARO,
        Window(start=DAY, end=DAY),
        datetime(2031, 5, 10, 18, tzinfo=UTC),
        documents=(theirs, ours),
        readings=readings,
        incidents=(incident(1, DAY), incident(2, DAY, admin1="Salt Coast"), incident(3, DAY, admin1="", place="Ostin")),
        others=(HARO, SALT),
    )
    assert [one.id for one in seen.documents] == [ours.id]
    assert {one.document_id for one in seen.claims} == {ours.id}
    assert {one.document_id for one in seen.passages} == {ours.id}
    assert [one.id for one in seen.incidents] == ["1", "3"]


def small(**fields: object) -> Desk:
    doc = document("In Haro three civilians died.")
    reading = Reading(document_id=doc.id, claims=(claim(doc, "three civilians died"),))
    given: dict[str, object] = {"documents": (doc,), "readings": {doc.id: reading}, **fields}
    return Desk.from_parts(HARO, Window(start=DAY, end=DAY), datetime(2031, 5, 10, 18, tzinfo=UTC), **given)  # type: ignore[arg-type]


def test_a_cell_nobody_speaks_of_is_not_reported() -> None:
    """A figure is always given; silence is `not reported`, never zero."""
    seen = small()
    assert seen.figure("civilians", "killed").low == 3
    silent = seen.figure("state_forces", "injured")
    assert (silent.status, silent.low, silent.text) == ("not_reported", None, "not reported")
    other = seen.figure("civilians", "killed", window=(date(2031, 5, 1), date(2031, 5, 2)))
    assert other.status == "not_reported"


def test_months_end_with_the_month_of_the_period_and_hold_zeros() -> None:
    """Twelve months, each there, incidents without an estimate counted as incidents."""
    seen = small(
        incidents=(
            incident(1, date(2030, 6, 1), killed_best=4),
            incident(2, date(2031, 5, 9), killed_best=None),
            incident(3, date(2031, 5, 10), killed_best=2),
            incident(4, date(2030, 5, 31), killed_best=9),
        )
    )
    bars = seen.months()
    assert [bars[0].month, bars[-1].month, len(bars)] == [date(2030, 6, 1), date(2031, 5, 1), 12]
    assert [(bar.incidents, bar.killed) for bar in bars if bar.incidents] == [(1, 4), (2, 2)]
    with pytest.raises(ParameterError):
        seen.months(40)


def test_the_total_to_date_begins_with_the_first_issue() -> None:
    """`starts` comes from the brief, whatever the reports count."""
    settings = BriefConfig(id="b", title="B", region="haro", starts=date(2031, 5, 7))
    assert small(settings=settings).starts == date(2031, 5, 7)


def later(days: int, *told: tuple[str, dict[str, object]]) -> Desk:
    """Return the desk of a brief that begins on no day, some days after a report of each of these sentences."""
    day = DAY + timedelta(days=days)
    docs = [document(text) for text, _ in told]
    readings = {
        doc.id: Reading(document_id=doc.id, claims=(claim(doc, text, **more),))
        for doc, (text, more) in zip(docs, told, strict=True)
    }
    settings = BriefConfig(id="b", title="B", region="haro")
    at = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    return Desk.from_parts(HARO, Window(start=day, end=day), at, documents=docs, readings=readings, settings=settings)


def test_the_day_after_an_attack_its_toll_is_told_to_date() -> None:
    """Nobody said where the series starts: the total begins with the first day that the news counts anybody on."""
    seen = later(1, ("In Haro three civilians died.", {}))
    assert seen.figure("civilians", "killed").status == "not_reported", "nobody was counted on the day itself"
    assert (seen.starts, seen.figure_to_date("civilians", "killed").text) == (DAY, "3")
    assert [one.text for one in seen.previous_to_date() if one.status != "not_reported"] == ["3"]
    assert [one.window for one in seen.statements()] == [Window(start=DAY, end=DAY)]


def test_what_the_issue_before_printed_is_what_this_one_is_held_against() -> None:
    """An issue filed in the evening knew what came in by then, also where this one is made in the morning after."""
    told = document("In Haro three civilians died.")
    evening = datetime(2031, 5, 10, 18, tzinfo=UTC)
    count = claim(told, "In Haro three civilians died.").model_copy(update={"stated": evening - timedelta(hours=1)})
    seen = Desk.from_parts(
        HARO,
        Window(start=date(2031, 5, 11), end=date(2031, 5, 11)),
        datetime(2031, 5, 11, 6, tzinfo=UTC),
        documents=[told],
        readings={told.id: Reading(document_id=told.id, claims=(count,))},
        settings=BriefConfig(id="b", title="B", region="haro", starts=date(2031, 5, 10)),
    )
    filed = replace(seen, last_issue=evening)
    texts = [[each.text for each in one.previous_to_date() if each.status != "not_reported"] for one in (seen, filed)]
    assert texts == [[], ["3"]], "at six the day before nothing had been published yet"
    assert [len(one.changes()) > 0 for one in (seen, filed)] == [True, False]
    assert filed.view_sha256 != seen.view_sha256, "the two give different briefs"


def test_a_total_without_a_beginning_reaches_back_a_month_at_most() -> None:
    """Neither an old report, nor the past, nor a running total decides where the total begins."""
    assert later(29, ("In Haro three civilians died.", {})).starts == DAY
    assert later(30, ("In Haro three civilians died.", {})).starts == DAY + timedelta(days=30)
    year = {"date_from": date(2031, 4, 20), "scope": "cumulative"}
    raid = {"date_from": date(2031, 4, 20), "date_to": date(2031, 4, 20), "scope": "background"}
    told = (("In Haro nine have died since April.", year), ("In Haro a raid killed two in April.", raid))
    assert later(1, ("In Haro three civilians died.", {}), *told).starts == DAY


@pytest.mark.parametrize("name", ["documents", "claims", "passages", "incidents", "figures", "changes", "months"])
def test_frames_have_their_documented_columns_even_when_empty(name: str) -> None:
    """A frame has the same columns and kinds whether or not it has rows."""
    from briefings.desks.frames import COLUMNS

    full, empty = small(incidents=(incident(1, DAY, killed_best=4),)), Desk.from_parts(HARO, *_nothing())
    assert tuple(full.frame(name).columns) == COLUMNS[name] == tuple(empty.frame(name).columns)
    if name in ("claims", "figures"):
        assert str(full.frame(name)["low"].dtype) == "Int64"


def _nothing() -> tuple[Window, datetime]:
    return Window(start=DAY, end=DAY), datetime(2031, 5, 10, 18, tzinfo=UTC)


def test_an_unknown_frame_is_named_with_those_there_are() -> None:
    """A mistyped frame is an error, not an empty table."""
    with pytest.raises(BriefingsError, match="claims"):
        small().frame("clams")


def test_the_view_digest_tells_desks_apart() -> None:
    """The same view has the same digest, one document or incident more another."""
    assert small().view_sha256 == small().view_sha256
    assert small().view_sha256 != small(incidents=(incident(1, DAY),)).view_sha256


def test_a_desk_says_what_it_is() -> None:
    """The repr names region, day and how much is on the desk."""
    text = repr(small())
    assert "Haro" in text
    assert "2031-05-10" in text
    assert "claims 1" in text
    assert "<table>" in small()._repr_html_()


# ── from a workspace ────────────────────────────────────────────────────────────────────────────────

TOML = """
[workspace]
name = "W"
store = "sqlite:///store.db"

[briefs.haro]
title = "Haro"
region = "haro"
starts = 2031-05-09

[regions.haro]
name = "Haro"
country = "Tarland"
timezone = "Asia/Karachi"
places = ["Ostin"]
"""


@pytest.fixture
def space(tmp_path):  # type: ignore[no-untyped-def]
    from briefings.core.config import load
    from briefings.storage.store import Store

    (tmp_path / "briefings.toml").write_text(TOML, encoding="utf-8")
    space = load(tmp_path)
    first = document("In Haro three civilians died.", day=DAY)
    late = document("In Haro four civilians died.", day=date(2031, 5, 11))
    with Store.open(space.store) as store:
        for hour, doc in ((1, first), (2, late)):
            at = datetime(2031, 6, 1, hour, tzinfo=UTC)
            store.add_document(doc, at=at)
            quote = doc.text.removeprefix("In Haro ").rstrip(".")
            low = 3 if "three" in quote else 4
            reading = Reading(document_id=doc.id, claims=(claim(doc, quote, low=low, high=low),))
            store.add_reading(reading, extractor="test", at=at)
    return space


@pytest.mark.parametrize(
    ("named", "iso", "meant"),
    [
        ("Niassa", "MZ-NI", "did you mean 'MZ-A'?"),
        ("Haro", "mz-n", "did you mean 'MZ-N'?"),
        ("Haro", "NZM", "did you mean 'NZ'?"),
        ("Haro", "?", "knows no code '?'"),
    ],
)
def test_a_code_that_is_none_is_refused_where_it_was_set(tmp_path: Path, named: str, iso: str, meant: str) -> None:
    """A slip in `iso` would watch no place on earth: file, line and key are told, with the code that was meant."""
    told = TOML.replace('country = "Tarland"', f'country = "Mozambique"\niso = "{iso}"').replace('"Haro"', f'"{named}"')
    (tmp_path / "briefings.toml").write_text(told, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        desk("haro", date="2031-05-10", workspace=tmp_path)
    assert caught.value.error_code == "UNKNOWN_ISO"
    assert caught.value.where == f"{tmp_path}/briefings.toml:14"
    assert "regions.haro.iso" in str(caught.value)
    assert meant in str(caught.value)


def test_a_desk_sees_what_was_published_by_as_of(space) -> None:  # type: ignore[no-untyped-def]
    """A report of the next day is not on the desk of the day, unless the desk looks from later."""
    assert [one.low for one in desk("haro", date="2031-05-10", workspace=space).claims] == [3]
    later = desk("haro", date="2031-05-10", as_of="2031-05-12T09:00", workspace=space)
    assert sorted(one.low or 0 for one in later.claims) == [3, 4]
    assert later.as_of.utcoffset() == datetime(2031, 5, 12, tzinfo=HARO.zone).utcoffset()


def test_a_desk_sees_what_was_recorded_by(space) -> None:  # type: ignore[no-untyped-def]
    """What was collected later can be left out, so a past brief can be made again."""
    seen = desk(
        "haro",
        date="2031-05-10",
        as_of="2031-05-12T09:00",
        recorded_by=datetime(2031, 6, 1, 1, 30, tzinfo=UTC),
        workspace=space,
    )
    assert [one.low for one in seen.claims] == [3]


def test_the_default_as_of_is_the_end_of_the_local_day(space) -> None:  # type: ignore[no-untyped-def]
    """No clock is asked: the end of the day, in the region's zone."""
    seen = desk(date="2031-05-10", as_of="", workspace=space)
    assert seen.as_of == datetime(2031, 5, 10, 23, 59, tzinfo=HARO.zone)
    assert seen.brief == "haro"
    assert seen.starts == date(2031, 5, 9)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "DESK_DATE"),
        ({"date": ""}, "DESK_DATE"),
        ({"date": "31/01/2026"}, "DESK_DATE"),
        ({"date": 20310510}, "DESK_DATE"),
        ({"date": "2031-05-10", "as_of": "soon"}, "DESK_INSTANT"),
        ({"date": "2031-05-10", "recorded_by": "soon"}, "DESK_INSTANT"),
        ({"brief": "harow", "date": "2031-05-10"}, "UNKNOWN_BRIEF"),
    ],
)
def test_a_wrong_argument_is_one_clear_error(space, given: dict[str, object], code: str) -> None:  # type: ignore[no-untyped-def]
    """What, why and what to do, before anything is read."""
    with pytest.raises(BriefingsError) as caught:
        desk(**{"brief": "haro", "workspace": space, **given})
    assert caught.value.error_code == code
    assert caught.value.fix


@pytest.mark.parametrize(("day", "before"), [(8, "4"), (9, "4"), (10, "9"), (12, "9")])
def test_a_review_does_not_rewrite_the_previous_issue(day: int, before: str) -> None:
    """Only what people had said by the previous issue is in its total; the step stands in the change log."""
    eve = date(2031, 5, 9)
    told = document("Nine civilians were killed in Haro on Friday, the army said.", day=eve)
    nine = claim(told, "Nine civilians", low=9, high=9, date_from=eve, date_to=eve, place="Haro")
    four = nine.model_copy(update={"low": 4, "high": 4})
    at = datetime(2031, 5, day, 8, tzinfo=UTC)
    review = Review(id="r", verdict="correct", subject=nine.id, claims=(nine,), readings=(four,), by="R. Okafor", at=at)
    seen = Desk.from_parts(
        HARO,
        Window(start=DAY, end=DAY),
        datetime(2031, 5, 10, 18, 59, tzinfo=UTC),
        documents=[told],
        readings={told.id: Reading(document_id=told.id, claims=(nine,))},
        settings=BriefConfig(id="haro", type="daily", title="Haro", region="haro", starts=date(2031, 5, 8)),
        reviews=[review],
    )
    assert seen.figure_to_date("civilians", "killed").text == "4"
    (previous,) = (one for one in seen.previous_to_date() if (one.group, one.outcome) == ("civilians", "killed"))
    assert previous.text == before
    steps = [(one.old, one.new, one.by) for one in seen.changes()]
    assert steps == ([("9", "4", "R. Okafor")] if before == "9" else [])
