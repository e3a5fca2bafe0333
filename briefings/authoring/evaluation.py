"""Evaluates reading on a folder of reports whose claims a person has written down."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from ..errors import GoldError
from ..model import Document
from ..report.extract import read
from ..report.scoring import SLOTS, Gold, Score, score
from ..sources.documents import SUFFIXES, load_document

SUFFIX: Final = ".gold.json"


def evaluate(folder: Path, *, step: Callable[[str, str], None] | None = None) -> Score:
    """Return how well the reports of a folder are read, by the gold beside them.

    `NAME.gold.json` holds the claims of `NAME.txt` (or another kind of report). Errors: GoldError `GOLD_FOLDER`,
    `GOLD`, `GOLD_REPORT`, `GOLD_QUOTE`, and a SourceError where a report cannot be read.
    """
    files = _files(folder)
    pairs = []
    for file in files:
        name = file.name.removesuffix(SUFFIX)
        if step:
            step("read", name)
        gold = load_gold(file)
        document = load_document(_report_of(file, name), published=gold.published)
        _require_quotes(gold, document, file)
        pairs.append((name, gold, read(document)))
    return score(pairs)


def without_gold(folder: Path) -> tuple[str, ...]:
    """Return the names of the reports of a folder without gold beside them; nobody should take them for scored."""
    scored = {file.name.removesuffix(SUFFIX) for file in folder.glob(f"*{SUFFIX}")}
    reports = (one for one in sorted(folder.iterdir()) if one.suffix.lower() in SUFFIXES)
    return tuple(one.name for one in reports if one.stem not in scored and one.stem.lower() != "readme")


def _files(folder: Path) -> list[Path]:
    """Return the gold of a folder. Errors: GoldError `GOLD_FOLDER` where there is none."""
    files = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    if files:
        return files
    what = f"no {SUFFIX} file is in it" if folder.is_dir() else "this is no folder"
    raise GoldError(
        what, where=str(folder), fix=f"name a folder with NAME{SUFFIX} beside each NAME.txt", code="GOLD_FOLDER"
    )


def load_gold(file: Path) -> Gold:
    """Return the gold in a file. Errors: GoldError `GOLD`, naming the claim and the field."""
    try:
        return Gold.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise GoldError("the gold cannot be read", where=str(file), why=str(fault), code="GOLD") from None
    except ValidationError as fault:
        first = fault.errors()[0]
        raise GoldError(
            "the gold is not as it should be",
            where=", ".join(filter(None, (str(file), _spot(first["loc"])))),
            why=_WHY.get(first["type"], first["msg"]) + _more(fault.error_count() - 1),
            fix='write {"claims": [...]}, each with the fields of a claim in `briefings extract --jsonl`',
            code="GOLD",
        ) from None


_WHY: Final = {"missing": "the field is not there", "model_type": "it is not one object with a list of claims"}
"""Why gold is refused, where the checker's own words would tell of its insides."""


def _more(count: int) -> str:
    return f"; {count} more such" if count else ""


def load_floors(file: Path) -> dict[str, float]:
    """Return floors by the name of the share. Errors: GoldError `FLOORS`, for an unknown name with the nearest."""
    try:
        floors = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise GoldError("the floors cannot be read", where=str(file), why=str(fault), code="FLOORS") from None
    known = ("precision", "recall", "f1", "f1_group", *SLOTS)
    for name, value in floors.items() if isinstance(floors, dict) else [(str(floors), None)]:
        if name not in known or isinstance(value, bool) or not isinstance(value, int | float):
            raise GoldError(
                f"{name!r} is not the name of a share with a number",
                where=str(file),
                fix=f"the shares are {', '.join(known)}; each takes a number from 0 to 1",
                code="FLOORS",
            )
    return dict(floors)


def below(score: Score, floors: Mapping[str, float]) -> tuple[str, ...]:
    """Return the names of the shares below their floor."""
    shares = score.shares()
    return tuple(name for name, floor in floors.items() if shares[name] < floor)


def score_row(score: Score, below_floor: Sequence[str] = ()) -> dict[str, Any]:
    """Return a score as one JSON object, what was missed and made up with it."""
    return {
        "schema": "briefings.score/v1",
        "documents": score.documents,
        "gold": score.gold,
        "read": score.read,
        "found": score.found,
        "shares": {name: round(value, 4) for name, value in score.shares().items()},
        "below_floor": list(below_floor),
        "reports": [
            {
                "name": marks.name,
                "f1": round(marks.f1, 4),
                "missed": [one.model_dump(mode="json") for one in marks.missed],
                "made_up": [one.model_dump(mode="json") for one in marks.spurious],
            }
            for marks in score.marks
        ],
    }


def _spot(steps: tuple[int | str, ...]) -> str:
    """Return where in the gold something is, claims counted from 1."""
    return ", ".join(f"claim {one + 1}" if isinstance(one, int) else one for one in steps if one != "claims")


def _report_of(file: Path, name: str) -> Path:
    found = [one for one in sorted(file.parent.glob(f"{name}.*")) if one.suffix.lower() in SUFFIXES]
    if len(found) != 1:
        raise GoldError(
            f"{len(found) or 'no'} reports are beside this gold, and one is needed",
            where=str(file),
            fix=f"put the report there as {name}.txt",
            code="GOLD_REPORT",
        )
    return found[0]


def _require_quotes(gold: Gold, document: Document, file: Path) -> None:
    """Hold gold to its text: a quote that is not in the report measures nothing."""
    text = " ".join(document.text.split())
    for number, claim in enumerate(gold.claims, 1):
        if " ".join(claim.quote.split()) not in text:
            raise GoldError(
                f"the quote {claim.quote!r} is not in the report",
                where=f"{file}, claim {number}",
                fix="quote the report word for word",
                code="GOLD_QUOTE",
            )
