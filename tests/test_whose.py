"""Whose word a number is: on no page does a voice stand beside a number that it did not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outlets import desk_of, report
from stories import MONDAY, TUESDAY

from briefings import builders
from briefings.core.languages import language
from briefings.core.settings import BriefConfig, Region
from briefings.desks.desk import Desk
from briefings.desks.evidence import Word, told_by, words_of
from briefings.desks.whose import in_cell, in_sentence
from briefings.model import Claim, Document, Reading, Window
from briefings.page import plain
from briefings.reconciling.phrasing import phrase_claim
from briefings.sections import Section, Table, Tiles

HARO = Region(id="haro", name="Haro", country="Tarland", timezone="UTC", places=("Ombra", "Brela"))
VOICES = {
    "the army": "military",
    "the prefect of Ombra": "government",
    "the mayor of Ombra": "government",
    "Ombra police": "police",
    "the Lake Front": "armed_group",
    "Ombra General Hospital": "medical",
    "the Red Lamp Society": "un_ngo",
}
_NUMBER = r"(?:at least |more than |up to )?\d+"


def told_desk(*texts: str, days: int = 1, **more: object) -> Desk:
    """Return the desk of Tuesday over reports, each by an outlet of its own and an hour after the last."""
    held = [report(text, TUESDAY, hour=8 + k, outlet=k, title="News of Haro") for k, text in enumerate(texts)]
    return desk_of(HARO, TUESDAY, held, days=days, **more)


def line(section: Section) -> str:
    """Return the first paragraph of a section."""
    return plain.sentence(section.body.paragraphs[0], section)  # type: ignore[union-attr]


def row(desk: Desk, head: str = "People killed") -> list[str]:
    """Return a row of the casualty table as it is printed."""
    section = builders.casualty_table(desk)
    assert isinstance(section.body, Table)
    rows = ([plain.sentence(cell, section) for cell in one.cells] for one in section.body.rows)
    return next(one for one in rows if one[0] == head)


def tile(desk: Desk, label: str = "People killed") -> tuple[str, str, list[str]]:
    """Return the number of a tile, how it stands, and its voices as they are printed."""
    section = builders.key_figures(desk)
    assert isinstance(section.body, Tiles)
    figures = {one.id: one for one in section.figures}
    one = next(one for one in section.body.tiles if one.label == label)
    said = [
        f"{name}: {plain.sentence(one.counts[at], section)}" if at < len(one.counts) else name
        for at, name in enumerate(one.claimants)
    ]
    return figures[one.figure].text, figures[one.figure].status, said


PREFECT = "At least 14 people were killed in an attack in Ombra on Tuesday, the prefect of Ombra said."
SOURCE = "A security source said 17 people were killed in the attack in Ombra on Tuesday."
MAYOR = "The mayor of Ombra said 21 people were killed in the attack in Ombra on Tuesday."


def test_offices_of_one_side_that_differ_stand_with_their_own_numbers_and_are_disputed() -> None:
    """Seventeen by a security source, 21 by the mayor: neither said "17 to 21", and both numbers cannot hold."""
    desk = told_desk(PREFECT, SOURCE, MAYOR)
    assert tile(desk) == ("17–21", "disputed", ["a security source: 17", "the mayor of Ombra: 21"])
    found = row(desk)
    assert (found[1], found[4], found[-1]) == ("17–21", "A security source: 17; the mayor of Ombra: 21", "Disputed")
    assert "A security source said 17 people were killed; the mayor of Ombra said 21." in line(
        builders.bottom_line(desk)
    )


def test_both_sides_of_a_dispute_are_named_however_long_their_names() -> None:
    """A row that named one voice and "one other" would give a reader one side of it."""
    ministry = "The Ministry of the Interior and Regional Planning of Tarland"
    desk = told_desk(
        f"{ministry} said seven soldiers were killed in Ombra on Tuesday.",
        "The Lake Front said it had killed 18 soldiers in Ombra on Tuesday.",
    )
    assert row(desk, "Security personnel killed")[4] == f"{ministry}: 7; the Lake Front: 18"


def test_a_number_that_fits_another_is_still_not_its_voices_word() -> None:
    """The hospital's eighteen do not contradict the mayor's fourteen at least; yet it never said "at least 14"."""
    hospital = "Ombra hospital said 18 people were killed in the attack in Ombra on Tuesday."
    desk = told_desk(PREFECT, hospital)
    assert tile(desk) == ("at least 14 or 18", "claimed", ["the prefect of Ombra: at least 14", "Ombra hospital: 18"])
    told = (
        "According to the prefect of Ombra (at least 14) and Ombra hospital (18), at least 14 or 18 people were killed."
    )
    assert told in line(builders.bottom_line(desk))


def test_numbers_that_end_in_a_count_stand_before_whom_they_count_without_of() -> None:
    """Two offices and a hospital at odds: "or at least 7 civilians", as of one number."""
    texts = (
        "The army said six soldiers were killed in Ombra on Tuesday.",
        "The Lake Front said it had killed 18 soldiers in Ombra on Tuesday.",
        "Ombra police said two civilians were killed in Ombra on Tuesday.",
        "The army said four civilians were killed in Ombra on Tuesday.",
        "Ombra General Hospital said at least seven civilians were killed in Ombra on Tuesday.",
    )
    told = line(builders.bottom_line(told_desk(*texts)))
    assert "or at least 7 civilians were killed" in told


def test_voices_that_gave_the_number_need_no_count_beside_their_name() -> None:
    """Two who both said seventeen stand beside it by name alone."""
    desk = told_desk(SOURCE, "Ombra hospital said 17 people were killed in the attack in Ombra on Tuesday.")
    assert tile(desk) == ("17", "corroborated", ["a security source", "Ombra hospital"])
    assert row(desk)[4] == "A security source and Ombra hospital"


def test_a_row_of_two_numbers_says_which_voice_gave_which() -> None:
    """Police counted four of Tuesday, the army twelve of both days: neither is named beside the other's number."""
    texts = (
        "Four soldiers were killed in Brela on Tuesday, police said.",
        "The Red Lamp Society said 12 soldiers were killed in Ombra and Brela on Monday and Tuesday.",
    )
    starts = BriefConfig(id="haro", type="daily", title="Haro", region="haro", starts=MONDAY)
    found = row(told_desk(*texts, settings=starts), "Security personnel killed")
    assert (found[1], found[2]) == ("4", "12")
    assert found[4] == "Police: 4; the Red Lamp Society: 12"


