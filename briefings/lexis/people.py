"""What can be counted as people: a phrase of a sentence, and the nouns that say by themselves what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..model import Group, Outcome
from .lexicon import wordset
from .quantities import Quantity

OUTCOME_HEADS: Final[dict[str, Outcome]] = {
    "dead": "killed", "deaths": "killed", "death": "killed", "fatalities": "killed", "fatality": "killed",
    "bodies": "killed", "body": "killed", "corpses": "killed", "corpse": "killed", "cadavers": "killed",
    "deceased": "killed",
    "wounded": "injured", "injured": "injured", "injuries": "injured", "war-wounded": "injured", "missing": "missing",
    "displaced": "displaced", "martyrs": "killed", "arrests": "detained", "killings": "killed", "murders": "killed",
    "homicides": "killed",
}  # fmt: skip
"""Heads that state the outcome themselves: "46 dead", "15 deaths", "six bodies"."""
ADJECTIVES: Final[dict[str, Outcome]] = {
    "wounded": "injured", "injured": "injured", "dead": "killed", "missing": "missing", "slain": "killed",
    "displaced": "displaced",
}  # fmt: skip
VERBAL: Final = wordset(
    """killed shot stabbed wounded injured hurt kidnapped abducted arrested detained captured died perished slain
    murdered executed beheaded hospitalised hospitalized evacuated forced fled freed rescued released held taken
    remained remain were lost sustained suffered drowned perished succumbed disappeared survived identified maimed"""
)
"""Verbs that end a noun phrase: what follows is told of those it counts."""
KINDS: Final = wordset(
    "civilian rebel militant insurgent guerrilla police army military militia paramilitary security separatist islamist"
)
"""Words of people that also say of what kind others are: "rebel faction leaders"."""
KINDS_OF_MANY: Final = KINDS | {"child", "adult"}
"""Words of one that say of what kind all of a toll are: "the child dead", "the civilian toll"."""

NATURAL: Final = wordset(
    """cancer illness disease heart stroke natural age flu fever malaria cholera covid coronavirus aids pneumonia sleep
    tuberculosis dysentery diabetes typhoid measles ebola"""
)
"""Words by which a death is none by force."""


@dataclass(slots=True)
class Phrase:
    """One countable phrase over tokens `first` to `last` (exclusive).

    `head` is the index of the head noun or -1 for a bare number; `people` says the head is surely people;
    `outcome` is set where the phrase states it ("46 dead"); `anaphor` marks "others", "more", "of them" and bare
    numbers, whose group comes from what was counted before; `name` is what a single person is known by, in lower
    case: the last word of the name, or "he" or "she"; `noun` is the index of a plural after the number that no list
    knows, which is people where only people can be meant ("five clerks were kidnapped").
    """

    first: int
    last: int
    low: int | None
    high: int | None
    quantity: Quantity | None
    head: int = -1
    people: bool = False
    other: bool = False
    outcome: Outcome | None = None
    group: Group = "unknown"
    anaphor: bool = False
    partitive: bool = False
    definite: bool = False
    named: bool = False
    name: str = ""
    noun: int = -1

    @property
    def number(self) -> int:
        """Return the number for agreement with "was" and "were"."""
        return self.quantity.value if self.quantity else 1
