"""The teacher, drawn from the reference: on a card beside the student, or as a ghost over their body."""

from __future__ import annotations

import math

import numpy as np
import pygame

from coach.pose.landmark_table import LANDMARK_INDEX, mirrored_name
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.ui.canvas import Align, Canvas
from coach.ui.picture import PicturePlace
from coach.ui.surfaces import Pixels, surface_of_bgra
from coach.ui.teacher_framing import TeacherFraming
from coach.ui.theme import Role
from coach.vision import compose
from coach.vision.figure import FigureColours, draw_figure
from coach.vision.marks import bgra

_FOOTER = 40.0
_EDGE = 4.0
_GHOST_EDGE = 4.0
_GHOST_EDGE_OPACITY = 0.95
_MASK_ON = (255, 255, 255, 255)
_MASK_OFF = (0, 0, 0, 0)
_MIN_SCALE, _MAX_SCALE = 0.3, 3.0


def _middle(points: FloatArray, part: str) -> FloatArray:
    middle: FloatArray = points[[LANDMARK_INDEX[f"left_{part}"], LANDMARK_INDEX[f"right_{part}"]]].mean(axis=0)
    return middle


def torso_length(points: FloatArray) -> float:
    """Distance of hip centre and shoulder centre in ``points`` (33, 2); nan where missing."""
    return float(np.hypot(*(_middle(points, "shoulder") - _middle(points, "hip"))))


def teacher_parts(student_parts: tuple[str, ...], *, teacher_mirrored: bool) -> tuple[str, ...]:
    """The teacher's own names of the parts that the student has to mend."""
    return tuple(mirrored_name(part) for part in student_parts) if teacher_mirrored else student_parts


