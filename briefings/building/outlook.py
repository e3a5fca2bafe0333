"""Builds the outlook an analyst supplies, in words of likelihood, confidence apart; nothing is foretold here."""

from __future__ import annotations

import re

from ..core.languages import Language, mark
from ..desks.desk import Desk
from ..desks.evidence import is_desk, made
from ..errors import ParameterError
from ..page.runs import say
from ..sections import Name, Prose, Section, Text, Usual

CONFIDENCES = {
    "low": mark("Low confidence in this judgement: {why}"),
    "moderate": mark("Moderate confidence in this judgement: {why}"),
    "high": mark("High confidence in this judgement: {why}"),
}
_SENTENCE_END = re.compile(r"[.!?؟۔]$")


def outlook(
    desk: Desk,
    judgement: str = "",
    *,
    confidence: str = "",
    because: str = "",
    slot: str = "outlook",
    title: str = Usual("Outlook"),
) -> Section:
    """Return an analyst's judgement and, in a sentence of its own, the confidence in it and why; without one, nothing.

    The judgement is in words of one scale of likelihood (ICD 203, PHIA) in the language of the page, and holds no
    digits; `check` refuses hedges.
    Errors: ParameterError (`OUTLOOK`) for a judgement with digits, or without a confidence and its reason.
    """
    desk = is_desk(desk, "outlook")
    if not judgement.strip():
        return made(desk, Prose(paragraphs=()), slot=slot, title=title)
    _require(judgement, confidence, because)
    paragraphs = (
        (Text(text=_ended(judgement, desk.language)),),
        say(desk.language, CONFIDENCES[confidence], why=_ended(because, desk.language)),
        say(
            desk.language,
            "This is the judgement of {who}; no source says so.",
            who=Name(text=desk.language.text("the analyst who prepared this brief")),
        ),
    )
    return made(desk, Prose(paragraphs=paragraphs), slot=slot, title=title)


def _require(judgement: str, confidence: str, because: str) -> None:
    """Refuse what could not stand: numbers nothing vouches for, a confidence that is none, or has no reason."""
    problems = []
    if re.search(r"\d", judgement + because):
        problems.append("words of ours hold no digits: write numbers out, and leave counts of people to the figures")
    if confidence not in CONFIDENCES:
        problems.append(f"confidence={confidence!r} is none of {', '.join(CONFIDENCES)}")
    if not because.strip():
        problems.append("because= does not say why the confidence is no higher and no lower")
    if problems:
        raise ParameterError(
            "the outlook cannot be printed as it is given",
            where="outlook(desk, judgement, confidence=…, because=…)",
            why="; ".join(problems),
            fix='such as outlook(desk, "Further attacks are likely.", confidence="low", because="One side reports.")',
            code="OUTLOOK",
        )


def _ended(text: str, language: Language) -> str:
    text = text.strip()
    return text if _SENTENCE_END.search(text) else language.text("{told}.", told=text)
