"""Places a count is tied to."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.geography.places import dateline, find
from briefings.lexis.sentences import Tokens, with_headline
from briefings.model import Document
from briefings.report.extract import read


def claims_at(body: str, title: str = "") -> list[str | None]:
    document = Document.of(source="test", title=title, published_on=date(2024, 5, 16), text=with_headline(title, body))
    return [claim.place for claim in read(document)]


@pytest.mark.parametrize(
    ("story", "place"),
    [
        ("Raiders killed 12 people in Tarno on Tuesday.", "Tarno"),
        ("A bomb hit a market in Orlen, in Sudan's North Ostra state, on Tuesday, killing 12 people.", "Orlen"),
        ("Gunmen raided a camp near Orlen in Nigeria's restive Ostra state, killing 12 people.", "Orlen, Ostra state"),
        ("A blast in Orlen, a town in Pakistan's oil-rich Ostra province, killed 12 people.", "Orlen"),
        ("After a raid in Orlen, gunmen in Nigeria's Ostra state killed 12 people.", "Ostra state"),
        ("A convoy struck a mine some 15 km west of Orlen on Sunday. Three soldiers died.", "Orlen"),
        ("Brela province recorded 40 deaths.", "Brela province"),
        ("A bomb killed three people 15 miles from Orlen.", "Orlen"),
        ("A bomb killed three people in Kesh, 15 miles from Orlen.", "Kesh"),
        ("The mayor, speaking 15 miles from the front, said three people died.", None),
        ("Some 12 km west of Mezin, gunmen shot dead three guards.", "Mezin"),
        ("Gunmen attacked a village 12 km south of Mezin and killed nine people.", "Mezin"),
        ("Nine people drowned when a boat sank five miles off the coast, 12 miles from Orla.", None),
        ("Nine people drowned when a boat sank 12 miles from Orla.", "Orla"),
        ("Nine people died when drones launched 30 km south of Mezin hit a barracks.", None),
        ("Drones were launched 30 km south of Mezin. Nine people died.", None),
        ("The commander, who lives 12 km east of Mezin, said nine people died.", None),
        ("Rebels whose nearest post is 12 km from Mezin said nine people died.", None),
        ("The army is based 12 km from Mezin. Nine of its men were killed.", None),
        ("A rocket fired from a hill 12 km south of Mezin killed nine people.", None),
        ("Refugees walked 40 miles from Mezin to the border, where nine died.", None),
        ("The nine wounded were taken to a hospital 40 km from Mezin.", None),
        ("The mine owner was 40 km from Mezin when nine people died.", None),
        ("A bomb killed nine people a few miles from Ana Ruiz's home.", None),
        ("A quake struck 300 km south of Mezin. Nine people died.", None),
        ("Battles near Orlen claimed the lives of 12 fighters.", "Orlen"),
        ("Police held 12 men in raids in Orlen, two days after a bomb in Kesh had shaken the country.", "Orlen"),
        ("Men shot dead 12 people at a school.\n\nIn neighbouring Kesh, schools were shut.", None),
        (
            "Shops were looted in five Kenyan counties on Monday. By night 12 people were dead.\n\nKesh was calm.",
            "Kenya",
        ),
        ("Shops were looted in five Tarnian counties on Monday. By night 12 people were dead.\n\nKesh was calm.", None),
        ("Raiders killed 12 people in Tarnia's southern Ostra province.", "Ostra province, Tarnia"),
        ("A bomb in the town of Mezin killed 12 people.", "Mezin"),
        ("A bomb in Old Market, Tarno, killed 12 people.", "Old Market, Tarno"),
        ("Twelve people were killed in Cirelo in West Ostra.", "Cirelo, West Ostra"),
        ("A raid on Mezin killed 12 people.", "Mezin"),
        ("Twelve people were killed in the Caribbean Sea.", "Caribbean Sea"),
        ("Twelve people were killed in Tarn ez-Zor province.", "Tarn ez-Zor province"),
        ("The shelling of the town of Mezin killed 12 people.", "Mezin"),
        ("The siege of Brela killed 12 people.", "Brela"),
        ("When the water came to Mezin, 12 people drowned.", "Mezin"),
        ("The bombing of Hale's car killed 12 people.", None),
        ("Twelve officers in a UNM convoy were killed near Mezin.", "Mezin"),
        ("A bus with migrants deported from Ostra fell off a bridge in Mezin, killing 12 people.", "Mezin"),
        ("Twelve people were killed on the main road to Mezin.", "Mezin"),
        ("Twelve people were killed on the Mezin axis.", "Mezin"),
        ("Twelve pupils of the Girls School, Mezin, were abducted.", "Girls School, Mezin"),
        ("About 3,000 people have been displaced from Mezin.", "Mezin"),
        ("A ferry sailing from Mezin sank off Orla island, killing 12 people.", "Orla island"),
        ("Ostra, a poor landlocked country, has seen raids that left 12 dead.", "Ostra"),
        ("Ostra, a country of six million, has seen raids that left 12 dead.", "Ostra"),
        ("Victoria, a nurse in the country's south, said 12 people were killed.", None),
        ("Ali, a leader of the country's largest union, said 12 people were killed.", None),
        ("Hale, a country singer, said 12 people were killed.", None),
        ("Jordan, a farmer from the north of the country, said 12 people were killed.", None),
        ("The quake shook the capital, far to the south, where two people died.", "capital"),
        ("The minister left the capital for a village, where two people died.", None),
        ("Twelve people were killed.", None),
        ("MEZIN - The camp received 12 injured from Kesh, Brela and Orlen, doctors said.", "Mezin"),
        ("MEZIN - The village received 12 wounded from Orlen, the hospital said.", "Mezin"),
        ("MEZIN - The ward received 12 wounded from Orlen, nurses said.", "Orlen"),
        ("MEZIN - The clinic said it had admitted 12 wounded farmers from Orlen.", "Orlen"),
        ("MEZIN - Twelve wounded from Orlen were taken to the city hospital.", "Orlen"),
        ("Kenyan police killed 12 people, the Interior Ministry said.", None),
        ("Gunmen killed 12 people on the Mezin–Brela road.", "Mezin–Brela road"),
        ("Twelve fishermen drowned on Char Mandari.", "Char Mandari"),
        ("At the palace of the District Head, parents said 12 girls were abducted.", None),
        ("Monitors recorded 12 deaths in all of Zambia.", "Zambia"),
        ("Some 3,000 people were moved out of Mezin and Brela.", "Mezin; Brela"),
        ("A boat with 12 people who drowned went down within sight of the beaches of Mezin.", "Mezin"),
        ("Twelve miners died in a pit above Mezin.", "Mezin"),
        ("Riots after a match in Port Said left 12 dead.", "Port Said"),
        ("I met Omar, nineteen, from Mezin; he says 12 people drowned.", None),
        ("Twelve pupils of the Girls School, Dara Meli, in Ostra State, were abducted.", "Dara Meli, Ostra State"),
    ],
)
def test_a_toll_is_tied_to_the_place_beside_it(story: str, place: str | None) -> None:
    """The place of a count is named by its sentence; nationalities and ministries are no places."""
    assert claims_at(story) == [place]


@pytest.mark.parametrize(
    ("story", "places"),
    [
        ("Flash floods killed 12 people.", [None]),
        ("A quake shook Ostra province, killing 12 people.", ["Ostra province"]),
        ("In Mezin, one died. In Brela, two died. Mezin reported 40 deaths.", ["Mezin", "Brela", "Mezin"]),
        ("In Mezin, one died. In Brela, two died. Mezin police reported 40 deaths.", ["Mezin", "Brela", "Brela"]),
        ("The murder of nine students in Brela shook Mezin on Monday.", ["Brela"]),
        ("Raiders hit Mezin, killing five. Some 40 miners have died in the mine so far this year.", ["Mezin", "Mezin"]),
        ("Raiders hit Mezin, killing five. So far this year, 40 died in the county.", ["Mezin", "Mezin"]),
        ("Raiders hit Mezin, killing five. Some 40 were killed on the island so far this year.", ["Mezin", "Mezin"]),
        ("Raiders hit Mezin, killing five. Some 40 were killed in the war so far this year.", ["Mezin", None]),
        ("In Zambia five people died, three of them in the town of Vubwi.", ["Zambia", "Vubwi"]),
        ("Five people died in Orlen, three of them in the town of Brela.", ["Orlen", "Brela"]),
        (
            "Raiders killed four guards in Orlen. Fourteen guards have been slain since the start of the year.",
            ["Orlen", None],
        ),
        (
            "Raiders killed four guards in Orlen. Fourteen guards were slain in the town since the start of the year.",
            ["Orlen", "Orlen"],
        ),
        ("The worst-hit town is Mezin, where 12 people died.", ["Mezin"]),
        ("Mudslides killed 12 people in a northern Zambia district.", ["northern Zambia"]),
        ("Mudslides killed 12 people in a Niger state village.", ["Niger state"]),
        ("Mudslides killed 12 people in the Mezin district.", ["Mezin district"]),
        (
            "Gunmen killed three guards in Orlen. A fourth guard hurt in the raid is being treated in Kesh.",
            ["Orlen", "Orlen"],
        ),
        ("Gunmen killed three guards in Orlen. A fourth guard was wounded in Kesh.", ["Orlen", "Kesh"]),
        ("The UN said 12 people were killed in QMF attacks on Kesh on Monday.", ["Kesh"]),
        ("A doctor reported that QMF shelling killed 12 people in Kesh.", ["Kesh"]),
        ("Twelve people were killed in Kesh attacks on Monday.", ["Kesh"]),
        (
            "Ana Ruiz, head of the rescue office in Mezin, said nine bodies were discovered by local residents on "
            "Wednesday in the beach area of Kesh.",
            ["Kesh"],
        ),
        ("Ana Ruiz, head of the Rescue Agency, said nine people died in Mezin.", ["Mezin"]),
        ("A raid, head of the list of those in Mezin, killed nine people.", ["Mezin"]),
        ("Gunmen killed three guards in Orlen. Nine people were hurt while being treated at Kesh.", ["Orlen", "Kesh"]),
        (
            "Raids across Ostra province killed nine people.\n\nIn Kesh, rebels stormed a post.\n\n"
            "In the ensuing battle, five rebels were killed.",
            ["Ostra province", "Kesh"],
        ),
        (
            "Raids across Ostra province killed nine people.\n\nIn Kesh, rebels stormed a post.\n\n"
            "In the ensuing days, five rebels were killed.",
            ["Ostra province", "Ostra province"],
        ),
        ("Raiders stormed the Brela hotel in Mezin, killing 12 people.", ["Brela hotel, Mezin"]),
        ("Twelve people died in Tarno, said a spokesman in Mezin.", ["Tarno"]),
        ("Gunmen killed 12 people and dumped their bodies in the Orla river.", [None]),
        (
            "Rebels killed 12 people on Tuesday.\n\nAid is short.\n\nThe rebels hold the towns of Mezin and Tarno.",
            [None],
        ),
        ("Rebels killed 12 people on Tuesday.\n\nLast week, they seized the town of Mezin.", [None]),
        (
            "Raiders killed 12 people in Brela on Tuesday.\n\n"
            "At the nearby Martyrs' Hospital, the director, Ana Ruiz, said 17 bodies had been brought in.",
            ["Brela", "Brela"],
        ),
        ("A bomb killed 12 people at the Brela market.\n\nThe attack shook Ostra Town.", ["Brela market"]),
    ],
)
def test_only_what_the_toll_hangs_on_is_its_place(story: str, places: list[str | None]) -> None:
    """Mere words, seats of speakers and waters bodies were thrown into are no places of a toll; venues are."""
    assert claims_at(story) == places


def test_the_place_of_the_same_town_and_of_there_is_the_last_told_of() -> None:
    """“In the same town” and a sentence that begins with “There” take up a place; a hospital's town does not count."""
    body = (
        "A quake killed 12 people in Mezin on Monday.\n\nOmar Hale, who sells lamps in Brela, lost his shop. "
        "Two guards were hurt on Tuesday in the same town.\n\nEleven people died in the village of Lara.\n\n"
        "There the priest gave another figure. “We found 14 dead,” he said in the square."
    )
    assert claims_at(body) == ["Mezin", "Brela", "Lara", "Lara"]


