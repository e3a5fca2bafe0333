"""Lays a brief out as one HTML page: sections through their templates, numbers each tied to what they rest on.

`render` is pure: a `Theme` holds every template and style sheet, read beforehand. Text from
outside never passes through a template compiler, is escaped, loses control and bidi characters, and stands
isolated, so that the digits of a claim can never be turned round.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from ..charts import charts, drawing
from ..charts.drawing import wrap
from ..core.languages import ENGLISH, Language, language
from ..errors import RenderError
from ..maps import boundaries, maps
from ..model import Claim, Figure
from ..page import words
from ..page.untrusted import clean, host, link, unwieldy
from ..sections import Cite, Column, Map, Section, Source, Sources
from . import contents, parlance
from .themes import SHARED, Theme, shipped_templates, templates_in

if TYPE_CHECKING:
    from ..notebook.brief import Brief


_LABEL, _TILES_START, _TILE_END = 8.6, 8.5, 11.4
"""Points: the size of a tile's label, and the white before tiles and at the end of each."""

# ── the page ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Page:
    """What templates ask: citation numbers, the figure or claim behind a run, the zone of the place."""

    numbers: Mapping[str, int]
    sources: Mapping[str, Source]
    figures: Mapping[str, Figure]
    claims: Mapping[str, Claim]
    zone: str | None = None
    language: Language = ENGLISH

    def tongue(self, document: str) -> str:
        """Return the language a document is in where it is not that of the page, else nothing."""
        source = self.sources.get(document)
        return source.language if source and source.language != self.language.code else ""

    def cited(self, documents: Iterable[str]) -> list[tuple[int, int]]:
        """Return the citation numbers of documents as stretches, ascending: 1, 4 to 8; two in a row stay two."""
        return contents.stretches(self.numbers, documents)

    def figure(self, key: str) -> Figure:
        """Return the figure a run points at."""
        return self.figures[key]

    def claim(self, key: str) -> Claim:
        """Return the claim a run points at."""
        return self.claims[key]

    def moment(self, at: datetime) -> str:
        """Return an instant in the local time of the brief."""
        return words.moment(at, self.zone, self.language)

    def stamp(self, at: datetime | date) -> str:
        """Return when a source was published: its day, with the time where the source gives one."""
        return self.moment(at) if isinstance(at, datetime) else words.day(at, self.language)

    def listed(self) -> list[tuple[int, Source]]:
        """Return the sources cited, in the order of their numbers."""
        order = sorted(self.numbers.items(), key=lambda pair: pair[1])
        return [(number, self.sources[key]) for key, number in order if key in self.sources]

    def consulted(self, sources: Iterable[Source]) -> list[Source]:
        """Return the sources that were read but are nowhere cited."""
        return [source for source in sources if source.document not in self.numbers]


def page_of(sections: Sequence[Section], *, zone: str | None = None, language: Language = ENGLISH) -> Page:
    """Gather what the runs of the sections refer to, and number citations by first appearance."""
    sources = {source.document: source for section in sections for source in section.documents}
    for section in sections:
        if isinstance(section.body, Sources):
            sources |= {source.document: source for source in section.body.sources}
    return Page(
        numbers=contents.numbered(sections),
        sources=sources,
        figures={figure.id: figure for section in sections for figure in section.figures},
        claims={claim.id: claim for section in sections for claim in section.claims},
        zone=zone,
        language=language,
    )


@lru_cache(maxsize=8)
def _drawn(body: Map, palette: drawing.Palette, language: Language) -> maps.Drawing:
    """Return the map of a section, with the boundaries it needs; a page is filled as often as it takes to fit."""
    return maps.draw(body, boundaries.world(), palette, language)


def _label_lines(labels: Iterable[str], palette: drawing.Palette) -> list[list[str]]:
    """Return the lines of each label of tiles, as many to a row as there are, at most six; no word is shortened."""
    told = list(labels)
    room = (palette.page - _TILES_START) / min(max(len(told), 1), 6) - _TILE_END
    broken = [_broken(label, room) for label in told]
    return [lines if " ".join(lines) == label else [label] for label, lines in zip(told, broken, strict=True)]


def _broken(label: str, room: float) -> list[str]:
    """Return the lines of a label, broken after its comma where that takes no line more: `Hurt, / two days`."""
    lines = wrap(label, room, _LABEL, most=9, weight=600)
    parts = re.split(r"(?<=[,،]) ", label)
    apart = [line for part in parts for line in wrap(part, room, _LABEL, most=9, weight=600)]
    return apart if len(apart) <= len(lines) else lines


def _cited_next(runs: Sequence[Any], index: int) -> bool:
    """Say whether the run after a quotation already cites its document."""
    after = runs[index + 1] if index + 1 < len(runs) else None
    return isinstance(after, Cite) and runs[index].document in after.documents


def _span(columns: Sequence[Column], index: int) -> int:
    """Return how many columns from `index` on stand under the same head."""
    group = columns[index].group
    return next((n for n, column in enumerate(columns[index:]) if column.group != group), len(columns) - index)


