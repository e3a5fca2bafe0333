"""Find whose verb of saying it is: the subject before it or after it, or who leads the sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ..geography.gazetteer import look_up
from ..lexis.bodies import kind_of
from ..lexis.lexicon import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    KIND_OF,
    PERSON,
    ROLE_WORDS,
    SINGULAR,
    STOPS,
    WEEKDAYS,
    wordset,
)
from ..lexis.sentences import Tokens, text_of
from .reach import CLOSE, OPEN
from .remembered import Speaker, Speakers
from .spans import LINKING, TWO_SPEAK, end_of, start_of
from .speakers import STOPPERS, TITLES, apposed, ends_body, join, shortened, speaker_of

_REDUCED: Final = wordset(
    """run led reached contacted based headed known quoted interviewed speaking controlled backed loyal close familiar
    allied linked operating working active monitoring tasked charged gathered asked published read broadcast"""
)
"""Words that end a speaker and begin what is said of him: "the department run by …", "residents reached by phone"."""
_LEADING: Final = 16
"""How many words into a sentence its first verb is looked for."""
_ASIDE: Final = frozenset({"in", "on", "via", "through", "by"})
_INTO: Final = frozenset({"in", "on", "after", "during", "later", "earlier"})
_DEEDS: Final = wordset(
    """acknowledged admitted announced asserted blamed called claimed condemned confirmed declared denied deplored
    described
    condemns condemn deny denies rejects reject denounces contradicted contradicts disputed
    held identified issued mourned named offered ordered posted praised pledged promised provided published rejected
    released vowed welcomed"""
)
"""What a speaker does before going on to speak."""


_SWIFTLY: Final = wordset("quickly swiftly promptly immediately publicly")


def leader_of(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> Speaker | None:
    """Return who leads the sentence, for a second verb without a subject: "The mayor condemned it and said …"."""
    low = tokens.low
    first = next((k for k in range(floor + 1, min(i, floor + _LEADING)) if low[k] in _DEEDS), None)
    if first is None:
        return None
    did = first
    while did > floor + 1 and (low[did - 1] in AUXILIARIES or low[did - 1] in ADVERBS or low[did - 1] in _SWIFTLY):
        did -= 1  # "the front has also claimed the raid, stating …"
    last = did
    if "," in low[floor:first]:  # "The front, in a statement sent to reporters, claimed the raid and said …"
        last = low.index(",", floor)
        if low[floor] in _INTO and "," not in low[last + 1 : did]:  # "In a broadcast, the front denied it, saying …"
            return speaker_of(tokens, last + 1, did, speakers)
        described = (
            low[last + 1] in DETERMINERS or low[last + 1] in ROLE_WORDS
        )  # "X, spokesman for the rebels, claimed"
        apposed_to = described and "," not in low[last + 1 : did - 1]  # "X, an armed group, claimed"
        if not (low[last + 1] in _ASIDE or apposed_to) or low[did - 1] != "," or last == did - 1:
            return None
    end = next((k for k in range(last - 2, floor, -1) if low[k] == "("), last) if low[last - 1] == ")" else last
    named = did - 1 if last < did and (low[last + 1] in DETERMINERS or low[last + 1] in ROLE_WORDS) else end
    speaker = apposed(tokens, floor, named, speakers)
    if speaker is not None and low[first] == "claimed" and not speaker.office:
        own = speakers.own(speaker)  # who claims attacks
        return replace(own, kind="armed_group", person=False) if own.kind == "other" else own
    return speaker


def subject_after(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Speaker, int, int] | None:
    """Read ", said X" and ", X, a spokesman": the subject stands after the verb."""
    low, n = tokens.low, len(tokens.low)
    quoted = i > 1 and (low[i - 1] in CLOSE or (low[i - 1] == "," and low[i - 2] in CLOSE))
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
        or (low[i + 1] in _OF_KIN and not PERSON.isdisjoint(low[i + 2 : i + 3]))
    ):
        return None
    if low[i + 1] in {"that", "on", "in"} or low[i + 1] in WEEKDAYS:
        return None
    # "A, B said the ..." has its subject before the verb; here a comma or quote stands right before it
    if low[i - 1] == "," and _subject_between_commas(tokens, i, floor):
        return None
    b = i + 1
    commas = 0
    while b < n and b - i < 18 and low[b] not in {";", ":", '"', "”", "“", "—", "--"}:
        if low[b] == "." and not shortened(tokens, b):
            break
        if low[b] == "(":
            close = next((k for k in range(b + 1, min(b + 6, n - 1)) if low[k] == ")"), 0)
            if not close or not tokens.words[close + 1][:1].isupper():
                break
            b = close  # "said DIG (Operations) Omar Hale"
        if low[b] == ",":
            commas += 1
            named = tokens.words[b + 1 : b + 3] and all(word[:1].isupper() for word in tokens.words[b + 1 : b + 3])
            closed = low[b + 3 : b + 4] in ([], ["."], [","])
            if commas == 1 and named and closed and low[i + 1] == "the":
                b += 3  # "said the head of the council, Ana Ruiz."
                break
            if commas > 1 or not _describes(tokens, b + 1):
                break
        if low[b] in {"who", "adding", "when", "while", "after", "as", "referring"} or low[b : b + 2] in _BY_WHAT:
            break
        b += 1
    if not AUXILIARIES.isdisjoint(low[i + 1 : b]):
        return None  # "…, said the road had been closed"
    speaker = apposed(tokens, i + 1, b, speakers)
    if speaker is not None and speaker.kind == "other" and low[b : b + 1] == ["who"]:
        end = next((k for k in range(b, min(b + 10, n)) if low[k] in {",", "."}), b)
        speaker = replace(speaker, kind=kind_of(low[b + 1 : end], tokens.words[b + 1 : end]) or "other")
    return (speaker, i - 1, b) if speaker is not None else None


def _describes(tokens: Tokens, k: int) -> bool:
    """Say whether what begins at `k`, behind a name and a comma, says who bears it: "a nurse", "Brela's mayor"."""
    if k >= len(tokens.low):
        return False
    opens = tokens.low[k] in {"a", "an", "the", "who", "officer-in-charge"} or tokens.low[k] in ROLE_WORDS
    return opens or k in tokens.possessive or k + 1 in tokens.possessive


_BY_WHAT: Final = (["in", "a"], ["in", "an"], ["on", "social"], ["on", "x"], ["on", "telegram"], ["on", "facebook"])
"""By what somebody speaks, where it follows the name: "said Ana Ruiz on social media"."""
_OF_KIN: Final = frozenset({"his", "her", "their"})
"""Whose kin speaks: "…," said her husband."""


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


_RELATIVES: Final = frozenset({"who", "which"})
_GOES_BEFORE: Final = STOPPERS | LINKING | frozenset({"(", "&", "all", "both", "save"})


def subject_of(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Return the speaker whose verb is at `i` and where the subject begins."""
    low = tokens.low
    b = end_of(tokens, i, floor)
    if b > floor and low[b - 1] == ",":
        return _apposed(tokens, b - 1, floor, speakers)
    if b > floor and low[b - 1] in DETERMINERS:
        return None
    a = _at_determiner(tokens, start_of(tokens, b, floor, speakers), b)
    if low[a] == "of" and a < b:
        return None  # "Of 73 people reported missing, we have found nine"
    placed = _reduced(tokens, a, floor, speakers) or _read_out(tokens, a, floor, speakers)
    if placed is None and a > floor + 1 and low[a - 1] in _PLACING:
        placed = _who_did(tokens, a, floor, speakers)
    if placed is not None:
        return placed
    speaker = speaker_of(tokens, a, b, speakers) if a < b else None
    if (speaker is None or speaker.kind == "other") and low[b] == "(" and a < b:
        speaker = _of_kind(tokens, a, b) or speaker
    if speaker is None and a - 2 >= floor and low[a - 1] in {"from", "in"} and low[a - 2] == "reports":
        return Speaker(text_of(tokens, a - 2, a - 1), "media"), a - 2  # "reports from the area say"
    if speaker is None:
        return _before_relative(tokens, a, floor, speakers)
    both = _two_bodies(tokens, (a, b, i), floor, speaker, speakers) if low[a - 1] == "and" else None
    if both is not None:
        return both
    if low[i] in _COUNTING and _is_place(speaker, speakers):
        return None  # "Brela reported nine deaths": a town is told of, not heard
    held = speaker.office if speaker.person and (speaker.office or "").lower().strip(".") not in TITLES else None
    if a > floor + 1 and low[a - 1] == "," and not held:
        return _joined(tokens, (a, b), floor, speaker, speakers) or (speaker, a)
    return speaker, a


