"""Reading: sentences in, claims out."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefings.counting.readings import RULES
from briefings.lexis.sentences import MAX_TEXT, with_headline
from briefings.model import Claim, Document, Reading
from briefings.report.extract import read, read_document

TABLE = Path(__file__).parent / "phrases" / "claims.txt"
DAY = date(2024, 5, 16)  # a Thursday


def report(body: str, title: str = "") -> Document:
    return Document.of(source="test", title=title, published_on=DAY, text=with_headline(title, body))


def rows() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" => ")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def shown(claim: Claim) -> str:
    low = "" if claim.low is None else claim.low
    high = "" if claim.high is None else claim.high
    return f"{claim.outcome} {low}..{high} {claim.group}"


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("The Red Column, an armed group, said four of its own men died.", ["killed 4..4 armed_group"]),
        ("The army said six of its men were killed.", ["killed 6..6 state_forces"]),
        ("The mayor said six of his people were killed.", ["killed 6..6 unknown"]),
        ("Our fighters hit a patrol.\n\nThree of our comrades died.", ["killed 3..3 armed_group"]),
        (
            "The army said terrorists attacked a post.\n\n"
            "On the friendly side:\n- 8 dead;\n- 13 wounded.\n\nOn the enemy side:\n- 27 killed.\n\nFour died.",
            [
                "killed 8..8 state_forces",
                "injured 13..13 state_forces",
                "killed 27..27 armed_group",
                "killed 4..4 unknown",
            ],
        ),
        (
            "The army said the Tarnian Armed Forces (TAF) were attacked by terrorists.\n\n"
            "TAF side: four dead, two missing.\n\nEnemy side: 13 bodies found.\n\nFar side: three dead.",
            [
                "killed 4..4 state_forces",
                "missing 2..2 state_forces",
                "killed 13..13 armed_group",
                "killed 3..3 unknown",
            ],
        ),
        (
            "Our fighters hit a patrol of soldiers.\n\nOn our side:\n- 4 dead.\n\nOn the enemy side:\n- 11 killed.",
            ["killed 4..4 armed_group", "killed 11..11 state_forces"],
        ),
        (
            "There was a clash.\n\nOn our side:\n- 4 dead.\n\nOn the enemy side:\n- 11 killed.",
            ["killed 4..4 unknown", "killed 11..11 unknown"],
        ),
        ("The army said the Red Column, an armed group, had executed six of its members.", ["killed 6..6 unknown"]),
        ('"The army killed four of our men," the Red Column, an armed group, said.', ["killed 4..4 armed_group"]),
        ("The army said on Monday that six of its men were killed.", ["killed 6..6 state_forces"]),
        ("Police said the gang shot dead four of its own members.", ["killed 4..4 unknown"]),
        ("The army said a bomb in Mezin killed six of its men.", ["killed 6..6 state_forces"]),
        ('"We are holding 12 suspects," the minister told reporters.', ["detained 12..12 unknown"]),
        ("We hold nine suspects, the police chief said.", ["detained 9..9 unknown"]),
        ("We hold five soldiers, the rebels said.", ["abducted 5..5 state_forces"]),
        ("We hold five soldiers, the Free Zerran Army said.", []),
        ("We hold five soldiers.", []),
    ],
)
def test_counted_people_are_of_the_side_the_report_puts_them_on(story: str, expected: list[str]) -> None:
    """A speaker's own men are of his side, and so are those a communiqué lists under it; nobody's are of no side."""
    assert [shown(claim) for claim in read(report(story))] == expected


@cache
def claimed(sentence: str) -> tuple[Claim, ...]:
    """Return the claims of a row of the table, which several tests look at."""
    return tuple(read(report(sentence)))


@pytest.mark.parametrize(("sentence", "expected"), rows())
def test_a_sentence_gives_the_claims_beside_it(sentence: str, expected: str) -> None:
    """Every row of the table gives exactly its claims: outcome, bounds and group."""
    assert [shown(claim) for claim in claimed(sentence)] == ([] if expected == "-" else expected.split("; "))


def test_every_rule_that_reads_a_claim_is_explained() -> None:
    """Each rule the table's sentences are read by has a sentence that says what it reads, and none is idle."""
    used = {claim.rule for sentence, _ in rows() for claim in claimed(sentence)}
    assert used <= set(RULES)
    assert {rule for rule in RULES if not rule.startswith("headline")} - used <= {"along-with", "named-died"}


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Two journalists were killed in Brela on Tuesday. Omar Hale was shot dead in his car.", [2]),
        ("Omar Hale was shot dead in Brela on Tuesday. Hale was killed in his car. He was murdered.", [1]),
        ("Omar Hale was shot dead on Tuesday. Police said Hale was killed in his car.", [1, 1]),
        ("Omar Hale and 12 others were killed in Brela.", [1, 12]),
        ("The singer Omar Hale died of cancer. Senator Ana Ruiz died in her sleep.", []),
        ("Gunmen attacked a bus, wounding 12. Omar Hale died.", [12, 1]),
        ("Governor Ana Ruiz said the killing of Omar Hale was a crime. Judge Jan Orsk was told of it.", [1]),
        ("They planned the murder of Ana Ruiz. An attempt to assassinate Omar Hale failed.", []),
    ],
)
def test_a_named_person_counts_once_and_not_beside_a_number_that_includes_him(story: str, expected: list[int]) -> None:
    """One claim a person and outcome and voice; none where a number tells of him already, or nothing befell him."""
    assert [claim.low for claim in read(report(story))] == expected


