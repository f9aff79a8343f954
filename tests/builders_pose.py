"""A drawn-by-numbers person for tests: a standing body whose joint angles are known exactly.

The body is flat (all limbs in its frontal plane, only nose and heels stand out of it) and can be turned, rolled, moved
and scaled. Anatomical left is at the picture's right, as for a person who faces an unmirrored camera.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from coach.pose.landmark_table import BODY_PART_NAMES, LANDMARK_COUNT, LANDMARK_INDEX
from coach.pose.observation import FlowEnergy, Observation, PictureFlags
from coach.pose.pose_frame import FloatArray, PoseFrame, PoseTrack
from coach.pose.reference import MASK_SIZE_PX, Reference, ReferenceInfo, Section

FRAME_SIZE_PX = (640, 480)
BODY_HEIGHT_M = 1.7
TORSO_BODY_HEIGHTS = 0.30
SHOULDER_HALF, HIP_HALF = 0.13, 0.09
UPPER_ARM, FOREARM, HAND = 0.17, 0.15, 0.05
THIGH, SHIN, FOOT = 0.235, 0.235, 0.09
HEAD_UP = 0.13
"""Lengths in body heights."""


def _turned(direction: FloatArray, angle_deg: float) -> FloatArray:
    """``direction`` (x right, y down) turned by ``angle_deg``: from x towards y, clockwise to the eye."""
    angle = np.deg2rad(angle_deg)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([cos * direction[0] - sin * direction[1], sin * direction[0] + cos * direction[1]])


def _unit(vector: FloatArray) -> FloatArray:
    unit: FloatArray = vector / np.linalg.norm(vector)
    return unit


def _per_side(value: float | tuple[float, float]) -> tuple[float, float]:
    """``(left, right)`` of one value for both sides or of a pair."""
    return value if isinstance(value, tuple) else (value, value)


def body_points(
    *,
    arms_deg: float | tuple[float, float] = 20.0,
    elbows_deg: float | tuple[float, float] = 170.0,
    wrists_deg: float | tuple[float, float] = 175.0,
    legs_deg: float | tuple[float, float] = 12.0,
    knees_deg: float | tuple[float, float] = 175.0,
    ankles_deg: float | tuple[float, float] = 115.0,
    trunk_deg: float = 0.0,
    neck_deg: float = 0.0,
) -> FloatArray:
    """The body in body heights around the hip centre, shape (33, 3): x to the picture's right, y down, z away.

    ``arms_deg`` (hip-shoulder-elbow), ``elbows_deg``, ``wrists_deg``, ``knees_deg``, ``ankles_deg`` are the joint
    angles themselves, ``trunk_deg`` and ``neck_deg`` the signed leans; the hip angle is ``180 - legs_deg`` while
    ``trunk_deg`` is 0. A pair is (left, right).
    """
    points: dict[str, FloatArray] = {}
    up = np.array([0.0, -1.0])
    trunk = _turned(up, trunk_deg)
    across = _turned(np.array([1.0, 0.0]), trunk_deg)
    neck_base = TORSO_BODY_HEIGHTS * trunk
    sides = (("left", 1.0), ("right", -1.0))
    for index, (side, sign) in enumerate(sides):
        hip = np.array([sign * HIP_HALF, 0.0])
        shoulder = neck_base + sign * SHOULDER_HALF * across
        to_hip = _unit(hip - shoulder)
        arm = _turned(to_hip, -sign * _per_side(arms_deg)[index])
        forearm = _turned(-arm, sign * _per_side(elbows_deg)[index])
        hand = _turned(-forearm, sign * _per_side(wrists_deg)[index])
        elbow = shoulder + UPPER_ARM * arm
        wrist = elbow + FOREARM * forearm
        upright_shoulder = np.array([sign * SHOULDER_HALF, -TORSO_BODY_HEIGHTS])
        thigh = _turned(_unit(hip - upright_shoulder), -sign * _per_side(legs_deg)[index])
        shin = _turned(-thigh, -sign * _per_side(knees_deg)[index])
        foot = _turned(-shin, sign * _per_side(ankles_deg)[index])
        knee = hip + THIGH * thigh
        ankle = knee + SHIN * shin
        points |= {
            f"{side}_hip": hip,
            f"{side}_shoulder": shoulder,
            f"{side}_elbow": elbow,
            f"{side}_wrist": wrist,
            f"{side}_index": wrist + HAND * hand,
            f"{side}_pinky": wrist + HAND * _turned(hand, -12.0 * sign),
            f"{side}_thumb": wrist + 0.6 * HAND * _turned(hand, 25.0 * sign),
            f"{side}_knee": knee,
            f"{side}_ankle": ankle,
            f"{side}_heel": ankle + 0.03 * shin,
            f"{side}_foot_index": ankle + FOOT * foot,
        }
    head_up = _turned(trunk, neck_deg)
    head_across = _turned(across, neck_deg)
    head = neck_base + HEAD_UP * head_up
    points["nose"] = head
    for side, sign in sides:
        points[f"{side}_ear"] = head + sign * 0.045 * head_across
        for name, out in (("eye_inner", 0.01), ("eye", 0.02), ("eye_outer", 0.03)):
            points[f"{side}_{name}"] = head + 0.02 * head_up + sign * out * head_across
        points[f"mouth_{side}"] = head - 0.025 * head_up + sign * 0.015 * head_across
    body = np.zeros((LANDMARK_COUNT, 3))
    for name, point in points.items():
        body[LANDMARK_INDEX[name], :2] = point
    for name, depth in (("nose", -0.06), ("left_heel", 0.03), ("right_heel", 0.03)):
        body[LANDMARK_INDEX[name], 2] = depth
    return body


def make_pose_frame(
    time_s: float = 0.0,
    *,
    arms_deg: float | tuple[float, float] = 20.0,
    elbows_deg: float | tuple[float, float] = 170.0,
    wrists_deg: float | tuple[float, float] = 175.0,
    legs_deg: float | tuple[float, float] = 12.0,
    knees_deg: float | tuple[float, float] = 175.0,
    ankles_deg: float | tuple[float, float] = 115.0,
    trunk_deg: float = 0.0,
    neck_deg: float = 0.0,
    turn_deg: float = 0.0,
    roll_deg: float = 0.0,
    centre: tuple[float, float] = (0.5, 0.5),
    height: float = 0.7,
    frame_size_px: tuple[int, int] = FRAME_SIZE_PX,
    visibility: float = 0.99,
    hidden: Iterable[str] = (),
    missing: Iterable[str] = (),
    noise: float = 0.0,
    rng: np.random.Generator | None = None,
) -> PoseFrame:
    """A standing person as the pose model would report it.

    Parameters
    ----------
    arms_deg ... neck_deg
        See `body_points`; a pair is (left, right).
    turn_deg : float
        Turn about the vertical: 0 faces the camera, 90 shows the side, 180 the back (parallel projection).
    roll_deg : float
        The whole person rolled in the picture, clockwise.
    centre : (float, float)
        Hip centre, in fractions of the picture's width and height.
    height : float
        Body height in picture heights.
    hidden, missing : iterable of str
        Landmarks with visibility 0.1, and landmarks that are nan with visibility 0.
    noise : float
        Standard deviation of Gaussian noise on x and y, in picture heights (needs ``rng``).
    """
    body = body_points(
        arms_deg=arms_deg,
        elbows_deg=elbows_deg,
        wrists_deg=wrists_deg,
        legs_deg=legs_deg,
        knees_deg=knees_deg,
        ankles_deg=ankles_deg,
        trunk_deg=trunk_deg,
        neck_deg=neck_deg,
    )
    turn, roll = np.deg2rad(turn_deg), np.deg2rad(roll_deg)
    x, y, z = body.T
    x, z = np.cos(turn) * x - np.sin(turn) * z, np.sin(turn) * x + np.cos(turn) * z
    x, y = np.cos(roll) * x - np.sin(roll) * y, np.sin(roll) * x + np.cos(roll) * y
    placed = np.stack([x, y, z], axis=-1)
    width_px, height_px = frame_size_px
    aspect = width_px / height_px
    image = np.empty((LANDMARK_COUNT, 4))
    image[:, :3] = placed * height
    if noise:
        assert rng is not None, "noise needs an rng"
        image[:, :2] += rng.normal(0.0, noise, (LANDMARK_COUNT, 2))
    image[:, [0, 2]] /= aspect
    image[:, :2] += centre
    image[:, 3] = visibility
    world = np.empty((LANDMARK_COUNT, 4))
    world[:, :3] = placed * BODY_HEIGHT_M
    world[:, 3] = visibility
    for name in hidden:
        image[LANDMARK_INDEX[name], 3] = world[LANDMARK_INDEX[name], 3] = 0.1
    for name in missing:
        image[LANDMARK_INDEX[name]] = world[LANDMARK_INDEX[name]] = (np.nan, np.nan, np.nan, 0.0)
    return PoseFrame(float(time_s), image, world, frame_size_px)


def dance_pose(time_s: float) -> dict[str, object]:
    """Keyword arguments of `make_pose_frame` for a simple dance: arms swing, knees bend, trunk sways, hips travel."""
    beat = 2.0 * np.pi * time_s
    return {
        "arms_deg": (80.0 + 60.0 * np.sin(0.5 * beat), 80.0 + 50.0 * np.sin(0.4 * beat + 1.0)),
        "elbows_deg": (130.0 + 40.0 * np.cos(0.6 * beat), 120.0 + 45.0 * np.sin(0.7 * beat)),
        "knees_deg": 150.0 + 20.0 * np.cos(beat),
        "trunk_deg": 12.0 * np.sin(0.3 * beat),
        "centre": (0.5 + 0.08 * np.sin(0.25 * beat), 0.5),
    }


def make_pose_track(
    n: int = 90,
    fps: float = 30.0,
    *,
    pose_at: Callable[[float], Mapping[str, object]] = dance_pose,
    start_s: float = 0.0,
    **fixed: object,
) -> PoseTrack:
    """``n`` frames at ``fps``, each ``make_pose_frame(time_s, **pose_at(time_s), **fixed)``."""
    return PoseTrack.from_frames(make_pose_frames(n, fps, pose_at=pose_at, start_s=start_s, **fixed))


def make_pose_frames(
    n: int = 90,
    fps: float = 30.0,
    *,
    pose_at: Callable[[float], Mapping[str, object]] = dance_pose,
    start_s: float = 0.0,
    **fixed: object,
) -> list[PoseFrame]:
    """As `make_pose_track`, as a list of frames."""
    times_s = start_s + np.arange(n) / fps
    return [make_pose_frame(float(time), **{**pose_at(float(time)), **fixed}) for time in times_s]  # type: ignore[arg-type]


def make_observation(
    pose: PoseFrame, *, energy: float | None = 0.5, mask: bool = True, picture: PictureFlags = PictureFlags.NONE
) -> Observation:
    """One moment around ``pose``: an energy the same in all parts, and a mask that is a filled square."""
    parts = np.full(len(BODY_PART_NAMES), np.nan if energy is None else energy)
    mask_bits = np.zeros((MASK_SIZE_PX, MASK_SIZE_PX // 8), np.uint8)
    mask_bits[64:192, 8:24] = 0xFF
    return Observation(
        pose,
        None if energy is None else FlowEnergy(energy, parts, 0.01),
        mask_bits if mask else None,
        picture,
    )


def make_reference(n: int = 90, fps: float = 30.0, *, name: str = "test-dance", **fixed: object) -> Reference:
    """A small complete reference of `dance_pose` (no sound), with a different mask in each frame."""
    track = make_pose_track(n, fps, **fixed)  # type: ignore[arg-type]
    masks = np.zeros((n, MASK_SIZE_PX, MASK_SIZE_PX // 8), np.uint8)
    for index in range(n):
        masks[index, 64:192, 6 + index % 8 : 20] = 0xFF
    phase = 2.0 * np.pi * track.time_s
    energy = 0.6 + 0.4 * np.sin(phase)
    middle_s, end_s = float(track.time_s[n // 2]), float(track.time_s[-1])
    return Reference(
        info=ReferenceInfo(name=name, title="Test dance", teacher="A. Teacher", created_utc="2026-01-01T00:00:00Z"),
        track=track,
        fps=fps,
        masks=masks,
        trajectory=np.stack([0.1 * np.sin(0.25 * phase), 0.05 * np.cos(0.25 * phase)], axis=-1),
        flow_energy=energy,
        flow_energy_parts=energy[:, None] * np.linspace(0.5, 1.5, len(BODY_PART_NAMES)),
        sections=(Section("first half", 0.0, middle_s), Section("second half", middle_s, end_s)),
        key_moments_s=track.time_s[:: max(1, n // 5)].copy(),
        beats_s=np.arange(0.0, end_s, 0.5),
    )
