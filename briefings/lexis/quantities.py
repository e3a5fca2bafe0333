"""Find the numbers of a text that can count people, with what qualifies them.

"At least ten" is 10 or more, "over 70" is 71 or more, "dozens" is vague with the lower bound of ACLED's
convention. Years, dates, times, ages, money, percentages and unit names are not counts.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, replace
from itertools import compress
from operator import itemgetter
from typing import Final

from ..model import Modifier
from .lexicon import MONTHS, SINGULAR, Sought, hyphened, wordset
from .sentences import Tokens

_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
UNITS: Final = {word: value for value, word in enumerate([*_ONES.split(), "eighteen", "nineteen"], start=1)}
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS: Final = {word: 20 + 10 * place for place, word in enumerate(_TENS.split())}
SCALES: Final = {
    "hundred": 100, "thousand": 1000, "million": 1_000_000, "lakh": 100_000, "lakhs": 100_000, "crore": 10_000_000,
    "crores": 10_000_000, "dozen": 12, "score": 20,
}  # fmt: skip
VAGUE: Final = {
    "tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "lakhs": 100_000, "millions": 1_000_000,
}  # fmt: skip
"""Lower bounds of vague words: ACLED's for tens, dozens and hundreds; the plain meaning of the others."""

LIMIT: Final = 2_000_000_000

_PHRASES: Final[tuple[tuple[Modifier, str], ...]] = (
    ("at_least", "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum"),
    (
        "more_than",
        "more than|upwards of|upward of|in excess of|greater than|higher than|well over|just over|over|above|"
        "exceeded|exceeding|exceeds|exceed|surpassed|surpassing|topped|topping|past",
    ),
    ("up_to", "up to|as many as|as high as|as much as|no more than|not more than|at most|a maximum of"),
    ("fewer_than", "fewer than|less than|under|below"),
    (
        "approximately",
        "about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated|"
        "circa|near|just under|nearly about|virtually|practically",
    ),
)
_BY_LAST: Final[dict[str, list[tuple[tuple[str, ...], Modifier]]]] = {}
for _modifier, _listed in _PHRASES:
    for _phrase in _listed.split("|"):
        _BY_LAST.setdefault(_phrase.split()[-1], []).append((tuple(_phrase.split()), _modifier))
for _entries in _BY_LAST.values():
    _entries.sort(key=lambda entry: -len(entry[0]))

_INCREMENTS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "additional": (("an", "additional"), ("additional",)),
    "further": (("a", "further"), ("further",)),
    "another": (("yet", "another"), ("another",)),
}
"""The words that add a number to others, by their last word, the longest first."""
_YEAR_BEFORE: Final = wordset(
    """in since of by until till from during to before after year early late mid spring summer autumn winter fall
    and between"""
) | frozenset(MONTHS)
_DIGITS: Final = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d+(?:\.\d+)?")
_HYPHEN_RANGE: Final = re.compile(r"(\d[\d,]*)-(\d[\d,]*)$")
_DASHES: Final = frozenset("-–—")
_NUMBER_PREFIX: Final = wordset(
    "no number flight route highway section article resolution unit phase page room version aged age ages sector "
    "block zone interstate "
    "$ £ € # us$ rs c-"
)


_NUMBERED: Final = wordset("dead injured wounded missing displaced victims casualties")
"""Who may "number 30", which gives no number to a thing."""
_AGED: Final = frozenset({"aged", "ages", "age"})
"""“Aged 20 and 34”: the second number is an age too."""


@dataclass(slots=True)
class Quantity:
    """One number expression over tokens `first` to `last` (exclusive); `core` is where the number itself begins."""

    first: int
    last: int
    core: int
    low: int | None
    high: int | None
    modifier: Modifier
    increment: bool = False

    @property
    def value(self) -> int:
        """Return the number as written, for agreement with singular and plural."""
        if self.modifier == "more_than" and self.low is not None:
            return self.low - 1
        if self.modifier == "fewer_than" and self.high is not None:
            return self.high + 1
        return self.low if self.low is not None else self.high or 0


