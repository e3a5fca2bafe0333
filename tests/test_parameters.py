"""Parameters: what may be said to a brief, refused or typed before any kernel starts."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from declared import OF_EVERY_TYPE
from hypothesis import given
from hypothesis import strategies as st

from briefings.errors import ParameterError
from briefings.notebook.brief import BriefType, parse_type, resolve
from briefings.notebook.parameters import is_parameter_name

TODAY = date(2026, 3, 1)
KIND = parse_type(
    """
    title = "Trial"
    notebooks = ["trial.ipynb"]
    [parameters.date]
    type = "date"
    default = "today"
    maximum = "today"
    [parameters.as_of]
    type = "datetime"
    default = ""
    optional = true
    [parameters.rows]
    type = "int"
    default = 10
    minimum = 1
    maximum = 50
    [parameters.share]
    type = "float"
    default = 0.5
    """
    + OF_EVERY_TYPE,
    name="trial",
    where="trial/brief.toml",
)


def told(kind: BriefType, **given: object) -> str:
    with pytest.raises(ParameterError) as caught:
        resolve(kind, given, today=TODAY)
    return str(caught.value)


def test_defaults_are_complete_and_json() -> None:
    """Every parameter has a value, in the order of the file, and the values survive JSON."""
    values = resolve(KIND, {}, today=TODAY)
    assert values == {
        "date": "2026-03-01",
        "as_of": "",
        "rows": 10,
        "share": 0.5,
        "wide": False,
        "tone": "plain",
        "places": [],
        "note": None,
    }
    assert json.loads(json.dumps(values)) == values


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("date", "yesterday", "2026-02-28"),
        ("date", "-7d", "2026-02-22"),
        ("date", "month_start", "2026-03-01"),
        ("date", "2026-01-31", "2026-01-31"),
        ("date", date(2026, 1, 31), "2026-01-31"),
        ("as_of", "2026-01-31T18:00+05:00", "2026-01-31T18:00:00+05:00"),
        ("as_of", "2026-01-31 18:00", "2026-01-31T18:00:00"),
        ("as_of", "2026-01-31T13:00Z", "2026-01-31T13:00:00+00:00"),
        ("rows", "7", 7),
        ("rows", 7, 7),
        ("share", "0.25", 0.25),
        ("share", 1, 1.0),
        ("wide", "yes", True),
        ("wide", "0", False),
        ("tone", "full", "full"),
        ("places", "Quetta, Gwadar", ["Quetta", "Gwadar"]),
        ("places", '["a, b", "c"]', ["a, b", "c"]),
        ("places", ("x",), ["x"]),
        ("note", "", None),
    ],
)
def test_text_and_values_are_typed(name: str, given: object, value: object) -> None:
    """What a command line or a form can say becomes the declared type."""
    assert resolve(KIND, {name: given}, today=TODAY)[name] == value


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("date", "31.1.2026", "'31.1.2026' will not do; expected a day such as 2026-01-31, today, yesterday, -7d or"),
        ("date", "2026-03-02", "'2026-03-02' is out of bounds; expected a day"),
        ("date", datetime(2026, 1, 31, 12), "expected a day"),
        ("as_of", "noon", "'noon' will not do; expected an instant such as 2026-01-31T18:00+05:00"),
        ("rows", "0", "0 is out of bounds; expected a whole number such as 7, not below"),
        ("rows", True, "True will not do; expected a whole number"),
        ("rows", 1.5, "1.5 will not do; expected a whole number"),
        ("share", "nan", "'nan' will not do; expected a number"),
        ("share", float("inf"), "inf will not do; expected a number"),
        ("wide", "maybe", "'maybe' will not do; expected true or false"),
        ("tone", "pliain", "'pliain' is not offered; did you mean plain?; expected one of plain, full"),
        ("places", [1], "[1] will not do; expected a list such as one,two"),
        ("places", {"a"}, "{'a'} will not do; expected a list"),
        ("note", b"bytes", "b'bytes' will not do; expected text"),
        ("note", "\ud800", "'\\ud800' will not do; expected text"),
        ("note", "x" * 10_001, "will not do; expected text of at most 10000 characters"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, given: object, message: str) -> None:
    """A value of another type, outside its bounds or not offered says what was expected."""
    assert f"{name}: " in told(KIND, **{name: given})
    assert message in told(KIND, **{name: given})


def test_all_problems_are_told_at_once() -> None:
    """Unknown, mistyped and reserved parameters come in one error of status 2."""
    with pytest.raises(ParameterError) as caught:
        resolve(KIND, {"dat": "x", "rows": "many", "brief": "other"}, today=TODAY)
    assert caught.value.exit_status == 2
    assert str(caught.value) == (
        "PARAMETER: 3 parameters of a 'trial' brief cannot be used\n"
        "  why: \n"
        "    - dat: there is no such parameter; did you mean date?\n"
        "    - brief: is set by the run itself\n"
        "    - rows: 'many' will not do; expected a whole number such as 7, not below 1, not above 50\n"
        "  try: this brief takes date, as_of, rows, share, wide, tone, places, note"
    )


def test_a_name_in_capitals_is_near_the_one_without() -> None:
    """Who types DATE means date."""
    with pytest.raises(ParameterError, match=r"DATE: there is no such parameter; did you mean date\?"):
        resolve(KIND, {"DATE": "today"}, today=TODAY)


def test_a_parameter_without_default_must_be_given() -> None:
    """Required means required: missing is an error that says what is expected."""
    text = 'title = "T"\nnotebooks = ["t.ipynb"]\n[parameters.region]\n[slots.a]\nkind = "prose"\n'
    kind = parse_type(text, name="t", where="t/brief.toml")
    assert "region: is missing; expected text" in told(kind)
    assert resolve(kind, {"region": "north"}, today=TODAY) == {"region": "north"}


@pytest.mark.parametrize(
    "name",
    ["x=1\nopen('f')", "a.b", "class", "None", "__import__", "a__b", "_x", "1x", "", "dаte", "x" * 65, "a b", "a\n"],
)
def test_names_that_are_code_are_refused(name: str) -> None:
    """Names are written into the notebook as they are, so only plain identifiers pass."""
    assert not is_parameter_name(name)
    assert "there is no such parameter" in told(KIND, **{name: "x"})


@given(st.text(max_size=40))
def test_no_name_can_leave_its_assignment(name: str) -> None:
    """Whatever passes as a name compiles as exactly one assignment to that very name."""
    if is_parameter_name(name):
        code = compile(f"{name} = 1", "<cell>", "exec")
        assert code.co_names == (name,)


@given(st.dictionaries(st.sampled_from([one.name for one in KIND.parameters]), st.text(max_size=30)))
def test_any_text_is_typed_or_refused(given: dict[str, str]) -> None:
    """No text makes the check fail otherwise than by its own error, and what passes survives JSON."""
    try:
        values = resolve(KIND, given, today=TODAY)
    except ParameterError:
        return
    assert json.loads(json.dumps(values, allow_nan=False)) == values
