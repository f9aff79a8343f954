"""A reference made ready for coaching: what the follower and the judges look up, computed once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.judging.teacher_tables import TeacherTables
from coach.judging.teacher_takes import with_freedom
from coach.pose.feature_vector import features_of_track, mirror_features
from coach.pose.joint_table import JOINT_NAMES
from coach.pose.mirror import mirrored_frame
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.pose.reference import Reference
from coach.session.counted_body import CountedBody
from coach.settings.session import CoachSettings

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Choreography:
    """One reference as it is, and as its mirror image.

    Attributes
    ----------
    features, mirrored_features : ndarray [shape=(T, FEATURE_COUNT)], float64
        For the follower.
    tables, mirrored_tables : TeacherTables
        For the judges.
    mirror_matters : ndarray [shape=(T, 14)], bool
        Where the mirror image holds a joint otherwise, at that moment or around it.
    """

    reference: Reference
    features: FloatArray
    mirrored_features: FloatArray
    tables: TeacherTables
    mirrored_tables: TeacherTables
    mirror_matters: BoolArray

    @classmethod
    def of_reference(cls, reference: Reference, settings: CoachSettings) -> Choreography:
        """Compute everything for ``reference``; with ``upper_body_only`` the judges get it without legs."""
        features = features_of_track(reference.track, settings.alignment.features)
        counted = CountedBody(settings.cues.framing.upper_body_only)
        tables = TeacherTables.from_reference(reference, settings.judging)
        tables = counted.tables(with_freedom(tables, reference, settings.judging, settings.alignment))
        mirrored = tables.mirrored()
        matters = _differ(tables, mirrored, settings.judging.angles.slack_s, settings.judging.mirror_same_deg)
        return cls(reference, features, mirror_features(features), tables, mirrored, matters)

    def ambiguous_joints(self, reference_s: float) -> frozenset[str]:
        """Joints that the teacher and the mirror image hold differently around this moment."""
        row = self.mirror_matters[self.tables.index_at(reference_s)]
        return frozenset(name for name, differs in zip(JOINT_NAMES, row.tolist(), strict=True) if differs)

    def features_for(self, mirrored: bool) -> FloatArray:
        """The follower's numbers of the teacher as the student dances them."""
        return self.mirrored_features if mirrored else self.features

    def tables_for(self, mirrored: bool) -> TeacherTables:
        """The teacher as the student dances them."""
        return self.mirrored_tables if mirrored else self.tables

    def teacher_at(self, reference_s: float, mirrored: bool) -> PoseFrame:
        """The teacher's pose nearest to ``reference_s``, as the student dances it."""
        frame = self.reference.track.frame(self.tables.index_at(reference_s))
        return mirrored_frame(frame) if mirrored else frame


def _differ(first: TeacherTables, second: TeacherTables, around_s: float, same_deg: float) -> BoolArray:
    """Where joint angles differ by more than ``same_deg``, or will within ``around_s``, or did."""
    with np.errstate(invalid="ignore"):
        differs = ~(np.abs(first.angles_deg - second.angles_deg) <= same_deg)
    counts = np.cumsum(np.concatenate([np.zeros((1, differs.shape[1]), dtype=np.int64), differs]), axis=0)
    start, end = (np.searchsorted(first.time_s, first.time_s + shift_s) for shift_s in (-around_s, around_s))
    around: BoolArray = counts[end] > counts[start]
    return around | differs
