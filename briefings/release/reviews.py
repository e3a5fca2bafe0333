"""Reviews: a person accepts, corrects, rejects or merges a claim or an event, and the store keeps it for good.

What was read is never edited: `verdicts.apply` lays reviews over it whenever a desk is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..core import config
from ..core.layers import near
from ..core.settings import Workspace
from ..desks.desk import Desk
from ..errors import UsageError
from ..model import Claim, Document, Event, Review, Verdict, digest
from ..report.placekinds import kind_of
from ..reviewing import corrections, verdicts
from ..reviewing.verdicts import Weighed
from ..sections import canonical
from ..storage.store import Store

SHORT = 8
"""Letters of an id that are shown, and nearly always enough to name it."""
_LEAST = 4
_VERDICTS: tuple[Verdict, ...] = ("accept", "correct", "reject", "merge", "withdraw")


@dataclass(frozen=True)
class _Subject:
    """What a review is of: the statements as they were read, and as they stand."""

    kind: str
    id: str
    read: tuple[Claim, ...]
    shown: tuple[Claim, ...]


@dataclass(frozen=True)
class _Record:
    """What the store holds that a review may be of."""

    store: Store
    given: tuple[Review, ...]
    weighed: Weighed


def review(
    subject: str | Claim | Event,
    verdict: Verdict,
    *,
    by: str,
    reason: str = "",
    corrections: Mapping[str, object] | None = None,
    into: str | Claim | Event | None = None,
    desk: Desk | None = None,
    workspace: Path | Workspace | None = None,
    now: datetime | None = None,
) -> Review:
    """Put on record what a person says of a claim, an event or a report; return the review.

    `subject` and `into` are an id, the first letters of one, or the claim or event itself as a desk holds it;
    the id of an event is looked up on a `desk`. A report goes by its id or its file, and can only be rejected: it
    says nothing from then on. `corrections` maps fields of
    `verdicts.FIELDS`, `count` or `date` to values. A desk opened afterwards shows the result. The same verdict
    by the same person once more is the review there is. Errors: UsageError for an unknown or ambiguous id, a
    missing name or reason, or a verdict that makes no sense.
    """
    space = config.opened(workspace)
    moment = now or datetime.now(UTC)
    _refuse_nameless(verdict, by, reason)
    events = desk.events() if desk else ()
    with Store.open(space.store) as store:
        record = _record(store)
        if verdict == "withdraw":
            made = _withdrawal(record, subject, events)
        else:
            about = _subject(record, subject, events)
            made = _verdict(record, about, verdict, corrections or {}, into, events)
        made |= {"by": by.strip(), "reason": reason.strip()}
        if same := _same(record, made):
            return same
        found = Review.model_validate({**made, "id": _key(made, moment), "at": moment})
        store.add_review(found)
        return found


def history(*, workspace: Path | Workspace | None = None) -> tuple[Review, ...]:
    """Return every review of the workspace, oldest first."""
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        return store.reviews()


def after(found: Review) -> tuple[Claim, ...]:
    """Return what stands for the claims of a review once it holds; nothing if it rejects them."""
    return verdicts.apply((*found.claims, *found.into), [found]).claims[: len(found.claims)] if found.readings else ()


def replaced(found: Review, *, workspace: Path | Workspace | None = None) -> Review | None:
    """Return the review that held of the same claims or event until this one was given, if there was one."""
    given = history(workspace=workspace)
    if found.verdict == "withdraw":
        return None
    before = verdicts.standing(one for one in given if (one.at, one.id) < (found.at, found.id))
    ours = set(_ids(found.claims))
    return next((one for one in reversed(before) if one.kind == found.kind and ours & set(_ids(one.claims))), None)


# ── what is said ────────────────────────────────────────────────────────────────────────────────────


def _verdict(
    record: _Record,
    about: _Subject,
    verdict: Verdict,
    given: Mapping[str, object],
    into: str | Claim | Event | None,
    events: Sequence[Event],
) -> dict[str, object]:
    """Return what a review says, all but who and when."""
    if about.kind == "document" and verdict != "reject":
        raise UsageError(
            f"a report as a whole cannot be reviewed by {verdict}",
            fix="reject it, or review its claims one by one",
            code="OTHER_KIND",
        )
    if given and verdict != "correct":
        raise UsageError(f"{verdict} sets nothing", fix="correct it instead, or leave out what is set")
    if into is not None and verdict != "merge":
        raise UsageError(f"{verdict} goes into nothing", fix="merge it instead, or leave out --into")
    made: dict[str, object] = {"verdict": verdict, "kind": about.kind, "subject": about.id, "claims": about.read}
    if verdict == "accept":
        return {**made, "readings": about.shown}
    if verdict == "correct":
        return made | _corrected(about, given)
    if verdict == "merge":
        return made | _merged(record, about, into, events)
    return made


def _corrected(about: _Subject, given: Mapping[str, object]) -> dict[str, object]:
    if about.kind == "claim":
        claim, values = corrections.corrected(about.shown[0], given)
        return {"readings": (claim,), "corrections": values}
    for name in given:
        if name not in (*corrections.OF_EVENTS, "date"):
            raise UsageError(
                f"{name!r} cannot be set for an event as a whole",
                fix=f"set one of date, {', '.join(corrections.OF_EVENTS)}, or correct its claims one by one",
                code="UNKNOWN_FIELD",
            )
    pairs = [corrections.set_fields(claim, given) for claim in about.shown]
    if all(not values for _, values in pairs):
        raise UsageError(
            "that is how the event reads already", fix="accept it, or set something else", code="NO_CHANGE"
        )
    whole = {name: value for _, values in pairs for name, value in values.items()}
    return {"readings": tuple(claim for claim, _ in pairs), "corrections": whole}


def _merged(
    record: _Record, about: _Subject, into: str | Claim | Event | None, events: Sequence[Event]
) -> dict[str, object]:
    if into is None:
        raise UsageError(f"into which {about.kind} is it to be merged?", fix="add --into ID", code="NO_TARGET")
    other = _subject(record, into, events)
    if other.kind != about.kind:
        raise UsageError(
            f"a {about.kind} cannot be merged into {'an' if other.kind == 'event' else 'a'} {other.kind}",
            fix="merge claims into claims, events into events",
            code="OTHER_KIND",
        )
    if set(_ids(other.read)) & set(_ids(about.read)):
        raise UsageError(
            f"{about.id} and {other.id} are one {about.kind} already",
            fix="nothing is left to do; withdraw says otherwise",
            code="SAME",
        )
    if about.kind == "event":
        return {"readings": about.shown, "into": other.read}
    source, target = about.shown[0], other.shown[0]
    if source.outcome != target.outcome:
        raise UsageError(
            f"{about.id} counts people {source.outcome}, {other.id} people {target.outcome}",
            why="one statement has one outcome",
            fix="correct the outcome first, or merge other claims",
            code="OTHER_OUTCOME",
        )
    if not verdicts.of_people(source) and kind_of(source) != kind_of(target):
        raise UsageError(
            f"{about.id} counts {kind_of(source)}, {other.id} {kind_of(target)}",
            why="kinds of place are never weighed against each other",
            fix="merge counts of one kind of place",
            code="OTHER_GROUP",
        )
    if source.group != target.group and "unknown" not in (source.group, target.group):
        raise UsageError(
            f"{about.id} counts {source.group}, {other.id} {target.group}",
            why="one statement counts people of one group",
            fix="correct the group first, or merge other claims",
            code="OTHER_GROUP",
        )
    if source.window and target.window and not source.window.overlaps(target.window):
        raise UsageError(
            f"{about.id} and {other.id} share no day: {source.date_from}..{source.date_to}, "
            f"{target.date_from}..{target.date_to}",
            why="one statement is of the same days",
            fix="correct the date first, or merge other claims",
            code="OTHER_DAYS",
        )
    held = record.weighed.verdicts.get(other.read[0].id)
    if held and held.verdict == "reject":
        raise UsageError(f"{other.id} is rejected, by {held.by}", fix="merge into a claim that counts", code="REJECTED")
    if target.merged_into and target.merged_into in (*_ids(about.read), *_ids(about.shown)):
        raise UsageError(
            f"{other.id} is merged into {about.id} already",
            fix="nothing is left to do; withdraw says otherwise",
            code="SAME",
        )
    return {"readings": (target,), "into": other.read}


def _withdrawal(record: _Record, subject: str | Claim | Event, events: Sequence[Event]) -> dict[str, object]:
    """Return the taking back of a review: the one named, or the one that holds of a claim or event."""
    holding = verdicts.standing(record.given)
    named = [
        one for one in holding if isinstance(subject, str) and len(subject) >= _LEAST and one.id.startswith(subject)
    ]
    if not named:
        about = _subject(record, subject, events)
        held = {
            one.id: one
            for claim in about.read
            if (one := record.weighed.verdicts.get(claim.id)) and one.kind == about.kind
        }
        ours = set(_ids(about.read))
        held |= {one.id: one for one in record.weighed.merges if about.kind == "event" and ours & set(_ids(one.claims))}
        held |= {one.id: one for one in holding if one.kind == "document" and one.subject == about.id}
        named = [one for one in holding if one.id in held]
    if not named:
        raise UsageError(f"no review holds of {_shown(subject)}", fix="briefings review log", code="NO_REVIEW")
    last = named[-1]
    return {"verdict": "withdraw", "kind": last.kind, "subject": last.subject, "withdraws": last.id}


def _same(record: _Record, made: Mapping[str, object]) -> Review | None:
    """Return the review that says just this already, and holds."""
    said = ("verdict", "kind", "claims", "readings", "into", "by", "withdraws")
    claims = made.get("claims")
    for one in record.given[-1:] if made["verdict"] == "withdraw" else verdicts.standing(record.given):
        if all(
            getattr(one, name) == made.get(name, () if name in ("claims", "readings", "into") else None)
            for name in said
        ):
            first = claims[0] if isinstance(claims, tuple) and claims else None
            if first is None or record.weighed.verdicts.get(first.id) == one or one in record.weighed.merges:
                return one
    return None


def _key(made: Mapping[str, object], moment: datetime) -> str:
    told = {name: value for name, value in made.items() if name not in ("claims", "readings", "into")}
    ids = [_ids(made.get(name, ())) for name in ("claims", "into")]  # type: ignore[arg-type]
    return digest("review", moment.isoformat(), canonical({**told, "ids": ids}))[:16]


def _refuse_nameless(verdict: str, by: str, reason: str) -> None:
    if verdict not in _VERDICTS:
        raise UsageError(f"{verdict!r} is no verdict{near(verdict, _VERDICTS)}", fix=f"one of {', '.join(_VERDICTS)}")
    if not by.strip():
        raise UsageError("a review needs the name of the person who gives it", fix="add --by NAME", code="NO_NAME")
    if verdict != "accept" and not reason.strip():
        raise UsageError(
            f"to {verdict} needs a reason, for whoever reads the figures", fix="add --reason TEXT", code="NO_REASON"
        )


# ── what it is said of ──────────────────────────────────────────────────────────────────────────────


def _record(store: Store) -> _Record:
    given = store.reviews()
    documents = {claim.document_id for one in given for claim in (*one.claims, *one.into)}
    readings = store.readings(sorted(documents))
    claims = (claim for reading in readings.values() for claim in (*reading.claims, *reading.extents))
    return _Record(store, given, verdicts.apply(claims, given, documents=documents))


def _subject(record: _Record, wanted: str | Claim | Event, events: Sequence[Event]) -> _Subject:
    """Return what is meant by an id, the first letters of one, a claim or an event."""
    if isinstance(wanted, Event):
        return _of_event(record, wanted)
    if not isinstance(wanted, Claim) and (document := _document_named(record, wanted.strip())):
        return _of_document(record, document)
    text = (wanted.id if isinstance(wanted, Claim) else wanted).strip().casefold()
    if len(text) < _LEAST:
        raise UsageError(f"{text!r} is too short to name a claim", fix=f"give at least {_LEAST} letters of its id")
    found = _claims_named(record, text)
    found |= {one.id: _of_event(record, one) for one in events if one.id.startswith(text)}
    if text in found:
        return found[text]
    if len(found) > 1:
        raise UsageError(
            f"{text!r} could be any of {', '.join(sorted(found))}", fix="give more letters", code="AMBIGUOUS_CLAIM"
        )
    if not found:
        raise _unknown(record, text, events)
    return next(iter(found.values()))


def _claims_named(record: _Record, text: str) -> dict[str, _Subject]:
    """Return the claims whose id begins so: those read, and those that reviews put on top of them."""
    weighed = record.weighed
    aside = {claim.id: claim for claim in weighed.aside}
    tops = {claim.id: claim for claim in weighed.claims}
    found: dict[str, _Subject] = {}
    for claim in (one for one, current in record.store.claims_named(text) if current):
        found[claim.id] = _Subject("claim", claim.id, (claim,), (claim,))
    for key, claim in aside.items():
        if key.startswith(text):
            found[key] = _Subject("claim", key, (claim,), (claim,))
    for key, claim in tops.items():
        if key.startswith(text):
            read = aside[claim.corrects] if claim.corrects else claim
            found[key] = _Subject("claim", key, (read,), (claim,))
    return found


def _of_event(record: _Record, event: Event) -> _Subject:
    """Return an event by its claims, as they were read and as they stand."""
    aside = {claim.id: claim for claim in record.weighed.aside}
    read = tuple(aside.get(claim.corrects or "", claim) for claim in event.claims)
    if not read:
        raise UsageError(f"event {event.id} has no claims to review", code="EMPTY_EVENT")
    return _Subject("event", event.id, read, event.claims)


def _document_named(record: _Record, wanted: str) -> Document | None:
    """Return the report of a file as it was last collected, or of an id or its first letters."""
    kept = record.store.documents_from()
    keys = [key for key, source in kept.items() if wanted == source]
    if not keys and len(wanted) >= SHORT:
        keys = [key for key in kept if key.startswith(wanted.casefold())]
    if len(keys) > 1 and wanted != kept[keys[0]]:
        raise UsageError(
            f"{wanted!r} could be any of {', '.join(keys)}", fix="give more letters", code="AMBIGUOUS_CLAIM"
        )
    return record.store.document(keys[-1]) if keys else None


def _of_document(record: _Record, document: Document) -> _Subject:
    """Return a report by all that is read of it."""
    reading = record.store.readings([document]).get(document.id)
    read = (*reading.claims, *reading.extents) if reading else ()
    return _Subject("document", document.id, read, read)


def _unknown(record: _Record, text: str, events: Sequence[Event]) -> UsageError:
    """Return the error for an id that nothing has, or only an earlier reading had."""
    for claim, _ in record.store.claims_named(text):
        reading = record.store.readings([claim.document_id])[claim.document_id]
        now = verdicts.find(claim, (*reading.claims, *reading.extents))
        return UsageError(
            f"{claim.id} is of an earlier reading; its document has been read anew",
            why=f"the words {claim.quote!r} are now claim {now.id}" if now else "they are no longer read as a claim",
            fix=f"review {now.id[:SHORT]}" if now else "see briefings review list",
            code="READ_ANEW",
        )
    known = [claim.id for claim, _ in record.store.claims_named(text[:2])] + [one.id for one in events]
    return UsageError(
        f"no claim has the id {text!r}{near(text, [*known, *(one[: len(text)] for one in known)])}",
        fix="briefings review list BRIEF -p date=DAY shows them; an event needs --brief BRIEF -p date=DAY, "
        "and a report goes by its file, such as sources/reports/a.md",
        code="UNKNOWN_CLAIM",
    )


def _shown(subject: str | Claim | Event) -> str:
    return subject if isinstance(subject, str) else subject.id


def _ids(claims: Iterable[Claim]) -> list[str]:
    return [claim.id for claim in claims]
