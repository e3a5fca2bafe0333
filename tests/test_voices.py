"""Who stands behind a number: offices under their several names, sides, armed groups, and voices known beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest
from stories import MONDAY, NOW, TUESDAY, cell, say, window

from briefings.core.config import load
from briefings.desks.statements import names_of
from briefings.desks.wording import best_name
from briefings.errors import ConfigError
from briefings.model import Claim, Figure, Group, Incident, KnownVoice
from briefings.reconciling.reconciliation import reconcile, to_date
from briefings.reconciling.registry import armed_groups, registry
from briefings.reconciling.voices import Voices

RANGERS = KnownVoice(id="rangers", name="Frontier Rangers", aliases=("FRR",), kind="military")


def sides(*claims: Claim, known: tuple[KnownVoice, ...] = ()) -> list[str]:
    """Return the side of each claim's speaker."""
    voices = Voices(claims, known)
    return [voices.speaker(claim).voice.side for claim in claims]


def tuesday(*claims: Claim, group: Group = "state_forces", known: tuple[KnownVoice, ...] = ()) -> Figure:
    """Return Tuesday's figure."""
    figures = reconcile(claims, period=window(TUESDAY), as_of=NOW, known=known)
    return cell(figures, group, days=window(TUESDAY))


# ── armed groups and those who speak for them ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "first",
    [
        {"who": "Valley Front spokesman Jeyan Holm"},
        {"who": "Jeyan Holm", "office": "spokesman for the Valley Front"},
        {"who": "Jeyan Holm", "sentence": "Jeyan Holm, a spokesman for the Valley Front, said 9 died."},
    ],
)
def test_a_spokesman_known_by_name_is_his_group(first: dict[str, str]) -> None:
    """Once a text ties the man to the group, his bare name is the group's word: one side, and later numbers its own."""
    told = [
        say(first.pop("who"), 9, group="state_forces", claimant_kind="armed_group", hour=9, **first),  # type: ignore[arg-type]
        say("Holm", 14, group="state_forces", claimant_kind="other", hour=15),
        say("the Valley Front", 14, group="state_forces", hour=18),
    ]
    assert sides(*told) == ["Valley Front"] * 3
    assert tuesday(*told).text == "14"


def test_a_name_tied_to_nobody_stays_a_person() -> None:
    """A speaker of no known post is his own, and no party."""
    voices = Voices(told := [say("Jeyan Holm", 9, claimant_kind="other")])
    assert (voices.speaker(told[0]).voice.side, voices.speaker(told[0]).party) == ("Jeyan Holm", False)


def test_a_spokesman_of_no_armed_group_is_no_party() -> None:
    """A club has spokesmen too: only who speaks for what is known as an armed group is its word."""
    told = [
        say("Ombra Rowing Club spokesman Jeyan Holm", 3, claimant_kind="other"),
        say("Holm", 3, claimant_kind="other"),
    ]
    voices = Voices(told)
    assert [voices.speaker(one).party for one in told] == [False, False]


def test_a_name_tied_to_two_groups_is_tied_to_none() -> None:
    """Two spokesmen of one surname leave a bare surname with neither."""
    told = [
        say("Valley Front spokesman Jeyan Holm", 9, claimant_kind="armed_group"),
        say("Hill Front spokesman Oren Holm", 9, claimant_kind="armed_group"),
        say("Holm", 3, claimant_kind="other"),
    ]
    assert sides(*told) == ["Valley Front", "Hill Front", "Holm"]


def test_the_group_is_the_one_its_report_names() -> None:
    """Words such as "the group" mean the one armed group a text quotes; in a text of two groups they mean neither."""
    kind = {"claimant_kind": "armed_group"}
    one = [say("the Valley Front", 9, document_id="d", **kind), say("the group", 3, document_id="d", **kind)]
    assert sides(*one) == ["Valley Front", "Valley Front"]
    two = [*one, say("the Hill Front", 2, document_id="d", **kind)]
    assert sides(*two) == ["Valley Front", "group", "Hill Front"]


# ── words all in capitals ───────────────────────────────────────────────────────────────────────────


