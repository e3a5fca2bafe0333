"""Refuses templates that print a value where escaping cannot help: in a tag, a style, a script, an open address. Pure.

Jinja's lexer cuts a template into text, blocks and values; the text drives a small machine that knows, as a browser
does, where in HTML it stands. Every branch of a block must end where it began, so that one pass sees every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from jinja2 import Environment, TemplateSyntaxError, nodes

from ..errors import RenderError

_SYNTAX = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_REFUSED = frozenset("script iframe frame frameset object embed applet base noscript plaintext xmp portal".split())  # noqa: SIM905
_RAW = frozenset({"style", "title", "textarea"})
_ADDRESSES = frozenset(
    "href xlink:href src srcset action formaction data poster background cite longdesc codebase classid archive "  # noqa: SIM905
    "manifest profile usemap ping to from values by".split()
)
_BLOCKS = frozenset("if for macro call filter set block with autoescape".split())  # noqa: SIM905
_WHOLE = frozenset({"macro", "call", "block", "include", "set", "filter"})
"""Blocks and includes whose text is looked at as if it stood by itself, so that it must."""
_MARKUP = frozenset({"chart_svg", "caller", "super"})
"""Calls that return markup, besides macros."""


class _FaultError(Exception):
    """What is wrong, raised where it is found; the line is added outside."""


_KEPT = 64
"""Characters of a name or a value that are remembered: what decides stands at its beginning."""

_BETWEEN = ("name", "tag", "attribute", "after")
"""Places in a tag between which a branch may make a difference: names end at it."""


@dataclass(frozen=True)
class _Place:
    """Where in the HTML a template stands."""

    at: str = "text"
    tag: str = ""
    attribute: str = ""
    quote: str = ""
    written: str = ""

    @property
    def same(self) -> tuple[str, ...]:
        """Return what must be equal where branches meet; what is written matters in addresses only."""
        in_tag = self.at not in ("text", "comment")
        in_value = self.at in ("before", "value")
        return (
            "tag" if self.at in _BETWEEN else self.at,
            self.tag if in_tag else "",
            self.attribute if in_value else "",
            self.quote if self.at == "value" else "",
            self.written if self.at == "value" and self.attribute in _ADDRESSES else "",
        )


@lru_cache(maxsize=256)
def lint_template(name: str, source: str) -> None:
    """Refuse a template that would print untrusted text where escaping cannot help.

    What was found good is not read again. A template that Jinja cannot read is left to Jinja. Raises RenderError
    (`TEMPLATE_FORBIDDEN`) naming the template and line.
    """
    if not name.endswith(".j2"):
        return
    line = 1
    try:
        for at in _Reader(source).lines():
            line = at
    except TemplateSyntaxError:
        return
    except _FaultError as fault:
        raise RenderError(
            "the template does something a template may not do",
            where=f"{name}, line {line}",
            why=str(fault),
            fix="take that out; what a template needs is handed to it",
            code="TEMPLATE_FORBIDDEN",
        ) from None


class _Reader:
    """One pass over a template."""

    def __init__(self, source: str) -> None:
        self.tokens = list(_SYNTAX.lex(source))
        self.place = _Place()
        self.open: list[tuple[str, _Place]] = []
        self.macros = set(_MARKUP)
        self.modules: set[str] = set()

    def lines(self) -> Iterator[int]:
        """Read on, yielding the line at hand before it is looked at."""
        kept: list[tuple[str, str]] = []
        line = 1
        for line, kind, text in self.tokens:
            if kind == "data":
                for number, part in enumerate(text.splitlines(keepends=True)):
                    yield line + number
                    self.read(part)
            elif kind in ("variable_begin", "block_begin"):
                yield line
                kept = []
            elif kind == "variable_end":
                yield line
                self.value(kept)
            elif kind == "block_end":
                yield line
                self.block([(each, word) for each, word in kept if each != "whitespace"])
            else:
                kept.append((kind, text))
        yield line
        if self.place.at != "text":
            raise _FaultError("it ends inside a tag, a comment or a style")

    def read(self, text: str) -> None:
        """Go on through text, from one sign that matters to the next."""
        at = 0
        while at < len(text):
            place = self.place
            awaited = "<" if place.at == "text" else place.quote if place.at == "value" else ""
            if awaited and (place.at == "text" or len(place.written) == _KEPT or place.attribute not in _ADDRESSES):
                at = text.find(awaited, at)
                if at < 0:
                    return
            self.place = _step(place, text[at])
            at += 1

    def value(self, parts: list[tuple[str, str]]) -> None:
        """Look at a value where it stands."""
        words = [(kind, text) for kind, text in parts if kind != "whitespace"]
        _require_no_safe(words)
        place = self.place
        if place.at == "text" or (place.at == "raw" and place.tag in ("title", "textarea")):
            return
        expression = _expression("".join(text for _, text in parts))
        if place.at == "raw" and isinstance(expression, nodes.Name) and expression.name == "css":
            return
        if place.at != "value" or not place.quote:
            raise _FaultError(_STANDS[place.at])
        if place.attribute == "style":
            raise _FaultError("a value stands in a style, where it may load what it likes")
        if self.markup(words):
            raise _FaultError("a value that is markup stands in an attribute")
        if place.attribute in _ADDRESSES and not place.written.lstrip().startswith("#"):
            linked = isinstance(expression, nodes.Filter) and expression.name == "link"
            if place.written.strip() or not linked:
                raise _FaultError("an address is printed without the link filter, or is more than that")
        self.place = replace(place, written=(place.written + "…")[:_KEPT])

    def markup(self, words: list[tuple[str, str]]) -> bool:
        """Say whether a value is what a macro prints."""
        calls = {name for (kind, name), (_, after) in pairwise(words) if kind == "name" and after == "("}
        return bool(calls & self.macros or {text for kind, text in words if kind == "name"} & self.modules)

    def block(self, words: list[tuple[str, str]]) -> None:
        """Look at a block: what it opens or ends, and what it names."""
        keyword = words[0][1] if words else ""
        names = [text for kind, text in words if kind == "name"][1:]
        _require_no_safe(words)
        if "css" in names:
            raise _FaultError("`css` is the style sheet of the theme and nothing else")
        if keyword == "autoescape" and names != ["true"]:
            raise _FaultError("escaping is switched off")
        if keyword in _WHOLE and self.place.at != "text" and not (keyword == "set" and _assigns(words)):
            raise _FaultError(f"{keyword} stands inside a tag")
        if keyword == "macro":
            self.macros.add(names[0])
        elif keyword == "import":
            self.modules.add(names[-1])
        elif keyword == "from":
            self.macros.update(names)
        if keyword in ("else", "elif") or keyword.startswith("end"):
            self.meet(keyword)
        elif keyword in _BLOCKS and not (keyword == "set" and _assigns(words)):
            if self.place.at in _BETWEEN:
                self.place = _tag(self.place, " ")
            self.open.append((keyword, self.place))

    def meet(self, keyword: str) -> None:
        """End a branch, which must have come back to where it began."""
        if not self.open:
            return
        opened, began = self.open[-1]
        if self.place.same != began.same:
            raise _FaultError(f"this branch of `{opened}` ends in another place of the tag than it began in")
        self.place = began
        if keyword.startswith("end"):
            self.open.pop()


_STANDS = {
    "open": "a value stands in the name of an element",
    "name": "a value stands in the name of an element",
    "mark": "a value stands in a declaration",
    "comment": "a value stands in a comment, which it could end",
    "tag": "a value stands among the attributes of an element",
    "attribute": "a value stands among the attributes of an element",
    "after": "a value stands among the attributes of an element",
    "before": "a value stands in an attribute without quotation marks",
    "value": "a value stands in an attribute without quotation marks",
    "raw": "a value stands in a style, where it may load what it likes",
}


def _expression(text: str) -> nodes.Node:
    output = _SYNTAX.parse("{{" + text + "}}").body[0]
    assert isinstance(output, nodes.Output)
    return output.nodes[0]


def _assigns(words: list[tuple[str, str]]) -> bool:
    """Say whether a `set` gives a value at once, and so has no end of its own."""
    depth = 0
    for _, text in words:
        depth += (text in "([{") - (text in ")]}")
        if text == "=" and not depth:
            return True
    return False


def _require_no_safe(words: list[tuple[str, str]]) -> None:
    if any(pair in (("|", "safe"), ("filter", "safe")) for pair in pairwise(text for _, text in words)):
        raise _FaultError("the safe filter prints source text as markup")


# ── the machine: one character further ──────────────────────────────────────────────────────────────


def _step(place: _Place, char: str) -> _Place:
    """Return where HTML stands after one more character. Raises _FaultError for what no page may have."""
    if place.at == "text":
        return _Place("open") if char == "<" else place
    if place.at == "raw":
        return _raw(place, char)
    if place.at in ("open", "mark", "comment"):
        return _marked(place, char)
    if place.at == "name":
        if char in " \t\r\n\f>" or (char == "/" and place.tag):
            return _tag(place, char)
        return replace(place, tag=(place.tag + char.lower())[:_KEPT])
    return _in_tag(place, char)


def _raw(place: _Place, char: str) -> _Place:
    written = (place.written + char.lower())[-10:]
    return _Place("name", "/" + place.tag) if written.endswith("</" + place.tag) else replace(place, written=written)


def _marked(place: _Place, char: str) -> _Place:
    """Go on after `<`: an element, its end, a declaration, a comment, or only a sign."""
    if place.at == "open":
        if char.isalpha() or char == "/":
            return _Place("name", char.lower())
        return _Place("mark", written=char) if char in "!?" else _step(_Place(), char)
    written = (place.written + char)[-4:]
    if place.at == "mark":
        if written == "!--":
            return _Place("comment", written="--")
        return _Place() if char == ">" else replace(place, written=written)
    return _Place() if written.endswith(("-->", "--!>")) else replace(place, written=written)


def _tag(place: _Place, char: str) -> _Place:
    """Return the place after a name or a value in a tag has ended with `char`."""
    if place.tag in _REFUSED:
        raise _FaultError(f"a page has no {place.tag}")
    if char != ">":
        return _Place("tag", place.tag)
    return _Place("raw", place.tag) if place.tag in _RAW else _Place()


def _in_tag(place: _Place, char: str) -> _Place:
    space = char in " \t\r\n\f"
    if place.at == "value":
        if place.quote:
            return (
                _Place("tag", place.tag)
                if char == place.quote
                else replace(place, written=(place.written + char)[:_KEPT])
            )
        return _tag(place, char) if space or char == ">" else place
    if place.at == "before":
        if space:
            return place
        if char in "\"'":
            return replace(place, at="value", quote=char)
        return _tag(place, char) if char == ">" else replace(place, at="value")
    if char == "=" and place.at in ("attribute", "after"):
        return replace(place, at="before")
    if char in "/>":
        return _tag(place, char)
    if space:
        return replace(place, at="after") if place.at == "attribute" else place
    name = (place.attribute + char.lower())[:_KEPT] if place.at == "attribute" else char.lower()
    if re.match(r"on.|srcdoc$|http-equiv$", name):
        raise _FaultError(f"a page has no script and goes nowhere by itself, so no attribute {name}…")
    return _Place("attribute", place.tag, name)
