"""The channel of folders: each edition in a folder of its own, on this machine or in a bucket that fsspec reaches."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import folders
from .channels import Before, Parcel, Refused, Unopened
from .errors import BriefingsError
from .filing import replace_file
from .outlets import ChannelSpec

ABOUT = "edition.json"
"""What beside the PDF says which edition it is."""

_PART = re.compile(r"[^\s/\\.][^/\\]{0,99}")


class Folder(Unopened):
    """Writes `<edition>/<file>.pdf`, the words of the message as text, and what edition it is.

    The address of a recipient, where it is not the channel's own name, is a folder below that of the channel. Nothing
    that is written tells of any recipient. Writing the same once more changes nothing.
    """

    repeatable = True

    def __init__(self, spec: ChannelSpec, base: Path) -> None:
        self.name = spec.id
        self._root = folders.folder(spec.path, base, setting=f"channels.{spec.id}.path")

    def send(self, parcel: Parcel, *, before_data: Before) -> str:
        """Write the files of one edition, the PDF first. Raises Refused where they cannot be written."""
        place = self._below(parcel.recipient.address) / parcel.edition.id
        before_data()
        for name, data in files(parcel).items():
            put(place / name, data)
        return f"written to {place}"

    def _below(self, address: str) -> Path:
        """Return the folder of a recipient. Raises Refused for an address that would lead out of the channel's own."""
        parts = [] if address == self.name else address.split("/")
        if not all(_PART.fullmatch(part) for part in parts):
            raise Refused(f"{address!r} is no folder below that of the channel", temporary=False)
        return self._root.joinpath(*parts)


def files(parcel: Parcel) -> dict[str, bytes]:
    """Return what is written of a parcel, by name: its PDF if it has one, its words, and what edition it is."""
    found = {parcel.file_name: parcel.pdf} if parcel.pdf else {}
    stem = parcel.file_name.removesuffix(".pdf")
    if parcel.notice:
        return {f"{stem}_{parcel.notice.upper()}.txt": parcel.summary.text.encode()}
    found[f"{stem}.txt"] = parcel.summary.text.encode()
    found[ABOUT] = (json.dumps(about(parcel), ensure_ascii=False, indent=2) + "\n").encode()
    return found


def about(parcel: Parcel) -> dict[str, Any]:
    """Return what an edition is, as JSON-ready data; of recipients it says nothing."""
    edition = parcel.edition
    return {
        "schema": "briefings.released/v1",
        "edition": edition.id,
        "brief": edition.brief,
        "title": edition.title,
        "marking": edition.marking,
        "date": edition.date.isoformat(),
        "version": edition.version,
        "language": parcel.summary.language,
        "as_of": edition.as_of.isoformat(),
        "file": parcel.file_name if parcel.pdf else "",
        "sha256": sha256(parcel.pdf).hexdigest() if parcel.pdf else "",
        "link": parcel.link,
    }


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, its folder with it. Raises Refused to be tried again where that fails."""
    try:
        replace_file(path, data)
    except BriefingsError as fault:
        raise Refused(f"{fault.what} ({fault.where})", temporary=True) from fault
    except Exception as fault:  # each library that reaches folders elsewhere has faults of its own
        raise Refused(f"{path} cannot be written: {type(fault).__name__}: {fault}"[:300], temporary=True) from fault
