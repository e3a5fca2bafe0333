"""Say what became of counted people: tie each countable phrase of a sentence to killed, injured, missing and so on.

The grammar is shallow and general: the object of an active verb ("killed 12 people"), the subject of a passive or
an intransitive one ("12 people were killed", "died"), a head that states it ("12 dead"), numbers of a toll
("the death toll rose to 12"), parts ("including three children"), and what is joined to any of these by "and".
"""

from __future__ import annotations

from typing import Final

from briefings.asunder import Asunder
from briefings.clauses import BARE_AFTER, BREAKS, PART_WORDS, QUOTES, Link
from briefings.lexicon import ADVERBS, ARMED, AUXILIARIES, BE, DETERMINERS, PERSON, SAY, group_of, indexes, wordset
from briefings.model import Group, Outcome
from briefings.outcomes import Trigger, triggers
from briefings.people import OUTCOME_HEADS, Phrase
from briefings.sentences import Tokens
from briefings.turned import DEAD_WORDS, Turned

_TOLL_STEPS: Final = wordset(
    """to at of from reached reaches is was : hits hit passed exceeds as stands past reaching topped tops and
    number numbered totalled totaled"""
)
_FOUND: Final = wordset(
    """found recovered retrieved pulled discovered exhumed reported confirmed identified returned washed
    recovers recover finds find retrieves discovers"""
)
_TOLL_WORDS: Final = wordset(
    """toll tolls number figure count total tally dead killed wounded injured missing displaced deaths fatalities
    injuries"""
)
_MOVED: Final = wordset(
    "rose risen rises stood stand stands reached climbed number numbered jumped grew soared totalled totaled total hit"
)
_TO_COME: Final = wordset("could may might would will expected likely feared")
_SHORTENED: Final = wordset("st mt ft")
"""Words a full stop shortens in the names of places."""
_TOLL_ENDS: Final = wordset(". ; who")
_PUT: Final = wordset("put puts putting placed places set sets counted listed gave gives numbered")
_PUT_WHAT: Final = wordset("it number figure count total tally toll")
_CORPORATE: Final = wordset(
    """public governing student legislative professional heavenly celestial regulatory sporting official oversight
    administrative judicial elected international religious advisory statutory"""
)
_MATTER: Final = wordset("water law work evidence knowledge literature opinion research")
_GIVEN_UP: Final = wordset("defection defections desertion retirement rival rivals illness disease injury injuries")
_CARRIERS: Final = wordset("ship ferry boat bus train plane taxi tram coach cruise minibus liner helicopter")
_OF_GAMES: Final = wordset("game match season league election vote seats injury contract cup")
_GRAVELY: Final = wordset("seriously critically severely gravely slightly badly")
_HOLDING: Final = wordset(
    """took take takes taken taking hold holds holding held seize seizes seized seizing has have had picked carried
    made making"""
)
_MADE_OFF: Final = frozenset({("made", "off"), ("made", "away"), ("making", "off"), ("making", "away")})
_APART: Final = {"up": wordset("picked picking"), "away": wordset("took taking taken"), "off": wordset("carried took")}
_CAPTORS: Final = ARMED | wordset("group gang kidnappers pirates captors sect cartel faction")
_POLICE: Final = wordset("police authorities officers troops army soldiers customs agents prosecutors navy")
_LOSING: Final = wordset("lost losing loses lose")
_LOSERS: Final = wordset("they we rebels army troops forces soldiers militants insurgents fighters guerrillas police")
_CARING: Final = wordset("treated treating admitted received admitting receiving")
_HURTS: Final = wordset("wounds injuries burns smoke trauma fractures gunshot shrapnel cuts shock exposure")
_SHARING: Final = wordset("in at near from on by during when after")
_IN_STATE: Final = [["in"], ["with"]]
_STATES: Final = wordset("condition conditions injuries wounds burns coma")
_OF_ONE: Final = ["from", "the"]
_ALONG: Final = [["with", "them"], ["with", "him"]]
_BESIDE: Final = wordset("along together well")
_INCLUDING: Final = wordset("among included include including includes")
_COMPARED: Final = wordset("up down compared")
_SELVES: Final = wordset("himself herself")
_THEM: Final = wordset("him her")
_TAKING: Final = frozenset({"taking", "took"})
_FREED: Final = wordset("freed rescued released escaped liberated reunited found returned")
_ENDING: Final = wordset("who whom while but and that") | frozenset(",;.:")
_THESE: Final = wordset("these those")
_RAISED: Final = wordset("raised rose risen revised climbed increased grown updated jumped raising")
_FELLOWS: Final = wordset("colleagues colleague comrades comrade men companions companion commander leader aide aides")
_ESCORTS: Final = wordset("bodyguard bodyguards guard guards escorts driver")
_FELLOWED: Final = _FELLOWS | _ESCORTS
_THEIRS: Final = wordset("his her their its fellow")
_COSTING: Final = wordset("claimed claiming claims cost costing costs lost loss losing took taking taken takes")


