"""Builds a table of any pandas frame: the desk's own values by reference, what was worked out with how, no more."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ..core.languages import Language
from ..core.layers import near
from ..desks.columns import FRAMES
from ..desks.desk import Desk
from ..desks.evidence import is_desk, made
from ..desks.frames import ORIGIN
from ..desks.nouns import Nouns
from ..errors import ContractError
from ..model import Noun
from ..page.runs import listed, say, together
from ..proof.counted import people_counted, people_numbered
from ..proof.numerals import numerals
from ..sections import ClaimRef, Column, Computed, Datum, FigureRef, Name, Row, Runs, Section, Table, Text
from .authored import Author, words
from .beside import attributed
from .column_words import coded, head
from .provenance import ADDED, DASH, OVER_INCIDENTS, Provenance, missing, plain, same
from .references import References
from .refusals import Problem, Refused, refuse

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 200
"""Rows that go to the page, which shows as many as it has room for; of more it is said how many there are."""
_MOST_DECIMALS = 2
_MOST_ALIKE = 3
"""Rows of one column that are told of; what is wrong with them is mostly the same."""
_NUMBERS = (FigureRef, ClaimRef, Datum, Computed)
_SPEAKERS = ("voices", "voice", "claimant", "office", "publisher")


@dataclass(frozen=True)
class _Asked:
    """What an author asks for besides the frame."""

    labels: Mapping[str, str]
    computed: Mapping[str, str]
    names: frozenset[str]


@dataclass(frozen=True)
class _Laying:
    """A frame on its way to a page: which of the desk's it was made from, and what of it cannot be printed."""

    references: References
    asked: _Asked
    source: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        """Return the desk the table is about."""
        return self.references.desk

    @property
    def provenance(self) -> Provenance:
        """Return what says which values are the desk's own."""
        return self.references.provenance


def table(
    desk: Desk,
    frame: pd.DataFrame | pd.Series[Any] | Nouns[Any],
    *,
    slot: str,
    title: str = "",
    columns: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
    caption: str | Runs = "",
    computed: str | Mapping[str, str] = "",
    names: Sequence[str] = (),
    empty: str = "",
) -> Section:
    """Return a table of a frame's rows, in the frame's order; the first ones stay where a page has room for few.

    `columns` are those to show, in order, `labels` what heads them; of a frame as the desk gives it, or of nouns such
    as `desk.figures()`, those that tell most are shown. A value that is the desk's own, of the same row
    and column of `desk.frame(…)`, is placed by reference: an incident's number, a figure, a claim, a quotation, a
    source. It is known by the label of its row, or by a column `id`, as long as the column keeps its name. Any
    other number needs `computed`, how it was worked out in words, for all or by column.
    Text is printed as it is and holds no digit, but in the columns of `names`, which hold proper names. Who says a
    figure, and where, is added where the frame has no column of it. `caption` is written as `prose` is; `empty` is
    said where there are no rows.

    Errors: ContractError `TABLE` with everything that cannot be printed, by row and column, and what to write.
    """
    desk = is_desk(desk, "table")
    data = _frame(frame)
    shown = _columns(data, columns, slot)
    how = dict.fromkeys(shown, computed) if isinstance(computed, str) and computed else dict(computed or {})
    references = References(desk)
    asked = _Asked(labels or {}, how, frozenset(names))
    laying = _Laying(references, asked, references.provenance.source(data))
    _check_words(laying, shown)
    cells = _cells(laying, data, shown)
    line = _caption(laying, caption)
    _require(laying, slot, title, empty)
    body = Table(
        columns=(*(Column(label=_label(laying, one), align=_align(held)) for one, held in cells.items()),),
        rows=tuple(Row(cells=row) for row in zip(*cells.values(), strict=True)),
        caption=line,
        note=_note(laying, cells, len(data)),
        empty=empty,
    )
    placed = (*references.figures.values(), *references.provenance.figures())
    told = attributed(references, body, speaks=_speaks(laying, shown))
    return made(desk, told, slot=slot, title=title, figures=placed)


