"""Print how long reconciliation and matching take over a month of claims: `python tests/benchmarks/reconciling.py`.

Seconds of processor time, a row for each number of claims of one region and month: they grow as the claims do.
Memory is searched for what is no longer needed as seldom as in every process that Briefings starts.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from stories import NOW, say

from briefings.matching.match import link
from briefings.model import Claim, Window
from briefings.reconciling.reconciliation import changes, reconcile, to_date
from briefings.reconciling.relations import relations

FIRST = date(2031, 2, 7)
DAY = Window(start=FIRST + timedelta(days=20), end=FIRST + timedelta(days=20))


def month(n: int) -> list[Claim]:
    """Return `n` claims of one region over thirty days."""
    chance = random.Random(7)
    who = (
        "police",
        "the army",
        "officials",
        "Valley Front",
        "a hospital",
        "residents",
        None,
        "Interior Minister Ada Quill",
    )
    claims = []
    for at in range(n):
        start = FIRST + timedelta(days=chance.randrange(28))
        claims.append(
            say(
                chance.choice(who),
                chance.randrange(1, 120),
                group=chance.choice(("civilians", "armed_group", "state_forces", "unknown")),
                outcome=chance.choice(("killed", "killed", "injured", "abducted")),
                day=start,
                to=start + timedelta(days=chance.choice((0, 0, 0, 1, 2))),
                hour=chance.randrange(24),
                place=chance.choice((None, "Ombra", "Veld", "Karst", "Mill Road, Ombra")),
                document_id=f"d{at // 8}",
                publisher=f"Paper {at // 8 % 40}",
            )
        )
    return claims


WORK: tuple[tuple[str, Callable[[list[Claim]], object]], ...] = (
    ("reconcile", lambda claims: reconcile(claims, period=DAY, as_of=NOW)),
    ("to_date", lambda claims: to_date(claims, since=FIRST, period=DAY, as_of=NOW)),
    ("changes", lambda claims: changes(claims, since=FIRST, period=DAY, before=NOW - timedelta(days=2), after=NOW)),
    ("relations", lambda claims: relations(claims, as_of=NOW)),
    ("link", lambda claims: link(claims, [], [])),
)


def main() -> None:
    """Time each function over a thousand, ten thousand and a hundred thousand claims."""
    gc.set_threshold(50_000)  # as `briefings.__main__` does
    print(f"{'claims':>8}" + "".join(f"{name:>12}" for name, _ in WORK))  # noqa: T201
    for n in (1_000, 10_000, 100_000):
        claims = month(n)
        took = []
        for _, work in WORK:
            start = time.process_time()
            work(claims)
            took.append(time.process_time() - start)
        print(f"{n:>8}" + "".join(f"{seconds:>10.2f} s" for seconds in took))  # noqa: T201


if __name__ == "__main__":
    main()
