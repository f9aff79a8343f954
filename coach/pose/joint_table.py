"""The judged joints: which landmarks span the angle, how far off is off, how much it counts. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.pose.landmark_table import mirrored_name


@dataclass(frozen=True)
class Joint:
    """One judged angle.

    Attributes
    ----------
    name : str
        Key in the log and in the cue table.
    points : tuple of str
        Landmarks ``(from, vertex, to)`` of a three-point angle; empty for trunk and neck, which
        are signed leans (see ``joint_angles``).
    part : str
        Body part in ``landmark_table.BODY_PARTS`` that the joint moves.
    tolerance_deg : float
        Departure from the teacher that is still right, at strictness 1.
    weight : float
        Share in the score and urgency of a cue.
    """

    name: str
    points: tuple[str, ...]
    part: str
    tolerance_deg: float
    weight: float


def _pair(part: str, limb: str, chain: tuple[str, str, str], tolerance_deg: float, weight: float) -> tuple[Joint, ...]:
    return tuple(
        Joint(f"{side}_{part}", tuple(f"{side}_{point}" for point in chain), f"{side}_{limb}", tolerance_deg, weight)
        for side in ("left", "right")
    )


JOINTS: Final[tuple[Joint, ...]] = (
    *_pair("shoulder", "arm", ("hip", "shoulder", "elbow"), 10.0, 1.0),
    *_pair("elbow", "arm", ("shoulder", "elbow", "wrist"), 20.0, 1.0),
    *_pair("wrist", "arm", ("elbow", "wrist", "index"), 25.0, 0.3),
    *_pair("hip", "leg", ("shoulder", "hip", "knee"), 5.0, 1.0),
    *_pair("knee", "leg", ("hip", "knee", "ankle"), 15.0, 1.0),
    *_pair("ankle", "leg", ("knee", "ankle", "foot_index"), 15.0, 0.3),
    Joint("trunk", (), "torso", 10.0, 0.8),
    Joint("neck", (), "head", 20.0, 0.3),
)

JOINT_COUNT: Final = len(JOINTS)
JOINT_NAMES: Final[tuple[str, ...]] = tuple(joint.name for joint in JOINTS)
JOINT_INDEX: Final[dict[str, int]] = {name: index for index, name in enumerate(JOINT_NAMES)}
MIRROR_JOINT_INDEX: Final[tuple[int, ...]] = tuple(JOINT_INDEX[mirrored_name(name)] for name in JOINT_NAMES)
"""For each joint the index of its counterpart on the other side of the body (itself for trunk and neck)."""

SIGNED_JOINTS: Final[tuple[str, ...]] = ("trunk", "neck")
"""Leans with a sign (positive towards the picture's right), which a mirror turns round."""
