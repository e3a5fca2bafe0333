"""Reading scored against what people say is there, by a library call and by the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from briefings.authoring.evaluation import below, evaluate, load_floors
from briefings.cli.app import app
from briefings.errors import GoldError

REPORT = """Mill fire kills five in Kestrel
2026-03-02

KESTREL - Five workers were killed and at least 12 hurt when a mill burned down on Monday, the fire service said.
"""


def claim(quote: str, outcome: str, low: int, high: int | None, **more: Any) -> dict[str, Any]:
    modifier = "exact" if high == low else "at_least"
    sentence = REPORT.splitlines()[3] if quote in REPORT.splitlines()[3] else REPORT.splitlines()[0]
    return {
        "quote": quote,
        "sentence": sentence,
        "outcome": outcome,
        "low": low,
        "high": high,
        "modifier": modifier,
        "group": ["civilians", "unknown"],
        "date_from": "2026-03-02",
        "date_to": "2026-03-02",
        "place": "Kestrel",
        "claimant": "the fire service",
        "claimant_kind": "medical",
        **more,
    }


ALL = [
    claim("five", "killed", 5, 5, claimant=None, claimant_kind=None),
    claim("Five workers", "killed", 5, 5),
    claim("at least 12", "injured", 12, None),
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with one report and its gold."""
    (tmp_path / "mill.txt").write_text(REPORT, encoding="utf-8")
    return write(tmp_path, ALL)


def write(folder: Path, claims: list[dict[str, Any]]) -> Path:
    text = json.dumps({"document": "mill", "published": "2026-03-02", "claims": claims})
    (folder / "mill.gold.json").write_text(text, encoding="utf-8")
    return folder


def test_what_is_read_as_a_person_reads_it_scores_full(gold: Path) -> None:
    """Every claim of the report found and none made up is a score of one."""
    score = evaluate(gold)
    assert (score.gold, score.read, score.found) == (3, 3, 3)
    assert score.precision == score.recall == score.f1 == score.f1_group == 1.0


def test_a_missed_claim_costs_recall_and_one_made_up_costs_precision(gold: Path) -> None:
    """Gold that holds a claim more, and one less, than is read moves recall and precision apart."""
    more = evaluate(write(gold, [*ALL, claim("mill", "missing", 3, 3)]))
    assert (more.precision, more.recall) == (1.0, 0.75)
    assert [one.outcome for one in more.marks[0].missed] == ["missing"]
    less = evaluate(write(gold, ALL[:2]))
    assert less.recall == 1.0
    assert less.precision == pytest.approx(2 / 3)
    assert [one.quote for one in less.marks[0].spurious] == ["at least 12 hurt"]


def test_slots_are_shares_of_the_claims_found(gold: Path) -> None:
    """A claim in the wrong group is found all the same, and costs its group and the joint score."""
    wrong = evaluate(write(gold, [ALL[0], ALL[1] | {"group": "state_forces"}, ALL[2] | {"date_to": "2026-03-09"}]))
    assert wrong.f1 == 1.0
    assert wrong.slots["group"] == wrong.f1_group == pytest.approx(2 / 3)
    assert wrong.slots["dates"] == pytest.approx(2 / 3)
    assert wrong.slots["scope"] == 1.0


def test_several_answers_may_be_right(gold: Path) -> None:
    """Where the gold lists kinds of claimant, groups or bounds, any of them agrees."""
    kinds = ALL[1] | {"claimant_kind": ["medical", "government", None]}
    several = evaluate(write(gold, [ALL[0], kinds, ALL[2] | {"low": 11, "also": [[12, None]]}]))
    assert several.f1 == several.slots["claimant_kind"] == 1.0


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{", "GOLD", "cannot be read"),
        ('{"claims": [{"quote": "Five"}]}', "GOLD", "claim 1, outcome"),
        (json.dumps({"claims": [ALL[0] | {"outcome": "dead"}]}), "GOLD", "claim 1, outcome"),
        ("[1, 2]", "GOLD", "not one object with a list of claims"),
        (json.dumps({"claims": [ALL[0] | {"quote": "Nine smiths"}]}), "GOLD_QUOTE", "'Nine smiths' is not in"),
    ],
)
def test_gold_that_is_wrong_is_named_by_file_claim_and_field(gold: Path, text: str, code: str, said: str) -> None:
    """What is wrong with the gold is said with where it is; nothing is scored on it."""
    (gold / "mill.gold.json").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        evaluate(gold)
    assert caught.value.error_code == code
    assert said in str(caught.value)
    assert "mill.gold.json" in str(caught.value)


def test_gold_without_its_report_and_a_folder_without_gold_are_said(tmp_path: Path, gold: Path) -> None:
    """An empty folder, and gold whose report is missing, are errors and not scores of nothing."""
    (gold / "mill.txt").unlink()
    with pytest.raises(GoldError, match="GOLD_REPORT"):
        evaluate(gold)
    with pytest.raises(GoldError, match="GOLD_FOLDER"):
        evaluate(tmp_path / "nowhere")


def test_the_command_prints_shares_and_fails_below_a_floor(gold: Path, tmp_path: Path) -> None:
    """The command names what was missed, gives JSON, and its status is 1 where a floor is not reached."""
    write(gold, [*ALL, claim("mill", "missing", 3, 3)])
    (tmp_path / "floors.json").write_text('{"recall": 0.9, "precision": 0.9}', encoding="utf-8")
    shown = CliRunner().invoke(app, ["evaluate", str(gold), "--worst", "1"])
    assert shown.exit_code == 0
    assert "missed   missing 3 “mill”" in shown.output
    held = CliRunner().invoke(app, ["evaluate", str(gold), "--floors", str(tmp_path / "floors.json"), "--json"])
    assert held.exit_code == 1
    row = json.loads(held.stdout)
    assert row["schema"] == "briefings.score/v1"
    assert row["shares"]["recall"] == 0.75
    assert row["below_floor"] == ["recall"]


def test_floors_for_shares_nobody_knows_are_refused(gold: Path, tmp_path: Path) -> None:
    """A floor that could never be missed, for its name is wrong, is an error."""
    (tmp_path / "floors.json").write_text('{"recal": 0.9}', encoding="utf-8")
    with pytest.raises(GoldError, match="'recal'"):
        load_floors(tmp_path / "floors.json")
    assert below(evaluate(gold), {"recall": 1.0}) == ()


def test_our_own_reports_stay_above_the_floors(capsys: pytest.CaptureFixture[str]) -> None:
    """The invented reports of tests/gold are read at least as well as floors.json says; floors are only ever raised."""
    here = Path(__file__).parent
    score = evaluate(here / "gold")
    with capsys.disabled():
        print("\n" + "  ".join(f"{name} {value:.3f}" for name, value in score.shares().items()))  # noqa: T201
    floors = json.loads((here / "floors.json").read_text(encoding="utf-8"))["own"]
    assert {name: round(score.shares()[name], 3) for name in below(score, floors)} == {}
