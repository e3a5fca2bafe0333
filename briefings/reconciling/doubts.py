"""Which sayings no figure may rest on, and which want a note: garbled classes, totals that do not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations

from ..model import Group, Outcome
from .afterwards import gives_anew, still_treated
from .parts import KIN
from .sayings import Cell, Doubt, Saying, in_order

_GARBLE_FROM = 10
"""A number below this is too common for the same digits under another class to mean anything."""
_Days = tuple[Outcome, date | None, date | None]


def find_doubts(sayings: Sequence[Saying]) -> dict[str, Doubt]:
    """Return the claims whose numbers are another class's, several classes' together, or do not add up, by claim id."""
    by_digits: dict[tuple[Outcome, tuple[int, ...]], list[Saying]] = defaultdict(list)
    offices: dict[_Days, list[Saying]] = defaultdict(list)
    for one in sayings:
        if not one.vague and not _second_hand(one):
            by_digits[one.claim.outcome, one.digits].append(one)
            if one.speaker.party:
                offices[one.claim.outcome, one.start, one.end].append(one)
    told = _Told(sayings)
    doubts = _widened(sayings) | _said_before(sayings) | _within_tolls(sayings) | _mixed_totals(sayings)
    doubts |= _of_the_hurt(sayings)
    known = _Classes(offices)
    body = {(one.claim.document_id, one.cell, one.digits) for one in sayings if not one.claim.headline}
    for one in sayings:
        said_below = one.claim.headline and (one.claim.document_id, one.cell, one.digits) in body
        if one.id not in doubts and not one.vague and not said_below and _second_hand(one):
            same_number = by_digits.get((one.claim.outcome, one.digits), ())
            if garbled := _other_class(one, same_number, offices, told):
                doubts[one.id] = Doubt(one, "garbled", garbled)
            elif one.claim.group == "unknown" and (found := known.total(one)):
                doubts[one.id] = Doubt(one, *found)
    doubts |= _above_doubtful(sayings, doubts)
    return doubts | _parts_of_doubtful(sayings, doubts)


def subset_sums(sizes: Iterable[int]) -> set[int]:
    """Return every sum that some of the numbers give."""
    sums = {0}
    for size in sizes:
        sums |= {known + size for known in sums}
    return sums - {0}


def adding_up(total: int, classes: Mapping[Group, Saying]) -> tuple[Saying, ...]:
    """Return the two classes or more whose counts come to the total, the fewest first, or nothing."""
    parts = sorted(classes.values(), key=lambda one: (-one.size, one.id))
    for size in range(2, len(parts) + 1):
        for chosen in combinations(parts, size):
            if sum(part.size for part in chosen) == total and all(part.size for part in chosen):
                return chosen
    return ()


class _Told:
    """Which counts each document gives, looked up only once something asks."""

    def __init__(self, sayings: Sequence[Saying]) -> None:
        self._sayings = sayings

    def holds(self, document: str, other: Saying) -> bool:
        """Say whether a document gives the number of another for the same group and outcome."""
        return (document, other.cell, other.digits) in self._counts

    @cached_property
    def _counts(self) -> frozenset[tuple[str, Cell, tuple[int, ...]]]:
        return frozenset((one.claim.document_id, one.cell, one.digits) for one in self._sayings)


class _Classes:
    """What each side's offices said of each class over some days, as it stood on a day."""

    def __init__(self, offices: Mapping[_Days, Sequence[Saying]]) -> None:
        self._offices = offices
        self._ordered: dict[_Days, list[Saying]] = {}
        self._standing: dict[tuple[_Days, date], list[dict[Group, Saying]]] = {}

    def total(self, one: Saying) -> tuple[str, tuple[Saying, ...]] | None:
        """Say what a second-hand count of all people is: several classes of one side together, or no sum of them.

        A side that counts people of no class besides its classes does not tell of all by these, and a toll that is
        given anew is of later than what it no longer comes to.
        """
        if one.claim.modifier != "exact" or one.start is None:
            return None
        sides = self._known((one.claim.outcome, one.start, one.end), one.day)
        sides = [{group: each for group, each in classes.items() if _may_share(one, each)} for classes in sides]
        for classes in sides:
            if terms := adding_up(one.size, classes):
                return "mixed_total", terms
        if one.claim.rule == "toll" or gives_anew(one.claim.sentence):
            return None
        for classes in sides if len(sides) == 1 else ():
            sums = subset_sums(part.size for part in classes.values())
            if len(classes) > 1 and one.size not in sums and self._all_by_class(one, classes, sums):
                return "arithmetic", tuple(classes.values())
        return None

    def _all_by_class(self, one: Saying, classes: Mapping[Group, Saying], sums: Collection[int]) -> bool:
        """Say whether a side tells of all people by their classes: no number of its own is none of their sums."""
        side = next(iter(classes.values())).side
        days = (one.claim.outcome, one.start, one.end)
        known = [each for each in self._offices.get(days, ()) if each.side == side and each.day <= one.day]
        return all(each.size in sums for each in known if each.claim.group == "unknown" and not each.adds)

    def _known(self, days: _Days, day: date) -> list[dict[Group, Saying]]:
        if (days, day) not in self._standing:
            if days not in self._ordered:
                self._ordered[days] = [each for each in in_order(self._offices.get(days, ())) if _class_count(each)]
            by_side: dict[str, dict[Group, Saying]] = defaultdict(dict)
            for other in self._ordered[days]:
                if other.day <= day:
                    by_side[other.side][other.claim.group] = other
            self._standing[days, day] = [by_side[side] for side in sorted(by_side)]
        return self._standing[days, day]


