"""How posts, bodies, unnamed groups and channels read in the language of the page; names stay as they are. Pure."""

from __future__ import annotations

import re
from functools import cache

from ..core.languages import ENGLISH, Language, mark
from ..geography.nations import nation
from ..lexis.bodies import kind_of

VOICES = (
    *(mark("the military"), mark("the army"), mark("the police"), mark("police"), mark("the government")),
    *(mark("officials"), mark("an official"), mark("a security official"), mark("security officials")),
    *(mark("local officials"), mark("government officials"), mark("hospital officials"), mark("health officials")),
    *(mark("a police officer"), mark("a military spokesman"), mark("the authorities"), mark("authorities")),
    *(mark("residents"), mark("witnesses"), mark("doctors"), mark("medics"), mark("rescuers")),
    *(mark("security sources"), mark("one source"), mark("an unnamed source")),
    *(mark("the military's media wing"), mark("the army's media wing"), mark("an army spokesman")),
    *(mark("the interior ministry"), mark("the defence ministry"), mark("the health ministry")),
    *(mark("the provincial government"), mark("the local administration"), mark("the hospital"), mark("reports")),
    *(mark("police officials"), mark("provincial officials"), mark("military officials"), mark("rescue officials")),
    *(mark("a police spokesman"), mark("a government spokesman"), mark("a government official")),
    *(mark("a senior official"), mark("a health official"), mark("a local official"), mark("a police official")),
    *(mark("a spokesman for the provincial government"), mark("an official of the provincial government")),
    *(mark("security forces"), mark("the security forces"), mark("the counter-terrorism department")),
    *(mark("the foreign ministry"), mark("the information ministry"), mark("the provincial health department")),
    *(mark("the provincial police"), mark("the local police"), mark("the district police"), mark("the city police")),
    *(mark("the regional police"), mark("the federal police"), mark("the national police"), mark("the border guard")),
    *(mark("the provincial authorities"), mark("the local authorities"), mark("the regional authorities")),
    *(mark("the district authorities"), mark("the district administration"), mark("the provincial administration")),
    *(mark("the federal government"), mark("the regional government"), mark("the local government")),
    *(mark("the health department"), mark("the rescue service"), mark("rescue services")),
    *(mark("the emergency services"), mark("civil defence"), mark("the coastguard")),
    *(mark("the navy"), mark("the air force"), mark("the disaster management authority")),
    *(mark("the provincial disaster management authority"), mark("the national disaster management authority")),
    *(mark("the disaster agency"), mark("the national disaster agency"), mark("the provincial disaster agency")),
    *(mark("the county authorities"), mark("the UN mission"), mark("the UN humanitarian office")),
    *(mark("district officials"), mark("regional officials"), mark("intelligence officials")),
    *(mark("a provincial official"), mark("a district official"), mark("a hospital official")),
    *(mark("a military official"), mark("an intelligence official"), mark("a rescue official")),
    *(mark("the ombudsman's office"), mark("the ombudsman"), mark("the civil protection agency")),
    *(mark("the Red Cross"), mark("the UN refugee agency")),
    mark("the United Nations refugee agency"),
    *(mark("a security source"), mark("a police source"), mark("police sources"), mark("a hospital source")),
    *(mark("a spokesman"), mark("a doctor"), mark("a resident"), mark("a witness"), mark("local residents")),
)
"""Bodies and voices that are nobody by name."""

POSTS = (
    *(mark("the president"), mark("the prime minister"), mark("the chief minister"), mark("the interior minister")),
    *(mark("the home minister"), mark("the defence minister"), mark("the foreign minister")),
    *(mark("the health minister"), mark("the information minister"), mark("the provincial health minister")),
    *(mark("the governor"), mark("the mayor"), mark("the deputy commissioner"), mark("the district commissioner")),
    *(mark("the police chief"), mark("the army chief"), mark("the military spokesman"), mark("the army spokesman")),
    *(mark("the police spokesman"), mark("the government spokesman"), mark("the provincial government spokesman")),
    *(mark("the provincial police chief"), mark("the district police chief"), mark("the local police chief")),
    *(mark("the regional police chief"), mark("the city police chief"), mark("the provincial governor")),
    *(mark("the county commissioner"), mark("the district governor"), mark("the district mayor")),
    *(mark("the regional governor"), mark("the provincial interior minister"), mark("the provincial home minister")),
    *(mark("the provincial information minister"), mark("the justice minister"), mark("the railways minister")),
)
"""What one person is at a time."""

UNNAMED = (
    *(mark("separatists"), mark("militants"), mark("insurgents"), mark("rebels"), mark("gunmen")),
    *(mark("armed men"), mark("jihadists"), mark("islamists")),
)
"""Armed groups that nobody names."""

_CHANNELS = (
    (r"statement|communiqu|press release|announcement", mark("statement")),
    (r"e-?mail", mark("e-mail")),
    (r"call", mark("telephone call")),
    (r"video", mark("video")),
    (r"audio|recording", mark("sound recording")),
    (r"social media|posts?\b|tweet|Facebook|Twitter|Instagram|TikTok", mark("social media")),
    (r"message", mark("message")),
    (r"letter|leaflet|pamphlet", mark("letter")),
    (r"interview", mark("interview")),
    (r"broadcast|radio", mark("broadcast")),
    (r"website", mark("website")),
)
_HEARERS = re.compile(r"\b(?:reporters|journalists|media)\b(?! (?:wing|arm|outlet))")
_OUTLET = re.compile(r"\b[A-Z][\w-]*(?:\s+(?:of\s+)?[A-Z][\w-]*)*")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_FRENCH_ARTICLE = re.compile(r"^(?:(?:une?|les?|la|des) |l’)")
_PERSON = re.compile(r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|al-\w[\w-]*|bin|ibn|ul|ur|de|van))*")
_BANDS = frozenset({"army", "front", "brigades", "militia", "resistance"})
"""Words by which armed groups call themselves; what a state calls so goes by the state's name or by none."""
_INSIDE = frozenset({"of", "the", "for", "and", "de", "al", "e", "i", "ul"})
"""Small words inside a name; any other small word is none of a name but of what it is told with: "X fighters"."""
_WITH_POST = re.compile(r"(?P<name>[^()]+) \((?P<post>[^()]+)\)")
_PLACED = re.compile(r"(?P<office>.+?) (?:of|in|for|at) (?:the )?(?P<place>[A-Z].*)")


