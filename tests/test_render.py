"""The page: every section through its template, text from outside inert, numbers tied to what they rest on."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import invented
import pytest

from briefings.charts import drawing
from briefings.errors import RenderError
from briefings.layout import render, themes
from briefings.layout.placement import lint_template
from briefings.model import MARKINGS, Computation
from briefings.page import words
from briefings.page.untrusted import clean, link
from briefings.sections import (
    Cite,
    Column,
    Entry,
    FigureRef,
    Item,
    Items,
    Name,
    Notice,
    Prose,
    Quote,
    Row,
    Section,
    Source,
    Sources,
    Table,
    Text,
    Tile,
    Tiles,
    Timeline,
)

THEME = themes.load_theme("plain")


def page(**more: object) -> str:
    return render.render(invented.brief(**more), theme=THEME)  # type: ignore[arg-type]


def section_page(*parts: Section) -> str:
    return render.render(invented.brief(parts=parts), theme=THEME)


class Reader(HTMLParser):
    """Collects tags with their attributes, and text by class."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:  # noqa: D102
        self.text.append(data)


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", "".join(Reader(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)).text))


# ── the masthead ────────────────────────────────────────────────────────────────────────────────────


def test_the_masthead_says_which_issue_of_what_as_of_when_and_who_looked_at_it() -> None:
    """Number, as-of with offset, period, next issue, marking and state are all on page one."""
    text = words_of(page())
    for said in ("No. 2", "17 May 2031, 23:59 UTC+04:00", "Period covered", "18 May 2031, 18:00 UTC+04:00",
                 "TLP:AMBER", "Draft, not human-reviewed", "Vardan Desk, duty analyst"):  # fmt: skip
        assert said in text.replace("\xa0", " "), said


def test_a_reviewed_brief_names_the_reviewer_and_says_draft_nowhere() -> None:
    """Draft and reviewed cannot be mistaken for one another."""
    text = words_of(page(state="reviewed", reviewed_by="M. Orrin"))
    assert "M. Orrin" in text
    assert "Draft" not in text


def test_a_later_version_says_what_it_replaces() -> None:
    """A reader with two prints knows which to put away."""
    text = words_of(page(version=2, supersedes="kesh-2031-05-17-1", edition_id="kesh-2031-05-17-2"))
    assert "Version 2. Replaces kesh-2031-05-17-1" in text


@pytest.mark.parametrize("marking", MARKINGS)
def test_the_marking_is_printed_as_written_in_its_own_colour_on_black(marking: str) -> None:
    """TLP 2.0: the label untouched, 12 points or more, one of four colours on black."""
    html = page(marking=marking)
    found = re.search(r'<span class="tlp (tlp-[a-z-]+)" translate="no">([^<]+)</span>', html)
    assert found is not None
    assert found[2].replace("&#43;", "+") == marking
    colours = {"TLP:RED": "#FF2B2B", "TLP:GREEN": "#33FF00", "TLP:CLEAR": "#FFFFFF"}
    rule = re.search(rf"\.{found[1]}\b[^{{]*{{ color: (#\w+)", THEME.css)
    assert rule is not None
    assert rule[1] == colours.get(marking, "#FFC000")
    label = re.search(r"\.tlp {([^}]*)}", THEME.css)
    assert label is not None
    assert "background: #000000" in label[1]
    assert "12pt" in label[1]


# ── citations and sources ───────────────────────────────────────────────────────────────────────────


def test_citations_are_numbered_in_the_order_a_reader_meets_them() -> None:
    """The first document cited is 1, wherever it stands in the list it came from."""
    order = render.page_of(invented.sections()).numbers
    assert list(order.values()) == list(range(1, len(order) + 1))
    assert order["doc2"] == 1
    html = page()
    first = re.search(r'href="#source-(\d+)"', html)
    assert first is not None
    assert first[1] == "1"


