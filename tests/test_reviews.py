"""A person's word on what was read: kept for good, heard by every desk opened afterwards, and never an edit."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from harodesk import DAY, GIVEN, Run, commands_in, workspace
from notes import NOTE, with_note

import briefings
from briefings import builders
from briefings.desks.awaiting import ORDER, awaiting
from briefings.desks.desk import Desk
from briefings.desks.opening import desk
from briefings.errors import UsageError
from briefings.making.edition import collect, make
from briefings.model import Claim, Reading
from briefings.page import plain
from briefings.release.reviews import history
from briefings.storage.store import Store

NAME: dict[str, Any] = {"by": "R. Okafor"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace whose reports were collected."""
    folder = workspace(tmp_path / "haro")
    collect(folder)
    return folder


@pytest.fixture
def run(root: Path) -> Run:
    """Run a command in the workspace."""
    return commands_in(root)


def opened(root: Path, **more: Any) -> Desk:
    return desk("haro", date=DAY, workspace=root, **more)


def claim_of(root: Path, publisher: str, **more: Any) -> Claim:
    return next(one for one in opened(root, **more).claims if one.publisher == publisher and not one.headline)


def killed(root: Path, **more: Any) -> str:
    return opened(root, **more).figure("civilians", "killed").text


def test_what_is_in_dispute_is_listed_first(root: Path, run: Run) -> None:
    """Reasons come in the order of their urgency; reviewed claims leave the list; events come after the claims."""
    found = awaiting(opened(root))
    first = [ORDER.index(one.reasons[0]) for one in found]
    assert first == sorted(first)
    assert "disputed" in found[0].reasons
    assert all(opened(root).has_claim(one.claim.id) for one in found)
    briefings.review(found[0].claim, "accept", workspace=root, **NAME)
    left = json.loads(run("review", "list", "haro", *GIVEN, "--json").stdout)
    assert [one["claim"]["id"] for one in left["claims"]] == [one.claim.id for one in found[1:]]
    assert left["events"]
    whole = json.loads(run("review", "list", *GIVEN, "--all", "--json").stdout)
    assert [one["review"]["verdict"] for one in whole["claims"] if one["review"]] == ["accept"]
    shown = run("review", "list", *GIVEN).stdout
    assert shown.index("disputed:") < shown.index("events")
    assert f"{found[1].claim.id[:8]}  " in shown
    assert f"«{found[1].claim.quote}»" in shown


def test_a_correction_changes_the_figure_and_keeps_what_was_read(root: Path, run: Run) -> None:
    """By its first letters, on the command line: the figure follows, the log says who and why."""
    army = claim_of(root, "Coast Post")
    assert "20" in killed(root)
    done = run("review", "correct", army.id[:8], "--set", "count=22", "--by", "R. Okafor", "--reason", "two more named")
    assert "now " in done.stderr
    seen = opened(root)
    top = next(one for one in seen.claims if one.corrects == army.id)
    assert (top.low, top.high, top.quote, top.rule) == (22, 22, army.quote, "review.correct")
    assert "20" not in killed(root)
    assert "22" in killed(root)
    assert seen.claim(army.id) == army, "what was read is still there"
    assert seen.document(top.document_id).text[top.start : top.end] == top.quote
    figure = seen.figure("civilians", "killed")
    assert figure.reviewed is not None
    assert (figure.reviewed.corrected, figure.reviewed.by) == (1, ("R. Okafor",))
    (kept,) = history(workspace=root)
    assert (kept.by, kept.reason, kept.corrections) == ("R. Okafor", "two more named", {"low": 22, "high": 22})
    assert "two more named" in run("review", "log").stdout
    with Store.open(f"sqlite:///{root}/.briefings/store.db") as store:
        assert [(one.action, one.actor) for one in store.audit()] == [("review correct", "R. Okafor")]
        assert store.check() == ()


def test_a_rejected_claim_leaves_every_figure_and_stays_in_the_files(root: Path, run: Run) -> None:
    """It is still to be seen on the desk, in its frames and lists, with the verdict."""
    front = claim_of(root, "Port Gazette")
    assert "30" in killed(root)
    run("review", "reject", front.id, "--by", "R. Okafor", "--reason", "it speaks of last year")
    seen = opened(root)
    assert "30" not in killed(root)
    assert all(front.id not in figure.claims for figure in seen.all_figures())
    assert seen.has_claim(front.id)
    assert seen.weighed.verdicts[front.id].reason == "it speaks of last year"
    rows = seen.frame("reviews")
    assert list(rows["verdict"]) == ["reject"]
    run("review", "withdraw", front.id[:8], "--by", "L. Haas", "--reason", "it does not")
    assert "30" in killed(root)
    assert [one.verdict for one in history(workspace=root)] == ["reject", "withdraw"]


