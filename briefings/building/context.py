"""Builds what stands around the news: background, the year's incidents, what is not known, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..core.languages import ENGLISH, Language, mark, mark_forms
from ..desks.desk import Desk
from ..desks.evidence import dataset_name, is_desk, made, reported, source
from ..desks.regions import bare
from ..desks.terms import CAVEAT
from ..desks.wording import harmed, label, whole_months
from ..model import Claim, Group, Incident, Passage, Verdict
from ..page.runs import cite, joined, listed, quoted, say, say_n, sentence, tally
from ..reviewing.upshot import fallen_with, lost_by_review
from ..sections import Datum, Day, Item, Items, Moment, Name, Runs, Section, Sources, Usual
from .changed import on_days
from .chronicle import LONGEST_QUOTE, outlet
from .news import one_side, sides_of
from .unused import MOST_HELD, elsewhere, held_back, nowhere, shared, undated, without_day

MOST_BACKGROUND = 5
METHOD = (
    mark(
        "Every toll is a claim and is printed with the office that made it; outlets that carry one office's number "
        "count as one origin."
    ),
    mark(
        "Figures for windows that overlap are never added. A sum that no source states is marked as computed; its "
        "terms are shown or attached."
    ),
    mark(
        "A range runs from the lowest to the highest live claim. A single number of one side is printed as that side's "
        "claim; a best figure is given only by a named rule, and nothing is averaged."
    ),
    mark(
        "“Militants” renders the several words claimants use for members of armed groups; it is their label, not a "
        "finding. Words in quotation marks are verbatim."
    ),
    mark("Earlier events and dataset rows are context and never enter a current figure."),
)
LICENCES = {
    "ucdp-ged": mark("Uppsala Conflict Data Program, licence CC BY"),
    "acled": mark("Armed Conflict Location and Event Data, acleddata.com"),
}


def background_items(desk: Desk, *, slot: str = "background", title: str = Usual("Background")) -> Section:
    """Return dated, sourced items: earlier events the sources recall, standing facts, and the year's record.

    Where sources recall nothing there is no section: that is no news.
    """
    desk = is_desk(desk, "background_items")
    items = [*_recalled(desk)[:2], *_standing(desk)[:2]]
    items += _year(desk)
    body = Items(items=tuple(Item(runs=runs) for runs in items[:MOST_BACKGROUND]))
    return made(desk, body, slot=slot, title=title)


def _recalled(desk: Desk) -> list[Runs]:
    """Return earlier events with a toll, each sentence once, verbatim and dated."""
    found: dict[str, Runs] = {}
    for claim in desk.background_claims():
        if len(claim.sentence.split()) <= LONGEST_QUOTE and not claim.headline:
            found.setdefault(claim.sentence, _recall(desk, claim))
    return list(found.values())


def _recall(desk: Desk, claim: Claim) -> Runs:
    window = claim.window
    if window is None:
        return _quoted(desk, claim.sentence, claim.document_id)
    days = Day(start=window.start, end=window.end, form="month" if whole_months(window) else "day")
    words = _quoted(desk, claim.sentence, claim.document_id)
    return sentence(*say(desk.language, "{days}, {words}", days=days, words=words))


def _quoted(desk: Desk, words: str, document: str) -> Runs:
    """Return an outlet's words with its name before them."""
    told = say(
        desk.language,
        "{outlet}: {words}{sources}",
        outlet=Name(text=outlet(desk, document)),
        words=quoted(words, document),
        sources=cite([document]),
    )
    return sentence(*told)


def _standing(desk: Desk) -> list[Runs]:
    taken = {claim.sentence for claim in desk.claims} | {one.sentence for one in desk.responsibilities}
    found: dict[str, Runs] = {}
    for passage in sorted(desk.passages, key=_newest_first):
        fits = passage.kind == "background" and len(passage.quote.split()) <= LONGEST_QUOTE
        if fits and not any(passage.quote in text for text in taken):
            found.setdefault(passage.quote, _quoted(desk, passage.quote, passage.document_id))
    return list(found.values())


def _newest_first(passage: Passage) -> tuple[int, str, int]:
    return (-(passage.stated_on or date.min).toordinal(), passage.document_id, passage.start)


def before(desk: Desk) -> list[Incident]:
    """Return the incidents of the twelve months of the chart that ended before the period."""
    first = desk.months()[0].month
    return [one for one in desk.incidents if first <= one.date_start and one.date_end < desk.period.start]


