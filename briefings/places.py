"""Find the places a text names and which of them a toll is tied to.

A place is a capitalised name after "in", "at", "near" and their like, or with a word such as "province". Names of
places are learnt from the text itself. Where capitals tell nothing, the gazetteer says what is a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import Final, Literal

from briefings import gazetteer
from briefings.lexicon import (
    ARMED,
    COUNTRIES,
    KIND_OF,
    MONTHS,
    NATIONS_I,
    PERSON,
    PREPOSITIONS,
    ROLE_WORDS,
    SAY,
    STOPS,
    WEEKDAYS,
    wordset,
)
from briefings.nations import demonyms
from briefings.sentences import Tokens, text_of

_PREPOSITIONS: Final = wordset(
    "in at near outside inside across around throughout through into hit hits struck strikes rocked rocks from on off "
    "along"
)
_HEARERS: Final = wordset("reporters journalists newsmen media")
_KINDS: Final = wordset(
    """province district region city town village area county state governorate island airport camp base university
    hospital hotel square market neighbourhood neighborhood suburb valley mountains capital river coast border
    prison church mosque temple station restaurant school street avenue road highway park stadium parliament
    embassy museum beach mall bazaar checkpoint plaza department municipality commune oblast peninsula bank gate
    desert forest port complex palace site territory islands isle archipelago quarter lane boulevard bridge strait
    lake"""
)
_AREAS: Final = wordset(
    """province region state county governorate district valley mountains coast border department commune oblast
    peninsula desert forest river territory island islands isle archipelago strait lake area"""
)
_VENUES: Final = wordset(
    """airport camp base university hospital hotel square market avenue road highway park stadium parliament embassy
    museum beach mall bazaar checkpoint plaza gate port complex palace prison church mosque temple station
    restaurant school street capital site neighbourhood neighborhood quarter lane boulevard bridge"""
)
Grain = Literal["venue", "town", "area", "country"]
"""How much of the land a name covers: a house or street, a settlement, a region, a country or a part of one."""
_DIRECTIONS: Final = wordset(
    """northern southern eastern western central northeastern northwestern southeastern southwestern north south
    east west northeast northwest southeast southwest"""
)
_NOT_NAMES: Final = wordset(
    """islamic army ministry government police united-nations human rights news agency monday tuesday wednesday
    thursday friday saturday sunday congress senate muslims muslim islam shi'ite sunni christmas ramadan easter
    eid tv twitter facebook least most x telegram taliban qaeda reuters afp ap operation president prime
    minister arabic english french council party front another suicide twin car bomb bomber deadly shooting
    shootings two three four five massive roadside attack attacks blast blasts bombing bombings explosion siege
    ied ieds vbied rpg
    killed dead dozens scores hundreds gunman gunmen militants soldiers more many people strike strikes
    airstrike clashes fighting rebels insurgents deaths toll nations un u.n u.n."""
)
_PEOPLES: Final = NATIONS_I | demonyms()
_LINKERS: Final = wordset("de la el al del du des le of san santa los las")


@dataclass(slots=True)
class PlaceRef:
    """A place named over tokens `first` to `last` (exclusive); `tied` says a preposition of place leads it.

    `country` says it is the name of a country and nothing else, `grain` how much of the land it covers.
    """

    first: int
    last: int
    text: str
    tied: bool
    country: bool = False
    grain: Grain = "town"


def find(tokens: Tokens, *, known: AbstractSet[str] = frozenset(), caseless: bool = False) -> list[PlaceRef]:
    """Return the places named in one sentence in order.

    `known` holds lower-case names that are places wherever they stand, learnt from the text. In a `caseless`
    text, where capitals tell nothing, a name is what the gazetteer knows or a word such as "district" follows.
    """
    if caseless:
        return _unled(_plain(tokens, known), tokens)
    found: list[PlaceRef] = []
    low, words = tokens.low, tokens.words
    end = 0
    for i in _capitalised(tokens):
        word = words[i]
        if i < end or low[i] in STOPS or not (word[0].isupper() or (word[0] in "ae" and _is_name(word))):
            continue
        end = max(_run(tokens, i), i + 1)
        ref = _ref(tokens, i, end, known)
        if ref is not None:
            found.append(ref)
    return _unled(found, tokens)


def _capitalised(tokens: Tokens) -> Iterable[int]:
    """Return the tokens that may hold a capital, and those with a hyphen, as "al-" begins a name too."""
    if "-" in tokens.line:
        return [i for i, word in enumerate(tokens.words) if word != tokens.low[i] or "-" in word]
    return compress(range(len(tokens)), map(ne, tokens.words, tokens.low))


def _unled(found: list[PlaceRef], tokens: Tokens) -> list[PlaceRef]:
    """Leave out what only leads to a smaller place: of "Tarnia's southern Ostra province" the country."""
    if len(found) < 2 or not tokens.possessive:
        return found
    return [
        ref
        for k, ref in enumerate(found)
        if not (
            (ref.last - 1) in tokens.possessive
            and k + 1 < len(found)
            and found[k + 1].first - ref.last <= 3
            and not _PARTING.intersection(tokens.low[ref.last : found[k + 1].first])
        )
    ]


def _plain(tokens: Tokens, known: AbstractSet[str]) -> list[PlaceRef]:
    """Return the places of a sentence all in capitals or without any."""
    found: list[PlaceRef] = []
    low = tokens.low
    i, n = 0, len(tokens)
    while i < n:
        word = low[i]
        if word in _NEVER or not word[0].isalpha() or not _may_begin(tokens, i, known):
            i += 1
            continue
        ref = _plain_at(tokens, i, known)
        if ref is not None:
            found.append(ref)
            i = ref.last
        i += ref is None
    return found


def _may_begin(tokens: Tokens, i: int, known: AbstractSet[str]) -> bool:
    """Say, at little cost, whether what stands around a word lets a place's name begin with it."""
    low = tokens.low
    if not i or low[i] in known or low[i] in _COUNTRY_FIRSTS:
        return True
    before = low[i - 1]
    if before in _LEADS or before.endswith("ern") or (i - 1) in tokens.possessive:
        return True
    return not _KINDS.isdisjoint(low[i + 1 : i + 4])


