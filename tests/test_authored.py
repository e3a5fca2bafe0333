"""What an author writes: numbers, days, names and sources by reference, who says so beside them, nothing bare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from notes import NOTE, rewrite, with_note
from test_builders import FRIDAY, HARO, SATURDAY, SUNDAY, Maker, crossing, disputed, empty, incidents, lone, text

from briefings.authoring.demo import install_demo
from briefings.builders import items, notice, prose
from briefings.building.braces import KINDS
from briefings.building.magics import section as prose_section
from briefings.core.config import load
from briefings.core.languages import language
from briefings.desks.desk import Desk
from briefings.errors import BriefingsError, ContractError, UsageError
from briefings.layout.render import preview_html, render
from briefings.layout.themes import load_theme
from briefings.making.edition import desk_of as desk_for
from briefings.making.edition import make
from briefings.model import Window
from briefings.notebook.brief import Brief, Masthead, load_type
from briefings.notebook.cells import read_notebook
from briefings.notebook.notebook import check_notebook
from briefings.proof.check import check
from briefings.proof.locks import lock_html
from briefings.sections import Computed, FigureRef, Name, Section, Text, runs_of

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def brief_of(desk: Desk, *sections: Section) -> Brief:
    """Return a brief of these sections alone."""
    masthead = Masthead(
        series="Haro", title="Haro: armed attacks", kind="Daily", edition_id="haro-1", as_of=desk.as_of,
        timezone=HARO.timezone, region=HARO.name, period=desk.period, language=desk.language.tag,
    )  # fmt: skip
    return Brief(masthead=masthead, sections=sections)


def stops(desk: Desk, *sections: Section) -> list[str]:
    """Return what keeps a brief of these sections from being filed, as it is read and as it is laid out."""
    brief = brief_of(desk, *sections)
    found = [*check(brief), *lock_html(render(brief, theme=load_theme()), brief)]
    return [f"{one.code}: {one.message}" for one in found if one.level != "note"]


def refused(desk: Desk, words: str, **places: Any) -> str:
    """Return why a text is refused."""
    with pytest.raises(ContractError) as caught:
        prose(desk, words, slot="bottom_line", **places)
    assert caught.value.error_code == "PROSE"
    return caught.value.why or ""


# ── by reference ────────────────────────────────────────────────────────────────────────────────────


def test_a_sentence_is_set_with_its_values_and_who_says_so() -> None:
    """Day, number, place and region come from the desk; the governor and the report follow by themselves."""
    desk = crossing().desk()
    made = prose(
        desk,
        "On {date}, {armed_group/killed} militants\ndied in {region}, not {place:ostin} alone.",
        slot="bottom_line",
    )
    assert text(made) == (
        "On 10 May 2031, 19 militants died in Haro, not Ostin alone according to Governor Ada Voss and officials [1]."
    )
    assert made.body.paragraphs[0][3] == FigureRef(figure=desk.figure("armed_group", "killed").id, form="prose")
    assert stops(desk, made) == []


def test_where_no_rule_gives_a_best_number_the_range_stands() -> None:
    """A template that asks for the best of a figure is not broken by a day on which there is none."""
    desk = disputed().desk()
    assert desk.figure("state_forces", "killed").best is None
    assert "8 or 58 died" in text_in(prose(desk, "{state_forces/killed|best} died.", slot="x"), "en")


def test_days_and_the_instant_are_written_as_asked() -> None:
    """The last day, the whole period, any day, with its weekday, short, as a month."""
    desk = crossing().desk()
    said = text(
        prose(desk, "{date|weekday}; {date|short}; {date|month}; {days}; {day:2031-05-01..2031-05-03}", slot="x")
    )
    assert said == "Saturday 10 May 2031; 10 May; May 2031; 10 May 2031; 1–3 May 2031"
    assert "23:59" in text(prose(desk, "as of {as_of}", slot="x"))


def test_paragraphs_stand_apart_and_braces_can_be_written() -> None:
    made = prose(crossing().desk(), "One {{brace}}.\n\n  Another\n  line.\n", slot="x")
    assert text(made) == "One {brace}.\nAnother line."


def test_a_figure_goes_by_its_cell_its_days_or_its_short_name() -> None:
    """As `desk.explain` takes them; of several windows the period's own is meant."""
    desk = crossing().desk()
    figure = desk.figure("armed_group", "killed", (FRIDAY, SATURDAY))
    named = f"armed_group/killed/{FRIDAY}..{SATURDAY}"
    for reference in (named, figure.id, desk.explain(figure).key):
        (run,) = [one for one in runs_of(prose(desk, f"{{{reference}}} died.", slot="x").body) if one.t == "figure"]
        assert run.figure == figure.id


