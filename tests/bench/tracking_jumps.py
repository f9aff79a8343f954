"""Restarts, skips and stops at random moments of the real pair: either dancer after the other, truth from the sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.bench.tracking_cases import Case

FloatArray = NDArray[np.float64]

_FPS = 30
_KINDS = ("restart", "skip", "stop", "skip", "restart")
_BEFORE, _AFTER, _REST = 150, 150, 270  # frames
_NEAR = 75
_STOP = 90
_END_S = 0.3


def jump_case(clip_s: FloatArray, ahead_s: float, reference_s: float, seed: int) -> Case:
    """What somebody filmed at ``clip_s`` does with a reference that lasts ``reference_s``.

    ``ahead_s`` is how far the clip's clock is ahead of the reference's. Half of each kind of seed is for tuning.
    """
    rng = np.random.default_rng(7000 + seed)
    kind, count = _KINDS[seed // 4 % len(_KINDS)], len(clip_s)
    first, last = int(max(0.0, ahead_s) * _FPS), min(count, int((reference_s + ahead_s) * _FPS))
    leave, enter = 0, 0
    while leave == 0 or (kind != "stop" and abs(enter - leave) <= _NEAR):
        leave = int(rng.uniform(first + _BEFORE, last - 120))
        enter = int(rng.uniform(first, first + 120 if kind == "restart" else last - _AFTER))
    if kind == "stop":
        frames = np.concatenate([np.arange(leave), np.full(_STOP, leave - 1), np.arange(leave, count)])
    else:
        frames = np.concatenate([np.arange(leave), np.arange(enter, min(count, enter + _REST))])
    truth_s = clip_s[frames] - ahead_s
    truth_s[(truth_s < 0) | (truth_s > reference_s - _END_S)] = np.nan
    if kind == "stop":
        truth_s[leave : leave + _STOP] = np.inf
        leave += _STOP
    free_s = 3.0 if ahead_s < 0 else 0.0  # who is filmed from the middle of the dance has to be found first
    return Case(kind, frames, truth_s, free_s=free_s, broken_s=(leave / _FPS,), tuning=seed // 2 % 2 == 0)
