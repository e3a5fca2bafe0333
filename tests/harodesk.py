"""A small workspace with four reports of one day that disagree, for the tests of reviewing and explaining."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from typer.testing import CliRunner, Result

from briefings.cli.app import app

SETTINGS = """\
[workspace]
name = "Haro desk"

[briefs.haro]
type = "daily"
title = "Haro: armed attacks"
region = "haro"

[regions.haro]
name = "Haro"
country = "Tarland"
timezone = "Etc/GMT-2"
places = ["Kesh", "Ostin"]

[sources.reports]
kind = "folder"
path = "sources"
"""
DAY = date(2025, 3, 8)
GIVEN = ["-p", "date=2025-03-08"]
REPORTS = {
    "army": ("Coast Post", "14:00", "Twenty civilians were killed in Kesh on Saturday, the army said in a statement."),
    "ministry": (
        "Hill Courier",
        "16:00",
        "The health ministry said that 12 civilians were killed in Kesh on Saturday.",
    ),
    "front": (
        "Port Gazette",
        "18:00",
        "The Haro Liberation Front, an armed group, said that 30 civilians were killed in Kesh on Saturday.",
    ),
    "ostin": ("Inland Mail", "19:00", "The army said that 11 civilians were killed in Ostin on Saturday."),
}


def workspace(folder: Path) -> Path:
    """Lay the workspace out in a new folder; return it."""
    (folder / "sources").mkdir(parents=True)
    (folder / "briefings.toml").write_text(SETTINGS)
    for name in REPORTS:
        report(folder, name)
    return folder


def report(folder: Path, name: str, text: str | None = None) -> None:
    """Put one report into the workspace, as it is or with other words."""
    publisher, hour, said = REPORTS[name]
    (folder / "sources" / f"{name}.md").write_text(
        f"---\ntitle: News of the day\npublisher: {publisher}\npublished: {DAY}T{hour}:00+02:00\n"
        f"url: https://example.org/{name}\n---\n\n{text or said}\n"
    )


Run = Callable[..., Result]


def commands_in(root: Path) -> Run:
    """Return what runs a command in that workspace and holds it to the status it should end with."""

    def command(*arguments: str, fails: int = 0) -> Result:
        done = CliRunner().invoke(app, [*arguments, "-w", str(root)])
        assert done.exit_code == fails, done.output
        return done

    return command
