"""Writes what those who got an edition are told once it was superseded or withdrawn: what, and why. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..channels import Notice as Kind
from ..core.languages import Language, language, mark
from ..making.letters import SHARING
from ..model import Edition, digest
from ..notebook.brief import Brief
from ..page.runs import say
from ..sections import Item, Items, Name, Notice, Prose, Run, Runs, Section

_TOLD: dict[str, str] = {
    "withdrawn": mark("{edition} was withdrawn. It should no longer be used or passed on."),
    "superseded": mark("{newer} has taken the place of {edition}, which should no longer be used or passed on."),
    "correction": mark("{newer} corrects and replaces {edition}, which should no longer be used or passed on."),
}


@dataclass(frozen=True)
class Told:
    """What became of an edition, and why; `newer` is the one that has taken its place, if one has."""

    edition: Edition
    kind: Kind
    reason: str = ""
    newer: Edition | None = None
    corrects: bool = False

    @property
    def sha256(self) -> str:
        """Return the digest of what is told, in whichever words."""
        newer = self.newer.id if self.newer else ""
        return digest(self.edition.id, self.edition.pdf_sha256, self.kind, newer, self.reason)


def notice_of(told: Told, brief: Brief) -> Brief:
    """Return the brief that a notice is made of: the head of the edition it is about, and nothing of what that said."""
    tongue = language(brief.masthead.language)
    head = brief.masthead.model_copy(
        update={"state": told.kind, "superseded_by": told.newer.id if told.newer else "", "issue": ""}
    )
    sections = (
        Section.of(Notice(runs=say(tongue, SHARING[head.marking])), slot="sharing"),
        Section.of(Prose(paragraphs=tuple(_paragraphs(told, tongue))), slot="notice"),
        Section.of(Items(items=tuple(Item(runs=runs) for runs in _colophon(told, tongue))), slot="colophon"),
    )
    return brief.model_copy(update={"masthead": head, "sections": sections})


def _paragraphs(told: Told, tongue: Language) -> list[Runs]:
    words = _TOLD["correction" if told.corrects else told.kind]
    newer = Name(text=told.newer.id) if told.newer else None
    named = {"edition": Name(text=told.edition.id)} | ({"newer": newer} if newer else {})
    found = [say(tongue, words, **named)]
    if told.reason:
        found.append(say(tongue, "Reason given: {reason}", reason=Name(text=told.reason)))
    return found


def _colophon(told: Told, tongue: Language) -> list[tuple[Run, ...]]:
    edition = Name(text=told.edition.id)
    found = [say(tongue, "You get this message because {edition} was sent to you.", edition=edition)]
    if told.newer:
        found.append(
            say(
                tongue,
                "The edition that takes its place comes in a message of its own, or from whoever sends you briefs.",
            )
        )
    return found
