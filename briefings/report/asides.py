"""Make nouns of what a report says beside its counts of who did it and to whom: responsibility and actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ..geography import nesting
from ..geography.placenames import PlaceRef
from ..lexis.lexicon import Sought
from ..model import (
    Actor,
    Claim,
    ClaimantKind,
    Document,
    Group,
    Responsibility,
    Scope,
    Window,
    digest,
    unchecked,
)
from ..speaking import reach
from . import actors, blame, grounds, groups, linedays, responsibility
from .lines import Line, Report
from .responsibility import Owned

_LONGEST: Final = 2000
_OPENING: Final = 20_000
"""Characters of a sentence that are read for responsibility, and of a text in which its acronyms are explained."""
OWNING: Final = Sought(
    """responsibility responsible credit claim claims claimed claiming deny denies denied denying behind conducted
    staged carried blame blames blamed blaming accused accuses accusing attributed attributes attribute admitted
    admits involvement disavowed orchestrated perpetrated masterminded rejected distanced fingers finger"""
)
"""Words one of which every sentence on responsibility holds."""
_actor_of: Final = unchecked(Actor)
MOST: Final = 200
"""More than any report has: a bound on what hostile text can make of one document."""


def responsibilities_of(
    document: Document, lines: list[Line], report: Report, claims: list[Claim]
) -> list[Responsibility]:
    """Return who claims or denies acts in a document, or is held responsible; with a group's own counts of them."""
    made: list[Responsibility] = []
    long: dict[str, str] | None = None
    latest = ""
    for index, line in enumerate(lines):
        text = line.sentence.text
        if OWNING not in line.tokens.found or len(text) > _LONGEST:
            continue
        for owned in responsibility.first_of_each([*responsibility.find(text), *blame.find(text)]):
            if long is None:
                long = groups.acronyms(document.text[:_OPENING])
            if group := _whose(owned, line, latest):
                latest = group
                if len(made) < MOST:
                    made.append(_responsibility(document, lines, index, owned, group, long, report))
    made = _named_in_text(made, lines)
    return [one.model_copy(update={"claims": own}) if (own := _own(one, claims)) else one for one in made]


def _whose(owned: Owned, line: Line, latest: str) -> str:
    """Return the group a record is of: as it is named, else that of "its fighters" and "the group", told of before."""
    pronoun, _, men = owned.group.partition(" ")
    if owned.group and pronoun.lower() not in _PRONOUNS:
        return owned.group
    told = line.sentence.text[owned.start : owned.start + _THE].lower() == "the "
    return latest or (line.band if men or pronoun or told else "") or men


_PRONOUNS: Final = frozenset({"its", "their"})
_THE: Final = 4


def _named_in_text(made: list[Responsibility], lines: list[Line]) -> list[Responsibility]:
    """Give a group the title only describes, "Rebel group claims attack", the name of the one the text knows."""
    body = next((line.sentence.start for line in lines if not line.sentence.headline), 0)
    names = {one.name for one in made if one.start >= body and not groups.unnamed(one.group)}
    if len(names) != 1:
        return made
    name = names.pop()
    return [
        one.model_copy(update={"name": name}) if one.start < body and groups.unnamed(one.group) else one for one in made
    ]


def _responsibility(
    document: Document, lines: list[Line], index: int, owned: Owned, group: str, long: dict[str, str], report: Report
) -> Responsibility:
    line = lines[index]
    start, end = line.sentence.start + owned.start, line.sentence.start + owned.end
    window = _acts_window(lines, index, owned, report)
    main = report.window
    past = owned.past or (main is not None and window is not None and (main.start - window.end).days > linedays.EARLIER)
    return Responsibility(
        id=digest(document.id, str(start), str(end), "responsibility", owned.rule, group)[:16],
        document_id=document.id,
        quote=document.text[start:end],
        sentence=line.sentence.text,
        start=start,
        end=end,
        group=group,
        name=groups.full_name(group, long),
        standing=owned.standing,
        claimant=owned.claimant,
        claimant_kind=owned.claimant_kind,
        medium=owned.medium,
        acts=owned.acts,
        denied=owned.standing == "denied",
        place=_acts_place(lines, index, owned, None if past else report.place),
        date_from=window.start if window else None,
        date_to=window.end if window else None,
        scope="background" if past else "incident",
        headline=line.sentence.headline,
        rule=owned.rule,
        publisher=document.publisher,
        stated=document.published,
        stated_on=report.published,
    )


def actors_of(
    document: Document, lines: list[Line], claims: list[Claim], owned: list[Responsibility], report: Report
) -> list[Actor]:
    """Return who did it and to whom, as a document describes them, each description once for each who gives it."""
    counted: dict[int, Scope] = {}
    for claim in claims:
        counted.setdefault(claim.start, claim.scope)
    made: dict[tuple[str, str, str | None, Scope], Actor] = {}
    for index, line in enumerate(lines):
        if line.sentence.heading or len(made) >= MOST:
            continue
        described = actors.find(line.tokens)
        scope = _scope_of(line, counted, report) if described else "incident"
        for one in described:
            said = reach.speaker_at(line.said, one.first)
            start, end = line.tokens.starts[one.first], line.tokens.ends[one.last - 1]
            voice = (said.speaker.name, said.speaker.kind) if said and not said.denied else (None, None)
            span = _Named(start, end, document.text[start:end], one.part, one.group, one.rule, *voice)
            key = (span.part, span.name.casefold(), span.claimant, scope)
            if key not in made:
                made[key] = _actor(document, lines, index, span, scope, report)
    for actor in filter(None, (_said_to_be(document, one) for one in owned)):
        made.setdefault((actor.part, actor.name.casefold(), actor.claimant, actor.scope), actor)
    return sorted(made.values(), key=lambda each: (each.start, each.part))


