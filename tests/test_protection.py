"""A reader's copy carries their name, opens with their password and bears the desk's signature, or it is not made."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import certificates
import invented
import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from test_verify import print_brief, saved, told
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.protections import Protection
from briefings.core.recipients import Recipient, RecipientList
from briefings.errors import ConfigError, MissingDependency, PolicyError, TemporaryError
from briefings.layout import render, themes
from briefings.printing import pdf, seals
from briefings.proof import imprint, marked
from briefings.protecting import passwords, protection, signing
from briefings.protecting.protection import Means, copy_for, copy_for_everyone
from briefings.release import verify

pytestmark = pytest.mark.slow
AT = certificates.later(30)
SEED = "a seed of forty letters, written by hand"
AMINA = Recipient(name="Amina Noor", address="amina@example.org")
OWN = "a-long-word-of-her-own"
ROOT = certificates.certified("The Authority", number=1, authority=True)
DESK = certificates.certified("Desk of the North", by=ROOT)


@pytest.fixture(scope="module")
def sound() -> bytes:
    return print_brief()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk's key, its certificates, the seed of passwords, and one reader's own."""
    folder = tmp_path_factory.mktemp("keys")
    certificates.written(folder / "desk.pem", certificates.private(DESK[0]) + certificates.pem(DESK[1]))
    certificates.written(folder / "root.pem", certificates.pem(ROOT[1]), 0o644)
    certificates.written(folder / "seed", SEED.encode())
    certificates.written(folder / "own", OWN.encode())
    return folder


def means(folder: Path, *protect: str, at: datetime = AT, **more: Any) -> Means:
    """Return what copies are made with that are protected so."""
    more = {"key": "file:desk.pem", "certificates": "root.pem", "passwords": "file:seed", **more}
    settings = Protection(protect=protect, archival="password" not in protect, **more)  # type: ignore[arg-type]
    signer = signing.signatory(settings, base=folder, at=at) if "signature" in protect else None
    return Means(settings, folder, themes.load_theme("plain"), "en", signatory=signer)


@pytest.fixture(scope="module")
def signed(sound: bytes, keys: Path) -> bytes:
    """A copy that is marked and signed."""
    return copy_for(sound, AMINA, means(keys, "watermark", "signature"), at=AT)


def codes(data: bytes, tmp_path: Path, *, trust: Iterable[Path] = (), **more: Any) -> tuple[int, list[str]]:
    """Return the status of verifying a file, and the codes of what is wrong with it."""
    path = tmp_path / "given.pdf"
    path.write_bytes(data)
    verdict = verify.verify(path, trust=tuple(trust), **more)
    return verdict.exit_status, [one.code for one in verdict.findings]


@pytest.fixture(autouse=True)
def _no_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


# ── signed ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_signed_copy_is_whole_and_of_a_signer_who_is_known(signed: bytes, keys: Path, tmp_path: Path) -> None:
    """By the certificate of the authority that vouches for the desk; status 0, and both are named."""
    status, words = told(signed, tmp_path, "--trust", str(keys / "root.pem"))
    assert status == 0, words
    for said in ("whole: not a byte", "signed by Desk of the North", "on 2026-01-31 00:00 UTC, as they say",
                 "Amina Noor", "PDF/A-3a, PDF/UA-1", "what the owner of that certificate signed"):  # fmt: skip
        assert said in words, said


def test_a_signer_nobody_vouches_for_is_told_apart(signed: bytes, keys: Path, tmp_path: Path) -> None:
    """Without the certificate, or with another one: the file is whole, and whose it is nobody knows; status 3."""
    other = certificates.written(tmp_path / "other.pem", certificates.pem(certificates.certified("Else", number=2)[1]))
    for trust in ((), (other,)):
        assert codes(signed, tmp_path, trust=trust) == (3, ["SIGNER_UNKNOWN"])


def flipped(at: Callable[[bytes], int]) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        place = at(data)
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

    return change


def digit_before(data: bytes, end: int) -> int:
    """Return where, some way before a place, a hexadecimal digit stands that is another with one bit turned."""
    return next(at for at in range(end - 80, 0, -1) if data[at : at + 1].isdigit())


