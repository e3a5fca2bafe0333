"""The desk: what an analyst may see of one region and one period, as it stood at one instant. Read-only.

A notebook gets everything from here and asks no clock and no network, so running it again gives the same.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from . import (
    amendments,
    asked,
    explanation,
    frames,
    languages,
    match,
    reconciliation,
    relations,
    revisions,
    verdicts,
    witness,
)
from .config import BriefConfig, Region, Workspace, load, origins
from .errors import ParameterError
from .gathering import Kept, covered, first_day, inside, published, reported_on, strictest_copies
from .languages import ENGLISH, Language
from .model import (
    Actor,
    Change,
    Claim,
    Document,
    Event,
    Figure,
    Finding,
    Group,
    Incident,
    KnownVoice,
    Noun,
    Outcome,
    Passage,
    Reading,
    Responsibility,
    Review,
    Window,
    digest,
)
from .positions import APART
from .regions import Watch, refuse_unknown_codes
from .registry import armed_groups
from .sections import Bar, canonical
from .spread import spread
from .statements import Statement, names_of, statements
from .telling import Explanation, Relations
from .verdicts import Weighed
from .voices import Voices

if TYPE_CHECKING:
    import pandas as pd

    from .store import Store

MONTHS_KEPT = 13
"""Months of incidents a desk holds: the twelve of the context chart and the one before, for comparison."""


@dataclass(frozen=True, eq=False)
class Desk:
    """What was known of one region and period at `as_of`; made by `desk(...)` or, from parts, `Desk.from_parts`.

    Every attribute is what the world had published by `as_of`, as recorded by `recorded_by`. `starts` is the
    first day of the total to date: as the brief says, else the first of the last month that news counts anybody on.
    `claims` are those that count: people's `reviews` are in them, and `weighed`
    says which verdict holds of which, and which claims were read and do not count. `places` are the location counts.
    `documents` are the newest versions, `earlier` those they replaced, `withdrawn` the claims that fell with these.
    `undated` are reports about the region that give no day of publication, whether or not they count yet.
    `language` is what builders write in.
    """

    region: Region
    period: Window
    as_of: datetime
    starts: date
    brief: str = ""
    title: str = ""
    recorded_by: datetime | None = None
    documents: tuple[Document, ...] = ()
    earlier: tuple[Document, ...] = ()
    undated: tuple[Document, ...] = ()
    claims: tuple[Claim, ...] = ()
    withdrawn: tuple[Claim, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    passages: tuple[Passage, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Claim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    covered: Window | None = None
    known: tuple[KnownVoice, ...] = ()
    reviews: tuple[Review, ...] = ()
    weighed: Weighed = field(default_factory=lambda: Weighed(()))
    extractors: Mapping[str, str] = field(default_factory=dict)
    language: Language = ENGLISH

    @classmethod
    def from_parts(
        cls,
        region: Region,
        period: Window,
        as_of: datetime,
        *,
        documents: Iterable[Document] = (),
        readings: Mapping[str, Reading] | None = None,
        incidents: Iterable[Incident] = (),
        others: Iterable[Region] = (),
        known: Iterable[KnownVoice] = (),
        settings: BriefConfig | None = None,
        recorded_by: datetime | None = None,
        reviews: Iterable[Review] = (),
        extractors: Mapping[str, str] | None = None,
        undated: Iterable[Document] = (),
        language: Language = ENGLISH,
    ) -> Self:
        """Make a desk of documents, their readings and incidents, keeping what belongs to the region.

        `others` are the further regions of the workspace, whose places are not ours. `known` are the voices it
        vouches for; armed groups that its incidents name are known as such. `reviews` are what people
        said of the claims, in the order they said it; `extractors` say what read each document.
        """
        watch = Watch(region, tuple(other for other in others if other.id != region.id))
        held = {document.id: document for document in documents}
        rows = tuple(incidents)
        given = tuple(reviews)
        settled = revisions.settle(held.values(), dict(sorted((readings or {}).items())), as_of=as_of)
        if given:
            newer = {older: one for one, older in revisions.revisions(held.values()).items()}
            given = verdicts.carried(given, settled.readings, newer)
        here, weighed = verdicts.of_readings(dict(settled.readings), given)
        watch.hear(one for reading in here.values() for one in (*reading.claims, *reading.extents))
        watch.hear(settled.withdrawn)
        kept = Kept()
        for key, reading in here.items():
            kept.take(watch, held[key], reading)
        kept.name_origins(held)
        kept.name_voices()
        withdrawn = tuple(
            one for one in settled.withdrawn if watch.belongs(held[one.document_id], one.sentence, one.place)
        )
        fallen = {one.document_id for one in withdrawn}
        weighed = verdicts.of_claims(
            weighed,
            (*kept.claims, *kept.places),
            lambda one: watch.belongs(held[one.document_id], one.sentence, one.place),
        )
        starts = settings.starts if settings and settings.starts else first_day(kept.claims, period)
        ours = sorted((one for one in rows if inside(watch, one)), key=lambda one: (one.date_start, one.id))
        return cls(
            region=region,
            period=period,
            as_of=as_of,
            starts=min(starts, period.start),
            brief=settings.id if settings else "",
            title=settings.title if settings else "",
            recorded_by=recorded_by,
            documents=tuple(
                sorted((one for one in settled.documents if one.id in kept.used or watch.about(one)), key=published)
            ),
            earlier=tuple(
                sorted((one for one in settled.earlier if one.id in fallen or watch.about(one)), key=published)
            ),
            undated=tuple(sorted((one for one in undated if watch.about(one)), key=published)),
            claims=tuple(kept.claims),
            withdrawn=withdrawn,
            responsibilities=tuple(kept.responsibilities),
            passages=tuple(kept.passages),
            actors=tuple(kept.actors),
            places=tuple(kept.places),
            incidents=tuple(ours),
            covered=covered(rows, period),
            known=(*known, *armed_groups(ours)),
            reviews=verdicts.about(given, weighed, withdrawn),
            weighed=weighed,
            extractors=extractors or {},
            language=language,
        )

    @property
    def region_name(self) -> str:
        """Return the name of the region as the page gives it, in its language."""
        return self.region.called_in(self.language)

    # ── figures ─────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _reconciled(self) -> tuple[Figure, ...]:
        return self._counted(self._reconcile(self.claims, self.as_of))

    def _reconcile(self, claims: Iterable[Claim], as_of: datetime) -> tuple[Figure, ...]:
        return reconciliation.reconcile(claims, period=self.period, as_of=as_of, region=self._names, known=self.known)

    @cached_property
    def _to_date(self) -> tuple[Figure, ...]:
        return self._counted(self._total(self.claims, self.period, self.as_of))

    def _total(self, claims: Iterable[Claim], period: Window, as_of: datetime) -> tuple[Figure, ...]:
        return reconciliation.to_date(
            claims, since=self.starts, period=period, as_of=as_of, region=self._names, known=self.known
        )

    def _counted(self, figures: Iterable[Figure], weighed: Weighed | None = None) -> tuple[Figure, ...]:
        """Say of each figure how many of its claims people have looked at, now or as another weighing has it."""
        held = weighed or self.weighed
        if not held.verdicts:
            return tuple(figures)
        return tuple(one.model_copy(update={"reviewed": verdicts.count(one, held)}) for one in figures)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return (self.region.name, *self.region.names)

    @cached_property
    def _then(self) -> Weighed | None:
        """What people had made of the claims one period before; none where nobody ever looked at any."""
        earlier = self.as_of - timedelta(days=self.period.days)
        known = (one for one in self.reviews if one.at <= earlier)
        return verdicts.apply((*self.weighed.read, *self.withdrawn), known) if self.reviews else None

    @cached_property
    def _previous(self) -> tuple[Figure, ...]:
        eve = self.period.start - timedelta(days=1)
        if eve < self.starts:
            return ()
        earlier, then = self.as_of - timedelta(days=self.period.days), self._then
        claims = filter(verdicts.of_people, then.claims) if then else (*self.claims, *self.withdrawn)
        found = self._total(claims, Window(start=eve, end=eve), earlier)
        return self._counted(found, then) if then else found

    def figures(self) -> tuple[Figure, ...]:
        """Return the figures of the period itself, those not reported included."""
        return tuple(
            one for one in self._reconciled if one.definition == "reported" and self.period.contains(one.window)
        )

    def figures_to_date(self) -> tuple[Figure, ...]:
        """Return the figures of all days from the first issue to the end of the period."""
        return tuple(one for one in self._to_date if one.definition == "reported")

    def wider_figures(self) -> tuple[Figure, ...]:
        """Return the figures whose windows reach beyond the period, such as its two days; narrowest first.

        Where such a window is the whole time to date, the total to date is that figure; a cell of which the
        period itself has nothing is then left to the total.
        """
        whole = Window(start=self.starts, end=self.period.end)
        told = {(one.group, one.outcome) for one in self.figures() if one.status != "not_reported"}
        totals = {(one.group, one.outcome): one for one in self.figures_to_date()}
        wider: list[Figure] = []
        for figure in self._reconciled:
            cell = (figure.group, figure.outcome)
            if figure.window == whole != self.period and cell in totals:
                wider += [totals[cell]] if cell in told else []
            elif not self.period.contains(figure.window):
                wider.append(figure)
        return tuple(sorted(wider, key=lambda figure: figure.window.days))

    def figure(self, group: Group, outcome: Outcome, window: Window | Sequence[date] | None = None) -> Figure:
        """Return the figure of one cell for the period, or for another window; not reported where no source says.

        Errors: ParameterError if the window is not two days in order.
        """
        wanted = self.period if window is None else asked.window(window)
        if wanted == Window(start=self.starts, end=self.period.end) != self.period:
            return self.figure_to_date(group, outcome)
        for figure in self._reconciled:
            if (figure.group, figure.outcome, figure.window) == (group, outcome, wanted) and figure.place is None:
                return figure
        return self._unreported(group, outcome, wanted)

    def previous_to_date(self) -> tuple[Figure, ...]:
        """Return the totals to date as known one period before, when an issue was due; none in the first period."""
        return self._previous

    def figure_to_date(self, group: Group, outcome: Outcome) -> Figure:
        """Return the figure of one cell from the first issue to the end of the period."""
        for figure in self._to_date:
            if (figure.group, figure.outcome) == (group, outcome) and figure.place is None:
                return figure
        return self._unreported(group, outcome, Window(start=self.starts, end=self.period.end))

    def all_figures(self) -> tuple[Figure, ...]:
        """Return every figure of the desk once: of the period, of wider windows, to date."""
        bodies = (one for one in (*self._to_date, *self._reconciled) if one.definition == "identified")
        every = (*bodies, *self.figures_to_date(), *self.wider_figures(), *self.figures())
        cells = {(one.group, one.outcome, one.definition, one.window, one.place): one for one in every}
        return tuple(reversed(cells.values()))  # of two of one cell and window the period's own word wins

    def extents(self) -> tuple[Figure, ...]:
        """Return in how many places attacks happened by each voice's count, a figure a kind of place and window.

        Such counts are never added and never stand with people: `unit` says what is counted, as of "12 towns".
        """
        return self._spread

    @cached_property
    def _spread(self) -> tuple[Figure, ...]:
        found = spread(
            self.places,
            period=self.period,
            as_of=self.as_of,
            claims=self.claims,
            region=self._names,
            known=self.known,
        )
        return self._counted(found)

    def changes(self) -> tuple[Change, ...]:
        """Return what changed in the figures since one period before, oldest first; reviews come with it."""

        def log(claims: Iterable[Claim], before: datetime, after: datetime) -> tuple[Change, ...]:
            return reconciliation.changes(
                filter(verdicts.of_people, claims),
                since=self.starts,
                period=self.period,
                before=before,
                after=after,
                region=self._names,
                known=self.known,
            )

        def tables(claims: Iterable[Claim], at: datetime) -> tuple[Figure, ...]:
            people = [one for one in claims if verdicts.of_people(one)]
            own = (one for one in self._reconcile(people, at) if one.window == self.period)
            total = self._total(people, self.period, at) if self.starts < self.period.start else ()
            return (*own, *total)

        first = self.as_of - timedelta(days=self.period.days)
        return amendments.changes(
            (*self.weighed.read, *self.withdrawn), self.reviews, before=first, after=self.as_of, log=log, tables=tables
        )

    def relations(self) -> Relations:
        """Return how the claims stand to one another: repeats, supersedes, contains, conflicts; each with its rule."""
        return Relations(relations.relations(self.claims, as_of=self.as_of, region=self._names, known=self.known))

    def explain(self, figure: Figure | str) -> Explanation:
        """Return the path of a figure to the words it rests on: rule, voices, claims, sentences, documents, reviews.

        `figure` is one of the desk's, or its short name, its id, or `group/outcome`, with `/days` where a cell has
        several. Errors: UsageError for a name that is none, with those there are.
        """
        return explanation.explain(self, figure)

    def _unreported(self, group: Group, outcome: Outcome, window: Window) -> Figure:
        key = digest("not reported", group, outcome, str(window.start), str(window.end))[:16]
        return Figure(
            id=key,
            group=group,
            outcome=outcome,
            window=window,
            status="not_reported",
            text="not reported",
            rule="no_claim",
            as_of=self.as_of,
        )

    # ── what is behind them ─────────────────────────────────────────────────────────────────────────

    def events(self) -> tuple[Event, ...]:
        """Return the events that touch the period."""
        every = match.link(
            self.claims, self.responsibilities, self.passages, self.actors, together=self.weighed.together
        )
        return tuple(event for event in every if event.window.overlaps(self.period))

    def statements(self) -> tuple[Statement, ...]:
        """Return what each office said of windows from the first issue on, oldest window first."""
        return self._statements

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        whole = Window(start=self.starts, end=self.period.end)
        doubtful = {finding.where for finding in self.held_back()}
        near = [
            claim
            for claim in self.claims
            if claim.scope != "background"
            and claim.window is not None
            and claim.window.overlaps(whole)
            and claim.id not in doubtful
        ]
        told = statements(near, self.voices, superseded=self.superseded)
        return tuple(replace(one, who=self.voice_names[one.key]) for one in told)

    @cached_property
    def superseded(self) -> Mapping[str, str]:
        """Return the claims whose number the office itself has since replaced, each with the claim that now speaks."""
        found: dict[str, str] = {}
        for figure in self.all_figures():
            for one in figure.positions:
                said = [self.claim(key) for key in one.claims if self.has_claim(key)]
                replaced = {each.id for each in said[1:] if (each.low, each.high) != (said[0].low, said[0].high)}
                found |= dict.fromkeys(replaced, said[0].id) if one.relation not in APART else {}
        return found

    @cached_property
    def voice_names(self) -> Mapping[str, str]:
        """Return how each voice of the desk is named, by its key."""
        return names_of(self.places, self.voices) | names_of(self.claims, self.voices)

    def held_back(self) -> tuple[Finding, ...]:
        """Return what no figure takes in and why: garbled or ill-added second-hand counts; `where` is the claim."""
        return self._held_back

    @cached_property
    def _held_back(self) -> tuple[Finding, ...]:
        return reconciliation.doubts(self.claims, as_of=self.as_of, known=self.known)

    def remarks(self) -> tuple[Finding, ...]:
        """Return what is no fault but wants saying of some claims, such as totals of several groups."""
        return reconciliation.remarks(self.claims, as_of=self.as_of, known=self.known)

    def background_claims(self) -> tuple[Claim, ...]:
        """Return claims about earlier events, which never enter a current figure; the latest event first."""
        found = reconciliation.background(self.claims)
        return tuple(sorted(found, key=lambda claim: (claim.date_to or date.min, claim.id), reverse=True))

    def months(self, n: int = 12) -> tuple[Bar, ...]:
        """Return incidents and best estimate of killed for each of at most `n` months up to that of the period.

        Months before the first and after the last row of the tables are left out: no row is not no incident.
        Incidents without an estimate count as incidents only. Errors: ParameterError unless 1 ≤ n ≤ 13.
        """
        if not 1 <= n <= MONTHS_KEPT:
            raise ParameterError(f"months({n!r}) asks for more than is kept", fix=f"give 1 to {MONTHS_KEPT}")
        bars = []
        months = _months_until(self.period.end, MONTHS_KEPT)
        held = self.covered or self.period
        inside = [one for one in months if held.start.replace(day=1) <= one <= held.end] or months[-n:]
        for month in inside[-n:]:
            rows = [one for one in self.incidents if one.date_start.replace(day=1) == month]
            bars.append(Bar(month=month, killed=sum(one.killed_best or 0 for one in rows), incidents=len(rows)))
        return tuple(bars)

    def document(self, key: str) -> Document:
        """Return the document of that id. Errors: ParameterError if the desk does not hold it."""
        try:
            return self._documents[key]
        except KeyError:
            raise ParameterError(
                f"the desk holds no document {key!r}", where=repr(self), fix="see desk.documents", code="NO_DOCUMENT"
            ) from None

    def claim(self, key: str) -> Claim:
        """Return the claim of that id, one that reviews set aside included. Errors: ParameterError if there is none."""
        try:
            return self._claims[key]
        except KeyError:
            raise ParameterError(
                f"the desk holds no claim {key!r}", where=repr(self), fix="see desk.claims", code="NO_CLAIM"
            ) from None

    def has_document(self, key: str) -> bool:
        """Say whether the desk holds the document."""
        return key in self._documents

    def has_claim(self, key: str) -> bool:
        """Say whether the desk holds the claim."""
        return key in self._claims

    @cached_property
    def voices(self) -> Voices:
        """Return the registry that tells who stands behind each claim of the desk."""
        return Voices(self.claims, self.known)

    @cached_property
    def party_sides(self) -> frozenset[str]:
        """Return the sides heard that take part in the conflict."""
        speakers = (self.voices.speaker(claim) for claim in self.claims)
        return frozenset(speaker.voice.side for speaker in speakers if speaker.party)

    @cached_property
    def party_names(self) -> frozenset[str]:
        """Return the names and offices of the voices that take part in the conflict, in lower case."""
        heard = (claim for claim in self.claims if self.voices.speaker(claim).party)
        return frozenset(name.casefold() for claim in heard for name in (claim.claimant, claim.office) if name)

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        return {document.id: document for document in (*self.earlier, *self.documents)}

    @cached_property
    def _claims(self) -> Mapping[str, Claim]:
        former = self._then.claims if self._then else ()  # a correction taken back since stands in the total before
        held = (*former, *self.withdrawn, *self.weighed.aside, *self.places, *self.claims)
        return {claim.id: claim for claim in held}

    # ── looking at it ───────────────────────────────────────────────────────────────────────────────

    def frame(self, name: str) -> pd.DataFrame:
        """Return one of `frames.COLUMNS` (documents, claims, figures, …) as a pandas frame."""
        held: dict[str, Callable[[], Iterable[Noun]]] = {
            "figures": self.all_figures,
            "extents": self.extents,
            "changes": self.changes,
            "relations": self.relations,
            "months": self.months,
            "reviews": lambda: self.weighed.reviews,
        }
        rows = held[name]() if name in held else getattr(self, name, ()) if name in frames.COLUMNS else ()
        return frames.frame(name, rows)

    @cached_property
    def view_sha256(self) -> str:
        """Return the digest of all the desk saw; two desks that agree on it give the same brief."""
        return digest(
            canonical(self.region.model_dump(mode="json")),
            f"{self.period.start} {self.period.end} {self.starts} {self.as_of.isoformat()}",
            f"{self.brief} {self.title} {self.covered}",
            *(document.id for document in (*self.earlier, *self.documents, *self.undated)),
            *(f"{document} {extractor}" for document, extractor in sorted(self.extractors.items())),
            *(claim.id for claim in (*self.claims, *self.withdrawn, *self.weighed.aside)),
            *(one.id for one in self.responsibilities),
            *(passage.id for passage in self.passages),
            *(actor.model_dump_json() for actor in self.actors),
            *(claim.id for claim in self.places),
            *(incident.model_dump_json() for incident in self.incidents),
            *(review.id for review in (*self.weighed.reviews, *self.reviews)),
            *(voice.model_dump_json() for voice in self.known),
        )

    def _facts(self) -> list[tuple[str, str]]:
        days = str(self.period.start) + (f" to {self.period.end}" if self.period.days > 1 else "")
        return [
            ("region", self.region.name),
            ("period", days),
            ("as of", self.as_of.isoformat()),
            ("documents", str(len(self.documents))),
            ("claims", str(len(self.claims))),
            ("responsibility", str(len(self.responsibilities))),
            ("passages", str(len(self.passages))),
            ("location counts", str(len(self.places))),
            ("incidents", str(len(self.incidents))),
        ]

    def __repr__(self) -> str:
        return "<Desk " + ", ".join(f"{name} {value}" for name, value in self._facts()) + ">"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><th>{name}</th><td>{html.escape(value)}</td></tr>" for name, value in self._facts())
        return f"<table>{rows}</table>"


def desk(
    brief: str | None = None,
    *,
    date: date | str | None = None,
    as_of: datetime | str | None = None,
    days: int = 1,
    workspace: Path | Workspace | None = None,
    recorded_by: datetime | str | None = None,
    language: str = "",
) -> Desk:
    """Open the desk of a brief for one day, as the store of the workspace stood at an instant.

    `date` is a local day, `days` how many up to it the desk is about, `as_of` an instant (without an offset: local
    time; not given: the end of the day).
    `recorded_by` leaves out what was collected later; `language` is a code such as `fr`, empty the brief's own.
    Raises ParameterError for a missing or malformed value, ConfigError for a region whose `iso` is unknown.
    """
    space = workspace if isinstance(workspace, Workspace) else load(workspace)
    settings = space.brief(asked.named(brief, space))
    region = space.regions[settings.region]
    refuse_unknown_codes(space.regions.values(), {key: origin for key, (_, origin) in origins(space).items()})
    day, days = asked.day(date), asked.count("days", days)
    instant = asked.instant("as_of", as_of, region) or datetime.combine(day, time(23, 59), region.zone)
    known_by = asked.instant("recorded_by", recorded_by, region)
    written = languages.language(language or settings.language)
    from .store import Store

    with Store.open(space.store, readonly=True) as store:
        found = _read(store, space, settings, reported_on(day, days, settings.starts), instant, known_by)
    witness.saw(found.view_sha256)
    return replace(found, language=written)


def _read(
    store: Store, space: Workspace, settings: BriefConfig, period: Window, as_of: datetime, recorded_by: datetime | None
) -> Desk:
    region, day = space.regions[settings.region], period.end
    documents = strictest_copies(store.documents(published_by=as_of, recorded_by=recorded_by))
    first = _months_until(day, MONTHS_KEPT)[0]
    return Desk.from_parts(
        region,
        period,
        as_of,
        documents=documents,
        readings=store.readings(documents, recorded_by=recorded_by),
        incidents=store.incidents(start=first, end=day, country=region.country or None, recorded_by=recorded_by),
        others=space.regions.values(),
        known=space.voices.values(),
        settings=settings,
        recorded_by=recorded_by,
        reviews=store.reviews(recorded_by=recorded_by),
        extractors=store.extractors(documents, recorded_by=recorded_by),
        undated=store.undated(recorded_by=recorded_by),
    )


def _months_until(day: date, n: int) -> list[date]:
    """Return the first days of `n` months, the month of `day` last."""
    last = day.year * 12 + day.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(last - n + 1, last + 1)]
