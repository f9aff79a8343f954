"""The window with and without a screen, and its pictures on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pygame
import pytest

from coach.errors import CoachError, DisplayError
from coach.settings.ui import WindowSettings
from coach.ui.commands import Command
from coach.ui.screenshot import save_screenshot
from coach.ui.surfaces import SurfaceCache, new_surface, paint, surface_of
from coach.ui.window import Window

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def window() -> Window:
    opened = Window(WindowSettings(), (800, 600))
    yield opened
    opened.close()


def press(key: int, character: str = "") -> None:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=character))


def test_keys_become_commands_in_order(window: Window) -> None:
    window.poll()
    press(pygame.K_SPACE, " ")
    press(pygame.K_z, "z")
    press(pygame.K_h, "h")
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert window.poll() == [Command.PAUSE, Command.HELP, Command.QUIT]
    assert window.poll() == []


def test_resizing_gives_a_new_surface(window: Window) -> None:
    display = pygame.display.set_mode((1000, 700), pygame.RESIZABLE)
    pygame.event.post(pygame.event.Event(pygame.VIDEORESIZE, w=1000, h=700, size=(1000, 700)))
    window.poll()
    assert window.size_px == display.get_size() == (1000, 700)
    window.present()


def test_fullscreen_and_back(window: Window) -> None:
    assert not window.fullscreen
    window.toggle_fullscreen()
    assert window.fullscreen
    window.present()
    window.toggle_fullscreen()
    assert not window.fullscreen
    assert window.size_px == (800, 600)


def test_closing_twice_is_harmless(window: Window) -> None:
    window.close()
    window.close()
    window.present()
    assert window.poll() == []
    with pytest.raises(DisplayError):
        _ = window.surface


def test_headless_needs_no_display() -> None:
    was_open = pygame.display.get_init()
    headless = Window(WindowSettings(), (640, 480), headless=True)
    assert headless.size_px == (640, 480)
    paint(headless.surface, lambda pixels: pixels.fill(7))
    headless.present()
    headless.toggle_fullscreen()
    assert headless.poll() == []
    headless.close()
    assert pygame.display.get_init() == was_open


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_no_screen_is_said_in_words() -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    }
    script = (
        "from coach.ui.window import Window; from coach.settings.ui import WindowSettings; Window(WindowSettings())"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode != 0
    assert "DisplayError: No screen found: run with --headless" in result.stderr


def test_pixels_are_shared_not_copied_and_unlocked_afterwards() -> None:
    surface = new_surface((32, 20))

    def mark(pixels: np.ndarray) -> None:
        assert pixels.shape == (20, 32, 4)
        pixels[3, 5, :3] = (10, 20, 30)

    paint(surface, mark)
    assert surface.get_at((5, 3))[:3] == (30, 20, 10)
    assert not surface.get_locked()


def test_transparent_pictures_blend() -> None:
    surface = new_surface((4, 4))
    surface.fill((200, 100, 0))
    rgba = np.zeros((4, 4, 4), np.uint8)
    rgba[..., :3], rgba[..., 3] = (0, 100, 200), 128
    rgba[0, 0, 3] = 0
    surface.blit(surface_of(rgba), (0, 0))
    assert surface.get_at((0, 0))[:3] == (200, 100, 0)
    assert surface.get_at((2, 2))[:3] == pytest.approx((100, 100, 100), abs=3)


def test_cache_forgets_the_oldest() -> None:
    cache = SurfaceCache(3 * 400)
    made: list[int] = []

    def get(key: int) -> None:
        cache.get(key, lambda: made.append(key) or new_surface((10, 10)))

    for key in (1, 2, 3, 1, 4, 1, 2):
        get(key)
    assert made == [1, 2, 3, 4, 2]
    assert len(cache) == 3
    assert cache.bytes_count == 1200


def test_screenshot_shows_what_was_drawn(tmp_path: Path) -> None:
    surface = new_surface((40, 30))
    surface.fill((250, 120, 10))
    path = tmp_path / "new folder" / "шот.png"
    save_screenshot(surface, path)
    picture = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture.shape == (30, 40, 3)
    assert tuple(picture[5, 5]) == (10, 120, 250)


def test_screenshot_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CoachError, match="Choose another place"):
        save_screenshot(new_surface((8, 8)), tmp_path / "file" / "shot.png")
