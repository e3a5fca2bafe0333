"""Small sets of reports on which a template is tried: an ordinary day, an empty one, one source, a dispute, very many.

They are made up, about the region of the brief that is tried: its places, on a day of the past. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from ..core.settings import Region

DAY = date(2024, 5, 14)
"""The day the trials are about, a Tuesday."""

MANY = 120
"""Reports of the trial that is huge."""


@dataclass(frozen=True)
class Trial:
    """One set of reports: its name, what it is for, the text of each file by its name, the language of the page."""

    name: str
    about: str
    reports: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


def trials(region: Region) -> tuple[Trial, ...]:
    """Return the trials of a region, each with the same reports whenever it is asked for."""
    ordinary = _files(region, _ORDINARY)
    return (
        Trial("typical", "four sources, a toll that rises, a claim of responsibility", ordinary),
        Trial("empty", "no report at all"),
        Trial("one-source", "a single report", _files(region, _ORDINARY[:1])),
        Trial("disputed", "two sides, each with its own numbers, and a correction", _files(region, _DISPUTED)),
        Trial("huge", f"{MANY} reports from as many places as the region lists", _files(region, _many(region))),
        Trial("right-to-left", "the ordinary day on an Arabic page", ordinary, language="ar"),
    )


@dataclass(frozen=True)
class _Report:
    hour: time
    publisher: str
    title: str
    text: str
    places: tuple[str, ...] = ()


_ORDINARY = (
    _Report(
        time(9, 10),
        "Trial Wire",
        "Gunmen attack police post in {a}",
        "Gunmen attacked a police post in {a} before dawn on Tuesday, police said.\n\n"
        "Four police officers and two civilians were killed and nine people were injured, police said.\n\n"
        "The road between {a} and {b} was closed to traffic.",
    ),
    _Report(
        time(12, 40),
        "Trial Courier",
        "Ministry raises toll of attack in {a}",
        "The interior ministry said six police officers and three civilians had been killed in {a} on Tuesday.\n\n"
        "It said seven attackers were killed when troops arrived.\n\n"
        "Mobile internet was suspended across {region}.",
    ),
    _Report(
        time(15, 20),
        "Trial Monitor",
        "People's Front claims attack in {a}",
        "The People's Front, an armed group, claimed responsibility for the attack in {a} in a post on Telegram.\n\n"
        "It said its fighters had killed 15 police officers.\n\n"
        "The group has fought for the independence of {region} for decades.",
    ),
    _Report(
        time(17, 5),
        "Trial Herald",
        "Hospital in {b} treats the injured of {a}",
        "A hospital in {b} said it was treating eleven people injured in {a} on Tuesday, two of them critically.\n\n"
        "Residents of {c} told the Herald of helicopters overhead.\n\n"
        "In March 2023 an attack in {b} killed 12 people.",
    ),
)

_DISPUTED = (
    _Report(
        time(8, 30),
        "Trial Wire",
        "Army says it killed 20 militants in {a}",
        "The army said its troops killed 20 militants in {a} on Tuesday and that no soldier died.",
    ),
    _Report(
        time(11, 15),
        "Trial Monitor",
        "People's Front says it killed 30 soldiers",
        "The People's Front, an armed group, said its fighters killed 30 soldiers in {a} on Tuesday and lost 3 men.",
    ),
    _Report(
        time(13, 0),
        "Trial Courier",
        "Police count five civilians dead in {a}",
        "Police said five civilians were killed in {a} on Tuesday. A local official put their number at 14.",
    ),
    _Report(
        time(16, 45),
        "Trial Wire",
        "Correction: army says it killed 12 militants in {a}",
        "Correction: The army said its troops killed 12 militants in {a} on Tuesday, not 20 as reported earlier.",
    ),
)


def _many(region: Region) -> Iterable[_Report]:
    """Yield the reports of a day that is more than a page can hold."""
    for number in range(MANY):
        place = _places(region)[number % len(_places(region))]
        yield _Report(
            (datetime.combine(DAY, time(6)) + timedelta(minutes=7 * number)).time(),
            f"Trial Paper of the District and Town of {place} No. {number % 40 + 1}",
            f"{number % 17 + 1} killed in {place}",
            f"The district administration of {place} said {number % 17 + 1} civilians were killed and "
            f"{number % 23 + 2} people were injured in {place} on Tuesday.",
        )


def _places(region: Region) -> tuple[str, ...]:
    return region.places or (region.name,)


def _files(region: Region, reports: Iterable[_Report]) -> dict[str, str]:
    """Return the reports as files, named in the order of their hours."""
    places = _places(region)
    names = {letter: places[at % len(places)] for at, letter in enumerate("abc")} | {"region": region.name}
    files = {}
    for number, one in enumerate(reports, 1):
        published = datetime.combine(DAY, one.hour)
        title, text = one.title.format(**names), one.text.format(**names)
        files[f"{number:03}.md"] = (
            f'---\ntitle: "{title}"\npublisher: "{one.publisher}"\npublished: {published.isoformat()}\n'
            f"timezone: {region.timezone}\nlanguage: en\n---\n\n# {title}\n\n{text}\n"
        )
    return files