@dataclass(frozen=True, slots=True)
class _Named:
    """One description with its span in the document and whoever gives it."""

    start: int
    end: int
    text: str
    part: Literal["perpetrator", "target"]
    group: Group
    rule: str
    claimant: str | None
    kind: ClaimantKind | None

    @property
    def name(self) -> str:
        """Return the words of the text on one line."""
        return " ".join(self.text.split())


def _actor(document: Document, lines: list[Line], index: int, one: _Named, scope: Scope, report: Report) -> Actor:
    line = lines[index]
    window = linedays.of_line(line, report)
    named = _named_place(line)
    otherwise = report.place if scope != "background" else None
    return _actor_of(
        id=digest(document.id, str(one.start), str(one.end), one.part, one.rule)[:16],
        document_id=document.id,
        part=one.part,
        name=one.name,
        quote=one.text,
        sentence=line.sentence.text,
        start=one.start,
        end=one.end,
        group=one.group,
        claimant=one.claimant,
        claimant_kind=one.kind,
        place=nesting.nested(line.tokens, line.places, named) if named else otherwise,
        date_from=window.start if window else None,
        date_to=window.end if window else None,
        scope=scope,
        headline=line.sentence.headline,
        rule=one.rule,
        publisher=document.publisher,
        stated=document.published,
        stated_on=report.published,
    )


def _said_to_be(document: Document, one: Responsibility) -> Actor | None:
    """Return the group of a record of responsibility as a perpetrator in the words of whoever says so."""
    at = document.text.find(one.group, one.start, one.end)
    if one.denied or at < 0:
        return None
    own = one.standing == "claimed"
    return _actor_of(
        id=digest(one.id, "perpetrator")[:16],
        document_id=document.id,
        part="perpetrator",
        name=one.group,
        quote=document.text[at : at + len(one.group)],
        start=at,
        end=at + len(one.group),
        claimant=one.group if own else one.claimant,
        claimant_kind="armed_group" if own else one.claimant_kind,
        **{name: getattr(one, name) for name in _SHARED},
    )


_SHARED: Final = (
    *("sentence", "place", "date_from", "date_to", "scope", "headline", "rule", "publisher", "stated", "stated_on"),
)


def _scope_of(line: Line, counted: dict[int, Scope], report: Report) -> Scope:
    """Return whether a sentence tells of the news: as its counts do, else by its time."""
    for token in line.links:
        start = line.tokens.starts[token.phrase.first]
        if start in counted:
            return "background" if counted[start] == "background" else "incident"
    return "background" if linedays.is_past(line, report) else "incident"


def _own(one: Responsibility, claims: list[Claim]) -> tuple[str, ...]:
    """Return the ids of the counts a group gives of the acts it claims."""
    if one.standing != "claimed":
        return ()
    names = groups.same_names(one.group, one.name)
    background = one.scope == "background"
    return tuple(
        claim.id
        for claim in claims
        if claim.claimant
        and (claim.scope == "background") == background
        and not names.isdisjoint(groups.same_names(claim.claimant, ""))
    )


def _acts_window(lines: list[Line], index: int, owned: Owned, report: Report) -> Window | None:
    """Return the days of the acts: a day named among their words, else the day of the news, not that of the claim."""
    line = lines[index]
    days = [ref for ref in line.times if not ref.stated and ref.kind != "anchor" and ref.window]
    if owned.acts_at is not None:
        first, last = (line.sentence.start + at for at in owned.acts_at)
        inside = [ref for ref in days if first <= line.tokens.starts[ref.first] < last]
        if inside:
            return inside[0].window
    if report.window is None or (owned.past and days):
        return days[0].window if days else report.window
    return report.window


def _acts_place(lines: list[Line], index: int, owned: Owned, otherwise: str | None) -> str | None:
    """Return the place of the acts: named among their words, else in the sentence, else that of the news."""
    line = lines[index]
    if owned.acts_at is not None:
        first, last = (line.sentence.start + at for at in owned.acts_at)
        for ref in line.places:
            if not grounds.of_branch(line.tokens.low, ref) and first <= line.tokens.starts[ref.first] < last:
                return nesting.nested(line.tokens, line.places, ref)
    named = _named_place(line)
    return nesting.nested(line.tokens, line.places, named) if named else otherwise


def _named_place(line: Line) -> PlaceRef | None:
    """Return the first place that a sentence ties anything to, but for where only a body's men are."""
    return next((ref for ref in line.places if ref.tied and not grounds.of_branch(line.tokens.low, ref)), None)
