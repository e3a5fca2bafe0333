"""Find the places a text names and which of them a toll is tied to.

A place is a capitalised name after "in", "at", "near" and their like, or with a word such as "province". Names of
places are learnt from the text itself. Where capitals tell nothing, the gazetteer says what is a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import compress
from operator import ne
from typing import Final

from ..lexis.bodies import HOUSES, tells_of_person
from ..lexis.lexicon import (
    ARMED,
    COUNTRIES,
    KIND_OF,
    MONTHS,
    PERSON,
    ROLE_WORDS,
    SAY,
    STOPS,
    WEEKDAYS,
    hyphened,
    wordset,
)
from ..lexis.quantities import TENS, UNITS, plain
from ..lexis.sentences import Tokens, text_of
from . import bearings, gazetteer
from .caseless import find_plain
from .nesting import unled
from .placenames import (
    AREAS,
    ATTACKED,
    BESIDE_NAMES,
    DIRECTIONS,
    EVENTS,
    FILLERS,
    KINDS,
    LANDS,
    LOCATING,
    NOT_NAMES,
    PASSED_OVER,
    PEOPLES,
    SHAKING,
    SHORT,
    VENUES,
    WATERS,
    PlaceRef,
    end_of_name,
    grain_of,
    is_adjective,
    is_listed,
    is_name,
    led_by,
)

__all__ = ["PlaceRef", "dateline", "find"]

_HEARERS: Final = wordset("reporters journalists newsmen media")
_HEARINGS: Final = wordset("conference briefing")
_OPENING_WITH: Final = frozenset({"at", "in", "during", "speaking", "addressing"})
_PRESS: Final = frozenset({"news", "press", "media"})


def find(tokens: Tokens, *, known: AbstractSet[str] = frozenset(), caseless: bool = False) -> list[PlaceRef]:
    """Return the places named in one sentence in order.

    `known` holds lower-case names that are places wherever they stand, learnt from the text. In a `caseless`
    text, where capitals tell nothing, a name is what the gazetteer knows or a word such as "district" follows.
    """
    if caseless:
        return unled(find_plain(tokens, known), tokens)
    found: list[PlaceRef] = []
    low, words = tokens.low, tokens.words
    end = 0
    for i in _capitalised(tokens):
        word = words[i]
        if i < end or low[i] in STOPS or not (word[0].isupper() or (word[0] in "ae" and is_name(word))):
            continue
        end = end_of_name(tokens, i)
        if (end > i + 1 or _may_be_place(tokens, i, known)) and (ref := _ref(tokens, i, end, known)) is not None:
            found.append(ref)
    if ";" in low and (labels := _labels(tokens)):
        found = sorted([*labels, *(ref for ref in found if all(ref.first != one.first for one in labels))], key=_first)
    if bearings.BEARING in tokens.found and not any(ref.tied for ref in found):
        told = bearings.towards(tokens)
        found = sorted([*told, *(ref for ref in found if all(ref.first != one.first for one in told))], key=_first)
    return unled(found, tokens)


def _first(ref: PlaceRef) -> int:
    return ref.first


def _labels(tokens: Tokens) -> list[PlaceRef]:
    """Return the places that lead the items of notes: "Mezin: 3 killed; Brela market, 4 hurt; Zarin 2 dead"."""
    low, words, n = tokens.low, tokens.words, len(tokens.low)
    starts = [0, *(k + 1 for k in range(n - 1) if low[k] == ";")]
    labels: list[PlaceRef] = []
    for i in starts:
        if low[i + 1 : i + 2] == [":"] and gazetteer.words().issuperset(low[i : i + 1]):
            i += 2  # "Incidents: Mezin, two killed"
        while i < n and (low[i] in _DATES or low[i].isdecimal() or low[i] in _ITEM_LEADS):
            i += 1  # "3 March, Mezin - two killed"
        j = i
        while j < n and j - i < _LONG_NAME and is_name(words[j]) and low[j] not in STOPS:
            j += 1
        span = low[i:j]
        followed = j < n and (low[j] in _AFTER_LABEL or low[j].isdecimal() or low[j] in EVENTS or low[j] in VENUES)
        if not span or not followed or not _SOMEBODY.isdisjoint(span) or not NOT_NAMES.isdisjoint(span):
            continue
        country = " ".join(span) in COUNTRIES
        labels.append(PlaceRef(i, j, text_of(tokens, i, j), True, country, grain_of(span, country=country)))
    return labels if len(labels) > 1 and len(labels) >= len(starts) - 1 else []


_ITEM_LEADS: Final = frozenset({",", "-", "–", "—", "and", "•", "*"})
_AFTER_LABEL: Final = frozenset({":", ",", "-", "–", "—", "("})


def _capitalised(tokens: Tokens) -> Iterable[int]:
    """Return the tokens that may hold a capital, and those with a hyphen, as "al-" begins a name too."""
    capitals = compress(range(len(tokens.low)), map(ne, tokens.words, tokens.low))
    return sorted({*capitals, *hyphened(tokens.words)}) if "-" in tokens.line else capitals


def _may_be_place(tokens: Tokens, i: int, known: AbstractSet[str]) -> bool:
    """Say, at little cost, whether a name of one word, or what stands beside it, can make a place of it."""
    low = tokens.low
    if low[i] in _OWN_KIND or low[i] in known or (i + 1 < len(low) and low[i + 1] in _AFTER_PLACE):
        return True
    if not i:
        return False
    before = low[i - 1]
    if before in _BEFORE_PLACE or before.endswith(PASSED_OVER) or is_adjective(before):
        return True
    return (i - 1) in tokens.possessive or (i - 2) in tokens.possessive


def _ref(tokens: Tokens, i: int, j: int, known: AbstractSet[str]) -> PlaceRef | None:
    """Return the place named over tokens `i` to `j`, or `None` if they name something else."""
    low = tokens.low
    i, j = _without_adjectives(low, i, j)
    if _names_no_place(low, i, j):
        return None
    name = " ".join(low[i:j])
    country = name in COUNTRIES
    back, led = led_by(tokens, i)
    after = low[j] if j < len(low) else ""
    if _of_somebody(tokens, (i, j), (back, led), country=country):
        return None
    possessive = (j - 1) in tokens.possessive
    is_known = country or name in known
    kinded = (after in KINDS and not possessive) or (low[j - 1] in KINDS and j - i > 1)
    of_kind = i - back > _TWO and _of_a_kind(low[back + 1 : i])
    housed = i > 1 and low[i - 1] == "," and _after_house(tokens, i, j)
    if not (country or kinded) and _is_acronym(tokens, i, j):
        return None
    if not (is_known or kinded or of_kind or led in _TYING or after in _FOLLOWING or housed):
        return None  # most names, which are those of people: nothing beside them speaks of a place
    certain = kinded or is_known or of_kind
    if not certain and _named_after_somebody(low[i:j], name):
        return None
    event = not country and not possessive and _before_event(low, j)
    homeland = i == 0 and after == "," and _is_a_country(low[j + 1 : j + _ASIDE])
    sure = (kinded and not country) or (name in known and not possessive)
    tied = housed or homeland or _tied(tokens, i, j, back, sure=sure)
    if country and name in SHORT and (not tied or not (after in STOPS or not after[:1].isalpha() or kinded)):
        return None
    says = after in SAY and _LIVES.isdisjoint(low[j + 1 : j + 4])  # no town "claimed the lives of"
    if tied and not certain and (says or after in _FOLLOWED) and _POSTS.isdisjoint(low[j + 1 : j + 3]):
        return None
    if not (tied or certain) and (not event or _mere_words(low[i:j])):
        return None
    if _happened_elsewhere(low, i, j, back, event=event):
        return None
    some = country and low[back + 1 : back + 2] in _ARTICLES and KINDS.isdisjoint(low[j + 1 : j + 2])
    first, last = _widened(low, i, j, possessive=possessive or some)  # "in a northern Tarnia county": one of them
    if low[i - 1] in {"a", "an"} and i and _of_force(tokens, i, j):
        return None  # "officers in a UNM convoy"
    if low[last - 1] == "department" and not tied and low[last : last + 1] and low[last] in SAY:
        return None  # an office that speaks, not a piece of land
    text = text_of(tokens, first, last)
    if possessive and last == j:
        text = text[:-2]
    happened = tied or of_kind or event or (possessive and country and led in LOCATING)
    return PlaceRef(first, last, text, happened, country, grain_of(low[first:last], country=country))


def _is_acronym(tokens: Tokens, i: int, j: int) -> bool:
    """Say whether letters stand for what was named, or for who acts: "an operation (SCO) in", "an NLF raid"."""
    low, word = tokens.low, tokens.words[i]
    if j - i > 1 or not i or not word.isupper() or not 1 < len(word) <= _LETTERS:
        return False
    if low[i - 1] == "(" or (low[i - 1] == "in" and low[j : j + 1] == ["in"]):
        return True
    if j < len(low) and low[j] in EVENTS and low[i - 1] in {"in", "by", "that"}:
        return True  # "killed in NLF attacks on"
    return low[i - 1] in _ARTICLED and low[i - 2 : i - 1] not in _LOCATED


_LETTERS: Final = 6
_ARTICLED: Final = frozenset({"the", "a", "an"})
_LOCATED: Final = (["in"], ["across"], ["from"], ["into"], ["near"], ["of"], ["to"])


def _without_adjectives(low: list[str], i: int, j: int) -> tuple[int, int]:
    """Return where a name begins and ends without adjectives around it; "the Caribbean Sea" keeps its whole name."""
    while j > i + 1 and is_adjective(low[j - 1]):
        j -= 1
    while i < j - 1 and is_adjective(low[i]) and low[j - 1] not in WATERS:
        i += 1
    return i, j


def _of_somebody(tokens: Tokens, name: tuple[int, int], lead: tuple[int, str], *, country: bool) -> bool:
    """Say whether a name is that of a person who is told of there: "at the gate Ana Ruiz waited", "Jordan, a nurse"."""
    low, (i, j), (back, led) = tokens.low, name, lead
    after = low[j] if j < len(low) else ""
    if led == "at" and low[back + 1 : i] in _AT_HOUSE and j - i > 1 and after.endswith("ed"):
        return True
    return country and j - i == 1 and after == "," and tells_of_person(low[j + 1 : j + _ASIDE])


def _named_after_somebody(span: list[str], name: str) -> bool:
    """Say whether a name holds a title or a post, as no place does but "Hale police station"."""
    if not _SOMEBODY.isdisjoint(span) and span[-2:] != _POLICE_STATION:
        return True
    return "." in name and any(word.strip(".") in ROLE_WORDS for word in span)


def _before_event(low: list[str], j: int) -> bool:
    """Say whether what happened is named right behind a place, "the Mezin bombing", "the Mezin train crash"."""
    after = low[j : j + 2]
    return after[:1] != [] and (
        after[0] in EVENTS or (len(after) > 1 and after[1] in EVENTS and after[0] in _EVENT_KINDS)
    )


def _of_a_kind(lead: list[str]) -> bool:
    """Say whether the words before a name call it a kind of land: "in the district of Mezin"."""
    return "of" in lead and not (KINDS.isdisjoint(lead) and LANDS.isdisjoint(lead))


def _names_no_place(low: list[str], i: int, j: int) -> bool:
    """Say whether a name can be no place by its own words: a day, a people, a ruler, words that fill or are no name."""
    span = low[i:j]
    return (
        low[i] in _DATES
        or _LAY.issuperset(span)
        or (not NOT_NAMES.isdisjoint(span) and span[-3:] != _LOCAL_AREA)
        or (is_adjective(low[j - 1]) and not _of_land(low, i, j))
        or (low[j - 1] in _RULERS and low[i - 1] == "the")
    )


def _happened_elsewhere(low: list[str], i: int, j: int, back: int, *, event: bool) -> bool:
    """Say whether what is told by a place's name happened in another: where bodies were thrown, whose strike it was."""
    after = low[j] if j < len(low) else ""
    if (after in WATERS or low[j - 1] in WATERS) and not _DUMPED.isdisjoint(low[max(0, back - 5) : back]):
        return True  # where bodies were thrown, not where people died
    if after == "border" and low[j + 1 : j + 2] and low[j + 1] in {"city", "town", "area", "guards", "guard"}:
        return True
    return event and low[i - 1] in {"a", "an"} and low[j + 1 : j + 2] == ["on"]  # "in a Mezinan strike on the market"


