"""What each report says an event cost, all groups together: the total it states, else the sum of its groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..model import Group, Modifier, Window
from .breaths import chains, joined
from .rules import set_aside
from .sayings import Saying, about
from .values import Value, value_of

_FIGHTERS: frozenset[Group] = frozenset({"state_forces", "armed_group"})


@dataclass(frozen=True, slots=True)
class Part:
    """What a report says of one group, apart from every other part: the range and the saying that stands for it.

    `terms` are the counts it was added up from, where they are of towns apart.
    """

    group: Group
    low: int | None
    high: int | None
    modifier: Modifier
    sayings: tuple[Saying, ...]
    terms: tuple[Part, ...] = ()

    @property
    def lead(self) -> Saying:
        """Return the saying that names its number."""
        return self.sayings[0]

    @property
    def named(self) -> int:
        """Return the number it names, within its own range: 41 for `more than 40`."""
        return max(self.lead.size if self.low == self.high else self.low or self.high or 0, self.low or 0)


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says of an event; `terms` are the parts it was added up from, where it states no total."""

    document: str
    publisher: str
    day: date
    low: int | None
    high: int | None
    modifier: Modifier
    named: int
    rule: str
    sayings: tuple[Saying, ...]
    terms: tuple[Part, ...] = ()

    @property
    def groups(self) -> frozenset[Group]:
        """Return the groups it counts."""
        return frozenset(part.group for part in self.terms) or frozenset(one.claim.group for one in self.sayings)

    @property
    def fighters_only(self) -> bool:
        """Say whether it counts nobody but those who fight."""
        return self.groups <= _FIGHTERS

    @property
    def cumulative(self) -> bool:
        """Say whether it totals several happenings or days."""
        return all(one.claim.scope == "cumulative" for one in self.sayings)

    @property
    def vague(self) -> bool:
        """Say whether it names no number: `dozens`."""
        return all(one.vague for one in self.sayings)

    @property
    def adds(self) -> bool:
        """Say whether it counts only those since an earlier count."""
        return all(one.adds for one in self.sayings)

    @property
    def window(self) -> Window | None:
        """Return the days it speaks of, if its text tells."""
        return self.sayings[0].window()

    @property
    def sides(self) -> frozenset[str]:
        """Return the sides whose word it is, an outlet's own voice included."""
        return frozenset(one.side for one in self.sayings)

    @property
    def attributed(self) -> bool:
        """Say whether the report says whose number it is."""
        return all(one.speaker.attributed for one in self.sayings)

    @property
    def party(self) -> bool:
        """Say whether all of it is the word of those who take part in the conflict."""
        return all(one.speaker.party for one in self.sayings)

    @property
    def of_the_enemy(self) -> bool:
        """Say whether one side counts the losses of the other (R11): such a claim bounds from above only."""
        return all(about(one) == "enemy_losses" for one in self.sayings)

    @property
    def origin(self) -> str:
        """Return who stands behind the number: the office that said it, else the outlet that printed it."""
        voice = self.sayings[0].speaker.voice
        return voice.side if self.party else voice.key


def told_by(sayings: Iterable[Saying]) -> list[Told]:
    """Return what each report says of one event, by day and document. All sayings are of one outcome."""
    reports: dict[str, list[Saying]] = defaultdict(list)
    for one in sayings:
        reports[one.claim.document_id].append(one)
    told = [_told(reports[document]) for document in sorted(reports)]
    return sorted(told, key=lambda one: (one.day, one.document))


def _told(said: Sequence[Saying]) -> Told:
    live = _of_the_news(said)
    parts = [part for said_of in _cells(live).values() if (part := _part(said_of))]
    whole = next((part for part in parts if part.group == "unknown" and not _is_term(part, parts)), None)
    groups = [part for part in parts if part is not whole]
    if whole is not None and sum(part.low or 0 for part in groups) <= (whole.low or whole.high or 0):
        return _one(whole, "stated_total" if groups else "single_count")
    if len(groups) == 1:
        return _one(groups[0], "single_count")
    return _sum(groups)


def _one(part: Part, rule: str) -> Told:
    claim = part.lead.claim
    return Told(
        document=claim.document_id,
        publisher=claim.publisher,
        day=part.lead.day,
        low=part.low,
        high=part.high,
        modifier=part.modifier,
        named=part.named,
        rule="sum_of_places" if part.terms else rule,
        sayings=part.sayings,
        terms=part.terms,
    )


