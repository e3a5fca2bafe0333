"""People harmed by disasters have rows of their own: a flood and a raid of one day are never one toll."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from outlets import desk_of, report
from stories import NOW, TUESDAY, cell, say, window

from briefings import builders
from briefings.core.languages import language
from briefings.core.settings import Region
from briefings.desks.desk import Desk
from briefings.lexis.sentences import with_headline
from briefings.model import Document
from briefings.page import plain
from briefings.reconciling.reconciliation import reconcile, to_date
from briefings.reconciling.relations import relations
from briefings.reconciling.totals import total
from briefings.report.extract import read
from briefings.sections import Map, Prose, Table, Tiles, Timeline

MONDAY, DAY = date(2031, 3, 3), date(2031, 3, 4)
ORVALE = Region(id="orvale", name="Orvale", country="Tarland", timezone="UTC", places=("Sell", "Brod"))
FLOOD = (
    "Floods killed nine people in Sell in Orvale on Tuesday, the mayor of Sell said. About 300 people fled, she said."
)
RAID = "Gunmen raided Brod in Orvale on Tuesday and killed four people, police said. The clinic put the injured at six."
SPARED = "The Hill Front, a rebel group, denied that it had lost any fighters in the raid on Brod on Tuesday."


def causes(body: str, title: str = "") -> list[str]:
    """Return what each count of a report is said to be of."""
    made = Document.of(source="test", title=title, published_on=DAY, text=with_headline(title, body))
    return [claim.cause for claim in read(made)]


def desk(*told: str) -> Desk:
    """Return the desk of Tuesday over reports, each by an outlet of its own."""
    held = [report(text, DAY, hour=8 + k, outlet=k, title="News of Orvale") for k, text in enumerate(told)]
    return desk_of(ORVALE, DAY, held, days=1)


# -- in a report


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Floods killed nine people in Sell on Monday.", ["disaster"]),
        ("Nine people died in Sell on Monday. Floods had cut the road to the town.", ["disaster"]),
        ("A ferry went down off Sell on Monday. Nine people are missing.", ["disaster"]),
        ("Gunmen killed nine people in Sell on Monday.", [""]),
        ("A bomb set off a fire that killed nine people in Sell on Monday.", [""]),
        ("Raiders attacked Sell on Monday. The fire they lit tore through a school. Nine people died.", [""]),
        ("A boat sank off Sell on Monday with people fleeing raids, killing nine.", ["disaster"]),
        ("A flood of refugees came to Sell on Monday. The agency said nine people were hurt.", [""]),
        ("Floods killed nine people in Sell, while a bomb killed four in Brod.", ["disaster", ""]),
        ("Floods killed nine people in Sell.\n\nIn Brod, gunmen raided a post. Four guards died.", ["disaster", ""]),
        ("Floods killed nine people in Sell.\n\nThe army said six soldiers were killed near Brod.", ["disaster", ""]),
        ("Floods hit Sell. The agency said four people died.\n\nIt put the injured at six.", ["disaster", "disaster"]),
        (
            "The war has killed nine people. Nine more died of cholera. The war goes on, with six dead.",
            ["", "disaster", ""],
        ),
    ],
)
def test_a_count_is_of_a_disaster_by_its_words_or_by_what_was_told_of_last(story: str, expected: list[str]) -> None:
    """What is lit by an attack is no disaster; soldiers further down a report on floods did not drown."""
    assert causes(story) == expected


@pytest.mark.parametrize(
    "deed",
    [
        "Police killed nine protesters in Mezin.",
        "Soldiers killed nine villagers in Mezin.",
        "Neighbours killed nine people in Mezin.",
        "Nine people were killed by the army in Mezin.",
        "Nine people were killed by a mob.",
        "Nine people were killed when police fired on a crowd.",
        "Nine people died after being beaten by police.",
        "Police dispersed a rally, killing nine people.",
        "Police kill nine protesters in Mezin.",
        "A man drove into a crowd, killing nine people.",
        "Nine men were lynched in Mezin.",
        "Nine men were hanged in Mezin.",
        "Nine men were hacked to death.",
        "Nine men were beaten to death by a mob.",
        "Police arrested nine people.",
        "Six people were killed in Mezin.",
    ],
)
def test_whoever_people_harm_is_of_no_disaster(deed: str) -> None:
    """State forces that kill, mobs and unnamed doers are no flood; nor is another town, paragraphs further down."""
    assert causes(f"A flood killed 14 people in Brela on Monday.\n\n{deed}") == ["disaster", ""]


@pytest.mark.parametrize("deed", ["were lynched in Mezin", "were shot in Mezin", "were killed in Mezin"])
def test_a_disaster_told_of_next_reaches_no_other_place(deed: str) -> None:
    """Two dead of Mezin are not of the flood in Brela that the next sentence tells of."""
    assert causes(f"Two men {deed} on Monday. A flood killed 14 people in Brela.") == ["", "disaster"]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Troops blew up a dam near Brela on Monday. The flood killed nine people.", [""]),
        ("A fire set by police killed nine people in Mezin on Monday.", [""]),
        ("A building collapsed after an explosion in Mezin on Monday, killing nine people.", [""]),
        ("A flood killed four people. Police killed nine protesters. Two people were hurt.", ["disaster", "", ""]),
        ("A landslide at a camp of soldiers killed nine people on Monday.", ["disaster"]),
        ("A flood hit Brela. Norland kills nine people in Mezin, including four in a camp.", ["", ""]),
        ("A flood hit Brela. It killed nine people. The rains injured three.", ["disaster", "disaster"]),
        ("Floods killed 14 people in Brela. Soldiers rescued hundreds. Six are missing.", ["disaster", "disaster"]),
        ("A flood killed 14 people. The army evacuated 300 people. Three are missing.", ["disaster"] * 3),
        ("A flood killed 14 people. Police recovered nine bodies.", ["disaster", "disaster"]),
        ("A flood killed 14 people. Nine people were confirmed dead by police.", ["disaster", "disaster"]),
        ("Floods killed 14 people in Brela.\n\nSix were hurt, the mayor said.", ["disaster", "disaster"]),
    ],
)
def test_who_did_it_is_asked_of_each_sentence(story: str, expected: list[str]) -> None:
    """What people do ends what was told of the disaster; who saves people, or lies in its way, harms nobody."""
    assert causes(story) == expected


def test_a_headline_says_what_a_report_is_of() -> None:
    """Who counts without a word of the flood counts its dead, where the title has it."""
    assert causes("Nine people were killed on Monday, the mayor said.", "Flood in Sell") == ["disaster"]


@pytest.mark.parametrize(("further", "cause"), [("", "disaster"), ("\n\nGunmen raided a post in Mezin.", "")])
def test_a_report_headed_by_a_flood_is_of_it_in_every_place(further: str, cause: str) -> None:
    """Those hurt in a town named further down are the flood's, unless the report tells of violence, too."""
    story = "The flood killed nine people in Sell.\n\nA clinic treated six injured people in Brela on Monday." + further
    assert causes(story, "Flood in Sell") == ["disaster", cause]


