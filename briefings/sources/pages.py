"""Read a web page, a PDF or a feed into its text and what it says of itself.

Parsers of these formats can be made to run for minutes or take all memory, so `Reader` runs them in a process
of their own under a clock and a memory limit; `python -m briefings.sources.pages` is that process.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from ..errors import SourceError

SECONDS = 20
"""How long one page may take."""
MEMORY = 2**30
"""How many bytes of address space reading may take."""

HOME = str(Path(__file__).parents[2])
_SERVE = "from briefings.sources.pages import serve; serve()"

_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{8000,}")
_MANY = 1000
"""Attributes on one element: more is no page, and takes the parser time by their square."""

Kind = Literal["html", "pdf", "feed"]
_NAMES: dict[Kind, str] = {"html": "HTML", "pdf": "PDF", "feed": "feed"}
Page = dict[str, Any]
"""Texts `text, title, published, author, publisher, url, language`, those not given missing; of a feed, `entries`."""


class Reader:
    """A process that reads pages, started at the first and again after one that broke it."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, kind: Kind, data: bytes, *, where: str) -> Page:
        """Return what a page says. Errors: SourceError `PAGE_LIMIT` or `PAGE_UNREADABLE`."""
        with self._lock:
            process = self._running()
            expired = threading.Event()

            def stop() -> None:
                expired.set()
                process.kill()

            timer = threading.Timer(self._seconds, stop)
            timer.daemon = True
            timer.start()
            try:
                answer = _ask(process, kind, data)
            finally:
                timer.cancel()
            if answer is None:
                self.close()
                raise SourceError(
                    f"reading this {_NAMES[kind]} took {'too long' if expired.is_set() else 'too much memory'}",
                    where=where,
                    why=f"the limits are {self._seconds:g} s and {MEMORY // 2**20} MB",
                    fix="save its text as a .txt file instead",
                    code="PAGE_LIMIT",
                )
        if "error" in answer:
            raise SourceError(
                f"this {_NAMES[kind]} cannot be read", where=where, why=answer["error"], code="PAGE_UNREADABLE"
            )
        return answer

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    try:
                        pipe.close()
                    except OSError:
                        continue

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {HOME!r}); {_SERVE}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
            atexit.register(self.close)
        return self._process


def _environment() -> dict[str, str]:
    """Return the little a reader needs of ours: where Python looks for libraries, and nothing secret."""
    own = {name: os.environ[name] for name in ("HOME", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    return {**own, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}


def _ask(process: subprocess.Popen[bytes], kind: Kind, data: bytes) -> Page | None:
    """Send one page and return the answer; nothing if the process died over it."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps({"kind": kind, "size": len(data)}).encode() + b"\n" + data)
        process.stdin.flush()
        line = process.stdout.readline()
    except OSError:
        return None
    if not line.endswith(b"\n"):
        return None
    answer: Page = json.loads(line)
    return answer


READER = Reader()
"""The reader of this process."""


def serve() -> None:
    """Answer pages from standard input until it ends."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        data = sys.stdin.buffer.read(asked["size"])
        try:
            answer = _READERS[asked["kind"]](data)
        except MemoryError:
            return
        except RecursionError:
            answer = {"error": "its elements are nested too deep"}
        except Exception as fault:
            answer = {"error": f"{type(fault).__name__}: {fault}"[:300]}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


def read_feed(data: bytes) -> Page:
    """Return the entries of a feed."""
    from .feeds import parse_feed

    return parse_feed(data)


def read_html(data: bytes) -> Page:
    """Return the article of a page, its metadata from JSON-LD and meta elements first, then by guess."""
    import trafilatura

    if any(tag.group().count(b"=") > _MANY for tag in _LONG_TAG.finditer(data)):
        return {"error": f"one of its elements has more than {_MANY} attributes"}
    tree = trafilatura.load_html(data)
    if tree is None:
        return {"error": "it holds no HTML elements"}
    page = {key: value for item in _linked_data(tree) for key, value in _article(item).items() if value}
    for name, key in _META.items():
        found = tree.xpath(f"//meta[@property='{name}' or @name='{name}' or @itemprop='{name}']/@content")
        if found and found[0].strip():
            page.setdefault(key, found[0].strip())
    declared = tree.xpath("/html/@lang")
    if declared:
        page.setdefault("language", str(declared[0]))
    guess: Any = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if guess is not None:
        page.setdefault("text", "")
        if len(guess.text or "") >= 200 or len(guess.text or "") >= len(page["text"]):
            page["text"] = guess.text or ""
        guessed = {"title": guess.title, "author": guess.author, "publisher": guess.sitename, "published": guess.date}
        for key, value in guessed.items():
            if value:
                page.setdefault(key, value)
    if not page.get("text", "").strip():
        return {"error": "no article text was found in it"}
    return page


_META = {
    "article:published_time": "published",
    "datePublished": "published",
    "og:title": "title",
    "og:site_name": "publisher",
    "og:url": "url",
    "author": "author",
}


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Give the news articles among the page's JSON-LD; what is not JSON is passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in graph if isinstance(graph, list) else []:
            kinds = item.get("@type", "") if isinstance(item, dict) else ""
            if any(
                "Article" in str(kind) or kind == "Report" for kind in ([kinds] if isinstance(kinds, str) else kinds)
            ):
                yield item


def _article(item: dict[str, Any]) -> Page:
    return {
        "title": _name(item.get("headline")),
        "published": _name(item.get("datePublished")),
        "author": _name(item.get("author")),
        "publisher": _name(item.get("publisher")),
        "language": _name(item.get("inLanguage")),
        "url": _name(item.get("url")) or _name(item.get("mainEntityOfPage")),
        "text": _name(item.get("articleBody")),
    }


def _name(value: Any) -> str:
    """Return a JSON-LD value as text: itself, its name or id, or those of a list."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(one) for one in value)))
    if isinstance(value, dict):
        return _name(value.get("name") or value.get("@id"))
    return value.strip() if isinstance(value, str) else ""


def read_pdf(data: bytes) -> Page:
    """Return the text layer of a PDF and its title and author."""
    import pypdf

    document = pypdf.PdfReader(BytesIO(data))
    if document.is_encrypted and not document.decrypt(""):
        return {"error": "it needs a password"}
    text = "\n\n".join(page.extract_text() for page in document.pages)
    if not text.strip():
        return {"error": "it holds no text, only pictures of it"}
    about = document.metadata
    page = {"text": text}
    if about and about.title:
        page["title"] = str(about.title)
    if about and about.author:
        page["author"] = str(about.author)
    return page


_READERS: dict[str, Callable[[bytes], Page]] = {"html": read_html, "pdf": read_pdf, "feed": read_feed}
