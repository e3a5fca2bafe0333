"""The words by which a report calls a count an older one, which another has taken the place of."""

from __future__ import annotations

from typing import Final

from .lexicon import Sought, wordset

OLDER: Final = wordset("earlier previous initial original")
"""What an older count is called: "an earlier toll"."""
BEFORE: Final = wordset("earlier previously initially originally first")
"""When it was given: "police had first put the toll at 12"."""
FORMER: Final = Sought(OLDER | (BEFORE - {"first"}))
"""Words one of which a sentence that calls a count an older one holds."""
COUNTS: Final = wordset("toll tolls count counts tally tallies figure figures estimate estimates")
REPORTS: Final = wordset("report reports")
GIVEN: Final = wordset(
    "put said gave given reported announced listed counted spoke spoken believed thought feared estimated"
)
"""Verbs by which somebody gave a count, or had it that a count was so."""
