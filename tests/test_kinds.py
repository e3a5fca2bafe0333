"""Which class of people words name, and of which of a state's forces counts are: never one for the other."""

from __future__ import annotations

import pytest
from outlets import report
from test_many_offices import MONDAY

from briefings.reconciling.forces import forces_of
from briefings.reconciling.kinds import classes, of_some
from briefings.report.extract import read_document


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("policemen", {"police"}),
        ("police officers", {"police"}),
        ("troops", {"soldier"}),
        ("army conscripts", {"soldier"}),
        ("babies", {"child"}),
        ("border guards", {"border", "guard"}),
    ],
)
def test_words_of_one_class_are_one_word(words: str, named: set[str]) -> None:
    """What one paper calls troops another calls soldiers."""
    assert classes(words) == named


def test_some_of_a_group_are_not_all_of_it() -> None:
    """Police officers are some of the forces; personnel, civilians and "others" may be any of their group."""
    assert of_some("police officers")
    assert of_some("soldiers")
    assert not any(of_some(words) for words in ("security personnel", "civilians", "fighters", "others", ""))


@pytest.mark.parametrize(
    ("counted", "forces"),
    [
        ("police officers", {"police"}),
        ("soldiers", {"soldier"}),
        ("members of the security forces", set()),
        ("border guards", set()),
        ("civilians", set()),
        ("militants", set()),
    ],
)
def test_a_count_is_of_a_force_where_its_words_leave_no_other(counted: str, forces: set[str]) -> None:
    """Guards may be soldiers or police, and may be what another counts as either."""
    (one,) = read_document(report(f"Three {counted} were killed in Sell on Monday, the governor said.", MONDAY)).claims
    assert forces_of(one) == forces
