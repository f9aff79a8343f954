"""Slow, obvious twins of the judges' arithmetic. Nothing here is shared with what it checks."""

from __future__ import annotations

import math
from collections.abc import Sequence


def best_shift_errors(errors_deg: Sequence[Sequence[float]], gaps_s: Sequence[float], memory_s: float) -> float:
    """One joint: ``errors_deg[frame][shift]``; the signed running mean at the shift whose size is smallest."""
    shifts = len(errors_deg[0])
    size: list[float | None] = [None] * shifts
    signed: list[float | None] = [None] * shifts
    for frame, gap_s in zip(errors_deg, gaps_s, strict=True):
        share = 1.0 - math.exp(-gap_s / memory_s)
        for shift, error in enumerate(frame):
            if math.isnan(error):
                continue
            old_size, old_signed = size[shift], signed[shift]
            size[shift] = abs(error) if old_size is None else old_size + share * (abs(error) - old_size)
            signed[shift] = error if old_signed is None else old_signed + share * (error - old_signed)
    best: tuple[float, float] | None = None
    for one_size, one_signed in zip(size, signed, strict=True):
        if one_size is not None and one_signed is not None and (best is None or one_size < best[0]):
            best = one_size, one_signed
    return math.nan if best is None else math.copysign(*best)


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
