"""Tie counted people to outcome words by the clause: objects of active verbs, subjects of passive ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from briefings.insertions import OPENING, insertions
from briefings.lexicon import ADVERBS, AUXILIARIES, BE, DETERMINERS, MONTHS, PERSON, SAY, STOPS, WEEKDAYS, wordset
from briefings.model import Outcome
from briefings.outcomes import Trigger
from briefings.people import Phrase
from briefings.sentences import Tokens

BREAKS: Final = (
    wordset("that when while after before as because but where which although though whereas if until whether")
    | (SAY - wordset("claimed counted listed put described showed"))
    | frozenset({";", ":", "--", "—", "–", "•", "(", ")"})
)
_SAID_ON: Final = SAY - {"described", "counted"}
_FOLLOWERS: Final = wordset("was were are is have has had been who being remain remains remained")
_REAL_TO: Final = wordset(
    """suspected forced able possible managed reported known said believed thought feared understood presumed
    confirmed found left claimed claim claims alleged admitted"""
)
_OBJECT_SKIPS: Final = wordset("off total dead up out") | frozenset("\"“‘'")
QUOTES: Final = frozenset("\"“”‘’'`«»(")
BARE_AFTER: Final = wordset("in at near from on")
PART_WORDS: Final = wordset("including include included includes comprising")
_FEARS: Final = wordset(
    """suspected remain remains remained confirmed feared reported believed known found discovered declared pronounced
    presumed said still now already to living forced further left staying housed sheltering thought listed
    himself herself"""
)
_OBLIQUE: Final = wordset("by against with")
_OBJECTS: Final = wordset("him her them himself herself themselves me us it")
_HURT: Final = wordset(
    "wounding wounded injuring injured hurt leg legs arm foot hospital survived at video film photo photos"
)
BY_SUBJECT: Final = wordset("passive intransitive state participle named-subject")
NATURAL: Final = wordset(
    "cancer illness disease heart stroke natural age flu fever malaria cholera covid coronavirus aids pneumonia sleep"
)
"""Words by which a single person's death is none by force."""
PASSIVE: Final = wordset("was were is are be been being get got getting")
_RELATIVE_SUBJECTS: Final = wordset(
    "it they he she we rebels gunmen militants group bandits kidnappers raiders insurgents"
)
_REPORTED: Final = wordset("reported listed described")
_COUNTED_AS: Final = _REPORTED | wordset("counted thought missing given")
_OWN_SUBJECT: Final = wordset("he she it they i we")
_TAILS: Final = wordset("of from")
_OF_PEOPLE: Final = wordset(
    """killed killing kill kills wounded wounding injured injuring hurt maimed murdered murdering kidnapped kidnapping
    abducted abducting abduction arrested arresting arrest detained detaining executed executing assassinated beheaded
    beheading martyred died drowned perished succumbed lynched massacred slaughtered slain gunned stabbed hacked shot
    hospitalised hospitalized apprehended nabbed rounded jailed imprisoned snatched whisked taken rushed admitted
    treated suffered sustained received evacuated fled disappeared missing dead death murder slaying hostage custody"""
)
"""First words of outcomes that only people, or beasts, suffer."""
_DONE_SURELY: Final = wordset("took ran went gave came began flew drove fled")
_DEEDS_DONE: Final = wordset("cut fled took ran left gave went made found came held met began broke fought flew drove")
_PARTICIPLES: Final = wordset(
    """armed aged stationed trapped based named identified dressed suspected accused believed posted assigned deployed
    employed embedded attached involved hired seated parked gathered displaced related allied wanted convicted masked"""
)
_SPEAKER_GOES_ON: Final = wordset("of at in for with from who , (")
_PICTURES: Final = wordset("film camera video tape canvas")
_ECONOMY: Final = wordset(
    "sanctions sanction tariffs tariff prices price taxes tax inflation recession ban cuts shortages reforms austerity"
)
_DREADS: Final = wordset("fear fears feared fearing risk risks risked risking avoid avoided escape escaped dread")
_SPEAKER_ENDS: Final = frozenset({".", ";", "and", "or", "was", "were"})
_SPARED: Final = wordset("rescued freed released saved survived escaped liberated questioned")
_SAID_OF: Final = wordset("accused believed reported said alleged")
_ASIDES: Final = PART_WORDS | wordset(
    """identified named aged ages age all both mostly mainly most many some from one two three four five six seven eight
    nine ten eleven twelve"""
)
_NO_MANNER: Final = wordset("family elderly assembly italy july ally supply reply bully fly rally only early")
_JOINING: Final = wordset("and with plus or")
_TOLD_AS: Final = wordset("identified named known listed described")
_BURYING: Final = wordset(
    """collapses collapsed mine shaft tunnel wreckage cave-in
    landslide landslides rubble avalanche mud mudslide debris collapse quake earthquake feared"""
)


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


