"""Hear who owns acts of violence: the group that claims or denies them, by what channel, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ..model import ClaimantKind, Standing
from .groups import ADVERBS, DAY, DESCRIBED, MARKED, OUTSIDERS, group_at, owners


@dataclass(frozen=True, slots=True)
class Owned:
    """Who is said to stand behind acts, within one sentence; `start`, `end` and `acts_at` are offsets into it.

    `group` is empty where a pronoun or "the group" stands for one named before.
    """

    start: int
    end: int
    group: str
    standing: Standing
    rule: str
    medium: str | None = None
    acts: str | None = None
    acts_at: tuple[int, int] | None = None
    claimant: str | None = None
    claimant_kind: ClaimantKind | None = None
    past: bool = False


ACTS_NAMED: Final = (
    r"attacks?|assaults?|bombings?|blasts?|explosions?|raids?|strikes?|airstrikes?|ambush(?:es)?|shootings?|shelling|"
    r"killings?|murders?|massacres?|assassinations?|kidnappings?|abductions?|hijackings?|sieges?|executions?|"
    r"beheadings?|stabbings?|rocket fire|rockets|drones?|missiles?|operations?|incidents?|violence|arson|sabotage|"
    r"bombs?|"
    r"mortars?|grenades?|deaths?|derailments?|downing|shooting down|capture|hostage\W?taking|carnage|rampage|offensive|"
    r"clash(?:es)?|barrage|crossfire|gunfire|atrocit(?:y|ies)|events|landmines?|mines?|infiltration|incursion"
)
ACT_WORD: Final = re.compile(rf"\b(?:{ACTS_NAMED})\b", re.IGNORECASE)
_KIND: Final = r"(?:sole |joint |full |direct |public |any |all |moral )*"
HOSTILE: Final = (
    r"(?:carr(?:ied|ying) out|conduct(?:ed|ing)|stag(?:ed|ing)|launch(?:ed|ing)|orchestrat(?:ed|ing)|perpetrat(?:ed|"
    r"ing)|"
    r"order(?:ed|ing)|attack(?:ed|ing)|bomb(?:ed|ing)|ambush(?:ed|ing)|kill(?:ed|ing)|shell(?:ed|ing)|shot|shooting|"
    r"target(?:ed|ing)|raid(?:ed|ing)|storm(?:ed|ing)|kidnapp(?:ed|ing)|abduct(?:ed|ing)|massacr(?:ed|ing)|"
    r"murder(?:ed|ing)|assassinat(?:ed|ing)|plant(?:ed|ing)|detonat(?:ed|ing)|execut(?:ed|ing)|hit(?:ting)?|"
    r"str(?:uck|iking)|fir(?:ed|ing))"
)

MOST: Final = 8
"""Claims of one kind in one sentence that are looked at: a bound on what hostile text can cost."""
_CLAIMS: Final = re.compile(
    rf"\b(?P<verb>{ADVERBS}(?:"
    rf"claim(?:ed|s|ing)? (?:{_KIND})(?:responsibility|credit)|"
    rf"(?P<took>took|taken|takes?|taking|accept(?:ed|s|ing)|assum(?:ed|es)|admit(?:ted|s)) {_KIND}(?:responsibility|"
    rf"credit)|"
    r"admit(?:ted|s) (?:it |they )?(?:had )?(?:carrying|carried|staging|staged|conducting|conducted|being behind|"
    r"was behind)"
    r"(?: out)?|"
    r"claim(?:ed|s|ing)? (?:to have|(?:that )?(?:it|they) had|having) (?:carried out|conducted|staged|launched|"
    r"been behind|"
    r"orchestrated)|"
    r"(?:said|says|told (?:the )?\w+(?: \w+)?) (?:that )?(?:it|they|its (?:fighters|members|forces|"
    r"men)) (?:was behind|were behind|"
    r"was responsible for|were responsible for|(?:had |have )?(?:carried out|conducted|staged|orchestrated))|"
    r"(?:said|says) (?:in|on|via|through) (?:[\w'’-]+ ){1,6}?(?:that )?(?:it|they|its (?:fighters|members|forces|men)) "
    r"(?:(?:was|were) (?:behind|responsible for)|(?:had |have )?(?:carried out|staged))"
    rf"(?=(?: [\w'’-]+){{1,4}}? (?:{ACTS_NAMED})\b)|"
    r"claim(?:ed|s) (?:(?:the|an?|its|yesterday's|today's|(?:mon|tues|wednes|thurs|fri|satur|sun)day['’]s) )?"
    r"(?:(?!(?:that|to|of|in|on|was|were|after)\b)[\w'’-]+ ){0,4}?"
    rf"(?:attacks?|bombings?|assaults?|raids?|blasts?|shootings?|ambush(?:es)?|killings?|strikes?)"
    r"(?=\s*(?:$|[.,;—–:]|(?:in|on|against|at|near|through|via|as|for|outside|inside|by|which|that (?:killed|left|"
    r"wounded))\b))"
    r"))",
    re.IGNORECASE,
)
_CLAIMED_BY: Final = re.compile(
    r"\b(?:(?P<resp>(?:responsibility|credit) (?:for (?P<acts>[^.;]{3,120}?) )?)?"
    r"(?:was|were|is|are|been|being|later|since|also|later|quickly|immediately|attack|bombing|blast|raid|assault|,)"
    r" (?:later |since |also |quickly |immediately |swiftly )?claimed by|"
    r"(?P<noun>claims? of responsibility|responsibility claims?)(?: for (?P<nounacts>[^.;]{3,100}?))? (?:by|from))\s+",
    re.IGNORECASE,
)
_ITS_CLAIM: Final = re.compile(
    r"(?:['’]s?|\bits|\btheir|\bin an?) (?P<verb>claim of responsibility|responsibility claim)\b", re.IGNORECASE
)
_DENIES: Final = re.compile(
    rf"\b(?P<verb>{ADVERBS}(?:"
    r"den(?:ied|ies|ying)(?: (?:in|on) [^,.;]{2,40})? (?:any |all |its |their |having |that )*"
    r"(?:responsibility|involvement|(?:a )?(?:role|hand|part|link|links|connection|complicity)\b|being (?:behind|"
    r"involved|"
    r"responsible)|(?:carrying|carried) out|staging|conducting|ordering|"
    r"(?:it|they|he|its \w+) (?:was|were|had been) (?:behind|responsible|involved)|(?:it|they) (?:had )?"
    rf"{HOSTILE}|attacking|targeting|the (?:attack|bombing|killing|strike|raid|shelling)s?\b)|"
    r"(?:rejected|dismissed|refuted) (?:any |all |the |as \w+ )*(?:responsibility|blame|involvement|(?:accusations?|"
    r"allegations?|claims?|charges?|suggestions?) (?:that (?:it|they) (?:was|were|had) (?:behind|responsible for|"
    r"involved in|carried out)|of (?:involvement in|being behind|responsibility for)))|"
    r"disavowed|distanced (?:itself|themselves) from|"
    r"(?:said|says|insisted|insists) (?:that )?(?:it|they) (?:was|were|is|are|had|bore|has|have) "
    r"(?:not (?:behind|responsible|involved)|no(?:thing)? (?:responsibility|involvement|role|hand|part|to do with))))",
    re.IGNORECASE,
)
_NO_DENIAL: Final = re.compile(
    r"\b(?:not|n['’]t|neither|nor|never|without|declined to|to)(?: \w+){0,3}\s*$", re.IGNORECASE
)
NOT_SO: Final = re.compile(
    r"\b(?:no|not|nobody|none|never|yet to|neither|without|whether|if|unless|has yet|until|unlikely|expected|falsely|"
    r"wrongly)\b(?:(?!,? (?:but|while|though|and) |, )[^.;]){0,60}$|n['’]t (?:\w+ ){0,3}$|"
    r"\b(?:to|will|would|could|may|might|should|can)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_UNCLAIMED: Final = re.compile(
    r"\b(?:(?:no(?:\W?one|body| (?:\w+ ){0,3}(?:group|organi[sz]ation|party|faction|side|outfit|militants?|one))?|"
    r"none|not|"
    r"yet to|neither|without|n['’]t)\b[^.;]{0,60}\b(?:claim(?:ed|ing|s)?|tak(?:en|ing|e)|took|accepted) (?:of |any |"
    r"the |"
    r"immediate )*(?:responsibility|credit)|no (?:\w+ )?claims? of responsibility|unclaimed)\b",
    re.IGNORECASE,
)
_MEDIUM: Final = re.compile(
    r"\b(?P<lead>in|through|via|on|by|over|to)\s+(?:an?\s+|the\s+|its\s+|their\s+|his\s+|several\s+)?(?P<medium>"
    r"(?:(?!(?:in|on|at|to|of|for|from|by|via|and|that|claiming)\s)[\w-]+\s+){0,3}?"
    r"(?:statements?|broadcast|calls?|video|"
    r"(?<!police )(?<!army )(?<!military )(?<!border )(?<!security )(?<!guard )posts?|"
    r"messages?|audio|e-?mails?|communiqu[eé]s?|tweet|"
    r"channel|website|radio|letter|leaflets?|announcement|interview|recording|agency|press release|social media|"
    r"media (?:wing|arm|outlet)|outlet|notice|note|pamphlets?|newsletter)\b"
    r"(?:\s+(?:sent|released|issued|posted|circulated|published|carried|given|made|broadcast|distributed|emailed|to|"
    r"on|by|"
    r"through|via|from|in)\b(?:(?! (?:for (?:the|an?)|that (?:it|they))\b)[^,.;]){0,60})?)",
    re.IGNORECASE,
)
_CHANNEL: Final = re.compile(
    r"\b(?P<medium>(?:on|via|over|through) (?:the |its |their )?(?:Telegram|WhatsApp|Facebook|Twitter|Signal|"
    r"Instagram|TikTok|"
    r"YouTube|X|telegram)\b(?: (?:channel|account|page|group)s?)?|"
    r"(?:via|through) (?:the|its|their) (?:[A-Z][\w-]+ )+(?:agency|outlet|channel|media|news|site)(?: agency)?|"
    r"(?:via|through) (?:the |its |their )?[A-Z][\w-]+(?: [A-Z][\w-]+)?|"
    r"to (?:[A-Z]{2,6}|Reuters|reporters|journalists|(?:the |local |several |international )+media|"
    r"(?:the )?[A-Z]\w+ (?:news agency|"
    r"TV|News|Times|Press))\b|(?:told|telling) (?:[A-Z]{2,6}|Reuters|reporters|journalists|(?:local|the) media)\b)"
)
_SPEECH_NEXT: Final = r"\b(?:and|but) (?:said|says|vowed|warned|claimed|threatened|added)\b"
_CLAIMING_ACTS: Final = re.compile(r"\bclaim(?:ed|s)\s+(?!to\b|having\b|it\b|they\b|that\b)", re.IGNORECASE)
_SAID_BEFORE: Final = re.compile(r"\b(?:said|says|wrote|stated|named|boasted|described|identified)\b[^.;]*$")
_CLAUSE_ON: Final = re.compile(r"[^,.;]*")
_SPEECH_AFTER: Final = re.compile(
    r",? (?:saying|adding|according to|(?:the |an? )?\w+ (?:said|says)|said|and (?:said|vowed|warned))\b"
)
_HOSTILE_LAST: Final = re.compile(rf"\b{HOSTILE}$", re.IGNORECASE)
_ACTS: Final = re.compile(rf"\s+(?:for|of|in)\s+(?P<acts>(?:(?!{_SPEECH_NEXT})[^,.;])+)", re.IGNORECASE)
_DIRECT_ACTS: Final = re.compile(rf"\s*(?P<acts>(?:(?!{_SPEECH_NEXT})[^,.;])+)", re.IGNORECASE)
_DENIED_ACTS: Final = re.compile(r"\s+(?:for|of|in|to|with)\s+(?P<acts>[^,.;]+)", re.IGNORECASE)
_NO: Final = re.compile(r"\bno (?:\w+ )?$", re.IGNORECASE)
_LAST: Final = re.compile(r"\b\w+$")
_LEADING_IN: Final = re.compile(
    r"\s*(?:(?:being behind|involvement in|carrying out|responsibility for) )?", re.IGNORECASE
)
_GOES_ON: Final = re.compile(r"(?:and|but|or|as|while|after|when|that|which|who|on|because)\b", re.IGNORECASE)
_NOUN_PHRASE: Final = re.compile(
    r"(?:\b(?:the|an?|this|that|these|those|\w+day['’]s)\s)(?:[\w'’-]+\s){0,5}[\w'’-]+$", re.IGNORECASE
)
_LONG: Final = 90
"""Characters beyond which the subject of a claim is cut to its last noun phrase."""
_FAILING: Final = re.compile(
    r"\b(?:fail(?:ing|ed|ures?)|not|lapses?|delays?|shortcomings?|mistakes?|handling|response|losses|"
    r"crash|lax|poor|inaction|negligence|prevent(?:ing)?)\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"\b(?:in the past|previous(?:ly)?|similar (?:\w+ )?(?:attacks?|bombings?|incidents?|operations?)|"
    r"in recent (?:years|months|"
    r"weeks)|last year|years? ago|past (?:attacks?|bombings?)|earlier (?:attacks?|bombings?)|"
    r"several (?:\w+ )?attacks|many (?:\w+ )?attacks|"
    r"most of the|often|frequently|regularly|usually)\b",
    re.IGNORECASE,
)


def find(sentence: str) -> list[Owned]:
    """Return the groups that claim or deny acts in one sentence, in order; that nobody has claimed them is nothing."""
    low = sentence.lower()
    found: list[Owned] = []
    if _may_deny(low) and (told := _DENIES_LOW.search(low)):
        found += _denials(sentence, matches(_DENIES, sentence, told))
    if _may_claim(low) and (told := _CLAIMS_LOW.search(low)):
        found += _claims(sentence, matches(_CLAIMS, sentence, told))
    own = "claim of responsibility" in low or "responsibility claim" in low
    if (own or "claimed by" in low or "claims of responsibility" in low) and _CLAIMED_BY_LOW.search(low):
        found += _passives(sentence)
    if own:
        found += _nouns(sentence)
    return first_of_each(found)


def _may_claim(low: str) -> bool:
    """Say whether a sentence in lower case has the pieces a claim needs: asking for them first keeps reading fast."""
    if "responsibility" in low or "credit" in low:
        return True
    if "claim" in low and any(map(low.__contains__, _CLAIMED)):
        return True
    if "admit" in low and any(map(low.__contains__, _ADMITTED)):
        return True
    return any(map(low.__contains__, _OWNED)) and ("it " in low or "they " in low or "its " in low)


def _may_deny(low: str) -> bool:
    """Say whether a sentence in lower case has the pieces a denial needs."""
    if any(map(low.__contains__, _DENIED)):
        return True
    return ("not " in low or "no" in low) and any(map(low.__contains__, _NO_PART))


def matches(pattern: re.Pattern[str], sentence: str, told: re.Match[str]) -> Iterator[re.Match[str]]:
    """Give what a pattern finds in a sentence, `told` being the first that it found of it in lower case.

    What is in lower case stands at the same offsets, but where a letter becomes two: then it is looked for anew.
    """
    if len(sentence) != len(told.string):
        yield from islice(pattern.finditer(sentence), MOST)
        return
    yield told
    yield from islice(told.re.finditer(told.string, told.end()), MOST - 1)


def first_of_each(found: list[Owned]) -> list[Owned]:
    """Return what was found in order, one for each group and standing."""
    if len(found) < 2:
        return found
    kept: list[Owned] = []
    for one in sorted(found, key=lambda each: (each.start, each.standing != "denied")):
        if not any(one.group == other.group and one.standing == other.standing for other in kept):
            kept.append(one)
    return kept


def is_past(words: str) -> bool:
    """Say whether words speak of acts before those of the news: "similar attacks in the past"."""
    return bool(_PAST.search(words))


def unclaimed(sentence: str) -> bool:
    """Say whether a sentence reports that nobody has claimed the acts, which is not a claim."""
    return bool(_UNCLAIMED.search(sentence))


_DENIED: Final = ("denie", "denying", "rejected", "dismissed", "refuted", "disavowed", "distanced")
_NO_PART: Final = ("behind", "responsib", "involve", "no role", "no hand", "no part", "nothing", "to do with")
_CLAIMED: Final = (
    *("to have ", " had ", "having ", "attack", "bomb", "assault", "raid", "blast", "shooting", "ambush"),
    *("killing", "strike"),
)
_ADMITTED: Final = ("carr", "stag", "conduct", "behind")
_OWNED: Final = ("behind", "responsible for", "carried out", "conducted", "staged", "orchestrated")
_DENIES_LOW: Final = re.compile(_DENIES.pattern)
_CLAIMS_LOW: Final = re.compile(_CLAIMS.pattern)
_CLAIMED_BY_LOW: Final = re.compile(_CLAIMED_BY.pattern)
"""The patterns for text in lower case: they take a third of the time, and most sentences go no further."""


# ── a group speaks ──────────────────────────────────────────────────────────────────────────────────


def _claims(sentence: str, told: Iterable[re.Match[str]]) -> Iterator[Owned]:
    """Read "X claimed responsibility for …" wherever it was found."""
    for found in told:
        if NOT_SO.search(sentence[max(0, found.start() - 70) : found.start()]):
            continue
        verb = found["verb"].lower()
        rest = sentence[found.end() :]
        named = verb.endswith(("responsibility", "credit"))
        direct = None if named else _CLAIMING_ACTS.search(found["verb"])
        if direct:
            acts_at = bounded(sentence, found.start("verb") + direct.end(), found.end(), onward=True)
        else:
            match = (_ACTS if named else _DIRECT_ACTS).match(rest)
            acts_at = (
                bounded(sentence, found.end() + match.start("acts"), found.end() + match.end("acts")) if match else None
            )
        for start, group in owners(sentence, found.start()):
            one = owned(sentence, start, group, "claimed", "claims-responsibility", acts_at, found.end())
            if _plausible(one, sentence, found["verb"], official=bool(found["took"])):
                yield one


def _denials(sentence: str, told: Iterable[re.Match[str]]) -> Iterator[Owned]:
    """Read "X denied any role in …" wherever it was found."""
    for found in told:
        if _NO_DENIAL.search(sentence[max(0, found.start() - 40) : found.start()]):
            continue
        match = _DENIED_ACTS.match(sentence, found.end())
        acts_at = bounded(sentence, match.start("acts"), match.end("acts")) if match else None
        if acts_at is None and (rest := _DIRECT_ACTS.match(sentence, found.end())):
            acts_at = bounded(sentence, rest.start("acts"), rest.end("acts"))
        for start, group in owners(sentence, found.start()):
            one = owned(sentence, start, group, "denied", "denies-responsibility", acts_at, found.end())
            if _plausible(one, sentence, found["verb"]):
                yield one


def _passives(sentence: str) -> Iterator[Owned]:
    """Read "the raid was claimed by X" and "a claim of responsibility by X"."""
    for found in islice(_CLAIMED_BY.finditer(sentence), MOST):
        before = sentence[: found.start()]
        target = group_at(sentence, found.end())
        if target is None or NOT_SO.search(before[-70:]) or _NO.search(before):
            continue
        start, group, end = target
        span = found.span("acts") if found["acts"] else found.span("nounacts") if found["nounacts"] else None
        if span is None and not found["noun"]:
            span = _subject(sentence, found)
        if found["resp"] or found["noun"] or (span and ACT_WORD.search(sentence[slice(*span)])):
            one = owned(sentence, start, group, "claimed", "claimed-by", span, end)
            if _plausible(one, sentence):
                yield one


def _subject(sentence: str, found: re.Match[str]) -> tuple[int, int]:
    """Return the offsets of what "was claimed by" says it of, with the act named right before the verb."""
    head = max(sentence.rfind(mark, 0, found.start()) for mark in ";:,") + 1
    last = _LAST.search(found.group().split(" claimed")[0])
    end = found.start() + (last.end() if last and ACT_WORD.fullmatch(last.group()) else 0)
    if end - head > _LONG and (phrase := _NOUN_PHRASE.search(sentence, head, end)):
        head = phrase.start()
    return end - len(sentence[head:end].lstrip()), end


def _nouns(sentence: str) -> Iterator[Owned]:
    """Read "X said in its claim of responsibility" and "in X's claim of responsibility"."""
    for found in islice(_ITS_CLAIM.finditer(sentence), MOST):
        before = sentence[: found.start()]
        said = _SAID_BEFORE.search(before)
        edge = said.start() if said else found.start()
        for start, group in owners(sentence, edge):
            one = owned(sentence, start, group, "claimed", "its-claim", None, found.end())
            if _plausible(one, sentence, found["verb"]):
                yield one
            break


# ── the acts, the medium ────────────────────────────────────────────────────────────────────────────


def owned(
    sentence: str, start: int, group: str, standing: Standing, rule: str, acts_at: tuple[int, int] | None, verb: int
) -> Owned:
    """Make the record of a group named at `start`, whose verb or name ends at `verb`, with its medium."""
    medium = None if standing in ("attributed", "established") else _medium(sentence, start, verb)
    acts = " ".join(sentence[slice(*acts_at)].split()) if acts_at else None
    end = len(sentence.rstrip(' ."”'))
    end = max(end, start + 1)
    past = bool(_PAST.search(acts or "") or (acts is None and _PAST.search(sentence)))
    return Owned(start, end, group, standing, rule, medium, acts or None, acts_at if acts else None, past=past)


def _medium(sentence: str, start: int, verb: int) -> str | None:
    """Return the channel of a statement: "statement sent to reporters", "on Telegram", "to AFP"."""
    stretches = ((verb, len(sentence)), (0, start), (start, verb))
    for first, last in stretches:
        found = _MEDIUM.search(sentence, first, last)
        channel = _CHANNEL.search(sentence, first, last)
        if found and not (channel and channel.start() < found.start()):
            if found["lead"].lower() in ("to", "on", "via") and not found["medium"].lower().startswith(
                ("statement", "social")
            ):
                return " ".join(found.group().split())
            return " ".join(found["medium"].split())
        if channel and not DAY.search(channel["medium"].split()[-1]):
            return " ".join(channel["medium"].split())
    return None


def bounded(sentence: str, start: int, end: int, *, onward: bool = False) -> tuple[int, int] | None:
    """Return the acts' offsets without the medium and the speech that may follow them."""
    if onward and (more := _CLAUSE_ON.match(sentence, end)):
        end = more.end()
    text = sentence[start:end]
    cuts = [found.start() for pattern in (_MEDIUM, _CHANNEL) if (found := pattern.search(text)) and found.start() > 0]
    if speech := _SPEECH_AFTER.search(text):
        cuts.append(speech.start())
    text = text[: min(cuts, default=len(text))].rstrip(' ,"”')
    lead = _LEADING_IN.match(text)
    at = lead.end() if lead else 0
    return (start + at, start + len(text)) if text[at:].strip() and not _GOES_ON.match(text, at) else None


def _plausible(one: Owned, sentence: str, verb: str = "", *, official: bool = False) -> bool:
    """Say whether this is about acts of violence by somebody who can own them, not insurers, ministers or parties."""
    acts = one.acts or ""
    violent = bool(ACT_WORD.search(acts) or _HOSTILE_LAST.search(verb))
    around = sentence[max(0, one.start - 30) : one.start + len(one.group) + 25]
    group_like = bool(
        not one.group or MARKED.search(one.group) or DESCRIBED.search(one.group) or DESCRIBED.search(around)
    )
    if _FAILING.search(acts) and (official or not violent):
        return False
    if OUTSIDERS.search(one.group) and not (MARKED.search(one.group) and violent):
        return False
    if official and OUTSIDERS.search(around):
        return False
    if acts:
        return violent or (group_like and one.standing == "denied" and bool(ACT_WORD.search(sentence)))
    return group_like or bool(ACT_WORD.search(sentence))
