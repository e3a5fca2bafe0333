"""Why a figure is what it is: its rule, what each voice says, the sentences and documents behind it, the reviews."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..core.layers import near
from ..errors import UsageError
from ..layout.export import key
from ..model import GROUPS, OUTCOMES, Claim, Document, Figure, Position, Relation, Window
from ..reviewing.upshot import lost_by_review
from .meant import hint
from .telling import Explanation, Held, Link, Origin, Said, days
from .wording import publisher_of

if TYPE_CHECKING:
    from .desk import Desk

_LEAST = 4
_DAYS = re.compile(r"^(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$")


def named(figures: Sequence[Figure], text: str, period: Window) -> Figure:
    """Return the figure of a short name, an id, the first letters of either, or of `group/outcome[/days]`.

    Of several windows a cell has figures for, the period's own is meant, or the widest if that is not reported.
    Errors: UsageError `UNKNOWN_FIGURE` or `AMBIGUOUS_FIGURE`, with those there are.
    """
    wanted = text.strip()
    group, slash, rest = wanted.partition("/")
    if slash:
        return _of_cell(figures, group, rest, period)
    if len(wanted) >= _LEAST:
        names = ((one, name) for one in figures for name in (key(one), one.id))
        found = {one.id: one for one, name in names if name.startswith(wanted.casefold())}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            listed = "; ".join(line(one) for one in found.values())
            raise UsageError(f"{wanted!r} could be any of {listed}", fix="give more letters", code="AMBIGUOUS_FIGURE")
    raise _unknown(figures, wanted)


def line(figure: Figure) -> str:
    """Return a figure in one line: short name, cell, days, range."""
    return f"{key(figure)} {figure.group}/{figure.outcome} {days(figure.window)}: {figure.text}"


def explain(desk: Desk, wanted: Figure | str, *, edition: str = "", notes: Iterable[str] = ()) -> Explanation:
    """Return the path of a figure of a desk to the words it rests on. Errors: UsageError for a name of none."""
    figures = (*desk.all_figures(), *desk.extents())
    if isinstance(wanted, str):
        figure = named(figures, wanted, desk.period)
    else:
        figure = next((one for one in figures if one.id == wanted.id), wanted)
    said = tuple(_said(desk, position) for position in figure.positions if position.relation not in _held_codes(desk))
    cell = [one for one in figures if (one.group, one.outcome) == (figure.group, figure.outcome) and one != figure]
    return Explanation(
        key=key(figure),
        figure=figure,
        brief=desk.brief,
        region=desk.region.name,
        edition=edition,
        said=said,
        held=(*_doubtful(desk, figure), *_rejected(desk, figure)),
        relations=_relations(desk, figure),
        others=tuple((key(one), f"{days(one.window)}: {one.text}") for one in cell),
        notes=tuple(notes),
    )


def _said(desk: Desk, position: Position) -> Said:
    held = [one for one in position.claims if desk.has_claim(one)]
    return Said(
        position=position,
        links=tuple(_link(desk, desk.claim(one), _standing(desk, position, one, held)) for one in held),
    )


def _standing(desk: Desk, position: Position, claim: str, held: Sequence[str]) -> str:
    if claim == held[0]:
        return position.relation or "current"
    if claim in position.superseded:
        return "superseded"
    first, other = desk.claim(held[0]), desk.claim(claim)
    return "corrected_copy" if first.corrects and (first.low, first.high) != (other.low, other.high) else "restated"


def _link(desk: Desk, claim: Claim, standing: str) -> Link:
    read = desk.claim(claim.corrects) if claim.corrects and desk.has_claim(claim.corrects) else None
    return Link(
        claim=claim,
        standing=standing,
        origin=_origin(desk, desk.document(claim.document_id)),
        read=read,
        review=desk.weighed.verdicts.get(claim.id),
    )


def _origin(desk: Desk, document: Document) -> Origin:
    published = document.published.isoformat(timespec="minutes") if document.published else document.published_on
    return Origin(
        document=document.id,
        publisher=publisher_of(document),
        title=document.title or document.text.strip().partition("\n")[0][:120],
        published=str(published or ""),
        url=document.url,
        sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        extractor=desk.extractors.get(document.id, ""),
    )


def _held_codes(desk: Desk) -> set[str]:
    return {finding.code for finding in desk.held_back()}


def _doubtful(desk: Desk, figure: Figure) -> tuple[Held, ...]:
    """Return what is held back from a figure's cell and days."""
    found = []
    for finding in desk.held_back():
        claim = desk.claim(finding.where) if desk.has_claim(finding.where) else None
        listed = claim is not None and any(
            finding.where in position.claims and position.relation == finding.code for position in figure.positions
        )
        if claim is not None and (listed or _of(claim, figure)):
            found.append(Held(link=_link(desk, claim, finding.code), code=finding.code))
    return tuple(found)


