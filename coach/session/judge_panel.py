"""All judges side by side: one frame in, all their readings out."""

from __future__ import annotations

import math
from dataclasses import dataclass

from coach.alignment.tracked_position import TrackedPosition
from coach.judging.angle_comparison import AngleComparison
from coach.judging.angle_judge import AngleJudge
from coach.judging.energy_judge import EnergyJudge
from coach.judging.extension_judge import ExtensionJudge, ExtensionReading
from coach.judging.frame_credits import frame_credits
from coach.judging.framing import FramingJudge
from coach.judging.hit_judge import HitJudge, HitReading
from coach.judging.hold_judge import HoldJudge
from coach.judging.limb_timing_judge import IN_TIME, LimbReading
from coach.judging.mask_support import MaskSupport
from coach.judging.path_judge import PathJudge, PathReading
from coach.judging.reach import reach_parts
from coach.judging.side_seen import SideSeen, turned_apart_deg
from coach.judging.teacher_tables import TeacherTables
from coach.judging.timing_judge import TimingJudge, TimingReading
from coach.judging.verdicts import EnergyReading, FramingHint, JointReading
from coach.judging.visibility import JointSeen, VisibilityJudge
from coach.pose.body_mask import mask_area_share
from coach.pose.joint_angles import joint_angles_deg
from coach.pose.observation import Observation
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.pose.trajectory import TrajectoryMeter
from coach.settings.session import CoachSettings


@dataclass(frozen=True)
class PanelReading:
    """What every judge says of one frame.

    Attributes
    ----------
    credits : ndarray [shape=(CREDIT_COUNT,)], float64
        What it earns, see `frame_credits`; without meaning where the dancer is not followed.
    """

    seen: JointSeen
    joints: tuple[JointReading, ...]
    comparison: AngleComparison
    energy: EnergyReading
    hits: HitReading
    timing: TimingReading
    extension: ExtensionReading
    path: PathReading
    hold_broken: bool
    framing: FramingHint | None
    credits: FloatArray


class JudgePanel:
    """The judges of one student.

    Parameters
    ----------
    tables : TeacherTables
        The teacher as the student dances them; see `use`.
    settings : CoachSettings
    """

    def __init__(self, tables: TeacherTables, settings: CoachSettings) -> None:
        judging = settings.judging
        self._mask = MaskSupport(judging.visibility)
        self._visibility = VisibilityJudge(judging.visibility)
        self._angles = AngleJudge(tables, judging)
        self._energy = EnergyJudge(tables, judging.energy)
        self._hits = HitJudge(tables, judging.hits, judging.energy)
        self._timing = TimingJudge(judging.timing)
        self._extension = ExtensionJudge(tables, judging.extension)
        self._path = PathJudge(tables, judging.path)
        self._hold = HoldJudge(tables, judging.hold, judging.energy)
        self._framing = FramingJudge(settings.cues.framing)
        self._trajectory = TrajectoryMeter(settings.trajectory)
        self._side = SideSeen(judging.angles.side_smoothing_s)
        self._max_turned_deg = judging.angles.max_turned_deg
        self._score_settings = judging.score
        self._tables = tables

    def use(self, tables: TeacherTables) -> None:
        """Compare with other tables from now on (the student turned out to be mirrored, or not to be)."""
        self._tables = tables
        for judge in (self._angles, self._energy, self._hits, self._extension, self._path, self._hold):
            judge.use(tables)

    def jumped(self) -> None:
        """Forget what was under way: the dancer goes on elsewhere, or after a pause. Their style stays."""
        self._angles.jumped()
        for judge in (self._energy, self._hits, self._timing, self._extension, self._path, self._hold):
            judge.reset()

    def wait(self, observation: Observation, pose: PoseFrame) -> FramingHint | None:
        """Nothing is judged: how well the dancer can be seen, and how much this camera trembles if they stand still.

        Parameters
        ----------
        observation, pose
            As in `step`.
        """
        seen = self._visibility.step(observation.pose, self._mask.step(observation.pose, observation.mask_bits))
        angles_deg = joint_angles_deg(pose.square_xy(), pose.visibility)
        self._angles.watch(angles_deg, seen.measurable, seen.visible_share, observation.time_s)
        return self._framing.step(observation, observation.time_s, seen.torso)

    def step(
        self,
        observation: Observation,
        pose: PoseFrame,
        position: TrackedPosition,
        timing_ms: float | None,
        limbs: LimbReading = IN_TIME,
        floor_xy: FloatArray | None = None,
    ) -> PanelReading:
        """Judge one frame.

        Parameters
        ----------
        observation : Observation
            As the sensors gave it: what can be seen is decided on the unsmoothed pose.
        pose : PoseFrame
            The smoothed pose, whose angles are judged.
        position : TrackedPosition
        timing_ms : float or None
            Early positive.
        limbs : LimbReading, optional
            Limbs that are out of time: their form is judged against their own moment.
        floor_xy : ndarray [shape=(2,)], float64, optional
            Place on the floor where it is known better than from this pose alone (a whole clip without lag).
        """
        time_s = observation.time_s
        seen = self._visibility.step(observation.pose, self._mask.step(observation.pose, observation.mask_bits))
        square_xy = pose.square_xy()
        angles_deg = joint_angles_deg(square_xy, pose.visibility)
        turned_deg = self._turned_deg(pose, position)
        comparable = seen.measurable & (turned_deg <= self._max_turned_deg)
        joints = self._angles.step(
            angles_deg, comparable, position, time_s, seen.visible_share, limbs.shift_s, turned_deg
        )
        mask_area = math.nan if observation.mask_bits is None else float(mask_area_share(observation.mask_bits))
        reach = reach_parts(square_xy, seen.landmarks_seen, seen.body_size)
        energy = self._energy.step(observation.energy, position, time_s)
        timing = self._timing.step(timing_ms, time_s)
        extension = self._extension.step(reach, position, time_s, mask_area)
        path = self._path.step(self._trajectory.step(pose) if floor_xy is None else floor_xy, position, time_s)
        comparison = self._angles.comparison
        return PanelReading(
            seen=seen,
            joints=joints,
            comparison=comparison,
            energy=energy,
            hits=self._hits.step(observation.energy, position, time_s),
            timing=timing,
            extension=extension,
            path=path,
            hold_broken=self._hold.step(observation.energy, position, time_s),
            framing=self._framing.step(observation, time_s, seen.torso),
            credits=frame_credits(
                comparison, self._score_settings, path=path, extension=extension, energy=energy, timing=timing
            ),
        )

    def _turned_deg(self, pose: PoseFrame, position: TrackedPosition) -> float:
        """By how much student and teacher are seen from different sides; 0 while it is not known."""
        student = self._side.step(pose.world, pose.time_s)
        if position.reference_s is None or self._tables.across is None:
            return 0.0
        teacher = self._tables.across[self._tables.index_at(position.reference_s)]
        return turned_apart_deg(student, teacher)
