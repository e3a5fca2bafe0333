"""Builds what of the reports at hand enters no figure of a brief, and says why: nothing is left out unseen."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.languages import Language, mark_forms
from ..desks.desk import Desk
from ..desks.offices import voice
from ..desks.wording import during, harmed, names_listed, who
from ..model import Claim, Document, Window
from ..page.runs import cite, joined, others, say, say_n, sentence, tally
from ..sections import Name, Run, Runs
from .chronicle import outlet

MOST_HELD, MOST_TITLE = 3, 90
"""Counts or reports of one kind that are told one by one, and letters of a title."""
_LIVE = ("current", "term", "listed")
"""What a position is whose number a figure rests on."""


def held_back(desk: Desk) -> list[Runs]:
    """Return second-hand counts that enter no figure, each once, with its outlet and the reason."""
    found: dict[tuple[str, int | None, int | None, str, str], tuple[Claim, str]] = {}
    for finding in desk.held_back():
        claim = desk.claim(finding.where) if desk.has_claim(finding.where) else None
        if claim is not None and claim.part_of is None:
            key = (claim.document_id, claim.low, claim.high, claim.group, claim.outcome)
            found.setdefault(key, (claim, finding.message))
    items: list[Runs] = []
    for claim, message in list(found.values())[:MOST_HELD]:
        told = say(
            desk.language,
            "Held back: {count}, in {outlet}{sources}. {why}",
            count=harmed(claim, desk.language),
            outlet=Name(text=outlet(desk, claim.document_id)),
            sources=cite([claim.document_id]),
            why=desk.language.text(message),
        )
        items.append(told)
    return items


def shared(desk: Desk) -> list[Runs]:
    """Return the counts of people here and in other regions together, each once: they are no number of either."""
    language = desk.language
    found: dict[tuple[object, ...], Claim] = {}
    whole = Window(start=desk.starts, end=desk.period.end)
    body = {one.document_id for one in desk.shared if not one.headline}
    for one in desk.shared:
        around = one.window is None or one.window.overlaps(whole)
        if around and not one.part_of and not (one.headline and one.document_id in body):
            found.setdefault((one.outcome, one.low, one.high, who(one).casefold(), one.window), one)
    items: list[Runs] = []
    for one in list(found.values())[:MOST_HELD]:
        places = [part.strip() for part in (one.place or "").split(";") if part.strip()]
        told = say(
            language,
            "Not counted here: {count} {when}, said of {places} together, by {who}{sources}.",
            count=harmed(one, language),
            when=during(one.window, language) if one.window else (),
            places=names_listed(places, language) if places else say(language, "several regions"),
            who=Name(text=voice(who(one) or outlet(desk, one.document_id), language)),
            sources=cite([one.document_id]),
        )
        items.append(told)
    return items


def undated(desk: Desk) -> list[Runs]:
    """Return how many claims give no day: those counted all the same, and those no figure rests on."""
    found = {one.id for one in desk.claims if one.window is None and one.scope != "background" and not one.headline}
    live = (position for figure in desk.all_figures() for position in figure.positions if position.relation in _LIVE)
    counted = found & {key for position in live for key in position.claims}
    language, lines = desk.language, list[Runs]()
    if counted:
        forms = mark_forms(
            "{count} claim gives no day and is counted for the days the reports are about.",
            "{count} claims give no day and are counted for the days the reports are about.",
        )
        lines.append(_of_claims(forms, len(counted), language))
    if rest := len(found - counted):
        forms = mark_forms(
            "{count} claim gives no day and enters no figure.",
            "{count} claims give no day and enter no figure.",
        )
        lines.append(_of_claims(forms, rest, language))
    return lines


def _of_claims(forms: tuple[str, str], number: int, language: Language) -> Runs:
    """Return a sentence on some claims, counted in it."""
    return sentence(*say_n(language, *forms, number, count=tally(number, "claims", language)))


def without_day(desk: Desk) -> list[Runs]:
    """Return the reports that give no day of publication, by title: what they say may be missing here."""
    forms = mark_forms(
        "{count} document gives no day of publication: {titles}. It is left out of every issue before the day of "
        "collecting.",
        "{count} documents give no day of publication: {titles}. They are left out of every issue before the day of "
        "collecting.",
    )
    return _by_title(forms, desk.undated, desk.language)


def nowhere(desk: Desk) -> list[Runs]:
    """Return the reports at hand that name no place known to be the region's, where the gazetteer does not know it."""
    forms = mark_forms(
        "the gazetteer does not know {region}: {count} of the {every} documents at hand names no place listed for "
        "it, and is not used: {titles}.",
        "the gazetteer does not know {region}: {count} of the {every} documents at hand name no place listed for "
        "it, and are not used: {titles}.",
    )
    every = tally(len(desk.nowhere) + len(desk.documents), "documents", desk.language)
    return _by_title(forms, desk.nowhere, desk.language, region=Name(text=desk.region_name), every=every)


def elsewhere(desk: Desk) -> list[Runs]:
    """Return the reports at hand that name the region or a place of it, and count people in other places alone."""
    forms = mark_forms(
        "{count} document at hand counts people in other places alone, and enters no figure: {titles}.",
        "{count} documents at hand count people in other places alone, and enter no figure: {titles}.",
    )
    return _by_title(forms, desk.elsewhere_only, desk.language)


def _by_title(
    forms: tuple[str, str], documents: Sequence[Document], language: Language, **places: Run | Runs | str
) -> list[Runs]:
    """Return a sentence on some documents, counted and named in it, in the form for their number; none on none."""
    if not documents:
        return []
    count, titles = tally(len(documents), "documents", language), _titles(documents, language)
    return [sentence(*say_n(language, *forms, len(documents), count=count, titles=titles, **places))]


def _titles(documents: Sequence[Document], language: Language) -> Runs:
    """Return the titles of a few documents, the others counted."""
    titles = [say(language, "“{words}”", words=Name(text=_title(one))) for one in documents[:MOST_HELD]]
    if rest := len(documents) - len(titles):
        titles.append((Name(text=others(rest, language, of="documents")),))
    return joined(titles, language)


def _title(document: Document) -> str:
    """Return the title of a document, or its first words."""
    return (document.title or document.text.strip().partition("\n")[0])[:MOST_TITLE].strip()
