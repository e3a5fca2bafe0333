"""Tie each counted phrase of a sentence to what became of its people; one that is tied keeps its first outcome.

A second outcome counts besides the first only where the sentence says it of the same people: "wounded and later died".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import ADVERBS, AUXILIARIES, BE, DETERMINERS, PERSON, SAY, STOPS, wordset
from ..lexis.people import Phrase
from ..lexis.sentences import Tokens
from ..model import Outcome
from .insertions import OPENING, insertions

BREAKS: Final = (
    wordset("that when while after before as because but where which although though whereas if until whether")
    | (SAY - wordset("claimed counted listed put described showed"))
    | frozenset({";", ":", "--", "—", "–", "•", "(", ")"})
)
"""Where another clause begins."""
BARE_AFTER: Final = wordset("in at near from on")
"""Words after which a number stands for people without a noun: "three in Zarin"."""
BY_SUBJECT: Final = wordset("passive intransitive state participle named-subject")
"""Rules that read people as the subject of an outcome word."""
_TAILS: Final = wordset("of from")
_KINDS: Final = 4
"""Words of the second kind of people that one number counts."""
_CLOSING: Final = (['"'], ["”"], ["’"])
_LIMBS: Final = frozenset({"head"})
"""Words for people that stand for parts of them where somebody was shot "in the head"."""
_CARRIED_OFF: Final = frozenset({"swept", "washed"})
_OF_PEOPLE: Final = wordset(
    """killed killing kill kills wounded wounding injured injuring hurt maimed murdered murdering kidnapped kidnapping
    abducted abducting abduction arrested arresting arrest detained detaining executed executing assassinated beheaded
    beheading martyred died drowned perished succumbed lynched massacred slaughtered slain gunned stabbed hacked shot
    hospitalised hospitalized apprehended nabbed collared rounded jailed imprisoned snatched whisked taken rushed
    admitted treated suffered sustained received evacuated fled disappeared missing dead death murder slaying hostage
    custody"""
)
"""First words of outcomes that only people, or beasts, suffer."""


@dataclass(slots=True)
class Link:
    """One phrase with what became of its people, the rule that tied them, and the phrase it is a part of.

    `whole` is the count of an earlier line that it is a part of, with the index of that line.
    """

    phrase: Phrase
    outcome: Outcome
    rule: str
    trigger: int
    parent: Phrase | None = None
    whole: tuple[int, Link] | None = None


class Ties:
    """One sentence being read: its counted phrases, its outcome words, and the links made so far."""

    def __init__(
        self,
        tokens: Tokens,
        phrases: list[Phrase],
        told: list[Trigger],
        *,
        caseless: bool = False,
        headline: bool = False,
    ) -> None:
        self.tokens, self.low, self.n = tokens, tokens.low, len(tokens.low)
        self.seen = frozenset(tokens.low)
        self.caseless, self.headline = caseless, headline
        if any(phrase.noun >= 0 for phrase in phrases):
            self._unlisted(phrases, told)
        self.starting = {phrase.first: phrase for phrase in phrases}
        self.ending = {phrase.last: phrase for phrase in phrases}
        self.inside = {i for p in phrases for i in range(p.first, p.last)}
        self.triggers = [t for t in told if t.first not in self.inside]
        self.trigger_at = {t.first: t for t in self.triggers}
        self.ending_triggers = {t.last for t in self.triggers}
        self.in_trigger = {i for t in self.triggers for i in range(t.first, t.last)}
        self.inserted: list[tuple[int, int, list[Phrase]]] = []
        self.skipped: frozenset[int] = frozenset()
        if phrases and not OPENING.isdisjoint(self.seen):
            self.inserted = insertions(tokens.low, phrases, self.in_trigger)
            apart = {id(phrase) for _, _, held in self.inserted for phrase in held}
            phrases = [phrase for phrase in phrases if id(phrase) not in apart]
            self.skipped = frozenset(k for a, b, _ in self.inserted for k in range(a, min(b + 1, self.n)))
        self.phrases = phrases
        self.order = {id(phrase): k for k, phrase in enumerate(phrases)}
        self.links: dict[int, Link] = {}
        self.more: list[Link] = []
        if phrases and not (_TAILS.isdisjoint(self.seen) and "and" not in self.seen):
            for phrase in phrases:
                self._tail(phrase)

    def _unlisted(self, phrases: list[Phrase], told: list[Trigger]) -> None:
        """Take for people the plurals no list knows where they suffer what only people and beasts do: "five smiths"."""
        low = self.low
        begins = {t.first for t in told if low[t.first] in _OF_PEOPLE}
        ends = {t.last for t in told if low[t.first] in _OF_PEOPLE}
        for phrase in phrases:
            if phrase.noun < 0:
                continue
            k = phrase.noun + 1
            k += low[k : k + 1] in _CLOSING
            while k < self.n and (low[k] in ADVERBS or low[k] in AUXILIARIES or low[k] in BE or low[k] == "who"):
                k += 1
            a = phrase.first
            while a > 0 and (low[a - 1] in ADVERBS or low[a - 1] in DETERMINERS):
                a -= 1
            if k in begins or a in ends or (a > 1 and low[a - 1] == "of" and a - 1 in ends):
                phrase.head, phrase.last = phrase.noun, phrase.noun + 1
                phrase.people, phrase.other, phrase.anaphor = True, False, False

    def _tail(self, phrase: Phrase) -> None:
        """Let a phrase end where what belongs to it ends: "70 members of the security forces"."""
        k = phrase.last
        if not phrase.people or phrase.head < 0 or k >= self.n:
            return
        if self.low[k] == "and" and phrase.number > 1:
            self._joined(phrase, k + 1)
        if self.low[k] not in _TAILS:
            return
        k += 1
        start = k
        while (
            k < self.n
            and k - start < 6
            and self.low[k][0].isalnum()
            and k not in self.starting
            and k not in self.in_trigger
            and (self.low[k] not in STOPS or self.low[k] in DETERMINERS)
        ):
            k += 1
        if k > start:
            self.ending.setdefault(k, phrase)

    def _joined(self, phrase: Phrase, k: int) -> None:
        """Let a phrase end with the kind of people it counts, too: "4,146 civilians and activists have been killed"."""
        for at in range(k, min(k + _KINDS, self.n - 1)):
            word = self.low[at]
            if at in self.starting or word in STOPS or not word[0].isalpha():
                return
            if word in PERSON and word.endswith(("s", "men", "women", "children")):
                if self.low[at + 1] in AUXILIARIES:
                    self.ending.setdefault(at + 1, phrase)
                return

    def fits(self, phrase: Phrase) -> bool:
        """Say whether the phrase can be people."""
        if phrase.people or not phrase.other:
            return True
        at = phrase.quantity.last if phrase.quantity else phrase.first
        word = self.tokens.words[at] if at < self.n else ""
        return word[:1].isupper() and word.endswith("s") and not word.isupper() and phrase.number > 1

    def add(self, phrase: Phrase, outcome: Outcome, rule: str, trigger: int, parent: Phrase | None = None) -> None:
        """Tie a phrase to an outcome, unless it has one already that this one does not come on top of."""
        known = self.links.get(id(phrase))
        if known is not None and known.outcome == "killed" and outcome == "missing":
            return  # "600 people died when they were buried": whoever is known dead is not missing
        if known is None:
            self.links[id(phrase)] = Link(phrase, outcome, rule, trigger, parent)
        elif known.outcome != outcome and rule in BY_SUBJECT and known.rule in BY_SUBJECT and self.then(known, trigger):
            after = self.low[known.phrase.last : known.phrase.last + 1]
            if (
                self.low[known.trigger] == "shot"
                or (outcome == "killed" and known.outcome == "injured" and after == ["who"])
                or (outcome == "killed" and self.low[known.trigger] in _CARRIED_OFF)
            ):
                self.links[id(phrase)] = Link(phrase, outcome, rule, trigger, parent)
            else:
                self.more.append(Link(phrase, outcome, rule, trigger, parent))

    def then(self, known: Link, trigger: int) -> bool:
        """Say whether the outcome word at `trigger` goes on about whom `known` is about: "wounded and later died"."""
        if self.low[known.phrase.last : known.phrase.last + 1] == ["who"]:
            return True
        at = trigger - 1
        while at > known.trigger and (self.low[at] in ADVERBS or self.low[at] in AUXILIARIES or self.low[at] in BE):
            at -= 1
        between = self.low[known.trigger + 1 : at]
        return (
            self.low[at] in {"and", "but", "then"}
            and len(between) < 12
            and not any((word in PERSON and word not in _LIMBS) or word in BREAKS for word in between)
            and not any(i in self.in_trigger for i in range(known.trigger + 2, at))
        )

    def past_insertion(self, k: int) -> int:
        """Return the token after what is set between dashes or brackets at `k`, else `k`."""
        return next((b + 1 for a, b, _ in self.inserted if a == k), k)
