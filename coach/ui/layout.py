"""Where everything stands on the practice screen: rectangles that never overlap, at any size of window.

The picture keeps the upper part, so that nothing the coach says ever covers the dancer's feet; the coach's line, the
choreography bar and the small print share the dock below. Panels stand in the left column, the teacher in the right.
"""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from coach.ui.canvas import Canvas

_DOCK = 158.0
_COACH_LINE = 58.0
_PROGRESS = 46.0
_STATUS = 20.0
_LEFT_WIDTH = 226.0
_TEACHER_WIDTH = 262.0
_TEACHER_RATIO = 1.55
_NOTICES = 78.0
_HEIGHTS = {"title": 66.0, "chip": 38.0, "score": 118.0, "timing": 92.0, "energy": 84.0}


@dataclass(frozen=True)
class PracticeLayout:
    """Rectangles in pixels.

    Attributes
    ----------
    stage : Rect
        Where the camera picture is fitted in; the columns may stand on its sides.
    title, chip, score, timing, energy : Rect
        The left column.
    teacher : Rect
        The card at the right.
    notices : Rect
        Small sentences below it.
    coach_line, progress, status : Rect
        The dock.
    """

    stage: pygame.Rect
    title: pygame.Rect
    chip: pygame.Rect
    score: pygame.Rect
    timing: pygame.Rect
    energy: pygame.Rect
    teacher: pygame.Rect
    notices: pygame.Rect
    coach_line: pygame.Rect
    progress: pygame.Rect
    status: pygame.Rect

    @classmethod
    def of(cls, canvas: Canvas) -> PracticeLayout:
        """The layout for the canvas's present size."""
        width_px, height_px = canvas.size_px
        margin_px, gap_px = canvas.px(canvas.theme.margin), canvas.px(canvas.theme.gap)
        dock_top_px = height_px - canvas.px(_DOCK)
        column = _column(canvas, margin_px, gap_px)
        teacher_px = canvas.px(_TEACHER_WIDTH)
        teacher_room_px = dock_top_px - margin_px - 2 * gap_px - canvas.px(_NOTICES)
        teacher_height_px = min(round(teacher_px * _TEACHER_RATIO), teacher_room_px)
        teacher = pygame.Rect(width_px - margin_px - teacher_px, margin_px, teacher_px, teacher_height_px)
        notices = pygame.Rect(teacher.x, teacher.bottom + gap_px, teacher_px, 0)
        notices.height = dock_top_px - gap_px - notices.y
        inner_px = width_px - 2 * margin_px
        status = pygame.Rect(margin_px, height_px - canvas.px(_STATUS) - gap_px, inner_px, canvas.px(_STATUS))
        progress = pygame.Rect(margin_px, status.y - gap_px - canvas.px(_PROGRESS), inner_px, canvas.px(_PROGRESS))
        line_px = canvas.px(_COACH_LINE)
        line_top_px = (dock_top_px + progress.y - line_px) // 2
        return cls(
            stage=pygame.Rect(margin_px, margin_px, inner_px, dock_top_px - margin_px),
            teacher=teacher,
            notices=notices,
            coach_line=pygame.Rect(margin_px, line_top_px, inner_px, line_px),
            progress=progress,
            status=status,
            **column,
        )


def _column(canvas: Canvas, margin_px: int, gap_px: int) -> dict[str, pygame.Rect]:
    top_px = margin_px
    rects = {}
    for name, height in _HEIGHTS.items():
        rects[name] = pygame.Rect(margin_px, top_px, canvas.px(_LEFT_WIDTH), canvas.px(height))
        top_px += canvas.px(height) + gap_px
    return rects


def centred(size_px: tuple[int, int], within: pygame.Rect) -> pygame.Rect:
    """A rectangle of that size in the middle of another, shrunk to fit into it."""
    rect = pygame.Rect(0, 0, min(size_px[0], within.width), min(size_px[1], within.height))
    rect.center = within.center
    return rect
