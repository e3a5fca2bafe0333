"""The claims of responsibility of a brief, told from reports as they are read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product

from outlets import desk_of, report, reports

from briefings import builders
from briefings.building.chronicle import current_responsibilities
from briefings.core.settings import Region
from briefings.desks.desk import Desk
from briefings.page.plain import sentence
from briefings.sections import Items, Timeline

DAY = date(2031, 3, 4)
OMBRA = Region(id="ombra", name="Ombra", country="", timezone="UTC", names=(), places=("Ombra",))
HEAD = "Gunmen killed nine police officers in Ombra on Tuesday."


def desk(*bodies: str) -> Desk:
    """Return the desk of a region that several outlets report from."""
    return desk_of(OMBRA, DAY, reports(bodies, DAY))


def told(held: Desk) -> str:
    """Return the section as text."""
    section = builders.responsibility(held)
    assert isinstance(section.body, Items)
    lines = [sentence(item.runs, section) for item in section.body.items] or [section.body.empty]
    return re.sub(r"\s+", " ", " ".join(lines))


def test_claim_denial_and_blame_stand_beside_each_other() -> None:
    """Each is its speaker's word; the claim comes first, and no word of ours makes it a finding."""
    said = told(
        desk(
            f"{HEAD} Police blamed the Lake Front for the raid in Ombra.",
            f"{HEAD} The Hill Army claimed responsibility for the raid in Ombra on Telegram.",
            f"{HEAD} The Lake Front denied involvement in the raid in Ombra.",
        )
    )
    claimed, denied, blamed = (
        said.index(words)
        for words in (
            "Claim: The Hill Army claimed responsibility on Telegram",
            "Denial: The Lake Front denied responsibility",
            "Blame: Police blamed the Lake Front",
        )
    )
    assert claimed < denied < blamed
    assert "blame that of whoever lays it; neither is a finding of this brief." in said


def test_blame_alone_is_no_claim() -> None:
    """Where nobody claims the raid, what officials say of others is headed as that."""
    said = told(desk(f"{HEAD} Police blamed the Lake Front for the raid in Ombra."))
    assert "Blame: Police blamed the Lake Front" in said
    assert "Claim:" not in said
    assert "Blame is the word of whoever lays it, not a finding of this brief." in said


def test_acronym_and_long_name_are_one_group() -> None:
    """A group named in full by one outlet and by its letters in another is told of once, as fully as can be."""
    held = desk(
        f"{HEAD} The VLF claimed responsibility for the raid in Ombra.",
        f"{HEAD} The Varn Liberation Front (VLF) claimed responsibility for the raid in Ombra in a statement.",
    )
    assert [one.group for one in current_responsibilities(held)] == ["Varn Liberation Front (VLF)"]


def test_a_groups_own_toll_is_its_word() -> None:
    """What the group says it killed stands with its claim, and the claim knows which counts are its own."""
    held = desk(
        f"{HEAD} The Hill Army claimed responsibility for the raid in Ombra. The Hill Army said it killed 20 soldiers."
    )
    (claim,) = current_responsibilities(held)
    assert [held.claim(key).low for key in claim.claims] == [20]
    assert "It said 20 soldiers were killed" in told(held)


def test_that_nobody_claimed_it_is_said() -> None:
    """Without any claim the report that there is none is quoted."""
    held = desk(f"{HEAD} No group has claimed responsibility for the raid in Ombra.")
    assert current_responsibilities(held) == []
    assert "No group has claimed responsibility" in told(held)


def test_claims_of_earlier_attacks_are_not_of_today() -> None:
    """What a group claimed last year is no claim of this raid."""
    held = desk(f"{HEAD} The Hill Army has claimed responsibility for similar attacks in Ombra in the past.")
    assert current_responsibilities(held) == []


def test_what_began_at_an_hour_stands_in_the_timeline_with_it() -> None:
    """Before what has no hour, and not the last to be kept where there is little room."""
    section = builders.timeline(desk(f"{HEAD} The first shots were heard at about six in the morning."))
    assert isinstance(section.body, Timeline)
    first = section.body.entries[0]
    assert (first.precision, first.zone, first.rank) == ("≈06:00", "UTC", 1)
    assert "The first shots were heard" in sentence(first.runs, section)


def test_the_events_of_the_day_are_the_last_that_the_timeline_leaves_out() -> None:
    """However much was said of the days before; none of it is lost, for the page cuts by rank and says so."""
    places = ("Ombra", "Brela", "Mezin")
    region = Region(id="haro", name="Haro", country="", timezone="UTC", names=(), places=places)
    said = product(places, ((1, "Monday", who) for who in ("the army", "the governor", "the mayor", "police")))
    earlier = [
        report(f"Six men were killed in {place} on {day}, {who} said.", DAY - timedelta(days=ago), outlet=number)
        for number, (place, (ago, day, who)) in enumerate(said)
    ]
    today = report("One person was killed in Ombra on Tuesday, the mayor said.", DAY, outlet=99)
    section = builders.timeline(desk_of(region, DAY, [*earlier, today]))
    assert isinstance(section.body, Timeline)
    first = min(section.body.entries, key=lambda one: one.rank)
    assert (first.day, sentence(first.runs, section)) == (DAY, "The mayor of Ombra said 1 person was killed in Ombra.")
    assert len(section.body.entries) == 13


def test_a_claim_is_quoted_without_the_place_the_report_was_sent_from() -> None:
    """What stands before the dash is the paper's, not the words of the sentence."""
    said = told(desk(f"OMBRA – The Hill Army claimed responsibility for the raid in Ombra on Telegram. {HEAD}"))
    assert "“The Hill Army claimed responsibility" in said


def test_a_claim_made_on_a_day_of_the_week_is_dated_and_its_counts_too() -> None:
    """The words "in a video on Tuesday" tell no reader which Tuesday; the page gives the date."""
    said = told(
        desk(
            f"{HEAD} The Hill Army, an armed group, claimed responsibility for the raid in Ombra in a video on "
            "Tuesday. The group said it had killed six soldiers in Ombra on Tuesday."
        )
    )
    assert "Claim: The Hill Army claimed responsibility in a video, reported on 4 March 2031." in said
    assert "It said 6 soldiers were killed on 4 March 2031." in said


def test_the_day_of_a_claim_is_told_where_it_was_reported_later() -> None:
    """Claimed on Monday, reported on Tuesday: both are on the page, as dates."""
    said = told(desk(f"{HEAD} The Hill Army claimed responsibility for the raid in Ombra in a statement on Monday."))
    assert "claimed responsibility in a statement on 3 March 2031, reported on 4 March 2031." in said
