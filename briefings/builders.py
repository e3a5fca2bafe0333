"""The builders a notebook cell calls: each takes the desk and returns one section of the brief.

`f(desk, *, slot="…", title="…") -> Section`. Every number is placed by reference and stands beside the office
that gave it; where the sources say nothing, the section says that. `table`, `prose`, `items` and `notice` make a
section of what an author gives: any frame, and words in which numbers are references in braces.
"""

from __future__ import annotations

from .building.atlas import location_map
from .building.authored import items, notice, prose
from .building.bullets import developments
from .building.casualties import casualty_table
from .building.changed import changes
from .building.chronicle import responsibility, timeline
from .building.context import background_items, gaps, sources_list
from .building.impact import impact
from .building.incidents import earlier_incidents
from .building.locations import location_table
from .building.news import bottom_line
from .building.outlook import outlook
from .building.rivals import competing_claims
from .building.tabled import table
from .building.time_charts import context_chart, timeline_chart
from .building.tolls import key_figures
from .building.voice_charts import claims_chart, toll_chart

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

MAKES = {
    **dict.fromkeys(("bottom_line", "outlook", "prose"), "prose"),
    **dict.fromkeys(("background_items", "developments", "gaps", "impact", "items", "responsibility"), "items"),
    **dict.fromkeys(("casualty_table", "changes", "competing_claims", "earlier_incidents"), "table"),
    **dict.fromkeys(("location_table", "table"), "table"),
    **dict.fromkeys(("claims_chart", "context_chart", "timeline_chart", "toll_chart"), "chart"),
    "key_figures": "tiles",
    "location_map": "map",
    "notice": "notice",
    "sources_list": "sources",
    "timeline": "timeline",
}
"""The kind of section that each builder makes, known before any is called."""