# -- among figures


def test_dead_of_a_flood_and_of_a_raid_are_two_figures() -> None:
    """Neither is added to the other, nor beside it as another voice's word."""
    told = [say("the mayor", 9, group="unknown", cause="disaster"), say("police", 4, group="unknown")]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    assert (cell(figures, "disaster_victims").text, cell(figures, "unknown").text) == ("9", "4")
    assert cell(figures, "unknown").status == "claimed"


def test_soldiers_and_civilians_who_drown_are_of_the_disaster() -> None:
    """Their deaths are no losses of a side."""
    told = [say("the army", 2, group="state_forces", cause="disaster")]
    figures = reconcile(told, period=window(TUESDAY), as_of=NOW)
    assert cell(figures, "state_forces").text == "not reported"
    assert cell(figures, "disaster_victims").text == "2"


@pytest.mark.parametrize("second", ["the mayor", "the Red Cross"])
def test_soldiers_and_civilians_of_one_flood_are_no_dispute(second: str) -> None:
    """Nine and fourteen, of one voice or of two, are 23 people at least, and neither a range nor a correction."""
    soldiers = say("the mayor", 9, group="state_forces", cause="disaster", place="Sell")
    civilians = say(second, 14, group="civilians", cause="disaster", place="Sell")
    figure = cell(reconcile([soldiers, civilians], period=window(TUESDAY), as_of=NOW), "disaster_victims")
    assert (figure.text, figure.status, figure.formula) == ("at least 23", "claimed", "9 + 14")
    assert figure.rule == "sum_of_kinds"
    assert [one.kind for one in relations([soldiers, civilians], as_of=NOW)] == ["disjoint"]


