"""Whoever holds a PDF can tell what it is and whether anything in it was changed, with nothing but the file."""

from __future__ import annotations

import io
import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import invented
import pikepdf
import pytest
from editions import EDITION, REVIEWER, Shelf
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.settings import Workspace
from briefings.layout import render, themes
from briefings.printing import pdf, seals
from briefings.release.lifecycle import withdraw
from briefings.release.verify import VerifyError, verify

pytestmark = pytest.mark.slow
INPUTS = {
    "brief": {"title": "Kesh: attacks along the Sarn road", "marking": "TLP:AMBER", "number": 2},
    "as_of": "2031-05-17T23:59:00+04:00",
    "documents": {},
}


def print_brief(**more: object) -> bytes:
    brief = invented.brief(**more)  # type: ignore[arg-type]
    files = {
        "claims.json": b"[{}, {}]",
        "figures.csv": b"a,b\n#a,#b\n1,2\n",
        "inputs.json": json.dumps(INPUTS).encode(),
    }
    return pdf.print_pdf(
        render.render(brief, theme=themes.load_theme("plain")),
        pdf.About(
            title=f"{brief.masthead.title} [{brief.masthead.marking}]",
            author="Desk",
            language="en",
            when=invented.AS_OF,
            stamp=seals.stamp(brief.masthead),
        ),
        attachments=[pdf.Attachment(name, data, f"The {name}") for name, data in files.items()],
    )


@pytest.fixture(scope="module")
def sound() -> bytes:
    return print_brief()


@pytest.fixture(autouse=True)
def _no_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The reader has the file, and nothing else."""
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")


def told(data: bytes, tmp_path: Path, *arguments: str) -> tuple[int, str]:
    """Return the status and the words `briefings verify` ends with."""
    path = tmp_path / "passed-on.pdf"
    path.write_bytes(data)
    done = CliRunner().invoke(app, ["verify", str(path), *arguments])
    return done.exit_code, done.output


def saved(data: bytes, change: Callable[[pikepdf.Pdf], object] = lambda _: None, **how: object) -> bytes:
    """Return the PDF as another program writes it, after a change."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def another_number(document: pikepdf.Pdf) -> None:
    contents = document.pages[1].Contents
    glyphs = contents.read_bytes()
    contents.write(re.sub(rb"<(00[0-9a-f]{2})>", b"<0011>", glyphs, count=1))


def another_figure(document: pikepdf.Pdf) -> None:
    document.attachments["figures.csv"] = b"a,b\n#a,#b\n1,3\n"


def one_more(document: pikepdf.Pdf) -> None:
    document.attachments["note.txt"] = b"x"


def one_less(document: pikepdf.Pdf) -> None:
    del document.attachments["claims.json"]


def another_title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Nothing happened [TLP:CLEAR]"


def page_out(document: pikepdf.Pdf) -> None:
    del document.pages[1]


def milder(document: pikepdf.Pdf) -> None:
    metadata = document.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"TLP:AMBER", b"TLP:CLEAR"))


def acts(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


# ── a whole file ────────────────────────────────────────────────────────────────────────────────────


def test_a_whole_file_says_what_it_is(sound: bytes, tmp_path: Path) -> None:
    """Brief, number, as-of, marking, state, who prepared it, standards claimed, what is attached; status 0."""
    status, words = told(sound, tmp_path)
    assert status == 0
    for said in ("kesh-2031-05-17-1: whole", "Kesh: attacks along the Sarn road", "No. 2", "2031-05-17T23:59:00+04:00",
                 "TLP:AMBER", "draft", "Vardan Desk, duty analyst", "PDF/A-3a, PDF/UA-1", "2 claims"):  # fmt: skip
        assert said in words, said


def test_a_later_reviewed_version_says_who_reviewed_it_and_what_it_replaces(tmp_path: Path) -> None:
    """The reader learns which file to put away."""
    made = print_brief(
        state="reviewed", reviewed_by="M. Orrin", version=2, edition_id="kesh-2031-05-17-2",
        supersedes="kesh-2031-05-17-1",
    )  # fmt: skip
    status, words = told(made, tmp_path)
    assert status == 0
    assert "reviewed by M. Orrin" in words
    assert re.search(r"supersedes +kesh-2031-05-17-1", words)


def test_it_is_said_what_digests_do_not_prove(sound: bytes, tmp_path: Path) -> None:
    """Nobody is told that a digest is a signature."""
    assert "not signed" in told(sound, tmp_path)[1]
    status, words = told(sound, tmp_path, "--json")
    data = json.loads(words)
    assert (status, data["schema"], data["outcome"]) == (0, "briefings.verify/v1", "whole")
    assert "not signed" in data["note"]
    assert data["edition"]["marking"] == "TLP:AMBER"


# ── a changed file ──────────────────────────────────────────────────────────────────────────────────


def test_any_byte_changed_is_told(sound: bytes, tmp_path: Path) -> None:
    """Wherever a single bit of the file is turned, it is whole no more."""
    chance = random.Random(11)
    for at in chance.sample(range(len(sound)), 24):
        data = bytearray(sound)
        data[at] ^= 1 << chance.randrange(8)
        status, words = told(bytes(data), tmp_path)
        assert status in (1, 2, 3), at
        assert "whole" not in words.partition("\n")[0], at


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (another_number, "page 2"),
        (another_figure, "attachment figures.csv"),
        (one_more, "attachment note.txt: put in"),
        (one_less, "attachment claims.json: taken out"),
        (another_title, "title, author, dates or stamp"),
        (milder, "title, author, dates or stamp"),
        (page_out, "pages: it was printed with 3, and has 2"),
        (acts, "tags, bookmarks or actions"),
    ],
)
def test_what_was_changed_is_named(
    sound: bytes, tmp_path: Path, change: Callable[[pikepdf.Pdf], object], part: str
) -> None:
    """The very part, and status 1, however the file was written afterwards."""
    status, words = told(saved(sound, change), tmp_path)
    assert status == 1
    assert "CHANGED" in words
    assert part in words


