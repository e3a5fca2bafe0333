"""Builds what stands around the news: background, the year's incidents, what is not known, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .chronicle import LONGEST_QUOTE, outlet
from .desks import Desk
from .evidence import dataset_name, is_desk, made, reported, source
from .model import Claim, Document, Incident, Passage
from .news import one_side, sides_of
from .regions import bare
from .runs import joined
from .sections import (
    Cite,
    Datum,
    Day,
    Item,
    Items,
    Moment,
    Name,
    Quote,
    Run,
    Runs,
    Section,
    Sources,
    Text,
)
from .verdicts import lost_by_review
from .wording import CAVEAT, NO_INFORMATION, cite, counted, in_words, label, listed, sentence, whole_months

MOST_BACKGROUND, MOST_HELD, MOST_TITLE = 5, 3, 90
METHOD = (
    "Every toll is a claim and is printed with the office that made it; outlets that carry one office's number "
    "count as one origin.",
    "Figures for windows that overlap are never added. A sum that no source states is marked as computed and "
    "shows its terms.",
    "A range runs from the lowest to the highest live claim. A single best figure is given only by a named rule, "
    "never from one party to the conflict alone, and nothing is averaged.",
    "“Militants” renders the several words claimants use for members of armed groups; it is their label, not a "
    "finding. Words in quotation marks are verbatim.",
    "Earlier events and dataset rows are context and never enter a current figure.",
)
LICENCES = {
    "ucdp-ged": "Uppsala Conflict Data Program, licence CC BY",
    "acled": "Armed Conflict Location and Event Data, acleddata.com",
}


def background_items(desk: Desk, *, slot: str = "background", title: str = "Background") -> Section:
    """Return dated, sourced items: earlier events the sources recall, standing facts, and the year's record."""
    desk = is_desk(desk, "background_items")
    items = [*_recalled(desk)[:2], *_standing(desk)[:2]]
    items += _year(desk)
    body = Items(items=tuple(Item(runs=runs) for runs in items[:MOST_BACKGROUND]), empty=NO_INFORMATION)
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
    days: tuple[Run, ...] = ()
    if window is not None:
        form = "month" if whole_months(window) else "day"
        days = (Day.model_validate({"start": window.start, "end": window.end, "form": form}), Text(text=", "))
    return sentence(
        *days,
        Name(text=outlet(desk, claim.document_id)),
        ": ",
        Quote(text=claim.sentence, document=claim.document_id),
        Cite(documents=(claim.document_id,)),
    )


def _standing(desk: Desk) -> list[Runs]:
    taken = {claim.sentence for claim in desk.claims} | {one.sentence for one in desk.responsibilities}
    found: dict[str, Runs] = {}
    for passage in sorted(desk.passages, key=_newest_first):
        fits = passage.kind == "background" and len(passage.quote.split()) <= LONGEST_QUOTE
        if fits and not any(passage.quote in text for text in taken):
            found.setdefault(
                passage.quote,
                sentence(
                    Name(text=outlet(desk, passage.document_id)),
                    ": ",
                    Quote(text=passage.quote, document=passage.document_id),
                    Cite(documents=(passage.document_id,)),
                ),
            )
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
    return [
        sentence(
            "from ",
            Day(start=first, form="month"),
            " to the eve of this period, ",
            Name(text=dataset_names(rows)),
            " holds ",
            Datum(value=len(rows), ref=ref),
            f" incident{'' if len(rows) == 1 else 's'} in ",
            Name(text=desk.region.name),
            " with ",
            Datum(value=sum(one.killed_best or 0 for one in rows), ref=ref),
            " killed by best estimates, all groups together",
            ".",
        )
    ]


def dataset_names(rows: Sequence[Incident]) -> str:
    """Return the datasets of incidents, each once, as they are cited."""
    return listed(tuple(dict.fromkeys(dataset_name(one) for one in rows)))


# ── what is not known ───────────────────────────────────────────────────────────────────────────────


