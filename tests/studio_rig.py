"""The real studio in this process: shell, threads and pose model before a film, its keys pressed by a test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from coach.app.options import LiveOptions, PracticeOptions
from coach.app.practising.practice_request import PracticeRequest
from coach.app.preferred import open_preferences
from coach.app.studio.scene import Open, Scene
from coach.app.studio.studio import Studio
from coach.app.studio.studio_run import StudioRun
from coach.clock import Clock, SystemClock
from coach.devices.drawn_source import DrawnSource
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.routine.student_script import StudentScript
from coach.settings.routine import DrawnSourceSettings
from coach.storage.folders import HOME_VARIABLE, user_folders
from coach.storage.preferences import PreferenceStore
from coach.ui.commands import Command

MS = 1000.0
DRAW_INTERVAL_S = 1.0 / 60.0
DANCE = "first-steps"


@dataclass(frozen=True)
class Tick:
    """One picture of the window.

    Attributes
    ----------
    scene : str
        Class of the scene that was shown after it.
    at_s : float
        When it was presented.
    tick_ms, tick_cpu_ms, draw_ms, draw_cpu_ms : float
        All of it, and of that the drawing, by the wall's and by the thread's own clock.
    queued_ms : float
        How long since the picture before this thread could have gone on but had to wait for a processor: what other
        programs, and our other threads, took from it. 0 where the system does not say.
    """

    scene: str
    at_s: float
    tick_ms: float
    tick_cpu_ms: float
    draw_ms: float
    draw_cpu_ms: float
    queued_ms: float = 0.0


def queued_ms() -> float:
    """How long this thread has waited for a processor so far."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e6
    except (OSError, IndexError, ValueError):
        return 0.0


@dataclass
class StudioRig:
    """A running studio.

    Attributes
    ----------
    studio : Studio
    preferences : PreferenceStore
    ticks : list of Tick
    """

    studio: Studio
    preferences: PreferenceStore
    ticks: list[Tick] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._pressed: list[Command] = []
        self._drawn = (0.0, 0.0)
        self._queued_ms = queued_ms()
        real_events, real_draw = self.studio._events, self.studio._draw

        def events() -> list[object]:
            pressed, self._pressed = self._pressed, []
            return [*pressed, *real_events()]

        def draw() -> None:
            wall_s, cpu_s = perf_counter(), thread_time()
            real_draw()
            self._drawn = (perf_counter() - wall_s, thread_time() - cpu_s)

        self.studio._events = events  # type: ignore[method-assign,assignment]
        self.studio._draw = draw  # type: ignore[method-assign]

    @property
    def scene(self) -> Scene | None:
        return self.studio.scene

    @property
    def scene_name(self) -> str:
        return type(self.scene).__name__ if self.scene is not None else ""

    @property
    def dropped(self) -> int:
        """Pictures of the present source that nobody looked at."""
        return self.studio._line.dropped

    def press(self, *commands: Command) -> None:
        """Press keys, one before each picture."""
        for command in commands:
            self._pressed.append(command)
            self.tick()

    def practise(self, span_s: tuple[float, float]) -> None:
        """From home open a practice of a part of the dance."""
        practices = self.scene._open_practice.__self__._practices
        self.open(practices.open(PracticeRequest(DANCE, span_s)))

    def open(self, scene: Scene) -> None:
        """Show another scene on top of this one."""
        self.studio._take(Open(scene), SystemClock().now_s())
        self.tick()

    def tick(self) -> None:
        """One picture, at the pace of the screen."""
        started_s, cpu_started_s = perf_counter(), thread_time()
        self._drawn = (0.0, 0.0)
        self.studio.tick()
        ended_s, cpu_ms = perf_counter(), (thread_time() - cpu_started_s) * MS
        wall_s, cpu_s = self._drawn
        wall_ms = (ended_s - started_s) * MS
        before_ms, self._queued_ms = self._queued_ms, queued_ms()
        waited_ms = self._queued_ms - before_ms
        self.ticks.append(Tick(self.scene_name, ended_s, wall_ms, cpu_ms, wall_s * MS, cpu_s * MS, waited_ms))
        SystemClock().sleep_s(DRAW_INTERVAL_S - (perf_counter() - started_s))

    def run_for(self, duration_s: float) -> None:
        end_s = perf_counter() + duration_s
        while perf_counter() < end_s and self.scene is not None:
            self.tick()

    def run_until(self, condition: Callable[[], bool], timeout_s: float = 60.0) -> bool:
        """Whether it came true in time."""
        end_s = perf_counter() + timeout_s
        while not condition():
            if perf_counter() > end_s or self.scene is None:
                return False
            self.tick()
        return True

    def run_until_scene(self, name: str, timeout_s: float = 60.0) -> bool:
        return self.run_until(lambda: self.scene_name == name, timeout_s)

    @property
    def changes(self) -> list[int]:
        """Indices of the first pictures after the scene changed."""
        names = [tick.scene for tick in self.ticks]
        return [index for index in range(1, len(names)) if names[index] != names[index - 1]]


class Film(FrameSource):
    """A camera's pace with pictures that are ready: it takes no computing time from what is measured."""

    def __init__(self, seconds: float = 4.0) -> None:
        super().__init__()
        self._pictures, self._clock, self._start_s, self._index = [], SystemClock(), 0.0, -1
        with DrawnSource(StudentScript()) as drawn:
            self._fps = DrawnSourceSettings().fps
            frames = (drawn.read(1.0) for _ in range(round(seconds * self._fps)))
            self._pictures = [frame.bgr for frame in frames if frame is not None]

    def _open(self) -> SourceInfo:
        height_px, width_px = self._pictures[0].shape[:2]
        return SourceInfo("film", (width_px, height_px), self._fps, None, live=True)

    def _read(self, timeout_s: float) -> Frame | None:
        if self._index < 0:
            self._start_s = self._clock.now_s()
        self._index = max(self._index + 1, int((self._clock.now_s() - self._start_s) * self._fps))
        time_s = self._index / self._fps
        self._clock.sleep_s(self._start_s + time_s - self._clock.now_s())
        turn = 2 * len(self._pictures) - 2
        there = min(self._index % turn, turn - self._index % turn)  # there and back, so that no picture jumps
        return Frame(self._index, time_s, self._pictures[there], self._clock.now_s())

    def _close(self) -> None:
        pass


@contextmanager
def studio_rig(
    size_px: tuple[int, int] = (1280, 720), model: str = "full", open_source: Callable[[], FrameSource] = Film
) -> Iterator[StudioRig]:
    """The studio with its home shown; its folders are those of the environment."""
    live = LiveOptions(window_px=size_px, model=model, voice=False, given=frozenset({"voice"}))
    options = PracticeOptions(DANCE, live)

    def open_frames(_clock: Clock) -> FrameSource:
        source = open_source()
        source.open()
        return source

    with ExitStack() as stack:
        preferences = open_preferences(options)
        preferences.hold(check_done=True)
        run = StudioRun(options, preferences, SystemClock(), open_frames)
        yield StudioRig(run.open(stack), preferences)


@contextmanager
def home_of_its_own() -> Iterator[Path]:
    """Folders that nothing is kept in, but with the user's pose models and compiled code."""
    own = user_folders()
    with TemporaryDirectory() as text:
        home, before = Path(text), os.environ.get(HOME_VARIABLE)
        os.environ[HOME_VARIABLE] = text
        try:
            for real, link in ((own.models, user_folders().models),):
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(real, target_is_directory=True)
            yield home
        finally:
            if before is None:
                del os.environ[HOME_VARIABLE]
            else:
                os.environ[HOME_VARIABLE] = before