def test_soldiers_among_all_the_dead_of_a_flood_are_some_of_them() -> None:
    """Of 20 people nine may be soldiers; of five they cannot be, and the two counts are at odds."""
    soldiers = say("the army", 9, group="state_forces", cause="disaster", place="Sell")
    for people, text in ((20, "20"), (5, "5–9")):
        whole = say("the Red Cross", people, group="unknown", cause="disaster", place="Sell")
        found = reconcile([soldiers, whole], period=window(TUESDAY), as_of=NOW)
        assert cell(found, "disaster_victims").text == text


def test_civilians_and_people_of_a_flood_are_the_same_people() -> None:
    """Whoever counts people by another word counts them: two numbers stand beside each other."""
    told = [say("the mayor", 9, group="unknown", cause="disaster"), say("the Red Cross", 14, cause="disaster")]
    assert cell(reconcile(told, period=window(TUESDAY), as_of=NOW), "disaster_victims").text == "9–14"


def test_soldiers_and_civilians_read_of_one_flood_are_added_on_the_page() -> None:
    """Whose people each count is of is kept from the report to the figure."""
    first = "Floods killed nine soldiers in Sell in Orvale on Tuesday, the mayor of Sell said."
    second = "Floods killed 14 civilians in Sell in Orvale on Tuesday, the mayor of Sell said."
    for told in ((f"{first} {second}",), (first, second)):
        assert cell(desk(*told).figures(), "disaster_victims").text == "at least 23"


def test_a_toll_given_anew_is_of_the_disaster_whose_number_it_changes() -> None:
    """The agency's sixteen, "not 21", are those of the flood, though its second report never names it."""
    first = say("the agency", 21, group="unknown", outcome="injured", cause="disaster", place="Sell", day=MONDAY)
    words = "The agency now puts the injured at 16, not 21."
    anew = say("the agency", 16, group="unknown", outcome="injured", place="Sell", sentence=words, rule="toll")
    figures = to_date([first, anew], since=MONDAY, period=window(TUESDAY), as_of=NOW)
    assert [one.text for one in figures if one.outcome == "injured" and one.low is not None] == ["16"]


def test_what_a_person_set_stays() -> None:
    """Who corrects a count to be of civilians has decided whose it is."""
    told = [say("the mayor", 9, group="civilians", cause="disaster", corrects="c1")]
    assert cell(reconcile(told, period=window(TUESDAY), as_of=NOW), "civilians").text == "9"


def test_the_total_of_one_event_asks_nobody_what_harmed_them() -> None:
    """All who died count, as of every event."""
    told = [say("the mayor", 9, group="unknown", cause="disaster"), say("the agency", 9, group="civilians")]
    assert total(told, as_of=NOW).text == "9"


# -- on the page


def test_page_one_tells_the_flood_as_no_attack() -> None:
    """The attack is that of the raid's report alone, and each toll says what it is of."""
    section = builders.bottom_line(desk(FLOOD, RAID))
    assert isinstance(section.body, Prose)
    (line,) = (plain.sentence(one, section) for one in section.body.paragraphs)
    assert line.startswith("Violence was reported in Orvale")
    assert "disasters were reported as well" in line
    assert "9 people were killed in disasters" in line
    assert "4 people were killed" in line


def test_where_all_is_of_a_flood_the_tiles_are_of_it() -> None:
    """Three tiles that nobody counts soldiers, militants and civilians would stand before the dead."""
    section = builders.key_figures(desk(FLOOD))
    assert isinstance(section.body, Tiles)
    labels = [tile.label for tile in section.body.tiles]
    assert labels == ["People killed in disasters", "People displaced by disasters", "Injured", "Civilians killed"]
    line = builders.bottom_line(desk(FLOOD))
    assert "No source counts people injured" in plain.sentence(line.body.paragraphs[0], line)


