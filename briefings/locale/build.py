"""Brings the catalogues in step with code and templates: `make locale`, or `python -m briefings.locale.build`.

Writes `briefings.pot` (what is to be translated), adds what is new to each `briefings.po` and drops what is gone,
and compiles each to the `.mo` that is read at run time. Ends with status 1 where a message has no translation yet.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TEMPLATE = HERE / "briefings.pot"
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
    "fr": "nplurals=2; plural=(n > 1)",
    "ur": "nplurals=2; plural=(n != 1)",
}
"""The languages, and which form goes with a count: for Arabic those of CLDR, none to other, in its order."""

KEYWORDS: dict[str, Any] = {
    "_": None,
    "mark": None,
    "mark_forms": (1, 2),
    "mark_forms_in": ((1, "c"), 2, 3),
    "text": None,
    "text_in": ((1, "c"), 2),
    "plural": (1, 2),
    "say": (2,),
    "say_n": (2, 3),
}
"""The functions that take a message, and which of their arguments it is; `c` is a context."""


def brief_titles(file: IO[bytes], keywords: Any, tags: Any, options: Any) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the titles a `brief.toml` gives its type and its slots, as babel's extractors do."""
    said = tomllib.loads(file.read().decode())
    titles = [said.get("title", ""), *(slot.get("title", "") for slot in said.get("slots", {}).values())]
    for title in filter(None, titles):
        yield 1, "mark", title, []


def messages(file: IO[bytes], keywords: Any, tags: Any, options: Any) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Yield the messages of a Python file: the plain strings among the first arguments of the functions that take one.

    Read as a syntax tree: babel's own reader loses a message where another argument is named like a keyword.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
            if name in keywords and any(isinstance(one, str) for one in given):
                found = [one if isinstance(one, str) else None for one in given]
                yield node.lineno, name, found[0] if len(found) == 1 else tuple(found), []


def path(code: str, kind: str = "po") -> Path:
    """Return the file of a language's catalogue."""
    return HERE / code / "LC_MESSAGES" / f"briefings.{kind}"


def template() -> Catalog:
    """Return every message of code, templates and types of brief."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file, "babel.cfg")  # type: ignore[no-untyped-call]
    catalog = Catalog(project="Briefings", fuzzy=False, charset="utf-8")
    found = [
        (name, message, context, comments)
        for top in ("briefings", "templates")
        for name, _, message, comments, context in extract_from_dir(
            ROOT / top, [(p.removeprefix(f"{top}/"), m) for p, m in methods if p.startswith(f"{top}/")],
            {p.removeprefix(f"{top}/"): o for p, o in options.items()}, KEYWORDS
        )
    ]  # fmt: skip
    for name, message, context, comments in sorted(found, key=lambda one: (one[0], str(one[1]))):
        catalog.add(message, locations=[(name, 0)], context=context, auto_comments=comments)
    return catalog


def read(code: str) -> Catalog:
    """Return the catalogue of a language as it is on disk; an empty one where there is none."""
    if not path(code).is_file():
        return Catalog(locale=code, project="Briefings", charset="utf-8", fuzzy=False)
    with path(code).open("rb") as file:
        return read_po(file, locale=code)


def text(catalog: Catalog) -> bytes:
    """Return a catalogue as a file of messages, the same on every machine and day: without dates and line numbers."""
    out = io.BytesIO()
    write_po(out, catalog, width=120, omit_header=True, no_location=True, ignore_obsolete=True, sort_output=True)
    code = catalog.locale_identifier or ""
    header = [
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        *([f'"Language: {code}\\n"', f'"Plural-Forms: {PLURALS[code]};\\n"'] if code else []),
        "",
        "",
    ]
    return "\n".join(header).encode() + out.getvalue()


def compiled(code: str) -> bytes:
    """Return what a language's catalogue is compiled to."""
    out = io.BytesIO()
    catalog = read(code)
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes on any day
    write_mo(out, catalog)
    return out.getvalue()


def spaced(catalog: Catalog, code: str) -> Catalog:
    """Set the spaces that no line may break at: between a count and its noun, and those of French print.

    French has one before a mark of two parts and inside guillemets.
    """
    for message in catalog:
        if message.id and message.string:
            forms = [message.string] if isinstance(message.string, str) else message.string
            kept = [re.sub(r"(?<=\{count\}) (?=\w)", "\u00a0", one) for one in forms]
            if code == "fr":
                kept = [re.sub(r"(?<=«)\s|\s(?=[»:])", "\u00a0", re.sub(r"\s(?=[;!?])", "\u202f", one)) for one in kept]
            message.string = kept[0] if isinstance(message.string, str) else tuple(kept)
    return catalog


def missing(catalog: Catalog) -> list[Message]:
    """Return the messages that have no translation, or not in every form."""
    return [
        one
        for one in catalog
        if one.id and not all([one.string] if isinstance(one.string, str) else one.string or [""])
    ]


def main() -> int:
    """Write template, catalogues and compiled files; say what is not translated."""
    wanted = template()
    TEMPLATE.write_bytes(text(wanted))
    left = 0
    for code in PLURALS:
        catalog = read(code)
        catalog.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
        path(code).parent.mkdir(parents=True, exist_ok=True)
        path(code).write_bytes(text(spaced(catalog, code)))
        path(code, "mo").write_bytes(compiled(code))
        for message in missing(catalog):
            print(f"{code}: not translated: {message.id!r}", file=sys.stderr)  # noqa: T201
            left += 1
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
