"""Names checked before anything runs: those that nothing gives, and arguments that no builder takes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from briefings.building.name_lint import findings
from briefings.model import Finding
from briefings.notebook.brief import load_type, parse_type
from briefings.notebook.cells import parse_notebook, read_notebook

ROOT = Path(__file__).parents[1]
KIND = parse_type(
    """
    title = "Trial"
    notebooks = ["trial.ipynb"]
    [parameters.date]
    type = "date"
    [slots.toll]
    kind = "table"
    """,
    name="trial",
    where="trial/brief.toml",
)
OPENING = (
    "import briefings\nfrom briefings.builders import casualty_table, prose\ndesk = briefings.desk(brief, date=date)"
)


def told(*sources: str) -> list[str]:
    """Return what is told of the cells of a notebook that opens a desk, with the line of each."""
    return [f"{one.code} {one.where.rpartition(', ')[2]}: {one.message}" for one in found(*sources)]


def levels(*sources: str) -> list[str]:
    """Return how grave what is told is."""
    return [one.level for one in found(*sources)]


def found(*sources: str) -> list[Finding]:
    """Return what is found in the cells of a notebook that opens a desk."""
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"c{at}", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for at, source in enumerate([OPENING, *sources])
    ]
    nb = parse_notebook(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "t.ipynb")
    return list(findings(nb, "t.ipynb", KIND))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('casualty_tabl(desk, slot="toll")', "no cell gives casualty_tabl a value; did you mean casualty_table?"),
        ('table(desk, slot="toll")', "table is not imported; write `from briefings.builders import table` above"),
        ("len(dsek.claims)", "no cell gives dsek a value; did you mean desk?"),
        ("pd.DataFrame()", "no cell gives pd a value; give it one in a cell above, or import it"),
        ("sum(one.low for one in desk.claims if quarterly)", "no cell gives quarterly a value; give it one"),
    ],
)
def test_a_name_that_nothing_gives_is_told_with_what_would_fit(source: str, message: str) -> None:
    """A builder that is not imported, a name mistyped, a library nobody loaded."""
    (one,) = told(source)
    assert one.startswith(f"NAME_UNKNOWN line 1: {message}")


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import polars\nexcept ImportError as fault:\n    print(fault)\nelse:\n    polars.show()",
        "def share(of, *more, **named):\n    return [of, more, named, (lambda one: one)(of)]\nshare(1)",
        "for at, (day, claims) in enumerate({}.items()):\n    print(at, day, claims)\nelse:\n    at",
        "[one for one in desk.claims if (found := one.low)]\nfound",
        "match desk.claims:\n    case [first, *rest]:\n        first, rest\n    case {'a': b, **c}:\n        b, c",
        "class Toll:\n    low = 1\n    def more(self):\n        return self.low + len(__name__)\nToll().more()",
        "%load_ext briefings\ndisplay(desk)\n_, _3, _i3",
        "from numpy import *\nzeros(3)",
        'exec("later = 3")\nlater',
        "%run beside.py\nlater",
        "get_ipython().push({'later': 3})",
        "get_ipython().user_ns['later'] = 3",
        "shell = get_ipython()\nshell.ex('later = 3')",
        "from IPython import get_ipython as shell\nshell().push({'later': 3})",
        "import IPython.display\nIPython.get_ipython().push({'later': 3})",
        "import sys\nsys.modules[__name__].__dict__.update(later=3)",
        "import __main__\n__main__.later = 3",
        "give = globals\ngive()['later'] = 3",
        "%load_ext a_library_that_pushes_names\nlater",
        "%load_ext\nget_ipython().run_line_magic('load_ext')\nlater",
        "!false\nprint(_exit_code, _dh, _ii, __builtins__, __doc__)",
        "%%time\nlater = 3",
        "files = !ls\nfiles",
        "with open('x') as file:\n    file.read()",
    ],
)
def test_names_that_something_gives_are_let_be(source: str) -> None:
    """Loops, functions, patterns, walruses, magics; and where names come from what cannot be seen, nothing is said."""
    assert told(source, "later" if "later" in source else "") == []


@pytest.mark.skipif(sys.version_info < (3, 12), reason="these are of Python 3.12")
@pytest.mark.parametrize(
    "source",
    ["def share[T](of: T) -> T:\n    return of", "type Pair[T] = tuple[T, T]\nPair", "class Of[*Ts, **P]:\n    Ts, P"],
)
def test_parameters_of_types_are_names_that_are_given(source: str) -> None:
    """They stand between brackets, and nowhere else."""
    assert told(source) == []


@pytest.mark.parametrize(
    "plain", ["%matplotlib inline", "%load_ext briefings", "!ls", "files = !ls", "%%prose toll\nIn **words**."]
)
def test_magics_that_give_no_name_hide_none(plain: str) -> None:
    """IPython makes calls of its own of them, as of those that might."""
    (one,) = told(plain, "dsek")
    assert one == "NAME_UNKNOWN line 1: no cell gives dsek a value; did you mean desk?"


def test_a_name_that_may_never_be_asked_for_stops_no_brief() -> None:
    """Only a run tells; an argument that no builder takes ends any."""
    assert levels("if desk is None:\n    dsek") == ["warn"]
    assert levels("casualty_table(desk, 3)") == ["stop"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            'casualty_table(desk, slot="toll", titel="Dead")',
            "casualty_table() takes no argument 'titel'; did you mean title?; it takes desk, slot, title",
        ),
        (
            'casualty_table(desk, "toll")',
            "casualty_table() takes 1 without a name, and 'toll' is one more; write slot='toll'",
        ),
        ("casualty_table(desk, 3)", "casualty_table() takes 1 without a name, and 3 is one more; name it, as one of "),
    ],
)
def test_an_argument_that_a_builder_does_not_take_is_told(source: str, message: str) -> None:
    """With the one that is near, or the way to give it."""
    (one,) = told(source)
    assert one.startswith(f"ARGUMENT_UNKNOWN line 1: {message}")


def test_words_take_any_name_and_what_is_spread_is_not_counted() -> None:
    """A text is given by keyword what its braces hold."""
    assert told('prose(desk, "{many} roads", slot="toll", many=3)', "casualty_table(*[desk], **{})") == []


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_nothing_is_said_of_the_notebooks_that_come_with_the_program(path: Path) -> None:
    """All their names are given."""
    kind = load_type(ROOT / "templates" / "daily")
    assert list(findings(read_notebook(path), path.name, kind)) == []
