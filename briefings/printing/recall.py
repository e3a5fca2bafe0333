"""Has the layout engine recall what it has worked out before: where words break, how tall lines are, how HTML is read.

A page is laid out two or three times until it fits, tables measure the same words over and over, and what is written is
written again for the digest of the file. What is recalled hangs on nothing but text, its style and the room it has;
pages come out the same to the byte. What next to no element has, such as a footnote, has a style once one is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from math import inf
from typing import Any

_SETS_TEXT = frozenset(
    {
        "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size",
        "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian",
        "font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings",
        "font_weight", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang",
        "letter_spacing", "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break",
        "word_spacing",
    }
)  # fmt: skip
"""All of a style that has a say in how a line of text is broken and measured; each is handed down to what is inside."""

_LONGEST, _MOST = 2000, 40_000
"""Letters of a text, and texts, beyond which nothing is recalled: memory is bounded, whatever a page holds."""


def recall_what_was_measured() -> None:
    """Change how the layout engine measures text, reads HTML and writes PDF, for the rest of this process.

    Once is enough.
    """
    import weasyprint
    from weasyprint.layout import inline, preferred
    from weasyprint.text import line_break

    inputstream = weasyprint.tinyhtml5.inputstream
    if isinstance(inputstream.characters_until_regex, _Patterns):
        return
    inputstream.characters_until_regex = _Patterns()
    measured = _measured(line_break.split_first_line)
    preferred.split_first_line = measured  # which asks for widths, and throws the line away
    inline.split_first_line = _of_ones_own(measured)
    inline.can_break_text = preferred.can_break_text = lru_cache(4096)(line_break.can_break_text)
    inline.strut = _once_a_style(line_break.strut, "_recalled_strut")
    _style_what_is_there()
    _write_objects_once()
    _name_pages_once()
    _read_types_once()


class _Patterns(dict[tuple[Any, bool], re.Pattern[str]]):
    """The patterns of the HTML reader; its own store of them never finds any, and builds one for each piece of text."""

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        letters, opposite = key
        pattern = "".join(f"\\x{ord(letter):02x}" for letter in letters)
        self[key] = made = re.compile(f"[{'' if opposite else '^'}{pattern}]+")
        return made


def _measured(split: Callable[..., Any]) -> Callable[..., Any]:
    """Return what breaks the first line off a text, with a memory."""
    known: dict[Any, Any] = {}

    def measured(
        text: str, style: Any, context: Any, max_width: Any, spacing: Any, is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:  # fmt: skip
        if len(text) > _LONGEST:
            return split(text, style, context, max_width, spacing, is_line_start, minimum)
        key = (text, max_width, spacing, is_line_start, minimum, _told(style))
        found = known.get(key)
        if found is None:
            if len(known) >= _MOST:
                known.clear()
            found = known[key] = split(text, style, context, max_width, spacing, is_line_start, minimum)
        return found

    return measured


def _of_ones_own(measured: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same, but each line a copy: it is drawn by whoever asked for it, which changes it."""

    def own(*asked: Any, **named: Any) -> Any:
        line, *sizes = measured(*asked, **named)
        copied = object.__new__(type(line))
        copied.__dict__.update(line.__dict__)
        return copied, *sizes

    return own


def _told(style: Any) -> Any:
    """Return what a style says of text: what its parent says, where it says nothing of its own."""
    told = getattr(style, "_recalled_told", None)
    if told is None:
        parent = style.parent_style
        if parent is not None and _SETS_TEXT.isdisjoint(getattr(style, "cascaded", ())):
            told = _told(parent)
        else:
            told = style.font_config, repr([style[name] for name in sorted(_SETS_TEXT)])
        style._recalled_told = told
    return told


