"""The workload of the benchmark of running: a log of twenty thousand events, and a brief of it, theirs and ours.

Three tables, two charts and text, from one notebook with parameters; everything is invented, and the same each time.
"""

# ruff: noqa: E501 -- cells of notebooks are long

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

ROWS = 20_000
REGIONS = ("Upper Vale", "Lower Vale", "Coast", "Hills")
KINDS = ("clash", "shelling", "raid", "protest", "looting", "abduction", "flood", "outbreak")
SAID = (
    "Residents left for the next town before noon and had not come back by evening.",
    "A storehouse and two houses were damaged; the road was open again the next morning.",
    "Traders kept their stalls shut, and the price of flour rose in the week that followed.",
)
COLUMNS = "event,day,region,province,district,kind,killed,displaced,source,latitude,longitude,note"
FIRST, LAST = date(2020, 11, 1), date(2021, 10, 31)
STYLE = """
@page { size: A4; margin: 18mm 16mm }
body { font: 9.5pt/1.4 sans-serif } table { border-collapse: collapse; width: 100%; font-size: 7.5pt }
td, th { border-bottom: .3pt solid; padding: .8mm 1.5mm; text-align: left } tr { break-inside: avoid }
img, svg { width: 100%; height: auto }
"""


def write_log(path: Path) -> None:
    """Write the log of events: invented, and the same each time."""
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(COLUMNS.split(","))
        for number in range(ROWS):
            region = chance.choice(REGIONS)
            province = f"{region} {'ABCDEFGH'[chance.randrange(8)]}"
            kind = chance.choice(KINDS)
            rows.writerow([
                f"E{number:08}", FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1)), region, province,
                f"{province}{chance.randrange(1, 7)}", kind, chance.randrange(7) if kind in KINDS[:3] else 0,
                chance.randrange(900) if chance.random() < 0.1 else 0, chance.choice(("office", "partner", "press")),
                f"{chance.uniform(8, 16):.4f}", f"{chance.uniform(22, 36):.4f}", chance.choice(SAID) + " " + chance.choice(SAID),
            ])  # fmt: skip


