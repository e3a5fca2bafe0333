"""The words of places: kinds of land, what is no name, where a name ends, and how much of the land it covers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from ..lexis.lexicon import COUNTRIES, MONTHS, NATIONS_I, STOPS, WEEKDAYS, wordset
from ..lexis.sentences import Tokens
from . import gazetteer
from .nations import demonyms

LOCATING: Final = wordset(
    "in at near outside inside across around throughout through into hit hits struck strikes rocked rocks from on off "
    "along above"
)
"""Words that tie what happened to the place after them."""
SHAKING: Final = frozenset({"shook", "rattled", "jolted"})
"""What a blast or a quake does to the place after it; a murder elsewhere does so, too, to those who hear of it."""
KINDS: Final = wordset(
    """province district region city town village area county state governorate island airport camp base university
    hospital hotel square market neighbourhood neighborhood suburb valley mountains capital river coast border
    prison church mosque temple station restaurant school street avenue road highway park stadium parliament
    embassy museum beach mall bazaar checkpoint plaza department municipality commune oblast peninsula bank gate
    desert forest port complex palace site territory islands isle archipelago quarter lane boulevard bridge strait
    lake dam reservoir"""
)
AREAS: Final = wordset(
    """province region state county governorate district valley mountains coast border department commune oblast
    peninsula desert forest river territory island islands isle archipelago strait lake area"""
)
VENUES: Final = wordset(
    """airport camp base university hospital hotel square market avenue road highway park stadium parliament embassy
    museum beach mall bazaar checkpoint plaza gate port complex palace prison church mosque temple station
    restaurant school street capital site neighbourhood neighborhood quarter lane boulevard bridge dam reservoir"""
)
Grain = Literal["venue", "town", "area", "country"]
"""How much of the land a name covers: a house or street, a settlement, a region, a country or a part of one."""
DIRECTIONS: Final = wordset(
    """northern southern eastern western central northeastern northwestern southeastern southwestern north south
    east west northeast northwest southeast southwest"""
)
NOT_NAMES: Final = wordset(
    """islamic army ministry government police united-nations human rights news agency monday tuesday wednesday
    thursday friday saturday sunday congress senate muslims muslim islam shi'ite sunni christmas ramadan easter
    eid tv twitter facebook least most x telegram taliban qaeda reuters afp ap operation president prime
    minister arabic english french council party front another suicide twin car bomb bomber deadly shooting
    shootings two three four five massive roadside attack attacks blast blasts bombing bombings explosion siege
    ied ieds vbied rpg buddhist
    killed dead dozens scores hundreds gunman gunmen militants soldiers more many people strike strikes
    correction corrected corrections clarification retraction refile factbox timeline explainer update updated
    airstrike clashes fighting rebels insurgents deaths toll nations un u.n u.n."""
)
OF_STATES: Final = frozenset({
    "africa", "north africa", "northern africa", "west africa", "western africa", "east africa", "eastern africa",
    "central africa", "southern africa", "sub-saharan africa", "horn of africa", "sahara", "sahel", "central sahel",
    "western sahel", "eastern sahel", "maghreb", "great lakes", "great lakes region", "lake chad basin", "asia",
    "central asia", "south asia", "southern asia", "southeast asia", "east asia", "eastern asia", "north asia",
    "northern asia", "west asia", "western asia", "middle east", "near east", "levant", "arabian peninsula",
    "europe", "central europe", "east europe", "eastern europe", "west europe", "western europe", "northern europe",
    "southern europe", "southeastern europe", "balkans", "western balkans", "southern balkans", "caucasus",
    "south caucasus", "southern caucasus", "north caucasus", "northern caucasus", "north america", "south america",
    "central america", "latin america",
})  # fmt: skip
"""Stretches of land that hold several states; what is a state, or a region of one, is none: "Western Sahara"."""
PEOPLES: Final = NATIONS_I | demonyms()
LINKERS: Final = wordset("de la el al del du des le of san santa los las")
"""Words written small inside a name."""


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


def is_listed(words: list[str], *, sure: bool) -> bool:
    """Say whether the gazetteer holds a name; one that is a common word or a person's needs "city" and its like."""
    found = gazetteer.look_up(" ".join(words))
    if not found or is_adjective(words[-1]) or LINKERS.issuperset(words):
        return False
    return bool(sure or len(words) > 1 or not (found.common or found.personal))


def grain_of(words: list[str], *, country: bool) -> Grain:
    """Return how much of the land a name covers, by its words."""
    if words[-1] in AREAS:
        return "area"
    if words[-1] in VENUES or words[0] in _NUMBERED:
        return "venue"
    if words[0] in WATERS:
        return "area"
    own = [word for word in words if word not in DIRECTIONS]
    if country or " ".join(words) in OF_STATES or (own and len(own) < len(words) and " ".join(own) in COUNTRIES):
        return "country"
    return "town"


