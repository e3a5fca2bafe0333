"""Go through a report line by line: its counts, times, places and speakers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from briefings import attribution, harm, headlines, outcomes, places, windows, zones
from briefings.attribution import Attribution
from briefings.clauses import Link
from briefings.model import Document, Site, Window
from briefings.people import phrases
from briefings.places import PlaceRef
from briefings.sentences import Sentence, Tokens, split
from briefings.sites import Countries
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
    """What holds for the whole report: when it was published, the days and place of its news.

    `course` is "disaster" or "violence" where the news is a thing that goes on; `window` is then its days so far.
    """

    published: date | None
    window: Window | None = None
    course: str = ""
    place: str | None = None
    countries: Countries = field(default_factory=Countries)
    sites: dict[str, tuple[Site, ...]] = field(default_factory=dict)
    caseless: bool = False


_FILED = 7
"""Days a report may have been on its way when it is published."""


def lines_of(document: Document) -> tuple[list[Line], Report]:
    """Return the sentences of a document with what each holds, and what holds for the whole report."""
    report = Report(zones.day_of(document))
    today = report.published
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
        if sentence.dateline and (day := windows.filed(sentence.dateline, report.published)):
            report.published = report.published or day
            today = day if 0 <= (report.published - day).days <= _FILED else today
        line.times = windows.find(tokens, today)
        if not outcomes.HINTS.isdisjoint(tokens.low):
            found = phrases(tokens, caseless=report.caseless, headline=sentence.headline)
            if line.times:
                dated = {k for ref in line.times if ref.kind in {"day", "range"} for k in range(ref.first, ref.last)}
                found = [phrase for phrase in found if phrase.first not in dated]
            line.links = harm.link(tokens, found, caseless=report.caseless, headline=sentence.headline)
        if sentence.headline and all(made.outcome != "killed" for made in line.links):
            line.links += headlines.link(tokens)
        if sentence.headline or quoting or not attribution.HINTS.isdisjoint(tokens.low):
            line.said = attribution.attribute(tokens, speakers, headline=sentence.headline, quoting=quoting)
        if sentence.text.count('"') % 2 or sentence.text.count("“") != sentence.text.count("”"):
            quoting = not quoting
        plain = report.caseless and (not sentence.headline or _caseless(sentence.text))
        line.places = places.find(tokens, known=known, caseless=plain)
        known.update(ref.text.lower() for ref in line.places if ref.tied and not ref.country)
        lines.append(line)
    _lend(lines)
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