def test_a_later_clause_keeps_its_place_to_itself() -> None:
    """A clause that begins with a time or a speaker of its own says nothing of where those before it died."""
    body = "A boat sank off Mezin on Monday, killing 40.\n\n{}"
    timed = "Twelve people died, and in May of last year at least 69 drowned off Brela."
    seated = "The control room in Orla had counted 12 deaths by Tuesday."
    said = "Twelve nurses are among the dead, and an elder in Brela told reporters that his village had lost 15 men."
    assert claims_at(body.format(timed))[1:] == ["Mezin", "Brela"]
    assert claims_at(body.format(said))[1] == "Mezin"
    assert claims_at(body.format(seated))[1] == "Mezin"


def test_places_that_share_a_toll_lend_none_of_themselves() -> None:
    """What follows a sentence that parts the dead among districts is of the whole, not of the district named last."""
    body = (
        "A storm killed 17 people in Ostra province on Monday.\n\n"
        "Six of the victims lived in Mezin, four in Brela and three in Lara. Nine guards were hurt by falling trees."
    )
    assert claims_at(body)[-1] == "Ostra province"


def test_a_region_in_the_opening_gives_way_to_the_town_of_the_first_count() -> None:
    """Where the opening counts nobody and names a region alone, the place of the news is told with the first count."""
    body = (
        "An air strike in the Ostra region has led to a quarrel.\n\n"
        "On Tuesday missiles hit a church near Mezin, West Ostra. The mayor said 12 worshippers were killed.\n\n"
        "A commission said nine people died."
    )
    assert claims_at(body) == ["Mezin, West Ostra", "Mezin, West Ostra"]


