"""The channel of folders: each edition in a folder of its own, on this machine or in a bucket that fsspec reaches."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..channels import Before, Parcel, Refused, Unopened
from ..core import folders
from ..core.languages import language
from ..core.outlets import ChannelSpec
from ..errors import BriefingsError
from ..model import Edition
from ..storage.filing import replace_file

ABOUT = "edition.json"
"""What beside the PDF says which edition it is."""


class Folder(Unopened):
    """Writes `<edition>/<file>.pdf`, the words of the message as text, and what edition it is.

    The address of a recipient, where it is not the channel's own name, is a folder below that of the channel. Nothing
    that is written tells of any recipient. Writing the same once more changes nothing. What is told of an edition later
    stands beside it, in place of its words once it was withdrawn, and the print that is marked so takes the place of
    its PDF, unless that is marked with a reader's name or needs a password.
    """

    repeatable = True

    def __init__(self, spec: ChannelSpec, base: Path) -> None:
        self.name, self._spec = spec.id, spec
        self._root = folders.folder(spec.path, base, setting=f"channels.{spec.id}.path")

    def send(self, parcel: Parcel, *, before_data: Before) -> str:
        """Write the files of one edition, the PDF first. Raises Refused where they cannot be written."""
        place = self._below(parcel.recipient.address) / parcel.edition.id
        before_data()
        known = _known(place) if parcel.notice else None
        older = {} if parcel.notice else self._older(place, parcel)
        written = files(parcel, known, replaces=[path.name for path in older])
        for name, data in written.items():
            put(place / name, data)
        for path, held in older.items():
            if not held.get("status"):
                stem = _stem(str(held.get("file") or ""))  # whoever gets the words alone has no file
                put(path / f"{stem}_SUPERSEDED.txt".lstrip("_"), _superseded(parcel))
                put(path / ABOUT, _json(held | {"status": "superseded", "replaced_by": parcel.edition.id}))
        if parcel.marked and known and known.get("file"):
            done = "took the place of" if known["file"] in written else "is not put in the place of"
            return f"written to {place}; the PDF marked as {parcel.notice} {done} the one there"
        return f"written to {place}"

    def _older(self, place: Path, parcel: Parcel) -> dict[Path, dict[str, Any]]:
        """Return what is there of earlier versions of the issue, oldest first, each with what it says of itself."""
        places = [place.parent / one for one in earlier(parcel.edition)]
        return {path: held for path in places if (held := _known(path))}

    def _below(self, address: str) -> Path:
        """Return the folder of a recipient. Raises Refused for an address that would lead out of the channel's own."""
        try:
            return self._root.joinpath(*self._spec.folder_of(address))
        except ValueError as fault:
            raise Refused(str(fault), temporary=False) from None


def files(parcel: Parcel, known: Mapping[str, Any] | None = None, *, replaces: Sequence[str] = ()) -> dict[str, bytes]:
    """Return what is written of a parcel, by name: its PDF if it has one, its words, and what edition it is.

    `known` is what the folder says of the edition already, if it has it; `replaces` names the versions before it there.
    """
    found = {parcel.file_name: parcel.pdf} if parcel.pdf else {}
    stem, words = _stem(parcel.file_name), parcel.summary.text.encode()
    if parcel.notice:
        over = {f"{stem}.txt": words} if known and parcel.notice == "withdrawn" else {}
        return {f"{stem}_{parcel.notice.upper()}.txt": words, **over, **_marked(parcel, known or {})}
    found[f"{stem}.txt"] = words
    more = {"protected": list(parcel.protected), "status": "", "replaces": list(replaces)}
    found[ABOUT] = _json(about(parcel) | more)
    return found


def _marked(parcel: Parcel, known: Mapping[str, Any]) -> dict[str, bytes]:
    """Return what is written over the files of an edition after a notice: what became of it, and the marked print.

    No open print takes the place of a copy that was one reader's own, or of which nobody wrote whether it was. What
    takes that of a signed one is not signed: better a page that says it must not be used than one as good as new.
    """
    if not known or (known.get("status") == "withdrawn" and parcel.notice != "withdrawn"):
        return {}
    if not parcel.marked or not known.get("file") or known.get("protected") not in ([], ["signature"]):
        return {ABOUT: _json({**known, "status": parcel.notice})}
    before = {"released_sha256": known["sha256"], **known}
    anew = {"status": parcel.notice, "sha256": sha256(parcel.marked).hexdigest(), "protected": []}
    return {str(known["file"]): parcel.marked, ABOUT: _json({**before, **anew})}


def earlier(edition: Edition) -> list[str]:
    """Return the ids of the versions of an issue before this one, oldest first, whoever got which."""
    issue = edition.id.removesuffix(f"-{edition.version}")
    return [f"{issue}-{version}" for version in range(1, edition.version)]


def _stem(file_name: str) -> str:
    return file_name.removesuffix(".pdf")


def _superseded(parcel: Parcel) -> bytes:
    """Return what stands beside an edition once a later version lies there: that it did, and which."""
    told = language(parcel.summary.language).text("Superseded by a later version.")
    return f"{parcel.marking}\n{told}\n{parcel.edition.id}\n".encode()


def _known(place: Path) -> dict[str, Any] | None:
    """Return what a folder says of its edition. Raises Refused, to be tried again, where that cannot be read."""
    try:
        found = json.loads((place / ABOUT).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        raise Refused(f"{place / ABOUT} cannot be read: {fault}"[:300], temporary=True) from None
    return found if isinstance(found, dict) else None


def _json(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


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
