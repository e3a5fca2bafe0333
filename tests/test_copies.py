"""Reports printed by several outlets: wire copy, light rewrites, tails of their own, and updates."""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.core.settings import Region
from briefings.desks.desk import Desk
from briefings.matching.copies import alike, body, copies, credit, origins, text_pairs
from briefings.model import Claim, Document, Window
from briefings.report.extract import read, read_document

DAY = date(2031, 3, 4)
WIRE = (
    "Gunmen on motorcycles attacked a police post outside Ombra on Tuesday, killing nine officers, the provincial "
    "government said.\n\nThe attackers opened fire from two sides shortly before dawn and fled into the hills after a "
    "fight of almost an hour, a spokesman for the governor told reporters.\n\nFour people were wounded when a shell "
    "fell on a house near the market.\n\nNo group has claimed responsibility for the raid. The road between Ombra and "
    "Veld was closed to traffic, and schools in the district were told to stay shut until the end of the week."
)


def paper(publisher: str, text: str = WIRE, *, title: str = "Raid near Ombra", on: date = DAY) -> Document:
    """Return a report as one paper prints it."""
    return Document.of(source=publisher, publisher=publisher, title=title, text=f"{title}\n\n{text}", published_on=on)


def told(*documents: Document) -> list[Claim]:
    """Return the claims of documents."""
    return [claim for document in documents for claim in read(document)]


def test_the_same_text_under_other_headlines_is_one_origin() -> None:
    """Headline, byline, dateline and credits do not make a report of one's own."""
    wire = paper("Wire", f"OMBRA (Reuters) - {WIRE}\n\n(Reporting by Ana Hale; editing by Omar Ruiz)", on=DAY)
    copy = paper("Herald", f"By Staff Writer\n\n{WIRE}\n\nSource: Reuters", title="Nine dead in raid", on=DAY)
    assert len(copies([wire, copy])) == 1
    assert body(copy).startswith("Gunmen on motorcycles")
    assert "Reporting by" not in body(wire)


def test_a_light_rewrite_with_a_tail_of_its_own_is_a_copy() -> None:
    """A word changed here and there and a local paragraph at the end leave it a copy."""
    rewrite = (
        WIRE.replace("attacked", "assaulted")
        .replace("shortly before dawn", "before sunrise")
        .replace("reporters", "the press")
    )
    local = "\n\nIn our own town, the council lit candles for the dead, and the mayor spoke of old ties with Ombra."
    assert list(copies([paper("Wire"), paper("Herald", rewrite + local, on=DAY + timedelta(days=1))])) == [
        paper("Herald", rewrite + local, on=DAY + timedelta(days=1)).id
    ]


def test_a_report_cut_short_is_a_copy_of_the_whole() -> None:
    """The first two paragraphs alone are still the wire's."""
    short = paper("Herald", "\n\n".join(WIRE.split("\n\n")[:2]), on=DAY + timedelta(days=1))
    assert copies([paper("Wire"), short]) == {short.id: paper("Wire").id}


def test_another_report_of_the_same_raid_is_no_copy() -> None:
    """Words of one's own on the same facts are a report of one's own."""
    own = (
        "Nine policemen died when armed men raided their station near Ombra in the early hours of Tuesday. Witnesses "
        "spoke of heavy gunfire for an hour. A shell hit a home and hurt four people. Nobody has said who did it. The "
        "governor ordered schools closed, and the highway to Veld was sealed off while troops searched the hills."
    )
    assert copies([paper("Wire"), paper("Herald", own)]) == {}


def test_the_same_report_weeks_apart_is_not_taken_for_wire_copy() -> None:
    """A bulletin that reads the same every month is each month's own."""
    assert copies([paper("Wire"), paper("Wire", on=DAY + timedelta(days=30))]) == {}


