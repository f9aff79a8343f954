"""The newest of what a preview saw, for the thread that draws."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from coach.app.studio.preview import Preview, PreviewFrame
from coach.devices.latest_slot import SlotClosed
from coach.gestures.gesture import Gesture, GestureAction
from coach.ui.preview_pane import NO_PREVIEW, PreviewView


class PreviewWatch:
    """Keeps the newest frame for as long as it is worth showing.

    Parameters
    ----------
    preview : Preview or None
        None where nothing looks at the camera.
    gone_after_s : float
        Without a new picture for so long there is none.
    """

    def __init__(self, preview: Preview | None, gone_after_s: float) -> None:
        self._preview, self._gone_after_s = preview, gone_after_s
        self.newest: PreviewFrame | None = None
        self._newest_s = 0.0

    def enter(self, now_s: float) -> None:
        """Begin: what was seen on another screen is old."""
        self.newest, self._newest_s = None, now_s

    def update(self, now_s: float) -> PreviewFrame | None:
        """Take what is new; returns it, or None."""
        newest = None
        if self._preview is not None:
            with suppress(SlotClosed):
                newest = self._preview.frames.get(0.0)
        if newest is not None:
            self.newest, self._newest_s = newest, now_s
        elif now_s - self._newest_s > self._gone_after_s:
            self.newest = None
        return newest

    @property
    def view(self) -> PreviewView:
        """For the screen."""
        if self.newest is None:
            return NO_PREVIEW
        return PreviewView(self.newest.frame.bgr, self.newest.pose, gesture=self.newest.gesture)

    @property
    def bindings(self) -> Mapping[Gesture, GestureAction]:
        """The gestures that are read; none without a reader."""
        reader = self._preview.reader if self._preview is not None else None
        return reader.bindings if reader is not None else {}
