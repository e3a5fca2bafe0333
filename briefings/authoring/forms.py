"""The parameters of a brief as a form of widgets in a notebook; where nobody is at it, the values pass through."""

from __future__ import annotations

import html
import importlib.util
import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core import config
from ..core.settings import Workspace
from ..desks import asked
from ..desks.opening import desk as open_desk
from ..errors import MissingDependency, ParameterError, counted, listed
from ..making.planning import takes
from ..notebook import guard
from ..notebook.brief import BriefType
from ..notebook.parameters import OF_A_DESK, Parameter, limits, nearest, plain, steady

if TYPE_CHECKING:
    from ..desks.desk import Desk

_LABELS = "9em"
"""Width of the names beside the widgets."""
_LONG = 60
"""Letters of a text beyond which it is written in a box of several lines."""


def form(brief: str | None = None, *, workspace: Path | Workspace | None = None, **values: Any) -> Form:
    """Show the parameters of a brief as widgets, with help and bounds, checked while they are changed.

    `values` are what the form begins with; one not given is the notebook's own variable of that name, as its parameters
    cell or papermill set it, else the default. The form is a mapping of every parameter to its value, and `form.desk()`
    the desk for them. In a run nothing is shown, and the values are what the run was given. Raises UsageError for a
    brief there is not, ParameterError for a value of no parameter.
    """
    space = config.opened(workspace)
    name = asked.named(brief, space)
    kind = takes(space, name)
    names = [one.name for one in kind.parameters]
    strange = [f"{plain(one)}: there is no such parameter{nearest(one, names)}" for one in values if one not in names]
    if strange:
        raise ParameterError(
            f"{counted(len(strange), 'value')} of a form cannot be used", why=listed(strange),
            fix=f"a {kind.name!r} brief takes {', '.join(names)}",
        )  # fmt: skip
    return Form(name, kind, {**_variables(names), **values}, space)


class Form(Mapping[str, Any]):
    """The parameters of a brief with their values, as a mapping; in JupyterLab a form of widgets to change them by."""

    def __init__(self, brief: str, kind: BriefType, values: Mapping[str, Any], space: Workspace) -> None:
        self.brief = brief
        self._kind, self._space = kind, space
        self._set = {name: _plain(value) for name, value in values.items()}

    def __getitem__(self, name: str) -> Any:
        return self._values()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(["brief", *(one.name for one in self._kind.parameters)])

    def __len__(self) -> int:
        return 1 + len(self._kind.parameters)

    def __repr__(self) -> str:
        try:
            told = ", ".join(f"{name}={value!r}" for name, value in self._values().items())
        except ParameterError as fault:
            return f"<Form of {self.brief}: {fault}>"
        return f"<Form {told}>"

    def desk(self, **others: Any) -> Desk:
        """Open the desk for the values as they are now; `others` go to `briefings.desk`.

        Raises ParameterError with every value that does not fit.
        """
        values = {name: value for name, value in self._values().items() if name in OF_A_DESK}
        return open_desk(self.brief, **{"workspace": self._space, **values, **others})

    def problems(self) -> dict[str, str]:
        """Return what is wrong, by parameter; nothing where all fit."""
        return {name: why for name in self._by_name if (why := self._problem(name))}

    def set(self, name: str, value: Any) -> str:
        """Set a parameter as its widget does; return what is wrong with the value, or nothing."""
        self._set[name] = _plain(value)
        return self._problem(name)

    def given(self, name: str) -> Any:
        """Return what a parameter is set to, whether or not it fits; its default where it is set to nothing."""
        value = self._set.get(name)
        return self._by_name[name].default if value is None else value

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return the parameters as `brief.toml` declares them, with the brief's own defaults."""
        return self._kind.parameters

    @cached_property
    def _by_name(self) -> dict[str, Parameter]:
        return {one.name: one for one in self._kind.parameters}

    def _values(self) -> dict[str, Any]:
        wrong = self.problems()
        if wrong:
            raise ParameterError(
                f"{counted(len(wrong), 'value')} of the form of {self.brief!r} cannot be used",
                why=listed([f"{name}: {why}" for name, why in wrong.items()]),
                fix="mend them in the form, or in the parameters cell and run it and the form again",
            )
        read = {one.name: steady(one, self._set.get(one.name)) for one in self._kind.parameters}
        return {"brief": self.brief, **read}

    def _problem(self, name: str) -> str:
        try:
            steady(self._by_name[name], self._set.get(name))
        except ValueError as fault:
            return str(fault)
        return ""

    # ── shown ───────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def widgets(self) -> Mapping[str, Any]:
        """Return the widget of each parameter. Errors: MissingDependency where ipywidgets is not installed."""
        _require_ipywidgets()
        return {one.name: _widget(one, self.given(one.name)) for one in self._kind.parameters}

    @cached_property
    def box(self) -> Any:
        """Return the whole form as one widget: each parameter with its help, and what is wrong with its value."""
        _require_ipywidgets()
        import ipywidgets

        rows = []
        for one in self._kind.parameters:
            said = ipywidgets.HTML(_said(self._problem(one.name)))
            about = ipywidgets.HTML(_about(one))
            self.widgets[one.name].observe(self._heard(one.name, said), names="value")
            rows.append(ipywidgets.VBox([self.widgets[one.name], said, about]))
        return ipywidgets.VBox(rows)

    def _heard(self, name: str, said: Any) -> Callable[[Any], None]:
        def changed(change: Any) -> None:
            said.value = _said(self.set(name, change["new"]))

        return changed

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        """Show the widgets to whoever edits; in a run, and where there are none, the values as text."""
        if os.environ.get(guard.MARK):
            return {"text/plain": repr(self)}
        if importlib.util.find_spec("ipywidgets") is None:
            return {"text/plain": f"{self!r}\n{_missing()}"}
        shown = self.box._repr_mimebundle_(include=include, exclude=exclude)
        return {**shown, "text/plain": repr(self)}