def test_a_post_in_capitals_keeps_its_place() -> None:
    """The governors of two provinces are two offices in an agency's capitals as they are in a paper."""
    told = [
        say("GOVERNOR OF TAMSIN ADA VOSS", 9, claimant_kind="government"),
        say("GOVERNOR OF KESH BO TARN", 4, claimant_kind="government"),
        say("Governor of Tamsin Ada Voss", 9, claimant_kind="government"),
    ]
    voices = Voices(told)
    tamsin, kesh, paper = (voices.speaker(one).voice for one in told)
    assert tamsin.key == paper.key != kesh.key
    assert tamsin.name == "Governor of Tamsin Ada Voss", "shown as the paper writes it"
    assert kesh.name == "GOVERNOR OF KESH BO TARN", "there is no other spelling"


@pytest.mark.parametrize(
    ("paper", "wire", "kind"),
    [
        ("the provincial hospital", "PROVINCIAL HOSPITAL", "medical"),
        ("Valley Front", "THE VALLEY FRONT SPOKESMAN", "armed_group"),
        ("VLF", "VLF SPOKESMAN", "armed_group"),
    ],
)
def test_one_side_in_capitals_and_in_small_letters_is_one(paper: str, wire: str, kind: str) -> None:
    """What it said of one day and of another is added as one voice's count, not set side by side."""
    told = [
        say(paper, 3, claimant_kind=kind, day=MONDAY),
        say(wire, 4, claimant_kind=kind),
    ]
    assert len(set(sides(*told))) == 1
    figure = cell(to_date(told, since=MONDAY, period=window(TUESDAY), as_of=NOW), "civilians")
    assert (figure.text, figure.formula, len(figure.sides)) == ("7", "3 + 4", 1)


def test_outlets_are_not_one_for_beginning_alike() -> None:
    """What a comma or a small word sets apart in an outlet's name is part of it."""
    told = [say(None, 3, publisher="Courier, North"), say(None, 4, publisher="Courier, South")]
    assert sides(*told) == ["outlet Courier, North", "outlet Courier, South"]


# ── who is nobody's, and who is an office of his own ────────────────────────────────────────────────


@pytest.mark.parametrize("house", ["Orvale State Hospital", "director of the Government Hospital in Orvale"])
def test_a_hospital_is_no_side_whatever_its_name(house: str) -> None:
    """A state's hospital counts patients; a state's health ministry speaks for the state."""
    told = [say(house, 9, claimant_kind="medical"), say("the state health ministry", 9, claimant_kind="medical")]
    voices = Voices(told)
    assert [voices.speaker(one).party for one in told] == [False, True]


def test_who_heads_a_hospital_is_the_hospital() -> None:
    """Its director, however reports call the post, and its spokesman give the hospital's number; doctors their own."""
    posts = (
        "Tarn hospital director",
        "director of Tarn hospital",
        "Tarn hospital's director",
        "Tarn hospital spokesman",
    )
    told = [say("Mina Orr", 9, office=post, claimant_kind="medical") for post in posts]
    doctor = say("Ana Ruiz", 9, office="doctor at Tarn hospital", claimant_kind="medical")
    voices = Voices([*told, doctor])
    assert {voices.speaker(claim).voice.key for claim in told} == {"medical:tarn hospital"}
    assert voices.speaker(doctor).voice.key != "medical:tarn hospital"


def test_hospitals_in_the_plural_keep_their_name() -> None:
    """The last letter of a house's name is no sign of whose the director is."""
    told = [
        say("Mina Orr", 9, office=f"{house} director", claimant_kind="medical")
        for house in ("Mercy Hospitals", "Mercy Hospitals'", "Mercy Hospital")
    ]
    voices = Voices(told)
    keys = [voices.speaker(claim).voice.key for claim in told]
    assert keys[0] == keys[1] != keys[2]


def test_an_army_of_its_own_name_is_not_the_army() -> None:
    """Only a state's army is what a text means by "the army"; the name of one is never printed for the other."""
    told = [
        say("the Hill Army", 9, claimant_kind="military"),
        say("the army", 4, claimant_kind="military"),
        say("the Pakistani Army", 4, claimant_kind="military"),
        say("The army", 4, claimant_kind="military"),
    ]
    voices = Voices(told)
    hill, army, state, capital = (voices.speaker(one).voice for one in told)
    assert hill.key != army.key == state.key == capital.key
    assert (hill.name, army.name) == ("the Hill Army", "the army")


