"""The print: what every page must carry, what a hostile page cannot do, and what each death is called."""

from __future__ import annotations

import base64
import gzip
import io
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import invented
import pikepdf
import pytest

from briefings.core.settings import Workspace
from briefings.errors import DiskFull, MissingDependency, RenderError
from briefings.layout import render, themes
from briefings.making import edition
from briefings.printing import breakdowns, engine, pango, pdf
from briefings.printing.pango import install_line
from briefings.proof import check, imprint, locks, marked, printed
from briefings.sections import Name, Prose, Quote, Section, Text

pytestmark = pytest.mark.slow
THEME = themes.load_theme("plain")
ATTACHMENTS = (
    pdf.Attachment("claims.json", b'{"claims": []}', "Claims as data"),
    pdf.Attachment("figures.csv", b"group,outcome\n", "Figures as a table"),
)


def print_html(html: str, **more: object) -> bytes:
    said = {"title": "T", "author": "A", "language": "en", "when": invented.AS_OF} | more
    about = pdf.About(**{name: said.pop(name) for name in ("title", "author", "language", "when")})  # type: ignore[arg-type]
    return pdf.print_pdf(html, about, **said)  # type: ignore[arg-type]


def page_with(body: str, style: str = "") -> str:
    return f"<html lang=en><head><title>T</title><style>{style}</style></head><body>{body}</body></html>"


@pytest.fixture(scope="module")
def html() -> str:
    return render.render(invented.brief(), theme=THEME)


@pytest.fixture(scope="module")
def made(html: str) -> bytes:
    return print_html(html, attachments=ATTACHMENTS)


