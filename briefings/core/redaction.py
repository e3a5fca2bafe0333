"""Strikes secrets out of whatever is told: every one this process has looked up, in the spellings it may turn up in."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote, unquote

SECRET = "[secret]"  # noqa: S105 -- what stands in place of one

_IN_ADDRESS = re.compile(r"://[^/@\s]*?:([^/@\s]+)@")
_SHORTEST = 4
"""Letters below which a secret is not looked for: it would be found in half the words there are."""

_known: set[str] = set()
"""Every spelling of every secret this process has looked up."""


def remember(secret: str) -> None:
    """Have `redacted` know a secret, and the password within an address that has one."""
    for one in {secret, secret.strip(), *(unquote(found) for found in _IN_ADDRESS.findall(secret))}:
        if len(one) >= _SHORTEST:
            encoded = base64.b64encode(one.encode()).decode()
            _known.update({one, quote(one, safe=""), repr(one)[1:-1], encoded.rstrip("=")})


def redacted(text: str) -> str:
    """Return a text with every secret that `remember` was told of struck out."""
    for one in sorted(_known, key=len, reverse=True):
        text = text.replace(one, SECRET)
    return text
