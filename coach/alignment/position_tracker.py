"""Where in the choreography the dancer is: probabilities in, one honest position out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.agreement import Agreement
from coach.alignment.estimate import NO_ESTIMATE, Estimate
from coach.alignment.pace import Pace
from coach.alignment.position_filter import PositionFilter
from coach.alignment.tempo import TempoEstimate
from coach.alignment.tick_clock import TickClock, on_regular_clock
from coach.alignment.track_states import TrackStates
from coach.alignment.tracked_position import FollowMode, MirrorMode, TrackedPosition, TrackState
from coach.alignment.trust import Trust
from coach.pose.feature_vector import FEATURE_COUNT
from coach.settings.alignment import AlignmentSettings

FloatArray = NDArray[np.float64]


class PositionTracker:
    """Follows one dancer through one reference; pushed, one frame at a time, without clock or thread.

    Parameters
    ----------
    reference_features, mirrored_features : ndarray [shape=(T, FEATURE_COUNT)], float64
        The teacher's features and those of the teacher's mirror image (`coach.pose.feature_vector`).
    reference_time_s : ndarray [shape=(T,)], float64
        Strictly increasing.
    settings : AlignmentSettings, optional
    mirror : MirrorMode
        ``AUTO`` follows both images until one wins.
    mode : FollowMode
        Only ``ALONG`` heeds the music's clock.
    """

    def __init__(
        self,
        reference_features: FloatArray,
        mirrored_features: FloatArray,
        reference_time_s: FloatArray,
        settings: AlignmentSettings | None = None,
        *,
        mirror: MirrorMode = MirrorMode.AUTO,
        mode: FollowMode = FollowMode.FOLLOW,
    ) -> None:
        for name, table in (("reference_features", reference_features), ("mirrored_features", mirrored_features)):
            if table.shape != (len(reference_time_s), FEATURE_COUNT):
                wanted = (len(reference_time_s), FEATURE_COUNT)
                raise ValueError(f"{name} must have shape {wanted}, got {table.shape}")
        if len(reference_time_s) < 2:
            raise ValueError("a reference needs at least two frames")
        self._settings = settings or AlignmentSettings()
        self._tick_s = 1.0 / self._settings.tracker.tick_fps
        self._mode, self._mirror_mode = mode, mirror
        self._reference_time_s = np.asarray(reference_time_s, dtype=np.float64)
        chosen = {
            MirrorMode.OFF: (reference_features,),
            MirrorMode.ON: (mirrored_features,),
            MirrorMode.AUTO: (reference_features, mirrored_features),
        }[mirror]
        self._tables = tuple(on_regular_clock(table, self._reference_time_s, self._tick_s) for table in chosen)
        self._pace = Pace(self._settings.pace, self._tick_s)
        tempos, pace = self._settings.transitions.tempos, self._settings.pace
        slowest, fastest = tempos[0] * pace.slowest, tempos[-1] * pace.fastest
        self._tempo = TempoEstimate(self._settings.tracker.tempo_memory_s, slowest, fastest)
        self._clock = TickClock(FEATURE_COUNT, self._tick_s, self._settings.tracker.max_gap_s)
        self._agreement = Agreement(FEATURE_COUNT, self._tick_s, self._settings.agreement)
        self._trust = Trust(self._settings.trust, self._tick_s)
        self._states = TrackStates(self._settings.tracker, self._tick_s)
        self._features = np.full(FEATURE_COUNT, np.nan)
        self._index: float | None = None
        self._estimate = NO_ESTIMATE
        self._mirrored = False
        self._stop: tuple[float, float] | None = None
        self._halted = False
        self._recent = np.full(max(2, round(self._settings.evidence.still_window_s / self._tick_s)), np.nan)
        self._recent_next = 0
        self._origin_s = float(self._reference_time_s[0])
        self._filter = PositionFilter(self._tables, self._settings)
        self.reset()

    @property
    def mirror_decided(self) -> bool:
        """Whether the image that the dancer follows is known (always, unless it is to be found out)."""
        belief = self._filter.mirror_belief
        return len(belief) == 1 or float(belief.max()) >= self._settings.tracker.mirror_decided

    def reset(self) -> None:
        """Forget the dancer: a new source, or a new start."""
        self._filter.reset()
        self._pace.reset()
        self._clock.reset()
        self._forget_place()
        self._states.forget_dancer()
        self._mirrored = self._mirror_mode is MirrorMode.ON

    def seek(self, reference_s: float) -> None:
        """Expect the dancer around ``reference_s`` next (the user has moved there)."""
        self._forget_movement()
        self._filter.put((reference_s - self._origin_s) / self._tick_s, self._settings.tracker.seek_share)
        self._forget_place()
        self._states.forget_place()

    def restrict(self, start_s: float, end_s: float) -> None:
        """Follow only within ``start_s <= reference_s <= end_s``, from now on; raises ValueError if that is empty."""
        first_s, last_s = float(self._reference_time_s[0]), float(self._reference_time_s[-1])
        low = max(0, round((max(start_s, first_s) - first_s) / self._tick_s))
        high = min(len(self._tables[0]), round((min(end_s, last_s) - first_s) / self._tick_s) + 1)
        if high - low < 2:
            raise ValueError(f"no part of the reference lies between {start_s:g} and {end_s:g} s")
        self._origin_s = first_s + low * self._tick_s
        self._filter = PositionFilter(tuple(table[low:high] for table in self._tables), self._settings)
        self.reset()

    def step(self, features: FloatArray, time_s: float, *, music_s: float | None = None) -> TrackedPosition:
        """Take in one frame.

        Parameters
        ----------
        features : ndarray [shape=(FEATURE_COUNT,)], float64
            nan where unseen; all nan for nobody.
        time_s : float
            The student's clock, not before the last frame's (an earlier time starts the clock afresh).
        music_s : float, optional
            Place of the music in the reference; heeded in ``ALONG`` mode.

        Returns
        -------
        TrackedPosition
        """
        self._features[:] = features
        if self._clock.is_past(time_s):
            self._forget_movement()
        music = music_s is not None and self._mode is FollowMode.ALONG
        if music_s is not None and music:
            self._pace.heed(music_s, time_s)
        for pose in self._clock.feed(self._features, time_s):
            place_s = self._pace.music_at(self._clock.pose_s) if music else None
            self._tick(pose, None if place_s is None else (place_s - self._origin_s) / self._tick_s)
        return self._position(time_s)

    def _tick(self, pose: FloatArray, music_index: float | None) -> None:
        before = self._index if self._index is not None and self._states.placed else np.nan
        expected = before + self._tempo.value
        estimate = self._filter.tick(pose, expected, music_index, pace=self._pace.value)
        self._estimate = estimate
        jumped = abs(estimate.index - expected) > self._settings.tracker.rival_s / self._tick_s
        if jumped:
            self._tempo.reset()
        self._index = estimate.index
        self._judge_trust(pose, estimate)
        self._watch_stop(estimate, jumped)
        left = self._filter.length - 1 - estimate.index
        state = self._states.step(estimate, trusted=self._trust.trusted, ticks_left=left, halted=self._halted)
        if self._states.placed:
            self._tempo.add(self._clock.pose_s, estimate.index * self._tick_s)
        elif state is not TrackState.FINISHED:
            self._tempo.reset()
        walks = state is TrackState.FOLLOWING and not jumped and not self._filter.still and np.isfinite(before)
        if walks:
            self._pace.follow((estimate.index - before) * self._tick_s)
        self._judge_mirror()

    def _judge_trust(self, pose: FloatArray, estimate: Estimate) -> None:
        """Whoever stands still, or is somewhere else for all we know, says nothing about it."""
        weight = 0.0
        if not self._filter.still:
            weight = estimate.around
            self._agreement.step(pose, self._filter.teacher_at(estimate.index), estimate.index, weight * weight)
        agreement, pace = self._agreement.value, self._pace.value
        self._trust.step(agreement, estimate.index, weight, pace=pace, placed=self._states.placed)

    def _watch_stop(self, estimate: Estimate, jumped: bool) -> None:
        """Remember where a dancer came to a stop, and expect the dancer to go on from there.

        Whoever stands still has not gone anywhere: a freeze elsewhere that looks alike is no place to be found at.
        """
        self._halted = self._filter.still and self._stop is not None and (jumped or self._states.now is TrackState.LOST)
        if self._filter.still:
            if self._stop is None and self._states.now is TrackState.FOLLOWING:
                self._stop = float(self._recent[self._recent_next]), self._states.fit
        elif self._stop is not None:
            index, fit = self._stop
            self._stop = None
            if self._states.now is TrackState.LOST and np.isfinite(index):
                self._filter.put(index, self._settings.tracker.resume_share)
                self._index, self._states.fit = index, fit
        if not self._filter.still:
            self._states.learn_fit(estimate.fit)
        self._recent[self._recent_next] = estimate.index
        self._recent_next = (self._recent_next + 1) % len(self._recent)

    def _judge_mirror(self) -> None:
        belief = self._filter.mirror_belief
        if len(belief) == 2:
            share = float(belief[1]) / max(1e-12, float(belief.sum()))
            turned = self._settings.tracker.mirror_turned
            if share > turned:
                self._mirrored = True
            elif share < 1.0 - turned:
                self._mirrored = False

    def _position(self, time_s: float) -> TrackedPosition:
        estimate = self._estimate
        last_s = self._origin_s + (self._filter.length - 1) * self._tick_s
        reference_s: float | None = None
        confidence = estimate.confidence if self._trust.trusted else 0.0
        if self._states.now is TrackState.FINISHED:
            reference_s, confidence = last_s, estimate.finished + confidence
        elif self._states.now is TrackState.FOLLOWING:
            ahead_s = self._tempo.value * (time_s - self._clock.pose_s)
            reference_s = min(last_s, max(self._origin_s, self._origin_s + estimate.index * self._tick_s + ahead_s))
        return TrackedPosition(
            time_s=time_s,
            state=self._states.now,
            reference_s=reference_s,
            confidence=min(1.0, max(0.0, confidence)),
            tempo=self._tempo.value,
            mirrored=self._mirrored,
            ambiguous=self._states.now is TrackState.FOLLOWING and self._filter.ambiguous,
        )

    def _forget_movement(self) -> None:
        """What was seen before belongs to another time."""
        self._clock.reset()
        self._filter.forget_movement()
        self._tempo.reset()

    def _forget_place(self) -> None:
        self._index = self._stop = None
        self._agreement.reset()
        self._trust.reset()
        self._halted = False
        self._recent[:] = np.nan
        self._estimate = NO_ESTIMATE
        self._tempo.reset()
