"""Know who came to harm in a disaster, by nobody's violence: people of a row of their own, never added to the others.

Reading says which counts those are; whom they are counted with is decided here, and each keeps whose people it is of.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Claim, Reading


def is_of_disaster(claim: Claim) -> bool:
    """Say whether a count is of people harmed by a disaster and not yet counted as such; a person's group stays."""
    return claim.cause == "disaster" and claim.group not in ("disaster_victims", "places") and claim.corrects is None


def apart(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims, those of people harmed by disasters in a group of their own, soldiers and militants too."""
    return [of_disaster(one) if is_of_disaster(one) else one for one in claims]


def of_disaster(claim: Claim) -> Claim:
    """Return a count as one of people whom a disaster harmed, who stay soldiers or civilians."""
    return claim.model_copy(update={"group": "disaster_victims", "cause": "disaster", "victims": claim.group})


def apart_in(reading: Reading) -> Reading:
    """Return what was read from a document, its counts of people harmed by disasters apart."""
    if not any(map(is_of_disaster, reading.claims)):
        return reading
    return reading.model_copy(update={"claims": tuple(apart(reading.claims))})
