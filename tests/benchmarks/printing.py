"""Print how long each stage of a print takes, and how it grows: `python tests/benchmarks/printing.py`.

Seconds of processor time, here and in the printer, the best of two, once everything is loaded: what a reader of a
daily brief waits for when notebooks have run. A row for each length, up to sixty pages; beside each stage,
milliseconds a page. The lock reads the finished PDF, and the proof is of the same reading.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

import invented

from briefings.kernels import warm
from briefings.layout import events, themes
from briefings.notebook.brief import Brief
from briefings.printing import pdf, seals
from briefings.proof import imprint, locks, marked, numerals, printed, proofing
from briefings.sections import Section, Sources, Table

T = TypeVar("T")
STAGES = ("fill", "check", "layout", "write", "lock", "proof", "seal")


def longer(times: int) -> Brief:
    """Return the invented brief with its tables and lists that many times over."""
    parts = []
    for part in invented.sections():
        copies = 1 if isinstance(part.body, Sources) else times
        for copy in range(copies):
            parts.append(part if not copy else _again(part, copy))
    return invented.brief(parts=tuple(parts))


def _again(part: Section, copy: int) -> Section:
    body = part.body
    if isinstance(body, Table):
        body = body.model_copy(update={"rows": body.rows * 2})
    return part.model_copy(update={"body": body, "slot": f"{part.slot}_{copy}"})


def used(printer: pdf.Printer) -> float:
    """Return the processor time used by now: by this process, by the printer, and by printers that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.process_time() + ended.ru_utime + ended.ru_stime
    with suppress(OSError, AttributeError):
        fields = Path(f"/proc/{printer.process.pid}/stat").read_text().rpartition(")")[2].split()  # type: ignore[union-attr]
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def timed(took: dict[str, float], name: str, printer: pdf.Printer, work: Callable[[], T]) -> T:
    """Return what the work gives, and keep its time if it is the shortest yet."""
    begun = used(printer)
    made = work()
    took[name] = min(took.get(name, 1e9), used(printer) - begun)
    return made


def run(brief: Brief, theme: themes.Theme) -> tuple[int, dict[str, float]]:
    """Print the brief twice; return its pages and the best time of each stage."""
    took: dict[str, float] = {}
    pages = 0
    for _ in range(2):
        marked.read.cache_clear()
        numerals.read.cache_clear()
        events.events.cache_clear()
        with pdf.Printer(fonts=theme.fonts, limits=pdf.Limits(wall=600, fill=120, memory=8 << 30)) as printer:
            printer.require_ready()
            printer.layout("<html lang=en><title>warm</title><p>warm")
            html = timed(took, "fill", printer, partial(printer.render, brief, theme=theme))
            timed(took, "check", printer, partial(locks.lock_html, html, brief))
            timed(took, "layout", printer, partial(printer.layout, html))
            made = timed(took, "write", printer, partial(_print, html, brief, printer))
        timed(took, "lock", printer, partial(imprint.lock_print, made, html))
        timed(took, "proof", printer, partial(proofing.proof, made, brief))
        timed(took, "seal", printer, partial(seals.examine, made))
        pages = printed.pages(made)
    return pages, took


def _print(html: str, brief: Brief, printer: pdf.Printer) -> bytes:
    head = brief.masthead
    about = pdf.About(f"{head.title} [{head.marking}]", "Desk", "en", invented.AS_OF, seals.stamp(head))
    return pdf.print_pdf(html, about, printer=printer)


def main() -> None:
    """Time a daily brief, and the same brief up to sixty pages long, by printers that are processes of our own."""
    warm.stay_cold()
    gc.set_threshold(50_000)  # as the command does
    theme = themes.load_theme("plain")
    print(f"{'pages':>6}" + "".join(f"{name:>18}" for name in STAGES))  # noqa: T201
    for times in (1, 6, 13, 26):
        pages, took = run(longer(times), theme)
        cells = (f"{took[name]:>9.3f} s {1000 * took[name] / pages:>4.0f} ms" for name in STAGES)
        print(f"{pages:>6}" + " ".join(cells), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
