"""The result, replay and history screens: everything in its place at any size, text and hand; all words there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from itertools import combinations

import numpy as np
import pygame
import pytest

from coach.pose.joint_table import JOINT_NAMES
from coach.settings.practice import HistogramSettings
from coach.settings.ui import UiSettings
from coach.ui.canvas import Canvas
from coach.ui.heat_bar import phrase_line, phrase_rects, shade
from coach.ui.history_screen import HistoryLayout, HistoryScreen
from coach.ui.history_view import BACK
from coach.ui.look import Look
from coach.ui.preview_pane import NO_PREVIEW
from coach.ui.replay_screen import ReplayLayout, ReplayScreen
from coach.ui.replay_view import ReplayItem
from coach.ui.result_charts import median_ms
from coach.ui.result_layout import ResultLayout
from coach.ui.result_screen import ResultScreen
from coach.ui.result_view import HeatPhrase, ResultChoice, ResultItem, ResultPage
from coach.ui.surfaces import new_surface
from coach.ui.theme import Role, contrast
from coach.ui.words_result import ENGLISH, RESULT_WORDS
from tests.builders_recorded import Recorded
from tests.builders_result import (
    BUTTONS,
    empty_page,
    film_page,
    make_card,
    make_history_view,
    make_page,
    make_replay_view,
    make_result_view,
)
from tests.builders_ui import SIZES_PX

UI = UiSettings()
LOOKS = [
    Look(),
    Look("light", language="de"),
    Look("high-contrast", 1.5, "de", left_handed=True),
    Look(text_scale=0.8),
]


def canvas_of(size_px: tuple[int, int], look: Look) -> Canvas:
    canvas = Canvas(UI, look)
    canvas.begin(new_surface(size_px))
    return canvas


def rects_of(layout: object) -> dict[str, pygame.Rect]:
    named = {field.name: getattr(layout, field.name) for field in fields(layout)}  # type: ignore[arg-type]
    return {name: rect for name, rect in named.items() if rect is not None}


def pixels_of(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array3d(surface)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.theme_name}-{look.text_scale}-{look.language}")
@pytest.mark.parametrize("size_px", SIZES_PX, ids=str)
@pytest.mark.parametrize("gestures", [False, True])
@pytest.mark.parametrize("layout", [ResultLayout, ReplayLayout, HistoryLayout])
def test_nothing_overlaps_and_nothing_leaves_the_window(
    layout: type[ResultLayout], gestures: bool, size_px: tuple[int, int], look: Look
) -> None:
    rects = rects_of(layout.of(canvas_of(size_px, look), gestures=gestures))
    window = pygame.Rect(0, 0, *size_px)
    for name, rect in rects.items():
        assert window.contains(rect), f"{name} leaves the window: {rect}"
        assert min(rect.size) >= 24, f"{name} is too small: {rect}"
    for (first, one), (second, other) in combinations(rects.items(), 2):
        assert not one.colliderect(other), f"{first} overlaps {second}"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.theme_name}-{look.text_scale}-{look.language}")
@pytest.mark.parametrize("size_px", SIZES_PX, ids=str)
def test_all_that_can_be_chosen_can_be_hit(size_px: tuple[int, int], look: Look) -> None:
    screen, view = ResultScreen(UI, look), make_result_view()
    screen.draw(new_surface(size_px), view)
    expected = [ResultChoice(item) for item in BUTTONS]
    expected += [ResultChoice(ResultItem.CARD, index) for index in range(3)]
    expected += [ResultChoice(ResultItem.PHRASE, index) for index in range(10)]
    assert [choice for choice, _ in screen.places] == expected
    for choice, rect in screen.places:
        assert screen.hit(rect.center) == choice
    assert screen.hit((0, 0)) is None


def test_a_page_that_is_built_up_ends_as_one_drawn_at_once() -> None:
    whole, staged = new_surface((800, 600)), new_surface((800, 600))
    view = make_result_view()
    ResultScreen(UI).draw(whole, view)
    screen = ResultScreen(UI)
    for _ in range(20):
        screen.draw(staged, view, at_once=False)
    assert np.array_equal(pixels_of(whole), pixels_of(staged))


def test_pictures_that_come_later_appear_and_the_rest_stays() -> None:
    bare = replace(make_page(), cards=tuple(replace(card, still=None) for card in make_page().cards))
    full = replace(bare, cards=make_page().cards)
    surface, expected, screen = new_surface((800, 600)), new_surface((800, 600)), ResultScreen(UI)
    screen.draw(surface, make_result_view(bare))
    before = pixels_of(surface)
    screen.draw(surface, make_result_view(full))
    ResultScreen(UI).draw(expected, make_result_view(full))
    assert np.array_equal(pixels_of(surface), pixels_of(expected))
    assert not np.array_equal(before, pixels_of(surface))


def test_another_look_draws_everything_anew() -> None:
    screen, surface, expected = ResultScreen(UI), new_surface((800, 600)), new_surface((800, 600))
    screen.draw(surface, make_result_view())
    screen.use(Look("light", language="de"))
    screen.draw(surface, make_result_view())
    ResultScreen(UI, Look("light", language="de")).draw(expected, make_result_view())
    assert np.array_equal(pixels_of(surface), pixels_of(expected))


def test_what_is_chosen_is_seen() -> None:
    pictures = []
    for chosen, in_bar in (
        (ResultChoice(ResultItem.PLAN), False),
        (ResultChoice(ResultItem.HOME), False),
        (ResultChoice(ResultItem.CARD, 1), False),
        (ResultChoice(ResultItem.PHRASE), False),
        (ResultChoice(ResultItem.PHRASE), True),
    ):
        surface = new_surface((800, 600))
        ResultScreen(UI).draw(surface, make_result_view(chosen=chosen, in_bar=in_bar))
        pictures.append(pixels_of(surface))
    for one, other in combinations(pictures, 2):
        assert not np.array_equal(one, other)


@pytest.mark.parametrize("page", ["empty", "one card", "no curve"])
def test_pages_with_little_on_them_can_be_drawn(page: str) -> None:
    pages = {
        "empty": empty_page(),
        "one card": make_page(cards=(make_card("Left arm straighter", 10.0, pictures=False),)),
        "no curve": make_page(curve=(), best=None, unseen=(), timing_counts=()),
    }
    surface = new_surface((800, 600))
    ResultScreen(UI).draw(surface, make_result_view(pages[page], preview=NO_PREVIEW, bindings={}, phrase=None))
    assert len(np.unique(pixels_of(surface).reshape(-1, 3), axis=0)) > 50


@pytest.mark.parametrize("language", list(RESULT_WORDS))
def test_no_word_is_missing(language: str) -> None:
    words = RESULT_WORDS[language]
    for field in fields(words):
        value = getattr(words, field.name)
        texts = list(value.values()) if isinstance(value, Mapping) else [value]
        assert texts
        assert all(text.strip() for text in texts), field.name
        english = getattr(ENGLISH, field.name)
        if isinstance(english, str):
            assert sorted(_placeholders(value)) == sorted(_placeholders(english)), field.name
    assert words.items.keys() == set(ResultItem)
    assert words.joints.keys() == set(JOINT_NAMES)


def _placeholders(text: str) -> list[str]:
    return [piece.split("}")[0] for piece in text.split("{")[1:]]


@pytest.mark.parametrize("language", list(RESULT_WORDS))
@pytest.mark.parametrize("size_px", SIZES_PX, ids=str)
@pytest.mark.parametrize("text_scale", [1.0, 1.5])
def test_buttons_and_titles_are_not_cut_off(language: str, size_px: tuple[int, int], text_scale: float) -> None:
    canvas, words = canvas_of(size_px, Look(text_scale=text_scale, language=language)), RESULT_WORDS[language]
    layout = ResultLayout.of(canvas, gestures=True)
    padding_px = canvas.px(canvas.theme.padding)
    room_px = (layout.buttons.width - 3 * canvas.px(canvas.theme.gap)) // 4 - 2 * padding_px
    replay = [words.play, words.pause, words.slower.format(tempo=100), words.next_moment, words.back]
    for text in [*(words.items[item] for item in BUTTONS), *replay]:
        assert canvas.text_width_px(text, Role.SMALL) <= room_px, text
    chart_px = layout.timing.width - 2 * padding_px
    for text in (words.timing, words.not_seen, words.curve, words.last_runs):
        assert canvas.text_width_px(text, Role.SMALL) <= chart_px, text
    for text in words.joints.values():
        number_px = canvas.text_width_px("100%", Role.STRONG) + canvas.px(canvas.theme.gap)
        assert canvas.text_width_px(text, Role.SMALL) <= chart_px - number_px, text


@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast"])
def test_a_poor_phrase_is_told_from_a_good_one_by_colour_and_height(theme: str) -> None:
    look = Look(theme)
    colours = [shade(look.theme, share) for share in (0.0, 0.3, 0.6, 0.8, 1.0)]
    assert len(set(colours)) >= 4
    assert colours[0] == look.theme.mistake
    assert colours[-1] == look.theme.good
    assert all(contrast(colour, look.theme.panel) >= 2.5 for colour in colours)


def test_phrases_stand_side_by_side_as_wide_as_they_last() -> None:
    canvas = canvas_of((1280, 720), Look())
    rect = pygame.Rect(0, 0, 1000, 100)
    phrases = [HeatPhrase(0.0, 2.0, 50.0), HeatPhrase(2.0, 6.0, None), HeatPhrase(6.0, 8.0, 90.0)]
    columns = phrase_rects(canvas, rect, phrases)
    assert columns[1].width == pytest.approx(2 * columns[0].width, abs=8)
    for one, other in combinations(columns, 2):
        assert not one.colliderect(other)
    assert phrase_rects(canvas, rect, []) == []
    assert phrase_line(phrases[1], ENGLISH) == "0:02 - 0:06   not judged"
    assert phrase_line(phrases[0], ENGLISH, "Too late") == "0:00 - 0:02   50 points   Too late"


def test_the_median_of_a_histogram() -> None:
    settings = HistogramSettings()
    counts = [0] * settings.bins_count
    assert median_ms(counts, settings) is None
    counts[2], counts[9] = 3, 4
    assert median_ms(counts, settings) == settings.middle_ms(9)


def test_the_bar_of_the_replay_is_dragged() -> None:
    screen = ReplayScreen(UI)
    screen.draw(new_surface((1280, 720)), make_replay_view())
    bar = ReplayLayout.of(canvas_of((1280, 720), Look()), gestures=True).bar
    assert screen.share_at((bar.x, bar.centery)) == 0.0
    assert screen.share_at((bar.right - 1, bar.centery)) == 1.0
    assert screen.share_at(bar.center) == pytest.approx(0.5, abs=0.01)
    assert screen.share_at((bar.centerx, bar.y - 5)) is None
    assert {screen.hit(place) for place in _grid((1280, 720))} >= set(ReplayItem)


def _grid(size_px: tuple[int, int]) -> list[tuple[int, int]]:
    return [(x, y) for x in range(0, size_px[0], 40) for y in range(0, size_px[1], 10)]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.theme_name}-{look.text_scale}-{look.language}")
@pytest.mark.parametrize("size_px", SIZES_PX, ids=str)
def test_replay_and_history_can_be_drawn_in_every_look(size_px: tuple[int, int], look: Look) -> None:
    for screen, views in (
        (
            ReplayScreen(UI, look),
            [make_replay_view(), make_replay_view(bgr=None, pose=None, teacher=None, moment=None)],
        ),
        (HistoryScreen(UI, look), [make_history_view(7), make_history_view(0), make_history_view(2, dances=None)]),
    ):
        for view in views:
            surface = new_surface(size_px)
            screen.draw(surface, view)  # type: ignore[arg-type]
            assert len(np.unique(pixels_of(surface)[::7, ::7].reshape(-1, 3), axis=0)) > 20


def test_in_a_long_history_the_chosen_dance_is_in_sight() -> None:
    screen, surface = HistoryScreen(UI, Look(text_scale=1.5)), new_surface((800, 600))
    for index in range(7):
        name = f"dance-{index}"
        screen.draw(surface, make_history_view(7, chosen=name, shown=name))
        assert name in {screen.hit(place) for place in _grid((800, 600))}
        assert BACK in {screen.hit(place) for place in _grid((800, 600))}


def words_on(page: ResultPage, language: str, monkeypatch: pytest.MonkeyPatch) -> str:
    recorded = Recorded(monkeypatch)
    ResultScreen(UI, Look(language=language)).draw(new_surface((1280, 720)), make_result_view(page))
    return " ".join(text for text, _ in recorded.texts)


@pytest.mark.parametrize("language", RESULT_WORDS)
def test_what_was_seen_but_not_judged_is_told_as_that(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words, page = RESULT_WORDS[language], film_page()
    said = words_on(page, language, monkeypatch)
    assert words.not_seen not in said
    assert words.all_seen not in said
    assert words.rest in said
    assert "23%" in said
    assert words.rest_unjudged in said
    whole = words_on(replace(page, score=replace(page.score, judged_share=0.99)), language, monkeypatch)
    assert words.all_seen in whole
    assert words.rest not in whole


@pytest.mark.parametrize("language", RESULT_WORDS)
def test_what_is_not_kept_is_no_first_result(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = RESULT_WORDS[language]
    said = words_on(film_page(), language, monkeypatch)
    assert words.first_result not in said
    assert words.not_kept in said


@pytest.mark.parametrize("language", RESULT_WORDS)
def test_who_danced_beside_the_music_is_not_told_that_all_was_well(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, page = RESULT_WORDS[language], film_page()
    assert words.only_timing in words_on(page, language, monkeypatch)
    for timing in (90.0, None):
        assert words.nothing_stood_out in words_on(
            replace(page, score=replace(page.score, timing=timing)), language, monkeypatch
        )
