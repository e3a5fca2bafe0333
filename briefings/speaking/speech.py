"""Read one verb of saying, "X said", "X denied that …", "…, he added": who speaks, and of what he speaks."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import ADVERBS, DETERMINERS, KIND_OF, SAY, WEEKDAYS, wordset
from ..lexis.recounts import OLDER
from ..lexis.sentences import Tokens, text_of
from ..model import ClaimantKind
from .reach import Attribution, complement_end, left_edge
from .remembered import KINDS_OF_BODY, Speaker, Speakers
from .speakers import STOPPERS, speaker_of
from .subjects import leader_of, subject_after, subject_of

_CLAIMED: Final = wordset(
    "attack attacks bombing bombings raid raids ambush ambushes assault assaults strike strikes blast blasts explosion "
    "shooting kidnapping kidnappings hijacking killing killings"
)
_NOT_SPEECH: Final = wordset("responsibility credit")
DENY: Final = wordset("denied denies denying rejected rejects refuted dismissed disputed disputes")
RECORDS: Final = wordset("reports report records data accounts documents")
ISSUING: Final = wordset("issued released published")
STATEMENTS: Final = wordset(
    "statement communique statements release bulletin count tally toll figure estimate survey list"
)
_ASSERTIONS: Final = wordset("claim claims assertion assertions report reports statement allegation allegations")
_GOING_ON: Final = wordset("adding saying stating claiming noting stressing asserting boasting")
_SAYINGS: Final = wordset("report reports claims estimates notes counts")


def said_at(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read the say-verb at token `i`: its speaker and what it covers."""
    low, n = tokens.low, len(tokens.low)
    if _owns_acts(low, i):
        _own(tokens, i, floor, speakers)
        return None
    if _gives_no_word(low, i) or not is_speech(tokens, i):
        return None
    denied = low[i] in DENY
    if denied and (asserted := _asserted(tokens, i, speakers)) is not None:
        return asserted
    inverted = subject_after(tokens, i, floor, speakers)
    if inverted is not None:
        speaker, start, end = inverted
        last = complement_end(tokens, end + 1, n) if low[end : end + 1] == [":"] else start
        if end + 1 < n and low[end] == "," and (low[end + 1] in {"with", "including"} or _inserted(low, floor, i, end)):
            last = complement_end(tokens, end, n)
        return Attribution(left_edge(tokens, start, floor), last, speaker), end
    if low[i] == "saying" and "with" in low[max(0, i - 7) : i] and low[i - 1] in KIND_OF:
        at = max(k for k in range(max(0, i - 7), i) if low[k] == "with")
        own = speaker_of(tokens, at + 1, i, speakers)
        if own is not None:  # "…, with officials saying nine had died"
            return Attribution(i + 1, complement_end(tokens, i + 1, n), own), i + 1
    if low[i] in _GOING_ON:
        goes_on = speakers.latest if floor > 0 else leader_of(tokens, i, floor, speakers)
        if goes_on is not None:
            return Attribution(i + 1, complement_end(tokens, i + 1, n), goes_on), i + 1
    subject = subject_of(tokens, i, floor, speakers)
    if subject is None:
        again = i > floor and low[i - 1] in {"and", "but"}
        leads = leader_of(tokens, i, floor, speakers) if again else None
        if leads is None and again and not DENY.isdisjoint(low[:i]):
            leads = speakers.latest  # "The mayor denied that any guard was killed but said two were hurt"
        return None if leads is None else (Attribution(i + 1, complement_end(tokens, i + 1, n), leads), i + 1)
    speaker, start = subject
    if start > floor + 1 and low[start - 1] in {"from", "by"}:
        paper = start - 2 - (low[start - 2] in ISSUING)
        if low[paper] in STATEMENTS or low[paper] in RECORDS:  # "…, a statement from the ministry said"
            start = paper
            while start > floor and low[start - 1] not in {",", '"', "”"} and low[start - 1] not in STOPPERS:
                start -= 1
    colon = _colon_after(tokens, i)
    if colon and start > floor and low[start - 1] == ",":  # "18 died, the agency said on Friday: 14 in Brela and …"
        return Attribution(
            left_edge(tokens, start, floor), complement_end(tokens, colon, n), speaker, denied
        ), colon + 1
    closes = start > floor and low[start - 1] in {",", '"', "”", "—", "figure", "number", "toll"} and _closes(tokens, i)
    if denied and (closes or _closes(tokens, i)):
        return None  # "a figure the army denied": what was said before stands
    if closes:
        last = _end_of_said(tokens, i, floor, start)
        return Attribution(left_edge(tokens, start, floor), last, speaker, denied), i + 1
    end = complement_end(tokens, i + 1, n)
    if low[i] in _DECLARING and low[i + 1 : i + 2] != [] and low[i + 1] in DETERMINERS and "that" not in low[i:end]:
        end = next((k for k in range(i + 2, end) if low[k] == "after"), end)  # "declared the talks dead after 12 died"
    if denied and "but" in low[i:end]:
        end = low.index("but", i)
    if start > floor + 1 and low[start - 1] in {"whom", "which", "who"}:
        comma = next((k for k in range(start - 1, floor, -1) if low[k] == ","), start - 1)
        return Attribution(comma + 1, end, speaker, denied), i + 1  # "107 of whom the ministry says were …"
    return Attribution(i + 1, end, speaker, denied), i + 1


