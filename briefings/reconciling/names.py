"""A claimant's words taken apart: the person, the post, the armed group; and what a set of claims tells of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ..geography.gazetteer import fold
from ..geography.nations import is_nation
from ..model import Claim, ClaimantKind
from .registry import Registry

_LEAD = re.compile(
    r"^(?:the|a|an|its|his|her|their|another|one|two|several|some)\s+|^(?:statement|report)s?\s+(?:by|from|of)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:,|\bvia\b|\bquoted\b|\bciting\b|\bin a\b|\bspeaking\b|\bwho\b).*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
SPOKESPERSON = r"spokes(?:man|woman|person|people|men)"
_RANK = (
    rf"(?:minister|secretary|officials?|officers?|{SPOKESPERSON}|chief|commander|governor|mayor|president|commissioner|"
    r"director|head|leader|general|colonel|major|captain|lieutenant|brigadier|inspector|superintendent|sheriff|"
    r"ambassador|coordinator|administrator|chairman|lawmaker|senator|doctor|adviser|advisor|aide)"
)
_TITLED = re.compile(rf"^(?P<office>.*\b{_RANK}),?\s+(?P<name>(?-i:(?:[A-Z][\w.'’-]*\s*)+))$", re.IGNORECASE)
_NAME = r"(?:[A-Z][\w.'’-]*|al-\w[\w-]*|bin|ibn|de|van|ul|ur|u)"
_JOINING = frozenset({"OF", "FOR", "IN", "AT", "AND", "THE", "TO", "ON"})
_ACRONYM = 4
_CAPITALS = re.compile(rf"^{_NAME}(?:\s+{_NAME})*$")
_BODY = re.compile(
    r"\b(?:department|ministry|command|corps|agency|directorate|bureau|office|authority|council|forces?|police|army|"
    r"guards?|military|navy|government|committee|commission|administration|service|hospital|group|movement|front|party|"
    r"state|brigades?|union|network|observatory|archive|centre|center|watch|tv|television|radio|news|media|officials?|"
    r"sources|authorities|residents|witness(?:es)?|activists)\b",
    re.IGNORECASE,
)
STATE = re.compile(
    r"\b(?:government|minist(?:er|ry)|army|military|police|officials?|authorit(?:y|ies)|governor|president|parliament|"
    r"security forces?|state)\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:minister|secretary|chief|commander|governor|mayor|president|commissioner|director|head|leader|inspector|"
    r"superintendent|sheriff|ambassador|coordinator|administrator|chairman)(?: (?:of|for)\b.*)?$",
    re.IGNORECASE,
)
_SPEAKING = re.compile(rf"\b(?:{SPOKESPERSON}|commander|leader|chief)\b", re.IGNORECASE)
_POST = rf"(?:{SPOKESPERSON}|commander|leader|statement|official|chief)s?"
_AFTER_GROUP = re.compile(rf"(?:^|(?:['’]s?)?\s+){_POST}\b.*$", re.IGNORECASE)
_BEFORE_GROUP = re.compile(rf"^(?:[\w-]+\s+){{0,2}}{_POST}\s+(?:for|of|from|by)\s+(?:the\s+)?", re.IGNORECASE)
GENERIC_GROUP = re.compile(
    r"^(?:(?:armed|militant|rebel|insurgent|separatist|jihadist|islamist|extremist|banned|outlawed)\s+)*"
    r"(?:groups?|outfit|organi[sz]ation|movement|militants?|rebels?|insurgents?|separatists?|fighters?|attackers?|"
    r"gunm[ae]n|jihadists?|militias?|militiam[ae]n|guerrillas?|terrorists?|extremists?)$",
    re.IGNORECASE,
)
_POLICE = re.compile(r"\bpolice\b", re.IGNORECASE)
_FIGHTS_FOR = re.compile(
    r"\b(?:militants?|insurgents?|rebels?|gunm[ae]n|guerrillas?|jihadists?|terrorists?)\s+"
    r"(?:of|from|belonging to|with)\s+"
    r"(?:the\s+)?(?P<band>[A-Z][\w'’-]*(?:\s+(?:of\s+)?[A-Z][\w'’-]*){0,4})"
)
_OF_A_STATE = re.compile(r"\b(?:Army|Armed Forces|Military|Navy|Police|Guards?|Ministry|Government)\b")
_INTRODUCED = re.compile(
    rf"(?P<name>[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){{0,3}}),?\s+(?:a|an|the|its|who is)\s+(?:[a-z]+\s+)?"
    rf"(?:{SPOKESPERSON}|commander|leader)\s+(?:for|of)\s+(?:the\s+)?"
    r"(?P<group>[A-Z][\w-]*(?:\s+(?:of\s+)?[A-Z][\w-]*){0,5})"
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a name or office without articles, brackets and what trails behind it."""
    text = _TAIL.sub("", _BRACKETS.sub("", " ".join(text.split()))).strip()
    while (shorter := _LEAD.sub("", text)) != text:
        text = shorter
    return text


