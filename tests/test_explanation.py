"""Why a figure is so: every step from the number to the sentence, in a terminal, in a notebook and as data."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from harodesk import DAY, GIVEN, report, workspace
from typer.testing import CliRunner

import briefings
from briefings.cli.app import app
from briefings.core.settings import Workspace
from briefings.desks.awaiting import REASONS
from briefings.desks.desk import Desk
from briefings.desks.opening import desk
from briefings.desks.telling import html, text
from briefings.errors import UsageError
from briefings.layout.export import key
from briefings.making.edition import collect, desk_of
from briefings.model import Figure
from briefings.reconciling import best, figures, reconciliation, rules, totals
from briefings.reconciling.glossary import MEANINGS, ROWS, STEPS, TERMS, Term

CELL = "civilians/killed"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose reports were collected, one of them hostile; no test may change it."""
    folder = workspace(tmp_path_factory.mktemp("explained") / "haro")
    report(
        folder, "ostin", "The army <script>alert(1)</script> said that 11 civilians were killed in Ostin on Saturday."
    )
    collect(folder)
    return folder


@pytest.fixture(scope="module")
def seen(root: Path) -> Desk:
    return desk("haro", date=DAY, workspace=root)


def test_every_step_of_the_path_is_there(seen: Desk) -> None:
    """Figure, rule, voice, claim, sentence with its number marked, document with its digest, extractor."""
    why = seen.explain(CELL)
    told = str(why)
    figure = seen.figure("civilians", "killed")
    assert why.figure == figure
    assert {link.claim.id for said in why.said for link in said.links} == set(figure.claims)
    words = " ".join(told.split())
    for said in why.said:
        assert said.position.voice.name in words
        for link in said.links:
            document = seen.document(link.claim.document_id)
            assert link.origin.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
            assert f"«{link.claim.quote}»" in words
            assert link.claim.id[:8] in words
            assert document.publisher in words
            assert document.url in words
            assert link.origin.sha256[:16] in words
            assert link.claim.rule in words
            assert f"extractor {link.origin.extractor}" in words
            assert link.origin.extractor
    assert f"rule {figure.rule}: {MEANINGS[figure.rule]}" in words
    assert "no claim behind it was reviewed" in words


@pytest.mark.parametrize("width", [40, 60, 100, 200])
def test_it_fits_the_terminal(seen: Desk, width: int) -> None:
    """No line is wider than the terminal but for a word that is; a pipe gets no colours and no controls."""
    for line in text(seen.explain(CELL), width=width):
        assert len(line) <= width or len(line.split()) <= 2, line
        assert "\x1b" not in line


def test_a_figure_goes_by_several_names(seen: Desk) -> None:
    """Short name, id, first letters, cell, cell and days, or the figure itself."""
    figure = seen.figure("civilians", "killed")
    names: list[Figure | str] = [
        key(figure),
        key(figure)[:5],
        figure.id,
        CELL,
        f"{CELL}/{DAY}",
        f"{CELL}/{DAY}..{DAY}",
        figure,
    ]
    assert {seen.explain(name).key for name in names} == {key(figure)}
    later = seen.from_parts(seen.region, seen.period, seen.as_of + timedelta(hours=1)).figure("civilians", "killed")
    assert key(later) == key(figure), "the short name outlives the instant"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("civilans/killed", "did you mean 'civilians'"),
        ("civilians/kiled", "did you mean 'killed'"),
        ("soldiers/killed", "did you mean 'state_forces'"),
        ("gunmen/killed", "did you mean 'armed_group'"),
        ("civilians/wounded", "did you mean 'injured'"),
        ("civilians/killed/yesterday", "YYYY-MM-DD"),
        ("civilians/killed/2025-03-09..2025-03-08", "YYYY-MM-DD"),
        ("civilians/killed/2024-01-01", "civilians/killed"),
        ("0123", "the figures there are"),
        ("", "the figures there are"),
    ],
)
def test_a_name_of_none_is_told_those_there_are(seen: Desk, name: str, said: str) -> None:
    """The error names what is near, and how to find the rest."""
    with pytest.raises(UsageError, match=re.escape(said)) as caught:
        seen.explain(name)
    assert caught.value.error_code == "UNKNOWN_FIGURE"


def test_silence_is_explained_too(seen: Desk) -> None:
    """A figure nobody gives has a rule as well, and no path."""
    why = seen.explain("state_forces/injured")
    assert why.said == ()
    assert "not a finding that there was none" in " ".join(str(why).split())


def test_a_notebook_shows_it_without_a_script(seen: Desk) -> None:
    """HTML that nests rightly, escapes every word from outside, and leaves colours to the page around it."""
    shown = seen.explain(CELL)._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert not re.search(r"\son\w+=|javascript:|<style|<link|<img|https?://[^\s<]*\"", shown)
    assert shown.count("<mark") == sum(len(said.links) for said in seen.explain(CELL).said)
    nesting = _Nesting()
    nesting.feed(shown)
    nesting.close()
    assert nesting.open == []
    assert not re.search(r"(?<!background:#ffd54a;)color:(?!#1b1b1b)", shown), "nothing but the mark has a colour"


