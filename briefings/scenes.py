"""Place what a report counts: the place of the news, and the place each toll is tied to."""

from __future__ import annotations

from typing import Final

from briefings import gazetteer, grounds, nesting, places, turns, wounds
from briefings.lexicon import ROLE_WORDS, indexes, wordset
from briefings.lines import Line, Report
from briefings.model import Scope, Site, Window
from briefings.newsdays import FRESH, HARM, opens_with_item
from briefings.placenames import EVENTS, NOT_NAMES, PlaceRef, is_name
from briefings.sentences import Tokens, text_of
from briefings.sites import Countries, sites_of
from briefings.ties import Link

_CLAUSE: Final = 9
"""Words beside a toll in which "across the country" is said of it."""
_OPENING: Final = 3
"""Sentences of the body that tell the news."""
_NEXT: Final = 5
_DEEPER: Final = 10
"""Sentences within which a report that opens with a country alone names the place; more if it tells of "a village"."""
_BACK: Final = 3
"""Sentences of the same paragraph that may say where a toll belongs that names no place."""
_EARLIER: Final = 4
"""Days before the news from which an event is another one."""
_LONG: Final = 30
"""Days from which a running total is of a conflict, not of the news."""


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
    first = next((line for line in body[:_OPENING] if line.links), None)
    if first is not None and not any(_tells(first, ref) for ref in first.places):
        at = first.links[0].trigger
        if grounds.nationwide(first.tokens.low[max(0, at - _CLAUSE) : at + _CLAUSE]):
            return _whole(report)
        if grounds.several(first.tokens.low):
            return _titled(lines)
        if grounds.separate(first.tokens.low) and any(ref.tied and ref.country for ref in first.places):
            return _whole(report)
    opening = [line for k, line in enumerate(body[:_OPENING]) if not k or not _turns_elsewhere(line.tokens.low)]
    head = sorted(
        [line for line in lines if line.sentence.headline] + opening,
        key=lambda line: (not line.links, line.sentence.headline),
    )
    news = [
        line
        for line in head
        if line.sentence.headline or line is body[0] or (not _past(line, report) and _of_the_news(line, report))
    ]
    fine = [(line, ref) for line in news for ref in line.places if _tells(line, ref)]
    if fine:
        return _town(fine, head, report)
    found = _capital(head, report) or _deeper(body[_OPENING : _DEEPER if _unnamed(head) else _NEXT], report)
    if found:
        return found
    for line in news:
        low = line.tokens.low
        if kept := [ref for ref in grounds.uncared(low, line.places) if not grounds.of_branch(low, ref)]:
            tied = next((ref for ref in kept if ref.tied), kept[0])
            return grounds.called(line, tied)
    return (
        _dateline(body, report)
        or _titled(lines)
        or next((said for line in head if (said := grounds.in_capital(line.tokens.low))), None)
    )


def _turns_elsewhere(low: list[str]) -> bool:
    """Say whether a sentence begins with another event than that of the news: "In another raid in Brela, two died"."""
    lead = low[:_TURN]
    return lead[:1] == ["in"] and any(
        word in _OTHER and not _OF_ARMS.isdisjoint(lead[k + 1 : k + 3]) for k, word in enumerate(lead)
    )


_TURN: Final = 5
_OTHER: Final = frozenset({"another", "separate"})
_OF_ARMS: Final = EVENTS | wordset("encounter operation engagement incident ambush assault strike shootout clash")


def _titled(lines: list[Line]) -> str | None:
    """Return the place a headline begins with before what struck it: "Sorvan: Earthquake, Flash Update No. 3"."""
    tokens = next((line.tokens for line in lines if line.sentence.headline), None)
    at = next((k for k in (1, 2, 3) if tokens is not None and tokens.low[k : k + 1] == [":"]), 0)
    if tokens is None or not at or _TITLES.isdisjoint(tokens.low[at + 1 : at + _NEXT]):
        return None
    named = all(map(is_name, tokens.words[:at])) and NOT_NAMES.isdisjoint(tokens.low[:at])
    return text_of(tokens, 0, at) if named else None


_TITLES: Final = EVENTS | wordset("flash situation humanitarian update cyclone typhoon hurricane")


def _tells(line: Line, ref: PlaceRef) -> bool:
    """Say whether a place may be that of the news: one smaller than a country that is no speaker's seat."""
    if ref.grain == "country":
        return grounds.capital_of(line, ref) is not None
    return ref.tied and not grounds.seat(line.tokens, ref) and not grounds.cares(line.tokens.low, ref)


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
        town = town or _capital(head, report)
        return f"{text}, {town}" if town else text
    return text


def _known_town(ref: PlaceRef, report: Report) -> bool:
    return ref.grain == "town" and bool(sites_of(ref.text, report.countries))


def _dateline(body: list[Line], report: Report) -> str | None:
    """Return where the report was filed, so far as its capitals tell."""
    if not body or (report.caseless and not body[0].sentence.dateline):
        return None
    lead = body[0].sentence.dateline
    place = places.dateline(Tokens(f"{lead}X") if lead else body[0].tokens)
    return place[0] if place else None


