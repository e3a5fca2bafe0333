"""Read who suffers an outcome word as its subject: "12 people were killed", "a guard who was shot on Monday died"."""

from __future__ import annotations

from typing import Final

from ..lexis.harms import Trigger
from ..lexis.lexicon import ADVERBS, AUXILIARIES, BE, DETERMINERS, KIND_OF, MONTHS, PERSON, SAY, WEEKDAYS, wordset
from ..lexis.people import NATURAL, Phrase
from ..lexis.quantities import scan
from .joints import PART_WORDS, QUOTES, add_subject
from .objects import BURYING
from .ties import BREAKS, BY_SUBJECT, Link, Ties
from .verbs import PASSIVE, verb_group

_OBLIQUE: Final = wordset("by against with")
_OBJECTS: Final = wordset("him her them himself herself themselves me us it")
_WENT: Final = frozenset({"fled", "flee", "took", "sought", "left", "abandoned"})
_RELATIVE_SUBJECTS: Final = wordset(
    "it they he she we rebels gunmen militants group bandits kidnappers raiders insurgents"
)
_REPORTED: Final = wordset("reported listed described")
_COUNTED_AS: Final = _REPORTED | wordset("counted thought missing given")
_STAYED: Final = wordset("remained remain remains")
_OWN_SUBJECT: Final = wordset("he she it they i we")
_ASIDES: Final = PART_WORDS | wordset(
    """identified named aged ages age all both mostly mainly most many some from one two three four five six seven eight
    nine ten eleven twelve"""
)
_BRANDED: Final = wordset("branded labelled labeled dubbed accused suspected believed thought known described reputed")


def read(ties: Ties, trigger: Trigger) -> None:
    """Read the people who suffer a passive, intransitive or predicative outcome word, found to its left."""
    word = ties.low[trigger.first]
    if trigger.form in {"noun", "gerund", "base"} and trigger.outcome != "displaced" and word not in {"die", "dying"}:
        return
    start, verbs = verb_group(ties, trigger)
    if trigger.form == "state" and not verbs and trigger.first and ties.low[trigger.first - 1] == "the":
        return  # "three families of the dead"
    s, relative = _subject_end(ties, start)
    phrase = _named_right_before(ties, s, relative=relative)
    aside = _before_aside(ties, s - 1) if phrase is None and s > 1 and ties.low[s - 1] == "," else None
    phrase = phrase or aside
    if phrase is None and trigger.form == "past" and not verbs & PASSIVE and (taken := _whom(ties, start)) is not None:
        _taken_before(ties, taken, trigger)
        return
    if phrase is None:
        phrase = _named_before(ties, s, trigger, verbs, relative=relative)
    if phrase is None or not ties.fits(phrase) or not _agrees(ties, phrase, verbs):
        return
    if _other_fate(ties, phrase, trigger, verbs):
        return
    if trigger.outcome == "displaced" and _runs_away(ties, phrase, trigger):
        ties.in_trigger.difference_update(range(trigger.first, trigger.last))
        return
    rule = _rule(ties, trigger, verbs)
    if rule and relative and _picked_out(ties, phrase, s):
        ties.add(phrase, trigger.outcome, rule, trigger.first)  # "95 miners, including 23 who were hurt, escaped"
    elif rule:
        add_subject(ties, phrase, trigger, rule)
        if aside is not None:
            _aside_parts(ties, aside, s, trigger)


def _taken_before(ties: Ties, phrase: Phrase, trigger: Trigger) -> None:
    """Tie those a clause without "who" is about: the 51 of "released 18 of the 51 people they had kidnapped"."""
    inner = None
    if phrase.partitive and phrase.quantity is not None and phrase.head >= 0:
        inner = next((q for q in scan(ties.tokens) if phrase.quantity.last < q.first < q.last <= phrase.last), None)
    if inner is None or inner.value <= phrase.number:
        ties.add(phrase, trigger.outcome, "active-object", trigger.first)
        return
    whole = Phrase(inner.first, phrase.last, inner.low, inner.high, inner, phrase.head)
    whole.people, whole.group = True, phrase.group
    ties.more.append(Link(whole, trigger.outcome, "active-object", trigger.first))


def _picked_out(ties: Ties, phrase: Phrase, who: int) -> bool:
    """Say whether a "who" right behind some of a count is about them alone: no comma parts it from them."""
    led = phrase.last == who and ties.low[who : who + 1] == ["who"] and phrase.first > 0
    return led and (
        ties.low[phrase.first - 1] in PART_WORDS or ties.low[max(0, phrase.first - 2) : phrase.first] == _AMONG
    )


