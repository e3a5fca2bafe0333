"""Figures and claims as tables for other programs: plain CSV with HXL tags, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..model import Claim, Document, Figure, Reading, Review, digest

CLAIM_COLUMNS = (
    ("claim", "#meta+claim_id"),
    ("document", "#meta+document_id"),
    ("publisher", "#meta+source"),
    ("stated", "#date+reported"),
    ("claimant", "#org+claimant"),
    ("office", "#org+claimant+office"),
    ("claimant_kind", "#org+claimant+type"),
    ("group", "#affected+group"),
    ("outcome", "#affected+outcome"),
    ("low", "#affected+low"),
    ("high", "#affected+high"),
    ("modifier", "#meta+modifier"),
    ("date_from", "#date+occurred+start"),
    ("date_to", "#date+occurred+end"),
    ("place", "#loc+name"),
    ("scope", "#meta+scope"),
    ("rule", "#meta+rule"),
    ("quote", "#description+quote"),
    ("sentence", "#description+sentence"),
    ("corrects", "#meta+corrects"),
    ("verdict", "#meta+review"),
    ("reviewed_by", "#meta+review+by"),
    ("reason", "#meta+review+reason"),
)
FIGURE_COLUMNS = (
    ("figure", "#meta+figure_id"),
    ("group", "#affected+group"),
    ("outcome", "#affected+outcome"),
    ("date_from", "#date+occurred+start"),
    ("date_to", "#date+occurred+end"),
    ("low", "#affected+low"),
    ("high", "#affected+high"),
    ("best", "#affected+best"),
    ("text", "#description+range"),
    ("status", "#status"),
    ("rule", "#meta+rule"),
    ("computed", "#meta+computed"),
    ("claimants", "#org+claimant"),
    ("as_of", "#date+asof"),
    ("reviewed", "#meta+review+num"),
    ("of_claims", "#meta+claims+num"),
)


def claims_csv(claims: Iterable[Claim], verdicts: Mapping[str, Review] | None = None) -> bytes:
    """Return claims as CSV, one a row, HXL tags in the second row; UTF-8.

    `verdicts` are the reviews that hold of them, by claim id. A claim with the verdict `reject`, or that another
    `corrects`, is in no figure.
    """
    given = verdicts or {}
    rows = (
        (
            claim.id,
            claim.document_id,
            claim.publisher,
            claim.stated.isoformat() if claim.stated else "",
            claim.claimant or "",
            claim.office or "",
            claim.claimant_kind or "",
            claim.group,
            claim.outcome,
            claim.low,
            claim.high,
            claim.modifier,
            claim.date_from,
            claim.date_to,
            claim.place or "",
            claim.scope,
            claim.rule,
            claim.quote,
            claim.sentence,
            claim.corrects or "",
            given[claim.id].verdict if claim.id in given else "",
            given[claim.id].by if claim.id in given else "",
            given[claim.id].reason if claim.id in given else "",
        )
        for claim in claims
    )
    return _table(CLAIM_COLUMNS, rows)


def key(figure: Figure) -> str:
    """Return the name a figure goes by everywhere: it stays the same however often the figure is computed."""
    window = f"{figure.window.start} {figure.window.end}"
    told = (figure.group, figure.outcome, window, figure.place or "", figure.definition, figure.scope, figure.unit)
    return digest("figure", *told)[:8]


def figures_csv(figures: Iterable[Figure]) -> bytes:
    """Return figures as CSV, one a row, HXL tags in the second row; not reported is empty, never 0; UTF-8."""
    rows = (
        (
            key(figure),
            figure.group,
            figure.outcome,
            figure.window.start,
            figure.window.end,
            figure.low,
            figure.high,
            figure.best,
            figure.text,
            figure.status,
            figure.rule,
            figure.formula,
            "; ".join(position.voice.name for position in figure.positions),
            figure.as_of.isoformat(),
            figure.reviewed.looked_at if figure.reviewed else 0,
            figure.reviewed.claims if figure.reviewed else len(figure.claims),
        )
        for figure in figures
    )
    return _table(FIGURE_COLUMNS, rows)


def _table(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([name for name, _ in columns])
    writer.writerow([tag for _, tag in columns])
    for row in rows:
        writer.writerow(["" if cell is None else inert(cell) for cell in row])
    return out.getvalue().encode()


def inert(cell: object) -> object:
    """Keep text from being run as a formula when the file is opened in a spreadsheet (ASVS 1.2.10)."""
    if isinstance(cell, str) and cell.lstrip(" \t\r\n\0")[:1] in tuple("=+-@＝＋－＠"):
        return "'" + cell
    return cell


def reading_row(source: str, document: Document, reading: Reading) -> dict[str, Any]:
    """Return one document and what it says as JSON-ready data: the line `briefings extract --jsonl` prints."""
    return {
        "source": source,
        "document": document.model_dump(mode="json"),
        "claims": [claim.model_dump(mode="json") for claim in reading.claims],
        "responsibility": [one.model_dump(mode="json") for one in reading.responsibilities],
        "passages": [passage.model_dump(mode="json") for passage in reading.passages],
        "actors": [actor.model_dump(mode="json") for actor in reading.actors],
        "extents": [claim.model_dump(mode="json") for claim in reading.extents],
    }


def review_row(one: Review) -> dict[str, Any]:
    """Return a review as JSON-ready data, its claims by id and quote."""
    return {
        **one.model_dump(mode="json", exclude={"claims", "readings", "into"}),
        "claims": [{"id": claim.id, "document_id": claim.document_id, "quote": claim.quote} for claim in one.claims],
        "into": [claim.id for claim in one.into],
    }
