"""Several nouns of one kind, which show themselves as a table: few columns, and whole where there is room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from . import frames
from .columns import FRAMES
from .model import Actor, Change, Claim, Document, Figure, Incident, Noun, Passage, Responsibility, Review
from .sections import Bar

if TYPE_CHECKING:
    import pandas as pd

_Kind = TypeVar("_Kind", bound=Noun)
_FRAMES: dict[type[Noun], str] = {
    Document: "documents",
    Claim: "claims",
    Responsibility: "responsibilities",
    Actor: "actors",
    Passage: "passages",
    Incident: "incidents",
    Figure: "figures",
    Change: "changes",
    Review: "reviews",
    Bar: "months",
}
SHOWN = 40
"""Rows that are shown; `frame()` holds every one."""


class Nouns(tuple[_Kind, ...]):
    """A tuple of nouns like any other; only as text and in notebooks it is a table of what matters most of each."""

    __slots__ = ()

    def frame(self) -> pd.DataFrame:
        """Return them as a frame, a row each, with every column of their kind."""
        return frames.frame(self._name(), self)

    def _name(self) -> str:
        first = self[0]
        return "extents" if isinstance(first, Figure) and first.unit else _FRAMES[type(first)]

    def _glance(self) -> pd.DataFrame:
        name = self._name()
        return frames.frame(name, self[:SHOWN])[list(FRAMES[name].glance)]

    def _left(self) -> str:
        return f"{len(self)} in all; .frame() holds every one" if len(self) > SHOWN else f"{len(self)} in all"

    def __repr__(self) -> str:
        return f"{self._glance()!r}\n{self._left()}" if self else "none"

    def _repr_html_(self) -> str:
        return f"{self._glance()._repr_html_()}<p>{self._left()}</p>" if self else "<p>none</p>"  # type: ignore[operator]


def nouns(held: Iterable[_Kind]) -> Nouns[_Kind]:
    """Return nouns as a tuple that shows itself."""
    return Nouns(held)
