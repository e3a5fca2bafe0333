"""Find counts that stand apart from the words that say their fate: parts and wholes, other days, what came first.

"Two were among the six victims", "9 this month and 40 this year", "killed after being seized".
"""

from __future__ import annotations

from typing import Final

from briefings.clauses import BARE_AFTER, BREAKS, BY_SUBJECT, Link
from briefings.lexicon import (
    ADVERBS,
    ARMED,
    AUXILIARIES,
    BE,
    CIVILIAN,
    DETERMINERS,
    PERSON,
    STATE,
    group_of,
    indexes,
    wordset,
)
from briefings.model import Group, Outcome
from briefings.named import Persons
from briefings.outcomes import Trigger
from briefings.people import Phrase
from briefings.quantities import scan
from briefings.sequels import placed

_WHOLES: Final[dict[str, Outcome]] = {
    "dead": "killed", "killed": "killed", "slain": "killed", "deceased": "killed", "victims": "killed",
    "fatalities": "killed", "wounded": "injured", "injured": "injured", "hospitalised": "injured",
    "hospitalized": "injured", "missing": "missing", "hostages": "abducted", "captives": "abducted",
    "abducted": "abducted", "kidnapped": "abducted", "arrested": "detained", "detained": "detained",
}  # fmt: skip
_COUNTED_WHOLES: Final = wordset("victims hostages captives")
_PICKING: Final = wordset("among of")
_KNOWN_AS: Final = wordset("identified confirmed described listed")
_TIME: Final = BARE_AFTER | wordset("this last since during over yesterday today throughout earlier")
_CARRYING: Final = wordset(
    """took take taken taking rushed rushing transported transporting airlifted airlifting ferried ferrying flew flown
    brought bringing evacuated evacuating carried carrying transferred moved"""
)
_CARERS: Final = wordset(
    """ambulance ambulances medics paramedics rescuers crews crew responders firefighters volunteers we helicopter
    helicopters residents villagers locals police officials teams team services units workers"""
)
_WARDS: Final = wordset("hospital hospitals clinic clinics infirmary")
_FIRST_OF: Final = wordset("abducted detained")
_AFTER: Final = wordset("after following")
_FLEEING: Final = wordset("made making fled fleeing left leaving escaped escaping off")
_WITH: Final = frozenset({"with"})
_TAKERS: Final = ARMED | wordset("they gang gangs kidnappers cattle-rustlers rustlers pirates group")
_GRAVELY: Final = wordset("critically seriously severely gravely badly slightly lightly")
_BE_NOW: Final = wordset("were was are is")
_APART: Final = BREAKS | wordset("who by")
_COLON: Final = frozenset({":"})
_ENDS: Final = frozenset({".", ",", ";", "and", '"', "”"})


