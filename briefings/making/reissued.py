"""Says what reads otherwise than in the version an edition takes the place of: each figure, with what moved it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..building.changed import REASONS, is_of_an_issue, known_before, of_claims, on_review, row, said_by
from ..core.languages import mark
from ..desks.desk import Desk
from ..desks.evidence import Word, documents_of, made, reported, setting, spoken, words_of
from ..desks.whose import in_cell
from ..desks.wording import label
from ..matching.revisions import notice
from ..model import Claim, Figure, digest
from ..notebook.brief import Brief
from ..page.runs import cite, say
from ..reconciling.sayings import amends
from ..reviewing.upshot import fallen_with
from ..sections import Day, FigureRef, Moment, Row, Runs, Section, Table, Text

SLOT = "changes"
_DASH: Runs = (Text(text="—"),)
_Cell = tuple[str, str, bool]
"""Group, outcome, and whether it is the total to date."""


def since_replaced(desk: Desk, brief: Brief, before: Brief | None) -> Brief:
    """Return a brief whose section of changes tells first what reads otherwise than in the version it replaces.

    A brief without such a section, or that replaces none, stays as it is; so does one as of an earlier instant, where
    nothing has moved: it only knows less.
    """
    at = next((at for at, one in enumerate(brief.sections) if one.slot == SLOT and one.kind == "table"), None)
    if before is None or at is None or brief.masthead.as_of < before.masthead.as_of:
        return brief
    section = _told(desk, brief.sections[at], before)
    return brief.model_copy(update={"sections": (*brief.sections[:at], section, *brief.sections[at + 1 :])})


def _told(desk: Desk, section: Section, before: Brief) -> Section:
    olds: list[Figure] = []
    rows = list(_figures(desk, before, olds))
    if known_before(desk) is None:  # else the section has them already
        counted = {key for one in before.sections for figure in one.figures for key in figure.claims}
        rows += of_claims(desk, lambda claim, _: claim.id in counted)
    if not rows:
        return section
    body: Table = section.body
    issue = mark(
        "Before: as of the issue before, {moment}, or, where a row says so, in the version this one replaces. Now: as "
        "of this issue."
    )
    period = mark(
        "Before: one period before, as of {moment}, or, where a row says so, in the version this one replaces. Now: as "
        "of this issue."
    )
    alone = mark("Before: in the version this one replaces. Now: as of this issue.")
    ranked = [
        *(one.model_copy(update={"rank": rank}) for rank, one in enumerate(rows)),
        *(one.model_copy(update={"rank": one.rank + len(rows)}) for one in body.rows),
    ]
    both = say(desk.language, issue if is_of_an_issue(desk) else period, moment=Moment(at=desk.issued_before))
    caption = both if body.rows else say(desk.language, alone)
    whole = body.model_copy(update={"rows": tuple(ranked), "caption": caption})
    return made(desk, whole, slot=section.slot, title=section.title, figures=(*section.figures, *olds))


def _figures(desk: Desk, before: Brief, olds: list[Figure]) -> Iterator[Row]:
    """Yield a row for each figure of the period or to date that the version before printed otherwise, or not at all."""
    former = {
        key: one for section in before.sections for one in section.figures if (key := _cell(desk, one)) is not None
    }
    told: set[tuple[str, str, str, str]] = set()
    for now in (*desk.figures(), *desk.figures_to_date()):
        key = _cell(desk, now)
        was = former.get(key) if key else None
        was = was if was and reported(was) else None
        if key is None or not (was or spoken(desk, now)) or (was and was.text == now.text):
            continue
        step = (now.group, now.outcome, was.text if was else "", now.text)
        if step in told:
            continue
        told.add(step)
        if not (documents := documents_of(desk, _behind(desk, was, now))):
            continue  # it rested on reports that are not at hand any more: nothing can be cited
        if was:
            olds.append(was.model_copy(update={"id": digest("replaced", was.id)[:16]}))
        yield row(
            say(desk.language, "{cell}, since the version this one replaces", cell=_named(desk, now)),
            (FigureRef(figure=olds[-1].id),) if was else _DASH,
            (FigureRef(figure=now.id),),
            _why(desk, was, now),
            in_cell(words, desk.language, most=2) if (words := _words(desk, was, now)) else _DASH,
            cite(documents),
        )


def _cell(desk: Desk, figure: Figure) -> _Cell | None:
    """Return which figure of the period or to date this is; nothing for one of other days, or of bodies identified."""
    if figure.definition != "reported" or figure.unit or figure.place:
        return None
    if figure.window == desk.period:
        return figure.group, figure.outcome, False
    if (figure.window.start, figure.window.end) == (desk.starts, desk.period.end):
        return figure.group, figure.outcome, True
    return None


def _named(desk: Desk, figure: Figure) -> Runs:
    cell = label(figure, desk.language)
    if figure.window != desk.period:
        return say(desk.language, "{cell}, to date", cell=cell)
    end = figure.window.end if figure.window.days > 1 else None
    return say(desk.language, "{cell}, {days}", cell=cell, days=Day(start=figure.window.start, end=end, form="short"))


def _new(desk: Desk, was: Figure | None, now: Figure) -> list[Claim]:
    """Return the claims behind a figure that the version before did not have; those that set it come first."""
    known = set(was.claims) if was else set()
    ordered = sorted(now.positions, key=lambda one: one.relation != "current")
    keys = dict.fromkeys(key for one in ordered for key in one.claims if key not in known)
    return [desk.claim(key) for key in keys if desk.has_claim(key)]


def _behind(desk: Desk, was: Figure | None, now: Figure) -> Sequence[str]:
    """Return the claims a row is to cite: the new ones, else all there are, else those it was before."""
    return [one.id for one in _new(desk, was, now)] or now.claims or (was.claims if was else ())


def _words(desk: Desk, was: Figure | None, now: Figure) -> tuple[Word, ...]:
    """Return whose new words moved a figure; of one that moved without any, whose words it rests on."""
    words = words_of(desk, now) if reported(now) else ()
    new: dict[str, list[str]] = {}
    for one in _new(desk, was, now):
        new.setdefault(desk.voice_names[desk.voices.speaker(one).voice.key], []).append(one.id)
    moved = tuple(one for one in words if one.name in new)
    others = tuple(Word(name, tuple(claims), gave=False) for name, claims in new.items())
    return moved or others or words or tuple(map(Word, said_by(desk, was.claims if was else ())))


def _why(desk: Desk, was: Figure | None, now: Figure) -> Runs:
    """Return what moved a figure: a person's review, a report taken back, an office's correction, or newer words."""
    language, gone = desk.language, set(was.claims) - set(now.claims) if was else set()
    lost = next((one for one in desk.weighed.unsaid if one.id in gone), None)
    new = _new(desk, was, now)
    if lost is not None:
        review = fallen_with(lost, desk.weighed)
        return on_review(review.by, review.reason, language)
    if top := next((one for one in new if one.corrects), None):
        review = desk.weighed.verdicts[top.id]
        return on_review(review.by, review.reason, language)
    fallen = any(one.id in gone for one in desk.withdrawn)
    if fallen or any(amends(one) or notice(desk.document(one.document_id)) == "correction" for one in new):
        return say(language, REASONS["correction"])
    return say(language, REASONS["supersession" if was and _replaced(was, now) else "new claim"])


def _replaced(was: Figure, now: Figure) -> bool:
    """Say whether a number that set a figure before has given way to a newer one of its own side."""
    gone = {key for one in now.positions for key in one.superseded}
    gone |= {key for one in now.positions if one.relation == "update_same_side" for key in one.claims}
    return any(gone & set(one.claims) for one in setting(was))