_AMONG: Final = ["among", "them"]


def _subject_end(ties: Ties, start: int) -> tuple[int, bool]:
    """Return where the subject of the verbs from `start` on ends, and whether they are those of a "who" or "which"."""
    s = start
    while s > 0 and ties.low[s - 1] in QUOTES:
        s -= 1
    relative = s > 0 and ties.low[s - 1] in {"who", "which"}
    if relative:
        s -= 1
        s -= s > 0 and ties.low[s - 1] == ","
    if s > 2 and ties.low[s - 1] in SAY:
        s = next((k for k in range(s - 2, max(s - 7, 0), -1) if ties.low[k] in {"that", "who", "whom"}), 0) or s
    while s > 0 and s - 1 in ties.skipped:
        s -= 1
    return s, relative


def _named_right_before(ties: Ties, s: int, *, relative: bool) -> Phrase | None:
    """Return the people named where the subject ends, or before the comma in front of "who"."""
    phrase = ties.ending.get(s)
    if phrase is None and relative:
        return ties.ending.get(s + 1) or _before_part(ties, s)
    return phrase


def _named_before(ties: Ties, s: int, trigger: Trigger, verbs: set[str], *, relative: bool) -> Phrase | None:
    """Return the subject that other words part from its verb, or that a verb before shares with this one."""
    if not relative and _is_finite(ties, trigger, verbs):
        return (
            _distant(ties, s, verbs)
            or _told_of(ties, s, verbs)
            or _reduced_before(ties, s, verbs)
            or _again(ties, trigger)
        )
    if not relative and trigger.form == "state" and ties.low[trigger.first - 1] in _STAYED:
        stayed = _distant(ties, s, verbs) or _reduced_before(ties, s, verbs)  # "nine of those hurt there remain in"
        return stayed if stayed is not None and stayed.quantity is not None else None
    if s <= 1 or ties.low[s - 1] != "and":
        return None
    if (led := _led_away(ties, s)) is not None:
        return led
    return _again(ties, trigger) if s - 1 in ties.ending_triggers else None  # "were abducted and killed"


def _is_finite(ties: Ties, trigger: Trigger, verbs: set[str]) -> bool:
    """Say whether an outcome word is the verb of a clause, whose subject may stand further off."""
    word = ties.low[trigger.first]
    if verbs or (trigger.form == "intransitive" and word not in {"dying", "losing"}):
        return True
    went = trigger.last - trigger.first == 1 and word == "drowned"
    went = went or (trigger.outcome == "displaced" and word in _WENT)
    return went and ties.low[trigger.first - 1] not in {"and", ",", "then", "who"}


def _rule(ties: Ties, trigger: Trigger, verbs: set[str]) -> str:
    """Return the rule by which an outcome word tells of its subject; empty where it does not."""
    rule = (
        trigger.form
        if trigger.form in {"passive", "intransitive"}
        else "passive"
        if trigger.form == "past"
        else "state"
    )
    if rule != "passive" or verbs:
        return rule
    fleeing = trigger.outcome == "displaced" and trigger.last - trigger.first > 1
    if not fleeing and _takes_object(ties, trigger.last):
        return ""  # "twelve soldiers killed the villagers" tells nothing of the soldiers
    return "" if trigger.outcome == "detained" and _freed(ties, trigger.last) else "participle"


def _other_fate(ties: Ties, phrase: Phrase, trigger: Trigger, verbs: set[str]) -> bool:
    """Say whether what an outcome word seems to tell of people is no harm of theirs, or none of this kind."""
    word = ties.low[trigger.first]
    if phrase.outcome == "killed" and trigger.outcome != "killed":
        return True  # "six bodies were taken to hospital"
    if phrase.quantity is None and word in {"died", "dies"} and not NATURAL.isdisjoint(ties.low):
        return True
    if word in {"buried", "trapped"} and trigger.last - trigger.first == 1 and _unburied(ties, trigger.first):
        return True
    return not verbs and word in {"shot", "stabbed", "burned", "knifed"} and phrase.quantity is None


def _freed(ties: Ties, k: int) -> bool:
    """Say whether those held before are told of as let go: "twelve captured soldiers were freed"."""
    at = next((j for j in range(k, min(k + _KIND, ties.n)) if ties.low[j] in BE), ties.n)
    people = not PERSON.isdisjoint(ties.low[k:at]) and BREAKS.isdisjoint(ties.low[k:at])
    return people and not _LET_GO.isdisjoint(ties.low[at + 1 : at + 3])


