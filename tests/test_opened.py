"""A PDF held open is opened once for all who look into it, and given to nobody who asks for another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf

from briefings.proof import printed
from briefings.proof.opened import held_open, opened


def _pdf(pages: int) -> bytes:
    document, made = pikepdf.new(), BytesIO()
    for _ in range(pages):
        document.add_blank_page()
    document.save(made)
    return made.getvalue()


def test_who_asks_within_the_block_is_given_the_one_that_is_held() -> None:
    """It stays open as long as the block lasts, and no longer."""
    pdf = _pdf(2)
    with held_open(pdf):
        with opened(pdf) as first, opened(pdf) as second:
            assert first is second
        with opened(pdf) as third:
            assert third is first
            assert len(third.pages) == printed.pages(pdf) == 2
    with opened(pdf) as afterwards:
        assert afterwards is not first


def test_another_pdf_is_opened_by_itself() -> None:
    """What is held open first is given again once another is no longer held."""
    pdf, other = _pdf(1), _pdf(3)
    with held_open(pdf), opened(other) as found:
        assert len(found.pages) == printed.pages(other) == 3
    with held_open(pdf), held_open(other), opened(pdf) as found:
        assert len(found.pages) == 1
    with held_open(pdf), opened(pdf) as outer:
        with held_open(other), opened(other) as found:
            assert len(found.pages) == 3
        with opened(pdf) as again:
            assert again is outer


def test_a_pdf_of_the_same_bytes_is_another_one() -> None:
    """Nobody compares them: it is opened by itself, and says the same."""
    pdf = _pdf(2)
    copy = bytes(bytearray(pdf))
    assert copy == pdf
    assert copy is not pdf
    with held_open(pdf), opened(pdf) as held, opened(copy) as found:
        assert found is not held
        assert len(found.pages) == len(held.pages) == 2


def test_what_one_thread_holds_open_is_given_to_no_other() -> None:
    """A PDF that is looked into by two at once would have to bear it."""
    pdf = _pdf(1)

    def look(held: pikepdf.Pdf) -> bool:
        with opened(pdf) as found:
            return found is held

    with held_open(pdf), opened(pdf) as held, ThreadPoolExecutor(1) as others:
        assert look(held)
        assert not others.submit(look, held).result()
