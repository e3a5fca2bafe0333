"""Adds a notebook or a section to a type of brief: the cells, and what brief.toml says of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ..core import toml_texts
from ..core.settings import Workspace
from ..errors import UsageError
from ..making.planning import brief_type, notebook_folder, type_folder
from ..making.scaffold import shipped
from ..notebook import notebook_files, parameter_cells
from ..notebook.brief import BriefType, parse_type
from ..notebook.cells import PARAMETERS
from ..notebook.notebook_files import File, code, prose
from ..notebook.parameters import is_parameter_name
from . import drafts, mending, starters
from .drafts import Added, Draft


def notebook(space: Workspace, name: str, *, kind: str = "", section: str = "table", title: str = "") -> Added:
    """Write a notebook that runs at once; with a `kind` it is entered in that type of brief, with a slot it fills.

    `section` is the kind of section it begins with. Errors: UsageError `NEW_NAME` or `NEW_TAKEN`, ConfigError as of
    the type.
    """
    name = name.removesuffix(".ipynb")
    drafts.require_name(name, "notebook")
    drafts.require_one_of(section, starters.KINDS, "kind of section")
    declared = brief_type(space, kind or mending.first_type(space))
    draft, title = Draft(), _title(title, name) if kind else title or drafts.titled(name)
    path = _notebooks(space, draft) / f"{name}.ipynb"
    drafts.require_free(
        path.name, "notebook", [*declared.notebooks, *(one.name for one in notebook_folder(space).glob("*.ipynb"))]
    )
    file = notebook_files.blank(path)
    values = mending.first_values(space, declared.name, declared, datetime.now(UTC).date())
    _begin(file, title, declared, parameter_cells.fresh(declared, values))
    if kind:
        slot = _slot(name, declared)
        text = toml_texts.with_entry(_own_type(space, kind, draft), path.name, to=("notebooks",))
        _declare(draft, space, kind, _with_slot(text, declared, slot, section, title, path.name))
        _add_section(file, slot, section, title)
    else:
        file.insert(len(file.cells), prose("look", starters.EXPLORE_HEADING), code("explore", starters.EXPLORE))
    draft.new[path] = file.style.text(file.data).encode()
    return draft.add(f"briefings check {drafts.below(path, space.root)}" if kind else "briefings lab")


def section(
    space: Workspace, name: str, *, notebook: str = "", kind: str = "", of: str = "", title: str = "", after: str = ""
) -> Added:
    """Add a section to a type of brief: a slot in its brief.toml, and a cell that fills it in one of its notebooks.

    `kind` is the kind of section, `of` the type, which is that of the notebook where none is given. Other types with
    the same notebook leave the section out. Errors: UsageError `NEW_NAME`, `NEW_TAKEN` or `NEW_PLACE`.
    """
    kind = kind or "table"
    drafts.require_one_of(kind, starters.KINDS, "kind of section")
    of = of or (mending.type_of(Path(_book(notebook)), workspace=space.root) if notebook else mending.first_type(space))
    declared = brief_type(space, of)
    book = _one_notebook(notebook, declared)
    slot, title = _slot(name, declared), _title(title, name)
    if after and declared.slot(after) is None:
        names = [one.name for one in declared.slots]
        raise drafts.unknown(f"a {declared.name!r} brief has no slot", after, names, code="NEW_PLACE")
    draft = Draft()
    path = _notebooks(space, draft) / book
    text = _own_type(space, declared.name, draft)
    _declare(draft, space, declared.name, _with_slot(text, declared, slot, kind, title, book, after=after))
    for other in _sharing(space, book, declared.name):
        _declare(
            draft,
            space,
            other,
            toml_texts.with_entry(_own_type(space, other, draft), slot, to=("omits",), after="notebooks"),
        )
    origin = draft.copies.get(path.parent, path.parent)
    file = notebook_files.read(origin / book)
    _add_section(file, slot, kind, title)
    draft.grown[path] = file.style.text(file.data).encode()
    return draft.add(f"briefings check {drafts.below(path, space.root)} --type {declared.name}")


def _begin(file: File, title: str, declared: BriefType, parameters: str) -> None:
    file.insert(
        0,
        prose("title", starters.notebook_title(title)),
        code("parameters", parameters, marks=[PARAMETERS]),
        code("imports", starters.IMPORTS),
        prose("desk-heading", starters.DESK_HEADING),
        code("desk", starters.desk_code(declared)),
    )


def _add_section(file: File, slot: str, kind: str, title: str) -> None:
    name = slot.replace("_", "-")
    file.insert(
        len(file.cells),
        prose(f"{name}-heading", starters.section_heading(title, slot)),
        code(name, starters.section_code(kind, slot)),
    )


def _with_slot(text: str, declared: BriefType, slot: str, kind: str, title: str, book: str, *, after: str = "") -> str:
    """Return a brief.toml with a slot, before the list of sources where that is last, and its steps of [fit]."""
    names = [one.name for one in declared.slots]
    last = names[-2] if len(names) > 1 and declared.slots[-1].kind == "sources" else names[-1]
    text = toml_texts.with_table(text, starters.slot_table(slot, kind, title, book), after=f"slots.{after or last}")
    if declared.fit.pages:
        *mild, whole = starters.room(slot, kind)
        for step in mild:
            text = toml_texts.with_entry(text, step, to=("fit", "pages"), first=True)
        text = toml_texts.with_entry(text, whole, to=("fit", "pages"))
    return text


def _declare(draft: Draft, space: Workspace, kind: str, text: str) -> None:
    """Let a brief.toml say more, if it is right then."""
    path = space.templates / kind / "brief.toml"
    parse_type(text, name=kind, where=str(path))
    draft.grow(path, text)


def _own_type(space: Workspace, kind: str, draft: Draft) -> str:
    """Return the brief.toml of a type in the workspace, copied there first where only the shipped one is."""
    own = space.templates / kind
    if not own.is_dir():
        draft.copies[own] = type_folder(space, kind)
    return draft.text(own / "brief.toml")


def _notebooks(space: Workspace, draft: Draft) -> Path:
    """Return the workspace's folder of notebooks, to which the shipped ones are copied where it has none of its own."""
    if not space.notebooks.is_dir():
        draft.copies[space.notebooks] = shipped("notebooks")
    return space.notebooks