def voice(name: str, language: Language = ENGLISH) -> str:
    """Return a voice as the page names it: its post or body in the page's language, persons as the sources do.

    Other languages leave the English article of a name away. Words that are neither a name nor known here stand
    between quotation marks: they are the source's own.
    """
    if language.code == "en":
        return name
    if said := _office(name, language) or _with_post(name, language):
        return said
    bare = _ARTICLE.sub("", name)
    if not any(letter.isupper() or not letter.isascii() for letter in bare):
        return language.quoted(name)
    return language.text("the group {name}", name=bare) if _is_armed_group(bare) else bare


def band(name: str, language: Language = ENGLISH) -> str:
    """Return the name of an armed group as the page has it: what a claim of responsibility or a blame is about.

    In French it follows a word that takes the article, for of the name itself nobody knows whether it wants one.
    """
    said = voice(name, language)
    if language.code == "en" or said != _ARTICLE.sub("", name):
        return said
    return language.text("the group {name}", name=said)


def channel(medium: str, language: Language) -> str:
    """Return how a claim of responsibility was made: its kind and who brought it, `communiqué, AFP`; else its words."""
    rest = medium[:1].lower() + medium[1:]
    kind = next((said for pattern, said in _CHANNELS if re.search(pattern, medium, re.IGNORECASE)), "")
    outlet = _OUTLET.search(rest)
    told = [language.text(kind)] if kind else []
    told += [outlet[0]] if outlet else [language.text("journalists")] if _HEARERS.search(rest) else []
    return language.text(", ").join(told) or language.quoted(medium)


def _is_armed_group(name: str) -> bool:
    """Say whether a name is an armed group's, as its words tell: an army of no state's, a front, brigades."""
    words = name.split()
    low = [word.strip(".,()").casefold() for word in words]
    if nation(words[0]) or any(one[:1].islower() and one not in _INSIDE for one in words):
        return False
    return kind_of(low, words) == "armed_group" or not _BANDS.isdisjoint(low)


def _office(name: str, language: Language) -> str:
    """Return a voice with a known post or body: alone, with a person's name, of a country or of a place."""
    words = name.replace("’", "'")
    if known := _known(words):
        return language.text(known)
    if (state := nation(words)) and (rest := _of_state(words)):
        office, person = _split(rest)
        if office:
            return _said(language, office, person, language.country(state))
    office, person = _split(words)
    if office:
        return _said(language, office, person, "")
    placed = _PLACED.fullmatch(words)
    if placed and (known := _known(placed["office"])):
        return _said(language, known, "", language.country(placed["place"]))
    return ""


def _with_post(name: str, language: Language) -> str:
    """Return `A. B. (post)` with its post in the language of the page, in brackets without its article."""
    found = _WITH_POST.fullmatch(name)
    post = _office(found["post"], language) if found else ""
    post = _FRENCH_ARTICLE.sub("", post) if language.code == "fr" else post
    post = re.sub(r" \((.+)\)$", lambda inner: language.text(", ") + inner[1], post)  # no brackets within brackets
    return language.text("{person} ({post})", person=found["name"], post=post) if found and post else ""


def _said(language: Language, office: str, person: str, place: str) -> str:
    told = language.text(office)
    if place and person:
        return language.text("{post} {person} of {place}", post=told, person=person, place=place)
    if person:
        return language.text("{post} {person}", post=told, person=person)
    if place and office in POSTS:
        return language.text("{post} of {place}", post=told, place=place)
    return language.text("{body} of {place}", body=told, place=place) if place else told


def _of_state(words: str) -> str:
    """Return what follows the name of a state that words begin with: `Pakistan's army chief`, `Pakistani police`."""
    first, _, rest = _ARTICLE.sub("", words).partition(" ")
    return rest if nation(first) else ""


def _split(words: str) -> tuple[str, str]:
    """Return the known post that words begin with and the person they end with; nothing where they are not of that."""
    parts = _ARTICLE.sub("", words).split()
    for at in range(len(parts), 0, -1):
        office, person = " ".join(parts[:at]), " ".join(parts[at:])
        known = _posts().get(_key(office), "") if person else _known(office)
        if known and (not person or _PERSON.fullmatch(person)):
            return known, person
    return "", ""


def _known(words: str) -> str:
    """Return the message for a voice, however it is capitalised and whatever its article."""
    return _by_words().get(_key(words), "")


def _key(words: str) -> str:
    return _ARTICLE.sub("", words.strip()).rstrip(",").casefold().replace("defense", "defence").replace("’", "'")


@cache
def _posts() -> dict[str, str]:
    """Return the posts by their words: of "a police spokesman" and "the police spokesman" a name follows the latter."""
    return {_key(one): one for one in POSTS}


@cache
def _by_words() -> dict[str, str]:
    return {_key(one): one for one in (*UNNAMED, *POSTS, *VOICES)}