_DECLARING: Final = frozenset({"declared", "declares"})


def _owns_acts(low: list[str], i: int) -> bool:
    """Say whether the verb at `i` takes acts upon somebody: "claimed responsibility", "claimed the attack"."""
    if low[i].startswith("claim") and set(low[i + 1 : i + 3]) & _NOT_SPEECH:
        return True
    if (
        low[i] != "claimed"
        or low[i + 1 : i + 2] == ["that"]
        or _CLAIMED.isdisjoint(low[i + 1 : i + 4])
        or _gives_no_word(low, i)
    ):
        return False
    return not {"was", "were", "had"} & set(low[i + 2 : i + 6])


def _gives_no_word(low: list[str], i: int) -> bool:
    """Say whether the verb at `i` gives nobody's word, by what follows it: "accused of", "claimed the lives of"."""
    after = low[i + 1 : i + 2]
    if low[i] == "accused" and after == ["of"]:
        return True  # "a man accused of"
    if low[i] in _CLAIMING and low[i + 1 : i + 3] == ["to", "belong"]:
        return True
    if low[i] in _SAID_OF and after == ["to"] and not _BEING.isdisjoint(low[i + 2 : i + 3]):
        return True  # "a boat alleged to have been carrying arms", "gunmen believed to belong to the Front"
    if low[i] == "claimed" and set(low[i + 1 : i + 4]) & {"lives", "life"}:
        return True
    if low[i] != "said" and after == ["by"]:
        return True
    if low[i] in SPEAKING and after != ["of"]:
        return True  # "refugees who speak Arabic"
    if low[i] == "maintains" and after != ["that"]:
        return True  # "the army maintains a base"
    admitted = low[i] == "admitted" and not _PATIENTS.isdisjoint(low[i + 2 : i + 4])  # "admitted 31 wounded"
    return admitted and _SPLIT.isdisjoint(_rest(low, i))


def _end_of_said(tokens: Tokens, i: int, floor: int, start: int) -> int:
    """Return where what was said ends, whose verb at `i` closes it: at its speaker, or further on."""
    low, n = tokens.low, len(tokens.low)
    with_at = next(
        (k for k in range(i + 1, min(i + 8, n - 1)) if low[k] == "," and low[k + 1] in {"with", "including"}), None
    )
    if with_at is not None:
        return complement_end(tokens, with_at, n)
    comma = next((k for k in range(i + 1, min(i + 6, n - 2)) if low[k] == ","), n)
    if low[comma + 1 : comma + 2] and low[comma + 1] in _BRINGING and not _TOLLS.isdisjoint(low[comma + 2 : comma + 7]):
        return complement_end(tokens, comma, n)  # "a third body was found, police said, bringing the toll to three"
    joined = low[comma + 1 : comma + 2] == ["and"] and low[comma + 2].endswith("ed")
    if joined or _inserted(low, floor, start, comma):
        return complement_end(tokens, comma, n)  # "…, he said, and arrested four"
    semicolon = next((k for k in range(i + 1, min(i + 6, n - 1)) if low[k] == ";"), 0)
    return n if semicolon and _goes_on(low, semicolon) else start  # "…, doctors told reporters; seven are in danger"


