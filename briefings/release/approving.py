"""Approves editions: a person has read the PDF, and releases it.

An approval is bound to bytes twice over: to the draft that was read, and to the same pages printed as reviewed,
which alone are sent. A standing approval is a person's word given beforehand; pages that go out under it say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from ..core import config
from ..core.settings import Workspace
from ..core.states import Act, require, require_other_eyes, same_person, stage_after
from ..errors import PolicyError, UsageError
from ..layout import themes
from ..making import handouts, manifest
from ..making.press import enclosed_in, keep, released_name, reprint, theme_in
from ..model import Approval, Edition
from ..notebook.brief import Brief
from ..storage.store import Store
from ..storage.withdrawals import withdrawn
from . import lifecycle


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
    disk, superseded, withdrawn, approved already by somebody else, or where its templates have changed since; and,
    under `four_eyes`, where whoever approves had a hand in it (`FOUR_EYES`).
    """
    if not by.strip():
        raise UsageError("an approval needs the name of the person who gives it", fix="add --by NAME")
    space, moment = config.opened(workspace), now or datetime.now(UTC)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        if given := _given(space, store, edition, by):
            return given
        act = Act(deed="approve", by=by.strip(), at=moment, why=note)
        head = {"state": "reviewed", "reviewed_by": act.by}
        bound = _printed(space, store, edition, act, head, standing=False)
        with store.alone(edition.id):  # it may have been withdrawn, or taken over, while it was printed
            return _released_as(space, store, bound, act)


def stand_for(
    edition_id: str, *, workspace: Path | Workspace | None = None, now: datetime | None = None
) -> tuple[Approval, Path] | None:
    """Release an edition that nobody has read, under the standing approval of its brief.

    Returns nothing where the brief has none, or where somebody has asked for the edition to be read. Its every page
    says that no person has reviewed it. Raises PolicyError `STANDING_EXPIRED` where the approval has
    run out, and otherwise as `approve` does.
    """
    space, moment = config.opened(workspace), now or datetime.now(UTC)
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        standing = space.brief(edition.brief).standing_approval
        if standing is None:
            return None
        given = store.approvals(edition.id)
        if given and _digest(_released(space, edition, given)) == given[-1].pdf_sha256:
            return given[-1], _released(space, edition, given)
        if _to_be_read(store, edition):
            return None
        require_standing(space, edition, moment)
        act = Act(deed="approve", by=standing.by, at=moment, why=f"standing approval: {standing.reason}")
        head = {"state": "unattended", "released_by": standing.by}
        bound = _printed(space, store, edition, act, head, standing=True)
        with store.alone(edition.id):
            if _to_be_read(store, edition):  # it was submitted while it was printed
                return None
            return _released_as(space, store, bound, act)


def require_standing(space: Workspace, edition: Edition, at: datetime) -> None:
    """Refuse what goes out unread once its brief has no standing approval any more, or one that has run out."""
    settings = space.brief(edition.brief)
    standing = settings.standing_approval
    if standing is not None and standing.in_force(at.astimezone(space.region(edition.brief).zone).date()):
        return
    ended = f"ended with {standing.until}" if standing else "is there no more"
    raise PolicyError(
        f"{edition.id} was read by nobody, and the standing approval of its brief {ended}",
        where=f"[briefs.{settings.id}] of {space.file}",
        fix="make the brief again and have a person approve it, or have standing_approval given anew",
        code="STANDING_EXPIRED",
    )


def _to_be_read(store: Store, edition: Edition) -> bool:
    """Say whether somebody has asked for an edition to be read, and nobody has since."""
    return stage_after(lifecycle.acts_of(store, edition)) == "in review"


def _given(space: Workspace, store: Store, edition: Edition, by: str) -> tuple[Approval, Path] | None:
    """Return the approval that the same person has given before. Raises PolicyError for that of another."""
    given = store.approvals(edition.id)
    if not given or _digest(_released(space, edition, given)) != given[-1].pdf_sha256:
        return None
    if same_person(given[-1].by, by) and not given[-1].standing:
        return given[-1], _released(space, edition, given)
    raise PolicyError(
        f"{edition.id} is approved already, by {given[-1].by}" + (", unread" if given[-1].standing else ""),
        where=edition.id,
        fix="send it, or make the brief again and approve its next version",
        code="ALREADY_APPROVED",
    )


