"""The page's own words for columns of the desk's frames: what heads them, and the codes that stand in them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.languages import Language, mark
from ..model import ClaimantKind, Modifier, RelationKind, Scope, Standing, Verdict
from ..page.runs import capital
from ..page.words import GROUPS, OUTCOMES, STATUSES

HEADS = {
    "published": mark("Published"),
    "published_on": mark("Published"),
    "publisher": mark("Outlet"),
    "title": mark("Title"),
    "author": mark("Author"),
    "url": mark("Link"),
    "source": mark("Source"),
    "language": mark("Language"),
    "document_id": mark("Sources"),
    "document_ids": mark("Sources"),
    "documents": mark("Reports"),
    "stated": mark("Stated"),
    "stated_on": mark("Stated"),
    "claimant": mark("Claimant"),
    "claimant_kind": mark("Kind of claimant"),
    "office": mark("Office"),
    "voice": mark("Claimants"),
    "voices": mark("Claimants"),
    "claims": mark("Claims"),
    "group": mark("Group"),
    "group_text": mark("Group, as reported"),
    "outcome": mark("Outcome"),
    "text": mark("Count"),
    "low": mark("Low"),
    "best": mark("Best"),
    "high": mark("High"),
    "modifier": mark("Given as"),
    "low_modifier": mark("Given as"),
    "unit": mark("Unit"),
    "status": mark("Status"),
    "flags": mark("Flags"),
    "rule": mark("Rule"),
    "relation": mark("Relation"),
    "day": mark("When"),
    "month": mark("Month"),
    "date_from": mark("From"),
    "date_to": mark("To"),
    "date_start": mark("When"),
    "date_end": mark("To"),
    "at": mark("At"),
    "place": mark("Where"),
    "admin1": mark("Region"),
    "country": mark("Country"),
    "latitude": mark("Latitude"),
    "longitude": mark("Longitude"),
    "precision": mark("Precision"),
    "scope": mark("Scope"),
    "quote": mark("Quotation"),
    "sentence": mark("Sentence"),
    "part_of": mark("Part of"),
    "increment": mark("Further people"),
    "headline": mark("In a headline"),
    "name": mark("Name"),
    "part": mark("Part"),
    "standing": mark("Standing"),
    "medium": mark("Medium"),
    "acts": mark("Acts"),
    "denied": mark("Denied"),
    "kind": mark("Kind"),
    "dataset": mark("Dataset"),
    "dataset_version": mark("Version"),
    "actor_a": mark("One side"),
    "actor_b": mark("Other side"),
    "incidents": mark("Incidents"),
    "killed_low": mark("Killed, low estimate"),
    "killed_best": mark("Killed"),
    "killed_high": mark("Killed, high estimate"),
    "killed_civilians": mark("Civilians killed"),
    "note": mark("Note"),
    "old": mark("Old"),
    "new": mark("New"),
    "reason": mark("Reason"),
    "why": mark("Why"),
    "by": mark("By"),
    "verdict": mark("Verdict"),
    "corrections": mark("Corrections"),
    "looked_at": mark("Reviewed"),
}
"""What heads a column where an author gives no label, by the name it has in the frames."""

_KINDS: dict[ClaimantKind, str] = {
    "government": mark("Government"),
    "military": mark("Military"),
    "police": mark("Police"),
    "medical": mark("Medical services"),
    "armed_group": mark("Armed group"),
    "un_ngo": mark("UN or aid organisation"),
    "witness": mark("Witness"),
    "media": mark("News outlet"),
    "other": mark("Other"),
}
_SCOPES: dict[Scope, str] = {
    "incident": mark("Incident"),
    "cumulative": mark("Running total"),
    "background": mark("Earlier event"),
}
_MODIFIERS: dict[Modifier, str] = {
    "exact": mark("Exact"),
    "at_least": mark("At least"),
    "more_than": mark("More than"),
    "up_to": mark("Up to"),
    "fewer_than": mark("Fewer than"),
    "approximately": mark("About"),
    "range": mark("Range"),
    "vague": mark("No number"),
}
_STANDINGS: dict[Standing, str] = {
    "claimed": mark("Responsibility claimed"),
    "denied": mark("Responsibility denied"),
    "attributed": mark("Attributed by others"),
    "established": mark("Established"),
}
_RELATIONS: dict[RelationKind, str] = {
    "repeats": mark("Repeats"),
    "supersedes": mark("Replaces"),
    "update_same_side": mark("Newer word of the same side"),
    "overtaken": mark("Overtaken by the other"),
    "subset_of": mark("Part of the other"),
    "contains_window": mark("Covers the other's days"),
    "disjoint": mark("Of other days"),
    "partial_overlap": mark("Days overlap"),
    "conflicts": mark("Conflicts"),
    "different_definition": mark("Counted otherwise"),
    "derived_from": mark("Derived from the other"),
}
_PASSAGES = {
    "simultaneity": mark("Simultaneity"),
    "background": mark("Earlier history"),
    "impact": mark("Operational impact"),
    "development": mark("Development"),
}
_REVIEWED = {"claim": mark("Claim"), "event": mark("Event"), "document": mark("Report")}
_VERDICTS: dict[Verdict, str] = {
    "accept": mark("Accepted"),
    "correct": mark("Corrected"),
    "reject": mark("Rejected"),
    "merge": mark("Merged"),
    "withdraw": mark("Withdrawn"),
}
_REASONS = {
    "new claim": mark("New claim"),
    "supersession": mark("Newer number"),
    "correction": mark("Correction"),
    "re-scope": mark("Other days or places"),
}
_UNITS = {
    "towns": mark("Towns"),
    "villages": mark("Villages"),
    "districts": mark("Districts"),
    "provinces": mark("Provinces"),
    "locations": mark("Places"),
}
_PARTS = {"perpetrator": mark("Perpetrator"), "target": mark("Target")}

CODES: dict[str, Mapping[Any, str]] = {
    "group": GROUPS,
    "outcome": OUTCOMES,
    "status": STATUSES,
    "claimant_kind": _KINDS,
    "scope": _SCOPES,
    "modifier": _MODIFIERS,
    "low_modifier": _MODIFIERS,
    "standing": _STANDINGS,
    "kind": {**_PASSAGES, **_RELATIONS, **_REVIEWED},
    "verdict": _VERDICTS,
    "reason": _REASONS,
    "unit": _UNITS,
    "part": _PARTS,
}
"""The words for the codes of a column, by its name; of rules and relations of voices the glossary tells."""


def head(column: str, language: Language) -> str:
    """Return what heads a column: by its name in the frames, by the code it is one of, else its name in words."""
    for field in ("outcome", "group"):  # a table turned on its side has them for heads
        if told := coded(field, column, language):
            return capital(told)
    return language.text(HEADS.get(column) or str(column).replace("_", " ").capitalize())


def coded(column: str, value: str, language: Language) -> str:
    """Return the page's words for a code of the field in a column of that name, `armed_group`, or nothing."""
    words = CODES.get(column, {}).get(value)
    return language.text(words) if words else ""
