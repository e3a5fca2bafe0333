"""Say whose word a stretch of a sentence is: "X said", "according to X", "he added", "X: …" in a headline.

A `Speakers` book remembers who was introduced with which post, so "Koang said" later is the spokesman named
before, and "he" or "the group" is the last person or organisation that spoke.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from briefings.lexicon import (
    ADVERBS,
    ARMED,
    AUXILIARIES,
    CAPITALS,
    COUNTRIES,
    DETERMINERS,
    KIND_OF,
    PERSON,
    ROLE_WORDS,
    SAY,
    SINGULAR,
    WEEKDAYS,
    wordset,
)
from briefings.model import ClaimantKind
from briefings.sentences import Tokens


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: the name or words of the text, the post, and the kind."""

    name: str
    kind: ClaimantKind
    office: str | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Tokens `first` to `last` (exclusive) of a sentence are the word of `speaker`."""

    first: int
    last: int
    speaker: Speaker
    denied: bool = False


@dataclass(slots=True)
class Speakers:
    """Who has spoken so far in one document."""

    named: dict[str, Speaker] = field(default_factory=dict)
    person: Speaker | None = None
    body: Speaker | None = None
    latest: Speaker | None = None
    caseless: bool = False

    def note(self, speaker: Speaker) -> None:
        """Remember `speaker` as the one who spoke last."""
        self.latest = speaker
        if speaker.person:
            self.person = speaker
            self.named.setdefault(speaker.name.split()[-1].lower(), speaker)
        else:
            self.body = speaker


_SOURCES: Final = wordset("data figures information statistics reports numbers sources")
_LINKING: Final = wordset("to for of on and the")
_NOT_SUBJECTS: Final = wordset(
    """some many several most others both all few initial early local preliminary no more another these those they
    also more nobody none everyone one two three what here hundreds dozens scores earlier later but and however
    separately meanwhile so then now still only even such it's that's i'm we're there's"""
)
_PARTICLES: Final = wordset("al el bin ibn de da del la le van von der den di abu ul-haq")
_DROP: Final = wordset(
    """mr mrs ms dr gen col lt capt maj brig sgt gov sen lt-gen general colonel captain major brigadier lieutenant
    sergeant rep cmdr adm"""
)
_STOPPERS: Final = (
    wordset(
        """that when while after before as because but where which although though whereas if until and in on at by
        with for from since who to"""
    )
    | frozenset('"“”;:—–()«»•')
    | {"--", "."}
)
_VERB_SKIPS: Final = ADVERBS | AUXILIARIES | wordset("on late early never in a statement") | frozenset(WEEKDAYS)
_PERSON_PRONOUNS: Final = wordset("he she")
_BODY_PRONOUNS: Final = wordset("it they")
_SAY_NOT: Final = wordset("claim claims")
_NOT_SPEECH: Final = wordset("responsibility credit")
_ANAPHORS: Final = wordset(
    """group organisation organization statement ministry spokesman spokeswoman official source sources agency
    officials report network outfit militants"""
)
_COMPLEMENT_ENDS: Final = frozenset(("while", "whereas", "but", "although", "though"))
_OPEN: Final = frozenset('"“«')
_CLOSE: Final = frozenset('"”»')
_DENY: Final = wordset("denied denies denying rejected rejects refuted dismissed disputed disputes")


HINTS: Final = SAY | _DENY | {"according", "citing", "quoting", "told"}
"""Words one of which every sentence with a speaker holds."""


def attribute(
    tokens: Tokens, speakers: Speakers, *, headline: bool = False, quoting: bool = False
) -> list[Attribution]:
    """Return whose word each stretch of the sentence is, and note the speakers.

    `quoting` says the sentence begins inside a quotation opened before it.
    """
    if headline:
        return _headline(tokens, speakers)
    made: list[Attribution] = []
    low, n = tokens.low, len(tokens)
    i, floor = 0, 0
    while i < n:
        word = low[i]
        found = None
        if word == "according" and i + 1 < n and low[i + 1] == "to":
            found = _according(tokens, i, floor, speakers)
        elif word in {"citing", "quoting"} and i + 1 < n:
            found = _according(tokens, i - 1, floor, speakers)
            if found is not None and made:
                found = (Attribution(made[-1].first, made[-1].last, found[0].speaker), found[1])
        elif word == "told" and i + 1 < n and low[i + 1] == "by":
            found = _told_by(tokens, i, speakers)
        elif (word in SAY or word in _DENY) and (speakers.caseless or tokens.words[i][0].islower()):
            found = _said(tokens, i, floor, speakers)
        if found is not None:
            made.append(found[0])
            speakers.note(found[0].speaker)
            floor = found[1]
        i += 1
    if not made and quoting and speakers.latest is not None:
        made.append(Attribution(0, n, speakers.latest))
    return made


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
                if b - a <= 5:
                    speaker = _speaker(tokens, a, b, speakers, known_only=True)
                    if speaker is not None and " ".join(low[a:b]) not in COUNTRIES:
                        return [Attribution(first, last, speaker)]
        if word in {"-", "–", "—", "--"} and 0 < n - i - 1 <= 4 and tokens.starts[i] > tokens.ends[i - 1]:
            speaker = _speaker(tokens, i + 1, n, speakers, known_only=True)
            if speaker is not None:
                return [Attribution(0, i, speaker)]
        if word in {"says", "say", "said"} and i:
            found = _said(tokens, i, 0, speakers)
            if found is not None:
                return [found[0]]
    return []


