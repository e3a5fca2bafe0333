"""Makes a brief fit its pages: takes as few of its steps as do, looking again until no more can be given back. Pure.

A type of brief names its steps in `brief.toml`. The brief is laid out whole and measured; which steps it needs is
reckoned from that, and then judged by laying the page out. What they leave out stays whole in the annex.
"""

from __future__ import annotations

from collections.abc import Callable

from ..errors import ContractError
from ..notebook.brief import Brief
from .flow import Outline, ending
from .headroom import NONE, Room, Taken, measured_in
from .trimming import parts_of, trim

_REFINED = 1
"""How many more times a page is laid out, once it fits, to see whether more can be given back."""

_WASTED, _FURTHER = 1 / 4, 2
"""Share of the last page that is not to stay empty where something was left out for the budget, and how many looks
more that is worth."""

_BARE = 1 / 18
"""Share of page one, about two lines, that is not to stay empty where something was left out for it."""

_WORTH = 2
"""Steps that another look must promise to give back; one on page one counts for two."""


def fit(brief: Brief, lay_out: Callable[[Brief], Outline]) -> Brief:
    """Return the brief with as few of its steps taken as make it fit, its pictures where pages are fullest.

    Page one comes first, then the budget; a last page with a line or two on it is saved too where little gives way.
    What room the steps leave is given back, to what gave way last first; then, on the pages there are, part by part to
    what is still cut, and last to what the type of brief keeps short on purpose.
    Raises ContractError (`PAGE_ONE`, `PAGE_BUDGET`) if all steps together do not help.
    """
    whole = trim(brief, brief.fit.always)
    outline = lay_out(whole)
    room = Room(brief, measured_in(outline, whole))
    as_it_is = not room.faults(outline) and not room.stub(outline) and room.cut(NONE) == whole
    best: tuple[Taken, Brief, int] | None = (NONE, whole, outline.pages) if as_it_is else None
    looks, most_looks = 0, _REFINED
    while best is None or looks < most_looks:
        taken = room.chosen()
        if best and not _gives(taken, best[0]):
            taken = best[0]
        most = best[2] if best else room.reckoned(taken).pages
        widened = room.widen(taken, most)
        cut = room.cut(taken)
        if best and (cut == best[1] or (taken == best[0] and _printed(cut) - _printed(best[1]) < _WORTH)):
            break
        looks += best is not None
        outline = lay_out(cut)
        faults = room.faults(outline)
        if widened and 0 in faults and not room.widened_on_page_one:  # it is of its own steps' making
            faults = (0,)
        elif widened and (faults or outline.pages > most):  # too much was promised: less of it, or none
            room.learn(taken, outline, ())
            room.promise_less(taken, outline)
            continue
        if not faults and (best is None or outline.pages <= best[2]):
            best = taken, cut, outline.pages
            wasted = (taken[1] and _empty(outline) >= _WASTED) or (taken[0] and _bare(outline, room) >= _BARE)
            most_looks = _REFINED + (_FURTHER if wasted else 0)
        elif best is None and all(len(taken[bound]) >= len(room.steps[bound]) for bound in faults):
            raise (_page_one if 0 in faults else _budget)(brief, outline)
        room.learn(taken, outline, faults)
    return best[1]


def _empty(outline: Outline) -> float:
    """Return the share of the last page on which nothing stands."""
    top, bottom = outline.body
    return outline.pages - (ending(outline) - top) / (bottom - top)


def _bare(outline: Outline, room: Room) -> float:
    """Return the share of page one that stays empty below what it must hold."""
    top, bottom = outline.body
    ends = max((end for slot in room.first for _, _, end in outline.spans.get(slot, ())), default=bottom)
    return (bottom - ends) / (bottom - top)


def _printed(cut: Brief) -> int:
    """Return how many parts a brief prints of its sections."""
    return sum(len(parts_of(section)) for section in cut.sections)


def _gives(taken: Taken, best: Taken) -> bool:
    """Say whether so much fewer steps are taken than before that it is worth another look."""
    fewer = [len(before) - len(now) for now, before in zip(taken, best, strict=True)]
    return 2 * fewer[0] + fewer[1] >= _WORTH


def _page_one(brief: Brief, outline: Outline) -> ContractError:
    first = brief.fit.first
    return ContractError(
        f"page one cannot carry everything up to the slot {first!r}",
        where="brief.toml",
        why=f"all {len(brief.fit.page_one)} steps of fit.page_one have been taken",
        fix="add steps to fit.page_one, name an earlier slot in fit.first, or shorten the cells that fill page one",
        code="PAGE_ONE",
    )


def _budget(brief: Brief, outline: Outline) -> ContractError:
    return ContractError(
        f"the brief takes {outline.pages} pages; its type allows {brief.page_budget}",
        where="brief.toml",
        why=f"all {len(brief.fit.pages)} steps of fit.pages have been taken",
        fix="add steps to fit.pages, raise page_budget, or shorten the cells that fill the brief",
        code="PAGE_BUDGET",
    )
