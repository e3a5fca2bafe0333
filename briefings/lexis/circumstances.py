"""Read words that tell of harm only by what stands around them: "seized by gunmen", "two of our men fell"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .frames import AROUND, CLOSES, RESCUED
from .harms import Trigger, tabled
from .lexicon import ADVERBS, ARMED, AUXILIARIES, DETERMINERS, PERSON, STATE, wordset
from .quantities import TENS, UNITS
from .sentences import Tokens

_WERE: Final = wordset("was were")
_SHOTS: Final = wordset("bullet bullets shrapnel gunfire pellet pellets splinters")
_DIED: Final = wordset("died killed dead fatally instantly")
_JAILERS: Final = wordset(
    "police authorities officers troops army soldiers customs agents forces officials immigration"
)


def _taken_by(tokens: Tokens, i: int) -> Trigger | None:
    """Read "seized on Monday by gunmen", "taken from his home by rebels", "held by police": who took them says what."""
    low = tokens.low
    for k in range(i + 1, min(i + 9, len(low) - 1)):
        if low[k] == "by":
            agent = low[k + 1 : k + 6]
            agent = agent[: next((n for n, word in enumerate(agent) if not word[0].isalnum()), len(agent))]
            if not _JAILERS.isdisjoint(agent):
                return Trigger(i, i + 1, "detained", "passive")
            taken = low[i] == "seized" or not ARMED.isdisjoint(agent)
            return Trigger(i, i + 1, "abducted", "passive") if taken else None
        if low[k] in CLOSES:
            return None
    return None


def _picked_up(tokens: Tokens, i: int) -> Trigger | None:
    """Read "nine suspected smugglers were picked up in Mezin", "nine suspects were seized in raids".

    By whom they were picked up says more, where it is said; and of marchers, only what is told of jails beside it.
    """
    low = tokens.low
    up = low[i] == "picked" and low[i + 1 : i + 2] == ["up"]
    raided = low[i] == "seized" and not _RAIDS.isdisjoint(low[i + 1 : i + 6])
    if i < 2 or not (up or raided) or low[i - 1] not in _BEING or (up and _by_somebody(low, i + 2)):
        return None
    subject = low[max(0, i - 6) : i]
    marched = up and not _MARCHING.isdisjoint(subject) and not _KEPT.isdisjoint(low)
    return Trigger(i, i + 1 + up, "detained", "passive") if marched or not _SUSPECTED.isdisjoint(subject) else None


def _by_somebody(low: list[str], k: int) -> bool:
    end = next((at for at in range(k, len(low)) if low[at] in CLOSES), len(low))
    return "by" in low[k:end]


_MARCHING: Final = wordset(
    "protesters protestors demonstrators marchers activists dissidents rioters strikers students"
)
_RAIDS: Final = wordset("raid raids sweep sweeps crackdown")
_KEPT: Final = _RAIDS | wordset("held arrested detained custody jailed questioned prison cells detention")
_SUSPECTED: Final = wordset("suspected suspect suspects alleged accused wanted")


def _unreturned(tokens: Tokens, i: int) -> Trigger | None:
    """Read "four fishermen failed to return", "two hikers never returned from the hills"; nothing is returned."""
    low = tokens.low
    last = i + 3 if low[i : i + 3] == ["failed", "to", "return"] else i + 2 if low[i : i + 2] == _NEVER else 0
    after = low[last : last + 4]
    away = not after or after[0] in {"home", "from"} or not after[0][0].isalnum()
    return Trigger(i, last, "missing", "intransitive") if last and away and _LEAVE.isdisjoint(after) else None


def _looked_for(tokens: Tokens, i: int) -> Trigger | None:
    """Read "two of her sons are still being looked for": as lost, and not as suspects."""
    low = tokens.low
    lost = low[i - 1 : i] == ["being"] and low[i + 1 : i + 2] == ["for"] and (_WANTED | _SUSPECTED).isdisjoint(low[:i])
    return Trigger(i, i + 2, "missing", "passive") if lost and _JAILERS.isdisjoint(low[i + 2 : i + 6]) else None


_NEVER: Final = ["never", "returned"]
_LEAVE: Final = wordset("leave parole furlough work duty holiday break exile abroad retirement injury")


def _caught(tokens: Tokens, i: int) -> Trigger | None:
    """Read "five suspects were caught", "two were caught by police": not by a flood, nor in the crossfire."""
    low = tokens.low
    k = i - 1
    while k > 0 and low[k] in ADVERBS:
        k -= 1
    if k < 1 or low[k] not in _BEING:
        return None
    after = low[i + 1 : i + 6]
    if after[:1] == ["by"]:
        return None if _JAILERS.isdisjoint(after) else Trigger(i, i + 1, "detained", "passive")
    closed = not after or not after[0][0].isalnum() or after[0] in _WHEN_CAUGHT
    start = next((at for at in range(k - 1, -1, -1) if low[at] in CLOSES), -1)
    wanted = not _WANTED.isdisjoint(low[start + 1 : k]) or (low[k] == "been" and low[k - 2] in _COUNTS)
    wanted = wanted or (after[:1] == ["trying"] and not _JAILERS.isdisjoint(low))
    return Trigger(i, i + 1, "detained", "passive") if closed and wanted else None


_BEING: Final = wordset("was were been")
_WHEN_CAUGHT: Final = wordset("trying while alive after and")
_WANTED: Final = ARMED | wordset(
    "suspect suspects robber robbers thief thieves inmate inmates prisoner prisoners escaped escapees fugitives"
)


def _destroyed(tokens: Tokens, i: int) -> Trigger | None:
    """Read "up to 30 enemy servicemen were destroyed", as communiqués say of fighters alone; news destroys nobody."""
    low = tokens.low
    k = i - 1
    if k < 1 or low[k] not in _WERE or not (low[k - 1] in STATE or low[k - 1] in ARMED):
        return None
    by = low[i + 1 : i + 6]
    if by[:1] == ["by"] and _DESTROYERS.isdisjoint(by):
        return None
    return Trigger(i, i + 1, "killed", "passive") if low[k - 1].endswith(("s", "men", "personnel")) else None


_DESTROYERS: Final = (
    STATE
    | ARMED
    | wordset("fire artillery strike strikes airstrike airstrikes drone drones shelling forces army units")
)


def _from_the_road(tokens: Tokens, i: int) -> Trigger | None:
    """Read "taken off a bus", "taken from their farms", by nobody who rescues, heals or arrests."""
    low = tokens.low
    at = i + 2 + (low[i + 2 : i + 3] != [] and (low[i + 2] in DETERMINERS or low[i + 2] in _COUNTED))
    near = low[at : at + 2]
    roads = _ROADS | _SCHOOLS if i > 1 and low[i - 2] in PERSON else _ROADS
    if low[i + 1 : i + 2] not in (["off"], ["from"]) or roads.isdisjoint(near) or at == i + 2:
        return None
    rest = low[max(0, i - AROUND) : i] + low[at : at + 2 * AROUND]
    by = rest[rest.index("by") + 1 :][:AROUND] if "by" in rest else []
    led_off = RESCUED.isdisjoint(rest) and _JAILERS.isdisjoint(by) and "custody" not in rest
    return Trigger(i, i + 2, "abducted", "past") if led_off else None


_COUNTED: Final = wordset("two three four five six several")
_ROADS: Final = wordset(
    """bus buses minibus minibuses vehicle vehicles car cars truck trucks lorry convoy train boat canoe taxi farm farms
    checkpoint roadblock village villages mosque church dormitory dormitories"""
)
_SCHOOLS: Final = wordset("school schools college hostel")


def _still_held(tokens: Tokens, i: int) -> Trigger | None:
    """Read "12 are still being held", "nine were still held in the forest": who holds them is told elsewhere."""
    low = tokens.low
    being = low[i - 1 : i] == ["being"] and _GATHERINGS.isdisjoint(low[:i])
    yet = being or not _YET.isdisjoint(low[max(0, i - 3) : i])
    if tabled(low, i) is not None or not yet or "whom" in low[max(0, i - _OF_WHOM) : i]:
        return None
    after = low[i + 1 : i + 5]
    if after[:1] and after[0][0].isalnum() and after[0] not in _WHERE_HELD:
        return None  # "was still held responsible"
    jailed = not _JAILERS.isdisjoint(low[:i]) or not _JAILS.isdisjoint(after) or not _TAKEN_IN.isdisjoint(low[:i])
    captive = not jailed or not _CAPTIVES.isdisjoint(low[:i])
    return Trigger(i, i + 1, "abducted" if captive else "detained", "state")


_GATHERINGS: Final = wordset(
    """funeral funerals service services talks meeting meetings election elections vote votes rally rallies vigil vigils
    prayers match matches event events ceremony ceremonies session sessions hearing hearings trial trials protest
    protests game games exercise exercises drill drills"""
)
_TAKEN_IN: Final = wordset("arrested detained picked protesters demonstrators marchers arrests detentions")
_YET: Final = frozenset({"still", "remain", "remained", "remains"})
_OF_WHOM: Final = 6
_CAPTIVES: Final = wordset("hostage hostages captive captives kidnapped abducted")
_WHERE_HELD: Final = wordset("in at inside by near somewhere captive hostage and but after as while when on across")
_JAILS: Final = wordset("custody prison jail detention cells cell jails prisons barracks")


def _held_as_well(tokens: Tokens, i: int) -> Trigger | None:
    """Read "46 rebels were killed and more than 300 held": counted beside the dead, those held are arrested."""
    low = tokens.low
    joint = next((k for k in range(i - 2, max(i - _BESIDE_THEM, 1), -1) if low[k] == "and"), 0)
    after = low[i + 1 : i + 2]
    closed = not after or not after[0][0].isalnum() or after[0] in _HELD_IN
    counted = low[i - 1].isdecimal() or low[i - 1] in UNITS or low[i - 1] in TENS or low[i - 1] in _MANY
    if not (joint and closed and counted) or low[joint - 1] not in _HARMED:
        return None
    return Trigger(i, i + 1, "detained", "passive")


_BESIDE_THEM: Final = 6
_HELD_IN: Final = wordset("in on during after since over")
_HARMED: Final = wordset("killed wounded injured dead hurt arrested eliminated neutralised neutralized")
_MANY: Final = wordset("dozens scores hundreds others")


def _those_taken(tokens: Tokens, i: int) -> Trigger | None:
    """Read "31 of those taken were women": taken by whoever the sentence before tells of."""
    low = tokens.low
    after = low[i + 1 : i + 2]
    led = i > 2 and low[i - 2 : i] == ["of", "those"] and (not after or after[0] in _WERE or not after[0][0].isalnum())
    return Trigger(i, i + 1, "abducted", "past") if led else None


def _hit_by(tokens: Tokens, i: int) -> Trigger | None:
    """Read "two villagers were hit by stray bullets", unless they died of it."""
    low = tokens.low
    whom = next((k for k in range(i - 2, max(i - _WHOSE, -1), -1) if low[k] in PERSON or low[k] in CLOSES), -1)
    told = whom >= 0 and low[whom] in PERSON and (whom == i - 2 or low[whom + 1] in _FROM_WHERE)
    if i < 2 or low[i - 1] not in _WERE or not told or low[i + 1 : i + 2] != ["by"]:
        return None
    at = next((k for k in range(i + 2, min(i + 6, len(low))) if low[k] in _SHOTS), 0)
    died = not _DIED.isdisjoint(low[at : at + 8])
    return Trigger(i, at + 1, "injured", "passive") if at and not died else None


_WHOSE: Final = 9
_FROM_WHERE: Final = frozenset({"of", "from", "in", "at"})


def _fallen(tokens: Tokens, i: int) -> Trigger | None:
    """Read "two of our men fell", "six soldiers had fallen in the ambush": of fighters, where there was fighting."""
    low = tokens.low
    k = i - 1
    while k > 0 and (low[k] in ADVERBS or low[k] in AUXILIARIES):
        k -= 1
    fighters = low[k : k + 1] != [] and (low[k] in ARMED or low[k] in STATE) and low[k].endswith(("s", "men"))
    own = k > 0 and low[k - 1] in _OWN
    after = low[i + 1 : i + 6]
    ends = not after or not after[0][0].isalnum() or (after[0] == "and" and not _HURT.isdisjoint(low))
    since = own and after[:1] == ["since"]
    closed = (ends or since) and (own or not _FIGHTS.isdisjoint(low) or after[:1] == ["and"])
    fought = after[:1] != [] and after[0] in _DURING and not _FIGHTS.isdisjoint(after) and _WELL.isdisjoint(after)
    falls = (fighters or (own and low[k] in _COMRADES)) and (closed or fought)
    return Trigger(i, i + 1, "killed", "intransitive") if falls and not _dwindled(tokens, k) else None


def _dwindled(tokens: Tokens, k: int) -> bool:
    """Say whether something of the fighters at `k` fell, and not they: "morale among the 2,000 soldiers"."""
    low = tokens.low
    at = next((at for at in range(k - 1, max(k - _SUBJECT, 0), -1) if low[at] in _HAVING), 0)
    if not at or not CLOSES.isdisjoint(low[at:k]) or low[at - 1] in _COUNTS or low[at - 1][0].isdecimal():
        return False  # "two of our men"
    owned = any(at < own < k for own in tokens.possessive)
    return owned or not tokens.words[at + 1][:1].isupper()  # "at the gates of Brela 20 soldiers fell"


_SUBJECT: Final = 8
_HAVING: Final = wordset("of by among amongst against on for between")
_COUNTS: Final = UNITS.keys() | TENS.keys() | wordset("dozen dozens scores hundreds thousands some many several all")
_WELL: Final = wordset("ill sick asleep silent unconscious")
"""How fighters fall who are not killed."""
_HURT: Final = frozenset({"wounded", "injured"})
_COMRADES: Final = wordset("men comrades brothers heroes")
_OWN: Final = wordset("our its their his")
_DURING: Final = wordset("in during on at")
_FIGHTS: Final = wordset(
    """fighting battle battles combat battlefield clash clashes ambush attack attacks raid assault action duty front
    frontline operation operations skirmish firefight gunfight"""
)


_WHERE_TREATED: Final = wordset("on by here there inside outside elsewhere under locally . , ;")


def _remains(tokens: Tokens, i: int) -> Trigger | None:
    """Read "the remains of six", "human remains of two"; not "12 remains of concern"."""
    low = tokens.low
    led = low[i + 1 : i + 2] == ["of"] and i and low[i - 1] in {"the", "human", "charred", "skeletal"}
    return Trigger(i, i + 1, "killed", "noun") if led else None


def _being_treated(tokens: Tokens, i: int) -> Trigger | None:
    """Read "six are being treated on the spot"."""
    low = tokens.low
    treated = i and low[i - 1] == "being" and low[i + 1 : i + 2] and low[i + 1] in _WHERE_TREATED
    return Trigger(i, i + 1, "injured", "passive") if treated else None


def _driven_into(tokens: Tokens, i: int) -> Trigger | None:
    """Read "the flood forced 300 people into churches", "over the border": by what happened, and by no man's hand."""
    low = tokens.low
    where = low[i + 1 : i + 4]
    if (_REFUGES if low[i] == "into" else _BORDERS).isdisjoint(where):
        return None
    verb = next((k for k in range(i - 1, max(i - _DRIVEN, 0), -1) if low[k] in _DRIVING), 0)
    if not verb:
        return None
    what = low[max(0, verb - _SUBJECT) : verb]
    driven = not _DRIVERS.isdisjoint(what) and (ARMED | _JAILERS).isdisjoint(what)
    return Trigger(i, i + 2, "displaced", "state") if driven else None