def test_a_claim_and_a_row_say_whose_word_they_are() -> None:
    """One claim is its speaker's; a row of a table is the dataset's."""
    desk = crossing().desk(incidents=incidents())
    (claim,) = [one for one in desk.claims if one.quote == "six border guards"]
    assert text(prose(desk, f"{{claim:{claim.id}}} guards died.", slot="x")) == (
        "6 guards died according to Governor Ada Voss [1]."
    )
    said = text(prose(desk, "On {incidents:11:date_start} {incidents:11} died in {incidents:11:place}.", slot="x"))
    assert said == "On 3 November 2030 12 died in Ostin according to UCDP Georeferenced Event Dataset 31.1."
    assert text(prose(desk, "{months:2030-11:killed} died.", slot="x")) == "12 died."


def alike() -> tuple[Desk, Any, Any]:
    """Return a desk of two datasets that number a row alike, with that row of each."""
    own, *rest = incidents()
    other = own.model_copy(update={"dataset": "acled", "dataset_version": "", "killed_best": 30, "killed_high": 31})
    return crossing().desk(incidents=[own, other, *rest]), own, other


def test_a_row_is_the_word_of_its_own_dataset() -> None:
    """Two datasets may number their rows alike; a row says its number by the one it stands in, however it is given."""
    desk, own, other = alike()
    cases = ((own, "8", "UCDP Georeferenced Event Dataset 31.1"), (other, "30", "ACLED"))
    for row, number, dataset in cases:
        told = f"{number} died according to {dataset}."
        name = f"incidents:{row.dataset}:{row.id}"
        assert text(prose(desk, f"{{{name}:killed_best}} died.", slot="x")) == told
        assert text(prose(desk, f"{{{name}}} died.", slot="x")) == told
        assert text(prose(desk, "{row} died.", slot="x", row=row)) == told
    assert "did you mean 'ucdp-ged:7' or 'acled:7'?" in refused(desk, "{incidents:7:killed_best} died.")
    assert "the desk holds no row 'acled:8'" in refused(desk, "{n}", n=other.model_copy(update={"id": "8"}))


def test_a_row_that_is_proposed_is_found_where_rows_are_numbered_alike() -> None:
    """What the author is told to write can be written."""
    desk, *_ = alike()
    (proposed,) = re.findall(r"\{(incidents:[^}]+)\}", refused(desk, "Some 30 died."))
    assert text(prose(desk, f"{{{proposed}}} died.", slot="x")) == "30 died according to ACLED."


def test_who_said_it_is_not_told_twice() -> None:
    """A sentence that names every voice of its figure by reference gets the documents alone."""
    desk = crossing().desk()
    named = "{by:armed_group/killed} said {armed_group/killed} died."
    assert text(prose(desk, named, slot="x")) == "Governor Ada Voss and officials said 19 died [1]."
    half = "{office:Ada Voss} said {armed_group/killed} died."
    assert text(prose(desk, half, slot="x")).endswith("died according to Governor Ada Voss and officials [1].")
    cited = prose(desk, "{by:armed_group/killed} said {armed_group/killed} died{cite:armed_group/killed}.", slot="x")
    assert text(cited).count("[") == 1


def test_each_number_of_a_sentence_keeps_its_own_voice() -> None:
    """Two numbers of two voices in one sentence: each is followed by whose it is, and neither by both."""
    desk = crossing().desk()
    (navy,) = [one for one in desk.claims if one.quote == "26 raiders"]
    said = text(prose(desk, f"{{claim:{navy.id}}} died, and {{state_forces/killed}} guards.", slot="x"))
    assert said == "26 (the navy; 9 May 2031 [1]) died, and 6 (Governor Ada Voss: 6; officials: at least 6 [1]) guards."