_BRINGING: Final = wordset("bringing raising taking pushing lifting")
_TOLLS: Final = wordset("toll tally total number count")


def _inserted(low: list[str], floor: int, start: int, comma: int) -> bool:
    """Say whether who speaks stands between commas in what is said, which goes on after the second, at `comma`.

    So in "the new count, he said, is nine", in "in Mezin, the agency said, nine died", and in "four died, the agency
    said, and nine were hurt".
    """
    if low[comma : comma + 1] != [","] or start <= floor or not _ELSEWHERE.isdisjoint(low[comma + 1 :]):
        return False
    after, lead = low[comma + 1 : comma + 3], low[floor:start]
    if after[:1] != [] and lead[0] in _SINCE and after[0] in _RESUMING and _SPLIT.isdisjoint(lead):
        return True  # "Since May, the army says, its patrols have killed 40"
    if after[:1] != [] and (after[0] in _SPLIT or (after[0] in _JOINED and after[-1] not in SAY)):
        return True
    if len(lead) > 1 and lead[-1] == "," and lead[-2] in _RELATIVES:
        return True  # "a raid in which, the mayor said, six herders were shot"
    bare = _SPLIT.isdisjoint(lead) and not any(word.endswith("ed") or word[0].isdecimal() for word in lead)
    if bare and len(lead) <= _BRIEF and after[:1] != [] and (after[0] in _SUFFERED or after[0].endswith("ed")):
        return True  # "His neighbour, he said, lost a son"
    return (
        (lead[0] in _LEADING or lead[0] in _SINCE)
        and _SPLIT.isdisjoint(lead)
        and not any(word.endswith("ed") for word in lead)
    )


def _rest(low: list[str], i: int) -> list[str]:
    """Return the next words of the clause of the verb at `i`."""
    after = low[i + 1 : i + 1 + _CLAUSE]
    return after[: next((k for k, word in enumerate(after) if not word[0].isalnum()), len(after))]


_CLAUSE: Final = 7
_PATIENTS: Final = wordset("wounded injured patients casualties")


def _goes_on(low: list[str], semicolon: int) -> bool:
    """Say whether what follows a semicolon goes on with what was said: nobody else speaks there, nor of another day."""
    rest = low[semicolon + 1 :]
    return _ELSEWHERE.isdisjoint(rest) and rest[0] not in _LEADING and not any(word.isdecimal() for word in rest)


_BRIEF: Final = 4
_RESUMING: Final = wordset("it its they their he she his her the")
_RELATIVES: Final = frozenset({"which", "whom", "where"})
_SINCE: Final = wordset("since over within throughout until")
_SUFFERED: Final = wordset("lost died took fell drowned")
_SPLIT: Final = wordset("is was are were has had have")
_JOINED: Final = frozenset({"and", "though", "although"})
_LEADING: Final = wordset("in at on of among across during by from")
_ELSEWHERE: Final = SAY | DENY | {"according"}
"""Words by which another may speak in what comes after."""
SPEAKING: Final = frozenset({"speak", "speaks", "spoken"})
"""Forms of "speak" that give somebody's word with "of": "the ministry speaks of nine dead"."""
_CLAIMING: Final = frozenset({"claiming", "claimed"})
_SAID_OF: Final = wordset("alleged believed reported said estimated")
_BEING: Final = wordset(
    "have be belong include number come form make hail owe work act operate fight live hold number lead support"
)
"""What somebody is said to do who does not speak himself."""


