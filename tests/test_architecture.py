"""The house rules, executable: which way imports point, what may not touch the world, what loads late."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "briefings"
ROOT = PACKAGE.parent
MODULES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.glob("*.py"))}

MAP = (PACKAGE / "README.md").read_text(encoding="utf-8")
LAYERS = tuple(
    {
        name: (words, mark)
        for name, words, mark in re.findall(r"^\| \[(\w+)\]\(\1\.py\) \| (.+) \| (\w*) ?\|$", part, re.M)
    }
    for part in re.split(r"^## ", MAP, flags=re.M)[1:]
)
"""The map, lowest layer first: name of each module → what it says of itself, and whether it is an edge."""
ENTRIES = {name: entry for layer in LAYERS for name, entry in layer.items()}

LATE = {
    ("pages", "feeds"): "what is served as a page may turn out to be a feed",
    ("sections", "render"): "a section shows itself in a notebook by the page's own templates",
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
    "printed": {"open"},
    "seals": {"open"},
    "imprint": {"open", "read_bytes"},
    "marked": {"open", "read_bytes"},
    "proofing": {"open", "read_bytes"},
    "watermarks": {"open"},
}
"""Names of calls that open files elsewhere, but not here: pikepdf reads a PDF from bytes it is given."""


def level(module: str) -> int:
    return next((at for at, layer in enumerate(LAYERS) if module in layer), -1)


def imported(module: str) -> list[tuple[str, int]]:
    """Return (briefings module, line) for each import of our own, function-level ones included."""
    found = []
    for node in ast.walk(MODULES[module]):
        if not isinstance(node, ast.ImportFrom):
            continue
        home, _, rest = (node.module or "").partition(".")
        if node.level == 0 and home != PACKAGE.name:
            continue
        path = (node.module or "") if node.level else rest
        names = [path] if path else [alias.name for alias in node.names]
        found += [(name.split(".")[0], node.lineno) for name in names if name.split(".")[0] in MODULES]
    return found


def needed(module: str) -> list[tuple[str, int]]:
    """Return what a module imports when it runs, not what only its type checker reads."""
    excused = type_checking_lines(module)
    return [(name, line) for name, line in imported(module) if line not in excused]


def touches(module: str) -> list[str]:
    """Return where a module reads or changes anything but what it is given."""
    found = []
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Import):
            found += [f"{node.lineno}: import {alias.name}" for alias in node.names if WORLD.match(alias.name)]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and WORLD.match(node.module or ""):
            found.append(f"{node.lineno}: from {node.module}")
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in CLOCK | FILES - IN_MEMORY.get(module, set()):
                found.append(f"{node.lineno}: calls {name}()")
    return found


def type_checking_lines(module: str) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def test_every_module_is_on_the_map_once() -> None:
    """A new module must be placed in briefings/README.md, and one that is gone taken off it."""
    assert len(LAYERS) == 10
    assert sorted(name for layer in LAYERS for name in layer) == sorted(MODULES)


def test_the_map_says_of_each_module_what_it_says_of_itself() -> None:
    """The map cannot go stale: its words are the first line of each module's docstring."""
    own = {name: (ast.get_docstring(tree) or "").partition("\n")[0] for name, tree in MODULES.items()}
    assert {name: words for name, (words, _) in ENTRIES.items()} == own


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_point_one_way(module: str) -> None:
    """No module imports from a layer above its own."""
    assert [f"{module}:{line} imports {name}" for name, line in needed(module) if level(name) > level(module)] == []


def test_no_modules_import_each_other() -> None:
    """Whichever module is loaded first, it loads; late imports against the grain are listed with their reasons."""
    graph = {module: {name for name, _ in needed(module) if (module, name) not in LATE} for module in MODULES}
    while free := {module for module, names in graph.items() if not names & graph.keys()}:
        graph = {module: names for module, names in graph.items() if module not in free}
    assert graph == {}, "these import each other, or what does"


@pytest.mark.parametrize(("module", "name"), LATE)
def test_a_late_import_is_late_and_needed(module: str, name: str) -> None:
    """What is excused stands inside a function, and is still there."""
    inside = [node for node in ast.walk(MODULES[module]) if isinstance(node, ast.FunctionDef)]
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
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
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
