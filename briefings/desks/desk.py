"""The desk: what an analyst may see of one region and one period, as it stood at one instant. Read-only. Pure.

A notebook gets everything from here, and running it again gives the same.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self

from ..core.languages import ENGLISH, Language
from ..core.settings import BriefConfig, Region
from ..errors import ParameterError
from ..matching import match
from ..model import (
    Actor,
    Change,
    Claim,
    Document,
    Event,
    Figure,
    Incident,
    KnownVoice,
    Passage,
    Reading,
    Responsibility,
    Review,
    Window,
    digest,
)
from ..reconciling.positions import APART
from ..reconciling.registry import armed_groups
from ..reconciling.voices import Voices
from ..sections import Bar, canonical
from . import explanation, frames, meant, questions
from .frames import Frames
from .gathering import covered, first_day, inside
from .nouns import Nouns, nouns
from .reckoning import Reckoning
from .regions import Watch
from .sifting import in_order, sift
from .statements import Statement, names_of, statements
from .telling import Explanation

if TYPE_CHECKING:
    import pandas as pd

MONTHS_KEPT = 13
"""Months of incidents a desk holds: the twelve of the context chart and the one before, for comparison."""


@dataclass(frozen=True, eq=False)
class Desk(Reckoning):
    """What was known of one region and period at `as_of`; made by `desk(...)` or, from parts, `Desk.from_parts`.

    Every attribute is what the world had published by `as_of`, as recorded by `recorded_by`: the claims with what they
    come to, and what stands behind them. `documents` are the newest versions, `earlier` those they replaced, `undated`
    reports about the region that give no day of publication, whether or not they count yet, `nowhere` those at hand
    that name no place of a region which the gazetteer does not know, `elsewhere_only` those of `documents` that count
    people in other places alone. `shared` are counts of people here and elsewhere together. `covered` are the days of
    which context tables tell. `language` is what builders write in. `issued` are the editions of the brief, by name
    with the instant each was made as of.
    """

    brief: str = ""
    title: str = ""
    recorded_by: datetime | None = None
    documents: tuple[Document, ...] = ()
    earlier: tuple[Document, ...] = ()
    undated: tuple[Document, ...] = ()
    nowhere: tuple[Document, ...] = ()
    elsewhere_only: tuple[Document, ...] = ()
    shared: tuple[Claim, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    passages: tuple[Passage, ...] = ()
    actors: tuple[Actor, ...] = ()
    incidents: tuple[Incident, ...] = ()
    covered: Window | None = None
    extractors: Mapping[str, str] = field(default_factory=dict)
    language: Language = ENGLISH
    issued: Mapping[str, datetime] = field(default_factory=dict)

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
        nowhere: Iterable[Document] = (),
        reach: Window | None = None,
        language: Language = ENGLISH,
        collected: Mapping[str, datetime] | None = None,
    ) -> Self:
        """Make a desk of documents, their readings and incidents, keeping what belongs to the region.

        `others` are the further regions of the workspace, whose places are not ours. `known` are the voices it
        vouches for; armed groups that its incidents name are known as such. `reviews` are what people
        said of the claims, in the order they said it; `extractors` say what read each document, `collected` when it was
        first found. `reach` are the days the tables tell of, where `incidents` are not all they hold.
        """
        watch = Watch(region, tuple(other for other in others if other.id != region.id))
        rows = tuple(incidents)
        found = sift(watch, documents, readings or {}, tuple(reviews), as_of=as_of, collected=collected)
        kept = found.kept
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
            documents=nouns(found.documents, "documents"),
            earlier=nouns(found.earlier, "documents"),
            undated=nouns(in_order(one for one in undated if watch.about(one)), "documents"),
            nowhere=in_order(one for one in nowhere if one.id not in kept.used and not watch.about(one)),
            elsewhere_only=tuple(one for one in found.documents if one.id in kept.elsewhere),
            shared=tuple(kept.shared),
            claims=nouns(kept.claims, "claims"),
            withdrawn=found.withdrawn,
            responsibilities=nouns(kept.responsibilities, "responsibilities"),
            passages=nouns(kept.passages, "passages"),
            actors=nouns(kept.actors, "actors"),
            places=nouns(kept.places, "claims"),
            incidents=nouns(ours, "incidents"),
            covered=covered(rows, period, reach),
            known=(*known, *armed_groups(ours)),
            reviews=found.reviews,
            weighed=found.weighed,
            extractors=extractors or {},
            language=language,
        )

    @property
    def region_name(self) -> str:
        """Return the name of the region as the page gives it, in its language."""
        return self.region.called_in(self.language)

    def explain(self, figure: Figure | str) -> Explanation:
        """Return the path of a figure to the words it rests on: rule, voices, claims, sentences, documents, reviews.

        `figure` is one of the desk's, or its short name, its id, or `group/outcome`, with `/days` where a cell has
        several. Errors: UsageError for a name that is none, with those there are.
        """
        return explanation.explain(self, figure)

    def changes(self, since: datetime | str | None = None) -> Nouns[Change]:
        """Return what changed in the figures since an edition of the brief or an instant, oldest first.

        Without either it is since the issue before, or when one was due. An instant without an offset is on the
        region's clock. Errors: ParameterError `DESK_SINCE`, with the editions there are.
        """
        if since is None:
            return super().changes()
        return super().changes(meant.since(since, self.issued, self.region, self.as_of))

    # ── what is behind them ─────────────────────────────────────────────────────────────────────────

    def events(self) -> tuple[Event, ...]:
        """Return the events that touch the period; `events_by_day()` lists them."""
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
        doubtful = {finding.where for finding in self.held_back()} | self.told_again
        near = [
            claim
            for claim in self.claims
            if claim.scope != "background"
            and claim.window is not None
            and claim.window.overlaps(whole)
            and claim.id not in doubtful
        ]
        places = self._heard.places
        told = statements(near, self.voices, superseded=self.superseded, places=places, elsewhere=self.elsewhere)
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

    def months(self, n: int = 12) -> Nouns[Bar]:
        """Return incidents and best estimate of killed for each of at most `n` months up to that of the period.

        Months before the first and after the last row of the tables are left out: no row is not no incident.
        Incidents without an estimate count as incidents only. Errors: ParameterError unless 1 ≤ n ≤ 13.
        """
        if not 1 <= n <= MONTHS_KEPT:
            raise ParameterError(f"months({n!r}) asks for more than is kept", fix=f"give 1 to {MONTHS_KEPT}")
        bars = []
        months = months_until(self.period.end, MONTHS_KEPT)
        held = self.covered or self.period
        inside = [one for one in months if held.start.replace(day=1) <= one <= held.end] or months[-n:]
        for month in inside[-n:]:
            rows = [one for one in self.incidents if one.date_start.replace(day=1) == month]
            bars.append(Bar(month=month, killed=sum(one.killed_best or 0 for one in rows), incidents=len(rows)))
        return nouns(bars, "months")

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
        held = (*former, *self.shared, *self.withdrawn, *self.weighed.aside, *self.places, *self.claims)
        return {claim.id: claim for claim in held}

    # ── looking at it ───────────────────────────────────────────────────────────────────────────────

    @property
    def frames(self) -> Frames:
        """Return every frame by name, `desk.frames["claims"]`; shown by itself it says what each column is."""
        return Frames(self.frame)

    def frame(self, name: str) -> pd.DataFrame:
        """Return a frame by its name: documents, claims, figures, …; `desk.frames` says what each holds.

        Errors: UsageError `UNKNOWN_FRAME` with the nearest name.
        """
        frames.known(name)
        held: dict[str, Callable[[], frames.Rows]] = {
            "claims": lambda: [one for one in self.claims if one.scope != "background"],
            "background": lambda: [one for one in self.claims if one.scope == "background"],
            "figures": self.all_figures,
            "extents": self.extents,
            "changes": self.changes,
            "relations": self.relations,
            "months": self.months,
            "reviews": lambda: self.weighed.reviews,
            "events_by_day": lambda: questions.events_by_day(self),
            "figures_by_group": lambda: questions.figures_by_group(self.figures()),
            "totals_by_group": lambda: questions.figures_by_group(self.figures_to_date()),
            "disputed_claims": lambda: questions.disputed_claims(self),
            "incidents_by_month": lambda: questions.incidents_by_month(self.incidents),
        }
        return frames.frame(name, held[name]() if name in held else getattr(self, name))

    def events_by_day(self) -> pd.DataFrame:
        """Return the events that touch the period, a row for each day of each."""
        return self.frame("events_by_day")

    def figures_by_group(self, *, to_date: bool = False) -> pd.DataFrame:
        """Return a row for each group of people and a column for each outcome, as they are printed."""
        return self.frame("totals_by_group" if to_date else "figures_by_group")

    def disputed_claims(self) -> pd.DataFrame:
        """Return what each voice says of the figures on which voices disagree, a row a voice."""
        return self.frame("disputed_claims")

    def incidents_by_month(self) -> pd.DataFrame:
        """Return what the context tables count in each month and first-level region, of the months a desk holds."""
        return self.frame("incidents_by_month")

    @cached_property
    def view_sha256(self) -> str:
        """Return the digest of all the desk saw; two desks that agree on it give the same brief."""
        return digest(
            canonical(self.region.model_dump(mode="json")),
            f"{self.period.start} {self.period.end} {self.starts} {self.as_of.isoformat()}",
            f"{self.brief} {self.title} {self.covered}",
            *(f"{one.id} {self.extractors.get(one.id)}" for one in (*self.earlier, *self.documents, *self.undated)),
            *(one.id for one in self.nowhere),
            *(claim.id for claim in (*self.claims, *self.shared, *self.withdrawn, *self.weighed.aside)),
            *(one.id for one in self.responsibilities),
            *(passage.id for passage in self.passages),
            *(actor.model_dump_json() for actor in self.actors),
            *(claim.id for claim in self.places),
            *(incident.model_dump_json() for incident in self.incidents),
            *(review.id for review in (*self.weighed.reviews, *self.reviews)),
            *(voice.model_dump_json() for voice in self.known),
            self.issued_before.isoformat(),
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


def months_until(day: date, n: int) -> list[date]:
    """Return the first days of `n` months, the month of `day` last."""
    last = day.year * 12 + day.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(last - n + 1, last + 1)]
