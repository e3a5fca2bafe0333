"""Sections made by the builders: attributed, by reference, honest about silence, neutral between sides."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from briefings import builders
from briefings.building import tolls
from briefings.charts import charts
from briefings.core.languages import language
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.desks.wording import who
from briefings.errors import BriefingsError
from briefings.layout.contents import has_content
from briefings.model import Claim, Document, Incident, Passage, Reading, Responsibility, Window
from briefings.notebook.brief import Brief, Masthead, load_type
from briefings.notebook.cells import read_notebook
from briefings.notebook.notebook import check_notebook
from briefings.page import words
from briefings.proof.check import BOTTOM_LINE_WORDS, ITEM_WORDS, bottom_line_words, check, length
from briefings.reconciling.phrasing import phrase_claim
from briefings.sections import Section, runs_of

FRIDAY, SATURDAY = date(2031, 5, 9), date(2031, 5, 10)
HARO = Region(id="haro", name="Haro", country="Tarland", timezone="Asia/Karachi", places=("Ostin", "Vell"))
SETTINGS = BriefConfig(id="haro", title="Haro: armed attacks", region="haro", starts=FRIDAY)
AUTHORED = ("items", "notice", "prose", "table")
"""Builders that take what an author gives them: tests/test_authored.py and tests/test_tabled.py are about these."""
EVERY: dict[str, Callable[..., Section]] = {
    name: getattr(builders, name) for name in builders.__all__ if name not in AUTHORED
}
KINDS = {
    "changes": "table",
    "earlier_incidents": "table",
    "impact": "items",
    "location_map": "map",
    "location_table": "table",
    "outlook": "prose",
    "background_items": "items",
    "bottom_line": "prose",
    "casualty_table": "table",
    "claims_chart": "chart",
    "competing_claims": "table",
    "context_chart": "chart",
    "developments": "items",
    "gaps": "items",
    "key_figures": "tiles",
    "responsibility": "items",
    "sources_list": "sources",
    "timeline": "timeline",
    "timeline_chart": "chart",
    "toll_chart": "chart",
}

SLOTS = {
    "background_items": "background",
    "bottom_line": "bottom_line",
    "casualty_table": "casualties",
    "claims_chart": "claims_chart",
    "competing_claims": "competing",
    "context_chart": "context",
    "developments": "developments",
    "gaps": "gaps",
    "key_figures": "key_figures",
    "responsibility": "responsibility",
    "sources_list": "sources",
    "timeline": "timeline",
    "changes": "changes",
    "earlier_incidents": "incidents",
    "impact": "impact",
    "location_map": "map",
    "location_table": "locations",
    "outlook": "outlook",
    "timeline_chart": "timeline_chart",
    "toll_chart": "toll_chart",
}

ARTICLE = """Haro: dozens dead as raiders cross the lake
In June 2030, raiders drowned dozens of herders at the same ferry landing.
The Haro Freedom Army (HFA) claimed responsibility in a radio broadcast.
The navy sank four boats on Friday and counted 26 raiders dead.
By midnight more than 40 terrorists had been killed in two days, Border Commissioner Ilan Reed told reporters.
Governor Ada Voss put Saturday's dead at six border guards and 19 raiders.
Officials in Ostin spoke of 19 gunmen, too, and of at least six guards.
Boats landed at five places within the hour, said the harbour master, Oda Lind.
The lake has no bridge, and its villages have been without a garrison for years."""


class Maker:
    """Makes documents and the statements in them, from short stories."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.readings: dict[str, Reading] = {}

    def document(self, text: str, *, publisher: str = "Wire", day: date = SATURDAY) -> Document:
        """Add a report."""
        made = Document.of(source="test", publisher=publisher, title=text.splitlines()[0], published_on=day, text=text)
        self.documents.append(made)
        self.readings[made.id] = Reading(document_id=made.id)
        return made

    def _placed(self, doc: Document, quote: str) -> dict[str, Any]:
        start = doc.text.index(quote)
        sentence = next(line for line in doc.text.splitlines() if quote in line)
        return {
            "id": f"{doc.id[:8]}{start:04d}{len(quote):04d}",
            "document_id": doc.id,
            "publisher": doc.publisher,
            "stated_on": doc.published_on,
            "stated": datetime(doc.published_on.year, doc.published_on.month, doc.published_on.day, 9, tzinfo=UTC)
            if doc.published_on
            else None,
            "quote": quote,
            "sentence": sentence,
            "start": start,
            "end": start + len(quote),
            "rule": "test",
        }

    def claim(self, doc: Document, quote: str, low: int | None, group: str, **fields: Any) -> Claim:
        """Add a count read from a report."""
        given = {"outcome": "killed", "high": low, "modifier": "exact", "date_from": SATURDAY, "date_to": SATURDAY}
        made = Claim.model_validate({**self._placed(doc, quote), "low": low, "group": group, **given, **fields})
        self._add(doc, "claims", made)
        return made

    def passage(self, doc: Document, quote: str, kind: str, **fields: Any) -> None:
        """Add a sentence kept for what it says."""
        placed = self._placed(doc, quote)
        placed.pop("sentence")
        self._add(doc, "passages", Passage.model_validate({**placed, "kind": kind, **fields}))

    def responsibility(self, doc: Document, quote: str, group: str, **fields: Any) -> None:
        """Add a claim of responsibility."""
        made = Responsibility.model_validate({**self._placed(doc, quote), "group": group, **fields})
        self._add(doc, "responsibilities", made)

    def _add(self, doc: Document, name: str, made: Any) -> None:
        old = self.readings[doc.id]
        self.readings[doc.id] = old.model_copy(update={name: (*getattr(old, name), made)})

    def desk(self, **fields: Any) -> Desk:
        """Return the desk of Saturday, or of the days from `start` to `day`."""
        given = {"documents": self.documents, "readings": self.readings, "settings": SETTINGS, **fields}
        day = given.pop("day", SATURDAY)
        start = given.pop("start", day)
        as_of = datetime(day.year, day.month, day.day, 23, 59, tzinfo=HARO.zone)
        return Desk.from_parts(HARO, Window(start=start, end=day), as_of, **given)


