"""Things to work on as cards: you and the teacher at the same moment, side by side, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from coach.clock import clock_text
from coach.ui.canvas import Align, Canvas
from coach.ui.figure_pane import figure_surface
from coach.ui.heat_bar import draw_number_mark
from coach.ui.menu_parts import draw_lines
from coach.ui.result_view import Still, TeacherStill, WorkCard
from coach.ui.skeleton_overlay import draw_skeleton
from coach.ui.small_picture import SmallPicture, inside_picture
from coach.ui.theme import Role
from coach.ui.words_result import ResultWords
from coach.vision import compose

_TEXT, _CAPTION = 62.0, 24.0
_MARK = 26.0
_SKELETON_WEIGHT = 0.55
_MAX_LINES = 2
_ROLES = (Role.STRONG, Role.LABEL, Role.SMALL)
_WIDE, _WIDE_PICTURES = 2.2, 1.6


def card_rects(canvas: Canvas, area: pygame.Rect, count: int) -> list[pygame.Rect]:
    """Columns of equal width."""
    gap_px = canvas.px(canvas.theme.gap)
    width_px = (area.width - (count - 1) * gap_px) // max(count, 1)
    return [pygame.Rect(area.x + index * (width_px + gap_px), area.y, width_px, area.height) for index in range(count)]


def draw_work_card(
    canvas: Canvas, rect: pygame.Rect, number: int, card: WorkCard, words: ResultWords, teacher_name: str
) -> None:
    """Draw one card."""
    gap_px = canvas.px(canvas.theme.gap)
    canvas.panel(rect, opacity=1.0)
    inner = rect.inflate(-2 * gap_px, -2 * gap_px)
    wide = rect.width > _WIDE * rect.height
    if wide:  # the only card: pictures at one side, words at the other
        pictures = pygame.Rect(inner.x, inner.y, round(_WIDE_PICTURES * inner.height), inner.height)
        left_px = pictures.right + 2 * gap_px
        text = pygame.Rect(left_px, inner.y, inner.right - left_px, inner.height)
    else:
        text_px = canvas.text_px(_TEXT, 0.6)
        pictures = pygame.Rect(inner.x, inner.y, inner.width, rect.bottom - text_px - inner.y)
        text = pygame.Rect(inner.x, rect.bottom - text_px, inner.width, text_px)
    half_px = (pictures.width - gap_px) // 2
    own = pygame.Rect(pictures.x, pictures.y, half_px, pictures.height)
    _draw_student(canvas, own, card.still, words)
    _draw_teacher(canvas, own.move(half_px + gap_px, 0), card.teacher, teacher_name or words.teacher)
    _draw_text(canvas, text, number, card, (Role.DISPLAY, Role.TITLE, *_ROLES) if wide else _ROLES)


def _draw_text(canvas: Canvas, rect: pygame.Rect, number: int, card: WorkCard, roles: Sequence[Role]) -> None:
    """Number, what to do, and when - the time only where it does not crowd the words."""
    theme, gap_px = canvas.theme, canvas.px(canvas.theme.gap)
    mark_px = canvas.text_px(_MARK, 0.5)
    draw_number_mark(canvas, (rect.x + mark_px // 2, rect.centery), mark_px, number)
    left_px = rect.x + mark_px + gap_px
    room_px = rect.right - left_px
    when = clock_text(card.place_s)
    beside_px = room_px - canvas.text_width_px(when, Role.LABEL) - gap_px
    if _fits(canvas, card.text, Role.LABEL, beside_px):
        canvas.text(when, (rect.right, rect.centery), Role.LABEL, theme.text_dim, Align.RIGHT)
        room_px = beside_px
    role = next((role for role in roles if _fits(canvas, card.text, role, room_px)), Role.SMALL)
    lines = canvas.lines(card.text, role, room_px, _MAX_LINES + (role is Role.SMALL))
    draw_lines(canvas, lines, (left_px, rect.centery), role, theme.text, Align.LEFT, room_px)


def _fits(canvas: Canvas, text: str, role: Role, room_px: int) -> bool:
    """Whether nothing has to be left out."""
    return " ".join(canvas.lines(text, role, room_px, _MAX_LINES)) == " ".join(text.split())


def _box(canvas: Canvas, rect: pygame.Rect, caption: str, colour: tuple[int, int, int]) -> pygame.Rect:
    """The ground of a picture with its caption; what is left for the picture."""
    canvas.panel(rect, canvas.theme.raised, 1.0)
    caption_px = canvas.text_px(_CAPTION)
    at = (rect.centerx, rect.bottom - caption_px // 2 - canvas.px(1))
    role = canvas.fitting(caption, (Role.LABEL, Role.SMALL), rect.width - canvas.px(8))
    canvas.text(caption, at, role, colour, Align.CENTRE, rect.width - canvas.px(8))
    edge_px = canvas.px(5)
    return pygame.Rect(
        rect.x + edge_px, rect.y + edge_px, rect.width - 2 * edge_px, rect.height - edge_px - caption_px
    )  # fmt: skip


def _draw_student(canvas: Canvas, rect: pygame.Rect, still: Still | None, words: ResultWords) -> None:
    theme = canvas.theme
    box = _box(canvas, rect, words.you, theme.text)
    if still is None:
        role = canvas.fitting(words.no_picture, (Role.LABEL, Role.SMALL), box.width)
        canvas.text(words.no_picture, box.center, role, theme.text_dim, Align.CENTRE, box.width)
        return
    place = SmallPicture().draw(canvas, box, still.bgr, mirrored=True, behind=theme.raised)
    draw_skeleton(canvas, place, inside_picture(still.pose), still.joints, judged=True, weight=_SKELETON_WEIGHT)


def _draw_teacher(canvas: Canvas, rect: pygame.Rect, teacher: TeacherStill | None, caption: str) -> None:
    theme = canvas.theme
    box = _box(canvas, rect, caption, theme.teacher)
    if teacher is not None and box.width > 0 and box.height > 0:
        _, half_width, top, bottom = teacher.figure.window
        shape = round(2000 * half_width), round(1000 * (bottom - top))
        place = pygame.Rect(compose.contain(shape, (box.x, box.y, box.width, box.height)))
        figure = figure_surface(
            canvas, teacher.figure, place.size, theme.raised, teacher.parts, flipped=teacher.flipped
        )
        canvas.surface.blit(figure, place)