@pytest.fixture
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """A server on this machine that nobody may call, and the calls it got."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(1)
                    calls.append(connection.recv(200))

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
        stop.set()
        thread.join()


def outline(pdf: bytes) -> list[tuple[int, int, str]]:
    """Return the bookmarks of a PDF in order: page, level and heading."""
    found: list[tuple[int, int, str]] = []

    def walk(items: Any, level: int) -> None:
        for item in items:
            where = item.destination
            number = numbers[where[0].objgen] if isinstance(where, pikepdf.Array) else 0
            found.append((number, level, str(item.title)))
            walk(item.children, level + 1)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        with document.open_outline() as tree:
            walk(tree.root, 1)
    return found


# ── what every print is ─────────────────────────────────────────────────────────────────────────────


def test_two_processes_print_the_same_bytes(html: str, made: bytes) -> None:
    """The same brief, attachments and date give the same file, with its dates inside."""
    assert print_html(html, attachments=ATTACHMENTS) == made


def test_another_machine_prints_the_same_bytes(tmp_path: Path, made: bytes) -> None:
    """Home, name, language, zone, clock, hash seed, folder and fonts of whoever prints leave no trace in the file."""
    probe = (
        "import sys\n"
        f"sys.path[:0] = [{str(Path(__file__).parent)!r}]\n"
        "import test_pdf, invented\n"
        "from briefings.layout import render\n"
        "page = render.render(invented.brief(), theme=test_pdf.THEME)\n"
        "sys.stdout.buffer.write(test_pdf.print_html(page, attachments=test_pdf.ATTACHMENTS))\n"
    )
    (tmp_path / "home").mkdir()
    elsewhere = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "USER": "somebody", "LOGNAME": "somebody",
        "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "TZ": "Pacific/Chatham", "PYTHONHASHSEED": "4711",
        "SOURCE_DATE_EPOCH": "1", "FONTCONFIG_PATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONPATH": str(Path(edition.__file__).parents[2]),
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", probe], cwd=tmp_path, env=elsewhere, capture_output=True, check=True)
    assert done.stdout == made


def test_a_warm_printer_prints_the_same_bytes(html: str, made: bytes) -> None:
    """Starting the printer early changes when it is ready, not what it prints."""
    printer = pdf.Printer(fonts=THEME.fonts).start()
    assert print_html(html, attachments=ATTACHMENTS, printer=printer) == made


def test_a_page_filled_within_bounds_is_the_same_page_and_the_same_print(html: str, made: bytes) -> None:
    """Where templates are filled changes what can go wrong, not what comes out."""
    with pdf.Printer(fonts=THEME.fonts) as printer:
        printer.require_ready()
        filled = printer.render(invented.brief(), theme=THEME)
        assert filled == html
        assert print_html(filled, attachments=ATTACHMENTS, printer=printer) == made


def test_page_one_alone_carries_masthead_bottom_line_figures_developments_and_casualties(made: bytes) -> None:
    """The outline of the brief: which heading stands on which page, and that it fits in four."""
    assert outline(made) == [
        (1, 1, "Kesh: attacks along the Sarn road"),
        (1, 2, "Bottom line"),
        (1, 2, "Key figures"),
        (1, 2, "Key developments"),
        (1, 2, "Casualties"),
        (2, 2, "Competing claims"),
        (2, 2, "Who says what"),
        (2, 2, "Timeline"),
        (2, 2, "Claims and blame"),
        (2, 2, "Background"),
        (3, 2, "Context"),
        (3, 2, "What is not known"),
        (3, 2, "Sources and method"),
    ]
    first = printed.text(made).split("\f")[0]
    last_row, note = first.index("Armed group killed", first.index("Casualties")), first.index("Sides are listed")
    assert last_row < note
    assert check.check_pages(invented.brief(), printed.pages(made)) == ()


def test_the_marking_stands_flush_right_on_black(made: bytes) -> None:
    """The label ends where the text area ends, 12 points tall, on a black box, at the top and at the foot."""
    with pikepdf.open(io.BytesIO(made)) as document:
        for page in document.pages:
            content = page.Contents.read_bytes().decode("latin-1")
            fonts = {name: marked._meaning(font) for name, font in page.Resources.Font.items()}
            found = []
            for x, y, font, size, glyphs in re.findall(
                r"BT\s+1 0 0 -1 (\S+) (\S+) Tm\s+(/\S+) (\S+) Tf\s+\[(.*?)\] TJ", content
            ):
                codes = "".join(re.findall(r"<(\w+)>", glyphs)).lower().encode()
                text = "".join(fonts[font][codes[at : at + 4]] for at in range(0, len(codes), 4))
                if text == "TLP:AMBER":
                    found.append((float(x), float(y), float(size)))
            assert len(found) == 2
            points = 0.75  # the page is drawn in CSS pixels
            right_edge = (210 - 18) / 25.4 * 72
            for x, _, size in found:
                assert size * points >= 12 - 0.01
                assert right_edge - 85 < x * points < right_edge - 60
            assert {y * points < 72 for _, y, _ in found} == {True, False}
            assert re.search(r"\n0 0 0 rg\n", content)


def test_it_is_pdf_a_3a_and_pdf_ua_1_with_tags_language_and_title(made: bytes) -> None:
    """Both standards are claimed, and what they ask for is there."""
    with pikepdf.open(io.BytesIO(made)) as document:
        packet = document.Root.Metadata.read_bytes().decode()
        assert 'pdfaid:part="3"' in packet
        assert 'pdfaid:conformance="A"' in packet
        assert 'pdfuaid:part="1"' in packet
        assert "http://www.aiim.org/pdfua/ns/id/" in packet
        assert document.Root.Lang == "en"
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == "T"
        assert str(document.docinfo["/CreationDate"]).startswith("D:20310517195900")
        for page in document.pages:
            for font in page.Resources.get("/Font", {}).values():
                descendant = font.DescendantFonts[0]
                assert "/FontFile2" in descendant.FontDescriptor or "/FontFile3" in descendant.FontDescriptor
                assert "SourceSans" in str(font.BaseFont).replace("-", "")


def test_every_picture_has_words_and_every_table_has_heads(made: bytes) -> None:
    """The structure tree holds an alternative text for each chart, and header cells for each table."""
    kinds: dict[str, int] = {}
    without: list[str] = []
    scopes: dict[str, int] = {}

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            kind = str(node.S)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kind == "/Figure" and not str(node.get("/Alt", "")):
                without.append(kind)
            if kind == "/TH":
                scope = str(node.A.Scope)
                scopes[scope] = scopes.get(scope, 0) + 1
            walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(made)) as document:
        walk(document.Root.StructTreeRoot.K)
    assert kinds["/Figure"] == 2
    assert without == []
    assert kinds["/Table"] == 3
    assert scopes == {"/Column": 8 + 6, "/Row": 7 + 4 + 6}
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == 12


def test_words_in_another_language_are_tagged_with_it_on_each_line() -> None:
    """A screen reader then reads a quotation in its own language; the page's is said once, of the whole file."""
    words = "under full control by the evening of that day " * 6
    html = page_with(f"<p>Selon l’armée, <bdi lang=en>{words}</bdi>, sans plus.</p>").replace("lang=en>", "lang=fr>", 1)
    spoken: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            spoken.extend([str(node.Lang)] if "/Lang" in node else [])
            walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(print_html(html, language="fr"))) as document:
        assert str(document.Root.Lang) == "fr"
        walk(document.Root.StructTreeRoot.K)
    assert set(spoken) == {"en"}
    assert len(spoken) > 1


