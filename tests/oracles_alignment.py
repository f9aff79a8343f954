"""Slow, obvious twins of the alignment kernels: definitions written down, one value at a time."""

from __future__ import annotations

import math
from itertools import product


def log2_of_mitchell(value: float) -> float:
    """Exponent plus mantissa: the logarithm with a straight line between the powers of two."""
    mantissa, exponent = math.frexp(value)
    return (exponent - 1) + (2 * mantissa - 1)


def mismatch_of(reference, pose, motions, lags, pose_scale, motion_scales, pose_weight, motion_weights, unseen_square):
    """One number per reference frame; ``reference`` is a list of frames."""

    def factor(square, scale):
        return 1 + (unseen_square if math.isnan(square) else square) / scale

    column = []
    for j, frame in enumerate(reference):
        product_of_all = math.prod(
            factor((value - frame[f]) ** 2, pose_scale) for f, value in enumerate(pose) if not math.isnan(value)
        )
        total = pose_weight * log2_of_mitchell(product_of_all)
        for motion, lag, scale, weight in zip(motions, lags, motion_scales, motion_weights, strict=True):
            before = reference[j - lag] if j >= lag else [math.nan] * len(frame)
            product_of_all = math.prod(
                factor((value - (frame[f] - before[f])) ** 2, scale)
                for f, value in enumerate(motion)
                if not math.isnan(value)
            )
            total += weight * log2_of_mitchell(product_of_all)
        column.append(total)
    return column


def advanced(old, likelihood, tempo_shares, steps, keep, changes, anywhere, zones, in_zones, swaps):
    """The transition spelt out: where does every bit of probability go? Before the swap, after it, and what ended."""
    images, tempos, length = len(old), len(old[0]), len(old[0][0])
    new = [[[0.0] * length for _ in range(tempos)] for _ in range(images)]
    finished = 0.0
    for i, k, j in product(range(images), range(tempos), range(length)):
        slower, faster = old[i][max(0, k - 1)][j], old[i][min(tempos - 1, k + 1)][j]
        mass = keep * (changes[k][0] * slower + changes[k][1] * old[i][k][j] + changes[k][2] * faster)
        if j + steps[k] >= length:
            finished += mass
        else:
            new[i][k][j + steps[k]] += mass
    for i, k, j in product(range(images), range(tempos), range(length)):
        entered = anywhere[i] + sum(
            more for (first, last), more in zip(zones, in_zones[i], strict=True) if first <= j < last
        )
        new[i][k][j] = likelihood[i][j] * (new[i][k][j] + tempo_shares[k] * entered)
    if images == 1:
        return new, new, finished
    swapped = [
        [
            [(1 - swaps[i]) * new[i][k][j] + swaps[1 - i] * new[1 - i][k][j] for j in range(length)]
            for k in range(tempos)
        ]
        for i in range(2)
    ]
    return new, swapped, finished


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


def squares_about_means(stretches, keep):
    """Weighted squared deviations of pairs of rows from their stretch's means: of the one, the other, both.

    ``stretches`` are lists of (one, other, weight), oldest first; a tick later everything weighs ``keep`` as much.
    """
    ticks = sum(len(stretch) for stretch in stretches)
    total, age = [0.0, 0.0, 0.0], ticks - 1
    for stretch in stretches:
        weights = [weight * keep ** (age - number) for number, (_, _, weight) in enumerate(stretch)]
        age -= len(stretch)
        for f in range(len(stretch[0][0])):
            pairs = [
                (w, one[f], other[f])
                for w, (one, other, _) in zip(weights, stretch, strict=True)
                if w > 0 and not math.isnan(one[f] + other[f])
            ]
            if not pairs:
                continue
            mass = sum(w for w, _, _ in pairs)
            middle = sum(w * x for w, x, _ in pairs) / mass, sum(w * y for w, _, y in pairs) / mass
            for w, x, y in pairs:
                away = x - middle[0], y - middle[1]
                total = [
                    t + w * square
                    for t, square in zip(total, (away[0] ** 2, away[1] ** 2, away[0] * away[1]), strict=True)
                ]
    return total


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
