"""Writes the reference pages of those who change the page, from the code: what templates are given, what themes say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment

from .. import sections
from ..charts.drawing import Palette
from ..core.looks import EXPLAINED, Look
from ..layout import render, tokens
from ..layout.themes import load_theme
from ..making.scaffold import shipped
from ..model import Noun
from ..notebook.brief import Brief, Masthead
from ..sections import BODIES, Section
from .markup import code, first, named, page, table, told

GIVEN = {
    "brief": "the whole brief",
    "masthead": "what stands at the head of page one: `brief.masthead`",
    "sections": "the sections that have something to say, in print order",
    "page": "what runs are tied to: numbers of citations, figures, claims",
    "palette": "the colours and faces that charts and maps are drawn with",
    "logo": "the picture of the masthead, as markup; nothing where there is none",
    "css": "the whole style sheet, as markup",
}
"""What `page.html.j2` is given by name; in templates of sections there is `section` as well."""

SPOKEN = {
    "language": "the language of the page: `language.tag`, `language.direction`",
    "_": 'a fixed text in that language, its places filled: `_("As of")`',
    "words": "days and times in that language: `words.day`, `words.window`, `words.month`, `words.moment` …",
    "phrase_claim": "what a claim says of its count, in words",
    "phrase_figure": "a figure as sentences have it",
    "told_terms": "the terms of a sum that was worked out, as far as the page tells them",
    "statuses": "the words for the status of a figure",
    "not_reported": "the words for a number that nobody gives",
    "bracket": "a text cut into its numbers and what stands between",
}
"""What every template finds under its own name besides."""

THEMES = ("plain", "gazette")
_MOST_NAMED = 3
"""Families of a fallback that are named; the file of the theme has all."""


def templates() -> str:
    """Return the page of what a template is given."""
    environment = render.environment(load_theme("plain"))
    plain = Environment(autoescape=True)
    filters = {name: one for name, one in environment.filters.items() if name not in plain.filters}
    functions = {name: one for name, one in environment.globals.items() if name not in plain.globals}
    gone = sorted(set(plain.filters) - set(environment.filters))
    return page(
        "# Templates",
        "The page is `templates/page/page.html.j2`, each kind of section `templates/sections/<kind>.html.j2`; they are "
        "written in [Jinja](https://jinja.palletsprojects.com). A file of that name in the workspace hides the shipped "
        "one. Text is escaped, and a name that is not there is an error that names template and line.",
        "## What a page is given",
        table(("name", "what it is"), [(named(name), about) for name, about in GIVEN.items()]),
        "## What every template finds",
        table(("name", "what it is"), [(named(name), about) for name, about in SPOKEN.items()]),
        "## Functions",
        table(("function", "what it does"), [(named(name), first(one)) for name, one in sorted(functions.items())]),
        "## Filters",
        f"Beside those of Jinja, but for {', '.join(map(named, gone))}, which return markup:",
        table(("filter", "what it does"), [(named(name), first(one)) for name, one in sorted(filters.items())]),
        "## page",
        told(render.Page),
        table(("name", "what it is"), [*_typed(render.Page), *_methods(render.Page)]),
        *(block for noun in (Brief, Masthead, Section) for block in _noun(noun)),
        "## Bodies of sections",
        *(block for kind, body in BODIES.items() for block in _noun(body, f"### {kind}")),
        "## What sentences and cells are made of",
        "A run has its type as `run.t`; `sections/runs.html.j2` sets it.",
        *(block for run in _runs() for block in _noun(run, f"### {run.model_fields['t'].default}")),
    )


def _runs() -> Iterator[type[Noun]]:
    every = (one for one in vars(sections).values() if isinstance(one, type) and issubclass(one, Noun))
    yield from (one for one in every if "t" in one.model_fields)


def _noun(noun: type[Noun], head: str = "") -> tuple[str, ...]:
    rows = [(named(name), named(_annotated(noun, name))) for name in noun.model_fields if name != "t"]
    return (head or f"## {noun.__name__}", told(noun), table(("field", "type"), rows))


def _annotated(noun: type, name: str) -> str:
    """Return the type of a field as its class writes it."""
    for kind in noun.__mro__:
        if name in vars(kind).get("__annotations__", {}):
            return str(vars(kind)["__annotations__"][name])
    return ""


def _typed(kind: type) -> Iterator[tuple[str, str]]:
    yield from ((named(name), named(_annotated(kind, name))) for name in vars(kind)["__annotations__"])


def _methods(kind: type) -> Iterator[tuple[str, str]]:
    yield from (
        (named(f"{name}()"), first(one)) for name, one in vars(kind).items() if name[0] != "_" and callable(one)
    )


# ── themes ──────────────────────────────────────────────────────────────────────────────────────────


def themes() -> str:
    """Return the page of settings of a look and of the tokens of a style sheet."""
    looks = {name: load_theme(name).look for name in THEMES}
    sheets = {name: written(name) for name in THEMES}
    return page(
        "# Themes",
        "How the page looks is said by `[page]` in `briefings.toml` (for every brief, or under `[briefs.NAME.page]` "
        "for one) and by `theme.toml` of a theme; what neither says is as the theme it is based on says.",
        "## Settings",
        table(("setting", "what it means", *THEMES), [
            (named(name.removeprefix("page.")), about, *(named(_at(look, name)) for look in looks.values()))
            for name, about in EXPLAINED.items()
        ]),
        "## Tokens of the style sheet",
        "A theme’s `tokens.css` may set any of these; templates and style sheets use them as `var(--size-text)`.",
        table(("token", *THEMES), [
            (named(token), *(named(sheet.get(token, "")) for sheet in sheets.values())) for token in sheets["plain"]
        ]),
        "## Tokens the settings make",
        "These come of `[page]` and are not set in a style sheet.",
        table(("token", "plain"), [(named(token), named(value)) for token, value in made(looks["plain"]).items()]),
        "## Colours for dark screens",
        "The edition for screens has these at night; a theme sets them in `tokens.css`.",
        code("\n".join(f"--dark-{name}" for name in night()), "text"),
        "## What charts and maps are drawn with",
        told(Palette),
    )  # fmt: skip


def written(theme: str) -> Mapping[str, str]:
    """Return the tokens that the style sheet of a shipped theme sets, with their values."""
    text = (shipped("templates") / "themes" / theme / "tokens.css").read_text(encoding="utf-8")
    return _set(re.sub(r"/\*.*?\*/", "", text, flags=re.S).partition(":lang(")[0])


def made(look: Look) -> Mapping[str, str]:
    """Return the tokens that settings make, with their values."""
    return _set(tokens.sheet(look))


def night() -> tuple[str, ...]:
    """Return the names of the colours that have one for dark screens."""
    sheet = (shipped("templates") / "reading" / "page.css").read_text(encoding="utf-8")
    return tuple(dict.fromkeys(re.findall(r"var\(--dark-([a-z]+),", sheet)))


def _set(css: str) -> Mapping[str, str]:
    return {name: " ".join(value.split()) for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", css)}


def _at(look: Look, setting: str) -> str:
    value: Any = look
    for part in setting.split(".")[1:]:
        value = getattr(value, part)
    if isinstance(value, tuple) and len(value) > _MOST_NAMED:
        return f"{', '.join(value[:_MOST_NAMED])} and {len(value) - _MOST_NAMED} more"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
