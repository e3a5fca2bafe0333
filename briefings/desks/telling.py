"""An explanation, and how it is told: as plain text for a terminal of any width, and as HTML for a notebook."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from html import escape

from ..model import Claim, Figure, Noun, Position, Relation, Review, Reviewed, Window
from ..page import words
from ..page.untrusted import clean
from ..reconciling.glossary import meaning
from ..reconciling.phrasing import among, phrase_claim

OPEN, CLOSE = "«", "»"
"""What stands around a number where it is read from its sentence."""
_NARROW, _SHOWN, _MOST_EDGES = 40, 12, 200


class Origin(Noun):
    """The document a claim stands in, and how to tell that it is the same one."""

    document: str
    publisher: str = ""
    title: str = ""
    published: str = ""
    url: str = ""
    sha256: str
    extractor: str = ""


class Link(Noun):
    """One claim on the path from a figure to a sentence.

    `standing` says how it bears on the figure; `read` is the claim as it was read, where a review put another on top.
    """

    claim: Claim
    standing: str
    origin: Origin
    read: Claim | None = None
    review: Review | None = None


class Said(Noun):
    """What one voice says, and the claims in which it says so, the one that speaks for it first."""

    position: Position
    links: tuple[Link, ...]


class Held(Noun):
    """A claim that changes no figure, and why: a rule's name, or a review."""

    link: Link
    code: str


class Explanation(Noun):
    """The whole path from a figure to the words it rests on. Shows itself in notebooks, and as text anywhere."""

    key: str
    figure: Figure
    brief: str = ""
    region: str = ""
    edition: str = ""
    said: tuple[Said, ...] = ()
    held: tuple[Held, ...] = ()
    relations: tuple[Relation, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return self.__str__()

    def __str__(self) -> str:
        return "\n".join(text(self))

    def _repr_html_(self) -> str:
        return html(self)


class Relations(tuple[Relation, ...]):
    """How the claims of a desk stand to one another. Shows itself with whole reasons, in notebooks and as text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join([*map(edge, self[:_MOST_EDGES]), *self._left()])

    def _repr_html_(self) -> str:
        rows = "".join(f"<li>{edge_html(one)}</li>" for one in self[:_MOST_EDGES])
        return f"<ul>{rows}</ul>" + "".join(f"<p>{escape(line)}</p>" for line in self._left())

    def _left(self) -> list[str]:
        left = len(self) - _MOST_EDGES
        return [f'and {left} more; desk.frame("relations") holds every one'] if left > 0 else []


# ── words both forms use ────────────────────────────────────────────────────────────────────────────


def days(window: Window) -> str:
    """Return days as they are typed: `2031-03-04`, `2031-03-04..2031-03-05`."""
    return str(window.start) if window.start == window.end else f"{window.start}..{window.end}"


def rules_of(figure: Figure) -> tuple[tuple[str, str], ...]:
    """Return the rules that made a figure, with what each means; the one that decided it first."""
    return tuple((name, meaning(name)) for name in dict.fromkeys((figure.rule, *figure.rules)))


def heading(why: Explanation) -> str:
    """Return what the figure is of: group, outcome, days, and the number."""
    figure = why.figure
    group = figure.unit.capitalize() or words.GROUPS.get(figure.group, figure.group)
    outcome = words.OUTCOMES.get(figure.outcome, figure.outcome)
    where = f", {figure.place}" if figure.place else ""
    bodies = ", bodies identified" if figure.definition == "identified" else ""
    return f"{group} {outcome}, {words.window(figure.window)}{where}{bodies}"


def bounds(figure: Figure) -> str:
    """Return a figure's range in words, with its terms and whether there is a best."""
    if figure.status == "not_reported":
        return figure.text
    terms = f" ({figure.formula}, computed)" if figure.formula else ""
    best = f"; best {words.number(figure.best)}" if figure.best is not None else "; no single best"
    return f"{figure.text}{among(figure)}{terms}{best}"


def reviewed(found: Reviewed | None) -> str:
    """Return how much of a figure people have looked at: `2 of 9 claims, by R. Okafor: 1 corrected, 1 rejected`."""
    if found is None:
        return "no claim behind it was reviewed"
    told = [
        f"{count} {word}"
        for count, word in (
            (found.accepted, "accepted"),
            (found.corrected, "corrected"),
            (found.merged, "merged"),
            (found.rejected, "rejected"),
        )
        if count
    ]
    return f"{found.looked_at} of {found.claims} claims, by {', '.join(found.by)}: {', '.join(told)}"


def count_of(claim: Claim) -> str:
    """Return what a claim counts: `at least 15 killed, civilians, 2031-03-04, Kesh`."""
    window = claim.window
    when = days(window) if window else "no day given"
    where = f", {claim.place}" if claim.place else ""
    return f"{phrase_claim(claim)} {claim.outcome}, {claim.group}, {when}{where}"


def voice_of(claim: Claim) -> str:
    """Return who says it, as the text has it."""
    who = " ".join(filter(None, (claim.office, claim.claimant)))
    return who or "the report itself"


def parted(claim: Claim) -> tuple[str, str, str]:
    """Return a claim's sentence in three: before its number, the words it was read from, after them."""
    at = claim.sentence.find(claim.quote)
    if at < 0:
        return "", claim.quote, ""
    return claim.sentence[:at], claim.quote, claim.sentence[at + len(claim.quote) :]


def edge(one: Relation) -> str:
    """Return how one claim stands to another in one line: `1a2b3c4d supersedes 5e6f7a8b: why`."""
    return f"{one.subject[:8]} {one.kind.replace('_', ' ')} {one.object[:8]}: {clean(one.why)}"


def verdict(review: Review) -> str:
    """Return a review in one line."""
    past = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "merge": "merged"}[review.verdict]
    what = ", ".join(f"{name}={'none' if value is None else value}" for name, value in review.corrections.items())
    into = f" into {review.into[0].id[:8]}" if review.into else ""
    said = f"{past}{into} by {review.by}, {words.moment(review.at)}"
    return "; ".join(filter(None, (said, what, review.reason))) + f" (review {review.id[:8]})"