def test_every_citation_leads_to_its_source_and_every_source_listed_is_cited() -> None:
    """Numbers in the text and in the list are the same numbers."""
    html = page()
    pointed: set[str] = set()
    for first, last in re.findall(r'href="#source-(\d+)">\d+</a>(?:–<a href="#source-(\d+)")?', html):
        pointed |= {str(number) for number in range(int(first), int(last or first) + 1)}
    listed = re.findall(r'id="source-(\d+)"', html)
    assert pointed == set(listed)
    assert listed == sorted(listed, key=int)


def test_citations_in_a_row_are_a_stretch() -> None:
    """Three or more run together as `4–8`; two stay two."""
    made = render.Page(numbers={name: int(name) for name in "12456789"}, sources={}, figures={}, claims={})
    assert made.cited("1245679") == [(1, 1), (2, 2), (4, 7), (9, 9)]


def test_a_source_nobody_cites_is_named_as_read_not_numbered() -> None:
    """What was read and not used is said, apart from what the brief rests on."""
    spare = Source(document="spare", publisher="Quiet Times", title="Nothing new", sha256="0" * 64)
    body = invented.sources().body.model_copy(update={"sources": (*invented.SOURCES, spare)})
    html = section_page(invented.bottom_line(), Section.of(body, slot="sources", title="Sources"))
    assert "Read, not cited." in html
    assert words_of(html).index("Quiet Times") > words_of(html).index("Read, not cited.")


def test_a_quotation_carries_its_citation_once() -> None:
    """A quotation is followed by its source even where the author placed none."""
    alone = Prose(paragraphs=((Text(text="He said "), Quote(text="we hold it", document="doc1"), Text(text=".")),))
    both = Prose(paragraphs=((Quote(text="we hold it", document="doc1"), invented.cite(1)),))
    for body in (alone, both):
        html = section_page(Section.of(body, slot="s", documents=invented.SOURCES))
        assert html.count('href="#source-1"') == 1


# ── kinds of section ────────────────────────────────────────────────────────────────────────────────


def test_not_reported_is_words_and_zero_is_a_number() -> None:
    """Silence and nought look different on every part of the page."""
    zero = invented.figure("f-zero", "civilians", "missing", 0, 0, "0")
    tiles = invented.tiles()
    body = tiles.body.model_copy(update={"tiles": (tiles.body.tiles[-1], tiles.body.tiles[0].model_copy(
        update={"figure": "f-zero"}))})  # fmt: skip
    html = section_page(tiles.model_copy(update={"body": body, "figures": (*tiles.figures, zero)}))
    values = re.findall(r'<p class="tile-value"[^>]*>(.*?)</p>', html)
    assert "not reported" in values[0]
    assert ">0<" in values[1]


def test_a_computed_figure_prints_its_terms() -> None:
    """A number nobody stated says so beside it."""
    assert "(41 + 37, computed)" in words_of(section_page(invented.developments()))


def test_a_table_has_heads_for_its_columns_and_rows() -> None:
    """Screen readers know what each cell belongs to."""
    tags = Reader(section_page(invented.casualties())).tags
    heads = [attrs.get("scope") for tag, attrs in tags if tag == "th"]
    body = invented.casualties().body
    assert heads.count("row") == len(body.rows)
    assert heads.count("col") == len(body.columns)
    assert heads.count("colgroup") == 1


def test_an_empty_section_says_so_or_is_left_out() -> None:
    """There are no empty boxes: a heading without matter does not print."""
    said = Section.of(Items(items=(), empty="No source reports any."), slot="a", title="Spoken")
    silent = Section.of(Items(items=()), slot="b", title="Silent")
    no_rows = Section.of(Table(columns=(), rows=()), slot="c", title="Hollow")
    text = words_of(section_page(said, silent, no_rows))
    assert "No source reports any." in text
    assert "Silent" not in text
    assert "Hollow" not in text


