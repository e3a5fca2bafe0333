"""Briefs in other languages: numbers and days by CLDR, whole sentences, lines from right to left."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import invented
import pytest
from PIL import ImageFont, features

from briefings.charts import charts
from briefings.core.languages import ENGLISH, fold, language
from briefings.desks import offices
from briefings.desks.offices import band, channel, voice
from briefings.desks.wording import agreeing, counted_by, fate, spelled, throughout, within
from briefings.errors import ParameterError
from briefings.layout import parlance, render, themes
from briefings.locale import build
from briefings.making import press
from briefings.model import Amount, Modifier, Window
from briefings.notebook.brief import Brief
from briefings.page import words
from briefings.page.runs import filled, say
from briefings.printing import pdf
from briefings.proof import locks, marked
from briefings.reconciling.phrasing import agreement, alternatives, phrase, phrase_amount, phrase_figure
from briefings.sections import Chart, ClaimRef, Computed, Day, Line, Mark, Name, Runs, Step, Text

THEME = themes.load_theme()
FRENCH, ARABIC, URDU = (language(code) for code in ("fr", "ar", "ur"))
EASTERN = language("ar-u-nu-arab")


def brief_in(tag: str, **masthead: Any) -> Brief:
    """Return the invented brief with its page in a language."""
    brief = invented.brief(**masthead)
    return brief.model_copy(update={"masthead": brief.masthead.model_copy(update={"language": tag})})


# ── numbers, days and lists ─────────────────────────────────────────────────────────────────────────


def test_thousands_are_set_apart_as_each_language_does() -> None:
    """Digits are Western unless others are asked for by their name in CLDR."""
    tags = ("en", "fr", "ar", "ur", "ar-u-nu-arab", "ur-u-nu-arabext")
    told = [language(tag).number(12480) for tag in tags]
    assert told == ["12,480", "12\u202f480", "12,480", "12,480", "١٢٬٤٨٠", "۱۲٬۴۸۰"]
    assert {fold(number) for number in told} == {"12,480"}


def test_a_language_is_known_by_its_code_and_no_other_is() -> None:
    """A code that is wrong is refused with those there are; one that is right comes back as it was written."""
    for tag in ("en", "fr", "ar", "ur", "ar-u-nu-arab", "ur-u-nu-arabext"):
        assert language(tag).tag == tag
    for wrong in ("", "de", "english", "ar-u-nu-roman", "fr-CA"):
        with pytest.raises(ParameterError, match="no brief can be printed") as caught:
            language(wrong)
        assert "fr" in (caught.value.fix or "")


@pytest.mark.parametrize(
    ("tag", "day", "month_over", "months", "named"),
    [
        ("en", "1–31 January 2026", "30 January – 1 February 2026", "January–February 2026", "Friday 30 January 2026"),
        (
            "fr",
            "1er au 31 janvier 2026",
            "30 janvier au 1er février 2026",
            "janvier–février 2026",
            "vendredi 30 janvier 2026",
        ),
        ("ar", "1 إلى 31 يناير 2026", "30 يناير إلى 1 فبراير 2026", "يناير–فبراير 2026", "الجمعة 30 يناير 2026"),
        ("ur", "1 تا 31 جنوری، 2026", "30 جنوری تا 1 فروری، 2026", "جنوری–فروری 2026", "جمعہ 30 جنوری، 2026"),
        (
            "ar-u-nu-arab",
            "١ إلى ٣١ يناير ٢٠٢٦",
            "٣٠ يناير إلى ١ فبراير ٢٠٢٦",
            "يناير–فبراير ٢٠٢٦",
            "الجمعة ٣٠ يناير ٢٠٢٦",
        ),
    ],
)
def test_stretches_of_days_say_nothing_twice(tag: str, day: str, month_over: str, months: str, named: str) -> None:
    first, eve, last, after = (date(2026, 1, 1), date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1))
    tongue = language(tag)
    assert words.days(first, last, language=tongue) == day
    assert words.days(eve, after, language=tongue) == month_over
    assert words.days(eve, after, form="month", language=tongue) == months
    assert words.days(eve, named=True, language=tongue) == named


def test_moments_keep_their_offset_and_24_hours() -> None:
    at = datetime(2026, 1, 31, 18, 59, tzinfo=UTC)
    assert words.moment(at, "Asia/Karachi", FRENCH) == "31 janvier 2026, 23:59 UTC+05:00"
    assert words.moment(at, "Asia/Karachi", URDU) == "31 جنوری، 2026، 23:59 UTC+05:00"
    west = at.astimezone(timezone(timedelta(hours=-3)))
    assert words.moment(west, None, EASTERN) == "٣١ يناير ٢٠٢٦، ١٥:٥٩ UTC−٠٣:٠٠"


def test_dates_stand_on_one_line_and_long_ones_break_between_their_parts() -> None:
    """Days are not parted from their month and year; a stretch from month to month breaks where it goes on."""
    for days in ("30 au 31 janvier 2026", "30 Jan – 1 Feb", "30–31 January 2026"):
        assert words.glue(days) == days.replace(" ", "\u00a0")
    parted = {
        "30 janvier au 1er février 2026": "30\u00a0janvier au\u00a01er\u00a0février\u00a02026",
        "30 January – 1 February 2026": "30\u00a0January\u00a0– 1\u00a0February\u00a02026",
    }
    for days, glued in parted.items():
        assert words.glue(days) == glued
    assert words.glue("Saturday 31 January – Sunday 1 February 2026") == (
        "Saturday 31\u00a0January\u00a0– Sunday 1\u00a0February\u00a02026"
    )
    assert words.glue("10 mai 2026, 23:59 UTC+05:00") == "10\u00a0mai\u00a02026, 23:59\u00a0UTC+05:00"
    assert words.glue("30–31 جنوری، 2026") == "30–31\u00a0جنوری،\u00a02026"
    assert words.glue("٣٠–٣١ يناير ٢٠٢٦") == "٣٠–٣١\u00a0يناير\u00a0٢٠٢٦"
    assert words.glue("31 January 2026") == "31\u00a0January\u00a02026"
    assert words.glue("March 2026") == "March\u00a02026"
    assert words.glue("2026، 23:59 UTC+05:00") == "2026، 23:59\u00a0UTC+05:00"


# ── how many ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("low", "modifier", "high", "english", "french", "arabic", "urdu"),
    [
        (9, "exact", 9, "9", "9", "9", "9"),
        (11, "exact", 18, "11–18", "11–18", "11 إلى 18", "11 تا 18"),
        (4, "at_least", None, "at least 4", "au moins 4", "ما لا يقل عن 4", "کم از کم 4"),
        (71, "more_than", None, "more than 70", "plus de 70", "أكثر من 70", "70 سے زائد"),
        (30, "approximately", 30, "about 30", "environ 30", "نحو 30", "تقریباً 30"),
        (None, "exact", 30, "up to 30", "jusqu’à 30", "ما يصل إلى 30", "زیادہ سے زیادہ 30"),
        (None, "fewer_than", 29, "fewer than 30", "moins de 30", "أقل من 30", "30 سے کم"),
        (12, "vague", None, "dozens", "des dizaines", "عشرات", "درجنوں"),
        (None, "exact", None, "not reported", "non communiqué", "لم يرد رقم", "مذکور نہیں"),
    ],
)
def test_the_lexicon_of_quantities_is_made_of_bounds(
    low: int | None, modifier: Modifier, high: int | None, english: str, french: str, arabic: str, urdu: str
) -> None:
    told = [phrase(low, modifier, high, tongue) for tongue in (ENGLISH, FRENCH, ARABIC, URDU)]
    assert told == [english, french, arabic, urdu]


def test_a_range_is_told_in_words_in_a_sentence_and_in_figures_in_a_table() -> None:
    """`11–18 civilians were killed` is a table's way; words that stand before a range stay what they are."""
    range_ = invented.figure("f", "civilians", "killed", 11, 18, "11–18")
    tongues = (ENGLISH, FRENCH, ARABIC, URDU)
    assert [phrase_figure(range_, tongue) for tongue in tongues] == ["11–18", "11–18", "11 إلى 18", "11 تا 18"]
    assert [phrase_figure(range_, tongue, "prose") for tongue in tongues] == [
        *("between 11 and 18", "entre 11 et 18", "ما بين 11 و18", "11 سے 18 تک")
    ]
    floor = range_.model_copy(update={"low_modifier": "at_least", "text": "at least 11 to 18"})
    assert phrase_figure(floor, ENGLISH, "prose") == "at least 11 to 18"


