"""The form of a brief's parameters: checked while it is changed, passed through where nobody is at it."""

from __future__ import annotations

import importlib.util
import inspect
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from editions import DAY

import briefings
from briefings.authoring.forms import Form, form
from briefings.core.settings import Workspace
from briefings.errors import MissingDependency, ParameterError, UsageError
from briefings.making.edition import Made, collect, make
from briefings.notebook import notebook_files
from briefings.notebook.cells import read_notebook
from briefings.notebook.notebook import harvest
from briefings.notebook.notebook_files import code
from briefings.notebook.parameters import OF_A_DESK

MORE = """
[parameters.share]
type = "float"
default = 0.5
minimum = 0
help = "How much of it."
[parameters.wide]
type = "bool"
default = false
[parameters.beside]
type = "region"
default = ""
optional = true
[parameters.places]
type = "list"
default = ["Kesh"]
[parameters.groups]
type = "list"
choices = ["civilians", "state_forces"]
default = []
[parameters.rows]
type = "int"
optional = true
minimum = 1
"""
"""Parameters of every type that the daily brief has none of."""


@pytest.fixture
def root(demo: Workspace, tmp_path: Path) -> Path:
    """A workspace whose daily brief takes parameters of every type."""
    root = Path(shutil.copytree(demo.root, tmp_path / "workspace"))
    template = root / "templates" / "daily" / "brief.toml"
    template.write_text(template.read_text().replace("[slots.bottom_line]", f"{MORE}\n[slots.bottom_line]"))
    return root


def opened(root: Path, **values: Any) -> Form:
    return form("balochistan", workspace=root, **{"date": "2026-01-31", **values})


def test_what_is_handed_to_a_desk_is_taken_by_it() -> None:
    """Forms and new notebooks open it with these."""
    assert set(OF_A_DESK) < set(inspect.signature(briefings.desk).parameters)


def widget(shown: Form, name: str) -> Any:
    """Return a widget of the form as it is shown."""
    pytest.importorskip("ipywidgets", reason="ipywidgets is an extra and not installed")
    assert shown.box
    return shown.widgets[name]


def said(shown: Form, name: str) -> str:
    """Return what the form says beneath a widget."""
    (row,) = [row for row in shown.box.children if row.children[0] is shown.widgets[name]]
    return str(row.children[1].value)


# ── values ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_form_is_a_mapping_of_every_parameter(root: Path) -> None:
    """What was given stands in place of the defaults, and each value is of its type."""
    values = dict(opened(root, days="3", places=("Kesh", "Mand")))
    assert values == {
        "brief": "balochistan", "date": "2026-01-31", "days": 3, "as_of": "", "language": "", "judgement": "",
        "confidence": "", "because": "", "share": 0.5, "wide": False, "beside": "", "places": ["Kesh", "Mand"],
        "groups": [], "rows": None,
    }  # fmt: skip


def test_the_desk_of_a_form_is_that_of_its_values(root: Path) -> None:
    """It takes what a desk knows; the rest is for the cells that use it."""
    collect(root)
    desk = opened(root, days=2, share=0.25).desk()
    assert (str(desk.period.end), desk.period.days, desk.brief) == ("2026-01-31", 2, "balochistan")
    assert opened(root).desk(days=3).period.days == 3


def test_all_that_does_not_fit_is_told_at_once(root: Path) -> None:
    """A form with a wrong value gives none, and names the nearest right ones."""
    shown = opened(root, days=99, confidence="hihg", beside="balochitan")
    assert list(shown.problems()) == ["days", "confidence", "beside"]
    with pytest.raises(ParameterError) as caught:
        shown["date"]
    assert str(caught.value).startswith("PARAMETER: 3 values of the form of 'balochistan' cannot be used")
    assert "did you mean high?" in str(caught.value)
    assert "did you mean balochistan?" in str(caught.value)
    with pytest.raises(ParameterError, match=r"dayz: there is no such parameter; did you mean days\?"):
        opened(root, dayz=3)
    with pytest.raises(UsageError, match="did you mean 'balochistan'"):
        form("balochitan", workspace=root)


def test_a_form_asks_no_clock(root: Path) -> None:
    """A day that moves is none: the same notebook gives the same brief."""
    assert "is missing" in form("balochistan", workspace=root).problems()["date"]
    assert "moves with the calendar" in opened(root, date="today").problems()["date"]


# ── widgets ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_form_is_had_by_the_name_of_the_package() -> None:
    """Authors write `briefings.form(brief)`."""
    assert briefings.form is form


def test_each_parameter_has_the_widget_that_fits_it(root: Path) -> None:
    """Days are picked, choices and regions chosen, truths ticked; help and bounds stand beneath."""
    shown = opened(root)
    kinds = {one.name: type(widget(shown, one.name)).__name__ for one in shown.parameters}
    assert kinds == {
        "date": "DatePicker", "days": "IntText", "as_of": "Text", "language": "Text", "judgement": "Text",
        "confidence": "Dropdown", "because": "Text", "share": "FloatText", "wide": "Checkbox", "beside": "Dropdown",
        "places": "Text", "groups": "SelectMultiple", "rows": "Text",
    }  # fmt: skip
    assert widget(shown, "date").value.isoformat() == "2026-01-31"
    assert [value for _, value in widget(shown, "beside").options] == ["", "balochistan"]
    about = {row.children[0].description: row.children[2].value for row in shown.box.children}
    assert "How many days the brief is about, up to date and with it; 1 to 31" in about["days"]
    assert "How much of it; 0 or more" in about["share"]


