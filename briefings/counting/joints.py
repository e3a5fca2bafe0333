"""Follow what is joined to a counted phrase by commas, "and" and "including", to where another clause begins."""

from __future__ import annotations

from typing import Final, Literal

from ..lexis.harms import Trigger
from ..lexis.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    SAY,
    WEEKDAYS,
    wordset,
)
from ..lexis.people import Phrase
from .ties import BARE_AFTER, BREAKS, Ties

_SAID_ON: Final = SAY - {"described", "counted"}
_FOLLOWERS: Final = wordset("was were are is have has had been who being remain remains remained")
QUOTES: Final = frozenset("\"“”‘’'`«»(")
PART_WORDS: Final = wordset("including include included includes comprising")
_DONE_SURELY: Final = wordset("took ran went gave came began flew drove fled")
_DEEDS_DONE: Final = wordset("cut fled took ran left gave went made found came held met began broke fought flew drove")
_PARTICIPLES: Final = wordset(
    """armed aged stationed trapped based named identified dressed suspected accused believed posted assigned deployed
    employed embedded attached involved hired seated parked gathered displaced related allied wanted convicted masked"""
)
_SPEAKER_GOES_ON: Final = wordset("of at in for with from who , (")
_SPEAKER_ENDS: Final = frozenset({".", ";", "and", "or", "was", "were"})
_SPARED: Final = wordset("rescued freed released saved survived escaped liberated questioned")
_SAID_OF: Final = wordset("accused believed reported said alleged")
_JOINING: Final = wordset("and with plus or")
_TOLD_AS: Final = wordset("identified named known listed described")
ENDS: Final = frozenset({".", ",", ";", "and", '"', "”"})


def onward(ties: Ties, phrase: Phrase, trigger: Trigger, rule: str, *, whole: Phrase | None = None) -> None:
    """Read what is joined to `phrase` by commas and "and", each a part of the `whole` if it is one."""
    k = ties.order.get(id(phrase), len(ties.phrases)) + 1  # what is set apart is joined to nothing
    parent = whole
    nominal = ties.low[trigger.last : trigger.last + 1] == ["of"]  # a verb after it is that of "the killing"
    while k < len(ties.phrases):
        following = ties.phrases[k]
        joint = joint_between(ties, phrase.last, following.first)
        if (
            joint is None
            or following.outcome
            or not ties.fits(following)
            or (not nominal and has_own_verb(ties, following, trigger))
            or speaks(ties, following)
            or _acts(ties, following)
        ):
            return
        if not following.people and not (
            ties.low[following.last : following.last + 1] and ties.low[following.last] in BARE_AFTER
        ):
            return
        if joint == "list" and _among_them(ties, following, phrase):
            joint = "part"  # "killed 16 people, four foreigners among them"
        if joint == "part":
            parent = phrase
        ties.add(following, trigger.outcome, rule if joint == "list" else "part", trigger.first, parent)
        phrase = following
        k += 1


def _among_them(ties: Ties, phrase: Phrase, whole: Phrase) -> bool:
    """Say whether a phrase is told to be among those counted right before it."""
    return ties.low[phrase.last : phrase.last + 2] == ["among", "them"] and phrase.number < whole.number


def joint_between(ties: Ties, a: int, b: int) -> Literal["list", "part"] | None:
    """Say how two phrases with the words `a` to `b` between them are joined, if they are."""
    words = [ties.low[k] for k in range(a, b) if k not in ties.skipped] if ties.skipped else ties.low[a:b]
    if not words or len(words) > 10 or words[-1] == "that":
        return None
    while words and (words[-1] in DETERMINERS or words[-1] in QUOTES or words[-1] in {"also", "both", "either", "all"}):
        words.pop()
    if not words or not ties.in_trigger.isdisjoint(range(a, b)):
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
    if len(words) > 1 and _acted(words):
        return None
    return "list" if joined or words[-1] in {"and", ",", "plus", "&", "or"} else None