def _once_a_style(work: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    """Return what works something out about a style, and leaves it with the style."""

    def worked_out(style: Any) -> Any:
        held = style.__dict__
        if name not in held:
            held[name] = work(style)
        return held[name]

    return worked_out


# ── what is styled ──────────────────────────────────────────────────────────────────────────────────

_ANYWHERE = frozenset({"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
"""What the engine's own style sheet says of every element, and few have: six styles for each that is there."""


def _style_what_is_there() -> None:
    """Have what is said of the marker of any element, or of the note it may be, matter once that is asked for."""
    from weasyprint.css import StyleFor, declaration_precedence
    from weasyprint.html import UA_STYLESHEET

    said = _taken_out(UA_STYLESHEET.matcher, declaration_precedence)
    work_out, give = StyleFor.set_computed_styles, StyleFor.__call__

    def with_what_is_said(styles: Any, element: Any, parent: Any, root: Any = None, **named: Any) -> None:
        if parent is None:  # the root itself, the first of all
            styles._recalled_page = {"root": root} | {name: named[name] for name in ("base_url", "target_collector")}
        if (pseudo := named.get("pseudo_type")) in said:
            cascaded = styles.get_cascaded_styles()
            cascaded[element, pseudo] = _weighed(said[pseudo], cascaded[element, pseudo])
        work_out(styles, element, parent, root=root, **named)

    def given(styles: Any, element: Any, pseudo_type: Any = None) -> Any:
        if pseudo_type in said and (element, pseudo_type) not in styles.get_computed_styles():
            cascaded = styles.get_cascaded_styles()
            cascaded[element, pseudo_type] = said[pseudo_type]
            work_out(styles, element, element, pseudo_type=pseudo_type, **styles._recalled_page)
            del cascaded[element, pseudo_type]
        return give(styles, element, pseudo_type)

    StyleFor.set_computed_styles, StyleFor.__call__ = with_what_is_said, given


def _taken_out(matcher: Any, precedence: Callable[[str, bool], int]) -> dict[str, Any]:
    """Take what is said of any element whatever out of what each is matched against; return it by what it is of."""
    said: dict[str, Any] = {}
    left = []
    for one in matcher.other_selectors:
        test, specificity, _, pseudo, (declarations, layer) = one
        if pseudo in _ANYWHERE and layer is None and not test.__code__.co_names:
            weighed = {
                name: (values, (precedence("user agent", importance), inf, specificity))
                for name, values, importance in declarations
            }
            said[pseudo] = _weighed(said.get(pseudo, {}), weighed)
        else:
            left.append(one)
    matcher.other_selectors[:] = left
    return said


def _weighed(before: Any, after: Any) -> dict[str, Any]:
    """Return what holds of what was said before and after: whichever weighs more, of the same weight the latter."""
    more = {name: said for name, said in after.items() if name not in before or before[name][1] <= said[1]}
    return {**before, **more}


# ── what is written ─────────────────────────────────────────────────────────────────────────────────


def _write_objects_once() -> None:
    """Have what each object of a PDF is written as serve for the digest of the file, too: it is compressed once."""
    from weasyprint.pdf import pydyf

    pydyf.Dictionary.data = _held_while_written(pydyf.Dictionary.data)
    pydyf.Stream.data = _held_while_written(pydyf.Stream.data)
    write = pydyf.PDF.write

    def writing(document: Any, *asked: Any, **named: Any) -> None:
        add, held = document.add_object, []

        def hold(one: Any) -> None:
            if isinstance(one, pydyf.Dictionary | pydyf.Stream):
                one._recalled = None
                held.append(one)

        def adding(one: Any) -> None:  # what is added only now, the largest of all among it
            add(one)
            hold(one)

        for one in document.objects:
            hold(one)
        document.add_object = adding
        try:
            write(document, *asked, **named)
        finally:
            del document.add_object
            for one in held:
                del one._recalled

    pydyf.PDF.write = writing


def _held_while_written(data: property) -> property:
    """Return what an object is written as, worked out once while the file is: before, it may still change."""

    def held(one: Any) -> bytes:
        known = one.__dict__
        if "_recalled" not in known:
            return _bytes(data, one)
        if known["_recalled"] is None:
            known["_recalled"] = _bytes(data, one)
        written: bytes = known["_recalled"]
        return written

    return property(held)


def _bytes(data: property, one: Any) -> bytes:
    assert data.fget is not None
    found: bytes = data.fget(one)
    return found


def _name_pages_once() -> None:
    """Have the pages of a PDF named once while none is added: each tag on a page asks for the names of all of them."""
    from weasyprint.pdf import pydyf

    names = pydyf.PDF.page_references

    def known(document: Any) -> tuple[bytes, ...]:
        held: dict[str, Any] = document.__dict__
        named: tuple[bytes, ...] | None = held.get("_recalled_pages")
        if named is None or len(named) != document.pages["Count"]:
            named = held["_recalled_pages"] = names.fget(document)
        return named

    pydyf.PDF.page_references = property(known)


# ── what libraries are spoken to in ─────────────────────────────────────────────────────────────────

_TYPES = (
    "PangoRectangle *", "PangoFcFontMap *", "PangoLogAttr[]", "char *", "char[]", "unsigned int *", "hb_codepoint_t *",
    "hb_tag_t *",
)  # fmt: skip
"""Types of C in which text is measured and fonts are cut down; to read one takes as long as to lay out a row."""
_ARRAY = re.compile(r"(\w+)\[(\d+)\]")


class _Types(dict[str, Any]):
    """The types of C read so far; an array of some length is made of what it holds, and never read."""

    def __init__(self, ffi: Any) -> None:
        super().__init__(ffi._parsed_types)
        self._ffi = ffi

    def __missing__(self, name: str) -> Any:
        found = _ARRAY.fullmatch(name)
        if found is None:
            raise KeyError(name)
        made = self._ffi._backend.new_array_type(self._ffi.typeof(f"{found[1]} *"), int(found[2]))
        self[name] = made, False
        return self[name]


def _read_types_once() -> None:
    """Read the types of C now, and so, where printers are forked, once for all of them."""
    from weasyprint.text.ffi import ffi

    if not isinstance(getattr(ffi, "_parsed_types", None), dict) or not hasattr(ffi, "_backend"):
        return  # a library that keeps its types elsewhere reads them as ever
    ffi._parsed_types = _Types(ffi)
    for name in _TYPES:
        ffi.typeof(name)