def test_a_report_that_was_taken_back_is_rejected_whole(root: Path, run: Run) -> None:
    """By its file: all it says leaves the figures with the reason, nothing is lost, and it can be taken back."""
    front = claim_of(root, "Port Gazette")
    file = opened(root).document(front.document_id).source
    (root / file).unlink()
    told = run("collect").stderr
    assert "REPORT_GONE" in told
    assert f"briefings review reject {file}" in told
    assert "30" in killed(root), "a file that is gone withdraws nothing by itself"
    run("review", "reject", file, "--by", "R. Okafor", "--reason", "the outlet took it back")
    seen = opened(root)
    assert "30" not in killed(root)
    assert front.document_id not in {one.document_id for one in seen.claims}
    assert front.document_id not in {one.document_id for one in seen.responsibilities}
    assert seen.weighed.verdicts[front.id].reason == "the outlet took it back"
    assert "REPORT_GONE" not in run("collect").stderr
    assert "rejected document" in run("review", "log").stdout
    run("review", "withdraw", file, "--by", "R. Okafor", "--reason", "another report was meant")
    assert "30" in killed(root)


def test_a_report_is_only_rejected_whole(root: Path, run: Run) -> None:
    """What else is to be said of it is said of its claims."""
    file = opened(root).documents[0].source
    with pytest.raises(UsageError, match="as a whole"):
        briefings.review(file, "accept", workspace=root, **NAME)


def test_a_review_that_replaces_another_says_so(root: Path, run: Run) -> None:
    """To accept what somebody rejected overturns a verdict, and whose it was is told."""
    front = claim_of(root, "Port Gazette").id
    first = run("review", "reject", front, "--by", "R. Okafor", "--reason", "it speaks of last year")
    assert "takes the place" not in first.stderr
    done = run("review", "accept", front, "--by", "L. Haas")
    assert "it takes the place of review " in done.stderr
    assert "rejected claim" in done.stderr
    assert "by R. Okafor" in done.stderr


def test_a_figure_of_the_past_knows_only_the_reviews_of_then(root: Path) -> None:
    """`recorded_by` is the clock of the store: a review given later is not seen."""
    front = claim_of(root, "Port Gazette")
    before = killed(root)
    moment = datetime.now(UTC)
    briefings.review(front, "reject", reason="no", workspace=root, now=moment + timedelta(hours=1), **NAME)
    assert killed(root, recorded_by=moment) == before
    assert killed(root, recorded_by=moment + timedelta(hours=2)) != before
    assert opened(root, recorded_by=moment).view_sha256 != opened(root).view_sha256


def test_reviews_survive_a_newer_extractor(root: Path) -> None:
    """Read anew, under other ids and with other numbers, each statement keeps what was said of it."""
    army, front = claim_of(root, "Coast Post"), claim_of(root, "Port Gazette")
    briefings.review(army, "correct", corrections={"count": 22}, reason="named", workspace=root, **NAME)
    briefings.review(front, "reject", reason="no", workspace=root, **NAME)
    said = killed(root)
    read_anew(root)
    assert killed(root) == said
    seen = opened(root)
    assert {one.id for one in seen.weighed.aside} == {f"{one.id[:-2]}ff" for one in (army, front)}
    with pytest.raises(UsageError) as caught:
        briefings.review(army.id, "accept", workspace=root, **NAME)
    assert caught.value.error_code == "READ_ANEW"
    assert f"review {army.id[:8]}" in str(caught.value)
    assert awaiting(seen)[0].reasons[0] != "read_anew", "what was read is the same, under other ids"
    read_anew(root, low=19, high=19)
    assert "22" in killed(root), "a person's word is not read over"
    assert awaiting(opened(root))[0].reasons[0] == "read_anew"


