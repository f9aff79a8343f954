"""Slow, obvious twins of the alignment kernels: definitions written down, one value at a time."""

from __future__ import annotations

import math
from itertools import product


def log2_of_mitchell(value: float) -> float:
    """Exponent plus mantissa: the logarithm with a straight line between the powers of two."""
    mantissa, exponent = math.frexp(value)
    return (exponent - 1) + (2 * mantissa - 1)


def mismatch_of(reference, pose, motion, lag, pose_scale, motion_scale, pose_weight, motion_weight, unseen_square):
    """One number per reference frame; ``reference`` is a list of frames."""
    column = []
    for j, frame in enumerate(reference):
        pose_product = motion_product = 1.0
        for f, value in enumerate(pose):
            if not math.isnan(value):
                square = (value - frame[f]) ** 2
                pose_product *= 1 + (unseen_square if math.isnan(square) else square) / pose_scale
        for f, value in enumerate(motion):
            if not math.isnan(value):
                square = math.nan if j < lag else (value - (frame[f] - reference[j - lag][f])) ** 2
                motion_product *= 1 + (unseen_square if math.isnan(square) else square) / motion_scale
        column.append(pose_weight * log2_of_mitchell(pose_product) + motion_weight * log2_of_mitchell(motion_product))
    return column


def advanced(old, likelihood, entry, entry_shares, steps, keep, changes, entry_mass):
    """The transition spelt out: where does every bit of probability go?"""
    tempos, length = len(old), len(old[0])
    new = [[0.0] * length for _ in range(tempos)]
    finished = 0.0
    for k, i in product(range(tempos), range(length)):
        slower, faster = old[max(0, k - 1)][i], old[min(tempos - 1, k + 1)][i]
        mass = keep * (changes[k][0] * slower + changes[k][1] * old[k][i] + changes[k][2] * faster)
        if i + steps[k] >= length:
            finished += mass
        else:
            new[k][i + steps[k]] += mass
    for k, j in product(range(tempos), range(length)):
        new[k][j] = likelihood[j] * (new[k][j] + entry_mass * entry_shares[k] * entry[j])
    return new, finished


def best_places(place, half_width, rival_frames, expected):
    """The heaviest window near ``expected`` (anywhere if nan), and the heaviest far from it."""
    length, count = len(place), -(-len(place) // 4)
    bins = [sum(place[4 * b : 4 * b + 4]) for b in range(count)]
    reach = max(1, half_width // 4)
    windows = [sum(bins[max(0, b - reach) : b + reach + 1]) for b in range(count)]
    near = list(range(count))
    if not math.isnan(expected):
        near = [b for b in near if abs(4 * b + 2 - expected) <= half_width]
        if not near:
            near = [0 if expected < 0 else min(count - 1, max(0, math.ceil((expected - half_width) / 4 - 0.5)))]
    best = max(near, key=lambda b: windows[b])
    rivals = [b for b in range(count) if abs(b - best) * 4 > rival_frames]
    rival = max(rivals, key=lambda b: windows[b], default=best)
    centre, mass = 4 * best + 1.5, 0.0
    for _ in range(3):
        inside = [j for j in range(length) if abs(j - centre) <= half_width]
        mass = sum(place[j] for j in inside)
        centre = sum(place[j] * j for j in inside) / mass if mass > 0 else centre
    around = sum(place[j] for j in range(length) if abs(j - int(centre)) <= rival_frames)
    return [centre, mass, around, windows[rival] if rivals else 0.0], windows


def subsequence_cost(mismatch, skip_price, step_price):
    """Least cost of a path over all of ``mismatch`` (rows of columns): the whole table, three classic steps."""
    rows, columns = len(mismatch), len(mismatch[0])
    table = [[math.inf] * columns for _ in range(rows)]
    for i, j in product(range(rows), range(columns)):
        ways = [i * skip_price]
        if i and j:
            ways.append(table[i - 1][j - 1])
        if i:
            ways.append(table[i - 1][j] + step_price)
        if j:
            ways.append(table[i][j - 1] + step_price)
        table[i][j] = min(ways) + mismatch[i][j]
    return table


def path_cost(cells, mismatch, step_price):
    """What a path costs, step by step."""
    total = 0.0
    for number, (i, j) in enumerate(cells):
        if number:
            before = cells[number - 1]
            assert (i - before[0], j - before[1]) in ((1, 1), (1, 0), (0, 1))
            total += 0.0 if (i - before[0], j - before[1]) == (1, 1) else step_price
        total += mismatch[i][j]
    return total
