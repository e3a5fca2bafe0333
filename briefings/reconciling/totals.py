"""How many an event cost, all groups together: what its reports say, and the named rule by which one number is best.

A total of fighters and civilians is no cell of a brief. Within a report only groups that exclude each other are
added, and the terms are kept; over reports nothing is added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal

from ..model import Account, Claim, Computation, Modifier, Outcome, Total, digest
from .accounts import Told, told_by
from .best import verifies
from .hearing import hear
from .phrasing import NOT_REPORTED, phrase, phrase_claim

_LAST = datetime(9999, 12, 30, tzinfo=UTC)
_WIDE = re.compile(
    r"\b(?:across|throughout|nationwide|countrywide|(?:wave|spate|string|series) of|so far (?:this|in)|"
    r"recent (?:days|weeks|months)|(?:past|last|over the|in a|this|of the) (?:weekend|week|month|year)|"
    r"(?:days|weeks|months|years) of|violence|states|provinces|regions|districts)\b",
    re.IGNORECASE,
)
_RISEN = re.compile(r"\b(?:updates?|updated|revised|rises?|rose|risen|climbs?|climbed|brought up)\b", re.IGNORECASE)
_BROUGHT_UP = re.compile(rf"{_RISEN.pattern}|\b(?:total|toll|tally|now)\b", re.IGNORECASE)

Standing = Sequence[Told]
Differing = Literal["highest", "lowest", "none"]


def total(
    claims: Iterable[Claim],
    *,
    outcome: Outcome = "killed",
    as_of: datetime | None = None,
    differing: Differing = "highest",
) -> Total:
    """Return how many of all groups together reports on one event say suffered one outcome.

    `claims` are those of the reports on that event. Each report gives one account; accounts of several days or
    places, vague ones and those a later one of the same origin replaces only stand beside it. `as_of` leaves out
    what was said later; without it all that was said counts. `differing` says which number is the best where
    accounts differ and no two origins agree: the highest, the lowest, or none.
    """
    every = (claim.model_copy(update={"cause": ""}) for claim in claims if claim.outcome == outcome)
    heard = hear(every, as_of or _LAST)
    told = told_by(heard.with_totals())
    standing, aside = _settle(told)
    live = [one for one in told if aside.get(one.document, "") in ("", *_RIVALS)]
    low, modifier, high = _range(live)
    best, best_rule = best_of(standing, differing)
    chosen = _chosen(standing, best)
    return Total(
        id=digest("total", outcome, *(one.id for account in told for one in account.sayings))[:16],
        outcome=outcome,
        low=low,
        low_modifier=modifier,
        high=high,
        best=best,
        best_rule=best_rule,
        text=_text(live, low, modifier, high),
        rule=best_rule or _why_none(told, live, standing),
        rules=tuple(dict.fromkeys([*filter(None, [best_rule]), *(one.rule for one in live), *aside.values()])),
        computation=_computation(chosen),
        accounts=tuple(_account(one, aside.get(one.document, "")) for one in told),
        claims=tuple(dict.fromkeys(one.id for account in told for one in account.sayings)),
        origins=len({one.origin for one in live}),
        flags=_flags(live, chosen),
        as_of=as_of,
    )


# ── which accounts set the range and the best number ────────────────────────────────────────────────


def same_text(told: Standing) -> set[str]:
    """Count what several outlets print word for word once: it has one origin (R10)."""
    seen: dict[tuple[str, ...], str] = {}
    for one in told:
        seen.setdefault(_words(one), one.document)
    return {one.document for one in told} - set(seen.values())


def several_days(told: Standing) -> set[str]:
    """Set aside what totals several days where others speak of the event's own: it contains, it does not update."""
    return {one.document for one in told if one.cumulative}


def several_places(told: Standing) -> set[str]:
    """Set aside what totals several places or happenings: "across the state", "a wave of attacks"."""
    return {one.document for one in told if _says(one, _WIDE)}


def vague(told: Standing) -> set[str]:
    """Set "dozens" aside where somebody counts."""
    return {one.document for one in told if one.vague}


def increment(told: Standing) -> set[str]:
    """Set "another three" aside where somebody gives a whole count."""
    return {one.document for one in told if one.adds}


def supersedes(told: Standing) -> set[str]:
    """Let a later account of one office replace its earlier ones (R14), and of one outlet a toll that was brought up.

    An outlet is no office: what else it prints may be of another event.
    """
    found: set[str] = set()
    for at, one in enumerate(told):
        for other in told[at + 1 :]:
            if _same_people(one, other) and (_same_office(one, other) or _same_wire(one, other)):
                grown = other.day > one.day or other.named >= one.named
                found.add(one.document if grown else other.document)
    return found