def gaps(desk: Desk, *, slot: str = "gaps", title: str = "What is not known") -> Section:
    """Return what no source says, whose word the figures are, how old the data is, and the standing caveat."""
    desk = is_desk(desk, "gaps")
    items = [
        *_unsaid(desk),
        *_one_sided(desk),
        *_disputes(desk),
        *_held_back(desk),
        *_reviewed(desk),
        *_unplaced(desk),
        *_undated(desk),
        *_without_day(desk),
        *_lag(desk),
    ]
    told = [Item(runs=runs, rank=rank) for rank, runs in enumerate(items, 1)]
    told.append(Item(runs=sentence(CAVEAT)))  # ranked first: it stays however little room there is
    return made(desk, Items(items=tuple(told)), slot=slot, title=title)


def _unsaid(desk: Desk) -> list[Runs]:
    silent = [
        word
        for group, word in (
            ("state_forces", "security personnel killed"),
            ("armed_group", "militants killed"),
            ("civilians", "civilians killed"),
        )
        if desk.figure(group, "killed").status == "not_reported"  # type: ignore[arg-type]
    ]
    if not any(one.outcome == "injured" and reported(one) for one in desk.figures()):
        silent.append("people injured")
    if not silent:
        return []
    return [
        sentence(
            f"no source used gives a number {listed([f'of {one}' for one in silent], last='or')} for ",
            Day(start=desk.period.start, end=desk.period.end if desk.period.days > 1 else None),
            ". This is not a finding that there were none.",
        )
    ]


def _one_sided(desk: Desk) -> list[Runs]:
    sides = sides_of(desk)
    if len(sides) != 1:
        return []
    return [
        sentence(
            "every toll comes from ",
            *one_side(desk, sides[0]),
            "; the sources used give no count of another side and no independent one.",
        )
    ]


def _disputes(desk: Desk) -> list[Runs]:
    found = [one for one in (*desk.figures(), *desk.wider_figures()) if one.status == "disputed"]
    names = tuple(dict.fromkeys(label(one).lower() for one in found))
    return [sentence(f"voices disagree on {listed(names)}; their figures stand side by side.")] if names else []


def _held_back(desk: Desk) -> list[Runs]:
    """Return second-hand counts that enter no figure, each once, with its outlet and the reason."""
    found: dict[tuple[str, int | None, int | None, str, str], tuple[Claim, str]] = {}
    for finding in desk.held_back():
        claim = desk.claim(finding.where) if desk.has_claim(finding.where) else None
        if claim is not None and claim.part_of is None:
            key = (claim.document_id, claim.low, claim.high, claim.group, claim.outcome)
            found.setdefault(key, (claim, finding.message))
    items: list[Runs] = []
    for claim, message in list(found.values())[:MOST_HELD]:
        head = (Text(text="Held back: "), *counted(claim), Text(text=f" {claim.outcome}, in "))
        paper = Name(text=outlet(desk, claim.document_id))
        items.append((*head, paper, *cite([claim.document_id]), Text(text=f". {message}")))
    return items


def _reviewed(desk: Desk) -> list[Runs]:
    """Return how many of the claims behind the figures people have looked at, and each they changed, old and new."""
    weighed = desk.weighed
    tops = set(weighed.above.values())
    behind = {key for figure in desk.all_figures() for key in figure.claims}
    lost = {one.id for figure in desk.all_figures() for one in lost_by_review(figure, weighed)}
    seen = [weighed.verdicts[key] for key in sorted(behind | lost) if key in weighed.verdicts]
    if not seen:
        return []
    told = [
        f"{in_words(count)} {word}"
        for word, verdict in (
            ("accepted", "accept"),
            ("corrected", "correct"),
            ("merged", "merge"),
            ("rejected", "reject"),
        )
        if (count := sum(one.verdict == verdict for one in seen))
    ]
    total = len(behind | lost)
    every = f"of the {in_words(total)} claim{'' if total == 1 else 's'} behind these figures "
    items: list[Runs] = [
        sentence(
            f"{every}{in_words(len(seen))} {'was' if len(seen) == 1 else 'were'} reviewed by ",
            Name(text=listed(tuple(sorted({one.by for one in seen})))),
            f": {listed(told)}. The others stand as they were read.",
        )
    ]
    changed = [one for one in weighed.aside if one.id in lost or weighed.above.get(one.id) in behind & tops]
    changed = [one for one in changed if weighed.verdicts[one.id].verdict in ("correct", "reject")]
    return items + [_amended(desk, one) for one in changed[:MOST_HELD]]


