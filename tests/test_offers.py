"""What the Tab key offers in an open brace: references of the very desk, in cells of prose and texts of builders."""

from __future__ import annotations

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from test_builders import disputed, incidents

from briefings.building.magics import load_ipython_extension
from briefings.building.offers import offered, open_brace
from briefings.building.references import References
from briefings.desks.desk import Desk


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A desk of two sides, with a year of incidents."""
    return disputed().desk(incidents=incidents())


def test_what_is_offered_is_a_reference_of_the_desk(desk: Desk) -> None:
    """Figures that are reported first; each of what is offered can be placed, but for what is only begun."""
    first = offered(desk, "")
    assert "state_forces/killed" in first[:4]
    assert "civilians/displaced" not in first
    begun = [one for one in first if one.endswith(":")]
    assert {"place:", "office:", "claim:", "incidents:"} <= set(begun)
    for one in (
        *(one for one in first if one not in begun),
        *(two for kind in begun[:7] for two in offered(desk, kind)),
    ):
        assert References(desk).place(one).runs, one


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("state_f", "state_forces/killed"),
        ("place:", "place:Haro"),
        ("place:ha", "place:Haro"),
        ("office:the h", "office:the Haro Freedom Army"),
        ("by:", "by:state_forces/killed/to_date"),
        ("cite:Ga", "cite:Gazette"),
        ("day:2031", "day:2031-05-10"),
        ("date|", "date|weekday"),
        ("state_forces/killed|", "state_forces/killed|best"),
        ("incidents:", "incidents:11"),
        ("incidents:11:killed_b", "incidents:11:killed_best"),
    ],
)
def test_what_is_typed_narrows_it(desk: Desk, typed: str, among: str) -> None:
    """By its first letters, whatever their case; after a kind its names, after a bar the ways to write it."""
    found = offered(desk, typed)
    assert among in found
    assert all(one.casefold().startswith(typed.casefold()) for one in found)


@pytest.mark.parametrize(
    ("cell", "line", "begun"),
    [
        ("%%prose lead\nOn {da", "On {da", "da"),
        ("%%prose lead\nOn {date} {", "On {date} {", ""),
        ("%%prose lead\nOn {date} ", "On {date} ", None),
        ('prose(desk, "On {da', 'prose(desk, "On {da', "da"),
        ('prose(desk, words, about={"a', 'prose(desk, words, about={"a', None),
        ("held = {da", "held = {da", None),
    ],
)
def test_only_a_brace_in_words_of_an_authors_is_one(cell: str, line: str, begun: str | None) -> None:
    """Sets and dicts of Python are left alone."""
    assert open_brace(cell, line) == begun


def test_the_tab_key_offers_it_in_a_notebook(desk: Desk) -> None:
    """After `%load_ext briefings`, however often: each once, with the desk that the cell is of, and nothing without."""
    shell = InteractiveShell.instance()
    try:
        load_ipython_extension(shell)
        load_ipython_extension(shell)

        def told(cell: str) -> list[str]:
            with provisionalcompleter():
                return [one.text for one in shell.Completer.completions(cell, len(cell))]

        assert told("%%prose lead\nIn {place:Ha") == []
        shell.user_ns |= {"desk": desk, "other": disputed().desk()}
        assert told("%%prose lead\nIn {place:Ha")[0] == "place:Haro"
        assert "incidents:11" in told("%%prose lead\nSome {incidents:")
        assert "incidents:11" not in told("%%prose lead --desk other\nSome {incidents:")
        assert told('prose(desk, "In {place:Ha')[0] == "place:Haro"
    finally:
        InteractiveShell.clear_instance()