def test_a_claim_is_a_span_of_the_text_and_names_its_rule() -> None:
    """Quote and sentence are cut from the text at the claim's offsets, and the rule says what read it."""
    document = report("At dawn, raiders killed 11 herders.\nLater 12 soldiers were killed.")
    first, second = read(document)
    assert (first.quote, first.rule) == ("11 herders", "active-object")
    assert (second.quote, second.rule) == ("12 soldiers", "passive")
    assert all(document.text[c.start : c.end] == c.quote and c.quote in c.sentence for c in (first, second))


def test_a_headline_claim_lies_inside_the_text() -> None:
    """A title that came apart from the body is part of the text, and its claim says so."""
    document = report(
        "Raiders attacked a convoy on Tuesday, killing 11 drivers, police said.", "Eleven killed in convoy raid"
    )
    headline, body = read(document)
    assert headline.headline
    assert not body.headline
    assert headline.quote == "Eleven killed"
    assert document.text[headline.start : headline.end] == headline.quote
    assert headline.date_from == body.date_from == date(2024, 5, 14)


def test_a_part_names_its_whole() -> None:
    """A sub-total carries the quote of the total it belongs to."""
    whole, part = read(report("The storm killed 40 people, including nine children."))
    assert (whole.part_of, part.part_of, part.low) == (None, "40 people", 9)


def test_an_earlier_event_is_background_with_its_own_window() -> None:
    """Last month's toll never takes the day of the news."""
    now, then = read(
        report("A bomb killed four guards in Tarno on Wednesday. In March, a blast there killed 25 people.")
    )
    assert (now.scope, now.date_from) == ("incident", date(2024, 5, 15))
    assert (then.scope, then.date_from, then.date_to) == ("background", date(2024, 3, 1), date(2024, 3, 31))


def test_a_total_since_a_day_is_cumulative() -> None:
    """A count since a day runs from that day to publication."""
    (claim,) = read(report("Police say 340 people have been killed in the province since January."))
    assert (claim.scope, claim.date_from, claim.date_to) == ("cumulative", date(2024, 1, 1), DAY)


def test_the_day_before_is_not_the_day_of_the_news() -> None:
    """“A day after” dates what follows it one day before the event it is told beside."""
    claims = read(report("Wednesday's raids come a day after the army reported killing 41 rebels in the hills."))
    assert [(c.low, c.date_from, c.claimant) for c in claims] == [(41, date(2024, 5, 14), "the army")]


def test_captured_by_rebels_is_abducted_and_by_police_detained() -> None:
    """Who captures decides the outcome."""
    by_rebels = read(report("The rebels said they had captured 18 soldiers."))
    by_police = read(report("Police said they had captured 18 smugglers in a raid, and arrested 18 suspects."))
    assert [c.outcome for c in by_rebels] == ["abducted"]
    assert by_police
    assert {c.outcome for c in by_police} == {"detained"}


