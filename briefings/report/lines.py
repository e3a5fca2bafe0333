"""Go through a report line by line: its counts, times, places and speakers."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from ..counting import harm, sequels
from ..counting.countables import phrases
from ..counting.ties import Link
from ..dating import windows, zones
from ..dating.datings import TimeRef
from ..geography import places
from ..geography.placenames import PlaceRef
from ..geography.sites import Countries
from ..lexis import outcomes
from ..lexis.lexicon import SAY, Sought
from ..lexis.people import Phrase
from ..lexis.sentences import Sentence, Tokens, split, tokens_of
from ..model import Cause, Document, Site, Window
from ..speaking import attribution, introductions, posts, reach, restating
from ..speaking.anaphors import led_by_it
from ..speaking.reach import Attribution
from ..speaking.remembered import Speaker, Speakers
from ..speaking.speakers import about
from . import headlines, retractions, unsaid


@dataclass(slots=True)
class Line:
    """One sentence with what was found in it; `band` is the armed group whose fighters were told of last by name."""

    sentence: Sentence
    tokens: Tokens
    links: list[Link] = field(default_factory=list)
    times: list[TimeRef] = field(default_factory=list)
    places: list[PlaceRef] = field(default_factory=list)
    said: list[Attribution] = field(default_factory=list)
    quoted: bool = False
    band: str = ""


@dataclass(slots=True)
class Report:
    """What holds for the whole report: when it was published, the days and place of its news.

    `course` is "disaster" or "violence" where the news is a thing that goes on; `window` is then its days so far.
    `items` holds the paragraphs that are items of their own, each with the name that leads it, and `roundup` says
    the report is nothing but items; `turns` holds the lines about a second event, each with the line that opened it;
    `sections` holds the paragraphs under headings that are days, with those days.
    `found` has the sets of words sought in every sentence of which any line holds one: for the others no line is asked.
    `period` is the stretch of days a list of incidents covers, as its opening says: "between 20 July and 2 August".
    `causes` has, where a report tells of any disaster, the lines that tell of one and, as "", those of violence.
    `region` is what the opening names of which `place` is a part that the next sentences tell.
    `past` is set where the news is no harm but looks back at some, as a trial or an anniversary: the days of that.
    """

    published: date | None
    window: Window | None = None
    course: str = ""
    place: str | None = None
    region: str | None = None
    countries: Countries = field(default_factory=Countries)
    sites: dict[str, tuple[Site, ...]] = field(default_factory=dict)
    caseless: bool = False
    roundup: bool = False
    daily: bool = False
    items: dict[int, str] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)
    sections: dict[int, Window] = field(default_factory=dict)
    past: Window | None = None
    period: Window | None = None
    causes: dict[int, Cause] = field(default_factory=dict)
    found: set[Sought] = field(default_factory=set)


_HE: Final = Sought("he she")
_TOLD_BEFORE = 4
"""Sentences before one that says "that year" among which that year is named."""
_TAKEN_BEFORE = 3
"""Sentences before "31 of those taken" among which it is told that people were taken."""
_NAMED = 6
"""Words at the beginning of a sentence among which the name of a person ends who then speaks."""
_FILED = 7
"""Days a report may have been on its way when it is published."""


def lines_of(document: Document) -> tuple[list[Line], Report]:
    """Return the sentences of a document with what each holds, and what holds for the whole report.

    Each kind of thing is looked for through the whole report before the next: its tables then stay at hand, which is
    faster than going from one kind to the next in each sentence.
    """
    report = Report(zones.day_of(document))
    text = document.text
    report.caseless = _caseless(text[:2000])
    sentences = split(text, document.title)
    lines = list(map(Line, sentences, tokens_of(text, sentences)))
    for line in lines:
        report.found.update(line.tokens.found)
    _find_quotations(lines)
    _find_times(lines, report)
    _find_counts(lines, report)
    _find_speakers(lines, report, text)
    _find_places(lines, report)
    _lend(lines)
    _find_graver(lines)
    return lines, report


def _find_quotations(lines: list[Line]) -> None:
    """Note the sentences before which a quotation was opened in their paragraph."""
    quoting, paragraph = False, -1
    for line in lines:
        quoting = line.quoted = quoting and line.sentence.paragraph == paragraph
        paragraph, text = line.sentence.paragraph, line.sentence.text
        if _leaves_open(text):
            quoting = not quoting


def _find_times(lines: list[Line], report: Report) -> None:
    today = report.published
    for index, line in enumerate(lines):
        if line.sentence.dateline and (day := windows.filed(line.sentence.dateline, report.published)):
            report.published = report.published or day
            today = day if 0 <= (report.published - day).days <= _FILED else today
        line.times = windows.find(line.tokens, today)
        if line.times and index and lines[index - 1].sentence.paragraph == line.sentence.paragraph:
            windows.carry(line.times, line.tokens.low, lines[index - 1].times)
        if len(line.times) > 1 and "that" in line.tokens.low:
            told = [ref for one in lines[max(0, index - _TOLD_BEFORE) : index] for ref in one.times]
            windows.of_that_year(line.times, line.tokens.low, told)


def _find_counts(lines: list[Line], report: Report) -> None:
    _link(lines, caseless=report.caseless)
    for index, line in enumerate(lines):
        tokens, headline = line.tokens, line.sentence.headline
        if line.links and not _AGAIN.isdisjoint(tokens.low):
            line.links = _told_before(lines[:index], tokens.low, line.links)
        if line.links and index and not lines[index - 1].sentence.headline:
            picked = sequels.picks(tokens.low)
            if picked or line.links[0].phrase.first == 0:
                sequels.within(line.links, (index - 1, lines[index - 1].links), picked=picked)
        if line.links and sequels.WHOLES in tokens.found:
            for k in range(index - 1, max(index - 4, -1), -1):
                if not lines[k].sentence.headline:
                    sequels.among_the_dead(tokens.low, line.links, (k, lines[k].links))
        if headline and all(made.outcome != "killed" for made in line.links):
            line.links += headlines.link(tokens)
        if headline and "held" in tokens.low and _HELD.isdisjoint(made.outcome for made in line.links):
            line.links += headlines.held(tokens)
        if not line.links and index and lines[index - 1].links and (start := sequels.leads(tokens.low)) >= 0:
            line.links = _sequel(lines[:index], tokens, start, caseless=report.caseless)
        elif not line.links and index and lines[index - 1].links and line.times and sequels.FIGURES in tokens.found:
            line.links = sequels.total(tokens, phrases(tokens, caseless=report.caseless), lines[index - 1].links)
        if not line.links and index and lines[index - 1].links and sequels.COUNTS in tokens.found:
            last = phrases(lines[index - 1].tokens, caseless=report.caseless)
            counted = phrases(tokens, caseless=report.caseless)
            line.links = sequels.rival(tokens, counted, lines[index - 1].links, last)


_HELD: Final = frozenset({"detained", "abducted"})


def _told_before(lines: list[Line], low: list[str], made: list[Link]) -> list[Link]:
    """Return the counts of a sentence as those of the `lines` before bear them out: who was taken, who was buried."""
    made = sequels.of_those_taken(low, made, [one for line in lines[-_TAKEN_BEFORE:] for one in line.links])
    return sequels.buried_before(low, made, [one for line in lines for one in line.links])


_AGAIN: Final = frozenset({"taken", "buried"})


def _link(lines: list[Line], *, caseless: bool) -> None:
    """Find the counts of each sentence by itself, in three goes through those that may tell of an outcome."""
    hinting = [line for line in lines if outcomes.HINTS in line.tokens.found]
    told = [(line, outcomes.triggers(line.tokens)) for line in hinting]
    telling = [(line, words) for line, words in told if words or outcomes.TELLING in line.tokens.found]
    counted = [(line, words, _undated(line, caseless=caseless)) for line, words in telling]
    for line, words, found in counted:
        headline = line.sentence.headline
        links = harm.link(line.tokens, found, words, caseless=caseless, headline=headline)
        line.links = _asserted(line, found, links) if links and unsaid.HINTS in line.tokens.found else links


def _undated(line: Line, *, caseless: bool) -> list[Phrase]:
    """Return the phrases of people of a sentence, but for those whose number is that of a date."""
    found = phrases(line.tokens, caseless=caseless, headline=line.sentence.headline)
    if line.times:
        dated = {k for ref in line.times if ref.kind in {"day", "range"} for k in range(ref.first, ref.last)}
        return [phrase for phrase in found if phrase.first not in dated]
    return found


def _asserted(line: Line, found: list[Phrase], links: list[Link]) -> list[Link]:
    """Return the counts of a sentence that it holds for true, with those it gives in place of others."""
    tokens = line.tokens
    kept = unsaid.asserted(tokens, links, found, headline=line.sentence.headline)
    if len(kept) < len(links) and retractions.HINTS in tokens.found:
        kept += retractions.instead(tokens, found, [one for one in links if one not in kept])
    return kept


def _sequel(lines: list[Line], tokens: Tokens, start: int, *, caseless: bool) -> list[Link]:
    """Return the counts by which a sentence goes on with those of the line before: "among them were two nurses"."""
    at = len(lines) - 1
    if lines[at].sentence.headline or lines[at].sentence.heading:
        return []
    carried = next((made.whole for made in lines[at].links if made.whole), None)
    before = (carried[0], lines[carried[0]].links) if carried else (at, lines[at].links)
    return sequels.link(tokens, phrases(tokens, caseless=caseless), start, before)


def _find_speakers(lines: list[Line], report: Report, text: str) -> None:
    speakers = Speakers(caseless=report.caseless)
    for name in introductions.armed_forces(text):
        speakers.introduce(name)
    for line in lines if introductions.INTRODUCING in report.found else ():
        for name in introductions.armed_group(line.tokens, line.sentence.text):
            speakers.introduce(name)
    housed, told = posts.OF_CARE in report.found, 0
    for index, line in enumerate(lines):
        if housed and posts.OF_CARE in line.tokens.found:
            speakers.house, told = posts.house_in(line.tokens), index
        elif speakers.house and index > told + 1:
            speakers.house = ""
        if introductions.FIGHTERS in line.tokens.found and (named := introductions.band(line.tokens)):
            speakers.band = named
        line.band = speakers.band
        speakers.owner = _owner(lines[:index], speakers) if led_by_it(line.tokens) else None
        if line.tokens.possessive and not line.sentence.headline:
            line.said = attribution.owner_of_count(line.tokens, speakers)
        if _HE in line.tokens.found and attribution.HINTS in line.tokens.found and "," in line.tokens.low[1:_NAMED]:
            attribution.meet(line.tokens, speakers)
        if line.sentence.headline or attribution.HINTS in line.tokens.found:
            line.said = attribution.attribute(line.tokens, speakers, headline=line.sentence.headline) or line.said
            if line.said and attribution.OWN_WORDS in line.tokens.found:
                attribution.as_witness(line.said, line.tokens, speakers)
            if line.links and line.said:
                line.links = [one for one in line.links if not _speaks_itself(line, one)]
            for one in line.said:
                if one.restates >= 0 and line.times:
                    restating.undate(line.tokens, line.times, one.restates)
        elif "( " in line.tokens.line:
            attribution.learn(line.tokens, speakers)
        if not line.said and not line.sentence.headline and "," in line.tokens.low[1:_NAMED]:
            attribution.meet(line.tokens, speakers)
        if line.links and not line.said and ")" in line.tokens.low[-2:]:
            line.said = attribution.in_brackets(line.tokens, speakers)
        if index and not line.links and retractions.HINTS in line.tokens.found:
            _strike(lines[index - 1], retractions.recants(line.tokens.low))


def _speaks_itself(line: Line, link: Link) -> bool:
    """Say whether a person counted is who speaks: "killing six, among them a boy, police chief Gen. Hale said"."""
    low, phrase = line.tokens.low, link.phrase
    if phrase.quantity is not None or not any(one.last == phrase.first for one in line.said):
        return False
    return link.trigger < phrase.first and not SAY.isdisjoint(low[phrase.last : phrase.last + _NAME])


_NAME: Final = 5
"""Words from the post of who speaks to the verb of saying: "police chief Gen | . Omar Hale said"."""


def _owner(before: list[Line], speakers: Speakers) -> Speaker | None:
    """Return the body that was told of last, where it is no armed group: whose "its leaders" are."""
    for line in reversed(before):
        told = about(line.tokens, speakers) or (line.said[0].speaker if line.said else None)
        if told is not None and told.kind in _LED:
            return told
        if (told is not None and told.kind == "armed_group") or introductions.FIGHTERS in line.tokens.found:
            return None
    return None


_LED: Final = frozenset({"government", "military", "police"})


def _strike(line: Line, who: str) -> None:
    """Leave out the counts of a line that whoever gave them takes back in the next: "they later withdrew the claim"."""
    names = {word for one in line.said for word in one.speaker.name.lower().split()}
    if who in names or (who in _THEY and line.said):
        line.links = [one for one in line.links if reach.speaker_at(line.said, one.phrase.first) is None]


_THEY: Final = frozenset({"they", "it", "he", "she"})


def _find_places(lines: list[Line], report: Report) -> None:
    known: set[str] = set()
    for line in lines:
        title = line.sentence.headline or line.sentence.heading
        plain = line.sentence.text.isupper() if title else report.caseless
        plain = plain or (report.caseless and _caseless(line.sentence.text))
        line.places = places.find(line.tokens, known=known, caseless=plain)
        if line.places:
            known.update([ref.text.lower() for ref in line.places if ref.tied and not ref.country])


def _lend(lines: list[Line]) -> None:
    """Give what stands in quotation marks to whom the report names beside it: after it, else before it."""
    for index, line in enumerate(lines):
        if line.links and not line.said and (line.quoted or line.sentence.text[:1] in _QUOTE_MARKS):
            speaker = None if _SAID_SO.search(line.sentence.text) else _named_after(lines, index)
            speaker = speaker or _named_before(lines, index)
            if speaker is not None:
                line.said = [Attribution(0, len(line.tokens), speaker)]


_SAID_SO: Final = re.compile(r"[\"”] (?:said|says|added|recalled) [^\"“”]*$")
"""The end of a quotation whose own sentence says who spoke, "… said one of them": who speaks next did not."""


def _named_after(lines: list[Line], index: int) -> Speaker | None:
    """Return who is named where the quotation that the line at `index` is in comes to its end."""
    paragraph = lines[index].sentence.paragraph
    for before, later in pairwise(lines[index : index + 9]):
        if later.sentence.paragraph != paragraph and _quoted_on(before, later):
            paragraph = later.sentence.paragraph
        elif later.sentence.paragraph != paragraph or (not later.quoted and later.sentence.text[:1] in _QUOTE_MARKS):
            return None
        if later.said:
            return later.said[0].speaker
    return None


def _quoted_on(before: Line, later: Line) -> bool:
    """Say whether a quotation goes on over two paragraphs: the first leaves it open, the second opens it again."""
    return before.quoted != _leaves_open(before.sentence.text) and later.sentence.text[:1] in _QUOTE_MARKS


def _leaves_open(text: str) -> bool:
    """Say whether a sentence opens a quotation, or closes one, that another sentence closes or opened."""
    return bool(text.count('"') % 2) or text.count("“") != text.count("”")


def _named_before(lines: list[Line], index: int) -> Speaker | None:
    """Return who spoke before in the paragraph, or at the end of the one before if that one ended in his words."""
    paragraph = lines[index].sentence.paragraph
    for before in reversed(lines[max(0, index - 3) : index]):
        if before.sentence.headline or before.sentence.paragraph < paragraph - 1:
            return None
        if before.said and (
            before.sentence.paragraph == paragraph
            or not _QUOTE_MARKS.isdisjoint(before.sentence.text)
            or (before.said[-1].speaker.kind == "witness" and attribution.OWN_WORDS in lines[index].tokens.found)
        ):
            return before.said[-1].speaker
        if before.sentence.paragraph != paragraph and before.sentence.text[-1:] not in _QUOTE_MARKS:
            return None
    return None


def _find_graver(lines: list[Line]) -> None:
    """Find among the hurt those in a grave state, "six are critical", where the line names no place of its own."""
    for index, line in enumerate(lines):
        if not line.links or line.sentence.headline or any(ref.tied for ref in line.places):
            continue
        for one in line.links:
            if one.outcome == "injured":
                earlier = range(index, max(index - _HURT_BEFORE, -1), -1)
                told = [(k, lines[k].links) for k in earlier if not lines[k].sentence.headline]
                sequels.graver(line.tokens.low, one, told)


_HURT_BEFORE: Final = 6
_QUOTE_MARKS: Final = frozenset('"“”')


_LETTERS: Final = string.ascii_letters.encode()
_UPPER: Final = string.ascii_uppercase.encode()
_PLAIN: Final = bytes(range(128))


def _caseless(text: str) -> bool:
    whole = text.encode(errors="surrogatepass")
    plain, other = text.encode("ascii", "ignore"), whole.translate(None, _PLAIN).decode(errors="surrogatepass")
    upper = len(plain) - len(plain.translate(None, _UPPER)) + sum(map(str.isupper, other))
    letters = len(plain) - len(plain.translate(None, _LETTERS)) + sum(map(str.isalpha, other))
    return letters > 0 and (upper > 0.6 * letters or upper < 0.006 * letters)