def test_counts_beside_each_other_are_phrased_each_on_its_own() -> None:
    """`17 or 84` is made of its two numbers, and a vague word becomes that of the lexicon."""
    amounts = (Amount(low=17, high=17), Amount(low=12, modifier="vague", word="several dozens"))
    told = [alternatives([phrase_amount(one, tongue) for one in amounts], tongue) for tongue in (ENGLISH, FRENCH, URDU)]
    assert told == ["17 or several dozens", "17 ou des dizaines", "17 یا درجنوں"]


# ── the lock on numerals ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tag", ["fr", "ar", "ur", "ar-u-nu-arab", "ur-u-nu-arabext"])
def test_every_numeral_is_held_to_what_it_rests_on_in_any_digits(tag: str) -> None:
    brief = brief_in(tag)
    html = render.render(brief, theme=THEME)
    assert locks.lock_html(html, brief) == ()


def test_a_numeral_in_other_digits_that_rests_on_nothing_stops_the_brief() -> None:
    brief = brief_in("ar-u-nu-arab")
    html = render.render(brief, theme=THEME)
    loose = locks.lock_html(html.replace("</main>", "<p>٥٩</p></main>"), brief)
    assert [(one.level, one.code) for one in loose] == [("stop", "LOCK_HTML")]
    assert "'59'" in loose[0].message
    told = locks.lock_text("٥٩", "<p>٤٨</p>", "the text")
    assert [one.code for one in told] == ["LOCK_TEXT"]
    grouped = "12 480 ١٢٬٤٨٠".replace(" ", "\u202f", 1)
    assert locks.lock_text(grouped, "<p>12,480</p><p>12,480</p>", "the text") == ()


