"""Makes each reader's copy of an edition: marked with their name, opened by their password, signed by the desk.

In that order, for only in that order do they hold: a mark or a password put on afterwards would break the signature.
The edition itself stays as it was approved; its digest stands in every copy.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf

from ..core import protections
from ..core.credentials import resolve_secret
from ..core.protections import PASSWORD, Protection
from ..core.redaction import remember
from ..errors import ConfigError, PolicyError
from ..layout import themes
from ..layout.themes import Theme
from ..printing import pdf, seals, signature_fields
from . import passwords, signing, watermarks
from .signing import Signatory

if TYPE_CHECKING:
    from ..core.choices import Measure
    from ..core.recipients import Recipient, RecipientList
    from ..core.settings import Workspace
    from ..storage.store import Store

EVERYONE = "everyone"
"""For whom a copy was made that is nobody's own."""

_ALLOWED = pikepdf.Permissions(
    accessibility=True, extract=True, print_lowres=True, print_highres=True,
    modify_annotation=False, modify_assembly=False, modify_form=False, modify_other=False,
)  # fmt: skip
"""PDF/UA asks that what reads pages aloud may read them."""


@dataclass(frozen=True)
class Means:
    """What copies of one edition are made with: settings, the folder they begin in, look and language of its page."""

    settings: Protection
    base: Path
    theme: Theme
    language: str
    lists: Sequence[RecipientList] = ()
    signatory: Signatory | None = None
    limits: pdf.Limits = field(default_factory=pdf.Limits)
    warm: bool = True

    def wanted(self, recipient: Recipient) -> frozenset[Measure]:
        """Return what protects the copy of a recipient. Raises ValueError for a word that is no measure."""
        return protections.measures(recipient, self.lists, self.settings)


def means_for(space: Workspace, brief: str, tongue: str, people: Iterable[Recipient], *, at: datetime) -> Means:
    """Return what copies of a brief are made with for these people at an instant (aware): its look, its key if needed.

    Raises what `signing.signatory` and `themes.load_theme` do.
    """
    settings, look = space.protection, space.look(brief)
    means = Means(
        settings=settings,
        base=space.root,
        theme=themes.load_theme(look.theme or "plain", [space.templates], look=look, root=space.root),
        language=tongue,
        lists=tuple(space.lists.values()),
        limits=pdf.Limits(
            wall=space.limits.print_seconds,
            memory=space.limits.print_memory_mb << 20,
            fill=space.limits.fill_seconds,
        ),
        warm=space.warm,
    )
    if any("signature" in wanted for wanted in (settings.protect, *map(means.wanted, people))):
        return replace(means, signatory=signing.signatory(settings, base=space.root, at=at))
    return means


@dataclass(frozen=True)
class Copy:
    """What one recipient is sent of an edition, and what protects it."""

    pdf: bytes
    wanted: frozenset[Measure] = frozenset()

    @property
    def personal(self) -> bool:
        """Say whether it is one reader's own, so that nothing else may be sent in its place."""
        return bool(self.wanted - {"signature"})

    @property
    def closed(self) -> bool:
        """Say whether its reader needs a password."""
        return "password" in self.wanted


Maker = Callable[["Recipient", datetime], Copy]
"""Makes the copy of a recipient, for an instant."""


def copies(original: bytes, means: Means, *, public: Collection[str] = (), words: Iterable[str] = ()) -> Maker:
    """Return what makes each recipient's copy of a printed PDF, as `copy_for` does.

    Whoever has it by one of the `public` channels gets everybody's copy; one of their own is refused there.
    """
    said = tuple(words)

    def made(recipient: Recipient, at: datetime) -> Copy:
        if recipient.channel in public:
            _require_for_everyone(recipient)
            wanted = frozenset(means.settings.protect) & {"signature"}
            return Copy(copy_for_everyone(original, means, at=at), wanted)
        return Copy(copy_for(original, recipient, means, at=at, words=said), means.wanted(recipient))

    return made


def _require_for_everyone(recipient: Recipient) -> None:
    own = recipient.options.get(protections.PROTECT, "")
    if "watermark" in own or "password" in own:
        raise PolicyError(
            "what anybody may read cannot be one reader's copy",
            where=recipient.address,
            why=f"the channel {recipient.channel} can be read by anybody, and their copy is to be their own",
            fix="take watermark and password out of their options, or give them another channel",
            code="PUBLIC_COPY",
        )


# ── a reader's copy, and everybody's ────────────────────────────────────────────────────────────────


def copy_for(original: bytes, recipient: Recipient, means: Means, *, at: datetime, words: Iterable[str] = ()) -> bytes:
    """Return a recipient's copy of a printed PDF, said to be signed `at` (aware); the PDF itself where all may have it.

    `words` are those of the message that will carry it: a password in them is refused. With RSA or Ed25519 and without
    timestamps and passwords the same arguments give the same bytes. Raises PolicyError for what cannot hold, each with
    its reason: `SIGNED_ALREADY`, `ENCRYPTED_ALREADY`, `ENCRYPTED_ARCHIVE`, `PASSWORD_WEAK`, `PASSWORD_TOGETHER`;
    ConfigError for keys and secrets; RenderError where the name cannot be drawn.
    """
    wanted = means.wanted(recipient)
    password = password_of(recipient, means.settings, means.base) if "password" in wanted else ""
    passwords.require_apart(password, words)
    return protected(original, wanted, means, reader=_called(recipient), password=password, at=at)


def copy_for_everyone(original: bytes, means: Means, *, at: datetime) -> bytes:
    """Return the copy of a printed PDF that an archive, a feed or a link gives to anybody: signed, and nobody's own."""
    wanted = frozenset(means.settings.protect) & {"signature"}
    return protected(original, wanted, means, reader="", password="", at=at)


