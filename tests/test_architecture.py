"""The house rules, executable: which way imports point, what may not touch the world, what loads late."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "briefings"
ROOT = PACKAGE.parent
MAP = (PACKAGE / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| \[(\w+)\]\(((?:\w+/)?\1)\.py\) \| (.+) \| (\w*) ?\|$", re.M)
LAYERS = tuple(
    {path.replace("/", "."): (words, mark) for _, path, words, mark in ROW.findall(part)}
    for part in re.split(r"^## ", MAP, flags=re.M)[1:]
)
"""The map, lowest part first: each module, as `dating.hours` → what it says of itself, and whether it is an edge."""
ENTRIES = {name: entry for layer in LAYERS for name, entry in layer.items()}
PARTS = {path.parent.name: path for path in sorted(PACKAGE.glob("*/__init__.py")) if path.parent.name != "migrations"}
FILES_OF = [*PACKAGE.glob("*.py"), *(path for part in PARTS.values() for path in part.parent.glob("[!_]*.py"))]
MODULES = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in sorted(FILES_OF)}

LATE = {
    ("sources.pages", "sources.feeds"): "what is served as a page may turn out to be a feed",
    ("sections", "layout.render"): "a section shows itself in a notebook by the page's own templates",
}
"""Imports against the grain, made inside a function when they are needed, and why; without them there is no cycle."""

WORLD = re.compile(
    r"^(asyncio|ctypes|fcntl|getpass|glob|http|importlib\.(metadata|util)|logging|multiprocessing|os|random|requests|resource"
    r"|secrets|shutil|signal|smtplib|socket|sqlalchemy|sqlite3|ssl|subprocess|tempfile|threading|time|urllib3|uuid)(\.|$)"
)
CLOCK = {"now", "today", "utcnow"}
FILES = {
    *("cwd", "exists", "expanduser", "glob", "home", "is_dir", "is_file", "iterdir", "mkdir", "open", "read_bytes"),
    *("read_text", "rename", "resolve", "rglob", "stat", "touch", "unlink", "write_bytes", "write_text"),
}
IN_MEMORY = {
    "proof.opened": {"open"},
    "printing.seals": {"open"},
    "proof.imprint": {"read_bytes"},
    "proof.marked": {"read_bytes"},
    "proof.proofing": {"read_bytes"},
    "protecting.watermarks": {"open"},
}
"""Names of calls that open files elsewhere, but not here: pikepdf reads a PDF from bytes it is given."""


@cache
def parsed(path: Path) -> ast.Module:
    """Return a file as it is parsed: by the worker that runs these tests, not by each that only collects them."""
    return ast.parse(path.read_text(encoding="utf-8"))


def tree(module: str) -> ast.Module:
    return parsed(MODULES[module])


@cache
def nodes(module: str) -> list[ast.AST]:
    """Return all that a module consists of."""
    return list(ast.walk(tree(module)))


@cache
def level(module: str) -> int:
    return next((at for at, layer in enumerate(LAYERS) if module in layer), -1)


@cache
def imported(module: str) -> list[tuple[str, int]]:
    """Return (briefings module, line) for each import of our own, function-level ones included."""
    found = []
    for node in nodes(module):
        if not isinstance(node, ast.ImportFrom):
            continue
        home, _, rest = (node.module or "").partition(".")
        if node.level == 0 and home != PACKAGE.name:
            continue
        around = module.split(".")[: -node.level] if node.level else []
        path = [*around, *filter(None, [node.module if node.level else rest])]
        named = [".".join(path), *(".".join([*path, alias.name]) for alias in node.names)]
        found += [(name, node.lineno) for name in named if name in MODULES]
    return found


def needed(module: str) -> list[tuple[str, int]]:
    """Return what a module imports when it runs, not what only its type checker reads."""
    excused = type_checking_lines(module)
    return [(name, line) for name, line in imported(module) if line not in excused]


def touches(module: str) -> list[str]:
    """Return where a module reads or changes anything but what it is given."""
    found = []
    for node in nodes(module):
        if isinstance(node, ast.Import):
            found += [f"{node.lineno}: import {alias.name}" for alias in node.names if WORLD.match(alias.name)]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and WORLD.match(node.module or ""):
            found.append(f"{node.lineno}: from {node.module}")
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in CLOCK | FILES - IN_MEMORY.get(module, set()):
                found.append(f"{node.lineno}: calls {name}()")
    return found


@cache
def type_checking_lines(module: str) -> set[int]:
    lines: set[int] = set()
    for node in nodes(module):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def test_every_module_is_on_the_map_once() -> None:
    """A new module must be placed in briefings/README.md, and one that is gone taken off it."""
    for layer in LAYERS:
        parts = {name.rpartition(".")[0] for name in layer} - {""}
        assert len(parts) == 1, f"one part of the map, one folder: {parts}"
    assert {name.rpartition(".")[0] for name in MODULES} - {""} == set(PARTS)
    assert sorted(name for layer in LAYERS for name in layer) == sorted(MODULES)


def test_the_map_says_of_each_part_what_it_says_of_itself() -> None:
    """The words under a part's heading are the docstring of its folder."""
    parts = re.split(r"^## .+\n\n", MAP, flags=re.M)[1:]
    told = {re.findall(r"\]\((\w+)/", part)[0]: part.partition("\n\n")[0].replace("\n", " ") for part in parts}
    own = {name: ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) for name, path in PARTS.items()}
    assert told == own


