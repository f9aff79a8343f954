"""Forward kinematics: from a pose vector to the 33 landmarks of a body on the stage.

Stage axes: x to the picture's right, y up from the floor, z towards the camera; metres. Frames are 3x3 matrices whose
columns are the dancer's left, up and forward. Legs are solved backwards from the feet, so that a standing foot does not
slide.
"""

from __future__ import annotations

import math

import numpy as np

from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX
from coach.routine.body import Body
from coach.routine.channels import FloatArray, named

STRAIGHT_LEG_SHARE = 0.985
"""Legs are never stretched further than this share of their length: a locked knee looks (and solves) badly."""

_SOFT_MINIMUM_M = 0.01
_FLOOR_TO_TOE_M = 0.02
_SHOULDER_LIFT_M = 0.045
_SHOULDER_TUCK_M = 0.02
_HEAD_FOLLOWS_TRUNK = 0.4
_UP = np.array([0.0, 1.0, 0.0])

_FACE_M: dict[str, tuple[float, float, float]] = {
    "nose": (0.0, -0.01, 0.115),
    "left_eye_inner": (0.017, 0.028, 0.092),
    "left_eye": (0.032, 0.028, 0.088),
    "left_eye_outer": (0.046, 0.027, 0.08),
    "left_ear": (0.074, 0.005, 0.0),
    "mouth_left": (0.026, -0.052, 0.088),
}


def stage_landmarks(values: FloatArray, body: Body) -> FloatArray:
    """Positions of the landmarks for one pose vector, shape (33, 3), metres on the stage."""
    pose = named(values)
    points = np.empty((LANDMARK_COUNT, 3))
    yaw = turn_frame(pose["facing"])
    feet = {side: _place_foot(points, side, pose, body) for side in ("left", "right")}
    hips = _hip_centre(pose, feet, yaw, body)
    pelvis = yaw @ lean_frame(pose["hip_roll"])
    trunk = yaw @ bow_frame(pose["bow"]) @ lean_frame(pose["lean"]) @ turn_frame(pose["twist"])
    shoulders = hips + trunk[:, 1] * body.torso
    for side, outwards in (("left", 1.0), ("right", -1.0)):
        hip = hips + pelvis[:, 0] * (outwards * body.hip_half)
        _place(points, f"{side}_hip", hip)
        _place(points, f"{side}_knee", bent_knee(hip, feet[side], turn_frame(pose[f"{side}_foot_yaw"])[:, 2], body))
        _place_arm(points, side, outwards, pose, trunk, shoulders, body)
    _place_head(points, pose, trunk, shoulders, body)
    return points


def turn_frame(angle_deg: float) -> FloatArray:
    """Rotation about up; positive turns forward towards the dancer's left."""
    cosine, sine = _cos_sin(angle_deg)
    return np.array([[cosine, 0.0, sine], [0.0, 1.0, 0.0], [-sine, 0.0, cosine]])


def bow_frame(angle_deg: float) -> FloatArray:
    """Rotation about the left axis; positive tips up forwards."""
    cosine, sine = _cos_sin(angle_deg)
    return np.array([[1.0, 0.0, 0.0], [0.0, cosine, -sine], [0.0, sine, cosine]])


def lean_frame(angle_deg: float) -> FloatArray:
    """Rotation about the forward axis; positive tips up towards the dancer's left."""
    cosine, sine = _cos_sin(angle_deg)
    return np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0], [0.0, 0.0, 1.0]])


def segment_direction(raise_deg: float, plane_deg: float, outwards: float, trunk: FloatArray) -> FloatArray:
    """Unit vector of an arm segment (see ``channels``); ``outwards`` is 1 for the left arm, -1 for the right."""
    raise_cos, raise_sin = _cos_sin(raise_deg)
    plane_cos, plane_sin = _cos_sin(plane_deg)
    direction: FloatArray = trunk @ np.array([outwards * raise_sin * plane_cos, -raise_cos, raise_sin * plane_sin])
    return direction


def bent_knee(hip: FloatArray, ankle: FloatArray, forward: FloatArray, body: Body) -> FloatArray:
    """The knee between ``hip`` and ``ankle`` on the side of ``forward`` (law of cosines)."""
    line = ankle - hip
    distance = float(np.linalg.norm(line))
    reach = min(max(distance, abs(body.thigh - body.shin) + 1e-3), body.leg * 0.9999)
    along = line / max(distance, 1e-9)
    side = forward - along * float(along @ forward)
    side = side / max(float(np.linalg.norm(side)), 1e-9)
    to_knee = (body.thigh**2 - body.shin**2 + reach**2) / (2.0 * reach)
    knee: FloatArray = hip + along * to_knee + side * math.sqrt(max(body.thigh**2 - to_knee**2, 0.0))
    return knee


def _cos_sin(angle_deg: float) -> tuple[float, float]:
    angle = math.radians(angle_deg)
    return math.cos(angle), math.sin(angle)


def _place(points: FloatArray, name: str, position: FloatArray) -> None:
    points[LANDMARK_INDEX[name]] = position


