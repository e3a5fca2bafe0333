"""The commands by which people look into figures: why a number is so, and what a person says of a claim."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import ParameterError, UsageError, counted
from . import completion
from .arguments import AsJson, Given, Here, pairs
from .terminal import columns, dump, reported, say, tell

if TYPE_CHECKING:
    from ..desks.awaiting import Awaiting
    from ..desks.desk import Desk
    from ..model import Claim, Event, Review, Verdict

review_app = typer.Typer(
    help="Accept, correct, reject or merge what was read. Every word is kept, with who said it and why.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Subject = Annotated[
    str,
    typer.Argument(
        metavar="CLAIM", help="The id of a claim, event or report, or its first letters, or a report's file."
    ),
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so; kept on record.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept on record.")]
OfBrief = Annotated[
    str | None,
    typer.Option(
        "--brief",
        metavar="BRIEF",
        help="The brief whose events are meant; claims need none.",
        autocompletion=completion.briefs,
    ),
]


# ── why a number is so ──────────────────────────────────────────────────────────────────────────────


@reported()
def explain(
    figure: Annotated[
        str,
        typer.Argument(metavar="FIGURE", help="A figure as `briefings figures` names it, or GROUP/OUTCOME[/DAYS]."),
    ],
    brief: Annotated[
        str | None,
        typer.Option(
            "--brief", metavar="BRIEF", help="The brief; default: the only one.", autocompletion=completion.briefs
        ),
    ] = None,
    parameter: Given = None,
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition",
            metavar="EDITION",
            help="Explain it as that edition was made.",
            autocompletion=completion.editions,
        ),
    ] = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Print how a figure came about. Rule, voices, sentences, documents, and what people said of them."""
    from ..desks import explanation
    from ..desks.telling import text

    if edition is not None:
        why = _of_edition(edition, figure, brief, parameter, workspace)
    else:
        why = explanation.explain(_desk(brief, parameter, workspace), figure)
    if as_json:
        dump({"schema": "briefings.explanation/v1", **why.model_dump(mode="json")})
        return
    for line in text(why, width=columns()):
        say(line)


def _of_edition(
    edition: str, figure: str, brief: str | None, parameter: list[str] | None, workspace: Path | None
) -> Any:
    from ..desks import explanation
    from ..making.edition import desk_of_edition

    if brief is not None or parameter:
        raise UsageError("an edition has its brief and its day", fix="leave out --brief and -p")
    filed, desk, same = desk_of_edition(edition, workspace=workspace)
    differs = (
        "the program reads or reconciles otherwise than when this edition was made; its own claims.json and "
        "figures.csv hold what it was made from"
    )
    return explanation.explain(desk, figure, edition=filed.id, notes=() if same else (differs,))


# ── what a person says ──────────────────────────────────────────────────────────────────────────────


