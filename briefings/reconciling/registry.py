"""The voices known beforehand: what a workspace says of offices and groups, bodies that verify, actors of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..geography.gazetteer import fold, unaccented
from ..model import ClaimantKind, Incident, KnownVoice

PARTIES: tuple[ClaimantKind, ...] = ("government", "military", "police", "armed_group")
"""The kinds that take part in a conflict unless the registry says otherwise."""

VERIFYING: tuple[KnownVoice, ...] = tuple(
    KnownVoice(id=key, name=name, aliases=aliases, kind="un_ngo", party=False, independent=True)
    for key, name, aliases in (
        (
            "ohchr",
            "UN human rights office",
            (
                "OHCHR",
                "U.N. human rights office",
                "United Nations human rights office",
                "UN rights office",
                "U.N. rights office",
                "Office of the High Commissioner for Human Rights",
                "UN High Commissioner for Human Rights",
            ),
        ),
        ("unama", "UN mission in Afghanistan", ("UNAMA", "United Nations Assistance Mission in Afghanistan")),
        (
            "hrmmu",
            "UN human rights monitors in Ukraine",
            ("HRMMU", "UN Human Rights Monitoring Mission", "United Nations Human Rights Monitoring Mission"),
        ),
        ("unjhro", "UN Joint Human Rights Office", ("UNJHRO", "United Nations Joint Human Rights Office")),
    )
)
"""Bodies outside any conflict that publish only what they verified; other monitors verify where they say so."""

_SPEAKS = (
    r"spokes(?:man|woman|person|people|men)|commander|leader|chief|officials?|members?|fighters?|statement|"
    r"media (?:wing|office|arm)|website|channel"
)
_STATE_ACTOR = re.compile(
    r"^(?:government|military|police|state|security) (?:forces )?of\b|"
    r"^(?:military|police|government|security) forces\b|"
    r"^(?:civilians?|protesters?|rioters?|unidentified|unknown|private security|supporters of|mutiny of)\b|"
    r"\bsupporters\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\s*\((?:\d{4}|[^)]*\b\d{4}-)[^)]*\)")
_BRACKETED = re.compile(r"\s*\(([^)]*)\)")
_WITHIN = re.compile(r"(?<=\w)['’‘ʻʼʿʾ`´](?=\w)(?!s\b)")
"""An apostrophe inside a word, which papers write or leave out; that of a possessive ends the word."""
_MOST_ACTORS = 2000
"""More groups than any region's tables name: a bound on what a hostile table can cost."""


@dataclass(frozen=True)
class Registry:
    """Voices known by name; of two that share a name the first counts."""

    voices: tuple[KnownVoice, ...] = VERIFYING

    def find(self, claimant: str | None, office: str | None = None) -> KnownVoice | None:
        """Return the voice a claimant's words name: "NAME", "NAME spokesman X", "a spokesman for NAME"."""
        for words in (claimant, office):
            if words and (found := self._named(words)):
                return found
        return None

    def _named(self, words: str) -> KnownVoice | None:
        found = self._pattern.search(_plain(words))
        name = next((part for part in found.groups() if part), None) if found else None
        return self._by_name[key(name)] if name else None

    @cached_property
    def _by_name(self) -> Mapping[str, KnownVoice]:
        names: dict[str, KnownVoice] = {}
        for voice in self.voices:
            for name in names_of(voice):
                names.setdefault(key(name), voice)
        return names

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Match a name at the start, in brackets at the end, or after "spokesman for"; acronyms in capitals only."""
        names = sorted({name for voice in self.voices for name in names_of(voice)}, key=lambda name: (-len(name), name))
        either = "|".join(_spelt(name) for name in names) or "(?!)"
        return re.compile(
            rf"^(?i:the\s+)?({either})(?!\w)|\(({either})\)|\b(?i:{_SPEAKS})\s+(?i:for|of|from|by)\s+(?i:the\s+)?({either})(?!\w)"
        )


def registry(known: Iterable[KnownVoice] = ()) -> Registry:
    """Return the registry of some known voices, which come before those known everywhere."""
    return _registry(tuple(known))


@lru_cache(maxsize=64)
def _registry(known: tuple[KnownVoice, ...]) -> Registry:
    return Registry((*known, *VERIFYING))


def names_of(voice: KnownVoice) -> tuple[str, ...]:
    """Return the names a voice goes by, its own first."""
    return (voice.name, *voice.aliases)


def key(name: str) -> str:
    """Return a name as names are compared: one spacing, no article, case, accents, hyphens or apostrophes."""
    return fold(re.sub(r"^the\s+", "", _plain(name).strip(), flags=re.IGNORECASE))


def armed_groups(incidents: Iterable[Incident]) -> tuple[KnownVoice, ...]:
    """Return the armed groups that incidents name, so that a word of theirs is heard as an armed group's.

    States, their forces, civilians and crowds are nobody's group. Long name and acronym, as in "VLF: Valley
    Liberation Front" or "Valley Liberation Front (VLF)", are one.
    """
    named = sorted({name for one in incidents for name in (one.actor_a, one.actor_b) if name})
    found: dict[str, KnownVoice] = {}
    for name in named[:_MOST_ACTORS]:
        if voice := _actor(name):
            found.setdefault(voice.id, voice)
    return tuple(found.values())


def _actor(name: str) -> KnownVoice | None:
    plain = " ".join(_YEARS.sub("", name).split())
    if not plain or _STATE_ACTOR.search(plain):
        return None
    short, _, long = plain.rpartition(": ")
    long, inside = _BRACKETED.sub("", long).strip(), _BRACKETED.findall(plain)
    aliases = [one for one in (short.strip(), *inside) if re.fullmatch(r"[A-Z][A-Za-z-]*[A-Z][A-Za-z-]*", one)]
    if len(long) < 2 or not long[:1].isupper():
        return None
    return KnownVoice(id=key(long), name=long, aliases=tuple(dict.fromkeys(aliases)), kind="armed_group")


def _plain(words: str) -> str:
    """Return words in plain letters of their own case, without apostrophes but those of a possessive."""
    return _WITHIN.sub("", unaccented(words))


def _spelt(name: str) -> str:
    """Return the pattern of a name in plain letters; where it has a gap or a hyphen, words may have either."""
    name = _plain(name)
    words = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", re.sub(r"^[Tt]he\s+", "", name.strip()))))
    return words if name.isupper() and len(name) <= 8 else f"(?i:{words})"
