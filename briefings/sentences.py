"""Cut a report into its headline and sentences, keeping every offset.

A document's text holds its own headline: `with_headline` puts a separately delivered title before the body,
so a claim read from the headline is a span of the text like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_TEXT = 400_000
"""Characters of one document that are read; a report is rarely a hundredth of this."""

_WORDS = re.compile(r"\w+")


def with_headline(title: str, body: str) -> str:
    """Return `body`, led by `title` and an empty line unless it already begins with that title."""
    title = " ".join(title.split())
    if not title:
        return body
    if _WORDS.findall(body[: 4 * len(title) + 40].lower())[: len(_WORDS.findall(title))] == _WORDS.findall(title.lower()):
        return body
    return f"{title}\n\n{body}"
