"""Themes and the settings of a page: what decides, what gives way, what is refused, and how it prints."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import invented
import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from briefings.core import config
from briefings.core.looks import EXPLAINED, Colours, Look, Margins, millimetres, over
from briefings.errors import ConfigError, ContractError, RenderError
from briefings.layout import contrast, copied, logos, render
from briefings.layout.themes import Theme, load_theme
from briefings.making import handouts
from briefings.making.press import stopping
from briefings.printing import pdf
from briefings.proof import printed

THEMES = ("gazette", "plain")
SHIPPED = Path(__file__).parents[1] / "templates"
LAYOUT = (SHIPPED / "page" / "page.css").read_text(encoding="utf-8")


def look(**page: object) -> Look:
    return Look.model_validate(page)


def mine(folder: Path, text: str, name: str = "mine") -> Path:
    """Put a theme of one file into a folder of templates."""
    place = folder / "themes" / name
    place.mkdir(parents=True)
    (place / "theme.toml").write_text(text, encoding="utf-8")
    return folder


def picture(wide: int = 40, tall: int = 20) -> bytes:
    """Return a PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\x1f\x56\x73" * wide) * tall if wide * tall < 10_000 else b""
    head = struct.pack(">IIBBBBB", wide, tall, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# ── what decides ────────────────────────────────────────────────────────────────────────────────────


def test_the_layout_leaves_everything_to_the_theme() -> None:
    """page.css has no colour, size of type, face or paper of its own, save those that TLP fixes."""
    rules = "\n".join(line for line in LAYOUT.splitlines() if not line.startswith(".tlp"))
    own = [
        f"{name}: {value}"
        for name, value in re.findall(r"([a-z-]+): ([^;}]+)", rules)
        if re.search(r"#[0-9a-fA-F]{3}|rgb", value)
        or name == "size"
        or (name in ("font", "font-size", "font-family") and "var(--" not in value)
        or (name.startswith("border-") and re.match(r"[.\d]*[1-9]", value))
    ]
    assert own == []
    assert "margin:" not in LAYOUT.partition("@page :first")[0].partition("@page {")[2]


@pytest.mark.parametrize("name", THEMES)
def test_every_token_the_layout_asks_for_is_said(name: str) -> None:
    """A misspelt token would silently fall back to the browser's idea of a page."""
    theme = load_theme(name)
    asked = set(re.findall(r"var\((--[a-z-]+)", theme.css))
    said = set(re.findall(r"(--[a-z-]+):", theme.css))
    assert asked - said == {"--page-of-pages", "--before-continued", "--after-continued"}


def test_the_second_theme_looks_different_by_tokens_alone() -> None:
    """The gazette has no template and no layout of its own, and another face, other colours, other places."""
    files = {path.name for path in (SHIPPED / "themes" / "gazette").iterdir()}
    assert files == {"theme.toml", "tokens.css", "fonts"}
    plain, gazette = load_theme("plain"), load_theme("gazette")
    assert gazette.templates == plain.templates
    tokens = (SHIPPED / "themes" / "gazette" / "tokens.css").read_text(encoding="utf-8")
    assert set(re.findall(r"^([^\s}/][^{]*?) *{", tokens, re.M)) == {":root", ":root:lang(ur)"}
    assert (gazette.look.fonts.text, gazette.look.headings) == ("Source Serif Pro", "above")
    assert (plain.look.fonts.text, plain.look.headings) == ("Source Sans 3", "beside")
    assert gazette.look.colours.accent != plain.look.colours.accent


def test_a_theme_of_one_file_takes_the_rest_from_its_base(tmp_path: Path) -> None:
    """Three lines are a theme: whoever wants another accent writes down the accent."""
    text = '[theme]\ntitle = "Mine"\nbase = "plain"\n[page.colours]\naccent = "#0b5d3b"\n'
    theme = load_theme("mine", [mine(tmp_path, text)])
    plain = load_theme("plain")
    assert theme.look == plain.look.model_copy(
        update={"colours": plain.look.colours.model_copy(update={"accent": "#0b5d3b"})}
    )
    assert theme.palette == replace(plain.palette, accent="#0b5d3b")
    assert "--accent: #0b5d3b;" in theme.css
    assert theme.fonts == plain.fonts


def test_tokens_of_a_base_come_before_those_of_the_theme(tmp_path: Path) -> None:
    """What the later sheet says holds; the base says the rest."""
    folder = mine(tmp_path, '[theme]\nbase = "gazette"\n')
    (folder / "themes" / "mine" / "tokens.css").write_text(":root { --size-head: 14pt }\n", encoding="utf-8")
    css = load_theme("mine", [folder]).css
    places = [css.index(f"--size-head: {size}") for size in ("9.6pt", "12pt", "14pt")]
    assert places == sorted(places)


def test_brief_goes_before_workspace_and_workspace_before_theme() -> None:
    """Each says what it wants changed and no more."""
    workspace = look(paper="Letter", colours={"accent": "#0b5d3b"}, margins={"sides": "0.75in"})
    brief = look(headings="above", colours={"alert": "#7a1010"})
    theme = load_theme("plain", look=over(brief, workspace))
    assert (theme.look.paper, theme.look.headings) == ("Letter", "above")
    assert theme.look.colours.accent == "#0b5d3b"
    assert theme.look.colours.alert == "#7a1010"
    assert theme.look.colours.ink == load_theme("plain").look.colours.ink
    assert theme.look.margins == Margins(top="20mm", sides="0.75in", bottom="17mm")


def test_settings_of_the_page_are_read_from_the_workspace(tmp_path: Path) -> None:
    """`[page]` holds for every brief, `[briefs.NAME.page]` for one; `config show` tells of each."""
    text = """
    [page]
    paper = "Letter"
    [briefs.one]
    title = "One"
    region = "r"
    [briefs.two]
    title = "Two"
    region = "r"
    page = { theme = "gazette", paper = "A4" }
    [regions.r]
    name = "R"
    """
    (tmp_path / "briefings.toml").write_text(text, encoding="utf-8")
    space = config.load(tmp_path)
    assert (space.look("one").theme, space.look("one").paper) == ("", "Letter")
    assert (space.look("two").theme, space.look("two").paper) == ("gazette", "A4")
    told = config.origins(space)
    assert told["page.paper"] == ("Letter", f"{tmp_path / 'briefings.toml'}:3")
    assert {key for key in told if key.startswith("page.")} == set(EXPLAINED)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('paper = "A5"', "page.paper: must be one of A4, Letter"),
        ('margins = { top = "5mm" }', "page.margins.top: must be from 14mm to 50mm"),
        ('margins = { sides = "wide" }', "page.margins.sides: 'wide' is not a length"),
        ('colours = { acent = "#000000" }', "page.colours.acent: unknown key; did you mean 'accent'"),
        ('colours = { ink = "red; } body { display: none" }', "page.colours.ink: 'red; } body"),
        ("""fonts = { text = 'X"; } @import "y' }""", "is not the name of one font family"),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    """Nothing from settings reaches the style sheet that is not a length, a colour or a name."""
    (tmp_path / "briefings.toml").write_text(f"[page]\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        config.load(tmp_path)
    assert complaint in str(told.value)
    assert "briefings.toml:2" in str(told.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[theme]\nbase = "nowhere"\n', "there is no theme 'nowhere'"),
        ('[theme]\nbase = "mine"\n', "based on itself"),
        ("[theme]\n", "nothing is said of page.paper, page.margins.top"),
        ('[chart]\nink = "#000000"\n', "chart: Extra inputs are not permitted"),
        ('[page]\npaper = "A5"\n', "page.paper"),
        ("[page\n", "not valid TOML"),
    ],
)
def test_a_theme_that_is_not_one_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    """The file is named, and what is wrong in it."""
    with pytest.raises(RenderError) as told:
        load_theme("mine", [mine(tmp_path, text)])
    assert told.value.error_code == "RENDER_THEME"
    assert complaint in str(told.value)


# ── colours ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#14181d", "#14181d", 1.0)]
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    """Known pairs, in either order."""
    assert contrast.ratio(one, other) == contrast.ratio(other, one) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_shipped_colours_can_be_read(name: str) -> None:
    """Every colour words are set in reaches 4.5 to 1 on the page and on its boxes."""
    assert load_theme(name).findings == ()


def test_a_colour_that_cannot_be_read_is_told_with_its_ratio() -> None:
    """What is hard to read is a warning, and printed; pale blue on white nobody can read, so nothing is filed in it."""
    (paper, wash) = load_theme("plain", look=look(colours={"accent": "#8fb8d0"})).findings
    assert (paper.level, paper.code, paper.where) == ("stop", "THEME_CONTRAST", "theme plain, page.colours.accent")
    assert paper.message == (
        "accent on paper has a contrast of 2.1 to 1; text needs 4.5, and large type, lines and shapes 3"
    )
    assert wash.message.startswith("accent on wash has a contrast of 1.9 to 1")
    with pytest.raises(ContractError, match="colours further apart"):
        stopping((paper, wash))
    assert {one.level for one in load_theme("plain", look=look(colours={"accent": "#6b8fa5"})).findings} == {"warn"}


@pytest.mark.parametrize("name", THEMES)
def test_shipped_colours_can_be_read_at_night(name: str) -> None:
    """On a dark screen, too, in the edition for screens."""
    night = handouts.on_screen(load_theme(name), [])
    assert night.findings == ()
    assert "--dark-ink" in night.css


def test_a_colour_of_the_night_that_cannot_be_read_is_told_with_its_ratio(tmp_path: Path) -> None:
    """Grey on black stops the brief; a colour said so that nothing can be reckoned is told."""
    folder = mine(tmp_path, '[theme]\nbase = "plain"\n')
    tokens = ":root { --dark-muted: #4a5560; --dark-alert: tomato }"
    (folder / "themes" / "mine" / "tokens.css").write_text(tokens, encoding="utf-8")
    theme = handouts.on_screen(load_theme("mine", [folder]), [folder])
    alert, paper, wash = theme.findings
    assert {one.code for one in theme.findings} == {"THEME_CONTRAST"}
    assert (alert.level, alert.where) == ("warn", "theme mine, --dark-alert")
    assert "'tomato' is not a colour" in alert.message
    assert paper.message.startswith("muted on paper has a contrast of 2.4 to 1")
    assert paper.level == "stop"
    assert wash.where == "theme mine, --dark-muted"


@pytest.mark.parametrize("name", THEMES)
def test_states_are_told_in_words_and_not_by_colour_alone(name: str) -> None:
    """A black-and-white print says draft, disputed and not reported as plainly as a coloured one."""
    html = render.render(invented.brief(), theme=load_theme(name))
    words = re.findall(r'class="(?:chip chip-\w+|state-chip[^"]*)">([^<]+)<', html)
    assert len(words) > 1
    assert all(word.strip() for word in words)


# ── paper ───────────────────────────────────────────────────────────────────────────────────────────


def test_charts_are_as_wide_as_the_column_of_text() -> None:
    """Another paper, other margins or another place of headings, and charts and maps are drawn to it."""
    assert load_theme("plain").palette.measure == 392
    assert load_theme("plain", look=look(paper="Letter")).palette.measure == 409
    assert load_theme("plain", look=look(margins={"sides": "25mm"})).palette.measure == 352
    assert load_theme("plain", look=look(head_column="20mm")).palette.measure == 435


def test_charts_name_the_faces_of_every_script() -> None:
    """An SVG inherits no face from the page, so its own list names those that draw Arabic and the rest."""
    for name in THEMES:
        font = load_theme(name).palette.font
        assert "Noto Sans Arabic" in font
        assert "Noto Sans Devanagari" in font


@pytest.mark.slow
@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("paper", "size"), [("A4", (595.3, 841.9)), ("Letter", (612.0, 792.0))])
def test_a_page_is_printed_on_the_paper_that_is_set(name: str, paper: str, size: tuple[float, float]) -> None:
    """Nothing else changes: the same words stand on it, in the theme's face."""
    import io

    import pikepdf

    theme = load_theme(name, look=look(paper=paper))
    made = printed_in(theme)
    with pikepdf.open(io.BytesIO(made)) as file:
        boxes = [tuple(float(edge) for edge in page.mediabox)[2:] for page in file.pages]
        faces = {
            str(font["/BaseFont"]).partition("+")[2]
            for page in file.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    assert all(box == pytest.approx(size, abs=0.5) for box in boxes)
    assert any("Serif" in face for face in faces) == (name == "gazette")
    assert invented.brief().masthead.title in printed.text(made)


def printed_in(theme: Theme) -> bytes:
    """Print the invented brief."""
    with pdf.Printer(fonts=theme.fonts) as printer:
        html = printer.render(invented.brief(), theme=theme)
        return pdf.print_pdf(html, pdf.About("T", "A", "en", invented.brief().masthead.as_of), printer=printer)


# ── logo ────────────────────────────────────────────────────────────────────────────────────────────

SHAPES = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>'


@pytest.mark.parametrize("data", [picture(), SHAPES], ids=["png", "svg"])
def test_a_logo_stands_in_the_masthead_with_its_words(tmp_path: Path, data: bytes) -> None:
    """The picture travels inside the page, and whoever cannot see it hears what it shows."""
    (tmp_path / "mark").write_bytes(data)
    theme = load_theme("plain", look=look(logo="mark", logo_alt='A "river" & a bridge'), root=tmp_path)
    html = render.render(invented.brief(), theme=theme)
    masthead = html.partition("<header")[2].partition("</header>")[0]
    assert 'alt="A &#34;river&#34; &amp; a bridge"' in masthead
    assert 'src="data:image/' in masthead


def test_a_page_without_a_logo_has_no_empty_place_for_one() -> None:
    """No picture, no line."""
    assert "logo-line" not in render.render(invented.brief(), theme=load_theme("plain")).partition("<body")[2]


def test_a_theme_has_a_logo_of_its_own_which_the_workspace_may_replace(tmp_path: Path) -> None:
    """The nearer one is taken, with its own words."""
    text = '[theme]\nbase = "plain"\n[page]\nlogo = "ours.svg"\nlogo_alt = "Ours"\n'
    folder = mine(tmp_path / "templates", text)
    (folder / "themes" / "mine" / "ours.svg").write_bytes(SHAPES)
    (tmp_path / "desk.png").write_bytes(picture())
    own = load_theme("mine", [folder], root=tmp_path)
    assert own.logo is not None
    assert own.logo.words == "Ours"
    other = load_theme("mine", [folder], look=look(logo="desk.png", logo_alt="The desk's"), root=tmp_path)
    assert other.logo is not None
    assert other.logo.words == "The desk's"
    with pytest.raises(ConfigError, match=r"logo_alt"):
        load_theme("mine", [folder], look=look(logo="desk.png"), root=tmp_path)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"GIF89a", "neither PNG nor SVG"),
        (b"<html/>", "neither PNG nor SVG"),
        (picture(9000, 9000), "9000 by 9000 pixels"),
        (picture()[:40], "cut short"),
        (SHAPES[:-8], "not well formed: .*, line 1"),
        (b"<svg><path></svg>", "not well formed: mismatched tag, line 1"),
        (b"\x89PNG" + b"\x00" * logos.LARGEST, "KB"),
        (SHAPES.replace(b"<path", b"<script/><path"), "a script element"),
        (SHAPES.replace(b"<path", b'<path onload="x()"'), "a script"),
        (SHAPES.replace(b"<path", b"<text>12 dead</text><path"), "a text element"),
        (SHAPES.replace(b"<path", b'<image href="http://example.org/x.png"/><path'), "an? image element"),
        (SHAPES.replace(b"<path", b'<path fill="url(http://example.org/x)"'), "points elsewhere"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SHAPES, "declares a document type"),
    ],
)
def test_a_logo_that_could_do_harm_is_refused(data: bytes, why: str) -> None:
    """What a page may hold is a small picture that asks for nothing and says no number."""
    with pytest.raises(ConfigError, match=why) as told:
        logos.logo(data, name="mark", words="A mark")
    assert told.value.error_code == "LOGO"