def test_running_heads_are_not_read_out_on_every_page(made: bytes) -> None:
    """Header, footer and marking are artifacts of pagination; everything else hangs in the structure tree."""
    with pikepdf.open(io.BytesIO(made)) as document:
        for page in document.pages:
            content = page.Contents.read_bytes()
            assert content.count(b"<</Type /Pagination>>") >= 4  # marking at head and foot, edition, page number
            assert content.count(b"/MCID") == content.count(b"BDC") - content.count(b"<</Type /Pagination>>")


def test_no_type_is_smaller_than_a_reader_can_bear(made: bytes) -> None:
    """Text 9.5 points or more, tables 8, notes and charts 7.5, measured on the printed page."""
    sizes = []
    with pikepdf.open(io.BytesIO(made)) as document:
        for page in document.pages:
            scales = [1.0]
            for match in re.finditer(
                rb"\b([qQ])\n|(\S+) \S+ \S+ (\S+) \S+ \S+ cm|/\S+ (\S+) Tf", page.Contents.read_bytes()
            ):
                if match[1] == b"q":
                    scales.append(scales[-1])
                elif match[1] == b"Q":
                    scales.pop()
                elif match[3]:
                    scales[-1] *= abs(float(match[3]))
                else:
                    sizes.append(float(match[4]) * scales[-1])
    assert min(sizes) >= 7.5 - 0.01
    assert max(sizes) == pytest.approx(22, abs=0.1)


def test_attachments_are_inside_with_their_bytes_and_the_date_of_the_brief(made: bytes) -> None:
    """Claims and figures travel with the page, related as data."""
    with pikepdf.open(io.BytesIO(made)) as document:
        assert set(document.attachments) == {"claims.json", "figures.csv"}
        for one in ATTACHMENTS:
            file = document.attachments[one.name].get_file()
            assert file.read_bytes() == one.data
            assert str(file.obj.Params.CreationDate).startswith("D:20310517195900")
            assert document.attachments[one.name].obj.AFRelationship == "/Data"


def test_the_print_says_what_the_page_says(html: str, made: bytes) -> None:
    """Page and print pass both locks; another reader finds the same characters in the print."""
    assert locks.lock_html(html, invented.brief()) == ()
    text = printed.text(made)
    assert imprint.lock_print(made, html) == ()
    from pypdf import PdfReader

    other = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert sorted(re.sub(r"\s", "", text)) == sorted(re.sub(r"\s", "", other))


# ── hostile pages ───────────────────────────────────────────────────────────────────────────────────


