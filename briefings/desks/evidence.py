"""Makes a section whole: gathers every figure, claim and document its runs refer to, so nothing dangles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..core.languages import Language, mark
from ..errors import ContractError, ParameterError
from ..matching.revisions import notice
from ..model import Claim, Document, Figure, Incident, Position
from ..sections import Body, Cite, ClaimRef, FigureRef, Quote, Section, Source, Tiles, Usual, runs_of
from .desk import Desk
from .wording import publisher_of

DATASETS = {
    "ucdp-ged": "UCDP Georeferenced Event Dataset",
    "acled": "ACLED",
}

_SETTING = ("current", "term", "listed")
"""Relations of positions that set a figure, or are terms of its sum."""


def made(desk: Desk, body: Body, *, slot: str, title: str, figures: Iterable[Figure] = ()) -> Section:
    """Return the section of a body, carrying what it refers to.

    `figures` are those the body may place. Errors: ParameterError for a slot or title that is not text.
    """
    for name, value in (("slot", slot), ("title", title)):
        if not isinstance(value, str) or (name == "slot" and not value):
            raise ParameterError(
                f"{name}={value!r} is not a name",
                where=f"a {body.kind} section",
                fix=f'give the {name} as text, such as {name}="{name}"',
                code="BUILDER_ARGUMENT",
            )
    runs = runs_of(body)
    wanted = {run.figure for run in runs if isinstance(run, FigureRef)}
    if isinstance(body, Tiles):
        wanted |= {tile.figure for tile in body.tiles}
    known = {figure.id: figure for figure in (*desk.all_figures(), *figures)}
    placed = tuple(known[key] for key in sorted(wanted) if key in known)
    claims = {run.claim for run in runs if isinstance(run, ClaimRef)}
    claims |= {key for figure in placed for key in figure.claims}
    cited = {key for run in runs if isinstance(run, Cite) for key in run.documents}
    cited |= {run.document for run in runs if isinstance(run, Quote)}
    cited |= {desk.claim(key).document_id for key in claims if desk.has_claim(key)}
    return Section.of(
        body,
        slot=slot,
        title=desk.language.text(title),
        usual=isinstance(title, Usual),
        figures=placed,
        claims=tuple(desk.claim(key) for key in sorted(claims) if desk.has_claim(key)),
        documents=tuple(source(desk, desk.document(key)) for key in sorted(cited) if desk.has_document(key)),
    )


def is_desk(value: object, builder: str) -> Desk:
    """Return the desk a builder was given. Errors: ContractError naming builder and what came instead."""
    if isinstance(value, Desk):
        return value
    raise ContractError(
        f"{builder}() needs a desk first, not {type(value).__name__}",
        where=f"{builder}({type(value).__name__}, …)",
        fix=f'write {builder}(desk, slot="…") with desk = briefings.desk(brief, date=date, as_of=as_of)',
        code="BUILDER_DESK",
    )


def source(desk: Desk, document: Document) -> Source:
    """Return a document as an entry of the list of sources."""
    return Source(
        document=document.id,
        publisher=publisher_of(document, desk.language),
        title=(document.title or document.text.strip().splitlines()[0][:120]) + _version(document, desk.language),
        author=document.author,
        published=document.published or document.published_on,
        retrieved=document.retrieved,
        url=document.url,
        sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        party=_party(desk, document),
        language=document.language,
    )


def _version(document: Document, language: Language) -> str:
    """Return what to say of a document that takes the place of an earlier version of itself, or takes it back."""
    said = notice(document)
    word = mark("withdrawn") if said == "retraction" else mark("corrected") if said else mark("revised")
    unsaid = said == "retraction" or document.revises is not None
    return f" ({language.text(word)})" if unsaid and word[:6] not in document.title.casefold() else ""


def _party(desk: Desk, document: Document) -> str:
    """Return which party publishes a document, where the publisher itself is a claimant of that kind."""
    return desk.language.text("party to the conflict") if document.publisher.casefold() in desk.party_names else ""


def voice_name(desk: Desk, position: Position) -> str:
    """Return a voice by the one name it has throughout the desk, office first."""
    held = [key for key in position.claims if desk.has_claim(key)]
    return desk.voice_names[desk.voices.speaker(desk.claim(held[0])).voice.key] if held else position.voice.name


@dataclass(frozen=True)
class Word:
    """A voice as it stands beside a number: its name, the claims by which it speaks, and whether the number is its own.

    One that gave another number stands beside it with what it gave.
    """

    name: str
    claims: tuple[str, ...] = ()
    gave: bool = True


def words_of(desk: Desk, figure: Figure, *, again: bool = True) -> tuple[Word, ...]:
    """Return the voices a figure is printed with: those that set it or its sum and, if `again`, who give it as well.

    Nobody has said a number because others have: a voice that gave another than is printed stands there with what it
    gave. Of a range the voices of its two ends come first.
    """
    said: dict[str, list[Position]] = {}
    for one in _with_ends_first(figure):
        said.setdefault(voice_name(desk, one), []).append(one)
    for one in echoes(desk, figure) if again else ():
        if _of_its_number(one, figure):
            said.setdefault(voice_name(desk, one), [one])
    return tuple(Word(name, _counts(desk, told), gave(figure, told)) for name, told in said.items())


def told_by(figure: Figure) -> str:
    """Return whose word a figure is, in English: `X; Y`, or `X: 11; Y: 18` where they did not all give its number."""
    said: dict[str, list[Position]] = {}
    again = [one for one in figure.positions if _of_its_number(one, figure)]
    for one in (*_with_ends_first(figure), *again) if reported(figure) else ():
        said.setdefault(one.voice.name, []).append(one)
    if all(gave(figure, told) for told in said.values()):
        return "; ".join(said)
    return "; ".join(f"{who}: {' and '.join(dict.fromkeys(one.text for one in told))}" for who, told in said.items())


def _with_ends_first(figure: Figure) -> list[Position]:
    """Return the positions that set a figure as their voices are told: those of its two ends, and then all others.

    Of a floor that is the largest count of several towns, those that give it: who counts in another says nothing of it.
    """
    found = list(setting(figure))
    if "several_places" in figure.rules and not figure.computations and not figure.amounts:
        found = [one for one in found if one.low == figure.low] or found
    ends = [figure.low, figure.high, *(end for one in figure.amounts for end in (one.low, one.high))]
    printed = sorted({end for end in ends if end is not None})
    least = next((one for one in found if printed[:1] == [one.low]), None)
    most = next((one for one in reversed(found) if printed and printed[-1] in (one.low, one.high)), None)
    first = (least or found[0], most or found[-1]) if found else ()
    return list({id(one): one for one in (*first, *found)}.values())


def gave(figure: Figure, told: Sequence[Position]) -> bool:
    """Say whether a voice gave a number as it is printed, or the very terms of the sum that is printed as one."""
    if any(one.text == figure.text for one in told):
        return True
    sums = figure.computations
    if len(sums) != 1 or figure.low != sums[0].value or figure.high not in (None, figure.low):
        return False
    return {key for one in told for key in one.claims}.issuperset(sums[0].claims)


def _counts(desk: Desk, told: Sequence[Position]) -> tuple[str, ...]:
    """Return what a voice says now, in order of time, each number once."""
    held = sorted(told, key=lambda one: (one.window.start, one.window.end, one.low or one.high or 0))
    claims = {one.text: claim.id for one in held if (claim := first_claim(desk, one))}
    return tuple(claims.values())


def echoes(desk: Desk, figure: Figure) -> tuple[Position, ...]:
    """Return the positions of offices that give the number of another.

    A number without an owner is nobody's, and one that only leaves out of whom it is, its own office's.
    """
    again = ((one, first_claim(desk, one)) for one in figure.positions if one.relation == "repeats")
    told = ((one, claim) for one, claim in again if claim and claim.id not in desk.told_again)
    return tuple(one for one, claim in told if desk.voices.speaker(claim).attributed)


def reported(figure: Figure) -> bool:
    """Say whether some source gives the figure; claims held back for doubt do not make one."""
    return figure.status != "not_reported"


def headline_only(desk: Desk, figure: Figure) -> bool:
    """Say whether nothing but headlines stands behind a figure: the text beneath them says it better."""
    held = [desk.claim(key) for key in figure.claims if desk.has_claim(key)]
    return bool(held) and all(claim.headline for claim in held)


def spoken(desk: Desk, figure: Figure) -> bool:
    """Say whether a figure is worth its words: reported, and not by a headline alone."""
    return reported(figure) and not headline_only(desk, figure)


def live(figure: Figure) -> tuple[Position, ...]:
    """Return the positions that set a figure's range."""
    return tuple(one for one in figure.positions if one.relation == "current") or figure.positions