def _plain_at(tokens: Tokens, i: int, known: AbstractSet[str]) -> PlaceRef | None:
    """Return the place whose name begins at token `i` of a text without capitals, or `None`."""
    low, n = tokens.low, len(tokens)
    back, led = _leading(tokens, i)
    tied = led in _PREPOSITIONS and not (led == "on" and low[back - 1] not in _EVENTS)
    lead = low[back + 1 : i]
    of_kind = "of" in lead and bool(_KINDS.intersection(lead))
    for j in range(_strange(low, i), i, -1):
        name = " ".join(low[i:j])
        country = name in COUNTRIES
        after = low[j] if j < n else ""
        kinded = after in _KINDS and (j - 1) not in tokens.possessive
        country = country and not (kinded and after in _NAMED)
        opens = i == 0 and (after in _OPENERS or (after == "," and not _CLOSERS.isdisjoint(low[j : j + 14])))
        if country or name in known:
            break
        sure = of_kind or opens or (kinded and not (after in _VAGUE and j == i + 1))
        if (tied or of_kind or kinded or opens) and _listed(low[i:j], sure=sure):
            break
        if (tied or of_kind or kinded) and j == _strange(low, i) and _unheard(low[i:j]):
            break
    else:
        return None
    if country and name in _SHORT and not tied:
        return None
    last = j + 1 if kinded else j
    text = text_of(tokens, i, last)
    if (last - 1) in tokens.possessive:
        text = text[:-2]
    tied = tied or of_kind or opens or (kinded and led in _ATTACKED)
    return PlaceRef(i, last, text, tied, country, _grain(low[i:last], country=country))


_VAGUE: Final = wordset("town city village area camp market border coast")
"""What a common word may go before without making a name: "highland town", "border village"."""


def _unheard(words: list[str]) -> bool:
    """Say whether words are no English: most likely a name, if not a people's or a person's."""
    parts = {part for word in words for part in word.split("-")}
    if not gazetteer.words().isdisjoint(parts) or any(map(_adjective, words)) or _LINKERS.issuperset(words):
        return False
    return (len(words[0]) > 3 and not words[-1].endswith(_NOUNS) and not gazetteer.look_up(words[0]).personal) or words[
        0
    ] in _LINKERS


_NOUNS: Final = ("tion", "ment", "ness", "ship", "less", "ism", "ing")


def _strange(low: list[str], i: int) -> int:
    """Return the end of the words from `i` that may make up a name."""
    j = i + 1
    while j < min(i + 4, len(low)) and low[j] not in _NEVER and low[j][0].isalpha():
        j += 1
    return j


