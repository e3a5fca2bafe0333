"""Approves editions: a person has read the PDF, and releases it.

An approval is bound to bytes twice over: to the draft that was read, and to the same pages printed as reviewed,
which alone are sent.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from . import check, config, handouts, locks, manifest, themes
from .brief import Brief
from .config import Workspace
from .errors import PolicyError, UsageError
from .filing import name_again, replace_file
from .model import Approval, Edition
from .pdf import Attachment
from .press import REVIEWED, printer_for, printing, proofed, stem, stopping
from .store import Store


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
    space, moment = config.opened(workspace), now or datetime.now(UTC)
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
        raise changed(folder / edition.pdf_name, edition)
    try:
        files = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise changed(folder / manifest.NAME, edition) from None
    for name, sha256 in files.items():
        if _digest(folder / name) != sha256:
            raise changed(folder / name, edition)


def changed(path: Path, edition: Edition) -> PolicyError:
    """Return the error for a file of an edition that is missing or not as it was filed."""
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
