"""How long a workspace keeps what nobody has to answer for: drafts, leftovers, the history of runs. As settings."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..model import Noun

Days = Annotated[int, Field(ge=1, le=36_500)]


class Retention(Noun):
    """For how many days what `briefings prune` may take away is kept; what was approved or sent it never takes.

    `drafts_days` are those of drafts that a later version took the place of before anybody released them, `runs_days`
    those of the history of due runs and of batches, `leftovers_days` those of what failed runs and batches leave
    behind, `copies_days` those of copies of the store from before an upgrade.
    """

    drafts_days: Days = 90
    runs_days: Days = 400
    leftovers_days: Days = 14
    copies_days: Days = 90
