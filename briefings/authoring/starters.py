"""What a new brief, notebook, section, theme or source begins with: working at once, and commented. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.looks import Look
from ..core.toml_texts import written
from ..notebook.brief import BriefType
from ..notebook.parameters import OF_A_DESK

_CODE = {
    "prose": """\
from briefings.builders import prose

# Words are typed, and a number never is: in braces stands what it is, and whose word it is follows by itself.
# {date} is the day, {place:Kesh} a place, {cite:...} a source; a bare number is refused with the reference that fits.
prose(desk, "On {date} civilians were killed: {civilians/killed}.", slot="{slot}")
""",
    "items": """\
from briefings.builders import items

# Words are typed, and a number never is: in braces stands what it is, and whose word it is follows by itself.
bullets = [
    "Security personnel killed: {state_forces/killed}.",
    "Militants killed: {armed_group/killed}.",
    "Civilians killed: {civilians/killed}.",
]
items(desk, bullets, slot="{slot}")
""",
    "table": """\
from briefings.builders import table

told = desk.figures().frame()  # any frame will do; filter, sort and group it as you like
told = told[told.status != "not_reported"]
# The desk's own numbers are placed by reference; whose word they are, and where it is written, is added.
table(desk, told, columns=["group", "outcome", "text"], slot="{slot}", empty="No source counts anybody.")
""",
    "notice": """\
from briefings.builders import notice