def _capital(head: list[Line], report: Report) -> str | None:
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
        if _past(line, report) or not _of_the_news(line, report):
            continue
        for ref in line.places:
            if _tells(line, ref) and "nearby" not in line.tokens.low[max(0, ref.first - 1) : ref.first]:
                text = grounds.called(line, ref)
                if all(site.country == report.countries.main for site in sites_of(text, report.countries)):
                    return text
    return None


def _of_the_news(line: Line, report: Report) -> bool:
    """Say whether a sentence further down can be about the news: one that counts, or speaks of what happened then."""
    return not _over(line, report) and (bool(line.links) or not _HAPPENED.isdisjoint(line.tokens.low))


def _over(line: Line, report: Report) -> bool:
    """Say whether all that a sentence dates was over before the news: "last week, the rebels seized the town"."""
    news = report.window
    told = [ref.window for ref in line.times if ref.window and not ref.stated]
    return news is not None and bool(told) and all(window.end < news.start for window in told)


_HAPPENED: Final = (
    EVENTS
    | HARM
    | wordset("happened place occurred gunfire shots operation gunfight site scene rescue rescuers village town")
) - wordset("hold holds holding seize seizes seized take takes took taken taking")


def _past(line: Line, report: Report, kinds: frozenset[str] = frozenset({"anchor", "past", "since"})) -> bool:
    """Say whether a sentence tells of an earlier event, or of a stretch of time of one of some kinds."""
    news = report.window
    return any(
        ref.earlier
        or ref.kind in kinds
        or (ref.window is not None and news is not None and (news.start - ref.window.end).days > _EARLIER)
        for ref in line.times
    )


def where(lines: list[Line], index: int, link: Link, report: Report, scope: Scope, window: Window | None) -> str | None:
    """Return the place the toll is tied to: in the sentence, else just before it, else that of the news."""
    line = lines[index]
    refs = [one for one in grounds.of_harm(line, link) if not grounds.example(line.tokens.low, one, link)]
    exact = [one for one in refs if not grounds.of_branch(line.tokens.low, one)]
    ref = nesting.nearest(exact if exact or report.place else refs, link.trigger)
    if ref is not None and report.place and grounds.cares(line.tokens.low, ref):
        ref = None  # where the hurt were brought is not where they came to harm
    if ref is None or ref.grain == "venue":
        hurt = wounds.hurt_before(lines, index, link)
        if hurt is not None:
            return where(lines, *hurt, report, scope, window)
    if ref is not None and scope == "cumulative" and grounds.of_a_war(line.tokens.low, ref, link):
        return _whole(report)
    if ref is not None and (shares := grounds.over(line, link)):
        return "; ".join(dict.fromkeys(shares))
    if ref is not None:
        if (part := grounds.own_part(line, link)) and (grounds.parts(line) or grounds.shared(line)):
            whole = any(one.parent is link.phrase for one in line.links)
            return grounds.together(line, part) if whole else grounds.called(line, part)
        ref = part or ref
        text = grounds.together(line, ref)
        if ref.grain == "venue" and "," not in text and ";" not in text and report.place and scope == "incident":
            others = [one for one in line.places if one is not ref and one.text not in report.place]
            apart = bool(others) or not _APART.isdisjoint(line.tokens.low)
            town = report.place.rpartition(",")[2].strip()
            text = text if apart or town == text or ";" in town else f"{text}, {town}"
        return text
    if area := _area_named(lines, index, report) or _area_of_office(lines[: index + 1]):
        return area
    if grounds.nationwide(line.tokens.low):
        return _whole(report)
    if grounds.several(line.tokens.low):
        return _titled(lines)
    if grounds.in_capital(line.tokens.low) and line.sentence.paragraph not in report.items:
        return _capital([line], report) or "capital"
    if scope == "cumulative" and grounds.wide(line.tokens.low):
        return None
    if "there" in line.tokens.low and (place := _there(lines, index)):
        return place
    if (place := _lent(lines, index, report, scope)) is not None:
        return place
    if line.sentence.paragraph in report.items:
        return _of_item(lines, index, report, scope)
    if report.roundup:
        return _whole(report)
    if scope == "background":
        there = line.tokens.low[-2:] == ["there", "."]
        return report.place if there or grounds.same_place(line.tokens.low) else None
    if scope == "cumulative" and (window is None or window.days > _LONG or _reaches_back(window, report)):
        return _whole(report)
    return report.place


def _reaches_back(window: Window, report: Report) -> bool:
    """Say whether a running total begins long before the news: "at least 45 have died this month"."""
    return not report.course and report.window is not None and (report.window.start - window.start).days > FRESH


