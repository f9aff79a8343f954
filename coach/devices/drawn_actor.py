"""A drawn person before the camera who does what a script says, at any time and from any thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.clock import Clock, SystemClock
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.pose.pose_frame import PoseFrame
from coach.routine.acts import Act, Performer, away
from coach.routine.body import AVERAGE_BODY, Body
from coach.routine.camera import photograph
from coach.routine.skeleton import stage_landmarks
from coach.settings.routine import DrawnSourceSettings, StageCamera
from coach.vision.backdrop import Backdrop
from coach.vision.dancer_look import STUDENT_LOOK, DancerLook
from coach.vision.draw_body import draw_dancer
from coach.vision.sensor_noise import SensorNoise

_REMEMBERED_COUNT: Final = 120
_SLICE_S: Final = 0.02


class DrawnActor(FrameSource):
    """The drawn dancer as a live camera: what is in the picture is decided while it runs.

    `do` may be called at any time and from any thread; the act begins with the next picture. At real-time pace a
    picture shows the moment at which it is taken, and a reader who comes late misses pictures, as with a camera. The
    same acts at the same pictures give the same pictures.

    Parameters
    ----------
    clock : Clock, optional
        With a manual clock each picture moves it on.
    settings : DrawnSourceSettings, optional
        Size and rate of the pictures.
    body, camera, look
        Who is seen, from where, in what clothes.
    first : Act, optional
        What is done from the start; out of the picture by default.
    paced : bool
        False: pictures as fast as they are read, each ``1 / fps`` later than the last; the acts' clock is then
        ``Frame.time_s``.
    over : callable, optional
        Told the time of the acts' clock before each picture: whether there is nothing more to be seen.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        settings: DrawnSourceSettings | None = None,
        *,
        body: Body = AVERAGE_BODY,
        camera: StageCamera | None = None,
        look: DancerLook = STUDENT_LOOK,
        first: Act | None = None,
        paced: bool = True,
        over: Callable[[float], bool] = lambda _now_s: False,
    ) -> None:
        super().__init__()
        self._clock = clock or SystemClock()
        self._settings = settings or DrawnSourceSettings()
        self._body, self._camera, self._look = body, camera or StageCamera(), look
        self._paced, self._over = paced, over
        self._lock = threading.Lock()
        self._performer = Performer(first or away())
        self._ordered: tuple[Act, ...] | None = None
        self._poses: OrderedDict[float, PoseFrame] = OrderedDict()
        self._index = 0
        self._tick = 0
        self._start_s: float | None = None
        self._backdrop: Backdrop | None = None
        self._noise: SensorNoise | None = None

    def do(self, *acts: Act) -> None:
        """From the next picture on do these, one after the other, and then stand at ease (at once without any)."""
        with self._lock:
            self._ordered = acts

    @property
    def resting(self) -> bool:
        """Whether everything ordered was done, but for what lasts for ever."""
        with self._lock:
            return self._ordered is None and self._performer.waiting_count == 0

    @property
    def now_s(self) -> float:
        """Time of the newest picture, 0 before the first."""
        with self._lock:
            return next(reversed(self._poses), 0.0)

    def pose_at(self, time_s: float) -> PoseFrame | None:
        """The truth of a recent picture, by its time; None if it is forgotten or was never taken."""
        with self._lock:
            return self._poses.get(time_s)

    def _open(self) -> SourceInfo:
        size_px = self._settings.frame_size_px
        self._backdrop = Backdrop(size_px)
        self._noise = SensorNoise(size_px, self._settings.noise_level)
        return SourceInfo("drawn dancer", size_px, self._settings.fps, None, live=self._paced)

    def _read(self, timeout_s: float) -> Frame | None:
        times = self._next_times()
        if times is None:
            return None
        time_s, now_s = times
        if self._over(now_s):
            return None
        pose = self._act(time_s, now_s)
        picture = self._picture(pose)
        frame = Frame(self._index, time_s, picture, self._clock.now_s() if not self._paced else now_s)
        self._index += 1
        return frame

    def _next_times(self) -> tuple[float, float] | None:
        """Time of the next picture and of the acts' clock; None once closed."""
        if not self._paced:
            time_s = self._index / self._settings.fps
            return time_s, time_s
        if self._start_s is None:
            self._start_s = self._clock.now_s()
        else:
            missed = int((self._clock.now_s() - self._start_s) * self._settings.fps)
            self._tick = max(self._tick + 1, missed)
        time_s = self._tick / self._settings.fps
        while not self._closed:
            left_s = self._start_s + time_s - self._clock.now_s()
            if left_s <= 0:
                return time_s, self._start_s + time_s
            self._clock.sleep_s(min(left_s, _SLICE_S))
        return None

    def _act(self, time_s: float, now_s: float) -> PoseFrame:
        with self._lock:
            if self._ordered is not None:
                self._performer.do(self._ordered, now_s)
                self._ordered = None
            stage = stage_landmarks(self._performer.pose(now_s), self._body)
            pose = photograph(stage, self._camera, self._settings.frame_size_px, time_s)
            self._poses[time_s] = pose
            while len(self._poses) > _REMEMBERED_COUNT:
                self._poses.popitem(last=False)
        return pose

    def _picture(self, pose: PoseFrame) -> NDArray[np.uint8]:
        if self._backdrop is None or self._noise is None:
            raise RuntimeError("the source is not open")
        picture = self._backdrop.fresh()
        self._backdrop.draw_shadow(picture, pose.image)
        draw_dancer(picture, pose.image, look=self._look)
        self._noise.add_to(picture, self._index)
        return picture

    def _close(self) -> None:
        """Nothing is held open."""
