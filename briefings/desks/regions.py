"""Says whether a statement belongs to a watch area: by the place it names, else by what its document is about.

A place is ours if the workspace lists it, or if it means a place on earth that lies in the region's country and
first-level region: a workspace that gives these two need not list every town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..core.layers import near
from ..core.settings import Region
from ..errors import ConfigError
from ..geography import divisions, gazetteer
from ..geography.sites import Countries, is_land, sites_of
from ..model import Claim, Document, Finding, Site
from ..storage.traces import fold, of_names

_GENERIC = re.compile(
    r"\b(?:the|province|provincial|district|division|region|city|town|village|state|county|governorate|area|capital|of|"
    r"north|south|east|west|northern|southern|eastern|western|central|"
    r"(?:north|south)(?:-|\s)?(?:east|west)(?:ern)?)\b"
)
_DATELINE = re.compile(
    r"^[^\W\d_a-z][A-Z'’ .-]{2,40}(?:,[^\n:—–-]{1,40})?(?:\([^)\n]{1,30}\)\s?)?\s*(?::|—|–|--?\s)", re.MULTILINE
)
"""Where a report was written, before its first words: `KARACHI:`, `DAKAR, May 3 (Wire) -`."""
_REGIONS_TOGETHER = re.compile(
    r"\b(?:in|across|throughout|from|of)\s+(?:both|all|the|those|these)\s+(?:two|three|four|five|six|seven|eight|\d+\s+)?\s*"
    r"(?:affected\s+|coastal\s+|neighbou?ring\s+)?(?:provinces|states|regions|departments|governorates)\b",
    re.IGNORECASE,
)
"""What a count of several regions is of: "in the two provinces"."""
MOST_NAMED = 5
"""Reports that are named one by one where they name no place of a region."""
_SEPARATOR = re.compile(r"\s*(?:,|;|/|\(|\)|\band\b)\s*")


def bare(place: str) -> str:
    """Return a place's own name: `southwestern Balochistan province` is `balochistan`."""
    return " ".join(_GENERIC.sub(" ", fold(place)).split())


def refuse_unknown_codes(regions: Iterable[Region], said_in: Mapping[str, str]) -> None:
    """Refuse a region whose `iso` is no code of a country or of a region of one: it would watch no place on earth.

    `said_in` tells where each setting was made, by its dotted key. Errors: ConfigError `UNKNOWN_ISO`.
    """
    for one in regions:
        if one.iso and not gazetteer.knows(one.iso):
            key = f"regions.{one.id}.iso"
            raise ConfigError(
                f"{key}: the gazetteer knows no code {one.iso!r}{near(one.iso, _likely(one))}",
                where=said_in.get(key),
                fix="give the ISO 3166-2 code of the region or the two letters of the country; or leave iso out, and "
                "name the country and the places",
                code="UNKNOWN_ISO",
            )


def _likely(region: Region) -> Iterable[str]:
    """Return the codes that may have been meant: that of a region so named, else those of the country, else all."""
    state = region.iso[:2].upper()
    named = [site for name in (region.name, *region.names) for site in gazetteer.look_up(name).places]
    same = [site.admin1 for site in named if site.kind == "admin1" and site.country == state]
    inside = [code for code in sorted(gazetteer.codes()) if code[:2] == state]
    return same or inside or sorted(gazetteer.codes())


def is_known(region: Region) -> bool:
    """Say whether the gazetteer knows a region, so that reports that name a town in it are known to be of it."""
    watch = Watch(region)
    return bool(watch.codes or watch.national)


def remark_unknown(region: Region, missed: Sequence[Document], *, used: int | None = None) -> Finding:
    """Say of a region the gazetteer does not know how its reports are found, and what finds more.

    `missed` are the reports at hand that name no place of it, `used` how many do, where that is known.
    """
    listed = "it or a place listed for it" if region.places else "it, and no place is listed for it"
    named, told = missed, _named(missed)
    every = f"{len(named)}" if used is None else f"{len(named)} of {len(named) + used}"
    without = f"; {every} documents name no place of it and are in no brief of it: {told}" if named else ""
    return Finding(
        level="warn",
        code="REGION_UNKNOWN",
        message=f"{region.name} is no province or country of the gazetteer, so that reports are found only if they "
        f"name {listed}{without}; write the names of its provinces into `names`, those of its towns into `places`, of "
        f"[regions.{region.id}], or give its `iso`",
        where=f"regions.{region.id}",
    )