def test_s01_s05_no_way_of_fetching_leaves_the_process(
    canary: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Style sheets, imports, fonts, pictures, objects, attachments: none is fetched, proxies or not."""
    address, calls = canary
    monkeypatch.setenv("http_proxy", address)
    monkeypatch.setenv("HTTP_PROXY", address)
    style = (
        f"@import '{address}/a.css'; @font-face {{ font-family: x; src: url({address}/f.ttf) }}"
        f"body {{ font-family: x; background: url({address}/b.png) }}"
        f"li {{ list-style-image: url({address}/l.png) }} p::before {{ content: url({address}/c.png) }}"
    )
    body = (
        f"<link rel=stylesheet href='{address}/s.css'><link rel=attachment href='{address}/t'>"
        f"<img src='{address}/i.png' alt=i><object data='{address}/o'></object><embed src='{address}/e'>"
        f"<a rel=attachment href='{address}/q'>q</a><svg><image href='{address}/v.png'/></svg><p>text<ul><li>x</ul>"
    )
    made = print_html(page_with(body, style))
    assert "text" in printed.text(made)
    assert calls == []


def test_s02_a_file_of_this_machine_never_gets_into_the_print(tmp_path: Path) -> None:
    """No link, picture or style brings a local file in: its words are in no stream of the PDF."""
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY-OF-THIS-MACHINE", encoding="utf-8")
    where = secret.as_uri()
    made = print_html(
        page_with(
            f"<link rel=attachment href='{where}'><a rel=attachment href='{where}'>a</a><img src='{where}' alt=x>"
            f"<link rel=stylesheet href='{where}'><embed src='{where}'>",
            f"@import url({where}); p {{ background: url({where}) }}",
        )
    )
    with pikepdf.open(io.BytesIO(made)) as document:
        assert list(document.attachments) == []
        for one in document.objects:
            if isinstance(one, pikepdf.Stream):
                assert b"CANARY-OF-THIS-MACHINE" not in one.read_bytes()


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p>x", ":root {" + "".join(f"--v{n}: var(--v{n - 1}) var(--v{n - 1});" for n in range(1, 40)) + "--v0: x }"
                 "p::before { content: var(--v39) }"),
        ("<svg>" + "".join(f"<g id=u{n}>" + f"<use href='#u{n - 1}'/>" * 10 + "</g>" for n in range(1, 9))
         + "<rect id=u0 width=1 height=1 /><use href='#u8'/></svg>", ""),
    ],
)  # fmt: skip
def test_s07_a_page_without_end_is_stopped_and_leaves_no_process(body: str, style: str) -> None:
    """Styles and pictures that multiply themselves end at the wall limit, or in memory, with a name."""
    printer = pdf.Printer(limits=pdf.Limits(wall=4))
    with pytest.raises(RenderError) as caught:
        print_html(page_with(body, style), printer=printer)
    assert caught.value.error_code in ("RENDER_TIMEOUT", "RENDER_MEMORY")
    assert printer.process is not None
    assert printer.process.poll() is not None
    assert printer.folder is None


@pytest.mark.parametrize(
    "body", ["<div>" * 3000 + "x", "<span>" * 5000 + "x", "<ul><li>" * 900 + "x"], ids=["blocks", "inlines", "lists"]
)
def test_s08_nesting_without_end_has_one_error(body: str) -> None:
    """Too deep a page is a RenderError that says nesting, without a traceback."""
    with pytest.raises(RenderError) as caught:
        print_html(page_with(body))
    assert caught.value.error_code in ("RENDER_FAILED", "RENDER_TIMEOUT")
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize(("body", "wall", "codes"), [
    ("<table><tr><td colspan=100000000>x</table>", 5, {"RENDER_TIMEOUT", "RENDER_MEMORY"}),
    ("<p style='font-size:1e9px'>x", 60, {"RENDER_FAILED"}),
], ids=["colspan", "font size"])  # fmt: skip
def test_s09_absurd_values_that_cannot_be_laid_out_fail_with_a_name(body: str, wall: float, codes: set[str]) -> None:
    """A table of a hundred million columns takes too long or too much, a letter of many kilometres cannot be drawn."""
    with pytest.raises(RenderError) as caught:
        print_html(page_with(body), printer=pdf.Printer(limits=pdf.Limits(wall=wall)))
    assert caught.value.error_code in codes
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize(("body", "said"), [("<p>\ud800 x", "? x"), ("<p>\x00 x", "x")], ids=["surrogate", "nul"])
def test_s09_characters_that_are_none_print_without_them(body: str, said: str) -> None:
    """Half a character is a question mark, and no character nothing."""
    assert printed.text(print_html(page_with(body))) == said


def test_s09_a_length_that_no_pdf_can_say_fails_as_the_print_is_read_back() -> None:
    """The layout engine prints it; whoever proof-reads the print has one error, and no traceback."""
    made = print_html(page_with("<p style='width:1e308px;padding:1e308px'>x"))
    with pytest.raises(RenderError, match="no PDF can say") as caught:
        printed.text(made)
    assert (caught.value.error_code, caught.value.where) == ("RENDER_FAILED", "page 1")


def test_s03_an_address_that_leads_on_is_not_even_asked() -> None:
    """The printer's fetcher knows data in the page itself: no web address, no file, no redirect, nothing too large."""
    fetcher = engine.fetcher()
    assert fetcher.fetch("data:text/plain,hello").read() == b"hello"
    for address in ("http://127.0.0.1:9/redirects", "https://169.254.169.254/", "file:///etc/passwd", "ftp://x.example/",
                    "//x.example/a.css", "data:text/css;base64," + "A" * 15_000_000):  # fmt: skip
        with pytest.raises(ValueError, match="may not fetch"):
            fetcher.fetch(address)


def test_s06_a_style_sheet_that_unpacks_without_end_is_left_out_and_the_page_prints() -> None:
    """A hundred megabytes packed into a few hundred kilobytes cost a bounded time and memory, and style nothing."""
    packed = base64.b64encode(gzip.compress(b"p { color: red }\n" * 6_000_000, 1)).decode()
    sheet = f"<link rel=stylesheet href='data:text/css;base64,{packed}'>"
    begun = time.monotonic()
    made = print_html(page_with(f"{sheet}<p>x"), printer=pdf.Printer(limits=pdf.Limits(wall=30, memory=1 << 30)))
    assert printed.text(made) == "x"
    assert time.monotonic() - begun < 40


def test_s14_a_picture_of_a_billion_dots_is_left_out_and_told_in_words() -> None:
    """Whatever its head promises, it is not unpacked: its alternative text stands where it would."""
    dots = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + dots + struct.pack(">I", zlib.crc32(b"IHDR" + dots))
    picture = base64.b64encode(head + zlib.compress(bytes(1 << 20))).decode()
    begun = time.monotonic()
    body = f"<img alt='dots' src='data:image/png;base64,{picture}'><p>x"
    made = print_html(page_with(body), printer=pdf.Printer(limits=pdf.Limits(wall=30, memory=1 << 30)))
    assert set(printed.text(made).split()) == {"dots", "x"}
    assert time.monotonic() - begun < 40


@pytest.mark.parametrize(
    "word", ["a" * 1_000_000, "e" + "\u0301" * 100_000, "12" * 400_000], ids=["word", "marks", "digits"]
)
def test_s10_text_without_end_is_cut_before_it_is_laid_out(word: str) -> None:
    """A source's title of a million letters prints as a long title, in seconds."""
    runs = (Name(text=word), Text(text=" said so"))
    html = render.render(invented.brief(parts=(Section.of(Prose(paragraphs=(runs,)), slot="s"),)), theme=THEME)
    assert len(html) < 200_000
    assert print_html(html, printer=pdf.Printer(limits=pdf.Limits(wall=40))).startswith(b"%PDF")


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "smb://h/s", "data:text/html,x"])
def test_s11_links_a_reader_must_not_follow_stop_the_print(target: str) -> None:
    """Should one ever get past the page, the print is refused."""
    with pytest.raises(RenderError) as caught:
        print_html(page_with(f"<p><a href='{target}'>report</a>"))
    assert caught.value.error_code == "RENDER_LINK"


