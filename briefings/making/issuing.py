"""Issues editions: the number of each, whether it is an update or a correction, and its folder on disk."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.settings import Workspace
from ..errors import TemporaryError
from ..kernels.kernels import RunRecord
from ..layout import export
from ..model import Edition, Finding
from ..notebook.brief import Brief, Masthead
from ..reconciling.sayings import amends
from ..storage import filing
from ..storage.store import Store
from . import handouts, manifest
from .planning import Plan, edition_id
from .press import DRAFT, printed_in, shown_in, stem
from .reissued import SLOT

if TYPE_CHECKING:
    from ..desks.desk import Desk


@dataclass(frozen=True)
class Maker:
    """Who makes an edition; `named` is false where nobody said so, and the settings or the login stand in."""

    name: str
    named: bool = True


def maker(space: Workspace, by: str) -> Maker:
    """Return who makes an edition: the name given, else that of the workspace's settings, else the login."""
    if by.strip():
        return Maker(by.strip())
    return Maker(space.prepared_by.strip() or _login(), named=False)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in a container
        return "unknown"


def filed(plan: Plan, store: Store) -> Edition | None:
    """Return the latest edition of this brief and day, from the store or, should that be new, from its folder."""
    known = [edition for edition in store.editions(series=plan.series) if edition.date == plan.day]
    for folder in (plan.workspace.reports / plan.series).glob(f"{plan.day}-*"):
        edition = manifest.edition_in(folder)
        if edition is not None and edition.id not in {one.id for one in known}:
            known.append(edition)
    return max(known, key=lambda edition: edition.version, default=None)


def put_on_record(plan: Plan, store: Store, *, before: int, now: datetime) -> tuple[Finding, ...]:
    """Enter editions of this brief and day, of versions `before` another, that lie filed and are not in the store.

    Their runs were killed between the two. Tells of each; one that is not whole any more is not entered.
    """
    known = {one.id for one in store.editions(series=plan.series)}
    found = [manifest.edition_in(folder) for folder in (plan.workspace.reports / plan.series).glob(f"{plan.day}-*")]
    left = [one for one in found if one and one.id not in known and one.version < before and _in_place(plan, one)]
    return tuple(_entered(plan, store, one, now) for one in sorted(left, key=lambda one: one.version))


def _in_place(plan: Plan, edition: Edition) -> bool:
    return (edition.series, edition.folder) == (plan.series, f"{plan.series}/{plan.day}-{edition.version}")


def _entered(plan: Plan, store: Store, edition: Edition, now: datetime) -> Finding:
    if path := manifest.strayed(plan.workspace.reports / edition.folder, edition):
        message = (
            f"{edition.id} is not on record, and cannot be put there: it is not as it was filed; restore the folder "
            "from a backup and make the brief again, or move it out of the reports: nothing of it was sent"
        )
        return Finding(level="warn", code="EDITION_LOST", message=message, where=str(path))
    by = maker(plan.workspace, "")
    store.add_edition(edition, at=now, by=by.name, named=by.named)
    message = f"{edition.id} was filed by a run that ended before it was on record; it is on record now"
    return Finding(level="note", code="EDITION_ENTERED", message=message, where=edition.id)


def taken_back(desk: Desk) -> dict[str, str]:
    """Return the claims that reports no longer make, that an office calls wrong, or that people took back.

    With each stands the document that corrects it, or nothing where it is no document that does.
    """
    later = ((key, desk.claim(now)) for key, now in desk.superseded.items())
    corrected = {key: now.document_id for key, now in later if amends(now)}
    return {one.id: "" for one in (*desk.weighed.unsaid, *desk.withdrawn)} | corrected


def replaced(plan: Plan, brief: Brief) -> Brief | None:
    """Return the version whose place a brief takes, as its folder keeps it."""
    version = brief.masthead.version
    return printed_in(_folder(plan, version - 1)) if version > 1 else None


def _folder(plan: Plan, version: int) -> Path:
    return plan.workspace.reports / plan.series / f"{plan.day}-{version}"


def numbered(
    draft: Brief,
    plan: Plan,
    latest: Edition | None,
    *,
    inputs_sha256: str,
    taken_back: Mapping[str, str],
    withdrawn: bool = False,
) -> Brief:
    """Give the brief its version: the latest one's if nothing that goes into it has changed, else the next.

    After one that was `withdrawn` it is the next in any case, for that number never goes out again. One that takes back
    what the version before printed is a correction of it, any other an update: so is one that only tells again what the
    version before took back already.
    """
    if latest is None:
        return draft
    same = latest.inputs_sha256 == inputs_sha256 and not withdrawn
    version = latest.version if same else latest.version + 1
    head = draft.masthead.model_copy(
        update={
            "version": version,
            "edition_id": edition_id(plan, version),
            "supersedes": edition_id(plan, version - 1) if version > 1 else None,
        }
    )
    if version > 1:
        before = printed_in(_folder(plan, version - 1))
        corrected = before is not None and corrects(before, taken_back)
        head = head.model_copy(update={"issue": "correction" if corrected else "update"})
    return draft.model_copy(update={"masthead": head})


