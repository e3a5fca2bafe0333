"""The words of a message: the brief in short, in both forms, marked and held to its numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import invented
import pytest
from test_handouts import Direct, Elements, text_of

from briefings.errors import ContractError, RenderError
from briefings.layout import contrast, themes
from briefings.layout.themes import shipped_templates
from briefings.making import letters
from briefings.making.letters import SHARING, Enclosed, Letter
from briefings.model import MARKINGS, Marking
from briefings.notebook.brief import Brief
from briefings.proof import locks
from briefings.sections import Item, Items, Section, Text

MAIL = themes.load_theme("plain", layout=letters.LAYOUT)
ENCLOSED = Enclosed("TLP-AMBER_kesh_2031-05-17_v1.pdf", "ab12" * 16)


def letter(brief: Brief | None = None, theme: themes.Theme = MAIL, **more: Any) -> Letter:
    return letters.written(brief or invented.brief(**more), ENCLOSED, theme, printer=Direct())


def of_templates(folder: Path, name: str, source: str) -> themes.Theme:
    (folder / "email").mkdir()
    (folder / "email" / name).write_text(source)
    return themes.load_theme("plain", [folder], layout=letters.LAYOUT)


def test_a_message_says_what_matters_most() -> None:
    """Bottom line, figures with whose they are, developments, casualties, and what is enclosed, in both forms."""
    found = letter(state="reviewed", reviewed_by="A. Reader", supersedes="kesh-2031-05-17-0")
    text = " ".join(found.text.split())
    for words in (
        "Kesh: attacks along the Sarn road",
        "Gunmen attacked three towns in Kesh on Saturday 17 May 2031.",
        "12–19",
        "Halvar Hospital; Interior Minister",
        "Rail and road between Orlen and the frontier are closed",
        "1,400–2,100",
        "TLP-AMBER_kesh_2031-05-17_v1.pdf",
        "Edition: kesh-2031-05-17-1",
        "Replaces: kesh-2031-05-17-0",
        "Reviewed by: A. Reader",
        f"sha256:{'ab12' * 16}",
    ):
        assert words in text
        assert words in text_of(found.html)
    for words in ("Draft", "Competing claims", "Timeline", "Sources and method"):
        assert words not in text + text_of(found.html)


def test_the_message_around_a_pdf_that_needs_a_password_says_nothing_of_what_is_in_it() -> None:
    """Which brief it is, its marking, the file and its digest: whoever reads the mail on its way learns no more."""
    brief = invented.brief(state="reviewed", reviewed_by="A. Reader")
    titles = {section.title for section in brief.sections} - {""}
    closed = letters.written(brief, replace(ENCLOSED, own=True, closed=True), MAIL, printer=Direct())
    for words in (closed.text, text_of(closed.html)):
        for told in ("Kesh: attacks along the Sarn road", "TLP:AMBER", ENCLOSED.name, "opens with the password"):
            assert told in words
        for kept in {"Gunmen", "12–19", "Halvar", "Orlen", "1,400–2,100", "Left out", *titles}:
            assert kept not in words


def test_its_colours_can_be_read_by_day_and_by_night() -> None:
    """Every colour of its text stands out from its ground, on light screens and on dark ones."""
    assert list(contrast.faint_in_mail(letter().html)) == []


@pytest.mark.parametrize(("old", "new", "where"), [
    ("color: #a9b4be", "color: #3a444d", "the message on dark screens"),
    ("color:#55606b", "color:#c4cbd2", "the message"),
])  # fmt: skip
def test_colours_that_nobody_can_read_stop_the_message(tmp_path: Path, old: str, new: str, where: str) -> None:
    """Grey on black, or pale on white, is refused by both colours and their ratio."""
    source = (shipped_templates() / "email" / "page.html.j2").read_text(encoding="utf-8")
    with pytest.raises(RenderError, match="has a contrast of") as refused:
        letter(theme=of_templates(tmp_path, "page.html.j2", source.replace(old, new)))
    assert (refused.value.error_code, refused.value.where) == ("THEME_CONTRAST", where)


def test_a_draft_says_that_it_is_one() -> None:
    """A message tried out before anybody read the brief cannot pass for one that was approved."""
    assert "Draft, not human-reviewed" in letter().text


def test_it_cites_nothing_that_is_not_in_it() -> None:
    """The list of sources is in the PDF: no bare number refers to it, no column stands empty."""
    found = letter()
    assert not re.search(r"\[\d", found.text + text_of(found.html))
    assert "#source" not in found.html
    assert "Sources:" not in found.text


def test_a_quotation_keeps_its_marks() -> None:
    """Words of a source stand in quotation marks once."""
    part = invented.responsibility().model_copy(update={"slot": "developments"})
    text = letter(invented.brief(parts=(invented.bottom_line(), part))).text
    assert "“a first stage”." in text


@pytest.mark.parametrize("marking", MARKINGS)
def test_s49_the_marking_stands_first_and_last(marking: Marking) -> None:
    """As text in both forms, in its own colour on black, with what it allows."""
    found = letter(marking=marking)
    assert found.text.splitlines()[0] == marking
    assert found.text.splitlines()[1] == SHARING[marking]
    assert found.text.splitlines()[-1] == marking
    assert text_of(found.html).startswith(marking)
    assert text_of(found.html).endswith(marking)
    colours = {"RED": "#ff2b2b", "GREEN": "#33ff00", "CLEAR": "#ffffff"}
    colour = colours.get(marking.removeprefix("TLP:"), "#ffc000")
    assert found.html.count(f"background-color:#000000;color:{colour}") == 2


def test_it_is_made_for_mail_programs() -> None:
    """At most 600 pixels, every style in its place, nothing to fetch, nothing that runs, small."""
    html = letter().html
    elements = Elements(html)
    assert next(known.get("width") for known in elements.named("table")) == "600"
    assert "max-width:600px" in html
    assert not list(elements.named("script", "link", "img", "iframe", "form", "svg", "object"))
    assert not [
        name for _, known in elements.found for name in known if name in ("src", "href") or name.startswith("on")
    ]
    assert not re.search(r"url\(|@import|var\(|position:|float:", html)
    assert len(html.encode()) < 30_000
    assert max(map(len, letter().text.splitlines())) <= 76


@pytest.mark.parametrize("language", ["fr", "ar", "ur", "ar-u-nu-arab"])
def test_it_is_in_the_language_of_the_brief(language: str) -> None:
    """Fixed words, digits and direction are those of the page, and the lock reads them."""
    found = letter(language=language)
    assert found.text.splitlines()[0] == "TLP:AMBER"
    assert SHARING["TLP:AMBER"] not in found.text
    assert f'class="sheet" dir="{"ltr" if language == "fr" else "rtl"}"' in found.html


def test_a_column_is_named_with_the_colon_of_the_language_and_no_line_begins_with_a_dot() -> None:
    """French has a space before a colon; the dot between two things stays with the first."""
    found = letter(language="fr")
    assert "This period\u00a0: 12–19" in found.text
    assert "Status\u00a0: Disputed" in found.text
    assert "Status\u00a0: Disputed" in re.sub("<[^>]*>", "", found.html)
    assert "Status: Disputed" in letter().text
    assert " · " not in found.html
    assert not [line for line in found.text.splitlines() if line.strip().startswith("·")]


def test_what_is_missing_is_passed_over() -> None:
    """A brief without figures or casualties makes a shorter message; one that says so itself is quoted."""
    quiet = Section.of(Items(items=(), empty="Nothing was reported."), slot="developments", title="Key developments")
    found = letter(invented.brief(parts=(invented.bottom_line(), quiet)))
    assert "Key figures" not in found.text
    assert "Key developments\n----------------\n\nNothing was reported." in found.text


def test_a_brief_of_other_parts_gives_its_first_words() -> None:
    """A type of one's own need not name its slots as the shipped ones do."""
    own = invented.bottom_line().model_copy(update={"slot": "lead", "title": "In short"})
    assert "In short\n--------\n\nGunmen attacked" in letter(invented.brief(parts=(own, invented.timeline()))).text


