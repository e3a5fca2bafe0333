"""The demo: a workspace holding real figures in reports of our own wording, complete without a network."""

from __future__ import annotations

import shutil
from pathlib import Path

from ..making.scaffold import new_workspace
from ..storage.filing import clear_faults

DATA = Path(__file__).parents[1] / "data" / "demo"
REPORTS = DATA / "reports"
CONTEXT = DATA / "context.csv"


def install_demo(workspace_root: Path) -> Path:
    """Make a workspace of one's own from the demo: reports, context table, settings, notebooks and templates.

    Returns the workspace's folder. Errors: UsageError where anything is already there; nothing is overwritten.
    """
    root = new_workspace(workspace_root, settings())
    sources = root / "sources"
    try:
        with clear_faults(root):
            shutil.copytree(REPORTS, sources / "reports", dirs_exist_ok=True)
            shutil.copy2(CONTEXT, sources / CONTEXT.name)
            shutil.copy2(DATA / "README.md", sources / "README.md")
    except BaseException:
        shutil.rmtree(root, ignore_errors=True)  # it was empty or absent before, so all in it is ours
        raise
    return root


def settings() -> str:
    """Return the text of the demo's `briefings.toml`."""
    return (DATA / "briefings.toml").read_text(encoding="utf-8")
