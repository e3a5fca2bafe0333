"""Go through a report line by line: its counts, times, places and speakers, and the day and place of its news."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from briefings import attribution, harm, outcomes, places, windows
from briefings.attribution import Attribution
from briefings.clauses import Link
from briefings.model import Document, Window
from briefings.people import phrases
from briefings.places import PlaceRef
from briefings.sentences import Sentence, Tokens, split
from briefings.speakers import Speakers
from briefings.windows import TimeRef


@dataclass(slots=True)
class Line:
    """One sentence with what was found in it."""

    sentence: Sentence
    tokens: Tokens
    links: list[Link] = field(default_factory=list)
    times: list[TimeRef] = field(default_factory=list)
    places: list[PlaceRef] = field(default_factory=list)
    said: list[Attribution] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What holds for the whole report: when it was published, the day and place of its news."""

    published: date | None
    window: Window | None = None
    place: str | None = None
    caseless: bool = False


def lines_of(document: Document) -> tuple[list[Line], Report]:
    """Return the sentences of a document with what each holds, and what holds for the whole report."""
    report = Report(document.published_on or (document.published.date() if document.published else None))
    text = document.text
    report.caseless = _caseless(text[:2000])
    speakers = Speakers(caseless=report.caseless)
    lines: list[Line] = []
    known: set[str] = set()
    quoting, paragraph = False, -1
    for sentence in split(text, document.title):
        tokens = Tokens(text, sentence.start, sentence.end)
        line = Line(sentence, tokens)
        quoting = quoting and sentence.paragraph == paragraph
        paragraph = sentence.paragraph
        if not outcomes.HINTS.isdisjoint(tokens.low):
            found = phrases(tokens, caseless=report.caseless, headline=sentence.headline)
            line.links = harm.link(tokens, found, caseless=report.caseless, headline=sentence.headline)
        if sentence.headline or quoting or not attribution.HINTS.isdisjoint(tokens.low):
            line.said = attribution.attribute(tokens, speakers, headline=sentence.headline, quoting=quoting)
        if sentence.text.count('"') % 2 or sentence.text.count("“") != sentence.text.count("”"):
            quoting = not quoting
        line.times = windows.find(tokens, report.published)
        line.places = places.find(tokens, known=known)
        known.update(ref.text.lower() for ref in line.places if ref.tied and not ref.country)
        lines.append(line)
    _lend(lines)
    _settle(lines, report)
    return lines, report


def _lend(lines: list[Line]) -> None:
    """Give a quotation that opens a paragraph to the speaker named after it."""
    for index, line in enumerate(lines):
        if line.links and not line.said and line.sentence.text[:1] in '"“':
            for later in lines[index + 1 : index + 5]:
                if later.sentence.paragraph != line.sentence.paragraph:
                    break
                if later.said:
                    line.said = [Attribution(0, len(line.tokens), later.said[0].speaker)]
                    break


def _caseless(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    upper = sum(map(str.isupper, text))
    return letters > 0 and (upper > 0.6 * letters or upper < 0.006 * letters)


def _settle(lines: list[Line], report: Report) -> None:
    """Find the day and the place of the news: the first that stand beside a toll, else the first of the opening."""
    body = [line for line in lines if not line.sentence.headline and not line.sentence.heading]
    for candidates in (body[:3], [line for line in body[:8] if line.links], body):
        for line in candidates:
            day = next(
                (
                    ref
                    for ref in line.times
                    if ref.kind == "day" and ref.window and not ref.stated and _recent(ref.window, report)
                ),
                None,
            )
            if day is not None and report.window is None:
                report.window = day.window
        if report.window is not None:
            break
    if report.window is None:
        stated = next(
            (
                ref
                for line in body
                for ref in line.times
                if ref.kind == "day" and ref.window and _recent(ref.window, report)
            ),
            None,
        )
        report.window = stated.window if stated else None
    report.place = _main_place(lines, body)


def _main_place(lines: list[Line], body: list[Line]) -> str | None:
    """Return the place of the news: of the opening toll, else of the opening, the smallest first; else the dateline."""
    head = sorted(
        [line for line in lines if line.sentence.headline] + body[:3],
        key=lambda line: (not line.links, line.sentence.headline),
    )
    for country in (False, True):
        for line in head:
            ref = next((ref for ref in line.places if ref.tied and ref.country == country), None)
            if ref is not None:
                return places.nested(line.tokens, line.places, ref)
    for line in head:
        if line.places:
            return line.places[0].text
    if not body:
        return None
    lead = body[0].sentence.dateline
    place = places.dateline(Tokens(f"{lead}X") if lead else body[0].tokens)
    return place[0] if place else None


def _recent(window: Window, report: Report) -> bool:
    return report.published is None or 0 <= (report.published - window.end).days <= 10