PARAMETERS = 'brief = "coast"\ndate = "2021-10-31"\nas_of = ""\nregion = "Coast"\ndata = ""\nback = 90'
READ = """
import pandas as pd
log = pd.read_csv(data, parse_dates=["day"])
log = log[log["region"] == region]
until, span = pd.Timestamp(date), pd.Timedelta(days=back)
now = log[(log["day"] <= until) & (log["day"] > until - span)]
before = log[(log["day"] <= until - span) & (log["day"] > until - 2 * span)]
"""
COUNT = """
kinds = now.groupby("kind").agg(events=("event", "count"), killed=("killed", "sum"), displaced=("displaced", "sum"))
kinds = kinds.join(before.groupby("kind").agg(before=("event", "count")), how="outer").fillna(0).astype(int)
kinds = kinds.sort_values("events", ascending=False)
"""
PLACES = """
places = now.groupby(["province", "district"]).agg(
    events=("event", "count"), killed=("killed", "sum"), displaced=("displaced", "sum"), last=("day", "max"))
places = places.sort_values(["killed", "events"], ascending=False).head(30).reset_index()
"""
WORST = """
worst = now.sort_values(["killed", "day"], ascending=[False, False]).head(60)
worst = worst[["day", "district", "kind", "killed", "displaced", "source", "note"]]
"""
METHOD = (
    "Events come from offices in the field, partners, local authorities and the press. Each has a day, a place, a kind "
    "and a source; doubles are taken out. All numbers may be revised, and not every one could be checked."
)
PEER_CELLS = (
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nfrom IPython.display import Markdown, display\n"
    "get_ipython().run_line_magic('config', \"InlineBackend.figure_formats = ['svg']\")",
    'display(Markdown(f"**{len(now):,} events** were recorded in {region} in {back} days, {len(before):,} in as many '
    'before. **{now.killed.sum():,} people** were reported killed and {now.displaced.sum():,} displaced."))',
    COUNT + "kinds",
    'weeks = now.set_index("day").resample("ME").agg({"event": "count", "killed": "sum"})\n'
    'figure, axes = plt.subplots(figsize=(7.2, 2.9))\naxes.bar(weeks.index, weeks["event"], width=9, label="Events")\n'
    'axes.plot(weeks.index, weeks["killed"], marker="o", label="Killed")\naxes.legend()\nplt.show()',
    PLACES + "places",
    'table = now.pivot_table(index="province", columns="kind", values="event", aggfunc="count", fill_value=0)\n'
    "axes = table.plot.barh(stacked=True, figsize=(7.2, 3.4))\naxes.legend(fontsize=7)\nplt.tight_layout()\nplt.show()",
    WORST + 'pd.set_option("display.max_rows", 500, "display.max_colwidth", 200)\nworst.reset_index(drop=True)',
)
OUR_CELLS = (
    "from briefings.sections import *\n"
    "from briefings.model import Window\n"
    "def number(value, of): return (Datum(value=int(value), ref=of),)\n"
    "def name(text): return (Name(text=str(text)),)\n"
    "def day(at): return (Day(start=at.date(), form='short'),)\n"
    "right = lambda label: Column(label=label, align='right')\nsource = (Name(text='The log of events'),)",
    "said = [Text(text='In the period '), Datum(value=len(now), ref='log:now'), Text(text=' events were recorded in '),\n"
    "    Name(text=region), Text(text=', and '), Datum(value=len(before), ref='log:before'), Text(text=' in the period '\n"
    "    'before. '), Datum(value=int(now.killed.sum()), ref='log:killed'), Text(text=' people were reported killed and ')"
    ",\n    Datum(value=int(now.displaced.sum()), ref='log:displaced'), Text(text=' displaced.')]\n"
    "Section.of(Prose(paragraphs=(tuple(said),)), slot='bottom_line')",
    COUNT
    + "Section.of(Table(columns=(Column(label='Kind'), *map(right, ('Events', 'Killed', 'Displaced', 'Before'))),\n"
    "    rows=tuple(Row(cells=(name(kind), *(number(value, f'log:{kind}') for value in row)))\n"
    "               for kind, *row in kinds.itertuples())), slot='kinds')",
    'months = now.set_index("day").resample("ME").agg({"event": "count", "killed": "sum"})\n'
    "Section.of(Chart(chart='months', message='Events and people killed, month by month', until=until.date(), source=source,\n"
    "    bars=tuple(Bar(month=at.date().replace(day=1), killed=int(killed), incidents=int(events))\n"
    "               for at, events, killed in months.itertuples())), slot='trend')",
    PLACES + "Section.of(Table(columns=(Column(label='Province'), Column(label='District'),\n"
    "    *map(right, ('Events', 'Killed', 'Displaced')), Column(label='Last')),\n"
    "    rows=tuple(Row(cells=(name(one.province), name(one.district), number(one.events, 'log:places'),\n"
    "        number(one.killed, 'log:places'), number(one.displaced, 'log:places'), day(one.last)))\n"
    "        for one in places.itertuples())), slot='places')",
    "counts = now.groupby('province')['event'].count()\n"
    "Section.of(Chart(chart='ranges', message='Events by province', source=source, spans=tuple(\n"
    "    Span(label=at, low=int(n), high=int(n), window=Window(start=(until - span).date(), end=until.date()), live=True)\n"
    "    for at, n in counts.items())), slot='provinces')",
    WORST + "Section.of(Table(columns=(Column(label='Day'), Column(label='District'), Column(label='Kind'),\n"
    "    *map(right, ('Killed', 'Displaced')), Column(label='Source'), Column(label='Note')),\n"
    "    rows=tuple(Row(cells=(day(one.day), name(one.district), name(one.kind), number(one.killed, 'log:worst'),\n"
    "        number(one.displaced, 'log:worst'), name(one.source), name(one.note))) for one in worst.itertuples())),\n"
    "    slot='worst')",
    f"Section.of(Prose(paragraphs=((Text(text={METHOD!r}),),)), slot='method')",
)
TYPE = """
title = "Situation brief"
notebooks = ["log.ipynb"]
page_budget = 9
theme = "plain"
[parameters.date]
type = "date"
[parameters.as_of]
type = "datetime"
default = ""
optional = true
[parameters.region]
type = "str"
[parameters.data]
type = "str"
[parameters.back]
type = "int"
default = 90
""" + "".join(
    f'[slots.{name}]\nkind = "{kind}"\ntitle = "{title}"\n'
    for name, kind, title in (
        ("bottom_line", "prose", "Bottom line"), ("kinds", "table", "Events by kind"), ("trend", "chart", "Trend"),
        ("places", "table", "Most affected districts"), ("provinces", "chart", "Provinces"),
        ("worst", "table", "Worst events"), ("method", "prose", "Method"),
    )
)  # fmt: skip
SETTINGS = """
[workspace]
name = "Benchmark"
[briefs.coast]
type = "log"
title = "Coast: events"
region = "coast"
[regions.coast]
name = "Coast"
timezone = "UTC"
"""


def write_notebook(path: Path, cells: tuple[str, ...]) -> None:
    """Write a notebook: its parameters, the reading of the log, and a heading over each of the cells."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    parts = [
        new_markdown_cell("# Situation brief"),
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_code_cell(READ.strip()),
    ]
    for number, cell in enumerate(cells):
        parts += [new_markdown_cell(f"## Part {number}\n\n{METHOD}"), new_code_cell(cell.strip())]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=parts, metadata=kernel), path)


def set_up(folder: Path) -> None:
    """Write log, notebooks, style and workspace."""
    write_log(folder / "log.csv")
    write_notebook(folder / "peer.ipynb", PEER_CELLS)
    (folder / "style.css").write_text(STYLE, encoding="utf-8")
    (folder / "ours" / "templates" / "log").mkdir(parents=True)
    (folder / "ours" / "notebooks").mkdir()
    write_notebook(folder / "ours" / "notebooks" / "log.ipynb", OUR_CELLS)
    (folder / "ours" / "templates" / "log" / "brief.toml").write_text(TYPE, encoding="utf-8")
    (folder / "ours" / "briefings.toml").write_text(SETTINGS, encoding="utf-8")
