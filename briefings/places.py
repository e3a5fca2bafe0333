"""Find the places a text names and which of them a toll is tied to.

A place is a capitalised name after "in", "at", "near" and their like, or with a word such as "province". Names of
places are learnt from the text itself; a gazetteer can later be given as `known`.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from briefings.lexicon import ARMED, COUNTRIES, KIND_OF, MONTHS, ROLE_WORDS, SAY, STOPS, WEEKDAYS
from briefings.sentences import Tokens

_PREPOSITIONS: Final = frozenset("in at near outside inside across around throughout hit hits struck rocked rocks from".split())
_KINDS: Final = frozenset(
    """province district region city town village area county state governorate island airport camp base university hospital
    hotel square market neighbourhood neighborhood suburb valley mountains capital river coast border prison church mosque
    temple station restaurant school street avenue road highway park stadium parliament embassy museum beach mall bazaar
    checkpoint plaza department municipality commune oblast peninsula bank gate desert forest port complex palace""".split()
)
_DIRECTIONS: Final = frozenset(
    """northern southern eastern western central northeastern northwestern southeastern southwestern north south east west
    northeast northwest southeast southwest""".split()
)
_NOT_NAMES: Final = frozenset(
    """islamic state army ministry government police united nations human rights news agency monday tuesday wednesday thursday
    friday saturday sunday parliament congress senate church muslims muslim christmas ramadan easter eid tv twitter facebook
    x telegram reuters afp ap operation president prime minister arabic english french war council party front""".split()
)
_LINKERS: Final = frozenset("de la el al del du des le of san santa los las".split())


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place named over tokens `first` to `last` (exclusive); `tied` says a preposition of place leads it."""

    first: int
    last: int
    text: str
    tied: bool
    country: bool = False
    rank: int = 0


def find(tokens: Tokens, *, known: AbstractSet[str] = frozenset()) -> list[PlaceRef]:
    """Return the places named in one sentence in order.

    `known` holds lower-case names that are places wherever they stand, learnt from the text or a gazetteer.
    """
    found: list[PlaceRef] = []
    low, words, n = tokens.low, tokens.words, len(tokens)
    i = 0
    while i < n:
        if not words[i][:1].isupper() or (i == 0 and low[i] in STOPS):
            i += 1
            continue
        run = _run(tokens, i)
        ref = _ref(tokens, i, run, known)
        if ref is not None:
            found.append(ref)
        i = max(run, i + 1)
    return found


def _run(tokens: Tokens, i: int) -> int:
    """Return the end of the capitalised name that begins at `i`."""
    low, words, n = tokens.low, tokens.words, len(tokens)
    j = i + 1
    if i in tokens.possessive:
        return j
    while j < n and (words[j][:1].isupper() or (low[j] in _LINKERS and j + 1 < n and words[j + 1][:1].isupper() and low[j] != "of")):
        if low[j] in WEEKDAYS or low[j] in MONTHS:
            break
        j += 1
        if (j - 1) in tokens.possessive:
            break
    return j


def _ref(tokens: Tokens, i: int, j: int, known: AbstractSet[str]) -> PlaceRef | None:
    low, words, n = tokens.low, tokens.words, len(tokens)
    name = " ".join(low[i:j])
    if low[i] in WEEKDAYS or low[i] in MONTHS or name in _NOT_NAMES:
        return None
    back = i - 1
    steps = 0
    while back >= 0 and steps < 6 and (low[back] in _DIRECTIONS or low[back] in {"the", "of", "city", "town", "village", "district", "area", "capital", "province", "region", "its", "a", "suburb", "neighborhood", "neighbourhood", "mainly", "predominantly", "historic", "volatile", "restive", "remote", "troubled", "coastal", "port", "border"} or low[back].endswith(("ern", "ish", "ian")) or back in tokens.possessive):
        if low[back] in {"in", "at"}:
            break
        back -= 1
        steps += 1
    led = low[back] if back >= 0 else ""
    tied = led in _PREPOSITIONS
    of_kind = "of" in low[max(back + 1, 0) : i] and bool(_KINDS.intersection(low[max(back + 1, 0) : i]))
    after = low[j] if j < n else ""
    kinded = after in _KINDS or low[j - 1] in _KINDS and j - i > 1
    possessive = (j - 1) in tokens.possessive
    is_known = name in known or name in COUNTRIES or low[i] in COUNTRIES and j - i == 1
    if any(word in ARMED or word in _NOT_NAMES or word in KIND_OF and word not in _KINDS for word in low[i:j]) and not (kinded or is_known):
        return None
    if any(word.strip(".") in ROLE_WORDS for word in low[i:j]) and not (kinded or is_known):
        return None
    if led == "from" and not (is_known or of_kind or kinded):
        return None
    if not (tied or of_kind or is_known or kinded):
        return None
    if tied and not (kinded or is_known) and after in SAY | {"who", "militants", "forces", "fighters"}:
        return None
    first = i
    while first > 0 and (low[first - 1] in _DIRECTIONS):
        first -= 1
    last = j
    if after in _KINDS and not possessive:
        last = j + 1
    text = _text(tokens, first, last)
    if possessive and last == j:
        text = text[:-2]
    country = name in COUNTRIES or (low[i] in COUNTRIES and j - i == 1)
    return PlaceRef(first, last, text, tied or of_kind, country, 2 if country else 1 if after in {"province", "state", "region"} else 0)


def _text(tokens: Tokens, a: int, b: int) -> str:
    out = []
    for k in range(a, b):
        if k > a and tokens.starts[k] > tokens.ends[k - 1]:
            out.append(" ")
        out.append(tokens.words[k])
    return "".join(out)


def dateline(tokens: Tokens) -> tuple[str, int] | None:
    """Return the place of a dateline ("BEIRUT — ", "PESHAWAR, Pakistan ") and where it ends."""
    words, low, n = tokens.words, tokens.low, len(tokens)
    j = 0
    while j < n and j < 4 and (words[j].isupper() and words[j].isalpha() and len(words[j]) > 2 or (j and words[j] == "/")):
        j += 1
    if not j or j >= n:
        return None
    name = " ".join(word for word in words[:j] if word != "/").title()
    if words[j] == "," and j + 1 < n and words[j + 1][:1].isupper():
        k = j + 2
        while k < n and k < j + 5 and (words[k] in {"-", "—", "–", "--", "("} or low[k] in {"reuters", "ap", "afp", ")"}):
            k += 1
        return f"{name}, {words[j + 1]}", k
    if words[j][:1].isupper() or words[j] in {"-", "—", "–", "--", "("}:
        while j < n and (words[j] in {"-", "—", "–", "--", "(", ")"} or low[j] in {"reuters", "ap", "afp"}):
            j += 1
        return name, j
    return None


def nested(refs: list[PlaceRef], chosen: PlaceRef) -> str:
    """Return `chosen` with the larger place that directly follows it ("Cirebon, West Java")."""
    following = next((ref for ref in refs if ref.first >= chosen.last and ref.first - chosen.last <= 2 and ref.text != chosen.text), None)
    return f"{chosen.text}, {following.text}" if following is not None and following.first > chosen.last else chosen.text


def nearest(refs: list[PlaceRef], token: int, *, start: int = 0, stop: int = 10**9) -> PlaceRef | None:
    """Return the place between `start` and `stop` that is tied to what stands at `token`: the next after it, else before."""
    inside = [ref for ref in refs if start <= ref.first < stop]
    tied = [ref for ref in inside if ref.tied] or inside
    if not tied:
        return None
    return min(tied, key=lambda ref: (ref.first - token) if ref.first >= token else 2 + 2 * (token - ref.last))
