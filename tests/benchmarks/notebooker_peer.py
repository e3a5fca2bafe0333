"""Runs `notebooker-cli execute-notebook`, with its database played by mongomock, and keeps what it made.

`notebooker_peer.py NOTEBOOK DATE DATA OUT --pdf-output|--no-pdf-output`, by the Python Notebooker is installed in.
"""

# mypy: ignore-errors

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

import mongomock
import pymongo
from mongomock.gridfs import enable_gridfs_integration

enable_gridfs_integration()
pymongo.MongoClient = mongomock.MongoClient

import notebooker.serialization  # noqa: E402, F401 -- the registry, before those who enter themselves there
import notebooker.serializers.pymongo as kept  # noqa: E402
from notebooker._entrypoints import base_notebooker  # noqa: E402

notebook, day, data, out, prints = sys.argv[1:]
folder = Path(tempfile.mkdtemp(prefix="notebooker-"))
kept.MongoClient = mongomock.MongoClient
save = kept.PyMongoResultSerializer.save_check_result


def keep(self, result):
    """Save a result where Notebooker does, and as files."""
    save(self, result)
    if type(result).__name__ != "NotebookResultComplete":
        sys.exit(getattr(result, "error_info", None))
    Path(out + ".html").write_text(result.raw_html)
    if result.pdf:
        Path(out + ".pdf").write_bytes(result.pdf)


kept.PyMongoResultSerializer.save_check_result = keep
(folder / "templates").mkdir()
shutil.copy(notebook, folder / "templates" / "peer.ipynb")
sys.argv[1:] = [
    "--output-base-dir", str(folder / "out"), "--template-base-dir", str(folder / "base"),
    "--py-template-base-dir", str(folder / "templates"), "--notebooker-disable-git",
    "execute-notebook", "--report-name", "peer", "--hide-code", "--n-retries", "0", prints,
    "--overrides-as-json", json.dumps({"date": day, "data": data}),
]  # fmt: skip
try:
    base_notebooker()
finally:
    shutil.rmtree(folder, ignore_errors=True)
if not Path(out + (".pdf" if prints == "--pdf-output" else ".html")).is_file():
    sys.exit("nothing was made")
