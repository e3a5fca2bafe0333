"""Builds what an author says in words of their own: prose, bullets, a notice; every number in them is a reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple, Self

from ..desks.desk import Desk
from ..desks.evidence import is_desk, made
from ..desks.whose import one_by_one
from ..desks.wording import label, named
from ..lexis.quantities import find
from ..model import Figure
from ..page.runs import chained, cite, say, together
from ..proof.counted import people_counted
from ..proof.numerals import numerals
from ..sections import Cite, Day, FigureRef, Item, Items, Name, Notice, Prose, Runs, Section, Text
from . import candidates
from .braces import HINT
from .references import Placed, References, Said
from .refusals import Problem, Refused, refuse
from .typed import NUMERAL, PARTS, Typed, lone, typed

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_BLANKS = re.compile(r"[\s\ue000-\uf8ff]+")
_HELD = 0xE000
"""The letter of private use that stands for the first reference of a text while it is cut into sentences."""
_END = re.compile(r"[.!?؟۔]+[\"'”’»)\]]*(?=\s|$)")
_SHORT = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Brig|Prof|St|No|vs)|\b[A-Z])\.$")
"""What ends with a full stop and no sentence does."""
_WITHIN = re.compile(r"^[^,;:.—–]*\b(?:in|at|near|around|outside)\s+$")
"""Words between a count and a name that make it a count of that place, with no clause between them."""

Part = str | Placed


class Author(NamedTuple):
    """A text of an author's on its way to a page: who is asked for numbers, and what was found wrong."""

    references: References
    problems: list[Problem]

    @property
    def desk(self) -> Desk:
        """Return the desk the text is about."""
        return self.references.desk


def prose(desk: Desk, text: str, *, slot: str, title: str = "", **places: object) -> Section:
    """Return paragraphs of an author's, in which every number, day, name and source is a reference in braces.

    `{civilians/killed}` is a figure, `{date}` the day, `{place:Kesh}` a place, `{cite:…}` a source;
    `braces.KINDS` tells of each. A name in braces may also be given by keyword: runs, text, a day, or a noun
    of the desk. Who says a number, and in which documents, follows in its sentence unless `{by:…}` or
    `{office:…}` names them there; so do its days, where they are not the period's own. A sentence whose figure is not
    reported gives way to one that says so.

    Errors: ContractError `PROSE` with everything that cannot be printed, by the character it begins at: a bare number
    with the references that say it, a word that takes a side, a reference that is none with the nearest.
    """
    desk = is_desk(desk, "prose")
    author = Author(References(desk, places), [])
    paragraphs = tuple(_paragraphs(author, _text(text, "prose")))
    _require(author, "prose", slot, title)
    return made(desk, Prose(paragraphs=paragraphs), slot=slot, title=title, figures=author.references.figures.values())


def items(desk: Desk, texts: Iterable[str | Runs], *, slot: str, title: str = "", empty: str = "",
          **places: object) -> Section:  # fmt: skip
    """Return bullets of an author's, the most important first; each is written as `prose` is, or made of runs.

    `empty` is said where there is none. Errors: ContractError `PROSE`, as of `prose`.
    """
    desk = is_desk(desk, "items")
    author = Author(References(desk, places), [])
    told = [] if isinstance(texts, str) else list(texts)
    if isinstance(texts, str):
        author.problems.append(Problem("texts", "is one text", "give a list of texts, one for each bullet"))
    bullets = [_one(author, text, f"bullet {number}, ") for number, text in enumerate(told, 1)]
    _require(author, "items", slot, title, empty)
    body = Items(items=tuple(Item(runs=runs) for runs in bullets if runs), empty=empty)
    return made(desk, body, slot=slot, title=title, figures=author.references.figures.values())


def notice(desk: Desk, text: str, *, slot: str, title: str = "", level: Literal["note", "warn"] = "note",
           **places: object) -> Section:  # fmt: skip
    """Return a box with one message, written as `prose` is. Errors: ContractError `PROSE`, as of `prose`."""
    desk = is_desk(desk, "notice")
    author = Author(References(desk, places), [])
    runs = _one(author, _text(text, "notice"), "")
    _require(author, "notice", slot, title)
    body = Notice(level=level, runs=runs)
    return made(desk, body, slot=slot, title=title, figures=author.references.figures.values())


def words(author: Author, text: str, before: str = "") -> Runs:
    """Return a line of an author's as runs, its problems added to those there are; `before` says where it stands."""
    return together(_paragraphs(author, text, before))


def _one(author: Author, text: str | Runs, before: str) -> Runs:
    if isinstance(text, str):
        return words(author, text, before)
    try:
        return _sentence(author, [author.references.given("runs", text)])
    except Refused as fault:
        author.problems.append(Problem(before.rstrip(", "), fault.what, fault.fix))
        return ()


def _text(text: object, builder: str) -> str:
    if isinstance(text, str):
        return text
    found = [Problem("text", f"is {type(text).__name__}", f'write {builder}(desk, "…", slot="…")')]
    refuse(found, of="the text", where=f"{builder}(desk, …)", fix="give the text as text", code="PROSE")
    return ""


