"""Hear which names a report says are an armed group's: "the Hill Army, a rebel group", "the rebels of Al-Qawm"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..lexis.bodies import kind_of
from ..lexis.lexicon import ARMED, COUNTRIES, DETERMINERS, STOPS, Sought, is_demonym, wordset
from ..lexis.quantities import TENS, UNITS
from ..lexis.sentences import Tokens, text_of

_LAST: Final = r"(?:Army|Forces?|Guards?|Command|Corps|Brigades?|Battalions?)"
_WORDS: Final = ("Army", "Force", "Guard", "Command", "Corps", "Brigade", "Battalion")
_FORCE: Final = re.compile(rf"\b{_LAST}\b")
_NAME: Final = (
    r"(?P<name>(?:(?!(?:The|A|An|In|On|And|But|After)\b)[A-Z][\w'’-]*[ ])"
    rf"(?:[A-Z][\w'’-]*[ ]|of[ ](?:the[ ])?){{0,4}}?{_LAST})\b(?:[ ]\([A-Z][\w-]{{1,7}}\))?"
)
_FIGHTERS: Final = r"(?i:fighters?|rebels?|militants?|insurgents?|guerrillas?|separatists?|jihadists?|gunmen)"
_PLURAL: Final = r"(?:fighters|rebels|militants|insurgents|guerrillas|separatists|jihadists)"
_KIND: Final = (
    r"(?i:armed|rebel|militant|insurgent|separatist|secessionist|guerrilla|jihadist|islamist|extremist|outlawed|banned|"
    r"insurgency|breakaway)"
)
_BODY: Final = r"(?:group|army|force|outfit|organi[sz]ation|movement|faction|coalition|militia|alliance)"
_TOLD: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME},?[ ](?:which[ ]is[ ])?(?:an?|another|the|one[ ]of[ ]the|the[ ]\w+est)[ ]"
        rf"(?:[\w-]+[ ]){{0,3}}?(?:{_KIND}[ ](?:[\w-]+[ ])?{_BODY}|militia)",
        rf"{_NAME}(?:['’]s?)?[ ](?:\w+[ ])?{_FIGHTERS}\b",
        rf"\b{_KIND}[ ](?:[\w-]+[ ])?(?:{_BODY}[ ])?(?:the[ ])?{_NAME}",
        rf"\b{_FIGHTERS}[ ](?:of|from|belonging[ ]to|loyal[ ]to)[ ](?:the[ ])?{_NAME}",
        rf"{_NAME}[ ](?:said|says|claimed|claims)[ ](?:[\w-]+[ ]){{0,6}}?its[ ]{_FIGHTERS}\b",
    )
)
_NEAR: Final = 160
"""Characters on either side of such a name in which it may be said what it is."""
_MOST: Final = 40
"""Such names of a report that are looked at: a bound on what hostile text can cost."""
_OF_STATES: Final = wordset(
    """national royal federal regular armed defence defense united arab republican territorial people's people’s
    presidential border coast security special air state police military joint"""
)


def armed_forces(text: str) -> Iterator[str]:
    """Give the names of armies, guards and corps that a text says are armed groups; never a state's own."""
    if not any(word in text for word in _WORDS):
        return
    for k, found in enumerate(_FORCE.finditer(text)):
        if k == _MOST:
            return
        start = text.rfind("\n", max(0, found.start() - _NEAR), found.start()) + 1 or max(0, found.start() - _NEAR)
        passage = text[start : found.end() + _NEAR].partition("\n")[0]
        for pattern in _TOLD:
            for told in pattern.finditer(passage):
                if not of_a_state(told["name"]):
                    yield told["name"]


INTRODUCING: Final = Sought(
    """armed rebel militant insurgent separatist secessionist guerrilla jihadist islamist extremist outlawed insurgency
    militia militias faction outfit group movement fighters rebels militants insurgents guerrillas separatists"""
)
"""Words one of which stands in every sentence that says of a name what it is."""
_ANY: Final = (
    r"(?P<name>(?!(?:The|A|An|In|On|And|But|After)\b)[A-Z][\w'’-]*(?:[ ](?:of[ ](?:the[ ])?)?[A-Z][\w'’-]*){0,4})"
)
_SIGN: Final = r"(?:[ ]\([A-Z][\w-]{1,7}\))?"
_SAID_TO_BE: Final = tuple(
    (pieces, re.compile(pattern))
    for pieces, pattern in (
        (
            (", a", ", the ", ", one ", ", which "),
            rf"{_ANY}{_SIGN},[ ](?:which[ ]is[ ])?(?:an?|another|the|one[ ]of[ ]the)[ ]"
            rf"(?:[\w-]+[ ]){{0,3}}?(?:{_KIND}[ ](?:[\w-]+[ ])?{_BODY}|militia)\b",
        ),
        (
            ("a ", "an ", "the "),
            rf"\b(?:an?|the)[ ](?:[\w-]+[ ])?{_KIND}[ ]{_BODY}[ ](?:called[ ]|known[ ]as[ ]|named[ ])?(?:the[ ])?"
            rf"{_ANY}",
        ),
        ((" ",), rf"{_ANY}{_SIGN}[ ](?:{_KIND}[ ]{_BODY}|militia)\b"),
        ((") ",), rf"{_ANY}[ ]\([A-Z][A-Z-]{{2,7}}\)[ ]{_FIGHTERS}\b"),
        (("its ",), rf"^(?:The[ ])?{_ANY}{_SIGN}[ ](?:said|says|claimed)\b[^.;]{{0,90}}?\bits[ ]{_PLURAL}\b"),
        (
            (" it ", " they "),
            rf"{_ANY}[ ](?:group|movement|faction|outfit)[ ](?:said|says|claimed)[ ](?:that[ ])?(?:it|they)[ ]"
            rf"(?:had[ ])?(?:killed|ambushed|attacked|shot|captured|abducted)\b",
        ),
    )
)
"""Each way to say of a name what it is, with pieces of text one of which every sentence that says it so holds."""


