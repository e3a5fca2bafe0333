"""How claims stand to one another: repeats, supersedes, contains, conflicts and so on, each edge with rule and reason.

A claim is told of by what it stands to: the one it yields to, the narrowest window around its own, its neighbour in
time, the other side. So edges grow with the claims, never with their pairs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from ..model import Claim, KnownVoice, Relation, RelationKind, Window, unchecked
from .figures import Book
from .forces import are_others
from .hearing import Heard, hear
from .phrasing import phrase, phrase_claim
from .sayings import Cell, Doubt, Saying, in_order
from .values import Value

_relation_of = unchecked(Relation)
_NEIGHBOURS = 64
"""As many windows of another side as one is held against, the latest first."""
_MOST_DAYS, _MOST_SUMS = 31, 256
"""How long a total may be to be taken apart by its days, and how many sums are followed."""
_YIELDS: dict[str, tuple[RelationKind, str]] = {
    "subset_of": ("subset_of", "is a sub-total of"),
    "part_of_place": ("subset_of", "is for one place within"),
    "increment": ("disjoint", "counts further people beside"),
    "overtaken": ("overtaken", "is older and lower, in nobody's name, than"),
    "repeats": ("repeats", "gives the number of"),
    "restated": ("repeats", "says again what is said in"),
    "corrected_copy": ("repeats", "carries the number that a review corrected in"),
}
_DOUBTS: dict[str, tuple[RelationKind, str]] = {
    "garbled": ("derived_from", "carries, for another group, the number of"),
    "arithmetic": ("conflicts", "is no sum of what its days give, such as"),
    "mixed_total": ("derived_from", "counts several groups together, among them"),
    "repeats": ("repeats", "gives, for people, the number of a group in"),
    "different_definition": ("different_definition", "counts only bodies identified, unlike"),
    "itemised": ("conflicts", "is less than its own parts together, among them"),
}


def relations(
    claims: Iterable[Claim],
    *,
    as_of: datetime,
    region: Collection[str] = (),
    known: Iterable[KnownVoice] = (),
) -> tuple[Relation, ...]:
    """Return how the claims known at `as_of` stand to one another (R13), as typed edges with rule and reason.

    At most a few edges a claim, and always the same ones whatever the order of the claims.
    """
    heard = hear(claims, as_of, region, known)
    edges = _Edges()
    for doubt in sorted([*heard.doubts.values(), *heard.notes.values()], key=lambda one: one.saying.id):
        edges.doubt(doubt)
    _parts_of_totals(heard, edges)
    book = Book(heard)
    for cell in sorted(heard.cells):
        _cell(book, cell, edges)
    return edges.found()


class _Edges:
    """Edges found so far; of two claims at most one edge of a kind."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, RelationKind, str], Relation] = {}
        self._words: dict[str, str] = {}

    def add(self, kind: RelationKind, one: Saying, other: Saying, rule: str, how: str) -> None:
        key = (one.id, kind, other.id)
        if one.id != other.id and key not in self._found:
            why = f"{self._told(one)} {how} {self._told(other)}"
            self._found[key] = _relation_of(kind=kind, subject=one.id, object=other.id, rule=rule, why=why)

    def _told(self, one: Saying) -> str:
        """Return what a saying says, in words put together once for all its edges."""
        if one.id not in self._words:
            self._words[one.id] = _words(one)
        return self._words[one.id]

    def alike(self, kind: RelationKind, one: Saying, other: Saying, rule: str, how: str) -> None:
        """Add an edge between equals: the later stated is the subject."""
        first, later = in_order((one, other))
        self.add(kind, later, first, rule, how)

    def doubt(self, doubt: Doubt) -> None:
        if doubt.code in _DOUBTS:
            kind, how = _DOUBTS[doubt.code]
            for other in doubt.against[-1:] if kind == "different_definition" else doubt.against[:4]:
                self.add(kind, doubt.saying, other, doubt.code, how)

    def found(self) -> tuple[Relation, ...]:
        return tuple(self._found[key] for key in sorted(self._found))


def _words(one: Saying) -> str:
    window = one.window()
    when = "" if window is None else f" for {window.start}" + (f" to {window.end}" if window.days > 1 else "")
    told = phrase(one.low, one.modifier, one.high) if one.beside else phrase_claim(one.claim)
    read = ", as corrected on review" if one.claim.corrects else ""
    return f"{one.speaker.voice.name}’s {told}{when}{read}"


