"""One recording before the camera: the preview drawn, the keys obeyed."""

from __future__ import annotations

import math
import shutil
from collections import deque
from contextlib import closing
from enum import Enum
from pathlib import Path

from coach.app.live import LiveChain
from coach.app.options import RecordOptions
from coach.app.recording.recorder import RecordedFrame, Recorder, RecordPhase
from coach.clock import Clock
from coach.devices.latest_slot import SlotClosed
from coach.judging.cue_texts import CueTexts
from coach.settings.app import AppSettings
from coach.storage.folders import user_folders
from coach.ui.commands import Command
from coach.ui.look import Look
from coach.ui.record_screen import RecordScreen
from coach.ui.said import said
from coach.ui.screenshot import save_screenshot
from coach.ui.view import RecordView, StatusNumbers
from coach.ui.window import Window

IDLE_WAIT_S = 0.1
GIB = 1 << 30


class Ending(Enum):
    """How a recording ended."""

    STOPPED = "stopped"
    GIVEN_UP = "given up"


class RecordRun:
    """The main thread of one recording.

    Parameters
    ----------
    chain : LiveChain
        Not started yet; its handler is ``recorder``.
    window : Window or None
        None where nothing is to be seen.
    music_text : str
        What is danced to, empty for nothing.
    """

    def __init__(
        self,
        options: RecordOptions,
        settings: AppSettings,
        clock: Clock,
        chain: LiveChain,
        recorder: Recorder,
        window: Window | None,
        look: Look | None = None,
        music_text: str = "",
    ) -> None:
        self._music_text = music_text
        look = look or Look()
        self._options, self._clock, self._chain, self._recorder = options, clock, chain, recorder
        self._window = window
        self._visible = window is not None and not options.live.headless
        self._screen = RecordScreen(settings.ui, look, look.language) if window is not None else None
        self._wait_s = 1.0 / settings.practice.draw_fps if self._visible else IDLE_WAIT_S
        self._screenshots = deque(sorted(options.live.screenshots, key=lambda request: request.second))
        self._language = look.language
        self._texts = CueTexts(look.language)
        self._newest: RecordedFrame | None = None
        self._mirrored = True
        self._ending = Ending.STOPPED

    def run(self) -> Ending:
        """Run until the teacher stops, the time is up, or the source ends."""
        with self._chain, closing(self._recorder.frames):
            while True:
                came = self._next_frame()
                self._newest = came or self._newest
                self._chain.check()
                self._obey()
                self._draw()
                if self._recorder.done or (came is None and not self._chain.running):
                    break
            self._chain.check()
        return self._ending

    def _next_frame(self) -> RecordedFrame | None:
        try:
            return self._recorder.frames.get(self._wait_s)
        except SlotClosed:
            return None

    def _obey(self) -> None:
        for command in self._window.poll() if self._window is not None else ():
            if command is Command.QUIT:
                self._ending = Ending.GIVEN_UP
                self._recorder.stop()
            elif command is Command.PAUSE and self._recorder.phase is RecordPhase.RECORDING:
                self._recorder.stop()
            elif command is Command.PAUSE:
                self._recorder.begin()
            elif command is Command.MIRROR:
                self._mirrored = not self._mirrored
            elif command is Command.FULLSCREEN and self._window is not None:
                self._window.toggle_fullscreen()

    def _draw(self) -> None:
        due = []
        while self._screenshots and self._newest and self._screenshots[0].second <= self._newest.frame.time_s:
            due.append(self._screenshots.popleft())
        if self._window is None or self._screen is None or not (self._visible or due):
            return
        self._screen.draw(self._window.surface, self._view())
        self._window.present()
        for request in due:
            save_screenshot(self._window.surface, request.path)

    def _view(self) -> RecordView:
        newest, options = self._newest, self._options
        name = options.title or options.name
        if newest is None:
            return RecordView(None, None, self._clock.now_s(), name, mirrored=self._mirrored, is_take=options.is_take)
        hint = newest.framing
        trouble = self._chain.trouble
        return RecordView(
            bgr=newest.frame.bgr,
            pose=newest.pose,
            now_s=self._clock.now_s(),
            name=name,
            framing="" if hint is None else self._texts.framing(hint).text,
            framing_ok=hint is None,
            recording=newest.phase is RecordPhase.RECORDING,
            elapsed_s=newest.elapsed_s,
            limit_s=options.live.duration_s,
            disk_text=_free_space(),
            music_text=self._music_text,
            is_take=options.is_take,
            countdown=math.ceil(newest.countdown_s) if newest.countdown_s > 0 else None,
            mirrored=self._mirrored,
            status=StatusNumbers(dropped_count=self._chain.dropped),
            notices=(said(trouble, self._language),) if trouble else (),
        )


def _free_space() -> str:
    data = user_folders().data
    return f"{shutil.disk_usage(data if data.exists() else Path.home()).free / GIB:.0f} GB"