def _listed(words: list[str], *, sure: bool) -> bool:
    """Say whether the gazetteer holds a name; one that is a common word or a person's needs "city" and its like."""
    found = gazetteer.look_up(" ".join(words))
    if not found or _adjective(words[-1]) or _LINKERS.issuperset(words):
        return False
    return bool(sure or len(words) > 1 or not (found.common or found.personal))


def _grain(words: list[str], *, country: bool) -> Grain:
    if words[-1] in _AREAS:
        return "area"
    if words[-1] in _VENUES or words[0] in _NUMBERED:
        return "venue"
    if words[0] in _WATERS:
        return "area"
    own = [word for word in words if word not in _DIRECTIONS]
    if country or (own and len(own) < len(words) and " ".join(own) in COUNTRIES):
        return "country"
    return "town"


def _run(tokens: Tokens, i: int) -> int:
    """Return the end of the capitalised name that begins at `i`."""
    low, words, n = tokens.low, tokens.words, len(tokens)
    j = i + 1
    if i in tokens.possessive:
        return j
    while j < n and (
        _is_name(words[j]) or (low[j] in _LINKERS and j + 1 < n and words[j + 1][:1].isupper() and low[j] != "of")
    ):
        if low[j] in WEEKDAYS or low[j] in MONTHS or low[j] in STOPS:
            break
        if words[j - 1].isupper() and len(words[j - 1]) > 3 and not words[j].isupper():
            break
        j += 1
        if (j - 1) in tokens.possessive:
            break
    if j < n and low[j - 1] in _NUMBERED and low[j].isdecimal():
        j += 1  # "Route 9"
    return j


_NUMBERED: Final = wordset("route highway motorway interstate checkpoint")


def _is_name(word: str) -> bool:
    return word[:1].isupper() or word[:3] in {"al-", "el-", "as-", "ad-", "ar-", "an-"}


@lru_cache(maxsize=8_192)  # the same words come again and again
def _adjective(word: str) -> bool:
    return word in _PEOPLES or word.endswith(
        (
            "ian",
            "ish",
            "ese",
            "ean",
            "yan",
            "american",
            "african",
            "mexican",
            "-claimed",
            "-backed",
            "-held",
            "-led",
            "-based",
            "-linked",
            "-born",
            "-run",
        )
    )


def _ref(tokens: Tokens, i: int, j: int, known: AbstractSet[str]) -> PlaceRef | None:
    """Return the place named over tokens `i` to `j`, or `None` if they name something else."""
    low, n = tokens.low, len(tokens)
    while j > i + 1 and _adjective(low[j - 1]):
        j -= 1
    while i < j - 1 and _adjective(low[i]):
        i += 1
    span = low[i:j]
    if (
        _LAY.issuperset(span)
        or low[i] in WEEKDAYS
        or low[i] in MONTHS
        or not _NOT_NAMES.isdisjoint(span)
        or (_adjective(low[j - 1]) and not _of_land(low, i, j))
    ):
        return None
    back, led = _leading(tokens, i)
    after = low[j] if j < n else ""
    possessive = (j - 1) in tokens.possessive
    name = " ".join(span)
    country = name in COUNTRIES
    is_known = country or name in known
    kinded = (after in _KINDS and not possessive) or (low[j - 1] in _KINDS and j - i > 1)
    lead = low[max(back + 1, 0) : i]
    of_kind = len(lead) > 1 and "of" in lead and not (_KINDS.isdisjoint(lead) and _LANDS.isdisjoint(lead))
    event = (
        not country
        and not possessive
        and (after in _EVENTS or (low[j + 1 : j + 2] and low[j + 1] in _EVENTS and after in _EVENT_KINDS))
    )
    if not (kinded or is_known or of_kind) and (
        not _SOMEBODY.isdisjoint(span) or ("." in name and any(word.strip(".") in ROLE_WORDS for word in span))
    ):
        return None
    tied = _tied(tokens, i, j, back, kinded=kinded and not country)
    if country and name in _SHORT and (not tied or not (after in STOPS or not after[:1].isalpha() or kinded)):
        return None
    if (
        tied
        and not (kinded or is_known or of_kind)
        and (after in SAY or after in _FOLLOWED)
        and _POSTS.isdisjoint(low[j + 1 : j + 3])
    ):
        return None
    if not (tied or of_kind or is_known or kinded or event):
        return None
    if event and not (tied or of_kind or is_known or kinded) and _mere_words(span):
        return None
    if (after in _WATERS or low[j - 1] in _WATERS) and not _DUMPED.isdisjoint(low[max(0, back - 5) : back]):
        return None  # where bodies were thrown, not where people died
    if after == "border" and low[j + 1 : j + 2] and low[j + 1] in {"city", "town", "area", "guards", "guard"}:
        return None
    first, last = i, j
    if after in _KINDS and not possessive:
        last = j + 1
    if low[last - 1] == "department" and not tied and low[last : last + 1] and low[last] in SAY:
        return None  # an office that speaks, not a piece of land
    while first > 0 and low[first - 1] in _DIRECTIONS and last == j:
        first -= 1
    text = text_of(tokens, first, last)
    if possessive and last == j:
        text = text[:-2]
    return PlaceRef(
        first,
        last,
        text,
        tied or of_kind or bool(event) or (possessive and country and led in _PREPOSITIONS),
        country,
        _grain(low[first:last], country=country),
    )


