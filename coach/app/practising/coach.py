"""The coach at work: each sensed frame through the session, into the log, and on to the screen and the voice."""

from __future__ import annotations

import queue
from dataclasses import dataclass

from coach.app.live import HAND_OVER_TIMEOUT_S, SensedFrame
from coach.app.practising.companions import Companions
from coach.app.practising.rounds import Rounds
from coach.clock import Clock
from coach.devices.frame_source import Frame
from coach.devices.latest_slot import LatestSlot, SlotClosed
from coach.gestures.gesture import NO_GESTURE, GestureAction, GestureState
from coach.judging.verdicts import Cue
from coach.practice.framing_guide import GuideReading
from coach.session.coaching_session import CoachingSession
from coach.session.session_state import SessionState
from coach.session.transport import Transport
from coach.storage.session_log import LatencyMs, SessionLog

MS = 1000.0
MAX_GAP_S = 1.0
"""A longer time between two frames was not danced."""


@dataclass(frozen=True)
class CoachedFrame:
    """A picture and the state that was computed from that very picture.

    Attributes
    ----------
    guide : GuideReading or None
        How the dancer stands, before the dance.
    """

    frame: Frame
    state: SessionState
    latency: LatencyMs
    guide: GuideReading | None = None
    gesture: GestureState = NO_GESTURE


class Coach:
    """Handles the frames of one practice, all in the thread of the sensor.

    Parameters
    ----------
    film_time : bool
        Time is that of the film, not of the room: for files at full speed.
    every_frame : bool
        Wait until each frame has been taken from `frames`; otherwise the newest replaces the last.
    countdown_s : float
        The music starts so long after the first frame (or after the dancer stands well, where a guide watches that);
        nothing is coached before.
    duration_s : float or None
        End after this time of the student's clock.
    voice : bool
        Whether cues are also spoken (for the log).
    along : bool
        Whether the music plays.
    latency_s : float
        How much later than it was done a movement arrives here: the music that was heard then counts.
    companions : Companions, optional
    rounds : Rounds, optional
        Watches the loop.
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
        latency_s: float = 0.0,
        companions: Companions | None = None,
        rounds: Rounds | None = None,
    ) -> None:
        self._session, self._transport, self._log, self._clock = session, transport, log, clock
        self._film_time, self._every_frame = film_time, every_frame
        self._duration_s, self._voice, self._along = duration_s, voice, along
        self._latency_s = latency_s
        self._companions = companions or Companions()
        self._rounds = rounds or Rounds(session, transport, along=along)
        self.countdown_s = countdown_s
        self.frames: LatestSlot[CoachedFrame] = LatestSlot()
        self.cues: queue.SimpleQueue[Cue] = queue.SimpleQueue()
        self.actions: queue.SimpleQueue[GestureAction] = queue.SimpleQueue()
        self.paused = False
        self.starts_s: float | None = None
        """When the dance starts on the clock of `now_s`; None before the first frame, and while the guide watches."""
        self.done = False
        self.frame_count = 0
        self.danced_s = 0.0
        """How long the dancer was coached."""
        self.last_now_s = 0.0
        """Time of the last frame on the clock of `now_s`."""
        self.place_s = transport.start_s
        """Where the dancer was seen last in the choreography."""
        self._seen_sum = 0.0
        self._kept_s: float | None = None

    @property
    def seen_share(self) -> float | None:
        """Mean share of the joints that could be seen; None before the first frame."""
        return self._seen_sum / self.frame_count if self.frame_count else None

    @property
    def rounds(self) -> Rounds:
        """The loop, if there is one."""
        return self._rounds

    def now_s(self, frame: Frame) -> float:
        """The time that drives the music at ``frame``."""
        return frame.time_s if self._film_time else frame.captured_s

    def begin(self, now_s: float) -> None:
        """Nobody needs to be guided (any more): count in and dance."""
        self._companions.guide = None
        self.starts_s = now_s + self.countdown_s
        if self._along:
            self._transport.play(self.starts_s)

    def skip_guide(self) -> None:
        """Begin however the dancer stands."""
        if self.starts_s is None and self.last_now_s > 0.0:
            self.begin(self.last_now_s)

    def handle(self, sensed: SensedFrame) -> None:
        """Coach one frame."""
        frame = sensed.frame
        if self.done or (self._duration_s is not None and frame.time_s > self._duration_s):
            self.done = True
            return
        now_s = self.last_now_s = self.now_s(frame)
        if self.starts_s is None and self._companions.guide is None:
            self.begin(now_s)
        done_s = now_s - self._latency_s  # the movement in this picture was made to the music of then
        self._rounds.watch_music(done_s)
        waiting = self.paused or self.starts_s is None or done_s < self.starts_s or self._rounds.silent_yet(done_s)
        begin_s = self._clock.now_s()
        if waiting:
            state, followed_s = self._session.wait(sensed.observation), begin_s
        else:
            followed = self._session.follow(sensed.observation, self._transport.music_s(done_s))
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
        self._companions.watch(state, self._session.panel_reading)
        if not waiting:
            self._keep(state, latency)
        if self._companions.tape is not None:
            self._companions.tape.add(frame, state)
        guide = self._guide(sensed, state, now_s)
        self._hand_on(CoachedFrame(frame, state, latency, guide, self._gesture(state)))

    def _guide(self, sensed: SensedFrame, state: SessionState, now_s: float) -> GuideReading | None:
        guide = self._companions.guide
        if guide is None or self.paused:
            return None
        reading = guide.step(sensed.observation, state.framing, sensed.frame.time_s)
        if reading.ready:
            self.begin(now_s)
        return reading

    def _gesture(self, state: SessionState) -> GestureState:
        if self.starts_s is None and not self.paused:
            return NO_GESTURE
        gesture = self._companions.gesture(state.pose, state.time_s, menu=self.paused)
        if gesture.fired is not None:
            self.actions.put(gesture.fired)
        return gesture

    def _keep(self, state: SessionState, latency: LatencyMs) -> None:
        self.frame_count += 1
        self._seen_sum += state.seen
        if self._kept_s is not None:
            self.danced_s += min(max(0.0, state.time_s - self._kept_s), MAX_GAP_S)
        self._kept_s = state.time_s
        if state.position.reference_s is not None:
            self.place_s = state.position.reference_s
        self._log.frame(state, latency)
        if state.cue is not None:
            self._log.cue(state.cue, spoken=self._voice)
            self.cues.put(state.cue)
        self._rounds.watch_dancer(state)

    def _hand_on(self, coached: CoachedFrame) -> None:
        try:
            if not self._every_frame:
                self.frames.put(coached)
                return
            while not self.frames.put_wait(coached, HAND_OVER_TIMEOUT_S):
                pass
        except SlotClosed:
            self.done = True