def read_anew(root: Path, **fields: object) -> None:
    """Keep another reading of every document, as a newer extractor would give it."""
    with Store.open(f"sqlite:///{root}/.briefings/store.db") as store:
        now, name = datetime.now(UTC), f"newer {fields}"
        for key, one in store.readings(store.documents()).items():
            claims = (claim.model_copy(update={"id": f"{claim.id[:-2]}ff", **fields}) for claim in one.claims)
            store.add_reading(Reading(document_id=key, claims=tuple(claims)), extractor=name, at=now)


def test_events_are_reviewed_by_their_claims(root: Path, run: Run) -> None:
    """Merged, two happenings are one; rejected, its claims leave the figures together; a place is set for all."""
    one, two = sorted(opened(root).events(), key=lambda event: event.place or "")[:2]
    assert {one.place, two.place} >= {"Kesh"}
    how = ["--brief", "haro", *GIVEN, "--by", "R. Okafor", "--reason", "one convoy"]
    run("review", "merge", two.id[:8], "--into", one.id[:8], *how)
    assert len(opened(root).events()) == 1
    run("review", "withdraw", opened(root).events()[0].id, *how)
    assert len(opened(root).events()) == 2
    run("review", "correct", two.id, "--set", "place=Kesh", *how)
    assert {claim.place for event in opened(root).events() for claim in event.claims} == {"Kesh"}
    whole = opened(root).events()[0]
    briefings.review(whole, "reject", reason="an exercise", workspace=root, **NAME)
    assert opened(root).figure("civilians", "killed").status == "not_reported"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["accept", "ffffffff", "--by", "me"], "UNKNOWN_CLAIM"),
        (["accept", "ab", "--by", "me"], "USAGE"),
        (["accept", "{army}", "--by", " "], "NO_NAME"),
        (["reject", "{army}", "--by", "me", "--reason", " "], "NO_REASON"),
        (["correct", "{army}", "--by", "me", "--reason", "x", "--set", "grup=civilians"], "UNKNOWN_FIELD"),
        (["correct", "{army}", "--by", "me", "--reason", "x", "--set", "low=21"], "NONSENSE"),
        (["correct", "{army}", "--by", "me", "--reason", "x", "--set", "count"], "USAGE"),
        (["merge", "{army}", "--into", "{army}", "--by", "me", "--reason", "x"], "SAME"),
        (["merge", "{army}", "--into", "ffffffff", "--by", "me", "--reason", "x"], "UNKNOWN_CLAIM"),
        (["withdraw", "{army}", "--by", "me", "--reason", "x"], "NO_REVIEW"),
        (["list", "-p", "date=never"], "PARAMETER"),
        (["list"], "PARAMETER"),
    ],
)
def test_a_review_that_makes_no_sense_is_refused(root: Path, run: Run, arguments: list[str], code: str) -> None:
    """Status 2 with its own code, in words and as data; nothing is put on record."""
    army = claim_of(root, "Coast Post").id
    words = ["review", *(word.format(army=army) for word in arguments)]
    assert run(*words, fails=2).stderr.startswith(f"{code}: ")
    assert json.loads(run(*words, "--json", fails=2).stdout)["error"]["code"] == code
    assert history(workspace=root) == ()


def test_statements_of_different_outcomes_are_not_one(root: Path) -> None:
    """Nor is a claim merged into one that is rejected, or an event into a claim."""
    army, front = claim_of(root, "Coast Post"), claim_of(root, "Port Gazette")
    assert army.group == front.group

    def refused(code: str, subject: Any, into: Any) -> None:
        with pytest.raises(UsageError) as caught:
            briefings.review(subject, "merge", into=into, reason="x", workspace=root, **NAME)
        assert caught.value.error_code == code

    other = {"OTHER_GROUP": {"group": "state_forces"}, "OTHER_DAYS": {"date": "2020-01-01"}}
    for code, values in other.items():
        made = briefings.review(front, "correct", corrections=values, reason="x", workspace=root, **NAME)
        refused(code, army, next(one for one in opened(root).claims if one.corrects == front.id))
        briefings.review(made.id, "withdraw", reason="x", workspace=root, **NAME)
    briefings.review(front, "correct", corrections={"outcome": "injured"}, reason="x", workspace=root, **NAME)
    top = claim_of(root, "Port Gazette")
    refused("OTHER_OUTCOME", army, top)
    refused("OTHER_KIND", opened(root).events()[0], army)
    briefings.review(top, "reject", reason="x", workspace=root, **NAME)
    briefings.review(front, "correct", corrections={"count": 31}, reason="x", workspace=root, **NAME)
    briefings.review(front.id, "reject", reason="x", workspace=root, **NAME)
    refused("REJECTED", army, front)