# ── the catalogues ──────────────────────────────────────────────────────────────────────────────────

CODES = ("fr", "ar", "ur")
WORDED = {"fr": {0}, "ar": {1, 2}, "ur": {0}}
"""The forms in which the noun may say the number itself: "un autre", "يومين"."""


def key(message: Any) -> tuple[Any, str]:
    return message.id, message.context or ""


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_message_of_code_and_templates_is_in_every_catalogue() -> None:
    """`make locale` has been run since a message was changed."""
    wanted = {key(one) for one in build.template() if one.id}
    assert len(wanted) > 200
    for code in CODES:
        held = {key(one) for one in build.read(code) if one.id}
        assert held == wanted, (code, "run `make locale`")


@pytest.mark.parametrize("code", CODES)
def test_every_message_is_translated_in_every_form(code: str) -> None:
    """None is missing or fuzzy; Arabic has six forms; each has the places of the English one, and no digit."""
    catalogue = build.read(code)
    assert build.missing(catalogue) == []
    message: Any
    for message in catalogue:
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        forms: list[Any] = list(message.string or ()) if message.pluralizable else [message.string]
        assert len(forms) == ((6 if code == "ar" else 2) if message.pluralizable else 1), message.id
        english = message.id[-1] if message.pluralizable else message.id
        for at, form in enumerate(forms):
            told = {"count"} if at in WORDED[code] and message.pluralizable else set()  # "one", "two": the noun says it
            assert places(english) - told <= places(form) <= places(english), form
            assert not re.search(r"\d", form), form


@pytest.mark.parametrize("code", CODES)
def test_what_is_read_at_run_time_is_what_was_translated(code: str) -> None:
    assert build.path(code, "mo").read_bytes() == build.compiled(code)
    assert build.path(code).read_bytes() == build.text(build.read(code))


# ── whole sentences ─────────────────────────────────────────────────────────────────────────────────


def told(runs: Runs) -> str:
    return "".join(run.text if isinstance(run, Text | Name) else "…" for run in runs)


def test_a_sentence_has_the_order_of_its_language_and_loses_empty_places() -> None:
    message = "{who} said {toll} {where} {when}{more}{sources}."
    filled: dict[str, Any] = {"who": Name(text="Ada Voss"), "toll": "T", "where": (), "when": "W", "more": ""}
    assert told(say(ENGLISH, message, sources=(), **filled)) == "Ada Voss said T W."
    assert told(say(FRENCH, message, sources=(), **filled)) == "Selon Ada Voss, T W."
    assert told(say(URDU, message, sources=(), **filled)) == "Ada Voss کے مطابق W T۔"