def test_responsibility_is_kept_with_its_medium_and_never_invented() -> None:
    """A claim of responsibility has a group, a medium and acts; that there is none is not a claim."""
    owned = read_document(
        report("The Free Hills Front claimed responsibility for the raid in a statement sent to reporters.")
    )
    (claim,) = owned.responsibilities
    assert (claim.group, claim.medium, claim.acts, claim.denied) == (
        "Free Hills Front",
        "statement sent to reporters",
        "the raid",
        False,
    )
    denied = read_document(report("The Free Hills Front denied any involvement in the bombing."))
    assert [c.denied for c in denied.responsibilities] == [True]
    assert not read_document(
        report("There was no immediate claim of responsibility. No group has claimed responsibility.")
    ).responsibilities


def test_passages_keep_what_is_not_a_count() -> None:
    """Simultaneity, background and impact are kept as spans, with who says so."""
    reading = read_document(
        report(
            "Raiders struck four towns on Wednesday. "
            "The attacks began almost simultaneously, according to Governor Ana Ruiz. "
            "Train services were suspended. The province has long been the scene of a rebellion."
        )
    )
    kinds = {passage.kind: passage for passage in reading.passages}
    assert kinds["simultaneity"].claimant == "Ana Ruiz"
    assert kinds["simultaneity"].office == "Governor"
    assert kinds["impact"].quote == "Train services were suspended."
    assert kinds["background"].rule == "long-running"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "…",
        "\u202e37 killed\u202c",
        "killed " * 3000,
        "37 " * 3000,
        "(" * 5000,
        "“" * 500 + "12 killed",
        "a, " * 4000 + "12 killed",
    ],
)
def test_hostile_text_is_read_without_harm(text: str) -> None:
    """Empty, bidirectional, endless or unbalanced text gives a reading, never an error."""
    assert isinstance(read_document(Document.of(source="test", published_on=DAY, text=text)), Reading)


def test_text_beyond_the_bound_is_not_read() -> None:
    """A huge document is read up to the bound and no further."""
    text = "Nothing happened here today. " * (MAX_TEXT // 29 + 10) + "Rebels killed 12 people."
    assert read(Document.of(source="test", published_on=DAY, text=text)) == ()


def test_reading_twice_gives_the_same_ids() -> None:
    """A reading depends on nothing but the document."""
    document = report("Gunmen killed 12 villagers. Three guards were wounded.")
    assert read_document(document) == read_document(document)
    assert len({claim.id for claim in read(document)}) == 2


WORDS = re.split(
    r"\s+",
    "at least ten 37 killed wounded people soldiers militants , . and or said officials in "
    "Quetta on Saturday dead of them whom including "
    'the a were was have been died toll rose to from according who that " “ ” ( ) : - — dozens another '
    "others two million 2,000 1.5 lakh "
    "missing hostage arrested bodies January 31 IS no one nobody he she it they told by after before while",
)


@pytest.mark.slow
def test_a_text_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    """Teasers and feeds end, and begin, anywhere in a sentence; no word is looked for beyond what there is."""
    parts: dict[str, None] = {}  # many begin or end alike
    for file in sorted(TABLE.parent.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            words = line.partition("=>")[0].split()
            for at in range(1, len(words)):
                parts |= dict.fromkeys((" ".join(words[:at]), " ".join(words[at:])))
    for part in parts:
        read(report(part))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=80))
@example("one of whom 37 killed")
def test_every_quote_is_a_span(text: str) -> None:
    """Whatever the text, each claim's quote is exactly the text between its offsets, and its bounds are in order."""
    document = Document.of(source="test", published_on=DAY, text=text)
    reading = read_document(document)
    for claim in reading.claims:
        assert document.text[claim.start : claim.end] == claim.quote != ""
        assert claim.low is None or claim.high is None or claim.low <= claim.high
        assert (claim.claimant is None) == (claim.claimant_kind is None)
    for other in (*reading.responsibilities, *reading.passages):
        assert document.text[other.start : other.end] == other.quote


