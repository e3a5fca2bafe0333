"""Says whether a statement belongs to a watch area: by the place it names, else by what its document is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from .config import Region
from .model import Document

_GENERIC = re.compile(
    r"\b(?:the|province|provincial|district|division|region|city|town|village|state|county|governorate|area|capital|of|"
    r"north|south|east|west|northern|southern|eastern|western|central|"
    r"(?:north|south)(?:-|\s)?(?:east|west)(?:ern)?)\b"
)
_SEPARATOR = re.compile(r"\s*(?:,|;|/|\(|\)|\band\b)\s*")


def fold(text: str) -> str:
    """Return the text without accents, case and punctuation, so that spellings can be compared."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w\s,;/()]+", " ", plain.casefold()).split())


def bare(place: str) -> str:
    """Return a place's own name: `southwestern Balochistan province` is `balochistan`."""
    return " ".join(_GENERIC.sub(" ", fold(place)).split())


@dataclass(frozen=True)
class Watch:
    """One region among the others of the workspace, ready to be asked about many statements."""

    region: Region
    others: tuple[Region, ...] = ()
    _about: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def ours(self) -> frozenset[str]:
        """Return the region's names and places, folded."""
        return _names((self.region,))

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Return the names and places of the other regions, less those that are ours, folded."""
        return _names(self.others) - self.ours

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self.ours | self.elsewhere, key=lambda name: (-len(name), name))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")

    def named(self, text: str) -> tuple[str, ...]:
        """Return the known names in a text, in order; the longest name at a spot counts."""
        return tuple(match.group() for match in self._pattern.finditer(fold(text)))

    def about(self, document: Document) -> bool:
        """Say whether a document is about the region: the first place it names, of those known, is ours."""
        if document.id not in self._about:
            first = next(iter(self.named(f"{document.title}\n{document.text}")), None)
            self._about[document.id] = first in self.ours
        return self._about[document.id]

    def belongs(self, document: Document, sentence: str, place: str | None = None) -> bool:
        """Say whether a statement is the region's.

        Its own place decides where it names one we know; then the places its sentence names; then what its
        document is about. A joint name is ours only if every part is, so `Sistan and Baluchistan` is not.
        """
        if place:
            parts = [bare(part) for part in _SEPARATOR.split(fold(place))]
            known = [part in self.ours for part in parts if part in self.ours or part in self.elsewhere]
            joint = re.search(r"\band\b", fold(place)) is not None
            if known:
                return all(known) and len(known) == len([part for part in parts if part]) if joint else any(known)
        else:
            inside = self.named(sentence)
            if inside:
                return any(name in self.ours for name in inside)
        return self.about(document)


def _names(regions: Iterable[Region]) -> frozenset[str]:
    names = [name for region in regions for name in (region.name, *region.names, *region.places)]
    return frozenset(form for name in names for form in (fold(name), bare(name)) if form)