def _own(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> None:
    """Note who owns acts by the verb at `i`: a body that can speak, else a name of several words with "of" inside."""
    owner = subject_of(tokens, i, floor, speakers)
    if owner is not None and not (owner[0].person or owner[0].kind == "other"):
        speakers.own(owner[0])
        return
    a = i
    while a > floor and (tokens.words[a - 1][:1].isupper() or tokens.low[a - 1] in _IN_NAMES):
        a -= 1
    while a < i and (tokens.low[a] in _IN_NAMES or tokens.low[a] in DETERMINERS):
        a += 1
    if _IN_NAMES.isdisjoint(tokens.low[a:i]):
        if owner is not None and not owner[0].person:
            speakers.own(owner[0])
    elif not speakers.caseless and tokens.low[a + 1] in _IN_NAMES:  # a person's name would be longer
        speakers.own(Speaker(text_of(tokens, a, i), "other"))  # "the Sword of the North claimed the raid"


_IN_NAMES: Final = frozenset({"of", "the", "for"})


def _asserted(tokens: Tokens, i: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "denied the rebels' claim that 30 had died": the count is the word of whose claim it is."""
    low, n = tokens.low, len(tokens.low)
    that = next((k for k in range(i + 1, min(i + 12, n)) if low[k] == "that"), 0)
    noun = next((k for k in range(i + 1, that) if low[k] in _ASSERTIONS), 0)
    if not noun:
        return None
    a, b = (noun + 2, that) if low[noun + 1] in {"by", "from", "of"} else (i + 1, noun)
    while b > a and low[b - 1] in {"'", "’"}:
        b -= 1
    speaker = speaker_of(tokens, a, b, speakers) if a < b else None
    return (Attribution(that + 1, complement_end(tokens, that + 1, n), speaker), that) if speaker else None


def is_speech(tokens: Tokens, i: int) -> bool:
    """Say whether the word at `i` is a verb of speech here, not a passive or an adjective."""
    low = tokens.low
    k = i - 1
    while k >= 0 and low[k] in ADVERBS:
        k -= 1
    before = low[k] if k >= 0 else ""
    going_on = before in _NOW and low[i] in _SAYING_NOW  # "local media are reporting 14 dead"
    if before in {"was", "were", "been", "being", "is", "are", "be", "to"} and low[i] != "according" and not going_on:
        return False
    if before in DETERMINERS and low[i] not in {"report", "said"}:
        return False
    if low[i] in _SAYINGS and i and low[i - 1] in OLDER:
        return False  # "contradicting earlier reports, six …"
    if low[i] in _SAYINGS and low[i + 1 : i + 2] and low[i + 1] in SAY:
        return False  # "media reports said"
    return not (
        low[i] in {"saw", "seen", "counted", "witnessed"}
        and {KIND_OF.get(w) for w in low[max(0, i - 6) : i]}.isdisjoint(_COUNT if low[i] == "counted" else _SEE)
        and (low[i] != "counted" or COUNTERS.isdisjoint(low[max(0, i - 6) : i]))
    )


COUNTERS: Final = KINDS_OF_BODY | {"room", "team", "teams"}
_NOW: Final = frozenset({"is", "are"})
_SAYING_NOW: Final = wordset("reporting saying claiming")
_SEE: Final[frozenset[ClaimantKind]] = frozenset({"witness", "media", "medical"})
_COUNT: Final[frozenset[ClaimantKind]] = _SEE | {"un_ngo", "police", "government"}
"""Kinds of claimants whose "saw" and whose "counted" is their word."""


def _colon_after(tokens: Tokens, i: int) -> int:
    """Return where a colon follows the verb of speech at `i`, with no more than the day between; 0 if none does."""
    low = tokens.low
    for k in range(i + 1, min(i + _WHEN_SAID, len(low))):
        if low[k] == ":":
            return k
        if low[k] not in WEEKDAYS and low[k] not in ADVERBS and low[k] not in _SAID_WHEN:
            return 0
    return 0


_WHEN_SAID: Final = 5
_SAID_WHEN: Final = wordset("on late early today yesterday morning evening night")


def _closes(tokens: Tokens, i: int) -> bool:
    """Say whether the say-verb at `i` ends its clause, what is said having come before it."""
    low, n = tokens.low, len(tokens.low)
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
