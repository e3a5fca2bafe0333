"""Standing approvals: a person's word, given beforehand and for a time, that editions may go out unread. Pure."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from ..model import Noun

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class StandingApproval(Noun):
    """Who answers for editions that nobody has read, up to and including which day, and why nobody can read them.

    What goes out under it says on every page that no person has reviewed it.
    """

    by: Said
    until: date
    reason: Said = Field(description="why nobody can read each edition before it goes out")

    def in_force(self, on: date) -> bool:
        """Say whether it holds on a day, by the calendar of the brief's region."""
        return on <= self.until