def test_an_update_keeps_its_new_count_and_shares_the_others() -> None:
    """In a near-identical text the count that changed is its own, the one that did not is the wire's."""
    wire, update = paper("Wire"), paper("Herald", WIRE.replace("nine officers", "twelve officers"), on=DAY)
    claims = told(wire, update)
    shared = origins(claims, [wire, update])
    first = min((wire, update), key=lambda one: one.id)
    later = update if first is wire else wire
    by_low = {claim.low: claim for claim in claims if claim.document_id == later.id and claim.outcome == "killed"}
    assert not set(shared) & {claim.id for claim in by_low.values()}
    hurt = [claim for claim in claims if claim.document_id == later.id and claim.outcome == "injured"]
    assert [shared[claim.id] for claim in hurt] == [first.publisher]


def test_what_an_agency_is_credited_with_is_the_agencys() -> None:
    """A count in the text's own voice has the agency as its origin, although the agency's own text is not here."""
    local = paper("Herald", "OMBRA (AFP) — Nine officers were killed in a raid on Tuesday.")
    assert credit(local) == "AFP"
    assert set(origins(told(local), [local]).values()) == {"AFP"}
    assert credit(paper("Herald")) == ""


def test_a_sentence_repeated_word_for_word_is_its_first_printers() -> None:
    """One sentence lifted into another report carries its origin with it."""
    sentence = "At least nine people were killed when a mine went off under their lorry."
    first = paper("Wire", sentence, title="Mine")
    later = paper(
        "Herald", f"The council met on Monday and spoke of taxes. {sentence}", title="Notes", on=DAY + timedelta(1)
    )
    shared = origins(told(first, later), [first, later])
    assert set(shared.values()) == {"Wire"}


def test_short_texts_of_one_pattern_are_not_copies() -> None:
    """Two bulletins that differ by the town are two."""
    towns = [paper(town, f"Nine people were killed in an attack in {town} on Tuesday.") for town in ("Ombra", "Veld")]
    assert copies(towns) == {}
    assert not alike(text_pairs(""), text_pairs(""))


@given(st.permutations(range(6)), st.integers(0, 5))
@settings(max_examples=25, deadline=None)
def test_order_changes_nothing(order: list[int], again: int) -> None:
    """Shuffled, or with one given twice, the same documents are copies of the same."""
    papers = [paper(f"Paper {k}", WIRE if k % 2 else WIRE.replace("hills", "woods"), on=DAY) for k in range(5)]
    papers.append(
        paper("Other", "A ferry sank off the coast of Mezin with forty people aboard, the navy said on Monday.")
    )
    expected = copies(papers)
    assert len(expected) == 4
    assert copies([papers[k] for k in order] + [papers[again]]) == expected


def test_the_work_grows_with_the_documents() -> None:
    """Hundreds of reports, many of them copies of a few, are compared in time."""
    chance = random.Random(7)
    words = [f"word{k}" for k in range(3000)]
    texts = [" ".join(chance.choices(words, k=300)) for _ in range(40)]
    papers = [paper(f"Paper {k}", texts[k % 40], title=f"Story {k}") for k in range(600)]
    start = time.process_time()
    assert len(copies(papers)) == 560
    assert time.process_time() - start < 5


def figures(*documents: Document) -> list[tuple[str, str, str, int, str]]:
    """Return the reported figures a desk makes of documents, with how many origins they have."""
    desk = Desk.from_parts(
        Region(id="ombra", name="Ombra", country="", timezone="UTC", names=(), places=("Ombra", "Veld")),
        Window(start=DAY, end=DAY),
        datetime(2031, 3, 6, tzinfo=UTC),
        documents=documents,
        readings={one.id: read_document(one) for one in documents},
    )
    return [
        (one.group, one.outcome, one.text, one.origins, one.status)
        for one in desk.figures()
        if one.status != "not_reported"
    ]


def test_a_copy_changes_no_figure_and_adds_no_origin() -> None:
    """A rewrite by another paper leaves every figure, its status and its origins as they were."""
    rewrite = WIRE.replace("attacked", "assaulted").replace("shortly before dawn", "before sunrise")
    alone = figures(paper("Wire"))
    assert alone
    assert figures(paper("Wire"), paper("Herald", rewrite, title="Nine dead near Ombra")) == alone