def _lent(lines: list[Line], index: int, report: Report, scope: Scope) -> str | None:
    """Return the place of what a sentence goes on about: told before it in its paragraph, or looked back to."""
    line = lines[index]
    paragraph = line.sentence.paragraph
    near = [one for one in lines[max(index - _BACK, 0) : index + 1] if one.sentence.paragraph == paragraph]
    since = paragraph - any(turns.points_back(one.tokens.low) or turns.goes_on(one.tokens.low) for one in near)
    for k in range(index - 1, max(index - _BACK, 0) - 1, -1):
        before = lines[k]
        gone = scope == "incident" and _past(before, report, _NOT_LENT) and not _soon_after(before.tokens.low)
        if before.sentence.paragraph < since or before.sentence.headline or gone:
            break
        tied = [ref for ref in before.places if ref.tied and (scope == "background" or ref.grain != "country")]
        tied = grounds.uncared(before.tokens.low, tied)
        if tied and turns.elsewhere(line, before, lines[:k]):
            break
        if tied:
            if grounds.parts(before):
                return None
            lent = _harmed(before, tied)
            return grounds.together(before, lent)
    opened = report.turns.get(index)
    ref = turns.place_of(lines[opened], report) if opened is not None else None
    return grounds.called(lines[opened], ref) if ref is not None and opened is not None else None


def _soon_after(low: list[str]) -> bool:
    """Say whether a sentence goes on with the news: "hours later"."""
    return any(word == "later" and low[k] in _SOON for k, word in enumerate(low[1:]))


_SOON: Final = wordset("hours hour minutes moments shortly")


def _harmed(line: Line, tied: list[PlaceRef]) -> PlaceRef:
    """Return the place a line lends to the next: the last that is a house or town, but not where news came from."""
    low = line.tokens.low
    near = [ref for ref in tied if ref.first == 0 or not (low[ref.first - 1] == "from" or _beyond(low, ref))] or tied
    return next((ref for ref in reversed(near) if ref.grain in {"town", "venue"}), near[-1])


def _beyond(low: list[str], ref: PlaceRef) -> bool:
    """Say whether a place only tells which way another lies: "just south of the capital Mezin"."""
    lead = low[max(ref.first - _WAY, 0) : ref.first]
    return any(word in {"north", "south", "east", "west"} and lead[k + 1] == "of" for k, word in enumerate(lead[:-1]))


_WAY: Final = 4


def _of_item(lines: list[Line], index: int, report: Report, scope: Scope) -> str | None:
    """Return the place of an item of a round-up: what its paragraph names later, else the name that leads it."""
    line = lines[index]
    lead = report.items[line.sentence.paragraph]
    told = [
        one for one in lines[max(0, index - _BACK) : index + 1] if one.sentence.paragraph == line.sentence.paragraph
    ]
    if capital := next((said for one in told if (said := grounds.in_capital(one.tokens.low))), None):
        return f"{capital}, {lead}" if lead else capital
    for after in lines[index + 1 : index + 1 + _BACK]:
        if after.sentence.paragraph != line.sentence.paragraph:
            break
        tied = [ref for ref in after.places if ref.tied and ref.grain != "country"]
        if tied:
            return grounds.called(after, tied[0])
    if lead or report.roundup:
        return lead if lead and scope != "background" else None
    return report.place


def _there(lines: list[Line], index: int) -> str | None:
    """Return the place that "there" takes up: the last one told of before the sentence."""
    low = lines[index].tokens.low
    if all(word != "there" or low[k + 1 : k + 2] == [] or low[k + 1] in _BEING for k, word in enumerate(low[:-1])):
        return None
    for before in reversed(lines[max(0, index - _BACK) : index]):
        tied = [ref for ref in before.places if ref.tied and ref.grain != "country"]
        if tied:
            return grounds.called(before, tied[-1])
    return None


_BEING: Final = wordset("is are was were has have had will would could may might appeared appears seemed came")


def _area_named(lines: list[Line], index: int, report: Report) -> str | None:
    """Return which place "the town" or "the territory" is: the last that was called one, of towns that of the news."""
    low = lines[index].tokens.low
    if _KINDS_OF_LAND.isdisjoint(low):
        return None
    for k in range(len(low) - 2, 0, -1):
        if low[k] not in _KINDS_OF_LAND or low[k - 1] != "the" or low[k + 1] == "of":
            continue
        if low[k - 2] not in _WITHIN and (k > 1 or low[k + 1] not in _HAS):
            continue
        for line in reversed(lines[max(0, index - _DEEPER) : index]):
            for ref in reversed(line.places):
                named = line.tokens.low[ref.first - 2 : ref.first] == [low[k], "of"]
                if named or line.tokens.low[ref.last - 1] == low[k]:
                    return ref.text
    return None


_KINDS_OF_LAND: Final = wordset(
    "town city village province district territory region state county governorate island islands valley"
)
_HAS: Final = frozenset({"has", "had", "was", "is"})
"""What follows "The district" at the beginning of a sentence that is about it."""
_WITHIN: Final = wordset("in across throughout within fled left at outside near entered around")


_APART: Final = wordset("separate separately elsewhere")
_NOT_LENT: Final = frozenset({"anchor", "since"})
"""Kinds of time whose sentences lend no place: that towns were shelled "over the past months" lends theirs."""


def _whole(report: Report) -> str | None:
    """Return the country of a report, where a total is of a conflict and not of the news."""
    country = gazetteer.country(report.countries.sure or "")
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
    if _AREA_WORDS.isdisjoint(low) or not any(
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


_AREA_WORDS: Final = wordset("province region state district county governorate territory")
