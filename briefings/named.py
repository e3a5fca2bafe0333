"""Find the single persons an outcome word is said of by name: "the murder of Father Hale", "Ana Ruiz was shot dead".

A person is a name with or without a post before it, or "he" and "she". In text all in capitals a name is what stands
where only one person can stand and is no word of the field.
"""

from __future__ import annotations

from typing import Final

from briefings.clauses import BREAKS, BY_SUBJECT, NATURAL, PASSIVE, Clauses, Link
from briefings.lexicon import (
    ADVERBS,
    ARMED,
    AUXILIARIES,
    COUNTRIES,
    DETERMINERS,
    KIND_OF,
    NOT_PEOPLE,
    PERSON,
    PREPOSITIONS,
    ROLE_WORDS,
    SAY,
    SINGULAR,
    STATE_MARKERS,
    STOPS,
    TITLE_WORDS,
    WEEKDAYS,
    group_of,
    indexes,
    is_demonym,
    wordset,
)
from briefings.model import Claim, Group
from briefings.outcomes import Trigger
from briefings.people import OUTCOME_HEADS, Phrase

_POSTS: Final = (SINGULAR | TITLE_WORDS) - frozenset(OUTCOME_HEADS) - wordset("victim body person man one head")
"""Words of a post or trade that stand before a name and make one person of it."""
_PLURAL: Final = PERSON - SINGULAR - TITLE_WORDS
_KNOWN: Final = (
    PERSON
    | ROLE_WORDS
    | frozenset(KIND_OF)
    | NOT_PEOPLE
    | STATE_MARKERS
    | COUNTRIES
    | frozenset(WEEKDAYS)
    | ADVERBS
    | SAY
    | wordset(
        """innocent unarmed defenseless defenceless young old foreign many several some few various numerous such any
        most political social public human popular democratic armed drug death other two three four five six seven
        eight nine ten one alias labor trade union party leftist rightist liberal conservative communist catholic civil
        university church law order peace democracy freedom hope justice liberty operation war peasant indian"""
    )
)
"""Words that are no part of a name where capitals do not tell."""
_PARTICLES: Final = wordset("al el bin ibn de da del la le van von der den di abu dos du y")
_PERSONAL: Final = wordset(
    """killed murdered assassinated executed beheaded lynched slain gunned shot stabbed hacked kidnapped abducted
    taken held kidnaped kidnaping
    arrested wounded injured martyred hanged killing murdering assassinating executing beheading slaying kidnapping
    abducting wounding injuring arresting kill kills murder murders assassinate assassinates execute executes behead
    beheads kidnap kidnaps abduct abducts arrest arrests wound wounds injure injures assassination abduction execution
    death died dies detained apprehended beaten fatally jailed imprisoned hospitalized hospitalised lost decapitated
    snatched dead body shoot shooting gun detaining strangled"""
)
"""Outcome words said of persons only: whom they are said of is a person, whatever the name."""
_NOUNS: Final = wordset(
    """murder assassination killing death execution kidnapping abduction beheading arrest lynching
    slaying"""
)
_INTENT: Final = wordset(
    """attempt attempts attempted attempting plot plots plotted plotting plan plans planned planning threat threats
    threatened threatening try tries tried trying conspiracy conspired wanted ordered orders intention intent
    intended aim aimed prevent prevented avoid
    foiled bid"""
)
_UNSURE: Final = wordset("died dies dead shot hurt lost taken held executed detained beaten snatched")
"""Outcome words said of other things too: one word before them need not be a name."""
_DYING: Final = wordset("died dies death dead body lost")
_FORCE: Final = wordset(
    """attack attacks blast explosion bomb bombing bullet bullets gunfire gunshot wounds injuries hospital crash
    crossfire shooting shootout shoot-out ambush raid strike strikes airstrike airstrikes clash clashes fighting battle
    fire custody torture quake earthquake flood floods storm landslide collapse accident violence shelling mine rocket
    missile grenade drone operation gunmen militants rebels guerrillas hands"""
)
_SLAIN: Final = wordset("assassinated murdered slain kidnapped kidnaped abducted executed")
_AMONG: Final = frozenset({"among"})
_OWNED: Final = [[noun] for noun in sorted(_NOUNS)]
_LONGEST: Final = 9