def test_where_sides_disagree_each_is_told_with_its_number() -> None:
    """A range of two sides is never the word of both."""
    desk = disputed().desk()
    made = prose(desk, "{state_forces/killed} guards were killed.", slot="bottom_line")
    said = text(made)
    assert desk.figure("state_forces", "killed").status == "disputed"
    assert "according to" not in said
    assert "the army: 8" in said
    assert "the Haro Freedom Army: 58" in said
    assert stops(desk, made) == []


def test_a_sentence_of_a_figure_nobody_gives_says_that_instead() -> None:
    """A template is written once and read every day: on a quiet one no sentence says a number that is none."""
    made = prose(crossing().desk(), "Of the hurt, {civilians/injured} were children. The rest is known.", slot="x")
    assert text(made) == "Civilians injured: not reported. The rest is known."
    by = "{by:civilians/injured} said {civilians/injured|best} were hurt, and {civilians/displaced} fled."
    told = "Civilians injured: not reported. Civilians displaced: not reported."
    assert text(prose(crossing().desk(), by, slot="x")) == told
    quiet = prose(empty().desk(), "{armed_group/killed} died and {civilians/killed} died.", slot="x")
    assert text(quiet) == "Militants killed: not reported. Civilians killed: not reported."


def test_a_number_of_other_days_than_the_period_says_so() -> None:
    """A total must be asked for, and no sentence about a day lets it pass for that day's."""
    desk = crossing().desk()
    eve = crossing().desk(day=SUNDAY)
    assert eve.figure("armed_group", "killed").status == "not_reported"
    assert eve.figure_to_date("armed_group", "killed").status != "not_reported"
    assert text(prose(eve, "On {date}, {armed_group/killed} died.", slot="x")) == "Militants killed: not reported."
    whole = f"{{armed_group/killed/{FRIDAY}..{SATURDAY}}} died"
    for words in (f"{whole}.", "{armed_group/killed/to_date} died."):
        assert re.search(r"died \(.*; 9–10 May 2031 \[1\]\)", text(prose(desk, words, slot="x")))
    told = f"Over {{day:{FRIDAY}..{SATURDAY}}}, {whole}."
    assert text(prose(desk, told, slot="x")).count("9–10 May 2031") == 1
    beside = text(prose(desk, "{armed_group/killed} died, and {armed_group/killed/to_date} in all.", slot="x"))
    assert re.match(r"19 \(Governor .+ \[1\]\) died, and .+ \(.+; 9–10 May 2031 \[1\]\) in all\.", beside), beside


def test_what_is_given_by_keyword_is_known_by_its_name() -> None:
    """Runs, text, days and nouns of the desk; a figure given so is attributed like any other."""
    desk = lone().desk()
    many = Computed(value=3, formula="days from the raid to the truce")
    said = prose(
        desk, "{who} counted {toll} after {many} days, on {day} and over {span}, {where}.", slot="x", who="A clerk",
        toll=desk.figure("civilians", "killed"), many=many, day=FRIDAY, span=Window(start=FRIDAY, end=SATURDAY),
        where=(Text(text="in "), Name(text="Route 9")),
    )  # fmt: skip
    assert text(said).startswith("A clerk counted 1 after 3 days, on 9 May 2031 and over 9–10 May 2031, in Route 9")
    assert "[1]" in text(said)


@pytest.mark.parametrize("code", ["fr", "ar", "ur"])
def test_references_are_set_in_the_language_of_the_page(code: str) -> None:
    """The author's words are the author's; days, numbers and who says so are the page's, and pass its locks."""
    desk = disputed().desk(incidents=incidents(), language=language(code))
    made = prose(desk, "{date}: {armed_group/killed}. {state_forces/killed}! {incidents:11}.", slot="bottom_line")
    assert [one for one in stops(desk, made) if not one.startswith("LENGTH")] == []
    assert language(code).day(SATURDAY) in text_in(made, code)


def text_in(made: Section, code: str) -> str:
    """Return a section's prose as it prints in a language."""
    from briefings.page.plain import sentence

    return "\n".join(sentence(one, made, language=language(code)) for one in made.body.paragraphs)


