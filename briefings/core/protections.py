"""How copies of an edition are protected on their way, as settings: signed, opened by a password, marked by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Annotated

from pydantic import AfterValidator, AnyHttpUrl, Field, TypeAdapter

from ..model import Noun
from .choices import MEASURES, Measure
from .credentials import Secret, a_reference
from .recipients import Recipient, RecipientList, address_key

PROTECT, PASSWORD = "protect", "password"
"""The options of a recipient that this module reads."""

ENCRYPTED_ARCHIVE = (
    "a copy cannot be PDF/A and need a password: what is to be kept must open for anybody (ISO 19005-3, 6.1.3); "
    "write archival = false under [protection], and copies with a password give up the claim of PDF/A"
)
NO_KEY = 'a copy is to be signed and there is no key: name it as key = "file:PATH" under [protection]'
NO_PASSWORDS = (
    "a copy is to need a password and nothing is said of it: write "
    'passwords = "file:PATH" under [protection] (`briefings keys new` makes that file), or give the reader a '
    'password of their own: options = { password = "file:PATH" }'
)
BEHIND_A_LINK = (
    "a link leads every reader to one and the same file, which can be signed, but not {what}: give the reader "
    'format = "pdf", or another protect'
)
WORDS_ALONE = (
    "whoever gets the words alone gets no PDF that a password could close, and anybody on the way can read them: give "
    'the reader format = "pdf", or options = { protect = "" }'
)
Where = tuple[str | int, ...]
"""The place of a setting."""

_KINDS = {"watermark": "marked for one of them", "password": "opened by a password of theirs"}


def _address(value: str) -> str:
    if value:
        TypeAdapter(AnyHttpUrl).validate_python(value)
    return value


class Protection(Noun):
    """`[protection]`: what protects a copy where neither its reader nor their list says, and with what.

    `key` leads to a private key with its certificate, as PKCS#12 or PEM; `certificates` is a PEM file with those that
    vouch for it. `timestamps` is the address of an authority that says when (RFC 3161). `trust` are PEM files with the
    certificates by which `verify` knows a signer. `passwords` leads to a secret from which each reader's is made.
    """

    protect: tuple[Measure, ...] = ()
    key: Secret = ""
    key_password: Secret = ""
    certificates: str = ""
    timestamps: Annotated[str, AfterValidator(_address)] = ""
    visible: bool = False
    trust: tuple[str, ...] = ()
    passwords: Secret = ""
    password_length: Annotated[int, Field(ge=16, le=64)] = 20
    archival: bool = True


def measures(recipient: Recipient, lists: Iterable[RecipientList], settings: Protection) -> frozenset[Measure]:
    """Return what protects a reader's copy: what they ask for, else any list they are on, else the workspace.

    Raises ValueError for a word that is no measure.
    """
    if PROTECT in recipient.options:
        return _words(recipient.options[PROTECT])
    own = address_key(recipient)
    saying = [one.protect for one in lists if one.protect is not None and own in map(address_key, one.recipients)]
    return frozenset(word for said in saying for word in said) if saying else frozenset(settings.protect)


def _words(text: str) -> frozenset[Measure]:
    words = text.replace(",", " ").split()
    if strange := [one for one in words if one not in MEASURES]:
        raise ValueError(f"{strange[0]!r} protects nothing; use {', '.join(MEASURES)}")
    return frozenset(one for one in MEASURES if one in words)


def problems(settings: Protection, lists: Iterable[RecipientList]) -> Iterator[tuple[Where, str]]:
    """Yield what cannot hold together, each with the place of the setting: found before anything is made or sent."""
    every = tuple(lists)
    told: set[str] = set()
    for where, wanted, recipient in _said(settings, every):
        for why in _against(settings, wanted, recipient):
            if why not in told:
                told.add(why)
                yield where, why
    for one in every:
        for at, recipient in enumerate(one.recipients):
            where = ("lists", one.id, "recipients", at, "options")
            try:
                _words(recipient.options.get(PROTECT, ""))
            except ValueError as fault:
                yield (*where, PROTECT), str(fault)
            try:
                a_reference(recipient.options.get(PASSWORD, ""))
            except ValueError as fault:
                yield (*where, PASSWORD), str(fault)


def _said(
    settings: Protection, lists: tuple[RecipientList, ...]
) -> Iterator[tuple[Where, frozenset[Measure], Recipient | None]]:
    """Yield every place that says what protects a copy, with what it comes to there."""
    yield ("protection", "protect"), frozenset(settings.protect), None
    for one in lists:
        for at, recipient in enumerate(one.recipients):
            with suppress(ValueError):  # a word that is none is told of by itself
                yield ("lists", one.id, "recipients", at), measures(recipient, lists, settings), recipient


def _against(settings: Protection, wanted: frozenset[Measure], recipient: Recipient | None) -> Iterator[str]:
    if "signature" in wanted and not settings.key:
        yield NO_KEY
    if "password" in wanted and settings.archival:
        yield ENCRYPTED_ARCHIVE
    if "password" in wanted and recipient and not (settings.passwords or recipient.options.get(PASSWORD)):
        yield NO_PASSWORDS
    if "password" in wanted and recipient and recipient.format == "body":
        yield WORDS_ALONE
    own = [what for measure, what in _KINDS.items() if measure in wanted]
    if recipient and recipient.format == "link" and own:
        yield BEHIND_A_LINK.format(what=" and ".join(own))