def _class_count(one: Saying) -> bool:
    """Say whether a count is of all of a class: no sum is missed by some of them, nor by women or children alone."""
    claim = one.claim
    if claim.modifier != "exact" or claim.part_of or claim.group == "unknown" or one.adds:
        return False
    return KIN.search(claim.group_text) is None


def _mixed_totals(sayings: Sequence[Saying]) -> dict[str, Doubt]:
    """Return the counts of "people" that are a voice's own classes of the same days added up: 48 for 31 and 17."""
    exact = [one for one in sayings if one.claim.modifier == "exact" and not one.claim.part_of and not one.adds]
    totals = [(_word(one), one) for one in exact if one.claim.group == "unknown"]
    wanted = {word for word, _ in totals}
    classes: dict[tuple[str, _Days], dict[Group, list[Saying]]] = defaultdict(lambda: defaultdict(list))
    for one in exact if wanted else ():
        if one.claim.group != "unknown" and (word := _word(one)) in wanted:
            classes[word][one.claim.group].append(one)
    found: dict[str, Doubt] = {}
    for word, one in totals:
        known = classes.get(word)
        if known and len(known) > 1:
            said = {group: _said_with(one, every) for group, every in known.items()}
            if terms := adding_up(one.size, {group: each for group, each in said.items() if each}):
                found[one.id] = Doubt(one, "mixed_total", terms)
    return found


def _word(one: Saying) -> tuple[str, _Days]:
    """Return the voice of a count and the days it is of."""
    return one.office, (one.claim.outcome, one.start, one.end)


def _said_with(one: Saying, every: Sequence[Saying]) -> Saying | None:
    """Return what a voice says of a class in the same text, else the last it had said by then."""
    for other in every:
        if other.claim.document_id == one.claim.document_id:
            return other
    return next((other for other in reversed(every) if other.day <= one.day), None)


def _above_doubtful(sayings: Sequence[Saying], doubts: Mapping[str, Doubt]) -> dict[str, Doubt]:
    """Return the headlines of counts in doubt: what the text says to no purpose its headline does not say either."""
    below = {(one.saying.claim.document_id, one.saying.cell, one.saying.digits): one for one in doubts.values()}
    headlines = (one for one in sayings if one.claim.headline and one.id not in doubts)
    told = {one: below.get((one.claim.document_id, one.cell, one.digits)) for one in headlines}
    return {one.id: Doubt(one, doubt.code, doubt.against) for one, doubt in told.items() if doubt}


