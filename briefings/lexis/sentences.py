"""Cut a report into its headline and sentences, keeping every offset.

A document's text holds its own headline: `with_headline` puts a separately delivered title before the body,
so a claim read from the headline is a span of the text like any other.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, repeat
from operator import sub

from .lexicon import SEEKING, Sought, wordset

MAX_TEXT = 400_000
"""Characters of one document that are read; a report is rarely a hundredth of this."""
MAX_SENTENCE = 2_000
"""Characters from which text without a full stop is cut at a blank, so that what it costs to read stays in proportion
to its length; sentences of reports hardly reach half of this."""

_WORDS = re.compile(r"\w+")


def with_headline(title: str, body: str) -> str:
    """Return `body`, led by `title` and an empty line unless it already begins with that title."""
    title = " ".join(title.split())
    if not title:
        return body
    if _WORDS.findall(body[: 4 * len(title) + 40].lower())[: len(_WORDS.findall(title))] == _WORDS.findall(
        title.lower()
    ):
        return body
    return f"{title}\n\n{body}"


class Tokens:
    """The words of one stretch of text, in parallel lists: as written, lower case, and where they are.

    `low` drops a possessive ending, so "Saturday's" is looked up as "saturday"; `possessive` keeps it. `line` is all
    of them in lower case on one line, editors' notes and endings kept, to ask at once what is not there. `found` says
    of each set of words sought in every sentence where they stand, in order; a set of which none does is not in it.
    """

    __slots__ = ("ends", "found", "line", "low", "possessive", "starts", "words")

    def __init__(self, text: str, offset: int = 0, end: int | None = None, cut: _Cut | None = None) -> None:
        """Take the words of a stretch of the text, or those it was `cut` into together with its neighbours."""
        words, low, starts, ends, sought = cut or _cut(text, offset, end)
        self.line = " ".join(low)
        if "[" in self.line:
            kept = _outside_notes(words)
            words, low, sought = [words[k] for k in kept], [low[k] for k in kept], [sought[k] for k in kept]
            starts, ends = [starts[k] for k in kept], [ends[k] for k in kept]
        if "incl . " in self.line:
            kept = [k for k, word in enumerate(low) if word != "." or not k or low[k - 1] != "incl"]
            words, low = [words[k] for k in kept], [_FULL.get(low[k], low[k]) for k in kept]
            starts, ends, sought = [starts[k] for k in kept], [ends[k] for k in kept], _sought(low)
        self.words: list[str] = words
        self.low: list[str] = low
        self.starts: list[int] = starts
        self.ends: list[int] = ends
        self.possessive: frozenset[int] = _NOWHERE
        if "'s" in self.line or "’s" in self.line:
            owning = compress(range(len(low)), map(str.endswith, low, repeat(_OWNING)))
            self.possessive = frozenset([k for k in owning if len(low[k]) > len("'s")])
            for k in self.possessive:
                low[k] = low[k][:-2]
                sought[k] = SEEKING.get(low[k], ())
        if "IS" in words and not text[offset:end].isupper():
            for k, word in enumerate(words):
                if word == "IS" and text[ends[k] : ends[k] + 2].strip().islower():
                    low[k] = "isis"  # the abbreviation of Islamic State, not the verb
                    sought[k] = SEEKING.get(low[k], ())
        self.found: dict[Sought, list[int]] = _found(sought)

    def __len__(self) -> int:
        return len(self.words)


_Cut = tuple[list[str], list[str], list[int], list[int], list[tuple[Sought, ...]]]
"""Words as written and in lower case, where they begin and end, and the sets they are sought by."""


def _cut(text: str, offset: int, end: int | None) -> _Cut:
    """Cut a stretch of text into its words."""
    parts = _TOKEN.split(text[offset:end])  # white space and words by turns: their lengths say where each is
    edges = list(accumulate(map(len, parts), initial=offset))
    words = parts[1::2]
    low = " ".join(words).lower().split(" ") if words else []
    return words, low, edges[1:-1:2], edges[2::2], _sought(low)


def _sought(low: list[str]) -> list[tuple[Sought, ...]]:
    return list(map(SEEKING.get, low, repeat(())))


def _found(sought: list[tuple[Sought, ...]]) -> dict[Sought, list[int]]:
    """Return where the words of each set stand, from the sets that each word is sought by."""
    found: dict[Sought, list[int]] = {}
    for k, sets in compress(enumerate(sought), sought):
        for one in sets:
            if one in found:
                found[one].append(k)
            else:
                found[one] = [k]
    return found


def tokens_of(text: str, sentences: Sequence[Sentence]) -> list[Tokens]:
    """Return the words of each sentence of a text: cut all at once, which takes half the time of cutting each."""
    if not sentences:
        return []
    words, low, starts, ends, sought = _cut(text, sentences[0].start, sentences[-1].end)
    made: list[Tokens] = []
    last = 0
    for one in sentences:
        first = bisect_left(starts, one.start, last)
        last = bisect_left(starts, one.end, first)
        parted = (first and ends[first - 1] > one.start) or (last and ends[last - 1] > one.end)
        its = slice(first, last)
        cut = None if parted else (words[its], low[its], starts[its], ends[its], sought[its])
        made.append(Tokens(text, one.start, one.end, cut))
    return made


def _outside_notes(words: list[str]) -> list[int]:
    """Return the indexes of the words that are no editor's note in square brackets: "the SCF [Salt Coast Front] said".

    A note that holds a number is kept, and so is a text that is nothing but a note.
    """
    kept: list[int] = []
    opened = -1
    for k, word in enumerate(words):
        if word == "[":
            opened = len(kept)
        kept.append(k)
        if word == "]" and opened >= 0:
            note = kept[opened:]
            if len(note) < _LONGEST_NOTE and not any(words[one][0].isdecimal() for one in note):
                del kept[opened:]
            opened = -1
    return kept or list(range(len(words)))


_LONGEST_NOTE = 14
"""Words of a note, brackets included, from which on it is text like any other."""


def text_of(tokens: Tokens, a: int, b: int) -> str:
    """Return the words `a` to `b` spaced as the text spaces them."""
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    if b - a < 2:
        return words[a] if a < b else ""
    if all(map(sub, starts[a + 1 : b], ends[a : b - 1])):
        return " ".join(words[a:b])
    parts = [words[a]]
    for k in range(a + 1, b):
        if starts[k] > ends[k - 1]:
            parts.append(" ")
        parts.append(words[k])
    return "".join(parts)


_OWNING = ("'s", "’s")
_NOWHERE: frozenset[int] = frozenset()
_TOKEN = re.compile(
    r"([a-zA-Z]++(?![^\s,])"  # most words: tried first, they take half the time
    r"|[^\W\d_](?:(?:\.[^\W\d_])+\.|[^\W\d_]*(?:['’\-][^\W_]+)*)"
    r"|\d+(?:[.,]\d+)*(?:s\b)?(?:-[^\W_]+)*\+?"
    r"|--|\S)"
)


@dataclass(slots=True)
class Sentence:
    """One sentence: its span in the document, its paragraph, and whether it is the headline or a heading.

    `dateline` is what stood before it at the opening of the report ("BRELA –"), which is no part of it.
    """

    text: str
    start: int
    end: int
    paragraph: int
    headline: bool = False
    heading: bool = False
    dateline: str = ""


_BLANK = re.compile(r"\n[ \t\r\f\v]*\n")
_FULL = {"incl": "including"}
_ABBREVIATIONS = wordset(
    "mr mrs ms dr prof incl gen col lt sgt capt maj brig gov sen rep st no vs etc jr sr inc co corp ltd dept adm cmdr "
    "cpl pvt "
    "jan feb mar apr jun jul aug sept sep oct nov dec mt ft km approx fig ave rev hon sec supt insp"
)
_STOPPED = r"(?:[.!?…]*[\"'”’)\]]*(?=\s)|(?<=[.!?])[\"”](?=[^\W\d_a-z]))"
_STOP = re.compile(rf"[.!?…]{_STOPPED}")
_FULL_STOP = re.compile(rf"\.{_STOPPED}")
_OTHER_STOPS = "!?…"
"""Signs of which most reports hold none: sentences that end in full stops alone are found in a third of the time."""
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)$")
_CREDIT = re.compile(
    r"\W*(?:additional\s+)?(?:report(?:ing|ed)|writ(?:ing|ten)|edit(?:ing|ed))\b[^.]{0,40}\bby\b|\W*(?:source|"
    r"story highlights|"
    r"advertisement|continue reading\b.*|read more\b.*|facebook twitter.*)\W*$",
    re.IGNORECASE,
)
_NO_CREDIT = frozenset(string.ascii_letters) - frozenset("arwescfARWESCF")
"""Letters with which no such line begins."""
_DATELINE = re.compile(
    r"(?:(?:[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,3}"
    r"|[A-Z][a-z]\w+(?: [A-Z]\w+){0,2}(?=[^\n]{0,60}(?:[—–]|[\d)] --? )))"
    r"(?:, [A-Z][\w.]*(?: [A-Z]\w*)?| \([A-Z][^()\n]{2,30}\))?"
    r"(?:,? (?:[A-Z][A-Za-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][A-Za-z]{2,8}\.?(?: \d{4}| \d\d(?=[ (]))?))?"
    r"(?: ?\([^()\n]{2,60}\))?)"
    r"\s*(?:—|–|--?)\s+(?:\[[A-Z][A-Z ,.'-]{2,60}\]\s*){0,4}(?=[\"“‘']?[^\W\d_a-z]|\d)"
)
"""A place in capitals, or a name before a long dash, with what may follow it, up to the first word of the news."""
_OPENING = 3
"""Paragraphs within which a dateline may stand: headline, by-line, text."""
_DATE_LINE = 60
"""Characters of the longest line that is a bare date."""
_DAY_LINE = re.compile(r"^\W*(?:\w+,?\s+)?(?:\w+\s+\d{1,2}|\d{1,2}\s+\w+),?\s+\d{4}\W*$")


def split(text: str, title: str = "") -> tuple[Sentence, ...]:
    """Cut `text` into sentences, leaving out by-lines of reporters and editors and bare dates.

    The first line is the headline if it is `title` or, where no title is given, if it has no full stop. Text
    beyond `MAX_TEXT` characters is not read.
    """
    limit = min(len(text), MAX_TEXT)
    found: list[Sentence] = []
    stops = _STOP if any(map(text.__contains__, _OTHER_STOPS)) else _FULL_STOP
    first = True
    wanted = " ".join(title.split()).lower()
    for paragraph, (start, end) in enumerate(_blocks(text, limit)):
        line = text[start:end]
        is_title = first and (
            " ".join(line.split()).lower() == wanted if wanted else line[-1:] not in '.!?"”' and len(line) < 200
        )
        first = False
        if is_title and len(line) <= MAX_SENTENCE:
            found.append(Sentence(line, start, end, paragraph, headline=True))
        elif not (len(line) < 600 and line[0] not in _NO_CREDIT and _CREDIT.match(line[:120])) and not (
            len(line) < _DATE_LINE and _DAY_LINE.match(line)
        ):
            lead = _dateline(text, start, end) if paragraph < _OPENING else 0
            cuts = _cuts(text, start + lead, end, stops)
            heading = not lead and len(cuts) == 1 and _is_heading(line)
            dateline = text[start : start + lead]
            for a, b in cuts:
                found.append(Sentence(text[a:b], a, b, paragraph, False, heading, dateline))
                dateline = ""
    return tuple(found)


def _dateline(text: str, start: int, end: int) -> int:
    """Return the length of the dateline that opens a paragraph; text all in capitals has none but with a date in it."""
    found = _DATELINE.match(text, start, end)
    if found is None:
        return 0
    cased = any(map(str.islower, text[found.end() : min(end, found.end() + 40)]))
    if not cased and not any(map(str.isdecimal, found.group())):
        return 0
    return found.end() - start


def _is_heading(line: str) -> bool:
    return len(line) < 90 and line[-1:] not in ".!?\"”'’:;,)"


def _blocks(text: str, limit: int) -> list[tuple[int, int]]:
    """Return the spans of paragraphs; hard-wrapped lines are joined, other lines stand alone."""
    spans: list[tuple[int, int]] = []
    position = 0
    throughout = _is_wrapped(text[:limit])
    for blank in [*_BLANK.finditer(text, 0, limit), None]:
        end = blank.start() if blank else limit
        lines = _lines(text, position, end)
        position = blank.end() if blank else limit
        if len(lines) == 1:
            spans += lines
            continue
        wrapped = (
            (len(lines) > 2 or throughout)
            and all(b - a <= 100 for a, b in lines)
            and sum(b - a >= 45 for a, b in lines[:-1]) > len(lines[:-1]) / 2
        )
        start = -1
        for index, (a, b) in enumerate(lines):
            start = a if start < 0 else start
            following = text[lines[index + 1][0]] if index + 1 < len(lines) else ""
            joins = (
                bool(following)
                and (wrapped or following.islower())
                and (text[b - 1] not in ".!?" or (wrapped and b - start > 0 and b - a > 40))
            )
            if not joins or b - start > 20_000:
                spans.append((start, b))
                start = -1
    return spans


def _is_wrapped(text: str) -> bool:
    """Say whether the whole text is set in short lines, so that a paragraph of two lines is one paragraph too."""
    lines = [line for line in map(str.rstrip, text[:_SAMPLE].splitlines()) if line]
    if len(lines) <= _FEW_LINES or max(map(len, lines)) > _WIDEST:
        return False
    full = sum(45 <= len(line) <= _WIDEST for line in lines)
    open_ended = sum(line[-1] not in '.!?:"”' for line in lines)
    return full > 0.6 * len(lines) and 2 * open_ended > len(lines)


_FEW_LINES = 6
_WIDEST = 100
"""Characters of the longest line of a text that is set in short ones."""
_SAMPLE = 20_000
"""Characters that tell how a text is set."""


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the lines of a stretch, without the blanks around them."""
    spans = []
    for line in text[start:end].split("\n"):
        if bare := line.strip():
            at = start + line.index(bare[0])
            spans.append((at, at + len(bare)))
        start += len(line) + 1
    return spans


def _cuts(text: str, start: int, end: int, stops: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the spans of the sentences of one paragraph, which end in `stops`."""
    cuts: list[tuple[int, int]] = []
    begin = start
    for stop in stops.finditer(text, start, end):
        at = stop.end()
        if at >= end:
            break
        following = text[at : at + 3].lstrip()[:1]
        lower_text = text[begin : begin + 1].islower()
        if following.islower() and not lower_text:
            continue
        if stop.group() in {".", ".]", ".)"}:
            before = text[max(begin, stop.start() - 24) : stop.start()]
            word = _LAST_WORD.search(before, before.rfind(" ") + 1)
            last = word.group(1) if word else ""
            if last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isupper()):
                continue
            if "." in last and (following.islower() or len(last) <= 3):
                continue
        cuts.append((begin, at))
        begin = at
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        cuts.append((begin, end))
    return cuts if end - start <= MAX_SENTENCE else [piece for cut in cuts for piece in _pieces(text, *cut)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the spans of what is too long for one sentence, cut at blanks."""
    while end - start > MAX_SENTENCE:
        stop = start + MAX_SENTENCE
        cut = max(text.rfind(" ", start + 1, stop), text.rfind("\n", start + 1, stop))
        cut = stop if cut < 0 else cut
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
