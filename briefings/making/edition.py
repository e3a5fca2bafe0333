"""Makes editions: the production line from collected reports to a filed PDF.

`produce` names every step in order and does none of them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core import config
from ..core.settings import Workspace
from ..desks import opening, regions
from ..desks.gathering import DAYS_BACK
from ..errors import BriefingsError
from ..kernels import confine, kernels, reuse
from ..kernels.kernels import RunRecord
from ..model import Edition, Figure, Finding
from ..notebook import brief as briefs
from ..notebook import notebook
from ..notebook.brief import Brief
from ..proof import check
from ..sources import sources
from ..storage import filing, leases
from ..storage.store import Store
from ..storage.withdrawals import withdrawn
from . import manifest
from .ahead import ready_kernels
from .intake import gather
from .issuing import file, filed, files_of, maker, numbered, put_on_record, replaced, taken_back, told_again
from .planning import Plan, masthead, notebook_path, settle
from .press import mark_superseded, printer_for, stopping, theme_of
from .reissued import since_replaced
from .sheets import lay_out, print_out
from .steps import Step, silent

if TYPE_CHECKING:
    from ..desks.desk import Desk
    from ..layout.themes import Theme
    from ..sources.sources import CollectReport

NOTHING_COLLECTED = sources.CollectReport(new=0, known=0, incidents=0, errors=())
"""What comes of sources that are not read."""


@dataclass(frozen=True)
class Made:
    """What a run produced: the edition, what it says, and what was noticed on the way.

    `reused` are the notebooks that were not run; `unsteady` says of those that run every time why they do.
    """

    edition: Edition
    pdf: Path
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    problems: tuple[BriefingsError, ...]
    unchanged: bool
    reused: tuple[str, ...] = ()
    unsteady: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def exit_status(self) -> int:
        """Return 3 where a source failed or a check warned, else 0."""
        return 3 if self.problems or any(finding.level == "warn" for finding in self.findings) else 0

    @property
    def remarks(self) -> str:
        """Return in a line what was noticed: warnings, and sources that could not be read."""
        told = [finding.message for finding in self.findings if finding.level == "warn"]
        return "; ".join([*told, *(problem.what for problem in self.problems)])

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-ready data, for `--json`."""
        return {
            "schema": "briefings.make/v1",
            "edition": self.edition.model_dump(mode="json"),
            "pdf": str(self.pdf),
            "pdf_sha256": self.edition.pdf_sha256,
            "unchanged": self.unchanged,
            "reused": list(self.reused),
            "unsteady": {name: list(why) for name, why in self.unsteady.items()},
            "figures": [figure.model_dump(mode="json") for figure in self.figures],
            "findings": [finding.model_dump(mode="json") for finding in self.findings],
            "problems": [problem.as_dict() for problem in self.problems],
        }


def make(
    brief: str,
    parameters: Mapping[str, object] | None = None,
    *,
    workspace: Path | Workspace | None = None,
    now: datetime | None = None,
    collect: bool = True,
    fresh: bool = False,
    by: str = "",
    step: Step = silent,
) -> Made:
    """Make one brief and file it as an edition.

    `parameters` are those of the brief's type, as text or typed values. `now` (aware) stands for the moment
    of the run and decides what `today` means. `fresh` runs every notebook, though nothing has changed since it ran
    last. `by` goes on the record as who made it. Raises a BriefingsError; then nothing has been filed.
    """
    moment = now or datetime.now(UTC)
    plan = settle(brief, parameters or {}, workspace, now=moment)
    with Store.open(plan.workspace.store) as store:
        return produce(plan, store, now=moment, collect=collect, fresh=fresh, by=by, step=step)


def produce(
    plan: Plan, store: Store, *, now: datetime, collect: bool, step: Step, fresh: bool = False, by: str = ""
) -> Made:
    """Run the production line: every step is named here and done elsewhere.

    Reading happens as documents are collected; linking and reconciling whenever a desk is asked.
    """
    ready_kernels(plan.workspace, plan.type.notebooks)
    theme = theme_of(plan)
    findings = stopping(theme.findings)
    with printer_for(plan.workspace, theme) as printer:  # warms up while sources are read and notebooks run
        step("collect", "reading the sources of the workspace")
        collected = gather(plan.workspace, store, now=now) if collect else NOTHING_COLLECTED

        step("compose", f"running {len(plan.type.notebooks)} notebooks")
        desk = desk_for(plan)
        printer.require_ready()  # nobody waits for notebooks only to hear that nothing can be printed
        records = compose(plan, desk, fresh=fresh)

        step("assemble", "putting sections into their slots")
        draft = assemble(plan, desk, records)
        inputs = manifest.of(draft, desk, records, theme)
        issue = issued(plan, store, draft, desk, inputs)
        checked = stopping(check.check(issue.brief))
        findings += (*collected.noticed, *issue.findings, *heard(desk), *noticed(records), *checked)

        step("render", "laying out the page")
        sheets = lay_out(issue.brief, theme, inputs, desk, templates=plan.workspace.templates, printer=printer)

        step("print", "printing the PDF")
        printed = print_out(sheets, printer=printer)

    step("file", "filing the edition")
    files = files_of(sheets.brief, printed.beside, printed.pdf, sheets.attached, desk, records)
    left = put_on_record(plan, store, before=sheets.brief.masthead.version, now=now)
    author = maker(plan.workspace, by)
    edition = file(plan, store, sheets.brief, inputs, issue.latest, files, reused=reused(records), by=author, now=now)
    marked = supersede(plan, issue, edition, theme, step=step)
    findings += (*printed.findings, *left)
    return told(plan, issue, edition, desk, records, findings=findings, problems=(*collected.errors, *marked))


