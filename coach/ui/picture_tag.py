"""Words on the picture that say what is unusual about it."""

from __future__ import annotations

import pygame

from coach.ui.canvas import Align, Canvas
from coach.ui.theme import Role

_ROLES = (Role.TITLE, Role.STRONG, Role.LABEL, Role.SMALL)
_MOST = 0.42
"""Of the picture's width: columns and cards lie over its sides."""


def draw_picture_tag(canvas: Canvas, picture: pygame.Rect, text: str) -> pygame.Rect:
    """Draw them at the top of the picture, large enough to be read by whoever dances; returns their place."""
    gap_px, room_px = canvas.px(canvas.theme.gap), round(_MOST * picture.width)
    role = canvas.fitting(text, _ROLES, room_px - 2 * gap_px)
    width_px = min(room_px, canvas.text_width_px(text, role) + 2 * gap_px)
    tag = pygame.Rect(0, picture.y + gap_px, width_px, canvas.line_height_px(role) + gap_px)
    tag.centerx = picture.centerx
    canvas.panel(tag)
    canvas.text(text, tag.center, role, canvas.theme.text, Align.CENTRE, room_px - gap_px)
    return tag