def test_the_cell_shows_the_page_with_its_values() -> None:
    """What a notebook shows under the cell is made by the page's own template."""
    made = prose(crossing().desk(), "{armed_group/killed} died.", slot="bottom_line", title="Bottom line")
    shown = made._repr_mimebundle_()["text/html"]
    assert shown == preview_html(made)
    assert re.search(r'data-ref="figure:\w+">19<', shown)


# ── nothing bare ────────────────────────────────────────────────────────────────────────────────────


def test_a_number_of_the_whole_region_is_not_said_of_a_town() -> None:
    """Nobody gave it for that town; of the region, or of a town somebody gave it for, it stands as it is."""
    wide = Maker()
    report = wide.document("Six civilians were killed in Haro on Saturday, officials said.", publisher="Gazette")
    wide.claim(report, "Six civilians", 6, "civilians", group_text="civilians", place="Haro")
    desk = wide.desk()
    assert "said of Ostin, and whoever gives it speaks of the whole region; write {region}" in refused(
        desk, "Then {civilians/killed} civilians were killed in {where}.", where=Name(text="Ostin")
    )
    text(
        prose(
            desk,
            "Then {civilians/killed} civilians were killed in {region}; roads in {place:Haro} are closed.",
            slot="x",
        )
    )
    text(prose(lone().desk(), "Then {civilians/killed} civilians were killed in {place:Ostin}.", slot="x"))


def test_a_bare_number_is_refused_with_the_reference_that_says_it() -> None:
    """Figures first, those of whom the words around it speak before others; three are told."""
    desk = crossing().desk(incidents=incidents())
    why = refused(desk, "In all, 19 militants and 6 guards were killed.")
    first, second = why.split("\n")
    assert first.startswith("character 9: '19' is a bare number; write {armed_group/killed} (19, 10 May 2031)")
    assert second.strip().startswith("character 26: '6' is a bare number; write {state_forces/killed}")
    assert why.count("{claim:") <= 4
    assert "{incidents:11:killed_best}" in refused(desk, "It was 12.")


def test_a_reference_that_is_proposed_says_the_number() -> None:
    """Whatever is proposed can be pasted, and prints the number that was typed."""
    desk = disputed().desk(incidents=incidents())
    for number in ("6", "8", "58", "19", "26", "12", "10"):
        why = refused(desk, f"There were {number}.")
        proposed = re.findall(r"(?:write|or) \{([^}]+)\} \(", why)
        assert proposed, why
        for reference in proposed:
            assert number in text(prose(desk, f"{{{reference}}}", slot="x")), reference


@pytest.mark.parametrize("name", ["47", "47–49", "nine soldiers", "47 dead", "4.5"])
def test_a_number_is_not_placed_as_a_name(name: str) -> None:
    """A name is of letters and counts nobody, by itself and among other runs; roads and units have their digits."""
    desk = crossing().desk()
    for given in (Name(text=name), (Text(text="some "), Name(text=name))):
        assert repr(name) in refused(desk, "In all {n} died in {region}.", n=given)
        with pytest.raises(ContractError, match="cannot be printed"):
            items(desk, [given if isinstance(given, tuple) else (given,)], slot="x")
    assert "Brigade 9" in text(prose(desk, "So said {who}.", slot="x", who=Name(text="Brigade 9")))


def test_people_counted_in_words_and_days_typed_are_refused_too() -> None:
    """`six guards` is a number; `10 May` is one problem, not two."""
    desk = crossing().desk()
    assert "'six guards' counts people in words; write {state_forces/killed}" in refused(desk, "Then six guards died.")
    why = refused(desk, "On 10 May, and May 9, 2031, and 2031-05-08.")
    assert [line.split(";")[-1].strip() for line in why.split("\n")] == [
        "write {date} (10 May 2031)", "write {day:2031-05-09} (9 May 2031)", "write {day:2031-05-08} (8 May 2031)",
    ]  # fmt: skip
    assert "is a bare number; nothing on the desk says so" in refused(desk, "Some 7,311 doors.")
    assert "'²'" in refused(desk, "As told².")