@pytest.mark.parametrize(
    ("number", "arabic", "french"),
    [
        (1, "…\u00a0من المدنيين", "…\u00a0civil"),
        (2, "…\u00a0من المدنيين", "…\u00a0civils"),
        (7, "…\u00a0مدنيين", "…\u00a0civils"),
        (18, "…\u00a0مدنيًا", "…\u00a0civils"),
        (103, "…\u00a0مدنيين", "…\u00a0civils"),
        (200, "…\u00a0مدني", "…\u00a0civils"),
    ],
)
def test_the_noun_agrees_with_its_count(number: int, arabic: str, french: str) -> None:
    """By the plural rules of CLDR; of a range its high end decides. No line ends between the two."""
    count = ClaimRef(claim="c")
    assert told(counted_by(count, "civilians", number, ARABIC)) == arabic
    assert told(counted_by(count, "civilians", number, FRENCH)) == french
    assert agreement(11, "exact", 18) == 18
    assert agreement(71, "more_than", None) == 70


def test_what_became_of_people_has_their_gender_in_french() -> None:
    people: Runs = (Text(text="P"),)
    assert told(fate(people, "killed", 2, ["unknown"], FRENCH)) == "P ont été tuées"
    assert told(fate(people, "killed", 2, ["unknown", "civilians"], FRENCH)) == "P ont été tués"
    assert told(fate(people, "killed", 1, ["civilians"], ENGLISH)) == "P was killed"


def test_women_have_their_gender_where_people_in_general_have_another() -> None:
    """In Urdu people are masculine; in French towns, too, are feminine."""
    many: Runs = (Text(text="P"),)
    forms = {who: told(fate(many, "killed", 2, who, URDU)) for who in (("women",), ("unknown",), ("women", "unknown"))}
    assert forms == {("women",): "P ہلاک ہوئیں", ("unknown",): "P ہلاک ہوئے", ("women", "unknown"): "P ہلاک ہوئے"}
    assert told(fate(many, "attacked", 2, ["women"], FRENCH)) == "P ont été attaquées"
    assert told(fate(many, "attacked", 2, ["women"], URDU)) == "P حملوں کا نشانہ بنے"
    assert agreeing("places", "towns") == "women" != agreeing("places", "districts")


@pytest.mark.parametrize(
    ("who", "read"),
    [
        ("le gouvernement", "du gouvernement"),
        ("les autorités", "des autorités"),
        ("des médecins", "de médecins"),
        ("des habitants", "d’habitants"),
        ("l’armée", "de l’armée"),
        ("Ida Voss", "d’Ida Voss"),
        ("Mand Post", "de Mand Post"),
        ("Le Courrier", "de Le Courrier"),
    ],
)
def test_french_prepositions_meet_what_follows_them(who: str, read: str) -> None:
    """An article of ours is merged with them, a vowel takes theirs; a name keeps its own capital article."""
    beside = "shares days with the count of {who}; neither added nor subtracted."
    assert told(say(FRENCH, beside, who=Name(text=who))).startswith(f"Partage des jours avec le chiffre {read}")


def test_a_month_that_begins_with_a_vowel_takes_that_of_the_preposition() -> None:
    message = "De {month} à la veille"
    for month, read in ((8, "D’"), (9, "De ")):
        runs = filled(message, {"month": Day(start=date(2031, month, 1), form="month")}, FRENCH)
        assert isinstance(runs[0], Text)
        assert runs[0].text == read


def test_what_stands_before_a_postposition_in_urdu_reads_there_as_it_does_alone() -> None:
    """A masculine noun in ہ or ٰ has another form there: no voice or channel is one, and no count is put before one."""
    words_told = [URDU.text(one) for one in (*offices.VOICES, *offices.POSTS, "broadcast", "statement", "message")]
    changing = re.compile(r"(?:ذریعہ|نشریہ|دعویٰ|ادارہ|نمائندہ|دستہ)$")
    assert not [one for one in words_told if changing.search(one)]
    many: Runs = (Text(text="دو قصبے"),)
    assert told(fate(many, "attacked", 2, ["places"], URDU)) == "دو قصبے حملوں کا نشانہ بنے"


def test_arabic_keeps_its_and_apart_from_names_in_other_letters() -> None:
    """`و` is written to what follows, which a Latin letter or a place of its own cannot join."""
    assert told(within(("Brela", "Mand"), ARABIC)) == "في Brela و\u00a0Mand"
    assert ARABIC.listed(["الشرطة", "السلطات"]) == "الشرطة والسلطات"
    assert ARABIC.listed(["الشرطة", "Mand Post"]) == "الشرطة و\u00a0Mand Post"