def _parts_of_totals(heard: Heard, edges: _Edges) -> None:
    """Tie each sub-total to the total its own text gives, whatever group either counts."""
    every = [one for said in heard.cells.values() for one in said]
    every += [doubt.saying for doubt in heard.doubts.values()]
    totals = {(one.claim.document_id, one.claim.quote, one.claim.outcome): one for one in sorted(every, key=_by_id)}
    for one in sorted(every, key=_by_id):
        whole = totals.get((one.claim.document_id, one.claim.part_of or "", one.claim.outcome))
        if one.claim.part_of and whole:
            edges.add("subset_of", one, whole, "part_of", "is a part of")


def _by_id(one: Saying) -> str:
    return one.id


# ── one cell ────────────────────────────────────────────────────────────────────────────────────────


def _cell(book: Book, cell: Cell, edges: _Edges) -> None:
    told = book.told(cell)
    by_id = {one.id: one for said in told.windows.values() for one in said} | {one.id: one for one in told.undated}
    for one in by_id.values():
        for other in one.beside[1:]:
            edges.add("disjoint", other, one.beside[0], "listed_together", "is listed beside")
    sides: dict[str, dict[Window, Value]] = defaultdict(dict)
    for window in sorted(told.windows, key=_span):
        values, aside = told.weigh(window)
        for key, (rule, owner) in aside.items():
            _yields(by_id[key], rule, owner, edges)
        for side in sorted(values):
            sides[side][window] = values[side]
            _differ(values[side], edges)
        _beside([values[side] for side in sorted(values)], edges, book.heard)
    exact = _exact_of(told.windows)
    for side in sorted(sides):
        _in_time(sides[side], edges, book.heard)
        _taken_apart(exact[side], edges)
    _across(sides, edges, book.heard)


def _yields(one: Saying, rule: str, owner: Saying, edges: _Edges) -> None:
    """Add the edge of a saying set aside for another."""
    if rule in ("supersedes", "update_same_side"):
        if in_order((one, owner))[-1].id == owner.id:
            kind: RelationKind = "supersedes" if rule == "supersedes" else "update_same_side"
            edges.add(kind, owner, one, rule, "takes the place of")
        else:
            edges.add("repeats", one, owner, rule, "leaves standing")
    elif rule in ("headline", "vague"):
        fits = one.vague or one.still_allows(owner)
        if fits:
            edges.add("repeats", one, owner, rule, "says more loosely")
        else:
            edges.add("conflicts", one, owner, rule, "says otherwise than")
    elif (
        rule != "subset_of" or owner.claim.document_id == one.claim.document_id or (one.size and not one.claim.part_of)
    ):
        kind, how = _YIELDS[rule]
        edges.add(kind, one, owner, rule, how)


def _differ(value: Value, edges: _Edges) -> None:
    """Tie offices of one side that differ on the same days and place, its counts for towns or people apart."""
    for one, other in pairwise(value.sayings):
        if are_others(one, other):
            edges.alike("disjoint", one, other, "sum_of_kinds", "is of other people than")
        elif one.place == other.place:
            edges.alike("conflicts", one, other, "offices_differ", "stands beside")
        elif "sum_of_places" in value.rules:
            edges.alike("disjoint", one, other, "sum_of_places", "is for a town apart from that of")


def _beside(values: Sequence[Value], edges: _Edges, heard: Heard) -> None:
    """Tie each side to one whose range of the same days it does not meet, though they may be of one place."""
    ordered = sorted(values, key=lambda value: (value.low or 0, value.side))
    for at, value in enumerate(ordered):
        apart = (other for other in ordered[:at] if not value.meets(other))
        rival = next((each for each in apart if not heard.elsewhere(value.sayings[0].id, each.sayings[0].id)), None)
        if rival:
            edges.alike("conflicts", value.sayings[0], rival.sayings[0], "side_by_side", "stands beside")


def _in_time(values: Mapping[Window, Value], edges: _Edges, heard: Heard) -> None:
    """Tie what one side says of each window to the narrowest around it, and to the window before.

    A count for one town holds none for another, whatever their days.
    """
    open_: list[Window] = []
    before: Window | None = None
    for window in sorted(values, key=lambda each: (each.start, -each.end.toordinal())):
        ended = [other for other in open_ if other.end < window.start]
        open_ = [other for other in open_ if other.end >= window.start]
        before = max([*ended, *([before] if before else [])], key=lambda each: (each.end, each.start), default=None)
        one = values[window].sayings[0]
        here: list[Window] = []
        elsewhere: list[Window] = []
        for each in open_:
            (elsewhere if heard.elsewhere(one.id, values[each].sayings[0].id) else here).append(each)
        around = [other for other in here if other.end >= window.end]
        across = [other for other in here if other.end < window.end]
        if elsewhere and not around:
            apart = values[min(elsewhere, key=lambda each: (each.days, each.start))].sayings[0]
            edges.alike("disjoint", one, apart, "several_places", "is for a place apart from that of")
        if around:
            whole = values[min(around, key=lambda each: (each.days, each.start))]
            edges.add("contains_window", whole.sayings[0], one, "contains_window", "is of days that contain those of")
            if not whole.allows_part(values[window]):
                edges.add("conflicts", one, whole.sayings[0], "part_exceeds_whole", "is more than the whole of")
        if across:
            other = values[max(across, key=lambda each: (each.end, each.start))]
            how = "shares days, but not all, with"
            edges.alike("partial_overlap", one, other.sayings[0], "partial_overlap", how)
        elif before and not around and not elsewhere:
            edges.alike("disjoint", one, values[before].sayings[0], "disjoint", "shares no day with")
        open_.append(window)


