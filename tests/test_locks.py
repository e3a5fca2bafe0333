"""No numeral reaches a reader that rests on nothing: each way of smuggling one into a brief is tried, and found."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import invented
import pytest
from babel.messages.pofile import read_po

from briefings.charts import month_bars, range_bars
from briefings.core.languages import FOLDER, NAMES, language
from briefings.layout import render, themes
from briefings.layout.annex import annex
from briefings.notebook.brief import Brief
from briefings.proof import locks, numerals
from briefings.proof.counted import people_counted
from briefings.sections import Chart, Computed, Datum, Prose, Row, Section, Span, Table

THEME = themes.load_theme("plain")
BRIEF = invented.brief(version=2, supersedes="kesh-2031-05-17-1", edition_id="kesh-2031-05-17-2")


@pytest.fixture(scope="module")
def html() -> str:
    return render.render(BRIEF, theme=THEME)


def found(html: str, brief: Brief = BRIEF) -> set[str]:
    return {one.code for one in locks.lock_html(html, brief)}


def put(html: str, old: str, new: str) -> str:
    assert old in html
    return html.replace(old, new, 1)


# ── the page, against the brief ─────────────────────────────────────────────────────────────────────


def test_every_numeral_of_a_sound_page_is_the_briefs_own(html: str) -> None:
    """Figures, claims, dataset rows, computations, dates, names, citations and identifiers all pass."""
    assert locks.lock_html(html, BRIEF) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</main>", "<p>77</p></main>"),
        ("</main>", "<p>Some ٧٧ people</p></main>"),
        ("</main>", "<p>Some ७७ people</p></main>"),
        ("</main>", "<p>Some ７７ people</p></main>"),
        ("</main>", "<p>Some ½ of them</p></main>"),
        ("</main>", "<p>Some ⑦ of them</p></main>"),
        ("</main>", "<p>10⁷ of them</p></main>"),
        ("</main>", '<p><span data-ref="date">77</span></p></main>'),
        ("</main>", '<p><span data-ref="date">17 May 2077</span></p></main>'),
        ("</main>", '<p><span data-ref="id">No. 77</span></p></main>'),
        ("</main>", '<p><span data-ref="name">Ministry of 77</span></p></main>'),
        ("</main>", '<p><span data-ref="quote">we lost 77</span></p></main>'),
        ("</main>", "<p>after CC BY 4.0 came 77</p></main>"),
        ("</main>", '<p><span data-ref="cite">[777]</span></p></main>'),
        ("</main>", '<p><span data-ref="datum:invented:2028-08-26">75</span></p></main>'),
        ("</main>", '<p><span data-ref="computed:previous issue">11</span></p></main>'),
        ("</main>", '<p><span data-ref="because I say so">41</span></p></main>'),
        ("</main>", '<p><span data-ref="figure:f-armed">41–59</span></p></main>'),
        ("</main>", '<p><span data-ref="figure:f-nowhere">41</span></p></main>'),
        ("</svg>", '<text x="9" y="9">77</text></svg>'),
        ("</svg>", '<text x="9" y="9" data-ref="name">77</text></svg>'),
        ("</svg>", '<text x="9" y="9" data-ref="date">1977</text></svg>'),
    ],
)
def test_a_number_typed_into_a_template_or_a_picture_is_found(html: str, old: str, new: str) -> None:
    """Bare, in other digits, as a fraction, or behind a reference that does not hold it."""
    assert "LOCK_HTML" in found(put(html, old, new))


@pytest.mark.parametrize(
    "words",
    [
        *("Nine people were killed", "some dozens of local fighters", "twenty-two of the dead", "hundreds displaced"),
        *("Six personnes ont été tuées", "une vingtaine de policiers", "vingt-deux civils", "quatre des morts"),
        *("قتل ستة أشخاص", "أحد عشر جنديا", "ثلاثة من الجنود", "عشرات المدنيين", "مقتل شخصين"),
        *("چھ افراد ہلاک ہوئے", "درجنوں شہری", "بارہ سیکیورٹی اہلکار", "دو سو زخمی"),
    ],
)
def test_people_counted_in_words_are_found(html: str, words: str) -> None:
    """A number written out is a number."""
    assert "LOCK_WORDS" in found(put(html, "</main>", f"<p>{words}</p></main>"))


@pytest.mark.parametrize(
    "words",
    [
        *("over two days", "in three towns", "one of the dead", "twelve documents were read", "two police stations"),
        *(
            "deux jours",
            "dans trois villes",
            "خلال ستة أيام",
            "في ثلاث مدن",
            "المدنيين",
            "دو دن",
            "تین شہروں میں",
            "دو حملے",
        ),
    ],
)
def test_words_that_count_no_people_pass(html: str, words: str) -> None:
    """Days, towns and documents may be written out."""
    assert found(put(html, "</main>", f"<p>{words}</p></main>")) == set()


@pytest.mark.parametrize("tag", [tag for tag in NAMES if tag != "en"])
def test_no_fixed_text_counts_people_in_words(tag: str) -> None:
    """What the page says by itself, in any language, is never taken for a count."""
    with (FOLDER / tag / "LC_MESSAGES" / "briefings.po").open("rb") as catalogue:
        messages = list(read_po(catalogue))
    told = [form for one in messages for form in (one.id, one.string) if form]
    forms = [form for one in told for form in ([one] if isinstance(one, str) else one)]
    assert len(forms) > 500
    assert [form for form in forms if people_counted(form)] == []


def test_people_counted_in_words_of_a_source_are_its_own(html: str) -> None:
    """What stands in a quotation or a title is not ours to lock."""
    said = '<p><q data-ref="quote">nine people were killed</q></p></main>'
    assert "LOCK_WORDS" not in found(put(html, "</main>", said))


def test_a_row_of_a_dataset_is_known_by_its_dataset() -> None:
    """The same number from another dataset is another number."""
    runs = (invented.t("so many: "), Datum(value=74, ref="elsewhere:1"), invented.cite(8))
    brief = invented.brief(parts=(Section.of(Prose(paragraphs=(runs,)), slot="s", documents=invented.SOURCES),))
    page = render.render(brief, theme=THEME)
    assert locks.lock_html(page, brief) == ()
    assert locks.lock_html(page.replace('data-ref="datum:elsewhere:1"', 'data-ref="datum:here:2"'), brief)


def swapped(html: str, one: str, other: str) -> str:
    """Return a page with two of its words in each other's place."""
    return put(put(put(html, one, "\0"), other, one), "\0", other)