def uncapped(text: str) -> str:
    """Return words that stand all in capitals as a sentence has them: `GOVERNOR OF TAMSIN` is `Governor of Tamsin`.

    Words of four letters and fewer may be acronyms, and stay; but for those that join a post to its place.
    """
    if not text.isupper() or " " not in text:
        return text
    words = (
        one.lower() if one in _JOINING else one.capitalize() if len(one) > _ACRONYM else one for one in text.split()
    )
    return " ".join(words)


def person_and_post(claimant: str | None, office: str | None) -> tuple[str, str]:
    """Split `Interior Minister A. B.` into the person and the post; either may be empty."""
    who, post = plain(uncapped(claimant or "")), plain(uncapped(office or ""))
    titled = _TITLED.match(who)
    if titled and titled["name"][:1].isupper() and not _BODY.search(titled["name"]):
        return titled["name"].strip(), post or titled["office"].strip()
    if (
        who
        and _CAPITALS.match(who)
        and not _BODY.search(who)
        and not re.search(rf"\b{_RANK}\b", who, re.IGNORECASE)
        and not is_nation(who)
    ):
        return who, post
    return "", post or who


def posts_of_persons(seen: Iterable[tuple[str | None, str | None, ClaimantKind | None]]) -> dict[str, str]:
    """Map a surname, folded, to the post its bearer is given in the claims; a surname of two posts to none.

    A post told in part, "governor" for the governor of somewhere, is the longer one.
    """
    posts: dict[str, set[str]] = defaultdict(set)
    for claimant, office, kind in seen:
        name, post = person_and_post(claimant, office)
        if name and post and kind != "armed_group":
            posts[surname(name)].add(post)
    longest = {last: max(found, key=lambda post: (len(post), post)) for last, found in posts.items()}
    return {last: whole for last, whole in longest.items() if all(tells(post, whole) for post in posts[last])}


def impersonal(said: Iterable[tuple[str | None, str | None]]) -> frozenset[str]:
    """Return the names of a voice that hold for all who speak for it, where no one person does; else none.

    `said` are its claimants and offices. "Police" are not their spokesman, nor is one of two spokesmen the other;
    a post that one person holds at a time is that person, named or not.
    """
    told = {(person_and_post(*one), one) for one in set(said)}
    people = {surname(name) for (name, _), _ in told if name}
    bare = {(one[0] or one[1] or "") for (name, post), one in told if not name and not _HELD.search(post)}
    if not people or (len(people) == 1 and not bare):
        return frozenset()
    posts = {post for (_, post), _ in told}
    if not bare and all(_POLICE.search(post) for post in posts) and any(_HELD.search(post) for post in posts):
        return frozenset({"police"})  # a chief and a spokesman are both, and neither is the other
    return frozenset(bare or {post for (_, post), _ in told}) - {""}