def _introduces(tokens: Tokens) -> bool:
    """Say whether words stand together that may say of a name what it is: a look at most sentences is enough."""
    low = tokens.low
    for k in tokens.found.get(INTRODUCING, ()):
        after = low[k + 1 : k + 3]
        if low[k] == "militia" or not _BODIES.isdisjoint(after) or (k and low[k - 1] == ")"):
            return True
        if k and low[k - 1] == "its" and low[k].endswith("s"):
            return True
        if low[k] in _BODIES and not _CLAIMING.isdisjoint(after[:1]):
            return True
    return False


_BODIES: Final = wordset(
    "group army force outfit organisation organization movement faction coalition militia alliance"
)
_CLAIMING: Final = frozenset({"said", "says", "claimed"})


def armed_group(tokens: Tokens, sentence: str) -> tuple[str, ...]:
    """Return the name that a sentence says is an armed group's, and the letters it goes by, if it gives them."""
    if not _introduces(tokens):
        return ()
    for pieces, pattern in _SAID_TO_BE:
        if not any(map(sentence.__contains__, pieces)):
            continue
        told = pattern.search(sentence)
        known = told is not None and (of_a_state(told["name"]) or told["name"].lower() in COUNTRIES)
        if told is not None and not known and _NO_GROUP.isdisjoint(told["name"].lower().split()):
            letters = _LETTERS.match(sentence, told.end("name"))
            return (told["name"], letters[1]) if letters else (told["name"],)
    return ()


_LETTERS: Final = re.compile(r" \(([A-Z][A-Z-]{2,7})\)")


_NO_GROUP: Final = wordset(
    """army police ministry government president minister governor mayor general colonel captain monday tuesday
    wednesday thursday friday saturday sunday he she they it members fighters residents officials"""
)


def band(tokens: Tokens) -> str:
    """Return the armed group a sentence tells of last: whose fighters, "Salt Front rebels", or whom somebody accuses.

    Fighters of no body are a group by themselves, "Tarnian rebels"; nothing where no name tells whose they are.
    """
    low = tokens.low
    for i in reversed(tokens.found.get(FIGHTERS, ())):
        a = i + 1
        while a < min(i + _OFF, len(low)) and low[a] in _LEADING_ON:
            a += 1
        b = _after(tokens, a)
        if (a > i + 1 or low[i] in _ACCUSING) and any(_is_body(tokens, k) for k in range(a, b)):
            if kind_of(low[a:b], tokens.words[a:b]) in _OPEN:
                return text_of(tokens, a, b)
        elif low[i] not in _ACCUSING and (a := _before(tokens, i)) < i:
            return text_of(tokens, a, i if _is_body(tokens, i - 1) else i + 1)
    return ""


def _after(tokens: Tokens, a: int) -> int:
    """Return the end of the name that begins at a token; the token itself where none does."""
    k = a
    while k < len(tokens) and _part_of_name(tokens, k):
        k += 1
    return k


def _before(tokens: Tokens, b: int) -> int:
    """Return the beginning of the name that ends before a token; the token itself where none does."""
    k = b
    while k > 0 and _part_of_name(tokens, k - 1):
        k -= 1
    return k


def _part_of_name(tokens: Tokens, k: int) -> bool:
    """Say whether a token is of a name: one written large, or the number of "M23"."""
    if tokens.low[k].isdecimal():
        return k > 0 and tokens.starts[k] == tokens.ends[k - 1] and tokens.words[k - 1].isupper()
    named = tokens.words[k][:1].isupper() or tokens.words[k][:3] in _ARTICLES
    return named and tokens.low[k] not in _NO_PART


def _is_body(tokens: Tokens, k: int) -> bool:
    """Say whether a name's last word is a body's: "Front", letters, or of several parts as "Mai-Mai"."""
    return tokens.low[k] in _BODIES_END or not tokens.words[k][1:].islower()


_ACCUSING: Final = frozenset({"accused", "accuses", "blamed", "blames"})
FIGHTERS: Final = Sought({word for word in ARMED if word.endswith(("s", "men"))} | _ACCUSING | {"militia"})
"""Words beside which a sentence may name the armed group it tells of."""
_ARTICLES: Final = ("al-", "el-")
_OFF: Final = 8
_LEADING_ON: Final = wordset(
    """the of from called known as belonging to loyal believed thought said suspected reported belong be members come
    fighters"""
) | {","}
_OPEN: Final = frozenset({None, "armed_group", "other"})
_NO_PART: Final = (
    STOPS | DETERMINERS | UNITS.keys() | TENS.keys() | wordset("suspected alleged armed islamist both heavily masked")
)
_BODIES_END: Final = _BODIES | wordset("front brigade brigades party union council resistance command network cartel")


def of_a_state(name: str) -> bool:
    """Say whether the name of a force is made of nothing but a state's and the words states call their forces by."""
    *words, _last = name.split()
    return all(word.lower() in COUNTRIES or word.lower() in _OF_STATES or is_demonym(word) for word in words)
