"""Several nouns of one kind, which show themselves as a table: few columns, and whole where there is room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self, TypeVar

from ..model import Noun
from . import frames
from .columns import FRAMES

if TYPE_CHECKING:
    import pandas as pd

_Kind = TypeVar("_Kind", bound=Noun)
SHOWN = 40
"""Rows that are shown; `frame()` holds every one."""


class Nouns(tuple[_Kind, ...]):
    """A tuple of nouns like any other; only as text and in notebooks it is a table of what matters most of each."""

    kind: str
    """The frame of the desk they are rows of, so that none of them have its columns, too."""

    def __new__(cls, held: Iterable[_Kind], kind: str) -> Self:
        """Take nouns, or none, as rows of a frame of the desk."""
        made = super().__new__(cls, held)
        made.kind = kind
        return made

    def __getnewargs__(self) -> tuple[tuple[_Kind, ...], str]:
        return tuple(self), self.kind

    def frame(self) -> pd.DataFrame:
        """Return them as a frame, a row each, with every column of their kind."""
        return frames.frame(self.kind, self)

    def _glance(self) -> pd.DataFrame:
        return frames.frame(self.kind, self[:SHOWN])[list(FRAMES[self.kind].glance)]

    def _left(self) -> str:
        return f"{len(self)} in all; .frame() holds every one" if len(self) > SHOWN else f"{len(self)} in all"

    def __repr__(self) -> str:
        return f"{self._glance()!r}\n{self._left()}" if self else "none"

    def _repr_html_(self) -> str:
        return f"{self._glance()._repr_html_()}<p>{self._left()}</p>" if self else "<p>none</p>"  # type: ignore[operator]


def nouns(held: Iterable[_Kind], kind: str) -> Nouns[_Kind]:
    """Return nouns as a tuple that shows itself, as rows of the frame of that name."""
    return Nouns(held, kind)