def _rejected(desk: Desk, figure: Figure) -> tuple[Held, ...]:
    """Return what left a figure by review: rejected, or corrected into another cell or other days."""
    lost = lost_by_review(figure, desk.weighed)
    gone = {one.id for one in desk.weighed.rejected}
    codes = ((one, "reject" if one.id in gone else desk.weighed.verdicts[one.id].verdict) for one in lost)
    return tuple(Held(link=_link(desk, one, f"review.{code}"), code=f"review.{code}") for one, code in codes)


def _of(claim: Claim, figure: Figure) -> bool:
    same = (claim.group, claim.outcome) == (figure.group, figure.outcome)
    return same and claim.window is not None and figure.window.contains(claim.window)


def _relations(desk: Desk, figure: Figure) -> tuple[Relation, ...]:
    """Return how the claims of a figure stand to one another, less what its positions say already."""
    ours = set(figure.claims)
    found = (one for one in desk.relations() if one.subject in ours and one.object in ours)
    return tuple(one for one in found if one.kind not in ("repeats", "disjoint"))


def _of_cell(figures: Sequence[Figure], group: str, rest: str, period: Window) -> Figure:
    outcome, slash, when = rest.partition("/")
    groups = tuple(
        dict.fromkeys((*GROUPS, *(one.group for one in figures), *(one.unit for one in figures if one.unit)))
    )
    outcomes = tuple(dict.fromkeys((*OUTCOMES, *(one.outcome for one in figures))))
    for word, words, what in ((group, groups, "group"), (outcome, outcomes, "outcome")):
        if word not in words:
            raise UsageError(
                f"{word!r} is no {what}{hint(word, words)}", fix=f"one of {', '.join(words)}", code="UNKNOWN_FIGURE"
            )
    cell = [one for one in figures if group in (one.group, one.unit) and one.outcome == outcome]
    if slash:
        window = _window(when)
        cell = [one for one in cell if one.window == window]
    elif len(cell) > 1:
        own = [one for one in cell if one.window == period and one.status != "not_reported"]
        cell = own or sorted(cell, key=lambda one: -one.window.days)
    if not cell:
        raise _unknown(figures, f"{group}/{rest}")
    return cell[0]


def _window(text: str) -> Window:
    match = _DAYS.match(text)
    try:
        start = date.fromisoformat(match[1]) if match else None
        end = date.fromisoformat(match[2]) if match and match[2] else start
        if start is None or end is None or end < start:
            raise ValueError(text)
    except ValueError:
        raise UsageError(
            f"{text!r} are no days", fix="write YYYY-MM-DD or YYYY-MM-DD..YYYY-MM-DD", code="UNKNOWN_FIGURE"
        ) from None
    return Window(start=start, end=end)


def _unknown(figures: Sequence[Figure], wanted: str) -> UsageError:
    known = [name for one in figures for name in (key(one), f"{one.group}/{one.outcome}")]
    told = "; ".join(line(one) for one in figures if one.status != "not_reported") or "none is reported"
    return UsageError(
        f"no figure is named {wanted!r}{near(wanted, known)}",
        why=f"the figures there are: {told}",
        fix="briefings figures BRIEF -p date=DAY prints their short names; or give GROUP/OUTCOME",
        code="UNKNOWN_FIGURE",
    )