def test_a_word_that_takes_a_side_is_refused_as_it_is_typed() -> None:
    assert "'terrorists' takes a side; write armed men" in refused(crossing().desk(), "Then terrorists came.")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("{dat}", "did you mean 'date'"),
        ("{civilian/killed}", "did you mean 'civilians'"),
        ("{civilians/dead}", "did you mean 'killed'"),
        ("{armed_group/killed/2031-01-01}", "no figure is named"),
        ("{armed_group/killed|bold}", "|bold is no way to write it"),
        ("{plce:Ostin}", "did you mean 'place'"),
        ("{place:Osten}", "did you mean 'Ostin'"),
        ("{office:Ada Vos}", "did you mean 'Governor Ada Voss'"),
        ("{cite:Wires}", "did you mean 'Wire'"),
        ("{claim:zz}", "the desk holds no claim 'zz'; such as {claim:"),
        ("{incidents:99}", "incidents has no row '99'"),
        ("{incidents:11:killed}", "no column 'killed'"),
        ("{day:soon}", "'soon' is no day"),
        ("{beef}", "no figure is named 'beef'"),
        ("{n}", "n=3 is a bare number; say how it came about"),
        ("{t}", "'3' in '3 men' is a bare number"),
        ("{w}", "'three men' in 'three men' counts people in words"),
        ("{o}", "o is object, which no page can say"),
        ("a } b", "'}' stands alone; write its other half, or }} for the brace"),
        ("a { b", "'{' stands alone"),
    ],
)  # fmt: skip
def test_a_reference_that_is_none_is_answered_with_what_was_meant(words: str, told: str) -> None:
    """Each slip by the character it stands at, with the nearest name or what to write."""
    desk = crossing().desk(incidents=incidents())
    why = refused(desk, f"Now {words}.", n=3, t="3 men", w="three men", o=object())
    assert told in why
    assert re.match(r"character [57]: ", why)


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("{state_forces/killed} militants died.", "militants"),
        ("In all {armed_group/killed} unarmed civilians were killed.", "civilians"),
        ("{armed_group/killed} militants were injured.", "injured"),
        ("{armed_group/killed} militants were injured, {state_forces/killed} guards killed.", "injured"),
        ("{civilians/killed} personnel were killed.", "personnel"),
        ("{civilians/killed} child soldiers were killed.", "soldiers"),
        ("{armed_group/killed} police officers were shot.", "officers"),
        ("{state_forces/killed} of the dockworkers died.", "dockworkers"),
        ("{civilians/killed} civilians were taken hostage.", "taken hostage"),
        ("{civilians/killed} civilians were taken hostage by gunmen.", "hostage"),
        ("{civilians/killed} civilians were taken to hospital.", "taken to hospital"),
        ("{civilians/injured} villagers lost their lives.", "lost their lives"),
    ],
)
def test_a_number_is_not_said_of_those_it_does_not_count(words: str, whom: str) -> None:
    """The wrong reference, pasted, is found by the words beside it."""
    assert f"is said of {whom!r}, whom it does not count" in refused(crossing().desk(), words)


@pytest.mark.parametrize(
    "words",
    [
        "{state_forces/killed} people, guards all of them, were killed after others were injured.",
        "{armed_group/killed} fell. Soldiers were injured elsewhere.",
        "Killed were {state_forces/killed} guards and {armed_group/killed} of the raiders who had abducted others.",
        "The dead: {armed_group/killed}, and no soldiers hurt.",
        "{state_forces/killed} were said to have died.",
        "{civilians/injured} civilians were taken to hospital.",
        "{civilians/injured} skilled labourers were admitted to the hospital.",
        "{civilians/killed} medical personnel died.",
        "{civilians/killed} unguarded prisoners died.",
        "{civilians/killed} soldiers' wives died.",
        "{civilians/killed} police station cleaners died.",
        "{armed_group/killed} in police custody died.",
        "{armed_group/killed} militants were shot, and buried on Sunday.",
        "{armed_group/detained} militants were taken away by police.",
        "{civilians/abducted} civilians were taken away by gunmen.",
    ],
)
def test_a_number_may_be_said_in_many_ways(words: str) -> None:
    """People are people; words of another clause, or of those told of besides, say nothing of the count."""
    assert prose(crossing().desk(), words, slot="x").body.paragraphs