def test_a_revision_added_behind_is_told_with_its_length(sound: bytes, tmp_path: Path) -> None:
    """What a reader sees then is the revision; what was printed still lies in front of it."""
    start = re.findall(rb"startxref\s+(\d+)", sound)[-1]
    more = b"1 0 obj\n<<>>\nendobj\nstartxref\n" + start + b"\n%%EOF\n"
    status, words = told(sound + more, tmp_path)
    assert status == 1
    assert f"{len(more)} bytes were added" in words


def test_metadata_taken_out_is_told(sound: bytes, tmp_path: Path) -> None:
    """Without its stamp a brief is still known as one, and cannot be verified."""

    def strip(document: pikepdf.Pdf) -> None:
        del document.Root.Metadata
        del document.trailer.Info

    status, words = told(saved(sound, strip), tmp_path)
    assert status == 1
    assert "SEAL_STRIPPED" in words


def test_a_file_another_program_wrote_anew_is_told_from_a_changed_one(sound: bytes, tmp_path: Path) -> None:
    """A mail gateway that repacks files changes bytes and no content; status 3, for that is to be known."""
    mode = pikepdf.ObjectStreamMode.generate
    for how in ({}, {"linearize": True}, {"object_stream_mode": mode, "recompress_flate": True}):
        status, words = told(saved(sound, **how), tmp_path)
        assert status == 3
        assert "written anew" in words


def test_a_stamp_that_is_not_of_these_inputs_is_told(tmp_path: Path) -> None:
    """A forger who computes the digests anew must make everything else agree, too."""
    status, words = told(print_brief(marking="TLP:CLEAR"), tmp_path)
    assert status == 1
    assert "SEAL_DISAGREES" in words


# ── what is no brief, or cannot be read ─────────────────────────────────────────────────────────────