def test_s11_the_links_of_a_brief_are_web_addresses_or_inside_it(made: bytes) -> None:
    """Walking the annotations finds citations and sources, nothing else."""
    kinds = set()
    with pikepdf.open(io.BytesIO(made)) as document:
        for page in document.pages:
            for annotation in page.obj.get("/Annots", []):
                action = annotation.get("/A")
                kinds.add("inside" if action is None else str(action.URI).partition(":")[0])
    assert kinds == {"inside", "https"}


def test_a_page_cannot_open_files_or_start_programs_even_through_the_engine() -> None:
    """The printer gives up sockets, programs and foreign files, by whatever name, before it reads its job."""
    code = (
        "import io, os, pathlib, sys, tempfile\n"
        "home = os.environ['HOME'] = tempfile.mkdtemp()\n"
        "os.environ['BRIEFINGS_PRINT_MEMORY'] = '0'\n"
        "beside = home + 'beside'; os.mkdir(beside); pathlib.Path(beside, 'x').touch()\n"
        "pathlib.Path(beside, 'x.ttf').touch(); os.symlink(beside + '/x', home + '/link')\n"
        "pathlib.Path(home, 'own').touch()\n"
        "from briefings.printing.printer import _shut_in\n"
        "import socket, subprocess\n"
        "_shut_in()\n"
        "for mine in (home + '/own', os.fsencode(home + '/own'), pathlib.Path(home, 'own'), os.devnull): open(mine)\n"
        "for attempt in (lambda: open('/etc/passwd'), lambda: open(b'/etc/passwd'), lambda: open(beside + '/x'),\n"
        "                lambda: open(home + '/link'), lambda: open(beside + '/x.ttf'),\n"
        "                lambda: open(home + '/../../etc/passwd'),\n"
        "                lambda: io.FileIO(pathlib.Path('/etc/passwd')), lambda: os.open(b'/etc/passwd', 0),\n"
        "                lambda: subprocess.run(['true']), lambda: os.system('true'),\n"
        "                lambda: socket.create_connection(('127.0.0.1', 9)), lambda: os.fork()):\n"
        "    try:\n"
        "        attempt()\n"
        "    except PermissionError:\n"
        "        continue\n"
        "    sys.exit(1)\n"
        "os._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[1], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr


# ── deaths ──────────────────────────────────────────────────────────────────────────────────────────


def test_time_running_out_has_its_own_name() -> None:
    """The limit is said, and what to do; a page of one word is printed within it, thousands of paragraphs are not."""
    with pytest.raises(RenderError) as caught:
        print_html(page_with("<p>x " * 5000), printer=pdf.Printer(limits=pdf.Limits(wall=0.05)))
    assert caught.value.error_code == "RENDER_TIMEOUT"
    assert "0.05 seconds" in caught.value.what


def test_memory_running_out_has_its_own_name() -> None:
    """A table too wide for the limit ends in RENDER_MEMORY, not in a killed program."""
    rows = "<tr>" + "<td>x</td>" * 40 + "</tr>"
    with pytest.raises(RenderError) as caught:
        print_html(page_with(f"<table>{rows * 300}</table>"), printer=pdf.Printer(limits=pdf.Limits(memory=160 << 20)))
    assert caught.value.error_code == "RENDER_MEMORY"
    assert "160 MB" in caught.value.what


def test_a_killed_printer_has_a_name() -> None:
    """A crash from outside is RENDER_FAILED with the signal."""
    printer = pdf.Printer().start()
    assert printer.process is not None
    printer.process.kill()
    printer.process.wait()
    with pytest.raises(RenderError) as caught:
        print_html(page_with("<p>x"), printer=printer)
    assert caught.value.error_code == "RENDER_FAILED"
    assert "SIGKILL" in (caught.value.why or "")
    dead = breakdowns.death(-signal.SIGSEGV, b"", 160 << 20)
    assert (dead.error_code, "160 MB of memory" in (dead.why or "")) == ("RENDER_FAILED", True)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{% for a in 'x' * 4000 %}" * 3 + "{% endfor %}" * 3, "RENDER_TIMEOUT"),
        ("{{ 'a' * 10 ** 10 }}", "RENDER_MEMORY"),
        ("{% for a in 'x' * 2000 %}{{ 'a' * 20000 }}{% endfor %}", "RENDER_MEMORY"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "RENDER_FAILED"),
        ("{{ masthead.nothing.here }}", "TEMPLATE"),
    ],
)  # fmt: skip
def test_s17_a_template_without_end_is_stopped(source: str, code: str) -> None:
    """Time, memory and depth are bounded for whoever wrote the template too, and no process is left."""
    theme = replace(THEME, templates={**THEME.templates, "page/page.html.j2": source})
    seconds = 3 if code == "RENDER_TIMEOUT" else 20  # a busy machine must not run out of time before it does of memory
    with pdf.Printer(limits=pdf.Limits(fill=seconds)) as printer:
        begun = time.monotonic()
        with pytest.raises(RenderError) as caught:
            printer.render(invented.brief(), theme=theme)
        assert caught.value.error_code == code
        assert time.monotonic() - begun < seconds + 30
    assert printer.process is not None
    assert printer.process.poll() is not None
    assert printer.folder is None