def test_a_logo_outside_the_workspace_is_not_read(tmp_path: Path) -> None:
    """A name that leads out of the folder is no name of a logo."""
    (tmp_path / "secret.svg").write_bytes(SHAPES)
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "link.svg").symlink_to(tmp_path / "secret.svg")
    for name in ("../secret.svg", "link.svg", str(tmp_path / "secret.svg")):
        with pytest.raises(ConfigError, match="no such logo"):
            load_theme("plain", look=look(logo=name, logo_alt="x"), root=tmp_path / "desk")


def test_lengths_are_read_in_four_units() -> None:
    """Millimetres, centimetres, inches, points."""
    assert [millimetres(one) for one in ("18mm", "1.8cm", "1in", "72pt")] == pytest.approx([18, 18, 25.4, 25.4])


def test_a_colour_is_the_same_however_it_is_written() -> None:
    """Capitals or not."""
    assert Colours(ink="#AABBCC").ink == "#aabbcc"


# ── copies ──────────────────────────────────────────────────────────────────────────────────────────


def outdated(folder: Path, name: str = "sections/prose.html.j2") -> Path:
    """Copy a template of another version into a folder as a workspace's copies lie there, and return it."""
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text("{{ section | filter_that_is_gone }}", encoding="utf-8")
    copied.record(folder)
    return path


