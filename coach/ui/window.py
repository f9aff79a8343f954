"""The window: what is drawn appears, what is pressed becomes a command."""

from __future__ import annotations

import os
import sys

import pygame

from coach.errors import DisplayError
from coach.settings.ui import WindowSettings
from coach.ui.commands import Command, KeyContext, command_for
from coach.ui.events import InputEvent, Pointer
from coach.ui.quiet import quiet_stderr
from coach.ui.surfaces import is_paintable, new_surface

_INVISIBLE_DRIVERS = ("offscreen", "dummy")
_NO_SCREEN = "No screen found: run with --headless (no window), or start it from a desktop"


class Window:
    """A resizable window, or with ``headless`` only its picture in memory.

    Draw on `surface`, then call `present`. The loop's timing is the caller's.

    Raises
    ------
    DisplayError
        Where there is no screen to show a window on.
    """

    def __init__(
        self,
        settings: WindowSettings,
        size_px: tuple[int, int] | None = None,
        *,
        fullscreen: bool = False,
        headless: bool = False,
    ) -> None:
        self._settings = settings
        self._size_px = size_px or settings.size_px
        self._fullscreen = fullscreen
        self._display: pygame.Surface | None = None
        self._memory: pygame.Surface | None = None
        if headless:
            self._memory = new_surface(self._size_px)
        else:
            self._open()

    @property
    def surface(self) -> pygame.Surface:
        """Where to draw; ask again for every frame, since a resized window has a new one."""
        if self._memory is not None:
            return self._memory
        if self._display is None:
            raise DisplayError("The window is closed")
        return self._display

    @property
    def size_px(self) -> tuple[int, int]:
        """The real size, which may differ from the wanted one."""
        width_px, height_px = self.surface.get_size()
        return width_px, height_px

    @property
    def fullscreen(self) -> bool:
        """Whether the window fills the screen."""
        return self._fullscreen

    def poll(self, context: KeyContext = KeyContext.PRACTICE) -> list[Command]:
        """The commands since the last call, without the mouse; closing the window is to quit."""
        commands = [event for event in self.events(context) if isinstance(event, Command)]
        return [Command.QUIT if command is Command.CLOSE else command for command in commands]

    def events(self, context: KeyContext) -> list[InputEvent]:
        """What came from keys and mouse since the last call; resizing is dealt with here."""
        if self._display is None:
            return []
        events = []
        for event in pygame.event.get():
            translated = _pointer(event) or self._command(event, context)
            if translated is not None:
                events.append(translated)
        return events

    def present(self) -> None:
        """Show what was drawn."""
        if self._display is None:
            return
        if self._memory is not None:
            self._display.blit(self._memory, (0, 0))
        pygame.display.flip()

    def toggle_fullscreen(self) -> None:
        """Between the window and the whole screen."""
        if self._display is not None:
            self._fullscreen = not self._fullscreen
            self._set_mode()

    def close(self) -> None:
        """Take the window away; harmless when called again."""
        if self._display is not None:
            self._display = None
            pygame.display.quit()

    def _open(self) -> None:
        if sys.platform.startswith("linux"):
            # Without a graphics card the accelerated path costs ten times as much; with one both are cheap.
            os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        try:
            with quiet_stderr():
                pygame.display.init()
                self._set_mode()
        except pygame.error as error:
            raise DisplayError(f"{_NO_SCREEN} ({error})") from error
        # Without a screen SDL quietly draws into nowhere; whoever asks for that by name may have it.
        driver = pygame.display.get_driver()
        if driver in _INVISIBLE_DRIVERS and os.environ.get("SDL_VIDEODRIVER") != driver:
            self.close()
            raise DisplayError(_NO_SCREEN)
        pygame.display.set_caption(self._settings.title)
        pygame.mouse.set_visible(True)

    def _set_mode(self) -> None:
        if self._fullscreen:
            self._take(pygame.display.set_mode((0, 0), pygame.FULLSCREEN))
            return
        display = pygame.display.set_mode(self._size_px, pygame.RESIZABLE)
        if display.get_size() != self._size_px:
            # On leaving the full screen the first call only gives the frame back.
            display = pygame.display.set_mode(self._size_px, pygame.RESIZABLE)
        self._take(display)

    def _take(self, display: pygame.Surface) -> None:
        """Draw into the display itself where its pixels allow it, into memory of our own otherwise."""
        self._display = display
        self._memory = None if is_paintable(display) else new_surface(display.get_size())

    def _command(self, event: pygame.event.Event, context: KeyContext) -> Command | None:
        if event.type == pygame.QUIT:
            return Command.CLOSE
        if event.type == pygame.KEYDOWN:
            return command_for(event.key, getattr(event, "unicode", ""), context)
        if event.type == pygame.VIDEORESIZE:
            if not self._fullscreen:
                smallest = self._settings.min_size_px
                self._size_px = (max(event.w, smallest[0]), max(event.h, smallest[1]))
            display = pygame.display.get_surface()
            if display is not None:
                self._take(display)
        return None


def _pointer(event: pygame.event.Event) -> Pointer | None:
    """The left button and where the mouse is; None for everything else."""
    if event.type == pygame.MOUSEMOTION:
        return Pointer(tuple(event.pos), held=bool(event.buttons[0]))
    if event.type == pygame.MOUSEBUTTONDOWN and event.button == pygame.BUTTON_LEFT:
        return Pointer(tuple(event.pos), pressed=True, held=True)
    if event.type == pygame.MOUSEBUTTONUP and event.button == pygame.BUTTON_LEFT:
        return Pointer(tuple(event.pos), released=True)
    return None
