"""Paints a dancer from 33 image landmarks: the demo's student, a teacher's figure, and body masks."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from coach.pose.pose_frame import PoseFrame
from coach.vision.backdrop import Backdrop
from coach.vision.body_geometry import BodyPixels, FloatArray, Shape
from coach.vision.body_shapes import body_shapes
from coach.vision.dancer_look import FACE_PARTS, STUDENT_LOOK, Colour, DancerLook

Picture = NDArray[np.uint8]

_SHIFT = 4
_FIXED_POINT = 1 << _SHIFT
_FARTHEST = 1 << 20


def draw_dancer(
    picture: Picture,
    landmarks: FloatArray,
    frame_size_px: tuple[int, int] | None = None,
    look: DancerLook = STUDENT_LOOK,
    offset_px: tuple[float, float] = (0.0, 0.0),
) -> bool:
    """Paint a dancer into ``picture`` in place.

    Parameters
    ----------
    picture : ndarray [shape=(h, w, 3) or (h, w, 4)], uint8
        BGR, or BGRA: there the figure is opaque, with edges softened towards what lies below (clear it first for a
        ghost).
    landmarks : ndarray [shape=(33, 4)]
        Image landmarks, fractions of ``frame_size_px``; parts whose landmarks are nan are left out.
    frame_size_px : (int, int) or None
        Width and height that the fractions refer to; None takes the picture's.
    look : DancerLook
    offset_px : (float, float)
        Moves the figure right and down.

    Returns
    -------
    bool
        False when there was no trunk to draw.
    """
    body = _body(picture, landmarks, frame_size_px, offset_px)
    if body is None:
        return False
    line_px = max(1, round(body.px(look.outline_m))) if look.outline > 0 else 0
    for shape in body_shapes(body):
        if look.face or shape.part not in FACE_PARTS:
            _paint(picture, shape, look, line_px)
    return True


def draw_silhouette(
    picture: Picture,
    landmarks: FloatArray,
    colour: tuple[int, ...],
    frame_size_px: tuple[int, int] | None = None,
    offset_px: tuple[float, float] = (0.0, 0.0),
) -> bool:
    """Fill the whole figure with one colour, in place; cheaper than `draw_dancer`.

    ``picture`` may have any number of channels (a mask has shape (h, w)); ``colour`` has one number for each. Returns
    False without a trunk.
    """
    body = _body(picture, landmarks, frame_size_px, offset_px)
    if body is None:
        return False
    for shape in body_shapes(body):
        if shape.part not in FACE_PARTS:
            cv2.fillConvexPoly(picture, _fixed_point(shape.outline), colour, cv2.LINE_AA, _SHIFT)
    return True


def draw_sample_picture(pose: PoseFrame) -> Picture:
    """A dancer in the drawn room, as large as the pose's picture: something for a pose model to see."""
    backdrop = Backdrop(pose.frame_size_px)
    picture = backdrop.fresh()
    backdrop.draw_shadow(picture, pose.image)
    draw_dancer(picture, pose.image)
    return picture


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """``colour`` with a ``share`` of ``other``."""
    blue, green, red = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return blue, green, red


def _body(
    picture: Picture, landmarks: FloatArray, frame_size_px: tuple[int, int] | None, offset_px: tuple[float, float]
) -> BodyPixels | None:
    size = frame_size_px or (picture.shape[1], picture.shape[0])
    body = BodyPixels.from_landmarks(np.asarray(landmarks, dtype=np.float64), size)
    if body is None or offset_px == (0.0, 0.0):
        return body
    return BodyPixels(body.points + np.array([*offset_px, 0.0]), body.px_per_m)


def _paint(picture: Picture, shape: Shape, look: DancerLook, line_px: int) -> None:
    fill = look.colours[shape.part]
    outline = _fixed_point(shape.outline)
    if line_px and shape.lined:
        dark = mixed(fill, (0, 0, 0), look.outline)
        cv2.polylines(picture, [outline], True, _opaque(dark, picture), 2 * line_px, cv2.LINE_AA, _SHIFT)
    cv2.fillConvexPoly(picture, outline, _opaque(fill, picture), cv2.LINE_AA, _SHIFT)
    if shape.shine is not None and look.shine > 0:
        light = mixed(fill, (255, 255, 255), look.shine)
        cv2.fillConvexPoly(picture, _fixed_point(shape.shine), _opaque(light, picture), cv2.LINE_AA, _SHIFT)


def _opaque(colour: Colour, picture: Picture) -> tuple[int, ...]:
    return (*colour, 255) if picture.shape[2] == 4 else colour


def _fixed_point(outline: FloatArray) -> NDArray[np.int32]:
    """Pixels to OpenCV's fixed point, within its range."""
    return np.clip(np.rint(outline * _FIXED_POINT), -_FARTHEST, _FARTHEST).astype(np.int32)