GOVERNOR = {"claimant": "Ada Voss", "office": "Governor", "claimant_kind": "government"}
OFFICIALS = {"claimant": "officials", "claimant_kind": "government"}
NAVY = {"claimant": "The navy", "claimant_kind": "military"}
COMMISSIONER = {"claimant": "Ilan Reed", "office": "Border Commissioner", "claimant_kind": "government"}
REBELS = {"claimant": "Haro Freedom Army", "claimant_kind": "armed_group"}


def crossing() -> Maker:
    """One article: the day before, two days together, the day by a governor and by officials, who claims it."""
    maker = Maker()
    doc = maker.document(ARTICLE)
    maker.claim(
        doc, "dozens of herders", 12, "civilians", high=None, modifier="vague", scope="background",
        group_text="herders", date_from=date(2030, 6, 1), date_to=date(2030, 6, 30),
    )  # fmt: skip
    maker.responsibility(
        doc, "claimed responsibility", "Haro Freedom Army (HFA)", medium="radio broadcast",
        date_from=SATURDAY, date_to=SATURDAY,
    )  # fmt: skip
    maker.claim(
        doc, "26 raiders", 26, "armed_group", group_text="raiders",
        **{**NAVY, "date_from": FRIDAY, "date_to": FRIDAY},
    )  # fmt: skip
    maker.claim(
        doc, "more than 40 terrorists", 41, "armed_group", high=None, modifier="more_than", group_text="terrorists",
        scope="cumulative", **{**COMMISSIONER, "date_from": FRIDAY},
    )  # fmt: skip
    maker.claim(doc, "six border guards", 6, "state_forces", group_text="border guards", **GOVERNOR)
    maker.claim(doc, "19 raiders", 19, "armed_group", group_text="raiders", **GOVERNOR)
    maker.claim(doc, "19 gunmen", 19, "armed_group", group_text="gunmen", **OFFICIALS)
    maker.claim(
        doc, "at least six guards", 6, "state_forces", high=None, modifier="at_least", group_text="guards", **OFFICIALS
    )
    maker.passage(doc, ARTICLE.splitlines()[7], "simultaneity", date_from=SATURDAY, date_to=SATURDAY)
    maker.passage(doc, ARTICLE.splitlines()[8], "background")
    return maker


def empty() -> Maker:
    """Nothing at all was collected."""
    return Maker()


def disputed() -> Maker:
    """Two sides, two offices of one of them, three outlets."""
    maker = crossing()
    other = maker.document("In Haro on Saturday the army said 8 soldiers were killed.", publisher="Gazette")
    maker.claim(other, "8 soldiers", 8, "state_forces", group_text="soldiers", claimant="the army",
                claimant_kind="military")  # fmt: skip
    third = maker.document("The Haro Freedom Army said it killed 58 soldiers in Haro on Saturday.", publisher="Tribune")
    maker.claim(third, "58 soldiers", 58, "state_forces", group_text="soldiers", **REBELS)
    again = maker.document("The Haro Freedom Army said 58 soldiers were killed in Haro.", publisher="Echo")
    maker.claim(again, "58 soldiers", 58, "state_forces", group_text="soldiers", **REBELS)
    return maker


def lone() -> Maker:
    """One source, one person, in the outlet's own voice."""
    maker = Maker()
    doc = maker.document("A civilian was killed in Ostin, Haro, on Saturday.", publisher="Gazette")
    maker.claim(doc, "A civilian", 1, "civilians", group_text="civilian", place="Ostin")
    return maker


STORIES: dict[str, Callable[[], Maker]] = {"crossing": crossing, "empty": empty, "disputed": disputed, "lone": lone}


def plain(runs: Any, section: Section) -> str:
    """Return runs as a reader sees them."""
    figures = {one.id: one for one in section.figures}
    claims = {one.id: one for one in section.claims}
    out = ""
    for run in runs:
        match run.t:
            case "text" | "name":
                out += run.text
            case "figure":
                out += figures[run.figure].text
            case "claim":
                out += phrase_claim(claims[run.claim])
            case "quote":
                out += f"“{run.text}”"
            case "day":
                out += words.days(run.start, run.end, form=run.form, named=run.weekday)
            case "moment":
                out += words.moment(run.at)
            case "cite":
                out += f" [{len(run.documents)}]"
            case "datum" | "computed":
                out += str(run.value)
    return out


