"""Find counts that stand elsewhere than a plain clause has them: after the verb, after a label, in a pronoun.

"Also killed was a guard", "Killed: 5", "and himself", "when they shot him dead", "up from 28 a day before".
"""

from __future__ import annotations

from typing import Final

from briefings.clauses import BREAKS, PASSIVE, Link
from briefings.lexicon import ADVERBS, ARMED, AUXILIARIES, DETERMINERS, PERSON, STOPS, group_of, indexes, wordset
from briefings.model import Outcome
from briefings.named import Persons
from briefings.outcomes import Trigger
from briefings.people import Phrase

DEAD_WORDS: Final[dict[str, Outcome]] = {
    "dead": "killed", "killed": "killed", "deceased": "killed", "victims": "killed", "fatalities": "killed",
    "deaths": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured", "injuries": "injured",
    "missing": "missing", "arrested": "detained", "detained": "detained", "kidnapped": "abducted",
    "abducted": "abducted", "hostages": "abducted", "displaced": "displaced",
}  # fmt: skip
"""What became of those a word stands for: "the dead", "those killed", "the hostages"."""
_LEADS: Final = wordset("also and reported among those still the only found confirmed feared shot later") | {
    '"',
    "“",
    "-",
    "•",
}
_WERE: Final = wordset("was were is are")
_THEY_WERE: Final = wordset("were are")
_OF_THE: Final = wordset("the those its their other all both")
_COMPARING: Final = frozenset(
    {("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to"), ("up", "on")}
)
_SELVES: Final = wordset("himself herself")
_THEM: Final = {"him": "he", "her": "she"}
_PERSONAL: Final = wordset(
    """killed killing murdered murdering kidnapped kidnapping abducted abducting arrested arresting wounded wounding
    injured injuring beheaded beheading executed executing detained detaining lynched assassinated strangled"""
)
_FINDING: Final = wordset("found recovered retrieved pulled discovered")
_COLON: Final = frozenset({":"})
_LABELS: Final = wordset(
    "civilians soldiers children women men policemen passengers militants rebels insurgents students"
)
_TRIED: Final = wordset("to tried try trying could would might will may if threatened not never")
_STRUCK: Final = wordset("at on against hit struck of")
_PLACED: Final = wordset("in at near from on")