_KIND: Final = 6
_LET_GO: Final = wordset("freed released exchanged swapped rescued liberated repatriated")


def _led_away(ties: Ties, s: int) -> Phrase | None:
    """Return the subject of "14 passengers were dragged off a bus and shot dead", whose second verb is at `s`."""
    at = next((k for k in range(s - 2, max(s - _LED, 0), -1) if ties.low[k] in _LEADING), 0)
    if not at or ties.low[at - 1] not in BE or not BREAKS.isdisjoint(ties.low[at + 1 : s - 1]):
        return None
    if "," in ties.low[at:s] or not AUXILIARIES.isdisjoint(ties.low[at + 1 : s]):
        return None
    k = at - 1
    while k > 0 and (ties.low[k - 1] in AUXILIARIES or ties.low[k - 1] in ADVERBS):
        k -= 1
    return ties.ending.get(k) or _told_of(ties, k, set())


_LED: Final = 14
_LEADING: Final = wordset(
    """dragged pulled hauled offloaded forced taken marched led lined ordered herded driven stopped identified
    segregated separated tied bound blindfolded robbed tortured raped beaten chased ambushed attacked intercepted"""
)


def _runs_away(ties: Ties, phrase: Phrase, trigger: Trigger) -> bool:
    """Say whether those who flee are no displaced people: fighters, prisoners, or a few who ran from what happened."""
    if phrase.group in {"armed_group", "state_forces"} or (phrase.head >= 0 and ties.low[phrase.head] in _PRISONERS):
        return True
    few = phrase.number < _MANY and not (phrase.quantity is not None and phrase.quantity.modifier == "vague")
    return few and ties.low[trigger.first] in _FLEEING


_PRISONERS: Final = wordset("inmates prisoners detainees convicts suspects captives hostages")
_FLEEING: Final = frozenset({"fled", "fleeing", "flee"})
_MANY: Final = 20


def _unburied(ties: Ties, at: int) -> bool:
    """Say whether nothing in the sentence buries people, or they were got out, who are not said to remain below."""
    remain = ties.low[at - 1] in _STAYED or ties.low[at - 1] == "still"
    return BURYING.isdisjoint(ties.seen) or (not remain and ("rescued" in ties.seen or "freed" in ties.seen))


def _told_of(ties: Ties, s: int, verbs: set[str]) -> Phrase | None:
    """Return the subject that a relative clause parts from its verb: "a man who was shot on Monday has died"."""
    for phrase in reversed(ties.phrases):
        if phrase.last < s and phrase.people and ties.low[phrase.last] == "who" and _agrees(ties, phrase, verbs):
            between = ties.low[phrase.last + 1 : s]
            return phrase if len(between) < 14 and BREAKS.isdisjoint(between) else None
        that = next((k for k in range(phrase.last, min(phrase.last + _TAIL, s)) if ties.low[k] in _THAT), 0)
        whose = ties.low[phrase.last : that]
        led = whose[:1] in ([], ["of"], ["from"]) and all(map(str.isalpha, whose)) and AUXILIARIES.isdisjoint(whose)
        if that and led and phrase.people and _agrees(ties, phrase, verbs):
            between = ties.low[that + 1 : s]
            own = between[:1] != [] and (between[0] in _DID or between[0].endswith("ed") or between[0] in AUXILIARIES)
            return phrase if own and len(between) < _CLAUSE and BREAKS.isdisjoint(between) else None
    return None


_THAT: Final = frozenset({"that", "which"})
_TAIL: Final = 8
"""Words of what a count is of, before a clause about it: "members | of a patrol | that"."""
_CLAUSE: Final = 10
_DID: Final = wordset("gave came went took ran fled fought stood sat ate slept set held made left")


