"""The languages a brief is printed in: its catalogue of messages, and numbers, days and lists by CLDR.

English is written in the code itself and needs neither catalogue nor CLDR; the others are in `locale/`. A message is
a whole sentence or label with named places, `{who} said {what}`, so that every language orders its words as it likes.
"""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..errors import ConfigError, ParameterError

if TYPE_CHECKING:
    from babel import Locale

FOLDER, DOMAIN = Path(__file__).resolve().parents[1] / "locale", "briefings"
NAMES = {"en": "English", "fr": "French", "ar": "Arabic", "ur": "Urdu"}
"""The languages a brief can be printed in, by their ISO 639-1 codes."""

NUMERALS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
"""The digits of each numbering system, by its CLDR name."""

SPAN = re.compile(r"(?:[≈≤≥±]?\d[\d.,:٬\u202f]*(?:[–−+][\d.,:٬\u202f]*\d)+|[≈≤≥±]\d(?:[\d.,:٬\u202f]*\d)?)")
"""A numeral with its sign, or numerals joined by one, such as a range: one thing that is read from the left."""

_COUNTERS = {"latn": "decimal", "arab": "arabic-indic", "arabext": "persian"}
_PLACE = re.compile(r"\{(\w+)\}")
_LATIN = NUMERALS["latn"]
_LONE = re.compile(r"(?:^|[\s،؛])و$")
_MERGED = {"de le": "du", "de les": "des", "de des": "de", "à le": "au", "à les": "aux"}
_OPEN = re.compile(r"(\b(?:[Dd]e|[Àà])) $")
_ARTICLE = re.compile(r"(?:le|les|des) ")
_MUTE = re.compile(r"[haeiouéêè]")
_VOWEL = re.compile(r"[aàâeéèêëiîïoôuûAÀÂEÉÈÊËIÎÏOÔUÛ](?!\d)")
_FOLDED = str.maketrans(NUMERALS["arab"] + NUMERALS["arabext"], _LATIN * 2)
_GROUPED = re.compile(r"(?<=\d)[\u202f\u00a0٬](?=\d{3}(?!\d))")

Days = Literal["day", "short", "month"]


def mark(message: str) -> str:
    """Return the message as it is: says to the catalogues that it is translated where it is used."""
    return message


def mark_forms(one: str, many: str) -> tuple[str, str]:
    """Return both forms of a message that goes with a count; says to the catalogues that they are translated."""
    return one, many


def mark_forms_in(context: str, one: str, many: str) -> tuple[str, str]:
    """Return both forms of a message that reads differently in a context; says so to the catalogues."""
    return one, many