def _widened(low: list[str], i: int, j: int, *, possessive: bool) -> tuple[int, int]:
    """Return where a place's name begins and ends with the kind of land after it, else the direction before it."""
    last = j + 1 if low[j : j + 1] != [] and low[j] in KINDS and not possessive else j
    if low[j : j + 2] == ["department", "store"]:
        last = j
    first = i
    while first > 0 and low[first - 1] in DIRECTIONS and last == j:
        first -= 1
    return first, last


_POLICE_STATION: Final = ["police", "station"]
_RULERS: Final = wordset("head chief emir sultan king governor president mayor")
"""Whose house is a place, and who is none: "the palace of the District Head"."""
_LOCAL_AREA: Final = ["local", "government", "area"]
_AT_HOUSE: Final = tuple(
    ["the", noun]
    for noun in ("gate", "door", "morgue", "hospital", "scene", "school", "court", "graveside", "site", "pit")
)
"""Where somebody does something whose name comes right after it."""


def _after_house(tokens: Tokens, i: int, j: int) -> bool:
    """Say whether a name closed off by commas says where a house stands: "of the Girls School, Mezin, were taken"."""
    low = tokens.low
    if low[i - 2] not in _HOUSES or not tokens.words[i - 2][:1].isupper():
        return False
    closed = low[j : j + 1] in ([","], ["."])
    inside = low[j : j + 2] == [",", "in"]
    return closed and (j - i == 1 or (inside and j - i == _TWO) or is_listed(low[i:j], sure=False))


