"""Find the countries a report is about and the place of its news: of the opening toll, else of the opening."""

from __future__ import annotations

from typing import Final

from ..geography import gazetteer, places
from ..geography.placenames import DIRECTIONS, EVENTS, NOT_NAMES, PlaceRef, is_name
from ..geography.sites import Countries, sites_of
from ..lexis.lexicon import COUNTRIES, SAY, indexes, wordset
from ..lexis.sentences import Tokens, text_of
from ..model import Outcome
from . import grounds
from .lines import Line, Report
from .newsdays import HARM, opens_with_item

_CLAUSE: Final = 9
"""Words beside a toll in which "across the country" is said of it."""
_OPENING: Final = 3
"""Sentences of the body that tell the news."""
_NEXT: Final = 5
_DEEPER: Final = 10
"""Sentences within which a report that opens with a country alone names the place; more if it tells of "a village"."""
_EARLIER: Final = 4
"""Days before the news from which an event is another one."""


def settle(lines: list[Line], report: Report) -> None:
    """Find the countries a report is about and the place of its news, and write them into `report`."""
    report.countries = _countries(lines)
    report.place = None if report.roundup else _main_place(lines, report)


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
    if report.items and (report.roundup or not opens_with_item(lines, report)):
        body = [line for line in body if line.sentence.paragraph not in report.items] or body
    if report.period is not None and (land := _land_summed(lines, body, report)):
        return land
    if (land := titled(lines)) is not None and land.lower() in COUNTRIES and _surveys(lines[:2]):
        return land  # what a country's situation report counts without a place is of the country
    first = next((line for line in body[:_OPENING] if line.links), None)
    if first is not None and not any(_tells(first, ref) for ref in first.places):
        at = first.links[0].trigger
        if grounds.nationwide(first.tokens.low[max(0, at - _CLAUSE) : at + _CLAUSE]):
            return whole_land(report)
        lead = first if first.sentence.paragraph > body[0].sentence.paragraph else body[0]
        if grounds.several(first.tokens.low) or (grounds.several(lead.tokens.low) and not _named_in(lead)):
            return titled(lines) or grounds.land_of_several(lead.tokens.low)
        if grounds.separate(first.tokens.low) and any(ref.tied and ref.country for ref in first.places):
            return whole_land(report)
    return _told_first(lines, body, report)


def _named_in(line: Line) -> bool:
    """Say whether a line names a place of its own below a country."""
    return any(ref.tied and not ref.country for ref in line.places)


def _land_summed(lines: list[Line], body: list[Line], report: Report) -> str | None:
    """Return the country over which a report sums up its period: "across Ostria in the week of 9 to 15 August"."""
    for line in [*lines[:1], *body[:2]]:
        tied = [ref for ref in line.places if ref.tied]
        if tied and all(ref.country for ref in tied) and any(ref.window == report.period for ref in line.times):
            return grounds.called(line, tied[0])
    return None


def _told_first(lines: list[Line], body: list[Line], report: Report) -> str | None:
    """Return the place that headline and opening tell of, the smallest first; else one further down, or a dateline."""
    opening = [line for k, line in enumerate(body[:_OPENING]) if not k or not _turns_elsewhere(line.tokens.low)]
    head = sorted(
        [line for line in lines if line.sentence.headline] + opening,
        key=lambda line: (not line.links, line.sentence.headline),
    )
    counted = {link.outcome for line in body[:1] for link in line.links}
    news = [
        line
        for line in head
        if line.sentence.headline
        or line is body[0]
        or (not is_earlier(line, report) and _of_the_news(line, report) and not _of_others(line, counted))
    ]
    if part := _part_of_land(lines, body) or (_seat_of_who_counts(body[0], report) if body else None):
        return part
    fine = [(line, ref) for line in news for ref in line.places if _tells(line, ref)]
    if fine:
        return (_finer(fine[0], body, report) if fine[0][1].grain == "area" else None) or _town(fine, head, report)
    found = capital_told(head, report) or _deeper(body[_OPENING : _DEEPER if _unnamed(head) else _NEXT], report)
    if found:
        return found
    if both := _two_lands(lines):
        return both
    for line in news:
        low = line.tokens.low
        if kept := [ref for ref in grounds.uncared(low, line.places) if not grounds.of_branch(low, ref)]:
            tied = next((ref for ref in kept if ref.tied), kept[0])
            return grounds.together(line, tied)
    return (
        _dateline(body, report)
        or titled(lines)
        or next((said for line in head if (said := grounds.in_capital(line.tokens.low))), None)
    )