def _year(desk: Desk) -> list[Runs]:
    rows = before(desk)
    if not rows:
        return []
    first = desk.months()[0].month
    ref = f"{rows[0].dataset}:{first:%Y-%m}..{desk.period.start}"
    forms = mark_forms(
        "from {month} to the eve of this period, {dataset} holds {count} incident in {region} with {killed} killed by "
        "best estimates, all groups together.",
        "from {month} to the eve of this period, {dataset} holds {count} incidents in {region} with {killed} killed by "
        "best estimates, all groups together.",
    )
    told = say_n(
        desk.language,
        *forms,
        len(rows),
        month=Day(start=first, form="month"),
        dataset=Name(text=dataset_names(rows, desk.language)),
        count=Datum(value=len(rows), ref=ref),
        region=Name(text=desk.region_name),
        killed=Datum(value=sum(one.killed_best or 0 for one in rows), ref=ref),
    )
    return [sentence(*told)]


def dataset_names(rows: Sequence[Incident], language: Language = ENGLISH) -> str:
    """Return the datasets of incidents, each once, as they are cited."""
    return listed(tuple(dict.fromkeys(dataset_name(one) for one in rows)), language)


# ── what is not known ───────────────────────────────────────────────────────────────────────────────


def gaps(desk: Desk, *, slot: str = "gaps", title: str = Usual("What is not known")) -> Section:
    """Return what no source says, whose word the figures are, how old the data is, and the standing caveat."""
    desk = is_desk(desk, "gaps")
    items = [
        *_unsaid(desk),
        *_one_sided(desk),
        *_disputes(desk),
        *held_back(desk),
        *shared(desk),
        *_reviewed(desk),
        *_unplaced(desk),
        *undated(desk),
        *without_day(desk),
        *nowhere(desk),
        *elsewhere(desk),
        *_lag(desk),
    ]
    told = [Item(runs=runs, rank=rank) for rank, runs in enumerate(items, 1)]
    told.append(Item(runs=sentence(*say(desk.language, CAVEAT))))  # ranked first: it stays however little room there is
    return made(desk, Items(items=tuple(told)), slot=slot, title=title)


def _unsaid(desk: Desk) -> list[Runs]:
    language = desk.language
    cells: tuple[tuple[str, Group], ...] = (
        (mark("of security personnel killed"), "state_forces"),
        (mark("of militants killed"), "armed_group"),
        (mark("of civilians killed"), "civilians"),
    )
    silent = [word for word, group in cells if not reported(desk.figure(group, "killed"))]
    if not any(one.outcome == "injured" and reported(one) for one in desk.figures()):
        silent.append(mark("of people injured"))
    if not silent:
        return []
    days = Day(start=desk.period.start, end=desk.period.end if desk.period.days > 1 else None)
    message = mark("no source used gives a number {of_whom} for {days}. This is not a finding that there were none.")
    whom = listed([language.text(one) for one in silent], language, last="or")
    return [sentence(*say(language, message, of_whom=whom, days=days))]


def _one_sided(desk: Desk) -> list[Runs]:
    sides = sides_of(desk)
    if len(sides) != 1:
        return []
    message = mark(
        "every toll comes from {side}; the sources used give no count of another side and no independent one."
    )
    return [sentence(*say(desk.language, message, side=one_side(desk, sides[0])))]


def _disputes(desk: Desk) -> list[Runs]:
    language = desk.language
    found = [label(one, language) for one in (*desk.figures(), *desk.wider_figures()) if one.status == "disputed"]
    totals = [label(one, language) for one in desk.figures_to_date() if one.status == "disputed"]
    found += [language.text("{cell}, to date", cell=one) for one in totals if one not in found]
    names = tuple(dict.fromkeys(language.text("“{words}”", words=one) for one in found))
    if not names:
        return []
    message = mark("voices disagree on {cells}; their figures stand side by side.")
    return [sentence(*say(language, message, cells=listed(names, language)))]


def _reviewed(desk: Desk) -> list[Runs]:
    """Return how many of the claims behind the figures people have looked at, and each they changed, old and new."""
    weighed = desk.weighed
    tops = set(weighed.above.values())
    behind = {key for figure in desk.all_figures() for key in figure.claims}
    lost = {one.id for figure in desk.all_figures() for one in lost_by_review(figure, weighed)}
    concerned = {weighed.above.get(key, key) for key in behind | lost}  # a claim and its correction are one
    looked = [key for key in sorted(concerned) if key in weighed.verdicts]
    if not looked:
        return []
    gone = {one.id for one in weighed.rejected}
    seen = [weighed.verdicts[key] for key in looked]
    said = ["reject" if key in gone else weighed.verdicts[key].verdict for key in looked]
    language = desk.language
    verdicts: tuple[tuple[Verdict, tuple[str, str]], ...] = (
        ("accept", mark_forms("{count} accepted", "{count} accepted")),
        ("correct", mark_forms("{count} corrected", "{count} corrected")),
        ("merge", mark_forms("{count} merged", "{count} merged")),
        ("reject", mark_forms("{count} rejected", "{count} rejected")),
    )
    told = [
        say_n(language, *forms, count, count=tally(count, "claims", language))
        for verdict, forms in verdicts
        if (count := said.count(verdict))
    ]
    total = len(concerned)
    every = say_n(
        language,
        "of the {count} claim behind these figures",
        "of the {count} claims behind these figures",
        total,
        count=tally(total, "claims", language),
    )
    whole = say_n(
        language,
        "{of_all} {count} was reviewed by {who}: {verdicts}. The others stand as they were read.",
        "{of_all} {count} were reviewed by {who}: {verdicts}. The others stand as they were read.",
        len(seen),
        of_all=every,
        count=tally(len(seen), "claims", language),
        who=Name(text=listed(tuple(sorted({one.by for one in seen})), language)),
        verdicts=joined(told, language),
    )
    items: list[Runs] = [sentence(*whole)]
    changed = [one for one in weighed.unsaid if one.id in lost or weighed.above.get(one.id) in behind & tops]
    return items + [_amended(desk, one) for one in changed[:MOST_HELD]]


