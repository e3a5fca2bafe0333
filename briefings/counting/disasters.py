"""Hear of what harms people without anybody's violence: an earthquake, a fire that broke out, no opened fire. Pure."""

from __future__ import annotations

import re
from typing import Final

_OF_ITSELF: Final = (
    r"(?:earth)?quakes?|aftershocks?|tsunamis?|eruptions?|landslides?|mudslides?|avalanches?|flooding|cyclones?|"
    r"floods?|hurricanes?|typhoons?|tornado(?:e?s)?|wildfires?|shipwrecks?|capsiz(?:e[sd]?|ing)|derail(?:s|ed|ments?)|stampedes?|"
    r"heat ?waves?"
)
"""Words that tell of a disaster whatever stands beside them."""
_WEATHER: Final = (
    r"lightning (?:struck|killed|hit|bolts?)|by (?:a )?lightning|"
    r"(?:heavy|torrential|monsoon) rains? (?:\w+ )?(?:killed|claimed)"
)
"""What weather does that harms: rain may fall on a battle, and a lightning advance is an army's."""
_WITH_ARTICLE: Final = r"storm|fire|blaze|crash|collapse|sinking|accident"
"""Words that tell of one as the noun of something that happened; fighters storm a post and open fire."""
HAPPENINGS: Final = rf"(?:{_OF_ITSELF}|(?:{_WITH_ARTICLE}|disaster)s?)"
"""Nouns of disasters, a pattern: for what is known as one thing already, "the fire", "that collapse"."""

_BUILT: Final = r"(?:buildings?|bridges?|roofs?|mines?|dams?|walls?|houses?|stands?|tunnels?|blocks?)"
_AFLOAT: Final = r"(?:boats?|ferr(?:y|ies)|ships?|vessels?|dinghy|canoe)"
_CARRIERS: Final = r"(?:plane|aircraft|bus|minibus|coach|train|truck|lorry|car|van)"
# Every pattern here is for text in lower case: looking past case would take twice the time.
_TELLS: Final = re.compile(
    rf"\b(?:{_OF_ITSELF}|{_WEATHER}|drown(?:ed|ing)|epidemics?|cholera)\b|"
    rf"\b(?:an?|another|the|this) (?:(?!under|return|of\b)\w+ )?(?:{_WITH_ARTICLE})\b(?! of\b|-)|"
    r"\b(?:storm|fire|blaze)s? (?:that )?(?:broke out|swept|tore|ripped|raged|spread|gutted|engulfed)\b|"
    rf"\b{_BUILT} (?:\w+ )?collaps(?:ed?|es|ing)\b|\bcollapse of (?:an?|the) (?:[\w-]+ )?{_BUILT}\b|"
    rf"\b{_AFLOAT} (?:[\w-]+ ){{0,3}}(?:sank|sunk|sinks?|sinking|went down|overturned)\b|"
    r"(?<!['’]s )(?<!s['’] )(?<!and )(?<!his )(?<!its )(?<!their )"
    rf"\bsinking of (?:an?|the) (?:[\w-]+ ){{0,3}}{_AFLOAT}\b|"
    rf"\b(?:{_AFLOAT}|{_CARRIERS}|{_BUILT}|maritime|rail|railway|road|air|aviation|mining) "
    r"(?:disasters?|traged(?:y|ies)|accidents?)\b|"
    rf"\b{_CARRIERS} (?:\w+ )?crash(?:ed|es)?\b|"
    rf"\b{_CARRIERS} (?:[\w-]+ ){{0,4}}(?:plunged|skidded|veered|tumbled|fell) (?:off|into|down)\b",
)
_FIRE_OF_WEAPONS: Final = re.compile(
    r"\b(?:opened|opens?|opening|under|returned|returning|cross|gun|rocket|artillery|mortar|sniper|enemy|hostile|heavy|"
    r"machine-gun|tank|small-arms|friendly|ceasing|cease) fires?\b",
)


