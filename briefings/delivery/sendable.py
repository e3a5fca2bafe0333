"""Says whether an edition may go out to some people, and every reason why not, each with what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..core.clearance import bar, exceeds
from ..errors import PolicyError
from ..model import Approval, Edition
from .mail import pdf_digest

if TYPE_CHECKING:
    from ..core.outlets import ChannelSpec
    from ..core.recipients import Recipient

OVER = ("WITHDRAWN", "SUPERSEDED")
"""The codes of refusals after which an edition never goes out again, whatever is mended."""


def refusals(
    edition: Edition,
    approvals: Sequence[Approval],
    pdf: bytes,
    recipients: Iterable[Recipient],
    *,
    newer: Edition | None = None,
    newer_gone: bool = False,
    withdrawn: str = "",
    channels: Mapping[str, ChannelSpec] | None = None,
) -> Iterator[PolicyError]:
    """Yield every reason why an edition must not go to these recipients; where it is over for good, that alone.

    `newer` is a later version of the same issue, `newer_gone` says that that was withdrawn, and `withdrawn` why the
    edition itself was. Codes: NOT_APPROVED, PDF_CHANGED, SUPERSEDED, WITHDRAWN, MARKING.
    """
    if withdrawn:
        yield taken_back(edition, withdrawn)
        return
    if newer is not None:
        yield replaced(edition, newer, gone=newer_gone)
        return
    given = [one for one in approvals if one.edition_id == edition.id]
    approval = max(given, key=lambda one: one.at, default=None)
    if approval is None:
        yield PolicyError(
            f"{edition.id} is not approved",
            where=edition.id,
            why="only a PDF that a person has read and released is sent",
            fix=f"read {edition.pdf_name}, then run: briefings approve {edition.id} --by NAME",
            code="NOT_APPROVED",
        )
    elif pdf_digest(pdf) != approval.pdf_sha256:
        yield PolicyError(
            f"the PDF of {edition.id} is not the one that was approved",
            where=edition.id,
            why=f"approved {approval.pdf_sha256[:16]}…, found {pdf_digest(pdf)[:16]}…",
            fix=f"read the PDF as it is now, then run: briefings approve {edition.id} --by NAME",
            code="PDF_CHANGED",
        )
    yield from overmarked(edition, recipients, channels or {})


def taken_back(edition: Edition, why: str) -> PolicyError:
    """Return the refusal of an edition that was withdrawn, by the reason that was given."""
    return PolicyError(
        f"{edition.id} was withdrawn",
        where=edition.id,
        why=why,
        fix=f"mend what was wrong, then run: {_again(edition)}; read and approve what comes, the next version",
        code="WITHDRAWN",
    )


def _again(edition: Edition) -> str:
    """Return the command that makes the issue anew, in the language it was in where that is not the brief's own."""
    tongue = edition.series.removeprefix(edition.brief).removeprefix(".")
    return f"briefings make {edition.brief} -p date={edition.date}" + (f" -p language={tongue}" if tongue else "")


def replaced(edition: Edition, newer: Edition, *, gone: bool = False) -> PolicyError:
    """Return the refusal of an edition whose place a newer one took, which is `gone` where it was withdrawn itself."""
    again = f"{_again(edition)}, and approve what comes: nothing of this issue can be sent any more"
    return PolicyError(
        f"{edition.id} is superseded by version {newer.version}",
        where=edition.id,
        why=f"{newer.id} replaces it" + (", and was withdrawn itself" if gone else ""),
        fix=again if gone else f"briefings send {newer.id}",
        code="SUPERSEDED",
    )


def overmarked(
    edition: Edition, recipients: Iterable[Recipient], channels: Mapping[str, ChannelSpec]
) -> Iterator[PolicyError]:
    """Yield the refusal MARKING if some of the recipients may not have what bears the marking of the edition."""
    barred = [(one, why) for one in recipients if (why := barred_from(edition, one, channels))]
    if barred:
        yield PolicyError(
            f"{edition.id} is marked {edition.marking} and may not go to {len(barred)} of the recipients",
            where=", ".join(one.address for one, _ in barred),
            why="; ".join(dict.fromkeys(why for _, why in barred)),
            fix="take them off the list, or correct their marking in briefings.toml; nothing was queued or sent",
            code="MARKING",
        )


def barred_from(edition: Edition, recipient: Recipient, channels: Mapping[str, ChannelSpec]) -> str:
    """Return why a recipient may not get an edition, by what they and their channel are cleared for, or nothing."""
    spec = channels.get(recipient.channel)
    if spec is not None and exceeds(edition.marking, spec.marking):
        return f"the channel {spec.id} is cleared only up to {spec.marking}"
    if spec is not None and spec.read_by_several and edition.marking == "TLP:RED":
        return f"TLP:RED goes to named individuals only, and several read the channel {spec.id} ({spec.kind})"
    return bar(edition.marking, recipient, channel_public=spec is not None and spec.read_by_anybody)
