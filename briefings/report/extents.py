"""Count the places attacks reached, as a report has it: "attacks in 12 towns", "nine districts were hit" (R39)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..counting.ties import Link
from ..lexis.lexicon import ARMED, STOPS, Sought, wordset
from ..lexis.people import Phrase
from ..lexis.quantities import Quantity, scan
from ..lexis.sentences import Tokens
from ..speaking import reach
from .lines import Line, Report
from .placekinds import KINDS

_COUNTED: Final = Sought(KINDS)
_VERBS: Final = wordset(
    """attacked attack attacks attacking struck strike strikes hit hits hitting targeted target targets targeting
    stormed storm storms bombed bomb bombs bombing shelled shell shells shelling assaulted assaulting pounded ambushed
    overran rocked rock rocks blasted"""
)
_PARTICIPLES: Final = wordset("attacked struck hit targeted stormed bombed shelled assaulted ambushed overrun rocked")
_NOUNS: Final = wordset(
    """attack attacks assault assaults bombing bombings blast blasts explosion explosions shelling ambush ambushes
    clashes fighting gunfights firefights airstrikes airstrike bombardment offensive violence incursions gunfire
    shooting shootings massacre massacres killings"""
)
_AERIAL: Final = wordset("air drone missile rocket artillery retaliatory suicide coordinated")
_ACTIONS: Final = wordset("operation operations raid raids action actions raided campaign")
"""What armed groups call their attacks; of the forces of a state they are searches."""
_REACHED: Final = wordset("touched spanned covered reached affected engulfed spread extended spanning covering across")
_TOLD: Final = wordset("spoke spoken named listed mentioned counted reported cited")
_INTO: Final = wordset("in at across on over against throughout to from around of")
_BREAKS: Final = wordset(
    "said says told who which where when after before while because although though hours days if ;"
)
_UNREAL: Final = wordset(
    """foiled thwarted prevented averted plan plans planned planning threatened threat threats could would may might
    vowed"""
)
_NATURE: Final = wordset(
    """flood floods flooding earthquake quake tremor tremors cyclone typhoon hurricane tornado rains rainfall
    monsoon landslide landslides wildfire wildfires drought virus outbreak epidemic blackout outage outages heatwave
    snow locusts"""
)
_BE: Final = wordset("were was been being are have had came come")
_HINTS: Final = _VERBS | _NOUNS | _ACTIONS | _REACHED | {"fire"}
_MAX: Final = 60


def extents_of(lines: list[Line], report: Report) -> list[tuple[int, Link]]:
    """Return the counts of places that attacks reached, each with the index of its line, in the order of the text."""
    if report.course == "disaster" or _COUNTED not in report.found:
        return []
    made: list[tuple[int, Link]] = []
    for index, line in enumerate(lines):
        if len(made) < _MAX and _COUNTED in line.tokens.found:
            made += [(index, _link(*found)) for found in _found(lines, index)]
    return made


def _link(quantity: Quantity, head: int, rule: str) -> Link:
    low, high = quantity.low, quantity.high
    phrase = Phrase(quantity.first, head + 1, low, high, quantity, head, group="places")
    return Link(phrase, "attacked", rule, head)


def _found(lines: list[Line], index: int) -> Iterator[tuple[Quantity, int, str]]:
    """Give each count of places of one sentence that an attack is tied to: the number, its noun, the rule."""
    line = lines[index]
    tokens = line.tokens
    low = tokens.low
    told = not _TOLD.isdisjoint(low) and _of_attacks_before(lines, index)
    if (_HINTS.isdisjoint(low) and not told) or not _NATURE.isdisjoint(low) or not _UNREAL.isdisjoint(low):
        return
    before: Quantity | None = None
    taken = -1
    for quantity in scan(tokens):
        head = _noun(tokens, quantity)
        if head < 0 or quantity.value < 2 or quantity.first <= taken:  # "seven of the 36 districts": all there are
            continue
        said = reach.speaker_at(line.said, quantity.first)
        if said and said.denied:
            continue
        armed = bool(said and said.speaker.kind == "armed_group") or not ARMED.isdisjoint(low[: quantity.first])
        rule = _tie(low, quantity, head, armed=armed)
        if not rule and before is not None and quantity.first - before.last <= 4:
            rule = "within"
        if not rule and told and low[quantity.first - 1] in {"of", "at"} | _TOLD:
            rule = "told"
        if rule:
            before, taken = quantity, head
            yield quantity, head, rule


def _of_attacks_before(lines: list[Line], index: int) -> bool:
    """Say whether the sentences just before, of the same paragraph, speak of attacks."""
    here = lines[index].sentence
    return any(
        not _ATTACKS.isdisjoint(other.tokens.low)
        for other in lines[max(0, index - 2) : index]
        if other.sentence.paragraph == here.paragraph or other.sentence.headline
    )


_ATTACKS: Final = _NOUNS | _PARTICIPLES


def _noun(tokens: Tokens, quantity: Quantity) -> int:
    """Return the token of the kind of place a number counts, or -1: "12 towns", "dozens of army posts"."""
    low, n = tokens.low, len(tokens.low)
    at, steps = quantity.last, 3
    if at < n and low[at] == "of":
        at, steps = at + 1, 4
    for k in range(at, min(at + steps + 1, n)):
        word = low[k]
        if word in KINDS:
            return k if k + 1 >= n or low[k + 1] not in KINDS else k + 1
        if not (word[0].isalpha() or word[0].isdecimal()) or (word in STOPS and word not in {"the", "different"}):
            return -1
    return -1


def _tie(low: list[str], quantity: Quantity, head: int, *, armed: bool) -> str:
    """Return the rule by which an attack is tied to counted places, or nothing."""
    after = low[head + 1 : head + 6]
    if after[:1] and after[0] in _PARTICIPLES:
        return "places-hit"
    if after[:1] and after[0] in _BE and not _PARTICIPLES.isdisjoint(after[1:4]):
        return "places-hit"
    if after[:3] == ["came", "under", "attack"] or after[:3] == ["were", "under", "attack"]:
        return "places-hit"
    lead = low[max(0, quantity.first - 25) : quantity.first]
    clause = lead[_last_break(lead) + 1 :]
    near = clause[-3:]
    if near and any(word in _VERBS for word in near) and not _plain_noun(clause):
        return "hit-places"
    attacks = any(_is_attack(clause, k, armed=armed) for k in range(len(clause)))
    if attacks and near and (near[-1] in _INTO or any(word in _REACHED for word in near)):
        return "attacks-in"
    rest = low[head + 1 : head + 14]
    opening = quantity.first <= 3 and bool(low[: quantity.first]) and low[0] in _INTO
    if opening and any(word in _PARTICIPLES or word in _NOUNS for word in rest[: _first_break(rest)]):
        return "attacks-in"
    return ""


def _plain_noun(clause: list[str]) -> bool:
    """Say whether the only attack word of a clause is a noun that something else is done with: "strikes in"."""
    return bool(clause) and clause[-1] in _INTO and not any(word in _PARTICIPLES for word in clause)


def _is_attack(clause: list[str], k: int, *, armed: bool) -> bool:
    word = clause[k]
    if word in _NOUNS or word in _PARTICIPLES or (armed and word in _ACTIONS):
        return True
    if word == "fire":
        return k > 0 and clause[k - 1] in {"open", "opened", "opening", "opens"}
    return word in {"strike", "strikes"} and k > 0 and clause[k - 1] in _AERIAL


def _last_break(words: list[str]) -> int:
    return max((k for k, word in enumerate(words) if word in _BREAKS), default=-1)


def _first_break(words: list[str]) -> int:
    return next((k for k, word in enumerate(words) if word in _BREAKS), len(words))
