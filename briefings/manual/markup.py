"""Writes what the pages of the manual are made of, as Markdown: tables, code, signatures, words of docstrings. Pure."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

_BRACED = re.compile(r"(?<!`)(\{[^{}]+\})(?!`)")
_CHOICE = re.compile(r"\(([^()]*)\)(\??)")
_WIDE = 92
"""Letters of a signature that stand in one line."""


def page(*blocks: str) -> str:
    """Return blocks as one page."""
    return "\n\n".join(filter(None, blocks)) + "\n"


def code(text: str, language: str = "python") -> str:
    """Return a block of code; where it holds a fence itself, it stands in a longer one."""
    fence = "````" if "```" in text else "```"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def picture(html: str, about: str) -> str:
    """Return HTML with its own style, which neither takes nor gives any to the page around it."""
    inside = re.sub(r"\n\s*\n", "\n", html)
    return (
        f'```{{raw}} html\n<div class="shown" role="group" aria-label="{about}">'
        f'<template shadowrootmode="open">{inside}</template></div>\n```'
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows under heads. A cell is one line of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(one) for one in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return re.sub(r"\s+", " ", str(value)).replace("|", "\\|").strip()


def named(text: object) -> str:
    """Return a name as code, nothing for an empty one."""
    return f"`{text}`" if str(text) else ""


def braced(text: str) -> str:
    """Return words in which everything in braces is set as code."""
    return _BRACED.sub(r"`\1`", text)


def spelled(pattern: str) -> tuple[str, ...]:
    """Return the words that a pattern of words stands for, each once, with `…` for what may go on.

    It may hold choices, `(?:s|ed)`, classes of letters, `[sz]`, and what may be left out, `s?`; a hyphen or a space is
    written as a space.
    """
    plain = re.sub(r"\\b|\(\?<!.*?\)", "", pattern).replace("[ -]", " ").replace(r"\w+", "…")
    plain = re.sub(r"\[(\w+)\]", lambda found: f"({'|'.join(found[1])})", plain.replace("(?:", "("))
    plain = re.sub(r"(\w)\?", r"(|\1)", plain)
    return tuple(dict.fromkeys(_spelled(f"({plain})")))


def _spelled(pattern: str) -> Iterator[str]:
    """Yield what a pattern of choices stands for, its innermost choice first."""
    found = _CHOICE.search(pattern)
    if found is None:
        yield pattern
        return
    for one in [*found[1].split("|"), *([""] if found[2] else [])]:
        yield from _spelled(pattern[: found.start()] + one + pattern[found.end() :])


def told(thing: object) -> str:
    """Return the docstring of a thing, its errors set off."""
    words = inspect.getdoc(thing) or ""
    return re.sub(r"(?:(?<=\s)|^)(Errors|Raises)(:?) ", lambda found: f"\n\n**{found[1]}**{found[2]} ", words).strip()


def first(thing: object) -> str:
    """Return the first sentence of a thing's docstring."""
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def signature(name: str, function: Callable[..., Any], *, bound: bool = False) -> str:
    """Return how a function is called, with its types; of a `bound` one without its first parameter."""
    known = inspect.signature(function)
    parameters = list(known.parameters.values())[1 if bound else 0 :]
    returned = "" if known.return_annotation is known.empty else f" -> {_type(known.return_annotation)}"
    parts = _parts(parameters)
    line = f"{name}({', '.join(parts)}){returned}"
    if len(line) <= _WIDE:
        return line
    return f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){returned}"


def _parts(parameters: Sequence[inspect.Parameter]) -> list[str]:
    parts, starred = list[str](), False
    for one in parameters:
        if one.kind is one.KEYWORD_ONLY and not starred:
            parts.append("*")
        starred = starred or one.kind in (one.KEYWORD_ONLY, one.VAR_POSITIONAL)
        star = "*" if one.kind is one.VAR_POSITIONAL else "**" if one.kind is one.VAR_KEYWORD else ""
        given = "" if one.annotation is one.empty else f": {_type(one.annotation)}"
        default = "" if one.default is one.empty else f"{' = ' if given else '='}{_shown(one.default)}"
        parts.append(f"{star}{one.name}{given}{default}")
    return parts


def _shown(default: object) -> str:
    """Return a default as it would be typed: a function by its name, for where it lies differs from run to run."""
    return default.__name__ if inspect.isfunction(default) else repr(default)


def _type(annotation: object) -> str:
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
