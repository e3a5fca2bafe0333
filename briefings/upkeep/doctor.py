"""Says what this machine or workspace lacks, and the one line that mends each lack.

Nothing is changed. The network is touched only when asked. What `diagnose` finds are values; printing them is the
command line's business.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import delivery_checks, machine_checks, workspace_checks
from .checkup import Check, guarded

if TYPE_CHECKING:
    from ..core.settings import Workspace


def diagnose(workspace: Path | Workspace | None = None, *, network: bool = False) -> tuple[Check, ...]:
    """Look at the machine and, where there is one, at the workspace; takes about two seconds, one of them a kernel's.

    `workspace` is a loaded one, a folder in one, or `None` for the one in force here, if any. With `network` the mail
    relay is greeted and a PostgreSQL store is read, and nothing more. A fault in a check is that check's result,
    never an error of this function.
    """
    checks = [
        *guarded("Python", machine_checks.python_version),
        *guarded("Pango", machine_checks.pango_libraries),
        *guarded("WeasyPrint", machine_checks.weasyprint_imports),
        *guarded("Fonts", machine_checks.fonts_shipped),
        *guarded("Kernel", machine_checks.kernel_starts),
        *guarded("SQLite", machine_checks.sqlite_version),
        *guarded("Time zones", lambda: machine_checks.time_zones(())),
        *guarded("JupyterLab", machine_checks.jupyterlab_present),
    ]
    space, about = workspace_checks.settings_read(workspace)
    checks.append(about)
    if space is not None:
        checks += [
            *guarded("Time zones", lambda: machine_checks.time_zones(_clocks(space))),
            *guarded("Store", lambda: workspace_checks.store_writable(space.store)),
            *guarded("Record", lambda: workspace_checks.record_intact(space.store, network=network)),
            *guarded("Reports", lambda: workspace_checks.folder_writable("Reports", space.reports)),
            *guarded("Disk", lambda: workspace_checks.disk_space(space.reports)),
            *guarded("Notebooks", lambda: workspace_checks.folder_holds("Notebooks", space.notebooks, "*.ipynb")),
            *guarded("Sources", lambda: workspace_checks.sources_present(space)),
            *guarded("Mail", lambda: delivery_checks.mail_configured(space, network=network)),
            *guarded("Standing approvals", lambda: delivery_checks.standing_lasts(space)),
            *guarded("Channels", lambda: delivery_checks.channels_open(space)),
            *guarded("Signing", lambda: delivery_checks.signing_possible(space)),
            *guarded("Secrets", lambda: workspace_checks.secrets_private(space)),
        ]
    return tuple(checks)


def _clocks(space: Workspace) -> tuple[str, ...]:
    """Return the time zones that days are counted and schedules kept by."""
    schedules = (brief.schedule_zone for brief in space.briefs.values() if brief.schedule_zone)
    return tuple(sorted({*(region.timezone for region in space.regions.values()), *schedules}))