def test_a_notice_stands_where_its_section_would() -> None:
    """A failed part of a brief is visible on the page."""
    notice = Section.of(Notice(level="warn", runs=(Text(text="could not be made"),)), slot="timeline", title="Timeline")
    assert 'id="timeline" class="kind-notice' in section_page(notice)


def test_rendering_twice_gives_the_same_page() -> None:
    """The page is a function of the brief and the theme."""
    assert page() == page()


# ── text from outside ───────────────────────────────────────────────────────────────────────────────


def hostile(title: str, **more: str) -> str:
    fields = {"document": "d", "publisher": "P", "title": title, "sha256": "0" * 64} | more
    made = Source.model_validate(fields)
    prose = Prose(paragraphs=((Name(text=title), invented.Cite(documents=("d",))),))
    return section_page(
        Section.of(prose, slot="bottom_line", documents=(made,)),
        Section.of(Sources(sources=(made,)), slot="sources", title="Sources"),
    )


@pytest.mark.parametrize("title", ["{{ 7*7 }}", "{% include 'page/page.css' %}", "{{ ''.__class__.__mro__ }}"])
def test_s15_template_words_in_a_title_are_printed_literally(title: str) -> None:
    """Text from outside never reaches a template compiler."""
    text = words_of(hostile(title))
    assert title in text
    assert "49" not in text.replace(title, "")


def test_markup_in_a_title_stays_text() -> None:
    """Escaping is on, and nothing switches it off."""
    html = hostile('<img src=x onerror=alert(1)><script>x</script>" onclick="y')
    tags = Reader(html).tags
    assert not [tag for tag, _ in tags if tag in ("img", "script")]
    assert not [attrs for _, attrs in tags if any(key.startswith("on") for key in attrs)]


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u2066", "\u200f", "\u061c", "\ufeff", "\x00", "\x1b", "\U000e0041", "\ud800"]
)
def test_s13_controls_that_could_turn_digits_round_are_gone(mark: str) -> None:
    """`12` cannot be shown as `21`: bidi controls are stripped, each value is isolated."""
    html = hostile(f"Toll {mark}12 dead")
    assert mark not in html
    assert "<bdi" in html[html.index("Toll") - 40 : html.index("Toll")]


def test_scripts_that_need_joiners_keep_them() -> None:
    """Persian and Indic text is not broken by the cleaning."""
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("क\u094dष") == "क\u094dष"
    assert clean("é" + "\u0301" * 1000) == "é" + "\u0301" * 4


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "smb://host/share", "\\\\host\\share", "data:text/html,x",
     "https://good.example@evil.example/", "https://xn--e1awd7f.example/", "https://аpple.example/", "ftp://x.example",
     " javascript:alert(1)", "java\x00script:alert(1)", "https://", "mailto:", "//evil.example/x"],
)  # fmt: skip
def test_s11_s12_only_plain_web_and_mail_addresses_become_links(url: str) -> None:
    """Everything else is printed as text, or not at all."""
    assert link(url) == ""
    hrefs = [attrs.get("href") for tag, attrs in Reader(hostile("Report", url=url)).tags if tag == "a"]
    assert all((href or "").startswith("#") for href in hrefs)