# ── plain text ──────────────────────────────────────────────────────────────────────────────────────


def text(why: Explanation, *, width: int = 100) -> list[str]:
    """Return an explanation as lines no wider than `width`, but for words that are."""
    out = _Lines(max(width, _NARROW))
    figure = why.figure
    out.add(f"{why.key}  {heading(why)}", hang=2 + len(why.key))
    facts = [("range", bounds(figure)), ("status", figure.status.replace("_", " "))]
    for at, (name, sense) in enumerate(rules_of(figure)):
        facts.append(("rule" if at == 0 else "and", f"{name}: {sense}" if sense else name))
    facts += [("flag", f"{name}: {meaning(name)}") for name in figure.flags if name not in figure.rules]
    facts += [("as of", words.moment(figure.as_of)), ("reviewed", reviewed(figure.reviewed))]
    facts += [("edition", why.edition)] if why.edition else []
    for name, value in facts:
        out.fact(name, value)
    for note in why.notes:
        out.fact("note", note)
    for number, said in enumerate(why.said, 1):
        _say(out, number, said)
    _hold(out, why.held)
    if why.relations:
        out.head("How they stand to one another")
        for one in why.relations:
            out.add(edge(one), indent=3, hang=3)
    if why.others:
        out.head("Other figures of the same group and outcome")
        for key, told in why.others:
            out.add(f"{key}  {told}", indent=3, hang=10)
    return out.lines


