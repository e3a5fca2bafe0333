"""Makes editions: the production line from collected reports to a filed PDF.

`produce` names every step in order and does none of them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import brief as briefs
from . import (
    check,
    config,
    desks,
    export,
    extract,
    filing,
    fitting,
    handouts,
    kernels,
    locks,
    manifest,
    notebook,
    pdf,
    proofing,
    render,
    seals,
    sources,
)
from .annex import annex
from .brief import Brief, BriefType, Masthead
from .config import BriefConfig, Region, Workspace
from .errors import BriefingsError, ContractError, ParameterError, TemporaryError
from .kernels import RunRecord
from .languages import language
from .model import Document, Edition, Figure, Finding, Window, strictest
from .scaffold import shipped
from .store import Store

if TYPE_CHECKING:
    from .desks import Desk
    from .sources import CollectReport

DRAFT, REVIEWED, SUPERSEDED = "brief.pdf", "brief-reviewed.pdf", "brief-superseded.pdf"

Step = Callable[[str, str], None]
"""Told of each step as it begins: its name and one line about it."""


def stem(name: str) -> str:
    """Return the name of a PDF without its ending: what stands beside it is called the same."""
    return name.removesuffix(".pdf")


def silent(name: str, about: str) -> None:
    """Say nothing: the listener of a run nobody watches."""


@dataclass(frozen=True)
class Plan:
    """What is to be made, settled before anything runs."""

    workspace: Workspace
    settings: BriefConfig
    region: Region
    type: BriefType
    parameters: Mapping[str, Any]
    day: date
    as_of: datetime

    @property
    def period(self) -> Window:
        """Return the days the brief reports on."""
        return Window(start=self.day - timedelta(days=self.days - 1), end=self.day)

    @property
    def days(self) -> int:
        """Return how many days the brief reports on, the last of them its own."""
        return int(self.parameters.get("days") or 1)

    @property
    def language(self) -> str:
        """Return the language of the page, as a code."""
        return self.parameters.get("language") or self.settings.language


@dataclass(frozen=True)
class Made:
    """What a run produced: the edition, what it says, and what was noticed on the way."""

    edition: Edition
    pdf: Path
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    problems: tuple[BriefingsError, ...]
    unchanged: bool

    @property
    def exit_status(self) -> int:
        """Return 3 where a source failed or a check warned, else 0."""
        return 3 if self.problems or any(finding.level == "warn" for finding in self.findings) else 0

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-ready data, for `--json`."""
        return {
            "schema": "briefings.make/v1",
            "edition": self.edition.model_dump(mode="json"),
            "pdf": str(self.pdf),
            "pdf_sha256": self.edition.pdf_sha256,
            "unchanged": self.unchanged,
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
    step: Step = silent,
) -> Made:
    """Make one brief and file it as an edition.

    `parameters` are those of the brief's type, as text or typed values. `now` (aware) stands for the moment
    of the run and decides what `today` means. Raises a BriefingsError; then nothing has been filed.
    """
    moment = now or datetime.now(UTC)
    plan = settle(brief, parameters or {}, workspace, now=moment)
    with Store.open(plan.workspace.store) as store:
        return produce(plan, store, now=moment, collect=collect, step=step)


def produce(plan: Plan, store: Store, *, now: datetime, collect: bool, step: Step) -> Made:
    """Run the production line: every step is named here and done elsewhere.

    Reading happens as documents are collected; linking and reconciling whenever a desk is asked.
    """
    theme = theme_of(plan)
    with printer_for(plan.workspace, theme) as printer:  # warms up while sources are read and notebooks run
        step("collect", "reading the sources of the workspace")
        problems: tuple[BriefingsError, ...] = tuple(gather(plan.workspace, store, now=now).errors) if collect else ()

        step("compose", f"running {len(plan.type.notebooks)} notebooks")
        desk = desk_for(plan)
        printer.require_ready()  # nobody waits for notebooks only to hear that nothing can be printed
        records = compose(plan)

        step("assemble", "putting sections into their slots")
        draft = assemble(plan, desk, records)
        inputs = manifest.of(draft, desk, records, theme)
        latest = filed(plan, store)
        brief = numbered(draft, plan, latest, inputs_sha256=manifest.sha256(inputs), taken_back=taken_back(desk))
        findings = theme.findings + heard(desk) + noticed(records) + stopping(check.check(brief))

        step("render", "laying out the page")
        whole = brief
        brief, html = laid_out(whole, theme, printer=printer)
        findings += stopping(check.lock_html(html, brief))
        screen = handouts.on_screen(theme, [plan.workspace.templates])
        beside = handouts.made(brief, screen, printer=printer)
        findings += stopping(beside.findings)

        step("print", "printing the PDF")
        attached = manifest.attachments(inputs, desk)
        attached |= {fitting.ANNEX: annex(whole)} if brief != whole else {}
        printed = print_brief(brief, html, manifest.attached(attached), printer=printer)
        findings += proofed(printed, html, brief, attached=manifest.attached(attached))
        findings += stopping(check.check_pages(brief, pdf.pages(printed)))

    step("file", "filing the edition")
    edition = file(
        plan, store, brief, inputs, latest, _contents(brief, beside, printed, attached, desk, records), now=now
    )
    if latest is not None and edition.version > latest.version:
        step("supersede", f"marking {latest.id} as superseded")
        problems = (*problems, *mark_superseded(plan.workspace, latest, edition.id, theme))
    return Made(
        edition=edition,
        pdf=plan.workspace.reports / edition.folder / edition.pdf_name,
        figures=(*desk.all_figures(), *desk.extents()),
        findings=findings,
        problems=tuple(problems),
        unchanged=edition == latest,
    )


