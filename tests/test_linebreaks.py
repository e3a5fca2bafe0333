"""A line is broken where its words end, not where the space after them does."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise

import pytest

LINES = """
import json, sys
from weasyprint import HTML
from weasyprint.formatting_structure import boxes
from briefings.printing import linebreaks
linebreaks.let_spaces_hang()
linebreaks.let_spaces_hang()
told = []
for page in json.load(sys.stdin):
    root = HTML(string=page).render().pages[0]._page_box
    lines = [box for box in root.descendants() if isinstance(box, boxes.LineBox)]
    told.append(["".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox)) for line in lines])
print(json.dumps(told))
"""

SAID = "Gunmen attacked three towns along the road on Saturday <b>17 May</b>. The army says <b>12–19</b> were killed"
WIDTHS = range(150, 420, 3)


@pytest.fixture(scope="module")
def lines() -> list[list[str]]:
    """Return the lines of one paragraph at many widths; in a process of its own, for the engine is changed there."""
    style = "<style>@page { size: 600px; margin: 0 } p { margin: 0; font: 14px monospace } b { white-space: nowrap }"
    pages = [f"<html lang=en>{style}</style><p style='width: {width}px'>{SAID}" for width in WIDTHS]
    made = subprocess.run(
        [sys.executable, "-c", LINES], input=json.dumps(pages), capture_output=True, text=True, check=True
    )
    return list(json.loads(made.stdout))


def test_no_line_ends_early_because_a_space_would_not_fit(lines: list[list[str]]) -> None:
    """The next word never had room, even where what follows a text cannot be broken and takes words along."""
    unbroken = ("17 May.", "12–19")
    for width, broken in zip(WIDTHS, lines, strict=True):
        most = max(len(line.rstrip()) for line in broken)
        for line, after in pairwise(broken):
            first = next((one for one in unbroken if after.startswith(one)), after.split()[0])
            assert len(line.rstrip()) + 1 + len(first) > most - len("Saturday "), (width, broken)


def test_no_word_is_lost_or_joined(lines: list[list[str]]) -> None:
    """Whatever the width, the lines together are what was said."""
    said = SAID.replace("<b>", "").replace("</b>", "")
    for broken in lines:
        assert " ".join(line.strip() for line in broken) == said