@pytest.mark.parametrize("office", ["commander of the 9th Brigade", "Eastern Army commander", "military prosecutor"])
def test_an_officer_of_another_office_keeps_his_name(office: str) -> None:
    """What the military as a whole said is not what one of its parts said, nor is he printed as the military."""
    told = [
        say("the military", 9, claimant_kind="military"),
        say("Oren Holm", 4, office=office, claimant_kind="military"),
    ]
    voices = Voices(told)
    assert voices.speaker(told[1]).voice.name == f"Oren Holm ({office})"
    assert sides(*told) == ["government", "government"]


def test_public_health_is_the_health_ministry() -> None:
    """One ministry under its two names is one office."""
    told = [say("the Ministry of Public Health", 9), say("the health ministry", 9)]
    voices = Voices(told)
    assert len({voices.speaker(one).voice.key for one in told}) == 1


# ── voices known beforehand ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("claimant", "office"),
    [
        ("Frontier Rangers", None),
        ("the Frontier Rangers", None),
        ("FRR", None),
        ("Frontier Rangers spokesman Odd Lane", None),
        ("Odd Lane", "a spokesman for the Frontier Rangers"),
        ("the border force (FRR)", None),
    ],
)
def test_a_known_voice_is_heard_under_its_names(claimant: str, office: str | None) -> None:
    """By name, acronym, spokesman, post or brackets; it speaks for its side under the name it is known by."""
    claim = say(claimant, 4, claimant_kind="other", office=office)
    speaker = Voices([claim], (RANGERS,)).speaker(claim)
    assert (speaker.voice.name, speaker.voice.kind, speaker.voice.side) == (
        "Frontier Rangers",
        "military",
        "government",
    )
    assert speaker.party
    assert not Voices([claim]).speaker(claim).party


UNION = KnownVoice(id="union", name="Unión Ka'ara", aliases=("UKÁ", "Hill-Men"), kind="armed_group")


@pytest.mark.parametrize(
    "claimant",
    [
        "Union Ka’ara",
        "the UNION KAARA",
        "Unio\u0301n Ka'ara’s spokesman",
        "a commander of Unión Kaára",
        "UKA",
        "the rebels (UKÁ)",
        "Hill Men",
        "the hill-men's leader",
    ],
)
def test_a_known_voice_is_heard_however_a_paper_writes_its_accents(claimant: str) -> None:
    """Accents, apostrophes and hyphens are written or left out; the voice and its side are one."""
    assert registry([UNION]).find(claimant) == UNION
    assert sides(say(claimant, 4, claimant_kind="other"), known=(UNION,)) == ["Unión Ka'ara"]


def test_an_acronym_without_its_accent_is_still_in_capitals() -> None:
    """Letters are made plain, never small: `uka` in a sentence is a word."""
    assert registry([UNION]).find("uka") is None


@pytest.mark.parametrize("claimant", ["frr", "residents near the Frontier Rangers camp", "Frontier Rangersmen", "FRRs"])
def test_a_known_voice_is_not_heard_in_other_words(claimant: str) -> None:
    """An acronym in small letters, a name in passing or a longer word is somebody else."""
    assert registry([RANGERS]).find(claimant) is None


def test_a_known_voice_takes_side_party_and_office_from_the_registry() -> None:
    """A body of another side, a hospital that takes part, and two names of one office are what the registry says."""
    known = (
        KnownVoice(id="aid", name="Coast Aid", side="Coast council", kind="medical", party=True),
        KnownVoice(id="desk", name="Palace press desk", kind="government", office="interior ministry"),
    )
    told = [say("Coast Aid", 3), say("Palace press desk", 5, hour=9), say("the interior ministry", 6, hour=12)]
    assert sides(*told, known=known) == ["Coast council", "government", "government"]
    voices = Voices(told, known)
    assert voices.speaker(told[0]).party
    assert voices.speaker(told[1]).voice.key == voices.speaker(told[2]).voice.key


def test_a_body_that_verifies_gives_the_best_estimate() -> None:
    """The count of a body known to verify is the best one; the same words of another monitor are one voice of three."""
    told = [say("Count Network", 7), say("a hospital", 9), say("residents", 9)]
    known = (KnownVoice(id="count", name="Count Network", kind="un_ngo", independent=True),)
    figure = tuesday(*told, group="civilians", known=known)
    assert (figure.low, figure.best, figure.high, figure.best_rule) == (7, 7, 9, "independently_verified")
    assert tuesday(*told, group="civilians").best_rule == "origins_agree"