def test_a_short_name_cites_one_document_or_none() -> None:
    """Where a few letters begin the ids of several, none of them is cited for another."""
    desk = disputed().desk()
    first = desk.documents[0].id
    assert "[1]" in text(prose(desk, f"So it says{{cite:{first[:8]}}}.", slot="x"))
    twin = desk.documents[0].model_copy(update={"id": first[:8] + "f" * (len(first) - 8)})
    doubled = replace(desk, documents=(*desk.documents, twin))
    assert f"{first[:8]!r} may be any of 2 documents" in refused(doubled, f"So it says{{cite:{first[:8]}}}.")
    assert "[1]" in text(prose(doubled, f"So it says{{cite:{first}}}.", slot="x"))


def test_everything_wrong_is_told_at_once() -> None:
    """An author mends a text in one go."""
    desk = crossing().desk()
    with pytest.raises(ContractError, match="5 things in the text cannot be printed") as caught:
        prose(desk, "{dat} came.\n\nOn 10 May 19 died", slot="gaps", title="Top 5, six dead")
    assert [line.split(":")[0].strip() for line in (caught.value.why or "").split("\n")] == [
        "character 1", "character 17", "character 24", *["title 'Top 5, six dead'"] * 2,
    ]  # fmt: skip
    assert caught.value.where == "prose(desk, …, slot='gaps')"
    assert all(f"{{{kind}" in (caught.value.fix or "") for kind in KINDS if kind != "group/outcome")


def test_what_is_no_text_or_no_desk_is_refused() -> None:
    with pytest.raises(ContractError, match=r"prose\(\) needs a desk first, not str"):
        prose("text", "text", slot="x")  # type: ignore[arg-type]
    with pytest.raises(ContractError, match="is int"):
        prose(crossing().desk(), 5, slot="x")  # type: ignore[arg-type]
    with pytest.raises(ContractError, match="is one text; give a list"):
        items(crossing().desk(), "text", slot="x")
    with pytest.raises(BriefingsError, match="slot="):
        prose(crossing().desk(), "text", slot="")


# ── bullets and boxes ───────────────────────────────────────────────────────────────────────────────


def test_bullets_are_written_as_prose_is() -> None:
    """Texts and runs side by side; a slip names its bullet."""
    desk = crossing().desk()
    figure = desk.figure("armed_group", "killed")
    made = items(desk, ["{armed_group/killed} died.", (Text(text="As told "), FigureRef(figure=figure.id))], slot="x")
    assert made.kind == "items"
    assert text(made).splitlines()[0] == "19 died according to Governor Ada Voss and officials [1]."
    assert text(items(desk, [], slot="x", empty="Nothing new.")) == "Nothing new."
    with pytest.raises(ContractError, match=r"bullet 2, character 1: there is no reference \{dat\}"):
        items(desk, ["Fine.", "{dat}"], slot="x")


def test_runs_given_as_a_bullet_are_attributed_too() -> None:
    """A figure that is placed by hand cites what it rests on: nothing stops the brief."""
    desk = crossing().desk()
    made = items(desk, [(FigureRef(figure=desk.figure("armed_group", "killed").id), Text(text=" died"))], slot="gaps")
    assert stops(desk, made) == []


def test_a_notice_is_a_box_with_one_message() -> None:
    made = notice(crossing().desk(), "{region} by {as_of}.", slot="x", level="warn")
    assert (made.kind, made.body.level) == ("notice", "warn")
    assert made.body.runs[0] == Name(text="Haro")


# ── in a notebook ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def shell() -> Iterator[Any]:
    """Give a shell as a notebook has it, with the magic loaded."""
    made: Any = InteractiveShell
    own = made()
    own.run_line_magic("load_ext", "briefings")
    yield own
    own.history_manager = None


def test_a_cell_of_prose_is_its_section(shell: Any) -> None:
    """`%%prose SLOT TITLE` reads the notebook's desk, and its variables where no reference is of that name."""
    shell.user_ns |= {"desk": crossing().desk(), "date": "2031-05-10", "clerk": "A clerk"}
    done = shell.run_cell("%%prose gaps What is told\nOn {date}, {clerk} counted {armed_group/killed}.\n")
    assert (done.result.slot, done.result.title) == ("gaps", "What is told")
    assert text(done.result).startswith("On 10 May 2031, A clerk counted 19 according to")