def _of_land(low: list[str], i: int, j: int) -> bool:
    """Say whether what sounds like a people's name is that of land: "in Ostrian district", "in the Mediterranean"."""
    if j - i > 1 or low[i] in _PEOPLES:
        return False
    after = low[j] if j < len(low) else ""
    if low[i] in _SEAS:
        return (
            after not in _KINDS and low[i - 1] in _DIRECTIONS | {"the"} and (after in STOPS or not after[:1].isalpha())
        )
    return after in _AREAS and low[i - 1] in {"in", "of", "from"}


_SEAS: Final = frozenset({"mediterranean", "caribbean", "aegean"})


def _tied(tokens: Tokens, i: int, j: int, back: int, *, kinded: bool) -> bool:
    """Say whether the words around a name make it the place where something happened; `back` leads its phrase."""
    low = tokens.low
    led = low[back] if back >= 0 else ""
    before = low[back - 1] if back > 0 else ""
    if (led in _ATTACKED or led in _ENTERED) and (
        kinded or (j - i < _LONG_NAME and back == i - 1 and _settled(tokens, i, j))
    ):
        return True
    if led == "between":
        return not _WAYS.isdisjoint(low[max(0, back - 5) : back])
    if low[j : j + 2] == [",", "where"] and (low[i - 1] in _IS or not _SUFFERED.isdisjoint(low[j + 2 : j + 9])):
        return True
    if before in _HEARERS and led in {"in", "at"}:
        return False
    if led == "from":
        if before in _DISTANCES:
            return False
        return (j < len(tokens) and low[j] in _VENUES) or (before not in PERSON and before not in _ORIGINS)
    if led == "on":
        road = low[j - 1] in _ROADS or low[i] in _ROADS or low[i] in _WATERS or (j < len(low) and low[j] in _ROADS)
        return before in _EVENTS or low[i - 1] == "island" or road or not _EDGES.isdisjoint(low[back + 1 : i])
    if led == "along":
        return "border" in low[j - 1 : j + 1] or not _ROADS.isdisjoint(low[j - 1 : j + 1])
    if led == "off":
        return before not in _CUTTING
    return led in _PREPOSITIONS and before not in _QAEDA


_ENTERED: Final = wordset("fled overran seized captured entered")
_WAYS: Final = wordset("road roads highway route railway train bus track line border travelling traveling way stretch")
_DISTANCES: Final = wordset("kilometres kilometers kilometre kilometer km kms miles mile away")
_LONG_NAME: Final = 3


def _settled(tokens: Tokens, i: int, j: int) -> bool:
    """Say whether a name is surely that of a settlement or region: known as one, and neither a person's nor a word."""
    return (j - 1) not in tokens.possessive and _listed(tokens.low[i:j], sure=False)


