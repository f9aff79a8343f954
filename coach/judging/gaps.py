"""Time between two frames, and how long it may be: a longer gap is a pause in which nothing was measured."""

from __future__ import annotations

from typing import Final

MAX_GAP_S: Final = 0.5
"""Beyond it two frames say nothing about what was between them: a camera that stalled, a dance that was paused."""


def gap_s(last_s: float | None, now_s: float, longest_s: float = MAX_GAP_S) -> float:
    """Seconds since the last frame, at most ``longest_s``; 0 at the first one, and if the clock went back."""
    return 0.0 if last_s is None else min(max(now_s - last_s, 0.0), longest_s)