def test_one_printer_fills_page_after_page_and_comes_back_after_one_it_died_of() -> None:
    """A preview keeps its printer; a page that killed it costs that page alone."""
    hopeless = replace(
        THEME, templates={**THEME.templates, "page/page.html.j2": "{% for a in 'x' * 9 ** 9 %}{% endfor %}"}
    )
    with pdf.Printer(limits=pdf.Limits(fill=5), prints=False) as printer:
        first = printer.render(invented.brief(), theme=THEME)
        assert printer.render(invented.brief(), theme=THEME) == first
        with pytest.raises(RenderError):
            printer.render(invented.brief(), theme=hopeless)
        assert printer.render(invented.brief(), theme=THEME) == first


def without_pango(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let libraries and layout engine fail to load as they do where Pango is not installed, here and in the printer."""
    (tmp_path / "sitecustomize.py").write_text(
        "import ctypes\n"
        "def absent(name, *rest): raise OSError(f'{name}: cannot open shared object file')\n"
        "ctypes.CDLL = absent\n",
        encoding="utf-8",
    )
    broken = tmp_path / "weasyprint.py"
    broken.write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n", encoding="utf-8")
    original = pdf._environment

    def with_broken(*arguments: object) -> dict[str, str]:
        known = original(*arguments)  # type: ignore[arg-type]
        return known | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{known['PYTHONPATH']}"}

    monkeypatch.setattr(pdf, "_environment", with_broken)
    monkeypatch.setattr(pango, "_loads", lambda name: False)


def test_f34_missing_libraries_are_named_with_the_line_that_installs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Pango is not installed the error says so, exits with 69, and gives the command."""
    without_pango(tmp_path, monkeypatch)
    with pytest.raises(MissingDependency) as caught:
        print_html(page_with("<p>x"))
    assert caught.value.error_code == "DEPENDENCY_PANGO"
    assert caught.value.exit_status == 69
    assert install_line() in (caught.value.fix or "")
    assert "briefings preview" in (caught.value.fix or "")


def test_f34_missing_libraries_are_told_before_any_page_is_made_and_pages_are_made_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, html: str
) -> None:
    """Whoever waits for notebooks is not told at the end that nothing can be printed; HTML needs no Pango."""
    without_pango(tmp_path, monkeypatch)
    with pdf.Printer() as printer, pytest.raises(MissingDependency) as caught:
        printer.require_ready()
    assert caught.value.error_code == "DEPENDENCY_PANGO"
    for prints in (True, False):
        with pdf.Printer(prints=prints) as printer:
            assert printer.render(invented.brief(), theme=THEME) == html


