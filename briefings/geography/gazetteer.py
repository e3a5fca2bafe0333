"""The settlements, first-level regions and countries of the world, by name.

The names lie sorted in one text that is unpacked when the first is asked for, and is sought block by block, so that the
whole world costs little room. `data/world/README.md` says where they come from.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from ..model import Site, unchecked
from . import divisions

_FOLDER: Final = Path(__file__).parents[1] / "data" / "world"
_LETTERS: Final = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
_OTHERS: Final = str.maketrans(
    {"ı": "i", **_LETTERS, **{letter.upper(): plain.upper() for letter, plain in _LETTERS.items() if letter != "ß"}}
)
_MARKS: Final = re.compile(r"['’‘ʻʼʿʾ`´.]")
_GAPS: Final = re.compile(r"[\W_]+")
_CODE: Final = re.compile(rb"\n=([A-Z]{2})\t|(?<=\tr )([A-Z]{2}-[A-Z0-9]{1,3})(?= )")
_IS_CODE: Final = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_ARTICLE: Final = re.compile(r"^(?:al|el|ad|ar|as|ash|an|at|az|adh|ath) (?=\w{3})")


@dataclass(frozen=True, slots=True)
class Name:
    """What a name may mean: the places that bear it, the largest first, and those also called so.

    `common` says it is an ordinary word of English too, `personal` that many people bear it.
    """

    places: tuple[Site, ...] = ()
    others: tuple[Site, ...] = ()
    common: bool = False
    personal: bool = False

    def __bool__(self) -> bool:
        return bool(self.places or self.others)


@dataclass(frozen=True, slots=True)
class Country:
    """A country, the name of its capital, and the codes of its neighbours."""

    site: Site
    capital: str
    neighbours: frozenset[str]


NOWHERE: Final = Name()


def fold(name: str) -> str:
    """Return a name without case, accents, apostrophes and hyphens, so that spellings meet."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return " ".join(name.lower().split())  # most names have no marks
    plain = name.lower() if name.isascii() else unaccented(name.casefold())
    return _GAPS.sub(" ", _MARKS.sub("", plain)).strip()


def unaccented(name: str) -> str:
    """Return a name in plain letters, its case kept."""
    if name.isascii():
        return name
    bare = unicodedata.normalize("NFKD", name)
    return "".join(char for char in bare if not unicodedata.combining(char)).translate(_OTHERS)


@lru_cache(maxsize=16_384)
def look_up(name: str) -> Name:
    """Return what a name may mean; an Arabic article ("al-") may be there or not."""
    key = fold(name)
    found = _read(key)
    if not found and (bare := _ARTICLE.sub("", key)) != key:
        found = _read(bare)
    return found


@cache
def country(code: str) -> Country | None:
    """Return a country by its ISO 3166-1 code of two letters."""
    record = _line(f"={code}".encode()).decode().split("\t")
    if len(record) < 4:
        return None
    return Country(_site(record[1][0], record[1][2:], ""), record[3], frozenset(record[2].split(",")) - {""})


@cache
def codes() -> frozenset[str]:
    """Return the codes of all countries (ISO 3166-1) and regions (ISO 3166-2) there are, former ones among them."""
    return frozenset((found[1] or found[2]).decode() for found in _CODE.finditer(_world())) | divisions.known().keys()


def knows(code: str) -> bool:
    """Say whether a code is one of `codes`, which all of the world need not be read through for."""
    if code in divisions.known():
        return True
    return _IS_CODE.fullmatch(code) is not None and (
        f"\tr {code} ".encode() in _world() if "-" in code else _line(f"={code}".encode()) != b""
    )


@cache
def words() -> frozenset[str]:
    """Return the common words of English, in lower case and without accents."""
    return frozenset(gzip.decompress((_FOLDER / "words.txt.gz").read_bytes()).decode().split())


def load() -> None:
    """Read the places of the world now: for the process that others are forked from."""
    _blocks()


@cache
def _world() -> bytes:
    return gzip.decompress((_FOLDER / "places.txt.gz").read_bytes())


_BLOCK: Final = 2_048
"""Bytes of a block, more or less: as many as are sought through in no time."""


@cache
def _blocks() -> tuple[list[bytes], list[int]]:
    """Return the name each block of the sorted lines begins with, and where the blocks begin, and the last ends."""
    world = _world()
    starts = [0]
    while start := world.find(b"\n", starts[-1] + _BLOCK, -1) + 1:
        starts.append(start)
    return [world[start : world.index(b"\t", start)] for start in starts], [*starts, len(world)]


def _line(key: bytes) -> bytes:
    """Return the records of a folded name, or nothing."""
    world, (names, starts) = _world(), _blocks()
    block = max(bisect_right(names, key) - 1, 0)
    start = starts[block]
    if names[block] != key:
        start = world.find(b"\n%b\t" % key, start, starts[block + 1]) + 1
        if not start:
            return b""
    return world[start + len(key) + 1 : world.index(b"\n", start)]


def _read(key: str) -> Name:
    if not key:
        return NOWHERE
    marks, *records = _line(key.encode()).decode().split("\t")
    if not records:
        return NOWHERE
    own, others = [], []
    for record in records:
        kind, rest = record[0], record[2:]
        if kind == ">":
            ident, _, usual = rest.partition(" ")
            others += [
                _site("s", same[2:], usual)
                for same in _line(usual.encode()).decode().split("\t")
                if same.startswith(f"s {ident} ")
            ]
        else:
            own.append(_site(kind, rest, key))
    return Name(tuple(own), tuple(others), "w" in marks, "p" in marks)


_site_of: Final = unchecked(Site)


def _site(kind: str, record: str, key: str) -> Site:
    if kind == "c":
        code, people, name = record.split(" ", 2)
        return _site_of(id=code, name=name, kind="country", country=code, population=int(people), precision=4)
    if kind == "r":
        code, north, east, name = record.split(" ", 3)
        return _site_of(
            id=code,
            name=name,
            kind="admin1",
            country=code[:2],
            admin1=code,
            latitude=int(north) / 100,
            longitude=int(east) / 100,
            precision=3,
        )
    ident, code, north, east, people, *named = record.split(" ", 5)
    return _site_of(
        id=ident,
        name=named[0] if named else key.title(),
        kind="settlement",
        country=code[:2],
        admin1=code if "-" in code else "",
        latitude=int(north) / 100,
        longitude=int(east) / 100,
        population=int(people),
        precision=1,
    )
