"""Read in one sentence where its counts lie: which place stands beside which number, and what covers several places."""

from __future__ import annotations

from typing import Final

from ..counting.ties import Link
from ..dating.spells import SAME
from ..geography import gazetteer, nesting
from ..geography.nations import states
from ..geography.placenames import DIRECTIONS, PlaceRef
from ..lexis import outcomes
from ..lexis.bodies import HOUSES
from ..lexis.lexicon import ARMED, PERSON, SAY, STATE, indexes, wordset
from ..lexis.quantities import UNITS
from ..lexis.sentences import Tokens
from .lines import Line


def called(line: Line, ref: PlaceRef) -> str:
    """Return a place as a claim gives it: the smaller of two nested ones first; "Tarnia's capital" by its name."""
    around = [one for one in line.places if one is ref or not cares(line.tokens.low, one)]
    return capital_of(line, ref) or nesting.nested(line.tokens, around, nesting.innermost(line.tokens, around, ref))


def together(line: Line, ref: PlaceRef) -> str:
    """Return a place with those named in one breath with it, "in A, B and C", whichever of them was chosen."""
    low = line.tokens.low
    for first in line.places:
        if first is ref or first.last >= ref.first or low.index(low[ref.first], first.last) != ref.first:
            continue  # named again after the list, it stands alone
        if ref.text in nesting.beside(line.tokens, first):
            ref = first
            break
    others = nesting.beside(line.tokens, ref)
    if others and len(line.links) > 1:  # "ten died in A and two in B"
        counted = [own_part(line, one) for one in line.links if one.parent is None]
        apart = {one.text for one in counted if one is not None and one is not ref}
        others = tuple(name for name in others if name not in apart)
    own = called(line, ref)
    if others and own == f"{ref.text}, {others[0]}":
        own = ref.text  # the next of the list, not what the first lies in
    return "; ".join((own, *others))


def named(line: Line, ref: PlaceRef) -> tuple[str, ...]:
    """Return the names of a place and of those told in one breath with it."""
    return ref.text, *nesting.beside(line.tokens, ref)


def capital_of(line: Line, ref: PlaceRef) -> str | None:
    """Return the capital of a country, where it is what the words after its name speak of."""
    if not ref.country or "capital" not in line.tokens.low[ref.last : ref.last + 2]:
        return None
    country = gazetteer.country(states().get(ref.text.lower(), ""))
    return country.capital if country is not None and country.capital else None


def own_part(line: Line, link: Link) -> PlaceRef | None:
    """Return the place that stands right after a number: "three in Mezin", "another two in the town of Brela"."""
    low, last = line.tokens.low, link.phrase.last
    for ref in line.places:
        if ref.tied and last <= ref.first <= last + _PART and _BESIDE.intersection(low[last : last + 1]):
            return ref
        if ref.tied and link.phrase.first < ref.first < last:
            return ref  # the number was read with its place: "two in Brela"
    return None


def parts(line: Line) -> list[str]:
    """Return the places among which a line parts a toll: "six died in Mezin and two in Brela"."""
    if len(line.links) < _TWO or sum(ref.tied for ref in line.places) < _TWO:
        return []
    own = [ref for link in line.links if link.parent is None and (ref := own_part(line, link)) is not None]
    if not own or len({ref.first for ref in own}) + (len(own) < len(line.links)) < _TWO:
        return []
    return [called(line, ref) for ref in line.places if ref.tied and (ref in own or ref.first < own[0].first)]


def numbered(line: Line) -> bool:
    """Say whether a line gives each of several places its number: "six of the dead were in Mezin, four in Brela"."""
    low = line.tokens.low
    at = [ref.first - 1 for ref in line.places if ref.tied and ref.first > 1 and low[ref.first - 1] in _BESIDE]
    return sum(low[k - 1] in UNITS or low[k - 1].isdecimal() for k in at) >= _TWO


def over(line: Line, link: Link) -> list[str]:
    """Return the places over which a line shares out a count that has none of its own."""
    inside = [ref for one in line.links if one.parent is link.phrase and (ref := own_part(line, one)) is not None]
    apart = len({ref.first for ref in inside}) >= _TWO and own_part(line, link) is None
    return [called(line, ref) for ref in inside] if apart else []


