"""Print every page of the demo as a picture, to be looked at: `make look`, or `python tests/look.py --theme gazette`.

One PNG a page at the size of the paper, `reports/look/<theme>-<language>-<type>-p<page>.png`, and one sheet of all
pages of a brief. Nothing is filed: the notebooks run once for each type and language, in a workspace that is thrown
away afterwards, and every theme prints what they left.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from briefings.core import config
from briefings.core.looks import Look
from briefings.core.settings import Workspace
from briefings.errors import BriefingsError
from briefings.making import edition, intake, press
from briefings.making.planning import Plan, settle
from briefings.notebook.brief import Brief
from briefings.storage.store import Store

ROOT = Path(__file__).parents[1]
DAYS = {"flash": "2026-01-31", "daily": "2026-01-31", "weekly": "2026-02-05"}
"""The day each type is printed for: that of the attacks, and the end of the week after them."""
TITLES = {"fr": "Baloutchistan : attaques armées", "ar": "بلوشستان: هجمات مسلحة", "ur": "بلوچستان: مسلح حملے"}
"""What a brief in each language is called: a title is an editor's, and no part of what is translated."""
SCREEN = 96
"""Dots an inch: a page as large on a screen as on paper."""


def main() -> int:
    """Print what was asked for; return 1 if something could not be."""
    asked = _asked()
    asked.out.mkdir(parents=True, exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="briefings-look-") as folder:
        space = _workspace(Path(folder))
        with Store.open(space.store) as store:
            intake.gather(space, store, now=datetime.now(UTC))
        for language in asked.language:
            for kind in asked.type:
                try:
                    plan, brief = _composed(space, kind, language)
                except BriefingsError as fault:
                    failed = _told(f"{language}-{kind}", fault)
                    continue
                for theme in asked.theme:
                    name = f"{theme}-{language}-{kind}" + ("" if asked.paper == "A4" else f"-{asked.paper.lower()}")
                    try:
                        pages = _pictures(plan, brief, theme, asked.paper, asked.out, name)
                    except BriefingsError as fault:
                        failed = _told(name, fault)
                    else:
                        sys.stdout.write(f"{name}: {len(pages)} pages\n")
    return failed


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    themes = sorted(path.parent.name for path in (ROOT / "templates" / "themes").glob("*/theme.toml"))
    parser.add_argument("--theme", nargs="+", default=themes)
    parser.add_argument("--language", nargs="+", default=["en", "fr", "ar", "ur"])
    parser.add_argument("--type", nargs="+", choices=sorted(DAYS), default=list(DAYS))
    parser.add_argument("--paper", choices=["A4", "Letter"], default="A4")
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "look")
    return parser.parse_args()


def _told(name: str, fault: BriefingsError) -> int:
    sys.stderr.write(f"{name}: {fault}\n")
    return 1


def _workspace(folder: Path) -> Workspace:
    """Return a workspace of the repository's settings and reports, with a store of its own."""
    shutil.copy(ROOT / "briefings.toml", folder)
    shutil.copytree(ROOT / "briefings" / "data" / "demo", folder / "briefings" / "data" / "demo")
    for name in ("templates", "notebooks"):
        (folder / name).symlink_to(ROOT / name)
    return config.load(folder)


def _composed(space: Workspace, kind: str, language: str) -> tuple[Plan, Brief]:
    """Run the notebooks of a type in one language; return the whole brief, before anything gives way."""
    name = next(name for name, brief in space.briefs.items() if brief.type == kind)
    plan = settle(name, {"date": DAYS[kind], "language": language}, space, now=datetime.now(UTC))
    titled = plan.settings.model_copy(update={"title": TITLES.get(language, plan.settings.title)})
    plan = replace(plan, settings=titled)
    desk = edition.desk_for(plan)
    return plan, edition.assemble(plan, desk, edition.compose(plan, desk))


def _pictures(plan: Plan, brief: Brief, theme: str, paper: str, out: Path, name: str) -> list[Path]:
    """Print a brief in a theme, and leave a picture of each page and of all of them side by side."""
    space = plan.workspace
    look = Look.model_validate({"theme": theme, "paper": paper})
    dressed = replace(plan, workspace=space.model_copy(update={"page": look}))
    whole = press.theme_of(dressed)
    with press.printer_for(space, whole) as printer:
        fitted, html = press.laid_out(brief, whole, printer=printer)
        printed = press.print_brief(fitted, html, (), printer=printer)
    for former in out.glob(f"{name}[.-]*"):
        if former.stem == name or former.stem.startswith((f"{name}-p", f"{name}-all")):
            former.unlink()
    pdf = out / f"{name}.pdf"
    pdf.write_bytes(printed)
    subprocess.run(["pdftoppm", "-r", str(SCREEN), "-png", str(pdf), str(out / f"{name}-p")], check=True)
    pages = []
    for page in sorted(out.glob(f"{name}-p-*.png")):
        number = int(page.stem.rpartition("-")[2])
        pages.append(page.rename(out / f"{name}-p{number}.png"))
    _sheet(pages).save(out / f"{name}-all.png")
    return pages


def _sheet(pages: Sequence[Path]) -> Image.Image:
    """Return pages side by side, at half their size, four to a row."""
    pictures = [Image.open(page).convert("RGB").reduce(2) for page in pages]
    wide, tall = max(one.width for one in pictures) + 12, max(one.height for one in pictures) + 12
    columns = min(4, len(pictures))
    sheet = Image.new("RGB", (columns * wide + 12, -(-len(pictures) // columns) * tall + 12), "#9aa0a6")
    for at, picture in enumerate(pictures):
        sheet.paste(picture, (at % columns * wide + 12, at // columns * tall + 12))
    return sheet


if __name__ == "__main__":
    sys.exit(main())
