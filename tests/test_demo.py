"""The demo data: real figures in our own words, whole and readable without a network."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from briefings.authoring.demo import CONTEXT, DATA, REPORTS, install_demo
from briefings.core.config import load
from briefings.counting.readings import EXTRACTOR
from briefings.errors import UsageError
from briefings.report.extract import read_document
from briefings.sources.documents import load_document

ROOT = Path(__file__).parents[1]
SHARED = Path(__file__).parents[2] / "shared"
GOLDEN = SHARED / "golden" / "balochistan-2026.json"
DOCUMENTS = sorted(REPORTS.glob("*.md"))
UNITS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
WORDS = UNITS + TEENS + [f"{ten}-{unit}".rstrip("-") for ten in TENS[2:] for unit in UNITS[:10]]

needs_golden = pytest.mark.skipif(not GOLDEN.is_file(), reason="the golden file lies in ../shared, absent here")


def parts(path: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter and the text of a demo document."""
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), text.strip()


def numbers(text: str) -> set[int]:
    """Return the whole numbers of a text, in figures or in words up to ninety-nine."""
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)?", text.lower()))
    return {int(figure) for figure in re.findall(r"\b\d+\b", text)} | {
        value for value, word in enumerate(WORDS) if word in words
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_documents_parse(path: Path) -> None:
    """Every document says who published it where and when, is retrieved later, and is a readable length."""
    front, text = parts(path)
    published, retrieved = (datetime.fromisoformat(str(front[key])) for key in ("published", "retrieved"))
    assert front["title"]
    assert front["publisher"]
    assert front["timezone"] == "Asia/Karachi"
    assert front["language"] == "en"
    assert published.utcoffset() == timedelta(hours=5)
    assert timedelta() < retrieved - published < timedelta(hours=1)
    assert date(2026, 1, 30) <= published.date() <= date(2026, 2, 5)
    assert path.name.startswith(f"{published:%Y-%m-%d-%H%M}-")
    assert 40 <= len(text.split()) <= 300


def test_outlets_are_invented() -> None:
    """No document carries a real outlet's address, and all addresses differ."""
    addresses = [parts(path)[0]["url"] for path in DOCUMENTS]
    assert len(set(addresses)) == len(addresses) >= 12
    assert all(urlsplit(url).hostname.endswith(".example.org") for url in addresses)


def test_the_day_of_the_attacks_is_told_at_several_hours() -> None:
    """Six or more documents of 31 January, at different hours, let an as-of instant change the brief."""
    hours = {str(parts(path)[0]["published"])[11:13] for path in DOCUMENTS if path.name.startswith("2026-01-31")}
    assert len(hours) >= 6


@needs_golden
@pytest.mark.parametrize("statement", ["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "X1", "X2"])
def test_every_statement_is_in_a_document(statement: str) -> None:
    """All figures of one golden statement stand together in a document published on the day it was made."""
    golden = next(s for s in json.loads(GOLDEN.read_text())["statements"] if s["id"] == statement)
    wanted = {claim["low"] - 1 if claim.get("modifier") == "more_than" else claim["low"] for claim in golden["claims"]}
    same_day = [path for path in DOCUMENTS if path.name.startswith(golden["stated"])]
    assert any(wanted <= numbers(parts(path)[1]) for path in same_day)


@needs_golden
@pytest.mark.parametrize("statement", ["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "X1", "X2"])
def test_every_statement_is_read(statement: str) -> None:
    """From the documents of its day, each claim of a golden statement is read: who, what, how many, which days."""
    golden = next(s for s in json.loads(GOLDEN.read_text())["statements"] if s["id"] == statement)
    read = {
        (claim.group, claim.outcome, claim.low, claim.high, str(claim.date_from), str(claim.date_to))
        for path in DOCUMENTS
        if path.name.startswith(golden["stated"])
        for claim in read_document(load_document(path)).claims
    }
    for claim in golden["claims"]:
        assert (claim["group"], claim["outcome"], claim["low"], claim["high"], *claim["window"]) in read


@needs_golden
def test_every_background_figure_is_in_a_document() -> None:
    """The train hijacking is told with its range of passengers, its later counts and the claim of the other side."""
    wanted = {380, 450, 31, 33, 214}
    assert any(wanted <= numbers(parts(path)[1]) for path in DOCUMENTS)


@pytest.mark.skipif(not (SHARED / "sources").is_dir(), reason="the source texts lie in ../shared, absent here")
def test_no_sentence_is_taken_from_a_source() -> None:
    """No eight words in a row are shared with a source text, in the documents or in the context table."""

    def eights(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", text.lower())
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    sources = set().union(*(eights(path.read_text(encoding="utf-8")) for path in (SHARED / "sources").iterdir()))
    assert sources
    for path in [*DOCUMENTS, CONTEXT]:
        assert not eights(path.read_text(encoding="utf-8")) & sources, path.name


def test_context_rows_are_whole() -> None:
    """Each incident has UCDP's 49 columns, an order of bounds, parts that add up, and a source address."""
    with CONTEXT.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 15
    assert len(rows[0]) == 49
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        low, best, high = (int(row[key]) for key in ("low", "best", "high"))
        assert 0 < low <= best <= high, row["relid"]
        assert sum(int(row[f"deaths_{who}"]) for who in ("a", "b", "civilians", "unknown")) == best, row["relid"]
        start, end = (date.fromisoformat(row[key][:10]) for key in ("date_start", "date_end"))
        assert date(2025, 1, 31) <= start <= end < date(2026, 1, 30), row["relid"]
        assert all(urlsplit(url).hostname for url in row["source_article"].split("; ")), row["relid"]
        assert bool(row["latitude"]) == bool(row["longitude"]) == (int(row["where_prec"]) < 4), row["relid"]
        assert row["adm_1"] == "Balochistan"
        assert row["relid"].startswith("demo-context-")


def test_install_makes_a_workspace(tmp_path: Path) -> None:
    """The installed demo loads as a workspace whose sources lie inside it and hold all reports."""
    root = install_demo(tmp_path / "mine")
    workspace = load(root)
    assert workspace.brief("balochistan").type == "daily"
    assert {path.name for path in (root / workspace.sources["reports"].path).iterdir()} == {p.name for p in DOCUMENTS}
    assert (root / workspace.sources["context"].path).read_bytes() == CONTEXT.read_bytes()


def test_install_overwrites_nothing(tmp_path: Path) -> None:
    """A folder with anything in it is refused and left as it was."""
    (tmp_path / "kept.txt").write_text("mine")
    with pytest.raises(UsageError):
        install_demo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_repository_and_demo_are_the_same_workspace() -> None:
    """The settings of the repository and of the demo differ only in where the data lies."""
    ours, theirs = (tomllib.loads((folder / "briefings.toml").read_text()) for folder in (ROOT, DATA))
    for source in ours["sources"].values():
        source["path"] = source["path"].replace("briefings/data/demo/", "sources/")
    assert ours == theirs


def test_the_table_is_never_taken_for_its_forms_owner(tmp_path: Path) -> None:
    """The incidents are cited as the demo's compilation, though their columns are UCDP's."""
    from briefings.desks.evidence import dataset_name
    from briefings.sources.sources import collect
    from briefings.storage.store import Store

    root = install_demo(tmp_path / "mine")
    workspace = load(root)
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        report = collect(
            store,
            [workspace.sources["context"]],
            base=root,
            at=datetime(2026, 2, 6, tzinfo=UTC),
            read=read_document,
            extractor=EXTRACTOR,
        )
        found = store.incidents(start=date(2025, 2, 1), end=date(2026, 1, 31), country="Pakistan")
    assert report.errors == ()
    assert len(found) >= 40
    assert {dataset_name(one) for one in found} == {"Demo compilation of public reports"}
    assert all(one.url for one in found)