def test_the_part_of_a_country_both_headline_and_opening_count_in_is_that_of_the_news() -> None:
    """A tally of a wide quake is not of the first province that one sentence further down singles out."""
    body = (
        "The death toll from Monday's quake in southern Zambia climbed to 61, officials said.\n\n"
        "More than half of the victims were in Orla province.\n\nAnother 19 people are missing."
    )
    assert claims_at(body, "Quake toll in southern Zambia climbs to 61") == ["southern Zambia"] * 3


def test_a_report_on_a_week_counts_over_its_country() -> None:
    """What a weekly statement counts without a place is of the country it covers, not of its first crash."""
    body = (
        "The police registered 412 crashes across Zambia in the week of 5 to 11 May.\n\n"
        "In these crashes 84 people died.\n\nOn 9 May a bus hit a lorry at Mezin. Eighteen people died."
    )
    assert claims_at(body) == ["Zambia", "Mezin"]


def test_a_report_that_opens_with_a_country_names_the_place_later() -> None:
    """“A village in Zambia” gets its name where the report gives it; a count of the whole country does not."""
    body = (
        "At least 20 people are missing after a landslide buried a village in Zambia, officials said on Sunday.\n\n"
        "The mud swept away homes in Xandora late on Saturday.\n\nSeven bodies were found.\n\n"
        "Floods have killed 90 people across the country since January."
    )
    assert claims_at(body) == ["Xandora, Zambia", "Xandora", "Zambia"]