# ── what was given ──────────────────────────────────────────────────────────────────────────────────


def _frame(frame: object) -> pd.DataFrame:
    """Return a frame with its named index among the columns. Errors: ContractError for what is no frame."""
    import pandas as pd

    data = frame.to_frame() if isinstance(frame, pd.Series) else frame.frame() if isinstance(frame, Nouns) else frame
    if not isinstance(data, pd.DataFrame):
        raise _unfit(f"is {type(frame).__name__}", 'such as desk.frame("incidents"), or what you made of it')
    if data.columns.nlevels > 1:
        raise _unfit("has heads over its columns", "give each column one name: frame.columns = […]")
    if any(name is not None and name not in data.columns for name in data.index.names):
        data = data.reset_index()
    if data.columns.has_duplicates:
        raise _unfit("has two columns of one name", "give each column a name of its own")
    return data


def _unfit(what: str, fix: str) -> ContractError:
    return ContractError(f"the frame {what}", where="table(desk, frame, …)", fix=fix, code="TABLE")


def _columns(data: pd.DataFrame, columns: Sequence[str], slot: str) -> list[str]:
    """Return the columns to show. Errors: ContractError for one the frame does not have, with the nearest."""
    wanted = [columns] if isinstance(columns, str) else list(columns) or _telling(data)
    known = [str(one) for one in data.columns]
    absent = [
        Problem(f"columns, {name!r}", f"the frame has no such column{near(str(name), known)}")
        for name in wanted
        if name not in data.columns
    ]
    fix = f"the columns are {', '.join(known)}"
    refuse(absent, of="the table", where=f"table(desk, frame, slot={slot!r}, columns=…)", fix=fix, code="TABLE")
    return wanted


def _telling(data: pd.DataFrame) -> list[str]:
    """Return the columns of a frame, but of one that is the desk's whole only those that tell most."""
    described = FRAMES.get(data.attrs.get(ORIGIN, ""))
    whole = described and list(data.columns) == [one.name for one in described.columns]
    return list(described.glance) if described and whole else list(data.columns)


def _check_words(laying: _Laying, shown: Sequence[str]) -> None:
    """Find what is given for columns that are not shown, and labels and reasons that hold numbers."""
    known = [str(one) for one in shown]
    given = {"labels": laying.asked.labels, "computed": laying.asked.computed, "names": laying.asked.names}
    for argument, columns in given.items():
        laying.problems.extend(
            Problem(f"{argument}, {name!r}", f"the table shows no such column{near(str(name), known)}")
            for name in columns
            if name not in shown
        )
    for name, label in laying.asked.labels.items():
        if numerals(label):
            laying.problems.append(Problem(f"labels, {name!r}", f"{label!r} holds a number", "head it in words"))
    for name, how in laying.asked.computed.items():
        if people_counted(how):
            laying.problems.append(Problem(f"computed, {name!r}", f"{how!r} counts people itself", "say how, in words"))


def _require(laying: _Laying, slot: str, title: str, empty: str) -> None:
    for name, text in (("title", title), ("empty", empty)):
        if numerals(text) or people_counted(text):
            laying.problems.append(Problem(name, f"{text!r} holds a number", "say it in words"))
    refuse(
        laying.problems,
        of="the table",
        where=f"table(desk, frame, slot={slot!r})",
        fix="keep the row's label and the column's name of desk.frame(…), or say computed=\"how it was worked out\"",
        code="TABLE",
    )


# ── cells ───────────────────────────────────────────────────────────────────────────────────────────


