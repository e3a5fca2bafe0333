"""The names of bodies that speak: which kind of claimant a description names, and the words such names end with."""

from __future__ import annotations

import re
from typing import Final

from ..model import ClaimantKind
from .lexicon import ARMED, CAPITALS, CIVILIAN, COUNTRIES, KIND_OF, PERSON, POST_LETTERS, STOPS, wordset

BODIES: Final[dict[str, ClaimantKind | None]] = {
    "front": "armed_group", "brigades": "armed_group", "resistance": "armed_group", "column": "armed_group",
    "watch": "un_ngo", "borders": "un_ngo", "committees": "un_ngo", "committee": None, "network": None,
    "international": None, "foundation": "un_ngo", "federation": None, "institute": None,
    "centre": None, "center": None, "association": None, "syndicate": None, "union": None, "league": None,
    "programme": "un_ngo", "organization": None, "organisation": None,
    "force": None, "group": None, "division": None, "party": None, "mission": "un_ngo", "province": None,
    "times": "media", "herald": "media", "tribune": "media", "gazette": "media", "chronicle": "media",
    "telegraph": "media",
}  # fmt: skip
"""Words that end the names bodies give themselves, whatever the words before them mean elsewhere, with their kind."""


HOUSES: Final = wordset("hospital hospitals clinic clinics infirmary polyclinic")
"""Houses where the sick are cared for."""
SPOKESMEN: Final = wordset("spokesman spokeswoman spokesperson")
HEADS_OF_HOUSES: Final = wordset("director superintendent administrator manager")
"""Who heads a house of care."""
HEADS: Final = HEADS_OF_HOUSES | wordset("head chief chairman chairwoman leader")
"""Who heads a body."""


def kind_of(low: list[str], words: list[str]) -> ClaimantKind | None:
    """Return the kind of claimant a description names; the first telling word decides, `None` if no word tells."""
    joined = " ".join(low)
    if "civil" in low and not _OFFICES_OF_STATE.isdisjoint(low) and _CIVIL_DEFENCE.search(joined):
        return "government"  # "the National Institute of Civil Defence", which runs no ambulances
    if "military" in low and _of_a_band(low):
        return "armed_group"
    if not _OPENERS.isdisjoint(low) and (phrase := next(filter(joined.__contains__, _PHRASES), None)):
        return _PHRASES[phrase]
    if not HOUSES.isdisjoint(low) and _is_house(low):
        return "medical"
    general: ClaimantKind | None = None
    for k, word in enumerate(low):
        if word == "media" and low[k + 1 : k + 2] and low[k + 1] in _OWN_MEDIA:
            continue  # "the media wing of the military"
        bare = word.strip(".")
        kind_here = KIND_OF.get(word) or KIND_OF.get(bare)
        if kind_here is None and (word in ARMED or (word.endswith(_TIED) and word.rpartition("-")[0] in ARMED)):
            kind_here = "armed_group"
        if word == "armed" and low[k + 1 : k + 2] in _BANDS and low[k - 1 : k] not in _ABOUT:
            kind_here = "armed_group"
        if kind_here is None:
            continue
        if (
            bare == "general"
            and k
            and low[k - 1] in {"attorney", "director", "secretary", "inspector", "consul", "governor", "prosecutor"}
        ):
            kind_here = "government"
        if bare in _RANKS and "police" in low[k + 1 :] and not _OF_POLICE.isdisjoint(low[k + 1 :]):
            continue  # "the commander of the Tarnian police"
        if bare in POST_LETTERS and words[k].islower():
            continue  # who helps to dig is no inspector general
        if kind_here == "government":
            general = general or "government"
        elif kind_here == "witness" and general:
            continue
        else:
            return kind_here
    if (
        general is None
        and low
        and (low[0] in COUNTRIES or joined in CAPITALS or joined.removeprefix("the ") in COUNTRIES)
        and len(low) <= 3
    ):
        return "government"
    if general is None and low[-2:] == ["control", "room"]:
        return "government"
    if general is None and low and (low[-1] in _OTHERS or _heads(low) or _studies(low)):
        return "other"
    if general is None and tuple(low[-2:]) in _PAIRED:
        return _PAIRED[tuple(low[-2:])]
    if low and low[-1] in _SOURCES and not _UNOFFICIAL.isdisjoint(low) and len(low) <= _SHORT:
        return "other"
    if general is None and low and low[-1] in KIN and words[-1].islower():
        return "witness"
    if general is None and words and (low[-1] in PERSON or low[-1].endswith(_TRADES)) and low[-1] not in _OUTCOMES:
        return "other"
    return general


