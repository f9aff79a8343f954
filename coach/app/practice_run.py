"""One practice: the chain of threads running, the screen drawn, cues spoken, keys obeyed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum

from coach.app.coach import Coach, CoachedFrame
from coach.app.live import LiveChain
from coach.app.music_player import MusicPlayer
from coach.app.options import ScreenshotRequest
from coach.app.practice_view import PracticeViewer
from coach.app.speaker import Speaker
from coach.clock import Clock
from coach.devices.latest_slot import SlotClosed
from coach.settings.session import PracticeSettings
from coach.ui.commands import Command
from coach.ui.practice_screen import PracticeScreen
from coach.ui.screenshot import save_screenshot
from coach.ui.sound import SoundOutput
from coach.ui.window import Window

IDLE_WAIT_S = 0.1
"""Without a window there is nothing to do but wait for frames."""


class Outcome(Enum):
    """Why a practice ended."""

    ENDED = "ended"
    QUIT = "quit"
    AGAIN = "again"


@dataclass
class Stage:
    """What the screen of one practice is made of; without a window (and screenshots) nothing is drawn."""

    window: Window | None
    visible: bool
    screen: PracticeScreen | None
    viewer: PracticeViewer
    screenshots: list[ScreenshotRequest]


class PracticeRun:
    """The main thread of one practice.

    Parameters
    ----------
    stage : Stage
    chain : LiveChain
        Not started yet; its handler is ``coach``.
    speaker, music : optional
        None where they are switched off.
    controls : callable
        Carries out a command of the dancer that concerns the session (see `practice`).
    """

    def __init__(
        self,
        stage: Stage,
        chain: LiveChain,
        coach: Coach,
        clock: Clock,
        settings: PracticeSettings,
        *,
        sound: SoundOutput,
        speaker: Speaker | None,
        music: MusicPlayer | None,
        controls: Callable[[Command], None],
        tell: Callable[[str], None],
    ) -> None:
        self._stage, self._chain, self._coach = stage, chain, coach
        self._clock, self._settings = clock, settings
        self._sound, self._speaker, self._music = sound, speaker, music
        self._controls, self._tell = controls, tell
        self._screenshots = deque(sorted(stage.screenshots, key=lambda request: request.second))
        self._newest: CoachedFrame | None = None
        self._told: set[str] = set()

    def run(self) -> Outcome:
        """Run until the source ends, the duration is over, or the dancer quits."""
        with self._chain, closing(self._coach.frames):
            outcome = self._loop()
            self._chain.check()
        return self._after_the_end() if outcome is Outcome.ENDED else outcome

    def _loop(self) -> Outcome:
        while True:
            started_s = self._clock.now_s()
            coached = self._next_frame()
            if coached is not None:
                self._newest = coached
                self._stage.viewer.take(coached, started_s)
            self._hear()
            self._complain()
            outcome = self._obey()
            if outcome is not None:
                return outcome
            self._draw()
            if self._coach.done or (coached is None and not self._chain.running):
                return Outcome.ENDED
            if self._stage.visible and coached is None:
                self._clock.sleep_s(1.0 / self._settings.draw_fps - (self._clock.now_s() - started_s))

    def _next_frame(self) -> CoachedFrame | None:
        """The newest coached frame; a visible window waits no longer than its next picture may."""
        wait_s = 1.0 / self._settings.draw_fps / 2 if self._stage.visible else IDLE_WAIT_S
        try:
            return self._coach.frames.get(wait_s)
        except SlotClosed:
            return None

    def _hear(self) -> None:
        while not self._coach.cues.empty():
            cue = self._coach.cues.get()
            self._stage.viewer.caption(cue, self._clock.now_s())
            if self._speaker is not None:
                self._speaker.say(cue.speech)
        if self._speaker is not None:
            self._speaker.update()
        if self._music is not None:
            self._music.update()
        if self._speaker is not None or self._music is not None:
            self._sound.update()

    def _complain(self) -> None:
        """Say once on stderr, and keep on the screen, what does not work."""
        problems = [self._chain.trouble, self._speaker.problem if self._speaker else None]
        if self._music is not None:
            problems.append(self._sound.problem)
        notices = tuple(dict.fromkeys(problem for problem in problems if problem))
        for notice in notices:
            if notice not in self._told:
                self._told.add(notice)
                self._tell(notice)
        self._stage.viewer.notices = notices

    def _obey(self) -> Outcome | None:
        window = self._stage.window
        for command in window.poll() if window is not None else ():
            if command is Command.QUIT:
                return Outcome.QUIT
            if command is Command.FULLSCREEN and window is not None:
                window.toggle_fullscreen()
            elif command is Command.VOICE and self._speaker is not None:
                self._speaker.switch()
            elif not self._stage.viewer.obey(command):
                self._controls(command)
        return None

    def _draw(self) -> None:
        stage, newest = self._stage, self._newest
        if stage.window is None or stage.screen is None:
            return
        due = self._due(newest.state.time_s) if newest is not None else []
        if not stage.visible and not due:
            return
        voice_on = self._speaker is not None and self._speaker.on
        view = stage.viewer.view(self._clock.now_s(), self._coach, self._chain.dropped, voice_on)
        stage.screen.draw(stage.window.surface, view)
        stage.window.present()
        stage.viewer.drawn(self._clock.now_s())
        for request in due:
            save_screenshot(stage.window.surface, request.path)

    def _due(self, time_s: float) -> list[ScreenshotRequest]:
        due = []
        while self._screenshots and self._screenshots[0].second <= time_s:
            due.append(self._screenshots.popleft())
        return due

    def _after_the_end(self) -> Outcome:
        """Show the result: until a key is pressed, or just for the screenshots that are still to come."""
        self._stage.viewer.end(self._coach.worst())
        while self._screenshots:
            newest = self._newest
            if newest is None or self._stage.window is None:
                break
            self._draw_result()
            save_screenshot(self._stage.window.surface, self._screenshots.popleft().path)
        if not self._stage.visible or self._coach.done:
            return Outcome.ENDED
        if self._music is not None:
            self._music.close()
        while True:
            started_s = self._clock.now_s()
            for command in self._stage.window.poll() if self._stage.window else ():
                if command is Command.QUIT:
                    return Outcome.QUIT
                if command is Command.RESTART:
                    return Outcome.AGAIN
            self._hear()
            self._draw_result()
            self._clock.sleep_s(1.0 / self._settings.draw_fps - (self._clock.now_s() - started_s))

    def _draw_result(self) -> None:
        stage = self._stage
        if stage.window is not None and stage.screen is not None:
            voice_on = self._speaker is not None and self._speaker.on
            view = stage.viewer.view(self._clock.now_s(), self._coach, self._chain.dropped, voice_on)
            stage.screen.draw(stage.window.surface, view)
            stage.window.present()
