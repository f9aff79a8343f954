"""Where everything stands on the result screen: rectangles that never overlap, at any size of window and text."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pygame

from coach.ui.canvas import Canvas
from coach.ui.foot_line import foot_height_px
from coach.ui.layout import across
from coach.ui.menu_parts import head_and_foot
from coach.ui.work_cards import card_rects

_HEAD = 52.0
_BUTTON = 44.0
_HEAT, _CHARTS = 98.0, 112.0
_SCORE_WIDTH = 236.0
_LEAST_CHART = 170.0


@dataclass(frozen=True)
class ResultLayout:
    """Rectangles in pixels."""

    head: pygame.Rect
    score: pygame.Rect
    cards: pygame.Rect
    heat: pygame.Rect
    timing: pygame.Rect
    unseen: pygame.Rect
    curve: pygame.Rect | None
    camera: pygame.Rect
    buttons: pygame.Rect
    foot: pygame.Rect

    @classmethod
    def of(cls, canvas: Canvas, *, gestures: bool) -> ResultLayout:
        """For the canvas's present size and look, with room for gestures where they are read."""
        width_px = canvas.size_px[0]
        margin_px, gap_px = canvas.px(canvas.theme.margin), canvas.px(canvas.theme.gap)
        head, foot = head_and_foot(canvas, canvas.text_px(_HEAD, 0.4), foot_height_px(canvas, gestures=gestures))
        inner_px = head.width
        button_px = canvas.text_px(_BUTTON, 0.7)
        buttons = pygame.Rect(margin_px, foot.y - button_px, inner_px, button_px)
        charts_px, heat_px = canvas.text_px(_CHARTS, 0.4), canvas.text_px(_HEAT, 0.25)
        charts = pygame.Rect(margin_px, buttons.y - gap_px - charts_px, inner_px, charts_px)
        heat = pygame.Rect(margin_px, charts.y - gap_px - heat_px, inner_px, heat_px)
        main_px = heat.y - gap_px - head.bottom
        score = pygame.Rect(margin_px, head.bottom, canvas.text_px(_SCORE_WIDTH, 0.35), main_px)
        cards = pygame.Rect(score.right + gap_px, head.bottom, 0, main_px)
        cards.width = margin_px + inner_px - cards.x
        if charts.width >= 4 * canvas.text_px(_LEAST_CHART):
            timing, unseen, curve, camera = card_rects(canvas, charts, 4)
        else:  # very large text in a small window: the curve is also among the dances so far
            timing, unseen, camera = card_rects(canvas, charts, 3)
            curve = None
        layout = cls(head, score, cards, heat, timing, unseen, curve, camera, buttons, foot)
        return layout.turned_round(width_px) if canvas.look.left_handed else layout

    def turned_round(self, width_px: int) -> ResultLayout:
        """The columns on the other sides."""
        moved = {
            field.name: across(getattr(self, field.name), width_px) for field in fields(self) if field.name != "curve"
        }
        return ResultLayout(**moved, curve=None if self.curve is None else across(self.curve, width_px))