def _parts_of_doubtful(sayings: Sequence[Saying], doubts: Mapping[str, Doubt]) -> dict[str, Doubt]:
    """Return the sub-totals of totals in doubt: what does not add up says nothing by its parts either.

    One that is an office's own count of that class is nothing worse than that count said again.
    """
    totals = {
        (doubt.saying.claim.document_id, doubt.saying.claim.quote): doubt
        for doubt in doubts.values()
        if doubt.code in ("garbled", "arithmetic")
    }
    found: dict[str, Doubt] = {}
    for one in sayings if totals else ():
        if one.claim.part_of and one.id not in doubts:
            total = totals.get((one.claim.document_id, one.claim.part_of))
            if total:
                own = tuple(other for other in sayings if _says_again(one, other))
                found[one.id] = Doubt(one, "repeats", own) if own else Doubt(one, total.code, total.against)
    return found


def _says_again(one: Saying, other: Saying) -> bool:
    """Say whether a count is one that a known office gives of the same class and days."""
    same = (one.cell, one.digits) == (other.cell, other.digits) and one.window() == other.window()
    return same and other is not one and not (_second_hand(other) or other.claim.part_of)


def _widened(sayings: Sequence[Saying]) -> dict[str, Doubt]:
    """Return the counts of "people" that only repeat, in the same text, the count of a class."""
    people = [one for one in sayings if one.claim.group == "unknown" and one.digits]
    wanted = {(one.claim.document_id, one.claim.outcome, one.digits) for one in people}
    classes: dict[tuple[str, Outcome, tuple[int, ...]], list[Saying]] = defaultdict(list)
    for one in sayings:
        if one.claim.group != "unknown" and not one.claim.part_of:
            key = (one.claim.document_id, one.claim.outcome, one.digits)
            if key in wanted:
                classes[key].append(one)
    doubts: dict[str, Doubt] = {}
    for one in people:
        same = classes.get((one.claim.document_id, one.claim.outcome, one.digits), ())
        if found := tuple(other for other in same if _touch(one, other)):
            doubts[one.id] = Doubt(one, "repeats", found)
    return doubts


def _said_before(sayings: Sequence[Saying]) -> dict[str, Doubt]:
    """Return the counts of "people" that are an office's own count of a class: "police had put the toll at five".

    A report that does not say whom the five were gives no toll of its own: it stands and falls with the count of the
    five civilians that the same office made of the same days and place.
    """
    people = [one for one in sayings if one.claim.group == "unknown" and one.digits and _whole_of_office(one)]
    wanted = {(one.office, one.claim.outcome, one.digits) for one in people}
    classes: dict[tuple[str, Outcome, tuple[int, ...]], list[Saying]] = defaultdict(list)
    for one in sayings if wanted else ():
        key = (one.office, one.claim.outcome, one.digits)
        if one.claim.group != "unknown" and key in wanted and _whole_of_office(one):
            classes[key].append(one)
    doubts: dict[str, Doubt] = {}
    for one in people:
        told = classes.get((one.office, one.claim.outcome, one.digits), ())
        if found := tuple(other for other in told if _touch(one, other) and _may_share(one, other)):
            doubts[one.id] = Doubt(one, "repeats", found)
    return doubts