MAY, JUNE = (f'data-ref="datum:Invented Events Dataset 31.1:2030-0{month}">' for month in (5, 6))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{MAY}14<", f"{MAY}15<"),
        (f"{MAY}14<", f"{MAY}9<"),
        (f"{MAY}4<", f"{MAY}14<"),
        (f"{MAY}14<", f'{MAY}<tspan data-ref="name">14</tspan><'),
        ('data-ref="range">12–15<', 'data-ref="range">12–13<'),
        ('data-ref="range">12–15<', 'data-ref="range">15–12<'),
        ('data-ref="date">2030<', 'data-ref="date">2031<'),
        ('data-ref="date">16–17 May<', 'data-ref="date">17 May<'),
        ("May 2030: 14 killed in 4 incidents", "May 2030: 31 killed in 10 incidents"),
        ("June 2030: 9 killed", "July 2030: 9 killed"),
        ("Army spokesman in the northern command (government): 12–15", "Army spokesman: 12–15"),
        ('width="392pt"', 'width="wide"'),
    ],
)
def test_a_chart_that_says_anything_but_its_data_is_found(html: str, old: str, new: str) -> None:
    """Off by one, of another month, of the other row, on an axis, or only in the words for those who cannot see."""
    assert found(put(html, old, new)) & {"LOCK_CHART", "LOCK_HTML"}


@pytest.mark.parametrize(
    ("module", "change"),
    [
        (
            month_bars,
            lambda chart: {"bars": tuple(one.model_copy(update={"killed": one.killed + 1}) for one in chart.bars)},
        ),
        (month_bars, lambda chart: {"bars": tuple(one.model_copy(update={"incidents": 2}) for one in chart.bars)}),
        (range_bars, lambda chart: {"spans": tuple(one.model_copy(update={"low": 10}) for one in chart.spans)}),
    ],
    ids=["one too many", "of other months", "of nobody"],
)
def test_a_chart_drawn_wrongly_is_found(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, change: Callable[[Chart], dict[str, object]]
) -> None:
    """Whoever draws has to print the numbers of the data, not others every time alike."""
    draw = module.draw
    monkeypatch.setattr(module, "draw", lambda chart, canvas: draw(chart.model_copy(update=change(chart)), canvas))
    assert "LOCK_HTML" in found(render.render(BRIEF, theme=THEME))