def find(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of `text` in order, over the tokens of `Tokens(text)`."""
    return tuple(scan(Tokens(text)))


def scan(tokens: Tokens) -> list[Quantity]:
    """Return the quantities among `tokens` in order."""
    found: list[Quantity] = []
    low = tokens.low
    end, n, aged = 0, len(low), -1
    for i in _beginnings(tokens):
        if i < end or (low[i] == "a" and (i + 1 == n or low[i + 1] not in _AFTER_A)):
            continue
        core = _core(tokens, i)
        if core is None:
            continue
        value, high, vague, j = core
        if i == aged or _is_not_a_count(tokens, i, j, value):
            aged = j + 1 if (i == aged or low[i - 1] in _AGED) and j < n and low[j] in {"and", "to"} else -1
            end = j
            continue
        quantity = _qualify(tokens, i, j, value, high, vague)
        if found and quantity.first < found[-1].last:
            quantity = replace(quantity, first=max(quantity.core, found[-1].last))
        found.append(quantity)
        end = quantity.last
    return found


_STARTERS: Final = Sought(
    frozenset(UNITS)
    | frozenset(TENS)
    | frozenset(VAGUE)
    | wordset("a half hundred thousand dozen several zero million")
)


_FIRST_LETTER: Final = itemgetter(0)


def _beginnings(tokens: Tokens) -> list[int]:
    """Return where a number may begin, in order."""
    low, begun = tokens.low, [*tokens.found.get(_STARTERS, ())]
    if not tokens.line.isascii() or any(map(tokens.line.__contains__, string.digits)):
        begun += compress(range(len(low)), map(str.isdecimal, map(_FIRST_LETTER, low)))
    if "-" in tokens.line:
        begun += [k for k in hyphened(low) if _spelled(low[k]) is not None]
    return sorted(begun)


_AFTER_A: Final = wordset("dozen hundred thousand million score lakh crore couple pair half")
"""The words with which "a" is a number: "a dozen", "a couple of", "a half dozen"."""


def _spelled(word: str) -> int | None:
    """Return the value of "twenty-five", or `None`."""
    tens, _, unit = word.removesuffix("-odd").partition("-")
    if not unit:
        return TENS.get(tens)
    if tens in TENS and unit in UNITS and UNITS[unit] < 10:
        return TENS[tens] + UNITS[unit]
    return None


def plain(word: str) -> int | None:
    """Return the value of a number that is one word, "12" or "twenty-five"; `None` for any other word."""
    if word.isdecimal():
        return int(word)
    return UNITS.get(word) or _spelled(word)


def _digits(word: str) -> float | None:
    if not word[0].isdecimal():
        return None
    body = word.rstrip("+").removesuffix("-plus").removesuffix("-odd")
    if len(body) > _LONGEST or not (body.isdecimal() or _DIGITS.fullmatch(body)):
        return None
    return float(body.replace(",", ""))


_LONGEST: Final = 14
"""Characters of the longest number that can count people."""


def _core(tokens: Tokens, i: int) -> tuple[int, int | None, bool, int] | None:
    """Return (value, upper end if a range, vague, next token) of the bare number at `i`."""
    low, n = tokens.low, len(tokens.low)
    ranged = _HYPHEN_RANGE.match(low[i]) if "-" in low[i] else None
    if ranged:
        a, b = (int(part.replace(",", "")) for part in ranged.groups())
        return (a, b, False, i + 1) if a < b <= LIMIT else None
    if low[i] in VAGUE and not (low[i] == "lakhs" and i and _single(tokens, i - 1)):
        return _vague(tokens, i)
    if low[i] == "several":
        if i + 1 < n and low[i + 1] in {"dozen", "hundred", "thousand"}:
            return SCALES[low[i + 1]], None, True, i + 2
        return None
    first = _single(tokens, i)
    if first is None:
        return None
    value, j = first
    if j + 1 < n and (
        low[j] in _DASHES or (low[j] == "to" and low[max(i - 1, 0)] != "from") or low[j] in {"or", "and"}
    ):
        between = i > 0 and low[i - 1] == "between"
        second = _single(tokens, j + 1) if low[j] != "and" or between else None
        adjacent = low[j] not in _DASHES or tokens.starts[j + 1] - tokens.ends[j] <= 1
        if second and low[j - 1] not in SCALES:
            value *= _shared_scale(low, value, second)
        if second and value < second[0] and adjacent and not (low[j] == "or" and value * 3 < second[0]):
            return value, second[0], False, second[1]
    return value, None, False, j


def _shared_scale(low: list[str], value: int, second: tuple[int, int]) -> int:
    """Return the scale that the second of two numbers lends the first: "between two and four lakh"; 1 for none."""
    scale = SCALES.get(low[second[1] - 1], 1)
    return scale if scale > 1 and value * scale < second[0] else 1


def _vague(tokens: Tokens, i: int) -> tuple[int, int | None, bool, int]:
    low, n = tokens.low, len(tokens.low)
    value, j = VAGUE[low[i]], i + 1
    while j + 1 < n and low[j] in {"of", "and", "or", "to"} and low[j + 1] in VAGUE:
        if low[j] == "of":
            value *= VAGUE[low[j + 1]]
        j += 2
    return value, None, True, j


def _single(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Return the value and the end of one plain number: digits, words, or both with a scale."""
    low, n = tokens.low, len(tokens.low)
    if i >= n:
        return None
    word = low[i]
    number = _digits(word)
    j = i + 1
    if number is None:
        spelled = _spell(tokens, i)
        if spelled is None:
            return None
        number, j = float(spelled[0]), spelled[1]
    while j < n and low[j] in SCALES and not (low[j] == "score" and number > 9):
        number *= SCALES[low[j]]
        j += 1
    if number != int(number) or number > LIMIT:
        return None
    value = int(number)
    if low[j - 1] in _ADDING and j < n and (rest := _single(tokens, j)) and rest[0] < SCALES[low[j - 1]]:
        value, j = value + rest[0], rest[1]  # "three thousand five hundred", "1 lakh 20 thousand"
    if j + 2 < n and low[j] == "(" and low[j + 2] == ")" and _digits(low[j + 1]) == value:
        j += 3  # "twelve (12) people"
    return value, j


_ADDING: Final = frozenset({"thousand", "lakh", "lakhs", "crore", "crores", "million"})


def _spell(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Return the value of number words from `i` ("two hundred and five"), scales above a hundred left to the caller."""
    low, n = tokens.low, len(tokens.low)
    word = low[i]
    if word == "half" and i + 2 < n and low[i + 1] == "a" and low[i + 2] in _HALVED:
        return SCALES[low[i + 2]] // 2, i + 3
    if word == "a":
        if i + 1 < n and low[i + 1] in {"dozen", "hundred", "thousand", "million", "score", "lakh", "crore"}:
            return 1, i + 1
        if i + 1 < n and low[i + 1] in {"couple", "pair"} and i + 2 < n and low[i + 2] == "of":
            return 2, i + 3
        if i + 2 < n and low[i + 1] == "half" and low[i + 2] in _HALVED:
            return SCALES[low[i + 2]] // 2, i + 3
        return None
    if word in {"hundred", "thousand", "dozen"}:
        return (1, i) if i == 0 or low[i - 1] not in {"several", "few", "a"} else None
    total, j = 0, i
    while j < n:
        word = low[j]
        value = UNITS.get(word) or (_spelled(word) if "-" in word else TENS.get(word))
        if value is None or (total % 100 and not (total % 100 >= 20 and total % 10 == 0 and value < 10)):
            break
        total += value
        j += 1
        if j < n and low[j] == "hundred":
            total *= 100
            j += 1
            if j + 1 < n and low[j] == "and" and (low[j + 1] in UNITS or low[j + 1] in TENS or _spelled(low[j + 1])):
                j += 1
            elif j < n and not (low[j] in UNITS or low[j] in TENS):
                break
    return (total, j) if j > i else None


_HALVED: Final = wordset("dozen million lakh crore")
"""What there is half of in words: "half a million", "a half dozen"."""


def _glued(tokens: Tokens, k: int) -> bool:
    """Say whether token `k` stands right against the one before it, both of letters or figures."""
    if not 0 < k < len(tokens.low) or tokens.starts[k] != tokens.ends[k - 1]:
        return False
    return tokens.low[k][0].isalnum() and tokens.low[k - 1][-1].isalnum()


_TOLD: Final = 9
"""Words from the number of "none of the 14 people on board survived" to what became of them."""
_PARENTS: Final = wordset("mother father parent parents grandmother grandfather widow widower")
_SHARES: Final = wordset("most some half many several few none majority third quarter number")


_SUFFERED: Final = wordset("killed slain wounded injured hurt")
_HARMED: Final = _SUFFERED | {"dead"}


def _is_not_a_count(tokens: Tokens, i: int, j: int, value: int) -> bool:
    """Say whether the number is a year, date, time, age, price, share or name."""
    low, n = tokens.low, len(tokens.low)
    before = low[i - 1] if i else ""
    after = low[j] if j < n else ""
    digit = low[i][0].isdecimal()
    numbers = before == "number" and low[i - 2 : i - 1] != [] and low[i - 2] in _NUMBERED
    if before in _NUMBER_PREFIX and not numbers and not (before == "no" and not digit):
        return True
    if low[i] == "one" and (before == "no" or (before in {"this", "that"} and (not after or not after[0].isalpha()))):
        return True  # "prior to this one, 350 died"
    if before == "of" and i > 1 and (low[i - 2] in _PARENTS or low[i - 2] in _AGED):
        return True  # "a mother of three", "under the age of four"
    if before == "in" and after == "of" and i > 1 and low[i - 2] in UNITS:
        return True  # "three in five of the dead"
    if digit and (_glued(tokens, i) or _glued(tokens, j)):
        return True  # "flight QX370", "a 208B"
    if before == "the" and i > 2 and low[i - 2] == "of" and low[i - 3] in _SHARES:
        if after in _HARMED or (low[j + 1 : j + 2] and low[j + 1] in _SUFFERED):
            return False  # "most of the 12 injured", "some of the nine people killed"
        return low[i - 3] != "none" or "survived" not in low[j : j + _TOLD]
    if after in {"%", "percent", "pct", "per", "°", "p.m.", "a.m.", "pm", "am", "gmt", "o'clock", "hrs", "noon"}:
        return True
    if not digit:
        return False
    if (before in MONTHS or after in MONTHS) and value <= 31 and before != "may":
        return True
    if after in MONTHS and value <= 31:
        return True
    year = len(low[i]) == 4 and low[i].isdecimal() and 1900 <= value <= 2099 and j == i + 1
    if year and (
        before in _YEAR_BEFORE or after in {"", ".", ",", ")", ";"} or before in {",", "("} or before.isdecimal()
    ):
        return True
    if (after == ":" and j + 1 < n and low[j + 1][0].isdecimal()) or (
        before == ":" and i > 1 and low[i - 2][0].isdecimal()
    ):
        return True
    if "." in low[i].strip("."):
        return j == i + 1
    if low[i][0] == "0" and len(low[i]) > 1:
        return True  # "at 0930"
    if before == "(" and value <= _OLDEST and _aged_person(tokens, i, j):
        return True
    # "said Mina Orr, 24, who": a lone number between commas after a name is an age
    return (
        before == ","
        and after in {",", ".", ")"}
        and 1 <= value <= 110
        and i > 1
        and (tokens.words[i - 2][:1].isupper() or low[i - 2] in SINGULAR)
    )


def _aged_person(tokens: Tokens, i: int, j: int) -> bool:
    """Say whether the number in brackets is somebody's age: "Ana Ruiz (41)"; "in North Tarn (12)" counts by place."""
    low, words = tokens.low, tokens.words
    k = i - 1
    if low[j : j + 1] not in _CLOSED and (low[j : j + 1] == [] or low[j] not in _YEARS_OLD):
        return False
    while k > 0 and i - k < _LONGEST_NAME and (words[k - 1][:1].isupper() or (k > 1 and low[k - 1] == ".")):
        if low[k - 1] == "." and len(words[k - 2]) > _INITIAL:
            break
        k -= 1
    named = [word for word in low[k : i - 1] if word.isalpha()]
    before = low[k - 1] if k else ""
    listed = before in {",", "and"} and k > 1 and low[k - 2] == ")"
    if before in _WHEREABOUTS or (listed and not _aged_before(tokens, k - 2)):
        return False
    person = low[i - 2] in SINGULAR or not SINGULAR.isdisjoint(named)
    return person or (len(named) > 1 and (listed or not "".join(words).isupper()))


def _aged_before(tokens: Tokens, closing: int) -> bool:
    """Say whether the brackets that close at `closing` hold an age too."""
    opening = next((k for k in range(closing - 1, max(closing - 4, 0), -1) if tokens.low[k] == "("), 0)
    return opening > 0 and _aged_person(tokens, opening + 1, opening + 2)


_OLDEST: Final = 110
_CLOSED: Final = ([")"],)
_YEARS_OLD: Final = wordset("years year yrs")
_LONGEST_NAME: Final = 8
_INITIAL: Final = 4
"""Letters of an initial or a short form of a post before its full stop: "T.", "Sgt."."""
_WHEREABOUTS: Final = wordset("in at near from of across around outside by to")


def _qualify(tokens: Tokens, i: int, j: int, value: int, high: int | None, vague: bool) -> Quantity:
    """Read the words before and after the number for what they say of it."""
    low, n = tokens.low, len(tokens.low)
    first, modifier, increment = i, "exact", False
    if low[i].endswith(("+", "-plus")) and low[i][0].isdecimal():
        modifier = "at_least"
    for _ in range(3):
        step, found, more = _prefix(tokens, first)
        if step == first:
            break
        first, increment = step, increment or more
        if found and (modifier == "exact" or found in {"at_least", "more_than"}):
            modifier = found
    if j < n and low[j] in _DASHES and j + 1 < n and low[j + 1] == "plus":
        modifier, j = "at_least", j + 2
    elif j + 1 < n and low[j] == "or" and low[j + 1] in {"more", "so"}:
        modifier, j = ("at_least" if low[j + 1] == "more" else "approximately"), j + 2
    elif low[j - 1].endswith("-odd") or low[j : j + 1] == ["odd"]:
        modifier, j = "approximately", j + (low[j - 1][-4:] != "-odd")
    elif j < n and low[j] == "plus" and j + 1 < n and low[j + 1][0].isalpha():
        modifier, j = "at_least", j + 1
    if high is not None and low[first] != "between" and first and low[first - 1] == "between":
        first -= 1
    bounds = _bounds(value, high, modifier, vague)
    return Quantity(first, j, i, bounds[0], bounds[1], bounds[2], increment)


def _prefix(tokens: Tokens, at: int) -> tuple[int, Modifier | None, bool]:
    """Return where a modifier that ends just before token `at` begins, what it means, and whether it adds."""
    low = tokens.low
    if at == 0:
        return at, None, False
    for phrase, modifier in _BY_LAST.get(low[at - 1], ()):
        start = at - len(phrase)
        if start >= 0 and tuple(low[start:at]) == phrase:
            if start and phrase[0] == "up" and low[start - 1] in _CLIMBED:
                return at, None, False  # "the toll went up to 87" is no ceiling
            if phrase == _OVER and start and low[start - 1] in _GIVEN_OVER:
                return at, None, False  # "handed over 12 captives" is 12 of them
            return start, modifier, False
    for words in _INCREMENTS.get(low[at - 1], ()):
        start = at - len(words)
        if start >= 0 and tuple(low[start:at]) == words:
            return start, None, True
    return at, None, False


_OVER: Final = ("over",)
_GIVEN_OVER: Final = wordset("handed handing hands hand turned turning turns turn")
_CLIMBED: Final = wordset("went gone goes going shot jumped moved crept climbed rose risen")


def _bounds(value: int, high: int | None, modifier: str, vague: bool) -> tuple[int | None, int | None, Modifier]:
    if vague:
        return value, None, "vague"
    if high is not None:
        return value, high, "range"
    if modifier == "at_least":
        return value, None, "at_least"
    if modifier == "more_than":
        return value + 1, None, "more_than"
    if modifier == "up_to":
        return None, value, "up_to"
    if modifier == "fewer_than":
        return None, value - 1, "fewer_than"
    return value, value, ("approximately" if modifier == "approximately" else "exact")