@pytest.mark.parametrize(
    "words",
    [
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>", "<style>@import url(//evil.example)</style>",
        "<p style='background: url(http://evil.example/a)'>", "<b onclick=alert(1)>bold</b>", "<iframe srcdoc='x'>",
        "<a rel=attachment href='file:///etc/passwd'>", "<link rel=attachment href='file:///etc/passwd'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><s>x", "</bdi></section><h1>x",
        "<form id=test><input name=attributes>", "<!--><img src=x>-->", "<![CDATA[><img src=x>]]>", "&lt;script&gt;",
    ],
)  # fmt: skip
def test_s20_markup_of_a_source_makes_no_element_and_no_attribute(words: str) -> None:
    """Nothing of a source is let through as markup: a page with it has the very elements of one without."""
    honest = ("Two towns", f"Two {'long' * 10} towns")  # a word that may be broken is marked as such
    shape, *shapes = [[(tag, sorted(attrs)) for tag, attrs in Reader(hostile(one)).tags] for one in (words, *honest)]
    assert shape in shapes


def test_honest_addresses_stay() -> None:
    """A link to a report is a link."""
    assert link("https://www.courier.example/2031/05/17?a=1&b=2") == "https://www.courier.example/2031/05/17?a=1&b=2"
    assert link("mailto:desk@courier.example") == "mailto:desk@courier.example"
    assert 'href="https://courier.example/a"' in hostile("Report", url="https://courier.example/a")


# ── templates ───────────────────────────────────────────────────────────────────────────────────────

ESCAPES = (
    "{{ ''.__class__.__mro__ }}",
    "{{ brief.__init__.__globals__ }}",
    "{{ '{0.__class__}'.format(brief) }}",
    "{{ ['{0.__class__}'] | map('format', brief) | list }}",
    "{{ brief | attr('__class__') }}",
    "{{ page.cited.__func__.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__ }}",
    "{% set x = masthead.__dict__ %}{{ x }}",
)


def with_template(tmp_path: Path, source: str) -> themes.Theme:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "page.html.j2").write_text("line one\n" + source, encoding="utf-8")
    return themes.load_theme("plain", [tmp_path])


@pytest.mark.parametrize("source", ESCAPES)
def test_s16_a_template_cannot_leave_its_sandbox(tmp_path: Path, source: str) -> None:
    """Walking to Python's insides ends in an error that names the line, never in a value."""
    theme = with_template(tmp_path, source)
    with pytest.raises(RenderError) as caught:
        render.render(invented.brief(), theme=theme)
    assert caught.value.error_code in ("TEMPLATE_FORBIDDEN", "TEMPLATE")
    assert "page/page.html.j2, line 2" in (caught.value.where or "")


FORBIDDEN = (
    "{{ x | safe }}", "{{ x |\n safe }}", "{% filter safe %}{{ x }}{% endfilter %}",
    "{% autoescape false %}x{% endautoescape %}", "{% autoescape x %}{% endautoescape %}",
    "<p class={{ x }}>", "<p class=a{{ x }}>", "<p class=\n{{ x }}>", "<p title={% if a %}{{ x }}{% endif %}>",
    "<p {{ x }}>", "<p {{ x }}=''>", "<p a{{ x }}=''>", "<{{ x }}>", "<p{{ x }}>", "</{{ x }}>", "<!-- {{ x }} -->",
    "<!{{ x }}>", '<p title="a"b{{ x }}>', "<p title=' \"{{ x }}' {{ x }}>",
    "<style>{{ x }}</style>", "<style>p { color: {{ x }} }</style>", "<style>{{ css | upper }}</style>",
    "{% set css = x %}<style>{{ css }}</style>", "{% for css in x %}<style>{{ css }}</style>{% endfor %}",
    "<STYLE media='a>b'>{{ x }}</STYLE>", '<p style="color: {{ x }}">', "<p style='{{ x }}'>",
    '<p onclick="{{ x }}">', "<p ONLOAD='x'>", "<p\nonclick\n=\n'{{ x }}'>",
    "<meta http-equiv='refresh' content='{{ x }}'>",
    '<a href="{{ x }}">x</a>', "<a href=\n{{ x }}>", '<a\nhref\n=\n"{{ x }}">', '<a href="javascript:{{ x | link }}">',
    '<a href="{{ a | link }}{{ x }}">', '<a href="{{ x if a else b | link }}">', "<a HREF='{{ x }}'>",
    '<a href="{% if a %}#{% endif %}{{ x }}">', '<a href="/{{ x }}">', '<img src="{{ x }}">',
    '<use xlink:href="{{ x }}"/>', '<object data="{{ x }}">', "<object>", "<iframe srcdoc='{{ x }}'>",
    "<embed src='#'>", "<base href='#'>", "<script>1</script>", "<SCRIPT src='#'></SCRIPT>", "<script/>",
    "<script{% if a %}{% endif %}>",
    "{% if a %}<p title='{% endif %}{{ x }}", "{% if a %}<style>{% endif %}{{ x }}</style>",
    "{% for a in b %}<p title={% endfor %}>", "<p title='{% include \"page/page.css\" %}'>",
    "{% macro m() %}<b>{% endmacro %}<p title='{{ m() }}'>", "{% import 'a' as m %}<p title='{{ m.n() }}'>",
    "{% from 'a' import b as c %}<p title='{{ c() }}'>", "<p title='{{ chart_svg(x) }}'>", "<p title='", "<p", "<!-- ",
)  # fmt: skip

