"""Say whose word a stretch of a sentence is: "X said", "according to X", "he added", "X: …" in a headline."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
from .citing import ACCOUNTS, according, account_by, by_account, cites_by_per, quoted, told_by
from .reach import Attribution, complement_end, speaker_at
from .remembered import Speaker, Speakers
from .restating import VERBS, restated_at
from .spans import LINKING
from .speakers import STOPPERS, apposed, speaker_of
from .speech import DENY, ISSUING, RECORDS, STATEMENTS, is_speech, said_at
from .subjects import acts, subject_of
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
_COUNTED: Final = 4
"""Words within which a tally comes to its number: "tallied more than 790 deaths"."""
_ASCRIBING: Final = frozenset({"attributes", "attribute", "attributed"})
_BEING: Final = frozenset({"is", "are", "was", "were"})
_DEAD: Final = wordset("killed dead deaths wounded injured fatalities people persons refugees evacuees missing")
_VERIFYING: Final = wordset("documented verified concluded established")
_FINDING: Final = _VERIFYING | {"found"}
_PERFECT: Final = frozenset({"has", "have", "had"})
_ENDS: Final[tuple[list[str], ...]] = ([], ["."], [";"])
_WERE: Final = frozenset({"were", "had", "was"})
_NAMES: Final = (["the", "names", "of"], ["the", "identities", "of"])
_STUDIES: Final = wordset("study survey inquiry investigation audit report analysis commission review inquest")
_VOICING: Final = frozenset({"expressed", "voiced"})
_FEELINGS: Final = wordset("alarm concern outrage shock sadness sorrow grief regret condolences horror dismay")
_LOSSES: Final = wordset(
    """killing killings murder murders death deaths execution abduction kidnapping wounding massacre assassination loss
    slaying beheading shootings airstrike strikes attack attacks raid raids bombing bombings shelling ambush"""
)
_INDICATING: Final = frozenset({"indicate", "indicates"})
_FOUND: Final = wordset("findings figures data records statistics estimates survey study ministry police army mission")
"""Of what, or by whom, it is said what is indicated: "first findings indicate that nine died"."""
_READING: Final = frozenset({"read", "reads"})
_FEELING: Final = _VOICING | _DEPLORING
_IN: Final = Sought("in")
_IN_A_STATEMENT: Final = ["in", "a", "statement"]
_ASSERTING: Final = wordset("report confirm estimate believe")
"""What several say: "local authorities confirm that nine died"."""
HINTS: Final = Sought(
    SAY
    | DENY
    | _DEPLORING
    | _RECORDING
    | _TALLYING
    | _ASCRIBING
    | _VERIFYING
    | _VOICING
    | _GIVING
    | VERBS
    | ACCOUNTS
    | _ASSERTING
    | _READING
    | wordset("according citing quoting told issued released per claim found cites quotes")
)
"""Words one of which every sentence with a speaker holds."""
_TURNS: Final = Sought(HINTS | {"(", "published", "met"})
"""Words at which something is to be seen of who speaks."""
_VOUCHED: Final = wordset("confirmed told stated announced described claimed reported")
"""What is somebody's word after "as": "as confirmed by the mayor"."""
_CITES: Final = frozenset({"cited", "cites", "quoted", "quotes"})
_CITING: Final = frozenset({"citing", "quoting"})
_SHOWING: Final = frozenset({"showing", "indicating", "putting"})
_RELATIVES: Final = frozenset({"which", "who"})
_REPORTING: Final = wordset(
    """media officials authorities outlets agencies doctors witnesses residents hospitals papers partners sources
    monitors diplomats analysts observers investigators"""
)


@dataclass(slots=True)
class _Heard:
    """What was heard of a sentence so far: what is said next begins at `floor`, and is the word of `cited` if any."""

    made: list[Attribution] = field(default_factory=list)
    floor: int = 0
    cited: Speaker | None = None

    def add(self, low: list[str], said: Attribution, floor: int) -> None:
        """Add whose word a stretch is; what comes next begins at `floor`."""
        _within(low, self.made, said)
        if self.cited is not None:  # "Citing X, the agency said …" is the word of X
            said, self.cited = replace(said, speaker=self.cited), None
        self.made.append(said)
        self.floor = floor