def test_f34_a_brief_that_could_not_be_printed_stops_before_its_notebooks_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo: Workspace
) -> None:
    """Half a second, not the time of every notebook, passes before the missing library is named."""
    without_pango(tmp_path, monkeypatch)
    monkeypatch.setattr(edition, "compose", lambda _: pytest.fail("a notebook was run"))
    with pytest.raises(MissingDependency) as caught:
        edition.make("balochistan", {"date": "2026-01-31"}, workspace=demo)
    assert caught.value.error_code == "DEPENDENCY_PANGO"


def test_f06_no_space_for_temporary_files_is_told_with_the_folder_that_is_full(
    full_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full TMPDIR is a full disk, by name, and not a broken installation."""
    monkeypatch.setattr(tempfile, "tempdir", str(full_disk))
    with pytest.raises(DiskFull) as caught:
        print_html(page_with("<p>x"))
    assert caught.value.where == str(full_disk)
    assert "TMPDIR" in (caught.value.fix or "")


# ── fonts ───────────────────────────────────────────────────────────────────────────────────────────


def test_f32_a_character_without_a_font_stops_the_print_and_names_script_and_font() -> None:
    """No empty boxes: the script is named, and the font that has it."""
    runs = (Name(text="新华社"), Text(text=" said"))
    html = render.render(invented.brief(parts=(Section.of(Prose(paragraphs=(runs,)), slot="s"),)), theme=THEME)
    with pytest.raises(RenderError) as caught:
        print_html(html)
    assert caught.value.error_code == "RENDER_GLYPHS"
    assert caught.value.where == "section 's': “新华社” (words of a report); script: CJK"
    assert "fonts-noto-cjk" in (caught.value.fix or "")
    assert "`fallback` under [page.fonts]" in (caught.value.fix or "")


@pytest.mark.parametrize("code", ["en", "ar"])
def test_f32_the_report_with_the_character_is_named_as_the_page_lists_it(code: str) -> None:
    """Who must mend it looks for a report, not for a section: its number, its outlet and its title are told."""
    said = (Quote(text="plain words", document="doc1"), Text(text=" "), Quote(text="words 新 here", document="doc2"))
    brief = invented.brief(parts=(Section.of(Prose(paragraphs=(said,)), slot="s"), invented.sources()))
    brief = brief.model_copy(update={"masthead": brief.masthead.model_copy(update={"language": code})})
    with pytest.raises(RenderError) as caught:
        print_html(render.render(brief, theme=THEME))
    told = "; report [2]: Vardan News Agency. Minister gives toll after attacks in Kesh. "
    assert told in (caught.value.where or "")


@pytest.mark.parametrize(
    ("text", "font"),
    [("Αθήνα", "Source-Sans"), ("Москва", "Source-Sans"), ("بلوچستان", "Arabic"), ("ירושלים", "Hebrew"),
     ("काठमांडू", "Devanagari"), ("ঢাকা", "Bengali"), ("መቐለ", "Ethiopic"), ("မြန်မာ", "Myanmar"),
     ("Երևան", "Armenian"), ("თბილისი", "Georgian"), ("▲ ▼ – − → ≈", "Source-Sans")],
)  # fmt: skip
def test_f33_scripts_of_names_are_drawn_from_the_bundled_fonts(text: str, font: str) -> None:
    """Only our own files are used, whatever the machine has, and each script finds its own."""
    runs = (Name(text=text),)
    html = render.render(invented.brief(parts=(Section.of(Prose(paragraphs=(runs,)), slot="s"),)), theme=THEME)
    made = print_html(html)
    with pikepdf.open(io.BytesIO(made)) as document:
        used = {str(value.BaseFont) for page in document.pages for value in page.Resources.Font.values()}
    assert any(font in name for name in used), used
    assert all("Source" in name or "Noto" in name for name in used)


def test_heads_in_nastaliq_are_bold_and_text_is_not() -> None:
    """Its bold file calls itself of regular weight; the printer goes by its name."""
    made = print_html(page_with('<p style="font-family: Noto Nastaliq Urdu">خلاصہ <b>خلاصہ</b></p>'))
    with pikepdf.open(io.BytesIO(made)) as document:
        used = {str(value.BaseFont) for page in document.pages for value in page.Resources.Font.values()}
    assert any(name.endswith("Noto-Nastaliq-Urdu-Bold") for name in used), used
    assert any(name.endswith("Noto-Nastaliq-Urdu") for name in used), used


def test_the_dates_of_the_brief_need_an_offset(html: str) -> None:
    """An instant without its offset would print differently on another machine."""
    with pytest.raises(ValueError, match="offset"):
        print_html(html, when=invented.AS_OF.replace(tzinfo=None))


def test_a_page_is_laid_out_as_often_as_one_asks_and_prints_as_if_it_had_not_been() -> None:
    """The outline tells pages and where each part ends, and leaves the printed bytes as they were."""
    html = "<html lang=en><body>" + "".join(
        f"<section id=part-{name}><h2>{name}</h2>" + "<p>words</p>" * 60 + "</section>" for name in "abc"
    )
    about = pdf.About(title="t", author="a", language="en", when=invented.AS_OF)
    with pdf.Printer() as printer:
        short = printer.layout("<html lang=en><section id=one>words</section>")
        outline = printer.layout(html)
        after = pdf.print_pdf(html, about, printer=printer)
    assert short.pages == 1
    assert [page for page, _, _ in short.spans["one"]] == [1]
    assert outline.pages == printed.pages(after) > 2
    assert list(outline.spans) == ["part-a", "part-b", "part-c"]
    assert all(top < bottom for spans in outline.spans.values() for _, top, bottom in spans)
    assert outline.spans["part-c"][-1][0] == outline.pages
    assert pdf.print_pdf(html, about) == after
