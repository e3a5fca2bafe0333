"""Say what became of counted people: tie each countable phrase of a sentence to killed, injured, missing and so on.

The grammar is shallow and general: the object of an active verb ("killed 12 people"), the subject of a passive or
an intransitive one ("12 people were killed", "died"), a head that states it ("12 dead"), numbers of a toll
("the death toll rose to 12"), parts ("including three children"), and what is joined to any of these by "and".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from briefings.lexicon import ADVERBS, ARMED, AUXILIARIES, BE, DETERMINERS, PERSON, SAY, wordset
from briefings.model import Outcome
from briefings.people import OUTCOME_HEADS, Phrase
from briefings.sentences import Tokens

Form = Literal["past", "gerund", "base", "passive", "intransitive", "state", "noun"]
_TABLE: Final[tuple[tuple[Outcome, Form, str], ...]] = (
    ("killed", "past", "killed|murdered|assassinated|executed|massacred|slaughtered|beheaded|lynched|martyred|eliminated|"
     "neutralised|neutralized|gunned down|shot dead|shot and killed|fatally shot|shot to death|stabbed to death|"
     "hacked to death|beaten to death|beat to death|burned to death|burnt to death|shot down dead|butchered|decapitated|hanged|"
     "electrocuted|claimed the lives of|claimed the life of|took the lives of|taken the lives of|cost the lives of|slew|"
     "mowed down|stabbed dead|removed from the battlefield"),
    ("killed", "gerund", "killing|murdering|assassinating|executing|massacring|slaughtering|beheading|eliminating|"
     "neutralising|neutralizing|gunning down|shooting dead|shooting and killing|claiming the lives of|fatally shooting|"
     "stabbing to death"),
    ("killed", "base", "kill|kills|murder|murders|assassinate|assassinates|execute|executes|massacre|massacres|"
     "slaughter|neutralise|neutralises|neutralize|neutralizes|eliminate|eliminates|claims the lives of|gun down|guns down|"
     "shoot dead|shoots dead|behead|beheads"),
    ("killed", "passive", "slain|blown up|blown to pieces|torched to death|drowned|crushed to death|trampled to death|incinerated"),
    ("killed", "intransitive", "died|dies|die|dying|perished|succumbed|lost their lives|lost his life|lost her life|"
     "losing their lives|blew himself up|blew herself up|blew themselves up|blew itself up|blowing himself up|"
     "blowing herself up|blowing themselves up|blow himself up|detonated himself|blows himself up"),
    ("killed", "state", "dead|deceased|feared dead"),
    ("killed", "noun", "death|deaths|assassination|execution|executions|murders|massacre|lives|bodies|body|corpses|beheading"),
    ("injured", "past", "wounded|injured|hurt|maimed|shot and wounded|shot and injured|hospitalised|hospitalized|burned|stabbed"),
    ("injured", "gerund", "wounding|injuring|hurting|maiming|hospitalizing"),
    ("injured", "base", "wound|wounds|injure|injures|hurts|maims"),
    ("injured", "passive", "admitted to hospital|admitted to various hospitals|treated for injuries|"
     "admitted to hospitals|taken to hospital|rushed to hospital|treated in hospital|being treated for|treated for|"
     "admitted to the hospital|taken to hospitals|admitted to various|shot|knifed|concussed"),
    ("injured", "state", "in critical condition|in serious condition|in a critical condition|in a serious condition|"
     "in intensive care|in hospital|critical|sustained injuries|sustained wounds|suffered injuries|suffered burns|"
     "suffered minor injuries|received injuries|injured|wounded"),
    ("missing", "state", "missing|unaccounted for|feared buried|feared trapped|trapped under rubble|under the rubble|"
     "trapped under the rubble|buried under rubble|missing and feared dead|still trapped|went missing|gone missing"),
    ("missing", "past", "buried"),
    ("abducted", "past", "kidnapped|abducted|taken hostage|took hostage|held hostage|snatched|taken captive|took captive|"
     "held captive"),
    ("abducted", "gerund", "kidnapping|abducting|taking hostage|snatching"),
    ("abducted", "base", "kidnap|kidnaps|abduct|abducts"),
    ("abducted", "state", "hostage|captive"),
    ("abducted", "noun", "kidnappings|abduction|abductions"),
    ("detained", "past", "arrested|detained|captured|apprehended|nabbed|rounded up|jailed|imprisoned|"
     "taken into custody|took into custody"),
    ("detained", "gerund", "arresting|detaining|capturing|apprehending|nabbing|rounding up"),
    ("detained", "base", "arrest|arrests|detain|detains|capture|captures|nab|nabs"),
    ("detained", "state", "in custody|under arrest|into custody"),
    ("displaced", "past", "displaced|evacuated|uprooted|forced to flee|made homeless|rendered homeless|forced from"),
    ("displaced", "gerund", "displacing|evacuating|uprooting"),
    ("displaced", "base", "displace|displaces|uproot|uproots|evacuate|evacuates"),
    ("displaced", "state", "homeless|from their homes|living in shelters|living in camps|in shelters|in camps|"
     "in temporary shelters|take emergency shelter|taking shelter|to take shelter|in makeshift shelters|out of their homes|"
     "fled|fleeing|flee|displaced|in relief camps|in evacuation centres|in evacuation centers|living in tents"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase at tokens `first` to `last` (exclusive) that says what became of people."""

    first: int
    last: int
    outcome: Outcome
    form: Form