def test_a_total_of_a_war_is_of_its_country() -> None:
    """Where a sentence totals years, the place of the news is not its place."""
    body = (
        "A bomb killed 12 people in Tarno, eastern Zambia, on Wednesday.\n\n"
        "More than 900 people have been killed since 2019."
    )
    assert claims_at(body)[1] == "Zambia"


def test_two_tolls_of_one_sentence_have_their_own_places() -> None:
    """Each count takes the place nearest to it."""
    story = "Raiders killed 12 people in Tarno and wounded nine guards in Mezin."
    assert claims_at(story) == ["Tarno", "Mezin"]


def test_the_town_is_that_of_who_counts_where_no_other_is_told() -> None:
    """A clinic in Orlen counts the dead of the town's market; the next sentence tells of a raid elsewhere."""
    told = "A clinic in Orlen said 12 people were killed in a strike on the town's market on Tuesday."
    assert claims_at(f"{told} The army shot down two drones over Tarno on Wednesday.") == ["Orlen"]
    assert claims_at(told.replace("the town's", "a") + " The army shot down two drones over Tarno.") == [None]
    for who in ("a spokesman in Geneva", "the embassy in London", "a monitor based in London"):
        assert claims_at(f"Nine people were killed as troops advanced on the town, {who} said.") == [None], who