def shared(line: Line) -> bool:
    """Say whether a line shares out a count over places: "three died: two in Mezin and one in Brela"."""
    own = {ref.first for link in line.links if link.parent is not None and (ref := own_part(line, link)) is not None}
    return len(own) >= _TWO


_TWO: Final = 2
_PART: Final = 6
_BESIDE: Final = frozenset({"in", "at", "near", "outside"})


def of_harm(line: Line, link: Link) -> list[PlaceRef]:
    """Return the places a count may lie in: not where the hurt were brought, nor that with which another begins."""
    low = line.tokens.low
    placed = [ref for ref in of_item(low, line.places, link.phrase.first) if not _of_who_speaks(low, ref)]
    kept = placed if _STAFF.isdisjoint(low) else [ref for ref in placed if not _counts_there(low, ref)]
    if len(kept) > 1 and len(line.links) > 1:
        begun = [ref for ref in kept if ref.first > link.trigger and _begins_other(line, ref, link)]
        kept = [ref for ref in kept if ref not in begun] if len(begun) < len(kept) else kept
    kept = [ref for ref in kept if not link.trigger < days_after(low, ref)]
    if any(one.parent is link.phrase for one in line.links):
        kept = _but_of_parts(line, kept, link)
    led = [ref for ref in kept if ref.tied and ref.first < link.phrase.first]
    if led and len(line.links) > 1:
        kept = [ref for ref in kept if not _where_others(line, ref, link)]
    if len(line.links) > 1 or "and" in low:
        kept = [ref for ref in kept if not _of_next_clause(line, ref, link)]
    return uncared(low, kept, needed=True)


def _but_of_parts(line: Line, kept: list[PlaceRef], link: Link) -> list[PlaceRef]:
    """Return places without those of a part alone, if a place leads: "In Ostria five died, three of them in Mezin"."""
    inside = {
        ref.first
        for one in line.links
        if one.parent is link.phrase and one.phrase.first > link.trigger and (ref := own_part(line, one)) is not None
    }
    apart = [ref for ref in kept if ref.first not in inside]
    led = any(ref.tied and ref.last <= link.phrase.first and line.tokens.low[ref.first - 1] == "in" for ref in apart)
    return apart if led else kept


def days_after(low: list[str], ref: PlaceRef) -> int:
    """Return where "after" stands that leads to an earlier event at a place, "held nine, two days after a bomb in X".

    -1 where nothing does.
    """
    if "after" not in low:
        return -1
    after = next((k for k in range(ref.first - 1, 1, -1) if low[k] == "after"), -1)
    return after if after > 1 and low[after - 1] in _SPELLS else -1


_SPELLS: Final = wordset("day days week weeks month months year years fortnight")


def _where_others(line: Line, ref: PlaceRef, link: Link) -> bool:
    """Say whether a place is told of with another count behind it: "19 in A, followed by B, where nine died"."""
    low = line.tokens.low
    where = low[ref.last : ref.last + 2] == [",", "where"] or low[ref.last : ref.last + 1] == ["where"]
    later = any(one is not link and one.phrase.first > ref.last for one in line.links)
    return where and later and link.phrase.last <= ref.first and link.trigger < ref.first


def of_item(low: list[str], refs: list[PlaceRef], at: int) -> list[PlaceRef]:
    """Return the places of the item that holds token `at` in notes parted by ";", else those of the items before."""
    if ";" not in low:
        return refs
    start = next((k + 1 for k in range(at - 1, -1, -1) if low[k] == ";"), 0)
    end = next((k for k in range(at, len(low)) if low[k] == ";"), len(low))
    own = [ref for ref in refs if start <= ref.first < end]
    return own if any(ref.tied for ref in own) else [ref for ref in refs if ref.first < end] or refs


