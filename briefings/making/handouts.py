"""Makes what travels beside the PDF: the edition for screens, and the same as Markdown, held to the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..charts.drawing import Palette
from ..errors import RenderError
from ..layout import blocks, contrast, themes
from ..layout.markdown import markdown
from ..proof import locks

if TYPE_CHECKING:
    from ..layout.themes import Theme
    from ..model import Finding
    from ..notebook.brief import Brief
    from ..printing.pdf import Printer

LAYOUT = "reading"
"""Folder of the page for screens."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What the page may do in a browser: show its own style and pictures. It runs, loads and sends nothing."""

_HEAD = "<head>"


@dataclass(frozen=True)
class Handouts:
    """An edition for screens and as Markdown, and what is wrong with either."""

    html: str
    markdown: str
    findings: tuple[Finding, ...]

    def files(self, stem: str) -> dict[str, bytes]:
        """Return both as files, named like the PDF they stand beside."""
        return {f"{stem}.html": self.html.encode(), f"{stem}.md": self.markdown.encode()}


def on_screen(theme: Theme, folders: Sequence[Path]) -> Theme:
    """Return a theme as screens show it: its page for screens, in colours that follow day and night.

    Pictures take their colours and their face from the page around them; what is faint at night is a finding.
    """
    found = themes.load_theme(theme.name, folders, layout=LAYOUT, look=theme.look.model_copy(update={"logo": ""}))
    palette = Palette(
        ink="var(--ink)",
        muted="var(--muted)",
        accent="var(--accent)",
        rule="var(--rule)",
        paper="var(--page)",
        font="inherit",
    )
    night = tuple(contrast.faint_at_night(found.css, theme=theme.name))
    return replace(found, palette=palette, logo=theme.logo, findings=night)


def page(brief: Brief, theme: Theme, *, printer: Printer) -> str:
    """Return the page of a brief for screens, by a theme that is `on_screen`. Raises RenderError as any page does."""
    return sealed(printer.render(brief, theme=theme, layout=LAYOUT))


def made(html: str, brief: Brief, theme: Theme) -> Handouts:
    """Return the editions of a brief out of its `page` for screens, with what is wrong in them."""
    text = written(html, brief.masthead.marking)
    told = locks.lock_text(text, html, "the Markdown edition")
    return Handouts(html, text, (*theme.findings, *locks.lock_html(html, brief), *locks.lock_style(html), *told))


def sealed(html: str) -> str:
    """Return a page that says first of all what it may do, whatever template it was made by.

    Raises RenderError `HANDOUT_HEAD` where there is no place to say so.
    """
    before, head, after = html.partition(_HEAD)
    if not head:
        raise RenderError(
            "the page for screens has no <head>",
            where=f"{LAYOUT}/page.html.j2",
            why="it has to say there that nothing is run or loaded",
            fix="begin it as the shipped one does",
            code="HANDOUT_HEAD",
        )
    return f'{before}{head}\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">{after}'


def written(html: str, marking: str) -> str:
    """Return a page as Markdown; its first line and its last are the marking."""
    line = f"**{marking}**"
    body = markdown(blocks.read(html)).removeprefix(line).strip("\n").removesuffix(line).strip("\n")
    return f"{line}\n\n{body}\n\n{line}\n"
