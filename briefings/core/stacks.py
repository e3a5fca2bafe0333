"""Gives calls inside one another their room in one piece, where Python lays it out, and takes it back, bit by bit.

CPython keeps the variables of calls in pieces of 16 KiB. A call that comes to the edge of one has another mapped, and
unmapped as it ends; a loop that happens to stand at such an edge does so each time round. To lay out and print four
pages did so three thousand times or eighteen thousand, by chance, and the latter took a twelfth of the time. A piece
is as large as the first call in it asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Made = TypeVar("_Made")

_WORDS = 1 << 17
"""Words a call is said to need, 1 MiB: its piece is of twice that, and half is left for what it calls.

It is address space alone: no memory is used before a call is there that uses it.
"""


def in_one_piece(work: Callable[[], _Made]) -> _Made:
    """Return what some work comes to, with room for its calls in one piece; deeper ones than fit go on as ever."""
    return work()


in_one_piece.__code__ = in_one_piece.__code__.replace(co_stacksize=_WORDS)
