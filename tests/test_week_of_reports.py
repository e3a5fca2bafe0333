"""A week of reports in two towns: corrections, parts, historical days and claims of an attack, each as it was said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from harodesk import DAY, workspace

from briefings.desks.opening import desk
from briefings.making.edition import collect
from briefings.model import Claim, Document
from briefings.report.extract import read


def told(text: str) -> tuple[Claim, ...]:
    """Return what a report of Wednesday says."""
    return read(Document.of(text=text, title="", publisher="Herald", source="herald", published_on=date(2031, 3, 12)))


def report(root: Path, name: str, hour: int, text: str, title: str = "") -> None:
    """Put a report of the day into the workspace."""
    head = f'title: "{title or name}"\npublisher: The {name} paper\npublished: {DAY}T{hour:02}:00:00+02:00'
    (root / "sources" / f"{name}.md").write_text(f"---\n{head}\n---\n\n{text}\n", encoding="utf-8")


def test_three_of_the_wounded_are_no_newer_count() -> None:
    """Those in critical condition are some of the eleven."""
    for some in ("three of them", "three of whom were"):
        text = f"The clinic in Brela was treating 11 wounded people, {some} in critical condition."
        whole, part = told(text)
        assert (whole.low, whole.part_of) == (11, None)
        assert (part.low, part.part_of) == (3, "11 wounded people")


def test_deaths_of_only_nine_are_counted() -> None:
    """The word that plays a number down does not hide it."""
    (claim,) = told("The monitor said it could verify the deaths of only nine attackers in Brela.")
    assert (claim.low, claim.group, claim.outcome) == (9, "armed_group", "killed")


def test_the_year_a_group_was_founded_is_no_day_of_its_raids() -> None:
    """What it did in August 2024 stays there."""
    (claim,) = told("The Hill Front, which was founded in 2017, killed 53 soldiers at a base in Brela in August 2024.")
    assert (claim.date_from, claim.date_to) == (date(2024, 8, 1), date(2024, 8, 31))


def test_the_number_a_version_corrects_is_not_printed_as_a_rival(tmp_path: Path) -> None:
    """Of "to four, from three" the four is left, though the police give four too."""
    root = workspace(tmp_path / "haro")
    report(
        root,
        "Clash",
        19,
        "(This version corrects the number of wounded officers to four, from three.)\n\n"
        "Two police officers were killed and four wounded by a bomb in Haro on Saturday, police said.",
    )
    collect(root)
    (figure,) = [
        one
        for one in desk("haro", date=DAY, workspace=root).figures()
        if (one.group, one.outcome) == ("state_forces", "injured")
    ]
    assert (figure.low, figure.high) == (4, 4)


def test_a_total_of_two_towns_and_its_parts_have_their_own_places() -> None:
    """The total is of both towns; each part is of the one it was counted in."""
    for verb in ("verified the deaths of 20 people", "said 20 people were killed"):
        parts = "12 soldiers in Brela and eight civilians in Mezin"
        text = f"The monitor {verb} in Tuesday's attacks in Brela and Mezin: {parts}."
        assert [(one.low, one.place) for one in told(text)] == [(20, "Brela; Mezin"), (12, "Brela"), (8, "Mezin")]
