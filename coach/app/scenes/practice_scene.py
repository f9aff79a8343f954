"""The practice: frames coached, the screen drawn, cues spoken, keys, mouse and gestures obeyed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace

import numpy as np

from coach import __version__
from coach.alignment.tracked_position import TrackState
from coach.app.practising.coach import CoachedFrame
from coach.app.practising.practice_end import PracticeEnd, end_of
from coach.app.practising.practice_input import PracticeInput
from coach.app.practising.practice_parts import Practice
from coach.app.practising.practice_tools import stage_now, tools_view
from coach.app.studio.scene import FrameHandler, Step
from coach.devices.latest_slot import SlotClosed
from coach.judging.verdicts import CueKind
from coach.practice.plan_runner import PlanMessage, PlanMove
from coach.ui.commands import KeyContext
from coach.ui.events import InputEvent
from coach.ui.practice_screen import PracticeScreen
from coach.ui.surfaces import new_surface
from coach.ui.window import Window
from coach.ui.words_practice import PRACTICE_WORDS

IDLE_WAIT_S = 0.1
"""Without a window there is nothing to do but wait for frames."""

WELL_DONE = (PlanMessage.FASTER, PlanMessage.ONCE_MORE, PlanMessage.DONE)

ANSWER_S = 1.0
"""Longest wait for the last frame to be finished."""


class PracticeScene:
    """One practice, from the framing guide to the last frame.

    Parameters
    ----------
    practice : Practice
    ended : callable
        Says what comes next; called once.
    keep : callable
        Given what there is once the practice is over, however it ends; called once.
    started : callable
        Called when the scene is shown: what has to happen once the coach waits for frames.
    left : callable
        Called when it is left.
    """

    def __init__(
        self,
        practice: Practice,
        ended: Callable[[PracticeEnd], Step],
        *,
        keep: Callable[[PracticeEnd], None] = lambda end: None,
        started: Callable[[], None] = lambda: None,
        left: Callable[[], None] = lambda: None,
    ) -> None:
        self.practice = practice
        self._ended, self._keep, self._started, self._left = ended, keep, started, left
        self._line = practice.world.line
        self._screen = PracticeScreen(practice.settings.ui, practice.look)
        self._input = PracticeInput(
            practice, self._screen, lambda result_wanted: self._finish(finished=False, result_wanted=result_wanted)
        )
        self._newest: CoachedFrame | None = None
        self._finished_s: float | None = None
        self._ending: Future[PracticeEnd] | None = None
        self._dropped_before = 0
        self._over = False
        self._move: PlanMove | None = None

    @property
    def keys(self) -> KeyContext:
        """Those of the dance, or of the pause's menu."""
        return self._input.keys

    @property
    def handler(self) -> FrameHandler | None:
        """The coach."""
        return self.practice.coach

    @property
    def shown_s(self) -> float | None:
        """The student's clock at the picture that is shown."""
        return self._newest.state.time_s if self._newest is not None else None

    # -- the shell's calls -----------------------------------------------------------------------------------------
    def enter(self, now_s: float) -> None:
        """Wait for frames."""
        line, reference = self._line, self.practice.choreography.reference

        def sensed_by() -> tuple[str, str]:
            source = line.source.info.description if line.source is not None else ""
            return source, line.opened.kind if line.opened is not None else ""

        self._started()
        self.practice.begin()
        self.practice.log.start(
            reference=reference.info.name,
            duration_s=reference.duration_s,
            sensed_by=sensed_by,
            software_version=__version__,
        )
        self._dropped_before = line.dropped

    def leave(self) -> None:
        """It is over, one way or another: keep what there is and be silent."""
        if self._over:
            return
        self._over = True
        practice = self.practice
        if practice.music is not None:
            practice.music.close()
        practice.coach.frames.close()
        with suppress(TimeoutError):  # a thread that hangs is told of elsewhere
            self._keep(self._finish(finished=False).result(ANSWER_S))
        if practice.companions.tape is not None:
            practice.companions.tape.stop()
        practice.log.end(
            frames=practice.coach.frame_count,
            dropped=self._dropped,
            seen=practice.coach.seen_share,
            score=practice.session.score,
            worst=practice.session.worst(),
        )
        practice.log.close()
        self._left()

    def obey(self, event: InputEvent, now_s: float) -> Step | None:
        """Keys, gestures and the mouse."""
        self._input.obey(event)
        return None

    def update(self, now_s: float) -> Step | None:
        """Take the newest frame, speak, play, and see whether it is over."""
        coached = self._next_frame()
        if coached is not None:
            self._newest = coached
            self.practice.viewer.take(coached, now_s)
        self._hear(now_s)
        self._follow_plan(now_s)
        if self._ending is None and self._is_over(coached, now_s):
            self._finish(finished=True)
        if self._ending is not None and self._ending.done():
            return self._ended(self._ending.result())
        return None

    def draw(self, window: Window, now_s: float) -> None:
        """Draw what the newest frame shows."""
        practice, viewer = self.practice, self.practice.viewer
        viewer.notices = tuple(practice.world.context.notices)
        speaker = practice.world.speaker
        tools = tools_view(
            practice, self._newest, now_s, drag_s=self._input.drag_s, chosen=self._input.chosen
        )  # fmt: skip
        voice_on = speaker is not None and speaker.on
        view = viewer.view(now_s, practice.coach, self._dropped, voice_on, tools)
        self._screen.draw(window.surface, view)
        viewer.drawn(now_s)

    def draw_ahead(self, size_px: tuple[int, int]) -> None:
        """Draw once where nobody sees it: the first picture that is shown then costs no more than the others."""
        practice, source = self.practice, self._line.source
        view = practice.viewer.view(0.0, practice.coach, 0, True, tools_view(practice, None, 0.0))
        if source is not None:  # the memory for its pictures is got now, too
            width_px, height_px = source.info.frame_size_px
            view = replace(view, bgr=np.zeros((height_px, width_px, 3), np.uint8))
        self._screen.draw(new_surface(size_px), view)

    # -- inside ----------------------------------------------------------------------------------------------------
    @property
    def _dropped(self) -> int:
        return max(0, self._line.dropped - self._dropped_before)

    def _next_frame(self) -> CoachedFrame | None:
        """The newest coached frame; a window has its own pace, without one there is only waiting."""
        wait_s = 0.0 if self.practice.world.visible and not self.practice.options.live.fast else IDLE_WAIT_S
        try:
            return self.practice.coach.frames.get(wait_s)
        except SlotClosed:
            return None

    def _hear(self, now_s: float) -> None:
        practice = self.practice
        while not practice.coach.cues.empty():
            cue = practice.coach.cues.get()
            practice.viewer.caption(cue, now_s)
            if practice.world.speaker is not None and stage_now(practice).words_shown:
                practice.world.speaker.say(cue.speech)
        if practice.companions.stages is not None:
            practice.companions.stages.prefer(practice.viewer.switches.stage)
        if practice.music is not None:
            practice.music.metronome_on = practice.viewer.switches.metronome
            practice.music.update()

    def _follow_plan(self, now_s: float) -> None:
        """Say what the plan wants next."""
        practice, move = self.practice, self.practice.plan.move
        if move is None or move is self._move:
            return
        self._move = move
        words = PRACTICE_WORDS[practice.options.language].plan_messages[move.message]
        well = move.message in WELL_DONE
        practice.viewer.say(words, CueKind.PRAISE if well else CueKind.FRAMING, now_s)
        practice.world.context.say(words)
        if well:
            practice.world.around.bell()
        if practice.music is not None:
            practice.music.prepare([step.tempo_percent / 100.0 for step in practice.plan.steps])

    def _is_over(self, coached: CoachedFrame | None, now_s: float) -> bool:
        coach = self.practice.coach
        ended = not self._line.running and self._line.trouble is None  # a camera that is away may come back
        if coach.done or (coached is None and ended):
            return True
        if not self._ends_by_itself or self._newest is None:
            return False
        finished = self._newest.state.position.state is TrackState.FINISHED or self._music_over
        if not finished and not self.practice.plan.done:
            self._finished_s = None
        elif self._finished_s is None:
            self._finished_s = now_s
        wait_s = self.practice.settings.practice.result_after_s
        return self._finished_s is not None and now_s - self._finished_s >= wait_s

    @property
    def _ends_by_itself(self) -> bool:
        """Only before somebody who watches; a film, or who asked for a duration, gets all of it."""
        live = self.practice.options.live
        looping = self.practice.coach.rounds.span_s is not None
        return self.practice.world.visible and not live.fast and live.duration_s is None and not looping

    @property
    def _music_over(self) -> bool:
        transport, coach = self.practice.transport, self.practice.coach
        return transport.running and transport.position_s(coach.last_now_s) >= transport.end_s

    def _finish(self, *, finished: bool, result_wanted: bool = False) -> Future[PracticeEnd]:
        """Let the coach finish its last frame, then ask what there is."""
        if self._ending is None:
            self._ending = self._line.questions.ask(
                lambda: end_of(self.practice, finished=finished, result_wanted=result_wanted)
            )
        return self._ending
