"""Where everything stands on the practice screen: rectangles that never overlap, at any size of window and text.

The picture keeps the upper part, so that nothing the coach says ever covers the dancer's feet; the coach's line, the
choreography bar and the small print share the dock below. Panels stand in the left column, the teacher in the right;
for the left-handed they change sides. Where large text would make the column too tall, its panels leave out their
second lines (they see by their height that there is no room for them).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pygame

from coach.ui.canvas import Canvas

_DOCK = 158.0
_COACH_LINE = 58.0
_PROGRESS = 46.0
_STATUS = 20.0
_LEFT_WIDTH = 226.0
_TEACHER_WIDTH = 262.0
_TEACHER_RATIO = 1.55
_NOTICES = 96.0
_HEIGHTS: Final = {
    # height in design units, share of it that is text, height without second lines
    "title": (66.0, 0.9, 40.0),
    "chip": (38.0, 0.8, 38.0),
    "score": (118.0, 0.45, 86.0),
    "timing": (92.0, 0.75, 60.0),
    "energy": (84.0, 0.75, 60.0),
}
_WIDTH_SHARE = 0.45
"""Share of the text's growth that the left column's width takes part in."""


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
        """The layout for the canvas's present size and look."""
        width_px, height_px = canvas.size_px
        margin_px, gap_px = canvas.px(canvas.theme.margin), canvas.px(canvas.theme.gap)
        dock_top_px = height_px - canvas.text_px(_DOCK, 0.5)
        column = _column(canvas, margin_px, gap_px, dock_top_px - margin_px - gap_px)
        teacher_px = canvas.px(_TEACHER_WIDTH)
        teacher_room_px = dock_top_px - margin_px - 2 * gap_px - canvas.text_px(_NOTICES)
        teacher_height_px = min(round(teacher_px * _TEACHER_RATIO), teacher_room_px)
        teacher = pygame.Rect(width_px - margin_px - teacher_px, margin_px, teacher_px, teacher_height_px)
        notices = pygame.Rect(teacher.x, teacher.bottom + gap_px, teacher_px, 0)
        notices.height = dock_top_px - gap_px - notices.y
        inner_px = width_px - 2 * margin_px
        status_px, progress_px = canvas.text_px(_STATUS), canvas.text_px(_PROGRESS, 0.5)
        status = pygame.Rect(margin_px, height_px - status_px - gap_px, inner_px, status_px)
        progress = pygame.Rect(margin_px, status.y - gap_px - progress_px, inner_px, progress_px)
        line_px = canvas.text_px(_COACH_LINE, 0.4)
        line_top_px = (dock_top_px + progress.y - line_px) // 2
        layout = cls(
            stage=pygame.Rect(margin_px, margin_px, inner_px, dock_top_px - margin_px),
            teacher=teacher,
            notices=notices,
            coach_line=pygame.Rect(margin_px, line_top_px, inner_px, line_px),
            progress=progress,
            status=status,
            **column,
        )
        return layout.turned_round(width_px) if canvas.look.left_handed else layout

    def turned_round(self, width_px: int) -> PracticeLayout:
        """The columns on the other sides."""
        moved = {
            name: across(getattr(self, name), width_px)
            for name in ("title", "chip", "score", "timing", "energy", "teacher", "notices")
        }
        return replace(self, **moved)


def _column(canvas: Canvas, margin_px: int, gap_px: int, room_px: int) -> dict[str, pygame.Rect]:
    heights = {name: canvas.text_px(tall, share) for name, (tall, share, _) in _HEIGHTS.items()}
    if sum(heights.values()) + gap_px * (len(heights) - 1) > room_px:
        heights = {name: canvas.text_px(short, share) for name, (_, share, short) in _HEIGHTS.items()}
    top_px = margin_px
    rects = {}
    for name, tall_px in heights.items():
        rects[name] = pygame.Rect(margin_px, top_px, canvas.text_px(_LEFT_WIDTH, _WIDTH_SHARE), tall_px)
        top_px += tall_px + gap_px
    return rects


def across(rect: pygame.Rect, width_px: int) -> pygame.Rect:
    """The rectangle on the other side of a window of this width."""
    return pygame.Rect(width_px - rect.right, rect.y, rect.width, rect.height)


def centred(size_px: tuple[int, int], within: pygame.Rect) -> pygame.Rect:
    """A rectangle of that size in the middle of another, shrunk to fit into it."""
    rect = pygame.Rect(0, 0, min(size_px[0], within.width), min(size_px[1], within.height))
    rect.center = within.center
    return rect
