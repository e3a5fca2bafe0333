"""Says who is to be told that an edition they got was superseded or withdrawn, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..core.recipients import MAIL, Recipient, address_key
from ..core.settings import Workspace
from ..delivery import deliver
from ..delivery.mail import Summary
from ..delivery.sendable import barred_from
from ..layout import themes
from ..making import letters
from ..making.press import SUPERSEDED, WITHDRAWN, printed_in
from ..model import Edition
from ..printing import pdf
from ..storage import outbox
from ..storage.store import Store
from ..storage.withdrawals import withdrawals, withdrawn
from .approving import read_brief
from .notices import Told, notice_of

_GONE = ("accepted", "unknown", "data_started")
"""The phases of a message that its recipient has, or may have."""


@dataclass(frozen=True)
class Due:
    """What is to be told and to whom; `untold` are addresses that cannot or may not have it any more, each with why."""

    told: Told
    people: tuple[Recipient, ...]
    untold: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Announcement:
    """A notice and who is to get it; `untold` as in `Due`."""

    job: deliver.Job
    people: tuple[Recipient, ...]
    untold: tuple[tuple[str, str], ...] = ()


def announcements(
    space: Workspace, store: Store, edition: Edition, *, sender: str, served: Sequence[Recipient] = ()
) -> tuple[Announcement, ...]:
    """Return the notices that are `due` on account of an edition, each written."""
    found = due(space, store, edition, served=served)
    return tuple(Announcement(_job(space, one.told, sender), one.people, one.untold) for one in found)


def due(space: Workspace, store: Store, edition: Edition, *, served: Sequence[Recipient] = ()) -> tuple[Due, ...]:
    """Return what is to be told on account of an edition, of each edition that somebody got and must not use.

    Of one that was withdrawn, all who got it are told; of the versions it has taken the place of, those who got one
    and neither have the new one nor are among the `served`, who get it.
    """
    reason = withdrawn(store, edition.id)
    if reason:
        told = [Told(edition, "withdrawn", reason=_reason(store, edition))]
        served = ()
    elif store.approvals(edition.id):
        told = [_taken_over(space, older, edition) for older in _older(store, edition)]
    else:
        told = []
    found = (_due(space, store, one, served) for one in told)
    return tuple(one for one in found if one.people or one.untold)


def unaware(space: Workspace, store: Store, edition: Edition) -> tuple[Recipient, ...]:
    """Return who is to be told what became of an edition, or of those it replaces, and has not been told yet."""
    found: list[Recipient] = []
    for one in due(space, store, edition):
        notice = deliver.notice_digest(one.told.kind, one.told.edition.id, one.told.sha256)
        rows = [row for row in outbox.rows(store, one.told.edition.id) if row.pdf_sha256 == notice]
        told = {(row.channel, row.recipient.casefold()) for row in rows if row.phase in _GONE}
        found += [each for each in one.people if address_key(each) not in told]
    return tuple(found)


def _reason(store: Store, edition: Edition) -> str:
    line = withdrawals(store, edition.id).get(edition.id)
    return line.detail if line else ""


def _older(store: Store, edition: Edition) -> Iterable[Edition]:
    """Return the versions of the same issue before this one that were not withdrawn: of those people were told."""
    for one in store.editions(series=edition.series):
        earlier = one.date == edition.date and one.version < edition.version
        if earlier and not withdrawn(store, one.id):
            yield one


def _taken_over(space: Workspace, older: Edition, newer: Edition) -> Told:
    brief = printed_in(space.reports / newer.folder)
    return Told(older, "superseded", newer=newer, corrects=brief is not None and brief.masthead.issue == "correction")


def _due(space: Workspace, store: Store, told: Told, served: Sequence[Recipient]) -> Due:
    having = who_got(space, store, told.newer) if told.newer else ()
    spared = {address_key(one) for one in (*served, *having)} | _told_before(store, told)
    had = [one for one in who_got(space, store, told.edition) if address_key(one) not in spared]
    whys = {address_key(one): _out_of_reach(space, told.edition, one) for one in had}
    people = tuple(one for one in had if not whys[address_key(one)])
    untold = tuple((one.address or one.channel, why) for one in had if (why := whys[address_key(one)]))
    return Due(told, people, untold)


def _out_of_reach(space: Workspace, edition: Edition, one: Recipient) -> str:
    """Return why somebody who got an edition can be told nothing by us, or nothing: the settings have changed since."""
    if one.channel != MAIL and one.channel not in space.channels:
        return f"got it by the channel {one.channel}, which the settings have no more"
    return barred_from(edition, one, space.channels)


def _told_before(store: Store, told: Told) -> set[tuple[str, str]]:
    """Return whom another notice has told already not to use an edition; of a withdrawal everybody is told."""
    if told.kind == "withdrawn":
        return set()
    this = deliver.notice_digest(told.kind, told.edition.id, told.sha256)
    pdfs = deliver.released_pdfs(store, told.edition.id)
    other = (one for one in outbox.rows(store, told.edition.id) if one.pdf_sha256 not in {*pdfs, this})
    return {(one.channel, one.recipient.casefold()) for one in other if one.phase in _GONE}


def who_got(space: Workspace, store: Store, edition: Edition) -> tuple[Recipient, ...]:
    """Return who got an edition, or may have: as the settings have them now, else by the address it went to.

    Whoever has since been taken off every list is still told of what they hold.
    """
    known = {address_key(one): one for each in space.lists.values() for one in each.recipients}
    pdfs = deliver.released_pdfs(store, edition.id)
    found: dict[tuple[str, str], Recipient] = {}
    for row in outbox.rows(store, edition.id):
        if row.pdf_sha256 in pdfs and row.phase in _GONE:
            key = (row.channel, row.recipient.casefold())
            found[key] = known.get(key) or Recipient(
                channel=row.channel, address=row.recipient, marking=edition.marking
            )
    return tuple(found.values())


def _job(space: Workspace, told: Told, sender: str) -> deliver.Job:
    brief = notice_of(told, read_brief(space.reports / told.edition.folder))
    theme = themes.load_theme(folders=[space.templates], layout=letters.LAYOUT)
    with pdf.Printer(limits=pdf.Limits(fill=space.limits.fill_seconds), prints=False) as printer:
        letter = letters.rendered(brief, theme, printer=printer)
    head = brief.masthead
    said = Summary(
        series=head.title,
        number=head.number,
        marking=told.edition.marking,
        edition_id=told.edition.id,
        pdf_sha256=told.sha256,
        language=head.language,
        text=letter.text,
        html=letter.html,
    )
    return deliver.Job(told.edition, b"", said, sender, notice=told.kind, marked=_marked(space, told))


def _marked(space: Workspace, told: Told) -> bytes:
    """Return the print of an edition that says what became of it, or nothing where there is none."""
    path = space.reports / told.edition.folder / {"withdrawn": WITHDRAWN, "superseded": SUPERSEDED}[told.kind]
    try:
        return path.read_bytes()
    except OSError:
        return b""