def _require(author: Author, builder: str, slot: str, *titles: str) -> None:
    """Refuse the text if anything of it cannot be printed; title and the like are words without references."""
    for one in titles:
        bare = (_bare(author, found, one) for found in NUMERAL.finditer(one))
        author.problems.extend(Problem(f"title {one!r}", *told) for told in bare)
        if people := people_counted(one):
            author.problems.append(
                Problem(f"title {one!r}", f"{people!r} counts people in words", "say it in the text")
            )
    refuse(
        author.problems,
        of="the text",
        where=f"{builder}(desk, …, slot={slot!r})",
        fix=HINT,
        code="PROSE",
    )


# ── from text to runs ───────────────────────────────────────────────────────────────────────────────


def _paragraphs(author: Author, text: str, before: str = "") -> list[Runs]:
    """Return the paragraphs of a text; none where something of it, or of what came before, cannot be printed."""
    at, every = 0, list[list[Part]]()
    for gap in [*_PARAGRAPHS.finditer(text), None]:
        end = gap.start() if gap else len(text)
        every.append(list(_parts(author, text[at:end], at, before)))
        author.problems.extend(_belied(author, every[-1], before))
        at = gap.end() if gap else end
    if author.problems:
        return []
    told = (together(_sentence(author, one) for one in _sentences(parts)) for parts in every)
    return [paragraph for paragraph in told if paragraph]


def _parts(author: Author, text: str, offset: int, before: str) -> Iterator[Part]:
    """Yield words and what stands in the place of references; what is wrong with either is added to the problems."""
    at = 0
    plain = ""
    for found in PARTS.finditer(text):
        _read(author, text[at : found.start()], offset + at, before, text)
        plain += text[at : found.start()]
        at = found.end()
        if found[0] in ("{{", "}}"):
            plain += found[0][0]
            continue
        where = f"{before}character {offset + found.start() + 1}"
        if found[1] is None:
            author.problems.append(Problem(where, *next(lone(found[0]))[1].split("; ")))
            continue
        try:
            placed = author.references.place(found[1].strip())
        except Refused as fault:
            author.problems.append(Problem(where, fault.what, fault.fix))
            continue
        yield from filter(None, (_BLANKS.sub(" ", plain),))
        yield placed
        plain = ""
    _read(author, text[at:], offset + at, before, text)
    yield from filter(None, (_BLANKS.sub(" ", plain + text[at:]),))


def _belied(author: Author, parts: Sequence[Part], before: str) -> Iterator[Problem]:
    """Find figures and claims of whom the words beside them say something else: the wrong reference was pasted."""
    for sentence in _sentences(parts):
        words = ["" if isinstance(one, Placed) else one for one in ("", *sentence, "")]
        for at, part in enumerate(sentence, 1):
            for one in part.said if isinstance(part, Placed) else ():
                group, outcome = author.references.cell(one.number)
                where = f"{before}“{words[at - 1][-20:]}{{…}}{words[at + 1][:30]}”"
                if word := candidates.belied(group, outcome, words[at - 1], words[at + 1]):
                    what = f"{{{group}/{outcome}}} is said of {word!r}, whom it does not count"
                    yield Problem(where, what, "give another reference")
                elif town := author.references.too_narrow(one.number, _placed_in(sentence[at:])):
                    what = f"{{{group}/{outcome}}} is said of {town}, and whoever gives it speaks of the whole region"
                    yield Problem(where, what, "write {region} for the place, or name the place by itself")


def _placed_in(following: Sequence[Part]) -> str:
    """Return the name that what stands before is said to have happened in, `… were killed in {place:Kesh}`; or none."""
    match following:
        case [str(between), Placed(runs=(Name(text=name),)), *_] if _WITHIN.search(between):
            return name
    return ""


def _read(author: Author, text: str, offset: int, before: str, around: str) -> None:
    """Add what cannot be printed of an author's own words: numbers, people counted in words, words that take sides."""
    for one in typed(text):
        at = offset + one.found.start() + 1
        author.problems.append(Problem(f"{before}character {at}", str(one), _instead(author, one, around)))


def _instead(author: Author, one: Typed, around: str) -> str:
    """Return what to write in place of something typed."""
    match one.what:
        case "day":
            known = candidates.of_day(author.desk, one.found)
            return f"write {known}" if known else ""
        case "people":
            return _fits(author, next((str(count.low) for count in find(one.found[0]) if count.low), ""), around)
        case "number":
            return _bare(author, one.found, around)[1]
    return f"write {one.instead}, or quote who said it"


def _bare(author: Author, number: re.Match[str], around: str) -> tuple[str, str]:
    return f"{number[0]!r} is a bare number", _fits(author, next(iter(numerals(number[0])), ""), around)


def _fits(author: Author, number: str, around: str) -> str:
    found = candidates.of_number(author.references.provenance, number, around)
    if found:
        return f"write {' or '.join(map(str, found))}"
    return 'nothing on the desk says so: give it by keyword, {name} with name=Computed(value=…, formula="…")'