def text(section: Section) -> str:
    """Return a whole section as plain lines."""
    body = section.body
    match section.kind:
        case "prose":
            return "\n".join(plain(one, section) for one in body.paragraphs)
        case "items":
            return "\n".join(plain(one.runs, section) for one in body.items) or body.empty
        case "tiles":
            figures = {one.id: one for one in section.figures}
            changes = {tile.figure: "; ".join(plain(line, section) for line in tile.change) for tile in body.tiles}
            return "\n".join(
                f"{tile.label}: {figures[tile.figure].text} ({'; '.join(tile.claimants)}) {changes[tile.figure]}"
                for tile in body.tiles
            )
        case "table":
            rows = [" | ".join(plain(cell, section) for cell in row.cells) for row in body.rows]
            return "\n".join([*rows, plain(body.note, section)] if rows else [body.empty])
        case "timeline":
            return "\n".join(f"{one.day} {plain(one.runs, section)}" for one in body.entries) or body.empty
        case "chart":
            return f"{body.message} {plain(body.source, section)}"
    return "\n".join([*(one.title for one in body.sources), *body.datasets, *body.method])


def incidents() -> list[Incident]:
    return [
        Incident(
            id=str(month), dataset="ucdp-ged", dataset_version="31.1", date_start=date(2030, month, 3),
            date_end=date(2030, month, 3), country="Tarland", admin1="Haro province", place="Ostin",
            actor_a="Government of Tarland", actor_b="HFA", killed_low=month, killed_best=month + 1,
            killed_high=month + 4,
        )
        for month in (7, 9, 11)
    ]  # fmt: skip


# ── every builder, every story ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("name", EVERY)
def test_a_section_is_valid_by_the_contract(name: str, story: str) -> None:
    """Its kind is the slot's, nothing in it dangles, and it survives being written and read as JSON."""
    section = EVERY[name](STORIES[story]().desk(incidents=incidents()), slot="somewhere")
    assert section.kind == KINDS[name]
    assert section.slot == "somewhere"
    again = Section.model_validate(json.loads(json.dumps(section.payload())))
    assert again.sha256 == section.sha256


@pytest.mark.parametrize("story", STORIES)
def test_a_brief_of_these_sections_passes_the_checks(story: str) -> None:
    """Nothing stops publication, and nothing is warned of, with a year of context at hand."""
    desk = STORIES[story]().desk(incidents=incidents())
    sections = tuple(make(desk, slot=SLOTS[name]) for name, make in EVERY.items())
    masthead = Masthead(
        series="Haro",
        title="Haro: armed attacks",
        kind="Daily",
        edition_id="haro-1",
        as_of=desk.as_of,
        timezone=HARO.timezone,
        region=HARO.name,
        period=desk.period,
    )
    found = check(Brief(masthead=masthead, sections=sections))
    assert [f"{one.code}: {one.message}" for one in found if one.level != "note"] == []


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("name", EVERY)
def test_words_of_ours_hold_no_digit(name: str, story: str) -> None:
    """Labels, columns, messages and empty forms are words; numbers are runs."""
    section = EVERY[name](STORIES[story]().desk(incidents=incidents()))
    body = section.body
    ours = [section.title, getattr(body, "empty", ""), getattr(body, "message", "")]
    ours += [tile.label for tile in getattr(body, "tiles", ())]
    ours += [column.label for column in getattr(body, "columns", ())]
    ours += list(getattr(body, "method", ()))
    assert [line for line in ours if isinstance(line, str) and re.search(r"\d", line)] == []


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("name", EVERY)
def test_every_document_cited_is_described(name: str, story: str) -> None:
    """A brief can be put together from its sections alone."""
    section = EVERY[name](STORIES[story]().desk())
    described = {one.document for one in section.documents}
    cited = {key for run in runs_of(section.body) if run.t == "cite" for key in run.documents}
    cited |= {run.document for run in runs_of(section.body) if run.t == "quote"}
    assert cited <= described


@pytest.mark.parametrize("name", EVERY)
def test_the_same_desk_gives_the_same_section(name: str) -> None:
    """Made twice, from stories told in another order, a section has the same digest."""
    one, other = disputed(), disputed()
    other.documents.reverse()
    other.readings = dict(reversed(other.readings.items()))
    assert EVERY[name](one.desk()).sha256 == EVERY[name](other.desk()).sha256


@pytest.mark.parametrize("name", EVERY)
def test_what_is_not_a_desk_is_refused_in_the_cell(name: str) -> None:
    """The error names the builder and what it was given."""
    with pytest.raises(BriefingsError, match=rf"{name}\(\) needs a desk first, not dict"):
        EVERY[name]({}, slot="x")
    with pytest.raises(BriefingsError, match="slot="):
        EVERY[name](empty().desk(), slot="")