def test_bodies_that_verify_everywhere_are_known_without_a_workspace() -> None:
    """The UN's human rights office is outside the conflict and verifies, whoever's registry is used."""
    claim = say("OHCHR spokeswoman Ada Quill", 7, claimant_kind="government")
    speaker = Voices([claim]).speaker(claim)
    assert (speaker.independent, speaker.party, speaker.voice.kind) == (True, False, "un_ngo")


def test_one_sides_boast_repeated_by_its_ally_is_no_agreement() -> None:
    """Two parties that name the same number of their enemy's dead agree on a boast; with an admission it is known."""
    allies = [
        say("Valley Front", 40, group="state_forces"),
        say("Hill Front", 40, group="state_forces"),
    ]
    assert tuesday(*allies).best is None
    admitted = tuesday(*allies, say("the army", 40, group="state_forces"))
    assert (admitted.best, admitted.best_rule, admitted.origins) == (40, "origins_agree", 3)


# ── groups of the context tables ────────────────────────────────────────────────────────────────────


def incident(actor: str, other: str = "Civilians (Ombria)") -> Incident:
    return Incident(id=actor, dataset="x", date_start=TUESDAY, date_end=TUESDAY, actor_a=actor, actor_b=other)


@pytest.mark.parametrize(
    ("actor", "names"),
    [
        ("VLF: Valley Liberation Front", ("Valley Liberation Front", "VLF")),
        ("Valley Liberation Front (VLF)", ("Valley Liberation Front", "VLF")),
        ("Valley Liberation Front", ("Valley Liberation Front",)),
        ("River Communal Militia (Ombria)", ("River Communal Militia",)),
    ],
)
def test_a_group_of_the_tables_is_known_by_its_names(actor: str, names: tuple[str, ...]) -> None:
    """Long name and acronym as UCDP and ACLED write them."""
    found = armed_groups([incident(actor)])
    assert [(one.name, *one.aliases) for one in found] == [names]
    assert found[0].kind == "armed_group"


@pytest.mark.parametrize(
    "actor",
    [
        "Government of Ombria",
        "Military Forces of Ombria (2024-)",
        "Police Forces of Ombria (2019-) Border Police",
        "Civilians (Ombria)",
        "Protesters (Ombria)",
        "Rioters (Ombria)",
        "Unidentified Armed Group (Ombria)",
        "",
    ],
)
def test_states_and_crowds_of_the_tables_are_no_groups(actor: str) -> None:
    """Who is no armed group of a name is not made one."""
    assert armed_groups([incident(actor)]) == ()


def test_the_word_of_a_group_of_the_tables_is_a_partys() -> None:
    """A name the reader takes for nobody in particular is an armed group's once a table of events knows it."""
    told = [
        say("Black Banner", 30, group="state_forces", claimant_kind="other"),
        say("the army", 4, group="state_forces"),
    ]
    assert sides(*told) == ["Black Banner", "government"]
    figure = tuesday(*told, known=armed_groups([incident("BB: Black Banner")]))
    assert {position.about for position in figure.positions} == {"enemy_losses", "own_losses"}
    assert (figure.text, figure.status) == ("4 or 30", "disputed")


# ── the registry of a workspace ─────────────────────────────────────────────────────────────────────