def _of_others(line: Line, counted: set[Outcome]) -> bool:
    """Say whether a sentence counts others than the opening, who may lie elsewhere: "another man died in Mezin"."""
    whole = [link for link in line.links if link.parent is None and link.outcome in counted]
    return bool(whole) and all(line.tokens.low[link.phrase.first] == "another" for link in whole)


def _two_lands(lines: list[Line]) -> str | None:
    """Return the countries that a headline names in one breath, as what struck both: "Quake in Ostria and Tarnia"."""
    for line in lines[:1]:
        lands = [ref for ref in line.places if ref.country]
        joined = len(lands) > 1 and line.tokens.low[lands[0].last : lands[1].first] == ["and"]
        if line.sentence.headline and joined:
            return f"{lands[0].text}; {lands[1].text}"
    return None


def _turns_elsewhere(low: list[str]) -> bool:
    """Say whether a sentence begins with another event than that of the news: "In another raid in Brela, two died"."""
    lead = low[:_TURN]
    return lead[:1] == ["in"] and any(
        word in _OTHER and not OF_ARMS.isdisjoint(lead[k + 1 : k + 3]) for k, word in enumerate(lead)
    )


_TURN: Final = 5
_OTHER: Final = frozenset({"another", "separate"})
OF_ARMS: Final = EVENTS | wordset("encounter operation engagement incident ambush assault strike shootout clash")
"""What an event is called that somebody's arms make."""


def _seat_of_who_counts(line: Line, report: Report) -> str | None:
    """Return the town that "the town" means where its only name is that of the house that counts: "a clinic in Mezin".

    A house of care or a police station counts what befell its own town; a spokesman or a monitor may sit anywhere.
    """
    low = line.tokens.low
    taken_up = any(word in _SETTLED and low[k - 1] == "the" for k, word in enumerate(low) if k)
    if not taken_up or line.places or not line.links:
        return None
    for told in (k for k, word in enumerate(low) if word in SAY):
        first = told
        while first and is_name(line.tokens.words[first - 1]):
            first -= 1
        if 1 < first < told and low[first - 1] == "in" and low[first - 2] in _COUNTING:
            name = text_of(line.tokens, first, told)
            return (
                name
                if all(site.country == report.countries.main for site in sites_of(name, report.countries))
                else None
            )
    return None


_COUNTING: Final = wordset("clinic hospital morgue mortuary room police station centre center")
_SETTLED: Final = frozenset({"town", "city", "village", "camp", "township"})


def _surveys(opening: list[Line]) -> bool:
    """Say whether a report is headed as one on how a whole country fares: "Ostria: Floods, Flash Update No. 3"."""
    heads = " ".join(" ".join(line.tokens.low) for line in opening if line.sentence.headline or line.sentence.heading)
    return any(
        kind in heads for kind in ("flash update", "situation report", "situation update", "humanitarian update")
    )


def titled(lines: list[Line]) -> str | None:
    """Return the place a headline begins with before what struck it: "Sorvan: Earthquake, Flash Update No. 3"."""
    tokens = next((line.tokens for line in lines[:1] if line.sentence.headline or line.sentence.heading), None)
    at = next((k for k in (1, 2, 3) if tokens is not None and tokens.low[k : k + 1] == [":"]), 0)
    if tokens is None or not at or _TITLES.isdisjoint(tokens.low[at + 1 : at + _NEXT]):
        return None
    named = all(map(is_name, tokens.words[:at])) and NOT_NAMES.isdisjoint(tokens.low[:at])
    return text_of(tokens, 0, at) if named else None