def test_a_count_above_a_bound_is_the_charts_own() -> None:
    """More than seventy are at least one more, and printed as the source puts them."""
    span = Span(label="Orlen Courier", low=71, high=None, modifier="more_than", window=invented.TODAY)
    body = invented.ranges().body.model_copy(update={"spans": (span,)})
    brief = invented.brief(parts=(Section.of(body, slot="claims_chart"),))
    page = render.render(brief, theme=THEME)
    assert ">more than 70<" in page
    assert found(page, brief) == set()


def test_two_labels_of_a_chart_in_each_others_place_are_found(html: str) -> None:
    """Each is a number of the chart, and stands at the wrong month."""
    assert "LOCK_CHART" in found(swapped(html, f"{MAY}14<", f"{JUNE}9<"))


def test_words_of_another_chart_are_no_words_of_this_one(html: str) -> None:
    """A picture is held to the data of its own section."""
    charts = html.split("<svg")[1:]
    months = "<svg" + next(part for part in charts if "chart-months" in part).partition("</svg>")[0] + "</svg>"
    assert "LOCK_CHART" in found(
        put(html, '<section id="background"', f'<section id="gaps">{months}</section><section id="background"')
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            '<span class="n" data-ref="claim:c-minister">12</span></td>',
            '<span class="n" data-ref="claim:c-armed">41</span></td>',
        ),
        (
            '<span class="n" data-ref="figure:f-taken">6</span></td>',
            '<span class="n" data-ref="figure:f-civil">9–14</span></td>',
        ),
        ('<a href="#source-3">3</a>]</span></td>', '<a href="#source-8">8</a>]</span></td>'),
        ('datetime="2028-08-26">26\u00a0August\u00a02028<', 'datetime="2031-05-17">17\u00a0May<'),
    ],
    ids=["claims", "figures", "citations", "days"],
)
def test_numbers_of_two_rows_in_each_others_place_are_found(html: str, one: str, other: str) -> None:
    """Each is right, rests on what it says it rests on, and stands where something else is told."""
    assert found(swapped(html, one, other)) == {"LOCK_ORDER"}


def test_a_range_turned_round_is_found(html: str) -> None:
    """Both ends are numbers of the figure."""
    assert "LOCK_ORDER" in found(put(html, ">12–19<", ">19–12<"))


def test_a_number_left_from_the_issue_before_is_found() -> None:
    """Both are what an issue before said, of two different rows."""
    rows = tuple(
        Row(cells=((invented.t(label),), (invented.t("was "), Computed(value=value, formula="previous issue"))))
        for label, value in (("Killed", 10), ("Injured", 31))
    )
    columns = invented.casualties().body.columns[:2]
    table = Section.of(Table(columns=columns, rows=rows), slot="casualties", documents=invented.SOURCES)
    brief = invented.brief(parts=(table,))
    page = render.render(brief, theme=THEME)
    assert found(page, brief) == set()
    assert "LOCK_ORDER" in found(put(page, ">10<", ">31<"), brief)


def test_a_day_made_of_two_days_is_found(html: str) -> None:
    """Its day and its month are each of some day of the brief, and no day of the brief is both."""
    assert "LOCK_HTML" in found(put(html, "26\u00a0August\u00a02028", "17\u00a0August\u00a02028"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("No.\u00a02</title>", "No.\u00a03</title>"),
        ("17 May 2031. TLP", "17 May 2031. 58 killed. TLP"),
        ('title="previous issue"', 'title="12 in the previous issue"'),
        ("<main>", '<main aria-label="77 killed">'),
        ("<main>", '<main data-head="77 killed">'),
        ("<main>", '<main><img src="data:," alt="77 killed">'),
    ],
    ids=["title", "description", "beside a pointer", "read out", "printed by style", "picture"],
)
def test_a_number_in_what_the_page_says_beside_its_text_is_found(html: str, old: str, new: str) -> None:
    """The title, the description, what is read out or shown beside a pointer: somebody takes it for the brief's."""
    assert "LOCK_HTML" in found(put(html, old, new))