def test_a_dateline_is_no_part_of_its_sentence() -> None:
    """Place and dash before the news are neither in the sentence, nor in a post, nor the name of a group."""
    minister, group = (
        read_document(report(body))
        for body in (
            "BRELA, Tarnia (Agency) — Tarnia's interior minister, Omar Hale, said that 7 people were killed.",
            "BRELA – The Ostra Liberation Front (OLF) claimed responsibility for Tuesday's attack in Mezin in a "
            "statement sent to the agency ANP.",
        )
    )
    assert [(one.claimant, one.office) for one in minister.claims] == [("Omar Hale", "Tarnia's interior minister")]
    (owned,) = group.responsibilities
    assert owned.group == "Ostra Liberation Front (OLF)"
    assert owned.medium == "statement sent to the agency ANP"
    assert all(one.sentence[:5] != "BRELA" for one in (*minister.claims, *group.responsibilities))


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Rebels killed 9 soldiers in Brela, Mezin and Cirelo on Tuesday.", "Brela; Mezin; Cirelo"),
        ("Six people were killed in raids, one in Brela and one in Mezin.", "Brela; Mezin"),
        ("Six people were killed in Brela and Interior Minister Omar Hale flew there.", "Brela"),
        ("Six people were killed in Brela, the Counter-Crime Department said.", "Brela"),
        ("The governor of Ostra told reporters in Brela that 6 people were killed in the province.", "Ostra"),
    ],
)
def test_a_toll_lies_in_the_places_named_with_it(sentence: str, place: str) -> None:
    """Places named in one breath all count; a speaking office and the town of a briefing are no places of a toll."""
    assert [claim.place for claim in read(report(sentence))] == [place]


def test_a_part_has_the_group_that_is_said_of_it() -> None:
    """“22 of them law enforcement personnel” are security forces within the count before."""
    whole, part = read(report("The fighting left 68 people dead, 22 of them law enforcement personnel."))
    assert (whole.low, whole.group) == (68, "unknown")
    assert (part.low, part.group, part.part_of) == (22, "state_forces", "68 people")


def test_what_is_still_to_come_or_still_holds_is_no_background() -> None:
    """A day ahead is not its namesake a week ago, and what holds since a few days is news."""
    kinds = {
        passage.quote.split()[0]: (passage.kind, passage.date_to)
        for passage in read_document(
            report(
                "Gunmen attacked a post in Brela on Thursday.\n\nOfficials said that schools would stay closed on "
                "Sunday.\n\nTrains have been suspended since Sunday.\n\nFor decades, Ostra has been the scene of war."
            )
        ).passages
    }
    assert kinds["Officials"] == ("impact", DAY)
    assert kinds["Trains"] == ("impact", DAY)
    assert kinds["For"][0] == "background"


@pytest.mark.parametrize(
    ("story", "part_of", "group"),
    [
        ("Three soldiers were killed near Brela. One of them died in hospital.", "Three soldiers", "state_forces"),
        ("Fourteen guards were wounded in Brela. One of them died in hospital.", None, "state_forces"),
        ("Two guards and nine villagers were killed in Brela. One of them died later.", None, "unknown"),
    ],
)
def test_one_of_those_counted_is_no_death_beside_them(story: str, part_of: str | None, group: str) -> None:
    """Who is one of the dead just counted is a part of them; who was counted as hurt and died is a new death."""
    last = read(report(story))[-1]
    assert (last.low, last.outcome, last.part_of, last.group) == (1, "killed", part_of, group)


def test_parts_told_after_the_speaker_are_the_speakers_word() -> None:
    """A part that follows "the army said" is the word of whoever gave the whole."""
    said = read(
        report("Ninety rebels were killed, the army's press wing said in a statement, among them three bombers.")
    )
    assert {claim.claimant for claim in said} == {"the army's press wing"}
    assert len(said) == 2


def test_a_speaker_is_one_noun_phrase() -> None:
    """What stands before the speaker in his sentence is no piece of his name."""
    (claim,) = read(report("In a message on its Telegram channel the army said its men had killed nine rebels."))
    assert claim.claimant == "the army"


def test_what_follows_hours_later_stays_in_its_place() -> None:
    """Those who fell "in the fighting that followed" fell where the clause before them is, not in the news' town."""
    story = (
        "A bomb killed five people in Brela on Wednesday, police said.\n\nHours later gunmen ambushed a patrol near "
        "Mezin, killing two soldiers. The ministry said that six rebels were killed in the fighting that followed."
    )
    assert [(claim.low, claim.place) for claim in read(report(story))] == [(5, "Brela"), (2, "Mezin"), (6, "Mezin")]


def test_the_front_is_the_group_named_before() -> None:
    """A claimant called "the front" is the armed group the report has named, in full."""
    story = (
        "The Salt Front, a faction of dissidents, claimed responsibility on Thursday for the attack in Brela. "
        "In a statement on its website the front said that its fighters had killed nine officers."
    )
    (claim,) = read(report(story))
    assert (claim.claimant, claim.claimant_kind) == ("Salt Front", "armed_group")


