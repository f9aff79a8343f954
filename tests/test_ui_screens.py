"""Every screen in every state, size and language: drawn, saved for the eye, and nothing overlaps or is cut off."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest

from coach.settings.ui import UiSettings
from coach.ui import help_panel, practice_screen
from coach.ui.canvas import Canvas
from coach.ui.caption import line_role, line_room_px
from coach.ui.language import SCREEN_LANGUAGES
from coach.ui.layout import PracticeLayout
from coach.ui.practice_screen import PracticeScreen
from coach.ui.record_screen import RecordScreen
from coach.ui.screenshot import save_screenshot
from coach.ui.splash_screen import SplashScreen
from coach.ui.surfaces import new_surface, paint
from coach.ui.theme import MIN_TEXT_PX, Role
from coach.ui.view import RecordView, SplashView, StatusNumbers
from coach.ui.words import ScreenWords
from tests.builders_ui import SIZES_PX, camera_picture, make_view, practice_views, student_pose

OUTPUT = Path(__file__).parent / "output" / "screens"
SETTINGS = UiSettings()
STATES = tuple(practice_views())
SMALL_PX = (640, 480)


class TextRecorder:
    """Notes where texts come to lie; what a panel has dimmed since does not count."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rects: list[tuple[str, pygame.Rect]] = []
        self.elided: set[str] = set()
        drawn = Canvas.text

        def text(canvas: Canvas, words: str, *args: Any, **options: Any) -> pygame.Rect:
            rect = drawn(canvas, words, *args, **options)
            if rect.width:
                self.rects.append((words, rect))
            if rect.width < canvas.text_width_px(words, args[1]):
                self.elided.add(words)
            return rect

        monkeypatch.setattr(Canvas, "text", text)
        for module in (practice_screen, help_panel):
            dim_all = module.dim_all
            monkeypatch.setattr(module, "dim_all", self._forgetting(dim_all))

    def _forgetting(self, dim_all: Any) -> Any:
        def dim(canvas: Canvas, within: pygame.Rect | None = None) -> None:
            self.rects.clear()
            dim_all(canvas, within)

        return dim

    def check(self, size_px: tuple[int, int], language: str) -> None:
        if size_px in SIZES_PX:
            own = own_words(SCREEN_LANGUAGES[language])
            assert not self.elided & own, "our own words must fit"
        window = pygame.Rect(0, 0, *size_px)
        assert self.rects
        for index, (words, rect) in enumerate(self.rects):
            assert window.contains(rect), f"{words!r} leaves the window: {rect}"
            for other, second in self.rects[:index]:
                assert not rect.colliderect(second), f"{words!r} {rect} lies on {other!r} {second}"


def own_words(words: ScreenWords) -> set[str]:
    """All texts of a language that stand alone on a screen."""
    found = {words.seen.format(share="94%")}
    for field in fields(words):
        value = getattr(words, field.name)
        found |= set(value.values()) if isinstance(value, dict) else {value} if isinstance(value, str) else set()
    return found


def record_view(**changes: Any) -> RecordView:
    base = RecordView(
        camera_picture(),
        student_pose(),
        100.0,
        "Summer Nights",
        framing="Good. Stay there",
        framing_ok=True,
        recording=True,
        elapsed_s=12.3,
        limit_s=60.0,
        disk_text="43 GB free",
        music_text="summer.mp3",
        status=StatusNumbers(30.0, 60.0, 24.0, 0),
    )
    return replace(base, **changes)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size_px", [SMALL_PX, *SIZES_PX], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("state", STATES)