def test_each_file_that_cannot_be_verified_has_its_own_name(sound: bytes, tmp_path: Path) -> None:
    """Missing, not a PDF, cut off, encrypted, damaged, another program's: one clear message each."""
    blank = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(blank)
    lock = pikepdf.Encryption(owner="o", user="u")
    opened = pikepdf.Encryption(owner="o", user="")
    cases: dict[str, tuple[bytes, int]] = {
        "NOT_A_PDF": (b"just some words", 2),
        "NOT_A_BRIEF": (blank.getvalue(), 2),
        "PDF_CUT_OFF": (sound[: len(sound) // 2], 1),
        "PDF_ENCRYPTED": (saved(sound, encryption=lock), 1),
        "PDF_UNREADABLE": (b"%PDF-1.7\nnonsense\n%%EOF\n", 1),
    }
    for code, (data, expected) in cases.items():
        status, words = told(data, tmp_path)
        assert (status, words.partition(":")[0]) == (expected, code)
        assert "Traceback" not in words
    assert told(saved(sound, encryption=opened), tmp_path)[1].startswith("PDF_ENCRYPTED")
    missing = CliRunner().invoke(app, ["verify", str(tmp_path / "none.pdf")])
    assert (missing.exit_code, missing.output.partition(":")[0]) == (2, "NO_FILE")


def test_a_stream_that_unpacks_without_end_is_not_unpacked(sound: bytes, tmp_path: Path) -> None:
    """A hostile file ends in a message, not in a machine without memory."""
    import zlib

    def swell(document: pikepdf.Pdf) -> None:
        bomb = zlib.compress(bytes(200 << 20), 9)
        document.pages[0].obj.Contents = pikepdf.Stream(document, bomb)
        document.pages[0].obj.Contents.write(bomb, filter=pikepdf.Name.FlateDecode)

    status, words = told(saved(sound, swell, compress_streams=False), tmp_path)
    assert (status, words.partition(":")[0]) == (1, "PDF_UNREADABLE")
    assert "more than 64 MB" in words


# ── what a workspace knows ──────────────────────────────────────────────────────────────────────────


def codes(path: Path, space: Workspace) -> list[str]:
    return [finding.code for finding in verify(path, workspace=space.root).findings]


def test_a_file_with_one_bit_turned_is_altered_or_damaged_and_never_another_kind_of_file(
    sound: bytes, tmp_path: Path
) -> None:
    """Wherever the bit is: it is told as changed, or as one that cannot be read any more; and never as no brief."""
    at = random.Random(7)
    for _ in range(60):
        turned = bytearray(sound)
        turned[at.randrange(len(sound))] ^= 1 << at.randrange(8)
        (tmp_path / "turned.pdf").write_bytes(turned)
        told, status = _told(tmp_path / "turned.pdf")
        assert status == 1 or "SEAL_REWRITTEN" in told, told
        assert " object at 0x" not in told  # what it was read from is nobody's business
        assert "damaged or altered" in told or "CHANGED" in told or "written anew" in told or "no digests" in told


def _told(file: Path) -> tuple[str, int]:
    """Return what the command says of a file, and its status."""
    done = CliRunner().invoke(app, ["verify", str(file)])
    return done.output, done.exit_code


def test_a_file_whose_stamp_is_broken_is_damaged_and_not_none_of_ours(tmp_path: Path) -> None:
    """What is left of a stamp in the plain bytes says whose it was."""
    blank, file = io.BytesIO(), tmp_path / "broken.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = "<brief:edition>kesh"
        document.save(blank)
    file.write_bytes(blank.getvalue())
    with pytest.raises(VerifyError, match="damaged or altered"):
        verify(file)


def test_the_workspace_says_whether_the_edition_is_filed_approved_superseded_or_withdrawn(
    issued: Workspace, approved: Workspace, shelf: Shelf, tmp_path: Path
) -> None:
    """The file is whole each time; what has become of the edition decides whether to use it."""
    folder = Path("balochistan", "2026-01-31-1")
    drafted = verify(issued.reports / folder / "brief.pdf", workspace=issued.root)
    assert (drafted.outcome, drafted.exit_status, drafted.known and drafted.known.stage) == ("whole", 0, "filed")

    reviewed = approved.reports / folder / "brief-reviewed.pdf"
    known = verify(reviewed, workspace=approved.root).known
    assert known is not None
    assert (known.stage, known.approved_by, known.same) == ("approved", REVIEWER, True)

    other = tmp_path / "other.pdf"
    other.write_bytes(saved(reviewed.read_bytes()))
    assert codes(other, approved) == ["SEAL_REWRITTEN", "EDITION_OTHER"]

    later = shelf.reissued()
    space = later.copy(tmp_path / "reissued")
    assert later.made.edition.version == 2
    reviewed = space.reports / folder / "brief-reviewed.pdf"
    assert codes(reviewed, space) == ["EDITION_SUPERSEDED"]
    assert verify(reviewed, workspace=space.root).exit_status == 3

    withdraw(EDITION, by=REVIEWER, reason="a figure was mistyped at the source", workspace=space)
    assert codes(reviewed, space) == ["EDITION_WITHDRAWN"]


def test_a_workspace_that_never_filed_it_says_so(sound: bytes, issued: Workspace, tmp_path: Path) -> None:
    """A whole file of another desk is whole, and nobody's here."""
    path = tmp_path / "theirs.pdf"
    path.write_bytes(sound)
    assert codes(path, issued) == ["EDITION_UNKNOWN"]


def test_an_edition_folder_alone_knows_its_edition(issued: Workspace, tmp_path: Path) -> None:
    """Without a workspace, the manifest beside the file says whether these are the bytes that were filed."""
    folder = tmp_path / "passed-on"
    shutil.copytree(issued.reports / "balochistan" / "2026-01-31-1", folder)
    known = verify(folder / "brief.pdf").known
    assert known is not None
    assert known.same
    assert verify(folder / "balochistan-2026-01-31-1_TLP-CLEAR.pdf").exit_status == 0
