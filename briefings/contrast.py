"""Whether the colours of a page can be told from what they stand on, as WCAG reckons it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from .looks import Colours
from .model import Finding

TEXT, GRAPHICS = 4.5, 3.0
"""Least ratios: text as small as a page has it; large type, lines and shapes that carry meaning."""

_SAID = ("ink", "muted", "accent", "alert")
"""Colours that words are set in; each is drawn with in charts and boxes, too, which takes less."""


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint(colours: Colours, *, theme: str) -> Iterator[Finding]:
    """Yield a warning for each colour too near to the ground it stands on, naming both and their ratio."""
    for name in _SAID:
        for ground in ("paper", "wash"):
            found = ratio(getattr(colours, name), getattr(colours, ground))
            if found < TEXT:
                large = "" if found >= GRAPHICS else f", and large type, lines and shapes {GRAPHICS:g}"
                yield Finding(
                    level="warn",
                    code="THEME_CONTRAST",
                    message=f"{name} on {ground} has a contrast of {found:.1f} to 1; text needs {TEXT:g}{large}",
                    where=f"theme {theme}, page.colours.{name}",
                )