def link(tokens: Tokens, phrases: list[Phrase], *, caseless: bool = False, headline: bool = False) -> list[Link]:
    """Return what became of each phrase of one sentence; phrases of which nothing is said are left out."""
    told = triggers(tokens)
    made: list[Link] = []
    if phrases or told or not _TAKING.isdisjoint(tokens.low):
        made = _Linker(tokens, phrases, told, caseless=caseless, headline=headline).run()
    if _NONE.isdisjoint(tokens.low):
        return made
    known = {one.outcome for one in made}
    none = [one for one in _nobody(tokens, told) if one.outcome not in known]
    return sorted([*made, *none], key=lambda one: one.phrase.first) if none else made


_NONE: Final = wordset("no nobody none no-one")


def _nobody(tokens: Tokens, told: list[Trigger]) -> list[Link]:
    """Return an affirmed zero: "no one was hurt", "no deaths"; a mere lack of reports is not one."""
    low = tokens.low
    for i in indexes(_NONE, low):
        word, around = low[i], low[max(0, i - 6) : i + 3]
        if "reports" in around or "report" in around:
            continue
        near = low[i + 1 : i + 6]
        who = _whom(word, near)
        if who:
            for trigger in told:
                passive = trigger.form == "past" and low[trigger.first - 1] in BE
                if i < trigger.first <= i + 8 and (passive or trigger.form == "intransitive"):
                    return [_zero(low, i, i + who, trigger.outcome, trigger.first)]
        if word == "no" and near:
            found = _no_noun(low, i)
            if found:
                return found
    return []


def _no_noun(low: list[str], i: int) -> list[Link]:
    """Read "no deaths", "no deaths or injuries", "no clashes or casualties", "no loss of life"."""
    near = low[i + 1 : i + 6]
    if near[0] in {"immediate", "further", "other"} or "word" in low:
        return []
    if near[:3] == ["loss", "of", "life"]:
        return [_zero(low, i, i + 4, "killed", i + 1)]
    made: list[Link] = []
    for k in (1, 3):
        outcome = _ZERO_NOUNS.get(near[k - 1]) if len(near) >= k else None
        if outcome and all(outcome != one.outcome for one in made):
            made.append(_zero(low, i, i + 1 + k, outcome, i + k))
        if k == 1 and near[1:2] not in (["or"], ["and"]):
            break
    return made


_ZERO_NOUNS: Final[dict[str, Outcome]] = {
    "deaths": "killed", "fatalities": "killed", "casualties": "killed", "injuries": "injured",
}  # fmt: skip


