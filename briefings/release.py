"""Releases editions: a person approves the PDF, and it goes to its readers, each once.

An approval is bound to bytes twice over: to the draft that was read, and to the same pages printed as reviewed,
which alone are sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Literal

from pydantic import ValidationError

from . import check, config, deliver, handouts, letters, locks, manifest, pdf, themes
from .brief import Brief
from .config import Recipient, Smtp, Workspace
from .edition import Step, silent
from .errors import ConfigError, PolicyError, UsageError
from .filing import name_again, replace_file
from .layers import near
from .mail import Summary, attachment_name
from .model import Approval, Edition, Receipt
from .pdf import Attachment
from .press import REVIEWED, printer_for, printing, proofed, stem, stopping
from .relay import Relay
from .store import Store

Stage = Literal["draft", "approved", "sent", "superseded", "withdrawn"]


@dataclass(frozen=True)
class State:
    """One edition and how far it has come."""

    edition: Edition
    state: Stage
    approved_by: str
    sent: str
    pdf: Path

    def as_dict(self) -> dict[str, Any]:
        """Return the state as JSON-ready data."""
        return {
            "edition": self.edition.model_dump(mode="json"),
            "state": self.state,
            "approved_by": self.approved_by,
            "sent": self.sent,
            "pdf": str(self.pdf),
        }


@dataclass(frozen=True)
class Rehearsal:
    """The messages an edition would go out as, and why it would not go out as things stand, if so."""

    messages: tuple[Path, ...]
    refused: PolicyError | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the rehearsal as JSON-ready data."""
        return {
            "messages": [str(path) for path in self.messages],
            "refused": self.refused.as_dict() if self.refused else None,
        }


# ── approving ───────────────────────────────────────────────────────────────────────────────────────


def approve(
    edition_id: str,
    *,
    by: str,
    note: str = "",
    workspace: Path | Workspace | None = None,
    now: datetime | None = None,
) -> tuple[Approval, Path]:
    """Release an edition: print it as reviewed and bind the approval to those bytes.

    Returns the approval and the PDF that will be sent. Raises PolicyError where the edition was changed on
    disk, superseded, approved already by somebody else, or where its templates have changed since.
    """
    if not by.strip():
        raise UsageError("an approval needs the name of the person who gives it", fix="add --by NAME")
    space, moment = _space(workspace), now or datetime.now(UTC)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        folder = space.reports / edition.folder
        given = store.approvals(edition.id)
        if given and _digest(folder / REVIEWED) == given[-1].pdf_sha256:
            if given[-1].by == by.strip():
                return given[-1], folder / REVIEWED
            raise PolicyError(
                f"{edition.id} is approved already, by {given[-1].by}",
                where=edition.id,
                fix="send it, or make the brief again and approve its next version",
                code="ALREADY_APPROVED",
            )
        _require_latest(store, edition)
        _require_untouched(folder, edition)
        reviewed, beside = _print_reviewed(space, folder, edition.brief, by.strip())
        for name, data in beside.files(stem(REVIEWED)).items():
            replace_file(folder / name, data)
        replace_file(folder / REVIEWED, reviewed)
        name_again(folder / REVIEWED, manifest.shown_name(edition))
        approval = Approval(
            edition_id=edition.id, pdf_sha256=manifest.file_sha256(reviewed), by=by.strip(), at=moment, note=note
        )
        store.add_approval(approval)
    return approval, folder / REVIEWED


def _print_reviewed(space: Workspace, folder: Path, name: str, by: str) -> tuple[bytes, handouts.Handouts]:
    """Print the very sections of the draft once more, as reviewed, with what stands beside it; no notebook runs."""
    draft = read_brief(folder)
    theme = _same_theme(space, folder, name, draft)
    head = draft.masthead.model_copy(update={"state": "reviewed", "reviewed_by": by})
    brief = draft.model_copy(update={"masthead": head})
    stopping(check.check(brief))
    with printer_for(space, theme) as printer:
        html = printer.render(brief, theme=theme, layout=head.kind)
        screen = handouts.on_screen(theme, [space.templates])
        page = handouts.page(brief, screen, printer=printer)
        attached = _attached(folder)
        with printing(brief, html, attached, printer=printer) as coming:
            stopping(locks.lock_html(html, brief))
            beside = handouts.made(page, brief, screen)
            stopping(beside.findings)
        printed = coming.result()
    proofed(printed, html, brief, attached=attached)
    return printed, beside


def read_brief(folder: Path) -> Brief:
    """Return the brief an edition's folder keeps. Raises PolicyError if it cannot be read."""
    try:
        return Brief.model_validate_json((folder / "sections.json").read_text(encoding="utf-8"))
    except (OSError, ValidationError, ValueError) as fault:
        raise PolicyError(
            "the sections of the edition cannot be read",
            where=str(folder / "sections.json"),
            why=str(fault).splitlines()[0],
            fix="make the brief again",
            code="EDITION_DAMAGED",
        ) from None


