"""Find counts set between dashes or brackets or after a colon: they split up the count before them."""

from __future__ import annotations

from typing import Final

from ..lexis.lexicon import AUXILIARIES, SAY, indexes, wordset
from ..lexis.people import Phrase

_CLOSING: Final = {"-": "-", "--": "--", "—": "—", "–": "–", "(": ")", ":": ".", ";": "."}
OPENING: Final = frozenset(_CLOSING)
_LEADS: Final = wordset("including all both among them mostly mainly namely some of whom")
_LONGEST: Final = 24
_SHORT: Final = 14
"""The most words of an insertion without counts that is read over: "-- aged 19 and 21 --", "(a civilian militia)"."""


def insertions(low: list[str], phrases: list[Phrase], triggers: set[int]) -> list[tuple[int, int, list[Phrase]]]:
    """Return (opening, closing, phrases) of each stretch that holds nothing but counted people, or a few other words.

    `low` are the lower-case words of a sentence, `triggers` the indexes of its outcome words.
    """
    found = []
    for i in indexes(OPENING, low):
        if i == 0:
            continue
        word, closing = low[i], _CLOSING[low[i]]
        end = next((k for k in range(i + 1, min(i + _LONGEST, len(low))) if low[k] == closing), 0)
        if not end and closing != ")" and len(low) - i < _LONGEST:
            end = len(low) - (low[-1] == ".")
        held = [phrase for phrase in phrases if i < phrase.first and phrase.last <= end]
        if held and (len(held) > 1 or word not in {":", ";"}) and _only(low, i + 1, end, held, triggers):
            found.append((i, end, held))
        elif word not in {":", ";"} and end - i < _SHORT and low[end : end + 1] == [closing]:
            telling = any(k in triggers or low[k] in AUXILIARIES or low[k] in SAY for k in range(i, end))
            if not telling and all(phrase.quantity is None or phrase.other for phrase in held):
                found.append((i, end, []))
    return found


def _only(low: list[str], a: int, b: int, held: list[Phrase], triggers: set[int]) -> bool:
    while a < b and low[a] in _LEADS:
        a += 1
    people = all((phrase.people or phrase.partitive) and phrase.outcome is None for phrase in held)
    if not people or held[0].first != a:
        return False
    covered = {k for phrase in held for k in range(phrase.first, phrase.last)}
    free = [k for k in range(a, b) if k not in covered]
    return (
        not triggers.intersection(range(a, b))
        and all(low[k] not in AUXILIARIES and low[k] not in SAY for k in free)
        and len(free) < 4 * len(held) + 2
    )
