"""Says on standard error what a program that nobody watches does: one event a line, as words or as a JSON object.

Every secret that was looked up is struck out, wherever in an event it stands.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Literal, Protocol, TextIO

from ..core.redaction import redacted

Form = Literal["text", "json"]
Level = Literal["info", "warning", "error"]


class Log(Protocol):
    """Told of each event: its name, such as `run.ended`, and what belongs to it."""

    def __call__(self, event: str, /, *, level: Level = "info", **fields: Any) -> None:
        """Write one event down."""
        ...


def unheard(event: str, /, *, level: Level = "info", **fields: Any) -> None:
    """Say nothing: the log of what somebody watches, or nobody wants to."""


def lines(
    form: Form, *, stream: TextIO | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Log:
    """Return a log that writes lines, by default to standard error; where nobody can read it, work goes on unheard."""

    def write(event: str, /, *, level: Level = "info", **fields: Any) -> None:
        at = clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = _as_json(at, level, event, fields) if form == "json" else _as_words(at, level, event, fields)
        with suppress(OSError):  # a pipe that nobody reads any more, or a disk that is full
            print(line, file=stream or sys.stderr, flush=True)

    return write


def _as_json(at: str, level: Level, event: str, fields: dict[str, Any]) -> str:
    return json.dumps({"at": at, "level": level, "event": event, **_struck_out(fields)}, ensure_ascii=False)


def _as_words(at: str, level: Level, event: str, fields: dict[str, Any]) -> str:
    told = " ".join(f"{name}={_word(value)}" for name, value in _struck_out(fields).items() if value not in ("", None))
    return f"{at} {level} {event} {told}".rstrip()


def _word(value: Any) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if any(one.isspace() or one in '"=' for one in text) else text


def _struck_out(value: Any) -> Any:
    """Return a value fit for JSON, with every secret in its texts struck out."""
    if isinstance(value, dict):
        return {redacted(str(name)): _struck_out(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_struck_out(one) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redacted(value.isoformat() if isinstance(value, datetime) else str(value))