def render(brief: Brief, *, theme: Theme, layout: str = "daily") -> str:
    """Return the brief as one HTML document that needs nothing else to be printed.

    Raises RenderError naming template and line.
    """
    sections = [section for section in brief.sections if contents.has_content(section)]
    tongue = language(brief.masthead.language)
    page = page_of(sections, zone=brief.masthead.timezone, language=tongue)
    own = f"{layout}/page.html.j2"
    return _fill(
        environment(theme),
        own if own in theme.templates else f"{SHARED}/page.html.j2",
        brief=brief,
        masthead=brief.masthead,
        sections=sections,
        page=page,
        palette=theme.palette,
        logo=theme.logo and Markup('<img class="logo" src="{}" alt="{}">').format(theme.logo.address, theme.logo.words),
        css=Markup((parlance.style(tongue) + theme.css).replace("</", "<\\/")),  # noqa: S704 -- the theme's own
        **parlance.of(tongue),
    )


def preview_html(section: Section) -> str:
    """Return a section as a notebook shows it, made by the very template of the page, style included."""
    theme = _preview_theme()
    palette = drawing.Palette(
        ink="currentColor",
        accent=f"color-mix(in srgb, {drawing.Palette().accent} 72%, currentColor)",
        muted="currentColor",
        rule="currentColor",
        paper="var(--jp-layout-color0, var(--vscode-editor-background, Canvas))",
    )
    return _fill(
        environment(theme),
        "sections/preview.html.j2",
        section=section,
        page=_page_alone(section),
        palette=palette,
        css=Markup(theme.templates["sections/preview.css"]),  # noqa: S704 -- shipped with the program
        **parlance.of(ENGLISH),
    )


def _page_alone(section: Section) -> Page:
    """Return the page of one section; a list of sources without a brief around it is numbered as it stands."""
    page = page_of([section])
    if isinstance(section.body, Sources):
        return replace(page, numbers={source.document: n for n, source in enumerate(section.body.sources, 1)})
    return page


@lru_cache(maxsize=1)
def _preview_theme() -> Theme:
    folder = shipped_templates().resolve()
    return Theme(name="preview", templates=dict(templates_in([folder])), css="")


class _Codes(BytecodeCache):
    """What templates were compiled to, by name and source: themes share most of them, and forks all."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code there is for a source."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a source."""
        self._known[bucket.key, bucket.checksum] = bucket.code


_codes = _Codes()


def compile_shipped() -> None:
    """Compile every template that came with this program: for the process that others are forked from."""
    theme = _preview_theme()
    filler = environment(theme)
    for name in theme.templates:
        if name.endswith(".j2"):
            filler.get_template(name)


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that says once what may be asked of a kind of object: its answer hangs on kind and name alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._said: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        key = type(obj), attr
        if key not in self._said:
            self._said[key] = super().is_safe_attribute(obj, attr, value)
        return self._said[key]


@lru_cache(maxsize=8)
def _compiled(name: str, templates: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    sources = dict(templates)

    def source(template: str) -> tuple[str, str, Any] | None:
        return (sources[template], template, lambda: True) if template in sources else None

    environment = _Sandbox(
        loader=FunctionLoader(source),
        bytecode_cache=_codes,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for forbidden in ("safe", "xmlattr", "tojson", "urlize"):  # what they return is markup
        environment.filters.pop(forbidden)
    for forbidden in ("lipsum", "cycler", "joiner", "range"):
        environment.globals.pop(forbidden)
    environment.filters |= {
        "link": link,
        "host": host,
        "number": parlance.number,
        "numerals": parlance.numerals,
        "level": parlance.level,
        "turned": parlance.turned,
        "course": parlance.course,
        "kept": parlance.kept,
        "quotation": parlance.quotation,
        "ended": parlance.ended,
        "closed": parlance.closed,
        "clean": clean,
        "unwieldy": unwieldy,
        "glue": words.glue,
        "tied": words.tied,
        "typeset": words.typeset,
    }
    environment.globals |= {
        "chart_svg": charts.svg,
        "map_drawing": _drawn,
        "cited_next": _cited_next,
        "span": _span,
        "label_lines": _label_lines,
    }
    return environment


def environment(theme: Theme) -> ImmutableSandboxedEnvironment:
    """Return what fills the templates of a theme: with the filters and functions they may use, and no others."""
    return _compiled(theme.name, tuple(theme.templates.items()))


_MEND = "mend that line; if the file was made for an earlier version, delete it: then the shipped one is used"


def _fill(environment: ImmutableSandboxedEnvironment, template: str, **values: Any) -> str:
    """Fill a template; any fault becomes one RenderError that names the template and the line."""
    try:
        return environment.get_template(template).render(**values)
    except TemplateSyntaxError as fault:
        raise RenderError(
            "a template has a mistake in it",
            where=f"{fault.name or template}, line {fault.lineno}",
            why=fault.message,
            fix=_MEND,
            code="TEMPLATE_SYNTAX",
        ) from None
    except SecurityError as fault:
        raise RenderError(
            "the template does something a template may not do",
            where=_where(fault, template),
            why=str(fault),
            fix="take that out; what a template needs is handed to it",
            code="TEMPLATE_FORBIDDEN",
        ) from None
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as fault:
        raise RenderError(
            "a template could not be filled",
            where=_where(fault, template),
            why=f"{type(fault).__name__}: {fault}",
            fix=_MEND,
            code="TEMPLATE",
        ) from None


def _where(fault: BaseException, template: str) -> str:
    """Return the innermost template line of a traceback; Jinja rewrites frames to the template's own lines."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.endswith(".j2")]
    return f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else template