# A box with one message; level="warn" sets it in the colour of warnings.
notice(desk, "This section is new.", level="note", slot="{slot}")
""",
    "tiles": "from briefings.builders import key_figures\n\n"
    '# Four to six tiles; silence is not reported, never zero.\nkey_figures(desk, slot="{slot}")\n',
    "timeline": "from briefings.builders import timeline\n\n"
    '# In order of time, each entry with its voice.\ntimeline(desk, slot="{slot}")\n',
    "chart": "from briefings.builders import claims_chart\n\n"
    "# Drawn where two voices give counts to compare; left out of the page otherwise.\n"
    'claims_chart(desk, slot="{slot}")\n',
    "map": "from briefings.builders import location_map\n\n"
    '# Each place drawn as exactly as the reports name it.\nlocation_map(desk, slot="{slot}")\n',
    "sources": "from briefings.builders import sources_list\n\n"
    '# Every document and dataset that the brief rests on.\nsources_list(desk, slot="{slot}")\n',
}
KINDS = tuple(_CODE)
"""Kinds of section that can be begun; each is a key of `briefings.sections.BODIES`."""
_CUT = {"items": 6, "table": 8, "timeline": 8}
"""Kinds that can be cut short, and to how many parts where room is short."""


def section_code(kind: str, slot: str) -> str:
    """Return the cell that fills a slot with a section of a kind; its title is that of the slot, said in one place."""
    return _CODE[kind].replace("{slot}", slot).rstrip("\n")


def section_heading(title: str, slot: str) -> str:
    """Return the Markdown above that cell."""
    return f"## {title}\n\nWhat the reader learns here, in a line; `brief.toml` says where `{slot}` stands on the page."


def slot_table(slot: str, kind: str, title: str, notebook: str) -> str:
    """Return the slot as `brief.toml` declares it."""
    return (
        f"[slots.{slot}]\n"
        f'kind = "{kind}"\n'
        f"title = {written(title)}\n"
        f"required = false         # filled by {notebook}; true stops a brief in which no cell fills it\n"
    )


def room(slot: str, kind: str) -> tuple[str, ...]:
    """Return the steps of `[fit]` by which a section gives way where there is more to say than room, mildest first."""
    return (*((f"{slot} {_CUT[kind]}",) if kind in _CUT else ()), f"{slot} 0")


def notebook_title(title: str) -> str:
    """Return the Markdown at the head of a notebook."""
    return f"# {title}\n\nWhat this notebook adds to the brief, in a line."


IMPORTS = "import briefings"
DESK_HEADING = (
    '## The desk\n\nWhat had been published by `as_of`, and nothing later. Look further with `desk.frame("claims")`.'
)
EXPLORE_HEADING = (
    "## Look around\n\nFrames to explore; a cell that ends in a section of `briefings.builders` shows it as it prints."
)
EXPLORE = 'desk.frame("claims")'


def desk_code(brief_type: BriefType) -> str:
    """Return the cell that opens the desk with the parameters its type declares."""
    taken = [one.name for one in brief_type.parameters if one.name in OF_A_DESK]
    return f"desk = briefings.desk({', '.join(['brief', *(f'{name}={name}' for name in taken)])})\ndesk"


# ── settings ────────────────────────────────────────────────────────────────────────────────────────


def brief_table(name: str, kind: str, title: str, region: str) -> str:
    """Return a brief as `briefings.toml` has it."""
    return (
        f"[briefs.{name}]\n"
        f"{_padded(f'type = {written(kind)}')}# templates/{kind}/brief.toml\n"
        f"{_padded(f'title = {written(title)}')}# stands at the head of page one\n"
        f"region = {written(region)}\n"
        '# language = "fr"                  # of the page: en, fr, ar or ur\n'
        "# starts = 2026-01-30              # first issue: numbers the issues and begins the total to date\n"
        '# issue_at = "18:00"               # the hour issues come out, by the region\'s clock\n'
        '# schedule = "0 6 * * *"           # when it makes itself: minute, hour, day of month, month, day of week\n'
        'marking = "TLP:CLEAR"              # CLEAR, GREEN, AMBER, AMBER+STRICT or RED\n'
        "lists = []                         # who gets it: names of [lists.NAME]\n"
    )


def region_table(name: str, called: str, iso: str, clock: str = "UTC") -> str:
    """Return a region as `briefings.toml` has it; without a code its country is left to be named."""
    about = "# its code, or a country's: tells its towns and draws its map"
    code = _padded(f"iso = {written(iso)}") if iso else _padded('# iso = "PK-BA"')
    return (
        f"[regions.{name}]\n"
        f"{_padded(f'name = {written(called)}')}# reports that name it, or a place in it, belong to the brief\n"
        f"{code}{about}\n"
        '# country = "Pakistan"\n'
        f"{_padded(f'timezone = {written(clock)}')}# its calendar and clock, such as Asia/Karachi\n"
        "names = []                         # other spellings\n"
        "places = []                        # towns and districts in it, beside those the gazetteer knows\n"
    )


def source_table(name: str, values: Mapping[str, str]) -> str:
    """Return a source as `briefings.toml` has it: what is given, and what else may be said of it."""
    about = {
        "kind": "folder | feed | page | table",
        "path": "below the workspace, or absolute",
        "url": "read anew at each `briefings collect`",
        "dataset": "ucdp-ged | acled",
    }
    lines = [
        _padded(f"{key} = {written(value)}") + (f"# {about[key]}" if key in about else "")
        for key, value in values.items()
    ]
    beside = {
        "publisher": '# publisher = "Coast Post"         # of documents that do not name theirs',
        "timezone": '# timezone = "Asia/Karachi"        # the clock of times that give no offset',
    }
    lines += [line for key, line in beside.items() if key not in values]
    return "\n".join([f"[sources.{name}]", *(line.rstrip() for line in lines)]) + "\n"


def _padded(text: str) -> str:
    return f"{text:<34} " if len(text) < 35 else f"{text}  "


# ── theme ───────────────────────────────────────────────────────────────────────────────────────────


ACCENT = "#0b5d3b"
"""The one colour a new theme changes, so that it is seen to be in force."""


def theme_file(title: str, base: str, look: Look) -> str:
    """Return a theme.toml that changes one colour and shows what else there is, as its base has it."""
    other = {"A4": "Letter", "Letter": "A4", "beside": "above", "above": "beside"}
    whole: dict[str, dict[str, Any]] = {"colours": look.colours.model_dump(), "fonts": look.fonts.model_dump()}
    shown = {name: [(key, value) for key, value in said.items() if value] for name, said in whole.items()}
    lines = [
        "# A theme: what it does not say is as in its base. `[page]` of briefings.toml goes before it.",
        f"\n[theme]\ntitle = {written(title)}\nbase = {written(base)}\n\n[page]",
        *(f"# {key} = {written(value)}  # or {written(other[value])}" for key, value in _choices(look)),
        "\n[page.colours]  # those of the marking are fixed; one that is hard to read on its ground is told",
        f"accent = {written(ACCENT)}",
        *(f"# {key} = {written(value)}" for key, value in shown["colours"] if key != "accent"),
        "\n[page.fonts]  # families of the fonts/ folder of this theme or of its base",
        *(f"# {key} = {written(value)}" for key, value in shown["fonts"] if isinstance(value, str)),
    ]
    return "\n".join(lines) + "\n"


def _choices(look: Look) -> tuple[tuple[str, str], ...]:
    return ("paper", look.paper or "A4"), ("headings", look.headings or "beside")


def theme_tokens(shipped: str) -> str:
    """Return a tokens.css that changes nothing yet: each token of the shipped one, in a comment to be taken out."""
    lines = (line.strip() for line in shipped.splitlines())
    body = "\n".join(f"  /* {line} */" for line in lines if line.startswith("--") and line.endswith(";"))
    about = "Sizes, weights and distances. Take a line out of its comment to change it for this theme."
    return f"/* {about} */\n\n:root {{\n{body}\n}}\n"
