"""What went into an edition, as digests: enough to say later whether the same brief would come out again."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256 as _sha256
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..layout import export
from ..model import Edition, digest
from ..printing.pdf import Attachment
from ..sections import canonical
from ..storage.filing import SEAL

if TYPE_CHECKING:
    from ..desks.desk import Desk
    from ..kernels.kernels import RunRecord
    from ..layout.themes import Theme
    from ..notebook.brief import Brief

NAME = SEAL
SECTIONS = "sections.json"
SCHEMA = "briefings.manifest/v1"
ATTACHED = {
    "claims.json": ("Every claim, with the words it was read from", "Data"),
    "figures.csv": ("Figures, with HXL tags", "Data"),
    "inputs.json": ("What went into this brief, as digests", "Source"),
    "annex.txt": ("The whole brief in words, with what the page leaves out for room", "Supplement"),
}
"""What may travel inside the PDF: file name, description, relationship (PDF/A-3)."""

_LIBRARIES = ("briefings", "papermill", "jinja2", "pandas", "weasyprint", "pydyf", "fonttools")


def of(brief: Brief, desk: Desk, records: Sequence[RunRecord], theme: Theme) -> dict[str, Any]:
    """Return what goes into the brief: parameters, as-of, digests of everything read and run, versions.

    No clock, path or machine name is in it, so two machines with the same versions agree on it.
    """
    head = brief.masthead
    return {
        "schema": SCHEMA,
        "brief": {
            "title": head.title,
            "series": head.series,
            "region": head.region,
            "marking": head.marking,
            "number": head.number,
        },
        "parameters": dict(brief.parameters),
        "as_of": head.as_of.isoformat(),
        "desk": desk.view_sha256,
        "documents": {document.id: file_sha256(document.text.encode()) for document in desk.documents},
        "notebooks": {record.notebook: record.source_sha256 for record in records},
        "sections": [{"slot": section.slot, "sha256": section.sha256} for section in brief.sections],
        **({"reviews": [export.review_row(one) for one in desk.weighed.reviews]} if desk.weighed.reviews else {}),
        "fit": {"pages": brief.page_budget, **brief.fit.model_dump(mode="json")},
        "theme": theme.name,
        "page": page_sha256(theme),
        "masthead": digest(canonical(head.model_dump(mode="json"))),
        "versions": {"python": platform.python_version(), **{name: installed_version(name) for name in _LIBRARIES}},
    }


def page_sha256(theme: Theme) -> str:
    """Return the digest of all that lays the page out: templates, style, colours of charts, logo."""
    templates = (part for name in sorted(theme.templates) for part in (name, theme.templates[name]))
    drawn = json.dumps([asdict(theme.palette), theme.logo and asdict(theme.logo)], sort_keys=True)
    return digest(theme.name, theme.css, drawn, *templates)


def sha256(inputs: Mapping[str, Any]) -> str:
    """Return the digest of what went in."""
    return digest(canonical(inputs))


def file_sha256(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes, as `sha256sum` prints it."""
    return _sha256(data).hexdigest()


def text(
    edition: Edition, inputs: Mapping[str, Any], files: Mapping[str, bytes], *, reused: Sequence[str] = ()
) -> bytes:
    """Return the manifest of a filed edition: the edition, what went in, and the digest of every file.

    `reused` are the notebooks that were not run for it; what went in is the same as if they had been.
    """
    whole = {
        "schema": SCHEMA,
        "edition": edition.model_dump(mode="json"),
        "inputs": inputs,
        "reused": sorted(reused),
        "files": {name: file_sha256(data) for name, data in sorted(files.items())},
    }
    return as_file(whole)


def contents_sha256(files: Mapping[str, bytes]) -> str:
    """Return the digest of those files of an edition that a release is made of: its sections, and what is attached."""
    kept = [(name, file_sha256(files[name])) for name in (SECTIONS, *ATTACHED) if name in files]
    return digest(*(part for one in kept for part in one))


def contents_in(folder: Path) -> dict[str, bytes]:
    """Return those files of an edition's folder that a release is made of, by name, as they lie there now."""
    return {name: (folder / name).read_bytes() for name in (SECTIONS, *ATTACHED) if (folder / name).is_file()}


def strayed(folder: Path, edition: Edition) -> Path | None:
    """Return a file of a filed edition that is missing or not as it was filed, `None` where all are.

    What a release is made of is held to the digests that the edition bears, so that nobody passes by writing the
    manifest anew; the rest is held to the manifest.
    """
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        inputs = told["inputs"]
        files: dict[str, str] = dict(told["files"])
        whole = sha256(inputs) == edition.inputs_sha256 and Edition.model_validate(told["edition"]) == edition
    except (OSError, ValueError, KeyError, TypeError):
        return folder / NAME
    if not whole:
        return folder / NAME
    for name, known in ((edition.pdf_name, edition.pdf_sha256), *files.items()):
        path = folder / name
        if not path.is_file() or file_sha256(path.read_bytes()) != known:
            return path
    if edition.contents_sha256 and contents_sha256(contents_in(folder)) != edition.contents_sha256:
        return folder / SECTIONS
    return None


def shown_name(edition: Edition) -> str:
    """Return the name by which people find an edition's PDF, marking and all: `coast-2031-03-05-1_TLP-CLEAR.pdf`."""
    return f"{edition.id}_{edition.marking.replace(':', '-')}.pdf"


def edition_in(folder: Path) -> Edition | None:
    """Return the edition a folder holds, or `None` if it holds none that can be read."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Edition.model_validate(data["edition"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None


def inputs_in(folder: Path) -> dict[str, Any]:
    """Return what went into the edition a folder holds; nothing if that cannot be read."""
    found = _told_in(folder, "inputs")
    return found if isinstance(found, dict) else {}


def reused_in(folder: Path) -> tuple[str, ...]:
    """Return the notebooks that were not run for the edition a folder holds."""
    found = _told_in(folder, "reused")
    return tuple(str(one) for one in found) if isinstance(found, list) else ()


def _told_in(folder: Path, key: str) -> Any:
    try:
        return json.loads((folder / NAME).read_text(encoding="utf-8"))[key]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def attachments(inputs: Mapping[str, Any], desk: Desk) -> dict[str, bytes]:
    """Return what travels inside the PDF, by name: claims, figures, and what went in."""
    verdicts = desk.weighed.verdicts
    claims = [
        {
            **claim.model_dump(mode="json"),
            **({"review": export.review_row(verdicts[claim.id])} if claim.id in verdicts else {}),
        }
        for claim in (*desk.claims, *desk.weighed.aside)
    ]
    return {
        "claims.json": as_file(claims),
        "figures.csv": export.figures_csv(desk.all_figures()),
        "inputs.json": as_file(inputs),
    }


def held(folder: Path) -> tuple[str, ...]:
    """Return the files of an edition's folder that travel inside its PDF, by name."""
    return tuple(name for name in ATTACHED if (folder / name).is_file())


def attached(files: Mapping[str, bytes]) -> tuple[Attachment, ...]:
    """Return the files of an edition that travel inside its PDF, described for the reader."""
    return tuple(
        Attachment(name, files[name], about, relationship)
        for name, (about, relationship) in ATTACHED.items()
        if name in files
    )


def as_file(data: Any) -> bytes:
    """Return data as the file it is kept as."""
    return (json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
