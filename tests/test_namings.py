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


def test_the_hospital_of_a_town_is_named_in_the_language_and_one_with_a_name_by_it() -> None:
    """A house known by its town alone is no name."""
    assert voice("the Ombra hospital", FRENCH) == "l’hôpital (Ombra)"
    assert voice("Halvar Hospital", FRENCH) == "Halvar Hospital"
    assert voice("the Red Cross", FRENCH) == "la Croix-Rouge"
