"""States by name and demonym, so that `Azerbaijan's` and `Azerbaijani` officials are heard as one side."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from . import gazetteer

_TABLE: Final = """
Afghanistan: Afghan|Albania: Albanian|Algeria: Algerian|Angola: Angolan|Argentina: Argentine Argentinian
Armenia: Armenian|Australia: Australian|Austria: Austrian|Azerbaijan: Azerbaijani Azeri|Bahrain: Bahraini
Bangladesh: Bangladeshi|Belarus: Belarusian|Belgium: Belgian|Benin: Beninese|Bolivia: Bolivian|Bosnia: Bosnian
Brazil: Brazilian|Britain: British UK|Bulgaria: Bulgarian|Burkina Faso: Burkinabe Burkinabè|Burundi: Burundian
Cambodia: Cambodian|Cameroon: Cameroonian|Canada: Canadian|Chad: Chadian|Chile: Chilean|China: Chinese
Colombia: Colombian|Congo: Congolese|Croatia: Croatian|Cuba: Cuban|Cyprus: Cypriot|Czechia: Czech|Denmark: Danish
Ecuador: Ecuadorian Ecuadorean|Egypt: Egyptian|El Salvador: Salvadoran|Eritrea: Eritrean|Estonia: Estonian
Ethiopia: Ethiopian|Finland: Finnish|France: French|Georgia: Georgian|Germany: German|Ghana: Ghanaian|Greece: Greek
Guatemala: Guatemalan|Guinea: Guinean|Haiti: Haitian|Honduras: Honduran|Hungary: Hungarian|India: Indian
Indonesia: Indonesian|Iran: Iranian|Iraq: Iraqi|Ireland: Irish|Israel: Israeli|Italy: Italian|Ivory Coast: Ivorian
Japan: Japanese|Jordan: Jordanian|Kazakhstan: Kazakh|Kenya: Kenyan|Kosovo: Kosovar|Kuwait: Kuwaiti
Kyrgyzstan: Kyrgyz|Laos: Laotian|Latvia: Latvian|Lebanon: Lebanese|Liberia: Liberian|Libya: Libyan
Lithuania: Lithuanian|Madagascar: Malagasy|Malawi: Malawian|Malaysia: Malaysian|Mali: Malian
Mauritania: Mauritanian|Mexico: Mexican|Moldova: Moldovan|Mongolia: Mongolian|Morocco: Moroccan
Mozambique: Mozambican|Myanmar: Burmese Burma|Namibia: Namibian|Nepal: Nepali Nepalese|Netherlands: Dutch
New Zealand:|Nicaragua: Nicaraguan|Niger: Nigerien|Nigeria: Nigerian|North Korea: DPRK|Norway: Norwegian|Oman: Omani
Pakistan: Pakistani|Palestine: Palestinian|Panama: Panamanian|Paraguay: Paraguayan|Peru: Peruvian
Philippines: Philippine Filipino|Poland: Polish|Portugal: Portuguese|Qatar: Qatari|Romania: Romanian|Russia: Russian
Rwanda: Rwandan|Saudi Arabia: Saudi|Senegal: Senegalese|Serbia: Serbian|Sierra Leone:|Singapore: Singaporean
Slovakia: Slovak|Slovenia: Slovenian|Somalia: Somali|South Africa:|South Korea:|South Sudan:|Spain: Spanish
Sri Lanka: Lankan|Sudan: Sudanese|Sweden: Swedish|Switzerland: Swiss|Syria: Syrian|Taiwan: Taiwanese
Tajikistan: Tajik|Tanzania: Tanzanian|Thailand: Thai|Togo: Togolese|Tunisia: Tunisian|Turkey: Turkish Türkiye
Turkmenistan: Turkmen|Uganda: Ugandan|Ukraine: Ukrainian|United Arab Emirates: Emirati UAE
United States: American US U.S.|Uruguay: Uruguayan|Uzbekistan: Uzbek|Venezuela: Venezuelan|Vietnam: Vietnamese
Yemen: Yemeni|Zambia: Zambian|Zimbabwe: Zimbabwean
"""
"""One `state: demonyms and other short names` an entry; a name of two words is also matched by its words."""


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in re.split(r"[|\n]", _TABLE.strip()):
        state, _, others = entry.partition(":")
        for name in (state, *others.split()):
            names[name.strip()] = state.strip()
    return names


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(re.escape(name) for name in longest_first)})(?:['’]s?)?(?!\w)")


def nation(text: str) -> str | None:
    """Return the state named first in a text, by name or demonym, or `None`."""
    found = _pattern().search(text)
    return _names()[found.group(1)] if found else None


def without_nation(text: str) -> str:
    """Return the text less the names of states: `Israeli army` becomes `army`."""
    return " ".join(_pattern().sub(" ", text).split())


def is_nation(text: str) -> bool:
    """Say whether the whole text is the name of a state."""
    return text.strip() in _names()


def names() -> frozenset[str]:
    """Return the names and demonyms of states in lower case."""
    return frozenset(map(str.lower, _names()))


@cache
def demonyms() -> frozenset[str]:
    """Return the words for the people and things of states in lower case: "ugandan", not "uganda" or "uk"."""
    return frozenset(
        name.lower() for name, state in _names().items() if name != state and not name.isupper() and name not in _ALSO
    )


_ALSO: Final = frozenset({"Burma", "Türkiye"})


@cache
def states() -> dict[str, str]:
    """Return the ISO 3166-1 code of each state by its names and demonyms in lower case."""
    codes: dict[str, str] = {}
    for name, state in _names().items():
        found = {site.country for site in gazetteer.look_up(state).places if site.kind == "country"}
        if len(found) == 1 and name not in _SHARED:
            codes[name.lower()] = next(iter(found))
    return codes | _OF_TWO_WORDS


_OF_TWO_WORDS: Final = {
    "south sudanese": "SS",
    "south korean": "KR",
    "north korean": "KP",
    "south african": "ZA",
    "sri lankan": "LK",
    "saudi arabian": "SA",
    "sierra leonean": "SL",
    "costa rican": "CR",
    "costa rica": "CR",
    "dr congo": "CD",
    "dominican republic": "DO",
    "puerto rico": "PR",
}
_SHARED: Final = frozenset({"Congo", "Congolese", "Georgia"})
"""Names of two states, or of a state and a great region of another: they alone tell of neither."""