def test_a_count_of_other_days_than_its_row_says_of_which_it_is() -> None:
    """The governor's nine are of Monday alone, though the page is about both days: nobody may read them as of both."""
    found = row(told_desk("The governor said nine people were killed in Ombra on Monday.", days=2))
    assert found[4] == "The governor (3 Mar)"


SUNDAY = date(2031, 3, 2)
SIDES = (
    "The governor said five soldiers were killed in Ombra on Monday.",
    "The Lake Front said it had killed 18 soldiers in Ombra on Monday and Tuesday.",
    "The army said eight soldiers were killed in Haro from Sunday to Tuesday.",
)


def test_a_row_of_more_days_tells_no_number_that_is_for_fewer() -> None:
    """From Sunday to Tuesday the army counts; the Front's word on two of the days stands in the row above, dated."""
    starts = BriefConfig(id="haro", type="weekly", title="Haro", region="haro", starts=SUNDAY)
    desk = told_desk(*SIDES, settings=starts, days=2)
    first, wide = row(desk, "Security personnel killed"), row(desk, "2–4 Mar together")
    assert (wide[1], wide[4], wide[-1]) == ("8", "The army", "Claimed, one side")
    assert (first[1], first[2]) == ("5 or 18", "8 or 18")
    assert first[4] == "The governor: 5 (3 Mar); the Lake Front: 18; the army: 8"


