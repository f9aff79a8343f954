"""Which joints are early or late together: those of one limb, and trunk and head with what they carry or stand on."""

from __future__ import annotations

from typing import Final

import numpy as np

from coach.pose.joint_table import JOINTS
from coach.pose.pose_frame import FloatArray

_LED_BY: Final = {
    "trunk": ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
    "neck": ("trunk", "left_shoulder", "right_shoulder"),
}
PARTNERS: Final[FloatArray] = np.array(
    [
        [
            float(one is not other and (one.part == other.part or one.name in _LED_BY.get(other.name, ())))
            for other in JOINTS
        ]
        for one in JOINTS
    ]
)
"""1 where the joint of the row has a say in the timing of the column's, shape (14, 14)."""