_SUFFERED: Final = wordset("killed died dead wounded injured hurt shot kidnapped abducted missing drowned")
_EDGES: Final = frozenset({"outskirts", "edge"})
_ROADS: Final = wordset("road street avenue highway route motorway boulevard lane bridge island islands interstate")
_CUTTING: Final = wordset(
    "cut cuts cutting fought fight fights fighting fend fended sealed seal called took take set live"
)
"""What goes before an "off" that leads no place: "cut off Mezin"."""
_SOMEBODY: Final = ARMED | KIND_OF.keys() | ROLE_WORDS | PERSON
_QAEDA: Final = frozenset({"qaeda", "qaida", "al-qaeda", "al-qaida"})
_SHORT: Final = frozenset({"u.s.", "us", "u.s", "uk", "u.k.", "moscow", "washington"})
_ORIGINS: Final = wordset("was were is are be fighters")
_WATERS: Final = wordset("river lake sea canal ocean bay gulf")
_DUMPED: Final = wordset("threw thrown dumped floating pulled fished swept washed bodies")
_NAMED: Final = wordset("city town province department state district municipality")
_CLOSERS: Final = frozenset({"-", "--", "–", "—"})
_OPENERS: Final = _CLOSERS | {":"}
_ATTACKED: Final = wordset("attacked stormed targeted raided bombed shelled besieged struck hit")
_NEVER: Final = (
    STOPS | _KINDS | _DIRECTIONS | _NOT_NAMES | ROLE_WORDS | PERSON | ARMED | KIND_OF.keys() | SAY | WEEKDAYS.keys()
    | MONTHS.keys() | PREPOSITIONS
) - {"la", "san"}  # fmt: skip
"""Words that begin no name in a text whose capitals tell nothing."""


def _mere_words(span: list[str]) -> bool:
    """Say whether a capitalised span before "floods" or "attack" is plain English: "Flash floods", "Deadly attack"."""
    if not gazetteer.words().issuperset(span):
        return False
    return not any((site.population or 0) >= _LARGE for site in gazetteer.look_up(" ".join(span)).places)


_LARGE: Final = 50_000
_IS: Final = wordset("is was are were")


def _leading(tokens: Tokens, i: int) -> tuple[int, str]:
    """Return the word before the noun phrase that holds the name at `i`: its preposition, if it has one."""
    low = tokens.low
    back = i - 1
    while back >= 0 and i - back < 9:
        word = low[back]
        if word == "," and back and low[back - 1] in {"capital", "city", "town"}:
            back -= 1
            continue
        if word in {"in", "at"} or not (
            word in _DIRECTIONS
            or word in _FILLERS
            or word in _KINDS
            or word in _LANDS
            or _adjective(word)
            or word.endswith(("ern", "-controlled"))
            or (back - 1) in tokens.possessive
            or back in tokens.possessive
        ):
            break
        back -= 1
    return back, low[back] if back >= 0 else ""


_FILLERS: Final = wordset(
    """the of a an its mainly predominantly historic volatile restive remote troubled coastal port main largest
    biggest busy nearby neighbouring neighboring mountainous tribal rural disputed occupied besieged contested
    center centre heart outskirts edge upscale crowded bustling oil-rich ancient and muslim famous famed popular
    packed luxury prestigious sprawling walled fortified"""
)
_LAY: Final = _DIRECTIONS | _FILLERS
_COUNTRY_FIRSTS: Final = frozenset(name.split()[0] for name in COUNTRIES)
_LEADS: Final = _PREPOSITIONS | _FILLERS | _KINDS | _DIRECTIONS | _ATTACKED | {","}
_EVENTS: Final = wordset(
    """attack attacks blast blasts bombing bombings explosion siege shooting quake earthquake clashes violence
    landslide landslides flood floods flooding massacre raid crash collapse unrest protest protests battle fire
    stampede war toll violence"""
)
_EVENT_KINDS: Final = wordset(
    """suicide car truck bomb train bus hotel school mosque church market building apartment border death police
    army air nightclub"""
)
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
    if words[j] == "," and low[j + 1 : j + 2] and low[j + 1] in MONTHS:
        return name, j
    if words[j] == "," and j + 1 < n and words[j + 1][:1].isupper():
        k = j + 2
        while (
            k < n and k < j + 5 and (words[k] in {"-", "—", "–", "--", "("} or low[k] in {"reuters", "ap", "afp", ")"})
        ):
            k += 1
        return f"{name}, {words[j + 1]}", k
    if words[j][:1].isupper() or words[j] in {"-", "—", "–", "--", "("}:
        while j < n and (words[j] in {"-", "—", "–", "--", "(", ")"} or low[j] in {"reuters", "ap", "afp"}):
            j += 1
        return name, j
    return None


