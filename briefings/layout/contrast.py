"""Whether the colours of a page can be told from what they stand on, as WCAG reckons it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

from ..core.looks import Colours
from ..model import Finding

TEXT, GRAPHICS = 4.5, 3.0
"""Least ratios: text as small as a page has it; large type, lines and shapes that carry meaning."""

UNREADABLE = GRAPHICS
"""Below this no type can be read, however large: nothing is issued in such colours."""

_SAID = ("ink", "muted", "accent", "alert")
"""Colours that words are set in; each is drawn with in charts and boxes, too, which takes less."""
_GROUNDS = ("paper", "wash")

_NIGHT = re.compile(r"--dark-([a-z]+)\s*:\s*([^;}]+)")
_ELSE = re.compile(r"var\(\s*--dark-([a-z]+)\s*,\s*([^)]+)\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_STYLE = re.compile(r'\bstyle="([^"]*)"')
_SHEET = re.compile(r'class="sheet"[^>]*\bstyle="([^"]*)"')
_RULE = re.compile(r"\{([^{}]*)\}")
_SET = re.compile(r"(?<![\w-])(color|background-color)\s*:\s*(#[0-9a-fA-F]{6})\b")


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint(colours: Colours, *, theme: str) -> Iterator[Finding]:
    """Yield a finding for each colour too near to the ground it stands on, naming both and their ratio.

    One that is hard to read is a warning; one that cannot be read at all stops publication.
    """
    said = {name: getattr(colours, name) for name in (*_SAID, *_GROUNDS)}
    yield from _near(said, where=f"theme {theme}, page.colours.")


def faint_at_night(css: str, *, theme: str) -> Iterator[Finding]:
    """Yield the same for the colours that a style sheet has for dark screens: its tokens `--dark-…`, or what stands in.

    One that is not a colour such as #1f5673 is told, too, for nobody can say what it stands out from.
    """
    said = {**dict(_ELSE.findall(css)), **{name: value.strip() for name, value in _NIGHT.findall(css)}}
    where = f"theme {theme}, --dark-"
    for name in (*_SAID, *_GROUNDS):
        if name in said and not _COLOUR.fullmatch(said[name]):
            message = f"{said.pop(name)!r} is not a colour such as #1f5673, so its contrast cannot be reckoned"
            yield Finding(level="warn", code="THEME_CONTRAST", message=message, where=f"{where}{name}")
    yield from _near(said, where=where)


def faint_in_mail(html: str) -> Iterator[Finding]:
    """Yield the same for a message, which carries its own colours: those of its text, and those for dark screens."""
    sheet = next(iter(_SHEET.findall(html)), "")
    light = _said_in(sheet).get("background-color", "#ffffff")
    for said in map(_said_in, _STYLE.findall(html)):
        yield from _in_mail(said, said.get("background-color", light), "the message")
    dark = html.partition("prefers-color-scheme: dark")[2].partition("</style>")[0]
    rules = [_said_in(rule) for rule in _RULE.findall(dark)]
    night = next((rule["background-color"] for rule in rules if "background-color" in rule), light)
    for said in rules:
        yield from _in_mail(said, said.get("background-color", night), "the message on dark screens")


def _said_in(style: str) -> dict[str, str]:
    """Return the colours a style says by property."""
    return dict(_SET.findall(style))


def _in_mail(said: Mapping[str, str], ground: str, where: str) -> Iterator[Finding]:
    if "color" in said and (finding := _too_near(f"{said['color']} on {ground}", said["color"], ground, where)):
        yield finding


def _near(said: Mapping[str, str], *, where: str) -> Iterator[Finding]:
    for name, ground in product(_SAID, _GROUNDS):
        if name in said and ground in said:
            finding = _too_near(f"{name} on {ground}", said[name], said[ground], f"{where}{name}")
            if finding:
                yield finding


def _too_near(what: str, colour: str, ground: str, where: str) -> Finding | None:
    """Return what is to be said of a colour on a ground, if anything is."""
    found = ratio(colour, ground)
    if found >= TEXT:
        return None
    large = "" if found >= GRAPHICS else f", and large type, lines and shapes {GRAPHICS:g}"
    message = f"{what} has a contrast of {found:.1f} to 1; text needs {TEXT:g}{large}"
    level = "stop" if found < UNREADABLE else "warn"
    return Finding(level=level, code="THEME_CONTRAST", message=message, where=where)
