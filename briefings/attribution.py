"""Say whose word a stretch of a sentence is: "X said", "according to X", "he added", "X: …" in a headline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from briefings.lexicon import (
    ADVERBS,
    AUXILIARIES,
    COUNTRIES,
    DETERMINERS,
    KIND_OF,
    PERSON,
    ROLE_WORDS,
    SAY,
    WEEKDAYS,
    indexes,
    wordset,
)
from briefings.sentences import Tokens, text_of
from briefings.speakers import STOPPERS, TITLES, Speaker, Speakers, apposed, join, kind_of, speaker_of


@dataclass(slots=True)
class Attribution:
    """Tokens `first` to `last` (exclusive) of a sentence are the word of `speaker`."""

    first: int
    last: int
    speaker: Speaker
    denied: bool = False


_SOURCES: Final = wordset("data figures information statistics reports numbers sources")
_LINKING: Final = wordset("to for of on and the")
_VERB_SKIPS: Final = ADVERBS | AUXILIARIES | wordset("on late early never in a statement") | frozenset(WEEKDAYS)
_NOT_SPEECH: Final = wordset("responsibility credit")
_COMPLEMENT_ENDS: Final = frozenset(("while", "whereas", "but", "although", "though"))
_CONTRASTS: Final = _COMPLEMENT_ENDS | {";"}
_HELD: Final = SAY | wordset("denied denies quoting according told citing")
"""Words by which a clause of contrast has a speaker of its own."""
_OPEN: Final = frozenset('"“«')
_CLOSE: Final = frozenset('"”»')
_QUOTES: Final = _OPEN | _CLOSE
_ENDING: Final = STOPPERS - {"and", "for", "in", "of"}
_DENY: Final = wordset("denied denies denying rejected rejects refuted dismissed disputed disputes")
_DEPLORING: Final = wordset("condemned condemns condemn deplored mourned mourns denounced denounces lamented regretted")
_LOSSES: Final = wordset(
    """killing killings murder murders death deaths execution abduction kidnapping wounding massacre assassination loss
    slaying beheading"""
)
HINTS: Final = (
    SAY | _DENY | _DEPLORING | {"according", "citing", "quoting", "told", "issued", "released", "per", "report"}
)
"""Words one of which every sentence with a speaker holds."""


_TURNS: Final = HINTS | {"(", "published"}
"""Words at which something is to be seen of who speaks."""
_RECORDS: Final = wordset("reports report records data accounts documents")
_ISSUING: Final = wordset("issued released published")
_STATEMENTS: Final = wordset(
    "statement communique statements release bulletin count tally toll figure estimate survey list"
)
_ASSERTIONS: Final = wordset("claim claims assertion assertions report reports statement allegation allegations")
_REDUCED: Final = wordset(
    """run led reached contacted based headed known quoted interviewed speaking controlled backed loyal close familiar
    allied linked operating working monitoring tasked charged gathered asked"""
)
"""Words that end a speaker and begin what is said of him: "the department run by …", "residents reached by phone"."""
_LEADING: Final = 12
"""How many words into a sentence its first verb is looked for."""
_STRONGLY: Final = wordset("strongly firmly utterly formally unequivocally publicly repeatedly vehemently")
_TIMES: Final = wordset("weekend morning evening afternoon night week month day")
_TIMING: Final = wordset("during over in this last on at earlier")
_GATHERED: Final = wordset("compiled collected gathered provided released published kept")
_REPORTING: Final = wordset("media officials authorities outlets agencies doctors witnesses residents hospitals papers")
_SAYINGS: Final = wordset("report reports claims estimates notes counts")
_DEEDS: Final = wordset(
    """acknowledged admitted announced asserted blamed claimed condemned confirmed declared denied deplored described
    held identified issued mourned named offered ordered posted praised pledged promised published rejected released
    vowed welcomed"""
)
"""What a speaker does before going on to speak."""


def attribute(tokens: Tokens, speakers: Speakers, *, headline: bool = False) -> list[Attribution]:
    """Return whose word each stretch of the sentence is, and note the speakers."""
    if headline:
        return _headline(tokens, speakers)
    made: list[Attribution] = []
    low, n = tokens.low, len(tokens)
    floor = 0
    cited: Speaker | None = None
    for i in indexes(_TURNS, low):
        word = low[i]
        found = None
        if word == "(" and i + 2 < n and low[i + 2] == ")" and tokens.words[i + 1].isupper():
            _learn(tokens, i, speakers)
        if word == "according" and i + 1 < n and low[i + 1] == "to":
            found = _according(tokens, i, floor, speakers)
        elif word in {"citing", "quoting"} and i + 1 < n:
            source = _according(tokens, i - 1, floor, speakers)
            if source is not None and low[source[1] - 1] not in _RECORDS:
                cited = source[0].speaker
                if made:
                    found = (Attribution(made[-1].first, made[-1].last, cited), source[1])
                    cited = None
        elif word == "per" and i and low[i - 1] == "as":
            found = _according(tokens, i - 1, floor, speakers)
        elif word == "told" and i + 1 < n and low[i + 1] == "by":
            found = _told_by(tokens, i, speakers)
        elif word in {"quoted", "cited"} and "saying" in low[i + 1 : i + 16]:
            found = _quoted(tokens, i, floor, speakers)
        elif word in _DEPLORING and not _LOSSES.isdisjoint(low[i + 1 : i + 5]):
            found = _deploring(tokens, i, floor, speakers)
        elif (word in SAY or word in _DENY or (word == "report" and i and low[i - 1] in _REPORTING)) and (
            speakers.caseless or tokens.words[i][0].islower()
        ):
            found = _said(tokens, i, floor, speakers)
        elif word in _ISSUING and not _STATEMENTS.isdisjoint(low[i + 1 : i + 5]):
            issuer = _subject(tokens, i, floor, speakers)
            if issuer is not None:
                speakers.note(issuer[0])
        if found is not None:
            speakers.note(found[0].speaker)
            if cited is not None:  # "Citing X, the agency said …" is the word of X
                found, cited = (replace(found[0], speaker=cited), found[1]), None
            made.append(found[0])
            floor = found[1]
    if cited is not None and not made:
        made.append(Attribution(0, n, cited))
        speakers.note(cited)
    return made


def _learn(tokens: Tokens, i: int, speakers: Speakers) -> None:
    """Remember the acronym in brackets at `i` for the organisation named before it."""
    a = i
    while a > 0 and i - a < 7 and (tokens.words[a - 1][:1].isupper() or tokens.low[a - 1] in _LINKING):
        a -= 1
    kind = kind_of(tokens.low[a:i], tokens.words[a:i]) if a < i else None
    if kind is not None and len(tokens.words[i + 1]) > 1:
        speakers.learn(tokens.words[i + 1], Speaker(text_of(tokens, a, i), kind))


def speaker_at(made: list[Attribution], token: int) -> Attribution | None:
    """Return the innermost attribution that covers `token`, the latest where several do."""
    best: Attribution | None = None
    for one in made:
        if one.first <= token < one.last and (best is None or one.last - one.first <= best.last - best.first):
            best = one
    return best


def _headline(tokens: Tokens, speakers: Speakers) -> list[Attribution]:
    """Read "Officials: 21 dead", "25 killed: monitoring group", "14 killed, official says"."""
    low, n = tokens.low, len(tokens)
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
        if word in {"says", "say", "said"} and i:
            found = _said(tokens, i, 0, speakers)
            if found is not None:
                return [found[0]]
        if word in {"claim", "claims"} and 0 < i < 7 and _NOT_CLAIMED.isdisjoint(low[i + 1 : i + 5]):
            speaker = speaker_of(tokens, 0, i, speakers, known_only=True)
            if speaker is not None:
                return [Attribution(i + 1, n, speaker)]
    return []


_RUBRICS: Final = wordset(
    "report roundup round-up update live news video analysis briefing digest daily weekly summary watch"
)
"""Last words of what stands before a headline's colon without saying whose word it is."""
_SOURCES_TOO: Final = wordset("media reports tv television radio agency state local")
_NOT_CLAIMED: Final = wordset("lives life responsibility credit victory victim victims control")


