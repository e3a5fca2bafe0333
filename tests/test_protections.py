"""What protects a copy is said by its reader, their list or the workspace; what cannot hold is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefings.core.config import load
from briefings.core.protections import Protection, measures
from briefings.core.recipients import Recipient, RecipientList
from briefings.core.settings import FILE
from briefings.errors import ConfigError

KEY = Protection(protect=("signature",), key="file:key")


def reader(**options: str) -> Recipient:
    return Recipient(address="a@example.org", options=options)


def test_who_is_nearest_to_the_reader_says_what_protects_their_copy() -> None:
    """The reader before the lists, all of them together, before the workspace."""
    plain = RecipientList(id="plain", recipients=(reader(),))
    marked = RecipientList(id="marked", recipients=(reader(),), protect=("watermark",))
    closed = RecipientList(id="closed", recipients=(Recipient(address="A@Example.org"),), protect=("password",))
    others = RecipientList(id="others", recipients=(Recipient(address="b@example.org"),), protect=("password",))
    assert measures(reader(), [plain], KEY) == {"signature"}
    assert measures(reader(), [plain, marked, others], KEY) == {"watermark"}
    assert measures(reader(), [marked, closed], KEY) == {"watermark", "password"}
    assert measures(reader(protect="signature, watermark"), [closed], KEY) == {"signature", "watermark"}
    assert measures(reader(protect=""), [closed], KEY) == frozenset()
    with pytest.raises(ValueError, match="'seal' protects nothing"):
        measures(reader(protect="seal"), [], KEY)


def refused(tmp_path: Path, settings: str) -> str:
    (tmp_path / FILE).write_text(settings)
    with pytest.raises(ConfigError) as fault:
        load(tmp_path)
    return str(fault.value)


LIST = '[lists.duty]\nprotect = [{measures}]\nrecipients = [{{ address = "a@example.org"{more} }}]\n'


@pytest.mark.parametrize(
    ("measures", "more", "protection", "why"),
    [
        ('"password"', "", 'passwords = "file:seed"', "ISO 19005-3, 6.1.3"),
        ('"password"', "", "archival = false", "nothing is said of it"),
        ('"signature"', "", "", "there is no key"),
        ('"watermark"', ', format = "link"', "", "which can be signed, but not marked for one of them:"),
        (
            '"watermark", "password"',
            ', format = "link"',
            'archival = false\npasswords = "file:s"',
            "which can be signed, but not marked for one of them and opened by a password of theirs:",
        ),
        ('"password"', ', format = "link"', 'archival = false\npasswords = "file:s"', "opened by a password"),
        ('"password"', ', format = "body"', 'archival = false\npasswords = "file:s"', "anybody on the way can read"),
        ("", ', options = { protect = "seal" }', "", "'seal' protects nothing"),
        ("", ', options = { password = "hunter2" }', "", "a secret is never written here"),
    ],
)
def test_what_cannot_hold_together_is_refused_where_it_is_written(
    tmp_path: Path, measures: str, more: str, protection: str, why: str
) -> None:
    """With its reason and its place in the file, before any copy is made; a secret is not repeated."""
    settings = LIST.format(measures=measures, more=more) + f"[protection]\n{protection}\n"
    told = refused(tmp_path, settings)
    assert why in told
    assert "lists.duty.recipients" in told
    assert "hunter2" not in told


def test_what_the_workspace_asks_for_is_held_to_the_same(tmp_path: Path) -> None:
    """Also where nobody is on a list yet."""
    assert "ISO 19005-3" in refused(tmp_path, '[protection]\nprotect = ["password"]\npasswords = "file:seed"\n')
    assert "must be one of watermark, password, signature" in refused(tmp_path, '[protection]\nprotect = ["lock"]\n')
    assert "a secret is never written here" in refused(tmp_path, '[protection]\nkey = "secrets/key.pem"\n')


def test_what_holds_together_is_taken(tmp_path: Path) -> None:
    """All three for one list, a signature for the others; a reader's own password needs no seed."""
    (tmp_path / FILE).write_text(
        LIST.format(measures='"watermark", "password", "signature"', more=', options = { password = "file:pw" }')
        + '[protection]\nprotect = ["signature"]\nkey = "file:key.pem"\narchival = false\n'
    )
    space = load(tmp_path)
    (one,) = space.lists["duty"].recipients
    assert measures(one, space.lists.values(), space.protection) == {"watermark", "password", "signature"}
