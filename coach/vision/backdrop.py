"""The plain, pleasant room behind the drawn dancer."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_INDEX

_WALL_TOP, _WALL_BOTTOM = (196, 190, 178), (222, 217, 208)
_FLOOR_FAR, _FLOOR_NEAR = (118, 150, 178), (92, 124, 156)
_SKIRTING = (240, 238, 234)
_HORIZON = 0.72
_BOARD_COUNT = 13
_FEET = tuple(LANDMARK_INDEX[name] for name in ("left_heel", "left_foot_index", "right_heel", "right_foot_index"))


class Backdrop:
    """A room painted once, copied for each picture.

    Parameters
    ----------
    frame_size_px : (int, int)
        Width and height.
    """

    def __init__(self, frame_size_px: tuple[int, int]) -> None:
        self.frame_size_px = frame_size_px
        self._room = _paint_room(*frame_size_px)
        self._shade = _soft_disc(64, 60)

    def fresh(self) -> NDArray[np.uint8]:
        """A new picture of the empty room, shape (h, w, 3), BGR."""
        room: NDArray[np.uint8] = self._room.copy()
        return room

    def draw_shadow(self, picture: NDArray[np.uint8], landmarks: NDArray[np.float64]) -> None:
        """A soft shadow on the floor under the feet, in place."""
        width_px, height_px = self.frame_size_px
        feet = landmarks[list(_FEET), :2] * np.array([width_px, height_px])
        if not np.isfinite(feet).all():
            return
        middle, spread = feet.mean(axis=0), float(np.ptp(feet[:, 0]))
        middle[1] = feet[:, 1].max() - 0.012 * height_px
        half_width, half_height = int(spread / 2.0 + 0.07 * height_px), int(0.03 * height_px)
        left, top = int(middle[0]) - half_width, int(middle[1]) - half_height
        patch = picture[max(top, 0) : max(top + 2 * half_height, 0), max(left, 0) : max(left + 2 * half_width, 0)]
        if patch.size == 0:
            return
        shade = cv2.resize(self._shade, (2 * half_width, 2 * half_height), interpolation=cv2.INTER_LINEAR)
        shade = shade[max(-top, 0) :, max(-left, 0) :][: patch.shape[0], : patch.shape[1]]
        cv2.subtract(patch, cv2.merge([shade, shade, shade]), dst=patch)


def _soft_disc(size_px: int, depth: int) -> NDArray[np.uint8]:
    """Darkest in the middle, nothing at the rim."""
    line = np.linspace(-1.0, 1.0, size_px)
    distance = np.hypot(*np.meshgrid(line, line))
    share = np.clip(1.4 * (1.0 - distance), 0.0, 1.0)
    return np.rint(depth * share * share * (3.0 - 2.0 * share)).astype(np.uint8)


def _paint_room(width_px: int, height_px: int) -> NDArray[np.uint8]:
    horizon_px = int(_HORIZON * height_px)
    room = np.empty((height_px, width_px, 3), dtype=np.uint8)
    room[:horizon_px] = _gradient(_WALL_TOP, _WALL_BOTTOM, horizon_px)
    room[horizon_px:] = _gradient(_FLOOR_FAR, _FLOOR_NEAR, height_px - horizon_px)
    for board in range(-_BOARD_COUNT, _BOARD_COUNT + 1):
        far = (int(width_px * (0.5 + 0.07 * board)), horizon_px)
        near = (int(width_px * (0.5 + 0.15 * board)), height_px)
        cv2.line(room, far, near, (84, 114, 144), max(1, height_px // 400), cv2.LINE_AA)
    skirting_px = max(3, height_px // 45)
    cv2.rectangle(room, (0, horizon_px - skirting_px), (width_px, horizon_px), _SKIRTING, -1)
    _paint_window(room, width_px, height_px)
    _paint_plant(room, width_px, height_px)
    return room


def _gradient(start: tuple[int, int, int], end: tuple[int, int, int], rows: int) -> NDArray[np.uint8]:
    share = np.linspace(0.0, 1.0, rows)[:, None, None]
    mixed: NDArray[np.uint8] = np.rint(np.array(start) * (1 - share) + np.array(end) * share).astype(np.uint8)
    return mixed


def _paint_window(room: NDArray[np.uint8], width_px: int, height_px: int) -> None:
    left, right = int(0.045 * width_px), int(0.17 * width_px)
    top, bottom = int(0.12 * height_px), int(0.46 * height_px)
    frame_px = max(2, height_px // 90)
    room[top:bottom, left:right] = _gradient((250, 232, 205), (250, 246, 238), bottom - top)
    cv2.rectangle(room, (left, top), (right, bottom), _SKIRTING, frame_px, cv2.LINE_AA)
    cv2.line(room, ((left + right) // 2, top), ((left + right) // 2, bottom), _SKIRTING, frame_px // 2 + 1, cv2.LINE_AA)
    cv2.line(room, (left, (top + bottom) // 2), (right, (top + bottom) // 2), _SKIRTING, frame_px // 2 + 1, cv2.LINE_AA)


def _paint_plant(room: NDArray[np.uint8], width_px: int, height_px: int) -> None:
    base = np.array([0.93 * width_px, 0.74 * height_px])
    size = 0.1 * height_px
    for angle_deg, length in ((-62, 1.5), (-35, 1.9), (-10, 2.2), (14, 2.0), (38, 1.8), (60, 1.4)):
        angle = np.radians(angle_deg)
        tip = base + np.array([np.sin(angle), -np.cos(angle)]) * size * length
        middle = (base + tip) / 2.0
        axes = (int(size * 0.16), int(size * length * 0.52))
        cv2.ellipse(
            room, (int(middle[0]), int(middle[1])), axes, float(angle_deg), 0.0, 360.0, (96, 136, 92), -1, cv2.LINE_AA
        )
    pot = np.array([[-0.4, -0.15], [0.4, -0.15], [0.3, 0.75], [-0.3, 0.75]]) * size + base
    cv2.fillConvexPoly(room, pot.astype(np.int32), (120, 140, 196), cv2.LINE_AA)