_TWO: Final = 2


def _is_a_country(low: list[str]) -> bool:
    """Say whether what is said of a name calls it a country: "a poor landlocked country,", not "a country singer"."""
    at = next((k for k, word in enumerate(low) if word in _COUNTRY), 0)
    described = low[:1] in _ARTICLES and all(word.isalpha() and word not in STOPS for word in low[1:at])
    return at > 0 and described and low[at + 1 : at + 2] != [] and low[at + 1] in _AFTER_COUNTRY


_COUNTRY: Final = frozenset({"country", "nation", "kingdom", "republic"})
_ARTICLES: Final = (["a"], ["an"])
_AFTER_COUNTRY: Final = wordset("in of on with where that which whose between") | {","}
_ASIDE: Final = 9
_HOUSES: Final = wordset("school college university hospital mosque church temple seminary madrasa hotel market camp")


def _of_force(tokens: Tokens, i: int, j: int) -> bool:
    """Say whether letters in capitals stand for a force, by what is said to be its own: "a UNM convoy"."""
    word = tokens.words[i]
    acronym = j - i == 1 and word.isupper() and len(word) > 1
    return acronym and not _OF_FORCES.isdisjoint(tokens.low[j : j + 2])


_OF_FORCES: Final = wordset("convoy convoys vehicle vehicles truck helicopter patrol aircraft plane armoured armored")


