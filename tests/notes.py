"""A brief of one page and one notebook, for tests of how briefs are made rather than of what the shipped ones say."""

from __future__ import annotations

from pathlib import Path

from briefings.notebook.cells import load_nbformat

nbformat = load_nbformat()

NOTE = "note"
TYPE = """\
title = "Note"
notebooks = ["note.ipynb"]
page_budget = 2

[parameters.date]
type = "date"

[slots.bottom_line]
kind = "prose"
title = "Bottom line"

[slots.gaps]
kind = "items"
title = "What is not known"

[slots.changes]
kind = "table"
title = "What changed"
required = false

[slots.sources]
kind = "sources"
title = "Sources and method"
"""
OPENING = """\
import briefings
from briefings.builders import bottom_line, changes, gaps, sources_list

desk = briefings.desk(brief, date=date)
"""
CELLS = {
    "Bottom line": 'bottom_line(desk, slot="bottom_line")',
    "What is not known": 'gaps(desk, slot="gaps")',
    "What changed": 'changes(desk, slot="changes")',
    "Sources": 'sources_list(desk, slot="sources")',
}


def with_note(root: Path, region: str) -> Path:
    """Give a workspace the brief named `note`, about one of its regions; return the workspace."""
    (root / "templates" / NOTE).mkdir(parents=True)
    (root / "templates" / NOTE / "brief.toml").write_text(TYPE, encoding="utf-8")
    parameters = nbformat.v4.new_code_cell('brief = ""\ndate = ""', metadata={"tags": ["parameters"]})
    cells = [parameters, nbformat.v4.new_code_cell(OPENING)]
    for heading, source in CELLS.items():
        cells += [nbformat.v4.new_markdown_cell(f"## {heading}"), nbformat.v4.new_code_cell(source)]
    for number, cell in enumerate(cells, 1):
        cell.id = f"cell-{number}"  # the same notebook each time, so that editions of it can be compared
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    (root / "notebooks").mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), root / "notebooks" / "note.ipynb")
    settings = root / "briefings.toml"
    brief = f'[briefs.{NOTE}]\ntype = "{NOTE}"\ntitle = "A note"\nregion = "{region}"\nmarking = "TLP:CLEAR"\n'
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n{brief}", encoding="utf-8")
    return root


def rewrite(path: Path, cell_with: str, source: str) -> None:
    """Replace the source of the cell of a notebook that holds `cell_with`."""
    nb = nbformat.read(path, as_version=4)
    (cell,) = [cell for cell in nb.cells if cell.cell_type == "code" and cell_with in cell.source]
    cell.source = source
    nbformat.write(nb, path)
