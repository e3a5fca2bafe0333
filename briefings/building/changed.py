"""Builds what changed since the issue before: figures, corrected claims, new events, with reason and office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from ..core.languages import Language, mark
from ..desks.desk import Desk
from ..desks.evidence import behind, documents_of, is_desk, made, reported, spoken, words_of
from ..desks.offices import voice
from ..desks.regions import bare
from ..desks.terms import CELLS
from ..desks.whose import in_cell
from ..desks.wording import harmed, is_road, label, named, names_listed, who
from ..model import Change, Claim, Event, Figure, Review
from ..page.runs import capital, chained, cite, say, sentence
from ..reviewing.upshot import fallen_with
from ..reviewing.verdicts import find, standing
from ..sections import ClaimRef, Column, Day, FigureRef, Moment, Name, Row, Runs, Section, Table, Text, Usual

MOST_CORRECTED, MOST_EVENTS = 12, 6
_DASH: Runs = (Text(text="—"),)
NEW = mark("New claim")
REASONS = {
    "new claim": NEW,
    "supersession": mark("Newer word of the same side"),
    "correction": mark("Correction"),
    "re-scope": mark("Claim for other days"),
    "": NEW,
}


def changes(desk: Desk, *, slot: str = "changes", title: str = Usual("What changed")) -> Section:
    """Return what reads otherwise than as of the issue before: old, new, why, by whose word; corrections first.

    The first period of a series has nothing to be held against, and the section stays empty.
    """
    desk = is_desk(desk, "changes")
    before = desk.previous_to_date()
    rows: list[Row] = []
    if known_before(desk) is not None:
        rows = [*_corrections(desk), *_figures(desk, before), *_events(desk)]
    telling = sorted(rows, key=lambda row: row.cells[1] == _DASH)  # what reads otherwise tells more than what is new
    text = desk.language.text
    columns = (
        Column(label=text("What")),
        Column(label=text("Before"), align="right"),
        Column(label=text("Now"), align="right"),
        Column(label=text("Why")),
        Column(label=text("By whose word")),
        Column(label=text("Sources")),
    )
    body = Table(
        columns=columns,
        rows=tuple(row.model_copy(update={"rank": telling.index(row)}) for row in rows),
        caption=_caption(desk) if rows else (),
    )
    return made(desk, body, slot=slot, title=title, figures=before)


def _caption(desk: Desk) -> Runs:
    """Return as of when the former numbers are; for one period before, an issue may be filed or not."""
    issue = mark("Before: as of the issue before, {moment}. Now: as of this issue.")
    period = mark("Before: one period before, as of {moment}. Now: as of this issue.")
    return say(desk.language, issue if is_of_an_issue(desk) else period, moment=Moment(at=desk.issued_before))


def is_of_an_issue(desk: Desk) -> bool:
    """Say whether what was known before is that of an issue by its instant alone, for it was not due then."""
    return desk.issued_before != desk.as_of - timedelta(days=desk.period.days)


def known_before(desk: Desk) -> datetime | None:
    """Return the instant of the issue before, as filed or as due; none in the first period of a series."""
    eve = desk.period.start - timedelta(days=1)
    return None if eve < desk.starts else desk.issued_before


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────


def _figures(desk: Desk, before: tuple[Figure, ...]) -> Iterator[Row]:
    """Yield a row for each total to date that reads otherwise than as of the issue before."""
    old = {(one.group, one.outcome): one for one in before if reported(one)}
    steps = sorted(desk.changes(), key=lambda one: one.window.start != desk.starts)
    for now in desk.figures_to_date():
        was = old.get((now.group, now.outcome))
        if (spoken(desk, now) or was) and (was is None or was.text != now.text):
            heard, own = spoken(desk, now), _own(desk, now)
            claims = behind(own) if heard else was.claims if was else ()
            cell = [one for one in steps if (one.group, one.outcome) == (now.group, now.outcome)]
            taken = [one for one in cell if one.window == cell[0].window]
            yield row(
                say(desk.language, "{cell}, to date", cell=label(now, desk.language)),
                (FigureRef(figure=was.id),) if was else _DASH,
                (FigureRef(figure=now.id),),
                _reasons([one for one in taken if was or one.by], desk.language),
                in_cell(words_of(desk, own), desk.language, most=2)
                if heard
                else _voices(desk, said_by(desk, claims)) or _DASH,
                cite(documents_of(desk, claims)) or _DASH,
            )


def _own(desk: Desk, total: Figure) -> Figure:
    """Return the figure whose voices speak for a total: that of the period where it is the very same.

    So the casualty table has it, and one number is nobody else's word here than there.
    """
    period = desk.figure(total.group, total.outcome)
    return period if reported(period) and period.text == total.text else total


def _reasons(steps: Sequence[Change], language: Language) -> Runs:
    """Return why a figure moved, each reason of its steps once: one side's newer word is none for another's new one."""
    found = (on_review(one.by, one.why, language) if one.by else say(language, REASONS[one.reason]) for one in steps)
    first, *more = dict.fromkeys(found) or [say(language, NEW)]
    return chained([first, *map(_further, more)], language)


def _further(reason: Runs) -> Runs:
    """Return a reason as it stands after another: each begins with a word of ours, which is small within a sentence."""
    first = reason[0]
    if not isinstance(first, Text):
        return reason
    return (first.model_copy(update={"text": first.text[:1].lower() + first.text[1:]}), *reason[1:])


def on_review(by: str, why: str, language: Language) -> Runs:
    """Return that a person corrected something, who, and why."""
    return say(language, "Correction on review by {who}: {why}", who=Name(text=by), why=Name(text=why))


def said_by(desk: Desk, claims: Iterable[str]) -> tuple[str, ...]:
    """Return whose words a number rested on that nobody gives any more: those who said so may say nothing else."""
    held = (desk.claim(key) for key in claims if desk.has_claim(key))
    return tuple(dict.fromkeys(desk.voices.speaker(claim).voice.name for claim in held))


def _voices(desk: Desk, voices: Sequence[str]) -> Runs:
    return sentence(*named(voices, desk.language, most=2)) if voices else ()


# ── corrections ─────────────────────────────────────────────────────────────────────────────────────


def _corrections(desk: Desk) -> Iterator[Row]:
    """Yield a row for each claim that reports took back or reviews changed since the issue before."""
    since = known_before(desk)
    assert since is not None
    yield from of_claims(desk, lambda _, at: at > since)


def of_claims(desk: Desk, wanted: Callable[[Claim, datetime], bool]) -> Iterator[Row]:
    """Yield a row for each claim that reports took back or reviews changed, of those wanted by claim and instant."""
    language = desk.language
    fallen = [one for one in desk.withdrawn if one.withdrawn and wanted(one, one.withdrawn) and not one.headline]
    for claim in fallen[:MOST_CORRECTED]:
        instead = _instead(desk, claim)
        review = None if instead else _rejected(desk, claim)
        gone = mark("Correction: a later version of the report no longer says so")
        other = mark("Correction: a later version of the report gives another number")
        yield row(
            _named(claim, language),
            (ClaimRef(claim=claim.id),),
            (ClaimRef(claim=instead.id),) if instead else say(language, "rejected" if review else "withdrawn"),
            on_review(review.by, review.reason, language) if review else say(language, other if instead else gone),
            _voice_of(claim, language) if instead or review else (Name(text=_outlet(claim, language)),),
            cite([claim.document_id, *([instead.document_id] if instead else [])]),
        )
    tops = desk.weighed.above
    for read in desk.weighed.unsaid:
        review = fallen_with(read, desk.weighed)
        if not wanted(read, review.at):
            continue
        top = tops.get(read.id)
        now = say(language, "rejected")
        if top and desk.has_claim(top):
            now = _now(read, desk.claim(top), language)
        yield row(
            _named(read, language),
            (ClaimRef(claim=read.id),),
            now,
            on_review(review.by, review.reason, language),
            _voice_of(read, language),
            cite([read.document_id]),
        )


def _now(read: Claim, top: Claim, language: Language) -> Runs:
    """Return the count a review set, with its days where it is these that the review changed."""
    count: Runs = (ClaimRef(claim=top.id),)
    return count if top.window == read.window else on_days(count, top, language)


def _rejected(desk: Desk, claim: Claim) -> Review | None:
    """Return the review by which a person rejected what a report no longer says, or the whole of that report."""

    def of_it(review: Review) -> bool:
        whole = review.kind == "document" and review.subject == claim.document_id
        return whole or any(find(claim, (one,)) for one in review.claims)

    return next((one for one in reversed(standing(desk.reviews)) if one.verdict == "reject" and of_it(one)), None)


def _instead(desk: Desk, claim: Claim) -> Claim | None:
    """Return what a later version of a report, or a note on it, has in the place of a count.

    That is of the same voice, people, days and place.
    """

    def told(one: Claim) -> tuple[object, ...]:
        return who(one).casefold(), one.group, one.outcome, one.window

    def place(one: Claim) -> str:
        return (one.place or "").partition(",")[0].casefold()

    later = {
        one.id
        for one in desk.documents
        if one.revises == claim.document_id or (one.publisher, one.published) == (claim.publisher, claim.withdrawn)
    }
    new = (one for one in desk.claims if one.document_id in later and not one.headline)
    same = (one for one in new if told(one) == told(claim) and place(one) in ("", place(claim)))
    return next(same, None)


def _named(claim: Claim, language: Language) -> Runs:
    """Return whom a claim counts, what became of them and when, without its count, which has a column of its own."""
    cell: Runs = (Text(text=language.text(CELLS[claim.group, claim.outcome])),)
    if language.code == "en":
        cell = sentence(capital("".join(run.text for run in harmed(claim)[1:] if isinstance(run, Text)).strip()))
    return on_days(cell, claim, language)


def on_days(cell: Runs, claim: Claim, language: Language) -> Runs:
    """Return what is said of a claim with the days it is for, if it has any."""
    if claim.window is None:
        return cell
    days = Day(start=claim.window.start, end=claim.window.end if claim.window.days > 1 else None, form="short")
    return say(language, "{cell}, {days}", cell=cell, days=days)


def _voice_of(claim: Claim, language: Language) -> Runs:
    return (Name(text=capital(voice(claim.claimant or claim.office or claim.publisher or "one source", language))),)


def _outlet(claim: Claim, language: Language) -> str:
    """Return who withdrew a count of a report: its outlet, whoever it had the count from said nothing new."""
    return claim.publisher or capital(voice("one source", language))


# ── events ──────────────────────────────────────────────────────────────────────────────────────────


def _told_before(desk: Desk, event: Event, day: date) -> bool:
    """Say whether a report told, up to a day, of something at the place of an event within its days."""
    place = bare((event.place or "").partition(",")[0])
    return any(
        bare((claim.place or "").partition(",")[0]) == place
        for claim in desk.claims
        if claim.stated_on is not None and claim.stated_on <= day
        if claim.window is not None and event.window.contains(claim.window)
    )


def _events(desk: Desk) -> Iterator[Row]:
    """Yield a row for each event with a place of its own that no report had told of by the issue before."""
    since = known_before(desk)
    assert since is not None
    told = 0
    whole = {bare(name) for name in (desk.region.name, *desk.region.names, desk.region.country)}
    for event in desk.events():
        claims = [claim for claim in event.claims if claim.stated_on is not None]
        days = [claim.stated_on for claim in claims if claim.stated_on is not None]
        if not days or min(days) <= since.date() or bare(event.place or "") in {"", *whole} or told >= MOST_EVENTS:
            continue
        if any(claim.scope == "cumulative" for claim in claims) and _told_before(desk, event, since.date()):
            continue  # a running total of what was told already is no event of its own
        told += 1
        end = event.window.end if event.window.days > 1 else None
        days_of = Day(start=event.window.start, end=end, form="short")
        names = [one.strip() for one in (event.place or "").split(";")]
        places = names_listed(names, desk.language)
        message = mark("Event on {place}, {days}") if all(map(is_road, names)) else mark("Event in {place}, {days}")
        voices = tuple(dict.fromkeys(desk.voice_names[desk.voices.speaker(claim).voice.key] for claim in claims))
        yield row(
            say(desk.language, message, place=places, days=days_of),
            _DASH,
            say(desk.language, "first told"),
            say(desk.language, "New event"),
            _voices(desk, voices),
            cite(dict.fromkeys(claim.document_id for claim in claims)),
        )


def row(*cells: Runs) -> Row:
    """Return a row of the section: what, before, now, why, by whose word, sources."""
    return Row(cells=cells)
