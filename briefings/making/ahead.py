"""Begins early what takes long: kernels get ready for the notebooks of a brief while all else is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..core import config
from ..core.settings import Workspace
from ..kernels import kernels, warm
from .planning import brief_type, notebook_path


def begin(brief: str, workspace: Path | Workspace | None) -> Workspace:
    """Open a workspace for a brief of it, and have the kernels of its notebooks get ready.

    Raises ConfigError or UsageError as settling what is to be made does.
    """
    space = config.opened(workspace)
    ready_kernels(space, brief_type(space, space.brief(brief).type).notebooks)
    return space


def ready_kernels(space: Workspace, notebooks: Sequence[str]) -> None:
    """Start kernels for notebooks beforehand, where the workspace keeps them warm; else end all."""
    if space.warm:
        kernels.prepare([notebook_path(space, name) for name in notebooks])
    else:
        warm.close()