class Asunder(Persons):
    """One sentence being read for the counts that stand apart from what says their fate."""

    def _unreal(self, trigger: Trigger) -> bool:
        """Say whether the outcome word is not said to have come true; what was done to an end has."""
        at = trigger.first - 1
        done = at > 1 and trigger.form == "base" and self.low[at] == "to" and _purposed(self.low, at)
        return not done and super()._unreal(trigger)

    def _asunder(self) -> None:
        """Read each of its forms whose words the sentence holds, once the plain clauses are read."""
        seen = self.seen
        if "of" in seen:
            self._inner_wholes()
        if not _PICKING.isdisjoint(seen) and not seen.isdisjoint(_WHOLES):
            self._wholes()
            self._of_the_dead()
            self._out_of()
        if "as" in seen and not _KNOWN_AS.isdisjoint(seen):
            self._known_as()
            self._identified()
        if "with" in seen and not _FLEEING.isdisjoint(seen) and not _TAKERS.isdisjoint(seen):
            self._made_off()
        if not _GRAVELY.isdisjoint(seen) and self.links:
            self._gravely()
        if "and" in seen and self.links:
            self._other_days()
        if ":" in seen and self.links:
            self._split_up()
        if not _CARRYING.isdisjoint(seen) and not _WARDS.isdisjoint(seen):
            self._carried()
        if not _AFTER.isdisjoint(seen) and self.links:
            self._before_that()

    def _inner_wholes(self) -> None:
        """Read the nine of "four of the nine slain rebels": the whole is counted dead as much as its part."""
        for phrase in self.phrases:
            if not phrase.partitive or not phrase.outcome or phrase.last - phrase.first < 4 or phrase.quantity is None:
                continue
            for quantity in scan(self.tokens):
                if phrase.quantity.last < quantity.first < quantity.last <= phrase.last and quantity.value > 1:
                    whole = Phrase(quantity.first, phrase.last, quantity.low, quantity.high, quantity, phrase.head)
                    whole.people, whole.group, whole.outcome = True, phrase.group, phrase.outcome
                    self.more.append(Link(whole, phrase.outcome, "head", max(phrase.head, quantity.first)))
                    break

    def _wholes(self) -> None:
        """Read the six of "two girls were among the six victims of the blast"."""
        for phrase in self.phrases:
            a = phrase.first
            a -= a > 0 and self.low[a - 1] in DETERMINERS
            head = self.low[phrase.head] if phrase.head >= 0 else ""
            if a > 0 and self.low[a - 1] == "among" and head in _COUNTED_WHOLES and phrase.quantity is not None:
                self._add(phrase, _WHOLES[head], "among", a - 1)

    def _of_the_dead(self) -> None:
        """Read the rest of "three of the dead were guards and two were vendors": they are of the same whole."""
        whole: Link | None = None
        end = 0
        for phrase in self.phrases:
            k = phrase.last
            predicate = self.low[k] in _BE_NOW if k < self.n else False
            if phrase.partitive and phrase.outcome and predicate and id(phrase) in self.links:
                whole, end = self.links[id(phrase)], k
            elif whole is None or phrase.quantity is None or phrase.outcome or id(phrase) in self.links:
                continue
            else:
                gap = self.low[end : phrase.first]
                closes = phrase.people and (k >= self.n or self.low[k] in _ENDS)
                side = phrase.group if closes else _side(self.low[k + predicate : k + 6])
                told = closes or (phrase.anaphor and (predicate or side != "unknown"))
                if not told or len(gap) > 12 or gap[-1] not in {"and", ",", "while"} or not _APART.isdisjoint(gap[:-1]):
                    return
                phrase.group = side
                self._add(phrase, whole.outcome, "among", whole.trigger)
                end = k

    def _out_of(self) -> None:
        """Read "among the wounded, three are in surgery and four are stable"."""
        for i in indexes(_PICKING, self.low[:-3]):
            if self.low[i + 1] not in {"the", "those"}:
                continue
            outcome = _WHOLES.get(self.low[i + 2])
            if outcome is None or (i and self.low[i - 1][0].isalnum() and self.low[i - 1] not in {"that", "and"}):
                continue
            comma = next((k for k in range(i + 3, min(i + 12, self.n)) if self.low[k] == ","), 0)
            if not comma or not self.in_trigger.isdisjoint(range(i + 3, comma)):
                continue
            for phrase in self.phrases:
                after = self.low[phrase.last] if phrase.last < self.n else ""
                if phrase.first < comma or phrase.other or phrase.quantity is None or id(phrase) in self.links:
                    continue
                if after not in BE and after not in AUXILIARIES:
                    return
                self._add(phrase, outcome, "among", i + 2)

    def _known_as(self) -> None:
        """Read "scores were hurt, with 7 of late known to be pupils"."""
        for phrase in self.phrases:
            if id(phrase) in self.links or phrase.other or not phrase.first or self.low[phrase.first - 1] != "with":
                continue
            k = phrase.last
            while k < self.n and self.low[k] in ADVERBS and self.low[k] not in _KNOWN_AS:
                k += 1
            if self.low[k : k + 1] and self.low[k] in _KNOWN_AS and self.low[k + 1 : k + 2] == ["as"]:
                whole = max(
                    (made for made in self.links.values() if made.phrase.last < phrase.first),
                    key=lambda made: made.phrase.first,
                    default=None,
                )
                side = _side(self.low[k + 2 : k + 6])
                if whole is not None and side != "unknown":
                    phrase.group = side
                    self._add(phrase, whole.outcome, "part", whole.trigger, whole.phrase)

    def _identified(self) -> None:
        """Read "the dead were identified as two farmers and a teacher"."""
        for i in range(3, self.n - 2):
            if self.low[i + 1] != "as" or self.low[i] not in _KNOWN_AS or self.low[i - 1] not in BE:
                continue
            at = i - 2 - (self.low[i - 2] in AUXILIARIES)
            outcome = _WHOLES.get(self.low[at]) if at > 0 and self.low[at - 1] in DETERMINERS else None
            phrase = self.starting.get(i + 2)
            if outcome and phrase is not None and phrase.people and id(phrase) not in self.links:
                self._add(phrase, outcome, "among", i)
                self._onward(phrase, Trigger(i, i + 1, outcome, "state"), "among")

    def _other_days(self) -> None:
        """Read "9 were killed this month and nearly 40 this year", "nine died in that raid and 30 more in others"."""
        for before, phrase in zip(self.phrases, self.phrases[1:], strict=False):
            made = self.links.get(id(before))
            if made is None or phrase.quantity is None or phrase.people or phrase.other or phrase.outcome:
                continue
            start = max(before.last, made.trigger + 1 if made.trigger < phrase.first else 0)
            gap = self.low[start : phrase.first]
            if not 2 < len(gap) < 14 or gap[-1] not in {"and", "a"} or "and" not in gap[-2:]:
                continue
            if gap[0] not in _TIME or any(word in BREAKS or word in AUXILIARIES for word in gap if word != "that"):
                continue
            if id(phrase) in self.links:
                phrase.group = before.group if phrase.group == "unknown" else phrase.group
                continue
            after = self.low[phrase.last : phrase.last + 9]
            if after[:1] and after[0] in _TIME and self._no_verb(phrase.last) and after[1:2] != ["hospital"]:
                phrase.group = before.group
                self._add(phrase, made.outcome, made.rule, made.trigger)

    def _gravely(self) -> None:
        """Read "wounded 14 people, three critically"."""
        for before, phrase in zip(self.phrases, self.phrases[1:], strict=False):
            made = self.links.get(id(before))
            if made is None or made.outcome != "injured" or phrase.people or id(phrase) in self.links:
                continue
            k = phrase.last
            after = self.low[k + 1] if k + 1 < self.n else "."
            gap = self.low[before.last : phrase.first]
            graver = self.low[k : k + 1] and self.low[k] in _GRAVELY and after in _ENDS
            if graver and gap[-1:] == [","] and BREAKS.isdisjoint(gap):
                phrase.group = before.group
                self._add(phrase, "injured", "part", made.trigger, before)

    def _split_up(self) -> None:
        """Read the parts of "twelve bodies were found: four in Brela and eight in Mand"."""
        for i in indexes(_COLON, self.low):
            later = [phrase for phrase in self.phrases if phrase.first > i]
            made = max(
                (one for one in self.links.values() if one.phrase.last <= i),
                key=lambda one: one.phrase.first,
                default=None,
            )
            if made is not None and later and not any(id(phrase) in self.links for phrase in later):
                for phrase in placed(self.tokens, later, i + 1):
                    self._add(phrase, made.outcome, "part", made.trigger, made.phrase)

    def _no_verb(self, k: int) -> bool:
        """Say whether what follows token `k` to the end of its clause holds no verb or outcome word of its own."""
        for at in range(k, min(k + 10, self.n)):
            word = self.low[at]
            if word in {",", ".", ";"}:
                return True
            if word in AUXILIARIES or word in BE or at in self.in_trigger or at in self.inside:
                return False
        return True

    def _carried(self) -> None:
        """Read "ambulances took 14 people to hospitals", "we transported nine to the clinic"."""
        for phrase in self.phrases:
            verb = self.low[phrase.first - 1] if phrase.first else ""
            if verb not in _CARRYING or phrase.other or phrase.outcome or id(phrase) in self.links:
                continue
            after = self.low[phrase.last : phrase.last + 7]
            near = self.low[max(0, phrase.first - 7) : phrase.first - 1]
            if after[:1] == ["to"] and not _WARDS.isdisjoint(after) and not _CARERS.isdisjoint(near):
                self._add(phrase, "injured", "treated", phrase.first - 1)

    def _before_that(self) -> None:
        """Read the first fate of "four men were shot dead after being kidnapped from their homes"."""
        for trigger in self.triggers:
            i = trigger.first - 1
            if trigger.outcome not in _FIRST_OF or trigger.form not in {"past", "passive", "state"} or i < 2:
                continue
            while i > 0 and self.low[i] in {"being", "been", "were", "was", "having", "had", "they", "he", "she"}:
                i -= 1
            if i == trigger.first - 1 or self.low[i] not in _AFTER:
                continue
            told = [made for made in self.links.values() if made.trigger < i and made.rule in BY_SUBJECT]
            if told and told[-1].outcome == "killed" and i - told[-1].trigger < 14:
                self.more.append(Link(told[-1].phrase, trigger.outcome, told[-1].rule, trigger.first))

    def _made_off(self) -> None:
        """Read "the raiders made off with 30 girls", "left with cattle and dozens of children"."""
        for phrase in self.phrases:
            if not phrase.people or phrase.quantity is None or phrase.outcome or id(phrase) in self.links:
                continue
            low, at = self.low, phrase.first - 1
            while at > 0 and phrase.first - at < 5 and low[at] not in _WITH:
                at -= 1
            if at < 1 or low[at] != "with" or low[at - 1] not in _FLEEING:
                continue
            goods = low[at + 1 : phrase.first]
            if goods and (goods[-1] not in {"and", ","} or not PERSON.isdisjoint(goods)):
                continue
            if not _TAKERS.isdisjoint(low[max(0, at - 8) : at]) and not self._wounds(phrase):
                self._add(phrase, "abducted", "hostages", at)

    def _wounds(self, phrase: Phrase) -> bool:
        """Say whether the people taken along are the takers' own: fighters, not captives."""
        return phrase.group == "armed_group" or self.low[phrase.last : phrase.last + 1] == ["dead"]


