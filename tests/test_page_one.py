"""What page one must not leave out: civilians and the displaced, every side at a place, the sources' own words."""

from __future__ import annotations

from datetime import date, timedelta

from outlets import desk_of, report, reports

from briefings import builders
from briefings.core.languages import language
from briefings.core.settings import Region
from briefings.desks.desk import Desk
from briefings.desks.wording import toll, within
from briefings.page import words
from briefings.page.plain import sentence
from briefings.page.runs import say
from briefings.sections import Chart, Day, Items, Prose, Runs, Section, Table, Tiles

DAY = date(2031, 3, 4)
HARO = Region(id="haro", name="Haro", country="", timezone="UTC", names=(), places=("Ombra", "Brela", "Mezin"))
MARKET = (
    "The military said that six soldiers were killed in Ombra on Tuesday.",
    "The Lake Liberation Front, an armed group, said that 40 soldiers were killed in Ombra on Tuesday.",
    "The mayor of Ombra said that 36 civilians were killed in Ombra on Tuesday.",
    "The Red Cross said that 12 civilians were killed in Ombra on Tuesday.",
    "The health ministry said that 19 people were injured in Ombra on Tuesday.",
    "The refugee agency said that 2,300 people were displaced from Ombra on Tuesday.",
)


def desk(*bodies: str, days: int = 1) -> Desk:
    """Return the desk of a region that several outlets report from, for the days up to that one."""
    return desk_of(HARO, DAY, reports(bodies, DAY), days=days)


def bottom_line(held: Desk) -> str:
    """Return the bottom line as text."""
    section = builders.bottom_line(held)
    assert isinstance(section.body, Prose)
    return sentence(section.body.paragraphs[0], section)


def bullets(held: Desk) -> list[str]:
    """Return the key developments as text."""
    section = builders.developments(held)
    assert isinstance(section.body, Items)
    return [sentence(item.runs, section) for item in section.body.items]


def table(section: Section) -> Table:
    """Return the table of a section."""
    assert isinstance(section.body, Table)
    return section.body


def test_a_second_dispute_is_told_as_a_range_with_its_voices() -> None:
    """Soldiers take the sentence in which each voice has its own number; civilians are not left out for that."""
    said = bottom_line(desk(*MARKET))
    told = "According to the Red Cross (12) and the mayor of Ombra (36), between 12 and 36 civilians were killed"
    assert told in said
    assert "the Lake Liberation Front said 40" in said


def test_what_is_only_a_part_is_told_as_a_part() -> None:
    """Women and children among the dead are no toll of their own, whoever counts them; the toll itself comes first."""
    dead = "Sixteen people were killed in Ombra on Tuesday, the police said."
    some = "Four children and five women were among the dead"
    own = desk(f"{dead} {some}.")
    assert "According to the police, 16 people were killed (among them 4 children and 5 women)." in bottom_line(own)
    other = desk(dead, f"{some} in Ombra on Tuesday, the hospital said.")
    assert "4 children and 5 women were among the dead according to the hospital" in bottom_line(other)
    assert bullets(other) == [
        "The police said 16 people were killed in Ombra on 4 March 2031.",
        "The hospital said 4 children and 5 women were among the dead in Ombra on 4 March 2031.",
    ]


def test_the_main_event_of_the_day_leads_page_one() -> None:
    """Before smaller ones, and before newer words on days gone by; what another side says of it comes next."""
    before = report("Four people were killed in Mezin on Monday, the governor said.", DAY - timedelta(days=1), outlet=9)
    today = (
        "Eleven people were killed in Ombra on Tuesday, the police said.",
        "Thirty people were killed in Ombra on Tuesday, the hospital said.",
        "Two soldiers were killed by a mine in Brela on Tuesday, the army said.",
        "Nine people were killed in Mezin on Monday, the governor said on Tuesday.",
    )
    held = desk_of(HARO, DAY, [before, *reports(today, DAY)])
    told = bullets(held)
    assert {each.split(" said")[0] for each in told[:2]} == {"The hospital", "The police"}
    assert [each.split(" in ")[1][:5] for each in told[2:4]] == ["Brela", "Mezin"]
    assert "2031. The police said 11 people were killed; the hospital said 30. According to" in bottom_line(held)


def test_a_count_for_the_whole_region_has_no_event_of_it_beside_it() -> None:
    """What the minister says of the whole comes before the four of one town, who may be some of them."""
    told = bullets(
        desk(
            "Ninety people were killed in Haro on Tuesday, the army said.",
            "Four people were killed in Brela on Tuesday, police said.",
            "The Lake Front, an armed group, said it killed 30 soldiers in Haro on Tuesday.",
        )
    )
    assert [each.split(" said")[0] for each in told] == ["The army", "The Lake Front", "Police"]


def test_one_source_is_named_as_a_sentence_names_it() -> None:
    """With its article, where it has one."""
    assert "every toll comes from one source, the hospital." in bottom_line(
        desk("Four people were killed in Ombra on Tuesday, the hospital said.")
    )


def test_the_displaced_have_a_tile_and_a_clause() -> None:
    """A count of people driven out is told on page one as the dead and the injured are."""
    held = desk(*MARKET)
    tiles = builders.key_figures(held).body
    assert isinstance(tiles, Tiles)
    assert "Displaced, group not given" in [tile.label for tile in tiles.tiles]
    assert "2,300 people were displaced according to the refugee agency" in bottom_line(held)