class _Nesting(HTMLParser):
    """Complains of tags that are closed in another order than they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_command_says_the_same(root: Path, seen: Desk) -> None:
    """As text for people, as one JSON document for programs; by the names `figures` prints."""

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, [*arguments, *GIVEN, "-w", str(root)])
        assert done.exit_code == 0, done.output
        return done.stdout

    name = key(seen.figure("civilians", "killed"))
    assert re.search(rf"^{name} .*civilians +killed", run("figures", "haro"), re.M)
    found = json.loads(run("explain", name, "--json"))
    assert found["schema"] == "briefings.explanation/v1"
    assert found["figure"]["claims"] == list(seen.figure("civilians", "killed").claims)
    assert found == {"schema": found["schema"], **seen.explain(name).model_dump(mode="json")}
    assert run("explain", name, "--brief", "haro") == "".join(
        f"{line}\n" for line in text(seen.explain(name), width=100)
    )
    listed = json.loads(run("figures", "haro", "--json"))["figures"]
    assert name in {one["key"] for one in listed}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([CELL], "PARAMETER"),
        ([CELL, *GIVEN, "--edition", "haro-2025-03-08-1"], "USAGE"),
        ([CELL, "--edition", "haro-2025-03-08-1"], "UNKNOWN_EDITION"),
        ([CELL, *GIVEN, "--brief", "hara"], "UNKNOWN_BRIEF"),
    ],
)
def test_what_cannot_be_explained_is_said(root: Path, arguments: list[str], code: str) -> None:
    """Status 2, with a code."""
    done = CliRunner().invoke(app, ["explain", *arguments, "-w", str(root)])
    assert (done.exit_code, done.stderr.partition(":")[0]) == (2, code)


def test_reviews_stand_on_the_path(tmp_path: Path) -> None:
    """Corrected, the claim shows what was read; rejected, it is beside the figure with its reason."""
    folder = workspace(tmp_path / "haro")
    collect(folder)
    before = desk("haro", date=DAY, workspace=folder)
    army = next(one for one in before.claims if one.publisher == "Coast Post" and not one.headline)
    front = next(one for one in before.claims if one.publisher == "Port Gazette" and not one.headline)
    briefings.review(
        army, "correct", by="R. Okafor", reason="two <b>more</b>", corrections={"count": 22}, workspace=folder
    )
    briefings.review(front, "reject", by="R. Okafor", reason="last year", workspace=folder)
    why = desk("haro", date=DAY, workspace=folder).explain(CELL)
    (link,) = [one for said in why.said for one in said.links if one.read]
    assert (link.claim.low, link.read and link.read.low, link.review and link.review.reason) == (
        22,
        20,
        "two <b>more</b>",
    )
    (held,) = why.held
    assert (held.link.claim.id, held.code) == (front.id, "review.reject")
    told = " ".join(str(why).split())
    assert "2 of 4 claims, by R. Okafor: 1 corrected, 1 rejected" in told
    assert f"as read: {army.id[:8]}, 20 killed, civilians" in told
    assert "<b>" not in html(why)


def test_every_rule_has_its_meaning(seen: Desk) -> None:
    """A name that fires and means nothing to the reader would explain nothing."""
    known = {name for name, _ in (*rules.SETTING_ASIDE, *best.BEST)} | set(figures.FLAGGED) | set(figures.DOUBTS)
    known |= {name for name, _ in (*totals.SETTING_ASIDE, *totals.BEST, *sum(totals.DIFFERING.values(), ()))}
    fired = {name for one in seen.all_figures() for name in (one.rule, *one.rules, *one.flags)}
    placed = {position.relation for one in seen.all_figures() for position in one.positions}
    assert sorted((known | fired | placed) - MEANINGS.keys()) == []
    assert all(sentence.endswith(".") and sentence[0].isupper() for sentence in MEANINGS.values())


def test_the_glossary_has_one_entry_a_name_for_every_place_where_it_is_said() -> None:
    """What moves a figure has words for the log, what waits for a person has its reason; each in its own form."""
    moved = {*reconciliation._REASONS, *figures.FLAGGED} - {*figures._CHECKS}
    assert sorted(moved - STEPS.keys()) == []
    assert all(step.startswith("{office}") and not step.endswith(".") for step in STEPS.values())
    assert all(row.endswith(".") and row[0].isupper() for row in ROWS.values())
    assert all(reason and reason[0].islower() for reason in REASONS.values())
    assert sorted(name for name, term in TERMS.items() if term == Term()) == []


def test_every_figure_of_the_demo_can_be_explained(demo: Workspace) -> None:
    """Down to the words: each claim of each figure is on its path or held back, with a document."""
    _, shown = desk_of("balochistan", {"date": "2026-01-31"}, workspace=demo)
    every = (*shown.all_figures(), *shown.extents())
    assert len({key(figure) for figure in every}) == len(every), "each has a short name of its own"
    for figure in every:
        why = shown.explain(figure)
        links = [link for said in why.said for link in said.links] + [held.link for held in why.held]
        assert {link.claim.id for link in links} >= set(figure.claims)
        assert all(link.claim.quote in link.claim.sentence or link.claim.headline for link in links)
        assert str(why).startswith(why.key)