def _of_a_band(low: list[str]) -> bool:
    """Say whether a band's military is meant: "the group's military spokesman", "a military chief of the rebels"."""
    at = low.index("military")
    owner = at - 1 - (at > 1 and low[at - 1] in _APOSTROPHES)
    if at:
        bare = low[owner][:-2] if low[owner].endswith(_OF_SOMEBODY) else low[owner]
        if bare in ARMED or bare in _BAND_NOUNS or KIND_OF.get(bare) == "armed_group":
            return True
    of = next((k for k in range(at + 1, min(at + 4, len(low))) if low[k] in _OF_OR_FOR), len(low))
    return not ARMED.isdisjoint(low[of + 1 : of + 4]) and "against" not in low[of:]


_APOSTROPHES: Final = frozenset({"'", "’"})
_BAND_NOUNS: Final = wordset("group movement front militia faction insurgency rebellion")
_OF_OR_FOR: Final = frozenset({"of", "for"})


def tells_of_person(low: list[str]) -> bool:
    """Say whether words after a name and a comma make a person of it: "Jordan, | a farmer from the north", "| 19"."""
    if len(low) == 1 and _AGED.fullmatch(low[0]):
        return True
    if low[:1] not in (["a"], ["an"]):
        return False
    low = [word for word in low if not _AGED.fullmatch(word)]
    end = next((k for k, word in enumerate(low) if (word in STOPS and k) or not word[:1].isalpha()), len(low))
    noun = low[end - 1]
    return noun not in _OF_STATES and (noun in CIVILIAN or KIND_OF.get(noun) in _PERSONAL)


_AGED: Final = re.compile(r"\d{1,3}(?:-years?-old)?")
_RANKS: Final = wordset("commander general colonel captain major lieutenant command chief head")
_OF_POLICE: Final = frozenset({"of", "for"})
_CIVIL_DEFENCE: Final = re.compile(r"\bcivil (?:defen[cs]e|protection)\b")
_OFFICES_OF_STATE: Final = wordset("institute ministry secretariat")
_PERSONAL: Final = frozenset({"witness", "medical"})
_OF_STATES: Final = wordset("member partner neighbour neighbor host victim a an")


def _heads(low: list[str]) -> bool:
    """Say whether a description is of who heads something: "the director of the museum"."""
    at = low.index("of") if "of" in low else 0
    return at > 0 and (low[at - 1] in _HEADING or (low[at - 1] in _MEMBERS and low[-1] == "community"))


def _studies(low: list[str]) -> bool:
    """Say whether a description names a body by what it is for: "the Institute for Hill and Plain Studies"."""
    at = 1 if low[0] == "the" else 0
    return low[at : at + 1] != [] and low[at] in _FOUNDED and low[at + 1 : at + 2] in _FOR


_MEMBERS: Final = frozenset({"member", "members"})
_FOUNDED: Final = wordset("institute centre center")
_FOR: Final = (["for"], ["of"])
_HEADING: Final = HEADS | wordset("owner founder coordinator principal")


def _is_house(low: list[str]) -> bool:
    """Say whether a description is the name of a hospital, whoever it is named after, or of its staff."""
    at = next(k for k, word in enumerate(low) if word in HOUSES)
    return at > 0 and _APART.isdisjoint(low[:at]) and not low[at - 1].endswith(_OF_SOMEBODY)