_DRIVEN: Final = 8
_DRIVING: Final = wordset("forced forcing drove driven driving sent sending pushed pushing")
_DRIVERS: Final = wordset(
    """flood floods flooding fighting storm storms cyclone hurricane typhoon clash clashes violence shelling bombardment
    quake earthquake eruption offensive war wildfire wildfires fire fires raid raids attack attacks strikes airstrikes
    conflict drought landslide landslides waters rain rains unrest battle battles"""
)
_REFUGES: Final = wordset(
    """mosque mosques church churches school schools camp camps shelter shelters tents hills mountains bush forest
    forests halls gymnasiums monasteries temples"""
)
_BORDERS: Final = wordset("border frontier river")


_READERS: Final[dict[str, tuple[Callable[[Tokens, int], Trigger | None], ...]]] = {
    **dict.fromkeys(("dragged", "grabbed", "hauled", "captured", "carried", "led"), (_taken_by,)),
    **dict.fromkeys(("picked", "seized"), (_picked_up, _taken_by)),
    **dict.fromkeys(("hit", "struck"), (_hit_by,)),
    **dict.fromkeys(("fell", "fallen"), (_fallen,)),
    **dict.fromkeys(("failed", "never"), (_unreturned,)),
    "taken": (_those_taken, _from_the_road, _taken_by),
    "held": (_taken_by, _still_held, _held_as_well),
    "caught": (_caught,),
    "destroyed": (_destroyed,),
    "looked": (_looked_for,),
    "remains": (_remains,),
    "treated": (_being_treated,),
    **dict.fromkeys(("into", "over", "across"), (_driven_into,)),
}
CIRCUMSTANTIAL: Final = frozenset(_READERS)
"""The words that may tell of harm by what stands around them."""


def read(tokens: Tokens, i: int) -> Trigger | None:
    """Return what the word at `i` says became of people by what stands around it, None if nothing."""
    for reader in _READERS.get(tokens.low[i], ()):
        if (trigger := reader(tokens, i)) is not None:
            return trigger
    return None
