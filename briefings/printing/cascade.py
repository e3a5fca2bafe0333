"""Has the layout engine hold elements against rules only that speak of what the page at hand has.

Most rules of a style sheet are for parts a page has none of: another language, another kind of section, attributes of
old. Each is held against every element all the same, up through all it lies in. A rule that names a class, an element,
an attribute or a language that stands nowhere on the page can hold of nothing on it, and is left out; no style changes.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

Needed = frozenset[tuple[str, str]]
"""What must stand somewhere on a page for a selector to hold of anything: kinds of things, each with its name."""


def hold_what_can_hold() -> None:
    """Change how selectors are read and pages are given their styles, for the rest of this process. Once is enough.

    Style sheets that were read before, such as the engine's own, are matched as ever.
    """
    from weasyprint.css import StyleFor, cssselect2

    if not hasattr(StyleFor.__init__, "__wrapped__"):
        selector = cssselect2.compiler.CompiledSelector
        selector.__init__ = _noting(selector.__init__)
        StyleFor.__init__ = _with_fewer_rules(StyleFor.__init__)


def _noting(compiled: Callable[..., None]) -> Callable[..., None]:
    """Return what compiles a selector, and leaves with its test what that needs."""

    @wraps(compiled)
    def noting(selector: Any, parsed: Any) -> None:
        compiled(selector, parsed)
        selector.test.needed = frozenset(needed(parsed.parsed_tree))

    return noting


def needed(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield what a selector names that must stand on a page; what it has a choice of, or denies, is not among it."""
    from weasyprint.css import cssselect2

    parser = cssselect2.parser
    match tree:
        case parser.CombinedSelector():
            yield from needed(tree.left)
            yield from needed(tree.right)
        case parser.CompoundSelector():
            for simple in tree.simple_selectors:
                yield from needed(simple)
        case parser.LocalNameSelector():
            yield "element", tree.lower_local_name
        case parser.ClassSelector():
            yield "class", tree.class_name
        case parser.IDSelector():
            yield "attribute", "id"
        case parser.AttributeSelector() if tree.namespace == "":
            yield "attribute", tree.lower_name
        case parser.FunctionalPseudoClassSelector() if tree.name == "lang":
            said = [one for one in tree.arguments if one.type not in ("whitespace", "comment")]
            if len(said) == 1 and said[0].type == "ident":
                yield "language", said[0].lower_value


def present(root: Any) -> Needed:
    """Return all that stands on a page and a selector may name, by the root element as selectors see it."""
    from weasyprint.css import cssselect2

    ascii_lower, split_whitespace = cssselect2.compiler.ascii_lower, cssselect2.compiler.split_whitespace
    found = set(_languages(root.lang))
    seen: set[tuple[Any, ...]] = set()
    for element in root.etree_element.iter():
        if not isinstance(element.tag, str) or (kind := (element.tag, *element.items())) in seen:
            continue
        seen.add(kind)
        found.add(("element", ascii_lower(element.tag.rpartition("}")[2])))
        for name, value in element.items():
            found.add(("attribute", ascii_lower(name)))
            if name == "class":
                found.update(("class", one) for one in split_whitespace(value))
            elif name.rpartition("}")[2] == "lang":
                found.update(_languages(ascii_lower(value)))
    return frozenset(found)


def _languages(tag: str) -> Iterator[tuple[str, str]]:
    """Yield the languages a tag is of: what is in `fr-ca` is in `fr`, too."""
    parts = tag.split("-")
    for end in range(1, len(parts) + 1):
        yield "language", "-".join(parts[:end])


def _with_fewer_rules(style: Callable[..., None]) -> Callable[..., None]:
    @wraps(style)
    def styling(styles: Any, html: Any, sheets: Iterable[Any], *others: Any, **named: Any) -> None:
        there = present(html.wrapper_element)
        style(styles, html, [(_thinned(sheet, there), *weight) for sheet, *weight in sheets], *others, **named)

    return styling


def _thinned(sheet: Any, there: Needed) -> Any:
    """Return a style sheet without the rules that can hold of nothing on the page."""
    matcher = type(sheet.matcher)()
    for kind, rules in vars(sheet.matcher).items():
        few: Any = rules
        if isinstance(rules, dict):
            few = {name: left for name, some in rules.items() if (left := _left(some, there))}
        elif isinstance(rules, list):
            few = _left(rules, there)
        setattr(matcher, kind, few)
    thin = copy.copy(sheet)
    thin.matcher = matcher
    return thin


def _left(rules: list[Any], there: Needed) -> list[Any]:
    """Return the rules that may hold; of one that was read earlier, nothing is known."""
    return [rule for rule in rules if getattr(rule[0], "needed", there) <= there]
