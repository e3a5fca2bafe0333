"""The passwords that open readers' copies: each made from one secret of the desk, so none has to be stored. Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from ..errors import ConfigError, PolicyError
from ..layout.export import inert

LEAST = 12
"""Letters that a reader's own password must have; those made here have sixteen at least, eighty bits."""
_SEED_LEAST = 32
_MOST = 127  # bytes, by ISO 32000-2
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is taken for another when it is read out over the telephone."""
_GROUP = 4
_FEWEST_KINDS = 5


def of_reader(seed: str, address: str, length: int) -> str:
    """Return a reader's password, the same each time, in groups of four: `length` letters of five bits.

    Raises ConfigError `PASSWORDS` for a seed that could be guessed.
    """
    if len(seed) < _SEED_LEAST or len(set(seed)) < _FEWEST_KINDS:
        raise ConfigError(
            "the secret that passwords are made from could be guessed",
            where="[protection] passwords",
            why=f"it has fewer than {_SEED_LEAST} letters, or too few kinds of them",
            fix="briefings keys new makes one",
            code="PASSWORDS",
        )
    key = hashlib.scrypt(seed.encode(), salt=b"briefings passwords", n=1 << 10, r=8, p=1)
    drawn = hmac.new(key, address.casefold().encode(), "sha512").digest()
    letters = "".join(_ALPHABET[byte & 31] for byte in drawn[:length])
    return "-".join(letters[at : at + _GROUP] for at in range(0, length, _GROUP))


def require_strong(password: str, *, reader: str, known: Iterable[str] = ()) -> str:
    """Return a password that a reader was given; raise PolicyError `PASSWORD_WEAK` for one that could be guessed.

    `known` are words that anybody knows of the reader. The password itself is told to nobody.
    """
    faults = {
        f"it has {len(password)} letters, and {LEAST} are the least": len(password) < LEAST,
        "it is made of too few different letters": len(set(password)) < _FEWEST_KINDS,
        "it is what anybody knows of the reader": any(
            one and one.casefold() in password.casefold() and len(password) - len(one) < LEAST for one in known
        ),
        "it has letters that keyboards write in more than one way": not (password.isascii() and password.isprintable()),
        f"it is longer than {_MOST} letters": len(password) > _MOST,
        "it begins as a formula does, and the sender's list of passwords may be opened in a spreadsheet": (
            inert(password) != password
        ),
    }
    for why, so in faults.items():
        if so:
            raise PolicyError(
                f"the password of {reader} does not protect a copy",
                why=why,
                fix="take a longer one, or leave it out: one is made for each reader",
                code="PASSWORD_WEAK",
            )
    return password


def require_apart(password: str, words: Iterable[str]) -> None:
    """Raise PolicyError `PASSWORD_TOGETHER` where a password stands in the message that carries what it opens."""
    if password and any(password in one for one in words):
        raise PolicyError(
            "the password of a copy stands in the message that carries it",
            why="whoever reads the message could open the copy",
            fix="send it by another channel: `briefings passwords` writes them for the sender",
            code="PASSWORD_TOGETHER",
        )
