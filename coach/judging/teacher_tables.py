"""Everything that the judges look up about the teacher, computed once per reference."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from coach.judging.noise_model import noise_floor_deg
from coach.judging.reach import MIRROR_REACH_INDEX, reach_parts, torso_size
from coach.judging.running_mean import RunningMean
from coach.judging.side_seen import across
from coach.judging.visibility import landmarks_in_picture, measurable_joints
from coach.pose.body_mask import mask_area_share
from coach.pose.joint_angles import joint_angles_deg
from coach.pose.joint_table import JOINT_INDEX, MIRROR_JOINT_INDEX, SIGNED_JOINTS
from coach.pose.landmark_table import BODY_PART_NAMES, mirrored_name
from coach.pose.pose_frame import FloatArray
from coach.pose.reference import Reference
from coach.settings.judging import JudgingSettings

BoolArray = NDArray[np.bool_]

_MASK_CHUNK = 256
_MIRROR_JOINTS = np.array(MIRROR_JOINT_INDEX)
_SIGNED = np.array([JOINT_INDEX[name] for name in SIGNED_JOINTS])
_MIRROR_PARTS = np.array([BODY_PART_NAMES.index(mirrored_name(name)) for name in BODY_PART_NAMES])


@dataclass(frozen=True)
class TeacherTables:
    """The teacher at each of the reference's T frames.

    Attributes
    ----------
    time_s : ndarray [shape=(T,)], float64
    angles_deg : ndarray [shape=(T, 14)], float64
        nan where unseen.
    rate_deg_s, noise_deg : ndarray [shape=(T, 14)], float64
        Angular speed and the sensor's standard error.
    energy : ndarray [shape=(T,)], float64; energy_parts : ndarray [shape=(T, P)], float64
        Body heights a second, nan where unknown.
    mask_area : ndarray [shape=(T,)], float64
    reach : ndarray [shape=(T, 3)], float64
        See ``reach.REACH_PARTS``, in torso lengths.
    velocity : ndarray [shape=(T, 2)], float64
        Over the floor, in body heights a second.
    across : ndarray [shape=(T, 2)], float64, or None
        See `side_seen.across`; None where it is not known from which side the teacher is seen.
    freedom_deg : ndarray [shape=(T, 14)], float64, or None
        No tolerance is less: the teacher's own freedom (`teacher_takes.with_freedom`); None without further takes.
    """

    time_s: FloatArray
    angles_deg: FloatArray
    rate_deg_s: FloatArray
    noise_deg: FloatArray
    energy: FloatArray
    energy_parts: FloatArray
    mask_area: FloatArray
    reach: FloatArray
    velocity: FloatArray
    across: FloatArray | None = None
    freedom_deg: FloatArray | None = None

    @classmethod
    def from_reference(cls, reference: Reference, settings: JudgingSettings) -> TeacherTables:
        """Measure the teacher as the student is measured."""
        track = reference.track
        xy = track.square_xy()
        landmarks_seen = landmarks_in_picture(track.image, settings.visibility)
        sizes = torso_size(xy, track.world, track.image[..., 3], settings.visibility.min_visibility)
        size = _steady_size(sizes, track.time_s, settings.visibility.size_smoothing_s)
        seen, share = measurable_joints(xy, landmarks_seen, size, settings.visibility)
        angles = joint_angles_deg(xy, landmarks_seen.astype(np.float64))
        angles = np.where(seen, angles, np.nan)
        rate = _rate(angles, track.time_s)
        chunks = range(0, len(track), _MASK_CHUNK)
        return cls(
            time_s=track.time_s,
            angles_deg=angles,
            rate_deg_s=rate,
            noise_deg=noise_floor_deg(share, rate, settings.noise),
            energy=np.asarray(reference.flow_energy, dtype=np.float64),
            energy_parts=np.asarray(reference.flow_energy_parts, dtype=np.float64),
            mask_area=np.concatenate(
                [mask_area_share(reference.masks[start : start + _MASK_CHUNK]) for start in chunks]
            ),
            reach=reach_parts(xy, landmarks_seen, size),
            velocity=backward_velocity(
                np.asarray(reference.trajectory, dtype=np.float64), track.time_s, settings.path.window_s
            ),
            across=across(np.asarray(track.world, dtype=np.float64)),
        )

    def mirrored(self) -> TeacherTables:
        """The teacher seen in a mirror: what a student who dances the mirror image is compared with."""
        angles = _mirror_joints(self.angles_deg)
        angles[:, _SIGNED] *= -1.0
        return replace(
            self,
            angles_deg=angles,
            rate_deg_s=_mirror_joints(self.rate_deg_s),
            noise_deg=_mirror_joints(self.noise_deg),
            energy_parts=self.energy_parts[:, _MIRROR_PARTS],
            reach=self.reach[:, list(MIRROR_REACH_INDEX)],
            velocity=self.velocity * np.array([-1.0, 1.0]),
            across=None if self.across is None else self.across * np.array([1.0, -1.0]),
            freedom_deg=None if self.freedom_deg is None else _mirror_joints(self.freedom_deg),
        )

    @cached_property
    def speed(self) -> FloatArray:
        """Length of ``velocity``, shape (T,)."""
        speed: FloatArray = np.hypot(self.velocity[:, 0], self.velocity[:, 1])
        return speed

    @cached_property
    def median_energy(self) -> float:
        """Median of ``energy`` where it is known, nan if it is nowhere."""
        known = self.energy[np.isfinite(self.energy)]
        return float(np.median(known)) if len(known) else math.nan

    @cached_property
    def _middles_s(self) -> FloatArray:
        """Times at which the nearest frame changes."""
        return (self.time_s[1:] + self.time_s[:-1]) / 2.0

    @cached_property
    def _middles_list_s(self) -> list[float]:
        """The same for one look-up at a time, which is quicker in a list."""
        middles_s: list[float] = self._middles_s.tolist()
        return middles_s

    @property
    def duration_s(self) -> float:
        """Time of the last frame."""
        return float(self.time_s[-1])

    def index_at(self, reference_s: float) -> int:
        """The frame nearest to ``reference_s``."""
        return bisect_left(self._middles_list_s, reference_s)

    def indices_at(self, reference_s: FloatArray) -> NDArray[np.intp]:
        """The frames nearest to each of the times."""
        return self._middles_s.searchsorted(reference_s)


def backward_velocity(positions: FloatArray, time_s: FloatArray, window_s: float) -> FloatArray:
    """Mean velocity over the ``window_s`` before each time, shape (T, 2); nan where that begins before the clip."""
    earlier_s = time_s - window_s
    velocity = np.full_like(positions, np.nan)
    known = earlier_s >= time_s[0]
    for axis in range(positions.shape[-1]):
        earlier = np.interp(earlier_s, time_s, positions[:, axis])
        velocity[known, axis] = (positions[known, axis] - earlier[known]) / window_s
    return velocity


def _rate(angles_deg: FloatArray, time_s: FloatArray) -> FloatArray:
    if len(time_s) < 2:
        return np.full(angles_deg.shape, np.nan)
    rate: FloatArray = np.gradient(angles_deg, time_s, axis=0)
    return rate


def _mirror_joints(table: FloatArray) -> FloatArray:
    mirrored: FloatArray = table[:, _MIRROR_JOINTS]
    return mirrored


def _steady_size(sizes: FloatArray, time_s: FloatArray, smoothing_s: float) -> FloatArray:
    """The running mean that the student's size goes through as well."""
    mean = RunningMean(smoothing_s)
    steady = np.empty(len(sizes))
    for index, (size, gap_s) in enumerate(zip(sizes.tolist(), np.diff(time_s, prepend=-1.0).tolist(), strict=True)):
        mean.step(size, gap_s)
        steady[index] = mean.value
    return steady
