"""The press: lays a brief out as it fits, prints it, proof-reads the print, and marks one that is used no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pikepdf

from ..core.languages import language
from ..core.settings import Workspace
from ..errors import BriefingsError, ContractError, PolicyError
from ..layout import themes
from ..model import Approval, Edition, Finding
from ..notebook.brief import Brief, Masthead
from ..printing import pdf, seals
from ..proof import check, imprint, locks, proofing
from ..proof.opened import held_open
from ..proof.printed import pages
from ..storage import filing
from . import fitting, handouts, headroom, manifest
from .planning import Plan

DRAFT, REVIEWED, UNATTENDED = "brief.pdf", "brief-reviewed.pdf", "brief-unattended.pdf"
SUPERSEDED, WITHDRAWN = "brief-superseded.pdf", "brief-withdrawn.pdf"

_MENDING = {
    "THEME_CONTRAST": "choose colours further apart, in [page.colours] or the theme named above",
    "LOCK_ORDER": "have the notebook place that number there; what a template prints twice of one section goes, the "
    "second time, into an element with the attribute data-again",
}
"""What mends a finding, where it is no slip of a notebook or a template."""


def stem(name: str) -> str:
    """Return the name of a PDF without its ending: what stands beside it is called the same."""
    return name.removesuffix(".pdf")


def theme_of(plan: Plan) -> themes.Theme:
    """Return the theme of the brief: the one its workspace names, else that of its type, as its settings change it."""
    space, look = plan.workspace, plan.workspace.look(plan.settings.id)
    return themes.load_theme(
        look.theme or plan.type.theme, [space.templates], layout=plan.type.name, look=look, root=space.root
    )


def marked_prints(folder: Path) -> tuple[bytes, ...]:
    """Return the prints of a filed edition that say it is to be used no more."""
    return tuple((folder / name).read_bytes() for name in (SUPERSEDED, WITHDRAWN) if (folder / name).is_file())


def theme_in(space: Workspace, edition: Edition) -> themes.Theme:
    """Return the theme a filed edition was printed with, as it is now, by what went into it.

    Raises PolicyError where its folder does not tell, and ConfigError for a theme there is no more.
    """
    inputs, brief = manifest.inputs_in(space.reports / edition.folder), printed_in(space.reports / edition.folder)
    if brief is None or "theme" not in inputs:
        raise PolicyError(
            "the files of the edition cannot be read",
            where=str(space.reports / edition.folder),
            fix=f"restore them, or make the brief {edition.brief!r} again",
            code="EDITION_DAMAGED",
        )
    look = space.look(edition.brief)
    return themes.load_theme(inputs["theme"], [space.templates], layout=brief.masthead.kind, look=look, root=space.root)


def printer_for(space: Workspace, theme: themes.Theme) -> pdf.Printer:
    """Return a printer with the theme's fonts, bounded as the workspace says."""
    limits = space.limits
    bounds = pdf.Limits(wall=limits.print_seconds, memory=limits.print_memory_mb << 20, fill=limits.fill_seconds)
    return pdf.Printer(fonts=theme.fonts, limits=bounds, warm=space.warm)


def laid_out(brief: Brief, theme: themes.Theme, *, printer: pdf.Printer) -> tuple[Brief, str]:
    """Return the brief as it fits its pages, and its page; what it leaves out it says."""
    filled: list[tuple[Brief, str]] = []  # what fits was filled before, when it was tried

    def page(tried: Brief) -> str:
        known = next((html for brief, html in filled if brief is tried), None)
        if known is None:
            known = printer.render(tried, theme=theme, layout=tried.masthead.kind)
            filled.append((tried, known))
        return known

    fitted = fitting.fit(brief, lambda tried: printer.layout(page(tried)))
    return fitted, page(fitted)


def print_brief(
    brief: Brief, html: str, attached: Sequence[pdf.Attachment], *, printer: pdf.Printer | None = None
) -> bytes:
    """Print the page; its date is the brief's as-of, so that the same brief gives the same bytes."""
    head = brief.masthead
    about = pdf.About(document_title(head), head.prepared_by, head.language, head.as_of, seals.stamp(head))
    return pdf.print_pdf(html, about, attachments=attached, printer=printer)


@contextmanager
def printing(
    brief: Brief, html: str, attached: Sequence[pdf.Attachment], *, printer: pdf.Printer
) -> Iterator[Future[bytes]]:
    """Print the page while the block runs; what comes of it is there after the block, and nothing should that fail."""
    with ThreadPoolExecutor(1, thread_name_prefix="printing") as aside:
        coming = aside.submit(print_brief, brief, html, attached, printer=printer)
        try:
            yield coming
        except BaseException:
            printer.close()
            raise


def document_title(head: Masthead) -> str:
    """Return what a reader's window and shelf show of a PDF, in the language of the page."""
    tongue = language(head.language)
    issue = tongue.text(head.series) + tongue.text(", ") + head.period.end.isoformat()
    return f"{head.title} — {issue} [{head.marking}]"


def proofed(printed: bytes, html: str, brief: Brief, *, attached: Sequence[pdf.Attachment]) -> tuple[Finding, ...]:
    """Hold the finished PDF to the page it was printed from, and to all that its readers are promised.

    Raises ContractError as `stopping` does.
    """
    with held_open(printed):
        return (
            *stopping(imprint.lock_print(printed, html, brief)),
            *stopping(proofing.proof(printed, brief, attached=[one.name for one in attached])),
            *stopping(check.check_pages(brief, pages(printed))),
        )