_BY_FIRST: Final[dict[str, list[tuple[tuple[str, ...], Outcome, Form]]]] = {}
for _outcome, _form, _words in _TABLE:
    for _phrase in _words.split("|"):
        _key = tuple(_phrase.split())
        _BY_FIRST.setdefault(_key[0], []).append((_key, _outcome, _form))
for _list in _BY_FIRST.values():
    _list.sort(key=lambda entry: -len(entry[0]))

HINTS: Final = (
    (
        frozenset(_BY_FIRST)
        - wordset(
            """to in from out being still under made rendered taken took take taking into removed living held going
            went"""
        )
    )
    | frozenset(OUTCOME_HEADS)
    | wordset(
        """toll tolls tally casualties hospital hospitals homes shelter shelters camps custody hostage captive
        condition arrest rubble lives life missing homeless battlefield tents centres centers care included
        among"""
    )
)
"""Words one of which every sentence with an outcome holds: sentences without are not looked at."""

_BREAKS: Final = (
    wordset("that when while after before as because but where which although though whereas if until whether")
    | (SAY - wordset("claimed counted listed put described showed"))
    | frozenset({";", ":", "--", "—", "–", "•", "(", ")"})
)
_CLOSERS: Final = frozenset('"”»')
_MODALS: Final = wordset("could would might may can will shall should to")
_TOLL_STEPS: Final = wordset(
    """to at of from reached reaches is was : hits hit passed exceeds as stands past reaching topped tops and"""
)
_FOLLOWERS: Final = wordset("was were are is have has had been who being remain remains remained")


@dataclass(slots=True)
class Link:
    """One phrase with what became of its people, the rule that tied them, and the phrase it is a part of."""

    phrase: Phrase
    outcome: Outcome
    rule: str
    trigger: int
    parent: Phrase | None = None


def triggers(tokens: Tokens) -> list[Trigger]:
    """Return the outcome words of a sentence in order, the longest reading of each."""
    low, n = tokens.low, len(tokens)
    found: list[Trigger] = []
    i = 0
    while i < n:
        for words, outcome, form in _BY_FIRST.get(low[i], ()):
            if len(words) == 1 or tuple(low[i : i + len(words)]) == words:
                found.append(Trigger(i, i + len(words), outcome, form))
                i += len(words) - 1
                break
        i += 1
    return found


def link(tokens: Tokens, phrases: list[Phrase]) -> list[Link]:
    """Return what became of each phrase of one sentence; phrases of which nothing is said are left out."""
    return _Linker(tokens, phrases).run() if phrases else []