_TITLES: Final = EVENTS | wordset("flash situation humanitarian update cyclone typhoon hurricane rainy rains drought")


def _tells(line: Line, ref: PlaceRef) -> bool:
    """Say whether a place may be that of the news: one smaller than a country that is no speaker's seat."""
    if ref.grain == "country":
        return grounds.capital_of(line, ref) is not None
    if not ref.tied or grounds.seat(line.tokens, ref) or grounds.cares(line.tokens.low, ref):
        return False
    return not (line.links and line.links[0].trigger < grounds.days_after(line.tokens.low, ref))


def _town(fine: list[tuple[Line, PlaceRef]], head: list[Line], report: Report) -> str:
    """Return the first of several places, a house or street with the settlement it stands in."""
    line, ref = fine[0]
    if report.caseless and not ref.first and line.links:  # where it was filed stands before where it happened
        ref = next((other for place, other in fine[1:] if place is line), ref)
    venue = next((other for place, other in fine if place is line and other.grain == "venue"), None)
    if venue is not None and ref.grain == "town" and "here" in line.tokens.low:
        return f"{venue.text}, {ref.text}"
    if parts := grounds.parts(line):
        return "; ".join(dict.fromkeys(parts))
    text = grounds.together(line, ref)
    if ref.grain == "venue" and "," not in text:
        town = next((grounds.called(*one) for one in fine[1:] if _known_town(one[1], report)), None)
        town = town or capital_told(head, report)
        return f"{text}, {town}" if town else text
    return text


def _finer(told: tuple[Line, PlaceRef], body: list[Line], report: Report) -> str | None:
    """Return the town beside the first count of the body, where the opening counts nobody and names a region alone."""
    line, _ = told
    at = next((k for k, one in enumerate(body[:_DEEPER]) if one.links), 0)
    if line.links or line.sentence.headline or not at:
        return None
    near = [one for one in (body[at], body[at - 1]) if one.sentence.paragraph == body[at].sentence.paragraph]
    for one in near:
        small = [ref for ref in one.places if ref.grain in _SMALL and _tells(one, ref)]
        if small and not is_earlier(one, report) and _of_the_news(one, report):
            return grounds.called(one, small[0])
    return None


def _part_of_land(lines: list[Line], body: list[Line]) -> str | None:
    """Return the part of a country in which both headline and opening count: "in southern Ostria"."""
    heads = [line for line in lines[:1] if line.sentence.headline and line.links]
    if not heads or not body or not body[0].links:
        return None
    named = {ref.text for ref in heads[0].places if ref.tied}
    tied = [ref for ref in body[0].places if ref.tied]
    part = len(tied) == 1 and tied[0].country and tied[0].text in named and " " in tied[0].text
    return tied[0].text if part and tied[0].text.partition(" ")[0].lower() in DIRECTIONS else None


_SMALL: Final = frozenset({"town", "venue"})


def _known_town(ref: PlaceRef, report: Report) -> bool:
    return ref.grain == "town" and bool(sites_of(ref.text, report.countries))


def _dateline(body: list[Line], report: Report) -> str | None:
    """Return where the report was filed, so far as its capitals tell."""
    if not body or (report.caseless and not body[0].sentence.dateline):
        return None
    lead = body[0].sentence.dateline
    place = places.dateline(Tokens(f"{lead}X") if lead else body[0].tokens)
    if place is None or report.caseless:
        return place[0] if place else None
    return _filed_from_afar(place[0].partition(",")[0], body, report) or place[0]


