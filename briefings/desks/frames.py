"""Puts what a desk holds into pandas frames, for the analyst who wants to look further."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from ..core.layers import near
from ..errors import UsageError
from ..model import Claim, Noun
from ..reconciling.phrasing import phrase_claim
from .columns import COUNTED, DAYS, FRAMES, INSTANTS, Described

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: dict[str, tuple[str, ...]] = {name: tuple(one.name for one in known.columns) for name, known in FRAMES.items()}
"""The columns of each frame, in order. Counts are nullable whole people (`Int64`); days are `datetime64`,
instants are UTC. `voices` and `claims` of a figure hold tuples; `low` empty is not reported, `high` empty open;
`looked_at` counts its claims that people have reviewed.
"""

ORIGIN = "briefings"
"""Under this name the `attrs` of a frame say which of the desk's it is, or was made from."""

Rows = Iterable[Noun | Mapping[str, Any]]


def known(name: str) -> Described:
    """Return what is documented of a frame. Errors: UsageError `UNKNOWN_FRAME` with the nearest name."""
    if name in FRAMES:
        return FRAMES[name]
    raise UsageError(
        f"there is no frame {name!r}{near(str(name), FRAMES)}",
        why=f"the frames are: {', '.join(FRAMES)}",
        fix="show desk.frames to see what each holds",
        code="UNKNOWN_FRAME",
    )


def frame(name: str, rows: Rows) -> pd.DataFrame:
    """Return rows as a frame with the columns `COLUMNS[name]`, each labelled by what it is called.

    Its `attrs` say which frame it is, so that a page can tell a number of the desk's from any other. Errors:
    UsageError for an unknown name.
    """
    described = known(name)
    import pandas as pd

    from .wholeframe import WholeFrame

    held = list(rows)
    cells = [[_cell(row, column.name) for column in described.columns] for row in held]
    table = WholeFrame(cells, columns=list(COLUMNS[name]), index=_labels(name, cells))
    for column in described.columns:
        if column.unit in COUNTED:
            table[column.name] = table[column.name].astype("Int64")
        elif column.unit in DAYS:
            table[column.name] = pd.to_datetime(table[column.name])
        elif column.unit in INSTANTS:
            table[column.name] = pd.to_datetime(table[column.name], utc=True)
    table.attrs[ORIGIN] = name
    return table


_LABELLED: dict[str, tuple[str, ...]] = {
    "months": ("month",),
    "events_by_day": ("day", "event"),
    "figures_by_group": ("group",),
    "totals_by_group": ("group",),
    "disputed_claims": ("figure", "claim"),
    "incidents_by_month": ("month", "admin1"),
}
"""The columns whose values are the label of a row, where it has no id of its own."""


def _labels(name: str, cells: list[list[Any]]) -> list[str] | None:
    """Return what each row is called, or `None` where rows have no name of their own: then they are numbered."""
    places = [COLUMNS[name].index(column) for column in _LABELLED.get(name, ("id",)) if column in COLUMNS[name]]
    if not places:
        return None
    labels = [" ".join(filter(None, (_label(row[at], COLUMNS[name][at]) for at in places))) for row in cells]
    if len(set(labels)) < len(labels) and name == "incidents":  # two datasets may number their rows alike
        labels = [f"{row[COLUMNS[name].index('dataset')]}:{label}" for row, label in zip(cells, labels, strict=True)]
    return labels if len(set(labels)) == len(labels) else None


def _label(value: Any, column: str) -> str:
    return f"{value:%Y-%m}" if column == "month" and isinstance(value, date) else str(value or "")


def _cell(row: Noun | Mapping[str, Any], column: str) -> Any:
    if isinstance(row, Mapping):
        return row[column]
    if hasattr(row, column) and column not in ("window", "formula"):
        return getattr(row, column)
    window = getattr(row, "window", None)
    found = {
        "date_from": window.start if window else None,
        "date_to": window.end if window else None,
        "formula": getattr(row, "formula", None) or None,
        "looked_at": _looked_at(row),
        "text": phrase_claim(row) if isinstance(row, Claim) else None,
        "voices": tuple(position.voice.name for position in getattr(row, "positions", ())),
    }
    return found[column]


def _looked_at(row: Noun) -> int | None:
    """Return how many claims of a figure people have looked at."""
    found = getattr(row, "reviewed", None)
    return found.looked_at if found else 0


# ── all of them ─────────────────────────────────────────────────────────────────────────────────────


class Frames(Mapping[str, "pd.DataFrame"]):
    """The frames of a desk by name: `desk.frames["claims"]`, or `desk.frames.claims`.

    Shown by itself it says what each frame and each column is; `columns(name)` returns that as a frame.
    """

    def __init__(self, read: Callable[[str], pd.DataFrame]) -> None:
        self._read = read

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._read(name)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in FRAMES:
            return self._read(name)
        raise AttributeError(f"there is no frame {name!r}{near(name, FRAMES)}")

    def __contains__(self, name: object) -> bool:
        return name in FRAMES

    def __iter__(self) -> Iterator[str]:
        return iter(FRAMES)

    def __len__(self) -> int:
        return len(FRAMES)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *FRAMES})

    def _ipython_key_completions_(self) -> list[str]:
        return list(FRAMES)

    def columns(self, name: str) -> pd.DataFrame:
        """Return the columns of a frame, a row each, with unit and meaning. Errors: UsageError for an unknown name."""
        from .wholeframe import WholeFrame

        rows = [(one.name, one.unit, one.about) for one in known(name).columns]
        return WholeFrame(rows, columns=["column", "unit", "about"]).set_index("column")

    def __repr__(self) -> str:
        lines = []
        for name, described in FRAMES.items():
            lines += [f"{name}: {described.about}"]
            lines += [f"    {', '.join(f'{one.name} ({one.unit})' for one in described.columns)}"]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return "".join(_described(name, one) for name, one in FRAMES.items())


def _described(name: str, described: Described) -> str:
    """Return a frame's name and meaning, to be unfolded into its columns."""
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left"><code>{one.name}</code></th><td>{one.unit}</td>'
        f'<td style="text-align:left">{_marked(one.about)}</td></tr>'
        for one in described.columns
    )
    head = f"<summary><code>{name}</code> {_marked(described.about)}</summary>"
    return f"<details>{head}<table><tr><th>column</th><th>unit</th><th>what it is</th></tr>{rows}</table></details>"


def _marked(text: str) -> str:
    parts = escape(text, quote=False).split("`")
    return "".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts))