def _whom(word: str, near: list[str]) -> int:
    """Return how many words say who nobody is: "no one", "no soldiers", "none of the passengers"; 0 for no people."""
    if word in {"nobody", "no-one"}:
        return 1
    if word == "no":
        return 2 if near[:1] and (near[0] == "one" or near[0] in PERSON - set(OUTCOME_HEADS)) else 0
    head = next((k for k, later in enumerate(near) if later in PERSON or later == "them"), None)
    return 0 if near[:1] != ["of"] or head is None else head + 2


def _zero(low: list[str], first: int, last: int, outcome: Outcome, trigger: int) -> Link:
    phrase = Phrase(first, last, 0, 0, None, people=True)
    if low[last - 1] in PERSON:
        phrase.head, phrase.group = last - 1, group_of(low[first:last], last - first - 1)
    return Link(phrase, outcome, "affirmed-none", trigger)


_DIED: Final = wordset("died perished")


def _doers(words: list[str]) -> bool:
    """Say whether "those who killed" are meant, not "those who were killed"."""
    who = words.index("who") if "who" in words else -1
    at = who + 1 + (words[who + 1 : who + 2] in (["had"], ["have"], ["then"]))
    return who >= 0 and at < len(words) and words[at] in DEAD_WORDS


def _ended(gap: list[str]) -> bool:
    """Say whether the words after a toll end what is said of it; "St." in the name of a place does not."""
    return not _TOLL_ENDS.isdisjoint(gap) and (_SHORTENED.isdisjoint(gap) or ";" in gap or "who" in gap)


