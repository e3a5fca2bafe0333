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
    told.append([[[box.text, box.position_x, box.width] for box in line.descendants() if isinstance(box, boxes.TextBox)]
                 for line in lines])
print(json.dumps(told))
"""

SAID = "Gunmen attacked three towns along the road on Saturday <b>17 May</b>. The army says <b>12–19</b> were killed"
TIED = "The army put the dead of two days of fighting at forty, and those it holds\u00a0<b>at 12.</b>"
QUOTED = "<bdi>ذكرت</bdi> <bdi>Ledger</bdi>: <bdi dir=ltr><q>Roads to the coast are shut <b>by day.</b></q></bdi>"
WIDTHS = range(150, 420, 3)
STYLE = """
@page { size: 600px; margin: 0 } body, p { margin: 0 } p { font: 14px monospace } b { white-space: nowrap }
q { quotes: none }
"""
Box = tuple[str, float, float]
"""A stretch of a line: its text, its left edge, its width."""


def laid_out(said: str, way: str = "ltr") -> list[list[list[Box]]]:
    """Return the lines of one paragraph at many widths; in a process of its own, for the engine is changed there."""
    pages = [f"<html lang=en dir={way}><style>{STYLE}</style><p style='width: {width}px'>{said}" for width in WIDTHS]
    made = subprocess.run(
        [sys.executable, "-c", LINES], input=json.dumps(pages), capture_output=True, text=True, check=True
    )
    return list(json.loads(made.stdout))


def told(page: list[list[Box]]) -> list[str]:
    """Return the words of each line."""
    return ["".join(text for text, _, _ in line) for line in page]


@pytest.fixture(scope="module")
def lines() -> list[list[str]]:
    return [told(page) for page in laid_out(SAID)]


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


def test_a_space_that_holds_words_together_does_not_break_the_line_before_them_early() -> None:
    """Where `holds at 12.` has no room the line ends before it, not after its first word."""
    for width, broken in zip(WIDTHS, map(told, laid_out(TIED)), strict=True):
        assert any("holds\u00a0at 12." in line for line in broken)
        most = max(len(line.rstrip()) for line in broken)
        for line, after in pairwise(broken):
            first = "holds\u00a0at 12." if after.startswith("holds") else after.split()[0]
            assert len(line.rstrip()) + 1 + len(first) > most - len("fighting "), (width, broken)


def test_a_space_at_the_end_of_foreign_words_leaves_no_gap_in_a_line_read_from_the_right() -> None:
    """Every line begins at the margin, and the stretches of those that end in such words stand side by side."""
    ends = []
    for width, page in zip(WIDTHS, laid_out(QUOTED, "rtl"), strict=True):
        for line in page:
            left, right = min(at for _, at, _ in line), max(at + wide for _, at, wide in line)
            assert right == pytest.approx(600), (width, line)
            if line[-1][0][-1].isascii() and line[-1][0][-1].isalpha():
                assert right - left == pytest.approx(sum(wide for _, _, wide in line)), (width, line)
                ends.append(line[-1][0])
    assert any(end.endswith("are shut") for end in ends)
