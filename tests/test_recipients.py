"""Recipients and lists: one address each on a channel, within the domains of its list; who is cleared for what."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from briefings.core.clearance import bar
from briefings.core.config import load
from briefings.core.recipients import Recipient, RecipientList, address_key, outside
from briefings.errors import ConfigError
from briefings.model import MARKINGS, Marking


def test_who_names_no_channel_is_written_to_by_mail() -> None:
    """Their address is one e-mail address and nothing else."""
    assert Recipient(address="amal@example.org").channel == "mail"
    with pytest.raises(ValidationError, match="is required"):
        Recipient(name="Amal")
    with pytest.raises(ValidationError, match="is not one e-mail address"):
        Recipient(address="a@example.org, b@example.org")


def test_on_another_channel_the_address_is_what_that_channel_makes_of_it() -> None:
    """It may be left out: the channel is then the one reader."""
    assert Recipient(channel="desk-chat").address == "desk-chat"
    assert Recipient(channel="desk-chat", address="#situation").address == "#situation"
    with pytest.raises(ValidationError, match="control character"):
        Recipient(channel="desk-chat", address="#a\r\n#b")


def test_the_same_address_in_other_letters_is_the_same_recipient() -> None:
    """Capitals make no second reader; another channel does."""
    assert address_key(Recipient(address="Desk@Example.org")) == address_key(Recipient(address="desk@example.org"))
    assert address_key(Recipient(address="a", channel="x")) != address_key(Recipient(address="a", channel="y"))


@pytest.mark.parametrize(
    ("address", "domains", "within"),
    [
        ("a@example.org", (), True),
        ("a@EXAMPLE.org", ("example.org",), True),
        ("a@field.example.org", ("example.org",), False),
        ("a@field.example.org", ("*.example.org",), True),
        ("a@notexample.org", ("*.example.org",), False),
        ("a@example.org.evil.net", ("example.org", "*.example.org"), False),
    ],
)
def test_domains_of_a_list(address: str, domains: tuple[str, ...], within: bool) -> None:
    """A domain is meant to the letter, and all within it only where that is written."""
    assert (outside(Recipient(address=address), domains) == "") is within


def test_an_address_outside_the_domains_of_its_list_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    """No command goes on with such a list: a slip of one letter would send a brief to strangers."""
    (tmp_path / "briefings.toml").write_text(
        '[lists.desk]\ndomains = ["example.org"]\nrecipients = [{ address = "amal@exmaple.org" }]\n'
    )
    with pytest.raises(ConfigError, match=r"amal@exmaple\.org lies outside the domains of the list: example\.org"):
        load(tmp_path)


@pytest.mark.parametrize("address", ["../escape", "a/../../b", ".."])
def test_an_address_that_leads_out_of_its_channel_is_refused_in_the_settings(address: str) -> None:
    with pytest.raises(ValidationError, match="leads out of its channel"):
        Recipient(channel="shared", address=address)


def test_a_name_is_one_line() -> None:
    with pytest.raises(ValidationError, match="line break"):
        Recipient(name="Ana\r\nBcc: all", address="ana@example.org")


def test_a_domain_is_written_as_one() -> None:
    """An address or a wildcard in the middle is none."""
    with pytest.raises(ValidationError, match="is no domain"):
        RecipientList(id="desk", domains=("amal@example.org",))


@pytest.mark.parametrize("marking", MARKINGS)
@pytest.mark.parametrize("cleared", MARKINGS)
def test_nobody_gets_what_is_marked_more_strictly_than_they_are_cleared_for(marking: Marking, cleared: Marking) -> None:
    """The order of TLP 2.0, mildest first, decides."""
    reader = Recipient(name="Amal", address="amal@example.org", marking=cleared, individual=True)
    assert (bar(marking, reader, False) == "") is (MARKINGS.index(marking) <= MARKINGS.index(cleared))


@pytest.mark.parametrize("fields", [{"name": "Amal"}, {"individual": True}, {"name": " ", "individual": True}])
def test_red_goes_to_named_individuals(fields: dict[str, object]) -> None:
    """A desk's address, or a person nobody names, is not cleared by being cleared for TLP:RED."""
    reader = Recipient.model_validate({"address": "desk@example.org", "marking": "TLP:RED", **fields})
    assert "named individuals only" in bar("TLP:RED", reader, False)
    assert bar("TLP:AMBER+STRICT", reader, False) == ""


@pytest.mark.parametrize("marking", MARKINGS[1:])
def test_what_anybody_can_read_takes_clear_only(marking: Marking) -> None:
    """However the recipient is cleared: a public folder or feed is no named individual."""
    feed = Recipient(name="Feed", channel="feed", marking="TLP:RED", individual=True)
    assert "can be read by anybody" in bar(marking, feed, True)
    assert bar("TLP:CLEAR", feed, True) == ""
