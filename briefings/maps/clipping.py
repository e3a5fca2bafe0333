"""Cut lines and areas to a frame, hatch areas, and find where in an area there is room for words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


_STRIPS = 18
"""Level strips of an area that are looked at for room."""
_MEET = 0.2
"""Points between two areas that are taken to touch: lines are drawn in tenths of points."""


def overlap(one: Box, other: Box, gap: float = 0.0) -> bool:
    """Say whether two boxes touch or come nearer than a gap."""
    return one[0] < other[2] + gap and other[0] < one[2] + gap and one[1] < other[3] + gap and other[1] < one[3] + gap


def bounds(points: Iterable[Point]) -> Box:
    """Return the box around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def ring(points: Sequence[Point], box: Box) -> list[Point]:
    """Return what of a closed area lies in the box; where it is cut, it follows the edge (Sutherland, Hodgman)."""
    found = list(points)
    if not found:
        return found
    around = bounds(found)
    if not overlap(around, box):
        return []
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        if (around[axis] - limit) * sign >= 0 and (around[axis + 2] - limit) * sign >= 0:
            continue
        found = _beyond(found, axis, limit, sign)
        if not found:
            return []
    return found


def _beyond(points: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    out: list[Point] = []
    last = points[-1]
    was = (last[axis] - limit) * sign >= 0
    for point in points:
        now = (point[axis] - limit) * sign >= 0
        if now != was:
            part = (limit - last[axis]) / (point[axis] - last[axis])
            other = last[1 - axis] + part * (point[1 - axis] - last[1 - axis])
            out.append((limit, other) if axis == 0 else (other, limit))
        if now:
            out.append(point)
        last, was = point, now
    return out


def line(points: Sequence[Point], box: Box) -> list[list[Point]]:
    """Return the stretches of a line that lie in the box."""
    if not points:
        return []
    left, top, right, bottom = bounds(points)
    if left >= box[0] and top >= box[1] and right <= box[2] and bottom <= box[3]:
        return [list(points)]
    if not overlap((left, top, right, bottom), box):
        return []
    runs: list[list[Point]] = []
    for a, b in pairwise(points):
        cut = _segment(a, b, box)
        if cut is None:
            continue
        if runs and runs[-1][-1] == cut[0]:
            runs[-1].append(cut[1])
        else:
            runs.append([cut[0], cut[1]])
    return runs


def _segment(a: Point, b: Point, box: Box) -> tuple[Point, Point] | None:
    """Return the part of a segment inside the box (Liang, Barsky)."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    first, last = 0.0, 1.0
    for step, room in ((-dx, a[0] - box[0]), (dx, box[2] - a[0]), (-dy, a[1] - box[1]), (dy, box[3] - a[1])):
        if step == 0:
            if room < 0:
                return None
            continue
        part = room / step
        if step < 0:
            first = max(first, part)
        else:
            last = min(last, part)
    if first > last:
        return None
    start = a if first == 0.0 else (a[0] + first * dx, a[1] + first * dy)
    end = b if last == 1.0 else (a[0] + last * dx, a[1] + last * dy)
    return start, end


def outside(points: Sequence[Point], boxes: Sequence[Box]) -> list[list[Point]]:
    """Return the stretches of a line that lie in none of the boxes."""
    if len(points) < 2:
        return []
    around = bounds(points)
    near = [box for box in boxes if overlap(around, box)]
    runs = [list(points)]
    for box in near:
        runs = [left for run in runs for left in _without(run, box)]
    return runs


def _without(points: Sequence[Point], box: Box) -> list[list[Point]]:
    runs: list[list[Point]] = [[points[0]]]
    for a, b in pairwise(points):
        cut = _segment(a, b, box)
        if cut is None:
            runs[-1].append(b)
            continue
        runs[-1].append(cut[0])
        runs.append([cut[1], b])
    return [run for run in runs if any(one != run[0] for one in run)]


def spans(rings: Sequence[Sequence[Point]], y: float) -> list[tuple[float, float]]:
    """Return the stretches of a level line that lie inside an area given by its rings."""
    crossed = []
    for points in rings:
        last = points[-1]
        for point in points:
            if (last[1] <= y) != (point[1] <= y):
                crossed.append(last[0] + (y - last[1]) / (point[1] - last[1]) * (point[0] - last[0]))
            last = point
    crossed.sort()
    return list(zip(crossed[::2], crossed[1::2], strict=False))


def hatch(rings: Sequence[Sequence[Point]], gap: float) -> list[tuple[Point, Point]]:
    """Return slanting lines that fill an area, `gap` apart; lines of neighbouring areas meet."""
    root = 0.5**0.5
    turned = [[((x + y) * root, (y - x) * root) for x, y in points] for points in rings if len(points) > 2]
    if not turned:
        return []
    _, low, _, high = bounds(point for points in turned for point in points)
    found = []
    for k in range(int(low // gap), int(high // gap) + 1):
        v = k * gap + gap / 2
        for start, end in spans(turned, v):
            if end - start > 0.6:
                found.append((((start - v) * root, (start + v) * root), ((end - v) * root, (end + v) * root)))
    return found


def rooms(rings: Sequence[Sequence[Point]], wide: float, tall: float) -> Iterator[Point]:
    """Yield middles of level strips inside an area in which words `wide` by `tall` find room, the roomiest first."""
    rings = [points for points in rings if len(points) > 2]
    if not rings:
        return
    left, top, right, bottom = bounds(point for points in rings for point in points)
    if right - left < wide or bottom - top < tall:
        return
    count = max(3, min(_STRIPS, int((bottom - top) / 5)))
    found = []
    for k in range(1, count):
        y = top + (bottom - top) * k / count
        for start, end in _both(*(_joined(spans(rings, at)) for at in (y - tall / 2, y + tall / 2))):
            room = end - start - wide
            if room >= 0:
                middling = 1 - abs(y - (top + bottom) / 2) / max(bottom - top, 1)
                found.append((-min(room, 1.5 * wide) * middling, y, (start + end) / 2, room))
    for _, y, x, room in sorted(found):
        yield x, y
        if room > 8:
            yield x - room * 0.3, y
            yield x + room * 0.3, y


def _joined(stretches: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return stretches of a line with those that meet as one: a name may stand across what parts an area's units."""
    found: list[tuple[float, float]] = []
    for start, end in stretches:
        if found and start - found[-1][1] < _MEET:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _both(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d)]
