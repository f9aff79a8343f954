"""The list of dances: one card each, the chosen one larger and its teacher dancing."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from coach.clock import clock_text
from coach.ui.canvas import Align, Canvas
from coach.ui.figure_pane import figure_surface
from coach.ui.home_view import Card, Choice, DanceCard, MessageCard
from coach.ui.menu_parts import draw_lines, draw_plate
from coach.ui.said import said
from coach.ui.teacher_framing import Figure
from coach.ui.theme import Role
from coach.ui.words_home import HomeWords

_HEIGHT, _CHOSEN_HEIGHT = 104.0, 168.0
_GROWS = 0.85
_LARGER = 1.7
_FIGURE_SHARE = 0.3
"""Of the card's width; less beside large text."""
_GAP = 10.0
_FACTS_WIDTH = 118.0
_FACTS_SHARE = 0.7
_DOT = 9.0
_MARK = 22.0
_MAX_LINES = 3
_MAX_TITLE_LINES = 2
_STILL_MARGIN = 6.0


def card_rects(canvas: Canvas, area: pygame.Rect, cards: Sequence[Card], chosen: Choice) -> list[pygame.Rect]:
    """Where the cards would lie in a list without end that begins at the top of ``area``; a few are larger."""
    heights = [canvas.text_px(_CHOSEN_HEIGHT if card.choice == chosen else _HEIGHT, _GROWS) for card in cards]
    gap_px = canvas.px(_GAP)
    room_px = area.height - gap_px * (len(cards) - 1)
    larger = min(_LARGER, max(1.0, room_px / max(1, sum(heights))))
    rects, top_px = [], area.y
    for height_px in heights:
        tall_px = min(int(height_px * larger), area.height)
        rects.append(pygame.Rect(area.x, top_px, area.width, tall_px))
        top_px += tall_px + gap_px
    return rects


def wanted_scroll_px(area: pygame.Rect, rects: Sequence[pygame.Rect], chosen_index: int | None) -> int:
    """How far the list has to be moved up so that the chosen card and its neighbours can be seen."""
    if not rects or chosen_index is None:
        return 0
    most_px = max(0, rects[-1].bottom - area.bottom)
    return min(most_px, max(0, rects[chosen_index].centery - area.centery))


def draw_card(
    canvas: Canvas, rect: pygame.Rect, card: Card, words: HomeWords, *, chosen: bool, moving: Figure | None
) -> None:
    """One card at its place."""
    draw_plate(canvas, rect, chosen=chosen)
    if isinstance(card, MessageCard):
        _message(canvas, rect, card.title, card.text)
    elif card.problem is not None:
        _message(canvas, rect, card.title, f"{words.broken}: {said(card.problem, canvas.look.language)}", broken=True)
    else:
        _dance(canvas, rect, card, words, chosen=chosen, moving=moving)


