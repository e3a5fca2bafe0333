"""Read the parts of a count: "including three children", "80 of them soldiers", "two in Brela, five in Mand"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..lexis.bodies import HOUSES
from ..lexis.lexicon import ADVERBS, AUXILIARIES, BE, DETERMINERS, PERSON, SAY, indexes, wordset
from ..lexis.people import OUTCOME_HEADS, Phrase
from ..lexis.quantities import scan
from ..model import Outcome
from .joints import ENDS, PART_WORDS, QUOTES, joint_between, speaks
from .sequels import placed
from .ties import BREAKS, Link, Ties

GRAVELY: Final = wordset("critically seriously severely gravely badly slightly lightly fatally")
COLON: Final = frozenset({":"})
GRAVE: Final = GRAVELY | {"critical", "serious"}
_BADLY: Final = GRAVELY - {"lightly", "fatally"}
_UNKNOWN: Final = wordset("unidentified unclaimed unrecognisable unrecognizable")
_SHARING: Final = wordset("in at near from on by during when after")
_IN_STATE: Final = [["in"], ["with"]]
_STATES: Final = wordset("condition conditions injuries wounds burns coma")
_OF_THESE: Final = (["including"], [",", "including"])
_OF_ONE: Final = ["from", "the"]


def parts(ties: Ties) -> None:
    """Read "including three children", "80 of them soldiers", "three of whom died"."""
    whole: Link | None = None
    for k, phrase in enumerate(ties.phrases):
        made = ties.links.get(id(phrase))
        if made is not None:
            whole = made if made.parent is None else whole
            continue
        if whole is None or not ties.fits(phrase) or (phrase.partitive and ties.low[phrase.first - 1] == "but"):
            continue  # "all but two of them" are the others
        before = ties.phrases[k - 1] if k else None
        start = before.last if before else 0
        gap = ties.low[start : phrase.first]
        if before is not None and id(before) not in ties.links and before.number > phrase.number and gap in _OF_THESE:
            continue  # "nine died of more than 200, including 18 crew"
        marked = _marked(gap)
        chained = (
            before is not None
            and id(before) in ties.links
            and ties.links[id(before)].parent is not None
            and (joint_between(ties, start, phrase.first) == "list" and phrase.people)
            and not speaks(ties, phrase)
        )
        if (
            (marked and phrase.people and not phrase.named)
            or (gap[-1:] == ["including"] and not phrase.other and (phrase.partitive or _bare_part(ties, phrase)))
            or chained
            or (phrase.partitive and phrase.anaphor and _loose(ties, phrase))
            or (gap[-2:] == ["of", "whom"] and _loose(ties, phrase))
            or (whole.outcome in _LASTING and _still_so(ties, phrase, gap))
            or (whole.outcome == "detained" and phrase.partitive and phrase.anaphor and _charged(ties, phrase))
            or (whole.outcome == "injured" and phrase.partitive and phrase.anaphor and _grave(ties, phrase))
            or (whole.outcome == "displaced" and phrase.partitive and phrase.anaphor and _moves_on(ties, phrase))
            or (before is not None and id(before) in ties.links and _told_apart(ties, phrase, gap, whole.outcome))
            or (before is whole.phrase and gap[-1:] == ["and"] and _were_people(ties, phrase, whole))
            or (gap[-2:] == ["those", "of"] and phrase.people and _ends_among_them(ties, phrase))
            or (_another_part(ties, before, gap) and phrase.anaphor and _loose(ties, phrase))
            or (ties.low[0] == "of" and gap[-1:] == [","] and phrase.anaphor and _loose(ties, phrase))
        ):
            held = before if before is not None and _nested(ties, before, phrase, gap) else whole.phrase
            ties.add(phrase, whole.outcome, "part", whole.trigger, held)


def _ends_among_them(ties: Ties, phrase: Phrase) -> bool:
    """Say whether a part is told as in "65 deaths, those of six children among them"."""
    return ties.low[phrase.last : phrase.last + 2] == ["among", "them"]


def _nested(ties: Ties, before: Phrase, phrase: Phrase, gap: list[str]) -> bool:
    """Say whether a part is one of the part before it: "14 people, nine of them civilians, including four children"."""
    made = ties.links.get(id(before))
    beside = (gap[-1:] in _LED or gap[-2:] == ["among", "them"]) and len(gap) <= _NESTED and "and" not in gap
    return made is not None and made.parent is not None and beside and before.number > phrase.number


_LED: Final = (["including"], ["includes"])
_NESTED: Final = 6
"""Words that may tell of the part before and lead its own part: "| civilians, including |"."""


def _bare_part(ties: Ties, phrase: Phrase) -> bool:
    """Say whether a bare number after "including" is surely of people: "three from the same house"."""
    after = ties.low[phrase.last : phrase.last + 7]
    return after[:2] == _OF_ONE or after[:1] == ["during"] or (after[:1] in _IN_STATE and not _STATES.isdisjoint(after))


def _still_so(ties: Ties, phrase: Phrase, gap: list[str]) -> bool:
    """Say whether what befell the whole lasts for a part of it: "of whom 21 are still being held"."""
    after = ties.low[phrase.last : phrase.last + 5]
    told = phrase.anaphor and (phrase.partitive or gap[-2:] == ["of", "whom"])
    return told and not _YET.isdisjoint(after) and not _HELD.isdisjoint(after)


def _moves_on(ties: Ties, phrase: Phrase) -> bool:
    """Say whether part of the displaced goes somewhere: "180,000 of them arriving in the next district"."""
    return not _MOVING.isdisjoint(ties.low[phrase.last : phrase.last + 4])


def _told_apart(ties: Ties, phrase: Phrase, gap: list[str], outcome: Outcome) -> bool:
    """Say whether some of a count are told by where, how or what came next: "nine of them in Brela", "21 of whom …"."""
    whom = gap[-2:] == ["of", "whom"] or (phrase.partitive and ties.low[phrase.last - 1] == "whom")
    after = ties.low[phrase.last : phrase.last + _NEXT]
    if whom and phrase.anaphor and not _NEXT_FATES[outcome].isdisjoint(after):
        return (after[0] in AUXILIARIES or after[0] in BE) and _LET_GO.isdisjoint(after)
    them = phrase.partitive and phrase.anaphor and ties.low[phrase.last - 1] in OF_THEM and gap[-1:] == [","]
    if not them or not after or phrase.last in ties.in_trigger:
        return False
    if outcome == "injured" and after[0] in {"a", "an"} and not _HURTS.isdisjoint(after[:4]):
        return True  # "eight were hurt, one of them a broken leg"
    return after[0] in _WHERE and not _bears_verb(ties, phrase.last)


def _were_people(ties: Ties, phrase: Phrase, whole: Link) -> bool:
    """Say whether a bare number goes on about the whole by who they were: "nine died, and four were children"."""
    after = ties.low[phrase.last : phrase.last + 3]
    bare = phrase.head < 0 and phrase.anaphor and not phrase.other and phrase.number < whole.phrase.number
    ends = ties.low[phrase.last + 2 : phrase.last + 3]
    told = bare and after[:1] in (["were"], ["was"], ["are"]) and after[1:2] != [] and after[1] in _KINDS
    return told and (not ends or ends[0] in ENDS)


def _bears_verb(ties: Ties, k: int) -> bool:
    """Say whether what follows token `k` holds, to the end of its clause, a verb or outcome word of its own."""
    for at in range(k, min(k + _CLAUSE, ties.n)):
        word = ties.low[at]
        if not word[0].isalnum() or word in _CLAUSES:
            return False
        if word in AUXILIARIES or word in BE or at in ties.in_trigger or word in HOUSES or word in BREAKS:
            return True
    return False


_NEXT: Final = 6
"""Words after "of whom 21" within which the verb of what came next must stand."""
_CLAUSE: Final = 10
_CLAUSES: Final = wordset("and it he she they which that")
"""Words with which what is said of a part comes to its end."""
_WHERE: Final = wordset("in at near by on during from")
_HURTS: Final = wordset("fracture fractured broken skull concussion wound burn injury head spinal")
_LET_GO: Final = wordset("released freed rescued not acquitted discharged survived returned")
_NEXT_FATES: Final[dict[Outcome, frozenset[str]]] = {
    "killed": wordset("identified buried cremated named recovered"),
    "injured": wordset("admitted airlifted transferred referred flown operated evacuated"),
    "detained": wordset("charged remanded arraigned indicted sentenced jailed prosecuted convicted"),
    "abducted": frozenset(),
    "missing": frozenset(),
    "displaced": frozenset(),
}
"""What comes next for some of those counted, who are still counted with the others."""


def _charged(ties: Ties, phrase: Phrase) -> bool:
    """Say whether part of those arrested are told with what for: "74 of them for drunken driving"."""
    return ties.low[phrase.last : phrase.last + 1] == ["for"]


def _grave(ties: Ties, phrase: Phrase) -> bool:
    """Say whether part of the wounds are told by their state alone: "brought up with burns, four of them severe"."""
    ends = ties.low[phrase.last + 1 : phrase.last + 2]
    return ties.low[phrase.last : phrase.last + 1] in _SEVERE and (not ends or ends[0] in ENDS)


_SEVERE: Final = (["severe"], ["serious"], ["critical"], ["grave"], ["severely"])
_MOVING: Final = wordset(
    """arriving arrived crossing crossed sheltering sheltered living staying seeking sought moving moved heading headed
    went reached reaching settling settled hosted"""
)
_KINDS: Final = PERSON - set(OUTCOME_HEADS)
_LASTING: Final = frozenset({"abducted", "detained", "missing"})
_YET: Final = wordset("still remain remains remained")
_HELD: Final = wordset("held missing captive captives captivity custody detained detention hostage unaccounted hands")


def _another_part(ties: Ties, before: Phrase | None, gap: list[str]) -> bool:
    """Say whether the words after the part `before` go on to the next: "five were soldiers and three civilians"."""
    made = ties.links.get(id(before)) if before is not None else None
    return made is not None and made.parent is not None and gap[-1:] == ["and"] and len(gap) < 6


def _marked(gap: list[str]) -> bool:
    words = [word for word in gap if word not in DETERMINERS and word not in QUOTES]
    if not words:
        return False
    if words[-1] in PART_WORDS or words[-2:] == ["among", "them"]:
        return True
    if any(word in BREAKS or word in AUXILIARIES for word in words):
        return False
    return words[-1] in {"and", ","} and bool(PART_WORDS.intersection(words)) and len(words) < 14


def _loose(ties: Ties, phrase: Phrase) -> bool:
    """Say whether "80 of them" has no verb of its own; its group is in the words that follow."""
    for later in ties.low[phrase.last : phrase.last + 6]:
        if later in _BADLY or later in _UNKNOWN:
            return True
        if later in {"were", "was", "are"} or later in ADVERBS or later in DETERMINERS or later in SAY:
            continue
        if later in PERSON:
            return True
        if later in BREAKS or later in {",", "."}:
            return False
    return False


def shared_out(ties: Ties) -> None:
    """Read how a count is shared out: "seven died, two in the blast and five in the crush"; the shares add up."""
    for whole in list(ties.links.values()):
        k = ties.order.get(id(whole.phrase), -1) + 1
        if not k or whole.parent is not None or whole.phrase.quantity is None:
            continue
        shares: list[Phrase] = []
        while k < len(ties.phrases) and _shared(ties, ties.phrases[k], whole, shares):
            shares.append(ties.phrases[k])
            k += 1
        if len(shares) > 1 and sum(share.number for share in shares) == whole.phrase.number:
            for share in shares:
                ties.links.pop(id(share), None)  # "nine of them in Brela and five in Mand" are parts already
                ties.add(share, whole.outcome, "part", whole.trigger, whole.phrase)
                share.group = whole.phrase.group if share.group == "unknown" else share.group


def _shared(ties: Ties, phrase: Phrase, whole: Link, before: list[Phrase]) -> bool:
    if phrase.people or phrase.other or phrase.outcome or phrase.first < 1:
        return False
    made = ties.links.get(id(phrase))
    if made is not None and (made.rule != "part" or made.outcome != whole.outcome):
        return False
    led = ties.low[phrase.first - 1] in ({",", "and"} if before else {",", ":", "--", "—", "–", "("})
    led = led or (not before and ties.low[phrase.first - 3 : phrase.first] in _OF_WHICH)
    on = ties.low[phrase.last : phrase.last + 1]
    return led and bool(on) and on[0] in _SHARING and phrase.first > whole.phrase.last


_OF_WHICH: Final = ([",", "of", "which"], [",", "of", "whom"])


def set_apart(ties: Ties) -> None:
    """Read the parts of "nine people -- seven civilians and two soldiers -- were wounded"."""
    for opening, _, held in ties.inserted:
        before = [made for made in ties.links.values() if made.phrase.first < opening]
        whole = max(before, key=lambda made: made.phrase.first, default=None)
        if whole is None:
            continue
        between = ties.low[whole.phrase.last : opening]
        if len(between) < 8 or BREAKS.isdisjoint(between):
            for phrase in held:
                ties.add(phrase, whole.outcome, "part", whole.trigger, whole.phrase)


def inner_wholes(ties: Ties) -> None:
    """Read the nine of "four of the nine slain rebels": the whole is counted dead as much as its part."""
    for phrase in ties.phrases:
        if not phrase.partitive or not phrase.outcome or phrase.last - phrase.first < 4 or phrase.quantity is None:
            continue
        for quantity in scan(ties.tokens):
            if phrase.quantity.last < quantity.first < quantity.last <= phrase.last and quantity.value > 1:
                whole = Phrase(quantity.first, phrase.last, quantity.low, quantity.high, quantity, phrase.head)
                whole.people, whole.group, whole.outcome = True, phrase.group, phrase.outcome
                ties.more.append(Link(whole, phrase.outcome, "head", max(phrase.head, quantity.first)))
                own = ties.links.get(id(phrase))
                if own is not None and own.parent is None and whole.number > phrase.number:
                    own.parent = whole
                break


def suffered_wholes(ties: Ties) -> None:
    """Read the 32 of "nine of the 32 people kidnapped on Tuesday were freed": who was kidnapped is the whole.

    Only where a verb goes on about the nine: "nine of the 32 miners killed" may end a headline.
    """
    for phrase in ties.phrases:
        if not phrase.partitive or phrase.outcome or phrase.quantity is None or phrase.head < 0:
            continue
        k = phrase.last
        while k < min(ties.n, phrase.last + _LEADING) and ties.low[k] in _WHO_WERE and k not in ties.trigger_at:
            k += 1
        trigger = ties.trigger_at.get(k)
        taken = ties.low[k : k + 1] == ["taken"] and not _TAKEN_FROM.isdisjoint(ties.low[k + 1 : k + 2])
        outcome = trigger.outcome if trigger and trigger.form in _SUFFERING else "abducted" if taken else None
        verb = next((j for j in range(k + 1, min(k + _AHEAD, ties.n)) if ties.low[j] in _GOING_ON), None)
        inner = next((q for q in scan(ties.tokens) if phrase.quantity.last < q.first < q.last <= phrase.last), None)
        if outcome is None or verb is None or inner is None or inner.value < max(phrase.number, 2):
            continue
        whole = Phrase(inner.first, phrase.last, inner.low, inner.high, inner, phrase.head)
        whole.people, whole.group = True, phrase.group
        ties.more.append(Link(whole, outcome, "participle", k))
        own = ties.links.get(id(phrase))
        if own is not None and own.trigger == k:
            if _KINDS.isdisjoint(ties.low[verb + 1 : verb + 4]):
                del ties.links[id(phrase)]  # of the nine it says something else
            else:
                own.parent = whole  # "two of the five men detained were guards"


_WHO_WERE: Final = wordset("who that had have been were went gone reported")
_LEADING: Final = 5
_TAKEN_FROM: Final = wordset("from by in on during at last")
_SUFFERING: Final = frozenset({"past", "passive", "state"})
_GOING_ON: Final = (
    AUXILIARIES | wordset("was were are remain remained died escaped fled returned survived")
) - wordset("being been")
_AHEAD: Final = 18
"""Words within which the verb of "nine of the 32 people kidnapped from the village last week" must stand."""


def gravest(ties: Ties) -> None:
    """Read "wounded 14 people, three critically"."""
    for before, phrase in zip(ties.phrases, ties.phrases[1:], strict=False):
        made = ties.links.get(id(before))
        if made is None or made.outcome != "injured" or phrase.people or id(phrase) in ties.links:
            continue
        k = phrase.last
        k += ties.low[k + 1 : k + 2] == ["cases"]  # "eleven wounded, including three serious cases"
        after = ties.low[k + 1] if k + 1 < ties.n else "."
        k = phrase.last
        gap = ties.low[before.last : phrase.first]
        graver = ties.low[k : k + 1] != [] and ties.low[k] in GRAVE and after in ENDS
        picked = gap[-1:] in ([","], ["including"]) or gap == [",", "of", "whom"]
        if graver and picked and (gap[-1:] == ["whom"] or BREAKS.isdisjoint(gap)):
            phrase.group = before.group
            if ties.low[k] == "fatally":
                ties.add(phrase, "killed", "participle", k)  # "twelve were shot, four of them fatally"
            else:
                ties.add(phrase, "injured", "part", made.trigger, before)


def included(ties: Ties) -> None:
    """Make a part of what follows "including" wherever it stands: "15 people were killed, including two children"."""
    made = sorted(ties.links.values(), key=lambda one: one.phrase.first)
    for k, one in enumerate(made):
        first = one.phrase.first
        led = first and ties.low[first - 1] in INCLUDING
        onward = one.rule == "among" and ties.low[one.trigger] in INCLUDING
        apart = one.parent is not None and any(m.phrase is one.parent and m.outcome != one.outcome for m in made)
        if (one.parent is not None and not apart) or not (led or onward):
            continue
        before = [
            other
            for other in made[:k]
            if other.parent is None and other.outcome == one.outcome and other.phrase.quantity is not None
        ]
        if before and before[-1].phrase.number > one.phrase.number:
            one.parent = before[-1].phrase


INCLUDING: Final = wordset("including")


def of_those(ties: Ties) -> None:
    """Make a part of "three of them" after a count: "11 wounded people, three of them in critical condition"."""
    made = sorted(ties.links.values(), key=lambda one: one.phrase.first)
    for before, one in pairwise(made):
        first, last = one.phrase.first, one.phrase.last
        picked = ties.low[last - 2] == "of" and ties.low[last - 1] in OF_THEM
        beside = ties.low[before.phrase.last : first] == [","] and before.outcome == one.outcome
        if picked and beside and one.parent is None and before.phrase.number > one.phrase.number:
            one.parent = before.parent or before.phrase


OF_THEM: Final = wordset("them whom")


def split_up(ties: Ties) -> None:
    """Read the parts of "twelve bodies were found: four in Brela and eight in Mand"."""
    for i in indexes(COLON, ties.low):
        later = [phrase for phrase in ties.phrases if phrase.first > i]
        made = max(
            (one for one in ties.links.values() if one.phrase.last <= i),
            key=lambda one: one.phrase.first,
            default=None,
        )
        if made is not None and later and not any(id(phrase) in ties.links for phrase in later):
            shared = placed(ties.tokens, later, i + 1)
            if any(phrase.people for phrase in shared) and sum(p.number for p in shared) > made.phrase.number:
                continue  # "six died: 14 people in Brela and nine in Mand were hurt" in the next breath
            for phrase in shared:
                ties.add(phrase, made.outcome, "part", made.trigger, made.phrase)