def appended(data: bytes) -> bytes:
    """Append an update that adds a page, as editors save it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    writer.root["/Pages"]["/Kids"].append(writer.add_object(type(page)(page)))
    writer.update_container(writer.root["/Pages"])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def stripped(document: pikepdf.Pdf) -> None:
    del document.Root.AcroForm
    page = document.pages[0].obj
    page.Annots = pikepdf.Array([one for one in page.Annots if one.get("/FT") != "/Sig"])


def one_page_more(document: pikepdf.Pdf) -> None:
    document.pages.append(document.pages[0])


TAMPERED = {
    "one byte of a page": (flipped(lambda data: data.index(b"stream\n") + 40), "SIGNATURE_BROKEN"),
    "one letter of the stamp": (flipped(lambda data: data.index(b"<brief:title>") + 20), "SIGNATURE_BROKEN"),
    "one byte of the signature": (flipped(lambda data: digit_before(data, data.index(b"0" * 600))), "SIGNATURE_BROKEN"),
    "saved again": (saved, "SIGNATURE_"),
    "a page put in": (lambda data: saved(data, one_page_more), "SIGNATURE_"),
    "a page appended": (appended, "SIGNATURE_CHANGED"),
    "something behind the end": (lambda data: data + b"\n% a remark\n%%EOF\n", "SIGNATURE_"),
    "the signature taken out": (lambda data: saved(data, stripped), "SIGNATURE_STRIPPED"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_whatever_is_done_to_a_signed_copy_shows(signed: bytes, keys: Path, tmp_path: Path, how: str) -> None:
    """One byte flipped, saved again, a page put in or appended, the signature taken out: never 0."""
    tamper, code = TAMPERED[how]
    path = tmp_path / "tampered.pdf"
    path.write_bytes(tamper(signed))
    done = CliRunner().invoke(app, ["verify", str(path), "--trust", str(keys / "root.pem")])
    assert done.exit_code == 1
    assert code in done.output or (how.startswith("one byte of a page") and "PDF_UNREADABLE" in done.output)


def test_a_signature_covers_all_but_itself(signed: bytes) -> None:
    """What its range of bytes leaves out is one string of hexadecimal digits, and nothing stands behind it."""
    told = re.findall(rb"/ByteRange \[ (\d+) +(\d+) +(\d+) +(\d+) +\]", signed)
    ((first, length, second, rest),) = [tuple(map(int, one)) for one in told]
    assert (first, second + rest) == (0, len(signed))
    assert re.fullmatch(rb"<[0-9a-f]+>", signed[length:second])


def test_a_copy_that_says_who_signs_it_and_is_signed_by_another_is_refused(signed: bytes, tmp_path: Path) -> None:
    """Somebody takes the signature out and signs it themselves: the stamp names the desk's certificate."""
    other = certificates.certified("Desk of the North", number=3)
    certificates.written(tmp_path / "k.pem", certificates.private(other[0]) + certificates.pem(other[1]))
    certificates.written(tmp_path / "c.pem", certificates.pem(other[1]))
    bare = saved(signed, stripped)
    forged = means(tmp_path, "signature", key="file:k.pem", certificates="")
    with pikepdf.open(io.BytesIO(bare)) as document:
        assert forged.signatory is not None
        protection._make_room(document, forged.signatory, forged, AT)
        from briefings.printing import signature_fields

        again = forged.signatory.sign(seals.seal(signature_fields.bounded(protection._written(document))))
    status, found = codes(again, tmp_path, trust=[tmp_path / "c.pem"])
    assert (status, found) == (1, ["SIGNATURE_OTHER"])


def test_who_asks_for_a_signature_is_told_that_there_is_none(sound: bytes, keys: Path, tmp_path: Path) -> None:
    """A whole file that nobody signed is fine by itself, and is not what `--trust` asks for."""
    assert codes(sound, tmp_path) == (0, [])
    assert codes(sound, tmp_path, trust=[keys / "root.pem"]) == (1, ["UNSIGNED"])
    assert "none: it is not signed" in told(sound, tmp_path)[1]
    (tmp_path / "briefings.toml").write_text(f'[protection]\ntrust = ["{keys / "root.pem"}"]\n')
    assert codes(sound, tmp_path) == (1, ["UNSIGNED"])