ALLOWED = (
    "<p title='{{ x }}' class=\"a {{ x }}{% if a %} b{% endif %}\">{{ x }}</p>", "<p{% if a %} class='b'{% endif %}>",
    '<a href="{{ x.url | link }}">{{ x }}</a>', '<a href="#a-{{ x }}{{ x }}">',
    "<title>{{ x }}</title>", "<textarea>{{ x }}</textarea>", "<style>{{ css }}</style>{{ x }}",
    "<!-- a --><p>{{ x }}</p>",
    "1 < 2 <3 {{ x }}", "{# <p title={{ x }}> #}", "{% raw %}{{ x }}{% endraw %}<p>", "<br/>{{ x }}<br />{{ x }}",
    "{% macro figure() %}{% endmacro %}<p title='{{ figure.id }}'>",
    "<p title='{% for a in b %}{{ a }}{% else %}none{% endfor %}'>",
    "{% set a %}<b>{{ x }}</b>{% endset %}{% set b = {'c': 1} %}", "<style>a::before { content: '<p' }</style>{{ x }}",
)  # fmt: skip


@pytest.mark.parametrize("source", FORBIDDEN)
def test_s18_s19_a_template_that_prints_where_escaping_cannot_help_is_refused(source: str) -> None:
    """Values stand in text and in quoted attributes that are not code, addresses pass the link filter, or nothing."""
    with pytest.raises(RenderError) as caught:
        lint_template("page/page.html.j2", source)
    assert caught.value.error_code == "TEMPLATE_FORBIDDEN"


@pytest.mark.parametrize("source", ALLOWED)
def test_s18_what_escaping_makes_safe_is_allowed(source: str) -> None:
    """The lint stands in nobody's way."""
    lint_template("page/page.html.j2", source)


@pytest.mark.parametrize("source", ["{{ masthead.title | safe }}", "<p class={{ x }}>", "<script>1</script>"])
def test_s18_s19_a_refused_template_is_named_with_its_line_when_the_theme_is_read(tmp_path: Path, source: str) -> None:
    """Whoever wrote the template knows where to look, before anything is printed."""
    with pytest.raises(RenderError) as caught:
        with_template(tmp_path, source)
    assert caught.value.error_code == "TEMPLATE_FORBIDDEN"
    assert caught.value.where == "page/page.html.j2, line 2"


@pytest.mark.parametrize("filtered", ["x | tojson", "x | urlize", "x | safe", "{} | xmlattr"])
def test_s18_filters_that_return_markup_are_not_there(filtered: str) -> None:
    """No filter makes markup of a value but those of the page itself."""
    templates = {**THEME.templates, "page/page.html.j2": "{% set x = 'a' %}{{ " + filtered + " }}"}
    with pytest.raises(RenderError):
        render.render(invented.brief(), theme=replace(THEME, templates=templates))