def _amended(desk: Desk, read: Claim) -> Runs:
    """Return what a review made of a claim: `Corrected: 18 civilians killed, in X, to 17 …`.

    What was merged into a claim that was then rejected fell for the reason that one did.
    """
    review, top = fallen_with(read, desk.weighed), desk.weighed.above.get(read.id)
    language = desk.language
    was, paper, sources = harmed(read, language), Name(text=outlet(desk, read.document_id)), cite([read.document_id])
    why = Name(text=review.reason)
    if top and desk.has_claim(top):
        message = mark("Corrected: {count}, in {outlet}{sources}, is read as {now} (reason: {why}).")
        after = desk.claim(top)
        now = harmed(after, language)
        if after.window != read.window:  # else the same count would be told twice
            was, now = on_days(was, read, language), on_days(now, after, language)
        return say(language, message, count=was, outlet=paper, sources=sources, now=now, why=why)
    corrected = mark("Corrected: {count}, in {outlet}{sources} (reason: {why}).")
    rejected = mark("Rejected: {count}, in {outlet}{sources} (reason: {why}).")
    return say(language, corrected if top else rejected, count=was, outlet=paper, sources=sources, why=why)


def _unplaced(desk: Desk) -> list[Runs]:
    current = [one for one in desk.claims if one.scope != "background" and not one.headline and one.window]
    whole = {bare(name) for name in (desk.region.name, *desk.region.names, desk.region.country)} | {""}
    vague = [one for one in current if bare(one.place or "") in whole]
    if not current or len(vague) < len(current):
        return []
    message = mark(
        "no toll in the sources used is tied to a place within {region}; towns and districts of the deaths are not "
        "known."
    )
    return [sentence(*say(desk.language, message, region=Name(text=desk.region_name)))]


def _lag(desk: Desk) -> list[Runs]:
    items: list[Runs] = []
    days = [one.published_on or (one.published.date() if one.published else None) for one in desk.documents]
    known = [day for day in days if day is not None]
    if known:
        told = say_n(
            desk.language,
            "{count} document on the region was at hand, of {day}; what was published after {moment} is not in this "
            "issue.",
            "{count} documents on the region were at hand, the newest of {day}; what was published after {moment} is "
            "not in this issue.",
            len(desk.documents),
            count=tally(len(desk.documents), "documents", desk.language),
            day=Day(start=max(known)),
            moment=Moment(at=desk.as_of),
        )
        items.append(sentence(*told))
    else:
        items.append(sentence(*say(desk.language, "no document on the region was at hand for this issue.")))
    items += _table_lag(desk)
    return items


def _table_lag(desk: Desk) -> list[Runs]:
    last: dict[str, date] = {}
    for one in desk.incidents:
        last[dataset_name(one)] = max(one.date_end, last.get(dataset_name(one), date.min))
    message = mark("{dataset}: the last incident held for the region is of {day}.")
    return [
        sentence(*say(desk.language, message, dataset=Name(text=name), day=Day(start=day)))
        for name, day in sorted(last.items())
    ]


# ── sources ─────────────────────────────────────────────────────────────────────────────────────────


def sources_list(desk: Desk, *, slot: str = "sources", title: str = Usual("Sources and method")) -> Section:
    """Return the documents and datasets the brief rests on, with the notes on method."""
    desk = is_desk(desk, "sources_list")
    text = desk.language.text
    datasets = sorted({(one.dataset, dataset_name(one)) for one in desk.incidents})
    body = Sources(
        sources=tuple(source(desk, document) for document in desk.documents),
        datasets=tuple(f"{name} ({text(LICENCES[key])})" if key in LICENCES else name for key, name in datasets),
        method=tuple(text(line) for line in METHOD),
    )
    return made(desk, body, slot=slot, title=title)