@pytest.mark.parametrize("kind", ["rsa", "ec", "ed25519"])
def test_keys_of_each_kind_and_form_sign(sound: bytes, tmp_path: Path, kind: str) -> None:
    """PEM, PEM under a password, PKCS#12; the same bytes each time, but for ECDSA, which draws on chance."""
    pair = certificates.certified("Desk", kind=kind)
    certificates.written(tmp_path / "root.pem", certificates.pem(pair[1]))
    certificates.written(tmp_path / "word", b"open sesame")
    forms = {
        "plain.pem": certificates.private(pair[0]) + certificates.pem(pair[1]),
        "closed.pem": certificates.private(pair[0], "open sesame") + certificates.pem(pair[1]),
        "desk.p12": certificates.archive(pair, "open sesame"),
    }
    made = set()
    for name, data in forms.items():
        certificates.written(tmp_path / name, data)
        how = means(
            tmp_path, "signature", key=f"file:{name}", certificates="", key_password="file:word" * (name[0] != "p")
        )
        made.add(copy_for(sound, AMINA, how, at=AT))
    assert (len(made) == 1) is (kind != "ec")
    for one in made:
        assert codes(one, tmp_path, trust=[tmp_path / "root.pem"]) == (0, [])


def test_a_key_that_cannot_sign_is_told_of_without_repeating_it(keys: Path, tmp_path: Path) -> None:
    """Not a key, another certificate's, under another password, out of force; and a file that others can read."""
    own, certificate = DESK
    other = certificates.certified("Else", number=2)
    certificates.written(tmp_path / "word", b"wrong")
    cases = {
        "nothing": b"not a key",
        "alone": certificates.private(own),
        "other": certificates.private(own) + certificates.pem(other[1]),
        "closed": certificates.private(own, "right") + certificates.pem(certificate),
        "archive": certificates.archive(DESK, "right"),
        "lapsed": certificates.private(own)
        + certificates.pem(certificates.certified("D", ends=certificates.later(1))[1]),
    }
    for name, data in cases.items():
        certificates.written(tmp_path / name, data)
        settings = Protection(key=f"file:{name}", key_password="file:word")
        with pytest.raises(ConfigError) as refused:
            signing.signatory(settings, base=tmp_path, at=AT)
        assert refused.value.error_code == "KEY", name
        assert "PRIVATE" not in str(refused.value)
    certificates.written(tmp_path / "nothing", b"", 0o644)
    with pytest.raises(ConfigError, match="SECRET_EXPOSED"):
        signing.signatory(Protection(key="file:nothing"), base=tmp_path, at=AT)


def test_an_authority_says_when_it_was_signed(sound: bytes, keys: Path, tmp_path: Path) -> None:
    """PAdES-B-T: a timestamp proves that it was signed in time, also once the certificate has run out."""
    brief = certificates.certified("Desk", by=ROOT, number=4, ends=certificates.later(60))
    certificates.written(tmp_path / "k.pem", certificates.private(brief[0]) + certificates.pem(brief[1], ROOT[1]))
    teller = certificates.certified("Clock", by=ROOT, number=5, clock=True)
    trust = [keys / "root.pem"]
    with certificates.clock(teller, AT) as address:
        how = means(tmp_path, "signature", key="file:k.pem", certificates="", timestamps=address)
        proven = copy_for(sound, AMINA, how, at=AT)
    claimed = copy_for(sound, AMINA, means(tmp_path, "signature", key="file:k.pem", certificates=""), at=AT)
    assert codes(proven, tmp_path, trust=trust) == (0, [])
    assert "before 2026-01-31 00:00 UTC, by a timestamp" in told(proven, tmp_path, "--trust", str(trust[0]))[1]
    assert codes(claimed, tmp_path, trust=trust) == (3, ["SIGNATURE_LAPSED"])
    with pytest.raises(TemporaryError, match="TIMESTAMP"):
        copy_for(sound, AMINA, how, at=AT)  # the authority is gone by now


