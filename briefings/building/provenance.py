"""Says what a value of a frame rests on: it is placed by reference if it is the desk's own of that row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..core.languages import Language, mark
from ..desks.columns import FRAMES, Column
from ..desks.desk import Desk
from ..desks.evidence import dataset_name, documents_of, words_of
from ..desks.frames import ORIGIN
from ..desks.whose import in_cell
from ..desks.wording import names_listed
from ..model import Claim, Figure, Incident
from ..page.runs import cite, quoted
from ..proof.numerals import numerals
from ..reconciling.phrasing import phrase_claim
from ..sections import ClaimRef, Computed, Datum, Day, FigureRef, Moment, Name, Run, Runs, Text
from .column_words import coded
from .refusals import Refused

if TYPE_CHECKING:
    import pandas as pd

DASH: Runs = (Text(text="—"),)
YES, NO = mark("yes"), mark("no")
_MOST_NAMES = 3
_DIGEST = re.compile(r"[0-9a-f]{16,}")
_WITH_ID = tuple(name for name, known in FRAMES.items() if known.column("id"))

ADDED: dict[tuple[str, str], str] = {
    ("months", "incidents"): "rows of the context tables that begin in the month, counted",
    ("months", "killed"): "their best estimates, added",
    ("incidents_by_month", "incidents"): "rows of the context tables that begin in the month, counted",
    ("incidents_by_month", "killed_low"): "their lowest estimates, added",
    ("incidents_by_month", "killed_best"): "their best estimates, added",
    ("incidents_by_month", "killed_high"): "their highest estimates, added",
    ("events_by_day", "claims"): "the claims read of the event, counted",
    ("events_by_day", "documents"): "the reports that tell of the event, counted",
    ("figures", "looked_at"): "the claims behind the figure that people reviewed, counted",
}
"""How a desk works out what no source states, by frame and column."""
OVER_INCIDENTS = ("months", "incidents_by_month")
"""Frames whose every number was worked out of the context tables."""


class Provenance:
    """The cells of a desk's frames, each with what it rests on; frames are made once, when first asked for."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._frames: dict[str, pd.DataFrame] = {}
        self._rows: dict[str, dict[Hashable, dict[Any, Any]]] = {}
        self._figures = {one.id: one for one in (*desk.all_figures(), *desk.extents())}
        self._incidents: dict[Hashable, Incident] = {}
        self._labels: dict[str, Hashable] = {}

    def frame(self, name: str) -> pd.DataFrame:
        """Return the desk's own frame of that name. Errors: UsageError for a name that is none."""
        if name not in self._frames:
            self._frames[name] = self.desk.frame(name)
            self._rows[name] = self._frames[name].to_dict("index")  # a cell of a frame is a hundred times slower to ask
            if name == "incidents":
                self._incidents = dict(zip(self._frames[name].index, self.desk.incidents, strict=True))
                self._labels = {reference(one): label for label, one in self._incidents.items()}
        return self._frames[name]

    def at(self, name: str, label: Hashable, column: str) -> Any:
        """Return the value of a cell of the desk's own."""
        self.frame(name)
        return self._rows[name][label][column]

    def label(self, incident: Incident) -> str:
        """Return what the row of an incident is called in the desk's frame. Errors: Refused for one of another desk."""
        self.frame("incidents")
        name = reference(incident)
        if name not in self._labels:
            raise Refused(f"the desk holds no row {name!r}", "desk.incidents are those there are")
        return str(self._labels[name])

    def source(self, frame: pd.DataFrame) -> str:
        """Return which of the desk's frames a frame was made from, or nothing.

        It says so itself, but for steps that lose it, such as a merge; then its ids are all of that frame.
        """
        name = frame.attrs.get(ORIGIN, "")
        if name in FRAMES:
            return str(name)
        keys = set(frame["id"] if "id" in frame.columns else frame.index)
        if not keys or not all(isinstance(one, str) for one in keys):
            return ""
        return next((one for one in _WITH_ID if keys <= set(self.frame(one).index)), "")

    def runs(self, name: str, label: Hashable, column: str, value: Any) -> Runs | None:
        """Return what a value is placed by, if it is the desk's own value of that row and column; else `None`.

        Errors: Refused for a value that is the desk's and yet cannot stand on a page by itself.
        """
        described = FRAMES[name].column(column)
        if described is None or label not in self.frame(name).index:
            return None
        held = self.at(name, label, column)
        if not same(value, held):
            return None
        return DASH if missing(held) else self.placed(name, label, described)

    def placed(self, name: str, label: Hashable, column: Column) -> Runs:
        """Return the runs of a cell of the desk's own. Errors: Refused, as of `runs`."""
        value = self.at(name, label, column.name)
        how = ADDED.get((name, column.name))
        if how:
            return (Computed(value=int(value), formula=f"{label}: {how}"),)
        by_unit: dict[str, Callable[[], Runs]] = {
            "people": lambda: self._count(name, label, column.name),
            "places": lambda: self._count(name, label, column.name),
            "count in words": lambda: self._words(name, label, column.name),
            "degrees": lambda: (Datum(value=float(value), ref=self._ref(label)),),
            "level": lambda: (Datum(value=int(value), ref=self._ref(label)),),
            "term": lambda: (worded(self._term(column.name, value)),),
            "names": lambda: self._names(name, label, value),
            "quotation": lambda: (quoted(value, self.at(name, label, "document_id")),),
            "document": lambda: cite([value]),
            "document ids": lambda: cite(value) or DASH,
            "ids": lambda: cite(documents_of(self.desk, value)) or DASH,
        }
        if column.unit in by_unit:
            return by_unit[column.unit]()
        if column.unit == "id" and _DIGEST.fullmatch(str(value)):
            raise Refused("a name of the desk's own says nothing to a reader", "leave the column out")
        if column.unit == "letters" or column.name == "formula":
            instead = "; take the column 'text', which prints the terms" if column.name == "formula" else ""
            raise Refused(f"{column.name!r} is nothing a page can say{instead}", "leave the column out")
        return plain(value, self.desk.language, month=column.unit == "month") or (Name(text=str(value)),)

    def figure_of(self, key: str) -> Figure:
        """Return the figure of that id. Errors: Refused for one that the desk does not hold."""
        if key not in self._figures:
            raise Refused(f"the desk holds no figure {key!r}", "desk.figures() shows those there are")
        return self._figures[key]

    def figure(self, name: str, label: Hashable, column: str) -> Figure | None:
        """Return the figure that a cell of a frame is of, where it is of one."""
        if name in ("figures", "extents"):
            return self._figures[str(label)]
        if name in ("figures_by_group", "totals_by_group") and column != "group":
            ask = self.desk.figure_to_date if name == "totals_by_group" else self.desk.figure
            found = ask(str(label), column)  # type: ignore[arg-type]
            return self._figures.setdefault(found.id, found)
        return None

    def figures(self) -> tuple[Figure, ...]:
        """Return the figures that a cell may be placed by."""
        return tuple(self._figures.values())

    def datasets(self, refs: Collection[str], *, every: bool = False) -> tuple[str, ...]:
        """Return the datasets of the rows referred to, or of every row of the context tables, as they are cited."""
        rows = (one for one in self.desk.incidents if every or reference(one) in refs)
        return tuple(dict.fromkeys(dataset_name(one) for one in rows))

    # ── what counts people ──────────────────────────────────────────────────────────────────────────

    def _count(self, name: str, label: Hashable, column: str) -> Runs:
        """Return one number of a cell; one end of a range is refused, for alone it would say something else."""
        value = int(self.at(name, label, column))
        if name == "incidents":
            return (Datum(value=value, ref=self._ref(label)),)
        figure = self.figure(name, label, column)
        if figure and column == "best":
            return (FigureRef(figure=figure.id, form="best"),)
        if figure and figure.low == figure.high and figure.low_modifier == "exact" and not figure.amounts:
            return (FigureRef(figure=figure.id),)
        claim = None if figure else self._claim(name, label)
        if claim and claim.low == claim.high and claim.modifier == "exact":
            return (ClaimRef(claim=claim.id),)
        whole = figure.text if figure else phrase_claim(claim) if claim else ""
        raise Refused(
            f"{value} is one end of {whole!r}, and would say something else alone",
            "take the column 'text', which places the count whole",
        )

    def _words(self, name: str, label: Hashable, column: str) -> Runs:
        figure = self.figure(name, label, column)
        if figure:
            return (FigureRef(figure=figure.id),)
        claim, said = self._claim(name, label), self.at(name, label, column)
        if claim and phrase_claim(claim) == said:
            return (ClaimRef(claim=claim.id),)
        raise Refused(
            f"{said!r} is the wording of a count, and no figure or claim of the desk says so now",
            "use changes(desk, slot=…) to show what figures read before",
        )

    def _claim(self, name: str, label: Hashable) -> Claim | None:
        key = str(self.at(name, label, "claim")) if name == "disputed_claims" else str(label)
        return self.desk.claim(key) if self.desk.has_claim(key) else None

    # ── what does not ───────────────────────────────────────────────────────────────────────────────

    def _ref(self, label: Hashable) -> str:
        return reference(self._incidents[label])

    def _term(self, column: str, value: str) -> str:
        return coded(column, value, self.desk.language) or str(value).replace("_", " ")

    def _names(self, name: str, label: Hashable, value: tuple[str, ...]) -> Runs:
        figure = self.figure(name, label, "")
        if figure and value == tuple(one.voice.name for one in figure.positions):
            return in_cell(words_of(self.desk, figure), self.desk.language, most=_MOST_NAMES)
        return names_listed([str(one).replace("_", " ") for one in value], self.desk.language)


