"""Takes the marks out of what arrived, to leave its words: encodings, Markdown, HTML, characters nobody sees. Pure."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from ..errors import SourceError

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def decode(data: bytes, where: str) -> str:
    """Return text by its byte order mark, as UTF-8, or as Windows-1252. Errors: SourceError `BINARY`."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    sample = data[:65536]
    # A stray control is stripped later; many of them are a picture, a program, or text in no known encoding.
    if sum(byte < 32 and byte not in b"\t\n\r\f" for byte in sample) > max(4, len(sample) // 50):
        raise SourceError(
            "the file is not text",
            where=where,
            why="it holds binary data",
            fix="give text, Markdown, HTML or PDF",
            code="BINARY",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def plain_markdown(text: str) -> str:
    """Return Markdown without its marks: headings, emphasis, links, quotes, comments, fences."""
    text = _without_comments(text)
    text = re.sub(r"^[ \t]*(?:```|~~~).*\n?", "", text, flags=re.M)
    text = re.sub(r"^ {0,3}#{1,6}[ \t]([^\n]*)$", _heading, text, flags=re.M)
    text = re.sub(r"^ {0,3}>[ \t]?", "", text, flags=re.M)
    text = re.sub(r"!?\[([^\[\]\n]*)\]\([^()\s]*(?:[ \t]+\"[^\"\n]*\")?\)", r"\1", text)
    text = re.sub(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])", r"\2", text)
    text = re.sub(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])", r"\2", text)
    return text.lstrip("\n")


def _without_comments(text: str) -> str:
    """Return text without `<!-- … -->`; one that is never closed stays. A pattern would look for each end anew."""
    kept = []
    start = 0
    while (opened := text.find("<!--", start)) >= 0 and (closed := text.find("-->", opened + 4)) >= 0:
        kept.append(text[start:opened])
        start = closed + 3
    return "".join(kept) + text[start:]


def _heading(match: re.Match[str]) -> str:
    """Return the words of a heading, without the marks that may close it."""
    return match[1].strip(" \t").rstrip("#").rstrip(" \t")


class _Text(HTMLParser):
    _BREAKS = frozenset(
        (
            "p",
            "br",
            "div",
            "li",
            "ul",
            "ol",
            "tr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "section",
            "figure",
        )
    )
    _UNREAD = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._inside += tag in self._UNREAD
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._inside = max(0, self._inside - (tag in self._UNREAD))
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.parts.append(data)


def plain_html(fragment: str) -> str:
    """Return the text of a piece of HTML, a line for each block; scripts and the like are dropped."""
    if "<" not in fragment:
        return unescape(fragment).strip()
    parser = _Text()
    # A comment never closed swallows the rest, as in a browser; the parser would look for its end anew at each.
    parser.feed(_without_comments(fragment).partition("<!--")[0])
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def clean(text: str) -> str:
    """Return text without control, bidirectional and invisible characters, which could hide or turn a number."""
    return _UNSEEN.sub("", text.replace("\x85", "\n"))


def tidy(text: str) -> str:
    """Return one clean line."""
    return " ".join(clean(text).split())


def web_link(url: str) -> str:
    """Return an http or https address, or nothing."""
    url = clean(url).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    good = parts.scheme.lower() in ("http", "https") and parts.netloc and not re.search(r"\s", url)
    return url if good else ""