@pytest.mark.parametrize(
    ("source", "code"),
    [("{{ nothing.here }}", "TEMPLATE"), ("{% if %}", "TEMPLATE_SYNTAX"), ("{{ 1 / 0 }}", "TEMPLATE"),
     ("{% include 'sections/none.html.j2' %}", "TEMPLATE")],
)  # fmt: skip
def test_a_mistake_in_a_template_is_named_with_its_line(tmp_path: Path, source: str, code: str) -> None:
    """Whoever wrote the template knows where to look."""
    theme = with_template(tmp_path, source)
    with pytest.raises(RenderError) as caught:
        render.render(invented.brief(), theme=theme)
    assert caught.value.error_code == code
    assert "page/page.html.j2, line 2" in (caught.value.where or "")


def test_shipped_templates_pass_their_own_lint() -> None:
    """No shipped template uses the safe filter or prints where escaping cannot help."""
    for name, source in THEME.templates.items():
        lint_template(name, source)


def test_a_users_template_hides_the_shipped_one(tmp_path: Path) -> None:
    """The workspace's folder is searched first, file by file."""
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "prose.html.j2").write_text("<p>mine</p>", encoding="utf-8")
    html = render.render(invented.brief(), theme=themes.load_theme("plain", [tmp_path]))
    assert "<p>mine</p>" in html
    assert 'class="tiles' in html


def test_a_type_may_have_a_page_of_its_own(tmp_path: Path) -> None:
    """All types share one page and sheet; those in a type's own folder hold for that type alone."""
    (tmp_path / "daily").mkdir()
    (tmp_path / "daily" / "page.html.j2").write_text("<style>{{ css }}</style>own page", encoding="utf-8")
    (tmp_path / "daily" / "page.css").write_text("h1 { color: navy }", encoding="utf-8")
    daily, weekly = (themes.load_theme("plain", [tmp_path], layout=layout) for layout in ("daily", "weekly"))
    own = render.render(invented.brief(), theme=daily, layout="daily")
    assert "own page" in own
    assert "color: navy" in own
    shared = render.render(invented.brief(), theme=weekly, layout="weekly")
    assert "own page" not in shared
    assert "color: navy" not in shared


def test_s04_a_template_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    """A link in a template folder cannot bring another file onto the page."""
    secret = tmp_path / "secret.css"
    secret.write_text("body { content: 'secret' }", encoding="utf-8")
    (tmp_path / "mine" / "page").mkdir(parents=True)
    (tmp_path / "mine" / "page" / "page.css").symlink_to(secret)
    with pytest.raises(RenderError, match="leads out of its folder"):
        themes.load_theme("plain", [tmp_path / "mine"])


@pytest.mark.parametrize("name", ["nothing", "../plain", "Plain", ""])
def test_an_unknown_theme_is_named_with_those_there_are(name: str) -> None:
    """The message offers what can be used."""
    with pytest.raises(RenderError) as caught:
        themes.load_theme(name)
    assert "plain" in (caught.value.fix or "")


def test_the_words_for_the_chart_are_those_of_the_theme() -> None:
    """theme.toml decides the chart's colours and faces, and the column of text how wide it is."""
    assert replace(THEME.palette, font=drawing.Palette().font) == drawing.Palette()
    assert THEME.palette.font.startswith("'Source Sans 3', Noto Sans Arabic, ")


# ── previews ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("section", invented.sections(), ids=lambda section: section.slot)
def test_the_preview_is_the_page_section_by_section(section: Section) -> None:
    """What a cell shows has the very words of the page, made by the same template."""
    shown = words_of(render.preview_html(section))
    citing = Section.of(Prose(paragraphs=((invented.Cite(documents=tuple(s.document for s in invented.SOURCES)),),)),
                        slot="citing", documents=invented.SOURCES)  # fmt: skip
    printed = words_of(section_page(*([citing] if section.kind == "sources" else []), section))
    body = shown.replace(f"{section.kind} section for slot “{section.slot}”", "")
    assert body.strip()
    assert body.replace(" ", "") in printed.replace(" ", "")


