"""Room for calls inside one another."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable

import pytest

from briefings.core.stacks import in_one_piece

_DEPTH, _CALLS = 400, 500


def test_what_comes_of_the_work_or_goes_wrong_with_it_comes_through() -> None:
    """A result is handed on, and a fault is met where it would be met without."""
    assert in_one_piece(lambda: 7) == 7
    with pytest.raises(KeyError, match="nothing"):
        in_one_piece(lambda: {}["nothing"])


@pytest.mark.skipif(sys.platform != "linux", reason="pages are counted as Linux counts them")
def test_calls_at_an_edge_have_no_memory_mapped_each_time() -> None:
    """Of many calls from every depth some stand at an edge, where each has a page mapped; with room there is none."""
    apart, together = _mapped(_at_every_depth), _mapped(lambda: in_one_piece(_at_every_depth))
    assert together < _CALLS / 2
    assert apart > together


def _mapped(work: Callable[[], None]) -> int:
    """Return how many pages of memory this thread was given while it did some work."""
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    work()
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def _at_every_depth(left: int = _DEPTH) -> None:
    for _ in range(_CALLS):
        _nothing()
    if left:
        _at_every_depth(left - 1)


def _nothing() -> None:
    pass
