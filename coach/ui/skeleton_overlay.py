"""The student's skeleton: what each joint is, said in colour and in shape."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from coach.judging.verdicts import JointReading, JointVerdict
from coach.pose.joint_table import JOINT_INDEX, JOINTS
from coach.pose.landmark_table import BODY_PARTS, BONES, LANDMARK_NAMES
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.ui.canvas import Canvas
from coach.ui.picture import PicturePlace
from coach.ui.surfaces import Pixels
from coach.ui.theme import Theme
from coach.vision import marks
from coach.vision.marks import Bgra, Point, bgra

_BONE = 4.5
_LIMB = 11.0
_HALO = 2.5
_RADIUS: Final = {JointVerdict.GOOD: 6.5, JointVerdict.STYLE: 7.0, JointVerdict.MISTAKE: 12.0}
_QUIET_MISTAKE_RADIUS = 8.0
_RING_WIDTH = 3.0


class _Places:
    """Screen places of landmarks, and which of them are to be trusted."""

    def __init__(self, px: FloatArray, visibility: FloatArray, min_visibility: float) -> None:
        found = np.asarray(np.isfinite(px).all(axis=1))
        self._px = {name: (x, y) for name, (x, y), here in zip(LANDMARK_NAMES, px.tolist(), found, strict=True) if here}
        trusted = visibility >= min_visibility
        self._trusted = {name: bool(here) for name, here in zip(LANDMARK_NAMES, trusted, strict=True)}
        for part in ("shoulder", "hip"):
            left, right = self._px.get(f"left_{part}"), self._px.get(f"right_{part}")
            if left is not None and right is not None:
                self._px[f"{part}s"] = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)

    def point(self, name: str) -> Point | None:
        """A landmark, or the middle of ``shoulders`` / ``hips``; None where missing."""
        return self._px.get(name)

    def trusted(self, name: str) -> bool:
        """Whether the sensor claims to see this landmark."""
        return self._trusted[name]


def emphasised_parts(joints: tuple[JointReading, ...], limit_count: int) -> tuple[str, ...]:
    """The body parts with the worst mistakes, at most ``limit_count``, worst first.

    A mistake weighs what it weighs in the score times how far it is beyond its tolerance.
    """
    worst: dict[str, float] = {}
    for reading in joints:
        if reading.verdict is JointVerdict.MISTAKE and reading.error_deg is not None:
            joint = JOINTS[JOINT_INDEX[reading.joint]]
            urgency = joint.weight * abs(reading.error_deg) / reading.tolerance_deg
            worst[joint.part] = max(worst.get(joint.part, 0.0), urgency)
    return tuple(sorted(worst, key=lambda part: -worst[part])[:limit_count])


def joint_anchor(joint_name: str) -> tuple[str, ...]:
    """The points whose middle carries a joint's mark."""
    points = JOINTS[JOINT_INDEX[joint_name]].points
    if points:
        return (points[1],)
    return ("shoulders", "hips") if joint_name == "trunk" else ("shoulders",)


def draw_skeleton(
    canvas: Canvas,
    place: PicturePlace,
    pose: PoseFrame,
    joints: tuple[JointReading, ...],
    *,
    judged: bool,
    weight: float = 1.0,
) -> None:
    """Draw the skeleton over the picture at ``place``; marks and thick limbs only where ``judged``.

    ``weight`` makes all lines thinner or thicker, for a picture that is not as large as the window.
    """
    if not pose.present:
        return
    body = canvas.settings.body
    places = _Places(place.to_screen(pose.image[:, :2]), pose.visibility, body.min_visibility)
    parts = emphasised_parts(joints, body.emphasised_limbs_count) if judged else ()
    overlay = _Skeleton(places, canvas.on_picture, canvas.scale * weight)

    def draw(pixels: Pixels) -> None:
        overlay.bones(pixels)
        for part in reversed(parts):
            overlay.limb(pixels, part)
        if judged:
            for reading in joints:
                overlay.mark(pixels, reading, JOINTS[JOINT_INDEX[reading.joint]].part in parts)

    canvas.paint(draw)


class _Skeleton:
    def __init__(self, places: _Places, theme: Theme, scale: float) -> None:
        self._places, self._theme, self._scale = places, theme, scale
        self._halo = bgra(theme.ink)

    def bones(self, pixels: Pixels) -> None:
        """Thin lines; dashed and grey where the sensor is not sure."""
        lines = []
        for names in BONES:
            ends = self._places.point(names[0]), self._places.point(names[1])
            if ends[0] is None or ends[1] is None:
                continue
            if all(self._places.trusted(name) for name in names):
                lines.append((ends[0], ends[1]))
            else:
                colour = bgra(self._theme.unseen)
                marks.dashed_line(pixels, ends[0], ends[1], colour, self._scale * _BONE / 2)
        for colour, extra in ((self._halo, _HALO), (bgra(self._theme.bone), 0.0)):
            for start, end in lines:
                marks.line(pixels, start, end, colour, self._scale * (_BONE + extra))

    def limb(self, pixels: Pixels, part: str) -> None:
        """One limb that needs attention, thick."""
        chain = {"torso": ("shoulders", "hips"), "head": ("nose", "shoulders")}.get(part, BODY_PARTS[part])
        points = [point for name in chain if (point := self._places.point(name)) is not None]
        for colour, extra in ((self._halo, 2 * _HALO), (bgra(self._theme.mistake), 0.0)):
            for start, end in pairwise(points):
                marks.line(pixels, start, end, colour, self._scale * (_LIMB + extra))

    def mark(self, pixels: Pixels, reading: JointReading, emphasised: bool) -> None:
        """Disc: good. Ring: your own style. Diamond: to be mended. Nothing: could not be seen."""
        if reading.verdict is JointVerdict.UNSEEN:
            return
        points = [self._places.point(name) for name in joint_anchor(reading.joint)]
        found = [point for point in points if point is not None]
        if len(found) < len(points):
            return
        centre = sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)
        radius = _RADIUS[reading.verdict]
        if reading.verdict is JointVerdict.MISTAKE and not emphasised:
            radius = _QUIET_MISTAKE_RADIUS
        self._shape(pixels, reading.verdict, centre, radius * self._scale)

    def _shape(self, pixels: Pixels, verdict: JointVerdict, centre: Point, radius_px: float) -> None:
        halo_px = _HALO * self._scale
        if verdict is JointVerdict.MISTAKE:
            marks.diamond(pixels, centre, radius_px + 2.4 * halo_px, self._halo)
            marks.diamond(pixels, centre, radius_px + 1.2 * halo_px, bgra(self._theme.text))
            marks.diamond(pixels, centre, radius_px, bgra(self._theme.mistake))
            return
        colour: Bgra = bgra(self._theme.good if verdict is JointVerdict.GOOD else self._theme.style)
        marks.disc(pixels, centre, radius_px + halo_px, self._halo)
        if verdict is JointVerdict.GOOD:
            marks.disc(pixels, centre, radius_px, colour)
        else:
            marks.ring(pixels, centre, radius_px - halo_px / 2, colour, _RING_WIDTH * self._scale)
