"""Reads plain folders of reports, one folder an event, and totals each: no workspace is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..errors import BriefingsError, SourceError, UsageError
from ..model import Claim, Document, Outcome, Total
from ..reconciling.totals import Differing, total
from ..report.extract import read
from ..sources.documents import SUFFIXES, load_document


@dataclass(frozen=True, slots=True)
class Dossier:
    """The reports on one event: the event's name and its files, in the order of their names."""

    event: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Totalled:
    """What a dossier comes to, with what it was read from; `faults` are the files that could not be read."""

    event: str
    total: Total
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    faults: tuple[BriefingsError, ...] = ()


def dossiers(paths: Sequence[Path]) -> tuple[Dossier, ...]:
    """Return the events that paths name: a folder of reports is one, a folder of folders one each, files together one.

    Errors: UsageError `NO_FILE` for a path where nothing is; SourceError for a folder that holds no report, itself
    or one level down.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} is not there", fix="give folders of reports, or files", code="NO_FILE")
    files = [path for path in paths if not path.is_dir()]
    found = [Dossier(_name(files[0]), tuple(files))] if files else []
    for folder in (path for path in paths if path.is_dir()):
        own = _reports(folder)
        inner = [
            Dossier(each.name, held) for each in sorted(folder.iterdir()) if each.is_dir() and (held := _reports(each))
        ]
        if not own and not inner:
            raise SourceError(
                "the folder holds no report",
                where=str(folder),
                fix=f"put reports into it ({', '.join(sorted(SUFFIXES))}), or folders of reports, one an event",
                code="NO_REPORTS",
            )
        found += [Dossier(_name(folder), own), *inner] if own else inner
    return tuple(found)


def totals(
    found: Sequence[Dossier],
    *,
    outcome: Outcome = "killed",
    as_of: datetime | None = None,
    published: date | None = None,
    differing: Differing = "highest",
) -> Iterator[Totalled]:
    """Give the total of each dossier in turn. A file that cannot be read is named, and the rest go on."""
    for dossier in found:
        documents: list[Document] = []
        faults: list[BriefingsError] = []
        for file in dossier.files:
            try:
                documents.append(load_document(file, published=published))
            except BriefingsError as fault:
                faults.append(fault)
        claims = tuple(claim for document in documents for claim in read(document))
        made = total(claims, outcome=outcome, as_of=as_of, differing=differing)
        yield Totalled(dossier.event, made, tuple(documents), claims, tuple(faults))


def total_row(one: Totalled) -> dict[str, Any]:
    """Return an event's total as JSON-ready data, with the words of every claim behind it."""
    used = set(one.total.claims)
    sources = {document.id: document.source for document in one.documents}
    return {
        "event": one.event,
        **one.total.model_dump(mode="json"),
        "evidence": [
            {"claim": claim.id, "source": sources[claim.document_id], "quote": claim.quote, "sentence": claim.sentence}
            for claim in one.claims
            if claim.id in used
        ],
    }


def _reports(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix.lower() in SUFFIXES)


def _name(path: Path) -> str:
    whole = path.resolve()
    return whole.name if path.is_dir() else whole.parent.name