def _same_theme(space: Workspace, folder: Path, name: str, draft: Brief) -> themes.Theme:
    whole = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    theme = themes.load_theme(
        whole["inputs"]["theme"],
        [space.templates],
        layout=draft.masthead.kind,
        look=space.look(name),
        root=space.root,
    )
    if manifest.page_sha256(theme) != whole["inputs"]["page"]:
        raise PolicyError(
            "the page has changed since the edition was made",
            where=f"{space.templates}, or [page] of {space.file}",
            why="what you would approve is not what you have read",
            fix="make the brief again, read it, and approve the new edition",
            code="TEMPLATES_CHANGED",
        )
    return theme


def _attached(folder: Path) -> tuple[Attachment, ...]:
    return manifest.attached({name: (folder / name).read_bytes() for name in manifest.held(folder)})


def _require_latest(store: Store, edition: Edition) -> None:
    if newer := store.later_versions(edition):
        raise PolicyError(
            f"{edition.id} is superseded by {newer[-1].id}",
            where=edition.id,
            fix=f"read and approve {newer[-1].id}",
            code="SUPERSEDED",
        )


def _require_untouched(folder: Path, edition: Edition) -> None:
    """Refuse an edition any of whose files is not as it was filed."""
    if _digest(folder / edition.pdf_name) != edition.pdf_sha256:
        raise _changed(folder / edition.pdf_name, edition)
    try:
        files = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise _changed(folder / manifest.NAME, edition) from None
    for name, sha256 in files.items():
        if _digest(folder / name) != sha256:
            raise _changed(folder / name, edition)


def _changed(path: Path, edition: Edition) -> PolicyError:
    return PolicyError(
        f"{edition.id} is not as it was filed",
        where=str(path),
        why="the file is missing, or its digest differs from the manifest",
        fix=f"restore the file, or make the brief {edition.brief!r} again",
        code="EDITION_CHANGED",
    )


def _digest(path: Path) -> str:
    try:
        return manifest.file_sha256(path.read_bytes())
    except OSError:
        return ""


# ── sending ─────────────────────────────────────────────────────────────────────────────────────────


def dispatch(
    edition_id: str,
    lists: Sequence[str] | None = None,
    *,
    confirm: Callable[[str], None] = lambda question: None,
    workspace: Path | Workspace | None = None,
    step: Step = silent,
) -> tuple[Receipt, ...]:
    """Send an approved edition to its lists, one message a recipient, each once; return the receipts.

    `confirm` is asked before anything leaves, and raises to stop. Raises PolicyError before anything is queued;
    TemporaryError or DeliveryError if the relay cannot be used, with everything not yet sent still queued.
    """
    space = _space(workspace)
    smtp = _smtp(space)
    relay = Relay.configured(smtp, base=space.root)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        job = _job(space, store, edition, smtp.sender)
        chosen = _lists(space, edition, lists)
        everyone = [one for name in chosen for one in space.lists[name].recipients]
        deliver.guard(store, edition, job.pdf, everyone)
        confirm(f"Send {edition.id} [{edition.marking}] to {len(everyone)} recipients of {', '.join(chosen)}?")
        step("send", f"{len(everyone)} messages by {smtp.host}")
        deliver.enqueue(store, edition, everyone, pdf=job.pdf, sender=smtp.sender, at=_clock())
        deliver.send(
            store,
            job,
            everyone,
            carrier=relay,
            clock=_clock,
            rng=Random(),  # noqa: S311 -- jitter, not a secret
            resend=_to_send_again(space, everyone),
        )
        return deliver.receipts(store, edition, of=everyone)


def _to_send_again(space: Workspace, people: Sequence[Recipient]) -> list[Recipient]:
    """Return those to whom a message of unknown fate may go out again: no list that has them says hold."""
    held = {
        one.address.casefold() for each in space.lists.values() if each.on_unknown == "hold" for one in each.recipients
    }
    return [one for one in people if one.address.casefold() not in held]


def rehearse(
    edition_id: str,
    lists: Sequence[str] | None = None,
    *,
    folder: Path,
    workspace: Path | Workspace | None = None,
) -> Rehearsal:
    """Write the messages an edition would go out as, and send none; say what keeps it from going out, if anything."""
    space = _space(workspace)
    sender = space.smtp.sender if space.smtp else "briefings@localhost.invalid"
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        job = _job(space, store, edition, sender)
        people = [one for name in _lists(space, edition, lists) for one in space.lists[name].recipients]
        written = deliver.write_eml(deliver.rehearse(job, people, at=_clock()), folder)
        try:
            deliver.guard(store, edition, job.pdf, people)
        except PolicyError as refusal:
            return Rehearsal(written, refusal)
    return Rehearsal(written)


def withdraw(edition_id: str, *, by: str, reason: str, workspace: Path | Workspace | None = None) -> Edition:
    """Put on record that an edition must not be sent any more. Raises UsageError without a name or a reason."""
    if not by.strip() or not reason.strip():
        raise UsageError("withdrawing an edition needs a name and a reason", fix="add --by NAME --reason TEXT")
    with Store.open(_space(workspace).store) as store:
        edition = store.edition(edition_id)
        deliver.withdraw(store, edition.id, by=by.strip(), reason=reason.strip(), at=_clock())
        return edition


