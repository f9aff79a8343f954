"""Which joints could often not be seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.pose.joint_table import JOINT_COUNT, JOINT_NAMES, JOINTS
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.practice.followed_frame import FollowedFrame
from coach.session.counted_body import LEG_JOINTS
from coach.settings.practice import RecordSettings

_LEANS = {
    "trunk": ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
    "neck": ("left_ear", "right_ear", "left_shoulder", "right_shoulder"),
}
_POINTS = np.array(
    [
        [LANDMARK_INDEX[name] for name in (_LEANS.get(joint.name) or (*joint.points, joint.points[-1]))]
        for joint in JOINTS
    ]
)
"""The landmarks of each judged joint, shape (14, 4); one of the limbs' three stands twice."""


class UnseenJoints:
    """Adds up for how long each joint's landmarks could not be seen."""

    def __init__(self) -> None:
        self._unseen_s = np.zeros(JOINT_COUNT)
        self._total_s = 0.0

    def add(self, frames: Sequence[FollowedFrame]) -> None:
        """Take in some frames."""
        if not frames:
            return
        gap_s = np.array([frame.gap_s for frame in frames])
        seen = np.stack([frame.panel.seen.landmarks_seen for frame in frames])
        self._total_s += float(gap_s.sum())
        self._unseen_s += gap_s @ ~seen[:, _POINTS].all(axis=2)

    def often(self, settings: RecordSettings, *, upper_body_only: bool) -> tuple[tuple[str, float], ...]:
        """The joints that were often not seen, with the share of the time, worst first."""
        if self._total_s < settings.unseen_after_s:
            return ()
        shares = (self._unseen_s / self._total_s).tolist()
        found = [
            (name, min(share, 1.0))
            for name, share in zip(JOINT_NAMES, shares, strict=True)
            if share >= settings.unseen_from_share and not (upper_body_only and name in LEG_JOINTS)
        ]
        return tuple(sorted(found, key=lambda entry: -entry[1]))