def _sum(parts: Sequence[Part]) -> Told:
    """Add up disjoint groups of one report; what one of them leaves open stays open in the sum."""
    lead = parts[0].lead
    lows = [part.low for part in parts if part.low is not None]
    highs = [part.high for part in parts]
    low = sum(lows) if lows else None
    high = None if None in highs else sum(high for high in highs if high is not None)
    modifiers = {part.modifier for part in parts}
    modifier: Modifier = modifiers.pop() if len(modifiers) == 1 else "at_least" if high is None else "approximately"
    return Told(
        document=lead.claim.document_id,
        publisher=lead.claim.publisher,
        day=lead.day,
        low=low,
        high=high,
        modifier=modifier,
        named=max(sum(part.named for part in parts), low or 0),
        rule="sum_of_groups",
        sayings=tuple(one for part in parts for one in part.sayings),
        terms=tuple(term for part in parts for term in part.terms or (part,)),
    )


def _of_the_news(said: Sequence[Saying]) -> list[Saying]:
    """Return what a report says of its own happening: whole counts, of its day, in numbers, before all else it says."""
    live = list(said)
    for wanted in (
        lambda one: not one.claim.part_of,
        lambda one: not one.vague,
        lambda one: one.claim.scope == "incident",
        lambda one: not one.adds,
    ):
        live = [one for one in live if wanted(one)] or live
    if any(not one.claim.headline for one in live):
        live = [one for one in live if not one.claim.headline]
    return _of_one_window(live)


def _of_one_window(live: Sequence[Saying]) -> list[Saying]:
    """Keep the days most of the report's counts are of; of as many, the fewest and the latest days."""
    windows = [window for one in live if (window := one.window())]
    if not windows:
        return list(live)
    main = max(windows, key=lambda each: (windows.count(each), -each.days, each.end))
    return [one for one in live if one.window() in (None, main)]


def _cells(live: Sequence[Saying]) -> dict[str, list[Saying]]:
    """Return sayings by group; what is joined to another count in one breath ("and two women") is a cell of its own."""
    cells: dict[str, list[Saying]] = defaultdict(list)
    by_claim = {id(one.claim): one for one in live}
    for chain in (
        [by_claim[id(claim)] for claim in listed] for listed in chains(by_claim[key].claim for key in by_claim)
    ):
        taken: set[str] = set()
        for place, one in enumerate(chain):
            group: str = one.claim.group
            key = group if group not in taken and not (group == "unknown" and len(chain) > 1) else f"{group} {place}"
            taken.add(group)
            cells[key].append(one)
    return cells


def _part(said: Sequence[Saying]) -> Part | None:
    standing, _ = set_aside(said)
    day = Window(start=standing[0].day, end=standing[0].day)
    values = [value_of([one for one in standing if one.side == side], day) for side in sorted(_sides(standing))]
    lows = [value.low for value in values if value.low is not None]
    highs = [value.high for value in values]
    return Part(
        group=standing[0].claim.group,
        low=min(lows, default=None),
        high=None if None in highs else max((high for high in highs if high is not None), default=None),
        modifier=_modifier(values),
        sayings=tuple(standing),
        terms=_towns(values[0]) if len(values) == 1 else (),
    )


def _towns(value: Value) -> tuple[Part, ...]:
    """Return the counts of towns apart that a value is the sum of, or nothing."""
    said = [one for _, one in value.terms] if "sum_of_places" in value.rules else []
    return tuple(Part(one.claim.group, one.low, one.high, one.modifier, (one,)) for one in said)


def _modifier(values: Sequence[Value]) -> Modifier:
    return values[0].modifier if len({value.modifier for value in values}) == 1 else "range"


def _is_term(part: Part, parts: Sequence[Part]) -> bool:
    """Say whether people of no known group were counted in one breath with another count."""
    return any(
        other is not part and (joined(one.claim, two.claim) or joined(two.claim, one.claim))
        for other in parts
        for one in part.sayings
        for two in other.sayings
    )


def _sides(standing: Sequence[Saying]) -> set[str]:
    return {one.side for one in standing}