def _of_land(low: list[str], i: int, j: int) -> bool:
    """Say whether what sounds like a people's name is that of land: "in Ostrian district", "in the Mediterranean"."""
    if j - i > 1 or low[i] in PEOPLES:
        return False
    after = low[j] if j < len(low) else ""
    if low[i] in _SEAS:
        return after not in KINDS and low[i - 1] in DIRECTIONS | {"the"} and (after in STOPS or not after[:1].isalpha())
    return after in AREAS and low[i - 1] in {"in", "of", "from"}


_SEAS: Final = frozenset({"mediterranean", "caribbean", "aegean"})


def _is_count(words: list[str]) -> bool:
    """Say whether the next word is a number of people or a word like one."""
    return bool(words) and (words[0][0].isdecimal() or words[0] in UNITS or words[0] in TENS)


_COUNTING: Final = wordset("reported recorded registered")


def _hardest_hit(after: list[str]) -> bool:
    """Say whether a place is told of as struck more than others: "was the worst affected"."""
    return after[:1] in (["was"], ["were"]) and not _WORST.isdisjoint(after)


_WORST: Final = frozenset({"hardest", "worst", "hard-hit", "worst-hit"})
_LIVES: Final = frozenset({"lives", "life"})


def _tied(tokens: Tokens, i: int, j: int, back: int, *, sure: bool) -> bool:
    """Say whether the words around a name make it the place where something happened; `back` leads its phrase.

    `sure` says that it is that of a place for certain: by a word of kind beside it, or as the text told before.
    """
    low = tokens.low
    led = low[back] if back >= 0 else ""
    before = low[back - 1] if back > 0 else ""
    if low[j : j + 1] and low[j] in KINDS and _hardest_hit(low[j + 1 : j + 5]):
        return True  # "Mezin district was hardest hit"
    if sure and low[j : j + 1] and low[j] in _COUNTING and _is_count(low[j + 1 : j + 2]):
        return True  # "Mezin reported nine deaths"
    if led not in _TYING and low[j : j + 1] != [","]:
        return False
    if (led in ATTACKED or led in _ENTERED) and (
        sure or (j - i < _LONG_NAME and back == i - 1 and _settled(tokens, i, j, sure=led in _LAND_ONLY))
    ):
        return True
    if led == "between":
        convoy = low[back - 3 : back - 1] == ["convoy", "of"]  # "a convoy of traders between"
        return convoy or before in _TRAVELLED or not _WAYS.isdisjoint(low[max(0, back - 5) : back])
    if low[j : j + 2] == [",", "where"] and (low[i - 1] in _IS or not _SUFFERED.isdisjoint(low[j + 2 : j + 9])):
        return True
    if before in _HEARERS and led in {"in", "at"}:
        return False
    if before in _HEARINGS and led in {"in", "at"} and not SAY.isdisjoint(low[max(0, back - 6) : back]):
        return False  # "told a news conference in Mezin"
    heard = low[0] in _OPENING_WITH and before in _HEARINGS and low[back - 2] in _PRESS
    if heard and low[j : j + 1] == [","] and not SAY.isdisjoint(low[j:]):
        return False  # "At a news conference in Mezin, the mayor said"
    if led == "from":
        if before in _DISTANCES:
            return False
        if before == ",":
            return False  # "Omar, nineteen, from Mezin"
        if low[back - 2] in _JOINING and plain(before) is not None and _tells_of_origins(low[: back - 1]):
            return False  # "seven hailed from Mezin, three from Brela"
        left = before == "displaced" or before not in PERSON or _brought(low, back)
        return (j < len(tokens) and low[j] in VENUES) or (left and before not in _ORIGINS)
    if led in _LAID_ON:
        return low[back + 1] == "of" and (j - 1) not in tokens.possessive
    if led == "to":
        way = before in _WAYS and back > 1 and low[back - 2] in _ALONG
        hurt = not _HURT.isdisjoint(low[:back])
        way = way and not (hurt and not _DYING.isdisjoint(low[max(0, back - 4) : back]))
        return before in _CAME or (way and not _ON_THE_WAY.isdisjoint(low[max(0, back - 5) : back - 1]))
    if led == "sight":
        return before == "within"
    if led == "out":
        return before in _DRIVEN
    if led == "on":
        if low[i] in _ISLES:
            return True
        road = low[j - 1] in _ROADS or low[i] in _ROADS or low[i] in WATERS or (j < len(low) and low[j] in _ROADS)
        return (
            before in EVENTS
            or before in _STRUCK
            or before in _SHELLS
            or (before in _FELL and not _SHELLS.isdisjoint(low[max(0, back - 6) : back]))
            or low[i - 1] == "island"
            or road
            or not _EDGES.isdisjoint(low[back + 1 : i])
        )
    if led == "along":
        return "border" in low[j - 1 : j + 1] or not _ROADS.isdisjoint(low[j - 1 : j + 1])
    if led == "off":
        return before not in _CUTTING
    if led in SHAKING:
        return _shaken(tokens, back)
    return led in LOCATING and before not in _QAEDA