def test_a_bottom_line_dates_what_is_for_some_days_of_its_period() -> None:
    """Five and eighteen are of other days than each other, and the army's later eight are not left out."""
    starts = BriefConfig(id="haro", type="weekly", title="Haro", region="haro", starts=SUNDAY)
    told = line(builders.bottom_line(told_desk(*SIDES, settings=starts, days=2)))
    assert "The governor said 5 soldiers were killed (3 March 2031); the Lake Front said 18 (3–4 March 2031)." in told
    assert "The army said 8 soldiers were killed over 2–4 March 2031." in told


def test_a_dispute_over_one_group_is_not_told_of_all() -> None:
    """Two sides differ on soldiers, nobody on civilians: the page says which toll is disputed."""
    civilians = "The mayor of Ombra said four civilians were killed in Ombra on Tuesday."
    soldiers = (
        "The army said six soldiers were killed in Ombra on Tuesday.",
        "The Lake Front said it had killed 18 soldiers in Ombra on Tuesday.",
    )
    told = line(builders.bottom_line(told_desk(*soldiers, civilians)))
    assert told.endswith("No source counts people injured; disputed: “Security personnel killed”.")
    assert line(builders.bottom_line(told_desk(*soldiers))).endswith("the tolls are disputed.")


def test_what_one_voice_adds_up_is_its_own_with_the_terms() -> None:
    """The army's two and three are printed as five, computed: nobody else's number, and no count is told twice."""
    desk = told_desk("Two soldiers and three police officers were killed in Ombra on Tuesday, the army said.")
    text, _, voices = tile(desk, "Security personnel killed")
    assert voices == ["the army"]
    assert text in ("5", "at least 5")


def test_of_many_voices_those_of_both_ends_are_named() -> None:
    """Four numbers, room for two: the least and the most, each with its voice, and the others counted."""
    numbers = {"A security source": 17, "The mayor of Ombra": 21, "Ombra hospital": 19, "Residents": 18}
    texts = [f"{who} said {n} people were killed in the attack in Ombra on Tuesday." for who, n in numbers.items()]
    text, status, voices = tile(told_desk(*texts))
    assert (text, status) == ("17–21", "disputed")
    assert voices == ["a security source: 17", "the mayor of Ombra: 21", "two others"]


@pytest.mark.parametrize("code", ["en", "fr", "ar", "ur"])
def test_every_language_sets_each_voice_beside_its_own_number(code: str) -> None:
    """Names stand beside their counts in the order of the language, in sentences and in cells."""
    desk = told_desk(SOURCE, MAYOR, language=language(code))
    (words,) = {words_of(desk, one) for one in desk.figures() if one.low == 17}
    for runs in (in_sentence(words, desk.language, most=2), in_cell(words, desk.language, most=2)):
        kinds = "".join(run.t[0] for run in runs if run.t in ("name", "claim"))
        assert kinds == "ncnc", "a count after each name"
        assert [desk.claim(run.claim).low for run in runs if run.t == "claim"] == [17, 21]


def test_a_voice_of_very_many_counts_is_not_told_count_by_count() -> None:
    """Four towns and more are several counts; the terms stand in the table."""
    words = (Word("the army", ("a", "b", "c", "d"), gave=False),)
    assert (
        "".join(run.text for run in in_cell(words, most=2) if run.t in ("name", "text")) == "The army: several counts"
    )


def test_the_command_names_no_voice_beside_a_number_of_others() -> None:
    """In a terminal, too, offices that differ stand each with its number; whose word has gone stands there no more."""
    desk = told_desk(PREFECT, SOURCE, MAYOR)
    (figure,) = (one for one in desk.figures() if one.status == "disputed")
    assert told_by(figure) == "security source: 17; mayor of Ombra: 21"
    (alone,) = (one for one in told_desk(PREFECT).figures() if one.low == 14)
    assert told_by(alone) == "prefect of Ombra"
    assert {told_by(one) for one in desk.figures() if one.status == "not_reported"} == {""}