def _amended(desk: Desk, read: Claim) -> Runs:
    """Return what a review made of a claim: `Corrected: 18 civilians killed, in X, to 17 …`."""
    review, top = desk.weighed.verdicts[read.id], desk.weighed.above.get(read.id)
    what = "Corrected: " if top else "Rejected: "
    runs: list[Run] = [Text(text=what), *counted(read), Text(text=f" {read.outcome}, in ")]
    runs += [Name(text=outlet(desk, read.document_id)), *cite([read.document_id])]
    if top and desk.has_claim(top):
        now = desk.claim(top)
        runs += [Text(text=", is read as "), *counted(now), Text(text=f" {now.outcome}")]
    return (*runs, Text(text=" (reason: "), Name(text=review.reason), Text(text=")."))


def _unplaced(desk: Desk) -> list[Runs]:
    current = [one for one in desk.claims if one.scope != "background" and not one.headline and one.window]
    whole = {bare(name) for name in (desk.region.name, *desk.region.names, desk.region.country)} | {""}
    vague = [one for one in current if bare(one.place or "") in whole]
    if not current or len(vague) < len(current):
        return []
    return [
        sentence(
            "no toll in the sources used is tied to a place within ",
            Name(text=desk.region.name),
            "; towns and districts of the deaths are not known.",
        )
    ]


def _undated(desk: Desk) -> list[Runs]:
    count = sum(1 for one in desk.claims if one.window is None and one.scope != "background" and not one.headline)
    if not count:
        return []
    verb = "gives no day and enters" if count == 1 else "give no day and enter"
    return [sentence(f"{in_words(count)} claim{'' if count == 1 else 's'} {verb} no figure.")]


def _without_day(desk: Desk) -> list[Runs]:
    """Return the reports that give no day of publication, by title: what they say may be missing here."""
    found = desk.undated
    if not found:
        return []
    titles = [(Text(text="“"), Name(text=_title(one)), Text(text="”")) for one in found[:MOST_HELD]]
    rest = len(found) - len(titles)
    others: list[Runs] = [(Text(text=f"{in_words(rest)} other{'' if rest == 1 else 's'}"),)] if rest else []
    head = "one document gives" if len(found) == 1 else f"{in_words(len(found))} documents give"
    end = " It is" if len(found) == 1 else " They are"
    return [
        sentence(
            f"{head} no day of publication: ",
            *joined([*titles, *others]),
            f".{end} left out of every issue before the day of collecting.",
        )
    ]


def _title(document: Document) -> str:
    """Return the title of a document, or its first words."""
    return (document.title or document.text.strip().partition("\n")[0])[:MOST_TITLE].strip()


def _lag(desk: Desk) -> list[Runs]:
    items: list[Runs] = []
    days = [one.published_on or (one.published.date() if one.published else None) for one in desk.documents]
    known = [day for day in days if day is not None]
    if known:
        items.append(
            sentence(
                "one document on the region was at hand, of "
                if len(desk.documents) == 1
                else f"{in_words(len(desk.documents))} documents on the region were at hand, the newest of ",
                Day(start=max(known)),
                "; what was published after ",
                Moment(at=desk.as_of),
                " is not in this issue.",
            )
        )
    else:
        items.append(sentence("no document on the region was at hand for this issue."))
    items += _table_lag(desk)
    return items


def _table_lag(desk: Desk) -> list[Runs]:
    last: dict[str, date] = {}
    for one in desk.incidents:
        last[dataset_name(one)] = max(one.date_end, last.get(dataset_name(one), date.min))
    return [
        sentence(Name(text=name), ": the last incident held for the region is of ", Day(start=day), ".")
        for name, day in sorted(last.items())
    ]


# ── sources ─────────────────────────────────────────────────────────────────────────────────────────


def sources_list(desk: Desk, *, slot: str = "sources", title: str = "Sources and method") -> Section:
    """Return the documents and datasets the brief rests on, with the notes on method."""
    desk = is_desk(desk, "sources_list")
    datasets = sorted({(one.dataset, dataset_name(one)) for one in desk.incidents})
    body = Sources(
        sources=tuple(source(desk, document) for document in desk.documents),
        datasets=tuple(f"{name} ({LICENCES[key]})" if key in LICENCES else name for key, name in datasets),
        method=METHOD,
    )
    return made(desk, body, slot=slot, title=title)