def _released(space: Workspace, edition: Edition, given: Sequence[Approval]) -> Path:
    return space.reports / edition.folder / released_name(edition, given)


@dataclass(frozen=True)
class _Bound:
    """A print of an edition under the head it is to go out with, what stands beside it, and the word given for it."""

    edition: Edition
    approval: Approval
    printed: bytes
    beside: handouts.Handouts


def _printed(
    space: Workspace, store: Store, edition: Edition, act: Act, head: Mapping[str, str], *, standing: bool
) -> _Bound:
    """Print the sections of a draft under the head it is to go out with, and bind an approval to those bytes."""
    folder = space.reports / edition.folder
    _require_releasable(space, store, edition, act)
    require_untouched(folder, edition)
    draft = read_brief(folder)
    theme = _same_theme(space, edition)
    brief = draft.model_copy(update={"masthead": draft.masthead.model_copy(update=head)})
    printed, beside, _ = reprint(space, brief, theme, enclosed_in(folder))
    approval = Approval(
        edition_id=edition.id,
        pdf_sha256=manifest.file_sha256(printed),
        by=act.by,
        at=act.at,
        note=act.why,
        standing=standing,
    )
    return _Bound(edition, approval, printed, beside)


def _released_as(space: Workspace, store: Store, bound: _Bound, act: Act) -> tuple[Approval, Path]:
    """Release what was printed, if it still may be: keep it, and put the approval on record."""
    edition, approval = bound.edition, bound.approval
    _require_releasable(space, store, edition, act)
    folder = space.reports / edition.folder
    path = keep(folder, released_name(edition, [approval]), bound.printed, bound.beside, edition)
    store.add_approval(approval)
    lifecycle.note_superseded(store, edition, approval)
    return approval, path


def _require_releasable(space: Workspace, store: Store, edition: Edition, act: Act) -> None:
    """Refuse an edition that is no draft any more, or, under four eyes, somebody who had a hand in it."""
    require_latest(store, edition)
    acts = lifecycle.acts_of(store, edition)
    stage = stage_after(acts)
    if stage != "approved":  # whose print was lost or changed is approved anew
        require(edition.id, stage, act)
    if space.four_eyes_on(edition.brief):
        require_other_eyes(edition.id, act.by, acts, lifecycle.correctors(space, edition))


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


def _same_theme(space: Workspace, edition: Edition) -> themes.Theme:
    theme = theme_in(space, edition)
    if manifest.page_sha256(theme) != manifest.inputs_in(space.reports / edition.folder).get("page"):
        raise PolicyError(
            "the page has changed since the edition was made",
            where=f"{space.templates}, or [page] of {space.file}",
            why="what you would approve is not what you have read",
            fix="make the brief again, read it, and approve the new edition",
            code="TEMPLATES_CHANGED",
        )
    return theme


def require_latest(store: Store, edition: Edition) -> None:
    """Refuse an edition of whose issue there is a later version, were it only a draft."""
    if newer := store.later_versions(edition):
        raise PolicyError(
            f"{edition.id} is superseded by {newer[-1].id}",
            where=edition.id,
            fix="make the brief again, and read and approve what comes: that one was withdrawn"
            if withdrawn(store, newer[-1].id)
            else f"read and approve {newer[-1].id}",
            code="SUPERSEDED",
        )


def require_untouched(folder: Path, edition: Edition) -> None:
    """Refuse an edition any of whose files is not as it was filed."""
    if path := manifest.strayed(folder, edition):
        raise changed(path, edition)


def changed(path: Path, edition: Edition) -> PolicyError:
    """Return the error for a file of an edition that is missing or not as it was filed."""
    return PolicyError(
        f"{edition.id} is not as it was filed",
        where=str(path),
        why="the file is missing, or its digest is not the one on record",
        fix=f"restore the file, or make the brief {edition.brief!r} again",
        code="EDITION_CHANGED",
    )


def _digest(path: Path) -> str:
    try:
        return manifest.file_sha256(path.read_bytes())
    except OSError:
        return ""
