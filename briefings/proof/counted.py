"""Finds people counted in words, as in "nine of the dead": numbers no search for digits would see. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENGLISH = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|dozens?|scores|hundreds?|thousands?",
    "people|persons|civilians|soldiers|troops|officers|guards|militants|fighters|gunmen|insurgents|attackers"
    "|men|women|children|workers|passengers|victims|bodies|hostages|killed|dead|deaths|injured|wounded|missing"
    r"|abducted|detained|displaced|police(?!\s+(?:station|post|vehicle|van|car|checkpoint|line|office|building)s)",
    r"(?:of\s+)?",
)
_FRENCH = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante"
    "|cinquante|soixante|cents?|mille|(?:huit|diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?|milliers?",
    "personnes|gens|civils|soldats|militaires|policiers|gendarmes|agents|gardes|officiers|membres|combattants|miliciens"
    "|insurgés|rebelles|assaillants|hommes|femmes|enfants|ouvriers|travailleurs|passagers|victimes|corps|otages"
    "|tuée?s|morte?s|blessée?s|disparue?s|enlevée?s|détenue?s|déplacée?s",
    r"(?:de\s+|d['’]|des\s+|parmi\s+les\s+)?",
)
_ARABIC = (
    "[إا]ثن(?:ان|ين|تان|تين|ا|ي|تا|تي)|ثلاثة?|[أا]ربعة?|خمسة?|ستة?|سبعة?|ثمان(?:ية?|ي)?|تسعة?|عشرة?"
    "|(?:عشر|ثلاث|[أا]ربع|خمس|ست|سبع|ثمان|تسع)(?:ون|ين)|ما?ئ(?:ة|ات|تان|تين|تا|تي)|[أا]لف|آلاف|عشرات",
    "[أا]شخاص|شخصا?ً?|[أا]فراد|فردا?ً?|مدني(?:ين|ون|ا|اً)?|جنود|جنديا?ً?|عسكري(?:ين|ون|ا|اً)?|شرطي(?:ين|ون|ا|اً)?|ضباط|حراس"
    "|مسلح(?:ين|ون|ا|اً)?|مقاتل(?:ين|ون|ا|اً)?|مهاجم(?:ين|ون|ا|اً)?|رجال|رجلا?ً?|نساء|[أا]طفال|طفلا?ً?|عمال|ركاب|ضحايا|جثث|جثة|رهائن|رهينة"
    "|قتلى|قتيلا?ً?|جرحى|جريحا?ً?|مصاب(?:ين|ون|ا|اً)?|مفقود(?:ين|ون|ا|اً)?|مخطوف(?:ين|ون|ا|اً)?|محتجز(?:ين|ون|ا|اً)?|نازح(?:ين|ون|ا|اً)?",
    r"(?:من\s+)?(?:ال)?",
)
_URDU = (
    "دو|تین|چار|پانچ|چھ|چھے|سات|آٹھ|دس|گیارہ|بارہ|تیرہ|چودہ|پندرہ|سولہ|سترہ|اٹھارہ|انیس|بیس|اکیس|بائیس|تئیس|چوبیس|پچیس"
    "|چھبیس|ستائیس|اٹھائیس|انتیس|تیس|پینتیس|چالیس|پینتالیس|پچاس|پچپن|ساٹھ|پینسٹھ|ستر|پچھتر|پچاسی|نوے|ہزار|درجن|درجنوں|سینکڑوں|ہزاروں"
    "|بیسیوں|دونوں|تینوں|چاروں",
    "افراد|لوگ|لوگوں|شہری|شہریوں|فوجی|فوجیوں|اہلکار|اہلکاروں|سپاہی|محافظ|جنگجو|جنگجوؤں|عسکریت\\s+پسند|حملہ\\s+آور|مرد|خواتین"
    "|عورتیں|بچے|بچوں|مزدور|مزدوروں|مسافر|مسافروں|لاشیں|لاشوں|یرغمالی|یرغمالیوں|ہلاک|ہلاکتیں|زخمی|زخمیوں|لاپتہ|مغوی|گرفتار|بے\\s+گھر",
    "",
)
"""Of each language: words that count, words for people and what became of them, and what may join the two."""

COUNTED = re.compile(
    "|".join(
        rf"\b(?:{counts})(?:[-\s]+(?:\w+[-\s]+){{0,2}}?){joint}(?:{people})\b"
        for counts, people, joint in (_ENGLISH, _FRENCH, _ARABIC, _URDU)
    ),
    re.IGNORECASE,
)

_DIGITS = re.compile(r"\d[\d.,]*")
_PAIR = re.compile(
    r"\b(?:ال)?(?:(?:شخص|جندي|ضابط|حارس|رجل|طفل|امرأت|قتيل|جريح|رهينت|جثت)(?:ان|ين)|(?:مدني|شرطي|مسلح|مصاب|مفقود|نازح)ان)\b"
)
"""Two of a kind, which Arabic says by the ending of the noun alone; endings of the plural, too, are left out."""


def people_counted(text: str) -> str:
    """Return the first words of a text that count people without a digit, in whatever language, or nothing."""
    found = COUNTED.search(text) or _PAIR.search(text)
    return found[0] if found else ""


def people_numbered(text: str) -> bool:
    """Say whether a text counts people, be it in words or in digits."""
    return bool(people_counted(_DIGITS.sub("nine", text)))


def counts_of_people(text: str) -> Iterator[re.Match[str]]:
    """Yield every stretch of words that counts people without a digit, in whatever language."""
    yield from COUNTED.finditer(text)
    yield from _PAIR.finditer(text)
