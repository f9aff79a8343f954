"""No camera: say so on the screen and offer the demo."""

from __future__ import annotations

from enum import Enum

from coach.app.options import LiveOptions
from coach.clock import Clock
from coach.errors import CameraError
from coach.settings.app import AppSettings
from coach.ui.commands import Command
from coach.ui.message_screen import MessageScreen, no_camera_message
from coach.ui.window import Window

DRAW_INTERVAL_S = 1.0 / 30


class NoCameraChoice(Enum):
    """What the dancer wants to do about it."""

    DEMO = "demo"
    LOOK_AGAIN = "look again"
    QUIT = "quit"


CHOICES = {
    Command.DEMO: NoCameraChoice.DEMO,
    Command.CONFIRM: NoCameraChoice.DEMO,
    Command.RESTART: NoCameraChoice.LOOK_AGAIN,
    Command.QUIT: NoCameraChoice.QUIT,
}


def ask_without_camera(
    error: CameraError, settings: AppSettings, live: LiveOptions, language: str, clock: Clock
) -> NoCameraChoice:
    """Show what is wrong until a key is pressed."""
    window = Window(settings.ui.window, live.window_px, fullscreen=live.fullscreen)
    try:
        screen = MessageScreen(settings.ui, language=language)
        message = no_camera_message(error.camera, language)
        while True:
            for command in window.poll():
                if command in CHOICES:
                    return CHOICES[command]
            screen.draw(window.surface, message)
            window.present()
            clock.sleep_s(DRAW_INTERVAL_S)
    finally:
        window.close()
