"""Round-ups, second events, parts of a toll, and totals that no one place may have."""

from __future__ import annotations

from datetime import date

import pytest

from briefings.lexis.sentences import with_headline
from briefings.model import Document
from briefings.report.extract import read


def told(body: str, title: str = "") -> list[str]:
    """Return what is read, in short: "12 Mezin 05-14", with "-" where nothing is said and days of other years whole."""
    document = Document.of(source="test", title=title, published_on=date(2024, 5, 16), text=with_headline(title, body))
    found = []
    for claim in read(document):
        start, end = (str(day).removeprefix("2024-") if day else "" for day in (claim.date_from, claim.date_to))
        days = (start if start == end else f"{start}..{end}") or "-"
        found.append(f"{claim.low} {claim.place or '-'} {days}")
    return found


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (
            "09 May 2024, Tiru: gunmen killed four farmers.\n\n12 May 2024, Sarn: a bomb killed three soldiers.",
            ["4 Tiru 05-09", "3 Sarn 05-12"],
        ),
        (
            "- 9 May, Tiru: gunmen killed four farmers.\n- 12 May, Tiru: a bomb killed three soldiers.",
            ["4 Tiru 05-09", "3 Tiru 05-12"],
        ),
        (
            "• On 9 May, nine farmers were killed in Tiru.\n• Some 30 people are missing.\n"
            "• On 10 May, four guards were detained.\n\nOn 12 May, shelling in Sarn injured six people.",
            ["9 Tiru 05-09", "30 Tiru 05-09", "4 Tiru 05-10", "6 Sarn 05-12"],
        ),
        (
            "9 May - Four farmers shot dead in Tiru.\n\n10 May - No raids.\n\n"
            "12 May - Roadside bomb. Three soldiers killed.",
            ["4 Tiru 05-09", "3 - 05-12"],
        ),
        (
            "BRELA — Gunmen raided markets in four villages on Tuesday, killing 14 people, police said.",
            ["14 - 05-14"],
        ),
        (
            "BRELA — Gunmen raided four villages in Ostra province on Tuesday, killing 14 people.\n\nTwo rebels died.",
            ["14 Ostra province 05-14", "2 Ostra province 05-14"],
        ),
        (
            "BRELA — Storms killed 14 people across the country on Tuesday.\n\nIn Mezin, a wall killed three children.",
            ["14 - 05-14", "3 Mezin 05-14"],
        ),
        (
            "BRELA — Storms killed 14 people across the country on Tuesday, Kenyan officials in Kenya said.",
            ["14 Kenya 05-14"],
        ),
        (
            "BRELA — Floods killed 40 people nationwide on Monday. Nine died in Tarno alone.",
            ["40 - 05-13", "9 Tarno 05-13"],
        ),
        (
            "Bombs in Mezin and Brela killed 12 people on Tuesday.\n\nFive were hurt.",
            ["12 Mezin; Brela 05-14", "5 Mezin; Brela 05-14"],
        ),
        (
            "Clans fought in the towns of Mezin and Brela on Sunday, leaving 13 people dead.",
            ["13 Mezin; Brela 05-12"],
        ),
        (
            "The army said on Thursday it had killed 40 rebels in Ostra and Lower Ostra provinces on Tuesday.",
            ["40 Ostra; Lower Ostra 05-14"],
        ),
        (
            "A train derailed between Mezin and Brela on Tuesday, killing 16 people. The hurt were taken to "
            "hospitals in Tarno.",
            ["16 Mezin; Brela 05-14"],
        ),
    ],
)
def test_a_total_over_several_places_is_pinned_to_none_of_them(story: str, expected: list[str]) -> None:
    """It has the area that holds them, or all that are named, or no place; never the town it was filed from."""
    assert told(story) == expected


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (
            "Twelve people were killed in Tuesday's fighting. Six died in Mezin, four in Brela and two in Tarno.",
            ["12 Mezin; Brela; Tarno 05-14", "6 Mezin 05-14", "4 Brela 05-14", "2 Tarno 05-14"],
        ),
        (
            "Rebels killed 11 people in two villages in Ostra on Saturday.\n\nSix people were killed in Sela and five "
            "in Cirelo. Four people were abducted.",
            ["11 Ostra 05-11", "6 Sela 05-11", "5 Cirelo 05-11", "4 Ostra 05-11"],
        ),
        (
            "A mob killed two men in Sela on Monday. In Brela, police shot dead a protester, and in Mezin 14 people "
            "were hurt.",
            ["2 Sela 05-13", "1 Brela 05-13", "14 Mezin 05-13"],
        ),
    ],
)
def test_parts_of_a_toll_lie_where_each_is_put(story: str, expected: list[str]) -> None:
    """A part takes the place beside its own number, and the whole takes none of theirs alone."""
    assert told(story) == expected


