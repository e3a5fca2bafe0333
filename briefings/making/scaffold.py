"""Lays out a new workspace: settings, notebooks and page templates, copied out to be edited."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from ..core.settings import FILE
from ..errors import UsageError
from ..layout import copied
from ..storage.filing import clear_faults

_SETTINGS = """\
# A workspace of Briefings. Every setting and where it comes from: briefings config show --origin

[workspace]
name = "My briefs"
prepared_by = "Duty analyst"

[briefs.watch]
type = "daily"                     # templates/daily/brief.toml
title = "My area: armed violence"
region = "area"
# starts = 2026-01-30              # first issue: numbers the issues and begins the total to date; without it
#                                  # the total begins with the first of the last 30 days that reports count anybody on
# issue_at = "12:00"               # the hour issues come out, by the area's clock; the page then promises the next
# schedule = "0 6 * * *"           # when it makes itself, by the area's clock: minute, hour, day, month, day of week
marking = "TLP:CLEAR"
lists = ["desk"]

[regions.area]
name = "My area"                   # reports that name it, or a place in it, belong to the brief
country = "My country"
# iso = "PK-BA"                    # its code, or a country's, where the names alone will not do for places and map
timezone = "UTC"                   # the calendar and clock of the area, such as Asia/Karachi
names = []                         # other spellings
places = []                        # towns and districts in it

[sources.reports]
kind = "folder"                    # folder | feed | page | table
path = "sources/reports"
timezone = "UTC"                   # the clock of times that give no offset

[lists.desk]
recipients = [{ name = "Desk", address = "desk@example.org", marking = "TLP:AMBER" }]

[smtp]
host = "localhost"
port = 587
tls = "starttls"                   # starttls | implicit | none
sender = "briefings@example.org"
# username = "briefings"
# password = "env:BRIEFINGS_SMTP_PASSWORD"   # a reference, never the password itself

[limits]                           # what one run may use before it is ended
cell_seconds = 300                 # one cell of a notebook, 1 to 86400
run_seconds = 1800                 # one notebook, 1 to 86400
memory_mb = 6144                   # one notebook's kernel, 512 to 1048576
fill_seconds = 20                  # filling the templates of the page, 1 to 3600
print_seconds = 60                 # laying out and printing the PDF, 5 to 3600
print_memory_mb = 2048             # megabytes of memory the printer may use, 512 or more
"""


def shipped(name: str) -> Path:
    """Return the folder `templates` or `notebooks` as shipped: inside the installed package or beside it."""
    inside = Path(__file__).parents[1] / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / name


def new_workspace(folder: Path, settings: str = "") -> Path:
    """Make a workspace at `folder` with its own copies of the notebooks and page templates.

    With `settings` of reports that come along, as the demo's do, notebooks keep the day they were written for; else
    they are opened on today. Raises UsageError where a workspace or other files are already there; nothing is
    overwritten.
    """
    root = Path(os.path.normpath(folder.expanduser().absolute()))
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError(
            "the folder is not empty", where=str(root), why="nothing is ever overwritten", fix="name a new folder"
        )
    with clear_faults(root):
        (root / "sources" / "reports").mkdir(parents=True)
        (root / "reports").mkdir()
        for name in ("templates", "notebooks"):
            shutil.copytree(
                shipped(name), root / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            )
        copied.record(root / "templates")
        (root / FILE).write_text(settings or _SETTINGS, encoding="utf-8")
        values = {"brief": next(iter(tomllib.loads(settings or _SETTINGS)["briefs"]))}
        _set(root / "notebooks", values if settings else {**values, "date": datetime.now(UTC).date().isoformat()})
    return root


def _set(notebooks: Path, values: Mapping[str, str]) -> None:
    """Let the parameters cell of each notebook have the workspace's own brief and day, so that it runs when opened."""
    for path in notebooks.glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        for name, value in values.items():
            text = re.sub(rf'"{name} = \\"[^"\\]*\\"', rf'"{name} = \\"{value}\\"', text, count=1)
        path.write_text(text, encoding="utf-8")