class Persons(Clauses):
    """One sentence being read for the single persons it names."""

    def _person(self, trigger: Trigger) -> None:
        """Read the persons named as object, subject or owner of an outcome word."""
        word = self.low[trigger.first]
        if word not in _PERSONAL or self._intended(trigger):
            return
        if word in _DYING and not NATURAL.isdisjoint(self.seen):
            return
        forced = word not in _DYING or self._by_force(word)
        if self.low[trigger.first : trigger.last + 1] == ["shot", "at"] and self._at_whom(trigger.last + 1):
            return
        found, rule = self._objects(trigger), "named-object"
        if not found:
            found, rule = self._owner(trigger), "named-noun"
        if not found:
            found, rule = self._leading(trigger) if self._linked(trigger) else self._subjects(trigger), "named-subject"
        rule = rule if forced else "named-died"
        for phrase in found:
            if not self.inside.intersection(range(phrase.first, phrase.last)):
                self._add(phrase, trigger.outcome, rule, trigger.first)
        if found and rule == "named-object":
            for phrase in found:
                self._twice(phrase, trigger, rule)
            self._and_more(found[-1], trigger)

    def _and_more(self, last: Phrase, trigger: Trigger) -> None:
        """Read what is joined to a named object: "the murder of Omar Hale, his wife and two others"."""
        k = last.last
        if self.low[k : k + 1] in (["and"], [","]):
            k += 2 if self.low[k : k + 2] == [",", "and"] else 1
            phrase = self.starting.get(k)
            if phrase and phrase.people and not phrase.outcome and not self._has_own_verb(phrase, trigger):
                self._add(phrase, trigger.outcome, "named-object", trigger.first)
                self._onward(phrase, trigger, "named-object")

    def _linked(self, trigger: Trigger) -> bool:
        return any(made.trigger == trigger.first for made in self.links.values())

    def _intended(self, trigger: Trigger) -> bool:
        near = self.low[max(0, trigger.first - 4) : trigger.first] + self.low[trigger.last : trigger.last + 1]
        return not _INTENT.isdisjoint(near)

    def _by_force(self, word: str) -> bool:
        """Say whether a sentence tells a death as one by force: "died" asks a sign of it, "the death of" does not."""
        return word in {"death", "dead", "body"} or len(self.triggers) > 1 or not _FORCE.isdisjoint(self.seen)

    def _at_whom(self, k: int) -> bool:
        """Say whether "shot at" before `k` tells of shots and not of the place."""
        return k >= self.n or not (self.low[k][0].isalpha() and self.low[k] not in {"from", "by", "and", "while", "as"})

    # -- where persons stand

    def _objects(self, trigger: Trigger) -> list[Phrase]:
        """Read "the murder of Father Hale", "killed Ana Ruiz and Jan Orsk"."""
        return self._listed(self._object_at(trigger))

    def _listed(self, k: int) -> list[Phrase]:
        """Return the persons of a list of names that begins at token `k`; none for 0."""
        found: list[Phrase] = []
        first_comma = 0
        while k and (phrase := self._forward(k)) is not None:
            found.append(phrase)
            joint = self.low[phrase.last : phrase.last + 1]
            k = phrase.last + 1
            if joint not in (["and"], [","]) or len(found) > 8:
                break
            if joint == [","]:
                first_comma = first_comma or len(found)
                k += self.low[k : k + 1] == ["and"]
        after = self.low[found[-1].last] if found and found[-1].last < self.n else "."
        if len(found) > 1 and (after in AUXILIARIES or after in SAY):
            return found[: first_comma or 1]  # "following the death of Hale, Ruiz and Orsk were …"
        return found

    def _object_at(self, trigger: Trigger) -> int:
        """Return where the object of an outcome word begins, 0 if it can have none."""
        k, low = self._past_insertion(trigger.last), self.low
        if trigger.form in {"noun", "gerund", "base"}:
            if low[k : k + 1] == ["of"]:
                return k + 1
            if low[k : k + 1] and low[k] in _WHEN and low[trigger.first] in _NOUNS:
                of = next((j for j in range(k + 1, min(k + 6, self.n)) if low[j] == "of"), 0)
                return of + 1 if of and BREAKS.isdisjoint(low[k:of]) else 0
            before = low[trigger.first - 1] if trigger.first else ","
            if trigger.form == "noun" or (low[trigger.first] in _NOUNS and before in DETERMINERS):
                return 0
            verbal = before in STOPS or before in SAY or before in ADVERBS or not before[0].isalpha()
            if trigger.form == "gerund":
                return k if verbal else 0
            return k if low[trigger.first].endswith("s") or before in {"and", "who"} else 0
        if trigger.first and low[trigger.first - 1] in DETERMINERS:
            return k if low[trigger.first] in _SLAIN and self._forward(k, full=True) else 0  # "the murdered Ana Ruiz"
        return k if trigger.form == "past" and not self._passive(trigger) else 0

    def _among_them(self) -> None:
        """Read "among the dead was Mayor Ana Ruiz"."""
        for i in indexes(_AMONG, self.low):
            if self.low[i + 1 : i + 2] != ["the"]:
                continue
            outcome = OUTCOME_HEADS.get(self.low[i + 2]) if i + 2 < self.n else None
            verb = next((k for k in range(i + 3, min(i + 9, self.n)) if self.low[k] in {"was", "were", "is", "are"}), 0)
            phrase = self._forward(verb + 1) if outcome and verb else None
            if outcome and phrase is not None and not self.inside.intersection(range(phrase.first, phrase.last)):
                self._add(phrase, outcome, "named-among", i)

    def _owner(self, trigger: Trigger) -> list[Phrase]:
        """Read "Hale's murder"."""
        at = trigger.first - 1
        if self.low[trigger.first] not in _NOUNS or at < 0:
            return []
        if at and self.low[at] in {"'", "’"} and self.low[at - 1][-1] in "sz":
            at -= 1  # "Valdes' murder"
        elif at not in self.tokens.possessive:
            return []
        after = self.low[trigger.last] if trigger.last < self.n else "."
        if after == "of" or (after[0].isalpha() and after not in STOPS and after not in ADVERBS):
            return []  # "the group's killing of …", "Hale's death sentence"
        phrase = self._backward(at + 1, single=True, after=True)
        return [phrase] if phrase is not None else []

    def _subjects(self, trigger: Trigger) -> list[Phrase]:
        """Read "Ana Ruiz was shot dead", "Hale, a teacher, was kidnapped", "Hale and Ruiz were killed"."""
        if trigger.form not in {"past", "passive", "intransitive", "state"}:
            return []
        start, verbs = self._auxiliary(trigger)
        if not verbs and trigger.form in {"past", "passive"}:
            return self._reduced(trigger)
        if not verbs and (trigger.form != "intransitive" or self.low[trigger.first] in {"dying", "losing"}):
            return []
        if trigger.form == "past" and not (verbs & PASSIVE):
            return []
        s = start
        who = s > 0 and self.low[s - 1] == "who"
        s -= who
        if s > 0 and self.low[s - 1] in {"he", "she"} and not who:
            return [Phrase(s - 1, s, 1, 1, None, s - 1, True, named=True, name=self.low[s - 1])]
        if s > 0 and self.low[s - 1] in {"no-one", "nobody", "everyone", "someone", "anyone"}:
            return []
        several = bool(verbs & {"were", "are", "have"})
        if s > 0 and self.low[s - 1] == "," and not several:
            inner = self._apposed(s - 1, who=who)
            if inner or who:
                return inner
        sure = not several and self.low[trigger.first] not in _UNSURE
        found = self._led(s, several=several, sure=sure, after=who)
        joined = bool(found) and found[0].first > 0 and self.low[found[0].first - 1] == "and"
        return [] if several and len(found) < 2 and not joined else found

    def _led(self, s: int, *, several: bool, sure: bool, after: bool) -> list[Phrase]:
        """Return the persons of the subject that ends before token `s`, past what is said of each between commas."""
        found: list[Phrase] = []
        edge = s
        while edge > 0 and len(found) < 8:
            phrase, a, b = None, edge, edge
            while phrase is None and a > 0 and s - a < _FAR:
                b = a - (self.low[a - 1] == ",")
                if b == a and a != edge:
                    return found
                a = self._segment(b)
                phrase = self._backward(b, single=sure or (several and a + 1 == b), after=after)
                if phrase is not None and phrase.first != a and b < s:
                    phrase = None
                if phrase is None and not (a < b and self._tells(a)):
                    return found
            if phrase is None:
                return found
            if b < edge:
                self._described(phrase, b, edge)
            found.insert(0, phrase)
            edge = phrase.first - (phrase.first > 0 and self.low[phrase.first - 1] == "and")
            edge -= edge > 1 and self.low[edge - 1] == ","
            if not several or edge == phrase.first:
                return found
        return found

    def _segment(self, b: int) -> int:
        """Return where the words between commas that end before token `b` begin."""
        a = b
        while a > 0 and self.low[a - 1] not in _EDGES:
            a -= 1
        return a

    def _tells(self, a: int) -> bool:
        """Say whether the words from `a` on describe whom was named before: "a teacher", "45", "who was there"."""
        word = self.low[a] if a < self.n else ""
        return word in _TELLING or word[:1].isdecimal() or word in PREPOSITIONS or word in SINGULAR or word in _POSTS

    def _reduced(self, trigger: Trigger) -> list[Phrase]:
        """Read "Omar Hale, killed in the raid, …"."""
        after = self.low[trigger.last] if trigger.last < self.n else "."
        comma = trigger.first - 1
        if comma < 1 or self.low[comma] != "," or not (after in _AFTER or after[0].isdecimal()):
            return []
        phrase = self._backward(comma, single=False, after=True)
        return [phrase] if phrase is not None else []

    def _apposed(self, comma: int, *, who: bool) -> list[Phrase]:
        """Read the name before the comma at `comma`: "Hale, who" or "the teacher, Omar Hale,"."""
        if who:
            phrase = self._backward(comma, single=True, after=True)
            return [phrase] if phrase is not None else []
        opening = next((k for k in range(comma - 1, max(comma - 22, 0), -1) if self.low[k] == ","), 0)
        if not opening or not BREAKS.isdisjoint(self.low[opening:comma]):
            return []
        inner = self._forward(opening + 1)
        if inner is not None and inner.last == comma:
            return [inner]
        return []

    def _leading(self, trigger: Trigger) -> list[Phrase]:
        """Read the name before counted subjects: "Mayor Hale and two bodyguards were shot dead"."""
        told = [
            made.phrase
            for made in self.links.values()
            if made.trigger == trigger.first and made.rule in BY_SUBJECT and made.parent is None
        ]
        edge = min((phrase.first for phrase in told), default=0)
        if edge < 2 or not (self.low[edge - 1] == "and" or (self.low[edge - 1] == "," and len(told) > 1)):
            return []
        edge -= 2 if self.low[edge - 2] == "," else 1
        phrase = self._backward(edge, single=False)
        if phrase is None and self.low[edge] == "," and len(told) > 1:
            return self._apposed(edge, who=False)
        return [phrase] if phrase is not None else []

    # -- names

    def _forward(self, k: int, *, full: bool = False) -> Phrase | None:
        """Return the person whose name, with what stands before it, begins at token `k`; `full` asks for two words."""
        low, end = self.low, k
        while end < self.n and end - k < _LONGEST and self._runs_on(end):
            end += 1
        if not self.caseless:
            end = self._capitals_end(k, end)
        phrase = self._name(k, end, single=not full)
        if phrase is not None and low[end : end + 1] == [","]:
            close = next((j for j in range(end + 1, min(end + 16, self.n)) if low[j] in {",", "."}), 0)
            self._described(phrase, end + 1, close)
        return phrase

    def _capitals_end(self, k: int, end: int) -> int:
        """Return where the capitals that end a name stop; `k` where what follows makes the name say whose people."""
        words, low = self.tokens.words, self.low
        last = end
        while last > k and not words[last - 1][:1].isupper():
            last -= 1
        if last in {end, k}:
            return last
        word = low[last]
        if word in PERSON or word in NOT_PEOPLE or words[last - 1].isupper():
            return k  # "killed Tarnian villagers"
        verbal = word in ADVERBS or word.endswith(("ed", "ly", "ents", "als", "ies", "ics", "ives")) or word in SAY
        posted = any(low[j] in _POSTS for j in range(k, last - 1))
        return last if verbal or posted or (last - k > 1 and not any(is_demonym(w) for w in words[k:last])) else k

    def _backward(self, s: int, *, single: bool, after: bool = False) -> Phrase | None:
        """Return the person whose name ends before token `s`.

        `single` lets one word be a name, `after` lets a preposition lead it.
        """
        low, words = self.low, self.tokens.words
        a = s
        while a > 0 and s - a < _LONGEST and self._runs_on(a - 1) and (a == s or a - 1 not in self.tokens.possessive):
            if (
                not self.caseless
                and words[a - 1].islower()
                and low[a - 1] not in _POSTS
                and (a - 2 < 0 or low[a] not in _POSTS)
                and low[a - 1] not in _PARTICLES
            ):
                break
            a -= 1
        while a < s and (low[a] in WEEKDAYS or low[a] in ADVERBS):
            a += 1
        if not after and a > 0 and low[a - 1] in PREPOSITIONS and low[a - 1] not in _WHEN_TOLD:
            return None
        return self._name(a, s, single=single)

    def _runs_on(self, k: int) -> bool:
        """Say whether the word at `k` can be part of a name or of the post before it."""
        word = self.low[k]
        if not word[0].isalpha() or k in self.in_trigger or k in self.inside:
            return False
        if word in _PARTICLES:
            return k + 1 < self.n and self.low[k + 1][0].isalpha()
        if self.caseless and (word in _ENDS or (word.endswith("ed") and word not in _NAMES_IN_ED)):
            return False
        return word not in STOPS and word not in AUXILIARIES

    def _name(self, a: int, b: int, *, single: bool = True) -> Phrase | None:
        """Make a person of tokens `a` to `b`: a post and a name, or a name alone."""
        low, words = self.low, self.tokens.words
        if a >= b or b - a > _LONGEST or (b - 1 in self.tokens.possessive and low[b : b + 1] not in _OWNED):
            return None
        post = next((k for k in range(b - 2, a - 1, -1) if low[k].strip(".") in _POSTS), -1)
        start = post + 1 if post >= 0 else a
        name = range(start, b)
        if any(low[k] in _KNOWN or (low[k] in ARMED) or low[k] in OUTCOME_HEADS for k in name):
            return None
        if self.caseless:
            if not self._unknown_words(name, post, single=single):
                return None
        elif not all(words[k][:1].isupper() or low[k] in _PARTICLES for k in name) or (
            post < 0 and not self._capital_name(name, single=single)
        ):
            return None
        if len(name) > 5 or (post >= 0 and any(low[k] in _PLURAL for k in range(post, b))):
            return None
        phrase = Phrase(a, b, 1, 1, None, b - 1, True, named=True, name=low[b - 1])
        if post >= 0:
            phrase.group = self._group_of_post(a, post)
        return phrase

    def _capital_name(self, name: range, *, single: bool) -> bool:
        """Say whether capitalised words without a post are a person's name."""
        words, low = self.tokens.words, self.low
        if any(is_demonym(words[k]) for k in name) and (len(name) == 1 or low[name[-1]].endswith("s")):
            return False
        if len(name) == 1:
            word = words[name[0]]
            return single and not word.isupper() and len(word) > 2
        return not all(words[k].isupper() for k in name)

    def _unknown_words(self, name: range, post: int, *, single: bool) -> bool:
        low = self.low
        last = low[name[-1]]
        if post >= 0:
            return len(name) <= 4 and not any(is_demonym(low[k].capitalize()) for k in name)
        if any(is_demonym(low[k].capitalize()) or low[k].endswith(_COMMON_ENDS) for k in name):
            return False
        return len(name) > 1 or (single and len(last) > 3)

    def _group_of_post(self, a: int, post: int) -> Group:
        span = self.low[a : post + 1]
        if self.low[post].strip(".") in _RANKS and not {"attorney", "director", "secretary", "consul"} & set(span):
            return "state_forces"
        return group_of(span, len(span) - 1)

    def _described(self, phrase: Phrase, a: int, b: int) -> None:
        """Take the group from what is said of the person between commas: "Hale, a teacher,"."""
        if phrase.group == "unknown" and self.low[a : a + 1] and self.low[a] not in {"his", "her", "their", "and"}:
            head = next((k for k in range(a, b) if self.low[k] in SINGULAR), None)
            if head is not None and "of" not in self.low[a:head]:
                phrase.group = group_of(self.low[a : head + 1], head - a)


