"""Writes the pages of an archive of released editions and its feeds, from what is known of each edition. Pure.

Nothing on them tells of a recipient, and nothing is loaded from elsewhere or run.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from email.utils import format_datetime
from typing import Literal
from xml.sax.saxutils import quoteattr

from markupsafe import Markup, escape
from pydantic import AwareDatetime

from ..core.languages import Language, language
from ..model import Marking, Noun, strictest

FEED, RSS = "feed.xml", "rss.xml"
LATEST = 50
"""How many editions the feed tells of."""

STYLE = """
:root { color-scheme: light dark; --ink: #14181d; --soft: #55606b; --paper: #ffffff; --rule: #c4cbd2; --link: #1f5673;
  --alert: #9b2c1f; --alert-paper: #fbeae7 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaee; --soft: #a9b4be; --paper: #12171b; --rule: #3a444d;
  --link: #85bfdf; --alert: #ff9a8b; --alert-paper: #3a1c18 } }
body { margin: 0 auto; max-width: 40rem; padding: 1rem 1rem 3rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.5 -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Naskh Arabic", Arial, sans-serif }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .4rem 0 .2rem }
h2 { font-size: 1.15rem; margin: 2rem 0 .4rem }
a { color: var(--link) }
ol { list-style: none; margin: 0; padding: 0 }
ol > li { border-top: 1px solid var(--rule); padding: .55rem 0 }
.tlp { background: #000; color: #fff; font: bold .95rem Arial, sans-serif; padding: .15rem .45rem; white-space: nowrap }
.green { color: #33ff00 } .amber { color: #ffc000 } .red { color: #ff2b2b }
.soft { color: var(--soft); font-size: .86rem; overflow-wrap: anywhere }
.gone { border-inline-start: .35rem solid var(--alert); background: var(--alert-paper); padding: .6rem .9rem }
.gone, .state { color: var(--alert); font-weight: bold }
.words { border-top: 1px solid var(--rule); margin-top: 1rem }
.words .sheet { max-width: none !important }
.words .sheet > tbody > tr > td { padding-inline: 0 !important }
"""

_SHEET = Markup(STYLE)  # noqa: S704 -- the text above
_INKS: dict[Marking, str] = {
    "TLP:CLEAR": "tlp",
    "TLP:GREEN": "tlp green",
    "TLP:AMBER": "tlp amber",
    "TLP:AMBER+STRICT": "tlp amber",
    "TLP:RED": "tlp red",
}


class Entry(Noun):
    """One edition as the archive has it: where its PDF lies below its own folder, and what became of it since.

    `released` is when it was handed to the archive and `changed` when it last became something else; `sha256` is the
    digest of the PDF and `size` its bytes, 0 where nobody counted them. `status` is what somebody said of it: that a
    later version replaces it follows without that.
    """

    edition: str
    series: str
    title: str
    language: str
    marking: Marking
    date: dt.date
    version: int
    file: str
    sha256: str
    size: int = 0
    released: AwareDatetime
    changed: AwareDatetime
    status: Literal["", "superseded", "withdrawn"] = ""


Newest = Mapping[tuple[str, dt.date], Entry]
"""The latest version of each issue, by its series and day."""


def newest(entries: Iterable[Entry]) -> Newest:
    """Return the latest version of each issue of which there are entries."""
    return {(one.series, one.date): one for one in sorted(entries, key=lambda one: one.version)}


def replacement(entry: Entry, latest: Newest) -> Entry | None:
    """Return the latest version of the same issue that came after an entry, if any."""
    found = latest.get((entry.series, entry.date))
    return found if found and found.version > entry.version else None


def fate(entry: Entry, latest: Newest) -> Literal["", "superseded", "withdrawn"]:
    """Return what became of an edition since it was released."""
    return entry.status or ("superseded" if replacement(entry, latest) else "")


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────


def index_page(title: str, entries: Sequence[Entry], tongue: Language) -> str:
    """Return the page that lists every edition, the latest day first, each series by itself.

    It bears the strictest of their markings, for their titles and days are theirs.
    """
    series: dict[str, list[Entry]] = {}
    latest = newest(entries)
    for one in sorted(entries, key=lambda one: (one.date, one.version), reverse=True):
        series.setdefault(one.series, []).append(one)
    titles = Counter(found[0].title for found in series.values())
    parts = [
        Markup("<h2>{}</h2>\n<ol>\n{}</ol>\n").format(
            _head(found[0], alone=titles[found[0].title] == 1),
            Markup("").join(_line(one, latest, tongue) for one in found),
        )
        for found in series.values()
    ]
    if not parts:
        parts = [Markup("<p>{}</p>\n").format(tongue.text("No edition has been released yet."))]
    feed = Markup('<p class="soft"><a href="{}"><bdi>{}</bdi></a> · <a href="{}"><bdi>RSS</bdi></a></p>\n').format(
        FEED, tongue.text("Follow by feed (Atom)"), RSS
    )
    body = Markup("{}\n<h1><bdi>{}</bdi></h1>\n{}{}").format(
        _label(strictest(one.marking for one in entries)), title, feed, Markup("").join(parts)
    )
    return _page(title, body, tongue, root="")


def _head(entry: Entry, *, alone: bool) -> Markup:
    """Return what a series is called: its title, and its own name where others bear the same title."""
    name = Markup(' <span class="soft"><bdi dir="ltr">{}</bdi></span>').format(entry.series)
    return Markup("<bdi>{}</bdi>{}").format(entry.title, "" if alone else name)


def _line(entry: Entry, latest: Newest, tongue: Language) -> Markup:
    said = {"": "", "superseded": tongue.text("Superseded"), "withdrawn": tongue.text("Withdrawn")}
    became = fate(entry, latest)
    state = Markup(' · <span class="state">{}</span>').format(said[became]) if became else ""
    return Markup('<li><a href="{}/">{}</a> · {}{} {}</li>\n').format(
        entry.edition, tongue.day(entry.date), _version(entry, tongue), state, _label(entry.marking)
    )


def edition_page(archive: str, entry: Entry, entries: Sequence[Entry], words: str) -> str:
    """Return the page of one edition: its marking, what became of it, its PDF and its words.

    Of one that was withdrawn nothing is left but that it was. `words` is the HTML of its message, which has a heading.
    """
    tongue, latest = language(entry.language), newest(entries)
    became = fate(entry, latest)
    body = Markup('<p>{} <a href="../"><bdi>{}</bdi></a></p>\n').format(_label(entry.marking), archive)
    body += _banner(entry, became, latest, tongue)
    if became == "withdrawn":
        body += Markup('<h1><bdi>{}</bdi></h1>\n<p class="soft">{} · {}</p>\n').format(
            entry.title, tongue.day(entry.date), _version(entry, tongue)
        )
    else:
        before, _, after = tongue.text("{topic}: {words}", topic="SHA-256", words="\0").partition("\0")
        body += Markup('<p><a href="{}">{}</a> · {}<br><span class="soft">{}<bdi>{}</bdi>{}</span></p>\n').format(
            entry.file, tongue.text("The whole brief (PDF)"), _version(entry, tongue), before, entry.sha256, after
        )
        body += _replaced(entry, entries, tongue)
        ours = Markup(_inner(words))  # noqa: S704 -- escaped when the message was made of its templates
        body += Markup('<div class="words">{}</div>\n').format(ours)
    return _page(f"[{entry.marking}] {entry.title}", body, tongue, root="../")


def _banner(entry: Entry, became: str, latest: Newest, tongue: Language) -> Markup:
    if became == "withdrawn":
        told = tongue.text("Withdrawn on {day}. Do not rely on it.", day=tongue.day(entry.changed.date()))
        return Markup('<p class="gone" role="alert">{}</p>\n').format(told)
    later = replacement(entry, latest)
    if later is not None:
        told = tongue.text("Superseded by a later version.")
        link = Markup('<a href="../{}/">{}</a>').format(later.edition, _version(later, tongue))
        return Markup('<p class="gone" role="alert">{} {}</p>\n').format(told, link)
    if became:
        return Markup('<p class="gone" role="alert">{}</p>\n').format(tongue.text("Superseded by a later version."))
    return Markup("")


def _replaced(entry: Entry, entries: Sequence[Entry], tongue: Language) -> Markup:
    """Return the links to the versions of its issue that came before an entry, the latest first, if there are any."""
    issue = [one for one in entries if (one.series, one.date) == (entry.series, entry.date)]
    earlier = sorted((one for one in issue if one.version < entry.version), key=lambda one: one.version, reverse=True)
    links = [Markup('<a href="../{}/">{}</a>').format(one.edition, _version(one, tongue)) for one in earlier]
    before, _, after = tongue.text("Replaces: {edition}", edition="\0").partition("\0")
    return (
        Markup('<p class="soft">{}{}{}</p>\n').format(before, Markup(" · ").join(links), after) if links else Markup("")
    )


def _version(entry: Entry, tongue: Language) -> str:
    return tongue.text("Version {number}", number=tongue.numerals(str(entry.version)))


def _label(marking: Marking) -> Markup:
    return Markup('<span class="{}" translate="no" dir="ltr">{}</span>').format(_INKS[marking], marking)


def _inner(page: str) -> str:
    """Return what the body of a page of ours holds, and its own sheet of styles before it."""
    styles = "".join(re.findall(r"<style>.*?</style>", page, re.S))
    body = re.search(r"<body[^>]*>(.*)</body>", page, re.S)
    return styles + (body[1] if body else page)


def _page(title: str, body: Markup, tongue: Language, *, root: str) -> str:
    return Markup(
        '<!doctype html>\n<html lang="{tag}" dir="{way}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<title>{title}</title>\n'
        '<link rel="alternate" type="application/atom+xml" href="{atom}">\n'
        '<link rel="alternate" type="application/rss+xml" href="{rss}">\n'
        "<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    ).format(
        tag=tongue.tag, way=tongue.direction, title=title, atom=root + FEED, rss=root + RSS, style=_SHEET, body=body
    )


# ── feeds ────────────────────────────────────────────────────────────────────────────────────────────


def feed(title: str, base: str, entries: Sequence[Entry], tongue: Language) -> str:
    """Return the Atom feed of the latest editions; `base` is the web address of the archive, ending with a slash."""
    told, latest = _latest(entries), newest(entries)
    updated = told[0].changed.isoformat() if told else "1970-01-01T00:00:00+00:00"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(tongue.tag)}">',
        f"<title>{_text(title)}</title>",
        f"<id>{_text(base)}</id>",
        f"<author><name>{_text(title)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(base + FEED)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base)}/>',
        f"<updated>{updated}</updated>",
        *(_item(base, one, latest) for one in told),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _item(base: str, entry: Entry, latest: Newest) -> str:
    place = f"{base}{entry.edition}/"
    lines = [
        "<entry>",
        f"<title>{_text(_headline(entry, latest))}</title>",
        f"<id>{_text(place)}</id>",
        f'<link rel="alternate" type="text/html" href={quoteattr(place)}/>',
        f"<published>{entry.released.isoformat()}</published>",
        f"<updated>{entry.changed.isoformat()}</updated>",
        "</entry>",
    ]
    if fate(entry, latest) != "withdrawn":
        lines.insert(4, f'<link rel="enclosure" type="application/pdf" href={quoteattr(place + entry.file)}/>')
    return "\n".join(lines)


def rss(title: str, base: str, entries: Sequence[Entry], tongue: Language) -> str:
    """Return the same feed as RSS 2.0 (rssboard.org/rss-specification)."""
    told, latest = _latest(entries), newest(entries)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
        "<channel>",
        f"<title>{_text(title)}</title>",
        f"<link>{_text(base)}</link>",
        f"<description>{_text(title)}</description>",
        f"<language>{_text(tongue.tag)}</language>",
        f'<atom:link rel="self" type="application/rss+xml" href={quoteattr(base + RSS)}/>',
        *([f"<lastBuildDate>{format_datetime(told[0].changed)}</lastBuildDate>"] if told else []),
        *(_rss_item(base, one, latest) for one in told),
        "</channel>",
        "</rss>",
    ]
    return "\n".join(lines) + "\n"


def _rss_item(base: str, entry: Entry, latest: Newest) -> str:
    place = f"{base}{entry.edition}/"
    lines = [
        "<item>",
        f"<title>{_text(_headline(entry, latest))}</title>",
        f"<link>{_text(place)}</link>",
        f'<guid isPermaLink="true">{_text(place)}</guid>',
        f"<pubDate>{format_datetime(entry.released)}</pubDate>",
        "</item>",
    ]
    if fate(entry, latest) != "withdrawn":
        where = quoteattr(place + entry.file)
        lines.insert(5, f'<enclosure type="application/pdf" length="{entry.size}" url={where}/>')
    return "\n".join(lines)


def _latest(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: (one.changed, one.edition), reverse=True)[:LATEST]


def _headline(entry: Entry, latest: Newest) -> str:
    """Return what a feed calls an edition: its marking, what became of it, its title, day and version."""
    tongue = language(entry.language)
    said = {"": "", "superseded": tongue.text("Superseded"), "withdrawn": tongue.text("Withdrawn")}
    became = said[fate(entry, latest)]
    title = tongue.text("{topic}: {words}", topic=became, words=entry.title) if became else entry.title
    return f"[{entry.marking}] {title} — {tongue.day(entry.date)}, {_version(entry, tongue)}"


def _text(value: str) -> str:
    return str(escape(value))