def test_a_signature_can_be_seen(sound: bytes, keys: Path, tmp_path: Path) -> None:
    """In the margin of page one, as a field with its words in the tags; nothing else is moved."""
    made = copy_for(sound, AMINA, means(keys, "signature", visible=True), at=AT)
    with pikepdf.open(io.BytesIO(made)) as document:
        (field,) = document.Root.AcroForm.Fields
        left, bottom, right, top = (float(one) for one in field.Rect)
        assert right < float(document.pages[0].mediabox[2])
        assert left > float(document.pages[0].mediabox[2]) - 40
        assert top - bottom > 400
        assert str(field.TU) == "Signed by Desk of the North, 31 January 2026"
    assert codes(made, tmp_path, trust=[keys / "root.pem"]) == (0, [])
    assert [page.pieces for page in marked.read(made).pages] == [page.pieces for page in marked.read(sound).pages]


# ── marked ──────────────────────────────────────────────────────────────────────────────────────────

NAMES = {"en": "Amina Noor", "fr": "Zoé Lefèvre", "ar": "أمينة نور", "ur": "آمنہ نور"}


@pytest.mark.parametrize("tongue", NAMES)
def test_every_page_is_marked_in_its_script_and_nothing_else_is_moved(keys: Path, tongue: str) -> None:
    """The name stands apart from the text in the margin of each page, with every other piece where it was."""
    brief = invented.brief(language=tongue)
    theme = themes.load_theme("plain")
    html = render.render(brief, theme=theme)
    about = pdf.About("T [TLP:AMBER]", "Desk", tongue, invented.AS_OF, seals.stamp(brief.masthead))
    plain = pdf.print_pdf(html, about)
    reader = Recipient(name=NAMES[tongue], address="a@example.org")
    how = Means(Protection(protect=("watermark",)), keys, theme, tongue)
    made = copy_for(plain, reader, how, at=AT)
    before, after = marked.read.__wrapped__(plain), marked.read.__wrapped__(made)
    assert before.tree == after.tree
    for old, new in zip(before.pages, after.pages, strict=True):
        added = [piece for piece in new.pieces if piece not in old.pieces]
        assert [piece for piece in new.pieces if piece not in added] == list(old.pieces)
        assert added
        assert all(piece.apart and piece.x < 30 and piece.size >= 8.9 for piece in added)
        letters = set("".join(piece.text for piece in added))
        assert len(letters & set(NAMES[tongue])) > len(set(NAMES[tongue])) / 2, letters
        assert "\ufffd" not in letters
    assert [one for one in imprint.lock_print(made, html) if one not in imprint.lock_print(plain, html)] == []
    assert seals.examine(made).whole
    assert made == copy_for(plain, reader, how, at=AT)


def test_copies_of_two_readers_share_nothing_of_each_other(sound: bytes, keys: Path) -> None:
    """Neither name nor address of another stands in a copy, and both say which PDF they are copies of."""
    other = Recipient(name="Bashir Quill", address="bashir@example.org")
    made = {one.name: copy_for(sound, one, means(keys, "watermark"), at=AT) for one in (AMINA, other)}
    for name, copy in made.items():
        said = seals.examine(copy).said
        assert said["copyFor"] == name
        assert said["original"] == sha256(sound).hexdigest()
        assert ("Bashir" in saved(copy).decode("latin-1")) is (name == "Bashir Quill")
        assert b"example.org" not in copy


def test_who_has_no_name_is_marked_by_address_and_a_name_of_any_length_fits(sound: bytes, keys: Path) -> None:
    """Also one with the signs of HTML in it."""
    for reader, shown in (
        (Recipient(address="desk@example.org"), "desk@example.org"),
        (Recipient(name="<b>&" + "Long " * 40, address="a@example.org"), "<b>&Long"),
    ):
        made = copy_for(sound, reader, means(keys, "watermark"), at=AT)
        found = marked.read.__wrapped__(made).pages[0].pieces
        assert shown in "".join(one.text for one in found if one.apart and one.x < 30)
        assert all(0 < one.y < 842 and one.y - one.width > 0 for one in found if one.apart and one.x < 30)