def test_of_two_words_that_both_stand_neither_is_the_latest_of_its_side() -> None:
    """The source's seventeen and the mayor's 21 came after the prefect's fourteen, and both are kept."""
    section = builders.competing_claims(told_desk(PREFECT, SOURCE, MAYOR))
    assert isinstance(section.body, Table)
    told = {plain.sentence(one.cells[0], section): plain.sentence(one.cells[-1], section) for one in section.body.rows}
    assert told == {
        "A security source": "Beside the mayor of Ombra, another voice of the same side; both are kept.",
        "The mayor of Ombra": "Beside a security source, another voice of the same side; both are kept.",
        "The prefect of Ombra": (
            "An earlier word of the same side, whose figure is now that of a security source and the mayor of Ombra."
        ),
    }


# ── whatever is claimed ─────────────────────────────────────────────────────────────────────────────


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """Draw what voices said of people killed on Monday and Tuesday: numbers, floors and ceilings, in places or none."""
    made = []
    for k in range(draw(st.integers(1, 6))):
        who = draw(st.sampled_from(sorted(VOICES)))
        low = draw(st.integers(1, 9)) * 10 + k  # no two alike by chance, so that a number tells its voice
        put = draw(st.sampled_from(("exact", "exact", "at_least", "more_than")))
        again = draw(st.sampled_from([one.low for one in made] or [low])) if draw(st.booleans()) else low
        day = draw(st.sampled_from((MONDAY, TUESDAY, TUESDAY)))
        words = {"exact": f"{again}", "at_least": f"at least {again}", "more_than": f"more than {again - 1}"}
        quote = words[put]
        made.append(
            Claim(
                id=f"c{k}", document_id=f"d{k}", publisher=f"Paper {k}", rule="story", start=0, end=len(quote),
                quote=quote, sentence=f"{who} said {quote} people were killed.", outcome="killed", low=again,
                high=again if put == "exact" else None, modifier=put, claimant=who, claimant_kind=VOICES[who],
                group=draw(st.sampled_from(("unknown", "unknown", "civilians", "state_forces"))), date_from=day,
                date_to=draw(st.sampled_from((day, TUESDAY))), stated_on=TUESDAY,
                place=draw(st.sampled_from((None, None, "Ombra", "Brela"))),
                stated=datetime(2031, 3, 4, 6 + k, tzinfo=UTC),
            )
        )  # fmt: skip
    return made


def made_desk(found: list[Claim]) -> Desk:
    """Return the desk of Tuesday over claims, each of a report of its own."""
    documents = [
        Document(
            id=one.document_id, source=one.id, publisher=one.publisher, title="News", text=one.sentence,
            published=one.stated, published_on=TUESDAY,
        )
        for one in found
    ]  # fmt: skip
    return Desk.from_parts(
        HARO,
        Window(start=TUESDAY, end=TUESDAY),
        datetime(2031, 3, 4, 23, 59, tzinfo=UTC),
        documents=documents,
        readings={one.document_id: Reading(document_id=one.document_id, claims=(one,)) for one in found},
        settings=BriefConfig(id="haro", type="daily", title="Haro", region="haro", starts=MONDAY),
    )