def _filed_from_afar(city: str, body: list[Line], report: Report) -> str | None:
    """Return the country a report is filed from the capital of, if what it counts happened in several other towns."""
    country = next((gazetteer.country(site.country) for site in sites_of(city, report.countries)), None)
    if country is None or not country.capital or city.lower() != country.capital.lower():
        return None
    news = [line for line in body if line.links and not is_earlier(line, report)]
    towns = {ref.text for line in news for ref in line.places if ref.tied and ref.grain != "country"}
    afar = len(towns) >= _ELSEWHERE and all(city.lower() not in town.lower() for town in towns)
    return country.site.name if afar else None


_ELSEWHERE: Final = 3
"""Towns of which a report tells that is filed from the capital and about the whole country."""


def capital_told(head: list[Line], report: Report) -> str | None:
    """Return the capital of the report's country where the opening says that things happened "in the capital"."""
    country = gazetteer.country(report.countries.sure or "")
    if country is None or not country.capital:
        return None
    for line in head:
        low = line.tokens.low
        for k in indexes(_CAPITAL, low):
            if k and low[k + 1 : k + 2] != ["of"] and _NOT_STATE.isdisjoint(low[max(0, k - 2) : k]):
                lead = set(low[max(0, k - 5) : k])
                if lead & _INTO:
                    return country.capital
    return None


_CAPITAL: Final = frozenset({"capital"})
_NOT_STATE: Final = wordset("provincial regional state district commercial business financial economic county cultural")
_INTO: Final = wordset("in near outside inside around across of into hit rocked")


def _unnamed(head: list[Line]) -> bool:
    """Say whether the opening tells of one place without its name: "stormed a university"."""
    for line in head:
        low = line.tokens.low
        for k, word in enumerate(low):
            if word in {"a", "an"} and not grounds.PLACES.isdisjoint(low[k + 1 : k + 4]):
                return True
    return False


def _deeper(body: list[Line], report: Report) -> str | None:
    """Return the first settlement or region of its country a report names further down, but for earlier events."""
    for line in body:
        if is_earlier(line, report) or not _of_the_news(line, report):
            continue
        for ref in line.places:
            if _tells(line, ref) and _NEIGHBOURS.isdisjoint(line.tokens.low[max(0, ref.first - 1) : ref.first]):
                text = grounds.called(line, ref)
                if all(site.country == report.countries.main for site in sites_of(text, report.countries)):
                    return text
    return None


_NEIGHBOURS: Final = wordset("nearby neighbouring neighboring adjacent adjoining")


def _of_the_news(line: Line, report: Report) -> bool:
    """Say whether a sentence further down can be about the news: one that counts, or speaks of what happened then."""
    return not over(line, report) and (bool(line.links) or not _HAPPENED.isdisjoint(line.tokens.low))


def over(line: Line, report: Report) -> bool:
    """Say whether all that a sentence dates was over before the news: "last week, the rebels seized the town"."""
    news = report.window
    told = [ref.window for ref in line.times if ref.window and not ref.stated]
    return news is not None and bool(told) and all(window.end < news.start for window in told)


_HAPPENED: Final = (
    EVENTS
    | HARM
    | wordset("happened place occurred gunfire shots operation gunfight site scene rescue rescuers village town")
) - wordset("hold holds holding seize seizes seized take takes took taken taking")


def is_earlier(line: Line, report: Report, kinds: frozenset[str] = frozenset({"anchor", "past", "since"})) -> bool:
    """Say whether a sentence tells of an earlier event, or of a stretch of time of one of some kinds."""
    news = report.window
    return any(
        ref.earlier
        or ref.kind in kinds
        or (ref.window is not None and news is not None and (news.start - ref.window.end).days > _EARLIER)
        for ref in line.times
        if ref.role != "compared"  # "the worst attack since 2015" is the news
    )


def whole_land(report: Report) -> str | None:
    """Return the country of a report, where a total is of a conflict and not of the news."""
    country = gazetteer.country(report.countries.sure or "")
    return country.site.name if country else None