_WHEN: Final = wordset("on last yesterday today early late this")


def counted_once(made: list[tuple[Claim, Link]]) -> list[Claim]:
    """Return the claims without the persons named or meant by "he" that a number of the same report includes.

    A person counts once for each outcome, and again only where another speaker states it or the headline did.
    """
    kept: list[tuple[Claim, Link]] = []
    wholes = [pair for pair in made if not pair[1].phrase.name and (pair[0].low or pair[0].high or 0) > 0]
    for claim, link in made:
        name = link.phrase.name
        if link.rule == "named-died" and not any(_by_force_near(claim, *other) for other in made):
            continue
        if name and (
            any(_same_person(claim, name, *other) for other in kept)
            or any(_includes(claim, *other) for other in wholes)
        ):
            continue
        kept.append((claim, link))
    return [claim for claim, _ in kept]


def _by_force_near(claim: Claim, other: Claim, link: Link) -> bool:
    near = abs(other.start - claim.start) < _NEAR
    return (
        near and other is not claim and link.rule != "named-died" and other.outcome in {"killed", "injured", "abducted"}
    )


def _same_person(claim: Claim, name: str, before: Claim, link: Link) -> bool:
    """Say whether an earlier claim of one person is about the same one, in the same voice."""
    if before.outcome != claim.outcome or before.headline != claim.headline or before.low != 1 or before.high != 1:
        return False
    if link.phrase.name != name and not (name in _PRONOUNS and _alike(before, claim)):
        return False
    return claim.claimant is None or claim.claimant == before.claimant


