"""The page's own words for groups and outcomes: one whole message each, for catalogues to translate. Pure."""

from __future__ import annotations

from ..core.languages import mark, mark_forms, mark_forms_in
from ..model import Group, Outcome

NO_INFORMATION = mark("No information in the sources used.")
CAVEAT = mark(
    "Figures are as reported by those named, not verified here; they are probably incomplete and may be revised."
)
LABELS: dict[Group, tuple[str, str]] = {
    "state_forces": ("member of the security forces", "security personnel"),
    "peacekeepers": ("peacekeeper", "peacekeepers"),
    "armed_group": ("militant", "militants"),
    "civilians": ("civilian", "civilians"),
    "unknown": ("person", "people"),
    "disaster_victims": ("person", "people"),
    "places": ("place", "places"),
}
"""One and many: the plain words for a group, where the sources' own are loaded or differ."""

COUNTED: dict[Group, tuple[str, str]] = {
    "state_forces": mark_forms("{count} member of the security forces", "{count} security personnel"),
    "peacekeepers": mark_forms("{count} peacekeeper", "{count} peacekeepers"),
    "armed_group": mark_forms("{count} militant", "{count} militants"),
    "civilians": mark_forms("{count} civilian", "{count} civilians"),
    "unknown": mark_forms("{count} person", "{count} people"),
    "disaster_victims": mark_forms("{count} person", "{count} people"),
    "places": mark_forms("{count} place", "{count} places"),
}
"""The same with their count."""
OWN_WORDS: dict[str, tuple[str, str]] = {
    "children": mark_forms("{count} child", "{count} children"),
    "women": mark_forms("{count} woman", "{count} women"),
    "districts": mark_forms("{count} district", "{count} districts"),
    "cities": mark_forms("{count} city", "{count} cities"),
    "towns": mark_forms("{count} town", "{count} towns"),
    "villages": mark_forms("{count} village", "{count} villages"),
}
"""Words of the sources that every language keeps, for they say more than the group does."""
FEMININE = frozenset({"women", "cities", "towns"})
"""Those of them that verbs agree with otherwise in some languages."""
OF_THEM: dict[Group, str] = {
    "state_forces": mark("{count} of security personnel"),
    "peacekeepers": mark("{count} of peacekeepers"),
    "armed_group": mark("{count} of militants"),
    "civilians": mark("{count} of civilians"),
    "unknown": mark("{count} of people"),
    "disaster_victims": mark("{count} of people"),
    "places": mark("{count} of places"),
}
"""After a word that states no number: `dozens of civilians`."""
FURTHER: dict[Group, tuple[str, str]] = {
    "state_forces": mark_forms("{count} further member of the security forces", "{count} further security personnel"),
    "peacekeepers": mark_forms("{count} further peacekeeper", "{count} further peacekeepers"),
    "armed_group": mark_forms("{count} further militant", "{count} further militants"),
    "civilians": mark_forms("{count} further civilian", "{count} further civilians"),
    "unknown": mark_forms("{count} further person", "{count} further people"),
    "disaster_victims": mark_forms("{count} further person", "{count} further people"),
    "places": mark_forms("{count} further place", "{count} further places"),
}
FATES: dict[Outcome, tuple[str, str]] = {
    "killed": mark_forms("{who} was killed", "{who} were killed"),
    "injured": mark_forms("{who} was injured", "{who} were injured"),
    "missing": mark_forms("{who} was missing", "{who} were missing"),
    "abducted": mark_forms("{who} was abducted", "{who} were abducted"),
    "detained": mark_forms("{who} was detained", "{who} were detained"),
    "displaced": mark_forms("{who} was displaced", "{who} were displaced"),
    "attacked": mark_forms("{who} was attacked", "{who} were attacked"),
}
AMONG: dict[Outcome, tuple[str, str]] = {
    "killed": mark_forms("{who} was among the dead", "{who} were among the dead"),
    "injured": mark_forms("{who} was among the injured", "{who} were among the injured"),
}
"""Of those who are told only as some of another count: what of it there is to tell."""
HARMED: dict[Outcome, tuple[str, str]] = {
    "killed": mark_forms("{who} killed", "{who} killed"),
    "injured": mark_forms("{who} injured", "{who} injured"),
    "missing": mark_forms("{who} missing", "{who} missing"),
    "abducted": mark_forms("{who} abducted", "{who} abducted"),
    "detained": mark_forms("{who} detained", "{who} detained"),
    "displaced": mark_forms("{who} displaced", "{who} displaced"),
    "attacked": mark_forms("{who} attacked", "{who} attacked"),
}
"""The same without a verb, for tables and headings."""
NOBODY: dict[Outcome, str] = {
    "killed": mark("{nobody} killed ({group})"),
    "injured": mark("{nobody} injured ({group})"),
    "missing": mark("{nobody} missing ({group})"),
    "abducted": mark("{nobody} abducted ({group})"),
    "detained": mark("{nobody} detained ({group})"),
    "displaced": mark("{nobody} displaced ({group})"),
    "attacked": mark("{nobody} attacked ({group})"),
}
"""What became of nobody, in languages that say it by another form of the verb: `aucun mort (civils)`."""
_OF_PEOPLE: tuple[tuple[str, str], ...] = (  # where "people" have another gender than soldiers, militants, civilians
    mark_forms_in("people", "{who} was killed", "{who} were killed"),
    mark_forms_in("people", "{who} was injured", "{who} were injured"),
    mark_forms_in("people", "{who} was missing", "{who} were missing"),
    mark_forms_in("people", "{who} was abducted", "{who} were abducted"),
    mark_forms_in("people", "{who} was detained", "{who} were detained"),
    mark_forms_in("people", "{who} was displaced", "{who} were displaced"),
    mark_forms_in("people", "{who} was attacked", "{who} were attacked"),
    mark_forms_in("people", "{who} killed", "{who} killed"),
    mark_forms_in("people", "{who} injured", "{who} injured"),
    mark_forms_in("people", "{who} missing", "{who} missing"),
    mark_forms_in("people", "{who} abducted", "{who} abducted"),
    mark_forms_in("people", "{who} detained", "{who} detained"),
    mark_forms_in("people", "{who} displaced", "{who} displaced"),
    mark_forms_in("people", "{who} attacked", "{who} attacked"),
)
_OF_WOMEN: tuple[tuple[str, str], ...] = (  # where women have a gender that people in general have not
    mark_forms_in("women", "{who} was killed", "{who} were killed"),
    mark_forms_in("women", "{who} was injured", "{who} were injured"),
    mark_forms_in("women", "{who} was missing", "{who} were missing"),
    mark_forms_in("women", "{who} was abducted", "{who} were abducted"),
    mark_forms_in("women", "{who} was detained", "{who} were detained"),
    mark_forms_in("women", "{who} was displaced", "{who} were displaced"),
    mark_forms_in("women", "{who} was attacked", "{who} were attacked"),
    mark_forms_in("women", "{who} killed", "{who} killed"),
    mark_forms_in("women", "{who} injured", "{who} injured"),
    mark_forms_in("women", "{who} missing", "{who} missing"),
    mark_forms_in("women", "{who} abducted", "{who} abducted"),
    mark_forms_in("women", "{who} detained", "{who} detained"),
    mark_forms_in("women", "{who} displaced", "{who} displaced"),
    mark_forms_in("women", "{who} attacked", "{who} attacked"),
)
CELLS: dict[tuple[Group, Outcome], str] = {
    ("state_forces", "killed"): mark("Security personnel killed"),
    ("state_forces", "injured"): mark("Security personnel injured"),
    ("state_forces", "missing"): mark("Security personnel missing"),
    ("state_forces", "abducted"): mark("Security personnel abducted"),
    ("state_forces", "detained"): mark("Security personnel detained"),
    ("state_forces", "displaced"): mark("Security personnel displaced"),
    ("peacekeepers", "killed"): mark("Peacekeepers killed"),
    ("peacekeepers", "injured"): mark("Peacekeepers injured"),
    ("peacekeepers", "missing"): mark("Peacekeepers missing"),
    ("peacekeepers", "abducted"): mark("Peacekeepers abducted"),
    ("peacekeepers", "detained"): mark("Peacekeepers detained"),
    ("peacekeepers", "displaced"): mark("Peacekeepers displaced"),
    ("armed_group", "killed"): mark("Militants killed"),
    ("armed_group", "injured"): mark("Militants injured"),
    ("armed_group", "missing"): mark("Militants missing"),
    ("armed_group", "abducted"): mark("Militants abducted"),
    ("armed_group", "detained"): mark("Militants detained"),
    ("armed_group", "displaced"): mark("Militants displaced"),
    ("civilians", "killed"): mark("Civilians killed"),
    ("civilians", "injured"): mark("Civilians injured"),
    ("civilians", "missing"): mark("Civilians missing"),
    ("civilians", "abducted"): mark("Civilians abducted"),
    ("civilians", "detained"): mark("Civilians detained"),
    ("civilians", "displaced"): mark("Civilians displaced"),
    ("unknown", "killed"): mark("People killed"),
    ("unknown", "injured"): mark("People injured"),
    ("unknown", "missing"): mark("Missing, group not given"),
    ("unknown", "abducted"): mark("Abducted, group not given"),
    ("unknown", "detained"): mark("Detained, group not given"),
    ("unknown", "displaced"): mark("Displaced, group not given"),
    ("disaster_victims", "killed"): mark("People killed in disasters"),
    ("disaster_victims", "injured"): mark("People injured in disasters"),
    ("disaster_victims", "missing"): mark("People missing in disasters"),
    ("disaster_victims", "abducted"): mark("People abducted in disasters"),
    ("disaster_victims", "detained"): mark("People detained in disasters"),
    ("disaster_victims", "displaced"): mark("People displaced by disasters"),
    ("places", "attacked"): mark("Places attacked"),
}
IN_DISASTERS = mark("{told} in disasters")
"""What became of people, where it was by a disaster and nobody's violence."""
BY_DISASTERS = mark("{told} by disasters")
"""The same of people who were displaced, and of nobody who was harmed otherwise."""
DAYS = (
    *(mark("one day"), mark("two days"), mark("three days"), mark("four days"), mark("five days")),
    *(mark("six days"), mark("seven days"), mark("eight days"), mark("nine days"), mark("ten days")),
)
MORE_DAYS = mark("more than ten days")
"""How long a time is, where no numeral may stand: in the label of a figure."""

KINDS = {
    "air strikes": mark("air strikes"),
    "bombings": mark("bombings"),
    "shootings": mark("shootings"),
    "shelling": mark("shelling"),
    "clashes": mark("clashes"),
    "security operations": mark("security operations"),
    "attacks": mark("attacks"),
    "violence": mark("violence"),
    "casualties": mark("a disaster"),
}
REPORTED = {
    "air strikes": mark("air strikes were reported {where} {when}{sources}"),
    "bombings": mark("bombings were reported {where} {when}{sources}"),
    "shootings": mark("shootings were reported {where} {when}{sources}"),
    "shelling": mark("shelling was reported {where} {when}{sources}"),
    "clashes": mark("clashes were reported {where} {when}{sources}"),
    "security operations": mark("security operations were reported {where} {when}{sources}"),
    "attacks": mark("attacks were reported {where} {when}{sources}"),
    "violence": mark("violence was reported {where} {when}{sources}"),
    "casualties": mark("casualties were reported {where} {when}{sources}"),
    "disasters": mark("disasters were reported {where} {when}{sources}"),
}
"""What happened, by its kind: the beginning of a bottom line."""
DISASTERS_TOO = mark("disasters were reported as well{sources}")
"""What follows it where people were harmed by nobody's violence besides."""