def _shaken(tokens: Tokens, back: int) -> bool:
    """Say whether a blast or quake, of no other place told before, is what "shook" at token `back` is said of."""
    low = tokens.low
    ahead = low[max(0, back - _SUBJECT) : back]
    elsewhere = any(
        low[k] in {"in", "at", "near", "outside"} and tokens.words[k + 1][0].isupper() for k in range(back - 1)
    )
    return not _SHOCKS.isdisjoint(ahead) and not elsewhere


_SUBJECT: Final = 6
_SHOCKS: Final = wordset(
    """quake quakes earthquake earthquakes tremor tremors aftershock aftershocks blast blasts explosion explosions
    bombing bombings bomb bombs gunfire airstrikes airstrike shelling detonation detonations temblor"""
)


def _brought(low: list[str], back: int) -> bool:
    """Say whether a house of care tells from where the hurt were brought: "the ward received 23 wounded | from Mezin".

    Whoever else receives them tells where they left: a camp, a town.
    """
    if _HURT.isdisjoint(low[back - 2 : back] if low[back - 1] in PERSON else low[back - 1 : back]):
        return False  # "19 wounded civilians from Mezin"
    verb = next((k for k in range(back - 1, 0, -1) if low[k] in _TAKING_IN), 0)
    start = next((k + 1 for k in range(verb, -1, -1) if low[k] in _BREAKS), 0)
    if not _CARERS.isdisjoint(low[start:verb]):
        return True
    arrived = [k for k in range(back + 2, len(low)) if low[k] in HOUSES or low[k] == "morgue"]
    return any(not _INTO.isdisjoint(low[max(back + 1, k - _REACHED) : k]) for k in arrived)


