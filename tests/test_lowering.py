"""A brief is marked as strictly as what it rests on, and only two people together, with a reason, lower that."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editions import DAY, REVIEWER, Shelf
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.clearance import marking_named
from briefings.core.settings import Workspace
from briefings.errors import PolicyError, UsageError
from briefings.making.planning import masthead, settle
from briefings.printing import seals
from briefings.proof import printed
from briefings.release.approving import approve
from briefings.release.lifecycle import states, withdraw
from briefings.release.lowering import lower
from briefings.release.verify import verify
from briefings.storage.store import Store

pytestmark = pytest.mark.slow

STRICT = "balochistan-2026-01-31-2"
LOWERED = "balochistan-2026-01-31-3"
REASON = "the source has given leave to share it within the community"


@pytest.fixture
def space(shelf: Shelf, tmp_path: Path) -> Workspace:
    """A workspace whose latest edition rests on a source that is TLP:AMBER."""
    return shelf.reissued().copy(tmp_path / "reissued")


def test_a_brief_is_marked_as_strictly_as_its_strictest_source(space: Workspace) -> None:
    """It is TLP:CLEAR by its settings, and one of its sources is not."""
    assert space.briefs["balochistan"].marking == "TLP:CLEAR"
    assert states(workspace=space)[-1].edition.marking == "TLP:AMBER"


def test_a_table_of_incidents_has_its_say_on_the_marking(demo: Workspace) -> None:
    """Its rows stand on the page as much as the words of a report; a table none of whose rows does is not asked."""
    tables = {name: one for name, one in demo.sources.items() if one.kind == "table"}
    (name,) = tables
    marked = {**demo.sources, name: tables[name].model_copy(update={"marking": "TLP:AMBER+STRICT"})}
    plan = settle("balochistan", DAY, demo.model_copy(update={"sources": marked}), now=datetime(2026, 2, 1, tzinfo=UTC))
    assert masthead(plan, ()).marking == "TLP:CLEAR"
    assert masthead(plan, (), {tables[name].publisher}).marking == "TLP:AMBER+STRICT"


def test_one_asks_and_another_agrees(space: Workspace) -> None:
    """What comes is the next version with the same words and numbers, a draft under the lower marking throughout."""
    asked = lower(STRICT, "green", by="A. Mahmood", reason=REASON, workspace=space)
    assert (asked.asked_by, asked.marking, asked.edition) == ("A. Mahmood", "TLP:GREEN", None)
    assert [one.edition.marking for one in states(workspace=space)] == ["TLP:CLEAR", "TLP:AMBER"]
    done = lower(STRICT, "TLP:GREEN", by="S. Lind", workspace=space)
    assert done.edition is not None
    assert done.pdf is not None
    assert (done.edition.id, done.edition.marking, done.problems) == (LOWERED, "TLP:GREEN", ())
    text = printed.text(done.pdf.read_bytes())
    assert "TLP:GREEN" in text
    assert "TLP:AMBER" not in text
    assert STRICT in text
    said = seals.examine(done.pdf.read_bytes())
    assert (said.whole, said.said["marking"], said.said["supersedes"]) == (True, "TLP:GREEN", STRICT)
    assert verify(done.pdf, workspace=space.root).findings == ()
    assert (done.pdf.parent / f"{LOWERED}_TLP-GREEN.pdf").is_file()
    assert [one.state for one in states(workspace=space)][1:] == ["superseded", "draft"]
    with Store.open(space.store) as store:
        acts = [(line.action, line.actor, line.detail) for line in store.audit() if line.subject == STRICT]
    assert acts[-2:] == [
        ("lowering asked", "A. Mahmood", f"TLP:GREEN: {REASON}"),
        ("lowering agreed", "S. Lind", f"TLP:GREEN: {LOWERED}"),
    ]
    approval, _ = approve(LOWERED, by=REVIEWER, workspace=space)
    assert approval.edition_id == LOWERED


def test_nobody_lowers_a_marking_alone(space: Workspace) -> None:
    """Neither by asking twice, under whatever spelling, nor without a reason, nor by another marking than was asked."""
    with pytest.raises(UsageError, match="takes a reason"):
        lower(STRICT, "GREEN", by="A. Mahmood", workspace=space)
    lower(STRICT, "GREEN", by="A. Mahmood", reason=REASON, workspace=space)
    with pytest.raises(PolicyError, match="second person has to agree") as caught:
        lower(STRICT, "GREEN", by=" a. mahmood", reason=REASON, workspace=space)
    assert caught.value.error_code == "SECOND_PERSON"
    with pytest.raises(UsageError, match="takes a reason"):
        lower(STRICT, "CLEAR", by="S. Lind", workspace=space)
    assert states(workspace=space)[-1].edition.id == STRICT


def test_what_is_no_lower_marking_is_refused(space: Workspace) -> None:
    """The same, a stricter one, or none at all."""
    for marking, told in (
        ("AMBER", "is no lower than"),
        ("RED", "is no lower than"),
        ("WHITE", "no marking is called"),
    ):
        with pytest.raises(UsageError, match=told):
            lower(STRICT, marking, by="A. Mahmood", reason=REASON, workspace=space)


def test_what_was_withdrawn_is_not_lowered_into_another_draft(space: Workspace) -> None:
    """Neither by asking, nor by agreeing to what was asked for before it was withdrawn."""
    lower(STRICT, "GREEN", by="A. Mahmood", reason=REASON, workspace=space)
    withdraw(STRICT, by=REVIEWER, reason="the toll is wrong", workspace=space)
    for by in ("A. Mahmood", "S. Lind"):
        with pytest.raises(PolicyError, match="the toll is wrong") as caught:
            lower(STRICT, "GREEN", by=by, reason=REASON, workspace=space)
        assert caught.value.error_code == "WITHDRAWN"
    assert [one.state for one in states(workspace=space)] == ["approved", "withdrawn"]


def test_an_edition_changed_on_disk_is_not_lowered(space: Workspace) -> None:
    """What both agree to is what was filed."""
    lower(STRICT, "GREEN", by="A. Mahmood", reason=REASON, workspace=space)
    path = space.reports / "balochistan" / "2026-01-31-2" / "sections.json"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(PolicyError, match="not as it was filed"):
        lower(STRICT, "GREEN", by="S. Lind", workspace=space)


def test_the_command_asks_and_agrees(space: Workspace) -> None:
    """The first call says what the second person types; the second prints the path of the PDF."""
    run, here = CliRunner(), ["-w", str(space.root)]
    asked = run.invoke(app, ["lower", STRICT, "green", "--by", "A. Mahmood", "--reason", REASON, *here])
    assert (asked.exit_code, asked.stdout) == (0, "")
    assert f"briefings lower {STRICT} TLP:GREEN --by NAME" in asked.stderr
    done = run.invoke(app, ["lower", STRICT, "green", "--by", "S. Lind", "--json", *here])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["edition"]["id"] == LOWERED


@pytest.mark.parametrize("text", ["amber+strict", "TLP:AMBER+STRICT", " tlp: amber+strict "])
def test_a_marking_by_its_name(text: str) -> None:
    """With or without the letters before the colon, in whatever case."""
    assert marking_named(text) == "TLP:AMBER+STRICT"