def test_each_place_of_a_statement_is_a_name_of_its_own() -> None:
    """So that a list of Latin names on a page from right to left is read from right to left."""
    runs = within(("Brela", "Mand", "Tarsk", "Ost", "Ulm"), URDU, most=3)
    assert [run.text for run in runs if isinstance(run, Name)] == ["Brela", "Mand", "Tarsk"]
    assert [run.value for run in runs if isinstance(run, Computed)] == [2]
    assert told(within(("Brela", "Mand"), ENGLISH)) == "in Brela and Mand"


@pytest.mark.parametrize("name", ["the Haro Freedom Army", "Brigades of the Coast", "Front for Mand (FM)"])
def test_a_french_sentence_names_an_armed_group_by_a_word_that_takes_the_article(name: str) -> None:
    """Whether the name itself wants an article, and which, its own language alone knows."""
    bare = name.removeprefix("the ")
    assert voice(name, FRENCH) == band(name, FRENCH) == f"le groupe {bare}"
    said = say(FRENCH, "beside {who}, another voice; neither corrects the other.", who=Name(text=voice(name, FRENCH)))
    assert told(said).startswith(f"À côté du groupe {bare},")


@pytest.mark.parametrize("name", ["Mand Post (demo)", "Red Crescent", "Norwegian Army of the Coast", "Haro rebels"])
def test_what_no_word_shows_to_be_an_armed_group_is_called_none(name: str) -> None:
    assert voice(name, FRENCH) == name


def test_whoever_claims_an_attack_is_named_as_a_group_in_french_unless_the_page_has_words_for_it() -> None:
    assert [band(one, FRENCH) for one in ("HFA", "separatists")] == ["le groupe HFA", "la mouvance séparatiste"]
    assert band("HFA", ARABIC) == "HFA"


def test_voices_without_a_name_are_translated_and_names_lose_the_english_article() -> None:
    assert voice("the military's media wing", FRENCH) == voice("The military’s media wing", FRENCH)
    assert voice("the Haro Freedom Army", ARABIC) == "Haro Freedom Army"
    assert voice("the Haro Freedom Army", ENGLISH) == "the Haro Freedom Army"


@pytest.mark.parametrize(
    ("who", "french", "arabic", "urdu"),
    [
        ("Governor Ida Voss", "le gouverneur Ida Voss", "الحاكم Ida Voss", "گورنر Ida Voss"),
        (
            "Norway's interior minister Ida Voss",
            "le ministre de l’Intérieur Ida Voss (Norvège)",
            "وزير الداخلية في النرويج Ida Voss",
            "ناروے کے وزیرِ داخلہ Ida Voss",
        ),
        ("the Norwegian army", "l’armée (Norvège)", "الجيش في النرويج", "فوج (ناروے)"),
        (
            "police officials in Brela",
            *("des responsables de la police (Brela)", "جهات في الشرطة في Brela"),
            "پولیس حکام (Brela)",
        ),
        (
            "Ida Voss (official of the provincial government)",
            "Ida Voss (responsable du gouvernement provincial)",
            "Ida Voss (مسؤول في حكومة الإقليم)",
            "Ida Voss (ایک صوبائی حکومتی اہلکار)",
        ),
        (
            "the provincial police chief Ida Voss",
            *("le chef de la police provinciale Ida Voss", "قائد شرطة الإقليم Ida Voss"),
            "صوبائی پولیس سربراہ Ida Voss",
        ),
        (
            "police spokesman Ida Voss",
            *("le porte-parole de la police Ida Voss", "المتحدث باسم الشرطة Ida Voss", "پولیس ترجمان Ida Voss"),
        ),
        ("the county authorities", "les autorités du comté", "سلطات المقاطعة", "کاؤنٹی حکام"),
        ("district police in Brela", "la police du district (Brela)", "شرطة المقاطعة في Brela", "ضلعی پولیس (Brela)"),
        (
            "Ida Voss (spokesman for the Haro Freedom Army)",
            *("Ida Voss (porte-parole, Haro Freedom Army)", "Ida Voss (متحدث في Haro Freedom Army)"),
            "Ida Voss (ایک ترجمان، Haro Freedom Army)",
        ),
        ("separatists", "la mouvance séparatiste", "جماعات انفصالية", "علیحدگی پسندوں"),
        ("Mand Post (demo)", "Mand Post (demo)", "Mand Post (demo)", "Mand Post (demo)"),
        ("elders on the coast", "«\u00a0elders on the coast\u00a0»", "“elders on the coast”", "“elders on the coast”"),
    ],
)
def test_general_posts_and_bodies_are_translated_and_persons_are_not(
    who: str, french: str, arabic: str, urdu: str
) -> None:
    """Words that are neither a name nor known are the source's own, and marked as such."""
    assert [voice(who, one) for one in (FRENCH, ARABIC, URDU)] == [french, arabic, urdu]
    assert voice(who, ENGLISH) == who