@pytest.mark.parametrize("tag", ["fr", "ar", "ur", "ar-u-nu-arab", "ur-u-nu-arabext"])
def test_a_digit_turned_is_found_in_the_digits_of_every_language(tag: str) -> None:
    """In a sentence, in a chart and in the title, whatever the digits look like."""
    brief = invented.brief(language=tag)
    page = render.render(brief, theme=THEME)
    assert found(page, brief) == set()
    digits, stop = language(tag).numerals, "\u06d4" if tag.startswith("ur") else "."
    for old, new in ((">12<", ">13<"), (">74<", ">75<"), (f" 2031{stop} TLP", f" 2032{stop} TLP")):
        assert found(put(page, digits(old), digits(new)), brief), (old, new)


def test_what_a_template_prints_twice_is_right_where_it_says_so(html: str) -> None:
    """A number printed again is one too many, unless its element is marked as saying something once more."""
    once = '<span class="n" data-ref="figure:f-taken">6</span></td>'
    more = '<span class="n" data-ref="figure:f-taken">6</span>'
    assert found(put(html, once, more + once)) == {"LOCK_ORDER"}
    assert found(put(html, once, f'<b data-again="">{more}</b>{once}')) == set()


# ── the annex ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tag", [*NAMES, "ar-u-nu-arab", "ur-u-nu-arabext"])
def test_every_line_of_the_annex_is_a_statement_of_the_brief(tag: str) -> None:
    """Masthead, sections, charts, places and sources, in the digits of every language."""
    brief = invented.brief(language=tag)
    assert locks.lock_annex(annex(brief).decode(), brief) == ()


def test_a_number_may_stand_twice_in_the_name_of_an_edition() -> None:
    """The second of February has two twos, and a brief may be called `note-1`."""
    head = BRIEF.masthead.model_copy(update={"edition_id": "note-1-2026-02-02-1"})
    brief = BRIEF.model_copy(update={"masthead": head})
    assert locks.lock_annex(annex(brief).decode(), brief) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12–19", "12–91"),
        ("12–19", "77"),
        ("41–58", "9–14"),
        ("kesh-2031-05-17-2", "kesh-2031-05-17-3"),
        ("May 2030: 14 killed", "May 2030: 15 killed"),
        ("\n", "\n77 killed\n"),
    ],
)
def test_a_line_of_the_annex_that_says_anything_else_is_found(old: str, new: str) -> None:
    """A digit turned, a number of another row, a line more: it stops the brief as it would on the page."""
    text = annex(BRIEF).decode()
    findings = locks.lock_annex(put(text, old, new), BRIEF)
    assert {(one.level, one.code) for one in findings} == {("stop", "LOCK_ANNEX")}
    assert findings[0].where.startswith("the annex, line ")


def test_two_lines_of_the_annex_in_each_others_place_are_found() -> None:
    """What is told comes in the order of the brief."""
    lines = annex(BRIEF).decode().splitlines()
    rows = [at for at, line in enumerate(lines) if "; Total to da" in line and numerals.numerals(line)]
    lines[rows[0]], lines[rows[-1]] = lines[rows[-1]], lines[rows[0]]
    assert locks.lock_annex("\n".join(lines), BRIEF)


@pytest.mark.parametrize(
    ("css", "stops"),
    [
        (".lead::before { content: '9 dead ' }", True),
        (".lead::before { content: '\\39  dead ' }", True),
        (".lead::before { con\\74 ent: '٩' }", True),
        (".lead::before { con/**/tent: '' ; content: /* ; */ '½' }", True),
        (".lead::before { content: counter(n) }", True),
        (".lead::before { content: var(--said) }", True),
        ("q { quotes: '7 ' ' 7' }", True),
        (".lead::before { content: '–'; width: 12px } @page { @top-right { content: 'TLP:RED' } }", False),
        (".cards td::before { content: attr(data-head) }", False),
    ],
)
def test_a_number_that_the_style_of_a_screen_would_show_is_found(css: str, stops: bool) -> None:
    """A browser's page cannot be read back as a PDF can, so its style may say no numerals at all."""
    assert [one.code for one in locks.lock_style(f"<style>{css}</style><p>x</p>")] == ["LOCK_STYLE"] * stops
