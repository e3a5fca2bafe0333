"""The frames a desk holds, documented: what each row and each column is, and in which unit it counts."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..model import OUTCOMES

Unit = Literal[
    "people", "places", "incidents", "claims", "documents", "letters", "degrees", "level", "day", "month", "instant",
    "name", "names", "words", "quotation", "term", "count in words", "yes or no", "link", "id", "ids", "document",
    "document ids",
]  # fmt: skip
"""What a column holds. Of counts it is what is counted; a `term` is one of a fixed list, such as `killed`."""

COUNTED: tuple[Unit, ...] = ("people", "places", "incidents", "claims", "documents")
"""Units of whole things: such columns are nullable integers, `Int64`, and an empty cell is not nought."""
DAYS: tuple[Unit, ...] = ("day", "month")
"""Units whose columns are `datetime64`, local to the place."""
INSTANTS: tuple[Unit, ...] = ("instant",)
"""Units whose columns are `datetime64` in UTC."""


class Column(NamedTuple):
    """One column: its name, what it holds, and what that means."""

    name: str
    unit: Unit
    about: str


class Described(NamedTuple):
    """One frame: what a row of it is, its columns in order, and those shown where there is little room."""

    about: str
    columns: tuple[Column, ...]
    glance: tuple[str, ...]

    def column(self, name: str) -> Column | None:
        """Return a column by its name, or `None`."""
        return next((one for one in self.columns if one.name == name), None)


def _of(about: str, glance: str, *columns: tuple[str, Unit, str]) -> Described:
    return Described(about, tuple(Column(*one) for one in columns), tuple(glance.split()))


_ID: tuple[str, Unit, str] = ("id", "id", "what it is called throughout; the label of its row, too")
_DOCUMENT: tuple[tuple[str, Unit, str], ...] = (
    ("document_id", "document", "the document it stands in"),
    ("publisher", "name", "the outlet that document is of"),
    ("stated", "instant", "when it was published, where the hour is known"),
    ("stated_on", "day", "the day it was published"),
)
_WINDOW: tuple[tuple[str, Unit, str], ...] = (
    ("date_from", "day", "first day it speaks of; empty where it gives no ground"),
    ("date_to", "day", "last day it speaks of"),
)
_SPAN: tuple[tuple[str, Unit, str], ...] = (
    ("quote", "quotation", "the words it was read from"),
    ("sentence", "quotation", "the sentence around them"),
    ("start", "letters", "where the quote begins in the document's text"),
    ("end", "letters", "where it ends there"),
)
_CELL: tuple[tuple[str, Unit, str], ...] = (
    (
        "group",
        "term",
        "state_forces, peacekeepers, armed_group, civilians, unknown where no group is given, or disaster_victims",
    ),
    ("outcome", "term", "killed, injured, missing, abducted, detained or displaced"),
)
_RULE: tuple[str, Unit, str] = ("rule", "term", "the rule that read or made it")

_CLAIM: tuple[tuple[str, Unit, str], ...] = (
    _ID,
    *_DOCUMENT,
    ("claimant", "name", "who says so, in the words of the text; empty where the outlet itself does"),
    ("office", "name", "the post the claimant speaks from"),
    ("claimant_kind", "term", "government, military, police, medical, armed_group, un_ngo, witness, media, other"),
    _CELL[0],
    ("group_text", "name", "those who suffered it, in the words of the text"),
    _CELL[1],
    ("text", "count in words", "the count as it is printed: `9`, `at least 4`, `dozens`"),
    ("low", "people", "at least so many; empty is open"),
    ("high", "people", "at most so many; empty is open"),
    ("modifier", "term", "exact, at_least, more_than, up_to, fewer_than, approximately, range or vague"),
    *_WINDOW,
    ("place", "name", "where, in the words of the text"),
    ("scope", "term", "incident; cumulative, a running total; or background, of an earlier event"),
    *_SPAN,
    ("part_of", "quotation", "the words of the total that it is counted in"),
    ("increment", "yes or no", "whether it counts further people, `12 more`"),
    ("headline", "yes or no", "whether it stands in a headline"),
    _RULE,
    ("corrects", "id", "the claim that a review put this one in the place of"),
    ("merged_into", "id", "the claim that a review says is the same statement"),
)

FRAMES: dict[str, Described] = {
    "documents": _of(
        "A report about the region, in its newest version.",
        "published_on publisher title url",
        _ID,
        ("published", "instant", "when it was published, where the hour is known"),
        ("published_on", "day", "the day it was published, at the place of publication"),
        ("publisher", "name", "the outlet"),
        ("title", "name", "its headline"),
        ("author", "name", "who wrote it"),
        ("url", "link", "where it was found"),
        ("source", "name", "the source of briefings.toml that it came through"),
        ("language", "term", "the language it is in, by its code"),
    ),
    "claims": _of(
        "A statement that a number of people of one group suffered one outcome, of the news or as a running total.",
        "group outcome text date_from date_to place claimant office publisher quote",
        *_CLAIM,
    ),
    "background": _of(
        "The same of earlier events, which a report tells as background; no figure counts it.",
        "group outcome text date_from date_to place claimant publisher quote",
        *_CLAIM,
    ),
    "responsibilities": _of(
        "A statement of who stands behind acts; never a finding.",
        "name standing acts place date_from date_to claimant medium publisher",
        _ID,
        *_DOCUMENT,
        ("group", "name", "the group in the words of the text"),
        ("name", "name", "the group as it is named throughout"),
        ("standing", "term", "claimed, denied, attributed or established"),
        ("claimant", "name", "who says so"),
        ("claimant_kind", "term", "what kind of speaker that is"),
        ("medium", "name", "by which channel: a statement, a broadcast, a call"),
        ("acts", "name", "what is claimed"),
        ("denied", "yes or no", "whether it denies"),
        ("place", "name", "where"),
        ("scope", "term", "incident, cumulative or background"),
        ("claims", "ids", "the counts that hang on it"),
        *_WINDOW,
        *_SPAN,
        _RULE,
    ),
    "actors": _of(
        "Somebody a report says attacked or was attacked.",
        "part name group place date_from date_to claimant publisher",
        _ID,
        *_DOCUMENT,
        ("part", "term", "perpetrator or target"),
        ("name", "name", "who, in the words of the text"),
        _CELL[0],
        ("claimant", "name", "who says so"),
        ("claimant_kind", "term", "what kind of speaker that is"),
        ("place", "name", "where"),
        *_WINDOW,
        ("scope", "term", "incident, cumulative or background"),
        *_SPAN,
        _RULE,
    ),
    "passages": _of(
        "A sentence kept for what it says: what stands still, what led up to it, that attacks were simultaneous.",
        "kind quote date_from claimant publisher",
        _ID,
        *_DOCUMENT,
        ("kind", "term", "simultaneity, background, impact or development"),
        ("claimant", "name", "who says so"),
        ("office", "name", "the post the claimant speaks from"),
        ("place", "name", "where"),
        *_WINDOW,
        ("quote", "quotation", "the words of the document"),
        *_SPAN[2:],
        _RULE,
    ),
    "incidents": _of(
        "A row of a conflict-event table: context, never part of a current figure.",
        "date_start admin1 place actor_a actor_b killed_low killed_best killed_high dataset",
        _ID,
        ("dataset", "name", "the dataset"),
        ("dataset_version", "name", "its version"),
        ("date_start", "day", "first day"),
        ("date_end", "day", "last day"),
        ("country", "name", "the country"),
        ("admin1", "name", "the first-level region: province, state, governorate"),
        ("place", "name", "the place as the dataset names it"),
        ("latitude", "degrees", "north of the equator"),
        ("longitude", "degrees", "east of Greenwich"),
        ("precision", "level", "of the place: 1 exact, 2 its district, 3 a region, 4 a country"),
        ("kind", "name", "the dataset's own kind of violence"),
        ("actor_a", "name", "one side"),
        ("actor_b", "name", "the other side"),
        ("killed_low", "people", "killed by the dataset's lowest estimate, all groups together"),
        ("killed_best", "people", "killed by its best estimate"),
        ("killed_high", "people", "killed by its highest estimate"),
        ("killed_civilians", "people", "civilians among the killed, by its best estimate"),
        ("note", "name", "the dataset's note"),
        ("source", "name", "what the dataset rests on"),
        ("url", "link", "where that was found"),
    ),
    "figures": _of(
        "Claims reconciled for one cell: group, outcome, days, place.",
        "group outcome date_from date_to place text best status voices rule",
        _ID,
        *_CELL,
        ("date_from", "day", "first day it counts"),
        ("date_to", "day", "last day it counts"),
        ("place", "name", "the place it counts, where not the whole region"),
        ("low", "people", "the lowest live claim; empty is not reported"),
        ("low_modifier", "term", "how that number was stated: exact, at_least, more_than …"),
        ("high", "people", "the highest live claim; empty is an open end"),
        ("best", "people", "one number, where a named rule gives one"),
        ("text", "count in words", "the range as it is printed: `11–18`, `at least 4`, `not reported`"),
        ("status", "term", "claimed, corroborated, disputed or not_reported"),
        ("rule", "term", "the rule that decided it; `desk.explain(figure)` says what it means"),
        ("formula", "words", "the terms, where the figure is a sum nobody stated"),
        ("voices", "names", "who gives a number, in the order they weigh"),
        ("claims", "ids", "the claims it rests on"),
        ("flags", "names", "what a reader should know of it"),
        ("looked_at", "claims", "how many of its claims people have reviewed"),
    ),
    "extents": _of(
        "In how many places attacks happened, by each voice's count; never people.",
        "unit date_from date_to text status voices",
        _ID,
        ("unit", "term", "what is counted: districts, towns, villages, places"),
        ("date_from", "day", "first day it counts"),
        ("date_to", "day", "last day it counts"),
        ("low", "places", "the lowest count"),
        ("low_modifier", "term", "how that number was stated"),
        ("high", "places", "the highest count; empty is an open end"),
        ("best", "places", "one number, where a named rule gives one"),
        ("text", "count in words", "the range as it is printed"),
        ("status", "term", "claimed, corroborated, disputed or not_reported"),
        _RULE,
        ("voices", "names", "who gives a number"),
        ("claims", "ids", "the claims it rests on"),
        ("flags", "names", "what a reader should know of it"),
    ),
    "changes": _of(
        "A step of a figure since the issue before, oldest first; `desk.changes(since)` looks from another instant.",
        "at group outcome date_from date_to old new office reason by",
        *_CELL,
        ("date_from", "day", "first day the figure counts"),
        ("date_to", "day", "last day it counts"),
        ("old", "count in words", "what it read before"),
        ("new", "count in words", "what it read then"),
        ("office", "name", "whose word moved it"),
        _RULE,
        ("claim", "id", "the claim that moved it"),
        ("at", "instant", "when"),
        ("reason", "term", "new claim, supersession, correction or re-scope"),
        ("why", "words", "the reviewer's reason, where a review moved it"),
        ("by", "name", "the reviewer"),
    ),
    "relations": _of(
        "How one claim stands to another.",
        "kind subject object why",
        ("kind", "term", "repeats, supersedes, conflicts, subset_of and so on: `subject` <kind> `object`"),
        ("subject", "id", "a claim"),
        ("object", "id", "the claim it stands to"),
        _RULE,
        ("why", "words", "the reason in one sentence"),
    ),
    "reviews": _of(
        "What a person said of a claim, an event or a document.",
        "at by verdict kind subject reason",
        _ID,
        ("verdict", "term", "accept, correct, reject, merge or withdraw"),
        ("kind", "term", "claim, event or document"),
        ("subject", "id", "what was reviewed"),
        ("by", "name", "who"),
        ("at", "instant", "when"),
        ("reason", "words", "why"),
        ("corrections", "words", "what was put right, by field"),
        ("withdraws", "id", "the review this one takes back"),
    ),
    "months": _of(
        "A month of the context tables, up to that of the period.",
        "month incidents killed",
        ("month", "month", "its first day"),
        ("incidents", "incidents", "rows that begin in it"),
        ("killed", "people", "killed in them by best estimate, all groups together; rows without one add nothing"),
    ),
    "events_by_day": _of(
        "An event that touches the period, once for each of its days in it; `desk.events_by_day()`.",
        "day title place claims documents",
        ("day", "day", "the day"),
        ("event", "id", "the event; `desk.events()` holds it whole"),
        ("title", "words", "what happened, in the words of its report"),
        ("place", "name", "where"),
        ("claims", "claims", "counts of people that hang on it"),
        ("documents", "documents", "reports that tell of it"),
        ("document_ids", "document ids", "those reports"),
        ("parent", "id", "the wave of attacks it is one of"),
    ),
    "figures_by_group": _of(
        "A group of people, and what is reported of it for the period; `desk.figures_by_group()`.",
        "group killed injured missing abducted detained displaced",
        _CELL[0],
        *((one, "count in words", f"figure of those {one}") for one in OUTCOMES),
    ),
    "totals_by_group": _of(
        "A group of people, and what is reported of it to date; `desk.figures_by_group(to_date=True)`.",
        "group killed injured missing abducted detained displaced",
        _CELL[0],
        *((one, "count in words", f"figure of those {one}, to date") for one in OUTCOMES),
    ),
    "disputed_claims": _of(
        "What one voice says of a figure on which voices disagree; `desk.disputed_claims()`.",
        "group outcome date_from date_to voice text relation quote publisher",
        ("figure", "id", "the figure in dispute; `desk.explain(figure)` tells all of it"),
        *_CELL,
        ("date_from", "day", "first day the voice speaks of"),
        ("date_to", "day", "last day it speaks of"),
        ("voice", "name", "who"),
        ("text", "count in words", "the count as it is printed"),
        ("low", "people", "at least so many; empty is open"),
        ("high", "people", "at most so many; empty is open"),
        ("relation", "term", "how the word stands to the figure: `current` sets its range"),
        ("claim", "id", "the statement"),
        ("document_id", "document", "the document it stands in"),
        ("publisher", "name", "the outlet that document is of"),
        ("quote", "quotation", "the words it was read from"),
    ),
    "incidents_by_month": _of(
        "A month of the context tables in one first-level region; `desk.incidents_by_month()`.",
        "month admin1 incidents killed_low killed_best killed_high",
        ("month", "month", "its first day"),
        ("admin1", "name", "the first-level region; empty where the dataset gives none"),
        ("incidents", "incidents", "rows that begin in it"),
        ("killed_low", "people", "killed in them by lowest estimates; empty where no row has one"),
        ("killed_best", "people", "killed in them by best estimates"),
        ("killed_high", "people", "killed in them by highest estimates"),
    ),
}  # fmt: skip
"""Every frame a desk gives, by the name `desk.frame(name)` takes."""
