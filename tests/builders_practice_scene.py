"""A practice scene with real coach, session and transport; the test gives the frames and moves the clock."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from coach.alignment.tracked_position import FollowMode, TrackState
from coach.app.options import LiveOptions, PracticeOptions
from coach.app.practising.practice_end import PracticeEnd
from coach.app.practising.practice_parts import Practice, PracticeWorld, make_practice
from coach.app.practising.practice_request import PracticeRequest
from coach.app.scenes.practice_scene import PracticeScene
from coach.app.studio.questions import Questions
from coach.app.studio.scene import Back, Step
from coach.pose.observation import Observation
from coach.routine.student_script import StudentScript
from coach.settings.app import AppSettings
from coach.settings.ui import WindowSettings
from coach.storage.session_log import SessionLog
from coach.ui.events import InputEvent
from coach.ui.window import Window
from tests.builders_app import sensed
from tests.builders_menus import make_context
from tests.builders_routine import routine
from tests.builders_session import choreography, observed, truth_reference

FPS = 20.0
START_S = 1000.0
SECTIONS = truth_reference().sections
END_S = truth_reference().duration_s
"""The clock of the room when the first frame comes."""


class Voice:
    """Remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.on = True

    def say(self, text: str) -> None:
        self.said.append(text)

    def switch(self) -> None:
        self.on = not self.on


class Dancing:
    """A practice that a scripted student dances.

    The student is where the music is (or, without music, where the script is at that time), as soon as it plays.
    """

    def __init__(
        self,
        *,
        walks_in: bool = False,
        mode: FollowMode = FollowMode.ALONG,
        script: StudentScript | None = None,
        request: PracticeRequest | None = None,
        visible: bool = True,
        duration_s: float | None = None,
        **chosen: Any,
    ) -> None:
        self.context = make_context(**{"gestures": False, "next_pose": False, **chosen})
        self.clock: Any = self.context.clock
        self.clock.advance(START_S)
        self.voice = Voice()
        self.line = SimpleNamespace(
            questions=Questions(lambda: False), running=True, dropped=0, source=None, opened=None, trouble=None
        )
        self.bells = 0
        around: Any = SimpleNamespace(line=self.line, context=self.context, speaker=self.voice, bell=self._bell)
        world = PracticeWorld(around, visible, walks_in, recorded=True)
        live = LiveOptions(music=False, voice=True, duration_s=duration_s)
        options = PracticeOptions("first-steps", live, mode=mode)
        self.ends: list[PracticeEnd] = []
        self.kept: list[PracticeEnd] = []
        self.practice: Practice = make_practice(
            choreography(), request or PracticeRequest("first-steps"), options, AppSettings(), world, SessionLog(None)
        )
        self.scene = PracticeScene(self.practice, self._ended, keep=self.kept.append)
        self.window = Window(WindowSettings(), (1280, 720), headless=True)
        self.script = script or StudentScript(routine())
        self.step: Step | None = None
        self._place_s = 0.0
        self.scene.enter(self.clock.now_s())

    def _bell(self) -> None:
        self.bells += 1

    def _ended(self, end: PracticeEnd) -> Step:
        self.ends.append(end)
        return Back()

    @property
    def time_s(self) -> float:
        """The student's clock."""
        return float(self.clock.now_s()) - START_S

    def dance(self, duration_s: float, *, stay: bool = False) -> None:
        """Let frames come for so long; with ``stay`` the student stands at the last place."""
        for _ in range(round(duration_s * FPS)):
            if self.step is not None:
                return
            if not stay:
                self._place_s = self._wanted_s()
            self.practice.coach.handle(sensed(self._seen(), self.clock.now_s()))
            self.step = self.scene.update(self.clock.now_s())
            self.clock.advance(1.0 / FPS)

    def wait(self, duration_s: float) -> None:
        """Time passes without a frame."""
        self.clock.advance(duration_s)
        self.step = self.step or self.scene.update(self.clock.now_s())

    def press(self, *events: InputEvent) -> None:
        for event in events:
            self.scene.obey(event, self.clock.now_s())
        self.step = self.step or self.scene.update(self.clock.now_s())

    def draw(self) -> None:
        self.scene.draw(self.window, self.clock.now_s())

    def _wanted_s(self) -> float:
        transport = self.practice.transport
        if self.practice.mode is FollowMode.ALONG:
            return transport.position_s(self.clock.now_s())
        return self.time_s

    def _seen(self) -> Observation:
        (observation,) = observed(self.script, [self._place_s], self._place_s - self.time_s)
        return observation


def state(dancing: Dancing) -> TrackState:
    newest = dancing.scene._newest
    assert newest is not None
    return newest.state.position.state