@dataclass(frozen=True)
class Language:
    """One language of print. `digits` is the CLDR name of its numbering system."""

    code: str = "en"
    digits: str = "latn"

    @property
    def tag(self) -> str:
        """Return the language as briefings.toml, a page and a PDF declare it."""
        usual = self.digits == language(self.code).digits
        return self.code if usual else f"{self.code}-u-nu-{self.digits}"

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Return the direction its lines run in."""
        return "rtl" if self.code in ("ar", "ur") else "ltr"

    @property
    def counter(self) -> str:
        """Return the CSS name of the counter style of its digits."""
        return _COUNTERS[self.digits]

    # ── messages ────────────────────────────────────────────────────────────────────────────────────

    def text(self, message: str, /, **places: object) -> str:
        """Return a message in this language, its places filled; what is in no catalogue stays as it is."""
        return self._filled(_catalogue(self.code).gettext(message) if message else "", places)

    def text_in(self, context: str, message: str, /, **places: object) -> str:
        """Return a message that reads differently by what it stands with: the gender or the part of a sentence."""
        return self._filled(_catalogue(self.code).pgettext(context, message), places)

    def plural(self, one: str, many: str, count: int, /, **places: object) -> str:
        """Return the form of a message that goes with a count, which `{count}` stands for."""
        return self._filled(self.form(one, many, count), {"count": self.number(count), **places})

    def form(self, one: str, many: str, count: int, context: str = "") -> str:
        """Return the form of a message that goes with a count, its places as they are."""
        messages = _catalogue(self.code)
        return messages.npgettext(context, one, many, count) if context else messages.ngettext(one, many, count)

    def _filled(self, message: str, places: Mapping[str, object]) -> str:
        told = ""
        for part in split(message, {name: _Filling(place) for name, place in places.items()}):
            before, after = self.met(told, str(part)) if isinstance(part, _Filling) else (told, part)
            told = before + after
        return told

    def met(self, before: str, after: str) -> tuple[str, str]:
        """Return the words before a place and what fills it, as they read where they meet.

        In French `de` and `le` are one word, and `de` loses its vowel before another; in Arabic a word of one letter
        stands a space apart from a name in other letters, which it cannot be joined to.
        """
        if self.code == "fr":
            return _met_in_french(before, after)
        if self.code == "ar" and _LONE.search(before) and after[:1].isascii() and after[:1].isalpha():
            return before + "\u00a0", after
        return before, after

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────────

    def number(self, value: int | float) -> str:
        """Return a count with thousands set apart: `12,480`, `12 480`, `١٢٬٤٨٠`."""
        if self.code == "en":
            return f"{value:,}"
        from babel.numbers import format_decimal

        return self.numerals(format_decimal(value, locale=_locale(self.code), numbering_system=self.digits))

    def span(self, low: str, high: str) -> str:
        """Return a range by its ends: `11–18`.

        Between digits, which run from the left in lines that run from the right, a dash leaves it open where to begin:
        there a word stands for it, so that both ends are read, and copied, in the order of the line.
        """
        return self.text("{low}–{high}", low=low, high=high)

    def numerals(self, text: str) -> str:
        """Return a text whose digits are this language's."""
        return text if self.digits == "latn" else text.translate(str.maketrans(_LATIN, NUMERALS[self.digits]))

    # ── days ────────────────────────────────────────────────────────────────────────────────────────

    def day(self, value: date) -> str:
        """Return `31 January 2026`."""
        return self._date(value, "d MMMM y")

    def short_day(self, value: date) -> str:
        """Return `31 Jan`."""
        return self._date(value, "d MMM")

    def month(self, value: date) -> str:
        """Return `January 2026`."""
        return self._date(value, "MMMM y")

    def month_name(self, value: date, *, short: bool = False) -> str:
        """Return `January`, or `Jan`."""
        return self._date(value, "MMM" if short else "MMMM")

    def weekday(self, value: date) -> str:
        """Return the name of the day of the week."""
        return self._date(value, "EEEE")

    def days(self, start: date, end: date | None = None, *, form: Days = "day", named: bool = False) -> str:
        """Return a day or a stretch of days with nothing said twice: `30–31 January 2026`.

        `form` is `day`, `short` or `month`; `named` puts the name of the day before each day.
        """
        if form == "month":
            return self._months(start, end)
        one: Callable[[date], str] = self.short_day if form == "short" else self.day
        if end is None or end == start:
            return f"{self.weekday(start)} {one(start)}" if named else one(start)
        if named:
            first, last = (f"{self.weekday(day)} {one(day)}" for day in (start, end))
            return self.text("{first} to {last}", first=first, last=last)
        if self.code == "fr" and form == "day":
            told = "d" if start.month == end.month else "d MMMM"
            return f"{self._date(start, told) if start.year == end.year else one(start)} au {one(end)}"
        if (start.year, start.month) == (end.year, end.month):
            return self.span(self._date(start, "d"), one(end))
        first = self._date(start, "d MMMM") if start.year == end.year and form == "day" else one(start)
        return self.text("{first} – {last}", first=first, last=one(end))

    def _months(self, start: date, end: date | None) -> str:
        if end is None or (start.year, start.month) == (end.year, end.month):
            return self.month(start)
        if start.year == end.year:
            return f"{self.month_name(start)}–{self.month(end)}"
        return f"{self.month(start)} – {self.month(end)}"

    def _date(self, value: date, pattern: str) -> str:
        """Return a day by a pattern of CLDR; day before month before year, as all these languages have it."""
        if self.code == "en":
            return _english(value, pattern)
        from babel.dates import format_date

        if self.code == "ur":
            pattern = pattern.replace("MMMM y", "MMMM، y") if pattern.startswith("d") else pattern
        text = str(format_date(value, pattern, locale=_locale(self.code)))
        if self.code == "fr" and pattern.startswith("d"):
            text = re.sub(r"^1\b", "1er", text)  # the first of a month is an ordinal in French, and no other day
        return self.numerals(text)

    # ── countries ───────────────────────────────────────────────────────────────────────────────────

    def territory(self, code: str) -> str:
        """Return the name of a country by its ISO 3166-1 code; nothing in English, or where CLDR has none."""
        return "" if self.code == "en" else str(_locale(self.code).territories.get(code, ""))

    def country(self, name: str) -> str:
        """Return the name of a country in this language by its English one; any other name as it is."""
        return name if self.code == "en" else self.territory(_countries().get(name.casefold(), "")) or name

    # ── quotations ──────────────────────────────────────────────────────────────────────────────────

    def quoted(self, text: str) -> str:
        """Return a text between the quotation marks of this language."""
        before, after = self.quotation_marks(turned=direction(text) not in ("", self.direction))
        return f"{before}{text}{after}"

    def quotation_marks(self, *, turned: bool = False) -> tuple[str, str]:
        """Return the marks before and after a quotation, those of CLDR with the spaces of the language.

        About words that run the other way, marks without a mirror image change sides, and look as they always do.
        """
        before, _, after = self.text("“{words}”").partition("{words}")
        swapped = turned and not any(map(unicodedata.mirrored, (before + after).strip()))
        return (after, before) if swapped else (before, after)

    # ── lists ───────────────────────────────────────────────────────────────────────────────────────

    def listed(self, parts: Sequence[str], *, last: Literal["and", "or"] = "and") -> str:
        """Return `a`, `a and b`, `a, b and c`, or with `or`."""
        shown = list(parts)
        if len(shown) < 2:
            return "".join(shown)
        if self.code == "en":
            return f"{', '.join(shown[:-1])} {last} {shown[-1]}"
        from babel.lists import format_list

        named = [f"{{part{chr(ord('a') + at % 26) * (1 + at // 26)}}}" for at in range(len(shown))]
        listed = str(format_list(named, style="or" if last == "or" else "standard", locale=_locale(self.code)))
        return self._filled(listed, {name.strip("{}"): part for name, part in zip(named, shown, strict=True)})