def _cells(laying: _Laying, data: pd.DataFrame, shown: Sequence[str]) -> dict[str, list[Runs]]:
    """Return the cells of each column shown; what cannot be printed is added to the problems."""
    data = data.head(MOST_ROWS)
    labels = [_row_label(laying, label, row) for label, row in zip(data.index, _keys(data), strict=True)]
    found: dict[str, list[Runs]] = {}
    for column in shown:
        wrong: list[Problem] = []
        cells = found.setdefault(column, [])
        for number, (label, value) in enumerate(zip(labels, data[column], strict=True), 1):
            try:
                cells.append(_cell(laying, label, column, value))
            except Refused as fault:
                wrong.append(Problem(f"row {number}, column {column!r}", fault.what, fault.fix))
                cells.append(DASH)
        if wrong and (other := _other_name(laying, labels, column, data[column])):
            what = f"is {other!r} of desk.frame({laying.source!r}) by another name"
            wrong = [Problem(f"column {column!r}", what, f"keep that name, and head it by labels={{{other!r}: …}}")]
        laying.problems.extend(wrong[:_MOST_ALIKE])
        if len(wrong) > _MOST_ALIKE:
            laying.problems.append(Problem(f"column {column!r}", f"{len(wrong) - _MOST_ALIKE} more rows like these"))
    return found


def _keys(data: pd.DataFrame) -> Iterator[Any]:
    """Yield what a column `id` says of each row, where there is one."""
    yield from data["id"] if "id" in data.columns else (None for _ in range(len(data)))


def _row_label(laying: _Laying, label: Hashable, key: Any) -> Hashable:
    """Return by which label of the desk's own frame a row is known, its own or that of its `id`."""
    if not laying.source:
        return None
    own = laying.provenance.frame(laying.source).index
    return key if isinstance(key, str) and key in own else label if label in own else None


def _cell(laying: _Laying, label: Hashable, column: str, value: Any) -> Runs:
    """Return a cell as runs. Errors: Refused for what cannot be printed."""
    if isinstance(value, Noun) or (isinstance(value, tuple) and value and isinstance(value[0], Noun)):
        return laying.references.given(column, value).runs
    if missing(value):
        return DASH
    own = laying.provenance.runs(laying.source, label, column, value) if laying.source and label is not None else None
    if own is not None:
        return own
    if isinstance(value, str):
        return (_text(laying, column, value),)
    if isinstance(value, tuple | list) and all(isinstance(one, str) for one in value):
        told = [coded(column, one, laying.desk.language) or one for one in value]
        return (_text(laying, column, listed(told, laying.desk.language)),)
    return plain(value, laying.desk.language) or (_number(laying, label, column, value),)


def _text(laying: _Laying, column: str, text: str) -> Text | Name:
    """Return an author's text: words of ours, be it for a code of the field, or in a column of names a proper name."""
    if known := coded(column, text, laying.desk.language) or coded(
        "group", text if "_" in text else "", laying.desk.language
    ):
        return Text(text=known)
    if people_numbered(text):
        raise Refused(f"{text[:40]!r} counts people", "place the count by reference, in a column of its own")
    letters = any(map(str.isalpha, text))
    if column in laying.asked.names and letters:
        return Name(text=text)
    if found := numerals(text):
        known = f", or names=[{column!r}] if these are proper names" if letters else ""
        raise Refused(f"{found[0]!r} in {text[:40]!r} is a bare number", f"keep numbers in columns of their own{known}")
    return Text(text=text)


def _number(laying: _Laying, label: Hashable, column: str, value: Any) -> Computed:
    """Return a number that was worked out. Errors: Refused where nobody says how, or it is none a page can say."""
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise Refused(f"{type(value).__name__} is nothing a page can say", "give text, a number, a day or runs")
    how = laying.asked.computed.get(column)
    if not how:
        raise Refused(f"{number} is {_not_own(laying, label, column)}", f'say computed={{{column!r}: "how it was …"}}')
    if number in (float("inf"), float("-inf")):
        raise Refused(f"{number} is no number a page can say", "leave the row out")
    if round(number, _MOST_DECIMALS) != number:
        raise Refused(f"{number} has more decimals than a reader can use", "round it: frame.round(1)")
    return Computed(value=int(number) if number == int(number) else number, formula=how)


