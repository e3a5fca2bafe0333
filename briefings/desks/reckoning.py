"""What the claims about a region come to at an instant: figures of a period, of wider days, to date, before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from ..core.settings import Region
from ..model import (
    Change,
    Claim,
    Figure,
    Finding,
    Group,
    KnownVoice,
    Outcome,
    Review,
    Window,
    digest,
)
from ..reconciling import reconciliation, relations
from ..reconciling.hearing import Heard, hear
from ..reconciling.spread import spread
from ..reviewing import amendments, upshot, verdicts
from ..reviewing.verdicts import Weighed
from . import asked, meant
from .nouns import Nouns, nouns
from .telling import Relations


@dataclass(frozen=True, eq=False)
class Reckoning:
    """The claims about a region and what people made of them, with every figure they give at `as_of`.

    `starts` is the first day of the total to date: as the brief says, else the first of the last month that news counts
    anybody on. `claims` are those that count: people's `reviews` are in them, and `weighed` says which verdict holds of
    which, and which claims were read and do not count. `withdrawn` are claims that fell with earlier versions of
    reports, `places` the location counts, `known` the voices known beforehand. `last_issue` is the instant that the
    filed issue of the period before was made as of, against which changes are told.
    """

    region: Region
    period: Window
    as_of: datetime
    starts: date
    claims: tuple[Claim, ...] = ()
    withdrawn: tuple[Claim, ...] = ()
    places: tuple[Claim, ...] = ()
    known: tuple[KnownVoice, ...] = ()
    reviews: tuple[Review, ...] = ()
    weighed: Weighed = field(default_factory=lambda: Weighed(()))
    last_issue: datetime | None = None

    @property
    def issued_before(self) -> datetime:
        """Return the instant of the issue before: as of when it was filed, else one period before, when it was due."""
        return self.last_issue or self.as_of - timedelta(days=self.period.days)

    @cached_property
    def _reconciled(self) -> tuple[Figure, ...]:
        return self._counted(self._reconcile(self.claims, self.as_of))

    def _reconcile(self, claims: Iterable[Claim], as_of: datetime) -> tuple[Figure, ...]:
        return reconciliation.reconcile(claims, period=self.period, as_of=as_of, region=self._names, known=self.known)

    @cached_property
    def _heard(self) -> Heard:
        return hear(self.claims, self.as_of, self._names, self.known)

    def elsewhere(self, one: Claim, other: Claim) -> bool:
        """Say whether two claims count people in different places, neither of which holds the other."""
        return self._heard.elsewhere(one.id, other.id)

    @cached_property
    def told_again(self) -> frozenset[str]:
        """Return the counts, by id, of people of whom their office or text says elsewhere of what class they are."""
        within = ("repeats", "subset_of", "increment")
        return frozenset(key for key, doubt in self._heard.doubts.items() if doubt.code in within)

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
        return tuple(one.model_copy(update={"reviewed": upshot.count(one, held)}) for one in figures)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return (self.region.name, *self.region.names)

    @cached_property
    def _then(self) -> Weighed | None:
        """What people had made of the claims by the issue before; none where nobody ever looked at any."""
        known = (one for one in self.reviews if one.at <= self.issued_before)
        return verdicts.apply((*self.weighed.read, *self.withdrawn), known) if self.reviews else None

    @cached_property
    def _previous(self) -> tuple[Figure, ...]:
        eve = self.period.start - timedelta(days=1)
        if eve < self.starts:
            return ()
        then = self._then
        claims = filter(verdicts.of_people, then.claims) if then else (*self.claims, *self.withdrawn)
        found = self._total(claims, Window(start=eve, end=eve), self.issued_before)
        return self._counted(found, then) if then else found

    def figures(self) -> Nouns[Figure]:
        """Return the figures of the period itself, those not reported included."""
        return nouns(
            (one for one in self._reconciled if one.definition == "reported" and self.period.contains(one.window)),
            "figures",
        )

    def figures_to_date(self) -> Nouns[Figure]:
        """Return the figures of all days from the first issue to the end of the period."""
        return nouns((one for one in self._to_date if one.definition == "reported"), "figures")

    def wider_figures(self) -> Nouns[Figure]:
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
        return nouns(sorted(wider, key=lambda figure: figure.window.days), "figures")

    def figure(self, group: Group, outcome: Outcome, window: Window | Sequence[date] | None = None) -> Figure:
        """Return the figure of one cell for the period, or for another window; not reported where no source says.

        Errors: ParameterError for a group or outcome that is none, or if the window is not two days in order.
        """
        group, outcome = meant.group(group), meant.outcome(outcome)
        wanted = self.period if window is None else asked.window(window)
        if wanted == Window(start=self.starts, end=self.period.end) != self.period:
            return self.figure_to_date(group, outcome)
        for figure in self._reconciled:
            if (figure.group, figure.outcome, figure.window) == (group, outcome, wanted) and figure.place is None:
                return figure
        return self._unreported(group, outcome, wanted)

    def previous_to_date(self) -> Nouns[Figure]:
        """Return the totals to date as of the issue before, or when it was due; none in the first period."""
        return nouns(self._previous, "figures")

    def figure_to_date(self, group: Group, outcome: Outcome) -> Figure:
        """Return the figure of one cell from the first issue to the end of the period. Errors: as of `figure`."""
        group, outcome = meant.group(group), meant.outcome(outcome)
        for figure in self._to_date:
            if (figure.group, figure.outcome) == (group, outcome) and figure.place is None:
                return figure
        return self._unreported(group, outcome, Window(start=self.starts, end=self.period.end))

    def all_figures(self) -> Nouns[Figure]:
        """Return every figure of the desk once: of the period, of wider windows, to date."""
        bodies = (one for one in (*self._to_date, *self._reconciled) if one.definition == "identified")
        every = (*bodies, *self.figures_to_date(), *self.wider_figures(), *self.figures())
        cells = {(one.group, one.outcome, one.definition, one.window, one.place): one for one in every}
        return nouns(reversed(cells.values()), "figures")  # of two of one cell and window the period's own word wins

    def extents(self) -> Nouns[Figure]:
        """Return in how many places attacks happened by each voice's count, a figure a kind of place and window.

        Such counts are never added and never stand with people: `unit` says what is counted, as of "12 towns".
        """
        return nouns(self._spread, "extents")

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

    def changes(self, since: datetime | None = None) -> Nouns[Change]:
        """Return what changed in the figures since an instant, oldest first; reviews come with it.

        Without an instant it is since the issue before: as of when it was filed, else when it was due.
        """

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

        first = since or self.issued_before
        found = amendments.changes(
            (*self.weighed.read, *self.withdrawn), self.reviews, before=first, after=self.as_of, log=log, tables=tables
        )
        return nouns(found, "changes")

    def relations(self) -> Relations:
        """Return how the claims stand to one another: repeats, supersedes, contains, conflicts; each with its rule."""
        return Relations(relations.relations(self.claims, as_of=self.as_of, region=self._names, known=self.known))

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

    def held_back(self) -> tuple[Finding, ...]:
        """Return what no figure takes in and why: garbled or ill-added second-hand counts; `where` is the claim."""
        return self._held_back

    @cached_property
    def _held_back(self) -> tuple[Finding, ...]:
        return reconciliation.doubts(self.claims, as_of=self.as_of, known=self.known)

    def remarks(self) -> tuple[Finding, ...]:
        """Return what is no fault but wants saying of some claims, such as totals of several groups."""
        return reconciliation.remarks(self.claims, as_of=self.as_of, known=self.known)

    def background_claims(self) -> Nouns[Claim]:
        """Return claims about earlier events, which never enter a current figure; the latest event first."""
        found = reconciliation.background(self.claims)
        return nouns(sorted(found, key=lambda claim: (claim.date_to or date.min, claim.id), reverse=True), "claims")