ENGLISH = Language()

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _english(value: date, pattern: str) -> str:
    month = MONTHS[value.month - 1]
    words = {"d": str(value.day), "MMM": month[:3], "MMMM": month, "y": str(value.year)}
    words["EEEE"] = WEEKDAYS[value.weekday()]
    return " ".join(words[part] for part in pattern.split())


def language(tag: str) -> Language:
    """Return a language by its code; `-u-nu-` and a numbering system choose other digits, as in `ar-u-nu-arab`.

    Without that, digits are what CLDR gives as the language's own: Western ones for all four. Raises ParameterError.
    """
    found = re.fullmatch(r"([a-z]{2})(?:-u-nu-([a-z]{4,7}))?", tag.strip())
    if not found or found[1] not in NAMES or (found[2] or "latn") not in NUMERALS:
        raise ParameterError(
            f"no brief can be printed in language {tag!r}",
            fix=f"use one of {', '.join(NAMES)}, with other digits as in ar-u-nu-arab or ur-u-nu-arabext",
            code="LANGUAGE_UNKNOWN",
        )
    code = found[1]
    if found[2]:
        return Language(code, found[2])
    return ENGLISH if code == "en" else Language(code, _locale(code).default_numbering_system)


@dataclass(frozen=True)
class _Filling:
    """What stands in a place, told apart from the words of the message."""

    what: object

    def __str__(self) -> str:
        return str(self.what)


def _met_in_french(before: str, after: str) -> tuple[str, str]:
    """Return `du`, `des`, `au`, `aux` for a preposition and an article, and `d’` for `de` before a vowel."""
    found = _OPEN.search(before)
    if not found:
        return before, after
    word, article = found[1], _ARTICLE.match(after)
    if article and (merged := _MERGED.get(f"{word.lower()} {article[0].strip()}")):
        merged = merged.capitalize() if word[0].isupper() else merged
        before, after = f"{before[: found.start()]}{merged} ", after[article.end() :]
        return (f"{before[:-2]}’", after) if merged in ("de", "De") and _MUTE.match(after) else (before, after)
    if word in ("de", "De") and _VOWEL.match(after):
        return f"{before[: found.start()]}{word[0]}’", after
    return before, after


def fold(text: str) -> str:
    """Return a text with the digits of every numbering system as `0` to `9`, and thousands set apart by commas."""
    return _GROUPED.sub(",", text.translate(_FOLDED))


def direction(text: str) -> Literal["ltr", "rtl", ""]:
    """Return the direction of a text by its first letter; nothing where it has none."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return ""


@cache
def _countries() -> dict[str, str]:
    """Return the ISO 3166-1 codes of countries by their English names, folded, and by those that reports use."""
    found = {str(name).casefold(): code for code, name in _locale("en").territories.items() if code.isalpha()}
    spelled = {name.replace("&", "and").replace("st. ", "saint "): code for name, code in found.items()}
    return {**found, **spelled, **_NAMED_OTHERWISE}


_NAMED_OTHERWISE = {
    "burma": "MM",
    "czech republic": "CZ",
    "democratic republic of the congo": "CD",
    "dr congo": "CD",
    "east timor": "TL",
    "hong kong": "HK",
    "ivory coast": "CI",
    "macau": "MO",
    "myanmar": "MM",
    "palestine": "PS",
    "republic of the congo": "CG",
    "swaziland": "SZ",
    "the gambia": "GM",
    "turkey": "TR",
}
"""Names of countries in use, folded, for which CLDR has another."""


@cache
def _locale(code: str) -> Locale:
    from babel import Locale

    return Locale.parse(code)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """Return the messages of a language. Raises ConfigError where a file of the installation is missing."""
    if code == "en":
        return gettext.NullTranslations()
    path = FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except OSError as fault:
        raise ConfigError(
            f"the messages in {NAMES[code]} cannot be read",
            where=str(path),
            why=str(fault),
            fix="install Briefings again, or run `make locale` in its repository",
            code="LANGUAGE_CATALOGUE",
        ) from None


def split(message: str, places: Mapping[str, Any]) -> list[str | Any]:
    """Return a message cut at its places: words, and what stands in each place, in the order of the language."""
    parts: list[str | Any] = []
    at = 0
    for place in _PLACE.finditer(message):
        if place[1] in places:
            parts += [message[at : place.start()], places[place[1]]]
            at = place.end()
    return [part for part in [*parts, message[at:]] if part != ""]
