"""Lowers the marking of an edition on the word of two people: one asks with a reason, another agrees.

The lowered edition is the next version of its issue, with the same sections, a draft to be read and approved like any
other; the stricter one stays as it was filed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..core import config
from ..core.clearance import exceeds, marking_named
from ..core.settings import Workspace
from ..core.states import same_person
from ..delivery.deliver import require_not_withdrawn
from ..errors import BriefingsError, PolicyError, UsageError
from ..making import manifest
from ..making.issuing import sections_file
from ..making.press import DRAFT, enclosed_in, mark_superseded, reprint, stem, theme_in
from ..model import Edition, Marking, digest
from ..notebook.brief import Brief, Masthead
from ..sections import canonical
from ..storage import filing
from ..storage.store import Store
from .approving import read_brief, require_latest, require_untouched

_ASKED, _AGREED = "lowering asked", "lowering agreed"


@dataclass(frozen=True)
class Lowered:
    """What became of a wish to lower a marking: asked for by one, or agreed to by another, and then the edition."""

    asked_by: str
    marking: Marking
    edition: Edition | None = None
    pdf: Path | None = None
    problems: tuple[BriefingsError, ...] = ()


def lower(
    edition_id: str,
    marking: str,
    *,
    by: str,
    reason: str = "",
    workspace: Path | Workspace | None = None,
    now: datetime | None = None,
) -> Lowered:
    """Ask that the marking of an edition be lowered, or agree to what another person has asked for.

    Raises UsageError without a name, or a reason where nobody asked yet, and for what is no lower marking; PolicyError
    `SECOND_PERSON` where the same person asks and agrees, and for an edition that is not the latest of its issue, was
    withdrawn, or was changed on disk.
    """
    space, at = config.opened(workspace), now or datetime.now(UTC)
    if not by.strip():
        raise UsageError("to lower a marking takes the name of a person", fix="add --by NAME")
    with Store.open(space.store) as store:
        edition = store.edition(edition_id)
        wanted = _lower_marking(edition, marking)
        _require_current(store, edition)
        asked_by = _asked_by(store, edition, wanted)
        if not asked_by:
            return _ask(store, edition, wanted, by.strip(), reason.strip(), at)
        if same_person(asked_by, by):
            raise PolicyError(
                f"{asked_by} has asked for {wanted} already, and a second person has to agree",
                where=edition.id,
                why="nobody lowers a marking alone",
                fix=f"have another person run: briefings lower {edition.id} {wanted} --by NAME",
                code="SECOND_PERSON",
            )
        require_untouched(space.reports / edition.folder, edition)
        made, problems = _lowered(space, store, edition, wanted, asked_by, by.strip(), at)
    return Lowered(asked_by, wanted, made, space.reports / made.folder / made.pdf_name, problems)


def _require_current(store: Store, edition: Edition) -> None:
    """Refuse an edition that was taken back, whose words would come out anew as a draft, or that has a successor."""
    require_not_withdrawn(store, edition)
    require_latest(store, edition)


def _lower_marking(edition: Edition, text: str) -> Marking:
    try:
        wanted = marking_named(text)
    except ValueError as fault:
        raise UsageError(str(fault), fix="give the marking the edition is to have", code="MARKING_NAME") from None
    if not exceeds(edition.marking, wanted):
        raise UsageError(
            f"{wanted} is no lower than {edition.marking}, the marking of {edition.id}",
            fix="to raise a marking, set it for the brief or the source in briefings.toml and make the brief again",
            code="MARKING_NAME",
        )
    return wanted


def _asked_by(store: Store, edition: Edition, wanted: Marking) -> str:
    """Return who was the last to ask for a marking of an edition, if what they asked for is this."""
    asked = [one for one in store.audit() if one.subject == edition.id and one.action == _ASKED]
    return asked[-1].actor if asked and asked[-1].detail.startswith(f"{wanted}: ") else ""


def _ask(store: Store, edition: Edition, wanted: Marking, by: str, reason: str, at: datetime) -> Lowered:
    if not reason:
        raise UsageError("to ask for a lower marking takes a reason", where=edition.id, fix="add --reason TEXT")
    store.add_audit(_ASKED, edition.id, actor=by, at=at, detail=f"{wanted}: {reason}")
    return Lowered(by, wanted)


def _lowered(
    space: Workspace, store: Store, edition: Edition, wanted: Marking, asked_by: str, by: str, at: datetime
) -> tuple[Edition, tuple[BriefingsError, ...]]:
    """File the next version of an issue, which differs in its marking alone, and mark the one before as superseded."""
    folder, theme = space.reports / edition.folder, theme_in(space, edition)
    draft = read_brief(folder)
    brief = draft.model_copy(update={"masthead": _head(draft.masthead, edition, wanted)})
    inputs = _inputs(folder, brief, edition)
    enclosed = {**enclosed_in(folder), "inputs.json": manifest.as_file(inputs)}
    printed, beside, _ = reprint(space, brief, theme, enclosed)
    files = {**_files(folder), **enclosed, **beside.files(stem(DRAFT)), "sections.json": sections_file(brief)}
    files[DRAFT] = printed
    made = _edition(edition, brief, files, inputs)
    target = space.reports / made.folder
    with store.alone(made.id):
        _require_current(store, edition)  # nobody has made another, or taken this one back, meanwhile
        text = manifest.text(made, inputs, files, reused=manifest.reused_in(folder))
        filing.file_folder(target, {**files, manifest.NAME: text}, names={manifest.shown_name(made): DRAFT})
        store.add_edition(made, at=at, by=asked_by)
        store.add_audit(_AGREED, edition.id, actor=by, at=at, detail=f"{wanted}: {made.id}")
    return made, mark_superseded(space, edition, made.id, theme)


def _head(head: Masthead, edition: Edition, wanted: Marking) -> Masthead:
    version = edition.version + 1
    said = {"marking": wanted, "version": version, "supersedes": edition.id, "issue": "update"}
    return head.model_copy(update={**said, "edition_id": f"{edition.series}-{edition.date}-{version}"})


def _inputs(folder: Path, brief: Brief, edition: Edition) -> dict[str, Any]:
    """Return what went in: what went into the stricter edition, and that this one was made of it."""
    inputs = manifest.inputs_in(folder)
    return {
        **inputs,
        "brief": {**inputs["brief"], "marking": brief.masthead.marking},
        "masthead": digest(canonical(brief.masthead.model_dump(mode="json"))),
        "lowered": {"edition": edition.id, "marking": edition.marking},
    }


def _files(folder: Path) -> dict[str, bytes]:
    """Return the files of a filed edition that its manifest names."""
    names = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))["files"]
    return {name: (folder / name).read_bytes() for name in names}


def _edition(edition: Edition, brief: Brief, files: dict[str, bytes], inputs: dict[str, Any]) -> Edition:
    head = brief.masthead
    return edition.model_copy(
        update={
            "id": head.edition_id,
            "version": head.version,
            "marking": head.marking,
            "folder": f"{edition.series}/{edition.date}-{head.version}",
            "pdf_name": DRAFT,
            "pdf_sha256": manifest.file_sha256(files[DRAFT]),
            "inputs_sha256": manifest.sha256(inputs),
            "contents_sha256": manifest.contents_sha256(files),
        }
    )