def _before_aside(ties: Ties, s: int) -> Phrase | None:
    """Return the whole before "14 people, including two children, injured", whose second comma is at `s`."""
    opened = max((k for k in range(max(s - _DENIAL, 0), s) if ties.low[k] == ","), default=0)
    if ties.low[opened + 1 : opened + 2] == ["not"] and (denying := ties.ending.get(opened)) and denying.people:
        return denying  # "three guards, not four as first reported, were killed"
    if ties.low[opened + 1 : opened + 2] and ties.low[opened + 1] in _BRANDED and (one := ties.ending.get(opened)):
        return one if one.people else None  # "four villagers, accused of spying, were shot dead"
    for comma in range(s - 1, max(s - 24, 0), -1):
        if comma in ties.in_trigger or ties.low[comma] in BREAKS or ties.low[comma] in AUXILIARIES:
            if ties.low[comma] == "accused" and _is_noun(ties, comma):
                continue  # "15 persons, including the main accused, were nabbed"
            if ties.low[comma - 1 : comma + 1] == _ALL_BUT:
                continue  # "eleven nurses, all but one of them foreigners, were killed"
            if ties.low[comma] in BE and ties.low[comma - 1] in _OF_WHICH and ties.low[comma - 3] in _UNCOUNTED:
                continue  # "14 people, most of whom were women, were killed"
            return None
        whole = ties.ending.get(comma) if ties.low[comma] == "," else None
        if whole is None or whole.quantity is None or not whole.people or comma + 1 >= s:
            continue
        if ties.low[comma + 1] in _ASIDES or ties.low[comma + 1][0].isdecimal() or ties.low[comma + 1] == "not":
            return whole
        singly = sum(ties.low[k] in {"a", "an"} for k in range(comma + 1, s))
        if ties.low[comma + 1] in {"a", "an"} and singly == whole.number:
            return whole  # "two civilians, a woman and a minor, were hurt"
    return None


_DENIAL: Final = 12
"""Words of the number before that is called wrong: "| not four as first reported |"."""
_ALL_BUT: Final = ["all", "but"]
_UNCOUNTED: Final = wordset("most many some several all both none few")
_OF_WHICH: Final = frozenset({"whom", "which"})


def _is_noun(ties: Ties, at: int) -> bool:
    """Say whether "accused" names a person: nobody is said to be accused of something, nor to accuse anyone."""
    low, after = ties.low, ties.low[at + 1 : at + 2]
    if low[at - 1] in AUXILIARIES or low[at - 1] in KIND_OF:
        return False
    return low[at - 1] in DETERMINERS or low[at - 2] in DETERMINERS or after in _CLOSED


_CLOSED: Final = ([","], ["and"], [")"])


def _aside_parts(ties: Ties, whole: Phrase, s: int, trigger: Trigger) -> None:
    """Read the parts in "13 sailors, nine from Brela and four from Mezin, were killed": no more than the whole."""
    inside = [p for p in ties.phrases if whole.last < p.first < s and id(p) not in ties.links and ties.fits(p)]
    inside = [p for p in inside if ties.low[p.first - 1] not in {"not", "but"}]  # "11 men, not eight, are missing"
    told = {p.last for p in inside if p.partitive}
    inside = [p for p in inside if p.quantity is not None or p.first not in told]  # "one of them a guard" is one
    if inside and sum(p.number for p in inside) <= whole.number:
        for phrase in inside:
            phrase.group = phrase.group if phrase.people else whole.group
            ties.add(phrase, trigger.outcome, "part", trigger.first, whole)


def _whom(ties: Ties, s: int) -> Phrase | None:
    """Return whom a relative clause without "who" is about: "80 pupils it abducted", "the six the rebels took"."""
    if s < 2 or ties.low[s - 1] not in _RELATIVE_SUBJECTS:
        return None
    at = s - 1 - (ties.low[s - 2] in {"that", "whom", "the"})
    phrase = ties.ending.get(s - 1) if ties.low[s - 2] == "whom" else None  # "35 of whom it had killed"
    if phrase is not None and phrase.partitive:
        return phrase
    phrase = ties.ending.get(at)
    return phrase if phrase is not None and phrase.people else None


def _reduced_before(ties: Ties, s: int, verbs: set[str]) -> Phrase | None:
    """Return the subject a participle parts from its verb: "a guard hurt in the raid died", "listed as missing"."""
    for phrase in reversed(ties.phrases):
        if phrase.last >= s or not phrase.people:
            continue
        between = [word for word in ties.low[phrase.last : s] if word not in ADVERBS]
        if len(between) > 2 and between[0] == between[-1] == "," and between[1] in _COUNTED_AS:
            between = ["listed", *between[2:-1]]
        if between and "as" in between and between[between.index("as") - 1] in _REPORTED:
            between.remove("as")
        made = ties.links.get(id(phrase))
        led = between[:1] and (between[0] in _REPORTED or (made is not None and made.rule == "participle"))
        led = led or (between[:1] == ["missing"] and made is not None)  # "all seven missing since Monday have died"
        if between[:1] == ["missing"]:
            between = [word for word in between if word not in {"after", "since"}]
        if not led or len(between) > 10 or not BREAKS.isdisjoint(between[1:]) or not AUXILIARIES.isdisjoint(between):
            return None
        if "," in between or not _agrees(ties, phrase, verbs):
            return None
        if made is None or made.outcome != "killed":  # "the 12 people killed were all shot" tells only how
            ties.links.pop(id(phrase), None)
        return phrase
    return None


