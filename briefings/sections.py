"""What a notebook cell hands to the page: one typed part of a brief, data only, never markup or pictures.

A section names its slot and kind, and carries a body. A number on the page is never typed as text: it is a
run that points at a figure, a claim, a dataset row or a labelled computation, so sentence, table and
chart cannot disagree.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AwareDatetime, BeforeValidator, Field, TypeAdapter, ValidationError, model_validator

from .errors import ContractError
from .model import Amount, Claim, Figure, Noun, Window, digest

MIME = "application/vnd.briefings.section.v1+json"

_DIGIT = re.compile(r"\d")


# ── runs: the pieces a sentence or a cell is made of ────────────────────────────────────────────────


class Text(Noun):
    """Words of ours. May hold no digits: a number is placed by reference."""

    t: Literal["text"] = "text"
    text: str

    @model_validator(mode="after")
    def _no_bare_number(self) -> Self:
        if _DIGIT.search(self.text):
            raise ValueError(
                f"bare number in {self.text!r}: place it by reference (a figure, a claim, a date, a dataset row)"
            )
        return self


class Name(Noun):
    """A proper name as the sources write it (a person, office, place, outlet); digits in it are part of the name."""

    t: Literal["name"] = "name"
    text: str


class FigureRef(Noun):
    """A figure of this section: its range as tables have it (`text`) or as sentences do (`prose`), or one number."""

    t: Literal["figure"] = "figure"
    figure: str
    form: Literal["text", "prose", "best"] = "text"


class ClaimRef(Noun):
    """What one claim says of its count, phrased by the lexicon: `at least 10`, `dozens`.

    A count of nobody is 0; in English `prose` it is `no` before the word for people, and `none` where it is `alone`,
    as other languages have it in both.
    """

    t: Literal["claim"] = "claim"
    claim: str
    form: Literal["text", "prose", "alone"] = "text"


class Quote(Noun):
    """Verbatim words of a document, printed in quotation marks and followed by their citation."""

    t: Literal["quote"] = "quote"
    text: str
    document: str


class Day(Noun):
    """A day or a stretch of days; `weekday` prints the name of the day before it."""

    t: Literal["day"] = "day"
    start: date
    end: date | None = None
    weekday: bool = False
    form: Literal["day", "short", "month"] = "day"


class Moment(Noun):
    """An instant, printed in local time with its UTC offset."""

    t: Literal["moment"] = "moment"
    at: AwareDatetime


class Cite(Noun):
    """The documents a statement rests on; numbered in order of first appearance when the brief is assembled."""

    t: Literal["cite"] = "cite"
    documents: tuple[str, ...]


class Datum(Noun):
    """A number out of a dataset row; `ref` names dataset and row."""

    t: Literal["datum"] = "datum"
    value: int | float
    ref: str


class Computed(Noun):
    """A number we worked out; `formula` says how, in words or terms, and is kept with the brief."""

    t: Literal["computed"] = "computed"
    value: int | Annotated[float, Field(allow_inf_nan=False)]
    formula: str


Run = Annotated[
    Text | Name | FigureRef | ClaimRef | Quote | Day | Moment | Cite | Datum | Computed, Field(discriminator="t")
]
Runs = tuple[Run, ...]


# ── bodies: one for each kind of section ────────────────────────────────────────────────────────────


class Prose(Noun):
    """Paragraphs."""

    kind: ClassVar[str] = "prose"
    paragraphs: tuple[Runs, ...]


class Item(Noun):
    """One bullet. Where there is no room for all, those of higher `rank` give way first, of equals the last."""

    runs: Runs
    rank: int = 0


class Items(Noun):
    """Bullets, the most important first."""

    kind: ClassVar[str] = "items"
    items: tuple[Item, ...]
    empty: str = ""


class Tile(Noun):
    """One key figure: its label, whose number it is, of which days, and in a line each what the total is and was.

    `counts` are what each of the claimants gave, in their order, where the number is not that of them all. `days` are
    those its claims speak of; without them they are those of the figure.
    """

    label: str
    figure: str
    claimants: tuple[str, ...] = ()
    counts: tuple[Runs, ...] = ()
    days: Runs = ()
    change: tuple[Runs, ...] = ()


class Tiles(Noun):
    """The strip of key figures."""

    kind: ClassVar[str] = "tiles"
    tiles: tuple[Tile, ...]
    note: Runs = ()


class Column(Noun):
    """One column; numbers are right-aligned, and `group` is an optional head over several columns."""

    label: str
    align: Literal["left", "right"] = "left"
    group: str = ""


class Row(Noun):
    """One row: a cell of runs for each column. `level` 1 is a sub-total of the row above, `rank` as of an `Item`."""

    cells: tuple[Runs, ...]
    level: Literal[0, 1] = 0
    rank: int = 0


class Table(Noun):
    """Rows under columns, with a caption that carries the as-of and a source line."""

    kind: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: Runs = ()
    note: Runs = ()
    empty: str = ""

    @model_validator(mode="after")
    def _rectangular(self) -> Self:
        for number, row in enumerate(self.rows, 1):
            if len(row.cells) != len(self.columns):
                raise ValueError(f"row {number} has {len(row.cells)} cells for {len(self.columns)} columns")
        return self


class Entry(Noun):
    """One line of a timeline; `precision` is the hour as the source gives it, `zone` its offset from UTC.

    `rank` is as of an `Item`.
    """

    day: date
    end: date | None = None
    precision: str = ""
    zone: str = ""
    runs: Runs
    rank: int = 0


class Timeline(Noun):
    """Entries in order of time."""

    kind: ClassVar[str] = "timeline"
    entries: tuple[Entry, ...]
    empty: str = ""


class Bar(Noun):
    """One month of context: killed, and the number of incidents; `through` is the last day held of a month not over."""

    month: date
    killed: int
    incidents: int
    through: date | None = None


class Count(Amount):
    """A count as a chart draws and prints it, and the claim it is."""

    claim: ClaimRef | None = None


class Span(Count):
    """One voice's count as a bar on a common scale; `high` is `None` where the end is open.

    `panel` names what is counted, one panel of the chart each; `live` says whether the count sets a figure.
    """

    label: str
    window: Window
    side: str = ""
    panel: str = ""
    live: bool = True


class Band(Noun):
    """The range of one figure, drawn behind the counts of its panel and days; its number stands elsewhere."""

    panel: str
    window: Window
    low: int
    high: int
    figure: FigureRef


class Step(Count):
    """One statement of a voice: its count from the instant (or the day) on that it was stated."""

    at: Annotated[AwareDatetime | date, Field(union_mode="left_to_right")]
    window: Window


class Line(Noun):
    """One voice's statements in order of time; `live` says whether its last word sets a figure."""

    label: str
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    side: str = ""
    live: bool = True


