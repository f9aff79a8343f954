"""The 33 landmarks of MediaPipe Pose (BlazePose topology), their pairs and the bones drawn between them. Data only."""

from __future__ import annotations

from typing import Final

LANDMARK_NAMES: Final[tuple[str, ...]] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)

LANDMARK_COUNT: Final = len(LANDMARK_NAMES)

LANDMARK_INDEX: Final[dict[str, int]] = {name: index for index, name in enumerate(LANDMARK_NAMES)}


def mirrored_name(name: str) -> str:
    """The same part on the other side: ``left_elbow`` for ``right_elbow``, ``trunk`` for ``trunk``."""
    return name.replace("left", "\0").replace("right", "left").replace("\0", "right")


MIRROR_LANDMARK_INDEX: Final[tuple[int, ...]] = tuple(LANDMARK_INDEX[mirrored_name(name)] for name in LANDMARK_NAMES)
"""For each landmark the index of the same landmark on the other side of the body (itself for the nose)."""

MAIN_LANDMARKS: Final[tuple[str, ...]] = tuple(
    f"{side}_{part}" for part in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle") for side in ("left", "right")
)
"""The twelve joints that carry a dance."""

BONES: Final[tuple[tuple[str, str], ...]] = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    ("left_shoulder", "left_hip"),
    ("right_shoulder", "right_hip"),
    ("left_shoulder", "left_elbow"),
    ("right_shoulder", "right_elbow"),
    ("left_elbow", "left_wrist"),
    ("right_elbow", "right_wrist"),
    ("left_wrist", "left_index"),
    ("right_wrist", "right_index"),
    ("left_hip", "left_knee"),
    ("right_hip", "right_knee"),
    ("left_knee", "left_ankle"),
    ("right_knee", "right_ankle"),
    ("left_ankle", "left_foot_index"),
    ("right_ankle", "right_foot_index"),
)
"""The lines of a stick figure, as pairs of landmark names."""

BODY_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "head": ("nose", "left_ear", "right_ear"),
    "torso": ("left_shoulder", "right_shoulder", "left_hip", "right_hip"),
    "left_arm": ("left_shoulder", "left_elbow", "left_wrist", "left_index"),
    "right_arm": ("right_shoulder", "right_elbow", "right_wrist", "right_index"),
    "left_leg": ("left_hip", "left_knee", "left_ankle", "left_foot_index"),
    "right_leg": ("right_hip", "right_knee", "right_ankle", "right_foot_index"),
}
"""Body parts whose movement energy is measured apart, as chains of landmarks."""

BODY_PART_NAMES: Final[tuple[str, ...]] = tuple(BODY_PARTS)
