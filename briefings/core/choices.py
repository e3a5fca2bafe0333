"""The words that settings and commands choose among, known to a shell before anything else is loaded."""

from __future__ import annotations

from typing import Literal, get_args

SourceKind = Literal["folder", "feed", "page", "table"]
"""What a source may be."""

Dataset = Literal["ucdp-ged", "acled"]
"""What a table of incidents may be an extract of."""

Measure = Literal["watermark", "password", "signature"]
"""What may protect a copy of an edition, in the order in which they hold together."""

MEASURES: tuple[Measure, ...] = get_args(Measure)

MOVING = ("today", "yesterday", "month_start")
"""Words for days that move with the calendar; beside them there are `-7d` and the like."""

Decision = Literal["resend", "delivered", "bounced"]
"""What a person may say of a message: send it again, it arrived, or it came back from the recipient's own server."""

STATES = ("queued", "sending", "sent", "failed", "deferred", "unknown", "bounced", "stopped")
"""What may have become of a message."""

TRIALS = ("typical", "empty", "one-source", "disputed", "huge", "right-to-left")
"""The small sets of reports that a brief is tried on."""

LOGS = ("text", "json")
"""How events are written on standard error."""

EventKind = Literal["run", "edition", "act"]
"""What the history of a workspace tells of: due runs, editions filed, and who did what."""

EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
