"""The words by which an analyst says how likely a thing is and how sure that is, in each language of the page. Pure.

They are those of two published yardsticks, ICD 203 of the United States and PHIA of the United Kingdom. In French,
Arabic and Urdu both rows of the first are one, since "likely" and "probable" are one word there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SCALES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "ICD 203, first row": (
            "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely",
            "almost certain", "almost certainly",
        ),
        "ICD 203, second row": (
            "remote", "highly improbable", "improbable", "roughly even odds", "probable", "probably", "highly probable",
            "nearly certain",
        ),
        "PHIA": (
            "remote chance", "highly unlikely", "unlikely", "realistic possibility", "likely", "probable", "probably",
            "highly likely", "almost certain", "almost certainly",
        ),
    },
    "fr": {
        "ICD 203": (
            "presque aucune chance", "très improbable", "très improbables", "très peu probable", "très peu probables",
            "improbable", "improbables", "peu probable", "peu probables", "environ une chance sur deux", "probable",
            "probables", "probablement", "très probable", "très probables", "presque certain", "presque certaine",
            "presque certains", "presque certaines", "presque certainement",
        ),
        "PHIA": (
            "chance infime", "hautement improbable", "hautement improbables", "improbable", "improbables",
            "peu probable", "peu probables", "possibilité réaliste", "probable", "probables", "probablement",
            "hautement probable", "hautement probables", "presque certain", "presque certaine", "presque certains",
            "presque certaines", "presque certainement",
        ),
    },
    "ar": {
        "ICD 203": (
            "احتمال شبه معدوم", "مستبعد جدا", "غير مرجح إلى حد كبير", "غير المرجح إلى حد كبير", "مستبعد", "غير مرجح",
            "غير المرجح", "احتمال متكافئ تقريبا", "مرجح", "مرجح جدا", "شبه مؤكد",
        ),
        "PHIA": (
            "احتمال ضئيل", "مستبعد للغاية", "غير مرجح للغاية", "غير المرجح للغاية", "مستبعد", "غير مرجح", "غير المرجح",
            "احتمال واقعي", "مرجح", "مرجح للغاية", "شبه مؤكد",
        ),
    },
    "ur": {
        "ICD 203": (
            "امکان نہ ہونے کے برابر", "بہت کم امکان", "کم امکان", "تقریبا برابر امکان", "غالب امکان", "قوی امکان",
            "تقریبا یقینی",
        ),
        "PHIA": (
            "برائے نام امکان", "انتہائی کم امکان", "کم امکان", "حقیقی امکان", "غالب امکان", "انتہائی غالب امکان",
            "تقریبا یقینی",
        ),
    },
}  # fmt: skip
"""Words of likelihood, language by language and scale by scale; a judgement keeps to one scale."""

_AROUND = {"ar": (r"(?:[وف]?(?:ال|بال|لل)?)", r"(?:ة|ا)?")}
"""What is written in one with a word of a scale: before it, and after it."""
_HEDGES = {
    "en": r"may|might|could|possibly|perhaps|maybe|conceivably|potentially|cannot be ruled out",
    "fr": r"pourrai(?:t|ent)|peut-être|éventuellement|possiblement|potentiellement|il se peut|n[’']est pas exclue?",
    "ar": r"ربما|لعل|قد [أنيت]\w+|(?:من )?الممكن|يمكن أن|يحتمل أن|من المحتمل",
    "ur": r"شاید|ممکن ہے|ممکنہ طور پر|(?:ہو )?سکت(?:ا|ی|ے)(?: ہے| ہیں)?",
}
"""Words that allow for something without saying how likely it is."""
_CONFIDENCE = {
    "en": r"(?:high|moderate|low) confidence",
    "fr": r"confiance (?:élevée|modérée|faible)",
    "ar": r"ثقة (?:عالية|متوسطة|منخفضة)",
    "ur": r"اعتماد (?:زیادہ|درمیانہ|کم)",
}


@dataclass(frozen=True)
class Yardstick:
    """The words of one language: scales of likelihood, hedges, and degrees of confidence."""

    scales: tuple[frozenset[str], ...]
    likelihood: re.Pattern[str]
    hedges: re.Pattern[str]
    confidence: re.Pattern[str]
    unlikely: str
    """The word of a scale that is given as an example."""

    def terms(self, text: str) -> set[str]:
        """Return the words of likelihood in a text."""
        return {found[1].lower() for found in self.likelihood.finditer(_bare(text))}

    def one_scale(self, terms: set[str]) -> bool:
        """Say whether words of likelihood are all of one scale."""
        return any(terms <= scale for scale in self.scales)

    def hedged(self, text: str) -> list[str]:
        """Return the hedges of a text."""
        return [found[1] for found in self.hedges.finditer(_bare(text))]

    def confident(self, text: str) -> bool:
        """Say whether a text says how sure its author is."""
        return bool(self.confidence.search(_bare(text)))


def yardstick(code: str) -> Yardstick:
    """Return the words of a language by its code, those of English where it has none here."""
    return _YARDSTICKS.get(code, _YARDSTICKS["en"])


def _bare(text: str) -> str:
    """Return a text without the marks over and under its letters that Arabic and Urdu may leave out."""
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "Mn")


def _words(pattern: str, around: tuple[str, str] = ("", "")) -> re.Pattern[str]:
    before, after = around
    return re.compile(rf"(?<!\w){before}({pattern}){after}(?!\w)", re.IGNORECASE)


def _any(terms: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(term) for term in terms}, key=lambda term: (-len(term), term)))


_YARDSTICKS = {
    code: Yardstick(
        scales=tuple(frozenset(terms) for terms in scales.values()),
        likelihood=_words(_any(term for terms in scales.values() for term in terms), _AROUND.get(code, ("", ""))),
        hedges=_words(_HEDGES[code]),
        confidence=_words(_CONFIDENCE[code]),
        unlikely={"en": "unlikely", "fr": "improbable", "ar": "غير مرجح", "ur": "کم امکان"}[code],
    )
    for code, scales in SCALES.items()
}
