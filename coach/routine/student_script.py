"""A student of the routine with exact truth: mistakes, tempo, body and camera."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from coach.pose.pose_frame import PoseFrame
from coach.routine.body import AVERAGE_BODY, Body
from coach.routine.camera import photograph
from coach.routine.channels import FEET, FloatArray
from coach.routine.dancer_pose import bent_left_elbow, lower_knees, mirrored_pose, mixed_pose, smaller_pose
from coach.routine.mistakes import Mistake, planned_mistake
from coach.routine.routine import DEFAULT_FRAME_SIZE_PX, Routine, first_steps_routine
from coach.routine.skeleton import stage_landmarks
from coach.routine.timeline import Timeline
from coach.settings.checks import require_between
from coach.settings.routine import MistakeSettings, StageCamera

_BLUR_STEPS = (-1.0, -0.5, 0.0, 0.5, 1.0)


@dataclass(frozen=True)
class StudentMoment:
    """The truth of one moment.

    Attributes
    ----------
    pose : PoseFrame
        What a perfect pose model would see; ``time_s`` is the student's clock.
    reference_s : float
        The moment of the routine that the student dances.
    mistakes : tuple of str
        Names of the mistakes made at this moment.
    """

    pose: PoseFrame
    reference_s: float
    mistakes: tuple[str, ...]


@dataclass(frozen=True)
class StudentScript:
    """How a student dances a routine.

    Attributes
    ----------
    routine : Routine
    mistakes : tuple of Mistake
        May overlap; each works on the movement that the ones before leave.
    body : Body
    tempo : float
        Reference seconds a student second, 1 = with the music.
    camera : StageCamera
    settings : MistakeSettings
    """

    routine: Routine = field(default_factory=first_steps_routine)
    mistakes: tuple[Mistake, ...] = ()
    body: Body = AVERAGE_BODY
    tempo: float = 1.0
    camera: StageCamera = field(default_factory=StageCamera)
    settings: MistakeSettings = field(default_factory=MistakeSettings)

    def __post_init__(self) -> None:
        require_between("tempo", self.tempo, 0.2, 3.0)

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self.routine.duration_s, self.tempo, self.mistakes, self.settings)

    @property
    def duration_s(self) -> float:
        """When the dance ends on the student's clock."""
        return self._timeline.end_s + self._lag_s(self._timeline.end_s)

    def reference_s(self, time_s: float) -> float:
        """The moment of the routine danced at ``time_s``, within 0 and the routine's length."""
        piece = self._timeline.piece(time_s)
        reference_s = piece.reference_at(time_s) - self.tempo * self._lag_s(time_s)
        return float(np.clip(reference_s, 0.0, self.routine.duration_s))

    def time_at(self, reference_s: float) -> float:
        """When the student comes to ``reference_s`` for the first time, but for being late as a mistake."""
        return self._timeline.time_at(reference_s)

    def end_s(self, reference_s: float) -> float:
        """When a dance that ends at ``reference_s`` is over, being late included."""
        time_s = self.time_at(reference_s)
        return time_s + self._lag_s(time_s)

    def pose(self, time_s: float) -> FloatArray:
        """The pose vector at ``time_s``, mistakes included."""
        values = self._clean_pose(time_s, self.reference_s(time_s))
        for mistake in self.mistakes:
            strength = mistake.strength(time_s, self.settings.blend_s)
            if strength > 0.0:
                values = self._spoilt(values, mistake.name, strength, time_s)
        return values

    def moment(self, time_s: float, frame_size_px: tuple[int, int] = DEFAULT_FRAME_SIZE_PX) -> StudentMoment:
        """Landmarks and truth at ``time_s``."""
        stage = stage_landmarks(self.pose(time_s), self.body)
        pose = photograph(stage, self.camera, frame_size_px, time_s)
        return StudentMoment(pose, self.reference_s(time_s), self.active_mistakes(time_s))

    def active_mistakes(self, time_s: float) -> tuple[str, ...]:
        """Names of the mistakes made at ``time_s``."""
        return tuple(mistake.name for mistake in self.mistakes if mistake.start_s <= time_s < mistake.end_s)

    def _lag_s(self, time_s: float) -> float:
        late = (mistake for mistake in self.mistakes if mistake.name == "late")
        return sum(self.settings.lag_s * mistake.strength(time_s, self.settings.blend_s) for mistake in late)

    def _clean_pose(self, time_s: float, reference_s: float) -> FloatArray:
        """The teacher's pose, or on the way back to the start."""
        piece = self._timeline.piece(time_s)
        pose = self.routine.pose(reference_s)
        if piece.walks_from_s is None:
            return pose
        share = min(1.0, (time_s - piece.start_s) / self.settings.blend_s)
        return mixed_pose(self.routine.pose(piece.walks_from_s), pose, share * share * (3.0 - 2.0 * share))

    def _spoilt(self, values: FloatArray, name: str, strength: float, time_s: float) -> FloatArray:
        settings = self.settings
        if name == "bent-arm":
            return bent_left_elbow(values, settings.elbow_bend_deg, strength)
        if name == "low-knees":
            return lower_knees(values, 1.0 - strength * (1.0 - settings.knee_lift_share))
        if name == "small":
            return self._smaller(values, settings.small_amplitude, strength)
        if name == "low-energy":
            softened = values + strength * (self._softened(time_s) - self._clean_pose(time_s, self.reference_s(time_s)))
            return self._smaller(softened, settings.low_energy_amplitude, strength)
        if name == "mirrored":
            return mirrored_pose(values) if strength >= 1.0 else mixed_pose(values, mirrored_pose(values), strength)
        return values

    def _smaller(self, values: FloatArray, amplitude: float, strength: float) -> FloatArray:
        share = 1.0 - strength * (1.0 - amplitude)
        return smaller_pose(values, share, self.routine.curve.settings)

    def _softened(self, time_s: float) -> FloatArray:
        """The movement averaged over a moment; the feet, which would slide, are left."""
        half_s = self.settings.low_energy_blur_s
        reference_s = self.reference_s(time_s)
        around = [self._clean_pose(time_s, reference_s + half_s * self.tempo * step) for step in _BLUR_STEPS]
        softened: FloatArray = np.mean(around, axis=0)
        softened[FEET] = around[len(around) // 2][FEET]
        return softened


def student_with(mistakes: Iterable[str], routine: Routine | None = None, tempo: float = 1.0) -> StudentScript:
    """A student who makes the named mistakes where they show best; raises `SettingsError` for an unknown name."""
    routine = routine or first_steps_routine()
    planned = tuple(planned_mistake(name, routine, tempo) for name in mistakes)
    return StudentScript(routine, planned, tempo=tempo)
