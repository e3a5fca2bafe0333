"""Place what a report counts: the place of the news, and the place each toll is tied to."""

from __future__ import annotations

from typing import Final

from briefings import gazetteer, places
from briefings.clauses import Link
from briefings.lexicon import ROLE_WORDS, wordset
from briefings.lines import Line, Report
from briefings.model import Scope, Site, Window
from briefings.nations import states
from briefings.places import PlaceRef
from briefings.sentences import Tokens
from briefings.sites import Countries, sites_of

_OPENING: Final = 3
"""Sentences of the body that tell the news."""
_DEEPER: Final = 10
"""Sentences within which a report that opens with a country alone names the place."""
_BACK: Final = 3
"""Sentences of the same paragraph that may say where a toll belongs that names no place."""
_LONG: Final = 60
"""Days from which a running total is of a conflict, not of the news."""


def settle(lines: list[Line], report: Report) -> None:
    """Find the countries a report is about and the place of its news, and write them into `report`."""
    report.countries = _countries(lines)
    report.place = _main_place(lines, report)


def _countries(lines: list[Line]) -> Countries:
    found = Countries()
    for line in lines:
        weight = 2 if line.sentence.headline or line.sentence.paragraph <= 1 else 1
        found.hear(line.tokens, weight)
        for ref in line.places:
            if not ref.country and ref.grain != "venue":
                found.place(ref.text, weight)
    return found


def _main_place(lines: list[Line], report: Report) -> str | None:
    """Return the place of the news: of the opening toll, else of the opening, the smallest first; else the dateline."""
    body = [line for line in lines if not line.sentence.headline and (not line.sentence.heading or line.links)]
    head = sorted(
        [line for line in lines if line.sentence.headline] + body[:_OPENING],
        key=lambda line: (not line.links, line.sentence.headline),
    )
    fine = [(line, ref) for line in head for ref in line.places if _tells(line, ref)]
    if fine:
        return _town(fine, report)
    found = _capital(head, report) or (_deeper(body[_OPENING:_DEEPER], report) if _unnamed(head) else None)
    if found:
        return found
    for line in head:
        if line.places:
            tied = next((ref for ref in line.places if ref.tied), line.places[0])
            return _called(line, tied)
    return _dateline(body)


def _tells(line: Line, ref: PlaceRef) -> bool:
    return ref.tied and ref.grain != "country" and not _seat(line.tokens, ref)


def _town(fine: list[tuple[Line, PlaceRef]], report: Report) -> str:
    """Return the first of several places; a house or street only where no settlement it may stand in is named."""
    line, ref = fine[0]
    text = _called(line, ref)
    if ref.grain == "venue" and "," not in text:
        for other, town in fine[1:]:
            if town.grain == "town" and sites_of(town.text, report.countries):
                return _called(other, town)
        return _capital([line for line, _ in fine], report) or text
    return text


def _called(line: Line, ref: PlaceRef) -> str:
    """Return a place as a claim gives it: the smaller of two nested ones first; "Tarnia's capital" by its name."""
    low = line.tokens.low
    if ref.country and "capital" in low[ref.last : ref.last + 2] and (ref.last - 1) in line.tokens.possessive:
        country = gazetteer.country(states().get(ref.text.lower(), ""))
        if country is not None and country.capital:
            return country.capital
    return places.nested(line.tokens, line.places, _closest(line, ref))


def _dateline(body: list[Line]) -> str | None:
    if not body:
        return None
    lead = body[0].sentence.dateline
    place = places.dateline(Tokens(f"{lead}X") if lead else body[0].tokens)
    return place[0] if place else None


def _seat(tokens: Tokens, ref: PlaceRef) -> bool:
    """Say whether a place is only where a speaker sits: "a military spokesman in Mezin"."""
    return ref.first > 1 and tokens.low[ref.first - 2] in _SPEAKERS and tokens.low[ref.first - 1] in {"in", "at"}


_SPEAKERS: Final = wordset("spokesman spokeswoman spokesperson correspondent reporter bureau")


def _closest(line: Line, ref: PlaceRef) -> PlaceRef:
    """Return the smaller place that is named right before one: "Ostra County in the southern Tarnia"."""
    for other in line.places:
        gap = line.tokens.low[other.last : ref.first]
        if other.last <= ref.first and gap and _IN.issuperset(gap) and not other.country:
            return other
    return ref


