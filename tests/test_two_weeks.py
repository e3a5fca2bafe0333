"""Two invented weeks, of bombs and of floods: each figure is as an analyst wrote it down before it was computed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from briefings import builders
from briefings.core.settings import Region
from briefings.desks.desk import Desk
from briefings.model import Document, Figure, Group, Outcome, Window
from briefings.page import plain
from briefings.reconciling.phrasing import among
from briefings.report.extract import read_document
from briefings.sections import Prose

BASILAN = Region(
    id="basilan",
    name="Basilan",
    country="Philippines",
    iso="PH-BAS",
    timezone="Asia/Manila",
    places=("Isabela City", "Lamitan", "Sumisip", "Tipo-Tipo"),
)
MANABI = Region(
    id="manabi",
    name="Manabí",
    country="Ecuador",
    iso="EC-M",
    timezone="America/Guayaquil",
    places=("Pedernales", "Chone", "Portoviejo"),
)
ESMERALDAS = Region(
    id="esmeraldas", name="Esmeraldas", country="Ecuador", iso="EC-E", timezone="America/Guayaquil", places=("Muisne",)
)
_Told = tuple[str, date, int, str, str]
"""Publisher, day, hour, title and text of a report."""
JUNE = {day: date(2031, 6, day) for day in range(2, 9)}  # a Monday to a Sunday
MARCH = {day: date(2031, 3, day) for day in range(3, 10)}
TOLL = (
    "The death toll from Monday's bombing in Isabela City rose to seven on Tuesday after two of the wounded died in "
    "hospital, police chief Arnel Dizon said. Three women and two children were among the dead."
)
BOMB: tuple[_Told, ...] = (
    (
        "Strait Standard",
        JUNE[2],
        18,
        "Bomb at market kills at least four",
        "A bomb exploded at the public market of Isabela City on Monday morning, killing at least four people and "
        "wounding 17, police said.\n\nBasilan General Hospital said it had received three bodies and was treating 12 "
        "wounded people.",
    ),
    (
        "Mindanao Wire",
        JUNE[2],
        21,
        "Six dead in Basilan market blast",
        "Six people were killed and 19 others injured when a bomb went off at a market in Isabela City on Monday, "
        "Mayor Sitti Amin said.",
    ),
    (
        "Mindanao Wire",
        JUNE[3],
        9,
        "Correction: market blast",
        "CORRECTION: The number of people killed in Monday's market bombing is five, not six, as we reported.",
    ),
    (
        "Strait Standard",
        JUNE[3],
        17,
        "Market bombing toll rises to seven",
        f"{TOLL}\n\nIn a separate incident, troops killed four militants of the Tanum Brigade in a clash in Sumisip on "
        "Tuesday, the army said.",
    ),
    ("Rewrite Desk", JUNE[3], 20, "Market bombing toll now seven", TOLL),
    (
        "Basilan Post",
        JUNE[4],
        12,
        "Tanum Brigade claims market attack",
        "The Tanum Brigade said in a statement on Telegram on Wednesday that it had carried out Monday's attack in "
        "Isabela City and killed nine soldiers there.\n\nArmy spokesman Colonel Benito Reyes denied the claim, saying "
        "two soldiers had been killed in the market blast.\n\nThe group said only one of its fighters had been killed "
        "in Tuesday's clash in Sumisip.",
    ),
    (
        "Mindanao Wire",
        JUNE[5],
        19,
        "Police patrol ambushed in Lamitan",
        "Gunmen ambushed a police patrol in Lamitan on Thursday, killing two police officers, the provincial police "
        "said.",
    ),
    (
        "Strait Standard",
        JUNE[6],
        16,
        "Eighth victim of market bombing dies",
        "An eighth victim of Monday's bombing in Isabela City died in hospital on Friday, bringing the death toll to "
        "eight, city police spokesman Major Leo Cruz said. Sixteen people were still being treated at Basilan General "
        "Hospital, its director said.",
    ),
    (
        "OCHA Philippines",
        JUNE[7],
        10,
        "Basilan: Flash Update No. 1",
        "At least 13 people were killed and 25 injured in attacks in Basilan between 2 and 6 June, according to OCHA.",
    ),
)
FLOOD: tuple[_Told, ...] = (
    (
        "Diario Costa",
        MARCH[3],
        18,
        "Flood kills three in Chone",
        "Three people were killed after a river burst its banks in Chone, in Manabí province, on Monday, the national "
        "risk agency said.",
    ),
    (
        "Pacific Radio",
        MARCH[4],
        11,
        "Landslide buries houses in Pedernales",
        "A landslide buried four houses in Pedernales early on Tuesday, killing at least six people, Mayor Luisa "
        "Andrade said. Eleven people were missing, she added.\n\nFirefighters said they had recovered four bodies.",
    ),
    (
        "Diario Costa",
        MARCH[4],
        20,
        "Pedernales landslide toll rises to nine",
        "The death toll from Tuesday's landslide in Pedernales has risen to nine, among them four women and three "
        "children, the national risk agency said.\n\nEight people were still missing and 14 were injured, the agency "
        "said.",
    ),
    (
        "Diario Costa",
        MARCH[5],
        8,
        "Correction",
        "CORRECTION: The number of people injured in Tuesday's landslide is 12, not 14, as we reported.",
    ),
    (
        "Pacific Radio",
        MARCH[5],
        19,
        "Floods reach Esmeraldas",
        "Esmeraldas governor Pablo Mina said four people had been killed in the province's floods on Wednesday.",
    ),
    (
        "Andean Wire",
        MARCH[7],
        18,
        "Eighteen dead in floods and landslides",
        "Floods and landslides have killed 18 people in Manabí and Esmeraldas provinces since Monday, the national "
        "risk agency said on Friday. It said 2,300 people had been displaced in the two provinces.",
    ),
    (
        "Pacific Radio",
        MARCH[8],
        12,
        "Hospital treats landslide victims",
        "The provincial hospital in Portoviejo said it had treated 10 people injured in Tuesday's landslide in "
        "Pedernales and that two of them had died.",
    ),
    (
        "Diario Costa",
        MARCH[9],
        16,
        "Mayor puts Pedernales dead at 12",
        "The mayor of Pedernales, Luisa Andrade, said on Sunday that 12 people were now confirmed dead in Tuesday's "
        "landslide.",
    ),
)


def desk(region: Region, told: Iterable[_Told], first: date, last: date, *others: Region) -> Desk:
    """Return the desk of a region and its days over reports, as it stands at the end of the last day."""
    zone = ZoneInfo(region.timezone)
    held = [
        Document.of(
            source=f"report {number}",
            publisher=publisher,
            title=title,
            text=f"{title}\n\n{text}",
            published=datetime.combine(day, time(hour), zone),
            published_on=day,
        )
        for number, (publisher, day, hour, title, text) in enumerate(told)
        if day <= last
    ]
    return Desk.from_parts(
        region,
        Window(start=first, end=last),
        datetime.combine(last, time(23, 59), zone),
        documents=held,
        readings={one.id: read_document(one) for one in held},
        others=others,
    )


@pytest.fixture(scope="module")
def basilan() -> Desk:
    """Return the week of the bombing."""
    return desk(BASILAN, BOMB, JUNE[2], JUNE[8])


@pytest.fixture(scope="module")
def manabi() -> Desk:
    """Return the week of the floods in one province."""
    return desk(MANABI, FLOOD, MARCH[3], MARCH[9], ESMERALDAS)


def short(figure: Figure) -> str:
    """Return a figure as the command prints it."""
    return figure.text + (f" ({figure.formula})" if figure.formula else "") + among(figure)


@pytest.mark.parametrize(
    ("group", "outcome", "expected"),
    [
        ("unknown", "killed", "at least 13"),
        ("unknown", "injured", "25"),
        ("state_forces", "killed", "at least 4 or at least 11 (4 = 2 + 2; 11 = 9 + 2)"),
        ("armed_group", "killed", "1 or 4"),
        ("civilians", "killed", "at least 3"),
    ],
)
def test_the_week_of_the_bombing(basilan: Desk, group: Group, outcome: Outcome, expected: str) -> None:
    """Neither the hospital's three nor its sixteen move a figure; the group's boast stands beside the army's word."""
    assert short(basilan.figure(group, outcome)) == expected


