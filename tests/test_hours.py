"""Hours are read only where a sentence gives one, and for what happened, not for when somebody spoke."""

from __future__ import annotations

import pytest

from briefings.dating.hours import Hour, hour_of
from briefings.lexis.sentences import Tokens
from briefings.report import passages


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("The first shots were heard at about six in the morning near the bridge.", Hour(6, about=True)),
        ("Gunmen stormed the post at 3:40 a.m. and set it on fire.", Hour(3, 40)),
        ("A bomb went off at 12 p.m. in the market.", Hour(12)),
        ("The siege began at 12.15 am.", Hour(0, 15)),
        ("The road was closed from 17:30.", Hour(17, 30)),
        ("The convoy was hit around 0415 hours.", Hour(4, 15, about=True)),
        ("Fire broke out at midnight.", Hour(0)),
        ("The raid began at eleven at night.", Hour(23)),
        ("The raid began at two at night.", Hour(2)),
    ],
)
def test_an_hour_is_read(text: str, hour: Hour) -> None:
    """Clock, words and halves of the day all come out on the clock of twenty-four hours."""
    assert hour_of(text) == hour


@pytest.mark.parametrize(
    "text",
    [
        "Six guards were killed in the morning.",
        "The minister said at about five in the afternoon that ten people had died.",
        "Shots were heard at 3 a.m. and again at 7 a.m.",
        "Fighters held 12.5 kilometres of road.",
        "The 24-hour operation killed 15 people.",
        "It began at 25 in the morning.",
    ],
)
def test_what_is_no_hour_of_an_event_is_none(text: str) -> None:
    """Several hours, the hour of a statement, and numbers of other things give none."""
    assert hour_of(text) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The first shots were heard at about six in the morning near the bridge.", True),
        ("Fighting broke out at about five in the morning, residents said.", True),
        ("The first shots were heard near the bridge.", False),
        ("The shops began to fill again.", False),
    ],
)
def test_what_began_at_an_hour_is_kept_for_it(text: str, kept: bool) -> None:
    """A sentence without a count is kept where it says at which hour a thing began; else it is left to the report."""
    kind = passages.kind(text, Tokens(text), past=False, counted=False)
    assert (kind == ("development", "hour")) == kept


def test_an_hour_keeps_its_words() -> None:
    """They are what is printed of an hour that is only about right."""
    hour = hour_of("The first shots were heard at about six in the morning near the bridge.")
    assert hour is not None
    assert hour.words == "about six in the morning"
