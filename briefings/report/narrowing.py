"""Narrow the place of the news from the region its opening names to the town the next sentences tell of the same event.

"Gunmen killed nine in northern Ostria" goes on "The raid took place in Mezin": the nine died in Mezin, northern Ostria.
"""

from __future__ import annotations

from typing import Final

from ..geography.placenames import EVENTS, KINDS, LANDS, VENUES, PlaceRef
from ..geography.sites import sites_of
from ..lexis.lexicon import ARMED, PERSON, WEEKDAYS, wordset
from ..lexis.sentences import Tokens
from . import grounds, newsplace
from .lines import Line, Report

_NEXT: Final = 4
"""Sentences after the opening that may name the town."""
_BEGINNING: Final = 5
"""Words at the beginning of a sentence that say what it goes on about."""
_GOING_ON: Final = (
    EVENTS
    | ARMED
    | newsplace.OF_ARMS
    | wordset(
        """fighting brawl riot killings gunfire shells bombs bomb missile missiles rocket rockets drone drones warplane
        warplanes jets blaze accident derailment pileup crush avalanche mudslide vessel ferry boat bus train plane
        helicopter truck lorry inferno disaster tragedy mud slide water waters flames wave mutiny"""
    )
)
"""What a sentence is about that goes on with the news: "The blast", "The vessel", "Saturday's assault"."""
_STRUCK: Final = wordset(
    """struck hit fell landed exploded detonated happened occurred stormed attacked raided targeted bombed shelled
    ambushed erupted sank capsized overturned crashed derailed swept slammed ripped tore engulfed burned destroyed
    flattened rammed burst"""
)
"""What befalls a place, or those in it, where the sentence tells of it next."""
_LOCATING: Final = wordset("in at near on outside off")
_ELSE: Final = wordset(
    """who which that as since from when while after before where because although with by to was were is are be been
    has have had being whose until during killed"""
)
"""Words behind which a place is of something else: of who came from it, met there or struck it before."""
_SEVERAL: Final = wordset(
    """towns villages cities districts regions provinces states areas settlements communities hamlets localities
    neighbourhoods neighborhoods places camps sites locations attacks raids clashes strikes bombings floods across
    throughout"""
)
"""Words by which an opening tells of more than one place, none of which is where all of it happened."""


def narrow(lines: list[Line], report: Report) -> None:
    """Set the place of the news to a town in the region that its opening names, where the next sentences tell it."""
    if report.place is None or report.roundup or report.caseless or report.period is not None or ";" in report.place:
        return
    body = [line for line in lines if not line.sentence.headline and not line.sentence.heading]
    lead = next((line for line in body[:1] if line.links and _SEVERAL.isdisjoint(line.tokens.low)), None)
    region = _region(lead) if lead is not None else None
    if lead is None or region is None:
        return
    told = grounds.called(lead, region)
    if told != report.place and region.grain != "country":
        return
    for line in body[1 : 1 + _NEXT]:
        tied = [ref for ref in line.places if ref.tied]
        if not tied or grounds.several(line.tokens.low):
            continue
        earlier = newsplace.is_earlier(line, report) or newsplace.over(line, report)
        goes_on = _goes_on(line.tokens) and not earlier
        town = _town(line, tied, report) if goes_on and _befell(line.tokens.low, tied[0].first) else None
        if town is not None and told == report.place:
            report.region, report.place = told, f"{town}, {told}"
        elif town is not None and (town in report.place or report.place in town):
            report.region = told
        return


def _region(line: Line) -> PlaceRef | None:
    """Return the region or country a line names as where something happened, if it names none and no place below."""
    tied = [ref for ref in line.places if ref.tied]
    large = [ref for ref in tied if ref.grain in {"area", "country"}]
    return large[0] if len(large) == len(tied) == 1 else None


def _goes_on(tokens: Tokens) -> bool:
    """Say whether a sentence begins with what the one before told of: "The attackers", "It", "Saturday's assault"."""
    low = tokens.low
    if low[0] in {"it", "they"}:
        return low[1:2] != [] and low[1] in _STRUCK
    definite = low[0] in {"the", "this"} or (low[0] in WEEKDAYS and 0 in tokens.possessive)
    return definite and not _GOING_ON.isdisjoint(low[1:_BEGINNING])


def _befell(low: list[str], at: int) -> bool:
    """Say whether the place at `at` is where the event was that the sentence begins with, and not of something else.

    So in "The shells fell on Mezin", "Tuesday's raid on a farm near Mezin was", not in "The raid sparked protests in
    Mezin", "The attackers came from Mezin".
    """
    lead = low[1:at]
    if lead[:1] and "took" in lead and lead[lead.index("took") + 1 : lead.index("took") + 2] == ["place"]:
        lead[lead.index("took")] = "happened"
    if not _ELSE.isdisjoint(lead):
        return False
    verb = next((k for k, word in enumerate(lead) if word in _STRUCK), -1)
    others = [word for word in lead[verb + 1 if verb >= 0 else 0 :] if word.endswith("ed") and word not in _STRUCK]
    if verb >= 0:
        aimed = lead[verb] not in _HITTING or _aimed(lead[verb + 1 :])
        return aimed and not others and not any(word.endswith("ed") for word in lead[:verb])
    event = next((k for k, word in enumerate(lead) if word in _SUDDEN), -1)
    beside = [word for word in lead[event + 1 : event + 3] if word != ","]
    return not others and event >= 0 and beside[:1] != [] and beside[0] in _LOCATING and _DOING.isdisjoint(lead)


def _aimed(struck: list[str]) -> bool:
    """Say whether what is hit is a place or people, "hit | a market in", no "turbulence near" or "headlines in"."""
    return len(struck) <= _ONE or not (VENUES | KINDS | LANDS | PERSON).isdisjoint(struck)


_ONE: Final = 1
_HITTING: Final = frozenset({"hit", "struck"})
_SUDDEN: Final = (EVENTS | newsplace.OF_ARMS) - wordset("toll fire unrest protest protests war violence battle")
"""Events whose own place stands beside them: "Tuesday's raid on a farm near Mezin", no train or fighting in a town."""
_DOING: Final = wordset("came went met spoke sent led held made said told prompted sparked drew brought left put")


def _town(line: Line, tied: list[PlaceRef], report: Report) -> str | None:
    """Return the one town or house a line tells of, unless the gazetteer knows it in another country only."""
    low = line.tokens.low
    small = [ref for ref in grounds.uncared(low, tied) if ref.grain in {"town", "venue"} and not ref.country]
    small = [ref for ref in small if not grounds.seat(line.tokens, ref)]
    names = {grounds.called(line, ref) for ref in small if not _measures(low, small[0], ref)}
    if not small or len(grounds.parts(line)) > 1 or ";" in grounds.together(line, small[0]):
        return None
    name = grounds.called(line, small[0])
    if len(names) > 1 and not all(name in other or other in name for other in names):
        return None
    return name if all(site.country == report.countries.main for site in sites_of(name, report.countries)) else None


def _measures(low: list[str], town: PlaceRef, ref: PlaceRef) -> bool:
    """Say whether a place only tells how far off a town is: "in Mezin, 40 km north of the capital Brela"."""
    return not _UNITS.isdisjoint(low[town.last : ref.first])


_UNITS: Final = wordset(
    "km kms kilometres kilometers kilometre kilometer miles mile metres hours north south east west"
)