def end_of_name(tokens: Tokens, i: int) -> int:
    """Return the end of the capitalised name that begins at `i`."""
    low, words, n = tokens.low, tokens.words, len(tokens.low)
    j = i + 1
    if i in tokens.possessive:
        return j + (j < n and words[j][:1].isupper() and bool(gazetteer.look_up(f"{words[i]} {words[j]}")))
    if j == n or (low[j] not in _SMALL and words[j].islower() and "-" not in words[j]):
        return j  # most names, before a plain word
    while j < n and (is_name(words[j]) or _joins(tokens, j)):
        apart = low[j] in _NO_PART and low[j] not in _JOINING and low[j - 1] not in _LEADING
        if apart and not (is_name(words[j]) and _is_one_name(words[j - 1], words[j])):
            break
        if words[j - 1].isupper() and len(words[j - 1]) > 3 and not words[j].isupper():
            break
        j += 1
        if (j - 1) in tokens.possessive:
            break
    if j + 1 < n and low[j] == "–" and is_name(words[j + 1]) and tokens.ends[j] == tokens.starts[j + 1]:
        end = end_of_name(tokens, j + 1)
        j = end if low[end : end + 1] in _WAYS else j  # "the Mezin–Brela road"
    if low[j - 1] in _NUMBERED and j < n and low[j].isdecimal():
        j += 1  # "Route 9"
    return j


def _is_one_name(word: str, after: str) -> bool:
    """Say whether what looks like a plain word in capitals ends a place's name: "Port Said", "Nghệ An"."""
    return not after.isupper() and bool(gazetteer.look_up(f"{word} {after}"))


def _joins(tokens: Tokens, j: int) -> bool:
    """Say whether a small word at `j` goes on with a name: "Costa | del Mar", "Santa Cruz | de la Sierra"."""
    low, words = tokens.low, tokens.words
    if low[j] not in _JOINING:
        return False
    after = j + 1 + (low[j + 1 : j + 2] == ["la"] and words[j + 1].islower())
    return after < len(low) and words[after][:1].isupper()


_WAYS: Final = (["road"], ["highway"], ["route"], ["axis"], ["railway"], ["line"])
_JOINING: Final = (LINKERS - {"of"}) | wordset("da do das dos di sur sous aux")
_LEADING: Final = frozenset({"del", "de", "la", "el", "al"})
"""Words before a part of a name that is a word by itself elsewhere: "Costa del Mar"."""
_NO_PART: Final = STOPS.union(WEEKDAYS, MONTHS)
_NUMBERED: Final = wordset("route highway motorway interstate checkpoint")


def is_name(word: str) -> bool:
    """Say whether a word is written as names are."""
    return word[:1].isupper() or word.partition("-")[0] in _ARTICLES


_ARTICLES: Final = wordset("al el as ad ar an at az ez es ash esh adh ath")
"""The Arabic article before a name, however its letter has run into the next: "ez-Zor"."""
_SMALL: Final = _ARTICLES | _JOINING
"""Words written small with which a name may go on."""


@lru_cache(maxsize=8_192)  # the same words come again and again
def is_adjective(word: str) -> bool:
    """Say whether a word tells whose or of what kind something is, as those of peoples do: "Tarnian", "rebel-held"."""
    return word in PEOPLES or word.endswith(
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
            "-flagged",
            "-majority",
            "-owned",
        )
    )


SHORT: Final = frozenset({"u.s.", "us", "u.s", "uk", "u.k.", "moscow", "washington"})
"""Names that mean a state's government as often as its land."""
WATERS: Final = wordset("river lake sea canal ocean bay gulf")
ATTACKED: Final = wordset("attacked stormed targeted raided bombed shelled besieged struck hit")


def led_by(tokens: Tokens, i: int) -> tuple[int, str]:
    """Return the word before the noun phrase that holds the name at `i`: its preposition, if it has one."""
    low = tokens.low
    back = i - 1
    while back >= 0 and i - back < 9:
        word = low[back]
        if word == "," and back and low[back - 1] in {"capital", "city", "town"}:
            back -= 1
            continue
        if word in {"in", "at"} or not (
            word in BESIDE_NAMES
            or is_adjective(word)
            or word.endswith(PASSED_OVER)
            or (back - 1) in tokens.possessive
            or back in tokens.possessive
            or (low[back + 1] in _CAMPS and tokens.words[back][:1].isupper())
        ):
            break
        back -= 1
    return back, low[back] if back >= 0 else ""


_CAMPS: Final = frozenset({"camp", "camps"})
FILLERS: Final = wordset(
    """the of a an its mainly predominantly historic volatile restive remote troubled coastal port main largest
    biggest busy nearby neighbouring neighboring mountainous tribal rural disputed occupied besieged contested
    center centre heart outskirts edge upscale crowded bustling oil-rich ancient and muslim famous famed popular
    packed luxury prestigious sprawling walled fortified parts part areas several various all whole entire beaches
    shores waters coasts"""
)
EVENTS: Final = wordset(
    """attack attacks blast blasts bombing bombings explosion siege shooting quake earthquake clashes violence
    landslide landslides flood floods flooding massacre raid crash collapse unrest protest protests battle fire
    stampede war toll violence strike strikes airstrike airstrikes shelling ambush"""
)
LANDS: Final = wordset("provinces districts counties states regions cities towns villages neighbourhoods suburbs camps")
BESIDE_NAMES: Final = DIRECTIONS | FILLERS | KINDS | LANDS
"""Words that may stand between a preposition of place and a name."""
PASSED_OVER: Final = ("ern", "-controlled")
"""Endings of other such words."""