def surname(name: str) -> str:
    """Return the last name of a person, without case and accents."""
    words = fold(name).split()
    return words[-1] if words else ""


def tells(post: str, whole: str) -> bool:
    """Say whether a post is another one, or the beginning of it."""
    return f"{fold(whole)} ".startswith(f"{fold(post)} ")


def group_name(text: str) -> str:
    """Return the group of `Front spokesman A. B.` or `a commander of the Front`; empty for a bare "spokesman"."""
    return plain(_AFTER_GROUP.sub("", _BEFORE_GROUP.sub("", plain(text))))


def spokesmen(claims: Sequence[Claim], known: Registry) -> dict[str, str]:
    """Map persons, by full name and surname, to the armed group some text ties them to; those of two groups to none.

    That a body is an armed group must be said by some claim or by the registry: clubs have spokesmen too.
    """
    armed = {group_name(c.claimant).lower() for c in claims if c.claimant and c.claimant_kind == "armed_group"}
    ties: dict[str, set[str]] = defaultdict(set)
    for claimant, office, kind, sentence in {
        (one.claimant, one.office, one.claimant_kind, one.sentence)
        for one in claims
        if one.claimant and one.claimant_kind in ("armed_group", "other")
    }:
        name, post = person_and_post(claimant, office)
        if not name:
            continue
        group = group_name(post) if post and _SPEAKING.search(post) else ""
        if not group and (found := _INTRODUCED.search(sentence)) and found["name"].split()[-1] == name.split()[-1]:
            group = group_name(found["group"])
        if not group or GENERIC_GROUP.match(group) or STATE.search(group):
            continue
        vouched = known.find(group)
        if kind == "armed_group" or group.lower() in armed or (vouched and vouched.kind == "armed_group"):
            for person in {name.lower(), name.split()[-1].lower()}:
                ties[person].add(group)
    return {person: min(groups) for person, groups in ties.items() if len(groups) == 1}


def groups_by_document(claims: Iterable[Claim], spokesmen: Mapping[str, str]) -> dict[str, str]:
    """Map each document to the armed group it quotes by name, if it is one: whom its "the group said" means."""
    named: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.claimant_kind == "armed_group":
            name, post = person_and_post(claim.claimant, claim.office)
            group = spokesmen.get(name.lower()) or group_name(post or name)
            if group and not GENERIC_GROUP.match(group):
                named[claim.document_id].add(group)
    return {document: min(groups) for document, groups in named.items() if len(groups) == 1}


def bands(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the names, folded, of which some count says that militants or rebels are theirs: no state's brigades."""
    told = {one.sentence for one in claims if one.group == "armed_group"}
    named = (found["band"] for sentence in told for found in _FIGHTS_FOR.finditer(sentence))
    return frozenset(fold(name) for name in named if not _OF_A_STATE.search(name))


def long_names(names: Iterable[str | None]) -> dict[str, str]:
    """Map the acronym of an armed group to its long name where the claims hold both."""
    found: dict[str, str] = {}
    for raw in sorted({name for name in names if name}):
        long = group_name(raw)
        inside = _BRACKETS.search(raw)
        if inside and re.fullmatch(r"[A-Z][A-Z-]{1,7}", inside.group(1)):
            found[inside.group(1)] = long
        initials = "".join(word[0] for word in re.split(r"[\s-]+", long) if word[:1].isupper())
        if len(initials) > 1:
            found.setdefault(initials, long)
    return found


def full_names(seen: Iterable[tuple[str | None, str | None, ClaimantKind | None]]) -> dict[str, str]:
    """Map a surname, and the full name that has it, both folded, to that name as printed, where it is just one."""
    found: dict[str, set[str]] = defaultdict(set)
    for claimant, office, _ in seen:
        name, _post = person_and_post(claimant, office)
        if " " in name:
            found[surname(name)].add(name)
    one = {last: max(names) for last, names in found.items() if len({fold(name) for name in names}) == 1}
    return one | {fold(name): name for name in one.values()}
