"""Composes what goes out of an edition: the released PDF, readers' own copies of it, its words, and the link to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.clearance import exceeds
from ..core.recipients import Recipient
from ..core.settings import Workspace
from ..delivery import deliver
from ..delivery.mail import Summary, attachment_name
from ..delivery.sendable import barred_from
from ..layout import themes
from ..making import letters, manifest
from ..making.press import released_name
from ..model import Approval, Edition
from ..notebook.brief import Brief
from ..printing import pdf
from ..protecting import protection
from ..storage.store import Store
from .approving import changed, read_brief, require_untouched

SENDER_NOWHERE = "briefings@localhost.invalid"
"""Who sends where no mail relay is set up: the ids of messages are made of it."""


def job_of(space: Workspace, store: Store, edition: Edition, people: Sequence[Recipient]) -> deliver.Job:
    """Return what is to be sent to these people: the reviewed PDF where there is an approval, else the draft.

    Raises PolicyError `EDITION_CHANGED` where a file of the edition is not as it was filed: the words of messages and
    archives are made of its sections, and an approval holds for no others.
    """
    folder = space.reports / edition.folder
    require_untouched(folder, edition)
    approvals = store.approvals(edition.id)
    path = folder / released_name(edition, approvals)
    try:
        data = path.read_bytes()
    except OSError:
        raise changed(path, edition) from None
    brief = _as_released(read_brief(folder), approvals)
    means = protection.means_for(space, edition.brief, brief.masthead.language, people, at=store.now())
    wanted = [means.wanted(one) for one in people]
    name = attachment_name(edition)
    link, unlinked = link_to(space, edition, people)
    enclosed = letters.Enclosed(name, manifest.file_sha256(data), own=any(wanted))
    forms = {"pdf": enclosed}
    if any("password" in one for one in wanted):
        forms["closed"] = replace(enclosed, closed=True)
    if link:
        forms["link"] = replace(enclosed, link=link, attached=False)
    if any(one.format == "body" for one in people):
        forms["body"] = replace(enclosed, attached=False)
    said = summaries(space, brief, edition, forms)
    own = None
    if any(wanted):
        public = [one for one, spec in space.channels.items() if spec.read_by_anybody]
        words = [text for summary in said.values() for text in (summary.text, summary.html)]
        own = protection.copies(data, means, public=public, words=words)
    return deliver.Job(
        edition, data, said["pdf"], sender_of(space),
        link=link, unlinked=unlinked, linked=said.get("link"), bare=said.get("body"), closed=said.get("closed"),
        own_copy=own,
    )  # fmt: skip


def _as_released(brief: Brief, approvals: Sequence[Approval]) -> Brief:
    """Return the brief under the head it goes out with: reviewed, or read by nobody; a draft stays one."""
    if not approvals:
        return brief
    by, standing = approvals[-1].by, approvals[-1].standing
    said = {"state": "unattended", "released_by": by} if standing else {"state": "reviewed", "reviewed_by": by}
    return brief.model_copy(update={"masthead": brief.masthead.model_copy(update=said)})


def sender_of(space: Workspace) -> str:
    """Return as whom a workspace sends."""
    return space.smtp.sender if space.smtp else SENDER_NOWHERE


def link_to(space: Workspace, edition: Edition, people: Sequence[Recipient]) -> tuple[str, str]:
    """Return where the PDF of an edition can be read, else why at none of the addresses that settings name.

    That is below link_base of mail or of a channel that the edition goes to, where what bears its marking may be read.
    """
    ours = {one.channel for one in people if not barred_from(edition, one, space.channels)}
    places = [("[smtp]", space.smtp.link_base, space.smtp.link_marking, "link_marking")] if space.smtp else []
    places += [
        (f"[channels.{name}]", spec.link_base, spec.marking, "marking")
        for name, spec in space.channels.items()
        if name in ours
    ]
    unlinked = ""
    for table, base, ceiling, setting in places:
        if base and not exceeds(edition.marking, ceiling):
            return f"{base}{edition.id}/{attachment_name(edition)}", ""
        if base and not unlinked:
            unlinked = f"it is {edition.marking}, and link_base of {table} is for {ceiling} at most ({setting})"
    return "", unlinked


def summaries(
    space: Workspace, brief: Brief, edition: Edition, forms: dict[str, letters.Enclosed]
) -> dict[str, Summary]:
    """Return what messages say of the PDF in each form. Raises RenderError or ContractError as `letters.written`."""
    theme = themes.load_theme(folders=[space.templates], layout=letters.LAYOUT)
    with pdf.Printer(limits=pdf.Limits(fill=space.limits.fill_seconds), prints=False) as printer:
        said = {name: letters.written(brief, enclosed, theme, printer=printer) for name, enclosed in forms.items()}
    head = brief.masthead
    return {
        name: Summary(
            series=head.title,
            number=head.number,
            marking=head.marking,
            edition_id=edition.id,
            pdf_sha256=forms[name].sha256,
            language=head.language,
            text=letter.text,
            html=letter.html,
        )
        for name, letter in said.items()
    }
