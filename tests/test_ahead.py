"""What takes long is begun before the rest is loaded, for the notebooks of just that brief."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from briefings.core.settings import Workspace
from briefings.errors import UsageError
from briefings.kernels import kernels
from briefings.making import ahead, planning


def test_kernels_get_ready_for_the_notebooks_of_the_brief(demo: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace comes back opened, so that nobody opens it twice."""
    asked: list[Path] = []

    def prepare(notebooks: Sequence[Path]) -> None:
        asked.extend(notebooks)

    monkeypatch.setattr(kernels, "prepare", prepare)
    assert ahead.begin("balochistan", demo.root) == demo
    names = planning.brief_type(demo, demo.brief("balochistan").type).notebooks
    assert [path.name for path in asked] == list(names)
    assert all(path.is_file() for path in asked)


def test_a_brief_there_is_not_is_told_as_when_it_is_settled(demo: Workspace) -> None:
    """Whoever types a wrong name hears so at once."""
    with pytest.raises(UsageError) as early:
        ahead.begin("nowhere", demo)
    with pytest.raises(UsageError) as late:
        demo.brief("nowhere")
    assert str(early.value) == str(late.value)