def uncared(low: list[str], kept: list[PlaceRef], *, needed: bool = False) -> list[PlaceRef]:
    """Return places without those where the hurt were brought, and the towns of those; with `needed` at least one."""
    care = [ref for ref in kept if cares(low, ref)]
    if not care:
        return kept
    kept = [ref for ref in kept if ref not in care]
    apart = [ref for ref in kept if all(not 0 <= ref.first - one.last <= _BY for one in care)]
    return apart if not needed or any(ref.tied for ref in apart) else kept


_BY: Final = 2


def _begins_other(line: Line, ref: PlaceRef, link: Link) -> bool:
    """Say whether another count begins with a place: "…, and in Mezin 14 people were hurt"."""
    low = line.tokens.low
    lead = low[max(ref.first - 3, 0) : ref.first]
    if _NEW_CLAUSE.isdisjoint(lead):
        return False
    return any(one is not link and 0 <= one.phrase.first - ref.last <= 1 for one in line.links)


def _of_next_clause(line: Line, ref: PlaceRef, link: Link) -> bool:
    """Say whether a place stands in a later clause with a time or a speaker of its own.

    So in "nine died off the same coast, and in May at least six off Mezin", in "nine died, and an elder in Mezin said".
    """
    low, first = line.tokens.low, ref.first
    joint = next((k for k in range(first - 1, link.trigger, -1) if low[k] in _JOINTS and low[k - 1] == ","), 0)
    if not joint or joint < link.phrase.last:
        return False
    timed = any(joint < one.first <= joint + _BY and one.last < first for one in line.times)
    own = any(joint < one.phrase.first for one in line.links)
    speaks = first - joint <= _OFF and low[first - 1] == "in" and low[first - 2] in _SOURCES
    return own and (timed or (speaks and not SAY.isdisjoint(low[ref.last : ref.last + _ASIDE])))


_JOINTS: Final = frozenset({"and", "while", "but"})
_ASIDE: Final = 8
_NEW_CLAUSE: Final = frozenset({"and", "while", "but", ";"})


def cares(low: list[str], ref: PlaceRef) -> bool:
    """Say whether a place is where the hurt and the dead were brought, not where they came to harm."""
    if low[max(0, ref.first - 3) : ref.first] == _BEING_TREATED and low[ref.last : ref.last + 1] in _CLOSED_OFF:
        return True
    if _HOUSES_OF_CARE.isdisjoint(low):
        return False
    house = _house(low, ref)
    if house is None:
        return False
    if _counts_there(low, ref) or (_speaks(low, ref, house) and _TARGETED.isdisjoint(low[max(0, house - 6) : house])):
        return True
    if _BROUGHT.isdisjoint(low):
        return False
    lead = low[max(0, ref.first - 6) : ref.first]
    return "arrival" in lead or _TARGETED.isdisjoint(lead)


def _house(low: list[str], ref: PlaceRef) -> int | None:
    """Return where the house of care stands that a place belongs to: "the hospital in the town of Mezin".

    It may stand after the name too: "In Mezin, the hospital counted", "at Mezin's provincial hospital, doctors".
    """
    for k in range(ref.last - 1, max(ref.first - _OFF, 0) - 1, -1):
        if low[k] in _HOUSES_OF_CARE:
            return k
        if k < ref.first - _BY and low[k] not in _BETWEEN:
            break
    leads = _BETWEEN.issuperset(low[: ref.first]) and low[ref.last : ref.last + 1] == [","]
    at = ref.last + (low[ref.last : ref.last + 1] in _APOSTROPHES)  # "the Martyrs' Hospital"
    ahead = low[at : at + (_OFF if leads else _BY)]  # "In Mezin, the hospital counted", "Mezin's main clinic"
    house = next((k for k, word in enumerate(ahead) if word in _HOUSES_OF_CARE), None)
    return at + house if house is not None and (leads or all(map(str.isalpha, ahead[:house]))) else None


_APOSTROPHES: Final = (["'"], ["’"])
_OFF: Final = 5
_BETWEEN: Final = wordset("in the at of and city town village district port capital provincial regional nearby")


