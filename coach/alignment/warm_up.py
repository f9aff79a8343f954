"""Compile every kernel before the camera opens, so that no frame has to wait for the compiler."""

from __future__ import annotations

import numpy as np

from coach.alignment.kernels.compiling import compile_without_cache
from coach.alignment.offline_dtw import align
from coach.alignment.position_tracker import PositionTracker
from coach.alignment.tracked_position import FollowMode
from coach.pose.feature_vector import FEATURE_COUNT


def warm_up(*, offline: bool = False) -> None:
    """Run every kernel of the follower once on arrays of the very types that a session uses.

    A cached compilation that cannot be read (a damaged or foreign file) is compiled anew, without the cache.

    Parameters
    ----------
    offline : bool
        Also those of offline alignment.
    """
    try:
        _run(offline)
    except Exception:
        compile_without_cache()
        _run(offline)


def _run(offline: bool) -> None:
    table, time_s = np.zeros((40, FEATURE_COUNT)), np.arange(40) / 30.0
    tracker = PositionTracker(table, table, time_s, mode=FollowMode.ALONG)
    for frame in range(6):
        tracker.step(table[0], frame / 30.0, music_s=0.0)
    if offline:
        align(table, time_s, table, time_s)