@pytest.mark.parametrize(
    ("medium", "french"),
    [
        ("statement sent to the agency AVP", "communiqué, AVP"),
        ("on Telegram", "Telegram"),
        ("telling reporters", "journalistes"),
        ("statement", "communiqué"),
        ("a note in verse", "«\u00a0a note in verse\u00a0»"),
    ],
)
def test_the_channel_of_a_claim_is_told_in_the_language_of_the_page(medium: str, french: str) -> None:
    assert channel(medium, FRENCH) == french


def test_countries_have_the_name_the_language_has_for_them() -> None:
    assert [one.country("Norway") for one in (ENGLISH, FRENCH, ARABIC, URDU)] == [
        "Norway",
        "Norvège",
        "النرويج",
        "ناروے",
    ]
    assert FRENCH.country("Aland of old") == "Aland of old"
    where = throughout("Kesh", ARABIC, country="Norway")
    assert [run.text for run in where if isinstance(run, Name)] == ["Kesh", "النرويج"]


def test_a_brief_on_a_whole_country_says_so_without_an_article_that_may_be_wrong() -> None:
    """Places have genders in French that no list here gives: there they stand before the sentence, without a word."""
    assert [told(throughout("Sudan", tongue)) for tongue in (FRENCH, ARABIC, URDU)] == [
        *("Soudan", "في السودان", "سوڈان میں")
    ]
    assert told(throughout("Sudan")) == "in Sudan"
    where = throughout("Kesh", FRENCH, country="Sudan")
    said = say(FRENCH, "attacks were reported {where} {when}{sources}", where=where, when="ce lundi", sources=())
    assert told(said) == "Kesh (Soudan)\u00a0: attaques signalées ce lundi"


def test_the_days_of_a_label_are_told_in_words() -> None:
    start = date(2031, 3, 1)
    assert spelled(Window(start=start, end=date(2031, 3, 2)), FRENCH) == "deux jours"
    assert spelled(Window(start=start, end=date(2031, 3, 7)), ARABIC) == "سبعة أيام"
    assert spelled(Window(start=start, end=date(2031, 3, 20)), URDU) == "دس دن سے زیادہ"


def test_no_french_line_begins_with_a_mark_of_two_parts() -> None:
    """The spaces before ; : ! ? and inside guillemets do not break."""
    for message in build.read("fr"):
        forms = [message.string] if isinstance(message.string, str) else message.string or ()
        assert not [one for one in forms if re.search(r" [;:!?»]|« ", one)], message.id


@pytest.mark.skipif(not features.check("raqm"), reason="words are joined by Raqm")
def test_no_word_of_urdu_climbs_higher_than_its_lines_leave_room() -> None:
    """Lines stand a good two sizes apart; the one word that is taller has a mark and lines with more room."""
    folder = pdf.shipped_fonts()
    face = ImageFont.truetype(folder / "NotoNastaliqUrdu-Regular.ttf", 100, layout_engine=ImageFont.Layout.RAQM)
    forms = [one for message in build.read("ur") for one in _forms(message)]
    words_told = {word for one in forms for word in re.findall(r"[\u0600-\u06ff]+", one)}
    tall = {word for word in words_told if -face.getbbox(word, anchor="rs", direction="rtl", language="ur")[1] > 205}
    assert tall == {"تصحیح"}


def _forms(message: Any) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.mark.parametrize("code", ["fr", "ar", "ur"])
def test_no_line_ends_between_a_count_and_its_noun(code: str) -> None:
    for message in build.read(code):
        forms = [message.string] if isinstance(message.string, str) else message.string or ()
        assert not [one for one in forms if re.search(r"\{count\} \w", one)], message.id


def test_quotations_have_the_marks_of_cldr() -> None:
    """Those of CLDR 48; about words that run the other way they look the same."""
    known = {"en": "“W”", "fr": "«\u00a0W\u00a0»", "ar": "“W”", "ur": "“W”"}
    assert {code: language(code).quoted("W") for code in known} == known
    assert ARABIC.quoted("قول") == URDU.quoted("قول") == "”قول“"


