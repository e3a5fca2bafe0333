"""Opens a PDF for those who look into it, and remembers which is held open, so that it is opened once for all of them.

What is held is known to the thread, or the task, that holds it, for as long as its block lasts. None of those who look
may change the PDF; so each finds in it what it would find by opening it itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO

import pikepdf

_held: ContextVar[tuple[bytes, pikepdf.Pdf] | None] = ContextVar("held", default=None)


@contextmanager
def held_open(pdf: bytes) -> Iterator[None]:
    """Hold a PDF open within this block, for whoever of this thread asks for it there. Raises pikepdf.PdfError."""
    with pikepdf.open(BytesIO(pdf)) as document:
        before = _held.set((pdf, document))
        try:
            yield
        finally:
            _held.reset(before)


@contextmanager
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    """Give a PDF to look into: the one that is held open, if it is that. Raises pikepdf.PdfError."""
    held = _held.get()
    if held is not None and held[0] is pdf:
        yield held[1]
    else:
        with pikepdf.open(BytesIO(pdf)) as document:
            yield document