def test_a_group_only_described_in_the_title_bears_its_name() -> None:
    """The title's "Dissident front claims attacks" is by the one group the text names, as the text names it."""
    body = "The Salt Front, a faction of dissidents, claimed responsibility on Thursday for the attacks in Brela."
    for title in ("Dissident front claims attacks in Brela", "Rebel group claims attacks in Brela"):
        owned = read_document(report(body, title)).responsibilities
        assert {one.name for one in owned} == {"Salt Front"}
        assert owned[0].group in title
        assert len(owned[0].group.split()) == 2


def test_what_is_made_unchecked_is_what_checking_would_have_made() -> None:
    """Claims, actors and passages are not checked as they are read; checked, they come out the same, types and all."""
    reading = read_document(
        report(
            "Gunmen killed at least nine farmers and wounded two soldiers near Mezin on Monday, police said.\n\n"
            "The raid was condemned by the governor. All schools in the district were closed until further notice."
        )
    )
    made = [*reading.claims, *reading.actors, *reading.passages]
    assert {type(one).__name__ for one in made} == {"Claim", "Actor", "Passage"}
    for one in made:
        fields = {name: getattr(one, name) for name in one.model_fields_set}
        checked = type(one)(**fields)
        assert checked == one
        assert list(checked.__dict__.items()) == list(one.__dict__.items())
        assert [type(value) for value in checked.__dict__.values()] == [type(value) for value in one.__dict__.values()]


@pytest.mark.parametrize(
    ("story", "part_of"),
    [
        ("Fifteen people were killed, including two children.", "Fifteen people"),
        ("Nine people were killed and 20 hurt, including four children.", "20 hurt"),
        ("At least 72 people were killed, including 42 killed in the town.", "At least 72 people"),
        ("Two guards were killed, including a captain, and four others.", "Two guards"),
    ],
)
def test_what_follows_including_is_a_part_wherever_it_stands(story: str, part_of: str) -> None:
    """After the verb as before it: nobody is counted twice, and the part names its whole as that is quoted."""
    parts = [claim.part_of for claim in read(report(story)) if claim.part_of]
    assert parts == [part_of]


@pytest.mark.parametrize(
    ("story", "parts"),
    [
        (
            "A raid killed 14 people, nine of them soldiers, including two officers.",
            [("nine of them", "14 people"), ("two officers", "nine of them")],
        ),
        (
            "Of the 14 killed, nine were farmers, among them four women.",
            [("nine", "14 killed"), ("four women", "nine")],
        ),
        (
            "A bus crash hurt 40 people in Mezin. Twelve were in a serious condition.\n\nSix are in intensive care.",
            [("Twelve", "40 people"), ("Six", "40 people")],
        ),
        ("The raid hurt 20 people, six of them critically, a doctor said.", [("six of them", "20 people")]),
        ("A crash hurt 40 people in Mezin. In Brela, six people were in critical condition.", []),
        ("A crash hurt 40 people. Six others were in critical condition.", []),
    ],
)
def test_a_part_is_of_the_count_it_is_taken_from(story: str, parts: list[tuple[str, str]]) -> None:
    """A part of a part is of that part; who is in a grave condition is one of the hurt, but not elsewhere."""
    found = [claim for claim in read(report(story)) if claim.part_of]
    assert [(claim.quote, claim.part_of) for claim in found] == parts


@pytest.mark.parametrize(
    ("story", "parts"),
    [
        (
            "A shell killed 12 people and hurt 30. Officials said seven of the dead were children. Of the injured, "
            "five were women.",
            [("seven of the dead", "12 people"), ("five", "30")],
        ),
        (
            "A shell killed 12 people. The dead include four women and three boys.",
            [("four women", "12 people"), ("three boys", "12 people")],
        ),
        (
            "A shell killed 12 people. Four women and a baby were among them.",
            [("Four women", "12 people"), ("a baby", "12 people")],
        ),
        ("Among the 12 victims were four women and a baby.", [("four women", "12 victims"), ("a baby", "12 victims")]),
        (
            "Seven women and six children are among the 24 killed in the strike on Brela, medics said.",
            [("Seven women", "24 killed"), ("six children", "24 killed")],
        ),
        ("Eight of the 12 killed were women and children.", [("Eight of the 12 killed", "12 killed")]),
        (
            "At least 12 people were killed in Brela - four women and eight children.",
            [("four women", "At least 12 people"), ("eight children", "At least 12 people")],
        ),
    ],
)
def test_women_and_children_are_parts_of_the_count_they_are_of(story: str, parts: list[tuple[str, str]]) -> None:
    """In the same sentence or a later one they are civilians, and of the dead or the hurt that were counted before."""
    found = [claim for claim in read(report(story)) if claim.part_of]
    assert [(claim.quote, claim.part_of) for claim in found] == parts
    assert {claim.group for claim in found} == {"civilians"}


