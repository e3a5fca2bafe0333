"""Hear who gives a toll anew, "the ministry raised the toll to nine", "it was cut by the army to six", and when."""

from __future__ import annotations

from typing import Final

from ..dating.datings import TimeRef
from ..lexis import outcomes
from ..lexis.harms import FATES
from ..lexis.lexicon import ADVERBS, AUXILIARIES, SAY, WEEKDAYS, wordset
from ..lexis.people import OUTCOME_HEADS
from ..lexis.quantities import plain
from ..lexis.sentences import Tokens
from .reach import Attribution, complement_end
from .remembered import Speaker, Speakers
from .speakers import STOPPERS, speaker_of
from .speech import is_speech
from .subjects import subject_of

_NEVER: Final = frozenset({"not", "never", "yet"})
_MOVING: Final = wordset(
    """raised raises increased increases brought brings bring pushed doubled tripled quadrupled raise increase"""
)
"""What a death does to a toll as well as who counts it."""
_REVISING: Final = wordset(
    """lowered lowers revised revises updated updates adjusted adjusts corrected corrects cut cuts reduced reduces set
    sets put puts halved upgraded downgraded amended revise update"""
)
_GIVING: Final = frozenset({"put", "puts", "set", "sets"})
"""What may be the first word on a toll."""
_GIVEN: Final = wordset("given placed counted listed estimated")
"""What a toll is only in the passive: "was given as nine by"."""
VERBS: Final = _MOVING | _REVISING | _GIVEN
"""The verbs by which somebody gives a toll, or gives it anew."""
_TOLLS: Final = wordset("toll tolls")
_COUNTS: Final = wordset("count counts tally tallies number numbers figure figures estimate estimates total")
_ITS: Final = frozenset({"its", "their", "his", "her"})
_TOLD: Final = frozenset(FATES) | frozenset(OUTCOME_HEADS) | {"killed", "people", "victims"}
_STEPS: Final = frozenset({"to", "at", "from", "down", "up", "upward", "upwards", "downward", "downwards"})
_NEAR: Final = 6
"""Words after the verb among which the toll stands, and after "number" those that say of what."""
_WAS: Final = wordset("was were been being is are")
_WHEN: Final = ADVERBS | AUXILIARIES | frozenset({"on", "late", "early"}) | frozenset(WEEKDAYS)
_DEGREES: Final = wordset("more than nearly almost sharply again further twice also")
_BY: Final = 12
"""Words after "was raised" among which "by" may name who did."""
_OF_BY: Final = wordset("to from on in at as after , ; . ( late early down up") | frozenset(WEEKDAYS)
_BARRED: Final = frozenset({",", ";", ".", "after", "when", "that", "as", "while"})
_HAPPENINGS: Final = wordset(
    """attack attacks assault assaults blast blasts bomb bombs bombing bombings explosion explosions raid raids ambush
    ambushes clash clashes strike strikes airstrike airstrikes shelling fighting killing killings murder murders death
    deaths fatality fatalities body bodies quake earthquake flood floods storm cyclone hurricane typhoon avalanche crash
    accident outbreak violence loss losses operation operations offensive discovery recovery shooting shootings massacre
    massacres battle battles war incident incidents landslide collapse"""
)
_UNKNOWN: Final = wordset("gunmen gunman attackers attacker assailants assailant bomber bombers raiders militants")
_INSIDE: Final = frozenset({"in", "of", "on", "at", "near", "by", "with", "from", "for", "against", "between"})
_TAILS: Final = frozenset({"of", "in", "for", "from", "on", "at", "near"})