def _speaks(low: list[str], ref: PlaceRef, house: int) -> bool:
    """Say whether the house itself gives the count: "the hospital in Mezin said", "Mezin hospital counted"."""
    last = max(ref.last, house + 1)
    return not _COUNTING.isdisjoint(low[last : last + 1]) or (
        low[last : last + 1] == [","] and not _STAFF.isdisjoint(low[last + 1 : last + 3])
    )


_COUNTING: Final = wordset("said says reported reports counted recorded registered announced confirmed listed")


def _counts_there(low: list[str], ref: PlaceRef) -> bool:
    """Say whether a house of care is where a speaker works: "a doctor at the Mezin Hospital"."""
    if _HOUSES_OF_CARE.isdisjoint(low[max(ref.first - _BY, 0) : ref.last]):
        return False
    lead = low[max(ref.first - _POST, 0) : ref.first]
    at = max((k for k, word in enumerate(lead) if word in _STAFF), default=None)
    return at is not None and _HARMED.isdisjoint(lead[at:])


_BEING_TREATED: Final = ["being", "treated", "in"]
_CLOSED_OFF: Final[tuple[list[str], ...]] = ([], ["."], [","], ["”"], ['"'])
_HARMED: Final = wordset("killed wounded injured hurt shot died dead abducted kidnapped arrested killing")
_HOUSES_OF_CARE: Final = HOUSES | wordset("morgue mortuary")
_BROUGHT: Final = wordset(
    """treated treating treatment admitted airlifted flown hospitalised hospitalized
    body bodies arrival rushed taken brought shifted evacuated transported transferred
    ferried moved received receives receive receiving condition morgue died die dies dying lay lies lying
    stabilised stabilized recovering"""
)
_STAFF: Final = wordset(
    "doctor doctors dr medic medics nurse nurses surgeon superintendent director official officials staff spokesman"
)
"""Who speaks from a house of care: "a doctor at the Mezin Hospital"."""
_POST: Final = 8
_TARGETED: Final = wordset("hit struck bombed stormed shelled attacked raided attack raid strike on into outside blast")


def of_branch(low: list[str], ref: PlaceRef) -> bool:
    """Say whether a country or more only tells which of a body's men are meant: "its fighters in Central Africa"."""
    at = ref.first - 1 - (low[ref.first - 1] == "the")
    if ref.grain != "country" or at < _TWO or low[at] not in {"in", "across"}:
        return False
    men = low[at - 1] in ARMED or low[at - 1] in STATE or low[at - 1] in _MEN
    return men and not _OWNED.isdisjoint(low[max(0, at - _DESCRIBED) : at - 1])


_MEN: Final = wordset("men members branch wing affiliate affiliates arm chapter cells")
_OWNED: Final = wordset("its their our his")
_DESCRIBED: Final = 4


def _of_who_speaks(low: list[str], ref: PlaceRef) -> bool:
    """Say whether a place is only where one is who speaks: "an official in Mezin, who asked not to be named, said"."""
    if low[ref.first - 1] == "in" and low[ref.first - 2] in _ROOMS:
        return not SAY.isdisjoint(low[ref.last : ref.last + _SAYING])
    if _in_aside(low, ref):
        return True
    aside = low[ref.last : ref.last + 2] == [",", "who"] and not _UNNAMED.isdisjoint(low[ref.last + 2 : ref.last + 5])
    return aside and low[ref.first - 1] in {"in", "at", "from"} and low[ref.first - 2] in _SOURCES


def _in_aside(low: list[str], ref: PlaceRef) -> bool:
    """Say whether a place is in what is told of a body between commas: "the monitor, which has offices in Mezin, said".

    Nothing that harms anybody is told there, or it might be where it happened.
    """
    close = next((k for k in range(ref.last, min(ref.last + _CLOSES, len(low) - 1)) if low[k] == ","), 0)
    if not close or low[close + 1] not in SAY:
        return False
    opened = next((k for k in range(ref.first - 1, max(0, ref.first - _SPOKEN_OF), -1) if low[k] == ","), 0)
    told = low[opened + 1 : ref.first]
    of_body = told[:1] == ["which"] or (told[:1] in _ARTICLES and not _ORGANISED.isdisjoint(told[1:_LEADS]))
    of_head = low[opened + 1 : opened + 2] in _HEADS and low[opened + 2 : opened + 3] == ["of"]
    return opened > 0 and (of_body or of_head) and outcomes.HARM.isdisjoint(told)