@pytest.mark.parametrize(
    ("title", "story", "expected"),
    [
        (
            "World in brief",
            "SELMA: Two soldiers died near Ranu on Monday.\n\nTARNIA: Police detained 19 men in raids in Brela on "
            "Tuesday.\n\nKELDARA: Four people died when a wall fell in the capital on Sunday. At least nine were hurt.",
            ["2 Ranu 05-13", "19 Brela 05-14", "4 capital, Keldara 05-12", "9 capital, Keldara 05-12"],
        ),
        (
            "",
            "The latest:\n\n* MEZIN: Two soldiers died in an ambush on Monday.\n\n* TARNO: Nine were hurt in a fire.",
            ["2 Mezin 05-13", "9 Tarno -"],
        ),
        (
            "Ostra in brief",
            "- Two soldiers died in Mezin on Monday.\n- Nine were hurt in a fire in Tarno.\n- Four men are missing.",
            ["2 Mezin 05-13", "9 Tarno -", "4 - -"],
        ),
        (
            "Tarnia daily roundup: market bombed; 14 killed",
            "At least 14 people were killed in recent violence:\n\nTen people were killed in Mezin. The bomb went off "
            "in Sela Market.\n\nA mine near Brela killed four.\n\nProtests in Tarno resumed on Tuesday.",
            ["14 - 05-16", "14 - 05-16", "10 Mezin 05-16", "4 Brela 05-16"],
        ),
        (
            "Key events of the war",
            "This is what happened on Wednesday.\n\n- Shelling killed three people in Mezin.\n- A drone wounded seven "
            "people in Brela.",
            ["3 Mezin 05-15", "7 Brela 05-15"],
        ),
    ],
)
def test_each_item_of_a_round_up_has_its_own_place_and_day(title: str, story: str, expected: list[str]) -> None:
    """A town or weekday of one item does not pass to the next; a daily round-up is of its day."""
    assert told(story, title) == expected


