"""The parts of a drawn body in painting order, from far to near, out of 33 image landmarks. No drawing here."""

from __future__ import annotations

from typing import Final

import numpy as np

from coach.vision.body_geometry import BodyPixels, FloatArray, Shape, capsule, ellipse, hull, seen
from coach.vision.dancer_look import Part
from coach.vision.head_shapes import head_depth, head_shapes, neck, tied_hair

_THIGH_M: Final = (0.085, 0.060)
_SHIN_M: Final = (0.059, 0.041)
_UPPER_ARM_M: Final = (0.049, 0.041)
_FOREARM_M: Final = (0.041, 0.029)
_SLEEVE_SHARE: Final = 0.5
_JOINT_SHARE: Final = 0.12
_BEHIND_TRUNK_M: Final = 0.07
_BEHIND_HEAD_M: Final = 0.05
_RAISED_LEG_M: Final = 0.15
_FRONT_SEEN: Final = 0.15
_BACK_SEEN: Final = -0.2
_SIDES: Final = ("left", "right")


def body_shapes(body: BodyPixels) -> list[Shape]:
    """All shapes whose landmarks are there, the farthest first."""
    arms = sorted(((_arm_depth(body, side), _arm(body, side)) for side in _SIDES), key=lambda arm: -arm[0])
    legs = sorted(((_leg_depth(body, side), _leg(body, side)) for side in _SIDES), key=lambda leg: -leg[0])
    trunk, head = body.trunk_depth, head_depth(body)
    behind_trunk, behind_head = trunk + body.px(_BEHIND_TRUNK_M), head + body.px(_BEHIND_HEAD_M)
    raised = trunk - body.px(_RAISED_LEG_M)
    away = body.frontal < _BACK_SEEN
    layers = [shapes for depth, shapes in arms if depth > behind_trunk]
    layers.append(_pelvis(body))
    layers += [shapes for depth, shapes in legs if depth >= raised]
    layers += [_shirt(body)] if away else [tied_hair(body), neck(body), _shirt(body)]
    layers += [shapes for depth, shapes in legs if depth < raised]
    layers += [shapes for depth, shapes in arms if behind_head < depth <= behind_trunk]
    layers += [neck(body), head_shapes(body), tied_hair(body)] if away else [head_shapes(body)]
    layers += [shapes for depth, shapes in arms if depth <= min(behind_head, behind_trunk)]
    return [shape for layer in layers for shape in layer]


def _arm_depth(body: BodyPixels, side: str) -> float:
    depth = float(np.mean([body.at(f"{side}_{name}")[2] for name in ("shoulder", "elbow", "wrist")]))
    return depth if np.isfinite(depth) else 0.0


def _leg_depth(body: BodyPixels, side: str) -> float:
    depth = float(np.mean([body.at(f"{side}_{name}")[2] for name in ("hip", "knee")]))
    return depth if np.isfinite(depth) else 0.0


def _limb(body: BodyPixels, part: Part, start: FloatArray, end: FloatArray, radii_m: tuple[float, float]) -> Shape:
    start_px, end_px = body.px(radii_m[0]), body.px(radii_m[1])
    return Shape(part, capsule(start, end, start_px, end_px), _shine(start, end, start_px, end_px))


def _shine(start: FloatArray, end: FloatArray, start_px: float, end_px: float) -> FloatArray:
    """A narrow strip along the lit (left or upper) side of a limb."""
    axis = end[:2] - start[:2]
    normal = np.array([-axis[1], axis[0]]) / max(float(np.hypot(axis[0], axis[1])), 1e-6)
    lit = normal * float(np.clip(-3.0 * (0.6 * normal[0] + 0.8 * normal[1]), -1.0, 1.0))
    lit_start, lit_end = start[:2] + lit * start_px * 0.45, end[:2] + lit * end_px * 0.45
    return capsule(lit_start, lit_end, start_px * 0.3, end_px * 0.3)


def _joint(
    body: BodyPixels, part: Part, before: FloatArray, joint: FloatArray, after: FloatArray, radius_m: float
) -> Shape:
    """Covers the lines between two segments of a limb."""
    start, end = joint + _JOINT_SHARE * (before - joint), joint + _JOINT_SHARE * (after - joint)
    radius_px = body.px(radius_m)
    return Shape(part, hull([(start, radius_px), (joint, radius_px), (end, radius_px)]), lined=False)


def _arm(body: BodyPixels, side: str) -> list[Shape]:
    shoulder, elbow, wrist = (body.at(f"{side}_{name}") for name in ("shoulder", "elbow", "wrist"))
    if not seen(shoulder, elbow):
        return []
    cuff = shoulder + _SLEEVE_SHARE * (elbow - shoulder)
    upper = [_limb(body, Part.UPPER_ARM, shoulder, elbow, _UPPER_ARM_M)]
    sleeve = [_limb(body, Part.SLEEVE, shoulder, cuff, (0.058, 0.055))]
    inwards = body.middle("shoulder") - shoulder
    sleeve.append(
        Shape(
            Part.SLEEVE,
            ellipse(shoulder + 0.1 * inwards, body.px(0.052), body.px(0.052), np.array([0.0, -1.0])),
            lined=False,
        )
    )
    if not seen(wrist):
        return upper + sleeve
    fore = [_limb(body, Part.FOREARM, elbow, wrist, _FOREARM_M), *_hand(body, side)]
    joint = [_joint(body, Part.FOREARM, shoulder, elbow, wrist, 0.036)]
    if wrist[2] > shoulder[2]:
        return fore + upper + joint + sleeve
    return upper + sleeve + fore + joint


