"""People's word on counts of places: they are listed, corrected, rejected and explained as counts of people are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from harodesk import DAY, GIVEN, Run, commands_in, workspace

from briefings.desks.desk import Desk
from briefings.desks.opening import desk
from briefings.making.edition import collect
from briefings.model import Figure

WHY = ("--by", "R. Okafor", "--reason", "heard again")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in which the army and the Front count the towns that attacks reached."""
    folder = workspace(tmp_path / "haro")
    for name, said in {
        "towns": "Gunmen attacked 12 towns across Haro on Saturday, the army said.",
        "boast": "The Haro Liberation Front, an armed group, said it attacked 48 towns across Haro on Saturday.",
    }.items():
        head = f"title: {name}\npublisher: The {name} paper\npublished: {DAY}T20:00:00+02:00"
        (folder / "sources" / f"{name}.md").write_text(f"---\n{head}\n---\n\n{said}\n")
    collect(folder)
    return folder


@pytest.fixture
def run(root: Path) -> Run:
    """Run a command in the workspace."""
    return commands_in(root)


def opened(root: Path) -> Desk:
    return desk("haro", date=DAY, workspace=root)


def towns(root: Path) -> Figure:
    (figure,) = opened(root).extents()
    return figure


def counted(root: Path, low: int) -> str:
    """Return the id of the count of that many towns."""
    return next(one.id for one in opened(root).places if one.low == low)


def test_counts_of_places_await_review_with_those_of_people(root: Path, run: Run) -> None:
    """They are in the list with why, and leave it once somebody has vouched for them."""
    run("review", "accept", counted(root, 12)[:8], "--by", "R. Okafor")
    left = json.loads(run("review", "list", "haro", *GIVEN, "--json").stdout)["claims"]
    places = [one for one in left if one["claim"]["group"] == "places"]
    assert [(one["claim"]["low"], one["reasons"]) for one in places] == [(48, ["disputed"])]
    assert places[0]["figures"] == [towns(root).id]


def test_a_corrected_count_of_places_changes_their_figure_alone(root: Path, run: Run) -> None:
    """The figure of towns follows; those of people, and what changed in them, are as before."""
    people, steps = opened(root).all_figures(), opened(root).changes()
    run("review", "correct", counted(root, 48), "--set", "count=14", *WHY)
    assert (towns(root).low, towns(root).high) == (12, 14)
    reviewed = towns(root).reviewed
    assert reviewed is not None
    assert (reviewed.corrected, reviewed.claims) == (1, 2)
    assert [one.text for one in opened(root).all_figures()] == [one.text for one in people]
    assert opened(root).changes() == steps


def test_a_rejected_count_of_places_leaves_their_figure_and_is_explained(root: Path, run: Run) -> None:
    """What was rejected stands under the figure it left, with who said so; taken back, it counts again."""
    boast = counted(root, 48)
    run("review", "reject", boast, *WHY)
    assert towns(root).text == "12"
    told = run("explain", "towns/attacked", "--brief", "haro", *GIVEN).stdout
    assert "Towns attacked" in told
    assert "rejected by R. Okafor" in told
    assert boast[:8] in told
    run("review", "withdraw", boast, *WHY)
    assert (towns(root).low, towns(root).high) == (12, 48)


def test_a_count_of_places_is_never_made_one_of_people(root: Path, run: Run) -> None:
    """Neither its outcome nor its group can be set: who was misread so is rejected."""
    one = counted(root, 12)
    fault = run("review", "correct", one, "--set", "outcome=killed", *WHY, fails=2)
    assert "counts places" in fault.output
    run("review", "merge", one, "--into", next(claim.id for claim in opened(root).claims), *WHY, fails=2)
