"""Which town's mayor or prefect speaks, which province's governor: posts that every one has, told apart by place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from ..geography.gazetteer import fold, look_up
from ..geography.nations import without_nation
from ..geography.venues import venue
from ..model import Claim
from .names import person_and_post, surname, tells
from .policing import town

_TITLE = re.compile(
    r"\b(?P<rank>(?:(?:deputy|vice|acting|interim|former|ex|first|second|assistant|additional) )*)"
    r"(?P<title>(?:deputy|assistant|additional) commissioner|"
    r"(?:sub ?)?prefect|mayor|burgomaster|(?:(?:provincial|state|regional) )?governor(?! general)|"
    r"(?:district|county|municipal|commune|village|ward|town|city) "
    r"(?:governor|commissioner|administrator|chief|head|chairman|chairwoman|chairperson|magistrate|elder|manager|nazim))\b"
)
_SPEAKS_FOR = re.compile(r"^(?:the )?(?:office|spokes(?:man|woman|person)) (?:of|for) (?:the )?")
_POSSESSIVE = re.compile(r"['’]s\b")
_OF = re.compile(r"^(?:(?:office|spokes(?:man|woman|person))\b ?)?(?:(?:of|in|for|at) )?")
_NO_NAME = frozenset({"the", "a", "an", "its", "their", "local", "this", "that", "our"})
_UNKNOWN = " in "
"""What stands in the key of nobody in particular, before the outlet that quotes it."""
_SAME_RANK = {"vice": "deputy", "interim": "acting", "ex": "former"}
_GOVERNOR = "governor"
"""The post that every province has, whose holder is known by that and not by a town."""
_OF_LAND = frozenset({"province", "region", "state", "governorate", "department", "the"})
_Post = tuple[str, str, str]
"""A post as its words have it: its title, the town they name, and the rank of who is not its holder: `deputy`."""


class Postings:
    """The local posts of a set of claims, each with the town it is of: that of its words, else where it counts.

    A deputy, a former and an acting holder are each another voice than the holder, and none is heard for the other.
    `offices` are the posts of persons by surname, as the claims tell them most fully.
    """

    def __init__(self, claims: Iterable[Claim], offices: Mapping[str, str]) -> None:
        self._offices = offices
        self._own: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        self._towns: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, set[str]] = defaultdict(set)
        bearers: dict[str, set[str]] = defaultdict(set)
        held = [(one, name, post) for one in claims for name, post in [self._read(one)] if post[0]]
        for one, _, (title, own, _) in held:
            if own:
                self._own[one.document_id, title][one.start] = own
                self._towns[title].add(own)
                self._named[title].add(own)
        for one, _, (title, own, _) in held:
            if here := own or _ground(one, title):
                self._towns[title].add(here)
        for one, name, post in held:
            if name:
                bearers[self._of(one, post)].add(fold(surname(name)))
        self._several = frozenset(key for key, names in bearers.items() if len(names) > 1)

    def key(self, claim: Claim) -> str:
        """Return the key of the local post that speaks in a claim, `mayor of sell`; nothing where none does."""
        if not self._towns:
            return ""
        name, post = self._read(claim)
        if not post[0]:
            return ""
        key = self._of(claim, post)
        return f"{key}, {fold(surname(name))}" if name and key in self._several else key

    def _read(self, claim: Claim) -> tuple[str, _Post]:
        """Return the person who speaks and the local post spoken from; without a title where it is none."""
        if claim.claimant_kind != "government":
            return "", ("", "", "")
        name, office = person_and_post(claim.claimant, claim.office)
        whole = self._offices.get(surname(name), "") if name else ""
        return name, _post(whole if tells(office, whole) or not office else office)

    def _of(self, claim: Claim, post: _Post) -> str:
        title, own, rank = post
        last = told_of_last(self._own.get((claim.document_id, title), {}), claim)  # "the mayor"
        if last and self._counts_in_a_town(claim, title):
            last = ""
        place = own or last or self._here(claim, title)
        held = f"{rank} {title}" if rank else title
        return f"{held} of {place}" if place else held

    def _counts_in_a_town(self, claim: Claim, title: str) -> bool:
        """Say whether the very sentence of a claim names the town it counts in: "In Mezin, the mayor said"."""
        here, place = _ground(claim, title), (claim.place or "").partition(",")[0]
        if not here or (venue(here)[1] and venue(here)[0] not in self._towns[title]):
            return False
        named = rf"\bin (?:the (?:city|town|village) of )?{re.escape(fold(place))}\b"
        return re.search(named, fold(claim.sentence)) is not None

    def _here(self, claim: Claim, title: str) -> str:
        """Return the town a post of no town counts in; where it counts in none, the only one that has such a post."""
        known = self._towns[title]
        here = _ground(claim, title)
        if here and title != _GOVERNOR:
            site, _ = venue(here)
            return site if site in known else here
        if here:  # a province that no map has is the one named, if only one is
            named = self._named.get(title, set())
            unmapped = len(named) == 1 and here.isupper() and not any(map(str.isupper, named))
            return next(iter(named)) if unmapped else here
        return next(iter(known)) if len(known) == 1 else ""


@lru_cache(maxsize=4096)
def _post(office: str) -> _Post:
    text = _SPEAKS_FOR.sub("", fold(_POSSESSIVE.sub("", without_nation(office))))
    found = _TITLE.search(text)
    if found is None:
        return "", "", ""
    after = _OF.sub("", text[found.end() :].strip())
    own = " ".join(word for word in (after or text[: found.start()]).split() if word not in _NO_NAME)
    rank = " ".join(_SAME_RANK.get(word, word) for word in found["rank"].split())
    if found["title"].rpartition(" ")[2] == _GOVERNOR and found["title"].partition(" ")[0] not in _LOCAL:
        return _GOVERNOR, _province(own), rank
    return found["title"], town(own) if own else "", rank


def _ground(claim: Claim, title: str) -> str:
    """Return the town a post counts in; of a governor the province, by its code where places on earth are known."""
    if title != _GOVERNOR:
        return town(claim.place)
    codes = {site.admin1 for site in claim.sites if site.admin1}
    if len(codes) == 1:
        return codes.pop()
    parts = [part.strip() for part in (claim.place or "").split(",")]
    return next((_province(fold(part)) for part in parts if _LAND.search(part)), "")


def _province(name: str) -> str:
    """Return a province by its code, where a name is that of one alone; else its name without words of kind."""
    bare = " ".join(word for word in name.split() if word not in _OF_LAND)
    codes = {site.admin1 for site in look_up(bare).places if site.kind == "admin1"} if bare else set()
    return codes.pop() if len(codes) == 1 else bare


_LOCAL = frozenset({"district", "county", "municipal", "commune", "village", "ward", "town", "city"})
_LAND = re.compile(r"\b(?:province|region|state|governorate|department)\b", re.IGNORECASE)


def told_of_last(named: Mapping[int, str], claim: Claim) -> str:
    """Return the place of the house or post a report has told of last by a claim, of those at each position."""
    before = [at for at in named if at <= claim.start]
    return named[max(before)] if before else ""


def told_apart(names: Mapping[str, str], places: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return the names of voices by key, with its town each known office that shares its name: `the mayor of Sell`.

    `places` are those each voice counts in; one of several towns, or of none, keeps its name.
    """
    shared: dict[str, list[str]] = defaultdict(list)
    for key, name in names.items():
        shared[name.casefold()].append(key)
    found = dict(names)
    for keys in shared.values():
        towns = {key: _one_town(places.get(key, ())) for key in keys if _UNKNOWN not in key}
        if len(keys) > 1 and len({fold(one) for one in towns.values() if one}) > 1:
            found |= {key: f"{names[key]} {_link(names[key])} {one}" for key, one in towns.items() if one}
    return found


def _one_town(places: Collection[str]) -> str:
    """Return the town of some places, as they write it, where it is one."""
    towns = {town(place): place for place in sorted(places) if town(place)}
    if len(towns) != 1:
        return ""
    (folded, place) = next(iter(towns.items()))
    parts = (part.strip() for part in place.split(","))
    return next((part for part in parts if fold(part) == folded), "")


def _link(name: str) -> str:
    return "of" if _post(name)[0] not in ("", _GOVERNOR) else "in"
