"""The drawn dancer as a camera: a routine's student, painted picture by picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.clock import Clock, SystemClock
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.routine.student_script import StudentMoment, StudentScript
from coach.settings.routine import DrawnSourceSettings
from coach.vision.backdrop import Backdrop
from coach.vision.dancer_look import STUDENT_LOOK, DancerLook
from coach.vision.draw_body import draw_dancer
from coach.vision.sensor_noise import SensorNoise


class DrawnSource(FrameSource):
    """All pictures of a student dancing a routine, in order, as fast as they are read.

    The same script gives the same pictures, to the last pixel.

    Parameters
    ----------
    script : StudentScript, optional
        Who dances what; by default the built-in routine without mistakes.
    settings : DrawnSourceSettings, optional
    clock : Clock, optional
        Stamps the moment when a picture is handed out.
    look : DancerLook
    loop : bool
        Dance again and again, each time from the start.
    """

    def __init__(
        self,
        script: StudentScript | None = None,
        settings: DrawnSourceSettings | None = None,
        clock: Clock | None = None,
        look: DancerLook = STUDENT_LOOK,
        *,
        loop: bool = False,
    ) -> None:
        super().__init__()
        self.script = script or StudentScript()
        self._settings = settings or DrawnSourceSettings()
        self._clock = clock or SystemClock()
        self._look = look
        self._loop = loop
        self._index = 0
        self._round_s = self.script.duration_s + self._settings.tail_s
        self._backdrop: Backdrop | None = None
        self._noise: SensorNoise | None = None

    def moment(self, time_s: float) -> StudentMoment:
        """The truth behind the picture at ``time_s``."""
        danced_s = time_s % self._round_s if self._loop else time_s
        return self.script.moment(danced_s, self._settings.frame_size_px)

    def _open(self) -> SourceInfo:
        size_px = self._settings.frame_size_px
        self._backdrop = Backdrop(size_px)
        self._noise = SensorNoise(size_px, self._settings.noise_level)
        duration_s = None if self._loop else self._round_s
        return SourceInfo("drawn dancer", size_px, self._settings.fps, duration_s, live=False)

    def _read(self, timeout_s: float) -> Frame | None:
        time_s = self._index / self._settings.fps
        if self._backdrop is None or (not self._loop and time_s > self._round_s):
            return None
        frame = Frame(self._index, time_s, self._picture(time_s), self._clock.now_s())
        self._index += 1
        return frame

    def _picture(self, time_s: float) -> NDArray[np.uint8]:
        backdrop, noise = self._backdrop, self._noise
        if backdrop is None or noise is None:
            raise RuntimeError("the source is not open")
        landmarks = self.moment(time_s).pose.image
        picture = backdrop.fresh()
        backdrop.draw_shadow(picture, landmarks)
        draw_dancer(picture, landmarks, look=self._look)
        noise.add_to(picture, self._index)
        return picture

    def _close(self) -> None:
        """Nothing is held open; the pictures go with the source."""