def attribute(tokens: Tokens, speakers: Speakers, *, headline: bool = False) -> list[Attribution]:
    """Return whose word each stretch of the sentence is, and note the speakers."""
    if headline:
        return of_headline(tokens, speakers)
    heard = _Heard()
    low, n = tokens.low, len(tokens.low)
    for i in tokens.found.get(_TURNS, ()):
        if low[i] == "(":
            if i + 2 < n and low[i + 2] == ")" and tokens.words[i + 1].isupper():
                _learn(tokens, i, speakers)
        elif low[i] == "met" and i and low[i - 1] in _REPORTERS:
            _meet(tokens, i, speakers)
        else:
            cites = _sourced if low[i] in _CITING or _cites(low, i) else _told
            found = cites(tokens, i, heard, speakers)
            if found is not None:
                speakers.note(found[0].speaker)
                heard.add(low, *found)
    if heard.cited is not None and not heard.made:
        heard.made.append(Attribution(0, n, heard.cited))
        speakers.note(heard.cited)
    return heard.made


def _cites(low: list[str], i: int) -> bool:
    """Say whether "cited" or "quotes" at `i` names a source: "cited figures showing …", "the office, which cited …"."""
    if low[i] not in _CITES:
        return False
    return not _SHOWING.isdisjoint(low[i + 2 : i + 8]) or (
        low[i - 1] in _RELATIVES and "saying" not in low[i + 1 : i + 16]
    )