def test_practice(state: str, size_px: tuple[int, int], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder, surface = TextRecorder(monkeypatch), new_surface(size_px)
    PracticeScreen(SETTINGS, language=language).draw(surface, practice_views()[state])
    if language == "en" and size_px in SIZES_PX:
        save_screenshot(surface, OUTPUT / f"{state}_{size_px[0]}x{size_px[1]}.png")
    recorder.check(size_px, language)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size_px", [SMALL_PX, *SIZES_PX], ids=lambda size: f"{size[0]}x{size[1]}")
def test_other_pages(size_px: tuple[int, int], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = TextRecorder(monkeypatch)
    splash = SplashView("Loading the pose model", 0.4, "The first start takes a little longer")
    pages = {
        "record": lambda surface: RecordScreen(SETTINGS, language=language).draw(surface, record_view()),
        "record_ready": lambda surface: RecordScreen(SETTINGS, language=language).draw(
            surface, record_view(recording=False, framing_ok=False, framing="Step back", countdown=4, limit_s=None)
        ),
        "splash": lambda surface: SplashScreen(SETTINGS, language=language).draw(surface, splash, 0.0),
    }
    for name, draw in pages.items():
        recorder.rects.clear()
        surface = new_surface(size_px)
        draw(surface)
        recorder.check(size_px, language)
        if language == "en" and size_px in SIZES_PX:
            save_screenshot(surface, OUTPUT / f"{name}_{size_px[0]}x{size_px[1]}.png")


def pixels_of(surface: pygame.Surface) -> np.ndarray:
    kept: list[np.ndarray] = []
    paint(surface, lambda pixels: kept.append(pixels.copy()))
    return kept[0]


def test_the_same_view_gives_the_same_picture() -> None:
    first, second = new_surface((1280, 720)), new_surface((1280, 720))
    view = practice_views()["ghost"]
    screen = PracticeScreen(SETTINGS)
    screen.draw(first, view)
    PracticeScreen(SETTINGS).draw(second, view)
    assert np.array_equal(pixels_of(first), pixels_of(second))
    screen.draw(first, practice_views()["help"])
    screen.draw(first, view)
    assert np.array_equal(pixels_of(first), pixels_of(second))


def test_a_new_picture_replaces_the_kept_one() -> None:
    surface, screen = new_surface((800, 600)), PracticeScreen(SETTINGS)
    screen.draw(surface, make_view(bgr=camera_picture()))
    before = pixels_of(surface)
    screen.draw(surface, make_view(bgr=np.zeros_like(camera_picture())))
    after = pixels_of(surface)
    assert before[400, 400, :3].sum() > after[400, 400, :3].sum()


def test_states_look_different() -> None:
    pictures = {}
    for name, view in practice_views().items():
        surface = new_surface((800, 600))
        PracticeScreen(SETTINGS).draw(surface, view)
        pictures[name] = pixels_of(surface).tobytes()
    assert len(set(pictures.values())) == len(pictures)


def test_smallest_text_stays_readable() -> None:
    canvas = Canvas(SETTINGS)
    canvas.begin(new_surface(SMALL_PX))
    assert all(canvas.style(role).size_px >= MIN_TEXT_PX for role in Role)


def test_texts_and_shapes_kept_stay_within_their_memory() -> None:
    small = replace(SETTINGS, window=replace(SETTINGS.window, cache_bytes_count=2_000_000))
    screen, surface = PracticeScreen(small), new_surface((800, 600))
    for step in range(60):
        status = StatusNumbers(30.0 + step, 60.0, 20.0 + step, step)
        screen.draw(surface, make_view(status=status, now_s=100.0 + step / 60))
    cache = screen._canvas.cache
    assert cache.bytes_count <= 2_000_000
    assert len(cache) > 10


@pytest.mark.parametrize("size_px", SIZES_PX, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_cue_fits_on_the_coachs_line(language: str, size_px: tuple[int, int]) -> None:
    canvas = Canvas(SETTINGS, language=language)
    canvas.begin(new_surface(size_px))
    rect = PracticeLayout.of(canvas).coach_line
    for cue in (*canvas.language.cues.everything(), *canvas.words.lines.values()):
        text = cue if isinstance(cue, str) else cue.text
        assert canvas.text_width_px(text, line_role(canvas, rect, text)) <= line_room_px(canvas, rect), text
