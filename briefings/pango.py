"""How to get the libraries that draw text, said by the doctor and by a printer that lacks them."""

from __future__ import annotations

import shutil
from collections.abc import Callable

INSTALL: tuple[tuple[str, str], ...] = (
    ("apt-get", "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ("dnf", "dnf install pango"),
    ("pacman", "pacman -S pango"),
    ("apk", "apk add pango"),
    ("brew", "brew install pango"),
)
"""Program found on the machine → the line that installs Pango there; the first is tested on bare Debian 12."""


def install_line(which: Callable[[str], str | None] = shutil.which) -> str:
    """Return the line that installs Pango on this machine; `which` finds a program on the path."""
    for program, line in INSTALL:
        if which(program):
            return line
    return "install Pango 1.44 or later: https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
