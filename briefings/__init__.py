"""Situation briefs in which every figure can be followed to the sentence and the office it came from.

`README.md` beside this file is the map of the package: its layers and what each module is for. The line of work is
`edition.produce`, step by step; an author of notebooks needs `desk` and the functions of `builders`.
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
    "desk": "opening",
    "load_ipython_extension": "magics",
    "form": "forms",
    "make": "edition",
    "read": "extract",
    "reconcile": "reconciliation",
    "review": "reviews",
    "Total": "model",
    "total": "totals",
}
"""Where each public name lives; loaded on first use, so that `import briefings` costs nothing."""

if TYPE_CHECKING:
    from .edition import make
    from .extract import read
    from .forms import form
    from .model import Claim, Document, Event, Figure, Incident, Total, Window
    from .opening import desk
    from .reconciliation import reconcile
    from .reviews import review
    from .sections import Section
    from .totals import total

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