def _hand(body: BodyPixels, side: str) -> list[Shape]:
    wrist, knuckles = body.at(f"{side}_wrist"), (body.at(f"{side}_index") + body.at(f"{side}_pinky")) / 2.0
    thumb = body.at(f"{side}_thumb")
    if not seen(wrist, knuckles):
        return []
    fingers = wrist + 1.6 * (knuckles - wrist)
    palm = hull([(wrist, body.px(0.027)), (knuckles, body.px(0.037)), (fingers, body.px(0.022))])
    shapes = [Shape(Part.HAND, palm)]
    if seen(thumb):
        shapes.insert(
            0, Shape(Part.HAND, capsule(wrist, wrist + 1.7 * (thumb - wrist), body.px(0.018), body.px(0.013)))
        )
    back = wrist - 0.4 * (knuckles - wrist)
    shapes.append(Shape(Part.HAND, capsule(back, knuckles, body.px(0.027), body.px(0.024)), lined=False))
    return shapes


def _leg(body: BodyPixels, side: str) -> list[Shape]:
    hip, knee, ankle = (body.at(f"{side}_{name}") for name in ("hip", "knee", "ankle"))
    if not seen(hip, knee):
        return []
    thigh = _limb(body, Part.THIGH, hip, knee, _THIGH_M)
    if not seen(ankle):
        return [thigh]
    shin = _limb(body, Part.SHIN, knee, ankle, _SHIN_M)
    return [*_shoe(body, side), shin, thigh, _joint(body, Part.THIGH, hip, knee, ankle, 0.052)]


def _shoe(body: BodyPixels, side: str) -> list[Shape]:
    heel, toe, ankle = (body.at(f"{side}_{name}") for name in ("heel", "foot_index", "ankle"))
    if not seen(heel, toe, ankle):
        return []
    up = np.array([0.0, -body.px(0.014), 0.0])
    tip = toe + 0.18 * (toe - heel)
    upper = hull([(heel + up, body.px(0.036)), (tip + up, body.px(0.034)), (ankle, body.px(0.042))])
    sole = hull([(heel - up, body.px(0.026)), (tip - up, body.px(0.026))])
    return [Shape(Part.SOLE, sole), Shape(Part.SHOE, upper)]


def _pelvis(body: BodyPixels) -> list[Shape]:
    hips, waist = _hips_and_waist(body)
    return [
        Shape(
            Part.PELVIS, hull([(point, body.px(0.088)) for point in hips] + [(point, body.px(0.07)) for point in waist])
        )
    ]


def _shirt(body: BodyPixels) -> list[Shape]:
    """Chest and waist down to below the belt; the neck shows a collar in front only."""
    shoulders = [body.at(f"{side}_shoulder") for side in _SIDES]
    hips, waist = _hips_and_waist(body)
    centre, top = body.middle("hip"), body.middle("shoulder")
    hem = [centre + 0.02 * (top - centre) + 0.9 * (hip - centre) for hip in hips]
    slope = [top + 0.35 * (point - top) + 0.1 * (top - centre) for point in shoulders]
    chest = hull(
        [(point, body.px(0.058)) for point in shoulders]
        + [(point, body.px(0.03)) for point in slope]
        + [(point, body.px(0.08)) for point in waist]
    )
    skirt = hull([(point, body.px(0.079)) for point in waist] + [(point, body.px(0.084)) for point in hem])
    shapes = [Shape(Part.SHIRT, skirt), Shape(Part.SHIRT, chest), Shape(Part.SHIRT, skirt, lined=False)]
    if body.frontal > _FRONT_SEEN:
        up, across = _unit(top - centre), min(1.0, body.frontal + 0.2)
        collar = ellipse(top + 0.085 * (top - centre), body.px(0.066) * across, body.px(0.06), up)
        shapes.append(Shape(Part.NECK, collar))
        emblem = ellipse(top - 0.42 * (top - centre), body.px(0.05) * body.frontal, body.px(0.05), up)
        shapes.append(Shape(Part.EMBLEM, emblem, lined=False))
    return shapes


def _hips_and_waist(body: BodyPixels) -> tuple[list[FloatArray], list[FloatArray]]:
    hips = [body.at(f"{side}_hip") for side in _SIDES]
    centre, top = body.middle("hip"), body.middle("shoulder")
    return hips, [centre + 0.3 * (top - centre) + 0.66 * (hip - centre) for hip in hips]


def _unit(vector: FloatArray) -> FloatArray:
    flat: FloatArray = vector[:2] / max(float(np.hypot(vector[0], vector[1])), 1e-6)
    return flat
