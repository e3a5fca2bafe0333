"""Make nouns of what a report says beside its counts: responsibility, actors, passages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from briefings import actors, attribution, blame, calendars, groups, nesting, passages, responsibility
from briefings.lexicon import Sought, wordset
from briefings.lines import Line, Report
from briefings.model import (
    Actor,
    Claim,
    ClaimantKind,
    Document,
    Group,
    Passage,
    Responsibility,
    Scope,
    Window,
    digest,
    unchecked,
)
from briefings.responsibility import Owned

_NEWS: Final = 31
"""Days a state of things may have lasted ("closed since Saturday") and still be news."""
_PRESENT: Final = frozenset({"is", "are", "remain", "remains", "still", "has", "have", "stays", "stay"})
_EARLIER: Final = 3
"""Days before the news from which acts are an earlier event."""
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
_passage_of: Final = unchecked(Passage)
_MAX_PASSAGES: Final = 200
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
        if not line.tokens.holds(OWNING) or len(text) > _LONGEST:
            continue
        for owned in responsibility.first_of_each([*responsibility.find(text), *blame.find(text)]):
            if long is None:
                long = groups.acronyms(document.text[:_OPENING])
            if group := owned.group or latest:
                latest = group
                if len(made) < _MAX_PASSAGES:
                    made.append(_responsibility(document, lines, index, owned, group, long, report))
    made = _named_in_text(made, lines)
    return [one.model_copy(update={"claims": own}) if (own := _own(one, claims)) else one for one in made]


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
    past = owned.past or (main is not None and window is not None and (main.start - window.end).days > _EARLIER)
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
        if line.sentence.heading or len(made) >= _MAX_PASSAGES:
            continue
        described = actors.find(line.tokens)
        scope = _scope_of(line, counted, report) if described else "incident"
        for one in described:
            said = attribution.speaker_at(line.said, one.first)
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
    window = _line_window(lines, index, report)
    named = next((ref for ref in line.places if ref.tied), None)
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
    return "background" if _is_past(line, report) else "incident"


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
            if first <= line.tokens.starts[ref.first] < last:
                return nesting.nested(line.tokens, line.places, ref)
    named = next((ref for ref in line.places if ref.tied), None)
    return nesting.nested(line.tokens, line.places, named) if named else otherwise


def _line_window(lines: list[Line], index: int, report: Report) -> Window | None:
    """Return the days a sentence without a count speaks of."""
    line = lines[index]
    ref = next((ref for ref in line.times if not ref.stated and ref.kind != "anchor" and ref.window), None)
    if ref is not None:
        return ref.window
    return report.window


def passages_of(
    document: Document, lines: list[Line], claims: list[Claim], owned: list[Responsibility], report: Report
) -> list[Passage]:
    """Return the sentences kept for what they say, other than those of claims of responsibility."""
    counted: dict[str, set[Scope]] = {}
    taken = {one.sentence for one in owned}
    for claim in claims:
        counted.setdefault(claim.sentence, set()).add(claim.scope)
    made: list[Passage] = []
    for index, line in enumerate(lines):
        sentence = line.sentence
        if (
            sentence.headline
            or sentence.heading
            or sentence.text in taken
            or len(made) >= _MAX_PASSAGES
            or len(sentence.text) > 2000
        ):
            continue
        scopes = counted.get(sentence.text, set())
        past = "background" in scopes or (not scopes and _is_past(line, report))
        found = passages.kind(sentence.text, line.tokens, past=past, counted=bool(scopes - {"background"}))
        said = line.said[0] if line.said else None
        group = _goes_on(lines, index, owned) if owned and not scopes else None
        if group and (found is None or said is None):
            found = ("development", "group-goes-on")
        if found is None:
            continue
        window = _line_window(lines, index, report)
        ref = next((ref for ref in line.places if ref.tied), None)
        if found[0] == "background" and found[1] != "past-event" and window == report.window:
            window = None
        if found[0] == "impact" and (later := _told_later(line, report)) is not None:
            window = later
        elif found[0] == "impact" and report.published and (_lasts(line) or _ordered_since(line, report)):
            window = Window(start=report.published, end=report.published)
        made.append(
            _passage_of(
                id=digest(document.id, str(sentence.start), str(sentence.end), *found)[:16],
                document_id=document.id,
                kind=found[0],
                quote=sentence.text,
                start=sentence.start,
                end=sentence.end,
                claimant=said.speaker.name if said else group,
                office=said.speaker.office if said else None,
                place=nesting.nested(line.tokens, line.places, ref)
                if ref
                else report.place
                if found[0] != "background"
                else None,
                date_from=window.start if window else None,
                date_to=window.end if window else None,
                rule=found[1],
                publisher=document.publisher,
                stated=document.published,
                stated_on=report.published,
            )
        )
    return made


_GOES_ON: Final = re.compile(
    r"(?:The (?:group|organi[sz]ation|movement|outfit)|It|They) (?:also )?(?:said|claimed|added|wrote|stated)\b"
)


def _goes_on(lines: list[Line], index: int, owned: list[Responsibility]) -> str | None:
    """Return the group that owned the acts just before, where it speaks on: of what it aimed at, or why."""
    line, before = lines[index].sentence, lines[index - 1].sentence if index else None
    if before is None or before.paragraph != line.paragraph or not _GOES_ON.match(line.text):
        return None
    return next((one.group for one in owned if one.sentence == before.text), None)


def _lasts(line: Line) -> bool:
    """Say whether a sentence without a day of its own tells of what holds as it is told: "remains shut"."""
    dated = any(not ref.stated and ref.window and ref.kind != "since" for ref in line.times)
    return not dated and not _PRESENT.isdisjoint(line.tokens.low)


def _ordered_since(line: Line, report: Report) -> bool:
    """Say whether an order without a day of its own is told on a day after the news: it holds as it is told.

    "A curfew was imposed", in a report of Sunday on Saturday's attack, is no order of Saturday's.
    """
    if any(ref.window for ref in line.times) or report.window is None or report.published is None:
        return False
    later = 0 < (report.published - report.window.end).days <= _EARLIER
    return later and not _ORDERS.isdisjoint(line.tokens.low) and _MEANWHILE.isdisjoint(line.tokens.low)


def _told_later(line: Line, report: Report) -> Window | None:
    """Return the day after the news of what is ordered or in force: "said on Friday a curfew held", "the next day"."""
    low = line.tokens.low
    own = any(ref.window and not ref.stated and ref.kind != "anchor" for ref in line.times)
    holding = not _HOLDING.isdisjoint(low) and _MEANWHILE.isdisjoint(low)
    if own or not holding or report.window is None or report.published is None:
        return None
    for ref in line.times:
        day = ref.window.start if ref.role == "statement" and ref.window else None
        if ref.kind == "anchor" and ref.unit == "day" and ref.count > 0 and not ref.toward:
            day = calendars.plus(report.window.end, ref.count)
        if day is not None and report.window.end < day <= report.published:
            return calendars.day_of(day)
    return None


_ORDERS: Final = wordset("imposed ordered declared announced suspended sealed extended reimposed introduced")
_HOLDING: Final = _ORDERS | _PRESENT | frozenset({"curfew", "force", "closed", "shut"})
_MEANWHILE: Final = wordset("during when while as after before following amid")


def _is_past(line: Line, report: Report) -> bool:
    """Say whether a sentence without a count tells of the time before the news."""
    main = report.window
    if main is None or not line.times:
        return False
    return any(
        ref.window is not None
        and (
            (ref.kind == "since" and (main.start - ref.window.start).days > _NEWS)
            or (main.start - ref.window.end).days > 3
        )
        for ref in line.times
        if not ref.stated
    )