def _before_part(ties: Ties, s: int) -> Phrase | None:
    """Return the whole in "six priests, five of them foreigners, who": what stands before the comma before."""
    comma = next((k for k in range(s - 1, max(s - 9, 0), -1) if ties.low[k] == ","), 0)
    part = next((p for p in ties.phrases if p.first == comma + 1 and p.partitive), None) if comma else None
    return ties.ending.get(comma) if part is not None else None


def _again(ties: Ties, trigger: Trigger) -> Phrase | None:
    """Return whom the clause before told of, for a second verb without a subject: "was wounded and later died"."""
    before = [made for made in ties.links.values() if made.rule in BY_SUBJECT and made.trigger < trigger.first]
    return before[-1].phrase if before and ties.then(before[-1], trigger.first) else None


def _takes_object(ties: Ties, k: int) -> bool:
    """Say whether an object begins at `k`: the verb before it is active."""
    if k >= ties.n:
        return False
    word = ties.low[k]
    named = ties.tokens.words[k][:1].isupper() and not ties.caseless
    return (
        word in DETERMINERS
        or word in _OBJECTS
        or (named and not ties.headline and word not in WEEKDAYS and word not in MONTHS and word not in ADVERBS)
    )


def _distant(ties: Ties, s: int, verbs: set[str]) -> Phrase | None:
    """Return the subject that ends before token `s` with words between."""
    if s > 0 and ties.low[s - 1] in PERSON and (s - 1) not in ties.inside and not _in_modifier(ties, s - 1):
        return None
    begin = s
    while begin > 0 and s - begin < 40:
        word = ties.low[begin - 1]
        if word == ")" and "(" in ties.low[max(0, begin - 14) : begin]:
            begin -= ties.low[begin - 2 :: -1].index("(") + 2
            continue
        if word in BREAKS or (begin - 1) in ties.in_trigger or word == ".":
            break
        begin -= 1
    inside = [
        p for p in ties.phrases if begin <= p.first and p.last <= s and ties.fits(p) and (p.people or p.last >= s - 8)
    ]
    if not inside:
        return None
    joined = s > 0 and ties.low[s - 1] in {"and", "but", "then"}
    if joined or (s > 1 and ties.low[s - 1] == "," and ties.low[s - 2] in {"and"}):
        return next((p for p in inside if p.people and _agrees(ties, p, verbs)), None)
    aside = False
    for phrase in reversed(inside):
        if ties.low[phrase.last - 1] == "whom" and ties.low[s - 1] == "," and phrase is not inside[0]:
            aside = True  # "41 people, ten of whom were farmers, were killed"
            continue
        if _agrees(ties, phrase, verbs) and (phrase.first == 0 or ties.low[phrase.first - 1] not in _OBLIQUE):
            between = set(ties.low[phrase.last : s])
            if "whom" in between and not phrase.partitive and not aside:
                return None
            if not between & _OWN_SUBJECT:
                return phrase
    return None


def _in_modifier(ties: Ties, i: int) -> bool:
    """Say whether the noun at `i` stands in a prepositional phrase or a list."""
    while i > 0 and (ties.low[i - 1] in PERSON or ties.low[i - 1].isalpha()) and ties.low[i - 1] not in BREAKS:
        i -= 1
        if ties.low[i] in {"of", "in", "from", "at", "for", "with", "by", "including", "and", "among", "on"}:
            return True
    return False


def _agrees(ties: Ties, phrase: Phrase, verbs: set[str]) -> bool:
    plural = phrase.number != 1 or (phrase.quantity is not None and phrase.quantity.modifier != "exact")
    if verbs & {"was", "is"} and phrase.number > 1:
        return phrase.head >= 0 and ties.low[phrase.head] in {"couple", "family"}
    if verbs & {"were", "are"} and not plural:
        return phrase.first > 0 and (ties.low[phrase.first - 1] in {"and", "or"} or _part_of(ties, phrase))
    return True


def _part_of(ties: Ties, phrase: Phrase) -> bool:
    """Say whether one person is named only as part of a plural: "four people including a nurse were"."""
    k = ties.order.get(id(phrase), 0)
    if not k or ties.low[phrase.first - 1] not in PART_WORDS:
        return False
    whole = ties.phrases[k - 1]
    return whole.quantity is not None and whole.people and phrase.first - whole.last < 6
