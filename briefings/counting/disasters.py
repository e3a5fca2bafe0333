"""Hear of what harms people without anybody's violence: an earthquake, a fire that broke out, no opened fire. Pure."""

from __future__ import annotations

import re
from typing import Final

_MANY: Final = (
    r"(?! of (?:the )?(?:refugees|people|displaced|migrants|civilians|wounded|arms|weapons|calls|messages)\b)"
)
"""What is only very much of something: "a flood of refugees"."""
_OF_ITSELF: Final = (
    r"(?:earth)?quakes?|aftershocks?|tsunamis?|eruptions?|landslides?|mudslides?|avalanches?|flooding|cyclones?|"
    rf"floods?\b{_MANY}|"
    r"hurricanes?|typhoons?|tornado(?:e?s)?|wildfires?|shipwrecks?|capsiz(?:e[sd]?|ing)|derail(?:s|ed|ments?)|stampedes?"
)
"""Words that tell of a disaster whatever stands beside them."""
_WITH_ARTICLE: Final = r"storm|fire|blaze|crash|collapse|sinking|accident"
"""Words that tell of one as the noun of something that happened; fighters storm a post and open fire."""
HAPPENINGS: Final = rf"(?:{_OF_ITSELF}|(?:{_WITH_ARTICLE}|disaster)s?)"
"""Nouns of disasters, a pattern: for what is known as one thing already, "the fire", "that collapse"."""

_BUILT: Final = r"(?:buildings?|bridges?|roofs?|mines?|dams?|walls?|houses?|stands?|tunnels?|blocks?)"
# Every pattern here is for text in lower case: looking past case would take twice the time.
_TELLS: Final = re.compile(
    rf"\b(?:{_OF_ITSELF}|drown(?:ed|ing)|epidemics?|cholera)\b|"
    rf"\b(?:an?|another|the|this) (?:(?!under|return|of\b)\w+ )?(?:{_WITH_ARTICLE})\b(?! of\b|-)|"
    r"\b(?:storm|fire|blaze)s? (?:that )?(?:broke out|swept|tore|ripped|raged|spread|gutted|engulfed)\b|"
    rf"\b{_BUILT} (?:\w+ )?collaps(?:ed?|es|ing)\b|\bcollapse of (?:an?|the) (?:[\w-]+ )?{_BUILT}\b|"
    r"\b(?:boats?|ferr(?:y|ies)|ships?|vessels?|dinghy|canoe) (?:[\w-]+ ){0,3}"
    r"(?:sank|sunk|sinks?|sinking|went down|overturned)\b|"
    r"\b(?:plane|aircraft|bus|coach|train|truck|lorry|car) (?:\w+ )?crash(?:ed|es)?\b",
)
_FIRE_OF_WEAPONS: Final = re.compile(
    r"\b(?:opened|opens?|opening|under|returned|returning|cross|gun|rocket|artillery|mortar|sniper|enemy|hostile|heavy|"
    r"machine-gun|tank|small-arms|friendly|ceasing|cease) fires?\b",
)


_HAZARD: Final = re.compile(rf"\b(?:{_OF_ITSELF}|epidemics?|cholera)\b")
_ACTS: Final = re.compile(
    r"\b(?:attack(?:s|ed|ers?|ing)?|ambush\w*|raid(?:s|ed|ers?|ing)?|assault\w*|bomb\w*|explosives?|blasts?|"
    r"shell(?:s|ed|ing|fire)|shot|shootings?|shootout|gunfire|gun(?:man|men|ned|battle)|gun battles?|firefights?|"
    r"clash\w*|fighting|fighters?|air ?strikes?|drones?|militants?|rebels?|insurgen\w+|jihadis\w*|militia\w*|"
    r"terroris\w*|extremists?|bandits?|massacre\w*|murder\w*|assassin\w*|behead\w*|stabb\w*|executed|execution|"
    r"abduct\w*|kidnap\w*|hostages?|captors|arson\w*|torched|sabotag\w*|landmines?|i\.?e\.?ds?|grenades?|rockets?|"
    r"missiles?|mortars?|violence|wars?|conflicts?|offensives?|battles?|set (?:\w+ ){0,3}(?:on fire|ablaze|alight))\b",
)
_NO_ACTS: Final = re.compile(
    r"\b(?:flee(?:s|ing)?|fled|escap(?:ed?|ing)|no|not|ruled? out|ruling out|without|nobody)\b[^,.;]*"
)
"""What people ran from before, and what is denied, is not what harmed them: "a boat with people fleeing raids sank"."""


_HAZARDS: Final = (
    *("quake", "aftershock", "tsunami", "eruption", "slide", "avalanche", "flood", "cyclone", "hurricane", "typhoon"),
    *("tornad", "wildfire", "shipwreck", "capsiz", "derail", "stampede", "epidemic", "cholera"),
)
_DISASTERS: Final = (
    *(*_HAZARDS, "drown", "storm", "fire", "blaze", "crash", "collaps", "sink", "sank", "sunk", "accident"),
    *("went down", "overturned"),
)
_VIOLENCE: Final = (
    *("attack", "ambush", "raid", "assault", "bomb", "explosiv", "blast", "shell", "shot", "shoot", "gun", "fire"),
    *("clash", "fight", "strike", "drone", "militant", "rebel", "insurgen", "jihadis", "militia", "terroris"),
    *("extremist", "bandit", "massacre", "murder", "assassin", "behead", "stabb", "execut", "abduct", "kidnap"),
    *("hostage", "captor", "arson", "torched", "sabotag", "mine", "ied", "i.e", "ie.d", "grenade", "rocket", "missile"),
    *("mortar", "violence", "war", "conflict", "offensive", "battle", "ablaze", "alight"),
)
"""Pieces of words one of which every text of such a thing holds: looking for them first keeps reading fast."""


def tells_of_hazard(text: str) -> bool:
    """Say whether a text names a thing that is a disaster whatever caused it: a flood, a landslide, a shipwreck."""
    low = text.lower()
    return any(map(low.__contains__, _HAZARDS)) and _HAZARD.search(low) is not None


def tells_of_violence(text: str) -> bool:
    """Say whether a text tells of somebody's violence, by what is done or by who does it."""
    low = text.lower()
    if not any(map(low.__contains__, _VIOLENCE)):
        return False
    told = _NO_ACTS.sub(" ", low)
    return _ACTS.search(told) is not None or ("fire" in told and _FIRE_OF_WEAPONS.search(told) is not None)


def tells_of_disaster(text: str) -> bool:
    """Say whether a text tells of a disaster: of a thing by its name, or of a fire, storm or collapse that happened."""
    low = text.lower()
    if not any(map(low.__contains__, _DISASTERS)):
        return False
    return _TELLS.search(_FIRE_OF_WEAPONS.sub(" ", low) if "fire" in low else low) is not None