class _Lines:
    """Lines of text, wrapped; every word in them is made fit for a terminal."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []

    def add(self, said: str, *, indent: int = 0, hang: int = 0) -> None:
        found = textwrap.wrap(
            clean(said),
            self.width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hang),
            break_long_words=False,
            break_on_hyphens=False,
        )
        self.lines += found

    def fact(self, name: str, value: str) -> None:
        self.add(f"{name:<8}  {value}", indent=2, hang=10)

    def head(self, said: str) -> None:
        self.lines.append("")
        self.add(said)


def _say(out: _Lines, number: int, said: Said) -> None:
    position = said.position
    kind = f" ({position.voice.side})" if position.voice.side and position.voice.side != position.voice.name else ""
    out.head(f"{number}. {position.voice.name}{kind}: {position.text}, {days(position.window)}")
    relation = position.relation or "current"
    out.add(f"{relation.replace('_', ' ')}: {meaning(relation)}".rstrip(": "), indent=3)
    for link in said.links[:_SHOWN]:
        _link(out, link)
    if len(said.links) > _SHOWN:
        out.add(f"and {len(said.links) - _SHOWN} more claims that say so; --json holds every one", indent=3)


def _link(out: _Lines, link: Link) -> None:
    claim = link.claim
    out.add(f"- {claim.id[:8]}  {count_of(claim)} ({link.standing.replace('_', ' ')})", indent=3, hang=4)
    out.add(f"said by {voice_of(claim)}; read by rule {(link.read or claim).rule}", indent=7)
    before, quote, behind = parted(claim)
    out.add(f"{before}{OPEN}{quote}{CLOSE}{behind}", indent=7)
    for told in _document(link.origin):
        out.add(told, indent=7)
    if link.review:
        out.add(f"review: {verdict(link.review)}", indent=7)
    if link.read is not None and link.read.id != claim.id:
        out.add(f"as read: {link.read.id[:8]}, {count_of(link.read)}", indent=7)


def _document(origin: Origin) -> tuple[str, ...]:
    name = ", ".join(filter(None, (origin.publisher, f"“{origin.title}”" if origin.title else "", origin.published)))
    extractor = f", extractor {origin.extractor}" if origin.extractor else ""
    marks = f"document {origin.document}, sha256 {origin.sha256[:16]}…{extractor}"
    return tuple(filter(None, (name, origin.url, marks)))


def _hold(out: _Lines, held: Iterable[Held]) -> None:
    for at, one in enumerate(held):
        if at == 0:
            out.head("In no figure")
        out.add(f"{one.code}: {meaning(one.code)}", indent=3)
        _link(out, one.link)


# ── a notebook ──────────────────────────────────────────────────────────────────────────────────────

_BOX = "border-left:3px solid rgba(127,127,127,.55);padding:.1em 0 .1em .8em;margin:.6em 0"
_SOFT = "opacity:.75"
_MARK = "background:#ffd54a;color:#1b1b1b;padding:0 .15em;border-radius:2px"
_LEFT = "text-align:left;vertical-align:top;font-weight:600;padding:.1em 1em .1em 0;white-space:nowrap"
_CELL = "text-align:left;vertical-align:top;padding:.1em 0;white-space:normal"


def html(why: Explanation) -> str:
    """Return an explanation as HTML that takes its colours from the page around it; every word is escaped."""
    figure = why.figure
    facts = [("range", escape(clean(bounds(figure)))), ("status", escape(figure.status.replace("_", " ")))]
    for at, (name, sense) in enumerate(rules_of(figure)):
        facts.append(("rule" if at == 0 else "and", f"<code>{escape(name)}</code> {escape(sense)}"))
    facts += [
        ("flag", f"<code>{escape(one)}</code> {escape(meaning(one))}")
        for one in figure.flags
        if one not in figure.rules
    ]
    facts += [("as of", escape(words.moment(figure.as_of))), ("reviewed", escape(clean(reviewed(figure.reviewed))))]
    facts += [("edition", escape(why.edition))] if why.edition else []
    facts += [("note", escape(clean(note))) for note in why.notes]
    rows = "".join(
        f'<tr><th scope="row" style="{_LEFT}">{name}</th><td style="{_CELL}">{value}</td></tr>' for name, value in facts
    )
    said = "".join(_said_html(one) for one in why.said)
    held = "".join(
        f"<p><code>{escape(one.code)}</code> {escape(meaning(one.code))}</p>{_link_html(one.link)}" for one in why.held
    )
    parts = [
        f"<h4>{escape(clean(heading(why)))} <code>{why.key}</code></h4>",
        f"<table>{rows}</table>",
        said,
        f'<details style="{_BOX}"><summary>In no figure ({len(why.held)})</summary>{held}</details>' if held else "",
        _relations_html(why),
    ]
    return f'<div class="briefings-explanation">{"".join(parts)}</div>'


def _said_html(said: Said) -> str:
    position = said.position
    relation = position.relation or "current"
    head = f"<strong>{escape(clean(position.voice.name))}</strong>: {escape(clean(position.text))}"
    about = f'<span style="{_SOFT}">{escape(days(position.window))}; {escape(relation.replace("_", " "))}</span>'
    links = "".join(_link_html(link) for link in said.links)
    shown = " open" if relation in ("current", "term", "listed") else ""
    return (
        f'<details style="{_BOX}"{shown}><summary>{head} {about}</summary>'
        f'<p style="{_SOFT}">{escape(meaning(relation))}</p>{links}</details>'
    )


def _link_html(link: Link) -> str:
    claim = link.claim
    before, quote, behind = (escape(clean(part)) for part in parted(claim))
    told = [
        f'<blockquote>{before}<mark style="{_MARK}">{quote}</mark>{behind}</blockquote>',
        f"<code>{escape(claim.id[:8])}</code> {escape(clean(count_of(claim)))} "
        f"({escape(link.standing.replace('_', ' '))}); said by {escape(clean(voice_of(claim)))}; "
        f"rule <code>{escape((link.read or claim).rule)}</code>",
        *(escape(clean(line)) for line in _document(link.origin)),
    ]
    if link.review:
        told.append(f"<strong>review</strong> {escape(clean(verdict(link.review)))}")
    if link.read is not None and link.read.id != claim.id:
        told.append(f"as read: <code>{escape(link.read.id[:8])}</code> {escape(clean(count_of(link.read)))}")
    first, *rest = told
    return f'{first}<p style="{_SOFT};margin:.2em 0 .8em 2.5em">{"<br>".join(rest)}</p>'


def edge_html(one: Relation) -> str:
    """Return how one claim stands to another as HTML."""
    return (
        f"<code>{escape(one.subject[:8])}</code> {escape(one.kind.replace('_', ' '))} "
        f"<code>{escape(one.object[:8])}</code>: {escape(clean(one.why))}"
    )


def _relations_html(why: Explanation) -> str:
    if not why.relations:
        return ""
    rows = "".join(f"<li>{edge_html(one)}</li>" for one in why.relations)
    return f'<details style="{_BOX}"><summary>How they stand to one another</summary><ul>{rows}</ul></details>'
