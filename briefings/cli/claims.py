"""The commands that read reports and reconcile what they say: they parse, call one function, and print.

`cli` puts them among the others. What is heavy is imported inside the command that needs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ..errors import BriefingsError, UsageError
from .arguments import AsJson, BriefName, Given, Here, day, pairs
from .terminal import complain, dump, progress, reported, say, show_table, tell

if TYPE_CHECKING:
    from ..authoring.dossiers import Totalled
    from ..report.scoring import Score


@reported()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Reports: text, Markdown, HTML or PDF.")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a document.")] = False,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of publication, for reports that do not say it.")
    ] = None,
) -> None:
    """Print the claims in reports, with the words they rest on."""
    import json

    from ..layout.export import reading_row
    from ..report.extract import read_document
    from ..sources.documents import load_document

    on = day(published, "--published") if published else None
    failed = 0
    for file in files:
        try:
            document = load_document(file, published=on)
            reading = read_document(document)
        except BriefingsError as fault:
            complain(fault)
            failed += 1
            continue
        if jsonl:
            say(json.dumps(reading_row(str(file), document, reading), ensure_ascii=False))
            continue
        say(f"{file}: {len(reading.claims)} claims")
        show_table(
            ("outcome", "count", "group", "claimant", "window", "place", "words", "rule"),
            [
                (
                    claim.outcome,
                    _bounds(claim.low, claim.high),
                    claim.group,
                    " ".join(filter(None, (claim.office, claim.claimant))) or "(the report itself)",
                    f"{claim.date_from or '?'}..{claim.date_to or '?'}",
                    claim.place or "",
                    claim.quote,
                    claim.rule,
                )
                for claim in reading.claims
            ],
        )
    if failed:
        raise typer.Exit(3)


@reported()
def figures(
    brief: BriefName,
    parameter: Given = None,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Print the reconciled figures of a brief. Its notebooks are not run; `explain` takes the short names."""
    from ..desks.evidence import told_by
    from ..layout.export import key
    from ..making.edition import figures_of
    from ..reconciling.phrasing import among

    plan, found = figures_of(brief, pairs(parameter), workspace=workspace)
    if as_json:
        dump(
            {
                "schema": "briefings.figures/v1",
                "brief": plan.settings.id,
                "as_of": plan.as_of.isoformat(),
                "figures": [{"key": key(figure), **figure.model_dump(mode="json")} for figure in found],
            }
        )
        return
    show_table(
        ("name", "window", "group", "outcome", "figure", "status", "rule", "reviewed", "who says so"),
        [
            (
                key(figure),
                f"{figure.window.start}..{figure.window.end}",
                figure.unit or figure.group,
                figure.outcome,
                figure.text + (f" ({figure.formula}, computed)" if figure.formula else "") + among(figure),
                figure.status,
                figure.rule,
                f"{figure.reviewed.looked_at}/{figure.reviewed.claims}" if figure.reviewed else "",
                told_by(figure),
            )
            for figure in found
        ],
    )


@reported()
def total(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Folders of reports, one an event; files make one event.")
    ],
    outcome: Annotated[str, typer.Option(metavar="OUTCOME", help="killed, injured, missing, abducted …")] = "killed",
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Leave out what was published after that day (UTC).")
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of publication, for reports that do not say it.")
    ] = None,
    differing: Annotated[
        Literal["highest", "lowest", "none"],
        typer.Option(help="The best number where reports differ and no two origins agree."),
    ] = "highest",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object an event.")] = False,
) -> None:
    """Print what one event cost, all groups together. Low, best and high over its reports, and the rule."""
    import json
    from datetime import UTC, datetime, time

    from ..authoring.dossiers import dossiers, total_row, totals
    from ..model import OUTCOMES

    if outcome not in OUTCOMES:
        raise UsageError(f"{outcome!r} is no outcome", fix=f"give one of {', '.join(OUTCOMES)}")
    until = datetime.combine(day(as_of, "--as-of"), time.max, UTC) if as_of else None
    on = day(published, "--published") if published else None
    failed = 0
    for one in totals(dossiers(paths), outcome=outcome, as_of=until, published=on, differing=differing):
        for fault in one.faults:
            complain(fault)
        failed += len(one.faults)
        if jsonl:
            say(json.dumps(total_row(one), ensure_ascii=False))
        else:
            _show_total(one)
    if failed:
        raise typer.Exit(3)


def _show_total(one: Totalled) -> None:
    from ..reconciling.glossary import meaning

    whole = one.total
    best = f", best {whole.best:,} by {whole.best_rule}" if whole.best is not None else f", no best: {whole.rule}"
    added = f" ({whole.computation.formula}, computed)" if whole.computation else ""
    notes = f"  [{', '.join(whole.flags)}]" if whole.flags else ""
    say(f"{one.event}: {whole.outcome} {whole.text}{best}{added}{notes}")
    tell(f"{whole.rule}: {meaning(whole.rule)}")
    show_table(
        ("published", "report", "all groups", "how", "set aside by"),
        [
            (
                str(account.stated_on or ""),
                account.publisher,
                account.text + (f" ({' + '.join(map(str, account.terms))})" if account.terms else ""),
                account.rule,
                account.aside,
            )
            for account in whole.accounts
        ],
    )


@reported()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Reports, each with its NAME.gold.json beside it.")],
    worst: Annotated[int, typer.Option(metavar="N", min=0, help="Name the misses of the N worst.")] = 0,
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="JSON of shares by name; below one of them the status is 1.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Score the reading of reports whose claims you wrote down.

    Write down every claim a report makes: each one read that the gold does not hold counts against precision.
    """
    from ..authoring.evaluation import below, load_floors, score_row, without_gold
    from ..authoring.evaluation import evaluate as score_reading

    least = load_floors(floors) if floors else {}
    with progress() as step:
        score = score_reading(gold, step=step)
    short = below(score, least)
    if left := without_gold(gold):
        tell(f"not scored, for no gold is beside them: {', '.join(left)}")
    if as_json:
        dump(score_row(score, short))
    else:
        _show_worst(score, worst)
        tell(f"{score.documents} reports: {score.gold} claims in the gold, {score.read} read, {score.found} found")
        show_table(
            ("share", "value", "floor"),
            [(name, f"{value:.3f}", str(least.get(name, ""))) for name, value in score.shares().items()],
        )
    if short:
        tell(f"below the floor: {', '.join(short)}")
        raise typer.Exit(1)


def _show_worst(score: Score, number: int) -> None:
    for marks in sorted(score.marks, key=lambda one: (one.f1, one.name))[:number]:
        say(f"{marks.name}: F1 {marks.f1:.2f}")
        for missed in marks.missed:
            say(f"  missed   {missed.outcome} {_bounds(missed.low, missed.high)} “{missed.quote}”")
        for made_up in marks.spurious:
            say(f"  made up  {made_up.outcome} {_bounds(made_up.low, made_up.high)} “{made_up.quote}” ({made_up.rule})")


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"
