"""Read who the dead were and who was among them: "four nurses were among the dead", "the dead were two nurses"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ..lexis.harms import FATES, Trigger
from ..lexis.lexicon import (
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
from ..lexis.people import OUTCOME_HEADS
from ..model import Group, Outcome
from .joints import ENDS, add_subject, onward
from .persons import name_from
from .ties import BARE_AFTER, BREAKS, Link, Ties

_AMONG: Final = frozenset({"among"})
_THEY_WERE: Final = wordset("were are")
_OF_THE: Final = wordset("the those its their other all both")
_WHOLES: Final[dict[str, Outcome]] = {
    "dead": "killed", "killed": "killed", "slain": "killed", "deceased": "killed", "victims": "killed",
    "fatalities": "killed", "wounded": "injured", "injured": "injured", "hospitalised": "injured",
    "hospitalized": "injured", "missing": "missing", "hostages": "abducted", "captives": "abducted",
    "abducted": "abducted", "kidnapped": "abducted", "arrested": "detained", "detained": "detained",
}  # fmt: skip
SUFFERED: Final = frozenset(_WHOLES)
_COUNTED_WHOLES: Final = wordset("victims hostages captives")
_PICKING: Final = wordset("among of")
KNOWN_AS: Final = wordset("identified confirmed described listed")
_BE_NOW: Final = wordset("were was are is")
_APART: Final = BREAKS | wordset("who by")
INCLUDING: Final = wordset("among included include including includes")
_ENDING: Final = wordset("who whom while but and that") | frozenset(",;.:")
_DIED: Final = wordset("died perished drowned")


def members(ties: Ties) -> None:
    """Read "four nurses were among the dead" and "among the dead were two children"."""
    for i in indexes(INCLUDING, ties.low):
        word = ties.low[i]
        ahead = ties.low[i + 1 : i + 6] if word == "among" else ties.low[max(0, i - 4) : i]
        outcome = next((FATES[w] for w in ahead if w in FATES), None)
        if word == "among" and outcome is None and not _DIED.isdisjoint(ahead):
            outcome = "killed"
        if outcome is None or (_doers(ahead) if word == "among" else _counted_since(ties, i, ahead)):
            continue
        if word == "among" and _before_among(ties, i, outcome):
            continue
        for phrase in ties.phrases:
            follows = 0 <= phrase.first - i <= (7 if word == "among" else 2)
            if follows and phrase.people and id(phrase) not in ties.links:
                ties.add(phrase, outcome, "among", i)
                onward(ties, phrase, Trigger(i, i + 1, outcome, "state"), "among")
                break


def among_them(ties: Ties) -> None:
    """Read "19 people died and two nurses were among them": some of those counted before in the sentence."""
    for i in indexes(_AMONG, ties.low):
        phrase = next((p for p in reversed(ties.phrases) if p.last <= i), None)
        closed = ties.low[i + 2 : i + 3]
        if ties.low[i + 1 : i + 2] != ["them"] or phrase is None or (closed and closed[0] not in ENDS):
            continue
        if not phrase.people or id(phrase) in ties.links or ties.low[phrase.last : i] not in (["were"], ["was"]):
            continue
        before = [made for made in ties.links.values() if made.phrase.last <= phrase.first and made.parent is None]
        if len(before) == 1 and before[0].phrase.number > phrase.number:
            ties.add(phrase, before[0].outcome, "part", i, before[0].phrase)


def _doers(words: list[str]) -> bool:
    """Say whether "those who killed" are meant, not "those who were killed"."""
    who = words.index("who") if "who" in words else -1
    at = who + 1 + (words[who + 1 : who + 2] in (["had"], ["have"], ["then"]))
    return who >= 0 and at < len(words) and words[at] in FATES


def _counted_since(ties: Ties, i: int, ahead: list[str]) -> bool:
    """Say whether a count stands between the outcome word and "including": "two killed and four, including"."""
    at = i - len(ahead) + next(k for k, word in enumerate(ahead) if word in FATES)
    return any(k in ties.starting for k in range(at + 1, i))


def _before_among(ties: Ties, i: int, outcome: Outcome) -> bool:
    """Read "two girls aged six and nine were among the dead", "a guard, his wife and a nurse were among those"."""
    phrase = next((p for p in reversed(ties.phrases) if p.last <= i and p.people), None)
    if phrase is None or id(phrase) in ties.links:
        return False
    gap = [ties.low[k] for k in range(phrase.last, i) if k not in ties.skipped]
    far = len(gap) > 3 and not (len(gap) < 10 and gap[-1] in BE and AUXILIARIES.isdisjoint(gap[:-1]))
    if far or not BREAKS.isdisjoint(gap):
        return False
    add_subject(ties, phrase, Trigger(i, i + 1, outcome, "state"), "among")
    return True


def named_member(ties: Ties) -> None:
    """Read "among the dead was Mayor Ana Ruiz"."""
    for i in indexes(_AMONG, ties.low):
        if ties.low[i + 1 : i + 2] != ["the"]:
            continue
        outcome = OUTCOME_HEADS.get(ties.low[i + 2]) if i + 2 < ties.n else None
        verb = next((k for k in range(i + 3, min(i + 9, ties.n)) if ties.low[k] in {"was", "were", "is", "are"}), 0)
        phrase = name_from(ties, verb + 1) if outcome and verb else None
        if outcome and phrase is not None and not ties.inside.intersection(range(phrase.first, phrase.last)):
            ties.add(phrase, outcome, "named-among", i)


def predicates(ties: Ties) -> None:
    """Read "the dead were two nurses and a guard", "those killed in Brela were nine farmers"."""
    for i in indexes(_THEY_WERE, ties.low):
        phrase = ties.starting.get(i + 1)
        if phrase is None or not phrase.people or phrase.outcome or phrase.partitive or id(phrase) in ties.links:
            continue
        at = next((k for k in range(i - 1, max(i - 8, 0), -1) if ties.low[k] in FATES), 0)
        if at and ties.low[at - 1] in _OF_THE and BREAKS.isdisjoint(ties.low[at:i]):
            outcome = FATES[ties.low[at]]
            ties.add(phrase, outcome, "among", i)
            onward(ties, phrase, Trigger(i, i + 1, outcome, "state"), "among")


def one_of_those(ties: Ties) -> None:
    """Read "one of those killed in the raid was a nurse": who is told of is the nurse."""
    for made in list(ties.links.values()):
        phrase = made.phrase
        if not phrase.partitive or ties.low[phrase.first] != "one" or ties.low[phrase.last - 1] != "those":
            continue
        for k in range(phrase.last + 1, min(phrase.last + 24, ties.n - 1)):
            if ties.low[k] in _ENDING:
                break
            one = ties.starting.get(k + 1) if ties.low[k] == "was" else None
            if one is not None and one.people and one.quantity is None and id(one) not in ties.links:
                del ties.links[id(phrase)]
                ties.add(one, made.outcome, made.rule, made.trigger)
                break


def made_up_of(ties: Ties) -> None:
    """Give "children accounted for 40 of the 93 deaths", "women made up 30 of the dead" the group of who they were."""
    for made in ties.links.values():
        phrase = made.phrase
        at = phrase.first - 2
        if not phrase.partitive or at < 1 or ties.low[at : at + 2] not in _MADE_UP or phrase.quantity is None:
            continue
        at -= at > 1 and ties.low[at - 1] in AUXILIARIES
        if ties.low[at - 1] in PERSON and made.outcome == phrase.outcome:
            phrase.group = group_of(ties.low[max(0, at - _KIND) : at], min(at, _KIND) - 1)


_MADE_UP: Final = (["accounted", "for"], ["accounting", "for"], ["made", "up"], ["make", "up"], ["account", "for"])
MADE_UP: Final = wordset("accounted accounting account made make")
_KIND: Final = 2
"""Words that say of whom a count is made up: "school | children"."""


def wholes(ties: Ties) -> None:
    """Read the six of "two girls were among the six victims of the blast"."""
    for phrase in ties.phrases:
        a = phrase.first
        a -= a > 0 and ties.low[a - 1] in DETERMINERS
        head = ties.low[phrase.head] if phrase.head >= 0 else ""
        if a > 0 and ties.low[a - 1] == "among" and head in _COUNTED_WHOLES and phrase.quantity is not None:
            ties.add(phrase, _WHOLES[head], "among", a - 1)
            one = ties.starting.get(phrase.last + 1) if phrase.last < ties.n and ties.low[phrase.last] in BE else None
            if one is not None and one.people and id(one) not in ties.links:  # "among the 12 victims were four women"
                trigger = Trigger(phrase.last, phrase.last + 1, _WHOLES[head], "state")
                ties.add(one, trigger.outcome, "part", trigger.first, phrase)
                onward(ties, one, trigger, "part", whole=phrase)


def of_a_number(ties: Ties) -> None:
    """Make parts of whom a sentence counts "among the 24 killed": seven women are some of the 24."""
    for made in list(ties.links.values()):
        if made.rule != "among" or made.parent is not None or ties.low[made.trigger] != "among":
            continue
        at = made.trigger + 1 + (ties.low[made.trigger + 1] in DETERMINERS)
        whole = ties.starting.get(at)
        if whole is not None and whole.number > made.phrase.number and at > made.phrase.last:
            made.parent = whole


def rest_of_whole(ties: Ties) -> None:
    """Read the rest of "three of the dead were guards and two were vendors": they are of the same whole."""
    whole: Link | None = None
    end = 0
    for phrase in ties.phrases:
        k = phrase.last
        predicate = ties.low[k] in _BE_NOW if k < ties.n else False
        if phrase.partitive and phrase.outcome and predicate and id(phrase) in ties.links:
            whole, end = ties.links[id(phrase)], k
        elif whole is None or phrase.quantity is None or phrase.outcome or id(phrase) in ties.links:
            continue
        else:
            gap = ties.low[end : phrase.first]
            closes = phrase.people and (k >= ties.n or ties.low[k] in ENDS)
            side = phrase.group if closes else _side(ties.low[k + predicate : k + 6])
            told = closes or (phrase.anaphor and (predicate or side != "unknown"))
            if not told or len(gap) > 12 or gap[-1] not in {"and", ",", "while"} or not _APART.isdisjoint(gap[:-1]):
                return
            phrase.group = side
            ties.add(phrase, whole.outcome, "among", whole.trigger)
            end = k


def picked_out(ties: Ties) -> None:
    """Read "among the wounded, three are in surgery and four are stable", "of the deaths, six were in Brela and …"."""
    for i in indexes(_PICKING, ties.low[:-3]):
        if ties.low[i + 1] not in {"the", "those", "all"}:
            continue
        outcome = _WHOLES.get(ties.low[i + 2]) or _toll(ties.low, i + 2)
        if outcome is None or (i and ties.low[i - 1][0].isalnum() and ties.low[i - 1] not in {"that", "and"}):
            continue
        comma = next((k for k in range(i + 3, min(i + 12, ties.n)) if ties.low[k] == ","), 0)
        if not comma or not ties.in_trigger.isdisjoint(range(i + 3, comma)):
            continue
        for phrase in ties.phrases:
            after = ties.low[phrase.last] if phrase.last < ties.n else ""
            if phrase.first < comma or phrase.other or phrase.quantity is None or id(phrase) in ties.links:
                continue
            goes_on = ties.low[phrase.first - 1] in _GOING_ON and after in BARE_AFTER and phrase.first > comma + 1
            if after not in BE and after not in AUXILIARIES and not (goes_on and not phrase.people):
                return
            ties.add(phrase, outcome, "among", i + 2)
            if phrase.group == "unknown" and after in BE:
                phrase.group = _side(ties.low[phrase.last + 1 : phrase.last + 5])  # "of the injured, five were women"


def _toll(low: list[str], at: int) -> Outcome | None:
    """Return of what some are picked out of that no word for people names: "of the | six deaths"."""
    while at < len(low) and low[at] in _OVERALL:
        at += 1
    return "killed" if low[at : at + 1] == ["deaths"] else None


PICKED: Final = SUFFERED | {"deaths"}
_GOING_ON: Final = frozenset({"and", ","})
_OVERALL: Final = wordset("overall total confirmed reported recorded latest")


def and_so_many(ties: Ties) -> None:
    """Read the nine of "of the dead, 14 are women and nine children": the verb before goes on."""
    for before, phrase in pairwise(ties.phrases):
        made = ties.links.get(id(before))
        gap = ties.low[before.last : phrase.first]
        listed = gap[:1] != [] and gap[0] in _BE_NOW and gap[-1] == "and" and len(gap) in _KINDS
        if made is None or not listed or made.rule not in {"among", "part"} or id(phrase) in ties.links:
            continue
        closed = phrase.last >= ties.n or ties.low[phrase.last] in ENDS
        if closed and phrase.people and not phrase.outcome and phrase.quantity is not None and gap[-2] in PERSON:
            ties.add(phrase, made.outcome, made.rule, made.trigger, made.parent)


_KINDS: Final = range(3, 6)
"""Words from one count to the next: "are | young | women | and"."""


def identified(ties: Ties) -> None:
    """Read "the dead were identified as two farmers and a teacher"."""
    for i in range(3, ties.n - 2):
        if ties.low[i + 1] != "as" or ties.low[i] not in KNOWN_AS or ties.low[i - 1] not in BE:
            continue
        at = i - 2 - (ties.low[i - 2] in AUXILIARIES)
        outcome = _WHOLES.get(ties.low[at]) if at > 0 and ties.low[at - 1] in DETERMINERS else None
        phrase = ties.starting.get(i + 2)
        if outcome and phrase is not None and phrase.people and id(phrase) not in ties.links:
            ties.add(phrase, outcome, "among", i)
            onward(ties, phrase, Trigger(i, i + 1, outcome, "state"), "among")


def identified_so_far(ties: Ties) -> None:
    """Read "61 died, of whom 46 had been identified", "(46 identified by Friday)": bodies that got their names back."""
    for phrase in ties.phrases:
        if phrase.quantity is None or phrase.other or phrase.head >= 0 or id(phrase) in ties.links:
            continue
        k = phrase.last
        while k < ties.n and (ties.low[k] in AUXILIARIES or ties.low[k] in BE or ties.low[k] in ADVERBS):
            k += 1
        named = phrase.first > 1 and ties.low[phrase.first - 1] == "identified" and ties.low[phrase.first - 2] in _DONE
        if not named and (ties.low[k : k + 1] != ["identified"] or ties.low[k + 1 : k + 2] == ["as"]):
            continue
        dead = [made for made in ties.links.values() if made.outcome == "killed" and made.phrase.last <= phrase.first]
        if dead and dead[-1].phrase.number > phrase.number:
            ties.add(phrase, "killed", "part", k, dead[-1].phrase)


_DONE: Final = frozenset({"and", "have", "has", "had", "but"})


def identified_of_more(ties: Ties) -> None:
    """Read "ten bodies were identified after 40 people had died": those with their names back are of the 40."""
    dead = [made for made in ties.links.values() if made.outcome == "killed" and made.phrase.quantity is not None]
    for made in dead:
        phrase = made.phrase
        if made.parent is not None or phrase.head < 0 or ties.low[phrase.head] not in _REMAINS:
            continue
        k = phrase.last
        while k < ties.n and (ties.low[k] in AUXILIARIES or ties.low[k] in BE or ties.low[k] in ADVERBS):
            k += 1
        more = [one for one in dead if one.phrase.number > phrase.number and one.parent is None]
        if (
            k > phrase.last
            and ties.low[k : k + 2] != ["identified", "as"]
            and ties.low[k : k + 1] == ["identified"]
            and more
        ):
            made.parent = more[0].phrase


_REMAINS: Final = wordset("bodies victims dead remains")


def known_to_be(ties: Ties) -> None:
    """Read "scores were hurt, with 7 of late known to be pupils"."""
    for phrase in ties.phrases:
        if id(phrase) in ties.links or phrase.other or not phrase.first or ties.low[phrase.first - 1] != "with":
            continue
        k = phrase.last
        while k < ties.n and ties.low[k] in ADVERBS and ties.low[k] not in KNOWN_AS:
            k += 1
        if ties.low[k : k + 1] and ties.low[k] in KNOWN_AS and ties.low[k + 1 : k + 2] == ["as"]:
            whole = max(
                (made for made in ties.links.values() if made.phrase.last < phrase.first),
                key=lambda made: made.phrase.first,
                default=None,
            )
            side = _side(ties.low[k + 2 : k + 6])
            if whole is not None and side != "unknown":
                phrase.group = side
                ties.add(phrase, whole.outcome, "part", whole.trigger, whole.phrase)


def _side(words: list[str]) -> Group:
    """Return the group the first person word of `words` names, "unknown" without one."""
    for k, word in enumerate(words):
        if word in CIVILIAN or word in STATE or word in ARMED:
            return group_of(words[: k + 1], k)
        if word in ENDS:
            break
    return "unknown"
