"""Makes the words of a message: what matters most of a brief, as HTML for mail programs and as plain text.

Both are one: the text is read off the HTML, and every numeral of either is held to the brief.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.languages import Language, language, mark
from ..errors import ContractError, RenderError
from ..layout import blocks, contrast
from ..layout.markdown import plain_text
from ..model import Marking
from ..page.runs import say
from ..proof import locks
from ..sections import Body, Cite, Column, Item, Items, Name, Notice, Prose, Row, Run, Section, Table, Tiles

if TYPE_CHECKING:
    from ..layout.themes import Theme
    from ..model import Finding
    from ..notebook.brief import Brief
    from ..printing.pdf import Printer

LAYOUT = "email"
"""Folder of the template of messages."""

LARGEST = 96_000
"""Bytes of HTML a message may have: beyond some hundred thousand, mail programs cut it off, marking and all."""

SHARING: dict[Marking, str] = {
    "TLP:CLEAR": mark("May be shared without limit."),
    "TLP:GREEN": mark("May be shared within your community, not through public channels."),
    "TLP:AMBER": mark("Need-to-know: within your organisation and its clients only."),
    "TLP:AMBER+STRICT": mark("Need-to-know: within your organisation only."),
    "TLP:RED": mark("For you personally. Do not pass on."),
}
"""What each label allows, in a line (TLP 2.0, FIRST): the sender must make sure recipients understand it."""

_SLOTS = ("bottom_line", "key_figures", "developments", "casualties")
"""What of a brief a message carries, the most important first; of what it has not, nothing is said."""


@dataclass(frozen=True)
class Letter:
    """The words of a message, in both its forms."""

    html: str
    text: str


@dataclass(frozen=True)
class Enclosed:
    """The PDF a message is about: its name and SHA-256, whether it is attached, else where it can be read, if so.

    What is attached may be the reader's `own` copy of it, which may be `closed` by a password they were given: then
    the message says nothing of what is in it, for whoever sees the mail on its way can read that.
    """

    name: str
    sha256: str
    link: str = ""
    attached: bool = True
    own: bool = False
    closed: bool = False


def written(brief: Brief, enclosed: Enclosed, theme: Theme, *, printer: Printer) -> Letter:
    """Return the words of the message an edition goes out with; what would make it too long is left to the PDF.

    Around a PDF that is closed they are its head and what it is to be opened with, no more.

    Raises ContractError for a number that rests on nothing, and RenderError for a template that cannot be used.
    """
    if enclosed.closed:
        return _letter(brief, [], [], enclosed, theme, printer)
    chosen = _chosen(brief)
    for kept in range(len(chosen), 0, -1):
        letter = _letter(brief, chosen[:kept], chosen[kept:], enclosed, theme, printer)
        if len(letter.html.encode()) <= LARGEST:
            return letter
    raise RenderError(
        f"the words of the message take more than {LARGEST:,} bytes",
        where=f"{LAYOUT}/page.html.j2",
        why="mail programs would cut it off",
        fix="shorten the bottom line, or the template",
        code="LETTER_SIZE",
    )


def _letter(
    brief: Brief, kept: list[Section], left: list[Section], enclosed: Enclosed, theme: Theme, printer: Printer
) -> Letter:
    return rendered(enveloped(brief, kept, left, enclosed), theme, printer=printer)


def rendered(whole: Brief, theme: Theme, *, printer: Printer) -> Letter:
    """Return a message of the sections it is to have, with the marking first and last. Raises as `written` does."""
    html = printer.render(whole, theme=theme, layout=LAYOUT)
    marking = whole.masthead.marking
    colon = language(whole.masthead.language).text("{topic}: {words}", topic="", words="")
    told = plain_text(blocks.read(html), colon=colon)
    body = told.removeprefix(marking).strip("\n").removesuffix(marking).strip("\n")
    text = f"{marking}\n{body}\n\n{marking}\n"
    found = locks.lock_text(text, html, "the text of the message")
    _require_sound((*locks.lock_html(html, whole), *locks.lock_style(html), *found))
    _require_legible(html)
    if f">{marking}<" not in html:
        raise RenderError(
            "the message does not show its marking",
            where=f"{LAYOUT}/page.html.j2",
            fix="print masthead.marking in an element of its own, first of all",
            code="LETTER_MARKING",
        )
    return Letter(html, text)


def _require_sound(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise ContractError(
            findings[0].message,
            where="the message",
            why="a message whose numbers are not the brief's is not sent",
            fix=f"mend {LAYOUT}/page.html.j2",
            code=findings[0].code,
        )


def _require_legible(html: str) -> None:
    found = next((one for one in contrast.faint_in_mail(html) if one.level == "stop"), None)
    if found:
        raise RenderError(
            found.message,
            where=found.where,
            why="nobody could read it",
            fix=f"set colours further apart in {LAYOUT}/page.html.j2",
            code=found.code,
        )


def _chosen(brief: Brief) -> list[Section]:
    """Return what of the brief the message says; of a brief of other parts, its first words and figures."""
    held = {section.slot: section for section in brief.sections}
    found = [held[slot] for slot in _SLOTS if slot in held]
    if not found:
        found = [one for kind in (Prose, Tiles) if (one := _first(brief, kind))]
    return [_without_sources(section) for section in found]


def _first(brief: Brief, kind: type[Body]) -> Section | None:
    return next((section for section in brief.sections if isinstance(section.body, kind)), None)


def enveloped(brief: Brief, kept: list[Section], left: list[Section], enclosed: Enclosed) -> Brief:
    """Return the brief a message is made of: what the marking allows, the parts it keeps, what is enclosed."""
    head, tongue = brief.masthead, language(brief.masthead.language)
    sharing = Section.of(Notice(runs=say(tongue, SHARING[head.marking])), slot="sharing")
    colophon = Section.of(
        Items(items=tuple(Item(runs=runs) for runs in _colophon(brief, left, enclosed, tongue))), slot="colophon"
    )
    return brief.model_copy(update={"sections": (sharing, *kept, colophon)})


def _colophon(brief: Brief, left: list[Section], enclosed: Enclosed, tongue: Language) -> list[tuple[Run, ...]]:
    head = brief.masthead
    told = [
        _whole(enclosed, tongue),
        say(tongue, "Edition: {edition}", edition=Name(text=head.edition_id)),
    ]
    if left:
        parts = Name(text=tongue.listed([one.title for one in left]))
        told.insert(1, say(tongue, "Left out of this message for its length: {parts}.", parts=parts))
    if head.supersedes:
        told.append(say(tongue, "Replaces: {edition}", edition=Name(text=head.supersedes)))
    if head.reviewed_by:
        told.append(say(tongue, "Reviewed by: {name}", name=Name(text=head.reviewed_by)))
    elif head.released_by:
        told.append(say(tongue, "Released unread by: {name}", name=Name(text=head.released_by)))
    if enclosed.closed:
        told.insert(1, say(tongue, "It opens with the password you were given."))
    digest = Name(text=f"sha256:{enclosed.sha256}")
    if enclosed.own:
        told.append(say(tongue, "Digest of the PDF your copy is of: {digest}", digest=digest))
    else:
        told.append(say(tongue, "Digest of the PDF: {digest}", digest=digest))
    return told


def _whole(enclosed: Enclosed, tongue: Language) -> tuple[Run, ...]:
    """Return where the whole brief is: in the message, at an address, or with whoever sent it."""
    if enclosed.attached:
        name = Name(text=enclosed.name)
        return say(tongue, "The whole brief is attached: {file}. Sources, charts and data are in it.", file=name)
    if enclosed.link:
        place = Name(text=enclosed.link)
        return say(tongue, "The whole brief is at {address}. Sources, charts and data are in it.", address=place)
    return say(tongue, "The whole brief is not attached. Sources, charts and data are in it.")


# ── a part without its sources, whose list is in the PDF ────────────────────────────────────────────


def _without_sources(section: Section) -> Section:
    """Return a section that cites nothing; a column that did nothing else is gone."""
    body = section.body
    if isinstance(body, Table) and body.rows:
        cited = [all(_only_cites(row.cells[at]) for row in body.rows) for at in range(len(body.columns))]
        kept = [at for at, only in enumerate(cited) if not only or at == 0]
        columns = tuple(body.columns[at] for at in kept)
        rows = tuple(_row(row, kept, columns) for row in body.rows)
        body = body.model_copy(update={"columns": columns, "rows": rows})
    return section.model_copy(update={"body": body})


def _row(row: Row, kept: list[int], columns: tuple[Column, ...]) -> Row:
    """Return a row of the columns kept; where words would say nothing but a dash, they say nothing."""
    cells = [
        () if column.align == "left" and at and _only_cites(row.cells[at]) else row.cells[at]
        for at, column in zip(kept, columns, strict=True)
    ]
    return row.model_copy(update={"cells": tuple(cells)})


def _only_cites(cell: tuple[Run, ...]) -> bool:
    return all(isinstance(run, Cite) or (run.t == "text" and run.text.strip() in ("", "–", "—")) for run in cell)
