"""Say whose word a stretch of a sentence is: "X said", "according to X", "he added", "X: …" in a headline."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ..lexis.bodies import kind_of
from ..lexis.lexicon import (
    ADVERBS,
    ARMED,
    DETERMINERS,
    KIND_OF,
    SAY,
    STOPS,
    Sought,
    indexes,
    wordset,
)
from ..lexis.quantities import TENS, UNITS
from ..lexis.sentences import Tokens, text_of
from .citing import ACCOUNTS, according, account_by, by_account, quoted, told_by
from .reach import Attribution, complement_end, speaker_at
from .remembered import Speaker, Speakers
from .restating import VERBS, restated_at
from .speakers import STOPPERS, apposed, speaker_of
from .speech import DENY, ISSUING, RECORDS, STATEMENTS, is_speech, said_at
from .subjects import LINKING, subject_of
from .titles import of_headline

__all__ = ["HINTS", "Attribution", "attribute", "speaker_at"]

_RECORDING: Final = wordset("documented documents verified recorded registered")
_KILLED: Final = wordset(
    """killing killings murder murders death deaths abduction abductions wounding dead bodies killed injured wounded
    incidents fatalities"""
)
_GIVING: Final = wordset("gave gives giving given")
_TALLIES: Final = wordset("toll tolls figure count number")
_DEPLORING: Final = wordset("condemned condemns condemn deplored mourned mourns denounced denounces lamented regretted")
_DEPLORED: Final = 10
"""Words within which it is said what is deplored: "condemns in the strongest terms the brutal killing"."""
_TALLYING: Final = wordset("counts tallied logged")
_BEING: Final = frozenset({"is", "are", "was", "were"})
_DEAD: Final = wordset("killed dead deaths wounded injured fatalities people persons refugees evacuees missing")
_VERIFYING: Final = wordset("documented verified concluded established")
_STUDIES: Final = wordset("study survey inquiry investigation audit report analysis commission review inquest")
_VOICING: Final = frozenset({"expressed", "voiced"})
_FEELINGS: Final = wordset("alarm concern outrage shock sadness sorrow grief regret condolences horror dismay")
_LOSSES: Final = wordset(
    """killing killings murder murders death deaths execution abduction kidnapping wounding massacre assassination loss
    slaying beheading shootings airstrike strikes attack attacks raid raids bombing bombings shelling ambush"""
)
_ASSERTING: Final = wordset("report confirm estimate believe")
"""What several say: "local authorities confirm that nine died"."""
HINTS: Final = Sought(
    SAY
    | DENY
    | _DEPLORING
    | _RECORDING
    | _TALLYING
    | _VERIFYING
    | _VOICING
    | _GIVING
    | VERBS
    | ACCOUNTS
    | _ASSERTING
    | wordset("according citing quoting told issued released per claim found cites quotes")
)
"""Words one of which every sentence with a speaker holds."""
_TURNS: Final = Sought(HINTS | {"(", "published", "met"})
"""Words at which something is to be seen of who speaks."""
_CITES: Final = frozenset({"cited", "cites", "quoted", "quotes"})
_SHOWING: Final = frozenset({"showing", "indicating", "putting"})
_RELATIVES: Final = frozenset({"which", "who"})
_REPORTING: Final = wordset(
    """media officials authorities outlets agencies doctors witnesses residents hospitals papers partners sources
    monitors diplomats analysts observers investigators"""
)


def attribute(tokens: Tokens, speakers: Speakers, *, headline: bool = False) -> list[Attribution]:
    """Return whose word each stretch of the sentence is, and note the speakers."""
    if headline:
        return of_headline(tokens, speakers)
    made: list[Attribution] = []
    low, n = tokens.low, len(tokens.low)
    floor = 0
    cited: Speaker | None = None
    for i in tokens.where(_TURNS):
        word = low[i]
        found = None
        if word == "(" and i + 2 < n and low[i + 2] == ")" and tokens.words[i + 1].isupper():
            _learn(tokens, i, speakers)
        if word == "met" and i and low[i - 1] in _REPORTERS:
            _meet(tokens, i, speakers)
        elif word == "according" and i + 1 < n and low[i + 1] == "to":
            found = according(tokens, i, floor, speakers)
        elif word in {"citing", "quoting"} and i + 1 < n:
            source = according(tokens, i - 1, floor, speakers)
            if source is not None and low[source[1] - 1] not in RECORDS:
                cited = source[0].speaker
                if made:
                    found = (Attribution(made[-1].first, made[-1].last, cited), source[1])
                    cited = None
        elif word in _CITES and (shown := next((k for k in range(i + 2, min(i + 8, n)) if low[k] in _SHOWING), 0)):
            source_of = speaker_of(tokens, i + 1, shown, speakers)
            if source_of is not None:  # "the office cited police figures showing that nine had died"
                found = Attribution(shown + 1, complement_end(tokens, shown + 1, n), source_of), shown + 1
        elif word in _CITES and low[i - 1] in _RELATIVES and "saying" not in low[i + 1 : i + 16]:
            source = according(tokens, i - 1, floor, speakers)
            if source is not None and made:  # "according to the office, which cited the police"
                made[-1].speaker = source[0].speaker
            elif source is not None:
                cited = source[0].speaker
        elif word in ACCOUNTS and (by := account_by(low, i)) >= 0:
            found = by_account(tokens, by, i, floor, speakers)
        elif word == "per" and i and low[i - 1] == "as":
            found = according(tokens, i - 1, floor, speakers)
        elif word in VERBS and (found := restated_at(tokens, i, floor, speakers)) is not None:
            pass
        elif word == "told" and i + 1 < n and low[i + 1] == "by":
            found = told_by(tokens, i, speakers)
        elif word in {"quoted", "cited"} and "saying" in low[i + 1 : i + 16]:
            found = quoted(tokens, i, floor, speakers)
        elif (word in _VERIFYING or (word == "found" and not _STUDIES.isdisjoint(low[floor:i]))) and low[
            i + 1 : i + 2
        ] == ["that"]:
            found = said_at(tokens, i, floor, speakers)
        elif (
            (word in _VOICING and i + 2 < n and low[i + 1] in _FEELINGS and not _LOSSES.isdisjoint(low[i + 2 : i + 7]))
            or (word in _DEPLORING and not _LOSSES.isdisjoint(low[i + 1 : i + _DEPLORED]))
            or (word in _RECORDING and not _KILLED.isdisjoint(low[i + 1 : i + 4]))
            or (
                word in _TALLYING
                and i + 1 < n
                and low[i + 1][0].isdecimal()
                and not _DEAD.isdisjoint(low[i + 2 : i + 6])
            )
            or (word in _GIVING and not _TALLIES.isdisjoint(low[i + 1 : i + 8]))
        ):
            found = _deploring(tokens, i, floor, speakers)
        elif (word in SAY or word in DENY or (word in _ASSERTING and i and _several(low, i)) or _claim(low, i)) and (
            speakers.caseless or tokens.words[i][0].islower()
        ):
            found = said_at(tokens, i, floor, speakers)
        elif word in ISSUING and not STATEMENTS.isdisjoint(low[i + 1 : i + 5]):
            issuer = subject_of(tokens, i, floor, speakers)
            if issuer is not None:
                speakers.note(issuer[0])
        if found is not None:
            speakers.note(found[0].speaker)
            _within(low, made, found[0])
            if cited is not None:  # "Citing X, the agency said …" is the word of X
                found, cited = (replace(found[0], speaker=cited), found[1]), None
            made.append(found[0])
            floor = found[1]
    if cited is not None and not made:
        made.append(Attribution(0, n, cited))
        speakers.note(cited)
    return made


def _meet(tokens: Tokens, i: int, speakers: Speakers) -> None:
    """Remember whom a reporter says to have met: "I met Omar, a fisherman; he says …"."""
    end = next((k for k in range(i + 1, len(tokens)) if tokens.low[k] in STOPPERS or tokens.low[k] == ","), i + 1)
    someone = speaker_of(tokens, i + 1, end, speakers)
    if someone is not None and someone.person:
        speakers.note(replace(someone, kind="witness") if someone.kind == "other" else someone)


_REPORTERS: Final = frozenset({"i", "we"})


def _several(low: list[str], i: int) -> bool:
    """Say whether several speak by the verb at `i`: "officials confirm", "diplomats here believe"."""
    return low[i - 1 - (low[i - 1] == "here")] in _REPORTING


def _claim(low: list[str], i: int) -> bool:
    """Say whether "claim" at `i` is what several do, and no claim that somebody made: "the rebels claim 40"."""
    if low[i] != "claim" or not i or not low[i - 1].endswith("s") or low[i - 1] not in _CLAIMANTS:
        return False
    told = low[i + 1] if i + 1 < len(low) else ""
    return told[:1].isdecimal() or told in _CLAIMED


_CLAIMED: Final = UNITS.keys() | TENS.keys() | wordset("that they to at more up some about around over dozens hundreds")
"""What comes after "claim" where it is a verb of saying: no victory, and no bodies."""
_CLAIMANTS: Final = ARMED | _REPORTING | frozenset(KIND_OF) | {"forces"}


def _within(low: list[str], made: list[Attribution], outer: Attribution) -> None:
    """End what was said before where another reports it: in "A said nine had died, B reported" it is the word of A."""
    for one in made:
        inside = outer.first <= one.first < outer.last < one.last and outer.speaker is not one.speaker
        if inside and low[one.first - 1] not in _COUNTING:  # "The clinic counted nine dead, its director said"
            one.last, outer.first = outer.last, 0


_COUNTING: Final = _TALLYING | _RECORDING | wordset("counted listed described saw")


OWN_WORDS: Final = Sought("i my me")
"""Words of one who tells what befell him."""


def as_witness(made: list[Attribution], tokens: Tokens, speakers: Speakers) -> None:
    """Hear as a witness who is known by name alone and speaks of "my son" in quotation marks."""
    for one in made:
        speaker = one.speaker
        if speaker.person and speaker.kind == "other" and not speaker.office and tokens.low[one.first] in _OPENED:
            one.speaker = replace(speaker, kind="witness")
            speakers.named[speaker.name.split()[-1].lower()] = speakers.person = speakers.latest = one.speaker


_OPENED: Final = frozenset({'"', "“"})


def in_brackets(tokens: Tokens, speakers: Speakers) -> list[Attribution]:
    """Read the source in brackets at the end: "Six soldiers killed, three wounded (army press wing)."."""
    low = tokens.low
    end = len(low) - (low[-1] == ".") - 1
    at = next((k for k in range(end - 1, max(end - _BRACKETED, -1), -1) if low[k] == "("), 0)
    if low[end : end + 1] != [")"] or not at or not _speaks_for_body(low[at + 1 : end]):
        return []
    speaker = speaker_of(tokens, at + 1, end, speakers, known_only=True)
    if speaker is None or speaker.kind in _NO_SOURCES:
        return []
    speakers.note(speaker)
    return [Attribution(0, at, speaker)]


def _speaks_for_body(low: list[str]) -> bool:
    """Say whether words barely name what issues a body's word; people in brackets are some of those told of."""
    bare = bool(low) and all(word.isalpha() for word in low) and _NO_NAMES.isdisjoint(low)
    return bare and (low[-1] in _PAPERS or (low[-1] in _OF_PRESS and not _PRESS.isdisjoint(low)))