# ── the page ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("tag", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("ur-u-nu-arabext", "rtl")])
def test_the_page_says_its_language_and_direction(tag: str, direction: str) -> None:
    html = render.render(brief_in(tag), theme=THEME)
    assert f'<html lang="{tag}" dir="{direction}">' in html


def test_nothing_is_turned_round_on_a_page_from_right_to_left() -> None:
    """Ranges are read in the order of the line, their ends joined by a word; names and marking run their own way."""
    html = render.render(brief_in("ar"), theme=THEME)
    assert "12 إلى 19</span>" in html
    assert "12–19" not in html
    assert '<bdi data-ref="name" dir="ltr"><span class="whole wide">Interior Minister</span></bdi>' in html
    assert re.search(r'<div class="run-mark" dir="ltr"><span class="tlp [^>]+>TLP:', html)
    assert '<bdi dir="ltr">' not in render.render(brief_in("fr"), theme=THEME)


def test_a_sign_stays_before_its_numeral_on_a_page_from_right_to_left() -> None:
    """Else "at least" would be read as "at most": signs have a mirror image."""
    told = render.environment(THEME).from_string("{{ text | level }}")
    for text, level in (("≈06:00", "≈06:00"), ("≥1,200", "≥1,200"), ("من ≥12–19، ", "≥12–19")):
        assert f'<bdi dir="ltr">{level}</bdi>' in told.render(language=ARABIC, text=text)
    assert told.render(language=ENGLISH, text="≈06:00") == "≈06:00"


@pytest.mark.parametrize("code", ["ar", "ur"])
def test_the_marks_of_a_quotation_stay_with_words_that_run_the_other_way(code: str) -> None:
    """Where such a quotation goes on on a second line, its last mark is there with its last word."""
    html = render.render(brief_in(code), theme=THEME)
    assert (
        '<bdi dir="ltr">“<q class="quote"><bdi data-ref="quote" lang="en" dir="ltr">under '
        '<span class="whole">full control</span></bdi></q>”</bdi>' in html
    )
    assert "«" not in html


@pytest.mark.parametrize("code", ["ar", "ur"])
def test_a_citation_is_read_from_the_left_whole(code: str) -> None:
    """Its numbers ascend from left to right, in lists and in ranges; the space before it is outside."""
    html = render.render(brief_in(code), theme=THEME)
    cites = re.findall(r'<span class="cite" data-ref="cite">(.*?)</span>', html)
    assert cites
    assert all(one.startswith('&nbsp;<bdi dir="ltr">[') and one.endswith("]</bdi>") for one in cites)
    assert '<bdi dir="ltr">[' not in render.render(brief_in("en"), theme=THEME)


def test_sources_are_parted_by_the_stops_of_the_page_and_datasets_keep_their_own_direction() -> None:
    """A stop of another script between names that run the other way is read as theirs."""
    html = render.render(brief_in("ur"), theme=THEME)
    listed = re.findall(r'<li id="source-.*?</li>', html, re.DOTALL)
    assert listed
    assert all("</bdi>۔" in one and "</bdi>." not in one for one in listed)
    assert '<bdi data-ref="dataset" dir="ltr">' in html


def test_a_name_with_a_post_of_the_page_runs_as_the_page_does() -> None:
    """Else what stands first in it would be read last."""
    who = render.environment(THEME).from_string("{{ text | course }}")
    for text, arabic in (("Ida Voss (وزير)", "rtl"), ("Ida Voss", "ltr"), ("وزير", "")):
        assert who.render(language=ARABIC, text=text) == arabic


@pytest.mark.parametrize(
    ("labels", "lines"),
    [
        (["Civils tués", "Blessés"], 1),
        (["Combattants armés tués, huit jours", "Civils tués", "Blessés", "Autres", "Enlevés", "Disparus"], 3),
    ],
)
def test_tiles_have_room_for_as_many_lines_as_the_longest_label_needs(labels: list[str], lines: int) -> None:
    """So their numbers stand on one line, however many tiles share the width of the page."""
    found = render._label_lines(labels, THEME.palette)
    assert max(map(len, found)) == lines
    assert [" ".join(told) for told in found] == labels


def test_a_label_of_two_lines_breaks_after_its_comma_and_takes_no_line_more_for_it() -> None:
    """What follows the comma, days or a class, is not torn; a label that would grow by it breaks where it must."""
    labels = ["Fighters killed, two days", *["Injured"] * 4]
    assert render._label_lines(labels, THEME.palette)[0] == ["Fighters killed,", "two days"]
    tight = ["Fighters killed, in eight days", *["Injured"] * 5]
    assert len(render._label_lines(tight, THEME.palette)[0]) == 2
    assert render._label_lines(["Killed, two days", *["Injured"] * 4], THEME.palette)[0] == ["Killed, two days"]