def _not_own(laying: _Laying, label: Hashable, column: str) -> str:
    """Return why a number is not taken for the desk's own."""
    if not laying.source:
        return "not from desk.frame(…)"
    if FRAMES[laying.source].column(column) is None:
        known = [one.name for one in FRAMES[laying.source].columns]
        return f"in a column that desk.frame({laying.source!r}) does not have{near(column, known)}"
    if label is None:
        past = ", whose earlier events desk.frame('background') holds" if laying.source == "claims" else ""
        return f"in a row whose label is none of desk.frame({laying.source!r}){past}"
    return f"not the desk's own value of that row, {laying.provenance.at(laying.source, label, column)}"


def _other_name(laying: _Laying, labels: Sequence[Hashable], column: str, values: pd.Series[Any]) -> str:
    """Return which column of the desk's own has the very values of one that the desk does not know by its name."""
    if not laying.source or FRAMES[laying.source].column(column) or None in labels:
        return ""
    own = laying.provenance.frame(laying.source)
    return next((one for one in own.columns if all(map(same, values, own.loc[list(labels), one]))), "")


# ── around the cells ────────────────────────────────────────────────────────────────────────────────


def _label(laying: _Laying, column: str) -> str:
    text = laying.desk.language.text
    given = laying.asked.labels.get(column)
    if given is not None:
        return text(given) if given else ""
    return head(column, laying.desk.language)


def _align(cells: Sequence[Runs]) -> Literal["left", "right"]:
    """Return where the cells of a column stand: numbers to the right, if all that say anything are numbers."""
    told = [cell for cell in cells if cell != DASH]
    return "right" if told and all(any(isinstance(run, _NUMBERS) for run in cell) for cell in told) else "left"


def _note(laying: _Laying, cells: Mapping[str, Sequence[Runs]], rows: int) -> Runs:
    """Return which datasets numbers are from, which were worked out here and how, and how many rows there are."""
    language = laying.desk.language
    notes: list[Runs] = []
    runs = {column: [run for cell in held for run in cell] for column, held in cells.items()}
    refs = {run.ref for held in runs.values() for run in held if isinstance(run, Datum)}
    if names := laying.provenance.datasets(refs, every=laying.source in OVER_INCIDENTS):
        notes.append(say(language, "Source: {source}.", source=Name(text=listed(names, language))))
    for column, held in runs.items():
        if any(isinstance(run, Computed) for run in held):
            how = laying.asked.computed.get(column) or ADDED.get((laying.source, column), "")
            notes.append(_worked_out(_label(laying, column), "" if numerals(how) else how, language))
    if rows > MOST_ROWS:
        shown, every = (Computed(value=one, formula="rows of the table, counted") for one in (MOST_ROWS, rows))
        notes.append(say(language, "The first {shown} of {every} rows.", shown=shown, every=every))
    return together(notes)


def _caption(laying: _Laying, caption: str | Runs) -> Runs:
    """Return what stands over a table: words, written as `prose` is, or runs, which hold no number of their own."""
    if isinstance(caption, str):
        return words(Author(laying.references, laying.problems), caption, "caption, ")
    try:
        return laying.references.given("caption", caption).runs
    except Refused as fault:
        laying.problems.append(Problem("caption", fault.what, fault.fix))
        return ()


def _worked_out(column: str, how: str, language: Language) -> Runs:
    """Return that a column was computed, and how, where that can be said without a number."""
    if how:
        return say(language, "{column}: computed here, {how}.", column=Text(text=column), how=Text(text=how))
    return say(language, "{column}: computed here.", column=Text(text=column))


def _speaks(laying: _Laying, shown: Sequence[str]) -> bool:
    """Say whether a column of the desk's own names who says so."""
    described = FRAMES.get(laying.source)
    return any(described and described.column(one) and one in _SPEAKERS for one in shown)
