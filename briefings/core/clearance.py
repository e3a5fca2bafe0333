"""Says who may get what: a marking held against a recipient and the channel that leads there. Pure."""

from __future__ import annotations

from ..model import MARKINGS, Marking
from .recipients import Recipient


def bar(marking: Marking, recipient: Recipient, channel_public: bool) -> str:
    """Return why a recipient may not get what bears a marking, or nothing (TLP 2.0, FIRST).

    `channel_public` says that anybody may read what goes out by the recipient's channel.
    """
    if channel_public and marking != "TLP:CLEAR":
        return f"{recipient.channel} can be read by anybody, who may have only what is TLP:CLEAR"
    if exceeds(marking, recipient.marking):
        return f"cleared only up to {recipient.marking}"
    if marking == "TLP:RED" and not (recipient.individual and recipient.name.strip()):
        return "TLP:RED goes to named individuals only (name and individual = true)"
    return ""


def marking_named(text: str) -> Marking:
    """Return the marking a text names; `amber` and `TLP:AMBER` are the same. Raises ValueError for what is none."""
    wanted = text.upper().replace(" ", "")
    for marking in MARKINGS:
        if wanted in (marking, marking.removeprefix("TLP:")):
            return marking
    raise ValueError(f"no marking is called {text!r}; write one of {', '.join(MARKINGS)}")


def exceeds(marking: Marking, ceiling: Marking) -> bool:
    """Say whether a marking is stricter than what somebody or something is cleared for."""
    return MARKINGS.index(marking) > MARKINGS.index(ceiling)