@review_app.command("list")
@reported()
def review_list(
    brief: Annotated[
        str | None,
        typer.Argument(metavar="BRIEF", help="A brief; default: the only one.", autocompletion=completion.briefs),
    ] = None,
    parameter: Given = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that were reviewed, too.")] = False,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """List the claims nobody has looked at. Those in doubt or dispute come first; a brief's events come last."""
    from ..desks.awaiting import awaiting

    desk = _desk(brief, parameter, workspace)
    found, events = awaiting(desk, reviewed=everything), desk.events()
    if as_json:
        dump(
            {
                "schema": "briefings.awaiting/v1",
                "brief": desk.brief,
                "claims": [_awaiting_row(one) for one in found],
                "events": [_event_row(event) for event in events],
            }
        )
        return
    _show_claims(found, desk)
    _show_events(events)
    done, how = len(desk.weighed.reviews), "listed" if everything else "await review"
    tell(f"{counted(len(found), 'claim')} {how}, {counted(done, 'review')} on record")


@review_app.command()
@reported()
def accept(
    claim: Subject,
    by: By,
    reason: Reason = "",
    brief: OfBrief = None,
    parameter: Given = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Vouch for a claim as it reads. A newer reading of its words does not change it any more."""
    _review(claim, "accept", by, reason, brief, parameter, workspace, as_json=as_json)


@review_app.command()
@reported()
def correct(
    claim: Subject,
    by: By,
    reason: Reason,
    values: Annotated[
        list[str],
        typer.Option("--set", metavar="NAME=VALUE", help="What it should say, such as count=15; may be repeated."),
    ],
    brief: OfBrief = None,
    parameter: Given = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Say what a claim should have been read as. What was read is kept; other copies of the statement follow."""
    said = pairs(values, refused=UsageError, what="value", example="--set count=15")
    _review(claim, "correct", by, reason, brief, parameter, workspace, as_json=as_json, corrections=said)


@review_app.command()
@reported()
def reject(
    claim: Subject,
    by: By,
    reason: Reason,
    brief: OfBrief = None,
    parameter: Given = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Take out a claim, or a whole report. No figure counts it any more; the edition's files keep it, with why."""
    _review(claim, "reject", by, reason, brief, parameter, workspace, as_json=as_json)


@review_app.command()
@reported()
def merge(
    claim: Subject,
    into: Annotated[str, typer.Option("--into", metavar="OTHER", help="The claim or event it is one with.")],
    by: By,
    reason: Reason,
    brief: OfBrief = None,
    parameter: Given = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Hold two claims to be one statement. They have one origin then; two events are one happening."""
    _review(claim, "merge", by, reason, brief, parameter, workspace, as_json=as_json, into=into)


@review_app.command("withdraw")
@reported()
def review_withdraw(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The id of a review, or of the claim it holds of.")],
    by: By,
    reason: Reason,
    brief: OfBrief = None,
    parameter: Given = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Take a review back. What held before it holds again; both stay on record."""
    _review(claim, "withdraw", by, reason, brief, parameter, workspace, as_json=as_json)


@review_app.command()
@reported()
def log(workspace: Here = None, as_json: AsJson = False) -> None:
    """Print every review of the workspace, oldest first."""
    from ..release.reviews import history

    found = history(workspace=workspace)
    if as_json:
        from ..layout.export import review_row

        dump({"schema": "briefings.reviews/v1", "reviews": [review_row(one) for one in found]})
        return
    for one in found:
        _wrap(f"{one.id[:8]}  {one.at:%Y-%m-%d %H:%M}Z  {_told(one)}", hang=10)
        _wrap(f"by {one.by}" + (f": {one.reason}" if one.reason else ""), indent=10)


def _review(
    subject: str,
    verdict: Verdict,
    by: str,
    reason: str,
    brief: str | None,
    parameter: list[str] | None,
    workspace: Path | None,
    *,
    as_json: bool,
    corrections: dict[str, str] | None = None,
    into: str | None = None,
) -> None:
    from ..desks.telling import count_of
    from ..layout.export import review_row
    from ..release.reviews import after, replaced, review

    desk = _desk(brief, parameter, workspace) if brief or parameter else None
    made = review(
        subject, verdict, by=by, reason=reason, corrections=corrections, into=into, desk=desk, workspace=workspace
    )
    now, former = after(made), replaced(made, workspace=workspace)
    if as_json:
        rows = [claim.model_dump(mode="json") for claim in now]
        dump({"schema": "briefings.review/v1", "review": review_row(made), "claims": rows})
        return
    say(made.id)
    tell(_told(made))
    if former is not None:
        tell(f"it takes the place of review {former.id[:8]}: {_told(former)}, by {former.by}")
    for claim in now if verdict in ("correct", "merge") else ():
        tell(f"now {claim.id[:8]}: {count_of(claim)}")


def _desk(brief: str | None, parameter: list[str] | None, workspace: Path | None) -> Desk:
    from ..core import config
    from ..desks import asked
    from ..making.edition import desk_of

    space = config.load(workspace)
    given = pairs(parameter)
    if "date" not in given:
        raise ParameterError("for which day?", fix="add -p date=YYYY-MM-DD, or -p date=today")
    return desk_of(asked.named(brief, space), given, workspace=space)[1]


# ── how it is shown ─────────────────────────────────────────────────────────────────────────────────


def _told(one: Review) -> str:
    past = {
        "accept": "accepted",
        "correct": "corrected",
        "reject": "rejected",
        "merge": "merged",
        "withdraw": "withdrawn",
    }[one.verdict]
    what = f"review {one.withdraws[:8]} of {one.kind}" if one.withdraws else one.kind
    words = "; ".join(f"“{claim.quote}”" for claim in one.claims[:3]) + ("; …" if len(one.claims) > 3 else "")
    values = ", ".join(f"{name}={'' if value is None else value}" for name, value in one.corrections.items())
    into = f"into {one.into[0].id[:8]}" if one.into else ""
    return " ".join(filter(None, (past, what, one.subject[:8], words, into, values)))


def _show_claims(found: tuple[Awaiting, ...], desk: Desk) -> None:
    from ..desks.awaiting import REASONS

    heading = ""
    for one in found:
        first = one.reasons[0] if one.reasons else f"reviewed: {one.review.verdict}" if one.review else ""
        if first != heading:
            say()
            _wrap(f"{first}: {REASONS[first]}" if first in REASONS else first)
            heading = first
        source = desk.document(one.claim.document_id).source
        _show_claim(one.claim, source, [reason for reason in one.reasons[1:] if reason != "unreviewed"], one.review)


def _show_claim(claim: Claim, source: str, also: list[str], review: Review | None) -> None:
    from ..desks.telling import CLOSE, OPEN, count_of, parted, verdict, voice_of

    _wrap(
        f"{claim.id[:8]}  {count_of(claim)}; {voice_of(claim)}, in {claim.publisher or source}",
        indent=2,
        hang=10,
    )
    before, quote, behind = parted(claim)
    _wrap(f"{before}{OPEN}{quote}{CLOSE}{behind}", indent=12)
    if also:
        _wrap(f"also {', '.join(also)}", indent=12)
    if review is not None:
        _wrap(f"review: {verdict(review)}", indent=12)


def _show_events(events: tuple[Event, ...]) -> None:
    if events:
        say()
        say("events")
    for event in events:
        days = f"{event.window.start}..{event.window.end}"
        what = f"{counted(len(event.claims), 'claim')} in {counted(len(event.documents), 'document')}"
        _wrap(f"{event.id[:8]}  {days} {event.title}; {what}", indent=2, hang=10)


def _wrap(said: str, *, indent: int = 0, hang: int = 0) -> None:
    from ..page.untrusted import clean

    lines = textwrap.wrap(
        clean(said),
        max(columns(), 40),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        say(line)


def _awaiting_row(one: Awaiting) -> dict[str, Any]:
    from ..layout.export import review_row

    return {
        "claim": one.claim.model_dump(mode="json"),
        "reasons": list(one.reasons),
        "figures": list(one.figures),
        "review": review_row(one.review) if one.review else None,
    }


def _event_row(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "title": event.title,
        "window": event.window.model_dump(mode="json"),
        "place": event.place,
        "claims": [claim.id for claim in event.claims],
        "documents": list(event.documents),
    }