def written(folder: Path, text: str) -> Path:
    (folder / "briefings.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_workspace_names_its_voices(tmp_path: Path) -> None:
    """`[voices.NAME]` gives name, aliases, kind, side, party and whether a body verifies."""
    space = load(
        written(
            tmp_path,
            '[voices.rangers]\nname = "Frontier Rangers"\naliases = ["FRR"]\nkind = "military"\n'
            '[voices.count]\nname = "Count Network"\nkind = "un_ngo"\nindependent = true\n',
        )
    )
    assert space.voices["rangers"] == RANGERS
    assert space.voices["count"].independent


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[voices.a]\nname = "Coast Aid"\nsid = "x"\n', "unknown key; did you mean 'side'?"),
        ('[voices.a]\nname = "Coast Aid"\nkind = "militry"\n', "did you mean 'military'?"),
        ("[voices.a]\nparty = true\n", "voices.a.name: is required"),
        (
            '[voices.a]\nname = "Coast Aid"\n[voices.b]\nname = "B"\naliases = ["coast aid"]\n',
            "is a name of [voices.a]",
        ),
        ('[voices.a]\nname = "Coast Aid"\nparty = true\nindependent = true\n', "verifies for nobody"),
        ('[voices.a]\nname = "Coast Aid"\nkind = "police"\nindependent = true\n', "verifies for nobody"),
    ],
)
def test_what_is_wrong_with_a_voice_is_said(tmp_path: Path, text: str, told: str) -> None:
    """Unknown keys and kinds with the nearest right one; shared names; a party that is said to verify."""
    with pytest.raises(ConfigError) as fault:
        load(written(tmp_path, text))
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the Relief Cross", "a Relief Cross spokesman", True),
        ("the Relief Cross", "spokeswoman for the Relief Cross", True),
        ("the Relief Cross", "a Rights Watch spokesman", False),
        ("the Relief Cross", "a Relief Cross volunteer", False),
    ],
)
def test_a_body_and_who_speaks_for_it_are_one_voice(one: str, other: str, same: bool) -> None:
    """Whoever speaks for relief workers says what they say."""
    told = [say(who, 3, claimant_kind="un_ngo") for who in (one, other)]
    first, second = (Voices(told).speaker(each).voice.key for each in told)
    assert (first == second) is same


@pytest.mark.parametrize(
    ("who", "state"),
    [
        ("Senator Ruvan Tello", False),
        ("an opposition lawmaker", False),
        ("Defence Minister Ruvan Tello, a member of parliament", True),
        ("the governor", True),
        ("the army", True),
    ],
)
def test_who_sits_in_parliament_does_not_speak_for_the_government(who: str, state: bool) -> None:
    """A senator's 228 are no word of the government, which says 37: they stand beside each other."""
    told = [say(who, 228, group="state_forces", hour=8), say("the army", 37, group="state_forces", hour=12)]
    assert (sides(*told)[0] == "government") is state
    assert tuesday(*told).text == ("37" if state else "37–228")


@pytest.mark.parametrize(
    ("first", "other", "text"),
    [
        ("the governor of Orvale", "the governor of Tamsin", "at least 14"),  # each counts in his province
        ("the mayor of Sell", "the mayor of Brela", "at least 14"),
        ("the governor of Orvale", "Orvale Governor Ruvan Tello", "9"),  # one governor
        ("the governor of Orvale", "the mayor of Sell", "9"),  # a town is in a province
        ("the governor of Orvale", "the army", "9"),
        ("the head of the army", "the head of the police", "9"),  # whose areas are no land
    ],
)
def test_officials_of_two_areas_correct_each_other_in_nothing(first: str, other: str, text: str) -> None:
    """Fourteen soldiers by the one, then nine by the other, neither naming a place: the greater is a floor."""
    told = [say(first, 14, group="state_forces", hour=8), say(other, 9, group="state_forces", hour=12)]
    assert tuesday(*told).text == text


# ── one voice under its spellings ───────────────────────────────────────────────────────────────────


# ── a voice under the name that all who speak for it have ────────────────────────────────────────


def test_the_police_are_not_named_after_their_spokesman() -> None:
    """What "police" said of one place is not printed as the word of the spokesman who spoke of another."""
    told = [
        say("Ruvan Tello", 3, office="police spokesman", claimant_kind="police", hour=9),
        say("Ruvan Tello", 4, office="police spokesman", claimant_kind="police", group="state_forces", hour=10),
        say("police", 40, claimant_kind="police", day=MONDAY),
    ]
    voices = Voices(told)
    assert {voices.speaker(one).voice.name for one in told} == {"police"}
    assert best_name(told) == "police"


def test_two_spokesmen_of_one_office_are_named_by_their_post() -> None:
    """Neither stands for what the other said."""
    told = [
        say("Ruvan Tello", 3, office="police spokesman", claimant_kind="police"),
        say("Ina Brask", 5, office="police spokeswoman", claimant_kind="police"),
    ]
    name = best_name(told)
    assert "police spokes" in name
    assert not {"Tello", "Brask"} & set(name.split())