_HURT: Final = wordset("wounded injured casualties bodies patients hurt victims dead")
_TAKING_IN: Final = wordset(
    "received receives receiving admitted admits admitting treated treats treating took takes taking"
)
_CARERS: Final = HOUSES | wordset("doctors doctor medics surgeons surgeon nurses morgue morgues ward wards")
_BREAKS: Final = wordset("while but after that") | frozenset(",;:")
_INTO: Final = wordset("to into at in")
_REACHED: Final = 5
_STRUCK: Final = wordset("strike strikes airstrike airstrikes assault assaults shelling bombardment offensive")
_FELL: Final = wordset("fell landed rained")
_SHELLS: Final = wordset(
    "shell shells rocket rockets bomb bombs missile missiles mortar mortars projectile projectiles drone drones"
)
_DYING: Final = wordset("died dying expired succumbed")
"""What the hurt do on the way to a house of care: where that is says nothing of where they came to harm."""
_ALONG: Final = frozenset({"the", "main", "on", "a", "dirt"})
_ISLES: Final = wordset("char isla ilha ile île pulau koh")
"""Words for "island" that names of islands begin with."""
_ON_THE_WAY: Final = wordset("on along by down off")
_DRIVEN: Final = wordset("moved driven forced taken evacuated brought cleared fled")
_CAME: Final = wordset("came spread")
_LAID_ON: Final = wordset("bombardment shelling bombing bombings siege invasion blockade storming")
_ENTERED: Final = wordset("fled overran seized captured entered")
_TYING: Final = LOCATING | SHAKING | ATTACKED | _ENTERED | _LAID_ON | {"between", "to", "sight", "out"}
"""Words one of which stands before every name that something is tied to, but for what ", where" follows."""
_WAYS: Final = wordset("road roads highway route railway train bus track line border travelling traveling way stretch")
_TRAVELLED: Final = wordset("convoy convoys bus minibus lorry truck vehicle vehicles car travellers")
_DISTANCES: Final = wordset("kilometres kilometers kilometre kilometer km kms miles mile away")
_LONG_NAME: Final = 3


def _settled(tokens: Tokens, i: int, j: int, *, sure: bool) -> bool:
    """Say whether a name is surely that of a settlement or region: known as one, and neither a person's nor a word.

    What is done to land alone, `sure`, is done to a place that bears a person's name, too: "raided Palma".
    """
    return (j - 1) not in tokens.possessive and is_listed(tokens.low[i:j], sure=sure)


def _tells_of_origins(low: list[str]) -> bool:
    """Say whether words tell where people "hailed from"; a minister hails what was done."""
    return any(word in _HAILING and low[k + 1 : k + 2] == ["from"] for k, word in enumerate(low))


_LAND_ONLY: Final = wordset("raided shelled besieged bombed overran fled")


