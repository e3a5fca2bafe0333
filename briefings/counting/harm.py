"""Say what became of counted people: tie each countable phrase of a sentence to killed, injured, missing and so on.

The grammar is shallow and general: the object of an active verb ("killed 12 people"), the subject of a passive or
an intransitive one ("12 people were killed", "died"), and then, step by step, what stands elsewhere. A phrase keeps
the outcome it was given first, so that the order of the steps is what takes precedence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..lexis.bodies import HOUSES
from ..lexis.harms import Trigger
from ..lexis.lexicon import wordset
from ..lexis.people import Phrase
from ..lexis.sentences import Tokens
from . import (
    among,
    care,
    ellipsis,
    fates,
    heads,
    idioms,
    inversions,
    listing,
    lost,
    named,
    nobody,
    objects,
    phrasal,
    pronouns,
    shares,
    sufferers,
    survivors,
    tallies,
    unreal,
)
from .ties import Link, Ties

_ALWAYS: Final[frozenset[str]] = frozenset()
_STEPS: Final[tuple[tuple[Callable[[Ties], None], frozenset[str]], ...]] = (
    (heads.read, _ALWAYS),
    (tallies.tolls, tallies.TOLL_WORDS),
    (tallies.put_at, tallies.PUT_WHAT),
    (tallies.given_as, tallies.AS),
    (idioms.captives, idioms.HOLDING | idioms.CAPTURING),
    (care.patients, care.CARING | care.ENTERING | care.LEAVING | care.HARMS),
    (lost.searched_for, lost.SEARCHING),
    (lost.unknown, lost.UNKNOWN),
    (lost.listed, lost.LISTED),
    (survivors.read, survivors.SURVIVING),
    (idioms.at_a_loss, wordset("loss")),
    (idioms.sheltered, idioms.SHELTERING),
    (ellipsis.elsewhere, _ALWAYS),
    (ellipsis.and_also, wordset("and")),
    (ellipsis.gapped, wordset("and")),
    (ellipsis.others_say, ellipsis.TELLING),
    (inversions.along_with, inversions.BESIDE),
    (among.members, among.INCLUDING),
    (among.among_them, wordset("among")),
    (among.named_member, wordset("among")),
    (among.predicates, wordset("were are")),
    (tallies.labelled, tallies.COLON),
    (tallies.itemised, tallies.COLON),
    (pronouns.objects, wordset("him her")),
    (pronouns.several, pronouns.THEM),
    (shares.parts, _ALWAYS),
    (shares.shared_out, _ALWAYS),
    (listing.listed, wordset("and")),
    (shares.set_apart, _ALWAYS),
    (tallies.from_to, wordset("from")),
    (tallies.and_then_to, wordset("then")),
    (shares.inner_wholes, wordset("of")),
    (shares.suffered_wholes, wordset("of")),
    (among.made_up_of, among.MADE_UP),
    (among.wholes, wordset("among")),
    (among.rest_of_whole, among.SUFFERED),
    (among.picked_out, among.PICKED),
    (among.and_so_many, wordset("were are was is")),
    (among.known_to_be, among.KNOWN_AS),
    (among.identified, among.KNOWN_AS),
    (among.identified_so_far, wordset("identified")),
    (among.identified_of_more, wordset("identified")),
    (idioms.made_off, idioms.FLEEING),
    (shares.gravest, shares.GRAVE),
    (ellipsis.other_days, wordset("and")),
    (shares.split_up, shares.COLON),
    (shares.included, shares.INCLUDING),
    (shares.of_those, shares.OF_THEM),
    (care.carried, HOUSES),
    (care.moved_hurt, care.MOVING),
    (fates.fate_before, fates.AFTER),
    (tallies.compared, wordset("up down compared against")),
    (pronouns.reflexives, pronouns.SELVES),
    (ellipsis.others_found, ellipsis.FINDING),
    (pronouns.bare_numbers, _ALWAYS),
    (pronouns.told_again, pronouns.COMMA),
    (pronouns.fellows, pronouns.FELLOWED),
    (among.one_of_those, wordset("those")),
    (among.of_a_number, wordset("among")),
)
"""What is read after the plain clauses, in order, each with words of which the sentence must hold one."""
_CALLING: Final = frozenset[str]().union(*(words for _, words in _STEPS))
_STEPS_OF: Final = {word: frozenset(k for k, (_, words) in enumerate(_STEPS) if word in words) for word in _CALLING}
"""The steps each word calls for: a sentence is asked for its few such words once, not for the words of each step."""
_READERS: Final = tuple(read for read, _ in _STEPS)
_UNBIDDEN: Final = frozenset(k for k, (_, words) in enumerate(_STEPS) if not words)
_NAMING: Final = {idioms.captives, among.named_member, pronouns.objects, pronouns.reflexives, fates.fate_before}
_NAMING_STEPS: Final = frozenset(k for k, (read, _) in enumerate(_STEPS) if read in _NAMING)
"""Those of them that find people in a sentence that counts none: a name, "him", "himself"."""


def link(
    tokens: Tokens, phrases: list[Phrase], told: list[Trigger], *, caseless: bool = False, headline: bool = False
) -> list[Link]:
    """Return what became of each phrase of one sentence; phrases of which nothing is said are left out."""
    made: list[Link] = []
    if phrases or told or not idioms.TAKING.isdisjoint(tokens.low):
        made = _tied(Ties(tokens, phrases, told, caseless=caseless, headline=headline))
        made = [one for one in made if not _speaks(tokens.low, one) and not _downed(tokens.low, one)]
        for one in made:
            if one.parent is not None and one.parent.group in _FIGHTERS and tokens.low[one.phrase.head] in _ANYBODY:
                one.phrase.group = one.parent.group  # "four rebels, two women among them"
        if "0" in tokens.low:
            nobody.numbered(made)
        if "not" in tokens.low:
            nobody.not_one(tokens.low, made)
    if nobody.HINTS.isdisjoint(tokens.low):
        return made
    none = [one for one in nobody.read(tokens, told) if not any(_alike(one, other) for other in made)]
    return sorted([*made, *none], key=lambda one: one.phrase.first) if none else made


_FIGHTERS: Final = frozenset({"armed_group", "state_forces"})
_ANYBODY: Final = wordset(
    """leader leaders commander commanders chief chiefs member members woman women girl girls boy boys teenager
    teenagers youth youths minor minors female females"""
)


def _alike(none: Link, other: Link) -> bool:
    """Say whether a count tells of those of whom nobody is said to have come to harm; "no soldier" is no militant."""
    apart = none.phrase.group not in (None, "unknown") and none.phrase.group != other.phrase.group
    return none.outcome == other.outcome and not apart


def _speaks(low: list[str], made: Link) -> bool:
    """Say whether a single person is who says so, behind a list: "among them two children, mayor Ana Ruiz said"."""
    first, at = made.phrase.first, made.phrase.last
    if first > 1 and low[first - 1] in _SAYS and low[first - 2] in _QUOTED and low[at : at + 1] in _CLOSED:
        bare = made.phrase.head < 0 and low[first] == "one"
        one_of_them = (made.phrase.partitive or bare) and made.phrase.number == 1  # '"Nine died," said one of them.'
        return one_of_them or (made.phrase.quantity is None and low[at] == ",")  # "five died, said the mayor, and six"
    at += low[at : at + 1] != [] and low[at] in _PERFECT
    after = low[at : at + 2]
    if after[:1] != [] and after[0] in _CLAIMS and after[1:] in _OPENED and first > 1 and low[first - 2] in _OPENING:
        return made.phrase.quantity is None  # "a raid in which, the officer claimed, six died"
    return made.phrase.quantity is None and after[:1] != [] and after[0] in _SAYS and after[1:] != ["to"]


def _downed(low: list[str], made: Link) -> bool:
    """Say whether what was "shot down" is what flies: "480 drones, of which 453 were shot down"."""
    shot = low[made.trigger : made.trigger + 2] == ["shot", "down"]
    first = made.phrase.first
    clause = next((k + 1 for k in range(first - 1, -1, -1) if low[k] in {",", ";"}), 0)
    of_them = low[clause] == "of" or low[first + 1 : first + 3] == ["of", "them"]  # else the flyers are another's
    return shot and made.phrase.head < 0 and not _FLYING.isdisjoint(low[0 if of_them else clause : made.trigger])


_FLYING: Final = wordset(
    """drone drones uav uavs missile missiles rocket rockets jet jets helicopter helicopters aircraft plane planes
    balloon balloons projectile projectiles quadcopter quadcopters"""
)
_CLOSED: Final = ([","], ["."])
_QUOTED: Final = frozenset({",", "”", '"'})
_PERFECT: Final = frozenset({"has", "have", "had"})
_SAYS: Final = frozenset({"said", "says", "told", "added"})
_CLAIMS: Final = _SAYS | wordset("claimed claims alleged explained recalled reported estimated maintained insisted")
_OPENED: Final = ([","], ["that"])
_OPENING: Final = frozenset({",", "which", "whom", "where"})


def _tied(ties: Ties) -> list[Link]:
    """Read one sentence to its end: clauses, then what stands elsewhere."""
    if not idioms.LOSING.isdisjoint(ties.seen):
        idioms.losses(ties)
    if not phrasal.VERBS.isdisjoint(ties.seen):
        phrasal.read(ties)
    if "buried" in ties.seen:
        idioms.buried(ties)
    if "displaced" in ties.seen:
        heads.displaced_before(ties)
    _clauses(ties)
    called = _UNBIDDEN.union(*map(_STEPS_OF.__getitem__, ties.seen & _CALLING))
    for k in sorted(called if ties.starting else called & _NAMING_STEPS):
        _READERS[k](ties)
    return sorted([*ties.links.values(), *ties.more], key=lambda made: (made.phrase.first, made.trigger))


def _clauses(ties: Ties) -> None:
    """Read the plain clause of each outcome word: its object, else its subject, and the persons it names."""
    blocked = fates.unsplit(ties) | fates.unclear(ties) | inversions.inverted(ties)
    for trigger in ties.triggers:
        if trigger.first in blocked or unreal.is_unreal(ties, trigger) or ellipsis.died_on_the_way(ties, trigger):
            continue
        if ellipsis.lies_dead(ties, trigger):
            continue
        if not objects.of_noun(ties, trigger) and not objects.of_verb(ties, trigger):
            sufferers.read(ties, trigger)
        named.read(ties, trigger)