def _according(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    low, n = tokens.low, len(tokens)
    a = i + 2
    source = next((k for k in range(a, min(a + 5, n)) if low[k] in _SOURCES), None)
    if source is not None and low[source + 1 : source + 2] == ["from"]:
        a = source + 2
    b = a
    while (
        b < n
        and b - a < 14
        and low[b] not in {".", ";", '"', "”"}
        and not (low[b] == "," and not _appositive(tokens, b))
        and not (b > a and low[b] in _STOPPERS - {"and", "for", "in", "of"})
        and low[b] not in {"said", "who", "reported"}
    ):
        b += 1
    while b > a and low[b - 1] in {"in", "on", "for", "and"}:
        b -= 1
    speaker = _segments(tokens, a, b, speakers)
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
    speaker = _speaker(tokens, i + 2, b, speakers)
    return (Attribution(b, _complement_end(tokens, b, n), speaker), b) if speaker is not None else None


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
    quoted = False
    for k in range(start, n):
        if low[k] in _OPEN | _CLOSE:
            quoted = not quoted
        elif (not quoted and low[k] == ";") or (not quoted and low[k] in _COMPLEMENT_ENDS and k and low[k - 1] == ","):
            return k
    return n


def _said(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read the say-verb at token `i`: its speaker and what it covers."""
    low, n = tokens.low, len(tokens)
    if low[i].startswith("claim") and set(low[i + 1 : i + 3]) & _NOT_SPEECH:
        owner = _subject(tokens, i, floor, speakers)
        if owner is not None and not owner[0].person:
            speakers.body = owner[0]
        return None
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
    inverted = _inverted(tokens, i, floor, speakers)
    if inverted is not None:
        speaker, start, end = inverted
        last = start
        if end + 1 < n and low[end] == "," and low[end + 1] in {"with", "including"}:
            last = _complement_end(tokens, end, n)
        return Attribution(_left_edge(tokens, start, floor), last, speaker), end
    if low[i] in {"adding", "saying"} and speakers.latest is not None and floor > 0:
        return Attribution(i + 1, _complement_end(tokens, i + 1, n), speakers.latest), i + 1
    subject = _subject(tokens, i, floor, speakers)
    if subject is None:
        return None
    speaker, start = subject
    if start > floor and low[start - 1] in {",", '"', "”", "—"} and _closes(tokens, i):
        with_at = next(
            (k for k in range(i + 1, min(i + 8, n - 1)) if low[k] == "," and low[k + 1] in {"with", "including"}), None
        )
        last = _complement_end(tokens, with_at, n) if with_at is not None else start
        return Attribution(_left_edge(tokens, start, floor), last, speaker, denied), i + 1
    end = _complement_end(tokens, i + 1, n)
    return Attribution(i + 1, end, speaker, denied), i + 1


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
    return not (
        low[i] in {"saw", "seen", "counted", "witnessed"}
        and not any(KIND_OF.get(w) == "witness" for w in low[max(0, i - 4) : i])
    )


def _closes(tokens: Tokens, i: int) -> bool:
    """Say whether the say-verb at `i` ends its clause, what is said having come before it."""
    low, n = tokens.low, len(tokens)
    k = i + 1
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
    plain = low[i] in {"said", "says", "added", "reported", "stated", "announced", "explained", "confirmed"}
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
    while b < n and b - i < 18 and low[b] not in {".", ";", '"', "”", "“", "(", "—", "--"}:
        if low[b] == ",":
            commas += 1
            if commas > 1 or not (
                b + 1 < n and (low[b + 1] in {"a", "an", "the"} or low[b + 1] in ROLE_WORDS or low[b + 1] == "who")
            ):
                break
        if low[b] in {"who", "adding", "when", "while", "after", "as", "referring"}:
            break
        b += 1
    speaker = _segments(tokens, i + 1, b, speakers)
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


def _subject(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Return the speaker whose verb is at `i` and where the subject begins."""
    low, words = tokens.low, tokens.words
    b = i
    while b > floor and low[b - 1] in _VERB_SKIPS and low[b - 1] not in {"a", "in"}:
        b -= 1
    if b > floor and low[b - 1] == ",":
        return _apposed(tokens, b - 1, floor, speakers)
    if b > floor and low[b - 1] in DETERMINERS:
        return None
    a = b
    while a > floor and b - a < 14:
        word = low[a - 1]
        if word == ",":
            break
        if word == "." and a - 2 >= floor and low[a - 2] in _DROP:
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
        if word in _STOPPERS:
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
    speaker = _speaker(tokens, a, b, speakers) if a < b else None
    if speaker is None:
        who = next((k for k in range(a, max(floor, a - 12), -1) if low[k] == "who" or low[k - 1] == "who"), None)
        if who is not None:
            who = who if low[who] == "who" else who - 1
            start = who
            while start > floor and who - start < 8 and low[start - 1] not in _STOPPERS and low[start - 1] != ",":
                start -= 1
            speaker, a = (_speaker(tokens, start, who, speakers) if start < who else None), start
        return (speaker, a) if speaker is not None else None
    if speaker is not None and a > floor + 1 and low[a - 1] == "," and not (speaker.person and speaker.office):
        # "Name, post said" and "post, Name said" with the second comma left out
        m = a - 1
        while m > floor and a - m < 9 and low[m - 1] not in _STOPPERS and low[m - 1] != ",":
            m -= 1
        edge = m == floor or low[m - 1] in _CLOSE or low[m - 1] == ","
        before = _speaker(tokens, m, a - 1, speakers) if edge and m < a - 1 else None
        if (
            before is not None
            and before.person != speaker.person
            and (before.person or before.kind == "other" or speaker.kind == "other")
        ):
            merged = _merge(before, speaker, tokens, (m, a - 1), (a, b))
            if merged is not None:
                return merged, m
    return (speaker, a) if speaker is not None else None


def _apposed(tokens: Tokens, comma: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Read "Name, post, said" and "post, Name, said", whose last comma is at `comma`."""
    low = tokens.low
    m = comma
    while m > floor and comma - m < 22 and low[m - 1] not in {'"', "”", "“", ";"}:
        if low[m - 1] == "." and (m - 2 < floor or low[m - 2] not in _DROP):
            break
        if low[m - 1] == ",":
            break
        m -= 1
    if m <= floor or low[m - 1] != ",":
        return None
    a = m - 1
    while a > floor and m - a < 14 and low[a - 1] not in {",", '"', "”", "“", ";", ".", "but", "while", "and"}:
        a -= 1
    first = _speaker(tokens, a, m - 1, speakers)
    second = _speaker(tokens, m, comma, speakers)
    merged = _merge(first, second, tokens, (a, m - 1), (m, comma))
    return (merged, a) if merged is not None else None


def _segments(tokens: Tokens, a: int, b: int, speakers: Speakers) -> Speaker | None:
    """Read "Name, post" or "post, Name" over tokens `a` to `b`."""
    low = tokens.low
    comma = next((k for k in range(a, b) if low[k] == ","), None)
    if comma is None:
        return _speaker(tokens, a, b, speakers)
    return _merge(
        _speaker(tokens, a, comma, speakers),
        _speaker(tokens, comma + 1, b, speakers),
        tokens,
        (a, comma),
        (comma + 1, b),
    )


def _merge(
    first: Speaker | None, second: Speaker | None, tokens: Tokens, one: tuple[int, int], two: tuple[int, int]
) -> Speaker | None:
    """Make one speaker of a name and a post."""
    if first is None or second is None:
        return first or second
    for named, post, span in ((first, second, two), (second, first, one)):
        if named.person and (named.office is None or not post.person):
            text = _text(tokens, *span)
            kind = post.kind if post.kind != "other" else named.kind
            titled = named.office is not None and named.office.lower().strip(".") not in _DROP
            return Speaker(named.name, kind, named.office if titled else _bare(text), True)
    return first


def _text(tokens: Tokens, a: int, b: int) -> str:
    parts = []
    for k in range(a, b):
        if k > a and tokens.starts[k] > tokens.ends[k - 1]:
            parts.append(" ")
        parts.append(tokens.words[k])
    return "".join(parts)


def _bare(text: str) -> str:
    for article in ("the ", "a ", "an ", "of the ", "The ", "A ", "An "):
        if text.startswith(article):
            return text[len(article) :]
    return text


def _speaker(tokens: Tokens, a: int, b: int, speakers: Speakers, *, known_only: bool = False) -> Speaker | None:
    """Return the speaker that the words `a` to `b` name, or `None` if they name nobody who speaks."""
    low, words = tokens.low, tokens.words
    while a < b and (
        low[a] in {"and", "but", "meanwhile", "however", "earlier", "later", "also", "so"}
        or low[a] in WEEKDAYS
        or not low[a][0].isalnum()
    ):
        a += 1
    while (
        b > a
        and (low[b - 1] in ADVERBS or low[b - 1] in WEEKDAYS or not low[b - 1][-1].isalnum())
        and not low[b - 1].endswith(".")
    ):
        b -= 1
    if a >= b:
        return None
    if b - a == 1 and low[a] in _PERSON_PRONOUNS:
        return speakers.person or speakers.latest
    if b - a == 1 and low[a] in _BODY_PRONOUNS:
        return speakers.body or speakers.latest if low[a] == "it" else speakers.latest
    if low[a] in {"i", "we", "you", "there", "who", "which", "this", "what", "nobody"} and b - a == 1:
        return None
    name_at = _name_start(tokens, a, b) if not speakers.caseless else _plain_name(tokens, a, b, speakers)
    if name_at < b and not known_only:
        named = _named(tokens, a, name_at, b, speakers)
        if named is not None:
            return named
    kind = kind_of(low[a:b], words[a:b])
    if low[a] in {"the", "its", "their", "that"} and b - a <= 4 and low[b - 1] in _ANAPHORS:
        known = _anaphor(low[b - 1], kind, speakers)
        if known is not None:
            return known
    if kind is None:
        return None
    text = _text(tokens, a, b)
    if text[:2].lower() == "a " or text[:3].lower() == "an ":
        text = text.split(" ", 1)[1]
    if (b - 1) in tokens.possessive:
        text = text[:-2]
    return Speaker(text, kind)


def _anaphor(word: str, kind: ClaimantKind | None, speakers: Speakers) -> Speaker | None:
    """Return whom "the group", "the statement", "the ministry" mean."""
    if word in {"spokesman", "spokeswoman", "official"}:
        return speakers.person if speakers.person and speakers.person.kind == kind else None
    if word in {"statement", "report"}:
        return speakers.latest
    if word in {"group", "organisation", "organization", "network", "outfit", "militants"}:
        return speakers.body if speakers.body and speakers.body.kind in {"armed_group", "un_ngo"} else None
    return (
        speakers.body if speakers.body and speakers.body.kind == kind and word in speakers.body.name.lower() else None
    )


def _plain_name(tokens: Tokens, a: int, b: int, speakers: Speakers) -> int:
    """Return where the name begins in a text without capitals: after the last word of a post."""
    low = tokens.low
    k = b
    while (
        k > a
        and low[k - 1] not in ROLE_WORDS
        and low[k - 1] not in KIND_OF
        and low[k - 1].isalpha()
        and low[k - 1] not in _STOPPERS
    ):
        k -= 1
    return k if (k > a and b - k in {1, 2, 3}) or low[b - 1] in speakers.named else b


def _name_start(tokens: Tokens, a: int, b: int) -> int:
    """Return where the run of capitalised name words that ends the segment begins (`b` if there is none)."""
    words, low = tokens.words, tokens.low
    k = b
    while k > a:
        word = low[k - 1]
        named = (
            (words[k - 1][:1].isupper() or words[k - 1][:3] in {"al-", "el-"})
            and word.strip(".") not in ROLE_WORDS
            and word not in KIND_OF
            and word not in COUNTRIES
            and (k - 1) not in tokens.possessive
        )
        if not named and not (word in _PARTICLES and k < b):
            break
        k -= 1
    while k < b and (low[k] in {"the", "a", "an"} or low[k].strip(".") in _DROP):
        k += 1
    return k


def _named(tokens: Tokens, a: int, name_at: int, b: int, speakers: Speakers) -> Speaker | None:
    """Read "Interior Minister Mohsin Naqvi", "Koang"."""
    low = tokens.low
    name = _text(tokens, name_at, b)
    if any(word in AUXILIARIES for word in low[name_at:b]):
        return None
    if name.lower() in CAPITALS or name.lower() in COUNTRIES or name.lower().removeprefix("the ") in COUNTRIES:
        return Speaker(name, "government")
    if name_at == b - 1 and low[name_at] in _NOT_SUBJECTS:
        return None
    lead = low[a:name_at]
    known = speakers.named.get(low[b - 1])
    if name.lower() in ARMED or any(word in ARMED for word in low[name_at:b]):
        return Speaker(name, "armed_group")
    roles = [word for word in lead if word.strip(".") in ROLE_WORDS or word in KIND_OF or word in SINGULAR]
    if known is not None and not any(word not in _DROP for word in roles):
        return known
    if roles:
        start = a
        while start < name_at and (
            low[start] in {"the", "a", "an", "another"}
            or (start in tokens.possessive and tokens.words[start][0].isupper() and tokens.words[start + 1][0].isupper())
        ):
            start += 1
        office = _text(tokens, start, name_at) or None
        kind = kind_of(lead, tokens.words[a:name_at]) or (known.kind if known else "other")
        return Speaker(name, kind, office, True)
    if lead and any(word not in {"the", "a", "an"} and word not in _DROP for word in lead):
        return None
    if b - name_at > 5:
        return None
    acronym = name.isupper() and 2 <= len(name) <= 6
    if acronym or ("-" in name and name.split("-")[0] in {"Al", "al"}):
        return Speaker(name, "armed_group" if name.lower() in ARMED else "media" if low[b - 1] in KIND_OF else "other")
    return Speaker(name, "other", None, True)


def kind_of(low: list[str], words: list[str]) -> ClaimantKind | None:
    """Return the kind of claimant a description names; the first telling word decides, `None` if no word tells."""
    joined = " ".join(low)
    for phrase, kind in _PHRASES:
        if phrase in joined:
            return kind
    general: ClaimantKind | None = None
    for k, word in enumerate(low):
        bare = word.strip(".")
        kind_here = KIND_OF.get(word) or KIND_OF.get(bare)
        if kind_here is None and word in ARMED:
            kind_here = "armed_group"
        if kind_here is None:
            continue
        if (
            bare == "general"
            and k
            and low[k - 1] in {"attorney", "director", "secretary", "inspector", "consul", "governor", "prosecutor"}
        ):
            kind_here = "government"
        if kind_here == "government":
            general = general or "government"
        elif kind_here == "witness" and general:
            continue
        else:
            return kind_here
    if (
        general is None
        and low
        and (low[0] in COUNTRIES or low[0] in CAPITALS or joined.removeprefix("the ") in COUNTRIES)
        and len(low) <= 3
    ):
        return "government"
    if general is None and words and low[-1] in PERSON and low[-1] not in _OUTCOMES:
        return "other"
    return general


_OUTCOMES: Final = wordset(
    """deaths death dead bodies body injured wounded injuries fatalities casualties missing victims victim"""
)
_PHRASES: Final[tuple[tuple[str, ClaimantKind], ...]] = (
    ("human rights", "un_ngo"), ("red cross", "un_ngo"), ("red crescent", "un_ngo"), ("united nations", "un_ngo"),
    ("monitoring group", "un_ngo"), ("rights group", "un_ngo"), ("aid group", "un_ngo"), ("gun violence archive", "un_ngo"),
    ("islamic state", "armed_group"), ("boko haram", "armed_group"), ("al qaeda", "armed_group"), ("al shabaab", "armed_group"),
    ("liberation army", "armed_group"), ("liberation front", "armed_group"), ("health minister", "government"),
    ("health ministry", "medical"), ("ministry of health", "medical"), ("health department", "medical"),
    ("health authorit", "medical"), ("health official", "medical"), ("health officer", "medical"),
    ("defense minister", "government"), ("defence minister", "government"), ("defense ministry", "military"),
    ("defence ministry", "military"), ("ministry of defence", "military"), ("ministry of defense", "military"),
    ("press agency", "media"), ("news agency", "media"), ("press office", "government"), ("state media", "media"),
    ("state television", "media"), ("security forces", "military"), ("armed forces", "military"), ("emergency services", "medical"),
    ("counter-terrorism department", "police"), ("medical examiner", "medical"), ("civil defence", "medical"),
    ("civil defense", "medical"), ("general staff", "military"), ("border guard", "military"), ("fire department", "medical"),
    ("interior ministry", "government"), ("interior minister", "government"), ("white house", "government"),
    ("emergency management", "government"), ("disaster management", "government"), ("foreign ministry", "government"),
    ("gendarmerie", "military"), ("coast guard", "military"), ("national guard", "military"), ("state department", "government"),
    ("prime minister", "government"), ("chief minister", "government"), ("military spokes", "military"),
)  # fmt: skip