def nobody(tokens: Tokens) -> list[Link]:
    """Return an affirmed zero: "no one was hurt", "no deaths"; a mere lack of reports is not one."""
    low = tokens.low
    for i, word in enumerate(low):
        if (
            word not in {"no", "nobody", "none"}
            or "reports" in low[max(0, i - 6) : i + 3]
            or "report" in low[max(0, i - 6) : i + 3]
        ):
            continue
        near = low[i + 1 : i + 6]
        if (word == "no" and near[:1] == ["one"]) or word == "nobody":
            for trigger in triggers(tokens):
                if i < trigger.first <= i + 7 and trigger.form == "past" and low[trigger.first - 1] in BE:
                    return [_zero(i, i + (2 if word == "no" else 1), trigger.outcome, trigger.first)]
        if word == "no":
            noun = near[1] if near[:1] and near[0] in {"immediate", "other", "further"} else (near or [""])[0]
            outcome = {"deaths": "killed", "fatalities": "killed", "casualties": "killed", "injuries": "injured"}.get(
                noun
            )
            if outcome and near[0] not in {"immediate", "further", "other"} and "word" not in low:
                return [_zero(i, i + 2, "killed" if outcome == "killed" else "injured", i + 1)]
    return []


def _zero(first: int, last: int, outcome: Outcome, trigger: int) -> Link:
    return Link(Phrase(first, last, 0, 0, None, people=True), outcome, "affirmed-none", trigger)