def setting(figure: Figure) -> tuple[Position, ...]:
    """Return the positions that set a figure, or are terms of the sum it was computed as."""
    return tuple(one for one in figure.positions if one.relation in _SETTING) or figure.positions


def _of_its_number(position: Position, figure: Figure) -> bool:
    """Say whether a voice gives again a number that sets the figure, not one that another has taken the place of."""
    set_by = (one for one in figure.positions if one.relation in _SETTING)
    same = (one for one in set_by if one.low == position.low)
    return position.relation == "repeats" and any(one.window == position.window for one in same)


def behind(figure: Figure) -> list[str]:
    """Return the claims that set a figure's range or are terms of its computed sum."""
    told = [one for one in figure.positions if one.relation in _SETTING or _of_its_number(one, figure)]
    return [key for one in told or figure.positions for key in one.claims]


def is_party(desk: Desk, side: str) -> bool:
    """Say whether a side takes part in the conflict."""
    return side in desk.party_sides


def documents_of(desk: Desk, claims: Iterable[str]) -> tuple[str, ...]:
    """Return the documents the claims stand in, each once."""
    return tuple(dict.fromkeys(desk.claim(key).document_id for key in claims if desk.has_claim(key)))


def first_claim(desk: Desk, position: Position) -> Claim | None:
    """Return what a voice says now, or `None` where the desk does not hold the claim."""
    return next((desk.claim(key) for key in position.claims if desk.has_claim(key)), None)


def listed_claims(desk: Desk, figure: Figure, position: Position) -> tuple[Claim, ...]:
    """Return what a voice says now: one claim, or all that its sentence lists side by side, as it orders them."""
    others = (
        one
        for one in figure.positions
        if (one.relation, one.voice.key, one.window) == ("listed", position.voice.key, position.window)
    )
    claims = (first_claim(desk, one) for one in (position, *others))
    return tuple(sorted((claim for claim in claims if claim), key=lambda claim: claim.start))


def dataset_name(incident: Incident) -> str:
    """Return a dataset with its version, as it is cited."""
    name = DATASETS.get(incident.dataset, incident.dataset)
    version = incident.dataset_version if incident.dataset == "ucdp-ged" else ""
    return f"{name} {version}".strip()
