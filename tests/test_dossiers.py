"""Plain folders of reports, one an event: what they total to, on the command line and in Python."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefings.authoring.dossiers import dossiers, totals
from briefings.cli.app import app
from briefings.errors import SourceError

HERE = Path(__file__).parent
BENCH = HERE.parents[1] / "shared" / "bench"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))


def write(folder: Path, name: str, text: str, *, paper: str = "Courier", on: str = "2031-03-04") -> Path:
    """Write one report."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"---\npublisher: {paper}\npublished: {on}\n---\n\n{text}\n", encoding="utf-8")
    return file


def run(*words: object) -> tuple[int, list[dict[str, object]], str]:
    """Run the command and return its status, its lines as JSON, and what it complained of."""
    ended = CliRunner().invoke(app, ["total", *map(str, words), "--jsonl"])
    return ended.exit_code, [json.loads(line) for line in ended.stdout.splitlines()], ended.stderr


def test_each_folder_is_one_event(tmp_path: Path) -> None:
    """A folder of folders gives a line each, named after the folder, with every claim's words."""
    write(tmp_path / "bridge", "a.txt", "Four villagers killed in Orvale raid")
    write(tmp_path / "bridge", "b.txt", "Six villagers killed in Orvale raid", paper="Herald")
    write(tmp_path / "depot", "a.txt", "Five soldiers and 12 militants were killed near Tamsin, a doctor said.")
    status, lines, _ = run(tmp_path)
    assert status == 0
    assert [(one["event"], one["low"], one["best"], one["high"]) for one in lines] == [
        ("bridge", 4, 6, 6),
        ("depot", 17, 17, 17),
    ]
    evidence = lines[1]["evidence"]
    assert isinstance(evidence, list)
    assert [one["quote"] for one in evidence] == ["Five soldiers", "12 militants"]
    assert all(one["quote"] in one["sentence"] for one in evidence)


def test_files_together_are_one_event_named_after_their_folder(tmp_path: Path) -> None:
    """Files given by name are the reports of one event."""
    one = write(tmp_path / "bridge", "a.txt", "Four villagers killed in Orvale raid")
    other = write(tmp_path / "bridge", "b.txt", "Four villagers killed by gunmen in Orvale", paper="Herald")
    status, lines, _ = run(one, other)
    assert (status, lines[0]["event"], lines[0]["best"], lines[0]["rule"]) == (0, "bridge", 4, "origins_agree")


def test_a_report_that_cannot_be_read_is_named_and_the_rest_go_on(tmp_path: Path) -> None:
    """One bad file changes the status, not the total of the others."""
    write(tmp_path / "bridge", "a.txt", "Four villagers killed in Orvale raid")
    (tmp_path / "bridge" / "b.pdf").write_bytes(b"\x00\x01 not a PDF")
    status, lines, complaint = run(tmp_path / "bridge")
    assert status == 3
    assert lines[0]["best"] == 4
    assert "b.pdf" in complaint


def test_what_is_printed_for_people_names_the_rule_and_the_terms(tmp_path: Path) -> None:
    """Without --jsonl the total is a line and its accounts a table; a sum shows its terms and says it is one."""
    write(tmp_path / "depot", "a.txt", "Five soldiers and 12 militants were killed near Tamsin, a doctor said.")
    shown = CliRunner().invoke(app, ["total", str(tmp_path / "depot")]).stdout
    assert "depot: killed 17, best 17 by sole_count (5 + 12, computed)" in shown
    assert "sum_of_groups" in shown


def test_the_rule_for_reports_that_differ_can_be_chosen_and_is_printed(tmp_path: Path) -> None:
    """The highest unless told otherwise; the line of the total names the rule, in a word and in a sentence."""
    write(tmp_path / "quay", "a.txt", "Four villagers killed in Orvale raid")
    write(tmp_path / "quay", "b.txt", "Five villagers killed in Orvale raid")
    for asked, told in {"highest": "best 5 by still_counting", "lowest": "best 4 by lowest_account"}.items():
        done = CliRunner().invoke(app, ["total", str(tmp_path / "quay"), "--differing", asked])
        assert told in done.stdout
        assert f"the {asked} is taken" in done.stderr
    none = CliRunner().invoke(app, ["total", str(tmp_path / "quay"), "--differing", "none"])
    assert "quay: killed 4–5, no best: accounts_differ" in none.stdout


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    """An empty folder is a mistake worth a word, not a total of nothing."""
    with pytest.raises(SourceError, match="NO_REPORTS"):
        dossiers([tmp_path])
    assert run(tmp_path)[0] == 3


def test_an_outcome_nobody_knows_is_refused(tmp_path: Path) -> None:
    """An unknown outcome is answered with the ones there are."""
    write(tmp_path / "bridge", "a.txt", "Four villagers killed in Orvale raid")
    ended = CliRunner().invoke(app, ["total", str(tmp_path / "bridge"), "--outcome", "hurt"])
    assert ended.exit_code == 2
    assert "injured" in ended.stderr


def test_what_was_published_later_can_be_left_out(tmp_path: Path) -> None:
    """As of a day, later reports are unknown."""
    write(tmp_path / "bridge", "a.txt", "Four villagers killed in Orvale raid")
    write(tmp_path / "bridge", "b.txt", "Six villagers killed in Orvale raid", paper="Herald", on="2031-03-05")
    assert run(tmp_path / "bridge")[1][0]["best"] == 6
    assert run(tmp_path / "bridge", "--as-of", "2031-03-04")[1][0]["best"] == 4


@pytest.mark.skipif(not BENCH.exists(), reason="the bench is not beside this checkout")
def test_headlines_of_one_event_stay_above_the_floors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Totals from headlines hold their floors against the coders' best and range; no range is ever out of order."""
    rows = BENCH / "reconcile" / "ged_headlines.jsonl"
    scorer = [sys.executable, str(BENCH / "score_headlines.py")]
    subprocess.run([*scorer, "write", str(rows), str(tmp_path / "events")], check=True)
    made = list(totals(dossiers([tmp_path / "events"])))
    figures = tmp_path / "figures.jsonl"
    figures.write_text(
        "".join(
            json.dumps({"event": one.event, "low": one.total.low, "best": one.total.best, "high": one.total.high})
            + "\n"
            for one in made
        ),
        encoding="utf-8",
    )
    scored = subprocess.run([*scorer, "score", str(rows), str(figures)], capture_output=True, text=True, check=True)
    with capsys.disabled():
        sys.stdout.write("\n" + scored.stdout)
    words = scored.stdout.split()
    got = {
        "exact": float(words[words.index("exact") + 1]),
        "inside": float(words[words.index("inside") + 1]),
        "covers": float(words[words.index("covers") + 1]),
    }
    assert words[words.index("broken") + 1] == "0"
    assert {name: got[name] for name, floor in FLOORS["headlines"].items() if got[name] < floor} == {}


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Nothing is printed of an event nobody has reports of."""
    ended = CliRunner().invoke(app, ["total", str(tmp_path / "nowhere")])
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith("NO_FILE: ")