def _across(sides: Mapping[str, Mapping[Window, Value]], edges: _Edges, heard: Heard) -> None:
    """Tie each party's word to that of every other party on days they share, where the two do not fit."""
    parties = {side: values for side, values in sides.items() if next(iter(values.values())).party}
    starts = {side: sorted(values, key=_span) for side, values in parties.items()}
    for side in sorted(parties):
        for window, value in parties[side].items():
            for other in sorted(parties):
                rival = _rival(window, value, parties[other], starts[other]) if other > side else None
                if rival is not None and not heard.elsewhere(value.sayings[0].id, rival.sayings[0].id):
                    edges.alike("conflicts", value.sayings[0], rival.sayings[0], "side_by_side", "stands beside")


def _rival(window: Window, value: Value, others: Mapping[Window, Value], starts: Sequence[Window]) -> Value | None:
    """Return what another side says of days shared, if the two do not fit: its latest word, of the widest window."""
    upto = bisect_right(starts, (window.end, date.max), key=_span)
    near = [each for each in starts[max(0, upto - _NEIGHBOURS) : upto] if each.overlaps(window) and each != window]
    apart = [each for each in near if not value.meets(others[each])]
    found = max(apart, key=lambda each: (others[each].sayings[0].day, each.days, each.start), default=None)
    return others[found] if found else None


def _span(window: Window) -> tuple[date, date]:
    return (window.start, window.end)


# ── totals taken apart by their days ────────────────────────────────────────────────────────────────


def _exact_of(windows: Mapping[Window, Sequence[Saying]]) -> Mapping[str, dict[Window, dict[int, Saying]]]:
    """Return the exact totals each side ever gave for each window, by number: the first that gave it."""
    found: dict[str, dict[Window, dict[int, Saying]]] = defaultdict(dict)
    for window in sorted(windows, key=_span):
        for one in windows[window]:
            if one.claim.modifier == "exact" and not one.claim.part_of and not one.adds:
                found[one.side].setdefault(window, {}).setdefault(one.size, one)
    return found


def _taken_apart(exact: Mapping[Window, Mapping[int, Saying]], edges: _Edges) -> None:
    """R19: tie a total to the parts of its days that come to it, as said by the same side until then."""
    by_start: dict[date, list[Window]] = defaultdict(list)
    for window in exact:
        by_start[window.start].append(window)
    for window, totals in exact.items():
        if not 1 < window.days <= _MOST_DAYS:
            continue
        sums = _sums(window, max(totals), by_start, exact)
        for total, whole in totals.items():
            terms = sums.get(total, ())
            if not all(one.day <= whole.day for one in terms):
                continue
            formula = " + ".join(str(one.size) for one in terms)
            for one in terms:
                edges.add("derived_from", whole, one, "decomposition", f"({total} = {formula}) is made up with")


def _sums(
    window: Window,
    largest: int,
    by_start: Mapping[date, Sequence[Window]],
    exact: Mapping[Window, Mapping[int, Saying]],
) -> Mapping[int, tuple[Saying, ...]]:
    """Return what counts of days in a row that cover a window once come to, up to a size, each with its terms."""
    sums: dict[date, dict[int, tuple[Saying, ...]]] = {window.start: {0: ()}}
    for day in _days(window):
        if day not in sums:
            continue
        parts = [part for part in by_start.get(day, ()) if part.end <= window.end and part != window]
        steps = [(part.end + timedelta(days=1), exact[part].items()) for part in parts]
        for so_far, terms in list(sums[day].items())[:_MOST_SUMS]:
            for after, counts in steps:
                for size, one in counts:
                    if so_far + size <= largest:
                        sums.setdefault(after, {}).setdefault(so_far + size, (*terms, one))
    return sums.get(window.end + timedelta(days=1), {})


def _days(window: Window) -> Iterator[date]:
    for at in range(window.days):
        yield window.start + timedelta(days=at)