class _Linker:
    """One sentence being read: its phrases, its outcome words, and the links made so far."""

    def __init__(self, tokens: Tokens, phrases: list[Phrase]) -> None:
        self.tokens, self.low, self.n = tokens, tokens.low, len(tokens)
        self.phrases = phrases
        self.order = {id(phrase): k for k, phrase in enumerate(phrases)}
        self.starting = {phrase.first: phrase for phrase in phrases}
        self.ending = {phrase.last: phrase for phrase in phrases}
        self.inside = {i for p in phrases for i in range(p.first, p.last)}
        self.triggers = [t for t in triggers(tokens) if t.first not in self.inside]
        self.trigger_at = {t.first: t for t in self.triggers}
        self.in_trigger = {i for t in self.triggers for i in range(t.first, t.last)}
        self.links: dict[int, Link] = {}

    def run(self) -> list[Link]:
        blocked = self._pairs()
        for trigger in self.triggers:
            if trigger.first in blocked or self._unreal(trigger):
                continue
            if not self._of(trigger) and not self._active(trigger):
                self._subject(trigger)
        self._heads()
        self._tolls()
        self._along()
        self._among()
        self._parts()
        self._from_to()
        return sorted(self.links.values(), key=lambda made: made.phrase.first)

    # -- what may be read at all

    def _pairs(self) -> set[int]:
        """Return the outcome words that give no split ("killed and wounded 20")."""
        blocked = set()
        for a, b in zip(self.triggers, self.triggers[1:], strict=False):
            joined = b.first - a.last == 1 and self.low[a.last] in {"and", "or", "/"}
            if joined and a.outcome != b.outcome and {a.outcome, b.outcome} & {"killed"} and a.form == b.form:
                before = self.ending.get(a.first)
                if before is None or before.quantity is None or self.low[a.last] == "or":
                    blocked |= {a.first, b.first}
        return blocked

    def _unreal(self, trigger: Trigger) -> bool:
        """Say whether the outcome word is denied, planned, feared for later or merely possible."""
        i = trigger.first - 1
        while (
            i >= 0
            and (self.low[i] in ADVERBS or self.low[i] in {"be", "been", "have", "being", "of", "from"})
            and trigger.first - i < 6
        ):
            if self.low[i] == "not" or self.low[i].endswith(("n't", "n’t")):
                return True
            i -= 1
        if i < 0:
            return False
        word = self.low[i]
        if word in {"not", "never", "denied", "denies", "deny", "denying", "without"} or word.endswith(("n't", "n’t")):
            return True
        if word in {"could", "would", "might", "will", "can", "shall", "should"}:
            return True
        if word == "to":
            return self.low[i - 1] not in _REAL_TO if i else True
        return word in {"may"} and "have" not in self.low[i : trigger.first]

    def _fits(self, phrase: Phrase) -> bool:
        """Say whether the phrase can be people."""
        if phrase.people or not phrase.other:
            return True
        at = phrase.quantity.last if phrase.quantity else phrase.first
        word = self.tokens.words[at] if at < self.n else ""
        return word[:1].isupper() and word.endswith("s") and not word.isupper() and phrase.number > 1

    def _add(self, phrase: Phrase, outcome: Outcome, rule: str, trigger: int, parent: Phrase | None = None) -> None:
        if id(phrase) not in self.links:
            self.links[id(phrase)] = Link(phrase, outcome, rule, trigger, parent)

    # -- objects

    def _of(self, trigger: Trigger) -> bool:
        """Read "the killing of 12 people", "bodies of two men"."""
        if trigger.form not in {"noun", "gerund", "base"} or trigger.last >= self.n or self.low[trigger.last] != "of":
            return False
        k = trigger.last + 1
        while k < self.n and k not in self.starting and self.low[k] in DETERMINERS:
            k += 1
        phrase = self.starting.get(k)
        if phrase is None or not self._fits(phrase):
            return False
        self._add(phrase, trigger.outcome, "noun-of", trigger.first)
        self._onward(phrase, trigger, "noun-of")
        return True

    def _active(self, trigger: Trigger) -> bool:
        """Read the objects of an active verb."""
        if trigger.form not in {"past", "gerund", "base"}:
            return False
        if trigger.form == "past" and self._passive(trigger):
            return False
        k, steps = trigger.last, 0
        while (
            k < self.n
            and k not in self.starting
            and steps < 4
            and (
                self.low[k] in ADVERBS
                or self.low[k] in DETERMINERS
                or self.low[k] in _OBJECT_SKIPS
                or not self.low[k][0].isalnum()
            )
        ):
            if self.low[k] in {",", ".", ";", ":", "—", "–", "-", ")"}:
                return False
            k, steps = k + 1, steps + 1
        phrase = self.starting.get(k) or self._after_name(trigger.last)
        if phrase is None or not self._fits(phrase) or phrase.outcome or self._has_own_verb(phrase, trigger):
            return False
        if trigger.outcome == "missing" and not _BURYING.intersection(self.low):
            return False
        if phrase.first < trigger.last:
            return False
        rule = {"past": "active-object", "gerund": "gerund-object", "base": "present-object"}[trigger.form]
        if (
            trigger.form == "gerund"
            and trigger.first
            and self.low[trigger.first - 1]
            in {"reported", "announced", "claimed", "admitted", "reports", "acknowledged"}
        ):
            rule = "reported-killing"
        self._add(phrase, trigger.outcome, rule, trigger.first)
        self._onward(phrase, trigger, rule)
        return True

    def _passive(self, trigger: Trigger) -> bool:
        """Say whether a form of "be" governs the participle: "was killed", not "was said to have killed"."""
        i = trigger.first - 1
        while i >= 0 and (self.low[i] in ADVERBS or self.low[i] in _FEARS) and i not in self.inside:
            i -= 1
        return i >= 0 and self.low[i] in BE and i not in self.inside

    def _after_name(self, k: int) -> Phrase | None:
        """Return the phrase joined to a name or a bare plural that begins at `k` ("killing Ali Khan and 12 others")."""
        start = k
        while k < self.n and k - start < 6 and k not in self.starting and k not in self.in_trigger:
            word = self.low[k]
            if word == "and" and k > start:
                phrase = self.starting.get(k + 1)
                return phrase if phrase and phrase.people else None
            named = (
                self.tokens.words[k][:1].isupper()
                or word in {"him", "her", "himself", "herself", "them"}
                or word in PERSON
            )
            if not named:
                return None
            k += 1
        return None

    def _has_own_verb(self, phrase: Phrase, trigger: Trigger) -> bool:
        """Say whether the phrase is the subject of a verb of its own rather than the object of `trigger`."""
        k = phrase.last
        while k < self.n and self.low[k] in ADVERBS:
            k += 1
        if k >= self.n or self.low[k] == "who":
            return False
        if self.low[k] in SAY - {"described", "counted"}:
            return True
        if self.low[k] in _FOLLOWERS:
            return True
        other = self.trigger_at.get(k)
        return (
            other is not None
            and other.form in {"past", "passive", "state", "intransitive"}
            and other.outcome != trigger.outcome
            and (other.last >= self.n or other.last not in self.starting)
        )

    def _onward(self, phrase: Phrase, trigger: Trigger, rule: str) -> None:
        """Read what is joined to `phrase` by commas and "and"."""
        k = self.order[id(phrase)] + 1
        parent: Phrase | None = None
        while k < len(self.phrases):
            following = self.phrases[k]
            gap = self.low[phrase.last : following.first]
            joint = self._joint(gap, phrase.last)
            if (
                joint is None
                or following.outcome
                or not self._fits(following)
                or self._has_own_verb(following, trigger)
            ):
                return
            if not following.people and not (
                self.low[following.last : following.last + 1] and self.low[following.last] in _BARE_AFTER
            ):
                return
            if joint == "part":
                parent = phrase
            self._add(following, trigger.outcome, rule if joint == "list" else "part", trigger.first, parent)
            phrase = following
            k += 1

    def _joint(self, gap: list[str], start: int) -> Literal["list", "part"] | None:
        """Say how two phrases with `gap` between them are joined, if they are."""
        if not gap or len(gap) > 10:
            return None
        words = list(gap)
        while words and (words[-1] in DETERMINERS or words[-1] in _QUOTES or words[-1] in {"also", "both", "either"}):
            words.pop()
        if not words:
            return None
        inner = range(start, start + len(words))
        if any(i in self.in_trigger for i in inner):
            return None
        if words[-1] in _PART_WORDS or words[-2:] == ["among", "them"]:
            return "part"
        if any(word in _BREAKS or word in AUXILIARIES for word in words if word not in {"that"}):
            return None
        if words[-1] in {"and", ",", "plus", "&", "or"} or words[-2:] in (
            ["along", "with"],
            ["together", "with"],
            ["well", "as"],
        ):
            return "list"
        return None

    # -- subjects

    def _auxiliary(self, trigger: Trigger) -> tuple[int, set[str]]:
        """Return where the verb group of `trigger` begins and its auxiliaries."""
        i, seen = trigger.first, set()
        while i > 0 and (
            self.low[i - 1] in ADVERBS
            or self.low[i - 1] in AUXILIARIES
            or self.low[i - 1] in _FEARS
            or self.low[i - 1] in BE
        ):
            if i in self.starting or (i - 1) in self.inside:
                break
            if self.low[i - 1] in AUXILIARIES or self.low[i - 1] in BE:
                seen.add(self.low[i - 1])
            i -= 1
        return i, seen

    def _subject(self, trigger: Trigger) -> None:
        """Read the people who suffer a passive, intransitive or predicative outcome word, found to its left."""
        if (
            trigger.form in {"noun", "gerund", "base"}
            and trigger.outcome != "displaced"
            and self.low[trigger.first] not in {"die", "dying"}
        ):
            return
        start, verbs = self._auxiliary(trigger)
        s = start
        while s > 0 and self.low[s - 1] in _QUOTES:
            s -= 1
        finite = bool(verbs) or (trigger.form == "intransitive" and self.low[trigger.first] not in {"dying", "losing"})
        relative = s > 0 and self.low[s - 1] in {"who", "which"}
        if relative:
            s -= 1
            s -= s > 0 and self.low[s - 1] == ","
        if s > 2 and self.low[s - 1] in SAY:
            relative_at = next(
                (k for k in range(s - 2, max(s - 7, 0), -1) if self.low[k] in {"that", "who", "whom"}), 0
            )
            s = relative_at or s
        phrase = self.ending.get(s)
        if phrase is None and s + 1 <= self.n and relative:
            phrase = self.ending.get(s + 1)
        if phrase is None and finite and not relative:
            phrase = self._distant(s, verbs)
        if phrase is None or not self._fits(phrase) or not self._agrees(phrase, verbs):
            return
        if trigger.outcome == "displaced" and (
            phrase.group in {"armed_group", "state_forces"}
            or (self.low[trigger.first] in {"fled", "fleeing", "flee"} and phrase.number < 20)
        ):
            return
        if not verbs and self.low[trigger.first] in {"shot", "stabbed", "burned", "knifed"} and phrase.quantity is None:
            return
        rule = {"past": "passive", "passive": "passive", "intransitive": "intransitive", "state": "state"}.get(
            trigger.form, "state"
        )
        if rule == "passive" and not verbs:
            rule = "participle"
        self._add_subject(phrase, trigger, rule)

    def _add_subject(self, phrase: Phrase, trigger: Trigger, rule: str) -> None:
        """Add the subject and what is joined to it on the left."""
        chain = [phrase]
        k = self.order[id(phrase)]
        joints: list[str] = []
        while k > 0:
            before = self.phrases[k - 1]
            joint = self._joint(self.low[before.last : chain[-1].first], before.last)
            if joint is None or before.outcome or not self._fits(before):
                break
            if not before.people and joint == "list" and not chain[-1].people:
                break
            joints.append(joint)
            chain.append(before)
            k -= 1
        if self.order[id(phrase)] > 0 and "part" not in joints and len(chain) > 1 and not joints[0]:
            chain = chain[:1]
        parent: Phrase | None = None
        for index in range(len(chain) - 1, -1, -1):
            if index < len(joints) and joints[index] == "part":
                parent = chain[index + 1]
            self._add(chain[index], trigger.outcome, "part" if parent is not None else rule, trigger.first, parent)

    def _distant(self, s: int, verbs: set[str]) -> Phrase | None:
        """Return the subject that ends before token `s` with words between."""
        if s > 0 and self.low[s - 1] in PERSON and (s - 1) not in self.inside and not self._in_modifier(s - 1):
            return None
        begin = s
        while begin > 0 and s - begin < 40:
            word = self.low[begin - 1]
            if word in _BREAKS or (begin - 1) in self.in_trigger or word == ".":
                break
            begin -= 1
        inside = [
            p
            for p in self.phrases
            if begin <= p.first and p.last <= s and self._fits(p) and (p.people or p.last >= s - 8)
        ]
        if not inside:
            return None
        joined = s > 0 and self.low[s - 1] in {"and", "but", "then"}
        if joined or (s > 1 and self.low[s - 1] == "," and self.low[s - 2] in {"and"}):
            return next((p for p in inside if p.people and self._agrees(p, verbs)), None)
        for phrase in reversed(inside):
            if self._agrees(phrase, verbs) and (phrase.first == 0 or self.low[phrase.first - 1] not in _OBLIQUE):
                between = set(self.low[phrase.last : s])
                if "whom" in between and not phrase.partitive:
                    return None
                if not between & _OWN_SUBJECT:
                    return phrase
        return None

    def _in_modifier(self, i: int) -> bool:
        """Say whether the noun at `i` stands in a prepositional phrase or a list."""
        while i > 0 and (self.low[i - 1] in PERSON or self.low[i - 1].isalpha()) and self.low[i - 1] not in _BREAKS:
            i -= 1
            if self.low[i] in {"of", "in", "from", "at", "for", "with", "by", "including", "and", "among", "on"}:
                return True
        return False

    def _agrees(self, phrase: Phrase, verbs: set[str]) -> bool:
        plural = phrase.number != 1 or (phrase.quantity is not None and phrase.quantity.modifier != "exact")
        if verbs & {"was", "is"} and phrase.number > 1:
            return phrase.head >= 0 and self.low[phrase.head] in {"couple"}
        if verbs & {"were", "are"} and not plural:
            return phrase.first > 0 and self.low[phrase.first - 1] in {"and", "or"}
        return True

    # -- heads, tolls, parts

    def _heads(self) -> None:
        """Read phrases that state the outcome themselves, and lives claimed."""
        for phrase in self.phrases:
            if phrase.outcome and not self._discounted(phrase):
                head = phrase.head if phrase.head >= 0 else phrase.first
                self._add(phrase, phrase.outcome, "head", head)
                self._more_of(phrase, head)
            elif phrase.head >= 0 and self.low[phrase.head] == "lives":
                near = self.low[max(0, phrase.first - 4) : phrase.first] + self.low[phrase.last : phrase.last + 3]
                if set(near) & {"claimed", "claiming", "claims", "cost", "costing", "lost", "took", "taking", "taken"}:
                    self._add(phrase, "killed", "lives", phrase.head)

    def _more_of(self, phrase: Phrase, head: int) -> None:
        """Read the bare number joined to "13 bodies from one site" by "and three from another"."""
        at = self.order[id(phrase)] + 1
        following = self.phrases[at] if at < len(self.phrases) else None
        if following is None or following.people or following.other or following.outcome or not phrase.outcome:
            return
        gap = self.low[phrase.last : following.first]
        same = (
            following.last < self.n
            and self.low[following.last] in _BARE_AFTER
            and gap[-1:] == ["and"]
            and len(gap) < 10
        )
        again = (
            following.quantity is not None
            and following.quantity.increment
            and phrase.first > 0
            and (following.first > 0 and self.low[phrase.first - 1] == self.low[following.first - 1])
        )
        if (same and not any(i in self.in_trigger for i in range(phrase.last, following.first))) or again:
            self.links.pop(id(following), None)
            self._add(following, phrase.outcome, "head", head)

    def _discounted(self, phrase: Phrase) -> bool:
        if phrase.head >= 0 and self.low[phrase.head] in {"body", "death"}:
            return not _FOUND.intersection(self.low)
        before = self.low[max(0, phrase.first - 3) : phrase.first]
        return bool(set(before) & {"could", "would", "might", "denied", "prevent", "avoid", "if"})

    def _tolls(self) -> None:
        """Read the numbers of "the death toll rose from 14 to 31"."""
        for i, word in enumerate(self.low):
            outcome = self._toll_noun(i, word)
            if outcome is None:
                continue
            taken = 0
            for phrase in self.phrases:
                if phrase.first <= i or phrase.first - i > 26 or (id(phrase) in self.links and taken):
                    continue
                gap = self.low[i + 1 : phrase.first]
                if set(gap) & {"could", "may", "might", "would", "will", "expected", "likely", "feared"} or (
                    set(gap) & {".", ";", "who"}
                ):
                    break
                before = gap[-1] if gap else ""
                direct = len(gap) == 0 or self.low[phrase.first].startswith("exce") or before in _TOLL_STEPS
                if not direct or not self._fits(phrase) or (id(phrase) in self.links and phrase.outcome is None):
                    continue
                if taken and before != "to":
                    break
                self.links.pop(id(phrase), None)
                self._add(phrase, outcome, "toll", i)
                taken += 1
                if before != "from":
                    break

    def _toll_noun(self, i: int, word: str) -> Outcome | None:
        if word in {"toll", "tolls"}:
            return (
                None
                if i and self.low[i - 1] in {"casualty", "a", "heavy"} and self.low[i - 1] == "casualty"
                else "killed"
            )
        if word in {"number", "figure", "count", "total", "tally"} and self.low[i + 1 : i + 2] == ["of"]:
            for later in self.low[i + 2 : i + 6]:
                if later in OUTCOME_HEADS:
                    return OUTCOME_HEADS[later]
                if later in {"killed", "fatalities"}:
                    return "killed"
        return None

    def _along(self) -> None:
        """Read "were killed along with ten soldiers"."""
        for trigger in self.triggers:
            k = trigger.last
            while k < self.n and k - trigger.last < 5 and (self.low[k] in ADVERBS or self.low[k] == ","):
                k += 1
            for words in (("along", "with"), ("together", "with"), ("as", "well", "as")):
                if tuple(self.low[k : k + len(words)]) == words:
                    phrase = self.starting.get(k + len(words))
                    if phrase and self._fits(phrase) and any(m.trigger == trigger.first for m in self.links.values()):
                        self._add(phrase, trigger.outcome, "along-with", trigger.first)
                        self._onward(phrase, trigger, "along-with")

    def _among(self) -> None:
        """Read "two French nationals were among the dead" and "among the dead were two children"."""
        for i, word in enumerate(self.low):
            if word not in {"among", "included", "include", "including", "includes"}:
                continue
            ahead = self.low[i + 1 : i + 6] if word == "among" else self.low[max(0, i - 4) : i]
            outcome = next((_DEAD_WORDS[w] for w in ahead if w in _DEAD_WORDS), None)
            if outcome is None:
                continue
            for phrase in self.phrases:
                follows = 0 <= phrase.first - i <= (7 if word == "among" else 2)
                precedes = (
                    word == "among" and 0 <= i - phrase.last <= 3 and not set(self.low[phrase.last : i]) & _BREAKS
                )
                if (follows or precedes) and phrase.people and id(phrase) not in self.links:
                    self._add(phrase, outcome, "among", i)
                    self._onward(phrase, Trigger(i, i + 1, outcome, "state"), "among")
                    break

    def _parts(self) -> None:
        """Read "including three children", "80 of them soldiers", "three of whom died"."""
        whole: Link | None = None
        for k, phrase in enumerate(self.phrases):
            made = self.links.get(id(phrase))
            if made is not None:
                whole = made if made.parent is None else whole
                continue
            if whole is None or not self._fits(phrase):
                continue
            before = self.phrases[k - 1] if k else None
            start = before.last if before else 0
            gap = self.low[start : phrase.first]
            marked = self._marked(gap)
            chained = (
                before is not None
                and id(before) in self.links
                and self.links[id(before)].parent is not None
                and (self._joint(gap, start) == "list" and phrase.people)
            )
            if (
                (marked and phrase.people and not phrase.named)
                or chained
                or (phrase.partitive and phrase.anaphor and self._loose(phrase))
            ):
                self._add(phrase, whole.outcome, "part", whole.trigger, whole.phrase)

    def _marked(self, gap: list[str]) -> bool:
        words = [word for word in gap if word not in DETERMINERS and word not in _QUOTES]
        if not words:
            return False
        if words[-1] in _PART_WORDS or words[-2:] == ["among", "them"]:
            return True
        if any(word in _BREAKS or word in AUXILIARIES for word in words):
            return False
        return words[-1] in {"and", ","} and bool(_PART_WORDS.intersection(words)) and len(words) < 14

    def _loose(self, phrase: Phrase) -> bool:
        """Say whether "80 of them" has no verb of its own; its group is in the words that follow."""
        for later in self.low[phrase.last : phrase.last + 6]:
            if later in {"were", "was", "are"} or later in ADVERBS or later in DETERMINERS or later in SAY:
                continue
            if later in PERSON:
                return True
            if later in _BREAKS or later in {",", "."}:
                return False
        return False

    def _from_to(self) -> None:
        """Read the second figure of "from 59 dead on Wednesday to 69 on Thursday"."""
        for a, b in zip(self.phrases, self.phrases[1:], strict=False):
            made = self.links.get(id(a))
            if (
                (
                    made
                    and id(b) not in self.links
                    and a.first
                    and self.low[a.first - 1] == "from"
                    and b.first - a.last <= 8
                )
                and self.low[b.first - 1] == "to"
                and not b.other
            ):
                self._add(b, made.outcome, "toll", made.trigger)


