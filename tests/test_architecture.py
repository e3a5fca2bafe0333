"""The house rules, executable: which way imports point, what may not touch the world, what loads late."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "briefings"
ROOT = PACKAGE.parent
MODULES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.glob("*.py"))}

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"__init__", "errors", "model", "layers", "config"}),
    frozenset(
        {"quantities", "lexicon", "sentences", "windows", "places", "speakers", "attribution", "people", "outcomes"}
        | {"clauses", "harm", "passages"}
    ),
    frozenset(
        {
            "extract",
            "lines",
            "asides",
            "match",
            "nations",
            "voices",
            "phrasing",
            "sayings",
            "rules",
            "figures",
            "reconciliation",
        }
    ),
    frozenset(
        {"sections", "words", "untrusted", "charts", "plain", "cells", "parameters", "brief"}
        | {"locks", "check", "render", "export", "lint", "guard", "failures", "records", "notebook"}
    ),
    frozenset({"dates", "pages", "documents", "fetching", "feeds", "tables", "database", "store_tables", "store_rows"}),
    frozenset(
        {
            "filing",
            "sources",
            "store",
            "confine",
            "engine",
            "kernels",
            "pdf",
            "printer",
            "printed",
            "mail",
            "relay",
            "outbox",
            "deliver",
            "manifest",
        }
    ),
    frozenset({"asked", "regions", "frames", "wording", "room", "statements", "desks", "evidence"}),
    frozenset({"bullets", "chronicle", "news", "tolls", "rivals", "context", "builders"}),
    frozenset({"edition", "release", "editing", "scaffold", "demo", "doctor", "preview", "preview_page"}),
    frozenset({"terminal", "cli", "__main__"}),
)
"""Lowest first; a module imports only from its own layer and those below."""

PURE = frozenset(
    {
        "quantities",
        "lexicon",
        "sentences",
        "windows",
        "places",
        "attribution",
        "extract",
        "match",
        "nations",
        "voices",
        "phrasing",
        "sayings",
        "rules",
        "figures",
        "reconciliation",
        "sections",
        "words",
        "charts",
        "locks",
        "check",
        "export",
        "mail",
    }
)
"""They receive instants, zones and texts as values, and never touch the world themselves."""

WORLD = re.compile(r"^(os|socket|random|secrets|subprocess|logging|tempfile|shutil|urllib3?|requests|sqlalchemy)(\.|$)")
CLOCK = {"now", "today", "utcnow"}


def level(module: str) -> int:
    return next((at for at, layer in enumerate(LAYERS) if module in layer), -1)


def imported(module: str) -> list[tuple[str, int]]:
    """Return (briefings module, line) for each import of our own, function-level ones included."""
    found = []
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found += [(name.split(".")[0], node.lineno) for name in names if name and name.split(".")[0] in MODULES]
    return found


def type_checking_lines(module: str) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def test_every_module_has_its_layer() -> None:
    """A new module must be placed in the picture of the package."""
    assert sorted(name for name in MODULES if level(name) < 0) == []


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_point_one_way(module: str) -> None:
    """No module imports from a layer above its own."""
    excused = type_checking_lines(module)
    upward = [
        f"{module}:{line} imports {name}"
        for name, line in imported(module)
        if line not in excused and level(name) > level(module)
    ]
    assert upward == []


@pytest.mark.parametrize("module", sorted(PURE & MODULES.keys()))
def test_pure_modules_do_not_touch_the_world(module: str) -> None:
    """What must give the same answer twice reads no clock, file, environment, network or log."""
    faults = []
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Import):
            faults += [f"{node.lineno}: import {alias.name}" for alias in node.names if WORLD.match(alias.name)]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and WORLD.match(node.module or ""):
            faults.append(f"{node.lineno}: from {node.module}")
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in CLOCK or name in {"open", "read_text", "read_bytes", "write_text", "write_bytes"}:
                faults.append(f"{node.lineno}: calls {name}()")
    assert faults == []


def test_public_names_are_described() -> None:
    """Every module and every public class and function says what it is for."""
    missing = []
    for name, tree in MODULES.items():
        if not ast.get_docstring(tree):
            missing.append(name)
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                missing.append(f"{name}.{node.name}")
    assert missing == []


def test_no_template_switches_escaping_off() -> None:
    """Text from outside is always escaped: no shipped template uses the `safe` filter on it."""
    offenders = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.j2")
        if re.search(r"\|\s*safe\b", path.read_text(encoding="utf-8"))
    ]
    assert offenders == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["make", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Asking for help answers at once: no notebook, page, store, frame or colour library is imported."""
    heavy = (
        "weasyprint",
        "papermill",
        "pandas",
        "jinja2",
        "sqlalchemy",
        "matplotlib",
        "starlette",
        "nbformat",
        "rich",
        "markdown_it",
        "pygments",
    )
    probe = (
        "import sys\n"
        "from briefings.cli import app\n"
        f"try: app({arguments!r})\n"
        "except SystemExit: pass\n"
        f"print('LOADED', [name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_public_surface_is_complete() -> None:
    """`briefings.__all__` is sorted, and every name in it can be had."""
    import briefings

    assert list(briefings.__all__) == sorted(briefings.__all__)
    for name in briefings.__all__:
        assert getattr(briefings, name) is not None


def test_nothing_asks_whether_it_is_under_test() -> None:
    """Production code behaves the same wherever it runs."""
    offenders = [name for name, tree in MODULES.items() if "PYTEST" in ast.dump(tree)]
    assert offenders == []