_CLOSES: Final = 3
_SPOKEN_OF: Final = 16
_HEADS: Final = (["head"], ["chief"], ["director"], ["commander"], ["chairman"])
_LEADS: Final = 5
_ARTICLES: Final = (["a"], ["an"], ["the"])
_ORGANISED: Final = wordset(
    "organisation organization group network agency body monitor ngo charity observatory outlet"
)
_ROOMS: Final = wordset("room headquarters ministry bureau embassy")
_UNNAMED: Final = wordset("asked declined requested spoke wished insisted did")
_SOURCES: Final = wordset("official officer source resident doctor councillor leader administrator teacher elder")


def seat(tokens: Tokens, ref: PlaceRef) -> bool:
    """Say whether a place is only where a speaker sits: "a military spokesman in Mezin"."""
    low = tokens.low
    if ref.first < _TWO or low[ref.first - 1] not in {"in", "at"}:
        return False
    speaks = low[ref.first - 2] in _OFFICERS and not SAY.isdisjoint(low[ref.last : ref.last + _SAYING])
    return speaks or low[ref.first - 2] in _SPEAKERS


_SPEAKERS: Final = wordset("spokesman spokeswoman spokesperson correspondent reporter bureau")


_OFFICERS: Final = wordset("police officials authorities sources officers")
_SAYING: Final = 3


def of_a_war(low: list[str], ref: PlaceRef, link: Link) -> bool:
    """Say whether a toll is that of a war named after the place: "camped in Mezin after a war in which 12 died"."""
    return not _WARS.isdisjoint(low[ref.last : link.phrase.first])


_WARS: Final = wordset("war conflict insurgency uprising rebellion")


def several(low: list[str]) -> bool:
    """Say whether a sentence tells of several towns at once: "in three towns", "across the two regions"."""
    return not _TOWNS.isdisjoint(low) and any(
        word in _TOWNS
        and not _MANY.isdisjoint(low[max(0, k - 3) : k])
        and not _ACROSS.isdisjoint(low[max(0, k - 5) : k])
        for k, word in enumerate(low)
    )


def land_of_several(low: list[str]) -> str | None:
    """Return the country whose towns or counties a sentence tells of several at once: "in six Kenyan counties"."""
    for k, word in enumerate(low):
        if word in _TOWNS and k and (code := states().get(low[k - 1])):
            country = gazetteer.country(code)
            return country.site.name if country else None
    return None


def as_many(low: list[str]) -> int:
    """Return of how many towns told of before a sentence speaks: two "in both towns", three "in the three"; else 0."""
    for k, word in enumerate(low):
        if word not in _TOWNS or k < _TWO or _ACROSS.isdisjoint(low[max(0, k - _TWO - 1) : k]):
            continue
        if low[k - 1] == "both" or low[k - _TWO : k] == ["both", "the"]:
            return _TWO
        if low[k - _TWO] == "the" and low[k - 1] in UNITS:
            return UNITS[low[k - 1]]
    return 0


_TOWNS: Final = wordset("towns cities villages districts provinces states counties countries regions governorates")
_MANY: Final = wordset(
    "two three four five six seven eight nine ten dozen dozens several various many multiple different both separate"
) | frozenset(map(str, range(2, 60)))
_ACROSS: Final = wordset("in across on at throughout on hit struck attacked stormed targeted raided")


def example(low: list[str], ref: PlaceRef, link: Link) -> bool:
    """Say whether a place is only one of those a count is of: "48 in the region, including in Mezin"."""
    if link.phrase.first > ref.first:
        return low[ref.first - 1 : ref.first] == ["where"] and low[ref.last : ref.last + 1] == ["lies"]
    led = [k for k in range(max(link.phrase.last, ref.first - _LIST), ref.first) if low[k] in _EXAMPLES]
    return bool(led) and _MEMBERS.isdisjoint(low[led[-1] : ref.first])