def reference(incident: Incident) -> str:
    """Return by what a number points at its row: the dataset, and the row's number there."""
    return f"{incident.dataset}:{incident.id}"


# ── values of any frame ─────────────────────────────────────────────────────────────────────────────


def worded(text: str) -> Run:
    """Return words of the desk's own: with a digit in them they are a name."""
    return Name(text=text) if numerals(text) else Text(text=text)


def missing(value: Any) -> bool:
    """Say whether a value is none: `None`, not a number, not a time, an empty text or tuple."""
    if isinstance(value, str | tuple | list):
        return not value
    import pandas as pd

    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def same(value: Any, own: Any) -> bool:
    """Say whether a value of a frame is the very one the desk has, whatever number type pandas made of it."""
    if missing(value) or missing(own):
        return missing(value) and missing(own)
    if isinstance(value, bool) != isinstance(own, bool):
        return False
    try:
        return bool(value == own)
    except (TypeError, ValueError):
        return False


def plain(value: Any, language: Language, *, month: bool = False) -> Runs:
    """Return a day, an instant, or yes or no as runs; nothing for what is none of them.

    Errors: Refused for an instant without an offset, of which nobody knows when it was.
    """
    made: Run | None = None
    if type(value).__name__ in ("bool", "bool_"):
        made = Text(text=language.text(YES if value else NO))
    elif isinstance(value, datetime):
        made = _moment(value, month=month)
    elif isinstance(value, date):
        made = Day(start=value, form="month" if month else "day")
    elif type(value).__name__ == "Period":
        first, last = value.start_time.date(), value.end_time.date()
        form = "month" if value.freqstr.startswith("M") else "day"
        made = Day(start=first, end=last if last > first else None, form=form)
    return (made,) if made else ()


def _moment(value: datetime, *, month: bool) -> Run:
    midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
    if value.tzinfo is None and midnight:
        return Day(start=value.date(), form="month" if month else "day")
    if value.tzinfo is None:
        raise Refused(f"{value} is an instant without an offset", "give it one: column.dt.tz_localize('…')")
    return Moment(at=datetime.fromtimestamp(value.timestamp(), value.tzinfo))
