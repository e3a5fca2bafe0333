"""How a page looks, as settings: paper, margins, where headings stand, logo, colours and faces.

The same table `[page]` stands in a theme's `theme.toml` and in `briefings.toml`, there for the workspace or for one
brief. What one of them leaves empty, the one below it says: brief, workspace, theme, the theme that one is based on.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field

from ..model import Noun

PAPERS: dict[str, tuple[float, float]] = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height of paper, in millimetres."""

_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_LENGTH = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(mm|cm|in|pt)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FACE = re.compile(r"[^\W_][\w &.-]{0,63}")


def millimetres(length: str) -> float:
    """Return a length such as `18mm` or `0.75in` in millimetres."""
    found = _LENGTH.fullmatch(length)
    if not found:
        raise ValueError(f"{length!r} is not a length such as 18mm, 1.8cm, 0.75in or 51pt")
    return float(found[1]) * _UNITS[found[2]]


def _between(low: float, high: float) -> AfterValidator:
    def check(value: str) -> str:
        if value and not low <= millimetres(value) <= high:
            raise ValueError(f"must be from {low:g}mm to {high:g}mm")
        return value

    return AfterValidator(check)


def _colour(value: str) -> str:
    if value and not _COLOUR.fullmatch(value):
        raise ValueError(f"{value!r} is not a colour such as #1f5673")
    return value.lower()


def _face(value: str) -> str:
    if value and not _FACE.fullmatch(value):
        raise ValueError(f"{value!r} is not the name of one font family")
    return value


Colour = Annotated[str, AfterValidator(_colour)]
Face = Annotated[str, AfterValidator(_face)]


class Margins(Noun):
    """White around the text: `top` and `bottom` hold the marking, so neither is under 14 mm."""

    top: Annotated[str, _between(14, 50)] = ""
    sides: Annotated[str, _between(10, 50)] = ""
    bottom: Annotated[str, _between(14, 50)] = ""


class Colours(Noun):
    """Colours of the page, as `#rrggbb`; the marking alone has colours of its own, fixed by TLP.

    `ink` is text, `muted` what is said beside it, `accent` marks, citations and charts, `alert` what is disputed or
    not to be relied on; `rule` and `hair` are lines, `wash` the ground of boxes, `paper` that of the page.
    """

    ink: Colour = ""
    muted: Colour = ""
    accent: Colour = ""
    alert: Colour = ""
    rule: Colour = ""
    hair: Colour = ""
    wash: Colour = ""
    paper: Colour = ""


class Fonts(Noun):
    """Font families, whose files lie in a theme's `fonts/`.

    `text` is the face of prose, `heads` that of titles and headings, `data` that of tables, figures, notes, charts
    and maps; one not said is that of the text. `fallback` draws what these do not have, such as other scripts.
    """

    text: Face = ""
    heads: Face = ""
    data: Face = ""
    fallback: tuple[Face, ...] = ()


class Look(Noun):
    """What `[page]` says.

    `theme` names a folder of `templates/themes`; it is a setting of briefings.toml alone, a theme says `base` instead.
    `headings` stand `beside` the text, in a column as wide as `head_column`, or `above` it; then as much is left white
    at the end of the lines, so that they stay short enough to read.
    `logo` is a PNG or SVG file, in the workspace or in the folder of the theme; `logo_alt` says in words what it
    shows, and is required with it.
    """

    theme: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9_-]*)?$")] = ""
    paper: Literal["", "A4", "Letter"] = ""
    margins: Margins = Margins()
    headings: Literal["", "beside", "above"] = ""
    head_column: Annotated[str, _between(0, 60)] = ""
    logo: str = ""
    logo_alt: Annotated[str, Field(max_length=200)] = ""
    logo_height: Annotated[str, _between(5, 25)] = ""
    colours: Colours = Colours()
    fonts: Fonts = Fonts()

    @property
    def text_width(self) -> float:
        """Return how many millimetres there are from margin to margin."""
        return PAPERS[self.paper][0] - 2 * millimetres(self.margins.sides)

    @property
    def measure(self) -> float:
        """Return how many points across the column of text has, with two to spare."""
        return float(round((self.text_width - millimetres(self.head_column)) * 72 / 25.4) - 2)


EXPLAINED = {
    "page.theme": "a folder of templates/themes; empty: the one the type of brief names",
    "page.paper": "A4 or Letter",
    "page.margins.top": "14mm to 50mm; the marking stands in it",
    "page.margins.sides": "10mm to 50mm",
    "page.margins.bottom": "14mm to 50mm; the marking stands in it",
    "page.headings": "beside the text, or above it",
    "page.head_column": "how wide headings beside the text are; with headings above, white at the end of the lines",
    "page.logo": "a PNG or SVG file of the workspace; empty: the theme's, if it has one",
    "page.logo_alt": "what the logo shows, for readers who cannot see it; required with a logo",
    "page.logo_height": "5mm to 25mm",
    "page.colours.ink": "text, as #rrggbb",
    "page.colours.muted": "what is said beside the text",
    "page.colours.accent": "marks, citations, charts and maps",
    "page.colours.alert": "disputed, draft, superseded",
    "page.colours.rule": "lines",
    "page.colours.hair": "fine lines",
    "page.colours.wash": "the ground of boxes",
    "page.colours.paper": "the ground of the page",
    "page.fonts.text": "the family prose is set in, of the theme's fonts/",
    "page.fonts.heads": "the family of titles and headings; empty everywhere: that of the text",
    "page.fonts.data": "the family of tables, figures, notes, charts and maps; empty everywhere: that of the text",
    "page.fonts.fallback": "families for what the others do not have, such as other scripts",
}
"""What each setting means; one that is empty is as the theme says."""

_Kind = TypeVar("_Kind", bound=Noun)


def over(above: Look, below: Look) -> Look:
    """Return a look with what the one above leaves empty taken from the one below."""
    merged = _merged(above, below)
    if above.logo and not above.logo_alt:
        merged = merged.model_copy(update={"logo_alt": ""})  # words for one picture are none for another
    return merged


def _merged(above: _Kind, below: _Kind) -> _Kind:
    """Return a noun with every empty field taken from the one below, tables in it likewise."""
    fields: dict[str, Any] = {}
    for name in type(above).model_fields:
        value, other = getattr(above, name), getattr(below, name)
        fields[name] = _merged(value, other) if isinstance(value, Noun) else value or other
    return above.model_copy(update=fields)