def _sourced(tokens: Tokens, i: int, heard: _Heard, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read whom a speaker cites, "citing X", "the office, which cited X", as the one whose word it is."""
    low, n = tokens.low, len(tokens.low)
    shown = next((k for k in range(i + 2, min(i + 8, n)) if low[k] in _SHOWING), 0) if low[i] in _CITES else 0
    if shown:  # "the office cited police figures showing that nine had died"
        source = speaker_of(tokens, i + 1, shown, speakers)
        end = complement_end(tokens, shown + 1, n)
        return (Attribution(shown + 1, end, source), shown + 1) if source is not None else None
    named = according(tokens, i - 1, heard.floor, speakers) if i + 1 < n else None
    if named is None:
        return None
    source, floor = named[0].speaker, named[1]
    if low[i] in _CITES:
        if heard.made:  # "according to the office, which cited the police"
            heard.made[-1].speaker = source
        else:
            heard.cited = source
        return None
    if low[floor - 1] in RECORDS:
        return None
    if heard.made:
        heard.cited = None
        return Attribution(heard.made[-1].first, heard.made[-1].last, source), floor
    heard.cited = source
    return None


def _told(tokens: Tokens, i: int, heard: _Heard, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read whose word it is at a turn of the sentence that is no "citing": "X said", "told by X", "according to X"."""
    low, word, floor = tokens.low, tokens.low[i], heard.floor
    after = low[i + 1 : i + 2]
    if word == "according" and after == ["to"]:
        return according(tokens, i, floor, speakers)
    if word in ACCOUNTS and (by := account_by(low, i)) >= 0:
        return by_account(tokens, by, i, floor, speakers)
    if word == "per" and i and low[i - 1] == "as":
        return according(tokens, i - 1, floor, speakers)
    if word == "per" and cites_by_per(tokens, i):
        return according(tokens, i, floor, speakers, lead=1)
    if word in VERBS and (restated := restated_at(tokens, i, floor, speakers)) is not None:
        return restated
    if word in _VOUCHED and after == ["by"] and i and low[i - 1] == "as":
        vouched = according(tokens, i - 1, floor, speakers, lead=3)
        passed_on = vouched is not None and vouched[0].speaker.kind == "media"
        return None if passed_on else vouched
    if low[i - 1] == "who" and heard.made and floor == i - 1 and _says(low, i):
        return Attribution(i + 1, complement_end(tokens, i + 1, len(low)), heard.made[-1].speaker), i + 1
    if word == "told" and after == ["by"]:
        return told_by(tokens, i, speakers)
    if word in {"quoted", "cited"} and "saying" in low[i + 1 : i + 16]:
        return quoted(tokens, i, floor, speakers)
    if after == ["that"] and (word in _VERIFYING or (word == "found" and not _STUDIES.isdisjoint(low[floor:i]))):
        return said_at(tokens, i, floor, speakers)
    if word == "found" and not _STUDIES.isdisjoint(low[floor:i]) and not _WERE.isdisjoint(low[i + 2 : i + 8]):
        return said_at(tokens, i, floor, speakers)  # "a report has found nine people were killed"
    if word in _FINDING and floor < i and low[i - 1] in _PERFECT and after in _ENDS:
        return said_at(tokens, i, floor, speakers)  # "…, an inquiry has found"
    if _deplores(low, i):
        return _deploring(tokens, i, floor, speakers)
    if _says(low, i) and (speakers.caseless or tokens.words[i][0].islower()):
        return said_at(tokens, i, floor, speakers)
    if _puts_out(low, i):
        issuer = subject_of(tokens, i, floor, speakers)
        if issuer is not None:
            speakers.note(issuer[0])
    return None


def _puts_out(low: list[str], i: int) -> bool:
    """Say whether a statement is put out at `i`, whose it is: "issued a statement", "voiced concern in a statement"."""
    if low[i] in ISSUING:
        return not STATEMENTS.isdisjoint(low[i + 1 : i + 5])
    return low[i] in _FEELING and any(low[k : k + 3] == _IN_A_STATEMENT for k in indexes(_IN, low))


def _deplores(low: list[str], i: int) -> bool:
    """Say whether a loss, or how many it took, is asserted at `i`: "condemned the killing", "counts 12 dead"."""
    word = low[i]
    if word in _VOICING:
        return low[i + 1 : i + 2] != [] and low[i + 1] in _FEELINGS and not _LOSSES.isdisjoint(low[i + 2 : i + 7])
    if word in _DEPLORING and not _LOSSES.isdisjoint(low[i + 1 : i + _DEPLORED]):
        return True
    if word in _VERIFYING and low[i + 1 : i + 4] in _NAMES:
        return True
    if word in _RECORDING and not _KILLED.isdisjoint(low[i + 1 : i + 4]):
        return True
    if (
        word in _TALLYING
        and any(counted[0].isdecimal() for counted in low[i + 1 : i + _COUNTED])
        and not _DEAD.isdisjoint(low[i + 2 : i + 4 + _COUNTED])
    ):
        return True
    if word in _ASCRIBING and not _DEAD.isdisjoint(low[i + 1 : i + 7]):
        return "to" in low[i + 2 : i + _DEPLORED]  # "the monitor attributes 40 deaths to the group"
    return word in _GIVING and not _TALLIES.isdisjoint(low[i + 1 : i + 8])


def _says(low: list[str], i: int) -> bool:
    """Say whether the word at `i` is a verb of saying or denying."""
    if low[i] in _READING:
        return i > 0 and low[i - 1] in STATEMENTS  # "…, the statement read"
    if low[i] in _INDICATING:
        return i > 0 and low[i - 1] in _FOUND
    return low[i] in SAY or low[i] in DENY or (low[i] in _ASSERTING and i > 0 and _several(low, i)) or _claim(low, i)


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


def owner_of_count(tokens: Tokens, speakers: Speakers) -> list[Attribution]:
    """Remember whose count a sentence begins with: of "The clinic's tally is higher: it …" the clinic.

    What follows "The clinic's tally is" is its word, too.
    """
    end = min(len(tokens), _BEGINNING)
    owner = next((k for k in range(1, end - 1) if k in tokens.possessive), 0)
    if owner and not _COUNTS.isdisjoint(tokens.low[owner + 1 : owner + 4]) and not acts(tokens.low[:owner]):
        speaker = speaker_of(tokens, 0, owner + 1, speakers, known_only=True)
        if speaker is not None and not speaker.person:
            speakers.note(speaker)
            noun = next(k for k in range(owner + 1, owner + 4) if tokens.low[k] in _COUNTS)
            if tokens.low[noun + 1 : noun + 2] != [] and tokens.low[noun + 1] in _STANDS:
                return [Attribution(noun + 1, len(tokens), speaker)]
    return []


_STANDS: Final = frozenset({"is", "was", "stands", "stood"})
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