def test_a_cell_of_prose_without_a_slot_or_a_desk_says_so() -> None:
    """And names the desk there is."""
    with pytest.raises(UsageError, match="names no slot"):
        prose_section("", "Text.", {})
    with pytest.raises(UsageError, match="'desk' is no desk here") as caught:
        prose_section("gaps", "Text.", {"seen": crossing().desk()})
    assert caught.value.fix == "write %%prose SLOT --desk seen"
    assert prose_section("gaps --desk seen", "Text.", {"seen": crossing().desk()}).slot == "gaps"


def test_the_check_of_a_notebook_sees_which_slot_a_cell_of_prose_fills(tmp_path: Path) -> None:
    """A slip in the slot is found before anything runs."""
    root = with_note(install_demo(tmp_path / "ws"), "balochistan")
    path = root / "notebooks" / "note.ipynb"
    rewrite(path, "gaps(desk", "%%prose gapps\nNothing is known.")
    found = check_notebook(path, load_type(root / "templates" / NOTE))
    assert ["did you mean gaps" in one.message for one in found if one.code == "SLOT_UNKNOWN"] == [True]


def test_the_examples_of_the_readme_run(shell: Any, tmp_path: Path) -> None:
    """Typed into a notebook over the demo's desk, each cell shows something; the prose passes as written."""
    root = install_demo(tmp_path / "ws")
    shell.user_ns["desk"] = desk_for("balochistan", {"date": "2026-01-31"}, workspace=root)[1]
    told = re.findall(r"```(?:python|text)\n(.*?)```", README, re.S)
    cells = [one for one in told if re.search(r"^(?:desk\.frames|%|from briefings\.builders import table)", one)]
    assert len(cells) == 4
    for cell in cells:
        for part in cell.splitlines() if cell.startswith("desk.") else [cell]:
            done = shell.run_cell(part)
            assert done.success, part
            assert done.result is not None or cell.startswith("%load_ext"), part
    assert text(done.result).startswith(
        "On Saturday 31 January 2026, 11–18 civilians were reported killed in Balochistan"
    )
    assert refused(shell.user_ns["desk"], "All 92 fighters.").startswith(
        "character 5: '92' is a bare number; write {armed_group/killed} (92, 31 January 2026)"
    )


PROSE = """\
%%prose bottom_line
In all, {civilians/killed/to_date} civilians and {armed_group/killed/to_date} militants were reported killed.
On {date|weekday}, {civilians/killed} civilians were killed.
"""
TABLE = """\
worst = desk.frame("incidents").nlargest(4, "killed_best").assign(share=lambda rows: rows.killed_best / 7)
table(desk, worst.round({"share": 1}), slot="changes", columns=["date_start", "place", "killed_best", "share"],
      labels={"share": "A day"}, computed="the best estimate, divided by the days of a week",
      caption="The deadliest incidents that the tables hold for {region}, up to {date}.")
"""


@pytest.mark.slow
def test_a_brief_is_made_of_a_frame_and_of_an_authors_words(tmp_path: Path) -> None:
    """A notebook with a table of a frame and a cell of prose becomes a PDF that every lock lets pass."""
    root = with_note(install_demo(tmp_path / "ws"), "balochistan")
    path = root / "notebooks" / "note.ipynb"
    rewrite(path, "import briefings", "%load_ext briefings\n" + opening(path).replace("changes", "table"))
    rewrite(path, "bottom_line(desk", PROSE)
    rewrite(path, "changes(desk", TABLE)
    made = make(NOTE, {"date": "2026-02-02"}, workspace=load(root))
    assert made.pdf.is_file()
    page = (made.pdf.parent / "brief.html").read_text(encoding="utf-8")
    assert re.search(r'data-ref="datum:[^"]+:900\d+">64<', page)
    assert re.search(r'data-ref="computed:the best estimate[^"]+" title="[^"]+">9\.1<', page)
    assert re.search(r'data-ref="figure:\w+">31<', page)
    assert "Civilians killed:\u00a0" in page


def opening(path: Path) -> str:
    """Return the cell of a notebook that opens the desk."""
    return next(str(cell.source) for cell in read_notebook(path).cells if "import briefings" in cell.source)