_MOVERS: Final = r"(?:(?:earth)?quake|aftershock|tsunami|eruption|landslide|avalanche|flood|hurricane|tornado|storm)s?"
_MATTER: Final = (
    r"(?:(?:the|an?) (?!refugees|people|displaced|migrants|wounded)|mud|water|snow|ice|rocks?|boulders|debris|lava|ash|"
    r"earth|mount|magnitude|\d|last|this|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_REALMS: Final = r"(?:politic|elector|diplomatic|constitution|financi|economic|soci|legal|media)\w*"
_FIGURES: Final = re.compile(
    rf"\b{_MOVERS} of (?!{_MATTER})|\b{_REALMS} {_MOVERS}\b|"
    r"\blandslides? (?:victor|win|won|defeat|loss|majorit|elect|vote|triumph|mandate|margin)|"
    r"\b(?:w[io]n\w*|(?:re-?)?elected|victor\w*|defeat\w*|lost) (?:[\w'’-]+ ){0,5}(?:by|in) a landslide\b",
)
"""Figures of speech: "a flood of refugees", "an avalanche of criticism", "a political earthquake", a landslide won."""
_HAZARD: Final = re.compile(rf"\b(?:{_OF_ITSELF}|{_WEATHER}|epidemics?|cholera)\b")
_STRIKES: Final = (
    r"(?:\w+(?:['’]s|ian|eli|ish|ese|can)|retaliatory|deadly|military|naval|drone|missile|rocket|artillery) strikes?|"
    r"strikes? (?:against|targeting)|(?:in|by|from) an? strike"
)
"""Blows of somebody, told from a quake that strikes."""
_ACTS: Final = re.compile(
    r"\b(?:attack(?:s|ed|ers?|ing)?|ambush\w*|raid(?:s|ed|ers?|ing)?|assault\w*|bomb\w*|explosives?|blasts?|"
    r"shell(?:s|ed|ing|fire)|shot|shoot(?:s|ings?)?|shootout|gunfire|gun(?:man|men|ned|battle)|gun battles?|"
    rf"firefights?|clash\w*|fighting|fighters?|air ?strikes?|{_STRIKES}|drones?|militants?|rebels?|insurgen\w+|"
    r"jihadis\w*|militia\w*|"
    r"terroris\w*|extremists?|bandits?|massacre\w*|murder\w*|assassin\w*|behead\w*|stabb\w*|executed|execution|"
    r"abduct\w*|kidnap\w*|hostages?|captors|arson\w*|torched|sabotag\w*|landmines?|i\.?e\.?ds?|grenades?|rockets?|"
    r"missiles?|mortars?|violence|wars?|conflicts?|offensives?|battles?|set (?:\w+ ){0,3}(?:on fire|ablaze|alight)|"
    r"lynch\w*|hang(?:ed|ings?)|hack(?:ed|ing)(?: \w+){0,3} (?:to death|down)|mobs?|riot\w*|crackdowns?|"
    r"(?:beat(?:en|ing)?|ston(?:ed|ing)|club(?:bed|bing)|kick(?:ed|ing)|bludgeoned|knifed)(?: \w+){0,3} to death|"
    r"stoned|tortur\w*|slaughter\w*|slain|slay\w*|butchered|decapitat\w*|strangl\w*|"
    r"(?:the|an?|of|over|for|after|these|those) killings?|"
    r"bl(?:ew|own|ow|ows|owing)(?: \w+){0,3} up|detonat\w*|"
    r"(?<!gas )(?<!boiler )(?<!volcanic )(?<!volcano )explo(?:sions?|d(?:ed|es|ing)))\b",
)
_NO_ACTS: Final = re.compile(
    r"\b(?:flee(?:s|ing)?|fled|escap(?:ed?|ing)|no|not|ruled? out|ruling out|without|nobody)\b[^,.;]*|"
    r"\b(?:war|conflict|violence|rebel|militia|militant|insurgent|jihadist|battle)-\w+|"
    r"\b(?:fire|blaze|crash\w*) and (?:\w+ )?explo\w+|"
    r"\b(?:minist(?:ry|ers?)|departments?|secretary) (?:of|for) war\b|\bwar minist(?:ry|ers?)\b"
)
"""What is no deed that harmed anybody: what people ran from before, what is denied, what a land or an office is called.

"A boat with people fleeing raids sank", "the war-torn province", "the rebel-run ministry", "the Ministry of War"; nor
what blew up in a fire.
"""


_BARRIERS: Final = re.compile(r"\b(?:dams?|dikes?|dykes?|levees?|embankments?|reservoirs?)\b")
_HAZARDS: Final = (
    *("quake", "aftershock", "tsunami", "eruption", "slide", "avalanche", "flood", "cyclone", "hurricane", "typhoon"),
    *("tornad", "wildfire", "shipwreck", "capsiz", "derail", "stampede", "epidemic", "cholera"),
    *("lightning", "heat", "rain"),
)
_DISASTERS: Final = (
    *(*_HAZARDS, "drown", "storm", "fire", "blaze", "crash", "collaps", "sink", "sank", "sunk", "accident"),
    *("disaster", "tragedy", "tragedies"),
    *("went down", "overturned", "plunged", "skidded", "veered", "tumbled", "fell"),
)
"""Pieces of words one of which every text of such a thing holds: looking for them first keeps reading fast."""


def tells_of_hazard(text: str) -> bool:
    """Say whether a text names a thing that is a disaster whatever caused it: a flood, a landslide, a shipwreck."""
    low = text.lower()
    return any(map(low.__contains__, _HAZARDS)) and _HAZARD.search(_FIGURES.sub(" ", low)) is not None


def tells_of_violence(text: str) -> bool:
    """Say whether a text tells of somebody's violence, by what is done or by who does it."""
    told = _NO_ACTS.sub(" ", text.lower())
    return _ACTS.search(told) is not None or ("fire" in told and _FIRE_OF_WEAPONS.search(told) is not None)


def tells_of_breach(text: str) -> bool:
    """Say whether a text names what holds water back: a flood after violence at a dam is what the violence did."""
    return _BARRIERS.search(text.lower()) is not None


def signs_of_disaster(text: str) -> tuple[str, ...]:
    """Return the pieces of words of disasters that a text holds: none of its sentences holds another."""
    low = text.lower()
    return tuple(piece for piece in _DISASTERS if piece in low)


def tells_of_disaster(text: str, signs: tuple[str, ...] = _DISASTERS) -> bool:
    """Say whether a text tells of a disaster: of a thing by its name, or of a fire, storm or collapse that happened.

    `signs` are those of the text that it is a sentence of, where many of its sentences are asked.
    """
    low = text.lower()
    if not any(map(low.__contains__, signs)):
        return False
    plain = _FIGURES.sub(" ", low)
    return _TELLS.search(_FIRE_OF_WEAPONS.sub(" ", plain) if "fire" in plain else plain) is not None
