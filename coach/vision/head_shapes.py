"""The head of a drawn body from any side: hair, a face as far as it is seen, only hair on a dancer who faces away."""

from __future__ import annotations

from typing import Final

import numpy as np

from coach.vision.body_geometry import BodyPixels, FloatArray, Shape, capsule, ellipse, hull, seen
from coach.vision.dancer_look import Part

_PROFILE_LIMIT: Final = -0.4
"""Below this share of frontality the face is out of sight."""
_FEATURES_LIMIT: Final = -0.15
_NOSE_PROTRUDES: Final = 0.75
_EYE_M: Final = 0.0095


def head_depth(body: BodyPixels) -> float:
    """z of the middle of the head, the trunk's where the head is missing."""
    depth = float(body.middle("ear")[2])
    return depth if np.isfinite(depth) else body.trunk_depth


def head_shapes(body: BodyPixels) -> list[Shape]:
    """Skull, ears, face and features in painting order; empty without ears and nose."""
    ears, nose = body.middle("ear"), body.at("nose")
    if not seen(ears, nose):
        return []
    up, ahead, frontal = _orientation(body)
    centre = ears[:2] + up * body.px(0.025)
    shapes = [Shape(Part.HAIR, ellipse(centre - ahead * body.px(0.012), body.px(0.104), body.px(0.126), up))]
    if frontal > _PROFILE_LIMIT:
        half_width = body.px(0.083) * (0.6 + 0.4 * max(frontal, -0.5))
        face = ellipse(centre + ahead * body.px(0.045) - up * body.px(0.024), half_width, body.px(0.1), up)
        if frontal < _NOSE_PROTRUDES:
            shapes.append(
                Shape(Part.SKIN, ellipse(nose[:2] - ahead * body.px(0.004), body.px(0.016), body.px(0.018), up))
            )
        shapes += [*_ears(body, up), Shape(Part.SKIN, face)]
    if frontal > _FEATURES_LIMIT and seen(*body.points[:11]):
        shapes += _features(body, up, ahead, frontal)
    return shapes


def neck(body: BodyPixels) -> list[Shape]:
    """From between the shoulders to below the ears."""
    shoulders, ears = body.middle("shoulder")[:2], body.middle("ear")[:2]
    if not seen(shoulders, ears):
        return []
    up = _orientation(body)[0]
    outline = capsule(shoulders + up * body.px(0.01), ears - up * body.px(0.04), body.px(0.056), body.px(0.05))
    return [Shape(Part.NECK, outline)]


def tied_hair(body: BodyPixels) -> list[Shape]:
    """Hair tied at the back of the head: behind the neck from the front, before it from the back."""
    ears = body.middle("ear")
    if not seen(ears, body.at("nose")):
        return []
    up, ahead, _ = _orientation(body)
    centre = ears[:2] + up * body.px(0.025)
    knot = centre - ahead * body.px(0.1) + up * body.px(0.03)
    tip = centre - ahead * body.px(0.13) - up * body.px(0.17)
    outline = hull([(knot, body.px(0.04)), ((knot + tip) / 2.0, body.px(0.046)), (tip, body.px(0.02))])
    return [Shape(Part.HAIR, outline)]


def _ears(body: BodyPixels, up: FloatArray) -> list[Shape]:
    """The ears that the skull does not hide."""
    middle = body.middle("ear")
    return [
        Shape(Part.SKIN, ellipse(ear + 0.2 * (ear - middle), body.px(0.016), body.px(0.026), up))
        for ear in (body.at("left_ear"), body.at("right_ear"))
        if ear[2] <= middle[2] + body.px(0.03)
    ]


def _features(body: BodyPixels, up: FloatArray, ahead: FloatArray, frontal: float) -> list[Shape]:
    """Eyes, brows, nose and mouth at their landmarks, those on the side that is seen."""
    shapes = []
    for side in ("left", "right"):
        eye = body.at(f"{side}_eye")
        if eye[2] > head_depth(body) - body.px(0.03):
            continue
        width = body.px(1.5 * _EYE_M) * max(frontal, 0.4)
        inner, outer = (
            body.at(f"{side}_eye_{end}")[:2] + up * body.px(height_m)
            for end, height_m in (("inner", 0.025), ("outer", 0.0235))
        )
        shapes += [
            Shape(Part.EYE_WHITE, ellipse(eye, width, body.px(_EYE_M), up), lined=False),
            Shape(
                Part.EYE,
                ellipse(eye[:2] + ahead * body.px(0.002), width * 0.6, body.px(0.85 * _EYE_M), up),
                lined=False,
            ),
            Shape(Part.BROW, capsule(inner, outer, body.px(0.004), body.px(0.003)), lined=False),
        ]
    bridge = (body.at("left_eye_inner") + body.at("right_eye_inner"))[:2] / 2.0
    shapes.append(
        Shape(
            Part.NOSE,
            capsule(bridge - up * body.px(0.012), body.at("nose")[:2], body.px(0.003), body.px(0.008)),
            lined=False,
        )
    )
    left, right = (body.at(f"mouth_{side}")[:2] + up * body.px(0.005) for side in ("left", "right"))
    dip = (left + right) / 2.0 - up * body.px(0.02)
    shapes.append(
        Shape(Part.LIPS, hull([(left, body.px(0.003)), (right, body.px(0.003)), (dip, body.px(0.005))]), lined=False)
    )
    return shapes


def _orientation(body: BodyPixels) -> tuple[FloatArray, FloatArray, float]:
    """Up in the picture (unit), where the face points in the picture (at most unit), how frontal it is (-1..1)."""
    ears, nose = body.middle("ear"), body.at("nose")
    facing = nose - ears
    facing = facing / max(float(np.linalg.norm(facing)), 1e-6)
    eyes, mouth = body.middle("eye"), (body.at("mouth_left") + body.at("mouth_right")) / 2.0
    up = (eyes - mouth)[:2] if seen(eyes, mouth) else np.array([0.0, -1.0])
    length = float(np.hypot(up[0], up[1]))
    up = up / length if length > body.px(0.01) else np.array([0.0, -1.0])
    return up, facing[:2], float(-facing[2])