NEWS = "A bomb killed 12 people in Mezin on Tuesday, police said.\n\n"


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Last week, gunmen shot dead four officers in Brela.", ["4 Brela 05-06..05-12"]),
        (
            "In a separate attack in Brela on Wednesday, gunmen killed two soldiers. Three others were wounded.",
            ["2 Brela 05-15", "3 Brela 05-15"],
        ),
        ("Separately, two soldiers were killed by a mine on the Brela road.", ["2 Brela road 05-14"]),
        ("Elsewhere in Ostra province, four farmers were kidnapped.", ["4 Ostra province 05-14"]),
        (
            "On Monday, a gang killed six officers in Brela. Sixteen officers were there during the attack. Two remain "
            "missing.\n\nDuring the attack, three raiders were killed.",
            ["6 Brela 05-13", "2 Brela 05-13", "3 Brela 05-13"],
        ),
        (
            "On Monday, a gang killed six officers in Brela.\n\nThe Mezin blast also wounded 30 people.",
            ["6 Brela 05-13", "30 Mezin 05-14"],
        ),
        (
            "On Monday, a gang killed six officers in Brela.\n\nDoctors said 30 people were hurt.",
            ["6 Brela 05-13", "30 Mezin 05-14"],
        ),
        (
            "In an ambush in Brela on Wednesday, two soldiers died. Nine people were hurt by the bomb.",
            ["2 Brela 05-15", "9 Mezin 05-14"],
        ),
        (
            "The army wants to take the town of Sela.\n\nFour soldiers have died since that offensive began on "
            "Sunday. The army estimates around 30 rebels were killed.",
            ["4 Sela 05-12..05-16", "30 Sela 05-12..05-16"],
        ),
        ("Two weeks ago, six people were killed in the town of Brela.", ["6 Brela 04-29..05-05"]),
        ("Earlier this year, five elders were abducted in Brela. Before that, three men were shot dead.",
         ["5 Brela 01-01..05-16", "3 Brela -"]),
        (
            "The town of Sela has been shelled over the past months. On Monday, rockets wounded two people.",
            ["2 Sela 05-13"],
        ),
        ("They moved on to Cirelo, where they killed three more people.", ["3 Cirelo 05-14"]),
        ("A mine in Karst killed three on Monday.\n\nA week ago, nine soldiers were killed there.",
         ["3 Karst 05-13", "9 Karst 05-08..05-10"]),
        (
            "A second attack killed four farmers on Wednesday.\n\n"
            "It took place in Sarn, 30 km away, police said.",
            ["4 Sarn 05-15"],
        ),
        (
            "In a separate attack on Wednesday, four farmers were "
            "killed.\n\nThe attackers struck Sarn, a town near the border, at dawn.",
            ["4 Sarn 05-15"],
        ),
        (
            "A second attack killed four farmers on Wednesday.\n\n"
            "Police in Sarn were on alert.",
            ["4 Mezin 05-15"],
        ),
    ],
)  # fmt: skip
def test_a_second_event_keeps_its_own_place_and_day(story: str, expected: list[str]) -> None:
    """What is told after it goes on about it only where the words say so; else the report is back at its news."""
    assert told(NEWS + story) == ["12 Mezin 05-14", *expected]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("A ferry sank off the Sela Islands on Monday, and 30 people are missing.", ["30 Sela Islands 05-13"]),
        ("A boat sank in Lake Cirelo on Monday, killing six people.", ["6 Lake Cirelo 05-13"]),
        ("Gunmen killed two people at a petrol station on Route 9 on Monday.", ["2 Route 9 05-13"]),
        ("Raiders seized a convoy on the Brela road on Monday and abducted two drivers.", ["2 Brela road 05-13"]),
        ("A shell hit a house in the Marl quarter of Mezin on Monday, killing six.", ["6 Marl quarter, Mezin 05-13"]),
        ("Police shot dead two men on the outskirts of Mezin on Monday.", ["2 Mezin 05-13"]),
        ("Rebels attacked posts in the hill town of Mezin on Monday, killing 12 people.\n\nAt a house in the Marl "
         "quarter two died. Hundreds of people fled the town.",
         ["12 Mezin 05-13", "2 Marl quarter, Mezin 05-13", "100 Mezin 05-13"]),
        ("Clashes in Sela territory on Monday left 37 civilians dead.\n\nIn April, 20 people were killed in the "
         "territory.", ["37 Sela territory 05-13", "20 Sela territory 04-01..04-30"]),
        ("The bodies of five men were brought to Ostra Hospital in Brela after clashes in the village of Mezin on "
         "Monday.", ["5 Mezin 05-13"]),
        ("A shell hit Saint Ana Hospital in Mezin on Monday, killing three nurses.",
         ["3 Saint Ana Hospital, Mezin 05-13"]),
        ("Troops freed a radio station in the capital on Monday. There were no casualties.",
         ["0 capital 05-13"]),
        ("BAROMA, May 14 (Post) - Raiders killed seven soldiers overnight.", ["7 Baroma 05-13..05-14"]),
        ("An accident at a mine outside Mezin on Monday killed two men. It was the worst since 2009, when 34 miners "
         "died at the same shaft.", ["2 Mezin 05-13", "34 Mezin 2009-01-01..2009-12-31"]),
    ],
)  # fmt: skip
def test_roads_waters_and_houses_are_places_and_hospitals_of_the_hurt_are_not(story: str, expected: list[str]) -> None:
    """A toll lies where people came to harm, however the text names it: "Route 9", "off the islands", "the town"."""
    assert told(story) == expected


