"""A channel that sends nothing: it writes down what it was handed, a line of JSON each, to try out and to test."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from ..channels import Before, Parcel, Unopened
from ..core import folders
from ..core.outlets import ChannelSpec

NAME = "outgoing.jsonl"
"""The file in the folder of the channel that holds the lines."""


class Fake(Unopened):
    """Takes every parcel and appends what it is to `outgoing.jsonl`, which only its owner can read."""

    repeatable = False

    def __init__(self, spec: ChannelSpec, base: Path) -> None:
        self.name = spec.id
        self._folder = folders.folder(spec.path, base, setting=f"channels.{spec.id}.path")

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def send(self, parcel: Parcel, *, before_data: Before) -> str:
        """Write one line and return where."""
        before_data()
        line = json.dumps(told(parcel), ensure_ascii=False) + "\n"
        place = self._folder / NAME
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as stream:
            stream.write(line.encode())
            stream.flush()
            os.fsync(stream.fileno())
        return f"written to {place}"


def told(parcel: Parcel) -> dict[str, Any]:
    """Return what a parcel is, as JSON-ready data: to whom, what, under which marking, and the words."""
    return {
        "schema": "briefings.parcel/v1",
        "key": parcel.key,
        "at": parcel.at.isoformat(),
        "edition": parcel.edition.id,
        "notice": parcel.notice,
        "marking": parcel.marking,
        "name": parcel.recipient.name,
        "address": parcel.recipient.address,
        "file": parcel.file_name if parcel.pdf else "",
        "bytes": len(parcel.pdf),
        "sha256": sha256(parcel.pdf).hexdigest() if parcel.pdf else "",
        "link": parcel.link,
        "text": parcel.summary.text,
    }