_APART: Final = wordset("at in of from for near outside inside and &") | {"(", ","}
_OF_SOMEBODY: Final = ("'s", "’s", "s'", "s’")
_OTHERS: Final = wordset(
    """company operator airline airlines railway railways firm union church diocese archdiocese school university
    association federation group organisation organization movement network owner owners consortium club institute
    study survey inquiry audit team teams platform order"""
)
"""Bodies that speak for nobody's side."""
_PAIRED: Final[dict[tuple[str, ...], ClaimantKind]] = {
    ("regional", "heads"): "government", ("district", "heads"): "government", ("local", "partners"): "un_ngo",
}  # fmt: skip
FIRMS: Final = wordset("firm consultancy")
"""What a body is called that advises for pay, whatever its name says."""
_SOURCES: Final = frozenset({"source", "sources"})
_UNOFFICIAL: Final = wordset("informed well-informed local tribal community field diocesan church parish clan family")
_SHORT: Final = 3
_OWN_MEDIA: Final = wordset("wing arm office cell affairs")
_TIED: Final = ("-linked", "-affiliated", "-aligned", "-allied", "-led", "-inspired")
KIN: Final = wordset(
    """brother brothers sister sisters son sons daughter daughters wife husband father fathers mothers niece nephew
    grandson granddaughter in-laws brother-in-law sister-in-law father-in-law mother-in-law"""
)
"""Kin of those a report tells of: they say what they saw; "Father Hale" is none."""
_TRADES: Final = ("worker", "workers")
_OUTCOMES: Final = wordset(
    """deaths death dead bodies body injured wounded injuries fatalities casualties missing victims victim"""
)
_BANDS: Final = (["group"], ["groups"], ["faction"], ["factions"], ["movement"], ["movements"])
_ABOUT: Final = (["on"], ["about"], ["to"])
"""Before armed groups of whom somebody else speaks: "an expert on armed groups"."""
_PHRASES: Final[dict[str, ClaimantKind]] = {
    "without borders": "un_ngo",
    "human rights": "un_ngo", "red cross": "un_ngo", "red crescent": "un_ngo", "united nations": "un_ngo",
    "monitoring group": "un_ngo", "intelligence group": "other", "lawyers group": "un_ngo",
    "rights group": "un_ngo", "aid group": "un_ngo",
    "islamic state": "armed_group", "boko haram": "armed_group", "al qaeda": "armed_group",
    "al shabaab": "armed_group",
    "liberation army": "armed_group", "resistance army": "armed_group", "independence army": "armed_group",
    "republican army": "armed_group", "european union": "un_ngo", "african union": "un_ngo",
    "save the children": "un_ngo", "world food program": "un_ngo", "world health organi": "un_ngo",
    "liberation front": "armed_group", "health minister": "government",
    "health ministry": "medical", "ministry of health": "medical", "health department": "medical",
    "refugee council": "un_ngo", "civil society leader": "un_ngo", "civil society activist": "un_ngo",
    "civil society group": "un_ngo", "civil society organi": "un_ngo",
    "aid worker": "un_ngo", "relief worker": "un_ngo", "aid agenc": "un_ngo", "relief agenc": "un_ngo",
    "clinical officer": "medical",
    "health authorit": "medical", "health official": "medical", "health officer": "medical",
    "defense minister": "government", "defence minister": "government", "defense ministry": "military",
    "defence ministry": "military", "ministry of defence": "military", "ministry of defense": "military",
    "inter-services": "military", "organization for": "un_ngo",
    "organisation for": "un_ngo",
    "press agency": "media", "news agency": "media", "press office": "government", "state media": "media",
    "state television": "media", "security forces": "military", "armed forces": "military",
    "emergency services": "medical",
    "counter-terrorism department": "police", "highway patrol": "police", "medical examiner": "medical",
    "civil defence": "medical",
    "civil defense": "medical", "general staff": "military", "border guard": "military",
    "fire department": "medical",
    "interior ministry": "government", "interior minister": "government", "white house": "government",
    "emergency management": "government", "disaster management": "government", "foreign ministry": "government",
    "white helmets": "medical",
    "gendarmerie": "military", "coast guard": "military", "national guard": "military",
    "state department": "government",
    "state committee": "government", "committee for national security": "government",
    "security committee": "government", "prime minister": "government", "chief minister": "government",
    "military spokes": "military", "presidential advis": "government", "presidential aide": "government",
}  # fmt: skip
_OPENERS: Final = frozenset(phrase.split()[0] for phrase in _PHRASES)
"""Words one of which every such phrase begins with."""