def messages(*, workspace: Path | Workspace | None = None) -> tuple[Receipt, ...]:
    """Return what became of every message of the workspace."""
    with Store.open(_space(workspace).store) as store:
        return deliver.receipts(store)


def settle_message(
    message_id: str,
    decision: Literal["resend", "delivered"],
    *,
    by: str,
    workspace: Path | Workspace | None = None,
) -> Receipt:
    """Settle a message whose fate is unknown, on a person's word."""
    with Store.open(_space(workspace).store) as store:
        return deliver.resolve(store, message_id, decision, by=by, at=_clock())


def states(brief: str | None = None, *, workspace: Path | Workspace | None = None) -> tuple[State, ...]:
    """Return every edition with how far it has come, by brief, day and version."""
    space = _space(workspace)
    if brief is not None:
        space.brief(brief)
    with Store.open(space.store) as store:
        return tuple(_state(space, store, one) for one in store.editions(brief))


def _state(space: Workspace, store: Store, edition: Edition) -> State:
    approvals = store.approvals(edition.id)
    receipts = deliver.receipts(store, edition)
    sent = sum(one.state == "sent" for one in receipts)
    return State(
        edition=edition,
        state=_stage(store, edition, approved=bool(approvals), sent=sent > 0),
        approved_by=approvals[-1].by if approvals else "",
        sent=f"{sent}/{len(receipts)}" if receipts else "",
        pdf=space.reports / edition.folder / (REVIEWED if approvals else edition.pdf_name),
    )


def _stage(store: Store, edition: Edition, *, approved: bool, sent: bool) -> Stage:
    if deliver.withdrawn(store, edition.id):
        return "withdrawn"
    if deliver.replacement(store, edition) or (not approved and store.later_versions(edition)):
        return "superseded"
    if sent:
        return "sent"
    return "approved" if approved else "draft"


def _job(space: Workspace, store: Store, edition: Edition, sender: str) -> deliver.Job:
    """Return what is to be sent: the reviewed PDF where there is an approval, else the draft."""
    folder = space.reports / edition.folder
    approvals = store.approvals(edition.id)
    path = folder / (REVIEWED if approvals else edition.pdf_name)
    try:
        data = path.read_bytes()
    except OSError:
        raise _changed(path, edition) from None
    reviewer = approvals[-1].by if approvals else ""
    return deliver.Job(edition, data, summary(space, read_brief(folder), edition, data, reviewer), sender)


def summary(space: Workspace, brief: Brief, edition: Edition, printed: bytes, reviewer: str) -> Summary:
    """Return what the message says of its attachment. Raises RenderError or ContractError as `letters.written` does."""
    state = {"state": "reviewed", "reviewed_by": reviewer} if reviewer else {}
    brief = brief.model_copy(update={"masthead": brief.masthead.model_copy(update=state)})
    head, enclosed = brief.masthead, letters.Enclosed(attachment_name(edition), manifest.file_sha256(printed))
    theme = themes.load_theme(folders=[space.templates], layout=letters.LAYOUT)
    with pdf.Printer(limits=pdf.Limits(fill=space.limits.fill_seconds), prints=False) as printer:
        letter = letters.written(brief, enclosed, theme, printer=printer)
    return Summary(
        series=head.title,
        number=head.number,
        marking=head.marking,
        edition_id=edition.id,
        pdf_sha256=enclosed.sha256,
        language=head.language,
        text=letter.text,
        html=letter.html,
    )


def _lists(space: Workspace, edition: Edition, wanted: Sequence[str] | None) -> tuple[str, ...]:
    names = tuple(wanted) if wanted else space.brief(edition.brief).lists
    if not names:
        raise ConfigError(
            f"the brief {edition.brief!r} has no list to be sent to",
            where=str(space.file),
            fix=f'add lists = ["NAME"] to [briefs.{edition.brief}], or give --to NAME',
            code="NO_LIST",
        )
    for name in names:
        if name not in space.lists:
            raise UsageError(
                f"no list is named {name!r}{near(name, space.lists)}",
                where=str(space.file),
                fix=f"use one of: {', '.join(space.lists)}" if space.lists else f"add [lists.{name}] with recipients",
                code="UNKNOWN_LIST",
            )
        if not space.lists[name].recipients:
            raise ConfigError(
                f"the list {name!r} has no recipients",
                where=str(space.file),
                fix=f"name some under recipients of [lists.{name}]",
                code="EMPTY_LIST",
            )
    return names


def _smtp(space: Workspace) -> Smtp:
    if space.smtp is None:
        raise ConfigError(
            "no mail relay is set up",
            where=str(space.file),
            fix="add a [smtp] table with host, port, tls and sender; or try --dry-run DIR",
            code="NO_RELAY",
        )
    return space.smtp


def _space(workspace: Path | Workspace | None) -> Workspace:
    return workspace if isinstance(workspace, Workspace) else config.load(workspace)


def _clock() -> datetime:
    return datetime.now(UTC)