def _is_place(speaker: Speaker, speakers: Speakers) -> bool:
    """Say whether one nobody has heard of bears a place's name and nothing else."""
    unknown = speaker.person and speaker.kind == "other" and not speaker.office and " " not in speaker.name
    return unknown and speaker.name.lower() not in speakers.named and bool(look_up(speaker.name))


_COUNTING: Final = frozenset({"reported", "recorded", "registered"})


def _of_kind(tokens: Tokens, a: int, b: int) -> Speaker | None:
    """Read "the banned PLF (Maoist) said": brackets at `b` that say of what armed kind the body named before is."""
    words = tokens.words
    end = tokens.low.index(")", b)
    named = next((k for k in range(a, b) if words[k][:1].isupper() and tokens.low[k] not in DETERMINERS), b)
    armed = kind_of(tokens.low[b + 1 : end], words[b + 1 : end]) == "armed_group"
    return Speaker(text_of(tokens, named, end + 1), "armed_group") if armed and named < b else None


def _back(low: list[str], end: int, floor: int, most: int) -> int:
    """Return where what ends before `end` begins: at most `most` words back, behind a comma or a word that parts."""
    m = end
    while m > floor and end - m < most and low[m - 1] not in STOPPERS and low[m - 1] != ",":
        m -= 1
    return m