# ── the steps at the edges ──────────────────────────────────────────────────────────────────────────


def compose(plan: Plan, desk: Desk, *, fresh: bool = False) -> tuple[RunRecord, ...]:
    """Run the notebooks of the brief side by side; return what they left, in the order of the brief's type.

    One that comes to the same as before, since all it rests on is unchanged, is run again only if `fresh` is asked for.
    While it runs, and after a failure until the next run, the executed copies lie in `.briefings/runs`.
    """
    runs = plan.workspace.root / ".briefings" / "runs"
    folder = runs / f"{plan.settings.id}-{plan.day}-{os.getpid()}"
    with filing.clear_faults(folder):
        for former in runs.glob(f"{plan.settings.id}-{plan.day}-*"):
            if not leases.alive(former.name.rpartition("-")[2]):
                shutil.rmtree(former, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
    jobs = [job(plan, name, folder) for name in plan.type.notebooks]
    keep_going = plan.type.on_failure == "notice"
    space = plan.workspace
    records = kernels.run_all(
        jobs,
        workspace=space.root,
        limits=kernel_limits(space),
        keep_going=keep_going,
        keeper=reuse.Shelf(space.root / ".briefings" / "reuse", desk.view_sha256, fresh=fresh),
        warm=space.warm,
    )
    if not any(record.error for record in records):
        shutil.rmtree(folder, ignore_errors=True)
    return records


def kernel_limits(space: Workspace) -> confine.Limits:
    """Return what one notebook of the workspace may use."""
    limits = space.limits
    return confine.Limits(
        cell_seconds=limits.cell_seconds, run_seconds=limits.run_seconds, memory_bytes=limits.memory_mb << 20
    )


def job(plan: Plan, name: str, folder: Path) -> confine.Job:
    """Return the run of one notebook of the brief, its executed copy to be kept in `folder`."""
    return confine.Job(
        notebook=notebook_path(plan.workspace, name),
        parameters={"brief": plan.settings.id, **plan.parameters},
        out=folder / name,
    )


def assemble(plan: Plan, desk: Desk, records: Sequence[RunRecord]) -> Brief:
    """Put the sections of every notebook that ran to its end into their slots.

    Where brief.toml says `on_failure = "notice"`, required slots that a failed notebook left empty are notices.
    """
    ended = [record for record in records if record.error is None]
    harvested = [part for record in ended for part in notebook.harvest(record.nb, record.notebook)]
    failures = [record.notebook for record in records if record.error is not None]
    head = masthead(plan, desk.documents, {one.dataset for one in desk.incidents})
    return briefs.assemble(plan.type, harvested, head, parameters=plan.parameters, failures=failures)


@dataclass(frozen=True)
class Issue:
    """A brief under its number, the `latest` edition before it, if any, and whether that one was `withdrawn`."""

    brief: Brief
    latest: Edition | None
    withdrawn: bool
    findings: tuple[Finding, ...]


def issued(plan: Plan, store: Store, draft: Brief, desk: Desk, inputs: Mapping[str, Any]) -> Issue:
    """Give a brief the number it is issued under, and let it tell what reads otherwise than in what it replaces."""
    latest, sha256 = filed(plan, store), manifest.sha256(inputs)
    gone = withdrawn(store, latest.id) if latest else ""
    brief = numbered(draft, plan, latest, inputs_sha256=sha256, taken_back=taken_back(desk), withdrawn=bool(gone))
    brief = since_replaced(desk, brief, replaced(plan, brief))
    return Issue(brief, latest, bool(gone), told_again(latest, sha256, gone))


def heard(desk: Desk) -> tuple[Finding, ...]:
    """Say so where no document speaks of the region, or where reports at hand may and nobody can tell.

    Silence of the sources is not silence of the place.
    """
    found: list[Finding] = []
    if not desk.documents:
        message = f"no document on {desk.region.name} was published by {desk.as_of.isoformat()}"
        found.append(Finding(level="warn", code="NO_DOCUMENTS", message=message, where="sources"))
    if desk.elsewhere_only:
        found.append(regions.remark_elsewhere(desk.region, desk.elsewhere_only))
    if not regions.is_known(desk.region) and (desk.nowhere or not desk.region.places):
        found.append(regions.remark_unknown(desk.region, desk.nowhere, used=len(desk.documents)))
    return tuple(found)


def noticed(records: Sequence[RunRecord]) -> tuple[Finding, ...]:
    """Return what was noticed while notebooks ran; one that failed, and was let pass, is a warning."""
    failed = tuple(
        Finding(level="warn", code=record.error.error_code, message=str(record.error), where=record.notebook)
        for record in records
        if record.error is not None
    )
    return failed + tuple(finding for record in records for finding in record.findings)


def supersede(plan: Plan, issue: Issue, edition: Edition, theme: Theme, *, step: Step) -> tuple[BriefingsError, ...]:
    """Mark the edition whose place another takes, unless it was withdrawn and says so; return what went wrong."""
    latest = issue.latest
    if latest is None or edition.version <= latest.version or issue.withdrawn:
        return ()
    step("supersede", f"marking {latest.id} as superseded")
    return mark_superseded(plan.workspace, latest, edition.id, theme)


def reused(records: Sequence[RunRecord]) -> tuple[str, ...]:
    """Return the notebooks that were not run, since all they rest on is unchanged."""
    return tuple(record.notebook for record in records if record.reused)


def told(
    plan: Plan,
    issue: Issue,
    edition: Edition,
    desk: Desk,
    records: Sequence[RunRecord],
    *,
    findings: tuple[Finding, ...],
    problems: tuple[BriefingsError, ...],
) -> Made:
    """Return what came of a run: the edition, its figures, and what was noticed on the way."""
    return Made(
        edition=edition,
        pdf=plan.workspace.reports / edition.folder / edition.pdf_name,
        figures=(*desk.all_figures(), *desk.extents()),
        findings=findings,
        problems=problems,
        unchanged=edition == issue.latest,
        reused=reused(records),
        unsteady={one.notebook: why for one in records if (why := reuse.why_again(one))},
    )


# ── parts of the line, alone ────────────────────────────────────────────────────────────────────────


def collect(
    workspace: Path | Workspace | None = None, *, now: datetime | None = None, step: Step = silent
) -> CollectReport:
    """Read every source of the workspace into its store; what is known already changes nothing."""
    space = config.opened(workspace)
    step("collect", f"reading {len(space.sources)} sources")
    moment = now or datetime.now(UTC)
    with Store.open(space.store) as store:
        report = gather(space, store, now=moment)
        since = moment.date() - timedelta(days=DAYS_BACK)
        missed = ((one, opening.nowhere(store, space, one, since, moment)) for one in space.regions.values())
        unknown = [(one, found) for one, found in missed if not regions.is_known(one) and (found or not one.places)]
    return replace(report, unknown=tuple(regions.remark_unknown(one, found) for one, found in unknown))


def figures_of(
    brief: str,
    parameters: Mapping[str, object] | None = None,
    *,
    workspace: Path | Workspace | None = None,
    now: datetime | None = None,
) -> tuple[Plan, tuple[Figure, ...]]:
    """Return the reconciled figures of a brief, location counts last, without running its notebooks."""
    plan, desk = desk_of(brief, parameters, workspace=workspace, now=now)
    return plan, (*desk.all_figures(), *desk.extents())


def desk_of(
    brief: str,
    parameters: Mapping[str, object] | None = None,
    *,
    workspace: Path | Workspace | None = None,
    now: datetime | None = None,
) -> tuple[Plan, Desk]:
    """Collect, and return the desk the notebooks of a brief would work over."""
    moment = now or datetime.now(UTC)
    plan = settle(brief, parameters or {}, workspace, now=moment)
    with Store.open(plan.workspace.store) as store:
        gather(plan.workspace, store, now=moment)
    return plan, desk_for(plan)


def desk_for(plan: Plan) -> Desk:
    """Return the desk the notebooks of a planned brief work over."""
    return opening.desk(plan.settings.id, date=plan.day, days=plan.days, as_of=plan.as_of, workspace=plan.workspace)


def desk_of_edition(identifier: str, *, workspace: Path | Workspace | None = None) -> tuple[Edition, Desk, bool]:
    """Return an edition, its desk as it was known when it was filed, and whether that is the very desk it was made of.

    It is another one where the program has since changed how it reads or reconciles. Errors: UsageError
    `UNKNOWN_EDITION`.
    """
    space = config.opened(workspace)
    with Store.open(space.store) as store:
        edition, filed = store.edition(identifier), store.filed_at(identifier)
    desk = opening.desk(
        edition.brief,
        date=edition.date,
        days=edition.period.days,
        as_of=edition.as_of,
        recorded_by=filed,
        workspace=space,
    )
    inputs = manifest.inputs_in(space.reports / edition.folder)
    return edition, desk, inputs.get("desk") == desk.view_sha256