# ── before anything runs ────────────────────────────────────────────────────────────────────────────


def settle(brief: str, parameters: Mapping[str, object], workspace: Path | Workspace | None, *, now: datetime) -> Plan:
    """Settle what is to be made: settings, brief type, checked parameters, day and as-of.

    The day's own brief is as of `now`; one for an earlier day is as of the end of that day, local time.
    Raises ConfigError, UsageError or ParameterError.
    """
    space = workspace if isinstance(workspace, Workspace) else config.load(workspace)
    settings, region = space.brief(brief), space.region(brief)
    today = now.astimezone(region.zone).date()
    kind = briefs.load_type(type_folder(space, settings.type))
    values = briefs.resolve(kind, {**settings.parameters, **parameters}, today=today)
    day = date.fromisoformat(values["date"])
    if values.get("as_of"):
        as_of = datetime.fromisoformat(values["as_of"])
        as_of = as_of if as_of.tzinfo else as_of.replace(tzinfo=region.zone)
    else:
        end = datetime.combine(day, time(23, 59), region.zone)
        as_of = min(end, now.astimezone(region.zone).replace(second=0, microsecond=0)) if day == today else end
    _require_past(day, today, as_of, now)
    values["as_of"] = as_of.isoformat()
    if "language" in values:
        values["language"] = language(values["language"] or settings.language).tag
    return Plan(space, settings, region, kind, values, day, as_of)


def _require_past(day: date, today: date, as_of: datetime, now: datetime) -> None:
    """Refuse a brief of what has not happened: its silence would read as news."""
    if day > today or as_of > now:
        what = f"date {day} has not come" if day > today else f"as_of {as_of.isoformat()} has not come"
        raise ParameterError(
            what, why=f"it is {today} where the brief is about", fix="name a day or an instant before now"
        )


def type_folder(space: Workspace, kind: str) -> Path:
    """Return the folder of a brief type: the workspace's own, else the shipped one."""
    own = space.templates / kind
    return own if own.is_dir() else shipped("templates") / kind


def notebook_path(space: Workspace, name: str) -> Path:
    """Return the place of a notebook: in the workspace's own folder, or the shipped one where it has none."""
    return (space.notebooks if space.notebooks.is_dir() else shipped("notebooks")) / name


def masthead(plan: Plan, documents: Iterable[Document]) -> Masthead:
    """Return the head of page one, before the edition has its version.

    Issues are numbered by the calendar, from the first day of the series, so that a reissue keeps its number; one of
    several days counts in stretches as long as its own.
    The marking is the strictest of the brief's own and those of the documents it rests on (TLP 2.0, STIX).
    """
    settings, starts = plan.settings, plan.settings.starts
    following = datetime.combine(plan.day + timedelta(days=plan.days), settings.issue_at, plan.region.zone)
    return Masthead(
        series=plan.type.title,
        title=settings.title,
        kind=plan.type.name,
        number=(plan.day - starts).days // plan.days + 1 if starts and plan.day >= starts else None,
        edition_id=edition_id(plan, 1),
        marking=strictest([settings.marking, *(document.marking for document in documents)]),
        as_of=plan.as_of,
        timezone=plan.region.timezone,
        region=plan.region.name,
        period=plan.period,
        language=plan.language,
        next_issue=following,
        prepared_by=plan.workspace.prepared_by,
    )