def _according(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    low, n = tokens.low, len(tokens)
    a = i + 2
    source = next((k for k in range(a, min(a + 5, n)) if low[k] in _SOURCES), None)
    if source is not None and low[source + 1 : source + 2] == ["from"]:
        a = source + 2
    elif source is not None and low[source + 1 : source + 2] != [] and low[source + 1] in _GATHERED:
        a = source + 3 if low[source + 2 : source + 3] in (["by"], ["from"]) else a  # "data compiled by"
    said = next((k for k in range(a, min(a + 4, n)) if low[k] in _STATEMENTS or low[k] in {"report", "tweet"}), None)
    if said is not None:
        by = said + 1 + (low[said + 1 : said + 2] in (["issued"], ["released"], ["published"]))
        a = by + 1 if low[by : by + 1] in (["by"], ["from"]) else a
    b = a
    while (
        b < n
        and b - a < 14
        and low[b] not in {".", ";", '"', "”"}
        and not (low[b] == "," and not _appositive(tokens, b))
        and not (b > a and low[b] in _ENDING)
        and low[b] not in {"said", "who", "reported", "based"}
    ):
        b += 1
    while b > a and low[b - 1] in {"in", "on", "for", "and"}:
        b -= 1
    speaker = apposed(tokens, a, b, speakers)
    if speaker is None:
        return None
    leading = i == floor or (i > 0 and low[i - 1] in {",", ";", "but", "and", "while"} and i - floor <= 2) or i == 0
    if leading:
        end = _complement_end(tokens, b, n)
        return Attribution(b, end, speaker), b
    return Attribution(_left_edge(tokens, i, floor), i, speaker), b


def _told_by(tokens: Tokens, i: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "he was told by the minister that 36 were missing"."""
    low, n = tokens.low, len(tokens)
    b = i + 2
    while b < n and b - i < 12 and low[b] not in {"that", "of", ",", ".", "about"}:
        b += 1
    speaker = speaker_of(tokens, i + 2, b, speakers)
    return (Attribution(b, _complement_end(tokens, b, n), speaker), b) if speaker is not None else None


def _quoted(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "X quoted Y as saying that …" and "Y was quoted by X as saying …": the word of Y."""
    low, n = tokens.low, len(tokens)
    saying = low.index("saying", i + 1)
    if low[saying - 1] != "as":
        return None
    passive = i > floor and low[i - 1] in {"was", "were", "is", "been"}
    subject = _subject(tokens, i, floor, speakers) if passive else None
    speaker = subject[0] if subject else None if passive else speaker_of(tokens, i + 1, saying - 1, speakers)
    if speaker is None:
        return None
    return Attribution(saying + 1, _complement_end(tokens, saying + 1, n), speaker), saying + 1


def _deploring(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "the President condemns the killing of nine farmers": who deplores a loss asserts it."""
    if not _is_speech(tokens, i):
        return None
    subject = _subject(tokens, i, floor, speakers)
    if subject is None:
        return None
    return Attribution(i + 1, _complement_end(tokens, i + 1, len(tokens)), subject[0]), i + 1


def _appositive(tokens: Tokens, comma: int) -> bool:
    """Say whether the words after the comma go on describing the same speaker."""
    low = tokens.low
    after = low[comma + 1 : comma + 4]
    if not after:
        return False
    following = tokens.words[comma + 1]
    return (
        (after[0] in {"the", "a", "an"} and any(word in ROLE_WORDS for word in after[1:]))
        or (
            following[:1].isupper()
            and comma + 2 < len(tokens)
            and tokens.words[comma + 2][:1].isupper()
            and low[comma - 1] in ROLE_WORDS
        )
        or after[0] in {"spokesman", "spokeswoman", "director", "head", "chief"}
    )


def _left_edge(tokens: Tokens, i: int, floor: int) -> int:
    """Return where the clause that ends before token `i` begins, not before `floor`."""
    low = tokens.low
    k = i
    while k > floor and floor:
        if low[k - 1] in _COMPLEMENT_ENDS and k - 1 > 0 and low[k - 2] == ",":
            return k
        if low[k - 1] == ";":
            return k
        k -= 1
    return floor


def _complement_end(tokens: Tokens, start: int, n: int) -> int:
    """Return where what is said from `start` ends: at a contrasting clause or a semicolon."""
    low = tokens.low
    if _CONTRASTS.isdisjoint(low[start:n]):
        return n
    quoted = False
    for k in range(start, n):
        if low[k] in _QUOTES:
            quoted = not quoted
        elif not quoted and low[k] == ";":
            return k
        elif not quoted and low[k] in _COMPLEMENT_ENDS and k and low[k - 1] == "," and not _HELD.isdisjoint(low[k:n]):
            return k  # another speaks from here on
    return n


def _said(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read the say-verb at token `i`: its speaker and what it covers."""
    low, n = tokens.low, len(tokens)
    if low[i].startswith("claim") and set(low[i + 1 : i + 3]) & _NOT_SPEECH:
        owner = _subject(tokens, i, floor, speakers)
        if owner is not None and not owner[0].person:
            speakers.body = owner[0]
        return None
    if low[i] == "accused" and low[i + 1 : i + 2] == ["of"]:
        return None  # "a man accused of"
    if low[i] == "claimed" and (low[i + 1 : i + 2] == ["by"] or set(low[i + 1 : i + 4]) & {"lives", "life"}):
        return None
    if (
        low[i] == "claimed"
        and set(low[i + 1 : i + 4]) & {"attacks", "attack", "bombing"}
        and not {"was", "were", "had"} & set(low[i + 2 : i + 6])
    ):
        return None
    if low[i + 1 : i + 2] == ["by"] and low[i] != "said":
        return None
    if not _is_speech(tokens, i):
        return None
    denied = low[i] in _DENY
    if denied and (asserted := _asserted(tokens, i, speakers)) is not None:
        return asserted
    inverted = _inverted(tokens, i, floor, speakers)
    if inverted is not None:
        speaker, start, end = inverted
        last = start
        if end + 1 < n and low[end] == "," and low[end + 1] in {"with", "including"}:
            last = _complement_end(tokens, end, n)
        return Attribution(_left_edge(tokens, start, floor), last, speaker), end
    if low[i] == "saying" and "with" in low[max(0, i - 7) : i] and low[i - 1] in KIND_OF:
        at = max(k for k in range(max(0, i - 7), i) if low[k] == "with")
        own = speaker_of(tokens, at + 1, i, speakers)
        if own is not None:  # "…, with officials saying nine had died"
            return Attribution(i + 1, _complement_end(tokens, i + 1, n), own), i + 1
    if low[i] in {"adding", "saying"}:
        goes_on = speakers.latest if floor > 0 else _leading(tokens, i, floor, speakers)
        if goes_on is not None:
            return Attribution(i + 1, _complement_end(tokens, i + 1, n), goes_on), i + 1
    subject = _subject(tokens, i, floor, speakers)
    if subject is None:
        again = i > floor and low[i - 1] in {"and", "but"}
        leads = _leading(tokens, i, floor, speakers) if again else None
        if leads is None and again and not _DENY.isdisjoint(low[:i]):
            leads = speakers.latest  # "The mayor denied that any guard was killed but said two were hurt"
        return None if leads is None else (Attribution(i + 1, _complement_end(tokens, i + 1, n), leads), i + 1)
    speaker, start = subject
    if start > floor + 1 and low[start - 1] in {"from", "by"}:
        paper = start - 2 - (low[start - 2] in _ISSUING)
        if low[paper] in _STATEMENTS or low[paper] in _RECORDS:  # "…, a statement from the ministry said"
            start = paper
            while start > floor and low[start - 1] not in {",", '"', "”"} and low[start - 1] not in STOPPERS:
                start -= 1
    closes = start > floor and low[start - 1] in {",", '"', "”", "—", "figure", "number", "toll"} and _closes(tokens, i)
    if denied and (closes or _closes(tokens, i)):
        return None  # "a figure the army denied": what was said before stands
    if closes:
        with_at = next(
            (k for k in range(i + 1, min(i + 8, n - 1)) if low[k] == "," and low[k + 1] in {"with", "including"}), None
        )
        last = _complement_end(tokens, with_at, n) if with_at is not None else start
        comma = next((k for k in range(i + 1, min(i + 6, n - 2)) if low[k] == ","), n)
        if with_at is None and low[comma + 1 : comma + 2] == ["and"] and low[comma + 2].endswith("ed"):
            last = _complement_end(tokens, comma, n)  # "…, he said, and arrested four"
        return Attribution(_left_edge(tokens, start, floor), last, speaker, denied), i + 1
    end = _complement_end(tokens, i + 1, n)
    if denied and "but" in low[i:end]:
        end = low.index("but", i)
    if start > floor + 1 and low[start - 1] in {"whom", "which", "who"}:
        comma = next((k for k in range(start - 1, floor, -1) if low[k] == ","), start - 1)
        return Attribution(comma + 1, end, speaker, denied), i + 1  # "107 of whom the ministry says were …"
    return Attribution(i + 1, end, speaker, denied), i + 1


def _asserted(tokens: Tokens, i: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "denied the rebels' claim that 30 had died": the count is the word of whose claim it is."""
    low, n = tokens.low, len(tokens)
    that = next((k for k in range(i + 1, min(i + 12, n)) if low[k] == "that"), 0)
    noun = next((k for k in range(i + 1, that) if low[k] in _ASSERTIONS), 0)
    if not noun:
        return None
    a, b = (noun + 2, that) if low[noun + 1] in {"by", "from", "of"} else (i + 1, noun)
    while b > a and low[b - 1] in {"'", "’"}:
        b -= 1
    speaker = speaker_of(tokens, a, b, speakers) if a < b else None
    return (Attribution(that + 1, _complement_end(tokens, that + 1, n), speaker), that) if speaker else None


def _leading(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> Speaker | None:
    """Return who leads the sentence, for a second verb without a subject: "The mayor condemned it and said …"."""
    low = tokens.low
    first = next((k for k in range(floor + 1, min(i, floor + _LEADING)) if low[k] in _DEEDS), None)
    if first is None or "," in low[floor:first]:
        return None
    speaker = speaker_of(tokens, floor, first, speakers)
    if speaker is not None and speaker.kind == "other" and low[first] == "claimed" and not speaker.office:
        return replace(speaker, kind="armed_group", person=False)  # who claims attacks
    return speaker


def _is_speech(tokens: Tokens, i: int) -> bool:
    """Say whether the word at `i` is a verb of speech here, not a passive or an adjective."""
    low = tokens.low
    k = i - 1
    while k >= 0 and low[k] in ADVERBS:
        k -= 1
    before = low[k] if k >= 0 else ""
    if before in {"was", "were", "been", "being", "is", "are", "be", "to"} and low[i] not in {"according"}:
        return False
    if before in DETERMINERS and low[i] not in {"report", "said"}:
        return False
    if low[i] in _SAYINGS and low[i + 1 : i + 2] and low[i + 1] in SAY:
        return False  # "media reports said"
    return not (
        low[i] in {"saw", "seen", "counted", "witnessed"}
        and not any(KIND_OF.get(w) in {"witness", "media"} for w in low[max(0, i - 4) : i])
    )


def _closes(tokens: Tokens, i: int) -> bool:
    """Say whether the say-verb at `i` ends its clause, what is said having come before it."""
    low, n = tokens.low, len(tokens)
    k = i + 1
    if low[k : k + 2] == ["in", "what"]:
        return True
    while k < n and k - i < 14:
        word = low[k]
        if word in {".", ";", ")"}:
            return True
        if word == ",":
            return True
        if word in {"that", "there", ":", '"', "“"}:
            return False
        if word in {"as", "after", "when", "while", "before", "adding", "citing"} and k > i + 1:
            return True
        if word in {"was", "were", "had", "has", "have", "is", "are", "killed", "died"}:
            return False
        if k == i + 1 and low[i] != "told" and word not in _CLOSING and word not in WEEKDAYS and word not in ADVERBS:
            return False
        k += 1
    return k >= n


_CLOSING: Final = wordset(
    """in on at by of to from during late early as the a yesterday today last this reporters afp reuters adding
    when while after before"""
) - {"the", "a"}


def _inverted(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Speaker, int, int] | None:
    """Read ", said X" and ", X, a spokesman": the subject stands after the verb."""
    low, n = tokens.low, len(tokens)
    quoted = i > 1 and (low[i - 1] in _CLOSE or (low[i - 1] == "," and low[i - 2] in _CLOSE))
    plain = low[i] in {"said", "says", "say", "added", "reported", "stated", "announced", "explained", "confirmed"}
    if not (plain or quoted) or low[i] in {"told", "tells"} or i + 1 >= n or i == floor:
        return None
    if low[i - 1] not in {",", '"', "”", "?", "!", "'", "’"}:
        return None
    first = tokens.words[i + 1]
    if not (
        first[:1].isupper()
        or low[i + 1] in {"the", "a", "an", "one", "another"}
        or low[i + 1] in ROLE_WORDS
        or low[i + 1] in PERSON
    ):
        return None
    if low[i + 1] in {"that", "on", "in"} or low[i + 1] in WEEKDAYS:
        return None
    # "A, B said the ..." has its subject before the verb; here a comma or quote stands right before it
    if low[i - 1] == "," and _subject_between_commas(tokens, i, floor):
        return None
    b = i + 1
    commas = 0
    while b < n and b - i < 18 and low[b] not in {";", '"', "”", "“", "—", "--"}:
        if low[b] == "." and low[b - 1] not in TITLES:
            break
        if low[b] == "(":
            close = next((k for k in range(b + 1, min(b + 6, n - 1)) if low[k] == ")"), 0)
            if not close or not tokens.words[close + 1][:1].isupper():
                break
            b = close  # "said DIG (Operations) Omar Hale"
        if low[b] == ",":
            commas += 1
            if commas > 1 or not (
                b + 1 < n and (low[b + 1] in {"a", "an", "the"} or low[b + 1] in ROLE_WORDS or low[b + 1] == "who")
            ):
                break
        if low[b] in {"who", "adding", "when", "while", "after", "as", "referring"}:
            break
        b += 1
    if not AUXILIARIES.isdisjoint(low[i + 1 : b]):
        return None  # "…, said the road had been closed"
    speaker = apposed(tokens, i + 1, b, speakers)
    if speaker is not None and speaker.kind == "other" and low[b : b + 1] == ["who"]:
        end = next((k for k in range(b, min(b + 10, n)) if low[k] in {",", "."}), b)
        speaker = replace(speaker, kind=kind_of(low[b + 1 : end], tokens.words[b + 1 : end]) or "other")
    return (speaker, i - 1, b) if speaker is not None else None


def _subject_between_commas(tokens: Tokens, i: int, floor: int) -> bool:
    """Say whether "X, role, said" leads the verb at `i`: a name and a post stand before it."""
    low = tokens.low
    k = i - 2
    while k > floor and low[k] != "," and i - k < 14:
        k -= 1
    words = low[k + 1 : i - 1]
    return (
        low[k] == ","
        and len(words) > 0
        and (any(word in ROLE_WORDS for word in words) or low[k + 1] == "of")
        and k - floor <= 12
    )


_GOES_BEFORE: Final = STOPPERS | _LINKING | frozenset({"(", "&", "all", "both"})


def _subject(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Return the speaker whose verb is at `i` and where the subject begins."""
    low, words = tokens.low, tokens.words
    b = i
    while b > floor and (low[b - 1] in _VERB_SKIPS or low[b - 1] in _STRONGLY) and low[b - 1] not in {"a", "in"}:
        if low[b - 1] == "statement" and low[b - 3 : b - 2] != ["in"]:
            break
        b -= 1
    if low[b - 1] in _TIMES:  # "the ministry over the weekend said"
        b = next((k for k in range(b - 2, max(floor, b - 5), -1) if low[k] in _TIMING), b)
    if b > floor + 3 and low[b - 1] == ")":
        b = next((k for k in range(b - 2, max(floor, b - 8), -1) if low[k] == "("), b)  # "the Salt Front (SF) said"
    if b > floor and low[b - 1] == ",":
        return _apposed(tokens, b - 1, floor, speakers)
    if b > floor and low[b - 1] in DETERMINERS:
        return None
    a = b
    while a > floor and b - a < 14:
        word = low[a - 1]
        if word == ",":
            break
        if word == "." and a - 2 >= floor and low[a - 2] in TITLES:
            a -= 1
            continue
        if (
            word in _LINKING
            and a - 2 >= floor
            and words[a - 2][:1].isupper()
            and words[a][:1].isupper()
            and not speakers.caseless
            and a < b
        ):
            a -= 1
            continue
        if word == "that" and a in tokens.possessive:
            a -= 1  # "that nation's ministry"
            continue
        if word in STOPPERS:
            joined = (
                word == "and"
                and a - 2 >= floor
                and (low[a - 2] in KIND_OF or low[a - 2] in ROLE_WORDS)
                and low[a] in KIND_OF
            )
            inside = (
                word in {"in", "for", "at", "from", "of", "on"}
                and a - 2 >= floor
                and (
                    low[a - 2] in ROLE_WORDS
                    or low[a - 2] in KIND_OF
                    or low[a - 2] == "observatory"
                    or low[a - 2] == "officer"
                )
            )
            if not (joined or inside):
                break
        a -= 1
    for k in range(b - 2, a, -1):
        if low[k] in DETERMINERS and k not in tokens.possessive and low[k - 1] not in _GOES_BEFORE:
            a = k  # "in a statement on its website the front said": no name holds a second "the"
            break
    reduced = a - 2 > floor and low[a - 1] in STOPPERS and low[a - 2] in _REDUCED
    if reduced:  # "the department run by the rebels said", "residents reached by phone said"
        m = a - 2
        while m > floor and low[m - 1] not in STOPPERS and low[m - 1] != ",":
            m -= 1
        if m < a - 2 and (led := speaker_of(tokens, m, a - 2, speakers)) is not None:
            return led, m
    speaker = speaker_of(tokens, a, b, speakers) if a < b else None
    if speaker is None and a - 2 >= floor and low[a - 1] in {"from", "in"} and low[a - 2] == "reports":
        return Speaker(text_of(tokens, a - 2, a - 1), "media"), a - 2  # "reports from the area say"
    if speaker is None:
        who = next((k for k in range(a, max(floor, a - 12), -1) if low[k] == "who" or low[k - 1] == "who"), None)
        if who is not None:
            who = who if low[who] == "who" else who - 1
            if who > floor + 1 and low[who - 1] == ",":
                return _apposed(tokens, who - 1, floor, speakers)
            start = who
            while start > floor and who - start < 8 and low[start - 1] not in STOPPERS and low[start - 1] != ",":
                start -= 1
            speaker, a = (speaker_of(tokens, start, who, speakers) if start < who else None), start
        return (speaker, a) if speaker is not None else None
    if speaker is not None and a > floor + 1 and low[a - 1] == "," and not (speaker.person and speaker.office):
        # "Name, post said" and "post, Name said" with the second comma left out
        m = a - 1
        while m > floor and a - m < 9 and low[m - 1] not in STOPPERS and low[m - 1] != ",":
            m -= 1
        edge = m == floor or low[m - 1] in _CLOSE or low[m - 1] == ","
        before = speaker_of(tokens, m, a - 1, speakers) if edge and m < a - 1 else None
        if (
            before is not None
            and before.person != speaker.person
            and (before.person or before.kind == "other" or speaker.kind == "other")
        ):
            merged = join(before, speaker, tokens, (m, a - 1), (a, b))
            if merged is not None:
                return merged, m
    return (speaker, a) if speaker is not None else None


def _apposed(tokens: Tokens, comma: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Read "Name, post, said" and "post, Name, said", whose last comma is at `comma`."""
    low = tokens.low
    m = comma
    while m > floor and comma - m < 22 and low[m - 1] not in {'"', "”", "“", ";"}:
        if low[m - 1] == "." and (m - 2 < floor or low[m - 2] not in TITLES):
            break
        if low[m - 1] == ",":
            break
        m -= 1
    if m <= floor or low[m - 1] != ",":
        return None
    a = m - 1
    while a > floor and m - a < 14 and low[a - 1] not in {",", '"', "”", "“", ";", "but", "while", "and"}:
        if low[a - 1] in {"by", "to"} or (low[a - 1] == "." and (a - 2 < floor or low[a - 2] not in TITLES)):
            break
        a -= 1
    first = speaker_of(tokens, a, m - 1, speakers)
    second = speaker_of(tokens, m, comma, speakers)
    merged = join(first, second, tokens, (a, m - 1), (m, comma))
    return (merged, a) if merged is not None else None
