"""The libraries that draw text: whether they are here, and how to get them."""

from __future__ import annotations

import ctypes
import shutil
from collections.abc import Callable, Mapping

LIBRARIES: dict[str, tuple[str, ...]] = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib", "libpangoft2-1.0-0.dll"),
    "HarfBuzz-Subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
}
"""Each library WeasyPrint loads by name, as Linux, macOS and Windows spell it."""

INSTALL: tuple[tuple[str, str], ...] = (
    ("apt-get", "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ("dnf", "dnf install pango"),
    ("pacman", "pacman -S pango"),
    ("apk", "apk add pango"),
    ("brew", "brew install pango"),
)
"""Program found on the machine → the line that installs Pango there; the first is tested on bare Debian 12."""


def lacking(libraries: Mapping[str, tuple[str, ...]] = LIBRARIES) -> list[str]:
    """Return the libraries that do not load by any of the names platforms give them."""
    return [name for name, spellings in libraries.items() if not any(map(_loads, spellings))]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_line(which: Callable[[str], str | None] = shutil.which) -> str:
    """Return the line that installs Pango on this machine; `which` finds a program on the path."""
    for program, line in INSTALL:
        if which(program):
            return line
    return "install Pango 1.44 or later: https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
