"""How posts, bodies, unnamed groups and channels read in the language of the page; names stay as they are. Pure."""

from __future__ import annotations

import re
from functools import cache

from .languages import ENGLISH, Language, mark
from .nations import nation

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
)
"""Bodies and voices that are nobody by name."""

POSTS = (
    *(mark("the president"), mark("the prime minister"), mark("the chief minister"), mark("the interior minister")),
    *(mark("the home minister"), mark("the defence minister"), mark("the foreign minister")),
    *(mark("the health minister"), mark("the information minister"), mark("the provincial health minister")),
    *(mark("the governor"), mark("the mayor"), mark("the deputy commissioner"), mark("the district commissioner")),
    *(mark("the police chief"), mark("the army chief"), mark("the military spokesman"), mark("the army spokesman")),
    *(mark("the police spokesman"), mark("the government spokesman"), mark("the provincial government spokesman")),
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
    return bare if any(letter.isupper() or not letter.isascii() for letter in bare) else language.quoted(name)


def channel(medium: str, language: Language) -> str:
    """Return how a claim of responsibility was made: its kind and who brought it, `communiqué, AFP`; else its words."""
    rest = medium[:1].lower() + medium[1:]
    kind = next((said for pattern, said in _CHANNELS if re.search(pattern, medium, re.IGNORECASE)), "")
    outlet = _OUTLET.search(rest)
    told = [language.text(kind)] if kind else []
    told += [outlet[0]] if outlet else [language.text("journalists")] if _HEARERS.search(rest) else []
    return language.text(", ").join(told) or language.quoted(medium)


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
        office, person = _known(" ".join(parts[:at])), " ".join(parts[at:])
        if office and (not person or (office in POSTS and _PERSON.fullmatch(person))):
            return office, person
    return "", ""


def _known(words: str) -> str:
    """Return the message for a voice, however it is capitalised and whatever its article."""
    return _by_words().get(_key(words), "")


def _key(words: str) -> str:
    return _ARTICLE.sub("", words.strip()).rstrip(",").casefold().replace("defense", "defence").replace("’", "'")


@cache
def _by_words() -> dict[str, str]:
    return {_key(one): one for one in (*UNNAMED, *POSTS, *VOICES)}