@pytest.mark.parametrize(
    ("title", "story", "expected"),
    [
        ("Six troopers killed in Mezin, gunfight still on", "Six troopers were killed in Mezin, sources said.",
         ["6 Mezin 05-16", "6 Mezin 05-16"]),
        ("Six troopers killed in Mezin", "Six troopers were killed in Mezin, sources said.",
         ["6 Mezin -", "6 Mezin -"]),
        ("", "Raiders killed 18 people in Mezin on Tuesday. Nine people died in a raid by men who came by night in "
         "Brela, about a year ago.", ["18 Mezin 05-14", "9 Brela 2023-01-01..2023-12-31"]),
        ("", "Floods have killed 88 people in Mezin since Sunday. Thirty were killed on Tuesday alone. Another 17 "
         "people are missing.", ["88 Mezin 05-12..05-16", "30 Mezin 05-14", "17 Mezin 05-12..05-16"]),
        ("", "A gunman wounded three people in Mezin on Tuesday. Two of the injured were released on Wednesday.",
         ["3 Mezin 05-14", "2 Mezin 05-14"]),
        ("", "A policeman was killed in Mezin, days after two protesters were shot dead there. The officer was "
         "attacked on Tuesday.", ["1 Mezin 05-14", "2 Mezin -"]),
        ("A week of violence", "Monday, May 6\n\nGunmen killed six people in Mezin.\n\nTuesday, May 7\n\nTwo people "
         "died in a raid in Brela.", ["6 Mezin 05-06", "2 Brela 05-07"]),
        ("", "Troops killed 14 rebels in Ostra in the past 24 hours, the army said.\n\nFive were killed in Mezin.",
         ["14 Ostra 05-15..05-16", "5 Mezin 05-15..05-16"]),
        ("", "Jurors on Wednesday convicted a man of killing seven people in Mezin in July 2021.\n\nProsecutors said "
         "he shot two victims dead in a car park.",
         ["7 Mezin 2021-07-01..2021-07-31", "2 Mezin 2021-07-01..2021-07-31"]),
        ("", "One year after floods in Brela killed 16 people, families gathered on Wednesday.",
         ["16 Brela 2023-01-01..2023-12-31"]),
        ("", "A mass grave found near Mezin on Tuesday held 29 bodies.", ["29 Mezin -"]),
    ],
)  # fmt: skip
def test_days_are_those_of_what_is_told_and_none_is_made_up(title: str, story: str, expected: list[str]) -> None:
    """What still goes on is of the day it is told; a part, a release or an older event dates nothing else."""
    assert told(story, title) == expected


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (
            "Ministers accused the rebels on Wednesday of killing 14 villagers.\n\n"
            "The village of Brela was stormed on Monday night, police said.",
            ["14 Brela 05-13"],
        ),
        (
            "Police faced angry protests on Wednesday after a raid in Brela left 14 people dead.\n\n"
            "Tuesday's raid began before dawn.",
            ["14 Brela 05-14"],
        ),
        (
            "Officials blamed rebels on Wednesday for a blast that killed 14 people in Brela on Monday.",
            ["14 Brela 05-13"],
        ),
        (
            "Brela looked empty today, a day after the earthquake.\n\nRescuers said 14 people were still missing.",
            ["14 - 05-15"],
        ),
        (
            "Two weeks after a flood struck Mezin, 14 people were confirmed dead, the agency said on Thursday.",
            ["14 Mezin 05-02"],
        ),
        (
            "Soldiers fought rebels in Brela on Tuesday, killing 14 people.\n\n"
            "The rebels are still holding 23 people as hostages.",
            ["14 Brela 05-14", "23 Brela -"],
        ),
        (
            "Gunmen kidnapped 23 people in Brela on Tuesday.\n\nThe gunmen are still holding 20 people as hostages.",
            ["23 Brela 05-14", "20 Brela 05-14"],
        ),
        ("Rebels have killed 14 villagers in Ostra province, officials said Wednesday.", ["14 Ostra province -"]),
        ("Rebels killed 14 villagers in Ostra province, officials said Wednesday.", ["14 Ostra province 05-15"]),
    ],
)
def test_how_harm_was_answered_or_lasts_is_not_the_day_of_it(story: str, expected: list[str]) -> None:
    """The day of an accusation, a protest or a search is not the day of the harm, nor is captivity its taking."""
    assert told(story) == expected


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (
            "Gunmen killed 14 people in Ostra province on Tuesday.\n\nIn the first raid, rebels mined a road in Mezin"
            " district.\n\nThe rebels then opened fire, killing nine of them, he said.",
            ["14 Ostra province 05-14", "9 Mezin district 05-14"],
        ),
        (
            "Gunmen killed 14 people in a market in Brela on Tuesday.\n\n"
            "The injured were airlifted to Mercy Hospital in Mezin. Two of the injured died, he said.",
            ["14 Brela 05-14", "2 Brela 05-14"],
        ),
        (
            "Rebels ambushed troops in Ostra province on Tuesday, to the south of the capital Mezin.\n\n"
            "Four soldiers were killed, he said.",
            ["4 Ostra province 05-14"],
        ),
        (
            "Gunmen killed 14 people in Brela, Tarnia, on Tuesday.\n\n"
            "At least 33 people have died in Tarnia's violence this month.",
            ["14 Brela, Tarnia 05-14", "33 Tarnia 05-01..05-16"],
        ),
        (
            "TARNO — Nine rebels were killed in separate clashes in Tarnia, officials said Wednesday.\n\n"
            "Rebels ambushed a patrol of soldiers on a mountain road to the village of Mezin in the remote north of the"
            " island late Monday, a commander said.\n\nFour soldiers were killed, he said.\n\n"
            "Rebels attacked a post in Brela on Tuesday.",
            ["9 Tarnia 05-14", "4 Mezin 05-13"],
        ),
        (
            "Gunmen killed nine people in Brela in 2013.\n\nIn the hills the raids go on.\n\n"
            "At least 14 people have died in raids in Mezin since Sunday.\n\nFour died in Ostra district.",
            ["9 Brela 2013-01-01..2013-12-31", "14 Mezin 05-12..05-16", "4 Ostra district -"],
        ),
        ("A herder was killed in raids along the Brela-Mezin border on Tuesday.", ["1 Brela-Mezin border 05-14"]),
        ("Fourteen people were killed in IED attacks on Tuesday.", ["14 - 05-14"]),
        ("A soldier was killed on Tuesday in Horvian district of Ostra.", ["1 Horvian district, Ostra 05-14"]),
        ("At least 14 migrants drowned in the central Mediterranean on Tuesday.", ["14 central Mediterranean 05-14"]),
        (
            "Gunmen raided a hamlet in Ostra province, 12 kilometres from Mezin, on Tuesday, killing 14 people.",
            ["14 Ostra province 05-14"],
        ),
        (
            "Shooting began at about 4:10 pm (2110 GMT) in Brela on Tuesday. The officer shot the attacker dead.",
            ["1 Brela 05-14"],
        ),
    ],
)
def test_a_place_is_where_harm_came_not_what_stands_beside_it(story: str, expected: list[str]) -> None:
    """A sentence that goes on keeps the place of the last; hospitals, distances and weapons are no place of harm."""
    assert told(story) == expected