def test_a_change_is_checked_at_once(root: Path) -> None:
    """What is wrong stands beneath the widget while it is wrong, and the form gives no values until then."""
    from datetime import date

    shown = opened(root)
    widget(shown, "days").value = 99
    assert "99 is out of bounds; expected a whole number such as 7, not below 1, not above 31" in said(shown, "days")
    with pytest.raises(ParameterError, match="days: 99 is out of bounds"):
        shown.desk()
    widget(shown, "days").value = 3
    assert (said(shown, "days"), shown["days"]) == ("", 3)
    widget(shown, "date").value = date(2026, 2, 1)
    widget(shown, "confidence").value = "high"
    widget(shown, "places").value = "Kesh, Mand"
    widget(shown, "groups").value = ("civilians",)
    widget(shown, "rows").value = "none"
    assert "&#x27;none&#x27; will not do" in said(shown, "rows")
    widget(shown, "rows").value = "12"
    widget(shown, "wide").value = True
    assert {name: shown[name] for name in ("date", "confidence", "places", "groups", "rows", "wide")} == {
        "date": "2026-02-01", "confidence": "high", "places": ["Kesh", "Mand"], "groups": ["civilians"], "rows": 12,
        "wide": True,
    }  # fmt: skip
    widget(shown, "date").value = None
    assert "is missing" in said(shown, "date")


def test_a_value_that_does_not_fit_to_begin_with_is_shown_as_wrong(root: Path) -> None:
    """A widget that cannot show it is empty, and says what is there and what would be right."""
    shown = opened(root, confidence="hihg", date="31.1.2026")
    assert (widget(shown, "confidence").value, widget(shown, "date").value) == (None, None)
    assert "did you mean high?" in said(shown, "confidence")
    assert "31.1.2026" in said(shown, "date")


def test_in_jupyterlab_the_form_is_shown_as_widgets(root: Path) -> None:
    """The widgets' own type goes with it, and the values as text for whoever has no widgets."""
    pytest.importorskip("ipywidgets", reason="ipywidgets is an extra and not installed")
    bundle = opened(root)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "days=1" in bundle["text/plain"]


def test_jupyterlab_needs_no_build_for_the_widgets() -> None:
    """They come as an extension that is built already, beside the kernel's side of them."""
    lab = pytest.importorskip("jupyterlab_widgets", reason="ipywidgets is an extra and not installed")
    (path,) = lab._jupyter_labextension_paths()
    built = Path(lab.__file__).parent / path["src"]
    assert (built / "package.json").is_file()
    assert list((built / "static").glob("remoteEntry*.js"))


def test_without_ipywidgets_the_values_are_shown_with_what_to_install(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing fails: a notebook with a form runs everywhere, only the widgets are not there."""
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "ipywidgets" else find(name, *rest)
    )
    shown = opened(root)
    told = shown._repr_mimebundle_()
    assert list(told) == ["text/plain"]
    assert 'pip install "briefings[lab]"' in told["text/plain"]
    assert shown["days"] == 1
    with pytest.raises(MissingDependency) as caught:
        _ = shown.box
    assert caught.value.error_code == "NO_WIDGETS"


# ── runs ────────────────────────────────────────────────────────────────────────────────────────────


def with_form(root: Path, name: str) -> Path:
    """Have a notebook open its desk by a form."""
    path = root / "notebooks" / name
    file = notebook_files.read(path)
    at = next(at for at, cell in enumerate(file.cells) if cell["id"] == "desk")
    file.set_source(at, "desk = chosen.desk()\ndesk")
    file.insert(at, code("form", "chosen = briefings.form(brief)\nchosen"))
    file.write()
    return path


def record(made: Made) -> Any:
    """Return the executed notebook of an edition."""
    return read_notebook(made.pdf.parent / "notebooks" / "casualties.ipynb")


@pytest.mark.slow
def test_a_run_goes_through_a_form_with_the_values_it_was_given(made: Made, root: Path) -> None:
    """The sections are those without a form; the record shows values and no widgets, and may be used again."""
    first = record(made)
    with_form(root, "casualties.ipynb")
    formed = make("balochistan", {**DAY, "rows": "4"}, workspace=root)
    again = record(formed)
    sections = [[one.section for one in harvest(nb, "casualties.ipynb")] for nb in (first, again)]
    assert sections[0] == sections[1]
    (cell,) = [cell for cell in again.cells if cell.id == "form"]
    (output,) = cell.outputs
    assert list(output.data) == ["text/plain"]
    assert "date='2026-01-31'" in output.data["text/plain"]
    assert "rows=4" in output.data["text/plain"]
    assert "casualties" not in str(formed.as_dict()["unsteady"])


@pytest.mark.slow
def test_papermill_alone_sets_the_values_of_a_form(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What papermill injects is what the form begins with, and nobody has to click."""
    import papermill

    collect(root)
    path = with_form(root, "casualties.ipynb")
    monkeypatch.chdir(root)
    out = root / "out.ipynb"
    papermill.execute_notebook(
        str(path), str(out), parameters={"date": "2026-01-30", "days": 2}, kernel_name="python3", progress_bar=False
    )
    ran = json.loads(out.read_text())
    (desk,) = [cell for cell in ran["cells"] if cell.get("id") == "desk"]
    assert "2026-01-30" in str(desk["outputs"])