def test_the_place_of_the_news_is_carried_to_later_sentences() -> None:
    """A count whose sentence names no place is where the news is; a background one without a place has none."""
    story = (
        "A bomb killed four guards in Tarno on Wednesday.\n\nNine people were injured.\n\n"
        "In 2019 a siege killed 25 people."
    )
    assert claims_at(story) == ["Tarno", "Tarno", None]


def test_a_headline_names_the_place_before_the_event() -> None:
    """“Tarno blast kills 12” happened in Tarno."""
    assert claims_at("More follows.", "Tarno blast kills 12") == ["Tarno"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BRELA — Twelve people", "Brela"),
        ("BRELA, Tarnia (Reuters) - Twelve people", "Brela, Tarnia"),
        ("Twelve people", None),
    ],
)
def test_a_dateline_is_told_from_the_sentence(text: str, name: str | None) -> None:
    """Capitals before a dash or a name are where the report was filed."""
    found = dateline(Tokens(text))
    assert (found[0] if found else None) == name


def test_known_names_are_places_wherever_they_stand() -> None:
    """A gazetteer, or what the text taught, makes a bare name a place."""
    assert [ref.text for ref in find(Tokens("Mezin mourned."), known={"mezin"})] == ["Mezin"]
    assert find(Tokens("Mezin mourned.")) == []


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Nine guards were killed in Kesra, Talan, Borodo and Mezin.", "Kesra; Talan; Borodo; Mezin"),
        ("Gunmen attacked posts in Kesra, Talan and the port of Borodo, killing nine guards.", "Kesra; Talan; Borodo"),
        ("Nine guards were killed in Kesra, Talan, and the town of Borodo.", "Kesra; Talan; Borodo"),
        ("Nine guards were killed in Mezin and Kesra LGAs of Ostra State.", "Mezin; Kesra"),
        ("Nine guards were killed in the Mezin and Kesra local government areas on Monday.", "Mezin; Kesra"),
        ("Nine guards were killed in Mezin, and Kesra local government has sent aid.", "Mezin"),
        ("Nine guards were killed in Mezin LGA and LGAs around it were searched.", "Mezin LGA"),
        ("Nine guards were killed in Mezin, Kesra province.", "Mezin, Kesra province"),
        ("Nine guards were killed in the village of Mezin in Kesra.", "Mezin, Kesra"),
    ],
)
def test_places_named_in_one_breath_lie_beside_each_other(story: str, expected: str) -> None:
    """A list of places is none inside another; a smaller place and the larger around it are no list."""
    (claim,) = read(Document.of(source="a.txt", published_on=date(2031, 3, 4), text=story))
    assert claim.place == expected


@pytest.mark.parametrize(
    "story",
    [
        "BRELA, Tarnia — The Mezin Hospital said 14 bodies had been brought in after the raid.",
        "BRELA, Tarnia — Fourteen people were killed in the raid, a doctor at the Mezin Hospital said.",
        "BRELA, Tarnia — The provincial hospital in the city of Mezin said it had received 14 bodies.",
        "BRELA, Tarnia — In Mezin, the hospital counted 14 bodies after the raid.",
        "BRELA, Tarnia — At Mezin's provincial hospital, doctors said 14 people had died.",
        "BRELA, Tarnia — Fourteen people were dead on arrival at the Mezin hospital.",
    ],
)
def test_a_hospital_that_counts_the_dead_is_not_where_they_died(story: str) -> None:
    """Who counts them speaks from a house of care; the raid was elsewhere."""
    (claim,) = read(Document.of(source="a.txt", published_on=date(2031, 3, 4), text=story))
    assert claim.place == "Brela, Tarnia"


