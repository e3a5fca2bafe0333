"""Find the noun phrases of people that can be counted: "nine gunmen", "two of the dead", "a police officer"."""

from __future__ import annotations

from ..lexis.people import Phrase
from ..lexis.sentences import Tokens
from . import numbered, singles


def phrases(tokens: Tokens, *, caseless: bool = False, headline: bool = False) -> list[Phrase]:
    """Return the countable phrases of one sentence in order, numbers first where two would overlap."""
    taken: set[int] = set()
    kept = numbered.found(tokens, taken, caseless=caseless)
    kept += singles.found(tokens, taken, caseless=caseless, headline=headline)
    kept.sort(key=lambda phrase: phrase.first)
    return kept
