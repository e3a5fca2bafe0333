"""Checks find the faults planted for them, and are silent about a sound brief."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import invented
import pytest

from briefings.layout import render, themes
from briefings.model import Computation
from briefings.notebook.brief import Brief
from briefings.proof import check, locks
from briefings.sections import (
    Chart,
    Cite,
    ClaimRef,
    Item,
    Items,
    Prose,
    Quote,
    Section,
    Span,
    Text,
    Tile,
)

THEME = themes.load_theme("plain")


def page_of(brief: Brief) -> str:
    return render.render(brief, theme=THEME)


def with_part(slot: str, change: Callable[[Section], Section]) -> Brief:
    """Return the sound brief with one section changed."""
    parts = tuple(change(part) if part.slot == slot else part for part in invented.sections())
    return invented.brief(parts=parts)


def body(**changes: Any) -> Callable[[Section], Section]:
    return lambda part: part.model_copy(update={"body": part.body.model_copy(update=changes)})


def prose(*runs: Any) -> Callable[[Section], Section]:
    return lambda part: part.model_copy(update={"body": Prose(paragraphs=(runs,))})


def figures(**changes: Any) -> Callable[[Section], Section]:
    first = invented.FIGURES[0].model_copy(update=changes)
    return lambda part: part.model_copy(update={"figures": (first, *invented.FIGURES[1:])})


def codes(brief: Brief, level: str = "stop") -> set[str]:
    return {finding.code for finding in check.check(brief) if finding.level == level}


def test_a_sound_brief_passes_without_a_word() -> None:
    """No check cries wolf."""
    assert check.check(invented.brief()) == ()


def test_what_a_body_outside_the_conflict_verified_is_no_one_sided_best() -> None:
    """Its word alone may be the best number; that of a side may not."""
    verified = figures(best=15, sides=("Count Network",), best_rule="independently_verified")
    assert "ONE_SIDED_BEST" not in codes(with_part("casualties", verified))
    assert "ONE_SIDED_BEST" in codes(with_part("casualties", figures(best=15, sides=("government",))))


@pytest.mark.parametrize(
    ("code", "brief"),
    [
        ("LOADED_TERM", with_part("bottom_line", prose(invented.t("Two terrorists were caught.")))),
        ("LOADED_TERM", with_part("bottom_line", prose(invented.t("Forces neutralised the group.")))),
        ("LOADED_TERM", with_part("bottom_line", prose(invented.t("A brave soldier embraced martyrdom.")))),
        ("LOADED_TERM", with_part("bottom_line", prose(invented.t("The heinous attack was foiled.")))),
        ("LOADED_TERM", with_part("bottom_line", lambda part: part.model_copy(update={"title": "Terrorism today"}))),
        ("LOADED_TERM", with_part("context", body(message=(Text(text="Victims of the cowardly war"),)))),
        ("ATTRIBUTION", with_part("bottom_line", prose(invented.n("Minister"), invented.t(": "), invented.f("state")))),
        ("ATTRIBUTION", with_part("timeline", lambda part: part.model_copy(update={"body": part.body.model_copy(
            update={"entries": (part.body.entries[0].model_copy(update={"runs": (invented.c("c-minister"),)}),)})}))),
        ("TILE_CLAIMANT", with_part("key_figures", body(tiles=(Tile(label="Killed", figure="f-state"),) * 3))),
        ("CITATION", with_part("bottom_line", prose(invented.t("So it is"), Cite(documents=("nowhere",))))),
        ("CITATION", with_part("bottom_line", prose(Quote(text="so it is", document="nowhere")))),
        ("NOT_REPORTED", with_part("casualties", figures(status="not_reported"))),
        ("ONE_SIDED_BEST", with_part("casualties", figures(best=15, sides=("government",)))),
        ("RANGE", with_part("casualties", figures(low=19, high=12))),
        ("COMPUTED", with_part("casualties", figures(computation=Computation(value=9, terms=(1, 2), claims=())))),
        ("DISAGREEMENT", with_part("casualties", figures(text="12–20", high=20))),
        ("CHART_COUNT", with_part("claims_chart", body(spans=(Span(
            label="Army", low=40, high=40, window=invented.TODAY, claim=ClaimRef(claim="c-armed")),)))),
        ("CHART_SOURCE", with_part("context", body(source=(), dataset=""))),
        ("PRIVATE", with_part("gaps", lambda part: part.model_copy(update={"body": Items(items=(
            Item(runs=(invented.n("ask desk@courier.example"),)),))}))),
        ("PRIVATE", with_part("gaps", lambda part: part.model_copy(update={"body": Items(items=(
            Item(runs=(Quote(text="call +92 81 555 0142", document="doc1"),)),))}))),
    ],
)  # fmt: skip
def test_a_planted_fault_stops_the_brief(code: str, brief: Brief) -> None:
    """Each fault is found under its own code, and names the section."""
    found = [finding for finding in check.check(brief) if finding.code == code]
    assert found
    assert found[0].level == "stop"
    assert found[0].where.startswith("section")


@pytest.mark.parametrize(
    ("code", "brief"),
    [
        ("LENGTH", with_part("bottom_line", prose(invented.t("word " * 71)))),
        ("TILES", with_part("key_figures", lambda part: body(tiles=part.body.tiles[:1])(part))),
        ("CHART_MESSAGE", with_part("context", body(message=()))),
        ("LIKELIHOOD", with_part("bottom_line", prose(invented.t("It is very likely, with high confidence.")))),
        ("ATTRIBUTION", with_part("bottom_line", prose(invented.f("state"), invented.t(" died"), invented.cite(1)))),
    ],
)  # fmt: skip
def test_what_a_reader_would_mind_is_a_warning(code: str, brief: Brief) -> None:
    """Too long, unnamed, mixed: said, but the brief may go out."""
    assert code in codes(brief, "warn")


def test_loaded_words_stay_in_quotations_and_names() -> None:
    """What a source said is not rewritten, and an office keeps its name."""
    sound = prose(
        invented.n("Anti-Terrorism Court"), invented.t(" heard the "), invented.t("Counter-Terrorism office say "),
        Quote(text="the terrorists were neutralised", document="doc3"), invented.cite(3),
    )  # fmt: skip
    assert codes(with_part("bottom_line", sound)) == set()


def test_a_print_longer_than_its_type_allows_is_a_warning() -> None:
    """The page budget is the brief type's."""
    brief = invented.brief()
    assert check.check_pages(brief, 4) == ()
    assert [finding.code for finding in check.check_pages(brief, 5)] == ["PAGE_BUDGET"]