def restated_at(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read the verb at `i` as that of a speaker who gives a toll, or return `None`.

    An attack, a bomb or a death that "raised the toll" says nothing, nor do gunmen nobody knows.
    """
    low = tokens.low
    if low[i] not in VERBS:
        return None
    k = i
    while k > floor and low[k - 1] in ADVERBS:
        k -= 1
    if not _NEVER.isdisjoint(low[k:i]):
        return None  # "the ministry has not updated its toll since"
    if k > floor and (low[k - 1] in _WAS or low[k - 1] in _TOLLS or low[k - 1] in _COUNTS):
        return _passive(tokens, i, floor, speakers)
    if low[i] in _GIVEN or not _moves_toll(low, i, floor):
        return None
    while k > floor and low[k - 1] in _DEGREES:
        k -= 1
    k -= 2 * (low[k - 2 : k] == ["at", "first"])
    if k == floor or not is_speech(tokens, k):
        return None
    subject = subject_of(tokens, k, floor, speakers) or _relative(tokens, k, floor, speakers)
    if subject is None or not _speaks(subject[0], low[subject[1] : k], low[i]):
        return None
    if subject[1] > floor + 1 and low[subject[1] - 1] in _INSIDE and low[subject[1]] not in WEEKDAYS:
        return None  # "clashes in Ostria's north raised the toll"
    return Attribution(i + 1, _end(tokens, i + 1), subject[0], restates=i), i + 1


def _end(tokens: Tokens, start: int) -> int:
    """Return where what is said of a toll ends: what befell others meanwhile, "as gunmen killed four", is no part."""
    end = complement_end(tokens, start, len(tokens))
    beside = (k for k in range(start, end - 1) if tokens.low[k] == "as" and tokens.low[k + 1] not in _MEASURING)
    return next((k for k in beside if tokens.low[k - 1] != "well"), end)


_MEASURING: Final = frozenset({"many", "high", "low", "of", "well", "a", "the"})


def _moves_toll(low: list[str], i: int, floor: int) -> bool:
    """Say whether the verb at `i` has a toll of people for its object: "the death toll", "its count", "it to nine"."""
    for k in range(i + 1, min(i + 1 + _NEAR, len(low))):
        word = low[k]
        if word in _TOLLS:
            return True
        if word in _COUNTS:
            own = not _ITS.isdisjoint(low[i + 1 : k])
            return own or not _TOLD.isdisjoint(low[i + 1 : k + _NEAR])
        if word == "it" and k == i + 1:
            return low[k + 1 : k + 2] != [] and low[k + 1] in _STEPS and not _TOLLS.isdisjoint(low[floor:i])
        if word in _BARRED:
            break
    joined = next((k for k in range(i - 1, max(floor, i - _NEAR), -1) if low[k] in {"that", "which"}), 0)
    return joined > 0 and low[joined - 1] in _TOLLS and low[i + 1 : i + 2] != [] and low[i + 1] in _STEPS


def _relative(tokens: Tokens, k: int, floor: int, speakers: Speakers) -> tuple[Speaker, int] | None:
    """Read "the ministry, which on Thursday raised the toll": the subject before the comma."""
    low = tokens.low
    which = k - 1
    while which > floor and low[which] in _WHEN:
        which -= 1
    if which < floor + 2 or low[which] not in {"which", "who"} or low[which - 1] != ",":
        return None
    start = which - 1
    while start > floor and low[start - 1] not in STOPPERS and low[start - 1] != ",":
        start -= 1
    speaker = speaker_of(tokens, start, which - 1, speakers)
    return (speaker, start) if speaker is not None else None


def _speaks(speaker: Speaker, subject: list[str], verb: str) -> bool:
    """Say whether a subject is one that counts the dead, not what killed them."""
    end = next((k for k in range(1, len(subject)) if subject[k] in _TAILS), len(subject))
    if not _HAPPENINGS.isdisjoint(subject[:end]):
        return False
    if verb not in _MOVING:
        return True
    if speaker.kind == "other" and not speaker.office:
        return False  # "Storm Ana raised the toll"
    own = verb.startswith("rais") or speaker.kind != "armed_group"
    return own and _UNKNOWN.isdisjoint(subject)


def _passive(tokens: Tokens, i: int, floor: int, speakers: Speakers) -> tuple[Attribution, int] | None:
    """Read "the toll was raised by the ministry to nine", "the number of dead was put at nine by doctors"."""
    low, n = tokens.low, len(tokens.low)
    toll = next((k for k in range(i - 1, floor - 1, -1) if low[k] in _TOLLS or low[k] in _COUNTS), -1)
    if toll < 0 and low[i - 2 : i - 1] != [] and low[i - 2] in OUTCOME_HEADS and low[i - 3 : i - 2] == ["the"]:
        toll = i - 2  # "the dead were put at nine by the mayor"
    if toll < 0 or (low[toll] in _COUNTS and _TOLD.isdisjoint(low[toll : toll + _NEAR])):
        return None
    barred = _BARRED - {"as"} if low[i] in _GIVEN else _BARRED
    by = next((k for k in range(i + 1, min(i + _BY, n)) if low[k] == "by" or low[k] in barred), n)
    if by + 1 >= n or low[by] != "by":
        return None
    end = next((k for k in range(by + 1, n) if low[k] in _OF_BY), n)
    if low[i] in _GIVEN and _AS.isdisjoint((*low[i + 1 : i + 2], *low[end : end + 1])):
        return None
    speaker = speaker_of(tokens, by + 1, end, speakers)
    if speaker is None or not _speaks(speaker, low[by + 1 : end], low[i]):
        return None
    return Attribution(toll, complement_end(tokens, toll, n), speaker, restates=i), end


_AS: Final = frozenset({"as", "at"})


# -- the day of it

_HARM: Final = _HAPPENINGS | (outcomes.HARM - {"dead", "missing", "toll", "tolls", "displaced"})
_PLACING: Final = frozenset({"in", "from", "of", "since", "by", "after", "during"})
_AT: Final = wordset("on late early the a statement")
_CLAUSES: Final = wordset("after when who that which while as following since where ;")


def undate(tokens: Tokens, times: list[TimeRef], verb: int) -> None:
    """Note of the days beside a verb that gives a toll that they are those of the word, not of what befell people.

    Whoever changes a toll speaks of what was known before: on that day, at least, nobody need have come to harm.
    """
    for ref in times:
        if ref.kind == "since" and ref.first > verb and _HARM.isdisjoint(tokens.low[verb + 1 : ref.first]):
            ref.role = "statement"  # "has corrected its toll twice since Monday night"
        if ref.kind == "day" and _of_the_harm(tokens, times, ref, verb):
            continue
        if ref.kind == "day" and ref.role in {"event", "statement"} and _of_the_word(tokens, ref, verb):
            ref.role = "statement"
            if tokens.low[verb] not in _GIVING | _GIVEN and tokens.low[ref.last : ref.last + 1] != ["as"]:
                ref.window = None


def _of_the_harm(tokens: Tokens, times: list[TimeRef], ref: TimeRef, verb: int) -> bool:
    """Say whether a day is that of the harm told of before the new count, where the word has a day of its own.

    So is the Tuesday of "on Friday cut the number of guards killed near Brela on Tuesday from nine to eight".
    """
    low = tokens.low
    dated = any(one.kind == "day" and one.first < verb for one in times)
    harmed = max((k for k in range(verb + 1, ref.first) if low[k] in _HARM), default=-1)
    steps = (k for k in range(harmed, len(low) - 1) if low[k] in _STEPS and plain(low[k + 1]) is not None)
    return dated and harmed >= 0 and ref.role == "event" and ref.first < next(steps, -1)


def _of_the_word(tokens: Tokens, ref: TimeRef, verb: int) -> bool:
    low = tokens.low
    if not tokens.possessive.isdisjoint(range(ref.first, ref.last)):
        return False  # "the toll of Tuesday's ambush"
    k = ref.first
    while k and low[k - 1] in _AT:
        k -= 1
    before = low[k - 1] if k else ""
    if before in _HARM or before in _PLACING or before in SAY:
        return False
    gap = low[ref.last : verb] if ref.last <= verb else low[verb + 1 : ref.first]
    return _CLAUSES.isdisjoint(gap) and (ref.first > verb or _HARM.isdisjoint(gap))
