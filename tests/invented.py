"""A brief about a place that does not exist, with enough in it for four pages: what the page tests print."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from briefings.model import Claim, Computation, Figure, Window, digest
from briefings.notebook.brief import Brief, Masthead
from briefings.sections import (
    Bar,
    Chart,
    Cite,
    ClaimRef,
    Column,
    Computed,
    Datum,
    Day,
    Entry,
    FigureRef,
    Item,
    Items,
    Name,
    Prose,
    Quote,
    Row,
    Section,
    Source,
    Sources,
    Span,
    Table,
    Text,
    Tile,
    Tiles,
    Timeline,
)

ZONE = timezone(timedelta(hours=4))
DAY = date(2031, 5, 17)
EVE = date(2031, 5, 16)
AS_OF = datetime(2031, 5, 17, 23, 59, tzinfo=ZONE)
TODAY = Window(start=DAY, end=DAY)
BOTH = Window(start=EVE, end=DAY)
DATASET = "Invented Events Dataset 31.1"


def source(number: int, publisher: str, title: str, *, hours: int = 12, author: str = "", party: str = "") -> Source:
    return Source(
        document=f"doc{number}",
        publisher=publisher,
        title=title,
        author=author,
        published=datetime(2031, 5, 17, hours, 5 * number % 60, tzinfo=ZONE),
        retrieved=datetime(2031, 5, 17, 20, tzinfo=UTC),
        url=f"https://www.{publisher.lower().replace(' ', '-')}.example/2031/05/{number}",
        sha256=digest(title),
        party=party,
        language="en",
    )


SOURCES = (
    source(1, "Orlen Courier", "Gunmen strike three towns along the Sarn road", hours=9),
    source(2, "Vardan News Agency", "Minister gives toll after attacks in Kesh", hours=11, author="State desk"),
    source(3, "Ministry of Defence", "Communiqué on operations in Kesh", hours=14, party="government"),
    source(4, "Kesh Liberation Front", "Statement of the field command", hours=15, party="armed group"),
    source(5, "Halvar Hospital", "Notice to relatives", hours=16),
    source(6, "Radio Sarn", "Road and rail closed as army sweeps the valley", hours=17),
    source(7, "Northern Wire", "Army raises its count; front disputes it", hours=19, author="N. Aster"),
    source(8, "Orlen Courier", "What is known of the attacks so far", hours=20),
    source(9, "Relief Network Kesh", "Displacement note, first day", hours=18),
    source(10, "Border Gazette", "Frontier post shut until further notice", hours=13),
)


def figure(key: str, group: Any, outcome: Any, low: int | None, high: int | None, text: str, **more: Any) -> Figure:
    status = more.pop("status", "claimed")
    return Figure(
        id=key, group=group, outcome=outcome, window=more.pop("window", TODAY), low=low, high=high, text=text,
        status=status, rule="R22", as_of=AS_OF, **more,
    )  # fmt: skip


F = {
    "state": figure("f-state", "state_forces", "killed", 12, 19, "12–19", status="disputed"),
    "armed": figure("f-armed", "armed_group", "killed", 41, 58, "41–58"),
    "armed2": figure(
        "f-armed2", "armed_group", "killed", 78, None, "at least 78", window=BOTH,
        computation=Computation(value=78, terms=(41, 37), claims=("c-armed", "c-eve")),
    ),
    "civil": figure("f-civil", "civilians", "killed", 9, 14, "9–14", status="corroborated"),
    "hurt": figure("f-hurt", "civilians", "injured", 30, None, "at least 30"),
    "hurtstate": figure("f-hurtstate", "state_forces", "injured", None, None, "not reported", status="not_reported"),
    "taken": figure("f-taken", "state_forces", "abducted", 6, 6, "6"),
    "moved": figure("f-moved", "civilians", "displaced", 1400, 2100, "1,400–2,100", window=BOTH),
    "missing": figure("f-missing", "civilians", "missing", None, None, "not reported", status="not_reported"),
}  # fmt: skip
FIGURES = tuple(F.values())


def claim(key: str, document: int, quote: str, low: int | None, high: int | None, modifier: Any, **more: Any) -> Claim:
    return Claim(
        id=key, document_id=f"doc{document}", quote=quote, sentence=quote, start=0, end=len(quote), outcome="killed",
        low=low, high=high, modifier=modifier, group=more.pop("group", "armed_group"), date_from=DAY, date_to=DAY,
        rule="test", **more,
    )  # fmt: skip


CLAIMS = (
    claim("c-armed", 3, "41 attackers were killed", 41, 41, "exact"),
    claim("c-eve", 3, "37 on the previous day", 37, 37, "exact"),
    claim("c-front", 4, "at least 19 soldiers", 19, None, "at_least", group="state_forces"),
    claim("c-minister", 2, "twelve soldiers", 12, 12, "exact", group="state_forces"),
    claim("c-vague", 6, "dozens of attackers", 12, None, "vague"),
)


def t(text: str) -> Text:
    return Text(text=text)


def n(text: str) -> Name:
    return Name(text=text)


def f(key: str) -> FigureRef:
    return FigureRef(figure=F[key].id)


def c(key: str) -> ClaimRef:
    return ClaimRef(claim=key)


def cite(*numbers: int) -> Cite:
    return Cite(documents=tuple(f"doc{number}" for number in numbers))


def item(*runs: Any) -> Item:
    return Item(runs=tuple(runs))


def section(body: Any, slot: str, title: str) -> Section:
    return Section.of(body, slot=slot, title=title, figures=FIGURES, claims=CLAIMS, documents=SOURCES)


def bottom_line() -> Section:
    runs = (
        t("Gunmen attacked three towns in "), n("Kesh"), t(" on "), Day(start=DAY, weekday=True),
        t(". The government says "), f("state"), t(" of its personnel and "), f("civil"),
        t(" civilians were killed; the "), n("Kesh Liberation Front"),
        t(", which says it carried out the attacks, gives higher numbers for the forces and none for itself. "),
        t("The army says it killed "), f("armed"), t(" attackers. No independent count exists"),
        cite(2, 3, 4, 7), t("."),
    )  # fmt: skip
    return section(Prose(paragraphs=(runs,)), "bottom_line", "Bottom line")


def tiles() -> Section:
    rows = (
        ("State forces killed", "state", ("Interior Minister", "Kesh Liberation Front"),
         (t("Was "), Computed(value=10, formula="previous issue"), t(" in the issue before"))),
        ("Civilians killed", "civil", ("Halvar Hospital", "Interior Minister"), ()),
        ("Armed group killed", "armed", ("Ministry of Defence",), ()),
        ("Civilians injured", "hurt", ("Halvar Hospital",), ()),
        ("State forces abducted", "taken", ("Kesh Liberation Front",), ()),
        ("State forces injured", "hurtstate", (), ()),
    )  # fmt: skip
    made = tuple(
        Tile(label=label, figure=F[key].id, claimants=claimants, change=(change,) if change else ())
        for label, key, claimants, change in rows
    )
    note = (t("Ranges run from the lowest to the highest number currently claimed. "), t("Nothing is averaged."))
    return section(Tiles(tiles=made, note=note), "key_figures", "Key figures")


def developments() -> Section:
    items = (
        item(t("Armed men entered "), n("Orlen"), t(", "), n("Halvar"), t(" and "), n("Sarn"),
             t(" before dawn and held police posts for several hours, local officials said"), cite(1, 8), t(".")),
        item(t("The "), n("Interior Minister"), t(" said "), f("state"), t(" members of the forces and "), f("civil"),
             t(" civilians were killed; the hospital in "), n("Halvar"), t(" confirmed the civilian count"),
             cite(2, 5), t(".")),
        item(t("The "), n("Ministry of Defence"), t(" claimed "), f("armed"), t(" attackers killed on the day, and "),
             f("armed2"), t(" over "), Day(start=EVE, end=DAY), cite(3), t(".")),
        item(t("The "), n("Kesh Liberation Front"), t(" claimed the attacks in a statement and said it holds "),
             f("taken"), t(" soldiers; the army has not commented"), cite(4), t(".")),
        item(t("Rail and road between "), n("Orlen"), t(" and the frontier are closed; mobile data is down across "),
             n("Kesh"), cite(6, 10), t(".")),
    )  # fmt: skip
    return section(Items(items=items), "developments", "Key developments")


def casualties() -> Section:
    columns = (
        Column(label="Group and outcome"),
        Column(label="This period", align="right", group="People"),
        Column(label="Total to date", align="right", group="People"),
        Column(label="Status"),
        Column(label="Claimants"),
        Column(label="Change"),
        Column(label="Sources"),
    )
    lines = (
        ("State forces killed", "state", "state", "Disputed", "Interior Minister; Kesh Liberation Front", (2, 4, 7)),
        ("State forces injured", "hurtstate", "hurtstate", "Not reported", "", ()),
        ("State forces abducted", "taken", "taken", "Claimed", "Kesh Liberation Front", (4,)),
        ("Civilians killed", "civil", "civil", "Corroborated", "Halvar Hospital; Interior Minister", (2, 5)),
        ("Civilians injured", "hurt", "hurt", "Claimed", "Halvar Hospital", (5,)),
        ("Civilians displaced", "moved", "moved", "Claimed", "Relief Network Kesh", (9,)),
        ("Armed group killed", "armed", "armed2", "Claimed", "Ministry of Defence", (3, 7)),
    )
    rows = tuple(
        Row(cells=(
            (t(label),), (f(now),), (f(total),), (t(status),), (n(who),) if who else (t("–"),),
            (t("new"),) if now != "state" else (t("was "), Computed(value=10, formula="previous issue")),
            (cite(*numbers),) if numbers else (t("–"),),
        ))
        for label, now, total, status, who, numbers in lines
    )  # fmt: skip
    caption = (t("People, as of the hour in the masthead. This period is "), Day(start=DAY), t("."))
    note = (t("Sides are listed in the order of the groups; no number here has been checked on the ground."),)
    return section(Table(columns=columns, rows=rows, caption=caption, note=note), "casualties", "Casualties")


def competing() -> Section:
    columns = (
        Column(label="Who says so"), Column(label="Of whom"), Column(label="Count", align="right"),
        Column(label="Window"), Column(label="How it stands to the others"), Column(label="Sources"),
    )  # fmt: skip
    lines = (
        ("Interior Minister", "State forces killed", "c-minister", DAY,
         "Lower bound; speaks for one side of its own losses.", (2,)),
        ("Kesh Liberation Front", "State forces killed", "c-front", DAY,
         "Higher than the minister for the same day; a party speaking of the other side’s losses.", (4,)),
        ("Ministry of Defence", "Armed group killed", "c-armed", DAY,
         "Part of the two-day total the same office gives.", (3,)),
        ("Radio Sarn, citing residents", "Armed group killed", "c-vague", DAY,
         "States no number; neither adds to nor limits the range.", (6,)),
    )  # fmt: skip
    rows = tuple(
        Row(cells=((n(who),), (t(whom),), (c(key),), (Day(start=start, form="short"),), (t(how),), (cite(*numbers),)))
        for who, whom, key, start, how, numbers in lines
    )
    return section(Table(columns=columns, rows=rows), "competing", "Competing claims")


def timeline() -> Section:
    entries = (
        Entry(day=EVE, precision="evening", runs=(
            t("The army announces an operation near "), n("Sarn"), cite(3), t("."))),
        Entry(day=DAY, precision="about 04:00", runs=(
            t("First shots at the police post in "), n("Orlen"), t(", residents said"), cite(1), t("."))),
        Entry(day=DAY, precision="before dawn", runs=(
            n("Halvar"), t(" and "), n("Sarn"), t(" attacked; the prison gate is blown up"), cite(1, 8), t("."))),
        Entry(day=DAY, precision="midday", runs=(
            t("The "), n("Interior Minister"), t(" gives a first toll: "), c("c-minister"),
            t(" members of the forces"), cite(2), t("."))),
        Entry(day=DAY, precision="afternoon", runs=(
            t("The front’s statement speaks of "), c("c-front"), t(" soldiers killed"), cite(4), t("."))),
        Entry(day=DAY, precision="evening", runs=(
            t("The army says the towns are "), Quote(text="under full control", document="doc7"),
            t("; firing is still heard in "), n("Sarn"), cite(6), t("."))),
    )  # fmt: skip
    return section(Timeline(entries=entries), "timeline", "Timeline")


def responsibility() -> Section:
    items = (
        item(n("Kesh Liberation Front"), t(": claimed the attacks on all three towns in a written statement, which "),
             t("speaks of "), Quote(text="a first stage", document="doc4"), cite(4), t(".")),
        item(t("The "), n("Ministry of Defence"), t(" attributes them to the same group and to helpers abroad; "),
             t("the neighbouring state denies it"), cite(3, 7), t(".")),
    )  # fmt: skip
    return section(Items(items=items), "responsibility", "Claims and blame")


def background() -> Section:
    items = (
        item(t("The front has fought for the independence of "), n("Kesh"), t(" since "),
             Day(start=date(2009, 3, 1), form="month"), t("; the government has banned it"), cite(8), t(".")),
        item(t("The worst day on record was "), Day(start=date(2028, 8, 26)), t(", with "),
             Datum(value=74, ref="invented:2028-08-26"), t(" people killed in four districts"), cite(8), t(".")),
        item(t("Talks broke down in "), Day(start=date(2030, 11, 1), form="month"),
             t(" over the sharing of gas revenue, which both sides name as a cause"), cite(7, 8), t(".")),
    )  # fmt: skip
    return section(Items(items=items), "background", "Background")


def context() -> Section:
    counts = (14, 9, 22, 31, 17, 0, 12, 26, 74, 38, 29, 45)
    bars = tuple(
        Bar(month=date(2030 + (4 + i) // 12, (4 + i) % 12 + 1, 1), killed=count, incidents=count // 3)
        for i, count in enumerate(counts)
    )
    body = Chart(
        chart="months", message="People killed in organised violence in Kesh, by month", bars=bars,
        dataset=DATASET, source=(n(DATASET), t(", best estimates; the last month is incomplete.")),
    )  # fmt: skip
    return section(body, "context", "Context")


def ranges() -> Section:
    spans = (
        Span(label="Interior Minister", low=12, high=12, window=TODAY, side="government"),
        Span(label="Army spokesman in the northern command", low=12, high=15, window=TODAY, side="government"),
        Span(label="Kesh Liberation Front", low=19, high=None, window=TODAY, side="armed group"),
        Span(label="Halvar Hospital", low=11, high=13, window=BOTH, side=""),
    )
    note = (t("Claims as listed."),)
    body = Chart(chart="ranges", message="State forces killed, by claimant", spans=spans, source=note)
    return section(body, "claims_chart", "Who says what")


def gaps() -> Section:
    items = (
        item(t("No source gives the number of injured members of the forces.")),
        item(t("How the two-day total of the army relates to its count for "), Day(start=DAY, form="short"),
             t(" is stated only by the army itself"), cite(3), t(".")),
        item(t("Mobile data is down in "), n("Kesh"), t(": absence of reports is not absence of events"), cite(6),
             t(".")),
    )  # fmt: skip
    return section(Items(items=items), "gaps", "What is not known")


def sources() -> Section:
    body = Sources(
        sources=SOURCES,
        datasets=(f"{DATASET}, CC BY 4.0",),
        method=(
            "Figures are claims as reported, tied to their source and reconciled by published rules; they have not "
            "been verified on the ground, are probably incomplete and may be revised.",
        ),
    )
    return section(body, "sources", "Sources and method")


def sections() -> tuple[Section, ...]:
    return (
        bottom_line(), tiles(), developments(), casualties(), competing(), ranges(), timeline(), responsibility(),
        background(), context(), gaps(), sources(),
    )  # fmt: skip


def masthead(**more: Any) -> Masthead:
    fields: dict[str, Any] = {
        "series": "Daily situation brief", "title": "Kesh: attacks along the Sarn road", "kind": "daily", "number": 2,
        "edition_id": "kesh-2031-05-17-1", "marking": "TLP:AMBER", "as_of": AS_OF, "timezone": "Asia/Dubai",
        "region": "Kesh", "period": TODAY, "next_issue": datetime(2031, 5, 18, 18, tzinfo=ZONE),
        "prepared_by": "Vardan Desk, duty analyst",
    }  # fmt: skip
    return Masthead(**(fields | more))


def brief(*, parts: tuple[Section, ...] | None = None, **more: Any) -> Brief:
    return Brief(masthead=masthead(**more), sections=sections() if parts is None else parts)