@pytest.mark.parametrize("short", ["the governor", "Tello"])
def test_who_holds_a_post_alone_keeps_his_name(short: str) -> None:
    """The governor is the governor, and a man his surname."""
    told = [say("Governor Ruvan Tello", 3), say(short, 5)]
    assert best_name(told) == "Governor Ruvan Tello"


def test_an_accent_makes_no_second_voice() -> None:
    """A governor with and without accents, by post or by the whole of it, is one office; so is a group one side."""
    told = [
        say("Governor Tomás Ibáñez", 4),
        say("Tomas Ibanez", 4, office="governor of Santuro"),
        say("Ibáñez", 5),
    ]
    voices = Voices(told)
    assert len({voices.speaker(claim).voice.key for claim in told}) == 1
    group = [say("Frente Cañada", 4, claimant_kind="armed_group"), say("Frente Canada", 4, claimant_kind="armed_group")]
    assert sides(*group) == ["Frente Cañada"] * 2


@pytest.mark.parametrize(("publisher", "kind"), [("UN Office in Orvale", "un_ngo"), ("Orvale Herald", None)])
def test_a_body_that_publishes_its_own_reports_is_no_outlet(publisher: str, kind: str | None) -> None:
    """What an international body writes in its own voice is its word; a newspaper's own voice is nobody's."""
    told = say(None, 9).model_copy(update={"publisher": publisher})
    speaker = Voices([told]).speaker(told)
    assert (speaker.voice.name, speaker.voice.kind, speaker.party) == (publisher, kind, False)


# ── the police of a town, and those of another ───────────────────────────────────────────────────


def keys(*claims: Claim) -> list[str]:
    """Return the key of each claim's voice."""
    voices = Voices(claims)
    return [voices.speaker(claim).voice.key for claim in claims]


@pytest.mark.parametrize(
    "post", ["police chief", "Brela police chief", "district police officer", "city police spokesman Major"]
)
def test_the_head_and_the_spokesman_of_a_towns_police_are_its_police(post: str) -> None:
    """What "police" said first and their chief says later is one office's word."""
    plain_word = say("police", 4, claimant_kind="police", place="Brela", hour=9)
    chief = say("Omar Hale", 7, office=post, claimant_kind="police", place="Brela", hour=18)
    one, other = keys(plain_word, chief)
    assert one == other
    assert tuesday(plain_word, chief, group="civilians").text == "7"


def test_the_police_of_two_towns_are_two_offices() -> None:
    """Each chief speaks for his own force, whether its town is in his post or only in what he counts."""
    told = [
        say("Omar Hale", 4, office="police chief", claimant_kind="police", place="Brela"),
        say("Ina Brask", 3, office="police chief", claimant_kind="police", place="Mezin"),
        say("police", 3, claimant_kind="police", place="Mezin"),
        say("the Veld police chief", 2, claimant_kind="police", place="Veld"),
    ]
    brela, mezin, again, veld = keys(*told)
    assert mezin == again
    assert len({brela, mezin, veld}) == 3


def test_the_mayors_of_two_towns_are_two_voices() -> None:
    """A mayor of no town is that of the town told of: by name, in the report, or where the dead are counted."""
    told = [
        say("the mayor of Brela", 4, place="Brela"),
        say("the mayor", 6, place="Brela, Haro province"),
        say("Ana Ruiz", 7, office="Mayor", place="Brela", document_id="one"),
        say("the mayor", 9, place="Mezin"),
        say("the Mezin mayor", 9, place="Mezin"),
        say("the mayor's office in Mezin", 8, place=None),
    ]
    found = keys(*told)
    assert found[0] == found[1] == found[2]
    assert found[3] == found[4] == found[5]
    assert found[0] != found[3]


@pytest.mark.parametrize("rank", ["former", "acting", "vice", "deputy", "first deputy"])
def test_who_is_not_the_mayor_is_another_voice_than_the_mayor(rank: str) -> None:
    """Nine by the former, deputy or acting mayor, then twelve by the mayor: each has its own name and number."""
    told = [
        say(f"the {rank} mayor of Brela", 9, place="Brela", hour=9),
        say("the mayor of Brela", 12, place="Brela", hour=18),
    ]
    found = {one.voice.name: one.low for one in tuesday(*told, group="civilians").positions}
    assert found == {f"the {rank} mayor of Brela": 9, "the mayor of Brela": 12}