class Tally(Count):
    """A count with what it counts, `militants killed`."""

    of: str


class Mark(Noun):
    """What happened or was said at an instant, or within hours known no better than from `start` to `end`.

    `label` is who spoke or what happened, `hour` the source's own words for the time, `window` the days counted.
    """

    start: AwareDatetime
    end: AwareDatetime | None = None
    kind: Literal["happened", "said"] = "said"
    label: str
    hour: str = ""
    window: Window | None = None
    tallies: tuple[Tally, ...] = ()


def _as_runs(message: object) -> object:
    return ({"t": "text", "text": message},) if isinstance(message, str) and message else message or ()


class Chart(Noun):
    """Numbers to be drawn at print time, one kind of them: `bars`, `spans`, `lines` or `marks`.

    `message` says in a sentence what the chart shows. `panels` is the order of those that spans name, first that in
    which they come. `until` is where the axis of time ends, or, of months, the day the brief is about.
    """

    kind: ClassVar[str] = "chart"
    chart: Literal["months", "ranges", "steps", "timeline"]
    message: Annotated[Runs, BeforeValidator(_as_runs)]
    bars: tuple[Bar, ...] = ()
    spans: tuple[Span, ...] = ()
    panels: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    until: Annotated[AwareDatetime | date | None, Field(union_mode="left_to_right")] = None
    source: Runs = ()
    dataset: str = ""

    @property
    def counts(self) -> tuple[Count, ...]:
        """Return every count of people it draws and prints."""
        steps = (one for line in self.lines for one in line.steps)
        return (*self.spans, *steps, *(one for mark in self.marks for one in mark.tallies))


class Spot(Noun):
    """One place of a map, as far as it is known, and how many reports name it; degrees are `None` where unknown.

    `precision` is as of a `Site`: 1 the place itself, 2 its district, 3 a first-level region, 4 a country. `admin` is
    the ISO 3166-2 code of the region it lies in, `region` that region's name.
    """

    name: str
    latitude: Annotated[float | None, Field(ge=-90, le=90, allow_inf_nan=False)] = None
    longitude: Annotated[float | None, Field(ge=-180, le=180, allow_inf_nan=False)] = None
    precision: Literal[1, 2, 3, 4]
    country: str = ""
    admin: str = ""
    region: str = ""
    count: Computed
    cited: Runs = ()


class Map(Noun):
    """Places to be drawn at print time. `message` says what is shown and when; `codes` are the region's by ISO 3166-2.

    Without codes the map shows the `country`, by ISO 3166-1; places that cannot be drawn are listed in a table.
    """

    kind: ClassVar[str] = "map"
    message: Runs
    region: str
    country: str = ""
    codes: tuple[str, ...] = ()
    spots: tuple[Spot, ...]
    source: Runs = ()
    empty: str = ""