@pytest.mark.parametrize("name", [name for name in EVERY if name not in ("sources_list", "gaps", "key_figures")])
def test_an_empty_period_says_so(name: str) -> None:
    """Where the sources say nothing the section says that if it matters, else it is not printed; no number stands."""
    section = EVERY[name](empty().desk())
    silent = not has_content(section)
    assert silent == (name not in ("bottom_line", "casualty_table", "developments"))
    said = "" if silent else text(section).lower()
    assert silent or re.search(r"no information|no claim|no incidents|not reported", said), said
    assert "killed in" not in said.replace("no information", "")


@pytest.mark.parametrize("story", ["crossing", "disputed", "lone"])
@pytest.mark.parametrize("name", ["bottom_line", "developments", "timeline"])
def test_every_toll_stands_beside_its_claimant(name: str, story: str) -> None:
    """Each sentence with a count of people also holds the name of a voice that gave it, and a citation."""
    section = EVERY[name](STORIES[story]().desk())
    claims = {one.id: one for one in section.claims}
    figures = {one.id: one for one in section.figures}
    for runs in _sentences(section):
        counted = [claims[run.claim] for run in runs if run.t == "claim"]
        counted += [claims[key] for run in runs if run.t == "figure" for key in figures[run.figure].claims[:1]]
        names = " ".join(run.text for run in runs if run.t == "name").casefold()
        for claim in counted:
            said_by = (claim.claimant or claim.publisher).casefold()
            voices = {(one.claimant or one.publisher).casefold() for one in section.claims}
            assert said_by in names or any(voice in names for voice in voices)
        if counted:
            assert any(run.t == "cite" for run in runs)


def _sentences(section: Section) -> list[list[Any]]:
    body = section.body
    wholes = [*getattr(body, "paragraphs", ())]
    wholes += [one.runs for one in (*getattr(body, "items", ()), *getattr(body, "entries", ()))]
    out: list[list[Any]] = []
    for whole in wholes:
        out.append([])
        for run in whole:
            out[-1].append(run)
            if run.t == "text" and run.text.rstrip().endswith("."):
                out.append([])
    return out


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("name", EVERY)
def test_loaded_words_appear_only_in_quotation(name: str, story: str) -> None:
    """`terrorists` is a claimant's word: plain words stand for it outside quotation marks and titles."""
    section = EVERY[name](STORIES[story]().desk())
    ours = [run.text for run in runs_of(section.body) if run.t in ("text", "name")]
    assert not [line for line in ours if re.search(r"terroris|martyr", line, re.IGNORECASE)]


# ── the story of the crossing, sentence by sentence ────────────────────────────────────────────────────────


def test_the_bottom_line_gives_what_who_and_what_is_not_known() -> None:
    """Place, day, responsibility, each toll with its office, and the silence on civilians and injured."""
    said = text(builders.bottom_line(crossing().desk()))
    assert said.startswith("Violence was reported in Haro (Tarland) on Saturday 10 May 2031")
    assert "the Haro Freedom Army (HFA) claimed responsibility in a radio broadcast" in said
    assert "According to Governor Ada Voss, 6 security personnel and 19 militants were killed" in said
    assert "Border Commissioner Ilan Reed said more than 40 militants were killed" in said
    assert "No source counts civilians killed or people injured" in said
    assert "one side" in said
    assert len(re.sub(r"\[\d\]", "", said).split()) <= 85


def test_key_figures_show_silence_as_tiles() -> None:
    """Civilians and injured stand as not reported; the two days have their own tile."""
    lines = text(builders.key_figures(crossing().desk())).splitlines()
    assert 4 <= len(lines) <= 6
    assert lines[0].startswith("Security personnel killed: 6 (")
    assert lines[1].startswith("Militants killed: 19 (")
    assert lines[2].startswith("Civilians killed: not reported ()")
    assert lines[3].startswith("Injured: not reported ()")
    assert lines[4].startswith("Militants killed, two days: more than 40 to 45 (")


def test_a_number_that_stands_in_a_tile_already_gets_no_second_one() -> None:
    """Of "17 or 84", "84, two days" repeats one voice; a number of its own, or of other people, does not."""
    day = crossing().desk().figure("armed_group", "killed").model_copy(update={"low": 17, "high": 84})
    wide = day.model_copy(update={"low": 84, "high": 84})
    assert tolls._told_by(wide, [day])
    assert not tolls._told_by(wide.model_copy(update={"low": 90, "high": 90}), [day])
    assert not tolls._told_by(wide.model_copy(update={"group": "civilians"}), [day])


def test_developments_are_one_bullet_an_office() -> None:
    """Officials who only repeat the governor do not get a bullet of their own; the day before comes last."""
    lines = text(builders.developments(crossing().desk())).splitlines()
    assert 4 <= len(lines) <= 7
    assert lines[0] == "Governor Ada Voss said 6 border guards and 19 militants were killed on 10 May 2031 [1]."
    assert lines[1] == "Border Commissioner Ilan Reed said more than 40 militants were killed over 9–10 May 2031 [1]."
    assert not [line for line in lines if line.startswith("Officials")]
    assert lines[-1] == "The navy said 26 militants were killed on 9 May 2031 [1]."


