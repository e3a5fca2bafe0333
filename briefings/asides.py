"""Make nouns of what a report says beside its counts: claims of responsibility and passages."""

from __future__ import annotations

import re
from typing import Final

from briefings import passages, places
from briefings.lines import Line, Report
from briefings.model import Claim, Document, Passage, Responsibility, Scope, Window, digest

_NEWS: Final = 31
"""Days a state of things may have lasted ("closed since Saturday") and still be news."""
_PRESENT: Final = frozenset({"is", "are", "remain", "remains", "still", "has", "have", "stays", "stay"})
_MAX_PASSAGES: Final = 200
"""More than any report has: a bound on what hostile text can make of one document."""


def responsibilities_of(document: Document, lines: list[Line], report: Report) -> list[Responsibility]:
    """Return the claims of responsibility of a document, and the denials."""
    made: list[Responsibility] = []
    for index, line in enumerate(lines):
        if passages.OWNING.isdisjoint(line.tokens.low):
            continue
        owned = passages.responsibility(line.sentence.text)
        if owned is None or len(made) >= _MAX_PASSAGES:
            continue
        start, end = line.sentence.start + owned.start, line.sentence.start + owned.end
        window = _line_window(lines, index, report)
        rule = "denies-responsibility" if owned.denied else "claims-responsibility"
        made.append(
            Responsibility(
                id=digest(document.id, str(start), str(end), "responsibility", rule)[:16],
                document_id=document.id,
                quote=document.text[start:end],
                sentence=line.sentence.text,
                start=start,
                end=end,
                group=owned.group,
                medium=owned.medium,
                acts=owned.acts,
                denied=owned.denied,
                date_from=window.start if window else None,
                date_to=window.end if window else None,
                rule=rule,
                publisher=document.publisher,
                stated=document.published,
                stated_on=report.published,
            )
        )
    return made


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
        window = _line_window(lines, index, report)
        past = "background" in scopes or (not scopes and _is_past(line, report))
        found = passages.kind(sentence.text, line.tokens.low, past=past, counted=bool(scopes - {"background"}))
        said = line.said[0] if line.said else None
        group = _goes_on(lines, index, owned) if not scopes else None
        if group and (found is None or said is None):
            found = ("development", "group-goes-on")
        if found is None:
            continue
        ref = next((ref for ref in line.places if ref.tied), None)
        if found[0] == "background" and found[1] != "past-event" and window == report.window:
            window = None
        if found[0] == "impact" and _lasts(line) and report.published:
            window = Window(start=report.published, end=report.published)
        made.append(
            Passage(
                id=digest(document.id, str(sentence.start), str(sentence.end), *found)[:16],
                document_id=document.id,
                kind=found[0],
                quote=sentence.text,
                start=sentence.start,
                end=sentence.end,
                claimant=said.speaker.name if said else group,
                office=said.speaker.office if said else None,
                place=places.nested(line.tokens, line.places, ref)
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


def _is_past(line: Line, report: Report) -> bool:
    """Say whether a sentence without a count tells of the time before the news."""
    main = report.window
    return main is not None and any(
        ref.window is not None
        and (
            (ref.kind == "since" and (main.start - ref.window.start).days > _NEWS)
            or (main.start - ref.window.end).days > 3
        )
        for ref in line.times
        if not ref.stated
    )