_SUFFERED: Final = wordset("killed died dead wounded injured hurt shot kidnapped abducted missing drowned")
_EDGES: Final = frozenset({"outskirts", "edge"})
_ROADS: Final = wordset(
    "axis road street avenue highway route motorway boulevard lane bridge island islands interstate"
)
_CUTTING: Final = wordset(
    "cut cuts cutting fought fight fights fighting fend fended sealed seal called took take set live"
)
"""What goes before an "off" that leads no place: "cut off Mezin"."""
_SOMEBODY: Final = ARMED | KIND_OF.keys() | ROLE_WORDS | PERSON
_QAEDA: Final = frozenset({"qaeda", "qaida", "al-qaeda", "al-qaida"})
_ORIGINS: Final = wordset(
    """was were is are be fighters deported expelled returning returned arriving arrived come comes coming came hail
    hails hailed hailing launched fired route way bound sailing sailed flying flew headed heading"""
)
_HAILING: Final = wordset("hail hailed hails hailing")
_JOINING: Final = frozenset({",", "and"})
_DUMPED: Final = wordset("threw thrown dumped floating pulled fished swept washed bodies")


def _mere_words(span: list[str]) -> bool:
    """Say whether a capitalised span before "floods" or "attack" is plain English: "Flash floods", "Deadly attack"."""
    if not gazetteer.words().issuperset(span):
        return False
    return not any((site.population or 0) >= _LARGE for site in gazetteer.look_up(" ".join(span)).places)


_LARGE: Final = 50_000
_IS: Final = wordset("is was are were")
_DATES: Final = frozenset(WEEKDAYS).union(MONTHS)
_LAY: Final = DIRECTIONS | FILLERS
_EVENT_KINDS: Final = wordset(
    """suicide car truck bomb train bus hotel school mosque church market building apartment border death police
    army air nightclub"""
)
_FOLLOWING: Final = EVENTS | _EVENT_KINDS | {","}
"""Words after a name that may make a place of it: "Mezin attack", "Mezin car bombing", "Mezin, where six died"."""
_AFTER_PLACE: Final = _FOLLOWING | KINDS
_BEFORE_PLACE: Final = _TYING | BESIDE_NAMES | {","}
_OWN_KIND: Final = KINDS | LANDS | COUNTRIES
_POSTS: Final = wordset(
    "checkpoint checkpoints post posts outpost outposts station stations headquarters barracks base camp"
)
"""What makes a place of the town before "police" and their like: "attacks on Mezin police posts"."""
_FOLLOWED: Final = wordset("militants forces fighters soldiers troops police officials authorities")


def dateline(tokens: Tokens) -> tuple[str, int] | None:
    """Return the place of a dateline ("BRELA — ", "MEZIN, Tarnia ") and where it ends."""
    words, low, n = tokens.words, tokens.low, len(tokens)
    j = 0
    while (
        j < n
        and j < 4
        and low[j] not in MONTHS
        and ((words[j].isupper() and words[j].isalpha() and len(words[j]) > 2) or (j and words[j] == "/"))
    ):
        j += 1
    if not j or j >= n:
        return None
    name = " ".join(word for word in words[:j] if word != "/").title()
    dated = next((word for word in low[j + 1 : j + 3] if not word.isdecimal()), "")
    if words[j] == "," and dated in MONTHS:
        return name, j
    if words[j] == "," and j + 1 < n and words[j + 1][:1].isupper():
        k = j + 2
        while (
            k < n and k < j + 5 and (words[k] in {"-", "—", "–", "--", "("} or low[k] in {"reuters", "ap", "afp", ")"})
        ):
            k += 1
        return f"{name}, {words[j + 1]}", k
    if words[j] == ":" and is_listed(low[:j], sure=False):
        return name, j + 1
    named = words[j][:1].isupper() and is_listed(low[:j], sure=True)  # "DGP Omar Hale said" has no dateline
    if named or words[j] in {"-", "—", "–", "--", "("}:
        while j < n and (words[j] in {"-", "—", "–", "--", "(", ")"} or low[j] in {"reuters", "ap", "afp"}):
            j += 1
        return name, j
    return None