def test_outlets_that_carry_one_office_make_one_bullet() -> None:
    """Two outlets with the same word of the same group are one bullet with two citations."""
    section = builders.developments(disputed().desk())
    said = [line for line in text(section).splitlines() if "58" in line]
    assert said == ["The Haro Freedom Army said 58 soldiers were killed on 10 May 2031 [2]."]


def test_the_casualty_table_keeps_silence_windows_and_sums_apart() -> None:
    """Unreported rows stay; the two days are a row of their own, their computed end with its terms."""
    section = builders.casualty_table(crossing().desk())
    lines = text(section).splitlines()
    rows = [line.split(" | ") for line in lines if " | " in line]
    heads = [row[0] for row in rows]
    assert heads == [
        "Security personnel killed",
        "Militants killed",
        "9–10 May together",
        "Civilians killed",
        "Injured, any group",
    ]
    assert rows[1][1] == "19"
    assert rows[2][1] == "more than 40 to 45"
    assert rows[3][1] == rows[3][2] == rows[4][1] == "not reported"
    assert rows[0][6] == "Claimed, one side"
    assert "45 is computed, no source states it" in lines[-1]
    assert "26 (the navy) + 19 (" in lines[-1]
    for never in ("25", "59", "66", "85"):  # 6 + 19, 19 + 40, 26 + 40, 26 + 19 + 40
        assert never not in text(section)


def test_competing_claims_say_how_each_relates() -> None:
    """The wider word contains the narrower ones; nobody's figure corrects another's."""
    lines = text(builders.competing_claims(crossing().desk())).splitlines()
    commissioner = next(line for line in lines if line.startswith("Border Commissioner"))
    assert "Covers two days, so it contains the count of" in commissioner
    assert "never added" in commissioner
    navy = next(line for line in lines if line.startswith("The navy"))
    assert "Lies within the two days of Border Commissioner Ilan Reed" in navy
    beside = text(builders.competing_claims(disputed().desk()))
    assert "speaking for another side; neither corrects the other" in beside


def test_responsibility_is_a_claim_never_a_finding() -> None:
    """Group, channel and the verbatim sentence; said to be the claimant's own word."""
    said = text(builders.responsibility(crossing().desk()))
    assert said.startswith("Claim: The Haro Freedom Army (HFA) claimed responsibility in a radio broadcast")
    assert "“The Haro Freedom Army (HFA) claimed responsibility in a radio broadcast.”" in said
    assert "not a finding of this brief" in said


def test_background_is_dated_sourced_and_outside_the_toll() -> None:
    """The drownings of June 2030 are background; no table, tile or bottom line holds it."""
    desk = crossing().desk(incidents=incidents())
    said = text(builders.background_items(desk))
    assert said.startswith("June 2030, Wire: ")
    assert "“In June 2030, raiders drowned dozens of herders at the same ferry landing.”" in said
    assert "holds 3 incidents in Haro with 30 killed by best estimates" in said
    for name in ("casualty_table", "key_figures", "bottom_line", "competing_claims", "timeline"):
        assert "dozens" not in text(EVERY[name](desk)).lower()


def test_the_chart_says_what_it_shows() -> None:
    """The message is drawn from the bars; no bar stands outside the rows held; dataset and last row are named."""
    section = builders.context_chart(crossing().desk(incidents=incidents()))
    assert [bar.month.month for bar in section.body.bars] == [7, 8, 9, 10, 11]
    assert charts.message(section.body) == "Deaths in recorded incidents were highest in November."
    assert "UCDP" in section.body.dataset


def test_gaps_name_the_silence_and_the_one_side() -> None:
    """Civilians, injured, places, one side, the age of the data, the standing caveat."""
    said = text(builders.gaps(crossing().desk(incidents=incidents())))
    assert "No source used gives a number of civilians killed or of people injured for 10 May 2031" in said
    assert "one side" in said
    assert "no toll in the sources used is tied to a place within haro" in said.lower()
    assert "the last incident held for the region is of 3 November 2030" in said
    assert "not verified" in said


def test_a_report_without_a_day_is_named_as_missing() -> None:
    """Its title stands among what is not known; a report of another region does not."""
    bare = {"published": None, "published_on": None}
    kept = [one.model_copy(update=bare) for one in crossing().documents[:1]]
    other = kept[0].model_copy(update={"id": "f" * 32, "title": "Nothing", "text": "Nothing happened anywhere."})
    said = text(builders.gaps(crossing().desk(undated=[*kept, other])))
    assert f"One document gives no day of publication: “{kept[0].title}”. It is left out of every issue" in said


def test_who_repeats_a_former_number_is_not_named_with_the_new_one() -> None:
    """Officials who give the governor's nine are no voice of the army's 13, in tile, table or sources."""
    maker = Maker()
    doc = maker.document("Nine guards, later 13 guards, died in Haro.")
    other = maker.document("Officials in Haro spoke of nine guards.", publisher="Gazette")
    army = {"claimant": "the army", "claimant_kind": "military"}
    maker.claim(doc, "Nine guards", 9, "state_forces", **GOVERNOR)
    maker.claim(doc, "13 guards", 13, "state_forces", **army)
    maker.claim(other, "nine guards", 9, "state_forces", **OFFICIALS)
    desk = maker.desk()
    tile = builders.key_figures(desk).body.tiles[0]
    assert tile.claimants == ("the army",)
    assert [one.relation for one in desk.figure("state_forces", "killed").positions].count("repeats") == 1