def test_the_same_word_twice_is_one_review(root: Path) -> None:
    """Said again by the same person it is the review there is; by another it is another."""
    army = claim_of(root, "Coast Post")
    first = briefings.review(army, "accept", workspace=root, **NAME)
    assert briefings.review(army.id[:8], "accept", workspace=root, **NAME) == first
    assert briefings.review(army, "accept", workspace=root, by="L. Haas") != first
    assert len(history(workspace=root)) == 2


@pytest.mark.slow
def test_the_next_version_of_a_brief_says_what_was_reviewed(root: Path, run: Run) -> None:
    """Page, claims, figures and manifest of the new version show them; the first is explained as it was filed."""
    given = {"date": DAY.isoformat()}
    with_note(root, "haro")
    first = make(NOTE, given, workspace=root)
    assert "reviews" not in inputs(root, first.edition.folder)
    assert "were reviewed by" not in page(root, first.edition.folder)
    army, front = claim_of(root, "Coast Post"), claim_of(root, "Port Gazette")
    briefings.review(army, "correct", corrections={"count": 22}, reason="two more named", workspace=root, **NAME)
    briefings.review(front, "reject", reason="it speaks of last year", workspace=root, **NAME)
    second = make(NOTE, given, workspace=root)
    assert (second.edition.version, second.edition.inputs_sha256 != first.edition.inputs_sha256) == (2, True)
    told = page(root, second.edition.folder)
    assert "two were reviewed by R. Okafor" in told
    assert "two more named" in told
    assert [one["verdict"] for one in inputs(root, second.edition.folder)["reviews"]] == ["correct", "reject"]
    listed = json.loads((root / "reports" / second.edition.folder / "claims.json").read_text())
    claims = {one["id"]: one for one in listed}
    assert claims[front.id]["review"]["verdict"] == "reject"
    assert claims[army.id]["low"] == 20, "what was read travels with the correction"
    table = (root / "reports" / second.edition.folder / "claims.csv").read_text()
    assert "it speaks of last year" in table
    as_filed = json.loads(run("explain", "civilians/killed", "--edition", first.edition.id, "--json").stdout)
    assert (as_filed["figure"]["reviewed"], as_filed["notes"], as_filed["edition"]) == (None, [], first.edition.id)
    now = json.loads(run("explain", "civilians/killed", "--edition", second.edition.id, "--json").stdout)
    assert now["figure"]["reviewed"]["corrected"] == 1


def page(root: Path, folder: str) -> str:
    text = re.sub(r"<[^>]+>", "", (root / "reports" / folder / "brief.html").read_text())
    return " ".join(text.split())


def inputs(root: Path, folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "reports" / folder / "inputs.json").read_text())
    return found


def test_every_verdict_is_an_error_of_ours_or_a_review(root: Path) -> None:
    """Whatever is asked, nothing but a review or a clear error comes back, and the desk opens as before."""
    subjects: Sequence[Any] = [opened(root).claims[0], opened(root).events()[0], "", "zz", "0" * 16]
    given = 0
    for subject in subjects:
        for verdict in ("accept", "correct", "reject", "merge", "withdraw", "bless"):
            with suppress(UsageError):
                briefings.review(subject, verdict, reason="x", workspace=root, **NAME)  # type: ignore[arg-type]
                given += 1
    assert given == len(history(workspace=root)) == 6
    assert opened(root).all_figures()


def test_the_review_note_tells_of_what_fell_with_a_rejected_claim(root: Path) -> None:
    """A claim merged into one that was then rejected is told as rejected, for the reason the other was."""
    army, ministry = claim_of(root, "Coast Post"), claim_of(root, "Hill Courier")
    briefings.review(army, "merge", into=ministry, reason="one statement", workspace=root, **NAME)
    briefings.review(ministry, "reject", reason="it speaks of last year", workspace=root, **NAME)
    section = builders.gaps(opened(root))
    told = " ".join(plain.sentence(item.runs, section) for item in section.body.items)
    assert "two were reviewed by R. Okafor: two rejected" in told
    assert told.count("Rejected: ") == 2
    assert "one statement" not in told
