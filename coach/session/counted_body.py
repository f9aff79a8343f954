"""Which part of the body counts: all of it, or the upper body only - then nobody behind this door ever sees a leg.

Legs are taken out where observations come in and where the teacher's tables go to the judges, so that joints, limb
timing, energy, reach, path, score and words all follow without knowing why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.judging.limb_timing_judge import LimbReading
from coach.judging.score_reading import ScoreReading
from coach.judging.teacher_tables import TeacherTables
from coach.judging.visibility import JointSeen
from coach.pose.joint_table import JOINT_COUNT, JOINTS
from coach.pose.landmark_table import BODY_PART_NAMES, LANDMARK_NAMES
from coach.pose.observation import FlowEnergy, Observation
from coach.pose.pose_frame import FloatArray

_LEG_POINTS: Final = ("knee", "ankle", "heel", "foot_index")
LEG_LANDMARKS: Final[NDArray[np.bool_]] = np.array([name.endswith(_LEG_POINTS) for name in LANDMARK_NAMES])
LEG_JOINTS: Final = frozenset(joint.name for joint in JOINTS if joint.part.endswith("_leg"))
_LEG_COLUMNS: Final[NDArray[np.bool_]] = np.array([joint.name in LEG_JOINTS for joint in JOINTS])
_UPPER_PARTS: Final = [BODY_PART_NAMES.index(part) for part in ("torso", "left_arm", "right_arm")]
_FEET_APART: Final = 2
"""Column of ``reach.REACH_PARTS``."""


@dataclass(frozen=True)
class CountedBody:
    """The whole body, or without the legs.

    Attributes
    ----------
    upper_only : bool
    """

    upper_only: bool

    @cached_property
    def joints_count(self) -> int:
        """How many of the fourteen joints count."""
        return JOINT_COUNT - len(LEG_JOINTS) if self.upper_only else JOINT_COUNT

    def observed(self, observation: Observation) -> Observation:
        """The observation without what does not count."""
        if not self.upper_only:
            return observation
        image = observation.pose.image.copy()
        image[LEG_LANDMARKS] = (np.nan, np.nan, np.nan, 0.0)
        energy = observation.energy
        if energy is not None:
            energy = FlowEnergy(_upper_energy(energy.parts[None])[0], energy.parts, energy.background)
        return replace(observation, pose=observation.pose.with_image(image), energy=energy)

    def tables(self, tables: TeacherTables) -> TeacherTables:
        """The teacher without what does not count.

        Steps are the legs' work and a small room has no space for them, so the path counts with the legs.
        """
        if not self.upper_only:
            return tables
        reach = tables.reach.copy()
        reach[:, _FEET_APART] = np.nan
        return replace(
            tables,
            angles_deg=np.where(_LEG_COLUMNS, np.nan, tables.angles_deg),
            rate_deg_s=np.where(_LEG_COLUMNS, np.nan, tables.rate_deg_s),
            energy=_upper_energy(tables.energy_parts),
            mask_area=np.full_like(tables.mask_area, np.nan),
            reach=reach,
            velocity=np.full_like(tables.velocity, np.nan),
        )

    def seen_share(self, seen: JointSeen) -> float:
        """Share of the joints that count that could be measured."""
        return float(seen.measurable.sum()) / self.joints_count

    def score(self, score: ScoreReading) -> ScoreReading:
        """The score whose judged share is one of the joints that count."""
        if not self.upper_only:
            return score
        return replace(score, judged_share=min(score.judged_share * JOINT_COUNT / self.joints_count, 1.0))

    def limbs(self, limbs: LimbReading) -> LimbReading:
        """The limbs' timing without what does not count."""
        if not self.upper_only:
            return limbs
        shift_s = np.where(_LEG_COLUMNS, 0.0, limbs.shift_s)
        called = {limb: ms for limb, ms in limbs.called_ms.items() if not limb.endswith("_leg")}
        return LimbReading(called, frozenset(one for one in limbs.doubtful if not one.endswith("_leg")), shift_s)


def _upper_energy(parts: FloatArray) -> FloatArray:
    """Energy of trunk and arms from that of all parts, shape (T,); nan where one of them is unknown."""
    energy: FloatArray = parts[:, _UPPER_PARTS].mean(axis=1)
    return energy