def test_the_map_says_of_each_module_what_it_says_of_itself() -> None:
    """The map cannot go stale: its words are the first line of each module's docstring."""
    own = {name: (ast.get_docstring(tree(name)) or "").partition("\n")[0] for name in MODULES}
    assert {name: words for name, (words, _) in ENTRIES.items()} == own


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_point_one_way(module: str) -> None:
    """No module imports from a part above its own, but those late imports that are listed with their reasons."""
    assert [
        f"{module}:{line} imports {name}"
        for name, line in needed(module)
        if level(name) > level(module) and (module, name) not in LATE
    ] == []


def test_no_modules_import_each_other() -> None:
    """Whichever module is loaded first, it loads; late imports against the grain are listed with their reasons."""
    graph = {module: {name for name, _ in needed(module) if (module, name) not in LATE} for module in MODULES}
    while free := {module for module, names in graph.items() if not names & graph.keys()}:
        graph = {module: names for module, names in graph.items() if module not in free}
    assert graph == {}, "these import each other, or what does"


@pytest.mark.parametrize(("module", "name"), LATE)
def test_a_late_import_is_late_and_needed(module: str, name: str) -> None:
    """What is excused stands inside a function, and is still there."""
    inside = [node for node in nodes(module) if isinstance(node, ast.FunctionDef)]
    lines = [line for found, line in needed(module) if found == name]
    assert lines
    assert all(any(node.lineno < line <= (node.end_lineno or 0) for node in inside) for line in lines)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_only_edges_touch_the_world(module: str) -> None:
    """What must give the same answer twice reads no clock, file, environment, network or log; what is an edge does."""
    found = touches(module)
    if ENTRIES[module][1] == "edge":
        assert found, f"{module} is marked as an edge and touches nothing; take the mark off briefings/README.md"
    else:
        assert found == []


UNIMPORTED = {
    "ipykernel": "started as a program of its own, by the name ipykernel_launcher",
    "tzdata": "holds data: the time zones where the system has none",
}
"""Packages the program needs and never imports, and why."""


def test_every_package_needed_is_declared_and_every_one_declared_is_needed() -> None:
    """Nothing is installed for nobody, and nothing is had only because another package brings it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (one for extra in project["optional-dependencies"].values() for one in extra)
    declared, optional = (
        {re.split(r"[\[<>=!~ ]", one)[0] for one in every} for every in (project["dependencies"], extras)
    )
    roots = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import):
                roots |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                roots.add(node.module.partition(".")[0])
    homes = importlib.metadata.packages_distributions()
    beside = {path.stem for path in (PACKAGE / "data" / "world").glob("*.py")}  # scripts that run where they lie
    others = roots - sys.stdlib_module_names - {PACKAGE.name} - beside
    imported = {homes[root][0].lower().replace("_", "-") for root in others}
    assert declared - imported == set(UNIMPORTED)
    assert imported - declared - optional == set()


def test_public_names_are_described() -> None:
    """Every module and every public class and function says what it is for."""
    missing = []
    for name in MODULES:
        if not ast.get_docstring(tree(name)):
            missing.append(name)
        for node in tree(name).body:
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
        "from briefings.cli.app import app\n"
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
    offenders = [
        name
        for name, path in MODULES.items()
        if "PYTEST" in path.read_text(encoding="utf-8") and "PYTEST" in ast.dump(tree(name))
    ]
    assert offenders == []
