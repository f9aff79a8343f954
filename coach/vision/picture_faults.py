"""What is wrong with the pictures themselves, told only once it has lasted."""

from __future__ import annotations

import math

from coach.pose.observation import PictureFlags
from coach.settings.sensing import PictureSettings
from coach.vision.pictures import Picture, brightness, sharpness


class PictureFaults:
    """Watches brightness, sharpness, the camera's own movement and whether it hangs."""

    def __init__(self, settings: PictureSettings) -> None:
        self._settings = settings
        self._since_s: dict[PictureFlags, float] = {}

    def update(self, grey: Picture, time_s: float, *, identical: bool, camera_speed: float) -> PictureFlags:
        """Faults that hold now.

        Parameters
        ----------
        grey : ndarray [shape=(h, w)], uint8
            The small grey picture.
        time_s : float
        identical : bool
            Whether it is the very picture before.
        camera_speed : float
            Movement of the background in picture heights a second; nan where unknown.
        """
        settings = self._settings
        dark = brightness(grey) < settings.dark_below
        faults = {
            PictureFlags.DARK: (dark, settings.fault_lasts_s),
            PictureFlags.BLURRED: (
                not dark and _below(sharpness(grey), settings.blurred_below),
                settings.fault_lasts_s,
            ),
            PictureFlags.CAMERA_MOVED: (camera_speed > settings.camera_moved_above, settings.fault_lasts_s),
            PictureFlags.FROZEN: (identical, settings.frozen_after_s),
        }
        flags = PictureFlags.NONE
        for flag, (present, lasts_s) in faults.items():
            if self._lasts(flag, present, time_s, lasts_s):
                flags |= flag
        return flags

    def reset(self) -> None:
        """Forget what was before, as after a change of source."""
        self._since_s.clear()

    def _lasts(self, flag: PictureFlags, present: bool, time_s: float, lasts_s: float) -> bool:
        if not present:
            self._since_s.pop(flag, None)
            return False
        since_s = self._since_s.setdefault(flag, time_s)
        return time_s - since_s >= lasts_s


def _below(value: float, limit: float) -> bool:
    return not math.isnan(value) and value < limit