class Turned(Persons):
    """One sentence being read for the counts that stand elsewhere than a plain clause has them."""

    def _inverted(self) -> set[int]:
        """Read "also killed was a guard", "killed in the raid were two women"; return the outcome words it took."""
        if not self.triggers or _WERE.isdisjoint(self.seen):
            return set()
        trigger = self.triggers[0]
        if trigger.form not in {"past", "passive", "state"} or trigger.first > 3:
            return set()
        if not all(word in _LEADS for word in self.low[: trigger.first]):
            return set()
        be = next((k for k in range(trigger.last, min(trigger.last + 10, self.n)) if self.low[k] in _WERE), 0)
        if not be or not BREAKS.isdisjoint(self.low[trigger.last : be]) or be + 1 in self.trigger_at:
            return set()
        if any(k in self.starting or k in self.in_trigger or self.low[k] == "," for k in range(trigger.last, be)):
            return set()
        k = be + 1
        while self.low[k : k + 1] and self.low[k] in ADVERBS:
            k += 1
        phrase = self.starting.get(k)
        if phrase is None:
            k += 2 if self.low[k : k + 2] == ["a", "certain"] else 0
            phrase = self._forward(k, full=self.low[k - 1] != "certain") if k < self.n else None
        if phrase is None or phrase.other or phrase.outcome:
            return set()
        self._add(phrase, trigger.outcome, "inverted", trigger.first)
        if id(phrase) in self.order:
            self._onward(phrase, trigger, "inverted")
        return {trigger.first}

    def _were_they(self) -> None:
        """Read "the dead were two nurses and a guard", "those killed in Brela were nine farmers"."""
        for i in indexes(_THEY_WERE, self.low):
            phrase = self.starting.get(i + 1)
            if phrase is None or not phrase.people or phrase.outcome or phrase.partitive or id(phrase) in self.links:
                continue
            at = next((k for k in range(i - 1, max(i - 8, 0), -1) if self.low[k] in DEAD_WORDS), 0)
            if at and self.low[at - 1] in _OF_THE and BREAKS.isdisjoint(self.low[at:i]):
                outcome = DEAD_WORDS[self.low[at]]
                self._add(phrase, outcome, "among", i)
                self._onward(phrase, Trigger(i, i + 1, outcome, "state"), "among")

    def _labelled(self) -> None:
        """Read "Killed: 5", "soldiers wounded: 12", "the dead: three soldiers and a guard"."""
        for i in indexes(_COLON, self.low):
            outcome = DEAD_WORDS.get(self.low[i - 1]) if i else None
            phrase = self.starting.get(i + 1) if outcome else None
            if phrase is None or outcome is None or phrase.outcome or id(phrase) in self.links:
                continue
            if phrase.people:
                self._add(phrase, outcome, "labelled", i - 1)
                self._onward(phrase, Trigger(i - 1, i, outcome, "state"), "labelled")
            elif not phrase.other:
                self._add(phrase, outcome, "labelled", i - 1)
                if i > 1 and self.low[i - 2] in PERSON:
                    phrase.group = group_of([self.low[i - 2]], 0)
        if self.low[1:2] == [":"] and self.low[0] in _LABELS and not self.headline:
            for made in self.links.values():
                if made.phrase.group == "unknown" and (made.phrase.head < 0 or made.phrase.outcome):
                    made.phrase.group = group_of([self.low[0]], 0)

    def _compared(self) -> None:
        """Read the count of another time beside one: "up from 28 on Wednesday", "compared with 300 in 2022"."""
        for phrase in self.phrases:
            a = phrase.first
            a -= 2 if self.low[max(0, a - 2) : a] == ["total", "of"] else 0
            while a > 0 and self.low[a - 1] in DETERMINERS:
                a -= 1
            if a < 2 or tuple(self.low[a - 2 : a]) not in _COMPARING or id(phrase) in self.links or phrase.other:
                continue
            before = [made for made in self.links.values() if made.phrase.last <= a and a - made.phrase.last < 20]
            if before and before[-1].phrase.low != 0:
                made = max(before, key=lambda one: one.phrase.first)
                phrase.group = phrase.group if phrase.people else made.phrase.group
                self._add(phrase, made.outcome, "compared", a - 2)

    def _selves(self) -> None:
        """Read "injured four and himself", "killed himself"."""
        for i in indexes(_SELVES, self.low):
            if i < 1:
                continue
            word = self.low[i]
            known = self._told_before(i)
            if known is None or not _TRIED.isdisjoint(self.low[max(0, known.first - 3) : known.first]):
                continue
            phrase = Phrase(i, i + 1, 1, 1, None, i, True, name="he" if word == "himself" else "she")
            phrase.group = "armed_group" if not ARMED.isdisjoint(self.low[:i]) else "unknown"
            self._add(phrase, known.outcome, "reflexive", known.first)

    def _told_before(self, i: int) -> Trigger | None:
        """Return the verb whose object is the reflexive at `i`: right before it, or before what "and" joins to it."""
        k = i - 1
        while k > 0 and self.low[k] in {"then", "and", "later"}:
            k -= 1
        joined = k < i - 1 and "and" in self.low[k + 1 : i]
        for trigger in reversed(self.triggers):
            if trigger.last > i or trigger.form not in {"past", "gerund", "base"} or self._passive(trigger):
                continue
            if trigger.last == i and self.low[trigger.first] not in {"hurt", "burned", "stabbed"}:
                return trigger
            linked = any(made.trigger == trigger.first and made.phrase.last == k + 1 for made in self.links.values())
            return trigger if joined and linked else None
        return None

    def _pronouns(self) -> None:
        """Read "when they killed him", "shot her dead": one person, known from before in the sentence or not."""
        for trigger in self.triggers:
            k = trigger.last
            who = _THEM.get(self.low[k]) if k < self.n else None
            if who is None or self._unreal(trigger) or self._intended(trigger):
                continue
            after = self.low[k + 1] if k + 1 < self.n else "."
            outcome = trigger.outcome
            if self.low[trigger.first] == "shot" and after == "dead":
                outcome = "killed"
            elif self.low[trigger.first] not in _PERSONAL or self._passive(trigger):
                continue
            if who == "she" and after[0].isalnum() and after not in STOPS and after not in ADVERBS and after != "dead":
                continue  # "killed her husband"
            if not any(made.trigger == trigger.first for made in self.links.values()):
                self._one_before(trigger, outcome, k, who)

    def _one_before(self, trigger: Trigger, outcome: Outcome, k: int, who: str) -> None:
        """Tie the outcome to the single person the sentence told of before, else to the pronoun itself."""
        for phrase in reversed(self.phrases):
            single = phrase.quantity is None and phrase.people and not phrase.anaphor and phrase.outcome is None
            if phrase.last < trigger.first and single:
                if phrase.group == "armed_group" or id(phrase) in self.links or not phrase.first:
                    break
                phrase.named, phrase.name = True, phrase.name or who
                self._add(phrase, outcome, "pronoun", trigger.first)
                return
        self._add(Phrase(k, k + 1, 1, 1, None, k, True, named=True, name=who), outcome, "pronoun", trigger.first)

    def _found_others(self) -> None:
        """Read "37 bodies were pulled from the water, while divers found 22 others"."""
        for phrase in self.phrases:
            at = phrase.first - 1
            if at < 1 or not phrase.anaphor or self.low[at] not in _FINDING or id(phrase) in self.links:
                continue
            before = [one for one in self.links.values() if one.phrase.last <= at and one.phrase.outcome == "killed"]
            if before and phrase.quantity is not None and self.low[at - 1] not in PASSIVE:
                self._add(phrase, "killed", "head", before[-1].trigger)

    def _antecedents(self) -> None:
        """Give bare numbers the group of those they are some of: "attacked two guards, killing one"."""
        for made in list(self.links.values()):
            phrase = made.phrase
            if not phrase.anaphor or phrase.head >= 0 or phrase.group != "unknown":
                continue
            whole = next((p for p in reversed(self.phrases) if p.last <= phrase.first and p.people), None)
            if whole is not None and id(whole) not in self.links and self._some_of(phrase, whole):
                phrase.group = whole.group

    def _some_of(self, phrase: Phrase, whole: Phrase) -> bool:
        before = self.low[whole.first - 1] if whole.first else ""
        suffers = before.endswith("ed") or before in _STRUCK
        return suffers and whole.quantity is not None and phrase.number <= whole.number

    def _on_the_way(self, trigger: Trigger) -> bool:
        """Read "one died at the scene and two in hospital": the verb before goes on, nobody is merely in hospital."""
        if self.low[trigger.first : trigger.last] != ["in", "hospital"] or trigger.first not in self.ending:
            return False
        phrase = self.ending[trigger.first]
        before: list[Link] = [
            m for m in self.links.values() if m.phrase.last < phrase.first and m.rule == "intransitive"
        ]
        if not before or before[-1].outcome != "killed" or self.low[phrase.first - 1] not in {"and", ","}:
            return False
        if not phrase.anaphor or not AUXILIARIES.isdisjoint(self.low[before[-1].trigger + 1 : phrase.first]):
            return False
        phrase.group = phrase.group if phrase.group != "unknown" else before[-1].phrase.group
        self._add(phrase, "killed", "intransitive", before[-1].trigger)
        return True