def test_a_message_too_long_leaves_parts_to_the_pdf_and_says_so() -> None:
    """Mail programs cut long messages off; this one is shortened instead, the least important first."""
    items = tuple(Item(runs=(Text(text="word " * 60),)) for _ in range(400))
    long = Section.of(Items(items=items), slot="developments", title="Key developments")
    brief = invented.brief(parts=(invented.bottom_line(), invented.tiles(), long, invented.casualties()))
    found = letter(brief)
    assert len(found.html.encode()) < letters.LARGEST
    assert "Left out of this message for its length: Key developments and Casualties." in " ".join(found.text.split())
    assert "12–19" in found.text


def test_a_message_that_cannot_be_made_short_is_refused() -> None:
    """It would arrive without its end, and so without its marking."""
    part = invented.bottom_line()
    paragraphs = part.body.paragraphs * 200
    long = part.model_copy(update={"body": part.body.model_copy(update={"paragraphs": paragraphs})})
    with pytest.raises(RenderError, match="LETTER_SIZE"):
        letter(invented.brief(parts=(long,)))


# ── what a template may not do ──────────────────────────────────────────────────────────────────────

HEAD = "<html><head><title>x</title></head><body><p>{{ masthead.marking }}</p>"


@pytest.mark.parametrize(
    "planted",
    ["<p>77 dead</p>", '<p><span data-ref="figure:f-armed">59</span></p>', "<p>Nine soldiers were killed</p>"],
)
def test_a_number_typed_into_the_template_is_not_sent(tmp_path: Path, planted: str) -> None:
    """The lock of the page holds for the message."""
    with pytest.raises(ContractError, match=r"LOCK_(HTML|WORDS)"):
        letter(theme=of_templates(tmp_path, "page.html.j2", f"{HEAD}{planted}</body></html>"))