_BRACKETED: Final = 7
_NO_NAMES: Final = STOPS | DETERMINERS | ADVERBS
_PRESS: Final = wordset("press media information")
_OF_PRESS: Final = wordset("wing office service department centre center bureau")
_PAPERS: Final = wordset("statement communique bulletin")
_NO_SOURCES: Final = frozenset({"media", "other", "armed_group"})
"""Kinds of what stands in brackets behind a sentence for other reasons: an agency's sign, a name explained."""


def learn(tokens: Tokens, speakers: Speakers) -> None:
    """Remember the acronyms that a sentence without a speaker gives bodies."""
    for i in indexes(_OPENING, tokens.low):
        if i + 2 < len(tokens.low) and tokens.low[i + 2] == ")" and tokens.words[i + 1].isupper():
            _learn(tokens, i, speakers)


def owner_of_count(tokens: Tokens, speakers: Speakers) -> None:
    """Remember whose count a sentence begins with: of "The clinic's tally is higher: it …" the clinic."""
    end = min(len(tokens), _BEGINNING)
    owner = next((k for k in range(1, end - 1) if k in tokens.possessive), 0)
    if owner and not _COUNTS.isdisjoint(tokens.low[owner + 1 : owner + 4]):
        speaker = speaker_of(tokens, 0, owner + 1, speakers, known_only=True)
        if speaker is not None and not speaker.person:
            speakers.note(speaker)


