"""The builders a notebook cell calls: each takes the desk and returns one section of the brief.

`f(desk, *, slot="…", title="…") -> Section`. Every number is placed by reference and stands beside the office
that gave it; where the sources say nothing, the section says that. `table`, `prose`, `items` and `notice` make a
section of what an author gives: any frame, and words in which numbers are references in braces.
"""

from __future__ import annotations

from .atlas import location_map
from .authored import items, notice, prose
from .bullets import developments
from .changed import changes
from .chronicle import responsibility, timeline
from .context import background_items, gaps, sources_list
from .impact import impact
from .incidents import earlier_incidents
from .locations import location_table
from .news import bottom_line
from .outlook import outlook
from .rivals import competing_claims
from .tabled import table
from .time_charts import context_chart, timeline_chart
from .tolls import casualty_table, key_figures
from .voice_charts import claims_chart, toll_chart

__all__ = [
    "background_items",
    "bottom_line",
    "casualty_table",
    "changes",
    "claims_chart",
    "competing_claims",
    "context_chart",
    "developments",
    "earlier_incidents",
    "gaps",
    "impact",
    "items",
    "key_figures",
    "location_map",
    "location_table",
    "notice",
    "outlook",
    "prose",
    "responsibility",
    "sources_list",
    "table",
    "timeline",
    "timeline_chart",
    "toll_chart",
]