def nested(tokens: Tokens, refs: list[PlaceRef], chosen: PlaceRef) -> str:
    """Return `chosen` with the larger place it is said to lie in ("Cirelo, West Ostra")."""
    for ref in refs:
        gap = tokens.low[chosen.last : ref.first]
        if ref.first <= chosen.last or len(gap) > 9 or ref.text == chosen.text:
            continue
        if (len(gap) <= 2 and not {"and", "or"}.intersection(gap)) or _WITHIN.issuperset(gap):
            return f"{chosen.text}, {ref.text}"
        if ref.tied and {"in", "of", "near"}.intersection(gap) and not _PARTING.intersection(gap):
            return f"{chosen.text}, {ref.text}"
        break
    # "Tarno's walled Old Town"
    for k in range(chosen.first - 1, max(chosen.first - 3, -1), -1):
        word = tokens.words[k]
        if (
            k in tokens.possessive
            and word[0].isupper()
            and not (tokens.low[k] in COUNTRIES or tokens.low[k] in _NOT_NAMES)
        ):
            return f"{chosen.text}, {word[:-2]}"
    # "Ohio County, West Virginia": a name right after the comma, closed off again
    at = chosen.last + 1
    if tokens.low[chosen.last : at] == [","] and at < len(tokens) and _is_name(tokens.words[at]):
        end = _run(tokens, at)
        closed = (end >= len(tokens) or tokens.low[end] in _CLOSED) and tokens.low[at] not in STOPS
        if chosen.text.isupper():
            closed = closed and _listed(tokens.low[at:end], sure=False)
        if closed and end - at <= 3 and tokens.low[at] not in _NOT_NAMES and tokens.low[at] not in ROLE_WORDS:
            return f"{chosen.text}, {text_of(tokens, at, end)}"
    return chosen.text


_WITHIN: Final = frozenset({",", "also", "in", "the", "of", "near"})
_CLOSED: Final = frozenset({",", ".", ";", ")", "on", "in", "when", "after", "as", "at", "during"})
_GOES_ON: Final = wordset("between since over leaving late early last overnight by against have left killed wounded")
"""What may follow the last of several places named in one breath, beside what closes a name off."""


_PARTING: Final = (
    wordset("and or while but killing killed wounding wounded when after before as who that on , injuring") | SAY
)


def beside(tokens: Tokens, chosen: PlaceRef) -> tuple[str, ...]:
    """Return the places named in one breath after `chosen`: "in A, B and C", "one in A and one in B"."""
    found: list[str] = []
    at, closed = chosen.last, False
    while not closed and at < len(tokens) and len(found) < _MOST_BESIDE:
        closed = tokens.low[at] == "and"
        if not closed and tokens.low[at] != ",":
            break
        at += 1
        while at < len(tokens) and tokens.low[at] in _AGAIN:
            at += 1
        if at >= len(tokens) or not _is_name(tokens.words[at]):
            break
        end = _run(tokens, at)
        after = tokens.low[end] if end < len(tokens) else "."
        ends = after in _LIST_ENDS
        if not ends or _names_other(tokens.low[at:end]) or end - at > 3:
            break
        if chosen.text.isupper() and not gazetteer.words().isdisjoint(tokens.low[at:end]):
            break
        found.append(text_of(tokens, at, end))
        at = end
    return tuple(found) if closed else ()


_MOST_BESIDE: Final = 12
_LANDS: Final = wordset("provinces districts counties states regions cities towns villages neighbourhoods suburbs")
_LIST_ENDS: Final = _CLOSED | _LANDS | _GOES_ON | {"and"} | WEEKDAYS.keys()
_AGAIN: Final = wordset("one two another other the in at near of")


def _names_other(span: list[str]) -> bool:
    return any(
        word in _NOT_NAMES
        or word in WEEKDAYS
        or word in MONTHS
        or word in ROLE_WORDS
        or word in KIND_OF
        or word in PERSON
        or _adjective(word)
        for word in span
    )


def nearest(refs: list[PlaceRef], token: int) -> PlaceRef | None:
    """Return the place tied to what stands at `token`: the next after it, else before; countries count as far off."""
    tied = [ref for ref in refs if ref.tied]
    if not tied:
        return None
    return min(
        tied,
        key=lambda ref: ((ref.first - token) if ref.first >= token else 4 + 2 * (token - ref.last)) + 12 * ref.country,
    )