def test_a_total_leads_its_groups() -> None:
    """Who says 9 died, 4 guards and 3 others of them known, is printed with the 9 first, in line, tile and table."""
    maker = Maker()
    doc = maker.document("Nine people died in Ostin. Four guards and two traders died, the mayor of Ostin said.")
    who = {"claimant": "the mayor of Ostin", "claimant_kind": "government", "place": "Ostin"}
    maker.claim(doc, "Nine people", 9, "unknown", **who)
    maker.claim(doc, "Four guards", 4, "state_forces", **who)
    maker.claim(doc, "two traders", 2, "civilians", **who)
    desk = maker.desk()
    assert "9 people were killed (by group, " in text(builders.bottom_line(desk))
    assert "9" in text(builders.key_figures(desk)).splitlines()[0]
    assert "9 people were killed (by group, " in text(builders.developments(desk))


def test_people_of_no_group_on_a_day_of_no_group_s_dead_are_told_besides() -> None:
    """Five of Friday are none of Saturday's forty soldiers, though they are fewer; on one day they may be."""
    for day, besides in ((FRIDAY, True), (SATURDAY, False)):
        maker = Maker()
        doc = maker.document("Five people died in Ostin. 40 guards died in Haro, the governor said.")
        maker.claim(doc, "Five people", 5, "unknown", **GOVERNOR, date_from=day, date_to=day)
        maker.claim(doc, "40 guards", 40, "state_forces", **GOVERNOR)
        told = text(builders.bottom_line(maker.desk(start=FRIDAY)))
        assert ("5 people" in told) is besides, told
        assert "by group" not in told


def test_a_single_person_is_singular_and_an_outlet_reports() -> None:
    """`1 civilian was killed`, attributed to the outlet that says so in its own voice."""
    said = text(builders.developments(lone().desk()))
    assert said == "Gazette reported that 1 civilian was killed in Ostin on 10 May 2031 [1]."


def test_swapping_the_sides_changes_no_verb_and_no_order_of_columns() -> None:
    """The same words serve every party."""
    maker = Maker()
    doc = maker.document("In Haro the army said 5 rebels died, the rebels said 5 soldiers died.")
    maker.claim(doc, "5 rebels", 5, "armed_group", **NAVY)
    maker.claim(doc, "5 soldiers", 5, "state_forces", **REBELS)
    lines = text(builders.developments(maker.desk())).splitlines()
    shapes = {re.sub(r"^(The navy|The Haro Freedom Army)", "X", line).replace("militants", "N") for line in lines}
    assert {re.sub(r"security personnel", "N", shape) for shape in shapes} == {
        "X said 5 N were killed on 10 May 2031 [1]."
    }


# ── further stories ─────────────────────────────────────────────────────────────────────────────────


def week() -> Maker:
    """Two days of claims, then days on which only totals, corrections and rewrites are told."""
    maker = crossing()
    sunday = date(2031, 5, 11)
    bulletin = maker.document("In Haro 11 border guards were killed over the two days.", publisher="B", day=sunday)
    maker.claim(
        bulletin, "11 border guards", 11, "state_forces", group_text="border guards",
        **{**GOVERNOR, "date_from": FRIDAY},
    )  # fmt: skip
    rewrite = maker.document("In Haro 19 people died on Saturday, Rewrite Desk reported.", publisher="R", day=sunday)
    maker.claim(rewrite, "19 people", 19, "unknown", group_text="people")
    return maker


SUNDAY = date(2031, 5, 11)


def test_a_day_without_a_toll_still_gives_the_totals() -> None:
    """The bottom line says that the day is silent, then where the totals since the first issue stand."""
    said = text(builders.bottom_line(week().desk(day=SUNDAY)))
    assert said.startswith("No information in the sources used on casualties in Haro on Sunday 11 May 2031")
    assert "The latest counts since 9 May 2031: Governor Ada Voss said 11 border guards" in said
    assert "; Border Commissioner Ilan Reed said more than 40 militants were killed over 9–10 May 2031" in said


def test_what_was_said_today_of_earlier_days_is_news_today() -> None:
    """A statement of the day on days before it leads the developments; the table shows what was known before."""
    lines = text(builders.developments(week().desk(day=SUNDAY))).splitlines()
    assert lines[0] == "Governor Ada Voss said 11 border guards were killed over 9–10 May 2031 [1]."
    table = builders.casualty_table(week().desk(day=SUNDAY))
    assert [column.label for column in table.body.columns][2:4] == ["Total to date", "Before"]
    assert text(table).splitlines()[0].startswith("Security personnel killed | not reported | 11 | 6 |")


def test_tiles_of_a_silent_day_show_the_totals() -> None:
    """The tiles say that they are totals, and what was known before; the note says the day is silent."""
    section = builders.key_figures(week().desk(day=SUNDAY))
    lines = text(section).splitlines()
    assert lines[0] == "Security personnel killed, to date: 11 (Governor Ada Voss) Total before:\u00a06"
    assert lines[2] == "Civilians killed: not reported () "
    assert plain(section.body.note, section) == (
        "As claimed by those named, in total since 9 May 2031; no source used gives a toll for 11 May 2031 alone."
    )