@pytest.mark.parametrize(
    ("last", "killed", "injured"),
    [
        (2, "6", "17–19"),
        (3, "5–7, among them 3 women and 2 children", "17–19"),
        (6, "8", "17–19"),
    ],
)
def test_the_toll_of_the_bombing_day_by_day(last: int, killed: str, injured: str) -> None:
    """Six as first printed, five once corrected, then seven and eight by the police; the patients are some of all."""
    held = desk(BASILAN, BOMB, JUNE[2], JUNE[last])
    assert short(held.figure("unknown", "killed")) == killed
    assert short(held.figure("unknown", "injured")) == injured


def test_the_citys_police_are_one_voice_and_the_provinces_another(basilan: Desk) -> None:
    """Chief, spokesman and "police" of the city are told together; those of the province lost two of their own."""
    who = {one.voice.key for figure in basilan.figures() for one in figure.positions if one.voice.kind == "police"}
    assert who == {"government:isabela police", "government:provincial police"}


def test_the_group_is_the_one_its_report_quotes(basilan: Desk) -> None:
    """It owns to one of its fighters by the name it has, and is no voice of its own."""
    own = basilan.figure("armed_group", "killed")
    assert {one.voice.side for one in own.positions} == {"government", "Tanum Brigade"}


def test_the_bottom_line_begins_with_all_the_dead(basilan: Desk) -> None:
    """At least thirteen people, and then whose they were."""
    section = builders.bottom_line(basilan)
    assert isinstance(section.body, Prose)
    line = plain.sentence(section.body.paragraphs[0], section)
    assert 0 < line.index("at least 13 people were killed") < line.index("security personnel")


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("killed", "at least 15 (3 + 12)"), ("injured", "12"), ("displaced", "not reported")],
)
def test_the_week_of_the_floods(manabi: Desk, outcome: Outcome, expected: str) -> None:
    """Three in one town and twelve in the other; totals of two provinces are no number of one."""
    assert short(manabi.figure("disaster_victims", outcome)) == expected


def test_the_day_of_the_landslide() -> None:
    """The agency's nine replace the mayor's at least six; four bodies are some of them; the missing are disputed."""
    held = desk(MANABI, FLOOD, MARCH[4], MARCH[4], ESMERALDAS)
    assert short(held.figure("disaster_victims", "killed")) == "9, among them 4 women and 3 children"
    assert held.figure("disaster_victims", "missing").text == "8–11"


def test_the_other_province_has_its_own_dead() -> None:
    """Four, by its governor."""
    held = desk(ESMERALDAS, FLOOD, MARCH[3], MARCH[9], MANABI)
    assert held.figure("disaster_victims", "killed").text == "4"
