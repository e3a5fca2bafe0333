"""Tells whoever watches a run which step of it begins."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[str, str], None]
"""Told of each step as it begins: its name and one line about it."""


def silent(name: str, about: str) -> None:
    """Say nothing: the listener of a run nobody watches."""