_EXAMPLES: Final = wordset("including include includes notably especially particularly among chiefly")
_LIST: Final = 8
_MEMBERS: Final = PERSON - {"other"}


def wide(low: list[str]) -> bool:
    """Say whether a sentence counts in a land it does not name: "killed across the province", "in the region"."""
    return any(
        low[k] == "the" and low[k - 1] in _ACROSS_LAND and not _WIDE.isdisjoint(low[k + 1 : k + 3])
        for k in range(1, len(low) - 1)
    )


_ACROSS_LAND: Final = wordset("in across throughout around over")
_WIDE: Final = wordset("region province state district area country north south east west northeast northwest")


def separate(low: list[str]) -> bool:
    """Say whether a sentence tells of events apart from each other: "in separate clashes", "two separate attacks"."""
    return "separate" in low and low[low.index("separate") + 1][-1:] == "s"


def nationwide(low: list[str]) -> bool:
    """Say whether a sentence counts "across the country"."""
    if not _COUNTRYWIDE.isdisjoint(low):
        return True
    return not _NATION.isdisjoint(low) and any(
        word in _NATION and not _ALL_OVER.isdisjoint(low[max(0, k - 4) : k]) for k, word in enumerate(low)
    )


def in_country(low: list[str]) -> bool:
    """Say whether a sentence counts in "the country" as a whole: "in the country", "in the country's jails"."""
    return any(
        low[k - 2 : k] == ["in", "the"] and not (k + 1 < len(low) and low[k + 1] in DIRECTIONS | _RURAL)
        for k in indexes(_NATIONS, low)
        if k > 1
    )


_NATION: Final = frozenset({"country", "nation"})
_RURAL: Final = wordset("club house road lane estate home side town")
_NATIONS: Final = frozenset({"country", "nation", "country's", "nation's"})
_ALL_OVER: Final = frozenset({"across", "throughout", "around"})
_COUNTRYWIDE: Final = frozenset({"nationwide", "countrywide"})


def in_capital(low: list[str]) -> str | None:
    """Return "capital" where a sentence says that people came to harm "in the capital"."""
    if "capital" not in low:
        return None
    for k, word in enumerate(low):
        if word != "capital" or low[k + 1 : k + 2] == ["of"] or low[k - 1] != "the":
            continue
        if low[k - 2 : k - 1] == ["in"] or _where_after(low, k + 1):
            return "capital"
    return None


def _where_after(low: list[str], k: int) -> bool:
    """Say whether "where" follows the word before `k`, past no more than how far off: ", 70 km to the south, where"."""
    while k < len(low) - 1 and (low[k] == "," or low[k] in _FAR_OFF or low[k].isdecimal()):
        if low[k : k + 2] == [",", "where"]:
            return True
        k += 1
    return False


_FAR_OFF: Final = DIRECTIONS | wordset("far some about around nearly km kilometres kilometers miles away to the off")


def same_place(low: list[str]) -> bool:
    """Say whether what is told as past happened where the news did: "in a fire at the same shaft"."""
    return any(low[k] == "same" and not PLACES.isdisjoint(low[k + 1 : k + 4]) for k in range(len(low) - 1))


def same_period(low: list[str]) -> bool:
    """Say whether a count is set beside that of "the corresponding week of 2025", as told of the same land."""
    beside = any(low[k] == "against" and low[k + 1][0].isdecimal() for k in range(len(low) - 1))
    return beside or any(low[k] in _AGAIN and low[k + 1] in _PERIODS for k in range(len(low) - 1))


_AGAIN: Final = SAME | {"preceding", "previous"}
_PERIODS: Final = wordset("period week month months quarter half")
PLACES: Final = wordset(
    """university school college hospital hotel restaurant mosque church temple market mall village town city prison
    camp base airport station stadium nightclub club cafe shrine factory mine neighbourhood neighborhood suburb square
    shaft pit street road district province region area place spot site building bridge highway market checkpoint
    stretch mountain volcano slope slopes hillside valley"""
)