_FOUND: Final = wordset(
    """found recovered retrieved pulled discovered exhumed reported confirmed identified returned washed"""
)
_REAL_TO: Final = wordset(
    """forced able possible managed reported known said believed thought feared understood presumed confirmed found
    left"""
)
_OBJECT_SKIPS: Final = wordset("off total dead up out") | frozenset("\"“‘'")
_QUOTES: Final = frozenset("\"“”‘’'`«»(")
_BARE_AFTER: Final = wordset("in at near from on")
_PART_WORDS: Final = wordset("including include included includes comprising")
_FEARS: Final = wordset(
    """confirmed feared reported believed known found declared pronounced presumed said still now already to living
    forced"""
)
_OBLIQUE: Final = wordset("by against with")
_OWN_SUBJECT: Final = wordset("he she it they i we")
_BURYING: Final = wordset(
    """landslide landslides rubble avalanche mud mudslide debris collapse quake earthquake feared"""
)
_DEAD_WORDS: Final[dict[str, Outcome]] = {
    "dead": "killed", "killed": "killed", "deceased": "killed", "victims": "killed", "fatalities": "killed",
    "wounded": "injured", "injured": "injured", "hurt": "injured", "missing": "missing", "arrested": "detained",
    "detained": "detained", "kidnapped": "abducted", "abducted": "abducted", "hostages": "abducted",
}  # fmt: skip
_ = ARMED
