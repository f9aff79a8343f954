"""What a comparison draws over pictures: both skeletons, the student's joints marked, the part that is off, words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.judging.verdicts import JointVerdict
from coach.pose.joint_table import JOINT_INDEX, JOINTS
from coach.pose.landmark_table import BODY_PARTS, BONES, LANDMARK_INDEX
from coach.pose.pose_frame import FloatArray
from coach.settings.report import OverlayLook, Rgb
from coach.vision import marks, text
from coach.vision.marks import Pixels, Point, bgra
from coach.vision.text import TextStyle

_HEAD_CHAIN: Final = ("nose", "shoulders")
_TRUNK_CHAIN: Final = ("shoulders", "hips")
_STYLE_RING: Final = 0.45
_DIAMOND: Final = 1.6
"""A diamond of the same radius as a disc looks smaller."""


class MatchOverlay:
    """Draws over one picture.

    Parameters
    ----------
    pixels : ndarray [shape=(h, w, 3) or (h, w, 4)], uint8
        BGR or BGRA, drawn into in place.
    points_px : ndarray [shape=(33, 2)]
        Landmarks in its pixels; nan where missing.
    sure : ndarray [shape=(33,)], bool
        Where the sensor claims to see the landmark.
    look : OverlayLook
    height_px : int
        Height that the widths of ``look`` refer to.
    """

    def __init__(
        self, pixels: Pixels, points_px: FloatArray, sure: NDArray[np.bool_], look: OverlayLook, height_px: int
    ) -> None:
        self._pixels, self._points, self._sure = pixels, points_px, sure
        self._look, self._height_px = look, height_px

    def bones(self, rgb: Rgb) -> None:
        """The stick figure; dashed where the sensor is not sure."""
        width_px, halo_px = self._px(self._look.bone_width), self._px(self._look.halo_width)
        lines = []
        for first, last in BONES:
            ends = self._point(first), self._point(last)
            if ends[0] is None or ends[1] is None:
                continue
            if self._sure[LANDMARK_INDEX[first]] and self._sure[LANDMARK_INDEX[last]]:
                lines.append((ends[0], ends[1]))
            else:
                marks.dashed_line(self._pixels, ends[0], ends[1], bgra(self._look.text_dim), width_px / 2)
        for colour, extra_px in ((bgra(self._look.ink), 2 * halo_px), (bgra(rgb), 0.0)):
            for start, end in lines:
                marks.line(self._pixels, start, end, colour, width_px + extra_px)

    def parts(self, parts: Collection[str]) -> None:
        """Limbs that are off, thick."""
        for part in parts:
            chain = {"torso": _TRUNK_CHAIN, "head": _HEAD_CHAIN}.get(part, BODY_PARTS[part])
            points = [point for name in chain if (point := self._point(name)) is not None]
            width_px = self._px(self._look.limb_width)
            for colour, extra_px in (
                (bgra(self._look.ink), 2 * self._px(self._look.halo_width)),
                (bgra(self._look.mistake), 0.0),
            ):
                for start, end in pairwise(points):
                    marks.line(self._pixels, start, end, colour, width_px + extra_px)

    def joints(self, verdicts: Mapping[str, JointVerdict]) -> None:
        """Disc: like the teacher. Ring: own style. Diamond: off. Nothing: not judged."""
        for name, verdict in verdicts.items():
            points = [self._point(end) for end in _anchor(name)]
            found = [point for point in points if point is not None]
            if verdict is JointVerdict.UNSEEN or len(found) < len(points):
                continue
            middle = sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)
            self._mark(verdict, middle)

    def _mark(self, verdict: JointVerdict, centre: Point) -> None:
        radius_px, halo_px = self._px(self._look.mark_radius), self._px(self._look.halo_width)
        ink = bgra(self._look.ink)
        if verdict is JointVerdict.MISTAKE:
            marks.diamond(self._pixels, centre, _DIAMOND * radius_px + 3 * halo_px, ink)
            marks.diamond(self._pixels, centre, _DIAMOND * radius_px + 1.5 * halo_px, bgra(self._look.text))
            marks.diamond(self._pixels, centre, _DIAMOND * radius_px, bgra(self._look.mistake))
            return
        good = verdict is JointVerdict.GOOD
        marks.disc(self._pixels, centre, radius_px + halo_px, ink)
        marks.disc(self._pixels, centre, radius_px, bgra(self._look.good if good else self._look.style))
        if not good:
            marks.disc(self._pixels, centre, _STYLE_RING * radius_px, ink)

    def _px(self, share: float) -> float:
        return max(1.0, share * self._height_px)

    def _point(self, name: str) -> Point | None:
        """A landmark, or the middle of ``shoulders`` or ``hips``; None where missing."""
        names = [f"left_{name[:-1]}", f"right_{name[:-1]}"] if name in ("shoulders", "hips") else [name]
        x, y = self._points[[LANDMARK_INDEX[one] for one in names]].mean(axis=0).tolist()
        return (x, y) if np.isfinite(x) and np.isfinite(y) else None


def _anchor(joint: str) -> tuple[str, ...]:
    points = JOINTS[JOINT_INDEX[joint]].points
    if points:
        return (points[1],)
    return ("shoulders", "hips") if joint == "trunk" else ("shoulders",)


def write(pixels: Pixels, words: str, left_middle: tuple[int, int], style: TextStyle, rgb: Rgb, width_px: int) -> int:
    """One line of text into ``pixels`` (h, w, 4), shortened to ``width_px``; returns the width it took."""
    shown = text.elide(text.clean(words), style, max(0, width_px))
    if not shown:
        return 0
    rgba = text.render(shown, style, rgb)
    pad_px, baseline_px = text.origin_px(style)
    left = left_middle[0] - pad_px
    top = left_middle[1] + round(text.CAP_HEIGHT * style.size_px / 2) - baseline_px
    height, width = pixels.shape[:2]
    first_row, first_column = max(0, -top), max(0, -left)
    part = rgba[first_row : max(0, height - top), first_column : max(0, width - left)]
    if part.size:
        place = pixels[top + first_row :, left + first_column :][: part.shape[0], : part.shape[1], :3]
        share = part[..., 3:].astype(np.float32) / 255.0
        place[:] = np.round(place + (part[..., 2::-1] - place.astype(np.float32)) * share)
    return text.width_px(shown, style)