def _reduced(tokens: Tokens, a: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Read "the department run by the rebels said", "residents reached by phone said", where "the rebels" is at `a`."""
    low = tokens.low
    if a - 2 <= floor or low[a - 1] not in STOPPERS or low[a - 2] not in _REDUCED:
        return None
    m = _back(low, a - 2, floor, len(low))
    if m - 2 >= floor and low[m - 1] in _PLACING and low[m - 2] in SINGULAR:
        m = _back(low, m - 2, floor, TWO_SPEAK)  # "an official at a hospital run by the church"
    led = speaker_of(tokens, m, a - 2, speakers) if m < a - 2 else None
    return (led, m) if led is not None else None


def _read_out(tokens: Tokens, a: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Read "a statement by the front read over the radio said", where "the radio" is at `a`: it is the front's word."""
    low = tokens.low
    if a - 2 <= floor or low[a - 1] not in _ON_AIR or low[a - 2] not in _AIRED:
        return None
    m = a - 2
    while m > floor and (low[m - 1] not in STOPPERS or low[m - 1] in _FROM) and low[m - 1] != ",":
        m -= 1
    author = speaker_of(tokens, m, a - 2, speakers) if m < a - 2 else None
    return (author, m) if author is not None else None


_AIRED: Final = wordset("read aired broadcast carried played released posted circulated shared")
_ON_AIR: Final = frozenset({"over", "on", "via", "through"})
_FROM: Final = frozenset({"by", "from"})


def _before_relative(tokens: Tokens, a: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Read "a guard, who saw it, said", "the office which runs it said": the subject before a clause up to `a`."""
    low = tokens.low
    near = range(a, max(floor, a - 12), -1)
    who = next((k for k in near if low[k] in _RELATIVES or low[k - 1] in _RELATIVES), None)
    if who is None:
        return None
    who = who if low[who] in _RELATIVES else who - 1
    plain = low[who] == "which" or "," not in low[floor : who - 1]
    if who > floor + 1 and low[who - 1] == "," and not plain:
        return _apposed(tokens, who - 1, floor, speakers)
    who -= low[who - 1] == ","
    start = _back(low, who, floor, 8)
    speaker = speaker_of(tokens, start, who, speakers) if start < who else None
    return (speaker, start) if speaker is not None else None


def _two_bodies(
    tokens: Tokens, told: tuple[int, int, int], floor: int, speaker: Speaker, speakers: Speakers
) -> tuple[Speaker, int] | None:
    """Read "a rights group and local committee said" as two of one kind or more, the second of whom is the speaker.

    `told` is where the second begins and ends, and its verb.
    """
    low, (a, b, i) = tokens.low, told
    if speaker.person:
        return None
    m = _back(low, a - 1, floor, TWO_SPEAK)
    closes = low[i + 1 : i + 2] == [] or low[i + 1] in _CLOSING
    begins = m == floor or (closes and (low[m - 1] in CLOSE or low[m - 1] == ","))
    first = speaker_of(tokens, m, a - 1, speakers, known_only=True) if a - 1 > m >= floor and begins else None
    if first is None or first.person or acts(low[m : a - 1]):
        return None
    return replace(speaker, name=text_of(tokens, m, b)), m


def acts(words: list[str]) -> bool:
    """Say whether words that seem to name a body tell what somebody did: "gunmen attacked a clinic"."""
    return any(word.endswith("ed") and word not in _NAMING for word in words)


_NAMING: Final = wordset("united armed allied combined displaced red unified joined retired accredited")
"""Words that end as what was done ends, and stand in the names of bodies."""
_CLOSING: Final = frozenset({".", "on", ",", "in", "late", "early", "told", "reporters"})
"""What may follow the verb of those who told what stands before them."""


def _joined(
    tokens: Tokens, named: tuple[int, int], floor: int, speaker: Speaker, speakers: Speakers
) -> tuple[Speaker, int] | None:
    """Read "Name, post said" and "post, Name said" with the second comma left out; the speaker named last is given."""
    low, a = tokens.low, named[0]
    m = _back(low, a - 1, floor, 8)
    edge = m == floor or low[m - 1] in CLOSE or low[m - 1] == ","
    before = speaker_of(tokens, m, a - 1, speakers) if edge and m < a - 1 else None
    if before is None or before.person == speaker.person:
        return None
    if before.person and not _holds_post(low[slice(*named)]):
        return None  # "nine died, among them the mayor, Omar Hale, officials said"
    if not (before.person or before.kind == "other" or speaker.kind == "other"):
        return None
    merged = join(before, speaker, tokens, (m, a - 1), named)
    return (merged, m) if merged is not None else None


def _holds_post(words: list[str]) -> bool:
    """Say whether a description can be of one person: "police spokesman", "a head of the council", no "officials"."""
    head = words[next((k for k, word in enumerate(words) if word in _PLACING or word == "for"), len(words)) - 1]
    return head not in _SPEAK_TOGETHER and (head in SINGULAR or not head.endswith("s"))


_SPEAK_TOGETHER: Final = wordset(
    """agency army authority bureau defence defense department government media military ministry navy police service
    staff state council committee network front group union party movement force mission office organisation
    organization association command court parliament people observatory crescent cross press brigade"""
)
"""Words that end what a body is called, and no person."""


def _who_did(tokens: Tokens, a: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Read "parents who gathered at the palace said": the subject before what is said of them without commas."""
    low = tokens.low
    who = next((k for k in range(a - 1, max(floor, a - _ASIDE_LENGTH), -1) if low[k] in _WHO), 0)
    if low[who] != "who" or low[who - 1] == ",":
        return None
    m = who
    while m > floor and who - m < _NOUNS and low[m - 1] not in STOPPERS and low[m - 1] not in {",", "but", "and"}:
        m -= 1
    speaker = speaker_of(tokens, m, who, speakers) if m < who else None
    return (speaker, m) if speaker is not None and not speaker.person else None


_PLACING: Final = frozenset({"at", "in", "near", "outside", "from", "of"})
_WHO: Final = frozenset({"who", ",", ";", "that", "said"})
_ASIDE_LENGTH: Final = 9
_NOUNS: Final = 5


def _at_determiner(tokens: Tokens, a: int, b: int) -> int:
    """Return where the last article before `b` begins a name: in "on its website the front" no name holds a second."""
    low = tokens.low
    for k in range(b - 2, a, -1):
        if low[k] in DETERMINERS and k not in tokens.possessive and low[k - 1] not in _GOES_BEFORE:
            return k
    return a


def _apposed(tokens: Tokens, comma: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Read "Name, post, said" and "post, Name, said", whose last comma is at `comma`."""
    low = tokens.low
    m = comma
    if m > floor and low[m - 1] in CLOSE:  # "Ana Ruiz, who had called them "thieves", told"
        m = next((k for k in range(m - 2, max(floor, m - _QUOTED), -1) if low[k] in OPEN), m)
    while m > floor and comma - m < 22 and low[m - 1] not in {'"', "”", "“", ";"}:
        if low[m - 1] == "." and (m - 2 < floor or not shortened(tokens, m - 1)):
            break
        if low[m - 1] == ",":
            break
        m -= 1
    if m <= floor or low[m - 1] != ",":
        return None
    a = m - 1
    while a > floor and m - a < 14 and low[a - 1] not in {",", '"', "”", "“", ";", "but", "while"}:
        if low[a - 1] == "and" and not ends_body(tokens, max(floor, m - 14), a):
            break
        if low[a - 1] in {"by", "to"} or (low[a - 1] == "." and (a - 2 < floor or not shortened(tokens, a - 1))):
            break
        a -= 1
    a = _at_determiner(tokens, a, m - 1)
    if low[m] in _MANNERS or (low[m] == "for" and low[m + 1 : m + 3] in _FOR_ITS_PART):
        led = speaker_of(tokens, a, m - 1, speakers)  # "The clinic, for its part, said"
        return (led, a) if led is not None else None
    first = speaker_of(tokens, a, m - 1, speakers)
    if low[m] == "which" or low[m] == "whose":
        return (first, a) if first is not None else None  # what a body does is not who it is
    if low[m] == "who" and first is not None and _private(first) and low[m + 1] in _LIVING:
        return replace(first, kind="witness"), a  # "Ana Ruiz, who sells bread, said"
    end = next((k for k in range(m + 1, comma) if low[k] in _CLAUSES), comma)
    second = speaker_of(tokens, m, end, speakers)  # "the Watch, a body | that tracks raids in Brela, said"
    if speakers.caseless and first is not None and second is None and not first.person:
        second = _plain_person(tokens, m, comma)
    merged = join(first, second, tokens, (a, m - 1), (m, comma))
    return (merged, a) if merged is not None else None


_CLAUSES: Final = frozenset({"that", "which", "who"})


def _private(speaker: Speaker) -> bool:
    """Say whether a speaker is known by name alone."""
    return speaker.person and speaker.kind == "other" and not speaker.office


_QUOTED: Final = 8
"""Words within which quotation marks hold a word or two of somebody, and no sentence."""
_LIVING: Final = wordset("sells sold lives lived farms keeps grows drives fishes lost saw fled survived escaped")
"""What people do of whom a report tells no post: they speak of what they saw."""
_MANNERS: Final = wordset("using speaking writing addressing briefing talking answering")
"""What a speaker does in speaking: "The mayor, speaking in Mezin, said"."""
_FOR_ITS_PART: Final = (["its", "part"], ["his", "part"], ["her", "part"], ["their", "part"])


def _plain_person(tokens: Tokens, a: int, b: int) -> Speaker | None:
    """Return the person between the commas of "THE MAYOR OF MEZIN, OMAR HALE, SAID", where capitals tell nothing."""
    named = 1 < b - a <= _NAMES and all(word.isalpha() and word not in _NO_NAMES for word in tokens.low[a:b])
    return Speaker(text_of(tokens, a, b), "other", None, True) if named else None


_NAMES: Final = 3
_NO_NAMES: Final = STOPS | PERSON | ROLE_WORDS | KIND_OF.keys() | DETERMINERS
