"""What of the reports at hand enters no figure is named with the reason: nothing is left out unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from outlets import desk_of, report, reports

from briefings import builders
from briefings.core.languages import language
from briefings.core.settings import Region
from briefings.desks import opening
from briefings.desks.desk import Desk
from briefings.making import edition
from briefings.page.plain import sentence
from briefings.sections import Items

DAY = date(2031, 3, 4)
NORLAND = """\
[workspace]
store = "sqlite:///store.db"

[briefs.hills]
type = "daily"
title = "The hills"
region = "hills"
marking = "TLP:CLEAR"

[regions.hills]
name = "Tavikland"
country = "Norland"
timezone = "UTC"
places = []

[sources.reports]
kind = "folder"
path = "reports"
timezone = "UTC"
"""
TOLD = {
    "one": "Nine people were killed in Tavikland on Tuesday, the police said.",
    "two": "Four people were killed in Brenna on Tuesday, the police said.",
    "three": "Six people were killed in Orlsund on Tuesday, the governor said.",
}


def gaps(held: Desk) -> list[str]:
    """Return what is not known, as text."""
    section = builders.gaps(held)
    assert isinstance(section.body, Items)
    return [sentence(item.runs, section, language=held.language) for item in section.body.items]


def workspace(root: Path, places: str = "[]") -> Path:
    """Lay out a workspace whose region no gazetteer knows, with three reports, and collect them."""
    (root / "reports").mkdir()
    (root / "briefings.toml").write_text(NORLAND.replace("places = []", f"places = {places}"), encoding="utf-8")
    for name, text in TOLD.items():
        words = f"---\ntitle: News {name}\npublisher: Mail {name}\npublished: {DAY}\n---\n{text}\n"
        (root / "reports" / f"{name}.md").write_text(words, encoding="utf-8")
    return root


def test_a_region_the_gazetteer_does_not_know_is_named_with_what_it_misses(tmp_path: Path) -> None:
    """At collecting and at making, though one report names it, and in the brief."""
    root = workspace(tmp_path)
    (told,) = edition.collect(root).noticed
    assert told.code == "REGION_UNKNOWN"
    held = opening.desk("hills", date=DAY, workspace=root)
    (warned,) = edition.heard(held)
    assert warned.level == "warn"
    assert "2 of 3 documents name no place of it" in warned.message
    assert {"reports/two.md", "reports/three.md"} <= set(warned.message.replace(",", " ").replace(";", " ").split())
    (line,) = (one for one in gaps(held) if "gazetteer" in one)
    assert line.startswith("The gazetteer does not know Tavikland: two of the three documents at hand name no place")
    assert "“News two”" in line


def test_a_region_with_its_places_listed_misses_nothing_in_silence(tmp_path: Path) -> None:
    """What names a place listed is used; what is left is named; once all are listed there is nothing to say."""
    root = workspace(tmp_path, '["Brenna"]')
    edition.collect(root)
    assert [one.title for one in opening.desk("hills", date=DAY, workspace=root).nowhere] == ["News three"]
    (root / "briefings.toml").write_text(NORLAND.replace("places = []", 'places = ["Brenna", "Orlsund"]'))
    assert edition.heard(opening.desk("hills", date=DAY, workspace=root)) == ()


JONGLEI = Region(
    id="jonglei", name="Jonglei", country="South Sudan", iso="SS-JG", timezone="UTC", places=("Bor", "Pibor")
)
TOGETHER = "Forty people were killed in Jonglei and Upper Nile on Tuesday, the Red Cross said."


def test_a_count_of_two_regions_is_named_and_enters_no_figure() -> None:
    """It is a number of neither, whoever watches either."""
    held = desk_of(JONGLEI, DAY, reports([TOGETHER, "Five people were killed in Bor on Tuesday, the army said."], DAY))
    assert held.figure("unknown", "killed").text == "5"
    assert (
        "Not counted here: 40 people killed on 4 March 2031, said of Jonglei and Upper Nile together, by the Red Cross."
        in gaps(held)
    )


def test_a_count_of_two_regions_is_told_once_in_the_language_of_the_page() -> None:
    """However many outlets carry it; a report with nothing else is still one that the brief used."""
    held = desk_of(JONGLEI, DAY, [report(TOGETHER, DAY, outlet=k) for k in range(3)], language=language("fr"))
    told = [one for one in gaps(held) if "Upper Nile" in one]
    assert len(told) == 1
    assert "40" in told[0]
    assert len(held.documents) == 3


def test_a_report_on_another_country_is_named_with_the_reason() -> None:
    """A ferry off a town of the same name: it is no count of ours, and no reader has to guess why."""
    ours = Region(id="haro", name="Haro", country="", timezone="UTC", names=(), places=("Pemba",))
    raid = report("Nine guards were killed in Pemba in Haro on Tuesday, police said.", DAY)
    ferry = "Sixteen people drowned when a ferry capsized off Pemba in Tanzania on Tuesday, police said."
    held = desk_of(
        ours.model_copy(update={"country": "Mozambique"}), DAY, [raid, report(ferry, DAY, outlet=1, title="Ferry")]
    )
    assert [one.title for one in held.elsewhere_only] == ["Ferry"]
    assert gaps(held)[-3].startswith("One document at hand counts people in other places alone")
    assert "“Ferry”" in gaps(held)[-3]
    (told,) = (one for one in edition.heard(held) if one.code == "COUNTED_ELSEWHERE")
    assert (told.level, "“Ferry”" in told.message) == ("note", True)


def test_a_report_that_counts_nobody_is_not_named() -> None:
    """It was read for what it says beside counts."""
    ours = Region(id="haro", name="Haro", country="", timezone="UTC", names=(), places=("Ombra",))
    quiet = report("The road to Ombra in Haro was shut on Tuesday, police said.", DAY)
    assert desk_of(ours, DAY, [quiet]).elsewhere_only == ()