def test_a_template_still_as_it_was_copied_gives_way_to_the_shipped_one(tmp_path: Path) -> None:
    """A workspace laid out by an earlier version goes on with this one, where nobody has touched the page."""
    outdated(tmp_path)
    assert load_theme("plain", [tmp_path]).templates == load_theme("plain").templates


def test_a_copy_that_was_edited_is_the_workspaces_own(tmp_path: Path) -> None:
    """What somebody wrote is used; where this version has not what it asks for, the fault says what to do."""
    path = outdated(tmp_path)
    path.write_text(f"<b>{path.read_text()}</b>", encoding="utf-8")
    theme = load_theme("plain", [tmp_path])
    assert theme.templates["sections/prose.html.j2"].startswith("<b>")
    with pytest.raises(RenderError) as caught:
        render.render(invented.brief(), theme=theme)
    assert caught.value.error_code == "TEMPLATE_SYNTAX"
    assert "sections/prose.html.j2, line 1" in str(caught.value.where)
    assert "delete it: then the shipped one is used" in str(caught.value.fix)


def test_a_copied_template_that_is_not_shipped_any_more_is_still_there(tmp_path: Path) -> None:
    """An edited page may include a part that this version does without."""
    outdated(tmp_path, "sections/of_old.html.j2")
    assert "sections/of_old.html.j2" in load_theme("plain", [tmp_path]).templates


