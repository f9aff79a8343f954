"""Slow, obvious twins of what the gestures are made of; they share no code with it."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import hypot, isfinite, nan
from statistics import median

Point = tuple[float, float]


def line_speed(times_s: list[float], points: list[Point]) -> float:
    """Speed of a straight line through a point's places: the median slope of all pairs."""
    seen = [(when, x, y) for when, (x, y) in zip(times_s, points, strict=True) if isfinite(x)]
    if len(seen) < 3:
        return nan
    slopes = [((b[1] - a[1]) / (b[0] - a[0]), (b[2] - a[2]) / (b[0] - a[0])) for a, b in combinations(seen, 2)]
    return hypot(median(x for x, _ in slopes), median(y for _, y in slopes))


def longest_stay_s(times_s: list[float], scores: list[float], limit: float, bridge_s: float) -> float:
    """Longest time from one near moment to another with no gap between that is too long."""
    near = [when for when, score in zip(times_s, scores, strict=True) if score >= limit]
    longest = 0.0
    for start, end in combinations(near, 2):
        between = [when for when in near if start <= when <= end]
        if all(later - earlier <= bridge_s for earlier, later in pairwise(between)):
            longest = max(longest, end - start)
    return longest