def _widget(parameter: Parameter, value: Any) -> Any:
    """Return the widget that fits a parameter; one that is text is checked like the others, only later."""
    import ipywidgets

    common = {
        "description": parameter.name,
        "tooltip": parameter.help,
        "style": {"description_width": _LABELS},
        "layout": ipywidgets.Layout(width="32em"),
    }
    empty = [("(empty)", "")] if parameter.optional else []
    if parameter.type == "bool":
        return ipywidgets.Checkbox(value=value is True, indent=True, **common)
    if parameter.choices and parameter.type == "list":
        chosen = [one for one in value or () if one in parameter.choices]
        return ipywidgets.SelectMultiple(options=parameter.choices, value=chosen, **common)
    if parameter.choices:
        options = [*empty, *((one, one) for one in parameter.choices)]
        known = value if value in [one for _, one in options] else None
        return ipywidgets.Dropdown(options=options, value=known, **common)
    if parameter.type == "int" and isinstance(value, int):
        return ipywidgets.IntText(value=value, **common)
    if parameter.type == "float" and isinstance(value, int | float):
        return ipywidgets.FloatText(value=value, **common)
    if parameter.type == "date":
        return ipywidgets.DatePicker(value=_day(value), **common)
    text = _typed(value)
    made = ipywidgets.Textarea if len(text) > _LONG or "\n" in text else ipywidgets.Text
    return made(value=text, placeholder=_EXAMPLES.get(parameter.type, ""), **common)


_EXAMPLES = {"datetime": "2026-01-31T18:00", "list": "one, two", "int": "7", "float": "0.5"}


def _day(value: Any) -> date | None:
    """Return the day a picker shows; none where it is not one, or moves with the calendar."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _typed(value: Any) -> str:
    """Return a value as it would be typed."""
    if isinstance(value, list):
        simple = all(one and "," not in one and one == one.strip() and one[0] != "[" for one in value)
        return ", ".join(value) if simple else json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _about(parameter: Parameter) -> str:
    bounds = limits(parameter) if not parameter.choices else ""
    said = parameter.help.rstrip(".").replace("`", "")
    empty = "may be empty" if parameter.optional and "empty" not in said else ""
    told = "; ".join(filter(None, (said, bounds, empty)))
    return _beneath(f"<small>{html.escape(told)}</small>")


def _said(problem: str) -> str:
    red = "color:var(--jp-error-color1, var(--vscode-errorForeground, #8c1c13))"  # of the editor's theme, light or dark
    return _beneath(f'<b role="alert" style="{red}">{html.escape(problem)}</b>') if problem else ""


def _beneath(words: str) -> str:
    """Return words as they stand beneath a widget, in line with it."""
    return f'<div style="margin-inline-start:calc({_LABELS} + 1em);line-height:1.4">{words}</div>'


# ── where it is shown ───────────────────────────────────────────────────────────────────────────────


def _variables(names: list[str]) -> dict[str, Any]:
    """Return the notebook's own variables that are called like parameters and hold plain values."""
    if importlib.util.find_spec("IPython") is None:
        return {}
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    held = shell.user_ns if shell else {}
    kinds = (str, int, float, bool, list, tuple, date, type(None))
    return {name: held[name] for name in names if name in held and isinstance(held[name], kinds)}


def _plain(value: Any) -> Any:
    """Return a value as papermill would hand it over: days and instants as text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _missing() -> str:
    return 'without ipywidgets the form cannot be shown: pip install "briefings[lab]", or set the parameters cell'


def _require_ipywidgets() -> None:
    if importlib.util.find_spec("ipywidgets") is None:
        raise MissingDependency(
            "ipywidgets is not installed", why="the form of parameters is made of its widgets",
            fix='pip install "briefings[lab]", or set the values in the parameters cell', code="NO_WIDGETS",
        )  # fmt: skip
