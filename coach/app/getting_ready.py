"""A splash while the slow things are loaded in the background."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from coach.clock import Clock
from coach.settings.ui import UiSettings
from coach.ui.commands import Command
from coach.ui.said import said
from coach.ui.splash_screen import SplashScreen
from coach.ui.view import SplashView
from coach.ui.window import Window

T = TypeVar("T")
Tell = Callable[[str], None]

DRAW_INTERVAL_S = 1.0 / 30


def get_ready(
    prepare: Callable[[Tell], T], window: Window | None, settings: UiSettings, clock: Clock, language: str = "en"
) -> T | None:
    """Run ``prepare``, in a thread behind a splash where there is a window.

    Returns
    -------
    T or None
        What ``prepare`` gave; None if the dancer closed the window meanwhile (what was under way is waited for).
    """
    if window is None:
        return prepare(lambda _step: None)
    screen = SplashScreen(settings, language=language)
    steps = [settings.window.title]
    quit_asked = False
    with ThreadPoolExecutor(1, thread_name_prefix="prepare") as executor:
        future = executor.submit(prepare, steps.append)
        while not future.done():
            quit_asked = quit_asked or Command.QUIT in window.poll()
            screen.draw(window.surface, SplashView(said(steps[-1], language)), clock.now_s())
            window.present()
            clock.sleep_s(DRAW_INTERVAL_S)
        result = future.result()
    return None if quit_asked else result