def test_a_preview_loads_nothing_heavy() -> None:
    """A kernel shows a section without the layout engine, the drawing library or the printer."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import invented; "
        "html = invented.tiles()._repr_mimebundle_()['text/html']; assert 'tile' in html; "
        "heavy = {'weasyprint', 'matplotlib', 'pikepdf', 'papermill', 'sqlalchemy', 'pandas', 'pypdf', 'babel'}; "
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


def test_stretches_of_days_say_nothing_twice() -> None:
    """Month and year are given once where they are the same."""
    from datetime import date

    assert words.days(date(2026, 1, 31)) == "31 January 2026"
    assert words.days(date(2026, 1, 30), date(2026, 1, 31)) == "30–31 January 2026"
    assert words.days(date(2026, 1, 30), date(2026, 2, 1)) == "30 January – 1 February 2026"
    assert words.days(date(2025, 12, 30), date(2026, 1, 2)) == "30 December 2025 – 2 January 2026"
    assert words.days(date(2026, 1, 30), date(2026, 2, 1), form="short") == "30 Jan – 1 Feb"
    assert words.days(date(2026, 1, 31), named=True) == "Saturday 31 January 2026"
    assert words.days(date(2026, 1, 1), date(2026, 3, 1), form="month") == "January–March 2026"


def test_a_word_no_column_holds_may_be_broken_and_a_sum_of_very_many_terms_is_only_called_computed() -> None:
    """Else they would run over what stands beside them; the terms stand in the tables that go with a brief."""
    office = "Ministry " + "of" * 15
    many = invented.figure("f", "civilians", "killed", 435, 435, "435")
    sum_ = Computation(value=435, terms=tuple(range(1, 30)), claims=tuple(f"c{one}" for one in range(1, 30)))
    many = many.model_copy(update={"computation": sum_})
    told = Prose(paragraphs=((Name(text=office), Text(text=" counts "), FigureRef(figure="f")),))
    html = section_page(Section.of(told, slot="s", figures=(many,)))
    assert f'class="unwieldy">{office}<' in html
    assert "(computed)" in html
    assert "1 + 2 + 3" not in re.sub(r'="[^"]*"', "", html)


def test_dates_break_between_their_parts_and_apostrophes_are_those_of_print() -> None:
    """`31 January 2026` before an hour is never torn; verbatim words keep the mark they came with."""
    assert words.glue("Saturday 31 January 2026, 23:59 UTC+05:00") == (
        "Saturday 31\u00a0January\u00a02026, 23:59\u00a0UTC+05:00"
    )
    assert words.tied("Security official: ", before=True) + "133" == "Security official:\u00a0133"
    assert "133" + words.tied(" militants and ", after=True, before=True) == "133\u00a0militants and "
    assert "133" + words.tied(" (reported)", after=True) == "133 (reported)"
    assert words.tied("Police said ") == "Police said "
    assert words.typeset("the military's word, the forces' own, 'so' it's") == (
        "the military’s word, the forces’ own, 'so' it’s"
    )
    quoted = Prose(paragraphs=((Text(text="The army's line: "), Quote(text="the army's own", document="doc1")),))
    html = section_page(Section.of(quoted, slot="s", documents=invented.SOURCES))
    assert "The army’s line" in html
    assert re.sub("</?span[^>]*>", "", html).count("the army&#39;s own") == 1


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Train services from the coast have been suspended.", "been suspended."),
        ("The dead of the quarter number 12 000 people", ""),  # a blank within a number is no end of a word
        ("They are in the hands of counterrevolutionaries.", ""),  # too long to be taken to the next line
        ("No comment", ""),
    ],
)
def test_the_last_word_of_a_quotation_does_not_stand_on_a_line_alone(said: str, kept: str) -> None:
    """Its words are those of the source, letter by letter; only the line may not end before the last of them."""
    quoted = Prose(paragraphs=((Quote(text=said, document="doc1"),),))
    html = section_page(Section.of(quoted, slot="s", documents=invented.SOURCES))
    assert (f'<span class="whole">{kept}</span>' in html) is bool(kept)
    assert said in re.sub("</?span[^>]*>", "", html)


@pytest.mark.parametrize(
    ("runs", "last"),
    [
        (
            (Text(text="The tolls of both sides are disputed"), Cite(documents=("doc1",)), Text(text=".")),
            "are~disputed~[",
        ),
        ((Text(text="The figures of both sides stand side by\u00a0side."),), "stand side by~side."),
        ((Text(text="They are in the hands of counterrevolutionaries."),), "of counterrevolutionaries."),
        ((Text(text="In the words of the road police: "), Quote(text="the road is shut", document="doc1")), "is shut”"),
        ((Text(text="Not known"),), "Not known"),
    ],
)
def test_the_last_word_of_a_paragraph_does_not_stand_on_a_line_alone(runs: tuple[Any, ...], last: str) -> None:
    """It takes the one before it along, unless it is as long as two, is not alone, or is a source's."""
    entry = Entry(day=invented.TODAY.start, runs=runs)
    for body in (Prose(paragraphs=(runs,)), Items(items=(Item(runs=runs),)), Timeline(entries=(entry,))):
        html = section_page(Section.of(body, slot="s", documents=invented.SOURCES)).replace("&nbsp;", "\u00a0")
        assert last in re.sub("<[^>]*>", "", html).replace("\u00a0", "~")


