"""What became of a cell that stopped a run, told as its author would have been told in the cell."""

from __future__ import annotations

import pytest
from nbformat import v4

from briefings.building.refusals import Problem, refuse
from briefings.errors import ContractError
from briefings.notebook.cells import Place
from briefings.notebook.failures import of_cell


def test_all_that_is_wrong_with_a_text_leaves_the_kernel() -> None:
    """Three faults of one cell are three lines of the error, and none of them takes the hint along."""
    faults = [Problem(f"character {at}", "'9' is a bare number", "write {date}") for at in (4, 17, 40)]
    with pytest.raises(ContractError) as refused:
        refuse(faults, of="the text", where="prose(desk, …)", fix="see the manual", code="PROSE")
    said = v4.new_output("error", ename="ContractError", evalue=str(refused.value), traceback=[])

    told = of_cell(Place(v4.new_code_cell("prose(…)"), 4, "Bottom line"), said, "events.ipynb")

    assert (told.error_code, told.what, told.why, told.fix) == (
        *("PROSE", "3 things in the text cannot be printed"),
        refused.value.why,
        "see the manual",
    )
    assert told.where == "events.ipynb, cell 4 (under “Bottom line”) → prose(desk, …)"
    assert str(told).count("bare number; write {date}") == 3
