"""What pages in other languages call countries, houses and bodies that reports name in English."""

from __future__ import annotations

import pytest

from briefings.core.languages import language
from briefings.desks.offices import voice

FRENCH = language("fr")


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("Democratic Republic of the Congo", "Congo-Kinshasa"),
        ("Ivory Coast", "Côte d’Ivoire"),
        ("Trinidad and Tobago", "Trinité-et-Tobago"),
        ("Haro", "Haro"),
    ],
)
def test_a_country_is_known_by_the_names_reports_have_for_it(name: str, french: str) -> None:
    """Reports say "and" where CLDR has a sign, and keep names that it has given up."""
    assert FRENCH.country(name) == french


def test_what_stands_before_a_body_is_no_place_of_it() -> None:
    """Bodies the page has words for are named by them; of others nobody knows what their first word is."""
    assert voice("the Red Cross", FRENCH) == "la Croix-Rouge"
    for name in ("Health authorities", "Hamas officials", "Red Cross hospital"):
        assert "(" not in voice(name, FRENCH)