def test_screens_keep_together_what_print_does_and_numbers_of_a_row_on_one_line() -> None:
    """A range of days is not torn at its dash; a long claimant leaves no hole in the tiles beside its own."""
    sheet = THEME.templates["reading/page.css"]
    unbroken = next(line for line in sheet.splitlines() if line.endswith("{ white-space: nowrap }") and ".days" in line)
    assert ".whole" in unbroken
    rows = int(str(re.search(r"grid-row: span (\d)", sheet)[1]))  # type: ignore[index]
    figure = invented.figure("f", "civilians", "killed", 81, 81, "81")
    sum_ = figure.model_copy(update={"computation": Computation(value=81, terms=(64, 17), claims=("c1", "c2"))})
    tile = Tile(label="Civilians killed", figure="f", claimants=("the army",), change=((Text(text="Before: none"),),))
    html = section_page(Section.of(Tiles(tiles=(tile,)), slot="s", figures=(sum_,)))
    held = html.partition('<div class="tile ')[2].partition('<div class="tile-rest">')
    assert held[0].count("<p ") + 1 == rows
    assert [
        name for name in ("tile-terms", "tile-claimants", "tile-window", "tile-change") if name not in held[2]
    ] == []


def test_instants_are_local_with_their_offset() -> None:
    """The zone of the place decides the hour; the offset is always said."""
    from datetime import UTC, datetime

    at = datetime(2026, 1, 31, 18, 59, tzinfo=UTC)
    assert words.moment(at, "Asia/Karachi") == "31 January 2026, 23:59 UTC+05:00"
    assert words.moment(at, "Asia/Kathmandu") == "1 February 2026, 00:44 UTC+05:45"
    assert words.moment(at, "America/New_York") == "31 January 2026, 13:59 UTC−05:00"
    assert words.moment(at) == "31 January 2026, 18:59 UTC"


def test_a_table_with_nothing_beneath_it_is_closed_by_the_rule_of_the_next_section() -> None:
    """One rule, not two close beneath each other; a table that is told of in a note, or comes last, keeps its own."""
    row = Row(cells=((Text(text="Sell"),),))
    bare = Table(columns=(Column(label="Place"),), rows=(row,), empty="None.")
    noted = bare.model_copy(update={"note": (Text(text="As reported"),)})
    tables = (Section.of(bare, slot="bare"), Section.of(noted, slot="noted"), Section.of(bare, slot="last"))
    html = section_page(*tables)
    assert re.findall(r'<section id="(\w+)" class="[^"]*closed-below"', html) == ["bare"]