_IN: Final = frozenset({"in", "the", "also", ",", "of", "northern", "southern", "eastern", "western", "central"})


def _capital(head: list[Line], report: Report) -> str | None:
    """Return the capital of the report's country where the opening says that things happened "in the capital"."""
    country = gazetteer.country(report.countries.main or "")
    if country is None or not country.capital:
        return None
    for line in head:
        low = line.tokens.low
        for k, word in enumerate(low):
            if (
                word == "capital"
                and k
                and low[k + 1 : k + 2] != ["of"]
                and _NOT_STATE.isdisjoint(low[max(0, k - 2) : k])
            ):
                lead = set(low[max(0, k - 5) : k])
                if lead & _INTO:
                    return country.capital
    return None


_NOT_STATE: Final = wordset("provincial regional state district commercial business financial economic county cultural")
_INTO: Final = wordset("in near outside inside around across of into hit rocked")


def _unnamed(head: list[Line]) -> bool:
    """Say whether the opening tells of one place without its name: "stormed a university"."""
    for line in head:
        low = line.tokens.low
        for k, word in enumerate(low):
            if word in {"a", "an"} and not _PLACES.isdisjoint(low[k + 1 : k + 4]):
                return True
    return False


def _deeper(body: list[Line], report: Report) -> str | None:
    """Return the first settlement or region of its country a report names further down, but for earlier events."""
    for line in body:
        if any(ref.earlier or ref.kind in {"anchor", "past", "since"} for ref in line.times):
            continue
        for ref in line.places:
            if _tells(line, ref) and "nearby" not in line.tokens.low[max(0, ref.first - 1) : ref.first]:
                text = _called(line, ref)
                if all(site.country == report.countries.main for site in sites_of(text, report.countries)):
                    return text
    return None


def where(lines: list[Line], index: int, link: Link, report: Report, scope: Scope, window: Window | None) -> str | None:
    """Return the place the toll is tied to: in the sentence, else just before it, else that of the news."""
    line = lines[index]
    ref = places.nearest(line.places, link.trigger)
    if ref is not None:
        text = _called(line, ref)
        if (
            ref.grain == "venue"
            and "," not in text
            and report.place
            and scope == "incident"
            and text not in report.place
        ):
            text = f"{text}, {report.place}"
        return "; ".join((text, *places.beside(line.tokens, ref)))
    if area := _area_of_office(lines[: index + 1]):
        return area
    for before in reversed(lines[max(0, index - _BACK) : index]):
        if before.sentence.paragraph != line.sentence.paragraph:
            break
        tied = [ref for ref in before.places if ref.tied and (scope == "background" or ref.grain != "country")]
        if tied:
            return _called(before, tied[-1])
    if scope == "background":
        return None
    if scope == "cumulative" and (window is None or window.days > _LONG):
        return _whole(report)
    return report.place


def _whole(report: Report) -> str | None:
    """Return the country of a report, where a total is of a conflict and not of the news."""
    country = gazetteer.country(report.countries.main or "")
    return country.site.name if country else None


def located(place: str | None, report: Report) -> tuple[Site, ...]:
    """Return the places on earth a claim's place means, each looked for once a report."""
    if not place:
        return ()
    if place not in report.sites:
        report.sites[place] = sites_of(place, report.countries)
    return report.sites[place]


def _area_of_office(lines: list[Line]) -> str | None:
    """Return what "in the province" means where an office was named with it: "the chief minister of X"."""
    low = lines[-1].tokens.low
    if not any(
        low[k] in {"in", "across", "throughout"} and low[k + 1] == "the" and low[k + 2] in _AREA_WORDS
        for k in range(len(low) - 2)
    ):
        return None
    for line in reversed(lines):
        tokens = line.tokens
        for k in range(len(tokens) - 2, 0, -1):
            named = tokens.low[k] == "of" and tokens.low[k - 1] in ROLE_WORDS and tokens.words[k + 1][0].isupper()
            if named:
                return tokens.words[k + 1]
    return None


_PLACES: Final = wordset(
    """university school college hospital hotel restaurant mosque church temple market mall village town city prison
    camp base airport station stadium nightclub club cafe shrine factory mine neighbourhood neighborhood suburb"""
)
_AREA_WORDS: Final = wordset("province region state district county governorate territory")