def _acted(words: list[str]) -> bool:
    """Say whether those counted first did something, so that those next are told of in a clause of their own.

    "Two gunmen stormed the post and three guards were killed" counts three, "two men armed with knives and a guard"
    and "two gunmen who stormed the post and three guards" count all.
    """
    told = max((k for k, word in enumerate(words) if word in _RELATIVES), default=-1)
    if told >= 0:  # the first verb after "who" is no deed of theirs that parts the clauses, the second is
        verb = next((k for k in range(told + 1, len(words)) if words[k] in _DID or words[k].endswith("ed")), None)
        words = words[verb + 1 :] if verb is not None else []
        if len(words) < _DEED:
            return False
    at = next((k for k, word in enumerate(words[:-1]) if word in _DID or word == "lost" or word.endswith("ed")), None)
    if at is None or not ADVERBS.issuperset(words[:at]):
        return not _DID.isdisjoint(words[:-1])
    after = words[at + 1]
    if words[at] in _PARTICIPLES_WITH:
        return after not in _PARTICIPLES_WITH[words[at]]
    if words[at] in _DID or words[at] in _WENT or (words[at] == "lost" and after == "control"):
        return True
    if words[at] in _PARTICIPLES or after in PREPOSITIONS or after in ADVERBS or after in WEEKDAYS:
        return False
    return after[0].isalpha() and after not in CONJUNCTIONS


_DID: Final = wordset(
    "took ran went gave came began flew drove fled threw fell broke rode fought opened returned escaped left got hid"
)
"""Verbs whose form is never that of a participle, or not after people."""
_PARTICIPLES_WITH: Final = {"left": frozenset({"behind", "without"}), "returned": frozenset({"from", "by"})}
"""Of those the ones that are participles before some words: "four men left behind", "six returned from the front"."""
_RELATIVES: Final = wordset("who whom which that whose")
_DEED: Final = 2
"""Words that a deed takes at least: "fled | and"."""
_WENT: Final = wordset("jumped marched rushed walked climbed stormed raced crossed arrived managed tried refused")


def has_own_verb(ties: Ties, phrase: Phrase, trigger: Trigger) -> bool:
    """Say whether the phrase is the subject of a verb of its own rather than the object of `trigger`."""
    k = phrase.last
    while k < ties.n and ties.low[k] in ADVERBS:
        k += 1
    if k >= ties.n or ties.low[k] == "who":
        return False
    if ties.low[k] in _SAID_ON:
        return not (ties.low[k] in _SAID_OF and ties.low[k + 1 : k + 2] and ties.low[k + 1] in {"of", "to"})
    if ties.low[k] in _FOLLOWERS:
        return True
    other = ties.trigger_at.get(k)
    if trigger.first and ties.low[trigger.first - 1] in {"who", "which"}:
        return False  # "the gunmen who killed nine soldiers fled"
    return (
        other is not None
        and other.form in {"past", "passive", "state", "intransitive"}
        and other.outcome != trigger.outcome
        and (other.last >= ties.n or other.last not in ties.starting)
    )


def speaks(ties: Ties, phrase: Phrase) -> bool:
    """Say whether the phrase after a comma begins a speaker: ", the head of Brela, Omar Hale, told reporters"."""
    if not phrase.people or not phrase.first or ties.low[phrase.first - 1] != ",":
        return False
    k, commas = phrase.last, 0
    if ties.low[k : k + 1] == ["and"] and phrase.quantity is None:
        return _speak_together(ties, k)
    if k < ties.n and ties.low[k] not in _SPEAKER_GOES_ON and not ties.tokens.words[k][:1].isupper():
        return False
    while k < min(ties.n, phrase.last + 18):
        word = ties.low[k]
        if word in SAY and (k == phrase.last or word not in ADVERBS):
            return commas == 0 or ties.low[k - 1] == "," or commas > 1
        if word in _SPEAKER_ENDS or k in ties.in_trigger or (k in ties.starting and ties.low[k - 1] != ","):
            return False
        commas += word == ","
        if commas > 2:
            return False
        k += 1
    return False