def _includes(claim: Claim, whole: Claim, other: Link) -> bool:
    """Say whether the number of `whole` holds the person of `claim`: the same outcome, people, days and place."""
    if whole.outcome != claim.outcome or not _alike(whole, claim) or whole.headline:
        return False
    if whole.sentence == claim.sentence:
        return False  # "Hale and two guards were killed", "Hale was killed in a raid in which two guards died"
    if other.phrase.anaphor and other.phrase.head >= 0:
        return False  # "12 others"
    if whole.low == 1 and whole.high == 1 and (whole.group != claim.group or whole.start > claim.start):
        return False
    return _together(whole, claim)


def _alike(one: Claim, other: Claim) -> bool:
    return one.group == other.group or "unknown" in {one.group, other.group}


def _together(one: Claim, other: Claim) -> bool:
    if one.place and other.place and one.place not in other.place and other.place not in one.place:
        return False
    if one.date_from is None or other.date_from is None or one.date_to is None or other.date_to is None:
        return one.scope == other.scope
    return one.date_from <= other.date_to and other.date_from <= one.date_to


_NAMES_IN_ED: Final = wordset(
    "ahmed mohammed mohamed muhammed alfred fred saeed majeed rasheed hameed waleed naveed javed jared"
)
_NEAR: Final = 700
"""Characters around a bare "he died" within which people are killed, hurt or taken, for it to be a death by force."""
_PRONOUNS: Final = frozenset({"he", "she"})
_FAR: Final = 40
_WHEN_TOLD: Final = frozenset({"after", "before", "since", "until"})
"""Prepositions that begin a clause too: "rose after Judge Hale was shot"."""
_EDGES: Final = frozenset({",", "and", ";", ":", "that", "--", "—", "–", '"', "“", "”", "."}) | (SAY - {"described"})
_TELLING: Final = wordset("a an the one his her who whose which also then aged alias both former")
_AFTER: Final = wordset("in on by at near while during last when earlier yesterday outside inside along . ,")
_ENDS: Final = ADVERBS | SAY | frozenset(WEEKDAYS)
_COMMON_ENDS: Final = (
    "ers",
    "ists",
    "ants",
    "ees",
    "ians",
    "ors",
    "ment",
    "tion",
    "sion",
    "ness",
    "ing",
    "ity",
    "ism",
    "ly",
)
_RANKS: Final = wordset(
    "general gen colonel col captain capt major maj lieutenant lt brigadier brig sergeant sgt corporal"
)
