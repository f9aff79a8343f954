"""The coach at work: each sensed frame through the session, into the log, and on to the screen and the voice."""

from __future__ import annotations

import queue
from dataclasses import dataclass

from coach.alignment.tracked_position import TrackState
from coach.app.live import HAND_OVER_TIMEOUT_S, SensedFrame
from coach.clock import Clock
from coach.devices.frame_source import Frame
from coach.devices.latest_slot import LatestSlot, SlotClosed
from coach.judging.mistake_spans import MistakeSpan
from coach.judging.verdicts import Cue
from coach.session.coaching_session import CoachingSession
from coach.session.session_state import SessionState
from coach.session.transport import Transport
from coach.storage.session_log import LatencyMs, SessionLog

MS = 1000.0


@dataclass(frozen=True)
class CoachedFrame:
    """A picture and the state that was computed from that very picture."""

    frame: Frame
    state: SessionState
    latency: LatencyMs
    worst: tuple[MistakeSpan, ...] = ()
    """What to work on, once the dance is finished."""


class Coach:
    """Handles the frames of one practice, all in the thread of the sensor.

    Parameters
    ----------
    film_time : bool
        Time is that of the film, not of the room: for files at full speed.
    every_frame : bool
        Wait until each frame has been taken from `frames`; otherwise the newest replaces the last.
    countdown_s : float
        The music starts so long after the first frame; nothing is coached before.
    duration_s : float or None
        End after this time of the student's clock.
    voice : bool
        Whether cues are also spoken (for the log).
    along : bool
        Whether the music plays.
    """

    def __init__(
        self,
        session: CoachingSession,
        transport: Transport,
        log: SessionLog,
        clock: Clock,
        *,
        film_time: bool,
        every_frame: bool,
        countdown_s: float,
        duration_s: float | None,
        voice: bool,
        along: bool,
    ) -> None:
        self._session, self._transport, self._log, self._clock = session, transport, log, clock
        self._film_time, self._every_frame = film_time, every_frame
        self._countdown_s, self._duration_s, self._voice, self._along = countdown_s, duration_s, voice, along
        self.frames: LatestSlot[CoachedFrame] = LatestSlot()
        self.cues: queue.SimpleQueue[Cue] = queue.SimpleQueue()
        self.paused = False
        self.starts_s: float | None = None
        """When the dance starts on the clock of `now_s`; None before the first frame."""
        self.done = False
        self.frame_count = 0
        self.last_now_s = 0.0
        """Time of the last frame on the clock of `now_s`."""
        self.place_s = transport.start_s
        """Where the dancer was seen last in the choreography."""
        self._seen_sum = 0.0

    @property
    def seen_share(self) -> float | None:
        """Mean share of the joints that could be seen; None before the first frame."""
        return self._seen_sum / self.frame_count if self.frame_count else None

    def worst(self) -> tuple[MistakeSpan, ...]:
        """What to work on; only for the thread of the sensor, or once that has ended."""
        return tuple(self._session.worst())

    def now_s(self, frame: Frame) -> float:
        """The time that drives the music at ``frame``."""
        return frame.time_s if self._film_time else frame.captured_s

    def handle(self, sensed: SensedFrame) -> None:
        """Coach one frame."""
        frame = sensed.frame
        if self.done or (self._duration_s is not None and frame.time_s > self._duration_s):
            self.done = True
            return
        now_s = self.last_now_s = self.now_s(frame)
        if self.starts_s is None:
            self.starts_s = now_s + self._countdown_s
            if self._along:
                self._transport.play(self.starts_s)
        waiting = self.paused or now_s < self.starts_s
        begin_s = self._clock.now_s()
        if waiting:
            state, followed_s = self._session.wait(sensed.observation), begin_s
        else:
            followed = self._session.follow(sensed.observation, self._transport.music_s(now_s))
            followed_s = self._clock.now_s()
            state = self._session.judge(followed)
        end_s = self._clock.now_s()
        latency = LatencyMs(
            pose=sensed.timings.pose_ms,
            flow=sensed.timings.flow_ms,
            track=(followed_s - begin_s) * MS,
            judge=(end_s - followed_s) * MS,
            total=(end_s - frame.captured_s) * MS,
        )
        if not waiting:
            self._keep(state, latency)
        finished = state.position.state is TrackState.FINISHED
        self._hand_on(CoachedFrame(frame, state, latency, self.worst() if finished else ()))

    def _keep(self, state: SessionState, latency: LatencyMs) -> None:
        self.frame_count += 1
        self._seen_sum += state.seen
        if state.position.reference_s is not None:
            self.place_s = state.position.reference_s
        self._log.frame(state, latency)
        if state.cue is not None:
            self._log.cue(state.cue, spoken=self._voice)
            self.cues.put(state.cue)

    def _hand_on(self, coached: CoachedFrame) -> None:
        try:
            if not self._every_frame:
                self.frames.put(coached)
                return
            while not self.frames.put_wait(coached, HAND_OVER_TIMEOUT_S):
                pass
        except SlotClosed:
            self.done = True