def stopping(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings; raise ContractError if one of them stops publication."""
    stops = [finding for finding in findings if finding.level == "stop"]
    if stops:
        others = f"; and {len(stops) - 1} more like it" if len(stops) > 1 else ""
        mending = _MENDING.get(stops[0].code, "mend the notebook or template named above")
        raise ContractError(
            f"{stops[0].message}{others}",
            where=stops[0].where or None,
            why="a brief that fails a check is not filed",
            fix=f"{mending}, then make the brief again",
            code=stops[0].code,
        )
    return tuple(findings)


def printed_in(folder: Path) -> Brief | None:
    """Return the brief that an edition's folder keeps, or `None` if it keeps none that can be read."""
    try:
        return Brief.model_validate_json((folder / "sections.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def released_name(edition: Edition, approvals: Sequence[Approval]) -> str:
    """Return the name of the PDF of an edition that may be sent: the draft, as long as nothing was approved."""
    if not approvals:
        return edition.pdf_name
    return UNATTENDED if approvals[-1].standing else REVIEWED


def shown_in(folder: Path) -> Path:
    """Return the PDF of an edition's folder that people are to find: the one that says most of what became of it."""
    prints = (folder / name for name in (WITHDRAWN, SUPERSEDED, REVIEWED, UNATTENDED))
    return next((path for path in prints if path.is_file()), folder / DRAFT)


def reprint(
    space: Workspace, brief: Brief, theme: themes.Theme, enclosed: Mapping[str, bytes], *, locked: bool = True
) -> tuple[bytes, handouts.Handouts, bool]:
    """Print the sections of a filed edition once more under another head, with what stands beside it.

    `enclosed` travels inside the PDF, by name. Returns, too, whether it all takes more room than the page was cut to.
    `locked` holds the print to all that its readers are promised, as when it was made. Raises ContractError as
    `stopping` does.
    """
    attached = manifest.attached(enclosed)
    stopping(check.check(brief) if locked else ())
    with printer_for(space, theme) as printer:
        html = printer.render(brief, theme=theme, layout=brief.masthead.kind)
        over = any(headroom.breaks(brief, printer.layout(html)))
        screen = handouts.on_screen(theme, [space.templates])
        page = handouts.page(brief, screen, printer=printer)
        with printing(brief, html, attached, printer=printer) as coming:
            stopping(locks.lock_html(html, brief) if locked else ())
            beside = handouts.made(page, brief, screen)
            stopping(beside.findings if locked else ())
        printed = coming.result()
    if locked:
        proofed(printed, html, brief, attached=attached)
    return printed, beside, over


def enclosed_in(folder: Path) -> dict[str, bytes]:
    """Return what travels inside the PDF of a filed edition, by name."""
    return {name: (folder / name).read_bytes() for name in manifest.held(folder)}


def keep(folder: Path, name: str, printed: bytes, beside: handouts.Handouts, edition: Edition) -> Path:
    """Put a print of an edition into its folder with what stands beside it, as the one people find; return its path."""
    for other, data in beside.files(stem(name)).items():
        filing.replace_file(folder / other, data)
    filing.replace_file(folder / name, printed)
    filing.name_again(folder / name, manifest.shown_name(edition))
    return folder / name


def mark_superseded(space: Workspace, old: Edition, by: str, theme: themes.Theme) -> tuple[BriefingsError, ...]:
    """Print an edition once more, marked as superseded, and let that be the PDF people find; return what went wrong."""
    return _marked_anew(space, old, {"state": "superseded", "superseded_by": by}, SUPERSEDED, theme)


def mark_withdrawn(space: Workspace, old: Edition) -> tuple[BriefingsError, ...]:
    """Print an edition once more, marked as withdrawn, and let that be the PDF people find; return what went wrong."""
    try:
        return _marked_anew(space, old, {"state": "withdrawn"}, WITHDRAWN, theme_in(space, old))
    except BriefingsError as fault:
        return (fault,)


def _marked_anew(
    space: Workspace, old: Edition, head: Mapping[str, str], name: str, theme: themes.Theme
) -> tuple[BriefingsError, ...]:
    """Print an edition that must no longer be used with its mark on every page; return what went wrong.

    The files it was filed with stay as they are. What a page was cut to fit is not cut again: a line more that takes
    it over its bounds is told, and the mark stands all the same.
    """
    folder = space.reports / old.folder
    brief = printed_in(folder)
    if brief is None:
        return ()
    brief = brief.model_copy(update={"masthead": brief.masthead.model_copy(update={**answering(folder), **head})})
    try:
        printed, beside, over = reprint(space, brief, theme, enclosed_in(folder), locked=False)
    except BriefingsError as fault:
        return (fault,)
    keep(folder, name, printed, beside, old)
    return (_run_over(old, name),) if over else ()


def answering(folder: Path) -> dict[str, str]:
    """Return who answers for a released edition, as its masthead has it: who reviewed it, or released it unread."""
    return {
        "reviewed_by": _said(folder / REVIEWED, "reviewedBy"),
        "released_by": _said(folder / UNATTENDED, "releasedBy"),
    }


def _said(path: Path, field: str) -> str:
    """Return what a PDF that was printed for sending says in one field of its stamp; nothing where there is none."""
    try:
        return seals.examine(path.read_bytes()).said.get(field, "")
    except (OSError, pikepdf.PdfError, pikepdf.PasswordError):
        return ""


def _run_over(old: Edition, name: str) -> ContractError:
    mark = "superseded" if name == SUPERSEDED else "withdrawn"
    return ContractError(
        f"{old.id}, marked as {mark}, takes more room than it had",
        where=f"{old.folder}/{name}",
        why="the line that says so moves what follows it, and a filed brief is not cut anew",
        fix="nothing, if its pages read well; what was filed stays beside it as it was",
        code="SUPERSEDED_RUNS_OVER" if name == SUPERSEDED else "WITHDRAWN_RUNS_OVER",
    )