def test_text_that_says_another_number_is_found() -> None:
    """The text is held to the HTML it was read off."""
    found = letter()
    assert locks.lock_text(found.text, found.html, "here") == ()
    assert locks.lock_text(found.text.replace("41–58", "41–59", 1), found.html, "here")


def test_a_template_without_the_marking_is_refused(tmp_path: Path) -> None:
    """No template can take the label away."""
    with pytest.raises(RenderError, match="LETTER_MARKING"):
        letter(theme=of_templates(tmp_path, "page.html.j2", "<html><head></head><body><p>x</p></body></html>"))


def test_a_users_template_hides_the_shipped_one(tmp_path: Path) -> None:
    """One file in the workspace changes the message, both forms of it."""
    found = letter(theme=of_templates(tmp_path, "page.html.j2", f"{HEAD}<h1>Ours</h1></body></html>"))
    assert found.text == "TLP:AMBER\nOurs\n====\n\nTLP:AMBER\n"


def test_a_template_that_prints_where_escaping_cannot_help_is_refused(tmp_path: Path) -> None:
    """The lint of templates holds for messages, too."""
    with pytest.raises(RenderError, match="TEMPLATE_FORBIDDEN"):
        of_templates(tmp_path, "page.html.j2", f'{HEAD}<p style="color:{{{{ masthead.title }}}}">x</p></body></html>')


def test_templates_of_messages_lay_out_no_page() -> None:
    """A change of theirs asks for no new edition."""
    assert not [name for name in themes.load_theme("plain").templates if name.startswith("email/")]


def test_s15_s61_words_of_a_source_stay_words() -> None:
    """Markup, template words and turned text of a title, a claimant or a reviewer are shown, not obeyed."""
    hostile = "<img src=x onerror=alert(1)>{{ 7*7 }}&\"'\u202e"
    found = letter(title=hostile, state="reviewed", reviewed_by=hostile)
    assert "<img" not in found.html
    assert found.html.count("&lt;img src=x") >= 3
    assert "{{ 7*7 }}" in found.text
    assert "\u202e" not in found.html + found.text
