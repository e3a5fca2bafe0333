"""A page is styled alike whether the part of its sheet that came with the program was read beforehand or with it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from briefings.printing import engine

ORDERED = {"page", "media", "top-left", "top-right", "bottom-left", "bottom-center", "bottom-right"}
"""Rules that mean the same wherever a sheet is cut in two before or behind them."""

PROBE = """
import hashlib, sys
from briefings.printing import engine, printer
printer.prepare()
if sys.argv[1] == "cut":
    printer.prepare_many()
else:
    engine.shipped_css = lambda: "nothing that a sheet holds"
css = ":root { --size: 9pt; --ink: #123 } p { color: red }" + open(sys.argv[2]).read()
css += "p { color: blue } .b { margin: 2mm }"
page = f"<!DOCTYPE html><html lang=en><title>t</title><style>{css}</style><h1>Kesh</h1><p class=b>Nine</p>"
job = {"html": page, "title": "t", "author": "a", "language": "en", "when": 0, "stamp": {}, "attachments": []}
made = printer._print(job, {"missing": [], "warnings": []})
print(len(engine.sheets(css)[1]), hashlib.sha256(made).hexdigest())
"""


def test_the_shipped_sheet_may_be_cut_out_of_any_other() -> None:
    """It has no rule that must come first, or that the rest of a page would have to know of."""
    assert set(re.findall(r"@([a-z-]+)", engine.shipped_css())) <= ORDERED


def test_a_sheet_in_pieces_makes_the_same_page(tmp_path: Path) -> None:
    """What stands before and behind it keeps its place: the later rule wins, whichever piece it stands in."""
    (tmp_path / "page.css").write_text(engine.shipped_css(), encoding="utf-8")
    made = [
        subprocess.run(
            [sys.executable, "-c", PROBE, how, tmp_path / "page.css"], capture_output=True, text=True, check=True
        ).stdout.split()
        for how in ("cut", "whole")
    ]
    assert [pieces for pieces, _ in made] == ["3", "1"]
    assert made[0][1] == made[1][1]