def _place_foot(points: FloatArray, side: str, pose: dict[str, float], body: Body) -> FloatArray:
    """Ankle, heel and tip of a foot that rolls over its tip when the heel rises; returns the ankle."""
    forward = turn_frame(pose[f"{side}_foot_yaw"])[:, 2]
    scale = body.step_scale
    flat = np.array([pose[f"{side}_foot_x"] * scale, pose[f"{side}_foot_lift"] * scale, pose[f"{side}_foot_z"] * scale])
    cosine, sine = _cos_sin(pose[f"{side}_heel_raise"])
    back, up = -forward * cosine + _UP * sine, _UP * cosine + forward * sine
    toe = flat + forward * body.toe_forward + _UP * _FLOOR_TO_TOE_M
    ankle: FloatArray = toe + back * body.toe_forward + up * (body.ankle_height - _FLOOR_TO_TOE_M)
    _place(points, f"{side}_foot_index", toe)
    _place(points, f"{side}_heel", toe + back * (body.toe_forward + body.heel_back))
    _place(points, f"{side}_ankle", ankle)
    return ankle


def _hip_centre(pose: dict[str, float], feet: dict[str, FloatArray], yaw: FloatArray, body: Body) -> FloatArray:
    """As high as both legs reach (softly), less ``drop``."""
    scale = body.step_scale
    ground = np.array([pose["x"] * scale, 0.0, pose["z"] * scale])
    reaches = []
    for side, outwards in (("left", 1.0), ("right", -1.0)):
        hip = ground + yaw[:, 0] * (outwards * body.hip_half)
        sideways = math.hypot(feet[side][0] - hip[0], feet[side][2] - hip[2])
        longest = body.leg * STRAIGHT_LEG_SHARE
        reaches.append(feet[side][1] + math.sqrt(max(longest**2 - sideways**2, 0.05)))
    low, high = min(reaches), max(reaches)
    height = low - _SOFT_MINIMUM_M * math.log1p(math.exp((low - high) / _SOFT_MINIMUM_M))
    hips: FloatArray = ground + _UP * (height - pose["drop"] * scale)
    return hips


def _place_arm(
    points: FloatArray,
    side: str,
    outwards: float,
    pose: dict[str, float],
    trunk: FloatArray,
    shoulders: FloatArray,
    body: Body,
) -> None:
    """Shoulder (which rises with the arm), elbow, wrist and the three finger landmarks."""
    upper_raise = pose[f"{side}_upper_raise"]
    lifted = min(max((upper_raise - 50.0) / 120.0, 0.0), 1.0)
    lifted = lifted * lifted * (3.0 - 2.0 * lifted)
    half_width = body.shoulder_half - _SHOULDER_TUCK_M * lifted
    shoulder = shoulders + trunk[:, 0] * (outwards * half_width) + trunk[:, 1] * (_SHOULDER_LIFT_M * lifted)
    upper = segment_direction(upper_raise, pose[f"{side}_upper_plane"], outwards, trunk)
    fore = segment_direction(pose[f"{side}_fore_raise"], pose[f"{side}_fore_plane"], outwards, trunk)
    elbow = shoulder + upper * body.upper_arm
    wrist = elbow + fore * body.forearm
    thumbwards = trunk[:, 2] - trunk[:, 0] * (0.4 * outwards)
    thumbwards = thumbwards - fore * float(fore @ thumbwards)
    thumbwards = thumbwards / max(float(np.linalg.norm(thumbwards)), 0.2)
    _place(points, f"{side}_shoulder", shoulder)
    _place(points, f"{side}_elbow", elbow)
    _place(points, f"{side}_wrist", wrist)
    _place(points, f"{side}_index", wrist + fore * body.hand + thumbwards * (0.25 * body.hand))
    _place(points, f"{side}_pinky", wrist + fore * (0.9 * body.hand) - thumbwards * (0.3 * body.hand))
    _place(points, f"{side}_thumb", wrist + fore * (0.45 * body.hand) + thumbwards * (0.4 * body.hand))


def _place_head(
    points: FloatArray, pose: dict[str, float], trunk: FloatArray, shoulders: FloatArray, body: Body
) -> None:
    """Face and ears; the head follows the trunk only in part, as eyes keep level."""
    follow = _HEAD_FOLLOWS_TRUNK
    head = (
        turn_frame(pose["facing"] + pose["twist"] * follow + pose["head_turn"])
        @ bow_frame(pose["bow"] * follow + pose["head_nod"])
        @ lean_frame(pose["lean"] * follow + pose["head_tilt"])
    )
    centre = shoulders + (trunk[:, 1] * 0.6 + head[:, 1] * 0.4) * body.neck
    for name, (left, up, forward) in _FACE_M.items():
        for landmark, outwards in ((name, 1.0), (name.replace("left", "right"), -1.0)):
            offset = np.array([outwards * left, up, forward]) * body.head_size
            _place(points, landmark, centre + head @ offset)
