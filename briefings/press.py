"""The press: lays a brief out as it fits, prints it, proof-reads the print, and marks one that was superseded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pikepdf

from . import check, filing, fitting, handouts, headroom, imprint, manifest, pdf, proofing, seals, themes
from .brief import Brief, Masthead
from .config import Workspace
from .errors import BriefingsError, ContractError
from .languages import language
from .model import Edition, Finding
from .planning import Plan
from .printed import pages

DRAFT, REVIEWED, SUPERSEDED = "brief.pdf", "brief-reviewed.pdf", "brief-superseded.pdf"

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


def mark_superseded(space: Workspace, old: Edition, by: str, theme: themes.Theme) -> tuple[BriefingsError, ...]:
    """Print an edition once more, marked as superseded, and let that be the PDF people find; return what went wrong.

    The files it was filed with stay as they are. What a page was cut to fit is not cut again: a line more that takes
    it over its bounds is told, and the mark stands all the same.
    """
    folder = space.reports / old.folder
    brief = printed_in(folder)
    if brief is None:
        return ()
    head = brief.masthead.model_copy(
        update={"state": "superseded", "superseded_by": by, "reviewed_by": _reviewer(folder)}
    )
    brief = brief.model_copy(update={"masthead": head})
    attached = manifest.attached({name: (folder / name).read_bytes() for name in manifest.held(folder)})
    try:
        with printer_for(space, theme) as printer:
            html = printer.render(brief, theme=theme, layout=head.kind)
            over = any(headroom.breaks(brief, printer.layout(html)))
            screen = handouts.on_screen(theme, [space.templates])
            page = handouts.page(brief, screen, printer=printer)
            with printing(brief, html, attached, printer=printer) as coming:
                beside = handouts.made(page, brief, screen)
            printed = coming.result()
    except BriefingsError as fault:
        return (fault,)
    for name, data in beside.files(stem(SUPERSEDED)).items():
        filing.replace_file(folder / name, data)
    filing.replace_file(folder / SUPERSEDED, printed)
    filing.name_again(folder / SUPERSEDED, manifest.shown_name(old))
    return (_run_over(old),) if over else ()


def _reviewer(folder: Path) -> str:
    """Return who reviewed an edition, as the PDF says that was printed then; nobody where there is none."""
    try:
        return seals.examine((folder / REVIEWED).read_bytes()).said.get("reviewedBy", "")
    except (OSError, pikepdf.PdfError, pikepdf.PasswordError):
        return ""


def _run_over(old: Edition) -> ContractError:
    return ContractError(
        f"{old.id}, marked as superseded, takes more room than it had",
        where=f"{old.folder}/{SUPERSEDED}",
        why="the line that says so moves what follows it, and a filed brief is not cut anew",
        fix="nothing, if its pages read well; what was filed stays beside it as it was",
        code="SUPERSEDED_RUNS_OVER",
    )
