"""What a notebook may pry into, a brief does not give away: secrets, accounts, machines, folders of the machine."""

from __future__ import annotations

import getpass
import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pikepdf
import pytest
from nbformat.v4 import new_code_cell
from notes import NOTE, with_note

from briefings.authoring.demo import install_demo

pytestmark = pytest.mark.slow
CANARY = "canary-5d1f7c"
SECRETS = ("BRIEFINGS_SMTP_PASSWORD", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "PGPASSWORD")
PRY = """
import getpass, os, pathlib, socket, sys
print(dict(os.environ), getpass.getuser(), socket.gethostname(), pathlib.Path.home(), os.getcwd(), sys.executable)
parent = pathlib.Path(f"/proc/{os.getppid()}/environ")
print([word for word in parent.read_bytes().decode(errors="replace").split(chr(0)) if "canary" in word])
!env
!cat /proc/self/environ | tr '\\\\0' '\\\\n'
{"environment": dict(os.environ), "here": __import__("IPython").__file__}
"""


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its name, what is packed in PDFs and archives unpacked."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name in [one for one in found if one.endswith(".pdf")]:
        with pikepdf.open(folder / name) as document:
            for part, item in enumerate(document.objects):
                if isinstance(item, pikepdf.Stream):
                    found[f"{name}#{part}"] = item.read_bytes()
    for name in [one for one in found if zipfile.is_zipfile(folder / one)]:
        with zipfile.ZipFile(folder / name) as archive:
            found |= {f"{name}#{one}": archive.read(one) for one in archive.namelist()}
    return found


def test_nothing_of_a_brief_tells_a_secret_a_person_or_a_folder_of_the_machine(tmp_path: Path) -> None:
    """A notebook prints all it can see; neither the edition, nor the store, nor what was said holds any of it."""
    root = with_note(install_demo(tmp_path / "kept-by-somebody"), "balochistan")
    path = root / "notebooks" / "note.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(2, new_code_cell(PRY))
    nbformat.write(notebook, path)
    secrets = {name: f"{CANARY}-{number}" for number, name in enumerate(SECRETS)}
    done = subprocess.run(
        [sys.executable, "-m", "briefings", "make", NOTE, "-p", "date=2026-01-31", "--json"],
        cwd=root, env={**os.environ, **secrets}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 3), done.stderr
    edition = Path(json.loads(done.stdout)["pdf"]).parent
    kept = everything(edition)
    assert any(b"BRIEFINGS_RUN" in data for data in kept.values())  # it did pry, and what it saw is kept
    said = {"standard output": done.stdout.encode(), "standard error": done.stderr.encode()}
    for name, data in (everything(root / ".briefings") | kept | said).items():
        assert CANARY.encode() not in data, name
    for told in (str(root), str(Path.home()) + "/", f"@{socket.gethostname()}", sys.prefix):
        assert [name for name, data in kept.items() if told.encode() in data] == [], told
    if len(user := getpass.getuser()) > 5:
        assert [name for name, data in kept.items() if user.encode() in data] == []
