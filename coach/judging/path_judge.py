"""The way over the floor: cosine between both dancers' velocities, in body heights a second.

The right direction at another place is expression, the wrong direction is an error. Speed is not compared.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from enum import Enum

import numpy as np

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.judging.gaps import MAX_GAP_S, gap_s
from coach.judging.teacher_tables import TeacherTables
from coach.pose.pose_frame import FloatArray
from coach.settings.judging_whole import PathSettings

_MIN_TRAVEL_SHARE = 0.6
"""Share of the moments within the timing slack at which the teacher has to be under way."""


class PathVerdict(Enum):
    """Whether the dancer goes the teacher's way."""

    GOOD = "good"
    WRONG = "wrong"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class PathReading:
    """Cosine of the two velocities, -1 (opposite) to 1 (same), None where one of them stands or is unknown."""

    cosine: float | None
    verdict: PathVerdict


UNSEEN_PATH = PathReading(None, PathVerdict.UNSEEN)


class PathJudge:
    """Compares directions of travel."""

    def __init__(self, tables: TeacherTables, settings: PathSettings) -> None:
        self._settings = settings
        self.use(tables)

    def use(self, tables: TeacherTables) -> None:
        """Compare with other tables from now on."""
        self._tables = tables
        self.reset()

    def reset(self) -> None:
        """Forget where the dancer was."""
        self._recent: deque[tuple[float, FloatArray]] = deque()
        self._wrong_s = 0.0
        self._last_s: float | None = None

    def step(self, floor_xy: FloatArray, position: TrackedPosition, time_s: float) -> PathReading:
        """Judge one frame from the hip centre on the floor, shape (2,), in body heights; nan where unknown."""
        passed_s, self._last_s = gap_s(self._last_s, time_s, math.inf), time_s
        velocity = self._velocity(floor_xy, time_s, passed_s)
        following = position.state is TrackState.FOLLOWING and position.reference_s is not None
        if velocity is None or not following or position.reference_s is None:
            self._wrong_s = 0.0
            return UNSEEN_PATH
        return self._compare(velocity, position.reference_s, passed_s)

    def _velocity(self, floor_xy: FloatArray, time_s: float, passed_s: float) -> FloatArray | None:
        """Mean velocity over the window, None until it is full."""
        known = all(map(math.isfinite, floor_xy.tolist()))
        if not known or passed_s > MAX_GAP_S:
            self._recent.clear()
        if not known:
            return None
        self._recent.append((time_s, np.array(floor_xy, dtype=np.float64)))
        while len(self._recent) > 1 and self._recent[1][0] <= time_s - self._settings.window_s:
            self._recent.popleft()
        first_s, first_xy = self._recent[0]
        if time_s - first_s < 0.9 * self._settings.window_s:
            return None
        velocity: FloatArray = (floor_xy - first_xy) / (time_s - first_s)
        return velocity

    def _compare(self, velocity: FloatArray, reference_s: float, passed_s: float) -> PathReading:
        settings, tables = self._settings, self._tables
        first, last = (tables.index_at(reference_s + shift_s) for shift_s in (-settings.slack_s, settings.slack_s))
        teacher = tables.velocity[first : last + 1]
        speeds = tables.speed[first : last + 1]
        travels = speeds >= settings.min_teacher_speed
        if np.count_nonzero(travels) < _MIN_TRAVEL_SHARE * len(travels):
            self._wrong_s = 0.0
            return UNSEEN_PATH
        own_speed = math.hypot(*velocity.tolist())
        moves = speeds >= settings.min_student_speed
        if own_speed < settings.min_student_speed:
            self._wrong_s = 0.0
            # At a turn both stand for a moment.
            return PathReading(0.0, PathVerdict.GOOD) if moves.all() else UNSEEN_PATH
        teacher, speeds = teacher[moves], speeds[moves]
        cosine = float(np.max(teacher @ velocity / (speeds * own_speed)))
        self._wrong_s = self._wrong_s + passed_s if cosine < -settings.wrong_cosine else 0.0
        wrong = self._wrong_s >= settings.wrong_after_s
        return PathReading(cosine, PathVerdict.WRONG if wrong else PathVerdict.GOOD)