@pytest.mark.parametrize(
    ("former", "now"), [("mayor of Brela", "mayor of Brela"), ("interior minister", "interior ministry")]
)
def test_who_holds_a_post_no_more_moves_no_count_of_the_government(former: str, now: str) -> None:
    """Twelve by the mayor, then nine by the former mayor: the former holder takes nothing back, and is another side."""
    told = [
        say(f"the {now}", 12, place="Brela", hour=9),
        say(f"the former {former}", 9, place="Brela", hour=18),
    ]
    figure = tuesday(*told, group="civilians")
    assert {one.low: one.relation for one in figure.positions} == {9: "current", 12: "current"}
    assert len({one.voice.side for one in figure.positions}) == 2


def test_the_deputy_of_a_town_is_one_in_every_report() -> None:
    """Mezin's deputy mayor and the vice mayor of Mezin are one, that of Brela another."""
    mezin, vice, brela = keys(
        say("Mezin's deputy mayor", 8, place=None),
        say("the vice mayor of Mezin", 8, place=None),
        say("the deputy mayor", 8, place="Brela"),
    )
    assert mezin == vice
    assert mezin != brela


@pytest.mark.parametrize("post", ["mayor", "deputy commissioner", "prefect", "district chief", "village head"])
def test_holders_of_one_post_in_two_towns_are_named_apart(post: str) -> None:
    """Nobody is heard under the other's name, nor does one take back what the other said."""
    told = [say(f"the {post}", 9, place="Brela", hour=9), say(f"the {post}", 4, place="Mezin", hour=18)]
    names = names_of(told, Voices(told))
    assert sorted(names.values()) == [f"the {post} of Brela", f"the {post} of Mezin"]
    assert {one.relation for one in tuesday(*told, group="civilians").positions} == {"current"}


def test_two_persons_in_a_post_of_no_town_are_two() -> None:
    """Mayor Ruiz and Mayor Hale, wherever they are mayors; Ana Ruiz is the same once her town is told."""
    told = [
        say("Ana Ruiz", 4, office="Mayor", place=None),
        say("Omar Hale", 5, office="Mayor", place=None),
        say("Ana Ruiz", 6, office="mayor of Brela", place=None, document_id="other"),
    ]
    ruiz, hale, again = keys(*told)
    assert ruiz == again
    assert ruiz != hale


def test_a_report_speaks_of_its_own_mayor() -> None:
    """Once the mayor of Brela is told of he is "the mayor", though the dead are in Mezin; before, it is Mezin's own."""
    told = [
        say("the mayor", 5, place="Mezin", document_id="one", start=0),
        say("the mayor of Brela", 4, place="Brela", document_id="one", start=50),
        say("the mayor", 5, place="Mezin", document_id="one", start=90),
    ]
    mezin, brela, again = keys(*told)
    assert brela == again
    assert mezin != brela


@pytest.mark.parametrize(
    ("place", "sentence", "same"),
    [
        ("Mezin", "In Mezin, the mayor said 4 people were killed on Tuesday.", False),
        ("Mezin", "4 people were killed in the town of Mezin, the mayor said.", False),
        ("Mezin road", "4 people were killed on the Mezin road, the mayor said.", True),
        ("central market", "4 people were killed in the central market, the mayor said.", True),
        ("Mezin", "The mayor said 4 people were killed.", True),
    ],
)
def test_the_town_of_a_count_says_whose_mayor_speaks(place: str, sentence: str, *, same: bool) -> None:
    """Though the mayor of Brela was told of last, who counts the dead in Mezin by name of the town is Mezin's."""
    brela, mayor = keys(
        say("the mayor of Brela", 9, place="Brela", document_id="one", start=0),
        say("the mayor", 4, place=place, sentence=sentence, document_id="one", start=90),
    )
    assert (brela == mayor) is same


def test_a_post_there_is_one_of_in_the_land_has_no_town() -> None:
    """The interior minister is one, wherever he counts."""
    told = [say("the interior minister", 4, place="Brela"), say("the interior minister", 5, place="Mezin")]
    assert len(set(keys(*told))) == 1