def test_stops_come_first() -> None:
    """Whoever reads only the first finding reads the worst."""
    bad = prose(invented.t("word " * 80), invented.t("Two terrorists."))
    levels = [finding.level for finding in check.check(with_part("bottom_line", bad))]
    assert levels == sorted(levels, key=["stop", "warn", "note"].index)
    assert set(levels) == {"stop", "warn"}


# ── the page ────────────────────────────────────────────────────────────────────────────────────────


def test_every_numeral_of_a_sound_page_rests_on_something() -> None:
    """Masthead, text, tables, tiles, charts and sources pass the lock, against the brief itself."""
    brief = invented.brief(version=2, supersedes="kesh-2031-05-17-1", edition_id="kesh-2031-05-17-2")
    assert locks.lock_html(page_of(brief), brief) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("attackers. No independent", "attackers, 9 of them young. No independent"),
        ('<p class="tile-label">', '<p class="tile-label">3 '),
        ("<h2>Casualties", "<h2>Casualties of 2 days"),
        ("</main>", "<p>77</p></main>"),
    ],
)
def test_a_numeral_that_rests_on_nothing_is_found(old: str, new: str) -> None:
    """A number typed into text, a label, a heading or a template stops the brief."""
    html = page_of(invented.brief())
    assert old in html
    findings = locks.lock_html(html.replace(old, new, 1), invented.brief())
    assert [(finding.level, finding.code) for finding in findings] == [("stop", "LOCK_HTML")]


def test_a_numeral_printed_as_a_figure_that_does_not_say_so_is_found() -> None:
    """A reference alone is not enough: the figure must hold the number."""
    html = page_of(invented.brief())
    forged = html.replace('data-ref="figure:f-armed">41–58', 'data-ref="figure:f-armed">41–59', 1)
    assert forged != html
    assert locks.lock_html(forged) == ()
    assert "59" in locks.lock_html(forged, invented.brief())[0].message


def test_a_claim_that_is_not_its_own_number_is_found() -> None:
    """So is a claim printed with another's number."""
    html = page_of(invented.brief())
    forged = html.replace('data-ref="claim:c-minister">12', 'data-ref="claim:c-minister">13', 1)
    assert forged != html
    assert locks.lock_html(forged, invented.brief())


def test_an_empty_chart_is_left_out_of_the_page() -> None:
    """The warning is true: nothing is drawn, not even a heading."""
    brief = with_part("context", lambda part: part.model_copy(update={"body": Chart(chart="months", message="Empty")}))
    assert "Empty" not in page_of(brief)


def test_a_chart_with_nothing_to_draw_is_noted() -> None:
    """A workspace without a table of incidents has no chart; that is said, once for all of them, and is no fault."""
    brief = with_part("context", body(bars=()))
    (told,) = (one for one in check.check(brief) if one.code == "CHART_EMPTY")
    assert (told.level, told.where) == ("note", "charts")
    twice = brief.model_copy(update={"sections": (*brief.sections, *brief.sections)})
    (told,) = (one for one in check.check(twice) if one.code == "CHART_EMPTY")
    assert told.message.count("“Context”") == 2
