"""What is drawn of a run, and which pictures of it are to be saved."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.app.options import ScreenshotRequest
from coach.ui.window import Window


@dataclass
class Show:
    """What is to be seen; without a window nothing is drawn.

    Attributes
    ----------
    visible : bool
        Whether anybody looks; otherwise only pictures that were asked for are drawn.
    draw_fps : float or None
        Pace; None goes on as soon as the scene has something new (which it waits for itself).
    """

    window: Window | None
    visible: bool
    draw_fps: float | None
    screenshots: Sequence[ScreenshotRequest] = ()
    pending: deque[ScreenshotRequest] = field(init=False)

    def __post_init__(self) -> None:
        self.pending = deque(sorted(self.screenshots, key=lambda request: request.second))

    def due(self, time_s: float | None) -> list[ScreenshotRequest]:
        """The pictures to be taken now, once each."""
        due = []
        while time_s is not None and self.pending and self.pending[0].second <= time_s:
            due.append(self.pending.popleft())
        return due
