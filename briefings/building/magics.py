"""The cell magic `%%prose`: an author's words, in which numbers, days and names are references, offered at Tab."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..desks.desk import Desk
from ..errors import UsageError
from ..sections import Section
from .authored import prose
from .braces import WORDS
from .offers import offered, open_brace

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_NAMED = re.compile(r"\{\s*([A-Za-z_]\w*)\s*\}")
_LINE = re.compile(r"^(?P<slot>\w+)(?:\s+--desk[= ](?P<desk>\w+))?(?:\s+(?P<title>\S.*))?$")
_OFFERS = "briefings.references"
_USE = "%%prose SLOT [--desk NAME] [TITLE]"


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Make `%%prose` known to a notebook: what `%load_ext briefings` does."""

    def prose_cell(line: str, cell: str) -> Section:
        return section(line, cell, shell.user_ns)

    prose_cell.__doc__ = section.__doc__
    shell.magics_manager.register_function(prose_cell, magic_name="prose", magic_kind="cell")
    _complete(shell)


def _complete(shell: InteractiveShell) -> None:
    """Have the Tab key offer what may stand in an open brace: the references of the notebook's desk."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    @context_matcher(identifier=_OFFERS)  # type: ignore[untyped-decorator]
    def references(context: Any) -> dict[str, Any]:
        begun = open_brace(context.full_text, context.text_until_cursor)
        desk = _completed(context.full_text, shell.user_ns) if begun is not None else None
        found = offered(desk, begun) if desk is not None and begun is not None else []
        offers = [SimpleCompletion(text=one, type="reference") for one in found]
        return {"completions": offers, "matched_fragment": begun or "", "suppress": bool(found), "ordered": True}

    matchers = shell.Completer.custom_matchers
    matchers[:] = [one for one in matchers if getattr(one, "matcher_identifier", "") != _OFFERS]
    matchers.append(references)


def _completed(cell: str, names: Mapping[str, Any]) -> Desk | None:
    """Return the desk of the cell that is being written, if its notebook has opened it."""
    head = cell.lstrip().partition("\n")[0].removeprefix("%%prose").strip()
    asked = _LINE.match(head) if cell.lstrip().startswith("%%prose") else None
    found = names.get((asked and asked["desk"]) or "desk")
    return found if isinstance(found, Desk) else None


def section(line: str, cell: str, names: Mapping[str, Any]) -> Section:
    """Return the section of a cell `%%prose SLOT [--desk NAME] [TITLE]`, its text written as `builders.prose` takes it.

    The desk is the notebook's `desk`. A name in braces that is no reference is the notebook's variable of that name.
    Errors: UsageError `PROSE_CELL` for a line that cannot be read, or without a desk; ContractError `PROSE`.
    """
    asked = _LINE.match(line.strip())
    if asked is None:
        raise UsageError(f"{line!r} names no slot", where="%%prose", fix=f"write {_USE}", code="PROSE_CELL")
    desk = _desk(names, asked["desk"] or "desk")
    used = {name: names[name] for name in _NAMED.findall(cell) if name in names and name not in WORDS}
    return prose(desk, cell, slot=asked["slot"], title=asked["title"] or "", **used)


def _desk(names: Mapping[str, Any], name: str) -> Desk:
    found = names.get(name)
    if isinstance(found, Desk):
        return found
    others = [key for key, value in names.items() if isinstance(value, Desk) and not key.startswith("_")]
    fix = f"write %%prose SLOT --desk {others[0]}" if others else "run desk = briefings.desk(brief, date=date) before"
    raise UsageError(f"{name!r} is no desk here", where="%%prose", fix=fix, code="PROSE_CELL")
