"""The ring and the figures: inside their room, in both languages, themes and text sizes."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pygame
import pytest

from coach.gestures.bindings import MENU_ACTIONS, PRACTICE_ACTIONS, bindings_for
from coach.gestures.gesture import NO_GESTURE, Gesture, GestureAction, GestureState
from coach.settings.gestures import GestureSettings
from coach.settings.ui import UiSettings
from coach.ui.canvas import Canvas
from coach.ui.gesture_panel import draw_gesture_panel, draw_gesture_strip, gesture_words, panel_size_px
from coach.ui.gesture_ring import draw_gesture_ring
from coach.ui.look import Look
from coach.ui.picture import PicturePlace
from coach.ui.surfaces import new_surface
from coach.ui.theme import Role
from coach.ui.words_gestures import ENGLISH, GERMAN, GESTURE_WORDS
from tests.builders_ui import SIZES_PX, student_pose

LOOKS = (Look("dark", 1.0, "en"), Look("light", 1.5, "de"), Look("high-contrast", 1.0, "de", left_handed=True))
BINDINGS = {"practice": PRACTICE_ACTIONS, "menu": MENU_ACTIONS}
GREY = (90, 90, 90)


def canvas_of(size_px: tuple[int, int], look: Look) -> Canvas:
    canvas = Canvas(UiSettings(), look)
    canvas.begin(new_surface(size_px))
    canvas.surface.fill(GREY)
    return canvas


def touched(canvas: Canvas) -> pygame.Rect:
    """Around all pixels that were drawn."""
    pixels = pygame.surfarray.array3d(canvas.surface)
    x, y = np.nonzero((pixels != GREY).any(axis=2))
    return pygame.Rect(x.min(), y.min(), np.ptp(x) + 1, np.ptp(y) + 1) if len(x) else pygame.Rect(0, 0, 0, 0)


def test_no_word_is_missing() -> None:
    for words in (ENGLISH, GERMAN):
        assert set(words.gestures) == set(Gesture)
        for field in fields(words):
            value = getattr(words, field.name)
            texts = [value] if isinstance(value, str) else list(value.values())
            assert all(text.strip() for text in texts)
        for labels in (words.practice, words.menu, words.paused):
            assert set(labels) == set(GestureAction)
    assert set(GESTURE_WORDS) == {"en", "de"}


@pytest.mark.parametrize("size_px", SIZES_PX)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.theme_name)
@pytest.mark.parametrize("gesture", Gesture)
def test_the_ring_stays_on_the_stage(size_px: tuple[int, int], look: Look, gesture: Gesture) -> None:
    canvas = canvas_of(size_px, look)
    stage = pygame.Rect(20, 20, size_px[0] - 40, size_px[1] - 160)
    place = PicturePlace.fit((640, 360), stage, mirrored=True)
    label = max(gesture_words(canvas).practice.values(), key=len)
    pose = student_pose()
    pose.image[15:17, :2] = ((0.99, 0.01), (0.01, 0.99))
    for share in (0.3, 1.0):
        covered = draw_gesture_ring(canvas, stage, place, pose, GestureState(gesture, GestureAction.BACK, share), label)
        assert covered is not None
        assert stage.contains(covered)
        assert stage.contains(touched(canvas))


def test_the_ring_fills_and_stands_beside_the_hand() -> None:
    look = LOOKS[0]
    stage = pygame.Rect(0, 0, 1280, 720)
    place = PicturePlace.fit((640, 360), stage, mirrored=True)
    pose = student_pose()
    blue = []
    for share in (0.2, 0.5, 0.8):
        canvas = canvas_of((1280, 720), look)
        state = GestureState(Gesture.LEFT_HAND_UP, GestureAction.PAUSE, share)
        covered = draw_gesture_ring(canvas, stage, place, pose, state, "Pause")
        pixels = pygame.surfarray.array3d(canvas.surface)
        blue.append(int((pixels == canvas.on_picture.focus).all(axis=2).sum()))
        hand_px = place.to_screen(pose.image[15, :2])
        assert covered is not None
        assert abs(covered.centerx - hand_px[0]) < 200
    assert blue[0] < blue[1] < blue[2]


def test_nothing_is_drawn_for_nothing() -> None:
    canvas = canvas_of((1280, 720), LOOKS[0])
    stage = pygame.Rect(0, 0, 1280, 720)
    place = PicturePlace(stage, True)
    brief = GestureState(Gesture.LEFT_HAND_UP, GestureAction.PAUSE, 0.05)
    for state in (NO_GESTURE, brief):
        assert draw_gesture_ring(canvas, stage, place, student_pose(), state, "Pause") is None
    assert touched(canvas).size == (0, 0)
    held = GestureState(Gesture.LEFT_HAND_UP, GestureAction.PAUSE, 0.5)
    assert draw_gesture_ring(canvas, stage, place, None, held, "Pause") is not None, "also without a pose"


@pytest.mark.parametrize("size_px", SIZES_PX)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.theme_name)
@pytest.mark.parametrize("screen", ["practice", "menu"])
def test_panel_and_strip_keep_to_their_room(size_px: tuple[int, int], look: Look, screen: str) -> None:
    bindings = bindings_for(BINDINGS[screen], None, GestureSettings())
    canvas = canvas_of(size_px, look)
    labels = getattr(gesture_words(canvas), screen)
    width_px, height_px = panel_size_px(canvas, bindings)
    assert width_px <= size_px[0]
    assert height_px <= size_px[1] * 0.9
    panel = pygame.Rect(20, 20, width_px, height_px)
    draw_gesture_panel(canvas, panel, bindings, labels)
    assert panel.contains(touched(canvas))
    canvas = canvas_of(size_px, look)
    strip = pygame.Rect(20, 300, size_px[0] - 40, canvas.text_px(64))
    draw_gesture_strip(canvas, strip, bindings, labels)
    assert strip.contains(touched(canvas))


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.theme_name)
def test_no_label_of_the_panel_is_cut_off(look: Look) -> None:
    canvas = canvas_of((800, 600), look)
    words = gesture_words(canvas)
    bindings = bindings_for(PRACTICE_ACTIONS, None, GestureSettings())
    width_px, _ = panel_size_px(canvas, bindings)
    room_px = width_px - canvas.px(66) - 3 * canvas.px(canvas.theme.padding)
    for labels in (words.practice, words.menu, words.paused):
        assert all(canvas.text_width_px(label, Role.STRONG) <= room_px for label in labels.values())
    assert all(canvas.text_width_px(how, Role.BODY) <= room_px for how in words.gestures.values())
    assert canvas.text_width_px(words.title, Role.TITLE) <= width_px - 2 * canvas.px(canvas.theme.padding)
