"""One measurement of the latency check while it goes on: blinking, or clapping to clicks."""

from __future__ import annotations

import numpy as np

from coach.app.check.latency_watch import Seen
from coach.practice.contacts import ClapListener
from coach.practice.flash import FlashCheck, FlashPattern
from coach.practice.latency import MS, LatencyEstimator, LatencyResult, delays_to_beats
from coach.routine.interface_sounds import count_in_tick
from coach.settings.latency import LatencySettings
from coach.ui.music_channel import Pcm
from coach.ui.sound import SoundOutput

LEAD_S = 1.0
"""Before the first click and after the last."""


class FlashRun:
    """The screen blinks; the scene draws what `bright` says and tells `shown` when it did."""

    def __init__(self, settings: LatencySettings, now_s: float) -> None:
        self._pattern = FlashPattern(settings.flash)
        self._check = FlashCheck(settings.flash, settings.judgement)
        self._start_s, self._end_s = now_s, now_s + settings.flash.duration_s

    def bright(self, now_s: float) -> bool:
        """What the screen shows at ``now_s``."""
        return now_s < self._end_s and self._pattern.bright(now_s - self._start_s)

    def shown(self, now_s: float, bright: bool) -> None:
        """It was drawn."""
        self._check.shown(now_s, bright)

    def see(self, seen: Seen) -> None:
        """Take in a picture."""
        self._check.see(seen.captured_s, seen.brightness)

    def done(self, now_s: float) -> bool:
        """Whether the pattern is over, and the camera had time to see its end."""
        return now_s >= self._end_s + LEAD_S

    def result(self) -> LatencyResult:
        """What was found."""
        return self._check.result()


class ClapRun:
    """Clicks are heard (one sound with all of them, exact to the sample), claps or landings are seen."""

    def __init__(self, settings: LatencySettings, sound: SoundOutput, now_s: float) -> None:
        self._settings, self._sound = settings, sound
        self._listener = ClapListener(settings.beat)
        self._offsets_s = LEAD_S + settings.beat.beat_s * np.arange(settings.beat.beats_count)
        self._start_s = now_s
        self._played: tuple[float, float] | None = None
        sound.play_samples(self._clicks(sound.rate_hz))

    @property
    def seen_count(self) -> int:
        """Claps (or landings) so far."""
        return len(self._listener.events_s)

    def beat(self, now_s: float) -> tuple[int, float]:
        """How many clicks there were, and how long ago the last one was."""
        passed = int(np.searchsorted(self._offsets_s, now_s - self._start_s, side="right"))
        last_s = self._offsets_s[passed - 1] if passed else -np.inf
        return passed, float(now_s - self._start_s - last_s)

    def see(self, seen: Seen) -> None:
        """Take in a picture."""
        self._listener.step(seen.pose, seen.captured_s)

    def update(self, now_s: float) -> None:
        """Note what the sound card has played: its clock is the one that is clapped to."""
        played_s = self._sound.played_s(now_s)
        if played_s is not None and now_s - self._start_s > LEAD_S:
            self._played = now_s - self._start_s, played_s

    def done(self, now_s: float) -> bool:
        """Whether the last click was clapped to."""
        return now_s - self._start_s >= float(self._offsets_s[-1]) + LEAD_S

    def result(self) -> LatencyResult:
        """What was found: how much later than the sound was sent the movement arrived."""
        beat, judgement = self._settings.beat, self._settings.judgement
        elapsed_s, played_s = self._played or (1.0, 1.0)
        pace = played_s / elapsed_s if played_s > 0 else 1.0
        beats_s = self._start_s + self._offsets_s / pace
        events_s = [each for each in self._listener.events_s if each > beats_s[beat.listen_count] - beat.beat_s / 2]
        estimator = LatencyEstimator(judgement)
        for delay_s in delays_to_beats(events_s, beats_s.tolist(), beat.beat_s / pace, judgement.min_ms / MS):
            estimator.add(delay_s)
        return estimator.result()

    def stop(self) -> None:
        """No more clicks."""
        self._sound.stop_music()

    def _clicks(self, rate_hz: int) -> Pcm:
        pcm = np.zeros(round((float(self._offsets_s[-1]) + LEAD_S) * rate_hz), np.int16)
        for index, offset_s in enumerate(self._offsets_s):
            tick = count_in_tick(rate_hz, accent=index < self._settings.beat.listen_count).pcm
            start = round(float(offset_s) * rate_hz)
            pcm[start : start + len(tick)] = tick
        return pcm