class Source(Noun):
    """One entry of the list of sources; numbered when the brief is assembled."""

    document: str
    publisher: str
    title: str
    author: str = ""
    published: AwareDatetime | date | None = Field(default=None, union_mode="left_to_right")
    retrieved: AwareDatetime | None = None
    url: str = ""
    sha256: str
    party: str = ""
    language: str = ""


class Sources(Noun):
    """What the brief rests on, with the method note."""

    kind: ClassVar[str] = "sources"
    sources: tuple[Source, ...]
    datasets: tuple[str, ...] = ()
    method: tuple[str, ...] = ()


class Notice(Noun):
    """A box with one message: nothing reported, a section that failed, a gap in the data."""

    kind: ClassVar[str] = "notice"
    level: Literal["note", "warn"] = "note"
    runs: Runs


Body = Prose | Items | Tiles | Table | Timeline | Chart | Map | Sources | Notice
BODIES: dict[str, type[Body]] = {
    body.kind: body for body in (Prose, Items, Tiles, Table, Timeline, Chart, Map, Sources, Notice)
}


# ── the section itself ──────────────────────────────────────────────────────────────────────────────


class Usual(str):
    """The title that a builder gives a section whose author gives it none."""

    __slots__ = ()


class Section(Noun):
    """One typed part of a brief. `figures` and `claims` hold everything its runs refer to.

    `documents` describes every document cited, so that a brief can be put together from sections alone. A title that is
    `usual` is the builder's, not its author's, and gives way to that of the slot.
    """

    slot: str
    kind: str
    title: str = ""
    usual: bool = False
    body: Any
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    documents: tuple[Source, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _typed_body(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("body"), dict):
            data = {**data, "body": parse_body(str(data.get("kind", "")), data["body"])}
        return data

    @model_validator(mode="after")
    def _nothing_dangles(self) -> Self:
        known_figures = {figure.id for figure in self.figures}
        known_claims = {claim.id for claim in self.claims}
        for run in runs_of(self.body):
            if isinstance(run, FigureRef) and run.figure not in known_figures:
                raise ValueError(f"section {self.slot!r} places figure {run.figure!r}, which it does not carry")
            if isinstance(run, ClaimRef) and run.claim not in known_claims:
                raise ValueError(f"section {self.slot!r} places claim {run.claim!r}, which it does not carry")
        if isinstance(self.body, Tiles):
            for tile in self.body.tiles:
                if tile.figure not in known_figures:
                    raise ValueError(f"tile {tile.label!r} shows {tile.figure!r}, which the section does not carry")
        return self

    @classmethod
    def of(cls, body: Body, *, slot: str, title: str = "", **refs: Any) -> Self:
        """Make a section of a body; its kind is the body's."""
        return cls(slot=slot, kind=body.kind, title=title, body=body, **refs)

    @property
    def sha256(self) -> str:
        """Return the digest of the canonical data; two kernels emitting the same section agree on it."""
        return digest(canonical(self.payload()))

    def payload(self) -> dict[str, Any]:
        """Return the section as JSON-ready data."""
        data = self.model_dump(mode="json")
        data["body"] = self.body.model_dump(mode="json")
        if not self.usual:
            del data["usual"]
        return data

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        from .layout.render import preview_html  # the page's own template; loaded only when a cell is shown

        return {
            MIME: self.payload(),
            "text/html": preview_html(self),
            "text/plain": f"<{self.kind} section {self.slot!r}: {self.title}>",
        }


def parse_body(kind: str, data: dict[str, Any]) -> Body:
    """Check a body against its kind; a fault names the place inside the body.

    Raises ContractError for an unknown kind or a body that does not fit it.
    """
    try:
        body = BODIES[kind]
    except KeyError:
        raise ContractError(
            f"unknown section kind {kind!r}", fix=f"use one of {', '.join(BODIES)}", code="CONTRACT_KIND"
        ) from None
    try:
        return TypeAdapter(body).validate_python(data)
    except ValidationError as fault:
        first = fault.errors()[0]
        raise ContractError(
            f"the body of a {kind!r} section is not valid: {first['msg']}",
            where=".".join(str(part) for part in first["loc"]) or "the body",
            code="CONTRACT_BODY",
        ) from None


def runs_of(value: Any) -> list[Any]:
    """Return every run inside a body, in reading order."""
    found: list[Any] = []
    rest = [value]
    while rest:
        one = rest.pop()
        if isinstance(one, tuple | list):
            rest.extend(reversed(one))
        elif names := getattr(type(one), "__pydantic_fields__", None):  # `isinstance` and `model_fields` run Python
            if "t" in names:
                found.append(one)
            else:
                rest.extend([getattr(one, name) for name in reversed(names)])
    return found


def canonical(data: Any) -> str:
    """Return JSON with sorted keys and no spare space: the form that is hashed."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