def remark_elsewhere(region: Region, found: Sequence[Document]) -> Finding:
    """Say which reports name a region or a place of it but count people only in other places, so in no figure."""
    return Finding(
        level="note",
        code="COUNTED_ELSEWHERE",
        message=f"{len(found)} of the documents at hand name {region.name} or a place of it, count people in other "
        f"places alone, and enter no figure: {_named(found)}",
        where=f"regions.{region.id}",
    )


def _named(documents: Sequence[Document]) -> str:
    """Return the files or titles of a few documents, the others counted."""
    named = [one.file or f"“{one.title or one.text[:40]}”" for one in documents]
    rest = len(named) - MOST_NAMED
    return ", ".join([*named[:MOST_NAMED], *([f"{rest} more"] if rest > 0 else [])])


@dataclass(frozen=True)
class Watch:
    """One region among the others of the workspace, ready to be asked about many statements."""

    region: Region
    others: tuple[Region, ...] = ()
    _about: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)
    _sites: dict[str, dict[str, tuple[Site, ...]]] = field(default_factory=dict, repr=False, compare=False)

    def hear(self, claims: Iterable[Claim]) -> None:
        """Take note of the places on earth that claims of documents name, so that all they say is judged by them."""
        for claim in claims:
            if claim.place and claim.sites:
                self._sites.setdefault(claim.document_id, {})[claim.place] = claim.sites

    @cached_property
    def ours(self) -> frozenset[str]:
        """Return the region's names and places, folded."""
        return _names((self.region,))

    @cached_property
    def titles(self) -> frozenset[str]:
        """Return what the region itself is called, folded, with and without its words of kind."""
        return frozenset(
            form for name in (self.region.name, *self.region.names) for form in (fold(name), bare(name)) if form
        )

    @cached_property
    def listed(self) -> frozenset[str]:
        """Return the places the workspace lists for the region, folded, with and without their words of kind."""
        return frozenset(form for name in self.region.places for form in (fold(name), bare(name)) if form)

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Return the names and places of the other regions, less those that are ours, folded."""
        return _names(self.others) - self.ours

    @cached_property
    def terms(self) -> frozenset[frozenset[str]]:
        """Return what finds every report of which anything may be the region's."""
        return of_names(self.ours, {self.country} if self.country and self.national else self.codes)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self.ours | self.elsewhere, key=lambda name: (-len(name), name))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")

    def named(self, text: str) -> tuple[str, ...]:
        """Return the known names in a text, in order; the longest name at a spot counts."""
        return tuple(match.group() for match in self._pattern.finditer(fold(text)))

    @cached_property
    def country(self) -> str:
        """Return the region's country by its ISO code of two letters, or nothing where it is not said."""
        given = self.region.iso.partition("-")[0] or self.region.country
        if len(given) == 2 and given.isupper():
            return given
        found = [site for site in gazetteer.look_up(given).places if site.kind == "country"] if given else []
        return found[0].country if len(found) == 1 else ""

    @cached_property
    def codes(self) -> frozenset[str]:
        """Return the ISO 3166-2 codes that places of the region bear: as given, and as the gazetteer has it."""
        return self.own | {held for code in self.own for held in divisions.held(code)}

    @cached_property
    def drawn(self) -> frozenset[str]:
        """Return the codes of the outlines that the region is drawn by."""
        return frozenset(unit for code in self.own for unit in divisions.drawn(code))

    @cached_property
    def outlined(self) -> bool:
        """Say whether those outlines are the region's own; if not, they are of what it was a part of."""
        return all(map(divisions.is_exact, self.own))

    @cached_property
    def own(self) -> frozenset[str]:
        """Return the region's own codes: that given, and that which the gazetteer has for its names.

        A name that the land it was a part of bears, too, means the code that is given.
        """
        if not self.country:
            return frozenset()
        countries = Countries()
        countries.named[self.country] = 1
        found = {
            site.admin1
            for name in (self.region.name, *self.region.names)
            for site in sites_of(f"{name} province", countries)
            if site.country == self.country and site.kind == "admin1"
        }
        if "-" not in self.region.iso:
            return frozenset(found)
        return frozenset((found - divisions.drawn(self.region.iso)) | {self.region.iso})

    def holds(self, site: Site) -> bool | None:
        """Say whether a place on earth lies in the region; `None` where it is too large or too little is known."""
        if not self.country:
            return None
        if site.country != self.country:
            return False
        if self.national:
            return True
        if not site.admin1 or site.admin1 in self.codes:
            return True if site.admin1 else None
        if site.admin1 in self.drawn:
            return None  # in the land the region was a part of, and nobody says in which part
        return False if self._charted else None

    @cached_property
    def national(self) -> bool:
        """Say whether the region is a whole country."""
        if self.region.iso:
            return self.region.iso == self.country
        return any(site.id == self.country for site in gazetteer.look_up(self.region.name).places)

    @cached_property
    def _charted(self) -> bool:
        """Say whether the gazetteer knows the region by one code, so that other codes are elsewhere."""
        if len(self.own) != 1:
            return False
        return any(code in divisions.known() and divisions.known()[code].holds for code in self.own) or any(
            site.admin1 in self.codes
            for name in (self.region.name, *self.region.names)
            for site in gazetteer.look_up(name).places
        )

    def may_hold(self, admin1: str) -> bool:
        """Say whether incidents of a first-level region, or of none that is named, may be the region's."""
        return not admin1 or bare(admin1) in self.ours

    def about(self, document: Document) -> bool:
        """Say whether a document is about the region: the first place it names, of those known, is ours.

        Where it was written counts only if it names no other. Where it names none that is known, the places on earth
        of its claims decide.
        """
        if document.id not in self._about:
            first = next(iter(self.named(_told(document)) or self.named(f"{document.title}\n{document.text}")), None)
            sites = [site for found in self._sites.get(document.id, {}).values() for site in found]
            lies = next((held for site in sites if (held := self.holds(site)) is not None), False)
            self._about[document.id] = first in self.ours if first else lies
        return self._about[document.id]

    def belongs(self, document: Document, sentence: str, place: str | None = None) -> bool:
        """Say whether a statement is the region's.

        Its own place decides: by a name we know, unless it lies in another country for certain, else by where on
        earth it is; then the places its sentence names; then what its document is about. A joint name is ours
        only if every part is, so `Sistan and Baluchistan` is not. A place that only says where the report was written
        decides nothing where the report names the region.
        """
        if place and _wrote_from(document, place) and self.about(document):
            return True
        if place:
            sites = self._sites.get(document.id, {}).get(place, ())
            if sites and self.country and all(self._surely_elsewhere(site, place) for site in sites):
                return False
            parts = [bare(part) for part in _SEPARATOR.split(fold(place))]
            known = [part in self.ours for part in parts if part in self.ours or part in self.elsewhere]
            joint = re.search(r"\band\b", fold(place)) is not None
            if known:
                return all(known) and len(known) == len([part for part in parts if part]) if joint else any(known)
            lies = [held for site in sites if (held := self.holds(site)) is not None]
            if lies:
                return any(lies)
        else:
            inside = self.named(sentence)
            if inside:
                return any(name in self.ours for name in inside)
        return self.about(document)

    def counts(self, document: Document, claim: Claim) -> bool:
        """Say whether a count is the region's own: of people there, and of none elsewhere with them.

        A total of two provinces is no number of either.
        """
        return self.belongs(document, claim.sentence, claim.place) and not self._reaches_beyond(claim)

    def shares(self, document: Document, claim: Claim) -> bool:
        """Say whether a count is of people here and elsewhere together: no number of the region, and yet about it."""
        named = any(bare(part) in self.ours for part in (claim.place or "").split(";"))
        return self._reaches_beyond(claim) and (named or self.belongs(document, claim.sentence, claim.place))

    def _reaches_beyond(self, claim: Claim) -> bool:
        """Say whether a count is of several places of which one lies elsewhere, or of several regions together."""
        if not claim.place or ";" not in claim.place:
            several = not claim.place and _REGIONS_TOGETHER.search(claim.sentence) is not None
            return several and not self.national and len(self.own) == 1
        parts = [bare(part.partition(",")[0]) for part in claim.place.split(";")]
        if any(part in self.elsewhere for part in parts):
            return True
        return any(self.holds(site) is False and bare(site.name) not in self.ours for site in claim.sites)

    def _surely_elsewhere(self, site: Site, place: str) -> bool:
        """Say whether a place lies in another country, or is another region of ours that is called one."""
        if site.country != self.country:
            return True
        return site.kind == "admin1" and is_land(place) and self.holds(site) is False


def _wrote_from(document: Document, place: str) -> bool:
    """Say whether a report names the place as where it was written, and nowhere else.

    Where several names lead a paragraph each, they say what the paragraphs are about.
    """
    leads = _DATELINE.findall(document.text.removeprefix(document.title))
    name = fold(place.partition(",")[0])
    return len(leads) == 1 and name in fold(leads[0]) and name not in fold(_told(document))


def _told(document: Document) -> str:
    """Return title and text without where the report was written."""
    return _DATELINE.sub("", f"{document.title}\n{document.text}")


def _names(regions: Iterable[Region]) -> frozenset[str]:
    names = [name for region in regions for name in (region.name, *region.names, *region.places)]
    return frozenset(form for name in names for form in (fold(name), bare(name)) if form)
