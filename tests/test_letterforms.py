"""A letter of a joined script is one glyph of the PDF, and stands for itself: what is copied is what was written."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category, normalize

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from briefings.printing import pdf
from briefings.proof import marked

FACES = {
    "Noto Sans Arabic": "وردت تقارير في باكستان وليس استنتاجًا فردًا مدنيًّا مُعلن",
    "Noto Nastaliq Urdu": "بلوچستان میں مسلح حملے ہوئے غالباً قُتل",
}
"""A sentence for each face, in which letters share strokes, carry dots and vowels, and climb."""
ABOUT = pdf.About("Letters", "Desk", "ar", datetime(2031, 3, 4, tzinfo=UTC))


@pytest.fixture(scope="module", params=FACES)
def face(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def printed(face: str) -> bytes:
    """Return a PDF of a sentence, once large and once small: two sizes share the file of their font."""
    style = f"p {{ font: 16px '{face}' }} p + p {{ font-size: 9px }}"
    said = f"<p>{FACES[face]}</p><p>{FACES[face]}</p>"
    return pdf.print_pdf(f"<html lang=ar dir=rtl><style>{style}</style><body>{said}</body></html>", ABOUT)


def test_each_letter_stands_for_itself(face: str, printed: bytes) -> None:
    """The glyphs of each line, read from the right, are the letters that were written."""
    told = (element.read() for element in marked.read(printed).tree.walk() if element.kind == "P")
    lines = ["".join(piece.text for piece in line) for line in told]
    assert [normalize("NFC", line[::-1]) for line in lines] == [normalize("NFC", FACES[face])] * 2


def test_letters_stand_on_the_line(printed: bytes) -> None:
    """No glyph is lifted, however high its letter climbs: a reader takes what is lifted for another line."""
    with pikepdf.open(io.BytesIO(printed)) as document:
        operators = {str(operator) for _, operator in pikepdf.parse_content_stream(document.pages[0])}
    assert "TJ" in operators
    assert "Ts" not in operators


def test_what_a_letter_is_drawn_of_is_not_moved(printed: bytes) -> None:
    """A letter begins where its leftmost piece does, and takes the pen as far as the file says."""
    drawn = 0
    with pikepdf.open(io.BytesIO(printed)) as document:
        fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/W" in one]
        for font in fonts:
            face = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
            first, advances = None, {}
            for entry in font.W:
                if isinstance(entry, pikepdf.Array):
                    advances |= {int(first) + at: float(wide) for at, wide in enumerate(entry)}
                first = entry
            for number, told in advances.items():
                name = face.getGlyphName(number)
                wide, left = face["hmtx"][name]
                assert wide * 1000 / face["head"].unitsPerEm == pytest.approx(told, abs=1)
                if face["glyf"][name].isComposite():
                    assert left == face["glyf"][name].xMin
                    drawn += 1
    assert drawn


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on PATH (apt-get install poppler-utils)")
def test_another_program_finds_the_words(face: str, printed: bytes, tmp_path: Path) -> None:
    """A program that knows nothing of ours reads every word whole, on one line and in its order."""
    path = tmp_path / "letters.pdf"
    path.write_bytes(printed)
    found = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    lines = ["".join(letter for letter in line if category(letter) != "Cf") for line in found.splitlines()]
    assert [normalize("NFC", line) for line in lines if line.strip()] == [normalize("NFC", FACES[face])] * 2
