"""Tells the owners of a workspace of runs that failed, were held back or wait for a person: by mail, each once.

Readers are told nothing of it, and owners nothing that bears a marking, for nobody has said what they may read: which
brief it was, the code of what went wrong, and what to do. Why it went wrong may quote the brief: that is in the
history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from ..channels import Lost, Refused
from ..core.recipients import MAIL
from ..core.settings import Smtp, Workspace
from ..delivery import sending
from ..delivery.mail import message_id, of_words, one_address
from ..delivery.relay import Carrier, Relay
from ..errors import BriefingsError
from ..model import digest
from ..storage import agenda, leases, outbox
from ..storage.agenda import DueRun
from ..storage.outbox import ClaimLost, Row
from ..storage.store import Store
from ..storage.withdrawals import withdrawn

RECENT = timedelta(days=3)
"""How old a failure may be that owners have not been told of yet: older ones are in `briefings history`."""
_TOLD_OF: tuple[agenda.State, ...] = ("failed", "held")


@dataclass(frozen=True)
class Alarm:
    """What owners are told of one run; `sha256` makes it the same alarm however often it is looked for."""

    sha256: str
    subject: str
    text: str


def alarm(space: Workspace, run: DueRun) -> Alarm:
    """Return what owners are told of a run that failed, was held back, or made what nobody has read yet."""
    what = {"held": "was held back", "made": "waits for a person"}.get(run.state, "failed")
    due = f"{run.local:%Y-%m-%d %H:%M} {run.zone}"
    lines = _to_read(space, run, due) if run.state == "made" else _gone_wrong(space, run, due, what)
    sha256 = digest("alarm", str(run.id), run.state, run.code, run.edition_id)  # tried again in vain, it is the same
    return Alarm(sha256, f"[briefings] {space.name}: {run.brief} {what}, due {due}", "\n\n".join(lines) + "\n")


def _to_read(space: Workspace, run: DueRun, due: str) -> list[str]:
    return [
        f"The brief {run.brief} of {space.name}, due {due}, is made and waits for a person to read it.",
        f"Nothing of it is sent before that. Find its PDF: briefings editions {run.brief}",
        f"Once it is read: briefings approve {run.edition_id} --by NAME, then: briefings send {run.edition_id}",
    ]


def _gone_wrong(space: Workspace, run: DueRun, due: str, what: str) -> list[str]:
    went = f"See what of it went out: briefings outbox --edition {run.edition_id}"
    return [
        f"The brief {run.brief} of {space.name}, due {due}, {what}{f': {run.code}' if run.code else ''}.",
        f"It had made the edition {run.edition_id}."
        if run.edition_id
        else "No edition was made, and nothing was sent.",
        *([went] if run.edition_id else []),
        f"See why: briefings history {run.brief}",
        f"Try again: briefings tick {run.brief} --due {run.due_at:%Y-%m-%dT%H:%MZ}",
    ]


def tell(
    space: Workspace, store: Store, *, at: datetime, carrier: Carrier | None = None, rng: Random | None = None
) -> tuple[int, tuple[str, ...]]:
    """Tell owners of every recent run that failed or was held back; return how many messages went, and what kept any.

    So of those whose edition nobody has approved yet, unless the settings say not to. What cannot be sent now is sent
    by a later call. `carrier` stands for the relay of the settings.
    """
    runs = _recent(store, _TOLD_OF, at)
    if space.tell_waiting and space.owners and space.smtp:
        runs += _unread(store, at)
    if not runs:
        return 0, ()
    if not space.owners:
        return 0, ("nobody is told of runs that fail: name owners in [workspace]",)
    if space.smtp is None:
        return 0, ("owners cannot be told of runs that fail: there is no [smtp] to send by",)
    post = _Post(store, space.owners, space.smtp, rng or Random(), at)  # noqa: S311 -- jitter, not a secret
    try:
        with carrier or Relay.configured(space.smtp, base=space.root) as relay:
            return sum(post.send(alarm(space, run), relay) for run in runs), ()
    except BriefingsError as fault:
        return 0, (f"owners could not be told yet: {fault.what}",)


def _recent(store: Store, states: tuple[agenda.State, ...], at: datetime) -> list[DueRun]:
    return [run for run in agenda.runs(store, states=states, most=200) if at - run.updated_at < RECENT]


def _unread(store: Store, at: datetime) -> list[DueRun]:
    """Return the recent runs that made an edition which nobody has approved or taken back."""
    made = [run for run in _recent(store, ("made",), at) if run.edition_id]
    return [run for run in made if not store.approvals(run.edition_id) and not withdrawn(store, run.edition_id)]


class _Post:
    """One round of messages to owners. One of unknown fate goes again: hearing of a failure twice does no harm."""

    def __init__(self, store: Store, owners: Sequence[str], smtp: Smtp, rng: Random, at: datetime) -> None:
        self.store, self.smtp, self.rng, self.at = store, smtp, rng, at
        self.owners = [one_address(owner) for owner in owners]
        self.owner = leases.new_owner()

    def send(self, told: Alarm, relay: Carrier) -> int:
        """Send an alarm to each owner who has none of it yet; return how many messages went."""
        messages = [(owner, message_id(told.sha256, owner, self.smtp.sender), MAIL) for owner in self.owners]
        outbox.add(self.store, "", told.sha256, messages, at=self.at)
        outbox.recover(self.store, told.sha256, channel=MAIL, at=self.at, resend=self.owners)
        sent = 0
        while row := outbox.claim(self.store, told.sha256, self.owners, channel=MAIL, owner=self.owner, at=self.at):
            try:
                sent += self._one(told, row, relay)
            except ClaimLost:
                continue
        return sent

    def _one(self, told: Alarm, row: Row, relay: Carrier) -> bool:
        row = outbox.advance(self.store, row, "connecting", at=self.at)
        letter = of_words(
            told.subject, told.text, to=row.recipient, sender=self.smtp.sender, at=row.created_at, key=row.message_id
        )

        def handing_over() -> None:
            nonlocal row
            row = outbox.advance(self.store, row, "data_started", at=self.at)

        try:
            answer = relay.send(row.recipient, letter.as_bytes(), before_data=handing_over)
        except Refused as refusal:
            if refusal.temporary:
                self._defer(row, str(refusal))
            else:
                outbox.settle(self.store, row, "failed", at=self.at, detail=str(refusal))
        except Lost as loss:
            self._defer(row, f"the connection broke ({loss})")
        except BriefingsError as fault:
            self._defer(row, fault.what)
            raise
        else:
            outbox.accept(self.store, row, at=self.at, detail=answer)
            return True
        return False

    def _defer(self, row: Row, detail: str) -> None:
        again = self.at + sending.backoff(row.attempts, self.rng)
        outbox.settle(self.store, row, "deferred", at=self.at, detail=detail, next_try_at=again)