def test_whoever_a_flood_drove_out_was_displaced_by_it() -> None:
    """Harm comes in a disaster, flight by one; where both are told, it is all in it."""
    fled = "Floods displaced 300 people in Sell in Orvale on Tuesday, the mayor of Sell said."
    told = builders.developments(desk(fled))
    assert "300 people were displaced by disasters in Sell" in plain.sentence(told.body.items[0].runs, told)


def test_the_table_has_a_row_for_each() -> None:
    """People killed, and people killed in disasters; the displaced are those of the flood."""
    section = builders.casualty_table(desk(FLOOD, RAID))
    assert isinstance(section.body, Table)
    rows = {plain.sentence(row.cells[0], section): plain.sentence(row.cells[1], section) for row in section.body.rows}
    assert (rows["People killed"], rows["People killed in disasters"]) == ("4", "9")
    assert rows["People displaced by disasters"] == "about 300"


def test_the_late_toll_of_a_flood_is_on_page_one() -> None:
    """Twelve by now, of the day before: a tile and a row beside the raid of the day, which has dead of its own."""
    later = "The mayor of Sell on Tuesday raised the death toll from Monday's flood in Sell to 12."
    first = FLOOD.replace("Tuesday", "Monday")
    documents = [report(first, MONDAY, title="News of Orvale"), report(later, DAY, outlet=1, title="Flood in Orvale")]
    held = desk_of(ORVALE, DAY, [*documents, report(RAID, DAY, outlet=2, title="News of Orvale")])
    tiles = builders.key_figures(held)
    assert isinstance(tiles.body, Tiles)
    assert "People killed in disasters, to date" in [one.label for one in tiles.body.tiles]
    table = builders.casualty_table(held)
    assert isinstance(table.body, Table)
    rows = {plain.sentence(row.cells[0], table): plain.sentence(row.cells[2], table) for row in table.body.rows}
    assert rows["People killed in disasters"] == "12"


def test_the_map_says_what_is_on_it() -> None:
    """With places of disasters on it, it is not of violence alone."""
    section = builders.location_map(desk(FLOOD, RAID))
    assert isinstance(section.body, Map)
    assert plain.sentence(section.body.message, section).startswith("Places named in reports of violence")


def test_a_flood_and_a_raid_in_one_town_are_two_events() -> None:
    """Of one day and one town, and nothing else in common."""
    events = desk(FLOOD, RAID.replace("Brod", "Sell")).events()
    assert [{claim.group for claim in event.claims} == {"disaster_victims"} for event in events].count(True) == 1


@pytest.mark.parametrize(("code", "word"), [("fr", "aucun mort"), ("ar", "لا أحد"), ("ur", "ہلاک نہیں ہوا")])
def test_nobody_is_a_word_in_every_language(code: str, word: str) -> None:
    """Who denies any losses says "aucun mort", with the verb as each language has it: no `0`."""
    held = replace(desk(RAID, SPARED), language=language(code))
    section = builders.timeline(held)
    assert isinstance(section.body, Timeline)
    told = [plain.sentence(entry.runs, section, language=held.language) for entry in section.body.entries]
    assert any(word in one for one in told)
    assert not any("0" in one for one in told)


def test_who_was_shot_is_not_hidden_behind_whom_a_flood_hurt() -> None:
    """Six hurt by gunmen, 45 by the flood: a tile each, and what is told has its tile before what nobody tells."""
    flood = (
        "Floods killed nine people and injured 45 in Sell in Orvale on Tuesday, the mayor of Sell said. Twelve people "
        "are missing and about 300 were displaced, she said."
    )
    section = builders.key_figures(desk(flood, RAID))
    assert isinstance(section.body, Tiles)
    told = {figure.id: figure.text for figure in section.figures}
    tiles = {tile.label: told[tile.figure] for tile in section.body.tiles}
    assert tiles["People injured"] == "6"
    assert tiles["People injured in disasters"] == "45"
    assert "not reported" not in tiles.values()
    table = builders.casualty_table(desk(flood, RAID))
    assert isinstance(table.body, Table)
    ranks = {plain.sentence(row.cells[0], table): row.rank for row in table.body.rows}
    assert ranks["People displaced by disasters"] < ranks["Militants killed"]
    assert ranks["People missing in disasters"] < ranks["Security personnel killed"]