def test_an_archive_is_given_nobodys_own_copy(sound: bytes, keys: Path, tmp_path: Path) -> None:
    """What anybody may have is signed, and neither marked nor closed."""
    made = copy_for_everyone(sound, means(keys, "watermark", "password", "signature"), at=AT)
    said = seals.examine(made).said
    assert "copyFor" not in said
    assert codes(made, tmp_path, trust=[keys / "root.pem"]) == (0, [])
    assert copy_for_everyone(sound, means(keys, "watermark"), at=AT) == sound


# ── closed ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_closed_copy_opens_with_its_readers_password_alone(sound: bytes, keys: Path, tmp_path: Path) -> None:
    """AES-256; what is in it is as it was printed, and `verify` says so to whoever can open it."""
    how = means(keys, "watermark", "password", "signature")
    made = copy_for(sound, AMINA, how, at=AT)
    word = protection.password_of(AMINA, how.settings, keys)
    for wrong in ("", word[:-1], word.lower(), OWN):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(made), password=wrong)
    with pikepdf.open(io.BytesIO(made), password=word) as document:
        assert (document.encryption.R, document.encryption.bits) == (6, 256)
        assert document.allow.accessibility
    assert b"kesh" not in made.lower()
    certificates.written(tmp_path / "word", word.encode())
    status, words = told(
        made, tmp_path, "--password-from", f"file:{tmp_path / 'word'}", "--trust", str(keys / "root.pem")
    )
    assert status == 0, words
    for said in ("opened with its password", "AES-256", "Amina Noor", "signed by Desk of the North"):
        assert said in words
    assert "PDF/A" not in words  # nothing that needs a password can be that
    status, words = told(made, tmp_path)
    assert (status, words.partition(":")[0]) == (1, "PDF_ENCRYPTED")
    assert "--password-from" in words


def test_a_closed_copy_that_was_changed_is_told_of(sound: bytes, keys: Path, tmp_path: Path) -> None:
    """Signed, by its signature; unsigned, by the digests within."""
    word = protection.password_of(AMINA, means(keys, "password").settings, keys)
    certificates.written(tmp_path / "word", word.encode())
    for protect in (("password",), ("password", "signature")):
        made = copy_for(sound, AMINA, means(keys, *protect), at=AT)
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(made), password=word) as document:
            del document.pages[1]
            document.save(out, encryption=pikepdf.Encryption(user=word, owner="x", R=6))
        more = {"password_from": f"file:{tmp_path / 'word'}"}
        assert codes(out.getvalue(), tmp_path, **more)[0] == 1
        assert codes(made, tmp_path, trust=[keys / "root.pem"] if len(protect) > 1 else [], **more) == (0, [])


def test_each_reader_has_a_password_of_their_own_that_is_stored_nowhere(keys: Path) -> None:
    """Made from one secret and the address; the same for every edition, and no two alike."""
    settings = means(keys, "password").settings
    made = [protection.password_of(Recipient(address=f"r{n}@example.org"), settings, keys) for n in range(50)]
    assert len(set(made)) == 50
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", one) for one in made)
    assert protection.password_of(Recipient(address="R7@Example.org"), settings, keys) == made[7]
    own = Recipient(address="r@example.org", options={"password": "file:own"})
    assert protection.password_of(own, settings, keys) == OWN


def test_a_password_that_could_be_guessed_is_refused(keys: Path, tmp_path: Path) -> None:
    """Short, monotonous, the reader's own name, nothing every keyboard can write, or a formula; a seed like that."""
    reader = Recipient(name="Amina Noor", address="amina@example.org", options={"password": "file:word"})
    known, odd = ("amina@example.org", "Amina Noor1"), ("contraseña-larga", "=Horse-9x-Corr")
    for weak in ("short", "a" * 20, "ababababababab", *known, *odd):
        certificates.written(tmp_path / "word", weak.encode())
        with pytest.raises(PolicyError) as refused:
            protection.password_of(reader, Protection(), tmp_path)
        assert refused.value.error_code == "PASSWORD_WEAK"
        assert weak not in str(refused.value).replace("amina@example.org", "")
    for seed in ("short", "a" * 64):
        certificates.written(tmp_path / "seed", seed.encode())
        with pytest.raises(ConfigError, match="keys new"):
            protection.password_of(AMINA, Protection(passwords="file:seed"), tmp_path)