def _side(words: list[str]) -> Group:
    """Return the group the first person word of `words` names, "unknown" without one."""
    for k, word in enumerate(words):
        if word in CIVILIAN or word in STATE or word in ARMED:
            return group_of(words[: k + 1], k)
        if word in _ENDS:
            break
    return "unknown"


def _purposed(low: list[str], i: int) -> bool:
    """Say whether "to" at token `i` leads to what was done: "used knives to kill six", "went on to wound four"."""
    for k in range(i - 1, max(i - 7, -1), -1):
        word = low[k]
        if word in _DEEDS:
            inside = low[k + 1 : i]
            done = _NOT_YET.isdisjoint(low[max(0, k - 5) : k]) and _INTENDED.isdisjoint(inside)
            return done and (word not in _ONWARD or inside in ([], ["on"], ["around"], ["back"]))
        if word in _STOPPERS:
            return False
    return False


_ONWARD: Final = wordset("went going goes returned returning turned turning came")
_DEEDS: Final = _ONWARD | wordset("used using")
_NOT_YET: Final = wordset("could would might may will can to not never if should must plan planned plans n't n’t")
_INTENDED: Final = wordset(
    "threat threats plan plans attempt attempts plot order orders intent vow promise right authority power force"
)
_STOPPERS: Final = BREAKS | frozenset({",", ".", "and", "or"})