def edition_id(plan: Plan, version: int) -> str:
    """Return the name of an edition, such as `coast-2031-03-05-1`."""
    return f"{plan.settings.id}-{plan.day}-{version}"


# ── the steps at the edges ──────────────────────────────────────────────────────────────────────────


def gather(space: Workspace, store: Store, *, now: datetime) -> CollectReport:
    """Collect and read every source of the workspace; one that fails is reported and the others come in."""
    return sources.collect(
        store, space.sources.values(), base=space.root, at=now, read=extract.read_document, extractor=extract.EXTRACTOR
    )


def compose(plan: Plan, names: Sequence[str] | None = None) -> tuple[RunRecord, ...]:
    """Run the notebooks of the brief, or those named, side by side; return what they left in that order.

    While it runs, and after a failure until the next run, the executed copies lie in `.briefings/runs`.
    """
    runs = plan.workspace.root / ".briefings" / "runs"
    folder = runs / f"{plan.settings.id}-{plan.day}-{os.getpid()}"
    with filing.clear_faults(folder):
        for former in runs.glob(f"{plan.settings.id}-{plan.day}-*"):
            if not filing.alive(former.name.rpartition("-")[2]):
                shutil.rmtree(former, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
    jobs = [job(plan, name, folder) for name in (plan.type.notebooks if names is None else names)]
    keep_going = plan.type.on_failure == "notice"
    limits = kernel_limits(plan.workspace)
    records = kernels.run_all(jobs, workspace=plan.workspace.root, limits=limits, keep_going=keep_going)
    if not any(record.error for record in records):
        shutil.rmtree(folder, ignore_errors=True)
    return records


def kernel_limits(space: Workspace) -> kernels.Limits:
    """Return what one notebook of the workspace may use."""
    limits = space.limits
    return kernels.Limits(
        cell_seconds=limits.cell_seconds, run_seconds=limits.run_seconds, memory_bytes=limits.memory_mb << 20
    )


def theme_of(plan: Plan) -> render.Theme:
    """Return the theme of the brief: the one its workspace names, else that of its type, as its settings change it."""
    space, look = plan.workspace, plan.workspace.look(plan.settings.id)
    return render.load_theme(
        look.theme or plan.type.theme, [space.templates], layout=plan.type.name, look=look, root=space.root
    )


def printer_for(space: Workspace, theme: render.Theme) -> pdf.Printer:
    """Return a printer with the theme's fonts, bounded as the workspace says."""
    limits = space.limits
    bounds = pdf.Limits(wall=limits.print_seconds, memory=limits.print_memory_mb << 20, fill=limits.fill_seconds)
    return pdf.Printer(fonts=theme.fonts, limits=bounds)


def job(plan: Plan, name: str, folder: Path) -> kernels.Job:
    """Return the run of one notebook of the brief, its executed copy to be kept in `folder`."""
    return kernels.Job(
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
    head = masthead(plan, desk.documents)
    return briefs.assemble(plan.type, harvested, head, parameters=plan.parameters, failures=failures)


def heard(desk: Desk) -> tuple[Finding, ...]:
    """Say so where no document speaks of the region: silence of the sources is not silence of the place."""
    if desk.documents:
        return ()
    message = f"no document on {desk.region.name} was published by {desk.as_of.isoformat()}"
    return (Finding(level="warn", code="NO_DOCUMENTS", message=message, where="sources"),)


def noticed(records: Sequence[RunRecord]) -> tuple[Finding, ...]:
    """Return what was noticed while notebooks ran; one that failed, and was let pass, is a warning."""
    failed = tuple(
        Finding(level="warn", code=record.error.error_code, message=str(record.error), where=record.notebook)
        for record in records
        if record.error is not None
    )
    return failed + tuple(finding for record in records for finding in record.findings)


def laid_out(brief: Brief, theme: render.Theme, *, printer: pdf.Printer) -> tuple[Brief, str]:
    """Return the brief as it fits its pages, and its page; what it leaves out it says."""

    def page(tried: Brief) -> str:
        return printer.render(tried, theme=theme, layout=tried.masthead.kind)

    fitted = fitting.fit(brief, lambda tried: printer.layout(page(tried)))
    return fitted, page(fitted)


def print_brief(
    brief: Brief, html: str, attached: Sequence[pdf.Attachment], *, printer: pdf.Printer | None = None
) -> bytes:
    """Print the page; its date is the brief's as-of, so that the same brief gives the same bytes."""
    head = brief.masthead
    return pdf.print_pdf(
        html,
        title=f"{head.title} — {head.series}, {head.period.end.isoformat()} [{head.marking}]",
        author=head.prepared_by,
        language=head.language,
        when=head.as_of,
        attachments=attached,
        stamp=seals.stamp(head),
        printer=printer,
    )


def proofed(printed: bytes, html: str, brief: Brief, *, attached: Sequence[pdf.Attachment]) -> tuple[Finding, ...]:
    """Hold the finished PDF to the page it was printed from, and to all that its readers are promised."""
    return stopping(locks.lock_print(printed, html)) + stopping(
        proofing.proof(printed, brief, attached=[one.name for one in attached])
    )


def stopping(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings; raise ContractError if one of them stops publication."""
    stops = [finding for finding in findings if finding.level == "stop"]
    if stops:
        others = f"; and {len(stops) - 1} more like it" if len(stops) > 1 else ""
        raise ContractError(
            f"{stops[0].message}{others}",
            where=stops[0].where or None,
            why="a brief that fails a check is not filed",
            fix="mend the notebook or template named above, then make the brief again",
            code=stops[0].code,
        )
    return tuple(findings)


# ── numbering and filing ────────────────────────────────────────────────────────────────────────────


def filed(plan: Plan, store: Store) -> Edition | None:
    """Return the latest edition of this brief and day, from the store or, should that be new, from its folder."""
    known = [edition for edition in store.editions(plan.settings.id) if edition.date == plan.day]
    for folder in (plan.workspace.reports / plan.settings.id).glob(f"{plan.day}-*"):
        edition = manifest.edition_in(folder)
        if edition is not None and edition.id not in {one.id for one in known}:
            known.append(edition)
    return max(known, key=lambda edition: edition.version, default=None)


def taken_back(desk: Desk) -> frozenset[str]:
    """Return the claims that reports no longer make, or that people have corrected or rejected."""
    verdicts = desk.weighed.verdicts
    aside = (one.id for one in desk.weighed.aside if verdicts[one.id].verdict in ("correct", "reject"))
    return frozenset((*aside, *(one.id for one in desk.withdrawn)))


def numbered(
    draft: Brief, plan: Plan, latest: Edition | None, *, inputs_sha256: str, taken_back: Collection[str] = ()
) -> Brief:
    """Give the brief its version: the latest one's if nothing that goes into it has changed, else the next.

    One that takes back what the version before printed is a correction of it, any other an update.
    """
    if latest is None:
        return draft
    version = latest.version if latest.inputs_sha256 == inputs_sha256 else latest.version + 1
    head = draft.masthead.model_copy(
        update={
            "version": version,
            "edition_id": edition_id(plan, version),
            "supersedes": edition_id(plan, version - 1) if version > 1 else None,
        }
    )
    if version > 1:
        before = printed_in(plan.workspace.reports / plan.settings.id / f"{plan.day}-{version - 1}")
        told = {claim.id for section in before.sections for claim in section.claims} if before else set()
        head = head.model_copy(update={"issue": "update" if told.isdisjoint(taken_back) else "correction"})
    return draft.model_copy(update={"masthead": head})


def printed_in(folder: Path) -> Brief | None:
    """Return the brief that an edition's folder keeps, or `None` if it keeps none that can be read."""
    try:
        return Brief.model_validate_json((folder / "sections.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def mark_superseded(space: Workspace, old: Edition, by: str, theme: render.Theme) -> tuple[BriefingsError, ...]:
    """Print an edition once more, marked as superseded, and let that be the PDF people find; return what went wrong.

    The files it was filed with stay as they are.
    """
    folder = space.reports / old.folder
    brief = printed_in(folder)
    if brief is None:
        return ()
    head = brief.masthead.model_copy(update={"state": "superseded", "superseded_by": by})
    brief = brief.model_copy(update={"masthead": head})
    attached = manifest.attached({name: (folder / name).read_bytes() for name in manifest.held(folder)})
    try:
        with printer_for(space, theme) as printer:
            html = printer.render(brief, theme=theme, layout=head.kind)
            beside = handouts.made(brief, handouts.on_screen(theme, [space.templates]), printer=printer)
            printed = print_brief(brief, html, attached, printer=printer)
    except BriefingsError as fault:
        return (fault,)
    for name, data in beside.files(stem(SUPERSEDED)).items():
        filing.replace_file(folder / name, data)
    filing.replace_file(folder / SUPERSEDED, printed)
    filing.name_again(folder / SUPERSEDED, manifest.shown_name(old))
    return ()


def file(
    plan: Plan,
    store: Store,
    brief: Brief,
    inputs: Mapping[str, Any],
    latest: Edition | None,
    files: Mapping[str, bytes],
    *,
    now: datetime,
) -> Edition:
    """Put the edition on disk whole, then into the store; the same brief once more is the edition there is."""
    head = brief.masthead
    edition = Edition(
        id=head.edition_id,
        brief=plan.settings.id,
        date=plan.day,
        version=head.version,
        title=head.title,
        marking=head.marking,
        as_of=head.as_of,
        period=head.period,
        folder=f"{plan.settings.id}/{plan.day}-{head.version}",
        pdf_name=DRAFT,
        pdf_sha256=manifest.file_sha256(files[DRAFT]),
        inputs_sha256=manifest.sha256(inputs),
    )
    if latest is not None and latest.id == edition.id and latest.pdf_sha256 != edition.pdf_sha256:
        raise TemporaryError(
            "the same inputs were printed to other bytes than before",
            where=edition.id,
            why="a system library that lays out or draws the page has changed since",
            fix=f"make the brief with a new as_of, or remove {plan.workspace.reports / edition.folder}",
            code="NOT_REPRODUCED",
        )
    folder = plan.workspace.reports / edition.folder
    whole = {**files, manifest.NAME: manifest.text(edition, inputs, files)}
    shown = manifest.shown_name(edition)
    if folder.exists():
        mend(folder, whole)
        filing.name_again(folder / (REVIEWED if (folder / REVIEWED).is_file() else DRAFT), shown)
    else:
        try:
            filing.file_folder(folder, whole, names={shown: DRAFT})
        except FileExistsError:
            raise TemporaryError(
                "another run filed this edition at the same moment", where=str(folder), fix="run the command again"
            ) from None
    store.add_edition(edition, at=now)
    return latest if latest == edition else edition


def mend(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put back every file of a filed edition that is missing or no longer what was filed."""
    for name, data in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            filing.replace_file(path, data)


def _contents(
    brief: Brief,
    beside: handouts.Handouts,
    printed: bytes,
    attached: Mapping[str, bytes],
    desk: Desk,
    records: Sequence[RunRecord],
) -> dict[str, bytes]:
    """Return every file of the edition but the manifest, by name."""
    notebooks = {f"notebooks/{record.notebook}": manifest.notebook_bytes(record.nb) for record in records}
    return {
        DRAFT: printed,
        **beside.files(stem(DRAFT)),
        "sections.json": json.dumps(
            brief.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True, default=_plain
        ).encode(),
        "claims.csv": export.claims_csv((*desk.claims, *desk.weighed.aside), desk.weighed.verdicts),
        **attached,
        **notebooks,
    }


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json")


# ── parts of the line, alone ────────────────────────────────────────────────────────────────────────


def collect(
    workspace: Path | Workspace | None = None, *, now: datetime | None = None, step: Step = silent
) -> CollectReport:
    """Read every source of the workspace into its store; what is known already changes nothing."""
    space = workspace if isinstance(workspace, Workspace) else config.load(workspace)
    step("collect", f"reading {len(space.sources)} sources")
    with Store.open(space.store) as store:
        return gather(space, store, now=now or datetime.now(UTC))


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
    return desks.desk(plan.settings.id, date=plan.day, days=plan.days, as_of=plan.as_of, workspace=plan.workspace)


def desk_of_edition(identifier: str, *, workspace: Path | Workspace | None = None) -> tuple[Edition, Desk, bool]:
    """Return an edition, its desk as it was known when it was filed, and whether that is the very desk it was made of.

    It is another one where the program has since changed how it reads or reconciles. Errors: UsageError
    `UNKNOWN_EDITION`.
    """
    space = workspace if isinstance(workspace, Workspace) else config.load(workspace)
    with Store.open(space.store) as store:
        edition, filed = store.edition(identifier), store.filed_at(identifier)
    desk = desks.desk(
        edition.brief,
        date=edition.date,
        days=edition.period.days,
        as_of=edition.as_of,
        recorded_by=filed,
        workspace=space,
    )
    inputs = manifest.inputs_in(space.reports / edition.folder)
    return edition, desk, inputs.get("desk") == desk.view_sha256