@pytest.mark.parametrize(
    ("story", "title", "expected"),
    [
        (
            "TIRU: A bomb killed two guards on Tuesday.\n\nN2, SARN: A bus hit a truck on Monday, claiming 13 lives. "
            "The driver was injured.\n\nOSTRA: A guard was shot dead on Monday.\n\n"
            "Eleven officers have been killed in the province since 1 April.",
            "",
            ["2 Tiru 05-14", "13 N2, Sarn 05-13", "1 N2, Sarn 05-13", "1 Ostra 05-13", "11 - 04-01..05-16"],
        ),
        (
            "\u2022 Wounded: 64 persons in May.\n\n\u2022 Abductions: nine traders were abducted in Tiru.\n\n"
            "\u2022 Arrests: four guards were arrested.",
            "",
            ["64 - 05-01..05-31", "9 Tiru -", "4 Tiru -"],
        ),
        (
            "TIRU, 15 MAY 2024 (ABC) -- [TEXT] GUNMEN AMBUSHED A BUS NORTH OF THE CAPITAL ON TUESDAY, KILLING 14 "
            "PASSENGERS.",
            "GUNMEN KILL 14",
            ["14 Tiru 05-14", "14 Tiru 05-14"],
        ),
        (
            "MEZIN - Two men were sentenced to life in prison on Tuesday over a bombing in Tiru that killed 18 people "
            "in 2016.\n\nOn 3 November 2016 a truck blew up in Tiru.\n\nNine guests were wounded.",
            "Life terms over Tiru bombing",
            ["18 Tiru 2016-11-03", "9 Tiru 2016-11-03"],
        ),
    ],
)
def test_a_heading_is_a_place_only_where_it_names_one(story: str, title: str, expected: list[str]) -> None:
    """Items of a blotter lie where their heading says, labels are no places, and a trial is not when people died."""
    assert told(story, title) == expected


def test_who_waits_at_a_gate_is_no_place() -> None:
    """A name right after where somebody stands is that of a person, not of the gate."""
    story = "A roof fall killed nine miners in Tiru on Tuesday.\n\nAt the gate Ana Ruiz waited. Two of them died later."
    assert [one.split()[1] for one in told(story)] == ["Tiru", "Tiru"]