def _sentences(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield the parts of each sentence; a reference never ends one."""
    whole = "".join(one if isinstance(one, str) else chr(_HELD + at) for at, one in enumerate(parts))
    ends = [one.end() for one in _END.finditer(whole) if not _SHORT.search(whole[: one.end()])]
    start = 0
    for end in dict.fromkeys((*ends, len(whole))):
        held = whole[start:end].strip()
        start = end
        if held:
            cut = re.split("([\ue000-\uf8ff])", held)
            yield [one if at % 2 == 0 else parts[ord(one) - _HELD] for at, one in enumerate(cut) if one]


# ── who says so ─────────────────────────────────────────────────────────────────────────────────────


def _sentence(author: Author, parts: Sequence[Part]) -> Runs:
    """Return a sentence with whose word its numbers are, where they stand, and of which days, if not the period's."""
    placed = [part for part in parts if isinstance(part, Placed)]
    said = [one for part in placed for one in part.said]
    if any(one.silent for one in said):
        return together(_plainly(author, one) for one in dict.fromkeys(said))
    telling = _Telling.of(author, placed)
    body, end = _apart(parts)
    if len({(one.voices, telling.days(one)) for one in said}) > 1 or any(one.each for one in said):
        aside = said[0] if len(said) == 1 else None
        beside = body if aside else [part if isinstance(part, str) else telling.beside(part) for part in body]
        return (*_runs(beside), *(telling.aside(aside) if aside else ()), *end)
    days = telling.days(said[0]) if said else ()
    told = (*_runs(body), *((Text(text=" ("), *days, Text(text=")")) if days else ()))
    if telling.covers(said):
        return (*told, *telling.due(said), *end)
    language = author.desk.language
    who = named(said[0].voices, language, most=3)
    return (*say(language, "{toll} according to {who}{sources}", toll=told, who=who, sources=telling.due(said)), *end)


class _Telling(NamedTuple):
    """What a sentence tells by itself: whom it names, which documents it cites, and which days."""

    author: Author
    names: frozenset[str]
    cited: frozenset[str]
    told: frozenset[tuple[date, date]]

    @classmethod
    def of(cls, author: Author, placed: Sequence[Placed]) -> Self:
        """Return what the references of a sentence tell."""
        runs = [run for part in placed for run in part.runs]
        return cls(
            author,
            frozenset(name for part in placed for name in part.names),
            frozenset(key for run in runs if isinstance(run, Cite) for key in run.documents),
            frozenset((run.start, run.end or run.start) for run in runs if isinstance(run, Day)),
        )

    def covers(self, said: Iterable[Said]) -> bool:
        """Say whether everybody whose word these numbers are is named."""
        return all(set(one.voices) <= self.names for one in said)

    def due(self, said: Iterable[Said]) -> Runs:
        """Return the documents of numbers that are not cited yet."""
        return cite(key for one in said for key in one.documents if key not in self.cited)

    def days(self, said: Said) -> Runs:
        """Return the days of a number that is of others than the period, unless the sentence tells them."""
        window = said.window
        if window is None or window == self.author.desk.period or (window.start, window.end) in self.told:
            return ()
        return (Day(start=window.start, end=window.end if window.days > 1 else None),)

    def beside(self, placed: Placed) -> Placed:
        """Return what stands in a place, each number followed by whose it is."""
        return placed._replace(runs=(*placed.runs, *(run for one in placed.said for run in self.aside(one))))

    def aside(self, said: Said) -> Runs:
        """Return ` (the governor [1])`, or, where voices disagree, ` (the governor: 6; the army: 8 [1, 2])`."""
        language = self.author.desk.language
        whose = () if self.covers([said]) and not said.each else named(said.voices, language, most=3)
        if said.each:
            whose = one_by_one(said.each, language, most=3)
        told = chained([one for one in (whose, self.days(said)) if one], language)
        return (Text(text=" ("), *told, *self.due([said]), Text(text=")")) if told else self.due([said])


def _plainly(author: Author, said: Said) -> Runs:
    """Return a number by itself, `Civilians killed: not reported.`, where its sentence cannot be said."""
    language = author.desk.language
    figure = said.silent or _figure_of(author, said)
    aside = () if said.silent else _Telling.of(author, []).aside(said)
    count: Runs = (said.number, *aside)
    told = say(language, "{who}: {what}", who=Text(text=label(figure, language)), what=count) if figure else count
    return (*told, Text(text="."))


def _figure_of(author: Author, said: Said) -> Figure | None:
    return author.references.figures.get(said.number.figure) if isinstance(said.number, FigureRef) else None


def _apart(parts: Sequence[Part]) -> tuple[list[Part], Runs]:
    """Return the parts of a sentence without the mark it ends with, and that mark."""
    body, last = list(parts[:-1]), parts[-1]
    if isinstance(last, Placed):
        return [*body, last], ()
    found = re.search(r"\s*([.!?؟۔;:]+[\"'”’»)\]]*)\s*$", last)
    if not found:
        return [*body, last], ()
    rest = last[: found.start()]
    return [*body, *([rest] if rest else [])], (Text(text=found[1]),)


def _runs(parts: Iterable[Part]) -> Runs:
    return tuple(run for part in parts for run in ((Text(text=part),) if isinstance(part, str) else part.runs) if run)