def test_a_rewrite_of_another_groups_number_is_held_back_and_said_so() -> None:
    """`19 people` after `19 raiders` changes no figure, is no development, and stands among the gaps."""
    desk = week().desk(day=SUNDAY)
    assert desk.held_back()
    assert "19 people" not in text(builders.developments(desk))
    assert "Held back: 19 people killed, in R" in text(builders.gaps(desk))


def test_the_group_goes_on_in_its_own_words() -> None:
    """What the same document adds on the acts stands under responsibility, verbatim, and not twice."""
    maker = crossing()
    doc = maker.document("The Haro Freedom Army claimed responsibility.\nThe group said it aimed at barracks.")
    maker.responsibility(doc, "claimed responsibility", "Haro Freedom Army", medium="statement", acts="the attacks")
    maker.passage(
        doc, "The group said it aimed at barracks.", "development", claimant="Haro Freedom Army",
        date_from=SATURDAY, date_to=SATURDAY,
    )  # fmt: skip
    desk = maker.desk()
    assert "“The group said it aimed at barracks.”" in text(builders.responsibility(desk))
    assert "barracks" not in text(builders.developments(desk))


def test_speech_is_given_to_its_speaker_and_what_leans_is_left_out() -> None:
    """A sentence that is all speech names who spoke; one that leans on the sentence before is no bullet."""
    maker = lone()
    doc = maker.document('Haro, Saturday.\nAfter this, "they came at dawn."\nThey then left.\nRoads were closed.')
    days = {"date_from": SATURDAY, "date_to": SATURDAY}
    maker.passage(doc, 'After this, "they came at dawn."', "development", claimant="Ilan Reed", **days)
    maker.passage(doc, "They then left.", "development", **days)
    maker.passage(doc, "Roads were closed.", "impact", **days)
    said = text(builders.developments(maker.desk()))
    assert "Ilan Reed, quoted by Wire: “they came at dawn.” [1]" in said
    assert "Wire reported: “Roads were closed.” [1]" in said
    assert "They then left" not in said


def test_headlines_yield_to_the_text_beneath_them() -> None:
    """`dozens dead` over a text that counts is no row, no tile and no bullet."""
    maker = crossing()
    doc = maker.documents[0]
    maker.claim(doc, "dozens dead", 12, "unknown", high=None, modifier="vague", headline=True)
    desk = maker.desk()
    for name in ("bottom_line", "key_figures", "developments", "casualty_table", "competing_claims", "timeline"):
        assert "dozens" not in text(EVERY[name](desk)).lower()


def test_vague_counts_keep_their_word_and_its_grammar() -> None:
    """`dozens` is followed by `of`, and is never turned into a number."""
    maker = Maker()
    doc = maker.document("Officials said dozens of people were hurt in Haro on Saturday.")
    maker.claim(doc, "dozens of people", 12, "unknown", high=None, modifier="vague", outcome="injured",
                group_text="people", **OFFICIALS)  # fmt: skip
    desk = maker.desk()
    assert text(builders.developments(desk)) == "Officials said dozens of people were injured on 10 May 2031 [1]."
    assert "12" not in text(builders.casualty_table(desk))


def test_the_notebooks_are_thin_clean_and_fill_every_slot_of_a_daily_brief() -> None:
    """Nothing is found wrong with them; each cell is one sentence; every slot has its builder."""
    root = Path(__file__).parents[1]
    daily = load_type(root / "templates" / "daily")
    slots: list[str] = []
    for name in daily.notebooks:
        path = root / "notebooks" / name
        assert check_notebook(path, daily) == ()
        for cell in read_notebook(path).cells:
            if cell.cell_type == "code":
                assert len(ast.parse(cell.source).body) <= (8 if "brief = " in cell.source else 3)
            slots += re.findall(r'slot="(\w+)"', cell.source)
    assert sorted(slots) == sorted(slot.name for slot in daily.slots) == sorted(SLOTS.values())


def test_each_count_held_back_is_said_once() -> None:
    """Headline and text of one report that give the same doubted number are one line among the gaps."""
    maker = week()
    doc = maker.documents[-1]
    maker.claim(doc, "19 people died", 19, "unknown", group_text="people")
    assert len(maker.desk(day=SUNDAY).held_back()) == 2
    assert text(builders.gaps(maker.desk(day=SUNDAY))).count("Held back: 19") == 1


