"""Situation briefs in which every figure can be followed to the sentence and the office it came from.

The line of work is `making.edition.produce`, step by step; an author of notebooks needs `desk` and the functions of
`builders`. `README.md` of the package is its map: its parts, and what each module is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "Claim": "model",
    "Document": "model",
    "Event": "model",
    "Figure": "model",
    "Incident": "model",
    "Window": "model",
    "Section": "sections",
    "desk": "desks.opening",
    "load_ipython_extension": "building.magics",
    "form": "authoring.forms",
    "make": "making.edition",
    "read": "report.extract",
    "reconcile": "reconciling.reconciliation",
    "review": "release.reviews",
    "Total": "model",
    "total": "reconciling.totals",
}
"""Where each public name lives; loaded on first use, so that `import briefings` costs nothing."""

if TYPE_CHECKING:
    from .authoring.forms import form
    from .desks.opening import desk
    from .making.edition import make
    from .model import Claim, Document, Event, Figure, Incident, Total, Window
    from .reconciling.reconciliation import reconcile
    from .reconciling.totals import total
    from .release.reviews import review
    from .report.extract import read
    from .sections import Section

__all__ = [
    "Claim",
    "Document",
    "Event",
    "Figure",
    "Incident",
    "Section",
    "Total",
    "Window",
    "desk",
    "form",
    "make",
    "read",
    "reconcile",
    "review",
    "total",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'briefings' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