def test_a_password_never_travels_with_what_it_opens(sound: bytes, keys: Path) -> None:
    """A message whose words hold the password is refused before there is a copy."""
    reader = AMINA.model_copy(update={"options": {"password": "file:own"}})
    how = means(keys, "password")
    with pytest.raises(PolicyError, match="PASSWORD_TOGETHER") as refused:
        copy_for(sound, reader, how, at=AT, words=["All quiet.", f"It opens with {OWN}."])
    assert OWN not in str(refused.value)
    assert copy_for(sound, reader, how, at=AT, words=["All quiet."])
    passwords.require_apart("", ["no password, no fault"])


# ── what cannot hold ────────────────────────────────────────────────────────────────────────────────


def test_what_cannot_hold_is_refused_with_its_reason(sound: bytes, signed: bytes, keys: Path) -> None:
    """A password on a PDF/A; a password, a mark, a signature more on what is signed; a mark on what is closed."""
    closed = copy_for(sound, AMINA, means(keys, "password"), at=AT)
    archival = means(keys, "password")
    archival = Means(archival.settings.model_copy(update={"archival": True}), keys, archival.theme, "en")
    cases = [
        (sound, archival, "ENCRYPTED_ARCHIVE", "6.1.3"),
        (signed, means(keys, "password"), "SIGNED_ALREADY", "would break the signature"),
        (signed, means(keys, "watermark"), "SIGNED_ALREADY", "would break the signature"),
        (signed, means(keys, "signature"), "SIGNED_ALREADY", "would break the signature"),
        (closed, means(keys, "watermark"), "ENCRYPTED_ALREADY", "nothing can be drawn"),
    ]
    for data, how, code, why in cases:
        with pytest.raises(PolicyError) as refused:
            copy_for(data, AMINA, how, at=AT)
        assert refused.value.error_code == code
        assert why in str(refused.value)
        assert refused.value.exit_status == 4


def test_encrypted_and_then_signed_holds(sound: bytes, keys: Path, tmp_path: Path) -> None:
    """In this order both hold: the signature covers the file as it is sent."""
    how = means(keys, "password", "signature")
    made = copy_for(sound, AMINA, how, at=AT)
    certificates.written(tmp_path / "word", protection.password_of(AMINA, how.settings, keys).encode())
    word = f"file:{tmp_path / 'word'}"
    assert codes(made, tmp_path, trust=[keys / "root.pem"], password_from=word) == (0, [])
    place = made.index(b"stream\n", len(made) // 2) + 60
    broken = made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :]
    assert told(broken, tmp_path, "--password-from", word)[0] == 1


def test_who_wants_nothing_gets_the_edition_itself(sound: bytes, keys: Path) -> None:
    """The very bytes that were approved."""
    plain = RecipientList(id="plain", recipients=(AMINA,), protect=())
    how = means(keys, "signature")
    assert copy_for(sound, AMINA, Means(how.settings, keys, how.theme, "en", (plain,)), at=AT) == sound


def test_what_is_not_installed_is_named_with_the_line_that_installs_it(
    signed: bytes, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signing stops; verifying says what it could not look at, and does not end well."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyhanko"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    with pytest.raises(MissingDependency, match=re.escape("pip install 'briefings[sign]'")):
        signing.signatory(Protection(key="file:desk.pem"), base=keys, at=AT)
    assert codes(signed, tmp_path) == (3, ["SIGNATURE_UNREAD"])


def test_moments_are_those_of_the_certificates() -> None:
    """The instants these tests sign at lie within them."""
    assert certificates.BEGAN < AT < datetime.now(UTC) < certificates.ENDS