def test_provincial_police_are_not_those_of_a_town() -> None:
    """Their director speaks for them, wherever he counts; the inspector general for all there are."""
    told = [
        say("the provincial police", 4, claimant_kind="police", place="Brela"),
        say("Omar Hale", 5, office="provincial police director", claimant_kind="police", place="Mezin"),
        say("Ina Brask", 5, office="Brela police chief", claimant_kind="police", place="Brela"),
        say("Ruvan Tello", 5, office="Inspector General of Police", claimant_kind="police", place="Brela"),
    ]
    force, director, chief, general = keys(*told)
    assert force == director
    assert len({force, chief, general}) == 3


def test_a_chief_and_a_spokesman_alone_are_the_police() -> None:
    """Neither is named for what the other said."""
    told = [
        say("Ruvan Tello", 3, office="police spokesman", claimant_kind="police", place="Brela"),
        say("Ina Brask", 5, office="Brela police chief", claimant_kind="police", place="Brela"),
    ]
    assert best_name(told) == "police"


def test_a_brigade_whose_militants_are_fought_is_no_part_of_an_army() -> None:
    """Its nine soldiers stand against the army's two, and are added to none of the government's."""
    fought = say(
        "the army", 4, group="armed_group", sentence="Troops killed 4 militants of the Tarn Brigade.", quote="4"
    )
    boast = say("The Tarn Brigade", 9, group="state_forces", claimant_kind="military")
    own = say("the army", 2, group="state_forces")
    side, _, army = sides(boast, fought, own)
    assert (side, army) == ("Tarn Brigade", "government")
    assert tuesday(fought, boast, own).text == "2 or 9"
    regular = say("The Third Brigade", 9, group="state_forces", claimant_kind="military")
    assert sides(regular, fought, own)[0] == "government"


def test_what_an_office_says_twice_is_counted_by_the_plainer_word() -> None:
    """Two soldiers "among the dead" may be some of them; two soldiers killed are all."""
    among = say("the army", 2, group="state_forces", rule="among", hour=9)
    plain_word = say("the army", 2, group="state_forces", hour=18)
    assert tuesday(among, group="state_forces").text == "at least 2"
    assert tuesday(among, plain_word, group="state_forces").text == "2"


def test_a_hospital_is_named_for_what_it_says_itself() -> None:
    """Its director spoke of the wounded only."""
    house = say("Mezin General Hospital", 3)
    director = say("director", 16, office="Mezin General Hospital director", claimant_kind="medical", outcome="injured")
    assert best_name([house.model_copy(update={"claimant_kind": "medical"}), director]) == "Mezin General Hospital"


def test_governors_of_two_provinces_are_two_offices() -> None:
    """Each province has one: he is known by it, or by where he counts, and by his own name where two have held it."""
    told = [
        say("the governor of North Orvale", 9, place="Sell"),
        say("the governor", 4, place="Brod, South Orvale province"),
    ]
    assert {one.voice.key for one in Voices(told).heard} == {
        "government:governor of north orvale",
        "government:governor of south orvale",
    }
    told = [say("Omar Hale", 9, office="governor", place="Sell"), say("Ana Ruiz", 4, office="governor", place="Brod")]
    assert len({one.voice.key for one in Voices(told).heard}) == 2


def test_hospitals_of_two_towns_are_two_voices() -> None:
    """It is that of the town it counts in, or which it is said to stand in; of one town it is one."""
    told = [say("the hospital", 9, place="Sell"), say("the hospital", 4, place="Brod")]
    assert {one.voice.name for one in Voices(told).heard} == {"the hospital"}
    assert {one.voice.key for one in Voices(told).heard} == {"medical:hospital of sell", "medical:hospital of brod"}
    told = [say("the hospital", 9, place="Sell"), say("the hospital", 4, place="Sell market")]
    assert {one.voice.key for one in Voices(told).heard} == {"medical:hospital"}
    near = [
        say("the hospital", n, place=where, sentence=f"The hospital in Sell said {n}.")
        for n, where in ((9, "Sell"), (4, "Brod"))
    ]
    assert len({one.voice.key for one in Voices(near).heard}) == 1
    own = [say("the Saint Mary hospital", 9, place="Sell"), say("the Saint Mary hospital", 4, place="Brod")]
    assert len({one.voice.key for one in Voices(own).heard}) == 1
    province = [say("the provincial hospital", 9, place="Sell"), say("the provincial hospital", 4, place="Brod")]
    assert len({one.voice.key for one in Voices(province).heard}) == 1
