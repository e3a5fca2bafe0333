"""Know an international body under the names that surely mean it: "OCHA" and "the U.N. humanitarian office"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ..geography.gazetteer import country, fold, look_up
from ..geography.nations import names
from .names import plain

_UN: Final = re.compile(r"\b(?:united nations|u\. ?n\.?|uns?)(?= |$)")
_NAMES: Final[tuple[tuple[str, str, str], ...]] = (
    ("un humanitarian office", r"ocha|office for the coordination of humanitarian affairs",
     r"humanitarian (?:affairs )?(?:office|agency)"),
    ("un refugee agency", r"unhcr", r"refugees? agency|high commissioner for refugees"),
    ("un childrens agency", r"unicef", r"childrens (?:agency|fund)"),
    ("un migration agency", r"iom|international organi[sz]ation for migration", r"migration agency"),
    ("un food agency", r"wfp|world food program(?:me)?", r"food agency"),
)  # fmt: skip
"""One name each; what means it by itself; what means it with "UN" before it."""
_KNOWN: Final = tuple(
    (name, re.compile(rf"(?:un )?(?:{alone})|un (?:{after})(?: (?:{alone}))?")) for name, alone, after in _NAMES
)
_SEAT: Final = re.compile(r"un (?P<what>office|mission|country team|team) (?:in|for) (?P<where>.+)")
_UNNAMED: Final = frozenset({"un agency", "un body", "un office", "un organisation", "un organization"})
_LETTERS: Final = {
    "monusco": "congo", "monuc": "congo", "minusma": "mali", "minusca": "central african republic",
    "unmiss": "south sudan", "unifil": "lebanon", "unisfa": "abyei", "unamid": "darfur", "undof": "golan heights",
    "unficyp": "cyprus", "unmik": "kosovo", "minurso": "western sahara", "unama": "afghanistan", "unami": "iraq",
    "unsmil": "libya", "binuh": "haiti", "minustah": "haiti", "unmil": "liberia", "onuci": "ivory coast",
    "unoci": "ivory coast", "untso": "jerusalem", "unprofor": "bosnia", "unamsil": "sierra leone",
}  # fmt: skip
"""Where the missions of the United Nations are that go by letters."""
_OF_OTHERS: Final = frozenset({
    "amisom", "atmis", "aussom", "amis", "afisma", "misca", "misma", "samidrc", "samim", "ecomig", "ecomog", "kfor",
    "eufor",
})  # fmt: skip
"""Missions by letters that unions of states send: each is a body of its own, whatever else is sent to its country."""
MISSIONS: Final = frozenset(letters.upper() for letters in _OF_OTHERS.union(_LETTERS))
"""All missions between the sides that go by letters, as they are written."""
_MISSION: Final = re.compile(rf"(?:un (?:[a-z]+ )*)?\(?(?P<letters>{'|'.join(_LETTERS)})\)?(?: (?:mission|force))?")
_A_MISSION: Final = re.compile(r"un (?:(?:peacekeeping|peace|stabili[sz]ation) )?(?:mission|force|peacekeepers)")


@lru_cache(maxsize=4096)
def body(name: str) -> str:
    """Return one name, folded, for an international body however it is spelt; the name itself, folded, of others.

    Only words that surely mean one body are put together: a spelling of "United Nations", an agency and its letters,
    and an office in a capital with the one in its country. An agency with a country's name behind it is that agency.
    """
    text = _UN.sub("un", fold(name)).strip(" .")
    text = re.sub(r"^the ", "", text)
    for known, pattern in _KNOWN:
        if pattern.fullmatch(text):
            return known
    if (short := _without_state(text)) != text and any(pattern.fullmatch(short) for _, pattern in _KNOWN):
        return body(short)  # "OCHA Philippines" is how OCHA signs there
    if mission := _MISSION.fullmatch(text):
        return f"un mission in {_LETTERS[mission['letters']]}"
    seat = _SEAT.fullmatch(text)
    return f"un {seat['what']} in {_state(seat['where'])}" if seat else text


def meant(said: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return whom a document means by words for some body of the United Nations, by document and those words, folded.

    `said` are documents and claimants. "A UN agency" is the one body that its document names: a headline calls so the
    body that the text beneath it names. "The UN mission" is the one mission that all of them name.
    """
    named: dict[str, dict[str, str]] = defaultdict(dict)
    missions: dict[str, str] = {}
    unnamed: set[tuple[str, str]] = set()
    for document, claimant in said:
        known = body(plain(claimant))
        if unnamed_body(claimant):
            unnamed.add((document, known))
        elif known.startswith("un "):
            named[document].setdefault(known, claimant)
            if known.startswith("un mission in "):
                missions.setdefault(known, claimant)
    whose = ((key, missions if _A_MISSION.fullmatch(key[1]) else named[key[0]]) for key in unnamed)
    return {key: next(iter(bodies.values())) for key, bodies in whose if len(bodies) == 1}


def unnamed_body(name: str) -> str:
    """Return words that mean some body of the United Nations without saying which, folded; else nothing."""
    known = body(plain(name))
    return known if known in _UNNAMED or _A_MISSION.fullmatch(known) else ""


def _without_state(name: str) -> str:
    """Return a name without the country it ends with: `ocha` of `ocha philippines` and of `ocha in the philippines`."""
    words = name.split()
    for at in range(1, len(words)):
        if " ".join(words[at:]) in names():
            return re.sub(r" in(?: the)?$", "", " ".join(words[:at]))
    return name


def _state(place: str) -> str:
    """Return the country a place is the capital of, folded; else the place."""
    states = {
        fold(held.site.name)
        for site in look_up(place).places
        if (held := country(site.country)) and fold(held.capital) == place
    }
    return states.pop() if len(states) == 1 else place
