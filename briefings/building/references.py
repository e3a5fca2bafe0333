"""Resolves what an author writes in braces: figures, claims, rows, days, places, offices and sources of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ..core.layers import near
from ..desks import meant
from ..desks.columns import FRAMES
from ..desks.desk import Desk
from ..desks.evidence import Word, behind, documents_of, reported, words_of
from ..desks.explanation import named as figure_named
from ..desks.regions import Watch
from ..desks.telling import days as days_of
from ..desks.wording import named
from ..errors import BriefingsError
from ..geography.sites import site_within
from ..model import GROUPS, OUTCOMES, Claim, Figure, Incident, Window
from ..page.runs import cite
from ..proof.counted import people_counted, people_numbered
from ..proof.numerals import numerals
from ..sections import Cite, ClaimRef, Computed, Datum, Day, FigureRef, Moment, Name, Quote, Run, Runs, Text
from .braces import DAY_FORMS, FIGURE_FORMS, KEY
from .candidates import short
from .provenance import Provenance, plain
from .refusals import Refused

_COLUMNS = {"incidents": "killed_best", "months": "killed"}
"""The column that is meant where a row is given without one."""


@dataclass(frozen=True)
class Said:
    """A number of a sentence, whose word it is and of which days; `each` are its voices where it is not that of all.

    `silent` is the figure where nobody gives a number.
    """

    number: Run
    voices: tuple[str, ...]
    documents: tuple[str, ...] = ()
    each: tuple[Word, ...] = ()
    window: Window | None = None
    silent: Figure | None = None


class Placed(NamedTuple):
    """What stands in the place of a reference: its runs, the numbers among them, and whom it names."""

    runs: Runs
    said: tuple[Said, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass
class References:
    """The references that a text over a desk may use; `figures` are those that were placed."""

    desk: Desk
    places: Mapping[str, object] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.provenance = Provenance(self.desk)
        self._words: dict[str, Callable[[str], Placed]] = {
            "date": self._date,
            "days": lambda form: self._day(self.desk.period, form),
            "period": lambda form: self._day(self.desk.period, form),
            "as_of": lambda _: Placed((Moment(at=self.desk.as_of),)),
            "region": lambda _: Placed((Name(text=self.desk.region_name),)),
        }
        self.kinds: dict[str, Callable[[str, str], Placed]] = {
            "figure": self._figure,
            "claim": lambda key, _: self._claim(key),
            "by": lambda key, _: self._by(key),
            "cite": lambda key, _: Placed(cite(self._cited(key))),
            "day": self._any_day,
            "place": lambda name, _: self._place(name),
            "office": lambda name, _: self._office(name),
        }

    def place(self, reference: str) -> Placed:
        """Return what a reference places. Errors: Refused with what was meant."""
        body, _, form = (part.strip() for part in reference.partition("|"))
        kind, colon, rest = (part.strip() for part in body.partition(":"))
        if body in self.places:
            return self.given(body, self.places[body])
        if not colon and body in self._words:
            return self._words[body](form)
        if colon and kind in self.kinds:
            return self.kinds[kind](rest, form)
        if colon and kind in FRAMES:
            return self._row(kind, rest)
        if colon:
            raise Refused(f"{kind!r} is no kind of reference{near(kind, (*self.kinds, *FRAMES))}")
        if "/" in body:
            return self._figure(body, form)
        if KEY.fullmatch(body):
            return self._keyed(body, form)
        names = (*self._words, *self.places, *self.kinds)
        raise Refused(f"there is no reference {{{body}}}{_near(body, names)}")

    def given(self, name: str, value: object) -> Placed:
        """Return what a value given by keyword places. Errors: Refused for a bare number, or what is no such thing."""
        if isinstance(value, Figure):
            return self._placed(value, "")
        if isinstance(value, Claim):
            return self._claim(value.id)
        if isinstance(value, Incident):
            return self._row("incidents", self.provenance.label(value))
        if isinstance(value, Window):
            return self._day(value, "")
        if isinstance(value, str):
            return Placed((literal(value),))
        runs = value if isinstance(value, tuple) else (value,)
        if all(isinstance(one, _RUNS) for one in runs):
            for one in runs:
                if isinstance(one, Name):
                    proper(one.text)
            return Placed(runs, tuple(said for run in runs for said in self.said(run)))
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise Refused(
                f"{name}={value!r} is a bare number",
                f'say how it came about: {name}=Computed(value={value!r}, formula="…")',
            )
        found = plain(value, self.desk.language)
        if not found:
            raise Refused(
                f"{name} is {type(value).__name__}, which no page can say", "give runs, text, a day or a noun"
            )
        return Placed(found)

    def cell(self, run: Run) -> tuple[str, str]:
        """Return the group and the outcome that a figure or a claim counts; nothing of any other number."""
        if isinstance(run, FigureRef):
            found = self.figures[run.figure]
            return found.group, found.outcome
        if isinstance(run, ClaimRef):
            claim = self.desk.claim(run.claim)
            return claim.group, claim.outcome
        return "", ""

    def too_narrow(self, run: Run, name: str) -> str:
        """Return the name of a town where a number said of it is one of the whole region, or of more; else nothing."""
        region = self.desk.region
        wide = {one.casefold() for one in (region.name, *region.names, region.country) if one}
        if not name or name.casefold() in wide or name.casefold() not in self.known_places():
            return ""
        keys = behind(self.figures[run.figure]) if isinstance(run, FigureRef) else ()
        claims = [self.desk.claim(key) for key in keys if self.desk.has_claim(key)]
        told = [(one.place or "").casefold() in wide or _is_wide(one) for one in claims]
        return name if told and all(told) else ""

    # ── figures and claims ──────────────────────────────────────────────────────────────────────────

    def _keyed(self, key: str, form: str) -> Placed:
        """Return the figure or claim whose id begins so."""
        try:
            return self._figure(key, form)
        except Refused:
            if sum(one.startswith(key) for one in self._claims()) == 1:
                return self._claim(key)
            raise

    def _claims(self) -> list[str]:
        return [one.id for one in (*self.desk.claims, *self.desk.places)]

    def figure(self, name: str) -> Figure:
        """Return a figure by its name, as `desk.explain` takes it; without days it is that of the period, or silence.

        A total must be asked for: nobody is told of five days where a sentence speaks of one. Errors: Refused, with
        the figures there are.
        """
        cell, _, days = name.rpartition("/")
        group, _, outcome = (cell if days == "to_date" else name).partition("/")
        if group in GROUPS and outcome in OUTCOMES:
            ask = self.desk.figure_to_date if days == "to_date" else self.desk.figure
            return ask(meant.group(group), meant.outcome(outcome))
        every = (*self.desk.all_figures(), *self.desk.extents())
        try:
            found = figure_named(every, cell if days == "to_date" else name, self.desk.period)
        except BriefingsError as fault:
            fix = _some(every) if fault.error_code == "UNKNOWN_FIGURE" else fault.fix or ""
            raise Refused(fault.what, fix) from None
        if name.count("/") == 1 and found.window != self.desk.period:
            told = days_of(found.window)
            raise Refused(f"{name!r} is reported of {told} alone", f"write {{{name}/{told}}}")
        return found

    def _figure(self, name: str, form: str) -> Placed:
        return self._placed(self.figure(name), form)

    def _placed(self, figure: Figure, form: str) -> Placed:
        wanted = _form(form, FIGURE_FORMS)
        if wanted == "best" and figure.best is None:
            wanted = "prose"
        self.figures[figure.id] = figure
        run = FigureRef(figure=figure.id, form=wanted)
        if not reported(figure):
            return Placed((run,), (Said(run, (), window=figure.window, silent=figure),))
        words, documents = words_of(self.desk, figure), documents_of(self.desk, behind(figure))
        each = () if all(one.gave for one in words) else words
        return Placed((run,), (Said(run, tuple(one.name for one in words), documents, each, figure.window),))

    def _claim(self, key: str) -> Placed:
        found = [one for one in dict.fromkeys(self._claims()) if key and one.startswith(key)]
        if len(found) != 1:
            known = "; ".join(f"{{claim:{short(self.desk, one)}}} “{one.quote}”" for one in self.desk.claims[:3])
            said = f"{len(found)} claims begin with" if found else "the desk holds no claim"
            raise Refused(f"{said} {key!r}", f"such as {known}" if known else "the desk holds none")
        claim = self.desk.claim(found[0])
        voice = self.desk.voice_names[self.desk.voices.speaker(claim).voice.key]
        run = ClaimRef(claim=claim.id)
        return Placed((run,), (Said(run, (voice,), (claim.document_id,), window=claim.window),))

    def _by(self, name: str) -> Placed:
        figure = self.figure(name)
        if not reported(figure):
            return self._placed(figure, "")
        words = words_of(self.desk, figure)
        voices = tuple(one.name for one in words)
        return Placed(named(voices, self.desk.language, most=3), names=frozenset(voices))

    def _cited(self, name: str) -> tuple[str, ...]:
        if "/" in name:
            return documents_of(self.desk, behind(self.figure(name)))
        every = self.desk.documents
        by_publisher = tuple(one.id for one in every if one.publisher.casefold() == name.casefold())
        if by_publisher:
            return by_publisher
        by_key = (one.id for one in every if KEY.match(name) and one.id.startswith(name))
        claims = (one for one in self._claims() if KEY.match(name) and one.startswith(name))
        found = tuple(dict.fromkeys((*by_key, *documents_of(self.desk, claims))))
        if len(found) == 1:
            return found
        fix = "give a figure, a claim, a publisher or an id"
        if found:
            raise Refused(f"{name!r} may be any of {len(found)} documents", fix)
        raise Refused(f"no document of the desk is {name!r}{_near(name, [one.publisher for one in every])}", fix)

    # ── rows ────────────────────────────────────────────────────────────────────────────────────────

    def _row(self, frame: str, rest: str) -> Placed:
        label, colon, column = (part.strip() for part in rest.rpartition(":"))
        own = self.provenance.frame(frame)
        if not colon or rest in own.index:
            label, column = rest, _COLUMNS.get(frame, "text")
        described = FRAMES[frame].column(column)
        if described is None:
            columns = [one.name for one in FRAMES[frame].columns]
            raise Refused(f"{frame} has no column {column!r}{near(column, columns)}", "desk.frames says what there is")
        if label not in own.index:
            found = [str(one) for one in own.index if len(label) >= 4 and str(one).startswith(label)]
            if len(found) != 1:
                hint = _near(label, map(str, own.index))
                raise Refused(f"{frame} has no row {label!r}{hint}", f"desk.frame({frame!r}) shows what each is called")
            label = found[0]
        runs = self.provenance.placed(frame, label, described)
        return Placed(runs, tuple(said for run in runs for said in self.said(run)))

    def said(self, run: Run) -> tuple[Said, ...]:
        """Return whose word a run is, if it is a number somebody gives."""
        if isinstance(run, FigureRef):
            return self._placed(self.provenance.figure_of(run.figure), "").said
        if isinstance(run, ClaimRef):
            return self._claim(run.claim).said
        if not isinstance(run, Datum):
            return ()
        return tuple(Said(run, (dataset,)) for dataset in self.provenance.datasets({run.ref}))

    # ── days, places, names ─────────────────────────────────────────────────────────────────────────

    def _date(self, form: str) -> Placed:
        end = self.desk.period.end
        return self._day(Window(start=end, end=end), form)

    def _any_day(self, text: str, form: str) -> Placed:
        days = _window(text)
        if days is None:
            raise Refused(f"{text!r} is no day", "write {day:2031-05-17} or {day:2031-05-16..2031-05-17}")
        return self._day(days, form)

    def _day(self, window: Window, form: str) -> Placed:
        wanted = _form(form, DAY_FORMS)
        end = window.end if window.days > 1 else None
        weekday, form = wanted == "weekday", "day" if wanted == "weekday" else wanted
        return Placed((Day(start=window.start, end=end, weekday=weekday, form=form),))

    def known_places(self) -> dict[str, str]:
        """Return the places that reports or tables name, and those listed of the region, by name in lower case."""
        region, known = self.desk.region, dict[str, str]()
        told = (*(one.place for one in self.desk.claims), *(one.place for one in self.desk.passages))
        sites = (site.name for claim in self.desk.claims for site in claim.sites)
        rows = (part for one in self.desk.incidents for part in (one.place, one.admin1, one.country))
        for one in (region.name, *region.names, *region.places, region.country, *sites, *rows, *told):
            if one:
                known.setdefault(one.casefold(), one)
        return known

    def _place(self, name: str) -> Placed:
        known = self.known_places()
        if name.casefold() not in known and (site := self._of_the_region(name)):
            known[name.casefold()] = site
        if name.casefold() not in known:
            hint = _near(name, known.values())
            raise Refused(
                f"no report or table names a place {name!r}, nor is it one of the region{hint}",
                f'give it by keyword, where=Name(text="{name}"), if it is one',
            )
        return Placed((Name(text=known[name.casefold()]),))

    def _of_the_region(self, name: str) -> str:
        """Return the name of a place of the region that the gazetteer knows, whether or not anybody tells of it."""
        watch = Watch(self.desk.region)
        site = site_within(name, lambda one: bool(watch.holds(one)))
        return site.name if site else ""

    def known_offices(self) -> dict[str, str]:
        """Return how whoever claims something is printed, by each name it goes by in lower case."""
        known = {one.casefold(): one for one in self.desk.voice_names.values()}
        for claim in self.desk.claims:
            said_by = self.desk.voice_names[self.desk.voices.speaker(claim).voice.key]
            for one in filter(None, (claim.claimant, claim.office)):
                known.setdefault(one.casefold(), said_by)
        for voice in self.desk.known:
            for one in (voice.name, *voice.aliases):
                known.setdefault(one.casefold(), voice.name)
        return known

    def _office(self, name: str) -> Placed:
        known = self.known_offices()
        if name.casefold() not in known:
            raise Refused(
                f"nobody the desk hears is called {name!r}{_near(name, self.desk.voice_names.values())}",
                "desk.frame('claims')[['claimant', 'office']] shows who is",
            )
        found = known[name.casefold()]
        return Placed(named((found,), self.desk.language), names=frozenset((found,)))


_RUNS = (Text, Name, FigureRef, ClaimRef, Quote, Day, Moment, Cite, Datum, Computed)


def _is_wide(claim: Claim) -> bool:
    """Say whether a claim is of a whole first-level region or country."""
    return bool(claim.sites) and all(site.kind != "settlement" for site in claim.sites)


def _near(name: str, names: Iterable[str]) -> str:
    return near(name, names, most=3, within=True)


def literal(text: str) -> Run:
    """Return words of an author's as a run. Errors: Refused for words that hold a number, or count people."""
    if counted := people_counted(text):
        raise Refused(f"{counted!r} in {text!r} counts people in words", "place the count by reference")
    if found := numerals(text):
        raise Refused(f"{found[0]!r} in {text!r} is a bare number", "place it by reference")
    return Text(text=text)


def proper(text: str) -> Name:
    """Return a proper name as a run. Errors: Refused for one that counts people, or is a number and no more."""
    if people_numbered(text):
        raise Refused(f"{text[:40]!r} counts people", "place the count by reference")
    if not any(map(str.isalpha, text)):
        raise Refused(f"{text[:40]!r} has no letter, and is no name", "place a number by reference")
    return Name(text=text)


def _window(text: str) -> Window | None:
    """Return the days of `2031-05-17` or `2031-05-16..2031-05-17`, or `None`."""
    first, dots, last = text.partition("..")
    try:
        return Window(start=date.fromisoformat(first), end=date.fromisoformat(last if dots else first))
    except ValueError:
        return None


def _form(form: str, known: tuple[str, ...]) -> str:
    if form and form not in known:
        raise Refused(f"|{form} is no way to write it{near(form, known)}", f"one of {', '.join(known)}")
    return form or known[0]


def _some(figures: Iterable[Figure]) -> str:
    told = [f"{{{one.group}/{one.outcome}}} {one.text}" for one in figures if reported(one) and not one.unit]
    return f"such as {'; '.join(dict.fromkeys(told[:3]))}" if told else "no figure is reported"
