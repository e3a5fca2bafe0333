"""Say whose word a stretch of a sentence is: "X said", "according to X", "he added", "X: …" in a headline."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ..lexis.bodies import kind_of
from ..lexis.lexicon import (
    ADVERBS,
    AUXILIARIES,
    COUNTRIES,
    DETERMINERS,
    ROLE_WORDS,
    SAY,
    STOPS,
    Sought,
    indexes,
    wordset,
)
from ..lexis.sentences import Tokens, text_of
from .reach import Attribution, complement_end, left_edge, speaker_at
from .remembered import Speaker, Speakers
from .restating import VERBS, restated_at
from .speakers import STOPPERS, apposed, speaker_of
from .speech import DENY, ISSUING, RECORDS, STATEMENTS, is_speech, said_at
from .subjects import LINKING, subject_of

__all__ = ["HINTS", "Attribution", "attribute", "speaker_at"]

_SOURCES: Final = wordset(
    "data figures information statistics reports numbers sources count list tally records register database"
)
_ENDING: Final = STOPPERS - {"and", "for", "in", "of"}
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
_ACCOUNTS: Final = wordset("account accounts count tally estimate estimates reckoning")
"""What somebody's word is called after "by": "by the account of residents", "by the clinic's count"."""
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
    | _ACCOUNTS
    | wordset("according citing quoting told issued released per report confirm estimate believe found cites quotes")
)
"""Words one of which every sentence with a speaker holds."""
_TURNS: Final = Sought(HINTS | {"(", "published", "met"})
"""Words at which something is to be seen of who speaks."""
_CITES: Final = frozenset({"cited", "cites", "quoted", "quotes"})
_SHOWING: Final = frozenset({"showing", "indicating", "putting"})
_RELATIVES: Final = frozenset({"which", "who"})
_GATHERED: Final = wordset("compiled collected gathered provided released published kept")
_REPORTING: Final = wordset(
    """media officials authorities outlets agencies doctors witnesses residents hospitals papers partners sources
    monitors diplomats analysts observers investigators"""
)
_ASSERTING: Final = wordset("report confirm estimate believe")
"""What several say: "local authorities confirm that nine died"."""


