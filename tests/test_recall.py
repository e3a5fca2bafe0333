"""What the layout engine recalls changes nothing but the time it takes."""

from __future__ import annotations

import subprocess
import sys

import invented

from briefings.layout import render, themes
from briefings.printing import pdf

PRINTED = """
import gc, hashlib, sys
from weasyprint import HTML
from briefings.printing import cascade, recall
if sys.argv[1] == "recalling":
    cascade.hold_what_can_hold()
    recall.recall_what_was_measured()
page = sys.stdin.read()
for _ in range(2):
    laid = HTML(string=page).render()
print(hashlib.sha256(laid.write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=b"page")).hexdigest(), len(laid.pages))
"""

NAMED = """
from weasyprint.pdf import pydyf
from briefings.printing import recall
recall.recall_what_was_measured()
document = pydyf.PDF()
for count in range(3):
    document.add_page(pydyf.Dictionary({}))
    print(len(document.page_references), document.page_references is document.page_references)
"""

WORDS = """
<style>
td { text-align: justify } .wide { letter-spacing: 2pt } .small td { font-size: 6pt }
.narrow { width: 3em; hyphens: auto }
.line { white-space: nowrap } .under { text-decoration: underline } .any { overflow-wrap: anywhere; width: 1em }
</style>
"""


def table(cells: str) -> str:
    return f"<table><tr><td>{cells}<td class=wide>{cells}<td class=line>{cells}<td dir=rtl>{cells}</table>"


def test_a_page_is_the_same_to_the_byte_with_and_without_it() -> None:
    """Also where the same words stand in other sizes, spacings, directions and widths."""
    cells = "as many as 1,200 people <b>were</b> <i class=under>moved</i> to Haro Town وزارة الصحة"
    page = f"<html lang=en>{WORDS}" + "".join(
        f"<div class={name}>{table(cells)}<p>{cells} {cells}</div>" for name in ("plain", "small", "narrow", "any")
    )
    fresh, recalling = (
        subprocess.run(
            [sys.executable, "-c", PRINTED, how], input=page, capture_output=True, text=True, check=True
        ).stdout
        for how in ("fresh", "recalling")
    )
    assert fresh == recalling
    assert fresh.strip()


NOTES = """
<style>
.own li::marker { color: #555; white-space: nowrap }
.stressed li::marker { font-variant-numeric: normal !important }
.note { float: footnote } .blue::footnote-call { color: blue; content: counter(footnote, lower-roman) }
.blue::footnote-marker { font-weight: bold } summary { display: list-item }
</style>
<ul><li>one<li>two</ul><ol class=own><li>one<ol><li>two</ol></ol><ol class=stressed><li>1<li>2</ol>
<p>As many as 12<span class=note>By the governor.</span> or 15<span class="note blue">By the health office.</span>.
<details><summary>More</summary>of it</details>
"""


def test_markers_and_footnotes_look_as_they_do_without_it() -> None:
    """Also where the page says something else of them: what is said of all holds only where nothing else does."""
    fresh, recalling, plain = (
        subprocess.run(
            [sys.executable, "-c", PRINTED, how], input=page, capture_output=True, text=True, check=True
        ).stdout
        for how, page in (("fresh", NOTES), ("recalling", NOTES), ("recalling", NOTES.replace("::", "::no-")))
    )
    assert fresh == recalling != plain


STYLED = """
import sys
from weasyprint import HTML, css
from briefings.printing import recall
recall.recall_what_was_measured()
styled = []
begin = css.ComputedStyle.__init__
css.ComputedStyle.__init__ = lambda style, *told: styled.append(told[2]) or begin(style, *told)
HTML(string=sys.stdin.read()).render()
print(sum(name == "marker" for name in styled), sum(name in ("note-call", "footnote-call") for name in styled))
"""


def test_only_what_has_a_marker_or_is_a_note_has_a_style_for_it() -> None:
    """Every word, cell and row might, for all that the engine's own style sheet says."""
    page = f"<ul><li>one<li>two</ul>{table('as many as 1,200 people')}"
    run = subprocess.run([sys.executable, "-c", STYLED], input=page, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["2", "0"]


def test_pages_are_named_anew_only_when_one_is_added() -> None:
    """Each tag asks for its page, and there are ever more tags the more pages there are."""
    told = subprocess.run([sys.executable, "-c", NAMED], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == ["1 True", "2 True", "3 True"]


def test_what_was_measured_for_one_page_serves_the_next_as_it_looks() -> None:
    """A page printed after another, in another style, is what it would be alone."""
    theme = themes.load_theme("plain")
    page = render.render(invented.brief(), theme=theme)
    larger = page.replace("--size-text: 9.8pt", "--size-text: 12pt")
    assert larger != page
    with pdf.Printer(fonts=theme.fonts) as printer:
        before = printer.layout(page)
        after = printer.layout(larger)
        again = printer.layout(page.replace("</body>", " </body>"))
    with pdf.Printer(fonts=theme.fonts) as printer:
        alone = printer.layout(larger)
    assert after == alone != before
    assert again == before


WRITTEN = """
import sys, zlib
from collections import Counter
from weasyprint import HTML
from weasyprint.text.ffi import ffi
from briefings.printing import recall
recall.recall_what_was_measured()
compressed = Counter()

class Heard:
    def __init__(self, *given, **named):
        self.own = begin(*given, **named)

    def compress(self, data):
        compressed[data] += 1
        return self.own.compress(data)

    def flush(self):
        return self.own.flush()

begin, zlib.compressobj = zlib.compressobj, Heard
read = []
parse, ffi._parser.parse_type = ffi._parser.parse_type, lambda name: read.append(name) or parse(name)
HTML(string=sys.stdin.read()).write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=b"page")
print(max(compressed.values()), len(compressed) > 3, sorted(name for name in read if "[" in name))
"""


def test_each_piece_of_a_file_is_compressed_once_and_no_array_is_read() -> None:
    """Its digest is taken of what is written anyway."""
    page = f"<html lang=en>{WORDS}{table('as many as 1,200 people')}"
    run = subprocess.run([sys.executable, "-c", WRITTEN], input=page, capture_output=True, text=True, check=True)
    assert run.stdout.split(maxsplit=2) == ["1", "True", "[]\n"]