def spoken_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield each voice that a text names with each number told as its own: in brackets, after a colon, or as said."""
    text = re.sub(r" \([\d–]+ Mar\)", "", text)  # of which days a count is
    for who in VOICES:
        for found in re.finditer(rf"(?i:{re.escape(who)})(?: \(|: | said )((?:{_NUMBER}(?:, | and )?)+)", text):
            yield from ((who, number) for number in re.findall(_NUMBER, found[1]))


def bare(text: str) -> list[str]:
    """Return the voices that a text names without a number of their own."""
    return [who for who in VOICES if re.search(rf"(?i:{re.escape(who)})(?! \(|: | said )", text)]


@given(claims())
@settings(
    max_examples=120, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
def test_a_voice_stands_beside_no_number_but_its_own(found: list[Claim]) -> None:
    """Whatever is claimed: a voice by its name alone gave what is printed, and any other what stands after its name."""
    desk = made_desk(found)
    own: dict[str, set[str]] = {who: set() for who in VOICES}
    for one in found:
        own[one.claimant or ""].add(phrase_claim(one))
    texts = [line(builders.bottom_line(desk))]
    for builder in (builders.casualty_table, builders.changes):
        section = builder(desk)
        texts += [plain.sentence(row.cells[at], section) for row in section.body.rows for at in (4, 5)]
    section = builders.key_figures(desk)
    figures = {one.id: one for one in section.figures}
    for one in section.body.tiles:
        printed = figures[one.figure]
        for at, name in enumerate(one.claimants if one.claimants and printed.text != "not reported" else ()):
            if name not in VOICES:
                continue
            texts += [f"{name}: {plain.sentence(one.counts[at], section)}"] if at < len(one.counts) else []
            if not one.counts:
                assert printed.text in own[name] or printed.formula, f"{name} never said {printed.text}"
    for text in texts:
        for who, number in spoken_numbers(text):
            assert number in own[who], f"{who} never said {number}: {text}"
    for sentence in re.split(r"[.;] ", texts[0]):
        for who in bare(sentence):
            numbers = re.findall(_NUMBER, re.sub(r"\d+ March.*?\d{4}|\(.*?computed\)", "", sentence))
            assert set(numbers) <= own[who] or "computed" in sentence, f"{who} never said {numbers}: {sentence}"


def test_a_floor_of_more_days_holds_no_greater_number_of_one_of_them() -> None:
    """What is more than 70 over two days, said before 92 of the second, does not read as 70 that hold 92."""
    section = builders.competing_claims(
        told_desk(
            "The governor said more than 70 people were killed in Haro on Monday and Tuesday.",
            "The army said 92 people were killed in Haro on Tuesday.",
            days=2,
        )
    )
    assert isinstance(section.body, Table)
    (told,) = [
        plain.sentence(one.cells[-1], section) for one in section.body.rows if one.cells[0][0].text == "The governor"
    ]
    assert told == "At least so many over two days, fewer than the army counted in a part of them; never added."


def test_a_chart_of_totals_says_what_the_page_prints_of_the_period_alone() -> None:
    """The line leads to the total; a reader who finds another number on a tile is told whose it is."""
    starts = BriefConfig(id="haro", type="daily", title="Haro", region="haro", starts=MONDAY)
    section = builders.toll_chart(
        told_desk(
            "The army said four soldiers were killed in Haro on Tuesday.",
            "The army said six soldiers were killed in Haro on Tuesday.",
            "The army said 11 soldiers were killed in Haro on Monday and Tuesday.",
            settings=starts,
        )
    )
    told = plain.sentence(section.body.source, section)  # type: ignore[union-attr]
    assert told.endswith("This brief’s figure for 4 March 2031 alone is 6 (the army).")


def test_what_is_about_so_many_is_no_floor() -> None:
    """Nobody who says "about 70" says at least so many, and 70 hold no 92."""
    section = builders.competing_claims(
        told_desk(
            "The governor said about 70 people were killed in Haro on Monday and Tuesday.",
            "The governor said 30 people were killed in Haro on Monday.",
            "The army said 92 people were killed in Haro on Tuesday.",
            days=2,
        )
    )
    assert isinstance(section.body, Table)
    cells = [[plain.sentence(cell, section) for cell in one.cells] for one in section.body.rows]
    (told,) = [row[-1] for row in cells if row[1].startswith("about 70")]
    assert "at least" not in told.lower()
    assert "the army" not in told
