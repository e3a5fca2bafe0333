"""Hear whom others hold responsible: who lays which acts at whose door, and what an independent body established."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ..lexis.bodies import kind_of
from ..model import ClaimantKind, Standing
from .groups import ADVERBS, WHO, group_at
from .responsibility import (
    ACT_WORD,
    ACTS_NAMED,
    HOSTILE,
    NOT_SO,
    Owned,
    bounded,
    first_of_each,
    is_past,
    matches,
    owned,
)

_BLAMES: Final = re.compile(
    rf"(?:\b{ADVERBS}(?:"
    r"(?P<blame>blam(?:ed|es|ing)|accus(?:ed|es|ing)|(?:held|holds?|holding)) (?!for\b|by\b|each\b|itself\b)"
    r"(?P<on>(?:(?! on (?!\w+day))[^.;:\"“”]){2,90}?)"
    r"(?:(?:,)? (?P<link>for|of|over|responsible for|responsible)\b(?: (?P<acts>[^.;]{3,160}))?|(?=[.;,]|$))|"
    r"(?P<pins>(?:laid|lays|put|puts|pinned|pins|placed) (?:the |"
    r"full )?blame(?: for (?P<acts2>[^.;]{3,100}?))? (?:on|at)|"
    r"pointed (?:the |a )?fingers? at|attribut(?:ed|es?|ing) (?P<acts3>[^.;:\"“”]{3,110}?) to|"
    r"blam(?:ed|es|ing) (?P<acts4>[^.;:\"“”]{3,110}?) on)\s+(?P<on2>[^.;:\"“”]{2,90})|"
    r"(?:said|says|believes?|believed|alleged|concluded|found|established|determined|ruled|confirmed|"
    r"verified) (?:that )?"
    r"(?P<on3>[^.;:,\"“”]{2,80}?) (?:was|were|is|are|had been|bore|bears) (?:likely |also |probably |clearly )*"
    r"(?P<how>behind|responsible(?: for)?|responsibility for)\b(?: (?P<acts5>[^.;]{3,120}))?|"
    r"(?:said|says|alleged|concluded|found|established|determined|ruled|confirmed|verified) (?:that )?"
    rf"(?P<on4>(?!it\b|they\b|he\b|its\b)[^.;:,\"“”]{{2,80}}?) (?:had |have )?(?P<how2>carried out|staged|"
    r"perpetrated|orchestrated|masterminded) (?P<acts6>[^.;]{3,120})"
    r"))",
    re.IGNORECASE,
)
_BLAMED_ON: Final = re.compile(
    rf"\b(?P<act>(?:{ACTS_NAMED})(?: (?:{ACTS_NAMED}))*)\b[^.;:]{{0,60}}?,? (?P<verb>blamed on|attributed to|(?:was|"
    rf"were|"
    rf"been) (?:blamed on|attributed to)|"
    r"(?:was|were) (?:carried out|perpetrated|claimed to be) by)\s+(?P<on>[^.;:\"“”]{2,90})",
    re.IGNORECASE,
)
_INDEPENDENT: Final = re.compile(
    r"\b(?:court|tribunal|judges?|jury|inquiry|inquest|commission of inquiry|fact.finding|investigat(?:ion|ors|ive)|"
    r"united nations|un|u\.n\.|human rights|monitors?|observers?|experts|watchdog|observatory|rapporteur|red cross|"
    r"amnesty|coroner)\b",
    re.IGNORECASE,
)
_FOUND: Final = re.compile(
    r"\b(?:found|established|concluded|determined|ruled|verified|confirmed|convicted|documented)\b", re.IGNORECASE
)
_HEADLINED: Final = re.compile(
    r"(?P<who>[A-Z][^:;,]{2,40}): (?P<on>[^.;:,]{2,60}?) (?:is |was |were |are )?(?:behind|responsible for|"
    r"carried out) "
    r"(?P<acts>[^.;]{3,100})"
)
_ACTS_IN: Final = ("acts", "acts2", "acts3", "acts4", "acts5", "acts6")
_HOSTILE_AT: Final = re.compile(HOSTILE, re.IGNORECASE)
_ACCUSED_OF: Final = re.compile(
    rf"(?:{HOSTILE}|being behind|involvement in|responsibility for|masterminding|the|an?)\b", re.IGNORECASE
)
_BY: Final = re.compile(r"\s+by (?P<who>(?:the |local )?[\w' -]{3,60}?)(?=[,.;]|$| in | on | after )")
_SAID: Final = re.compile(r", (?P<who>(?:the |local |provincial )?(?:[\w'-]+ ){0,4}[\w'-]+) (?:said|say|says)\b")
_STOP: Final = re.compile(r"[,;:\"“”—–]\s|\b(?:that|but|while|and|although|after|as|said)\b ")
_NO_SUBJECT: Final = re.compile(r"(?:which|who|was|were|is|has|on|in|at|a spokes\w+ said)\b", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"^(?:(?:The|A|An|But|And|However|Meanwhile|Later|Both|Still|Also|With|After|with(?: the)?|after(?: the)?)\s+)+"
)
_VAGUE_ACT: Final = re.compile(r"deaths?|events|incidents?|violence|killings?", re.IGNORECASE)
_AFTER: Final = re.compile(r"\s+(?:has|have|had|also|later|immediately|quickly|on \w+day)$")
_WORDS: Final = re.compile(r"[\w.'’-]+")
_BLAMES_LOW: Final = re.compile(_BLAMES.pattern)
_BLAMED_ON_LOW: Final = re.compile(_BLAMED_ON.pattern)
"""The patterns for text in lower case: they take a third of the time, and most sentences go no further."""
_Span = tuple[int, int]
_Target = tuple[int, str, int]


_PIECES: Final = (
    "blam",
    "accus",
    "attribut",
    "behind",
    "responsib",
    "carried out",
    "staged",
    "finger",
    "orchestrat",
    "mastermind",
    "perpetrat",
)
_PASSIVE: Final = ("blamed on", "attributed to", "carried out by", "perpetrated by", "claimed to be by")
"""Pieces one of which every sentence of this kind holds, and every one that says it of the acts: looking for them
first keeps reading fast."""


def find(sentence: str) -> list[Owned]:
    """Return whom others hold responsible for acts of violence in one sentence, in order."""
    low = sentence.lower()
    if not any(map(low.__contains__, _PIECES)):
        return []
    found: list[Owned] = []
    if _may_blame(low) and (told := _BLAMES_LOW.search(low)):
        found += _blames(sentence, matches(_BLAMES, sentence, told))
    if any(map(low.__contains__, _PASSIVE)) and (told := _BLAMED_ON_LOW.search(low)):
        found += _blamed_on(sentence, matches(_BLAMED_ON, sentence, told))
    if ": " in low:
        found += _headlined(sentence)
    return first_of_each(found)


def _may_blame(low: str) -> bool:
    """Say whether a sentence in lower case has the pieces of laying blame, or somebody is said to be behind it."""
    return any(map(low.__contains__, _LAYING)) or _BORNE.search(low) is not None


_LAYING: Final = ("blam", "accus", "attribut", "finger", "carried out", "staged", "trated", "mastermind")
_BORNE: Final = re.compile(r"(?:was|were|is|are|been|bore|bears|likely|also|probably|clearly) (?:behind|responsib)")


def _blames(sentence: str, told: Iterable[re.Match[str]]) -> Iterator[Owned]:
    """Read "X blamed Y for …" wherever it was found."""
    for found in told:
        verb = (found["blame"] or "").lower()
        if (verb.startswith("accus") and not _accuses(found)) or (
            verb.startswith("h") and not (found["link"] or "").startswith("resp")
        ):
            continue
        key = next((key for key in _ACTS_IN if found[key]), None)
        span = bounded(sentence, *found.span(key)) if key else None
        violent = span is None or ACT_WORD.search(sentence[slice(*span)]) or _HOSTILE_AT.match(sentence, span[0])
        if not violent or NOT_SO.search(sentence[max(0, found.start() - 25) : found.start()]):
            continue
        on = next(key for key in ("on", "on2", "on3", "on4") if found[key])
        target = group_at(sentence, found.start(on), found.end(on), loose=span is not None or sentence.isupper())
        if target is None:
            continue
        who = _subject(sentence, found.start())
        at = sentence.find(who, 0, found.start() + 1) if who else -1
        kind = (_kind(who) or "other") if who else None
        rule = "established" if _established(who, kind, found.group()) else "lays-blame"
        yield _blamed(sentence, min(at, target[0]) if at >= 0 else target[0], target, span, who, kind, rule)


def _accuses(found: re.Match[str]) -> bool:
    """Say whether "accused X of …" is of an attack."""
    return (found["link"] or "").lower() == "of" and bool(_ACCUSED_OF.match(found["acts"] or ""))


def _established(who: str | None, kind: ClaimantKind | None, verb: str) -> bool:
    """Say whether an independent body found it; what a party to the conflict finds is still its own word."""
    independent = kind not in ("military", "police", "armed_group", "media", "witness")
    return independent and bool(who and _INDEPENDENT.search(who)) and bool(_FOUND.search(verb))


def _blamed(
    sentence: str,
    start: int,
    target: _Target,
    acts: _Span | None,
    who: str | None,
    kind: ClaimantKind | None,
    rule: str,
) -> Owned:
    standing: Standing = "established" if rule == "established" else "attributed"
    one = owned(sentence, start, target[1], standing, rule, acts, target[2])
    return replace(one, claimant=who, claimant_kind=kind)


def _blamed_on(sentence: str, told: Iterable[re.Match[str]]) -> Iterator[Owned]:
    """Read "a bombing blamed on X" and "the raid was carried out by X, police said" wherever it was found."""
    for found in told:
        loose = not _VAGUE_ACT.fullmatch(found["act"])
        target = group_at(sentence, found.start("on"), found.end("on"), loose=loose)
        if target is None:
            continue
        said = _BY.match(sentence, target[2]) or _SAID.search(sentence, target[2])
        who = said["who"] if said else None
        if found["verb"].lower().endswith("carried out by") and who is None:
            continue
        kind = (_kind(who) or "other") if who else None
        one = _blamed(sentence, found.start(), target, (found.start(), found.end("act")), who, kind, "blamed-on")
        yield replace(one, past=one.past or is_past(found.group()))


def _headlined(sentence: str) -> Iterator[Owned]:
    """Read a headline: "Police: Lake Front behind market blast"."""
    found = _HEADLINED.match(sentence)
    target = group_at(sentence, found.start("on"), found.end("on")) if found else None
    if found is not None and target is not None and ACT_WORD.search(found["acts"]) and (kind := _kind(found["who"])):
        yield _blamed(sentence, found.start(), target, found.span("acts"), found["who"], kind, "lays-blame")


def _subject(sentence: str, verb: int) -> str | None:
    """Return who speaks before the verb at `verb`: the noun phrase of its clause."""
    clause = WHO.sub("", sentence[:verb].rstrip(" ,"))
    for at in reversed([0, *(match.end() for match in _STOP.finditer(clause))]):
        who = clause[at:].strip(" ,")
        if not who or _NO_SUBJECT.match(who):
            continue
        who = _AFTER.sub("", _BEFORE.sub("", who))
        pronoun = re.fullmatch(r"(?:it|they|he|she|who|which|we|this|that)", who, re.IGNORECASE)
        return None if pronoun or len(who) > 80 or not who[:1].isalpha() else who
    return None


def _kind(who: str) -> ClaimantKind | None:
    words = _WORDS.findall(who)
    return kind_of([word.lower() for word in words], words)
