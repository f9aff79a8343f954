"""Stand-ins for the loudspeaker, the voice and the threads, for tests of what the commands are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from coach.app.live import SensedFrame
from coach.app.practising.coach import Coach
from coach.clock import ManualClock
from coach.devices.frame_source import Frame
from coach.devices.sensor import SensorTimings
from coach.pose.observation import Observation
from coach.session.coaching_session import CoachingSession
from coach.session.transport import Transport
from coach.storage.session_log import SessionLog
from coach.ui.music_channel import Pcm

PICTURE = np.zeros((48, 64, 3), np.uint8)


class FakeSound:
    """A loudspeaker that remembers what it was told, and plays at the speed of a clock."""

    rate_hz = 8000

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.calls: list[tuple[str, float | Path | None]] = []
        self.problem: str | None = None
        self.pcm: Pcm = np.zeros(0, np.int16)
        self.repeat = False
        self._started_s: float | None = None
        self.rate_error = 0.0
        """How much faster than the clock the device is."""
        self.jumped_s = 0.0

    @property
    def said(self) -> list[str]:
        return [call for call, _ in self.calls]

    def open(self) -> bool:
        return True

    def try_again(self) -> bool:
        self.calls.append(("try again", None))
        self.problem = None
        return True

    def at_device_rate(self, pcm: Pcm, rate_hz: int) -> Pcm:
        assert rate_hz == self.rate_hz
        return pcm

    def play_samples(self, pcm: Pcm, *, repeat: bool = False) -> None:
        self.pcm, self.repeat, self.jumped_s = pcm, repeat, 0.0
        self.calls.append(("play", None))
        self._started_s = self._clock.now_s()

    def stop_music(self) -> None:
        self.calls.append(("stop", None))
        self._started_s = None

    def played_s(self, now_s: float) -> float | None:
        if self._started_s is None:
            return None
        return (now_s - self._started_s) * (1 + self.rate_error) + self.jumped_s

    def praise(self) -> None:
        self.calls.append(("bell", None))

    def play_voice(self, path: Path) -> bool:
        self.calls.append(("voice", path))
        return True

    def stop_voice(self) -> None:
        self.calls.append(("hush", None))


class FakeSynthesiser:
    """A voice whose texts become ready when the test says so."""

    def __init__(self, cache: Path, settings: object) -> None:
        self.cache, self.settings = cache, settings
        self.problem: str | None = None
        self.started = self.stopped = False
        self.prepared: list[str] = []
        self.requested: list[str] = []
        self.files: dict[str, Path] = {}

    def start(self) -> None:
        self.started = True

    def stop(self) -> None:
        self.stopped = True

    def prepare(self, texts: Sequence[str]) -> None:
        self.prepared += texts

    def request(self, text: str) -> None:
        self.requested.append(text)

    def ready(self, text: str) -> Path | None:
        return self.files.get(text)


class InlineChain:
    """Carries out commands at once instead of between two frames."""

    def command(self, call: Callable[[], None]) -> None:
        call()


def sensed(observation: Observation, captured_s: float | None = None) -> SensedFrame:
    """``observation`` with a picture around it, taken at ``captured_s`` of the room's clock."""
    time_s = observation.time_s
    frame = Frame(round(time_s * 30), time_s, PICTURE, time_s if captured_s is None else captured_s)
    return SensedFrame(frame, observation, SensorTimings(10.0, 2.0))


def make_coach(session: CoachingSession, transport: Transport, **changes: object) -> Coach:
    """A coach whose frames nobody has to take."""
    facts: dict[str, object] = {
        "film_time": True,
        "every_frame": False,
        "countdown_s": 0.0,
        "duration_s": None,
        "voice": True,
        "along": True,
    }
    log = changes.pop("log", None) or SessionLog(None)
    clock = changes.pop("clock", None) or ManualClock()
    return Coach(session, transport, log, clock, **(facts | changes))  # type: ignore[arg-type]