def _within_tolls(sayings: Sequence[Saying]) -> dict[str, Doubt]:
    """Return counts of no class that are in a class's toll: who died since, in one report; who is held yet, by office.

    Where a report gives tolls of several classes, only one that it gives anew can be meant.
    """
    within = [one for one in sayings if one.claim.group == "unknown" and (one.adds or one.still)]
    wanted = {key for one in within for key in _told_with(one)}
    tolls: dict[tuple[str, Outcome], list[Saying]] = defaultdict(list)
    for one in sayings if wanted else ():
        if one.claim.group != "unknown" and not (one.adds or one.claim.part_of or one.vague):
            for key in wanted & {(one.claim.document_id, one.claim.outcome), (one.office, one.claim.outcome)}:
                tolls[key].append(one)
    doubts: dict[str, Doubt] = {}
    for one in within:
        told = {each.id: each for key in _told_with(one) for each in tolls.get(key, ()) if _touch(one, each)}
        found = [each for each in told.values() if each.size >= one.size + each.still and _may_hold(each, one)]
        if len({each.claim.group for each in found}) > 1:
            found = [each for each in found if gives_anew(each.claim.sentence)]
        if len({each.claim.group for each in found}) == 1:
            doubts[one.id] = Doubt(one, "increment" if one.adds else "subset_of", tuple(found))
    return doubts


def _may_hold(toll: Saying, one: Saying) -> bool:
    """Say whether a toll may hold those who died since, or are held yet: one that another gives if later, or anew."""
    another = one.speaker.attributed and toll.speaker.attributed and one.office != toll.office
    before = another and toll.day <= one.day and not gives_anew(toll.claim.sentence)
    return _may_share(one, toll) and not (one.adds and before)


def _of_the_hurt(sayings: Sequence[Saying]) -> dict[str, Doubt]:
    """Return the counts of people still in hospital who are some of those said to be hurt on that day or before."""
    lying = [one for one in sayings if one.digits and still_treated(one.claim)]
    known = {one.id for one in lying}
    hurt = [one for one in sayings if known and one.claim.outcome == "injured" and one.id not in known and one.digits]
    doubts: dict[str, Doubt] = {}
    for one in lying:
        tolls = [each for each in hurt if each.size >= one.size and _by_then(each, one) and _may_share(one, each)]
        same = [each for each in tolls if one.claim.group in ("unknown", each.claim.group)]
        if same:
            doubts[one.id] = Doubt(one, "subset_of", tuple(in_order(same)[-1:]))
    return doubts


def _by_then(toll: Saying, one: Saying) -> bool:
    return toll.start is None or one.end is None or toll.start <= one.end


def _told_with(one: Saying) -> tuple[tuple[str, Outcome], ...]:
    """Return where the toll is looked for that a count may be in: its report; of who is held yet its office too."""
    report, office = (one.claim.document_id, one.claim.outcome), (one.office, one.claim.outcome)
    return (report,) if one.adds else (report, office)


def _whole_of_office(one: Saying) -> bool:
    return one.speaker.attributed and one.speaker.named and not (one.claim.part_of or one.adds)


def _other_class(
    one: Saying,
    same_number: Sequence[Saying],
    offices: Mapping[_Days, Sequence[Saying]],
    told: _Told,
) -> tuple[Saying, ...]:
    """R37: a second-hand number that an office gave for another class, while its own class is known otherwise.

    A text that gives the number for both classes (`told`) has not mistaken the one for the other.
    """
    group = one.claim.group
    if not same_number or one.size < _GARBLE_FROM or one.claim.part_of or group == "disaster_victims":
        return ()
    if any(other.claim.group == group for other in same_number):
        return ()
    same_days = offices.get((one.claim.outcome, one.start, one.end), ())
    if group != "unknown" and not any(other.claim.group == group and other.day <= one.day for other in same_days):
        return ()
    return tuple(
        other
        for other in same_number
        if other.claim.group not in ("unknown", "disaster_victims")
        and not told.holds(one.claim.document_id, other)
        and other.day <= one.day
        and _touch(one, other)
    )


def _second_hand(one: Saying) -> bool:
    """Say whether a count has no origin but a report: unattributed, or by media, and by no party."""
    if not one.speaker.attributed:
        return True
    return not one.speaker.party and one.speaker.voice.kind in (None, "media", "other")


def _may_share(one: Saying, other: Saying) -> bool:
    """Say whether two counts may be for one place."""
    return not one.place or not other.place or one.place == other.place


def _touch(one: Saying, other: Saying) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return True
    return one.start <= other.end and other.start <= one.end