def test_page_one_stays_whole_however_much_there_is() -> None:
    """Many voices, cells and windows: each row has its rank, names are few, and no bullet is longer than is read."""
    maker = Maker()
    groups, outcomes = ("armed_group", "state_forces", "civilians"), ("killed", "injured", "missing", "abducted")
    for number in range(8):
        office = f"Secretary for Civil Affairs of the Region {'ABCDEFGH'[number]}"
        cells = [(g, o, d) for g in groups for o in outcomes for d in (FRIDAY, SATURDAY)]
        doc = maker.document(f"Haro, report {number}.\n" + "\n".join(f"row {at:02d}" for at in range(len(cells))))
        for at, (group, outcome, first) in enumerate(cells):
            said = {"claimant": office, "outcome": outcome, "date_from": first, "high": 10 + number}
            maker.claim(doc, f"row {at:02d}", 10 + number, group, **said)
    desk = maker.desk()
    section = builders.casualty_table(desk)
    bullets = builders.developments(desk).body.items
    rows = section.body.rows
    assert sorted(row.rank for row in rows) == list(range(len(rows)))
    leading = [row for row in rows if row.rank < 4]
    assert [plain(row.cells[0], section) for row in leading] == [
        "Security personnel killed", "Militants killed", "Civilians killed", "Security personnel injured",
    ]  # fmt: skip
    assert all(len(plain(row.cells[5], section)) <= 90 for row in rows)
    assert 4 <= len(bullets) <= 7
    assert all(length(item.runs) <= ITEM_WORDS for item in bullets)
    assert all(len(tile.claimants) <= 3 for tile in builders.key_figures(desk).body.tiles)


def test_each_number_stands_with_the_voice_that_gave_it() -> None:
    """The bottom line of a disputed total gives each side its own count, never both names to one."""
    said = text(builders.bottom_line(disputed().desk(day=SUNDAY)))
    assert "the Haro Freedom Army said 58" in said
    assert " according to " not in said


def test_a_disputed_tile_names_both_sides() -> None:
    """Where two sides differ, the tile of their figure names each of them."""
    tiles = builders.key_figures(disputed().desk()).body.tiles
    voices = [tile.claimants[:2] for tile in tiles if "the Haro Freedom Army" in tile.claimants[:2]]
    assert voices
    assert all(len(named) == 2 for named in voices)


def test_a_dispute_of_many_voices_is_told_by_its_ends() -> None:
    """The bottom line names the lowest and the highest, counts the others, and stays as short as it must."""
    maker = Maker()
    for number in range(9):
        office = f"Secretary for Civil Affairs and Reconstruction of the Region {'ABCDEFGHI'[number]}"
        doc = maker.document(f"{office} counts.\nIn Haro {10 + number} guards died.")
        maker.claim(
            doc, f"{10 + number} guards", 10 + number, "state_forces", claimant=office, claimant_kind="armed_group"
        )
    section = builders.bottom_line(maker.desk())
    said = text(section)
    assert "Region A said 10" in said
    assert re.search(r"Region I said 18 \[\d\]; seven others gave other numbers\.", said)
    assert length(section.body.paragraphs[0]) <= BOTTOM_LINE_WORDS


@pytest.mark.parametrize("code", ["fr", "ar", "ur"])
def test_the_bottom_line_is_as_short_in_every_language(code: str) -> None:
    """What is long-winded in a language is worded otherwise there; countries have its names for them."""
    for maker in (crossing(), disputed()):
        body = builders.bottom_line(maker.desk(language=language(code))).body
        assert length(body.paragraphs[0]) <= bottom_line_words(code)


def test_nobody_in_particular_keeps_the_article_of_the_report() -> None:
    """A post or body is named as its sentence names it; a person has no article."""
    told = {
        "A doctor at the clinic counted 4 dead.": ("doctor at the clinic", "a doctor at the clinic"),
        "The lakeside clinic counted 4 dead.": ("lakeside clinic", "the lakeside clinic"),
        "On Sunday Ada Voss counted 4 dead.": ("Ada Voss", "Ada Voss"),
    }
    for sentence, (claimant, wanted) in told.items():
        maker = Maker()
        claim = maker.claim(maker.document(sentence), "4 dead", 4, "civilians", claimant=claimant)
        assert who(claim) == wanted


def test_one_voice_alone_competes_with_nobody() -> None:
    """The table of competing claims is left out where no figure has a second voice."""
    assert not has_content(builders.competing_claims(lone().desk()))
    assert has_content(builders.competing_claims(disputed().desk()))


def test_a_notebook_shows_of_an_error_the_lines_that_are_its_authors() -> None:
    """No line of the program stands between the cell and what is wrong with it."""
    shell = InteractiveShell.instance(colors="nocolor")
    try:
        shell.run_cell("from briefings.builders import key_figures\n\ndef tiles(of):\n    return key_figures(of)")
        with contextlib.redirect_stdout(io.StringIO()) as shown:
            shell.run_cell("day = 1\ntiles(day)")
        shell.run_line_magic("load_ext", "briefings")
        with contextlib.redirect_stdout(io.StringIO()) as prose:
            shell.run_cell("%%prose bottom_line\nIn all, 64 people died.")
    finally:
        InteractiveShell.clear_instance()
    assert prose.getvalue().startswith("Cell In[1], line 1: %%prose bottom_line\n")  # and not what IPython makes of it
    assert shown.getvalue().splitlines() == [
        "Cell In[1], line 2: tiles(day)",
        "Cell In[1], line 4: return key_figures(of)",
        "",
        "BUILDER_DESK: key_figures() needs a desk first, not int",
        "  where: key_figures(int, …)",
        '  try: write key_figures(desk, slot="…") with desk = briefings.desk(brief, date=date, as_of=as_of)',
    ]