def password_of(recipient: Recipient, settings: Protection, base: Path) -> str:
    """Return the password that opens a recipient's copies: their own, or the one made for them.

    Raises PolicyError `PASSWORD_WEAK`; ConfigError `PASSWORDS`, `SECRET` or `SECRET_EXPOSED`.
    """
    own = resolve_secret(recipient.options.get(PASSWORD, ""), base=base)
    if own:
        known = (recipient.name, recipient.address, recipient.address.partition("@")[0])
        return passwords.require_strong(own, reader=recipient.address, known=known)
    seed = resolve_secret(settings.passwords, base=base)
    made = passwords.of_reader(seed, recipient.address, settings.password_length)
    remember(made)
    return made


def _called(recipient: Recipient) -> str:
    return recipient.name.strip() or recipient.address


def recorded(make: Maker, store: Store, edition_id: str) -> Maker:
    """Return what makes the same copies and notes by its digest whose each is, so that this can be told of a file."""

    def made(recipient: Recipient, at: datetime) -> Copy:
        copy = make(recipient, at)
        if copy.wanted:
            detail = f"{edition_id} for {recipient.address}: {', '.join(sorted(copy.wanted))}"
            digest = sha256(copy.pdf).hexdigest()
            store.add_audit("copied", digest, actor="outbox", at=store.now(), detail=detail)
        return copy

    return made


def copied(store: Store, digest: str) -> str:
    """Return which edition's copy a file is, for whom and how protected, by its digest; nothing where none is known."""
    found = (line.detail for line in store.audit() if line.action == "copied" and line.subject == digest)
    return next(found, "")


# ── the one order in which all holds ────────────────────────────────────────────────────────────────


def protected(
    original: bytes, wanted: frozenset[Measure], means: Means, *, reader: str, password: str, at: datetime
) -> bytes:
    """Return a PDF marked for a reader, then encrypted, then signed, each where wanted. Errors: as `copy_for`."""
    if not wanted:
        return original
    if "password" in wanted and means.settings.archival:
        raise _refusal("a copy with a password cannot be PDF/A", protections.ENCRYPTED_ARCHIVE, "ENCRYPTED_ARCHIVE")
    signer = _signer(means) if "signature" in wanted else None
    said = {"original": sha256(original).hexdigest()}
    with _opened(original) as document:
        if "watermark" in wanted:
            said["copyFor"] = reader
            watermarks.mark(document, _set(document, watermarks.for_reader(reader, means.language), means, at))
        if signer is not None:
            said["signedBy"] = f"{signer.name}; sha256:{signer.fingerprint}"
            _make_room(document, signer, means, at)
        seals.inscribe(document, said, archival="password" not in wanted)
        copy = _written(document)
    if password:
        copy = _encrypted(seals.seal(copy), password)
        return signer.sign(signature_fields.bounded(copy)) if signer else copy
    return signer.sign(seals.seal(signature_fields.bounded(copy))) if signer else seals.seal(copy)


def _signer(means: Means) -> Signatory:
    if means.signatory is None:
        raise ConfigError(
            "a copy is to be signed, and there is no key", where="[protection]", why=protections.NO_KEY, code="KEY"
        )
    return means.signatory


def _opened(original: bytes) -> pikepdf.Pdf:
    """Return a PDF to be made a copy of; one that is protected already is refused, for what was put on would break."""
    try:
        document = pikepdf.open(BytesIO(original))
    except pikepdf.PasswordError:
        document = None
    if document is None or document.is_encrypted:
        raise _refusal(
            "this PDF needs a password already",
            "nothing can be drawn into an encrypted file, nor can it be encrypted once more",
            "ENCRYPTED_ALREADY",
        )
    if signature_fields.is_signed(document):
        raise _refusal(
            "this PDF is signed already",
            "a mark, a password or another place for a signature put on afterwards would break the signature it has",
            "SIGNED_ALREADY",
        )
    return document


def _refusal(what: str, why: str, code: str) -> PolicyError:
    fix = "protect the PDF as it was approved: it is marked first, then encrypted, and signed last"
    return PolicyError(what, why=why, fix=fix, code=code)


def _set(document: pikepdf.Pdf, words: watermarks.Words, means: Means, at: datetime) -> Any:
    """Return words of a margin as the printer sets them in the faces of the page, as a form of the document."""
    about = pdf.About(words.plain, EVERYONE, means.language, at)
    printer = pdf.Printer(fonts=means.theme.fonts, limits=means.limits, warm=means.warm)
    return watermarks.drawn(document, pdf.print_pdf(watermarks.strip(words, means.theme), about, printer=printer))


def _make_room(document: pikepdf.Pdf, signer: Signatory, means: Means, at: datetime) -> None:
    """Put the place of a signature into a document, seen in its margin where the settings say so."""
    words = watermarks.signed_by(signer.name, at.date(), means.language)
    placed = signature_fields.place(document, told=words.plain, at=at, room=signer.room)
    if means.settings.visible:
        form = _set(document, words, means, at)
        signature_fields.show(document, placed, form, from_edge=watermarks.FROM_EDGE)


def _written(document: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    document.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return out.getvalue()


def _encrypted(copy: bytes, password: str) -> bytes:
    """Return a PDF encrypted by AES-256 (revision 6); keys are drawn by chance, so each time is another file."""
    out = BytesIO()
    how: Any = pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(24), R=6, allow=_ALLOWED)
    with pikepdf.open(BytesIO(copy)) as document:
        document.save(out, encryption=how, fix_metadata_version=False)
    return out.getvalue()
