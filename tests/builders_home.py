"""The home scene with everything around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from coach.app.scenes.home_scene import HomeScene
from coach.app.studio.dance_shelf import DanceShelf
from coach.app.studio.preview import PreviewFrame
from coach.app.studio.scene import Scene
from coach.app.studio.studio_context import StudioContext
from coach.devices.frame_source import Frame
from coach.judging.verdicts import FramingHint
from coach.pose.observation import Observation
from coach.ui.commands import Command
from coach.ui.home_view import Entry
from coach.ui.surfaces import new_surface, paint
from tests.builders_menus import entry, make_context, make_preview
from tests.builders_ui import camera_picture, student_pose

SIZE_PX = (1280, 720)
ENTRIES = [entry("first", title="First steps", teacher="Mara"), entry("second"), entry("broken", problem="it is empty")]


class Screen:
    """In place of a window."""

    def __init__(self) -> None:
        self.surface = new_surface(SIZE_PX)


class Home:
    """A home scene, and what it opened."""

    def __init__(self, shelf: DanceShelf, context: StudioContext | None = None, **options: Any) -> None:
        self.opened: list[object] = []
        self.preview = make_preview()
        self.shelf = shelf
        shelf.open = lambda: None  # type: ignore[method-assign]  # tests look for themselves
        self.context = context or make_context()
        self.scene = HomeScene(
            self.context,
            shelf,
            self.preview,
            open_practice=self._open,
            open_entries={item: self._opener(item) for item in Entry if item is not Entry.QUIT},
            **options,
        )
        self.now_s = 10.0
        self.scene.enter(self.now_s)
        shelf.look()
        self.scene.update(self.now_s)

    def _open(self, what: object) -> Scene:
        self.opened.append(what)
        return self.scene

    def _opener(self, what: Entry) -> Callable[[], Scene]:
        return lambda: self._open(what)

    def press(self, *commands: Command) -> object:
        step = None
        for command in commands:
            self.now_s += 0.1
            step = self.scene.obey(command, self.now_s)
        return step

    def draw(self, window: Screen | None = None) -> np.ndarray:
        window = window or Screen()
        self.scene.draw(window, self.now_s)  # type: ignore[arg-type]
        kept: list[np.ndarray] = []
        paint(window.surface, lambda pixels: kept.append(pixels.copy()))
        return kept[0]

    def show(self, framing: FramingHint | None = None) -> None:
        pose = student_pose()
        frame = Frame(camera_picture(), 1.0, 1.0, 1)
        self.preview.frames.put(PreviewFrame(frame, pose, Observation(pose), framing))
        self.scene.update(self.now_s)
