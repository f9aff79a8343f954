"""What is danced: the name of the dance, and below it the plan, the loop or the section."""

from __future__ import annotations

import pygame

from coach.clock import clock_text
from coach.ui.canvas import Align, Canvas
from coach.ui.progress_bar import spans_of
from coach.ui.theme import Role
from coach.ui.view import PracticeView
from coach.ui.words_practice import PRACTICE_WORDS


def draw_title(canvas: Canvas, rect: pygame.Rect, view: PracticeView) -> None:
    """Draw the panel with the dance's name; where there is only one line, with what matters more."""
    theme = canvas.theme
    canvas.panel(rect)
    padding_px = canvas.px(theme.padding)
    room_px = rect.width - 2 * padding_px
    lower = title_line(view, canvas.look.language)
    if rect.height < canvas.line_height_px(Role.TITLE) + canvas.line_height_px(Role.LABEL):
        # In a plan or a loop where one is matters more than the dance's name.
        line = lower if _repeating(view) else view.title
        role = canvas.fitting(line, (Role.TITLE, Role.STRONG, Role.LABEL, Role.SMALL), room_px)
        canvas.text(line, (rect.x + padding_px, rect.centery), role, theme.text, Align.LEFT, room_px)
        return
    y = rect.y + rect.height // 3 + canvas.px(1)
    canvas.text(view.title, (rect.x + padding_px, y), Role.TITLE, theme.text, Align.LEFT, room_px)
    y = rect.bottom - rect.height // 4
    role = canvas.fitting(lower, (Role.LABEL, Role.SMALL), room_px)
    canvas.text(lower, (rect.x + padding_px, y), role, theme.text_dim, Align.LEFT, room_px)


def title_line(view: PracticeView, language: str) -> str:
    """Below the title: the plan, the loop, the section, or else how long it is."""
    words, tools = PRACTICE_WORDS[language], view.tools
    if tools.plan is not None:
        line = words.plan.format(step=tools.plan[0], count=tools.plan[1])
        score = tools.loop.last_score
        return line if score is None else f"{line}, {words.score.format(score=round(score))}"
    if tools.loop.mark_s is not None:
        return words.mark
    if tools.loop.span_s is not None:
        line = words.round.format(count=tools.loop.passes_count + 1)
        score = tools.loop.last_score
        return line if score is None else f"{line}, {words.score.format(score=round(score))}"
    at_s = view.place_s
    spans = spans_of(view.sections, view.duration_s)
    section = next((s.name for s in spans if at_s is not None and s.start_s <= at_s < s.end_s), "")
    return section or clock_text(view.duration_s)


def _repeating(view: PracticeView) -> bool:
    """Whether something is danced again and again, or is about to be."""
    loop = view.tools.loop
    return view.tools.plan is not None or loop.mark_s is not None or loop.span_s is not None