def _sharing(space: Workspace, book: str, kind: str) -> list[str]:
    """Return the other types that run a notebook: those of the workspace, and shipped ones that a brief of it is of."""
    ours = {path.parent.name for path in space.templates.glob("*/brief.toml")}
    ours |= {one.type for one in space.briefs.values()}
    return [other for other in sorted(ours - {kind}) if book in brief_type(space, other).notebooks]


def _slot(name: str, declared: BriefType) -> str:
    """Return the slot of a section by its name. Errors: UsageError where it cannot be one, or is taken."""
    slot = name.replace("-", "_")
    if not is_parameter_name(slot):
        raise UsageError(
            f"{name!r} cannot be the name of a section",
            fix="use letters, digits and single underscores, a letter first, such as aid_access",
            code="NEW_NAME",
        )
    drafts.require_free(slot, "slot", [*(one.name for one in declared.slots), *declared.omits])
    return slot


def _title(given: str, name: str) -> str:
    """Return a title, by default the name in words. Errors: UsageError where a number stands in it."""
    title = given or drafts.titled(name)
    if any(letter.isdigit() for letter in title):
        raise UsageError(
            f"the title {title!r} holds a number",
            why="every number of a page rests on a figure, a claim or a day, and a title has none of them",
            fix="add --title with words alone",
            code="NEW_TITLE",
        )
    return title


def _book(given: str) -> str:
    """Return the file name of a notebook that was named with or without its folder and ending."""
    return f"{Path(given).name.removesuffix('.ipynb')}.ipynb" if given else ""


def _one_notebook(given: str, declared: BriefType) -> str:
    """Return the notebook a section goes into."""
    name = _book(given)
    if name in declared.notebooks:
        return name
    if not name and len(declared.notebooks) == 1:
        return declared.notebooks[0]
    if not name:
        raise UsageError(
            "which notebook shall hold the section?",
            fix=f"add --notebook with one of {', '.join(declared.notebooks)}",
            code="NEW_PLACE",
        )
    raise drafts.unknown(f"a {declared.name!r} brief has no notebook", name, declared.notebooks, code="NEW_PLACE")