def later_story(told: Standing) -> set[str]:
    """Set aside a count without a day of its own, printed more than a day after the first: it may be of another day.

    One that is higher, by no more than half, is the toll that went on being counted.
    """
    first = min(one.day for one in told)
    known = max(one.named for one in told if (one.day - first).days <= 1)
    later = [one for one in told if one.window is None and (one.day - first).days > 1]
    return {one.document for one in later if not known < one.named <= 1.5 * known}


def enemy_losses(told: Standing) -> set[str]:
    """Set one side's count of the other's dead aside where anybody else counts: it bounds from above only (R11)."""
    return {one.document for one in told if one.of_the_enemy}


def fighters(told: Standing) -> set[str]:
    """Set aside counts of nothing but fighters where others count people: neither side admits those losses (R11)."""
    return {one.document for one in told if one.fighters_only}


def floor(told: Standing) -> set[str]:
    """Set "at least", "more than" and "about" aside where somebody gives the number itself."""
    return {one.document for one in told if one.low != one.high or one.modifier != "exact"}


def another_order(told: Standing) -> set[str]:
    """Set aside what is more than double the lowest: a toll of one event seldom grows so far while it is counted.

    A report that says the toll was brought up is of that toll, however far it rose.
    """
    lowest = min(one.named for one in told)
    return {one.document for one in told if one.named > 2 * lowest and not _says(one, _RISEN)}


SETTING_ASIDE: tuple[tuple[str, Callable[[Standing], set[str]]], ...] = (
    ("same_text", same_text),
    ("several_days", several_days),
    ("vague", vague),
    ("increment", increment),
    ("several_places", several_places),
    ("supersedes", supersedes),
    ("later_story", later_story),
    ("enemy_losses", enemy_losses),
    ("fighters", fighters),
    ("floor", floor),
    ("another_order", another_order),
)
"""Applied in this order, each to what the former left; a rule that would leave nothing sets nothing aside."""
_RIVALS = ("later_story", "enemy_losses", "fighters", "floor", "another_order")
"""Set aside for the best number only: such accounts still count for the range."""


def _settle(told: Standing) -> tuple[list[Told], dict[str, str]]:
    standing, aside = list(told), dict[str, str]()
    for name, rule in SETTING_ASIDE:
        found = rule(standing) if standing else set()
        if found and len(found) < len({one.document for one in standing}):
            aside.update(dict.fromkeys(found, name))
            standing = [one for one in standing if one.document not in found]
    return standing, aside


# ── one number ──────────────────────────────────────────────────────────────────────────────────────


def verified(told: Standing) -> int | None:
    """Take the one number of bodies outside the conflict that verify."""
    found = {one.named for one in told if any(verifies(each) for each in one.sayings)}
    return found.pop() if len(found) == 1 else None


def origins_agree(told: Standing) -> int | None:
    """Take the number that more origins give than any other, if two or more do."""
    counts = Counter(named for _, named in {(one.origin, one.named) for one in told})
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]


def still_counting(told: Standing) -> int | None:
    """Take the highest of what reports of the first days name: the toll of one event grows while it is counted.

    Here totals part from figures, which rather take the lowest (R23). What is far above the others, or was printed
    later and is higher by more than half, was set aside before: those bounds are experience, no principle.
    """
    return max((one.named for one in told), default=None) if len(told) > 1 else None


def lowest_account(told: Standing) -> int | None:
    """Take the lowest of what reports of the first days name, as figures do where no party is among them (R23)."""
    return min((one.named for one in told), default=None) if len(told) > 1 else None


def sole_count(told: Standing) -> int | None:
    """Take the one count that is left, provisional as it is (R27)."""
    return told[0].named if len(told) == 1 else None


Rule = tuple[str, Callable[[Standing], int | None]]
BEST: tuple[Rule, ...] = (("verified", verified), ("origins_agree", origins_agree), ("sole_count", sole_count))
"""The first that gives a number gives the best one."""
DIFFERING: dict[Differing, tuple[Rule, ...]] = {
    "highest": (("still_counting", still_counting),),
    "lowest": (("lowest_account", lowest_account),),
    "none": (),
}
"""What is asked next where accounts differ, by what was asked for."""


