"""A routine: its movement, beats and sections, and exact truth at any moment."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from coach.pose.pose_frame import PoseFrame, PoseTrack
from coach.pose.reference import Section
from coach.routine import first_steps
from coach.routine.body import AVERAGE_BODY, Body
from coach.routine.camera import photograph
from coach.routine.channels import FloatArray
from coach.routine.interpolate import MovementCurve
from coach.routine.skeleton import stage_landmarks
from coach.settings.routine import MovementSettings, StageCamera

DEFAULT_FRAME_SIZE_PX = (960, 540)


@dataclass(frozen=True)
class Routine:
    """A choreography in code.

    Attributes
    ----------
    name, title : str
        File name (without ending) and name for people.
    curve : MovementCurve
    beat_count : int
    section_starts : tuple of (str, int)
        Names of the sections and the beats on which they begin.
    """

    name: str
    title: str
    curve: MovementCurve
    beat_count: int
    section_starts: tuple[tuple[str, int], ...] = field(default=())

    @property
    def beat_s(self) -> float:
        """Seconds of one beat."""
        return self.curve.settings.beat_s

    @property
    def duration_s(self) -> float:
        """Length of movement and music."""
        return self.beat_count * self.beat_s

    @property
    def beats_s(self) -> FloatArray:
        """Times of the beats."""
        return np.arange(self.beat_count, dtype=np.float64) * self.beat_s

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, which fill the routine without gaps."""
        starts = [beat * self.beat_s for _, beat in self.section_starts] + [self.duration_s]
        return tuple(
            Section(name, starts[index], starts[index + 1]) for index, (name, _) in enumerate(self.section_starts)
        )

    @property
    def key_moments_s(self) -> FloatArray:
        """Times of the poses that are held for a moment: where stillness and shape show."""
        times, values = self.curve.time_s, self.curve.values
        held = np.flatnonzero((values[1:] == values[:-1]).all(axis=1))
        return times[held]

    def pose(self, time_s: float) -> FloatArray:
        """The pose vector (see ``channels``) at ``time_s``, continuous in time."""
        return self.curve.pose(time_s)

    def truth(
        self,
        time_s: float,
        body: Body = AVERAGE_BODY,
        camera: StageCamera | None = None,
        frame_size_px: tuple[int, int] = DEFAULT_FRAME_SIZE_PX,
    ) -> PoseFrame:
        """What a perfect pose model would see at ``time_s``."""
        stage = stage_landmarks(self.pose(time_s), body)
        return photograph(stage, camera or StageCamera(), frame_size_px, time_s)

    def truth_track(
        self,
        fps: float,
        body: Body = AVERAGE_BODY,
        camera: StageCamera | None = None,
        frame_size_px: tuple[int, int] = DEFAULT_FRAME_SIZE_PX,
    ) -> PoseTrack:
        """The truth of the whole routine at ``fps`` pictures a second."""
        count = int(self.duration_s * fps) + 1
        return PoseTrack.from_frames([self.truth(index / fps, body, camera, frame_size_px) for index in range(count)])


def first_steps_routine(settings: MovementSettings | None = None) -> Routine:
    """The built-in routine "First Steps"."""
    curve = MovementCurve.from_keys(first_steps.key_poses(), settings or MovementSettings())
    return Routine(first_steps.NAME, first_steps.TITLE, curve, first_steps.BEAT_COUNT, first_steps.SECTION_STARTS)