@pytest.mark.parametrize(
    "story",
    [
        "BRELA, Tarnia — Fourteen people were killed in Mezin, the hospital said.",
        "BRELA, Tarnia — In Mezin, 14 people were killed, the hospital said.",
        "BRELA, Tarnia — Shells that fell on the hospital in Mezin killed 14 people, doctors said.",
    ],
)
def test_a_place_beside_a_hospital_that_speaks_stays_that_of_the_dead(story: str) -> None:
    """That a hospital counts, or is hit, takes no place from a count."""
    (claim,) = read(Document.of(source="a.txt", published_on=date(2031, 3, 4), text=story))
    assert claim.place == "Mezin"


@pytest.mark.parametrize(
    ("notes", "places"),
    [
        ("Mezin: 3 killed, 4 hurt; Brela: 2 killed; Zarin: a guard killed.", ["Mezin", "Mezin", "Brela", "Zarin"]),
        ("Mezin 3 dead; Brela road ambush, 2 dead.", ["Mezin", "Brela"]),
        ("Incidents: 3 May, Mezin - 3 killed; 4 May, Brela - 2 killed.", ["Mezin", "Brela"]),
        ("Two killed in Mezin; four hurt in Brela; one missing in Zarin.", ["Mezin", "Brela", "Zarin"]),
        ("Two people died in Mezin; four were wounded.", ["Mezin", "Mezin"]),
    ],
)
def test_each_item_of_notes_has_its_own_place(notes: str, places: list[str]) -> None:
    """What a semicolon parts lies where its own item says; an item without a place goes on with the one before."""
    assert claims_at(notes) == places


def test_a_headline_may_begin_with_the_place_of_what_struck_it() -> None:
    """What stands before the colon is the place where a disaster or an update follows it, and else may be anybody."""
    body = "Officials report 12 deaths across four districts."
    assert claims_at(body, "Sorvan: Earthquake, Flash Update No. 3") == ["Sorvan"]
    assert claims_at(body, "Holm: We lost everything") == [None]


def test_the_district_is_the_one_named_before() -> None:
    """A ministry's country is not what "in the district" means where a district was named."""
    body = (
        "Guards killed six raiders in the Upper Resh district on Tuesday, the Ministry of Defence of Karvia said.\n\n"
        "Since January, 27 raiders have been killed in the district and 94 arrested."
    )
    assert claims_at(body)[1:] == ["Upper Resh district"] * 2


@pytest.mark.parametrize(
    ("total", "place"),
    [
        ("Since January 48 people have been killed in the region, including in Brela.", None),
        ("Since January 48 people have been killed in the region.", None),
        ("In the region, where Brela lies, 48 people have been killed since January.", None),
        ("At least 48 people have been killed across the province this year, among other places in Brela.", None),
        ("So far this year 48 people have been killed in raids across Ostra, including Brela and Mezin.", "Ostra"),
    ],
)
def test_a_total_of_a_wide_area_is_not_of_the_town_named_beside_it(total: str, place: str | None) -> None:
    """It is of the area its own words name, or of none; the town of the news and towns given as examples are not."""
    assert claims_at(f"Three soldiers were killed near Brela on Tuesday. {total}") == ["Brela", place]


@pytest.mark.parametrize(
    ("wire", "place"),
    [
        ("NINE FARMERS WERE KILLED AT BAR KUTIRA ON THURSDAY, POLICE SAID.", "BAR KUTIRA"),
        ("TWELVE PEOPLE WERE HURT NEAR OLD SAKUMBI.", "OLD SAKUMBI"),
        ("FIVE SOLDIERS DIED IN TOLUMBRO ON THURSDAY.", "TOLUMBRO"),
        ("FOUR PEOPLE DIED IN CUSTODY ON THURSDAY.", None),
    ],
)
def test_a_small_town_in_capitals_is_known_by_its_shape(wire: str, place: str | None) -> None:
    """No gazetteer lists it: it is no English word and stands where towns do."""
    assert claims_at(wire) == [place]


def test_where_an_unnamed_source_is_says_nothing_of_where_people_died() -> None:
    """Who asked not to be named speaks from one town of what happened in another."""
    source = "An official in Mezin, who asked not to be named, put the dead at 40 soldiers."
    assert claims_at(f"Raiders killed 17 soldiers at a camp in Brela on Sunday. {source}") == ["Brela", "Brela"]


