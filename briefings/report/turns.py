"""Tell where a report turns to something else: the items of a round-up, and a second event told at length.

An item of a round-up has a place and a day of its own, and lends neither to the next. A second event opens with
another place and another day than the news, and holds for what goes on to tell of "the attack".
"""

from __future__ import annotations

from typing import Final

from ..dating.datings import TimeRef
from ..geography.placenames import PlaceRef
from ..lexis.harms import FATES
from ..lexis.lexicon import COUNTRIES, STOPS, indexes, wordset
from ..lexis.sentences import text_of
from ..model import Window
from .lines import Line, Report
from .newsdays import dates_harm

_BULLETS: Final = frozenset("-•*·▪●‣◦")
_LEAD: Final = 4
"""Words a lead may have before its colon: "LOWER OSTRA:"."""
_NEAR: Final = 3
"""Days from the news within which a second event is told at length; what lies further back is context."""


def items(lines: list[Line], report: Report) -> None:
    """Write the paragraphs of `report` that are items of their own into it, each with the name that leads it."""
    heads: dict[int, Line] = {}
    title: frozenset[str] = frozenset()
    for line in lines:
        if line.sentence.headline:
            title = frozenset(line.tokens.low)
        elif not line.sentence.heading:
            heads.setdefault(line.sentence.paragraph, line)
    report.sections = _dated(lines)
    if lands := _under_lands(lines):
        report.roundup, report.items = True, lands
        return
    leads = {paragraph: lead for paragraph, line in heads.items() if (lead := _lead(line))}
    dated = all(_date_before(heads[paragraph]) for paragraph in leads)
    if len(leads) > 1 and (dated or len(set(leads.values())) == len(leads)):
        report.roundup = True
        report.items = _led(heads, leads)
    elif report.sections:
        report.roundup = True
        report.items = dict.fromkeys(report.sections, "")
    elif len(days := [at for at, line in heads.items() if line.times and _dashed(line)]) > max(_FEW, len(heads) // 2):
        report.roundup = True
        report.items = dict.fromkeys(days, "")
    elif _named(title, lines) and len(heads) > _FEW:
        report.roundup = True
        first = min((line.sentence.paragraph for line in lines if _own_place(line)), default=len(lines))
        report.items = {paragraph: "" for paragraph in heads if paragraph >= first}
    else:
        bullets = {paragraph for paragraph, line in heads.items() if line.sentence.text[:1] in _BULLETS}
        marked = (line for line in lines if line.sentence.paragraph in bullets) if bullets else ()
        own = {line.sentence.paragraph for line in marked if _own_place(line) or _own_day(line)}
        if len(own) > 1:
            report.items = dict.fromkeys(own, "")
    report.daily = report.roundup and not _DAILY.isdisjoint(title)


def _dated(lines: list[Line]) -> dict[int, Window]:
    """Return the days of the paragraphs that stand under headings which are nothing but a day, if there are several."""
    found: dict[int, Window] = {}
    day: Window | None = None
    for line in lines:
        ref = line.times[0] if line.sentence.heading and len(line.times) == 1 else None
        if ref is not None and ref.window and ref.kind == "day" and ref.last - ref.first >= len(line.tokens) - 1:
            day = ref.window
        elif day is not None:
            found[line.sentence.paragraph] = day
    return found if len(set(map(str, found.values()))) > 1 else {}


def _under_lands(lines: list[Line]) -> dict[int, str]:
    """Return the paragraphs that stand under headings which are nothing but a country, if there are several."""
    found: dict[int, str] = {}
    land = ""
    for line in lines:
        if line.sentence.heading and " ".join(line.tokens.low) in COUNTRIES:
            land = line.sentence.text.title()
        elif land:
            found[line.sentence.paragraph] = land
    return found if len(set(found.values())) > 1 else {}


_FEW: Final = 2
_DAILY: Final = wordset("daily today tonight")
_ROUNDUPS: Final = wordset("roundup round-up roundups digest briefs timeline chronology factbox")


def _named(title: frozenset[str], lines: list[Line]) -> bool:
    """Say whether a title is a round-up's: "Ostra: digest", "Tarnia in brief", not "in a UN brief"."""
    if not _ROUNDUPS.isdisjoint(title):
        return True
    return {"in", "brief"} <= title and any(" in brief" in line.sentence.text.lower() for line in lines[:1])


def _lead(line: Line) -> str:
    """Return the name that leads an item ("KARAVIA: Four people …", "9 May, Karavia: …"), or nothing."""
    words = line.tokens.words
    begin = _date_before(line) or int(words[0] in _BULLETS)
    if ":" not in words[begin + 1 : begin + _LEAD + 2]:
        return ""
    end = words.index(":", begin + 1)
    name = words[begin:end]
    road = _ROAD if "," in name[_ROAD : _ROAD + 1] and name[0].isupper() and name[1].isdecimal() else 0
    parts = name[road + 1 :] if road else name  # "N2, MEZIN:"
    if not all(word[0].isupper() and word.replace("-", "").isalpha() for word in parts) or end + 1 >= len(words):
        return ""
    low = [word.lower() for word in parts]
    if not parts or not STOPS.isdisjoint(low) or not _LABELS.isdisjoint(low) or not FATES.keys().isdisjoint(low):
        return ""  # "Wounded: 64 persons" is about no place
    return text_of(line.tokens, begin, end)


_ROAD: Final = 2
"""Words of a road's number: "N | 2"."""
_LABELS: Final = wordset(
    """abductions abduction arrests arrest detentions kidnappings killings murders casualties displacement displacements
    attacks incidents clashes background context update updates overview summary highlights response needs access
    protection health deaths injuries fatalities hostages releases damage losses toll victims note correction sources
    methodology conclusion analysis weapons airstrikes shelling bombings civilians soldiers police militants"""
)
"""Words that say what an item is about, and not where."""


def _date_before(line: Line) -> int:
    """Return the word at which what follows a day begins, where a day opens the line: "9 May 2024, Karavia: …"."""
    first = int(line.tokens.words[0] in _BULLETS)
    ref = line.times[0] if line.times else None
    if ref is None or ref.kind != "day" or ref.first != first or ref.last >= len(line.tokens):
        return 0
    return ref.last + (line.tokens.words[ref.last] in _PARTING)


def _dashed(line: Line) -> bool:
    """Say whether a paragraph is an entry of a log: "9 May - Two guards were shot dead"."""
    at = _date_before(line)
    return at > 0 and line.tokens.words[at - 1] in _PARTING


_PARTING: Final = frozenset({",", "-", "–", "—", "|", ":"})


def _led(heads: dict[int, Line], leads: dict[int, str]) -> dict[int, str]:
    """Return each paragraph from the first led one on with the lead it stands under."""
    found: dict[int, str] = {}
    lead = ""
    held = sorted(paragraph for paragraph in heads if paragraph in leads)
    inside = [paragraph for paragraph in heads if held[0] < paragraph < held[-1]]
    single = len(held) > _FEW and all(paragraph in leads for paragraph in inside)  # what comes after them is no item's
    for paragraph in sorted(heads):
        lead = leads.get(paragraph, "" if single else lead)
        if lead:
            found[paragraph] = lead.title() if lead.isupper() else lead
    return found


def _own_place(line: Line) -> bool:
    return bool(line.places) and not line.sentence.headline and any(ref.tied for ref in line.places)


def _own_day(line: Line) -> bool:
    return bool(line.times) and any(ref.kind in {"day", "range"} and ref.role == "event" for ref in line.times)


def events(lines: list[Line], report: Report) -> None:
    """Write into `report`, for each line that goes on about a second event, the line that opened it."""
    opened, told = -1, -1
    for index, line in enumerate(lines):
        paragraph = line.sentence.paragraph
        if line.sentence.headline or line.sentence.heading or paragraph in report.items:
            opened = -1
        elif _opens(line, report):
            opened, told = index, paragraph
        elif opened >= 0:
            same = paragraph == told
            if (
                elsewhere(line, lines[opened], lines[:opened])
                or _returns(line, report)
                or not (same or (paragraph == told + 1 and resumes(line.tokens.low)))
            ):
                opened = -1
                continue
            report.turns[index] = opened
            told = paragraph


def place_of(line: Line, report: Report) -> PlaceRef | None:
    """Return the first place below a country that a line ties to what happened, if not that of the news."""
    for ref in line.places:
        if ref.tied and ref.grain != "country":
            return None if _words(report.place or "") & _words(ref.text) else ref
    return None


def day_of(line: Line, report: Report) -> TimeRef | None:
    """Return the day near the news, but not of it, on which a line says that people came to harm."""
    news = report.window
    if news is None:
        return None
    for ref in line.times:
        window = ref.window
        if ref.kind == "day" and window and ref.role == "event" and dates_harm(line.tokens.low, ref):
            return ref if window != news and abs((window.start - news.start).days) <= _NEAR else None
    return None


def _opens(line: Line, report: Report) -> bool:
    return bool(line.places and line.times) and place_of(line, report) is not None and day_of(line, report) is not None


def _returns(line: Line, report: Report) -> bool:
    """Say whether a line names the place or the day of the news, or a place or day of its own."""
    if any(ref.tied for ref in line.places):
        return True
    return any(ref.kind in {"day", "range"} and ref.role == "event" for ref in line.times)


def resumes(low: list[str]) -> bool:
    """Say whether a sentence goes on about an event told before: "during the attack", "since that offensive began"."""
    near = low[:_START]
    if goes_on(low):
        return True
    return any(near[k] in _DEFINITE for k in indexes(_EVENTS, near[1:]))


def goes_on(low: list[str]) -> bool:
    """Say whether a sentence goes on with the last: "they then …", or in the same speaker's words, "…, he said"."""
    if "then" in low[:_THEN]:
        return True
    return tuple(low[-3:-1]) in _HE_SAID or tuple(low[-2:]) in _HE_SAID


_HE_SAID: Final = frozenset((who, said) for who in ("he", "she", "they") for said in ("said", "added"))
_THEN: Final = 4


def elsewhere(line: Line, before: Line, earlier: list[Line]) -> bool:
    """Say whether a line is about an event told of earlier, by its noun, and not about that told just before it."""
    low = line.tokens.low
    if _EVENTS.isdisjoint(low):
        return False
    told = {low[k + 1] for k in indexes(_EVENTS, low[1:]) if low[k] in _DEFINITE}
    if not told or not told.isdisjoint(before.tokens.low):
        return False
    return any(not told.isdisjoint(one.tokens.low) for one in earlier)


def points_back(low: list[str]) -> bool:
    """Say whether a sentence points to the event told just before it, across paragraphs: "since that offensive".

    "In the ensuing exchange of fire" goes on with it, too.
    """
    if low[: len(_FIRING)] == _FIRING or (low[:3] in _ENSUING and not _FOUGHT.isdisjoint(low[3:4])):
        return True
    return "that" in low and any(low[k] == "that" for k in indexes(_EVENTS, low[1:]))


_ENSUING: Final = (["in", "the", "ensuing"], ["in", "an", "ensuing"])
_FIRING: Final = ["in", "the", "exchange", "of", "fire"]
_FOUGHT: Final = wordset("exchange battle gunfight gunbattle firefight shootout fighting clash clashes fire crossfire")
_START: Final = 14
_DEFINITE: Final = frozenset({"the", "that", "this"})
_EVENTS: Final = wordset(
    """attack attacks assault bombing blast blasts explosion explosions massacre raid incident shooting strike
    operation clash clashes ambush siege battle quake earthquake flood accident crash offensive fighting
    encounter gunfight bomb"""
)


def _words(name: str) -> set[str]:
    return {word for word in name.lower().replace(",", " ").replace(";", " ").split() if word not in _NO_NAMES}


_COMMON: Final = wordset(
    "province district area town city village region state county northern southern eastern western"
)
_NO_NAMES: Final = STOPS | _COMMON