def _speak_together(ties: Ties, joint: int) -> bool:
    """Say whether a verb of saying ends what begins with "and" at `joint`: ", a nurse and an aid worker said"."""
    for k in range(joint + 1, min(ties.n, joint + _SPEAKERS)):
        if ties.low[k] in _SAID:
            return k > joint + 1 and _NOT_THEIRS.isdisjoint(ties.low[k + 1 : k + 2])
        if k in ties.in_trigger or not ties.low[k].isalpha() or ties.low[k] in AUXILIARIES:
            return False
    return False


_SPEAKERS: Final = 9
_SAID: Final = frozenset({"said", "says"})
_NOT_THEIRS: Final = wordset("to was were is are had")
"""What follows "said" where it is said of them: "a nurse said to be his wife", "a man the police said was a guard"."""


def _acts(ties: Ties, phrase: Phrase) -> bool:
    """Say whether the phrase after "and" has a deed of its own: "…, and the mayor declared a curfew"."""
    at, k = phrase.first - 1, phrase.last
    if k >= ties.n or k in ties.in_trigger or at < 1 or ties.low[at] != "and":
        return False
    word = ties.low[k]
    if word in _DONE_SURELY or (word == "lost" and ties.low[k + 1 : k + 2] not in (["at"], ["in"])):
        return True
    finite = word in _DEEDS_DONE or (word.endswith("ed") and word not in _PARTICIPLES and word not in ADVERBS)
    return finite and (ties.low[at - 1] == "," or phrase.definite)


def add_subject(ties: Ties, phrase: Phrase, trigger: Trigger, rule: str) -> None:
    """Add the subject and what is joined to it on the left."""
    if id(phrase) not in ties.order:
        ties.add(phrase, trigger.outcome, rule, trigger.first)
        return
    phrase = _apposed_to(ties, phrase)
    chain = [phrase]
    k = ties.order[id(phrase)]
    joints: list[str] = []
    while k > 0:
        before = ties.phrases[k - 1]
        joint = joint_between(ties, before.last, chain[-1].first)
        if joint is None or before.outcome or not ties.fits(before):
            break
        if joint == "list" and ties.low[max(0, before.first - 2) : before.first] in _PARTING:
            break  # "of the 16 members, three were killed" counts three
        if joint == "list" and before.partitive and ties.low[before.last] in _GRAVELY:
            break  # "26 were hurt, four of them critically, and two guards who were held were let go"
        if joint == "list" and before.first == 1 and ties.low[0] == "of":
            break  # "Of 16 members who fled, three were killed"
        if not before.people and joint == "list" and (not chain[-1].people or _set_off(before, chain[-1])):
            break
        if joint == "list" and before.first and ties.low[before.first - 1] == "by":
            break  # "was shot by two men and a nurse was killed"
        if joint == "list" and _object_of_another(ties, before, trigger):
            break  # "saved 41 passengers and nine are missing"
        if joint == "list" and chain[-1].partitive and _some_of(ties.low[chain[-1].last - 1], trigger):
            break  # "carrying 40 passengers, 12 of whom died", "pulled nine out, two of them dead"
        if joint == "part" and id(before) in ties.links and len(chain) > 1:
            chain, joints = chain[:1], []  # "five died, including a clerk and a guard, and two men were hurt"
            break
        if joint == "list" and len(chain) == 1 and before.quantity is None and _apposes(ties, before, chain[0]):
            break
        if joint == "list" and _part_of_earlier(ties, before, ties.phrases[k - 2] if k > 1 else None):
            keep = _new_clause(ties, [*chain, before])
            chain, joints = chain[:keep], joints[: keep - 1]
            break
        joints.append(joint)
        chain.append(before)
        k -= 1
    if ties.order[id(phrase)] > 0 and "part" not in joints and len(chain) > 1 and not joints[0]:
        chain = chain[:1]
    parent: Phrase | None = None
    for index in range(len(chain) - 1, -1, -1):
        if index < len(joints) and joints[index] == "part":
            parent = chain[index + 1]
        if _known_whole(ties, chain[index]):
            continue
        ties.add(chain[index], trigger.outcome, "part" if parent is not None else rule, trigger.first, parent)


