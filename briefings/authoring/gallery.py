"""Every builder of sections with the code that calls it and what it makes of the demo, as one page to choose from."""

from __future__ import annotations

import html
import inspect
import re
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .. import builders
from ..desks.desk import Desk
from ..layout.render import preview_html
from ..making.edition import desk_of
from ..making.scaffold import shipped
from ..notebook.brief import BriefType, load_type
from ..sections import Section
from .demo import install_demo

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
"""Content policy of the gallery: one script of ours, and nothing from elsewhere."""

BRIEF, DAY = "balochistan", "2026-01-31"
"""What the examples are of: a brief of the demo, and a day that has something for every builder."""

_CALLS = {
    "outlook": 'outlook(desk, "Further attacks are likely.", confidence="low", because="One side alone reports.", '
    'slot="outlook")',
    "items": 'items(desk, ["Rail and road stay closed in {region}{cite:Demo Wire}."], slot="developments")',
    "notice": 'notice(desk, "{region}, as known by {as_of}.", slot="notice")',
    "prose": 'prose(desk, "In all, {civilians/killed/to_date} civilians were reported killed.", slot="bottom_line")',
    "table": 'table(desk, desk.frame("incidents").nlargest(5, "killed_best"), slot="incidents",\n'
    '      columns=["date_start", "place", "killed_best"], caption="The deadliest of the year in {region}.")',
}
"""The calls that take more than the desk and a slot."""
_NEW_SLOT = """\
# Every slot for a section of kind {kind} is filled already.
# This one is new: declare it in templates/{type}/brief.toml,
# [slots.{slot}] with kind = "{kind}" below it.
"""


@dataclass(frozen=True)
class Example:
    """One builder: its name, what it says of itself, the code that calls it, and the section that comes of it."""

    name: str
    about: str
    code: str
    section: Section


@cache
def examples() -> tuple[Example, ...]:
    """Return an example of every builder, made of the demo; the code is run as it stands."""
    desk = demo_desk()
    return tuple(_examples(desk))


def demo_desk() -> Desk:
    """Return a desk of the demo, read anew in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="briefings-gallery-") as folder:
        root = install_demo(Path(folder) / "demo")
        return desk_of(BRIEF, {"date": DAY}, workspace=root)[1]


def _examples(desk: Desk) -> Iterator[Example]:
    """Yield the examples in the order in which a daily brief prints them."""
    names = {name: getattr(builders, name) for name in builders.__all__}
    slots = {name: inspect.signature(builder).parameters["slot"].default for name, builder in names.items()}
    printed = [slot.name for slot in load_type(shipped("templates") / "daily").slots]
    order = {slot: at for at, slot in enumerate(printed)}
    for name, _ in sorted(slots.items(), key=lambda one: order.get(one[1], len(order))):
        builder, code = names[name], _call(name)
        made = eval(code, {"desk": desk, **names})  # noqa: S307 -- our own examples, as the page shows them
        yield Example(name, (inspect.getdoc(builder) or "").partition("\n")[0], code, made)


def _call(name: str) -> str:
    slot = inspect.signature(getattr(builders, name)).parameters["slot"].default
    return _CALLS.get(name, f'{name}(desk, slot="{slot}")')


def code_for(name: str, declared: BriefType, filled: Collection[str]) -> str:
    """Return the code of an example as a notebook of a type takes it: for a slot of its kind that no cell fills yet.

    Where there is none the slot is a new one, and a comment says how to declare it.
    """
    call, kind = _call(name), builders.MAKES[name]
    (own,) = re.findall(r'slot="(\w+)"', call)
    fitting = [one.name for one in declared.slots if one.kind == kind and (one.many or one.name not in filled)]
    slot = own if own in fitting else next(iter(fitting), f"more_{own}")
    about = "" if fitting else _NEW_SLOT.format(kind=kind, slot=slot, type=declared.name)
    fitted = call.replace(f'slot="{own}"', f'slot="{slot}"')
    return f"{_import(name)}\n\n{about}{fitted}"


def _import(name: str) -> str:
    return f"from briefings.builders import {name}"


# ── the page ────────────────────────────────────────────────────────────────────────────────────────


def page() -> str:
    """Return the gallery as one HTML page, which loads `gallery.js` beside it and nothing else."""
    entries = "\n".join(map(_entry, examples()))
    return _PAGE.replace("{entries}", entries)


def _entry(example: Example) -> str:
    code = f"{_import(example.name)}\n\n{example.code}"
    return (
        f'<article id="{example.name}"><h2>{example.name}</h2><p>{html.escape(example.about)}</p>'
        f"<pre>{html.escape(code)}</pre>"
        f'<button type="button" data-example="{example.name}">Insert below the cell</button>'
        f'<div class="example">{preview_html(example.section)}</div></article>'
    )


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gallery of sections</title>
<style>
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif }
body { margin: 0 auto; padding: 1rem 1.25rem 3rem; max-width: 190mm; background: #fff; color: #1a1c1f }
h1 { font-size: 1.3rem; margin: .2rem 0 .4rem }
article { border-top: 1px solid #c9ccd1; padding: .9rem 0 1.1rem }
article h2 { font: 600 1rem/1.3 ui-monospace, monospace; margin: 0 }
article > p { margin: .25rem 0 .5rem; color: #555b64 }
pre { margin: 0; padding: .5rem .75rem; background: #f3f4f6; font: 13px/1.45 ui-monospace, monospace; overflow-x: auto }
button { margin: .4rem 0 .6rem; font: inherit; font-size: .85rem; padding: .15rem .6rem; border: 1px solid #8a919c;
  border-radius: 3px; background: #fff; cursor: pointer }
button:hover { background: #eef3fa }
body.alone button { display: none }
.example { border: 1px solid #e2e4e8; padding: .6rem .8rem; overflow-x: auto }
</style>
<script src="gallery.js" defer></script>
</head>
<body class="alone">
<h1>Gallery of sections</h1>
<p>Each builder with the code that calls it, and what it makes of the demo’s reports. A section appears on the page when
its slot is declared in the <code>brief.toml</code> of the brief’s type.</p>
{entries}
</body>
</html>
"""

SCRIPT = """
// Beside a notebook an example is inserted with a click; JupyterLab, of our own origin, does it.
document.body.classList.toggle("alone", window.parent === window);
document.addEventListener("click", (event) => {
  const name = event.target.dataset && event.target.dataset.example;
  if (name) window.parent.postMessage({ insert: name }, location.origin);
});
"""
