"""Turn a file into a document: its text cleaned, its title first, its day and publisher as it gives them.

Plain text, Markdown and text with YAML front matter, web pages and PDF. Text that cannot be read rightly is
refused by name: empty, binary, too large, or in a language that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import SourceError
from ..lexis.sentences import with_headline
from ..model import REPORT_FILES, Document, Marking
from . import dates
from .pages import READER
from .unmarked import clean, decode, plain_markdown, tidy, web_link

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

MAX_TEXT = 5 * 2**20
MAX_PDF = 20 * 2**20
SUFFIXES = REPORT_FILES

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TELLING = 10
"""Words a text must have for its language to be told; a headline is read as it is."""
_COMMON = frozenset(
    (  # noqa: SIM905 - easier to read as a sentence
        "the of and to in a was were that on by for with at from said is it as has had have an be are his their "
        "who which this he they after not but been or its"
    ).split()
)


@dataclass(frozen=True)
class Defaults:
    """What is taken for granted of a source where its documents do not say."""

    publisher: str = ""
    language: str = "en"
    timezone: str = ""
    marking: Marking = "TLP:CLEAR"


def load_document(
    path: Path, *, published: date | None = None, defaults: Defaults | None = None, source: str | None = None
) -> Document:
    """Return the document in a file; `published` overrides the day it gives for itself.

    `source` names it in the store, else the path does. Errors: SourceError `UNREADABLE`, `TOO_LARGE`, `EMPTY`,
    `BINARY`, `LANGUAGE`, `DATE`, `PAGE_LIMIT`, `PAGE_UNREADABLE`.
    """
    where = str(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            data = file.read(MAX_PDF + 1)
    except OSError as fault:
        raise SourceError(
            "the file cannot be read",
            where=where,
            why=fault.strerror,
            fix="name a file that can be read; of a folder, each file in it",
            code="UNREADABLE",
        ) from None
    return from_bytes(
        data,
        where=where,
        size=size,
        suffix=path.suffix.lower(),
        published=published,
        defaults=defaults or Defaults(),
        source=source or where,
    )


def from_bytes(
    data: bytes,
    *,
    where: str,
    suffix: str = "",
    size: int | None = None,
    published: date | None = None,
    defaults: Defaults,
    source: str,
    url: str = "",
    retrieved: datetime | None = None,
) -> Document:
    """Return the document in the bytes of a file or an answer; the kind is told by its beginning, then its suffix."""
    kind = _kind(data, suffix)
    limit = MAX_PDF if kind == "pdf" else MAX_TEXT
    if max(size or 0, len(data)) > limit:
        raise SourceError(
            "the file is too large",
            where=where,
            why=f"the limit is {limit // 2**20} MB",
            fix="cut it into reports of their own",
            code="TOO_LARGE",
        )
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise SourceError("the file is empty", where=where, fix="fill it or take it away", code="EMPTY")
    said: dict[str, str]
    if kind == "pdf":
        said = READER.read("pdf", data, where=where)
    elif kind == "html":
        said = READER.read("html", decode(data, where).encode(), where=where)
    else:
        said = read_text(decode(data, where), markdown=suffix in (".md", ".markdown"))
    if url:
        said["url"] = url
    return make(said, where=where, source=source, defaults=defaults, published=published, retrieved=retrieved)


def make(
    said: Mapping[str, str],
    *,
    where: str,
    source: str,
    defaults: Defaults,
    published: date | None = None,
    retrieved: datetime | None = None,
) -> Document:
    """Return the document made of what a file, a page or an entry of a feed says."""
    title, body = tidy(said.get("title", "")), clean(said.get("text", ""))
    head, day_line = _opening(body)
    title = title or head
    if not body.strip() and not title:
        raise SourceError("the file is empty", where=where, fix="fill it or take it away", code="EMPTY")
    text = with_headline(title, body)
    language = _language(said.get("language") or defaults.language, text, where)
    zone = _zone(said.get("timezone") or defaults.timezone, where)
    instant, day = _published(said.get("published", ""), day_line, zone, where)
    if published is not None and published != day:
        instant, day = None, published
    if retrieved is None and said.get("retrieved"):
        retrieved, _ = dates.parse(said["retrieved"], zone)
    return Document.of(
        source=source,
        title=title,
        publisher=tidy(said.get("publisher", "")) or defaults.publisher,
        url=web_link(said.get("url", "")),
        author=tidy(said.get("author", "")),
        published=instant,
        published_on=day,
        retrieved=retrieved,
        language=language,
        marking=defaults.marking,
        text=text,
    )


def read_text(text: str, *, markdown: bool = False) -> dict[str, str]:
    """Return the front matter and body of a text file."""
    match = _FRONT.match(text)
    said = front_matter(match[1]) if match else {}
    body = text[match.end() :].lstrip("\n") if match else text
    return {**said, "text": plain_markdown(body) if markdown else body}


def front_matter(block: str) -> dict[str, str]:
    """Return the known keys of YAML front matter; a title with a bare colon, not valid YAML, is read as meant."""
    import yaml

    try:
        data = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text, lists and mappings
    except (yaml.YAMLError, RecursionError):
        lines = (re.match(r"([A-Za-z_]+)[ \t]*:[ \t]+(.+)", line) for line in block.splitlines())
        data = {match[1]: match[2].strip().strip("\"'") for match in lines if match}
    if not isinstance(data, dict):
        return {}
    known = ("title", "publisher", "url", "published", "author", "retrieved", "language", "timezone")
    lowered = {str(key).lower(): value for key, value in data.items()}
    lowered.setdefault("published", lowered.get("date", ""))
    return {key: lowered[key].strip() for key in known if isinstance(lowered.get(key), str) and lowered[key].strip()}


def _kind(data: bytes, suffix: str) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-") or suffix == ".pdf":
        return "pdf"
    if suffix in (".html", ".htm", ".xhtml") or re.match(rb"<!doctype html|<html[\s>]", start):
        return "html"
    return "text"


def _opening(body: str) -> tuple[str, str]:
    """Return the first line that is no date, and the line among the first three that is one."""
    if _wrapped(body):
        return "", ""
    lines = [line.strip() for line in body.lstrip()[:2000].split("\n") if line.strip()][:3]
    dated = [line for line in lines if any(dates.parse(line))]
    title = next((line for line in lines if line not in dated), "")
    return (tidy(title) if len(title) <= 300 and not _is_lead(title) else ""), (dated[0] if dated else "")


_LONG_TITLE = 120


def _is_lead(line: str) -> bool:
    """Say whether a first line is the lead of a report without a title: a long sentence, closed by a full stop."""
    return len(line) > _LONG_TITLE and line.rstrip("\"”’'")[-1:] == "."


def _wrapped(body: str) -> bool:
    """Say whether a text begins with a paragraph broken into short lines, whose first line is no title."""
    lines = body.lstrip()[:2000].split("\n\n")[0].split("\n")
    return len(lines) >= 3 and all(40 <= len(line.strip()) <= 90 for line in lines[:-1])


def _published(said: str, line: str, zone: tzinfo | None, where: str) -> tuple[datetime | None, date | None]:
    if not said.strip():
        return dates.parse(line, zone)
    instant, day = dates.parse(said, zone)
    if day is None:
        raise SourceError(
            f"its date of publication cannot be read: {tidy(said)[:60]!r}",
            where=where,
            fix="write it as 2026-01-31 or 2026-01-31T14:05:00+05:00",
            code="DATE",
        )
    return instant, day


def _zone(name: str, where: str) -> tzinfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SourceError(
            f"no time zone is named {name[:60]!r}", where=where, fix="write it as Asia/Karachi", code="DATE"
        ) from None


def _recognised(text: str) -> str:
    """Return the ISO 639-1 code of the language a text reads as, "en" where that is not sure.

    Only texts with few English words come here: the recogniser takes a second to load.
    """
    code, sure = _recogniser().classify(text)
    return str(code) if sure >= 0.5 else "en"


@lru_cache(maxsize=1)
def _recogniser() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _table(text: str) -> str:
    """Return the first line of a text that reads as a row of a table, as `: line 3 is “Place; Dead; Hurt”`."""
    for number, line in enumerate(text.splitlines(), 1):
        words = re.findall(r"[^\W_]+", line.lower())
        if len(words) > 2 and _COMMON.isdisjoint(words):
            told = " ".join(line.split())
            return f": line {number} is “{told if len(told) <= 60 else told[:59] + '…'}”"
    return ""


def _language(declared: str, text: str, where: str) -> str:
    """Return the language of a text that can be read. Errors: SourceError `LANGUAGE`."""
    letters = [char for char in text[:20000] if char.isalpha()]
    latin = sum(char < "\u0250" or "\u1e00" <= char <= "\u1eff" for char in letters)
    words = re.findall(r"[^\W\d_]+", text[:20000].lower())
    share = sum(word in _COMMON for word in words) / max(1, len(words))
    code = re.split(r"[-_]", declared.strip().lower() or "en")[0]
    foreign = code not in ("en", "eng", "english")
    if letters and latin < len(letters) / 2:
        why = "its letters are mostly not Latin"
    elif foreign and share < 0.2:
        why = f"it is marked {declared!r}"
    elif share < 0.1 and len(words) >= _TELLING and (found := _recognised(" ".join(words))) != "en":
        why = f"it reads as language {found!r}"
    elif share < 0.1 and len(words) >= 40:
        raise SourceError(
            "the document does not read as English sentences, and only those are read",
            where=where,
            why=f"fewer than one word in ten is a common English one, as in a table or a list of names{_table(text)}",
            fix="give a table of incidents to a source of kind 'table'; write any other out in sentences",
            code="LANGUAGE",
        )
    else:
        return declared if not foreign else "en"
    raise SourceError(
        "the document is not in English, and only English is read",
        where=where,
        why=why,
        fix="add a translation, naming the translator as author",
        code="LANGUAGE",
    )