_GRAVELY: Final = wordset("critically seriously severely gravely badly fatally")
_PARTING: Final = (["of", "the"], ["out", "of"], ["of", "them"], ["of", "whom"])
"""What stands before those of whom some are counted, and before what some of them are: "one of them a child"."""


def _object_of_another(ties: Ties, phrase: Phrase, trigger: Trigger) -> bool:
    """Say whether a count is of those whom somebody saved or set free, told of in a clause before that of `trigger`."""
    k = phrase.first - 1
    while k > 0 and (ties.low[k] in ADVERBS or ties.low[k] in DETERMINERS):
        k -= 1
    own = k > 0 and ties.low[k] in _TO_SAFETY and ties.low[k - 1] not in DETERMINERS
    if k > 0 and ties.low[k] == "on" and ties.low[k - 1] in {"operated", "operating"}:
        return True  # "surgeons operated on 61 people, and six died"
    if ties.headline and k > 0 and ties.low[k] in _TAKES:
        return True  # "Gunmen seize dozens, guard shot dead"
    return own and ties.low[trigger.first - 1] in _FOLLOWERS


_TAKES: Final = wordset("seize seizes abduct abducts kidnap kidnaps free frees arrest arrests detain detains")
_TO_SAFETY: Final = wordset("rescued freed released saved liberated pulled plucked evacuated treated questioned")


def _known_whole(ties: Ties, phrase: Phrase) -> bool:
    """Say whether a number only says of whom the others are: "two porters, counted among the 18, died"."""
    led = ties.low[max(0, phrase.first - 2) : phrase.first] == ["among", "the"]
    return led and phrase.head < 0 and ties.low[phrase.last : phrase.last + 1] == [","]


def _some_of(last: str, trigger: Trigger) -> bool:
    """Say whether what befell "two of them" leaves open what befell the others; where some are grave, all are hurt."""
    return last == "whom" or (last == "them" and trigger.outcome == "killed")


def _set_off(before: Phrase, after: Phrase) -> bool:
    """Say whether words part a count of no people from those after it: "57 events in May, and nine men"."""
    return after.first - max(before.noun + 1, before.last) > (_JOINT if before.noun >= 0 else _PLACED)


_JOINT: Final = 2
"""Words that join two counts: ", and"."""
_PLACED: Final = 5
"""Words of that with a place before them: "12 in the town and nine soldiers"."""


def _apposed_to(ties: Ties, phrase: Phrase) -> Phrase:
    """Return whom "a student" describes in "the gunman, a student, was shot dead"; else the phrase itself."""
    k = ties.order[id(phrase)]
    before = ties.phrases[k - 1] if k else None
    if before is None or ties.low[phrase.last : phrase.last + 1] != [","] or phrase.quantity or before.quantity:
        return phrase
    one = ties.low[before.last : phrase.first] == [","] and ties.fits(before) and not before.anaphor
    return before if one and (k < 2 or joint_between(ties, ties.phrases[k - 2].last, before.first) is None) else phrase


def _part_of_earlier(ties: Ties, phrase: Phrase, whole: Phrase | None) -> bool:
    """Say whether "including" leads the phrase and its whole has a verb of its own before it."""
    k = phrase.first
    while k > 0 and (ties.low[k - 1] in DETERMINERS or ties.low[k - 1] in QUOTES):
        k -= 1
    if not k or ties.low[k - 1] not in PART_WORDS:
        return False
    return not ties.in_trigger.isdisjoint(range(whole.last if whole else max(0, k - 9), k))


def _apposes(ties: Ties, one: Phrase, other: Phrase) -> bool:
    """Say whether a bare comma stands between two phrases: what a clause opens with, not a list of two."""
    between = ties.low[one.last : other.first]
    led = one.first > 1 and ties.low[one.first - 1] not in {":", ","} and ties.low[one.first - 2] != ","
    return led and "," in between and _JOINING.isdisjoint(between)


def _new_clause(ties: Ties, chain: list[Phrase]) -> int:
    """Return how many of a chain, read from its end, stand after ", and": "…, including a guard, and two men"."""
    for k in range(len(chain) - 1, 0, -1):
        if ties.low[chain[k].last : chain[k].last + 1] == [","]:
            return k
    return 1
