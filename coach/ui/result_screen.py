"""The result: the score, three things to work on, phrase by phrase, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import is_

import pygame

from coach.settings.ui import UiSettings
from coach.ui.canvas import Align, Canvas
from coach.ui.commands import Command
from coach.ui.foot_line import draw_foot
from coach.ui.heat_bar import draw_heat_bar, draw_phrase_line, phrase_rects
from coach.ui.look import Look
from coach.ui.menu_parts import FOCUS_WIDTH, draw_button, draw_lines
from coach.ui.preview_pane import PreviewPane
from coach.ui.result_charts import draw_curve, draw_histogram, draw_unseen
from coach.ui.result_layout import ResultLayout
from coach.ui.result_view import ResultChoice, ResultItem, ResultPage, ResultView
from coach.ui.score_panel import draw_score_panel
from coach.ui.surfaces import new_surface
from coach.ui.theme import Role
from coach.ui.words_result import RESULT_WORDS, ResultWords
from coach.ui.work_cards import card_rects, draw_work_card

_POOR_TIMING = 50.0
"""Of 100 points: about where the meter says too early or too late."""


@dataclass(frozen=True)
class _Piece:
    """A part of the page: where it lies, what it shows, and how to draw it."""

    name: str
    rect: pygame.Rect
    content: tuple[object, ...]
    draw: Callable[[pygame.Rect], None]


def _in_place_of_cards(page: ResultPage, words: ResultWords) -> str:
    """Where nothing is to be worked on: why, without praise for who danced beside the music."""
    if page.score.total is None:
        return words.nothing_judged
    late = page.score.timing is not None and page.score.timing < _POOR_TIMING
    return words.only_timing if late else words.nothing_stood_out


class ResultScreen:
    """Draws a `ResultView`: the page once, and over it what moves."""

    def __init__(self, settings: UiSettings, look: Look | None = None) -> None:
        self._canvas = Canvas(settings, look)
        self._camera = PreviewPane()
        self._page: pygame.Surface | None = None
        self._page_for: tuple[tuple[int, int], Look, int, int] | None = None
        self._drawn: dict[str, tuple[object, ...]] = {}
        self._places: list[tuple[ResultChoice, pygame.Rect]] = []

    def use(self, look: Look) -> None:
        """Look like this from now on."""
        self._canvas.use(look)

    def hit(self, at: tuple[int, int]) -> ResultChoice | None:
        """What lies at a place of the window, as drawn last."""
        return next((choice for choice, rect in self._places if rect.collidepoint(at)), None)

    @property
    def places(self) -> tuple[tuple[ResultChoice, pygame.Rect], ...]:
        """All that can be chosen, as drawn last."""
        return tuple(self._places)

    def draw(self, surface: pygame.Surface, view: ResultView, *, at_once: bool = True) -> None:
        """Draw one moment; without ``at_once`` a new page is built up over some pictures, so that none takes long."""
        canvas = self._canvas
        canvas.begin(surface)
        layout = ResultLayout.of(canvas, gestures=bool(view.bindings))
        page = self._ready_page(layout, view.page, at_once=at_once)
        canvas.begin(surface)
        surface.blit(page, (0, 0))
        words = RESULT_WORDS[canvas.look.language]
        self._places = []
        pieces = len(self._drawn)
        if at_once or pieces > 1:
            self._buttons(layout.buttons, view, words)
        if at_once or pieces > 2:
            self._chosen_parts(layout, view, words)
        if at_once or pieces > 3:
            self._foot(layout.foot, view, words)
        if at_once or pieces > 4:
            # Last, for the ring of a gesture may stand out of its pane.
            self._camera.draw(canvas, layout.camera, view.preview, words.no_picture)

    def _ready_page(self, layout: ResultLayout, page: ResultPage, *, at_once: bool) -> pygame.Surface:
        """What does not move: each piece drawn once for each content, size and look."""
        canvas = self._canvas
        wanted = (canvas.size_px, canvas.look, layout.foot.height, len(page.cards))
        if self._page is None or self._page_for != wanted:
            self._page, self._page_for, self._drawn = new_surface(canvas.size_px), wanted, {}
            self._page.fill(canvas.theme.ink)
        canvas.begin(self._page)
        for piece in self._pieces(layout, page):
            last = self._drawn.get(piece.name)
            if last is not None and len(last) == len(piece.content) and all(map(is_, last, piece.content)):
                continue
            self._page.fill(canvas.theme.ink, piece.rect)
            piece.draw(piece.rect)
            self._drawn[piece.name] = piece.content
            if not at_once:
                break
        return self._page

    # -- what stays ------------------------------------------------------------------------------------------------
    def _pieces(self, layout: ResultLayout, page: ResultPage) -> Iterator[_Piece]:
        """Everything that the page is made of."""
        canvas, words = self._canvas, RESULT_WORDS[self._canvas.look.language]
        places_s = tuple(card.place_s for card in page.cards)
        yield _Piece("heading", layout.head, (page.title, page.subtitle), lambda rect: self._heading(rect, page))
        yield _Piece("score", layout.score, (page.score,), lambda rect: draw_score_panel(canvas, rect, page.score))
        rects = card_rects(canvas, layout.cards, max(len(page.cards), 1))
        for number, (card, rect) in enumerate(zip(page.cards, rects, strict=False), start=1):
            draw = partial(
                draw_work_card, canvas, number=number, card=card, words=words, teacher_name=page.teacher_name
            )
            yield _Piece(f"card {number}", rect, (card,), draw)
        if not page.cards:
            said = _in_place_of_cards(page, words)
            yield _Piece("no cards", layout.cards, (said,), lambda rect: self._say(rect, said))
        yield _Piece(
            "heat",
            layout.heat,
            (page.phrases, *places_s),
            lambda rect: draw_heat_bar(canvas, rect, page.phrases, page.cards, words.phrases),
        )
        yield _Piece(
            "timing",
            layout.timing,
            (page.timing_counts,),
            lambda rect: draw_histogram(canvas, rect, page, words),
        )
        yield _Piece(
            "unseen",
            layout.unseen,
            (page.unseen, page.score),
            lambda rect: draw_unseen(canvas, rect, page.unseen, words, judged_share=page.score.judged_share),
        )
        if layout.curve is not None:
            yield _Piece(
                "curve",
                layout.curve,
                (page.curve, page.best),
                lambda rect: draw_curve(canvas, rect, page.curve, page.best, words, kept=page.kept),
            )

    def _heading(self, rect: pygame.Rect, page: ResultPage) -> None:
        canvas = self._canvas
        subtitle_px = min(canvas.text_width_px(page.subtitle, Role.BODY), rect.width // 2)
        room_px = rect.width - subtitle_px - 2 * canvas.px(canvas.theme.gap)
        role = canvas.fitting(page.title, (Role.DISPLAY, Role.TITLE), room_px)
        canvas.text(page.title, (rect.x, rect.centery), role, canvas.theme.text, Align.LEFT, room_px)
        at = (rect.right, rect.centery)
        canvas.text(page.subtitle, at, Role.BODY, canvas.theme.text_dim, Align.RIGHT, rect.width // 2)

    def _say(self, area: pygame.Rect, text: str) -> None:
        canvas = self._canvas
        canvas.panel(area, opacity=1.0)
        room_px = area.width - 2 * canvas.px(canvas.theme.padding)
        role = canvas.fitting(text, (Role.DISPLAY, Role.TITLE), room_px)
        lines = canvas.lines(text, role, room_px, 3)
        draw_lines(canvas, lines, area.center, role, canvas.theme.text, Align.CENTRE, room_px)

    # -- what moves ------------------------------------------------------------------------------------------------
    def _buttons(self, rect: pygame.Rect, view: ResultView, words: ResultWords) -> None:
        for item, place in zip(view.items, card_rects(self._canvas, rect, len(view.items)), strict=True):
            draw_button(self._canvas, place, words.items[item], chosen=view.chosen.item is item)
            self._places.append((ResultChoice(item), place))

    def _chosen_parts(self, layout: ResultLayout, view: ResultView, words: ResultWords) -> None:
        canvas, page = self._canvas, view.page
        for index, rect in enumerate(card_rects(canvas, layout.cards, len(page.cards))):
            choice = ResultChoice(ResultItem.CARD, index)
            self._places.append((choice, rect))
            if view.chosen == choice:
                canvas.outline(rect, canvas.theme.focus, FOCUS_WIDTH)
        for index, rect in enumerate(phrase_rects(canvas, layout.heat, page.phrases)):
            choice = ResultChoice(ResultItem.PHRASE, index)
            self._places.append((choice, rect))
            if view.phrase == index and view.chosen.item is ResultItem.PHRASE:
                edge_px = canvas.px(FOCUS_WIDTH)
                canvas.outline(rect.inflate(edge_px, edge_px), canvas.theme.focus, FOCUS_WIDTH, canvas.theme.radius / 2)
        on_bar = view.chosen.item is ResultItem.PHRASE
        if on_bar and not view.in_bar:
            canvas.outline(layout.heat, canvas.theme.focus, FOCUS_WIDTH)
        phrase = page.phrases[view.phrase] if view.phrase is not None and on_bar else None
        hint = words.choose_phrase if phrase is None and page.phrases else ""
        if view.in_bar:
            hint = words.practise_here
        draw_phrase_line(canvas, layout.heat, words.phrases, phrase, hint, words)

    def _foot(self, rect: pygame.Rect, view: ResultView, words: ResultWords) -> None:
        key = self._canvas.language.key
        on_bar = view.chosen.item is ResultItem.PHRASE
        hints = (
            (f"{key(Command.LEFT)} {key(Command.RIGHT)}", words.move if on_bar else words.choose),
            (f"{key(Command.UP)} {key(Command.DOWN)}", words.choose),
            (key(Command.CONFIRM), words.open),
            (key(Command.BACK), words.leave),
        )
        draw_foot(self._canvas, rect, hints, view.bindings, view.notices)