class _Linker(Turned, Asunder):
    """One sentence being read to its end: clauses, then heads, tolls and parts."""

    def run(self) -> list[Link]:
        self._lost()
        blocked = self._pairs() | self._inverted()
        for trigger in self.triggers:
            if trigger.first in blocked or self._unreal(trigger) or self._on_the_way(trigger):
                continue
            if not self._of(trigger) and not self._active(trigger):
                self._subject(trigger)
            self._person(trigger)
        self._heads()
        if not _TOLL_WORDS.isdisjoint(self.seen):
            self._tolls()
        if "at" in self.seen and not _PUT_WHAT.isdisjoint(self.seen):
            self._put_at()
        self._hostages()
        self._treated()
        self._elsewhere()
        if not _BESIDE.isdisjoint(self.seen):
            self._along()
        if not _INCLUDING.isdisjoint(self.seen):
            self._among()
        if "among" in self.seen:
            self._among_them()
        if "were" in self.seen or "are" in self.seen:
            self._were_they()
        if ":" in self.seen:
            self._labelled()
        if not _THEM.isdisjoint(self.seen):
            self._pronouns()
        self._parts()
        self._shares()
        self._inserted()
        self._from_to()
        self._rest()
        return sorted([*self.links.values(), *self.more], key=lambda made: (made.phrase.first, made.trigger))

    def _rest(self) -> None:
        """Read what rests on counts found before it."""
        self._asunder()
        if not _COMPARED.isdisjoint(self.seen):
            self._compared()
        if not _SELVES.isdisjoint(self.seen):
            self._selves()
        if not _FOUND.isdisjoint(self.seen):
            self._found_others()
        self._antecedents()
        if not _FELLOWED.isdisjoint(self.seen):
            self._fellows()
        if "one" in self.seen and "those" in self.seen:
            self._one_was()

    def _one_was(self) -> None:
        """Read "one of those killed in the raid was a nurse": who is told of is the nurse."""
        for made in list(self.links.values()):
            phrase = made.phrase
            if not phrase.partitive or self.low[phrase.first] != "one" or self.low[phrase.last - 1] != "those":
                continue
            for k in range(phrase.last + 1, min(phrase.last + 24, self.n - 1)):
                if self.low[k] in _ENDING:
                    break
                one = self.starting.get(k + 1) if self.low[k] == "was" else None
                if one is not None and one.people and one.quantity is None and id(one) not in self.links:
                    del self.links[id(phrase)]
                    self._add(one, made.outcome, made.rule, made.trigger)
                    break

    def _fellows(self) -> None:
        """Give "six of his comrades" the group of whom the sentence counted before."""
        known: Group = "unknown"
        for phrase in self.phrases:
            if id(phrase) not in self.links or not phrase.people:
                continue
            theirs = phrase.head > 0 and not _THEIRS.isdisjoint(self.low[max(0, phrase.first - 1) : phrase.head])
            if theirs and self.low[phrase.head] in _FELLOWS and phrase.group == "unknown":
                phrase.group = known
            elif theirs and self.low[phrase.head] in _ESCORTS and known == "armed_group":
                phrase.group = known  # "a rebel leader and two of his bodyguards"
            elif phrase.group != "unknown":
                known = phrase.group

    def _heads(self) -> None:
        """Read phrases that state the outcome themselves, and lives claimed."""
        for phrase in self.phrases:
            if phrase.outcome and not self._discounted(phrase):
                head = phrase.head if phrase.head >= 0 else phrase.first
                self._add(phrase, phrase.outcome, "head", head)
                self._more_of(phrase, head)
            elif phrase.head >= 0 and self.low[phrase.head] == "lives":
                near = self.low[max(0, phrase.first - 4) : phrase.first] + self.low[phrase.last : phrase.last + 3]
                if not _COSTING.isdisjoint(near):
                    self._add(phrase, "killed", "lives", phrase.head)

    def _more_of(self, phrase: Phrase, head: int) -> None:
        """Read the bare number joined to "13 bodies from one site" by "and three from another"."""
        at = self.order[id(phrase)] + 1
        following = self.phrases[at] if at < len(self.phrases) else None
        if following is None or following.people or following.other or following.outcome or not phrase.outcome:
            return
        gap = self.low[phrase.last : following.first]
        same = (
            following.last < self.n and self.low[following.last] in BARE_AFTER and gap[-1:] == ["and"] and len(gap) < 10
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
        if phrase.head > 0 and self.low[phrase.head] == "bodies":
            after = self.low[phrase.head + 1 : phrase.head + 3]
            if self.low[phrase.head - 1] in _CORPORATE or (after[:1] == ["of"] and after[1:2] and after[1] in _MATTER):
                return True  # "two public bodies", "two bodies of water"
        before = self.low[max(0, phrase.first - 3) : phrase.first]
        if phrase.head >= 0 and self.low[phrase.head] == "victims" and self._freed(phrase):
            return True
        if before[-1:] and before[-1] in _THESE:
            return False
        return bool(set(before) & {"could", "would", "might", "denied", "prevent", "avoid", "if"})

    def _freed(self, phrase: Phrase) -> bool:
        """Say whether the victims counted are those who came away: "seven kidnapping victims were freed"."""
        if _FREED.isdisjoint(self.seen):
            return False
        near = range(max(1, phrase.first - 2), min(phrase.last + 5, self.n))
        return any(self.low[k] in _FREED for k in near)

    def _tolls(self) -> None:
        """Read the numbers of "the death toll rose from 14 to 31"."""
        for i in indexes(_TOLL_WORDS, self.low):
            outcome = self._toll_noun(i, self.low[i])
            if outcome is None:
                continue
            taken, of = self._brought_to(i, outcome), False
            for phrase in self.phrases:
                if phrase.first <= i or phrase.first - i > 44 or (id(phrase) in self.links and taken):
                    continue
                gap = self.low[i + 1 : phrase.first]
                if not _TO_COME.isdisjoint(gap) or _ended(gap):
                    break
                before = gap[-1] if gap else ""
                direct = len(gap) == 0 or self.low[phrase.first].startswith("exce") or before in _TOLL_STEPS
                if not direct or not self._fits(phrase) or (id(phrase) in self.links and phrase.outcome is None):
                    continue
                if of and before != "to":
                    continue
                if taken and (before != "to" or (of and _RAISED.isdisjoint(gap))):
                    break
                self._total(phrase, outcome, i)
                if phrase.people:
                    self._onward(phrase, Trigger(i, i + 1, outcome, "state"), "toll")
                taken, of = True, before == "of"
                if before not in {"from", "of"}:
                    break

    def _brought_to(self, i: int, outcome: Outcome) -> bool:
        """Read "brought to 17 the number of people killed", whose number stands before the noun at `i`."""
        phrase = self.ending.get(i - 1) if i and self.low[i - 1] == "the" else None
        if phrase is None or not phrase.first or self.low[phrase.first - 1] != "to" or phrase.people:
            return False
        self._total(phrase, outcome, i)
        return True

    def _total(self, phrase: Phrase, outcome: Outcome, at: int) -> None:
        self.links.pop(id(phrase), None)
        self._add(phrase, outcome, "toll", at)
        if phrase.group == "unknown" and self.low[at + 1 : at + 2] == ["of"]:
            stop = min(at + 6, phrase.first if phrase.first > at else self.n)
            named = [k for k in range(at + 2, stop) if self.low[k] in PERSON - set(OUTCOME_HEADS)]
            head = named[0] if named else None
            phrase.group = group_of(self.low[at + 2 : head + 1], head - at - 2) if head else "unknown"

    def _put_at(self) -> None:
        """Read "while the hospital put it at eight": the outcome is the one counted before."""
        for phrase in self.phrases:
            at = phrase.first - 2
            if at < 1 or self.low[at + 1] != "at" or id(phrase) in self.links or not self._fits(phrase):
                continue
            before = [made for made in self.links.values() if made.phrase.first < at]
            put = self.low[at] in _PUT_WHAT and not _PUT.isdisjoint(self.low[max(0, at - 2) : at])
            if before and put:
                self._add(phrase, before[-1].outcome, "toll", at)

    def _toll_noun(self, i: int, word: str) -> Outcome | None:
        before, after = self.low[i - 1] if i else "", self.low[i + 1 : i + 2]
        if word in {"toll", "tolls"}:
            return None if before == "casualty" else "killed"
        if word in {"deaths", "fatalities", "injuries"}:
            moved = not _MOVED.isdisjoint(self.low[i + 1 : i + 4]) or after == [":"]
            return DEAD_WORDS[word] if moved and i not in self.inside else None
        if word == "number" and after and after[0] in DEAD_WORDS and after[0] != "victims":
            return DEAD_WORDS[after[0]]
        if word in OUTCOME_HEADS or word == "killed":
            # "put the dead at six"
            put = (
                before in {"the", "of", "own", "its", "their"} and after == ["at"] and not _PUT.isdisjoint(self.low[:i])
            )
            return DEAD_WORDS.get(word) if put else None
        if after == ["of"]:
            for k, later in enumerate(self.low[i + 2 : i + 12], start=i + 2):
                if self.low[k - 1] == "to" and k in self.starting:
                    return None  # "the number of accidents to 12": of what, no later word says
                if later in OUTCOME_HEADS:
                    return OUTCOME_HEADS[later]
                if later in DEAD_WORDS or later == "fatal":
                    return DEAD_WORDS.get(later, "killed")
        return None

    def _lost(self) -> None:
        """Read "the army lost 22 men", "the rebels say they lost five"."""
        if _LOSING.isdisjoint(self.seen) or not _OF_GAMES.isdisjoint(self.low):
            return
        for phrase in self.phrases:
            if phrase.quantity is None or not phrase.first or self.low[phrase.first - 1] not in _LOSING:
                continue
            onward = self.low[phrase.last : phrase.last + 3]
            if onward[:1] == ["to"] and not _GIVEN_UP.isdisjoint(onward):
                continue
            men = phrase.group in {"state_forces", "armed_group"} or (
                phrase.head >= 0 and self.low[phrase.head] in {"men", "members", "people"}
            )
            bare = phrase.head < 0 and not phrase.other and not _LOSERS.isdisjoint(self.low[: phrase.first])
            if (phrase.people and men) or bare:
                self._add(phrase, "killed", "lost", phrase.first - 1)

    def _treated(self) -> None:
        """Read "had treated 40 people for burns"."""
        if _CARING.isdisjoint(self.seen):
            return
        for phrase in self.phrases:
            verb = self.low[phrase.first - 1] if phrase.first else ""
            after = self.low[phrase.last : phrase.last + 6]
            hurt = ("for" in after or "with" in after) and not _HURTS.isdisjoint(after)
            if verb in _CARING and phrase.people and hurt:
                self._add(phrase, "injured", "treated", phrase.first - 1)

    def _elsewhere(self) -> None:
        """Read "six died in Qalat, three in Zarin and two in Mand"."""
        for before, phrase in zip(self.phrases, self.phrases[1:], strict=False):
            made = self.links.get(id(before))
            counted = phrase.quantity is not None or (phrase.anaphor and phrase.last - phrase.first == 1)
            if made is None or phrase.other or not counted or phrase.outcome or id(phrase) in self.links:
                continue
            if phrase.people and not AUXILIARIES.isdisjoint(self.low[phrase.last : phrase.last + 8]):
                continue
            if self._speaks(phrase):
                continue
            start = max(before.last, made.trigger + 1 if made.trigger < phrase.first else 0)
            gap = self.low[start : phrase.first]
            here = gap[:1] and gap[0] in BARE_AFTER and gap[-1] in {",", "and"} and len(gap) < 10
            named = any(word[:1].isupper() for word in self.tokens.words[start + 1 : phrase.first - 1])
            here = here and (self.caseless or named)
            there = phrase.last < self.n and self.low[phrase.last] in BARE_AFTER
            if here and there and BREAKS.isdisjoint(gap) and self.in_trigger.isdisjoint(range(start, phrase.first)):
                phrase.group = phrase.group if phrase.people else before.group
                self._add(phrase, made.outcome, made.rule, made.trigger)

    def _hostages(self) -> None:
        """Read "took 12 hostages", "seized dozens of pupils", "took 30 girls into the forest", "police hold 64"."""
        if _HOLDING.isdisjoint(self.seen):
            return
        self._taken_along()
        for phrase in self.phrases:
            before = phrase.first - 1
            while before > 0 and self.low[before] in ADVERBS:
                before -= 1
            verb = self.low[before] if before >= 0 else ""
            if verb == "with" and phrase.people and tuple(self.low[before - 2 : before]) in _MADE_OFF:
                self._add(phrase, "abducted", "hostages", before)
                continue
            if verb in _APART and before and self.low[before - 1] not in _APART[verb]:
                continue
            if (verb not in _HOLDING and verb not in _APART) or id(phrase) in self.links or not self._fits(phrase):
                continue
            outcome = self._taken(phrase, verb, before)
            if outcome is not None:
                self._add(phrase, outcome, "hostages" if outcome == "abducted" else "held", before)

    def _taken_along(self) -> None:
        """Read "taking Omar Hale with them"."""
        for at in indexes(_TAKING, self.low):
            if any(self.low[k : k + 2] in _ALONG for k in range(at + 2, at + 9)):
                found = self._listed(at + 1)
                for phrase in found:
                    self._add(phrase, "abducted", "named-object", at)
                if found:
                    self._and_more(found[-1], Trigger(at, at + 1, "abducted", "gerund"))

    def _taken(self, phrase: Phrase, verb: str, at: int) -> Outcome | None:
        police = not _POLICE.isdisjoint(self.low[max(0, at - 6) : at])
        holding = verb.startswith("hold") or verb == "held"
        if holding and police and phrase.quantity is not None and not phrase.other:
            return "detained"
        if phrase.head >= 0 and self.low[phrase.head] in {"hostages", "hostage", "captives", "captive"}:
            return "abducted"
        if verb == "up" and police:
            return "detained"
        near = self.low[max(0, at - 8) : at]
        if phrase.people and not police and (holding or verb in {"away", "off"}) and not _CAPTORS.isdisjoint(near):
            return "abducted"
        if not _CARRIERS.isdisjoint(near):
            return None
        if not phrase.people or police or holding or verb in {"has", "have", "had", "up", "away", "off"}:
            return None
        if self.low[phrase.last : phrase.last + 2] in _ALONG:
            return "abducted"
        after = self.low[phrase.last : phrase.last + 1]
        return "abducted" if verb.startswith("sei") or after in (["into"], ["away"], ["hostage"], ["captive"]) else None

    def _along(self) -> None:
        """Read "died together with six guards"."""
        for trigger in self.triggers:
            k = trigger.last
            while k < self.n and k - trigger.last < 5 and (self.low[k] in ADVERBS or self.low[k] == ","):
                k += 1
            for words in (("along", "with"), ("together", "with"), ("as", "well", "as")):
                if tuple(self.low[k : k + len(words)]) == words:
                    at = k + len(words)
                    phrase = self.starting.get(at + (at < self.n and self.low[at] in DETERMINERS))
                    phrase = phrase or self.starting.get(at)
                    if phrase and self._fits(phrase) and any(m.trigger == trigger.first for m in self.links.values()):
                        self._add(phrase, trigger.outcome, "along-with", trigger.first)
                        self._onward(phrase, trigger, "along-with")

    def _among(self) -> None:
        """Read "four nurses were among the dead" and "among the dead were two children"."""
        for i in indexes(_INCLUDING, self.low):
            word = self.low[i]
            ahead = self.low[i + 1 : i + 6] if word == "among" else self.low[max(0, i - 4) : i]
            outcome = next((DEAD_WORDS[w] for w in ahead if w in DEAD_WORDS), None)
            if word == "among" and outcome is None and not _DIED.isdisjoint(ahead):
                outcome = "killed"
            if outcome is None or (_doers(ahead) if word == "among" else self._counted_since(i, ahead)):
                continue
            if word == "among" and self._before_among(i, outcome):
                continue
            for phrase in self.phrases:
                follows = 0 <= phrase.first - i <= (7 if word == "among" else 2)
                if follows and phrase.people and id(phrase) not in self.links:
                    self._add(phrase, outcome, "among", i)
                    self._onward(phrase, Trigger(i, i + 1, outcome, "state"), "among")
                    break

    def _counted_since(self, i: int, ahead: list[str]) -> bool:
        """Say whether a count stands between the outcome word and "including": "two killed and four, including"."""
        at = i - len(ahead) + next(k for k, word in enumerate(ahead) if word in DEAD_WORDS)
        return any(k in self.starting for k in range(at + 1, i))

    def _before_among(self, i: int, outcome: Outcome) -> bool:
        """Read "two girls aged six and nine were among the dead", "a guard, his wife and a nurse were among those"."""
        phrase = next((p for p in reversed(self.phrases) if p.last <= i and p.people), None)
        if phrase is None or id(phrase) in self.links:
            return False
        gap = [self.low[k] for k in range(phrase.last, i) if k not in self.skipped]
        far = len(gap) > 3 and not (len(gap) < 10 and gap[-1] in BE and AUXILIARIES.isdisjoint(gap[:-1]))
        if far or not BREAKS.isdisjoint(gap):
            return False
        self._add_subject(phrase, Trigger(i, i + 1, outcome, "state"), "among")
        return True

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
                and (self._joint(start, phrase.first) == "list" and phrase.people)
                and not self._speaks(phrase)
            )
            if (
                (marked and phrase.people and not phrase.named)
                or (gap[-1:] == ["including"] and not phrase.other and (phrase.partitive or self._bare_part(phrase)))
                or chained
                or (phrase.partitive and phrase.anaphor and self._loose(phrase))
                or (gap[-2:] == ["of", "whom"] and self._loose(phrase))
                or (self._another_part(before, gap) and phrase.anaphor and self._loose(phrase))
                or (self.low[0] == "of" and gap[-1:] == [","] and phrase.anaphor and self._loose(phrase))
            ):
                self._add(phrase, whole.outcome, "part", whole.trigger, whole.phrase)

    def _shares(self) -> None:
        """Read how a count is shared out: "seven died, two in the blast and five in the crush"; the shares add up."""
        for whole in list(self.links.values()):
            k = self.order.get(id(whole.phrase), -1) + 1
            if not k or whole.parent is not None or whole.phrase.quantity is None:
                continue
            shares: list[Phrase] = []
            while k < len(self.phrases) and self._shared(self.phrases[k], whole, shares):
                shares.append(self.phrases[k])
                k += 1
            if len(shares) > 1 and sum(share.number for share in shares) == whole.phrase.number:
                for share in shares:
                    self._add(share, whole.outcome, "part", whole.trigger, whole.phrase)

    def _shared(self, phrase: Phrase, whole: Link, before: list[Phrase]) -> bool:
        if phrase.people or phrase.other or phrase.outcome or id(phrase) in self.links or phrase.first < 1:
            return False
        led = self.low[phrase.first - 1] in ({",", "and"} if before else {",", ":", "--", "—", "–", "("})
        on = self.low[phrase.last : phrase.last + 1]
        return led and bool(on) and on[0] in _SHARING and phrase.first > whole.phrase.last

    def _bare_part(self, phrase: Phrase) -> bool:
        """Say whether a bare number after "including" is surely of people: "three from the same house"."""
        after = self.low[phrase.last : phrase.last + 7]
        return (
            after[:2] == _OF_ONE
            or after[:1] == ["during"]
            or (after[:1] in _IN_STATE and not _STATES.isdisjoint(after))
        )

    def _another_part(self, before: Phrase | None, gap: list[str]) -> bool:
        """Say whether the words after the part `before` go on to the next: "five were soldiers and three civilians"."""
        made = self.links.get(id(before)) if before is not None else None
        return made is not None and made.parent is not None and gap[-1:] == ["and"] and len(gap) < 6

    def _inserted(self) -> None:
        """Read the parts of "nine people -- seven civilians and two soldiers -- were wounded"."""
        for opening, _, held in self.inserted:
            before = [made for made in self.links.values() if made.phrase.first < opening]
            whole = max(before, key=lambda made: made.phrase.first, default=None)
            if whole is None:
                continue
            between = self.low[whole.phrase.last : opening]
            if len(between) < 8 or BREAKS.isdisjoint(between):
                for phrase in held:
                    self._add(phrase, whole.outcome, "part", whole.trigger, whole.phrase)

    def _marked(self, gap: list[str]) -> bool:
        words = [word for word in gap if word not in DETERMINERS and word not in QUOTES]
        if not words:
            return False
        if words[-1] in PART_WORDS or words[-2:] == ["among", "them"]:
            return True
        if any(word in BREAKS or word in AUXILIARIES for word in words):
            return False
        return words[-1] in {"and", ","} and bool(PART_WORDS.intersection(words)) and len(words) < 14

    def _loose(self, phrase: Phrase) -> bool:
        """Say whether "80 of them" has no verb of its own; its group is in the words that follow."""
        for later in self.low[phrase.last : phrase.last + 6]:
            if later in _GRAVELY:
                return True
            if later in {"were", "was", "are"} or later in ADVERBS or later in DETERMINERS or later in SAY:
                continue
            if later in PERSON:
                return True
            if later in BREAKS or later in {",", "."}:
                return False
        return False

    def _from_to(self) -> None:
        """Read the second figure of "from 7 dead on Monday to 9 on Tuesday"."""
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