class Clauses:
    """One sentence being read: its phrases, its outcome words, and the links made so far."""

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

        if phrases and not _TAILS.isdisjoint(self.seen):
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
        if not phrase.people or phrase.head < 0 or k >= self.n or self.low[k] not in _TAILS:
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

    # -- what may be read at all

    def _pairs(self) -> set[int]:
        """Return the outcome words that give no split ("killed and wounded 20")."""
        blocked = set()
        for a, b in zip(self.triggers, self.triggers[1:], strict=False):
            joined = b.first - a.last == 1 and self.low[a.last] in {"and", "or", "/"}
            mixed = not self._successive(a, b) or self.low[a.last] == "or"
            if joined and mixed and a.outcome != b.outcome and "killed" in {a.outcome, b.outcome} and a.form == b.form:
                before = self.ending.get(a.first)
                if before is None or before.quantity is None or self.low[a.last] == "or":
                    blocked |= {a.first, b.first}
        return blocked

    def _successive(self, a: Trigger, b: Trigger) -> bool:
        """Say whether both hold of the same people: who is abducted and killed is both, others are shared out."""
        return a.outcome in {"abducted", "detained"} and b.outcome == "killed"

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
        if i >= 1 and self.low[i] in {"almost", "nearly"} and self.low[i - 1] in BE:
            return True
        if i < 0:
            return False
        word = self.low[i]
        if word in _DREADS and self.low[i + 1] == "being":
            return True  # "people who fear being shot"
        if word in {"not", "never", "denied", "denies", "deny", "denying", "without"} or word.endswith(("n't", "n’t")):
            return True
        if word in {"could", "would", "might", "will", "can", "shall", "should"}:
            return True
        if word == "to":
            return self.low[i - 1] not in _REAL_TO if i else True
        return (
            word == "may"
            and (self.caseless or self.tokens.words[i] == "may")
            and "have" not in self.low[i : trigger.first]
        )

    def _fits(self, phrase: Phrase) -> bool:
        """Say whether the phrase can be people."""
        if phrase.people or not phrase.other:
            return True
        at = phrase.quantity.last if phrase.quantity else phrase.first
        word = self.tokens.words[at] if at < self.n else ""
        return word[:1].isupper() and word.endswith("s") and not word.isupper() and phrase.number > 1

    def _add(self, phrase: Phrase, outcome: Outcome, rule: str, trigger: int, parent: Phrase | None = None) -> None:
        known = self.links.get(id(phrase))
        if known is None:
            self.links[id(phrase)] = Link(phrase, outcome, rule, trigger, parent)
        elif (
            known.outcome != outcome and rule in BY_SUBJECT and known.rule in BY_SUBJECT and self._then(known, trigger)
        ):
            after = self.low[known.phrase.last : known.phrase.last + 1]
            if self.low[known.trigger] == "shot" or (
                outcome == "killed" and known.outcome == "injured" and after == ["who"]
            ):
                self.links[id(phrase)] = Link(phrase, outcome, rule, trigger, parent)
            else:
                self.more.append(Link(phrase, outcome, rule, trigger, parent))

    def _then(self, known: Link, trigger: int) -> bool:
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
            and not any(word in PERSON or word in BREAKS for word in between)
            and not any(i in self.in_trigger for i in range(known.trigger + 2, at))
        )

    def _past_insertion(self, k: int) -> int:
        """Return the token after what is set between dashes or brackets at `k`, else `k`."""
        return next((b + 1 for a, b, _ in self.inserted if a == k), k)

    # -- objects

    def _of(self, trigger: Trigger) -> bool:
        """Read "the killing of 12 people", "bodies of two men"."""
        if trigger.form not in {"noun", "gerund", "base"}:
            return False
        if self.low[trigger.last : trigger.last + 1] != ["of"]:
            at = trigger.first - 1  # "the six priests' murder"
            phrase = self.ending.get(at) if at > 0 and self.low[at] in {"'", "’"} else None
            if phrase is not None and phrase.people and phrase.outcome is None:
                self._add(phrase, trigger.outcome, "noun-of", trigger.first)
            return False
        k = trigger.last + 1
        while k < self.n and k not in self.starting and self.low[k] in DETERMINERS:
            k += 1
        phrase = self.starting.get(k)
        if phrase is None or not self._fits(phrase):
            return False
        if self.low[trigger.first] == "body" and phrase.number > 1:
            return False  # "a body of 30 soldiers marched"
        self._add(phrase, trigger.outcome, "noun-of", trigger.first)
        self._twice(phrase, trigger, "noun-of")
        self._onward(phrase, trigger, "noun-of")
        return True

    def _twice(self, phrase: Phrase, trigger: Trigger, rule: str) -> None:
        """Read the first word of "the kidnapping and murder of five" and "kidnapped and killed five"."""
        if trigger.first < 2 or self.low[trigger.first - 1] != "and":
            return
        first = next((t for t in self.triggers if t.last == trigger.first - 1), None)
        if first and self._successive(first, trigger):
            self.more.append(Link(phrase, first.outcome, rule, first.first))

    def _active(self, trigger: Trigger) -> bool:
        """Read the objects of an active verb."""
        shot = self.low[trigger.first] == "shot" and trigger.form == "passive" and _HURT.isdisjoint(self.low)
        if trigger.form not in {"past", "gerund", "base"} and not shot:
            return False
        if (trigger.form == "past" or shot) and self._passive(trigger):
            return False
        k, steps = self._past_insertion(trigger.last), 0
        while (
            k < self.n
            and k not in self.starting
            and steps < 4
            and (
                self.low[k] in ADVERBS
                or self.low[k] in DETERMINERS
                or self.low[k] in _OBJECT_SKIPS
                or self.low[k - 1 : k + 1] == ["total", "of"]
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
        if self._beside_the_point(phrase, trigger):
            return True
        if shot:
            if not phrase.people and (phrase.quantity is None or phrase.first != trigger.last):
                return False
            trigger = Trigger(trigger.first, trigger.last, "killed", "past")
        rule = {"past": "active-object", "gerund": "gerund-object", "base": "present-object"}[trigger.form]
        if (
            trigger.form == "gerund"
            and trigger.first
            and self.low[trigger.first - 1]
            in {"reported", "announced", "claimed", "admitted", "reports", "acknowledged"}
        ):
            rule = "reported-killing"
        self._add(phrase, trigger.outcome, rule, trigger.first)
        self._twice(phrase, trigger, rule)
        self._onward(phrase, trigger, rule)
        return True

    def _beside_the_point(self, phrase: Phrase, trigger: Trigger) -> bool:
        """Say whether the object is no victim: "hurt two ministers' careers", "sanctions hurt 300 farmers"."""
        after = self.low[phrase.last : phrase.last + 2]
        if len(after) > 1 and after[0] in {"'", "’"} and after[1][0].isalpha() and after[1] not in STOPS:
            return True
        if after[:1] == ["on"] and after[1:] and after[1] in _PICTURES:
            return True
        near = self.low[max(0, trigger.first - 4) : trigger.first]
        return trigger.outcome == "injured" and not _ECONOMY.isdisjoint(near)

    def _passive(self, trigger: Trigger) -> bool:
        """Say whether a form of "be" governs the participle: "was killed", not "was said to have killed"."""
        i = trigger.first - 1
        while i >= 0 and (self.low[i] in ADVERBS or self.low[i] in _FEARS) and i not in self.inside:
            i -= 1
        return i >= 0 and self.low[i] in BE and i not in self.inside

    def _after_name(self, k: int) -> Phrase | None:
        """Return the phrase joined to a name or a bare plural that begins at `k` ("killing Ali Khan and 12 others")."""
        k += k < self.n and self.low[k] in DETERMINERS
        start = k
        while k < self.n and k - start < 6 and k not in self.starting and k not in self.in_trigger:
            word = self.low[k]
            if word in {"and", ","} and k > start:
                phrase = self.starting.get(k + 1)
                listed = word == "and" or "and" in self.low[k : k + 8]
                return phrase if phrase and phrase.people and listed else None
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
        if self.low[k] in _SAID_ON:
            return not (self.low[k] in _SAID_OF and self.low[k + 1 : k + 2] and self.low[k + 1] in {"of", "to"})
        if self.low[k] in _FOLLOWERS:
            return True
        other = self.trigger_at.get(k)
        if trigger.first and self.low[trigger.first - 1] in {"who", "which"}:
            return False  # "the gunmen who killed nine soldiers fled"
        return (
            other is not None
            and other.form in {"past", "passive", "state", "intransitive"}
            and other.outcome != trigger.outcome
            and (other.last >= self.n or other.last not in self.starting)
        )

    def _speaks(self, phrase: Phrase) -> bool:
        """Say whether the phrase after a comma begins a speaker: ", the head of Brela, Omar Hale, told reporters"."""
        if not phrase.people or not phrase.first or self.low[phrase.first - 1] != ",":
            return False
        k, commas = phrase.last, 0
        if k < self.n and self.low[k] not in _SPEAKER_GOES_ON and not self.tokens.words[k][:1].isupper():
            return False
        while k < min(self.n, phrase.last + 18):
            word = self.low[k]
            if word in SAY and (k == phrase.last or word not in ADVERBS):
                return commas == 0 or self.low[k - 1] == "," or commas > 1
            if word in _SPEAKER_ENDS or k in self.in_trigger or (k in self.starting and self.low[k - 1] != ","):
                return False
            commas += word == ","
            if commas > 2:
                return False
            k += 1
        return False

    def _acts(self, phrase: Phrase) -> bool:
        """Say whether the phrase after "and" has a deed of its own: "…, and the mayor declared a curfew"."""
        at, k = phrase.first - 1, phrase.last
        if k >= self.n or k in self.in_trigger or at < 1 or self.low[at] != "and":
            return False
        word = self.low[k]
        if word in _DONE_SURELY or (word == "lost" and self.low[k + 1 : k + 2] not in (["at"], ["in"])):
            return True
        finite = word in _DEEDS_DONE or (word.endswith("ed") and word not in _PARTICIPLES and word not in ADVERBS)
        return finite and (self.low[at - 1] == "," or phrase.definite)

    def _onward(self, phrase: Phrase, trigger: Trigger, rule: str) -> None:
        """Read what is joined to `phrase` by commas and "and"."""
        k = self.order.get(id(phrase), len(self.phrases)) + 1  # what is set apart is joined to nothing
        parent: Phrase | None = None
        nominal = self.low[trigger.last : trigger.last + 1] == ["of"]  # a verb after it is that of "the killing"
        while k < len(self.phrases):
            following = self.phrases[k]
            joint = self._joint(phrase.last, following.first)
            if (
                joint is None
                or following.outcome
                or not self._fits(following)
                or (not nominal and self._has_own_verb(following, trigger))
                or self._speaks(following)
                or self._acts(following)
            ):
                return
            if not following.people and not (
                self.low[following.last : following.last + 1] and self.low[following.last] in BARE_AFTER
            ):
                return
            if joint == "part":
                parent = phrase
            self._add(following, trigger.outcome, rule if joint == "list" else "part", trigger.first, parent)
            phrase = following
            k += 1

    def _joint(self, a: int, b: int) -> Literal["list", "part"] | None:
        """Say how two phrases with the words `a` to `b` between them are joined, if they are."""
        words = [self.low[k] for k in range(a, b) if k not in self.skipped] if self.skipped else self.low[a:b]
        if not words or len(words) > 10 or words[-1] == "that":
            return None
        while words and (
            words[-1] in DETERMINERS or words[-1] in QUOTES or words[-1] in {"also", "both", "either", "all"}
        ):
            words.pop()
        if not words or not self.in_trigger.isdisjoint(range(a, b)):
            return None
        if words[-1] in PART_WORDS or words[-2:] == ["among", "them"]:
            return "part"
        if words[0] in _SPARED:
            return None  # "40 hostages rescued, two rebels killed"
        joined = words[-2:] in (["along", "with"], ["together", "with"], ["well", "as"])
        if words[-3:] == ["as", "well", "as"]:
            words = words[:-3]
        if "as" in words and words[words.index("as") - 1] in _TOLD_AS:
            words.remove("as")  # "a guard identified as Omar Hale and two others"
        if any(word in BREAKS or word in AUXILIARIES for word in words if word not in {"that"}):
            return None
        return "list" if joined or words[-1] in {"and", ",", "plus", "&", "or"} else None

    # -- subjects

    def _auxiliary(self, trigger: Trigger) -> tuple[int, set[str]]:
        """Return where the verb group of `trigger` begins and its auxiliaries."""
        i, seen = trigger.first, set()
        while i > 0 and (
            self.low[i - 1] in ADVERBS
            or (
                self.low[i - 1][-2:] == "ly"
                and self.low[i - 1] not in _NO_MANNER
                and self.tokens.words[i - 1].islower()
            )
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
        if trigger.form == "state" and not verbs and trigger.first and self.low[trigger.first - 1] == "the":
            return  # "three families of the dead"
        s = start
        while s > 0 and self.low[s - 1] in QUOTES:
            s -= 1
        aside: Phrase | None = None
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
        while s > 0 and s - 1 in self.skipped:
            s -= 1
        phrase = self.ending.get(s)
        if phrase is None and relative:
            phrase = self.ending.get(s + 1) or self._before_part(s)
        if phrase is None and s > 1 and self.low[s - 1] == ",":
            phrase = aside = self._before_aside(s - 1)
        if phrase is None and trigger.form == "past" and not verbs & PASSIVE:
            phrase = self._whom(start)
            if phrase is not None:
                self._add(phrase, trigger.outcome, "active-object", trigger.first)
                return
        if phrase is None and finite and not relative:
            phrase = (
                self._distant(s, verbs)
                or self._told_of(s, verbs)
                or self._reduced_before(s, verbs)
                or self._again(trigger)
            )
        elif phrase is None and s > 1 and self.low[s - 1] == "and" and s - 1 in self.ending_triggers:
            phrase = self._again(trigger)  # "were abducted and killed"
        if phrase is None or not self._fits(phrase) or not self._agrees(phrase, verbs):
            return
        if phrase.outcome == "killed" and trigger.outcome != "killed":
            return  # "six bodies were taken to hospital"
        if phrase.quantity is None and self.low[trigger.first] in {"died", "dies"} and not NATURAL.isdisjoint(self.low):
            return
        if self.low[trigger.first] in {"buried", "trapped"} and trigger.last - trigger.first == 1 and self._unburied():
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
            fleeing = trigger.outcome == "displaced" and trigger.last - trigger.first > 1
            if not fleeing and self._takes_object(trigger.last):
                return  # "twelve soldiers killed the villagers" tells nothing of the soldiers
            rule = "participle"
        self._add_subject(phrase, trigger, rule)
        if aside is not None:
            self._aside_parts(aside, s, trigger)

    def _unburied(self) -> bool:
        """Say whether nothing in the sentence buries people, or they were got out."""
        return _BURYING.isdisjoint(self.seen) or "rescued" in self.seen or "freed" in self.seen

    def _told_of(self, s: int, verbs: set[str]) -> Phrase | None:
        """Return the subject that a relative clause parts from its verb: "a man who was shot on Monday has died"."""
        for phrase in reversed(self.phrases):
            if phrase.last < s and phrase.people and self.low[phrase.last] == "who" and self._agrees(phrase, verbs):
                between = self.low[phrase.last + 1 : s]
                return phrase if len(between) < 14 and BREAKS.isdisjoint(between) else None
        return None

    def _before_aside(self, s: int) -> Phrase | None:
        """Return the whole before "14 people, including two children, injured", whose second comma is at `s`."""
        for comma in range(s - 1, max(s - 24, 0), -1):
            if comma in self.in_trigger or self.low[comma] in BREAKS or self.low[comma] in AUXILIARIES:
                return None
            whole = self.ending.get(comma) if self.low[comma] == "," else None
            if whole is None or whole.quantity is None or not whole.people or comma + 1 >= s:
                continue
            if self.low[comma + 1] in _ASIDES or self.low[comma + 1][0].isdecimal():
                return whole
        return None

    def _aside_parts(self, whole: Phrase, s: int, trigger: Trigger) -> None:
        """Read the parts in "13 sailors, nine from Brela and four from Mezin, were killed": no more than the whole."""
        inside = [p for p in self.phrases if whole.last < p.first < s and id(p) not in self.links and self._fits(p)]
        told = {p.last for p in inside if p.partitive}
        inside = [p for p in inside if p.quantity is not None or p.first not in told]  # "one of them a guard" is one
        if inside and sum(p.number for p in inside) <= whole.number:
            for phrase in inside:
                phrase.group = phrase.group if phrase.people else whole.group
                self._add(phrase, trigger.outcome, "part", trigger.first, whole)

    def _whom(self, s: int) -> Phrase | None:
        """Return whom a relative clause without "who" is about: "80 pupils it abducted", "the six the rebels took"."""
        if s < 2 or self.low[s - 1] not in _RELATIVE_SUBJECTS:
            return None
        at = s - 1 - (self.low[s - 2] in {"that", "whom", "the"})
        phrase = self.ending.get(at)
        return phrase if phrase is not None and phrase.people else None

    def _reduced_before(self, s: int, verbs: set[str]) -> Phrase | None:
        """Return the subject a participle parts from its verb: "a guard hurt in the raid died", "listed as missing"."""
        for phrase in reversed(self.phrases):
            if phrase.last >= s or not phrase.people:
                continue
            between = [word for word in self.low[phrase.last : s] if word not in ADVERBS]
            if len(between) > 2 and between[0] == between[-1] == "," and between[1] in _COUNTED_AS:
                between = ["listed", *between[2:-1]]
            if between and "as" in between and between[between.index("as") - 1] in _REPORTED:
                between.remove("as")
            made = self.links.get(id(phrase))
            led = between[:1] and (between[0] in _REPORTED or (made is not None and made.rule == "participle"))
            if (
                not led
                or len(between) > 10
                or not BREAKS.isdisjoint(between[1:])
                or not AUXILIARIES.isdisjoint(between)
            ):
                return None
            if "," in between or not self._agrees(phrase, verbs):
                return None
            self.links.pop(id(phrase), None)
            return phrase
        return None

    def _before_part(self, s: int) -> Phrase | None:
        """Return the whole in "six priests, five of them foreigners, who": what stands before the comma before."""
        comma = next((k for k in range(s - 1, max(s - 9, 0), -1) if self.low[k] == ","), 0)
        part = next((p for p in self.phrases if p.first == comma + 1 and p.partitive), None) if comma else None
        return self.ending.get(comma) if part is not None else None

    def _again(self, trigger: Trigger) -> Phrase | None:
        """Return whom the clause before told of, for a second verb without a subject: "was wounded and later died"."""
        before = [made for made in self.links.values() if made.rule in BY_SUBJECT and made.trigger < trigger.first]
        return before[-1].phrase if before and self._then(before[-1], trigger.first) else None

    def _takes_object(self, k: int) -> bool:
        """Say whether an object begins at `k`: the verb before it is active."""
        if k >= self.n:
            return False
        word = self.low[k]
        named = self.tokens.words[k][:1].isupper() and not self.caseless
        return (
            word in DETERMINERS
            or word in _OBJECTS
            or (named and not self.headline and word not in WEEKDAYS and word not in MONTHS and word not in ADVERBS)
        )

    def _add_subject(self, phrase: Phrase, trigger: Trigger, rule: str) -> None:
        """Add the subject and what is joined to it on the left."""
        if id(phrase) not in self.order:
            self._add(phrase, trigger.outcome, rule, trigger.first)
            return
        phrase = self._apposed_to(phrase)
        chain = [phrase]
        k = self.order[id(phrase)]
        joints: list[str] = []
        while k > 0:
            before = self.phrases[k - 1]
            joint = self._joint(before.last, chain[-1].first)
            if joint is None or before.outcome or not self._fits(before):
                break
            if joint == "list" and self.low[max(0, before.first - 2) : before.first] in (["of", "the"], ["out", "of"]):
                break  # "of the 16 members, three were killed" counts three
            if not before.people and joint == "list" and not chain[-1].people:
                break
            if joint == "list" and chain[-1].partitive and self.low[chain[-1].last - 1] == "whom":
                break  # "carrying 40 passengers, 12 of whom died"
            if joint == "part" and id(before) in self.links and len(chain) > 1:
                chain, joints = chain[:1], []  # "five died, including a clerk and a guard, and two men were hurt"
                break
            if joint == "list" and len(chain) == 1 and before.quantity is None and self._apposes(before, chain[0]):
                break
            if joint == "list" and self._part_of_earlier(before, self.phrases[k - 2] if k > 1 else None):
                keep = self._new_clause([*chain, before])
                chain, joints = chain[:keep], joints[: keep - 1]
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

    def _apposed_to(self, phrase: Phrase) -> Phrase:
        """Return whom "a student" describes in "the gunman, a student, was shot dead"; else the phrase itself."""
        k = self.order[id(phrase)]
        before = self.phrases[k - 1] if k else None
        if before is None or self.low[phrase.last : phrase.last + 1] != [","] or phrase.quantity or before.quantity:
            return phrase
        one = self.low[before.last : phrase.first] == [","] and self._fits(before) and not before.anaphor
        return before if one and (k < 2 or self._joint(self.phrases[k - 2].last, before.first) is None) else phrase

    def _part_of_earlier(self, phrase: Phrase, whole: Phrase | None) -> bool:
        """Say whether "including" leads the phrase and its whole has a verb of its own before it."""
        k = phrase.first
        while k > 0 and (self.low[k - 1] in DETERMINERS or self.low[k - 1] in QUOTES):
            k -= 1
        if not k or self.low[k - 1] not in PART_WORDS:
            return False
        return not self.in_trigger.isdisjoint(range(whole.last if whole else max(0, k - 9), k))

    def _apposes(self, one: Phrase, other: Phrase) -> bool:
        """Say whether a bare comma stands between two phrases: what a clause opens with, not a list of two."""
        between = self.low[one.last : other.first]
        led = one.first > 1 and self.low[one.first - 1] not in {":", ","} and self.low[one.first - 2] != ","
        return led and "," in between and _JOINING.isdisjoint(between)

    def _new_clause(self, chain: list[Phrase]) -> int:
        """Return how many of a chain, read from its end, stand after ", and": "…, including a guard, and two men"."""
        for k in range(len(chain) - 1, 0, -1):
            if self.low[chain[k].last : chain[k].last + 1] == [","]:
                return k
        return 1

    def _distant(self, s: int, verbs: set[str]) -> Phrase | None:
        """Return the subject that ends before token `s` with words between."""
        if s > 0 and self.low[s - 1] in PERSON and (s - 1) not in self.inside and not self._in_modifier(s - 1):
            return None
        begin = s
        while begin > 0 and s - begin < 40:
            word = self.low[begin - 1]
            if word == ")" and "(" in self.low[max(0, begin - 14) : begin]:
                begin -= self.low[begin - 2 :: -1].index("(") + 2
                continue
            if word in BREAKS or (begin - 1) in self.in_trigger or word == ".":
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
        while i > 0 and (self.low[i - 1] in PERSON or self.low[i - 1].isalpha()) and self.low[i - 1] not in BREAKS:
            i -= 1
            if self.low[i] in {"of", "in", "from", "at", "for", "with", "by", "including", "and", "among", "on"}:
                return True
        return False

    def _part_of(self, phrase: Phrase) -> bool:
        """Say whether one person is named only as part of a plural: "four people including a nurse were"."""
        k = self.order.get(id(phrase), 0)
        if not k or self.low[phrase.first - 1] not in PART_WORDS:
            return False
        whole = self.phrases[k - 1]
        return whole.quantity is not None and whole.people and phrase.first - whole.last < 6

    def _agrees(self, phrase: Phrase, verbs: set[str]) -> bool:
        plural = phrase.number != 1 or (phrase.quantity is not None and phrase.quantity.modifier != "exact")
        if verbs & {"was", "is"} and phrase.number > 1:
            return phrase.head >= 0 and self.low[phrase.head] in {"couple", "family"}
        if verbs & {"were", "are"} and not plural:
            return phrase.first > 0 and (self.low[phrase.first - 1] in {"and", "or"} or self._part_of(phrase))
        return True
