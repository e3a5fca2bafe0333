"""Builds the charts of time: what happened and was said by the hour, and how the year's months compare."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from ..core.languages import mark
from ..dating.dayparts import part_of
from ..dating.hours import hour_of
from ..desks.desk import Desk
from ..desks.evidence import is_desk, made
from ..desks.offices import voice
from ..desks.regions import bare
from ..desks.statements import Statement
from ..desks.terms import CELLS
from ..desks.wording import harmed, is_one, is_road, kind_of_violence
from ..model import GROUPS, OUTCOMES, Claim, Window
from ..page.runs import capital, listed, say, say_n
from ..sections import Bar, Chart, ClaimRef, Computed, Day, Mark, Name, Run, Runs, Section, Tally, Text, Usual
from .context import dataset_names
from .voice_charts import amount, source

MOST_SAID, MOST_HAPPENED, MOST_TALLIES, LONGEST, SHORT = 7, 4, 3, 3, 8
"""Marks of each kind, counts of one mark, days for which hours are told apart, words of a sentence told whole."""
_AROUND = timedelta(minutes=30)
_DEEDS = ("simultaneity", "development", "impact")
ACTS = {
    "air strikes": mark("Air strikes"),
    "bombings": mark("Bombings"),
    "shootings": mark("Shootings"),
    "shelling": mark("Shelling"),
    "clashes": mark("Clashes"),
    "security operations": mark("Security operations"),
    "attacks": mark("Attacks"),
}


# ── hours ───────────────────────────────────────────────────────────────────────────────────────────


def timeline_chart(desk: Desk, *, slot: str = "timeline_chart", title: str = Usual("By the hour")) -> Section:
    """Return what happened and was said by the hour; nothing is drawn where nothing that happened has an hour."""
    desk = is_desk(desk, "timeline_chart")
    happened = _happened(desk) if desk.period.days <= LONGEST else []
    said = _said(desk)
    if not happened or len(happened) + len(said) < 3:
        return made(desk, Chart(chart="timeline", message=()), slot=slot, title=title)
    claims = [desk.claim(one.claim.claim) for each in said for one in each.tallies if one.claim]
    message = mark("When it happened, as far as sources give an hour, and when each count was stated.")
    body = Chart(
        chart="timeline",
        message=say(desk.language, message),
        marks=(*happened, *said),
        source=source(desk, claims),
    )
    return made(desk, body, slot=slot, title=title)


def _said(desk: Desk) -> list[Mark]:
    """Return what offices stated during the period: each number once, when it was first given, with those of its hour.

    What an office said before it corrected itself stands at its own hour, for that is when it was said.
    """
    first = datetime.combine(desk.period.start, time(), desk.region.zone)
    found: dict[tuple[str, Window, datetime], tuple[Statement, dict[str, Claim]]] = {}
    for one in desk.statements():
        for stated, claim in _first_stated(desk, one) if one.owned else ():
            at = stated.astimezone(desk.region.zone)
            if first <= at <= desk.as_of:
                found.setdefault((one.key, one.window, at), (one, {}))[1].setdefault(claim.id, claim)
    told = [(key[2], one, list(claims.values())) for key, (one, claims) in found.items()]
    kept = sorted(told, key=lambda each: (each[1].generic, -len(each[2]), each[0]))[:MOST_SAID]
    return [_statement(desk, one, stated, claims) for stated, one, claims in kept]


def _first_stated(desk: Desk, one: Statement) -> list[tuple[datetime, Claim]]:
    """Return when an office first gave each number of a statement, or one it has replaced since, whoever printed it."""
    first: dict[tuple[object, ...], Claim] = {}
    cells = {(claim.group, claim.outcome) for claim in one.claims}
    told = {(claim.group, claim.outcome, claim.low, claim.high) for claim in one.claims}
    for claim in desk.claims:
        number = (claim.group, claim.outcome, claim.low, claim.high)
        ours = number in told or (number[:2] in cells and claim.id in desk.superseded)
        if ours and claim.stated and claim.window == one.window and desk.voices.speaker(claim).voice.key == one.key:
            before = first.get(number)
            if before is None or (claim.headline, claim.stated) < (before.headline, before.stated or claim.stated):
                first[number] = claim
    told_first = sorted(first.values(), key=lambda claim: (OUTCOMES.index(claim.outcome), GROUPS.index(claim.group)))
    return [(claim.stated, claim) for claim in told_first if claim.stated and not claim.headline]


def _statement(desk: Desk, one: Statement, stated: datetime, claims: Sequence[Claim]) -> Mark:
    return Mark(
        start=stated,
        label=capital(voice(one.who, desk.language)),
        window=one.window,
        tallies=tuple(_tally(desk, claim) for claim in claims[:MOST_TALLIES]),
    )


def _tally(desk: Desk, claim: Claim) -> Tally:
    cell = desk.language.text(CELLS[claim.group, claim.outcome])
    if desk.language.code == "en" and is_one(claim):  # the cells are named in the plural
        cell = "".join(run.text for run in harmed(claim)[1:] if isinstance(run, Text)).strip()
    cell = cell[:1].lower() + cell[1:]
    if claim.modifier == "vague":
        cell = desk.language.text("of {cell}", cell=cell)
    return Tally(of=cell, claim=ClaimRef(claim=claim.id), **amount(claim))


def _happened(desk: Desk) -> list[Mark]:
    """Return what happened at an hour, or in a part of a day, that its source gives; each place and hour once."""
    found: dict[tuple[datetime, str], Mark] = {}
    told = [(one.sentence, one.place, one.date_from, one.date_to) for one in desk.claims if one.scope == "incident"]
    told += [(one.quote, one.place, one.date_from, one.date_to) for one in desk.passages if one.kind in _DEEDS]
    for words, place, start, end in told:
        if start is None or start != end or not desk.period.start <= start <= desk.period.end:
            continue
        known = _hours(desk, words, start)
        label = _label(desk, words, place or "") if known else ""
        if known and label:
            first, last, loosely = known
            found.setdefault((first, label), Mark(start=first, end=last, kind="happened", label=label, hour=loosely))
    return sorted(found.values(), key=lambda one: (one.end is not None, one.start, one.label))[:MOST_HAPPENED]


def _hours(desk: Desk, words: str, day: date) -> tuple[datetime, datetime | None, str] | None:
    """Return from when to when a sentence puts what happened, and its words for an hour or part so loosely told."""
    midnight = datetime.combine(day, time(), desk.region.zone)
    if hour := hour_of(words):
        at = midnight.replace(hour=hour.hour, minute=hour.minute)
        return (at - _AROUND, at + _AROUND, hour.words) if hour.about else (at, None, "")
    if part := part_of(words, day):
        return midnight + timedelta(hours=part.start), midnight + timedelta(hours=part.end), part.words
    return None


def _label(desk: Desk, words: str, place: str) -> str:
    """Return what happened in a few words: a short sentence itself, else the kind of violence and its places.

    Nothing where a long sentence tells of no violence.
    """
    if len(words.split()) <= SHORT:
        whole = words.strip()
        return desk.language.quoted(whole if whole.endswith(".m.") else whole.rstrip("."))
    kind = kind_of_violence([words])
    if kind not in ACTS:
        return ""
    text = desk.language.text
    known = {bare(name) for name in desk.region.places}
    places = [part.strip() for name in place.split(";") for part in name.split(",") if bare(part.strip()) in known]
    if not places:
        return text(ACTS[kind])
    return text(
        mark("{act} on {place}") if all(map(is_road, places)) else mark("{act} in {place}"),
        act=text(ACTS[kind]),
        place=listed(list(dict.fromkeys(places)), desk.language, most=3, of="places"),
    )


# ── months ──────────────────────────────────────────────────────────────────────────────────────────


def context_chart(desk: Desk, *, slot: str = "context", title: str = Usual("Context")) -> Section:
    """Return twelve months of incidents and killed, out of the context tables, with dataset, source and its lag."""
    desk = is_desk(desk, "context_chart")
    bars = desk.months()
    language = desk.language
    if not any(bar.incidents for bar in bars):
        message = mark("No incidents of the region in the context tables of this workspace.")
        body = Chart(
            chart="months",
            message=say(language, message),
            source=say(language, "the context tables of this workspace."),
        )
        return made(desk, body, slot=slot, title=title)
    rows = [one for one in desk.incidents if one.date_start >= bars[0].month]
    names = dataset_names(rows)
    last = max(one.date_end for one in rows)
    body = Chart(
        chart="months",
        message=_highest(desk, bars),
        bars=_partial(desk, bars),
        until=desk.period.end,
        source=_source(desk, names, last),
        dataset=names,
    )
    return made(desk, body, slot=slot, title=title)


def _source(desk: Desk, names: str, last: date) -> Runs:
    """Return the dataset, what is counted, and how long before the end of the period its rows end."""
    lag = (desk.period.end - last).days
    places: dict[str, Run] = {
        "dataset": Name(text=names),
        "region": Name(text=desk.region_name),
        "day": Day(start=last),
        "count": Computed(value=max(lag, 0), formula="days from the last row to the end of the period"),
    }
    if lag <= 0:
        message = mark("{dataset}; {region}, best estimates of all groups; last row {day}.")
        return say(desk.language, message, **places)
    return say_n(
        desk.language,
        "{dataset}; {region}, best estimates of all groups; last row {day}, {count} day before the period’s end.",
        "{dataset}; {region}, best estimates of all groups; last row {day}, {count} days before the period’s end.",
        lag,
        **places,
    )


def _partial(desk: Desk, bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """Return the bars with the last day held of a last month that is not over, or not wholly in the tables."""
    last = bars[-1]
    after = (last.month.replace(day=28) + timedelta(days=4)).replace(day=1)
    held = min(desk.covered.end if desk.covered else desk.period.end, desk.period.end)
    if held >= after - timedelta(days=1) or held < last.month:
        return tuple(bars)
    return (*bars[:-1], last.model_copy(update={"through": held}))


def _highest(desk: Desk, bars: Sequence[Bar]) -> Runs:
    """Return what the chart shows in a sentence: the months with most killed in recorded incidents."""
    most = max(bar.killed for bar in bars)
    if most == 0:
        return say(desk.language, "Incidents recorded each month; no deaths are recorded in them.")
    top = [desk.language.month_name(bar.month) for bar in bars if bar.killed == most]
    message = mark("Deaths in recorded incidents were highest in {months}.")
    return say(desk.language, message, months=desk.language.listed(top))