def told_again(latest: Edition | None, inputs_sha256: str, withdrawn: str) -> tuple[Finding, ...]:
    """Warn of a version that says what the one before it said, though that was withdrawn, and for which reason."""
    if latest is None or not withdrawn or latest.inputs_sha256 != inputs_sha256:
        return ()
    message = f"this version says what {latest.id} said, and that was withdrawn: {withdrawn}"
    return (Finding(level="warn", code="WITHDRAWN_AGAIN", message=message, where=latest.id),)


def corrects(before: Brief, taken_back: Mapping[str, str]) -> bool:
    """Say whether a claim the version before told of was taken back by what that version did not know."""
    told = {claim.id for section in before.sections if section.slot != SLOT for claim in section.claims}
    known = {one.document for section in before.sections for one in section.documents}
    return any(key in told and by not in known for key, by in taken_back.items())


def file(
    plan: Plan,
    store: Store,
    brief: Brief,
    inputs: Mapping[str, Any],
    latest: Edition | None,
    files: Mapping[str, bytes],
    *,
    reused: Sequence[str] = (),
    by: Maker,
    now: datetime,
) -> Edition:
    """Put the edition on disk whole, then into the store; the same brief once more is the edition there is.

    `reused` names the notebooks that were not run for it; `by` goes on the record as who made it.
    """
    edition = _edition(plan, brief.masthead, inputs, files)
    folder = plan.workspace.reports / edition.folder
    if latest is not None and latest.id == edition.id:
        _require_reproduced(plan, latest, edition)
        edition = latest
    told = manifest.reused_in(folder) if folder.exists() else reused  # it tells of the run that filed the edition
    whole = {**files, manifest.NAME: manifest.text(edition, inputs, files, reused=told)}
    shown = manifest.shown_name(edition)
    with store.alone(edition.id):  # another machine may be at the same edition at the same moment
        _require_own(folder, edition)
        if not filing.complete(folder):
            filing.file_folder(folder, whole, names={shown: DRAFT})
        else:
            if manifest.strayed(folder, edition):
                mend(folder, whole)
            filing.name_again(shown_in(folder), shown)
        store.add_edition(edition, at=now, by=by.name, named=by.named)
    return edition


def _edition(plan: Plan, head: Masthead, inputs: Mapping[str, Any], files: Mapping[str, bytes]) -> Edition:
    return Edition(
        id=head.edition_id,
        brief=plan.settings.id,
        date=plan.day,
        version=head.version,
        title=head.title,
        marking=head.marking,
        as_of=head.as_of,
        period=head.period,
        folder=f"{plan.series}/{plan.day}-{head.version}",
        pdf_name=DRAFT,
        pdf_sha256=manifest.file_sha256(files[DRAFT]),
        inputs_sha256=manifest.sha256(inputs),
        contents_sha256=manifest.contents_sha256(files),
    )


def _require_reproduced(plan: Plan, latest: Edition, made: Edition) -> None:
    """Refuse to put other files in the place of those of the same edition, filed before from the same inputs."""
    changed = latest.contents_sha256 not in ("", made.contents_sha256)
    damaged = manifest.strayed(plan.workspace.reports / latest.folder, latest) is not None
    if latest.pdf_sha256 != made.pdf_sha256 or (changed and damaged):
        raise TemporaryError(
            "the same inputs were printed to other bytes than before",
            where=made.id,
            why="a system library that lays out or draws the page has changed since",
            fix=f"make the brief with a new as_of, or remove {plan.workspace.reports / made.folder}",
            code="NOT_REPRODUCED",
        )


def _require_own(folder: Path, edition: Edition) -> None:
    """Refuse to file where another edition of that number was filed since the number was given."""
    held = manifest.edition_in(folder)
    if held is not None and (held.inputs_sha256, held.pdf_sha256) != (edition.inputs_sha256, edition.pdf_sha256):
        raise TemporaryError(
            "another run filed this edition at the same moment", where=str(folder), fix="run the command again",
            code="FILED_MEANWHILE",
        )  # fmt: skip


def mend(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put back every file of a filed edition that is missing or no longer what was filed."""
    for name, data in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            filing.replace_file(path, data)


def files_of(
    brief: Brief,
    beside: handouts.Handouts,
    printed: bytes,
    attached: Mapping[str, bytes],
    desk: Desk,
    records: Sequence[RunRecord],
) -> dict[str, bytes]:
    """Return every file of the edition but the manifest, by name."""
    notebooks = {f"notebooks/{record.notebook}": record.kept for record in records}
    return {
        DRAFT: printed,
        **beside.files(stem(DRAFT)),
        "sections.json": sections_file(brief),
        "claims.csv": export.claims_csv((*desk.claims, *desk.weighed.aside), desk.weighed.verdicts),
        **attached,
        **notebooks,
    }


def sections_file(brief: Brief) -> bytes:
    """Return a brief as the file of its edition keeps it."""
    whole = brief.model_dump(mode="json")
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True, default=_plain).encode()


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json")
