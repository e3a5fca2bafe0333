"""Remember who has spoken in a report: whom "Hale", "the ministry", "the group" and "he" may mean further down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from ..lexis.lexicon import DETERMINERS, wordset
from ..model import ClaimantKind
from .introductions import of_a_state


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: the name or words of the text, the post, and the kind."""

    name: str
    kind: ClaimantKind
    office: str | None = None
    person: bool = False


@dataclass(slots=True)
class Speakers:
    """Who has spoken so far in one document."""

    named: dict[str, Speaker] = field(default_factory=dict)
    person: Speaker | None = None
    body: Speaker | None = None
    latest: Speaker | None = None
    group: Speaker | None = None
    armed: dict[str, Speaker] = field(default_factory=dict)
    bodies: dict[str, Speaker] = field(default_factory=dict)
    house: str = ""
    band: str = ""
    caseless: bool = False
    issuer: Speaker | None = None
    """Who spoke last of those that put out statements, which sources and residents do not."""
    owner: Speaker | None = None
    """Whose leaders "its leaders" are where the sentence before is about a body that is no armed group."""

    def learn(self, acronym: str, speaker: Speaker) -> None:
        """Remember that `acronym` stands for an organisation named in full."""
        self.named.setdefault(acronym.lower(), speaker)

    def note(self, speaker: Speaker) -> None:
        """Remember `speaker` as the one who spoke last."""
        self.latest = speaker
        if speaker.kind in _ISSUING:
            self.issuer = speaker
        if speaker.person:
            self.person = speaker
            self.named.setdefault(speaker.name.split()[-1].lower(), speaker)
            if speaker.office and not KINDS_OF_BODY.isdisjoint(speaker.office.lower().split()):
                body = _HEADS.sub("", _SPEAKS_FOR.sub("", speaker.office))
                self._recall(replace(speaker, name=body, office=None, person=False))
            if speaker.kind == "armed_group" and speaker.office and _SPEAKS_FOR.search(speaker.office):
                self.band = ARTICLE.sub("", _SPEAKS_FOR.sub("", speaker.office)) or self.band
        else:
            self.body = speaker
            self.house = self.house if speaker.kind == "medical" else ""
            if speaker.kind in _GROUPS:
                self.group = speaker
            self._recall(speaker)
            self._initials(speaker)

    def _initials(self, speaker: Speaker) -> None:
        """Remember a body of three names or more by their first letters: "the OHRC" is the Ostrian Human Rights …."""
        first = [word[0] for word in speaker.name.split() if word[:1].isupper() and word.lower() not in DETERMINERS]
        if len(first) >= _LETTERS and not self.caseless:
            self.learn("".join(first), speaker)

    def _recall(self, speaker: Speaker) -> None:
        """Remember which body "the ministry" or "the Front" means from here on."""
        if KINDS_OF_BODY.isdisjoint(speaker.name.lower().split()):
            return
        words = _WITHIN.sub("", speaker.name).lower().removeprefix("the ").split()
        if len(words) > 1:
            self.bodies.update(dict.fromkeys(KINDS_OF_BODY.intersection(words), speaker))

    def taken_for_a_band(self) -> Speaker | None:
        """Return the body that spoke last as the armed group that "the group" makes of it, if its name is a force's."""
        body = self.body
        force = body is not None and body.kind == "military" and body.name.lower().split()[-1] in _FORCES
        return self.own(body) if body is not None and force and _may_be_a_band(body) else None

    def own(self, speaker: Speaker) -> Speaker:
        """Remember who owned acts of violence: an armed group, where its name is not that of a state's forces."""
        owner = speaker
        if _may_be_a_band(speaker):
            owner = replace(speaker, kind="armed_group")
            self.armed[_known_as(owner.name)] = owner
            self.named.update({word: owner for word, known in self.named.items() if known.name == speaker.name})
        self.body = owner
        self._recall(owner)
        self._initials(owner)
        self.group = owner if owner.kind == "armed_group" else self.group
        return owner

    def introduce(self, name: str) -> None:
        """Remember that a name which sounds like a state's forces is an armed group's."""
        self.armed[_known_as(name)] = Speaker(name, "armed_group")

    def band_called(self, name: str) -> Speaker | None:
        """Return the armed group that a name was introduced as, if it was."""
        known = _known_as(name)
        own = " " not in known and ARTICLE.sub("", name)[:1].isupper() and known not in _OF_FORCES
        if known in self.armed or not own:
            return self.armed.get(known)
        told = [owner for full, owner in self.armed.items() if known in full.split()]
        return Speaker(name, "armed_group") if len(told) == 1 else None  # "Fara", of the Ostra Fara Force

    def kind_heard(self, words: str, kind: ClaimantKind) -> ClaimantKind:
        """Return the kind of who speaks for a body: an armed group's where the report says that the body is one."""
        if not self.armed or kind not in _MISTAKEN:
            return kind
        low = words.lower()
        return "armed_group" if any(name in low for name in self.armed) else kind


def _may_be_a_band(speaker: Speaker) -> bool:
    """Say whether a body whose name sounds like a force may be an armed group: it has a name, and not a state's."""
    names = [word for word in speaker.name.split() if word[:1].isupper() and word.lower() not in DETERMINERS]
    return speaker.kind in _MISTAKEN and not speaker.person and len(names) > 1 and not of_a_state(" ".join(names))


def _known_as(name: str) -> str:
    return name.lower().removeprefix("the ")


_OF_FORCES: Final = wordset(
    """army force forces guard guards command corps brigade brigades battalion front movement group council union party
    national people's the of and northern southern eastern western islamic resistance liberation"""
)
"""Words of a group's name by which alone nobody calls it."""
_FORCES: Final = wordset("forces army front brigade brigades battalion battalions corps militia guard guards")
_GROUPS: Final = frozenset({"armed_group", "un_ngo"})
_ISSUING: Final = frozenset({"government", "military", "police", "armed_group", "un_ngo"})
_MISTAKEN: Final = frozenset({"other", "military", "police"})
"""Kinds that the name of an armed group may sound like: "Army of the Marches"."""

_LETTERS: Final = 3
ARTICLE: Final = re.compile(r"(?i)^(?:the|an?) ")
KINDS_OF_BODY: Final = wordset(
    """ministry front movement department directorate agency council commission committee authority party union
    brigades militia alliance federation observatory foundation association league secretariat bureau corps institute
    division programme centre center"""
)
"""Nouns by which a body is called again once its whole name was said."""
_SPEAKS_FOR: Final = re.compile(
    r"(?i)^(?:an? |the )?(?:[a-z-]+ )?spokes(?:man|woman|person) (?:for|of) |\s*['’]?s? spokes(?:man|woman|person)$"
)
_HEADS: Final = re.compile(r"(?i)^(?:the )?(?:head|director|chief|president|chairman|chairwoman|founder) of ")
_WITHIN: Final = re.compile(r"\s+(?:in|at|from|on|via)\b.*$")
