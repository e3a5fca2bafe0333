"""Print how long reconciliation and matching take over a month of claims: `python tests/benchmarks/reconciling.py`."""

from __future__ import annotations

import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from stories import NOW, say

from briefings.match import link
from briefings.model import Claim, Window
from briefings.reconciliation import changes, reconcile, to_date

FIRST = date(2031, 2, 7)


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


def timed(label: str, work: object) -> None:
    """Print how long a call took."""
    start = time.perf_counter()
    assert callable(work)
    found = work()
    print(f"{label:<34} {time.perf_counter() - start:6.2f} s   {len(found)} results")  # noqa: T201


def main() -> None:
    """Time each function over ten thousand claims."""
    claims = month(10_000)
    day = Window(start=FIRST + timedelta(days=20), end=FIRST + timedelta(days=20))
    timed("reconcile, one day", lambda: reconcile(claims, period=day, as_of=NOW))
    timed("to_date, the month", lambda: to_date(claims, since=FIRST, period=day, as_of=NOW))
    timed("link", lambda: link(claims, [], []))
    before = NOW - timedelta(days=2)
    timed("changes, two days", lambda: changes(claims, since=FIRST, period=day, before=before, after=NOW))


if __name__ == "__main__":
    main()
