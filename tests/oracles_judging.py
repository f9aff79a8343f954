"""Slow, obvious twins of the judges' arithmetic. Nothing here is shared with what it checks."""

from __future__ import annotations

import math
from collections.abc import Sequence


def best_shift_errors(
    errors_deg: Sequence[Sequence[float]], gaps_s: Sequence[float], memory_s: float, choice_memory_s: float
) -> float:
    """One joint: ``errors_deg[frame][shift]``; the signed running mean at the shift whose longer mean is smallest."""
    best: tuple[float, float] | None = None
    for shift in range(len(errors_deg[0])):
        errors = [(frame[shift], gap_s) for frame, gap_s in zip(errors_deg, gaps_s, strict=True)]
        known = [(error, gap_s) for error, gap_s in errors if not math.isnan(error)]
        if not known:
            continue
        sizes = [(abs(error), gap_s) for error, gap_s in known]
        usual = _running_mean(sizes, choice_memory_s)
        if best is None or usual < best[0]:
            best = usual, math.copysign(_running_mean(sizes, memory_s), _running_mean(known, memory_s))
    return math.nan if best is None else best[1]


def _running_mean(values: Sequence[tuple[float, float]], memory_s: float) -> float:
    """Of (value, gap in seconds): the first one counts fully."""
    mean = values[0][0]
    for value, gap_s in values[1:]:
        mean += (1.0 - math.exp(-gap_s / memory_s)) * (value - mean)
    return mean


def lower_median(values: Sequence[float]) -> float:
    """The middle of the known values, the lower one of two."""
    known = sorted(value for value in values if not math.isnan(value))
    return known[(len(known) - 1) // 2]


def mean_credit(ratios: Sequence[float], seconds: Sequence[float], full: float, zero: float) -> float:
    """Time-weighted mean of a credit that falls from 1 at ``full`` tolerances to 0 at ``zero``."""
    total = 0.0
    for ratio, length_s in zip(ratios, seconds, strict=True):
        if ratio <= full:
            credit = 1.0
        elif ratio >= zero:
            credit = 0.0
        else:
            credit = 1.0 - (ratio - full) / (zero - full)
        total += credit * length_s
    return total / sum(seconds)
