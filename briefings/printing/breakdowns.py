"""Breakdowns of the printer, each as one typed error: not started, too slow, too large, died, or missing a glyph."""

from __future__ import annotations

import errno
import re
import signal
import tempfile
import unicodedata
from collections.abc import Iterable
from html import unescape
from typing import Any

from ..core.languages import fold
from ..errors import BriefingsError, DiskFull, MissingDependency, RenderError
from ..proof import numerals
from .pango import install_line


def not_started(fault: OSError) -> BriefingsError:
    """Return the error for a printer that could not even be given its folder."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            "no space is left for temporary files",
            where=tempfile.gettempdir(),
            fix="free some space there, or set TMPDIR to a folder on another disk",
        )
    return RenderError("the printer could not be started", where=fault.filename, why=fault.strerror or str(fault))


def late(kind: str | None, seconds: float) -> RenderError:
    """Return the error for a printer that was stopped because it took too long."""
    if kind == "fill":
        return RenderError(
            f"filling the templates took longer than {seconds:g} seconds and was stopped",
            why="loops inside one another, or a macro that calls itself, have no end to wait for",
            fix="look for nested loops in the templates that were changed last",
            code="RENDER_TIMEOUT",
        )
    return RenderError(
        f"printing took longer than {seconds:g} seconds and was stopped",
        why="a page this large, or a style that repeats itself, has no end to wait for",
        fix="shorten the tables, or raise the limit if the page is right",
        code="RENDER_TIMEOUT",
    )


_MEMORY_SIGNS = ("failed to allocate", "MemoryError", "Cannot allocate memory", "Error creating thread")
"""The last words of libraries that end the process when memory does."""


def death(status: int, said: bytes, memory: int) -> BriefingsError:
    """Return the error for a printer that ended without a reply."""
    last = said.decode("utf-8", "replace")
    if any(sign in last for sign in _MEMORY_SIGNS):
        return _too_large(memory)
    if status < 0:
        name = signal.Signals(-status).name if -status in signal.valid_signals() else str(-status)
        why = f"it was ended by {name}"
        if status == -signal.SIGSEGV and memory:  # libraries that do not ask whether they got the memory they asked for
            why += f", as libraries may be where {memory >> 20} MB of memory are not enough"
    else:
        why = next((line for line in reversed(last.splitlines()) if line.strip()), f"it ended with status {status}")
    return RenderError("the printer died", why=why, fix="simplify the page; print again", code="RENDER_FAILED")


def reported(outcome: dict[str, Any], memory: int) -> BriefingsError:
    """Return the error for a fault the printer could still report."""
    fault, message = outcome["fault"], outcome["message"]
    if outcome["error"]:
        told = outcome["error"]
        return RenderError(told["what"], where=told["where"], why=told["why"], fix=told["try"], code=told["code"])
    if fault == "library":
        return MissingDependency(
            "the libraries that draw text are not installed, so no PDF can be printed",
            why=message,
            fix=f"{install_line()} (until then, `briefings preview` shows the page)",
            code="DEPENDENCY_PANGO",
        )
    if fault == "MemoryError":
        return _too_large(memory)
    if fault == "RecursionError":
        return RenderError(
            "the page is nested too deeply to be laid out",
            why="elements stand inside one another hundreds of levels deep",
            fix="flatten the nesting of the template or of the text",
            code="RENDER_FAILED",
        )
    return RenderError("the page could not be made", why=f"{fault}: {message}", code="RENDER_FAILED")


def _too_large(memory: int) -> RenderError:
    return RenderError(
        f"the page needed more than {memory >> 20} MB of memory and was stopped",
        why="a page this large, or a table this wide, does not fit",
        fix="shorten the tables, or raise the limit if the page is right",
        code="RENDER_MEMORY",
    )


_PACKAGES = {
    "CJK": "fonts-noto-cjk",
    "HIRAGANA": "fonts-noto-cjk",
    "KATAKANA": "fonts-noto-cjk",
    "HANGUL": "fonts-noto-cjk",
}


def require_glyphs(missing: Iterable[int], html: str = "") -> None:
    """Refuse a page with characters no font could draw, naming script, font, and where on the page they stand.

    This ends the run with status 1, not 3: a brief with gaps in its data says so on the page and can be used, but
    a name printed as empty boxes cannot be read, and nothing on the page would say what was lost.
    Raises RenderError (`RENDER_GLYPHS`).
    """
    codes = sorted(set(missing))
    if not codes:
        return
    scripts = list(dict.fromkeys(unicodedata.name(chr(code), "UNNAMED").split()[0].split("-")[0] for code in codes))
    fonts = list(dict.fromkeys(_PACKAGES.get(script, "fonts-noto-core") for script in scripts))
    shown = ", ".join(f"{chr(code)} (U+{code:04X})" for code in codes[:8])
    raise RenderError(
        f"no font here can draw {len(codes)} of the characters on the page",
        where="; ".join(filter(None, (_stands(codes, html), _source(codes, html), f"script: {_named(scripts)}"))),
        why=f"they would print as empty boxes: {shown}{', …' if len(codes) > 8 else ''}",
        fix=f"put a whole TTF or OTF of that script (Debian: {', '.join(fonts)}) into fonts/ of the theme, and add the "
        "name of its family to `fallback` under [page.fonts], after those the theme has there",
        code="RENDER_GLYPHS",
    )


def _named(scripts: Iterable[str]) -> str:
    return ", ".join(name if name == "CJK" else name.title() for name in scripts)


_QUOTED = re.compile(
    r'data-ref="quote"[^>]*>([^<]*(?:<span class="whole">[^<]*</span>)?)<.*?href="#source-(\d+)"', re.DOTALL
)
"""Words of a report, the last of which may be kept together, and the number of the source after them."""
_TAG = re.compile(r"<[^>]+>")
_LISTED = re.compile(r'<li id="source-(\d+)">(.*?)</li>', re.DOTALL)


def _source(codes: Iterable[int], html: str) -> str:
    """Return the report whose words, title or outlet have one of the characters, as the page lists it; or nothing."""
    letters = set(map(chr, codes))
    listed = {number: unescape(_TAG.sub("", text)).strip() for number, text in _LISTED.findall(html)}
    quoted = (number for words, number in _QUOTED.findall(html) if letters & set(unescape(_TAG.sub("", words))))
    titled = (number for number, text in listed.items() if letters & set(text))
    number = next((one for one in (*quoted, *titled) if one in listed), "")
    told = fold(listed[number]).removeprefix(number) if number else ""
    return f"report [{number}]: {' '.join(told.split())}" if told else ""


def _stands(codes: Iterable[int], html: str) -> str:
    """Return the first words of the page that have one of the characters, and the section they stand in."""
    wanted = re.compile(f"[{re.escape(''.join(map(chr, codes)))}]")
    for told in numerals.read(html).texts:
        if found := wanted.search(told.text):
            words = " ".join(told.text[max(found.start() - 30, 0) : found.end() + 30].split())
            whose = " (words of a report)" if told.ref in ("quote", "title", "name") else ""
            return f"section {told.part!r}: “{words}”{whose}" if told.part else f"“{words}”{whose}"
    return ""
