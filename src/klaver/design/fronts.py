"""A front: the plans of which none is better in everything; its corners, its knees, and how much it covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Point = tuple[int, ...]
"""What a plan is worth in each objective, more being better in all of them (moments are counted below zero)."""


def covers(one: Point, other: Point) -> bool:
    """Tell whether ``one`` is at least as good as ``other`` in everything."""
    return all(a >= b for a, b in zip(one, other, strict=True))


def undominated(points: Iterable[Point]) -> list[Point]:
    """Return the points that no other covers, each once, the best in the first objective first."""
    kept: list[Point] = []
    for point in sorted(set(points), reverse=True):
        if not any(covers(k, point) for k in kept):
            kept.append(point)
    return kept


def covered(points: Iterable[Point], reference: Point) -> int:
    """Return the hypervolume: how much of what is better than ``reference`` some point covers."""
    above = [p for p in points if all(a > r for a, r in zip(p, reference, strict=True))]
    if not above:
        return 0
    if len(reference) == 1:
        return max(p[0] for p in above) - reference[0]
    total = 0
    edges = sorted({p[-1] for p in above}, reverse=True)
    for edge, below in zip(edges, [*edges[1:], reference[-1]], strict=True):
        total += (edge - below) * covered([p[:-1] for p in above if p[-1] >= edge], reference[:-1])
    return total


def corners(points: Sequence[Point]) -> list[int]:
    """Return the place of the best point in each objective; of equal ones the best in the others."""
    every = range(len(points[0]))
    return [max(range(len(points)), key=lambda i, o=o: (points[i][o], points[i])) for o in every]  # type: ignore[misc]


def knee(points: Sequence[Point]) -> int | None:
    """Return the place of the point that lies farthest beyond the straight line between the corners.

    Each objective is measured from its worst to its best on the front. ``None`` when no point lies beyond the line:
    then every step along the front costs about as much as the one before.
    """
    several = range(len(points[0]))
    worst = [min(p[o] for p in points) for o in several]
    best = [max(p[o] for p in points) for o in several]
    if any(w == b for w, b in zip(worst, best, strict=True)):
        return None

    def reaches(place: int) -> float:
        return sum((points[place][o] - worst[o]) / (best[o] - worst[o]) for o in several)

    ends = corners(points)
    far = max(range(len(points)), key=lambda i: (reaches(i), points[i]))
    return far if far not in ends and reaches(far) > max(reaches(e) for e in ends) + 1e-9 else None


def spread(first: int, last: int, many: int) -> list[int]:
    """Return at most ``many`` whole numbers from ``first`` to ``last``, evenly, both with them."""
    if many < 2 or first == last:
        return [first]
    steps = min(many - 1, abs(last - first))
    return [first + (last - first) * k // steps for k in range(steps + 1)]