def test_a_count_that_is_shared_out_has_each_share_in_its_own_place() -> None:
    """What a colon shares out over places lies in one of them each, and the whole in all."""
    story = "Three people were killed on Monday: two in Mezin and one in Brela."
    assert claims_at(story) == ["Mezin; Brela", "Mezin", "Brela"]
    story = "Raiders killed 18 people, the agency said on Friday: 14 people in Mezin and four in Brela."
    assert claims_at(story) == ["Mezin; Brela", "Mezin", "Brela"]


@pytest.mark.parametrize("rubric", ["CORRECTED", "Correction", "Update"])
def test_a_rubric_that_leads_a_headline_is_no_place(rubric: str) -> None:
    """What stands before the colon of a headline may say what kind of report it is."""
    assert claims_at("Three people were killed in a blast on Monday.", f"{rubric}: Toll of mill blast") == [None]


def test_another_encounter_elsewhere_is_not_where_the_news_is() -> None:
    """An operation in one district and another in the next: each count lies where its own was."""
    story = (
        "On Sunday night, forces conducted an operation in Mezin district.\n\nThey came under fire and seven militants "
        "were killed.\n\nIn another encounter in Brela district, four militants were killed."
    )
    assert claims_at(story) == ["Mezin district", "Brela district"]


def test_parts_of_a_state_are_in_it() -> None:
    """What happened in parts of a state lies in that state, and an air strike may have the name of its town."""
    assert claims_at("Nine people died as raiders stole ballot boxes in parts of Tarka State.") == ["Tarka State"]
    assert claims_at("Five people were killed on Sunday.", "The night of the El Darrin strike") == ["El Darrin"]


def test_both_towns_are_those_told_of_just_before() -> None:
    """A total of both towns is of neither alone; without as many towns before it, it is of none that is known."""
    story = "Raiders killed 14 people in Mezin and Brela on Monday. The clinic said 17 people died in both towns."
    assert claims_at(story) == ["Mezin; Brela", "Mezin; Brela"]
    story = "Raiders attacked Mezin. They then raided Brela. Police said nine people died in the two towns."
    assert claims_at(story) == ["Mezin; Brela"]
    assert claims_at("Raiders attacked Mezin. Police said nine people died in both towns.") == [None]


def test_the_number_of_one_town_is_not_that_of_the_next() -> None:
    """What has a number of its own is no part of the list that begins with the town before it."""
    assert claims_at("Ten people died in Mezin, and two in Brela.") == ["Mezin", "Brela"]
    assert claims_at("Ten soldiers were killed in Mezin and two in Brela.") == ["Mezin", "Brela"]
    assert claims_at("Ten people died in Mezin and Brela.") == ["Mezin; Brela"]


def test_some_of_the_dead_told_of_next_lie_where_the_dead_do() -> None:
    """Children among the dead of two towns are of both, though a share of one town was told of last."""
    story = (
        "Fourteen people died, police said, nine of them in Mezin and five in Brela. Three children were among them."
    )
    assert claims_at(story)[-1] == "Mezin; Brela"


def test_people_flee_the_town_that_the_report_has_told_of() -> None:
    """A name that no map knows is a town where the text has said so before: there the displaced are from."""
    story = "Raiders killed nine people in Zarinko and five in Mezin. Some 900 people fled Zarinko, the agency said."
    assert claims_at(story)[-1] == "Zarinko"


@pytest.mark.parametrize("name", ["Mocimboa da Praia", "Châlons-sur-Marne"])
def test_a_name_keeps_the_small_words_inside_it(name: str) -> None:
    """Names of Portuguese and French places are not cut at their small words."""
    assert claims_at(f"Twelve people were killed in {name} on Monday.") == [name]


def test_a_raided_town_may_bear_the_name_of_a_person() -> None:
    """What is raided or fled is a place the gazetteer knows; who is attacked may be a man."""
    story = "Gunmen raided Mezin on Monday. Militants raided Palma the same day, killing four people."
    assert claims_at(story) == ["Palma"]
    assert (
        claims_at("Gunmen killed nine people in Mezin on Monday. They attacked Palma and killed his guard.")[-1]
        == "Mezin"
    )