def _message(canvas: Canvas, rect: pygame.Rect, title: str, text: str, *, broken: bool = False) -> None:
    """A mark, a heading and a few lines, as many as there is room for."""
    theme = canvas.theme
    padding_px, mark_px = canvas.px(theme.padding), canvas.px(_MARK)
    left_px = rect.x + padding_px + mark_px + padding_px
    room_px = rect.right - padding_px - left_px
    title_px, line_px = canvas.line_height_px(Role.TITLE), canvas.line_height_px(Role.BODY)
    lines_count = max(1, min(_MAX_LINES, (rect.height - title_px - padding_px) // line_px))
    lines = canvas.lines(text, Role.BODY, room_px, lines_count)
    top_px = rect.centery - (title_px + len(lines) * line_px) // 2
    centre = (rect.x + padding_px + mark_px // 2, top_px + title_px // 2)
    if broken:
        canvas.diamond(centre, mark_px, theme.mistake)
    else:
        canvas.ring(centre, mark_px, canvas.px(4), theme.good)
    canvas.text(title, (left_px, top_px + title_px // 2), Role.TITLE, theme.text, Align.LEFT, room_px)
    draw_lines(canvas, lines, (left_px, top_px + title_px + len(lines) * line_px // 2), Role.BODY, theme.text_dim)


def _dance(
    canvas: Canvas, rect: pygame.Rect, card: DanceCard, words: HomeWords, *, chosen: bool, moving: Figure | None
) -> None:
    theme = canvas.theme
    padding_px = canvas.px(theme.padding)
    box = _figure(canvas, rect, card, chosen=chosen, moving=moving)
    facts = pygame.Rect(0, rect.y, canvas.text_px(_FACTS_WIDTH, _FACTS_SHARE), rect.height)
    facts.right = rect.right - padding_px
    left_px = box.right + padding_px
    room_px = facts.x - padding_px - left_px
    title_role = Role.DISPLAY if chosen and canvas.text_width_px(card.title, Role.DISPLAY) <= room_px else Role.TITLE
    title = canvas.lines(card.title, title_role, room_px, _MAX_TITLE_LINES if chosen else 1)
    heights = [canvas.line_height_px(role) + canvas.px(4) for role in (title_role, Role.LABEL, Role.LABEL)]
    heights[0] *= len(title)
    y = rect.centery - sum(heights) // 2
    draw_lines(canvas, title, (left_px, y + heights[0] // 2), title_role, theme.text)
    y += heights[0]
    canvas.text(
        _second_line(card, words), (left_px, y + heights[1] // 2), Role.LABEL, theme.text_dim, Align.LEFT, room_px
    )
    y += heights[1]
    _difficulty(canvas, (left_px, y + heights[2] // 2), card.difficulty, words, room_px)
    _facts(canvas, facts, card, words)


def _second_line(card: DanceCard, words: HomeWords) -> str:
    """Length and teacher; a long name comes last, so that only it can be cut off."""
    parts = [clock_text(card.duration_s)] if card.duration_s is not None else []
    if card.built_in:
        parts.append(words.drawn_teacher)
    elif card.teacher:
        parts.append(words.teacher.format(name=card.teacher))
    return "  ·  ".join(parts)


def _figure(canvas: Canvas, rect: pygame.Rect, card: DanceCard, *, chosen: bool, moving: Figure | None) -> pygame.Rect:
    margin_px = canvas.px(_STILL_MARGIN)
    share = _FIGURE_SHARE / max(1.0, canvas.look.text_scale) ** 0.5
    side_px = min(rect.height - 2 * margin_px, round(rect.width * share))
    box = pygame.Rect(rect.x + margin_px, rect.y + margin_px, side_px, rect.height - 2 * margin_px)
    figure = moving if chosen and moving is not None else card.still
    if figure is None:
        return box
    behind = canvas.theme.raised if chosen else canvas.theme.panel
    if figure is moving:
        picture = figure_surface(canvas, figure, box.size, behind)
    else:
        key = ("figure", card.name, figure.pose.time_s, box.size, behind, canvas.theme.teacher)
        picture = canvas.cache.get(key, lambda: figure_surface(canvas, figure, box.size, behind))
    canvas.surface.blit(picture, box)
    return box


def _difficulty(canvas: Canvas, at: tuple[int, int], level: int | None, words: HomeWords, room_px: int) -> None:
    """As many full dots as the dance is hard, and the word for it."""
    if level is None:
        return
    theme = canvas.theme
    dot_px = canvas.text_px(_DOT)
    x = at[0] + dot_px // 2
    for number in range(1, len(words.levels) + 1):
        if number <= level:
            canvas.disc((x, at[1]), dot_px, theme.accent)
        else:
            canvas.ring((x, at[1]), dot_px, canvas.px(1.5), theme.unseen)
        x += round(1.5 * dot_px)
    left_px = x + canvas.px(4)
    word, word_px = words.levels[level - 1], at[0] + room_px - left_px
    role = canvas.fitting(word, (Role.LABEL, Role.SMALL), word_px)
    if canvas.text_width_px(word, role) <= word_px:  # the dots say it too
        canvas.text(word, (left_px, at[1]), role, theme.text_dim)


def _facts(canvas: Canvas, rect: pygame.Rect, card: DanceCard, words: HomeWords) -> None:
    """The best score and when it was danced last, at the right."""
    theme = canvas.theme
    if card.days_ago is None:
        canvas.text(words.new, (rect.right, rect.centery), Role.STRONG, theme.praise, Align.RIGHT, rect.width)
        return
    small = canvas.lines(_when(card.days_ago, words), Role.SMALL, rect.width, 2)
    line_px = canvas.line_height_px(Role.SMALL)
    number_px = canvas.line_height_px(Role.DISPLAY) if card.best_score is not None else 0
    y = rect.centery - (number_px + len(small) * line_px) // 2
    if card.best_score is not None:
        number = canvas.text(
            f"{card.best_score:.0f}", (rect.right, y + number_px // 2), Role.DISPLAY, theme.text, Align.RIGHT
        )
        room_px = number.x - canvas.px(6) - rect.x
        canvas.text(words.best, (number.x - canvas.px(6), number.bottom - canvas.px(5)), Role.SMALL, theme.text_dim,
                    Align.RIGHT, room_px)  # fmt: skip
    below = (rect.right, y + number_px + len(small) * line_px // 2)
    draw_lines(canvas, small, below, Role.SMALL, theme.text_dim, Align.RIGHT)


def _when(days_ago: int, words: HomeWords) -> str:
    if days_ago <= 0:
        return words.today
    return words.yesterday if days_ago == 1 else words.days_ago.format(days=days_ago)
