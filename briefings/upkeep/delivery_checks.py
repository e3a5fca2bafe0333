"""Looks at how editions go out of a workspace: the mail relay, the channels, and who signs readers' copies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..errors import BriefingsError, ConfigError, MissingDependency
from .checkup import Check, package_line

if TYPE_CHECKING:
    from ..core.settings import Smtp, Workspace

_RENEW_DAYS = 30
_STANDING_DAYS = 14


def mail_configured(space: Workspace, *, network: bool = False) -> Iterator[Check]:
    """Check that briefs could be sent; the relay is greeted only with `network`."""
    from ..core.credentials import resolve_secret

    smtp = space.smtp
    if smtp is None:
        yield Check("Mail", "advice", "no relay named; briefs can be made, not sent", "add [smtp] to briefings.toml")
        return
    try:
        resolve_secret(smtp.password, base=space.root)
    except ConfigError as fault:
        yield Check(
            "Mail", "missing", f"the relay's password: {fault.what}", fault.fix or "set it where briefings.toml says"
        )
        return
    here = smtp.host in {"localhost", "127.0.0.1", "::1"}
    if smtp.tls == "none" and not here:
        yield Check(
            "Mail", "advice", f"{smtp.host} is spoken to without encryption", 'set tls = "starttls" under [smtp]'
        )
    elif network:
        yield _greet(smtp)
    else:
        yield Check("Mail", "ok", f"{smtp.host}:{smtp.port} with {smtp.tls}, not contacted")


def _greet(smtp: Smtp) -> Check:
    import smtplib
    import ssl

    context = ssl.create_default_context(cafile=smtp.ca_file or None)
    try:
        if smtp.tls == "implicit":
            relay: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=10, context=context)
        else:
            relay = smtplib.SMTP(smtp.host, smtp.port, timeout=10)
        with relay:
            relay.ehlo()
            if smtp.tls == "starttls":
                relay.starttls(context=context)
    except (OSError, smtplib.SMTPException) as fault:
        return Check(
            "Mail",
            "missing",
            f"{smtp.host}:{smtp.port} does not answer as set: {fault}",
            "correct [smtp], or ask who runs the relay",
        )
    return Check("Mail", "ok", f"{smtp.host}:{smtp.port} answers with {smtp.tls}")


def standing_lasts(space: Workspace, *, at: datetime | None = None) -> Iterator[Check]:
    """Check that no standing approval has ended or ends soon: from then on its brief goes out no more by itself."""
    moment = at or datetime.now(UTC)
    for name, settings in space.briefs.items():
        standing = settings.standing_approval
        if standing is None:
            continue
        left = (standing.until - moment.astimezone(space.region(name).zone).date()).days
        if left > _STANDING_DAYS:
            yield Check("Standing approvals", "ok", f"{name}: by {standing.by}, up to {standing.until}")
            continue
        ends = "ended with" if left < 0 else "ends with"
        fix = f"have a new until agreed in standing_approval of [briefs.{name}], or a person read each edition"
        yield Check("Standing approvals", "advice", f"{name}: that of {standing.by} {ends} {standing.until}", fix)


def channels_open(space: Workspace) -> Iterator[Check]:
    """Check that each channel of the workspace could be opened; list those of installed packages that none names."""
    from ..core.folders import folder, writable
    from ..core.outlets import FOLDERS
    from ..delivery.channel_kinds import opened, origin, supplied

    others = supplied()
    for name, spec in space.channels.items():
        whose = f", of {origin(others[spec.kind])}" if spec.kind in others else ""
        try:
            opened(spec, space.root)
        except BriefingsError as fault:
            yield Check("Channels", "missing", f"{name}: {fault.what}", fault.fix or f"mend [channels.{name}]")
            continue
        if spec.kind in FOLDERS and not writable(place := folder(spec.path, space.root)):
            fix = f"make {place}, owned by whoever runs this, or name another path in [channels.{name}]"
            yield Check("Channels", "missing", f"{name}: nothing can be written to {place}", fix)
        else:
            yield Check("Channels", "ok", f"{name} ({spec.kind}{whose}), cleared up to {spec.marking}, not contacted")
    used = {spec.kind for spec in space.channels.values()}
    for kind, found in others.items():
        if kind not in used:
            yield Check("Channels", "ok", f"{kind}, of {origin(found)}, is installed and off: no channel names it")


def signing_possible(space: Workspace, now: datetime | None = None) -> Iterator[Check]:
    """Check that copies that are to be signed can be, and for how long; nothing is signed."""
    if not space.protection.key:
        return
    from ..protecting.signing import signatory

    at = now or datetime.now(UTC)
    try:
        signer = signatory(space.protection, base=space.root, at=at)
    except MissingDependency as fault:
        yield Check("Signing", "missing", fault.what, package_line("briefings[sign]"))
    except ConfigError as fault:
        why = f": {fault.why}" if fault.why else ""
        yield Check("Signing", "missing", f"{fault.what}{why}", fault.fix or "look at [protection]")
    else:
        left = (signer.ends - at).days
        said = f"as {signer.name}, until {signer.ends:%Y-%m-%d}"
        if left < _RENEW_DAYS:
            yield Check("Signing", "advice", f"{said}: {left} days", "have the certificate renewed")
        else:
            yield Check("Signing", "ok", said)
