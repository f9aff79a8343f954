"""A reference made ready for coaching: what the follower and the judges look up, computed once."""

from __future__ import annotations

from dataclasses import dataclass

from coach.judging.teacher_tables import TeacherTables
from coach.pose.feature_vector import features_of_track, mirror_features
from coach.pose.mirror import mirrored_frame
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.pose.reference import Reference
from coach.settings.session import CoachSettings


@dataclass(frozen=True)
class Choreography:
    """One reference as it is, and as its mirror image.

    Attributes
    ----------
    features, mirrored_features : ndarray [shape=(T, FEATURE_COUNT)], float64
        For the follower.
    tables, mirrored_tables : TeacherTables
        For the judges.
    """

    reference: Reference
    features: FloatArray
    mirrored_features: FloatArray
    tables: TeacherTables
    mirrored_tables: TeacherTables

    @classmethod
    def of_reference(cls, reference: Reference, settings: CoachSettings) -> Choreography:
        """Compute everything for ``reference``."""
        features = features_of_track(reference.track, settings.alignment.features)
        tables = TeacherTables.from_reference(reference, settings.judging)
        return cls(reference, features, mirror_features(features), tables, tables.mirrored())

    def tables_for(self, mirrored: bool) -> TeacherTables:
        """The teacher as the student dances them."""
        return self.mirrored_tables if mirrored else self.tables

    def teacher_at(self, reference_s: float, mirrored: bool) -> PoseFrame:
        """The teacher's pose nearest to ``reference_s``, as the student dances it."""
        frame = self.reference.track.frame(self.tables.index_at(reference_s))
        return mirrored_frame(frame) if mirrored else frame