def test_who_was_among_the_dead_is_no_part_of_another_sides_count() -> None:
    """A nurse is none of the twelve rebels."""
    claims = read(report("Troops killed 12 rebels in Brela. A nurse was among the dead."))
    assert [(claim.quote, claim.part_of) for claim in claims] == [("12 rebels", None), ("A nurse", None)]


@pytest.mark.parametrize(
    "story",
    [
        "Six people were killed in Haro on Tuesday, among them two children, police chief Ana Ruiz said.",
        "A bomb killed six people and injured 17, including two teenagers, regional governor Oleh Tarn told reporters.",
    ],
)
def test_who_says_so_behind_a_list_is_none_of_the_victims(story: str) -> None:
    """The list ends before its speaker, who is alive to tell."""
    assert not any("Ana" in claim.quote or "Oleh" in claim.quote for claim in read(report(story)))


def test_a_zero_names_whom_it_is_of_without_its_no() -> None:
    """Nobody prints "0 no civilians"."""
    (zero,) = read(report("No civilians were hurt in Haro on Tuesday, the ministry said."))
    assert (zero.quote, zero.group_text, zero.low) == ("No civilians", "civilians", 0)


@pytest.mark.parametrize(
    ("story", "numbers"),
    [
        ("Two of the seven nurses who were abducted on Tuesday were released on Friday, police said.", [7]),
        ("Two abducted nurses were freed in Haro on Friday, police said.", []),
        ("The nine miners missing since Monday were found alive on Friday, officials said.", []),
        ("One of the two missing guards was found alive, the army said; the other is still missing.", [1]),
        ("Gunmen abducted 12 villagers, who were released a day later, police said.", [12]),
        ("Twelve people were abducted in the raid and have not been released, police said.", [12]),
        ("Three missing divers were found dead in Haro on Sunday, the coast guard said.", [3]),
    ],
)
def test_people_set_free_or_found_are_not_counted_as_taken_or_lost(story: str, numbers: list[int]) -> None:
    """That they were taken was told when they were; a number of those who are free is none of those who are not."""
    assert [claim.low for claim in read(report(story))] == numbers


@pytest.mark.parametrize("opening", ["Of these", "Of them", "Of those killed"])
def test_who_is_picked_out_of_those_before_is_a_part_of_them(opening: str) -> None:
    """A body's own breakdown of its count is of the same people, wherever and whenever each of them died."""
    first = "Eleven villagers were killed in the past week, the relief office said. "
    whole, *parts = read(
        report(f"{first}{opening}, six died in a raid on Haro on Tuesday and three in Mirel on Friday.")
    )
    assert whole.low == 11
    assert [(one.low, one.group, one.part_of) for one in parts] == [
        (6, whole.group, "Eleven villagers"), (3, whole.group, "Eleven villagers"),
    ]  # fmt: skip


def test_a_number_that_is_set_right_is_not_counted_beside_the_right_one() -> None:
    """Of "four, not five" it is four, and what the earlier statement had given is no count of its own."""
    told = read(
        report(
            "CORRECTION: The navy said on Thursday that four marines, not five, were killed in Wednesday's raid on "
            "Varna. An earlier statement had given five.\n\nThe navy said the fifth, first counted as dead, is in "
            "hospital in Orlen."
        )
    )
    assert [(one.low, one.claimant) for one in told] == [(4, "The navy")]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("41 rebels were killed in raids on two camps, one in Velda and one in Orsk.", [(41, "Velda; Orsk")]),
        ("Six rebels were killed in Velda, three in Orsk and two in Mand.", [(6, "Velda"), (3, "Orsk"), (2, "Mand")]),
    ],
)
def test_things_parted_by_place_are_no_people(said: str, counts: list[tuple[int, str]]) -> None:
    """Two camps, "one in Velda and one in Orsk", are not two of the dead; all the dead are of both places."""
    found = read(Document.of(source="a.txt", text=f"The army said that {said}"))
    assert [(claim.low, claim.place) for claim in found] == counts
