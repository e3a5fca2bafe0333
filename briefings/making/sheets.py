"""Makes the sheets of an edition: laid out for paper and for screens, printed, and held to its sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..layout.annex import annex
from ..proof import locks
from . import handouts, manifest, trimming
from .press import laid_out, printing, proofed, stopping

if TYPE_CHECKING:
    from ..desks.desk import Desk
    from ..layout.themes import Theme
    from ..model import Finding
    from ..notebook.brief import Brief
    from ..printing.pdf import Printer


@dataclass(frozen=True)
class Sheets:
    """A brief as it is laid out: `html` for paper, `page` for screens, and what travels inside the PDF, by name.

    `brief` is what fits its pages of the `whole`, and `screen` the theme its page for screens is made by.
    """

    whole: Brief
    brief: Brief
    html: str
    page: str
    screen: Theme
    attached: Mapping[str, bytes]


@dataclass(frozen=True)
class Printed:
    """What came of printing the sheets: the PDF, what stands beside it, and what was noticed."""

    pdf: bytes
    beside: handouts.Handouts
    findings: tuple[Finding, ...]


def lay_out(
    whole: Brief, theme: Theme, inputs: Mapping[str, Any], desk: Desk, *, templates: Path, printer: Printer
) -> Sheets:
    """Lay a brief out for paper, cut until it fits its pages, and for screens.

    `templates` are those of the workspace. What does not fit travels along in an annex. Raises RenderError.
    """
    brief, html = laid_out(whole, theme, printer=printer)
    screen = handouts.on_screen(theme, [templates])
    page = handouts.page(brief, screen, printer=printer)
    attached = manifest.attachments(inputs, desk)
    if brief != whole:
        attached |= {trimming.ANNEX: annex(whole)}
    return Sheets(whole, brief, html, page, screen, attached)


def print_out(sheets: Sheets, *, printer: Printer) -> Printed:
    """Print the sheets, and hold all that was made of them to the sections while the PDF is being written, and after.

    Raises ContractError as `stopping` does.
    """
    brief, html, enclosed = sheets.brief, sheets.html, manifest.attached(sheets.attached)
    with printing(brief, html, enclosed, printer=printer) as coming:
        findings = stopping(locks.lock_html(html, brief))
        beside = handouts.made(sheets.page, brief, sheets.screen)
        findings += stopping(beside.findings)
        if brief != sheets.whole:
            findings += stopping(locks.lock_annex(sheets.attached[trimming.ANNEX].decode(), sheets.whole))
    printed = coming.result()
    findings += proofed(printed, html, brief, attached=enclosed)
    return Printed(printed, beside, findings)