_BEGINNING: Final = 8
_COUNTS: Final = wordset("tally count figure figures toll estimate numbers")


def meet(tokens: Tokens, speakers: Speakers) -> None:
    """Remember who a sentence begins with by name and post: "Dr. Ana Ruiz, head of the clinic, had slept"."""
    low = tokens.low
    commas = [k for k in range(1, min(len(low), _POSTED)) if low[k] == ","]
    if len(commas) < _BOTH or not tokens.words[0][:1].isupper():
        return
    someone = apposed(tokens, 0, commas[1], speakers)
    if someone is not None and someone.person and someone.office and someone.kind != "other":
        speakers.person = someone


_POSTED: Final = 18
_BOTH: Final = 2
_OPENING: Final = frozenset({"("})


def _learn(tokens: Tokens, i: int, speakers: Speakers) -> None:
    """Remember the acronym in brackets at `i` for the organisation named before it."""
    a = i
    while a > 0 and i - a < 7 and (tokens.words[a - 1][:1].isupper() or tokens.low[a - 1] in LINKING):
        a -= 1
    kind = kind_of(tokens.low[a:i], tokens.words[a:i]) if a < i else None
    if kind is not None and len(tokens.words[i + 1]) > 1:
        speakers.learn(tokens.words[i + 1], Speaker(text_of(tokens, a, i), kind))


def _deploring(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "the President condemns the killing of nine farmers": who deplores a loss asserts it."""
    going_on = tokens.low[i] == "giving" and tokens.low[i - 1] in _BEING  # "was giving another number"
    if not (going_on or is_speech(tokens, i)):
        return None
    subject = subject_of(tokens, i, floor, speakers)
    if subject is None:
        return None
    return Attribution(i + 1, complement_end(tokens, i + 1, len(tokens)), subject[0]), i + 1