def test_a_folder_whose_record_cannot_be_read_is_all_its_own(tmp_path: Path) -> None:
    """Without the record no file is taken for a mere copy."""
    outdated(tmp_path)
    (tmp_path / copied.RECORD).write_text("{", encoding="utf-8")
    assert "filter_that_is_gone" in load_theme("plain", [tmp_path]).templates["sections/prose.html.j2"]


@pytest.mark.slow
@pytest.mark.parametrize("name", THEMES)
def test_a_long_title_keeps_clear_of_its_caption(name: str) -> None:
    """It takes another line in the column of the heads, and the caption stands beside the last."""
    title = "Killed, injured, missing or detained, by group"
    parts = [one.model_copy(update={"title": title}) for one in invented.sections() if one.kind == "table"]
    html = render.render(invented.brief(parts=tuple(parts)), theme=load_theme(name))
    drawn = [box for page in HTML(string=html).render().pages for box in page._page_box.descendants()]
    blocks = [box for box in drawn if isinstance(box, boxes.BlockBox) and box.element is not None]
    heads = [box for box in blocks if box.element_tag == "h2"]
    captions = [box for box in blocks if "caption" in (box.element.get("class") or "").split()]
    assert len(heads) == len(parts)
    assert captions

    def words(box: Any) -> list[tuple[float, float, float]]:
        """Return left, right and base of each stretch of words."""
        texts = [one for one in box.descendants() if isinstance(one, boxes.TextBox) and one.text.strip()]
        return [(one.position_x, one.position_x + one.width, one.position_y + one.baseline) for one in texts]

    for head in (one for box in heads for one in words(box)):
        for other in (one for box in captions for one in words(box)):
            assert abs(head[2] - other[2]) > 4 or other[0] - head[1] > 8 or other[1] < head[0]