def draw_teacher_card(
    canvas: Canvas,
    rect: pygame.Rect,
    teacher: PoseFrame | None,
    framing: TeacherFraming | None,
    parts: tuple[str, ...],
    *,
    flipped: bool,
    footer: str,
    behind: bool = False,
) -> None:
    """The teacher on a card; ``flipped`` draws the mirror image, ``parts`` (the teacher's own) stand out.

    Seen from ``behind``, what was near is far: the mirror image with its depth turned round is the back view.
    """
    canvas.panel(rect)
    theme = canvas.theme
    middle_px = (rect.centerx, rect.bottom - canvas.px(_FOOTER) // 2 - canvas.px(2))
    room_px = rect.width - 2 * canvas.px(theme.gap)
    role = canvas.fitting(footer, (Role.STRONG, Role.LABEL, Role.SMALL), room_px)
    canvas.text(footer, middle_px, role, theme.teacher, Align.CENTRE, room_px)
    if teacher is None or not teacher.present:
        return
    box = rect.inflate(-2 * canvas.px(_EDGE), -2 * canvas.px(theme.padding))
    box.height -= canvas.px(_FOOTER) - canvas.px(theme.padding) // 2
    points, scale = _card_points(teacher, framing, box, flipped=flipped)
    colours = FigureColours(bgra(theme.teacher), bgra(theme.teacher_far), bgra(theme.mistake), bgra(theme.panel))
    depth = depth_of(teacher) * (-scale if behind else scale)
    torso_px = torso_length(points)
    clip = (box.x, box.y, box.width, box.height)

    def draw(pixels: Pixels) -> None:
        inside = compose.region(pixels, clip)
        draw_figure(inside, points - [box.x, box.y], depth, torso_px, colours, parts)

    canvas.paint(draw)


def _card_points(
    teacher: PoseFrame, framing: TeacherFraming | None, box: pygame.Rect, *, flipped: bool
) -> tuple[FloatArray, float]:
    points = teacher.square_xy()
    if framing is None:
        centre_x = half_width = teacher.frame_size_px[0] / teacher.frame_size_px[1] / 2
        top, bottom = 0.0, 1.0
    else:
        centre_x, half_width, top, bottom = framing.at(teacher.time_s)
    scale = min(box.height / (bottom - top), box.width / 2 / half_width)
    x = (points[:, 0] - centre_x) * scale * (-1.0 if flipped else 1.0) + box.centerx
    return np.stack((x, box.bottom - (bottom - points[:, 1]) * scale), axis=-1), scale


def depth_of(pose: PoseFrame) -> FloatArray:
    """z in picture heights, as x and y of ``square_xy``."""
    width_px, height_px = pose.frame_size_px
    depth: FloatArray = pose.image[:, 2] * width_px / height_px
    return depth


class GhostOverlay:
    """The teacher over the student: hips on hips, as tall as the student.

    The size follows the ratio of the two torsos slowly, for a torso bent towards the camera looks short.
    """

    def __init__(self) -> None:
        self._scale: float | None = None
        self._seen_s = 0.0

    def draw(
        self,
        canvas: Canvas,
        place: PicturePlace,
        student: PoseFrame,
        teacher: PoseFrame,
        now_s: float,
        *,
        teacher_mirrored: bool,
    ) -> None:
        """Blend the ghost in; nothing where either is missing."""
        points = self.points_px(place, student, teacher, now_s, canvas.settings.body.ghost_settle_s, teacher_mirrored)
        if points is None:
            return
        box = box_around(points, torso_length(points), canvas.size_px)
        if box[2] <= 0 or box[3] <= 0:
            return
        theme, opacity = canvas.on_picture, canvas.settings.body.ghost_opacity
        colours = FigureColours(_MASK_ON, _MASK_ON, _MASK_ON, _MASK_OFF)
        depth = depth_of(teacher) * torso_length(points) / torso_length(teacher.square_xy())
        mask = np.zeros((box[3], box[2]), np.uint8)
        draw_figure(mask, points - [box[0], box[1]], depth, torso_length(points), colours)
        fill, edge = bgra(theme.ghost)[:3], bgra(theme.teacher)[:3]
        pane = compose.glass(mask, fill, edge, (opacity, _GHOST_EDGE_OPACITY), canvas.scale * _GHOST_EDGE)
        canvas.surface.blit(surface_of_bgra(pane), (box[0], box[1]))

    def points_px(
        self,
        place: PicturePlace,
        student: PoseFrame,
        teacher: PoseFrame,
        now_s: float,
        settle_s: float,
        teacher_mirrored: bool,
    ) -> FloatArray | None:
        """The teacher's landmarks on the screen, shape (33, 2); None where hips or shoulders are missing."""
        own, others = student.square_xy(), teacher.square_xy()
        ratio = torso_length(own) / max(torso_length(others), 1e-6)
        if not math.isfinite(ratio):
            return None
        self._settle(min(max(ratio, _MIN_SCALE), _MAX_SCALE), now_s, settle_s)
        assert self._scale is not None
        offset = (others - _middle(others, "hip")) * self._scale
        if teacher_mirrored:
            offset[:, 0] = -offset[:, 0]
        aspect = np.array([student.frame_size_px[1] / student.frame_size_px[0], 1.0])
        return place.to_screen((_middle(own, "hip") + offset) * aspect)

    def _settle(self, ratio: float, now_s: float, settle_s: float) -> None:
        elapsed_s = now_s - self._seen_s
        self._seen_s = now_s
        if self._scale is None or not 0 <= elapsed_s < settle_s:
            self._scale = ratio
        else:
            self._scale += (ratio - self._scale) * (1.0 - math.exp(-elapsed_s / settle_s))


def box_around(points: FloatArray, torso_px: float, size_px: tuple[int, int]) -> compose.Box:
    """What a figure with these landmarks takes up of a picture of this size, with a little room for its outline."""
    low, high = np.nanmin(points, axis=0) - 0.4 * torso_px, np.nanmax(points, axis=0) + 0.4 * torso_px
    left, top = max(0, int(low[0])), max(0, int(low[1]))
    return left, top, min(size_px[0], int(high[0])) - left, min(size_px[1], int(high[1])) - top