def best_of(told: Standing, differing: Differing = "highest") -> tuple[int | None, str]:
    """Return the best number and the rule that gave it; none from one belligerent alone, nor from words (R24)."""
    usable = _usable(told)
    if not usable or _one_party(usable):
        return None, ""
    for name, rule in (*BEST, *DIFFERING[differing]):
        if (number := rule(usable)) is not None:
            return number, name
    return None, ""


# ── small print ─────────────────────────────────────────────────────────────────────────────────────


def _says(one: Told, what: re.Pattern[str]) -> bool:
    return any(what.search(each.claim.sentence) for each in one.sayings)


def _words(one: Told) -> tuple[str, ...]:
    return tuple(" ".join(each.claim.sentence.casefold().split()) for each in one.sayings)


def _same_office(one: Told, other: Told) -> bool:
    return one.attributed and one.origin == other.origin


def _same_wire(one: Told, other: Told) -> bool:
    """Say whether two accounts are one outlet's, the larger a toll brought up, and not the words of two sides."""
    rivals = one.party and other.party and one.sides != other.sides
    larger = max(one, other, key=lambda each: each.named)
    return bool(one.publisher) and one.publisher == other.publisher and _says(larger, _BROUGHT_UP) and not rivals


def _same_people(one: Told, other: Told) -> bool:
    return one.groups == other.groups or "unknown" in one.groups or "unknown" in other.groups


def _range(live: Standing) -> tuple[int | None, Modifier, int | None]:
    """Return the smallest lower and the largest upper bound; one side's count of the other's dead bounds from above."""
    if not live:
        return None, "exact", None
    lows = [(one.low, one.modifier) for one in live if one.low is not None and not one.of_the_enemy]
    low, modifier = min(lows, key=lambda pair: pair[0]) if lows else (None, live[0].modifier)
    highs = [one.high for one in live]
    return low, modifier, None if None in highs else max(high for high in highs if high is not None)


def _text(live: Standing, low: int | None, modifier: Modifier, high: int | None) -> str:
    if not live:
        return NOT_REPORTED
    if all(one.vague for one in live):
        return phrase_claim(live[0].sayings[0].claim)
    if low is None and high is None:
        low, modifier = live[0].low, live[0].modifier
    return phrase(low, modifier, high)


def _usable(told: Standing) -> list[Told]:
    return [one for one in told if not (one.vague or one.cumulative)]


def _one_party(told: Standing) -> bool:
    """Say whether all of it is the word of one party to the conflict (R24)."""
    return all(one.party for one in told) and len({side for one in told for side in one.sides}) == 1


def _why_none(told: Standing, live: Standing, standing: Standing) -> str:
    if not told:
        return "not_reported"
    if all(one.vague for one in live):
        return "vague"
    if all(one.cumulative for one in live):
        return "several_days"
    usable = _usable(standing)
    return "accounts_differ" if usable and not _one_party(usable) else "one_side_only"


def _chosen(standing: Standing, best: int | None) -> Told | None:
    return next((one for one in standing if one.named == best), None)


def _computation(chosen: Told | None) -> Computation | None:
    if chosen is None or not chosen.terms:
        return None
    terms = tuple(part.named for part in chosen.terms)
    return Computation(value=sum(terms), terms=terms, claims=tuple(part.lead.id for part in chosen.terms))


def _account(one: Told, aside: str) -> Account:
    terms = tuple(part.named for part in one.terms)
    words = [phrase_claim(each.claim) for each in one.sayings]
    return Account(
        document_id=one.document,
        publisher=one.publisher,
        low=one.low,
        high=one.high,
        modifier=one.modifier,
        text=words[0] if one.vague or (len(words) == 1) else phrase(one.low, one.modifier, one.high),
        rule=one.rule,
        terms=terms,
        groups=tuple(part.group for part in one.terms) or (one.sayings[0].claim.group,),
        claims=tuple(each.id for each in one.sayings),
        origin=one.origin,
        stated_on=one.sayings[0].claim.stated_on,
        aside=aside,
    )


def _flags(live: Standing, chosen: Told | None) -> tuple[str, ...]:
    flags = set()
    if live and len({one.origin for one in live}) == 1:
        flags.add("single_origin")
    if chosen and len(chosen.terms) > 1:
        flags.add("computed_sum")
        if "armed_group" in chosen.groups:
            flags.add("attackers_included")
    if live and all(one.of_the_enemy for one in live):
        flags.add("enemy_losses")
    if len({one.named for one in live}) > 1:
        flags.add("accounts_differ")
    return tuple(sorted(flags))