@pytest.mark.parametrize("theme", ["plain", "gazette"])
def test_a_number_of_two_lines_in_an_urdu_tile_stands_clear_of_what_is_below_it(theme: str) -> None:
    """Counts of three sides beside each other: `23، 33، یا کم از کم 41` takes two lines of a narrow tile."""
    amounts = (Amount(low=23, high=23), Amount(low=33, high=33), Amount(low=41, modifier="at_least"))
    tiles = invented.tiles()
    first, *others = tiles.figures
    tiles = tiles.model_copy(update={"figures": (first.model_copy(update={"amounts": amounts}), *others)})
    page = invented.brief(parts=(tiles,))
    page = page.model_copy(update={"masthead": page.masthead.model_copy(update={"language": "ur"})})
    about = pdf.About(title="Kesh", author="A desk", language="ur", when=invented.AS_OF)
    with pdf.Printer() as printer:
        html = printer.render(page, theme=themes.load_theme(theme))
        pieces = marked.read(pdf.print_pdf(html, about, printer=printer)).pages[0].pieces
    (number,) = (one for one in pieces if one.text.strip() == "41")
    others = [one for one in pieces if one.x > number.x - 60 and one.size != number.size]
    assert min(abs(one.y - number.y) for one in others) > number.size


@pytest.mark.parametrize("code", ["fr", "ar", "ur"])
def test_what_a_chart_shows_is_told_in_the_language_of_the_page_alone(code: str) -> None:
    """No word of English is left between names and numbers: who cannot see the chart hears nothing else."""
    tongue = language(code)
    window = Window(start=date(2031, 5, 16), end=date(2031, 5, 17))
    steps = tuple(Step(at=invented.AS_OF, window=window, low=n, high=n) for n in (9, 7))
    line = Line(label="X", side="Y", steps=steps)
    mark = Mark(start=invented.AS_OF, label="X", hour="Z", window=window)
    drawn = Chart(chart="steps", message=(), lines=(line,)), Chart(chart="timeline", message=(), marks=(mark,))
    words_told = " ".join(charts.alt(one, tongue) for one in drawn)
    assert "X (Y)" in words_told
    assert not re.search(r"stated|lowered|\bfor\b|“Z”" if code == "fr" else r"[a-z]{2}|[,;] ", words_told)


def test_a_pdf_says_in_the_language_of_its_page_what_it_is() -> None:
    masthead = brief_in("fr").masthead
    told = press.document_title(masthead.model_copy(update={"series": "Daily situation brief"}))
    assert "Point de situation quotidien" in told
    assert told.endswith(f"[{masthead.marking}]")
    html = render.render(brief_in("ar", series="Daily situation brief"), theme=THEME)
    assert '<meta name="description" content="الموجز اليومي للوضع. ' in html
    html = render.render(brief_in("ur", series="Daily situation brief"), theme=THEME)
    assert re.search('<meta name="description" content="صورتحال کا یومیہ خلاصہ۔ [^.,"]*، [^.,"]*۔ TLP', html)
    assert "، 20" in press.document_title(masthead.model_copy(update={"language": "ur"}))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Sell Liberation Army", "Sell Liberation Army"),
        ("وزير الداخلية Ana Hale", "Ana Hale"),
        ("Commission of Inquiry into the Sell Valley", ""),  # longer than a line can spare
        ("Ledger", ""),
    ],
)
def test_a_name_read_from_the_left_is_not_parted_in_a_line_read_from_the_right(said: str, kept: str) -> None:
    """Its first words would stand at the left end of one line, its last at the right of the next."""
    macro = '{% from "sections/runs.html.j2" import name with context %}{{ name(text) }}'
    of = {tongue: parlance.of(tongue) for tongue in (ARABIC, ENGLISH)}
    told = {
        tongue: render.environment(THEME).from_string(macro).render(text=said, **known) for tongue, known in of.items()
    }
    assert bool(re.search(rf'<span class="whole(?: wide)?">{re.escape(kept)}</span>', told[ARABIC])) is bool(kept)
    assert "<span" not in told[ENGLISH]
    assert re.sub("<[^>]+>", "", told[ARABIC]) == said