def attribute(tokens: Tokens, speakers: Speakers, *, headline: bool = False) -> list[Attribution]:
    """Return whose word each stretch of the sentence is, and note the speakers."""
    if headline:
        return _headline(tokens, speakers)
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
            found = _according(tokens, i, floor, speakers)
        elif word in {"citing", "quoting"} and i + 1 < n:
            source = _according(tokens, i - 1, floor, speakers)
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
            source = _according(tokens, i - 1, floor, speakers)
            if source is not None and made:  # "according to the office, which cited the police"
                made[-1].speaker = source[0].speaker
            elif source is not None:
                cited = source[0].speaker
        elif word in _ACCOUNTS and (by := _by(low, i)) >= 0:
            found = _by_account(tokens, by, i, floor, speakers)
        elif word == "per" and i and low[i - 1] == "as":
            found = _according(tokens, i - 1, floor, speakers)
        elif word in VERBS and (found := restated_at(tokens, i, floor, speakers)) is not None:
            pass
        elif word == "told" and i + 1 < n and low[i + 1] == "by":
            found = _told_by(tokens, i, speakers)
        elif word in {"quoted", "cited"} and "saying" in low[i + 1 : i + 16]:
            found = _quoted(tokens, i, floor, speakers)
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
        elif (word in SAY or word in DENY or (word in _ASSERTING and i and _several(low, i))) and (
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


def _headline(tokens: Tokens, speakers: Speakers) -> list[Attribution]:
    """Read "Officials: 21 dead", "25 killed: monitoring group", "14 killed, official says"."""
    low, n = tokens.low, len(tokens.low)
    made: list[Attribution] = []
    floor = 0
    for i, word in enumerate(low):
        if word == ":" and i < n - 1:
            for a, b, first, last in ((0, i, i + 1, n), (i + 1, n, 0, i)):
                if b - a <= 5 and low[b - 1] not in _RUBRICS:
                    speaker = speaker_of(tokens, a, b, speakers, known_only=True)
                    if speaker is not None and " ".join(low[a:b]) not in COUNTRIES:
                        return [Attribution(first, last, speaker)]
        if word in {"-", "–", "—", "--"} and 0 < n - i - 1 <= 4 and tokens.starts[i] > tokens.ends[i - 1]:
            speaker = speaker_of(tokens, i + 1, n, speakers, known_only=True)
            if speaker is not None and (speaker.kind != "media" or not _SOURCES_TOO.isdisjoint(low[i + 1 :])):
                return [Attribution(0, i, speaker)]
        if made and word in _PARTS:
            floor = i + 1
        counts = word in _GIVES and low[i + 1 : i + 2] != [] and (low[i + 1].isdecimal() or low[i + 1] in _COUNTED)
        if counts and floor < i < floor + _LEADS and _RUBRICS.isdisjoint(low[floor:i]):
            teller = speaker_of(tokens, floor, i, speakers, known_only=True)
            if teller is not None:  # "Governor reports two dead"
                made.append(Attribution(i + 1, complement_end(tokens, i + 1, n), teller))
        if i > floor and (word in _HEADLINE_SAYS or (word in _OWNS and i + 1 < n and low[i + 1][-3:] != "ing")):
            found = said_at(tokens, i, floor, speakers)
            if found is not None:
                made.append(found[0])
                floor = found[1]
        if made:
            continue  # another may speak after a semicolon: "Army says six died; rebels say nine"
        if word in VERBS and (restated := restated_at(tokens, i, 0, speakers)) is not None:
            return [restated[0]]
        if word in {"claim", "claims"} and 0 < i < 7 and _NOT_CLAIMED.isdisjoint(low[i + 1 : i + 5]):
            speaker = speaker_of(tokens, 0, i, speakers, known_only=True)
            if speaker is not None:
                return [Attribution(i + 1, n, speaker)]
    return made


_PARTS: Final = frozenset({";", ","})
_GIVES: Final = frozenset({"reports", "count", "counts"})
_HEADLINE_SAYS: Final = frozenset({"says", "say", "said"})
_OWNS: Final = frozenset({"admits", "confirms", "acknowledges", "admit", "confirm", "acknowledge", "insist", "insists"})
"""What a headline says of who concedes a count; a man who "admits killing two" gives none."""
_LEADS: Final = 7
_COUNTED: Final = wordset("two three four five six seven eight nine ten eleven twelve dozens scores at more over")
_RUBRICS: Final = wordset(
    "report roundup round-up update live news video analysis briefing digest daily weekly summary watch"
)
"""Last words of what stands before a headline's colon without saying whose word it is."""
_SOURCES_TOO: Final = wordset("media reports tv television radio agency state local")
_NOT_CLAIMED: Final = wordset("lives life responsibility credit victory victim victims control")


def _according(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    low, n = tokens.low, len(tokens.low)
    a = i + 2
    source = next((k for k in range(a, min(a + 5, n)) if low[k] in _SOURCES), None)
    if source is not None and low[source + 1 : source + 2] == ["from"]:
        a = source + 2
    elif source is not None and low[source + 1 : source + 2] != [] and low[source + 1] in _GATHERED:
        a = source + 3 if low[source + 2 : source + 3] in (["by"], ["from"]) else a  # "data compiled by"
    said = next((k for k in range(a, min(a + 4, n)) if low[k] in STATEMENTS or low[k] in {"report", "tweet"}), None)
    if said is not None:
        by = said + 1 + (low[said + 1 : said + 2] != [] and low[said + 1] in _ISSUED)
        a = by + 1 if low[by : by + 1] in (["by"], ["from"]) else a
    b = a
    while (
        b < n
        and b - a < 14
        and low[b] not in {".", ";", '"', "”"}
        and not (low[b] == "," and not _appositive(tokens, b))
        and not (b > a and low[b] in _ENDING)
        and low[b] not in {"said", "who", "reported", "based", "cited", "quoted", "which"}
    ):
        b += 1
    while b > a and low[b - 1] in {"in", "on", "for", "and"}:
        b -= 1
    speaker = apposed(tokens, a, b, speakers)
    if speaker is None:
        return None
    inserted = i > 1 and low[i - 1] == "," and low[b : b + 1] == [","] and _only_leads(low, floor, i - 1)
    leading = (
        inserted
        or i == floor
        or (i > 0 and low[i - 1] in {",", ";", "but", "and", "while"} and i - floor <= 2)
        or i == 0
    )
    if leading:
        end = complement_end(tokens, b, n)
        return Attribution(b, end, speaker), b
    return Attribution(left_edge(tokens, i, floor), i, speaker), b


def _only_leads(low: list[str], floor: int, end: int) -> bool:
    """Say whether what stands before token `end` only leads on: "… and | , according to", "on Monday, according to"."""
    if low[end - 1] in _JOINTS:
        return True
    start = next((k + 1 for k in range(end - 1, floor - 1, -1) if low[k] in _EDGES), floor)
    return low[start] in _WHEN and end - start <= _BRIEF


_JOINTS: Final = frozenset({"and", "but", "while"})
_EDGES: Final = frozenset(":;,")
_WHEN: Final = frozenset({"on", "in", "at", "since", "during"})
_BRIEF: Final = 4
"""Words of a phrase that only says when or where: "early on Monday"."""
_ISSUED: Final = _GATHERED | {"issued"}


def _by(low: list[str], i: int) -> int:
    """Return where "by" stands before the account at `i`, and -1 where none does: "by the ministry's own count"."""
    return next((k for k in range(i - 1, max(i - _OWNERS, -1), -1) if low[k] == "by"), -1)


_OWNERS: Final = 7


def _by_account(tokens: Tokens, by: int, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "by the account of residents", "by the government's estimate": the word of whose account it is."""
    low, n = tokens.low, len(tokens.low)
    a, b = by + 1, i
    last = i + 1
    if low[last : last + 1] == ["of"]:
        a = b = last + 1
        while b < n and low[b] not in _ENDING and low[b] != "," and low[b] not in AUXILIARIES:
            b += 1
        last = b
    else:
        owner = next((k for k in range(a, b) if k in tokens.possessive), -1)
        if owner < 0:
            return None
        b = owner + 1
    speaker = speaker_of(tokens, a, b, speakers)
    if speaker is None:
        return None
    if by - floor <= 1:
        return Attribution(last, complement_end(tokens, last, n), speaker), last
    return Attribution(left_edge(tokens, by, floor), by, speaker), last


def _told_by(tokens: Tokens, i: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "he was told by the minister that 36 were missing"."""
    low, n = tokens.low, len(tokens.low)
    b = i + 2
    while b < n and b - i < 12 and low[b] not in {"that", "of", ",", ".", "about"}:
        b += 1
    speaker = speaker_of(tokens, i + 2, b, speakers)
    return (Attribution(b, complement_end(tokens, b, n), speaker), b) if speaker is not None else None


def _quoted(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "X quoted Y as saying that …" and "Y was quoted by X as saying …": the word of Y."""
    low, n = tokens.low, len(tokens.low)
    saying = low.index("saying", i + 1)
    if low[saying - 1] != "as":
        return None
    passive = i > floor and low[i - 1] in {"was", "were", "is", "been"}
    subject = subject_of(tokens, i, floor, speakers) if passive else None
    speaker = subject[0] if subject else None if passive else speaker_of(tokens, i + 1, saying - 1, speakers)
    if speaker is None:
        return None
    return Attribution(saying + 1, complement_end(tokens, saying + 1, n), speaker), saying + 1


def _deploring(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "the President condemns the killing of nine farmers": who deplores a loss asserts it."""
    going_on = tokens.low[i] == "giving" and tokens.low[i - 1] in _BEING  # "was giving another number"
    if not (going_on or is_speech(tokens, i)):
        return None
    subject = subject_of(tokens, i, floor, speakers)
    if subject is None:
        return None
    return Attribution(i + 1, complement_end(tokens, i + 1, len(tokens)), subject[0]), i + 1


def _goes_on(low: list[str], comma: int) -> bool:
    """Say whether a clause begins after the comma: "according to the rebels, an officer and a guard were killed"."""
    for word in low[comma + 1 : comma + 12]:
        if word in {",", ".", ";", "who"}:
            return False
        if word in _FINITE:
            return True
    return False


_FINITE: Final = wordset("was were is are had has have died")


def _appositive(tokens: Tokens, comma: int) -> bool:
    """Say whether the words after the comma go on describing the same speaker."""
    low = tokens.low
    after = low[comma + 1 : comma + 4]
    if not after:
        return False
    following = tokens.words[comma + 1]
    described = after[0] in {"the", "a", "an"} and any(word in ROLE_WORDS for word in after[1:])
    return (
        (described and not _goes_on(low, comma))
        or (
            following[:1].isupper()
            and comma + 2 < len(tokens)
            and tokens.words[comma + 2][:1].isupper()
            and low[comma - 1] in ROLE_WORDS
        )
        or after[0] in {"spokesman", "spokeswoman", "director", "head", "chief"}
    )