def test_what_not_reported_means_is_explained_where_it_is_printed() -> None:
    """And nowhere else."""
    silent = builders.casualty_table(desk("Gunmen killed nine police officers in Ombra on Tuesday."))
    told = builders.casualty_table(desk(*MARKET, "The army said that 22 militants were killed in Ombra on Tuesday."))
    assert "does not mean none" in sentence(table(silent).note, silent)
    assert "does not mean none" not in sentence(table(told).note, told)


def test_a_row_with_a_tile_is_the_last_of_the_further_rows_to_go() -> None:
    """No tile stands above a table that has dropped its row and kept another."""
    taken = "The military said that 13 militants were detained in Ombra on Tuesday."
    gone = "The Red Cross said that nine people were missing in Ombra on Tuesday."
    section = builders.casualty_table(desk(*MARKET, taken, gone))
    rows = {sentence(row.cells[0], section): row.rank for row in table(section).rows}
    assert rows["Civilians killed"] < rows["Displaced, group not given"] < rows["Militants detained"]


def test_a_place_tells_of_the_dead_and_of_each_side_before_the_latest_word() -> None:
    """Three voices have room there; the others are counted."""
    section = builders.location_table(desk(*MARKET))
    told = sentence(table(section).rows[0].cells[3], section)
    assert "soldiers killed" in told
    assert "civilians killed" in told
    assert "three others gave other numbers" in told


def test_a_place_tells_the_newer_of_two_numbers_one_sentence_gives() -> None:
    """Ombra has the twelve its toll was raised to, not the nine that stands after it."""
    raised = "The army raised the death toll of Tuesday's attack on its post in Ombra to 12 soldiers, up from nine."
    section = builders.location_table(desk("The army said nine soldiers were killed in Ombra on Tuesday.", raised))
    told = sentence(table(section).rows[0].cells[3], section)
    assert "12 soldiers killed" in told
    assert "9" not in told


def test_a_voice_that_speaks_of_many_days_is_no_other_to_itself() -> None:
    """The military counts on four days, for three of which there is room: nobody else gave a number."""
    days = {"Saturday": 4, "Sunday": 2, "Monday": 3, "Tuesday": 6}
    held = desk(
        *(f"The military said that {n} soldiers were killed in Ombra on {day}." for day, n in days.items()), days=7
    )
    section = builders.location_table(held)
    told = sentence(table(section).rows[0].cells[3], section)
    assert told.count("according to the military") == 3
    assert "gave other numbers" not in told


def test_children_stay_children_in_every_language() -> None:
    """A count of them is no count of civilians; verbs agree with women."""
    held = desk("The hospital said that seven children and five women were killed in Ombra on Tuesday.")
    claims = sorted(held.claims, key=lambda claim: claim.start)
    french = language("fr")
    section = builders.bottom_line(held)
    both = sentence(say(french, "{told}.", told=toll(claims, french)), section, language=french)
    women = sentence(say(french, "{told}.", told=toll(claims[1:], french)), section, language=french)
    assert (both, women) == ("7\u00a0enfants et 5\u00a0femmes ont été tués.", "5\u00a0femmes ont été tuées.")


def test_who_sets_the_weeks_figure_is_in_its_chart() -> None:
    """A word on one day of the week that the figure rests on has its bar, as the tile has its number."""
    chart = builders.claims_chart(desk(*MARKET[:4], days=7)).body
    assert isinstance(chart, Chart)
    assert {span.label for span in chart.spans} >= {"The military", "The Lake Liberation Front", "The mayor of Ombra"}


def test_a_tile_of_a_week_is_dated_by_the_days_its_claims_speak_of() -> None:
    """Who counted the dead of Tuesday said nothing of the Friday before; what nobody gives is of the whole week."""
    held = desk(*MARKET[:4], "The military said that nine rebels were killed in Ombra on Monday.", days=7)
    tiles = builders.key_figures(held).body
    assert isinstance(tiles, Tiles)
    dated = {tile.label: " ".join(text_of(tile.days)) for tile in tiles.tiles}
    assert dated["Security personnel killed"] == "4 Mar"
    assert dated["Militants killed"] == "3 Mar"
    assert dated["Injured"] == ""


def text_of(runs: Runs) -> list[str]:
    """Return the days of runs as a table prints them."""
    return [words.days(run.start, run.end, form=run.form) for run in runs if isinstance(run, Day)]


def test_things_happen_on_a_road_and_in_a_town() -> None:
    """Nobody is killed in Mill Road."""
    names = ("Mill Road, Ombra", "Ombra", "Haro Highway")
    assert [sentence(within([one]), builders.bottom_line(desk())) for one in names] == [
        "on Mill Road, Ombra", "in Ombra", "on Haro Highway",
    ]  # fmt: skip
    assert sentence(within(["Mill Road", "Brela"]), builders.bottom_line(desk())) == "in Mill Road and Brela"


def test_every_count_of_places_stands_in_their_line_though_another_allows_it() -> None:
    """The words "more than a dozen" of one office take nothing from the 12 of another."""
    held = desk(
        "Gunmen attacked several towns of Haro on Tuesday. Officials spoke of 12 locations.",
        "Brela was among more than a dozen places attacked in Haro on Tuesday, officials on the coast said.",
    )
    section = builders.location_table(held)
    note = sentence(table(section).note, section)
    assert "12 locations (officials)" in note
    assert "more than 12 places (officials on the coast)" in note


def test_what_happened_near_a_town_is_not_told_as_in_it() -> None:
    """A village outside Ombra is not Ombra."""
    (told,) = bullets(desk("Police said gunmen killed six people in a village near Ombra on Tuesday."))[:1]
    assert told == "Police said 6 people were killed near Ombra on 4 March 2031."
